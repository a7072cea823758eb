//! How many more weekly points would settle the matter.

use crate::ols::Ols;
use crate::posterior::{OwnData, below, floored_sd};
use crate::prior::Evidence;

/// The smallest number of extra points, one a week from `x_last` on, after which the slope would be told from `need` with
/// probability `gamma`, if the present slope and scatter persist; 0 when it is so already.
///
/// With m more points Sxx grows in closed form: Sxx + m(m² − 1)/12 + nm/(n + m) · (x_last + (m + 1)/2 − x̄)², and the
/// probability is T(|slope − need| · √Sxx / s̃) with n + m − 2 degrees of freedom; s̃ is [`floored_sd`].
/// `None` below 3 points, when the slope is the needed one, or when `cap` points (use 104, two years) would not do.
pub fn points_still_needed(fit: &Ols, x_last: f64, need: f64, resolution: f64, gamma: f64, cap: u32) -> Option<u32> {
    let residual_sd = floored_sd(fit.residual_sd?, resolution);
    let difference = (fit.slope - need).abs();
    if !(difference > 0.0 && difference.is_finite() && residual_sd.is_finite()) {
        return None;
    }
    (0..=cap).find(|extra| {
        let (_, sxx) = with_weekly_points(fit.n as f64, fit.x_mean, fit.sxx, x_last, *extra);
        below(difference, residual_sd / sxx.sqrt(), fit.n as f64 + f64::from(*extra) - 2.0) >= gamma
    })
}

/// The same of a line of `n` points on any family's scale, each further point being worth as much as one of these is on average.
pub fn own_points_still_needed(line: &Evidence, n: usize, x_last: f64, against: &OwnData, gamma: f64, cap: u32) -> Option<u32> {
    let difference = (line.slope - against.need).abs();
    let noise = line.noise(against.resolution);
    if !(difference > 0.0 && difference.is_finite() && noise.is_finite() && line.df > 0.0) {
        return None;
    }
    first(cap, |extra| {
        let grown = line.with_weekly_points(n, x_last, extra);
        below(difference, (noise * grown.slope_unit).sqrt(), grown.df) >= gamma
    })
}

/// The first number of extra points with which it is settled. One by one up to a dozen; beyond, where more points settle it the
/// better, by halves.
pub(crate) fn first(cap: u32, settled: impl Fn(u32) -> bool) -> Option<u32> {
    const ONE_BY_ONE: u32 = 12;
    if let Some(extra) = (0..=cap.min(ONE_BY_ONE)).find(|extra| settled(*extra)) {
        return Some(extra);
    }
    if cap <= ONE_BY_ONE || !settled(cap) {
        return None;
    }
    let (mut not, mut done) = (ONE_BY_ONE, cap);
    while done - not > 1 {
        let middle = not + (done - not) / 2;
        if settled(middle) { done = middle } else { not = middle }
    }
    Some(done)
}

/// Mean of x and Sxx once `extra` points, one a week from `x_last` on, have come to n points of that mean and Sxx.
pub(crate) fn with_weekly_points(n: f64, x_mean: f64, sxx: f64, x_last: f64, extra: u32) -> (f64, f64) {
    let m = f64::from(extra);
    let apart = x_last + 0.5 * (m + 1.0) - x_mean;
    (x_mean + apart * (m / (n + m)), sxx + m * (m * m - 1.0) / 12.0 + n * m / (n + m) * apart * apart)
}
