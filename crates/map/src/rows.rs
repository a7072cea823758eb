//! What one row is: the hot path.

use std::sync::LazyLock;

use aimline_model::record::{Fields, Record, Slot};
use aimline_model::staged::Field;

use crate::build::ONE;
use crate::grid::GridRow;
use crate::plan::{ColumnRole, Layout, Plan, ValueColumn};
use crate::shape::trial_mark;
use crate::skip::{self, Label};

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowFate {
    /// So many items were handed over; a row of a wide table may have none.
    Items(u32),
    /// The row of the titles.
    Header,
    /// It stands above the table.
    Context,
    /// It has no filled cell.
    Blank,
    /// It is no data, for this reason.
    Skipped(&'static str),
}

/// One item of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowItem {
    /// The column of the score, in a wide table.
    pub value_column: Option<u16>,
}

/// What a cell is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It is not filled.
    Blank,
    /// A title.
    Header,
    /// It stands above the table.
    Context,
    /// The value of a field; of a score under a date it is [`Field::Score`].
    Value(Field),
    /// It says something about a score beside it, and is no score.
    Attribute,
    /// It is one trial of the row's score.
    Trial,
    /// Its column has no meaning; the column's title is its name.
    Unmapped,
    /// Its row was skipped, for this reason.
    Skipped(&'static str),
}

/// `3/4` by trials and right ones: a record holds texts that live elsewhere.
static FRACTIONS: LazyLock<Vec<Vec<String>>> =
    LazyLock::new(|| (0..=200).map(|all| (0..=all).map(|right| format!("{right}/{all}")).collect()).collect());

/// What a row says of one of its measures only.
const OF_ONE: Fields = Fields::of(&ONE);

enum Part {
    Data,
    Other(RowFate),
}

/// True when most of a row's cells are titles of their columns.
fn repeats(titles: &[String], row: &GridRow<'_>) -> bool {
    let (mut filled, mut equal) = (0, 0);
    for (column, text) in row.filled() {
        filled += 1;
        equal += usize::from(titles.get(column).is_some_and(|title| title.eq_ignore_ascii_case(text)));
    }
    equal * 2 > filled
}

impl ValueColumn {
    /// True when a row has an item of this group of columns.
    fn is_in(&self, row: &GridRow<'_>) -> bool {
        if self.is_total(row) {
            return false;
        }
        let columns = [Some(self.column), self.own_date].into_iter().flatten();
        columns.chain(self.marks.iter().copied()).any(|column| row.cell(usize::from(column)).is_some())
    }

    /// A total of one of several tables beside each other.
    fn is_total(&self, row: &GridRow<'_>) -> bool {
        self.beside.and_then(|column| row.cell(usize::from(column))).is_some_and(|text| skip::label(text).is_some())
    }

    /// The marks of a row as a fraction. A cell that is neither right nor wrong nor empty stands for all of them: it will be
    /// looked at, and nothing is left out of the count.
    fn counted<'r>(&self, row: &GridRow<'r>) -> Option<(&'r str, Option<u16>)> {
        let (mut right, mut all, mut first) = (0, 0, None);
        for column in &self.marks {
            let Some(text) = row.cell(usize::from(*column)) else { continue };
            match trial_mark(text) {
                Some(mark) => {
                    right += usize::from(mark);
                    all += 1;
                }
                None => first = first.or(Some((text, Some(*column)))),
            }
        }
        first.or_else(|| FRACTIONS.get(all)?.get(right).map(|text| (text.as_str(), None)))
    }
}

impl Plan {
    fn part(&self, row: &GridRow<'_>) -> Part {
        let mut filled = row.filled();
        let Some((first, text)) = filled.next() else { return Part::Other(RowFate::Blank) };
        if self.typed {
            if row.is_typed_header() {
                return Part::Other(RowFate::Header);
            }
        } else if row.number <= self.header_row {
            return Part::Other(if row.number < self.header_top { RowFate::Context } else { RowFate::Header });
        }
        if let Some((_, _, reason)) = self.skips.filter(|(from, to, _)| (*from..=*to).contains(&row.number)) {
            return Part::Other(RowFate::Skipped(reason));
        }
        if self.layout == Layout::Text {
            return Part::Other(RowFate::Context);
        }
        // The table beside it may have data where this one has its total.
        let alone = !self.grouped || self.values.iter().all(|value| value.beside.is_none() || !value.is_in(row));
        if let Some(label) = skip::label(text).filter(|_| alone)
            && let Some(reason) = self.total(row, first, label)
        {
            return Part::Other(RowFate::Skipped(reason));
        }
        if self.titles.get(first).is_some_and(|title| title.eq_ignore_ascii_case(text)) && repeats(&self.titles, row)
            || !self.bare.is_empty() && repeats(&self.bare, row)
        {
            return Part::Other(RowFate::Skipped(skip::REPEATED));
        }
        if filled.next().is_none() && self.titled >= 2 && skip::is_note(text) {
            let identity = match self.role_of(first) {
                ColumnRole::Field(field) => field <= Field::BirthDate || matches!(field, Field::Date | Field::Session),
                ColumnRole::Value | ColumnRole::Attribute | ColumnRole::Trial => false,
                ColumnRole::Unused => true,
            };
            if identity {
                return Part::Other(RowFate::Skipped(skip::NOTE));
            }
        }
        Part::Data
    }

    /// Why the row with this label is no data; none when it is data after all.
    fn total(&self, row: &GridRow<'_>, first: usize, label: Label) -> Option<&'static str> {
        // Under a measure, an area or a text "Mean length of utterance" is a value.
        if let ColumnRole::Field(field) = self.role_of(first)
            && !(field <= Field::Grade || matches!(field, Field::Date | Field::Session | Field::GoalNumber))
        {
            return None;
        }
        let says = |field: Field| {
            field <= Field::BirthDate
                || matches!(field, Field::Date | Field::Session | Field::GoalNumber | Field::GoalRef | Field::GoalText)
        };
        let mut places = 0;
        for (column, field) in &self.fixed {
            let column = usize::from(*column);
            if column == first || !says(*field) {
                continue;
            }
            places += 1;
            if row.cell(column).is_some() {
                // Something else says whose row it is, or of which day.
                return match label {
                    Label::Sure(reason) if *field == Field::Date => Some(reason),
                    _ => None,
                };
            }
        }
        match label {
            Label::Sure(reason) => Some(reason),
            Label::Alone(reason) => (places > 0
                || !matches!(self.role_of(first), ColumnRole::Field(Field::StudentName | Field::FirstName)))
            .then_some(reason),
        }
    }

    fn role_of(&self, column: usize) -> ColumnRole {
        self.columns.get(column).map_or(ColumnRole::Unused, |plan| plan.role)
    }

    /// What one row is. `sink` is called once for each item; the record is cleared first.
    pub fn row<'r>(&'r self, row: &GridRow<'r>, record: &mut Record<'r>, mut sink: impl FnMut(&Record<'r>, RowItem)) -> RowFate {
        if let Part::Other(fate) = self.part(row) {
            return fate;
        }
        record.clear();
        record.kind = self.kind;
        let letters = row.letters();
        let kind = |column: u16| letters.get(usize::from(column)).copied().unwrap_or(b't');
        for said in &self.constants {
            record.set(said.field, Slot { text: &said.text, kind: said.kind, column: said.column });
        }
        for &(column, field) in &self.fixed {
            if let Some(text) = row.cell(usize::from(column)) {
                record.set(field, Slot { text, kind: kind(column), column });
            }
        }
        if !matches!(self.layout, Layout::Wide | Layout::Screening) {
            sink(record, RowItem { value_column: None });
            return RowFate::Items(1);
        }
        if self.grouped {
            return self.group_items(row, record, &mut sink);
        }
        let mut items = 0;
        for value in &self.values {
            let Some(text) = row.cell(usize::from(value.column)) else { continue };
            for said in &value.says {
                record.set(said.field, Slot { text: &said.text, kind: said.kind, column: said.column });
            }
            record.set(Field::Score, Slot { text, kind: kind(value.column), column: value.column });
            sink(record, RowItem { value_column: Some(value.column) });
            items += 1;
        }
        RowFate::Items(items)
    }

    /// One item for each group of columns with a score, or with a date of its own.
    fn group_items<'r>(
        &'r self,
        row: &GridRow<'r>,
        record: &mut Record<'r>,
        sink: &mut dyn FnMut(&Record<'r>, RowItem),
    ) -> RowFate {
        let letters = row.letters();
        let slot = |column: u16| {
            let kind = letters.get(usize::from(column)).copied().unwrap_or(b't');
            row.cell(usize::from(column)).map(|text| Slot { text, kind, column })
        };
        let mut items = 0;
        for value in self.values.iter().filter(|value| value.is_in(row)) {
            // What another group has read must not stay.
            record.clear();
            let foreign = |field: Field| value.bare && OF_ONE.has(field);
            for said in self.constants.iter().filter(|said| !foreign(said.field)).chain(&value.says) {
                record.set(said.field, Slot { text: &said.text, kind: said.kind, column: said.column });
            }
            for (column, field) in self.fixed.iter().filter(|(_, field)| !foreign(*field)).chain(&value.reads) {
                if let Some(slot) = slot(*column) {
                    record.set(*field, slot);
                }
            }
            let mut column = value.column;
            if !value.marks.is_empty()
                && let Some((text, at)) = value.counted(row)
            {
                column = at.unwrap_or(column);
                record.set(Field::Score, Slot { text, kind: b't', column: Slot::NO_COLUMN });
            }
            sink(record, RowItem { value_column: Some(column) });
            items += 1;
        }
        if items == 0 { RowFate::Skipped(skip::NO_SCORE) } else { RowFate::Items(items) }
    }

    /// A column of a group that this row has no item of.
    fn is_idle(&self, row: &GridRow<'_>, column: usize) -> bool {
        let reads = |value: &&ValueColumn| value.reads.iter().any(|(other, _)| usize::from(*other) == column);
        let mut groups = self.values.iter().filter(reads).peekable();
        groups.peek().is_some() && groups.all(|value| !value.is_in(row))
    }

    /// What all cells of a row are for that is no data.
    fn role_of_all(&self, row: &GridRow<'_>) -> Option<Role> {
        Some(match self.part(row) {
            Part::Other(RowFate::Header) => Role::Header,
            Part::Other(RowFate::Context) => Role::Context,
            Part::Other(RowFate::Skipped(reason)) => Role::Skipped(reason),
            Part::Other(RowFate::Blank) => Role::Blank,
            Part::Data if self.grouped && !self.values.iter().any(|value| value.is_in(row)) => Role::Skipped(skip::NO_SCORE),
            Part::Other(RowFate::Items(_)) | Part::Data => return None,
        })
    }

    /// What the cells of a column are for in rows with data.
    fn role_in_data(&self, column: usize, idle: bool) -> Role {
        match self.role_of(column) {
            _ if idle => Role::Unmapped,
            ColumnRole::Field(field) => Role::Value(field),
            ColumnRole::Value => Role::Value(Field::Score),
            ColumnRole::Attribute => Role::Attribute,
            ColumnRole::Trial => Role::Trial,
            ColumnRole::Unused => Role::Unmapped,
        }
    }

    /// What a cell of a row is for.
    #[must_use]
    pub fn role(&self, row: &GridRow<'_>, column: usize) -> Role {
        if row.cell(column).is_none() {
            return Role::Blank;
        }
        self.role_of_all(row).unwrap_or_else(|| self.role_in_data(column, self.grouped && self.is_idle(row, column)))
    }

    /// What each filled cell of a row is for; of a row with hundreds of groups this is quicker than cell by cell.
    pub(crate) fn roles(&self, row: &GridRow<'_>, mut sink: impl FnMut(usize, Role)) {
        let all = self.role_of_all(row);
        let groups: &[ValueColumn] = if self.grouped && all.is_none() { &self.values } else { &[] };
        let mut idle = vec![None; if groups.is_empty() { 0 } else { row.cells.len() }];
        for value in groups {
            let out = !value.is_in(row);
            for (column, _) in &value.reads {
                if let Some(idle) = idle.get_mut(usize::from(*column)) {
                    *idle = Some(idle.unwrap_or(true) && out);
                }
            }
        }
        for (column, _) in row.filled() {
            let idle = idle.get(column).copied().flatten().unwrap_or(false);
            sink(column, all.unwrap_or_else(|| self.role_in_data(column, idle)));
        }
    }
}
