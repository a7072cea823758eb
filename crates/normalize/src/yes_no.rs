//! Yes and no, where only an explicit answer counts.

use crate::text::{same, trim};

const YES: &[&str] = &["yes", "y", "true", "t", "1", "si", "sí", "verdadero"];
const NO: &[&str] = &["no", "n", "false", "f", "0", "falso"];

/// An explicit yes or no; a blank or anything else is unknown. `1.0` of a number cell is a yes.
#[must_use]
pub fn parse_yes_no(text: &str) -> Option<bool> {
    let text = trim(text);
    let text = text.strip_suffix(".0").unwrap_or(text);
    if YES.iter().any(|yes| same(text, yes)) {
        Some(true)
    } else if NO.iter().any(|no| same(text, no)) {
        Some(false)
    } else {
        None
    }
}

/// Whether a student has an IEP, of a column with that title: yes and no, `IEP` and `No IEP`, `Has IEP`.
#[must_use]
pub fn parse_has_iep(text: &str) -> Option<bool> {
    let text = trim(text);
    parse_yes_no(text)
        .or_else(|| {
            ["iep", "has iep", "iep yes", "active iep", "special education"].iter().any(|yes| same(text, yes)).then_some(true)
        })
        .or_else(|| ["no iep", "iep no", "not iep", "general education"].iter().any(|no| same(text, no)).then_some(false))
}

/// Whether a student takes the alternate assessment: yes and no, `MAP-A` and `MAP`, `DLM`.
#[must_use]
pub fn parse_alternate_assessment(text: &str) -> Option<bool> {
    let text = trim(text);
    parse_yes_no(text)
        .or_else(|| {
            ["map a", "mapa", "dlm", "alternate", "alternate assessment", "map alternate", "map-a eligible"]
                .iter()
                .any(|yes| same(text, yes))
                .then_some(true)
        })
        .or_else(|| {
            ["map", "regular", "general", "general assessment", "standard", "grade-level assessment", "not map-a eligible"]
                .iter()
                .any(|no| same(text, no))
                .then_some(false)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers() {
        let check = |text: &str, expected: Option<bool>| assert_eq!(parse_yes_no(text), expected, "{text:?}");
        for yes in ["Yes", "Y", "TRUE", "1", "1.0", "Sí", " yes "] {
            check(yes, Some(true));
        }
        for no in ["No", "n", "FALSE", "0", "no."] {
            check(no, Some(false));
        }
        for unknown in ["", "N/A", "-", "maybe", "x", "unknown", "2"] {
            check(unknown, None);
        }
        assert_eq!(parse_has_iep("IEP"), Some(true));
        assert_eq!(parse_has_iep("No IEP"), Some(false));
        assert_eq!(parse_has_iep("504"), None);
        assert_eq!(parse_has_iep("Exited"), None);
        assert_eq!(parse_alternate_assessment("MAP-A"), Some(true));
        assert_eq!(parse_alternate_assessment("MAP"), Some(false));
        assert_eq!(parse_alternate_assessment(""), None);
    }
}
