//! Number formats: what the file says a number is, and how that number is written.

use calamine::{ExcelDateTime, ExcelDateTimeType};
use std::fmt::Write;

/// What a number format makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Number,
    /// Whole numbers with zeros before them, to so many digits: an id that was typed as a number.
    Padded(u8),
    Percent,
    Fraction,
    /// A date, a clock time or both.
    Date,
    /// Hours, minutes or seconds that count past 24 or 60.
    Duration,
}

impl Format {
    /// From the id and the code of a format. Ids of dates in East Asian editions have no code.
    pub(crate) fn of(id: u32, code: &str) -> Self {
        if matches!(id, 27..=36 | 50..=58) && code == "General" {
            return Self::Date;
        }
        let first = code.split(';').next().unwrap_or_default();
        if (2..=20).contains(&first.len()) && first.bytes().all(|byte| byte == b'0') {
            return Self::Padded(first.len() as u8);
        }
        let mut found = Self::Number;
        let mut rest = code.char_indices().peekable();
        let mut previous = ' ';
        while let Some((at, one)) = rest.next() {
            match one {
                ';' => break, // the first section is that of positive numbers
                '\\' | '_' | '*' => {
                    rest.next();
                }
                '"' => while rest.next().is_some_and(|(_, one)| one != '"') {},
                '[' => {
                    let inside = code[at + 1..].split(']').next().unwrap_or("");
                    let elapsed =
                        |letter: char| !inside.is_empty() && inside.chars().all(|one| one.eq_ignore_ascii_case(&letter));
                    if elapsed('h') || elapsed('m') || elapsed('s') {
                        return Self::Duration;
                    }
                    while rest.next().is_some_and(|(_, one)| one != ']') {}
                }
                'd' | 'm' | 'h' | 'y' | 's' | 'D' | 'M' | 'H' | 'Y' | 'S' => return Self::Date,
                'a' | 'A' if code[at..].len() >= 3 && matches!(code.as_bytes()[at + 1], b'/' | b'm' | b'M') => return Self::Date,
                'G' | 'g' if code[at..].get(..7).is_some_and(|word| word.eq_ignore_ascii_case("General")) => {
                    rest.nth(5);
                }
                '%' => found = Self::Percent,
                '/' if matches!(previous, '?' | '#' | '0') => found = Self::Fraction,
                _ => {}
            }
            previous = one;
        }
        found
    }

    /// Of a format that Excel knows by its number alone.
    pub(crate) fn built_in(id: u16) -> Self {
        match id {
            9 | 10 => Self::Percent,
            12 | 13 => Self::Fraction,
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => Self::Date,
            46 => Self::Duration,
            _ => Self::Number,
        }
    }

    pub(crate) fn kind(self) -> char {
        match self {
            Self::Number | Self::Padded(_) => 'n',
            Self::Percent => 'p',
            Self::Fraction => 'f',
            Self::Date | Self::Duration => 'd',
        }
    }
}

/// Appends a stored number as its format wants it, and says its kind. Text that is no number stays as it is.
pub(crate) fn number(raw: &str, format: Format, from_1904: bool, into: &mut String) -> char {
    if !matches!(format, Format::Date | Format::Duration) && plain(raw) {
        pad(raw, format, into);
        into.push_str(raw);
        return format.kind();
    }
    match raw.parse::<f64>() {
        Ok(number) if number.is_finite() => value(number, format, from_1904, into),
        _ => other(raw, into),
    }
}

/// Appends a finite number as its format wants it, and says its kind. Others are damage, and a cell without text.
pub(crate) fn value(number: f64, format: Format, from_1904: bool, into: &mut String) -> char {
    if !number.is_finite() {
        return 'z';
    }
    if matches!(format, Format::Date | Format::Duration) {
        if date(number, format, from_1904, into) {
            return 'd';
        }
        write(into, number);
        return 'n';
    }
    let start = into.len();
    write(into, number);
    if matches!(format, Format::Padded(_)) {
        let written = into.split_off(start);
        pad(&written, format, into);
        into.push_str(&written);
    }
    format.kind()
}

/// Appends the zeros that the format shows before a whole number.
fn pad(digits: &str, format: Format, into: &mut String) {
    if let Format::Padded(width) = format
        && digits.bytes().all(|byte| byte.is_ascii_digit())
    {
        into.extend(std::iter::repeat_n('0', usize::from(width).saturating_sub(digits.len())));
    }
}

fn other(raw: &str, into: &mut String) -> char {
    into.push_str(raw);
    't'
}

fn write(into: &mut String, value: f64) {
    // Writing to a String cannot fail. The shortest text that reads back as the same number.
    let _ = write!(into, "{value}");
}

/// True for a decimal that is its own shortest form: at most 15 digits, none of them to spare.
fn plain(raw: &str) -> bool {
    let digits = raw.strip_prefix('-').unwrap_or(raw);
    if digits.len() > 15 {
        return false;
    }
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "1"));
    let numeric = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    numeric(whole) && numeric(part) && (whole == "0" || !whole.starts_with('0')) && !part.ends_with('0') && digits != "0"
        || raw == "0"
}

const DAY: i64 = 86_400_000;

/// Appends a serial date: `2025-10-03`, `2025-10-03 13:05:00`, or `13:05:00` alone for a clock time or a duration.
/// False when it is outside of what Excel shows.
fn date(serial: f64, format: Format, from_1904: bool, into: &mut String) -> bool {
    if !(0.0..2_958_466.0).contains(&serial) {
        return false;
    }
    let millis = (serial * DAY as f64).round() as i64;
    let (days, time) = (millis / DAY, millis % DAY);
    let clock_only = days == 0 || format == Format::Duration;
    if !clock_only {
        let (year, month, day, ..) = ExcelDateTime::new(days as f64, ExcelDateTimeType::DateTime, from_1904).to_ymd_hms_milli();
        let _ = write!(into, "{year:04}-{month:02}-{day:02}");
        if time == 0 {
            return true;
        }
        into.push(' ');
    }
    let time = if format == Format::Duration { millis } else { time };
    let _ = write!(into, "{:02}:{:02}:{:02}", time / 3_600_000, time / 60_000 % 60, time / 1000 % 60);
    if time % 1000 != 0 {
        let _ = write!(into, ".{:03}", time % 1000);
    }
    true
}

/// Appends an ISO date as some programs store it (`t="d"`), in the form of [`date`].
pub(crate) fn iso(raw: &str, into: &mut String) {
    let raw = raw.strip_suffix('Z').unwrap_or(raw);
    match raw.split_once('T') {
        Some((day, time)) if time.bytes().all(|byte| matches!(byte, b'0' | b':' | b'.')) => into.push_str(day),
        Some((day, time)) => {
            into.push_str(day);
            into.push(' ');
            into.push_str(time);
        }
        None => into.push_str(raw),
    }
}
