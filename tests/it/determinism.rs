//! The same files give the same bytes; files that come one after the other give the same rows.

use crate::support::{
    Row, Workspace, assert_same_files, by, copy_folder, files, given, program, ran, sample, sample_inbox, table,
};
use aimline_model::schema::all_tables;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// All tables with each key replaced by what it stands for, in an order that no key decides.
fn natural(out: &Path) -> BTreeMap<String, Vec<Row>> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    // From the top down: what stands below names what stands above.
    for (name, key, columns) in [
        ("students", "student_key", &["state_id", "local_id", "last_name", "first_name", "birth_date"][..]),
        ("plans", "plan_key", &["student_key", "start", "effective_from", "iep_type", "source_id", "locator"]),
        ("goals", "goal_key", &["student_key", "plan_key", "number", "area", "statement", "source_id", "locator"]),
        ("measures", "measure_key", &["goal_key", "name", "unit", "level", "source_id", "locator"]),
        ("data_points", "data_point_key", &["measure_key", "date", "session_no", "raw", "source_id", "locator"]),
    ] {
        for row in table(out, &format!("dataset/{name}")) {
            let parts: Vec<String> = columns.iter().map(|column| renamed(row.text(column), &names)).collect();
            names.insert(row.text(key).to_owned(), format!("<{}>", parts.join("|")));
        }
    }
    let distinct: BTreeSet<&String> = names.values().collect();
    assert_eq!(distinct.len(), names.len(), "two keys stand for the same");
    let mut all = BTreeMap::new();
    for about in all_tables() {
        let name = format!("{}/{}", about.folder, about.name);
        let mut rows = table(out, &name);
        for row in &mut rows {
            // A place that falls to the lower key where all else is the same.
            row.0.remove("attention");
            for cell in row.0.values_mut() {
                *cell = renamed(cell, &names);
            }
        }
        rows.sort();
        all.insert(name, rows);
    }
    all
}

/// A cell with the keys in it replaced; some cells hold several, separated by spaces.
fn renamed(cell: &str, names: &BTreeMap<String, String>) -> String {
    // A report is named by its goal and its day: `G00000008/2025-10-17`.
    let word = |word: &str| {
        let (key, rest) = word.split_at(word.find('/').unwrap_or(word.len()));
        names.get(key).map_or_else(|| word.to_owned(), |name| format!("{name}{rest}"))
    };
    let mut words: Vec<String> = cell.split(' ').map(word).collect();
    if words.iter().all(|word| word.starts_with('<')) {
        words.sort_unstable();
    }
    words.join(" ")
}

fn assert_same_rows(one: &Path, other: &Path) {
    for ((name, rows), (_, others)) in natural(one).iter().zip(natural(other).iter()) {
        let only = |rows: &Vec<Row>, others: &Vec<Row>| {
            rows.iter().filter(|row| !others.contains(row)).take(3).cloned().collect::<Vec<_>>()
        };
        assert!(
            rows == others,
            "{name}: {} and {} rows;\n only here {:#?}\n only there {:#?}",
            rows.len(),
            others.len(),
            only(rows, others),
            only(others, rows)
        );
    }
}

/// Each key that a dataset has must be there later, or have a row that says what it became.
fn assert_no_key_lost(before: &BTreeMap<String, BTreeSet<String>>, out: &Path) {
    let history = aimline_store::read::frame(&out.join(".aimline/key_history.parquet")).unwrap();
    let gone = history.column("key").unwrap().str().unwrap().clone();
    let gone: BTreeSet<&str> = gone.iter().flatten().collect();
    let now = keys(out);
    for (name, keys) in before {
        let lost: Vec<&String> = keys.iter().filter(|key| !now[name].contains(*key) && !gone.contains(key.as_str())).collect();
        assert!(lost.is_empty(), "{name}: {lost:?} are lost; the history has {gone:?}");
    }
}

fn keys(out: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let of = |name: &str, key: &str| table(out, &format!("dataset/{name}")).iter().map(|row| row.text(key).to_owned()).collect();
    [("students", "student_key"), ("plans", "plan_key"), ("goals", "goal_key"), ("measures", "measure_key")]
        .map(|(name, key)| (name.to_owned(), of(name, key)))
        .into()
}

#[test]
fn threads_and_the_order_of_files_change_no_byte() {
    let (out, _) = sample();
    let other = Workspace::new();
    for (name, bytes) in files(&sample_inbox()).iter().rev() {
        other.put(name, bytes);
    }
    other.run(&["--threads", "1"]);
    assert_same_files(&given(out), &given(&other.out()));
    assert_same_files(&files(&out.join(".aimline")), &files(&other.out().join(".aimline")));
    let third = Workspace::new();
    let ran = ran(program().arg("run").arg(sample_inbox()).arg("--out").arg(third.out()).args(["--threads", "2"]));
    assert_eq!(ran.status, 0);
    assert_same_files(&given(out), &given(&third.out()));
}

#[test]
fn running_again_changes_nothing() {
    let (out, first) = sample();
    let again = Workspace::new();
    copy_folder(out, &again.out());
    let ran = ran(program().arg("run").arg(sample_inbox()).arg("--out").arg(again.out()));
    assert_eq!(ran.status, 0);
    assert_same_files(&files(out), &files(&again.out()));
    assert_eq!(ran.last_line(), first.last_line());
}

#[test]
fn half_of_the_files_first_gives_the_same_rows() {
    let (out, _) = sample();
    for half in [0, 1] {
        let space = Workspace::new();
        let all = files(&sample_inbox());
        let of_half = |wanted: usize| all.iter().enumerate().filter(move |(at, _)| at % 2 == wanted).map(|(_, file)| file);
        for (name, bytes) in of_half(half) {
            space.put(name, bytes);
        }
        space.run(&[]);
        let before = keys(&space.out());
        for (name, bytes) in of_half(1 - half) {
            space.put(name, bytes);
        }
        space.run(&[]);
        assert_same_rows(&space.out(), out);
        assert_no_key_lost(&before, &space.out());
        // And running it again settles: the second run over the same files is a no-op.
        let settled = files(&space.out());
        space.run(&[]);
        assert_same_files(&settled, &files(&space.out()));
    }
}

const ROSTER: &str = "State ID,Local ID,Last Name,First Name,Birth Date,Grade,School,IEP\n\
    1000000001,00000011,Abel,Ana,2016-01-02,03,North,Yes\n1000000002,00000012,Birk,Bo,2015-03-04,04,North,Yes\n\
    1000000003,00000013,Cole,Cy,2015-05-06,04,North,Yes\n";
const SHEET: &str = "Student,Goal,Measure,Date,Score,Baseline,Target,Target Date\n\
    \"Abel, Ana\",1,WCPM,9/5/2025,40,38,90,5/22/2026\n\"Abel, Ana\",1,WCPM,9/12/2025,41,,,\n\
    Bo Birk,1,WCPM,9/5/2025,50,48,95,5/22/2026\nBo Birk,2,Percent,9/12/2025,60%,50%,80%,5/22/2026\n";

#[test]
fn a_sheet_of_names_may_come_before_or_after_its_roster() {
    let together = Workspace::with(&[("roster.csv", ROSTER), ("sheet.csv", SHEET)]);
    together.run(&[]);
    assert_eq!(together.table("dataset/students").len(), 3);
    assert_eq!(together.table("dataset/data_points").iter().filter(|point| point.has("goal_key")).count(), 4);
    for [first, second] in [[("roster.csv", ROSTER), ("sheet.csv", SHEET)], [("sheet.csv", SHEET), ("roster.csv", ROSTER)]] {
        let space = Workspace::with(&[first]);
        space.run(&[]);
        let before = keys(&space.out());
        space.put(second.0, second.1);
        space.run(&[]);
        assert_no_key_lost(&before, &space.out());
        assert_same_rows(&space.out(), &together.out());
    }
}

#[test]
fn two_keys_of_one_child_become_one_with_a_row_of_history() {
    // One sheet knows the name, another the id: two students, until the roster says that they are one.
    let by_id = "Local ID,Goal,Measure,Date,Score\n00000011,1,WCPM,9/19/2025,44\n";
    let space = Workspace::with(&[("names.csv", SHEET), ("ids.csv", by_id)]);
    space.run(&[]);
    assert_eq!(space.table("dataset/students").len(), 3);
    let before = keys(&space.out());
    space.put("roster.csv", ROSTER);
    space.run(&[]);
    let together = Workspace::with(&[("names.csv", SHEET), ("ids.csv", by_id), ("roster.csv", ROSTER)]);
    together.run(&[]);
    assert_same_rows(&space.out(), &together.out());
    assert_no_key_lost(&before, &space.out());
    let history = aimline_store::read::frame(&space.out().join(".aimline/key_history.parquet")).unwrap();
    assert!(history.height() >= 1, "a student key gave way");
}

#[test]
fn a_file_that_has_left_the_inbox_lives_on() {
    let space = Workspace::with(&[("roster.csv", ROSTER), ("sheet.csv", SHEET)]);
    space.run(&[]);
    let before = natural(&space.out());
    std::fs::remove_file(space.inbox().join("sheet.csv")).unwrap();
    let ran = space.run(&[]);
    assert!(ran.last_line().contains("from 1 file"), "{}", ran.last_line());
    let sources = space.table("dataset/sources");
    let sources = by(&sources, "path");
    assert!(!sources["sheet.csv"].is_true("present") && sources["roster.csv"].is_true("present"));
    let mut after = natural(&space.out());
    after.insert("dataset/sources".to_owned(), before["dataset/sources"].clone());
    assert_eq!(before, after, "its rows stay");
}

#[test]
fn a_file_that_was_moved_is_the_same_source() {
    let space = Workspace::with(&[("roster.csv", ROSTER), ("sheet.csv", SHEET)]);
    space.run(&[]);
    let key = |space: &Workspace, path: &str| by(&space.table("dataset/sources"), "path")[path].text("source_id").to_owned();
    let (was, points) = (key(&space, "sheet.csv"), space.table("dataset/data_points"));
    space.put("Fall/renamed.csv", SHEET);
    std::fs::remove_file(space.inbox().join("sheet.csv")).unwrap();
    space.run(&[]);
    assert_eq!(space.table("dataset/sources").len(), 2);
    assert_eq!(key(&space, "Fall/renamed.csv"), was);
    assert_eq!(space.table("dataset/data_points"), points);
}

#[test]
fn the_latest_bytes_of_a_path_count() {
    let space = Workspace::with(&[("sheet.csv", SHEET)]);
    space.run(&[]);
    let (was, changed) = (keys(&space.out()), SHEET.replace("9/5/2025,40", "9/5/2025,43"));
    space.put("sheet.csv", changed);
    space.run(&[]);
    let points = space.table("dataset/data_points");
    assert_eq!(points.len(), 4);
    assert!(points.iter().any(|point| point.text("value") == "43") && points.iter().all(|point| point.text("value") != "40"));
    assert_eq!(keys(&space.out()), was);
}
