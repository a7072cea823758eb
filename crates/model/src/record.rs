//! One staged record on its way from a table to typed values: text under staged fields, each with its cell.

use crate::staged::{Field, Kind};

/// A filled cell of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot<'a> {
    /// The text, never empty.
    pub text: &'a str,
    /// Kind letter of the plugin interface; `b't'` in record tables. A capital is a formula's cached result.
    pub kind: u8,
    /// Column of the sheet, 0 is A; [`Slot::NO_COLUMN`] when the text stands elsewhere (a title, a record table).
    pub column: u16,
}

impl Slot<'_> {
    /// The text does not stand in the record's own row.
    pub const NO_COLUMN: u16 = u16::MAX;
}

/// The fields of one record. It is cleared and filled again for the next one.
#[derive(Debug, Clone)]
pub struct Record<'a> {
    /// What it is about.
    pub kind: Kind,
    slots: [Option<Slot<'a>>; Field::COUNT],
    filled: Vec<Field>,
}

impl<'a> Record<'a> {
    /// A record without fields.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self { kind, slots: [None; Field::COUNT], filled: Vec::with_capacity(24) }
    }

    /// Forgets the fields.
    pub fn clear(&mut self) {
        for field in self.filled.drain(..) {
            self.slots[field as usize] = None;
        }
    }

    /// Sets a field; empty text is no value.
    pub fn set(&mut self, field: Field, slot: Slot<'a>) {
        if slot.text.is_empty() {
            return;
        }
        if self.slots[field as usize].replace(slot).is_none() {
            self.filled.push(field);
        }
    }

    /// Takes a field away.
    pub fn unset(&mut self, field: Field) {
        if self.slots[field as usize].take().is_some() {
            self.filled.retain(|other| *other != field);
        }
    }

    /// The cell of a field.
    #[must_use]
    pub fn slot(&self, field: Field) -> Option<Slot<'a>> {
        self.slots[field as usize]
    }

    /// The text of a field.
    #[must_use]
    pub fn text(&self, field: Field) -> Option<&'a str> {
        self.slots[field as usize].map(|slot| slot.text)
    }

    /// True when no field is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.filled.is_empty()
    }
}
