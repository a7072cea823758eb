//! Days as whole numbers: 1 January 1970 is 0.

use aimline_model::school_year;
use chrono::{Datelike, NaiveDate};

/// Days since 1 January 1970.
pub(crate) type Day = i32;

/// 1 January 1970 in days of the proleptic Gregorian calendar as chrono counts them.
const EPOCH: i32 = 719_163;

pub(crate) fn day(date: NaiveDate) -> Day {
    date.num_days_from_ce() - EPOCH
}

pub(crate) fn date(day: Day) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(day.checked_add(EPOCH)?)
}

/// First and last day of the school year that holds `of`.
pub(crate) fn school_year_of(of: Day) -> Option<(Day, Day)> {
    let year = school_year(date(of)?);
    Some((day(NaiveDate::from_ymd_opt(year - 1, 7, 1)?), day(NaiveDate::from_ymd_opt(year, 6, 30)?)))
}

/// Breaks of a calendar: days on which no data is expected.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Calendar {
    /// First and last day, sorted and apart.
    breaks: Vec<(Day, Day)>,
}

impl Calendar {
    pub(crate) fn new(mut breaks: Vec<(Day, Day)>) -> Self {
        breaks.retain(|(first, last)| first <= last);
        breaks.sort_unstable();
        let mut apart: Vec<(Day, Day)> = Vec::with_capacity(breaks.len());
        for (first, last) in breaks {
            match apart.last_mut() {
                Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
                _ => apart.push((first, last)),
            }
        }
        Self { breaks: apart }
    }

    /// Days after `from`, up to and with `to`, that are in no break.
    pub(crate) fn days_between(&self, from: Day, to: Day) -> i32 {
        let off: i32 = self.breaks.iter().map(|(first, last)| (last.min(&to) - first.max(&(from + 1)) + 1).max(0)).sum();
        to - from - off
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_less_breaks() {
        let calendar = Calendar::new(vec![(20, 30), (25, 34), (100, 90), (50, 50)]);
        for (from, to, expected) in [(0, 10, 10), (0, 40, 25), (19, 34, 0), (25, 40, 6), (30, 60, 25), (50, 60, 10), (49, 60, 10)]
        {
            assert_eq!(calendar.days_between(from, to), expected, "{from}..{to}");
        }
    }

    #[test]
    fn school_years() {
        let check = |text: &str, first: &str, last: &str| {
            let parse = |text: &str| day(text.parse().expect("a date"));
            assert_eq!(school_year_of(parse(text)), Some((parse(first), parse(last))));
        };
        check("2026-06-30", "2025-07-01", "2026-06-30");
        check("2026-07-01", "2026-07-01", "2027-06-30");
    }
}
