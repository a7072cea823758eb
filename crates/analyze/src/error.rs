//! What can stop an analysis.

use aimline_store::StoreError;
use polars::prelude::PolarsError;
use std::path::PathBuf;

/// Why there is no analysis.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnalyzeError {
    /// A table could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A table is there, but its columns are not those of the dataset.
    #[error("{path} is not a table of this dataset")]
    Table {
        /// The file.
        path: PathBuf,
        /// What polars says.
        source: Box<PolarsError>,
    },
    /// polars refused a computation.
    #[error("polars: {0}")]
    Polars(#[from] PolarsError),
    /// A column holds a word that is not in its code list.
    #[error("{table}.{column} holds a word that is not in its list")]
    Word {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
}
