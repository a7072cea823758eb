//! Dates as people and exports write them: civil dates, no clock, no time zone.

mod month;
mod period;
mod vote;

use aimline_model::codes::Code;
use chrono::{Datelike, NaiveDate};

use crate::text::trim;
pub(crate) use month::{month_of, ordinal_suffix};
pub use period::{parse_day_of_year, parse_period, same_window};
pub use vote::{DateVote, Decision};

/// How 3/4/2025 is read where nothing else decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// 4 March.
    MonthFirst,
    /// 3 April.
    DayFirst,
    /// The column holds both kinds: such a date is [`Code::D006`], while 3/14/2025 and 14/3/2025 are read.
    Undecided,
}

/// The years of school records.
const FIRST_YEAR: i32 = 1990;
/// The earliest year of a birth.
const FIRST_BIRTH_YEAR: i32 = 1900;
const LAST_YEAR: i32 = 2100;
/// Numbers of days since 30 December 1899 that are dates for Excel, from 1954 to 2119.
const SERIALS: std::ops::Range<u32> = 20_000..80_000;

/// Reads the date of a record: `2025-10-03` (also with a time, a zone), `10/3/2025`, `10/3/25`, `10-3-2025`, `10.3.2025`,
/// `20251003`, `10032025`, `Oct 3, 2025`, `3 Oct 2025`, `3-Oct-25`, `Oct. 3rd, 2025`, `3 de octubre de 2025`, `Fri 10/3/2025`, and Excel's
/// number of days where the kind is `n`. Two-digit years are 1970 to 2069.
///
/// # Errors
/// `D001` not a date, `D002` a day that does not exist, `D003` nothing there, `D004` the year is not 1990 to 2100,
/// `D006` undecided between day and month.
pub fn parse_date(text: &str, kind: u8, order: Order) -> Result<NaiveDate, Code> {
    parse(text, kind, order, FIRST_YEAR)
}

/// Reads a date of birth: as [`parse_date`], from the year 1900 on.
///
/// # Errors
/// As [`parse_date`].
pub fn parse_birth_date(text: &str, kind: u8, order: Order) -> Result<NaiveDate, Code> {
    parse(text, kind, order, FIRST_BIRTH_YEAR)
}

/// [`parse_date`] and the vote of the cell, in one reading.
///
/// # Errors
/// As [`parse_date`].
pub fn parse_and_vote(text: &str, kind: u8, order: Order, vote: &mut DateVote) -> Result<NaiveDate, Code> {
    if !matches!(kind, b't' | b'T') {
        return parse_date(text, kind, order);
    }
    let text = trim(text);
    if text.is_empty() {
        return Err(Code::D003);
    }
    let parts = read(text).ok_or(Code::D001)?;
    vote.add(parts.reads());
    in_years(parts.resolve(order)?, FIRST_YEAR)
}

fn parse(text: &str, kind: u8, order: Order, first_year: i32) -> Result<NaiveDate, Code> {
    let text = trim(text);
    if text.is_empty() {
        return Err(Code::D003);
    }
    let date = match kind.to_ascii_lowercase() {
        b'n' | b'f' if !text.contains(['/', '-']) => serial(text)?,
        b'e' | b'b' | b'p' => return Err(Code::D001),
        _ => read(text).ok_or(Code::D001)?.resolve(order)?,
    };
    in_years(date, first_year)
}

fn in_years(date: NaiveDate, first_year: i32) -> Result<NaiveDate, Code> {
    if (first_year..=LAST_YEAR).contains(&date.year()) { Ok(date) } else { Err(Code::D004) }
}

/// The parts of a written date, before anything decides about them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Parts {
    /// Year, month and day are each known for what they are.
    Certain { year: u32, month: u32, day: u32 },
    /// Two numbers that are month and day, in this order or the other.
    Either { first: u32, second: u32, year: u32 },
}

/// What a date says of the order of day and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reads {
    MonthFirst,
    DayFirst,
    BothWays,
    /// The order makes no difference, or the text is no date.
    Neither,
}

impl Parts {
    fn reads(self) -> Reads {
        match self {
            Self::Either { first, second, .. } if first != second => {
                match ((1..=12).contains(&first), (1..=12).contains(&second)) {
                    (true, true) => Reads::BothWays,
                    (true, false) if (13..=31).contains(&second) => Reads::MonthFirst,
                    (false, true) if (13..=31).contains(&first) => Reads::DayFirst,
                    _ => Reads::Neither,
                }
            }
            _ => Reads::Neither,
        }
    }

    fn resolve(self, order: Order) -> Result<NaiveDate, Code> {
        let (year, month, day) = match self {
            Self::Certain { year, month, day } => (year, month, day),
            Self::Either { first, second, year } => match (self.reads(), order) {
                (Reads::BothWays, Order::Undecided) => return Err(Code::D006),
                (Reads::DayFirst, _) | (Reads::BothWays, Order::DayFirst) => (year, second, first),
                _ => (year, first, second),
            },
        };
        let year = i32::try_from(year).map_err(|_| Code::D004)?;
        NaiveDate::from_ymd_opt(year, month, day).ok_or(Code::D002)
    }
}

/// Excel's number of days, or eight digits, in a number cell.
fn serial(text: &str) -> Result<NaiveDate, Code> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Code::D001);
    }
    let mut scan = Scan::new(whole);
    let (number, digits) = scan.number().ok_or(Code::D001)?;
    if !scan.at_end() {
        return Err(Code::D001);
    }
    if SERIALS.contains(&number) {
        let epoch = NaiveDate::from_ymd_opt(1899, 12, 30).ok_or(Code::D001)?;
        return epoch.checked_add_days(chrono::Days::new(u64::from(number))).ok_or(Code::D004);
    }
    if fraction.is_empty() && digits == 8 {
        return compact(number).ok_or(Code::D001)?.resolve(Order::MonthFirst);
    }
    Err(Code::D001)
}

/// `20251003`, and `10032025` where the first four digits are no year.
fn compact(number: u32) -> Option<Parts> {
    let years = 1800..2200;
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    if years.contains(&year) {
        return Some(Parts::Certain { year, month, day });
    }
    let (first, second, year) = (number / 1_000_000, number / 10_000 % 100, number % 10_000);
    years.contains(&year).then_some(Parts::Either { first, second, year })
}

fn full_year(year: u32, digits: usize) -> Option<u32> {
    match digits {
        4 => Some(year),
        2 if year < 70 => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

/// A reader over the bytes of a trimmed text.
struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    /// A run of up to nine digits, with its length.
    fn number(&mut self) -> Option<(u32, usize)> {
        let start = self.at;
        let mut value = 0u32;
        while let Some(byte) = self.peek()
            && byte.is_ascii_digit()
        {
            if self.at - start == 9 {
                return None;
            }
            value = value * 10 + u32::from(byte - b'0');
            self.at += 1;
        }
        (self.at > start).then_some((value, self.at - start))
    }

    /// A run of letters.
    fn word(&mut self) -> Option<&'a str> {
        let rest = &self.text[self.at..];
        let length = rest.find(|letter: char| !letter.is_alphabetic()).unwrap_or(rest.len());
        self.at += length;
        (length > 0).then(|| &rest[..length])
    }

    /// Skips blanks and the given punctuation.
    fn skip(&mut self, punctuation: &[u8]) -> bool {
        let start = self.at;
        while let Some(byte) = self.peek() {
            if byte == b' ' || byte == b'\t' || punctuation.contains(&byte) {
                self.at += 1;
            } else if self.text[self.at..].starts_with('\u{a0}') {
                self.at += 2;
            } else {
                break;
            }
        }
        self.at > start
    }

    /// A time of day and a zone up to the end, or nothing: ` 08:30`, `T00:00:00.000Z`, ` 12:00:00 AM`, `-05:00`, `Z`.
    fn only_a_time_follows(&self) -> bool {
        let rest = &self.text.as_bytes()[self.at..];
        let Some(&first) = rest.first() else { return true };
        let body = match first {
            b'T' | b't' | b' ' | b',' => &rest[1..],
            b'Z' | b'z' => return rest.len() == 1,
            b'+' | b'-' => rest,
            _ => return false,
        };
        body.contains(&b':')
            && body.iter().all(|byte| {
                byte.is_ascii_digit()
                    || matches!(byte.to_ascii_lowercase(), b':' | b'.' | b'+' | b'-' | b' ' | b'z' | b'a' | b'p' | b'm')
            })
    }
}

/// The parts of a whole text; `None` if it is no date.
fn read(text: &str) -> Option<Parts> {
    if let Some(parts) = plain(text.as_bytes()) {
        return Some(parts);
    }
    let mut scan = Scan::new(text);
    let parts = if scan.peek()?.is_ascii_digit() { numeric(&mut scan)? } else { worded(&mut scan)? };
    scan.only_a_time_follows().then_some(parts)
}

/// The two shapes that most columns have, `2025-10-03` and `10/3/2025`, without a detour: most of the cells of a large file
/// are dates. What this does not take is no less a date.
fn plain(text: &[u8]) -> Option<Parts> {
    let digits =
        |text: &[u8]| text.iter().try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')));
    if let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text {
        return Some(Parts::Certain { year: digits(&[y1, y2, y3, y4])?, month: digits(&[m1, m2])?, day: digits(&[d1, d2])? });
    }
    let (first, second, year) = match *text {
        [f, b'/', s, b'/', y1, y2, y3, y4] => (digits(&[f])?, digits(&[s])?, [y1, y2, y3, y4]),
        [f1, f2, b'/', s, b'/', y1, y2, y3, y4] => (digits(&[f1, f2])?, digits(&[s])?, [y1, y2, y3, y4]),
        [f, b'/', s1, s2, b'/', y1, y2, y3, y4] => (digits(&[f])?, digits(&[s1, s2])?, [y1, y2, y3, y4]),
        [f1, f2, b'/', s1, s2, b'/', y1, y2, y3, y4] => (digits(&[f1, f2])?, digits(&[s1, s2])?, [y1, y2, y3, y4]),
        _ => return None,
    };
    Some(Parts::Either { first, second, year: digits(&year)? })
}

/// A date that begins with a digit.
fn numeric(scan: &mut Scan<'_>) -> Option<Parts> {
    let (first, digits) = scan.number()?;
    if digits == 8 {
        return compact(first);
    }
    let separator = match scan.peek()? {
        byte @ (b'/' | b'-' | b'.') => {
            scan.at += 1;
            byte
        }
        _ => b' ',
    };
    scan.skip(b",");
    let second = scan.number();
    // 10 / 3 / 2025 may have blanks around the separators.
    let Some((second, second_digits)) = second else {
        return match scan.peek() {
            Some(byte @ (b'/' | b'.')) if separator == b' ' => {
                scan.at += 1;
                scan.skip(b"");
                let (second, second_digits) = scan.number()?;
                three_numbers(scan, byte, first, digits, second, second_digits)
            }
            _ => day_and_word(scan, first, digits),
        };
    };
    if separator == b' ' {
        return None;
    }
    three_numbers(scan, separator, first, digits, second, second_digits)
}

fn three_numbers(
    scan: &mut Scan<'_>,
    separator: u8,
    first: u32,
    digits: usize,
    second: u32,
    second_digits: usize,
) -> Option<Parts> {
    scan.skip(b"");
    if scan.peek()? != separator {
        return None;
    }
    scan.at += 1;
    scan.skip(b"");
    let (third, third_digits) = scan.number()?;
    if second_digits > 2 {
        return None;
    }
    if digits == 4 {
        return (third_digits <= 2).then_some(Parts::Certain { year: first, month: second, day: third });
    }
    (digits <= 2).then_some(())?;
    Some(Parts::Either { first, second, year: full_year(third, third_digits)? })
}

/// `3 Oct 2025`, `3-Oct-25`, `3rd of October, 2025`, `3 de octubre de 2025`, `2025 Oct 3`.
fn day_and_word(scan: &mut Scan<'_>, number: u32, digits: usize) -> Option<Parts> {
    let mut word = scan.word()?;
    if ordinal_suffix(word) {
        scan.skip(b".-,");
        word = scan.word()?;
    }
    if matches!(word, "of" | "de") {
        scan.skip(b"");
        word = scan.word()?;
    }
    let month = month_of(word)?;
    scan.skip(b".,-/");
    if let Some(link) = scan.word() {
        matches!(link, "de" | "del" | "of").then_some(())?;
        scan.skip(b"");
    }
    let (last, last_digits) = scan.number()?;
    if digits == 4 {
        return (last_digits <= 2).then_some(Parts::Certain { year: number, month, day: last });
    }
    (digits <= 2).then_some(Parts::Certain { year: full_year(last, last_digits)?, month, day: number })
}

/// A date that begins with a word: a month, or the name of a weekday.
fn worded(scan: &mut Scan<'_>) -> Option<Parts> {
    let word = scan.word()?;
    if let Some(month) = month_of(word) {
        scan.skip(b".,-/");
        // `mar` is Tuesday in Spanish too, but then a second month or slash would follow.
        let (day, digits) = scan.number()?;
        (digits <= 2).then_some(())?;
        if let Some(suffix) = scan.word() {
            ordinal_suffix(suffix).then_some(())?;
        }
        scan.skip(b".,-/");
        let (year, year_digits) = scan.number()?;
        return Some(Parts::Certain { year: full_year(year, year_digits)?, month, day });
    }
    month::is_weekday(word).then_some(())?;
    scan.skip(b".,");
    if scan.peek()?.is_ascii_digit() { numeric(scan) } else { worded_month(scan) }
}

/// The rest after a weekday.
fn worded_month(scan: &mut Scan<'_>) -> Option<Parts> {
    let rest = scan.text[scan.at..].split(|letter: char| !letter.is_alphabetic()).next()?;
    month_of(rest)?;
    worded(scan)
}

#[cfg(test)]
mod tests;
