//! Rates of improvement: what was gained, what was needed, what is needed from now.

use crate::aimline::Aimline;
use crate::median::median;
use crate::ols::Ols;
use crate::position::Side;
use crate::posterior::floored_sd;
use crate::student::t_cdf;

/// Rates of improvement, each in units per week. They are never mixed: which one a number is, its name says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Roi {
    /// The slope of the trend.
    pub attained: f64,
    /// The slope of the aimline, (target − baseline) / weeks.
    pub needed: f64,
    /// attained / needed. `None` for a maintenance goal.
    pub share: Option<f64>,
    /// The fitted level at the last point ([`level_now`]).
    pub level_now: f64,
    /// (target − level now) / weeks left. `None` from the target date on.
    pub needed_from_now: Option<f64>,
    /// P(the true slope is at least what is needed from now), from the goal's own data with [`floored_sd`]. `None` below
    /// 3 points, where the standard error is 0, and from the target date on.
    pub p_needed_from_now: Option<f64>,
}

/// The rates of a fitted line against its aimline. `x_last` is the last point, `x_now` the day of the question, `resolution` the
/// measure's step.
pub fn roi(fit: &Ols, aimline: &Aimline, x_last: f64, x_now: f64, worse: Side, resolution: f64) -> Roi {
    let (needed, level_now) = (aimline.need(), fit.at(x_last));
    let needed_from_now = aimline.needed_from(x_now, level_now);
    let p = |need: f64| {
        let se = floored_sd(fit.residual_sd?, resolution) / fit.sxx.sqrt();
        let se = (se > 0.0).then_some(se)?;
        Some(t_cdf(worse.sign() * (fit.slope - need) / se, (fit.n.checked_sub(2)?) as f64)).filter(|p| !p.is_nan())
    };
    Roi {
        attained: fit.slope,
        needed,
        share: (needed != 0.0).then(|| fit.slope / needed).filter(|share| share.is_finite()),
        level_now,
        needed_from_now,
        p_needed_from_now: needed_from_now.and_then(p),
    }
}

/// The level now: the least-squares line at the last x, or the median of the values where fewer than three points carry no line.
/// `None` for no points, slices of different length or values that are not finite.
pub fn level_now(x: &[f64], y: &[f64]) -> Option<f64> {
    if x.len() != y.len() || !x.iter().chain(y).all(|v| v.is_finite()) {
        return None;
    }
    let last = x.iter().copied().max_by(f64::total_cmp)?;
    match crate::ols::ols(x, y).filter(|fit| fit.n >= 3) {
        Some(fit) => Some(fit.at(last)),
        None => median(&mut y.to_vec()),
    }
}

/// (last − first value) / weeks between them: the two-point rate, which is as noisy as two single probes. x ascending.
/// `None` for fewer than two points, slices of different length, no time between them, or values that are not finite.
pub fn two_point_roi(x: &[f64], y: &[f64]) -> Option<f64> {
    if x.len() != y.len() {
        return None;
    }
    let rate = (y.last()? - y.first()?) / (x.last()? - x.first()?);
    rate.is_finite().then_some(rate)
}
