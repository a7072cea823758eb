//! Digamma, trigamma and its inverse, for the distribution of variances.

/// From here on the asymptotic series is good to rounding.
const SERIES_FROM: f64 = 15.0;

/// ψ(x), the derivative of ln Γ, for x > 0; NaN otherwise. Recurrence, then the asymptotic series (Abramowitz & Stegun 6.3.5,
/// 6.3.18).
pub fn digamma(x: f64) -> f64 {
    if x.is_nan() || x <= 0.0 {
        return f64::NAN;
    }
    let (mut at, mut below) = (x, 0.0);
    while at < SERIES_FROM {
        below += 1.0 / at;
        at += 1.0;
    }
    let square = 1.0 / (at * at);
    let series = [691.0 / 32_760.0, -1.0 / 132.0, 1.0 / 240.0, -1.0 / 252.0, 1.0 / 120.0, -1.0 / 12.0];
    libm::log(at) - 0.5 / at + square * horner(&series, square) - below
}

/// ψ′(x) for x > 0; NaN otherwise. Recurrence, then the asymptotic series (Abramowitz & Stegun 6.4.6, 6.4.12).
pub fn trigamma(x: f64) -> f64 {
    if x.is_nan() || x <= 0.0 {
        return f64::NAN;
    }
    let (mut at, mut below) = (x, 0.0);
    while at < SERIES_FROM {
        below += 1.0 / (at * at);
        at += 1.0;
    }
    let square = 1.0 / (at * at);
    let series = [-691.0 / 2_730.0, 5.0 / 66.0, -1.0 / 30.0, 1.0 / 42.0, -1.0 / 30.0, 1.0 / 6.0];
    below + 1.0 / at + 0.5 * square + square / at * horner(&series, square)
}

/// The x > 0 with ψ′(x) = y, for y > 0; NaN otherwise. By bisection: ψ′ falls, and lies between the larger of 1/x and 1/x²,
/// and 1/x + 1/x².
pub fn trigamma_inverse(y: f64) -> f64 {
    if !(y > 0.0 && y.is_finite()) {
        return f64::NAN;
    }
    let (mut low, mut high) = ((1.0 / y).max(1.0 / y.sqrt()), 0.5 * (1.0 + (1.0 + 4.0 * y).sqrt()) / y);
    loop {
        let middle = 0.5 * (low + high);
        if !(low < middle && middle < high) {
            return middle;
        }
        if trigamma(middle) > y {
            low = middle;
        } else {
            high = middle;
        }
    }
}

fn horner(coefficients: &[f64], at: f64) -> f64 {
    coefficients.iter().fold(0.0, |sum, c| sum * at + c)
}
