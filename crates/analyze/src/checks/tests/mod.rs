//! Each check on a file where it passes, fails, does not apply and cannot be told. A case changes one thing in a file that
//! is in order.

mod cases;
mod dates;

use super::{ASK, CheckSettings, Records, rows, want};
use crate::checks::file::{Context, files};
use aimline_model::analysis::{Check, Flag, Trend};
use aimline_model::tables as t;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A district of one student, whose file is in order on 6 March 2026.
pub(super) struct World {
    pub(super) records: Records,
    pub(super) flags: Vec<Flag>,
    pub(super) trends: Vec<Trend>,
    pub(super) config: CheckSettings,
    pub(super) as_of: NaiveDate,
    /// Goal and day of scored points.
    pub(super) points: Vec<(&'static str, &'static str)>,
}

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn on(text: &str) -> Option<NaiveDate> {
    Some(day(text))
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn period(kind: &str, name: &str, begin: &str, end: &str) -> t::Calendar {
    t::Calendar { kind: kind.to_owned(), name: some(name), begin: on(begin), end: on(end), ..Default::default() }
}

fn report(date: &str, code: &str, description: &str) -> t::ProgressReport {
    t::ProgressReport {
        goal_key: some("G1"),
        student_key: some("S1"),
        date: on(date),
        code: some(code),
        ticks: 1,
        description: some(description),
        source_id: "form".to_owned(),
        locator: format!("goal 1 › {date}"),
        ..Default::default()
    }
}

fn event(kind: &'static str, date: &str, due: Option<NaiveDate>) -> t::Event {
    t::Event { student_key: some("S1"), plan_key: some("P1"), kind, date: on(date), due, ..Default::default() }
}

impl World {
    #[rustfmt::skip]
    pub(super) fn in_order() -> Self {
        let source = |id: &str, importer: &str| t::Source { source_id: id.to_owned(), importer: some(importer), ..Default::default() };
        let statement = "By May 22, 2026, given a passage, Ana will increase oral reading from 41 wcpm to 90 wcpm as measured by weekly probes.";
        let goal = t::Goal {
            goal_key: "G1".to_owned(), plan_key: some("P1"), student_key: some("S1"), number: some("1"), statement: some(statement),
            methods: some("Checklists"), transition_domains: some("Employment"), primary_measure_key: some("M1"),
            source_id: "form".to_owned(), locator: "goal 1".to_owned(), ..Default::default()
        };
        let objective = t::Goal {
            goal_key: "G2".to_owned(), parent_goal_key: some("G1"), statement: some("Ana will read CVC words."), methods: None,
            transition_domains: None, primary_measure_key: None, ..goal.clone()
        };
        let records = Records {
            sources: vec![source("form", "dese-form"), source("sheet", "spreadsheet")],
            students: vec![t::Student { student_key: "S1".to_owned(), birth_date: on("2012-02-29"), ..Default::default() }],
            enrollments: vec![t::Enrollment {
                student_key: "S1".to_owned(), school_year: 2026, alternate_assessment: "yes".to_owned(), ..Default::default()
            }],
            plans: vec![t::Plan {
                plan_key: "P1".to_owned(), student_key: some("S1"), meeting_date: on("2025-08-20"), start: on("2025-08-25"), end: on("2026-08-19"),
                annual_review_due: on("2026-08-19"), schedule_raw: some("Quarterly"), schedule_choices: 1, esy: some("No"),
                source_id: "form".to_owned(), locator: "page 1".to_owned(), ..Default::default()
            }],
            events: vec![
                event("evaluation", "2024-09-02", None), event("review", "2024-08-20", None), event("review", "2025-08-20", on("2026-08-19")),
            ],
            goals: vec![goal, objective],
            measures: vec![t::Measure {
                measure_key: "M1".to_owned(), goal_key: some("G1"), unit: some("wcpm"), direction: some("increase"), baseline_value: Some(41.0),
                target_value: Some(90.0), ..Default::default()
            }],
            reports: vec![
                report("2025-10-17", "making", "52 wcpm on the last probe"), report("2025-12-19", "making", "58 wcpm on the last probe"),
            ],
            services: vec![t::Service {
                plan_key: some("P1"), student_key: some("S1"), service: some("Reading"), minutes: Some(30.0), amount_raw: some("30 minutes"),
                frequency: some("5 x Weekly"), period: some("week"), begin: on("2025-08-25"), end: on("2026-08-19"), dates_inherited: true,
                source_id: "form".to_owned(), locator: "service 1".to_owned(), ..Default::default()
            }],
            deliveries: ["2025-08-25", "2025-08-26", "2025-08-27", "2025-08-28", "2025-08-29"].map(|date| t::ServiceDelivery {
                plan_key: some("P1"), student_key: some("S1"), date: on(date), minutes: Some(30.0), ..Default::default()
            }).into(),
            calendar: vec![
                period("period", "Quarter 1", "2025-08-20", "2025-10-17"), period("period", "Quarter 2", "2025-10-20", "2025-12-19"),
                period("period", "Quarter 3", "2026-01-05", "2026-03-13"), period("period", "Quarter 4", "2026-03-16", "2026-05-21"),
                period("report_card", "Card 1", "2025-10-24", "2025-10-24"),
            ],
        };
        let flag = Flag {
            goal_key: "G1".to_owned(), measure_key: some("M1"), student_key: some("S1"), as_of: on("2026-03-06"), status: "on_track",
            worse: some("below"), current: true, ..Default::default()
        };
        let trend = Trend { measure_key: "M1".to_owned(), level_now: Some(70.0), target: Some(90.0), slope_ols: Some(1.5), ..Default::default() };
        Self {
            records, flags: vec![flag], trends: vec![trend], config: CheckSettings::default(), as_of: day("2026-03-06"),
            points: vec![("G1", "2026-03-02"), ("G2", "2025-09-15"), ("G2", "2025-11-03")],
        }
    }

    /// All rows.
    pub(super) fn rows(&self) -> Vec<Check> {
        let mut context = Context::new(&self.records, &self.flags, &self.trends, &self.config, self.as_of);
        let files = files(&self.records);
        want(&files, &mut context);
        for (place, (goal, on)) in self.points.iter().enumerate() {
            context.seen.point(goal, day(on), &format!("{place:016x}"));
        }
        rows(&files, &context, "balanced 0").0
    }

    pub(super) fn plan(&mut self) -> &mut t::Plan {
        &mut self.records.plans[0]
    }

    pub(super) fn goal(&mut self) -> &mut t::Goal {
        &mut self.records.goals[0]
    }
}

/// The one answer of a check (of several reports or periods, the one of the wanted outcome) and its words.
pub(super) fn check(id: &str, outcome: &str, words: &str, change: impl FnOnce(&mut World)) {
    let mut world = World::in_order();
    change(&mut world);
    let rows = world.rows();
    let of: Vec<&Check> = rows.iter().filter(|row| row.check == id).collect();
    let said = |row: &&&Check| {
        row.outcome == outcome && format!("{} {}", row.seen, row.why.as_deref().unwrap_or_default()).contains(words)
    };
    assert!(of.iter().any(|row| said(&row)), "{id} {outcome} {words:?}: {of:#?}");
    for row in of {
        // A reason where there is no answer, evidence where there is one.
        let open = matches!(row.outcome, "not_applicable" | "cannot_determine");
        assert_eq!(row.why.is_some(), open, "{row:?}");
        assert!(open || !row.seen.is_empty() && row.evidence.is_some() || row.check == "C14", "{row:?}");
        assert_eq!((row.as_of, row.ruleset.as_str()), (Some(world.as_of), "balanced 0"));
    }
}

#[test]
fn a_file_in_order_has_nothing_to_do() {
    let rows = World::in_order().rows();
    let failed: Vec<_> = rows.iter().filter(|row| row.outcome == "fail").collect();
    assert!(failed.is_empty(), "{failed:#?}");
    let made: BTreeSet<&str> = rows.iter().map(|row| row.check).collect();
    assert_eq!(made.len(), ASK.len());
}

#[test]
fn the_catalogue_and_the_checks_are_the_same() {
    let asked: Vec<&str> = ASK.iter().map(|ask| ask.id).collect();
    let known: Vec<&str> = aimline_model::checks::CHECKS.iter().map(|info| info.id).collect();
    assert_eq!(asked, known);
}

#[test]
fn indicators_and_checks_that_are_off() {
    let mut world = World::in_order();
    world.config.off.insert("C01".to_owned());
    world.config.indicators.insert("C02".to_owned(), "our own 7".to_owned());
    let rows = world.rows();
    assert!(rows.iter().all(|row| row.check != "C01"));
    for row in rows {
        assert_eq!(row.dese_indicator.as_deref(), (row.check == "C02").then_some("our own 7"));
    }
}
