//! Non-overlap: how seldom the phases share values.

use super::{Effect, upward};
use crate::median::median;
use crate::normal::normal_quantile;
use crate::position::Side;

/// ½ for a tie, 1 when `b` is above `a`.
fn above(b: f64, a: f64) -> f64 {
    if b > a {
        1.0
    } else if b == a {
        0.5
    } else {
        0.0
    }
}

/// Non-overlap of all pairs (Parker & Vannest 2009): the share of pairs in which B is better than A, ties half. The variance is
/// unbiased (Sen 1967, Mee 1990), and where the phases do not overlap that of half a pair that does; the interval is Newcombe's
/// (2006, method 5) with confidence `level`. `None` for fewer than two values in a phase, or values that are not finite.
pub fn nap(a: &[f64], b: &[f64], worse: Side, level: f64) -> Option<Effect> {
    let (a, b) = upward(a, b, worse, 2, level)?;
    let (m, n) = (a.len() as f64, b.len() as f64);
    let estimate = a.iter().flat_map(|a| b.iter().map(|b| above(*b, *a))).sum::<f64>() / (m * n);
    let square = |v: f64| v * v;
    let rows: f64 = a.iter().map(|a| square(b.iter().map(|b| above(*b, *a) - estimate).sum())).sum();
    let columns: f64 = b.iter().map(|b| square(a.iter().map(|a| above(*b, *a) - estimate).sum())).sum();
    let cells: f64 = a.iter().flat_map(|a| b.iter().map(|b| square(above(*b, *a) - estimate))).sum();
    let half_a_pair = 0.5 / (m * n);
    let kept = estimate.clamp(half_a_pair, 1.0 - half_a_pair);
    let variance = (kept * (1.0 - kept) + (rows + columns - 2.0 * cells) / (m * n)) / ((m - 1.0) * (n - 1.0));
    let interval = newcombe(estimate, m, n, level);
    Some(Effect { estimate, se: variance.max(0.0).sqrt(), interval })
}

/// Where m n (NAP − x)² (2 − x)(1 + x) = z² x (1 − x)(2 + h + (1 + 2h) x (1 − x)), h = (m + n) / 2 − 1, on either side of NAP, by
/// bisection.
fn newcombe(nap: f64, m: f64, n: f64, level: f64) -> (f64, f64) {
    let (h, z) = (0.5 * (m + n) - 1.0, normal_quantile(0.5 * (1.0 - level)));
    let far = |x: f64| {
        let (q, gap) = (x * (1.0 - x), nap - x);
        m * n * gap * gap * (2.0 - x) * (1.0 + x) > z * z * q * (2.0 + h + (1.0 + 2.0 * h) * q)
    };
    let bisect = |mut outside: f64, mut inside: f64| loop {
        let middle = 0.5 * (outside + inside);
        if middle == outside || middle == inside {
            return middle;
        }
        if far(middle) { outside = middle } else { inside = middle }
    };
    (if nap > 0.0 { bisect(0.0, nap) } else { 0.0 }, if nap < 1.0 { bisect(1.0, nap) } else { 1.0 })
}

/// Percentage of non-overlapping data (Scruggs, Mastropieri & Casto 1987), as a share: the part of B that is better than the best
/// of A.
pub fn pnd(a: &[f64], b: &[f64], worse: Side) -> Option<f64> {
    let (a, b) = upward(a, b, worse, 1, 0.5)?;
    let best = a.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    Some(b.iter().filter(|b| **b > best).count() as f64 / b.len() as f64)
}

/// Percentage exceeding the median (Ma 2006), as a share: the part of B that is better than the median of A, ties half.
pub fn pem(a: &[f64], b: &[f64], worse: Side) -> Option<f64> {
    let (mut a, b) = upward(a, b, worse, 1, 0.5)?;
    let middle = median(&mut a)?;
    Some(b.iter().map(|b| above(*b, middle)).sum::<f64>() / b.len() as f64)
}

/// Percentage of all non-overlapping data (Parker, Vannest & Davis 2011), as a share: what is left when the fewest possible
/// values are removed, from either phase, so that all of B is better than all of A.
pub fn pand(a: &[f64], b: &[f64], worse: Side) -> Option<f64> {
    let (mut a, mut b) = upward(a, b, worse, 1, 0.5)?;
    a.sort_unstable_by(f64::total_cmp);
    b.sort_unstable_by(f64::total_cmp);
    // The i worst of A stay (0 to all), and what of B is above them.
    let above = |kept: usize| {
        let limit = kept.checked_sub(1).and_then(|last| a.get(last)).copied().unwrap_or(f64::NEG_INFINITY);
        kept + b.len() - b.partition_point(|b| *b <= limit)
    };
    let most = (0..=a.len()).map(above).max()?;
    Some(most as f64 / (a.len() + b.len()) as f64)
}

/// Robust improvement rate difference (Parker, Vannest & Brown 2009): 1 − (m + n)² (1 − PAND) / (2mn).
pub fn ird(a: &[f64], b: &[f64], worse: Side) -> Option<f64> {
    let (m, n) = (a.len() as f64, b.len() as f64);
    pand(a, b, worse).map(|pand| 1.0 - (m + n) * (m + n) * (1.0 - pand) / (2.0 * m * n))
}
