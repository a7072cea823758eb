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
    /// Place of each field's slot, from 1; 0 is none. A record has few fields, so this is smaller than a slot for each.
    places: [u8; Field::COUNT],
    slots: Vec<Slot<'a>>,
}

impl<'a> Record<'a> {
    /// A record without fields.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self { kind, places: [0; Field::COUNT], slots: Vec::with_capacity(16) }
    }

    /// The record without its fields, for texts that live elsewhere: its memory serves again.
    #[must_use]
    pub fn reuse<'b>(mut self) -> Record<'b> {
        self.slots.clear();
        // An iterator over nothing, collected in place, keeps the memory of the list.
        let slots = self.slots.into_iter().filter_map(|_| None).collect();
        Record { kind: self.kind, places: [0; Field::COUNT], slots }
    }

    /// Forgets the fields.
    #[inline]
    pub fn clear(&mut self) {
        self.places = [0; Field::COUNT];
        self.slots.clear();
    }

    /// Sets a field; empty text is no value.
    #[inline]
    pub fn set(&mut self, field: Field, slot: Slot<'a>) {
        if slot.text.is_empty() {
            return;
        }
        match self.places[field as usize] {
            0 => {
                self.slots.push(slot);
                self.places[field as usize] = self.slots.len() as u8;
            }
            place => self.slots[usize::from(place) - 1] = slot,
        }
    }

    /// The cell of a field.
    #[must_use]
    #[inline]
    pub fn slot(&self, field: Field) -> Option<Slot<'a>> {
        let place = usize::from(self.places[field as usize]);
        self.slots.get(place.wrapping_sub(1)).copied()
    }

    /// The text of a field.
    #[must_use]
    #[inline]
    pub fn text(&self, field: Field) -> Option<&'a str> {
        self.slot(field).map(|slot| slot.text)
    }

    /// True when no field is set.
    #[must_use]
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }
}

const _: () = assert!(Field::COUNT < u8::MAX as usize);

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
