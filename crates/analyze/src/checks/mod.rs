//! What the plan and the state ask of a student's file: `analysis/checks.parquet`.
//!
//! Pure functions of the tables and the day. Calendar arithmetic counts months, never 365 days; last days are included. What
//! a file does not say is `cannot_determine`, and never a fail.

mod config;
mod file;
mod finding;
mod goals;
mod periods;
mod plans;
mod records;
mod reports;
mod reviews;
mod services;
#[cfg(test)]
mod tests;

pub use config::ChecksConfig;
pub(crate) use records::Records;

use crate::error::AnalyzeError;
use aimline_model::analysis::{Check, Flag, Trend};
use chrono::NaiveDate;
use file::{Context, StudentFile, files};
use finding::Finding;
use rayon::prelude::*;
use std::path::Path;

type Ask = for<'a> fn(&StudentFile<'a>, &Context<'a>, &mut Vec<Finding>);

/// The checks, in the order of the catalogue; with those that look at an IEP, which must be among the files.
const ASK: &[(&str, bool, Ask)] = &[
    ("C01", true, goals::c01),
    ("C02", true, plans::c02),
    ("C03", true, reports::c03),
    ("C04", false, reports::c04),
    ("C05", false, reports::c05),
    ("C06", true, reviews::c06),
    ("C07", false, reviews::c07),
    ("C07b", false, reviews::c07b),
    ("C08", true, goals::c08),
    ("C09", false, goals::c09),
    ("C10", false, reviews::c10),
    ("C11", false, reports::c11),
    ("C12", false, reports::c12),
    ("C13", false, reports::c13),
    ("C14", true, services::c14),
    ("C15", false, goals::c15),
    ("C16", false, goals::c16),
    ("C17", true, plans::c17),
    ("C18", true, goals::c18),
    ("C19", true, plans::c19),
    ("C20", true, reviews::c20),
    ("C21", false, goals::c21),
    ("C22", true, services::c22),
    ("C23", false, reports::c23),
];

/// The verdicts that some checks look at.
#[derive(Clone, Copy)]
pub(crate) struct Verdicts<'a> {
    pub(crate) flags: &'a [Flag],
    pub(crate) trends: &'a [Trend],
}

/// Reads the tables of a dataset and makes the checks. By student, then check, then subject.
pub(crate) fn checks(
    dataset: &Path,
    verdicts: Verdicts<'_>,
    config: &ChecksConfig,
    as_of: NaiveDate,
    ruleset: &str,
) -> Result<Vec<Check>, AnalyzeError> {
    let records = Records::read(dataset)?;
    let mut context = Context::new(&records, verdicts.flags, verdicts.trends, config, as_of);
    let files = files(&records);
    want(&files, &mut context);
    context.seen.fill(dataset)?;
    Ok(rows(&files, &context, ruleset))
}

/// Asks for the points that the checks look at.
fn want<'a>(files: &[StudentFile<'a>], context: &mut Context<'a>) {
    let windows: Vec<_> =
        files.iter().flat_map(|file| [goals::c09_windows(file, context), reviews::c20_windows(file, context)].concat()).collect();
    for (goal, first, last) in windows {
        context.seen.want(goal, first, last);
    }
}

fn rows(files: &[StudentFile<'_>], context: &Context<'_>, ruleset: &str) -> Vec<Check> {
    let of = |file: &StudentFile<'_>| -> Vec<Check> {
        let indicators = &context.config.indicators;
        let row = |finding: Finding| {
            let indicator = indicators.get(finding.check);
            finding.row(file.key, context.as_of, indicator, ruleset)
        };
        findings(file, context).into_iter().map(row).collect()
    };
    files.par_iter().flat_map_iter(of).collect()
}

/// All answers of one file.
fn findings<'a>(file: &StudentFile<'a>, context: &Context<'a>) -> Vec<Finding> {
    // A student of the roster of whom neither a plan nor a goal was read has no file to look at.
    if file.plans.is_empty() && file.goals.is_empty() {
        return Vec::new();
    }
    let mut out = Vec::new();
    let iep = file.iep(context.as_of).is_some();
    for (id, of_iep, ask) in ASK {
        if context.config.off.contains(*id) {
            continue;
        }
        let before = out.len();
        ask(file, context, &mut out);
        if *of_iep && !iep && out.len() == before {
            let none = "no IEP of this student that has begun is among the files";
            out.push(Finding::of_student(id, file.name()).unknown(none));
        }
    }
    out
}
