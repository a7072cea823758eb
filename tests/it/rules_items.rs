//! The settled rules, line by line: goals, items, marks, duplicates and conflicts.

use crate::support::{Row, Workspace, by, sample_inbox};

const HEADER: &str = "Student ID,Goal,Measure,Date,Score\n";

/// A long sheet of one child's goal: day of September 2025 and score.
fn scores(rows: &[(u8, &str)]) -> String {
    let rows = rows.iter().map(|(day, score)| format!("00000012,1,WCPM,2025-09-{day:02},{score}\n"));
    format!("{HEADER}{}", rows.collect::<String>())
}

fn run(files: &[(&str, &str)]) -> Workspace {
    let space = Workspace::with(files);
    space.run(&[]);
    space
}

fn points(space: &Workspace) -> Vec<Row> {
    let mut points = space.table("dataset/data_points");
    points.sort_by_key(|point| (point.text("date").to_owned(), point.text("value").to_owned(), point.text("locator").to_owned()));
    points
}

fn values(space: &Workspace) -> Vec<String> {
    points(space).iter().map(|point| point.text("value").to_owned()).collect()
}

/// Counts of a source.
fn counts(space: &Workspace, path: &str) -> [u64; 4] {
    let sources = space.table("dataset/sources");
    let source = by(&sources, "path")[path].clone();
    ["read", "accepted", "duplicate", "conflicts"].map(|count| source.text(count).parse().unwrap())
}

#[test]
fn duplicates_and_conflicts_of_two_files() {
    type Case<'a> = (&'a [(u8, &'a str)], &'a [(u8, &'a str)], [u64; 4], [u64; 4], &'a [&'a str], bool);
    let cases: [Case<'_>; 6] = [
        // The same twice: the later path is the duplicate.
        (&[(1, "40"), (2, "41")], &[(1, "40"), (2, "41")], [2, 2, 0, 0], [2, 0, 2, 0], &["40", "41"], false),
        // A part of it, and something new.
        (&[(1, "40"), (2, "41")], &[(2, "41"), (3, "42")], [2, 2, 0, 0], [2, 1, 1, 0], &["40", "41", "42"], false),
        // The larger multiset stays, wherever it stands.
        (&[(1, "40")], &[(1, "40"), (1, "41")], [1, 0, 1, 0], [2, 2, 0, 0], &["40", "41"], false),
        (&[(1, "40"), (1, "40")], &[(1, "40")], [2, 2, 0, 0], [1, 0, 1, 0], &["40", "40"], false),
        // Neither holds the other.
        (&[(1, "40")], &[(1, "41")], [1, 1, 0, 1], [1, 1, 0, 1], &["40", "41"], true),
        (&[(1, "40"), (1, "42")], &[(1, "40"), (1, "43")], [2, 2, 0, 2], [2, 2, 0, 2], &["40", "40", "42", "43"], true),
    ];
    for (number, (a, b, of_a, of_b, left, conflict)) in cases.iter().enumerate() {
        // A further column keeps two equal sheets from being two equal files.
        let space = run(&[("a.csv", &scores(a)), ("b.csv", &scores(b).replace('\n', "\r\n"))]);
        assert_eq!((counts(&space, "a.csv"), counts(&space, "b.csv")), (*of_a, *of_b), "case {number}");
        assert_eq!(values(&space), *left, "case {number}");
        assert!(points(&space).iter().all(|point| point.is_true("conflict") == *conflict), "case {number}");
    }
}

#[test]
fn what_is_in_conflict_is_in_no_analysis() {
    let space = run(&[("a.csv", &scores(&[(1, "40"), (2, "41"), (3, "50")])), ("b.csv", &scores(&[(3, "60")]))]);
    let trend = &space.table("analysis/trends")[0];
    assert_eq!((trend.text("n"), trend.text("last_date")), ("2", "2025-09-02"));
    assert_eq!(space.table("dataset/data_points").len(), 4, "and stays in the dataset");
    assert_eq!(space.run_json()["totals"]["conflicts"], 2);
}

#[test]
fn another_session_or_form_is_another_group() {
    for column in ["Session", "Form"] {
        let sheet = |which: &str, score: &str| {
            format!("Student ID,Goal,Measure,Date,Score,{column}\n00000012,1,WCPM,2025-09-01,{score},{which}\n")
        };
        let space = run(&[("a.csv", &sheet("1", "40")), ("b.csv", &sheet("2", "44"))]);
        assert_eq!(space.run_json()["totals"]["conflicts"], 0, "{column}");
        assert_eq!(values(&space), ["40", "44"], "{column}");
    }
}

#[test]
fn two_probes_of_a_day_in_one_file_are_two_rows_and_one_point() {
    let space = run(&[("a.csv", &scores(&[(1, "40"), (1, "44"), (2, "45")]))]);
    assert_eq!(values(&space), ["40", "44", "45"]);
    let trend = &space.table("analysis/trends")[0];
    assert_eq!((trend.text("n"), trend.text("n_raw")), ("2", "3"));
    let keys: std::collections::BTreeSet<String> =
        points(&space).iter().map(|point| point.text("data_point_key").to_owned()).collect();
    assert_eq!(keys.len(), 3, "each row has a key of its own");
}

#[test]
fn a_file_that_has_left_loses_against_one_that_is_there() {
    let space = run(&[("a.csv", &scores(&[(1, "40"), (2, "41")]))]);
    std::fs::remove_file(space.inbox().join("a.csv")).unwrap();
    space.put("b.csv", scores(&[(1, "44")]));
    space.run(&[]);
    assert_eq!(values(&space), ["44", "41"], "no conflict, and what only the old file knows stays");
    assert!(points(&space).iter().all(|point| !point.is_true("conflict")));
    assert_eq!((counts(&space, "a.csv"), counts(&space, "b.csv")), ([2, 1, 1, 0], [1, 1, 0, 0]));
}

#[test]
fn a_stated_date_beats_a_date_of_a_report() {
    // A form of the sample district whose first report says 39 words a minute and gives no date but its own.
    let form = std::fs::read(sample_inbox().join("IEPs/Birchall, I IEP 25-26.docx")).unwrap();
    let space = Workspace::new();
    space.put("form.docx", &form);
    space.run(&[]);
    let on_the_day = |space: &Workspace| {
        let points = points(space).into_iter().filter(|point| point.text("date") == "2025-09-19");
        points.map(|point| ["value", "date_source", "conflict"].map(|column| point.text(column).to_owned())).collect::<Vec<_>>()
    };
    let before = on_the_day(&space);
    assert!(before.contains(&["39", "report", "false"].map(str::to_owned)), "{before:?}");
    space.put("log.csv", "State ID,Goal,Date,Score (WCPM)\n770681858,1,2025-09-19,44\n");
    space.run(&[]);
    let after = on_the_day(&space);
    assert!(after.contains(&["44", "stated", "false"].map(str::to_owned)), "{after:?}");
    assert!(!after.contains(&before[0]) || before[0][0] != "39", "the report's number gives way, without a conflict: {after:?}");
    assert_eq!((after.len(), space.run_json()["totals"]["conflicts"].as_u64()), (before.len(), Some(0)));
}

#[test]
fn marks_are_items_without_a_value() {
    for (mark, state) in [
        ("NA", "absent"),
        ("n/a", "absent"),
        ("-", "absent"),
        ("absent", "absent"),
        ("No school", "absent"),
        ("refused", "refused"),
        ("", "blank"),
    ] {
        let space = run(&[("a.csv", &scores(&[(1, "40"), (2, mark)]))]);
        let points = points(&space);
        assert_eq!((points[1].text("state"), points[1].has("value")), (state, false), "{mark:?}");
        assert_eq!(counts(&space, "a.csv"), [2, 2, 0, 0], "{mark:?}");
        assert_eq!(space.table("analysis/trends")[0].text("n"), "1", "{mark:?}");
    }
}

#[test]
fn an_empty_cell_of_a_wide_table_is_no_item() {
    let wide = "Student ID,Goal,Measure,9/1/2025,9/8/2025,9/15/2025\n00000012,1,WCPM,40,,NA\n00000013,1,WCPM,,50,51\n";
    let space = run(&[("a.csv", wide)]);
    assert_eq!(counts(&space, "a.csv"), [4, 4, 0, 0]);
    let states: Vec<(String, String)> =
        points(&space).iter().map(|point| (point.text("locator").to_owned(), point.text("state").to_owned())).collect();
    let expected = [("D2", "scored"), ("E3", "scored"), ("F2", "absent"), ("F3", "scored")];
    assert_eq!(states, expected.map(|(at, state)| (at.to_owned(), state.to_owned())));
}

#[test]
fn marks_in_other_columns_are_nothing() {
    let text = "Student ID,Goal,Measure,Date,Score,Baseline,Target,Target Date\n00000012,1,WCPM,2025-09-01,40,NA,-,n/a\n";
    let space = run(&[("a.csv", text)]);
    assert_eq!(space.run_json()["totals"]["quarantined"], 0);
    let measure = &space.table("dataset/measures")[0];
    assert!(!measure.has("baseline_value") && !measure.has("target_value") && !measure.has("target_date"), "{measure:?}");
}

#[test]
fn a_goal_of_another_school_year_is_another_goal() {
    let sheet = |days: [&str; 2]| format!("{HEADER}00000012,1,WCPM,{},40\n00000012,1,WCPM,{},50\n", days[0], days[1]);
    // The year begins on 1 July.
    for (days, goals) in [(["2025-05-30", "2025-09-05"], 2), (["2025-06-30", "2025-07-01"], 2), (["2025-09-05", "2026-05-30"], 1)]
    {
        let space = run(&[("a.csv", &sheet(days))]);
        assert_eq!(space.table("dataset/goals").len(), goals, "{days:?}");
        assert_eq!(space.table("dataset/data_points").len(), 2);
    }
}

#[test]
fn another_name_or_unit_is_another_measure() {
    for (second, measures) in [("WCPM,2025-09-08,41", 1), ("wcpm,2025-09-08,41", 1), ("Retell,2025-09-08,41", 2)] {
        let space = run(&[("a.csv", &format!("{HEADER}00000012,1,WCPM,2025-09-01,40\n00000012,1,{second}\n"))]);
        assert_eq!(space.table("dataset/measures").len(), measures, "{second}");
        assert_eq!(space.table("dataset/goals").len(), 1, "{second}");
    }
}

#[test]
fn the_direction_and_how_it_is_known() {
    // (further header, further cells, measure, direction, source)
    for (header, cells, measure, direction, source) in [
        (",Direction", ",decrease", "WCPM", "decrease", "column"),
        (",Goal Statement", ",The student will reduce call-outs to 2 a day.", "Call-outs", "decrease", "verb"),
        (",Baseline,Target", ",9,2", "Call-outs", "decrease", "target"),
        (",Baseline,Target", ",2,9", "Initiations", "increase", "target"),
        (",Unit", ",wcpm", "Reading", "increase", "unit"),
        ("", "", "Odd things", "", ""),
    ] {
        let text = format!("Student ID,Goal,Measure,Date,Score{header}\n00000012,1,{measure},2025-09-01,5{cells}\n");
        let space = run(&[("a.csv", &text)]);
        let row = &space.table("dataset/measures")[0];
        assert_eq!((row.text("direction"), row.text("direction_source")), (direction, source), "{text}");
        let flag = &space.table("analysis/flags")[0];
        assert_eq!(flag.text("reasons").contains("direction_unknown"), direction.is_empty(), "{text}");
        assert_eq!(flag.text("status") == "invalid_goal", direction.is_empty(), "{text} {flag:?}");
    }
}

/// A measure that is called by its unit has that unit, and with it a direction.
#[test]
fn a_measure_may_be_named_by_its_unit() {
    let space = run(&[("a.csv", &scores(&[(1, "40")]))]);
    let measure = &space.table("dataset/measures")[0];
    assert_eq!(["name", "unit", "direction"].map(|column| measure.text(column)), ["WCPM", "wcpm", "increase"]);
}

#[test]
fn numbers_are_brought_to_their_scale() {
    for (measure, typed, value, numerator, denominator) in [
        ("Percent correct", "80%", "80", "", ""),
        ("Trials", "4/5", "80", "4", "5"),
        ("WCPM", "40", "40", "", ""),
        ("WCPM", "40.5", "40.5", "", ""),
        ("WCPM", "\"1,024\"", "1024", "", ""),
    ] {
        let space = run(&[("a.csv", &format!("{HEADER}00000012,1,{measure},2025-09-01,{typed}\n"))]);
        let point = points(&space).remove(0);
        assert_eq!(
            ["value", "numerator", "denominator"].map(|column| point.text(column)),
            [value, numerator, denominator],
            "{typed}"
        );
        assert_eq!(point.text("raw"), typed.trim_matches('"'), "as it was typed");
    }
}

#[test]
fn items_of_a_stopped_sheet_are_set_aside_with_its_code() {
    let space = run(&[
        ("a.csv", "Goal,Measure,Date,Score\n1,WCPM,2025-09-01,40\n1,WCPM,2025-09-08,41\n"),
        ("b.csv", &scores(&[(1, "40")])),
    ]);
    let quarantine = space.table("dataset/quarantine");
    assert_eq!(quarantine.iter().map(|row| row.text("code")).collect::<Vec<_>>(), ["H002", "H002"]);
    assert!(quarantine[0].text("item").contains("[\"Score\",\"40\"]"), "the whole item: {}", quarantine[0].text("item"));
    assert_eq!(values(&space), ["40"]);
}

#[test]
fn totals_and_repeated_headers_are_skipped_with_their_reason() {
    let text = format!("{}Total,,,,81\n{HEADER}00000012,1,WCPM,2025-09-22,42\n", scores(&[(1, "40"), (8, "41")]));
    let space = Workspace::with(&[("a.csv", &text)]);
    space.run(&[]);
    let totals = &space.run_json()["totals"];
    assert_eq!((&totals["accepted"], &totals["quarantined"]), (&3.into(), &0.into()), "{totals}");
    assert_eq!(values(&space), ["40", "41", "42"]);
}

#[test]
fn a_number_in_another_unit_is_kept_and_in_no_line() {
    let rows =
        ["4/5", "3/5", "4", "5/5"].iter().zip(1..).map(|(score, day)| format!("00000012,1,Letters,2025-09-{day:02},{score}\n"));
    let space = Workspace::with(&[("a.csv", &format!("{HEADER}{}", rows.collect::<String>()))]);
    let ran = space.run(&[]);
    assert!(ran.said("S009", "a.csv › E4").is_some(), "{}", ran.stdout);
    let states: Vec<String> = points(&space).iter().map(|point| point.text("state").to_owned()).collect();
    assert_eq!(states, ["scored", "scored", "invalid", "scored"]);
    assert_eq!(values(&space), ["80", "60", "", "100"]);
    assert_eq!(counts(&space, "a.csv"), [4, 4, 0, 0]);
}
