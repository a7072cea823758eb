//! Grids to records: finds the row with the titles, matches titles to the staged vocabulary, and says what each row is.
//!
//! Each filled cell of a grid has exactly one role: header, context, value, named column that is not used, or part of a
//! skipped row with its reason. Sure matches are used and listed; unsure ones stop the sheet with a suggestion.
#![forbid(unsafe_code)]

mod build;
mod cells;
mod context;
mod grid;
mod header;
mod heading;
mod matching;
mod period;
mod plan;
mod profile;
mod rows;
mod shape;
mod shipped;
mod skip;
mod statistic;
mod suggest;
mod synonyms;
mod title;

pub use build::draft::{Draft, DraftColumn, draft};
pub use build::plan;
pub use cells::{Cells, SheetCells, SheetPart, Uses};
pub use context::Context;
pub use grid::{GridRow, HEAD_CELLS, HEAD_ROWS, HeadRow, Sheet};
pub use matching::How;
pub use plan::{ColumnPlan, ColumnRole, Layout, Note, Plan, Stop};
pub use profile::{DateOrder, MapProfile, Profile, ProfileError};
pub use rows::{Role, RowFate, RowItem};
pub use shipped::shipped;
pub use suggest::{Question, suggest};
pub use synonyms::label;
pub use title::{Title, normalize};
