//! The few things that styles say of values: what is hidden, and which numbers show as fractions.

use crate::markup::attribute;
use std::collections::HashSet;

/// More styles than this are damage or an attack; what they say is not used.
const MANY: usize = 100_000;

/// What is known by the names of styles.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    /// Of sheets.
    hidden: HashSet<String>,
    /// Of cells.
    fractions: HashSet<String>,
    /// Of numbers.
    number_fractions: HashSet<String>,
    /// The style that is open.
    current: String,
}

impl Styles {
    pub(crate) fn open(&mut self, name: &[u8], attributes: &[u8], empty: bool) {
        match name {
            b"style" | b"number-style" => {
                self.current = attribute(attributes, b"name").unwrap_or_default();
                let numbers = attribute(attributes, b"data-style-name");
                if numbers.is_some_and(|numbers| self.number_fractions.contains(&numbers)) && self.fractions.len() < MANY {
                    self.fractions.insert(self.current.clone());
                }
                if empty {
                    self.current.clear();
                }
            }
            b"table-properties" if attribute(attributes, b"display").as_deref() == Some("false") => {
                self.current(|styles| &mut styles.hidden)
            }
            b"fraction" => self.current(|styles| &mut styles.number_fractions),
            _ => {}
        }
    }

    pub(crate) fn close(&mut self, name: &[u8]) {
        if matches!(name, b"style" | b"number-style") {
            self.current.clear();
        }
    }

    fn current(&mut self, set: impl Fn(&mut Self) -> &mut HashSet<String>) {
        let current = self.current.clone();
        let set = set(self);
        if !current.is_empty() && set.len() < MANY {
            set.insert(current);
        }
    }

    pub(crate) fn hides(&self, sheet_style: &str) -> bool {
        self.hidden.contains(sheet_style)
    }

    pub(crate) fn shows_fractions(&self, cell_style: &str) -> bool {
        self.fractions.contains(cell_style)
    }
}
