//! Rows on their way to their partition: bytes appended to one buffer a partition, and to one file each when the
//! buffers are full. So a run holds one partition at a time, not all points.

use crate::error::Result;
use crate::{StoreError, sys};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Bytes in all buffers together before they go to disk.
const BUDGET: usize = 48 << 20;

/// Rows by partition.
#[derive(Debug)]
pub struct Spill {
    dir: PathBuf,
    partitions: BTreeMap<u32, Partition>,
    held: usize,
}

#[derive(Debug, Default)]
struct Partition {
    /// Chunks as they came; they are not copied together before they are needed.
    chunks: Vec<Vec<u8>>,
    file: Option<PathBuf>,
}

impl Spill {
    /// Begins in an empty folder, which is made when it is needed.
    #[must_use]
    pub fn new(dir: PathBuf) -> Self {
        Self { dir, partitions: BTreeMap::new(), held: 0 }
    }

    /// Adds whole rows to a partition.
    ///
    /// # Errors
    /// When the disk is full or the like.
    pub fn push(&mut self, partition: u32, rows: Vec<u8>) -> Result<()> {
        self.held += rows.len();
        self.partitions.entry(partition).or_default().chunks.push(rows);
        if self.held > BUDGET { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<()> {
        sys::create_dir(&self.dir)?;
        for (number, partition) in &mut self.partitions {
            if partition.chunks.is_empty() {
                continue;
            }
            let path = self.dir.join(format!("{number}.rows"));
            let mut file = File::options().create(true).append(true).open(&path).map_err(StoreError::io("open", &path))?;
            for chunk in partition.chunks.drain(..) {
                file.write_all(&chunk).map_err(StoreError::io("write", &path))?;
            }
            partition.file = Some(path);
        }
        self.held = 0;
        Ok(())
    }

    /// The partitions that have rows, in order.
    #[must_use]
    pub fn partitions(&self) -> Vec<u32> {
        self.partitions.keys().copied().collect()
    }

    /// All bytes of a partition, in the order in which they came.
    ///
    /// # Errors
    /// When its file cannot be read.
    pub fn read(&self, partition: u32) -> Result<Vec<u8>> {
        let Some(found) = self.partitions.get(&partition) else { return Ok(Vec::new()) };
        let mut bytes = match &found.file {
            Some(path) => read_file(path)?,
            None => Vec::new(),
        };
        found.chunks.iter().for_each(|chunk| bytes.extend_from_slice(chunk));
        Ok(bytes)
    }
}

fn read_file(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(StoreError::io("read", path))
}
