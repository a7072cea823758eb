//! A verdict in plain words.

use crate::config::RuleSet;
use aimline_model::analysis::{Flag, Trend};
use aimline_model::school_year;
use aimline_model::tables::Measure;
use aimline_trend::{Mode, Status, is_tie};
use chrono::NaiveDate;

/// The verdict's sentence: "gains 0.2 a week where the aimline rises 1.4; 97 % sure that it is under half of that; from now
/// 3.4 a week would reach 90 by 20 May."
///
/// `trend` is the row of the goal's current segment (the last one of its measure), `rules` the rule set of the run.
#[must_use]
pub fn sentence(flag: &Flag, trend: Option<&Trend>, measure: Option<&Measure>, rules: &RuleSet) -> String {
    let words = Words { flag, trend, measure, rules };
    let status = Status::parse(flag.status).unwrap_or(Status::Uncertain);
    let text = match status {
        _ if words.has("from_objectives") => words.of_objectives(),
        Status::InvalidGoal => words.invalid_goal(),
        Status::NoTarget => words.no_target(),
        Status::NoData if words.has("only_before_baseline") => "all points are older than the baseline".to_owned(),
        Status::NoData => "no scored point yet".to_owned(),
        Status::Met => words.met(),
        Status::NoBaseline => format!("{}, but no baseline is stated", words.points(flag.n_used)),
        Status::Ceiling => words.ceiling(),
        Status::Stale => words.stale(),
        Status::Insufficient => words.insufficient(),
        _ => words.progress(status),
    };
    format!("{text}.")
}

struct Words<'a> {
    flag: &'a Flag,
    trend: Option<&'a Trend>,
    measure: Option<&'a Measure>,
    rules: &'a RuleSet,
}

impl Words<'_> {
    fn has(&self, code: &str) -> bool {
        self.flag.reasons.as_deref().is_some_and(|reasons| reasons.split(' ').any(|reason| reason == code))
    }

    fn falls(&self) -> bool {
        self.flag.worse.as_deref() == Some("above")
    }

    /// A level: `90`, `90 %`, `0.3 a minute`.
    fn level(&self, value: f64) -> String {
        let unit = match self.measure.and_then(|measure| measure.family.as_deref()) {
            Some("percent" | "trials") => " %",
            Some("duration") => " seconds",
            _ => "",
        };
        format!("{}{unit}", plain(value, 1))
    }

    fn date(&self, date: NaiveDate) -> String {
        let same_year = self.flag.as_of.is_none_or(|as_of| school_year(as_of) == school_year(date));
        date.format(if same_year { "%-d %b" } else { "%-d %b %Y" }).to_string()
    }

    fn points(&self, n: i64) -> String {
        if n == 1 { "1 point".to_owned() } else { format!("{n} points") }
    }

    fn weeks_of_data(&self) -> i64 {
        let days = self.trend.and_then(|trend| Some((trend.last_date? - trend.first_date?).num_days())).unwrap_or(0);
        (days + 3) / 7
    }

    fn of_objectives(&self) -> String {
        let word = self.flag.status.replace('_', " ");
        format!("no points of its own; by its objectives: {word}")
    }

    fn invalid_goal(&self) -> String {
        let trend = self.trend;
        if self.has("direction_unknown") {
            return "nothing says whether more or less is better".to_owned();
        }
        if self.has("wrong_side")
            && let Some((baseline, target)) = trend.and_then(|trend| Some((trend.baseline?, trend.target?)))
        {
            let should = if self.falls() { "fall" } else { "rise" };
            return format!(
                "should {should}, but the target {} is on the wrong side of the baseline {}",
                self.level(target),
                self.level(baseline)
            );
        }
        if self.has("date_order") {
            let due =
                trend.and_then(|trend| trend.target_date).map_or_else(String::new, |date| format!(", {},", self.date(date)));
            return format!("the target's date{due} is not after the baseline's");
        }
        "the target and the points are not on the same scale".to_owned()
    }

    fn no_target(&self) -> String {
        if self.has("no_measure") {
            "nothing is measured for this goal"
        } else if self.has("level_changed") {
            "the form level changed, and the target was not stated again"
        } else if self.has("no_target_value") {
            "no number is stated as the target"
        } else {
            "no date for the target"
        }
        .to_owned()
    }

    fn met(&self) -> String {
        let criterion = self.measure.and_then(|measure| {
            let no_line = matches!(measure.family.as_deref(), Some("mastery" | "prompt_level"));
            measure.criterion_k.zip(measure.criterion_n).filter(|_| no_line)
        });
        if let Some((k, n)) = criterion {
            return format!("reached {k} of {n}");
        }
        match self.trend.and_then(|trend| trend.target) {
            Some(target) => format!("the median of the last three points is at {} or better", self.level(target)),
            None => "the target is reached".to_owned(),
        }
    }

    fn ceiling(&self) -> String {
        let end = if self.falls() { 0.0 } else { 100.0 };
        format!("half or more of the last six points are at {}; the measure has no room left", self.level(end))
    }

    fn stale(&self) -> String {
        match self.trend.and_then(|trend| trend.last_date) {
            Some(last) => format!("no data since {}", self.date(last)),
            None => "no data in the present phase".to_owned(),
        }
    }

    fn insufficient(&self) -> String {
        let rules = self.rules;
        let (n, weeks) = if self.flag.mode == Mode::Classical.as_str() {
            (rules.n_min_points, rules.min_weeks_points)
        } else {
            (rules.n_min_own, rules.min_weeks_own)
        };
        let have = self.points(self.flag.n_used);
        let weeks_needed = plain(weeks, 1);
        if self.has("first_phase_short") {
            return format!("{have}, but no baseline: none is stated, and the first phase has fewer than three");
        }
        let phase = if self.has("new_phase") { " in the new phase" } else { " so far" };
        if self.has("short_span") {
            let span = self.trend.and_then(|trend| Some((trend.last_date? - trend.first_date?).num_days() as f64 / 7.0));
            return format!(
                "{have} over {} weeks{phase}; {n} over {weeks_needed} weeks are needed",
                plain(span.unwrap_or(0.0), 1)
            );
        }
        format!("{have}{phase}; {n} over {weeks_needed} weeks are needed")
    }

    /// What the slope is, beside what it should be.
    fn movement(&self) -> Option<String> {
        let trend = self.trend?;
        let (slope, need) = (trend.slope_ols?, trend.need_per_week?);
        let digits = digits_for(slope, need);
        let (slope_text, need_text) = (plain(slope.abs(), digits), plain(need.abs(), digits));
        let falls = self.falls();
        let verb = match (slope < 0.0, falls) {
            (false, false) => "gains",
            (false, true) => "rises",
            (true, false) => "loses",
            (true, true) => "falls",
        };
        let still = slope_text == "0";
        let beyond = self.has("baseline_beyond_target");
        if self.has("maintenance") || beyond || is_tie(need, 0.0) {
            let or_better = if beyond { " or better" } else { "" };
            let hold = trend
                .target
                .map_or_else(|| "should hold".to_owned(), |target| format!("should hold at {}{or_better}", self.level(target)));
            return Some(if still {
                format!("{hold}; has not moved in {}", weeks(self.weeks_of_data()))
            } else {
                format!("{hold}; {verb} {slope_text} a week")
            });
        }
        if still {
            let to = trend.target.map_or_else(String::new, |target| format!(" to {}", self.level(target)));
            let should = if falls { "fall" } else { "rise" };
            return Some(format!("should {should}{to}; has not moved in {}", weeks(self.weeks_of_data())));
        }
        let aim = if need < 0.0 { "falls" } else { "rises" };
        Some(format!("{verb} {slope_text} a week where the aimline {aim} {need_text}"))
    }

    /// "from now 3.4 a week would reach 90 by 20 May".
    fn rate_from_now(&self) -> Option<String> {
        let trend = self.trend?;
        let (target, due) = (trend.target?, trend.target_date?);
        let Some(needed) = trend.needed_from_now else {
            return self.has("after_target_date").then(|| format!("the target's date, {}, has passed", self.date(due)));
        };
        let rate = plain(needed.abs(), digits_for(needed, 0.0));
        let towards = if self.falls() { needed < 0.0 } else { needed > 0.0 };
        (towards && rate != "0").then(|| {
            let of = if self.falls() { "a fall of " } else { "" };
            format!("from now {of}{rate} a week would reach {} by {}", self.level(target), self.date(due))
        })
    }

    fn progress(&self, status: Status) -> String {
        if self.has("no_dates") {
            return "the points have session numbers only, no dates: no line over time can be drawn".to_owned();
        }
        if self.has("family_not_modelled") {
            let criterion = self.measure.and_then(|measure| measure.criterion_k.zip(measure.criterion_n));
            return criterion.map_or_else(
                || "no k of n is stated, and this kind of measure gets no line".to_owned(),
                |(k, n)| format!("{k} of {n} is not reached yet; this kind of measure gets no line"),
            );
        }
        let flag = self.flag;
        let classical = flag.mode == Mode::Classical.as_str();
        let side = if self.falls() { ("above", "below") } else { ("below", "above") };
        let mut parts: Vec<String> = self.movement().into_iter().collect();
        let sure = |p: Option<f64>, text: &str| p.map(|p| format!("{} sure that {text}", percent(p)));
        let that = if parts.iter().any(|part| part.contains("aimline")) { "that" } else { "the needed rate" };
        let goal = || self.trend.and_then(|trend| trend.target).map(|target| self.level(target));
        let more = match status {
            Status::Regressing | Status::Stalled if classical => {
                let by_points = flag.rule_4pt == side.0;
                Some(if by_points {
                    format!("the last four points are {} the aimline", side.0)
                } else {
                    "the trend is behind the aimline".to_owned()
                })
            }
            Status::Regressing => sure(flag.p_neg, "it moves the wrong way"),
            Status::Stalled => sure(flag.p_stall, &format!("it is under {} of {that}", share(self.rules.kappa))),
            Status::Slow => sure(flag.p_slow, &format!("it is under {that}")),
            Status::Ahead => Some(format!("the last four points are {} the aimline", side.1)),
            Status::OnTrack if classical => Some("the trend keeps up with the aimline".to_owned()),
            Status::OnTrack => goal().and_then(|goal| sure(flag.p_goal, &format!("it reaches {goal} in time"))),
            _ => Some(match flag.points_needed {
                Some(n) if n > 0 => {
                    format!("the data cannot say yet; {n} more weekly {} may settle it", if n == 1 { "point" } else { "points" })
                }
                _ => "the data cannot say yet".to_owned(),
            }),
        };
        parts.extend(more);
        if !matches!(status, Status::OnTrack | Status::Ahead) {
            parts.extend(self.rate_from_now());
        }
        parts.join("; ")
    }
}

fn weeks(n: i64) -> String {
    if n == 1 { "1 week".to_owned() } else { format!("{n} weeks") }
}

fn share(kappa: f64) -> String {
    if is_tie(kappa, 0.5) { "half".to_owned() } else { percent(kappa) }
}

/// `97 %`; never a certainty.
fn percent(p: f64) -> String {
    if p > 0.99 { "more than 99 %".to_owned() } else { format!("{:.0} %", (p * 100.0).floor()) }
}

/// Decimals that tell two rates apart, and a small one from 0.
fn digits_for(a: f64, b: f64) -> usize {
    let tells = |digits: &usize| {
        let text = |value: f64| plain(value, *digits);
        let same = text(a) == text(b) && !is_tie(a, b);
        let vanishes = [a, b].iter().any(|value| text(*value) == "0" && value.abs() >= 0.005);
        !(same || vanishes)
    };
    (1..=2).find(tells).unwrap_or(2)
}

/// A number with at most so many decimals, without trailing zeros; of a value below them, never `-0`.
fn plain(value: f64, digits: usize) -> String {
    let text = format!("{value:.digits$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
