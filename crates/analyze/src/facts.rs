//! What is known of measures, goals and plans, keyed by their places in sorted lists.

use crate::config::MonthDay;
use crate::day::{Calendar, Day};
use crate::quantiles::Quantiles;
use aimline_trend::{Mode, Side, Thresholds};
use std::str::FromStr;

/// How a measure is modelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) enum Family {
    #[default]
    Continuous,
    Percent,
    Trials,
    Count,
    Duration,
    Rubric,
    PromptLevel,
    Mastery,
}

impl FromStr for Family {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Ok(match word {
            "continuous" => Self::Continuous,
            "percent" => Self::Percent,
            "trials" => Self::Trials,
            "count" => Self::Count,
            "duration" => Self::Duration,
            "rubric" => Self::Rubric,
            "prompt_level" => Self::PromptLevel,
            "mastery" => Self::Mastery,
            _ => return Err(()),
        })
    }
}

impl Family {
    /// As written in tables.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Continuous => "continuous",
            Self::Percent => "percent",
            Self::Trials => "trials",
            Self::Count => "count",
            Self::Duration => "duration",
            Self::Rubric => "rubric",
            Self::PromptLevel => "prompt_level",
            Self::Mastery => "mastery",
        }
    }

    /// No line is fitted; k of n is all that is judged.
    pub(crate) fn has_no_slope(self) -> bool {
        matches!(self, Self::PromptLevel | Self::Mastery)
    }

    /// The end of the scale in the better direction, where the scale has one.
    pub(crate) fn best(self, worse: Side) -> Option<f64> {
        matches!(self, Self::Percent | Self::Trials).then_some(match worse {
            Side::Below => 100.0,
            Side::Above => 0.0,
        })
    }
}

/// What is measured, whoever the student: facts of measurement and nothing about a child.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Kind {
    /// Name of the measure, in small letters and single blanks.
    pub(crate) name: String,
    pub(crate) unit: String,
    pub(crate) family: Family,
    /// Less is better.
    pub(crate) falls: bool,
}

/// A measure.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Measure {
    pub(crate) key: String,
    pub(crate) goal_key: Option<String>,
    pub(crate) student_key: Option<String>,
    /// Place of its goal.
    pub(crate) goal: Option<u32>,
    pub(crate) family: Family,
    /// The unit itself is per minute.
    pub(crate) per_minute: bool,
    pub(crate) worse: Option<Side>,
    /// Place of what it measures in [`World::kinds`].
    pub(crate) kind: u32,
    /// Number of the form level's label; 0 for none.
    pub(crate) level: u32,
    /// Stated or parsed: value, its date, and which of the two.
    pub(crate) baseline: Option<(f64, Option<Day>, &'static str)>,
    pub(crate) target: Option<f64>,
    pub(crate) target_day: Option<Day>,
    /// k of n.
    pub(crate) criterion: Option<(usize, usize)>,
    /// First days of later phases with the numbers of their labels, sorted.
    pub(crate) changes: Vec<(Day, u32)>,
}

/// An annual goal or an objective.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Goal {
    pub(crate) key: String,
    pub(crate) student_key: Option<String>,
    /// Place of the annual goal above an objective.
    pub(crate) parent: Option<u32>,
    /// Place of the measure that the dataset names.
    pub(crate) primary: Option<u32>,
    /// First day: its own, else its annual goal's, else the plan's.
    pub(crate) begin: Option<Day>,
    /// Last day, likewise.
    pub(crate) end: Option<Day>,
    /// First day of its plan, and the number of the plan that it is or amends.
    pub(crate) plan: Option<(Option<Day>, u32)>,
    /// Place in the list of students.
    pub(crate) student: Option<u32>,
}

/// A plan of a student.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Number of the plan that it is or amends.
    pub(crate) root: u32,
    pub(crate) start: Day,
    pub(crate) end: Option<Day>,
}

/// What is known of a student.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Student {
    pub(crate) plans: Vec<Plan>,
    /// Place of the district's calendar.
    pub(crate) calendar: usize,
}

/// The configuration as the pure part needs it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Settings {
    pub(crate) mode: Mode,
    pub(crate) first_three: bool,
    pub(crate) school_year_end: Option<MonthDay>,
    pub(crate) thresholds: Thresholds,
    pub(crate) kappa: f64,
    pub(crate) ci: f64,
    pub(crate) quantiles: Quantiles,
    pub(crate) stale_days: i32,
    /// Looks in a row that it takes to clear a flag.
    pub(crate) persist: u32,
    /// Least goals of a prior.
    pub(crate) min_stratum: u64,
    /// Name and hash of the rule set.
    pub(crate) ruleset: String,
}

/// All that is known beside the points.
#[derive(Debug, Default)]
pub(crate) struct World {
    /// Sorted by key.
    pub(crate) measures: Vec<Measure>,
    /// Sorted by key.
    pub(crate) goals: Vec<Goal>,
    pub(crate) students: Vec<Student>,
    /// The first is that of students without a district.
    pub(crate) calendars: Vec<Calendar>,
    /// What is measured, in the order of the measures that first name it.
    pub(crate) kinds: Vec<Kind>,
    /// Labels of phases, levels and forms by number; 0 is none.
    pub(crate) labels: Labels,
}

impl World {
    pub(crate) fn student(&self, goal: &Goal) -> Option<&Student> {
        self.students.get(goal.student? as usize)
    }

    pub(crate) fn calendar(&self, goal: Option<&Goal>) -> Option<&Calendar> {
        let place = goal.and_then(|goal| self.student(goal)).map_or(0, |student| student.calendar);
        self.calendars.get(place)
    }
}

/// Numbers for labels, in order of appearance.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    numbers: rustc_hash::FxHashMap<Box<str>, u32>,
    labels: Vec<Box<str>>,
}

impl Labels {
    /// The label's number, from 1 on.
    pub(crate) fn number(&mut self, label: &str) -> u32 {
        if let Some(number) = self.numbers.get(label) {
            return *number;
        }
        self.labels.push(label.into());
        let number = u32::try_from(self.labels.len()).unwrap_or(u32::MAX);
        self.numbers.insert(label.into(), number);
        number
    }

    pub(crate) fn get(&self, number: u32) -> Option<&str> {
        self.labels.get((number as usize).checked_sub(1)?).map(AsRef::as_ref)
    }
}
