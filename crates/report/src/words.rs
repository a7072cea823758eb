//! Numbers, dates and units as people write them.

use chrono::{Datelike, NaiveDate};

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// `Mar`.
pub(crate) fn month(day: NaiveDate) -> &'static str {
    MONTHS.get(day.month0() as usize).map_or("", |name| &name[..3])
}

/// `6 March 2026`.
pub(crate) fn long_date(day: NaiveDate) -> String {
    format!("{} {} {}", day.day(), MONTHS.get(day.month0() as usize).copied().unwrap_or_default(), day.year())
}

/// `6 Mar 2026`.
pub(crate) fn date(day: NaiveDate) -> String {
    format!("{} {} {}", day.day(), month(day), day.year())
}

/// `17 Mar`; with the year when it is not the next or last such day.
pub(crate) fn near_date(day: NaiveDate, today: NaiveDate) -> String {
    if (day - today).num_days().abs() < 300 { format!("{}\u{a0}{}", day.day(), month(day)) } else { date(day) }
}

/// `3 Sep 2025 to 5 Mar 2026`; the first year is left out when both are the same.
pub(crate) fn span(first: NaiveDate, last: NaiveDate) -> String {
    if first == last {
        date(first)
    } else if first.year() == last.year() {
        format!("{} {} to {}", first.day(), month(first), date(last))
    } else {
        format!("{} to {}", date(first), date(last))
    }
}

/// A value with as many decimals as a person needs: 71, 8.5, 0.16.
pub(crate) fn number(value: f64) -> String {
    let decimals = match value.abs() {
        size if size >= 99.95 => 0,
        size if size >= 9.995 => 1,
        _ => 2,
    };
    rounded(value, decimals)
}

/// A level on the scale of a measure: whole from 20 on, because scores are.
pub(crate) fn level(value: f64) -> String {
    let decimals = match value.abs() {
        size if size >= 19.95 => 0,
        size if size >= 0.995 => 1,
        _ => 2,
    };
    rounded(value, decimals)
}

/// A text whose percents stay on one line.
pub(crate) fn joined(text: &str) -> String {
    text.replace(" %", "\u{a0}%")
}

/// A value as it is stored, but without the dust of binary fractions.
pub(crate) fn exact(value: f64) -> String {
    rounded(value, 6)
}

/// A rate a week, with its sign.
pub(crate) fn signed(value: f64) -> String {
    let text = number(value);
    if value > 0.0 && text != "0" { format!("+{text}") } else { text }
}

fn rounded(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let mut text = format!("{:.decimals$}", value.abs());
    if text.contains('.') {
        text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    }
    let whole = text.find('.').unwrap_or(text.len());
    let mut at = whole;
    while at > 3 {
        at -= 3;
        text.insert(at, ',');
    }
    if value < 0.0 && text != "0" { format!("−{text}") } else { text }
}

/// A whole number with its thousands: 1,204.
pub(crate) fn count(value: u64) -> String {
    let mut text = value.to_string();
    let mut at = text.len();
    while at > 3 {
        at -= 3;
        text.insert(at, ',');
    }
    text
}

/// `1 point`, `19 points`.
pub(crate) fn counted(value: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(value), if value == 1 { one } else { many })
}

/// What follows a value: ` %` on the same line, ` wcpm`; empty when the unit says nothing.
pub(crate) fn suffix(unit: Option<&str>, family: Option<&str>) -> String {
    if matches!(family, Some("percent" | "trials")) {
        return "\u{a0}%".to_owned();
    }
    match unit.unwrap_or_default().trim() {
        "" | "count" | "number" | "score" | "points" => String::new(),
        "percent" | "percent correct" | "trials" | "%" => "\u{a0}%".to_owned(),
        "seconds" => "\u{a0}s".to_owned(),
        other => format!(" {other}"),
    }
}

/// The unit as the title of an axis.
pub(crate) fn axis(unit: Option<&str>, family: Option<&str>, name: Option<&str>) -> String {
    let unit = unit.unwrap_or_default().trim();
    match unit {
        "wcpm" => "words correct per minute",
        "dcpm" => "digits correct per minute",
        "cws" => "correct writing sequences",
        "trials" => "percent of trials",
        "" => match (family, name) {
            (Some("percent"), _) => "percent",
            (Some("trials"), _) => "percent of trials",
            (_, Some(name)) => name,
            _ => "value",
        },
        other => other,
    }
    .to_owned()
}

/// At most `limit` characters, cut at a space where one is near, with an ellipsis.
pub(crate) fn short(text: &str, limit: usize) -> String {
    let text = text.trim();
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let cut: String = text.chars().take(limit.saturating_sub(1)).collect();
    let end = cut.rfind(' ').filter(|at| *at * 3 > cut.len() * 2).unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([' ', ',', ';', '.']))
}

/// With a capital first letter.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A text that is more than white space.
pub(crate) fn filled(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_for_people() {
        for (value, text) in [
            (3.000_000_1, "3"),
            (0.16, "0.16"),
            (-2.104, "−2.1"),
            (48.96, "49"),
            (1_204.4, "1,204"),
            (-0.001, "0"),
            (99.96, "100"),
        ] {
            assert_eq!(number(value), text);
        }
        assert_eq!(exact(0.1 + 0.2), "0.3");
        assert_eq!(signed(0.2), "+0.2");
        assert_eq!(count(1_234_567), "1,234,567");
    }

    #[test]
    fn units_follow_values() {
        assert_eq!(suffix(Some("trials"), Some("trials")), "\u{a0}%");
        assert_eq!(suffix(Some("wcpm"), Some("continuous")), " wcpm");
        assert_eq!(suffix(None, None), "");
    }

    #[test]
    fn long_texts_are_cut_at_words() {
        assert_eq!(short("Given a passage, Ava will read aloud", 20), "Given a passage…");
        assert_eq!(short("short", 20), "short");
    }
}
