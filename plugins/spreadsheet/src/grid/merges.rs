//! Merged cells. In most containers they stand behind the cells, so they are known in time only for a sheet that is held
//! as a whole; sheets above a few MiB are tables and have none worth the second look.

/// One block: rows as Excel shows them, columns from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Block {
    rows: (u64, u64),
    columns: (usize, usize),
}

/// The merged blocks of a sheet.
#[derive(Debug, Default)]
pub(crate) struct Merges {
    all: Vec<Block>,
    /// Blocks up to here began at or above the row that was marked last.
    begun: usize,
    /// Those of them that reach it.
    open: Vec<Block>,
    row: u64,
}

/// A block that is wider says nothing about a table.
const WIDE: usize = 256;
/// More blocks than this are not looked at.
const MANY: usize = 20_000;
/// Blocks do not overlap, so no row has more of them; a file that says otherwise is not believed.
const OPEN: usize = 1_000;

impl Merges {
    /// Adds a block. Those that are known before the rows come in any order, others with the row that they begin in.
    pub(crate) fn add(&mut self, rows: (u64, u64), columns: (usize, usize)) {
        let sound = rows.0 <= rows.1 && columns.0 <= columns.1 && columns.1 - columns.0 < WIDE;
        if sound && rows.0 > 0 && self.all.len() < MANY && (rows.0 < rows.1 || columns.0 < columns.1) {
            self.all.push(Block { rows, columns });
        }
    }

    /// To be called once when all blocks are known before the rows.
    pub(crate) fn sort(&mut self) {
        self.all.sort_by_key(|block| block.rows);
    }

    /// Marks the blanks of one row that lie under a block, and widens the row to hold them.
    pub(crate) fn mark(&mut self, row: u64, kinds: &mut Vec<u8>) {
        if row < self.row {
            (self.begun, self.row) = (0, 0); // rows may come in any order
            self.open.clear();
        }
        self.row = row;
        while let Some(block) = self.all.get(self.begun).filter(|block| block.rows.0 <= row) {
            self.begun += 1;
            if block.rows.1 >= row && self.open.len() < OPEN {
                self.open.push(*block);
            }
        }
        self.open.retain(|block| block.rows.1 >= row);
        for block in &self.open {
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

#[cfg(test)]
mod tests {
    use super::Merges;

    fn marked(merges: &mut Merges, row: u64, kinds: &str) -> String {
        let mut kinds = kinds.as_bytes().to_vec();
        merges.mark(row, &mut kinds);
        String::from_utf8_lossy(&kinds).into_owned()
    }

    #[test]
    fn blanks_under_a_block() {
        let mut merges = Merges::default();
        merges.add((4, 6), (1, 1));
        merges.add((1, 1), (0, 2));
        merges.add((5, 5), (3, 4));
        merges.add((2, 2), (0, 0)); // one cell is no block
        merges.add((3, 2), (0, 1));
        merges.sort();
        for (row, kinds, expected) in [
            (1, "t", "tmm"),
            (2, "t", "t"),
            (4, "tn", "tn"),
            (5, "tzt", "tmtmm"),
            (6, "t", "tm"),
            (7, "t", "t"),
            (1, "tzzz", "tmmz"),
        ] {
            assert_eq!(marked(&mut merges, row, kinds), expected, "row {row}");
        }
    }
}
