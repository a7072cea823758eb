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

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_stack_gives_what_its_tables_give(blocks in prop::collection::vec(block(), 1..5), gap in 0..3_usize) {
        let alone: Vec<String> = blocks.iter().flat_map(|block| records(block)).collect();
        let stacked: Vec<String> = blocks.join(&vec![String::new(); gap][..]);
        prop_assert_eq!(records(&stacked), alone, "{}", stacked.join("\n"));
    }
}
