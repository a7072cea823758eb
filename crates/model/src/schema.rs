//! The canonical tables: names, types, units, classes of personal information, CEDS elements. Written down once; the
//! Parquet schemas and their metadata, `dictionary.csv` and the docs come from here.

use chrono::NaiveDate;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// UTF-8 text.
    Text,
    /// 64-bit float.
    Float,
    /// 64-bit integer.
    Int,
    /// True or false.
    Bool,
    /// A civil date.
    Date,
}

impl Type {
    /// Its word in the dictionary.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Float => "float64",
            Self::Int => "int64",
            Self::Bool => "boolean",
            Self::Date => "date",
        }
    }
}

/// Class of personal information of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pii {
    /// Tells nothing about who it is.
    None,
    /// May tell who it is when joined with other facts.
    Indirect,
    /// Names a child or a family, or is free text that may.
    Direct,
}

impl Pii {
    /// Its word in the dictionary.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Indirect => "indirect",
            Self::Direct => "direct",
        }
    }
}

/// One column of a table.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Name, part of the contract.
    pub name: &'static str,
    /// Type.
    pub ty: Type,
    /// Class of personal information.
    pub pii: Pii,
    /// Unit, scale or code list; empty when there is none.
    pub unit: &'static str,
    /// CEDS element id, where one fits; else empty.
    pub ceds: &'static str,
    /// One sentence.
    pub description: &'static str,
}

/// One table.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Name; also the file's name.
    pub name: &'static str,
    /// `dataset` or `analysis`.
    pub folder: &'static str,
    /// What one row is.
    pub row: &'static str,
    /// Columns in order.
    pub columns: &'static [Column],
}

/// One cell on its way to a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// No value.
    Null,
    /// Text.
    Text(&'a str),
    /// Float.
    Float(f64),
    /// Integer.
    Int(i64),
    /// Boolean.
    Bool(bool),
    /// Date.
    Date(NaiveDate),
}

/// A struct whose fields are the columns of a table.
pub trait Row {
    /// The table.
    const TABLE: Table;

    /// Calls `sink` with each cell, in the order of the columns.
    fn visit<'a>(&'a self, sink: &mut dyn FnMut(Value<'a>));
}

/// How a Rust field becomes a cell.
pub(crate) trait Cell {
    fn value(&self) -> Value<'_>;
}

impl Cell for String {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl Cell for &'static str {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl Cell for f64 {
    fn value(&self) -> Value<'_> {
        Value::Float(*self)
    }
}

impl Cell for i64 {
    fn value(&self) -> Value<'_> {
        Value::Int(*self)
    }
}

impl Cell for bool {
    fn value(&self) -> Value<'_> {
        Value::Bool(*self)
    }
}

impl Cell for NaiveDate {
    fn value(&self) -> Value<'_> {
        Value::Date(*self)
    }
}

impl<T: Cell> Cell for Option<T> {
    fn value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, Cell::value)
    }
}

/// Declares a table and the struct of its rows.
///
/// `name: RustType, Type, Pii, "unit", "ceds", "description";`
macro_rules! tables {
    ($($(#[$doc:meta])* $struct:ident $folder:literal / $table:literal, $row:literal {
        $($field:ident: $rust:ty, $ty:ident, $pii:ident, $unit:literal, $ceds:literal, $text:literal;)*
    })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Default, PartialEq)]
            pub struct $struct { $(#[doc = $text] pub $field: $rust,)* }

            impl $crate::schema::Row for $struct {
                const TABLE: $crate::schema::Table = $crate::schema::Table {
                    name: $table,
                    folder: $folder,
                    row: $row,
                    columns: &[$($crate::schema::Column {
                        name: stringify!($field),
                        ty: $crate::schema::Type::$ty,
                        pii: $crate::schema::Pii::$pii,
                        unit: $unit,
                        ceds: $ceds,
                        description: $text,
                    },)*],
                };

                fn visit<'a>(&'a self, sink: &mut dyn FnMut($crate::schema::Value<'a>)) {
                    $(sink($crate::schema::Cell::value(&self.$field));)*
                }
            }
        )*
    };
}
pub(crate) use tables;

/// All tables, dataset first, in the order of the design.
#[must_use]
pub fn all_tables() -> Vec<Table> {
    use crate::{analysis as a, tables as t};
    vec![
        t::Source::TABLE,
        t::Student::TABLE,
        t::Enrollment::TABLE,
        t::Plan::TABLE,
        t::Event::TABLE,
        t::Goal::TABLE,
        t::Measure::TABLE,
        t::DataPoint::TABLE,
        t::PhaseChange::TABLE,
        t::ProgressReport::TABLE,
        t::Service::TABLE,
        t::ServiceDelivery::TABLE,
        t::Calendar::TABLE,
        t::Quarantine::TABLE,
        t::Repair::TABLE,
        t::Link::TABLE,
        a::Trend::TABLE,
        a::Flag::TABLE,
        a::Check::TABLE,
        a::Summary::TABLE,
        a::PriorRow::TABLE,
    ]
}
