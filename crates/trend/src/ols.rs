//! Ordinary least squares on one goal's points, and the line through a fixed point.

use crate::student::t_quantile;

/// A least-squares line. All slopes are per unit of x.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ols {
    /// Number of points, at least 2.
    pub n: usize,
    /// Mean of x.
    pub x_mean: f64,
    /// Mean of y.
    pub y_mean: f64,
    /// Σ (x − x̄)², above 0.
    pub sxx: f64,
    /// Sxy / Sxx.
    pub slope: f64,
    /// The line at x = 0.
    pub intercept: f64,
    /// residual_sd / √Sxx. `None` below 3 points; 0 for points that lie on the line.
    pub slope_se: Option<f64>,
    /// residual_sd · √(1/n + x̄²/Sxx). `None` below 3 points.
    pub intercept_se: Option<f64>,
    /// √(SSE / (n − 2)), the standard error of estimate. `None` below 3 points.
    pub residual_sd: Option<f64>,
    /// Sxy² / (Sxx Syy), from 0 to 1. `None` when y is constant.
    pub r2: Option<f64>,
}

impl Ols {
    /// The line at `x`.
    pub fn at(&self, x: f64) -> f64 {
        self.y_mean + self.slope * (x - self.x_mean)
    }

    /// The two-sided interval of the slope with confidence `level` (0 to 1, both excluded): slope ∓ t(n − 2) · SE.
    /// `None` below 3 points or for another level.
    pub fn slope_interval(&self, level: f64) -> Option<(f64, f64)> {
        let half_width = half_width(self.slope_se?, level, self.n.checked_sub(2)?)?;
        Some((self.slope - half_width, self.slope + half_width))
    }
}

/// A line through the fixed point (x0, y0).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Anchored {
    /// Number of points, not counting the fixed one; at least 1.
    pub n: usize,
    /// Σ (x − x0)², above 0.
    pub suu: f64,
    /// Σ (x − x0)(y − y0) / Suu.
    pub slope: f64,
    /// residual_sd / √Suu. `None` below 2 points. It takes the fixed point for exact: too small when that is a noisy baseline.
    pub slope_se: Option<f64>,
    /// √(SSE / (n − 1)). `None` below 2 points.
    pub residual_sd: Option<f64>,
}

impl Anchored {
    /// The two-sided interval of the slope with confidence `level`, with n − 1 degrees of freedom. `None` below 2 points.
    pub fn slope_interval(&self, level: f64) -> Option<(f64, f64)> {
        let half_width = half_width(self.slope_se?, level, self.n.checked_sub(1)?)?;
        Some((self.slope - half_width, self.slope + half_width))
    }
}

fn square(v: f64) -> f64 {
    v * v
}

fn half_width(se: f64, level: f64, df: usize) -> Option<f64> {
    (level > 0.0 && level < 1.0).then(|| se * -t_quantile(0.5 * (1.0 - level), df as f64))
}

/// The mean as an offset from the first value: exact for constant values, and nothing is lost to a distant origin.
pub(crate) fn mean(values: &[f64]) -> Option<f64> {
    let first = *values.first()?;
    let rough = first + values.iter().map(|v| v - first).sum::<f64>() / values.len() as f64;
    Some(rough + values.iter().map(|v| v - rough).sum::<f64>() / values.len() as f64)
}

/// The least-squares line through the points (`x[i]`, `y[i]`), two-pass and centred; x in any order, ties allowed.
///
/// `None` for fewer than two points, slices of different length, x all equal, or values that are not finite.
/// Textbook formulas; checked against NIST StRD Norris.
pub fn ols(x: &[f64], y: &[f64]) -> Option<Ols> {
    if x.len() != y.len() || x.len() < 2 {
        return None;
    }
    let (n, x_mean, y_mean) = (x.len(), mean(x)?, mean(y)?);
    let centred = || x.iter().zip(y).map(|(x, y)| (x - x_mean, y - y_mean));
    let (mut sxx, mut sxy, mut syy) = (0.0, 0.0, 0.0);
    for (u, v) in centred() {
        sxx += u * u;
        sxy += u * v;
        syy += v * v;
    }
    let (slope, intercept) = (sxy / sxx, y_mean - sxy / sxx * x_mean);
    if !(sxx > 0.0 && sxx.is_finite() && syy.is_finite() && slope.is_finite() && intercept.is_finite()) {
        return None;
    }
    let residual_sd = (n > 2).then(|| {
        let sse: f64 = centred().map(|(u, v)| square(v - slope * u)).sum();
        (sse / (n - 2) as f64).sqrt()
    });
    Some(Ols {
        n,
        x_mean,
        y_mean,
        sxx,
        slope,
        intercept,
        slope_se: residual_sd.map(|sd| sd / sxx.sqrt()),
        intercept_se: residual_sd.map(|sd| sd * (1.0 / n as f64 + x_mean * x_mean / sxx).sqrt()),
        residual_sd,
        // The quotients first: the product of two small sums could underflow.
        r2: (syy > 0.0).then(|| ((sxy / sxx) * (sxy / syy)).clamp(0.0, 1.0)),
    })
}

/// The least-squares line that passes through (x0, y0).
///
/// `None` for no points, slices of different length, every x equal to x0, or values that are not finite. Textbook formulas
/// for regression through the origin; checked against NIST StRD NoInt1 and NoInt2.
pub fn anchored(x: &[f64], y: &[f64], x0: f64, y0: f64) -> Option<Anchored> {
    if x.len() != y.len() || x.is_empty() {
        return None;
    }
    let moved = || x.iter().zip(y).map(|(x, y)| (x - x0, y - y0));
    let (mut suu, mut suv) = (0.0, 0.0);
    for (u, v) in moved() {
        suu += u * u;
        suv += u * v;
    }
    let slope = suv / suu;
    if !(suu > 0.0 && suu.is_finite() && slope.is_finite()) {
        return None;
    }
    let residual_sd = (x.len() > 1).then(|| {
        let sse: f64 = moved().map(|(u, v)| square(v - slope * u)).sum();
        (sse / (x.len() - 1) as f64).sqrt()
    });
    Some(Anchored { n: x.len(), suu, slope, slope_se: residual_sd.map(|sd| sd / suu.sqrt()), residual_sd })
}
