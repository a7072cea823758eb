//! The classical rules: the last points, or the trend, against the aimline.

use crate::aimline::Aimline;
use crate::median::median3;
use crate::position::{Position, Side};

/// How many points, over how many weeks, a rule asks for. Both are of the current segment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// For the point rules and the median of three: 6.
    pub min_points: usize,
    /// For the same: 3.
    pub min_weeks_points: f64,
    /// For the trend rules: 8.
    pub min_trend: usize,
    /// For the same: 4.
    pub min_weeks_trend: f64,
    /// For the verdicts from the goal's own data: 6.
    pub min_own: usize,
    /// For the same: 3.
    pub min_weeks_own: f64,
}

impl Default for Limits {
    /// NCII's and NCSPM's published minimums.
    fn default() -> Self {
        Self { min_points: 6, min_weeks_points: 3.0, min_trend: 8, min_weeks_trend: 4.0, min_own: 6, min_weeks_own: 3.0 }
    }
}

impl Limits {
    /// Enough for the point rules.
    pub fn points_suffice(&self, n: usize, span_weeks: f64) -> bool {
        n >= self.min_points && spans(span_weeks, self.min_weeks_points)
    }

    /// Enough for the trend rules.
    pub fn trend_suffices(&self, n: usize, span_weeks: f64) -> bool {
        n >= self.min_trend && spans(span_weeks, self.min_weeks_trend)
    }

    /// Enough for the verdicts from the goal's own data.
    pub fn own_suffices(&self, n: usize, span_weeks: f64) -> bool {
        n >= self.min_own && spans(span_weeks, self.min_weeks_own)
    }
}

/// A difference of two sevenths of days may fall a rounding short of whole weeks; a day is 0.14 weeks.
fn spans(weeks: f64, at_least: f64) -> bool {
    weeks >= at_least - 1e-6
}

/// What the point rules look at: the rule points of the current segment, in order of x, and the aimline.
#[derive(Clone, Copy, Debug)]
pub struct RulePoints<'a> {
    x: &'a [f64],
    y: &'a [f64],
    aimline: Aimline,
    n: usize,
    span_weeks: f64,
}

/// One point that a rule looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Time in weeks.
    pub x: f64,
    /// The value.
    pub y: f64,
    /// The aimline there; `None` before the baseline.
    pub aim: Option<f64>,
    /// The value's position; `Insufficient` before the baseline.
    pub position: Position,
}

/// A rule's answer with its evidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// The literal position.
    pub position: Position,
    /// Points of the current segment.
    pub n: usize,
    /// Weeks from its first point to its last.
    pub span_weeks: f64,
    /// How many of the last rule points were looked at ([`RulePoints::last`] gives them); 0 of a trend rule or `Insufficient`.
    pub looked: usize,
    /// What was compared: the last value, the median of three, or the slope. `None` when `Insufficient`.
    pub value: Option<f64>,
    /// With what: the aimline at the last point, or the needed slope. `None` when `Insufficient`.
    pub aim: Option<f64>,
}

impl<'a> RulePoints<'a> {
    /// The rule points (baseline probes left out), x ascending; of slices of different length the shorter counts. `n` and
    /// `span_weeks` are those of the whole current segment, which the minimums are held against.
    pub fn new(x: &'a [f64], y: &'a [f64], aimline: Aimline, n: usize, span_weeks: f64) -> Self {
        let len = x.len().min(y.len());
        Self { x: x.get(..len).unwrap_or_default(), y: y.get(..len).unwrap_or_default(), aimline, n, span_weeks }
    }

    /// The last `k` points, the latest first.
    pub fn last(&self, k: usize) -> impl Iterator<Item = Look> + '_ {
        self.x.iter().zip(self.y).rev().take(k).map(|(&x, &y)| {
            let aim = self.aimline.at(x);
            Look { x, y, aim, position: aim.map_or(Position::Insufficient, |aim| Position::of(y, aim)) }
        })
    }

    fn answer(&self, position: Position, looked: usize, value: f64, aim: Option<f64>) -> Answer {
        if position == Position::Insufficient {
            return insufficient(self.n, self.span_weeks);
        }
        Answer { position, n: self.n, span_weeks: self.span_weeks, looked, value: Some(value), aim }
    }

    /// The k-point rule (NCSPM, NCII): the position that all of the last `k` points share, else `Mixed`. `Insufficient` when
    /// the segment is too short, or there are fewer than `k` rule points (or k is 0).
    pub fn k_point(&self, k: usize, limits: &Limits) -> Answer {
        let mut looks = self.last(k);
        let enough = limits.points_suffice(self.n, self.span_weeks) && self.x.len() >= k;
        match looks.next().filter(|_| enough) {
            Some(latest) => {
                let fold = |all: Position, look: Look| match look.position {
                    _ if all == Position::Insufficient => all,
                    Position::Insufficient => Position::Insufficient,
                    same if same == all => all,
                    _ => Position::Mixed,
                };
                self.answer(looks.fold(latest.position, fold), k, latest.y, latest.aim)
            }
            None => insufficient(self.n, self.span_weeks),
        }
    }

    /// The median of the last three values against the aimline at the last point (Van Norman et al. 2018; at its date, not at
    /// the middle one's). Never `Mixed`.
    pub fn median3(&self, limits: &Limits) -> Answer {
        let mut looks = self.last(3);
        match (looks.next(), looks.next(), looks.next()) {
            (Some(latest), Some(second), Some(third)) if limits.points_suffice(self.n, self.span_weeks) => {
                let middle = median3(latest.y, second.y, third.y);
                let position = latest.aim.map_or(Position::Insufficient, |aim| Position::of(middle, aim));
                self.answer(position, 3, middle, latest.aim)
            }
            _ => insufficient(self.n, self.span_weeks),
        }
    }

    /// How many of the latest points, without a break, lie on the worse side. A tie ends the run, as does a point before the
    /// baseline. No minimum is asked for.
    pub fn run_below(&self, worse: Side) -> usize {
        self.last(self.x.len()).take_while(|look| look.position.is(worse)).count()
    }
}

/// The trend rule: a slope (of whichever estimator) against the needed slope. `Insufficient` without a slope or when the
/// segment of `n` points over `span_weeks` weeks is too short. Never `Mixed`.
pub fn trend_position(slope: Option<f64>, need: f64, n: usize, span_weeks: f64, limits: &Limits) -> Answer {
    let position = match slope {
        Some(slope) if limits.trend_suffices(n, span_weeks) => Position::of(slope, need),
        _ => Position::Insufficient,
    };
    if position == Position::Insufficient {
        return insufficient(n, span_weeks);
    }
    Answer { position, n, span_weeks, looked: 0, value: slope, aim: Some(need) }
}

fn insufficient(n: usize, span_weeks: f64) -> Answer {
    Answer { position: Position::Insufficient, n, span_weeks, looked: 0, value: None, aim: None }
}
