//! Who is who: mentions of students, plans, goals and measures become entities with keys.
//!
//! A *mention* is what one source says of somebody or something, typed but not yet identified. An *entity* is what all
//! mentions of the same child, plan, goal or measure come to. The steps run from the strongest identity to the weakest,
//! each in the byte order of what it compares, so that the order of files never matters. What fits more than one entity
//! is left unmatched with its candidates; nothing is ever decided by being first.
#![forbid(unsafe_code)]

mod area;
mod few;
mod goals;
mod measures;
mod mention;
mod mint;
mod plans;
mod students;
mod vague;

pub use area::area_of;
pub use goals::{GoalEntity, GoalFound, Goals, resolve_goals};
pub use measures::{MeasureEntity, Measures, Owner, resolve_measures};
pub use mention::{Attributes, GoalMention, IdColumn, MeasureMention, Number, PlanMention, StudentMention};
pub use mint::{Identity, Register, key_text};
pub use plans::{PlanEntity, Plans, resolve_plans};
pub use students::{StudentEntity, Students, resolve_students};

/// How a mention was found, or why it was not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// By the state's id.
    StateId,
    /// By the district's id.
    LocalId,
    /// By an id that has lost its leading zeros, and fits one child only.
    LostZeros,
    /// By the source's own reference.
    Reference,
    /// By name and birth date.
    NameBirth,
    /// By a name that only one student has.
    Name,
    /// By the goal's number.
    GoalNumber,
    /// By what is measured.
    Measure,
    /// By the goal's area.
    Area,
    /// By the goal's sentence.
    Statement,
    /// By the plan that the mention itself stands in.
    Plan,
    /// A person said so.
    Chosen,
    /// It is the first of its kind.
    New,
    /// The id is one child's, the name or birth date another's.
    Contradicted,
    /// More than one fits.
    Several,
    /// None fits, and it says too little to be new.
    None,
}

impl Rule {
    /// Its word in the `links` table.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::StateId => "state_id",
            Self::LocalId => "local_id",
            Self::LostZeros => "id_without_zeros",
            Self::Reference => "reference",
            Self::NameBirth => "name_and_birth_date",
            Self::Name => "name",
            Self::GoalNumber => "goal_number",
            Self::Measure => "measure",
            Self::Area => "area",
            Self::Statement => "statement",
            Self::Plan => "plan",
            Self::Chosen => "chosen",
            Self::New => "new",
            Self::Contradicted => "contradicted",
            Self::Several => "more_than_one",
            Self::None => "none",
        }
    }
}

/// What a mention came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Number of the entity; none when unmatched.
    pub entity: Option<usize>,
    /// How, or why not.
    pub rule: Rule,
    /// Entities that fit equally well, when there are several.
    pub candidates: Vec<usize>,
}

impl Found {
    fn one(entity: usize, rule: Rule) -> Self {
        Self { entity: Some(entity), rule, candidates: Vec::new() }
    }

    fn several(candidates: Vec<usize>) -> Self {
        Self { entity: None, rule: Rule::Several, candidates }
    }

    fn none() -> Self {
        Self { entity: None, rule: Rule::None, candidates: Vec::new() }
    }
}
