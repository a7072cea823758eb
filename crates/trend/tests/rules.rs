//! The point rules, the trend rule and the aimline.
#![allow(clippy::unwrap_used)]

use aimline_trend::{Aimline, Answer, Limits, Position, RulePoints, Side, is_tie, trend_position};

/// From 0 at week 0 to 20 at week 20: the aimline at week x is x.
fn aimline() -> Aimline {
    Aimline::new(0.0, 0.0, 20.0, 20.0).unwrap()
}

/// Weekly points from week 1 on, each that much above the aimline.
fn weekly(above: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let x: Vec<f64> = (1..=above.len()).map(|i| i as f64).collect();
    let y = x.iter().zip(above).map(|(x, above)| x + above).collect();
    (x, y)
}

fn k_point(k: usize, above: &[f64]) -> Answer {
    let (x, y) = weekly(above);
    let span = (x.len() - 1) as f64;
    RulePoints::new(&x, &y, aimline(), x.len(), span).k_point(k, &Limits::default())
}

fn median3(above: &[f64]) -> Answer {
    let (x, y) = weekly(above);
    RulePoints::new(&x, &y, aimline(), x.len(), (x.len() - 1) as f64).median3(&Limits::default())
}

#[test]
fn the_aimline() {
    let line = Aimline::new(2.0, 10.0, 12.0, 30.0).unwrap();
    assert_eq!(line.need(), 2.0);
    assert_eq!([1.9, 2.0, 7.0, 12.0, 40.0].map(|x| line.at(x)), [None, Some(10.0), Some(20.0), Some(30.0), Some(30.0)]);
    assert_eq!(
        (line.needed_from(7.0, 15.0), line.needed_from(12.0, 15.0), line.needed_from(f64::NAN, 1.0)),
        (Some(3.0), None, None)
    );
    assert_eq!(line.at(12.5), Some(30.0));
    assert_eq!((line.x_b(), line.b(), line.x_g(), line.g()), (2.0, 10.0, 12.0, 30.0));
    assert_eq!(Aimline::new(2.0, 10.0, 2.0, 30.0), None);
    assert_eq!(Aimline::new(3.0, 10.0, 2.0, 30.0), None);
    assert_eq!(Aimline::new(0.0, f64::NAN, 2.0, 30.0), None);
    assert_eq!(Aimline::new(f64::NEG_INFINITY, 1.0, 2.0, 30.0), None);
    let flat = Aimline::new(0.0, 5.0, 10.0, 5.0).unwrap();
    assert_eq!((flat.need(), flat.at(3.3)), (0.0, Some(5.0)));
}

#[test]
fn last_k_points() {
    let cases: [(usize, &[f64], Position); 9] = [
        (4, &[1.0, 1.0, -1.0, -1.0, -1.0, -1.0], Position::Below),
        (5, &[1.0, 1.0, -1.0, -1.0, -1.0, -1.0], Position::Mixed),
        (3, &[-1.0, -1.0, -1.0, 1.0, 2.0, 0.5], Position::Above),
        (4, &[-1.0, -1.0, -1.0, 1.0, 2.0, 0.5], Position::Mixed),
        (4, &[-1.0, -1.0, 0.0, 0.0, 0.0, 0.0], Position::On),
        (4, &[-1.0, -1.0, -1.0, -1.0, 0.0, -1.0], Position::Mixed), // a tie ends the run
        (4, &[-1.0; 5], Position::Insufficient),                    // five points
        (7, &[-1.0; 6], Position::Insufficient),
        (0, &[-1.0; 6], Position::Insufficient),
    ];
    for (k, above, want) in cases {
        assert_eq!(k_point(k, above).position, want, "{k} of {above:?}");
    }
}

#[test]
fn an_answer_carries_its_evidence() {
    let answer = k_point(4, &[1.0, 1.0, -1.0, -2.0, -3.0, -0.5]);
    let want = Answer { position: Position::Below, n: 6, span_weeks: 5.0, looked: 4, value: Some(5.5), aim: Some(6.0) };
    assert_eq!(answer, want);
    let (x, y) = weekly(&[1.0, 1.0, -1.0, -2.0, -3.0, -0.5]);
    let points = RulePoints::new(&x, &y, aimline(), 6, 5.0);
    let looks: Vec<_> = points.last(answer.looked).map(|look| (look.x, look.y, look.aim, look.position)).collect();
    assert_eq!(looks.len(), 4);
    assert_eq!(looks[0], (6.0, 5.5, Some(6.0), Position::Below));
    assert_eq!(looks[3], (3.0, 2.0, Some(3.0), Position::Below));
    let none = k_point(4, &[-1.0; 3]);
    assert_eq!((none.n, none.looked, none.value, none.aim), (3, 0, None, None));
}

#[test]
fn minimums_are_the_segments() {
    let (x, y) = weekly(&[-1.0; 4]);
    let limits = Limits::default();
    let position = |n, span| RulePoints::new(&x, &y, aimline(), n, span).k_point(4, &limits).position;
    assert_eq!(position(6, 3.0), Position::Below);
    assert_eq!(position(6, 34.0 / 7.0 - 13.0 / 7.0), Position::Below);
    assert_eq!(position(5, 3.0), Position::Insufficient);
    assert_eq!(position(6, 20.0 / 7.0), Position::Insufficient);
    assert_eq!(position(6, f64::NAN), Position::Insufficient);
}

#[test]
fn points_before_the_baseline_or_without_a_pair() {
    let (x, y) = ([-3.0, -2.0, -1.0, 1.0, 2.0, 3.0], [-9.0; 6]);
    let points = RulePoints::new(&x, &y, aimline(), 6, 6.0);
    assert_eq!(points.k_point(3, &Limits::default()).position, Position::Below);
    assert_eq!(points.k_point(4, &Limits::default()).position, Position::Insufficient);
    assert_eq!(points.run_below(Side::Below), 3);
    let short = RulePoints::new(&x, &y[..2], aimline(), 6, 6.0);
    assert_eq!(short.last(9).map(|look| look.x).collect::<Vec<_>>(), [-2.0, -3.0]);
    let empty = RulePoints::new(&[], &[], aimline(), 0, 0.0);
    assert_eq!((empty.run_below(Side::Below), empty.last(3).count()), (0, 0));
    assert_eq!(empty.median3(&Limits::default()).position, Position::Insufficient);
}

#[test]
fn median_of_three_at_the_last_points_date() {
    // Values 4 + 0.5, 5 + 0.8, 6 - 3: their median 4.5 is under the aimline at week 6, though not under that at week 4.
    let answer = median3(&[0.0, 0.0, 0.0, 0.5, 0.8, -3.0]);
    assert_eq!((answer.position, answer.value, answer.aim, answer.looked), (Position::Below, Some(4.5), Some(6.0), 3));
    assert_eq!(median3(&[0.0, 0.0, 0.0, 2.0, 1.0, -3.0]).position, Position::On);
    assert_eq!(median3(&[0.0, 0.0, 0.0, 3.0, 2.0, -3.0]).position, Position::Above);
    assert_eq!(median3(&[0.0; 5]).position, Position::Insufficient);
}

#[test]
fn run_on_the_worse_side() {
    let run = |above: &[f64], worse| {
        let (x, y) = weekly(above);
        RulePoints::new(&x, &y, aimline(), x.len(), 9.0).run_below(worse)
    };
    assert_eq!(run(&[1.0, -1.0, -1.0], Side::Below), 2);
    assert_eq!(run(&[1.0, -1.0, -1.0], Side::Above), 0);
    assert_eq!(run(&[-1.0, 1.0, 2.0, 3.0], Side::Above), 3);
    assert_eq!(run(&[-1.0, 0.0, -1.0], Side::Below), 1);
    assert_eq!(run(&[-1.0, -1.0, 0.0], Side::Below), 0);
    assert_eq!(run(&[-1.0; 9], Side::Below), 9);
}

#[test]
fn trend_against_need() {
    let position = |slope, n, span| trend_position(slope, 1.0, n, span, &Limits::default()).position;
    assert_eq!(position(Some(0.9), 8, 4.0), Position::Below);
    assert_eq!(position(Some(1.1), 8, 4.0), Position::Above);
    assert_eq!(position(Some(1.0 + 5e-10), 8, 4.0), Position::On);
    assert_eq!(position(Some(0.9), 7, 9.0), Position::Insufficient);
    assert_eq!(position(Some(0.9), 9, 3.9), Position::Insufficient);
    assert_eq!(position(None, 9, 9.0), Position::Insufficient);
    assert_eq!(position(Some(f64::NAN), 9, 9.0), Position::Insufficient);
    let answer = trend_position(Some(-2.0), -1.0, 8, 4.0, &Limits::default());
    assert_eq!((answer.position, answer.value, answer.aim), (Position::Below, Some(-2.0), Some(-1.0)));
}

#[test]
fn ties_scale_with_the_aimline() {
    assert!(is_tie(5e-10, 0.0) && !is_tie(2e-9, 0.0));
    assert!(is_tie(1e6 + 5e-4, 1e6) && !is_tie(1e6 + 2e-3, 1e6));
    assert_eq!(Position::of(0.1 + 0.2, 0.3), Position::On);
    assert_eq!(Position::of(f64::NAN, 0.3), Position::Insufficient);
}

#[test]
fn names() {
    let all = [Position::Below, Position::Above, Position::On, Position::Mixed, Position::Insufficient];
    assert_eq!(all.map(Position::as_str), ["below", "above", "on", "mixed", "insufficient"]);
    assert_eq!([Side::Below, Side::Above].map(Side::as_str), ["below", "above"]);
    assert_eq!([Side::Below, Side::Above].map(Side::opposite), [Side::Above, Side::Below]);
    assert_eq!([Side::Below, Side::Above].map(Side::sign), [1.0, -1.0]);
}
