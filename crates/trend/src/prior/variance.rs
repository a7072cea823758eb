//! Moderated variances: the scatter of a short series, steadied by that of the others.

use crate::exact_sum::Terms;
use crate::special::{digamma, trigamma, trigamma_inverse};

/// Of one variance with its degrees of freedom: 1, e, e², ψ′(df/2) with e = ln s² − ψ(df/2) + ln(df/2). `None` for a variance of
/// 0 (or below), which has no logarithm: it says nothing here, and is moderated all the same.
pub(crate) fn terms(variance: f64, df: f64) -> Option<[f64; 4]> {
    let e = libm::log(variance) - digamma(0.5 * df) + libm::log(0.5 * df);
    (variance > 0.0 && df > 0.0 && e.is_finite()).then(|| [1.0, e, e * e, trigamma(0.5 * df)])
}

/// Typical variance and its worth in degrees of freedom, from the summed terms.
pub(crate) fn solve([count, sum, squares, noise]: [f64; 4]) -> Option<(f64, f64)> {
    if count < 2.0 {
        return None;
    }
    let mean = sum / count;
    let spread = (squares - sum * mean) / (count - 1.0) - noise / count;
    let (variance, df) = if spread > 0.0 {
        let half = trigamma_inverse(spread);
        (libm::exp(mean + digamma(half) - libm::log(half)), 2.0 * half)
    } else {
        (libm::exp(mean), f64::INFINITY)
    };
    (variance > 0.0 && variance.is_finite() && df > 0.0).then_some((variance, df))
}

/// The prior of variances: Smyth 2004 (limma's `squeezeVar`), whose hyperparameters are moments of the log variances.
#[derive(Clone, Debug, Default)]
pub struct VarianceTerms(Terms<4>);

impl VarianceTerms {
    /// Adds one goal's residual variance with its degrees of freedom; one that is 0 has no logarithm and is passed over.
    pub fn add(&mut self, variance: f64, df: f64) {
        if let Some(terms) = terms(variance, df) {
            self.0.add(terms);
        }
    }

    /// Adds those of other goals.
    pub fn merge(&mut self, other: &Self) {
        self.0.merge(&other.0);
    }

    /// The typical variance and its degrees of freedom (infinite when the variances differ by no more than chance). `None` for
    /// fewer than two goals.
    pub fn solve(&self) -> Option<(f64, f64)> {
        solve(self.0.values()?)
    }
}

/// The moderated variance (d0 s0² + d s²) / (d0 + d), with d0 + d degrees of freedom. A goal without degrees of freedom of its
/// own gets the typical variance.
pub fn moderated(variance: f64, df: f64, noise: f64, noise_df: f64) -> (f64, f64) {
    if noise_df.is_infinite() {
        (noise, f64::INFINITY)
    } else if df > 0.0 {
        ((noise_df * noise + df * variance) / (noise_df + df), noise_df + df)
    } else {
        (noise, noise_df)
    }
}
