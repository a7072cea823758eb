//! Titles in two and three rows.

mod support;

use aimline_map::{Layout, RowFate};
use support::{read, stopped};

/// A header, rows of data, and the records without what all of them say.
fn check(name: &str, rows: usize, text: &str, expected: &[&str]) {
    let (_, fates, records) = read("", text);
    let headers = fates.iter().filter(|(_, fate)| *fate == RowFate::Header).count();
    assert_eq!(headers, rows, "{name}: {fates:?}");
    assert_eq!(records, expected, "{name}");
}

#[test]
fn a_name_in_two_columns_under_one_title() {
    check(
        "a roster",
        2,
        "
Student | | Grade | Case Manager
Last | First | |
Roe | Maple | 03 | Ms. K
",
        &["last_name=Roe first_name=Maple grade=03 case_manager=Ms. K"],
    );
}

#[test]
fn groups_with_a_title_over_their_first_column() {
    check(
        "seasons over scores and dates",
        2,
        "
 | | Fall | | Winter |
Student ID | Goal # | Score | Date | Score | Date
S1001 | 2 | 12 | 9/5/2025 | 14 | 12/5/2025
",
        &[
            "student_id=S1001 goal_number=2 date=9/5/2025 score=12 @2",
            "student_id=S1001 goal_number=2 date=12/5/2025 score=14 @4",
        ],
    );
    check(
        "goals with what they are about, beside a name whose cell below is empty",
        2,
        "
Name | Goal 1: sight words | | Goal 2: math facts |
 | Date | Score | Date | Score
Ivy Larch | 10/1/2025 | 60% | 10/2/2025 | 3/10
 | 10/8/2025 | 65% | 10/9/2025 | 4/10
",
        &[
            "student_name=Ivy Larch goal_number=1 goal_text=sight words date=10/1/2025 score=60% @2",
            "student_name=Ivy Larch goal_number=2 goal_area=math facts date=10/2/2025 score=3/10 @4",
            "goal_number=1 goal_text=sight words date=10/8/2025 score=65% @2",
            "goal_number=2 goal_area=math facts date=10/9/2025 score=4/10 @4",
        ],
    );
    check(
        "the names of students above, what they hold below",
        2,
        "
Student ID | Goal # | Sept | | Oct | | Notes
 | | Score | Level | Score | Level |
S1001 | 2 | 12 | 3 | 14 | 4 | good
",
        &[
            "student_id=S1001 goal_number=2 level=3 date=sept score=12 note=good @2",
            "student_id=S1001 goal_number=2 level=4 date=oct score=14 note=good @4",
        ],
    );
    check(
        "days over scores",
        2,
        "
Student ID | Goal # | d~2025-09-05 | | d~2025-09-12 |
 | | % Correct | Prompt | % Correct | Prompt
S1001 | 2 | 40% | V | 50% | G
",
        &[
            "student_id=S1001 goal_number=2 unit=% Correct date=2025-09-05 score=40% prompt_level=V @2",
            "student_id=S1001 goal_number=2 unit=% Correct date=2025-09-12 score=50% prompt_level=G @4",
        ],
    );
    check(
        "three rows: season, measure, what it is",
        3,
        "
 | Fall | | | Winter | |
 | Letter Sounds | | Maze | Letter Sounds | | Maze
Student ID | WCPM | Date | Score | WCPM | Date | Score
S1001 | 12 | 9/5/2025 | 4 | 14 | 12/5/2025 | 6
",
        &[
            "student_id=S1001 measure=Letter Sounds unit=WCPM date=9/5/2025 score=12 @1",
            "student_id=S1001 measure=Maze date=Fall score=4 @3",
            "student_id=S1001 measure=Letter Sounds unit=WCPM date=12/5/2025 score=14 @4",
            "student_id=S1001 measure=Maze date=Winter score=6 @6",
        ],
    );
}

#[test]
fn groups_with_names_of_their_own() {
    check(
        "areas",
        2,
        "
 | Reading | | Math |
Student ID | Date | Score | Date | Score
S1001 | 9/5/2025 | 12 | 9/6/2025 | 14
S1001 | 9/12/2025 | 13 | |
",
        &[
            "student_id=S1001 goal_area=Reading date=9/5/2025 score=12 @2",
            "student_id=S1001 goal_area=Math date=9/6/2025 score=14 @4",
            "student_id=S1001 goal_area=Reading date=9/12/2025 score=13 @2",
        ],
    );
    check(
        "goals beside each other, one date for all",
        2,
        "
Student: Ana Lopez
 | Goal 1 | | Goal 2 |
Date | Correct | Trials | Correct | Trials
9/5/2025 | 4 | 5 | 7 | 10
",
        &[
            "student_name=Ana Lopez goal_number=1 date=9/5/2025 correct=4 trials=5 @1",
            "student_name=Ana Lopez goal_number=2 date=9/5/2025 correct=7 trials=10 @3",
        ],
    );
    check(
        "students beside each other",
        2,
        "
Goal: | Reading
Ana Lopez | | | Ben Ochoa |
Date | Score | | Date | Score
9/5/2025 | 12 | | 9/6/2025 | 14
",
        &[
            "student_name=Ana Lopez goal_area=Reading date=9/5/2025 score=12 @1",
            "student_name=Ben Ochoa goal_area=Reading date=9/6/2025 score=14 @4",
        ],
    );
}

#[test]
fn units_below_the_titles() {
    let (plan, fates, records) = read("", "Student ID | Goal # | Date | Score\n | | | (wcpm)\nS1001 | 2 | 9/5/2025 | 40\n");
    assert_eq!(plan.layout(), Layout::Long);
    assert_eq!(fates[1], (2, RowFate::Header));
    assert_eq!(records, ["student_id=S1001 goal_number=2 unit=wcpm date=9/5/2025 score=40"]);
}

#[test]
fn titles_above_a_header_are_no_groups() {
    for above in ["Oak Hill | Room 4", "Student: Ana Lopez | Grade: 3", "Teacher | R. Diaz | | Room | 4", "Reading | Group B"] {
        let (_, fates, records) = read("", &format!("{above}\nStudent ID | Goal # | Date | Score\nS1001 | 2 | 9/5/2025 | 40\n"));
        assert_eq!(fates[0], (1, RowFate::Context), "{above}");
        assert_eq!(records.len(), 1, "{above}");
        assert!(records[0].ends_with("date=9/5/2025 score=40"), "{above}: {records:?}");
    }
    // A second header further down is skipped as such, in all its rows.
    let (_, fates, _) = read(
        "",
        " | | Fall | | Winter |\nStudent ID | Goal # | Score | Date | Score | Date\nS1001 | 2 | 12 | 9/5/2025 | 14 | 12/5/2025\nStudent ID | Goal # | Score | Date | Score | Date\nS1002 | 2 | 12 | 9/5/2025 | |\n",
    );
    assert_eq!(fates[3], (4, RowFate::Skipped("repeated header")));
}

#[test]
fn groups_without_a_student_stop() {
    let stop = stopped("", " | Reading | | Math |\nRoom | Date | Score | Date | Score\n4 | 9/5/2025 | 12 | 9/6/2025 | 14\n");
    assert!(stop.expected.contains("which student"), "{stop}");
}

#[test]
fn tables_beside_each_other() {
    let text = "
Student | Goal # | Date | Score | | Student | Goal # | Date | Score
Ana Lopez | 1 | 9/5/2025 | 36 | | Ben Ochoa | 2 | 9/6/2025 | 40
Ana Lopez | 1 | 9/12/2025 | 38 | | | | |
Average | | | 37 | | Ben Ochoa | 2 | 9/13/2025 | 42
 | | | | | Average | | | 41
";
    let (plan, fates, records) = read("", text);
    assert_eq!(plan.layout(), Layout::Wide);
    assert_eq!(
        records,
        [
            "student_name=Ana Lopez goal_number=1 date=9/5/2025 score=36 @3",
            "student_name=Ben Ochoa goal_number=2 date=9/6/2025 score=40 @8",
            "student_name=Ana Lopez goal_number=1 date=9/12/2025 score=38 @3",
            // The mean on the left takes nothing away on the right.
            "student_name=Ben Ochoa goal_number=2 date=9/13/2025 score=42 @8",
        ]
    );
    assert!(matches!(fates[4].1, RowFate::Skipped(_)), "{fates:?}");
    // Without dates they stop.
    assert_eq!(stopped("", "Student | Score | | Student | Score\nAna Lopez | 3 | | Ben Ochoa | 4\n").code.id(), "H002");
}
