//! What page 1 and the sections of an IEP have to say: schedule, extended school year, dates that make sense.

use super::file::{Context, StudentFile, years_after};
use super::finding::{Finding, words};
use aimline_model::tables as t;
use aimline_normalize::name::fold;
use chrono::{Datelike, NaiveDate};

/// Exactly one reporting schedule.
pub(crate) fn c02<'a>(file: &StudentFile<'a>, context: &Context<'a>, out: &mut Vec<Finding>) {
    let Some(iep) = file.iep(context.as_of) else { return };
    // The latest version that says anything.
    let versions = file.versions(iep, context.as_of);
    let says = |plan: &&&t::Plan| plan.schedule_raw.is_some() || plan.schedule_choices > 0;
    let plan = versions.iter().find(says).copied().unwrap_or(iep);
    let finding = Finding::of_plan("C02", plan).rests_on([plan.plan_key.clone()]);
    let raw = plan.schedule_raw.as_deref().unwrap_or_default();
    out.push(match plan.schedule_choices {
        0 if raw.is_empty() && !context.is_form(&plan.source_id) => {
            finding.unknown("the file that holds the IEP has no place for a reporting schedule")
        }
        0 => finding.fail("no reporting schedule is ticked"),
        1 if fold(raw) == "other" => finding.fail("Other is ticked, and no text says what it is"),
        1 if fold(raw) == "quarterly" && context.is_form(&plan.source_id) => {
            finding.pass("Quarterly (some blank forms come with it ticked)")
        }
        1 => finding.pass(raw),
        ticks => finding.fail(format!("{ticks} schedules are ticked: {raw}")),
    });
}

/// Extended school year that was left to a later date.
pub(crate) fn c17<'a>(file: &StudentFile<'a>, context: &Context<'a>, out: &mut Vec<Finding>) {
    let Some(iep) = file.iep(context.as_of) else { return };
    let finding = Finding::of_plan("C17", iep).rests_on([iep.plan_key.clone()]);
    let Some(said) = iep.esy.as_deref() else {
        out.push(finding.unknown("the files do not say what the IEP decides about extended school year"));
        return;
    };
    if !fold(said).contains("later date") {
        out.push(finding.skip("it was decided in the IEP"));
        return;
    }
    let decided = file.events.iter().filter(|event| event.kind == "esy_decision").filter_map(|event| event.date);
    let decided = decided.filter(|day| *day <= context.as_of).max();
    let versions = file.versions(iep, context.as_of);
    let amended = versions.iter().find(|plan| plan.esy.as_deref().is_some_and(|text| !fold(text).contains("later date")));
    let due = month_in(said);
    let finding = finding.due(due);
    out.push(match (decided, amended, due) {
        (Some(day), ..) => finding.pass(format!("decided on {}", words(day))),
        (None, Some(plan), _) => finding.pass("an amendment decides it").rests_on([plan.plan_key.clone()]),
        (None, None, None) => finding.unknown("it was left to a later date, and no month is named"),
        (None, None, Some(due)) if context.as_of <= due => finding.skip(format!("it is to be decided by {}", words(due))),
        (None, None, Some(due)) => finding.fail(format!("it was to be decided by {}, and no decision was read", words(due))),
    });
}

/// The last day of the month that a text names as 05/2026 or 5/26.
pub(crate) fn month_in(text: &str) -> Option<NaiveDate> {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()) && !part.is_empty();
    text.split(|letter: char| !letter.is_ascii_digit() && letter != '/').find_map(|word| {
        let (month, year) = word.split_once('/').filter(|(month, year)| digits(month) && digits(year))?;
        let year: i32 = match year.len() {
            2 => 2000 + year.parse::<i32>().ok()?,
            4 => year.parse().ok()?,
            _ => return None,
        };
        let first = NaiveDate::from_ymd_opt(year, month.parse().ok()?, 1)?;
        let next = first.checked_add_months(chrono::Months::new(1))?;
        next.pred_opt().filter(|last| last.year() >= 2000)
    })
}

/// Dates in an order that can be.
pub(crate) fn c19<'a>(file: &StudentFile<'a>, context: &Context<'a>, out: &mut Vec<Finding>) {
    let Some(iep) = file.iep(context.as_of) else { return };
    let finding = Finding::of_plan("C19", iep).rests_on([iep.plan_key.clone()]);
    let evaluated =
        file.events.iter().filter(|event| event.kind == "evaluation" && event.plan_key.as_ref() == Some(&iep.plan_key));
    let evaluated = evaluated.filter_map(|event| event.date).max();
    let all = [iep.meeting_date, iep.start, iep.end, iep.annual_review_due, evaluated];
    if all.iter().flatten().count() < 2 {
        out.push(finding.unknown("fewer than two dates of the IEP are known"));
        return;
    }
    let year = iep.meeting_date.and_then(|meeting| years_after(meeting, 1));
    let mut wrong = Vec::new();
    let mut pair = |first: Option<NaiveDate>, second: Option<NaiveDate>, say: &dyn Fn(String, String) -> String| {
        if let (Some(first), Some(second)) = (first, second)
            && first > second
        {
            wrong.push(say(words(first), words(second)));
        }
    };
    pair(iep.meeting_date, iep.start, &|a, b| format!("the meeting of {a} is after the first day of the IEP, {b}"));
    pair(iep.start, iep.end, &|a, b| format!("the first day {a} is after the last day {b}"));
    let as_of = Some(context.as_of);
    pair(evaluated, as_of, &|a, b| format!("the evaluation of {a} is after the day of this run's data, {b}"));
    pair(iep.meeting_date, as_of, &|a, b| format!("the meeting of {a} is after the day of this run's data, {b}"));
    pair(iep.annual_review_due, year, &|a, b| format!("the projected review {a} is later than one year after the meeting, {b}"));
    out.push(if wrong.is_empty() { finding.pass("the dates are in order") } else { finding.fail(wrong.join("; ")) });
}
