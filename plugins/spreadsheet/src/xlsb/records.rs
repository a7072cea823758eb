//! The records of a part: a number and a length in one to four bytes each, and so many bytes.

use crate::le::u32_at;
use crate::markup::Broken;
use std::io::Read;

/// No record of a sheet is longer.
const LONGEST: usize = 16 << 20;

/// The records of one part; the bytes of the current one stand in a buffer.
pub(crate) struct Records<R> {
    source: R,
    data: Vec<u8>,
    read: u64,
    limit: u64,
}

impl<R: Read> Records<R> {
    /// `limit`: how many bytes the part may have.
    pub(crate) fn new(source: R, limit: u64) -> Self {
        Self { source, data: Vec::new(), read: 0, limit }
    }

    /// Bytes of the part that were read so far.
    pub(crate) fn read(&self) -> u64 {
        self.read
    }

    /// The bytes of the current record.
    pub(crate) fn data(&self) -> &[u8] {
        &self.data
    }

    /// Goes on to the next record and answers with its number; none at the end of the part.
    pub(crate) fn next(&mut self) -> Result<Option<u16>, Broken> {
        let Some(first) = self.byte()? else { return Ok(None) };
        let mut id = u16::from(first & 0x7F);
        if first & 0x80 != 0 {
            id |= u16::from(self.byte()?.ok_or(Broken::Markup)? & 0x7F) << 7;
        }
        let mut length = 0;
        for shift in [0, 7, 14, 21] {
            let byte = self.byte()?.ok_or(Broken::Markup)?;
            length |= usize::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        self.read += length as u64;
        if length > LONGEST || self.read > self.limit {
            return Err(Broken::TooBig);
        }
        self.data.clear();
        let got = self.source.by_ref().take(length as u64).read_to_end(&mut self.data).map_err(|_| Broken::Stream)?;
        if got < length { Err(Broken::Markup) } else { Ok(Some(id)) }
    }

    fn byte(&mut self) -> Result<Option<u8>, Broken> {
        let mut byte = [0];
        match self.source.read_exact(&mut byte) {
            Ok(()) => {
                self.read += 1;
                Ok(Some(byte[0]))
            }
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Ok(None),
            Err(_) => Err(Broken::Stream),
        }
    }
}

/// Appends the text at a place of a record: its length in characters, then two bytes each. Answers with where it ends.
pub(crate) fn wide(data: &[u8], at: usize, into: &mut String) -> Option<usize> {
    let length = u32_at(data, at)?;
    if length == u32::MAX {
        return Some(at + 4); // no text at all
    }
    let begin = at + 4;
    let end = begin.checked_add((length as usize).checked_mul(2)?)?;
    let units = data.get(begin..end)?.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair));
    into.extend(char::decode_utf16(units).map(|one| one.unwrap_or(char::REPLACEMENT_CHARACTER)));
    Some(end)
}
