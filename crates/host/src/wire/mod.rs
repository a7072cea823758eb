//! Frames from the worker to the parent: `[kind u8][table u32][length u32][payload]`, little-endian.
//!
//! The parent trusts none of it. The payloads of table and batch frames are also what a bundle file holds, so that
//! what was checked once is stored as it came.

mod batch;
pub(crate) mod control;

pub use batch::{Batch, BatchWriter, Cells, MAX_ROWS, NotText, Row};

use aimline_plugin::abi;
use std::io::{self, Read, Write};

/// Longest payload.
pub const MAX_PAYLOAD: usize = 64 << 20;
/// Most tables in one file.
pub const MAX_TABLES: usize = 1_024;
/// Longest name of a table or a column, in bytes.
pub const MAX_NAME: usize = 1_024;
/// Most cells in one row, the `kinds` cell included.
pub const MAX_CELLS: usize = abi::MAX_CELLS + 1;
const HEADER: usize = 9;

/// Why bytes are not a frame, or not the payload they claim to be.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WireError {
    /// The stream itself failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The stream ended inside a frame.
    #[error("a frame is cut short")]
    Cut,
    /// The header is none.
    #[error("not a frame (kind {kind}, {length} bytes)")]
    NotAFrame {
        /// The kind byte.
        kind: u8,
        /// The announced length.
        length: u32,
    },
    /// The payload does not hold what its kind says.
    #[error("a bad {what} frame: {problem}")]
    Bad {
        /// Kind of the frame, in a word.
        what: &'static str,
        /// What is wrong; quotes nothing.
        problem: &'static str,
    },
}

/// What a frame holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
#[non_exhaustive]
pub enum Kind {
    /// A table is announced: [`TableInfo`].
    Table = 1,
    /// Rows of a table: [`Batch`].
    Batch = 2,
    /// Bytes and rows that are done: two u64.
    Progress = 3,
    /// The importer that reads the file (JSON).
    Chosen = 4,
    /// The last frame: status, explanation, rows of each table (JSON).
    End = 5,
    /// A library that was not used, and why (JSON).
    Skipped = 6,
    /// The library that is about to be opened or asked (JSON): the culprit if nothing follows.
    About = 7,
    /// A library's manifest and the worker's sandbox (JSON).
    Inspected = 8,
}

impl Kind {
    const ALL: [Self; 8] =
        [Self::Table, Self::Batch, Self::Progress, Self::Chosen, Self::End, Self::Skipped, Self::About, Self::Inspected];
}

/// One frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// What it holds.
    pub kind: Kind,
    /// The table it belongs to; 0 where there is none.
    pub table: u32,
    /// Its bytes.
    pub payload: Vec<u8>,
}

/// Writes a frame.
///
/// # Errors
/// When the writer fails, or the payload is too long.
pub fn write_frame(out: &mut impl Write, kind: Kind, table: u32, payload: &[u8]) -> io::Result<()> {
    out.write_all(&header(kind, table, payload.len())?)?;
    out.write_all(payload)
}

fn header(kind: Kind, table: u32, length: usize) -> io::Result<[u8; HEADER]> {
    if length > MAX_PAYLOAD {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "a frame is too long"));
    }
    let mut header = [0; HEADER];
    header[0] = kind as u8;
    header[1..5].copy_from_slice(&table.to_le_bytes());
    header[5..].copy_from_slice(&(length as u32).to_le_bytes());
    Ok(header)
}

/// Reads a frame; `None` when the stream ends before one begins.
///
/// # Errors
/// When the stream fails, is cut inside a frame, or holds something else.
pub fn read_frame(from: &mut impl Read) -> Result<Option<Frame>, WireError> {
    let mut header = [0; HEADER];
    let mut have = 0;
    while have < HEADER {
        match from.read(&mut header[have..]) {
            Ok(0) if have == 0 => return Ok(None),
            Ok(0) => return Err(WireError::Cut),
            Ok(n) => have += n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    let [kind, t0, t1, t2, t3, l0, l1, l2, l3] = header;
    let length = u32::from_le_bytes([l0, l1, l2, l3]);
    let known = Kind::ALL.into_iter().find(|known| *known as u8 == kind);
    let Some(kind) = known.filter(|_| length as usize <= MAX_PAYLOAD) else {
        return Err(WireError::NotAFrame { kind, length });
    };
    let mut payload = Vec::new();
    payload.try_reserve_exact(length as usize).map_err(|_| WireError::NotAFrame { kind: kind as u8, length })?;
    if from.take(u64::from(length)).read_to_end(&mut payload)? != length as usize {
        return Err(WireError::Cut);
    }
    Ok(Some(Frame { kind, table: u32::from_le_bytes([t0, t1, t2, t3]), payload }))
}

/// A table as it was announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableInfo {
    /// A record table's staged name, or the name of a sheet as the user sees it.
    pub name: String,
    /// Staged column names; none in a grid table.
    pub columns: Vec<String>,
}

impl TableInfo {
    /// True for a table of positional cells, whose cell 0 is `kinds`.
    #[must_use]
    pub fn is_grid(&self) -> bool {
        self.columns.is_empty()
    }

    /// The name and the columns, with a NUL before each column.
    #[must_use]
    pub fn payload(&self) -> Vec<u8> {
        let mut payload = self.name.clone().into_bytes();
        for column in &self.columns {
            payload.push(0);
            payload.extend_from_slice(column.as_bytes());
        }
        payload
    }

    /// Reads the payload of a table frame.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(payload: &[u8]) -> Result<Self, WireError> {
        let text = std::str::from_utf8(payload).map_err(|_| bad_table("it is not UTF-8"))?;
        let mut parts = text.split('\0').map(str::to_owned);
        let info = Self { name: parts.next().unwrap_or_default(), columns: parts.collect() };
        info.check().map_err(bad_table)?;
        Ok(info)
    }

    /// What both sides hold a table to.
    pub(crate) fn check(&self) -> Result<(), &'static str> {
        if self.name.len() > MAX_NAME || self.columns.iter().any(|column| column.len() > MAX_NAME) {
            return Err("a name is too long");
        }
        if self.columns.len() > abi::MAX_COLUMNS {
            return Err("too many columns");
        }
        if !self.columns.is_empty() && self.name.is_empty() || self.columns.iter().any(String::is_empty) {
            return Err("a name is empty");
        }
        if self.columns.iter().enumerate().any(|(at, column)| self.columns[..at].contains(column)) {
            return Err("two columns have one name");
        }
        Ok(())
    }
}

fn bad_table(problem: &'static str) -> WireError {
    WireError::Bad { what: "table", problem }
}
