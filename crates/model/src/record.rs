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
    /// The fields that are set.
    set: Fields,
    /// Place of the slot of each field that is set. A record has few fields, so this is smaller than a slot for each.
    places: [u8; Field::COUNT],
    slots: Vec<Slot<'a>>,
}

/// A set of fields.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fields(u128);

impl Fields {
    /// The set of these.
    #[must_use]
    pub const fn of(fields: &[Field]) -> Self {
        let (mut bits, mut at) = (0, 0);
        while at < fields.len() {
            bits |= 1 << fields[at] as u32;
            at += 1;
        }
        Self(bits)
    }

    /// What is in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What is in this one only.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// True when nothing is in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// True when this field is in it.
    #[must_use]
    pub const fn has(self, field: Field) -> bool {
        self.0 >> field as u32 & 1 == 1
    }
}

impl<'a> Record<'a> {
    /// A record without fields.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self { kind, set: Fields::default(), places: [0; Field::COUNT], slots: Vec::with_capacity(16) }
    }

    /// The record without its fields, for texts that live elsewhere: its memory serves again.
    #[must_use]
    pub fn reuse<'b>(mut self) -> Record<'b> {
        self.slots.clear();
        // An iterator over nothing, collected in place, keeps the memory of the list.
        let slots = self.slots.into_iter().map_while(|_| None).collect();
        Record { kind: self.kind, set: Fields::default(), places: self.places, slots }
    }

    /// Forgets the fields.
    #[inline]
    pub fn clear(&mut self) {
        self.set = Fields::default();
        self.slots.clear();
    }

    /// Sets a field; empty text is no value.
    #[inline]
    pub fn set(&mut self, field: Field, slot: Slot<'a>) {
        if slot.text.is_empty() {
            return;
        }
        let place = &mut self.places[field as usize];
        if self.set.has(field) {
            self.slots[usize::from(*place)] = slot;
        } else {
            *place = self.slots.len() as u8;
            self.slots.push(slot);
            self.set.0 |= 1 << field as u32;
        }
    }

    /// The cell of a field.
    #[must_use]
    #[inline]
    pub fn slot(&self, field: Field) -> Option<Slot<'a>> {
        if self.set.has(field) { self.slots.get(usize::from(self.places[field as usize])).copied() } else { None }
    }

    /// The text of a field.
    #[must_use]
    #[inline]
    pub fn text(&self, field: Field) -> Option<&'a str> {
        self.slot(field).map(|slot| slot.text)
    }

    /// The fields that are set.
    #[must_use]
    #[inline]
    pub fn fields(&self) -> Fields {
        self.set
    }

    /// True when no field is set.
    #[must_use]
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }
}

const _: () = assert!(Field::COUNT <= 128);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_cleared_and_filled_again() {
        let slot = |text| Slot { text, kind: b't', column: 0 };
        let mut record = Record::new(Kind::Point);
        record.set(Field::Score, slot("4/5"));
        record.set(Field::Score, slot("3/5"));
        record.set(Field::Date, slot(""));
        assert_eq!((record.text(Field::Score), record.text(Field::Date)), (Some("3/5"), None));
        record.clear();
        assert!(record.is_empty() && record.text(Field::Score).is_none());
    }
}
