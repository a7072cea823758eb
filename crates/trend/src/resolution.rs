//! The step in which a measure is recorded.

use crate::position::is_tie;

/// The measure's resolution as its values show it: 1 when all are whole numbers, else the smallest difference between two of
/// them that is not a tie, else 1. Values that are not finite count for nothing. For trials use 100 / denominator instead.
pub fn resolution(values: &[f64]) -> f64 {
    let finite = || values.iter().copied().filter(|v| v.is_finite());
    if finite().all(|v| v.fract() == 0.0) {
        return 1.0;
    }
    let mut sorted: Vec<f64> = finite().collect();
    sorted.sort_unstable_by(f64::total_cmp);
    // Of neighbours only; what rounding alone keeps apart (0.1 + 0.2 and 0.3) is one value.
    let steps = sorted.windows(2).filter_map(|pair| match pair {
        [a, b] if !is_tie(*a, *b) => Some(b - a),
        _ => None,
    });
    steps.min_by(f64::total_cmp).filter(|step| step.is_finite()).unwrap_or(1.0)
}
