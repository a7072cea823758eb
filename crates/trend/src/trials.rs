//! Trials: so many right of so many, on the logit scale.

use crate::glm::{Glm, Parts, fit};
use crate::refusal::{Refusal, check};

/// The logistic line through sessions of `trials[i]` trials of which `successes[i]` succeeded, at `x` weeks.
///
/// With `penalty` Jeffreys' (Firth 1993, Biometrika 80): it has a finite answer for all points right, all wrong, or wrong before
/// and right after, where maximum likelihood has none, and less bias in short series. Variances are those of the information at
/// the estimate (Heinze & Schemper 2002). Without it plain maximum likelihood, refused as `Separated` where it has no finite
/// answer.
pub fn trials(x: &[f64], successes: &[f64], trials: &[f64], penalty: bool) -> Result<Glm, Refusal> {
    check(x, &[successes, trials], 2)?;
    let pairs = || successes.iter().zip(trials);
    if !pairs().all(|(y, n)| *n > 0.0 && (0.0..=*n).contains(y)) {
        return Err(Refusal::OutOfRange);
    }
    if !penalty && separated(x, successes, trials) {
        return Err(Refusal::Separated);
    }
    let (right, all) = pairs().fold((0.0, 0.0), |(right, all), (y, n)| (right + y, all + n));
    fit(x, logit((right + 0.5) / (all + 1.0)), penalty, |i, line| {
        let (y, n) = (successes.get(i).copied().unwrap_or_default(), trials.get(i).copied().unwrap_or_default());
        // p and 1 − p each from the exponential that does not overflow, ln(1 + e^line) too.
        let small = libm::exp(-line.abs());
        let (low, high) = (small / (1.0 + small), 1.0 / (1.0 + small));
        let (p, q) = if line < 0.0 { (low, high) } else { (high, low) };
        Parts {
            residual: if line < 0.0 { y - n * p } else { n * q - (n - y) },
            weight: n * p * q,
            log_likelihood: y * line - n * (line.max(0.0) + libm::log1p(small)),
            pull: 0.5 * (q - p),
            give: p * q,
        }
    })
}

/// Whether some x parts all successes from all failures, or there are none of either.
fn separated(x: &[f64], successes: &[f64], trials: &[f64]) -> bool {
    let span = |keep: &dyn Fn(f64, f64) -> bool| {
        let kept = x.iter().zip(successes.iter().zip(trials)).filter(|(_, (y, n))| keep(**y, **n)).map(|(x, _)| *x);
        kept.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)))
    };
    let (right, wrong) = (span(&|y, _| y > 0.0), span(&|y, n| y < n));
    right.1 <= wrong.0 || wrong.1 <= right.0
}

/// ln(p / (1 − p)).
pub fn logit(p: f64) -> f64 {
    libm::log(p) - libm::log1p(-p)
}

/// 1 / (1 + e^−line): the share that a logit stands for.
pub fn expit(line: f64) -> f64 {
    let small = libm::exp(-line.abs());
    if line < 0.0 { small / (1.0 + small) } else { 1.0 / (1.0 + small) }
}

/// The slope needed on the logit scale: (logit target − logit baseline) / weeks, for shares from 0 to 1. A share of 0 or 1 has no
/// logit: both are kept 1 / (2 · `median_trials`) away from the ends, so that a target of 100 % of ten trials is 95 %.
pub fn logit_need(baseline: f64, target: f64, weeks: f64, median_trials: f64) -> Result<f64, Refusal> {
    let off_the_end = 0.5 / median_trials;
    let shares = [baseline, target, off_the_end].iter().all(|share| (0.0..=1.0).contains(share));
    if !(shares && off_the_end > 0.0 && off_the_end <= 0.5) {
        return Err(Refusal::OutOfRange);
    }
    let kept = |p: f64| logit(p.clamp(off_the_end, 1.0 - off_the_end));
    slope(kept(target) - kept(baseline), weeks)
}

/// A difference per week.
pub(crate) fn slope(difference: f64, weeks: f64) -> Result<f64, Refusal> {
    let slope = difference / weeks;
    if weeks > 0.0 && slope.is_finite() { Ok(slope) } else { Err(Refusal::NoTimeSpread) }
}
