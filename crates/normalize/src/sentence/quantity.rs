//! The quantities of a sentence: numbers with their units.

use super::{
    Span, cue,
    token::{Kind, Token, Tokens},
};
use crate::{
    text::is_any,
    units::{Unit, unit_named, unit_of},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A number with a unit or without.
    Plain,
    Percent,
    /// Successes of trials or items.
    Fraction,
    /// k of n sessions, or n in a row.
    Criterion,
    /// Not exact, or a range.
    Inexact,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Quantity {
    pub(super) sort: Sort,
    /// On the unit's scale.
    pub(super) value: f64,
    pub(super) numerator: Option<f64>,
    pub(super) denominator: Option<f64>,
    pub(super) unit: Option<&'static Unit>,
    /// The token of the number.
    pub(super) first: usize,
    /// The token after the unit.
    pub(super) end: usize,
    pub(super) span: Span,
    pub(super) worded: bool,
    /// `4 of 5 trials`, not `8 of 10 problems`.
    pub(super) of_trials: bool,
}

impl Quantity {
    pub(super) fn scale(&self) -> Option<&'static str> {
        self.unit.map(|unit| unit.scale)
    }

    /// Words correct per minute and the like: what a sentence is about when it has one.
    pub(super) fn is_primary(&self) -> bool {
        self.sort == Sort::Plain
            && self.unit.is_some_and(|unit| !is_any(unit.name, SECONDARY) && unit.scale != "seconds" && unit.scale != "percent")
    }

    pub(super) fn is_time(&self) -> bool {
        self.sort == Sort::Plain && self.scale() == Some("seconds")
    }

    pub(super) fn is_secondary(&self) -> bool {
        self.sort == Sort::Plain && self.unit.is_some_and(|unit| is_any(unit.name, SECONDARY))
    }
}

/// Words that end what a fraction counts.
const LINKS: &[&str] = &[
    "in",
    "on",
    "of",
    "and",
    "during",
    "per",
    "for",
    "each",
    "with",
    "at",
    "across",
    "over",
    "by",
    "to",
    "the",
    "a",
    "or",
    "when",
    "as",
    "from",
    "using",
    "correct",
    "correctly",
    "problems",
    "questions",
    "items",
    "words",
    "he",
    "she",
    "they",
];

/// Units that may stand beside another measure.
const SECONDARY: &[&str] = &[
    "errors",
    "errors per minute",
    "incidents",
    "occurrences",
    "prompts",
    "words",
    "letters",
    "letter sounds",
    "steps",
    "points",
];

/// Units that are too common as words to be trusted in a sentence.
const VAGUE: &[&str] =
    &["count", "sessions", "trials", "percent", "percent correct", "duration", "grade equivalent", "rubric", "prompt level"];
const VAGUE_WORDS: &[&str] = &[
    "s",
    "ss",
    "cd",
    "time",
    "times",
    "score",
    "point",
    "cues",
    "step",
    "prompt",
    "hits",
    "reminders",
    "sounds",
    "frequency",
    "incorrect",
    "pt",
];

pub(super) fn quantities(tokens: &Tokens<'_>) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    let mut at = 0;
    while at < tokens.all.len() {
        let quantity = quantity(tokens, at);
        at = match &quantity {
            Some(quantity) => quantity.end,
            None => at + 1,
        };
        found.extend(quantity);
    }
    merge_percents(tokens, &mut found);
    found
}

fn quantity(tokens: &Tokens<'_>, at: usize) -> Option<Quantity> {
    let Token { kind, span } = tokens.all[at];
    let base = Quantity {
        sort: Sort::Plain,
        value: 0.0,
        numerator: None,
        denominator: None,
        unit: None,
        first: at,
        end: at + 1,
        span,
        worded: false,
        of_trials: false,
    };
    match kind {
        Kind::Percent { value } => {
            let exact = value <= 100.0;
            Some(Quantity {
                sort: if exact { Sort::Percent } else { Sort::Inexact },
                value,
                unit: unit_named(percent_unit(tokens, at)),
                ..base
            })
        }
        Kind::Fraction { numerator, denominator, .. } => {
            // One word may stand between: 2 of 3 classroom assessments, 4 of 5 observed opportunities.
            let described = matches!(tokens.kind(at + 1), Some(Kind::Word)) && !tokens.is(at + 1, LINKS);
            let noun = |nouns: &[&str]| tokens.is(at + 1, nouns) || described && tokens.is(at + 2, nouns);
            let of_trials = noun(cue::TRIALS);
            let occasion = !of_trials
                && (noun(cue::OCCASIONS)
                    || tokens.is(at + 1, &["consecutive"])
                    || described && tokens.is(at + 3, cue::OCCASIONS) && tokens.is(at + 2, &["data", "progress"]));
            Some(Quantity {
                sort: if occasion { Sort::Criterion } else { Sort::Fraction },
                value: numerator * 100.0 / denominator,
                numerator: Some(numerator),
                denominator: Some(denominator),
                unit: unit_named("trials"),
                of_trials,
                ..base
            })
        }
        Kind::Range => Some(Quantity { sort: Sort::Inexact, unit: unit_after(tokens, at).map(|(unit, _)| unit), ..base }),
        Kind::Number { value, worded } => {
            if tokens.is(at + 1, &["consecutive"]) {
                return Some(Quantity {
                    sort: Sort::Criterion,
                    value: 100.0,
                    numerator: Some(value),
                    denominator: Some(value),
                    worded,
                    ..base
                });
            }
            let (unit, end) =
                unit_after(tokens, at).map_or_else(|| (unit_before(tokens, at), at + 1), |(unit, end)| (Some(unit), end));
            let value = value * unit.map_or(1.0, |unit| unit.factor);
            let span = Span { start: span.start, end: tokens.all[end - 1].span.end };
            Some(Quantity { value, unit, end, span, worded, ..base })
        }
        _ => None,
    }
}

/// Percent, or percent correct where the sentence speaks of accuracy.
fn percent_unit(tokens: &Tokens<'_>, at: usize) -> &'static str {
    let words = ["accuracy", "accurate", "accurately", "correct", "correctly", "precisión", "acc"];
    let correct = (tokens.sentence_start(at)..tokens.sentence_end(at)).any(|word| {
        // Not the `correct` of words correct per minute or of correct use.
        tokens.is(word, &words[..3])
            || tokens.is(word, &words[5..])
            || tokens.is(word, &words[3..5]) && (at..at + 3).contains(&word)
    });
    if correct { "percent correct" } else { "percent" }
}

/// The unit that begins after a token, with the token after it.
fn unit_after(tokens: &Tokens<'_>, at: usize) -> Option<(&'static Unit, usize)> {
    // 5 or fewer errors.
    let compared = tokens.is(at + 1, &["or"]) && tokens.is(at + 2, &["fewer", "less", "more", "better", "higher"]);
    let at = if compared { at + 2 } else { at };
    (1..=6usize).rev().find_map(|length| {
        let last = at + length;
        let inside =
            |token: usize| matches!(tokens.kind(token), Some(Kind::Word | Kind::Number { .. })) || tokens.mark(token) == b'/';
        if last >= tokens.all.len() || !(at + 1..=last).all(inside) || tokens.mark(last) == b'/' {
            return None;
        }
        prose_unit(tokens.slice(at + 1, last)).map(|unit| (unit, last + 1))
    })
}

/// The unit directly before a number, with `:`, `=`, `of`, `is` or `was` between or nothing: `WCPM: 50`.
fn unit_before(tokens: &Tokens<'_>, at: usize) -> Option<&'static Unit> {
    let mut end = at;
    if end > 0 && (matches!(tokens.mark(end - 1), b':' | b'=' | b'-') || tokens.is(end - 1, &["of", "is", "was", "at"])) {
        end -= 1;
    }
    last_unit(tokens, end.saturating_sub(6), end, true)
}

/// The last unit named between two tokens; `close` asks that it ends where they end.
pub(super) fn last_unit(tokens: &Tokens<'_>, start: usize, end: usize, close: bool) -> Option<&'static Unit> {
    for last in (start..end).rev() {
        let longest = (start..=last).find_map(|first| {
            let words = last - first < 6
                && (first..=last).all(|token| matches!(tokens.kind(token), Some(Kind::Word)) || tokens.mark(token) == b'/');
            if words { prose_unit(tokens.slice(first, last)) } else { None }
        });
        if longest.is_some() || close {
            return longest;
        }
    }
    None
}

fn prose_unit(words: &str) -> Option<&'static Unit> {
    if is_any(words, VAGUE_WORDS) {
        return None;
    }
    unit_of(words).filter(|unit| !is_any(unit.name, VAGUE))
}

/// `8/10 (80%)`, `80% (8/10)`, `8/10 or 80%`: one quantity, the fraction.
fn merge_percents(tokens: &Tokens<'_>, found: &mut Vec<Quantity>) {
    let mut at = 0;
    while at + 1 < found.len() {
        let (left, right) = (found[at], found[at + 1]);
        let pair = matches!((left.sort, right.sort), (Sort::Percent, Sort::Fraction) | (Sort::Fraction, Sort::Percent));
        let between = (left.end..right.first).all(|token| {
            matches!(tokens.mark(token), b'(' | b'=' | b',' | b'-')
                || tokens.is(
                    token,
                    &[
                        "or",
                        "correct",
                        "correctly",
                        "trials",
                        "opportunities",
                        "i.e",
                        "equals",
                        "which",
                        "is",
                        "questions",
                        "problems",
                        "items",
                        "words",
                    ],
                )
        });
        if pair && between && (left.value - right.value).abs() <= 1.0 {
            let fraction = if left.sort == Sort::Fraction { left } else { right };
            found[at] = Quantity {
                first: left.first,
                end: right.end,
                span: Span { start: left.span.start, end: right.span.end },
                ..fraction
            };
            found.remove(at + 1);
        } else {
            at += 1;
        }
    }
}
