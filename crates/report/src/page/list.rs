//! The table of current goals, and its filters.

use crate::rows::Row;
use crate::spark::{Spark, spark};
use crate::status::{GROUPS, LOOKS};
use crate::{Input, Point, words};
use std::collections::BTreeSet;

/// The value of a filter for what is not known.
const NONE: &str = "(none)";

/// A row of the table.
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) has_card: bool,
    pub(crate) class: &'static str,
    pub(crate) shape: &'static str,
    pub(crate) word: &'static str,
    pub(crate) student: String,
    pub(crate) number: String,
    pub(crate) goal: String,
    pub(crate) now: String,
    pub(crate) lower: bool,
    pub(crate) why: String,
    pub(crate) spark: Option<Spark>,
    pub(crate) next: Vec<String>,
    pub(crate) school: String,
    pub(crate) manager: String,
    area: String,
    status: &'static str,
    group: usize,
}

impl Entry {
    pub(crate) fn filter_area(&self) -> &str {
        or_none(&self.area)
    }

    pub(crate) fn filter_school(&self) -> &str {
        or_none(&self.school)
    }

    pub(crate) fn filter_manager(&self) -> &str {
        or_none(&self.manager)
    }

    /// Status and group, for the filter.
    pub(crate) fn filter_status(&self) -> String {
        format!("{} g{}", self.status, self.group)
    }
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { NONE } else { text }
}

/// A filter: its options are value and text.
pub(crate) struct Filter {
    pub(crate) id: &'static str,
    pub(crate) label: &'static str,
    pub(crate) all: &'static str,
    pub(crate) options: Vec<(String, String)>,
}

pub(crate) fn entry(row: &Row, input: &Input, points: &[Point], has_card: bool) -> Entry {
    Entry {
        key: row.flag.goal_key.clone(),
        has_card,
        class: row.look.class(),
        shape: row.look.shape,
        word: row.look.word,
        student: row.student_name(),
        number: row.goal_number(),
        goal: row.goal_label(),
        now: row.now(),
        lower: row.lower_is_better(),
        why: row.why(),
        spark: spark(row, points, input.as_of),
        next: row.next(input.as_of),
        school: row.school(),
        manager: row.case_manager().to_owned(),
        area: row.area().to_owned(),
        status: row.look.id,
        group: row.look.group,
    }
}

pub(crate) fn filters(entries: &[Entry]) -> Vec<Filter> {
    let distinct = |value: fn(&Entry) -> &str| {
        let values: BTreeSet<&str> = entries.iter().map(value).collect();
        values.into_iter().map(|value| (value.to_owned(), words::capital(value))).collect::<Vec<_>>()
    };
    let held: BTreeSet<&str> = entries.iter().map(|entry| entry.status).collect();
    let groups = GROUPS
        .iter()
        .enumerate()
        .map(|(index, group)| (format!("g{index}"), format!("{} {}", group.shape, words::capital(group.name))));
    let single = LOOKS.iter().filter(|look| held.contains(look.id));
    let statuses = groups.chain(single.map(|look| (look.id.to_owned(), format!("{} only {}", look.shape, look.word)))).collect();
    vec![
        Filter { id: "school", label: "School", all: "all schools", options: distinct(Entry::filter_school) },
        Filter { id: "manager", label: "Case manager", all: "all case managers", options: distinct(Entry::filter_manager) },
        Filter { id: "area", label: "Area", all: "all areas", options: distinct(Entry::filter_area) },
        Filter { id: "status", label: "Status", all: "all statuses", options: statuses },
    ]
}
