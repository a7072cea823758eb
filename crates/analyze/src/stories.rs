//! Whole goals from their rows to their verdicts: a test for each line of the rules.

use crate::config::{MonthDay, RuleSet};
use crate::day::{Calendar, Day, date, day};
use crate::facts::{Family, Goal, Measure, Plan, Settings, Student, World};
use crate::flags::{Reports, flags};
use crate::look::Buffers;
use crate::points::tests::{Row, columns, row};
use crate::points::{NO_DAY, PointBuffers, Series};
use crate::quantiles::Quantiles;
use crate::rows::{Outcome, outcome};
use crate::sentence::sentence;
use aimline_model::analysis::{Flag, Trend};
use aimline_trend::{Mode, Side, Thresholds};

/// 5 January 2026, a Monday.
const D: Day = 20_458;

fn settings() -> Settings {
    Settings {
        mode: Mode::OwnData,
        first_three: true,
        school_year_end: None,
        thresholds: Thresholds::default(),
        kappa: 0.5,
        ci: 0.9,
        quantiles: Quantiles::new(&Thresholds::default(), 0.9),
        stale_days: 30,
        persist: 1,
        min_stratum: 100,
        ruleset: "balanced 0".to_owned(),
    }
}

/// Rises from 50 on day 0 to 70 in 20 weeks: one a week, by 25 May.
fn rising() -> Measure {
    Measure {
        key: "M1".to_owned(),
        goal_key: Some("G1".to_owned()),
        student_key: Some("S1".to_owned()),
        goal: Some(0),
        worse: Some(Side::Below),
        baseline: Some((50.0, Some(D), "stated")),
        target: Some(70.0),
        target_day: Some(D + 140),
        ..Measure::default()
    }
}

/// Falls from 20 on day 0 to 10 in 20 weeks: half a point a week.
fn falling() -> Measure {
    Measure { worse: Some(Side::Above), baseline: Some((20.0, Some(D), "stated")), target: Some(10.0), ..rising() }
}

fn goal() -> Goal {
    Goal {
        key: "G1".to_owned(),
        student_key: Some("S1".to_owned()),
        begin: Some(D),
        end: Some(D + 140),
        student: Some(0),
        ..Goal::default()
    }
}

fn weekly(values: &[f64]) -> Vec<Row> {
    (1..).zip(values).map(|(week, value)| row(D + 7 * week, *value)).collect()
}

/// A line with a zigzag that leaves the slope alone.
fn line(n: i32, start: f64, slope: f64, noise: f64) -> Vec<Row> {
    let values: Vec<f64> =
        (0..n).map(|i| start + slope * f64::from(i) + noise * [1.0, -1.0, -1.0, 1.0][i as usize % 4]).collect();
    weekly(&values)
}

struct Story {
    world: World,
    settings: Settings,
    rows: Vec<(usize, Vec<Row>)>,
    reports: Vec<Reports>,
    as_of: Option<Day>,
}

fn story(measure: Measure, rows: Vec<Row>) -> Story {
    let world = World {
        measures: vec![measure],
        goals: vec![goal()],
        students: vec![Student::default()],
        calendars: vec![Calendar::default()],
        ..World::default()
    };
    Story { world, settings: settings(), rows: vec![(0, rows)], reports: Vec::new(), as_of: None }
}

impl Story {
    /// The day of the last row, unless another is set.
    fn day(&self) -> Day {
        let last = self.rows.iter().flat_map(|(_, rows)| rows).map(|row| row.day).max();
        self.as_of.or(last.filter(|day| *day != NO_DAY)).unwrap_or(D + 100)
    }

    fn outcomes(&self) -> Vec<Outcome> {
        let mut found = Vec::new();
        for place in 0..self.world.measures.len() {
            let rows = self.rows.iter().find(|(of, _)| *of == place).map_or(&[][..], |(_, rows)| rows);
            let columns = columns(rows);
            let measure = &self.world.measures[place];
            let series = Series::of(measure, &columns, 0..rows.len(), &mut PointBuffers::default());
            found.extend(outcome(&self.world, &self.settings, place, series, self.day(), &mut Buffers::default()));
        }
        found
    }

    fn run(&self) -> (Vec<Flag>, Vec<Trend>) {
        let mut found = self.outcomes();
        let flags = flags(&self.world, &self.settings, &mut found, &self.reports, self.day());
        (flags, found.into_iter().flat_map(|outcome| outcome.trends).collect())
    }

    fn flag(&self) -> Flag {
        self.run().0.remove(0)
    }

    fn status(&self) -> &'static str {
        self.flag().status
    }

    fn says(&self) -> String {
        let (flags, trends) = self.run();
        let measure = &self.world.measures[0];
        let family = match measure.family {
            Family::Percent => "percent",
            Family::Mastery => "mastery",
            _ => "continuous",
        };
        let (k, n) = measure.criterion.unzip();
        let words = aimline_model::tables::Measure {
            family: Some(family.to_owned()),
            criterion_k: k.map(|k| k as i64),
            criterion_n: n.map(|n| n as i64),
            ..Default::default()
        };
        sentence(&flags[0], trends.last(), Some(&words), &RuleSet::default())
    }

    #[track_caller]
    fn check(&self, status: &str, reasons: Option<&str>, says: &str) {
        let flag = self.flag();
        assert_eq!((flag.status, flag.reasons.as_deref()), (status, reasons), "{}", self.says());
        assert_eq!(self.says(), says);
    }
}

fn close(a: Option<f64>, b: f64) {
    assert!(a.is_some_and(|a| (a - b).abs() < 1e-9), "{a:?} is not {b}");
}

#[test]
fn verdicts_of_a_rising_goal() {
    let of = |n, start, slope, noise| story(rising(), line(n, start, slope, noise));
    of(12, 52.5, 1.1, 2.5).check(
        "on_track",
        None,
        "gains 1.1 a week where the aimline rises 1; 84 % sure that it reaches 70 in time.",
    );
    of(12, 52.0, 1.3, 0.5).check(
        "ahead",
        None,
        "gains 1.3 a week where the aimline rises 1; the last four points are above the aimline.",
    );
    of(12, 51.0, 0.7, 0.3).check("slow", None, "gains 0.7 a week where the aimline rises 1; more than 99 % sure that it is under that; from now 1.4 a week would reach 70 by 25 May.");
    of(12, 51.0, 0.2, 0.5).check("stalled", None, "gains 0.2 a week where the aimline rises 1; more than 99 % sure that it is under half of that; from now 2.1 a week would reach 70 by 25 May.");
    of(12, 51.0, 0.0, 1.0).check("stalled", None, "should rise to 70; has not moved in 11 weeks; more than 99 % sure that it is under half of the needed rate; from now 2.4 a week would reach 70 by 25 May.");
    of(12, 60.0, -0.8, 1.0).check("regressing", None, "loses 0.8 a week where the aimline rises 1; more than 99 % sure that it moves the wrong way; from now 2.3 a week would reach 70 by 25 May.");
    of(12, 51.0, 0.9, 5.0).check("uncertain", None, "gains 0.9 a week where the aimline rises 1; the data cannot say yet; 28 more weekly points may settle it; from now 1.1 a week would reach 70 by 25 May.");
    of(5, 51.0, 0.9, 1.0).check("insufficient", Some("few_points"), "5 points so far; 6 over 3 weeks are needed.");
    of(19, 53.0, 1.0, 0.0).check("met", None, "the median of the last three points is at 70 or better.");
    of(0, 51.0, 1.0, 0.0).check("no_data", None, "no scored point yet.");
}

#[test]
fn verdicts_of_a_falling_goal() {
    let of = |n, start, slope, noise| story(falling(), line(n, start, slope, noise));
    of(12, 19.5, -0.1, 0.2).check("stalled", None, "falls 0.1 a week where the aimline falls 0.5; more than 99 % sure that it is under half of that; from now a fall of 1 a week would reach 10 by 25 May.");
    of(12, 19.5, 0.0, 0.5).check("stalled", None, "should fall to 10; has not moved in 11 weeks; more than 99 % sure that it is under half of the needed rate; from now a fall of 1.2 a week would reach 10 by 25 May.");
    of(12, 19.5, -0.3, 0.1).check("slow", None, "falls 0.3 a week where the aimline falls 0.5; more than 99 % sure that it is under that; from now a fall of 0.8 a week would reach 10 by 25 May.");
    of(12, 19.5, 0.4, 0.5).check("regressing", None, "rises 0.4 a week where the aimline falls 0.5; more than 99 % sure that it moves the wrong way; from now a fall of 1.7 a week would reach 10 by 25 May.");
    of(12, 19.0, -0.8, 0.2).check(
        "ahead",
        None,
        "falls 0.8 a week where the aimline falls 0.5; the last four points are below the aimline.",
    );
    of(12, 18.8, -0.55, 1.0).check(
        "on_track",
        None,
        "falls 0.6 a week where the aimline falls 0.5; 88 % sure that it reaches 10 in time.",
    );
    of(19, 18.5, -0.5, 0.1).check("met", None, "the median of the last three points is at 10 or better.");
    let flag = of(12, 19.5, 0.0, 0.5).flag();
    assert_eq!((flag.worse.as_deref(), flag.rule_4pt, flag.rule_trend_ols), (Some("above"), "above", "above"));
    assert!(flag.run_below >= 4);
}

#[test]
fn precedence_through_the_whole_path() {
    let rows = || line(12, 51.0, 0.0, 1.0);
    // Each goal has the fault of all later ones too, as far as they can stand together.
    let no_direction = Measure { worse: None, target: None, ..rising() };
    story(no_direction, Vec::new()).check(
        "invalid_goal",
        Some("direction_unknown no_target_value"),
        "nothing says whether more or less is better.",
    );
    story(Measure { target: None, ..rising() }, Vec::new()).check(
        "no_target",
        Some("no_target_value"),
        "no number is stated as the target.",
    );
    story(rising(), Vec::new()).check("no_data", None, "no scored point yet.");
    let percent = Measure { family: Family::Percent, baseline: None, target: Some(95.0), ..rising() };
    let mut met = story(percent.clone(), weekly(&[50.0, 50.0, 50.0, 96.0, 97.0, 98.0]));
    met.settings.first_three = false;
    met.as_of = Some(D + 130);
    met.check("met", None, "the median of the last three points is at 95 % or better.");
    let mut no_baseline = story(percent.clone(), weekly(&[100.0, 100.0, 100.0, 80.0, 80.0, 80.0]));
    no_baseline.settings.first_three = false;
    no_baseline.as_of = Some(D + 130);
    no_baseline.check("no_baseline", None, "6 points, but no baseline is stated.");
    let mut ceiling =
        story(Measure { baseline: Some((60.0, None, "text")), ..percent }, weekly(&[100.0, 100.0, 100.0, 80.0, 80.0, 80.0]));
    ceiling.as_of = Some(D + 130);
    ceiling.check("ceiling", None, "half or more of the last six points are at 100 %; the measure has no room left.");
    let mut stale = story(rising(), weekly(&[50.0, 51.0]));
    stale.as_of = Some(D + 130);
    stale.check("stale", None, "no data since 19 Jan.");
    story(rising(), weekly(&[50.0, 51.0])).check(
        "insufficient",
        Some("few_points"),
        "2 points so far; 6 over 3 weeks are needed.",
    );
    let mut classical = story(rising(), rows());
    classical.settings.mode = Mode::Classical;
    classical.check("stalled", None, "should rise to 70; has not moved in 11 weeks; the last four points are below the aimline; from now 2.4 a week would reach 70 by 25 May.");
}

#[test]
fn no_baseline_needs_three_points() {
    let mut short = story(Measure { baseline: None, ..rising() }, weekly(&[50.0, 51.0]));
    short.check("insufficient", Some("few_points"), "2 points so far; 6 over 3 weeks are needed.");
    short.settings.first_three = false;
    short.check("insufficient", Some("few_points"), "2 points so far; 6 over 3 weeks are needed.");
}

#[test]
fn invalid_goals() {
    let rows = || line(12, 51.0, 0.5, 0.0);
    story(Measure { target: Some(40.0), ..rising() }, rows()).check(
        "invalid_goal",
        Some("wrong_side"),
        "should rise, but the target 40 is on the wrong side of the baseline 50.",
    );
    story(Measure { target: Some(40.0), ..falling() }, rows()).check(
        "invalid_goal",
        Some("wrong_side"),
        "should fall, but the target 40 is on the wrong side of the baseline 20.",
    );
    story(Measure { target_day: Some(D), ..rising() }, rows()).check(
        "invalid_goal",
        Some("date_order after_target_date"),
        "the target's date, 5 Jan, is not after the baseline's.",
    );
    let timed = rows().into_iter().map(|row| Row { minutes: f64::from(row.day % 5 + 1), ..row }).collect();
    story(Measure { family: Family::Count, ..rising() }, timed).check(
        "invalid_goal",
        Some("scales_differ"),
        "the target and the points are not on the same scale.",
    );
}

#[test]
fn a_target_behind_the_first_three_is_not_invalid() {
    let measure = Measure { baseline: None, target: Some(52.0), ..rising() };
    let values = [60.0, 61.0, 62.0, 50.0, 51.0, 49.0, 50.0, 48.0, 49.0];
    story(measure, weekly(&values)).check("regressing", Some("baseline_beyond_target"), "should hold at 52 or better; loses 1.8 a week; more than 99 % sure that it moves the wrong way; from now 0.5 a week would reach 52 by 25 May.");
}

#[test]
fn maintenance() {
    let measure = || Measure { target: Some(50.0), ..rising() };
    story(measure(), line(12, 46.0, 0.0, 0.5)).check(
        "uncertain",
        Some("maintenance"),
        "should hold at 50; has not moved in 11 weeks; the data cannot say yet; from now 0.5 a week would reach 50 by 25 May.",
    );
    story(measure(), line(12, 49.0, -0.5, 0.5)).check("regressing", Some("maintenance"), "should hold at 50; loses 0.5 a week; more than 99 % sure that it moves the wrong way; from now 0.8 a week would reach 50 by 25 May.");
    story(measure(), line(12, 51.0, 0.0, 0.5)).check(
        "met",
        Some("maintenance"),
        "the median of the last three points is at 50 or better.",
    );
    assert_eq!(story(measure(), line(12, 46.0, 0.0, 0.5)).run().1[0].need_per_week, Some(0.0));
}

#[test]
fn lines() {
    // Stated baseline without a date: goal begin, else the first scored date.
    let undated = Measure { baseline: Some((50.0, None, "text")), ..rising() };
    let first = |story: &Story| story.run().1.remove(0);
    let mut by_goal = story(undated, line(8, 51.0, 1.0, 0.0));
    let trend = first(&by_goal);
    assert_eq!((trend.baseline_date, trend.baseline_source.as_str(), trend.n, trend.n_pre), (date(D), "text", 8, 0));
    close(trend.need_per_week, 1.0);
    close(trend.slope_ols, 1.0);
    close(trend.intercept_ols, 51.0);
    close(trend.level_now, 58.0);
    close(trend.needed_from_now, 1.0);
    by_goal.world.goals[0].begin = None;
    assert_eq!(first(&by_goal).baseline_date, date(D + 7));
    // x_G: the criterion's date, else the goal's end, else the school year's, else none.
    by_goal.world.measures[0].target_day = None;
    by_goal.world.goals[0].end = Some(D + 133);
    assert_eq!(first(&by_goal).target_date, date(D + 133));
    by_goal.world.goals[0].end = None;
    by_goal.settings.school_year_end = MonthDay::parse("05-20");
    assert_eq!(first(&by_goal).target_date.map(|date| date.to_string()).as_deref(), Some("2026-05-20"));
    by_goal.settings.school_year_end = None;
    by_goal.check("no_target", Some("no_target_date"), "no date for the target.");
    // From x_G on nothing is needed from now.
    let mut late = story(rising(), line(8, 51.0, 1.0, 0.0));
    late.world.goals[0].end = Some(D + 400);
    late.as_of = Some(D + 140);
    assert_eq!(first(&late).needed_from_now, None);
}

#[test]
fn points_before_the_baseline_are_in_nothing() {
    let mut rows = vec![row(D - 14, 10.0), row(D - 7, 10.0)];
    rows.extend(line(8, 51.0, 1.0, 0.0));
    let early = story(rising(), rows.clone());
    let trend = early.run().1.remove(0);
    assert_eq!((trend.n_pre, trend.n, trend.first_date), (2, 8, date(D + 7)));
    close(trend.slope_ols, 1.0);
    story(rising(), rows[..2].to_vec()).check(
        "no_data",
        Some("only_before_baseline not_begun"),
        "all points are older than the baseline.",
    );
}

#[test]
fn baseline_probes_are_in_the_line_but_not_in_the_rules() {
    let mut rows = vec![row(D, 40.0), row(D, 42.0)];
    rows[1].session = 2;
    rows.extend(line(5, 45.0, 1.0, 0.0));
    let flag = story(rising(), rows).flag();
    assert_eq!((flag.n_used, flag.run_below, flag.rule_5pt), (7, 5, "below"));
}

#[test]
fn first_three() {
    let values = [48.0, 53.0, 50.0, 60.0, 52.0, 61.0, 53.0, 62.0];
    let own = Measure { baseline: None, ..rising() };
    let (flags, trends) = story(own.clone(), weekly(&values)).run();
    let trend = &trends[0];
    assert_eq!((trend.baseline, trend.baseline_source.as_str()), (Some(50.0), "first_three"));
    assert_eq!((trend.baseline_date, trend.n, trend.n_pre), (date(D + 14), 8, 0));
    close(trend.need_per_week, 20.0 / 18.0);
    // Five rule points follow the three probes.
    assert_eq!((flags[0].rule_5pt, flags[0].n_used), ("mixed", 8));
    let mut off = story(own, weekly(&values));
    off.settings.first_three = false;
    off.check("no_baseline", None, "8 points, but no baseline is stated.");
    assert_eq!(off.run().1[0].need_per_week, None);
}

#[test]
fn first_three_of_the_first_phase_only() {
    let mut rows = weekly(&[48.0, 53.0, 50.0, 60.0, 52.0, 61.0, 53.0, 62.0]);
    for late in &mut rows[2..] {
        late.phase = 1;
    }
    story(Measure { baseline: None, ..rising() }, rows).check(
        "insufficient",
        Some("first_phase_short"),
        "6 points, but no baseline: none is stated, and the first phase has fewer than three.",
    );
}

#[test]
fn a_phase_keeps_the_aimline_and_restarts_the_runs() {
    let mut measure = rising();
    measure.changes = vec![(D + 7 * 9, 1)];
    let mut phased = story(measure, line(16, 51.0, 0.0, 0.5));
    phased.world.labels.number("Small group");
    let (flags, trends) = phased.run();
    let found: Vec<_> = trends.iter().map(|t| (t.segment, t.n, t.first_date, t.segment_label.as_deref())).collect();
    assert_eq!(
        found,
        [(1, 8, date(D + 7), None), (2, 8, date(D + 63), Some("Small group"))],
        "a point on the line is in the new phase"
    );
    assert_eq!((trends[0].need_per_week, trends[0].baseline), (trends[1].need_per_week, trends[1].baseline));
    assert_eq!((flags[0].n_used, flags[0].run_below, flags[0].status), (8, 8, "stalled"));
    assert_eq!((trends[0].needed_from_now, trends[1].needed_from_now.is_some()), (None, true));
    // Too few points of the new phase yet; then none at all.
    phased.as_of = Some(D + 7 * 11);
    phased.check("insufficient", Some("new_phase few_points"), "3 points in the new phase; 6 over 3 weeks are needed.");
    phased.as_of = Some(D + 7 * 9 - 1);
    assert_eq!(phased.status(), "stalled");
    phased.rows[0].1.truncate(8);
    phased.as_of = Some(D + 7 * 9);
    phased.check("insufficient", Some("new_phase few_points"), "0 points in the new phase; 6 over 3 weeks are needed.");
    assert_eq!(phased.run().1.len(), 2);
}

#[test]
fn another_level_needs_its_own_target() {
    let mut rows = line(16, 51.0, 1.0, 0.5);
    for (place, row) in rows.iter_mut().enumerate() {
        row.level = if place < 8 { 1 } else { 2 };
    }
    let changed = story(rising(), rows.clone());
    changed.check("no_target", Some("level_changed"), "the form level changed, and the target was not stated again.");
    let trends = changed.run().1;
    assert_eq!((trends[0].target, trends[1].target), (Some(70.0), None));
    assert_eq!((trends[1].baseline_source.as_str(), trends[1].baseline_date), ("first_three", date(D + 70)));
    // Stated for the new level.
    let restated = story(Measure { level: 2, ..rising() }, rows).run();
    assert_eq!((restated.1[1].target, restated.1[1].baseline_source.as_str()), (Some(70.0), "first_three"));
    assert_ne!(restated.0[0].status, "no_target");
}

#[test]
fn session_axis() {
    let sessions =
        |values: &[f64]| -> Vec<Row> { (1..).zip(values).map(|(n, value)| Row { session: n, ..row(NO_DAY, *value) }).collect() };
    let flat = story(rising(), sessions(&[51.0, 52.0, 53.0, 54.0, 55.0, 56.0, 57.0]));
    flat.check("uncertain", Some("no_dates"), "the points have session numbers only, no dates: no line over time can be drawn.");
    let trend = flat.run().1.remove(0);
    assert_eq!((trend.axis, trend.need_per_week, trend.first_date, trend.n), ("session", None, None, 7));
    close(trend.slope_ols, 1.0);
    story(rising(), sessions(&[60.0, 70.0, 71.0, 72.0])).check(
        "met",
        None,
        "the median of the last three points is at 70 or better.",
    );
}

#[test]
fn mastery_is_k_of_n() {
    let measure = |criterion| Measure { family: Family::Mastery, target: Some(80.0), criterion, ..rising() };
    let values = [60.0, 80.0, 90.0, 70.0, 85.0, 80.0, 20.0, 10.0];
    story(measure(Some((4, 5))), weekly(&values)).check("met", None, "reached 4 of 5.");
    story(measure(Some((5, 5))), weekly(&values)).check(
        "uncertain",
        Some("family_not_modelled"),
        "5 of 5 is not reached yet; this kind of measure gets no line.",
    );
    story(measure(None), weekly(&values)).check(
        "uncertain",
        Some("family_not_modelled no_criterion"),
        "no k of n is stated, and this kind of measure gets no line.",
    );
    assert_eq!(story(measure(None), weekly(&values)).run().1[0].slope_ols, None);
    let rubric = story(Measure { family: Family::Rubric, ..rising() }, line(12, 51.0, 0.2, 0.5)).flag();
    assert_eq!((rubric.status, rubric.reasons.as_deref()), ("stalled", Some("ordinal_as_number")));
}

#[test]
fn a_count_target_follows_constant_minutes() {
    let rows = line(12, 19.0, -0.5, 0.0).into_iter().map(|row| Row { minutes: 20.0, ..row }).collect();
    let trend = story(Measure { family: Family::Count, ..falling() }, rows).run().1.remove(0);
    close(trend.need_per_week, -0.025);
    close(trend.slope_ols, -0.025);
    close(trend.target, 0.5);
}

#[test]
fn trials_on_a_line_are_no_certainty() {
    let rows: Vec<Row> = weekly(&[40.0; 8]).into_iter().map(|row| Row { trials: (2.0, 5.0), ..row }).collect();
    let measure = Measure { family: Family::Trials, baseline: Some((40.0, None, "stated")), target: Some(60.0), ..rising() };
    let flag = story(measure, rows).flag();
    let p = flag.p_stall.expect("a probability");
    assert!(p > 0.5 && p < 0.8, "{p}: five trials cannot tell 0 from half a point a week");
}

#[test]
fn stale_with_breaks_and_gaps() {
    let at = |days: Day| {
        let mut story = story(rising(), line(8, 51.0, 0.0, 0.5));
        story.as_of = Some(D + 56 + days);
        story
    };
    assert_eq!((at(30).status(), at(31).status()), ("stalled", "stale"));
    let mut after_break = at(45);
    after_break.world.calendars[0] = Calendar::new(vec![(D + 60, D + 74)]);
    assert_eq!(after_break.status(), "stalled");
    after_break.as_of = Some(D + 56 + 46);
    after_break.check("stale", None, "no data since 2 Mar.");
    // Monthly data: twice the median gap.
    let mut monthly = story(rising(), (0..7).map(|n| row(D + 3 + 20 * n, 51.0)).collect());
    monthly.world.goals[0].end = Some(D + 300);
    let last = D + 3 + 120;
    monthly.as_of = Some(last + 40);
    assert_eq!(monthly.status(), "stalled");
    monthly.as_of = Some(last + 41);
    assert_eq!(monthly.status(), "stale");
}

#[test]
fn since_is_the_first_look_of_the_run() {
    let mut values: Vec<f64> = (0..8).map(|n| 52.0 + 1.5 * f64::from(n)).collect();
    values.extend([62.0; 8]);
    let turned = story(rising(), weekly(&values));
    let now = turned.flag();
    let since = now.since.map(day).expect("a look");
    // The looks, one by one.
    let look = |day: Day| {
        let mut story = story(rising(), weekly(&values));
        story.as_of = Some(day);
        story.status()
    };
    let days: Vec<Day> = (1..=16).map(|week| D + 7 * week).collect();
    let expected = days.iter().rev().take_while(|day| look(**day) == now.status).last().copied();
    assert_eq!(Some(since), expected);
    assert!(since > D + 7 && since < D + 112, "{} since {since}", now.status);
    // A status that no look had.
    let mut stale = story(rising(), weekly(&values));
    stale.as_of = Some(D + 112 + 20);
    stale.settings.stale_days = 10;
    stale.world.goals[0].end = Some(D + 400);
    assert_eq!((stale.status(), stale.flag().since), ("stale", date(D + 132)));
    assert_eq!(story(rising(), Vec::new()).flag().since, date(D + 100));
}

#[test]
fn a_goal_that_is_not_current_is_judged_at_its_last_day() {
    let mut rows = line(12, 51.0, 0.0, 0.5);
    rows.push(row(D + 200, 90.0));
    let mut ended = story(rising(), rows);
    ended.as_of = Some(D + 250);
    let flag = ended.flag();
    assert_eq!((flag.current, flag.as_of, flag.status, flag.since), (false, date(D + 140), "stale", None));
    assert_eq!(flag.n_used, 12);
    // A later plan of the student: the day before it.
    let mut superseded = story(rising(), line(12, 51.0, 0.0, 0.5));
    superseded.world.goals[0].plan = Some((Some(D), 0));
    superseded.world.students[0].plans = vec![Plan { root: 1, start: D + 70, end: None }];
    let flag = superseded.flag();
    assert_eq!((flag.current, flag.as_of, flag.n_used), (false, date(D + 69), 9));
    assert_eq!(flag.reasons.as_deref(), Some("superseded"));
}

fn annual_and_objectives() -> Story {
    let mut story = story(rising(), Vec::new());
    for (place, key) in [(1, "G2"), (2, "G3"), (3, "G4")] {
        story.world.goals.push(Goal { key: key.to_owned(), parent: Some(0), ..goal() });
        if place < 3 {
            story.world.measures.push(Measure { key: format!("M{}", place + 1), goal: Some(place), ..rising() });
        }
    }
    story.rows = vec![(1, line(12, 51.0, 0.2, 0.5)), (2, line(12, 52.0, 1.3, 0.5))];
    story
}

#[test]
fn objectives_roll_up() {
    let story = annual_and_objectives();
    let (flags, _) = story.run();
    let found: Vec<_> = flags.iter().map(|flag| (flag.goal_key.as_str(), flag.status, flag.reasons.as_deref())).collect();
    // An objective without a measure has no row.
    assert_eq!(found, [("G1", "stalled", Some("from_objectives")), ("G2", "stalled", None), ("G3", "ahead", None)]);
    assert_eq!((flags[0].p_stall, flags[0].since), (None, flags[1].since));
    assert_eq!(sentence(&flags[0], None, None, &RuleSet::default()), "no points of its own; by its objectives: stalled.");
    // With points of its own it stands for itself.
    let mut own = annual_and_objectives();
    own.rows.push((0, line(12, 52.0, 1.3, 0.5)));
    assert_eq!(own.flag().status, "ahead");
}

#[test]
fn a_goal_that_is_not_measured() {
    let mut bare = story(rising(), Vec::new());
    bare.world.measures.clear();
    let flag = bare.flag();
    assert_eq!((flag.status, flag.reasons.as_deref(), flag.measure_key), ("no_target", Some("no_measure"), None));
}

#[test]
fn primary_measure() {
    let mut story = story(rising(), Vec::new());
    let with = |key: &str, target| Measure { key: key.to_owned(), target, ..rising() };
    let primary = |story: &Story| story.flag().measure_key;
    story.world.measures = vec![with("M1", None), with("M2", Some(70.0)), with("M3", None)];
    story.rows = vec![(0, line(4, 51.0, 1.0, 0.0)), (1, line(3, 51.0, 1.0, 0.0)), (2, line(5, 51.0, 1.0, 0.0))];
    assert_eq!(primary(&story).as_deref(), Some("M2"), "the only one with a target");
    story.world.measures[0].target = Some(70.0);
    assert_eq!(primary(&story).as_deref(), Some("M3"), "the one with most points");
    story.rows[0].1 = line(5, 51.0, 1.0, 0.0);
    assert_eq!(primary(&story).as_deref(), Some("M1"), "a tie");
    story.world.goals[0].primary = Some(1);
    assert_eq!(primary(&story).as_deref(), Some("M2"), "the dataset's");
}

#[test]
fn reports_and_attention() {
    let mut story = annual_and_objectives();
    let code = |days: Day, code: &str| (D + days, Some(code.to_owned()));
    let not = "not_making";
    story.reports = vec![
        vec![code(20, not), code(40, "making"), code(60, not), (D + 70, None)],
        vec![code(20, "making"), code(40, not), code(400, "met")],
        vec![code(20, "making"), code(40, not), code(60, not)],
    ];
    let flags = story.run().0;
    let found: Vec<_> = flags.iter().map(|flag| (flag.reported_code.as_deref(), flag.not_making_run, flag.attention)).collect();
    // The roll-up has no probability of its own: after the objective that it rests on. Ahead, but twice "not making": third.
    assert_eq!(found, [(None, 0, 2), (Some(not), 1, 1), (Some(not), 2, 3)]);
    // Goals that are not current come last.
    story.world.goals[1].end = Some(D + 50);
    let flags = story.run().0;
    assert_eq!(flags.iter().map(|flag| (flag.current, flag.attention)).collect::<Vec<_>>(), [(true, 2), (false, 3), (true, 1)]);
}

#[test]
fn outliers_and_order_leave_the_result_alone() {
    let rows = line(12, 51.0, 0.4, 2.0);
    let mut turned = rows.clone();
    turned.reverse();
    assert_eq!(story(rising(), rows).outcomes(), story(rising(), turned).outcomes());
}
