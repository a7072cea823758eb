//! The one way in which a Parquet file is written: columns from the schema in the model crate, zstd level 1, row groups
//! cut where the caller cuts them, text declared as `large_utf8`, statistics on dates, numbers and the first sort key.
//!
//! Text is declared as `large_utf8` in the Arrow schema that is stored with the file, because pyarrow cannot filter the
//! string views that polars would declare. Statistics on all text would cost a third of an import.

mod cells;

pub use cells::{ColumnCells, Number};

use crate::error::Result;
use crate::{StoreError, sys};
use aimline_model::schema::{Column, Row, Table, Type};
use chrono::NaiveDate;
use polars_arrow::datatypes::{ArrowDataType, ArrowSchema, Field, Metadata};
use polars_parquet::write::{
    CompressedPage, CompressionOptions, DynIter, DynStreamingIterator, Encoding, FileWriter, KeyValue, StatisticsOptions,
    Version, WriteOptions, ZstdLevel, array_to_columns, compress, fallible_streaming_iterator, get_dtype_encoding,
    schema_to_metadata_key, to_parquet_schema,
};
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rows in a row group at most.
pub const GROUP_ROWS: usize = 131_072;

/// 1 January 1970 in days of the proleptic Gregorian calendar as chrono counts them.
const EPOCH: i32 = 719_163;

/// Rows of one row group, column by column.
pub struct Group {
    columns: Vec<ColumnCells>,
    rows: usize,
}

impl Group {
    /// An empty group of a table.
    #[must_use]
    pub fn new(table: &Table) -> Self {
        let columns = table.columns.iter().map(|column| ColumnCells::new(column.ty)).collect();
        Self { columns, rows: 0 }
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Adds a row.
    pub fn push(&mut self, row: &impl Row) {
        let mut columns = self.columns.iter_mut();
        row.visit(&mut |value| {
            if let Some(column) = columns.next() {
                column.push(value);
            }
        });
        self.rows += 1;
    }

    /// A group that is filled column by column, each with so many cells.
    ///
    /// # Panics
    /// When a column got more or fewer cells.
    #[must_use]
    pub fn of(table: &Table, rows: usize, mut fill: impl FnMut(&str, &mut ColumnCells)) -> Self {
        let mut group = Self::new(table);
        for (column, cells) in table.columns.iter().zip(&mut group.columns) {
            fill(column.name, cells);
            assert_eq!(cells.len(), rows, "{} has another number of cells", column.name);
        }
        group.rows = rows;
        group
    }

    /// Encodes and compresses the rows; this is the work, and it may run on another thread than the writing.
    ///
    /// # Errors
    /// When polars refuses.
    pub fn encode(self, table: &Table) -> Result<EncodedGroup> {
        let schema = arrow_schema(table);
        let types = to_parquet_schema(&schema)?;
        let mut columns = Vec::with_capacity(self.columns.len());
        for (index, (cells, field)) in self.columns.into_iter().zip(types.fields()).enumerate() {
            let array = cells.finish();
            let text = table.columns[index].ty == Type::Text;
            let options = options(index == 0 || !text);
            let encoding = match array.dtype() {
                // Texts that hardly repeat were found out while they were collected.
                ArrowDataType::Utf8View => vec![Encoding::Plain],
                other => get_dtype_encoding(other),
            };
            for pages in array_to_columns(array, field.clone(), options, &encoding)? {
                let mut done = Vec::new();
                for page in pages {
                    let page = compress(page?, Vec::new(), options.compression);
                    done.push(page.map_err(|error| StoreError::Parquet(error.to_string()))?);
                }
                columns.push(done);
            }
        }
        Ok(EncodedGroup { rows: self.rows, columns })
    }
}

/// Days since 1 January 1970.
#[must_use]
pub fn days(date: NaiveDate) -> i32 {
    use chrono::Datelike;
    date.num_days_from_ce() - EPOCH
}

/// The day that many days after 1 January 1970.
#[must_use]
pub fn date(days: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(days.checked_add(EPOCH)?)
}

/// A row group that only has to be written.
pub struct EncodedGroup {
    rows: usize,
    columns: Vec<Vec<CompressedPage>>,
}

/// Writes a table's file.
pub struct TableWriter {
    out: FileWriter<BufWriter<File>>,
    file: File,
    path: PathBuf,
    table: Table,
    group: Group,
    rows: usize,
}

impl TableWriter {
    /// Begins a file.
    ///
    /// # Errors
    /// When it cannot be created.
    pub fn create(path: &Path, table: Table) -> Result<Self> {
        let file = sys::create(path)?;
        let handle = file.try_clone().map_err(StoreError::io("open", path))?;
        let schema = arrow_schema(&table);
        let types = to_parquet_schema(&schema)?;
        let out = FileWriter::new_with_parquet_schema(BufWriter::with_capacity(1 << 18, file), schema, types, no_page_index());
        let group = Group::new(&table);
        Ok(Self { out, file: handle, path: path.to_path_buf(), table, group, rows: 0 })
    }

    /// Adds a row; a full group is written.
    ///
    /// # Errors
    /// When the disk is full or the like.
    pub fn push(&mut self, row: &impl Row) -> Result<()> {
        self.group.push(row);
        if self.group.rows() == GROUP_ROWS { self.cut() } else { Ok(()) }
    }

    fn cut(&mut self) -> Result<()> {
        let group = std::mem::replace(&mut self.group, Group::new(&self.table));
        if group.rows() == 0 {
            return Ok(());
        }
        let encoded = group.encode(&self.table)?;
        self.append(&encoded)
    }

    /// Writes a row group that was encoded elsewhere, after the rows that are waiting.
    ///
    /// # Errors
    /// When the disk is full or the like.
    pub fn write_group(&mut self, group: &EncodedGroup) -> Result<()> {
        self.cut()?;
        self.append(group)
    }

    fn append(&mut self, group: &EncodedGroup) -> Result<()> {
        let columns = group.columns.iter().map(|pages| {
            Ok(DynStreamingIterator::new(fallible_streaming_iterator::convert(pages.iter().map(polars::error::PolarsResult::Ok))))
        });
        self.out.write(group.rows as u64, DynIter::new(columns))?;
        self.rows += group.rows;
        Ok(())
    }

    /// Ends the file and syncs it; answers with the number of rows.
    ///
    /// # Errors
    /// When the disk is full or the like.
    pub fn finish(mut self) -> Result<usize> {
        self.cut()?;
        let described = described_schema(&self.table);
        let rows = self.rows;
        self.out.end(Some(vec![schema_to_metadata_key(&described), about(&self.table)]))?;
        drop(self.out);
        sys::sync(&self.path, &self.file)?;
        Ok(rows)
    }
}

fn about(table: &Table) -> KeyValue {
    KeyValue { key: "aimline:row".to_owned(), value: Some(table.row.to_owned()) }
}

/// Options of the file as a whole. Statistics of row groups are written in any case; a page index is not, because polars
/// marks pages of text without bounds as all null there, and DuckDB 2 then leaves them out of every filter.
fn no_page_index() -> WriteOptions {
    WriteOptions { statistics: StatisticsOptions::empty(), ..options(true) }
}

fn options(statistics: bool) -> WriteOptions {
    WriteOptions {
        statistics: StatisticsOptions {
            min_value: statistics,
            max_value: statistics,
            distinct_count: false,
            null_count: true,
            binary_statistics_truncate_length: None,
        },
        compression: CompressionOptions::Zstd(ZstdLevel::try_new(1).ok()),
        version: Version::V1,
        data_page_size: None,
    }
}

fn field(column: &Column, text: ArrowDataType) -> Field {
    let dtype = match column.ty {
        Type::Text => text,
        Type::Float => ArrowDataType::Float64,
        Type::Int => ArrowDataType::Int64,
        Type::Bool => ArrowDataType::Boolean,
        Type::Date => ArrowDataType::Date32,
    };
    Field::new(column.name.into(), dtype, true)
}

fn arrow_schema(table: &Table) -> ArrowSchema {
    table.columns.iter().map(|column| field(column, ArrowDataType::Utf8View)).collect()
}

/// The schema that readers see: large text, and what each column means.
fn described_schema(table: &Table) -> ArrowSchema {
    table
        .columns
        .iter()
        .map(|column| {
            let mut field = field(column, ArrowDataType::LargeUtf8);
            let mut metadata = Metadata::new();
            metadata.insert("description".into(), column.description.into());
            metadata.insert("pii".into(), column.pii.as_str().into());
            for (key, text) in [("unit", column.unit), ("ceds", column.ceds)] {
                if !text.is_empty() {
                    metadata.insert(key.into(), text.into());
                }
            }
            field.metadata = Some(Arc::new(metadata));
            field
        })
        .collect()
}
