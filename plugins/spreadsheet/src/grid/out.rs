//! Where the rows of one sheet go.

use super::{Hidden, Merges, Row};
use crate::notice::Notice;
use crate::{MAX_CELL, MAX_WIDTH};
use aimline_plugin::{Host, Place, Result, Table};

/// The way of one sheet to the host.
pub(crate) struct Out {
    table: Table,
    name: String,
    pub(crate) merges: Merges,
    pub(crate) hidden: Hidden,
    kinds: Vec<u8>,
    line: String,
    dangling: bool,
    sent: u64,
    /// Rows that were too wide, and rows with a cell that was too long.
    wide: u64,
    long: u64,
}

impl Out {
    /// Announces a sheet; its name holds no NUL.
    pub(crate) fn new(name: &str, host: &mut Host<'_>) -> Result<Self> {
        let table = host.grid(name)?;
        Ok(Self {
            table,
            name: name.to_owned(),
            merges: Merges::default(),
            hidden: Hidden::default(),
            kinds: Vec::new(),
            line: String::new(),
            dangling: false,
            sent: 0,
            wide: 0,
            long: 0,
        })
    }

    /// Sends a row that was settled, if it holds something.
    pub(crate) fn row(&mut self, row: &Row, host: &mut Host<'_>) -> Result<()> {
        if let (Some(column), false) = (row.dangling, self.dangling) {
            self.dangling = true;
            Notice::NO_SUCH_TEXT.cell(&self.name, column, row.number, "", host)?;
        }
        if row.is_blank() {
            return Ok(());
        }
        self.sent += 1;
        self.hidden.row(row.number, row.hidden, row.width());
        self.kinds.clear();
        self.kinds.extend(row.columns().map(|(kind, _)| kind));
        self.merges.mark(row.number, &mut self.kinds);
        if self.kinds.len() > MAX_WIDTH {
            self.kinds.truncate(MAX_WIDTH);
            said(&mut self.wide, Notice::WIDE_ROW.at(&self.name), host, row.number)?;
        }
        self.line.clear();
        if row.hidden || self.kinds.iter().any(|&kind| kind != b't') {
            self.line.extend(self.kinds.iter().map(|&kind| char::from(kind)));
        }
        if row.hidden {
            self.line.push_str("|r");
        }
        let mut long = false;
        let cells = row.columns().map(|(_, text)| {
            text.map(|text| {
                long |= text.len() > MAX_CELL;
                &text[..text.floor_char_boundary(MAX_CELL)]
            })
        });
        let cells = cells.chain(std::iter::repeat(None)).take(self.kinds.len());
        host.grid_cells(self.table, Place { row: row.number, ..Place::default() }, &self.line, cells)?;
        if long {
            said(&mut self.long, Notice::LONG_CELL.at(&self.name), host, row.number)?;
        }
        Ok(())
    }

    /// Says what is to say of the sheet as a whole.
    pub(crate) fn finish(self, host: &mut Host<'_>) -> Result<()> {
        all_said(self.wide, Notice::WIDE_ROW.at(&self.name), host)?;
        all_said(self.long, Notice::LONG_CELL.at(&self.name), host)?;
        if self.sent == 0 {
            return Notice::EMPTY_SHEET.at(&self.name).send(host, 0);
        }
        let words = self.hidden.words();
        if words.is_empty() {
            return Ok(());
        }
        Notice { at: &self.name, seen: &words, ..Notice::HIDDEN }.send(host, 0)
    }
}

/// Rows of one kind that are said one by one.
const ENOUGH: u64 = 20;

/// Says what happened to a row, unless it was said often enough.
pub(crate) fn said(count: &mut u64, notice: Notice<'_>, host: &mut Host<'_>, row: u64) -> Result<()> {
    *count += 1;
    if *count > ENOUGH { Ok(()) } else { notice.send(host, row) }
}

/// Says in how many rows it happened, if it was not said of each.
pub(crate) fn all_said(count: u64, notice: Notice<'_>, host: &mut Host<'_>) -> Result<()> {
    if count <= ENOUGH {
        return Ok(());
    }
    let seen = format!("{}, in {count} rows in all", notice.seen);
    Notice { seen: &seen, ..notice }.send(host, 0)
}
