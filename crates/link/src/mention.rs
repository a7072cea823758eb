//! What one source says of a student, plan, goal or measure: typed, not yet identified.

use chrono::NaiveDate;

/// Where a mention was first seen, and how many items carry it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attributes {
    /// Number of the source in the order of paths.
    pub source: usize,
    /// Place of its first item, in the user's words.
    pub locator: String,
    /// Number of items.
    pub n_items: i64,
}

/// The column that an id of undecided kind stands in: what kind it holds is decided per column.
pub type IdColumn = (usize, u32, u16);

/// What a source says of a student.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StudentMention {
    /// First place and count.
    pub at: Attributes,
    /// The source's own global reference.
    pub reference: Option<String>,
    /// State id.
    pub state_id: Option<String>,
    /// District's id.
    pub local_id: Option<String>,
    /// An id whose kind its column has to decide.
    pub any_id: Option<(IdColumn, String)>,
    /// Family name, as typed.
    pub last_name: Option<String>,
    /// Given name, as typed.
    pub first_name: Option<String>,
    /// Middle name, as typed.
    pub middle_name: Option<String>,
    /// Folded name for comparing; empty when there is none.
    pub name_key: String,
    /// Birth date.
    pub birth_date: Option<NaiveDate>,
    /// District that the row names; empty when it names none.
    pub district: String,
    /// True when it stands on a roster.
    pub roster: bool,
    /// What a roster or the row's own column says about an IEP; only an explicit no is `Some(false)`.
    pub has_iep: Option<bool>,
}

/// What a source says of a plan.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlanMention {
    /// First place and count.
    pub at: Attributes,
    /// Student mention that it belongs to.
    pub student: usize,
    /// True for an amendment.
    pub amendment: bool,
    /// First day on which this version counts.
    pub effective_from: Option<NaiveDate>,
    /// First day.
    pub start: Option<NaiveDate>,
    /// Last day, included.
    pub end: Option<NaiveDate>,
}

/// A goal's number or id, normalized: letters folded, leading zeros and the word "goal" gone.
pub type Number = String;

/// What a source says of a goal.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GoalMention {
    /// First place and count.
    pub at: Attributes,
    /// Student mention that it belongs to.
    pub student: usize,
    /// Plan mention that it stands in.
    pub plan: Option<usize>,
    /// Goal mention above it, for an objective.
    pub parent: Option<usize>,
    /// Number or id; empty when there is none.
    pub number: Number,
    /// Folded area; empty when there is none.
    pub area: String,
    /// Folded sentence; empty when there is none.
    pub statement: String,
    /// Folded name of the measure, and its unit: the last resort of an identity.
    pub measure: String,
    /// Unit of the measure.
    pub unit: Option<&'static str>,
    /// School year of its items, named by the year in which it ends; 0 when it has no date.
    pub school_year: i32,
    /// First and last day of its items.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// True when its rows are skipped, because the student has no IEP: such a mention makes no goal.
    pub skipped: bool,
    /// True when the source defines the goal (a form, a goal list) and does not only score it.
    pub defines: bool,
}

/// What a source says of a measure.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MeasureMention {
    /// First place and count.
    pub at: Attributes,
    /// Student mention that it belongs to.
    pub student: usize,
    /// Goal mention that it belongs to; none for a screening.
    pub goal: Option<usize>,
    /// True when its rows are skipped, because the student has no IEP.
    pub skipped: bool,
    /// Folded name; empty when there is none.
    pub name: String,
    /// Canonical unit.
    pub unit: Option<&'static str>,
    /// True when a target is stated with it.
    pub has_target: bool,
    /// Scored items.
    pub scored: i64,
}
