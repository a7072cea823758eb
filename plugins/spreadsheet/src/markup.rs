//! XML as it streams by: tags and texts, borrowed from a buffer that moves along.
//!
//! Sheets are millions of tiny elements. An event reader for any XML spends nine tenths of the time of an import on them
//! (measured: calamine's and quick-xml's loops alike), so this one does only what sheets need. It knows comments, CDATA,
//! instructions, both quotes, prefixes and entities, and expands none but the five of XML and numbers.

use std::io::Read;

/// What went wrong in a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Broken {
    /// Not well-formed, not UTF-8, or it ends too early.
    Markup,
    /// The container gave no more bytes: a wrong checksum, a damaged stream.
    Stream,
    /// Unpacks to more than the host allows.
    TooBig,
}

/// A tag or a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// `<name ...>`; the name without its prefix. An empty element has no close.
    Open { name: &'a [u8], attributes: &'a [u8], empty: bool },
    /// `</name>`.
    Close(&'a [u8]),
    /// Raw text; entities are still in it.
    Text(&'a [u8]),
    /// The text of a CDATA section.
    Literal(&'a [u8]),
    /// The end of the part.
    End,
}

const FIRST: usize = 128 << 10;
/// No tag or text is longer than this.
const LONGEST: usize = 64 << 20;

/// The tokens of one part.
pub(crate) struct Markup<R> {
    source: R,
    buffer: Vec<u8>,
    at: usize,
    end: usize,
    done: bool,
    read: u64,
    limit: u64,
}

impl<R: Read> Markup<R> {
    /// `limit`: how many bytes the part may have.
    pub(crate) fn new(source: R, limit: u64) -> Self {
        Self { source, buffer: vec![0; FIRST], at: 0, end: 0, done: false, read: 0, limit }
    }

    /// Bytes of the part that were read so far.
    pub(crate) fn read(&self) -> u64 {
        self.read
    }

    /// Makes room and reads on; what begins at `at` stays. False at the end of the part.
    fn fill(&mut self) -> Result<bool, Broken> {
        if self.done {
            return Ok(false);
        }
        if self.at > 0 {
            self.buffer.copy_within(self.at..self.end, 0);
            self.end -= self.at;
            self.at = 0;
        }
        if self.end == self.buffer.len() {
            if self.end >= LONGEST {
                return Err(Broken::TooBig);
            }
            self.buffer.resize(self.end * 2, 0);
        }
        let first = self.read == 0;
        while self.end < self.buffer.len() {
            match self.source.read(&mut self.buffer[self.end..]) {
                Ok(0) => {
                    self.done = true;
                    break;
                }
                Ok(n) => {
                    self.end += n;
                    self.read += n as u64;
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(_) => return Err(Broken::Stream),
            }
            if self.read > self.limit {
                return Err(Broken::TooBig);
            }
        }
        if first && (self.buffer[..self.end].starts_with(b"\xFF\xFE") || self.buffer[..self.end].starts_with(b"\xFE\xFF")) {
            return Err(Broken::Markup); // UTF-16; no program writes it
        }
        Ok(true)
    }

    /// Offset from `at` of the end of `find`'s hit, reading on until it is there.
    fn until(&mut self, find: impl Fn(&[u8]) -> Option<usize>) -> Result<usize, Broken> {
        loop {
            if let Some(length) = find(&self.buffer[self.at..self.end]) {
                return Ok(length);
            }
            if !self.fill()? {
                return Err(Broken::Markup);
            }
        }
    }

    /// The next tag or text; comments and instructions are passed over.
    pub(crate) fn next(&mut self) -> Result<Token<'_>, Broken> {
        loop {
            if self.end - self.at < 12 {
                self.fill()?;
            }
            let rest = &self.buffer[self.at..self.end];
            match rest {
                [] => return Ok(Token::End),
                [b'<', b'/', ..] => {
                    let length = self.until(|rest| memchr::memchr(b'>', rest).map(|at| at + 1))?;
                    let start = self.at;
                    self.at += length;
                    return Ok(Token::Close(local(self.buffer[start + 2..start + length - 1].trim_ascii_end())));
                }
                [b'<', b'?', ..] => self.at += self.until(|rest| memchr::memmem::find(rest, b"?>").map(|at| at + 2))?,
                [b'<', b'!', b'-', b'-', ..] => {
                    self.at += self.until(|rest| memchr::memmem::find(rest.get(4..)?, b"-->").map(|at| at + 7))?;
                }
                rest if rest.starts_with(b"<![CDATA[") => {
                    let length = self.until(|rest| memchr::memmem::find(rest.get(9..)?, b"]]>").map(|at| at + 12))?;
                    let start = self.at;
                    self.at += length;
                    return Ok(Token::Literal(&self.buffer[start + 9..start + length - 3]));
                }
                [b'<', b'!', ..] => self.at += self.until(|rest| memchr::memchr(b'>', rest).map(|at| at + 1))?,
                [b'<', ..] => {
                    let length = self.until(tag_end)?;
                    let start = self.at;
                    self.at += length;
                    return Ok(open(&self.buffer[start + 1..start + length - 1]));
                }
                _ => {
                    let start = match memchr::memchr(b'<', rest) {
                        Some(length) => {
                            self.at += length;
                            self.at - length
                        }
                        None => {
                            let length = match self.until(|rest| memchr::memchr(b'<', rest)) {
                                Ok(length) => length,
                                Err(Broken::Markup) => self.end - self.at,
                                Err(other) => return Err(other),
                            };
                            self.at += length;
                            self.at - length
                        }
                    };
                    return Ok(Token::Text(&self.buffer[start..self.at]));
                }
            }
        }
    }
}

/// Length of the tag that `rest` begins with; a `>` in quotes does not end it.
fn tag_end(rest: &[u8]) -> Option<usize> {
    let mut quote = 0;
    for (at, &byte) in rest.iter().enumerate() {
        if quote != 0 {
            if byte == quote {
                quote = 0;
            }
        } else if byte == b'>' {
            return Some(at + 1);
        } else if byte == b'"' || byte == b'\'' {
            quote = byte;
        }
    }
    None
}

fn open(inside: &[u8]) -> Token<'_> {
    let (inside, empty) = inside.strip_suffix(b"/").map_or((inside, false), |inside| (inside, true));
    let length = inside.iter().position(u8::is_ascii_whitespace).unwrap_or(inside.len());
    let (name, attributes) = inside.split_at(length);
    Token::Open { name: local(name), attributes, empty }
}

fn local(name: &[u8]) -> &[u8] {
    if name.len() == 1 {
        return name;
    }
    memchr::memrchr(b':', name).map_or(name, |at| &name[at + 1..])
}

/// The attributes of a tag: whole names, raw values.
pub(crate) struct Whole<'a>(pub(crate) &'a [u8]);

impl<'a> Iterator for Whole<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.0.trim_ascii_start();
        let equals = rest.iter().position(|&byte| byte == b'=')?;
        let value = rest[equals + 1..].trim_ascii_start();
        let (&quote, value) = value.split_first()?;
        if quote != b'"' && quote != b'\'' {
            return None;
        }
        let end = value.iter().position(|&byte| byte == quote)?;
        self.0 = &value[end + 1..];
        Some((rest[..equals].trim_ascii_end(), &value[..end]))
    }
}

/// The attributes of a tag: names without prefixes, raw values.
pub(crate) struct Attributes<'a>(pub(crate) &'a [u8]);

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let mut whole = Whole(self.0);
        let (name, value) = whole.next()?;
        self.0 = whole.0;
        Some((local(name), value))
    }
}

/// The value of one attribute, entities resolved.
pub(crate) fn attribute(attributes: &[u8], name: &[u8]) -> Option<String> {
    let (_, value) = Attributes(attributes).find(|(known, _)| *known == name)?;
    let mut text = String::new();
    unescape(value, &mut text).ok()?;
    Some(text)
}

/// Appends raw text with its entities resolved and its line ends made `\n`; an unknown entity stays as it is written.
pub(crate) fn unescape(raw: &[u8], into: &mut String) -> Result<(), Broken> {
    let mut rest = std::str::from_utf8(raw).map_err(|_| Broken::Markup)?;
    while let Some(at) = memchr::memchr2(b'&', b'\r', rest.as_bytes()) {
        into.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix('\r') {
            into.push('\n');
            rest = after.strip_prefix('\n').unwrap_or(after);
            continue;
        }
        let known = rest.get(1..).and_then(|text| text.split_once(';')).and_then(|(name, after)| Some((entity(name)?, after)));
        let (one, after) = known.unwrap_or(('&', &rest[1..]));
        into.push(one);
        rest = after;
    }
    into.push_str(rest);
    Ok(())
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#').filter(|number| number.len() < 9)?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}
