//! The day up to which data counts, when none is given.

use chrono::{Days, NaiveDate};
use std::collections::BTreeSet;

/// The newest accepted date that has another distinct one in the 60 days before it; a single date in all is taken. A
/// mistyped year far in the future stands alone, so it never moves the day.
pub(crate) fn default_as_of(dates: &BTreeSet<NaiveDate>) -> Option<NaiveDate> {
    if dates.len() == 1 {
        return dates.first().copied();
    }
    let mut newest_first = dates.iter().rev().peekable();
    while let Some(day) = newest_first.next() {
        if let (Some(before), Some(from)) = (newest_first.peek(), day.checked_sub_days(Days::new(60)))
            && **before >= from
        {
            return Some(*day);
        }
    }
    dates.last().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(days: &[&str], expected: Option<&str>) {
        let days = days.iter().map(|day| day.parse().expect("a date")).collect();
        assert_eq!(default_as_of(&days).map(|day| day.to_string()).as_deref(), expected);
    }

    #[test]
    fn the_newest_day_with_company_counts() {
        check(&[], None);
        check(&["2026-03-06"], Some("2026-03-06"));
        check(&["2026-01-15", "2026-03-06"], Some("2026-03-06"));
        check(&["2026-03-01", "2026-03-06", "2062-03-06"], Some("2026-03-06"));
        check(&["2026-01-04", "2026-03-06"], Some("2026-03-06"));
    }
}
