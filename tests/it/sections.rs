//! Several tables below each other on one sheet.

use crate::support::{Row, Workspace, by};

/// The number of each point's goal, and some of its cells; sorted.
fn points(space: &Workspace, columns: &[&str]) -> Vec<String> {
    let goals = space.table("dataset/goals");
    let goals = by(&goals, "goal_key");
    let line = |point: &Row| {
        let cells: Vec<&str> = columns.iter().map(|column| point.text(column)).collect();
        format!("{} {}", goals[point.text("goal_key")].text("number"), cells.join(" "))
    };
    let mut points: Vec<String> = space.table("dataset/data_points").iter().map(line).collect();
    points.sort();
    points
}

#[test]
fn scores_of_stacked_goals_stay_with_their_goals() {
    let space = Workspace::with(&[(
        "log.csv",
        "Student:,Una Vale\n\
         Goal #:,1,Target:,90\n\
         Date,Score (wcpm)\n\
         9/5/2025,36\n\
         9/12/2025,38\n\
         \n\
         Goal #:,2,Target:,80%\n\
         Date,% Correct\n\
         9/6/2025,40%\n\
         Average,40%\n\
         \n\
         Goal #:,3\n\
         Date,Score,Score\n\
         9/7/2025,1,2\n",
    )]);
    let ran = space.run(&[]);
    let points = points(&space, &["date", "value", "locator"]);
    assert_eq!(points, ["1 2025-09-05 36 B4", "1 2025-09-12 38 B5", "2 2025-09-06 40 B9"]);
    let measures = space.table("dataset/measures");
    let mut targets: Vec<String> =
        measures.iter().map(|measure| format!("{} {}", measure.text("unit"), measure.text("target_value"))).collect();
    targets.sort();
    assert_eq!(targets, ["percent 80", "wcpm 90"]);
    // The third table stops alone, and its row waits with all its cells.
    assert!(ran.said("H003", "log.csv › C13").is_some(), "{}", ran.stdout);
    let aside = space.table("dataset/quarantine");
    assert_eq!(aside.len(), 1);
    assert_eq!((aside[0].text("code"), aside[0].text("item_locator")), ("H003", "row 14"));
    assert_eq!(aside[0].text("item"), r#"[["Date","9/7/2025"],["Score","1"],["Score (2)","2"]]"#);
    let totals = &space.run_json()["totals"];
    assert_eq!([&totals["accepted"], &totals["quarantined"], &totals["skipped"]], [3, 1, 1]);
}

#[test]
fn rows_between_scores_hold_for_what_follows_and_marks_are_counted() {
    let space = Workspace::with(&[(
        "log.csv",
        "Student:,Una Vale\n\
         Goal 1\n\
         Date,Trial 1,Trial 2,Trial 3\n\
         Baseline\n\
         9/5/2025,+,-,-\n\
         Intervention\n\
         9/12/2025,+,+,-\n\
         Goal 2\n\
         9/12/2025,+,+,+\n\
         9/13/2025,+,P,+\n",
    )]);
    let ran = space.run(&[]);
    let points = points(&space, &["date", "numerator", "denominator", "phase", "locator"]);
    assert_eq!(points, ["1 2025-09-05 1 3 Baseline B5", "1 2025-09-12 2 3 Intervention B7", "2 2025-09-12 3 3  B9"]);
    assert!(ran.said("S001", "log.csv › C10").is_some(), "{}", ran.stdout);
    let phases: Vec<String> = space
        .table("dataset/phase_changes")
        .iter()
        .map(|change| format!("{} {}", change.text("date"), change.text("label")))
        .collect();
    assert_eq!(phases, ["2025-09-12 Intervention"]);
}
