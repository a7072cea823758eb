//! The key register: which identity has which key. Keys are minted once and never recomputed.

use crate::commit::Generation;
use crate::error::Result;
use crate::folder::Folder;
use crate::parquet::TableWriter;
use crate::{StoreError, read};
use aimline_model::register::{KeyEntry, KeyHistory};
use aimline_model::schema::Row;
use polars::prelude::DataFrame;

/// Kinds of keys, and the file of each.
pub const KINDS: [&str; 4] = ["students", "plans", "goals", "measures"];

/// What the register holds of one kind, in the order in which it was written.
///
/// # Errors
/// When the file is damaged.
pub fn load(folder: &Folder, kind: &str) -> Result<Vec<KeyEntry>> {
    let path = folder.private("keys").join(format!("{kind}.parquet"));
    if !path.exists() {
        return Ok(Vec::new());
    }
    let frame = read::frame(&path)?;
    let text = |name: &str| column(&frame, name);
    let (keys, kinds, scopes, identities, aliases) =
        (text("key")?, text("identity_kind")?, text("scope")?, text("identity")?, text("alias_of")?);
    let generations = frame.column("generation")?.i64()?.clone();
    let lost = || StoreError::damaged(&path, "a cell is missing");
    (0..frame.height())
        .map(|row| {
            Ok(KeyEntry {
                key: keys.get(row).ok_or_else(lost)?.to_owned(),
                identity_kind: kinds.get(row).ok_or_else(lost)?.to_owned(),
                scope: scopes.get(row).unwrap_or_default().to_owned(),
                identity: identities.get(row).unwrap_or_default().to_owned(),
                alias_of: aliases.get(row).map(str::to_owned),
                generation: generations.get(row).unwrap_or_default(),
            })
        })
        .collect()
}

fn column(frame: &DataFrame, name: &str) -> Result<polars::prelude::StringChunked> {
    Ok(frame.column(name)?.str()?.clone())
}

/// Writes a kind's register for a generation, and answers with the name of the file.
///
/// # Errors
/// When it cannot be written.
pub fn write(generation: &Generation<'_>, kind: &str, entries: &[KeyEntry]) -> Result<String> {
    write_rows(generation, format!(".aimline/keys/{kind}.parquet"), entries)
}

/// Loads the history of merges.
///
/// # Errors
/// When the file is damaged.
pub fn load_history(folder: &Folder) -> Result<Vec<KeyHistory>> {
    let path = folder.private("key_history.parquet");
    if !path.exists() {
        return Ok(Vec::new());
    }
    let frame = read::frame(&path)?;
    let (keys, into) = (column(&frame, "key")?, column(&frame, "into_key")?);
    let generations = frame.column("generation")?.i64()?.clone();
    Ok((0..frame.height())
        .map(|row| KeyHistory {
            key: keys.get(row).unwrap_or_default().to_owned(),
            into_key: into.get(row).unwrap_or_default().to_owned(),
            generation: generations.get(row).unwrap_or_default(),
        })
        .collect())
}

/// Writes the history of merges for a generation, and answers with the name of the file.
///
/// # Errors
/// When it cannot be written.
pub fn write_history(generation: &Generation<'_>, history: &[KeyHistory]) -> Result<String> {
    write_rows(generation, ".aimline/key_history.parquet".to_owned(), history)
}

fn write_rows<R: Row>(generation: &Generation<'_>, name: String, rows: &[R]) -> Result<String> {
    let mut writer = TableWriter::create(&generation.path(&name)?, R::TABLE)?;
    for row in rows {
        writer.push(row)?;
    }
    writer.finish()?;
    Ok(name)
}
