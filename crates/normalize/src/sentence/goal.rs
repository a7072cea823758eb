//! Goal sentences: baseline, target, direction, dates and criterion.

use chrono::{Months, NaiveDate};

use super::{
    Span, cue,
    quantity::{Quantity, Sort, last_unit, quantities},
    token::{Kind, Tokens},
};
use crate::units::{Direction, Unit, unit_named};

/// A number that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// On the unit's scale: percent and trials 0 to 100, times in seconds.
    pub value: f64,
    /// Successes, where it was written as a fraction.
    pub numerator: Option<f64>,
    /// Trials.
    pub denominator: Option<f64>,
    /// Where it stands.
    pub span: Span,
    /// 0 to 1: 0.95 a pair `from … to …`, 0.9 a number with its unit, 0.8 a number whose unit stands elsewhere.
    pub confidence: f64,
}

/// What a goal's sentence says in numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GoalNumbers {
    /// Where the student starts.
    pub baseline: Option<Found>,
    /// Where the student should get.
    pub target: Option<Found>,
    /// Of target and baseline.
    pub unit: Option<&'static Unit>,
    /// Of the verb and of words such as `no more than`; not of the unit, not of the numbers alone.
    pub direction: Option<Direction>,
    /// The day that `by` names; the last day of a month.
    pub target_date: Option<NaiveDate>,
    /// The day that stands with the baseline.
    pub baseline_date: Option<NaiveDate>,
    /// k of n sessions, days, probes or trials; n in a row is (n, n).
    pub criterion: Option<(u32, u32)>,
    /// The percent of accuracy that is asked for beside a target in another unit.
    pub accuracy: Option<f64>,
    /// Minutes of a probe or time limit: `within 20 minutes`, `2-minute`.
    pub minutes: Option<f64>,
    /// Numbers that could be meant in more than one way, and are not used (T004).
    pub unsure: Vec<Span>,
}

/// Reads a goal's sentence, or a text that holds one; also the text of a baseline or target cell (`Baseline: 35%`).
///
/// ```
/// let goal = aimline_normalize::sentence::parse_goal("Ava will increase from 41 to 90 wcpm.");
/// assert_eq!(goal.baseline.map(|found| found.value), Some(41.0));
/// assert_eq!(goal.target.map(|found| found.value), Some(90.0));
/// ```
#[must_use]
pub fn parse_goal(text: &str) -> GoalNumbers {
    if text.len() > super::LONGEST {
        return GoalNumbers::default();
    }
    let tokens = Tokens::of(text, false);
    let quantities = quantities(&tokens);
    let reader = Reader {
        tokens: &tokens,
        roles: quantities.iter().map(|quantity| role(&tokens, &quantities, quantity)).collect(),
        quantities,
    };
    reader.read()
}

/// What the words around a quantity make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Baseline,
    /// `target: 90`, `goal of 90`.
    Stated,
    /// `to 90`.
    To,
    /// May be the target by its unit.
    Candidate,
    /// Its place says that it is not meant.
    Aside,
    /// A change, a range: not to be used, but worth a look.
    Unsure,
}

/// The last token before a quantity that is no filler.
fn before(tokens: &Tokens<'_>, first: usize) -> Option<usize> {
    (0..first).rev().find(|&at| !tokens.is(at, cue::FILLER)).filter(|&at| first - at <= 5)
}

const COMPARATORS_FALL: &[&[&str]] = &[
    &["no", "more", "than"],
    &["fewer", "than"],
    &["less", "than"],
    &["at", "most"],
    &["not", "more", "than"],
    &["not", "to", "exceed"],
    &["under"],
    &["below"],
    &["maximum", "of"],
    &["no", "greater", "than"],
];
const COMPARATORS_RISE: &[&[&str]] = &[
    &["at", "least"],
    &["no", "fewer", "than"],
    &["no", "less", "than"],
    &["minimum", "of"],
    &["more", "than"],
    &["not", "less", "than"],
    &["greater", "than"],
    &["above"],
    &["al", "menos"],
];

/// The comparison directly before a quantity (`at least`) or after it (`or more`): its first token and direction.
fn comparison(tokens: &Tokens<'_>, quantity: &Quantity) -> Option<(usize, Direction)> {
    let first = quantity.first;
    let matches = |words: &[&str]| {
        words.len() <= first && words.iter().enumerate().all(|(at, word)| tokens.is(first - words.len() + at, &[word]))
    };
    let longest = |table: &[&[&str]]| table.iter().filter(|words| matches(words)).map(|words| words.len()).max().unwrap_or(0);
    let (fall, rise) = (longest(COMPARATORS_FALL), longest(COMPARATORS_RISE));
    if fall.max(rise) > 0 {
        let direction = if fall >= rise { Direction::Down } else { Direction::Up };
        return Some((first - fall.max(rise), direction));
    }
    // 3 or fewer errors; 3 errors or fewer; 3 or higher.
    for at in [first + 1, quantity.end] {
        if tokens.is(at, &["or"]) {
            if tokens.is(at + 1, &["fewer", "less", "lower", "below", "under"]) {
                return Some((first, Direction::Down));
            }
            if tokens.is(at + 1, &["more", "higher", "better", "above", "greater"]) {
                return Some((first, Direction::Up));
            }
        }
    }
    None
}

fn role(tokens: &Tokens<'_>, all: &[Quantity], quantity: &Quantity) -> Role {
    if quantity.sort == Sort::Criterion {
        return Role::Aside;
    }
    let start = tokens.sentence_start(quantity.first);
    let end = tokens.sentence_end(quantity.first);
    // Words of the sentence back to the quantity before.
    let previous = all.iter().take_while(|other| other.first < quantity.first).last().map_or(start, |other| other.end.max(start));
    let from = previous.max(quantity.first.saturating_sub(9));
    let has = |words: &[&str]| (from..quantity.first).any(|at| tokens.is(at, words));
    let will = (start..end).find(|&at| is_will(tokens, at));
    let directly = comparison(tokens, quantity).map_or(quantity.first, |(at, _)| at);
    let lead = before(tokens, directly);
    let led_by = |words: &[&str]| lead.is_some_and(|at| tokens.is(at, words));
    let after_will = (from..quantity.first).any(|at| is_will(tokens, at));
    let baseline_word =
        has(&["baseline", "currently", "now", "present", "presently", "línea", "actualmente", "plaafp", "pre-test", "pretest"])
            && !after_will;
    // 17 wcpm (fall benchmark, baseline): the sentence has no verb of a goal and no other number.
    let alone = all.iter().all(|other| other.first < start || other.first >= end || other.first == quantity.first);
    let noted = will.is_none()
        && alone
        && (quantity.end..end).any(|at| tokens.is(at, &["baseline"]))
        && !(start..quantity.first).any(|at| tokens.is(at, cue::RISE) || tokens.is(at, cue::FALL) || tokens.is(at, cue::DO));
    let behind = noted
        || tokens.mark(quantity.end) == b'('
            && tokens.is(quantity.end + 1, &["baseline"])
            && tokens.mark(quantity.end + 2) == b')';
    let over_baseline =
        tokens.is(quantity.end, &["over", "above", "beyond", "from"]) && tokens.is(quantity.end + 1, &["baseline"]);
    let result = if quantity.sort == Sort::Inexact || led_by(&["by"]) || over_baseline {
        Role::Unsure
    } else if behind || baseline_word && !led_by(&["to"]) || led_by(&["from", "desde"]) {
        Role::Baseline
    } else if has(&["target", "goal", "mastery", "criterion", "criteria", "meta"]) && will.is_none() {
        Role::Stated
    } else if will.is_some_and(|will| will > quantity.first) {
        Role::Aside
    } else if led_by(&["to", "reach", "reaching", "achieve", "hasta", "a"]) {
        Role::To
    } else {
        Role::Candidate
    };
    if quantity.is_time() && matches!(result, Role::Candidate) {
        let begin = will.unwrap_or(start);
        let meant = (begin..quantity.first).any(|at| tokens.is(at, cue::LAST))
            && !(begin..end).any(|at| tokens.is(at, &["per", "times", "weekly", "daily"]));
        let lasting = (meant && led_by(&["for", "of"])) || comparison(tokens, quantity).is_some();
        return if lasting { result } else { Role::Aside };
    }
    if matches!(result, Role::Candidate) && is_condition(tokens, quantity, from) { Role::Aside } else { result }
}

/// `will`, and the Spanish future.
fn is_will(tokens: &Tokens<'_>, at: usize) -> bool {
    let word = tokens.word(at);
    word.eq_ignore_ascii_case("will") || word.ends_with("rá") && word.len() > 5
}

/// Stands in `when given 3 choices`, `with 2 verbal prompts`.
fn is_condition(tokens: &Tokens<'_>, quantity: &Quantity, from: usize) -> bool {
    if quantity.is_primary() || matches!(quantity.sort, Sort::Percent | Sort::Fraction) {
        return false;
    }
    let lead = comparison(tokens, quantity).map_or(quantity.first, |(at, _)| at);
    (from..lead).rev().take_while(|&at| tokens.mark(at) != b',' && !is_will(tokens, at)).any(|at| tokens.is(at, cue::CONDITION))
}

struct Reader<'t, 'a> {
    tokens: &'t Tokens<'a>,
    quantities: Vec<Quantity>,
    roles: Vec<Role>,
}

impl Reader<'_, '_> {
    fn read(self) -> GoalNumbers {
        let mut goal = GoalNumbers::default();
        let of = |role: Role| {
            self.roles.iter().enumerate().filter(move |(_, other)| **other == role).map(|(at, _)| at).collect::<Vec<_>>()
        };
        let mut baselines = of(Role::Baseline);
        let pairs = self.pairs();
        let mut target = None;
        if let Some(&(low, high)) = pairs.first() {
            let same = pairs.iter().all(|&(a, b)| {
                self.quantities[a].value == self.quantities[low].value && self.quantities[b].value == self.quantities[high].value
            });
            if same {
                baselines.retain(|&at| at == low || self.quantities[at].value != self.quantities[low].value);
                target = Some(high);
            } else {
                goal.unsure.extend(pairs.iter().flat_map(|&(a, b)| [self.quantities[a].span, self.quantities[b].span]));
                baselines.clear();
            }
        } else {
            match self.target() {
                Ok(found) => target = found,
                Err(doubtful) => goal.unsure.extend(doubtful.iter().map(|&at| self.quantities[at].span)),
            }
        }
        goal.unsure.extend(of(Role::Unsure).iter().map(|&at| self.quantities[at].span));
        let paired = pairs.len() == 1 && target.is_some();
        self.set(&mut goal, target, &baselines, paired);
        goal.criterion = self.criterion(target);
        goal.accuracy = self.accuracy(target);
        goal.target_date = self.target_date();
        goal.baseline_date = goal.baseline.and_then(|baseline| self.date_after(baseline.span));
        goal.minutes = self.minutes(target);
        goal.direction = self.direction(target, &goal);
        goal.unsure.sort_unstable();
        goal.unsure.dedup();
        goal
    }

    /// `from 41 to 90 wcpm`, `has 6 incidents … will lower this to 2`: baseline and target in one sentence.
    fn pairs(&self) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        for low in 0..self.quantities.len() {
            if self.roles[low] != Role::Baseline {
                continue;
            }
            let Some(high) = (low + 1..self.quantities.len()).find(|&at| self.roles[at] != Role::Aside) else { break };
            let (a, b) = (&self.quantities[low], &self.quantities[high]);
            let together = self.tokens.sentence_end(a.first) == self.tokens.sentence_end(b.first);
            if self.roles[high] == Role::To && together && self.compatible(a, b) {
                pairs.push((low, high));
            }
        }
        pairs
    }

    fn compatible(&self, a: &Quantity, b: &Quantity) -> bool {
        match (self.unit_of(a).map(|unit| unit.scale), self.unit_of(b).map(|unit| unit.scale)) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        }
    }

    /// The unit beside a quantity; a rubric may be named later in the sentence.
    fn unit_of(&self, quantity: &Quantity) -> Option<&'static Unit> {
        quantity.unit.or_else(|| {
            let end = self.tokens.sentence_end(quantity.first).min(quantity.end + 11);
            let rubric = (quantity.end..end).any(|at| self.tokens.is(at, &["rubric", "scale", "rúbrica"]));
            (quantity.sort == Sort::Plain && rubric && !quantity.worded).then(|| unit_named("rubric"))?
        })
    }

    /// The only candidate of the strongest kind; the candidates if there are several.
    fn target(&self) -> Result<Option<usize>, Vec<usize>> {
        let stated: Vec<usize> = self.with(|_, role| role == Role::Stated);
        let candidates: Vec<usize> = self.with(|_, role| matches!(role, Role::Candidate | Role::To | Role::Stated));
        let of = |fits: &dyn Fn(&Quantity) -> bool| {
            candidates.iter().copied().filter(|&at| fits(&self.quantities[at])).collect::<Vec<_>>()
        };
        if !stated.is_empty() {
            return self.only(stated);
        }
        let primary = of(&|quantity| quantity.is_primary() || quantity.unit.is_none() && self.unit_of(quantity).is_some());
        let percents = of(&|quantity| quantity.sort == Sort::Percent);
        let items = of(&|quantity| quantity.sort == Sort::Fraction && !quantity.of_trials);
        let trials = of(&|quantity| quantity.sort == Sort::Fraction && quantity.of_trials);
        let times = of(&Quantity::is_time);
        let secondary: Vec<usize> = of(&Quantity::is_secondary)
            .into_iter()
            .filter(|&at| {
                self.roles[at] == Role::To
                    || comparison(self.tokens, &self.quantities[at]).is_some()
                    || self.quantities[at].unit.is_some_and(|unit| unit.name == "incidents")
            })
            .collect();
        if !primary.is_empty() {
            // 12 correct with 80% accuracy may be the same or not.
            let correct = primary.iter().any(|&at| self.quantities[at].unit.is_some_and(|unit| unit.name == "correct"));
            let also = if correct { percents } else { Vec::new() };
            return self.only([primary, also].concat());
        }
        // Two kinds that each could be what is measured.
        let helped = secondary.iter().any(|&at| self.quantities[at].unit.is_some_and(|unit| unit.name == "prompts"));
        let falling = secondary.iter().any(|&at| self.quantities[at].unit.is_some_and(|unit| unit.name == "incidents"));
        let mut choice = Vec::new();
        if !percents.is_empty() {
            choice.extend(&percents);
            choice.extend(&times);
            choice.extend(items.iter().filter(|&&at| self.quantities[at].value != self.quantities[percents[0]].value));
            if falling {
                choice.extend(&secondary);
            }
        } else if !items.is_empty() {
            choice.extend(&items);
            choice.extend(&times);
        } else if !secondary.is_empty() {
            choice.extend(&secondary);
            if helped {
                choice.extend(&trials);
                choice.extend(self.with(|quantity, _| quantity.sort == Sort::Criterion));
            }
        } else if !times.is_empty() {
            choice.extend(&times);
        } else if !trials.is_empty() {
            choice.extend(&trials);
        } else {
            // A bare number after `to` or a comparison is a target that nobody can compare with a score.
            let bare: Vec<usize> = of(&|quantity| quantity.sort == Sort::Plain && !quantity.worded);
            // "Baseline: 9 incidents per day. ... will reduce off-task incidents to 2 per day": the baseline has the unit.
            if let [only] = bare[..]
                && self.roles[only] == Role::To
                && !self.with(|quantity, role| role == Role::Baseline && self.unit_of(quantity).is_some()).is_empty()
            {
                return Ok(Some(only));
            }
            return if bare.is_empty() { Ok(None) } else { Err(bare) };
        }
        self.only(choice)
    }

    fn with(&self, fits: impl Fn(&Quantity, Role) -> bool) -> Vec<usize> {
        (0..self.quantities.len()).filter(|&at| fits(&self.quantities[at], self.roles[at])).collect()
    }

    /// One of several that say the same; else all, as an error.
    fn only(&self, candidates: Vec<usize>) -> Result<Option<usize>, Vec<usize>> {
        let Some(&first) = candidates.first() else { return Ok(None) };
        let (value, scale) = (self.quantities[first].value, self.quantities[first].scale());
        let same = candidates.iter().all(|&at| self.quantities[at].value == value && self.quantities[at].scale() == scale);
        if same { Ok(Some(first)) } else { Err(candidates) }
    }

    fn set(&self, goal: &mut GoalNumbers, target: Option<usize>, baselines: &[usize], paired: bool) {
        let unit = target.and_then(|at| self.unit_of(&self.quantities[at]));
        // In a pair either number may carry the unit, or the words before both.
        let baseline_unit = baselines.first().and_then(|&at| self.unit_of(&self.quantities[at]));
        let named = || {
            let at = self.quantities[target.or(baselines.first().copied())?].first;
            let (start, end) = (self.tokens.sentence_start(at), self.tokens.sentence_end(at));
            last_unit(self.tokens, start, at, false).or_else(|| {
                (start..end).any(|token| self.tokens.is(token, &["rubric", "rúbrica"])).then(|| unit_named("rubric"))?
            })
        };
        let unit = unit.or(baseline_unit).or_else(|| if paired { named() } else { None });
        goal.unit = unit;
        if let Some(at) = target {
            goal.target = Some(self.found(at, unit, paired));
        }
        let compatible = |at: usize| match (self.unit_of(&self.quantities[at]), unit) {
            (Some(a), Some(b)) => a.scale == b.scale,
            // 1 beside a target of 4/5 is one trial or one percent.
            (None, Some(b)) => b.name != "trials" && self.quantities[at].sort == Sort::Plain,
            (_, None) => true,
        };
        match self.only_value(baselines) {
            Some(at) if compatible(at) => goal.baseline = Some(self.found(at, unit, paired)),
            _ => goal.unsure.extend(baselines.iter().map(|&at| self.quantities[at].span)),
        }
    }

    fn only_value(&self, candidates: &[usize]) -> Option<usize> {
        let first = *candidates.first()?;
        candidates.iter().all(|&at| self.quantities[at].value == self.quantities[first].value).then_some(first)
    }

    fn found(&self, at: usize, unit: Option<&'static Unit>, paired: bool) -> Found {
        let quantity = &self.quantities[at];
        let own = quantity.unit.is_some();
        let factor = if own { 1.0 } else { unit.map_or(1.0, |unit| unit.factor) };
        let confidence = match (paired, own) {
            (true, true) => 0.95,
            (true, false) | (false, true) => 0.9,
            (false, false) => 0.8,
        };
        Found {
            value: quantity.value * factor,
            numerator: quantity.numerator,
            denominator: quantity.denominator,
            span: quantity.span,
            confidence,
        }
    }

    /// The k of n that stands beside the target, or is it.
    fn criterion(&self, target: Option<usize>) -> Option<(u32, u32)> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole numbers up to 1000 only")]
        let pair = |quantity: &Quantity| {
            let (k, n) = (quantity.numerator?, quantity.denominator?);
            (k.fract() == 0.0 && n.fract() == 0.0 && (1.0..=1000.0).contains(&n)).then_some((k as u32, n as u32))
        };
        let beside = self.with(|quantity, role| {
            quantity.sort == Sort::Criterion || quantity.sort == Sort::Fraction && quantity.of_trials && role != Role::Baseline
        });
        let beside: Vec<usize> = beside.into_iter().filter(|&at| Some(at) != target).collect();
        let mut pairs: Vec<_> = beside.iter().filter_map(|&at| pair(&self.quantities[at])).collect();
        pairs.dedup();
        match pairs.as_slice() {
            [one] => Some(*one),
            [] => target.map(|at| &self.quantities[at]).filter(|quantity| quantity.sort == Sort::Fraction).and_then(pair),
            _ => None,
        }
    }

    fn accuracy(&self, target: Option<usize>) -> Option<f64> {
        if self.quantities[target?].sort == Sort::Percent {
            return None;
        }
        let beside = self.with(|quantity, role| quantity.sort == Sort::Percent && role == Role::Candidate);
        self.only_value(&beside).map(|at| self.quantities[at].value)
    }

    /// The day after `by`; none if several days differ.
    fn target_date(&self) -> Option<NaiveDate> {
        let mut dates: Vec<NaiveDate> = Vec::new();
        for at in 0..self.tokens.all.len() {
            let date = match self.tokens.kind(at) {
                Some(Kind::Date(date)) => Some(date),
                Some(Kind::Month { month, year: Some(year) }) => last_day(year, month),
                _ => None,
            };
            let Some(date) = date else { continue };
            let start = self.tokens.sentence_start(at).max(at.saturating_sub(7));
            let by = (start..at)
                .rev()
                .take_while(|&token| self.tokens.mark(token) != b',')
                .any(|token| self.tokens.is(token, &["by", "para", "antes", "before"]));
            if by {
                dates.push(date);
            }
        }
        dates.dedup();
        match dates.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// The day within a few words after a number, with no other number between.
    fn date_after(&self, span: Span) -> Option<NaiveDate> {
        let at = self.quantities.iter().find(|quantity| quantity.span == span)?.end;
        let end = self.tokens.sentence_end(at).min(at + 5);
        (at..end)
            .take_while(|&token| {
                !self.quantities.iter().any(|quantity| quantity.first == token) && !self.tokens.is(token, &["to", "by", "will"])
            })
            .find_map(|token| match self.tokens.kind(token) {
                Some(Kind::Date(date)) => Some(date),
                _ => None,
            })
    }

    fn minutes(&self, target: Option<usize>) -> Option<f64> {
        let labels = self.tokens.all.iter().filter_map(|token| match token.kind {
            Kind::Label { minutes } => minutes,
            _ => None,
        });
        let aside = self
            .quantities
            .iter()
            .enumerate()
            .filter(|(at, quantity)| Some(*at) != target && quantity.is_time() && self.roles[*at] == Role::Aside);
        let mut minutes: Vec<f64> = labels.chain(aside.map(|(_, quantity)| quantity.value / 60.0)).collect();
        minutes.dedup();
        match minutes.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// The verbs of change before the target, then its comparison, then the verb of doing.
    fn direction(&self, target: Option<usize>, goal: &GoalNumbers) -> Option<Direction> {
        let tokens = self.tokens;
        let (start, end) = match target {
            Some(at) => (tokens.sentence_start(self.quantities[at].first), self.quantities[at].first),
            None => {
                let will = (0..tokens.all.len()).find(|&at| is_will(tokens, at)).unwrap_or(0);
                (tokens.sentence_start(will), tokens.sentence_end(will))
            }
        };
        let will = (start..end).find(|&at| is_will(tokens, at));
        let begin = will.map_or(start, |will| will + 1);
        let rise = (begin..end).any(|at| tokens.is(at, cue::RISE));
        let letters = |at: usize| tokens.is(at, &["lower"]) && tokens.is(at + 1, &["case", "grade", "level"]);
        let fall = (begin..end).any(|at| tokens.is(at, cue::FALL) && !letters(at));
        let compared = target.and_then(|at| comparison(tokens, &self.quantities[at])).map(|(_, direction)| direction);
        match (rise, fall, compared) {
            (true, true, _) | (true, false, Some(Direction::Down)) => match (goal.baseline, goal.target) {
                (Some(low), Some(high)) if high.value > low.value => Some(Direction::Up),
                (Some(low), Some(high)) if high.value < low.value => Some(Direction::Down),
                _ => None,
            },
            (true, false, _) => Some(Direction::Up),
            (false, true, Some(Direction::Up)) => None,
            (false, true, _) => Some(Direction::Down),
            (false, false, Some(direction)) => Some(direction),
            (false, false, None) => {
                let verb = will.map_or(start, |will| will + 1);
                let verb = (verb..end).find(|&at| !tokens.is(at, &["be", "able", "to", "consistently", "verbally", "orally"]))?;
                let unwanted = (begin..tokens.sentence_end(verb)).any(|at| tokens.is(at, cue::UNWANTED));
                let does = !unwanted && tokens.is(verb, cue::DO) || will.is_some_and(|will| tokens.is(will, cue::DO));
                (does && (will.is_some() || target.is_some())).then_some(Direction::Up)
            }
        }
    }
}

fn last_day(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt()
}
