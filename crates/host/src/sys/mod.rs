//! Every call of the operating system that this crate makes.
//!
//! Linux on x86_64 and aarch64 has the whole of it. Other Unix systems have no sandbox, only limits and process groups.
//! Windows has neither: a worker is a process of its own there, and no more; its file is read to memory.

#[cfg(target_os = "linux")]
mod sandbox;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(target_os = "linux")]
pub(crate) use sandbox::close_sandbox;
#[cfg(unix)]
pub(crate) use unix::*;
#[cfg(windows)]
pub(crate) use windows::*;

use serde::{Deserialize, Serialize};
use std::fmt;

/// What a worker could close before an importer's functions are called.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sandbox {
    /// No file can be opened (Landlock).
    pub files: bool,
    /// No socket, no program, no other process can be reached (seccomp).
    pub calls: bool,
}

impl fmt::Display for Sandbox {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |closed| if closed { "closed" } else { "not closed on this system" };
        write!(out, "files {}; network, programs and other processes {}", word(self.files), word(self.calls))
    }
}

/// Systems without a sandbox close nothing.
#[cfg(not(target_os = "linux"))]
pub(crate) fn close_sandbox() -> Sandbox {
    Sandbox::default()
}

/// How a worker died.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Death {
    /// By a signal.
    Signal(i32),
    /// By leaving, with this code.
    Exit(i32),
    /// By the parent's hand: it had closed its output, and went on.
    Killed,
}

impl fmt::Display for Death {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Signal(4) => "illegal instruction",
            Self::Signal(6) => "abort",
            Self::Signal(7) => "bus error: the file may have been cut short while it was read",
            Self::Signal(8) => "arithmetic error",
            Self::Signal(9) => "killed",
            Self::Signal(11) => "invalid memory access",
            _ => "",
        };
        match self {
            Self::Signal(number) if name.is_empty() => write!(out, "signal {number}"),
            Self::Signal(number) => write!(out, "signal {number}, {name}"),
            Self::Exit(code) => write!(out, "exit code {code}"),
            Self::Killed => out.write_str("it closed its output and had to be killed"),
        }
    }
}
