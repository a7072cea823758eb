//! Spreadsheets that Excel 2002 and 2003 wrote as one XML file, and that some systems still write.

use crate::grid::formats::{Format, iso, number};
use crate::grid::{COLUMNS, Out, Row};
use crate::markup::{Attributes, Broken, Markup, Token, attribute, unescape};
use crate::notice::Notice;
use crate::trouble::{Stop, give_up, say};
use aimline_plugin::{Host, Input, Result};
use std::collections::HashMap;

#[cfg(test)]
pub(crate) mod tests;

/// Elements between two signs of life.
const STRIDE: u64 = 8192;

type Tags<'a> = Markup<&'a [u8]>;

/// What the whole workbook says.
#[derive(Default)]
struct Book {
    formats: HashMap<String, Format>,
    from_1904: bool,
}

impl Book {
    fn format(&self, style: Option<&str>) -> Option<Format> {
        self.formats.get(style?).copied()
    }
}

pub(crate) fn import(input: &Input<'_>, host: &mut Host<'_>) -> Result<()> {
    let (text, lossy) = crate::html::decode(input.data, b"encoding=");
    if lossy {
        Notice::ENCODING.send(host, 0)?;
    }
    let scale = input.data.len() as f64 / text.len().max(1) as f64;
    let mut markup = Markup::new(text.as_bytes(), u64::MAX);
    let mut book = Book::default();
    let mut style = String::new();
    let mut any = false;
    loop {
        match markup.next() {
            Ok(Token::Open { name: b"Style", attributes, .. }) => style = attribute(attributes, b"ID").unwrap_or_default(),
            Ok(Token::Open { name: b"NumberFormat", attributes, .. }) => {
                let code = attribute(attributes, b"Format").unwrap_or_default();
                book.formats.insert(style.clone(), format(&code));
            }
            Ok(Token::Open { name: b"Date1904", .. }) => book.from_1904 = true,
            Ok(Token::Open { name: b"Worksheet", attributes, empty }) => {
                any = true;
                let name = attribute(attributes, b"Name").unwrap_or_default().replace('\0', "");
                let became = sheet(&mut markup, &book, &name, empty, scale, host);
                let lost = matches!(became, Err(Stop::File(_)));
                say(&name, became, host)?;
                if lost {
                    return Ok(()); // what follows cannot be found
                }
            }
            Ok(Token::End) if any => return Ok(()),
            Ok(Token::End) => return give_up(host, Broken::Markup, ""),
            Ok(_) => {}
            Err(broken) => return give_up(host, broken, ""),
        }
    }
}

/// The formats that have a name, and those that have a code.
fn format(code: &str) -> Format {
    match code {
        "Percent" => Format::Percent,
        "General Date" | "Short Date" | "Medium Date" | "Long Date" | "Short Time" | "Medium Time" | "Long Time" => Format::Date,
        "General" | "General Number" | "Standard" | "Fixed" | "Currency" | "Euro Currency" | "Scientific" | "Yes/No"
        | "True/False" | "On/Off" => Format::Number,
        code => Format::of(0, code),
    }
}

fn sheet(
    markup: &mut Tags<'_>,
    book: &Book,
    name: &str,
    empty: bool,
    scale: f64,
    host: &mut Host<'_>,
) -> std::result::Result<(), Stop> {
    let mut out = Out::new(name, host)?;
    let mut sheet = Sheet { book, row: Row::default(), next: 1, styles: Vec::new(), of_row: None, text: String::new() };
    let mut seen = 0_u64;
    loop {
        if empty {
            break;
        }
        match markup.next()? {
            Token::Open { name: b"Column", attributes, .. } => sheet.column(attributes, &mut out),
            Token::Open { name: b"Row", attributes, empty } => {
                let rows = sheet.begin_row(attributes);
                if !empty {
                    sheet.cells(markup, &mut out)?;
                }
                sheet.row.settle();
                out.row(&sheet.row, host)?;
                sheet.next = sheet.row.number.saturating_add(rows);
            }
            // It stands after the cells.
            Token::Open { name: b"Visible", empty: false, .. } => {
                if let Token::Text(text) = markup.next()? {
                    out.hidden.sheet = matches!(text.trim_ascii(), b"SheetHidden" | b"SheetVeryHidden");
                }
            }
            Token::Close(b"Worksheet") => break,
            Token::End => return Err(Broken::Markup.into()),
            _ => {}
        }
        seen += 1;
        if seen.is_multiple_of(STRIDE) {
            host.progress((markup.read() as f64 * scale) as u64)?;
        }
    }
    Ok(out.finish(host)?)
}

struct Sheet<'a> {
    book: &'a Book,
    row: Row,
    /// The number of the next row.
    next: u64,
    /// Formats of the columns that were described.
    styles: Vec<Option<Format>>,
    /// The format of the row.
    of_row: Option<Format>,
    text: String,
}

/// The attributes that say a place, a number of more, and what is hidden.
#[derive(Default)]
struct Place {
    index: Option<u64>,
    span: u64,
    hidden: bool,
    style: Option<String>,
    across: u64,
    down: u64,
    formula: bool,
}

impl Place {
    fn of(attributes: &[u8]) -> Self {
        let mut place = Self::default();
        for (name, value) in Attributes(attributes) {
            let count = || std::str::from_utf8(value).ok().and_then(|count| count.trim().parse::<u64>().ok());
            match name {
                b"Index" => place.index = count().filter(|&index| index > 0),
                b"Span" => place.span = count().unwrap_or(0),
                b"Hidden" => place.hidden = matches!(value, b"1" | b"true"),
                b"StyleID" => place.style = std::str::from_utf8(value).ok().map(str::to_owned),
                b"MergeAcross" => place.across = count().unwrap_or(0),
                b"MergeDown" => place.down = count().unwrap_or(0),
                b"Formula" => place.formula = true,
                _ => {}
            }
        }
        place
    }
}

impl Sheet<'_> {
    fn column(&mut self, attributes: &[u8], out: &mut Out) {
        let place = Place::of(attributes);
        let first = place.index.map_or(self.styles.len(), |index| index as usize - 1);
        let last = first.saturating_add(place.span as usize).min(COLUMNS - 1);
        if first > last {
            return;
        }
        if place.hidden {
            out.hidden.columns(first, last);
        }
        self.styles.resize(first, None);
        self.styles.resize(last + 1, self.book.format(place.style.as_deref()));
    }

    /// Begins a row; answers with how many rows it stands for.
    fn begin_row(&mut self, attributes: &[u8]) -> u64 {
        let place = Place::of(attributes);
        self.row.begin(place.index.unwrap_or(self.next));
        self.row.hidden = place.hidden;
        self.of_row = self.book.format(place.style.as_deref());
        place.span.saturating_add(1)
    }

    /// Reads the cells of a row up to its close.
    fn cells(&mut self, markup: &mut Tags<'_>, out: &mut Out) -> std::result::Result<(), Broken> {
        let mut column = 0;
        loop {
            match markup.next()? {
                Token::Open { name: b"Cell", attributes, empty } => {
                    let place = Place::of(attributes);
                    column = place.index.map_or(column, |index| index as usize - 1);
                    if column >= COLUMNS {
                        return Err(Broken::Markup);
                    }
                    let right = column.saturating_add(place.across as usize);
                    if place.across > 0 || place.down > 0 {
                        out.merges.add((self.row.number, self.row.number.saturating_add(place.down)), (column, right));
                    }
                    if !empty {
                        self.cell(markup, column, &place)?;
                    }
                    column = right.saturating_add(1);
                }
                Token::Close(b"Row") => return Ok(()),
                Token::Close(b"Worksheet") | Token::End => return Err(Broken::Markup),
                _ => {}
            }
        }
    }

    /// Reads one cell up to its close.
    fn cell(&mut self, markup: &mut Tags<'_>, column: usize, place: &Place) -> std::result::Result<(), Broken> {
        let mut kind = None;
        let mut comment = false;
        self.text.clear();
        loop {
            match markup.next()? {
                // A comment holds data of its own.
                Token::Open { name: b"Comment", empty, .. } => comment = !empty,
                Token::Close(b"Comment") => comment = false,
                Token::Open { name: b"Data", attributes, empty: false } if !comment => {
                    kind = Some(attribute(attributes, b"Type").unwrap_or_default());
                    self.data(markup)?;
                }
                Token::Close(b"Cell") => break,
                Token::Close(b"Row" | b"Worksheet") | Token::End => return Err(Broken::Markup),
                _ => {}
            }
        }
        let Some(kind) = kind else { return Ok(()) };
        let of_column = || self.styles.get(column).copied().flatten();
        let format = match place.style.as_deref() {
            Some(style) => self.book.format(Some(style)),
            None => self.of_row.or_else(of_column),
        };
        let (text, from_1904) = (self.text.as_str(), self.book.from_1904);
        self.row.cell(column, place.formula, |into| match kind.as_str() {
            "Number" => number(text.trim(), format.unwrap_or(Format::Number), from_1904, into),
            "DateTime" => {
                date(text.trim(), into);
                'd'
            }
            "Boolean" => {
                into.push_str(if text.trim() == "0" { "FALSE" } else { "TRUE" });
                'b'
            }
            "Error" => {
                into.push_str(text.trim());
                'e'
            }
            _ => {
                into.push_str(text);
                't'
            }
        });
        Ok(())
    }

    /// Reads the text of a cell, with what is marked in it.
    fn data(&mut self, markup: &mut Tags<'_>) -> std::result::Result<(), Broken> {
        loop {
            match markup.next()? {
                Token::Text(text) => unescape(text, &mut self.text)?,
                Token::Literal(text) => self.text.push_str(std::str::from_utf8(text).map_err(|_| Broken::Markup)?),
                Token::Close(b"Data") => return Ok(()),
                Token::Close(b"Cell" | b"Row") | Token::End => return Err(Broken::Markup),
                _ => {}
            }
        }
    }
}

/// Appends a date such as `2025-10-03T00:00:00.000`; one of the day before the calendar begins is a clock time.
fn date(text: &str, into: &mut String) {
    let text = text.strip_suffix(".000").unwrap_or(text);
    match text.split_once('T') {
        Some(("1899-12-30" | "1899-12-31" | "1904-01-01", time)) => into.push_str(time),
        _ => iso(text, into),
    }
}
