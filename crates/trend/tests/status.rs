//! Each step of the precedence, the thresholds, and the order of attention.

use aimline_trend::{
    Group, Mode, Position, Probabilities, Side, Status, StatusInput, Thresholds, attention_rank, level_met, status,
};

const UNSURE: Probabilities = Probabilities { p_slow: 0.5, p_stall: 0.3, p_neg: 0.1, p_goal: 0.5 };

/// A goal with nothing amiss and no verdict: each test changes what it is about.
const BASE: StatusInput = StatusInput {
    mode: Mode::OwnData,
    invalid_goal: false,
    has_target: true,
    n_points: 10,
    met: false,
    no_slope: false,
    has_baseline: true,
    first_three: false,
    ceiling: false,
    stale: false,
    n: 10,
    span_weeks: 9.0,
    maintenance: false,
    worse: Side::Below,
    probabilities: Some(UNSURE),
    rule_4pt: Position::Mixed,
    rule_trend: Position::On,
};

fn of(input: &StatusInput) -> Status {
    status(input, &Thresholds::default())
}

#[test]
fn each_step_comes_before_all_later_ones() {
    // From the last to the first, each step is added to all the later ones and must win.
    let mut input = BASE;
    let mut p = UNSURE;
    let mut seen = vec![of(&input)];
    let mut step = |input: &StatusInput| seen.push(of(input));
    p.p_goal = 0.80;
    input.probabilities = Some(p);
    step(&input);
    (p.p_slow, input.rule_4pt) = (0.10, Position::Above);
    input.probabilities = Some(p);
    step(&input);
    // Slow and ahead exclude each other through p_slow.
    p.p_slow = 0.90;
    input.probabilities = Some(p);
    step(&input);
    p.p_stall = 0.80;
    input.probabilities = Some(p);
    step(&input);
    p.p_neg = 0.90;
    input.probabilities = Some(p);
    step(&input);
    input.n = 5;
    step(&input);
    input.stale = true;
    step(&input);
    input.ceiling = true;
    step(&input);
    input.has_baseline = false;
    step(&input);
    input.met = true;
    step(&input);
    input.n_points = 0;
    step(&input);
    input.has_target = false;
    step(&input);
    input.invalid_goal = true;
    step(&input);
    let want = [
        Status::Uncertain,
        Status::OnTrack,
        Status::Ahead,
        Status::Slow,
        Status::Stalled,
        Status::Regressing,
        Status::Insufficient,
        Status::Stale,
        Status::Ceiling,
        Status::NoBaseline,
        Status::Met,
        Status::NoData,
        Status::NoTarget,
        Status::InvalidGoal,
    ];
    assert_eq!(seen, want);
    seen.reverse();
    assert_eq!(seen, Status::ALL);
    assert!(Status::ALL.is_sorted());
}

#[test]
fn thresholds_are_reached_at_equality_only() {
    let with = |p: Probabilities, rule_4pt| of(&StatusInput { probabilities: Some(p), rule_4pt, ..BASE });
    assert_eq!(with(Probabilities { p_neg: 0.899, ..UNSURE }, Position::Mixed), Status::Uncertain);
    assert_eq!(with(Probabilities { p_neg: 0.90, ..UNSURE }, Position::Mixed), Status::Regressing);
    assert_eq!(with(Probabilities { p_stall: 0.799, ..UNSURE }, Position::Mixed), Status::Uncertain);
    assert_eq!(with(Probabilities { p_stall: 0.80, ..UNSURE }, Position::Mixed), Status::Stalled);
    assert_eq!(with(Probabilities { p_slow: 0.899, ..UNSURE }, Position::Mixed), Status::Uncertain);
    assert_eq!(with(Probabilities { p_slow: 0.90, ..UNSURE }, Position::Mixed), Status::Slow);
    assert_eq!(with(Probabilities { p_goal: 0.799, ..UNSURE }, Position::Mixed), Status::Uncertain);
    assert_eq!(with(Probabilities { p_slow: 0.101, ..UNSURE }, Position::Above), Status::Uncertain);
    assert_eq!(with(Probabilities { p_slow: 0.10, ..UNSURE }, Position::Above), Status::Ahead);
    assert_eq!(with(Probabilities { p_slow: 0.10, ..UNSURE }, Position::Below), Status::Uncertain);
}

#[test]
fn ahead_reads_the_better_side() {
    let p = Some(Probabilities { p_slow: 0.05, p_goal: 0.9, ..UNSURE });
    let falling = StatusInput { worse: Side::Above, probabilities: p, rule_4pt: Position::Below, ..BASE };
    assert_eq!(of(&falling), Status::Ahead);
    assert_eq!(of(&StatusInput { rule_4pt: Position::Above, ..falling }), Status::OnTrack);
}

#[test]
fn baseline_and_minimums() {
    let none = StatusInput { has_baseline: false, ..BASE };
    assert_eq!(of(&none), Status::NoBaseline);
    assert_eq!(of(&StatusInput { n_points: 3, ..none }), Status::NoBaseline);
    assert_eq!(of(&StatusInput { n_points: 2, n: 2, ..none }), Status::Insufficient);
    assert_eq!(of(&StatusInput { n_points: 2, n: 2, stale: true, ..none }), Status::Stale);
    assert_eq!(of(&StatusInput { n_points: 2, n: 2, first_three: true, ..none }), Status::Insufficient);
    assert_eq!(of(&StatusInput { n: 5, ..BASE }), Status::Insufficient);
    assert_eq!(of(&StatusInput { span_weeks: 2.9, ..BASE }), Status::Insufficient);
    assert_eq!(of(&StatusInput { n: 6, span_weeks: 3.0, ..BASE }), Status::Uncertain);
    assert_eq!(of(&StatusInput { probabilities: None, ..BASE }), Status::Insufficient);
}

#[test]
fn without_a_slope_met_or_uncertain() {
    let input = StatusInput { no_slope: true, stale: true, n: 2, probabilities: None, ..BASE };
    assert_eq!(of(&input), Status::Uncertain);
    assert_eq!(of(&StatusInput { met: true, ..input }), Status::Met);
    assert_eq!(of(&StatusInput { n_points: 0, ..input }), Status::NoData);
}

#[test]
fn maintenance_goals_have_no_progress_verdicts() {
    let base = StatusInput { maintenance: true, ..BASE };
    let with = |p: Probabilities, rule_4pt| of(&StatusInput { probabilities: Some(p), rule_4pt, ..base });
    assert_eq!(with(Probabilities { p_slow: 0.89, p_stall: 0.89, p_neg: 0.89, p_goal: 0.1 }, Position::Below), Status::Uncertain);
    assert_eq!(
        with(Probabilities { p_slow: 0.95, p_stall: 0.95, p_neg: 0.95, p_goal: 0.1 }, Position::Below),
        Status::Regressing
    );
    assert_eq!(with(Probabilities { p_slow: 0.05, p_stall: 0.05, p_neg: 0.05, p_goal: 0.9 }, Position::Above), Status::OnTrack);
    let allowed = [
        Status::Met,
        Status::Ceiling,
        Status::Stale,
        Status::Insufficient,
        Status::Regressing,
        Status::OnTrack,
        Status::Uncertain,
    ];
    let tenths = || (0..=10).map(|i| f64::from(i) / 10.0);
    for mode in [Mode::OwnData, Mode::Classical] {
        for rule_4pt in [Position::Below, Position::Above, Position::On, Position::Mixed, Position::Insufficient] {
            for rule_trend in [Position::Below, Position::Above, Position::On, Position::Insufficient] {
                for (p_slow, p_goal) in tenths().flat_map(|a| tenths().map(move |b| (a, b))) {
                    let p = Probabilities { p_slow, p_stall: p_slow, p_neg: p_slow, p_goal };
                    let got = of(&StatusInput { mode, rule_4pt, rule_trend, probabilities: Some(p), ..base });
                    assert!(allowed.contains(&got), "{got:?}");
                }
            }
        }
    }
}

#[test]
fn classical_mode_reads_the_rules_only() {
    let sure = Some(Probabilities { p_slow: 1.0, p_stall: 1.0, p_neg: 1.0, p_goal: 0.0 });
    let base = StatusInput { mode: Mode::Classical, probabilities: sure, ..BASE };
    let with = |n, rule_4pt, rule_trend| of(&StatusInput { n, rule_4pt, rule_trend, ..base });
    assert_eq!(with(6, Position::Below, Position::Insufficient), Status::Stalled);
    assert_eq!(with(8, Position::Mixed, Position::Below), Status::Stalled);
    assert_eq!(with(8, Position::Above, Position::Below), Status::Stalled);
    assert_eq!(with(7, Position::Mixed, Position::Below), Status::Uncertain);
    assert_eq!(with(8, Position::Above, Position::Above), Status::Ahead);
    assert_eq!(with(6, Position::Above, Position::Insufficient), Status::Ahead);
    assert_eq!(with(8, Position::Mixed, Position::On), Status::OnTrack);
    assert_eq!(with(8, Position::Mixed, Position::Above), Status::OnTrack);
    assert_eq!(with(7, Position::Mixed, Position::Insufficient), Status::Uncertain);
    assert_eq!(with(5, Position::Below, Position::Below), Status::Insufficient);
    let falling = StatusInput { worse: Side::Above, rule_4pt: Position::Above, ..base };
    assert_eq!(of(&falling), Status::Stalled);
    assert_eq!(of(&StatusInput { probabilities: None, ..falling }), Status::Stalled);
    assert_eq!(of(&StatusInput { maintenance: true, ..falling }), Status::Regressing);
}

#[test]
fn met_by_the_median_of_the_last_three() {
    assert!(level_met(&[1.0, 9.0, 90.0, 10.0], 10.0, Side::Below));
    assert!(!level_met(&[90.0, 9.0, 90.0, 9.0], 10.0, Side::Below));
    assert!(level_met(&[2.0, 9.0, 3.0], 3.0, Side::Above));
    assert!(!level_met(&[2.0, 9.0, 4.0], 3.0, Side::Above));
    assert!(level_met(&[0.1 + 0.2, 0.1 + 0.2, 0.0], 0.3, Side::Above)); // a tie is at the target
    assert!(!level_met(&[90.0, 90.0], 10.0, Side::Below));
    assert!(!level_met(&[], 10.0, Side::Below));
}

#[test]
fn order_of_attention() {
    let mut order = Status::ALL;
    order.sort_by_key(|status| attention_rank(*status, false));
    let names = order.map(Status::as_str);
    let want = [
        "regressing",
        "stalled",
        "slow",
        "uncertain",
        "stale",
        "insufficient",
        "no_data",
        "no_baseline",
        "no_target",
        "invalid_goal",
        "ceiling",
        "on_track",
        "ahead",
        "met",
    ];
    assert_eq!(names, want);
    let not_making = attention_rank(Status::OnTrack, true);
    assert!(attention_rank(Status::Stalled, false) < not_making && not_making < attention_rank(Status::Slow, false));
    assert_eq!(attention_rank(Status::Regressing, true), 0);
}

#[test]
fn names_and_groups() {
    for status in Status::ALL {
        assert_eq!(Status::parse(status.as_str()), Some(status));
    }
    assert_eq!(Status::parse("Stalled"), None);
    let of_group = |group| Status::ALL.into_iter().filter(|status| status.group() == group).collect::<Vec<_>>();
    assert_eq!(of_group(Group::NeedMeeting), [Status::Regressing, Status::Stalled]);
    assert_eq!(of_group(Group::SlowOrUncertain), [Status::Slow, Status::Uncertain]);
    assert_eq!(of_group(Group::OnTrackOrMet), [Status::Met, Status::Ahead, Status::OnTrack]);
    assert_eq!(of_group(Group::CannotBeJudged).len(), 7);
    assert_eq!([Mode::OwnData, Mode::Classical].map(Mode::as_str), ["own_data", "classical"]);
}
