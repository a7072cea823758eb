//! The page. `templates/page.html` is its text; here is what it says.

mod cards;
mod checks;
mod list;

use crate::findings::{self, Finding};
use crate::rows::{Index, current};
use crate::status::{GROUPS, LOOKS, Look};
use crate::{CARDS, Input, LISTED, Point, ReportError, Totals, status, words};
use askama::Template;
use cards::Card;
use list::{Entry, Filter};
use std::collections::{BTreeMap, BTreeSet};

/// One of the four counts.
struct Count {
    class: &'static str,
    shape: &'static str,
    number: String,
    words: String,
}

/// A line of the table of files.
struct File<'a> {
    path: &'a str,
    read_by: String,
    counts: [String; 5],
    unmatched: String,
    notes: Vec<String>,
}

#[derive(Template)]
#[template(path = "page.html", whitespace = "minimize")]
struct Page<'a> {
    input: &'a Input<'a>,
    as_of: String,
    files_read: String,
    mode: &'static str,
    goals: usize,
    goals_in_words: String,
    counts: Vec<Count>,
    sum: Sum,
    filters: Vec<Filter>,
    entries: Vec<Entry>,
    left_to_workbook: Option<String>,
    cards: Vec<Card>,
    cards_left: Option<String>,
    checks: Vec<checks::Line>,
    set_aside: Vec<Finding>,
    unread: Vec<Finding>,
    unmatched: Vec<Finding>,
    notes: Vec<Finding>,
    files: Vec<File<'a>>,
    looks: &'static [Look],
}

/// The counts of the run in words.
struct Sum {
    line: String,
    quarantined: u64,
    waiting: String,
    unmatched: Option<String>,
    found_none: String,
    conflicts: Option<String>,
}

impl Sum {
    fn new(totals: Totals) -> Self {
        Self {
            line: format!(
                "{} read = {} accepted + {} set aside + {} already known + {} skipped.",
                words::counted(totals.read, "item", "items"),
                words::count(totals.accepted),
                words::count(totals.quarantined),
                words::count(totals.duplicate),
                words::count(totals.skipped)
            ),
            quarantined: totals.quarantined,
            waiting: if totals.quarantined == 1 {
                "1 item waits in".to_owned()
            } else {
                format!("{} items wait in", words::count(totals.quarantined))
            },
            unmatched: (totals.unmatched > 0).then(|| format!("{} without a student or goal.", words::count(totals.unmatched))),
            found_none: format!(
                "{} no student or goal: kept in the dataset, and in no line of this page.",
                words::counted(totals.unmatched, "accepted item found", "accepted items found")
            ),
            conflicts: (totals.conflicts > 0)
                .then(|| format!("{} contradicted by another file.", words::count(totals.conflicts))),
        }
    }
}

/// The number of current goals in each group.
fn counts(rows: &[&aimline_model::analysis::Flag]) -> Vec<Count> {
    let mut numbers = [0u64; GROUPS.len()];
    for flag in rows {
        if let Some(number) = numbers.get_mut(status::of(flag.status).group) {
            *number += 1;
        }
    }
    let count = |(index, (group, number)): (usize, (&status::Group, u64))| {
        let words = if number == 1 { group.words_of_one } else { group.words };
        let noun = match (index, number) {
            (0, 1) => "goal ",
            (0, _) => "goals ",
            _ => "",
        };
        Count { class: group.class, shape: group.shape, number: words::count(number), words: format!("{noun}{words}") }
    };
    GROUPS.iter().zip(numbers).enumerate().map(count).collect()
}

fn files<'a>(input: &'a Input<'a>) -> Vec<File<'a>> {
    let number = |value: i64| words::count(u64::try_from(value).unwrap_or(0));
    let file = |(source, notes): (&'a aimline_model::tables::Source, Vec<String>)| File {
        path: &source.path,
        read_by: match (words::filled(source.importer.as_deref()), words::filled(source.profile.as_deref())) {
            (Some(importer), Some(profile)) => format!("{importer}, profile {profile}"),
            (Some(importer), None) => importer.to_owned(),
            _ => "not read".to_owned(),
        },
        counts: [source.read, source.accepted, source.quarantined, source.duplicate, source.skipped].map(number),
        unmatched: number(source.unmatched),
        notes,
    };
    let mut files: Vec<File> = input.sources.iter().zip(findings::of_files(input)).map(file).collect();
    files.sort_by(|a, b| a.path.cmp(b.path));
    files
}

/// How many of `all` are left when `shown` are shown.
fn left(all: usize, shown: usize) -> Option<String> {
    (all > shown).then(|| words::count((all - shown) as u64))
}

pub(crate) fn render(input: &Input, points: &BTreeMap<String, Vec<Point>>) -> Result<String, ReportError> {
    let index = Index::new(input);
    let flags = current(input.flags);
    let students: BTreeSet<&str> = flags.iter().filter_map(|flag| flag.student_key.as_deref()).collect();
    let none = Vec::new();
    let points_of =
        |flag: &aimline_model::analysis::Flag| flag.measure_key.as_ref().and_then(|key| points.get(key)).unwrap_or(&none);
    let rows: Vec<_> = flags.iter().take(LISTED).map(|flag| index.row(flag)).collect();
    let entries: Vec<Entry> =
        rows.iter().enumerate().map(|(place, row)| list::entry(row, input, points_of(row.flag), place < CARDS)).collect();
    let page = Page {
        input,
        as_of: words::long_date(input.as_of),
        files_read: words::counted(input.sources.len() as u64, "file", "files"),
        mode: match input.mode {
            "classical" => "verdicts by the classical point and trend rules",
            // Most goals of a small district rest on their own data in this mode too; `caseload.xlsx` says which.
            "posterior" => "verdicts from each goal’s data and those of goals alike, where there are enough",
            _ => "verdicts from each goal’s own data",
        },
        goals: flags.len(),
        goals_in_words: format!(
            "{} of {}",
            words::counted(flags.len() as u64, "current goal", "current goals"),
            words::counted(students.len() as u64, "student", "students")
        ),
        counts: counts(&flags),
        sum: Sum::new(input.totals),
        filters: list::filters(&entries),
        cards: rows.iter().take(CARDS).map(|row| cards::card(row, input, &index, points_of(row.flag))).collect(),
        entries,
        left_to_workbook: left(flags.len(), LISTED),
        cards_left: left(flags.len(), CARDS),
        checks: checks::lines(input),
        set_aside: findings::set_aside(input, &index),
        unread: findings::unread(input, &index),
        unmatched: findings::unmatched(input),
        notes: findings::notes(input),
        files: files(input),
        looks: &LOOKS,
    };
    Ok(page.render()?)
}
