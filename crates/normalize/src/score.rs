//! Scores: a number, a percent, a fraction of trials, a time, or a mark.

use aimline_model::codes::Code;

use crate::{
    date::month_of,
    mark::{State, parse_mark},
    number::{Decimal, scan},
    scale::Scale,
    text::{same, trim},
    units::{Unit, unit_named, unit_of},
};

/// How a score was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// A plain number, perhaps with a unit.
    Number,
    /// A percent; the value is 0 to 100.
    Percent,
    /// Successes of trials; the value is 0 to 100.
    Trials,
    /// A time; the value is in seconds.
    Duration,
    /// No number.
    Mark,
}

/// What the column or the goal says of its plain numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum UnitHint {
    /// Nothing, or a unit whose numbers stand for themselves.
    #[default]
    Plain,
    /// Percents, on the scale that the column voted for.
    Percent(Scale),
    /// Times; a plain number is so many seconds (60 for a column in minutes). `2:30` is minutes and seconds anyway.
    Seconds(u32),
}

impl UnitHint {
    /// The hint of a unit; `scale` is the column's vote, for percents.
    #[must_use]
    pub fn of(unit: Option<&Unit>, scale: Scale) -> Self {
        match unit.map(|unit| (unit.scale, unit.factor, unit.name)) {
            Some(("percent", _, name)) if name != "trials" => Self::Percent(scale),
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1, 60 or 3600")]
            Some(("seconds", factor, _)) => Self::Seconds(factor as u32),
            _ => Self::Plain,
        }
    }
}

/// A score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// Scored, or why not.
    pub state: State,
    /// On the scale of its form: percent and trials 0 to 100, times in seconds.
    pub value: Option<f64>,
    /// Successes.
    pub numerator: Option<f64>,
    /// Trials.
    pub denominator: Option<f64>,
    /// How it was written.
    pub form: Form,
    /// The unit that stands beside the number in the cell.
    pub unit: Option<&'static Unit>,
}

impl Score {
    fn mark(state: State) -> Self {
        Self { state, value: None, numerator: None, denominator: None, form: Form::Mark, unit: None }
    }

    fn number(value: f64, form: Form, unit: Option<&'static Unit>) -> Self {
        Self { state: State::Scored, value: Some(value), numerator: None, denominator: None, form, unit }
    }

    /// Successes of trials that stand in two columns.
    ///
    /// # Errors
    /// `S002` more successes than trials, `S006` a negative number, `S007` no trials.
    pub fn of_trials(numerator: f64, denominator: f64) -> Result<Self, Code> {
        if numerator < 0.0 || denominator < 0.0 {
            return Err(Code::S006);
        }
        if denominator == 0.0 {
            return Err(Code::S007);
        }
        if numerator > denominator {
            return Err(Code::S002);
        }
        let value = numerator * 100.0 / denominator;
        Ok(Self { numerator: Some(numerator), denominator: Some(denominator), ..Self::number(value, Form::Trials, None) })
    }

    fn percent(value: f64, unit: Option<&'static Unit>) -> Result<Self, Code> {
        if (0.0..=100.0).contains(&value) { Ok(Self::number(value, Form::Percent, unit)) } else { Err(Code::S003) }
    }
}

/// Reads a score cell: `80%`, `.8` in a percent column, `4/5`, `4 out of 5`, `8/10 (80%)`, `12`, `1,204`, `12 wcpm`,
/// `45 seconds`, `2:30`, `2 min`, and the marks of [`parse_mark`].
///
/// # Errors
/// `S001` not a score (also `<1`, `~40`, `1,5`), `S002` to `S007` as their titles say.
pub fn parse_score(text: &str, kind: u8, hint: UnitHint) -> Result<Score, Code> {
    let text = trim(text);
    match kind.to_ascii_lowercase() {
        b'e' => return Err(Code::S004),
        _ if text.is_empty() => return Ok(Score::mark(State::Blank)),
        b'd' => return Err(Code::S005),
        b'b' => return Err(Code::S001),
        _ => {}
    }
    let bytes = text.as_bytes();
    let Some((number, length)) = scan(bytes) else {
        if let Some((correct, trials)) = trial_marks(text) {
            return Score::of_trials(f64::from(correct), f64::from(trials));
        }
        return match parse_mark(text) {
            Some(state) => Ok(Score::mark(state)),
            None if is_formula_error(text) => Err(Code::S004),
            None => Err(Code::S001),
        };
    };
    if length == bytes.len() {
        return plain(number, kind, hint);
    }
    let rest = &text[length..];
    match bytes[length] {
        b'%' => return percent(number, &rest[1..]),
        b':' => return clock(number, rest),
        _ => {}
    }
    if let Some(rest) = divider(rest) {
        return trials(number, rest);
    }
    let rest = trim(rest);
    if let Some(after) = rest.strip_prefix('%') {
        return percent(number, after);
    }
    if number.value() <= 31.0 && rest.strip_prefix('-').is_some_and(|month| month_of(month).is_some()) {
        return Err(Code::S005);
    }
    with_unit(number, rest)
}

fn plain(number: Decimal, kind: u8, hint: UnitHint) -> Result<Score, Code> {
    let value = number.value();
    let fraction = (0.0..=1.0).contains(&value);
    match (kind.to_ascii_lowercase(), hint) {
        (b'p', _) => Score::percent(number.hundredfold(), None),
        // 4/5 in a cell with a fraction format is 0.8; how many trials there were is lost.
        (b'f', UnitHint::Percent(_)) if fraction => Score::percent(number.hundredfold(), None),
        (b'f', UnitHint::Plain) if fraction && number.has_places() => Score::percent(number.hundredfold(), None),
        (_, UnitHint::Percent(scale)) => {
            let of_one = match scale {
                Scale::Hundred => false,
                Scale::One => fraction,
                Scale::MostlyOne => value > 0.0 && fraction,
                Scale::MostlyHundred => value > 0.0 && value < 1.0,
            };
            Score::percent(if of_one { number.hundredfold() } else { value }, None)
        }
        _ if value < 0.0 => Err(Code::S006),
        (_, UnitHint::Seconds(factor)) => Ok(Score::number(value * f64::from(factor), Form::Duration, None)),
        (_, UnitHint::Plain) => Ok(Score::number(value, Form::Number, None)),
    }
}

/// `80%`, `80% correct`, `80% (4/5)`.
fn percent(number: Decimal, after: &str) -> Result<Score, Code> {
    let after = trim(after);
    if after.is_empty() {
        return Score::percent(number.value(), None);
    }
    if let Some(inner) = after.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        let (numerator, length) = scan(inner.as_bytes()).ok_or(Code::S001)?;
        let score = trials(numerator, divider(&inner[length..]).ok_or(Code::S001)?)?;
        return agrees(&score, number.value()).then_some(score).ok_or(Code::S001);
    }
    match unit_of(after) {
        Some(unit) if unit.name == "correct" || unit.name == "percent correct" => {
            Score::percent(number.value(), unit_named("percent correct"))
        }
        _ => Err(Code::S001),
    }
}

/// The text after `/`, `of`, `out of` or `de` between two numbers.
fn divider(rest: &str) -> Option<&str> {
    let rest = rest.trim_start();
    if let Some(after) = rest.strip_prefix('/') {
        return Some(after.trim_start());
    }
    let bytes = rest.as_bytes();
    for word in ["out of ", "of ", "de "] {
        if bytes.len() > word.len() && bytes[..word.len()].eq_ignore_ascii_case(word.as_bytes()) {
            return Some(rest[word.len()..].trim_start());
        }
    }
    None
}

/// `4/5`, `4/5 trials`, `4/5 (80%)`, `4/5 = 80%`; `rest` begins at the second number.
fn trials(numerator: Decimal, rest: &str) -> Result<Score, Code> {
    let (denominator, length) = scan(rest.as_bytes()).ok_or(Code::S001)?;
    let after = trim(&rest[length..]);
    let score = |unit| Score::of_trials(numerator.value(), denominator.value()).map(|score| Score { unit, ..score });
    if after.is_empty() {
        return score(None);
    }
    if let Some(said) = after.trim_start_matches(['(', '=', ' ']).trim_end_matches(')').strip_suffix('%') {
        let (said, length) = scan(said.as_bytes()).filter(|(_, length)| *length == said.trim_end().len()).ok_or(Code::S001)?;
        let score = score(None)?;
        return (length > 0 && agrees(&score, said.value())).then_some(score).ok_or(Code::S001);
    }
    match unit_of(after) {
        Some(unit) if matches!(unit.name, "trials" | "correct") => score(unit_named("trials")),
        _ => Err(Code::S001),
    }
}

/// The percent that somebody wrote beside a fraction is the fraction, rounded.
fn agrees(score: &Score, percent: f64) -> bool {
    score.value.is_some_and(|value| (value - percent).abs() <= 1.0)
}

/// `2:30` is minutes and seconds, `1:02:30` begins with hours.
fn clock(first: Decimal, rest: &str) -> Result<Score, Code> {
    if first.has_places() {
        return Err(Code::S001);
    }
    if first.value() < 0.0 {
        return Err(Code::S006);
    }
    let mut seconds = first.value();
    let mut rest = rest;
    let mut parts = 1;
    while let Some(after) = rest.strip_prefix(':') {
        let bytes = after.as_bytes();
        let (Some(tens), Some(ones)) = (bytes.first().copied(), bytes.get(1).copied()) else { return Err(Code::S001) };
        if parts == 3 || !(b'0'..=b'5').contains(&tens) || !ones.is_ascii_digit() {
            return Err(Code::S001);
        }
        seconds = seconds * 60.0 + f64::from((tens - b'0') * 10 + ones - b'0');
        rest = &after[2..];
        parts += 1;
    }
    let rest = trim(rest);
    let unit = unit_named("seconds");
    if !rest.is_empty() && unit_of(rest).is_none_or(|unit| unit.scale != "seconds") {
        return Err(Code::S001);
    }
    Ok(Score::number(seconds, Form::Duration, unit))
}

/// `12 wcpm`, `45 seconds`, `2 min 30 sec`, `2m 30s`, `80 percent`.
fn with_unit(number: Decimal, rest: &str) -> Result<Score, Code> {
    let value = number.value();
    let Some(unit) = unit_of(rest).filter(|unit| unit.name != "sessions") else {
        return two_times(value, rest).ok_or(Code::S001);
    };
    match unit.scale {
        "percent" if unit.name != "trials" => Score::percent(value, Some(unit)),
        // 4 trials says nothing about how many were right.
        "percent" => Err(Code::S001),
        _ if value < 0.0 => Err(Code::S006),
        "seconds" => Ok(Score::number(value * unit.factor, Form::Duration, Some(unit))),
        _ => Ok(Score::number(value, Form::Number, Some(unit))),
    }
}

/// Minutes and seconds in one cell.
fn two_times(minutes: f64, rest: &str) -> Option<Score> {
    let letters = rest.find(|letter: char| !letter.is_alphabetic() && letter != '.')?;
    let (word, rest) = rest.split_at(letters);
    if !(same(word, "m") || unit_of(word).is_some_and(|unit| unit.name == "minutes")) || minutes < 0.0 {
        return None;
    }
    let rest = rest.trim_start_matches([' ', ',']);
    let (seconds, length) = scan(rest.as_bytes())?;
    let seconds_unit = unit_of(trim(&rest[length..])).filter(|unit| unit.name == "seconds")?;
    let seconds = seconds.value();
    (0.0..60.0).contains(&seconds).then(|| Score::number(minutes * 60.0 + seconds, Form::Duration, Some(seconds_unit)))
}

/// `+ + - +` and `++-+`: how many were right, of how many. Dashes alone are trials only when blanks stand between them.
fn trial_marks(text: &str) -> Option<(u32, u32)> {
    let (mut correct, mut trials, mut apart) = (0, 0, false);
    for letter in text.chars() {
        match letter {
            ' ' | ',' | '|' | ';' | '\u{a0}' => {
                apart = true;
                continue;
            }
            '+' | '✓' | '✔' | '√' => correct += 1,
            '-' | '–' | '—' | '−' | '✗' | '✘' | 'x' | 'X' => {}
            _ => return None,
        }
        trials += 1;
    }
    let crosses = text.contains(['x', 'X']);
    (trials >= 2 && (correct > 0 || apart && !crosses)).then_some((correct, trials))
}

/// The texts that Excel shows for a formula without a result.
fn is_formula_error(text: &str) -> bool {
    text.starts_with('#')
        && ["#ref!", "#n/a", "#div/0!", "#value!", "#name?", "#num!", "#null!", "#spill!", "#calc!", "#error!", "#getting_data"]
            .iter()
            .any(|error| text.eq_ignore_ascii_case(error))
}

#[cfg(test)]
mod tests;
