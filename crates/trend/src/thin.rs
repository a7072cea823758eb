//! Fewer points for what is quadratic in their number.

use crate::theil_sen::MAX_POINTS;

/// Of more than [`MAX_POINTS`] points, sorted by x, then y, that many at evenly spaced ranks, first and last included, so that
/// the order they came in does not matter. `None` when there are no more than that.
pub(crate) fn thin(x: &[f64], y: &[f64]) -> Option<(Vec<f64>, Vec<f64>)> {
    if x.len().min(y.len()) <= MAX_POINTS {
        return None;
    }
    let mut pairs: Vec<(f64, f64)> = x.iter().copied().zip(y.iter().copied()).collect();
    pairs.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let picked = (0..MAX_POINTS).filter_map(|i| pairs.get(i * (pairs.len() - 1) / (MAX_POINTS - 1)));
    Some(picked.copied().unzip())
}

/// Two slices of the same length, at least `least`, of finite values.
pub(crate) fn usable(x: &[f64], y: &[f64], least: usize) -> bool {
    x.len() == y.len() && x.len() >= least && x.iter().chain(y).all(|v| v.is_finite())
}
