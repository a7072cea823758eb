//! One row of a grid table, built cell by cell and used again for the next row.

use std::fmt::Write;

/// The cells of one row with their kinds. [`GridRow::clear`] keeps the memory.
#[derive(Debug, Default)]
pub struct GridRow {
    kinds: String,
    text: String,
    /// End of each cell in `text`; `None` cells are remembered in `kinds` as `z` or `m`.
    ends: Vec<usize>,
    hidden: bool,
}

impl GridRow {
    /// Forgets the cells.
    pub fn clear(&mut self) {
        self.kinds.clear();
        self.text.clear();
        self.ends.clear();
        self.hidden = false;
    }

    /// Number of cells so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True before the first cell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// True when no cell holds anything.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// Marks the whole row as hidden.
    pub fn hide(&mut self) {
        self.hidden = true;
    }

    /// Adds a cell; `kind` is a letter of the interface (see the header), a capital for a formula's cached result.
    pub fn push(&mut self, kind: char, text: &str) {
        self.kinds.push(kind);
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    /// Adds a number as the shortest decimal that reads back as the same value.
    pub fn push_number(&mut self, kind: char, value: f64) {
        self.kinds.push(kind);
        // Writing to a String cannot fail.
        let _ = write!(self.text, "{value}");
        self.ends.push(self.text.len());
    }

    /// Adds blank cells until there are `width` cells.
    pub fn pad(&mut self, width: usize) {
        while self.ends.len() < width {
            self.push('z', "");
        }
    }

    /// The `kinds` cell: one letter a cell, and the marks of the row. All text and nothing special is an empty text.
    pub(crate) fn kinds(&self, into: &mut String) {
        into.clear();
        if self.hidden || self.kinds.bytes().any(|kind| kind != b't') {
            into.push_str(&self.kinds);
        }
        if self.hidden {
            into.push_str("|r");
        }
    }

    /// The cells in order; a blank one is `None`.
    pub(crate) fn cells(&self) -> impl Iterator<Item = Option<&str>> {
        self.ends.iter().enumerate().map(|(column, &end)| {
            let start = if column == 0 { 0 } else { self.ends[column - 1] };
            (end > start).then(|| &self.text[start..end])
        })
    }
}
