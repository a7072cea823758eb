//! Corrections in a copy of quarantine.xlsx: the rows are read as if the corrections had stood in their files.

use crate::books::Book;
use crate::support::{Row, Workspace, assert_same_files, by, files};

const HEADER: &str = "Student ID,Student,Goal,Measure,Date,Score,Note\n";
const KEY: &str = "Key (leave as it is)";

/// Five rows of one goal; the third, the fourth and the fifth are set aside.
fn tally() -> String {
    format!(
        "{HEADER}00000012,Ana Lopez,1,WCPM,9/3/2025,40,\n00000012,Ana Lopez,1,WCPM,9/10/2025,42,ok\n\
         00000012,Ana Lopez,1,WCPM,9/17/2025,see notes,\n00000012,Ana Lopez,1,WCPM,Tuesday,44,\n,,1,WCPM,9/24/2025,45,\n"
    )
}

fn set_aside(space: &Workspace) -> Vec<String> {
    let mut places: Vec<String> = space.table("dataset/quarantine").iter().map(|row| row.text("locator").to_owned()).collect();
    places.sort_unstable();
    places
}

fn points(space: &Workspace) -> Vec<Row> {
    let mut points = space.table("dataset/data_points");
    points.sort_by_key(|point| (point.text("date").to_owned(), point.text("raw").to_owned()));
    points
}

/// Date and text of each point.
fn scores(space: &Workspace) -> Vec<String> {
    points(space).iter().map(|point| format!("{} {}", point.text("date"), point.text("raw"))).collect()
}

fn totals(space: &Workspace) -> [u64; 2] {
    let run = space.run_json();
    ["accepted", "quarantined"].map(|count| run["totals"][count].as_u64().unwrap())
}

fn corrected(space: &Workspace) -> Book {
    Book::of(space).set("F4", "Score", "43").set("E5", "Date", "9/18/2025").set("A6", "Student ID", "00000012")
}

#[test]
fn corrected_rows_enter_with_both_provenances() {
    let space = Workspace::with(&[("tally.csv", &tally())]);
    space.run(&[]);
    assert_eq!((totals(&space), set_aside(&space)), ([2, 3], ["A6", "E5", "F4"].map(str::to_owned).to_vec()));
    corrected(&space).save(&space, "quarantine.xlsx");
    let ran = space.run(&[]);
    assert!(ran.said("R003", "quarantine.xlsx").is_some() || ran.stdout.contains("R003"), "{}", ran.stdout);
    assert_eq!(totals(&space), [5, 0]);
    assert_eq!(scores(&space), ["2025-09-03 40", "2025-09-10 42", "2025-09-17 43", "2025-09-18 44", "2025-09-24 45"]);
    let sources = space.table("dataset/sources");
    let sources = by(&sources, "path");
    let id = |path: &str| sources[path].text("source_id").to_owned();
    let points = points(&space);
    assert!(points.iter().all(|point| point.text("source_id") == id("tally.csv") && point.has("goal_key")));
    let by_hand: Vec<String> = points.iter().map(|point| point.text("repaired_by").to_owned()).collect();
    assert_eq!(by_hand[..2], [String::new(), String::new()]);
    assert!(by_hand[2..].iter().all(|by| *by == id("quarantine.xlsx")));
    assert_eq!(points[2].text("locator"), "F4");
    let repairs = space.table("dataset/repairs");
    let told: Vec<String> = repairs
        .iter()
        .map(|row| format!("{}: {} -> {} ({})", row.text("column"), row.text("before"), row.text("after"), row.text("state")))
        .collect();
    let mut told: Vec<&str> = told.iter().map(String::as_str).collect();
    told.sort_unstable();
    assert_eq!(
        told,
        ["Date: Tuesday -> 9/18/2025 (applied)", "Score: see notes -> 43 (applied)", "Student ID:  -> 00000012 (applied)"]
    );
    assert_eq!(sources["quarantine.xlsx"].text("read"), "0", "a workbook of corrections holds no items");
}

#[test]
fn nothing_changes_when_corrections_are_replayed_or_their_workbook_leaves() {
    let space = Workspace::with(&[("tally.csv", &tally())]);
    space.run(&[]);
    corrected(&space).save(&space, "fixed.xlsx");
    space.run(&[]);
    let once = files(&space.out());
    space.run(&[]);
    assert_same_files(&once, &files(&space.out()));
    let rows = scores(&space);
    // The same corrections once more, in a workbook of another name.
    std::fs::copy(space.path("inbox/fixed.xlsx"), space.path("inbox/fixed again.xlsx")).unwrap();
    space.run(&[]);
    assert_eq!((totals(&space), scores(&space)), ([5, 0], rows.clone()));
    std::fs::remove_file(space.path("inbox/fixed again.xlsx")).unwrap();
    std::fs::remove_file(space.path("inbox/fixed.xlsx")).unwrap();
    space.run(&[]);
    assert_eq!((totals(&space), scores(&space)), ([5, 0], rows));
}

#[test]
fn a_newer_list_in_the_place_of_the_older_one_loses_nothing() {
    let space = Workspace::with(&[("tally.csv", &tally())]);
    space.run(&[]);
    Book::of(&space).set("F4", "Score", "43").save(&space, "quarantine.xlsx");
    space.run(&[]);
    assert_eq!((totals(&space), set_aside(&space)), ([3, 2], vec!["A6".to_owned(), "E5".to_owned()]));
    Book::of(&space).set("E5", "Date", "9/18/2025").save(&space, "quarantine.xlsx");
    space.run(&[]);
    assert_eq!((totals(&space), set_aside(&space)), ([4, 1], vec!["A6".to_owned()]));
    assert!(scores(&space).contains(&"2025-09-17 43".to_owned()));
}

#[test]
fn a_line_is_taken_back_in_its_own_workbook() {
    let space = Workspace::with(&[("tally.csv", &tally())]);
    space.run(&[]);
    let listed = Book::of(&space);
    corrected(&space).save(&space, "quarantine.xlsx");
    space.run(&[]);
    assert_eq!(totals(&space), [5, 0]);
    listed.set("F4", "Score", "43").save(&space, "quarantine.xlsx");
    space.run(&[]);
    assert_eq!((totals(&space), set_aside(&space)), ([3, 2], vec!["A6".to_owned(), "E5".to_owned()]));
}

#[test]
fn each_mishap_gets_an_answer() {
    let space = Workspace::with(&[("tally.csv", &tally())]);
    space.run(&[]);
    // A key that was changed, a column that was added, a line that was deleted.
    let changed = corrected(&space).set("F4", KEY, "0000000000000000-0000000000000000-1").without("A6").widen("Why", "typo");
    changed.save(&space, "quarantine.xlsx");
    let ran = space.run(&[]);
    assert_eq!((totals(&space), set_aside(&space)), ([3, 2], vec!["A6".to_owned(), "F4".to_owned()]));
    for code in ["R003", "R004", "R006"] {
        assert!(ran.stdout.contains(&format!("[{code}]")), "{code}: {}", ran.stdout);
    }
    // The file itself is corrected later: the line has nothing left to do, and nothing counts twice.
    space.put("tally.csv", tally().replace("Tuesday", "9/19/2025").replace("see notes", "41"));
    let ran = space.run(&[]);
    assert_eq!(scores(&space), ["2025-09-03 40", "2025-09-10 42", "2025-09-17 41", "2025-09-19 44"]);
    assert!(ran.stdout.contains("[R004]"), "{}", ran.stdout);
}

#[test]
fn two_workbooks_that_differ_correct_nothing() {
    let space = Workspace::with(&[("tally.csv", &tally())]);
    space.run(&[]);
    Book::of(&space).set("F4", "Score", "43").save(&space, "one.xlsx");
    Book::of(&space).set("F4", "Score", "34").set("E5", "Date", "9/18/2025").save(&space, "other.xlsx");
    let ran = space.run(&[]);
    assert_eq!((totals(&space), set_aside(&space)), ([3, 2], vec!["A6".to_owned(), "F4".to_owned()]));
    assert!(ran.stdout.contains("[R005]"), "{}", ran.stdout);
    std::fs::remove_file(space.path("inbox/other.xlsx")).unwrap();
    space.run(&[]);
    assert!(scores(&space).contains(&"2025-09-17 43".to_owned()));
}

#[test]
fn rows_that_are_alike_are_told_apart() {
    let row = "00000012,Ana Lopez,1,WCPM,,44,\n";
    let text = format!("{HEADER}00000012,Ana Lopez,1,WCPM,9/3/2025,40,\n{row}{row}{row}");
    let space = Workspace::with(&[("tally.csv", &text)]);
    space.run(&[]);
    assert_eq!(set_aside(&space), ["E3", "E4", "E5"]);
    Book::of(&space).set("E4", "Date", "9/10/2025").save(&space, "first.xlsx");
    space.run(&[]);
    assert_eq!((scores(&space), set_aside(&space).len()), (vec!["2025-09-03 40".to_owned(), "2025-09-10 44".to_owned()], 2));
    // The next list has the other two, under their own keys.
    Book::of(&space).set("E5", "Date", "9/17/2025").save(&space, "second.xlsx");
    space.run(&[]);
    assert_eq!(scores(&space), ["2025-09-03 40", "2025-09-10 44", "2025-09-17 44"]);
    assert_eq!(set_aside(&space), ["E3"]);
}

#[test]
fn two_cells_of_a_wide_row_are_corrected_in_two_lines() {
    let text =
        "Student ID,Goal,Measure,9/3/2025,9/10/2025,9/17/2025\n00000012,1,WCPM,40,oops,see notes\n00000013,1,WCPM,30,31,32\n";
    let space = Workspace::with(&[("wide.csv", text)]);
    space.run(&[]);
    assert_eq!((totals(&space), set_aside(&space)), ([4, 2], vec!["E2".to_owned(), "F2".to_owned()]));
    Book::of(&space).set("E2", "9/10/2025", "41").set("F2", "9/17/2025", "42").save(&space, "quarantine.xlsx");
    space.run(&[]);
    assert_eq!(totals(&space), [6, 0]);
    assert!(scores(&space).contains(&"2025-09-10 41".to_owned()) && scores(&space).contains(&"2025-09-17 42".to_owned()));
}
