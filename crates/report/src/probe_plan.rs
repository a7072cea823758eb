//! The tab *Probe plan* of `caseload.xlsx`: which students to measure, so that uncertain verdicts settle before their reviews.

use crate::Input;
use crate::rows::{Index, Row, current};
use crate::workbook::{self, Cell, Formats};
use chrono::{Days, NaiveDate};
use rust_xlsxwriter::{Worksheet, XlsxError};
use std::collections::BTreeSet;

const COLUMNS: [(&str, f64); 13] = [
    ("Case manager", 18.0),
    ("In words", 46.0),
    ("Last name", 16.0),
    ("First name", 14.0),
    ("State id", 14.0),
    ("Local id", 14.0),
    ("School", 16.0),
    ("Goal number", 10.0),
    ("Area", 16.0),
    ("Weekly points still needed", 12.0),
    ("Settled by", 12.0),
    ("Review or target date", 12.0),
    ("Before it", 10.0),
];

/// One goal whose verdict some more points would settle.
struct Probe<'a> {
    row: Row<'a>,
    points: i64,
    settled: Option<NaiveDate>,
    /// Annual review, else the target's date.
    due: Option<NaiveDate>,
}

impl Probe<'_> {
    fn in_time(&self) -> Option<bool> {
        Some(self.settled? <= self.due?)
    }
}

/// The uncertain goals that more points would settle; a case manager's together, the soonest settled first.
fn probes<'a>(input: &'a Input, index: &Index<'a>) -> Vec<Probe<'a>> {
    let mut probes: Vec<Probe> = current(input.flags)
        .into_iter()
        .filter(|flag| flag.status == "uncertain")
        .filter_map(|flag| {
            let points = flag.points_needed.filter(|points| *points > 0)?;
            let row = index.row(flag);
            let weeks = Days::new(7 * u64::try_from(points).ok()?);
            let review = row.plan.and_then(|plan| plan.annual_review_due).filter(|due| *due >= input.as_of);
            let due = review.or_else(|| row.trend()?.target_date);
            Some(Probe { row, points, settled: input.as_of.checked_add_days(weeks), due })
        })
        .collect();
    probes.sort_by(|a, b| (a.row.case_manager(), a.points).cmp(&(b.row.case_manager(), b.points)));
    probes
}

/// "Measure these 14 students each week: 9 of 12 uncertain verdicts settle before their reviews."
fn in_words(probes: &[Probe]) -> String {
    let in_time: Vec<&Probe> = probes.iter().filter(|probe| probe.in_time() == Some(true)).collect();
    let students: BTreeSet<_> = in_time.iter().map(|probe| &probe.row.flag.student_key).collect();
    let number = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
    if in_time.is_empty() {
        return format!(
            "{} would not settle before the reviews, even measured each week.",
            number(probes.len(), "uncertain verdict")
        );
    }
    format!(
        "Measure {} each week: {} of {} may settle before their reviews, if scores go on as they did.",
        number(students.len(), "student"),
        in_time.len(),
        number(probes.len(), "uncertain verdict")
    )
}

pub(crate) fn sheet(sheet: &mut Worksheet, input: &Input, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name("Probe plan")?;
    for (column, (title, width)) in (0u16..).zip(COLUMNS) {
        workbook::styled(sheet, 0, column, title, &formats.header)?;
        sheet.set_column_width(column, width)?;
    }
    let index = Index::new(input);
    let probes = probes(input, &index);
    let mut line = 0;
    for of_manager in probes.chunk_by(|a, b| a.row.case_manager() == b.row.case_manager()) {
        let words = in_words(of_manager);
        for probe in of_manager {
            let (row, student) = (&probe.row, probe.row.student);
            let cells = [
                Cell::text(Some(row.case_manager())),
                Cell::long(Some(&words)),
                Cell::text(student.and_then(|student| student.last_name.as_deref())),
                Cell::text(student.and_then(|student| student.first_name.as_deref())),
                Cell::text(student.and_then(|student| student.state_id.as_deref())),
                Cell::text(student.and_then(|student| student.local_id.as_deref())),
                Cell::text(row.enrollment.and_then(|enrollment| enrollment.school_code.as_deref())),
                Cell::text(row.goal.and_then(|goal| goal.number.as_deref())),
                Cell::text(Some(row.area())),
                Cell::Whole(probe.points),
                Cell::date(probe.settled),
                Cell::date(probe.due),
                Cell::text(probe.in_time().map(|in_time| if in_time { "yes" } else { "no" })),
            ];
            line += 1;
            for (column, cell) in (0u16..).zip(&cells) {
                workbook::write(sheet, line, column, cell, formats)?;
            }
        }
    }
    workbook::finish(sheet, 4, line, COLUMNS.len() as u16 - 1)
}
