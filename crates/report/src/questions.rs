//! The tab of `quarantine.xlsx` that asks who a student is, or which goal is meant, where more than one fits or none.

use crate::Input;
use crate::workbook::{self, Cell, Formats};
use crate::{findings, words};
use aimline_model::repair::{CHOICE, KEY};
use rust_xlsxwriter::{Worksheet, XlsxError};

/// Name of the tab.
pub(crate) const TAB: &str = "Who or which goal";

const TITLES: [(&str, f64); 9] = [
    ("File", 26.0),
    ("Where", 24.0),
    ("What is wrong", 28.0),
    ("Seen", 36.0),
    ("Candidates", 60.0),
    ("Items", 8.0),
    ("What to do", 44.0),
    (CHOICE, 18.0),
    (KEY, 26.0),
];

/// Writes a line for each question.
pub(crate) fn write(sheet: &mut Worksheet, input: &Input, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name(TAB)?;
    for (column, (title, width)) in (0u16..).zip(TITLES) {
        let format = if title == CHOICE { &formats.original } else { &formats.header };
        workbook::styled(sheet, 0, column, title, format)?;
        sheet.set_column_width(column, width)?;
    }
    let paths = findings::paths(input);
    for (line, question) in (1u32..).zip(input.questions) {
        let help = if question.candidates.is_empty() {
            format!("{} Or type the student's key or id under \"{CHOICE}\".", question.code.help())
        } else {
            format!(
                "Type the key that is right, such as the first word of a candidate, under \"{CHOICE}\". Or: {}",
                question.code.help()
            )
        };
        let cells = [
            Cell::text(paths.get(question.source).copied()),
            Cell::text(Some(&question.locator)),
            Cell::Long(words::capital(question.code.title())),
            Cell::long(Some(&question.seen)),
            Cell::long(Some(&question.candidates.join("\n"))),
            Cell::Whole(question.n_items),
            Cell::Long(help),
            Cell::Empty,
            Cell::text(Some(&question.key)),
        ];
        for (column, cell) in (0u16..).zip(&cells) {
            workbook::write(sheet, line, column, cell, formats)?;
        }
    }
    workbook::finish(sheet, 2, input.questions.len() as u32, TITLES.len() as u16 - 1)
}
