//! Borrowing strength: what goals on the same measure tell about one another, in closed form.
//!
//! A stratum is a set of goals that share measurement facts (measure, grade of the material, unit, family, schedule), and nothing
//! about the child. Its [`Prior`] says how slopes spread and how noisy scores are; a goal's own line is then drawn toward it by
//! as much as its own data are uncertain. The prior is fitted in rounds ([`PriorFit`]): in each, every goal gives a few terms,
//! which are summed exactly, so that threads, partitions and engines do not matter.

mod autocorrelation;
mod bivariate;
mod evidence;
mod fit;
mod forms;
mod ladder;
mod mixture;
mod pool;
mod posterior;
mod prequential;
mod variance;

pub use autocorrelation::{Autocorrelation, LAG_TERMS, Lag, LagGrid, PhiFit, Series, solve_phi};
pub use bivariate::{Bivariate, BivariateTerms, SubjectLine};
pub use evidence::Evidence;
pub use fit::{PriorFit, PriorSettings, ROUND_TERMS, fit_prior};
pub use forms::{FormTerms, form_effects};
pub use ladder::{Rung, choose};
pub use mixture::Component;
pub use pool::pooled;
pub use posterior::{Posterior, Posteriors, posterior};
pub use prequential::{Prediction, predict};
pub use variance::{VarianceTerms, moderated};

/// What a stratum says of its goals. Plain data: it can be frozen for a term, written down and read again, and it holds nothing
/// of any one child.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    /// How many goals it was fitted on.
    pub goals: u64,
    /// Mean slope, per week on the family's working scale.
    pub mean: f64,
    /// Variance of the true slopes, noise taken off. Below 0 when the slopes differ by less than their noise.
    pub spread_square: f64,
    /// Standard error of `spread_square`: large where goals are few or noisy.
    pub spread_square_se: f64,
    /// Variance of the estimated mean.
    pub mean_var: f64,
    /// Residual variance that is typical of the stratum.
    pub noise: f64,
    /// How many degrees of freedom that is worth; infinite when all goals are equally noisy.
    pub noise_df: f64,
    /// Excess kurtosis of the standardized slopes: above 1, a normal prior has too light tails.
    pub excess_kurtosis: f64,
    /// Two normals in place of one, where the tails ask for it.
    pub mixture: Option<[Component; 2]>,
}

impl Prior {
    /// Standard deviation of the true slopes; 0 when the data show none.
    pub fn spread(&self) -> f64 {
        self.spread_square.max(0.0).sqrt()
    }
}
