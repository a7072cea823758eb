//! The cells of one sheet.

use super::outline::Book;
use super::records::{Records, wide};
use crate::grid::formats::{Format, value};
use crate::grid::{COLUMNS, Out, Row};
use crate::le::{error, f64_at, rk, u32_at};
use crate::markup::Broken;
use crate::trouble::Stop;
use aimline_plugin::Host;
use std::io::Read;

const ROW: u16 = 0;
const COLUMN_INFO: u16 = 60;
const RICH: u16 = 62;
const END_DATA: u16 = 146;
const MERGED: u16 = 176;

/// Records between two signs of life.
const STRIDE: u64 = 8192;
/// Rows beyond Excel's last are damage.
const ROWS: u32 = 1 << 20;

/// How far a sheet is on its way through the file.
pub(crate) struct Way {
    pub(crate) begin: u64,
    pub(crate) packed: u64,
    pub(crate) size: u64,
}

/// Tells `out` of the merged cells, which stand behind the cells. What follows damage stays unknown.
pub(crate) fn merges(sheet: &[u8], out: &mut Out) {
    let mut records = Records::new(sheet, u64::MAX);
    while let Ok(Some(id)) = records.next() {
        let side = |at| u32_at(records.data(), at).unwrap_or(u32::MAX);
        if id == MERGED && side(12) < COLUMNS as u32 {
            out.merges.add((u64::from(side(0)) + 1, u64::from(side(4)) + 1), (side(8) as usize, side(12) as usize));
        }
    }
    out.merges.sort();
}

/// Sends all rows that hold something.
pub(crate) fn send<R: Read>(
    source: R,
    limit: u64,
    book: &Book,
    out: &mut Out,
    way: &Way,
    host: &mut Host<'_>,
) -> Result<(), Stop> {
    let mut records = Records::new(source, limit);
    let mut cells = Cells { book, row: Row::default(), column: 0 };
    let mut open = false;
    let mut seen = 0_u64;
    let became = loop {
        let id = match records.next() {
            Ok(Some(id)) => id,
            Ok(None) => break Err(Broken::Markup), // no end
            Err(broken) => break Err(broken),
        };
        let data = records.data();
        match id {
            ROW => {
                let Some(number) = u32_at(data, 0).filter(|&number| number < ROWS) else { break Err(Broken::Markup) };
                if std::mem::replace(&mut open, true) {
                    cells.row.settle();
                    out.row(&cells.row, host)?;
                }
                cells.row.begin(u64::from(number) + 1);
                cells.row.hidden = data.get(11).is_some_and(|flags| flags & 0x10 != 0);
                cells.column = 0;
            }
            COLUMN_INFO if data.get(16).is_some_and(|flags| flags & 1 != 0) => {
                let side = |at| u32_at(data, at).unwrap_or(u32::MAX) as usize;
                out.hidden.columns(side(0), side(4));
            }
            END_DATA => break Ok(()),
            1..=18 | RICH if open && cells.take(id, data).is_none() => break Err(Broken::Markup),
            _ => {}
        }
        seen += 1;
        if seen.is_multiple_of(STRIDE) {
            let share = records.read().min(way.size) as f64 / way.size.max(1) as f64;
            host.progress(way.begin + (way.packed as f64 * share) as u64)?;
        }
    };
    // A row before damage may lack cells.
    if open && became.is_ok() {
        cells.row.settle();
        out.row(&cells.row, host)?;
    }
    Ok(became?)
}

struct Cells<'a> {
    book: &'a Book,
    row: Row,
    /// The column after the last cell: short records do not say theirs.
    column: usize,
}

impl Cells<'_> {
    fn take(&mut self, id: u16, data: &[u8]) -> Option<()> {
        // Records 12 to 18 are short forms of 1 to 7 in another order, without the column.
        let (what, column, rest) = match id {
            12..=18 => ([1, 2, 3, 4, 5, 6, 7][usize::from(id) - 12], self.column, data),
            _ => (id, u32_at(data, 0)? as usize, data.get(4..)?),
        };
        if column >= COLUMNS {
            return None;
        }
        self.column = column + 1;
        let style = u32_at(rest, 0)? & 0x00FF_FFFF;
        let format = self.book.formats.get(style as usize).copied().unwrap_or(Format::Number);
        let formula = matches!(what, 8..=11);
        let mut number = |number| self.row.cell(column, formula, |into| value(number, format, self.book.from_1904, into));
        match what {
            2 => number(rk(u32_at(rest, 4)?)),
            5 | 9 => number(f64_at(rest, 4)?),
            3 | 11 => self.row.put(column, formula, 'e', error(*rest.get(4)?)),
            4 | 10 => self.row.put(column, formula, 'b', if *rest.get(4)? == 0 { "FALSE" } else { "TRUE" }),
            6 | 8 | RICH => {
                let begin = if what == RICH { 5 } else { 4 };
                let mut whole = None;
                self.row.cell(column, formula, |into| {
                    whole = wide(rest, begin, into);
                    't'
                });
                whole?;
            }
            7 => match self.book.shared.get(u32_at(rest, 4)? as usize) {
                Some(text) => self.row.put(column, false, 't', text),
                None => self.row.dangling = self.row.dangling.or(Some(column)),
            },
            _ => {} // a blank cell
        }
        Some(())
    }
}
