//! G10: trials and counts against R's glm; Jeffreys' penalty against a maximization at 40 digits; durations, rubrics, prompts.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

mod common;

use aimline_trend::{
    Glm, Refusal, Side, counts, duration_need, durations, expit, log_need, logit, logit_need, ols, prompts, rubric, trials,
};
use common::{Random, near, near_relative};

const TEN: [f64; 10] = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0];
const RIGHT: [f64; 10] = [2.0, 3.0, 3.0, 4.0, 5.0, 5.0, 6.0, 7.0, 7.0, 9.0];
const EVENTS: [f64; 10] = [18.0, 15.0, 16.0, 12.0, 13.0, 9.0, 10.0, 8.0, 6.0, 7.0];

/// Intercept and slope at x = 0 with their standard errors, as R prints them.
fn like_r(fit: &Glm, dispersion: f64) -> [f64; 4] {
    [fit.at(0.0), fit.slope, (dispersion * fit.var_at(0.0)).sqrt(), (dispersion * fit.slope_var).sqrt()]
}

#[track_caller]
fn same(got: [f64; 4], want: [f64; 4], tolerance: f64) {
    got.iter().zip(want).for_each(|(got, want)| near_relative(*got, want, tolerance));
}

/// What R 4.2.2 prints, what Newton's method gives at 30 digits (the fifth is the dispersion), and the fit. R's standard errors
/// and dispersion belong to its last step but one, so they are good to about 1e-6 only; its estimates to 1e-8.
#[track_caller]
fn golden(r: [f64; 4], exact: [f64; 5], fit: Glm) {
    let got = like_r(&fit, 1.0);
    let [a, b, c, d, dispersion] = exact;
    same(got, [a, b, c, d], 1e-11);
    near_relative(fit.dispersion().unwrap(), dispersion, 1e-11);
    for ((got, want), tolerance) in got.iter().zip(r).zip([1e-8, 1e-8, 1e-6, 1e-6]) {
        near_relative(*got, want, tolerance);
    }
}

#[test]
fn golden_trials() {
    golden(
        [-1.37837023123928, 0.316968952436296, 0.42694794949947, 0.0823208633507663],
        [-1.378370231239282, 0.3169689524362958, 0.4269479536639213, 0.08232086339743616, 0.123233062573116],
        trials(&TEN, &RIGHT, &[10.0; 10], false).unwrap(),
    );
    let x: Vec<f64> = (11..=30).map(f64::from).collect();
    let y = [12, 13, 15, 11, 15, 12, 16, 16, 17, 16, 16, 16, 17, 19, 17, 15, 16, 14, 15, 19].map(f64::from);
    golden(
        [-0.0285223874834136, 0.0612629585642001, 0.428072269853531, 0.0211563086479235],
        [-0.02852238748846243, 0.06126295856454303, 0.4280724268155294, 0.02115632291774967, 0.9144256973007035],
        trials(&x, &y, &[20.0; 20], false).unwrap(),
    );
}

#[test]
fn golden_counts() {
    golden(
        [2.89787231315921, -0.115200868065241, 0.152465304800105, 0.0336977431479502],
        [2.897872313159208, -0.1152008680652414, 0.1524653048016752, 0.03369774315057615, 0.1271732542701799],
        counts(&TEN, &EVENTS, &[1.0; 10]).unwrap(),
    );
    let minutes = [20.0, 20.0, 15.0, 20.0, 30.0, 20.0, 20.0, 10.0, 20.0, 20.0];
    golden(
        [-0.105494120732453, -0.108230760644233, 0.154407141296367, 0.034384424558188],
        [-0.10549412073242, -0.1082307606442577, 0.1544071448139698, 0.0343844301405516, 0.9637558345391637],
        counts(&TEN, &EVENTS, &minutes).unwrap(),
    );
    // Quasi-Poisson, as R prints it.
    let fit = counts(&TEN, &EVENTS, &[1.0; 10]).unwrap();
    same(
        like_r(&fit, fit.dispersion().unwrap()),
        [2.89787231315921, -0.115200868065241, 0.0543712000623551, 0.0120170732400346],
        1e-8,
    );
}

#[test]
fn golden_penalty() {
    for (x, y, n, want) in [
        (&TEN[..], &RIGHT[..], 10.0, [-1.336101215463727, 0.3073042700265725, 0.4236632849515461, 0.08156621842837375]),
        // Wrong before, right after: maximum likelihood has no answer.
        (
            &TEN[..6],
            &[0.0, 0.0, 0.0, 5.0, 5.0, 5.0],
            5.0,
            [-11.48911422455106, 4.595645689820423, 5.316596338457205, 2.081367793179107],
        ),
        (
            &[0.0, 1.0, 2.0, 4.0, 7.0],
            &[1.0, 0.0, 1.0, 1.0, 1.0],
            1.0,
            [0.4574217223865054, 0.1691000650012166, 1.435988007787868, 0.4388596576611347],
        ),
    ] {
        let fit = trials(x, y, &vec![n; y.len()], true).unwrap();
        same(like_r(&fit, 1.0), want, 1e-9);
    }
    // All right: flat, at (16 + ½) of (16 + 1).
    let all = trials(&TEN[..4], &[4.0; 4], &[4.0; 4], true).unwrap();
    near(all.slope, 0.0, 1e-12);
    near(all.at(0.0), 2.833213344056216, 1e-9);
}

#[test]
fn refusals() {
    let same_x = [1.0; 3];
    for (got, want) in [
        (trials(&TEN[..3], &[1.0, 2.0], &[5.0; 3], true), Refusal::LengthsDiffer),
        (trials(&TEN[..1], &[1.0], &[5.0], true), Refusal::TooFew),
        (trials(&same_x, &[1.0, 2.0, 3.0], &[5.0; 3], true), Refusal::NoTimeSpread),
        (trials(&TEN[..3], &[1.0, f64::NAN, 3.0], &[5.0; 3], true), Refusal::NotFinite),
        (trials(&TEN[..3], &[1.0, 6.0, 3.0], &[5.0; 3], true), Refusal::OutOfRange),
        (trials(&TEN[..3], &[1.0, -1.0, 3.0], &[5.0; 3], true), Refusal::OutOfRange),
        (trials(&TEN[..3], &[0.0, 0.0, 0.0], &[0.0; 3], true), Refusal::OutOfRange),
        (trials(&TEN[..3], &[5.0, 5.0, 5.0], &[5.0; 3], false), Refusal::Separated),
        (trials(&TEN[..3], &[0.0, 0.0, 0.0], &[5.0; 3], false), Refusal::Separated),
        (trials(&TEN[..3], &[0.0, 2.0, 5.0], &[5.0; 3], false), Refusal::Separated),
        (counts(&TEN[..3], &[0.0; 3], &[1.0; 3]), Refusal::AllZero),
        (counts(&TEN[..3], &[0.0, 0.0, 4.0], &[1.0; 3]), Refusal::Separated),
        (counts(&TEN[..3], &[3.0, 0.0, 0.0], &[1.0; 3]), Refusal::Separated),
        (counts(&TEN[..3], &[3.0, 1.0, 0.0], &[1.0, 0.0, 1.0]), Refusal::OutOfRange),
        (counts(&TEN[..3], &[3.0, -1.0, 0.0], &[1.0; 3]), Refusal::OutOfRange),
    ] {
        assert_eq!(got, Err(want));
    }
    // In the middle alone is no separation.
    assert!(counts(&TEN[..3], &[0.0, 4.0, 0.0], &[1.0; 3]).is_ok());
    assert!(trials(&TEN[..3], &[0.0, 5.0, 0.0], &[5.0; 3], false).is_ok());
    assert_eq!(durations(&TEN[..2], &[0.0, 3.0], 0.0), Err(Refusal::OutOfRange));
    assert_eq!(durations(&TEN[..2], &[-1.0, 3.0], 5.0), Err(Refusal::OutOfRange));
    assert_eq!(Refusal::Separated.to_string(), "separated");
}

#[test]
fn needed_on_the_working_scale() {
    near(logit_need(0.4, 0.8, 20.0, 10.0).unwrap(), (logit(0.8) - logit(0.4)) / 20.0, 1e-15);
    near(logit_need(0.0, 1.0, 20.0, 10.0).unwrap(), (logit(0.95) - logit(0.05)) / 20.0, 1e-15);
    assert_eq!(logit_need(0.4, 80.0, 20.0, 10.0), Err(Refusal::OutOfRange));
    assert_eq!(logit_need(0.4, 0.8, 0.0, 10.0), Err(Refusal::NoTimeSpread));
    near(log_need(6.0, 3.0, 10.0, 20.0).unwrap(), -(2f64.ln()) / 10.0, 1e-15);
    near(log_need(0.6, 0.0, 10.0, 20.0).unwrap(), (0.025f64 / 0.6).ln() / 10.0, 1e-15);
    assert_eq!(log_need(-1.0, 0.0, 10.0, 20.0), Err(Refusal::OutOfRange));
    near(duration_need(30.0, 60.0, 10.0, 0.0).unwrap(), 2f64.ln() / 10.0, 1e-15);
    assert_eq!(duration_need(0.0, 60.0, 10.0, 0.0), Err(Refusal::OutOfRange));
    near(expit(logit(0.037)), 0.037, 1e-15);
    near(expit(-800.0), 0.0, 1e-300);
}

#[test]
fn durations_are_a_line_on_the_logarithm() {
    let seconds: Vec<f64> = TEN.iter().map(|x| 40.0 * (0.1 * x).exp() - 0.5).collect();
    let fit = durations(&TEN, &seconds, 0.5).unwrap();
    near(fit.slope, 0.1, 1e-14);
    near(fit.at(0.0), 40f64.ln(), 1e-14);
}

#[test]
fn metamorphic_trials_and_counts() {
    let mut random = Random(21);
    let mut fitted = 0;
    for _ in 0..300 {
        let (mut x, _) = random.goal();
        let n: Vec<f64> = x.iter().map(|_| (1 + random.below(20)) as f64).collect();
        let slope = 0.3 * (random.unit() - 0.5);
        let y: Vec<f64> = x
            .iter()
            .zip(&n)
            .map(|(x, n)| (0..*n as usize).filter(|_| random.unit() < expit(slope * (x - 10.0))).count() as f64)
            .collect();
        let wrong: Vec<f64> = y.iter().zip(&n).map(|(y, n)| n - y).collect();
        for penalty in [true, false] {
            let Ok(fit) = trials(&x, &y, &n, penalty) else {
                assert!(!penalty, "Jeffreys' penalty always has an answer");
                continue;
            };
            // Right and wrong change places, weeks become days.
            let turned = trials(&x, &wrong, &n, penalty).unwrap();
            near(turned.slope, -fit.slope, 1e-9);
            near_relative(turned.slope_var, fit.slope_var, 1e-9);
            let days: Vec<f64> = x.iter().map(|x| 7.0 * x + 3000.0).collect();
            let in_days = trials(&days, &y, &n, penalty).unwrap();
            near(7.0 * in_days.slope, fit.slope, 1e-8);
            near(in_days.at(days[0]), fit.at(x[0]), 1e-7);
            fitted += 1;
        }
        // Twice the minutes: the same slope, half the rate.
        if let Ok(fit) = counts(&x, &y, &n) {
            let twice: Vec<f64> = n.iter().map(|n| 2.0 * n).collect();
            let slower = counts(&x, &y, &twice).unwrap();
            near(slower.slope, fit.slope, 1e-9);
            near(slower.at(0.0) + 2f64.ln(), fit.at(0.0), 1e-8);
            // The score is 0: as many events expected as seen, at the same mean time.
            let expected: f64 = x.iter().zip(&n).map(|(x, n)| n * fit.at(*x).exp()).sum();
            near_relative(expected, y.iter().sum(), 1e-9);
            x.reverse();
            let (y, n): (Vec<f64>, Vec<f64>) = y.iter().zip(&n).rev().unzip();
            near(counts(&x, &y, &n).unwrap().slope, fit.slope, 1e-9);
        }
    }
    assert!(fitted > 400, "{fitted}");
}

#[test]
fn rubrics() {
    let y = [1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0, 4.0, 4.0];
    let got = rubric(&TEN, &y, 3.0, Side::Below, 0.9).unwrap();
    near(got.per_quarter, 13.0 * got.line.slope, 1e-15);
    assert_eq!((got.at_target.k(), got.at_target.n(), got.many_ties), (6, 10, false));
    near(got.tied, 9.0 / 45.0, 1e-15);
    let flat = rubric(&TEN, &[2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 1.0, 3.0], 2.0, Side::Above, 0.9).unwrap();
    assert!(flat.many_ties && flat.line.slope == 0.0);
    assert_eq!(flat.at_target.k(), 9);
    assert_eq!(rubric(&TEN, &y, f64::NAN, Side::Below, 0.9), Err(Refusal::OutOfRange));
    assert_eq!(rubric(&TEN[..1], &y[..1], 3.0, Side::Below, 0.9), Err(Refusal::TooFew));
}

#[test]
fn prompt_levels() {
    let steps = [0, 1, 1, 2, 4, 3, 4, 5, 5, 5];
    let got = prompts(&TEN, &steps, &[7; 10], 5, 0.9).unwrap();
    assert_eq!((got.independent.k(), got.independent.n()), (3, 10));
    assert!(got.line.slope > 0.0 && got.order.test.s > 30.0);
    let levels = steps.map(f64::from);
    assert!(ols(&TEN, &levels).unwrap().slope * got.order.line.slope > 0.0);
    let mut hierarchy = [7; 10];
    hierarchy[4] = 8;
    assert_eq!(prompts(&TEN, &steps, &hierarchy, 5, 0.9), Err(Refusal::MixedScales));
    assert_eq!(prompts(&TEN, &steps, &[7; 10], 4, 0.9), Err(Refusal::OutOfRange));
}
