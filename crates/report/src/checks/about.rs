//! The tab *About*: what each check asks, whom it cites, and what the numbers are.

use super::{Column, line, titles};
use crate::Input;
use crate::workbook::{self, Cell, Formats};
use aimline_model::checks::CHECKS;
use rust_xlsxwriter::{Worksheet, XlsxError};

const COLUMNS: [Column; 6] =
    [("Check", 10.0), ("Name", 30.0), ("What it asks", 80.0), ("Severity", 10.0), ("Citation", 28.0), ("DESE indicator", 16.0)];

pub(super) fn sheet(sheet: &mut Worksheet, input: &Input, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name("About")?;
    titles(sheet, &COLUMNS, formats)?;
    let about = [
        (
            "This workbook",
            format!(
                "{}, as of {}: made anew by each run from the files of the inbox; changes in it are not read.",
                input.district, input.as_of
            ),
        ),
        (
            "No legal advice",
            "A check compares records with what a rule or good practice asks. It is no legal advice and no finding: people who know \
             the child and the whole file decide."
                .to_owned(),
        ),
        (
            "Answers",
            "Yes: it is so. No: it is not. NA: it does not apply. Blank: the files do not say; the reason stands in the cell's note."
                .to_owned(),
        ),
        (
            "Which goals",
            "The goals that are in effect. Progress reports are looked at for all periods of this school year."
                .to_owned(),
        ),
        (
            "Indicator",
            "Indicator numbers are the district's own, from its configuration; aimline knows none.".to_owned(),
        ),
        (
            "Numbers",
            "The days below are settings ([checks] in aimline.toml); where nothing is set they are aimline's defaults. No law names them."
                .to_owned(),
        ),
    ];
    let settings = input.check_settings.iter().map(|(name, text)| (*name, text.clone()));
    let mut last = 0;
    for (name, text) in about.into_iter().chain(settings) {
        last += 1;
        line(sheet, last, [Cell::Empty, Cell::text(Some(name)), Cell::Long(text)], formats)?;
    }
    for info in CHECKS {
        last += 1;
        let indicator = input.checks.iter().find(|row| row.check == info.id).and_then(|row| row.dese_indicator.as_deref());
        let citation = if info.citation.is_empty() { "practice" } else { info.citation };
        let cells = [
            Cell::text(Some(info.id)),
            Cell::text(Some(info.title)),
            Cell::long(Some(info.asks)),
            Cell::text(Some(info.severity.as_str())),
            Cell::text(Some(citation)),
            Cell::text(indicator),
        ];
        line(sheet, last, cells, formats)?;
    }
    workbook::finish(sheet, 1, last, COLUMNS.len() as u16 - 1)
}
