//! The records of a delimited text, as Excel counts rows, and quotes that are never closed.

use super::shape::Dialect;
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// How the reading of a record can fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooLong;

/// Where the current record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    /// As Excel shows it: blank lines count, a quoted field of many lines is one row.
    pub(crate) row: u64,
    /// Offset of its first byte.
    pub(crate) byte: usize,
    /// The field with a quote that is not closed; the quote was read as a character.
    pub(crate) open_quote: Option<usize>,
}

/// Input is handed over in pieces of this size, so that a quote that swallows the file is found early.
const PIECE: usize = 64 << 10;
/// A field with more line breaks is looked at again.
const BREAKS: u64 = 50;
/// No record is longer.
const LONGEST: usize = 64 << 20;
/// A text with more open quotes than this does not use quotes.
const OPEN_QUOTES: u32 = 200;

/// Reads record by record; the fields of the current one stand in a buffer.
pub(crate) struct Records<'a> {
    data: &'a [u8],
    at: usize,
    row: u64,
    dialect: Dialect,
    /// The usual number of columns, 0 if unknown.
    usual: usize,
    core: Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
    len: usize,
    open_quotes: u32,
    /// Lines end in `\r` alone.
    returns: bool,
    /// Lines without quotes are divided at once; tests turn it off to compare.
    pub(super) plain_lines: bool,
}

impl<'a> Records<'a> {
    pub(crate) fn new(data: &'a [u8], dialect: Dialect, usual: usize) -> Self {
        let head = &data[..data.len().min(PIECE)];
        let returns = memchr::memchr(b'\n', head).is_none() && memchr::memchr(b'\r', head).is_some();
        let mut builder = ReaderBuilder::new();
        builder.delimiter(dialect.delimiter).quote(dialect.quote).escape(dialect.backslash.then_some(b'\\'));
        let core = builder.build();
        let (text, ends) = (vec![0; 4096], vec![0; 64]);
        Self { data, at: 0, row: 0, dialect, usual, core, text, ends, len: 0, open_quotes: 0, returns, plain_lines: true }
    }

    /// Bytes done.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// Number of fields of the current record.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// The fields of the current record one after the other, and the end of each.
    pub(crate) fn fields(&self) -> (&[u8], &[usize]) {
        let ends = &self.ends[..self.len];
        (&self.text[..ends.last().copied().unwrap_or(0)], ends)
    }

    /// The next record that is not a blank line.
    pub(crate) fn next(&mut self) -> Result<Option<Found>, TooLong> {
        loop {
            match self.data[self.at..] {
                [] => return Ok(None),
                [b'\r', b'\n', ..] => self.at += 2,
                [b'\r' | b'\n', ..] => self.at += 1,
                _ => break,
            }
            self.row += 1;
        }
        self.row += 1;
        let byte = self.at;
        if self.plain() {
            return Ok(Some(Found { row: self.row, byte, open_quote: None }));
        }
        let open_quote = if self.open_quotes < OPEN_QUOTES { self.quoted(byte)? } else { None };
        let open_quote = open_quote.map(|field| {
            self.open_quotes += 1;
            self.core.reset();
            self.literal(byte, field)
        });
        if open_quote.is_none() && self.open_quotes >= OPEN_QUOTES {
            self.literal(byte, byte);
        }
        // The record's own line end; csv-core stops after the first of two.
        if self.at > byte && self.data[self.at - 1] == b'\r' && self.data.get(self.at) == Some(&b'\n') {
            self.at += 1;
        }
        Ok(Some(Found { row: self.row, byte, open_quote }))
    }

    /// Reads a record that ends with its line and has no quote in it: most have none, and need no state of each byte.
    /// Answers with false, and has read nothing, where a record may be anything else.
    fn plain(&mut self) -> bool {
        // A line end that is far away, or never comes, is not looked for again and again.
        let rest = &self.data[self.at..self.data.len().min(self.at + PIECE)];
        // The first record is csv-core's, as a byte order mark is.
        if !self.plain_lines || self.returns || self.len == 0 || rest.starts_with(b"\xef") {
            return false;
        }
        let Some(length) = memchr::memchr2(b'\n', self.dialect.quote, rest).filter(|length| rest[*length] == b'\n') else {
            return false;
        };
        let line = rest[..length].strip_suffix(b"\r").unwrap_or(&rest[..length]);
        if memchr::memchr(b'\r', line).is_some() || self.dialect.backslash && memchr::memchr(b'\\', line).is_some() {
            return false;
        }
        if self.text.len() < line.len() {
            self.text.resize(line.len() * 2, 0);
        }
        let (mut from, mut out, mut fields) = (0, 0, 0);
        for to in memchr::memchr_iter(self.dialect.delimiter, line).chain(std::iter::once(line.len())) {
            self.text[out..out + to - from].copy_from_slice(&line[from..to]);
            out += to - from;
            from = to + 1;
            if fields == self.ends.len() {
                self.ends.resize(self.ends.len() * 2, 0);
            }
            self.ends[fields] = out;
            fields += 1;
        }
        self.len = fields;
        self.at += length + 1;
        true
    }

    /// Reads a record with its quotes. Answers with the offset of the field whose quote is not closed, if there is one.
    fn quoted(&mut self, start: usize) -> Result<Option<usize>, TooLong> {
        let (mut out, mut end) = (0, 0);
        let line = self.core.line();
        let mut look = PIECE;
        loop {
            let piece = &self.data[self.at..self.data.len().min(self.at + PIECE)];
            let (result, read, wrote, ended) = self.core.read_record(piece, &mut self.text[out..], &mut self.ends[end..]);
            self.at += read;
            out += wrote;
            end += ended;
            match result {
                ReadRecordResult::InputEmpty if self.at - start > look && self.breaks(start, line) > BREAKS => {
                    look *= 2;
                    // If quotes are not to blame, go on.
                    if let Some(field) = self.open_field(start, end) {
                        return Ok(Some(field));
                    }
                    if self.at - start > LONGEST {
                        return Err(TooLong);
                    }
                }
                ReadRecordResult::InputEmpty if self.at - start > LONGEST => return Err(TooLong),
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record | ReadRecordResult::End => break,
            }
        }
        self.len = end;
        let last = self.at == self.data.len();
        if last || self.breaks(start, line) > 1 {
            return Ok(self.open_field(start, end));
        }
        Ok(None)
    }

    /// Line breaks since the start of the record.
    fn breaks(&self, start: usize, line: u64) -> u64 {
        if self.returns { memchr::memchr_iter(b'\r', &self.data[start..self.at]).count() as u64 } else { self.core.line() - line }
    }

    /// Walks through the record again and finds the first field whose quote must be a mistake.
    fn open_field(&self, start: usize, fields: usize) -> Option<usize> {
        let record = &self.data[start..self.at];
        let mut at = 0;
        while at < record.len() {
            if record[at] != self.dialect.quote {
                // A field without quotes ends at a delimiter; the record's end ends the walk.
                let length = memchr::memchr3(self.dialect.delimiter, b'\n', b'\r', &record[at..])?;
                if record[at + length] != self.dialect.delimiter {
                    return None;
                }
                at += length + 1;
                continue;
            }
            let field = at;
            let mut close = at + 1;
            loop {
                let rest = record.get(close..).unwrap_or_default();
                match memchr::memchr(self.dialect.quote, rest) {
                    None => return Some(start + field),
                    Some(length) if self.dialect.backslash && escaped(&rest[..length]) => close += length + 1,
                    Some(length) if rest.get(length + 1) == Some(&self.dialect.quote) => close += length + 2,
                    Some(length) => {
                        close += length;
                        break;
                    }
                }
            }
            let inside = &record[field + 1..close];
            let after = record.get(close + 1).copied();
            let closed = after.is_none_or(|byte| byte == self.dialect.delimiter || byte == b'\n' || byte == b'\r');
            if self.suspicious(inside, closed, fields) {
                return Some(start + field);
            }
            at = close + 1;
            // What follows a closing quote belongs to the field.
            let length = memchr::memchr3(self.dialect.delimiter, b'\n', b'\r', record.get(at..)?)?;
            if record[at + length] != self.dialect.delimiter {
                return None;
            }
            at += length + 1;
        }
        None
    }

    /// Whether the text between two quotes is more likely rows of the table than a text of many lines.
    fn suspicious(&self, inside: &[u8], closed: bool, fields: usize) -> bool {
        let lines: Vec<&[u8]> = inside.split(|&byte| byte == if self.returns { b'\r' } else { b'\n' }).collect();
        if lines.len() < 2 {
            return false;
        }
        if !closed {
            return true;
        }
        let whole = &lines[1..lines.len() - 1];
        let rows =
            whole.iter().filter(|line| memchr::memchr_iter(self.dialect.delimiter, line).count() + 1 == self.usual).count();
        self.usual > 2 && whole.len() > 1 && rows * 5 >= whole.len() * 4
            || lines.len() as u64 > BREAKS && self.usual > 1 && fields != self.usual
    }

    /// Reads the record again: quotes hold up to `field`, from there to the end of the line they are characters.
    /// Answers with the number of that field.
    fn literal(&mut self, start: usize, field: usize) -> usize {
        let line = &self.data[field..];
        let length = memchr::memchr2(b'\n', b'\r', line).unwrap_or(line.len());
        let line = &line[..length];
        self.at = (field + length + 1).min(self.data.len());
        let (mut text, mut ends) = (std::mem::take(&mut self.text), std::mem::take(&mut self.ends));
        text.clear();
        ends.clear();
        let mut before = Records::new(&self.data[start..field], self.dialect, 0);
        if field > start && before.quoted(0).is_ok() {
            let (fields, before) = before.fields();
            text.extend_from_slice(fields);
            // What stands after the last delimiter is the field itself.
            ends.extend_from_slice(&before[..before.len().saturating_sub(1)]);
            text.truncate(ends.last().copied().unwrap_or(0));
        }
        let number = ends.len();
        for part in line.split(|&byte| byte == self.dialect.delimiter) {
            let part = match part {
                [first, inside @ .., last] if *first == self.dialect.quote && first == last => inside,
                part => part,
            };
            text.extend_from_slice(part);
            ends.push(text.len());
        }
        self.len = ends.len();
        text.resize(text.capacity().max(64), 0);
        ends.resize(ends.capacity().max(64), 0);
        (self.text, self.ends) = (text, ends);
        number
    }
}

/// True if a backslash stands at the end that is no character itself.
fn escaped(before: &[u8]) -> bool {
    before.iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1
}
