//! The cells of one sheet.

use super::globals::Globals;
use super::records::{BOF, CONTINUE, END, Record, Records};
use super::texts::Text;
use crate::grid::formats::{Format, value};
use crate::grid::{self, Out, Row};
use crate::le::{error, f64_at, rk, u16_at, u32_at};
use crate::markup::Broken;
use crate::trouble::Stop;
use aimline_plugin::{Host, Result};

const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const RICH_LABEL: u16 = 0x00D6;
const SHARED_LABEL: u16 = 0x00FD;
const BOOL_OR_ERROR: u16 = 0x0205;
const RK: u16 = 0x027E;
const MANY_RK: u16 = 0x00BD;
const FORMULA: u16 = 0x0006;
/// The text that a formula gave.
const RESULT: u16 = 0x0207;
const ROW: u16 = 0x0208;
const COLUMNS: u16 = 0x007D;
const MERGED: u16 = 0x00E5;
/// What may stand between a formula and its text: an array's, a shared formula, a table's.
const BETWEEN: [u16; 4] = [0x0221, 0x04BC, 0x0236, CONTINUE];

/// Records between two signs of life.
const STRIDE: u64 = 8192;

fn is_cell(id: u16) -> bool {
    matches!(id, NUMBER | LABEL | RICH_LABEL | SHARED_LABEL | BOOL_OR_ERROR | RK | MANY_RK | FORMULA)
}

/// The records of one sheet; those of charts within it are passed over.
struct Own<'a> {
    records: Records<'a>,
    depth: u32,
}

impl<'a> Own<'a> {
    fn new(stream: &'a [u8], at: usize) -> std::result::Result<Self, Broken> {
        let mut records = Records { stream, at };
        match records.next()? {
            Some(first) if first.id == BOF => Ok(Self { records, depth: 0 }),
            _ => Err(Broken::Markup),
        }
    }

    fn next(&mut self) -> std::result::Result<Option<Record<'a>>, Broken> {
        loop {
            let record = self.records.next()?.ok_or(Broken::Markup)?; // no end
            match record.id {
                BOF => self.depth += 1,
                END if self.depth == 0 => return Ok(None),
                END => self.depth -= 1,
                _ if self.depth == 0 => return Ok(Some(record)),
                _ => {}
            }
        }
    }
}

/// What has to be known of a sheet before its cells.
struct Survey {
    /// A bit a row.
    hidden: Vec<u64>,
    /// The rows of the cells ascend, as Excel writes them.
    ascends: bool,
}

impl Survey {
    /// Looks through the sheet, and tells `out` of merged cells and hidden columns. What follows damage stays unknown.
    fn of(mut own: Own<'_>, out: &mut Out) -> Self {
        let mut survey = Self { hidden: vec![0; 1 << 10], ascends: true };
        let mut last = 0;
        while let Ok(Some(record)) = own.next() {
            let number = |at| u16_at(record.data, at).unwrap_or(0);
            match record.id {
                ROW if number(12) & 0x20 != 0 => survey.hidden[usize::from(number(0) >> 6)] |= 1 << (number(0) & 63),
                COLUMNS if number(8) & 1 != 0 => out.hidden.columns(usize::from(number(0)), usize::from(number(2))),
                MERGED => {
                    for block in record.data.get(2..).unwrap_or_default().as_chunks::<8>().0.iter().take(usize::from(number(0))) {
                        let side = |at| u16_at(block, at).unwrap_or(0);
                        let columns = (usize::from(side(4)), usize::from(side(6)));
                        out.merges.add((u64::from(side(0)) + 1, u64::from(side(2)) + 1), columns);
                    }
                }
                id if is_cell(id) => {
                    survey.ascends &= number(0) >= last;
                    last = number(0);
                }
                _ => {}
            }
        }
        out.merges.sort();
        survey
    }

    fn is_hidden(&self, row: u16) -> bool {
        self.hidden[usize::from(row >> 6)] >> (row & 63) & 1 != 0
    }
}

/// Sends the rows of the sheet that begins at this place of the stream.
pub(crate) fn send(
    book: &Globals,
    stream: &[u8],
    at: usize,
    out: &mut Out,
    host: &mut Host<'_>,
    done: &mut u64,
    walked: &mut u64,
) -> std::result::Result<(), Stop> {
    let survey = Survey::of(Own::new(stream, at)?, out);
    let mut own = Own::new(stream, at)?;
    let mut sheet = Sheet { book, stream, survey: &survey, out, row: Row::default(), current: None };
    let mut seen = 0_u64;
    let mut damage = None;
    let mut kept: Vec<(u16, Record<'_>)> = Vec::new();
    loop {
        let record = match own.next() {
            Ok(Some(record)) => record,
            Ok(None) => break,
            Err(broken) => {
                damage = Some(broken); // the rows before this one count; this one may lack cells
                break;
            }
        };
        if !is_cell(record.id) {
            continue;
        }
        let Some(row) = u16_at(record.data, 0) else { return Err(Broken::Markup.into()) };
        if survey.ascends {
            sheet.take(row, record, host)?;
        } else {
            kept.push((row, record));
        }
        seen += 1;
        if seen.is_multiple_of(STRIDE) {
            *done = (*done).max(own.records.at as u64);
            host.progress(*done)?;
        }
    }
    // Without their order nobody knows which rows lack cells.
    if damage.is_some() {
        kept.clear();
    }
    kept.sort_by_key(|&(row, _)| row);
    for (row, record) in kept {
        sheet.take(row, record, host)?;
    }
    if damage.is_none() {
        sheet.flush(host)?;
    }
    *done = (*done).max(own.records.at as u64);
    *walked += (own.records.at - at) as u64;
    damage.map_or(Ok(()), |broken| Err(broken.into()))
}

struct Sheet<'a, 'o> {
    book: &'a Globals,
    stream: &'a [u8],
    survey: &'a Survey,
    out: &'o mut Out,
    row: Row,
    current: Option<u16>,
}

impl<'a> Sheet<'a, '_> {
    fn flush(&mut self, host: &mut Host<'_>) -> Result<()> {
        if self.current.take().is_some() {
            self.row.settle();
            self.out.row(&self.row, host)?;
        }
        Ok(())
    }

    /// Takes one record of cells.
    fn take(&mut self, row: u16, record: Record<'a>, host: &mut Host<'_>) -> std::result::Result<(), Stop> {
        if self.current != Some(row) {
            self.flush(host)?;
            self.current = Some(row);
            self.row.begin(u64::from(row) + 1);
            self.row.hidden = self.survey.is_hidden(row);
        }
        self.cells(record).ok_or(Broken::Markup)?;
        Ok(())
    }

    fn cells(&mut self, record: Record<'a>) -> Option<()> {
        let data = record.data;
        let column = usize::from(u16_at(data, 2)?);
        let format = self.format(data, 4);
        let from_1904 = self.book.from_1904;
        match record.id {
            NUMBER => {
                let number = f64_at(data, 6)?;
                self.row.cell(column, false, |into| value(number, format, from_1904, into));
            }
            RK => {
                let number = rk(u32_at(data, 6)?);
                self.row.cell(column, false, |into| value(number, format, from_1904, into));
            }
            MANY_RK => {
                let cells = data.get(4..data.len().checked_sub(2)?)?.as_chunks::<6>().0;
                for (column, cell) in (column..grid::COLUMNS).zip(cells) {
                    let (number, format) = (rk(u32_at(cell, 2)?), self.format(cell, 0));
                    self.row.cell(column, false, |into| value(number, format, from_1904, into));
                }
            }
            SHARED_LABEL => match self.book.shared.get(u32_at(data, 6)? as usize) {
                Some(text) => self.row.put(column, false, 't', text),
                None => self.row.dangling = self.row.dangling.or(Some(column)),
            },
            LABEL | RICH_LABEL => self.text(column, false, record, 6)?,
            BOOL_OR_ERROR => self.bool_or_error(column, false, *data.get(7)? != 0, *data.get(6)?),
            FORMULA => match data.get(6..14)? {
                &[what, _, value, _, _, _, 0xFF, 0xFF] => match what {
                    0 => self.result(column, record)?,
                    1 | 2 => self.bool_or_error(column, true, what == 2, value),
                    _ => {} // an empty text
                },
                _ => {
                    let number = f64_at(data, 6)?;
                    self.row.cell(column, true, |into| value(number, format, from_1904, into));
                }
            },
            _ => {}
        }
        Some(())
    }

    fn format(&self, data: &[u8], at: usize) -> Format {
        let style = usize::from(u16_at(data, at).unwrap_or(0));
        self.book.formats.get(style).copied().unwrap_or(Format::Number)
    }

    fn bool_or_error(&mut self, column: usize, formula: bool, is_error: bool, code: u8) {
        let (kind, text) = if is_error { ('e', error(code)) } else { ('b', if code == 0 { "FALSE" } else { "TRUE" }) };
        self.row.put(column, formula, kind, text);
    }

    fn text(&mut self, column: usize, formula: bool, record: Record<'a>, skip: usize) -> Option<()> {
        let mut text = Text::new(self.stream, record, skip);
        let mut whole = None;
        self.row.cell(column, formula, |into| {
            whole = text.append(self.book.storage, 2, into);
            't'
        });
        whole
    }

    /// The text of a formula stands in a record soon after it.
    fn result(&mut self, column: usize, formula: Record<'a>) -> Option<()> {
        let mut records = Records { stream: self.stream, at: formula.at + formula.data.len() };
        loop {
            match records.next().ok()? {
                Some(record) if record.id == RESULT => return self.text(column, true, record, 0),
                Some(record) if BETWEEN.contains(&record.id) => {}
                _ => return Some(()), // no text was kept
            }
        }
    }
}
