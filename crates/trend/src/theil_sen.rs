//! Theil–Sen: the median of the slopes between pairs, with Sen's interval.

use crate::median::{median, median_sorted};
use crate::normal::normal_quantile;
use crate::thin::{thin, usable};

/// With more points than this, this many of them are used: about two million slopes, 16 MB, some 20 ms.
pub const MAX_POINTS: usize = 2_000;

/// A Theil–Sen line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TheilSen {
    /// Number of points given.
    pub n: usize,
    /// Number of pairs with different x.
    pub n_slopes: usize,
    /// Median of (y_j − y_i) / (x_j − x_i) over pairs with x_i ≠ x_j.
    pub slope: f64,
    /// median(y) − slope · median(x): scipy's `separate`, its default.
    pub intercept_separate: f64,
    /// median(y − slope · x): scipy's `joint`.
    pub intercept_joint: f64,
    /// Lower end of Sen's interval. `None`, with `hi`, when the ties leave no variance to take the root of.
    pub lo: Option<f64>,
    /// Upper end of Sen's interval.
    pub hi: Option<f64>,
}

/// Buffers for one thread that fits many lines, so that no fit allocates after the first few.
#[derive(Clone, Debug, Default)]
pub struct TheilSenScratch {
    slopes: Vec<f64>,
    xs: Vec<f64>,
    ys: Vec<f64>,
    /// The last level and its normal deviate.
    deviate: Option<(f64, f64)>,
}

/// [`TheilSenScratch::fit`] with buffers of its own.
pub fn theil_sen(x: &[f64], y: &[f64], level: f64) -> Option<TheilSen> {
    TheilSenScratch::new().fit(x, y, level)
}

impl TheilSenScratch {
    /// Empty buffers.
    pub fn new() -> Self {
        Self::default()
    }

    /// The Theil–Sen line through the points (`x[i]`, `y[i]`) in any order, with a two-sided interval of confidence `level` (0 to
    /// 1, both excluded), computed as `scipy.stats.theilslopes` 1.17 does: Sen 1968 (2.6), ties in x and in y taken out of the
    /// variance, ranks rounded half to even. Quadratic in the number of points.
    ///
    /// Above [`MAX_POINTS`] the work is bounded: the points are sorted by x, then y, and that many are taken at evenly spaced
    /// ranks, first and last included; the result is theirs, so the interval is as wide as that many points make it.
    ///
    /// `None` for fewer than two points, slices of different length, x all equal, values that are not finite, or another level.
    pub fn fit(&mut self, x: &[f64], y: &[f64], level: f64) -> Option<TheilSen> {
        if !(usable(x, y, 2) && level > 0.0 && level < 1.0) {
            return None;
        }
        if x.len() <= MAX_POINTS {
            return self.fit_all(x, y, level);
        }
        let (some_x, some_y) = thin(x, y)?;
        self.fit_all(&some_x, &some_y, level).map(|fit| TheilSen { n: x.len(), ..fit })
    }

    fn fit_all(&mut self, x: &[f64], y: &[f64], level: f64) -> Option<TheilSen> {
        let n = x.len();
        self.slopes.clear();
        self.slopes.reserve(n * (n - 1) / 2);
        for (i, (&x_i, &y_i)) in x.iter().zip(y).enumerate() {
            // Both differences change sign with the order of the two, their quotient does not.
            let later = x.iter().zip(y).skip(i + 1);
            self.slopes.extend(later.filter(|(x_j, _)| **x_j != x_i).map(|(x_j, y_j)| (y_j - y_i) / (x_j - x_i)));
        }
        if self.slopes.is_empty() {
            return None;
        }
        let x_ties = sort_and_count_ties(&mut self.xs, x);
        let y_ties = sort_and_count_ties(&mut self.ys, y);
        let count = n as f64;
        let variance = (count * (count - 1.0) * (2.0 * count + 5.0) - x_ties - y_ties) / 18.0;
        let spread = (variance >= 0.0).then(|| self.deviate(level) * variance.sqrt());
        let n_slopes = self.slopes.len();
        let half = n_slopes / 2;
        let (left, middle, right) = self.slopes.select_nth_unstable_by(half, f64::total_cmp);
        // Each later rank is looked for in the half that holds it.
        let mut ranked = |rank: usize| {
            let value = match rank.cmp(&half) {
                std::cmp::Ordering::Less => *left.select_nth_unstable_by(rank, f64::total_cmp).1,
                std::cmp::Ordering::Equal => *middle,
                std::cmp::Ordering::Greater => *right.select_nth_unstable_by(rank - half - 1, f64::total_cmp).1,
            };
            value + 0.0 // -0.0 becomes 0.0
        };
        let slope = if n_slopes.is_multiple_of(2) { ranked(half - 1).midpoint(ranked(half)) } else { ranked(half) };
        let (lo, hi) = match spread {
            Some(spread) => {
                let pairs = n_slopes as f64;
                // A cast of a negative number to usize is 0, as wanted.
                let low = ((0.5 * (pairs - spread)).round_ties_even() - 1.0) as usize;
                let high = (0.5 * (pairs + spread)).round_ties_even() as usize;
                (Some(ranked(low.min(n_slopes - 1))), Some(ranked(high.min(n_slopes - 1))))
            }
            None => (None, None),
        };
        let intercept_separate = median_sorted(&self.ys)? - slope * median_sorted(&self.xs)?;
        self.ys.clear();
        self.ys.extend(x.iter().zip(y).map(|(x, y)| y - slope * x));
        let intercept_joint = median(&mut self.ys)?;
        let finite = [slope, intercept_separate, intercept_joint].iter().chain(&lo).chain(&hi).all(|v| v.is_finite());
        finite.then_some(TheilSen { n, n_slopes, slope, intercept_separate, intercept_joint, lo, hi })
    }

    fn deviate(&mut self, level: f64) -> f64 {
        match self.deviate {
            Some((known, deviate)) if known == level => deviate,
            _ => {
                let deviate = -normal_quantile(0.5 * (1.0 - level));
                self.deviate = Some((level, deviate));
                deviate
            }
        }
    }
}

/// Sorts a copy of `values` into `sorted` and returns Σ t (t − 1)(2t + 5) over its groups of t equal values.
fn sort_and_count_ties(sorted: &mut Vec<f64>, values: &[f64]) -> f64 {
    sorted.clear();
    sorted.extend_from_slice(values);
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
        .chunk_by(|a, b| a == b)
        .map(|group| group.len() as f64)
        .filter(|t| *t > 1.0)
        .map(|t| t * (t - 1.0) * (2.0 * t + 5.0))
        .sum()
}
