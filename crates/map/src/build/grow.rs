//! A plan whose importer finds more columns while the rows go by.

use super::assemble::value_column;
use super::*;

impl Plan {
    /// A later header row of an importer that knows the columns: columns that are new get a meaning, as far as it is
    /// not taken yet; the others keep theirs.
    pub fn regrow(&mut self, header: &GridRow<'_>) {
        for column in 0..header.cells.len().min(usize::from(Slot::NO_COLUMN)) {
            let title = header.cell(column).unwrap_or("");
            let used = self.columns.get(column).is_some_and(|known| known.role != ColumnRole::Unused);
            if used || self.titles.get(column).is_some_and(|known| !known.is_empty()) {
                continue;
            }
            let mut col = Col::new(column, title, b'h');
            if self.layout != Layout::Wide {
                col.date = None;
            }
            let at = u16::try_from(column).unwrap_or(Slot::NO_COLUMN - 1);
            let taken = |field: Field| self.fixed.iter().any(|(_, other)| *other == field);
            let (role, score, how) = if col.date.is_some() {
                self.values.push(value_column(&col));
                (ColumnRole::Value, 1.0, How::Shape)
            } else if let Some(claim) = col.claim.filter(|claim| self.layout.uses(claim.field) && !taken(claim.field)) {
                self.fixed.push((at, claim.field));
                (ColumnRole::Field(claim.field), claim.score, claim.how)
            } else {
                (ColumnRole::Unused, 0.0, How::None)
            };
            let plan = ColumnPlan {
                column: at,
                title: title.to_owned(),
                role,
                score: score as f32,
                how,
                unit: None,
                has_data: false,
                group: None,
            };
            self.titled += usize::from(!title.is_empty());
            if column < self.columns.len() {
                self.columns[column] = plan;
                title.clone_into(&mut self.titles[column]);
            } else {
                self.columns.push(plan);
                self.titles.push(title.to_owned());
            }
        }
        self.notes.retain(|note| !matches!(note.code, Code::H005 | Code::H010));
        self.note_sessions();
        self.note_unused();
    }

    /// Scores that are numbered have no date, and none is made up.
    pub(super) fn note_sessions(&mut self) {
        let Some(column) = self.column_of(Field::Session) else { return };
        if !matches!(self.layout, Layout::Long | Layout::Log | Layout::Wide) || self.column_of(Field::Date).is_some() {
            return;
        }
        self.notes.push(Note {
            code: Code::H010,
            locator: place::cell(&self.sheet, usize::from(column), self.header_row),
            seen: short(&self.titles[usize::from(column)]),
            expected: String::new(),
            more: 0,
        });
    }

    /// 7 under "Score /10" stays 7: whether a target of 8 is 8 of 10 or 8 % nobody can tell.
    pub(super) fn note_points(&mut self, cols: &[Col]) {
        let points = |col: &&Col| col.norm.unit.as_deref().is_some_and(|unit| unit.starts_with('/'));
        let scored = |col: &&Col| {
            let role = self.columns.get(col.column).map(|column| column.role);
            matches!(role, Some(ColumnRole::Field(Field::Score) | ColumnRole::Value)) && !col.shape.fractions()
        };
        let Some(col) = cols.iter().filter(points).find(scored) else { return };
        let note = Note {
            code: Code::H012,
            locator: place::cell(&self.sheet, col.column, self.header_row),
            seen: short(&col.title),
            expected: String::new(),
            more: 0,
        };
        self.notes.push(note);
    }

    pub(super) fn note_unused(&mut self) {
        const NAMED: usize = 12;
        let unused: Vec<&ColumnPlan> = self
            .columns
            .iter()
            .filter(|column| column.role == ColumnRole::Unused && column.how != How::Profile)
            .filter(|column| !column.title.is_empty() || column.has_data)
            .collect();
        if unused.is_empty() {
            return;
        }
        let named: Vec<String> = unused
            .iter()
            .take(NAMED)
            .map(|column| {
                if column.title.is_empty() {
                    format!("column {}", place::column_letters(usize::from(column.column)))
                } else {
                    format!("\"{}\"", short(&column.title))
                }
            })
            .collect();
        let note = Note {
            code: Code::H005,
            locator: place::row(&self.sheet, self.header_row),
            seen: named.join(", "),
            expected: "titles that are known".to_owned(),
            more: unused.len().saturating_sub(NAMED) as u64,
        };
        self.notes.push(note);
    }
}
