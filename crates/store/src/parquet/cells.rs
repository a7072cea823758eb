//! The cells of a row group's columns, as they are collected.

use super::days;
use aimline_model::schema::{Type, Value};
use polars_arrow::array::{
    Array, BooleanArray, DictionaryArray, MutableArray, MutableBinaryViewArray, MutableBooleanArray, MutablePrimitiveArray,
    PrimitiveArray, Utf8ViewArray,
};
use polars_arrow::datatypes::ArrowDataType;
use rustc_hash::FxHashMap;

/// The cells of a column so far. Many columns have none in a whole row group, so nothing is made before the first one.
pub struct ColumnCells {
    ty: Type,
    nulls: usize,
    cells: Option<Cells>,
}

/// A number of a column.
#[derive(Debug, Clone, Copy)]
pub enum Number {
    /// A number.
    Float(f64),
    /// A whole number.
    Int(i64),
    /// Days since 1 January 1970.
    Days(i32),
}

impl From<f64> for Number {
    fn from(number: f64) -> Self {
        Self::Float(number)
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<i32> for Number {
    fn from(days: i32) -> Self {
        Self::Days(days)
    }
}

enum Cells {
    Text(TextCells),
    Float(MutablePrimitiveArray<f64>),
    Int(MutablePrimitiveArray<i64>),
    Bool(MutableBooleanArray),
    Date(MutablePrimitiveArray<i32>),
}

impl ColumnCells {
    pub(super) fn new(ty: Type) -> Self {
        Self { ty, nulls: 0, cells: None }
    }

    pub(super) fn len(&self) -> usize {
        match &self.cells {
            None => self.nulls,
            Some(Cells::Text(cells)) => {
                if cells.plain {
                    cells.texts.len()
                } else {
                    cells.keys.len()
                }
            }
            Some(Cells::Float(cells)) => cells.len(),
            Some(Cells::Int(cells)) => cells.len(),
            Some(Cells::Bool(cells)) => cells.len(),
            Some(Cells::Date(cells)) => cells.len(),
        }
    }

    /// Adds numbers; they are whole ones or days since 1970 where the column is of that type.
    pub fn numbers<N: Copy + Into<Number>>(&mut self, numbers: impl Iterator<Item = Option<N>>) {
        self.all(numbers, |cells, number| match (cells, number.into()) {
            (Cells::Float(cells), Number::Float(number)) => cells.push(Some(number)),
            (Cells::Int(cells), Number::Int(number)) => cells.push(Some(number)),
            (Cells::Date(cells), Number::Days(days)) => cells.push(Some(days)),
            (cells, _) => cells.push(Value::Null),
        });
    }

    /// Adds yes and no.
    pub fn flags(&mut self, flags: impl Iterator<Item = bool>) {
        self.all(flags.map(Some), |cells, flag| cells.push(Value::Bool(flag)));
    }

    /// Adds texts; an empty one is no value.
    pub fn texts<'a>(&mut self, texts: impl Iterator<Item = &'a str>) {
        self.all(texts.map(|text| (!text.is_empty()).then_some(text)), |cells, text| cells.push(Value::Text(text)));
    }

    /// Adds a text for each thing, made anew only where the thing differs from the one before; an empty one is no value.
    pub fn made<T: Copy + PartialEq>(&mut self, things: impl Iterator<Item = T>, mut make: impl FnMut(T, &mut String)) {
        let (mut text, mut of) = (String::new(), None);
        for thing in things {
            if of != Some(thing) {
                text.clear();
                make(thing, &mut text);
                of = Some(thing);
            }
            match &mut self.cells {
                Some(Cells::Text(cells)) if !text.is_empty() => cells.push(&text),
                _ if text.is_empty() => self.push(Value::Null),
                _ => self.push(Value::Text(&text)),
            }
        }
    }

    fn all<T>(&mut self, mut values: impl Iterator<Item = Option<T>>, mut push: impl FnMut(&mut Cells, T)) {
        if self.cells.is_none() {
            let first = values.by_ref().find_map(|value| {
                self.nulls += usize::from(value.is_none());
                value
            });
            let Some(first) = first else { return };
            push(self.cells.insert(Cells::nulls(self.ty, self.nulls)), first);
        }
        let Some(cells) = &mut self.cells else { return };
        for value in values {
            match value {
                Some(value) => push(cells, value),
                None => cells.push(Value::Null),
            }
        }
    }

    pub(super) fn push(&mut self, value: Value<'_>) {
        match &mut self.cells {
            Some(cells) => cells.push(value),
            None if matches!(value, Value::Null) => self.nulls += 1,
            None => self.cells.insert(Cells::nulls(self.ty, self.nulls)).push(value),
        }
    }

    pub(super) fn finish(self) -> Box<dyn Array> {
        self.cells.unwrap_or_else(|| Cells::nulls(self.ty, self.nulls)).finish()
    }
}

impl Cells {
    /// A column that begins with so many rows without a value.
    fn nulls(ty: Type, n: usize) -> Self {
        match ty {
            Type::Text => Self::Text(TextCells { keys: vec![NULL; n], ..TextCells::default() }),
            Type::Float => Self::Float((0..n).map(|_| None).collect()),
            Type::Int => Self::Int((0..n).map(|_| None).collect()),
            Type::Bool => Self::Bool((0..n).map(|_| None).collect()),
            Type::Date => Self::Date((0..n).map(|_| None).collect()),
        }
    }

    fn push(&mut self, value: Value<'_>) {
        match (self, value) {
            (Self::Text(cells), Value::Text(text)) => cells.push(text),
            (Self::Text(cells), _) => cells.push_null(),
            (Self::Float(cells), Value::Float(number)) => cells.push(Some(number)),
            (Self::Float(cells), _) => cells.push(None),
            (Self::Int(cells), Value::Int(number)) => cells.push(Some(number)),
            (Self::Int(cells), _) => cells.push(None),
            (Self::Bool(cells), Value::Bool(flag)) => cells.push(Some(flag)),
            (Self::Bool(cells), _) => cells.push(None),
            (Self::Date(cells), Value::Date(date)) => cells.push(Some(days(date))),
            (Self::Date(cells), _) => cells.push(None),
        }
    }

    fn finish(self) -> Box<dyn Array> {
        match self {
            Self::Text(cells) => cells.finish(),
            Self::Float(mut cells) => cells.as_box(),
            Self::Int(mut cells) => cells.as_box(),
            Self::Bool(cells) => Box::new(BooleanArray::from(cells)),
            Self::Date(cells) => cells.to(ArrowDataType::Date32).as_box(),
        }
    }
}

/// Texts of a column. Most repeat, and mostly the one before, so they are numbered from the start; a column whose texts
/// hardly repeat is kept as it is.
#[derive(Default)]
struct TextCells {
    /// Number of each row's text; [`NULL`] for none.
    keys: Vec<u32>,
    numbers: FxHashMap<Box<str>, u32>,
    texts: MutableBinaryViewArray<str>,
    last: String,
    last_key: Option<u32>,
    plain: bool,
}

const NULL: u32 = u32::MAX;
/// After so many different texts a column must repeat each twice to stay numbered.
const TRIAL: usize = 1024;

impl TextCells {
    fn push(&mut self, text: &str) {
        if self.plain {
            self.texts.push(Some(text));
            return;
        }
        if let Some(key) = self.last_key
            && self.last == text
        {
            self.keys.push(key);
            return;
        }
        let key = match self.numbers.get(text) {
            Some(key) => *key,
            None => {
                let key = self.numbers.len() as u32;
                self.numbers.insert(text.into(), key);
                self.texts.push(Some(text));
                key
            }
        };
        self.keys.push(key);
        self.last.clear();
        self.last.push_str(text);
        self.last_key = Some(key);
        if self.numbers.len() > TRIAL && self.numbers.len() * 2 > self.keys.len() {
            self.spread();
        }
    }

    fn push_null(&mut self) {
        if self.plain {
            self.texts.push_null();
        } else {
            self.keys.push(NULL);
        }
    }

    /// Gives each row its text.
    fn spread(&mut self) {
        let distinct: Utf8ViewArray = std::mem::take(&mut self.texts).into();
        for key in self.keys.drain(..) {
            self.texts.push(if key == NULL { None } else { distinct.get(key as usize) });
        }
        self.numbers = FxHashMap::default();
        self.plain = true;
    }

    fn finish(mut self) -> Box<dyn Array> {
        if !self.plain && self.numbers.is_empty() {
            self.spread();
        }
        if self.plain {
            return self.texts.as_box();
        }
        let keys = PrimitiveArray::from_trusted_len_iter(self.keys.iter().map(|key| (*key != NULL).then_some(*key)));
        DictionaryArray::<u32>::try_from_keys(keys, self.texts.as_box(), false).expect("each key was given to a text").boxed()
    }
}
