//! The posterior against its limits, against integration, and with errors that hang together.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::indexing_slicing)]

mod common;

use aimline_trend::prior::{Component, Evidence, Posteriors, Prior, PriorSettings, fit_prior, posterior, predict};
use aimline_trend::simulate::Scenario;
use aimline_trend::{OwnData, Side, ols, own_data, t_cdf};
use common::{Random, near};

const PRIOR: Prior = Prior {
    goals: 400,
    mean: 1.2,
    spread_square: 0.36,
    spread_square_se: 0.0,
    mean_var: 0.0,
    noise: 90.0,
    noise_df: 7.0,
    excess_kurtosis: 0.0,
    mixture: None,
};
const AGAINST: OwnData = OwnData { need: 1.5, kappa: 0.5, x_g: 30.0, goal: 97.0, worse: Side::Below, resolution: 1.0 };

#[test]
fn formula_by_hand() {
    let x: Vec<f64> = (0..8).map(f64::from).collect();
    let fit = ols(&x, &[50.0, 57.0, 49.0, 60.0, 52.0, 61.0, 55.0, 63.0]).unwrap();
    let got = posterior(&Evidence::of_ols(&fit, 0.0), &Prior { mean_var: 0.01, ..PRIOR }, &AGAINST).unwrap();
    let variance = (7.0 * 90.0 + 6.0 * fit.residual_sd.unwrap().powi(2)) / 13.0;
    let v = variance / 42.0;
    let share = 0.36 / (0.36 + v);
    let (m, var) = (share * fit.slope + (1.0 - share) * 1.2, share * v + (1.0 - share).powi(2) * 0.01);
    let t = |difference: f64, sd: f64| t_cdf(difference / sd, 13.0);
    near(got.slope, m, 1e-14);
    near(got.slope_sd, var.sqrt(), 1e-13);
    near(got.share, share, 1e-14);
    near(got.residual_sd, variance.sqrt(), 1e-14);
    near(got.probabilities.p_slow, t(1.5 - m, var.sqrt()), 1e-13);
    near(got.probabilities.p_stall, t(0.75 - m, var.sqrt()), 1e-13);
    near(got.probabilities.p_neg, t(-m, var.sqrt()), 1e-13);
    let level_sd = (variance / 8.0 + 26.5 * 26.5 * var).sqrt();
    near(got.probabilities.p_goal, t(fit.y_mean + 26.5 * m - 97.0, level_sd), 1e-13);
    assert_eq!((got.df, got.prior_only_error), (13.0, false));
}

#[test]
fn a_flat_prior_is_own_data_and_a_sharp_one_is_the_stratum() {
    let mut random = Random(51);
    for _ in 0..300 {
        let (x, y) = random.goal();
        let fit = ols(&x, &y).unwrap();
        let goal = Evidence::of_ols(&fit, 0.0);
        let flat = Prior { spread_square: 1e18, noise_df: 0.0, ..PRIOR };
        let (got, want) = (posterior(&goal, &flat, &AGAINST).unwrap().probabilities, own_data(&fit, &AGAINST).unwrap());
        for (got, want) in
            [(got.p_slow, want.p_slow), (got.p_stall, want.p_stall), (got.p_neg, want.p_neg), (got.p_goal, want.p_goal)]
        {
            near(got, want, 1e-9);
        }
        let sharp = posterior(&goal, &Prior { spread_square: 1e-12, ..PRIOR }, &AGAINST).unwrap();
        near(sharp.slope, 1.2, 1e-6);
        assert!(sharp.share < 1e-3 && sharp.probabilities.p_slow > 0.999);
        // Goals that fall mirror goals that rise.
        let turned = Evidence { slope: -goal.slope, level: -goal.level, ..goal };
        let fall = OwnData { need: -1.5, goal: -97.0, worse: Side::Above, ..AGAINST };
        let (up, down) = (posterior(&goal, &PRIOR, &AGAINST), posterior(&turned, &Prior { mean: -1.2, ..PRIOR }, &fall));
        assert_eq!(up.unwrap().probabilities, down.unwrap().probabilities);
    }
}

#[test]
fn two_points_and_perfect_lines() {
    let two = Evidence::of_ols(&ols(&[0.0, 4.0], &[50.0, 51.0]).unwrap(), 0.0);
    let got = posterior(&two, &PRIOR, &AGAINST).unwrap();
    assert!(got.prior_only_error && got.df == 7.0 && got.share < 0.1);
    near(got.residual_sd, 90f64.sqrt(), 1e-14);
    // Points on a straight line: the resolution's floor at least.
    let line = Evidence::of_ols(&ols(&[0.0, 1.0, 2.0], &[1.0, 2.0, 3.0]).unwrap(), 0.0);
    let got = posterior(&line, &Prior { noise: 1e-9, ..PRIOR }, &AGAINST).unwrap();
    near(got.residual_sd, (1f64 / 12.0).sqrt(), 1e-14);
    assert_eq!(posterior(&line, &PRIOR, &OwnData { need: f64::NAN, ..AGAINST }), None);
    assert_eq!(posterior(&Evidence { slope: f64::INFINITY, ..line }, &PRIOR, &AGAINST), None);
    let counts = Evidence { least_variance: 1.0, ..line };
    near(posterior(&counts, &Prior { noise: 0.01, ..PRIOR }, &AGAINST).unwrap().residual_sd, 1.0, 1e-14);
}

#[test]
fn the_mixture_is_bayes_by_integration() {
    // With the noise known (infinite degrees of freedom) P(slope < c | b) is a ratio of two integrals.
    let mixture = [Component { weight: 0.7, mean: 1.4, spread: 0.3 }, Component { weight: 0.3, mean: 0.1, spread: 0.5 }];
    let prior = Prior { noise_df: f64::INFINITY, mixture: Some(mixture), ..PRIOR };
    let density = |at: f64, mean: f64, sd: f64| (-0.5 * ((at - mean) / sd).powi(2)).exp() / sd;
    for (slope, slope_unit) in [(0.2, 1.0 / 182.0), (1.3, 1.0 / 60.0), (-1.0, 1.0 / 1000.0), (4.0, 1.0 / 182.0)] {
        let goal = Evidence {
            x_mean: 5.5,
            level: 60.0,
            slope,
            level_unit: 0.1,
            slope_unit,
            variance: 1.0,
            df: 9.0,
            rounding: 0.0,
            least_variance: 0.0,
        };
        let got = posterior(&goal, &prior, &AGAINST).unwrap();
        let sd = (90.0 * slope_unit).sqrt();
        let (mut all, mut slow, mut stalled, mut first) = (0.0, 0.0, 0.0, 0.0);
        for i in 0..28_000 {
            let at = -7.0 + (f64::from(i) + 0.5) * 14.0 / 28_000.0;
            let mass = density(slope, at, sd)
                * mixture.iter().map(|part| part.weight * density(at, part.mean, part.spread)).sum::<f64>();
            all += mass;
            first += at * mass;
            slow += if at < 1.5 { mass } else { 0.0 };
            stalled += if at < 0.75 { mass } else { 0.0 };
        }
        near(got.probabilities.p_slow, slow / all, 1e-6);
        near(got.probabilities.p_stall, stalled / all, 1e-6);
        near(got.slope, first / all, 1e-6);
    }
}

#[test]
fn an_uncertain_spread_is_integrated_over() {
    let goal = Evidence {
        x_mean: 4.0,
        level: 60.0,
        slope: -0.5,
        level_unit: 0.1,
        slope_unit: 1.0 / 60.0,
        variance: 90.0,
        df: 9.0,
        rounding: 0.0,
        least_variance: 0.0,
    };
    let known = Prior { noise_df: f64::INFINITY, mean_var: 0.004, ..PRIOR };
    for (spread_square, spread_square_se) in [(0.36, 0.2), (0.36, 0.05), (-0.2, 0.3), (0.0, 0.1)] {
        let prior = Prior { spread_square, spread_square_se, ..known };
        let got = posterior(&goal, &prior, &AGAINST).unwrap();
        // The same by a fine grid on the square of the spread.
        let (mut total, mut mean, mut second) = (0.0, 0.0, 0.0);
        for i in 0..20_000 {
            let square = (f64::from(i) + 0.5) * (f64::max(spread_square, 0.0) + 3.0 * spread_square_se) / 20_000.0;
            let weight = (-0.5 * ((square - spread_square) / spread_square_se).powi(2)).exp();
            let at = posterior(&goal, &Prior { spread_square: square, ..known }, &AGAINST).unwrap();
            total += weight;
            mean += weight * at.slope;
            second += weight * (at.slope_sd.powi(2) + at.slope.powi(2));
        }
        mean /= total;
        near(got.slope, mean, 0.01);
        near(got.slope_sd, (second / total - mean * mean).sqrt(), 0.01);
    }
    // Slopes that differ by far less than their noise: the stratum's mean, and still an answer.
    let none = posterior(&goal, &Prior { spread_square: -1.0, spread_square_se: 0.01, ..known }, &AGAINST).unwrap();
    assert!(none.share < 0.02 && (none.slope - 1.2).abs() < 0.05, "{none:?}");
    // Known well enough, it is taken as known.
    let sharp = Prior { spread_square_se: 0.36 / 13.0, ..known };
    assert_eq!(posterior(&goal, &sharp, &AGAINST), posterior(&goal, &known, &AGAINST));
}

#[test]
fn predictions_of_the_next_value_are_calibrated() {
    let scenario = Scenario { goals: 6_000, last_look: 13, ..Scenario::default() };
    let weeks = scenario.weeks();
    let n = weeks.len() - 1;
    let students: Vec<_> = (0..scenario.goals).map(|index| scenario.student(index)).collect();
    let lines: Vec<_> = students.iter().map(|student| ols(&weeks[..n], &student.y[..n]).unwrap()).collect();
    let goals: Vec<Evidence> = lines.iter().map(|line| Evidence::of_ols(line, 0.0)).collect();
    let prior = fit_prior(&goals, PriorSettings::default()).unwrap();
    let ready = Posteriors::new(&prior);
    let against = OwnData { resolution: 0.0, ..AGAINST };
    let (mut inside, mut tenths, mut better) = ([0.0; 3], [0.0; 10], 0.0);
    for ((student, line), goal) in students.iter().zip(&lines).zip(&goals) {
        let got = predict(goal, &ready.of(goal, &against).unwrap(), weeks[n], student.y[n]).unwrap();
        for (count, half) in inside.iter_mut().zip([0.25, 0.40, 0.45]) {
            *count += f64::from(u8::from((got.pit - 0.5).abs() <= half));
        }
        tenths[((got.pit * 10.0) as usize).min(9)] += 1.0;
        better += (student.y[n] - line.at(weeks[n])).powi(2) - (student.y[n] - got.mean).powi(2);
    }
    for (count, want) in inside.iter().zip([0.5, 0.8, 0.9]) {
        near(count / 6_000.0, want, 0.02);
    }
    assert!(tenths.iter().all(|count| (500.0..700.0).contains(count)), "{tenths:?}");
    assert!(better > 0.0, "nearer than the least-squares line on the whole");
    // By hand: scipy.stats.t.logpdf(1.5, 9) - log(2).
    let goal = Evidence {
        x_mean: 0.0,
        level: 0.0,
        slope: 0.0,
        level_unit: 0.0,
        slope_unit: 1.0,
        variance: 4.0,
        df: 9.0,
        rounding: 0.0,
        least_variance: 0.0,
    };
    let flat = Prior { spread_square: 1e-30, noise: 4.0, noise_df: 0.0, mean: 0.0, ..PRIOR };
    let at = predict(&goal, &posterior(&goal, &flat, &against).unwrap(), 0.0, 3.0).unwrap();
    near(at.log_score, -2.0623777286583556 - 2f64.ln(), 1e-12);
    near(at.pit, t_cdf(1.5, 9.0), 1e-15);
}

#[test]
fn points_still_needed_is_the_smallest_that_does() {
    let mut random = Random(54);
    let mut counts = 0;
    for _ in 0..200 {
        let (mut x, y) = random.goal();
        let (fit, last, n) = (ols(&x, &y).unwrap(), *x.last().unwrap(), x.len());
        let goal = Evidence::of_ols(&fit, 1.0);
        let ready = Posteriors::new(&Prior { noise: 30.0, ..PRIOR });
        let told = |goal: &Evidence| {
            let p = ready.of(goal, &AGAINST).unwrap().probabilities.p_slow;
            p.max(1.0 - p)
        };
        // The same evidence from the design itself: points on the line appended, week by week.
        let grown = goal.with_weekly_points(n, last, 3);
        let mut longer = y.clone();
        for week in 1..=3 {
            x.push(last + f64::from(week));
            longer.push(fit.at(last + f64::from(week)));
        }
        let other = ols(&x, &longer).unwrap();
        near(grown.slope_unit, 1.0 / other.sxx, 1e-12);
        near(grown.x_mean, other.x_mean, 1e-12);
        near(grown.level, other.y_mean, 1e-10);
        near(grown.slope, other.slope, 1e-10);
        match ready.points_still_needed(&goal, n, last, &AGAINST, 0.9, 104) {
            Some(0) => assert!(told(&goal) >= 0.9),
            Some(extra) => {
                assert!(told(&goal.with_weekly_points(n, last, extra)) >= 0.9);
                assert!(told(&goal.with_weekly_points(n, last, extra - 1)) < 0.9);
                counts += 1;
            }
            None => assert!(told(&goal.with_weekly_points(n, last, 104)) < 0.9),
        }
    }
    assert!(counts > 20, "{counts}");
}
