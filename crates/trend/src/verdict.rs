//! The one status of a goal, by precedence.

use crate::position::{Position, Side};
use crate::posterior::Probabilities;
use crate::rules::Limits;
use crate::status::Status;

/// What the later verdicts rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// The probabilities, from the goal's own data and what its stratum says of such goals; where no prior carries the goal, from
    /// its own data.
    Posterior,
    /// The probabilities, from the goal's own data alone.
    OwnData,
    /// The classical rules only, for districts that must follow NCII's wording.
    Classical,
}

impl Mode {
    /// As written in the `mode` column.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Posterior => "posterior",
            Self::OwnData => "own_data",
            Self::Classical => "classical",
        }
    }
}

/// The probabilities at which a verdict is given, and the minimums.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// Least p_neg for `Regressing`: 0.90.
    pub gamma_regress: f64,
    /// Least p_stall for `Stalled`: 0.80.
    pub gamma_stall: f64,
    /// Least p_slow for `Slow`: 0.90.
    pub gamma_slow: f64,
    /// Largest p_slow for `Ahead`: 0.10.
    pub gamma_ahead: f64,
    /// Least p_goal for `OnTrack`: 0.80.
    pub gamma_on: f64,
    /// Points and weeks.
    pub limits: Limits,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            gamma_regress: 0.90,
            gamma_stall: 0.80,
            gamma_slow: 0.90,
            gamma_ahead: 0.10,
            gamma_on: 0.80,
            limits: Limits::default(),
        }
    }
}

/// All that a status depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StatusInput {
    /// What the later verdicts rest on.
    pub mode: Mode,
    /// Target on the wrong side of the baseline, x_g <= x_b, units that do not agree, or direction unknown.
    pub invalid_goal: bool,
    /// There is a target and a date for it.
    pub has_target: bool,
    /// Analysis points of the primary measure, in all segments.
    pub n_points: usize,
    /// [`crate::level_met`], or mastery by k of n.
    pub met: bool,
    /// No slope is fitted: the session axis, prompt levels, mastery. What is not met is then uncertain.
    pub no_slope: bool,
    /// There is a baseline, whether stated, parsed or of the first three points.
    pub has_baseline: bool,
    /// The configuration allows the first three points to be the baseline.
    pub first_three: bool,
    /// The measure has no room left.
    pub ceiling: bool,
    /// The last point is too old.
    pub stale: bool,
    /// Analysis points of the current segment, baseline probes included.
    pub n: usize,
    /// Weeks from the current segment's first point to its last.
    pub span_weeks: f64,
    /// The target is the baseline: needed slope 0, never stalled, slow or ahead.
    pub maintenance: bool,
    /// The worse side.
    pub worse: Side,
    /// From the current segment; `None` below 3 points, or without a line.
    pub probabilities: Option<Probabilities>,
    /// The 4-point rule.
    pub rule_4pt: Position,
    /// The trend rule by least squares.
    pub rule_trend: Position,
}

/// The first status that applies.
///
/// In classical mode the probabilities are not looked at: stalled is the 4-point rule on the worse side, or from the trend
/// rule's minimum on (8 points) the trend on the worse side; ahead is the 4-point rule on the better side; on track is a trend
/// that is not on the worse side; there is no slow, and regressing is what stalled would be for a maintenance goal.
pub fn status(input: &StatusInput, thresholds: &Thresholds) -> Status {
    if input.invalid_goal {
        Status::InvalidGoal
    } else if !input.has_target {
        Status::NoTarget
    } else if input.n_points == 0 {
        Status::NoData
    } else if input.met {
        Status::Met
    } else if input.no_slope {
        Status::Uncertain
    } else if !input.has_baseline && !input.first_three && input.n_points >= 3 {
        Status::NoBaseline
    } else if input.ceiling {
        Status::Ceiling
    } else if input.stale {
        Status::Stale
    } else if !input.has_baseline {
        Status::Insufficient
    } else {
        match input.mode {
            Mode::Posterior | Mode::OwnData => from_probabilities(input, thresholds),
            Mode::Classical => from_rules(input, thresholds),
        }
    }
}

fn from_probabilities(input: &StatusInput, thresholds: &Thresholds) -> Status {
    let enough = thresholds.limits.own_suffices(input.n, input.span_weeks);
    let Some(p) = input.probabilities.filter(|_| enough) else { return Status::Insufficient };
    let progress = !input.maintenance;
    if p.p_neg >= thresholds.gamma_regress {
        Status::Regressing
    } else if progress && p.p_stall >= thresholds.gamma_stall {
        Status::Stalled
    } else if progress && p.p_slow >= thresholds.gamma_slow {
        Status::Slow
    } else if progress && input.rule_4pt.is(input.worse.opposite()) && p.p_slow <= thresholds.gamma_ahead {
        Status::Ahead
    } else if p.p_goal >= thresholds.gamma_on {
        Status::OnTrack
    } else {
        Status::Uncertain
    }
}

fn from_rules(input: &StatusInput, thresholds: &Thresholds) -> Status {
    if !thresholds.limits.points_suffice(input.n, input.span_weeks) {
        return Status::Insufficient;
    }
    let trend = if input.n >= thresholds.limits.min_trend { input.rule_trend } else { Position::Insufficient };
    let fired = input.rule_4pt.is(input.worse) || trend.is(input.worse);
    match (fired, input.maintenance) {
        (true, true) => Status::Regressing,
        (true, false) => Status::Stalled,
        (false, false) if input.rule_4pt.is(input.worse.opposite()) => Status::Ahead,
        _ if trend != Position::Insufficient => Status::OnTrack,
        _ => Status::Uncertain,
    }
}
