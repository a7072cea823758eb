//! Is there a monotone trend at all: the Mann–Kendall test and Kendall's tau.

use crate::normal::normal_cdf;
use crate::thin::{thin, usable};

/// Kendall's S with its variance and what follows from the two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MannKendall {
    /// Number of points given.
    pub n: usize,
    /// Pairs that rise less pairs that fall; a pair tied in x or in y is neither.
    pub s: f64,
    /// The variance of S when there is no trend, corrected for ties in x and in y (Kendall 1970). 0 when either is constant.
    pub var_s: f64,
    /// (S − sign S) / √var S: with the continuity correction. `None` when the variance is 0.
    pub z: Option<f64>,
    /// 2 Φ(−|z|), two-sided. `None` when the variance is 0.
    pub p: Option<f64>,
    /// The exact two-sided p; only without ties and up to 33 points. With fewer than four points it is never below .05.
    pub p_exact: Option<f64>,
    /// S over all pairs, n (n − 1) / 2, ties or not.
    pub tau_a: f64,
    /// S over the geometric mean of the pairs not tied in x and those not tied in y. `None` when either is constant.
    pub tau_b: Option<f64>,
}

/// The largest n for which the exact distribution is computed, as scipy does.
const EXACT_UP_TO: usize = 33;

/// The Mann–Kendall test of the points (`x[i]`, `y[i]`) in any order: x counts by its order only. Ties in x are real ties (two
/// probes on one day say nothing about growth); without them this is the usual test for a series. Quadratic in the number of
/// points; above [`crate::MAX_POINTS`] that many are used, as by [`crate::theil_sen`].
///
/// `None` for fewer than two points, slices of different length, or values that are not finite.
pub fn mann_kendall(x: &[f64], y: &[f64]) -> Option<MannKendall> {
    if !usable(x, y, 2) {
        return None;
    }
    if let Some((some_x, some_y)) = thin(x, y) {
        return mann_kendall(&some_x, &some_y).map(|test| MannKendall { n: x.len(), ..test });
    }
    let mut s = 0i64;
    for (i, (x_i, y_i)) in x.iter().zip(y).enumerate() {
        for (x_j, y_j) in x.iter().zip(y).skip(i + 1) {
            s += sign(x_j - x_i) * sign(y_j - y_i);
        }
    }
    let n = x.len() as f64;
    let (ties_x, ties_y) = (Ties::of(x), Ties::of(y));
    let pairs = 0.5 * n * (n - 1.0);
    let constant = ties_x.pairs == pairs || ties_y.pairs == pairs;
    let both = if n > 2.0 { ties_x.triples * ties_y.triples / (9.0 * n * (n - 1.0) * (n - 2.0)) } else { 0.0 };
    let var_s = if constant {
        0.0
    } else {
        (n * (n - 1.0) * (2.0 * n + 5.0) - ties_x.spread - ties_y.spread) / 18.0 + ties_x.pairs * ties_y.pairs / pairs + both
    };
    let z = (var_s > 0.0).then(|| (s - s.signum()) as f64 / var_s.sqrt());
    let untied = ties_x.pairs == 0.0 && ties_y.pairs == 0.0;
    Some(MannKendall {
        n: x.len(),
        s: s as f64,
        var_s,
        z,
        p: z.map(|z| 2.0 * normal_cdf(-z.abs())),
        p_exact: (untied && x.len() <= EXACT_UP_TO).then(|| exact(x.len(), s)),
        tau_a: s as f64 / pairs,
        tau_b: (!constant).then(|| s as f64 / ((pairs - ties_x.pairs) * (pairs - ties_y.pairs)).sqrt()),
    })
}

fn sign(difference: f64) -> i64 {
    i64::from(difference > 0.0) - i64::from(difference < 0.0)
}

/// Sums over the groups of t equal values.
struct Ties {
    /// Σ t (t − 1) / 2.
    pairs: f64,
    /// Σ t (t − 1)(t − 2).
    triples: f64,
    /// Σ t (t − 1)(2t + 5).
    spread: f64,
}

impl Ties {
    fn of(values: &[f64]) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let mut ties = Self { pairs: 0.0, triples: 0.0, spread: 0.0 };
        for group in sorted.chunk_by(|a, b| a == b) {
            let t = group.len() as f64;
            ties.pairs += 0.5 * t * (t - 1.0);
            ties.triples += t * (t - 1.0) * (t - 2.0);
            ties.spread += t * (t - 1.0) * (2.0 * t + 5.0);
        }
        ties
    }
}

/// P(|S| >= |s|) when all n! orders are equally likely: S is n (n − 1) / 2 less twice the number of inversions, and that number
/// is a sum of independent uniform ones on 0 … m − 1 for m = 2 … n.
fn exact(n: usize, s: i64) -> f64 {
    let pairs = n * (n - 1) / 2;
    let mut chance = vec![0.0; pairs + 1];
    if let Some(none) = chance.first_mut() {
        *none = 1.0;
    }
    for m in 2..=n {
        // From running sums, so that each step is linear.
        let sums: Vec<f64> = std::iter::once(0.0)
            .chain(chance.iter().scan(0.0, |sum, p| {
                *sum += p;
                Some(*sum)
            }))
            .collect();
        for (inversions, p) in chance.iter_mut().enumerate() {
            let up_to = sums.get(inversions + 1).copied().unwrap_or_default();
            let before = sums.get((inversions + 1).saturating_sub(m)).copied().unwrap_or_default();
            *p = (up_to - before) / m as f64;
        }
    }
    let fewer = (pairs as i64 - s.abs()) / 2;
    let tail: f64 = chance.iter().take(fewer as usize + 1).sum();
    (2.0 * tail).min(1.0)
}
