//! The card of a goal: verdict, chart, and every number with its place.

use crate::chart::{Chart, chart, place};
use crate::rows::{Index, Row};
use crate::{Input, Point, places, status, words};

/// A line of the table of points.
pub(crate) struct Number {
    pub(crate) when: String,
    pub(crate) value: String,
    pub(crate) place: String,
    pub(crate) note: &'static str,
}

/// A report on the goal.
pub(crate) struct Statement {
    pub(crate) when: String,
    pub(crate) says: &'static str,
    pub(crate) text: String,
    pub(crate) place: String,
}

pub(crate) struct Card {
    pub(crate) key: String,
    pub(crate) class: &'static str,
    pub(crate) shape: &'static str,
    pub(crate) word: String,
    pub(crate) since: Option<String>,
    pub(crate) heading: String,
    pub(crate) about: Vec<String>,
    pub(crate) sentence: String,
    pub(crate) statement: Option<String>,
    pub(crate) lower: bool,
    pub(crate) chart: Option<Chart>,
    pub(crate) facts: Vec<String>,
    pub(crate) value_title: String,
    pub(crate) numbers: Vec<Number>,
    pub(crate) reports: Vec<Statement>,
}

pub(crate) fn card(row: &Row, input: &Input, index: &Index, points: &[Point]) -> Card {
    let heading = [row.student_name(), row.goal_number(), row.goal_label()];
    let since = row.flag.since.filter(|_| status::has_since(row.flag.status));
    Card {
        key: row.flag.goal_key.clone(),
        class: row.look.class(),
        shape: row.look.shape,
        word: words::capital(row.look.word),
        since: since.map(words::date),
        heading: heading.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
        about: about(row),
        sentence: row.sentence(),
        statement: row.goal.and_then(|goal| words::filled(goal.statement.as_deref())).map(str::to_owned),
        lower: row.lower_is_better(),
        chart: chart(row, input, points),
        facts: facts(row, input, points),
        value_title: format!("Value{}", value_unit(row)),
        numbers: numbers(row, input, points),
        reports: row.reports.iter().map(|report| statement(report, index)).collect(),
    }
}

/// `, wcpm`; empty when the unit says nothing.
fn value_unit(row: &Row) -> String {
    match row.suffix().trim() {
        "" => String::new(),
        "%" => ", percent".to_owned(),
        unit => format!(", {unit}"),
    }
}

fn about(row: &Row) -> Vec<String> {
    let mut about = vec![words::capital(&row.school())];
    if let Some(grade) = row.enrollment.and_then(|enrollment| words::filled(enrollment.grade.as_deref())) {
        about.push(format!("grade {}", grade.trim_start_matches('0')));
    }
    if !row.case_manager().is_empty() {
        about.push(format!("case manager {}", row.case_manager()));
    }
    if let Some(due) = row.plan.and_then(|plan| plan.annual_review_due) {
        about.push(format!("annual review {}", words::date(due)));
    }
    about.retain(|part| !part.is_empty());
    about
}

/// What the line under the chart says.
fn facts(row: &Row, input: &Input, points: &[Point]) -> Vec<String> {
    let placed = place(row, points, input.as_of);
    let used: Vec<&Point> = placed.iter().filter(|placed| placed.used).map(|placed| placed.point).collect();
    let mut facts = Vec::new();
    if !used.is_empty() {
        let dates = used.iter().filter_map(|point| point.date);
        let span = dates.clone().min().zip(dates.max()).map(|(first, last)| format!(", {}", words::span(first, last)));
        let places = places::in_words(&used);
        let shown = places.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
        let more = places.len().saturating_sub(3) as u64;
        let more = if more > 0 { format!(" and {}", words::counted(more, "more place", "more places")) } else { String::new() };
        let count = words::counted(used.len() as u64, "point", "points");
        facts.push(format!("{count}{}, from {shown}{more}", span.unwrap_or_default()));
    }
    let unused = points.len() - used.len();
    if unused > 0 {
        let verb = if unused == 1 { "is not used" } else { "are not used" };
        facts.push(format!("{} {verb} (hollow)", words::counted(unused as u64, "point", "points")));
    }
    facts.extend(row.reports_in_words());
    facts.extend(row.rules_in_words());
    facts.extend(row.reasons());
    facts
}

fn numbers(row: &Row, input: &Input, points: &[Point]) -> Vec<Number> {
    let placed = place(row, points, input.as_of);
    let mut used = vec![false; points.len()];
    for placed in &placed {
        if let Some(slot) = used.get_mut(placed.index) {
            *slot = placed.used;
        }
    }
    let mut numbers: Vec<(&Point, bool)> = points.iter().zip(used).collect();
    numbers.sort_by(|(a, _), (b, _)| {
        (a.date, a.session_no, &a.source)
            .cmp(&(b.date, b.session_no, &b.source))
            .then_with(|| places::natural(&a.locator, &b.locator))
    });
    let number = |(point, used): (&Point, bool)| Number {
        when: match (point.date, point.session_no) {
            (Some(date), Some(session)) => format!("{}, session {session}", words::date(date)),
            (Some(date), None) => words::date(date),
            (None, Some(session)) => format!("session {session}"),
            (None, None) => "no date".to_owned(),
        },
        value: words::exact(point.value),
        place: places::full(&point.source, &point.locator),
        note: match (point.conflict, used) {
            (true, _) => "sources disagree, not used",
            (false, true) => "",
            (false, false) => "not used",
        },
    };
    numbers.into_iter().map(number).collect()
}

fn statement(report: &aimline_model::tables::ProgressReport, index: &Index) -> Statement {
    Statement {
        when: report.date.map_or_else(|| "no date".to_owned(), words::date),
        says: status::report(report.code.as_deref()),
        text: report.description.clone().unwrap_or_default(),
        place: places::full(index.path(&report.source_id), &report.locator),
    }
}
