//! Grade levels.

use crate::{
    date::ordinal_suffix,
    text::{is_any, trim},
};

const NUMBERED: [&str; 13] = ["K", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"];
const ORDINALS: [&[&str]; 12] = [
    &["first", "primero", "primer"],
    &["second", "segundo"],
    &["third", "tercero", "tercer"],
    &["fourth", "cuarto"],
    &["fifth", "quinto"],
    &["sixth", "sexto"],
    &["seventh", "séptimo", "septimo"],
    &["eighth", "octavo"],
    &["ninth", "noveno", "freshman"],
    &["tenth", "décimo", "decimo", "sophomore"],
    &["eleventh", "junior"],
    &["twelfth", "senior"],
];

/// A grade as `PK`, `K`, `01` to `12`: from `Pre-K`, `KG`, `0`, `00`, `2`, `02`, `3.0`, `3rd`, `Grade 3`, `third grade`.
/// What is not known stays as it was typed.
#[must_use]
pub fn parse_grade(text: &str) -> &str {
    let text = trim(text);
    known(text).unwrap_or(text)
}

fn known(text: &str) -> Option<&'static str> {
    let mut left = None;
    for word in text.split(|letter: char| letter.is_whitespace() || matches!(letter, '.' | ',')).filter(|word| !word.is_empty()) {
        if is_any(word, &["grade", "gr", "grado", "level", "year", "student", "de"]) {
            continue;
        }
        let grade = one(word);
        match (left, grade) {
            // 3.0 of a number cell.
            (Some(_), Some("K")) if word.bytes().all(|byte| byte == b'0') && text.contains('.') => {}
            (None, Some(grade)) => left = Some(grade),
            (Some("PK"), Some("K")) if word.eq_ignore_ascii_case("k") || word.eq_ignore_ascii_case("kindergarten") => {}
            _ => return None,
        }
    }
    left
}

fn one(word: &str) -> Option<&'static str> {
    if is_any(word, &["k", "kg", "kf", "kdg", "kinder", "kindergarten", "kínder", "kindergarden"]) {
        return Some("K");
    }
    if is_any(
        word,
        &[
            "pk",
            "pre",
            "prek",
            "pre-k",
            "p3",
            "p4",
            "p5",
            "ps",
            "preschool",
            "ecse",
            "ec",
            "prekindergarten",
            "pre-kindergarten",
            "preescolar",
            "prekínder",
            "-1",
        ],
    ) {
        return Some("PK");
    }
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits) {
        let rest = &word[digits..];
        return (rest.is_empty() || ordinal_suffix(rest))
            .then(|| NUMBERED.get(word[..digits].parse::<usize>().ok()?).copied())?;
    }
    let word = word.strip_suffix("-grade").unwrap_or(word);
    let at = ORDINALS.iter().position(|names| is_any(word, names))?;
    NUMBERED.get(at + 1).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades() {
        let check = |text: &str, expected: &str| assert_eq!(parse_grade(text), expected, "{text:?}");
        for text in ["K", "KG", "0", "00", "k", "Kindergarten", "Kinder"] {
            check(text, "K");
        }
        for text in ["PK", "Pre-K", "PreK", "Pre K", "Preschool", "-1"] {
            check(text, "PK");
        }
        for text in [
            "3",
            "03",
            "3rd",
            "3RD",
            "Grade 3",
            "Gr. 3",
            "3.0",
            "3.00",
            "third",
            "Third Grade",
            "3rd grade",
            "third-grade",
            "tercero",
            "3º",
            "Grado 3",
        ] {
            check(text, "03");
        }
        check("10", "10");
        check("12th", "12");
        check("10.0", "10");
        for raw in ["13", "Ungraded", "3.5", "3-4", "K-2", "", "U"] {
            check(raw, raw);
        }
    }
}
