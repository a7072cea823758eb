//! The rows of one sheet.

use super::Way;
use super::cell::Cell;
use super::styles::Styles;
use super::words;
use crate::grid::{COLUMNS, Out, Row};
use crate::markup::{Broken, Markup, Token, attribute};
use crate::trouble::Stop;
use aimline_plugin::Host;
use std::io::Read;

/// Elements between two signs of life.
const STRIDE: u64 = 4096;
/// Filled cells that repetition may make of a sheet. A column filled to the last row has a million.
const REPEATED: u64 = 20_000_000;
/// No row element counts for more rows.
const ROWS: u64 = 1 << 32;

struct Table<'a, 'o> {
    styles: &'a Styles,
    out: &'o mut Out,
    row: Row,
    /// The number of the next row.
    next: u64,
    /// For each column whether its cells show fractions if they do not say otherwise.
    fractions: Vec<bool>,
    repeated: u64,
    words: String,
}

/// Sends the sheet whose element was opened.
pub(crate) fn send<R: Read>(
    markup: &mut Markup<R>,
    styles: &Styles,
    name: &str,
    hidden: bool,
    way: &Way,
    host: &mut Host<'_>,
) -> Result<(), Stop> {
    let mut out = Out::new(name, host)?;
    out.hidden.sheet = hidden;
    let (row, fractions, words) = (Row::default(), Vec::new(), String::new());
    let mut table = Table { styles, out: &mut out, row, next: 1, fractions, repeated: 0, words };
    let mut seen = 0_u64;
    loop {
        match markup.next()? {
            Token::Open { name: b"table-column", attributes, .. } => table.column(attributes),
            Token::Open { name: b"table-row", attributes, empty } => {
                let count = attribute(attributes, b"number-rows-repeated").and_then(|count| count.parse().ok()).unwrap_or(1);
                table.row.begin(table.next);
                table.row.hidden = is_hidden(attributes);
                if !empty {
                    table.cells(markup)?;
                }
                table.end_row(count, host)?;
            }
            // Shapes and what a link remembers stand before the rows.
            Token::Open { name: b"shapes" | b"table-source" | b"scenario" | b"forms", empty: false, .. } => words::skip(markup)?,
            Token::Close(b"table") => break,
            Token::End => return Err(Broken::Markup.into()),
            _ => {}
        }
        seen += 1;
        if seen.is_multiple_of(STRIDE) {
            host.progress(way.done(markup.read()))?;
        }
    }
    out.finish(host)?;
    Ok(host.progress(way.done(markup.read()))?)
}

fn is_hidden(attributes: &[u8]) -> bool {
    matches!(attribute(attributes, b"visibility").as_deref(), Some("collapse" | "filter"))
}

impl Table<'_, '_> {
    fn column(&mut self, attributes: &[u8]) {
        let count = attribute(attributes, b"number-columns-repeated").and_then(|count| count.parse().ok()).unwrap_or(1_usize);
        let first = self.fractions.len();
        let end = first.saturating_add(count).min(COLUMNS);
        if is_hidden(attributes) && first < end {
            self.out.hidden.columns(first, end - 1);
        }
        let style = attribute(attributes, b"default-cell-style-name");
        self.fractions.resize(end, style.is_some_and(|style| self.styles.shows_fractions(&style)));
    }

    /// Reads the cells of a row up to its close.
    fn cells<R: Read>(&mut self, markup: &mut Markup<R>) -> Result<(), Broken> {
        let mut column = 0;
        loop {
            match markup.next()? {
                Token::Open { name: name @ (b"table-cell" | b"covered-table-cell"), attributes, empty } => {
                    let cell = Cell::of(attributes, self.styles);
                    let own: &[u8] = if name == b"table-cell" { b"table-cell" } else { b"covered-table-cell" };
                    self.words.clear();
                    if !empty {
                        words::read(markup, own, &mut self.words)?;
                    }
                    self.cell(&cell, column)?;
                    column = column.saturating_add(cell.repeated);
                }
                Token::Close(b"table-row") => return Ok(()),
                Token::Close(b"table") | Token::End => return Err(Broken::Markup),
                _ => {}
            }
        }
    }

    fn cell(&mut self, cell: &Cell, column: usize) -> Result<(), Broken> {
        if column >= COLUMNS {
            return Ok(()); // blanks to the end of a wider sheet; a filled one there is damage
        }
        let (columns, rows) = cell.spanned;
        if (columns, rows) != (1, 1) {
            let bottom = self.row.number.saturating_add(rows.max(1) - 1);
            self.out.merges.add((self.row.number, bottom), (column, column.saturating_add(columns.max(1) - 1)));
        }
        let fraction = cell.fraction.unwrap_or_else(|| self.fractions.get(column).copied().unwrap_or(false));
        for column in (column..COLUMNS).take(cell.repeated) {
            let width = self.row.len();
            self.row.cell(column, cell.formula, |into| cell.text(&self.words, fraction, into));
            if self.row.len() == width {
                break; // blank, and so are the others
            }
            self.repeat(1)?;
        }
        Ok(())
    }

    /// Counts filled cells.
    fn repeat(&mut self, cells: u64) -> Result<(), Broken> {
        self.repeated += cells;
        if self.repeated > REPEATED { Err(Broken::TooBig) } else { Ok(()) }
    }

    /// Sends the row so many times.
    fn end_row(&mut self, count: u64, host: &mut Host<'_>) -> Result<(), Stop> {
        self.row.settle();
        let first = self.next;
        self.next = first.saturating_add(count.clamp(1, ROWS));
        if self.row.is_blank() {
            return Ok(());
        }
        for number in first..self.next {
            self.row.number = number;
            self.out.row(&self.row, host)?;
            self.repeat(self.row.len() as u64)?;
        }
        Ok(())
    }
}
