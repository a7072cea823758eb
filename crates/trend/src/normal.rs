//! The standard normal distribution.

use std::f64::consts::{PI, SQRT_2};

/// Below this the series is used, above it the continued fraction: here both are good to about 1e-14.
const SERIES_LIMIT: f64 = 2.5;

pub(crate) fn density(x: f64) -> f64 {
    libm::exp(-0.5 * x * x) / (SQRT_2 * PI.sqrt())
}

/// P(Z > x) for x >= 0, with a small relative error far into the tail.
pub(crate) fn upper_tail(x: f64) -> f64 {
    if x < SERIES_LIMIT {
        // Abramowitz & Stegun 26.2.11: all terms are positive, nothing cancels before the last subtraction.
        let (mut term, mut sum, mut odd) = (x, x, 1.0);
        while term > sum * 1e-17 {
            odd += 2.0;
            term *= x * x / odd;
            sum += term;
        }
        return 0.5 - density(x) * sum;
    }
    if x.is_infinite() {
        return 0.0;
    }
    // Abramowitz & Stegun 26.2.14, from the end: 120 levels are more than enough at x = 2.5, fewer do farther out.
    let levels = if x < 6.0 { 120 } else { 30 };
    let tail = (1..=levels).rev().fold(x, |below, level| x + f64::from(level) / below);
    density(x) / tail
}

/// P(Z <= x) of the standard normal, relative error about 1e-13 in the lower tail too. NaN for NaN.
pub fn normal_cdf(x: f64) -> f64 {
    if x.is_nan() {
        f64::NAN
    } else if x <= 0.0 {
        upper_tail(-x)
    } else {
        1.0 - upper_tail(x)
    }
}

/// The x with P(Z <= x) = p: −∞ for p <= 0, ∞ for p >= 1, NaN for NaN.
///
/// Acklam's rational approximation (2003, relative error 1.2e-9), then one step of Halley on [`normal_cdf`]. The work is done
/// on the smaller tail, so that a p near 0 loses nothing.
pub fn normal_quantile(p: f64) -> f64 {
    const A: [f64; 6] = [
        -3.969683028665376e1,
        2.209460984245205e2,
        -2.759285104469687e2,
        1.38357751867269e2,
        -3.066479806614716e1,
        2.506628277459239,
    ];
    const B: [f64; 6] =
        [-5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1, 1.0];
    const C: [f64; 6] = [
        -7.784894002430293e-3,
        -3.223964580411365e-1,
        -2.400758277161838,
        -2.549732539343734,
        4.374664141464968,
        2.938163982698783,
    ];
    const D: [f64; 5] = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1.0];
    let poly = |coefficients: &[f64], at: f64| coefficients.iter().fold(0.0, |sum, c| sum * at + c);
    if p.is_nan() {
        return f64::NAN;
    } else if p <= 0.0 {
        return f64::NEG_INFINITY;
    } else if p >= 1.0 {
        return f64::INFINITY;
    }
    let tail = p.min(1.0 - p);
    let mut x = if tail < 0.02425 {
        let r = (-2.0 * libm::log(tail)).sqrt();
        poly(&C, r) / poly(&D, r)
    } else {
        let r = tail - 0.5;
        r * poly(&A, r * r) / poly(&B, r * r)
    };
    let height = density(x);
    if height > 0.0 {
        let step = (normal_cdf(x) - tail) / height;
        x -= step / (1.0 + 0.5 * x * step);
    }
    if p > 0.5 { -x } else { x }
}
