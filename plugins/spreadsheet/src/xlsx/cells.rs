//! The rows of one sheet, one after the other.

use super::formats::{Format, iso, number};
use super::markup::{Attributes, Broken, Markup, Token, unescape};
use super::texts::{Shared, decode, rich};
use std::io::Read;

/// What the cells of a sheet refer to.
pub(crate) struct Book<'a> {
    pub(crate) shared: &'a Shared,
    /// By style.
    pub(crate) formats: &'a [Format],
    pub(crate) from_1904: bool,
}

/// A filled cell of the current row.
#[derive(Debug, Clone, Copy)]
struct Cell {
    /// 0 is column A.
    column: usize,
    kind: u8,
    start: usize,
    end: usize,
}

/// One row: filled cells in order of their columns.
#[derive(Debug, Default)]
pub(crate) struct Row {
    /// As Excel shows it.
    pub(crate) number: u64,
    pub(crate) hidden: bool,
    /// Column of the first cell that points to a shared text that is not there.
    pub(crate) dangling: Option<usize>,
    cells: Vec<Cell>,
    text: String,
}

impl Row {
    fn clear(&mut self) {
        self.cells.clear();
        self.text.clear();
        self.hidden = false;
        self.dangling = None;
    }

    /// One past the last filled column.
    pub(crate) fn width(&self) -> usize {
        self.cells.last().map_or(0, |cell| cell.column + 1)
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.cells.is_empty()
    }

    /// Kind and text of each column from A to the last filled one; `z` and none for a blank one.
    pub(crate) fn columns(&self) -> impl Iterator<Item = (u8, Option<&str>)> {
        let mut next = self.cells.iter().peekable();
        (0..self.width()).map(move |column| match next.next_if(|cell| cell.column == column) {
            Some(cell) => (cell.kind, Some(&self.text[cell.start..cell.end])),
            None => (b'z', None),
        })
    }

    /// Ends the row: cells in order, the last of two with the same place.
    fn settle(&mut self) {
        if !self.cells.is_sorted_by(|one, other| one.column < other.column) {
            self.cells.reverse();
            self.cells.sort_by_key(|cell| cell.column);
            self.cells.dedup_by_key(|cell| cell.column);
        }
    }
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
}

/// Columns beyond Excel's last are damage.
const COLUMNS: usize = 16_384;

impl<'a, R: Read> Rows<'a, R> {
    pub(crate) fn new(source: R, limit: u64, book: Book<'a>) -> Self {
        let (row, raw, value) = (Row::default(), Vec::new(), String::new());
        Self { markup: Markup::new(source, limit), book, row, last: 0, raw, value }
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
                    self.row.clear();
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
                                if let (false, Some(row), true) = (numbered, row, self.row.cells.is_empty()) {
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
        let start = self.row.text.len();
        let kind = self.text(column, style, kind)?;
        let end = self.row.text.len();
        if end > start {
            let kind = if formula { kind.to_ascii_uppercase() } else { kind } as u8;
            self.row.cells.push(Cell { column, kind, start, end });
        }
        Ok(())
    }

    /// Appends the text of the cell that was just read, and says its kind.
    fn text(&mut self, column: usize, style: usize, kind: Type) -> Result<char, Broken> {
        let into = &mut self.row.text;
        if kind == Type::Inline {
            into.push_str(&self.value);
            return Ok('t');
        }
        if self.raw.is_empty() {
            return Ok('z');
        }
        if kind == Type::Shared {
            let index = digits(self.raw.trim_ascii()).and_then(|index| usize::try_from(index).ok());
            match index.and_then(|index| self.book.shared.get(index)) {
                Some(text) => into.push_str(text),
                None => self.row.dangling = self.row.dangling.or(Some(column)),
            }
            return Ok('t');
        }
        let raw = if memchr::memchr2(b'&', b'\r', &self.raw).is_some() {
            unescape(&self.raw, &mut self.value)?;
            self.value.as_str()
        } else {
            std::str::from_utf8(&self.raw).map_err(|_| Broken::Markup)?
        };
        Ok(match kind {
            Type::Number => {
                let format = self.book.formats.get(style).copied().unwrap_or(Format::Number);
                number(raw.trim_ascii(), format, self.book.from_1904, into)
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
