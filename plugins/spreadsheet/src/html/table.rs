//! One table: its rows, and the cells that reach over others.

use super::text::Text;
use crate::grid::{COLUMNS, Out, Row};
use aimline_plugin::{Host, Result};

/// As a browser: no cell reaches further.
const WIDEST: usize = 1000;
const TALLEST: u64 = 65_534;

/// A table that is open.
#[derive(Default)]
pub(crate) struct Table {
    name: String,
    out: Option<Out>,
    row: Row,
    /// Number of the current or last row.
    number: u64,
    in_row: bool,
    in_cell: bool,
    /// The column after the cell, and how many it has.
    column: usize,
    width: usize,
    /// Whether the cell is the result of a formula.
    formula: bool,
    text: Text,
    /// For each column the last row that a cell from above reaches.
    spans: Vec<u64>,
    /// Merged cells that begin in rows that were not sent yet.
    merges: Vec<((u64, u64), (usize, usize))>,
    /// Hidden columns, and how many columns were described.
    hidden: Vec<(usize, usize)>,
    described: usize,
}

/// What the attributes of a cell say.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cell {
    pub(crate) columns: usize,
    pub(crate) rows: u64,
    pub(crate) formula: bool,
}

impl Table {
    pub(crate) fn new(name: String) -> Self {
        Self { name, ..Self::default() }
    }

    /// True if something of it was sent.
    pub(crate) fn is_sent(&self) -> bool {
        self.out.is_some()
    }

    /// The text of the cell that is open.
    pub(crate) fn text(&mut self) -> Option<&mut Text> {
        self.in_cell.then_some(&mut self.text)
    }

    /// Adds a row of one text.
    pub(crate) fn line(&mut self, text: &str, host: &mut Host<'_>) -> Result<()> {
        self.end_row(host)?;
        self.number += 1;
        self.row.begin(self.number);
        self.row.put(0, false, 't', text);
        self.send(host)
    }

    pub(crate) fn describe_columns(&mut self, count: usize, hidden: bool) {
        let first = self.described;
        self.described = first.saturating_add(count.clamp(1, WIDEST));
        if hidden && self.described <= COLUMNS {
            self.hidden.push((first, self.described - 1));
        }
    }

    pub(crate) fn begin_row(&mut self, hidden: bool, host: &mut Host<'_>) -> Result<()> {
        self.end_row(host)?;
        self.in_row = true;
        self.number += 1;
        self.row.begin(self.number);
        self.row.hidden = hidden;
        self.column = 0;
        Ok(())
    }

    pub(crate) fn begin_cell(&mut self, cell: Cell, host: &mut Host<'_>) -> Result<()> {
        if !self.in_row {
            self.begin_row(false, host)?;
        }
        self.end_cell();
        while self.spans.get(self.column).is_some_and(|&last| last >= self.number) {
            self.column += 1;
        }
        let columns = cell.columns.clamp(1, WIDEST);
        let last = self.number + cell.rows.clamp(1, TALLEST) - 1;
        let end = (self.column + columns).min(COLUMNS);
        if last > self.number {
            if self.spans.len() < end {
                self.spans.resize(end, 0);
            }
            self.spans[self.column.min(end)..end].fill(last);
        }
        if columns > 1 || last > self.number {
            self.merges.push(((self.number, last), (self.column, self.column + columns - 1)));
        }
        (self.in_cell, self.formula) = (true, cell.formula);
        self.text.take();
        self.column += columns;
        self.width = columns;
        Ok(())
    }

    pub(crate) fn end_cell(&mut self) {
        if std::mem::take(&mut self.in_cell) {
            let column = self.column - self.width;
            let text = self.text.take();
            if column < COLUMNS {
                self.row.put(column, self.formula, 't', crate::shown(&text));
            }
        }
    }

    pub(crate) fn end_row(&mut self, host: &mut Host<'_>) -> Result<()> {
        self.end_cell();
        if std::mem::take(&mut self.in_row) { self.send(host) } else { Ok(()) }
    }

    fn send(&mut self, host: &mut Host<'_>) -> Result<()> {
        if self.row.is_blank() {
            return Ok(());
        }
        let out = match &mut self.out {
            Some(out) => out,
            none => none.insert(Out::new(&self.name, host)?),
        };
        for (rows, columns) in self.merges.drain(..) {
            out.merges.add(rows, columns);
        }
        self.row.settle();
        out.row(&self.row, host)
    }

    /// Ends the table.
    pub(crate) fn finish(mut self, host: &mut Host<'_>) -> Result<()> {
        self.end_row(host)?;
        let Some(mut out) = self.out else { return Ok(()) };
        for (first, last) in self.hidden {
            out.hidden.columns(first, last);
        }
        out.finish(host)
    }
}
