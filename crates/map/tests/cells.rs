//! Where each filled cell went: the counts add up.

mod support;

use aimline_map::{Cells, GridRow, HeadRow, SheetCells, Uses};
use proptest::prelude::*;
use support::{grid, planned};

fn counted(rows: &[HeadRow]) -> SheetCells {
    let plan = planned("", rows, None).ok();
    let mut cells = SheetCells::default();
    for row in rows {
        cells.see(plan.as_ref(), &GridRow { number: row.number, kinds: &row.kinds, cells: &row.lend() });
    }
    cells
}

fn filled(rows: &[HeadRow]) -> u64 {
    rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.as_deref().is_some_and(|text| !text.trim().is_empty())).count()
        as u64
}

#[test]
fn cells_of_a_tab_with_titles_totals_and_an_unused_column() {
    let text =
        "Room 12 |\nStudent: Ana Lopez\n\nDate | Score | Bus stop\n9/5/2025 | 40 | 7th\n9/12/2025 | 41 |\nAverage | 40.5 |\n";
    let rows = grid(text);
    let plan = planned("", &rows, None).expect("a plan");
    let cells = &counted(&rows).tables[&0];
    assert_eq!((cells.filled, cells.titles, cells.above, cells.rows, cells.items), (12, 3, 2, 2, 2));
    assert_eq!(cells.columns, [2, 2, 1]);
    assert_eq!(cells.uses(&plan), Uses { used: 4, unused: 1, ..Uses::default() });
    assert_eq!(cells.skipped.iter().map(|(reason, count)| (*reason, *count)).collect::<Vec<_>>(), [("mean row", (1, 2))]);
    assert_eq!(cells.sum(), cells.filled);
}

#[test]
fn each_table_of_a_sheet_has_its_own_counts() {
    let rows = grid(
        "Student: Ana Lopez\nDate | Score\n9/5/2025 | 40\n9/12/2025 | 41\n\nStudent: Ben Ochoa\nDate | Score | Notes\n9/5/2025 | 50 | tired\n9/12/2025 | 51 |\n",
    );
    let tables = counted(&rows).tables;
    let counts: Vec<(u64, u64, u64)> = tables.iter().map(|(from, cells)| (*from, cells.filled, cells.items)).collect();
    assert_eq!(counts, [(0, 7, 2), (6, 9, 2)]);
    assert!(tables.values().all(|cells| cells.sum() == cells.filled));
}

#[test]
fn all_cells_of_a_stopped_sheet_wait() {
    let rows = grid("Kid | Thing\nx | 3\ny | 4\nz | 5\n");
    assert_eq!(counted(&rows).tables[&0], Cells { filled: 8, stopped: 8, ..Cells::default() });
}

proptest! {
    #[test]
    fn the_counts_add_up(rows in prop::collection::vec(prop::collection::vec(prop::sample::select(vec![
        "Student ID", "Student", "Date", "Score", "Goal", "Fall Score", "Fall Percentile", "Winter Score", "Score 1", "Score 2", "9/5/2025",
        "Student: Ana Lopez", "Goal 2", "Intervention", "Total", "Average", "12", "80%", "+", "-", "1001", "Ana Lopez", "Pts", "", "", "",
    ]), 0..6), 0..14)) {
        let text: Vec<String> = rows.iter().map(|row| row.join(" | ")).collect();
        let rows = grid(&text.join("\n"));
        let cells = counted(&rows);
        prop_assert_eq!(cells.filled(), filled(&rows));
        for table in cells.tables.values() {
            prop_assert_eq!(table.sum(), table.filled);
        }
    }
}
