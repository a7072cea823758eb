//! Single-case effect sizes: how far a phase B lies from the phase A before it. For researchers; no verdict rests on them.
//!
//! Definitions and errors as in the SingleCaseES package's "Effect size definitions and mathematical details", against whose
//! values they are tested. Each takes the values of phase A and of phase B in order of time, and the worse side: `Below` when an
//! increase is wanted.

mod overlap;
mod parametric;
mod tau;

pub use overlap::{ird, nap, pand, pem, pnd};
pub use parametric::{lrm, lrr, percent_of_goal, smd};
pub use tau::{tau, tau_bc, tau_u};

use crate::normal::normal_quantile;
use crate::position::Side;

/// An effect size with its standard error and interval, for those that have them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// The estimate; larger is better, for either worse side.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// Ends of the interval.
    pub interval: (f64, f64),
}

impl Effect {
    /// With the interval estimate ∓ z · SE. `None` for numbers that are not finite.
    pub(crate) fn normal(estimate: f64, se: f64, level: f64) -> Option<Self> {
        let half_width = -normal_quantile(0.5 * (1.0 - level)) * se;
        let effect = Self { estimate, se, interval: (estimate - half_width, estimate + half_width) };
        (estimate.is_finite() && half_width.is_finite()).then_some(effect)
    }
}

/// The phases with the better direction upward. `None` when one has fewer than `least` values, one of them is not finite, or
/// `level` is not between 0 and 1.
pub(crate) fn upward(a: &[f64], b: &[f64], worse: Side, least: usize, level: f64) -> Option<(Vec<f64>, Vec<f64>)> {
    let usable = a.len() >= least && b.len() >= least && a.iter().chain(b).all(|v| v.is_finite()) && level > 0.0 && level < 1.0;
    let turned = |values: &[f64]| values.iter().map(|v| worse.sign() * v).collect();
    usable.then(|| (turned(a), turned(b)))
}
