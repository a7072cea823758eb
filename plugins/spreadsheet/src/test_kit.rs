//! What the tests of all containers share: how rows are shown, a generator, and calamine as the second reader.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::Spreadsheet;
use aimline_plugin::abi;
use aimline_plugin::testkit::{Recorded, RecordedRow, import};
use calamine::{Data, Reader, SheetType};
use std::io::{Cursor, Read as _, Write as _};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A row as one line: `7 nt 42|a text`, a blank cell is `~`; kinds that are all text are left out by the host's rule.
pub(crate) fn line(row: &RecordedRow) -> String {
    let cells: Vec<&str> = row.cells[1..].iter().map(|cell| cell.as_deref().unwrap_or("~")).collect();
    format!("{} {} {}", row.row, row.cells[0].as_deref().unwrap_or_default(), cells.join("|"))
}

/// All rows of a sheet.
pub(crate) fn lines(recorded: &Recorded, table: &str) -> Vec<String> {
    assert_eq!(recorded.faults, [""; 0]);
    recorded.table(table).map_or(Vec::new(), |table| table.rows.iter().map(line).collect())
}

/// Each diagnostic as `code place: what was seen`.
pub(crate) fn said(recorded: &Recorded) -> Vec<String> {
    let Some(table) = recorded.table("diagnostics") else { return Vec::new() };
    let cell = |row, name| table.cell(row, name).unwrap_or_default();
    (0..table.rows.len()).map(|row| format!("{} {}: {}", cell(row, "code"), cell(row, "at"), cell(row, "seen"))).collect()
}

/// The names of the sheets.
pub(crate) fn sheets(recorded: &Recorded) -> Vec<&str> {
    recorded.tables.iter().filter(|table| table.columns.is_empty()).map(|table| table.name.as_str()).collect()
}

/// A filled cell: row from 1, column from 0, kind, text.
pub(crate) type Seen = (u32, u32, char, String);

/// A cell as calamine reads it.
pub(crate) fn seen(row: u32, column: u32, value: &Data) -> Option<Seen> {
    let (kind, text) = match value {
        Data::Empty => return None,
        Data::String(text) => ('t', text.clone()),
        Data::Int(number) => ('n', number.to_string()),
        Data::Float(number) => ('n', number.to_string()),
        Data::Bool(value) => ('b', if *value { "TRUE".to_owned() } else { "FALSE".to_owned() }),
        Data::Error(error) => ('e', error.to_string()),
        Data::DateTime(serial) => ('d', {
            let (year, month, day, hour, minute, second, _) = serial.to_ymd_hms_milli();
            if serial.is_duration() {
                "duration".to_owned()
            } else if (hour, minute, second) == (0, 0, 0) {
                format!("{year:04}-{month:02}-{day:02}")
            } else {
                format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
            }
        }),
        Data::DateTimeIso(text) => ('d', text.replace('T', " ")),
        Data::DurationIso(text) => ('d', text.clone()),
    };
    (!text.is_empty()).then_some((row + 1, column, kind, text))
}

/// The same from what was recorded: kinds of formulas, percents and fractions as calamine tells them apart.
pub(crate) fn by_us(recorded: &Recorded, sheet: &str) -> Vec<Seen> {
    let mut found = Vec::new();
    for row in &recorded.table(sheet).unwrap().rows {
        let kinds: Vec<char> = row.cells[0].as_deref().unwrap_or("").chars().collect();
        for (column, cell) in row.cells[1..].iter().enumerate() {
            let Some(text) = cell else { continue };
            let kind = match kinds.get(column).map_or('t', char::to_ascii_lowercase) {
                'p' | 'f' => 'n',
                kind => kind,
            };
            found.push((row.row as u32, column as u32, kind, text.clone()));
        }
    }
    found
}

/// Asserts that two readers saw the same; of dates only those of this century, if they are `loose`: a clock time has no date
/// here, and a duration is written out, which is tested by itself.
#[track_caller]
pub(crate) fn assert_same(mut ours: Vec<Seen>, mut theirs: Vec<Seen>, loose: bool, sheet: &str) -> usize {
    theirs.retain(|cell| cell.1 < 16_383);
    for cell in ours.iter_mut().chain(&mut theirs).filter(|cell| loose && cell.2 == 'd' && !cell.3.starts_with("20")) {
        cell.3 = String::new();
    }
    assert_eq!(ours, theirs, "{sheet}");
    theirs.len()
}

/// All filled cells of a sheet, as calamine's reader of this container gives them.
pub(crate) fn by_calamine<'a, R: Reader<Cursor<&'a [u8]>>>(book: &mut R, sheet: &str) -> Vec<Seen> {
    let range = book.worksheet_range(sheet).ok().unwrap();
    let (top, left) = range.start().unwrap_or_default();
    let cells = range.used_cells();
    cells.filter_map(|(row, column, value)| seen(top + row as u32, left + column as u32, value)).collect()
}

/// Compares all sheets cell by cell with calamine's reader of this container; says how many cells.
#[track_caller]
pub(crate) fn compare<'a, R: Reader<Cursor<&'a [u8]>>>(data: &'a [u8]) -> usize {
    let recorded = import::<Spreadsheet>("x", data);
    let mut book = R::new(Cursor::new(data)).ok().unwrap();
    let known = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let names: Vec<String> = known.map(|sheet| sheet.name.clone()).collect();
    assert_eq!(sheets(&recorded), names);
    let mut count = 0;
    for name in names {
        count += assert_same(by_us(&recorded, &name), by_calamine(&mut book, &name), true, &name);
    }
    count
}

/// The parts of a zip container, some of them replaced.
pub(crate) fn with_parts(container: &[u8], replaced: &[(&str, &[u8])]) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(container)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut part = from.by_index(index).unwrap();
        let mut data = Vec::new();
        part.read_to_end(&mut data).unwrap();
        let name = part.name().unwrap().into_owned();
        to.start_file(&*name, SimpleFileOptions::default()).unwrap();
        let data = replaced.iter().find(|(known, _)| *known == name).map_or(data.as_slice(), |(_, data)| data);
        to.write_all(data).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// A small generator: the same numbers on every machine.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit
    }

    pub(crate) fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

/// How the call ended.
pub(crate) fn status(recorded: &Recorded) -> abi::Status {
    recorded.result.as_ref().err().map_or(abi::OK, |error| error.status)
}
