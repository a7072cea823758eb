//! Student's quantiles, computed once a run.
//!
//! A replay asks thousands of times whether a probability reaches a threshold; P(T ≤ t) ≥ γ is t ≥ the γ quantile.

use aimline_trend::prior::Evidence;
use aimline_trend::{Ols, OwnData, Probabilities, Thresholds, t_quantile};

/// More degrees of freedom than this are rare; their quantiles are computed when asked for.
const KEPT: usize = 256;

/// Quantiles of one probability by degrees of freedom.
#[derive(Debug, Clone, PartialEq)]
struct Level {
    p: f64,
    /// From one degree of freedom on.
    kept: Vec<f64>,
}

impl Level {
    fn new(p: f64) -> Self {
        Self { p, kept: (1..=KEPT).map(|df| t_quantile(p, df as f64)).collect() }
    }

    fn at(&self, df: usize) -> f64 {
        let kept = df.checked_sub(1).and_then(|place| self.kept.get(place));
        kept.copied().unwrap_or_else(|| t_quantile(self.p, df as f64))
    }
}

/// The quantiles that a rule set needs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Quantiles {
    interval: Level,
    regress: Level,
    stall: Level,
    slow: Level,
    ahead: Level,
    on: Level,
}

impl Quantiles {
    pub(crate) fn new(thresholds: &Thresholds, ci: f64) -> Self {
        Self {
            interval: Level::new(0.5 * (1.0 - ci)),
            regress: Level::new(thresholds.gamma_regress),
            stall: Level::new(thresholds.gamma_stall),
            slow: Level::new(thresholds.gamma_slow),
            ahead: Level::new(thresholds.gamma_ahead),
            on: Level::new(thresholds.gamma_on),
        }
    }

    /// The interval of the slope, as [`Ols::slope_interval`] computes it.
    pub(crate) fn slope_interval(&self, fit: &Ols) -> Option<(f64, f64)> {
        let half_width = fit.slope_se? * -self.interval.at(fit.n.checked_sub(2).filter(|df| *df > 0)?);
        Some((fit.slope - half_width, fit.slope + half_width))
    }

    /// Stand-ins for the probabilities of [`aimline_trend::own_line`]: each is 1 where its threshold is reached and 0 where
    /// not; p_slow is a half between its two thresholds.
    pub(crate) fn reached(&self, line: &Evidence, against: &OwnData) -> Option<Probabilities> {
        let df = (line.df > 0.0).then_some(line.df as usize)?;
        let noise = line.noise(against.resolution);
        let slope_se = (noise * line.slope_unit).sqrt();
        let d = against.worse.sign();
        let (slope, need) = (d * line.slope, d * against.need);
        let apart = against.x_g - line.x_mean;
        let level_sd = libm::hypot((noise * line.level_unit).sqrt(), apart * slope_se);
        let ahead = d * (line.level + apart * line.slope - against.goal);
        let reaches = |difference: f64, sd: f64, level: &Level| difference >= level.at(df) * sd;
        let one = |yes: bool| f64::from(u8::from(yes));
        let slow = need - slope;
        Some(Probabilities {
            p_slow: if reaches(slow, slope_se, &self.slow) {
                1.0
            } else if reaches(slow, slope_se, &self.ahead) {
                0.5
            } else {
                0.0
            },
            p_stall: one(reaches(against.kappa * need - slope, slope_se, &self.stall)),
            p_neg: one(reaches(-slope, slope_se, &self.regress)),
            p_goal: one(reaches(ahead, level_sd, &self.on)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aimline_trend::{Side, ols, own_data};

    #[test]
    fn the_same_side_of_each_threshold() {
        let thresholds = Thresholds::default();
        let quantiles = Quantiles::new(&thresholds, 0.9);
        let mut state = 3_u64;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f64 / f64::from(1 << 24)
        };
        for round in 0..20_000_u32 {
            let n = 3 + round as usize % 40;
            let x: Vec<f64> = (0..n).map(|week| week as f64).collect();
            let slope = 3.0 * random() - 1.0;
            let y: Vec<f64> = x.iter().map(|x| 50.0 + slope * x + 10.0 * random()).collect();
            let worse = if round % 2 == 0 { Side::Below } else { Side::Above };
            let goal = 50.0 + worse.sign() * 40.0;
            let against = OwnData { need: worse.sign(), kappa: 0.5, x_g: 40.0, goal, worse, resolution: 1.0 };
            let fit = ols(&x, &y).expect("points");
            assert_eq!(quantiles.slope_interval(&fit), fit.slope_interval(0.9));
            let (exact, stand_in) = (
                own_data(&fit, &against).expect("points"),
                quantiles.reached(&Evidence::of_ols(&fit, 1.0), &against).expect("points"),
            );
            let sides = |p: &Probabilities| {
                [
                    p.p_neg >= thresholds.gamma_regress,
                    p.p_stall >= thresholds.gamma_stall,
                    p.p_slow >= thresholds.gamma_slow,
                    p.p_slow <= thresholds.gamma_ahead,
                    p.p_goal >= thresholds.gamma_on,
                ]
            };
            assert_eq!(sides(&exact), sides(&stand_in), "{exact:?}");
        }
        assert_eq!(Level::new(0.9).at(KEPT + 1), t_quantile(0.9, (KEPT + 1) as f64));
    }
}
