//! Corrections that come back: a copy of quarantine.xlsx in the inbox, with cells that a person has corrected.
//!
//! A correction belongs to the row that it corrects, known by what stood in it; it is read as if it had stood in the
//! row's own file. The workbook itself holds no items.

mod lines;
mod settle;

pub(crate) use lines::{Line, Lines};
pub(crate) use settle::{Settled, settle};

use crate::walk::Spot;
use aimline_store::hash_key;
use rustc_hash::FxHashMap;

/// Corrected rows of a source, by table and place in it.
pub(crate) type Patches = FxHashMap<(usize, u64), Patch>;

/// What stands in a row instead of what its file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Patch {
    /// Column, text (empty for none) and kind letter.
    pub cells: Vec<(usize, String, u8)>,
    /// Hash of the row as its file says it.
    pub base: String,
    /// Key of the source that holds the correction.
    pub by: String,
}

impl Patch {
    /// The cells with the corrections, and their kinds.
    pub(crate) fn apply<'a>(&'a self, kinds: &[u8], cells: &[Option<&'a str>]) -> (Vec<u8>, Vec<Option<&'a str>>) {
        let end = kinds.iter().position(|letter| *letter == b'|').unwrap_or(kinds.len());
        let (mut letters, mut all) = (kinds[..end].to_vec(), cells.to_vec());
        for (column, text, kind) in &self.cells {
            if all.len() <= *column {
                all.resize(column + 1, None);
            }
            all[*column] = (!text.is_empty()).then_some(text.as_str());
            if letters.len() <= *column {
                letters.resize(column + 1, b't');
            }
            letters[*column] = *kind;
        }
        letters.extend_from_slice(&kinds[end..]);
        (letters, all)
    }
}

/// The hash of a row as it stands in its file: table and texts, never its number, and nothing that was decided about it.
pub(crate) fn base_of(table: &str, spot: Spot<'_>) -> String {
    if let Some(patch) = spot.patch {
        return patch.base.clone();
    }
    let filled = spot.cells.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    let cells = spot.cells[..filled].iter().map(|cell| cell.unwrap_or_default().as_bytes());
    let parts: Vec<&[u8]> = [b"item".as_slice(), table.as_bytes(), spot.part.as_bytes()].into_iter().chain(cells).collect();
    hash_key(&parts)
}
