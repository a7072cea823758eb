//! Medians by selection.

/// The median of `values`, which are reordered; of an even count, the midpoint of the two in the middle. `None` when there are
/// no values or one of those in the middle is not a number.
pub fn median(values: &mut [f64]) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    let (half, even) = (values.len() / 2, values.len().is_multiple_of(2));
    let (left, middle, _) = values.select_nth_unstable_by(half, f64::total_cmp);
    let result = if even { left.iter().copied().max_by(f64::total_cmp).map(|low| low.midpoint(*middle)) } else { Some(*middle) };
    result.filter(|m| !m.is_nan())
}

/// The median of values that are sorted already. `None` when there are none.
pub(crate) fn median_sorted(values: &[f64]) -> Option<f64> {
    let (low, high) = (values.get(values.len().checked_sub(1)? / 2)?, values.get(values.len() / 2)?);
    Some(low.midpoint(*high))
}

/// The median of three values.
pub fn median3(a: f64, b: f64, c: f64) -> f64 {
    a.min(b).max(a.max(b).min(c))
}
