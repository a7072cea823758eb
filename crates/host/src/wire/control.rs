//! The small frames, as JSON, and the order that a worker gets. Private to parent and worker.

use crate::manifest::Manifest;
use crate::sys::Sandbox;
use serde::{Deserialize, Serialize};

/// The environment variable with the [`Order`]. Not the arguments: other users could read names of files there.
pub(crate) const ORDER: &str = "AIMLINE_ORDER";

/// What a worker is to do. The libraries are its arguments, the file is its standard input.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Order {
    /// Say what the libraries are, and read nothing.
    pub(crate) inspect: bool,
    /// The parent's process number.
    pub(crate) parent: u32,
    /// Base name of the file.
    pub(crate) name: String,
    /// Indices of the libraries whose folder a person asked for.
    pub(crate) asked_for: Vec<usize>,
    /// Indices of the libraries to leave alone.
    pub(crate) without: Vec<usize>,
    /// Names of importers to leave alone.
    pub(crate) skip: Vec<String>,
    pub(crate) options: Vec<(String, String)>,
    pub(crate) memory_bytes: u64,
    pub(crate) max_rows: u64,
    pub(crate) max_unpacked: u64,
}

/// The library that is about to be opened (no name yet) or asked.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct About {
    pub(crate) library: usize,
    pub(crate) name: Option<String>,
}

/// A library that is not used.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct SkippedFrame {
    pub(crate) library: usize,
    pub(crate) name: Option<String>,
    pub(crate) why: String,
}

/// The importer that reads the file.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ChosenFrame {
    pub(crate) library: usize,
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) variant: String,
    pub(crate) confidence: u8,
    pub(crate) sandbox: Sandbox,
}

/// What a library is.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct InspectedFrame {
    pub(crate) library: usize,
    pub(crate) manifest: Manifest,
    pub(crate) sandbox: Sandbox,
}

/// The last frame.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct End {
    /// No importer reads the file.
    pub(crate) nobody: bool,
    pub(crate) status: i32,
    pub(crate) explanation: String,
    /// The host refused a call: the interface was broken, whatever the importer says.
    #[serde(default)]
    pub(crate) refused: bool,
    /// Rows of each table.
    pub(crate) rows: Vec<u64>,
    pub(crate) peak_memory: Option<u64>,
}
