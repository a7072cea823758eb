//! The whole analysis on written tables.

use crate::{Analysis, Config, Output, run};
use aimline_model::analysis::Flag;
use aimline_model::schema::Row;
use aimline_model::tables as t;
use aimline_store::parquet::TableWriter;
use chrono::{Days, NaiveDate};
use std::path::Path;

const AS_OF: &str = "2026-03-30";

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn write<T: Row>(folder: &Path, rows: impl IntoIterator<Item = T>) {
    let path = folder.join(format!("{}.parquet", T::TABLE.name));
    let mut writer = TableWriter::create(&path, T::TABLE).expect("create");
    for row in rows {
        writer.push(&row).expect("push");
    }
    writer.finish().expect("finish");
}

/// `n` goals with two measures each every tenth goal, weekly points.
fn dataset(folder: &Path, n: u32, weeks: u32) {
    let key = |letter: char, n: u32| format!("{letter}{n:08}");
    let (begin, end) = (Some(date("2025-09-01")), Some(date("2026-05-22")));
    let student = |n: u32| Some(key('S', n / 2));
    write(folder, [] as [t::Source; 0]);
    write(folder, [] as [t::Student; 0]);
    write(folder, [] as [t::Event; 0]);
    write(folder, [] as [t::Service; 0]);
    write(folder, [] as [t::ServiceDelivery; 0]);
    write(
        folder,
        (0..n).step_by(2).map(|g| t::Enrollment {
            student_key: key('S', g / 2),
            school_year: 2026,
            district_code: some(if g % 3 == 0 { "048078" } else { "001090" }),
            school_code: Some(format!("{:04}", 4000 + g % 20)),
            case_manager: if g % 50 == 0 { None } else { Some(format!("Manager {}", g % 40)) },
            ..Default::default()
        }),
    );
    write(
        folder,
        (0..n / 2).map(|s| t::Plan {
            plan_key: key('P', s),
            student_key: Some(key('S', s)),
            start: begin,
            end,
            ..Default::default()
        }),
    );
    write(
        folder,
        (0..n).map(|g| t::Goal {
            goal_key: key('G', g),
            plan_key: Some(key('P', g / 2)),
            student_key: student(g),
            ..Default::default()
        }),
    );
    let measures = (0..n).map(|g| t::Measure {
        measure_key: key('M', g),
        goal_key: Some(key('G', g)),
        student_key: student(g),
        name: if g < n / 2 { some(["Oral Reading Fluency", "oral reading  fluency"][g as usize % 2]) } else { None },
        family: some("continuous"),
        unit: some("wcpm"),
        direction: some("increase"),
        baseline_value: if g % 5 == 0 { None } else { Some(50.0) },
        baseline_source: if g % 5 == 0 { "none" } else { "stated" }.to_owned(),
        target_value: Some(90.0),
        ..Default::default()
    });
    write(folder, measures);
    write(
        folder,
        (0..n / 10).map(|g| t::PhaseChange {
            measure_key: key('M', g * 10),
            date: Some(date("2026-01-12")),
            label: some("Small group"),
            ..Default::default()
        }),
    );
    write(
        folder,
        (0..n / 4).map(|g| t::ProgressReport {
            goal_key: Some(key('G', g * 4)),
            date: Some(date("2025-12-19")),
            code: some(if g % 3 == 0 { "not_making" } else { "making" }),
            ..Default::default()
        }),
    );
    write(
        folder,
        [t::Calendar {
            kind: "break".to_owned(),
            begin: Some(date("2025-12-20")),
            end: Some(date("2026-01-04")),
            ..Default::default()
        }],
    );
    let mut state = 7_u64;
    let mut random = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / f64::from(1 << 24)
    };
    let points = (0..n).flat_map(|g| (0..weeks).map(move |week| (g, week))).map(|(g, week)| {
        let gain = f64::from(g % 7) / 3.0;
        t::DataPoint {
            data_point_key: format!("{:016x}", u64::from(g) << 16 | u64::from(week)),
            conflict: g % 11 == 0 && week == 3,
            measure_key: Some(key('M', g)),
            goal_key: Some(key('G', g)),
            student_key: student(g),
            date: date("2025-09-01").checked_add_days(Days::new(u64::from(week) * 210 / u64::from(weeks) + u64::from(g % 5))),
            date_source: "stated".to_owned(),
            value: Some((50.0 + gain * f64::from(week) + 12.0 * random()).round()),
            state: if week % 9 == 8 { "absent" } else { "scored" }.to_owned(),
            raw: some("50"),
            source_id: "0123456789abcdef".to_owned(),
            locator: format!("Sheet1 › D{week}"),
            ..Default::default()
        }
    });
    write(folder, points);
}

fn analyze(folder: &Path, threads: usize) -> (Analysis, Vec<Vec<u8>>) {
    analyze_with(folder, threads, &Config::default())
}

fn analyze_with(folder: &Path, threads: usize, config: &Config) -> (Analysis, Vec<Vec<u8>>) {
    let paths = ["trends", "flags", "checks", "summaries", "priors"].map(|name| folder.join(format!("{name}-{threads}.out")));
    let [trends, flags, checks, summaries, priors] = &paths;
    let out = Output { trends, flags, checks, summaries, priors };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
    let analysis = pool.install(|| run(folder, date(AS_OF), config, &out)).expect("an analysis");
    (analysis, paths.iter().map(|path| std::fs::read(path).expect("a file")).collect())
}

/// Mode, rung and place of the shrunken slope of a goal that is judged by its line.
fn rested_on(flag: &Flag) -> (&str, Option<&str>) {
    (flag.mode, flag.rung.as_deref())
}

#[test]
fn goals_on_one_measure_lend_each_other_strength() {
    let folder = tempfile::tempdir().expect("a folder");
    dataset(folder.path(), 800, 20);
    let (analysis, bytes) = analyze(folder.path(), 1);
    assert_eq!(bytes, analyze(folder.path(), 2).1);
    let judged = || analysis.flags.iter().zip(&analysis.trends).filter(|(flag, _)| flag.p_slow.is_some() && flag.n_used >= 6);
    assert!(judged().count() > 500);
    // Spelled in two ways, it is one measure; measures without a name share only their unit.
    let named = |flag: &Flag| flag.goal_key.as_str() < "G00000400";
    for (flag, _) in judged() {
        let expected = if named(flag) { "stratum" } else { "family" };
        assert_eq!(rested_on(flag), ("posterior", Some(expected)), "{}", flag.goal_key);
    }
    let trend = |flag: &Flag| analysis.trends.iter().rfind(|trend| trend.goal_key.as_ref() == Some(&flag.goal_key));
    for (flag, _) in judged() {
        let prior = analysis.priors.iter().find(|row| Some(&row.prior) == flag.prior.as_ref()).expect("its prior");
        let (own, drawn) =
            (trend(flag).and_then(|trend| trend.slope_ols).expect("a slope"), flag.slope_posterior.expect("drawn"));
        let between = |low: f64, high: f64| low.min(high) - 1e-9 <= drawn && drawn <= low.max(high) + 1e-9;
        assert!(between(own, prior.mean), "{}: {drawn} is not between {own} and {}", flag.goal_key, prior.mean);
        assert!(flag.own_share.is_some_and(|share| (0.0..=1.0).contains(&share)) && flag.slope_posterior_sd > Some(0.0));
    }
    let used: i64 = analysis.priors.iter().map(|row| row.used).sum();
    assert_eq!(used, analysis.flags.iter().filter(|flag| flag.prior.is_some()).count() as i64);
}

#[test]
fn a_prior_file_frozen_for_a_term_gives_the_same_verdicts_and_carries_a_small_district() {
    let folder = tempfile::tempdir().expect("a folder");
    dataset(folder.path(), 800, 20);
    let (fitted, _) = analyze(folder.path(), 2);
    let file = crate::write_priors(&fitted.priors).expect("a file");
    let priors = vec![("priors/last-term.csv".to_owned(), crate::read_priors(&file).expect("read"))];
    let frozen = Config { priors: priors.clone(), frozen: true, ..Config::default() };
    let (again, _) = analyze_with(folder.path(), 2, &frozen);
    assert_eq!(again.flags, fitted.flags, "the same numbers from the file as from the fit");

    let small = tempfile::tempdir().expect("a folder");
    dataset(small.path(), 40, 20);
    let (alone, _) = analyze(small.path(), 1);
    let sloped = |flag: &&Flag| flag.p_slow.is_some() && flag.n_used >= 6;
    assert!(alone.flags.iter().filter(sloped).all(|flag| rested_on(flag) == ("own_data", Some("own_data"))));
    let (helped, _) = analyze_with(small.path(), 1, &Config { priors, ..Config::default() });
    let rungs: Vec<_> = helped.flags.iter().filter(sloped).map(|flag| rested_on(flag).0).collect();
    assert!(rungs.len() > 20 && rungs.iter().all(|mode| *mode == "posterior"), "{rungs:?}");
    let pooled = helped.priors.iter().find(|row| row.rung == "stratum").expect("a stratum");
    let lent = fitted.priors.iter().find(|row| row.rung == "stratum").map_or(0, |row| row.goals);
    assert!(pooled.files == 1 && pooled.goals > lent, "its own goals count too: {} of {lent}", pooled.goals);
}

#[test]
fn tables_to_tables() {
    let folder = tempfile::tempdir().expect("a folder");
    // More rows than a slice holds, so that measures are cut.
    dataset(folder.path(), 7_500, 36);
    let (analysis, bytes) = analyze(folder.path(), 1);
    assert_eq!(bytes, analyze(folder.path(), 3).1, "the same bytes for any number of threads");
    assert_eq!((analysis.flags.len(), analysis.trends.len()), (7_500, 7_500 + 750));
    let points: i64 = analysis.trends.iter().map(|trend| trend.n_raw + trend.n_pre).sum();
    let in_conflict = 7_500 / 11 + 1;
    assert_eq!(points, 7_500 * 32 - in_conflict);
    let groups = |s: &aimline_model::analysis::Summary| s.need_meeting + s.slow_or_uncertain + s.on_track_or_met + s.cannot_judge;
    for level in ["district", "school", "case_manager"] {
        let rows = || analysis.summaries.iter().filter(|row| row.level == level);
        assert_eq!(rows().map(|row| row.goals).sum::<i64>(), 7_500, "{level}");
        assert!(rows().all(|row| row.goals == groups(row) && row.students > 0), "{level}");
    }
    assert_eq!(analysis.summaries.iter().filter(|row| row.level == "district").map(|row| row.students).sum::<i64>(), 3_750);
    let mut places: Vec<i64> = analysis.flags.iter().map(|flag| flag.attention).collect();
    places.sort_unstable();
    assert!(places.iter().copied().eq(1..=7_500));
    let statuses: std::collections::BTreeSet<&str> = analysis.flags.iter().map(|flag| flag.status).collect();
    assert!(statuses.len() >= 4, "{statuses:?}");
    let written = aimline_store::read::frame(&folder.path().join("flags-1.out")).expect("flags");
    assert_eq!(written.height(), 7_500);
}

#[test]
fn empty_tables() {
    let folder = tempfile::tempdir().expect("a folder");
    dataset(folder.path(), 0, 0);
    let (analysis, _) = analyze(folder.path(), 2);
    assert_eq!(analysis, Analysis::default());
}

/// Not a test: 52,000 goals, 1.87 million points.
#[test]
#[ignore = "times the analysis"]
fn time() {
    let folder = tempfile::tempdir().expect("a folder");
    dataset(folder.path(), 52_000, 36);
    for threads in [2, 2, 2, 1] {
        let start = std::time::Instant::now();
        let (analysis, _) = analyze(folder.path(), threads);
        let mut counts = std::collections::BTreeMap::new();
        for flag in &analysis.flags {
            *counts.entry(flag.status).or_insert(0) += 1;
        }
        #[expect(clippy::print_stderr, reason = "it is what this is for")]
        {
            eprintln!("{threads} threads: {:?} {counts:?}", start.elapsed());
        }
    }
}
