//! Whatever a sheet holds: planning does not panic, and each filled cell has exactly one role.

mod support;

use aimline_map::{GridRow, HeadRow, Role, RowFate, Sheet, plan};
use aimline_model::record::{Record, Slot};
use aimline_model::staged::{Field, Kind};
use proptest::prelude::*;

fn cell() -> impl Strategy<Value = Option<String>> {
    let words = prop::sample::select(vec![
        "Student",
        "Student ID",
        "Date",
        "Score",
        "Goal",
        "Goal #",
        "Baseline",
        "Target",
        "Grade",
        "School",
        "Unit",
        "Name",
        "Correct",
        "Trials",
        "Notes",
        "Fecha",
        "Puntaje",
        "9/5/2025",
        "9/12",
        "2025-09-05",
        "Sep 5",
        "80%",
        "4/5",
        "NA",
        "-",
        "12",
        "1001",
        "Ana Lopez",
        "Goal 2",
        "Total",
        "Average",
        "Mean",
        "Student: Ana Lopez",
        "Grade:",
        "By May 2026 Ana will read ninety words a minute",
        "percent",
        "Scroe",
        "Dte",
        "ñandú’s ½",
        "Week of 9/5",
        "Student ID (State)",
        "Score /10",
        "Goal 1: read",
        ":",
        "(",
        "Ana (1234)",
        "Label:",
        "MEAN:",
        "Fall Score",
        "Fall Date",
        "Fall Percentile",
        "Fall Maze Total Items",
        "Fall Maze Items Correct",
        "Winter Score",
        "Winter Maze Items Correct",
        "Error",
        "Sept",
        "Oct",
        "Q1",
        "Trial 1",
        "Trial 2",
        "Score 1",
        "Date 1",
        "Score 2",
    ]);
    prop_oneof![2 => Just(None), 6 => words.prop_map(|word| Some(word.to_owned())), 1 => "\\PC{0,12}".prop_map(Some)]
}

fn row() -> impl Strategy<Value = (Vec<Option<String>>, String, u64)> {
    (prop::collection::vec(cell(), 0..9), "[tndpfzmTNDh]{0,9}(\\|r)?", 1..3_u64)
}

fn rows() -> impl Strategy<Value = Vec<HeadRow>> {
    prop::collection::vec(row(), 0..12).prop_map(|rows| {
        let mut number = 0;
        rows.into_iter()
            .map(|(cells, kinds, step)| {
                number += step;
                HeadRow { number, kinds: kinds.into_bytes(), cells }
            })
            .collect()
    })
}

/// A sheet that looks like one: titles, groups' titles over them at times, then rows of what may stand under titles.
fn table() -> impl Strategy<Value = Vec<HeadRow>> {
    let title = prop::sample::select(vec![
        "Goal #",
        "Date",
        "Score",
        "Fall Score",
        "Fall Date",
        "Fall Percentile",
        "Winter Score",
        "Winter Date",
        "Error",
        "Level",
        "Prompt",
        "Correct",
        "Trials",
        "Sept",
        "Oct",
        "Trial 1",
        "Trial 2",
        "Score 1",
        "Date 1",
        "9/5",
        "9/12",
        "Notes",
        "",
        "WCPM",
    ]);
    let over = prop::sample::select(vec![
        "",
        "",
        "",
        "Fall",
        "Winter",
        "Goal 1",
        "Goal 2",
        "Reading",
        "Math",
        "Ana Lopez",
        "Ben Ochoa",
        "9/5",
    ]);
    let data =
        prop::sample::select(vec!["", "", "12", "80%", "4/5", "9/5/2025", "9/12/2025", "NA", "+", "-", "G", "Average", "2"]);
    let width = 2..9_usize;
    width.prop_flat_map(move |width| {
        let row = |cell| prop::collection::vec(cell, width);
        let overs = prop::collection::vec(prop::collection::vec(over.clone(), width), 0..3);
        let rows = prop::collection::vec(row(data.clone()), 0..6);
        (overs, row(title.clone()), rows, any::<bool>()).prop_map(|(overs, titles, rows, named)| {
            let mut lines: Vec<Vec<&str>> = overs;
            lines.push(titles);
            let header = lines.len();
            lines.extend(rows);
            let line = |(at, mut cells): (usize, Vec<&str>)| {
                match at + 1 {
                    above if above < header => {}
                    same if same == header => cells[0] = if named { "Student ID" } else { cells[0] },
                    _ => cells[0] = if named { "S1001" } else { cells[0] },
                }
                let cells = cells.into_iter().map(|cell| (!cell.is_empty()).then(|| cell.to_owned())).collect();
                HeadRow { number: at as u64 + 1, kinds: Vec::new(), cells }
            };
            lines.into_iter().enumerate().map(line).collect()
        })
    })
}

/// Two of them below each other, with something between them.
fn stacked() -> impl Strategy<Value = Vec<HeadRow>> {
    let between = prop::sample::select(vec![
        "",
        "Goal 2",
        "Ben Ochoa",
        "Student: Ben Ochoa",
        "Intervention",
        "Target: 90",
        "Note: the aide",
        "Ben",
    ]);
    (table(), between, table(), 0..3_u64).prop_map(|(mut rows, between, below, gap)| {
        let next = |rows: &[HeadRow]| rows.last().map_or(0, |row| row.number) + 1;
        let number = next(&rows) + gap;
        rows.push(HeadRow { number, kinds: Vec::new(), cells: vec![(!between.is_empty()).then(|| between.to_owned())] });
        let from = next(&rows);
        rows.extend(below.into_iter().map(|row| HeadRow { number: row.number - 1 + from, ..row }));
        rows
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_filled_cell_has_one_role(rows in prop_oneof![rows(), table(), stacked()], keep in 0..26_usize, name in prop::sample::select(vec!["", "Ana Lopez", "Goal 2", "Speech", "x"])) {
        let head: Vec<HeadRow> = rows.iter().filter(|row| row.cells.iter().flatten().any(|text| !text.trim().is_empty())).take(keep).cloned().collect();
        let make = || plan(&Sheet { file: "a.csv", name }, &head, head.len() < rows.len(), None);
        let planned = make();
        let again = make();
        prop_assert_eq!(planned.as_ref().err(), again.as_ref().err());
        let Ok(plan) = planned else { return Ok(()) };
        for row in &rows {
            let cells = row.lend();
            let row = GridRow { number: row.number, kinds: &row.kinds, cells: &cells };
            let Ok((_, plan)) = plan.at(row.number) else { continue };
            let mut record = Record::new(Kind::Point);
            let mut used = vec![0_u32; cells.len()];
            let mut items = 0;
            let mut complete = true;
            let fate = plan.row(&row, &mut record, |record, item| {
                items += 1;
                complete &= record.kind == plan.kind();
                for field in Field::ALL {
                    if let Some(slot) = record.slot(*field).filter(|slot| slot.column != Slot::NO_COLUMN) {
                        // The date of a column of scores may stand in its title.
                        let titled = *field == Field::Date && item.value_column == Some(slot.column);
                        if titled {
                            continue;
                        }
                        complete &= row.cell(usize::from(slot.column)) == Some(slot.text);
                        used[usize::from(slot.column)] += 1;
                    }
                }
            });
            prop_assert!(complete);
            for column in 0..cells.len() + 2 {
                let role = plan.role(&row, column);
                prop_assert_eq!(role == Role::Blank, row.cell(column).is_none());
                match fate {
                    RowFate::Items(count) => {
                        prop_assert_eq!(count, items);
                        if let Role::Value(_) = role {
                            prop_assert!(used[column] >= 1 || items == 0);
                        } else {
                            prop_assert_eq!(used.get(column).copied().unwrap_or(0), 0);
                        }
                    }
                    RowFate::Header => prop_assert!(matches!(role, Role::Header | Role::Blank)),
                    RowFate::Context => prop_assert!(matches!(role, Role::Context | Role::Blank)),
                    RowFate::Skipped(reason) => prop_assert!(role == Role::Skipped(reason) || role == Role::Blank),
                    RowFate::Blank => prop_assert_eq!(role, Role::Blank),
                }
            }
        }
    }
}
