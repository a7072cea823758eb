//! The titles by which a copy of quarantine.xlsx is known again when it lies in the inbox.

/// Titles of the columns that stand before a row's own ones: where it is, what is wrong with it, what to do.
pub const TITLES: [&str; 7] = ["File", "Where", "What is wrong", "Seen", "Expected", "What to do", "Code"];
/// Title of the column of keys.
pub const KEY: &str = "Key (leave as it is)";

/// Title of the column in which a person says who or which goal it is.
pub const CHOICE: &str = "Your choice";

/// A student or goal that was not found, as a person is asked about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Source and place where it stands first.
    pub source: usize,
    /// Sheet and row.
    pub locator: String,
    /// What is wrong.
    pub code: crate::codes::Code,
    /// What was typed.
    pub seen: String,
    /// Keys that fit, each with a few words.
    pub candidates: Vec<String>,
    /// Number of items that wait for the answer.
    pub n_items: i64,
    /// Names it by what was typed.
    pub key: String,
}

/// Stands in place of a key where the sheet is stopped as a whole: its rows cannot be corrected one by one.
pub const NO_KEY: &str = "(settle the sheet first)";

/// True for a title that stands in each such workbook.
#[must_use]
pub fn is_ours(title: &str) -> bool {
    title == KEY || TITLES.contains(&title)
}

/// The key of a row: its source, a hash of what stands in it, and which of several alike it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemKey {
    /// Key of the source.
    pub source_id: String,
    /// 16 hex digits over sheet and row.
    pub base: String,
    /// Number among equal rows, from 1.
    pub number: u32,
}

impl std::fmt::Display for ItemKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}-{}", self.source_id, self.base, self.number)
    }
}

impl std::str::FromStr for ItemKey {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.trim().split('-');
        let mut hash = || parts.next().filter(|part| part.len() == 16 && part.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let (Some(source_id), Some(base)) = (hash(), hash()) else { return Err(()) };
        match (parts.next().map(str::parse), parts.next()) {
            (Some(Ok(number)), None) => Ok(Self { source_id: source_id.to_owned(), base: base.to_owned(), number }),
            _ => Err(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_written_and_read() {
        let key = ItemKey { source_id: "0123456789abcdef".to_owned(), base: "fedcba9876543210".to_owned(), number: 2 };
        assert_eq!(key.to_string().parse(), Ok(key.clone()));
        for text in ["", "0123", "0123456789abcdef-fedcba9876543210", "0123456789abcdef-fedcba9876543210-2-3", "x-y-1"] {
            assert_eq!(text.parse::<ItemKey>(), Err(()), "{text}");
        }
    }
}
