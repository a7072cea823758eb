//! The folders of a run: they must not lie in one another.

use crate::args::CommonArgs;
use aimline_host::Limits;
use aimline_pipeline::{Options, PipelineError};
use anyhow::Context;
use chrono::NaiveDate;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The path with its links resolved, as far as it is there already.
fn resolved(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    for above in absolute.ancestors() {
        if let (Ok(real), Ok(rest)) = (above.canonicalize(), absolute.strip_prefix(above)) {
            return real.join(rest);
        }
    }
    absolute
}

/// Refuses an output folder inside the inbox, or an inbox inside the output folder.
///
/// # Errors
/// When one lies in the other.
pub(crate) fn keep_apart(inbox: &Path, out: &Path) -> Result<(), PipelineError> {
    let (in_, out_) = (resolved(inbox), resolved(out));
    if inbox.is_file() {
        return Err(PipelineError::InboxIsFile(inbox.to_path_buf()));
    }
    let (out, inbox) = (out.to_path_buf(), inbox.to_path_buf());
    if out_.starts_with(&in_) {
        return Err(PipelineError::OutInInbox { out, inbox });
    }
    if in_.starts_with(&out_) {
        return Err(PipelineError::InboxInOut { out, inbox });
    }
    Ok(())
}

/// What the pipeline needs to know.
///
/// # Errors
/// When the program does not find itself.
pub(crate) fn options(common: &CommonArgs, as_of: Option<NaiveDate>) -> anyhow::Result<Options> {
    let threads = common.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).max(1);
    Ok(Options {
        exe: std::env::current_exe().context("the program does not find itself, so it cannot start workers")?,
        plugin_dirs: common.plugin_dir.clone(),
        limits: Limits {
            memory_bytes: common.worker_memory << 20,
            idle: Duration::from_secs(common.worker_idle.max(1)),
            ..Limits::default()
        },
        threads,
        as_of,
        explain: false,
    })
}

/// Runs in a pool of that many threads.
///
/// # Errors
/// When the threads cannot be started.
pub(crate) fn in_pool<T: Send>(threads: usize, work: impl FnOnce() -> anyhow::Result<T> + Send) -> anyhow::Result<T> {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().context("cannot start threads")?.install(work)
}
