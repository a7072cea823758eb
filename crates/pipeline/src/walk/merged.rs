//! A child's id, name or goal in a cell that is merged over several rows: it holds for all of them. A blank that is not merged
//! says nothing.

use aimline_map::{ColumnRole, GridRow, Plan};
use aimline_model::staged::Field;

/// The texts that the last row held in the columns that say whose and which goal's it is.
#[derive(Debug, Default)]
pub(super) struct Merged {
    /// The row before.
    row: u64,
    above: Vec<Option<String>>,
}

fn holds(plan: &Plan, column: usize) -> bool {
    matches!(plan.columns().get(column).map(|column| column.role), Some(ColumnRole::Field(field)) if field <= Field::Criterion)
}

/// Merged with the cell above, and not with one to the left.
fn is_down(row: &GridRow<'_>, column: usize) -> bool {
    let letters = row.letters();
    let merged = |column: usize| letters.get(column) == Some(&b'm') && row.cell(column).is_none();
    merged(column) && (0..column).rev().find(|column| !merged(*column)).is_none_or(|column| row.cell(column).is_none())
}

impl Merged {
    /// Takes the texts of a row, and keeps those that it continues.
    pub(super) fn see(&mut self, plan: &Plan, row: &GridRow<'_>) {
        if row.letters().is_empty() && self.above.is_empty() {
            return;
        }
        let next = row.number == self.row + 1;
        self.row = row.number;
        if !next {
            self.above.clear();
        }
        // Nearly no sheet has merged rows; one that has is seen in its next row.
        let width = row.cells.len().max(self.above.len());
        self.above.resize(width, None);
        for column in (0..width).filter(|column| holds(plan, *column)) {
            match row.cell(column) {
                Some(text) => match &mut self.above[column] {
                    Some(known) if known == text => {}
                    Some(known) => text.clone_into(known),
                    slot => *slot = Some(text.to_owned()),
                },
                None if is_down(row, column) => {}
                None => self.above[column] = None,
            }
        }
    }

    /// The cells of the row with what is merged into it; none when nothing is.
    pub(super) fn fill<'a>(&'a self, plan: &Plan, row: &GridRow<'a>) -> Option<Vec<Option<&'a str>>> {
        if !row.letters().contains(&b'm') {
            return None;
        }
        let mut cells = row.cells.to_vec();
        let mut any = false;
        for column in (0..cells.len().max(row.letters().len())).filter(|column| holds(plan, *column) && is_down(row, *column)) {
            if let Some(text) = self.above.get(column).and_then(Option::as_deref) {
                if cells.len() <= column {
                    cells.resize(column + 1, None);
                }
                cells[column] = Some(text);
                any = true;
            }
        }
        any.then_some(cells)
    }
}
