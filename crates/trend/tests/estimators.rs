//! G3 and the rest of G5, and the estimators beside least squares and Theil–Sen.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

mod common;

use aimline_trend::{
    Aimline, Attainment, Side, attainment, celeration, describe, level_now, mad_sd, mann_kendall, ols, outliers, projection,
    robust_disagree, roi, siegel, t_cdf, theil_sen, two_point_roi,
};
use common::{near, near_relative};

type Series = (&'static str, &'static [f64], &'static [f64]);

const SEN: Series = ("sen1968", &[1.0, 2.0, 3.0, 4.0, 10.0, 12.0, 18.0], &[9.0, 15.0, 19.0, 20.0, 45.0, 55.0, 78.0]);
const WEEKLY: Series = (
    "weekly_wcpm_12",
    &[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0],
    &[52.0, 55.0, 49.0, 58.0, 57.0, 61.0, 55.0, 63.0, 60.0, 66.0, 62.0, 64.0],
);
const FLAT: Series = ("flat_8", &[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0], &[40.0, 42.0, 39.0, 41.0, 40.0, 42.0, 38.0, 41.0]);
const TIED: Series = ("tied_x", &[0.0, 1.0, 1.0, 2.0, 3.0, 3.0], &[2.0, 3.0, 5.0, 4.0, 6.0, 7.0]);
const OUTLIER: Series = (
    "outlier",
    &[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0],
    &[10.0, 12.0, 13.0, 15.0, 60.0, 18.0, 21.0, 22.0, 25.0, 26.0],
);

#[test]
fn repeated_medians() {
    for ((name, x, y), slope, intercept) in [
        (SEN, 3.9981617647058822, 6.033088235294116),
        (WEEKLY, 1.25, 52.0),
        (FLAT, 0.07142857142857142, 40.25),
        (("constant_y", &[0.0, 1.0, 2.0, 3.0], &[5.0; 4]), 0.0, 5.0),
        (TIED, 1.2916666666666665, 2.0625),
        (OUTLIER, 1.7777777777777777, 10.0),
        (("two_points", &[0.0, 7.0], &[10.0, 13.0]), 0.42857142857142855, 10.0),
    ] {
        let fit = siegel(x, y).unwrap();
        near(fit.slope, slope, 1e-12);
        near(fit.intercept, intercept, 1e-12);
        assert_eq!(fit.n, x.len(), "{name}");
    }
}

#[test]
fn trend_tests() {
    // S, var S, z, p (normal), tau-a by pymannkendall 1.4.3, which knows no ties in x; tau-b by scipy 1.17.1.
    for ((name, x, y), s, var_s, z, p, tau_a, tau_b) in [
        (SEN, 21.0, 44.333333333333336, 3.003757045930553, 0.0026666817936140674, 1.0, 1.0),
        (WEEKLY, 43.0, 211.66666666666666, 2.886842265818577, 0.0038912925656162667, 0.6515151515151515, 0.6565076777938937),
        (FLAT, -1.0, 62.333333333333336, 0.0, 1.0, -0.03571428571428571, -0.03779644730092272),
        (OUTLIER, 35.0, 125.0, 3.041052449399714, 0.002357527595795439, 0.7777777777777778, 0.7777777777777777),
    ] {
        let test = mann_kendall(x, y).unwrap();
        assert_eq!(test.s, s, "{name}");
        near(test.var_s, var_s, 1e-12);
        near(test.z.unwrap(), z, 1e-12);
        near_relative(test.p.unwrap(), p, 1e-12);
        near(test.tau_a, tau_a, 1e-12);
        near(test.tau_b.unwrap(), tau_b, 1e-12);
    }
    near_relative(mann_kendall(SEN.1, SEN.2).unwrap().p_exact.unwrap(), 0.0003968253968253968, 1e-12);
    near_relative(mann_kendall(OUTLIER.1, OUTLIER.2).unwrap().p_exact.unwrap(), 0.0009463183421516755, 1e-12);
    assert_eq!(mann_kendall(WEEKLY.1, WEEKLY.2).unwrap().p_exact, None);
    let tied = mann_kendall(TIED.1, TIED.2).unwrap();
    near(tied.tau_b.unwrap(), 0.7877263614433762, 1e-12);
    // The variance that scipy's normal p follows from, without a continuity correction.
    near_relative(2.0 * aimline_trend::normal_cdf(-tied.s / tied.var_s.sqrt()), 0.0320665267910481, 1e-12);
    let constant = mann_kendall(&[0.0, 1.0, 2.0, 3.0], &[5.0; 4]).unwrap();
    assert_eq!((constant.s, constant.var_s, constant.z, constant.p, constant.tau_b), (0.0, 0.0, None, None, None));
    // Three points in order: one in three, both ways; a normal approximation would say less.
    near(mann_kendall(&[0.0, 1.0, 2.0], &[1.0, 2.0, 3.0]).unwrap().p_exact.unwrap(), 1.0 / 3.0, 1e-15);
    near(mann_kendall(&[0.0, 1.0, 2.0], &[1.0, 3.0, 2.0]).unwrap().p_exact.unwrap(), 1.0, 1e-15);
}

#[test]
fn numerical_accuracy() {
    // NIST StRD NumAcc1 to 4 by their generating rule: mean and standard deviation are exact by construction.
    let alternating = |first: f64, low: f64, high: f64| -> Vec<f64> {
        std::iter::once(first).chain((0..500).flat_map(|_| [low, high])).collect()
    };
    for (y, mean, sd, digits) in [
        (vec![10000001.0, 10000003.0, 10000002.0], 10000002.0, 1.0, 1e-15),
        (alternating(1.2, 1.1, 1.3), 1.2, 0.1, 1e-13),
        (alternating(1000000.2, 1000000.1, 1000000.3), 1000000.2, 0.1, 1e-8),
        (alternating(10000000.2, 10000000.1, 10000000.3), 10000000.2, 0.1, 1e-7),
    ] {
        let got = describe(&y).unwrap();
        near_relative(got.mean, mean, 1e-15);
        near_relative(got.sd.unwrap(), sd, digits);
        near_relative(got.cv.unwrap(), sd / mean, digits);
    }
    assert_eq!(describe(&[]), None);
    assert_eq!(describe(&[1.0, f64::NAN]), None);
    assert_eq!((describe(&[4.0]).unwrap().sd, describe(&[-1.0, 5.0]).unwrap().cv), (None, None));
    near(mad_sd(&[1.0, 1.0, 2.0, 2.0, 4.0, 6.0, 9.0]).unwrap(), 1.482602218505602, 1e-15);
    assert_eq!((mad_sd(&[]), mad_sd(&[f64::INFINITY]), mad_sd(&[3.0; 5])), (None, None, Some(0.0)));
}

#[test]
fn outliers_are_listed() {
    let (_, x, y) = OUTLIER;
    let robust = theil_sen(x, y, 0.9).unwrap();
    assert_eq!(outliers(x, y, &robust, 1.0), Some(vec![4]));
    assert_eq!(robust_disagree(&ols(x, y).unwrap(), &robust, 1.7), Some(true));
    assert_eq!(robust_disagree(&ols(x, y).unwrap(), &robust, 1.0), Some(false));
    // On a perfect line a rounding is no outlier, a whole unit of a 0.1 measure is.
    let line: Vec<f64> = x.iter().map(|x| if *x == 5.0 { 11.0 } else { 2.0 * x }).collect();
    let perfect = theil_sen(x, &line, 0.9).unwrap();
    assert_eq!(outliers(x, &line, &perfect, 1.0), Some(vec![]));
    assert_eq!(outliers(x, &line, &perfect, 0.1), Some(vec![5]));
    assert_eq!(outliers(&x[..7], &y[..7], &robust, 1.0), None);
}

#[test]
fn celeration_of_a_chart() {
    // Times 1.25 a week from 8 per minute, exactly.
    let x: Vec<f64> = (0..8).map(f64::from).collect();
    let y: Vec<f64> = x.iter().map(|x| 8.0 * 1.25f64.powf(*x)).collect();
    let fit = celeration(&x, &y, &[0.1; 8]).unwrap();
    near(fit.celeration, 1.25, 1e-14);
    near(fit.frequency_multiplier, 1.25f64.powi(7), 1e-13);
    near(fit.bounce, 1.0, 1e-13);
    assert_eq!(fit.n_floor, 0);
    // Bounce: twice up and half down about a flat line.
    let flat = celeration(&[0.0, 1.0, 2.0, 3.0], &[20.0, 5.0, 5.0, 20.0], &[0.1; 4]).unwrap();
    near(flat.celeration, 1.0, 1e-14);
    near(flat.bounce, 4.0, 1e-13);
    near(flat.bounce_up, 2.0, 1e-13);
    near(flat.bounce_down, 2.0, 1e-13);
    // A zero in ten minutes stands at a tenth per minute.
    let zero = celeration(&[0.0, 1.0], &[1.0, 0.0], &[0.1, 0.1]).unwrap();
    near(zero.celeration, 0.1, 1e-14);
    assert_eq!(zero.n_floor, 1);
    assert_eq!(celeration(&[0.0, 1.0], &[1.0, 0.0], &[0.1, 0.0]), None);
    assert_eq!(celeration(&[0.0, 1.0], &[1.0, -1.0], &[0.1, 0.1]), None);
}

#[test]
fn projections() {
    let (_, x, y) = WEEKLY;
    let fit = ols(x, y).unwrap();
    let at = projection(&fit, 30.0, 0.0).unwrap();
    // By statsmodels 0.14: get_prediction at x = 30.
    near_relative(at.level, 87.28321678321679, 1e-13);
    near_relative(at.level_se, 6.194296556325138, 1e-13);
    near_relative(at.value_sd, 6.87984352224951, 1e-13);
    let (lo, hi) = at.level_interval(0.9).unwrap();
    near(hi - at.level, 1.8124611228116759 * at.level_se, 1e-12);
    near(at.level - lo, hi - at.level, 1e-12);
    assert_eq!(at.value_interval(1.0), None);
    near(at.reaches(97.0, Side::Below).unwrap(), t_cdf((at.level - 97.0) / at.level_se, 10.0), 1e-15);
    near(at.reaches(97.0, Side::Below).unwrap() + at.reaches(97.0, Side::Above).unwrap(), 1.0, 1e-15);
    assert_eq!(projection(&ols(&[0.0, 1.0], &[1.0, 2.0]).unwrap(), 3.0, 1.0), None);
    let straight = ols(&[0.0, 1.0, 2.0], &[1.0, 2.0, 3.0]).unwrap();
    assert_eq!(projection(&straight, 3.0, 0.0).unwrap().reaches(4.0, Side::Below), None);
    assert!(projection(&straight, 3.0, 1.0).unwrap().reaches(3.9, Side::Below).unwrap() < 0.7);
}

#[test]
fn when_the_target_is_reached() {
    let up = ols(&[0.0, 1.0, 2.0], &[10.0, 12.0, 14.0]).unwrap();
    assert_eq!(attainment(&up, 2.0, 20.0, Side::Below, 104.0), Attainment::At(5.0));
    assert_eq!(attainment(&up, 2.0, 14.0, Side::Below, 104.0), Attainment::At(2.0));
    assert_eq!(attainment(&up, 2.0, 300.0, Side::Below, 104.0), Attainment::BeyondHorizon);
    assert_eq!(attainment(&up, 2.0, 4.0, Side::Above, 104.0), Attainment::Never);
    let flat = ols(&[0.0, 1.0, 2.0], &[10.0; 3]).unwrap();
    assert_eq!(attainment(&flat, 2.0, 20.0, Side::Below, 104.0), Attainment::Never);
    let down = ols(&[0.0, 1.0, 2.0], &[10.0, 8.0, 6.0]).unwrap();
    assert_eq!(attainment(&down, 2.0, 0.0, Side::Above, 104.0), Attainment::At(5.0));
}

#[test]
fn rates_of_improvement() {
    let fit = ols(WEEKLY.1, WEEKLY.2).unwrap();
    let aimline = Aimline::new(0.0, 52.0, 30.0, 97.0).unwrap();
    let rates = roi(&fit, &aimline, 11.0, 12.0, Side::Below, 1.0);
    assert_eq!((rates.attained, rates.needed), (fit.slope, 1.5));
    near(rates.share.unwrap(), fit.slope / 1.5, 1e-15);
    near(rates.needed_from_now.unwrap(), (97.0 - fit.at(11.0)) / 18.0, 1e-14);
    let t = (fit.slope - rates.needed_from_now.unwrap()) / fit.slope_se.unwrap();
    near(rates.p_needed_from_now.unwrap(), t_cdf(t, 10.0), 1e-14);
    let late = roi(&fit, &aimline, 11.0, 30.0, Side::Below, 1.0);
    assert_eq!((late.needed_from_now, late.p_needed_from_now), (None, None));
    near(level_now(WEEKLY.1, WEEKLY.2).unwrap(), fit.at(11.0), 1e-15);
    assert_eq!(level_now(&[0.0, 3.0], &[4.0, 8.0]), Some(6.0));
    assert_eq!(level_now(&[1.0, 1.0, 1.0], &[4.0, 8.0, 5.0]), Some(5.0));
    assert_eq!(level_now(&[], &[]), None);
    assert_eq!(two_point_roi(&[0.0, 1.0, 4.0], &[10.0, 99.0, 18.0]), Some(2.0));
    assert_eq!((two_point_roi(&[1.0], &[3.0]), two_point_roi(&[1.0, 1.0], &[3.0, 4.0])), (None, None));
}
