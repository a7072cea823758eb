//! Intercept and slope together: the two-by-two version of the prior.

use crate::exact_sum::Terms;

/// One subject's least-squares line, as the moments need it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SubjectLine {
    /// Number of points.
    pub n: usize,
    /// Mean of x.
    pub x_mean: f64,
    /// Σ (x − x̄)².
    pub sxx: f64,
    /// The line at x = 0.
    pub intercept: f64,
    /// Per unit of x.
    pub slope: f64,
    /// Residual standard deviation, with n − 2 degrees of freedom.
    pub residual_sd: f64,
}

impl SubjectLine {
    /// (X′X)⁻¹: variances and covariance of intercept and slope for a residual variance of 1.
    fn unit(&self) -> [f64; 3] {
        let b = 1.0 / self.sxx;
        [1.0 / self.n as f64 + self.x_mean * self.x_mean * b, -self.x_mean * b, b]
    }
}

/// A normal prior of (intercept, slope). Matrices are symmetric: first variance, covariance, second variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bivariate {
    /// Mean intercept and slope.
    pub mean: [f64; 2],
    /// Covariance of the true lines.
    pub omega: [f64; 3],
    /// Residual variance, one for all.
    pub noise: f64,
}

/// The moments of subjects' lines.
#[derive(Clone, Debug, Default)]
pub struct BivariateTerms(Terms<11>);

impl BivariateTerms {
    /// Adds a subject.
    pub fn add(&mut self, line: &SubjectLine) {
        let (a, b, df) = (line.intercept, line.slope, line.n as f64 - 2.0);
        let [aa, ab, bb] = line.unit();
        self.0.add([1.0, a, b, a * a, a * b, b * b, df * line.residual_sd * line.residual_sd, df, aa, ab, bb]);
    }

    /// Adds other subjects.
    pub fn merge(&mut self, other: &Self) {
        self.0.merge(&other.0);
    }

    /// Ω = cov(lines) − mean V (Swamy 1970), σ² = ΣSSE / Σdf: REML on a balanced design. Ω may fail to be positive; see
    /// [`Bivariate::draw`]. `None` for fewer than two subjects, or without residual degrees of freedom.
    pub fn solve(&self) -> Option<Bivariate> {
        let [count, a, b, aa, ab, bb, sse, df, unit_aa, unit_ab, unit_bb] = self.0.values()?;
        if count < 2.0 || df <= 0.0 {
            return None;
        }
        let (mean, noise) = ([a / count, b / count], sse / df);
        let moment = |product: f64, p: f64, q: f64, unit: f64| (product - p * (q / count)) / (count - 1.0) - noise * unit / count;
        let omega = [moment(aa, a, a, unit_aa), moment(ab, a, b, unit_ab), moment(bb, b, b, unit_bb)];
        omega.iter().chain(&mean).all(|v| v.is_finite()).then_some(Bivariate { mean, omega, noise })
    }
}

impl Bivariate {
    /// The subject's line drawn toward the mean, mean + Ω (Ω + V)⁻¹ (line − mean), as (intercept, slope). `None` when Ω is not
    /// positive definite.
    pub fn draw(&self, line: &SubjectLine) -> Option<(f64, f64)> {
        let [o11, o12, o22] = self.omega;
        if !(o11 > 0.0 && o11 * o22 - o12 * o12 > 0.0) {
            return None;
        }
        let [v11, v12, v22] = line.unit().map(|unit| self.noise * unit);
        let (s11, s12, s22) = (o11 + v11, o12 + v12, o22 + v22);
        let determinant = s11 * s22 - s12 * s12;
        let [mean_a, mean_b] = self.mean;
        let (p, q) = (line.intercept - mean_a, line.slope - mean_b);
        let (r, t) = ((s22 * p - s12 * q) / determinant, (s11 * q - s12 * p) / determinant);
        Some((mean_a + o11 * r + o12 * t, mean_b + o12 * r + o22 * t))
    }
}
