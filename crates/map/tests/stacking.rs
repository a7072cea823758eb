//! Tables below each other give what each of them gives alone.

mod support;

use aimline_map::HeadRow;
use proptest::prelude::*;
use support::{planned, run};

/// A block: who and what, titles, rows.
fn block() -> impl Strategy<Value = Vec<String>> {
    let student = prop::sample::select(vec!["Ana Lopez", "Ben Ochoa", "Una Vale"]);
    let goal = prop::sample::select(vec![
        "Goal 1",
        "Goal #: | 2 | Area: | Reading",
        "By May 2026, she will read 90 words correct per minute.",
    ]);
    let table = prop::sample::select(vec![
        ("Date | Score (wcpm)", "9/%/2025 | 3%"),
        ("Date | Correct | Trials", "9/%/2025 | 1 | 5"),
        ("Session | % Correct | Notes", "% | 4%% | calm"),
        ("Date | Trial 1 | Trial 2 | Trial 3", "9/%/2025 | + | - | +"),
        ("Sept Score | Sept Date | Oct Score | Oct Date", "1% | 9/%/2025 | 2% | 10/%/2025"),
        (" | Fall | | Winter |\n | Score | Date | Score | Date", " | 1% | 9/%/2025 | 2% | 1/%/2026"),
    ]);
    let end = prop::sample::select(vec!["", "Average | 3", "Total"]);
    (student, goal, table, 1..5_usize, end).prop_map(|(student, goal, (titles, row), rows, end)| {
        let mut lines = vec![format!("Student: {student}"), goal.to_owned()];
        lines.extend(titles.lines().map(str::to_owned));
        lines.extend((1..=rows).map(|number| row.replace('%', &number.to_string())));
        lines.extend((!end.is_empty()).then(|| end.to_owned()));
        lines
    })
}

fn rows(lines: &[String]) -> Vec<HeadRow> {
    support::grid(&format!("Progress\n{}", lines.join("\n")))
}

fn records(lines: &[String]) -> Vec<String> {
    let rows = rows(lines);
    let plan = planned("", &rows, None).unwrap_or_else(|stop| panic!("{stop}\n{}", lines.join("\n")));
    assert_eq!(plan.stops().count(), 0, "{}", lines.join("\n"));
    run(&plan, &rows).1
}

/// Rows of a table that names its students, with a total among them.
fn list() -> impl Strategy<Value = Vec<String>> {
    let student = prop::sample::select(vec!["Ana Lopez", "Ben Ochoa", "Una Vale"]);
    let row = (student, 1..4_u8, 1..29_u8, 0..99_u8)
        .prop_map(|(student, goal, day, score)| format!("{student} | {goal} | 9/{day}/2025 | {score}"));
    let total = Just("Average | | | 50".to_owned());
    prop::collection::vec(prop_oneof![6 => row, 1 => total], 1..7)
}

/// Records without the place of their score, in order.
fn sorted(lines: &[String]) -> Vec<String> {
    let mut records: Vec<String> =
        records(lines).into_iter().map(|record| record.split(" @").next().unwrap_or_default().to_owned()).collect();
    records.sort();
    records
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_stack_gives_what_its_tables_give(blocks in prop::collection::vec(block(), 1..5), gap in 0..3_usize) {
        let alone: Vec<String> = blocks.iter().flat_map(|block| records(block)).collect();
        let stacked: Vec<String> = blocks.join(&vec![String::new(); gap][..]);
        prop_assert_eq!(records(&stacked), alone, "{}", stacked.join("\n"));
    }

    #[test]
    fn tables_beside_each_other_give_what_each_gives(left in list(), right in list(), gap in any::<bool>()) {
        const TITLES: &str = "Student | Goal # | Date | Score";
        let alone = |rows: &[String]| sorted(&[&[TITLES.to_owned()], rows].concat());
        let mut expected = [alone(&left), alone(&right)].concat();
        expected.sort();
        let between = if gap { " | | " } else { " | " };
        let blank = || " | | |".to_owned();
        let mut lines = vec![format!("{TITLES}{between}{TITLES}")];
        for at in 0..left.len().max(right.len()) {
            let cell = |rows: &[String]| rows.get(at).cloned().unwrap_or_else(blank);
            lines.push(format!("{}{between}{}", cell(&left), cell(&right)));
        }
        // A table of totals only has no scores.
        let filled = |rows: &[String]| rows.iter().any(|row| !row.starts_with("Average"));
        prop_assume!(filled(&left) && filled(&right));
        prop_assert_eq!(sorted(&lines), expected, "{}", lines.join("\n"));
    }
}
