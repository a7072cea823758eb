//! Several scores of a row under titles of their own: measures, goals, children.

mod support;

use aimline_map::Layout;
use aimline_model::codes::Code;
use support::{planned, read, stopped};

/// The records of a sheet, and what is said of it.
fn check(sheet: &str, text: &str, expected: &[&str], seen: &str) {
    let (plan, _, records) = read(sheet, text);
    assert_eq!(plan.layout(), Layout::Wide, "{text}");
    assert_eq!(records, expected, "{text}");
    let notes: Vec<&str> = plan.notes().iter().filter(|note| note.code == Code::H011).map(|note| note.seen.as_str()).collect();
    assert_eq!(notes, [seen], "{text}");
}

#[test]
fn measures_beside_each_other() {
    check(
        "Log",
        "
Student ID | Goal | Date | WCPM | Errors | Comprehension % | Comments
17326 | 1 | 9/3/2025 | 18 | 10 | 49 | tired
17326 | 1 | 9/10/2025 | 29 | | 58 |
",
        &[
            "student_id=17326 goal_number=1 measure=WCPM unit=wcpm date=9/3/2025 score=18 note=tired @3",
            "student_id=17326 goal_number=1 measure=Errors unit=Errors date=9/3/2025 score=10 note=tired @4",
            "student_id=17326 goal_number=1 measure=Comprehension % unit=% date=9/3/2025 score=49 note=tired @5",
            "student_id=17326 goal_number=1 measure=WCPM unit=wcpm date=9/10/2025 score=29 @3",
            "student_id=17326 goal_number=1 measure=Comprehension % unit=% date=9/10/2025 score=58 @5",
        ],
        "each of \"WCPM\", \"Errors\", \"Comprehension %\" is a measure",
    );
}

#[test]
fn a_target_is_that_of_the_one_column_of_scores() {
    check(
        "Log",
        "
Student | Goal # | Target | Date | WCPM | Errors
Ana Lopez | 1 | 90 | 9/3/2025 | 18 | 10
",
        &[
            "student_name=Ana Lopez goal_number=1 target=90 measure=WCPM unit=wcpm date=9/3/2025 score=18 @4",
            "student_name=Ana Lopez goal_number=1 measure=Errors unit=Errors date=9/3/2025 score=10 @5",
        ],
        "each of \"WCPM\", \"Errors\" is a measure; target, baseline and unit are those of \"WCPM\"",
    );
    check(
        "Ana Lopez",
        "
Goal #: | 1
Target: | 90
Session | WCPM | Errors
1 | 18 | 10
",
        &[
            "student_name=Ana Lopez goal_number=1 target=90 measure=WCPM unit=wcpm session=1 score=18 @1",
            "student_name=Ana Lopez goal_number=1 measure=Errors unit=Errors session=1 score=10 @2",
        ],
        "each of \"WCPM\", \"Errors\" is a measure; target, baseline and unit are those of \"WCPM\"",
    );
    let stop = stopped("S", "Student | Goal | Target | Date | WCPM | DCPM\nAna Lopez | 1 | 90 | 9/5/2025 | 5 | 9\n");
    assert_eq!(stop.code, Code::H003);
    assert!(stop.help.contains("\"score\"") && stop.seen.contains("\"DCPM\""), "{stop:?}");
}

#[test]
fn one_score_on_two_scales_is_one_score() {
    for (titles, row) in [
        ("Score | Percent", "7/10 | 70%"),
        ("Correct | Trials | Percent", "7 | 10 | 70%"),
        ("Percent | Notes", "70% | 3"),
        ("WCPM | Percentile", "70 | 33"),
        ("WCPM | Words Read", "70 | 73"),
    ] {
        let (plan, _, records) = read(
            "S",
            &format!("Student | Goal # | Date | {titles}\nAna Lopez | 1 | 9/5/2025 | {row}\nAna Lopez | 1 | 9/6/2025 | {row}\n"),
        );
        assert_eq!((plan.layout(), records.len()), (Layout::Long, 2), "{titles}");
    }
}

#[test]
fn goals_beside_each_other() {
    check(
        "Log",
        "
Student: | Ana Lopez
Target: | 50
Date | Goal 1 | Goal 2 - Math facts (DCPM) | Notes
9/5/2025 | 23 | 10 |
9/12/2025 | | 12 |
",
        &[
            "student_name=Ana Lopez goal_number=1 date=9/5/2025 score=23 @1",
            "student_name=Ana Lopez goal_number=2 goal_area=Math facts unit=dcpm date=9/5/2025 score=10 @2",
            "student_name=Ana Lopez goal_number=2 goal_area=Math facts unit=dcpm date=9/12/2025 score=12 @2",
        ],
        "each of \"Goal 1\", \"Goal 2 - Math facts (DCPM)\" is a goal",
    );
    check(
        "Ana Lopez",
        "Date | Goal 1 | Goal 2 | Notes\n9/5/2025 | 23 | 10 |\n",
        &[
            "student_name=Ana Lopez goal_number=1 date=9/5/2025 score=23 @1",
            "student_name=Ana Lopez goal_number=2 date=9/5/2025 score=10 @2",
        ],
        "each of \"Goal 1\", \"Goal 2\" is a goal",
    );
    // The same goal twice.
    let text = "Student: | Ana Lopez\nDate | Goal 1 | Goal 1\n9/5/2025 | 23 | 10\n9/6/2025 | 23 | 10\n";
    assert_eq!(stopped("Log", text).code, Code::H001);
}

#[test]
fn children_beside_each_other() {
    check(
        "Group",
        "
Goal 1: Reading Fluency
Date | Zinnia Darnley | Averill, Saoirse | Orla Fenwright
9/5/2025 | 67 | absent | 40
",
        &[
            "student_name=Zinnia Darnley goal_number=1 goal_text=Reading Fluency date=9/5/2025 score=67 @1",
            "student_name=Averill, Saoirse goal_number=1 goal_text=Reading Fluency date=9/5/2025 score=absent @2",
            "student_name=Orla Fenwright goal_number=1 goal_text=Reading Fluency date=9/5/2025 score=40 @3",
        ],
        "each of \"Zinnia Darnley\", \"Averill, Saoirse\", \"Orla Fenwright\" is a child",
    );
}

#[test]
fn behaviors_are_no_children() {
    for (sheet, above, titles) in [
        ("Group", "Goal 1: Reading Fluency", "Hand Raising | Calling Out"),
        ("Group", "Goal 1: Reading Fluency", "Zinnia Darnley | Eye Contact"),
        ("Group", "Goal 1: Reading Fluency", "Zinnia Darnley | Total"),
        ("Group", "Room 12", "Zinnia Darnley | Orla Fenwright"),
        ("Ana Lopez", "Goal 1: Reading Fluency", "Zinnia Darnley | Orla Fenwright"),
        ("Group", "Student: Ana Lopez; Goal #: 1", "Zinnia Darnley | Orla Fenwright"),
    ] {
        let rows = support::grid(&format!("{above}\nDate | {titles}\n9/5/2025 | 6 | 4\n9/12/2025 | 5 | 4\n"));
        assert!(planned(sheet, &rows, None).is_err(), "{sheet} {above} {titles}");
    }
}
