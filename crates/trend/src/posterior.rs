//! How sure the goal's own data make it that the slope is too small: the own-data mode, with a flat prior.

use crate::ols::Ols;
use crate::position::Side;
use crate::prior::Evidence;
use crate::student::t_cdf;

/// What a fitted line is held against; everything in the measure's own unit and sign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OwnData {
    /// The needed slope, (target − baseline) / weeks; 0 for a maintenance goal.
    pub need: f64,
    /// A slope below this share of `need` is stalled; 0.5 unless the rule set says otherwise.
    pub kappa: f64,
    /// Time of the target, on the axis of the fit.
    pub x_g: f64,
    /// The target.
    pub goal: f64,
    /// The worse side: `Below` for goals that rise.
    pub worse: Side,
    /// The measure's resolution ([`crate::resolution`], or 100 / denominator for trials).
    pub resolution: f64,
}

/// Four probabilities of the true slope and level, in the better direction. Each is between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Probabilities {
    /// P(slope < need).
    pub p_slow: f64,
    /// P(slope < kappa · need).
    pub p_stall: f64,
    /// P(slope < 0): moving away from the target.
    pub p_neg: f64,
    /// P(the line at x_g is at or better than the target).
    pub p_goal: f64,
}

/// The residual standard deviation, raised to what rounding alone would give, resolution / √12: points that happen to lie on a
/// line must not make the verdict certain.
pub fn floored_sd(residual_sd: f64, resolution: f64) -> f64 {
    residual_sd.max(resolution / 12f64.sqrt())
}

/// Student-t probabilities with n − 2 degrees of freedom around the least-squares line, with the residual standard deviation
/// s̃ of [`floored_sd`], s = s̃ / √Sxx, and for the level at x_g the variance s̃²/n + (x_g − x̄)² s². The sign d of the worse
/// side is applied first. `None` below 3 points, or when a number given is not finite.
pub fn own_data(fit: &Ols, against: &OwnData) -> Option<Probabilities> {
    own_line(&Evidence::of_ols(fit, against.resolution), against)
}

/// The same of a line on any family's working scale, on which `against` is too; a dispersion below the family's least (1 for
/// trials and counts) is raised to it.
pub fn own_line(line: &Evidence, against: &OwnData) -> Option<Probabilities> {
    if line.df <= 0.0 {
        return None;
    }
    let noise = line.noise(against.resolution);
    let slope_se = (noise * line.slope_unit).sqrt();
    let d = against.worse.sign();
    let (slope, need) = (d * line.slope, d * against.need);
    let apart = against.x_g - line.x_mean;
    let level_sd = libm::hypot((noise * line.level_unit).sqrt(), apart * slope_se);
    let ahead = d * (line.level + apart * line.slope - against.goal);
    let given = [slope, need, against.kappa * need, level_sd, ahead, slope_se];
    given.iter().all(|v| v.is_finite()).then(|| Probabilities {
        p_slow: below(need - slope, slope_se, line.df),
        p_stall: below(against.kappa * need - slope, slope_se, line.df),
        p_neg: below(-slope, slope_se, line.df),
        p_goal: below(ahead, level_sd, line.df),
    })
}

/// T(difference / se); a step when se is 0, which only a resolution of 0 allows.
pub(crate) fn below(difference: f64, se: f64, df: f64) -> f64 {
    if difference == 0.0 {
        0.5
    } else if se > 0.0 {
        t_cdf(difference / se, df)
    } else {
        f64::from(u8::from(difference > 0.0))
    }
}
