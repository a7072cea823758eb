//! A workbook that a person opens, changes and saves; read and written with other tools than aimline's own.

use crate::support::Workspace;
use calamine::{Data, Reader};
use std::path::Path;

/// A workbook as a person has it before her: its tabs with their cells.
pub(crate) struct Book(Vec<(String, Vec<Vec<String>>)>);

impl Book {
    fn open(path: &Path) -> Self {
        let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).unwrap();
        let names = book.sheet_names().clone();
        let text = |cell: &Data| if cell == &Data::Empty { String::new() } else { cell.to_string() };
        let tabs = names.into_iter().map(|name| {
            let range = book.worksheet_range(&name).unwrap();
            let rows = range.rows().map(|row| row.iter().map(text).collect()).collect();
            (name, rows)
        });
        Self(tabs.collect())
    }

    pub(crate) fn of(space: &Workspace) -> Self {
        Self::open(&space.out().join("report/quarantine.xlsx"))
    }

    /// The line of the tab of questions that was asked about this.
    fn question(&mut self, seen: &str) -> (&[String], &mut Vec<String>) {
        let (_, rows) = self.0.iter_mut().find(|(name, _)| name == "Who or which goal").unwrap_or_else(|| panic!("no questions"));
        let (titles, rows) = rows.split_first_mut().unwrap();
        let seen = seen.to_lowercase();
        let row =
            rows.iter_mut().find(|row| row[3].to_lowercase().contains(&seen)).unwrap_or_else(|| panic!("no question {seen}"));
        (titles, row)
    }

    /// Types a choice.
    pub(crate) fn answer(mut self, seen: &str, choice: &str) -> Self {
        let (titles, row) = self.question(seen);
        let column = titles.iter().position(|title| title == "Your choice").unwrap();
        row[column] = choice.to_owned();
        self
    }

    /// The key of a question.
    pub(crate) fn key(mut self, seen: &str) -> String {
        let (_, row) = self.question(seen);
        row.last().unwrap().clone()
    }

    /// The line whose place ends like this, and the column of a title.
    fn cell(&mut self, place: &str, title: &str) -> &mut String {
        let (_, rows) = self
            .0
            .iter_mut()
            .skip(1)
            .find(|(_, rows)| rows.iter().skip(1).any(|row| row[1].ends_with(place)))
            .unwrap_or_else(|| panic!("no line for {place}"));
        let column = rows[0].iter().position(|cell| cell == title).unwrap_or_else(|| panic!("no column {title}: {:?}", rows[0]));
        &mut rows.iter_mut().skip(1).find(|row| row[1].ends_with(place)).unwrap()[column]
    }

    pub(crate) fn set(mut self, place: &str, title: &str, text: &str) -> Self {
        *self.cell(place, title) = text.to_owned();
        self
    }

    /// Adds a column to each tab, with a text in each line.
    pub(crate) fn widen(mut self, title: &str, text: &str) -> Self {
        for (_, rows) in self.0.iter_mut().skip(1) {
            for (number, row) in rows.iter_mut().enumerate() {
                row.push(if number == 0 { title } else { text }.to_owned());
            }
        }
        self
    }

    pub(crate) fn without(mut self, place: &str) -> Self {
        self.0.iter_mut().skip(1).for_each(|(_, rows)| rows.retain(|row| !row[1].ends_with(place)));
        self
    }

    pub(crate) fn save(&self, space: &Workspace, name: &str) {
        let mut book = rust_xlsxwriter::Workbook::new();
        for (name, rows) in &self.0 {
            let sheet = book.add_worksheet();
            sheet.set_name(name).unwrap();
            for (at, row) in rows.iter().enumerate() {
                for (column, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                    sheet.write_string(u32::try_from(at).unwrap(), u16::try_from(column).unwrap(), text).unwrap();
                }
            }
        }
        space.put(name, book.save_to_buffer().unwrap());
    }
}
