//! The records of a stream: a number, a length, and so many bytes.

use crate::markup::Broken;

/// One record.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Record<'a> {
    pub(crate) id: u16,
    pub(crate) data: &'a [u8],
    /// Where its bytes begin in the stream.
    pub(crate) at: usize,
}

pub(crate) const BOF: u16 = 0x0809;
pub(crate) const END: u16 = 0x000A;
pub(crate) const CONTINUE: u16 = 0x003C;

/// The records from a place in the stream on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Records<'a> {
    pub(crate) stream: &'a [u8],
    pub(crate) at: usize,
}

impl<'a> Records<'a> {
    /// The next record; none at the end of the stream, an error if it breaks off.
    pub(crate) fn next(&mut self) -> Result<Option<Record<'a>>, Broken> {
        let rest = self.stream.get(self.at..).unwrap_or_default();
        if rest.is_empty() {
            return Ok(None);
        }
        let (Some(id), Some(length)) = (u16_at(rest, 0), u16_at(rest, 2)) else { return Err(Broken::Markup) };
        let data = rest.get(4..4 + usize::from(length)).ok_or(Broken::Markup)?;
        let at = self.at + 4;
        self.at = at + data.len();
        Ok(Some(Record { id, data, at }))
    }
}

pub(crate) fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*data.get(at..)?.first_chunk()?))
}

pub(crate) fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*data.get(at..)?.first_chunk()?))
}

pub(crate) fn f64_at(data: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(*data.get(at..)?.first_chunk()?))
}

/// The number in the short form of four bytes, as Excel packs integers and numbers of few digits.
pub(crate) fn rk(packed: u32) -> f64 {
    let number =
        if packed & 2 != 0 { f64::from(packed.cast_signed() >> 2) } else { f64::from_bits(u64::from(packed & !3) << 32) };
    if packed & 1 != 0 { number / 100.0 } else { number }
}

/// What Excel shows for the number of an error.
pub(crate) fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => "#UNKNOWN!",
    }
}
