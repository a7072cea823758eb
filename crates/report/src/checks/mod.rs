//! `checks.xlsx`: what is due, what to do, and a review of each student's file.

mod about;
mod due;
mod review;
mod todo;

use crate::rows::Index;
use crate::workbook::{self, Cell, Formats};
use crate::{Input, ReportError, places};
use aimline_model::analysis::Check;
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

/// A column: title and width.
type Column = (&'static str, f64);

/// The columns that say who it is, in each tab but the last.
const WHO: [Column; 7] = [
    ("Case manager", 18.0),
    ("Last name", 16.0),
    ("First name", 14.0),
    ("State id", 14.0),
    ("Local id", 14.0),
    ("School", 18.0),
    ("Grade", 8.0),
];

/// The cells of [`WHO`].
fn who(index: &Index, student: Option<&str>) -> [Cell; WHO.len()] {
    let enrollment = student.and_then(|key| index.enrollment(key));
    let student = student.and_then(|key| index.student(key));
    [
        Cell::text(enrollment.and_then(|row| row.case_manager.as_deref())),
        Cell::text(student.and_then(|row| row.last_name.as_deref())),
        Cell::text(student.and_then(|row| row.first_name.as_deref())),
        Cell::text(student.and_then(|row| row.state_id.as_deref())),
        Cell::text(student.and_then(|row| row.local_id.as_deref())),
        Cell::text(enrollment.and_then(|row| row.school_code.as_deref())),
        Cell::text(enrollment.and_then(|row| row.grade.as_deref())),
    ]
}

/// What students are sorted by: name, then key.
fn by_name<'a>(index: &Index<'a>, student: Option<&'a str>) -> (&'a str, &'a str, &'a str) {
    let row = student.and_then(|key| index.student(key));
    (
        row.and_then(|row| row.last_name.as_deref()).unwrap_or_default(),
        row.and_then(|row| row.first_name.as_deref()).unwrap_or_default(),
        student.unwrap_or_default(),
    )
}

/// The cells that say which goal.
fn goal_cells(index: &Index, check: &Check) -> [Cell; 2] {
    let goal = check.goal_key.as_deref().and_then(|key| index.goal(key));
    [Cell::text(goal.and_then(|goal| goal.number.as_deref())), Cell::text(goal.and_then(|goal| goal.area.as_deref()))]
}

/// `Fall.xlsx › Speech › D14`.
fn place(input: &Input, index: &Index, check: &Check) -> Cell {
    let locator = input.check_places.get(&check.subject_key).map_or("", String::as_str);
    check.source_id.as_deref().map_or(Cell::Empty, |source| Cell::Long(places::full(index.path(source), locator)))
}

/// Writes the titles of a tab.
fn titles(sheet: &mut Worksheet, columns: &[Column], formats: &Formats) -> Result<(), XlsxError> {
    for (column, (title, width)) in (0u16..).zip(columns) {
        workbook::styled(sheet, 0, column, title, &formats.header)?;
        sheet.set_column_width(column, *width)?;
    }
    Ok(())
}

/// Writes a line of a tab.
fn line(sheet: &mut Worksheet, line: u32, cells: impl IntoIterator<Item = Cell>, formats: &Formats) -> Result<(), XlsxError> {
    for (column, cell) in (0u16..).zip(cells) {
        workbook::write(sheet, line, column, &cell, formats)?;
    }
    Ok(())
}

pub(crate) fn write(input: &Input) -> Result<Vec<u8>, ReportError> {
    let mut workbook: Workbook = workbook::new(input, "Checks")?;
    let formats = Formats::new();
    let index = Index::new(input);
    due::sheet(workbook.add_worksheet(), input, &index, &formats)?;
    todo::sheet(workbook.add_worksheet(), input, &index, &formats)?;
    review::sheet(workbook.add_worksheet(), input, &index, &formats)?;
    about::sheet(workbook.add_worksheet(), input, &formats)?;
    Ok(workbook.save_to_buffer()?)
}
