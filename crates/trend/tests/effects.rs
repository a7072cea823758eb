//! G11, G12, G13: single-case effect sizes against SingleCaseES 0.7.4 and the published examples behind it.
#![allow(clippy::unwrap_used, clippy::type_complexity)]

mod common;

use aimline_trend::effect::{Effect, ird, lrm, lrr, nap, pand, pem, percent_of_goal, pnd, smd, tau, tau_bc, tau_u};
use aimline_trend::{Side, mann_kendall};
use common::{Random, near};

const GOLDEN: &[(&str, bool, &[f64], &[f64], &[(&str, f64, f64, f64, f64)])] = include!("data/effect_sizes.in");

#[test]
fn golden() {
    let (mut compared, mut one_sided) = (0, 0);
    for (name, increase, a, b, effects) in GOLDEN {
        let worse = if *increase { Side::Below } else { Side::Above };
        for (kind, estimate, se, lo, hi) in *effects {
            let (plain, full) = match *kind {
                "NAP" => (None, nap(a, b, worse, 0.95)),
                "Tau" => (None, tau(a, b, worse, 0.95)),
                // There rounding breaks two ties of Bob's rests: by fractions Tau-BC is −10 of 20 pairs.
                "Tau-BC" if *name == "parker_2011_bob" => {
                    near(tau_bc(a, b, worse, 0.95).unwrap().estimate, if *increase { -0.5 } else { 0.5 }, 1e-15);
                    continue;
                }
                "Tau-BC" => (None, tau_bc(a, b, worse, 0.95)),
                "Tau-U" => (tau_u(a, b, worse), None),
                "PND" => (pnd(a, b, worse), None),
                "PEM" => (pem(a, b, worse), None),
                "PAND" => (pand(a, b, worse), None),
                "IRD" => (ird(a, b, worse), None),
                "SMD" => (None, smd(a, b, worse, 0.95)),
                // Of counts LRRd is LRRi turned over; LRRi is the one of which more is better.
                "LRRi" => (None, lrr(a, b, worse, 0.5, 0.95)),
                "LRRd" => continue,
                "LRM" => (None, lrm(a, b, worse, 0.95)),
                other => panic!("{other}"),
            };
            near(plain.or(full.map(|full| full.estimate)).unwrap(), *estimate, 1e-9);
            if let Some(full) = full {
                near(full.se, *se, 1e-9);
                // R's uniroot stops at about 1e-4 for the intervals of NAP and its kin.
                let tolerance = if ["NAP", "Tau", "Tau-BC"].contains(kind) { 1e-4 } else { 1e-9 };
                // Where no pair (or every pair) overlaps, its root finder stops at the estimate itself, which solves the equation
                // too but bounds nothing: there the interval is one-sided here.
                if lo == hi {
                    assert!(
                        full.interval.0 < full.interval.1 && (full.interval.0 == *lo || full.interval.1 == *hi),
                        "{name} {kind}"
                    );
                    one_sided += 1;
                    continue;
                }
                near(full.interval.0, *lo, tolerance);
                near(full.interval.1, *hi, tolerance);
            }
            assert_eq!(plain.is_none(), !se.is_nan() || full.is_some(), "{name} {kind}");
            compared += 1;
        }
    }
    assert_eq!((compared, one_sided), (102, 6));
}

#[test]
fn published_examples() {
    // Parker, Vannest & Davis 2011.
    let (a, b) = ([20.0, 20.0, 26.0, 25.0, 22.0, 23.0], [28.0, 25.0, 24.0, 27.0, 30.0, 30.0, 29.0]);
    assert_eq!(
        (pnd(&a, &b, Side::Below), pem(&a, &b, Side::Below), pand(&a, &b, Side::Below)),
        (Some(5.0 / 7.0), Some(1.0), Some(11.0 / 13.0))
    );
    near(ird(&a, &b, Side::Below).unwrap(), 0.6904761905, 1e-10);
    near(nap(&a, &b, Side::Below, 0.9).unwrap().estimate, 38.5 / 42.0, 1e-15);
    near(tau(&a, &b, Side::Below, 0.9).unwrap().estimate, 35.0 / 42.0, 1e-15);
    // Parker, Vannest, Davis & Sauber 2011; scan's Bob.
    near(tau(&[3.0, 3.0, 4.0, 5.0], &[4.0, 5.0, 6.0, 7.0, 7.0], Side::Below, 0.9).unwrap().estimate, 0.8, 1e-15);
    near(tau_u(&[3.0, 3.0, 4.0, 5.0], &[4.0, 5.0, 6.0, 7.0, 7.0], Side::Below).unwrap(), 0.55, 1e-15);
    near(tau_u(&[2.0, 3.0, 5.0, 3.0], &[4.0, 5.0, 5.0, 7.0, 6.0], Side::Below).unwrap(), 13.0 / 20.0, 1e-15);
    // Tarlow 2017: a line that goes on is no effect.
    let (a, b) = ([1.0, 2.0, 3.0, 4.0, 5.0], [6.0, 7.0, 8.0, 9.0, 10.0]);
    assert_eq!(tau(&a, &b, Side::Below, 0.9).unwrap().estimate, 1.0);
    near(tau_u(&a, &b, Side::Below).unwrap(), 0.6, 1e-15);
    assert_eq!(tau_bc(&a, &b, Side::Below, 0.9).unwrap().estimate, 0.0);
    // The pairs between phases are Kendall's S with the phase as time.
    let phase: Vec<f64> = a.iter().map(|_| 0.0).chain(b.iter().map(|_| 1.0)).collect();
    let all: Vec<f64> = a.iter().chain(&b).copied().collect();
    assert_eq!(mann_kendall(&phase, &all).unwrap().s, 25.0);
}

#[test]
fn newcombe_ends_solve_the_equation() {
    let (a, b) = ([20.0, 20.0, 26.0, 25.0, 22.0, 23.0], [28.0, 25.0, 24.0, 27.0, 30.0, 30.0, 29.0]);
    let got = nap(&a, &b, Side::Below, 0.95).unwrap();
    let (h, z) = (5.5, 1.9599639845400542);
    for x in [got.interval.0, got.interval.1] {
        let left = (got.estimate - x) * (got.estimate - x);
        let right = z * z * h * x * (1.0 - x) / 42.0 * (1.0 / h + (1.0 - x) / (2.0 - x) + x / (1.0 + x));
        near(left, right, 1e-13);
    }
}

#[test]
fn percent_of_goal_obtained() {
    // By hand: means 10 and 16, goal 20; variances 4 and 9, four values each.
    let (a, b) = ([8.0, 12.0, 10.0, 10.0], [13.0, 19.0, 16.0, 16.0]);
    let got = percent_of_goal(&a, &b, 20.0, 0.95).unwrap();
    near(got.estimate, 60.0, 1e-12);
    let (var_a, var_b) = (8.0 / 3.0, 6.0);
    near(got.se, 10.0 * (var_a / 4.0 + var_b / 4.0 + 0.36 * var_a / 4.0f64).sqrt(), 1e-12);
    assert_eq!(percent_of_goal(&a, &b, 10.0, 0.95), None);
}

#[test]
fn turned_over_and_refused() {
    let mut random = Random(61);
    for _ in 0..200 {
        let mut phase = || (0..3 + random.below(8)).map(|_| (20.0 * random.unit()).round()).collect::<Vec<f64>>();
        let (a, b) = (phase(), phase());
        let turn = |values: &[f64]| values.iter().map(|v| -v).collect::<Vec<f64>>();
        let (c, d) = (turn(&a), turn(&b));
        assert_eq!(nap(&a, &b, Side::Below, 0.9), nap(&c, &d, Side::Above, 0.9));
        assert_eq!(tau_u(&a, &b, Side::Below), tau_u(&c, &d, Side::Above));
        assert_eq!(tau_bc(&a, &b, Side::Below, 0.9), tau_bc(&c, &d, Side::Above, 0.9));
        assert_eq!(pand(&a, &b, Side::Below), pand(&c, &d, Side::Above));
        let (up, down) = (nap(&a, &b, Side::Below, 0.9).unwrap(), nap(&a, &b, Side::Above, 0.9).unwrap());
        near(up.estimate + down.estimate, 1.0, 1e-14);
        near(up.interval.0 + down.interval.1, 1.0, 1e-12);
        assert!(up.interval.0 <= up.estimate && up.estimate <= up.interval.1);
        let scaled = |values: &[f64]| values.iter().map(|v| 3.0 * v + 7.0).collect::<Vec<f64>>();
        let (s, t) = (smd(&a, &b, Side::Below, 0.9), smd(&scaled(&a), &scaled(&b), Side::Below, 0.9));
        assert_eq!(s.is_some(), t.is_some());
        if let (Some(s), Some(t)) = (s, t) {
            near(s.estimate, t.estimate, 1e-9);
        }
    }
    let none: [Option<Effect>; 6] = [
        nap(&[1.0], &[1.0, 2.0], Side::Below, 0.9),
        nap(&[1.0, f64::NAN], &[1.0, 2.0], Side::Below, 0.9),
        nap(&[1.0, 2.0], &[1.0, 2.0], Side::Below, 1.0),
        smd(&[3.0, 3.0], &[1.0, 2.0], Side::Below, 0.9),
        lrr(&[0.0, 0.0], &[1.0, 2.0], Side::Below, 0.0, 0.9),
        lrm(&[0.0, 1.0], &[1.0, 2.0], Side::Below, 0.9),
    ];
    assert!(none.iter().all(Option::is_none), "{none:?}");
    assert!(lrr(&[0.0, 0.0], &[1.0, 2.0], Side::Below, 0.5, 0.9).is_some());
    assert_eq!((pnd(&[], &[1.0], Side::Below), pand(&[1.0], &[], Side::Below)), (None, None));
}
