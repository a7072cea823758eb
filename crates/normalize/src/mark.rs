//! Marks that stand in a score cell in place of a number.

use crate::text::{same, trim};

/// What became of a scored event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// There is a number.
    Scored,
    /// Nobody could be scored: away, no school, not assessed, no opportunity.
    Absent,
    /// The student was there and did not take part.
    Refused,
    /// The cell is empty.
    Blank,
}

impl State {
    /// The word of the dataset. A blank of a long table is stored as it is.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scored => "scored",
            Self::Absent => "absent",
            Self::Refused => "refused",
            Self::Blank => "blank",
        }
    }
}

/// Compared without case, spaces and punctuation; `n.a.` is `na`.
const ABSENT: &[&str] = &[
    "na",
    "notapplicable",
    "absent",
    "abs",
    "ab",
    "a",
    "absence",
    "absente",
    "ausente",
    "ausencia",
    "noschool",
    "nosession",
    "nr",
    "notrecorded",
    "notassessed",
    "notassess",
    "nottested",
    "nt",
    "notscored",
    "notadministered",
    "didnottest",
    "dnt",
    "nodata",
    "nd",
    "nodatataken",
    "nodatacollected",
    "noopportunity",
    "noopp",
    "excused",
    "snowday",
    "holiday",
    "fieldtrip",
    "sick",
    "suspended",
    "ill",
    "unavailable",
    "noevaluado",
    "noaplica",
    "feriado",
    "enfermo",
    "enferma",
    "sinclases",
    "studentabsent",
    "teacherabsent",
    "outsick",
    "notpresent",
    "iss",
    "oss",
];

const REFUSED: &[&str] = &[
    "refused",
    "refusal",
    "refuse",
    "refuses",
    "ref",
    "r",
    "declined",
    "studentrefused",
    "refusedtoparticipate",
    "rehuso",
    "rehusó",
    "rechazo",
    "rechazó",
    "senego",
    "senegó",
    "wouldnotparticipate",
];

/// The state that a mark stands for: `NA`, `n/a`, `-`, `–`, `absent`, `Abs.`, `A`, `refused`, `R`, `no school`, `NR`,
/// `not assessed`, `ausente`; [`State::Blank`] for an empty text and the `NULL` of a database. Otherwise none.
#[must_use]
pub fn parse_mark(text: &str) -> Option<State> {
    let text = trim(text);
    let Some(first) = text.chars().next() else { return Some(State::Blank) };
    if first.is_ascii_digit() || text.len() > 30 {
        return None;
    }
    if text.chars().all(|letter| matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')) {
        return Some(State::Absent);
    }
    if !first.is_alphabetic() || text.contains(['#', '%', '+', '=', '?', '<', '>']) {
        return None;
    }
    if text.eq_ignore_ascii_case("null") {
        return Some(State::Blank);
    }
    // A single letter may carry a full stop or stand in brackets, nothing more.
    if ABSENT.iter().any(|mark| same(text, mark)) {
        Some(State::Absent)
    } else if REFUSED.iter().any(|mark| same(text, mark)) {
        Some(State::Refused)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks() {
        let check = |text: &str, expected: Option<State>| assert_eq!(parse_mark(text), expected, "{text:?}");
        for blank in ["", "  ", "\u{a0}", "NULL"] {
            check(blank, Some(State::Blank));
        }
        let absent = [
            "NA",
            "N/A",
            "n.a.",
            "-",
            "–",
            "--",
            "—",
            "absent",
            "Abs",
            "abs.",
            "AB",
            "A",
            "no school",
            "NR",
            "Not assessed",
            "ausente",
            "Ausente ",
            "ABSENT",
            "NT",
            "no-data",
        ];
        for mark in absent {
            check(mark, Some(State::Absent));
        }
        for mark in ["refused", "Refused", "REF", "ref.", "R", "refusal", "rehusó", "Rehusó"] {
            check(mark, Some(State::Refused));
        }
        for none in ["0", "80%", "see notes", "twelve", "B", "absent-minded", "A+", "none", "#N/A", "x", "+", "?"] {
            check(none, None);
        }
    }
}
