//! What a column of a group holds, by the end of its title: the score, its date, how many were correct, or something about
//! the score that is no score, such as a percentile.

use aimline_model::staged::Field;

use crate::matching::exact;
use crate::title::{normalize, words};

/// What a column of a group holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Statistic {
    /// A score; of several in a group the first in this order counts.
    Score(Rank),
    /// How many were correct.
    Correct,
    /// Of how many.
    Trials(Length),
    /// When it was taken.
    Date,
    /// The level of the form.
    Level,
    /// Another field of a data point, such as its prompt level.
    Beside(Field),
    /// A percentile, a risk band, a growth norm: it says something about a score and is none.
    Attribute,
}

/// Which of several scores of a group counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// Made of several scores.
    Composite,
    /// On a scale of its own.
    Scale,
    /// Called a score.
    Score,
    /// Correct ones of a fixed number of items: the whole test was given.
    OfFixed,
    /// Correct ones a minute.
    Rate,
    /// Correct ones of as many as were reached.
    OfReached,
    /// Correct ones.
    Count,
    /// Before it is put on a scale.
    Raw,
    /// In percent.
    Percent,
    /// Wrong ones.
    Errors,
}

/// Whether all students got the same number of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Length {
    /// The items of the test.
    Fixed,
    /// As far as the student got in the time.
    Reached,
}

/// Words that are in no title of a score.
fn never(word: &str) -> bool {
    word.starts_with("percentile")
        || matches!(
            word,
            "risk"
                | "growth"
                | "tier"
                | "norm"
                | "norms"
                | "normative"
                | "nce"
                | "stanine"
                | "sem"
                | "sgp"
                | "band"
                | "benchmark"
                | "goal"
                | "target"
                | "recommendation"
                | "descriptor"
                | "category"
                | "status"
                | "proficiency"
                | "placement"
                | "color"
                | "rank"
                | "interval"
                | "comment"
                | "comments"
                | "note"
                | "notes"
                | "percentil"
                | "riesgo"
                | "meta"
                | "estado"
        )
}

type Entry = (&'static str, Statistic);

/// Ends of titles; the longest that fits counts.
#[rustfmt::skip]
const ENDS: &[Entry] = &[
    ("composite score", Statistic::Score(Rank::Composite)), ("composite", Statistic::Score(Rank::Composite)),
    ("overall score", Statistic::Score(Rank::Composite)), ("overall scale score", Statistic::Score(Rank::Composite)),
    ("composite scale score", Statistic::Score(Rank::Composite)),
    ("scale score", Statistic::Score(Rank::Scale)), ("scaled score", Statistic::Score(Rank::Scale)),
    ("standard score", Statistic::Score(Rank::Scale)), ("rit score", Statistic::Score(Rank::Scale)), ("rit", Statistic::Score(Rank::Scale)),
    ("score", Statistic::Score(Rank::Score)), ("scores", Statistic::Score(Rank::Score)), ("result", Statistic::Score(Rank::Score)),
    ("value", Statistic::Score(Rank::Score)), ("puntaje", Statistic::Score(Rank::Score)), ("puntuacion", Statistic::Score(Rank::Score)),
    ("resultado", Statistic::Score(Rank::Score)), ("valor", Statistic::Score(Rank::Score)),
    ("wrc per minute", Statistic::Score(Rank::Rate)), ("ic per minute", Statistic::Score(Rank::Rate)), ("wcpm", Statistic::Score(Rank::Rate)),
    ("cwpm", Statistic::Score(Rank::Rate)), ("wrcm", Statistic::Score(Rank::Rate)), ("wrc", Statistic::Score(Rank::Rate)),
    ("words correct per minute", Statistic::Score(Rank::Rate)), ("correct words per minute", Statistic::Score(Rank::Rate)),
    ("words read correct per minute", Statistic::Score(Rank::Rate)), ("words read correctly per minute", Statistic::Score(Rank::Rate)),
    ("items correct per minute", Statistic::Score(Rank::Rate)), ("correct per minute", Statistic::Score(Rank::Rate)),
    ("digits correct per minute", Statistic::Score(Rank::Rate)), ("dcpm", Statistic::Score(Rank::Rate)), ("pcpm", Statistic::Score(Rank::Rate)),
    ("palabras correctas por minuto", Statistic::Score(Rank::Rate)), ("per minute", Statistic::Score(Rank::Rate)),
    ("raw score", Statistic::Score(Rank::Raw)), ("raw", Statistic::Score(Rank::Raw)), ("points", Statistic::Score(Rank::Raw)),
    ("total score", Statistic::Score(Rank::Raw)), ("puntos", Statistic::Score(Rank::Raw)),
    ("accuracy", Statistic::Score(Rank::Percent)), ("median accuracy", Statistic::Score(Rank::Percent)),
    ("percent correct", Statistic::Score(Rank::Percent)), ("percent accuracy", Statistic::Score(Rank::Percent)),
    ("percent", Statistic::Score(Rank::Percent)), ("porcentaje", Statistic::Score(Rank::Percent)),
    ("error", Statistic::Score(Rank::Errors)), ("errors", Statistic::Score(Rank::Errors)), ("errores", Statistic::Score(Rank::Errors)),
    ("items correct", Statistic::Correct), ("words read correct", Statistic::Correct), ("words correct", Statistic::Correct),
    ("number correct", Statistic::Correct), ("total correct", Statistic::Correct), ("correct", Statistic::Correct),
    ("correct responses", Statistic::Correct), ("aciertos", Statistic::Correct), ("correctas", Statistic::Correct),
    ("total items", Statistic::Trials(Length::Fixed)), ("total", Statistic::Trials(Length::Fixed)), ("out of", Statistic::Trials(Length::Fixed)),
    ("possible", Statistic::Trials(Length::Fixed)), ("points possible", Statistic::Trials(Length::Fixed)),
    ("total possible", Statistic::Trials(Length::Fixed)), ("trials", Statistic::Trials(Length::Fixed)),
    ("number of trials", Statistic::Trials(Length::Fixed)), ("opportunities", Statistic::Trials(Length::Fixed)),
    ("number of items", Statistic::Trials(Length::Fixed)), ("items", Statistic::Trials(Length::Fixed)),
    ("oportunidades", Statistic::Trials(Length::Fixed)), ("intentos", Statistic::Trials(Length::Fixed)),
    ("total words read", Statistic::Trials(Length::Reached)), ("words read", Statistic::Trials(Length::Reached)),
    ("items attempted", Statistic::Trials(Length::Reached)), ("total items attempted", Statistic::Trials(Length::Reached)),
    ("attempted", Statistic::Trials(Length::Reached)),
    ("date", Statistic::Date), ("final date", Statistic::Date), ("test date", Statistic::Date), ("date taken", Statistic::Date),
    ("date tested", Statistic::Date), ("date administered", Statistic::Date), ("administration date", Statistic::Date),
    ("admin date", Statistic::Date), ("assessment date", Statistic::Date), ("completion date", Statistic::Date),
    ("score date", Statistic::Date), ("date of test", Statistic::Date), ("fecha", Statistic::Date), ("fecha de la prueba", Statistic::Date),
    ("probe level", Statistic::Level), ("passage level", Statistic::Level), ("form level", Statistic::Level), ("level", Statistic::Level),
    ("nivel", Statistic::Level), ("risk level", Statistic::Attribute), ("performance level", Statistic::Attribute),
    ("achievement level", Statistic::Attribute), ("levels", Statistic::Attribute), ("grade equivalent", Statistic::Attribute),
    ("duration", Statistic::Attribute), ("start date", Statistic::Attribute), ("teacher", Statistic::Attribute),
];

/// What a title says of its column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct End {
    pub(crate) statistic: Statistic,
    /// The measure before it, as typed; empty when there is none.
    pub(crate) measure: String,
    /// The end, as typed: `WRC per minute`.
    pub(crate) name: String,
    /// The end is one that is known.
    pub(crate) known: bool,
}

/// Splits a title without its period into a measure and what the column holds.
pub(crate) fn end(title: &str) -> End {
    let whole = title;
    // "Error(TWR - WRC)": how it is computed. "Score (wcpm)" keeps its unit elsewhere.
    let title = match title.strip_suffix(')').and_then(|inner| inner.rfind('(')) {
        Some(open) if open > 0 => title[..open].trim_end(),
        _ => title,
    };
    // "Score /10"
    let title = match title.rsplit_once('/') {
        Some((before, number)) if !before.trim().is_empty() && number.trim().bytes().all(|byte| byte.is_ascii_digit()) => {
            before.trim_end()
        }
        _ => title,
    };
    let places = words(title);
    let all: Vec<&str> = places.iter().map(|(_, word)| word.as_str()).collect();
    let trim =
        |text: &str| text.trim_matches(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '%' | '#' | ')')).to_owned();
    if all.iter().any(|word| never(word)) || words(whole).iter().any(|(_, word)| word == "from") {
        return End { statistic: Statistic::Attribute, measure: String::new(), name: trim(whole), known: true };
    }
    for length in (1..=all.len().min(5)).rev() {
        let (begin, _) = places[all.len() - length];
        let tail = all[all.len() - length..].join(" ");
        let known = ENDS.iter().find(|(known, _)| *known == tail).map(|(_, statistic)| *statistic);
        if let Some(statistic) = known.or_else(|| beside(&title[begin..])) {
            return End { statistic, measure: trim(&title[..begin]), name: trim(&title[begin..]), known: true };
        }
    }
    End { statistic: Statistic::Score(Rank::Score), measure: trim(title), name: String::new(), known: false }
}

/// A field of a data point that is neither its score nor its date.
fn beside(title: &str) -> Option<Statistic> {
    let claim = exact(&normalize(title)).filter(|claim| !claim.weak)?;
    let fits = matches!(claim.field, Field::Minutes | Field::Phase | Field::Form | Field::PromptLevel | Field::Staff);
    fits.then_some(Statistic::Beside(claim.field))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_columns_of_groups_hold() {
        for (title, statistic, measure) in [
            ("Early Reading English Composite Score", Statistic::Score(Rank::Composite), "Early Reading English"),
            ("Letter Sounds WRC per minute", Statistic::Score(Rank::Rate), "Letter Sounds"),
            ("Sight Words Words Read Correct", Statistic::Correct, "Sight Words"),
            ("Sight Words Total Words Read", Statistic::Trials(Length::Reached), "Sight Words"),
            ("Onset Sounds Total Items", Statistic::Trials(Length::Fixed), "Onset Sounds"),
            ("Onset Sounds Error(Total Items - Items Correct)", Statistic::Score(Rank::Errors), "Onset Sounds"),
            ("CBMR-English Final Date", Statistic::Date, "CBMR-English"),
            ("Score", Statistic::Score(Rank::Score), ""),
            ("Score /10", Statistic::Score(Rank::Score), ""),
            ("Score (wcpm)", Statistic::Score(Rank::Score), ""),
            ("% Correct", Statistic::Score(Rank::Percent), ""),
            ("Level", Statistic::Level, ""),
            ("Prompt Level", Statistic::Beside(Field::PromptLevel), ""),
            ("Reading Level Score", Statistic::Score(Rank::Score), "Reading Level"),
            ("Passage Reading Fluency", Statistic::Score(Rank::Score), "Passage Reading Fluency"),
            ("Letter Sounds Risk Level", Statistic::Attribute, ""),
            ("Percentile at LEA", Statistic::Attribute, ""),
            ("Growth Score from", Statistic::Attribute, ""),
            ("", Statistic::Score(Rank::Score), ""),
        ] {
            let end = end(title);
            assert_eq!((end.statistic, end.measure.as_str()), (statistic, measure), "{title}");
        }
    }
}
