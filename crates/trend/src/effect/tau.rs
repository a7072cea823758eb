//! Tau and its two corrections for a trend in phase A. Each is named: they are different numbers.

use super::overlap::nap;
use super::{Effect, upward};
use crate::position::{Side, TIE};
use crate::theil_sen::theil_sen;

/// Tau (non-overlap; Parker, Vannest, Davis & Sauber 2011): 2 NAP − 1, with its error and interval.
pub fn tau(a: &[f64], b: &[f64], worse: Side, level: f64) -> Option<Effect> {
    let nap = nap(a, b, worse, level)?;
    let (lo, hi) = nap.interval;
    Some(Effect { estimate: 2.0 * nap.estimate - 1.0, se: 2.0 * nap.se, interval: (2.0 * lo - 1.0, 2.0 * hi - 1.0) })
}

/// Tau-U in the variant "A against B minus trend in A" over m n (Parker, Vannest, Davis & Sauber 2011): Kendall's S of the pairs
/// between the phases less that within A. It may leave −1 to 1, and depends on the lengths of the phases.
pub fn tau_u(a: &[f64], b: &[f64], worse: Side) -> Option<f64> {
    let (a, b) = upward(a, b, worse, 1, 0.5)?;
    let sign = |later: f64, earlier: f64| f64::from(i8::from(later > earlier) - i8::from(later < earlier));
    let between: f64 = a.iter().flat_map(|a| b.iter().map(|b| sign(*b, *a))).sum();
    let within: f64 = a.iter().enumerate().flat_map(|(i, first)| a.iter().skip(i + 1).map(|later| sign(*later, *first))).sum();
    Some((between - within) / (a.len() * b.len()) as f64)
}

/// Baseline-corrected Tau (Tarlow 2017): [`tau`] of what is left when the Theil–Sen line of phase A, by session number, is taken
/// off both phases; always, without a test for a trend first. Its error takes no account of the line's own. Rests that only
/// rounding keeps apart are ties.
pub fn tau_bc(a: &[f64], b: &[f64], worse: Side, level: f64) -> Option<Effect> {
    let sessions: Vec<f64> = (0..a.len() + b.len()).map(|i| i as f64).collect();
    let (first, second) = sessions.split_at(a.len());
    let line = theil_sen(first, a, 0.9)?;
    let rest = |x: &[f64], y: &[f64]| -> Vec<f64> {
        x.iter().zip(y).map(|(x, y)| y - (line.intercept_joint + line.slope * x)).collect()
    };
    let (mut before, mut after) = (rest(first, a), rest(second, b));
    tie(&mut before, &mut after, TIE * a.iter().chain(b).fold(1.0, |most, v| v.abs().max(most)));
    tau(&before, &after, worse, level)
}

/// Makes values equal that only rounding keeps apart: those within `apart` of the smallest of their group.
fn tie(before: &mut [f64], after: &mut [f64], apart: f64) {
    let mut all: Vec<&mut f64> = before.iter_mut().chain(after).collect();
    all.sort_unstable_by(|a, b| a.total_cmp(b));
    let mut smallest = f64::NEG_INFINITY;
    for v in all {
        if *v - smallest > apart {
            smallest = *v;
        }
        *v = smallest;
    }
}
