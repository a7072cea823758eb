//! A file of records that were put together by `make_others.py`, records made here, and calamine as the second reader.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::Spreadsheet;
use crate::test_kit::{assert_same, by_calamine, by_us, lines, said, with_parts};
use aimline_plugin::testkit::import;
use calamine::{Reader, Xlsb};
use std::io::Cursor;

pub(crate) const PACKED: &[u8] = include_bytes!("../../tests/data/packed.xlsb");

#[test]
fn all_kinds_of_cells() {
    let recorded = import::<Spreadsheet>("x.xlsb", PACKED);
    assert_eq!(recorded.result, Ok(()));
    assert_eq!(
        lines(&recorded, "Goal 1"),
        [
            "1 tmmm Progress monitoring \u{2013} Fall 2025|~|~|~",
            "5  Student|Date|Score",
            "6 tdpfbe Ana O\u{2019}Neil|2025-10-03|0.8|0.8|TRUE|#REF!",
            "7 tdNTBEt|r in the cell|2025-10-10 13:05:00|42.5|yes|FALSE|#DIV/0!|rich",
        ]
    );
    assert_eq!(lines(&recorded, "hidden"), ["1  still read"]);
    assert_eq!(said(&recorded), ["F018 Goal 1: columns C to D; row 7", "F018 hidden: the sheet itself"]);
}

#[test]
fn calamine_reads_the_same() {
    let mut book: Xlsb<_> = Reader::new(Cursor::new(PACKED)).ok().unwrap();
    let mut ours = by_us(&import::<Spreadsheet>("x.xlsb", PACKED), "Goal 1");
    // It knows neither the error of a formula nor a rich text within the cell.
    ours.retain(|cell| cell.3 != "#DIV/0!" && cell.3 != "rich");
    assert_eq!(assert_same(ours, by_calamine(&mut book, "Goal 1"), true, ""), 15);
}

fn record(id: u16, data: &[u8]) -> Vec<u8> {
    let number = if id < 0x80 { vec![id as u8] } else { vec![id as u8 | 0x80, (id >> 7) as u8] };
    [&number[..], &[data.len() as u8], data].concat()
}

fn row(number: u32) -> Vec<u8> {
    record(0, &[&number.to_le_bytes()[..], &[0; 13]].concat())
}

#[track_caller]
fn check(cells: &[Vec<u8>], expected: &[&str], codes: &[&str]) {
    let recorded = import::<Spreadsheet>("x.xlsb", &with_parts(PACKED, &[("xl/worksheets/sheet1.bin", &cells.concat())]));
    assert_eq!(lines(&recorded, "Goal 1"), expected);
    let found: Vec<String> = said(&recorded).into_iter().filter(|said| !said.contains("hidden")).collect();
    assert_eq!(found, codes);
    assert_eq!(recorded.result, Ok(()));
}

#[test]
fn short_records() {
    // As SheetJS writes them: the column is the next one.
    let short = |id: u16, value: &[u8]| record(id, &[&[1, 0, 0, 0], value].concat());
    check(
        &[
            row(2),
            record(7, &[2, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0]),
            short(13, &(80_u32 << 2 | 3).to_le_bytes()),
            short(12, &[]),
            short(14, &[0x2A]),
            short(15, &[1]),
            short(16, &0.5_f64.to_le_bytes()),
            short(17, b"\x01\0\0\0a\0"),
            short(18, &[1, 0, 0, 0]),
            record(146, &[]),
        ],
        &["3 zztpzebptt ~|~|Ana O\u{2019}Neil|0.8|~|#N/A|TRUE|0.5|a|Student"],
        &[],
    );
}

#[test]
fn damage_keeps_the_rows_before_it() {
    let cell = |column: u8| record(2, &[column, 0, 0, 0, 0, 0, 0, 0, 42 << 2 | 2, 0, 0, 0]);
    let damaged = "F003 Goal 1: a damaged sheet; its rows were read up to the damage, and none after it";
    check(&[row(0), cell(0), row(1), cell(1)], &["1 n 42"], &[damaged]);
    check(&[row(0), cell(0), record(2, &[1, 0]), row(1), cell(1)], &[], &[damaged]);
    check(&[row(0), cell(0), vec![2, 12, 0]], &[], &[damaged]);
    check(&[row(1 << 20), cell(0), record(146, &[])], &[], &[damaged]);
    // A text that is not there.
    let dangling = record(7, &[0, 0, 0, 0, 0, 0, 0, 0, 99, 0, 0, 0]);
    let said = "F003 Goal 1 \u{203a} A1: a cell that points to a shared text that is not there; it was read as blank";
    check(&[row(0), dangling, cell(1), record(146, &[])], &["1 zn ~|42"], &[said]);
}
