//! Fitting a stratum's prior in rounds.

use super::Prior;
use super::evidence::Evidence;
use super::mixture;
use super::variance::{self, moderated};
use crate::exact_sum::Terms;

/// How many terms a goal gives in a round, at most; those that a round does not use are 0.
pub const ROUND_TERMS: usize = 8;

/// What is not decided by the data.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PriorSettings {
    /// Weighted rounds after the one of plain moments: 2.
    pub weighted_rounds: u32,
    /// Excess kurtosis above which, by more than chance, two normals replace one: 1.
    pub kurtosis_limit: f64,
    /// Rounds of the mixture: 20.
    pub mixture_rounds: u32,
}

impl Default for PriorSettings {
    fn default() -> Self {
        Self { weighted_rounds: 2, kurtosis_limit: 1.0, mixture_rounds: 20 }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Round {
    /// Moments of the log variances.
    Variances,
    /// Plain moments of the slopes.
    Moments,
    /// Weighted moments, so many done.
    Weighted(u32),
    /// The kurtosis of the standardized slopes.
    Shape,
    /// The mixture, so many steps done.
    Mixture(u32),
    Done,
}

/// A prior in the making. In each round, until [`PriorFit::prior`] has an answer: sum [`PriorFit::terms`] of all goals of the
/// stratum exactly, then give the sums to [`PriorFit::advance`].
///
/// Variances as in [`super::VarianceTerms`]. Slopes: spread² = var b − mean V and the mean of b first; then, in each weighted
/// round, DerSimonian & Kacker's (2007) general moment estimator with the weights 1 / (spread² + V), where a spread² below 0
/// counts as 0. Its standard error takes Q for chi-squared: √(2 (G − 1)) over what a unit of spread² adds to Q. On a balanced
/// design this is REML.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PriorFit {
    settings: PriorSettings,
    round: Round,
    prior: Prior,
}

impl PriorFit {
    /// Before the first round.
    pub fn new(settings: PriorSettings) -> Self {
        let prior = Prior {
            goals: 0,
            mean: 0.0,
            spread_square: 0.0,
            spread_square_se: 0.0,
            mean_var: 0.0,
            noise: 0.0,
            noise_df: 0.0,
            excess_kurtosis: 0.0,
            mixture: None,
        };
        Self { settings, round: Round::Variances, prior }
    }

    /// The prior, once all rounds are done.
    pub fn prior(&self) -> Option<Prior> {
        (self.round == Round::Done).then_some(self.prior)
    }

    /// What the variance of the slope is expected to be under the variances of the first round: the mean of a scaled inverse
    /// chi-squared, which is above the moderated variance. With that one in its place, the spread would be taken for larger than
    /// it is.
    fn slope_var(&self, goal: &Evidence) -> f64 {
        let (variance, df) = moderated(goal.variance, goal.df, self.prior.noise, self.prior.noise_df);
        let mean = if df > 2.0 && df.is_finite() { variance * df / (df - 2.0) } else { variance };
        mean.max(goal.least_variance) * goal.slope_unit
    }

    /// One goal's terms in this round; `None` when it has nothing to add: no residual variance of its own (two points), or in the
    /// first round none above rounding.
    pub fn terms(&self, goal: &Evidence) -> Option<[f64; ROUND_TERMS]> {
        if goal.df <= 0.0 {
            return None;
        }
        let (b, v) = (goal.slope, self.slope_var(goal));
        match self.round {
            Round::Variances if goal.variance <= goal.rounding => None,
            Round::Variances => variance::terms(goal.variance, goal.df).map(padded),
            Round::Moments => Some(padded([1.0, b, b * b, v])),
            Round::Weighted(_) => {
                let (w, r) = (1.0 / (self.prior.spread_square.max(0.0) + v), b - self.prior.mean);
                Some(padded([1.0, w, w * r, w * r * r, w * v, w * w, w * w * v]))
            }
            Round::Shape => {
                let z = (b - self.prior.mean) / (self.prior.spread_square.max(0.0) + v).sqrt();
                Some(padded([1.0, z * z, z * z * z * z]))
            }
            Round::Mixture(_) => Some(padded(mixture::terms(&self.prior.mixture?, b, v))),
            Round::Done => None,
        }
    }

    /// Ends a round with the exact sums of its terms. `None` when the stratum carries no prior: fewer than two goals with a
    /// variance, or fewer than three in all, or a term that is not finite.
    pub fn advance(&mut self, sums: &Terms<ROUND_TERMS>) -> Option<()> {
        let sums = sums.values()?;
        self.round = match self.round {
            Round::Variances => {
                let [count, e, square, noise, ..] = sums;
                (self.prior.noise, self.prior.noise_df) = variance::solve([count, e, square, noise])?;
                Round::Moments
            }
            Round::Moments => {
                let [count, b, square, v, ..] = sums;
                if count < 3.0 {
                    return None;
                }
                let mean = b / count;
                let total = (square - b * mean) / (count - 1.0);
                self.prior = Prior { goals: count as u64, mean, mean_var: total / count, ..self.prior };
                self.prior.spread_square = total - v / count;
                self.prior.spread_square_se = total * (2.0 / (count - 1.0)).sqrt();
                self.weighted(0)
            }
            Round::Weighted(done) => {
                let [count, w, wr, wrr, wv, ww, wwv, _] = sums;
                let (q, per_unit) = (wrr - wr * (wr / w), w - ww / w);
                self.prior.mean += wr / w;
                self.prior.mean_var = 1.0 / w;
                self.prior.spread_square = (q - (wv - wwv / w)) / per_unit;
                self.prior.spread_square_se = (2.0 * (count - 1.0)).sqrt() / per_unit;
                self.weighted(done + 1)
            }
            Round::Shape => {
                let [count, square, fourth, ..] = sums;
                self.prior.excess_kurtosis = fourth * count / (square * square) - 3.0;
                // So much of it may be chance: two standard errors of the kurtosis of normal values.
                let chance = 2.0 * (24.0 / count).sqrt();
                let heavy = self.prior.excess_kurtosis > self.settings.kurtosis_limit + chance && self.prior.spread() > 0.0;
                if heavy && self.settings.mixture_rounds > 0 {
                    self.prior.mixture = Some(mixture::start(self.prior.mean, self.prior.spread()));
                    Round::Mixture(0)
                } else {
                    Round::Done
                }
            }
            Round::Mixture(done) => {
                self.prior.mixture = Some(mixture::step(&self.prior.mixture?, sums)?);
                if done + 1 < self.settings.mixture_rounds { Round::Mixture(done + 1) } else { Round::Done }
            }
            Round::Done => Round::Done,
        };
        let Prior { mean, mean_var, spread_square, spread_square_se, .. } = self.prior;
        [mean, mean_var, spread_square, spread_square_se].iter().all(|v| v.is_finite()).then_some(())
    }

    fn weighted(&self, done: u32) -> Round {
        if done < self.settings.weighted_rounds { Round::Weighted(done) } else { Round::Shape }
    }
}

/// [`PriorFit`] on goals that are all at hand. `None` as [`PriorFit::advance`].
pub fn fit_prior(goals: &[Evidence], settings: PriorSettings) -> Option<Prior> {
    let mut fit = PriorFit::new(settings);
    loop {
        if let Some(prior) = fit.prior() {
            return Some(prior);
        }
        let mut sums = Terms::default();
        goals.iter().filter_map(|goal| fit.terms(goal)).for_each(|terms| sums.add(terms));
        fit.advance(&sums)?;
    }
}

fn padded<const N: usize>(terms: [f64; N]) -> [f64; ROUND_TERMS] {
    let mut all = [0.0; ROUND_TERMS];
    all.iter_mut().zip(terms).for_each(|(to, term)| *to = term);
    all
}
