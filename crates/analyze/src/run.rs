//! One analysis.

use crate::checks::{Verdicts, checks};
use crate::config::{Config, RuleSet};
use crate::day::day;
use crate::error::AnalyzeError;
use crate::facts::Settings;
use crate::flags::flags;
use crate::load::load;
use crate::quantiles::Quantiles;
use crate::strata::{Candidate, Priors};
use crate::stream::{Points, outcomes, with_priors};
use crate::summary::summaries;
use aimline_model::analysis::{Check, Flag, PriorRow, Summary, Trend};
use aimline_model::schema::Row;
use aimline_store::StoreError;
use aimline_store::parquet::{EncodedGroup, Group, TableWriter};
use chrono::NaiveDate;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// Where the tables are written.
#[derive(Debug, Clone, Copy)]
pub struct Output<'a> {
    /// `trends.parquet`
    pub trends: &'a Path,
    /// `flags.parquet`
    pub flags: &'a Path,
    /// `checks.parquet`
    pub checks: &'a Path,
    /// `summaries.parquet`
    pub summaries: &'a Path,
    /// `priors.parquet`
    pub priors: &'a Path,
}

/// What was written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Analysis {
    /// By goal key.
    pub flags: Vec<Flag>,
    /// By measure key and segment.
    pub trends: Vec<Trend>,
    /// By student, check and subject.
    pub checks: Vec<Check>,
    /// Places in their sources of what failed a check, by the key of the subject.
    pub check_places: BTreeMap<String, String>,
    /// Districts, schools, case managers; by name.
    pub summaries: Vec<Summary>,
    /// What goals say of one another: strata, measures, families.
    pub priors: Vec<PriorRow>,
}

/// Name and hash of a rule set, as each row prints it: `balanced 0f3a…`.
#[must_use]
pub fn ruleset_label(rules: &RuleSet) -> String {
    let hash = aimline_store::sha256_hex(rules.canonical().as_bytes());
    format!("{} {}", rules.name, &hash[..12])
}

/// Analyzes the tables in `dataset` (a folder of `<table>.parquet`) and writes the tables.
///
/// # Errors
/// When a table cannot be read or written, or is not one of this dataset.
pub fn run(dataset: &Path, as_of: NaiveDate, config: &Config, out: &Output<'_>) -> Result<Analysis, AnalyzeError> {
    let settings = Settings {
        mode: config.mode,
        first_three: config.first_three,
        school_year_end: config.school_year_end,
        thresholds: config.rules.thresholds(),
        kappa: config.rules.kappa,
        ci: config.rules.ci,
        quantiles: Quantiles::new(&config.rules.thresholds(), config.rules.ci),
        stale_days: i32::try_from(config.rules.stale_days).unwrap_or(i32::MAX),
        persist: config.rules.persist,
        min_stratum: u64::from(config.rules.min_stratum),
        ruleset: ruleset_label(&config.rules),
    };
    let mut loaded = load(dataset, config)?;
    let points = Points { dataset, keys: &loaded.measures, as_of: day(as_of) };
    let mut found = outcomes(points, &mut loaded.world, &settings)?;
    let candidates: Vec<Candidate> = found.iter().filter_map(|outcome| outcome.candidate.clone()).collect();
    let others: Vec<PriorRow> = config.priors.iter().flat_map(|(_, rows)| rows).cloned().collect();
    let mut priors = Priors::fit(&loaded.world, &candidates, &others, config.frozen, &settings);
    with_priors(points, &mut loaded.world, &settings, &priors, &mut found)?;
    let flags = flags(&loaded.world, &settings, &mut found, &loaded.reports, day(as_of));
    priors.count(&flags);
    let priors = priors.into_rows();
    let trends: Vec<Trend> = found.into_iter().flat_map(|outcome| outcome.trends).collect();
    let verdicts = Verdicts { flags: &flags, trends: &trends };
    let (checks, check_places) = checks(dataset, verdicts, &config.checks, as_of, &settings.ruleset)?;
    write(out.checks, &checks)?;
    let (written, summaries) = rayon::join(
        || rayon::join(|| write(out.trends, &trends), || write(out.flags, &flags)),
        || summaries(&flags, &loaded, as_of, &settings.ruleset),
    );
    written.0?;
    written.1?;
    let summaries = summaries?;
    write(out.summaries, &summaries)?;
    write(out.priors, &priors)?;
    Ok(Analysis { flags, trends, checks, check_places, summaries, priors })
}

/// Rows in a row group: small enough that several are encoded at once.
const GROUP: usize = 16_384;

fn write<T: Row + Sync>(path: &Path, rows: &[T]) -> Result<(), StoreError> {
    let encode = |rows: &[T]| {
        let mut group = Group::new(&T::TABLE);
        for row in rows {
            group.push(row);
        }
        group.encode(&T::TABLE)
    };
    let groups: Vec<Result<EncodedGroup, StoreError>> = rows.par_chunks(GROUP).map(encode).collect();
    let mut writer = TableWriter::create(path, T::TABLE)?;
    for group in groups {
        writer.write_group(&group?)?;
    }
    writer.finish().map(|_| ())
}
