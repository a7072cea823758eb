//! The safe side of the interface: what the author of an importer uses.

use crate::GridRow;
use crate::abi;
use std::ffi::{CStr, CString};

/// Why an importer cannot go on with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// One of the status values of [`abi`].
    pub status: abi::Status,
    /// In a user's words; quotes no cell. Empty when the host itself said stop.
    pub message: String,
}

impl Error {
    /// The file is damaged, or not what it claims to be.
    pub fn format(message: impl Into<String>) -> Self {
        Self { status: abi::FORMAT, message: message.into() }
    }

    /// The format is understood, this variant of it is not supported.
    pub fn unsupported(message: impl Into<String>) -> Self {
        Self { status: abi::UNSUPPORTED, message: message.into() }
    }

    /// A limit would be passed.
    pub fn limit(message: impl Into<String>) -> Self {
        Self { status: abi::LIMIT, message: message.into() }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} (status {})", self.message, self.status)
    }
}

impl std::error::Error for Error {}

/// What an importer's calls answer with.
pub type Result<T> = std::result::Result<T, Error>;

/// One file: its base name (a hint only) and its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Base name; the content decides, never the name.
    pub name: &'a str,
    /// All bytes of the file.
    pub data: &'a [u8],
}

/// What an importer thinks of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Probe {
    /// 0 no; below 30 by name only; below 70 plausible; below 90 header seen; 90 and up signature.
    pub confidence: u8,
    /// The dialect in a few words, such as `xlsx` or `SIF 3.5`.
    pub variant: String,
    /// Why, in a sentence.
    pub reason: String,
}

impl Probe {
    /// "Not mine."
    #[must_use]
    pub fn no() -> Self {
        Self::default()
    }

    /// "Mine", with a confidence from 1 to 100.
    pub fn yes(confidence: u8, variant: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { confidence, variant: variant.into(), reason: reason.into() }
    }
}

/// Where a row stands.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place<'a> {
    /// The place in the user's words, such as `goal 2 › report 3`; empty in grid tables.
    pub part: &'a str,
    /// 1-based sheet row or line; 0 is none.
    pub row: u64,
    /// Offset in the file; 0 is unknown.
    pub byte: u64,
}

/// A table that was announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table(pub(crate) i32);

/// How bad a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Something could not be read.
    Error,
    /// Something was read, but a person should look at it.
    Warning,
    /// Worth knowing.
    Info,
}

/// A problem in the file, with a code of aimline's catalogue (`aimline explain CODE`).
#[derive(Debug, Clone, Copy)]
pub struct Diagnostic<'a> {
    /// Such as `F006`.
    pub code: &'a str,
    /// How bad it is.
    pub severity: Severity,
    /// Sheet, cell or place in the user's words; empty when the row of [`Place`] says it all.
    pub at: &'a str,
    /// What was seen.
    pub seen: &'a str,
    /// What was expected.
    pub expected: &'a str,
    /// What to do.
    pub help: &'a str,
}

/// The host's functions, for the time of one call.
pub struct Host<'a> {
    raw: &'a abi::Host,
    cells: Vec<abi::Str>,
    kinds: String,
    diagnostics: Option<Table>,
}

impl<'a> Host<'a> {
    pub(crate) fn new(raw: &'a abi::Host) -> Self {
        Self { raw, cells: Vec::new(), kinds: String::new(), diagnostics: None }
    }

    /// Most bytes that one compressed member may unpack to.
    #[must_use]
    pub fn max_unpacked(&self) -> u64 {
        self.raw.max_unpacked
    }

    /// The raw interface, for tests of misbehaviour.
    #[must_use]
    pub fn raw(&self) -> &abi::Host {
        self.raw
    }

    /// The value of an option from the `[read]` part of a mapping profile.
    #[must_use]
    pub fn option(&self, key: &str) -> Option<String> {
        let key = CString::new(key).ok()?;
        // SAFETY: the host's function and context are valid for this call, and the key is NUL-terminated.
        let value = unsafe { self.raw.option?(self.raw.ctx, key.as_ptr()) };
        if value.is_null() {
            return None;
        }
        // SAFETY: the host answers with NUL-terminated text that lives until the call ends.
        unsafe { CStr::from_ptr(value) }.to_str().ok().map(str::to_owned)
    }

    /// Announces a grid table; `name` is the sheet's name as the user sees it, or empty.
    ///
    /// # Errors
    /// When the host refuses it.
    pub fn grid(&mut self, name: &str) -> Result<Table> {
        self.announce(name, &[])
    }

    /// Announces a record table with columns of the staged vocabulary.
    ///
    /// # Errors
    /// When the host refuses it.
    pub fn records(&mut self, name: &str, columns: &[&str]) -> Result<Table> {
        self.announce(name, columns)
    }

    fn announce(&mut self, name: &str, columns: &[&str]) -> Result<Table> {
        let bad = |_| Error { status: abi::INTERNAL, message: "a name holds a NUL character".into() };
        let name = CString::new(name).map_err(bad)?;
        let owned =
            columns.iter().map(|column| CString::new(*column)).collect::<std::result::Result<Vec<_>, _>>().map_err(bad)?;
        let pointers: Vec<_> = owned.iter().map(|column| column.as_ptr()).collect();
        let table = self.raw.table.ok_or_else(missing)?;
        let columns = if pointers.is_empty() { std::ptr::null() } else { pointers.as_ptr() };
        // SAFETY: all texts are NUL-terminated and outlive the call; the count is that of the array.
        let id = unsafe { table(self.raw.ctx, name.as_ptr(), columns, pointers.len() as u32) };
        if id < 0 { Err(Error { status: -id, message: String::new() }) } else { Ok(Table(id)) }
    }

    /// Sends one row of a record table: a cell a column, `None` for no value.
    ///
    /// # Errors
    /// When the host refuses it or says stop.
    pub fn record(&mut self, table: Table, place: Place<'_>, cells: &[Option<&str>]) -> Result<()> {
        self.cells.clear();
        self.cells.extend(cells.iter().map(|cell| cell.map_or(abi::Str::NONE, abi::Str::of)));
        self.send(table, place)
    }

    /// Sends one row of a grid table.
    ///
    /// # Errors
    /// When the host refuses it or says stop.
    pub fn grid_row(&mut self, table: Table, place: Place<'_>, row: &GridRow) -> Result<()> {
        let mut kinds = std::mem::take(&mut self.kinds);
        row.kinds(&mut kinds);
        self.cells.clear();
        self.cells.push(abi::Str::of(&kinds));
        self.cells.extend(row.cells().map(|cell| cell.map_or(abi::Str::NONE, abi::Str::of)));
        let sent = self.send(table, place);
        self.kinds = kinds;
        sent
    }

    /// Sends one row of a grid table from borrowed cells, column A first: nothing is copied on this side.
    /// `kinds` has a letter a cell and the marks of the row as in the header file; empty when all is text.
    ///
    /// # Errors
    /// When the host refuses it or says stop.
    pub fn grid_cells<'c>(
        &mut self,
        table: Table,
        place: Place<'_>,
        kinds: &str,
        cells: impl IntoIterator<Item = Option<&'c str>>,
    ) -> Result<()> {
        self.cells.clear();
        self.cells.push(abi::Str::of(kinds));
        self.cells.extend(cells.into_iter().map(|cell| cell.map_or(abi::Str::NONE, abi::Str::of)));
        self.send(table, place)
    }

    fn send(&mut self, table: Table, place: Place<'_>) -> Result<()> {
        let where_ = abi::Loc { part: abi::Str::of(place.part), row: place.row, byte: place.byte };
        let row = self.raw.row.ok_or_else(missing)?;
        // SAFETY: the cells point into borrowed texts that outlive the call; the count is that of the array.
        ok(unsafe { row(self.raw.ctx, table.0, &where_, self.cells.as_ptr(), self.cells.len() as u32) })
    }

    /// Reports a problem at a place.
    ///
    /// # Errors
    /// When the host refuses it or says stop.
    pub fn diagnostic(&mut self, place: Place<'_>, diagnostic: Diagnostic<'_>) -> Result<()> {
        let table = match self.diagnostics {
            Some(table) => table,
            None => self.records("diagnostics", &["code", "severity", "at", "seen", "expected", "help"])?,
        };
        self.diagnostics = Some(table);
        let severity = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        let text = |text: &'static str| Some(text);
        let some = |text| if str::is_empty(text) { None } else { Some(text) };
        let Diagnostic { code, at, seen, expected, help, .. } = diagnostic;
        self.record(table, place, &[some(code), text(severity), some(at), some(seen), some(expected), some(help)])
    }

    /// Says how many bytes of the file are done; to be called every 50 ms or so.
    ///
    /// # Errors
    /// When the host says stop.
    pub fn progress(&self, bytes_done: u64) -> Result<()> {
        let progress = self.raw.progress.ok_or_else(missing)?;
        // SAFETY: the host's function and context are valid for this call.
        ok(unsafe { progress(self.raw.ctx, bytes_done) })
    }

    pub(crate) fn explain(&self, text: &str) {
        if let (Some(explain), Ok(text)) = (self.raw.explain, CString::new(text.replace('\0', " "))) {
            // SAFETY: the text is NUL-terminated and outlives the call.
            unsafe { explain(self.raw.ctx, text.as_ptr()) }
        }
    }
}

fn missing() -> Error {
    Error { status: abi::INTERNAL, message: "the host lacks a function of interface 1.0".into() }
}

fn ok(status: abi::Status) -> Result<()> {
    if status == abi::OK { Ok(()) } else { Err(Error { status, message: String::new() }) }
}

/// An importer. Implement it, then write `aimline_plugin::export_importer!(Type, "manifest JSON");`.
pub trait Importer {
    /// Looks at a file without emitting anything. It sees all bytes, but should answer within a second.
    fn probe(input: &Input<'_>) -> Probe;

    /// Reads the file and hands its rows to the host.
    ///
    /// # Errors
    /// When nothing more can be read; what was sent before stays.
    fn import(input: &Input<'_>, host: &mut Host<'_>) -> Result<()>;
}
