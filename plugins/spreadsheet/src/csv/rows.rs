//! Where the records go: decoded, without NUL characters, cut where the host takes no more, and all of it said.

use super::encoding::{Encoding, decode};
use super::records::{Found, Records};
use crate::grid::said;
use crate::notice::Notice;
use crate::{MAX_CELL, MAX_WIDTH, shown};
use aimline_plugin::{Host, Place, Result, Table};
use std::borrow::Cow;

/// Diagnostics of one kind that are sent before it becomes noise.
const ENOUGH: u32 = 100;

/// The way of the records to the host.
pub(crate) struct Rows {
    table: Table,
    encoding: Encoding,
    /// What to add to the offset of a record; none if unknown.
    offset: Option<usize>,
    /// There is a NUL somewhere.
    nul: bool,
    nuls: u32,
    /// Something was sent.
    pub(crate) any: bool,
    /// Rows that were too wide, rows with a cell that was too long, and rows in another encoding than most.
    pub(crate) wide: u64,
    pub(crate) long: u64,
    pub(crate) other: u64,
    /// The fields of a record that could not be sent as they stand.
    text: String,
    ends: Vec<usize>,
}

impl Rows {
    pub(crate) fn new(table: Table, encoding: Encoding, offset: Option<usize>, nul: bool) -> Self {
        let (text, ends) = (String::new(), Vec::new());
        Self { table, encoding, offset, nul, nuls: 0, any: false, wide: 0, long: 0, other: 0, text, ends }
    }

    /// Sends one record that is not blank.
    pub(crate) fn send(&mut self, records: &Records<'_>, found: Found, host: &mut Host<'_>) -> Result<()> {
        let (bytes, ends) = records.fields();
        if let Some(field) = found.open_quote {
            let seen = self.decode(cell(bytes, ends, field));
            Notice::OPEN_QUOTE.cell("", field, found.row, &seen, host)?;
        }
        if bytes.is_empty() {
            return Ok(());
        }
        self.any = true;
        let byte = self.offset.map_or(0, |offset| (offset + found.byte) as u64);
        let place = Place { row: found.row, byte, ..Place::default() };
        let has_nul = self.nul && memchr::memchr(0, bytes).is_some();
        // Two fields next to each other may make a character that neither of them holds.
        let parted = |text: &str| self.encoding == Encoding::Utf8 || ends.iter().all(|&end| text.is_char_boundary(end));
        match std::str::from_utf8(bytes).ok().filter(|text| parted(text)) {
            Some(text) if !has_nul && (self.encoding != Encoding::Windows1252 || bytes.is_ascii()) => {
                return self.row(text, ends, place, host);
            }
            None if self.encoding == Encoding::Mixed => said(&mut self.other, Notice::MIXED, host, place.row)?,
            _ => {}
        }
        let (mut text, mut new_ends) = (std::mem::take(&mut self.text), std::mem::take(&mut self.ends));
        text.clear();
        new_ends.clear();
        let mut with_nul = None;
        for field in 0..ends.len() {
            let raw = self.decode(cell(bytes, ends, field));
            if raw.contains('\0') {
                with_nul = with_nul.or(Some(field));
                text.extend(raw.chars().filter(|&one| one != '\0'));
            } else {
                text.push_str(&raw);
            }
            new_ends.push(text.len());
        }
        if let Some(field) = with_nul {
            self.nuls += 1;
            if self.nuls <= ENOUGH {
                let start = field.checked_sub(1).map_or(0, |before| new_ends[before]);
                Notice::NUL.cell("", field, place.row, &text[start..new_ends[field]], host)?;
            }
        }
        self.row(&text, &new_ends, place, host)?;
        (self.text, self.ends) = (text, new_ends);
        Ok(())
    }

    /// A field by itself; in a text of two encodings each is for itself.
    fn decode<'t>(&self, bytes: &'t [u8]) -> Cow<'t, str> {
        match std::str::from_utf8(bytes) {
            Ok(text) if self.encoding != Encoding::Windows1252 => Cow::Borrowed(text),
            // What is decoded as a whole comes in valid UTF-8, so this is none of the two-byte encodings.
            _ => decode(bytes, self.encoding),
        }
    }

    /// Sends one record; only what the host cannot take is cut, and said.
    fn row(&mut self, text: &str, ends: &[usize], place: Place<'_>, host: &mut Host<'_>) -> Result<()> {
        let mut start = 0;
        let mut long = false;
        let cells = ends.iter().take(MAX_WIDTH).map(|&end| {
            let cell = shown(&text[start..end]);
            start = end;
            if cell.is_empty() {
                None
            } else if cell.len() > MAX_CELL {
                long = true;
                Some(&cell[..cell.floor_char_boundary(MAX_CELL)])
            } else {
                Some(cell)
            }
        });
        host.grid_cells(self.table, place, "", cells)?;
        if ends.len() > MAX_WIDTH {
            said(&mut self.wide, Notice::WIDE_ROW, host, place.row)?;
        }
        if long {
            said(&mut self.long, Notice::LONG_CELL, host, place.row)?;
        }
        Ok(())
    }
}

/// One field of a record.
fn cell<'a>(bytes: &'a [u8], ends: &[usize], field: usize) -> &'a [u8] {
    let start = field.checked_sub(1).map_or(0, |before| ends[before]);
    &bytes[start..ends[field]]
}
