//! The records of a stream: a number, a length, and so many bytes.

use crate::le::u16_at;
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
