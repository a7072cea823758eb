//! Places in the words of the one who looks: Excel's columns are letters, its rows are numbers.

/// The letters of a column; 0 is A.
#[must_use]
pub fn column_letters(column: usize) -> String {
    let mut letters = String::new();
    push_letters(column, &mut letters);
    letters
}

fn push_letters(column: usize, into: &mut String) {
    if column >= 26 {
        push_letters(column / 26 - 1, into);
    }
    into.push(char::from(b'A' + (column % 26) as u8));
}

/// A cell of a sheet: `Speech › D14`, or `D14` when the sheet has no name.
#[must_use]
pub fn cell(sheet: &str, column: usize, row: u64) -> String {
    let mut text = String::new();
    push_cell(sheet, column, row, &mut text);
    text
}

/// Adds a cell of a sheet to a text that serves again.
pub fn push_cell(sheet: &str, column: usize, row: u64, into: &mut String) {
    if !sheet.is_empty() {
        into.push_str(sheet);
        into.push_str(" › ");
    }
    push_letters(column, into);
    push_number(row, into);
}

/// Digits without the machinery of `write!`: this is done for each data point.
fn push_number(number: u64, into: &mut String) {
    if number >= 10 {
        push_number(number / 10, into);
    }
    into.push(char::from(b'0' + (number % 10) as u8));
}

/// A row of a sheet: `Speech › row 14`.
#[must_use]
pub fn row(sheet: &str, row: u64) -> String {
    if sheet.is_empty() { format!("row {row}") } else { format!("{sheet} › row {row}") }
}

/// A record: its part in the form, or its line.
#[must_use]
pub fn record(part: &str, line: u64) -> String {
    match (part.is_empty(), line) {
        (true, line) => format!("line {line}"),
        (false, 0) => part.to_owned(),
        (false, line) => format!("{part} › line {line}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_excel_letters() {
        for (column, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(column_letters(column), letters);
        }
    }

    #[test]
    fn places_read_as_users_say_them() {
        assert_eq!(cell("Speech", 3, 14), "Speech › D14");
        assert_eq!(cell("", 3, 14), "D14");
        assert_eq!(record("goal 2 › report 3", 0), "goal 2 › report 3");
        assert_eq!(record("", 812), "line 812");
    }
}
