//! The service summary: its dates, and the minutes that were logged.

use super::file::{Context, StudentFile, begins};
use super::finding::{Finding, words};
use super::records::days_between;
use crate::day::{Calendar, day};
use aimline_model::tables as t;
use aimline_normalize::amount::parse_amount;
use aimline_normalize::name::fold;
use chrono::{Datelike, Months, NaiveDate, Weekday};

/// Services of the IEP that counts, with their numbers in the list.
fn services<'a>(file: &StudentFile<'a>, iep: &'a t::Plan, context: &Context<'a>) -> Vec<(usize, &'a t::Service)> {
    let versions = file.versions(iep, context.as_of);
    let of = |version: &&t::Plan| -> Vec<(usize, &'a t::Service)> {
        let own = file.services.iter().copied().filter(|service| service.plan_key.as_ref() == Some(&version.plan_key));
        (1..).zip(own).collect()
    };
    // An amendment that lists services lists all of them.
    versions.iter().map(of).find(|services| !services.is_empty()).unwrap_or_default()
}

/// Whole dates.
pub(crate) fn c14<'a>(file: &StudentFile<'a>, context: &Context<'a>, out: &mut Vec<Finding>) {
    let Some(iep) = file.iep(context.as_of) else { return };
    let listed = services(file, iep, context);
    if listed.is_empty() {
        out.push(Finding::of_plan("C14", iep).unknown("no service of the IEP was read"));
    }
    for (number, service) in listed {
        let finding = Finding::of_service("C14", service, number);
        let whose = if service.dates_inherited { " (the IEP's own)" } else { "" };
        out.push(match (service.begin, service.end) {
            (Some(begin), Some(end)) if end < begin => {
                finding.fail(format!("the last day {} is before the first day {}", words(end), words(begin)))
            }
            (Some(begin), Some(end)) => finding.pass(format!("{} to {}{whose}", words(begin), words(end))),
            (None, Some(_)) if iep.start.is_some() => finding.fail("the first day is no date with month, day and year"),
            (Some(_), None) if iep.end.is_some() => finding.fail("the last day is no date with month, day and year"),
            (None, None) if iep.start.is_some() && iep.end.is_some() => {
                finding.fail("first and last day are no dates with month, day and year")
            }
            _ => finding.unknown("the service takes its days from the IEP, whose own are not known"),
        });
    }
}

/// What a log calls a session that took place; an empty cell beside minutes is one too.
const HELD: &[&str] =
    &["", "delivered", "provided", "held", "attended", "completed", "present", "made up", "makeup", "yes", "seen", "done"];

fn was_held(state: Option<&str>) -> bool {
    HELD.contains(&fold(state.unwrap_or_default()).as_str())
}

/// Minutes that a service owes from its first day up to and with a day; none when its amount cannot be told.
fn owed(service: &t::Service, until: NaiveDate, breaks: &Calendar) -> Option<f64> {
    let amount =
        parse_amount(service.amount_raw.as_deref().unwrap_or_default(), service.frequency.as_deref().unwrap_or_default());
    let each = amount.minutes_per_period()?;
    let first = service.begin?;
    let last = service.end.map_or(until, |end| end.min(until));
    if last < first {
        return Some(0.0);
    }
    let months = |many: u32| {
        let whole = (1..=600).take_while(|count| {
            let end = first.checked_add_months(Months::new(many * count)).and_then(|next| next.pred_opt());
            end.is_some_and(|end| end <= last)
        });
        whole.count() as f64
    };
    Some(match amount.period? {
        "day" => each * school_days(first, last, breaks),
        "week" => each * (school_days(first, last, breaks) / 5.0).floor(),
        "month" => each * months(1),
        "quarter" => each * months(3),
        "semester" => each * months(6),
        "year" => each * months(12),
        _ => return None,
    })
}

/// Mondays to Fridays outside of breaks.
fn school_days(first: NaiveDate, last: NaiveDate, breaks: &Calendar) -> f64 {
    let all = first.iter_days().take_while(|on| *on <= last);
    let open =
        |on: &NaiveDate| !matches!(on.weekday(), Weekday::Sat | Weekday::Sun) && breaks.days_between(day(*on) - 1, day(*on)) > 0;
    all.filter(open).count() as f64
}

/// Minutes of the log against those of the service summary. A log does not say which service a session was, so they are summed.
pub(crate) fn c22<'a>(file: &StudentFile<'a>, context: &Context<'a>, out: &mut Vec<Finding>) {
    let Some(iep) = file.iep(context.as_of) else { return };
    let listed = services(file, iep, context);
    let finding = match listed[..] {
        [(number, only)] => Finding::of_service("C22", only, number),
        _ => Finding::of_plan("C22", iep),
    };
    let finding = finding.rests_on([iep.plan_key.clone()]);
    if listed.is_empty() {
        out.push(finding.unknown("no service of the IEP was read"));
        return;
    }
    if listed.iter().all(|(_, service)| service.begin.is_some_and(|begin| begin > context.as_of)) {
        out.push(finding.skip("no service has begun"));
        return;
    }
    let first = listed.iter().filter_map(|(_, service)| service.begin).min().or_else(|| begins(iep));
    let in_plan =
        |log: &&&t::ServiceDelivery| log.date.is_some_and(|on| first.is_none_or(|first| first <= on) && on <= context.as_of);
    let logged: Vec<_> = file.deliveries.iter().filter(in_plan).collect();
    if logged.is_empty() {
        out.push(finding.unknown("no log of sessions of this student is among the files"));
        return;
    }
    let breaks = context.breaks(file.district());
    // The log may be behind; what it does not cover yet is not missing.
    let until = logged.iter().filter_map(|log| log.date).max().unwrap_or(context.as_of);
    let all: Option<f64> = listed.iter().map(|(_, service)| owed(service, until, &breaks)).sum();
    let Some(all) = all else {
        out.push(finding.unknown("the amount of a service cannot be told in minutes a day, week, month or year"));
        return;
    };
    if logged.iter().any(|log| log.minutes.is_none() && was_held(log.state.as_deref())) {
        out.push(finding.unknown("the log has sessions without minutes"));
        return;
    }
    let held: f64 = logged.iter().filter(|log| was_held(log.state.as_deref())).filter_map(|log| log.minutes).sum();
    let missed = logged.iter().filter(|log| !was_held(log.state.as_deref())).count();
    let mut seen = format!("{held} of {all} minutes up to {}", words(until));
    if missed > 0 {
        seen += &format!("; {missed} sessions of the log were not held");
    }
    if days_between(until, context.as_of) > 30 {
        seen += "; the log ends more than 30 days before the day of this run's data";
    }
    out.push(if held + 1e-9 < all { finding.fail(seen) } else { finding.pass(seen) });
}
