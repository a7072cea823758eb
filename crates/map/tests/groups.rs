//! Columns that repeat by period: each group gives a row one data point.

mod support;

use aimline_map::{ColumnRole, GridRow, How, Layout, Role, RowFate};
use aimline_model::codes::Code;
use support::{grid, planned, read, stopped};

/// A small export in the shape of the real ones: seasons as prefixes, "Error" without one, a blank title, a stray column.
const SCREENING: &str = "
Assessment | State ID | Grade | | Fall Early Reading Composite Score | Fall Early Reading Percentile at School | Fall Early Reading Risk Level | Fall Early Reading Final Date | Fall Letter Sounds Total Words Read | Fall Letter Sounds Words Read Correct | Fall Letter Sounds WRC per minute | Error | Fall Letter Sounds Risk Level | Fall Letter Sounds Final Date | Fall Onset Sounds Total Items | Fall Onset Sounds Items Correct | Fall Onset Sounds IC per minute | Fall Onset Sounds Error(Total Items - Items Correct) | Fall Onset Sounds Final Date | Winter Early Reading Composite Score | Winter Early Reading Final Date | Growth Score from Fall to Winter | Growth Score from Fall to Winter | Winter Letter Sounds WRC per minute | Error | Winter Letter Sounds Final Date | | Bus stop
Early Reading | 605000 | K | | 28 | 27.38 | someRisk | 8/18/2022 | 10 | 1 | 1.58 | 9 | someRisk | 8/18/2022 | 16 | 8 | 4.03 | 8 | 8/19/2022 | 40 | 11/28/2022 | 0.82 | | 19 | 4 | 11/28/2022 | | moved
Early Reading | 605001 | K | | | | | | | | | | | | | | | | | | | | | 24 | 1 | | |
Early Reading | 605002 | K | | | | | | 12 | | | | | | | | | | | | | | | | | | stray |
";

#[test]
fn a_screening_export_with_a_group_for_each_season_and_measure() {
    let (plan, fates, records) = read("", SCREENING);
    assert_eq!(plan.layout(), Layout::Screening);
    assert_eq!(
        fates,
        [
            (1, RowFate::Header),
            (2, RowFate::Items(5)),
            (3, RowFate::Items(1)),
            (4, RowFate::Skipped("no score in any group of columns")),
        ]
    );
    let who = |id: &str| format!("state_id={id} grade=K");
    assert_eq!(
        records,
        [
            format!("{} measure=Early Reading unit=points date=8/18/2022 score=28 @4", who("605000")),
            // How far a student got in the time is not the length of a test: the rate counts.
            format!("{} measure=Letter Sounds unit=WRC per minute date=8/18/2022 score=1.58 @10", who("605000")),
            // All got the same items: how many of them were correct counts.
            format!("{} measure=Onset Sounds date=8/19/2022 correct=8 trials=16 @15", who("605000")),
            format!("{} measure=Early Reading unit=points date=11/28/2022 score=40 @19", who("605000")),
            format!("{} measure=Letter Sounds unit=WRC per minute date=11/28/2022 score=19 @23", who("605000")),
            // No date is made up for it.
            format!("{} measure=Letter Sounds unit=WRC per minute score=24 @23", who("605001")),
        ]
    );
    let role = |title: &str| plan.columns().iter().find(|column| column.title == title).map(|column| column.role);
    for title in [
        "Fall Early Reading Percentile at School",
        "Fall Early Reading Risk Level",
        "Error",
        "Growth Score from Fall to Winter",
        "Fall Letter Sounds Words Read Correct",
        "Fall Onset Sounds IC per minute",
    ] {
        assert_eq!(role(title), Some(ColumnRole::Attribute), "{title}");
    }
    assert_eq!(plan.columns()[10].group.as_deref(), Some("Fall Letter Sounds"));
    assert_eq!(plan.columns()[10].how, How::Group);
    let notes: Vec<(Code, &str)> = plan.notes().iter().map(|note| (note.code, note.seen.as_str())).collect();
    assert_eq!(
        notes,
        [
            (
                Code::H009,
                "2 × score in \"Composite Score\", date in \"Final Date\"; 2 × score in \"WRC per minute\", date in \"Final Date\"; \
                 1 × score in \"Items Correct\" of \"Total Items\", date in \"Final Date\"; \
                 11 columns say something about a score and are none"
            ),
            (Code::H005, "\"Assessment\", column AA, \"Bus stop\""),
        ]
    );
}

#[test]
fn each_cell_of_a_row_with_groups_has_a_role() {
    let rows = grid(SCREENING);
    let plan = planned("", &rows, None).expect("a plan");
    let role = |row: usize, column: usize| {
        let cells = rows[row].lend();
        plan.role(&GridRow { number: rows[row].number, kinds: &rows[row].kinds, cells: &cells }, column)
    };
    assert_eq!(role(1, 5), Role::Attribute);
    assert_eq!(role(1, 8), Role::Attribute);
    assert!(matches!(role(1, 7), Role::Value(_)));
    assert_eq!(role(1, 27), Role::Unmapped);
    assert_eq!(role(3, 8), Role::Skipped("no score in any group of columns"));
}

/// Titles, the cells of one row, and what each data point says beside the student and the goal.
#[test]
fn groups_by_period() {
    let cases: &[(&str, &str, Layout, &[&str])] = &[
        // A score and a date for each month.
        (
            "Sept Score | Sept Date | Oct Score | Oct Date",
            "12 | 9/5/2025 | 14 | 10/3/2025",
            Layout::Wide,
            &["date=9/5/2025 score=12", "date=10/3/2025 score=14"],
        ),
        // By number, in either order.
        ("Score 1 | Date 1 | Score 2 | Date 2", "12 | 9/5/2025 | 14 |", Layout::Wide, &["date=9/5/2025 score=12", "score=14"]),
        (
            "Date 1 | Date 2 | Score 1 | Score 2",
            "9/5/2025 | 9/9/2025 | 12 | 14",
            Layout::Wide,
            &["date=9/5/2025 score=12", "date=9/9/2025 score=14"],
        ),
        // With the same titles again and again.
        (
            "Date | Score | Date | Score",
            "9/5/2025 | 80% | 9/12/2025 | 90%",
            Layout::Wide,
            &["date=9/5/2025 score=80%", "date=9/12/2025 score=90%"],
        ),
        (
            "Date | WCPM | Level | Date | WCPM | Level",
            "9/5/2025 | 40 | 3 | 9/12/2025 | 42 | 4",
            Layout::Wide,
            &["unit=wcpm level=3 date=9/5/2025 score=40", "unit=wcpm level=4 date=9/12/2025 score=42"],
        ),
        // Months, seasons, windows and quarters across.
        ("Sept | Oct | Nov", "12 | NA | 14", Layout::Wide, &["date=sept score=12", "date=oct score=NA", "date=nov score=14"]),
        ("Fall Score | Winter Score | Spring Score", "12 | | 14", Layout::Wide, &["date=Fall score=12", "date=Spring score=14"]),
        (
            "Fall 2025 (wcpm) | Winter 2025-26 (wcpm)",
            "12 | 13",
            Layout::Wide,
            &["unit=wcpm date=Fall 2025 score=12", "unit=wcpm date=Winter 2025-26 score=13"],
        ),
        ("BOY | MOY | EOY", "12 | 13 | 14", Layout::Wide, &["date=BOY score=12", "date=MOY score=13", "date=EOY score=14"]),
        (
            "Q1 % Correct | Q2 % Correct",
            "40% | 50%",
            Layout::Wide,
            &["unit=% Correct date=Q1 score=40%", "unit=% Correct date=Q2 score=50%"],
        ),
        // An order, and no date.
        (
            "Week 1 | Week 2 | Week 3",
            "12 | 13 | 14",
            Layout::Wide,
            &["session=1 score=12", "session=2 score=13", "session=3 score=14"],
        ),
        ("Trial 1 | Trial 2", "4/5 | 5/5", Layout::Wide, &["session=1 score=4/5", "session=2 score=5/5"]),
        (
            "Date | Probe 1 | Probe 2",
            "9/5/2025 | 40 | 44",
            Layout::Wide,
            &["date=9/5/2025 session=1 score=40", "date=9/5/2025 session=2 score=44"],
        ),
        // Correct ones of so many.
        (
            "Sept Correct | Sept Trials | Sept Date | Oct Correct | Oct Trials | Oct Date",
            "4 | 5 | 9/5/2025 | | 5 | 10/3/2025",
            Layout::Wide,
            &["date=9/5/2025 correct=4 trials=5", "date=10/3/2025 trials=5"],
        ),
        // One date for several measures.
        (
            "Fall Date | Fall Fluency | Fall Maze | Winter Date | Winter Fluency | Winter Maze",
            "9/5/2025 | 40 | 8 | | 50 | ",
            Layout::Wide,
            &["measure=Fluency date=9/5/2025 score=40", "measure=Maze date=9/5/2025 score=8", "measure=Fluency score=50"],
        ),
        // Days before the titles.
        (
            "9/5 Score | 9/5 Percentile | 9/12 Score | 9/12 Percentile",
            "40 | 20 | 50 | 30",
            Layout::Wide,
            &["date=9/5 score=40", "date=9/12 score=50"],
        ),
    ];
    for (titles, cells, layout, expected) in cases {
        let (plan, fates, records) = read("", &format!("Student ID | Goal # | {titles}\nS1001 | 2 | {cells}\n"));
        assert_eq!(plan.layout(), *layout, "{titles}");
        assert_eq!(fates[1].1, RowFate::Items(expected.len() as u32), "{titles}");
        let said: Vec<String> = records
            .iter()
            .map(|record| {
                let record = record.strip_prefix("student_id=S1001 goal_number=2 ").unwrap_or_else(|| panic!("{record}"));
                record.rsplit_once(" @").map_or("", |(record, _)| record).to_owned()
            })
            .collect();
        assert_eq!(said, *expected, "{titles}");
    }
}

#[test]
fn scores_without_a_goal_are_a_screening() {
    let (plan, _, records) = read("", "Student ID | BOY Composite Score | BOY Date\nS1001 | 12 | 9/5/2025\n");
    assert_eq!(plan.layout(), Layout::Screening);
    assert_eq!(records, ["student_id=S1001 measure=Composite Score unit=points date=9/5/2025 score=12 @1"]);
    let (plan, _, records) = read("", "Student ID | Test | Fall Score | Winter Score\nS1001 | Maze | 12 | 13\n");
    assert_eq!(plan.layout(), Layout::Screening);
    assert_eq!(records[1], "student_id=S1001 measure=Maze date=Winter score=13 @3");
}

#[test]
fn groups_that_stop_a_sheet() {
    for (titles, cells, seen) in [
        ("Sept Score | Sept Result | Oct Score | Oct Result", "1 | 2 | 3 | 4", "\"Sept Result\" (column D)"),
        ("Sept Score | Sept Date | Sept Test Date | Oct Score", "1 | 9/5/2025 | 9/6/2025 | 3", "\"Sept Test Date\" (column E)"),
    ] {
        let stop = stopped("", &format!("Student ID | Goal # | {titles}\nS1001 | 2 | {cells}\n"));
        assert_eq!(stop.code, Code::H003, "{titles}");
        assert!(stop.seen.contains(seen), "{titles}: {}", stop.seen);
    }
}

#[test]
fn what_only_looks_like_groups() {
    for (text, layout) in [
        // A row with a score and a date of its own.
        ("Student ID | Goal # | Date | Score | Trial 1 | Trial 2\nS1001 | 2 | 9/5/2025 | 50% | 1 | 0\n", Layout::Long),
        // No scores yet: a list of goals.
        ("Student ID | Goal # | Baseline | Target | Q1 | Q2\nS1001 | 2 | 10 | 20 | |\n", Layout::GoalList),
        // Marks of progress are no scores.
        ("Student ID | Goal # | Baseline | Target | Q1 | Q2\nS1001 | 2 | 10 | 20 | MP | SP\n", Layout::GoalList),
    ] {
        assert_eq!(read("", text).0.layout(), layout, "{text}");
    }
}

#[test]
fn marks_of_single_trials_are_one_score() {
    let (plan, fates, records) = read(
        "Ana Lopez",
        "Goal 1\nDate | Trial 1 | Trial 2 | Trial 3 | Trial 4\n9/5/2025 | + | + | - | +\n9/12/2025 | - | | - | -\n9/19/2025 | absent | | |\n | + | + | |\n",
    );
    assert_eq!(fates[2..], [(3, RowFate::Items(1)), (4, RowFate::Items(1)), (5, RowFate::Items(1)), (6, RowFate::Items(1))]);
    let said: Vec<&str> =
        records.iter().map(|record| record.strip_prefix("student_name=Ana Lopez goal_number=1 ").unwrap_or("?")).collect();
    assert_eq!(
        said,
        ["date=9/5/2025 score=3/4 @1", "date=9/12/2025 score=0/3 @1", "date=9/19/2025 score=absent @1", "score=2/2 @1"]
    );
    assert_eq!(plan.columns()[2].role, ColumnRole::Trial);
    assert_eq!(plan.notes()[0].seen, "the marks from \"Trial 1\" to \"Trial 4\" are one score: how many are right, of how many");
    // What is no mark of a trial is not left out of the count.
    let (_, _, records) = read(
        "Ana Lopez",
        "Goal 1\nDate | Trial 1 | Trial 2 | Trial 3\n9/5/2025 | + | + | -\n9/6/2025 | + | P | -\n9/7/2025 | + | + | -\n",
    );
    assert_eq!(records[1], "student_name=Ana Lopez goal_number=1 date=9/6/2025 score=P @2");
}
