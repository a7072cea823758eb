//! Trials and counts under a stratum's prior: simulated truth comes out, and intervals hold what they say.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

mod common;

use aimline_trend::prior::{Evidence, Posteriors, Prior, PriorSettings, fit_prior};
use aimline_trend::simulate::Draws;
use aimline_trend::{Glm, OwnData, Side, counts, expit, t_quantile, trials};
use common::near;

const GOALS: u64 = 3_000;

/// Fits a prior on lines of known slopes; the prior, and the share of slopes inside their 90 % intervals.
fn play(draw: impl Fn(&mut Draws, f64) -> Glm) -> (Prior, f64) {
    let mut truth = Vec::new();
    let goals: Vec<Evidence> = (0..GOALS)
        .map(|goal| {
            let mut draws = Draws::new(71, goal);
            let slope = 0.10 + 0.08 * draws.normal();
            truth.push(slope);
            Evidence::of_glm(&draw(&mut draws, slope))
        })
        .collect();
    let prior = fit_prior(&goals, PriorSettings::default()).unwrap();
    let ready = Posteriors::new(&prior);
    let against = OwnData { need: 0.1, kappa: 0.5, x_g: 30.0, goal: 2.0, worse: Side::Below, resolution: 0.0 };
    let inside = goals.iter().zip(&truth).filter(|(goal, slope)| {
        let got = ready.of(goal, &against).unwrap();
        (got.slope - **slope).abs() <= got.slope_sd * t_quantile(0.95, got.df)
    });
    (prior, inside.count() as f64 / GOALS as f64)
}

#[test]
fn trials_under_a_prior() {
    for sessions in [8, 16] {
        let x: Vec<f64> = (0..sessions).map(f64::from).collect();
        let (prior, coverage) = play(|draws, slope| {
            let level = 0.5 * draws.normal() - 1.0;
            let mut right = |x: &f64| (0..10).filter(|_| draws.unit() < expit(level + slope * x)).count() as f64;
            let y: Vec<f64> = x.iter().map(&mut right).collect();
            trials(&x, &y, &vec![10.0; y.len()], true).unwrap()
        });
        // Jeffreys' penalty draws slopes a little toward 0.
        near(prior.mean, 0.10, 0.012);
        near(prior.spread(), 0.08, 0.03);
        near(prior.noise, 1.0, 0.15);
        assert!((0.87..0.96).contains(&coverage), "{sessions} {coverage} {prior:?}");
    }
}

/// A Poisson count, by multiplying uniforms; means are small here.
fn poisson(draws: &mut Draws, mean: f64) -> f64 {
    let (limit, mut product, mut count) = ((-mean).exp(), draws.unit(), 0.0);
    while product > limit {
        product *= draws.unit();
        count += 1.0;
    }
    count
}

#[test]
fn counts_under_a_prior() {
    let x: Vec<f64> = (0..12).map(f64::from).collect();
    for scatter in [0.0, 0.5] {
        let (prior, coverage) = play(|draws, slope| {
            let level = 0.4 * draws.normal() - 0.5;
            let minutes = [10.0; 12];
            // With scatter each day has a rate of its own: more than Poisson.
            let count: Vec<f64> = x
                .iter()
                .map(|x| {
                    let day = (scatter * draws.normal() - 0.5 * scatter * scatter).exp();
                    poisson(draws, 10.0 * day * (level + slope * (x - 5.5)).exp())
                })
                .collect();
            counts(&x, &count, &minutes).unwrap()
        });
        near(prior.mean, 0.10, 0.01);
        near(prior.spread(), 0.08, 0.015);
        assert!(if scatter > 0.0 { prior.noise > 1.5 } else { (prior.noise - 1.0).abs() < 0.1 }, "{prior:?}");
        assert!((0.86..0.96).contains(&coverage), "{scatter} {coverage} {prior:?}");
    }
}
