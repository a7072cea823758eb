//! Names of people: splitting what was typed, and comparing it.

use crate::text::{is_any, trim};

/// The parts of a name, as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Name<'a> {
    /// Family name, with its particles: `De La Cruz`.
    pub last: &'a str,
    /// Given name.
    pub first: &'a str,
    /// Middle names or initial, without the full stop.
    pub middle: &'a str,
    /// False where the order or the border between the parts is a guess: three or more words without a comma,
    /// or two in capitals only, which may be `LAST FIRST`.
    pub sure: bool,
}

const SUFFIXES: &[&str] = &["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"];
const PARTICLES: &[&str] = &[
    "de", "del", "la", "las", "los", "da", "das", "dos", "di", "van", "von", "der", "den", "ter", "st", "st.", "san", "santa",
    "le", "el", "al", "bin", "ibn",
];

/// Splits `Lopez, Ana M.`, `Ana Lopez`, `Ana M. Lopez`, `Maria de la Cruz`. Nicknames in brackets or quotes and suffixes
/// such as `Jr.` are left out. A single word is no whole name.
#[must_use]
pub fn split_name(text: &str) -> Option<Name<'_>> {
    let text = without_nickname_at_end(trim(text));
    if let Some((last, given)) = text.split_once(',') {
        let (last, given) = (without_suffix(last), given.trim());
        // Smith, Jr., John
        let given = match given.split_once(',') {
            Some((suffix, given)) if is_any(suffix.trim(), SUFFIXES) => given.trim(),
            Some((given, suffix)) if is_any(suffix.trim(), SUFFIXES) => given.trim(),
            Some(_) => return None,
            None => without_suffix(given),
        };
        if is_any(given, SUFFIXES) {
            // Ana Lopez, Jr.
            return split_name(last);
        }
        let (first, middle) = first_and_middle(given);
        return (!last.is_empty() && !first.is_empty()).then_some(Name { last, first, middle, sure: true });
    }
    let text = without_suffix(text);
    let first_end = text.find(char::is_whitespace)?;
    let (first, rest) = (&text[..first_end], text[first_end..].trim());
    // The family name begins at the first particle, or is the last word.
    let mut last_start =
        rest.char_indices().rfind(|(_, letter)| letter.is_whitespace()).map_or(0, |(at, space)| at + space.len_utf8());
    let mut words = 0;
    let mut particle = false;
    for word in rest.split_whitespace() {
        words += 1;
        if is_any(word, PARTICLES) && !particle {
            last_start = word.as_ptr() as usize - rest.as_ptr() as usize;
            particle = true;
        }
    }
    let (middle, last) = (rest[..last_start].trim(), &rest[last_start..]);
    let initial = middle.trim_end_matches('.').chars().count() <= 1;
    let sure = if words == 1 { text.chars().any(char::is_lowercase) } else { initial };
    Some(Name { last, first, middle: middle.trim_end_matches('.'), sure })
}

fn without_nickname_at_end(text: &str) -> &str {
    text.strip_suffix(')').and_then(|inner| inner.rfind('(').map(|at| text[..at].trim())).unwrap_or(text)
}

fn without_suffix(text: &str) -> &str {
    let text = text.trim().trim_end_matches(',');
    match text.rsplit_once(char::is_whitespace) {
        Some((name, suffix)) if is_any(suffix, SUFFIXES) => name.trim().trim_end_matches(','),
        _ => text,
    }
}

/// Given names; a nickname in brackets or quotes between them ends the middle name.
fn first_and_middle(given: &str) -> (&str, &str) {
    let given = given.trim();
    let (first, middle) = given.split_once(char::is_whitespace).unwrap_or((given, ""));
    let middle = middle.split(['(', '"', '“']).next().unwrap_or("").trim();
    (first, middle.trim_end_matches('.'))
}

/// Text to compare by: lowercase, accents folded, apostrophes and full stops dropped, other punctuation a space,
/// single spaces. `O’Neil-López, José` becomes `oneil lopez jose`.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Appends the folded text to `folded`.
pub fn fold_into(text: &str, folded: &mut String) {
    let start = folded.len();
    let mut space = false;
    let mut push = |letter: char, folded: &mut String| {
        if letter.is_ascii_alphanumeric() {
            if space && folded.len() > start {
                folded.push(' ');
            }
            space = false;
            folded.push(letter.to_ascii_lowercase());
        } else if !matches!(letter, '\'' | '.' | '`') {
            space = true;
        }
    };
    for letter in text.chars() {
        match letter {
            _ if letter.is_ascii() => push(letter, folded),
            // Apostrophes, combining accents and soft hyphens.
            '\u{2018}'
            | '\u{2019}'
            | '\u{02bc}'
            | '\u{00b4}'
            | '\u{0300}'..='\u{036f}'
            | '\u{00ad}'
            | '\u{200b}'
            | '\u{feff}' => {}
            _ if letter.is_alphanumeric() => {
                deunicode::deunicode_char(letter).unwrap_or_default().chars().for_each(|ascii| push(ascii, folded));
            }
            _ => push(' ', folded),
        }
    }
}

/// The key under which two spellings of a name meet: `lopez|ana`. A middle initial after the given name is left out.
#[must_use]
pub fn name_key(last: &str, first: &str) -> String {
    let mut key = fold(without_suffix(last));
    key.push('|');
    let start = key.len();
    fold_into(first, &mut key);
    if let Some(at) = key[start..].rfind(' ')
        && key.len() - (start + at) == 2
    {
        key.truncate(start + at);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names() {
        let check = |text: &str, expected: Option<(&str, &str, &str, bool)>| {
            let expected = expected.map(|(last, first, middle, sure)| Name { last, first, middle, sure });
            assert_eq!(split_name(text), expected, "{text:?}");
        };
        check("Lopez, Ana M.", Some(("Lopez", "Ana", "M", true)));
        check("Lopez,Ana", Some(("Lopez", "Ana", "", true)));
        check("LOPEZ, ANA", Some(("LOPEZ", "ANA", "", true)));
        check("De La Cruz, Maria Elena", Some(("De La Cruz", "Maria", "Elena", true)));
        check("Ana Lopez", Some(("Lopez", "Ana", "", true)));
        check("Ana M. Lopez", Some(("Lopez", "Ana", "M", true)));
        check("Ana Maria Lopez", Some(("Lopez", "Ana", "Maria", false)));
        check("Maria de la Cruz", Some(("de la Cruz", "Maria", "", true)));
        check("LOPEZ ANA", Some(("ANA", "LOPEZ", "", false)));
        check("Smith, John Jr.", Some(("Smith", "John", "", true)));
        check("Smith Jr., John", Some(("Smith", "John", "", true)));
        check("Smith, Jr., John", Some(("Smith", "John", "", true)));
        check("John Smith III", Some(("Smith", "John", "", true)));
        check("John Smith, Jr.", Some(("Smith", "John", "", true)));
        check("Lopez, Ana (Annie)", Some(("Lopez", "Ana", "", true)));
        check("O’Neil, José", Some(("O’Neil", "José", "", true)));
        check("Ana Maria\u{2003}Lopez", Some(("Lopez", "Ana", "Maria", false)));
        check("Ana", None);
        check("", None);
        check("Lopez,", None);
        check(", Ana", None);
        check("a, b, c", None);
    }

    #[test]
    fn folding() {
        let check = |text: &str, expected: &str| assert_eq!(fold(text), expected, "{text:?}");
        check("O’Neil, José", "oneil jose");
        check("O'NEIL  JOSE\u{301}", "oneil jose");
        check("Smith-Jones", "smith jones");
        check("St. John", "st john");
        check("Müller Łukasz Straße Ñandú", "muller lukasz strasse nandu");
        check("  ", "");
        check("Goal #1: Reading", "goal 1 reading");
    }

    #[test]
    fn keys() {
        let check = |last: &str, first: &str, expected: &str| assert_eq!(name_key(last, first), expected);
        check("Lopez", "Ana", "lopez|ana");
        check("LÓPEZ", "Ana M.", "lopez|ana");
        check("Smith Jr.", "Mary Ann", "smith|mary ann");
        check("O’Neil", "J", "oneil|j");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,30}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.clone());
            prop_assert!(once.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b' '));
            prop_assert!(!once.contains("  ") && once.trim() == once);
        }

        #[test]
        fn both_orders_give_one_name(first in "[A-Z][a-z]{1,8}", last in "[A-Z][a-z]{1,8}") {
            prop_assume!(!is_any(&last, PARTICLES) && !is_any(&last, SUFFIXES) && !is_any(&first, SUFFIXES));
            let (plain, comma) = (format!("{first} {last}"), format!("{last}, {first}"));
            prop_assert_eq!(split_name(&plain), split_name(&comma));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,30}", likely in "[A-Za-z,. ()]{0,20}") {
            let _ = (split_name(&text), split_name(&likely));
        }
    }
}
