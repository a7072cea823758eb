//! A generation of files: written aside, synced, then put into place behind a journal, `run.json` last.
//!
//! Before the journal is in place nothing old has been touched, and what was written aside is dropped by the next run.
//! Once it is in place, the next run finishes the renames. So each file is whole, and either old or new.

use crate::error::Result;
use crate::folder::Folder;
use crate::{StoreError, sha256_hex, sys};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(Serialize, Deserialize)]
struct Journal {
    /// Paths under the output folder, in the order in which they are put into place.
    files: Vec<String>,
}

/// The next generation, while it is being written.
#[derive(Debug)]
pub struct Generation<'a> {
    folder: &'a Folder,
    files: BTreeMap<String, String>,
}

impl<'a> Generation<'a> {
    /// Begins one.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn begin(folder: &'a Folder) -> Result<Self> {
        sys::remove_dir(&folder.next())?;
        sys::create_dir(&folder.next())?;
        Ok(Self { folder, files: BTreeMap::new() })
    }

    /// The output folder that it belongs to.
    #[must_use]
    pub fn folder(&self) -> &'a Folder {
        self.folder
    }

    /// Where a file of the generation is written now; its name counts from the output folder.
    ///
    /// # Errors
    /// When the folder above it cannot be made.
    pub fn path(&self, name: &str) -> Result<PathBuf> {
        let path = self.folder.next().join(name);
        if let Some(parent) = path.parent() {
            sys::create_dir(parent)?;
        }
        Ok(path)
    }

    /// Counts a file that was written at [`Generation::path`] and synced.
    ///
    /// # Errors
    /// When it cannot be read back.
    pub fn add(&mut self, name: &str) -> Result<()> {
        self.files.insert(name.to_owned(), self.hash(name)?);
        Ok(())
    }

    /// Counts several such files; they are read back side by side.
    ///
    /// # Errors
    /// When one cannot be read back.
    pub fn add_all(&mut self, names: &[String]) -> Result<()> {
        let hashed = names.par_iter().map(|name| Ok((name.clone(), self.hash(name)?))).collect::<Result<Vec<_>>>()?;
        self.files.extend(hashed);
        Ok(())
    }

    fn hash(&self, name: &str) -> Result<String> {
        let path = self.folder.next().join(name);
        let bytes = std::fs::read(&path).map_err(StoreError::io("read", &path))?;
        Ok(sha256_hex(&bytes))
    }

    /// Writes a whole file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        sys::write(&self.path(name)?, bytes)?;
        self.files.insert(name.to_owned(), sha256_hex(bytes));
        Ok(())
    }

    /// Files so far with the SHA-256 of each.
    #[must_use]
    pub fn files(&self) -> &BTreeMap<String, String> {
        &self.files
    }

    /// Puts the generation into place; `last` is the file that comes last.
    ///
    /// # Errors
    /// When the system refuses a step. What is in place is whole; the next run goes on from there.
    pub fn commit(self, last: &str) -> Result<()> {
        let mut files: Vec<String> = self.files.keys().filter(|name| *name != last).cloned().collect();
        if self.files.contains_key(last) {
            files.push(last.to_owned());
        }
        for folder in folders_of(&files) {
            sys::sync_dir(&self.folder.next().join(folder))?;
        }
        let text = serde_json::to_vec(&Journal { files }).map_err(|error| StoreError::damaged(&journal(self.folder), error))?;
        let draft = self.folder.private("journal.draft");
        sys::write(&draft, &text)?;
        sys::rename(&draft, &journal(self.folder))?;
        sys::sync_dir(&self.folder.private(""))?;
        finish(self.folder)
    }
}

fn journal(folder: &Folder) -> PathBuf {
    folder.private("journal.json")
}

fn folders_of(files: &[String]) -> std::collections::BTreeSet<&Path> {
    files.iter().filter_map(|name| Path::new(name).parent()).collect()
}

/// Renames what the journal names, in its order, and takes the journal away. A file that is in place already is left.
fn finish(folder: &Folder) -> Result<()> {
    let path = journal(folder);
    let text = std::fs::read(&path).map_err(StoreError::io("read", &path))?;
    let journal: Journal = serde_json::from_slice(&text).map_err(|error| StoreError::damaged(&path, error))?;
    for name in &journal.files {
        let from = folder.next().join(name);
        if from.exists() {
            let to = folder.root().join(name);
            if let Some(parent) = to.parent() {
                sys::create_dir(parent)?;
            }
            sys::rename(&from, &to)?;
        }
    }
    for name in folders_of(&journal.files) {
        sys::sync_dir(&folder.root().join(name))?;
    }
    sys::remove(&path)?;
    sys::remove_dir(&folder.next())
}

/// Finishes a commit that was interrupted after its journal, or drops one that was interrupted before.
pub(crate) fn recover(folder: &Folder) -> Result<()> {
    sys::remove(&folder.private("journal.draft"))?;
    if journal(folder).exists() { finish(folder) } else { sys::remove_dir(&folder.next()) }
}
