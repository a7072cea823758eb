//! Durations and latencies: seconds, on the logarithmic scale.

use crate::ols::{Ols, ols};
use crate::refusal::{Refusal, check};
use crate::trials::slope;

/// The least-squares line of ln(seconds + `offset`) on `x` weeks; e^slope is the factor per week. The offset (half the
/// resolution, say) keeps a duration of 0 on the scale; it must be the same for baseline, target and points.
///
/// Refused: a negative duration or offset, and a 0 without an offset, are `OutOfRange`.
pub fn durations(x: &[f64], seconds: &[f64], offset: f64) -> Result<Ols, Refusal> {
    check(x, &[seconds], 2)?;
    let logs: Vec<f64> = seconds.iter().map(|s| log(*s, offset)).collect::<Result<_, _>>()?;
    ols(x, &logs).ok_or(Refusal::NotFinite)
}

/// The slope needed on the same scale: (ln(target + offset) − ln(baseline + offset)) / weeks.
pub fn duration_need(baseline: f64, target: f64, weeks: f64, offset: f64) -> Result<f64, Refusal> {
    slope(log(target, offset)? - log(baseline, offset)?, weeks)
}

fn log(seconds: f64, offset: f64) -> Result<f64, Refusal> {
    let moved = seconds + offset;
    let usable = seconds >= 0.0 && offset >= 0.0 && moved > 0.0 && moved.is_finite();
    if usable { Ok(libm::log(moved)) } else { Err(Refusal::OutOfRange) }
}
