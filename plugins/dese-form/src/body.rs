//! A Word document's body, as far as a form needs it: paragraphs of text and tables of cells.
//!
//! Tick boxes of all kinds stand in the text as [`TICKED`] and [`UNTICKED`]; the label follows its box.

/// A ticked box in a text.
pub(crate) const TICKED: char = '☒';
/// A box that is not ticked.
pub(crate) const UNTICKED: char = '☐';

/// One line of text: a paragraph, or a part of one between line breaks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Line {
    /// Single-spaced, without placeholders.
    pub(crate) text: String,
    /// Whether Word numbers it.
    pub(crate) numbered: bool,
}

/// What stands in a body or in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    Line(Line),
    Table(Table),
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) rows: Vec<Row>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) cells: Vec<Cell>,
    /// Grid columns that are left out before the first cell.
    pub(crate) before: u32,
    /// Deleted with tracked changes.
    pub(crate) deleted: bool,
}

/// How a cell is merged with the one above it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Merge {
    #[default]
    None,
    Restart,
    Continue,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Grid columns that it covers.
    pub(crate) span: u32,
    pub(crate) merge: Merge,
    pub(crate) blocks: Vec<Block>,
}

impl Default for Cell {
    fn default() -> Self {
        Self { span: 1, merge: Merge::None, blocks: Vec::new() }
    }
}

impl Cell {
    /// Its own lines, without those of nested tables.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &Line> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Line(line) => Some(line),
            Block::Table(_) => None,
        })
    }

    /// All of its text; the rows of nested tables are lines, their cells stand apart with ` | `.
    pub(crate) fn full_text(&self) -> String {
        let mut lines = Vec::new();
        for block in &self.blocks {
            match block {
                Block::Line(line) => lines.push(line.text.clone()),
                Block::Table(table) => {
                    for row in &table.rows {
                        let cells: Vec<_> = row.cells.iter().map(|cell| cell.full_text().replace('\n', " ")).collect();
                        lines.push(cells.join(" | ").trim_matches([' ', '|']).to_owned());
                    }
                }
            }
        }
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }
}
