//! Windows: a process of its own, without limits and without a sandbox. Compiled by nobody here yet; see the README.

use super::Death;
use std::fs::File;
use std::io::{self, Read};
use std::os::windows::io::{AsHandle, OwnedHandle};
use std::path::Path;
use std::process::{Child, Command, ExitStatus};

/// The result pipe. A library that prints to standard output breaks the stream here, which the parent reports.
pub(crate) fn take_stdout() -> io::Result<File> {
    let stdout = io::stdout();
    let pipe: OwnedHandle = stdout.as_handle().try_clone_to_owned()?;
    Ok(pipe.into())
}

/// The file that is this process's standard input, read to memory.
pub(crate) fn take_input() -> io::Result<&'static [u8]> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes.leak())
}

/// No limits.
#[expect(clippy::unnecessary_wraps, reason = "as on the other systems")]
pub(crate) fn limit(_memory_bytes: u64, _parent: u32) -> io::Result<()> {
    Ok(())
}

/// Opens a library.
///
/// # Safety
/// Runs code of the library.
pub(crate) unsafe fn open_library(path: &Path) -> Result<libloading::Library, libloading::Error> {
    // SAFETY: the caller's promise.
    unsafe { libloading::Library::new(path) }
}

/// Pipes are not widened.
pub(crate) fn widen(_pipe: &File) {}

/// Ends the process.
pub(crate) fn leave(code: i32) -> ! {
    #[expect(clippy::exit, reason = "the worker's end")]
    std::process::exit(code)
}

/// Not measured.
pub(crate) struct PeakMemory;

impl PeakMemory {
    pub(crate) fn open() -> Self {
        Self
    }

    pub(crate) fn bytes(&self) -> Option<u64> {
        None
    }
}

/// Nothing to prepare.
pub(crate) fn prepare(_command: &mut Command) {}

/// Kills the worker only.
pub(crate) fn kill_group(worker: &mut Child) {
    // It may be dead already.
    let _ = worker.kill();
}

/// True when the worker is dead.
pub(crate) fn has_died(worker: &mut Child) -> bool {
    matches!(worker.try_wait(), Ok(Some(_)))
}

/// How a worker died.
pub(crate) fn death(status: ExitStatus) -> Death {
    Death::Exit(status.code().unwrap_or(-1))
}
