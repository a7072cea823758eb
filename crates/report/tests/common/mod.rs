//! A made-up district. No child in it exists.
#![allow(dead_code, unreachable_pub, missing_docs, clippy::unwrap_used, reason = "shared by tests that use different parts")]

use aimline_model::analysis::{Check, Flag, Trend};
use aimline_model::codes::Code;
use aimline_model::diagnostic::Diagnostic;
use aimline_model::tables::{Enrollment, Goal, Measure, PhaseChange, Plan, ProgressReport, Quarantine, Source, Student};
use aimline_report::{Input, Point, Totals};
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// What an [`Input`] borrows.
pub struct District {
    pub totals: Totals,
    pub sources: Vec<Source>,
    pub students: Vec<Student>,
    pub enrollments: Vec<Enrollment>,
    pub plans: Vec<Plan>,
    pub goals: Vec<Goal>,
    pub measures: Vec<Measure>,
    pub reports: Vec<ProgressReport>,
    pub phase_changes: Vec<PhaseChange>,
    pub breaks: Vec<(NaiveDate, NaiveDate, String)>,
    pub flags: Vec<Flag>,
    pub trends: Vec<Trend>,
    pub checks: Vec<Check>,
    pub check_places: BTreeMap<String, String>,
    pub sentences: BTreeMap<String, String>,
    pub diagnostics: Vec<Diagnostic>,
    pub quarantine: Vec<Quarantine>,
    pub points: BTreeMap<String, Vec<Point>>,
}

/// A goal to be added.
pub struct Spec {
    pub last: &'static str,
    pub first: &'static str,
    pub area: &'static str,
    pub measure: &'static str,
    pub unit: &'static str,
    pub family: &'static str,
    pub decrease: bool,
    pub baseline: f64,
    pub target: f64,
    pub values: Vec<f64>,
    pub status: &'static str,
}

impl District {
    /// Files, but no children.
    pub fn empty() -> Self {
        Self {
            totals: Totals::default(),
            sources: Vec::new(),
            students: Vec::new(),
            enrollments: Vec::new(),
            plans: Vec::new(),
            goals: Vec::new(),
            measures: Vec::new(),
            reports: Vec::new(),
            phase_changes: Vec::new(),
            breaks: vec![
                (day("2025-11-26"), day("2025-11-28"), "Thanksgiving".to_owned()),
                (day("2025-12-22"), day("2026-01-02"), "winter break".to_owned()),
            ],
            flags: Vec::new(),
            trends: Vec::new(),
            checks: Vec::new(),
            check_places: BTreeMap::new(),
            sentences: BTreeMap::new(),
            diagnostics: Vec::new(),
            quarantine: Vec::new(),
            points: BTreeMap::new(),
        }
    }

    pub fn input(&self) -> Input<'_> {
        Input {
            district: "Example R-II School District",
            as_of: day("2026-03-06"),
            mode: "own_data",
            ruleset: "balanced 1.2",
            version: "0.1.0",
            totals: self.totals,
            sources: &self.sources,
            students: &self.students,
            enrollments: &self.enrollments,
            plans: &self.plans,
            goals: &self.goals,
            measures: &self.measures,
            reports: &self.reports,
            phase_changes: &self.phase_changes,
            breaks: &self.breaks,
            flags: &self.flags,
            trends: &self.trends,
            checks: &self.checks,
            check_places: &self.check_places,
            check_settings: &[],
            reasons: &[("direction_unknown", "Nothing says which way is better.")],
            sentences: &self.sentences,
            diagnostics: &self.diagnostics,
            quarantine: &self.quarantine,
            questions: &[],
        }
    }

    pub fn source(&mut self, id: &str, path: &str, counts: [i64; 5]) {
        let [read, accepted, quarantined, duplicate, skipped] = counts;
        self.totals.read += read as u64;
        self.totals.accepted += accepted as u64;
        self.totals.quarantined += quarantined as u64;
        self.totals.duplicate += duplicate as u64;
        self.totals.skipped += skipped as u64;
        self.sources.push(Source {
            source_id: id.to_owned(),
            path: path.to_owned(),
            present: true,
            importer: some("spreadsheet"),
            read,
            accepted,
            quarantined,
            duplicate,
            skipped,
            ..Source::default()
        });
    }

    /// Adds a student with a goal, weekly points from 3 September and an aimline to 20 May. Returns the goal's number.
    pub fn goal(&mut self, spec: Spec) -> usize {
        let n = self.goals.len() + 1;
        let key = |letter: char| format!("{letter}{n:08}");
        let start = day("2025-09-03");
        self.students.push(Student {
            student_key: key('S'),
            state_id: Some(format!("{:010}", 12_345_678 + n)),
            local_id: Some(format!("{:08}", 125_800 + n)),
            last_name: some(spec.last),
            first_name: some(spec.first),
            source_id: "s1".to_owned(),
            ..Student::default()
        });
        self.enrollments.push(Enrollment {
            student_key: key('S'),
            school_year: 2026,
            school_code: some(if n.is_multiple_of(3) { "4020" } else { "Lincoln Elementary" }),
            grade: Some(format!("0{}", 1 + n % 8)),
            case_manager: some(["Grant, P.", "O’Neil, José", "Yang, M."][n % 3]),
            alternate_assessment: "unknown".to_owned(),
            ..Enrollment::default()
        });
        let due = day("2026-03-12") + Days::new(n as u64 * 5 % 60);
        self.plans.push(Plan {
            plan_key: key('P'),
            student_key: Some(key('S')),
            annual_review_due: Some(due),
            ..Plan::default()
        });
        self.goals.push(Goal {
            goal_key: key('G'),
            plan_key: Some(key('P')),
            student_key: Some(key('S')),
            number: Some((1 + n % 3).to_string()),
            area: some(spec.area),
            statement: Some(format!(
                "By 20 May 2026, {} will move from {} to {} {} in {}, on 3 of 4 weekly probes.",
                spec.first, spec.baseline, spec.target, spec.unit, spec.measure
            )),
            primary_measure_key: Some(key('M')),
            ..Goal::default()
        });
        self.measures.push(Measure {
            measure_key: key('M'),
            goal_key: Some(key('G')),
            student_key: Some(key('S')),
            name: some(spec.measure),
            unit: some(spec.unit),
            family: some(spec.family),
            direction: some(if spec.decrease { "decrease" } else { "increase" }),
            baseline_value: Some(spec.baseline),
            target_value: Some(spec.target),
            target_date: Some(day("2026-05-20")),
            ..Measure::default()
        });
        let points: Vec<Point> = spec
            .values
            .iter()
            .enumerate()
            .map(|(week, value)| Point {
                date: Some(start + Days::new(7 * week as u64)),
                session_no: None,
                value: *value,
                locator: format!("{} › D{}", spec.area, 4 + week),
                source: "Fall.xlsx".to_owned(),
                conflict: false,
            })
            .collect();
        let trend = trend(&key('M'), &spec, &points);
        let need = trend.need_per_week.unwrap();
        if let Some(slope) = trend.slope_ols {
            let verb = if slope < 0.0 { "loses" } else { "gains" };
            let aim = if need < 0.0 { "falls" } else { "rises" };
            let sure = match spec.status {
                "regressing" => "; 98 % sure that it moves the wrong way",
                "stalled" => "; 97 % sure that it is under half of that",
                "slow" => "; 95 % sure that it is under that",
                "uncertain" => "; the data cannot say yet whether that is enough",
                _ => "",
            };
            let from_now = trend.needed_from_now.unwrap_or_default();
            self.sentences.insert(
                key('G'),
                format!(
                    "{verb} {:.1} a week where the aimline {aim} {:.1}{sure}; from now {:.1} a week would reach {} by 20 May.",
                    slope.abs(),
                    need.abs(),
                    from_now.abs(),
                    spec.target
                ),
            );
        }
        self.flags.push(Flag {
            goal_key: key('G'),
            measure_key: Some(key('M')),
            student_key: Some(key('S')),
            as_of: Some(day("2026-03-06")),
            status: spec.status,
            since: Some(day("2026-01-21")),
            mode: "own_data",
            worse: some(if spec.decrease { "above" } else { "below" }),
            rule_3pt: "below",
            rule_4pt: "below",
            rule_5pt: "below",
            rule_median3: "below",
            rule_trend_ols: "below",
            rule_trend_ts: "below",
            run_below: 4,
            n_used: points.len() as i64,
            p_slow: Some(0.99),
            p_stall: Some(0.97),
            p_neg: Some(0.1),
            p_goal: Some(0.02),
            current: true,
            reported_code: None,
            not_making_run: 0,
            points_needed: (spec.status == "uncertain").then_some(4),
            reasons: None,
            attention: n as i64,
            ruleset: "balanced 1.2".to_owned(),
            ..Flag::default()
        });
        self.trends.push(trend);
        self.points.insert(key('M'), points);
        n
    }

    pub fn report(&mut self, n: usize, date: &str, code: &str) {
        self.reports.push(ProgressReport {
            goal_key: Some(format!("G{n:08}")),
            student_key: Some(format!("S{n:08}")),
            date: Some(day(date)),
            code: some(code),
            ticks: 1,
            description: some("Reads with more expression; still guesses at long words."),
            source_id: "s2".to_owned(),
            locator: "goal 2 › report 1".to_owned(),
            ..ProgressReport::default()
        });
    }

    pub fn set_aside(&mut self, code: Code, row: u64, seen: &str, item: &str) {
        let locator = format!("Speech › D{row}");
        self.diagnostics.push(Diagnostic {
            row,
            header: "Score".to_owned(),
            expected: "a fraction whose first number is not larger, like 4/5".to_owned(),
            ..Diagnostic::new(0, code, locator.clone()).seen(seen)
        });
        self.quarantine.push(Quarantine {
            code: code.id().to_owned(),
            seen: some(seen),
            expected: some("a fraction whose first number is not larger, like 4/5"),
            help: some(code.help()),
            item: some(item),
            source_id: "s1".to_owned(),
            locator,
            item_locator: format!("Speech › row {row}"),
            item_key: Some(format!("{:016x}-{:016x}-1", self.quarantine.len(), self.quarantine.len())),
        });
    }
}

fn trend(measure_key: &str, spec: &Spec, points: &[Point]) -> Trend {
    let n = points.len() as f64;
    let need = (spec.target - spec.baseline) / 37.0;
    let mut trend = Trend {
        measure_key: measure_key.to_owned(),
        as_of: Some(day("2026-03-06")),
        segment: 1,
        axis: "calendar",
        n: points.len() as i64,
        n_raw: points.len() as i64,
        first_date: points.first().and_then(|point| point.date),
        last_date: points.last().and_then(|point| point.date),
        baseline: Some(spec.baseline),
        baseline_date: Some(day("2025-09-03")),
        baseline_source: "stated".to_owned(),
        target: Some(spec.target),
        target_date: Some(day("2026-05-20")),
        need_per_week: Some(need),
        ci: 0.9,
        ruleset: "balanced 1.2".to_owned(),
        ..Trend::default()
    };
    if points.len() >= 3 {
        let mean_x = (n - 1.0) / 2.0;
        let mean_y = points.iter().map(|point| point.value).sum::<f64>() / n;
        let weeks = || points.iter().enumerate().map(|(week, point)| (week as f64 - mean_x, point.value - mean_y));
        let s_xx: f64 = weeks().map(|(x, _)| x * x).sum();
        let slope = weeks().map(|(x, y)| x * y).sum::<f64>() / s_xx;
        let sd = (weeks().map(|(x, y)| (y - slope * x).powi(2)).sum::<f64>() / (n - 2.0)).sqrt();
        let se = sd / s_xx.sqrt();
        trend.slope_ols = Some(slope);
        trend.slope_ols_se = Some(se);
        trend.slope_ols_lo = Some(slope - 1.75 * se);
        trend.slope_ols_hi = Some(slope + 1.75 * se);
        trend.residual_sd = Some(sd);
        trend.intercept_ols = Some(mean_y - slope * mean_x);
        trend.level_now = Some(mean_y + slope * mean_x);
        trend.needed_from_now = Some((spec.target - mean_y - slope * mean_x) / 10.7);
    } else if let Some(last) = points.last() {
        trend.level_now = Some(last.value);
    }
    trend
}

/// Three goals, one of them with markup in the names, and two items set aside.
pub fn small() -> District {
    let mut district = District::empty();
    district.source("s1", "Fall.xlsx", [60, 56, 2, 1, 1]);
    district.source("s2", "forms/IEP form 3.docx", [4, 4, 0, 0, 0]);
    district.goal(Spec {
        last: "<script>alert(1)</script>",
        first: "=1+1",
        area: "Reading",
        measure: "oral fluency",
        unit: "wcpm",
        family: "continuous",
        decrease: false,
        baseline: 41.0,
        target: 90.0,
        values: vec![39.0, 45.0, 47.0, 42.0, 40.0, 44.0, 46.0, 51.0, 43.0, 43.0, 50.0, 49.0, 53.0, 51.0, 48.0, 47.0],
        status: "stalled",
    });
    district.goal(Spec {
        last: "Brown",
        first: "Dee",
        area: "Behavior",
        measure: "call-outs",
        unit: "count",
        family: "count",
        decrease: true,
        baseline: 9.0,
        target: 2.0,
        values: vec![9.0, 8.0, 8.0, 7.0, 6.0, 6.0, 5.0, 5.0],
        status: "on_track",
    });
    district.goal(Spec {
        last: "Reyes",
        first: "María",
        area: "Math",
        measure: "facts",
        unit: "percent",
        family: "percent",
        decrease: false,
        baseline: 40.0,
        target: 80.0,
        values: vec![41.0, 44.0],
        status: "insufficient",
    });
    // Attention: the order of the goals is not the order of their keys.
    district.flags[0].attention = 1;
    district.flags[1].attention = 3;
    district.flags[2].attention = 2;
    district.report(1, "2025-10-16", "making");
    district.report(1, "2025-12-19", "not_making");
    district.report(1, "2026-02-27", "not_making");
    district.flags[0].not_making_run = 2;
    district.set_aside(
        Code::S002,
        14,
        "7/5",
        r#"[["Student ID","00125801"],["Date","9/3/2025"],["Score","7/5"],["Note","=cmd|' /C calc'!A0"]]"#,
    );
    district.set_aside(Code::D003, 9, "", r#"[["Student ID","00125802"],["Score","4/5"],["Error","x"],["Error","y"]]"#);
    district
}
