//! Delimited text.

mod encoding;
mod records;
mod shape;
#[cfg(test)]
mod tests;

pub(crate) use shape::Shape;

use crate::grid::{all_said, said};
use crate::notice::Notice;
use crate::{MAX_CELL, MAX_WIDTH, sniff};
use aimline_plugin::{Error, Host, Input, Place, Result, Table};
use encoding::Encoding;
use records::{Found, Records};
use std::borrow::Cow;

/// Records between two signs of life.
const STRIDE: u64 = 4096;
/// Diagnostics of one kind that are sent before it becomes noise.
const ENOUGH: u32 = 100;

/// The first characters of a file, of about so many bytes.
pub(crate) fn head(data: &[u8], length: usize) -> Cow<'_, str> {
    let piece = &data[..data.len().min(length)];
    let (encoding, mark) = encoding::detect(piece, data.len() <= length);
    let mut piece = &piece[mark..];
    // A character that the piece cuts in two is not looked at.
    if let (Encoding::Utf8, Err(error)) = (encoding, std::str::from_utf8(piece))
        && error.error_len().is_none()
    {
        piece = &piece[..error.valid_up_to()];
    }
    encoding::decode(piece, encoding).0
}

pub(crate) fn import(input: &Input<'_>, host: &mut Host<'_>) -> Result<()> {
    let (encoding, mark) = encoding::detect(input.data, true);
    let mut shape = Shape::of(input.data);
    if shape.columns < 2 && sniff::named(input.name, &["tsv", "tab"]) {
        shape.delimiter = b'\t';
    }
    let (text, lost) = encoding::decode(&input.data[mark..], encoding);
    if encoding == Encoding::Windows1252 {
        Notice::ENCODING.send(host, 0)?;
    } else if lost {
        Notice::BAD_UTF8.send(host, 0)?;
    }
    // Offsets are those of the file only where its bytes are read as they are.
    let offset = matches!(text, Cow::Borrowed(_)).then_some(mark + shape.skip);
    let scale = input.data.len() as f64 / text.len().max(1) as f64;
    let text = &text.as_bytes()[shape.skip.min(text.len())..];
    let table = host.grid("")?;
    let mut lines =
        Lines { table, offset, nul: memchr::memchr(0, text).is_some(), clean: Vec::new(), nuls: 0, any: false, wide: 0, long: 0 };
    let mut records = Records::new(text, shape.delimiter, shape.columns);
    let mut count = 0_u64;
    loop {
        let found = records.next().map_err(|_| Error::limit("a row of more than 64 MiB: this is hardly a table"))?;
        let Some(found) = found else { break };
        lines.send(&records, found, host)?;
        count += 1;
        if count.is_multiple_of(STRIDE) {
            host.progress((records.at() as f64 * scale) as u64)?;
        }
    }
    all_said(lines.wide, Notice::WIDE_ROW, host)?;
    all_said(lines.long, Notice::LONG_CELL, host)?;
    if !lines.any {
        Notice::EMPTY_SHEET.send(host, 0)?;
    }
    host.progress(input.data.len() as u64)
}

/// Where the records go.
struct Lines {
    table: Table,
    /// What to add to the offset of a record; none if unknown.
    offset: Option<usize>,
    /// There is a NUL somewhere.
    nul: bool,
    clean: Vec<u8>,
    nuls: u32,
    any: bool,
    /// Rows that were too wide, and rows with a cell that was too long.
    wide: u64,
    long: u64,
}

impl Lines {
    fn send(&mut self, records: &Records<'_>, found: Found, host: &mut Host<'_>) -> Result<()> {
        let (bytes, ends) = records.fields();
        if let Some(field) = found.open_quote {
            let seen = std::str::from_utf8(cell(bytes, ends, field)).unwrap_or_default();
            Notice::OPEN_QUOTE.cell("", field, found.row, seen, host)?;
        }
        if bytes.is_empty() {
            return Ok(());
        }
        self.any = true;
        let byte = self.offset.map_or(0, |offset| (offset + found.byte) as u64);
        let place = Place { row: found.row, byte, ..Place::default() };
        if self.nul && memchr::memchr(0, bytes).is_some() {
            return self.without_nul(bytes, ends, place, host);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| Error::format("the text changes its encoding within a row"))?;
        self.row(text, ends, place, host)
    }

    fn without_nul(&mut self, bytes: &[u8], were: &[usize], place: Place<'_>, host: &mut Host<'_>) -> Result<()> {
        let mut clean = std::mem::take(&mut self.clean);
        clean.clear();
        let mut start = 0;
        let ends: Vec<usize> = were
            .iter()
            .map(|&end| {
                clean.extend(bytes[start..end].iter().filter(|&&byte| byte != 0));
                start = end;
                clean.len()
            })
            .collect();
        let text = std::str::from_utf8(&clean).map_err(|_| Error::format("the text changes its encoding within a row"))?;
        self.nuls += 1;
        if self.nuls <= ENOUGH {
            let field = (0..ends.len()).find(|&field| memchr::memchr(0, cell(bytes, were, field)).is_some()).unwrap_or(0);
            let seen = std::str::from_utf8(cell(text.as_bytes(), &ends, field)).unwrap_or_default();
            Notice::NUL.cell("", field, place.row, seen, host)?;
        }
        self.row(text, &ends, place, host)?;
        self.clean = clean;
        Ok(())
    }

    /// Sends one record; only what the host cannot take is cut, and said.
    fn row(&mut self, text: &str, ends: &[usize], place: Place<'_>, host: &mut Host<'_>) -> Result<()> {
        let mut start = 0;
        let mut long = false;
        let cells = ends.iter().take(MAX_WIDTH).map(|&end| {
            let cell = &text[start..end];
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
