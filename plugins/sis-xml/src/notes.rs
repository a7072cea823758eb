//! Diagnostics: each kind at most some times, the rest as one number.

use aimline_plugin::{Diagnostic, Host, Place, Result, Severity};
use std::collections::BTreeMap;

/// A kind of note with its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kind {
    /// Code of the catalogue.
    pub(crate) code: &'static str,
    /// Its severity here: 0 info, 1 warning, 2 error.
    pub(crate) level: u8,
    /// Times that it is told in full.
    pub(crate) most: u32,
    /// What was expected.
    pub(crate) expected: &'static str,
    /// What to do.
    pub(crate) help: &'static str,
}

const fn kind(code: &'static str, level: u8, most: u32, expected: &'static str, help: &'static str) -> Kind {
    Kind { code, level, most, expected, help }
}

pub(crate) const BROKEN: Kind = kind("F006", 2, 1, "well-formed XML up to its end", "");
pub(crate) const OUTSIDE: Kind = kind("F006", 1, 1, "one document", "Look at the file: two exports may have been joined.");
pub(crate) const ATTRIBUTE: Kind = kind("F006", 1, 1, "one attribute of a name, with its value in quotes", "");
pub(crate) const REFERENCE: Kind = kind("F006", 1, 1, "a character that XML declares", "It was kept as it is typed.");
pub(crate) const BAD_REFERENCE: Kind = kind("F006", 1, 1, "a character that exists", "Look at the text; the character is lost.");
pub(crate) const MALFORMED: Kind = kind("F006", 1, 1, "text in the declared encoding", "Save the file as UTF-8.");
pub(crate) const CONTROL: Kind = kind("F011", 1, 1, "text without control characters", "");
pub(crate) const FALLBACK: Kind = kind("F012", 0, 1, "UTF-8", "");
pub(crate) const LIMIT: Kind = kind("F013", 2, 20, "", "Check that it is the right file.");
pub(crate) const REPEATS: Kind =
    kind("F013", 1, 20, "fewer repetitions in one row", "Name the row element with `rows` in a mapping profile.");
pub(crate) const DTD: Kind = kind("F015", 0, 1, "", "");
pub(crate) const PACKET: Kind = kind("F016", 1, 1, "SIF_MorePackets: No", "Put the other packets into the inbox too.");
pub(crate) const LATE: Kind =
    kind("F016", 1, 20, "it before the rows that it belongs to", "The rows before it were read without it.");
pub(crate) const TWICE: Kind = kind("F016", 1, 50, "it once", "The first one was used.");
pub(crate) const SKIPPED: Kind = kind("H004", 0, 50, "", "");

/// What was told already.
#[derive(Default)]
pub(crate) struct Notes {
    counts: BTreeMap<Kind, (u32, u64)>,
}

impl Notes {
    /// Tells it, or counts it when there were many.
    pub(crate) fn tell(&mut self, host: &mut Host<'_>, kind: Kind, line: u64, at: &str, seen: &str) -> Result<()> {
        let (told, left) = self.counts.entry(kind).or_default();
        if *told == kind.most {
            *left += 1;
            return Ok(());
        }
        *told += 1;
        let (at, seen) = (&at[..at.floor_char_boundary(300)], &seen[..seen.floor_char_boundary(300)]);
        host.diagnostic(Place { part: "", row: line, byte: 0 }, diagnostic(kind, at, seen))
    }

    /// Says how many were not told.
    pub(crate) fn finish(&mut self, host: &mut Host<'_>) -> Result<()> {
        for (kind, (_, left)) in &self.counts {
            if *left > 0 && kind.most > 1 {
                host.diagnostic(Place::default(), diagnostic(*kind, "", &format!("{left} more of this kind")))?;
            }
        }
        Ok(())
    }
}

fn diagnostic<'a>(kind: Kind, at: &'a str, seen: &'a str) -> Diagnostic<'a> {
    let severity = match kind.level {
        0 => Severity::Info,
        1 => Severity::Warning,
        _ => Severity::Error,
    };
    Diagnostic { code: kind.code, severity, at, seen, expected: kind.expected, help: kind.help }
}
