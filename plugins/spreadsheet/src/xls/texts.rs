//! Texts in records: in bytes of a code page (BIFF5), in one or two bytes a character (BIFF8), over several records.

use super::records::{CONTINUE, Record, Records};
use encoding_rs::Encoding;

/// How the texts of a workbook are stored.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Storage {
    /// BIFF5: bytes of this encoding.
    Bytes(&'static Encoding),
    /// BIFF8.
    Unicode,
}

/// The encoding of a Windows code page.
pub(crate) fn code_page(number: u16) -> &'static Encoding {
    match number {
        874 => encoding_rs::WINDOWS_874,
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1253 => encoding_rs::WINDOWS_1253,
        1254 => encoding_rs::WINDOWS_1254,
        1255 => encoding_rs::WINDOWS_1255,
        1256 => encoding_rs::WINDOWS_1256,
        1257 => encoding_rs::WINDOWS_1257,
        1258 => encoding_rs::WINDOWS_1258,
        10_000 | 32_768 => encoding_rs::MACINTOSH,
        _ => encoding_rs::WINDOWS_1252,
    }
}

/// Reads on from a place within a record; what does not fit into one goes on in the next.
pub(crate) struct Text<'a> {
    data: &'a [u8],
    /// The records after the current one.
    next: Records<'a>,
    units: Vec<u16>,
}

impl<'a> Text<'a> {
    /// Begins `skip` bytes into the record.
    pub(crate) fn new(stream: &'a [u8], record: Record<'a>, skip: usize) -> Self {
        let next = Records { stream, at: record.at + record.data.len() };
        Self { data: record.data.get(skip..).unwrap_or_default(), next, units: Vec::new() }
    }

    /// Goes on in the next record if it continues this one.
    fn more(&mut self) -> Option<()> {
        let mut next = self.next;
        let record = next.next().ok()??;
        if record.id != CONTINUE {
            return None;
        }
        (self.data, self.next) = (record.data, next);
        Some(())
    }

    /// True if nothing is left, in the records that continue it neither.
    pub(crate) fn is_done(&mut self) -> bool {
        while self.data.is_empty() {
            if self.more().is_none() {
                return true;
            }
        }
        false
    }

    pub(crate) fn byte(&mut self) -> Option<u8> {
        while self.data.is_empty() {
            self.more()?;
        }
        let (&first, rest) = self.data.split_first()?;
        self.data = rest;
        Some(first)
    }

    fn number(&mut self, bytes: u32) -> Option<u32> {
        (0..bytes).try_fold(0, |number, at| Some(number | u32::from(self.byte()?) << (8 * at)))
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        loop {
            let here = count.min(self.data.len());
            self.data = &self.data[here..];
            count -= here;
            if count == 0 {
                return Some(());
            }
            self.more()?;
        }
    }

    /// Appends a text with its length before it, in one byte or two.
    pub(crate) fn append(&mut self, storage: Storage, length_bytes: u32, into: &mut String) -> Option<()> {
        let length = self.number(length_bytes)? as usize;
        match storage {
            Storage::Bytes(encoding) => {
                let bytes = self.data.get(..length)?;
                into.push_str(&encoding.decode_without_bom_handling(bytes).0);
                self.data = &self.data[length..];
                Some(())
            }
            Storage::Unicode if length == 0 && self.data.is_empty() => Some(()),
            Storage::Unicode => {
                let flags = self.byte()?;
                let runs = if flags & 8 != 0 { self.number(2)? as usize } else { 0 };
                let extra = if flags & 4 != 0 { self.number(4)? as usize } else { 0 };
                self.characters(length, flags & 1 != 0, into)?;
                self.skip(runs * 4)?;
                self.skip(extra)
            }
        }
    }

    fn characters(&mut self, mut count: usize, mut wide: bool, into: &mut String) -> Option<()> {
        self.units.clear();
        loop {
            let width = if wide { 2 } else { 1 };
            let here = count.min(self.data.len() / width);
            let (bytes, rest) = self.data.split_at(here * width);
            if wide {
                self.units.extend(bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair)));
            } else {
                self.units.extend(bytes.iter().map(|&byte| u16::from(byte)));
            }
            self.data = rest;
            count -= here;
            if count == 0 {
                break;
            }
            // Each part says anew how wide its characters are.
            self.more()?;
            wide = self.byte()? & 1 != 0;
        }
        into.extend(char::decode_utf16(self.units.iter().copied()).map(|one| one.unwrap_or(char::REPLACEMENT_CHARACTER)));
        Some(())
    }
}
