//! Corrections that people have made in copies of quarantine.xlsx. They stay when the workbook leaves the inbox, or when
//! a newer one, which lists what is left, takes its place.

use crate::StoreError;
use crate::commit::Generation;
use crate::error::Result;
use crate::folder::Folder;
use serde::{Deserialize, Serialize};

/// Name of the file.
const FILE: &str = ".aimline/repairs.json";

/// The corrected cells of one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repair {
    /// Key of the row, as `ItemKey` writes it.
    pub item_key: String,
    /// Source of the workbook.
    pub source_id: String,
    /// Line of the workbook.
    pub locator: String,
    /// The corrected cells.
    pub cells: Vec<Corrected>,
}

/// A corrected cell.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Corrected {
    /// Title of its column.
    pub column: String,
    /// What stands there instead; empty when nothing does.
    pub text: String,
    /// Letter of the kind of the corrected cell.
    pub kind: char,
}

/// What the last run left, in the order of keys.
///
/// # Errors
/// When the file is there but cannot be understood.
pub fn load(folder: &Folder) -> Result<Vec<Repair>> {
    crate::json(&folder.root().join(FILE))
}

/// Puts the corrections into a generation.
///
/// # Errors
/// When they cannot be written.
pub fn save(generation: &mut Generation<'_>, repairs: &[Repair]) -> Result<()> {
    let text = serde_json::to_vec_pretty(repairs).map_err(|error| StoreError::damaged(FILE.as_ref(), error))?;
    generation.write(FILE, &text)
}
