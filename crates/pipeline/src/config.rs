//! `INBOX/aimline/` (or `--config DIR`): what a district sets. What is absent is the compiled-in default.

use crate::PipelineError;
use aimline_map::Profile;
use aimline_model::check_settings::CheckSettings;
use aimline_model::tables::Calendar;
use aimline_normalize::date::same_window;
use aimline_store::sha256_hex;
use chrono::NaiveDate;
use serde::Deserialize;
use std::path::Path;

/// `aimline.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Name of the district, for the page.
    pub district: String,
    /// `posterior`, `own_data` or `classical`: what sets the status.
    pub mode: String,
    /// `fit` or `files`: whether the run's own goals make priors, or only the files in `priors/` count.
    pub priors: String,
    /// Whether the median of the first three points may serve as baseline.
    pub first_three: bool,
    /// Whether rows of children without an IEP are kept.
    pub everyone: bool,
    /// Last day of the school year, for goals without an end: `2026-05-22`.
    pub school_year_end: Option<String>,
    /// `[checks]`.
    pub checks: CheckSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            district: String::new(),
            mode: "posterior".to_owned(),
            priors: "fit".to_owned(),
            first_three: true,
            everyone: false,
            school_year_end: None,
            checks: CheckSettings::default(),
        }
    }
}

/// All configuration of a run.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// `aimline.toml`.
    pub settings: Settings,
    /// Last day of the school year.
    pub school_year_end: Option<NaiveDate>,
    /// Text of `ruleset.toml`; empty takes the compiled-in rule set.
    pub ruleset: String,
    /// Mapping profiles with their file names and hashes, in the order of the names; behind them those of the program.
    pub profiles: Vec<(String, String, Profile)>,
    /// Rows of `calendar.csv`.
    pub calendar: Vec<Calendar>,
    /// Prior files with their names, in the order of the names.
    pub priors: Vec<(String, String)>,
    /// Rows of `decisions.csv`: the key of a question, and what was chosen.
    pub decisions: Vec<(String, String)>,
    /// SHA-256 over all files, 64 hex digits.
    pub hash: String,
}

impl Config {
    /// Reads a folder; a folder that is not there is all defaults.
    ///
    /// # Errors
    /// When a file cannot be read or understood.
    pub fn load(folder: &Path) -> Result<Self, PipelineError> {
        let mut config = Self::default();
        let mut seen = String::new();
        let mut read = |name: &str| -> Result<Option<String>, PipelineError> {
            match std::fs::read_to_string(folder.join(name)) {
                Ok(text) => {
                    seen.push_str(&format!("{name} {}\n", sha256_hex(text.as_bytes())));
                    Ok(Some(text))
                }
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(wrong(name, error)),
            }
        };
        if let Some(text) = read("aimline.toml")? {
            config.settings = toml::from_str(&text).map_err(|error| wrong("aimline.toml", error))?;
        }
        if !matches!(config.settings.mode.as_str(), "posterior" | "own_data" | "classical") {
            return Err(wrong("aimline.toml", "mode must be \"posterior\", \"own_data\" or \"classical\""));
        }
        if !matches!(config.settings.priors.as_str(), "fit" | "files") {
            return Err(wrong("aimline.toml", "priors must be \"fit\" or \"files\""));
        }
        if let Some(text) = &config.settings.school_year_end {
            let day = text.parse().map_err(|_| wrong("aimline.toml", "school_year_end must look like \"2026-05-22\""))?;
            config.school_year_end = Some(day);
        }
        config.settings.checks.verify().map_err(|message| wrong("aimline.toml", message))?;
        config.ruleset = read("ruleset.toml")?.unwrap_or_default();
        if let Some(text) = read("calendar.csv")? {
            config.calendar = calendar(&text)?;
        }
        if let Some(text) = read("decisions.csv")? {
            config.decisions = decisions(&text)?;
        }
        for name in names(folder, "priors", "csv")? {
            if let Some(text) = read(&name)? {
                config.priors.push((name, text));
            }
        }
        for name in names(folder, "profiles", "toml")? {
            if let Some(text) = read(&name)? {
                let profile = Profile::parse(&text).map_err(|error| wrong(&name, error))?;
                config.profiles.push((name, sha256_hex(text.as_bytes()), profile));
            }
        }
        for (name, text, profile) in aimline_map::shipped().map_err(|error| wrong("the profiles of aimline", error))? {
            config.profiles.push((name, sha256_hex(text.as_bytes()), profile));
        }
        config.hash = sha256_hex(seen.as_bytes());
        Ok(config)
    }

    /// True when the calendar has a period of this name, in whatever school year.
    pub(crate) fn has_window(&self, name: &str) -> bool {
        let same = |row: &Calendar| row.kind == "period" && row.name.as_deref().is_some_and(|known| same_window(known, name));
        self.calendar.iter().any(same)
    }

    /// Breaks of the calendar, for staleness and the page.
    #[must_use]
    pub fn breaks(&self) -> Vec<(NaiveDate, NaiveDate, String)> {
        let breaks = self.calendar.iter().filter(|row| row.kind == "break");
        breaks.filter_map(|row| Some((row.begin?, row.end?, row.name.clone().unwrap_or_default()))).collect()
    }
}

fn wrong(file: &str, message: impl std::fmt::Display) -> PipelineError {
    PipelineError::Config { file: file.to_owned(), message: message.to_string() }
}

/// The files of a folder in the configuration that end so, in the order of their names, each as `folder/name`.
fn names(config: &Path, folder: &str, end: &str) -> Result<Vec<String>, PipelineError> {
    let entries = match std::fs::read_dir(config.join(folder)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(wrong(folder, error)),
    };
    let named = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let ends = |name: &String| Path::new(name).extension().is_some_and(|found| found.eq_ignore_ascii_case(end));
    // A workbook program's lock file.
    let mut names: Vec<String> = named.filter(|name| ends(name) && !name.starts_with(['~', '.'])).collect();
    names.sort();
    Ok(names.into_iter().map(|name| format!("{folder}/{name}")).collect())
}

/// `decisions.csv`: a column `key` and a column `choice`, as in the tab of questions of quarantine.xlsx; others are notes.
fn decisions(text: &str) -> Result<Vec<(String, String)>, PipelineError> {
    let bad = |what: String| wrong("decisions.csv", what);
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let titles = reader.headers().map_err(|error| bad(error.to_string()))?.clone();
    let place = |title: &str| titles.iter().position(|other| other.eq_ignore_ascii_case(title));
    let (Some(key), Some(choice)) = (place("key"), place("choice")) else {
        return Err(bad("expected the titles key and choice in the first line".to_owned()));
    };
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| bad(error.to_string()))?;
        let cell = |column: usize| record.get(column).unwrap_or_default().to_owned();
        if !cell(key).is_empty() && !cell(choice).is_empty() {
            rows.push((cell(key), cell(choice)));
        }
    }
    Ok(rows)
}

/// `calendar.csv`: `kind,name,begin,end`, dates as 2025-12-22; the kinds are period, report_card and break.
fn calendar(text: &str) -> Result<Vec<Calendar>, PipelineError> {
    let mut rows = Vec::new();
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate().skip(1);
    for (line, row) in lines.filter(|(_, row)| !row.trim().is_empty()) {
        let cells: Vec<&str> = row.split(',').map(|cell| cell.trim().trim_matches('"')).collect();
        let bad = |what: &str| wrong("calendar.csv", format!("line {}: {what}", line + 1));
        let [kind, name, begin, end] = cells[..] else { return Err(bad("expected kind,name,begin,end")) };
        if !matches!(kind, "period" | "report_card" | "break") {
            return Err(bad("kind must be period, report_card or break"));
        }
        let day = |text: &str| text.parse::<NaiveDate>().map_err(|_| bad("a date must look like 2025-12-22"));
        rows.push(Calendar {
            district_code: None,
            kind: kind.to_owned(),
            name: (!name.is_empty()).then(|| name.to_owned()),
            begin: Some(day(begin)?),
            end: Some(day(end)?),
        });
    }
    Ok(rows)
}
