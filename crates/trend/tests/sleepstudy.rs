//! G6: 18 least-squares lines, each through ten days of one person (Belenky et al. 2003), by R 4.2.2.
#![allow(clippy::unwrap_used)]

mod common;

use aimline_trend::{ols, t_cdf};
use common::near_relative;

#[test]
fn eighteen_lines() {
    let x: Vec<f64> = (0..10).map(f64::from).collect();
    let mut lines = 0;
    for line in include_str!("data/sleepstudy.csv").lines().skip(1) {
        let numbers: Vec<f64> = line.split(',').skip(1).map(|cell| cell.parse().unwrap()).collect();
        let (y, want) = numbers.split_at(10);
        let fit = ols(&x, y).unwrap();
        let (lo, hi) = fit.slope_interval(0.95).unwrap();
        let se = fit.slope_se.unwrap();
        let p = 2.0 * t_cdf(-(fit.slope / se).abs(), 8.0);
        let got = [fit.intercept, fit.slope, fit.intercept_se.unwrap(), se, fit.residual_sd.unwrap(), fit.r2.unwrap(), lo, hi, p];
        assert_eq!(want.len(), got.len());
        for (got, want) in got.iter().zip(want) {
            // Ends of an interval near 0 are differences of larger numbers.
            near_relative(*got, *want, if want.abs() < 0.1 && *want != p { 1e-11 } else { 1e-12 });
        }
        lines += 1;
    }
    assert_eq!(lines, 18);
}
