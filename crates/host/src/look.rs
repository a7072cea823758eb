//! A look at a library file before it is opened: the loader itself may die of a file that is cut short.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Why a file is not a library that could be opened here.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LookError {
    /// It cannot be read.
    #[error("cannot be read: {0}")]
    Io(#[from] io::Error),
    /// It is something else.
    #[error("not a library of this system (expected {0})")]
    NotALibrary(&'static str),
    /// It is for another machine.
    #[error("built for {0}, this is {here}", here = std::env::consts::ARCH)]
    OtherMachine(String),
    /// Its end is missing.
    #[error("cut short: {needed} bytes needed, {there} there")]
    CutShort {
        /// Where its section table ends.
        needed: u64,
        /// Its size.
        there: u64,
    },
}

/// Looks at the head of a library file.
///
/// # Errors
/// When it cannot be a library for this machine, or is cut short.
pub fn look(path: &Path) -> Result<(), LookError> {
    let file = File::open(path)?;
    let there = file.metadata()?.len();
    let mut head = Vec::with_capacity(64);
    file.take(64).read_to_end(&mut head)?;
    if cfg!(windows) {
        starts(&head, &[b"MZ"], "a DLL")
    } else if cfg!(target_vendor = "apple") {
        starts(&head, &[b"\xCF\xFA\xED\xFE", b"\xCA\xFE\xBA\xBE"], "Mach-O")
    } else {
        starts(&head, &[b"\x7FELF"], "ELF")?;
        elf(&head, there)
    }
}

fn starts(head: &[u8], magics: &[&[u8]], what: &'static str) -> Result<(), LookError> {
    if magics.iter().any(|magic| head.starts_with(magic)) { Ok(()) } else { Err(LookError::NotALibrary(what)) }
}

fn elf(head: &[u8], there: u64) -> Result<(), LookError> {
    let Ok(head) = <&[u8; 64]>::try_from(head) else { return Err(LookError::CutShort { needed: 64, there }) };
    let class = [if cfg!(target_pointer_width = "64") { 2 } else { 1 }, if cfg!(target_endian = "little") { 1 } else { 2 }];
    if head[4..6] != class {
        return Err(LookError::OtherMachine(format!(
            "{}-bit {}-endian",
            if head[4] == 2 { 64 } else { 32 },
            if head[5] == 1 { "little" } else { "big" }
        )));
    }
    if class != [2, 1] {
        return Ok(()); // the fields below are read as 64-bit little-endian
    }
    let u16_at = |at: usize| u16::from_le_bytes([head[at], head[at + 1]]);
    let name = |machine| match machine {
        3 => "i386".to_owned(),
        62 => "x86_64".to_owned(),
        183 => "aarch64".to_owned(),
        243 => "riscv64".to_owned(),
        other => format!("machine {other}"),
    };
    let machine = name(u16_at(18));
    if matches!(std::env::consts::ARCH, "x86_64" | "aarch64" | "riscv64") && machine != std::env::consts::ARCH {
        return Err(LookError::OtherMachine(machine));
    }
    let sections = u64::from_le_bytes([head[40], head[41], head[42], head[43], head[44], head[45], head[46], head[47]]);
    let needed = sections.saturating_add(u64::from(u16_at(58)) * u64::from(u16_at(60)));
    if needed > there { Err(LookError::CutShort { needed, there }) } else { Ok(()) }
}
