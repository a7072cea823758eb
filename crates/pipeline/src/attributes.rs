//! What mentions say beside their identity: the cells of the canonical tables, before they have a key.

use aimline_normalize::score::Form;
use aimline_normalize::sentence::GoalNumbers;
use aimline_normalize::units::Unit;
use chrono::NaiveDate;

/// Of a student in a school year.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct StudentFacts {
    pub school_year: Option<String>,
    pub district: Option<String>,
    pub school: Option<String>,
    pub grade: Option<String>,
    pub case_manager: Option<String>,
    pub disability: Option<String>,
    pub placement: Option<String>,
    pub alternate: Option<bool>,
    pub entry: Option<NaiveDate>,
    pub exit: Option<NaiveDate>,
    pub exit_code: Option<String>,
    /// A roster row or a form, and not a row of scores.
    pub in_full: bool,
}

/// Of a plan.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct PlanFacts {
    pub iep_type: Option<String>,
    pub meeting: Option<NaiveDate>,
    pub previous_review: Option<NaiveDate>,
    pub evaluation: Option<NaiveDate>,
    pub reevaluation_due: Option<NaiveDate>,
    pub annual_review_due: Option<NaiveDate>,
    pub amendment_date: Option<NaiveDate>,
    pub schedule_raw: Option<String>,
    pub schedule_choices: i64,
    pub esy: Option<String>,
    pub objectives_place: Option<String>,
    pub sections_amended: Option<String>,
}

/// Of a goal.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct GoalFacts {
    pub number: Option<String>,
    pub area: Option<String>,
    pub statement: Option<String>,
    pub begin: Option<NaiveDate>,
    pub end: Option<NaiveDate>,
    pub methods: Option<String>,
    pub transition_domains: Option<String>,
    pub status: Option<String>,
}

/// Of a measure.
#[derive(Debug, Clone, Default)]
pub(crate) struct MeasureFacts {
    pub name: Option<String>,
    pub unit_raw: Option<String>,
    pub level: Option<String>,
    pub direction: Option<String>,
    pub baseline: Option<(String, u8)>,
    pub baseline_date: Option<NaiveDate>,
    pub target: Option<(String, u8)>,
    pub target_date: Option<NaiveDate>,
    pub criterion: Option<String>,
    pub statement: Option<String>,
    pub numbers: Option<GoalNumbers>,
    pub forms: Forms,
}

/// How the scores of a measure were written, counted; and the first unit that stood in a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Forms {
    pub number: u64,
    pub percent: u64,
    pub trials: u64,
    pub duration: u64,
    pub with_minutes: u64,
    pub unit: Option<&'static Unit>,
}

impl Forms {
    pub(crate) fn count(&mut self, form: Form) {
        match form {
            Form::Number => self.number += 1,
            Form::Percent => self.percent += 1,
            Form::Trials => self.trials += 1,
            Form::Duration => self.duration += 1,
            Form::Mark => {}
        }
    }

    pub(crate) fn scored(&self) -> u64 {
        self.number + self.percent + self.trials + self.duration
    }

    /// The unit that most scores show by how they are written; none for plain numbers.
    pub(crate) fn unit_name(&self) -> Option<&'static str> {
        if let Some(unit) = self.unit {
            return Some(unit.name);
        }
        let most = self.number.max(self.percent).max(self.trials).max(self.duration);
        if most == 0 || most == self.number {
            None
        } else if most == self.trials {
            Some("trials")
        } else if most == self.percent {
            Some("percent")
        } else {
            Some("seconds")
        }
    }
}
