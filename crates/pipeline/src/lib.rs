//! One pass of data: files of the inbox → bundles → mentions → entities with keys → the tables of `dataset/`.
//!
//! Three passes. *Read*: a worker process a file, its frames validated and kept as a bundle. *Survey*: bundle by bundle,
//! what each table is, how its columns vote, who is mentioned; then everybody is identified once. *Emit*: bundle by
//! bundle, typed values with keys, spilled to partitions of students, each sorted, deduplicated and written.
#![forbid(unsafe_code)]

mod as_of;
mod aside;
mod attributes;
mod choice;
mod config;
mod emit;
mod entities;
mod error;
mod explain;
mod facts;
mod inbox;
mod partition;
mod points;
mod profiles;
mod read;
mod repair;
mod run;
mod survey;
mod tally;
mod walk;

pub use config::{Config, Settings};
pub use error::PipelineError;
pub use explain::{SheetKind, SheetMap};
pub use inbox::{Inbox, InboxFile};
pub use run::{Dataset, Options, build};
pub use tally::{SourceTally, Totals};

/// What a run tells the one who waits. Messages hold counts and codes only, never a name of a file or a child.
pub trait Progress: Sync {
    /// A stage begins: its name, and how many steps it has.
    fn stage(&self, name: &'static str, steps: u64);
    /// So many steps of the stage are done.
    fn step(&self, done: u64);
}

/// Tells nothing.
#[derive(Debug, Clone, Copy)]
pub struct Quiet;

impl Progress for Quiet {
    fn stage(&self, _: &'static str, _: u64) {}
    fn step(&self, _: u64) {}
}
