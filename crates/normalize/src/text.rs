//! Small helpers for looking at text without copying it.

/// Without the blanks around it: also no-break spaces, zero-width spaces and the byte order mark.
pub(crate) fn trim(text: &str) -> &str {
    let bytes = text.as_bytes();
    if let (Some(first), Some(last)) = (bytes.first(), bytes.last())
        && first.is_ascii_graphic()
        && last.is_ascii_graphic()
    {
        return text;
    }
    text.trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{feff}'))
}

/// The letters and digits of two texts are the same, whatever their case, spaces and punctuation.
/// `#` and `%` count as letters. `canonical` must be lowercase.
pub(crate) fn same(text: &str, canonical: &str) -> bool {
    let counts = |letter: &char| letter.is_alphanumeric() || matches!(letter, '#' | '%');
    let mut left = text.chars().filter(counts);
    let mut right = canonical.chars().filter(counts);
    loop {
        match (left.next(), right.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if a == b || lower(a) == b => {}
            _ => return false,
        }
    }
}

fn lower(letter: char) -> char {
    if letter.is_ascii() { letter.to_ascii_lowercase() } else { letter.to_lowercase().next().unwrap_or(letter) }
}

/// The text is one of the words, whatever its case.
pub(crate) fn is_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
}
