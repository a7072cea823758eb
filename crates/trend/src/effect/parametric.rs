//! Differences and ratios of levels.

use super::{Effect, upward};
use crate::describe::describe;
use crate::median::median;
use crate::normal::normal_quantile;
use crate::position::Side;

/// Mean and variance of each phase; `None` below two values in one.
fn moments(a: &[f64], b: &[f64]) -> Option<[(f64, f64, f64); 2]> {
    let of = |values: &[f64]| {
        let got = describe(values)?;
        let sd = got.sd?;
        Some((values.len() as f64, got.mean, sd * sd))
    };
    Some([of(a)?, of(b)?])
}

/// Within-case standardized mean difference by the baseline's standard deviation, with Hedges' correction 1 − 3 / (4m − 5).
/// `None` for fewer than two values in a phase, a constant phase A, or values that are not finite.
pub fn smd(a: &[f64], b: &[f64], worse: Side, level: f64) -> Option<Effect> {
    let (a, b) = upward(a, b, worse, 2, level)?;
    let [(m, mean_a, var_a), (n, mean_b, var_b)] = moments(&a, &b)?;
    let correction = 1.0 - 3.0 / (4.0 * m - 5.0);
    let d = correction * (mean_b - mean_a) / var_a.sqrt();
    let se = correction * (1.0 / m + var_b / (n * var_a) + d * d / (2.0 * (m - 1.0))).sqrt();
    Effect::normal(d, se, level)
}

/// Log response ratio with the bias correction of Pustejovsky (2018): for values of 0 and more (counts, rates, percentages as
/// they are). `floor` is what one event, or half of one, comes to on the scale in all sessions of a phase together, 1 / (2 D) in
/// that paper (0.5 for counts; 0 for other scales): the mean is taken to be no less than floor / n, the variance no less than 4
/// floor² / n³.
///
/// `None` for fewer than two values in a phase, a value below 0, or a mean of 0 with a floor of 0.
pub fn lrr(a: &[f64], b: &[f64], worse: Side, floor: f64, level: f64) -> Option<Effect> {
    if !(floor >= 0.0 && a.iter().chain(b).all(|v| *v >= 0.0)) {
        return None;
    }
    upward(a, b, worse, 2, level)?;
    let [first, second] = moments(a, b)?.map(|(n, mean, var)| {
        let (mean, var) = (mean.max(floor / n), var.max(4.0 * floor * floor / (n * n * n)));
        (libm::log(mean) + var / (2.0 * n * mean * mean), var / (n * mean * mean))
    });
    Effect::normal(worse.sign() * (second.0 - first.0), (first.1 + second.1).sqrt(), level)
}

/// Log ratio of the medians, with the variance of each from two order statistics on the logarithm (Bonett & Price 2020). `None`
/// for fewer than two values in a phase, or one not above 0.
pub fn lrm(a: &[f64], b: &[f64], worse: Side, level: f64) -> Option<Effect> {
    if !a.iter().chain(b).all(|v| *v > 0.0) {
        return None;
    }
    upward(a, b, worse, 2, level)?;
    let of = |values: &[f64]| {
        let mut sorted = values.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let n = sorted.len();
        let rank = ((0.5 * n as f64 - (n as f64).sqrt()).round_ties_even().max(1.0)) as usize;
        // P(fewer than `rank` of n fair coins): below that order statistic the median lies with this probability.
        let below: f64 = (0..rank)
            .scan(libm::exp2(-(n as f64)), |term, k| {
                let now = *term;
                *term *= (n - k) as f64 / (k + 1) as f64;
                Some(now)
            })
            .sum();
        let (low, high) = (sorted.get(rank - 1)?, sorted.get(n - rank)?);
        let sd = (libm::log(*high) - libm::log(*low)) / (2.0 * -normal_quantile(below));
        Some((libm::log(median(&mut sorted)?), sd * sd))
    };
    let (first, second) = (of(a)?, of(b)?);
    Effect::normal(worse.sign() * (second.0 - first.0), (first.1 + second.1).sqrt(), level)
}

/// Percent of goal obtained (Ferron, Goldstein, Olszewski & Rohrer 2020): 100 (mean B − mean A) / (goal − mean A), its error by
/// Dunlap & Silver (1986). It needs no worse side: toward the goal is better. `None` for fewer than two values in a phase, or a
/// goal at the mean of A.
pub fn percent_of_goal(a: &[f64], b: &[f64], goal: f64, level: f64) -> Option<Effect> {
    upward(a, b, Side::Below, 2, level)?;
    let [(m, mean_a, var_a), (n, mean_b, var_b)] = moments(a, b)?;
    let way = goal - mean_a;
    let share = (mean_b - mean_a) / way;
    let se = (var_a / m + var_b / n + share * share * var_a / m).sqrt() / way.abs();
    Effect::normal(100.0 * share, 100.0 * se, level)
}
