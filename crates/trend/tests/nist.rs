//! G1 and G2: the certified values of NIST's Statistical Reference Datasets for linear regression.
#![allow(clippy::unwrap_used)]

mod common;

use aimline_trend::{anchored, ols};
use common::near_relative;

/// Norris: (x, y).
const NORRIS: [(f64, f64); 36] = [
    (0.2, 0.1),
    (337.4, 338.8),
    (118.2, 118.1),
    (884.6, 888.0),
    (10.1, 9.2),
    (226.5, 228.1),
    (666.3, 668.5),
    (996.3, 998.5),
    (448.6, 449.1),
    (777.0, 778.9),
    (558.2, 559.2),
    (0.4, 0.3),
    (0.6, 0.1),
    (775.5, 778.1),
    (666.9, 668.8),
    (338.0, 339.3),
    (447.5, 448.9),
    (11.6, 10.8),
    (556.0, 557.7),
    (228.1, 228.3),
    (995.8, 998.0),
    (887.6, 888.8),
    (120.2, 119.6),
    (0.3, 0.3),
    (0.3, 0.6),
    (556.8, 557.6),
    (339.1, 339.3),
    (887.2, 888.0),
    (999.0, 998.5),
    (779.0, 778.9),
    (11.1, 10.2),
    (118.3, 117.6),
    (229.2, 228.9),
    (669.1, 668.4),
    (448.9, 449.2),
    (0.5, 0.2),
];

#[test]
fn norris() {
    let (x, y): (Vec<f64>, Vec<f64>) = NORRIS.into_iter().unzip();
    let fit = ols(&x, &y).unwrap();
    near_relative(fit.slope, 1.00211681802045, 1e-13);
    near_relative(fit.intercept, -0.262323073774029, 1e-12);
    near_relative(fit.slope_se.unwrap(), 0.429796848199937e-3, 1e-13);
    near_relative(fit.intercept_se.unwrap(), 0.232818234301152, 1e-13);
    near_relative(fit.residual_sd.unwrap(), 0.884796396144373, 1e-13);
    near_relative(fit.r2.unwrap(), 0.999993745883712, 1e-13);
    near_relative(fit.at(0.0), fit.intercept, 1e-12);
}

#[test]
fn no_intercept_1() {
    let x: Vec<f64> = (60..=70).map(f64::from).collect();
    let y: Vec<f64> = (130..=140).map(f64::from).collect();
    let fit = anchored(&x, &y, 0.0, 0.0).unwrap();
    near_relative(fit.slope, 2.07438016528926, 1e-13);
    near_relative(fit.slope_se.unwrap(), 0.0165289256198347, 1e-13);
    near_relative(fit.residual_sd.unwrap(), 3.56753034006338, 1e-13);
}

#[test]
fn no_intercept_2_and_about_another_point() {
    let fit = anchored(&[4.0, 5.0, 6.0], &[3.0, 4.0, 4.0], 0.0, 0.0).unwrap();
    near_relative(fit.slope, 0.727272727272727, 1e-13);
    near_relative(fit.slope_se.unwrap(), 0.0420827318078432, 1e-13);
    near_relative(fit.residual_sd.unwrap(), 0.369274472937998, 1e-13);
    let moved = anchored(&[14.0, 15.0, 16.0], &[103.0, 104.0, 104.0], 10.0, 100.0).unwrap();
    assert_eq!((moved.slope, moved.slope_se), (fit.slope, fit.slope_se));
    // t(2) at 95 %: 4.302652729749464
    let (lo, hi) = fit.slope_interval(0.95).unwrap();
    near_relative(hi - fit.slope, 4.302652729749464 * 0.0420827318078432, 1e-12);
    near_relative(fit.slope - lo, hi - fit.slope, 1e-12);
}

#[test]
fn anchored_degenerate() {
    assert_eq!(anchored(&[], &[], 0.0, 0.0), None);
    assert_eq!(anchored(&[1.0, 1.0], &[2.0, 3.0], 1.0, 0.0), None);
    assert_eq!(anchored(&[1.0], &[2.0, 3.0], 0.0, 0.0), None);
    assert_eq!(anchored(&[1.0, f64::NAN], &[2.0, 3.0], 0.0, 0.0), None);
    let one = anchored(&[2.0], &[3.0], 0.0, 0.0).unwrap();
    assert_eq!((one.slope, one.slope_se, one.residual_sd, one.slope_interval(0.9)), (1.5, None, None, None));
}
