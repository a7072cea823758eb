//! Merged cells. They stand behind the cells in the file, so they are known in time only for a sheet that is held as a
//! whole; sheets above a few MiB are tables and have none worth the second look.

use super::cells::place;
use super::markup::attribute;
use memchr::memmem;

/// One block: rows as Excel shows them, columns from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Block {
    rows: (u64, u64),
    columns: (usize, usize),
}

/// The merged blocks of a sheet.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Merges(Vec<Block>);

/// A block that is wider says nothing about a table.
const WIDE: usize = 256;
/// More blocks than this are not looked at.
const MANY: usize = 20_000;

impl Merges {
    pub(crate) fn find(sheet: &[u8]) -> Self {
        let mut blocks = Vec::new();
        for at in memmem::find_iter(sheet, b"mergeCell ").take(MANY) {
            let end = memchr::memchr(b'>', &sheet[at..]).map_or(sheet.len(), |length| at + length);
            let reference = attribute(&sheet[at + 9..end], b"ref").unwrap_or_default();
            let Some((from, to)) = reference.split_once(':') else { continue };
            if let ((Some(left), Some(top)), (Some(right), Some(bottom))) = (place(from.as_bytes()), place(to.as_bytes()))
                && left <= right
                && top <= bottom
                && right - left < WIDE
            {
                blocks.push(Block { rows: (top, bottom), columns: (left, right) });
            }
        }
        blocks.sort_by_key(|block| block.rows);
        Self(blocks)
    }

    /// Marks the blanks of one row that lie under a block, and widens the row to hold them.
    pub(crate) fn mark(&self, row: u64, kinds: &mut Vec<u8>) {
        let begun = self.0.partition_point(|block| block.rows.0 <= row);
        for block in self.0[..begun].iter().filter(|block| block.rows.1 >= row) {
            let (left, right) = block.columns;
            let limit = (right + 1).min(crate::MAX_WIDTH);
            if kinds.len() < limit {
                kinds.resize(limit, b'z');
            }
            for kind in kinds.iter_mut().take(limit).skip(left) {
                if *kind == b'z' {
                    *kind = b'm';
                }
            }
        }
    }
}
