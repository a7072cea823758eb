//! Growth as a factor: celeration, bounce and frequency multiplier of a chart with a logarithmic axis.

use crate::ols::{Ols, ols};
use crate::thin::usable;

/// A straight line on the logarithm of a frequency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Celeration {
    /// The least-squares line of log10 y on x.
    pub line: Ols,
    /// 10^slope: the factor per week; 1.25 is "times 1.25 a week", 0.8 "divided by 1.25".
    pub celeration: f64,
    /// Last value over first value (in order of x; of ties in x, the order given).
    pub frequency_multiplier: f64,
    /// 10^(largest − smallest residual): the factor between the lines that hold all points.
    pub bounce: f64,
    /// 10^(largest residual), at least 1.
    pub bounce_up: f64,
    /// 10^(−smallest residual), at least 1.
    pub bounce_down: f64,
    /// How many zeros were put at the record floor.
    pub n_floor: usize,
}

/// The celeration of frequencies (count per minute, at least 0) at `x` weeks. A zero has no logarithm: it is put at its own
/// record floor, `floor[i]`, which is one count in the time observed, 1 / minutes; n_floor says how often.
///
/// `None` for fewer than two points, slices of different length, x all equal, values that are not finite, a negative value, or
/// a zero whose floor is not above 0.
pub fn celeration(x: &[f64], y: &[f64], floor: &[f64]) -> Option<Celeration> {
    if !usable(x, y, 2) || floor.len() != y.len() {
        return None;
    }
    let shown: Vec<f64> = y.iter().zip(floor).map(|(y, floor)| if *y == 0.0 { *floor } else { *y }).collect();
    if !shown.iter().all(|v| *v > 0.0 && v.is_finite()) {
        return None;
    }
    let logs: Vec<f64> = shown.iter().map(|v| libm::log10(*v)).collect();
    let line = ols(x, &logs)?;
    let residuals = x.iter().zip(&logs).map(|(x, log)| log - line.at(*x));
    let (low, high) = residuals.fold((0f64, 0f64), |(low, high), r| (low.min(r), high.max(r)));
    let mut in_time: Vec<(f64, f64)> = x.iter().copied().zip(shown).collect();
    in_time.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (first, last) = (in_time.first()?, in_time.last()?);
    Some(Celeration {
        line,
        celeration: libm::exp10(line.slope),
        frequency_multiplier: last.1 / first.1,
        bounce: libm::exp10(high - low),
        bounce_up: libm::exp10(high),
        bounce_down: libm::exp10(-low),
        n_floor: y.iter().filter(|y| **y == 0.0).count(),
    })
}
