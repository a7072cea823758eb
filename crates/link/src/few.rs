//! A sorted set of the few names that one child, goal or measure has.

use std::borrow::Borrow;

/// A set that is a sorted list: most have one member, and there are hundreds of thousands of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Few<T>(Vec<T>);

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Ord> Few<T> {
    pub(crate) fn one(member: T) -> Self {
        Self(vec![member])
    }

    pub(crate) fn insert(&mut self, member: T) {
        if let Err(place) = self.0.binary_search(&member) {
            self.0.insert(place, member);
        }
    }

    pub(crate) fn contains<Q: Ord + ?Sized>(&self, member: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.0.binary_search_by(|other| other.borrow().cmp(member)).is_ok()
    }

    pub(crate) fn first(&self) -> Option<&T> {
        self.0.first()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn into_sorted(self) -> Vec<T> {
        self.0
    }
}

impl Few<String> {
    /// Adds a text that is not empty.
    pub(crate) fn insert_text(&mut self, text: &str) {
        if !text.is_empty() && !self.contains(text) {
            self.insert(text.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_sorted_set() {
        let mut few = Few::default();
        for text in ["writing", "", "reading", "writing"] {
            few.insert_text(text);
        }
        assert!(few.contains("reading") && !few.contains("math") && !few.is_empty());
        assert_eq!(few.first().map(String::as_str), Some("reading"));
        assert_eq!(few.into_sorted(), ["reading", "writing"]);
    }
}
