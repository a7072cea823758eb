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

pub use config::in_words;
pub(crate) use records::Records;

use crate::error::AnalyzeError;
use aimline_model::analysis::{Check, Flag, Trend};
use aimline_model::check_settings::CheckSettings;
use chrono::NaiveDate;
use file::{Context, StudentFile, files};
use finding::{Finding, Outcome, words};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// A check: what it asks of a student's file.
struct Ask {
    id: &'static str,
    /// It looks at an IEP, which must be among the files.
    of_iep: bool,
    /// It looks at goals in effect, or at their reports.
    of_goals: bool,
    ask: for<'a> fn(&StudentFile<'a>, &Context<'a>, &mut Vec<Finding>),
}

/// The checks, in the order of the catalogue.
#[rustfmt::skip]
const ASK: &[Ask] = &[
    Ask { id: "C01", of_iep: true, of_goals: true, ask: goals::c01 },
    Ask { id: "C02", of_iep: true, of_goals: false, ask: plans::c02 },
    Ask { id: "C03", of_iep: true, of_goals: false, ask: reports::c03 },
    Ask { id: "C04", of_iep: false, of_goals: true, ask: reports::c04 },
    Ask { id: "C05", of_iep: false, of_goals: true, ask: reports::c05 },
    Ask { id: "C06", of_iep: true, of_goals: false, ask: reviews::c06 },
    Ask { id: "C07", of_iep: false, of_goals: false, ask: reviews::c07 },
    Ask { id: "C07b", of_iep: false, of_goals: false, ask: reviews::c07b },
    Ask { id: "C08", of_iep: true, of_goals: true, ask: goals::c08 },
    Ask { id: "C09", of_iep: false, of_goals: false, ask: goals::c09 },
    Ask { id: "C10", of_iep: false, of_goals: true, ask: reviews::c10 },
    Ask { id: "C11", of_iep: false, of_goals: true, ask: reports::c11 },
    Ask { id: "C12", of_iep: false, of_goals: true, ask: reports::c12 },
    Ask { id: "C13", of_iep: false, of_goals: true, ask: reports::c13 },
    Ask { id: "C14", of_iep: true, of_goals: false, ask: services::c14 },
    Ask { id: "C15", of_iep: false, of_goals: true, ask: goals::c15 },
    Ask { id: "C16", of_iep: false, of_goals: true, ask: goals::c16 },
    Ask { id: "C17", of_iep: true, of_goals: false, ask: plans::c17 },
    Ask { id: "C18", of_iep: true, of_goals: true, ask: goals::c18 },
    Ask { id: "C19", of_iep: true, of_goals: false, ask: plans::c19 },
    Ask { id: "C20", of_iep: true, of_goals: true, ask: reviews::c20 },
    Ask { id: "C21", of_iep: false, of_goals: true, ask: goals::c21 },
    Ask { id: "C22", of_iep: true, of_goals: false, ask: services::c22 },
    Ask { id: "C23", of_iep: false, of_goals: false, ask: reports::c23 },
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
    config: &CheckSettings,
    as_of: NaiveDate,
    ruleset: &str,
) -> Result<(Vec<Check>, Places), AnalyzeError> {
    let records = Records::read(dataset)?;
    let mut context = Context::new(&records, verdicts.flags, verdicts.trends, config, as_of);
    let files = files(&records);
    want(&files, &mut context);
    context.seen.fill(dataset)?;
    Ok(rows(&files, &context, ruleset))
}

/// Places of what failed, by the key of the subject: for the one who repairs. They hold names of sheets, and so stand in no table of
/// the analysis.
pub(crate) type Places = BTreeMap<String, String>;

/// Asks for the points that the checks look at.
fn want<'a>(files: &[StudentFile<'a>], context: &mut Context<'a>) {
    let windows: Vec<_> = files
        .iter()
        .flat_map(|file| {
            [goals::c09_windows(file, context), reviews::c20_windows(file, context), reports::c04_windows(file, context)].concat()
        })
        .collect();
    for (goal, first, last) in windows {
        context.seen.want(goal, first, last);
    }
}

fn rows(files: &[StudentFile<'_>], context: &Context<'_>, ruleset: &str) -> (Vec<Check>, Places) {
    let of = |file: &StudentFile<'_>| -> Vec<(Check, Option<String>)> {
        let indicators = &context.config.indicators;
        let row = |finding: Finding| {
            let indicator = indicators.get(finding.check);
            finding.row(file.key, context.as_of, indicator, ruleset)
        };
        findings(file, context).into_iter().map(row).collect()
    };
    let rows: Vec<(Check, Option<String>)> = files.par_iter().flat_map_iter(of).collect();
    let failed = rows.iter().filter(|(row, _)| row.outcome == Outcome::Fail.as_str());
    let places = failed.filter_map(|(row, place)| Some((row.subject_key.clone(), place.clone()?))).collect();
    (rows.into_iter().map(|(row, _)| row).collect(), places)
}

/// All answers of one file.
fn findings<'a>(file: &StudentFile<'a>, context: &Context<'a>) -> Vec<Finding> {
    // A student of the roster of whom neither a plan nor a goal was read has no file to look at.
    if file.plans.is_empty() && file.goals.is_empty() {
        return Vec::new();
    }
    let mut out = Vec::new();
    let iep = file.iep(context.as_of);
    let left = file.exit().filter(|exit| *exit < context.as_of);
    for Ask { id, of_iep, of_goals, ask } in ASK.iter().filter(|ask| !context.config.off.contains(ask.id)) {
        // Reports were due until the student left.
        if let Some(left) = left.filter(|_| !matches!(*id, "C03" | "C23")) {
            out.push(Finding::of_student(id, file.name()).skip(format!("the student left on {}", words(left))));
            continue;
        }
        let before = out.len();
        ask(file, context, &mut out);
        if let (Some(iep), true) = (iep, *of_goals) {
            out.extend(not_in_effect(id, file, context, iep));
        } else if iep.is_none() && *of_iep && out.len() == before {
            let none = "no IEP of this student that has begun is among the files";
            out.push(Finding::of_student(id, file.name()).unknown(none));
        }
    }
    out
}

/// Goals of the present IEP that are not in effect.
fn not_in_effect<'a>(
    id: &'static str,
    file: &StudentFile<'a>,
    context: &Context<'a>,
    iep: &'a aimline_model::tables::Plan,
) -> Vec<Finding> {
    let own = |goal: &&aimline_model::tables::Goal| {
        let plan = file.plan_of(goal.plan_key.as_deref()).map(|plan| file.root_of(plan));
        plan.is_some_and(|plan| plan.plan_key == iep.plan_key) && !context.flag(goal).is_some_and(|flag| flag.current)
    };
    let why = format!("the goal is not in effect on {}", words(context.as_of));
    file.annual_goals().filter(own).map(|goal| Finding::of_goal(id, goal).skip(why.clone())).collect()
}
