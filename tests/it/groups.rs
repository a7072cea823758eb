//! Exports whose columns repeat by period: what comes in, and what is said of the rest.

use crate::support::{Workspace, aimline, by};

#[test]
fn each_group_is_a_data_point_and_none_gets_a_date_that_nobody_wrote() {
    let space = Workspace::with(&[(
        "screening.csv",
        "State ID,Grade,Fall Letter Sounds WRC per minute,Error,Fall Letter Sounds Percentile at Nation,Fall Letter Sounds Final Date,\
         Winter Letter Sounds WRC per minute,Error,Winter Letter Sounds Percentile at Nation,Winter Letter Sounds Final Date\n\
         605000,K,1.58,9,13,8/18/2025,19,4,23,11/28/2025\n\
         605001,K,12,0,60,8/19/2025,24,1,35,\n\
         605002,K,,,,,,,,\n",
    )]);
    let ran = space.run(&[]);
    assert!(ran.said("D003", "screening.csv › J3").is_some(), "the empty cell is named: {}", ran.stdout);
    let file = space.inbox().join("screening.csv");
    let checked = aimline(&["check", file.to_str().unwrap()]);
    for (code, place) in [("H009", "screening.csv › row 1"), ("H004", "screening.csv › A4")] {
        assert!(checked.said(code, place).is_some(), "{code}: {}", checked.stdout);
    }
    let totals = &space.run_json()["totals"];
    assert_eq!([&totals["accepted"], &totals["quarantined"], &totals["skipped"]], [3, 1, 1]);
    let measures = space.table("dataset/measures");
    let measures = by(&measures, "measure_key");
    let mut points: Vec<String> = space
        .table("dataset/data_points")
        .iter()
        .map(|point| {
            let measure = measures[point.text("measure_key")];
            let cells = ["date", "date_source", "value", "locator"].map(|column| point.text(column));
            format!("{} {} {}", measure.text("name"), measure.text("unit"), cells.join(" "))
        })
        .collect();
    points.sort();
    assert_eq!(
        points,
        [
            "Letter Sounds wcpm 2025-08-18 stated 1.58 C2",
            "Letter Sounds wcpm 2025-08-19 stated 12 C3",
            "Letter Sounds wcpm 2025-11-28 stated 19 G2",
        ]
    );
}

#[test]
fn seasons_are_dated_by_the_school_year_of_the_row_and_windows_not_at_all() {
    let space = Workspace::with(&[
        ("seasons.csv", "Student ID,School Year,Test,Fall Score,Spring Score\n1001,2022-2023,Maze,12,14\n"),
        ("windows.csv", "Student ID,School Year,Test,BOY Score,EOY Score\n1001,2022-23,Maze,12,14\n"),
    ]);
    let ran = space.run(&[]);
    let mut points: Vec<String> = space
        .table("dataset/data_points")
        .iter()
        .map(|point| ["date", "date_source", "value"].map(|column| point.text(column)).join(" "))
        .collect();
    points.sort();
    assert_eq!(points, ["2022-11-30 period 12", "2023-05-31 period 14"]);
    assert!(ran.said("D007", "windows.csv › D2").is_some_and(|said| said.contains("BOY")), "{}", ran.stdout);
    assert_eq!(space.run_json()["totals"]["quarantined"], 2);

    // With the days in the calendar they are dated.
    space.put(
        "aimline/calendar.csv",
        "kind,name,begin,end\nperiod,Beginning of Year,2022-08-20,2022-09-16\nperiod,EOY,2024-05-01,2024-05-20\n",
    );
    let ran = space.run(&[]);
    assert!(ran.said("D007", "windows.csv › E2").is_some(), "that EOY is of another year: {}", ran.stdout);
    let points = space.table("dataset/data_points");
    let boy = points
        .iter()
        .find(|point| point.text("locator") == "D2" && point.text("value") == "12" && point.text("date") < "2022-11")
        .unwrap();
    assert_eq!((boy.text("date"), boy.text("date_source")), ("2022-09-16", "period"));
}

#[test]
fn tables_beside_each_other_keep_their_students() {
    let space = Workspace::with(&[(
        "pairs.csv",
        "Student ID,Goal,Date,Score,,Student ID,Goal,Date,Score\n\
         1001,1,9/5/2025,36,,1002,1,9/5/2025,40\n\
         1001,1,9/12/2025,37,,1002,1,9/12/2025,41\n\
         1001,1,9/19/2025,38,,1003,2,9/19/2025,42\n",
    )]);
    space.run(&[]);
    let students = space.table("dataset/students");
    let students = by(&students, "student_key");
    let mut points: Vec<String> = space
        .table("dataset/data_points")
        .iter()
        .map(|point| format!("{} {}", students[point.text("student_key")].text("local_id"), point.text("value")))
        .collect();
    points.sort();
    assert_eq!(points, ["1001 36", "1001 37", "1001 38", "1002 40", "1002 41", "1003 42"]);
}
