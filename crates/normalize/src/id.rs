//! Ids are text: leading zeros stay, and what a sheet did to them is undone or refused.

use aimline_model::codes::Code;

use crate::{
    mark::parse_mark,
    text::{is_any, trim},
};

/// An id cell. `None` where there is no id (blank, a mark, an error cell). `125867.0` is `125867`.
///
/// # Errors
/// `I009`: the digits are lost, as in `1.25E+08`, or in a number beyond 2^53.
pub fn parse_id(text: &str, kind: u8) -> Result<Option<&str>, Code> {
    let text = trim(text).trim_start_matches(['\'', '#']).trim();
    if matches!(kind.to_ascii_lowercase(), b'e' | b'b') || is_none(text) {
        return Ok(None);
    }
    if is_scientific(text) {
        return Err(Code::I009);
    }
    let id = match text.split_once('.') {
        Some((whole, zeros)) if is_digits(whole) && !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0') => whole,
        _ => text,
    };
    if kind.eq_ignore_ascii_case(&b'n') && is_digits(id) && id.len() > 15 && id.parse::<u64>().is_ok_and(|id| id > 1 << 53) {
        return Err(Code::I009);
    }
    Ok(Some(id))
}

fn is_none(text: &str) -> bool {
    // A single letter is a mark in a score column, but may be an id.
    text.is_empty()
        || is_any(text, &["none", "unknown", "tbd", "n/a", "na", "null", "pending"])
        || (!text.is_ascii() && parse_mark(text).is_some())
        || text.bytes().all(|byte| byte == b'-')
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `1.25E+08`, `5.74612E8`; not `12E4`, which may be an id.
fn is_scientific(text: &str) -> bool {
    let Some(at) = text.find(['E', 'e']) else { return false };
    let (mantissa, exponent) = (&text[..at], &text[at + 1..]);
    let digits = exponent.trim_start_matches(['+', '-']);
    let number = mantissa.split_once('.').map_or(is_digits(mantissa), |(whole, places)| is_digits(whole) && is_digits(places));
    number && is_digits(digits) && (mantissa.contains('.') || digits.len() < exponent.len())
}

/// Whose number an id is, by its looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdKind {
    /// The state's (MOSIS): nine or ten digits (missouri.md 2.1).
    State,
    /// The district's: anything else.
    Local,
}

/// Nine or ten digits, as MOSIS ids are.
#[must_use]
pub fn is_state_id(text: &str) -> bool {
    matches!(text.len(), 9 | 10) && is_digits(text)
}

/// The ids of the form's one field "Student ID #/MOSIS#", such as `10065 / 574611616`, each with a guess of its kind: the
/// word MOSIS before it decides, else nine or ten digits. A social security number with hyphens is left out.
#[must_use]
pub fn split_form_ids(text: &str) -> Vec<(IdKind, &str)> {
    let mut ids = Vec::new();
    let mut named = None;
    for part in text.split(|letter: char| {
        letter.is_whitespace() || matches!(letter, '/' | ',' | ';' | '|' | '(' | ')' | ':' | '#' | '\u{200b}')
    }) {
        let part = part.trim_matches(|letter: char| matches!(letter, '-' | '.' | '\''));
        if part.eq_ignore_ascii_case("mosis") || part.eq_ignore_ascii_case("state") {
            named = Some(IdKind::State);
        } else if is_any(part, &["local", "district", "student", "school"]) {
            named = Some(IdKind::Local);
        } else if part.bytes().any(|byte| byte.is_ascii_digit()) && !is_social_security(part) {
            let looks = if is_state_id(part) { IdKind::State } else { IdKind::Local };
            ids.push((named.take().unwrap_or(looks), part));
        }
    }
    ids
}

fn is_social_security(text: &str) -> bool {
    let mut parts = text.split('-').map(|part| if is_digits(part) { part.len() } else { 0 });
    (parts.next(), parts.next(), parts.next(), parts.next()) == (Some(3), Some(2), Some(4), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids() {
        let check =
            |text: &str, kind: u8, expected: Result<Option<&str>, Code>| assert_eq!(parse_id(text, kind), expected, "{text:?}");
        check("00125867", b't', Ok(Some("00125867")));
        check(" 125867 ", b't', Ok(Some("125867")));
        check("125867", b'n', Ok(Some("125867")));
        check("125867.0", b'n', Ok(Some("125867")));
        check("00125867.0", b't', Ok(Some("00125867")));
        check("'00125867", b't', Ok(Some("00125867")));
        check("#4711", b't', Ok(Some("4711")));
        check("S-001.1", b't', Ok(Some("S-001.1")));
        check("A", b't', Ok(Some("A")));
        check("12E4", b't', Ok(Some("12E4")));
        check("1.25E+08", b't', Err(Code::I009));
        check("1.25E+08", b'n', Err(Code::I009));
        check("5.74612e8", b't', Err(Code::I009));
        check("1E+05", b't', Err(Code::I009));
        check("12345678901234567890", b't', Ok(Some("12345678901234567890")));
        check("12345678901234567", b'n', Err(Code::I009));
        for none in ["", " ", "-", "--", "–", "N/A", "na", "none", "TBD", "NULL"] {
            check(none, b't', Ok(None));
        }
        check("#REF!", b'e', Ok(None));
    }

    #[test]
    fn ids_of_the_form() {
        let check = |text: &str, expected: &[(IdKind, &str)]| assert_eq!(split_form_ids(text), expected, "{text:?}");
        check("10065 / 574611616", &[(IdKind::Local, "10065"), (IdKind::State, "574611616")]);
        check("574611616", &[(IdKind::State, "574611616")]);
        check("0574611616/10065", &[(IdKind::State, "0574611616"), (IdKind::Local, "10065")]);
        check("MOSIS# 57461161", &[(IdKind::State, "57461161")]);
        check("MOSIS: 574611616 Local: 123456789", &[(IdKind::State, "574611616"), (IdKind::Local, "123456789")]);
        check("A-1007", &[(IdKind::Local, "A-1007")]);
        check("123-45-6789", &[]);
        check("N/A", &[]);
        check("", &[]);
    }
}
