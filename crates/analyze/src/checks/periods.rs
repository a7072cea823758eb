//! Which reporting periods an IEP's schedule means.

use super::file::{Context, StudentFile};
use aimline_model::{school_year, tables as t};
use aimline_normalize::name::fold;
use aimline_normalize::schedule::parse_schedule;
use chrono::NaiveDate;

/// A reporting period or a report-card day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Period {
    pub(crate) name: String,
    pub(crate) begin: NaiveDate,
    pub(crate) end: NaiveDate,
}

/// Rows of one kind of the calendar of a district, in one school year, in order.
pub(crate) fn calendar(context: &Context<'_>, file: &StudentFile<'_>, kind: &str) -> Vec<Period> {
    let year = school_year(context.as_of);
    let district = file.district();
    let own = |row: &&t::Calendar| row.kind == kind && (row.district_code.is_none() || row.district_code.as_deref() == district);
    let period = |row: &t::Calendar| {
        let (begin, end) = (row.begin?, row.end?);
        (school_year(end) == year).then(|| Period { name: row.name.clone().unwrap_or_default(), begin, end })
    };
    let mut periods: Vec<Period> = context.records.calendar.iter().filter(own).filter_map(period).collect();
    periods.sort_by(|a, b| (a.end, a.begin, &a.name).cmp(&(b.end, b.begin, &b.name)));
    periods.dedup();
    periods
}

/// How many reports a year a schedule asks for, and the words by which a calendar calls its periods.
fn shape(choice: &str) -> Option<(usize, &'static [&'static str])> {
    Some(match choice {
        "quarterly" => (4, &["q", "quarter"]),
        "trimester" => (3, &["t", "tri", "trimester"]),
        "semester" => (2, &["s", "sem", "semester"]),
        "annually" => (1, &["year", "annual"]),
        _ => return None,
    })
}

/// The periods of the schedule that a plan states, or why they cannot be told.
pub(crate) fn periods<'a>(context: &Context<'a>, file: &StudentFile<'a>, plan: &'a t::Plan) -> Result<Vec<Period>, String> {
    let iep = file.root_of(plan);
    let stated = file.versions(iep, context.as_of).into_iter().find_map(|version| version.schedule_raw.as_deref());
    let Some(stated) = stated else {
        return Err("the files do not say which reporting schedule the IEP has".to_owned());
    };
    // What stands behind `Other:` is a text and no choice.
    let ticked = stated.split(": ").next().unwrap_or(stated);
    let choices = parse_schedule(ticked);
    let [choice] = choices[..] else {
        return Err("the IEP does not have exactly one reporting schedule".to_owned());
    };
    let all = calendar(context, file, "period");
    if all.is_empty() {
        return Err("calendar.csv has no reporting periods for this school year".to_owned());
    }
    let Some((count, names)) = shape(choice) else {
        return Err(format!("which periods the schedule “{stated}” means cannot be told from calendar.csv"));
    };
    let called: Vec<Period> = all.iter().filter(|period| is_called(&period.name, names)).cloned().collect();
    if called.len() == count {
        Ok(called)
    } else if all.len() == count && called.is_empty() {
        Ok(all)
    } else {
        Err(format!("the schedule “{stated}” asks for {count} periods a year; calendar.csv has another number of them"))
    }
}

/// `Quarter 1`, `Q1`, `1st quarter`.
fn is_called(name: &str, words: &[&str]) -> bool {
    let folded = fold(name);
    folded.split_whitespace().any(|word| words.contains(&word.trim_end_matches(|letter: char| letter.is_ascii_digit())))
}
