//! The rows of one sheet, one after the other.

use super::texts::{decode, rich};
use crate::grid::formats::{Format, iso, number};
use crate::grid::{COLUMNS, Row, Texts};
use crate::markup::{Attributes, Broken, Markup, Token, unescape};
use std::io::Read;

/// What the cells of a sheet refer to.
pub(crate) struct Book<'a> {
    pub(crate) shared: &'a Texts,
    /// By style.
    pub(crate) formats: &'a [Format],
    pub(crate) from_1904: bool,
}

/// Reads rows from the markup of a sheet.
pub(crate) struct Rows<'a, R> {
    markup: Markup<R>,
    book: Book<'a>,
    row: Row,
    /// Number of the last row, for rows that do not say theirs.
    last: u64,
    raw: Vec<u8>,
    value: String,
    /// First and last of each range of hidden columns; they stand before the cells.
    pub(crate) hidden: Vec<(usize, usize)>,
}

impl<'a, R: Read> Rows<'a, R> {
    pub(crate) fn new(source: R, limit: u64, book: Book<'a>) -> Self {
        let (row, raw, value) = (Row::default(), Vec::new(), String::new());
        let hidden = Vec::new();
        Self { markup: Markup::new(source, limit), book, row, last: 0, raw, value, hidden }
    }

    /// Bytes of the sheet that were read so far.
    pub(crate) fn read(&self) -> u64 {
        self.markup.read()
    }

    /// The next row, blank ones too; `None` at the end of the sheet.
    pub(crate) fn next(&mut self) -> Result<Option<&Row>, Broken> {
        loop {
            match self.markup.next()? {
                Token::Open { name: b"row", attributes, empty } => {
                    self.row.begin(0);
                    let mut stated = None;
                    for (name, value) in Attributes(attributes) {
                        match name {
                            b"r" => stated = digits(value),
                            b"hidden" => self.row.hidden = matches!(value, b"1" | b"true"),
                            _ => {}
                        }
                    }
                    self.row.number = stated.filter(|&number| number > 0).unwrap_or(self.last + 1);
                    if !empty {
                        self.cells(stated.is_some())?;
                    }
                    self.last = self.row.number;
                    self.row.settle();
                    return Ok(Some(&self.row));
                }
                Token::Open { name: b"col", attributes, .. } => {
                    let mut range = (0, 0);
                    let mut hidden = false;
                    for (name, value) in Attributes(attributes) {
                        match name {
                            b"min" => range.0 = digits(value).unwrap_or(0) as usize,
                            b"max" => range.1 = digits(value).unwrap_or(0) as usize,
                            b"hidden" => hidden = matches!(value, b"1" | b"true"),
                            _ => {}
                        }
                    }
                    if hidden && range.0 > 0 && range.1 >= range.0 && self.hidden.len() < COLUMNS {
                        self.hidden.push((range.0 - 1, range.1 - 1));
                    }
                }
                Token::Close(b"sheetData") => return Ok(None),
                Token::Open { name: b"sheetData", empty: true, .. } => return Ok(None),
                Token::Close(b"worksheet") => return Ok(None),
                Token::End => return Err(Broken::Markup),
                _ => {}
            }
        }
    }

    /// Reads the cells of a row up to its close.
    fn cells(&mut self, numbered: bool) -> Result<(), Broken> {
        let mut column = 0;
        loop {
            match self.markup.next()? {
                Token::Open { name: b"c", attributes, empty } => {
                    let mut style = 0;
                    let mut kind = Type::Number;
                    for (name, value) in Attributes(attributes) {
                        match name {
                            b"r" => {
                                let (stated, row) = place(value);
                                column = stated.unwrap_or(column);
                                if let (false, Some(row), true) = (numbered, row, self.row.is_blank()) {
                                    self.row.number = row;
                                }
                            }
                            b"s" => style = digits(value).unwrap_or(0) as usize,
                            b"t" => kind = Type::of(value),
                            _ => {}
                        }
                    }
                    if !empty {
                        self.cell(column, style, kind)?;
                    }
                    column += 1;
                }
                Token::Close(b"row") => return Ok(()),
                Token::End => return Err(Broken::Markup),
                _ => {}
            }
        }
    }

    /// Reads one cell up to its close, and keeps it if it holds something.
    fn cell(&mut self, column: usize, style: usize, mut kind: Type) -> Result<(), Broken> {
        let mut formula = false;
        self.raw.clear();
        self.value.clear();
        // Elements that are not known, such as extLst, are passed over with all inside.
        let mut inside = Inside::Cell;
        let mut depth = 0_u32;
        loop {
            match self.markup.next()? {
                Token::Text(text) if inside == Inside::Value && depth == 0 => self.raw.extend_from_slice(text),
                Token::Literal(text) if inside == Inside::Value && depth == 0 => self.raw.extend_from_slice(text),
                Token::Open { empty: true, name, .. } => formula |= name == b"f" && inside == Inside::Cell,
                Token::Open { name, .. } => match (inside, name) {
                    (Inside::Cell, b"v") => inside = Inside::Value,
                    (Inside::Cell, b"f") => {
                        formula = true;
                        inside = Inside::Other;
                    }
                    (Inside::Cell, b"is") => {
                        rich(&mut self.markup, b"is", &mut self.value)?;
                        kind = Type::Inline;
                    }
                    (Inside::Cell, _) => inside = Inside::Other,
                    _ => depth += 1,
                },
                Token::Close(_) if depth > 0 => depth -= 1,
                Token::Close(_) if inside != Inside::Cell => inside = Inside::Cell,
                Token::Close(b"c") => break,
                Token::End => return Err(Broken::Markup),
                _ => {}
            }
        }
        if column >= COLUMNS {
            return Err(Broken::Markup);
        }
        let mut failed = None;
        let Self { row, raw, value, book, .. } = self;
        let mut dangling = false;
        row.cell(column, formula, |into| {
            text(raw, value, style, kind, book, into).unwrap_or_else(|problem| {
                match problem {
                    Problem::Dangling => dangling = true,
                    Problem::Broken(broken) => failed = Some(broken),
                }
                'z'
            })
        });
        if dangling {
            row.dangling = row.dangling.or(Some(column));
        }
        failed.map_or(Ok(()), Err)
    }
}

/// Why a cell has no text.
enum Problem {
    /// It points to a shared text that is not there.
    Dangling,
    Broken(Broken),
}

impl From<Broken> for Problem {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken)
    }
}

/// Appends the text of a cell, and says its kind. `value` is the text of an inline one, and room for others.
fn text(raw: &[u8], value: &mut String, style: usize, kind: Type, book: &Book<'_>, into: &mut String) -> Result<char, Problem> {
    if kind == Type::Inline {
        into.push_str(value);
        return Ok('t');
    }
    if raw.is_empty() {
        return Ok('z');
    }
    if kind == Type::Shared {
        let index = digits(raw.trim_ascii()).and_then(|index| usize::try_from(index).ok());
        into.push_str(index.and_then(|index| book.shared.get(index)).ok_or(Problem::Dangling)?);
        return Ok('t');
    }
    let raw = if memchr::memchr2(b'&', b'\r', raw).is_some() {
        unescape(raw, value)?;
        value.as_str()
    } else {
        std::str::from_utf8(raw).map_err(|_| Broken::Markup)?
    };
    Ok(match kind {
        Type::Number => {
            let format = book.formats.get(style).copied().unwrap_or(Format::Number);
            number(raw.trim_ascii(), format, book.from_1904, into)
        }
        Type::Bool => {
            match raw.trim_ascii() {
                "1" | "true" | "TRUE" => into.push_str("TRUE"),
                "0" | "false" | "FALSE" => into.push_str("FALSE"),
                other => into.push_str(other),
            }
            'b'
        }
        Type::Error => {
            into.push_str(raw);
            'e'
        }
        Type::Date => {
            iso(raw.trim_ascii(), into);
            'd'
        }
        Type::Text | Type::Shared | Type::Inline => {
            decode(raw, into);
            't'
        }
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Cell,
    Value,
    Other,
}

/// The `t` attribute of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    Number,
    Shared,
    Text,
    Inline,
    Bool,
    Error,
    Date,
}

impl Type {
    fn of(value: &[u8]) -> Self {
        match value {
            b"n" => Self::Number,
            b"s" => Self::Shared,
            b"inlineStr" => Self::Inline,
            b"b" => Self::Bool,
            b"e" => Self::Error,
            b"d" => Self::Date,
            _ => Self::Text,
        }
    }
}

fn digits(text: &[u8]) -> Option<u64> {
    if text.is_empty() || text.len() > 18 {
        return None;
    }
    text.iter().try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u64::from(byte - b'0')))
}

/// Column (0 is A) and row of a reference such as `C5`.
pub(crate) fn place(reference: &[u8]) -> (Option<usize>, Option<u64>) {
    let letters = reference.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(reference.len());
    let number = |column, letter: &u8| column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1;
    let column = if (1..=4).contains(&letters) { Some(reference[..letters].iter().fold(0, number) - 1) } else { None };
    (column, digits(&reference[letters..]))
}
