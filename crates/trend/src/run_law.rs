//! How often a point rule fires by chance: exact laws for a student who grows exactly on the aimline.
//!
//! All assume errors that are independent, alike and continuous (ties make a run rarer), and points that follow one another.

use crate::normal::{density, normal_cdf};

/// An exact probability, `hits` of `of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Exact {
    /// Cases in which the rule fires.
    pub hits: u128,
    /// All cases, equally likely.
    pub of: u128,
}

impl Exact {
    /// The probability as a number.
    pub fn p(&self) -> f64 {
        self.hits as f64 / self.of as f64
    }
}

/// Points up to which [`true_line_run`] counts without overflow.
const MOST_POINTS: u32 = 126;

/// P(some k points in a row, of `points`, lie below a true aimline): each is a fair coin. `hits` of 2^points; for a single look
/// at the last k points take `points` = k, 1 in 2^k. `None` for k = 0 or more than 126 points.
pub fn true_line_run(k: u32, points: u32) -> Option<Exact> {
    if k == 0 || points > MOST_POINTS {
        return None;
    }
    // ending[j]: sequences so far without such a run whose last j points are below and the one before is not.
    let mut ending = vec![0u128; k as usize];
    *ending.first_mut()? = 1;
    for _ in 0..points {
        let above = ending.iter().sum();
        ending.rotate_right(1);
        *ending.first_mut()? = above;
    }
    let of = 1u128 << points;
    Some(Exact { hits: of - ending.iter().sum::<u128>(), of })
}

/// The mean number of points until k in a row lie below a true aimline: 2^(k + 1) − 2. `None` for k = 0 or above 126.
pub fn true_line_mean_wait(k: u32) -> Option<u128> {
    (k > 0 && k <= MOST_POINTS).then(|| (1u128 << (k + 1)) - 2)
}

/// P(the last k points all lie below the aimline) when it is drawn from the median of `probes` baseline probes (an odd number)
/// with the needed slope: C(m, h) / C(k + m, h), h = (m + 1) / 2, by the ranks of k + m errors that are alike. For three probes
/// 1/5, 1/7, 3/28 at k = 3, 4, 5; for one 1 / (k + 1). The noise, however large, cancels.
///
/// `None` for an even number of probes (the midpoint is no order statistic), k = 0, or numbers above 60.
pub fn baseline_run(k: u32, probes: u32) -> Option<Exact> {
    if k == 0 || probes.is_multiple_of(2) || k > 60 || probes > 60 {
        return None;
    }
    let upper = probes.div_ceil(2);
    let (hits, of) = (choose(probes, upper), choose(k + probes, upper));
    let common = gcd(hits, of);
    Some(Exact { hits: hits / common, of: of / common })
}

fn choose(n: u32, k: u32) -> u128 {
    (1..=u128::from(k)).fold(1, |product, i| product * (u128::from(n - k) + i) / i)
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The same for a target that is fixed: the aimline runs from the noisy baseline to the target, and is wrong by less the nearer a
/// point is to it. `way[j]` is how far point j is on its way, 0 at the baseline, 1 at the target; errors are normal. It falls
/// from [`baseline_run`] (all at 0) to 2^−k (all at 1). By the trapezoidal rule, good to about 1e-14.
///
/// `None` for no points, an even number of probes or more than 60, or a `way` outside 0 to 1.
pub fn fixed_target_run(way: &[f64], probes: u32) -> Option<f64> {
    if way.is_empty() || probes.is_multiple_of(2) || probes > 60 || !way.iter().all(|share| (0.0..=1.0).contains(share)) {
        return None;
    }
    const STEPS: i32 = 1_000;
    const REACH: f64 = 10.0;
    let half = (probes - 1) / 2;
    // The density of the median of m normals is m! / (h! h!) · Φ^h (1 − Φ)^h φ, h = (m − 1) / 2.
    let orders = choose(probes, half) as f64 * f64::from(half + 1);
    let width = REACH / f64::from(STEPS);
    let sum: f64 = (-STEPS..=STEPS)
        .map(|i| {
            let error = width * f64::from(i);
            let sides = normal_cdf(error) * normal_cdf(-error);
            let median = (0..half).fold(orders * density(error), |product, _| product * sides);
            way.iter().fold(median, |product, share| product * normal_cdf((1.0 - share) * error))
        })
        .sum();
    Some(sum * width)
}
