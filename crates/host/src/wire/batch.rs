//! Rows on the wire, row by row and compact.
//!
//! `u32 rows · u32 length of the head · head · text`. The head has, per row, as LEB128 integers: row number, byte
//! offset, number of cells, then for the part and for each cell its length + 1, or 0 for no value. The text is that of
//! part and cells, in the same order, without separators.

use super::{Kind, MAX_CELLS, WireError, header};
use std::io::{self, Write};

/// Most rows in one batch.
pub const MAX_ROWS: usize = 65_536;
/// Longest head: bounds what a batch of empty cells costs the reader.
const MAX_HEAD: usize = 4 << 20;
const PREFIX: usize = 8;
/// Marks a start in `Batch::starts` as "no value".
const NONE: u32 = 1 << 31;

/// Rows that were checked: iterating costs nothing more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    payload: Vec<u8>,
    /// Where the text begins in `payload`.
    text: usize,
    rows: Vec<Head>,
    /// Start of each part and cell in the text, with [`NONE`]; it ends where the next one starts. One more at the end.
    starts: Vec<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Head {
    number: u64,
    byte: u64,
    /// The part's index in `starts`; the cells follow.
    first: u32,
    cells: u32,
}

fn bad(problem: &'static str) -> WireError {
    WireError::Bad { what: "batch", problem }
}

/// Takes LEB128 integers off a slice.
struct Integers<'a>(&'a [u8]);

impl Integers<'_> {
    #[inline]
    fn next(&mut self) -> Result<u64, WireError> {
        match self.0 {
            [first, rest @ ..] if *first < 0x80 => {
                self.0 = rest;
                Ok(u64::from(*first))
            }
            _ => self.long(),
        }
    }

    #[cold]
    fn long(&mut self) -> Result<u64, WireError> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let Some((byte, rest)) = self.0.split_first() else { break };
            self.0 = rest;
            let bits = u64::from(byte & 0x7F);
            if bits << shift >> shift != bits {
                break;
            }
            value |= bits << shift;
            if *byte < 0x80 {
                return Ok(value);
            }
        }
        Err(bad("an integer is cut short or too large"))
    }
}

impl Batch {
    /// Checks the payload of a batch frame: lengths, counts, UTF-8 of every cell.
    ///
    /// # Errors
    /// When anything about it is wrong.
    pub fn parse(payload: Vec<u8>) -> Result<Self, WireError> {
        let Some(([r0, r1, r2, r3, h0, h1, h2, h3], body)) = payload.split_first_chunk::<PREFIX>() else {
            return Err(bad("it is too short"));
        };
        let n_rows = u32::from_le_bytes([*r0, *r1, *r2, *r3]) as usize;
        let head = u32::from_le_bytes([*h0, *h1, *h2, *h3]) as usize;
        if n_rows == 0 || n_rows > MAX_ROWS || head > MAX_HEAD || payload.len() > super::MAX_PAYLOAD {
            return Err(bad("too many rows, or none"));
        }
        let Some((head, text)) = body.split_at_checked(head) else { return Err(bad("it is too short")) };
        let mut integers = Integers(head);
        let mut rows = Vec::with_capacity(n_rows);
        // An integer has a byte at least, so no batch has more cells.
        let mut starts = vec![0u32; head.len() + 1];
        let (mut known, mut at) = (0, 0usize);
        for _ in 0..n_rows {
            let (number, byte, cells) = (integers.next()?, integers.next()?, integers.next()?);
            if cells > MAX_CELLS as u64 {
                return Err(bad("too many cells in a row"));
            }
            rows.push(Head { number, byte, first: known as u32, cells: cells as u32 });
            let Some(starts) = starts.get_mut(known..=known + cells as usize) else {
                return Err(bad("it is too short"));
            };
            known += starts.len();
            for start in starts {
                match integers.next()? {
                    0 => *start = at as u32 | NONE,
                    length if length - 1 > (text.len() - at) as u64 => return Err(bad("the cells are longer than the text")),
                    length => {
                        *start = at as u32;
                        at += (length - 1) as usize;
                    }
                }
            }
        }
        if !integers.0.is_empty() || at != text.len() {
            return Err(bad("something is left over"));
        }
        starts[known] = at as u32;
        starts.truncate(known + 1);
        if !text.is_ascii() {
            let text = std::str::from_utf8(text).map_err(|_| bad("a cell is not UTF-8"))?;
            if !starts.iter().all(|start| text.is_char_boundary((start & !NONE) as usize)) {
                return Err(bad("a cell splits a character"));
            }
        }
        let text = payload.len() - text.len();
        Ok(Self { payload, text, rows, starts })
    }

    /// Number of rows; never 0.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a batch is never empty")]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The row at an index, or none past the end.
    #[must_use]
    #[inline]
    pub fn row(&self, index: usize) -> Option<Row<'_>> {
        self.rows.get(index).map(|head| self.view(head))
    }

    /// The rows in order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        self.rows.iter().map(|head| self.view(head))
    }

    /// The bytes of the frame's payload, to be stored as they are.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    #[inline]
    fn view(&self, head: &Head) -> Row<'_> {
        let first = head.first as usize;
        let starts = &self.starts[first..first + head.cells as usize + 2];
        Row { number: head.number, byte: head.byte, cells: Cells { text: &self.payload[self.text..], starts } }
    }
}

/// One row of a [`Batch`].
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// 1-based sheet row or line; 0 is none.
    pub number: u64,
    /// Offset in the file; 0 is unknown.
    pub byte: u64,
    /// The cells; in a grid table cell 0 is `kinds`.
    pub cells: Cells<'a>,
}

impl<'a> Row<'a> {
    /// The place in the user's words; empty in grid tables.
    #[must_use]
    pub fn part(&self) -> &'a str {
        self.cells.at(0).unwrap_or("")
    }
}

/// The cells of a [`Row`].
#[derive(Debug, Clone, Copy)]
pub struct Cells<'a> {
    text: &'a [u8],
    /// Part, cells, end.
    starts: &'a [u32],
}

impl<'a> Cells<'a> {
    /// Number of cells.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len() - 2
    }

    /// True when there are no cells.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The cell at an index; `None` for no value and past the end.
    #[must_use]
    #[inline]
    pub fn get(&self, index: usize) -> Option<&'a str> {
        self.at(index.checked_add(1)?)
    }

    /// The cells in order.
    #[inline]
    pub fn iter(self) -> impl ExactSizeIterator<Item = Option<&'a str>> {
        self.starts[1..].windows(2).map(move |ends| self.between(ends[0], ends[1]))
    }

    #[inline]
    fn at(&self, index: usize) -> Option<&'a str> {
        self.between(*self.starts.get(index)?, *self.starts.get(index + 1)?)
    }

    #[inline]
    fn between(&self, start: u32, next: u32) -> Option<&'a str> {
        let end = next & !NONE;
        let bytes = self.text.get(start as usize..end as usize)?; // a start with NONE lies past every end
        // SAFETY: `Batch::parse` found the text to be UTF-8 and each start and end to be a character's boundary.
        Some(unsafe { std::str::from_utf8_unchecked(bytes) })
    }
}

/// A cell that is not UTF-8: the index of the cell, or none for the part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a cell is not UTF-8")]
pub struct NotText(pub Option<usize>);

/// Collects rows for one batch frame. [`BatchWriter::clear`] keeps the memory.
#[derive(Debug, Default)]
pub struct BatchWriter {
    rows: u32,
    head: Vec<u8>,
    text: Vec<u8>,
}

#[inline]
fn put(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

impl BatchWriter {
    /// Rows so far.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows as usize
    }

    /// Bytes of lengths and numbers so far.
    #[must_use]
    pub fn head_bytes(&self) -> usize {
        self.head.len()
    }

    /// Bytes of text so far.
    #[must_use]
    pub fn text_bytes(&self) -> usize {
        self.text.len()
    }

    /// Forgets the rows.
    pub fn clear(&mut self) {
        self.rows = 0;
        self.head.clear();
        self.text.clear();
    }

    /// Adds a row of text.
    pub fn push(&mut self, number: u64, byte: u64, part: &str, cells: &[Option<&str>]) {
        let part = (!part.is_empty()).then_some(part.as_bytes());
        // The bytes come from `str`, so that they are never refused.
        let _ = self.push_bytes(number, byte, part, cells.iter().map(|cell| cell.map(str::as_bytes)));
    }

    /// Adds a row of bytes after checking that they are text.
    ///
    /// # Errors
    /// When a cell is not UTF-8; the row is not added.
    #[inline]
    pub fn push_bytes<'a>(
        &mut self,
        number: u64,
        byte: u64,
        part: Option<&'a [u8]>,
        cells: impl ExactSizeIterator<Item = Option<&'a [u8]>> + Clone,
    ) -> Result<(), NotText> {
        let (head, text) = (self.head.len(), self.text.len());
        put(&mut self.head, number);
        put(&mut self.head, byte);
        put(&mut self.head, cells.len() as u64);
        for cell in std::iter::once(part).chain(cells.clone()) {
            match cell {
                None => self.head.push(0),
                Some(bytes) => {
                    put(&mut self.head, bytes.len() as u64 + 1);
                    self.text.extend_from_slice(bytes);
                }
            }
        }
        if !self.text[text..].is_ascii() {
            let wrong = |cell: Option<&[u8]>| cell.is_some_and(|bytes| std::str::from_utf8(bytes).is_err());
            if let Some(at) = std::iter::once(part).chain(cells).position(wrong) {
                self.head.truncate(head);
                self.text.truncate(text);
                return Err(NotText(at.checked_sub(1)));
            }
        }
        self.rows += 1;
        Ok(())
    }

    /// Writes the rows as a batch frame of a table.
    ///
    /// # Errors
    /// When the writer fails, or the rows are too many for a frame.
    pub fn write(&self, out: &mut impl Write, table: u32) -> io::Result<()> {
        out.write_all(&header(Kind::Batch, table, PREFIX + self.head.len() + self.text.len())?)?;
        out.write_all(&self.rows.to_le_bytes())?;
        out.write_all(&(self.head.len() as u32).to_le_bytes())?;
        out.write_all(&self.head)?;
        out.write_all(&self.text)
    }
}
