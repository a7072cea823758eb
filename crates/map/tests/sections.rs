//! Several tables below each other on one sheet.

mod support;

use aimline_map::{Layout, RowFate};
use support::{grid, planned, read, run};

fn check(name: &str, text: &str, expected: &[&str]) {
    let (_, _, records) = read("Progress", text);
    assert_eq!(records, expected, "{name}");
}

#[test]
fn goals_stacked_each_with_its_block() {
    check(
        "labels above each table",
        "
Student: Ana Lopez
Case Manager: R. Diaz

Goal #: | 1 | Area: | Reading
Baseline: | n~35 | Target: | n~90
Date | Score (wcpm)
9/5/2025 | 36
9/12/2025 | 38
Average | 37

Goal #: | 2 | Area: | Math
Target: | 80%
Date | % Correct
9/6/2025 | 40%
",
        &[
            "student_name=Ana Lopez case_manager=R. Diaz goal_number=1 goal_area=Reading baseline=35 target=90 unit=wcpm date=9/5/2025 score=36",
            "student_name=Ana Lopez case_manager=R. Diaz goal_number=1 goal_area=Reading baseline=35 target=90 unit=wcpm date=9/12/2025 score=38",
            "student_name=Ana Lopez case_manager=R. Diaz goal_number=2 goal_area=Math target=80% unit=percent date=9/6/2025 score=40%",
        ],
    );
    check(
        "the same titles, and only a title above them",
        "
Ana Lopez
Goal 1
Date | Score
9/5/2025 | 36
Goal 2
Date | Score
9/6/2025 | 40
9/7/2025 | 41
",
        &[
            "student_name=Ana Lopez goal_number=1 date=9/5/2025 score=36",
            "student_name=Ana Lopez goal_number=2 date=9/6/2025 score=40",
            "student_name=Ana Lopez goal_number=2 date=9/7/2025 score=41",
        ],
    );
    check(
        "goals in sentences",
        "
Student: Ana Lopez
By May 2026, Ana will read 90 words correct per minute.
Date | Score
9/5/2025 | 36

By May 2026, Ana will solve 8 of 10 problems.
Date | Score
9/6/2025 | 4/10
",
        &[
            "student_name=Ana Lopez goal_text=By May 2026, Ana will read 90 words correct per minute. date=9/5/2025 score=36",
            "student_name=Ana Lopez goal_text=By May 2026, Ana will solve 8 of 10 problems. date=9/6/2025 score=4/10",
        ],
    );
}

#[test]
fn students_stacked() {
    check(
        "each with a name",
        "
Goal 2
Student: Ana Lopez
Date | Score
9/5/2025 | 36

Student: Ben Ochoa
Goal 3
Date | Score
9/6/2025 | 40
",
        &[
            "student_name=Ana Lopez goal_number=2 date=9/5/2025 score=36",
            "student_name=Ben Ochoa goal_number=3 date=9/6/2025 score=40",
        ],
    );
    // Another name, though only half of one, is not Ana.
    let rows = grid("Ana Lopez\nGoal 1\nDate | Score\n9/5/2025 | 36\n\nBen\nGoal 1\nDate | Score\n9/6/2025 | 40\n");
    let plan = planned("Data", &rows, None).expect("a plan");
    let (_, records) = run(&plan, &rows);
    assert_eq!(records.len(), 1);
    let stops: Vec<String> = plan.stops().map(|stop| format!("{} {}", stop.code.id(), stop.locator)).collect();
    assert_eq!(stops, ["H002 Data › row 8"]);
}

#[test]
fn tables_of_different_kinds() {
    let rows = grid(
        "
Student ID | Goal # | Baseline | Target | Target Date
S1001 | 1 | 35 | 90 | 5/20/2026
S1002 | 1 | 30 | 80 | 5/20/2026

Student ID | Goal # | Date | Score
S1001 | 1 | 9/5/2025 | 36
S1002 | 1 | 9/5/2025 | 31

Student ID | Goal # | 9/12 | 9/19
S1001 | 1 | 37 | 38
",
    );
    let plan = planned("", &rows, None).expect("a plan");
    let layouts: Vec<Layout> = plan.tables().map(|table| table.layout()).collect();
    assert_eq!(layouts, [Layout::GoalList, Layout::Long, Layout::Wide]);
    let (fates, records) = run(&plan, &rows);
    assert_eq!(fates.iter().filter(|(_, fate)| *fate == RowFate::Header).count(), 3);
    assert_eq!(records.len(), 6);
    assert_eq!(records[5], "student_id=S1001 goal_number=1 date=9/19 score=38 @3");
}

#[test]
fn a_goal_is_not_handed_down_to_a_table_with_titles_of_its_own() {
    check(
        "no titles: the same goal",
        "Student: Ana Lopez\nGoal 1\nDate | Score\n9/5/2025 | 36\n\nDate | Score | Notes\n9/6/2025 | 40 | x\n",
        &[
            "student_name=Ana Lopez goal_number=1 date=9/5/2025 score=36",
            "student_name=Ana Lopez goal_number=1 date=9/6/2025 score=40 note=x",
        ],
    );
    check(
        "a title that says something else",
        "Student: Ana Lopez\nGoal 1\nDate | Score\n9/5/2025 | 36\n\nSight words list A\nDate | Score\n9/6/2025 | 40\n",
        &["student_name=Ana Lopez goal_number=1 date=9/5/2025 score=36", "student_name=Ana Lopez date=9/6/2025 score=40"],
    );
}

#[test]
fn what_is_no_table_of_its_own() {
    for (name, text, skipped) in [
        (
            "titles again",
            "Student ID | Goal # | Date | Score\nS1 | 1 | 9/5/2025 | 3\n\nStudent ID | Goal # | Date | Score\nS2 | 1 | 9/5/2025 | 4\n",
            "repeated header",
        ),
        (
            "a note",
            "Student ID | Goal # | Date | Score\nS1 | 1 | 9/5/2025 | 3\n\nNote: scores of the aide\nS2 | 1 | 9/5/2025 | 4\n",
            "note below the table",
        ),
    ] {
        let (plan, fates, records) = read("", text);
        assert_eq!(plan.tables().count(), 1, "{name}");
        assert!(fates.iter().any(|(_, fate)| *fate == RowFate::Skipped(skipped)), "{name}: {fates:?}");
        assert_eq!(records.len(), 2, "{name}");
    }
}

#[test]
fn far_down_too() {
    let mut text = "Student: Ana Lopez\nGoal 1\nDate | Score\n".to_owned();
    (0..300).for_each(|_| text.push_str("9/5/2025 | 36\n"));
    text.push_str("\nGoal 2\nDate | Score\n9/6/2025 | 40\n");
    let (_, _, records) = read("", &text);
    assert_eq!(records.len(), 301);
    assert_eq!(records[300], "student_name=Ana Lopez goal_number=2 date=9/6/2025 score=40");
}

#[test]
fn rows_between_the_data_that_say_what_follows() {
    check(
        "goals",
        "Student: Ana Lopez\nGoal 1\nDate | Score\n9/5/2025 | 36\nGoal 2\n9/6/2025 | 40\n9/7/2025 | 41\n",
        &[
            "student_name=Ana Lopez goal_number=1 date=9/5/2025 score=36",
            "student_name=Ana Lopez goal_number=2 date=9/6/2025 score=40",
            "student_name=Ana Lopez goal_number=2 date=9/7/2025 score=41",
        ],
    );
    check(
        "phases within goals",
        "Student: Ana Lopez\nDate | Score\nGoal 1\nBaseline\n9/5/2025 | 36\nPhase: Small group\n9/6/2025 | 40\nGoal 2\n9/7/2025 | 41\n",
        &[
            "student_name=Ana Lopez goal_number=1 date=9/5/2025 score=36 phase=Baseline",
            "student_name=Ana Lopez goal_number=1 date=9/6/2025 score=40 phase=Small group",
            "student_name=Ana Lopez goal_number=2 date=9/7/2025 score=41",
        ],
    );
    check(
        "another student takes the goal away",
        "Student: Ana Lopez\nGoal 1\nDate | Score\n9/5/2025 | 36\nBen Ochoa\n9/6/2025 | 40\n",
        &["student_name=Ana Lopez goal_number=1 date=9/5/2025 score=36", "student_name=Ben Ochoa date=9/6/2025 score=40"],
    );
    check(
        "a column of its own knows better",
        "Student: Ana Lopez\nGoal | Date | Score\n1 | 9/5/2025 | 36\nGoal 2\n1 | 9/6/2025 | 40\n",
        &[
            "student_name=Ana Lopez goal_number=1 date=9/5/2025 score=36",
            "student_name=Ana Lopez goal_number=Goal 2",
            "student_name=Ana Lopez goal_number=1 date=9/6/2025 score=40",
        ],
    );
}

#[test]
fn numbered_scores_are_said_to_have_no_date() {
    for title in ["Session", "Session #", "Week", "Trial"] {
        let (plan, _, records) = read("", &format!("Student: Ana Lopez\nGoal 1\n{title} | Score\n1 | 80%\n2 | 90%\n"));
        assert_eq!(records[1], "student_name=Ana Lopez goal_number=1 session=2 score=90%", "{title}");
        assert_eq!((plan.notes()[0].code.id(), plan.notes()[0].seen.as_str()), ("H010", title));
    }
}

#[test]
fn a_single_row_above_the_scores_says_whose_they_are() {
    check(
        "labels over their values",
        "Student | Grade | Goal #\nAna Lopez | 3 | 2\n\nDate | Score\n9/5/2025 | 36\n",
        &["student_name=Ana Lopez grade=3 goal_number=2 date=9/5/2025 score=36"],
    );
    check(
        "a goal of its own",
        "Student ID | Goal # | Goal Area | Baseline | Target\nS1001 | 2 | Reading | n~35 | n~90\n\nDate | Score\n9/5/2025 | 36\n",
        &[
            "student_id=S1001 goal_number=2 goal_area=Reading baseline=35 target=90",
            "student_id=S1001 goal_number=2 goal_area=Reading baseline=35 target=90 date=9/5/2025 score=36",
        ],
    );
    // Of two rows nobody knows which.
    let rows = grid("Student | Grade | Goal #\nAna Lopez | 3 | 2\nBen Ochoa | 3 | 2\n\nDate | Score\n9/5/2025 | 36\n");
    let stop = planned("Data", &rows, None).expect_err("nobody is named");
    assert_eq!(stop.code.id(), "H002");
}
