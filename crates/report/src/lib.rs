//! What people see: the page (one HTML file), `caseload.xlsx`, `checks.xlsx` and
//! `quarantine.xlsx`.
//!
//! It is handed the rows and the sentences and lays them out. It judges nothing, opens no file and no connection, and the
//! same input gives the same bytes.
#![forbid(unsafe_code)]

mod caseload;
mod chart;
mod checks;
mod findings;
mod page;
mod places;
mod probe_plan;
mod quarantine;
mod questions;
mod rows;
mod spark;
mod status;
mod ticks;
mod words;
mod workbook;

use aimline_model::analysis::{Check, Flag, Trend};
use aimline_model::diagnostic::Diagnostic;
use aimline_model::repair::Question;
use aimline_model::tables::{Enrollment, Goal, Measure, PhaseChange, Plan, ProgressReport, Quarantine, Source, Student};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Goals that the page lists; all others are in `caseload.xlsx`.
pub const LISTED: usize = 2_000;
/// Goals that get a card with a chart.
pub const CARDS: usize = 300;

/// The counts of a run: read = accepted + quarantined + duplicate + skipped. The last two stand beside the sum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Items read.
    pub read: u64,
    /// Items that entered the dataset.
    pub accepted: u64,
    /// Items set aside.
    pub quarantined: u64,
    /// Items that were already known.
    pub duplicate: u64,
    /// Items that are no records of a child with an IEP.
    pub skipped: u64,
    /// Accepted items without a student or goal.
    pub unmatched: u64,
    /// Accepted items that another source contradicts.
    pub conflicts: u64,
}

/// All that the page and the workbooks are made of, but the points.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Name of the district.
    pub district: &'a str,
    /// Day up to which data counts.
    pub as_of: NaiveDate,
    /// What sets the status: `own_data` or `classical`.
    pub mode: &'a str,
    /// Name and hash of the rule set.
    pub ruleset: &'a str,
    /// Version of aimline.
    pub version: &'a str,
    /// The run's counts.
    pub totals: Totals,
    /// Files.
    pub sources: &'a [Source],
    /// Students.
    pub students: &'a [Student],
    /// Students in school years.
    pub enrollments: &'a [Enrollment],
    /// IEPs.
    pub plans: &'a [Plan],
    /// Goals and objectives.
    pub goals: &'a [Goal],
    /// Measures.
    pub measures: &'a [Measure],
    /// Progress reports.
    pub reports: &'a [ProgressReport],
    /// Changes of intervention.
    pub phase_changes: &'a [PhaseChange],
    /// Breaks of the calendar: first day, last day, name.
    pub breaks: &'a [(NaiveDate, NaiveDate, String)],
    /// Verdicts.
    pub flags: &'a [Flag],
    /// Lines.
    pub trends: &'a [Trend],
    /// What the plan and the state ask.
    pub checks: &'a [Check],
    /// Places in their sources of what failed a check, by the key of the subject.
    pub check_places: &'a BTreeMap<String, String>,
    /// The settings of the checks: a name and a sentence each.
    pub check_settings: &'a [(&'a str, String)],
    /// What the codes of `flags.reasons` mean.
    pub reasons: &'a [(&'a str, &'a str)],
    /// The verdict's sentence of each goal, by goal key.
    pub sentences: &'a BTreeMap<String, String>,
    /// Problems in the files.
    pub diagnostics: &'a [Diagnostic],
    /// Items set aside.
    pub quarantine: &'a [Quarantine],
    /// Students and goals that nobody could be found for.
    pub questions: &'a [Question],
}

/// A scored point of a chart, with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Day.
    pub date: Option<NaiveDate>,
    /// Session, where there is no day.
    pub session_no: Option<i64>,
    /// Score.
    pub value: f64,
    /// Sheet and cell, or place in the form.
    pub locator: String,
    /// Path of the file.
    pub source: String,
    /// Whether another source contradicts it, so that it counts nowhere.
    pub conflict: bool,
}

/// Why a page or workbook could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The page could not be laid out.
    #[error("the page could not be made")]
    Page(#[from] askama::Error),
    /// A workbook could not be made.
    #[error("the workbook could not be made")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}

/// The measures whose points the page needs: those of the first 300 current goals in the order of attention.
#[must_use]
pub fn goals_with_cards(input: &Input) -> Vec<String> {
    let mut keys: Vec<String> =
        rows::current(input.flags).into_iter().take(CARDS).filter_map(|flag| flag.measure_key.clone()).collect();
    let mut seen = std::collections::BTreeSet::new();
    keys.retain(|key| seen.insert(key.clone()));
    keys
}

/// The page: one file that needs no other and asks nobody for anything.
///
/// # Errors
/// When the template cannot be filled.
pub fn page(input: &Input, points: &BTreeMap<String, Vec<Point>>) -> Result<String, ReportError> {
    page::render(input, points)
}

/// `caseload.xlsx`: a row for each current goal.
///
/// # Errors
/// When the workbook cannot be written.
pub fn caseload(input: &Input) -> Result<Vec<u8>, ReportError> {
    caseload::write(input)
}

/// `checks.xlsx`: what is due, what to do, and a review of each student's file.
///
/// # Errors
/// When the workbook cannot be written.
pub fn checks(input: &Input) -> Result<Vec<u8>, ReportError> {
    checks::write(input)
}

/// `quarantine.xlsx`: what was set aside, a tab for each file.
///
/// # Errors
/// When the workbook cannot be written.
pub fn quarantine(input: &Input) -> Result<Vec<u8>, ReportError> {
    quarantine::write(input)
}
