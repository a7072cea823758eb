//! The sample district comes out as planned: `expected/` was written from the plan, and aimline had no part in it.

use crate::support::{Row, aimline, by, csv, printed, root, run_json, sample, sample_inbox, table};
use std::collections::{BTreeMap, BTreeSet};

const COUNTS: [&str; 7] = ["read", "accepted", "quarantined", "duplicate", "skipped", "unmatched", "conflicts"];

fn expected(name: &str) -> Vec<Row> {
    csv(&root().join("samples/riverbend/expected").join(name))
}

fn paths(sources: &[Row]) -> BTreeMap<&str, &str> {
    sources.iter().map(|source| (source.text("source_id"), source.text("path"))).collect()
}

#[test]
fn each_file_has_the_planned_counts() {
    let (out, _) = sample();
    let sources = table(out, "dataset/sources");
    let sources = by(&sources, "path");
    let planned = expected("counts.csv");
    assert_eq!(planned.len(), sources.len() + 1);
    let run = run_json(out);
    for row in &planned {
        for count in COUNTS {
            let got = match row.text("file") {
                "(total)" => run["totals"][count].to_string(),
                file => sources[file].text(count).to_owned(),
            };
            assert_eq!(got, row.text(count), "{count} of {}", row.text("file"));
        }
    }
}

#[test]
fn the_last_line_adds_up() {
    let (out, ran) = sample();
    let words = ran.last_line().replace(',', "");
    let numbers: Vec<u64> = words.split(' ').filter_map(|word| word.trim_matches('.').parse().ok()).collect();
    let [read, files, accepted, aside, known, skipped, unmatched, conflicts, ..] = numbers[..] else { panic!("{words}") };
    assert_eq!(read, accepted + aside + known + skipped, "{words}");
    let totals = &run_json(out)["totals"];
    let said = [read, accepted, aside, known, skipped, unmatched, conflicts];
    for (count, said) in COUNTS.iter().zip(said) {
        assert_eq!(totals[count].as_u64(), Some(said), "{count}: {words}");
    }
    let sources = table(out, "dataset/sources");
    assert_eq!(files, sources.len() as u64);
    for count in COUNTS {
        let sum: f64 = sources.iter().filter_map(|source| source.number(count)).sum();
        assert_eq!(totals[count].as_f64(), Some(sum), "{count}");
    }
    for source in &sources {
        let parts: f64 = COUNTS[1..5].iter().filter_map(|count| source.number(count)).sum();
        assert_eq!(source.number("read"), Some(parts), "{}", source.text("path"));
    }
}

#[test]
fn each_planted_fault_is_set_aside_at_its_cell_and_nothing_else() {
    let (out, _) = sample();
    let sources = table(out, "dataset/sources");
    let paths = paths(&sources);
    let place = |file: &str, row: &Row| (file.to_owned(), row.text("locator").to_owned(), row.text("code").to_owned());
    let quarantine = table(out, "dataset/quarantine");
    let got: BTreeSet<_> = quarantine.iter().map(|row| place(paths[row.text("source_id")], row)).collect();
    let faults = expected("faults.csv");
    let planted = faults.iter().filter(|fault| fault.text("fate") == "quarantined");
    let planted: BTreeSet<_> = planted.map(|fault| place(fault.text("file"), fault)).collect();
    assert!(planted.len() > 40);
    assert_eq!(got, planted);
    assert_eq!(quarantine.len(), planted.len(), "one row each");
}

#[test]
fn each_planted_fault_is_said_and_no_other_one() {
    let ran = aimline(&["check", sample_inbox().to_str().unwrap()]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    let info = |code: &str| aimline_model::codes::Code::of(code).unwrap().severity() == aimline_model::codes::Severity::Info;
    let got: BTreeSet<(String, String)> = printed(&ran.stdout).into_iter().collect();
    let mut planted = BTreeSet::new();
    for fault in expected("faults.csv") {
        let (file, code) = (fault.text("file"), fault.text("code").to_owned());
        let place = match (fault.text("locator"), code.as_str()) {
            ("", _) => file.to_owned(),
            // The plan names the service summary as a whole; aimline names its row.
            ("services", "T003") => format!("{file} › service 1"),
            (locator, _) => format!("{file} › {locator}"),
        };
        planted.insert((code, place));
    }
    let missing: Vec<_> = planted.difference(&got).collect();
    assert!(missing.is_empty(), "not said: {missing:?}");
    let unplanned: Vec<_> = got.difference(&planted).filter(|(code, _)| !info(code)).collect();
    assert!(unplanned.is_empty(), "{unplanned:?}");
}

#[test]
fn the_students_are_those_of_the_plan() {
    let (out, _) = sample();
    let students = table(out, "dataset/students");
    let students = by(&students, "state_id");
    let enrollments = table(out, "dataset/enrollments");
    let enrollments = by(&enrollments, "student_key");
    let planned = expected("students.csv");
    assert_eq!(students.len(), planned.len());
    for row in &planned {
        let student = students[row.text("state_id")];
        for (column, planned) in [("last_name", "last"), ("first_name", "first"), ("birth_date", "birth_date")] {
            assert_eq!(student.text(column), row.text(planned), "{row:?}");
        }
        let enrollment = enrollments[student.text("student_key")];
        assert_eq!(enrollment.text("grade"), row.text("grade"), "{row:?}");
        if row.text("on_roster") == "yes" {
            assert_eq!(enrollment.text("school_code"), row.text("school"), "{row:?}");
        }
        // The plan knows an id of the district for each child, but one child stands only in a form, which has none.
        if row.text("on_roster") == "yes" || student.has("local_id") {
            assert_eq!(student.text("local_id"), row.text("local_id"), "{row:?}");
        }
    }
}

#[test]
fn each_score_is_what_the_file_says() {
    let (out, _) = sample();
    let sources = table(out, "dataset/sources");
    let (paths, students) = (paths(&sources), table(out, "dataset/students"));
    let state_ids: BTreeMap<&str, &str> =
        students.iter().map(|student| (student.text("student_key"), student.text("state_id"))).collect();
    let points = table(out, "dataset/data_points");
    let mut got: BTreeMap<(&str, &str), Vec<&Row>> = BTreeMap::new();
    for point in points.iter().filter(|point| point.text("state") == "scored") {
        got.entry((paths[point.text("source_id")], point.text("locator"))).or_default().push(point);
    }
    let clean = points.iter().filter(|point| {
        point.text("state") == "scored" && !point.is_true("conflict") && point.has("goal_key") && point.has("student_key")
    });
    let planned = expected("points.csv");
    assert_eq!(clean.count(), planned.len(), "clean scored points, no more and no fewer");
    for row in &planned {
        let here = got.get(&(row.text("file"), row.text("locator"))).unwrap_or_else(|| panic!("missing: {row:?}"));
        let near = |column: &str, point: &Row| match (row.number(column), point.number(column)) {
            (Some(planned), Some(got)) => (planned - got).abs() <= 1e-9,
            (planned, _) => planned.is_none(),
        };
        let same = here.iter().any(|point| {
            ["value", "numerator", "denominator", "exposure_minutes"].iter().all(|column| near(column, point))
                && ["date", "date_source"].iter().all(|column| point.text(column) == row.text(column))
                && state_ids[point.text("student_key")] == row.text("state_id")
        });
        assert!(same, "planned {row:?}, got {here:?}");
    }
}

#[test]
fn goals_that_stand_only_in_forms_have_an_aimline() {
    let (out, _) = sample();
    let sources = table(out, "dataset/sources");
    let paths = paths(&sources);
    let mut said: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for name in ["goals", "data_points", "progress_reports"] {
        for row in table(out, &format!("dataset/{name}")) {
            said.entry(row.text("goal_key").to_owned()).or_default().insert(paths[row.text("source_id")]);
        }
    }
    let whole = |trend: &&Row| ["baseline", "target", "target_date", "need_per_week"].iter().all(|column| trend.has(column));
    let trends = table(out, "analysis/trends");
    let lines: BTreeSet<&str> = trends.iter().filter(whole).map(|trend| trend.text("goal_key")).collect();
    let in_forms = |goal: &&&str| said[**goal].iter().all(|path| path.ends_with(".docx"));
    let count = lines.iter().filter(|goal| !goal.is_empty()).filter(in_forms).count();
    assert!(count >= 20, "{count}");
}

#[test]
fn report_descriptions_give_data_points() {
    let (out, _) = sample();
    let points = table(out, "dataset/data_points");
    let described = points.iter().filter(|point| point.text("state") == "scored" && point.text("locator").contains(" › report "));
    let planned = expected("points.csv").into_iter().filter(|point| point.text("origin") == "description").count();
    let described = described.count();
    assert!(described >= 40);
    assert_eq!(described, planned, "what the reports do not say is not in the dataset");
}
