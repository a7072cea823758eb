//! Where the line leads: its level at a date with intervals, and when it reaches the target.

use crate::ols::Ols;
use crate::position::{Side, is_tie};
use crate::posterior::floored_sd;
use crate::student::{t_cdf, t_quantile};

/// The line at some x. Only from 3 points on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projection {
    /// The line there.
    pub level: f64,
    /// Standard error of the line there: s √(1/n + (x − x̄)² / Sxx).
    pub level_se: f64,
    /// Standard deviation of one new value about the line there: s √(1 + 1/n + (x − x̄)² / Sxx).
    pub value_sd: f64,
    /// Degrees of freedom, n − 2.
    pub df: f64,
}

/// The line at `x` with its standard errors. s is [`floored_sd`] at that resolution (0 for the bare residual standard deviation).
/// Textbook formulas; they take the growth to stay what it was. `None` below 3 points, or when a number is not finite.
pub fn projection(fit: &Ols, x: f64, resolution: f64) -> Option<Projection> {
    let s = floored_sd(fit.residual_sd?, resolution);
    let apart = x - fit.x_mean;
    let leverage = 1.0 / fit.n as f64 + apart * (apart / fit.sxx);
    let df = fit.n.checked_sub(2)? as f64;
    let at = Projection { level: fit.at(x), level_se: s * leverage.sqrt(), value_sd: s * (1.0 + leverage).sqrt(), df };
    (at.level.is_finite() && at.value_sd.is_finite()).then_some(at)
}

impl Projection {
    /// The interval for the line (the level) with confidence `level`; `None` unless that is between 0 and 1, both excluded.
    pub fn level_interval(&self, level: f64) -> Option<(f64, f64)> {
        self.interval(self.level_se, level)
    }

    /// The interval for one new value.
    pub fn value_interval(&self, level: f64) -> Option<(f64, f64)> {
        self.interval(self.value_sd, level)
    }

    fn interval(&self, se: f64, level: f64) -> Option<(f64, f64)> {
        (level > 0.0 && level < 1.0).then(|| {
            let half_width = se * -t_quantile(0.5 * (1.0 - level), self.df);
            (self.level - half_width, self.level + half_width)
        })
    }

    /// P(the line there is at or better than `target`), by Student's t; `worse` is the worse side. `None` when the standard error
    /// is 0: points on a straight line do not make it certain.
    pub fn reaches(&self, target: f64, worse: Side) -> Option<f64> {
        let p = t_cdf(worse.sign() * (self.level - target) / self.level_se, self.df);
        (self.level_se > 0.0 && !p.is_nan()).then_some(p)
    }
}

/// When the line reaches the target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Attainment {
    /// The smallest x, not before the x asked from, at which the line is at or better than the target.
    At(f64),
    /// The line gets there, but not within the horizon.
    BeyondHorizon,
    /// The line leads away from the target, or is flat.
    Never,
}

/// When the line reaches `target`, from `x_now` on and within `horizon` (104 weeks, unless there is a reason).
pub fn attainment(fit: &Ols, x_now: f64, target: f64, worse: Side, horizon: f64) -> Attainment {
    let short = worse.sign() * (target - fit.at(x_now));
    let gain = worse.sign() * fit.slope;
    if short <= 0.0 || is_tie(fit.at(x_now), target) {
        return Attainment::At(x_now);
    }
    let weeks = short / gain;
    if !(gain > 0.0 && weeks.is_finite()) {
        Attainment::Never
    } else if weeks > horizon {
        Attainment::BeyondHorizon
    } else {
        Attainment::At(x_now + weeks)
    }
}
