//! Errors that hang together from one point to the next: by whole matrices, and put in and got out.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

mod common;

use aimline_trend::prior::{Autocorrelation, Evidence, Lag, LagGrid, PhiFit, Series, solve_phi};
use aimline_trend::{Terms, normal_quantile, ols};
use common::{Random, near};

const WEEK: Lag = Lag { unit: 1.0, least: 1.0 / 7.0 };

/// tr(MSMR) and the factors by whole matrices.
fn dense(x: &[f64], phi: f64, lag: Lag) -> (f64, f64, f64, f64) {
    let n = x.len();
    let mut at = vec![0.0; n];
    (1..n).for_each(|i| at[i] = at[i - 1] + (x[i] - x[i - 1]).max(lag.least) / lag.unit);
    let mean = x.iter().sum::<f64>() / n as f64;
    let sxx: f64 = x.iter().map(|x| (x - mean).powi(2)).sum();
    let r = |i: usize, j: usize| phi.powf((at[i] - at[j]).abs());
    let m = |i: usize, j: usize| f64::from(u8::from(i == j)) - 1.0 / n as f64 - (x[i] - mean) * (x[j] - mean) / sxx;
    let mr = |i: usize, j: usize| (0..n).map(|k| m(i, k) * r(k, j)).sum::<f64>();
    let mrm = |i: usize, j: usize| (0..n).map(|k| mr(i, k) * m(k, j)).sum::<f64>();
    let pairs = || (0..n).flat_map(|i| (0..n).map(move |j| (i, j)));
    (
        (0..n - 1).map(|i| mrm(i, i + 1)).sum(),
        pairs().map(|(i, j)| (x[i] - mean) * (x[j] - mean) * r(i, j)).sum::<f64>() / sxx,
        pairs().map(|(i, j)| r(i, j)).sum::<f64>() / n as f64,
        (0..n).map(|i| mr(i, i)).sum::<f64>() / (n as f64 - 2.0),
    )
}

#[test]
fn factors_by_whole_matrices() {
    let mut random = Random(52);
    let mut tried = 0;
    for _ in 0..60 {
        let (x, y) = random.goal();
        let Some(series) = Series::new(&x, &y, WEEK) else { continue };
        for phi in [0.0, 0.2, 0.6, 0.9] {
            let (trace, slope, level, variance) = dense(&x, phi, WEEK);
            let got = series.factors(phi);
            near(got.slope_factor, slope, 1e-10);
            near(got.level_factor, level, 1e-10);
            near(got.variance_factor, variance, 1e-10);
            // The trace shows in the terms at the grid's first place only for phi = 0; for others through what is fitted below.
            if phi == 0.0 {
                let fit = ols(&x, &y).unwrap();
                let residuals: Vec<f64> = x.iter().zip(&y).map(|(x, y)| y - fit.at(*x)).collect();
                let products = residuals.windows(2).map(|pair| pair[0] * pair[1]).sum::<f64>();
                let squares = residuals.iter().map(|r| r * r).sum::<f64>();
                let want = products - squares * trace / (x.len() as f64 - 2.0);
                near(PhiFit::new().terms(&series)[0], want, 1e-9);
            }
        }
        tried += 1;
    }
    assert!(tried > 50);
    let none = Series::new(&[0.0, 1.0, 2.0, 3.0], &[1.0, 2.0, 3.0, 5.0], WEEK).unwrap().factors(0.0);
    for factor in [none.slope_factor, none.level_factor, none.variance_factor] {
        near(factor, 1.0, 1e-14);
    }
    assert!(Series::new(&[0.0, 2.0, 1.0, 3.0], &[1.0, 2.0, 3.0, 5.0], WEEK).is_none());
    assert!(Series::new(&[0.0, 1.0, 2.0], &[1.0, 2.0, 3.0], WEEK).is_none());
}

/// φ of `goals` series of `n` weekly points whose errors have the correlation `phi` from week to week.
fn fitted_phi(random: &mut Random, goals: usize, n: usize, phi: f64) -> f64 {
    let x: Vec<f64> = (0..n).map(|week| week as f64).collect();
    let mut normal = || normal_quantile(random.unit().max(1e-12));
    let all: Vec<Series> = (0..goals)
        .map(|_| {
            // Noise that differs from goal to goal, and a slope that does.
            let (sd, slope, mut error) = (8.0 * (0.4 * normal()).exp(), normal(), normal());
            let y: Vec<f64> = x
                .iter()
                .map(|x| {
                    error = phi * error + (1.0 - phi * phi).sqrt() * normal();
                    50.0 + slope * x + sd * error
                })
                .collect();
            Series::new(&x, &y, WEEK).unwrap()
        })
        .collect();
    let mut fit = PhiFit::new();
    while fit.phi().is_none() {
        let mut sums = Terms::default();
        all.iter().for_each(|series| sums.add(fit.terms(series)));
        fit.advance(&sums).unwrap();
    }
    let mut sums = Terms::default();
    all.iter().for_each(|series| sums.add(LagGrid::of(series).terms()));
    near(solve_phi(&sums).unwrap(), fit.phi().unwrap(), 0.015);
    fit.phi().unwrap()
}

#[test]
fn the_grid_gives_the_factors_of_its_places_and_lines_between() {
    let mut random = Random(54);
    for _ in 0..50 {
        // Weekly, with weeks left out.
        let x: Vec<f64> = (0..30).filter(|_| random.unit() < 0.7).map(f64::from).collect();
        let y: Vec<f64> = x.iter().map(|_| random.unit()).collect();
        let Some(series) = Series::new(&x, &y, WEEK) else { continue };
        let grid = LagGrid::of(&series);
        for (at, tolerance) in [(0.0, 1e-15), (0.3, 1e-15), (0.9, 1e-15), (0.05, 0.02), (0.37, 0.02), (0.5, 0.03)] {
            let (got, want) = (grid.factors(at), series.factors(at));
            near(got.slope_factor, want.slope_factor, tolerance);
            near(got.level_factor, want.level_factor, tolerance);
            near(got.variance_factor, want.variance_factor, tolerance);
        }
        assert_eq!((grid.factors(0.95), grid.factors(-1.0)), (series.factors(0.9), series.factors(0.0)));
    }
}

#[test]
fn phi_comes_out_as_it_was_put_in() {
    let mut random = Random(53);
    for (n, phi, tolerance) in [(8, 0.0, 0.02), (8, 0.3, 0.04), (15, 0.3, 0.03), (30, 0.6, 0.03)] {
        near(fitted_phi(&mut random, 4000, n, phi), phi, tolerance);
    }
}

#[test]
fn evidence_with_autocorrelation_is_wider() {
    let x: Vec<f64> = (0..12).map(f64::from).collect();
    let y = [52.0, 55.0, 49.0, 58.0, 57.0, 61.0, 55.0, 63.0, 60.0, 66.0, 62.0, 64.0];
    let goal = Evidence::of_ols(&ols(&x, &y).unwrap(), 0.0);
    let factors = Series::new(&x, &y, WEEK).unwrap().factors(0.4);
    assert!(factors.slope_factor > 1.5 && factors.level_factor > 1.5 && factors.variance_factor < 1.0, "{factors:?}");
    let wide = goal.with(&factors);
    assert!(wide.variance * wide.slope_unit > 1.5 * goal.variance * goal.slope_unit);
    let same = Autocorrelation { slope_factor: 1.0, level_factor: 1.0, variance_factor: 1.0 };
    assert_eq!(goal.with(&same), goal);
}
