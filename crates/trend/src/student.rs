//! Student's t distribution with any positive degrees of freedom.

use crate::normal::{normal_quantile, upper_tail};
use std::f64::consts::PI;

/// Beyond this many degrees of freedom the normalizing expansion is used (its error is then far below rounding).
const EXPANSION_FROM: f64 = 1e4;

/// P(T <= t) for Student's t with `df` degrees of freedom, which may be fractional; infinite `df` is the normal.
///
/// Relative error below 1e-12, in the lower tail too, until it underflows to 0. NaN for a NaN, or for `df <= 0`.
/// By the incomplete beta function I_x(df/2, 1/2), x = df / (df + t²), as a continued fraction (Abramowitz & Stegun 26.7.1,
/// 26.5.8); beyond 10,000 degrees of freedom by Hill's expansion (CACM algorithm 395, 1970).
pub fn t_cdf(t: f64, df: f64) -> f64 {
    if t.is_nan() || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    let tail = lower_tail(t.abs(), df);
    if t <= 0.0 { tail } else { 1.0 - tail }
}

/// P(T <= −t) for t >= 0.
fn lower_tail(t: f64, df: f64) -> f64 {
    let square = t * t;
    if square.is_infinite() {
        return 0.0;
    }
    if df.is_infinite() {
        return upper_tail(t);
    }
    if df > EXPANSION_FROM {
        return upper_tail(hill(square, df));
    }
    let half_df = 0.5 * df;
    // 1 − x is computed by itself: near t = 0 a subtraction from 1 would lose it. ln(x) by log1p for the same reason.
    let (x, one_minus_x) = (df / (df + square), square / (df + square));
    let front = libm::exp(-half_df * libm::log1p(square / df)) * one_minus_x.sqrt() * gamma_ratio(half_df) / PI.sqrt();
    if x < (half_df + 1.0) / (half_df + 2.5) {
        0.5 * front / half_df * beta_fraction(half_df, 0.5, x)
    } else {
        0.5 - front * beta_fraction(0.5, half_df, one_minus_x)
    }
}

/// The normal deviate with the same tail as t = √`square`.
fn hill(square: f64, df: f64) -> f64 {
    let a = df - 0.5;
    let b = 48.0 * a * a;
    let y = a * libm::log1p(square / df);
    let inner = (((-0.4 * y - 3.3) * y - 24.0) * y - 85.5) / (0.8 * y * y + 100.0 + b);
    ((inner + y + 3.0) / b + 1.0) * y.sqrt()
}

/// Γ(a + 1/2) / Γ(a) for a > 0: the recurrence up to 25, then the asymptotic series, whose error there is below 1e-15.
fn gamma_ratio(a: f64) -> f64 {
    const SERIES: [f64; 9] = [
        -334_477.0 / 2_147_483_648.0,
        39_325.0 / 33_554_432.0,
        869.0 / 4_194_304.0,
        -399.0 / 262_144.0,
        -21.0 / 32_768.0,
        5.0 / 1_024.0,
        1.0 / 128.0,
        -1.0 / 8.0,
        1.0,
    ];
    let (mut at, mut above, mut below) = (a, 1.0, 1.0);
    while at < 25.0 {
        above *= at;
        below *= at + 0.5;
        at += 1.0;
    }
    at.sqrt() * SERIES.iter().fold(0.0, |sum, c| sum / at + c) * above / below
}

/// The continued fraction of the incomplete beta function by Lentz's method; it converges fast for x < (a + 1) / (a + b + 2).
pub(crate) fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |v: f64| if v.abs() < TINY { TINY } else { v };
    let (mut c, mut d) = (1.0, 1.0 / away(1.0 - (a + b) * x / (a + 1.0)));
    let mut result = d;
    for level in 1..=1_000 {
        let m = f64::from(level);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away(1.0 + even * d);
        c = away(1.0 + even / c);
        result *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away(1.0 + odd * d);
        c = away(1.0 + odd / c);
        result *= d * c;
        if (d * c - 1.0).abs() < 1e-16 {
            break;
        }
    }
    result
}

/// The t with P(T <= t) = p: −∞ for p <= 0, ∞ for p >= 1, NaN for a NaN or for `df <= 0`.
///
/// Closed forms for 1 and 2 degrees of freedom; else the Cornish–Fisher start (Abramowitz & Stegun 26.7.5), then Newton's
/// method on the smaller tail within a bracket. Relative error about 1e-13.
pub fn t_quantile(p: f64, df: f64) -> f64 {
    if p.is_nan() || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    } else if p <= 0.0 {
        return f64::NEG_INFINITY;
    } else if p >= 1.0 {
        return f64::INFINITY;
    } else if p == 0.5 {
        return 0.0;
    } else if df.is_infinite() {
        return normal_quantile(p);
    }
    let tail = p.min(1.0 - p);
    let t = if df == 1.0 {
        1.0 / libm::tan(PI * tail)
    } else if df == 2.0 {
        (1.0 - 2.0 * tail) / (2.0 * tail * (1.0 - tail)).sqrt()
    } else {
        upper_quantile(tail, df)
    };
    if p < 0.5 { -t } else { t }
}

/// The t > 0 with P(T > t) = `tail`, for tail < 1/2.
fn upper_quantile(tail: f64, df: f64) -> f64 {
    let z = -normal_quantile(tail);
    let start = z + z * (z * z + 1.0) / (4.0 * df) + z * ((5.0 * z * z + 16.0) * z * z + 3.0) / (96.0 * df * df);
    let (mut low, mut high, mut t) = (0.0, start.max(f64::MIN_POSITIVE), start.max(f64::MIN_POSITIVE));
    while lower_tail(high, df) > tail {
        (low, high) = (high, 2.0 * high);
    }
    let scale = gamma_ratio(0.5 * df) / (PI * df).sqrt();
    for _ in 0..200 {
        let here = lower_tail(t, df);
        if here > tail {
            low = t
        } else {
            high = t
        }
        let density = scale * libm::exp(-0.5 * (df + 1.0) * libm::log1p(t * t / df));
        let gap = libm::log(here / tail) * here / density;
        // Far out the tail is nearly a power of t, so the step is taken on the logarithms; near 0 it is nearly straight.
        let mut next = if t > 1.0 { t * libm::exp(gap / t) } else { t + gap };
        if !(next > low && next < high) {
            next = 0.5 * (low + high);
        }
        let done = (next - t).abs() <= 1e-12 * next;
        t = next;
        if done {
            break;
        }
    }
    t
}
