//! What the attributes of a cell say.

use super::styles::Styles;
use crate::grid::formats::{Format, iso, number};
use crate::markup::{Whole, unescape};

/// One cell.
#[derive(Debug)]
pub(crate) struct Cell {
    /// So many cells are the same.
    pub(crate) repeated: usize,
    /// Columns and rows that it covers.
    pub(crate) spanned: (usize, u64),
    pub(crate) formula: bool,
    /// A style of its own shows numbers as fractions, or shows them otherwise.
    pub(crate) fraction: Option<bool>,
    kind: Kind,
    /// The value as the attribute has it.
    value: Option<String>,
    error: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Percent,
    Date,
    Time,
    Bool,
}

impl Cell {
    pub(crate) fn of(attributes: &[u8], styles: &Styles) -> Self {
        let mut cell =
            Self { repeated: 1, spanned: (1, 1), formula: false, fraction: None, kind: Kind::Text, value: None, error: false };
        for (name, raw) in Whole(attributes) {
            let count = || std::str::from_utf8(raw).ok().and_then(|count| count.trim().parse().ok()).unwrap_or(1);
            match name {
                b"table:number-columns-repeated" => cell.repeated = count().max(1),
                b"table:number-columns-spanned" => cell.spanned.0 = count(),
                b"table:number-rows-spanned" => cell.spanned.1 = count() as u64,
                b"table:formula" => cell.formula = true,
                b"table:style-name" => cell.fraction = std::str::from_utf8(raw).ok().map(|name| styles.shows_fractions(name)),
                b"calcext:value-type" => cell.error |= raw == b"error",
                b"office:value-type" => {
                    cell.kind = match raw {
                        b"float" | b"currency" => Kind::Number,
                        b"percentage" => Kind::Percent,
                        b"date" => Kind::Date,
                        b"time" => Kind::Time,
                        b"boolean" => Kind::Bool,
                        _ => Kind::Text,
                    };
                }
                b"office:value"
                | b"office:date-value"
                | b"office:time-value"
                | b"office:boolean-value"
                | b"office:string-value" => {
                    let mut value = String::new();
                    if unescape(raw, &mut value).is_ok() {
                        cell.value = Some(value);
                    }
                }
                _ => {}
            }
        }
        cell
    }

    /// Appends the text of the cell, and says its kind. `words` is what it shows.
    pub(crate) fn text(&self, words: &str, fraction: bool, into: &mut String) -> char {
        // Other programs than LibreOffice give an error the value 0.
        if self.error || self.formula && is_error(words) {
            into.push_str(words);
            return 'e';
        }
        let Some(value) = self.value.as_deref() else {
            into.push_str(words);
            return 't';
        };
        match self.kind {
            Kind::Text => {
                into.push_str(value);
                't'
            }
            // An id with zeros before it that was typed as a number; what the cell shows is its text too.
            Kind::Number if is_padded(words, value) => {
                into.push_str(words);
                'n'
            }
            Kind::Number if fraction => number(value.trim(), Format::Fraction, false, into),
            Kind::Number => number(value.trim(), Format::Number, false, into),
            Kind::Percent => number(value.trim(), Format::Percent, false, into),
            Kind::Date => {
                iso(value.trim(), into);
                'd'
            }
            Kind::Time => {
                time(value.trim(), into);
                'd'
            }
            Kind::Bool => {
                into.push_str(if value == "true" { "TRUE" } else { "FALSE" });
                'b'
            }
        }
    }
}

/// True if the cell shows the same whole number with zeros before it.
fn is_padded(words: &str, value: &str) -> bool {
    words.starts_with('0')
        && words.len() > value.len()
        && words.trim_start_matches('0') == value
        && value.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_error(words: &str) -> bool {
    matches!(words, "#DIV/0!" | "#N/A" | "#NAME?" | "#NULL!" | "#NUM!" | "#REF!" | "#VALUE!")
        || words.strip_prefix("Err:").is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Appends a duration such as `PT09H30M00S` as `09:30:00`; anything else as it is.
fn time(value: &str, into: &mut String) {
    let parts = value.strip_prefix("PT").and_then(|rest| {
        let (hours, rest) = rest.split_once('H')?;
        let (minutes, rest) = rest.split_once('M')?;
        let seconds = rest.strip_suffix('S')?;
        let whole = seconds
            .split_once(['.', ','])
            .map_or(seconds, |(whole, rest)| if rest.bytes().all(|byte| byte == b'0') { whole } else { seconds });
        let digits =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
        (digits(hours) && digits(minutes) && digits(whole)).then_some((hours, minutes, whole))
    });
    match parts {
        Some((hours, minutes, seconds)) => into.push_str(&format!("{hours:0>2}:{minutes:0>2}:{seconds:0>2}")),
        None => into.push_str(value),
    }
}
