//! The settings of an analysis, and the rule set with its file `ruleset.toml`.

use aimline_model::analysis::PriorRow;
use aimline_model::check_settings::CheckSettings;
use aimline_trend::{Limits, Mode, Thresholds};
use chrono::{Datelike, NaiveDate};
use serde::Deserialize;
use std::fmt::Write;

/// What an analysis depends on beside the dataset and the day.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// What sets the status.
    pub mode: Mode,
    /// Whether the median of the first three points may stand for a baseline that nobody stated.
    pub first_three: bool,
    /// The target's date of goals that name none and whose plan has no end.
    pub school_year_end: Option<MonthDay>,
    /// First and last days of breaks, for all districts; those in the dataset's calendar count too.
    pub breaks: Vec<(NaiveDate, NaiveDate)>,
    /// The numbers.
    pub rules: RuleSet,
    /// Priors of other districts or years, each with the name of its file, in the order of the names.
    pub priors: Vec<(String, Vec<PriorRow>)>,
    /// Only they count: the run fits none.
    pub frozen: bool,
    /// What the plan and the state ask.
    pub checks: CheckSettings,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            mode: Mode::Posterior,
            first_three: true,
            school_year_end: None,
            breaks: Vec::new(),
            rules: RuleSet::default(),
            priors: Vec::new(),
            frozen: false,
            checks: CheckSettings::default(),
        }
    }
}

/// A day of every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthDay {
    month: u32,
    day: u32,
}

impl MonthDay {
    /// The month and day of a date.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        Self { month: date.month(), day: date.day() }
    }

    /// Reads `05-20`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        // Of a leap year, so that 02-29 is a day.
        format!("2024-{text}").parse().ok().filter(|_| text.len() == 5).map(Self::of)
    }

    /// That day in the school year named by `year` (the year in which it ends).
    pub(crate) fn in_school_year(self, year: i32) -> Option<NaiveDate> {
        let year = if self.month >= 7 { year - 1 } else { year };
        NaiveDate::from_ymd_opt(year, self.month, self.day).or_else(|| NaiveDate::from_ymd_opt(year, self.month, self.day - 1))
    }
}

/// The numbers of the verdicts: `ruleset.toml`. What the file leaves out is as compiled in: the profile of its name where that is
/// `sensitive` or `strict`, else `balanced`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RuleSet {
    /// Its name, printed in each row.
    pub name: String,
    /// A slope below this share of the needed one is stalled.
    pub kappa: f64,
    /// Least probability of moving the wrong way for `regressing`.
    pub gamma_regress: f64,
    /// Least probability for `stalled`.
    pub gamma_stall: f64,
    /// Least probability for `slow`.
    pub gamma_slow: f64,
    /// Largest probability of being slow for `ahead`.
    pub gamma_ahead: f64,
    /// Least probability of reaching the target for `on_track`.
    pub gamma_on: f64,
    /// Least points for the point rules and the median of three.
    pub n_min_points: usize,
    /// Least weeks for the same.
    pub min_weeks_points: f64,
    /// Least points for the trend rules.
    pub n_min_trend: usize,
    /// Least weeks for the same.
    pub min_weeks_trend: f64,
    /// Least points for the verdicts from the goal's own data.
    pub n_min_own: usize,
    /// Least weeks for the same.
    pub min_weeks_own: f64,
    /// Days without data, breaks not counted, after which a goal is stale; twice its usual gap when that is more.
    pub stale_days: u32,
    /// Looks in a row without a flag that it takes to clear one.
    pub persist: u32,
    /// Least goals on which a prior is fitted before it carries a verdict.
    pub min_stratum: u32,
    /// Level of the intervals.
    pub ci: f64,
}

/// The smallest stratum whose flags are as often right as they say, within .03, at every noise that was simulated
/// (`crates/trend/tests/data/operating_characteristic.csv`: of 30 goals they are not).
const MIN_STRATUM: u32 = 100;

/// The probabilities at which two other profiles flag: more often and sooner, or seldom and later.
const PROFILES: [(&str, [(&str, f64); 3]); 2] = [
    ("sensitive", [("gamma_regress", 0.80), ("gamma_stall", 0.70), ("gamma_slow", 0.80)]),
    ("strict", [("gamma_regress", 0.95), ("gamma_stall", 0.90), ("gamma_slow", 0.95)]),
];

impl Default for RuleSet {
    fn default() -> Self {
        let Thresholds { gamma_regress, gamma_stall, gamma_slow, gamma_ahead, gamma_on, limits } = Thresholds::default();
        Self {
            name: "balanced".to_owned(),
            kappa: 0.5,
            gamma_regress,
            gamma_stall,
            gamma_slow,
            gamma_ahead,
            gamma_on,
            n_min_points: limits.min_points,
            min_weeks_points: limits.min_weeks_points,
            n_min_trend: limits.min_trend,
            min_weeks_trend: limits.min_weeks_trend,
            n_min_own: limits.min_own,
            min_weeks_own: limits.min_weeks_own,
            stale_days: 30,
            persist: 2,
            min_stratum: MIN_STRATUM,
            ci: 0.90,
        }
    }
}

/// What is wrong in a `ruleset.toml`.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RuleSetError {
    /// Not TOML, an unknown key or a value of another type; the message names the line.
    #[error("{0}")]
    Toml(#[from] toml::de::Error),
    /// A number out of its range.
    #[error("{key} = {value} must be {range}")]
    Range {
        /// The key.
        key: &'static str,
        /// What stands there.
        value: f64,
        /// What it must be.
        range: &'static str,
    },
    /// No name, or one that does not fit into a row.
    #[error("name must be 1 to 40 letters, digits, - or _")]
    Name,
}

impl RuleSet {
    /// Reads the text of a `ruleset.toml`.
    ///
    /// # Errors
    /// When it is not TOML, has an unknown key (the message names the line), or a number is out of its range.
    pub fn parse(text: &str) -> Result<Self, RuleSetError> {
        let mut rules: Self = toml::from_str(text)?;
        let stated: toml::Table = toml::from_str(text)?;
        if let Some((_, numbers)) = PROFILES.iter().find(|(name, _)| *name == rules.name) {
            for (key, value) in numbers.iter().filter(|(key, _)| !stated.contains_key(*key)) {
                match *key {
                    "gamma_regress" => rules.gamma_regress = *value,
                    "gamma_stall" => rules.gamma_stall = *value,
                    _ => rules.gamma_slow = *value,
                }
            }
        }
        let letters = rules.name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        if !letters || !(1..=40).contains(&rules.name.len()) {
            return Err(RuleSetError::Name);
        }
        for (key, value) in rules.numbers() {
            let (fits, range) = match key {
                "kappa" => ((0.0..1.0).contains(&value), "at least 0 and below 1"),
                "gamma_ahead" => ((0.0..0.5).contains(&value), "at least 0 and below 0.5"),
                "ci" => (value > 0.5 && value < 1.0, "above 0.5 and below 1"),
                _ if key.starts_with("gamma") => (value > 0.5 && value < 1.0, "above 0.5 and below 1"),
                "persist" => ((1.0..=2.0).contains(&value), "1 or 2"),
                "min_stratum" => (value >= 30.0, "30 or more"),
                _ if key.starts_with("n_min") => (value >= 3.0, "3 or more"),
                _ => ((0.0..=520.0).contains(&value), "from 0 to 520"),
            };
            if !fits {
                return Err(RuleSetError::Range { key, value, range });
            }
        }
        Ok(rules)
    }

    /// What the kernel takes.
    #[must_use]
    pub fn thresholds(&self) -> Thresholds {
        Thresholds {
            gamma_regress: self.gamma_regress,
            gamma_stall: self.gamma_stall,
            gamma_slow: self.gamma_slow,
            gamma_ahead: self.gamma_ahead,
            gamma_on: self.gamma_on,
            limits: Limits {
                min_points: self.n_min_points,
                min_weeks_points: self.min_weeks_points,
                min_trend: self.n_min_trend,
                min_weeks_trend: self.min_weeks_trend,
                min_own: self.n_min_own,
                min_weeks_own: self.min_weeks_own,
            },
        }
    }

    fn numbers(&self) -> [(&'static str, f64); 16] {
        [
            ("kappa", self.kappa),
            ("gamma_regress", self.gamma_regress),
            ("gamma_stall", self.gamma_stall),
            ("gamma_slow", self.gamma_slow),
            ("gamma_ahead", self.gamma_ahead),
            ("gamma_on", self.gamma_on),
            ("n_min_points", self.n_min_points as f64),
            ("min_weeks_points", self.min_weeks_points),
            ("n_min_trend", self.n_min_trend as f64),
            ("min_weeks_trend", self.min_weeks_trend),
            ("n_min_own", self.n_min_own as f64),
            ("min_weeks_own", self.min_weeks_own),
            ("stale_days", f64::from(self.stale_days)),
            ("persist", f64::from(self.persist)),
            ("min_stratum", f64::from(self.min_stratum)),
            ("ci", self.ci),
        ]
    }

    /// All of it as text, a line a key, whatever the file looked like: what is hashed.
    #[must_use]
    pub fn canonical(&self) -> String {
        let mut text = format!("name={}\n", self.name);
        for (key, value) in self.numbers() {
            let _ = writeln!(text, "{key}={value}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_set_file() {
        assert_eq!(RuleSet::parse("").expect("empty"), RuleSet::default());
        assert_eq!(RuleSet::default().thresholds(), Thresholds::default());
        let strict = RuleSet::parse("name = 'strict'\ngamma_slow = 0.95").expect("two keys");
        assert_eq!((strict.name.as_str(), strict.gamma_slow, strict.kappa), ("strict", 0.95, 0.5));
        assert_ne!(strict.canonical(), RuleSet::default().canonical());
    }

    #[test]
    fn rule_set_errors() {
        for (text, expected) in [
            ("name = 'a'\n\ngama_slow = 0.9", "line 3"),
            ("kappa = 'x'", "line 1"),
            ("kappa = 1.5", "kappa = 1.5 must be at least 0 and below 1"),
            ("gamma_slow = 0.4", "gamma_slow = 0.4"),
            ("gamma_slow = nan", "gamma_slow = NaN"),
            ("n_min_own = 2", "3 or more"),
            ("persist = 3", "1 or 2"),
            ("min_stratum = 12", "30 or more"),
            ("name = 'a b'", "name must be"),
        ] {
            let message = RuleSet::parse(text).expect_err(text).to_string();
            assert!(message.contains(expected), "{text:?}: {message}");
        }
    }

    #[test]
    fn profiles_by_name() {
        let gammas =
            |text: &str| RuleSet::parse(text).map(|rules| (rules.gamma_regress, rules.gamma_stall, rules.gamma_slow)).ok();
        assert_eq!(gammas(""), Some((0.90, 0.80, 0.90)));
        assert_eq!(gammas("name = 'sensitive'"), Some((0.80, 0.70, 0.80)));
        assert_eq!(gammas("name = 'strict'\ngamma_slow = 0.9"), Some((0.95, 0.90, 0.90)), "what is stated stands");
        assert_eq!(gammas("name = 'ours'\ngamma_slow = 0.85"), Some((0.90, 0.80, 0.85)));
    }

    #[test]
    fn month_and_day() {
        let day = |text: &str, year| MonthDay::parse(text).and_then(|day| day.in_school_year(year)).map(|date| date.to_string());
        assert_eq!(day("05-20", 2026).as_deref(), Some("2026-05-20"));
        assert_eq!(day("12-18", 2026).as_deref(), Some("2025-12-18"));
        assert_eq!(day("02-29", 2026).as_deref(), Some("2026-02-28"));
        assert_eq!(day("13-01", 2026), None);
        assert_eq!(day("5-20", 2026), None);
    }
}
