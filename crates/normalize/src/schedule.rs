//! How often progress is reported: section 4 of the form.

use crate::{mark::parse_mark, name::fold, text::trim};

const CHOICES: &[(&str, &[&str])] = &[
    ("bi-quarterly", &["bi quarterly", "biquarterly"]),
    ("quarterly", &["quarterly", "quarter", "each quarter", "every quarter", "4 x year", "trimestral"]),
    ("trimester", &["trimester", "each trimester", "every trimester", "trimesterly", "trimestre"]),
    ("semester", &["semester", "each semester", "every semester", "semesterly", "semestral", "semestre"]),
    ("monthly", &["monthly", "every month", "each month", "mensual"]),
    ("weekly", &["weekly", "every week", "semanal"]),
    ("daily", &["daily", "diario"]),
    ("annually", &["annually", "annual", "yearly", "anual"]),
    ("term", &["term", "each term", "every term"]),
    ("midterm", &["midterm", "mid term", "mid quarter", "midquarter"]),
];

/// The ticked schedules, joined by `; `. What is not known is `other`; marks and blanks are nothing. How many reports
/// a year `bi-quarterly` means is never guessed (missouri.md 1.6).
#[must_use]
pub fn parse_schedule(text: &str) -> Vec<&'static str> {
    text.split(';')
        .map(trim)
        .filter(|part| parse_mark(part).is_none())
        .map(|part| {
            let folded = fold(part);
            CHOICES.iter().find(|(_, names)| names.contains(&folded.as_str())).map_or("other", |(choice, _)| *choice)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schedules() {
        let check = |text: &str, expected: &[&str]| assert_eq!(parse_schedule(text), expected, "{text:?}");
        check("Quarterly", &["quarterly"]);
        check("Bi-Quarterly", &["bi-quarterly"]);
        check("Bi-Quarterly; Other", &["bi-quarterly", "other"]);
        check("Trimester; Semester", &["trimester", "semester"]);
        check("every three weeks", &["other"]);
        check("", &[]);
        check("N/A", &[]);
    }
}
