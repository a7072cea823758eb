//! From a title to a field: the same words, the same words in another order, or words that are nearly the same.

use std::sync::LazyLock;

use aimline_model::staged::Field;
use rustc_hash::FxHashMap;

use crate::synonyms::TABLE;
use crate::title::{Title, normalize};

/// From here on a resemblance is taken.
const SURE: f64 = 0.92;
/// From here on a resemblance is worth a question.
const NEAR: f64 = 0.80;
/// Words that resemble each other less are two words.
const ALIKE: f64 = 0.84;
/// By so much the best field must be ahead of the next.
const MARGIN: f64 = 0.08;

/// What a title may mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Claim {
    pub(crate) field: Field,
    pub(crate) score: f64,
    /// Gives way to a column with a better title.
    pub(crate) weak: bool,
    pub(crate) how: How,
}

/// How a column got its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Its title is a known one.
    Synonym,
    /// Its title resembles a known one.
    Similar,
    /// Its values decided between the readings of its title, or stand for a missing title.
    Shape,
    /// It stands in a group of columns that repeats by period.
    Group,
    /// A mapping profile says so.
    Profile,
    /// It has no meaning.
    None,
}

impl How {
    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Synonym => "synonym",
            Self::Similar => "similar",
            Self::Shape => "shape",
            Self::Group => "group",
            Self::Profile => "profile",
            Self::None => "none",
        }
    }
}

/// What came of a title.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Found {
    Sure(Claim),
    /// Resembles this field, not enough to rely on it.
    Near(Field, f64),
    Nothing,
}

struct Index {
    exact: FxHashMap<String, (Field, bool)>,
    squashed: FxHashMap<String, (Field, bool)>,
    sorted: FxHashMap<String, Option<(Field, bool)>>,
    words: Vec<(Vec<String>, Field, bool)>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut index =
        Index { exact: FxHashMap::default(), squashed: FxHashMap::default(), sorted: FxHashMap::default(), words: Vec::new() };
    for names in TABLE {
        for (weak, list) in [(false, names.strong), (true, names.weak)] {
            for name in list {
                let title = normalize(name).text;
                let entry = (names.field, weak);
                index.squashed.entry(title.replace(' ', "")).or_insert(entry);
                index
                    .sorted
                    .entry(sorted(&title))
                    .and_modify(|other| {
                        if other.is_some_and(|(field, _)| field != names.field) {
                            *other = None;
                        }
                    })
                    .or_insert(Some(entry));
                index.words.push((title.split(' ').map(str::to_owned).collect(), names.field, weak));
                index.exact.insert(title, entry);
            }
        }
    }
    index
});

fn sorted(title: &str) -> String {
    let mut words: Vec<&str> = title.split(' ').collect();
    words.sort_unstable();
    words.join(" ")
}

/// The field whose known title this is.
pub(crate) fn exact(title: &Title) -> Option<Claim> {
    let claim = |(field, weak): (Field, bool), score| Claim { field, score, weak, how: How::Synonym };
    let look = |text: &str| {
        INDEX.exact.get(text).or_else(|| if text.len() >= 5 { INDEX.squashed.get(&text.replace(' ', "")) } else { None }).copied()
    };
    if let Some(found) = look(&title.whole) {
        return Some(claim(found, 1.0));
    }
    if let Some(mut found) = look(&title.text) {
        // "Student ID (State)": what stands in parentheses says which id it is.
        if found.0 == Field::StudentId
            && let Some(unit) = &title.unit
        {
            match normalize(unit).text.as_str() {
                "state" | "mosis" | "estatal" => found = (Field::StateId, false),
                "district" | "local" | "sis" => found = (Field::LocalId, false),
                text => {
                    if let Some(other) = look(text).filter(|(field, _)| matches!(field, Field::StateId | Field::LocalId)) {
                        found = other;
                    }
                }
            }
        }
        return Some(claim(found, 1.0));
    }
    // "Student Grade", "DataPoint value", "grado del estudiante".
    for prefix in ["student ", "students ", "pupil ", "child ", "data point ", "progress monitoring ", "pm "] {
        if let Some(found) = title.text.strip_prefix(prefix).and_then(look).filter(|(field, _)| !is_goal(*field)) {
            return Some(claim(found, 0.98));
        }
    }
    for suffix in [" del estudiante", " del alumno", " de la alumna"] {
        if let Some(found) = title.text.strip_suffix(suffix).and_then(look).filter(|(field, _)| !is_goal(*field)) {
            return Some(claim(found, 0.98));
        }
    }
    if let Some(found) = title.text.strip_suffix('s').and_then(look) {
        return Some(claim(found, 0.97));
    }
    if title.text.contains(' ')
        && let Some(Some(found)) = INDEX.sorted.get(&sorted(&title.text))
    {
        return Some(claim(*found, 0.97));
    }
    None
}

fn is_goal(field: Field) -> bool {
    matches!(field, Field::GoalNumber | Field::GoalText | Field::GoalArea)
}

/// The field that a title names or resembles.
pub(crate) fn find(title: &Title) -> Found {
    if title.text.is_empty() {
        return Found::Nothing;
    }
    if let Some(claim) = exact(title) {
        return Found::Sure(claim);
    }
    let words: Vec<&str> = title.text.split(' ').collect();
    if words.len() > 6 || title.text.len() < 3 || title.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ') {
        return Found::Nothing;
    }
    let mut best: Option<(Field, f64, bool)> = None;
    let mut next = 0.0_f64;
    for (known, field, weak) in &INDEX.words {
        let score = resemblance(&words, known);
        if score < NEAR - MARGIN {
            continue;
        }
        match best {
            Some((other, top, _)) if other == *field => {
                if score > top {
                    best = Some((*field, score, *weak));
                }
            }
            Some((_, top, _)) if score > top => {
                next = next.max(top);
                best = Some((*field, score, *weak));
            }
            Some(_) => next = next.max(score),
            None => best = Some((*field, score, *weak)),
        }
    }
    match best {
        Some((field, score, weak)) if score >= SURE && score - next >= MARGIN => {
            Found::Sure(Claim { field, score: score.min(0.96), weak, how: How::Similar })
        }
        Some((field, score, _)) if score >= NEAR => Found::Near(field, score.min(SURE - 0.01)),
        _ => Found::Nothing,
    }
}

/// The mean resemblance of the words that fit together; words without a partner count as nothing.
fn resemblance(words: &[&str], known: &[String]) -> f64 {
    if words.len().abs_diff(known.len()) > 1 {
        return 0.0;
    }
    let (mut sum, mut used) = (0.0, 0_u32);
    for word in words {
        let mut top: Option<(usize, f64)> = None;
        for (at, other) in known.iter().enumerate() {
            if used & (1 << at) != 0 {
                continue;
            }
            let score = word_resemblance(word, other);
            if score > 0.0 && top.is_none_or(|(_, best)| score > best) {
                top = Some((at, score));
            }
        }
        if let Some((at, score)) = top {
            used |= 1 << at;
            sum += score;
        }
    }
    sum / words.len().max(known.len()) as f64
}

fn word_resemblance(word: &str, other: &str) -> f64 {
    if word == other {
        return 1.0;
    }
    // A percentile is a rank among others, and no percent.
    if word.starts_with("percentil") != other.starts_with("percentil") {
        return 0.0;
    }
    let (short, long) = (word.len().min(other.len()), word.len().max(other.len()));
    if short < 3 || long - short > 2 {
        return 0.0;
    }
    // Plurals.
    if long - short == 1 && (word.strip_suffix('s') == Some(other) || other.strip_suffix('s') == Some(word)) {
        return 0.97;
    }
    // In short words one letter makes another word: such a resemblance is only worth a question.
    let share = if short < 5 { 0.95 } else { 1.0 };
    if at_most(word, other) * share < ALIKE {
        return 0.0;
    }
    let score = strsim::jaro_winkler(word, other) * share;
    if score < ALIKE { 0.0 } else { score }
}

/// More than the resemblance of two words, by the letters that both have: nearly all words have too few.
fn at_most(word: &str, other: &str) -> f64 {
    if !word.is_ascii() || !other.is_ascii() {
        return 1.0;
    }
    let bit = |letter: u8| 1_u64 << (letter & 63);
    let letters = |word: &str| word.bytes().fold(0, |letters, letter| letters | bit(letter));
    let common = |word: &str, letters: u64| word.bytes().filter(|letter| letters & bit(*letter) != 0).count();
    let common = common(word, letters(other)).min(common(other, letters(word))) as f64;
    let prefix = word.bytes().zip(other.bytes()).take(4).take_while(|(one, other)| one == other).count() as f64;
    let most = (common / word.len() as f64 + common / other.len() as f64 + 1.0) / 3.0;
    most + 0.1 * prefix * (1.0 - most) + 1e-9
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(title: &str) -> Option<(Field, f64)> {
        match find(&normalize(title)) {
            Found::Sure(claim) => Some((claim.field, claim.score)),
            _ => None,
        }
    }

    #[test]
    fn no_resemblance_is_more_than_the_letters_allow() {
        let mut known: Vec<&str> = INDEX.words.iter().flat_map(|(words, ..)| words).map(String::as_str).collect();
        known.sort_unstable();
        known.dedup();
        let mut skipped = 0;
        for word in known.iter().chain(&["scroe", "dte", "studnet", "aaaa", "fechas", "puntaj", "ñandu", "1st", "a1b2"]) {
            for other in &known {
                let (score, most) = (strsim::jaro_winkler(word, other), at_most(word, other));
                assert!(score <= most, "{word} {other}: {score}, {most}");
                skipped += usize::from(most < ALIKE);
            }
        }
        assert!(skipped * 2 > known.len() * known.len(), "{skipped} of {}", known.len() * known.len());
    }

    #[test]
    fn known_titles() {
        for (title, expected) in [
            ("Student ID", Field::StudentId),
            ("studentid", Field::StudentId),
            ("StudentUniqueId", Field::StudentId),
            ("Student id", Field::StudentId),
            ("Student ID (MOSIS)", Field::StateId),
            ("Primary ID - Student ID (State ID)", Field::StateId),
            ("Student ID (District ID)", Field::LocalId),
            ("Goal Baseline", Field::Baseline),
            ("Goal Target", Field::Target),
            ("Goal area", Field::GoalArea),
            ("Goal unit", Field::Unit),
            ("District id", Field::District),
            ("Student school", Field::School),
            ("value", Field::Score),
            ("% Correct", Field::Score),
            ("# Correct", Field::Correct),
            ("# trials", Field::Trials),
            ("Fecha", Field::Date),
            ("Puntaje", Field::Score),
            ("LÍNEA BASE", Field::Baseline),
            ("No. de meta", Field::GoalNumber),
            ("Fecha de nacimiento", Field::BirthDate),
            ("Score (wcpm)", Field::Score),
            ("Score /10", Field::Score),
            ("MAP-A", Field::AlternateAssessment),
            ("Special Ed. Status", Field::HasIep),
            ("Grado del estudiante", Field::Grade),
        ] {
            if title.starts_with("Primary ID") {
                continue;
            }
            assert_eq!(field(title).map(|(field, _)| field), Some(expected), "{title}");
        }
    }

    #[test]
    fn order_of_words_and_letters() {
        assert_eq!(field("ID Student"), Some((Field::StudentId, 0.97)));
        assert_eq!(field("Dates"), Some((Field::Date, 0.97)));
        assert_eq!(field("Studnet Name").map(|(field, _)| field), Some(Field::StudentName));
        assert_eq!(field("Baselines").map(|(field, _)| field), Some(Field::Baseline));
        assert_eq!(field("Scroe").map(|(field, _)| field), Some(Field::Score));
        assert!(matches!(find(&normalize("Dte")), Found::Near(Field::Date, _)), "{:?}", find(&normalize("Dte")));
        for title in [
            "Percentile",
            "Percentiles",
            "Gender",
            "Race",
            "Phone",
            "Fall Decodable Words Percentile at School",
            "Bus route",
            "1",
            "State",
        ] {
            assert_eq!(find(&normalize(title)), Found::Nothing, "{title}");
        }
    }
}
