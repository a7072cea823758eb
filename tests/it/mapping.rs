//! `check --explain-mapping`: where every cell went.

use crate::support::{Workspace, aimline, files, records, sample_inbox};
use calamine::Reader;
use std::collections::BTreeMap;

const LOG: &str =
    "Room 12,,\nStudent: Ana Lopez,,\n,,\nDate,Score (wcpm),Bus stop\n9/5/2025,40,7th\n9/12/2025,41,\nAverage,40.5,\n";
const STOPPED: &str = "Student ID,Dte,Score,Pupil nme\n1001,9/5/2025,31,x\n";

fn explained(path: &std::path::Path) -> String {
    let ran = aimline(&["check", "--explain-mapping", path.to_str().unwrap()]);
    assert!(ran.status == 0 || ran.status == 1, "{}", ran.stderr);
    ran.stdout
}

#[test]
fn each_column_with_its_title_its_meaning_and_how_it_was_found() {
    let space = Workspace::with(&[("log.csv", LOG)]);
    let said = explained(&space.inbox().join("log.csv"));
    insta::assert_snapshot!(said.split_once("\n\n").unwrap().0, @r##"
    log.csv
      Layout    log: a row is a data point of the one student that the sheet is about
      Titles    row 4
        column            what it is                found by
        A   Date          Date (date)               known title            2 cells
        B   Score (wcpm)  Score (score), unit wcpm  known title            2 cells
        C   Bus stop      not used                  unknown or not needed  1 cell
      Said once A2: "Ana Lopez" is Student (student_name)
      Not used  A1: "Room 12"
      Skipped   mean row: 1 row, 2 cells
      Rows      2 rows with data, 2 items
      Cells     12 filled cells = 3 titles + 2 above or between the rows + 4 in used columns + 1 in unused columns + 2 in skipped rows
    "##);
}

#[test]
fn a_stopped_sheet_says_what_it_would_be_and_which_command_begins_a_profile() {
    let space = Workspace::with(&[("odd.csv", STOPPED)]);
    let path = space.inbox().join("odd.csv");
    let said = explained(&path).replace(path.to_str().unwrap(), "[FILE]");
    insta::assert_snapshot!(said, @r##"
    odd.csv
      Stopped   H006: a header is not sure enough; its rows are set aside until this is settled
                seen "Dte"
                expected a column with the date of each score, such as Date
        column          what it would be         found by
        A   Student ID  Student ID (student_id)  known title                holds numbers
        B   Dte         perhaps Date (date)      resembles "Date", 87 %     holds dates
        C   Score       Score (score)            known title                holds numbers
        D   Pupil nme   Student (student_name)   resembles "Student", 93 %  holds texts
      Cells     8 filled cells = 8 in a sheet that was stopped

    error[H006]: a header is not sure enough
      odd.csv › B1
      seen      "Dte"
      expected  a column with the date of each score, such as Date
      Rename the column to "Date", or confirm it in a mapping profile: "Dte" = "date".
      For a profile to start from, type: aimline profile suggest "[FILE]"

    odd.csv: read by spreadsheet; 1 item = 0 accepted + 1 set aside + 0 already known + 0 skipped
    Read 1 item from 1 file: 0 accepted + 1 set aside + 0 already known + 0 skipped.
    Nothing was written.
    "##);
}

/// The blocks that were printed, by the file and the sheet in their first line, with all numbers of their sums.
fn sums(said: &str) -> BTreeMap<String, Vec<(u64, u64)>> {
    let mut sums: BTreeMap<String, Vec<(u64, u64)>> = BTreeMap::new();
    let mut place = "";
    for line in said.lines() {
        if let Some(rest) = line.strip_prefix("  Cells ") {
            let numbers = rest.replace(',', "");
            let mut numbers =
                numbers.split(['=', '+']).map(|part| part.trim().split(' ').next().unwrap().parse::<u64>().unwrap());
            let all = numbers.next().unwrap();
            sums.entry(place.to_owned()).or_default().push((all, numbers.sum()));
        } else if !line.starts_with(' ') && !line.is_empty() {
            place = line;
        }
    }
    sums
}

#[test]
fn on_the_sample_district_the_counts_add_up_to_the_filled_cells() {
    let inbox = sample_inbox();
    let sums = sums(&explained(&inbox));
    assert!(sums.len() > 45, "{}", sums.len());
    for (place, tables) in &sums {
        for (all, parts) in tables {
            assert_eq!(all, parts, "{place}");
        }
    }
    let all_of = |place: &str| sums.get(place).map(|tables| tables.iter().map(|(all, _)| all).sum::<u64>());
    let (mut texts, mut sheets) = (0, 0);
    for (name, bytes) in files(&inbox) {
        if name.ends_with(".csv") {
            let Some(said) = all_of(&name) else { continue };
            let text = String::from_utf8_lossy(&bytes);
            // Other separators, other encodings, and a quotation mark that is never closed are the importer's matter.
            if !text.contains(',') || text.contains('\u{fffd}') || text.matches('"').count() % 2 == 1 {
                continue;
            }
            let cells = records(text.trim_start_matches('\u{feff}'));
            let filled = cells.iter().flatten().filter(|cell| !cell.trim().is_empty()).count() as u64;
            assert_eq!(said, filled, "{name}");
            texts += 1;
        } else if name.ends_with(".xlsx") {
            // One is broken, and one is something else under this name.
            let Ok(mut book) = calamine::open_workbook::<calamine::Xlsx<_>, _>(inbox.join(&name)) else { continue };
            for tab in book.sheet_names() {
                let Some(said) = all_of(&format!("{name} › {tab}")) else { continue };
                let range = book.worksheet_range(&tab).unwrap();
                let filled = range.used_cells().filter(|(_, _, cell)| !cell.to_string().trim().is_empty()).count() as u64;
                assert_eq!(said, filled, "{name} {tab}");
                sheets += 1;
            }
        }
    }
    assert!(texts >= 3 && sheets >= 20, "{texts} texts, {sheets} sheets");
}
