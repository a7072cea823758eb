//! The same bits on every machine, in every build: a number that must not change unless a formula does.
#![allow(clippy::unwrap_used)]

mod common;

use aimline_trend::prior::{Evidence, Lag, PhiFit, Posteriors, PriorSettings, Series, fit_prior};
use aimline_trend::simulate::{Scenario, SlopeLaw};
use aimline_trend::{OwnData, Side, Terms, counts, mann_kendall, ols, own_data, siegel, trials};

/// FNV-1a over the bits.
struct Sum(u64);

impl Sum {
    fn add(&mut self, values: &[f64]) {
        for byte in values.iter().flat_map(|v| v.to_bits().to_le_bytes()) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

#[test]
fn the_same_bits_on_every_machine() {
    let scenario = Scenario { goals: 400, slope_law: SlopeLaw::HeavyTailed, last_look: 12, ..Scenario::default() };
    let x = scenario.weeks();
    let against = OwnData { need: 1.5, kappa: 0.5, x_g: 31.0, goal: 97.0, worse: Side::Below, resolution: 1.0 };
    let (mut sum, mut goals, mut all) = (Sum(0xcbf2_9ce4_8422_2325), Vec::new(), Vec::new());
    for index in 0..scenario.goals {
        let y = scenario.student(index).y;
        let line = ols(&x, &y).unwrap();
        let own = own_data(&line, &against).unwrap();
        let (robust, test) = (siegel(&x, &y).unwrap(), mann_kendall(&x, &y).unwrap());
        sum.add(&[line.slope, own.p_slow, own.p_goal, robust.slope, test.p.unwrap()]);
        let right: Vec<f64> = y.iter().map(|y| (y / 10.0).round().clamp(0.0, 10.0)).collect();
        let (share, rate) =
            (trials(&x, &right, &vec![10.0; x.len()], true).unwrap(), counts(&x, &right, &vec![20.0; x.len()]).unwrap());
        sum.add(&[share.slope, share.slope_var, rate.slope, rate.level]);
        goals.push(Evidence::of_ols(&line, 1.0));
        all.push(Series::new(&x, &y, Lag { unit: 1.0, least: 0.1 }).unwrap());
    }
    let prior = fit_prior(&goals, PriorSettings { kurtosis_limit: 0.0, ..PriorSettings::default() }).unwrap();
    let mixture = prior.mixture.unwrap();
    sum.add(&[prior.mean, prior.spread_square, prior.noise, prior.noise_df, mixture[0].mean, mixture[1].spread]);
    let mut phi = PhiFit::new();
    while phi.phi().is_none() {
        let mut terms = Terms::default();
        all.iter().for_each(|series| terms.add(phi.terms(series)));
        phi.advance(&terms).unwrap();
    }
    sum.add(&[phi.phi().unwrap()]);
    for ready in [Posteriors::new(&prior), Posteriors::new(&aimline_trend::prior::Prior { mixture: None, ..prior })] {
        for goal in &goals {
            let got = ready.of(goal, &against).unwrap();
            sum.add(&[got.slope, got.probabilities.p_slow, got.probabilities.p_stall, got.probabilities.p_goal]);
        }
    }
    assert_eq!(format!("{:016x}", sum.0), "fe89806a941d9088");
}
