//! Items set aside: a whole sheet that was stopped may hold a million of them, so full row groups are encoded at once, and
//! only the first rows stay at hand for the page and the workbook.

use aimline_model::schema::Row;
use aimline_model::tables::Quarantine;
use aimline_store::StoreError;
use aimline_store::parquet::{EncodedGroup, GROUP_ROWS, Group, TableWriter};

/// Most items of a source that people are shown; all are in the dataset.
const SHOWN: usize = 100_000;

/// The items of one source that were set aside.
#[derive(Default)]
pub(crate) struct Aside {
    /// Items that are not encoded yet.
    pub rows: Vec<Quarantine>,
    full: Vec<EncodedGroup>,
    shown: Vec<Quarantine>,
}

impl Aside {
    /// Adds what later rows of the same source came to.
    pub(crate) fn add(&mut self, more: Self) -> Result<(), StoreError> {
        self.rows.extend(more.rows);
        while self.rows.len() >= GROUP_ROWS {
            let rest = self.rows.split_off(GROUP_ROWS);
            let full = std::mem::replace(&mut self.rows, rest);
            let mut group = Group::new(&Quarantine::TABLE);
            full.iter().for_each(|row| group.push(row));
            self.full.push(group.encode(&Quarantine::TABLE)?);
            self.show(full);
        }
        Ok(())
    }

    fn show(&mut self, rows: Vec<Quarantine>) {
        let room = SHOWN.saturating_sub(self.shown.len());
        self.shown.extend(rows.into_iter().take(room));
    }

    /// Writes all items.
    pub(crate) fn write(&self, writer: &mut TableWriter) -> Result<(), StoreError> {
        for group in &self.full {
            writer.write_group(group)?;
        }
        self.rows.iter().try_for_each(|row| writer.push(row))
    }

    /// The items that people are shown.
    pub(crate) fn into_shown(mut self) -> Vec<Quarantine> {
        let rows = std::mem::take(&mut self.rows);
        self.show(rows);
        self.shown
    }
}
