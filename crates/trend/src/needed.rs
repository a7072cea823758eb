//! How many more weekly points would settle the matter.

use crate::ols::Ols;
use crate::posterior::{below, floored_sd};

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

/// Mean of x and Sxx once `extra` points, one a week from `x_last` on, have come to n points of that mean and Sxx.
pub(crate) fn with_weekly_points(n: f64, x_mean: f64, sxx: f64, x_last: f64, extra: u32) -> (f64, f64) {
    let m = f64::from(extra);
    let apart = x_last + 0.5 * (m + 1.0) - x_mean;
    (x_mean + apart * (m / (n + m)), sxx + m * (m * m - 1.0) / 12.0 + n * m / (n + m) * apart * apart)
}
