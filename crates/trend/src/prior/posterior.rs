//! A goal's slope given its own data and its stratum's prior; the probabilities of mode `posterior`.

use super::Prior;
use super::evidence::Evidence;
use super::mixture::responsibilities;
use super::variance::moderated;
use crate::posterior::{OwnData, Probabilities, below};

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

/// The posterior of one goal. V is the moderated variance times `slope_unit`, but no variance is below the resolution's
/// (resolution² / 12) or the family's least. Then share = spread² / (spread² + V), variance share · V + (1 − share)² · var(mean), and
/// probabilities by Student's t with the moderated degrees of freedom. The level at x_g has the variance of the level at x_mean plus
/// (x_g − x_mean)² times that of the slope. Under a mixture each component has its own, weighted by how likely it is.
///
/// The prior's own numbers are taken as known (but for its mean): right for some 200 goals and more. Everything on the family's working
/// scale; `against.need` and `against.goal` are the plan's facts and are not re-estimated. `None` when a number is not finite.
pub fn posterior(goal: &Evidence, prior: &Prior, against: &OwnData) -> Option<Posterior> {
    let (variance, df) = moderated(goal.variance, goal.df, prior.noise, prior.noise_df);
    let variance = variance.max(goal.least_variance).max(against.resolution * against.resolution / 12.0);
    let (v, level_var) = (variance * goal.slope_unit, variance * goal.level_unit);
    let d = against.worse.sign();
    let apart = against.x_g - goal.x_mean;
    let (components, count) = prior.components();
    let chances = if count == 2 { responsibilities(&components, goal.slope, v) } else { [1.0, 0.0] };
    let mut sum = Probabilities { p_slow: 0.0, p_stall: 0.0, p_neg: 0.0, p_goal: 0.0 };
    let (mut slope, mut square, mut share, mut finite) = (0.0, 0.0, 0.0, true);
    for (part, chance) in components.iter().zip(chances).take(count) {
        let spread = part.spread * part.spread;
        let own = spread / (spread + v);
        let mean = own * goal.slope + (1.0 - own) * part.mean;
        let var = own * v + (1.0 - own) * (1.0 - own) * prior.mean_var;
        let sd = var.sqrt();
        let level_sd = (level_var + apart * apart * var).sqrt();
        let ahead = d * (goal.level + apart * mean - against.goal);
        let (m, need) = (d * mean, d * against.need);
        sum.p_slow += chance * below(need - m, sd, df);
        sum.p_stall += chance * below(against.kappa * need - m, sd, df);
        sum.p_neg += chance * below(-m, sd, df);
        sum.p_goal += chance * below(ahead, level_sd, df);
        slope += chance * mean;
        square += chance * (var + (mean - prior.mean) * (mean - prior.mean));
        share += chance * own;
        finite &= [chance, mean, sd, level_sd, ahead, need, against.kappa * need].iter().all(|v| v.is_finite());
    }
    let gap = slope - prior.mean;
    finite.then(|| Posterior {
        slope,
        slope_sd: (square - gap * gap).max(0.0).sqrt(),
        df,
        share,
        residual_sd: variance.sqrt(),
        prior_only_error: goal.df <= 0.0,
        probabilities: sum,
    })
}
