//! The tab *File review*: a row for each student's file, a column for each check, as a reviewer fills it in: Yes, No or NA.
//! What cannot be determined stays blank; why stands in the cell's note.

use super::{WHO, by_name, line, titles, who};
use crate::Input;
use crate::rows::Index;
use crate::workbook::{self, Formats, clip};
use aimline_model::analysis::Check;
use aimline_model::checks::CHECKS;
use rust_xlsxwriter::{Note, Worksheet, XlsxError};
use std::collections::BTreeMap;

/// The longest note, in UTF-16 units: more is not read.
const LONGEST_NOTE: usize = 600;
/// Reasons that a note lists.
const REASONS: usize = 4;

/// The answer for a file, and its note.
fn answer(rows: &[&Check]) -> (&'static str, String) {
    let with = |outcome: &str| rows.iter().copied().filter(|row| row.outcome == outcome).collect::<Vec<_>>();
    let (failed, unknown) = (with("fail"), with("cannot_determine"));
    if !failed.is_empty() {
        ("No", reasons(failed.iter().map(|row| row.seen.as_str())))
    } else if !unknown.is_empty() {
        ("", reasons(unknown.iter().filter_map(|row| row.why.as_deref())))
    } else if rows.is_empty() {
        ("", "nothing that this check looks at was read".to_owned())
    } else if rows.iter().any(|row| row.outcome == "pass") {
        ("Yes", String::new())
    } else {
        ("NA", reasons(rows.iter().filter_map(|row| row.why.as_deref())))
    }
}

/// Each reason once, with how often it holds.
fn reasons<'a>(all: impl Iterator<Item = &'a str>) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for reason in all {
        match counts.iter_mut().find(|(held, _)| *held == reason) {
            Some((_, count)) => *count += 1,
            None => counts.push((reason, 1)),
        }
    }
    let more = counts.len().saturating_sub(REASONS);
    let shown = counts.iter().take(REASONS);
    let mut lines: Vec<String> = shown
        .map(|(reason, count)| if *count == 1 { (*reason).to_owned() } else { format!("{reason} ({count} times)") })
        .collect();
    if more > 0 {
        lines.push(format!("and {more} more, on the tab To do or in checks.parquet"));
    }
    lines.join("\n")
}

pub(super) fn sheet(sheet: &mut Worksheet, input: &Input, index: &Index, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name("File review")?;
    let made: Vec<_> = CHECKS.iter().filter(|info| input.checks.iter().any(|row| row.check == info.id)).collect();
    titles(sheet, &WHO, formats)?;
    let first = WHO.len() as u16;
    for (column, info) in (first..).zip(&made) {
        workbook::styled(sheet, 0, column, &format!("{} {}", info.id, info.title), &formats.header)?;
        sheet.set_column_width(column, 14.0)?;
    }
    sheet.set_row_height(0, 62)?;
    let mut files: BTreeMap<&str, BTreeMap<&str, Vec<&Check>>> = BTreeMap::new();
    for row in input.checks {
        if let Some(student) = row.student_key.as_deref() {
            files.entry(student).or_default().entry(row.check).or_default().push(row);
        }
    }
    let mut students: Vec<&str> = files.keys().copied().collect();
    students.sort_by_key(|student| by_name(index, Some(student)));
    let mut last = 0;
    for (at, student) in (1u32..).zip(students) {
        line(sheet, at, who(index, Some(student)), formats)?;
        for (column, info) in (first..).zip(&made) {
            let rows = files.get(student).and_then(|file| file.get(info.id)).map(Vec::as_slice).unwrap_or_default();
            let (word, note) = answer(rows);
            if !word.is_empty() {
                workbook::text(sheet, at, column, word, formats, false)?;
            }
            if !note.is_empty() {
                let note = Note::new(clip(&note, LONGEST_NOTE)).add_author_prefix(false).set_width(320).set_height(110);
                sheet.insert_note(at, column, &note)?;
            }
        }
        last = at;
    }
    workbook::finish(sheet, 3, last, first + made.len() as u16 - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers() {
        let row = |outcome: &'static str, text: &str| Check {
            outcome,
            seen: if outcome == "fail" { text.to_owned() } else { String::new() },
            why: Some(text.to_owned()),
            ..Check::default()
        };
        let check = |rows: &[(&'static str, &str)], word: &str, note: &str| {
            let rows: Vec<Check> = rows.iter().map(|(outcome, text)| row(outcome, text)).collect();
            assert_eq!(answer(&rows.iter().collect::<Vec<_>>()), (word, note.to_owned()));
        };
        check(&[("pass", ""), ("not_applicable", "x")], "Yes", "");
        check(&[("not_applicable", "x"), ("not_applicable", "x")], "NA", "x (2 times)");
        check(&[("pass", ""), ("cannot_determine", "no calendar")], "", "no calendar");
        check(&[("cannot_determine", "no calendar"), ("fail", "no report"), ("pass", "")], "No", "no report");
        check(&[], "", "nothing that this check looks at was read");
    }
}
