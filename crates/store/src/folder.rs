//! The output folder: where things are, and the lock that keeps two runs apart.

use crate::error::Result;
use crate::{StoreError, commit, sys};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

/// An output folder that this process holds.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    /// Held until the folder is dropped.
    _lock: File,
}

impl Folder {
    /// Takes an output folder, making it where it is missing, and finishes or drops an interrupted commit.
    ///
    /// # Errors
    /// When it cannot be written, or when another run holds it.
    pub fn open(root: &Path) -> Result<Self> {
        sys::create_dir(root)?;
        let private = root.join(".aimline");
        sys::create_private_dir(&private)?;
        let lock_path = private.join("lock");
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&lock_path)
            .map_err(StoreError::io("open", &lock_path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::Locked(root.to_path_buf())),
            Err(TryLockError::Error(error)) => return Err(StoreError::io("lock", &lock_path)(error)),
        }
        let folder = Self { root: root.to_path_buf(), _lock: lock };
        commit::recover(&folder)?;
        sys::remove_dir(&folder.work())?;
        Ok(folder)
    }

    /// The folder itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path in `.aimline/`.
    #[must_use]
    pub fn private(&self, name: &str) -> PathBuf {
        self.root.join(".aimline").join(name)
    }

    /// Where the next generation is written.
    #[must_use]
    pub fn next(&self) -> PathBuf {
        self.private("next")
    }

    /// Where partitions are spilled while a run is at work; emptied at its start and end.
    #[must_use]
    pub fn work(&self) -> PathBuf {
        self.private("work")
    }
}
