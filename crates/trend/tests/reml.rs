//! G7: intercept and slope together, in closed form, against lme4 on balanced data.
#![allow(clippy::unwrap_used)]

mod common;

use aimline_trend::ols;
use aimline_trend::prior::{BivariateTerms, SubjectLine};
use common::{near, near_relative};

fn subject(x: &[f64], y: &[f64]) -> SubjectLine {
    let fit = ols(x, y).unwrap();
    let residual_sd = fit.residual_sd.unwrap();
    SubjectLine { n: fit.n, x_mean: fit.x_mean, sxx: fit.sxx, intercept: fit.intercept, slope: fit.slope, residual_sd }
}

#[test]
fn sleepstudy_is_reml() {
    const BLUP: &[(f64, f64)] = include!("data/sleepstudy_blup.in");
    let x: Vec<f64> = (0..10).map(f64::from).collect();
    let lines: Vec<SubjectLine> = include_str!("data/sleepstudy.csv")
        .lines()
        .skip(1)
        .map(|line| subject(&x, &line.split(',').skip(1).take(10).map(|cell| cell.parse().unwrap()).collect::<Vec<f64>>()))
        .collect();
    let mut terms = BivariateTerms::default();
    lines.iter().for_each(|line| terms.add(line));
    let prior = terms.solve().unwrap();
    near_relative(prior.noise, 654.941027072299, 1e-9);
    for (got, want) in
        prior.omega.iter().chain(&prior.mean).zip([612.08993866253, 9.60433331674, 35.07166049832, 251.4051048485, 10.4672859596])
    {
        near_relative(*got, want, 1e-9);
    }
    for (line, want) in lines.iter().zip(BLUP) {
        let (a, b) = prior.draw(line).unwrap();
        assert!((a - want.0).abs() < 2e-4 && (b - want.1).abs() < 2e-4, "{a} {b} {want:?}");
    }
    // In two parts, the other way round: the same bits.
    let mut parts = [BivariateTerms::default(), BivariateTerms::default()];
    lines.iter().rev().enumerate().for_each(|(i, line)| parts[i % 2].add(line));
    let [mut first, second] = parts;
    first.merge(&second);
    assert_eq!(first.solve(), Some(prior));
}

#[test]
fn orthodont_is_reml() {
    const DISTANCE: &[[f64; 4]] = include!("data/orthodont.in");
    let mut terms = BivariateTerms::default();
    assert_eq!(terms.solve(), None);
    DISTANCE.iter().for_each(|y| terms.add(&subject(&[8.0, 10.0, 12.0, 14.0], y)));
    let prior = terms.solve().unwrap();
    let wants = [5.4150961538, -0.32106125356, 0.05126958689, 16.7611111111, 0.6601851852];
    near_relative(prior.noise, 1.7162037037037, 1e-9);
    prior.omega.iter().chain(&prior.mean).zip(wants).for_each(|(got, want)| near_relative(*got, want, 1e-9));
    // As Pinheiro & Bates print them.
    near(prior.omega[0].sqrt(), 2.32704, 5e-6);
    near(prior.omega[2].sqrt(), 0.226428, 5e-7);
    near(prior.noise.sqrt(), 1.310040, 5e-7);
}
