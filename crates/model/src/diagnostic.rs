//! A data problem, in a user's words: where, what was seen, what was expected, what to do.

use crate::codes::{Code, Severity};

/// A problem in a file. It never stops the rest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Number of the source in the order of paths; ties in sorting are broken by the place.
    pub source: usize,
    /// Row for sorting; 0 when there is none.
    pub row: u64,
    /// Sheet and cell, or place in the form; empty for the whole file.
    pub locator: String,
    /// What it is.
    pub code: Code,
    /// The column's title, where there is one.
    pub header: String,
    /// What stood there.
    pub seen: String,
    /// What was expected.
    pub expected: String,
    /// What to do; empty takes the catalogue's.
    pub help: String,
    /// How many more like it were left out of the list.
    pub more: u64,
}

impl Diagnostic {
    /// A problem with only a code and a place.
    #[must_use]
    pub fn new(source: usize, code: Code, locator: impl Into<String>) -> Self {
        Self {
            source,
            row: 0,
            locator: locator.into(),
            code,
            header: String::new(),
            seen: String::new(),
            expected: String::new(),
            help: String::new(),
            more: 0,
        }
    }

    /// Adds what stood there.
    #[must_use]
    pub fn seen(mut self, seen: impl Into<String>) -> Self {
        self.seen = seen.into();
        self
    }

    /// Adds what was expected.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = expected.into();
        self
    }

    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// What to do.
    #[must_use]
    pub fn what_to_do(&self) -> &str {
        if self.help.is_empty() { self.code.help() } else { &self.help }
    }
}
