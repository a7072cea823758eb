//! The tab *Due dates*: what is overdue, or due in the next 30, 60 and 90 days, by case manager.

use super::{Column, WHO, by_name, goal_cells, line, titles, who};
use crate::Input;
use crate::rows::Index;
use crate::workbook::{self, Cell, Formats};
use aimline_model::analysis::Check;
use chrono::NaiveDate;
use rust_xlsxwriter::{Worksheet, XlsxError};

const COLUMNS: [Column; 7] = [
    ("When", 14.0),
    ("Due", 12.0),
    ("What", 18.0),
    ("Goal number", 10.0),
    ("Area", 18.0),
    ("What was seen", 60.0),
    ("Student key", 12.0),
];

/// What falls due, by check.
fn what(check: &str) -> Option<&'static str> {
    Some(match check {
        "C03" => "Progress report",
        "C06" => "Annual review",
        "C07" => "Reevaluation",
        _ => return None,
    })
}

/// How soon; none for what is done, does not apply, or is later.
fn when(check: &Check, as_of: NaiveDate) -> Option<&'static str> {
    let days = (check.due? - as_of).num_days();
    match (check.outcome, check.check, days) {
        ("fail", ..) => Some("overdue"),
        // A report that is there has its day, too; a review or evaluation that is not due yet passes.
        ("not_applicable", "C03", 0..) | ("pass", "C06" | "C07", 0..) => match days {
            0..=30 => Some("next 30 days"),
            31..=60 => Some("next 60 days"),
            61..=90 => Some("next 90 days"),
            _ => None,
        },
        _ => None,
    }
}

pub(super) fn sheet(sheet: &mut Worksheet, input: &Input, index: &Index, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name("Due dates")?;
    let columns = [&WHO[..], &COLUMNS[..]].concat();
    titles(sheet, &columns, formats)?;
    let due = |check: &'_ Check| Some((what(check.check)?, when(check, input.as_of)?));
    let mut rows: Vec<(&Check, &str, &str)> =
        input.checks.iter().filter_map(|check| due(check).map(|(what, when)| (check, what, when))).collect();
    let manager = |check: &Check| {
        let enrollment = check.student_key.as_deref().and_then(|key| index.enrollment(key));
        enrollment.and_then(|row| row.case_manager.clone()).unwrap_or_default()
    };
    rows.sort_by_cached_key(|(check, what, _)| {
        let (last, first, key) = by_name(index, check.student_key.as_deref());
        (manager(check), check.due, *what, last.to_owned(), first.to_owned(), key.to_owned(), check.subject_key.clone())
    });
    let mut last = 0;
    for (at, (check, what, when)) in (1u32..).zip(&rows) {
        let [number, area] = goal_cells(index, check);
        let seen = if check.seen.is_empty() { check.why.as_deref().unwrap_or_default() } else { &check.seen };
        let own = [
            Cell::text(Some(when)),
            Cell::date(check.due),
            Cell::text(Some(what)),
            number,
            area,
            Cell::long(Some(seen)),
            Cell::text(check.student_key.as_deref()),
        ];
        line(sheet, at, who(index, check.student_key.as_deref()).into_iter().chain(own), formats)?;
        last = at;
    }
    workbook::finish(sheet, 3, last, columns.len() as u16 - 1)
}
