//! One file's staged tables as they were read: the worker's frames, compressed, immutable.
//!
//! A bundle is named by the bytes it was read from, the importer with its version, and the read options. It is written
//! while the frames stream by and renamed into place when the last one is there.

use crate::error::Result;
use crate::folder::Folder;
use crate::{StoreError, sys};
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

const LEVEL: i32 = 1;
const MAGIC: &[u8; 8] = b"AIMBNDL1";
/// No frame is larger; the host holds to the same limit.
const MAX_FRAME: u32 = 64 << 20;

/// One frame, as the host received it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Kind of the host's wire.
    pub kind: u8,
    /// Table that it belongs to.
    pub table: u32,
    /// Validated payload.
    pub payload: Vec<u8>,
}

/// Writes a bundle aside.
pub struct Writer {
    out: zstd::Encoder<'static, BufWriter<File>>,
    draft: PathBuf,
}

impl Writer {
    /// Begins a bundle; `turn` tells drafts of one run apart.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn create(folder: &Folder, turn: usize) -> Result<Self> {
        let drafts = folder.work();
        sys::create_dir(&drafts)?;
        let draft = drafts.join(format!("{turn}.bundle"));
        let file = BufWriter::with_capacity(1 << 18, sys::create(&draft)?);
        let mut out = zstd::Encoder::new(file, LEVEL).map_err(StoreError::io("write", &draft))?;
        out.write_all(MAGIC).map_err(StoreError::io("write", &draft))?;
        Ok(Self { out, draft })
    }

    /// Adds a frame.
    ///
    /// # Errors
    /// When the disk is full or the like.
    pub fn frame(&mut self, kind: u8, table: u32, payload: &[u8]) -> Result<()> {
        let mut head = [0u8; 9];
        head[0] = kind;
        head[1..5].copy_from_slice(&table.to_le_bytes());
        head[5..9].copy_from_slice(&(payload.len() as u32).to_le_bytes());
        self.out.write_all(&head).and_then(|()| self.out.write_all(payload)).map_err(StoreError::io("write", &self.draft))
    }

    /// Ends the bundle and puts it into place under a name.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn finish(self, folder: &Folder, name: &str) -> Result<PathBuf> {
        let file = self.out.finish().map_err(StoreError::io("write", &self.draft))?;
        let file = file.into_inner().map_err(|error| StoreError::io("write", &self.draft)(error.into_error()))?;
        sys::sync(&self.draft, &file)?;
        sys::create_dir(&folder.private("bundles"))?;
        let path = path(folder, name);
        sys::rename(&self.draft, &path)?;
        Ok(path)
    }
}

/// Where a bundle of that name is kept.
#[must_use]
pub fn path(folder: &Folder, name: &str) -> PathBuf {
    folder.private("bundles").join(name)
}

/// Removes the bundles that the ledger does not name: bytes that a later version of their file has replaced.
///
/// # Errors
/// When the system refuses.
pub fn prune(folder: &Folder, ledger: &crate::ledger::Ledger) -> Result<()> {
    let dir = folder.private("bundles");
    let Ok(entries) = std::fs::read_dir(&dir) else { return Ok(()) };
    for entry in entries.flatten() {
        let name = entry.file_name();
        if !ledger.entries.iter().any(|source| source.bundle.as_deref().is_some_and(|bundle| name == bundle)) {
            sys::remove(&entry.path())?;
        }
    }
    Ok(())
}

/// Reads a bundle from its beginning.
pub struct Reader {
    input: zstd::Decoder<'static, BufReader<File>>,
    path: PathBuf,
}

impl Reader {
    /// Opens a bundle.
    ///
    /// # Errors
    /// When it is not there or not one.
    pub fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(StoreError::io("open", path))?;
        let mut input = zstd::Decoder::new(file).map_err(StoreError::io("read", path))?;
        let mut magic = [0u8; 8];
        input.read_exact(&mut magic).map_err(StoreError::io("read", path))?;
        if &magic != MAGIC {
            return Err(StoreError::damaged(path, "not a bundle"));
        }
        Ok(Self { input, path: path.to_path_buf() })
    }

    /// The next frame; `None` at the end.
    ///
    /// # Errors
    /// When the file is cut short.
    pub fn frame(&mut self) -> Result<Option<Frame>> {
        let mut head = [0u8; 9];
        match self.input.read(&mut head[..1]).map_err(StoreError::io("read", &self.path))? {
            0 => return Ok(None),
            _ => self.input.read_exact(&mut head[1..]).map_err(StoreError::io("read", &self.path))?,
        }
        let table = u32::from_le_bytes([head[1], head[2], head[3], head[4]]);
        let length = u32::from_le_bytes([head[5], head[6], head[7], head[8]]);
        if length > MAX_FRAME {
            return Err(StoreError::damaged(&self.path, "a frame is too long"));
        }
        let mut payload = vec![0; length as usize];
        self.input.read_exact(&mut payload).map_err(StoreError::io("read", &self.path))?;
        Ok(Some(Frame { kind: head[0], table, payload }))
    }
}
