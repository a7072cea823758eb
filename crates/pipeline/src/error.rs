use std::path::PathBuf;

/// Why a run cannot go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PipelineError {
    /// The inbox cannot be listed.
    #[error("cannot open the inbox {path}")]
    Inbox {
        /// The path as typed.
        path: PathBuf,
        /// The system's answer.
        source: std::io::Error,
    },
    /// The output folder lies in the inbox, or the other way round.
    #[error(
        "the output folder {out} lies inside the inbox {inbox}; the next run would read its own results. Choose a folder outside"
    )]
    OutInInbox {
        /// Output folder as typed.
        out: PathBuf,
        /// Inbox as typed.
        inbox: PathBuf,
    },
    /// The inbox lies in the output folder.
    #[error(
        "the inbox {inbox} lies inside the output folder {out}; results and records would get mixed up. Choose a folder outside"
    )]
    InboxInOut {
        /// Output folder as typed.
        out: PathBuf,
        /// Inbox as typed.
        inbox: PathBuf,
    },
    /// The inbox is not a folder.
    #[error("the inbox {0} is a file; name the folder that holds it, or use `aimline check` to look at one file")]
    InboxIsFile(PathBuf),
    /// The configuration cannot be used.
    #[error("{file}: {message}")]
    Config {
        /// File under the configuration folder.
        file: String,
        /// What is wrong.
        message: String,
    },
    /// No importer was found.
    #[error("no importer was found; these places were tried:\n{0}")]
    NoImporters(String),
    /// The store cannot go on.
    #[error(transparent)]
    Store(#[from] aimline_store::StoreError),
}
