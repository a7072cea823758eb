//! A column decides together which way round its dates are.

use aimline_model::codes::Code;

use super::{Order, Reads, read};
use crate::text::trim;

/// Counts the dates of a column. Columns read in parts are merged; the sum decides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DateVote {
    /// Dates that only read as month/day.
    pub month_first: u64,
    /// Dates that only read as day/month.
    pub day_first: u64,
    /// Dates that read both ways.
    pub both: u64,
}

/// What a column decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// To be given to [`super::parse_date`].
    pub order: Order,
    /// `D005` when nothing decided and month first is used; `D006` when the column holds both kinds.
    pub code: Option<Code>,
}

impl DateVote {
    /// Looks at one cell. Dates typed by the format (`d`, `n`) and all that is no date do not vote.
    pub fn see(&mut self, text: &str, kind: u8) {
        if !matches!(kind, b't' | b'T') {
            return;
        }
        self.add(read(trim(text)).map_or(Reads::Neither, super::Parts::reads));
    }

    pub(super) fn add(&mut self, reads: Reads) {
        match reads {
            Reads::MonthFirst => self.month_first += 1,
            Reads::DayFirst => self.day_first += 1,
            Reads::BothWays => self.both += 1,
            Reads::Neither => {}
        }
    }

    /// Adds the votes of another part of the column.
    pub fn merge(&mut self, other: Self) {
        self.month_first += other.month_first;
        self.day_first += other.day_first;
        self.both += other.both;
    }

    /// The order of the column.
    #[must_use]
    pub fn decide(self) -> Decision {
        match (self.month_first > 0, self.day_first > 0) {
            (true, true) => Decision { order: Order::Undecided, code: Some(Code::D006) },
            (false, true) => Decision { order: Order::DayFirst, code: None },
            (true, false) => Decision { order: Order::MonthFirst, code: None },
            (false, false) => Decision { order: Order::MonthFirst, code: (self.both > 0).then_some(Code::D005) },
        }
    }
}
