//! The day up to which data counts, when nobody says.

use chrono::{Days, NaiveDate};
use std::collections::BTreeSet;

/// A date is trusted when another date lies at most this many days before it.
const NEIGHBOUR_DAYS: u64 = 60;

/// The newest date that has another distinct date in the 60 days before it; a single date in all is taken. `None` when there
/// are no dates, or when two or more are all isolated.
#[must_use]
pub fn default_as_of(dates: &BTreeSet<NaiveDate>) -> Option<NaiveDate> {
    if dates.len() == 1 {
        return dates.first().copied();
    }
    let newest_first = dates.iter().rev();
    newest_first.clone().zip(newest_first.skip(1)).find_map(|(date, before)| {
        let near = before.checked_add_days(Days::new(NEIGHBOUR_DAYS)).is_some_and(|limit| *date <= limit);
        near.then_some(*date)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newest_date_with_a_neighbour() {
        for (dates, expected) in [
            (vec![], None),
            (vec!["2026-01-10"], Some("2026-01-10")),
            (vec!["2026-01-10", "2026-01-17"], Some("2026-01-17")),
            (vec!["2026-01-10", "2026-03-11"], Some("2026-03-11")),
            (vec!["2026-01-10", "2026-03-12"], None),
            (vec!["2026-01-10", "2026-01-12", "2062-01-12"], Some("2026-01-12")),
            (vec!["2026-01-10", "2026-01-12", "2062-01-12", "2062-01-13"], Some("2062-01-13")),
        ] {
            let set = dates.iter().map(|text| text.parse().expect("a date")).collect();
            assert_eq!(default_as_of(&set), expected.map(|text| text.parse().expect("a date")), "{dates:?}");
        }
    }
}
