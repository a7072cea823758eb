//! One prior from several: a district's own and those that others gave.

use super::Prior;

/// What several fits of the same stratum, on goals of their own each, say together. `None` for none, or when they hold no goals.
///
/// Each counts with its number of goals G. Mean: the weighted mean. Spread²: the weighted mean of the spreads² plus the weighted
/// variance of the means, since slopes of other districts differ in their means too; its standard error that of the weighted mean.
/// Noise: the weighted mean of its logarithm; its degrees of freedom the weighted harmonic mean (the variance of a logarithm of
/// noise is about 2 / df). The mean's variance is that of independent means, and the variance between them on top, over their
/// effective number. A mixture is not kept: two normals of one district are not those of another.
pub fn pooled<'a>(priors: impl IntoIterator<Item = &'a Prior>) -> Option<Prior> {
    let priors: Vec<&Prior> = priors.into_iter().filter(|prior| prior.goals > 0).collect();
    if let [only] = priors.as_slice() {
        return Some(**only);
    }
    let goals: u64 = priors.iter().map(|prior| prior.goals).sum();
    if goals == 0 {
        return None;
    }
    let share = |prior: &Prior| prior.goals as f64 / goals as f64;
    let mean_of = |value: &dyn Fn(&Prior) -> f64| priors.iter().map(|prior| share(prior) * value(prior)).sum::<f64>();
    let root_of = |value: &dyn Fn(&Prior) -> f64| {
        priors.iter().map(|prior| (share(prior) * value(prior)) * (share(prior) * value(prior))).sum::<f64>()
    };
    let mean = mean_of(&|prior| prior.mean);
    let between = mean_of(&|prior| (prior.mean - mean) * (prior.mean - mean));
    let inverse_df = mean_of(&|prior| 1.0 / prior.noise_df);
    Some(Prior {
        goals,
        mean,
        spread_square: mean_of(&|prior| prior.spread_square) + between,
        spread_square_se: root_of(&|prior| prior.spread_square_se).sqrt(),
        mean_var: root_of(&|prior| prior.mean_var.sqrt()) + between * root_of(&|_| 1.0),
        noise: libm::exp(mean_of(&|prior| libm::log(prior.noise))),
        noise_df: if inverse_df > 0.0 { 1.0 / inverse_df } else { f64::INFINITY },
        excess_kurtosis: mean_of(&|prior| prior.excess_kurtosis),
        mixture: None,
    })
}
