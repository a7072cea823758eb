//! From a sentence to tokens: words, numbers, dates, and numbers that only name something.

use chrono::{Datelike, NaiveDate};

use super::Span;
use crate::{
    date::{Order, month_of, ordinal_suffix, parse_date},
    number::scan,
    text::is_any,
    units::unit_of,
};

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Word,
    /// A number that may count something; `worded` is `four`.
    Number {
        value: f64,
        worded: bool,
    },
    Percent {
        value: f64,
    },
    /// `4/5` (`slash`), `4 of 5`, `four out of five`.
    Fraction {
        numerator: f64,
        denominator: f64,
        slash: bool,
    },
    /// `60-70%`, `~60`, `<5`: inexact.
    Range,
    Date(NaiveDate),
    MonthDay {
        month: u32,
        day: u32,
    },
    Month {
        month: u32,
        year: Option<i32>,
    },
    /// A number that only names or describes: `3rd`, `Goal 2`, `4-point`, `2025-26`; with the minutes of `30-minute`.
    Label {
        minutes: Option<f64>,
    },
    /// A punctuation mark; a line break is `\n`.
    Mark(u8),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Span,
}

/// A sentence and its tokens.
pub(super) struct Tokens<'a> {
    pub(super) text: &'a str,
    pub(super) all: Vec<Token>,
}

impl<'a> Tokens<'a> {
    /// `slashes_are_days`: where no fraction is expected, `12/12` is a day.
    pub(super) fn of(text: &'a str, slashes_are_days: bool) -> Self {
        let mut lexer = Lexer { text, at: 0, all: Vec::new() };
        while lexer.at < text.len() {
            lexer.step();
        }
        let mut tokens = Self { text, all: join_fractions(text, lexer.all) };
        tokens.settle_pairs();
        tokens.settle_slashes(slashes_are_days);
        tokens.settle_labels();
        tokens
    }

    /// The word at a place, or the empty text.
    pub(super) fn word(&self, at: usize) -> &'a str {
        match self.all.get(at) {
            Some(Token { kind: Kind::Word, span }) => span.of(self.text),
            _ => "",
        }
    }

    pub(super) fn is(&self, at: usize, words: &[&str]) -> bool {
        let word = self.word(at);
        !word.is_empty() && is_any(word, words)
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.all.get(at).map(|token| token.kind)
    }

    pub(super) fn mark(&self, at: usize) -> u8 {
        match self.kind(at) {
            Some(Kind::Mark(mark)) => mark,
            _ => 0,
        }
    }

    /// A full stop, semicolon or line break.
    pub(super) fn ends_sentence(&self, at: usize) -> bool {
        matches!(self.mark(at), b'.' | b';' | b'\n' | b'!' | b'?')
    }

    /// First token of the sentence of a token.
    pub(super) fn sentence_start(&self, at: usize) -> usize {
        (0..at).rev().find(|&before| self.ends_sentence(before)).map_or(0, |before| before + 1)
    }

    /// The token after the sentence of a token.
    pub(super) fn sentence_end(&self, at: usize) -> usize {
        (at..self.all.len()).find(|&after| self.ends_sentence(after)).unwrap_or(self.all.len())
    }

    /// The text from one token to another, which is included.
    pub(super) fn slice(&self, first: usize, last: usize) -> &'a str {
        &self.text[self.all[first].span.start..self.all[last].span.end]
    }

    fn is_number(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(Kind::Number { .. } | Kind::Percent { .. } | Kind::Range))
    }

    /// `2/11 8/10, 2/18 9/10`: when fractions come in two or more pairs, and in pairs only, the first of each is a day.
    fn settle_pairs(&mut self) {
        let slash = |tokens: &Self, at: usize| matches!(tokens.kind(at), Some(Kind::Fraction { slash: true, .. }));
        let firsts: Vec<usize> = (0..self.all.len()).filter(|&at| slash(self, at) && (at == 0 || !slash(self, at - 1))).collect();
        let paired = firsts.len() > 1 && firsts.iter().all(|&at| slash(self, at + 1) && !slash(self, at + 2));
        for at in firsts.into_iter().filter(|_| paired) {
            if let Some(Kind::Fraction { numerator, denominator, .. }) = self.kind(at)
                && let Some((month, day)) = month_and_day(numerator, denominator)
            {
                self.all[at].kind = Kind::MonthDay { month, day };
            }
        }
    }

    /// Decides for each `4/5` whether it is a day.
    fn settle_slashes(&mut self, days: bool) {
        for at in 0..self.all.len() {
            let Some(Kind::Fraction { numerator, denominator, slash: true }) = self.kind(at) else { continue };
            let day = month_and_day(numerator, denominator).filter(|_| {
                self.is_day(at, numerator, denominator) || days && !self.is(at + 1, COUNTED) && !self.is(at + 2, COUNTED)
            });
            if let Some((month, day)) = day {
                self.all[at].kind = Kind::MonthDay { month, day };
            } else if denominator == 0.0 || numerator > denominator {
                self.all[at].kind = Kind::Label { minutes: None };
            }
        }
    }

    fn is_day(&self, at: usize, numerator: f64, denominator: f64) -> bool {
        if self.is(at + 1, COUNTED) || self.is(at + 2, COUNTED) && !self.is(at + 1, &["he", "she", "they", "and"]) {
            return false;
        }
        let before = |words: &[&str]| at > 0 && self.is(at - 1, words);
        if numerator > denominator || before(&["on", "by", "since", "until", "through", "dated", "date", "before"]) {
            return true;
        }
        if before(&["of"]) && at > 1 && self.is(at - 2, &["week", "weeks", "as"]) {
            return true;
        }
        if self.is_number(at + 1) || matches!(self.mark(at + 1), b':' | b'-') && self.is_number(at + 2) {
            return true;
        }
        // 4/5: 80% is a fraction with its percent, 9/12: 45% a day.
        if self.mark(at + 1) == b':' && matches!(self.kind(at + 2), Some(Kind::Fraction { .. } | Kind::Word)) {
            return true;
        }
        let in_brackets = at > 1 && self.mark(at - 1) == b'(' && self.mark(at + 1) == b')';
        in_brackets
            && match self.kind(at - 2) {
                Some(Kind::Percent { value }) => (value - 100.0 * numerator / denominator).abs() > 1.0,
                Some(Kind::Word | Kind::Number { .. }) => {
                    (at.saturating_sub(6)..at).any(|before| matches!(self.kind(before), Some(Kind::Number { .. })))
                }
                _ => false,
            }
    }

    /// Numbers that name something by the word before them, and years.
    fn settle_labels(&mut self) {
        for at in 0..self.all.len() {
            let value = match self.kind(at) {
                Some(Kind::Number { value, worded: false }) => Some(value),
                Some(Kind::Range) => None,
                _ => continue,
            };
            let named = at > 0 && self.is(at - 1, NAMED) || at > 1 && self.mark(at - 1) == b'#';
            let named =
                named || at > 1 && self.is(at - 1, &["and", "or"]) && matches!(self.kind(at - 2), Some(Kind::Label { .. }));
            let counts = (1..=5).any(|words| {
                at + words < self.all.len()
                    && !self.slice(at + 1, at + words).contains(['.', ',', ';', ':'])
                    && unit_of(self.slice(at + 1, at + words)).is_some_and(|unit| unit.name != "count")
            });
            let year = value.is_some_and(|value| (1990.0..2101.0).contains(&value) && value.fract() == 0.0);
            if (named || year) && !counts {
                self.all[at].kind = Kind::Label { minutes: None };
            }
        }
    }
}

/// What fractions count; after one of these, `4/5` is no day.
pub(super) const COUNTED: &[&str] = &[
    "trials",
    "trial",
    "opportunities",
    "opportunity",
    "attempts",
    "times",
    "tries",
    "chances",
    "instances",
    "sessions",
    "days",
    "weeks",
    "probes",
    "questions",
    "problems",
    "items",
    "words",
    "sentences",
    "correct",
    "correctly",
    "steps",
    "letters",
    "sounds",
    "assignments",
    "facts",
    "responses",
    "intervals",
    "observations",
    "occasions",
    "consecutive",
    "prompts",
    "points",
    "passages",
    "directions",
    "tasks",
    "accurate",
    "accuracy",
    "targets",
    "turns",
    "exchanges",
    "requests",
    "oportunidades",
    "intentos",
    "data",
];

/// A number after one of these is a name.
const NAMED: &[&str] = &[
    "grade",
    "grades",
    "gr",
    "goal",
    "goals",
    "objective",
    "objectives",
    "benchmark",
    "benchmarks",
    "lesson",
    "lessons",
    "level",
    "levels",
    "unit",
    "units",
    "step",
    "tier",
    "quarter",
    "period",
    "page",
    "pages",
    "chapter",
    "chapters",
    "list",
    "set",
    "form",
    "probe",
    "age",
    "ages",
    "aged",
    "room",
    "phase",
    "year",
    "week",
    "day",
    "session",
    "trial",
    "passage",
    "stage",
    "section",
    "module",
    "book",
    "number",
    "no",
    "item",
    "question",
    "problem",
    "kindergarten",
    "q",
    "iep",
    "part",
];

const NUMBER_WORDS: &[(&str, f64)] = &[
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("fifteen", 15.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
    ("uno", 1.0),
    ("dos", 2.0),
    ("tres", 3.0),
    ("cuatro", 4.0),
    ("cinco", 5.0),
    ("diez", 10.0),
];

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    all: Vec<Token>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn push(&mut self, kind: Kind, length: usize) {
        let span = Span { start: self.at, end: self.at + length };
        self.all.push(Token { kind, span });
        self.at += length;
    }

    fn step(&mut self) {
        let rest = self.rest();
        let Some(letter) = rest.chars().next() else { return };
        let next = rest[letter.len_utf8()..].chars().next();
        if letter.is_ascii_digit() || letter == '.' && next.is_some_and(|next| next.is_ascii_digit()) {
            self.number();
        } else if letter.is_alphabetic() {
            self.word();
        } else if matches!(letter, '<' | '>' | '~' | '≥' | '≤' | '±' | '$')
            && next.is_some_and(|next| next.is_ascii_digit() || matches!(next, ' ' | '='))
        {
            self.inexact(letter);
        } else if letter == '\n' {
            self.push(Kind::Mark(b'\n'), 1);
        } else if letter.is_whitespace() {
            self.at += letter.len_utf8();
        } else {
            let mark = match letter {
                '–' | '—' => b'-',
                '’' | '‘' | '“' | '”' => b'"',
                _ if letter.is_ascii() => letter as u8,
                '•' => b'\n',
                _ => b'?' + 1,
            };
            self.push(Kind::Mark(mark), letter.len_utf8());
        }
    }

    /// `<5`, `~60%`: the number is not exact.
    fn inexact(&mut self, sign: char) {
        let start = sign.len_utf8();
        let rest = self.rest();
        let gap = rest[start..].bytes().take_while(|byte| matches!(byte, b' ' | b'=')).count();
        match scan(&rest.as_bytes()[start + gap..]) {
            Some((_, length)) => self.push(Kind::Range, start + gap + length),
            None => self.push(Kind::Mark(b'~'), start),
        }
    }

    fn word(&mut self) {
        let rest = self.rest();
        let length = word_length(rest);
        let word = &rest[..length];
        if let Some(month) = month_of(word)
            && self.month(month, word, length)
        {
            return;
        }
        let number = NUMBER_WORDS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word));
        match number {
            Some((_, value)) => self.push(Kind::Number { value: *value, worded: true }, length),
            None => self.push(Kind::Word, length),
        }
        // approx. 60%: the full stop ends no sentence.
        let after = self.rest();
        let goes_on = after
            .strip_prefix(". ")
            .is_some_and(|after| after.starts_with(|letter: char| letter.is_lowercase() || letter.is_ascii_digit()));
        if goes_on && is_any(word, &["approx", "avg", "vs", "min", "sec", "no", "gr", "max", "acc", "pct", "est", "ave"]) {
            self.at += 1;
        }
    }

    /// `Oct. 15, 2025`, `Oct 15`, `October 2025`, `in October`. False if it may be another word.
    fn month(&mut self, month: u32, word: &str, length: usize) -> bool {
        let rest = self.rest();
        let mut at = length;
        if rest[at..].starts_with('.') {
            at += 1;
        }
        at += blanks(&rest[at..]);
        let digits = digits(&rest[at..]);
        let after = &rest[at + digits..];
        if digits == 4
            && let Ok(year) = rest[at..at + 4].parse::<i32>()
            && (1990..=2100).contains(&year)
        {
            self.push(Kind::Month { month, year: Some(year) }, at + 4);
            return true;
        }
        if (1..=2).contains(&digits)
            && let Ok(day) = rest[at..at + digits].parse::<u32>()
            && (1..=31).contains(&day)
            && !after.starts_with(['%', '/', '.'].as_slice()) | after.starts_with(". ") | (after == ".")
        {
            let suffix = word_length(after);
            let end = at + digits + if ordinal_suffix(&after[..suffix]) { suffix } else { 0 };
            let (year, length) = year_after(&rest[end..]);
            match year.and_then(|year| NaiveDate::from_ymd_opt(year, month, day)) {
                Some(date) => self.push(Kind::Date(date), end + length),
                None => self.push(Kind::MonthDay { month, day }, end),
            }
            return true;
        }
        // `may` and `march` are verbs, too.
        let capital = word.starts_with(|letter: char| letter.is_uppercase());
        let before = self.all.last().is_some_and(|token| {
            token.kind == Kind::Word
                && is_any(
                    token.span.of(self.text),
                    &[
                        "in", "by", "of", "since", "until", "during", "through", "for", "last", "and", "to", "from", "late",
                        "early", "mid", "de", "en",
                    ],
                )
        });
        if capital && (before || !is_any(word, &["may", "march", "mar"])) {
            self.push(Kind::Month { month, year: None }, length);
            return true;
        }
        false
    }

    fn number(&mut self) {
        let rest = self.rest();
        // Runs such as 10/10/25, 2025-10-03, 2025-26, 1:1, 3.2.1.
        let run = rest.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'/' | b'-' | b'.' | b':')).count();
        let run = rest[..run].trim_end_matches(['.', '-', ':', '/']).len();
        let separators = rest[..run].bytes().filter(|byte| !byte.is_ascii_digit()).count();
        if separators == 2
            && let Ok(date) = parse_date(&rest[..run], b't', Order::MonthFirst)
        {
            self.push(Kind::Date(date), run);
            return;
        }
        let Some((number, length)) = scan(rest.as_bytes()) else {
            self.push(Kind::Label { minutes: None }, run.max(1));
            return;
        };
        let value = number.value();
        let after = &rest[length..];
        // The number of a list: `1. `, `2) ` at the start of a line.
        let first = self.all.last().is_none_or(|token| token.kind == Kind::Mark(b'\n'));
        if first && (after.starts_with(". ") || after.starts_with(") ")) && value < 20.0 {
            self.push(Kind::Label { minutes: None }, length + 1);
            return;
        }
        if let Some(skip) = percent_sign(after) {
            if let Some(end) = range_end(&after[skip..]) {
                self.push(Kind::Range, length + skip + end);
            } else {
                self.push(Kind::Percent { value }, length + skip);
            }
            return;
        }
        if is_numbering(&rest[..run]) || clock(after) {
            self.push(Kind::Label { minutes: None }, run);
            return;
        }
        if let Some(below) = after.strip_prefix('/').or_else(|| after.strip_prefix(" / ")) {
            self.slash(value, length, after.len() - below.len(), below);
            return;
        }
        if self.day_and_month(value, length, after) {
            return;
        }
        self.suffixed(value, length, after);
    }

    /// `4/5`, `10/2025`.
    fn slash(&mut self, numerator: f64, length: usize, slash: usize, below: &str) {
        match scan(below.as_bytes()) {
            Some((denominator, end)) => {
                let (denominator, length) = (denominator.value(), length + slash + end);
                let year = (1990.0..2101.0).contains(&denominator) && (1.0..13.0).contains(&numerator);
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
                let kind = if year && end == 4 {
                    Kind::Month { month: numerator as u32, year: Some(denominator as i32) }
                } else if below[end..].starts_with('%') {
                    // Two percents: 70/80%.
                    self.push(Kind::Range, length + 1);
                    return;
                } else {
                    Kind::Fraction { numerator, denominator, slash: true }
                };
                self.push(kind, length);
            }
            // 12/day, 3/week, 30 words/min.
            None => self.push(Kind::Number { value: numerator, worded: false }, length),
        }
    }

    /// `20 de mayo de 2026`, `3rd of October, 2025`, `15 Oct`.
    fn day_and_month(&mut self, value: f64, length: usize, after: &str) -> bool {
        if value.fract() != 0.0 || !(1.0..32.0).contains(&value) {
            return false;
        }
        let mut at = 0;
        let suffix = word_length(after);
        if ordinal_suffix(&after[..suffix]) {
            at = suffix;
        }
        if !after[at..].starts_with([' ', '-']) {
            return false;
        }
        at += 1;
        for link in ["de ", "of "] {
            if after[at..].starts_with(link) {
                at += link.len();
            }
        }
        let word = word_length(&after[at..]);
        let name = after[at..at + word].split('-').next().unwrap_or("");
        let Some(month) = month_of(name) else { return false };
        if is_any(name, &["may", "march", "mar", "set"]) && !name.starts_with(char::is_uppercase) {
            return false;
        }
        at += name.len();
        let (year, end) = year_after(&after[at..]);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 31")]
        let day = value as u32;
        match year.and_then(|year| NaiveDate::from_ymd_opt(year, month, day)) {
            Some(date) => self.push(Kind::Date(date), length + at + end),
            None => self.push(Kind::MonthDay { month, day }, length + at),
        }
        true
    }

    /// A number with letters, a hyphen or nothing after it.
    fn suffixed(&mut self, value: f64, length: usize, after: &str) {
        let label = Kind::Label { minutes: None };
        let first = after.chars().next().unwrap_or(' ');
        let second = after[first.len_utf8().min(after.len())..].chars().next().unwrap_or(' ');
        if first.is_alphabetic() {
            let word = word_length(after);
            // 90wcpm is a number and its unit; 3rd, 2x, 3D are names.
            if !ordinal_suffix(&after[..word]) && unit_of(&after[..word]).is_some() {
                self.push(Kind::Number { value, worded: false }, length);
            } else {
                self.push(label, length + word);
            }
        } else if first == '.' && second.is_alphabetic() {
            // 3.OA.7
            let word = after.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')).count();
            self.push(label, length + after[..word].trim_end_matches('.').len());
        } else if matches!(first, '-' | '\u{2011}') && second.is_alphabetic() {
            let start = first.len_utf8();
            let word = word_length(&after[start..]);
            let minutes = is_any(after[start..start + word].split('-').next().unwrap_or(""), &["minute", "min"]).then_some(value);
            self.push(Kind::Label { minutes }, length + start + word);
        } else if let Some(end) = range_end(after) {
            // 2025-26 names a school year.
            let year = (1990.0..2101.0).contains(&value) && length == 4;
            self.push(if year { label } else { Kind::Range }, length + end);
        } else if first == '+' {
            self.push(Kind::Range, length + 1);
        } else if let Some(minutes) = time_adjective(value, after) {
            self.push(Kind::Label { minutes }, length);
        } else {
            self.push(Kind::Number { value, worded: false }, length);
        }
    }
}

/// `30 minute session`: more than one of a singular is an adjective; so are `3 digit numbers`.
fn time_adjective(value: f64, after: &str) -> Option<Option<f64>> {
    let after = after.strip_prefix(' ')?;
    let word = &after[..word_length(after)];
    // 24 letter names per minute.
    let unit = after.char_indices().filter(|(_, letter)| *letter == ' ').take(5).any(|(end, _)| unit_of(&after[..end]).is_some());
    let unit = unit && is_any(word, &["letter", "word"]);
    if value > 1.0
        && !unit
        && is_any(
            word,
            &[
                "minute",
                "second",
                "hour",
                "day",
                "week",
                "month",
                "year",
                "digit",
                "point",
                "step",
                "grade",
                "letter",
                "word",
                "syllable",
                "item",
                "paragraph",
            ],
        )
    {
        return Some(word.eq_ignore_ascii_case("minute").then_some(value));
    }
    None
}

/// Length of a word: letters and digits, with apostrophes, hyphens and full stops inside.
fn word_length(text: &str) -> usize {
    let mut end = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let inside = letters.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        let short = at <= 3;
        if letter.is_alphanumeric() || inside && at > 0 && (matches!(letter, '\'' | '’' | '-') || letter == '.' && short) {
            end = at + letter.len_utf8();
        } else {
            break;
        }
    }
    end
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn blanks(text: &str) -> usize {
    text.bytes().take_while(|byte| *byte == b' ').count()
}

/// A year of four digits after a day, or of two after a comma or hyphen: its number and the length with what is before it.
fn year_after(text: &str) -> (Option<i32>, usize) {
    let mut at = text.bytes().take_while(|byte| matches!(byte, b' ' | b',' | b'-' | b'.')).count();
    for link in ["de ", "del "] {
        if text[at..].starts_with(link) {
            at += link.len();
        }
    }
    let length = digits(&text[at..]);
    let year = text[at..at + length].parse::<i32>().ok().filter(|year| length == 4 && (1990..=2100).contains(year));
    let short = text.starts_with('-') && at == 1 && length == 2;
    let year = year.or_else(|| short.then(|| text[at..at + 2].parse::<i32>().ok().map(|year| 2000 + year))?);
    (year, if year.is_some() { at + length } else { 0 })
}

/// The length up to the end of `%`, ` %`, ` percent`, ` por ciento`.
fn percent_sign(after: &str) -> Option<usize> {
    let gap = blanks(after);
    let rest = &after[gap..];
    if rest.starts_with('%') {
        return Some(gap + 1);
    }
    if gap == 0 {
        return None;
    }
    ["percent", "per cent", "por ciento", "pct"].into_iter().find_map(|word| {
        let head = rest.get(..word.len())?;
        let ends = !rest[word.len()..].starts_with(char::is_alphanumeric);
        (head.eq_ignore_ascii_case(word) && ends).then_some(gap + word.len())
    })
}

/// The length of the rest of a range: `-70%`, ` – 70`.
fn range_end(after: &str) -> Option<usize> {
    let gap = blanks(after);
    let dash = after[gap..].chars().next().filter(|letter| matches!(letter, '-' | '–' | '—'))?;
    let mut at = gap + dash.len_utf8();
    let space = blanks(&after[at..]);
    if (gap == 0) != (space == 0) {
        return None;
    }
    at += space;
    if !after[at..].starts_with(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let (_, length) = scan(&after.as_bytes()[at..])?;
    at += length;
    // 52 - 10/3/25 is a value and its day.
    if after[at..].starts_with(['/', ':']) {
        return None;
    }
    Some(at + percent_sign(&after[at..]).unwrap_or(0))
}

/// Three numbers with the same sign between that are no date: `3.2.1`, `13/45/9`.
fn is_numbering(run: &str) -> bool {
    ['/', '-', '.'].iter().any(|sign| run.matches(*sign).count() >= 2)
}

/// `:30` after a number.
fn clock(after: &str) -> bool {
    after.starts_with(':') && after[1..].starts_with(|letter: char| letter.is_ascii_digit())
}

/// Two numbers as month and day, if there is such a day in a leap year.
fn month_and_day(month: f64, day: f64) -> Option<(u32, u32)> {
    if month.fract() != 0.0 || day.fract() != 0.0 || !(1.0..13.0).contains(&month) || !(1.0..32.0).contains(&day) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
    let (month, day) = (month as u32, day as u32);
    NaiveDate::from_ymd_opt(2024, month, day).map(|_| (month, day))
}

/// Joins `4 of 5`, `4 out of 5`, `four correct out of five`.
fn join_fractions(text: &str, all: Vec<Token>) -> Vec<Token> {
    let mut joined: Vec<Token> = Vec::with_capacity(all.len());
    let is = |at: usize, words: &[&str]| {
        all.get(at).is_some_and(|token| token.kind == Kind::Word && is_any(token.span.of(text), words))
    };
    let mut at = 0;
    while at < all.len() {
        if let Kind::Number { value: numerator, .. } = all[at].kind {
            let mut next = at + 1;
            if is(next, &["correct", "correctly", "right"]) {
                next += 1;
            }
            if is(next, &["out"]) {
                next += 1;
            }
            let linked = is(next, &["of", "de"]);
            next += 1;
            if is(next, &["the", "his", "her", "their"]) {
                next += 1;
            }
            if linked && let Some(Token { kind: Kind::Number { value: denominator, .. }, span }) = all.get(next) {
                let good = *denominator > 0.0 && numerator <= *denominator;
                let kind = if good { Kind::Fraction { numerator, denominator: *denominator, slash: false } } else { Kind::Range };
                joined.push(Token { kind, span: Span { start: all[at].span.start, end: span.end } });
                at = next + 1;
                continue;
            }
        }
        joined.push(all[at]);
        at += 1;
    }
    joined
}

/// The day of a month without its year, on or before a date.
pub(super) fn day_before(month: u32, day: u32, latest: NaiveDate) -> Option<NaiveDate> {
    (0..2).filter_map(|back| NaiveDate::from_ymd_opt(latest.year() - back, month, day)).find(|date| *date <= latest)
}
