//! The units of measures: one table, data only. It imports nothing, so that it can live in any crate.

/// How a measure is modelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// A number on an open scale: words correct per minute, a scale score.
    Continuous,
    /// A percentage whose number of trials is not known.
    Percent,
    /// Successes out of trials.
    Trials,
    /// A count, per time of observation when that is known.
    Count,
    /// A time, in seconds.
    Duration,
    /// A level of a scoring guide.
    Rubric,
    /// How much help was needed.
    PromptLevel,
    /// Sessions, days or probes that met a criterion.
    Mastery,
}

impl Family {
    /// The word of the dataset.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Continuous => "continuous",
            Self::Percent => "percent",
            Self::Trials => "trials",
            Self::Count => "count",
            Self::Duration => "duration",
            Self::Rubric => "rubric",
            Self::PromptLevel => "prompt_level",
            Self::Mastery => "mastery",
        }
    }
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// More is better.
    Up,
    /// Less is better.
    Down,
}

impl Direction {
    /// The word of the dataset.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }
}

/// A unit.
#[derive(Debug, PartialEq)]
pub struct Unit {
    /// The name in the dataset.
    pub name: &'static str,
    /// How it is modelled.
    pub family: Family,
    /// The direction, only where a unit always goes one way (rules.md, Direction).
    pub direction: Option<Direction>,
    /// Values of units with the same scale can be compared: percent, percent correct and trials are all 0 to 100.
    pub scale: &'static str,
    /// A typed number times this is a number on the scale: 60 for minutes, whose scale is seconds.
    pub factor: f64,
    /// Other ways to write it, lowercase; compared without case, spaces and punctuation, but `#`, `%` and `/` count.
    pub aliases: &'static [&'static str],
}

const fn unit(name: &'static str, family: Family, direction: Option<Direction>, aliases: &'static [&'static str]) -> Unit {
    Unit { name, family, direction, scale: name, factor: 1.0, aliases }
}

const fn on(unit: Unit, scale: &'static str, factor: f64) -> Unit {
    Unit { scale, factor, ..unit }
}

const UP: Option<Direction> = Some(Direction::Up);
const DOWN: Option<Direction> = Some(Direction::Down);

/// All units. A name or alias stands once.
#[rustfmt::skip]
pub static UNITS: &[Unit] = &[
    unit("wcpm", Family::Continuous, UP, &[
        "cwpm", "wrc", "wrc per minute", "wrcm", "words correct per minute", "words correctly per minute", "correct words per minute", "words correct in one minute",
        "words correct in 1 minute", "words correct in a minute", "correct words in one minute", "correct words in 1 minute",
        "correct words in a minute", "words per minute correct", "words per minute correctly", "words read correctly per minute",
        "words read correct per minute", "words read correctly in one minute", "words read correctly in 1 minute", "words correct per min",
        "correct words per min", "words correct/min", "correct words a minute", "words correct a minute",
        "palabras correctas por minuto", "palabras por minuto correctas", "pcpm",
    ]),
    unit("words per minute", Family::Continuous, None, &["wpm", "words per min", "words a minute", "words in one minute", "words in 1 minute", "words in a minute", "palabras por minuto"]),
    on(unit("percent", Family::Percent, None, &["%", "percents", "percentage", "per cent", "pct", "por ciento", "porcentaje", "% of the time", "percent of the time"]), "percent", 1.0),
    on(unit("percent correct", Family::Percent, UP, &[
        "% correct", "% correctly", "% accuracy", "% accurate", "percent accuracy", "percent accurate", "percentage correct", "correct %", "accuracy %", "accuracy", "pct correct",
        "correct percent", "accuracy percent", "percent correctly", "% de precisión", "% precisión", "% correcto", "% correctas", "por ciento de precisión",
    ]), "percent", 1.0),
    on(unit("trials", Family::Trials, UP, &[
        "trial", "trials correct", "correct trials", "opportunities", "opportunity", "ratio", "attempts", "attempt", "correct/total", "# correct/# trials",
        "oportunidades", "intentos", "fraction",
    ]), "percent", 1.0),
    unit("dcpm", Family::Continuous, UP, &[
        "cdpm", "digits correct per minute", "correct digits per minute", "digits correct in one minute", "digits correct per min", "correct digits per min",
        "correct digits in one minute", "digits per minute", "digits correct in 1 minute", "correct digits in 1 minute",
    ]),
    unit("digits correct", Family::Continuous, UP, &["correct digits", "digits correctly", "cd"]),
    unit("cws", Family::Continuous, UP, &["correct writing sequences", "correct word sequences", "writing sequences correct", "word sequences correct"]),
    unit("total words written", Family::Continuous, UP, &["tww", "words written"]),
    unit("words spelled correctly", Family::Continuous, UP, &["wsc", "words spelled correct", "correctly spelled words"]),
    unit("correct letter sequences", Family::Continuous, UP, &["cls", "letter sequences correct"]),
    unit("letter sounds per minute", Family::Continuous, UP, &[
        "lspm", "clspm", "lscpm", "correct letter sounds per minute", "letter sounds correct per minute", "correct letter sounds in one minute", "letter sounds correct in one minute",
        "correct letter sounds in 1 minute", "letter sounds in one minute", "letter sounds correct", "correct letter sounds",
    ]),
    unit("letter names per minute", Family::Continuous, UP, &[
        "lnpm", "clnpm", "letter names correct per minute", "correct letter names per minute", "correct letter names", "letter names correct", "letters named per minute", "letters per minute",
        "letter names in one minute",
    ]),
    unit("phoneme segments per minute", Family::Continuous, UP, &["psf", "correct phonemes per minute", "phonemes per minute", "correct phoneme segments", "phoneme segments correct"]),
    unit("maze correct", Family::Continuous, UP, &["correct maze choices", "correct replacements", "maze choices correct", "correct maze selections", "correct restorations"]),
    unit("correct per minute", Family::Continuous, UP, &["ic per minute", "items correct per minute", "correct responses per minute", "responses correct per minute", "correct answers per minute", "cpm", "problems correct per minute", "correct problems per minute", "facts correct per minute", "correct facts per minute"]),
    unit("correct", Family::Count, UP, &[
        "# correct", "number correct", "no. correct", "correctly", "correct responses", "correct answers", "answers correct", "responses correct", "problems correct", "correct problems", "items correct", "correct items", "words read correct",
        "questions correct", "questions correctly", "problems correctly", "items correctly", "words correct", "correct words", "words correctly", "raw score correct", "correctas", "correctos", "respuestas correctas", "num correct", "total correct",
        "letters correct", "letters correctly", "sounds correct", "facts correct", "facts correctly",
    ]),
    unit("errors", Family::Count, DOWN, &["error", "miscues", "miscue", "mistakes", "incorrect", "# errors", "number of errors", "# incorrect", "number incorrect", "errores", "incorrect responses"]),
    unit("errors per minute", Family::Continuous, DOWN, &["epm", "incorrect per minute", "errors per min"]),
    unit("incidents", Family::Count, DOWN, &[
        "incident", "number of incidents", "# of incidents", "incidentes", "outbursts", "outburst", "call outs", "callouts", "call out", "talk outs", "talkouts", "elopements", "elopement", "aggressions", "tantrums", "tantrum",
        "meltdowns", "infractions", "office referrals", "office discipline referrals", "discipline referrals", "odr", "odrs", "referrals", "disruptions", "blurt outs", "verbal outbursts", "behavior incidents", "physical aggressions", "hits", "negative behaviors",
    ]),
    unit("occurrences", Family::Count, None, &["occurrence", "instances", "instance", "frequency", "times", "episodes", "tally", "tallies", "veces", "number of occurrences", "number of times"]),
    unit("count", Family::Count, None, &["#", "number", "counts", "total", "items", "frequency count", "cantidad", "raw score", "raw"]),
    unit("words", Family::Count, None, &["sight words", "number of words", "high frequency words", "palabras"]),
    unit("letters", Family::Count, None, &["letter names", "uppercase letters", "lowercase letters", "upper case letters", "lower case letters", "letras"]),
    unit("letter sounds", Family::Count, None, &["sounds"]),
    unit("steps", Family::Count, None, &["step", "pasos", "number of steps"]),
    unit("prompts", Family::Count, None, &["prompt", "verbal prompts", "verbal prompt", "number of prompts", "# of prompts", "prompt count", "reminders", "verbal cues", "cues", "redirections"]),
    unit("per minute", Family::Continuous, None, &["/min", "/minute", "rate per minute", "responses per minute", "rpm", "por minuto", "per min"]),
    unit("per hour", Family::Continuous, None, &["/hr", "/hour", "por hora"]),
    unit("seconds", Family::Duration, None, &["second", "sec", "secs", "s", "segundos", "segundo", "number of seconds", "duration in seconds", "duration (sec)", "time (sec)"]),
    on(unit("minutes", Family::Duration, None, &["minute", "min", "mins", "minutos", "minuto", "number of minutes", "duration in minutes", "duration (min)", "time (min)"]), "seconds", 60.0),
    on(unit("hours", Family::Duration, None, &["hour", "hr", "hrs", "horas", "hora"]), "seconds", 3600.0),
    on(unit("duration", Family::Duration, None, &["min:sec", "mm:ss", "m:ss", "latency", "duración", "time"]), "seconds", 1.0),
    unit("rubric", Family::Rubric, None, &["rubric score", "rubric level", "rubric points", "rúbrica", "nivel", "level", "likert", "rating", "rubric rating", "performance level", "rubric scale"]),
    unit("prompt level", Family::PromptLevel, None, &["prompting level", "level of prompting", "level of prompt", "prompt hierarchy", "level of assistance", "level of support", "support level", "independence level"]),
    unit("points", Family::Continuous, None, &["point", "pts", "pt", "puntos", "puntaje", "score", "composite", "composite score"]),
    unit("scale score", Family::Continuous, None, &["scaled score", "ss", "standard score", "scale scores", "rit", "rit score", "unified scale score"]),
    unit("lexile", Family::Continuous, None, &["lexile score", "lexile level", "lexile measure"]),
    unit("grade equivalent", Family::Continuous, None, &["ge", "grade level equivalent", "grade equivalent score"]),
    unit("sessions", Family::Mastery, None, &["session", "mastery", "met/not met", "mastered", "criterion met", "sesiones"]),
];

/// The unit of a header, a cell or a few words: `WCPM`, `words correct/min`, `% correct`, `call-outs`.
#[must_use]
pub fn unit_of(text: &str) -> Option<&'static Unit> {
    let first = fold(text).next()?;
    let fits = |name: &str| fold(name).next() == Some(first) && fold(name).eq(fold(text));
    UNITS.iter().find(|unit| fits(unit.name) || unit.aliases.iter().copied().any(fits))
}

/// The unit of that name in the dataset.
#[must_use]
pub fn unit_named(name: &str) -> Option<&'static Unit> {
    UNITS.iter().find(|unit| unit.name == name)
}

/// The letters that count, in lowercase.
fn fold(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, '#' | '%' | '/')).map(|letter| {
        if letter.is_ascii() { letter.to_ascii_lowercase() } else { letter.to_lowercase().next().unwrap_or(letter) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(unit_of(text).map(|unit| unit.name), expected, "{text:?}");
        check("WCPM", Some("wcpm"));
        check("Words Correct Per Minute", Some("wcpm"));
        check("words-correct-per-minute", Some("wcpm"));
        check("words correct/min", Some("wcpm"));
        check("%", Some("percent"));
        check("Percent", Some("percent"));
        check("% Correct", Some("percent correct"));
        check("ratio", Some("trials"));
        check("# correct", Some("correct"));
        check("call-outs", Some("incidents"));
        check("Min.", Some("minutes"));
        check("sec", Some("seconds"));
        check("CWS", Some("cws"));
        check("per minute", Some("per minute"));
        check("prompt level", Some("prompt level"));
        check("", None);
        check("  ", None);
        check("notes", None);
    }

    #[test]
    fn a_name_or_alias_stands_once() {
        let mut seen: Vec<(String, &str)> = Vec::new();
        for unit in UNITS {
            for name in std::iter::once(&unit.name).chain(unit.aliases) {
                let folded: String = fold(name).collect();
                assert!(!folded.is_empty(), "{name}");
                assert!(name.chars().all(|letter| !letter.is_uppercase()), "{name}");
                if let Some((_, other)) = seen.iter().find(|(text, _)| *text == folded) {
                    assert_eq!(*other, unit.name, "{name} stands twice");
                }
                seen.push((folded, unit.name));
            }
        }
    }

    #[test]
    fn only_units_that_always_go_one_way_have_a_direction() {
        let direction = |name: &str| unit_named(name).and_then(|unit| unit.direction);
        assert_eq!(direction("wcpm"), UP);
        assert_eq!(direction("trials"), UP);
        assert_eq!(direction("percent correct"), UP);
        assert_eq!(direction("percent"), None);
        assert_eq!(direction("errors"), DOWN);
        assert_eq!(direction("incidents"), DOWN);
        assert_eq!(direction("occurrences"), None);
        assert_eq!(direction("minutes"), None);
    }
}
