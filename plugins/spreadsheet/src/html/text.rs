//! Running text as a browser shows it: blanks become one, a line break is one.

use crate::MAX_CELL;

/// Text under construction.
#[derive(Debug, Default)]
pub(crate) struct Text {
    text: String,
    /// A blank that counts if something follows it in its line.
    blank: bool,
    /// A line break that counts if something follows it.
    lines: usize,
}

impl Text {
    pub(crate) fn push(&mut self, text: &str) {
        for one in text.chars() {
            // A blank that does not break is one for those who look at it.
            if one.is_ascii_whitespace() || one == '\u{a0}' || one == '\0' {
                self.blank = true;
                continue;
            }
            if self.text.len() > MAX_CELL {
                return; // what is longer is cut later on, and said
            }
            if !self.text.is_empty() {
                match std::mem::take(&mut self.lines) {
                    0 if self.blank => self.text.push(' '),
                    lines => self.text.extend(std::iter::repeat_n('\n', lines)),
                }
            }
            (self.blank, self.lines) = (false, 0);
            self.text.push(one);
        }
    }

    /// A line break.
    pub(crate) fn line(&mut self) {
        self.lines = (self.lines + 1).min(100);
    }

    /// The beginning or the end of a block: what follows stands in a line of its own.
    pub(crate) fn block(&mut self) {
        self.lines = self.lines.max(1);
    }

    /// Ends it and begins another.
    pub(crate) fn take(&mut self) -> String {
        (self.blank, self.lines) = (false, 0);
        std::mem::take(&mut self.text)
    }
}
