//! Counts in so many minutes, on the logarithmic scale.

use crate::glm::{Glm, Parts, fit};
use crate::refusal::{Refusal, check};
use crate::trials::slope;

/// The log-linear line of the rate through `count[i]` events in `minutes[i]` minutes at `x` weeks: Poisson with an offset
/// (McCullagh & Nelder 1989); e^slope is the factor per week, the celeration. With [`Glm::dispersion`] it is quasi-Poisson.
///
/// Refused: `AllZero` when nothing was counted; `Separated` when all that was counted was counted at the first x, or at the last
/// (the best line would fall or rise for ever).
pub fn counts(x: &[f64], count: &[f64], minutes: &[f64]) -> Result<Glm, Refusal> {
    check(x, &[count, minutes], 2)?;
    if !count.iter().all(|y| *y >= 0.0) || !minutes.iter().all(|m| *m > 0.0) {
        return Err(Refusal::OutOfRange);
    }
    let ends = |all: bool| {
        let kept = x.iter().zip(count).filter(|(_, y)| all || **y > 0.0).map(|(x, _)| *x);
        kept.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)))
    };
    let (all, some) = (ends(true), ends(false));
    if some.0 > some.1 {
        return Err(Refusal::AllZero);
    }
    if some.1 <= all.0 || some.0 >= all.1 {
        return Err(Refusal::Separated);
    }
    let start = libm::log(count.iter().sum::<f64>() / minutes.iter().sum::<f64>());
    fit(x, start, false, |i, line| {
        let (y, m) = (count.get(i).copied().unwrap_or_default(), minutes.get(i).copied().unwrap_or_default());
        let mean = m * libm::exp(line);
        Parts { residual: y - mean, weight: mean, log_likelihood: y * line - mean, pull: 0.0, give: 0.0 }
    })
}

/// The slope needed on the logarithmic scale: ln(target / baseline) / weeks, for rates per minute. A rate of 0 has no logarithm:
/// it counts as half an event in `median_minutes`.
pub fn log_need(baseline: f64, target: f64, weeks: f64, median_minutes: f64) -> Result<f64, Refusal> {
    let half_event = 0.5 / median_minutes;
    if !(baseline >= 0.0 && target >= 0.0 && half_event > 0.0 && half_event.is_finite()) {
        return Err(Refusal::OutOfRange);
    }
    let log = |rate: f64| libm::log(if rate == 0.0 { half_event } else { rate });
    slope(log(target) - log(baseline), weeks)
}
