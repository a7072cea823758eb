//! From bytes to events: which encoding, and where an event stands.

use aimline_plugin::{Error, Result};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

/// Most bytes that one event of a transcoded file may hold.
const MAX_EVENT: usize = 16 << 20;
const CHUNK: usize = 64 << 10;

/// What the first bytes say about a file's encoding.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sniffed {
    /// How its bytes are read.
    pub(crate) encoding: &'static Encoding,
    /// Length of the byte order mark.
    pub(crate) skip: usize,
    /// Offset of the first byte that is not UTF-8, when Windows-1252 was taken for that reason.
    pub(crate) fallback: Option<usize>,
    /// Bytes of whole characters; less than the file when it was cut within one.
    pub(crate) end: usize,
}

/// The encoding of the file: its mark, its first two characters, its declaration, and whether it is UTF-8 at all.
///
/// `check` is how many bytes are looked at.
pub(crate) fn sniff(data: &[u8], check: usize) -> Result<Sniffed> {
    if data.starts_with(&[0xFF, 0xFE, 0, 0]) || data.starts_with(&[0, 0, 0xFE, 0xFF]) {
        return Err(Error::unsupported("The file is encoded as UTF-32. Save it as UTF-8."));
    }
    let wide = |encoding, skip| Ok(Sniffed { encoding, skip, fallback: None, end: data.len() });
    match data {
        [0xFF, 0xFE, ..] => return wide(UTF_16LE, 2),
        [0xFE, 0xFF, ..] => return wide(UTF_16BE, 2),
        [b'<', 0, _, 0, ..] => return wide(UTF_16LE, 0),
        [0, b'<', 0, _, ..] => return wide(UTF_16BE, 0),
        _ => {}
    }
    // Joined files have more than one mark.
    let marks = data.chunks_exact(3).take_while(|chunk| *chunk == [0xEF, 0xBB, 0xBF]).count();
    let skip = (3 * marks).min(data.len().min(check));
    let declared = if skip == 0 { declared(&data[..data.len().min(1024)]) } else { None };
    if let Some(encoding) = declared.filter(|&encoding| encoding != UTF_8 && encoding.is_ascii_compatible()) {
        return Ok(Sniffed { encoding, skip, fallback: None, end: data.len() });
    }
    let checked = data.len().min(check);
    match std::str::from_utf8(&data[skip..checked]) {
        Ok(_) => Ok(Sniffed { encoding: UTF_8, skip, fallback: None, end: checked }),
        Err(error) => {
            let good = skip + error.valid_up_to();
            match error.error_len() {
                None => Ok(Sniffed { encoding: UTF_8, skip, fallback: None, end: good }),
                Some(_) => Ok(Sniffed { encoding: WINDOWS_1252, skip, fallback: Some(good), end: data.len() }),
            }
        }
    }
}

/// The encoding that an XML declaration names; a 16-bit one is a lie here.
fn declared(start: &[u8]) -> Option<&'static Encoding> {
    let start = start.trim_ascii_start().strip_prefix(b"<?xml")?;
    let end = start.windows(2).position(|pair| pair == b"?>")?;
    let text = std::str::from_utf8(&start[..end]).ok()?;
    let value = text[text.find("encoding")? + 8..].trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Encoding::for_label(value[1..].split(quote).next()?.as_bytes())
}

/// Transcodes as it is read; keeps the offsets of line ends until they are asked for.
struct Decode<'a> {
    rest: &'a [u8],
    decoder: Decoder,
    out: String,
    at: usize,
    done: bool,
    produced: u64,
    shared: Rc<RefCell<Shared>>,
}

#[derive(Default)]
struct Shared {
    line_ends: VecDeque<u64>,
    /// Bytes handed out for the running event.
    event: usize,
    /// Bytes of the file that were decoded.
    consumed: u64,
    malformed: bool,
}

impl BufRead for Decode<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at == self.out.len() && !self.done {
            self.out.clear();
            self.out.reserve(CHUNK);
            self.at = 0;
            let (result, read, replaced) = self.decoder.decode_to_string(self.rest, &mut self.out, true);
            self.rest = &self.rest[read..];
            self.done = result == CoderResult::InputEmpty;
            let mut shared = self.shared.borrow_mut();
            shared.malformed |= replaced;
            shared.consumed += read as u64;
            let ends = self.out.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| self.produced + at as u64);
            shared.line_ends.extend(ends);
            self.produced += self.out.len() as u64;
        }
        if self.shared.borrow().event > MAX_EVENT {
            return Err(io::Error::other("too long"));
        }
        Ok(&self.out.as_bytes()[self.at..])
    }

    fn consume(&mut self, n: usize) {
        self.at += n;
        self.shared.borrow_mut().event += n;
    }
}

impl Read for Decode<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(into)?;
        self.consume(n);
        Ok(n)
    }
}

enum Kind<'a> {
    Slice(Reader<&'a [u8]>),
    Stream { reader: Box<Reader<Decode<'a>>>, buffer: Vec<u8>, shared: Rc<RefCell<Shared>> },
}

/// The events of one file.
pub(crate) struct Source<'a>(Kind<'a>);

/// Where events stand in the file.
pub(crate) struct Lines<'a> {
    text: &'a [u8],
    base: u64,
    shared: Option<Rc<RefCell<Shared>>>,
    line: u64,
    counted: u64,
}

/// Begins at the first byte.
pub(crate) fn open<'a>(data: &'a [u8], sniffed: &Sniffed) -> (Source<'a>, Lines<'a>) {
    let bytes = &data[sniffed.skip..sniffed.end.max(sniffed.skip)];
    let mut lines = Lines { text: bytes, base: sniffed.skip as u64, shared: None, line: 1, counted: 0 };
    if sniffed.encoding == UTF_8 {
        let mut reader = Reader::from_reader(bytes);
        reader.config_mut().allow_dangling_amp = true;
        return (Source(Kind::Slice(reader)), lines);
    }
    let shared = Rc::new(RefCell::new(Shared::default()));
    lines.shared = Some(Rc::clone(&shared));
    let decoder = sniffed.encoding.new_decoder_without_bom_handling();
    let (out, share) = (String::new(), Rc::clone(&shared));
    let decode = Decode { rest: bytes, decoder, out, at: 0, done: false, produced: 0, shared: share };
    let mut reader = Box::new(Reader::from_reader(decode));
    reader.config_mut().allow_dangling_amp = true;
    (Source(Kind::Stream { reader, buffer: Vec::new(), shared }), lines)
}

impl Source<'_> {
    /// Offset of the next event in the text.
    #[inline]
    pub(crate) fn at(&self) -> u64 {
        match &self.0 {
            Kind::Slice(reader) => reader.buffer_position(),
            Kind::Stream { reader, .. } => reader.buffer_position(),
        }
    }

    /// The next event.
    #[inline]
    pub(crate) fn next(&mut self) -> quick_xml::Result<Event<'_>> {
        match &mut self.0 {
            Kind::Slice(reader) => reader.read_event(),
            Kind::Stream { reader, buffer, shared } => {
                buffer.clear();
                shared.borrow_mut().event = 0;
                reader.read_event_into(buffer)
            }
        }
    }
}

impl Lines<'_> {
    /// The line of an offset; offsets must not go back.
    pub(crate) fn line(&mut self, at: u64) -> u64 {
        if let Some(shared) = &self.shared {
            let ends = &mut shared.borrow_mut().line_ends;
            while ends.front().is_some_and(|end| *end < at) {
                ends.pop_front();
                self.line += 1;
            }
            return self.line;
        }
        let at = at.min(self.text.len() as u64);
        if at > self.counted {
            let new = &self.text[self.counted as usize..at as usize];
            self.line += new.iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
            self.counted = at;
        }
        self.line
    }

    /// Line, and offset in the file (0 when the file was transcoded), of an event.
    pub(crate) fn place(&mut self, at: u64) -> (u64, u64) {
        let byte = if self.shared.is_some() { 0 } else { self.base + at };
        (self.line(at), byte)
    }

    /// Bytes of the file that are done.
    pub(crate) fn done(&self, at: u64) -> u64 {
        self.shared.as_ref().map_or(self.base + at, |shared| shared.borrow().consumed)
    }

    /// Forgets the line ends up to an offset, for a pass that asks for no lines.
    pub(crate) fn forget(&mut self, at: u64) {
        if self.shared.is_some() {
            self.line(at);
        }
    }

    /// True when bytes were seen that the declared encoding does not have.
    pub(crate) fn malformed(&self) -> bool {
        self.shared.as_ref().is_some_and(|shared| shared.borrow().malformed)
    }
}
