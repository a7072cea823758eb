//! A table of the dataset as plain vectors.

use crate::day::Day;
use crate::error::AnalyzeError;
use polars::prelude::{Column, DataFrame, PolarsResult};
use std::path::{Path, PathBuf};

/// A table read whole, or a slice of one.
pub(crate) struct Frame {
    pub(crate) data: DataFrame,
    path: PathBuf,
}

impl Frame {
    /// Columns of the table `name` of the dataset folder.
    pub(crate) fn read(dataset: &Path, name: &str, columns: &[&str]) -> Result<Self, AnalyzeError> {
        let path = dataset.join(format!("{name}.parquet"));
        let rows = aimline_store::read::rows(&path)?;
        Ok(Self { data: aimline_store::read::slice(&path, columns, 0, rows)?, path })
    }

    pub(crate) fn of(data: DataFrame, path: &Path) -> Self {
        Self { data, path: path.to_path_buf() }
    }

    pub(crate) fn len(&self) -> usize {
        self.data.height()
    }

    fn column<T>(&self, name: &str, take: impl FnOnce(&Column) -> PolarsResult<T>) -> Result<T, AnalyzeError> {
        let taken = self.data.column(name).and_then(take);
        taken.map_err(|source| AnalyzeError::Table { path: self.path.clone(), source: Box::new(source) })
    }

    pub(crate) fn texts(&self, name: &str) -> Result<Vec<Option<&str>>, AnalyzeError> {
        let column = self.data.column(name).and_then(|column| column.str());
        let column = column.map_err(|source| AnalyzeError::Table { path: self.path.clone(), source: Box::new(source) })?;
        Ok(column.iter().collect())
    }

    pub(crate) fn integers(&self, name: &str) -> Result<Vec<Option<i64>>, AnalyzeError> {
        self.column(name, |column| Ok(column.i64()?.iter().collect()))
    }

    pub(crate) fn flags(&self, name: &str) -> Result<Vec<Option<bool>>, AnalyzeError> {
        self.column(name, |column| Ok(column.bool()?.iter().collect()))
    }

    pub(crate) fn days(&self, name: &str) -> Result<Vec<Option<Day>>, AnalyzeError> {
        self.column(name, |column| Ok(column.date()?.physical().iter().collect()))
    }

    pub(crate) fn floats(&self, name: &str) -> Result<Vec<Option<f64>>, AnalyzeError> {
        self.column(name, |column| Ok(column.f64()?.iter().collect()))
    }

    /// Appends floats, NaN for null.
    pub(crate) fn floats_to(&self, name: &str, out: &mut Vec<f64>) -> Result<(), AnalyzeError> {
        self.column(name, |column| {
            for array in column.f64()?.downcast_iter() {
                match array.validity() {
                    None => out.extend_from_slice(array.values()),
                    Some(valid) => {
                        out.extend(array.values_iter().zip(valid).map(|(value, is)| if is { *value } else { f64::NAN }))
                    }
                }
            }
            Ok(())
        })
    }

    /// Appends integers, `null` for null.
    pub(crate) fn integers_to(&self, name: &str, null: i64, out: &mut Vec<i64>) -> Result<(), AnalyzeError> {
        self.column(name, |column| {
            for array in column.i64()?.downcast_iter() {
                match array.validity() {
                    None => out.extend_from_slice(array.values()),
                    Some(valid) => out.extend(array.values_iter().zip(valid).map(|(value, is)| if is { *value } else { null })),
                }
            }
            Ok(())
        })
    }

    /// Appends days, `null` for null.
    pub(crate) fn days_to(&self, name: &str, null: Day, out: &mut Vec<Day>) -> Result<(), AnalyzeError> {
        self.column(name, |column| {
            for array in column.date()?.physical().downcast_iter() {
                match array.validity() {
                    None => out.extend_from_slice(array.values()),
                    Some(valid) => out.extend(array.values_iter().zip(valid).map(|(value, is)| if is { *value } else { null })),
                }
            }
            Ok(())
        })
    }

    /// Appends numbers for texts; equal neighbours are looked up once, and a column of nulls not at all.
    pub(crate) fn numbers_to(
        &self,
        name: &str,
        out: &mut Vec<u32>,
        mut number: impl FnMut(&str) -> u32,
    ) -> Result<(), AnalyzeError> {
        self.column(name, |column| {
            let texts = column.str()?;
            if texts.null_count() == texts.len() {
                out.resize(out.len() + texts.len(), 0);
                return Ok(());
            }
            let mut last = ("", 0);
            out.extend(texts.iter().map(|text| match text {
                None | Some("") => 0,
                Some(text) if text == last.0 => last.1,
                Some(text) => {
                    last = (text, number(text));
                    last.1
                }
            }));
            Ok(())
        })
    }
}
