//! The plan of a table: its layout, what each column means, and what stands beside it.

use aimline_model::codes::Code;
use aimline_model::staged::{Field, Kind};
use serde::Deserialize;

use crate::context::Context;
use crate::matching::How;
use crate::profile::DateOrder;

/// How the records lie in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Layout {
    /// A row is a data point, and says whose.
    Long,
    /// Dates stand in the header, scores under them.
    Wide,
    /// A row is a student.
    Roster,
    /// A row is a goal.
    GoalList,
    /// A row is a data point of the one student that the tab is about.
    Log,
    /// A row is a student's assessment on a day; each column of scores is a measure, and there are no goals.
    Screening,
    /// A row is a student's score in one assessment, which the row or a profile names, and there are no goals.
    Assessments,
    /// A row is a progress report on a goal.
    Reports,
    /// No table: titles and remarks only. All cells are context.
    #[serde(skip)]
    Text,
}

impl Layout {
    /// Its name, as in a profile.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Long => "long",
            Self::Wide => "wide",
            Self::Roster => "roster",
            Self::GoalList => "goal_list",
            Self::Log => "log",
            Self::Screening => "screening",
            Self::Assessments => "assessments",
            Self::Reports => "reports",
            Self::Text => "text",
        }
    }

    pub(crate) fn kind(self) -> Kind {
        match self {
            Self::Long | Self::Wide | Self::Log | Self::Screening | Self::Assessments | Self::Text => Kind::Point,
            Self::Roster => Kind::Student,
            Self::Reports => Kind::Report,
            Self::GoalList => Kind::Goal,
        }
    }

    /// True when a record of this layout has a use for the field in a column of its own.
    pub(crate) fn uses(self, field: Field) -> bool {
        let who_and_where = field <= Field::HasIep;
        let goal = field >= Field::GoalRef && field <= Field::Criterion;
        match self {
            Self::Roster => who_and_where,
            Self::GoalList => field <= Field::Direction,
            Self::Long | Self::Log => who_and_where || goal || (field >= Field::Measure && field <= Field::Note),
            Self::Wide => {
                !matches!(field, Field::Date | Field::Session | Field::Score | Field::Correct | Field::Trials)
                    && (who_and_where || goal || (field >= Field::Measure && field <= Field::Note))
            }
            // "Assessment" names the whole test; what is measured is the title of each column.
            Self::Screening => who_and_where || field == Field::Date || field == Field::Form || field == Field::Note,
            Self::Assessments => who_and_where || (field >= Field::Measure && field <= Field::Note),
            Self::Reports => {
                who_and_where || goal || field == Field::Date || (field >= Field::ReportDate && field <= Field::Description)
            }
            Self::Text => false,
        }
    }
}

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnRole {
    /// It holds this field.
    Field(Field),
    /// Its title is a date or a period, its cells are scores.
    Value,
    /// It says something about a score beside it, such as a percentile, and is no score.
    Attribute,
    /// Its cells are marks of single trials; those of a row are one score.
    Trial,
    /// It is not used.
    Unused,
}

/// What is known of a column.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnPlan {
    /// 0 is A.
    pub column: u16,
    /// The title as typed; empty when there is none.
    pub title: String,
    /// What it is for.
    pub role: ColumnRole,
    /// How sure that is, 0 to 1.
    pub score: f32,
    /// How it was found.
    pub how: How,
    /// The unit that the title names.
    pub unit: Option<String>,
    /// Has a filled cell among the first rows.
    pub has_data: bool,
    /// The group of columns that it belongs to, by its period and measure: `Fall Letter Sounds`.
    pub group: Option<String>,
}

/// Something about a planned sheet that is worth knowing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it is.
    pub code: Code,
    /// Sheet and row.
    pub locator: String,
    /// What stood there.
    pub seen: String,
    /// What would be used.
    pub expected: String,
    /// How many more columns there are than are named.
    pub more: u64,
}

/// Why a sheet cannot be used. Its rows are quarantined with this code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} {locator}: {seen}; expected {expected}", code.id())]
pub struct Stop {
    /// H001, H002, H003, H006 or H007.
    pub code: Code,
    /// Sheet and row or cell.
    pub locator: String,
    /// What stood there.
    pub seen: String,
    /// What was expected.
    pub expected: String,
    /// What to do.
    pub help: String,
    /// The row of the titles and the titles, where they were found.
    pub header: Option<Box<(u64, Vec<String>)>>,
}

/// A text that each record of the table gets.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) field: Field,
    pub(crate) text: String,
    pub(crate) kind: u8,
    pub(crate) column: u16,
}

/// A column of scores, and what its header says about them.
#[derive(Debug, Clone)]
pub(crate) struct ValueColumn {
    pub(crate) column: u16,
    pub(crate) says: Vec<Said>,
    /// In a group of columns: what the group's cells of a row hold, the score among them.
    pub(crate) reads: Vec<(u16, Field)>,
    /// A filled cell of this column is an occasion, even without a score.
    pub(crate) own_date: Option<u16>,
    /// The first column of a table beside others, which says whose row it is: a total there is this table's alone.
    pub(crate) beside: Option<u16>,
    /// The score is counted from the marks in these columns.
    pub(crate) marks: Vec<u16>,
    /// A target, a baseline or a unit of the row is that of another column.
    pub(crate) bare: bool,
}

/// How a table becomes records.
#[derive(Debug, Clone)]
pub struct Plan {
    pub(crate) layout: Layout,
    pub(crate) kind: Kind,
    pub(crate) header_row: u64,
    /// The first row of titles, where there are several.
    pub(crate) header_top: u64,
    /// The last row of titles as it stands, where there are several; else nothing.
    pub(crate) bare: Vec<String>,
    /// The importer knew the columns and sent the header itself.
    pub(crate) typed: bool,
    pub(crate) columns: Vec<ColumnPlan>,
    /// Titles of all columns, by position.
    pub(crate) titles: Vec<String>,
    /// How many columns have a title.
    pub(crate) titled: usize,
    pub(crate) fixed: Vec<(u16, Field)>,
    pub(crate) values: Vec<ValueColumn>,
    /// The values stand in groups of columns.
    pub(crate) grouped: bool,
    pub(crate) constants: Vec<Said>,
    pub(crate) context: Vec<Context>,
    pub(crate) notes: Vec<Note>,
    pub(crate) date_order: Option<DateOrder>,
    pub(crate) sheet: String,
    /// Rows that are no data, the first and the last, with the reason.
    pub(crate) skips: Option<(u64, u64, &'static str)>,
    /// The last row that was looked at for other tables below; none when all were.
    pub(crate) looked_to: Option<u64>,
    /// Tables further down on the sheet.
    pub(crate) later: Vec<Region>,
}

/// A table further down on a sheet: it begins with this row.
#[derive(Debug, Clone)]
pub(crate) struct Region {
    pub(crate) from: u64,
    pub(crate) plan: Result<Plan, Stop>,
}

impl Plan {
    /// How the records lie.
    #[must_use]
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// All columns, from A on.
    #[must_use]
    pub fn columns(&self) -> &[ColumnPlan] {
        &self.columns
    }

    /// The column of a field.
    #[must_use]
    pub fn column_of(&self, field: Field) -> Option<u16> {
        self.fixed.iter().find(|(_, other)| *other == field).map(|(column, _)| *column)
    }

    /// The table that a row belongs to, this one or one further down on the sheet, with its first row; 0 for this one.
    ///
    /// # Errors
    /// When that table cannot be used.
    #[inline]
    pub fn at(&self, row: u64) -> Result<(u64, &Self), &Stop> {
        if self.later.is_empty() {
            return Ok((0, self));
        }
        match self.later.iter().rev().find(|region| region.from <= row) {
            Some(region) => region.plan.as_ref().map(|plan| (region.from, plan)),
            None => Ok((0, self)),
        }
    }

    /// All tables of the sheet that can be used.
    pub fn tables(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(self.later.iter().filter_map(|region| region.plan.as_ref().ok()))
    }

    /// Why other tables of the sheet cannot be used.
    pub fn stops(&self) -> impl Iterator<Item = &Stop> {
        self.later.iter().filter_map(|region| region.plan.as_ref().err())
    }

    /// The column of a field of one item: of its group of columns, if it has one.
    #[must_use]
    pub fn column_in(&self, value_column: Option<u16>, field: Field) -> Option<u16> {
        let value = self.values.iter().find(|value| Some(value.column) == value_column);
        let own = value.and_then(|value| value.reads.iter().find(|(_, other)| *other == field)).map(|(column, _)| *column);
        own.or_else(|| self.column_of(field))
    }

    /// True when titles of scores say this field, or groups of columns have one each: then it differs within a row.
    #[must_use]
    pub fn titles_say(&self, field: Field) -> bool {
        self.values.iter().any(|value| {
            value.says.iter().any(|said| said.field == field) || value.reads.iter().any(|(_, other)| *other == field)
        })
    }

    /// What stands beside the table: used texts with their fields, and titles that mean nothing.
    #[must_use]
    pub fn context(&self) -> &[Context] {
        &self.context
    }

    /// What is worth knowing about the sheet.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// What its records are about.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The row of the titles; 0 when there is none.
    #[must_use]
    pub fn header_row(&self) -> u64 {
        self.header_row
    }

    /// The order of the parts of dates, when a profile says it.
    #[must_use]
    pub fn date_order(&self) -> Option<DateOrder> {
        self.date_order
    }
}
