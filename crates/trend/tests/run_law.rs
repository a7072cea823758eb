//! G14: the exact laws of the point rules, by recursion, by counting all sequences, and by the rules themselves on random
//! students.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

mod common;

use aimline_trend::simulate::Draws;
use aimline_trend::{
    Aimline, Exact, Limits, Position, RulePoints, baseline_run, fixed_target_run, median, true_line_mean_wait, true_line_run,
};
use common::near;

/// (k, points, hits of 2^points).
const GOLDEN: [(u32, u32, u128); 36] = [
    (3, 4, 3),
    (3, 6, 20),
    (3, 8, 107),
    (3, 10, 520),
    (3, 12, 2391),
    (3, 15, 22159),
    (3, 20, 825259),
    (3, 30, 974791728),
    (3, 36, 64888470307),
    (4, 4, 1),
    (4, 6, 8),
    (4, 8, 48),
    (4, 10, 251),
    (4, 12, 1224),
    (4, 15, 12199),
    (4, 20, 501239),
    (4, 30, 686182387),
    (4, 36, 48840756608),
    (5, 4, 0),
    (5, 6, 3),
    (5, 8, 20),
    (5, 10, 112),
    (5, 12, 571),
    (5, 15, 5984),
    (5, 20, 262008),
    (5, 30, 395386763),
    (5, 36, 29555251315),
    (6, 4, 0),
    (6, 6, 1),
    (6, 8, 8),
    (6, 10, 48),
    (6, 12, 256),
    (6, 15, 2798),
    (6, 20, 128257),
    (6, 30, 205897508),
    (6, 36, 15857441096),
];

#[test]
fn runs_below_a_true_line() {
    for (k, points, hits) in GOLDEN {
        assert_eq!(true_line_run(k, points), Some(Exact { hits, of: 1 << points }));
        if points <= 15 {
            let with_run =
                |bits: &u32| (0..=points - k.min(points)).any(|at| k <= points && bits >> at & ((1 << k) - 1) == (1 << k) - 1);
            assert_eq!((0..1u32 << points).filter(with_run).count() as u128, hits);
        }
    }
    assert_eq!([3, 4, 5, 6].map(|k| true_line_mean_wait(k).unwrap()), [14, 30, 62, 126]);
    near(true_line_run(4, 15).unwrap().p(), 0.372283935546875, 1e-15);
    assert_eq!(true_line_run(4, 4).unwrap().p(), 1.0 / 16.0);
    assert!(true_line_run(0, 4).is_none() && true_line_run(3, 127).is_none() && true_line_mean_wait(0).is_none());
    assert!(true_line_run(3, 126).unwrap().p() < 1.0);
}

#[test]
fn runs_below_a_line_from_noisy_probes() {
    for (k, probes, hits, of) in [(3, 3, 1, 5), (4, 3, 1, 7), (5, 3, 3, 28), (4, 1, 1, 5), (3, 1, 1, 4), (4, 5, 5, 42)] {
        assert_eq!(baseline_run(k, probes), Some(Exact { hits, of }), "{k} {probes}");
        // The line that keeps its direction is as wrong everywhere as at the baseline.
        near(fixed_target_run(&vec![0.0; k as usize], probes).unwrap(), hits as f64 / of as f64, 1e-13);
        near(fixed_target_run(&vec![1.0; k as usize], probes).unwrap(), 0.5f64.powi(k as i32), 1e-13);
    }
    // It falls on the way to the target.
    let at = |way: f64| fixed_target_run(&[way; 4], 3).unwrap();
    assert!((0..10).map(f64::from).all(|i| at(i / 10.0) > at((i + 1.0) / 10.0)));
    assert_eq!((baseline_run(4, 2), baseline_run(0, 3), baseline_run(61, 3)), (None, None, None));
    assert_eq!((fixed_target_run(&[], 3), fixed_target_run(&[0.5], 2), fixed_target_run(&[1.5], 3)), (None, None, None));
}

/// How often the shipped k-point rule says below, at week `week` of students who grow exactly as needed; `end` is the target's
/// week, and the target is `fixed` (on the true line) or set from the baseline and the needed slope.
fn simulated(k: usize, probes: usize, week: usize, end: f64, fixed: bool, students: u64) -> f64 {
    let limits = Limits::default();
    let flagged = (0..students).filter(|student| {
        let mut draws = Draws::new(7, *student);
        let noise = 4.0 + 10.0 * draws.unit();
        let first: Vec<f64> = (0..probes).map(|_| 50.0 + noise * draws.normal()).collect();
        let baseline = median(&mut first.clone()).unwrap();
        let x: Vec<f64> = (1..=week).map(|week| week as f64).collect();
        let y: Vec<f64> = x.iter().map(|x| 50.0 + 1.5 * x + noise * draws.normal()).collect();
        let target = if fixed { 50.0 + 1.5 * end } else { baseline + 1.5 * end };
        let aimline = Aimline::new(0.0, baseline, end, target).unwrap();
        RulePoints::new(&x, &y, aimline, week + probes, week as f64).k_point(k, &limits).position == Position::Below
    });
    flagged.count() as f64 / students as f64
}

#[test]
fn the_shipped_rules_follow_the_law() {
    let students = 40_000;
    let follows = |got: f64, want: f64| {
        let se = (want * (1.0 - want) / students as f64).sqrt();
        assert!((got - want).abs() < 3.0 * se, "{got} {want} {se}");
    };
    for (k, probes, week) in [(3, 3, 6), (4, 3, 6), (4, 3, 20), (5, 3, 9), (4, 1, 12)] {
        follows(simulated(k, probes, week, 40.0, false, students), baseline_run(k as u32, probes as u32).unwrap().p());
    }
    for week in [8, 24, 36] {
        let way: Vec<f64> = (0..4).map(|back| (week - back) as f64 / 36.0).collect();
        follows(simulated(4, 3, week, 36.0, true, students), fixed_target_run(&way, 3).unwrap());
    }
}
