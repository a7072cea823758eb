//! A share of successes, with three intervals.

use crate::beta::{beta_cdf, beta_quantile};
use crate::normal::normal_quantile;

/// `k` successes of `n`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Share {
    k: u32,
    n: u32,
}

impl Share {
    /// `None` for n = 0 or k > n.
    pub fn new(k: u32, n: u32) -> Option<Self> {
        (n > 0 && k <= n).then_some(Self { k, n })
    }

    /// Successes.
    pub fn k(&self) -> u32 {
        self.k
    }

    /// Of how many.
    pub fn n(&self) -> u32 {
        self.n
    }

    fn parts(&self) -> (f64, f64) {
        (f64::from(self.k), f64::from(self.n - self.k))
    }

    /// k / n.
    pub fn share(&self) -> f64 {
        f64::from(self.k) / f64::from(self.n)
    }

    /// Wilson's score interval (1927) with confidence `level`; `None` unless that is between 0 and 1, both excluded.
    pub fn wilson(&self, level: f64) -> Option<(f64, f64)> {
        let z = -normal_quantile(0.5 * (1.0 - inside(level)?));
        let (n, p) = (f64::from(self.n), self.share());
        let (scale, centre) = (1.0 + z * z / n, p + 0.5 * z * z / n);
        let half = z * (p * (1.0 - p) / n + 0.25 * z * z / (n * n)).sqrt();
        let lo = if self.k == 0 { 0.0 } else { (centre - half) / scale };
        let hi = if self.k == self.n { 1.0 } else { (centre + half) / scale };
        Some((lo, hi))
    }

    /// The exact interval of Clopper & Pearson (1934).
    pub fn clopper_pearson(&self, level: f64) -> Option<(f64, f64)> {
        let alpha = 0.5 * (1.0 - inside(level)?);
        let (s, f) = self.parts();
        let lo = if self.k == 0 { 0.0 } else { beta_quantile(alpha, s, f + 1.0) };
        // The complement's lower end: a quantile near 1 loses nothing that way.
        let hi = if self.k == self.n { 1.0 } else { 1.0 - beta_quantile(alpha, f, s + 1.0) };
        Some((lo, hi))
    }

    /// The equal-tailed interval of the posterior Beta(½ + successes, ½ + failures) (Jeffreys' prior); as usual it reaches to 0
    /// when there is no success, and to 1 when there is no failure.
    pub fn jeffreys(&self, level: f64) -> Option<(f64, f64)> {
        let alpha = 0.5 * (1.0 - inside(level)?);
        let (s, f) = self.parts();
        let lo = if self.k == 0 { 0.0 } else { beta_quantile(alpha, s + 0.5, f + 0.5) };
        let hi = if self.k == self.n { 1.0 } else { 1.0 - beta_quantile(alpha, f + 0.5, s + 0.5) };
        Some((lo, hi))
    }

    /// P(the true share is at least `criterion`), by that posterior. `None` for a criterion outside 0 to 1.
    pub fn at_least(&self, criterion: f64) -> Option<f64> {
        let (s, f) = self.parts();
        (0.0..=1.0).contains(&criterion).then(|| beta_cdf(1.0 - criterion, f + 0.5, s + 0.5))
    }
}

fn inside(level: f64) -> Option<f64> {
    (level > 0.0 && level < 1.0).then_some(level)
}
