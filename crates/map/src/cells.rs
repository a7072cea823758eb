//! Where each filled cell of a sheet went, counted so that it adds up.

use std::collections::BTreeMap;

use aimline_model::record::Record;
use aimline_model::staged::Field;

use crate::grid::GridRow;
use crate::plan::{ColumnRole, Plan, Stop};
use crate::rows::{Role, RowFate};

/// The filled cells of a sheet by what became of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells {
    /// All filled cells.
    pub filled: u64,
    /// Titles.
    pub titles: u64,
    /// Cells above the table, or of a sheet that has none.
    pub above: u64,
    /// Cells of rows with data, by column.
    pub columns: Vec<u64>,
    /// Of these, cells of a group of columns in rows where that group has no score.
    pub idle: Vec<u64>,
    /// Skipped rows by their reason: rows, and their cells.
    pub skipped: BTreeMap<&'static str, (u64, u64)>,
    /// Cells of a sheet that was stopped.
    pub stopped: u64,
    /// Rows with data.
    pub rows: u64,
    /// What they hold: data points, students, goals, reports.
    pub items: u64,
}

/// The cells of the columns, by what the columns are for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Uses {
    /// In columns that are used.
    pub used: u64,
    /// Beside a score and no score, such as percentiles.
    pub attributes: u64,
    /// In columns that are not used.
    pub unused: u64,
    /// In a group of columns without a score in their row.
    pub idle: u64,
}

/// The filled cells of all tables of a sheet, by the row in which each begins; 0 for the first one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetCells {
    /// The tables.
    pub tables: BTreeMap<u64, Cells>,
}

impl SheetCells {
    /// Counts a row of a sheet; without a plan its cells wait.
    pub fn see(&mut self, plan: Option<&Plan>, row: &GridRow<'_>) {
        let Some(plan) = plan else {
            let cells = self.tables.entry(0).or_default();
            let filled = row.filled().count() as u64;
            cells.filled += filled;
            cells.stopped += filled;
            return;
        };
        let parts = plan.parts();
        let part = parts.iter().rev().find(|part| part.from <= row.number).or_else(|| parts.first());
        let table = parts.iter().rev().find(|part| part.from <= row.number && !part.label).map_or(0, |part| part.from);
        if let Some(part) = part {
            self.tables.entry(table).or_default().see(part.plan, row);
        }
    }

    /// All filled cells of the sheet.
    #[must_use]
    pub fn filled(&self) -> u64 {
        self.tables.values().map(|cells| cells.filled).sum()
    }
}

/// A part of a sheet from a row on.
#[derive(Debug, Clone, Copy)]
pub struct SheetPart<'a> {
    /// Its first row; 0 for the first one.
    pub from: u64,
    /// How it is read, or why it is not.
    pub plan: Result<&'a Plan, &'a Stop>,
    /// No table of its own: a row such as `Goal 2` among the rows of the table above, and what follows.
    pub label: bool,
}

impl Cells {
    fn see(&mut self, plan: Result<&Plan, &Stop>, row: &GridRow<'_>) {
        let filled = row.filled().count() as u64;
        self.filled += filled;
        let Ok(plan) = plan else {
            self.stopped += filled;
            return;
        };
        let mut record = Record::new(plan.kind());
        match plan.row(row, &mut record, |_, _| {}) {
            RowFate::Items(items) => {
                self.rows += 1;
                self.items += u64::from(items);
            }
            RowFate::Skipped(reason) => self.skipped.entry(reason).or_default().0 += 1,
            RowFate::Header | RowFate::Context | RowFate::Blank => {}
        }
        plan.roles(row, |column, role| match role {
            Role::Blank => {}
            Role::Header => self.titles += 1,
            Role::Context => self.above += 1,
            Role::Skipped(reason) => self.skipped.entry(reason).or_default().1 += 1,
            Role::Value(_) | Role::Attribute | Role::Trial => *at(&mut self.columns, column) += 1,
            Role::Unmapped => {
                *at(&mut self.columns, column) += 1;
                if plan.columns().get(column).is_some_and(|known| known.role != ColumnRole::Unused) {
                    *at(&mut self.idle, column) += 1;
                }
            }
        });
    }

    /// The cells of rows with data, by the use of their columns.
    #[must_use]
    pub fn uses(&self, plan: &Plan) -> Uses {
        let mut uses = Uses::default();
        for (column, count) in self.columns.iter().enumerate() {
            let idle = self.idle.get(column).copied().unwrap_or(0);
            uses.idle += idle;
            match plan.columns().get(column).map_or(ColumnRole::Unused, |known| known.role) {
                ColumnRole::Field(_) | ColumnRole::Value | ColumnRole::Trial => uses.used += count - idle,
                ColumnRole::Attribute => uses.attributes += count - idle,
                ColumnRole::Unused => uses.unused += count - idle,
            }
        }
        uses
    }

    /// All that has been accounted for; this is [`Cells::filled`].
    #[must_use]
    pub fn sum(&self) -> u64 {
        let skipped: u64 = self.skipped.values().map(|(_, cells)| cells).sum();
        self.titles + self.above + self.columns.iter().sum::<u64>() + skipped + self.stopped
    }
}

fn at(list: &mut Vec<u64>, column: usize) -> &mut u64 {
    if list.len() <= column {
        list.resize(column + 1, 0);
    }
    &mut list[column]
}

impl Plan {
    /// What the title of a column of scores says about them: the date, the measure, the unit.
    #[must_use]
    pub fn said_by(&self, column: usize) -> Vec<(Field, &str)> {
        let value = self.values.iter().find(|value| usize::from(value.column) == column);
        value.map_or_else(Vec::new, |value| value.says.iter().map(|said| (said.field, said.text.as_str())).collect())
    }

    /// The parts of the sheet, from the first row on.
    #[must_use]
    pub fn parts(&self) -> Vec<SheetPart<'_>> {
        let first = SheetPart { from: 0, plan: Ok(self), label: false };
        let later = self.later.iter().map(|region| {
            let plan = region.plan.as_ref();
            let label = plan.is_ok_and(|plan| plan.header_top > plan.header_row);
            SheetPart { from: region.from, plan, label }
        });
        std::iter::once(first).chain(later).collect()
    }

    /// The rows of the titles, the first and the last; none when the importer knew the columns, or there are no titles.
    #[must_use]
    pub fn title_rows(&self) -> Option<(u64, u64)> {
        (!self.typed && self.header_row > 0).then_some((self.header_top, self.header_row))
    }
}
