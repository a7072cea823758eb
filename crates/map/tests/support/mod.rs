//! Small grids written as text: cells between `|`, a kind before `~` (`d~2025-09-05`), a blank line is a blank row.
#![allow(dead_code)] // Not each test file uses all of it.

use aimline_map::{GridRow, HEAD_ROWS, HeadRow, MapProfile, Plan, RowFate, Sheet, Stop, plan};
use aimline_model::record::Record;
use aimline_model::staged::{Field, Kind};

pub(crate) fn grid(text: &str) -> Vec<HeadRow> {
    let mut rows = Vec::new();
    for (at, line) in text.trim_matches('\n').lines().enumerate() {
        let (mut kinds, mut cells) = (Vec::new(), Vec::new());
        for cell in line.split('|').map(str::trim) {
            let (kind, text) = match cell.split_once('~') {
                Some((kind, text)) if kind.len() == 1 => (kind.as_bytes()[0], text),
                _ => (b't', cell),
            };
            kinds.push(if text.is_empty() { b'z' } else { kind });
            cells.push((!text.is_empty()).then(|| text.to_owned()));
        }
        if cells.iter().any(Option::is_some) {
            rows.push(HeadRow { number: at as u64 + 1, kinds, cells });
        }
    }
    rows
}

pub(crate) fn planned(sheet: &str, rows: &[HeadRow], profile: Option<&MapProfile>) -> Result<Plan, Stop> {
    let head = &rows[..rows.len().min(HEAD_ROWS)];
    plan(&Sheet { file: "book.xlsx", name: sheet }, head, rows.len() > head.len(), profile)
}

/// The plan of a grid, and each row: its fate and its records as `field=text` lines.
pub(crate) fn read(sheet: &str, text: &str) -> (Plan, Vec<(u64, RowFate)>, Vec<String>) {
    let rows = grid(text);
    let plan = planned(sheet, &rows, None).unwrap_or_else(|stop| panic!("{stop}"));
    let (fates, records) = run(&plan, &rows);
    (plan, fates, records)
}

pub(crate) fn run(plan: &Plan, rows: &[HeadRow]) -> (Vec<(u64, RowFate)>, Vec<String>) {
    let (mut fates, mut records) = (Vec::new(), Vec::new());
    for row in rows {
        let cells = row.lend();
        let row = GridRow { number: row.number, kinds: &row.kinds, cells: &cells };
        let mut record = Record::new(Kind::Point);
        let Ok((_, plan)) = plan.at(row.number) else {
            fates.push((row.number, RowFate::Skipped("stopped")));
            continue;
        };
        let fate = plan.row(&row, &mut record, |record, item| {
            let mut line = String::new();
            for field in Field::ALL {
                if let Some(slot) = record.slot(*field) {
                    line += &format!("{}={} ", field.name(), slot.text);
                }
            }
            if let Some(column) = item.value_column {
                line += &format!("@{column}");
            }
            records.push(line.trim_end().to_owned());
        });
        fates.push((row.number, fate));
    }
    (fates, records)
}

pub(crate) fn stopped(sheet: &str, text: &str) -> Stop {
    match planned(sheet, &grid(text), None) {
        Err(stop) => stop,
        Ok(plan) => panic!("planned as {:?}: {:?}", plan.layout(), plan.columns()),
    }
}

pub(crate) fn field_of(plan: &Plan, title: &str) -> Option<Field> {
    plan.columns().iter().find(|column| column.title == title).and_then(|column| match column.role {
        aimline_map::ColumnRole::Field(field) => Some(field),
        _ => None,
    })
}
