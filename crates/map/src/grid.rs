//! Rows of a grid, as an importer sent them.

/// How many rows that are not blank the caller keeps to plan the tables of a sheet, as long as they have no more cells than
/// [`HEAD_CELLS`].
pub const HEAD_ROWS: usize = 1_000;

/// How many cells of a sheet the caller keeps to plan its tables, and the row in which there are more.
pub const HEAD_CELLS: usize = 50_000;

/// [`str::trim`], quick where there is nothing to do.
#[inline]
fn trim(text: &str) -> &str {
    match text.as_bytes() {
        [only] if only.is_ascii_graphic() => text,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// One row of a grid. Kinds shorter than the row mean text; after a `|` come marks of the row.
#[derive(Debug, Clone, Copy)]
pub struct GridRow<'a> {
    /// Row of the sheet or line of the file, from 1.
    pub number: u64,
    /// Kind letters of the plugin interface, one a cell.
    pub kinds: &'a [u8],
    /// The cells from column A on.
    pub cells: &'a [Option<&'a str>],
}

impl<'a> GridRow<'a> {
    /// The kinds without the marks of the row.
    #[must_use]
    pub fn letters(&self) -> &'a [u8] {
        match self.kinds.iter().position(|letter| *letter == b'|') {
            Some(end) => &self.kinds[..end],
            None => self.kinds,
        }
    }

    /// The text of a cell without the blanks around it; none when nothing is left.
    #[must_use]
    pub fn cell(&self, column: usize) -> Option<&'a str> {
        self.cells.get(column).copied().flatten().map(trim).filter(|text| !text.is_empty())
    }

    /// The columns that are filled, with their texts.
    pub fn filled(&self) -> impl Iterator<Item = (usize, &'a str)> + use<'a> {
        self.cells.iter().enumerate().filter_map(|(column, cell)| {
            let text = cell.map_or("", trim);
            (!text.is_empty()).then_some((column, text))
        })
    }

    /// True for a header row that an importer sent because it knows the columns.
    #[must_use]
    pub fn is_typed_header(&self) -> bool {
        self.kinds.first() == Some(&b'h')
    }
}

/// A row that the caller keeps while the table is planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadRow {
    /// Row of the sheet or line of the file, from 1.
    pub number: u64,
    /// Kind letters.
    pub kinds: Vec<u8>,
    /// The cells from column A on; blank ones are none.
    pub cells: Vec<Option<String>>,
}

impl HeadRow {
    /// The cells as a row lends them.
    #[must_use]
    pub fn lend(&self) -> Vec<Option<&str>> {
        self.cells.iter().map(Option::as_deref).collect()
    }

    pub(crate) fn cell(&self, column: usize) -> Option<&str> {
        self.cells.get(column).and_then(Option::as_deref).map(str::trim).filter(|text| !text.is_empty())
    }

    pub(crate) fn kind(&self, column: usize) -> u8 {
        let end = self.kinds.iter().position(|letter| *letter == b'|').unwrap_or(self.kinds.len());
        if column < end { self.kinds[column] } else { b't' }
    }

    pub(crate) fn filled(&self) -> impl Iterator<Item = (usize, &str)> {
        (0..self.cells.len()).filter_map(|column| self.cell(column).map(|text| (column, text)))
    }

    pub(crate) fn is_typed_header(&self) -> bool {
        self.kinds.first() == Some(&b'h')
    }
}

impl From<&GridRow<'_>> for HeadRow {
    fn from(row: &GridRow<'_>) -> Self {
        Self {
            number: row.number,
            kinds: row.kinds.to_vec(),
            cells: row.cells.iter().map(|cell| cell.map(str::to_owned)).collect(),
        }
    }
}

/// Which table it is.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// Base name of the file.
    pub file: &'a str,
    /// Name of the sheet; empty when there are none.
    pub name: &'a str,
}
