//! The tab *To do*: what did not pass, the gravest first.

use super::{Column, WHO, by_name, goal_cells, line, place, titles, who};
use crate::Input;
use crate::rows::Index;
use crate::workbook::{self, Cell, Formats};
use aimline_model::analysis::Check;
use aimline_model::checks::check as info;
use rust_xlsxwriter::{Worksheet, XlsxError};

const BEFORE: [Column; 3] = [("Severity", 10.0), ("Check", 8.0), ("What is asked", 28.0)];
const AFTER: [Column; 11] = [
    ("Goal number", 10.0),
    ("Area", 18.0),
    ("What was seen", 60.0),
    ("What to do", 60.0),
    ("Due", 12.0),
    ("Citation", 26.0),
    ("DESE indicator", 14.0),
    ("Where", 40.0),
    ("About", 12.0),
    ("Subject key", 24.0),
    ("Student key", 12.0),
];

fn rank(severity: &str) -> u8 {
    match severity {
        "error" => 0,
        "warning" => 1,
        _ => 2,
    }
}

pub(super) fn sheet(sheet: &mut Worksheet, input: &Input, index: &Index, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name("To do")?;
    let columns = [&BEFORE[..], &WHO[..], &AFTER[..]].concat();
    titles(sheet, &columns, formats)?;
    let mut rows: Vec<&Check> = input.checks.iter().filter(|check| check.outcome == "fail").collect();
    rows.sort_by_cached_key(|check| {
        let (last, first, key) = by_name(index, check.student_key.as_deref());
        (rank(check.severity), last.to_owned(), first.to_owned(), key.to_owned(), check.check, check.subject_key.clone())
    });
    let mut last = 0;
    for (at, check) in (1u32..).zip(rows) {
        let before = [Cell::text(Some(check.severity)), Cell::text(Some(check.check)), Cell::text(Some(check.title))];
        let [number, area] = goal_cells(index, check);
        let after = [
            number,
            area,
            Cell::long(Some(&check.seen)),
            Cell::long(info(check.check).map(|info| info.todo)),
            Cell::date(check.due),
            Cell::text(check.citation.as_deref()),
            Cell::text(check.dese_indicator.as_deref()),
            place(input, index, check),
            Cell::text(Some(check.subject_kind)),
            Cell::text(Some(&check.subject_key)),
            Cell::text(check.student_key.as_deref()),
        ];
        let who = who(index, check.student_key.as_deref());
        line(sheet, at, before.into_iter().chain(who).chain(after), formats)?;
        last = at;
    }
    workbook::finish(sheet, 3, last, columns.len() as u16 - 1)
}
