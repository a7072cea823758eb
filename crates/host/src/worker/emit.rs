//! The functions that an importer is lent, and the frames that come of them.
//!
//! A refusal is sticky: whatever the importer says afterwards, the file has failed. Without that an importer that
//! ignores an answer would lose rows in silence.

use crate::load::FEATURES;
use crate::sys;
use crate::wire::control::{End, Order};
use crate::wire::{self, BatchWriter, Kind, NotText, TableInfo};
use aimline_plugin::abi::{self, Loc, Status, Str};
use serde::Serialize;
use std::cell::Cell;
use std::ffi::{CStr, CString, c_char, c_void};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Longest cell.
const MAX_CELL: usize = 1 << 20;
/// Most text in one row.
const MAX_ROW: usize = 32 << 20;
/// A batch is sent when it has this many rows, bytes of text or bytes of lengths.
const BATCH_ROWS: usize = 8_192;
const BATCH_TEXT: usize = 4 << 20;
const BATCH_HEAD: usize = 1 << 20;
/// All batches are sent when together they hold this much.
const ALL_BATCHES: usize = 8 << 20;
/// A pipe is made wider before a batch of this size.
const WIDE: usize = 64 << 10;
/// Progress frames are at least this far apart.
const PROGRESS: Duration = Duration::from_millis(50);
/// Longest explanation, in characters.
const MAX_EXPLANATION: usize = 500;

thread_local! {
    /// True on the thread that makes the calls.
    static CALLING: Cell<bool> = const { Cell::new(false) };
}
/// Set when another thread called a function: its row, if it was one, is lost.
static ELSEWHERE: AtomicBool = AtomicBool::new(false);

/// A call that is refused, and why.
struct Refusal(Status, String);

fn refuse<T>(status: Status, why: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal(status, why.into()))
}

struct Table {
    info: TableInfo,
    batch: BatchWriter,
    /// Rows that were sent.
    rows: u64,
}

/// Everything behind the lent functions.
pub(super) struct Emitter {
    out: BufWriter<File>,
    wide: bool,
    tables: Vec<Table>,
    /// The memory of a batch that was sent, for the next table that needs some.
    spare: Option<BatchWriter>,
    /// Bytes that wait in all batches.
    waiting: usize,
    options: Vec<(CString, CString)>,
    explanation: String,
    refused: Option<Status>,
    importing: bool,
    rows: u64,
    max_rows: u64,
    max_unpacked: u64,
    reported: Instant,
}

impl Emitter {
    pub(super) fn new(pipe: File, order: &Order) -> Self {
        let text = |text: &str| CString::new(text).ok();
        CALLING.set(true);
        Self {
            out: BufWriter::with_capacity(1 << 16, pipe),
            wide: false,
            tables: Vec::new(),
            spare: None,
            waiting: 0,
            options: order.options.iter().filter_map(|(key, value)| Some((text(key)?, text(value)?))).collect(),
            explanation: String::new(),
            refused: None,
            importing: false,
            rows: 0,
            max_rows: order.max_rows,
            max_unpacked: order.max_unpacked,
            reported: Instant::now(),
        }
    }

    /// Sends a frame of JSON, with the next that is flushed.
    pub(super) fn send(&mut self, kind: Kind, what: &impl Serialize) -> io::Result<()> {
        wire::write_frame(&mut self.out, kind, 0, &serde_json::to_vec(what)?)
    }

    /// Sends a frame of JSON at once: what comes next may be this worker's end.
    pub(super) fn send_now(&mut self, kind: Kind, what: &impl Serialize) -> io::Result<()> {
        self.send(kind, what)?;
        self.out.flush()
    }

    /// Lends the functions for one call. Outside an import, tables and rows are refused.
    pub(super) fn lend(&mut self, importing: bool, call: impl FnOnce(*const abi::Host) -> Status) -> Status {
        self.importing = importing;
        self.refused = None;
        self.explanation.clear();
        self.reported = Instant::now();
        let host = abi::Host {
            struct_size: size_of::<abi::Host>() as u32,
            abi_major: abi::MAJOR,
            abi_minor: abi::MINOR,
            features: FEATURES,
            max_unpacked: self.max_unpacked,
            ctx: (&raw mut *self).cast(),
            option: Some(option),
            table: Some(table),
            row: Some(row),
            progress: Some(progress),
            explain: Some(explain),
        };
        call(&raw const host)
    }

    /// How the call ended, all told.
    pub(super) fn end(&mut self, status: Status) -> End {
        let mut explanation = std::mem::take(&mut self.explanation);
        let mut status = self.refused.unwrap_or(status);
        let mut refused = self.refused.is_some();
        if ELSEWHERE.load(Ordering::SeqCst) {
            status = abi::INTERNAL;
            refused = true;
            "the importer called the host from another thread".clone_into(&mut explanation);
        }
        End { status, explanation, refused, ..End::default() }
    }

    /// Sends what is left and the last frame.
    pub(super) fn finish(&mut self, end: End) -> io::Result<()> {
        self.flush_all()?;
        let rows = self.tables.iter().map(|table| table.rows).collect();
        self.send(Kind::End, &End { rows, ..end })?;
        self.out.flush()
    }

    fn flush_all(&mut self) -> io::Result<()> {
        (0..self.tables.len()).try_for_each(|id| self.flush_table(id))
    }

    fn flush_table(&mut self, id: usize) -> io::Result<()> {
        let table = &mut self.tables[id];
        if table.batch.rows() == 0 {
            return Ok(());
        }
        let mut batch = std::mem::take(&mut table.batch);
        let bytes = batch.text_bytes() + batch.head_bytes();
        if bytes > WIDE && !std::mem::replace(&mut self.wide, true) {
            sys::widen(self.out.get_ref());
        }
        batch.write(&mut self.out, id as u32)?;
        table.rows += batch.rows() as u64;
        self.waiting -= bytes;
        batch.clear();
        self.spare = Some(batch);
        Ok(())
    }

    /// Runs a call of the importer, and remembers a refusal.
    fn guarded<T>(&mut self, call: impl FnOnce(&mut Self) -> Result<T, Refusal>) -> Result<T, Status> {
        if let Some(status) = self.refused {
            return Err(status);
        }
        call(self).map_err(|Refusal(status, why)| {
            self.refused = Some(status);
            self.explanation = one_line(&why);
            status
        })
    }

    fn table(&mut self, info: TableInfo) -> Result<i32, Refusal> {
        if !self.importing {
            return refuse(abi::INTERNAL, "a table was announced outside an import");
        }
        if let Err(problem) = info.check() {
            return refuse(abi::INTERNAL, format!("a table cannot be announced: {problem}"));
        }
        if self.tables.len() >= wire::MAX_TABLES {
            return refuse(abi::LIMIT, format!("more than {} tables", wire::MAX_TABLES));
        }
        let id = self.tables.len();
        wire::write_frame(&mut self.out, Kind::Table, id as u32, &info.payload()).map_err(gone)?;
        self.tables.push(Table { info, batch: BatchWriter::default(), rows: 0 });
        Ok(id as i32)
    }

    fn row(&mut self, id: i32, place: &Loc, cells: &[Str]) -> Result<(), Refusal> {
        let Some((id, table)) = usize::try_from(id).ok().and_then(|id| Some((id, self.tables.get_mut(id)?))) else {
            return refuse(abi::INTERNAL, format!("a row for table {id}, which was not announced"));
        };
        let (n, columns) = (cells.len(), table.info.columns.len());
        if columns > 0 && n != columns {
            return refuse(abi::INTERNAL, format!("row {} has {n} cells, its table has {columns} columns", place.row));
        }
        if n == 0 || n > abi::MAX_CELLS {
            return refuse(abi::LIMIT, format!("row {} has {n} cells; 1 to {} are possible", place.row, abi::MAX_CELLS));
        }
        let mut bytes = 0;
        for text in cells.iter().chain([&place.part]).filter(|text| !text.ptr.is_null()) {
            if text.len > MAX_CELL {
                return refuse(
                    abi::LIMIT,
                    format!("row {} has a cell of {} bytes; {MAX_CELL} are possible", place.row, text.len),
                );
            }
            bytes += text.len;
        }
        if bytes > MAX_ROW {
            return refuse(abi::LIMIT, format!("row {} has {bytes} bytes; {MAX_ROW} are possible", place.row));
        }
        if self.rows >= self.max_rows {
            return refuse(abi::LIMIT, format!("more than {} rows", self.max_rows));
        }
        if table.batch.text_bytes() + bytes > BATCH_TEXT {
            self.flush_table(id).map_err(gone)?;
        }
        let batch = &mut self.tables[id].batch;
        if batch.rows() == 0
            && let Some(spare) = self.spare.take()
        {
            *batch = spare;
        }
        // SAFETY: not null, and the importer lends this many bytes for the call; a wrong length is this worker's end.
        let lent = |text: &Str| (!text.ptr.is_null()).then(|| unsafe { std::slice::from_raw_parts(text.ptr, text.len) });
        let part = lent(&place.part).filter(|part| !part.is_empty());
        let before = batch.text_bytes() + batch.head_bytes();
        if let Err(NotText(cell)) = batch.push_bytes(place.row, place.byte, part, cells.iter().map(lent)) {
            let cell = cell.map_or("its part".to_owned(), |cell| format!("cell {}", cell + 1));
            return refuse(abi::FORMAT, format!("row {}, {cell}: not UTF-8", place.row));
        }
        self.rows += 1;
        self.waiting += batch.text_bytes() + batch.head_bytes() - before;
        if batch.rows() >= BATCH_ROWS || batch.text_bytes() >= BATCH_TEXT || batch.head_bytes() >= BATCH_HEAD {
            self.flush_table(id).map_err(gone)?;
        } else if self.waiting > ALL_BATCHES {
            self.flush_all().map_err(gone)?;
        }
        Ok(())
    }

    fn progress(&mut self, done: u64) -> Result<(), Refusal> {
        if self.importing && self.reported.elapsed() >= PROGRESS {
            self.reported = Instant::now();
            let mut payload = [0; 16];
            payload[..8].copy_from_slice(&done.to_le_bytes());
            payload[8..].copy_from_slice(&self.rows.to_le_bytes());
            wire::write_frame(&mut self.out, Kind::Progress, 0, &payload).and_then(|()| self.out.flush()).map_err(gone)?;
        }
        Ok(())
    }
}

/// The parent does not listen any more.
fn gone(_: io::Error) -> Refusal {
    Refusal(abi::CANCELLED, String::new())
}

/// Text for a message: bounded, without control characters.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|char| if char.is_control() { ' ' } else { char }).take(MAX_EXPLANATION).collect()
}

/// The emitter behind a context, if the call comes from the right thread.
///
/// # Safety
/// `context` is what [`Emitter::lend`] gave to the importer, during the call; one call at a time on its thread.
unsafe fn emitter<'a>(context: *mut c_void) -> Option<&'a mut Emitter> {
    if !CALLING.get() {
        ELSEWHERE.store(true, Ordering::SeqCst);
        return None;
    }
    // SAFETY: the caller's promise; only this thread comes here, and the lender touches nothing during the call.
    unsafe { context.cast::<Emitter>().as_mut() }
}

/// # Safety
/// `text` is null or NUL-terminated, and lives for the call.
unsafe fn text(text: *const c_char) -> Option<String> {
    if text.is_null() {
        return None;
    }
    // SAFETY: the caller's promise.
    unsafe { CStr::from_ptr(text) }.to_str().ok().map(str::to_owned)
}

unsafe extern "C" fn option(context: *mut c_void, key: *const c_char) -> *const c_char {
    // SAFETY: an importer's call during the loan.
    let Some(emitter) = (unsafe { emitter(context) }).filter(|_| !key.is_null()) else { return std::ptr::null() };
    // SAFETY: not null; the importer lends a NUL-terminated text.
    let key = unsafe { CStr::from_ptr(key) };
    emitter.options.iter().find(|(name, _)| name.as_c_str() == key).map_or(std::ptr::null(), |(_, value)| value.as_ptr())
}

unsafe extern "C" fn table(context: *mut c_void, name: *const c_char, columns: *const *const c_char, n: u32) -> i32 {
    // SAFETY: an importer's call during the loan.
    let Some(emitter) = (unsafe { emitter(context) }) else { return -abi::INTERNAL };
    let announced = emitter.guarded(|emitter| {
        if n as usize > abi::MAX_COLUMNS || (n > 0 && columns.is_null()) {
            return refuse(abi::LIMIT, format!("a table with {n} columns; {} are possible", abi::MAX_COLUMNS));
        }
        // SAFETY: the importer lends NUL-terminated texts, and `n` pointers to some.
        let name = unsafe { text(name) };
        let columns = (0..n as usize).map(|at| {
            // SAFETY: as above.
            unsafe { text(*columns.add(at)) }
        });
        match (name, columns.collect()) {
            (Some(name), Some(columns)) => emitter.table(TableInfo { name, columns }),
            _ => refuse(abi::INTERNAL, "a name of a table or column is missing or not UTF-8"),
        }
    });
    announced.unwrap_or_else(|status| -status)
}

unsafe extern "C" fn row(context: *mut c_void, table: i32, place: *const Loc, cells: *const Str, n: u32) -> Status {
    // SAFETY: an importer's call during the loan.
    let Some(emitter) = (unsafe { emitter(context) }) else { return abi::INTERNAL };
    let taken = emitter.guarded(|emitter| {
        // SAFETY: the importer lends a place for the call, or null.
        let place = unsafe { place.as_ref() };
        let Some(place) = place.filter(|_| !cells.is_null()) else {
            return refuse(abi::INTERNAL, "a row without a place or without cells");
        };
        // SAFETY: not null; the importer lends `n` cells for the call.
        emitter.row(table, place, unsafe { std::slice::from_raw_parts(cells, n as usize) })
    });
    taken.err().unwrap_or(abi::OK)
}

unsafe extern "C" fn progress(context: *mut c_void, done: u64) -> Status {
    // SAFETY: an importer's call during the loan.
    let Some(emitter) = (unsafe { emitter(context) }) else { return abi::INTERNAL };
    emitter.guarded(|emitter| emitter.progress(done)).err().unwrap_or(abi::OK)
}

unsafe extern "C" fn explain(context: *mut c_void, why: *const c_char) {
    // SAFETY: an importer's call during the loan.
    let Some(emitter) = (unsafe { emitter(context) }) else { return };
    // SAFETY: the importer lends a NUL-terminated text, or null.
    let why = unsafe { (!why.is_null()).then(|| CStr::from_ptr(why)) };
    // The reason of a refusal says more than what the importer makes of it.
    if let Some(why) = why.filter(|_| emitter.refused.is_none()) {
        emitter.explanation = one_line(&why.to_string_lossy());
    }
}
