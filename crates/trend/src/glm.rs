//! Two-parameter generalized linear models: what trials and counts share.

use crate::refusal::Refusal;

/// A line on a working scale: the logit of a share, or the logarithm of a rate. All variances are for dispersion 1: multiply by
/// the larger of 1 and the dispersion that applies, one's own ([`Glm::dispersion`]) or the stratum's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glm {
    /// Number of points, at least 2.
    pub n: usize,
    /// Mean of x, each point weighted by its information: there the level and the slope are uncorrelated.
    pub x_mean: f64,
    /// The line at x_mean, on the working scale.
    pub level: f64,
    /// Per unit of x, on the working scale.
    pub slope: f64,
    /// Variance of `level`, dispersion 1.
    pub level_var: f64,
    /// Variance of `slope`, dispersion 1.
    pub slope_var: f64,
    /// Pearson's X², Σ (y − μ)² / V(μ).
    pub pearson: f64,
}

impl Glm {
    /// The line at `x`, on the working scale.
    pub fn at(&self, x: f64) -> f64 {
        self.level + self.slope * (x - self.x_mean)
    }

    /// Variance of the line at `x`, dispersion 1.
    pub fn var_at(&self, x: f64) -> f64 {
        self.level_var + (x - self.x_mean) * (x - self.x_mean) * self.slope_var
    }

    /// X² over n − 2 degrees of freedom: above 1 when the values scatter more than the model's. `None` below 3 points.
    pub fn dispersion(&self) -> Option<f64> {
        (self.n > 2).then(|| self.pearson / (self.n - 2) as f64)
    }
}

/// One point as an iteration sees it: what it adds at the present line.
pub(crate) struct Parts {
    /// y − μ.
    pub(crate) residual: f64,
    /// The variance function, which is the weight of a canonical link.
    pub(crate) weight: f64,
    /// Its log-likelihood, constants left out.
    pub(crate) log_likelihood: f64,
    /// The penalty's pull per unit of leverage (½ − p for Jeffreys' penalty on a logit); 0 without a penalty.
    pub(crate) pull: f64,
    /// By how much that falls per unit of the linear predictor: p (1 − p).
    pub(crate) give: f64,
}

const MAX_STEPS: usize = 200;

/// The line that maximizes the likelihood, or with `penalty` (Jeffreys' prior, Firth 1993) the likelihood times √det of the
/// information. `parts(i, line)` are those of point i when its linear predictor (offset left out) is `line`. Newton's method with
/// halved steps, from a flat line at `start`.
pub(crate) fn fit(x: &[f64], start: f64, penalty: bool, parts: impl Fn(usize, f64) -> Parts) -> Result<Glm, Refusal> {
    let centre = crate::ols::mean(x).ok_or(Refusal::TooFew)?;
    let survey = |level: f64, slope: f64| Survey::of(x, centre, penalty, |i, u| parts(i, level + slope * u));
    let (mut level, mut slope) = (start, 0.0);
    let mut now = survey(level, slope).ok_or(Refusal::NotConverged)?;
    for _ in 0..MAX_STEPS {
        let (mut d_level, mut d_slope) = now.step();
        let size = |level: f64, slope: f64| level.abs().max(slope.abs() * now.reach);
        let small = 1e-11 * size(level, slope).max(1.0);
        let next = loop {
            if size(d_level, d_slope) <= 1e-15 * size(level, slope).max(1.0) {
                break None;
            }
            match survey(level + d_level, slope + d_slope) {
                // What rounding alone takes away is no loss.
                Some(next) if next.objective >= now.objective - 1e-12 * now.objective.abs().max(1.0) => break Some(next),
                _ => (d_level, d_slope) = (0.5 * d_level, 0.5 * d_slope),
            }
        };
        let Some(next) = next else { return now.finish(x.len(), level, slope, centre) };
        let done = size(d_level, d_slope) <= small;
        (level, slope, now) = (level + d_level, slope + d_slope, next);
        if done {
            return now.finish(x.len(), level, slope, centre);
        }
    }
    Err(Refusal::NotConverged)
}

/// Score and information at one line; u is x less its mean.
struct Survey {
    /// Information: Σ w, Σ w u, Σ w u².
    w: f64,
    wu: f64,
    wuu: f64,
    /// The same with what the penalty adds: half a success and half a failure per unit of leverage. Steps are taken by it, for
    /// with the information alone they would go to and fro where points are few.
    stiff: (f64, f64, f64),
    /// Score of level and slope.
    score: (f64, f64),
    objective: f64,
    pearson: f64,
    /// Largest |u|.
    reach: f64,
}

impl Survey {
    fn of(x: &[f64], centre: f64, penalty: bool, parts: impl Fn(usize, f64) -> Parts) -> Option<Self> {
        let at = |i: usize, x: &f64| (x - centre, parts(i, x - centre));
        let mut sum = Self {
            w: 0.0,
            wu: 0.0,
            wuu: 0.0,
            stiff: (0.0, 0.0, 0.0),
            score: (0.0, 0.0),
            objective: 0.0,
            pearson: 0.0,
            reach: 0.0,
        };
        for (u, part) in x.iter().enumerate().map(|(i, x)| at(i, x)) {
            sum.w += part.weight;
            sum.wu += part.weight * u;
            sum.wuu += part.weight * u * u;
            sum.score.0 += part.residual;
            sum.score.1 += part.residual * u;
            sum.objective += part.log_likelihood;
            if part.residual != 0.0 {
                sum.pearson += part.residual * part.residual / part.weight;
            }
            sum.reach = sum.reach.max(u.abs());
        }
        let determinant = sum.determinant();
        sum.stiff = (sum.w, sum.wu, sum.wuu);
        if penalty {
            for (u, part) in x.iter().enumerate().map(|(i, x)| at(i, x)) {
                let leverage = part.weight * (sum.wuu - 2.0 * u * sum.wu + u * u * sum.w) / determinant;
                sum.score.0 += leverage * part.pull;
                sum.score.1 += leverage * part.pull * u;
                let give = leverage * part.give;
                sum.stiff = (sum.stiff.0 + give, sum.stiff.1 + give * u, sum.stiff.2 + give * u * u);
            }
            sum.objective += 0.5 * libm::log(determinant);
        }
        let usable = determinant > 0.0 && [determinant, sum.objective, sum.score.0, sum.score.1].iter().all(|v| v.is_finite());
        usable.then_some(sum)
    }

    fn determinant(&self) -> f64 {
        // As a sum about the weighted mean it does not cancel: Σ w · Σ w (u − ū)².
        self.w * (self.wuu - self.wu * (self.wu / self.w))
    }

    fn step(&self) -> (f64, f64) {
        let (a, b) = self.score;
        let (w, wu, wuu) = self.stiff;
        let determinant = w * (wuu - wu * (wu / w));
        ((wuu * a - wu * b) / determinant, (w * b - wu * a) / determinant)
    }

    fn finish(&self, n: usize, level: f64, slope: f64, centre: f64) -> Result<Glm, Refusal> {
        let apart = self.wu / self.w;
        let fit = Glm {
            n,
            x_mean: centre + apart,
            level: level + slope * apart,
            slope,
            level_var: 1.0 / self.w,
            slope_var: self.w / self.determinant(),
            pearson: self.pearson,
        };
        let all = [fit.level, fit.slope, fit.level_var, fit.slope_var, fit.pearson];
        if all.iter().all(|v| v.is_finite()) { Ok(fit) } else { Err(Refusal::NotConverged) }
    }
}
