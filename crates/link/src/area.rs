//! What a goal is about, where its form does not say: a few words of the sentence, and the unit.

/// Areas in the words of the field, each with words that only its sentences have.
const AREAS: &[(&str, &[&str])] = &[
    (
        "reading fluency",
        &["words correct per minute", "wcpm", "oral reading", "fluency passage", "read aloud", "words per minute"],
    ),
    ("reading comprehension", &["comprehension", "main idea", "inferential", "story elements", "retell"]),
    (
        "math calculation",
        &["math fact", "digits correct", "dcpm", "computation", "multiplication", "addition", "subtraction", "division"],
    ),
    ("math problem solving", &["word problem", "problem solving", "story problem", "multi step problem"]),
    (
        "written expression",
        &["correct word sequences", "writing sample", "written expression", "cws", "write a paragraph", "sentences with"],
    ),
    (
        "behavior",
        &[
            "call out",
            "calling out",
            "off task",
            "on task",
            "aggress",
            "elope",
            "disrupt",
            "outburst",
            "refus",
            "incidents",
            "hits",
        ],
    ),
    ("speech", &["articulat", "produce the", "phoneme", "speech sound", "intelligib", "sound in"]),
    ("fine motor", &["cut", "letter formation", "trace", "buttons", "fine motor", "handwriting", "scissors"]),
    ("adaptive", &["daily living", "wash", "dress", "tie", "toilet", "self care", "routine", "independent"]),
    ("social skills", &["peer", "conversation", "greet", "turn taking", "social", "share"]),
];

/// The area of a folded sentence and a unit; empty when no area, or more than one, fits.
#[must_use]
pub fn area_of(statement: &str, unit: Option<&str>) -> &'static str {
    match unit {
        Some("wcpm") => return "reading fluency",
        Some("dcpm") => return "math calculation",
        Some("cws") => return "written expression",
        _ => {}
    }
    let mut fits = AREAS.iter().filter(|(_, words)| words.iter().any(|word| statement.contains(word)));
    match (fits.next(), fits.next()) {
        (Some((area, _)), None) => area,
        _ => "",
    }
}

/// True when a folded area names what a goal is about: its own area, its sentence's words, or the inferred area.
pub(crate) fn fits(area: &str, goal_area: &str, statement: &str, unit: Option<&str>) -> bool {
    if area.is_empty() {
        return false;
    }
    if !goal_area.is_empty() {
        return area == goal_area || shared(area, goal_area);
    }
    let inferred = area_of(statement, unit);
    (!inferred.is_empty() && (inferred == area || shared(area, inferred)))
        || words(area).count() > 0 && words(area).all(|word| statement.split(' ').any(|other| other.starts_with(word)))
}

/// Every longer word of the shorter area begins a word of the other one: "reading fluency" and "reading oral fluency".
fn shared(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    words(short).count() > 0 && words(short).all(|word| long.split(' ').any(|candidate| stem(candidate) == stem(word)))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(' ').filter(|word| word.len() >= 4 && !matches!(*word, "skills" | "skill" | "goal" | "area"))
}

/// The first seven letters, so that "articulation" and "articulate", "math" and "maths" come together.
fn stem(word: &str) -> &str {
    let end = word.char_indices().nth(7).map_or(word.len(), |(index, _)| index);
    word[..end].trim_end_matches('s')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_have_an_area() {
        assert_eq!(area_of("ava will read 90 words correct per minute", None), "reading fluency");
        assert_eq!(area_of("will decrease call outs from 12 to 3", None), "behavior");
        assert_eq!(area_of("will do something", None), "");
    }

    #[test]
    fn areas_fit_in_other_words() {
        assert!(fits("reading fluency", "", "ava will read 90 words correct per minute", Some("wcpm")));
        assert!(fits("speech articulation", "speech", "", None));
        assert!(!fits("math", "", "reads aloud", None));
        assert!(!fits("math", "reading fluency", "", None));
        assert!(!fits("keyboarding", "", "ava will read 90 words correct per minute", Some("wcpm")));
    }
}
