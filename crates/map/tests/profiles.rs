//! Mapping profiles on sheets.

mod support;

use aimline_map::{How, Layout, Profile};
use aimline_model::codes::Code;
use aimline_model::staged::Field;
use support::{field_of, grid, planned, run};

const SHEET: &str = "
Kid | Pts | When | Score
Ana Lopez | 5 | 9/5/2025 | 99
Ben Ochoa | 6 | 9/5/2025 | 98
";

fn profile(map: &str) -> aimline_map::MapProfile {
    Profile::parse(map).unwrap_or_else(|error| panic!("{error}")).map
}

#[test]
fn a_profile_names_the_columns() {
    let map = profile(
        "[map]\ndate_order = 'dmy'\n[map.columns]\nkid = 'student_name'\nPts = 'score'\nWhen = 'date'\n[map.units]\nPts = 'wcpm'\n",
    );
    let rows = grid(SHEET);
    let plan = planned("", &rows, Some(&map)).expect("a plan");
    assert_eq!(plan.layout(), Layout::Long);
    assert_eq!(field_of(&plan, "Pts"), Some(Field::Score));
    assert_eq!(field_of(&plan, "Score"), None, "the profile gave the field away");
    assert_eq!(plan.columns()[0].how, How::Profile);
    assert_eq!(run(&plan, &rows).1[0], "student_name=Ana Lopez unit=wcpm date=9/5/2025 score=5");
    assert!(plan.date_order().is_some());
}

#[test]
fn columns_by_their_letters_and_unused_ones() {
    let map = profile("[map]\nheader_row = 1\n[map.columns]\n'column A' = 'student_id'\n'column B' = 'unused'\nWhen = 'date'\n");
    let rows = grid(SHEET.trim_start());
    let plan = planned("", &rows, Some(&map)).expect("a plan");
    assert_eq!(field_of(&plan, "Kid"), Some(Field::StudentId));
    assert_eq!(field_of(&plan, "Score"), Some(Field::Score));
}

#[test]
fn what_a_profile_misses_stops_the_sheet() {
    for (map, code, seen) in [
        ("[map.columns]\nKids = 'student_name'\nPts = 'score'\n", Code::H007, "\"Kid\""),
        ("[map]\nheader_row = 40\n", Code::H007, "row is blank"),
        ("[map]\nlayout = 'wide'\n[map.columns]\nKid = 'student_name'\n", Code::H002, "recognized"),
    ] {
        let stop = planned("", &grid(SHEET), Some(&profile(map))).expect_err(map);
        assert_eq!(stop.code, code, "{stop}");
        assert!(stop.seen.contains(seen), "{stop}");
    }
    let stop = planned(
        "",
        &grid("Kid | Date | Error | Error\nAna Lopez | 9/5/2025 | 1 | 2\n"),
        Some(&profile("[map.columns]\nError = 'score'\nKid = 'student_name'\n")),
    )
    .expect_err("two columns");
    assert_eq!(stop.code, Code::H003);
    assert!(stop.help.contains("column C"), "{}", stop.help);
}

#[test]
fn a_profile_forces_a_layout() {
    let map = profile("[map]\nlayout = 'roster'\n");
    let rows = grid("Student | Date | Score\nAna Lopez | 9/5/2025 | 5\n");
    let plan = planned("", &rows, Some(&map)).expect("a plan");
    assert_eq!(plan.layout(), Layout::Roster);
    assert_eq!(run(&plan, &rows).1, ["student_name=Ana Lopez"]);
}
