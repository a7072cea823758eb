//! .xls files of two writers, streams of hand-made records, and calamine as the second reader.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::Spreadsheet;
use crate::test_kit::{Random, compare, lines, said, sheets, status};
use aimline_plugin::abi;
use aimline_plugin::testkit::{Recorded, import};
use calamine::Xls;
use std::io::{Cursor, Write as _};

pub(crate) const XLWT: &[u8] = include_bytes!("../../tests/data/xlwt.xls");
const XLWT_1904: &[u8] = include_bytes!("../../tests/data/xlwt1904.xls");
pub(crate) const OFFICE: &[u8] = include_bytes!("../../tests/data/office.xls");

#[test]
fn written_by_xlwt() {
    let recorded = import::<Spreadsheet>("x.xls", XLWT);
    assert_eq!(recorded.result, Ok(()));
    let expected = [
        "1 tmmm Progress monitoring \u{2013} Fall 2025|~|~|~",
        "4  Student|Date|Score|Percent|Trials|Note",
        "5 tdnpfd Ana O\u{2019}Neil|2025-10-03|42|0.8|0.8|09:30:00",
        "6 tdnpfd Li & Wu|2025-10-10|0.1|0.255|0.5|2025-10-10 13:05:00",
        "7 tdnpfb|r   padded  |2025-10-17|-7.25|1|0.25|TRUE",
        "8 tdnpfe line\nbreak|2025-10-24|0.0000001|0|1|#DIV/0!",
        "9 tdnpft 00125867|2025-10-31|123456789012|0.333|2|read 42 words",
    ];
    assert_eq!(lines(&recorded, "Reading <1>"), expected);
    assert_eq!(lines(&recorded, "hidden"), ["1  still read"]);
    assert_eq!(lines(&recorded, "texts")[249], format!("250  249 {}", "\u{3b1}\u{3b2}\u{3b3} ".repeat(6)));
    assert_eq!(
        said(&recorded),
        ["F018 Reading <1>: column D; row 7", "F018 hidden: the sheet itself", "F010 empty: a sheet without any filled cell"]
    );
    // Days of the 1904 system are the same dates.
    assert_eq!(lines(&import::<Spreadsheet>("x.xls", XLWT_1904), "Reading <1>"), expected);
}

#[test]
fn written_by_libreoffice() {
    let recorded = import::<Spreadsheet>("x.xls", OFFICE);
    assert_eq!(recorded.result, Ok(()));
    let goal = lines(&recorded, "Goal 1");
    assert_eq!(goal[0], "1 tmmm Progress monitoring \u{2013} Fall 2025|~|~|~");
    assert_eq!(goal[2], "4 dnpftN 2025-09-01|0|0|0|read 42 words|0");
    // LibreOffice itself writes 0 for the text that this formula gave; xlrd sees it too.
    assert_eq!(goal[3], "5 dnpftN 2025-09-08|1.1|0.025|0.125|tab\tand _x0041_ and \u{7}|0");
    assert_eq!(goal[4], "6 dnpfBB 2025-09-15|2.2|0.05|0.25|FALSE|TRUE");
    assert_eq!(goal[5], "7 dnpfzE 2025-09-22|3.3|0.075|0.375|~|#DIV/0!");
    assert_eq!(goal[6], "8 dnpfzP 2025-09-29|4.4|0.1|0.5|~|0.1");
    assert_eq!(goal[8], "10 dnpf|r 2025-10-13|6.600000000000001|0.15|0.75");
    assert_eq!(sheets(&recorded), ["Goal 1", "Chart", "last"]);
}

#[test]
fn calamine_reads_the_same() {
    assert!(compare::<Xls<_>>(XLWT) > 250);
    assert!(compare::<Xls<_>>(XLWT_1904) > 30);
    assert!(compare::<Xls<_>>(OFFICE) > 160);
}

fn record(id: u16, data: &[u8]) -> Vec<u8> {
    [&id.to_le_bytes(), &(data.len() as u16).to_le_bytes(), data].concat()
}

/// A stream of one sheet; 0x0500 is BIFF5, 0x0600 BIFF8.
fn book(version: u16, globals: &[Vec<u8>], cells: &[Vec<u8>]) -> Vec<u8> {
    let begin = |kind: u16| record(0x0809, &[version.to_le_bytes(), kind.to_le_bytes(), [0; 2], [0; 2]].concat());
    let globals = globals.concat();
    let name: &[u8] = if version == 0x0500 { b"\x02S\xE9" } else { b"\x02\0S\xE9" };
    let at = (begin(5).len() + globals.len() + 10 + name.len() + 4) as u32;
    let sheet = record(0x85, &[&at.to_le_bytes()[..], &[0, 0], name].concat());
    [begin(5), globals, sheet, record(0x0A, &[]), begin(0x10), cells.concat(), record(0x0A, &[])].concat()
}

/// The place and the style before each cell.
fn place(row: u16, column: u16, style: u16) -> Vec<u8> {
    [row, column, style].iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn number(row: u16, column: u16, value: f64) -> Vec<u8> {
    record(0x0203, &[place(row, column, 0), value.to_le_bytes().to_vec()].concat())
}

fn rk(row: u16, column: u16, packed: u32) -> Vec<u8> {
    record(0x027E, &[place(row, column, 0), packed.to_le_bytes().to_vec()].concat())
}

/// A stream with a record of each kind.
pub(crate) fn sample(version: u16) -> Vec<u8> {
    let label: &[u8] = if version == 0x0500 { b"\x03\0abc" } else { b"\x03\0\0abc" };
    let shared = record(0xFC, &[&[2, 0, 0, 0, 2, 0, 0, 0][..], b"\x02\0\0ok\x01\0\x08\x01\0x\0\0\0\0"].concat());
    let formula = [place(1, 1, 0), vec![0, 0, 0, 0, 0, 0, 0xFF, 0xFF], vec![0; 8]].concat();
    let many =
        [&place(2, 0, 0)[..4], &[0, 0], &(7_u32 << 2 | 2).to_le_bytes(), &[0, 0], &(8_u32 << 2 | 2).to_le_bytes(), &[1, 0]];
    let globals = [
        record(0x42, &1252_u16.to_le_bytes()),
        record(0x22, &[0, 0]),
        record(0x041E, &[&164_u16.to_le_bytes()[..], b"\x03\0\0", b"0.%"].concat()),
        record(0xE0, &[0, 0, 0, 0]),
        record(0xE0, &[0, 0, 14, 0]),
        shared,
    ];
    let cells = [
        record(0x7D, &[1, 0, 1, 0, 0, 0, 0, 0, 1, 0]),
        record(0x0208, &[&[1, 0][..], &[0; 10], &[0x20, 0, 0, 0]].concat()),
        number(0, 0, 45_933.5),
        record(0x0204, &[&place(0, 1, 1), label].concat()),
        record(0xFD, &[place(0, 2, 0), vec![1, 0, 0, 0]].concat()),
        record(0x0205, &[place(1, 0, 0), vec![0x17, 1]].concat()),
        record(6, &formula),
        record(0x0207, label),
        record(0xBD, &many.concat()),
        rk(3, 0, 42 << 2 | 2),
        record(0xE5, &[1, 0, 0, 0, 1, 0, 3, 0, 4, 0]),
    ];
    book(version, &globals, &cells)
}

fn read(stream: &[u8]) -> (Vec<String>, Recorded) {
    let recorded = import::<Spreadsheet>("x.xls", stream);
    let rows = lines(&recorded, "S\u{e9}");
    (rows, recorded)
}

#[track_caller]
fn check(version: u16, globals: &[Vec<u8>], cells: &[Vec<u8>], expected: &[&str]) {
    let (rows, recorded) = read(&book(version, globals, cells));
    assert_eq!(recorded.result, Ok(()));
    assert_eq!(rows, expected);
}

#[test]
fn numbers() {
    check(0x0600, &[], &[rk(0, 0, 42 << 2 | 2), rk(0, 1, 1234 << 2 | 3)], &["1 nn 42|12.34"]);
    check(0x0600, &[], &[rk(0, 0, (-5_i32 << 2) as u32 | 2), rk(0, 1, (0.5_f64.to_bits() >> 32) as u32)], &["1 nn -5|0.5"]);
    let many =
        [&place(2, 1, 0)[..4], &[0, 0], &(7_u32 << 2 | 2).to_le_bytes(), &[0, 0], &(8_u32 << 2 | 2).to_le_bytes(), &[2, 0]];
    check(0x0600, &[], &[record(0xBD, &many.concat())], &["3 znn ~|7|8"]);
    check(0x0600, &[], &[number(0, 0, f64::NAN), number(0, 1, 1.0)], &["1 zn ~|1"]);
    // A workbook's own code for a format, and one that only Excel knows.
    let code = record(0x041E, &[&164_u16.to_le_bytes()[..], b"\x03\0\0", b"0.%"].concat());
    let style = |format: u16| record(0xE0, &[[0; 2], format.to_le_bytes()].concat());
    let cell = |column: u16, style: u16| record(0x0203, &[place(0, column, style), 0.25_f64.to_le_bytes().to_vec()].concat());
    check(
        0x0600,
        &[code, style(0), style(164), style(12), style(46)],
        &[cell(0, 1), cell(1, 2), cell(2, 3), cell(3, 9)],
        &["1 pfdn 0.25|0.25|06:00:00|0.25"],
    );
}

#[test]
fn rows_in_any_order() {
    let hidden = record(0x0208, &[&4_u16.to_le_bytes()[..], &[0; 10], &[0x20, 0, 0, 0]].concat());
    check(
        0x0600,
        &[],
        &[number(9, 0, 10.0), number(4, 1, 5.0), hidden, number(9, 2, 11.0), number(4, 0, 4.0), number(4, 1, 6.0)],
        &["5 nn|r 4|6", "10 nzn 10|~|11"],
    );
}

#[test]
fn texts() {
    let label = |data: &[u8]| record(0x0204, &[&place(0, 0, 0), data].concat());
    check(0x0600, &[], &[label(b"\x03\0\0A\xE9B")], &["1  A\u{e9}B"]);
    check(0x0600, &[], &[label(b"\x02\0\x01\xB1\x03\xB2\x03")], &["1  \u{3b1}\u{3b2}"]);
    // Windows-1252, and the code page that the workbook names.
    check(0x0500, &[], &[label(b"\x03\0A\x92B")], &["1  A\u{2019}B"]);
    let (_, recorded) = read(&book(0x0500, &[record(0x42, &1251_u16.to_le_bytes())], &[label(b"\x01\0\xC0")]));
    assert_eq!(lines(&recorded, "S\u{439}"), ["1  \u{410}"]);
    // A text goes on in the next record, where its characters may be of another width; formats of its parts are passed over.
    let shared = [
        record(0xFC, &[&[2, 0, 0, 0, 2, 0, 0, 0][..], b"\x06\0\x08\x01\0AB"].concat()),
        record(0x3C, b"\x01C\0\xB1\x03"),
        record(0x3C, b"\0D!\x01\0\x02\0"),
        record(0x3C, b"\x02\0\0ok"),
    ];
    let cell = |column: u16, index: u32| record(0xFD, &[place(0, column, 0), index.to_le_bytes().to_vec()].concat());
    check(0x0600, &shared, &[cell(0, 0), cell(1, 1)], &["1  ABC\u{3b1}D!|ok"]);
    let (rows, recorded) = read(&book(0x0600, &shared, &[cell(0, 5), cell(1, 1)]));
    assert_eq!((rows, recorded.codes()), (vec!["1 zt ~|ok".to_owned()], vec!["F003"]));
}

#[test]
fn formulas() {
    let formula = |column: u16, value: [u8; 8]| record(6, &[place(0, column, 0), value.to_vec(), vec![0; 8]].concat());
    let special = |what: u8, value: u8| [what, 0, value, 0, 0, 0, 0xFF, 0xFF];
    check(
        0x0600,
        &[],
        &[
            formula(0, 4.5_f64.to_le_bytes()),
            formula(1, special(0, 0)),
            record(0x04BC, &[0; 10]),
            record(0x0207, b"\x03\0\0y"),
            record(0x3C, b"\0es"),
            formula(2, special(1, 1)),
            formula(3, special(2, 0x2A)),
            formula(4, special(3, 0)),
        ],
        &["1 NTBE 4.5|yes|TRUE|#N/A"],
    );
}

#[test]
fn a_chart_within_the_sheet_has_no_cells() {
    let chart = [record(0x0809, &[0, 6, 0x20, 0, 0, 0, 0, 0]), number(0, 0, 9.0), record(0x0A, &[])].concat();
    check(0x0600, &[], &[number(0, 1, 1.0), chart, number(0, 2, 2.0)], &["1 znn ~|1|2"]);
}

#[test]
fn what_is_not_read_is_refused_in_words() {
    let locked = read(&book(0x0600, &[record(0x2F, &[0; 6])], &[])).1;
    assert_eq!((locked.codes(), status(&locked)), (vec!["F004"], abi::UNSUPPORTED));
    let ancient = read(&record(0x0409, &[0, 4, 0x10, 0, 0, 0])).1;
    assert_eq!((ancient.codes(), status(&ancient)), (vec!["F014"], abi::UNSUPPORTED));
}

#[test]
fn damage_keeps_the_rows_before_it() {
    let whole = book(0x0600, &[], &[number(0, 0, 1.0), number(1, 0, 2.0), number(2, 0, 3.0)]);
    let (rows, recorded) = read(&whole[..whole.len() - 10]);
    assert_eq!(rows, ["1 n 1"], "row 2 may lack cells");
    assert_eq!(said(&recorded), ["F003 S\u{e9}: a damaged sheet; its rows were read up to the damage, and none after it"]);
    assert_eq!(recorded.result, Ok(()), "what was read counts");
    for cut in [600, XLWT.len() / 2, XLWT.len() - 600] {
        let recorded = import::<Spreadsheet>("x.xls", &XLWT[..cut]);
        assert_eq!((recorded.codes(), status(&recorded)), (vec!["F003"], abi::FORMAT), "{cut}");
    }
}

/// A container around a stream, for damage within the stream.
fn container(stream: &[u8]) -> Vec<u8> {
    let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    container.create_stream("/Workbook").unwrap().write_all(stream).unwrap();
    container.flush().unwrap();
    container.into_inner().into_inner()
}

#[test]
fn the_container_makes_no_difference() {
    let stream = book(0x0600, &[], &[number(0, 0, 1.0)]);
    assert_eq!(read(&container(&stream)).0, read(&stream).0);
}

#[test]
fn calamine_reads_generated_sheets_the_same() {
    let mut random = Random(97);
    let mut cells = 0;
    for round in 0..60 {
        let (version, label): (u16, &[u8]) = if round % 2 == 0 { (0x0600, b"\x03\0\0a\xE9 ") } else { (0x0500, b"\x03\0a\xE9 ") };
        let mut all = Vec::new();
        for row in 0..random.below(30) as u16 {
            let mut column = 0;
            while random.below(6) > 0 {
                all.push(match random.below(4) {
                    0 => number(row * 3, column, random.below(100_000) as f64 / 64.0),
                    1 => rk(row * 3, column, (random.below(1 << 30) as u32) << 2 | random.below(2) as u32 | 2),
                    2 => record(0x0204, &[&place(row * 3, column, 0)[..], label].concat()),
                    _ => record(0x0205, &[place(row * 3, column, 0), vec![random.below(2) as u8, 0]].concat()),
                });
                column += 1 + random.below(3) as u16;
            }
        }
        let globals = [record(0x42, &1252_u16.to_le_bytes())];
        cells += compare::<Xls<_>>(&container(&book(version, if version == 0x0500 { &globals } else { &[] }, &all)));
    }
    assert!(cells > 1000, "{cells}");
}
