//! Descriptions of progress reports: the data points that people type into them.

use chrono::{Datelike, NaiveDate};

use super::{
    Span, cue,
    quantity::{Quantity, Sort, quantities},
    token::{Kind, Tokens, day_before},
};
use crate::units::Unit;

/// A data point of a description.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DescribedPoint {
    /// On the unit's scale: percent and trials 0 to 100, times in seconds.
    pub value: f64,
    /// Successes.
    pub numerator: Option<f64>,
    /// Trials.
    pub denominator: Option<f64>,
    /// The unit beside the number, or the goal's.
    pub unit: Option<&'static Unit>,
    /// The day that is written with it; none means the report's.
    pub date: Option<NaiveDate>,
    /// Where it stands.
    pub span: Span,
    /// 0 to 1: 0.95 with its day, 0.9 the only number with a unit, 0.85 a stated mean or the present one, 0.7 without a unit.
    pub confidence: f64,
}

/// What a description says in numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Described {
    /// The data points, in the order of the text.
    pub points: Vec<DescribedPoint>,
    /// Numbers that may be data and are not used (T004).
    pub unsure: Vec<Span>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Point,
    /// Surely no data point: the goal, a norm, the criterion, accuracy beside words per minute.
    Aside,
    Unsure,
    /// A number without a unit.
    Bare,
}

#[derive(Debug, Clone, Copy)]
struct Item {
    quantity: Quantity,
    role: Role,
    /// `average`, `median`.
    mean: bool,
    /// `currently`, `now`, `most recent`.
    now: bool,
}

/// Reads a report's description. `report_date` gives the year to days without one, and no day may be later; `goal_unit` is
/// the unit of the goal: numbers in another unit are not used, and without it a bare number never is.
#[must_use]
pub fn parse_description(text: &str, report_date: Option<NaiveDate>, goal_unit: Option<&Unit>) -> Described {
    if text.len() > super::LONGEST {
        return Described::default();
    }
    let tokens = Tokens::of(text, goal_unit.is_some_and(|unit| unit.scale != "percent"));
    let all = quantities(&tokens);
    let reader = Reader { tokens: &tokens, all: &all, report_date, goal_unit };
    let items: Vec<Item> = (0..all.len()).map(|at| reader.item(at)).collect();
    reader.read(items)
}

struct Reader<'t, 'a, 'u> {
    tokens: &'t Tokens<'a>,
    all: &'t [Quantity],
    report_date: Option<NaiveDate>,
    goal_unit: Option<&'u Unit>,
}

impl Reader<'_, '_, '_> {
    fn item(&self, at: usize) -> Item {
        let tokens = self.tokens;
        let quantity = self.all[at];
        let start = tokens.sentence_start(quantity.first);
        let previous = if at > 0 { self.all[at - 1].end } else { 0 };
        let date = (start..quantity.first).rev().find(|&token| is_date(tokens, token)).map_or(start, |token| token + 1);
        let from = start.max(previous).max(date).max(quantity.first.saturating_sub(10));
        let has = |words: &[&str]| (from..quantity.first).any(|token| tokens.is(token, words));
        let mean = has(&["average", "averaged", "averages", "averaging", "mean", "median", "avg", "promedio"]);
        let now = has(&["currently", "now", "presently", "today", "recent", "latest", "actualmente"]);
        Item { quantity, role: self.role(at, from, mean), mean, now }
    }

    fn role(&self, at: usize, from: usize, mean: bool) -> Role {
        let tokens = self.tokens;
        let quantity = &self.all[at];
        let (start, end) = (tokens.sentence_start(quantity.first), tokens.sentence_end(quantity.first));
        let has = |words: &[&str]| (from..quantity.first).any(|token| tokens.is(token, words) && !self.is_heading(token));
        let prev = |words: &[&str]| quantity.first > start && tokens.is(quantity.first - 1, words);
        let next = |words: &[&str]| {
            (quantity.end..end.min(quantity.end + 3))
                .take_while(|&token| tokens.mark(token) == 0)
                .any(|token| tokens.is(token, words))
        };
        if self.is_called_aim(at, end)
            || has(cue::AIMS)
            || next(&["goal", "target", "criterion", "criteria", "needed", "expected", "benchmark", "norm", "mastery", "aimline"])
        {
            return Role::Aside;
        }
        if quantity.sort == Sort::Criterion {
            return Role::Aside;
        }
        if (start..end).any(|token| tokens.is(token, cue::ASIDE)) || quantity.sort == Sort::Inexact {
            return Role::Unsure;
        }
        // The class average; 80% of the class; 52 wcpm more than in fall.
        let of_class = (from..quantity.first).any(|token| {
            tokens.is(token, &["class", "group", "district", "state"])
                && tokens.is(token + 1, &["average", "mean", "median", "norm", "score"])
        });
        let of_class = of_class
            || (from..quantity.first).any(|token| {
                tokens.is(token, &["peers", "classmates", "students"])
                    && tokens.is(token + 1, &["read", "score", "average", "averaged", "are", "typically", "at", "perform"])
            });
        let of_others = tokens.is(quantity.end, &["of"])
            && (quantity.end + 1..quantity.end + 4).take_while(|&token| tokens.mark(token) == 0).any(|token| {
                tokens.is(token, &["class", "students", "peers", "goal", "goals", "objectives", "standards", "classmates", "way"])
            });
        let of_goals = quantity.sort == Sort::Fraction
            && (quantity.end..quantity.end + 2).any(|token| {
                tokens.is(
                    token,
                    &[
                        "objectives",
                        "goals",
                        "benchmarks",
                        "standards",
                        "skills",
                        "quizzes",
                        "classes",
                        "students",
                        "credits",
                        "lessons",
                        "units",
                        "quarters",
                    ],
                )
            });
        if of_class || of_others {
            return Role::Aside;
        }
        let moved = prev(cue::MOVED) || next(&["since"]) && !mean;
        if of_goals || moved || !self.may_follow(quantity) {
            return Role::Unsure;
        }
        let history = has(cue::EARLIER)
            || has(&["last", "previous"])
                && has(&["quarter", "year", "semester", "month", "period", "report", "trimester", "spring", "fall", "week"]);
        let dated = self.date_of(quantity).is_some();
        // Data from 10/8/2025 shows 75%: the words before the day are not about the number.
        if history
            || has(&["baseline", "was"]) && !dated && (has(&["baseline"]) || next(&["and", "now", "but"]))
            || has(&["baseline"]) && !dated
        {
            return Role::Unsure;
        }
        // An increase to 52 is a level, an increase of 12 a difference.
        if has(cue::CHANGES) && !prev(&["to", "at"])
            || next(&[
                "away",
                "short",
                "shy",
                "below",
                "above",
                "beyond",
                "behind",
                "more",
                "higher",
                "fewer",
                "less",
                "increase",
                "gain",
                "growth",
                "improvement",
                "better",
                "lower",
                "decrease",
            ])
        {
            return Role::Unsure;
        }
        let inexact =
            (quantity.first.saturating_sub(2).max(from)..quantity.first).any(|token| tokens.is(token, cue::INEXACT)) && !mean;
        if inexact || has(&["not", "never", "unable", "didn't", "doesn't", "isn't", "cannot"]) || next(&["or"]) {
            return Role::Unsure;
        }
        if quantity.is_primary()
            && tokens.is(quantity.end, &["per", "a", "each", "every"])
            && tokens.is(quantity.end + 1, &["week", "month"])
        {
            return Role::Unsure;
        }
        if self.is_listed(at) {
            return Role::Unsure;
        }
        if quantity.unit.is_none() {
            return Role::Bare;
        }
        self.by_unit(at, start)
    }

    /// Whether what follows a percent or fraction lets it be a part of the student's work: `80% accuracy`, `70% of the time`,
    /// `6/8 shapes`; not `100% effort`, `with 3 of 5 adults`, `20 of 30 minutes`.
    fn may_follow(&self, quantity: &Quantity) -> bool {
        let tokens = self.tokens;
        if tokens.word(quantity.end).is_empty() {
            return true;
        }
        match quantity.sort {
            Sort::Percent if tokens.is(quantity.end, &["of"]) => {
                (quantity.end + 1..quantity.end + 5).any(|token| tokens.is(token, cue::PARTS))
            }
            Sort::Percent => tokens.is(quantity.end, cue::AFTER_PERCENT),
            Sort::Fraction => {
                let known = tokens.is(quantity.end, super::token::COUNTED)
                    || tokens.is(quantity.end + 1, super::token::COUNTED)
                    || tokens.is(quantity.end, cue::AFTER_PERCENT);
                let led_in =
                    quantity.first > 0 && tokens.is(quantity.first - 1, &["with", "in", "to", "for", "at", "from", "by"]);
                known
                    || !led_in
                        && !tokens.is(quantity.end, &["minutes", "seconds", "hours", "months", "years", "people", "adults"])
            }
            _ => true,
        }
    }

    /// Words up to the next comma or number say that this is the goal or a norm: `95 wcpm is the spring norm`.
    fn is_called_aim(&self, at: usize, end: usize) -> bool {
        let quantity = &self.all[at];
        let next = self.all.get(at + 1).map_or(usize::MAX, |other| other.first);
        let to = (quantity.end..end.min(quantity.end + 8))
            .find(|&token| self.tokens.mark(token) != 0)
            .unwrap_or(end.min(quantity.end + 8));
        next >= end
            && (quantity.end..to).any(|token| {
                self.tokens.is(
                    token,
                    &["norm", "norms", "goal", "target", "benchmark", "expectation", "expected", "aimline", "criterion"],
                )
            })
            && (quantity.end..to).any(|token| self.tokens.is(token, &["is", "was", "would", "as", "="]))
    }

    /// `Goal 1:`, `Goal:` at the start is a heading.
    fn is_heading(&self, at: usize) -> bool {
        let named = matches!(self.tokens.kind(at + 1), Some(Kind::Label { .. }));
        named && (self.tokens.mark(at + 2) == b':' || self.tokens.mark(at + 2) == b'-')
    }

    /// Whether the unit is the goal's, and not that of a companion.
    fn by_unit(&self, at: usize, start: usize) -> Role {
        let quantity = &self.all[at];
        let earlier = || self.all[..at].iter().filter(|other| other.first >= start);
        let led_in =
            quantity.first > start && self.tokens.is(quantity.first - 1, &["in", "on", "across", "over", "for", "during"]);
        if quantity.sort == Sort::Fraction && led_in && earlier().any(|other| other.sort == Sort::Percent) {
            return Role::Aside;
        }
        let companion = (quantity.sort == Sort::Percent || quantity.is_secondary()) && earlier().any(Quantity::is_primary);
        match self.goal_unit {
            Some(unit) => {
                let fits = quantity.scale() == Some(unit.scale);
                let both = unit.scale == "percent" && quantity.is_primary();
                match (fits, companion || both) {
                    (true, _) => Role::Point,
                    (false, true) => Role::Aside,
                    (false, false) if quantity.is_time() => Role::Aside,
                    (false, false) => Role::Unsure,
                }
            }
            None if companion || quantity.is_time() => Role::Aside,
            None if quantity.is_secondary() => Role::Unsure,
            None => Role::Point,
        }
    }

    /// One of `46, 48 and 50 wcpm`.
    fn is_listed(&self, at: usize) -> bool {
        let quantity = &self.all[at];
        let bare = |other: &Quantity| other.unit.is_none() || quantity.unit.is_none();
        at > 0 && self.are_joined(&self.all[at - 1], quantity) && bare(&self.all[at - 1]) && !self.ends_pair(at)
            || self.all.get(at + 1).is_some_and(|other| self.are_joined(quantity, other) && bare(other))
    }

    /// Only a comma or `and` stands between.
    fn are_joined(&self, left: &Quantity, right: &Quantity) -> bool {
        let link = |token: usize| {
            matches!(self.tokens.mark(token), b',' | b'/' | b'&' | b'-')
                || self.tokens.is(token, &["and", "or", "then", "y", "to"])
        };
        right.first > left.end && right.first - left.end <= 2 && (left.end..right.first).all(link)
    }

    /// `from 38 to 52 wcpm`: the second is the present one.
    fn ends_pair(&self, at: usize) -> bool {
        let low = self.all[at - 1].first;
        self.tokens.is(self.all[at].first - 1, &["to"]) && low > 0 && self.tokens.is(low - 1, &["from"])
    }

    /// The day that stands directly with a quantity: `52 wcpm on 10/3`, `10/3: 52 wcpm`.
    fn date_of(&self, quantity: &Quantity) -> Option<usize> {
        let near_after = (quantity.end..(quantity.end + 4).min(self.tokens.all.len()))
            .take_while(|&token| !self.tokens.ends_sentence(token))
            .find(|&token| is_date(self.tokens, token));
        let near_before = (quantity.first.saturating_sub(6)..quantity.first)
            .rev()
            .take_while(|&token| !self.tokens.ends_sentence(token))
            .find(|&token| is_date(self.tokens, token));
        near_before.or(near_after)
    }

    fn read(&self, items: Vec<Item>) -> Described {
        let mut described = Described::default();
        let mut dated: Vec<(usize, NaiveDate)> = Vec::new();
        let mut undated: Vec<usize> = Vec::new();
        let mut at = 0;
        while at < items.len() {
            let end = self.tokens.sentence_end(items[at].quantity.first);
            let group: Vec<usize> = (at..items.len()).take_while(|&other| items[other].quantity.first < end).collect();
            at += group.len();
            self.pair(&items, &group, &mut dated, &mut undated, &mut described.unsure);
        }
        for item in items.iter().filter(|item| item.role == Role::Unsure) {
            described.unsure.push(item.quantity.span);
        }
        let point = |at: usize, date, confidence| {
            let quantity = &items[at].quantity;
            DescribedPoint {
                value: quantity.value,
                numerator: quantity.numerator,
                denominator: quantity.denominator,
                unit: quantity.unit,
                date,
                span: quantity.span,
                confidence,
            }
        };
        described.points.extend(dated.iter().map(|&(at, date)| point(at, Some(date), 0.95)));
        let bare: Vec<usize> = (0..items.len()).filter(|&at| items[at].role == Role::Bare).collect();
        if described.points.is_empty() {
            match self.choose(&items, &undated) {
                Some((at, confidence)) => {
                    described.points.push(point(at, None, confidence));
                    described
                        .unsure
                        .extend(undated.iter().filter(|&&other| other != at).map(|&other| items[other].quantity.span));
                }
                None => described.unsure.extend(undated.iter().map(|&at| items[at].quantity.span)),
            }
        } else {
            described.unsure.extend(undated.iter().map(|&at| items[at].quantity.span));
        }
        match bare.as_slice() {
            [at] if items.len() == 1 => match self.bare(&items[*at]) {
                Some(found) => described.points.push(found),
                None => described.unsure.push(items[*at].quantity.span),
            },
            _ => described.unsure.extend(bare.iter().map(|&at| items[at].quantity.span)),
        }
        described.unsure.sort_unstable();
        described.unsure.dedup();
        described
    }

    /// Gives the days of one sentence to its quantities, when there is only one way to do it.
    fn pair(
        &self,
        items: &[Item],
        group: &[usize],
        dated: &mut Vec<(usize, NaiveDate)>,
        undated: &mut Vec<usize>,
        unsure: &mut Vec<Span>,
    ) {
        let tokens = self.tokens;
        let Some(&first) = group.first() else { return };
        let (start, end) = (tokens.sentence_start(items[first].quantity.first), tokens.sentence_end(items[first].quantity.first));
        let days: Vec<usize> = (start..end).filter(|&token| is_date(tokens, token) && !self.is_limit(token)).collect();
        let points: Vec<usize> = group.iter().copied().filter(|&at| items[at].role == Role::Point).collect();
        let give_up = |unsure: &mut Vec<Span>| unsure.extend(points.iter().map(|&at| items[at].quantity.span));
        if (start..end).any(|token| self.is_other_month(token)) {
            give_up(unsure);
            return;
        }
        if days.is_empty() {
            // Only a range of days or a deadline: the number belongs to the report.
            undated.extend(points);
            return;
        }
        // A day right behind a number that is not used belongs to that number.
        let taken = |day: usize| {
            group.iter().any(|&at| {
                items[at].role != Role::Point && items[at].role != Role::Aside && self.is_behind(&items[at].quantity, day)
            })
        };
        let days: Vec<usize> = days.into_iter().filter(|&day| !taken(day)).collect();
        if days.is_empty() {
            undated.extend(points);
            return;
        }
        let paired: Option<Vec<(usize, usize)>> = if days.len() == points.len() {
            let leading = days[0] < items[*points.first().unwrap_or(&first)].quantity.first;
            points
                .iter()
                .zip(&days)
                .enumerate()
                .map(|(nth, (&at, &day))| {
                    let quantity = &items[at].quantity;
                    let next_day = days.get(nth + 1).copied().unwrap_or(usize::MAX);
                    let next_point = points.get(nth + 1).map_or(usize::MAX, |&at| items[at].quantity.first);
                    let ordered = if leading {
                        day < quantity.first && quantity.first < next_day
                    } else {
                        quantity.first < day && day < next_point
                    };
                    ordered.then_some((at, day))
                })
                .collect()
        } else {
            None
        };
        let Some(paired) = paired else {
            give_up(unsure);
            return;
        };
        for (at, day) in paired {
            match self.resolve(day) {
                Some(date) => dated.push((at, date)),
                None => unsure.push(items[at].quantity.span),
            }
        }
    }

    /// A day that is a deadline, or one end of a range of days.
    fn is_limit(&self, day: usize) -> bool {
        let tokens = self.tokens;
        let before = |words: &[&str]| day > 0 && tokens.is(day - 1, words);
        let range = |left: usize, right: usize| {
            is_date(tokens, left)
                && is_date(tokens, right)
                && (tokens.mark(left + 1) == b'-' || tokens.is(left + 1, &["to", "through", "thru", "until", "and"]))
        };
        before(&["by", "until", "through", "since", "before", "due", "starting", "began", "beginning"])
            || day > 1 && range(day - 2, day)
            || day + 2 < tokens.all.len() && range(day, day + 2)
    }

    /// A month that is not the report's: `52 wcpm in August`.
    fn is_other_month(&self, token: usize) -> bool {
        match self.tokens.kind(token) {
            Some(Kind::Month { month, year }) => {
                let since = token > 0 && self.tokens.is(token - 1, &["since", "by"]);
                !since
                    && self.report_date.is_none_or(|date| date.month() != month || year.is_some_and(|year| year != date.year()))
            }
            _ => false,
        }
    }

    fn is_behind(&self, quantity: &Quantity, day: usize) -> bool {
        day >= quantity.end
            && day - quantity.end <= 2
            && (quantity.end..day).all(|token| self.tokens.mark(token) == b'(' || self.tokens.is(token, &["on", "of", "dated"]))
    }

    /// The date of a token: never later than the report.
    fn resolve(&self, day: usize) -> Option<NaiveDate> {
        match self.tokens.kind(day)? {
            Kind::Date(date) => self.report_date.is_none_or(|latest| date <= latest).then_some(date),
            Kind::MonthDay { month, day } => day_before(month, day, self.report_date?),
            _ => None,
        }
    }

    /// The one undated number that stands for the report, with its confidence.
    fn choose(&self, items: &[Item], undated: &[usize]) -> Option<(usize, f64)> {
        let doubtful = |at: usize| {
            items.iter().any(|item| {
                item.role == Role::Unsure
                    && item.quantity.scale() == items[at].quantity.scale()
                    && (item.quantity.sort == Sort::Inexact || !self.may_follow(&item.quantity))
            })
        };
        let only = |fits: fn(&Item) -> bool| {
            let mut fitting = undated.iter().copied().filter(|&at| fits(&items[at]));
            fitting.next().filter(|_| fitting.next().is_none())
        };
        let (at, confidence) = match undated {
            [] => return None,
            [one] => (*one, 0.9),
            _ => (only(|item| item.mean).or_else(|| only(|item| item.now))?, 0.85),
        };
        // Currently 60%, 65% and 70%.
        let listed = undated.len() > 1 && self.all.get(at + 1).is_some_and(|next| self.are_joined(&self.all[at], next));
        (!doubtful(at) && !listed).then_some((at, confidence))
    }

    /// The only number of the text, without a unit: `scored 52 on the last probe`.
    fn bare(&self, item: &Item) -> Option<DescribedPoint> {
        let unit = self.goal_unit?;
        let quantity = &item.quantity;
        let tokens = self.tokens;
        if quantity.worded
            || unit.scale == "seconds"
            || unit.name == "trials"
            || unit.scale == "percent" && quantity.value > 100.0
        {
            return None;
        }
        let dated = self.tokens.all.iter().enumerate().any(|(token, _)| is_date(tokens, token));
        let mut lead = quantity.first.checked_sub(1)?;
        if tokens.is(lead, &["a", "an", "of"]) {
            lead = lead.checked_sub(1)?;
        }
        let scored = tokens.is(
            lead,
            &[
                "scored",
                "score",
                "scores",
                "scoring",
                "earned",
                "earns",
                "got",
                "received",
                "read",
                "reads",
                "reading",
                "at",
                "is",
                "averaged",
                "averages",
                "averaging",
                "average",
                "median",
                "mean",
                "to",
            ],
        ) || matches!(tokens.mark(lead), b':' | b'=');
        let ends = quantity.end >= tokens.all.len()
            || tokens.mark(quantity.end) != 0
            || tokens.is(
                quantity.end,
                &["on", "in", "for", "during", "this", "at", "correct", "with", "over", "across", "using", "when"],
            );
        (scored && ends && !dated).then_some(DescribedPoint {
            value: quantity.value,
            numerator: None,
            denominator: None,
            unit: crate::units::unit_named(unit.name),
            date: None,
            span: quantity.span,
            confidence: 0.7,
        })
    }
}

fn is_date(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(tokens.kind(at), Some(Kind::Date(_) | Kind::MonthDay { .. }))
}
