//! What people chose for students and goals that fit more than one, or none. Kept like [`crate::repairs`].

use crate::StoreError;
use crate::commit::Generation;
use crate::error::Result;
use crate::folder::Folder;
use serde::{Deserialize, Serialize};

/// Name of the file.
const FILE: &str = ".aimline/choices.json";

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Hash of what was typed, with `student-` or `goal-` before it.
    pub key: String,
    /// What was chosen, as typed.
    pub choice: String,
    /// Source of the workbook.
    pub source_id: String,
    /// Line of the workbook.
    pub locator: String,
}

/// What the last run left, in the order of keys.
///
/// # Errors
/// When the file is there but cannot be understood.
pub fn load(folder: &Folder) -> Result<Vec<Choice>> {
    crate::json(&folder.root().join(FILE))
}

/// Puts the choices into a generation.
///
/// # Errors
/// When they cannot be written.
pub fn save(generation: &mut Generation<'_>, choices: &[Choice]) -> Result<()> {
    let text = serde_json::to_vec_pretty(choices).map_err(|error| StoreError::damaged(FILE.as_ref(), error))?;
    generation.write(FILE, &text)
}
