//! Suggested profiles: what is sure changes nothing, what is not stays a question.

mod support;

use aimline_map::{HEAD_ROWS, HeadRow, MapProfile, Profile, Question, Sheet, plan, suggest};
use aimline_model::codes::Code;
use proptest::prelude::*;
use support::{grid, run};

const SHEET: Sheet<'static> = Sheet { file: "Tally 2025-09.csv", name: "Fall" };

fn suggested(rows: &[HeadRow]) -> String {
    let head = &rows[..rows.len().min(HEAD_ROWS)];
    suggest(&Question { sheet: SHEET, one_of_several: true, head, more_rows: rows.len() > head.len(), now: None })
}

fn parsed(text: &str) -> MapProfile {
    let profile = Profile::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!((profile.file.as_deref(), profile.sheet.as_deref()), (Some("Tally *.csv"), Some("Fall")));
    profile.map
}

#[test]
fn a_sheet_that_is_read_gives_the_same_with_its_profile() {
    for text in [
        "Student ID | Goal | Measure | Date | Score (wcpm) | Bus stop\n1001 | 1 | Reading | 9/5/2025 | 40 | 7th\n",
        "Room 12\nStudent: Ana Lopez\n\nDate | Scroe | Teacher | Notes\n9/5/2025 | 40 | Quill | none\n9/12/2025 | 41 | Quill |\n",
        "Name | 9/5/2025 | 9/12/2025\nAna Lopez | 12 | 14\nBen Ochoa | 13 | 15\n",
        "Student ID | Score 1 | Date 1 | Score 2 | Date 2\n1001 | 12 | 9/5/2025 | 14 | 9/9/2025\n",
        "Student ID | Goal | Baseline | Target | Error | Error\n1001 | Reading words in a passage of grade three | 40 | 80 | 1 | 2\n",
        " | Reading | | Math |\nStudent ID | Date | Score | Date | Score\n1001 | 9/5/2025 | 12 | 9/5/2025 | 14\n",
        "Last Name | First Name | Student ID | School | Teacher | Grade\nLopez | Ana | 1001 | Oakvale | Quill | 3\n",
        "Student: Ana Lopez\nGoal 1\nDate | Score\n9/5/2025 | 4\n9/12/2025 | 5\nGoal 2\n9/5/2025 | 14\n9/12/2025 | 15\n",
    ] {
        let rows = grid(text);
        let before = plan(&SHEET, &rows, false, None).unwrap_or_else(|stop| panic!("{stop}\n{text}"));
        let written = suggested(&rows);
        let after = plan(&SHEET, &rows, false, Some(&parsed(&written))).unwrap_or_else(|stop| panic!("{stop}\n{written}"));
        assert_eq!(run(&before, &rows), run(&after, &rows), "{written}");
        assert!(Profile::parse(&written).is_ok_and(|profile| profile.fits(&SHEET, &rows)), "{written}");
    }
}

#[test]
fn a_sheet_that_is_stopped_stays_stopped_until_a_person_has_confirmed() {
    for (text, code, asked) in [
        (
            "Ms. Example's tally\nKid | Thing | When | Pts\n1001 | Reading | 03/09/2025 | 31\n1002 | Reading | 04/09/2025 | 32\n",
            Code::H001,
            "# \"Pts\" = \"score\"",
        ),
        // Titles of scores that come twice: a profile that confirms nothing must not make them readable.
        (
            "Fall Score | Score 1 | Student ID | Score 1 | Fall Score\n1001 | 1001 | 1001 | 1001 | 1001\n\
             9/5/2025 | | 9/5/2025 | | 9/5/2025\n",
            Code::H003,
            "# \"column A\" = \"unused\"",
        ),
        ("Student ID | Dte | Score\n1001 | 9/5/2025 | 31\n", Code::H006, "# \"Dte\" = \"date\""),
        ("Student ID | Date | Score | Result\n1001 | 9/5/2025 | 31 | 32\n", Code::H003, "# \"Result\" = \"score\""),
        ("Student ID | Goal | Day of it | Score\n1001 | 1 | 9/5/2025 | 31\n", Code::H002, "# \"Day of it\" = \"date\""),
    ] {
        let rows = grid(text);
        assert_eq!(plan(&SHEET, &rows, false, None).expect_err(text).code, code);
        let written = suggested(&rows);
        assert!(plan(&SHEET, &rows, false, Some(&parsed(&written))).is_err(), "{written}");
        assert!(written.contains(asked) && written.contains("UNSURE"), "{written}");
        assert!(written.contains(&format!("The sheet stops with {}", code.id())), "{written}");
    }
}

#[test]
fn confirmed_lines_make_it_readable() {
    let rows = grid(
        "Ms. Example's tally\nKid | Thing | When | Pts\n1001 | Reading | 03/09/2025 | 31\n1002 | Reading | 04/09/2025 | 32\n",
    );
    let written = suggested(&rows).replace("# \"", "\"");
    let plan = plan(&SHEET, &rows, false, Some(&parsed(&written))).unwrap_or_else(|stop| panic!("{stop}\n{written}"));
    assert_eq!(run(&plan, &rows).1[0], "student_id=1001 goal_area=Reading unit=wcpm date=03/09/2025 score=31", "{written}");
}

fn title() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "Student ID", "Student", "Date", "Score", "Goal", "Measure", "Baseline", "Target", "Teacher", "Grade", "Notes", "Error",
            "9/5/2025", "9/12/2025", "Fall Score", "Winter Score", "Score 1", "Score 2", "Pts", "Kid", "", "Dte", "column C",
        ]).prop_map(str::to_owned),
        1 => "[ -~]{0,8}".prop_map(|text| text.replace(['|', '~'], "")),
    ]
}

proptest! {
    /// Any sheet: the suggestion can be read, and it changes nothing.
    #[test]
    fn a_suggestion_changes_nothing(
        titles in prop::collection::vec(title(), 1..8),
        cells in prop::collection::vec(prop::collection::vec(prop::sample::select(vec!["1001", "Ana Lopez", "9/5/2025", "12", "80%", "reads", ""]), 8), 1..5),
        blank in 0_usize..3,
    ) {
        let mut text = "Title of it\n".repeat(blank) + &titles.join(" | ") + "\n";
        for row in &cells {
            text += &(row[..titles.len().min(row.len())].join(" | ") + "\n");
        }
        let rows = grid(&text);
        let before = plan(&SHEET, &rows, false, None);
        let written = suggested(&rows);
        let after = plan(&SHEET, &rows, false, Some(&parsed(&written)));
        match (before, after) {
            (Ok(before), Ok(after)) => prop_assert_eq!(run(&before, &rows), run(&after, &rows), "{}", written),
            (Err(_), Err(_)) => {}
            (before, after) => prop_assert!(false, "{:?} {:?}\n{}", before.is_ok(), after.is_ok(), written),
        }
    }
}
