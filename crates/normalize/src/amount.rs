//! Amount and frequency of a service: `30 minutes`, `3 x Weekly`, `150 min per week`.

use crate::{
    number::{parse_number, scan},
    text::{is_any, trim},
    units::unit_of,
};

/// How much of a service a student gets.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Amount {
    /// Minutes each time; or in the whole period, when `times` is none.
    pub minutes: Option<f64>,
    /// How many times a period.
    pub times: Option<f64>,
    /// `day`, `week`, `month`, `quarter`, `semester` or `year`.
    pub period: Option<&'static str>,
}

impl Amount {
    /// Minutes in a period, where that can be told.
    #[must_use]
    pub fn minutes_per_period(self) -> Option<f64> {
        self.period?;
        Some(self.minutes? * self.times.unwrap_or(1.0))
    }
}

const PERIODS: &[(&str, &[&str])] = &[
    ("day", &["day", "daily", "days", "diario", "día", "dia", "diariamente"]),
    ("week", &["week", "weekly", "wk", "wkly", "weeks", "semana", "semanal", "semanalmente"]),
    ("month", &["month", "monthly", "mo", "months", "mes", "mensual", "mensualmente"]),
    ("quarter", &["quarter", "quarterly", "qtr"]),
    ("semester", &["semester", "semestre"]),
    ("year", &["year", "yearly", "annually", "yr", "año", "anual"]),
];

/// Words that change what a frequency means in a way that is not modelled: the whole is then left alone.
const STOP: &[&str] =
    &["other", "every", "except", "or", "to", "bi", "biweekly", "bi-weekly", "bimonthly", "varies", "consult", "needed"];

/// Reads the two cells of a service line. What is not understood is `None`; nothing is guessed.
#[must_use]
pub fn parse_amount(amount: &str, frequency: &str) -> Amount {
    let mut result = Amount::default();
    let a = read(amount, &mut result);
    let b = read(frequency, &mut result);
    if a && b { result } else { Amount::default() }
}

/// Adds what one cell says. False if it contradicts the other or has a word that changes the meaning.
fn read(text: &str, into: &mut Amount) -> bool {
    let text = trim(text);
    let mut at = 0;
    let mut number: Option<f64> = None;
    while at < text.len() {
        let rest = &text[at..];
        if let Some((value, length)) = scan(rest.as_bytes())
            && rest.as_bytes()[0].is_ascii_digit()
        {
            // Two numbers in a row, as in 20-30, are a range.
            if number.replace(value.value()).is_some() {
                return false;
            }
            at += length;
            continue;
        }
        let length = rest.find(|letter: char| !letter.is_alphabetic()).unwrap_or(rest.len());
        if length == 0 {
            let sign = rest.chars().next().unwrap_or(' ');
            if matches!(sign, '-' | '\u{2013}' | '+' | '<' | '>' | '~') {
                return false;
            }
            at += sign.len_utf8();
            continue;
        }
        let word = &rest[..length];
        at += length;
        if is_any(word, STOP) {
            // `every day` is plain enough.
            if word.eq_ignore_ascii_case("every") && period(text[at..].trim()).is_some() {
                continue;
            }
            return false;
        }
        if !word_of(word, &mut number, into) {
            return false;
        }
    }
    match number {
        None => true,
        // A number alone: minutes in the amount's cell, unless something else said so.
        Some(value) => {
            into.minutes.is_none() && into.times.is_none() && parse_number(text).is_some() && {
                into.minutes = Some(value);
                true
            }
        }
    }
}

fn word_of(word: &str, number: &mut Option<f64>, into: &mut Amount) -> bool {
    let mut set = |slot: fn(&mut Amount) -> &mut Option<f64>, value: f64| {
        slot(into).replace(value).is_none_or(|old| same_number(old, value))
    };
    if let Some(unit) = unit_of(word).filter(|unit| unit.scale == "seconds" && unit.name != "duration" && unit.name != "seconds")
    {
        return number.take().is_some_and(|value| set(|amount| &mut amount.minutes, value * unit.factor / 60.0));
    }
    if is_any(word, &["mpw", "mpm", "mpd"]) {
        let name = match word.as_bytes()[2].to_ascii_lowercase() {
            b'w' => "week",
            b'm' => "month",
            _ => "day",
        };
        into.period = Some(name);
        return number.take().is_some_and(|value| into.minutes.replace(value).is_none());
    }
    if is_any(word, &["x", "times", "time", "sessions", "session", "veces", "vez"]) {
        return number.take().is_none_or(|value| set(|amount| &mut amount.times, value));
    }
    if let Some(times) = [("once", 1.0), ("twice", 2.0), ("thrice", 3.0)].iter().find(|(name, _)| word.eq_ignore_ascii_case(name))
    {
        return set(|amount| &mut amount.times, times.1);
    }
    if let Some(name) = period(word) {
        // 5 days per week: five times.
        if let Some(value) = number.take()
            && !set(|amount| &mut amount.times, value)
        {
            return false;
        }
        if into.period == Some("day") && name != "day" && into.times.is_some() || into.period.is_none() {
            into.period = Some(name);
            return true;
        }
        return into.period == Some(name);
    }
    true
}

fn same_number(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

fn period(word: &str) -> Option<&'static str> {
    PERIODS.iter().find(|(_, names)| is_any(word, names)).map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts() {
        let check = |amount: &str, frequency: &str, expected: (Option<f64>, Option<f64>, Option<&str>)| {
            let found = parse_amount(amount, frequency);
            assert_eq!((found.minutes, found.times, found.period), expected, "{amount:?} {frequency:?}");
        };
        check("30 minutes", "3 x Weekly", (Some(30.0), Some(3.0), Some("week")));
        check("30 min.", "1 x Monthly", (Some(30.0), Some(1.0), Some("month")));
        check("150 min per week", "", (Some(150.0), None, Some("week")));
        check("150 minutes per week", "weekly", (Some(150.0), None, Some("week")));
        check("1 hr", "daily", (Some(60.0), None, Some("day")));
        check("1.5 hours", "twice a week", (Some(90.0), Some(2.0), Some("week")));
        check("30", "5 days per week", (Some(30.0), Some(5.0), Some("week")));
        check("30 minutes", "2x/week", (Some(30.0), Some(2.0), Some("week")));
        check("90 mpw", "", (Some(90.0), None, Some("week")));
        check("30 minutos", "2 veces por semana", (Some(30.0), Some(2.0), Some("week")));
        check("", "Quarterly", (None, None, Some("quarter")));
        check("30 minutes", "every day", (Some(30.0), None, Some("day")));
        for (amount, frequency) in
            [("20-30 minutes", "weekly"), ("30 minutes", "every other week"), ("as needed", ""), ("150 min per week", "monthly")]
        {
            check(amount, frequency, (None, None, None));
        }
        check("", "", (None, None, None));
        assert_eq!(parse_amount("30 minutes", "3 x Weekly").minutes_per_period(), Some(90.0));
        assert_eq!(parse_amount("150 min per week", "").minutes_per_period(), Some(150.0));
        assert_eq!(parse_amount("30 minutes", "").minutes_per_period(), None);
    }
}
