//! What one worker says, checked frame by frame.

use super::process::{Message, Next, Process};
use super::{Chosen, Event, Failure, Limits, Outcome, SinkError, Skipped};
use crate::find::Library;
use crate::sys::{Death, Sandbox};
use crate::wire::control::{About, ChosenFrame, End, SkippedFrame};
use crate::wire::{self, Batch, Frame, Kind, TableInfo};
use aimline_plugin::abi;
use serde::de::DeserializeOwned;
use std::path::PathBuf;

/// One run of a worker.
pub(super) struct Session<'a> {
    libraries: &'a [Library],
    max_rows: u64,
    /// The library that is being opened or asked.
    about: Option<About>,
    chosen: Option<Chosen>,
    skipped: Vec<Skipped>,
    sandbox: Option<Sandbox>,
    tables: Vec<Table>,
    rows: u64,
    /// The furthest progress.
    done: (u64, u64),
    peak_memory: Option<u64>,
}

struct Table {
    columns: usize,
    rows: u64,
}

type Sink<'a> = &'a mut dyn FnMut(Event) -> Result<(), SinkError>;

fn broke<T>(why: impl Into<String>) -> Result<T, Failure> {
    Err(Failure::BrokeInterface(why.into()))
}

fn json<T: DeserializeOwned>(frame: &Frame) -> Result<T, Failure> {
    serde_json::from_slice(&frame.payload).or_else(|_| broke("a frame cannot be read"))
}

impl<'a> Session<'a> {
    pub(super) fn new(libraries: &'a [Library], max_rows: u64) -> Self {
        Self {
            libraries,
            max_rows,
            about: None,
            chosen: None,
            skipped: Vec::new(),
            sandbox: None,
            tables: Vec::new(),
            rows: 0,
            done: (0, 0),
            peak_memory: None,
        }
    }

    /// Follows the worker to its end.
    pub(super) fn run(&mut self, process: &mut Process, limits: Limits, sink: Sink<'_>) -> Result<(), Failure> {
        loop {
            let advanced = match process.next(limits.idle) {
                Next::Message(Message::Batch(id, batch)) => self.batch(id, batch, sink).map(|()| true),
                Next::Message(Message::Frame(frame)) if frame.kind == Kind::End => return self.end(&json(&frame)?),
                Next::Message(Message::Frame(frame)) => self.frame(&frame, sink),
                Next::Broken(error) => broke(error.to_string()),
                Next::Silence => Err(Failure::Silent { seconds: limits.idle.as_secs(), while_probing: self.asked() }),
                Next::Gone => Err(self.death(process, limits)),
            }?;
            if advanced {
                process.advanced();
            }
        }
    }

    fn death(&self, process: &mut Process, limits: Limits) -> Failure {
        let death = process.death();
        if death != Death::Exit(0) && process.ran_out_of_memory() {
            return Failure::OutOfMemory { megabytes: limits.memory_bytes >> 20 };
        }
        Failure::Crashed { death, while_probing: self.asked() }
    }

    fn asked(&self) -> Option<String> {
        let about = self.about.as_ref()?;
        about.name.clone().or_else(|| Some(self.path(about.library)?.file_name()?.to_string_lossy().into_owned()))
    }

    fn path(&self, library: usize) -> Option<PathBuf> {
        self.libraries.get(library).map(|library| library.path.clone())
    }

    /// The library that was being opened or asked when the worker ended.
    pub(super) fn culprit(&self) -> Option<(usize, Skipped)> {
        let About { library, name } = self.about.as_ref()?;
        Some((*library, Skipped { path: self.path(*library)?, name: name.clone(), why: String::new() }))
    }

    /// Handles a frame; true when something got done.
    fn frame(&mut self, frame: &Frame, sink: Sink<'_>) -> Result<bool, Failure> {
        match (frame.kind, self.chosen.is_some()) {
            (Kind::About, false) => {
                let about: About = json(frame)?;
                if about.library >= self.libraries.len() {
                    return broke("a library that was not given");
                }
                self.about = Some(about);
            }
            (Kind::Skipped, false) => {
                let SkippedFrame { library, name, why } = json(frame)?;
                let Some(path) = self.path(library).filter(|path| !self.skipped.iter().any(|old| old.path == *path)) else {
                    return broke("a library that was not given, or twice");
                };
                self.skipped.push(Skipped { path, name, why });
            }
            (Kind::Chosen, false) => {
                let ChosenFrame { library, name, version, variant, confidence, sandbox } = json(frame)?;
                let Some(path) = self.path(library) else { return broke("a library that was not given") };
                let chosen = Chosen { name, version, variant, confidence, path };
                (self.about, self.chosen, self.sandbox) = (None, Some(chosen.clone()), Some(sandbox));
                sink(Event::Chosen(chosen)).map_err(Failure::Stopped)?;
            }
            (Kind::Table, true) => {
                if frame.table as usize != self.tables.len() || self.tables.len() >= wire::MAX_TABLES {
                    return broke("a table out of turn");
                }
                let info = TableInfo::parse(&frame.payload).or_else(|error| broke(error.to_string()))?;
                self.tables.push(Table { columns: info.columns.len(), rows: 0 });
                sink(Event::Table(frame.table, info)).map_err(Failure::Stopped)?;
            }
            (Kind::Progress, true) => {
                let Some((done, rest)) = frame.payload.split_first_chunk::<8>() else { return broke("a short frame") };
                let Ok(rows) = <[u8; 8]>::try_from(rest) else { return broke("a short frame") };
                let now = (u64::from_le_bytes(*done), u64::from_le_bytes(rows));
                if now.0 <= self.done.0 && now.1 <= self.done.1 {
                    return Ok(false);
                }
                self.done = (now.0.max(self.done.0), now.1.max(self.done.1));
                sink(Event::Progress(self.done.0)).map_err(Failure::Stopped)?;
            }
            _ => return broke("a frame out of turn"),
        }
        Ok(true)
    }

    fn batch(&mut self, id: u32, batch: Batch, sink: Sink<'_>) -> Result<(), Failure> {
        let Some(table) = self.tables.get_mut(id as usize) else { return broke("rows of a table that was not announced") };
        if table.columns > 0 && batch.rows().any(|row| row.cells.len() != table.columns) {
            return broke("a row with more or fewer cells than its table has columns");
        }
        if batch.rows().any(|row| row.cells.is_empty()) {
            return broke("a row without cells");
        }
        table.rows += batch.len() as u64;
        self.rows += batch.len() as u64;
        if self.rows > self.max_rows {
            return broke("more rows than it may send");
        }
        sink(Event::Batch(id, batch)).map_err(Failure::Stopped)
    }

    fn end(&mut self, end: &End) -> Result<(), Failure> {
        self.about = None;
        self.peak_memory = end.peak_memory;
        if end.rows.len() != self.tables.len() || end.rows.iter().zip(&self.tables).any(|(sent, table)| *sent != table.rows) {
            return broke("other row counts at the end than rows");
        }
        if end.nobody && self.chosen.is_none() {
            return Err(Failure::NobodyReadsIt);
        }
        if end.status != abi::OK {
            if end.refused && end.status != abi::LIMIT {
                return Err(Failure::BrokeInterface(end.explanation.clone()));
            }
            let explanation = if end.explanation.is_empty() { "the importer gave up" } else { &end.explanation };
            return Err(Failure::Said { status: end.status, explanation: explanation.to_owned() });
        }
        if self.chosen.is_some() { Ok(()) } else { broke("an end without an importer") }
    }

    pub(super) fn outcome(self, end: Result<(), Failure>) -> Outcome {
        Outcome {
            importer: self.chosen,
            skipped: self.skipped,
            end,
            rows: self.tables.iter().map(|table| table.rows).collect(),
            stderr_bytes: 0,
            peak_memory: self.peak_memory,
            sandbox: self.sandbox,
        }
    }
}
