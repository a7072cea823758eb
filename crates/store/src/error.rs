use std::path::{Path, PathBuf};

/// Why the store cannot go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The operating system refused an operation on a path.
    #[error("cannot {what} {path}")]
    Io {
        /// Such as `create` or `rename`.
        what: &'static str,
        /// The path.
        path: PathBuf,
        /// The system's answer.
        source: std::io::Error,
    },
    /// Another run holds the output folder.
    #[error("another run is writing to {0}; wait for it to finish")]
    Locked(PathBuf),
    /// A file that aimline wrote cannot be understood.
    #[error("{path} is damaged: {detail}")]
    Damaged {
        /// The path.
        path: PathBuf,
        /// What is wrong.
        detail: String,
    },
    /// Parquet could not be written or read.
    #[error("Parquet: {0}")]
    Parquet(String),
}

impl StoreError {
    pub(crate) fn io(what: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::Io { what, path, source }
    }

    pub(crate) fn damaged(path: &Path, detail: impl std::fmt::Display) -> Self {
        Self::Damaged { path: path.to_path_buf(), detail: detail.to_string() }
    }
}

impl From<polars::error::PolarsError> for StoreError {
    fn from(error: polars::error::PolarsError) -> Self {
        Self::Parquet(error.to_string())
    }
}

pub(crate) type Result<T> = std::result::Result<T, StoreError>;
