//! What the author of an importer needs: the C interface ([`abi`], and `include/aimline_importer.h`) and a safe Rust
//! side of it ([`Importer`], [`Host`], [`export_importer!`]).
//!
//! An importer says what a file says and where it says it. It parses no date, score, code or identity: that is the
//! core's work. It gets the bytes of one file and hands over one row of text cells at a time; it opens no file and no
//! socket, and runs in a worker process of its own.
//!
//! This crate has no dependencies, so that a plugin built with it loads for as long as the interface's major version
//! stands.
#![expect(unsafe_code, reason = "this crate is the C boundary; each block says why it is sound")]

#[cfg(panic = "abort")]
compile_error!("importers must be built with panic = \"unwind\": a panic is caught at the boundary");

pub mod abi;
pub mod export;
mod grid;
mod sdk;
pub mod testkit;

pub use grid::GridRow;
pub use sdk::{Diagnostic, Error, Host, Importer, Input, Place, Probe, Result, Severity, Table};
