//! Headers that stand for a time within a school year: a month, a season, a day without its year.

use chrono::{Datelike, Days, NaiveDate};

use super::{Order, full_year, month_of, ordinal_suffix};
use crate::text::{is_any, trim};

/// The first month of a school year (rules.md: from 1 July).
const FIRST_MONTH: u32 = 7;

/// First and last day of a period, both included, in the school year that begins in July of `start_year`:
/// `October 2025`, `Oct`, `Oct-25`, `10/2025`, `2025-10`, `2025-26`, `Fall 2025`, `Winter`.
///
/// Seasons are those of the benchmark windows: Fall August to November, Winter December to February, Spring March to May,
/// Summer June and July. `Q1` and `Semester 1` need a calendar and give none, as does `Oct 3`, which is a day.
#[must_use]
pub fn parse_period(text: &str, start_year: i32) -> Option<(NaiveDate, NaiveDate)> {
    let text = trim(text);
    let mut words = text.split([' ', '-', '/', ',', '.', '\'', '’', '\u{2013}', '_']).filter(|word| !word.is_empty());
    let first = words.next()?;
    let second = words.next().filter(|word| !word.eq_ignore_ascii_case("de"));
    let second = second.or_else(|| words.next());
    let third = words.next();
    if words.next().is_some() {
        return None;
    }
    if let Some(month) = month_of(first) {
        if third.is_some() {
            return None;
        }
        let year = match second {
            None => year_of_month(month, start_year),
            Some(year) => {
                let number = full_year(year.parse().ok()?, year.len())?;
                let number = i32::try_from(number).ok()?;
                // Oct-25 is the 25th as well; only the year that the month has in this school year is sure.
                if year.len() == 2 && number != year_of_month(month, start_year) {
                    return None;
                }
                number
            }
        };
        return month_span(year, month);
    }
    if let Some(season) = season_of(first) {
        let begin = season_year(season, second, third, start_year)?;
        let (first_month, months) = SEASONS[season];
        let (begin, _) = month_span(begin, first_month)?;
        let last = begin.checked_add_months(chrono::Months::new(months))?.checked_sub_days(Days::new(1))?;
        return Some((begin, last));
    }
    if third.is_some() || !first.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let second = second?;
    match (first.len(), second.len()) {
        // 2025-10 is a month, 2025-26 and 2025-2026 are school years.
        (4, 2) => {
            let (year, tail): (i32, i32) = (first.parse().ok()?, second.parse().ok()?);
            if tail == (year + 1).rem_euclid(100) {
                // 2009-10 is both.
                return if (1..=12).contains(&tail) { None } else { school_year(year) };
            }
            month_span(year, u32::try_from(tail).ok()?)
        }
        (4, 4) => {
            let (year, next): (i32, i32) = (first.parse().ok()?, second.parse().ok()?);
            (next == year + 1).then(|| school_year(year))?
        }
        (1 | 2, 4) => month_span(second.parse().ok()?, first.parse().ok()?),
        _ => None,
    }
}

/// The day of a text without a year, in the school year that begins in July of `start_year`: `10/3`, `Oct 3`, `3-Oct`, `October 3rd`.
#[must_use]
pub fn parse_day_of_year(text: &str, start_year: i32, order: Order) -> Option<NaiveDate> {
    let text = trim(text);
    let mut parts = text.split([' ', '/', '-', '.', ',']).filter(|part| !part.is_empty());
    let (first, second) = (parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let (month, day) = match (month_of(first), month_of(second)) {
        (Some(month), None) => (month, day_number(second)?),
        (None, Some(month)) => (month, day_number(first)?),
        _ => {
            let (first, second) = (day_number(first)?, day_number(second)?);
            match order {
                _ if first > 12 => (second, first),
                _ if second > 12 || first == second => (first, second),
                Order::MonthFirst => (first, second),
                Order::DayFirst => (second, first),
                Order::Undecided => return None,
            }
        }
    };
    (1..=12).contains(&month).then(|| NaiveDate::from_ymd_opt(year_of_month(month, start_year), month, day))?
}

/// True when two names mean the same part of a school year: `Q1` and `Quarter 1`, `BOY` and `Beginning of year`.
#[must_use]
pub fn same_window(one: &str, other: &str) -> bool {
    let one = window(one);
    !one.is_empty() && one == window(other)
}

fn window(text: &str) -> String {
    let text = text.to_lowercase();
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let name: String = words
        .map(|word| match word {
            "quarter" | "qtr" => "q",
            "1st" | "first" => "1",
            "2nd" | "second" => "2",
            "3rd" | "third" => "3",
            "4th" | "fourth" => "4",
            word => word,
        })
        .collect();
    match name.as_str() {
        "beginningofyear" => "boy".to_owned(),
        "middleofyear" | "midyear" => "moy".to_owned(),
        "endofyear" => "eoy".to_owned(),
        // The first quarter is Q1.
        name if name.len() == 2 && name.ends_with('q') => name.chars().rev().collect(),
        _ => name,
    }
}

fn day_number(text: &str) -> Option<u32> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    ((1..=2).contains(&digits) && (rest.is_empty() || ordinal_suffix(rest))).then(|| text[..digits].parse().ok())?
}

fn year_of_month(month: u32, start_year: i32) -> i32 {
    if month >= FIRST_MONTH { start_year } else { start_year + 1 }
}

fn month_span(year: i32, month: u32) -> Option<(NaiveDate, NaiveDate)> {
    let begin = NaiveDate::from_ymd_opt(year, month, 1)?;
    if !(1990..=2100).contains(&year) {
        return None;
    }
    Some((begin, begin.checked_add_months(chrono::Months::new(1))?.checked_sub_days(Days::new(1))?))
}

fn school_year(year: i32) -> Option<(NaiveDate, NaiveDate)> {
    let (begin, _) = month_span(year, FIRST_MONTH)?;
    Some((begin, NaiveDate::from_ymd_opt(begin.year() + 1, FIRST_MONTH - 1, 30)?))
}

/// First month and number of months.
const SEASONS: [(u32, u32); 4] = [(8, 4), (12, 3), (3, 3), (6, 2)];

fn season_of(word: &str) -> Option<usize> {
    [&["fall", "autumn", "otoño"][..], &["winter", "invierno"], &["spring", "primavera"], &["summer", "verano"]]
        .iter()
        .position(|names| is_any(word, names))
}

/// The year in which the season begins.
fn season_year(season: usize, second: Option<&str>, third: Option<&str>, start_year: i32) -> Option<i32> {
    let number = |word: &str| full_year(word.parse().ok()?, word.len()).and_then(|year| i32::try_from(year).ok());
    // The first month of the season within the school year; summer follows it.
    let here = if season < 2 { start_year } else { start_year + 1 };
    match (second, third) {
        (None, _) => Some(here),
        (Some(year), None) => {
            let year = number(year)?;
            match season {
                // A winter spans two years; either names it, if it is this school year's.
                1 => (year == start_year || year == start_year + 1).then_some(start_year),
                _ => Some(year),
            }
        }
        // Winter 2025-26.
        (Some(year), Some(next)) => {
            let (year, next) = (number(year)?, number(next)?);
            (next == year + 1).then_some(if season < 2 { year } else { next })
        }
    }
}
