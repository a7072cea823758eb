//! One row, built cell by cell and used again for the next.

/// A filled cell of the current row.
#[derive(Debug, Clone, Copy)]
struct Cell {
    /// 0 is column A.
    column: usize,
    kind: u8,
    start: usize,
    end: usize,
}

/// One row: filled cells in order of their columns.
#[derive(Debug, Default)]
pub(crate) struct Row {
    /// As Excel shows it.
    pub(crate) number: u64,
    pub(crate) hidden: bool,
    /// Column of the first cell that points to a shared text that is not there.
    pub(crate) dangling: Option<usize>,
    cells: Vec<Cell>,
    text: String,
}

impl Row {
    /// Forgets the cells and begins another row.
    pub(crate) fn begin(&mut self, number: u64) {
        self.cells.clear();
        self.text.clear();
        self.number = number;
        self.hidden = false;
        self.dangling = None;
    }

    /// Adds a cell whose text `write` appends; it answers with the kind. A cell without text is a blank one.
    pub(crate) fn cell(&mut self, column: usize, formula: bool, write: impl FnOnce(&mut String) -> char) {
        let start = self.text.len();
        let kind = write(&mut self.text);
        let end = self.text.len();
        if end > start {
            let kind = if formula { kind.to_ascii_uppercase() } else { kind } as u8;
            self.cells.push(Cell { column, kind, start, end });
        }
    }

    /// Adds a cell with this text.
    pub(crate) fn put(&mut self, column: usize, formula: bool, kind: char, text: &str) {
        self.cell(column, formula, |into| {
            into.push_str(text);
            kind
        });
    }

    /// One past the last filled column.
    pub(crate) fn width(&self) -> usize {
        self.cells.last().map_or(0, |cell| cell.column + 1)
    }

    /// Number of filled cells.
    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.cells.is_empty()
    }

    /// Kind and text of each column from A to the last filled one; `z` and none for a blank one.
    pub(crate) fn columns(&self) -> impl Iterator<Item = (u8, Option<&str>)> {
        let mut next = self.cells.iter().peekable();
        (0..self.width()).map(move |column| match next.next_if(|cell| cell.column == column) {
            Some(cell) => (cell.kind, Some(&self.text[cell.start..cell.end])),
            None => (b'z', None),
        })
    }

    /// Ends the row: cells in order, the last of two with the same place.
    pub(crate) fn settle(&mut self) {
        if !self.cells.is_sorted_by(|one, other| one.column < other.column) {
            self.cells.reverse();
            self.cells.sort_by_key(|cell| cell.column);
            self.cells.dedup_by_key(|cell| cell.column);
        }
    }
}
