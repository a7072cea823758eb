//! Finds importer plugins and reads files through them, each file in a worker process of its own.
//!
//! An importer can crash, hang, lie or eat memory without harming the run: it is loaded only in a worker, which has
//! limits and, once the libraries are open, neither files nor sockets. The parent ([`run`]) checks each frame
//! ([`wire`]) that the worker sends. No library is ever opened in the parent.
//!
//! The program that uses this crate hands over to [`worker::worker_main`] when its first argument is
//! [`worker::ARGUMENT`], before it does anything else.
#![expect(unsafe_code, reason = "calls of the operating system and of the plugin's C interface; each block says why it is sound")]

pub mod find;
mod load;
pub mod look;
pub mod manifest;
pub mod run;
mod sys;
pub mod wire;
pub mod worker;

pub use find::{Found, Library, find_importers};
pub use manifest::Manifest;
pub use run::{Event, Failure, Job, Limits, Outcome, inspect, read_file};
pub use sys::{Death, Sandbox};
pub use wire::{Batch, TableInfo};
