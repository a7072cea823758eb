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
    assert_eq!(book.sheet_names(), ["Caseload", "Probe plan", "Read me", "Files"]);
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
fn the_probe_plan_says_whom_to_measure() {
    let mut district = small();
    for (flag, points) in district.flags.iter_mut().zip([2, 9, 60]) {
        (flag.status, flag.points_needed) = ("uncertain", Some(points));
    }
    let due = ["2026-03-20", "2026-05-07", "2026-05-20"].map(|day| day.parse().unwrap());
    district.enrollments.iter_mut().for_each(|row| row.case_manager = Some("Grant, P.".to_owned()));
    district.plans.iter_mut().zip(due).for_each(|(plan, due)| plan.annual_review_due = Some(due));
    let mut book = open(caseload(&district.input()).unwrap());
    let sheet = book.worksheet_range("Probe plan").unwrap();
    let lines: Vec<String> = (1..sheet.height())
        .map(|row| {
            let text = |title| cell(&sheet, row, title).to_string();
            let Data::DateTime(settled) = cell(&sheet, row, "Settled by") else { panic!("no date") };
            let (_, month, day, ..) = settled.to_ymd_hms_milli();
            format!("{} {} {month}/{day} {}", text("Last name"), text("Weekly points still needed"), text("Before it"))
        })
        .collect();
    // 14 days from 6 March are the day of the review; 63 days are a day late.
    assert_eq!(lines, ["<script>alert(1)</script> 2 3/20 yes", "Brown 9 5/8 no", "Reyes 60 4/30 no"]);
    let words =
        "Measure 1 student each week: 1 of 3 uncertain verdicts may settle before their reviews, if scores go on as they did.";
    assert!((1..4).all(|row| cell(&sheet, row, "In words") == &Data::String(words.to_owned())));
    let mut book = open(caseload(&small().input()).unwrap());
    assert_eq!(book.worksheet_range("Probe plan").unwrap().height(), 1, "nothing is uncertain");
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

/// All cells of a tab, a line a row, as text.
fn text(bytes: Vec<u8>, tab: &str) -> String {
    let sheet = open(bytes).worksheet_range(tab).unwrap();
    let cell = |cell: &Data| match cell {
        Data::DateTime(value) => {
            let (year, month, day, ..) = value.to_ymd_hms_milli();
            format!("{year}-{month:02}-{day:02}")
        }
        other => other.to_string(),
    };
    let rows =
        sheet.rows().map(|row| row.iter().map(cell).collect::<Vec<_>>().join(" | ").trim_end_matches([' ', '|']).to_owned());
    rows.collect::<Vec<_>>().join("\n")
}

fn checked() -> District {
    let mut district = small();
    let row = |check: &str, n: u32, outcome: &'static str, due: Option<&str>, text: &str| {
        let info = aimline_model::checks::check(check).unwrap();
        let open = matches!(outcome, "not_applicable" | "cannot_determine");
        aimline_model::analysis::Check {
            check: info.id,
            title: info.title,
            severity: info.severity.as_str(),
            citation: (!info.citation.is_empty()).then(|| info.citation.to_owned()),
            subject_kind: "goal",
            subject_key: format!("G{n:08}"),
            student_key: Some(format!("S{n:08}")),
            goal_key: Some(format!("G{n:08}")),
            outcome,
            due: due.map(common::day),
            seen: if open { String::new() } else { text.to_owned() },
            why: open.then(|| text.to_owned()),
            source_id: Some("s1".to_owned()),
            dese_indicator: (info.id == "C06").then(|| "our own 12".to_owned()),
            ..Default::default()
        }
    };
    district.check_places = (1..3).map(|n| (format!("G{n:08}"), format!("goal {n}"))).collect();
    district.checks = vec![
        row("C01", 1, "fail", None, "no way of measuring is ticked"),
        row("C03", 1, "not_applicable", Some("2026-03-27"), "Quarter 3: the report is due by 27 Mar 2026"),
        row("C03", 1, "fail", Some("2026-01-02"), "Quarter 2: no report"),
        row("C03", 1, "pass", Some("2025-10-31"), "Quarter 1: a report of 17 Oct 2025"),
        row("C06", 1, "pass", Some("2026-05-04"), "due 4 May 2026; not due yet"),
        row("C07", 1, "pass", Some("2027-01-02"), "evaluated on 2 Jan 2024; due 2 Jan 2027"),
        row("C15", 1, "fail", None, "no number for: baseline"),
        row("C21", 1, "pass", None, "all are named"),
        row("C01", 2, "cannot_determine", None, "the file has no place for it"),
        row("C06", 2, "fail", Some("2026-03-05"), "due 5 Mar 2026; 1 days over"),
        row("C08", 2, "not_applicable", None, "no alternate assessment"),
    ];
    district
}

#[test]
fn the_checks_read_like_this() {
    let district = checked();
    let bytes = aimline_report::checks(&district.input()).unwrap();
    let mut book = open(bytes.clone());
    assert_eq!(book.sheet_names(), ["Due dates", "To do", "File review", "About"]);
    no_formulas(&mut book);
    for tab in ["Due dates", "To do", "File review", "About"] {
        insta::assert_snapshot!(tab.to_lowercase().replace(' ', "_"), text(bytes.clone(), tab));
    }
    assert_eq!(bytes, aimline_report::checks(&district.input()).unwrap(), "the same input gives the same bytes");
}

#[test]
fn a_blank_answer_has_its_reason_in_a_note() {
    let bytes = aimline_report::checks(&checked().input()).unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut notes = String::new();
    std::io::Read::read_to_string(&mut zip.by_name("xl/comments1.xml").unwrap(), &mut notes).unwrap();
    assert!(notes.contains("the file has no place for it"), "{notes}");
    assert!(notes.contains("nothing that this check looks at was read"));
}

#[test]
fn a_district_without_checks_has_an_empty_workbook() {
    let mut book = open(aimline_report::checks(&District::empty().input()).unwrap());
    assert_eq!(book.worksheet_range("To do").unwrap().height(), 1);
}
