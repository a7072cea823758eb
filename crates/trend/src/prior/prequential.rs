//! Checking the posterior without knowing the truth: each next value is predicted before it is used.

use super::evidence::Evidence;
use super::posterior::Posterior;
use crate::student::t_cdf;

/// What a prediction was worth, once the value is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    /// The predicted value.
    pub mean: f64,
    /// Standard deviation of a new value about it.
    pub sd: f64,
    /// Degrees of freedom.
    pub df: f64,
    /// P(a new value is at most this one): uniform from 0 to 1 when the predictions are right. Inside the 90 % interval is 0.05
    /// to 0.95.
    pub pit: f64,
    /// Logarithm of the predictive density at the value: larger is better, and to be compared on the same values only.
    pub log_score: f64,
}

/// How the posterior of a goal predicted the value `y` at `x`, both on the family's working scale: by Student's t about the
/// shrunken line, with the variance of a value, of the level and of the slope together (errors that do not hang together). `None`
/// when a number is not finite.
pub fn predict(goal: &Evidence, posterior: &Posterior, x: f64, y: f64) -> Option<Prediction> {
    let apart = x - goal.x_mean;
    let mean = goal.level + apart * posterior.slope;
    let noise = posterior.residual_sd * posterior.residual_sd;
    let sd = (noise * (1.0 + goal.level_unit) + apart * apart * posterior.slope_sd * posterior.slope_sd).sqrt();
    let (z, df) = ((y - mean) / sd, posterior.df);
    let log_density = if df.is_infinite() {
        -0.5 * (z * z + libm::log(2.0 * std::f64::consts::PI))
    } else {
        libm::lgamma(0.5 * (df + 1.0))
            - libm::lgamma(0.5 * df)
            - 0.5 * (libm::log(df * std::f64::consts::PI) + (df + 1.0) * libm::log1p(z * z / df))
    };
    let prediction = Prediction { mean, sd, df, pit: t_cdf(z, df), log_score: log_density - libm::log(sd) };
    [mean, sd, prediction.pit, prediction.log_score].iter().all(|v| v.is_finite()).then_some(prediction)
}
