//! What mutations have found, made small.

use aimline_map::HeadRow;

use crate::support::grid;
use crate::{Case, check};

fn sound(rows: Vec<HeadRow>) {
    check::case(&Case { file: "a.csv".to_owned(), name: String::new(), rows, profile: None });
}

/// Cells as in a grid; ¶ is a line break within one, - alone is blank.
#[test]
fn what_failed_before() {
    for text in [
        // The suggested profile could not be read: the remark on a group held the line break of its title.
        "Student | Fall | Winter Scor¶e | Spring\n\n | | 1 | 1\n",
        // Nor with a letter that TOML does not allow in remarks.
        "2 | \u{7f}\n\n\n2 | V\n",
        // A prompt or a form beside one trial was in no record, and was said to be used.
        "Student | Trial 2 | Trial 4 | Trial 2 Form\nAna | | + | 9\n",
        // A column without a title that was known by its cells lost its meaning when the importer found more columns.
        "h~- | h~- | h~D\nS | | 9\nh~- | h~9/5/2025 | h~9/5/2025\nS001\n",
        "h~- | h~- | h~-\n\nh~- | h~12/27 | h~12/21\n001 | | 2\n",
    ] {
        let mut rows = grid(text);
        rows.iter_mut().flat_map(|row| &mut row.cells).flatten().for_each(|text| *text = text.replace('¶', "\n"));
        // A title that is blank has a kind all the same.
        rows.iter_mut().flat_map(|row| &mut row.cells).filter(|cell| cell.as_deref() == Some("-")).for_each(|cell| *cell = None);
        sound(rows);
    }
}

/// A message names a few of those above a table, and how many more there are.
#[test]
fn hundreds_of_students_above_a_table() {
    let people: Vec<String> = (0..400).map(|number| format!("Student: Ana Lopez {number}")).collect();
    sound(grid(&format!("{}\nDate | Score\n9/5/2025 | 40\n9/12/2025 | 41\n", people.join(" | "))));
}

/// The message repeats so much of a profile's title as a person reads.
#[test]
fn a_title_of_a_profile_that_never_ends() {
    let profile = Some(format!("[map.columns]\n\"{}\" = \"baseline\"\n", "Línea base".repeat(2_000)));
    let rows = grid("Student | Score\nAna Lopez | 4\n");
    check::case(&Case { file: "a.csv".to_owned(), name: String::new(), rows, profile });
}

/// Each of them claims the same as all others: the suggestion named all of them in each of its lines.
#[test]
fn thousands_of_columns_with_one_title() {
    let row = |first: &str, other: &str| format!("{first}{}\n", format!(" | {other}").repeat(3_000));
    sound(grid(&(row("Student ID", "Score") + &row("S1001", "12"))));
}
