//! Tabs of one file that repeat its other tabs, such as "All" beside a tab a month.
//!
//! Two probes of one day on one tab are two probes. A tab repeats others of its file when all that it holds of a child stands
//! on them too, value by value, and when that is no accident: its name or theirs says so, or there are three days or more with
//! scores that differ. A morning and an afternoon without an incident are two probes.

use super::{Fate, groups, ordered_bits};
use crate::points::Point;
use aimline_model::record::Slot;
use std::collections::{BTreeMap, BTreeSet};

/// Where a point stands: its source, and the name of the tab.
type Tab<'a> = (u32, &'a str);
/// What makes two points the same: the run that they are in, their form, what became of them, and the value.
type Same<'a> = (usize, &'a str, &'a str, Option<u64>);

/// Marks the points of tabs that repeat other tabs of their file.
pub(super) fn mark(points: &[Point<'_>], fates: &mut [Fate]) {
    let mut from = 0;
    for child in points.chunk_by(|a, b| a.student == b.student) {
        if child[0].student != 0 && meet(child) {
            mark_child(child, &mut fates[from..from + child.len()], from);
        }
        from += child.len();
    }
}

/// True for a point that can be the same as another one.
fn counts(point: &Point<'_>) -> bool {
    !point.derived
        && point.column != Slot::NO_COLUMN
        && !point.place.is_empty()
        && (point.goal != 0 || point.measure != 0)
        && (point.date.is_some() || point.session.is_some())
}

/// True when two tabs of a file have a point of the same day: nearly no child has any.
fn meet(child: &[Point<'_>]) -> bool {
    groups(child).any(|(from, to)| {
        let run = &child[from..to];
        let apart = |one: &Point<'_>, other: &Point<'_>| one.source == other.source && one.place != other.place;
        run.len() > 1 && run.windows(2).any(|pair| apart(&pair[0], &pair[1]))
    })
}

fn mark_child(child: &[Point<'_>], fates: &mut [Fate], offset: usize) {
    let mut tabs: BTreeMap<Tab<'_>, BTreeMap<Same<'_>, Vec<usize>>> = BTreeMap::new();
    for (run, (from, to)) in groups(child).enumerate() {
        for (at, point) in (from..to).map(|at| (at, &child[at])).filter(|(_, point)| counts(point)) {
            let same = (run, point.form, point.state, point.value.map(ordered_bits));
            tabs.entry((point.source, point.place)).or_default().entry(same).or_default().push(at);
        }
    }
    let size = |tab: &Tab<'_>| tabs[tab].values().map(Vec::len).sum::<usize>();
    // "All" repeats the months, and not the other way round.
    let mut order: Vec<Tab<'_>> = tabs.keys().copied().collect();
    order.sort_by_key(|tab| (!says_all(tab.1), std::cmp::Reverse(size(tab)), std::cmp::Reverse(tab.1)));
    let mut gone: BTreeSet<Tab<'_>> = BTreeSet::new();
    for tab in &order {
        let others: Vec<&Tab<'_>> =
            order.iter().filter(|other| other.0 == tab.0 && *other != tab && !gone.contains(*other)).collect();
        let held = |same: &Same<'_>| -> Vec<usize> {
            others.iter().flat_map(|other| tabs[*other].get(same).into_iter().flatten().copied()).collect()
        };
        let own = &tabs[tab];
        let runs: BTreeSet<usize> = own.keys().map(|same| same.0).collect();
        let values: BTreeSet<Option<u64>> = own.keys().map(|same| same.3).collect();
        let named = says_all(tab.1) || others.iter().any(|other| says_all(other.1));
        if (runs.len() < 3 || values.len() < 2) && !named || !own.iter().all(|(same, rows)| held(same).len() >= rows.len()) {
            continue;
        }
        for (same, rows) in own {
            for (row, other) in rows.iter().zip(held(same)) {
                fates[*row] = Fate::Repeat(offset + other);
            }
        }
        gone.insert(*tab);
    }
}

/// A tab whose name says that it holds what others hold.
fn says_all(tab: &str) -> bool {
    let words = |word: &str| {
        let word = word.to_lowercase();
        matches!(
            word.as_str(),
            "all" | "combined" | "everything" | "master" | "total" | "totals" | "year" | "ytd" | "todo" | "todos" | "todas"
        )
    };
    tab.split(|letter: char| !letter.is_alphanumeric()).any(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::points::DateSource;

    fn point(day: i32, place: &'static str, row: u64, value: f64) -> Point<'static> {
        Point {
            student: 1,
            goal: 1,
            measure: 1,
            date: Some(day),
            session: None,
            source: 0,
            row,
            column: 3,
            value: Some(value),
            numerator: None,
            denominator: None,
            minutes: None,
            state: "scored",
            date_source: DateSource::Stated,
            derived: false,
            place,
            raw: "",
            prompt: "",
            level: "",
            phase: "",
            form: "",
            repaired_by: "",
        }
    }

    /// The places of the points that repeat another tab.
    fn repeats(points: &[(i32, &'static str, f64)]) -> Vec<(i32, &'static str)> {
        let mut points: Vec<Point<'_>> =
            (1..).zip(points).map(|(row, (day, place, value))| point(*day, place, row, *value)).collect();
        points.sort_by_key(|point| point.date);
        let mut fates = vec![Fate::Keep; points.len()];
        mark(&points, &mut fates);
        points
            .iter()
            .zip(&fates)
            .filter(|(_, fate)| **fate != Fate::Keep)
            .map(|(point, _)| (point.date.unwrap_or(0), point.place))
            .collect()
    }

    #[test]
    fn a_tab_that_repeats_the_others() {
        let months = [(1, "Sep", 10.0), (2, "Sep", 12.0), (31, "Oct", 14.0)];
        let with = |more: &[(i32, &'static str, f64)]| repeats(&[&months[..], more].concat());
        let check = |more: &[(i32, &'static str, f64)], expected: &[(i32, &str)]| assert_eq!(with(more), expected, "{more:?}");
        check(&[], &[]);
        check(&[(1, "All", 10.0), (2, "All", 12.0), (31, "All", 14.0)], &[(1, "All"), (2, "All"), (31, "All")]);
        // Without such a name too, and the one with most rows is the one that repeats.
        check(&[(1, "Ben", 10.0), (2, "Ben", 12.0), (31, "Ben", 14.0)], &[(1, "Ben"), (2, "Ben"), (31, "Ben")]);
        // Not yet up to date.
        check(&[(1, "All", 10.0)], &[(1, "All")]);
        // Equal scores on a few days may be two probes each.
        check(&[(1, "Afternoon", 10.0)], &[]);
        check(&[(1, "Afternoon", 10.0), (2, "Afternoon", 12.0)], &[]);
        check(&[(1, "Afternoon", 10.0), (2, "Afternoon", 13.0), (31, "Afternoon", 14.0)], &[]);
        // It holds more than the others: then the others repeat it.
        check(
            &[(1, "All", 10.0), (2, "All", 12.0), (31, "All", 14.0), (32, "All", 15.0)],
            &[(1, "Sep"), (2, "Sep"), (31, "Oct")],
        );
    }

    #[test]
    fn mornings_and_afternoons_alike() {
        let days: Vec<(i32, &str, f64)> = (1..9).flat_map(|day| [(day, "AM", 0.0), (day, "PM", 0.0)]).collect();
        assert_eq!(repeats(&days), []);
    }

    #[test]
    fn two_probes_of_a_day_on_one_tab_stay() {
        assert_eq!(repeats(&[(1, "Sep", 10.0), (1, "Sep", 10.0), (2, "Sep", 12.0), (2, "Sep", 12.0)]), []);
        let all = [(1, "Sep", 10.0), (1, "Sep", 10.0), (1, "All", 10.0), (1, "All", 10.0)];
        assert_eq!(repeats(&all), [(1, "All"), (1, "All")]);
        // "All" has a probe more than the tab of the month.
        assert_eq!(repeats(&[(1, "Sep", 10.0), (1, "All", 10.0), (1, "All", 10.0)]), [(1, "Sep")]);
    }
}
