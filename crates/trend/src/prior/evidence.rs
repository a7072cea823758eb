//! What one goal's data say, whatever its family: the contract between fits and posterior.

use super::autocorrelation::Autocorrelation;
use crate::glm::Glm;
use crate::needed::with_weekly_points;
use crate::ols::Ols;

/// A line on the family's working scale, with its noise. Its variances are `variance` (once that is moderated) times the two
/// units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// The x at which level and slope are uncorrelated.
    pub x_mean: f64,
    /// The line there.
    pub level: f64,
    /// Per week.
    pub slope: f64,
    /// Variance of `level` for a residual variance (or dispersion) of 1.
    pub level_unit: f64,
    /// Variance of `slope` for a residual variance (or dispersion) of 1.
    pub slope_unit: f64,
    /// Residual variance, or dispersion. Not used when `df` is 0.
    pub variance: f64,
    /// Its degrees of freedom; 0 of two points.
    pub df: f64,
    /// What rounding alone gives: resolution² / 12; 0 of a dispersion. A residual variance that is not above it (points that
    /// happen to lie on a line) says nothing of the stratum's noise.
    pub rounding: f64,
    /// No moderated variance is taken to be below this: `rounding` of a least-squares line, 1 of a dispersion.
    pub least_variance: f64,
}

impl Evidence {
    /// Of a least-squares line through values recorded in steps of `resolution`.
    pub fn of_ols(fit: &Ols, resolution: f64) -> Self {
        let rounding = resolution * resolution / 12.0;
        let sd = fit.residual_sd.unwrap_or_default();
        Self {
            x_mean: fit.x_mean,
            level: fit.y_mean,
            slope: fit.slope,
            level_unit: 1.0 / fit.n as f64,
            slope_unit: 1.0 / fit.sxx,
            variance: sd * sd,
            df: fit.n.saturating_sub(2) as f64,
            rounding,
            least_variance: rounding,
        }
    }

    /// Of a line on the logit of a share or the logarithm of a rate.
    pub fn of_glm(fit: &Glm) -> Self {
        Self {
            x_mean: fit.x_mean,
            level: fit.level,
            slope: fit.slope,
            level_unit: fit.level_var,
            slope_unit: fit.slope_var,
            variance: fit.dispersion().unwrap_or_default(),
            df: fit.n.saturating_sub(2) as f64,
            rounding: 0.0,
            least_variance: 1.0,
        }
    }

    /// The variance of one value: not below what rounding to steps of `resolution` gives, nor below the family's least.
    pub fn noise(&self, resolution: f64) -> f64 {
        self.variance.max(self.least_variance).max(resolution * resolution / 12.0)
    }

    /// What it would be with `extra` more points, one a week from `x_last` on, that lie on the line with the same scatter. Of a
    /// line through `n` points; each further point is worth as much as one of these is on average.
    pub fn with_weekly_points(self, n: usize, x_last: f64, extra: u32) -> Self {
        let count = n as f64;
        let worth = 1.0 / (count * self.level_unit);
        let (x_mean, sxx) = with_weekly_points(count, self.x_mean, 1.0 / (worth * self.slope_unit), x_last, extra);
        Self {
            x_mean,
            level: self.level + self.slope * (x_mean - self.x_mean),
            level_unit: self.level_unit * count / (count + f64::from(extra)),
            slope_unit: 1.0 / (worth * sxx),
            df: self.df + f64::from(extra),
            ..self
        }
    }

    /// The same with errors that hang together from one point to the next: wider, and the residual variance freed of its bias.
    pub fn with(self, errors: &Autocorrelation) -> Self {
        Self {
            level_unit: self.level_unit * errors.level_factor,
            slope_unit: self.slope_unit * errors.slope_factor,
            variance: self.variance / errors.variance_factor,
            ..self
        }
    }
}
