//! Level and variability of values as they stand.

use crate::median::median;
use crate::ols::mean;

/// What describes values without regard to time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Describe {
    /// Number of values, at least 1.
    pub n: usize,
    /// Their mean.
    pub mean: f64,
    /// √(Σ (y − ȳ)² / (n − 1)). `None` for one value.
    pub sd: Option<f64>,
    /// sd / mean, the coefficient of variation. `None` for one value, and where it means nothing: a value below 0, or mean 0.
    pub cv: Option<f64>,
}

/// Mean and standard deviation, two-pass and centred, with the correction for the rounded mean (Chan, Golub & LeVeque 1983);
/// checked against NIST StRD NumAcc1 to 4. `None` for no values or values that are not finite.
pub fn describe(y: &[f64]) -> Option<Describe> {
    let mean = mean(y).filter(|mean| mean.is_finite())?;
    let n = y.len() as f64;
    let (sum, squares) = y.iter().map(|v| v - mean).fold((0.0, 0.0), |(sum, squares), gap| (sum + gap, squares + gap * gap));
    let variance = (squares - sum * sum / n).max(0.0) / (n - 1.0);
    let sd = (y.len() > 1).then(|| variance.sqrt());
    if sd.is_some_and(|sd| !sd.is_finite()) {
        return None;
    }
    let ratio_scale = mean > 0.0 && y.iter().all(|v| *v >= 0.0);
    Some(Describe { n: y.len(), mean, sd, cv: sd.filter(|_| ratio_scale).map(|sd| sd / mean) })
}

/// 1.4826 times the median of |r − median(r)|: the standard deviation that residuals (or values) would have if they were
/// normal, as half of them see it. `None` for no values or values that are not finite.
pub fn mad_sd(residuals: &[f64]) -> Option<f64> {
    /// 1 / Φ⁻¹(3/4)
    const NORMAL: f64 = 1.482_602_218_505_602;
    if !residuals.iter().all(|v| v.is_finite()) {
        return None;
    }
    let mut work = residuals.to_vec();
    let centre = median(&mut work)?;
    for v in &mut work {
        *v = (*v - centre).abs();
    }
    median(&mut work).map(|mad| NORMAL * mad)
}
