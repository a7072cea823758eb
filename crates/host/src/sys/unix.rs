//! Linux, macOS and other Unix systems.

use super::Death;
use std::fs::File;
use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, ExitStatus};

/// Takes the result pipe away from standard output before any foreign code runs. What a library prints there goes to
/// standard error from now on.
pub(crate) fn take_stdout() -> io::Result<File> {
    // SAFETY: plain integers; a high number, so that a library's own descriptors stay low.
    let pipe = unsafe { libc::fcntl(libc::STDOUT_FILENO, libc::F_DUPFD_CLOEXEC, 200) };
    if pipe < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the descriptor was just made and has no other owner.
    let pipe = unsafe { OwnedFd::from_raw_fd(pipe) };
    // SAFETY: plain integers.
    if unsafe { libc::dup2(libc::STDERR_FILENO, libc::STDOUT_FILENO) } < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(pipe.into())
}

/// Maps the file that is this process's standard input, for as long as the process lives, and closes it.
pub(crate) fn take_input() -> io::Result<&'static [u8]> {
    // SAFETY: zero is a valid value of every member.
    let mut status: libc::stat = unsafe { std::mem::zeroed() };
    // SAFETY: the struct is ours.
    if unsafe { libc::fstat(libc::STDIN_FILENO, &mut status) } != 0 {
        return Err(io::Error::last_os_error());
    }
    let length = usize::try_from(status.st_size).map_err(|_| io::ErrorKind::FileTooLarge)?;
    let mut bytes: &'static [u8] = &[];
    if length > 0 {
        // SAFETY: a fresh read-only mapping of the whole file.
        let start =
            unsafe { libc::mmap(std::ptr::null_mut(), length, libc::PROT_READ, libc::MAP_PRIVATE, libc::STDIN_FILENO, 0) };
        if start == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: the mapping is never removed. If another program cuts the file meanwhile, this process gets SIGBUS
        // and dies, which its parent reports; no other process is harmed.
        bytes = unsafe { std::slice::from_raw_parts(start.cast(), length) };
    }
    let null = File::open("/dev/null")?;
    // SAFETY: both are open descriptors.
    if unsafe { libc::dup2(null.as_raw_fd(), libc::STDIN_FILENO) } < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(bytes)
}

/// Bounds this process: memory of its own, no core file (it would hold students' data), and death with the parent.
pub(crate) fn limit(memory_bytes: u64, parent: u32) -> io::Result<()> {
    let set = |what, bytes: u64| {
        let bytes = bytes as libc::rlim_t;
        // SAFETY: the struct is ours.
        let done = unsafe { libc::setrlimit(what, &libc::rlimit { rlim_cur: bytes, rlim_max: bytes }) };
        if done == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
    };
    set(libc::RLIMIT_CORE, 0)?;
    // Not RLIMIT_AS, which would count the mapped file.
    set(libc::RLIMIT_DATA, memory_bytes)?;
    #[cfg(target_os = "linux")]
    // SAFETY: plain integers.
    unsafe {
        libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL)
    };
    // SAFETY: no arguments.
    if u32::try_from(unsafe { libc::getppid() }) == Ok(parent) { Ok(()) } else { Err(io::ErrorKind::BrokenPipe.into()) }
}

/// Opens a library with all its symbols bound and none of them shared.
///
/// # Safety
/// Runs code of the library.
pub(crate) unsafe fn open_library(path: &Path) -> Result<libloading::Library, libloading::Error> {
    use libloading::os::unix::{Library, RTLD_LOCAL, RTLD_NOW};
    // SAFETY: the caller's promise.
    unsafe { Library::open(Some(path), RTLD_NOW | RTLD_LOCAL) }.map(Into::into)
}

/// Lets a pipe hold more, where the system can; fewer switches between worker and parent.
pub(crate) fn widen(pipe: &File) {
    #[cfg(target_os = "linux")]
    // SAFETY: plain integers; a refusal changes nothing.
    unsafe {
        libc::fcntl(pipe.as_raw_fd(), libc::F_SETPIPE_SZ, 1 << 20)
    };
    #[cfg(not(target_os = "linux"))]
    let _ = pipe;
}

/// Ends the process at once: no destructors, no exit handlers, no wait for a library's threads.
pub(crate) fn leave(code: i32) -> ! {
    // SAFETY: does not return.
    unsafe { libc::_exit(code) }
}

/// The worker's most memory so far, mapped pages of the file included.
pub(crate) struct PeakMemory(Option<File>);

impl PeakMemory {
    /// To be opened before the sandbox is closed.
    pub(crate) fn open() -> Self {
        // Not getrusage: there a child inherits its parent's peak.
        Self(if cfg!(target_os = "linux") { File::open("/proc/self/status").ok() } else { None })
    }

    pub(crate) fn bytes(&self) -> Option<u64> {
        use std::os::unix::fs::FileExt;
        let mut text = [0; 4_096];
        let length = self.0.as_ref()?.read_at(&mut text, 0).ok()?;
        let text = std::str::from_utf8(&text[..length]).ok()?;
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        Some(line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok()? * 1_024)
    }
}

/// Makes the worker the head of a process group of its own.
pub(crate) fn prepare(command: &mut Command) {
    command.process_group(0);
}

/// Kills the worker, which was not waited for yet, and whatever it started.
pub(crate) fn kill_group(worker: &mut Child) {
    if let Ok(group) = libc::pid_t::try_from(worker.id()) {
        // SAFETY: plain integers. The number is still the worker's, as nobody has waited for it.
        unsafe { libc::kill(-group, libc::SIGKILL) };
    }
}

/// True when the worker is dead. It is not waited for: until then its number stays its own, and that of its group.
pub(crate) fn has_died(worker: &mut Child) -> bool {
    // SAFETY: zero is a valid value of every member.
    let mut what: libc::siginfo_t = unsafe { std::mem::zeroed() };
    let options = libc::WEXITED | libc::WNOHANG | libc::WNOWAIT;
    // SAFETY: the struct is ours; without a dead child its number stays zero.
    unsafe { libc::waitid(libc::P_PID, worker.id(), &raw mut what, options) == 0 && what.si_pid() != 0 }
}

/// How a worker that was waited for died.
pub(crate) fn death(status: ExitStatus) -> Death {
    status.signal().map_or_else(|| Death::Exit(status.code().unwrap_or(-1)), Death::Signal)
}
