//! All shared texts of a workbook, one after the other.

/// Shared texts by number.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    text: String,
    ends: Vec<usize>,
}

impl Texts {
    /// Adds a text that `write` appends.
    pub(crate) fn add<T>(&mut self, write: impl FnOnce(&mut String) -> T) -> T {
        let answer = write(&mut self.text);
        self.ends.push(self.text.len());
        answer
    }

    pub(crate) fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some(&self.text[start..end])
    }
}
