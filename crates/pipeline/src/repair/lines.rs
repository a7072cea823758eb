//! The lines of a workbook of corrections, as they are read.

use aimline_map::{GridRow, HeadRow};
use aimline_model::repair::{ItemKey, KEY, NO_KEY, is_ours};

/// One line: a row's key, and what stands in its original columns now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub key: Option<ItemKey>,
    /// Sheet and row of the workbook.
    pub locator: String,
    pub row: u64,
    /// Title, text and kind letter of each original column; the text is empty where nothing stands.
    pub cells: Vec<(String, String, u8)>,
}

/// A tab with the column of keys: where its titles are.
#[derive(Debug)]
pub(crate) struct Lines {
    header_row: u64,
    key: usize,
    /// Column and title of each original column.
    titles: Vec<(usize, String)>,
    pub found: Vec<Line>,
}

impl Lines {
    /// Looks for the titles in the first rows of a tab.
    pub(crate) fn of(head: &[HeadRow]) -> Option<Self> {
        let titles = |row: &HeadRow| -> Vec<(usize, String)> {
            let filled = row.cells.iter().enumerate().filter_map(|(column, cell)| Some((column, cell.as_deref()?.trim())));
            filled.filter(|(_, title)| !title.is_empty()).map(|(column, title)| (column, title.to_owned())).collect()
        };
        head.iter().find_map(|row| {
            let all = titles(row);
            let key = all.iter().find(|(_, title)| title == KEY)?.0;
            let ours = all.iter().filter(|(_, title)| is_ours(title)).count();
            let titles = all.into_iter().filter(|(_, title)| !is_ours(title)).collect();
            (ours >= 3).then_some(Self { header_row: row.number, key, titles, found: Vec::new() })
        })
    }

    /// Takes a row of the tab.
    pub(crate) fn take(&mut self, sheet: &str, row: &GridRow<'_>) {
        let key = row.cell(self.key);
        let letters = row.letters();
        let cells: Vec<(String, String, u8)> = self
            .titles
            .iter()
            .map(|(column, title)| {
                let kind = letters.get(*column).copied().unwrap_or(b't');
                (title.clone(), row.cell(*column).unwrap_or_default().to_owned(), kind)
            })
            .collect();
        let empty = key.is_none() && cells.iter().all(|(_, text, _)| text.is_empty());
        if row.number > self.header_row && !empty && key != Some(NO_KEY) {
            let locator = aimline_model::place::row(sheet, row.number);
            self.found.push(Line { key: key.and_then(|key| key.parse().ok()), locator, row: row.number, cells });
        }
    }
}
