//! What stands between, below and above the rows that count.

mod support;

use aimline_map::{GridRow, Layout, Plan, RowFate};
use aimline_model::codes::Code;
use std::fmt::Write as _;
use support::{grid, planned, read, stopped};

#[test]
fn a_key_of_the_codes_is_no_data() {
    for titles in ["Code | Meaning", "Symbol | Definition", "Clave | Significado"] {
        let (_, fates, records) = read(
            "S",
            &format!(
                "Student ID | Student | Date | WCPM\n1001 | Ana Lopez | 9/5/2025 | 5\n1001 | Ana Lopez | 9/6/2025 | 6\n\n{titles}\nNA | not assessed\nABS | absent\n"
            ),
        );
        assert_eq!(records.len(), 2, "{titles}");
        let skipped = RowFate::Skipped("key of the codes");
        assert_eq!(fates[3..], [(5, skipped), (6, skipped), (7, skipped)], "{titles}");
    }
}

#[test]
fn a_phase_line_across_the_table() {
    for (line, phase) in [
        ("--- Phase B: repeated reading begins ---", "B: repeated reading begins"),
        ("=== Intervention ===", "Intervention"),
        ("***Fase 2***", "2"),
    ] {
        let (_, fates, records) =
            read("Ana Lopez", &format!("Goal | Date | WCPM\n1 | 9/5/2025 | 5\n{line}\n1 | 9/12/2025 | 6\n1 | 9/19/2025 | 7\n"));
        assert_eq!(fates[2], (3, RowFate::Skipped("phase line")), "{line}");
        assert!(!records[0].contains("phase="), "{records:?}");
        assert!(records[1].contains(&format!("phase={phase}")) && records[2].contains("phase="), "{records:?}");
    }
}

#[test]
fn goals_over_days() {
    let expected = [
        "student_id=S1 goal_number=1 date=9/5/2025 score=20 @1",
        "student_id=S1 goal_number=1 date=9/12/2025 score=39 @2",
        "student_id=S1 goal_number=2 date=9/5/2025 score=5 @3",
        "student_id=S1 goal_number=2 date=9/12/2025 score=9 @4",
    ];
    for text in [
        " | Goal 1 | | Goal 2 |\nStudent ID | 9/5/2025 | 9/12/2025 | 9/5/2025 | 9/12/2025\nS1 | 20 | 39 | 5 | 9\n",
        "Goal | Goal 1 | | Goal 2 |\nDate | 9/5/2025 | 9/12/2025 | 9/5/2025 | 9/12/2025\nStudent ID | | | |\nS1 | 20 | 39 | 5 | 9\n",
    ] {
        let (plan, _, records) = read("pivot", text);
        assert_eq!((plan.layout(), records.as_slice()), (Layout::Wide, &expected.map(str::to_owned)[..]), "{text}");
    }
}

#[test]
fn units_in_a_third_row() {
    let (plan, _, records) = read(
        "S",
        " | Goal 1 | | Goal 2 |\nStudent ID | Date | Score | Date | Score\n | | WCPM | | %\nS1 | 9/5/2025 | 24 | 9/6/2025 | 54\n",
    );
    assert_eq!(plan.header_row(), 3);
    assert_eq!(
        records,
        [
            "student_id=S1 goal_number=1 unit=wcpm date=9/5/2025 score=24 @2",
            "student_id=S1 goal_number=2 unit=percent date=9/6/2025 score=54 @4"
        ]
    );
}

#[test]
fn tables_of_two_children_beside_each_other() {
    let table = "Goal | Date | WCPM | | Goal | Date | WCPM\n1 | 9/3/2025 | 18 | | 1 | 9/3/2025 | 20\n1 | 9/10/2025 | 32 | | 2 | 9/17/2025 | 29\n";
    let (_, _, records) = read("Pair", &format!("Student: Ana Lopez | | | | Student: Ben Ochoa | |\n{table}"));
    assert_eq!(records.len(), 4);
    assert!(records[0].starts_with("student_name=Ana Lopez goal_number=1 ") && records[0].contains("score=18"), "{records:?}");
    assert!(records[3].starts_with("student_name=Ben Ochoa goal_number=2 ") && records[3].contains("score=29"), "{records:?}");
    // Two names, and only one of them over a table.
    let stop = stopped("Pair", &format!("Student: Ana Lopez | | Student: Ben Ochoa | | | |\n{table}"));
    assert_eq!(stop.code, Code::H002);
}

#[test]
fn a_tab_of_means_is_skipped() {
    let (plan, fates, records) =
        read("Summary", "Student | Average WCPM | Number of probes\nAna Lopez | 38 | 5\nBen Ochoa | 40 | 5\n");
    assert_eq!((plan.layout(), records.len()), (Layout::Text, 0));
    let skipped = RowFate::Skipped("tab of means");
    assert_eq!(fates, [(1, RowFate::Header), (2, skipped), (3, skipped)]);
    assert_eq!(stopped("Summary", "Student | Average WCPM | Room\nAna Lopez | 38 | 5\nBen Ochoa | 40 | 5\n").code, Code::H001);
}

#[test]
fn scores_of_a_total_are_said() {
    for (title, value, said) in
        [("Score /10", "7", 1), ("Score (out of 20)", "12", 1), ("Score /10", "7/10", 0), ("Score", "7", 0)]
    {
        let (plan, _, _) = read("", &format!("Student | Goal # | Date | {title}\nAna Lopez | 1 | 9/5/2025 | {value}\n"));
        assert_eq!(plan.notes().iter().filter(|note| note.code == Code::H012).count(), said, "{title} {value}");
    }
}

/// Rows below those that were looked at.
fn far(first: &str, below: &str) -> (Plan, Option<(u64, Code)>) {
    let mut text = format!("{first}\n");
    for row in 0..1_200 {
        let _ = writeln!(text, "9/{}/2025 | {}", row % 28 + 1, row % 90);
    }
    text += below;
    let rows = grid(&text);
    let mut plan = planned("Ana Lopez", &rows, None).unwrap_or_else(|stop| panic!("{stop}"));
    for row in &rows {
        plan.look(&GridRow { number: row.number, kinds: &row.kinds, cells: &row.lend() });
    }
    let found = rows.iter().find_map(|row| Some((row.number, plan.at(row.number).err()?.code)));
    (plan, found)
}

#[test]
fn another_table_below_the_rows_that_were_looked_at() {
    for (below, expected) in [
        ("", None),
        ("\n9/5/2025 | absent\n", None),
        ("Date | WCPM\n9/5/2025 | 4\n", None),
        ("\nStudent: Ben Ochoa\nDate | WCPM\n9/5/2025 | 4\n", Some(1_204)),
        ("\nBen Ochoa\nDate | WCPM\n9/5/2025 | 4\n", Some(1_204)),
        ("\nGoal #: | 2\nDate | WCPM\n9/5/2025 | 4\n", Some(1_204)),
        ("\nDate | % Correct\n9/5/2025 | 4\n", Some(1_204)),
        ("Goal 2\n9/5/2025 | 4\n", Some(1_203)),
    ] {
        let (_, found) = far("Goal #: | 1\nDate | WCPM", below);
        assert_eq!(found, expected.map(|row| (row, Code::H013)), "{below}");
    }
}
