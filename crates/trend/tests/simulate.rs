//! The simulator: its draws, and the promises of the operating characteristic on a short run.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

mod common;

use aimline_trend::simulate::{Draws, Row, Rule, Scenario, SlopeLaw, Table, operating_characteristic};
use common::near;

#[test]
fn draws_are_splitmix64() {
    let mut draws = Draws::from_state(1_234_567);
    let got: Vec<u64> = (0..5).map(|_| draws.bits()).collect();
    let want = [
        6_457_827_717_110_365_317,
        3_203_168_211_198_807_973,
        9_817_491_932_198_370_423,
        4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
    ];
    assert_eq!(got, want);
}

#[test]
fn draws_are_uniform_and_normal() {
    let n = 200_000;
    let (mut tenths, mut moments, mut neighbours) = ([0.0; 10], [0.0; 4], 0.0);
    let mut last = 0.0;
    for stream in 0..n {
        // The first draw of each stream: streams must not resemble their neighbours.
        let mut draws = Draws::new(3, stream);
        let unit = draws.unit();
        tenths[(unit * 10.0) as usize] += 1.0;
        let z = draws.normal();
        (1..=4).for_each(|power| moments[power - 1] += z.powi(power as i32));
        neighbours += z * last;
        last = z;
    }
    let n = n as f64;
    let chi: f64 = tenths.iter().map(|count| (count - n / 10.0).powi(2) / (n / 10.0)).sum();
    assert!(chi < 27.9, "{chi}"); // 0.999 of chi-squared with 9 degrees of freedom
    for (sum, want, var) in [
        (moments[0], 0.0, 1.0f64),
        (moments[1], 1.0, 2.0),
        (moments[2], 0.0, 15.0),
        (moments[3], 3.0, 96.0),
        (neighbours, 0.0, 1.0),
    ] {
        assert!((sum / n - want).abs() < 4.0 * (var / n).sqrt(), "{sum} {want}");
    }
    assert_ne!(Draws::new(1, 2).bits(), Draws::new(2, 1).bits());
}

#[test]
fn slopes_have_the_mean_and_spread_that_was_asked_for() {
    for slope_law in [SlopeLaw::Normal, SlopeLaw::HeavyTailed, SlopeLaw::TwoGroups] {
        let scenario = Scenario { slope_law, last_look: 6, ..Scenario::default() };
        let slopes: Vec<f64> = (0..40_000).map(|index| scenario.student(index).slope).collect();
        let mean = slopes.iter().sum::<f64>() / 40_000.0;
        let sd = (slopes.iter().map(|slope| (slope - mean).powi(2)).sum::<f64>() / 40_000.0).sqrt();
        near(mean, 1.2, 0.012);
        near(sd, 0.6, if slope_law == SlopeLaw::HeavyTailed { 0.06 } else { 0.01 });
    }
}

fn find(table: &Table, rule: Rule) -> Row {
    *table.rows.iter().find(|row| row.rule == rule).unwrap()
}

#[test]
fn promises_of_the_table() {
    for (see, four_point, slow, most) in [(5.0, 0.223, 0.137, 0.75), (10.0, 0.320, 0.159, 0.6), (15.0, 0.385, 0.160, 0.6)] {
        let scenario = Scenario { goals: 6_000, stratum: 6_000, see, last_look: 30, ..Scenario::default() };
        let table = operating_characteristic(&scenario, false).unwrap();
        let (points, posterior) = (find(&table, Rule::Points(4)), find(&table, Rule::Slow(0.9)));
        // The research note's table, from 40,000 goals.
        near(points.false_alarm.unwrap(), four_point, 0.03);
        near(posterior.false_alarm.unwrap(), slow, 0.03);
        assert!(posterior.false_alarm.unwrap() <= most * points.false_alarm.unwrap(), "{table:?}");
        // A probability is what it says, at whichever look it is first reached.
        for gamma in [0.7, 0.8, 0.9] {
            let stalled = find(&table, Rule::Stalled(gamma));
            assert!(stalled.ppv_stalled.unwrap() >= gamma - 0.06, "{see} {stalled:?}");
        }
        assert!(posterior.found_20.unwrap() >= points.found_20.unwrap() - 0.02 || see > 10.0, "{table:?}");
        assert!(table.checks.rmse_posterior_8.unwrap() < 0.75 * table.checks.rmse_ols_8.unwrap());
    }
}

#[test]
fn the_same_table_every_time() {
    let scenario = Scenario { goals: 300, stratum: 100, last_look: 10, ..Scenario::default() };
    let table = operating_characteristic(&scenario, true).unwrap();
    assert_eq!(operating_characteristic(&scenario, true), Some(table.clone()));
    assert_ne!(operating_characteristic(&Scenario { seed: 2, ..scenario }, true), Some(table));
    assert_eq!(operating_characteristic(&Scenario { probes: 2, ..scenario }, false), None);
}

/// (assumption, see, stratum, rule) and the nine numbers of the committed table.
fn committed() -> Vec<([&'static str; 4], Vec<f64>)> {
    let rows = include_str!("data/operating_characteristic.csv").lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        let numbers = cells[4..].iter().map(|cell| cell.parse().unwrap()).collect();
        ([cells[0], cells[1], cells[2], cells[3]], numbers)
    });
    rows.collect()
}

#[test]
fn the_committed_table_keeps_its_promises() {
    let table = committed();
    assert_eq!(table.len(), 19 * Rule::ALL.len());
    let row = |assumption: &str, see: &str, stratum: &str, rule: &str| -> Vec<f64> {
        let found = table.iter().find(|(key, _)| *key == [assumption, see, stratum, rule]);
        found.unwrap_or_else(|| panic!("{assumption} {see} {stratum} {rule}")).1.clone()
    };
    for (see, most) in [("5", 0.65), ("10", 0.6), ("15", 0.6)] {
        let of = |rule: &str| row("prior on all", see, "40000", rule);
        let (points, slow) = (of("4 consecutive"), of("posterior slow 0.90"));
        // At most so many of the four-point rule's false alarms by week 30, at equal or better sensitivity at week 20.
        assert!(slow[0] <= most * points[0] && slow[2] >= points[2], "{see}: {slow:?} {points:?}");
        // 90 % intervals hold 90 % at every look.
        assert!(slow[5] >= 0.88 && slow[6] <= 0.925, "{see}: {slow:?}");
        for gamma in [0.7, 0.8, 0.9] {
            assert!(of(&format!("posterior stalled {gamma:.2}"))[3] >= gamma - 0.03, "{see} {gamma}");
        }
    }
}

#[test]
fn the_committed_table_is_of_this_program() {
    // A row of the table is the same scenario played with fewer students, within what chance allows.
    let scenario = Scenario { goals: 2_000, stratum: 200, ..Scenario::default() };
    let table = operating_characteristic(&scenario, false).unwrap();
    for rule in [Rule::Points(4), Rule::Slow(0.9), Rule::OwnSlow(0.9)] {
        let (_, want) =
            committed().into_iter().find(|(key, _)| *key == ["prior on a stratum", "10", "200", &rule.name()]).unwrap();
        let got = find(&table, rule);
        near(got.false_alarm.unwrap(), want[0], 0.08);
        near(got.found_20.unwrap(), want[2], 0.06);
        near(got.ppv_slow.unwrap(), want[4], 0.04);
    }
}
