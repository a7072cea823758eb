//! A goal's slope given its own data and its stratum's prior; the probabilities of mode `posterior`.

use super::Prior;
use super::evidence::Evidence;
use super::mixture::{Component, responsibilities};
use super::variance::moderated;
use crate::needed::first;
use crate::posterior::{OwnData, Probabilities, below};

/// How many spreads stand for the uncertain one.
const NODES: usize = 9;

/// A prior's spread is uncertain within this many standard errors of its square.
const WIDTH: f64 = 3.0;

/// From this many standard errors on the spread is taken as known.
const KNOWN: f64 = 12.0;

/// What is known of a goal's slope once the stratum is taken into account.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Posterior {
    /// The shrunken slope: share · own slope + (1 − share) · the stratum's mean. Always shown beside the raw one.
    pub slope: f64,
    /// Its standard deviation.
    pub slope_sd: f64,
    /// Degrees of freedom of the t distribution; infinite when all goals of the stratum are equally noisy.
    pub df: f64,
    /// The weight of the goal's own data, 0 to 1.
    pub share: f64,
    /// The moderated residual standard deviation.
    pub residual_sd: f64,
    /// The goal has no residual variance of its own (two points): the error is the stratum's alone.
    pub prior_only_error: bool,
    /// P(slope < need) and its kin.
    pub probabilities: Probabilities,
}

/// A prior made ready for many goals.
#[derive(Clone, Debug, PartialEq)]
pub struct Posteriors {
    prior: Prior,
    /// Squares of spreads, with their weights, which add up to 1.
    nodes: Vec<(f64, f64)>,
}

/// One part of a posterior: mean and variance of the slope, and the weight of the own data.
#[derive(Clone, Copy)]
struct Part {
    mean: f64,
    var: f64,
    share: f64,
}

impl Posteriors {
    /// The spread is integrated over, on a grid, with a flat prior on its square and the normal likelihood of the estimate: a
    /// stratum of few or noisy goals hardly knows its spread, and an estimate that happens to be too small would make every
    /// verdict too sure. (Simulated: with a flat prior on the spread itself, intervals of small strata cover less than they say.)
    pub fn new(prior: &Prior) -> Self {
        let (estimate, se) = (prior.spread_square, prior.spread_square_se);
        let known = estimate >= KNOWN * se;
        let (low, high) = ((estimate - WIDTH * se).max(0.0).sqrt(), (estimate.max(0.0) + WIDTH * se).sqrt());
        let place = |i: usize| low + (high - low) * (i as f64 + 0.5) / NODES as f64;
        let log_likelihood = |spread: f64| -0.5 * square((spread * spread - estimate) / se);
        // Less the largest, so that an estimate far below 0 leaves the smallest spread, and not nothing.
        let largest = (0..NODES).map(|i| log_likelihood(place(i))).fold(f64::NEG_INFINITY, f64::max);
        let node = |i: usize| (square(place(i)), place(i) * libm::exp(log_likelihood(place(i)) - largest));
        let mut nodes: Vec<(f64, f64)> = if known { vec![(estimate, 1.0)] } else { (0..NODES).map(node).collect() };
        let total: f64 = nodes.iter().map(|(_, weight)| weight).sum();
        nodes.iter_mut().for_each(|(_, weight)| *weight /= total);
        Self { prior: *prior, nodes }
    }

    /// The posterior of one goal. V is the moderated variance times `slope_unit`, but no variance is below the resolution's
    /// (resolution² / 12) or the family's least. Then share = spread² / (spread² + V), variance share · V + (1 − share)² ·
    /// var(mean), averaged over the spreads (for the variance, with the squares of the means' distances); probabilities by
    /// Student's t with the moderated degrees of freedom. The level at x_g has the variance of the level at x_mean plus (x_g −
    /// x_mean)² times that of the slope. Under a mixture each component has a posterior of its own, weighted by how likely it is.
    ///
    /// Everything on the family's working scale; `against.need` and `against.goal` are the plan's facts and are not re-estimated.
    /// `None` when a number is not finite.
    pub fn of(&self, goal: &Evidence, against: &OwnData) -> Option<Posterior> {
        let prior = &self.prior;
        let (variance, df) = moderated(goal.variance, goal.df, prior.noise, prior.noise_df);
        let variance = Evidence { variance, ..*goal }.noise(against.resolution);
        let (v, level_var) = (variance * goal.slope_unit, variance * goal.level_unit);
        let parts = match &prior.mixture {
            None => [(1.0, self.averaged(goal.slope, v)), (0.0, Part { mean: 0.0, var: 0.0, share: 0.0 })],
            Some(mixture) => {
                let [one, two] = mixture;
                let [p, q] = responsibilities(mixture, goal.slope, v);
                [(p, self.component(one, goal.slope, v)), (q, self.component(two, goal.slope, v))]
            }
        };
        let d = against.worse.sign();
        let (apart, need) = (against.x_g - goal.x_mean, d * against.need);
        let mut p = Probabilities { p_slow: 0.0, p_stall: 0.0, p_neg: 0.0, p_goal: 0.0 };
        let mut whole = Part { mean: 0.0, var: 0.0, share: 0.0 };
        for (chance, part) in parts.iter().filter(|(chance, _)| *chance != 0.0) {
            let (sd, level_sd) = (part.var.sqrt(), (level_var + apart * apart * part.var).sqrt());
            let (m, ahead) = (d * part.mean, d * (goal.level + apart * part.mean - against.goal));
            if ![*chance, m, sd, level_sd, ahead, need, against.kappa * need].iter().all(|v| v.is_finite()) {
                return None;
            }
            p.p_slow += chance * below(need - m, sd, df);
            p.p_stall += chance * below(against.kappa * need - m, sd, df);
            p.p_neg += chance * below(-m, sd, df);
            p.p_goal += chance * below(ahead, level_sd, df);
            whole.mean += chance * part.mean;
            whole.share += chance * part.share;
        }
        whole.var = parts.iter().map(|(chance, part)| chance * (part.var + square(part.mean - whole.mean))).sum();
        Some(Posterior {
            slope: whole.mean,
            slope_sd: whole.var.sqrt(),
            df,
            share: whole.share,
            residual_sd: variance.sqrt(),
            prior_only_error: goal.df <= 0.0,
            probabilities: p,
        })
    }

    fn part(&self, spread_square: f64, mean: f64, b: f64, v: f64) -> Part {
        let share = spread_square / (spread_square + v);
        let away = 1.0 - share;
        Part { mean: share * b + away * mean, var: share * v + away * away * self.prior.mean_var, share }
    }

    fn component(&self, component: &Component, b: f64, v: f64) -> Part {
        self.part(component.spread * component.spread, component.mean, b, v)
    }

    fn averaged(&self, b: f64, v: f64) -> Part {
        let (mut share, mut var, mut shares_square) = (0.0, 0.0, 0.0);
        for (spread_square, weight) in &self.nodes {
            let part = self.part(*spread_square, self.prior.mean, b, v);
            share += weight * part.share;
            var += weight * part.var;
            shares_square += weight * square(part.share);
        }
        // The means lie on the line from the stratum's mean to b, at their shares.
        let between = (shares_square - share * share).max(0.0) * square(b - self.prior.mean);
        Part { mean: share * b + (1.0 - share) * self.prior.mean, var: var + between, share }
    }
}

fn square(v: f64) -> f64 {
    v * v
}

/// [`Posteriors`] for a single goal.
pub fn posterior(goal: &Evidence, prior: &Prior, against: &OwnData) -> Option<Posterior> {
    Posteriors::new(prior).of(goal, against)
}

impl Posteriors {
    /// The smallest number of extra points, one a week from `x_last` on, after which the posterior would tell the slope from the
    /// needed one with probability `gamma`, on whichever side, if the goal's present slope and scatter persist; 0 when it does so
    /// already. Of a line through `n` points; Sxx grows as in [`crate::points_still_needed`]. `None` when `cap`
    /// points (104, two years) would not do, or a number is not finite.
    pub fn points_still_needed(
        &self,
        goal: &Evidence,
        n: usize,
        x_last: f64,
        against: &OwnData,
        gamma: f64,
        cap: u32,
    ) -> Option<u32> {
        first(cap, |extra| {
            let grown = goal.with_weekly_points(n, x_last, extra);
            let told = self.of(&grown, against).map(|posterior| posterior.probabilities.p_slow);
            told.is_some_and(|p| p.max(1.0 - p) >= gamma)
        })
    }
}
