//! Below the rows that were looked at: another table there stops the sheet from its first row on, so that its rows are not
//! read as those of the table above.

use super::*;
use crate::context::person_in;
use crate::shape::number;

impl Plan {
    /// Looks at a row that was not there when the sheet was planned. When another table begins with it, it and all below are
    /// set aside, with the reason.
    pub fn look(&mut self, row: &GridRow<'_>) -> bool {
        if self.looked_to.is_none_or(|last| row.number <= last) || is_data(row) {
            return false;
        }
        let Ok((_, plan)) = self.at(row.number) else { return false };
        let known = |column: usize, text: &str| plan.titles.get(column).is_some_and(|title| title.eq_ignore_ascii_case(text));
        let repeated = row.filled().all(|(column, text)| known(column, text));
        if plan.layout == Layout::Text && self.later.is_empty() || repeated || !begins(&HeadRow::from(row), &self.sheet, plan) {
            return false;
        }
        let (column, text) = row.filled().next().unwrap_or((0, ""));
        let stop = stop(
            Code::H013,
            place::cell(&self.sheet, column, row.number),
            format!("\"{}\"", short(text)),
            "rows of the table above: tables below each other are told apart in the first 1,000 rows of a sheet only".to_owned(),
            "Put the table that begins here on a sheet of its own. Nothing from here on was read.".to_owned(),
        );
        self.later.push(Region { from: row.number, plan: Err(stop) });
        true
    }
}

/// Nearly all rows are data: a cell begins with a digit, and the row is no label with its value.
fn is_data(row: &GridRow<'_>) -> bool {
    let mut cells = row.filled();
    let labelled = cells.next().is_some_and(|(_, text)| text.contains(':')) || row.filled().nth(2).is_none();
    !labelled && row.filled().any(|(_, text)| text.as_bytes()[0].is_ascii_digit())
}

/// Other titles than those of the table, or a row that says of the rows below whose or which goal's they are.
fn begins(row: &HeadRow, sheet: &str, plan: &Plan) -> bool {
    if header::is_header(std::slice::from_ref(row)) {
        return true;
    }
    let mut cells = row.filled();
    let (Some((_, first)), second) = (cells.next(), cells.next()) else { return false };
    if second.is_some() && !first.ends_with(':') && context::label(first).is_none() || number(first).is_some() {
        return false;
    }
    let said = context::read(&Sheet { file: "", name: sheet }, std::slice::from_ref(row));
    let who = |field: Field| (STUDENT.contains(&field) || GOAL.contains(&field)) && plan.column_of(field).is_none();
    let named = said.titles.iter().any(|title| person_in(&title.text).is_some());
    said.said.iter().any(|said| said.field.is_some_and(who))
        || named && STUDENT.iter().all(|field| plan.column_of(*field).is_none())
}
