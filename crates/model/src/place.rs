//! Places in the words of the one who looks: Excel's columns are letters, its rows are numbers.

/// The letters of a column; 0 is A.
#[must_use]
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.reverse();
    String::from_utf8(letters).unwrap_or_default()
}

/// A cell of a sheet: `Speech › D14`, or `D14` when the sheet has no name.
#[must_use]
pub fn cell(sheet: &str, column: usize, row: u64) -> String {
    let letters = column_letters(column);
    if sheet.is_empty() { format!("{letters}{row}") } else { format!("{sheet} › {letters}{row}") }
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
