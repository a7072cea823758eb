//! Points far off the robust line: listed, never removed.

use crate::describe::mad_sd;
use crate::ols::Ols;
use crate::theil_sen::TheilSen;

/// A point this many robust standard deviations off the line is listed.
const FAR: f64 = 3.5;

/// Fewer points have no outliers: a robust spread of so few says nothing.
const LEAST: usize = 8;

/// The indices of the points whose residual from the Theil–Sen line (its joint intercept, so that the median residual is 0) is
/// above 3.5 times the robust standard deviation of the residuals, [`mad_sd`], which is at least resolution / √12, what
/// rounding alone would give. `None` for fewer than 8 points, slices of different length or values that are not finite.
pub fn outliers(x: &[f64], y: &[f64], line: &TheilSen, resolution: f64) -> Option<Vec<usize>> {
    if x.len() != y.len() || x.len() < LEAST {
        return None;
    }
    let residuals: Vec<f64> = x.iter().zip(y).map(|(x, y)| y - line.slope * x - line.intercept_joint).collect();
    let limit = FAR * mad_sd(&residuals)?.max(resolution / 12f64.sqrt());
    Some(residuals.iter().enumerate().filter(|(_, r)| r.abs() > limit).map(|(i, _)| i).collect())
}

/// Whether least squares and Theil–Sen disagree about the goal: their slopes lie on different sides of `need`, or more than
/// one standard error of the least-squares slope apart. `None` below 3 points.
pub fn robust_disagree(line: &Ols, robust: &TheilSen, need: f64) -> Option<bool> {
    let side = |slope: f64| slope.partial_cmp(&need);
    Some(side(line.slope) != side(robust.slope) || (line.slope - robust.slope).abs() > line.slope_se?)
}
