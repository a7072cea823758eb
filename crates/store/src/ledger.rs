//! The ledger of sources: what each path of the inbox held when it was last read, and the bundle that keeps it.

use crate::commit::Generation;
use crate::error::Result;
use crate::folder::Folder;
use crate::{StoreError, hash_key};
use serde::{Deserialize, Serialize};

/// Name of the ledger's file.
pub const FILE: &str = ".aimline/ledger.json";

/// One source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Key of the source; it stays when the file moves.
    pub source_id: String,
    /// Path under the inbox, with `/`.
    pub path: String,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// False when the file has left the inbox.
    pub present: bool,
    /// Bundle that holds what was read; none when nothing could be read.
    pub bundle: Option<String>,
    /// Hash of the read options and of the importers at hand, which decided the bundle.
    pub read_with: String,
    /// Importer that read it.
    pub importer: Option<String>,
    /// Its version.
    pub importer_version: Option<String>,
}

/// All sources, in the order of their paths.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// The entries, sorted by path.
    pub entries: Vec<Entry>,
}

impl Ledger {
    /// The ledger of the last run; empty when there was none.
    ///
    /// # Errors
    /// When the file is there but cannot be understood.
    pub fn load(folder: &Folder) -> Result<Self> {
        crate::json(&folder.root().join(FILE))
    }

    /// Puts the ledger into a generation.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(&self, generation: &mut Generation<'_>) -> Result<()> {
        let text = serde_json::to_vec_pretty(self).map_err(|error| StoreError::damaged(FILE.as_ref(), error))?;
        generation.write(FILE, &text)
    }

    /// The entry of a path.
    #[must_use]
    pub fn at(&self, path: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.path == path)
    }
}

/// The key of a source that is seen for the first time at a path.
#[must_use]
pub fn source_id(path: &str) -> String {
    hash_key(&[b"sources", path.as_bytes()])
}
