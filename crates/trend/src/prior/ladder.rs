//! Which prior carries a goal: the fallback ladder.

use super::Prior;

/// Where a goal's prior comes from, the nearest first. Below the last, the goal's own data stand alone (`no_prior`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rung {
    /// Measure, unit, family and grade of the material.
    Stratum,
    /// The measure, all grades.
    Measure,
    /// The family.
    Family,
}

impl Rung {
    /// As written in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stratum => "stratum",
            Self::Measure => "measure",
            Self::Family => "family",
        }
    }
}

/// The first rung whose prior carries: fitted on at least `min_goals` goals (200 unless there is a reason), and with a spread
/// above 0: a spread of 0 would give all goals the same slope, whatever their data. `None`: own data.
pub fn choose<'a>(rungs: impl IntoIterator<Item = (Rung, Option<&'a Prior>)>, min_goals: u64) -> Option<(Rung, &'a Prior)> {
    let mut carrying = rungs.into_iter().filter_map(|(rung, prior)| Some((rung, prior?)));
    carrying.find(|(_, prior)| prior.goals >= min_goals && prior.spread_square > 0.0)
}
