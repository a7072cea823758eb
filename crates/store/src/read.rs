//! Reading the project's own Parquet files back.

use crate::StoreError;
use crate::error::Result;
use polars::prelude::{DataFrame, SerReader};
use polars_io::parquet::read::ParquetReader;
use std::fs::File;
use std::path::Path;

/// A whole file as a frame.
///
/// # Errors
/// When it is not there or damaged.
pub fn frame(path: &Path) -> Result<DataFrame> {
    let file = File::open(path).map_err(StoreError::io("open", path))?;
    Ok(ParquetReader::new(file).finish()?)
}

/// Number of rows, from the footer only.
///
/// # Errors
/// When it is not there or damaged.
pub fn rows(path: &Path) -> Result<usize> {
    let file = File::open(path).map_err(StoreError::io("open", path))?;
    Ok(ParquetReader::new(file).num_rows()?)
}

/// Some columns of some rows.
///
/// # Errors
/// When it is not there or damaged.
pub fn slice(path: &Path, columns: &[&str], offset: usize, rows: usize) -> Result<DataFrame> {
    let file = File::open(path).map_err(StoreError::io("open", path))?;
    let columns = columns.iter().map(|name| (*name).to_owned()).collect();
    Ok(ParquetReader::new(file).with_columns(Some(columns)).with_slice(Some((offset, rows))).finish()?)
}
