//! What the workbooks promise, as another program reads them.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use aimline_model::codes::Code;
use aimline_report::{caseload, quarantine};
use calamine::{Data, Range, Reader, Xlsx};
use common::{District, small};
use std::io::Cursor;

type Book = Xlsx<Cursor<Vec<u8>>>;

fn open(bytes: Vec<u8>) -> Book {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

fn titles(sheet: &Range<Data>) -> Vec<String> {
    sheet.rows().next().unwrap().iter().map(ToString::to_string).collect()
}

fn cell<'a>(sheet: &'a Range<Data>, row: usize, title: &str) -> &'a Data {
    let column = titles(sheet).iter().position(|held| held == title).unwrap_or_else(|| panic!("no column {title}"));
    &sheet[(row, column)]
}

fn no_formulas(book: &mut Book) {
    for name in book.sheet_names() {
        assert!(book.worksheet_formula(&name).unwrap().used_cells().next().is_none(), "{name} has a formula");
    }
}

#[test]
fn the_caseload_is_typed() {
    let mut book = open(caseload(&small().input()).unwrap());
    assert_eq!(book.sheet_names(), ["Caseload", "Read me", "Files"]);
    no_formulas(&mut book);
    let sheet = book.worksheet_range("Caseload").unwrap();
    assert_eq!(sheet.height(), 4);
    assert_eq!(cell(&sheet, 1, "Status"), &Data::String("stalled".to_owned()));
    assert_eq!(cell(&sheet, 1, "Local id"), &Data::String("00125801".to_owned()));
    assert_eq!(cell(&sheet, 1, "State id"), &Data::String("0012345679".to_owned()));
    assert_eq!(cell(&sheet, 1, "First name"), &Data::String("=1+1".to_owned()));
    assert_eq!(cell(&sheet, 1, "Grade"), &Data::String("02".to_owned()));
    assert_eq!(cell(&sheet, 1, "Target"), &Data::Float(90.0));
    assert_eq!(cell(&sheet, 1, "P stalled"), &Data::Float(0.97));
    assert_eq!(cell(&sheet, 1, "Latest report says"), &Data::String("not making progress".to_owned()));
    for (title, date) in [("Target date", "2026-05-20"), ("First date", "2025-09-03"), ("Latest report", "2026-02-27")] {
        let Data::DateTime(value) = cell(&sheet, 1, title) else { panic!("{title} is no date") };
        let (year, month, day, ..) = value.to_ymd_hms_milli();
        assert_eq!(format!("{year}-{month:02}-{day:02}"), date);
    }
    // In the order of attention, and too few points for a gain.
    assert_eq!(cell(&sheet, 2, "Goal key"), &Data::String("G00000003".to_owned()));
    assert_eq!(cell(&sheet, 2, "Gain per week"), &Data::Empty);
}

#[test]
fn each_column_is_explained() {
    let mut book = open(caseload(&small().input()).unwrap());
    let columns = titles(&book.worksheet_range("Caseload").unwrap());
    let explained: Vec<String> = book.worksheet_range("Read me").unwrap().rows().map(|row| row[0].to_string()).collect();
    for column in columns {
        assert!(explained.contains(&column), "{column} is not explained");
    }
    let files = book.worksheet_range("Files").unwrap();
    assert_eq!(cell(&files, 1, "File"), &Data::String("Fall.xlsx".to_owned()));
    assert_eq!(cell(&files, 1, "Accepted"), &Data::Float(56.0));
}

#[test]
fn the_quarantine_has_the_original_cells() {
    let mut book = open(quarantine(&small().input()).unwrap());
    assert_eq!(book.sheet_names(), ["Summary", "Fall"]);
    no_formulas(&mut book);
    let sheet = book.worksheet_range("Fall").unwrap();
    assert_eq!(
        titles(&sheet),
        [
            "File",
            "Where",
            "What is wrong",
            "Seen",
            "Expected",
            "What to do",
            "Code",
            "Student ID",
            "Score",
            "Error",
            "Error",
            "Date",
            "Note",
            "Key (leave as it is)"
        ]
    );
    // Row 9 comes before row 14.
    assert_eq!(cell(&sheet, 1, "Where"), &Data::String("Speech › D9".to_owned()));
    assert_eq!(cell(&sheet, 2, "Where"), &Data::String("Speech › D14".to_owned()));
    assert_eq!(cell(&sheet, 2, "Student ID"), &Data::String("00125801".to_owned()));
    assert_eq!(cell(&sheet, 2, "Note"), &Data::String("=cmd|' /C calc'!A0".to_owned()));
    assert_eq!(cell(&sheet, 2, "Code"), &Data::String("S002".to_owned()));
    assert_eq!(sheet[(1, 10)], Data::String("y".to_owned()));
    let summary = book.worksheet_range("Summary").unwrap();
    assert_eq!(cell(&summary, 1, "Items"), &Data::Float(1.0));
}

#[test]
fn an_item_that_is_no_json_is_not_lost() {
    let mut district = small();
    district.set_aside(Code::S001, 20, "x", "not json");
    let sheet = open(quarantine(&district.input()).unwrap()).worksheet_range("Fall").unwrap();
    assert_eq!(cell(&sheet, 3, "Item"), &Data::String("not json".to_owned()));
}

#[test]
fn many_files_share_the_last_tab() {
    let mut district = District::empty();
    for file in 0..203 {
        district.source(&format!("f{file}"), &format!("{file:03}.csv"), [1, 0, 1, 0, 0]);
        district.set_aside(Code::S001, 2, "x", r#"[["Score","x"]]"#);
        district.quarantine[file].source_id = format!("f{file}");
    }
    let mut book = open(quarantine(&district.input()).unwrap());
    let names = book.sheet_names();
    assert_eq!((names.len(), names.last().unwrap().as_str()), (202, "More files"));
    assert_eq!(book.worksheet_range("More files").unwrap().height(), 4);
}

#[test]
fn nothing_set_aside_is_said_in_words() {
    let mut book = open(quarantine(&District::empty().input()).unwrap());
    let sheet = book.worksheet_range("Summary").unwrap();
    assert_eq!(sheet[(0, 0)], Data::String("Nothing was set aside.".to_owned()));
    let mut book = open(caseload(&District::empty().input()).unwrap());
    assert_eq!(book.worksheet_range("Caseload").unwrap().height(), 1);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let district = small();
    let first = (caseload(&district.input()).unwrap(), quarantine(&district.input()).unwrap());
    std::thread::sleep(std::time::Duration::from_millis(2_100));
    assert_eq!(first, (caseload(&district.input()).unwrap(), quarantine(&district.input()).unwrap()));
}
