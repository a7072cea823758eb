//! The numbers in sentences: goals (baseline, target, criterion) and the descriptions of progress reports (data points).
//!
//! A wrong number is worse than none. What could be read in more than one way is listed as unsure and not used.

mod cue;
mod description;
mod goal;
mod parts;
mod quantity;
mod token;

pub use description::{Described, DescribedPoint, parse_description};
pub use goal::{Found, GoalNumbers, parse_goal};
pub use parts::{GoalParts, parse_goal_parts};

/// A longer text, in bytes, is no sentence of a goal or report and is not read.
const LONGEST: usize = 8_000;

/// Byte offsets in the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

impl Span {
    /// The part of the sentence.
    #[must_use]
    pub fn of(self, sentence: &str) -> &str {
        sentence.get(self.start..self.end).unwrap_or("")
    }
}
