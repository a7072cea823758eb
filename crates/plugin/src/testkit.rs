//! A host for the tests of an importer: it records what comes, and checks it as the real host does.
//!
//! The calls go through the exported C functions of [`crate::export`], so a test sees what a host sees, panics included.

use crate::abi;
use crate::export;
use crate::sdk::{Error, Importer, Probe, Result};
use std::ffi::{CStr, CString, c_char, c_void};

/// One row as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedRow {
    /// The place in words.
    pub part: String,
    /// Sheet row or line.
    pub row: u64,
    /// Offset in the file.
    pub byte: u64,
    /// The cells; in a grid table the first is `kinds`.
    pub cells: Vec<Option<String>>,
}

/// One announced table with its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedTable {
    /// The table's name.
    pub name: String,
    /// Empty for a grid table.
    pub columns: Vec<String>,
    /// In order of arrival.
    pub rows: Vec<RecordedRow>,
}

impl RecordedTable {
    /// The cell of a record table by its column's name.
    #[must_use]
    pub fn cell(&self, row: usize, column: &str) -> Option<&str> {
        let index = self.columns.iter().position(|name| name == column)?;
        self.rows.get(row)?.cells.get(index)?.as_deref()
    }
}

/// Everything that an importer sent for one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// In order of announcement.
    pub tables: Vec<RecordedTable>,
    /// How the call ended, with the importer's explanation.
    pub result: Result<()>,
    /// What the importer did that a host would not accept; a good importer leaves it empty.
    pub faults: Vec<String>,
    /// The last `progress`.
    pub progress: u64,
    /// All rows, those that were not kept included.
    pub rows: u64,
}

impl Recorded {
    /// The first table of this name.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&RecordedTable> {
        self.tables.iter().find(|table| table.name == name)
    }

    /// The codes of the diagnostics, in order.
    #[must_use]
    pub fn codes(&self) -> Vec<&str> {
        let rows = self.table("diagnostics").map_or(&[][..], |table| &table.rows);
        rows.iter().filter_map(|row| row.cells.first()?.as_deref()).collect()
    }
}

struct Recorder {
    kept: Recorded,
    keep: bool,
    explanation: String,
    options: Vec<(CString, CString)>,
    /// A refusal is remembered, as the interface says.
    refused: abi::Status,
    /// Rows until the host says stop.
    patience: u64,
}

impl Recorder {
    fn fault(&mut self, text: impl Into<String>) -> abi::Status {
        if self.kept.faults.len() < 100 {
            self.kept.faults.push(text.into());
        }
        self.refused = abi::INTERNAL;
        abi::INTERNAL
    }

    fn table(&mut self, name: &CStr, columns: Vec<&CStr>, n: u32) -> i32 {
        if n as usize > abi::MAX_COLUMNS {
            return -self.fault(format!("a table of {n} columns"));
        }
        let Ok(name) = name.to_str() else { return -self.fault("a table's name is not UTF-8") };
        let columns: Option<Vec<String>> = columns.into_iter().map(|column| column.to_str().ok().map(str::to_owned)).collect();
        let Some(columns) = columns else { return -self.fault("a column's name is not UTF-8") };
        self.kept.tables.push(RecordedTable { name: name.to_owned(), columns, rows: Vec::new() });
        self.kept.tables.len() as i32 - 1
    }

    fn row(&mut self, table: i32, place: (&[u8], u64, u64), cells: &[Option<&[u8]>]) -> abi::Status {
        let Some(columns) = usize::try_from(table).ok().and_then(|at| self.kept.tables.get(at)).map(|table| table.columns.len())
        else {
            return self.fault(format!("a row of table {table}, which is not there"));
        };
        if columns == 0 && (cells.is_empty() || cells.len() > abi::MAX_CELLS) || columns > 0 && cells.len() != columns {
            return self.fault(format!("a row of {} cells in a table of {columns} columns", cells.len()));
        }
        self.kept.rows += 1;
        if self.kept.rows > self.patience {
            self.refused = abi::CANCELLED;
            return abi::CANCELLED;
        }
        if !self.keep && columns == 0 {
            return abi::OK;
        }
        let mut texts = Vec::with_capacity(cells.len());
        for cell in cells {
            match cell.map(std::str::from_utf8).transpose() {
                Ok(text) if text.is_none_or(|text| text.len() <= 1 << 20) => texts.push(text.map(str::to_owned)),
                Ok(_) => return self.fault("a cell of more than 1 MiB"),
                Err(_) => return self.fault("a cell that is not UTF-8"),
            }
        }
        let Ok(part) = std::str::from_utf8(place.0) else { return self.fault("a part that is not UTF-8") };
        let row = RecordedRow { part: part.to_owned(), row: place.1, byte: place.2, cells: texts };
        self.kept.tables[table as usize].rows.push(row);
        abi::OK
    }
}

/// # Safety
/// `ctx` is the recorder of the running call, and nothing else refers to it.
unsafe fn recorder<'a>(ctx: *mut c_void) -> &'a mut Recorder {
    // SAFETY: the caller's promise.
    unsafe { &mut *ctx.cast::<Recorder>() }
}

unsafe extern "C" fn option(ctx: *mut c_void, key: *const c_char) -> *const c_char {
    // SAFETY: called by the importer under test through `call`, with a NUL-terminated key.
    let (recorder, key) = unsafe { (recorder(ctx), CStr::from_ptr(key)) };
    recorder.options.iter().find(|(known, _)| known.as_c_str() == key).map_or(std::ptr::null(), |(_, value)| value.as_ptr())
}

unsafe extern "C" fn table(ctx: *mut c_void, name: *const c_char, columns: *const *const c_char, n: u32) -> i32 {
    // SAFETY: called by the importer under test through `call`, with NUL-terminated texts and n columns.
    let (recorder, name) = unsafe { (recorder(ctx), CStr::from_ptr(name)) };
    if recorder.refused != abi::OK {
        return -recorder.refused;
    }
    let columns = if columns.is_null() {
        Vec::new()
    } else {
        // SAFETY: as above.
        (0..n as usize).map(|index| unsafe { CStr::from_ptr(*columns.add(index)) }).collect()
    };
    recorder.table(name, columns, n)
}

unsafe extern "C" fn row(ctx: *mut c_void, table: i32, place: *const abi::Loc, cells: *const abi::Str, n: u32) -> abi::Status {
    // SAFETY: called by the importer under test through `call`, with n cells that point to their texts or to null.
    let (recorder, place) = unsafe { (recorder(ctx), &*place) };
    if recorder.refused != abi::OK {
        return recorder.refused;
    }
    // SAFETY: as above.
    let text = |text: &abi::Str| (!text.ptr.is_null()).then(|| unsafe { std::slice::from_raw_parts(text.ptr, text.len) });
    // SAFETY: as above.
    let cells = if n == 0 { &[] } else { unsafe { std::slice::from_raw_parts(cells, n as usize) } };
    if !recorder.keep
        && recorder.patience == u64::MAX
        && recorder.kept.tables.get(table as usize).is_some_and(|t| t.columns.is_empty())
    {
        recorder.kept.rows += 1;
        return abi::OK;
    }
    let cells: Vec<_> = cells.iter().map(text).collect();
    recorder.row(table, (text(&place.part).unwrap_or(b""), place.row, place.byte), &cells)
}

unsafe extern "C" fn progress(ctx: *mut c_void, bytes: u64) -> abi::Status {
    // SAFETY: called by the importer under test through `call`.
    let recorder = unsafe { recorder(ctx) };
    if bytes < recorder.kept.progress {
        recorder.fault("progress goes back");
    }
    recorder.kept.progress = bytes;
    recorder.refused
}

unsafe extern "C" fn explain(ctx: *mut c_void, text: *const c_char) {
    // SAFETY: called by the importer under test through `call`, with NUL-terminated text.
    let (recorder, text) = unsafe { (recorder(ctx), CStr::from_ptr(text)) };
    recorder.explanation = text.to_string_lossy().into_owned();
}

fn call(
    recorder: &mut Recorder,
    name: &str,
    data: &[u8],
    work: impl FnOnce(&abi::Host, &abi::Input) -> abi::Status,
) -> abi::Status {
    let host = abi::Host {
        struct_size: size_of::<abi::Host>() as u32,
        abi_major: abi::MAJOR,
        abi_minor: abi::MINOR,
        features: 0,
        max_unpacked: 1 << 30,
        ctx: std::ptr::from_mut(recorder).cast(),
        option: Some(option),
        table: Some(table),
        row: Some(row),
        progress: Some(progress),
        explain: Some(explain),
    };
    let name = CString::new(name.replace('\0', "_")).unwrap_or_default();
    let input = abi::Input {
        struct_size: size_of::<abi::Input>() as u32,
        reserved: 0,
        name: name.as_ptr(),
        data: data.as_ptr(),
        len: data.len() as u64,
    };
    work(&host, &input)
}

fn start(options: &[(&str, &str)], keep: bool, patience: u64) -> Recorder {
    let text = |text: &str| CString::new(text).unwrap_or_default();
    Recorder {
        kept: Recorded { tables: Vec::new(), result: Ok(()), faults: Vec::new(), progress: 0, rows: 0 },
        keep,
        explanation: String::new(),
        options: options.iter().map(|(key, value)| (text(key), text(value))).collect(),
        refused: abi::OK,
        patience,
    }
}

fn run<T: Importer>(mut recorder: Recorder, name: &str, data: &[u8]) -> Recorded {
    let status = call(&mut recorder, name, data, |host, input| {
        let files = [std::ptr::from_ref(input)];
        // SAFETY: host and file are valid for the call, and there is one file.
        unsafe { export::import::<T>(host, files.as_ptr(), 1) }
    });
    if status != abi::OK {
        recorder.kept.result = Err(Error { status, message: recorder.explanation });
    }
    recorder.kept
}

/// Imports a file and records all of it.
#[must_use]
pub fn import<T: Importer>(name: &str, data: &[u8]) -> Recorded {
    run::<T>(start(&[], true, u64::MAX), name, data)
}

/// Imports a file with options, as the `[read]` part of a profile gives them.
#[must_use]
pub fn import_with<T: Importer>(name: &str, data: &[u8], options: &[(&str, &str)]) -> Recorded {
    run::<T>(start(options, true, u64::MAX), name, data)
}

/// Imports a file on a host that says stop after some rows.
#[must_use]
pub fn import_until<T: Importer>(name: &str, data: &[u8], rows: u64) -> Recorded {
    run::<T>(start(&[], true, rows), name, data)
}

/// Imports a file and drops the rows of grid tables, for measurements: [`Recorded::rows`] counts them.
#[must_use]
pub fn discard<T: Importer>(name: &str, data: &[u8]) -> Recorded {
    run::<T>(start(&[], false, u64::MAX), name, data)
}

/// Asks an importer what it thinks of a file; a status other than OK is the error.
///
/// # Errors
/// When the importer's probe fails or panics.
pub fn probe<T: Importer>(name: &str, data: &[u8]) -> Result<Probe> {
    let mut recorder = start(&[], true, u64::MAX);
    let mut answer =
        abi::Probe { struct_size: size_of::<abi::Probe>() as u32, confidence: 0, variant: [0; 64], reason: [0; 192] };
    let status = call(&mut recorder, name, data, |host, input| {
        // SAFETY: all three are valid for the call.
        unsafe { export::probe::<T>(host, input, &mut answer) }
    });
    if status != abi::OK {
        return Err(Error { status, message: recorder.explanation });
    }
    let text = |bytes: &[u8]| {
        CStr::from_bytes_until_nul(bytes).map_or_else(|_| String::new(), |text| text.to_string_lossy().into_owned())
    };
    Ok(Probe { confidence: answer.confidence.clamp(0, 100) as u8, variant: text(&answer.variant), reason: text(&answer.reason) })
}
