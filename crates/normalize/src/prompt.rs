//! Levels of prompting, from most help to none.

use crate::text::{same, trim};

const LEVELS: &[(&str, &[&str])] = &[
    ("full_physical", &["fp", "full physical", "full physical prompt", "hand over hand", "hoh", "physical"]),
    ("partial_physical", &["pp", "partial physical", "partial physical prompt"]),
    ("model", &["m", "model", "modeling", "modeled", "model prompt"]),
    ("gesture", &["g", "gesture", "gestural", "gestural prompt"]),
    ("verbal", &["v", "verbal", "verbal prompt", "verbal cue", "vp"]),
    ("visual", &["vis", "visual", "visual prompt", "visual cue"]),
    ("independent", &["i", "ind", "independent", "independently", "no prompt", "none needed"]),
];

/// The level of prompting that a cell names: `FP`, `Partial Physical`, `G`, `verbal`, `I`.
#[must_use]
pub fn parse_prompt_level(text: &str) -> Option<&'static str> {
    let text = trim(text);
    LEVELS.iter().find(|(_, names)| names.iter().any(|name| same(text, name))).map(|(level, _)| *level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(parse_prompt_level(text), expected, "{text:?}");
        check("FP", Some("full_physical"));
        check("Partial-Physical", Some("partial_physical"));
        check("G", Some("gesture"));
        check("Independent", Some("independent"));
        check("", None);
        check("3", None);
    }
}
