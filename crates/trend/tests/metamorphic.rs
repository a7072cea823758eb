//! G17: what must not change when the data are moved, scaled, turned over or shuffled; and that nothing is ever NaN.
#![allow(clippy::unwrap_used)]

mod common;

use aimline_trend::{
    Aimline, Limits, MAX_POINTS, OwnData, Position, RulePoints, Side, TheilSenScratch, ols, own_data, points_still_needed,
    resolution, theil_sen, trend_position,
};
use common::{Random, near};

#[test]
fn affine_y() {
    let mut random = Random(1);
    for _ in 0..300 {
        let (x, y) = random.goal();
        let (scale, shift) = (3.7, -41.3);
        let scaled: Vec<f64> = y.iter().map(|y| shift + scale * y).collect();
        let (before, after) = (ols(&x, &y).unwrap(), ols(&x, &scaled).unwrap());
        near(after.slope, scale * before.slope, 1e-11);
        near(after.intercept, shift + scale * before.intercept, 1e-11);
        near(after.slope_se.unwrap(), scale * before.slope_se.unwrap(), 1e-11);
        let (before, after) = (theil_sen(&x, &y, 0.9).unwrap(), theil_sen(&x, &scaled, 0.9).unwrap());
        near(after.slope, scale * before.slope, 1e-11);
        near(after.intercept_joint, shift + scale * before.intercept_joint, 1e-11);
        assert_eq!(after.n_slopes, before.n_slopes);
    }
}

#[test]
fn time_shift_and_days_for_weeks() {
    let mut random = Random(2);
    for _ in 0..300 {
        let (x, y) = random.goal();
        let moved: Vec<f64> = x.iter().map(|x| 7.0 * x + 20_000.0).collect();
        let (weeks, days) = (ols(&x, &y).unwrap(), ols(&moved, &y).unwrap());
        near(7.0 * days.slope, weeks.slope, 1e-9);
        near(days.at(moved[1]), weeks.at(x[1]), 1e-9);
        near(days.residual_sd.unwrap(), weeks.residual_sd.unwrap(), 1e-9);
        let (weeks, days) = (theil_sen(&x, &y, 0.9).unwrap(), theil_sen(&moved, &y, 0.9).unwrap());
        near(7.0 * days.slope, weeks.slope, 1e-9);
        near(7.0 * days.lo.unwrap(), weeks.lo.unwrap(), 1e-9);
    }
}

#[test]
fn order_does_not_matter() {
    let mut random = Random(3);
    let mut scratch = TheilSenScratch::new();
    for _ in 0..300 {
        let (mut x, mut y) = random.goal();
        let (line, robust, step) = (ols(&x, &y).unwrap(), scratch.fit(&x, &y, 0.9), resolution(&y));
        random.shuffle(&mut x, &mut y);
        let shuffled = ols(&x, &y).unwrap();
        near(shuffled.slope, line.slope, 1e-12);
        near(shuffled.residual_sd.unwrap(), line.residual_sd.unwrap(), 1e-12);
        assert_eq!(scratch.fit(&x, &y, 0.9), robust);
        assert_eq!(resolution(&y), step);
    }
}

#[test]
fn goals_that_fall_mirror_goals_that_rise() {
    let mut random = Random(4);
    let limits = Limits::default();
    for _ in 0..300 {
        let (x, y) = random.goal();
        let flipped: Vec<f64> = y.iter().map(|y| -y).collect();
        let (up, down) = (ols(&x, &y).unwrap(), ols(&x, &flipped).unwrap());
        let rise = OwnData { need: 1.0, kappa: 0.5, x_g: 30.0, goal: 80.0, worse: Side::Below, resolution: 1.0 };
        let fall = OwnData { need: -1.0, goal: -80.0, worse: Side::Above, ..rise };
        assert_eq!(own_data(&up, &rise), own_data(&down, &fall));
        let last = *x.last().unwrap();
        assert_eq!(points_still_needed(&up, last, 1.0, 1.0, 0.9, 104), points_still_needed(&down, last, -1.0, 1.0, 0.9, 104));
        let span = last - x[0];
        let (a, b) = (Aimline::new(0.0, 50.0, 30.0, 80.0).unwrap(), Aimline::new(0.0, -50.0, 30.0, -80.0).unwrap());
        let (p, q) = (RulePoints::new(&x, &y, a, x.len(), span), RulePoints::new(&x, &flipped, b, x.len(), span));
        let mirrored = |position| match position {
            Position::Below => Position::Above,
            Position::Above => Position::Below,
            same => same,
        };
        for k in [3, 4, 5] {
            assert_eq!(p.k_point(k, &limits).position, mirrored(q.k_point(k, &limits).position));
        }
        assert_eq!(p.median3(&limits).position, mirrored(q.median3(&limits).position));
        assert_eq!(p.run_below(Side::Below), q.run_below(Side::Above));
        let (rising, falling) = (theil_sen(&x, &y, 0.9).unwrap(), theil_sen(&x, &flipped, 0.9).unwrap());
        assert_eq!(rising.slope, -falling.slope);
        let of = |slope, need| trend_position(Some(slope), need, x.len(), span, &limits).position;
        assert_eq!(of(up.slope, 1.0), mirrored(of(down.slope, -1.0)));
    }
}

#[test]
fn brute_force_agrees() {
    // The median of all pairwise slopes by a full sort.
    let mut random = Random(5);
    for _ in 0..200 {
        let (x, y) = random.goal();
        let mut slopes = Vec::new();
        for i in 0..x.len() {
            for j in 0..x.len() {
                if x[i] > x[j] {
                    slopes.push((y[i] - y[j]) / (x[i] - x[j]));
                }
            }
        }
        slopes.sort_by(f64::total_cmp);
        let n = slopes.len();
        let fit = theil_sen(&x, &y, 0.9).unwrap();
        near(fit.slope, 0.5 * (slopes[(n - 1) / 2] + slopes[n / 2]), 1e-15);
        assert_eq!(fit.n_slopes, n);
        assert!(slopes.contains(&fit.lo.unwrap()) && slopes.contains(&fit.hi.unwrap()));
        assert!(fit.lo.unwrap() <= fit.slope && fit.slope <= fit.hi.unwrap());
    }
}

#[test]
fn degenerate_input_gives_none() {
    let bad: [(&[f64], &[f64]); 6] = [
        (&[], &[]),
        (&[1.0], &[2.0]),
        (&[0.1, 0.1, 0.1], &[1.0, 2.0, 3.0]),
        (&[0.0, 1.0], &[1.0]),
        (&[0.0, 1.0, f64::NAN], &[1.0, 2.0, 3.0]),
        (&[0.0, 1.0, 2.0], &[1.0, f64::INFINITY, 3.0]),
    ];
    for (x, y) in bad {
        assert_eq!(ols(x, y), None);
        assert_eq!(theil_sen(x, y, 0.9), None);
    }
    assert_eq!(theil_sen(&[0.0, 1.0], &[1.0, 2.0], 1.0), None);
    assert_eq!(theil_sen(&[0.0, 1.0], &[-f64::MAX, f64::MAX], 0.9), None);
    assert_eq!(ols(&[0.0, 1.0], &[-f64::MAX, f64::MAX]), None);
    assert_eq!(ols(&[0.0, 1.0, 2.0], &[1.0, 2.0, 4.0]).unwrap().slope_interval(1.0), None);
}

#[test]
fn two_points_and_constant_values() {
    let two = ols(&[0.0, 2.0], &[1.0, 4.0]).unwrap();
    assert_eq!((two.slope, two.intercept, two.r2), (1.5, 1.0, Some(1.0)));
    assert_eq!((two.slope_se, two.intercept_se, two.residual_sd, two.slope_interval(0.9)), (None, None, None, None));
    let flat = ols(&[0.0, 0.3, 1.1, 2.9], &[0.1; 4]).unwrap();
    assert_eq!((flat.slope, flat.residual_sd, flat.slope_se, flat.r2), (0.0, Some(0.0), Some(0.0), None));
    assert_eq!(flat.slope_interval(0.9), Some((0.0, 0.0)));
    // No minus zero, whichever way the pairs are taken.
    let zero = theil_sen(&[2.0, 1.0, 0.0], &[5.0; 3], 0.9).unwrap();
    assert_eq!((zero.slope.to_bits(), zero.lo.map(f64::to_bits), zero.hi.map(f64::to_bits)), (0, Some(0), Some(0)));
    // Ties in x and a constant y: Sen's variance is negative, so there is no interval.
    let tied = theil_sen(&[0.0, 0.0, 1.0], &[5.0; 3], 0.9).unwrap();
    assert_eq!((tied.slope, tied.lo, tied.hi), (0.0, None, None));
}

#[test]
fn more_points_than_are_used() {
    let mut random = Random(6);
    let n = MAX_POINTS + 1_500;
    let mut x: Vec<f64> = (0..n).map(|i| i as f64 / 7.0).collect();
    let mut y: Vec<f64> = x.iter().map(|x| 10.0 + 0.3 * x + 8.0 * (random.unit() - 0.5)).collect();
    let fit = theil_sen(&x, &y, 0.9).unwrap();
    assert_eq!((fit.n, fit.n_slopes), (n, MAX_POINTS * (MAX_POINTS - 1) / 2));
    assert!(fit.lo.unwrap() < 0.3 && 0.3 < fit.hi.unwrap() && (fit.slope - 0.3).abs() < 0.01);
    random.shuffle(&mut x, &mut y);
    assert_eq!(theil_sen(&x, &y, 0.9), Some(fit));
}
