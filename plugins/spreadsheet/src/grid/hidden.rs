//! What is hidden on a sheet. It is read all the same, and said once for the sheet.

use crate::notice::letters;
use std::fmt::Write;

/// Ranges that are named before it becomes noise.
const NAMED: usize = 8;

/// The hidden parts of one sheet.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Hidden {
    /// The sheet itself.
    pub(crate) sheet: bool,
    /// First and last hidden column of each range, 0 is A.
    columns: Vec<(usize, usize)>,
    /// First and last hidden row of each range that holds something.
    rows: Vec<(u64, u64)>,
    /// Number of all of these rows.
    count: u64,
    /// One past the last column that holds something.
    width: usize,
}

impl Hidden {
    pub(crate) fn columns(&mut self, first: usize, last: usize) {
        let room = self.columns.len() < super::COLUMNS;
        match self.columns.last_mut() {
            _ if first > last => {}
            Some(range) if range.1 + 1 == first => range.1 = last,
            _ if room => self.columns.push((first, last)),
            _ => {}
        }
    }

    /// A row that holds something was sent.
    pub(crate) fn row(&mut self, number: u64, hidden: bool, width: usize) {
        self.width = self.width.max(width);
        if !hidden {
            return;
        }
        self.count += 1;
        let room = self.rows.len() <= NAMED;
        match self.rows.last_mut() {
            Some(range) if range.1 + 1 == number => range.1 = number,
            _ if room => self.rows.push((number, number)),
            _ => {}
        }
    }

    /// What is hidden, in words; empty when nothing is. Columns without a cell are not worth a word.
    pub(crate) fn words(&self) -> String {
        let name = |column: usize| letters(column);
        let columns: Vec<_> =
            self.columns.iter().filter(|range| range.0 < self.width).map(|&(a, b)| (a, b.min(self.width - 1))).collect();
        let mut parts = Vec::new();
        if self.sheet {
            parts.push("the sheet itself".to_owned());
        }
        if !columns.is_empty() {
            let single = columns.len() == 1 && columns[0].0 == columns[0].1;
            parts.push(ranges(if single { "column" } else { "columns" }, columns.iter().map(|&(a, b)| (name(a), name(b)))));
        }
        if self.count > 0 {
            let mut text = ranges(
                if self.count == 1 { "row" } else { "rows" },
                self.rows.iter().map(|&(a, b)| (a.to_string(), b.to_string())),
            );
            if self.rows.len() > NAMED {
                // Writing to a String cannot fail.
                let _ = write!(text, " ({} in all)", self.count);
            }
            parts.push(text);
        }
        parts.join("; ")
    }
}

fn ranges(what: &str, all: impl ExactSizeIterator<Item = (String, String)>) -> String {
    let more = if all.len() > NAMED { ", \u{2026}" } else { "" };
    let named: Vec<String> = all.take(NAMED).map(|(a, b)| if a == b { a } else { format!("{a} to {b}") }).collect();
    format!("{what} {}{more}", named.join(", "))
}

#[cfg(test)]
mod tests {
    use super::Hidden;

    #[test]
    fn words() {
        let mut hidden = Hidden::default();
        hidden.row(1, false, 4);
        assert_eq!(hidden.words(), "");
        hidden.columns(2, 2);
        hidden.columns(10, 16_383);
        assert_eq!(hidden.words(), "column C");
        hidden.columns(0, 0);
        for row in [5, 6, 7, 9] {
            hidden.row(row, true, 3);
        }
        assert_eq!(hidden.words(), "columns C, A; rows 5 to 7, 9");
        hidden.sheet = true;
        (6..30).for_each(|row| hidden.row(2 * row, true, 30));
        assert_eq!(
            hidden.words(),
            "the sheet itself; columns C, K to AD, A; rows 5 to 7, 9, 12, 14, 16, 18, 20, 22, \u{2026} (28 in all)"
        );
    }
}
