//! The own-data probabilities, the points still needed, mastery, resolution, medians.
#![allow(clippy::disallowed_methods)] // a platform's own functions are oracle enough
#![allow(clippy::unwrap_used)]

mod common;

use aimline_trend::{
    Ols, OwnData, Side, floored_sd, mastery, median, median3, ols, own_data, points_still_needed, resolution, t_cdf,
};
use common::{Random, near};

const AGAINST: OwnData = OwnData { need: 1.5, kappa: 0.5, x_g: 30.0, goal: 97.0, worse: Side::Below, resolution: 1.0 };

/// Weekly wcpm of G5.
fn weekly_wcpm() -> Ols {
    let x: Vec<f64> = (0..12).map(f64::from).collect();
    ols(&x, &[52.0, 55.0, 49.0, 58.0, 57.0, 61.0, 55.0, 63.0, 60.0, 66.0, 62.0, 64.0]).unwrap()
}

#[test]
fn golden_probability_of_being_slow() {
    let fit = weekly_wcpm();
    let p = own_data(&fit, &AGAINST).unwrap();
    near(p.p_slow, 0.888427755946516, 1e-12);
    let se = fit.slope_se.unwrap();
    assert_eq!(p.p_stall, t_cdf((0.75 - fit.slope) / se, 10.0));
    assert_eq!(p.p_neg, t_cdf(-fit.slope / se, 10.0));
    let level_se = (fit.residual_sd.unwrap().powi(2) / 12.0 + (30.0 - 5.5f64).powi(2) * se * se).sqrt();
    near(p.p_goal, t_cdf((fit.at(30.0) - 97.0) / level_se, 10.0), 1e-14);
    assert!(p.p_neg < p.p_stall && p.p_stall < p.p_slow);
}

#[test]
fn the_floor_keeps_a_perfect_line_from_certainty() {
    let x: Vec<f64> = (0..6).map(f64::from).collect();
    let y: Vec<f64> = x.iter().map(|x| 20.0 + x).collect();
    let fit = ols(&x, &y).unwrap();
    let p = own_data(&fit, &AGAINST).unwrap();
    let se = (1.0 / 12.0f64.sqrt()) / 17.5f64.sqrt();
    near(p.p_slow, t_cdf(0.5 / se, 4.0), 1e-12);
    assert!(p.p_slow < 0.9999 && p.p_neg > 0.0);
    assert_eq!((floored_sd(0.0, 12f64.sqrt()), floored_sd(3.0, 1.0)), (1.0, 3.0));
    // With no floor the probabilities are a step, never NaN.
    let flat = ols(&x, &[5.0; 6]).unwrap();
    let step = own_data(&flat, &OwnData { resolution: 0.0, goal: 5.0, ..AGAINST }).unwrap();
    assert_eq!((step.p_slow, step.p_stall, step.p_neg, step.p_goal), (1.0, 1.0, 0.5, 0.5));
}

#[test]
fn too_few_points_or_no_need() {
    let two = ols(&[0.0, 1.0], &[1.0, 2.0]).unwrap();
    assert_eq!(own_data(&two, &AGAINST), None);
    assert_eq!(points_still_needed(&two, 1.0, 2.0, 1.0, 0.9, 104), None);
    let three = ols(&[0.0, 1.0, 2.0], &[1.0, 3.0, 2.0]).unwrap();
    assert!(own_data(&three, &AGAINST).is_some());
    assert_eq!(own_data(&three, &OwnData { need: f64::NAN, ..AGAINST }), None);
    assert_eq!(own_data(&three, &OwnData { x_g: f64::INFINITY, ..AGAINST }), None);
    let maintenance = own_data(&three, &OwnData { need: 0.0, ..AGAINST }).unwrap();
    assert!(maintenance.p_slow == maintenance.p_neg && maintenance.p_stall == maintenance.p_neg);
}

#[test]
fn points_still_needed_is_the_smallest_that_does() {
    let mut random = Random(7);
    let mut counts = 0;
    for _ in 0..300 {
        let (mut x, y) = random.goal();
        let (fit, last) = (ols(&x, &y).unwrap(), *x.last().unwrap());
        let need = 1.0;
        // The same from the design itself: append the weeks, and take Sxx of all.
        let sd = floored_sd(fit.residual_sd.unwrap(), 1.0);
        let mut probability = |extra: u32| {
            x.truncate(y.len());
            x.extend((1..=extra).map(|week| last + f64::from(week)));
            let sxx = ols(&x, &vec![0.0; x.len()]).unwrap().sxx;
            t_cdf((fit.slope - need).abs() * sxx.sqrt() / sd, (x.len() - 2) as f64)
        };
        match points_still_needed(&fit, last, need, 1.0, 0.9, 104) {
            Some(0) => assert!(probability(0) >= 0.9 - 1e-12),
            Some(extra) => {
                assert!(probability(extra) >= 0.9 - 1e-12 && probability(extra - 1) < 0.9);
                counts += 1;
            }
            None => assert!(probability(104) < 0.9),
        }
    }
    assert!(counts > 50, "{counts}");
    assert_eq!(points_still_needed(&weekly_wcpm(), 11.0, weekly_wcpm().slope, 1.0, 0.9, 104), None);
    assert_eq!(points_still_needed(&weekly_wcpm(), 11.0, 1.5, 1.0, 0.888, 104), Some(0));
    assert_eq!(points_still_needed(&weekly_wcpm(), 11.0, 1.5, 1.0, 0.90, 104), Some(1));
    assert_eq!(points_still_needed(&weekly_wcpm(), 11.0, 1.5, 1.0, 1.0, 2), None);
}

#[test]
fn mastery_needs_the_whole_window() {
    let passes = |text: &str| text.chars().map(|c| c == '+').collect::<Vec<bool>>();
    let cases = [
        ("++++", 4, 5, None),
        ("+++++", 4, 5, Some(4)),
        ("++++-", 4, 5, Some(4)),
        ("-+-++-++++", 4, 5, Some(7)),
        ("-+++---", 3, 3, Some(3)), // once reached it stays
        ("++-++-++", 3, 3, None),
        ("+", 1, 1, Some(0)),
        ("", 1, 1, None),
        ("+++", 0, 3, None),
        ("+++", 4, 3, None),
    ];
    for (text, k, n, want) in cases {
        assert_eq!(mastery(&passes(text), k, n), want, "{k} of {n} in {text}");
    }
}

#[test]
fn chance_of_mastery_in_twelve_fair_sessions() {
    // G14: 2391 of 4096 for three in a row; 2188 for four of five, by enumeration elsewhere.
    for (k, n, want) in [(3, 3, 2391), (4, 5, 2188)] {
        let reached = (0..4096u32).filter(|bits| {
            let sessions: Vec<bool> = (0..12).map(|i| bits >> i & 1 == 1).collect();
            mastery(&sessions, k, n).is_some()
        });
        assert_eq!(reached.count(), want);
    }
}

#[test]
fn resolution_of_values() {
    assert_eq!(resolution(&[]), 1.0);
    assert_eq!(resolution(&[4.0, 4.0, 90.0, -3.0]), 1.0);
    assert_eq!(resolution(&[4.0, 4.5, 90.0, 4.0]), 0.5);
    assert_eq!(resolution(&[0.25]), 1.0);
    assert_eq!(resolution(&[0.25, 0.25]), 1.0);
    near(resolution(&[0.1 + 0.2, 0.3, 0.7]), 0.4, 1e-12);
    assert_eq!(resolution(&[f64::NAN, 2.0, f64::INFINITY]), 1.0);
}

#[test]
fn medians() {
    assert_eq!(median(&mut []), None);
    assert_eq!(median(&mut [3.0]), Some(3.0));
    assert_eq!(median(&mut [9.0, 1.0, 4.0]), Some(4.0));
    assert_eq!(median(&mut [9.0, 1.0, 4.0, 2.0]), Some(3.0));
    assert_eq!(median(&mut [f64::NAN]), None);
    for [a, b, c] in [[1.0, 2.0, 3.0], [1.0, 3.0, 2.0], [2.0, 1.0, 3.0], [2.0, 3.0, 1.0], [3.0, 1.0, 2.0], [3.0, 2.0, 1.0]] {
        assert_eq!(median3(a, b, c), 2.0);
    }
    assert_eq!(median3(1.0, 1.0, 5.0), 1.0);
}
