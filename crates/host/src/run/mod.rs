//! The parent's side: one worker for one file, its frames checked, its rows handed on as they come.

mod inspect;
mod process;
mod session;

pub use inspect::{Inspected, Inspection, inspect};

use crate::find::Library;
use crate::sys::{Death, Sandbox};
use crate::wire::control::Order;
use crate::wire::{Batch, TableInfo};
use process::Process;
use session::Session;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

/// What a worker may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Memory of its own, the mapped file not counted.
    pub memory_bytes: u64,
    /// Longest time without anything getting done; the time that the sink takes is not counted.
    pub idle: Duration,
    /// Most rows of one file.
    pub max_rows: u64,
    /// Most bytes that one compressed member may unpack to.
    pub max_unpacked: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { memory_bytes: 1 << 30, idle: Duration::from_secs(30), max_rows: 50_000_000, max_unpacked: 1 << 30 }
    }
}

/// One file to read.
#[derive(Debug, Clone)]
pub struct Job<'a> {
    /// The program that serves as worker: this one.
    pub exe: PathBuf,
    /// The file.
    pub file: PathBuf,
    /// The importers to choose from; of two that are as sure, the earlier one reads.
    pub libraries: &'a [Library],
    /// Names of importers that are not to be used.
    pub skip: Vec<String>,
    /// The `[read]` part of a mapping profile.
    pub options: Vec<(String, String)>,
    /// What the worker may use.
    pub limits: Limits,
}

/// What comes of a file while it is read. Nothing of it counts before [`Outcome::end`] is good.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event {
    /// The importer that reads the file; first of all.
    Chosen(Chosen),
    /// A table, with the next id: 0, 1, ..
    Table(u32, TableInfo),
    /// Rows of a table.
    Batch(u32, Batch),
    /// Bytes of the file that are done.
    Progress(u64),
}

/// What a sink may fail with.
pub type SinkError = Box<dyn std::error::Error + Send + Sync>;

/// The importer that reads a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The dialect that it sees, in a few words.
    pub variant: String,
    /// How sure it is, from 1 to 100.
    pub confidence: u8,
    /// Its library.
    pub path: PathBuf,
}

/// An importer that was not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Its library.
    pub path: PathBuf,
    /// Its name, when it got as far as to say one.
    pub name: Option<String>,
    /// Why, in words.
    pub why: String,
}

/// What came of a file.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcome {
    /// Who read it.
    pub importer: Option<Chosen>,
    /// Which importers could not be asked, and why.
    pub skipped: Vec<Skipped>,
    /// Good only after the last frame, with status 0 and the same row counts on both sides.
    pub end: Result<(), Failure>,
    /// Rows of each table.
    pub rows: Vec<u64>,
    /// Bytes that were printed; never shown, as they may hold students' data.
    pub stderr_bytes: usize,
    /// Most memory of the worker, mapped pages of the file included, if it lived to say it.
    pub peak_memory: Option<u64>,
    /// What was closed before the importer was called.
    pub sandbox: Option<Sandbox>,
}

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// All importers say "not mine".
    #[error("no importer reads it")]
    NobodyReadsIt,
    /// The importer says what is wrong.
    #[error("{explanation} (status {status})")]
    Said {
        /// Status of the interface.
        status: i32,
        /// In a user's words.
        explanation: String,
    },
    /// The worker died.
    #[error("{} ({death})", while_doing("the importer crashed", while_probing))]
    Crashed {
        /// How.
        death: Death,
        /// The importer that was looking at the file, if none was reading yet.
        while_probing: Option<String>,
    },
    /// Nothing got done for too long.
    #[error("{}, and was stopped", while_doing(&format!("the importer did nothing for {seconds} s"), while_probing))]
    Silent {
        /// How long.
        seconds: u64,
        /// The importer that was looking at the file, if none was reading yet.
        while_probing: Option<String>,
    },
    /// The worker sent what it may not send.
    #[error("the importer broke the interface: {0}")]
    BrokeInterface(String),
    /// The worker asked for more memory than it may use.
    #[error("the importer needs more memory than the {megabytes} MB that it may use")]
    OutOfMemory {
        /// The limit.
        megabytes: u64,
    },
    /// The file cannot be opened, or no worker started.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The sink said stop.
    #[error("stopped: {0}")]
    Stopped(SinkError),
}

fn while_doing(what: &str, while_probing: &Option<String>) -> String {
    match while_probing {
        None => what.to_owned(),
        Some(name) => format!("{what} while `{name}` looked at the file"),
    }
}

impl Failure {
    /// True when the importer that was in the call is to blame, and another may still read the file.
    fn is_of_the_importer(&self) -> bool {
        matches!(self, Self::Crashed { .. } | Self::Silent { .. } | Self::OutOfMemory { .. } | Self::BrokeInterface(_))
    }
}

/// Reads a file: starts a worker, hands what it sends to the sink, and leaves no process behind.
///
/// When the worker dies while an importer is opened or looks at the file, it is started again without that one.
pub fn read_file(job: &Job<'_>, sink: &mut dyn FnMut(Event) -> Result<(), SinkError>) -> Outcome {
    let mut without = Vec::new();
    let mut culprits = Vec::new();
    let mut blame = None;
    let mut stderr_bytes = 0;
    loop {
        let mut session = Session::new(job.libraries, job.limits.max_rows);
        let end = match start(job, &without) {
            Ok(mut process) => {
                let end = session.run(&mut process, job.limits, sink);
                stderr_bytes += process.stop();
                end
            }
            Err(error) => Err(Failure::Io(error)),
        };
        let end = match (end, session.culprit()) {
            (Err(failure), Some((library, skipped))) if failure.is_of_the_importer() && !without.contains(&library) => {
                without.push(library);
                culprits.push(Skipped { why: failure.to_string(), ..skipped });
                blame.get_or_insert(failure);
                continue;
            }
            (Err(Failure::NobodyReadsIt), _) if let Some(failure) = blame.take() => Err(failure),
            (end, _) => end,
        };
        let mut outcome = session.outcome(end);
        outcome.skipped.append(&mut culprits);
        outcome.stderr_bytes = stderr_bytes;
        return outcome;
    }
}

fn start(job: &Job<'_>, without: &[usize]) -> std::io::Result<Process> {
    // Asked first: opening a named pipe would wait for a writer.
    if !std::fs::metadata(&job.file)?.is_file() {
        return Err(std::io::Error::new(std::io::ErrorKind::InvalidInput, "not a regular file"));
    }
    let asked_for = job.libraries.iter().enumerate().filter(|(_, library)| library.why.asked_for()).map(|(at, _)| at);
    let order = Order {
        name: job.file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        asked_for: asked_for.collect(),
        without: without.to_vec(),
        skip: job.skip.clone(),
        options: job.options.clone(),
        ..order(job.limits)
    };
    Process::start(&job.exe, paths(job.libraries), &order, File::open(&job.file)?.into())
}

fn order(limits: Limits) -> Order {
    let Limits { memory_bytes, max_rows, max_unpacked, .. } = limits;
    Order { parent: std::process::id(), memory_bytes, max_rows, max_unpacked, ..Order::default() }
}

fn paths(libraries: &[Library]) -> impl Iterator<Item = &Path> {
    libraries.iter().map(|library| library.path.as_path())
}

/// For a worker that reads nothing.
fn no_input() -> Stdio {
    Stdio::null()
}
