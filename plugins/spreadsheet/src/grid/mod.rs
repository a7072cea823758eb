//! Sheets on their way to the host: rows, what is merged and hidden, and how a number is written. All containers share it.

pub(crate) mod formats;
mod hidden;
mod merges;
mod out;
mod row;
mod texts;

pub(crate) use hidden::Hidden;
pub(crate) use merges::Merges;
pub(crate) use out::{Out, all_said, said};
pub(crate) use row::Row;
pub(crate) use texts::Texts;

/// Columns that Excel has; cells beyond are damage.
pub(crate) const COLUMNS: usize = 16_384;
