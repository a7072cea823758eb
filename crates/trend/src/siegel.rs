//! Repeated medians: a line that stands up to almost half the points being wrong.

use crate::median::median;
use crate::thin::{thin, usable};

/// A repeated-median line (Siegel 1982, Biometrika 69).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Siegel {
    /// Number of points given.
    pub n: usize,
    /// The median over the points of each point's median slope to the points at another x.
    pub slope: f64,
    /// median(y − slope · x): scipy's `hierarchical`, its default.
    pub intercept: f64,
}

/// The repeated-median line through the points (`x[i]`, `y[i]`) in any order, as `scipy.stats.siegelslopes` computes it.
/// Quadratic in the number of points; above [`crate::MAX_POINTS`] that many are used, as by [`crate::theil_sen`].
///
/// `None` for fewer than two points, slices of different length, x all equal, or values that are not finite.
pub fn siegel(x: &[f64], y: &[f64]) -> Option<Siegel> {
    if !usable(x, y, 2) {
        return None;
    }
    if let Some((some_x, some_y)) = thin(x, y) {
        return siegel(&some_x, &some_y).map(|fit| Siegel { n: x.len(), ..fit });
    }
    let mut slopes = Vec::with_capacity(x.len());
    let mut medians = Vec::with_capacity(x.len());
    for (x_i, y_i) in x.iter().zip(y) {
        slopes.clear();
        slopes.extend(x.iter().zip(y).filter(|(x_j, _)| *x_j != x_i).map(|(x_j, y_j)| (y_j - y_i) / (x_j - x_i)));
        medians.push(median(&mut slopes)?);
    }
    let slope = median(&mut medians)? + 0.0; // -0.0 becomes 0.0
    medians.clear();
    medians.extend(x.iter().zip(y).map(|(x, y)| y - slope * x));
    let intercept = median(&mut medians)?;
    (slope.is_finite() && intercept.is_finite()).then_some(Siegel { n: x.len(), slope, intercept })
}
