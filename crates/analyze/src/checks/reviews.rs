//! What falls due: annual reviews, reevaluations, a look at goals without progress, data before a review.

use super::file::{Context, StudentFile, begins, days_after, days_before, years_after};
use super::finding::{Finding, words};
use super::records::days_between;
use aimline_model::tables as t;
use chrono::NaiveDate;

/// When the review of an IEP is due: as it states, and by one year after the meeting.
pub(crate) fn review_due(iep: &t::Plan) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let meeting = iep.meeting_date.filter(|_| iep.amends_plan_key.is_none());
    (iep.annual_review_due, meeting.and_then(|meeting| years_after(meeting, 1)))
}

/// The annual review.
pub(crate) fn c06<'a>(file: &StudentFile<'a>, context: &Context<'a>, out: &mut Vec<Finding>) {
    let Some(iep) = file.iep(context.as_of) else { return };
    let (stated, statutory) = review_due(iep);
    let finding = Finding::of_plan("C06", iep).rests_on([iep.plan_key.clone()]).due(stated.or(statutory));
    let Some(due) = stated.or(statutory) else {
        out.push(finding.unknown("the files name neither the day of the IEP meeting nor when its review is due"));
        return;
    };
    let mut seen = match (stated, statutory) {
        (Some(_), Some(year)) if due > year => {
            format!("due {} as the IEP states, which is later than one year after the meeting, {}", words(due), words(year))
        }
        (Some(_), _) => format!("due {} as the IEP states", words(due)),
        (None, _) => format!("due {}, one year after the meeting", words(due)),
    };
    if let Some(practice) = statutory.and_then(|year| year.pred_opt()) {
        seen += &format!("; by the usual practice, by {}", words(practice));
    }
    let Some(held) = iep.meeting_date.or_else(|| begins(iep)) else {
        out.push(finding.unknown("neither the meeting nor the first day of the IEP is known"));
        return;
    };
    let amendment = |key: Option<&str>| file.plan_of(key).is_some_and(|plan| plan.amends_plan_key.is_some());
    let reviews = file.events.iter().filter(|event| event.kind == "review" && !amendment(event.plan_key.as_deref()));
    let later = reviews.filter_map(|event| event.date).filter(|day| held < *day && *day <= context.as_of).min();
    out.push(match later {
        Some(day) => finding.pass(format!("{seen}; reviewed on {}", words(day))).due(None),
        None if context.as_of <= due => finding.pass(format!("{seen}; not due yet")),
        None => finding.fail(format!("{seen}; {} days over, and no later review was read", days_between(due, context.as_of))),
    });
}

/// Days of evaluations up to the run's day, in order.
fn evaluations(file: &StudentFile<'_>, context: &Context<'_>) -> Vec<NaiveDate> {
    let all = file.events.iter().filter(|event| event.kind == "evaluation").filter_map(|event| event.date);
    let mut days: Vec<NaiveDate> = all.filter(|day| *day <= context.as_of).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// The reevaluation every three years.
pub(crate) fn c07<'a>(file: &StudentFile<'a>, context: &Context<'a>, out: &mut Vec<Finding>) {
    let finding = Finding::of_student("C07", file.name()).rests_on(file.plans.iter().map(|plan| plan.plan_key.clone()));
    let Some(last) = evaluations(file, context).last().copied() else {
        out.push(finding.unknown("no file names the day of an evaluation"));
        return;
    };
    let due = years_after(last, 3);
    let finding = finding.due(due);
    let waivers = file.events.iter().filter(|event| event.kind == "reevaluation_waiver").filter_map(|event| event.date);
    let waived = waivers.filter(|day| last < *day && *day <= context.as_of).max();
    out.push(match (waived, due) {
        (_, None) => finding.unknown("the day of the evaluation cannot be right"),
        (Some(day), _) => {
            finding.pass(format!("evaluated on {}; agreed on {} that none is needed", words(last), words(day))).due(None)
        }
        (None, Some(due)) if context.as_of <= due => finding.pass(format!("evaluated on {}; due {}", words(last), words(due))),
        (None, Some(due)) => finding.fail(format!("evaluated on {}; it was due {}", words(last), words(due))),
    });
}

/// Two reevaluations within a year.
pub(crate) fn c07b<'a>(file: &StudentFile<'a>, context: &Context<'a>, out: &mut Vec<Finding>) {
    let finding = Finding::of_student("C07b", file.name()).rests_on(file.plans.iter().map(|plan| plan.plan_key.clone()));
    let days = evaluations(file, context);
    let close = days.windows(2).find(|pair| years_after(pair[0], 1).is_some_and(|year| pair[1] < year));
    out.push(match (days.len(), close) {
        (0, _) => finding.unknown("no file names the day of an evaluation"),
        (1, _) => finding.skip("one evaluation is known"),
        (_, Some(pair)) => finding.fail(format!("evaluated on {} and again on {}", words(pair[0]), words(pair[1]))),
        (_, None) => finding.pass("evaluations are at least a year apart"),
    });
}

/// Since when a goal shows no progress: the verdict's day, or the second report in a row that says so.
fn stuck_since<'a>(file: &StudentFile<'a>, context: &Context<'a>, goal: &'a t::Goal) -> Option<(NaiveDate, String)> {
    let flag = context.flag(goal)?;
    let status = matches!(flag.status, "stalled" | "regressing");
    let by_status = flag.since.filter(|_| status).map(|day| (day, format!("{} since {}", flag.status, words(day))));
    let reports = file.reports_of(goal, context.as_of);
    let run: Vec<_> = reports.iter().rev().take_while(|report| report.code.as_deref() == Some("not_making")).collect();
    let second = run.len().checked_sub(2).and_then(|at| run[at].date);
    let by_reports = second.map(|day| (day, format!("{} reports in a row say not making progress", run.len())));
    match (by_status, by_reports) {
        (Some(one), Some(other)) => Some((one.0.min(other.0), format!("{}; {}", one.1, other.1))),
        (one, other) => one.or(other),
    }
}

/// A goal without progress, and what the team did since.
pub(crate) fn c10<'a>(file: &StudentFile<'a>, context: &Context<'a>, out: &mut Vec<Finding>) {
    for goal in file.current_goals(context) {
        let finding = Finding::of_goal("C10", goal).rests_on([goal.goal_key.clone()]);
        let Some((since, seen)) = stuck_since(file, context, goal) else {
            let judged = context
                .flag(goal)
                .is_some_and(|flag| matches!(flag.status, "on_track" | "ahead" | "met" | "ceiling" | "slow" | "uncertain"));
            let reported = !file.reports_of(goal, context.as_of).is_empty();
            out.push(if judged || reported {
                finding.skip("neither the data nor two reports in a row say that progress is lacking")
            } else {
                finding.unknown("there are too few points to judge the goal, and no report")
            });
            continue;
        };
        if goal.plan_key.is_none() {
            out.push(finding.unknown(format!("{seen}; the IEP is not among the files, so a meeting cannot be seen")));
            continue;
        }
        let due = days_after(since, context.config.review_days);
        let finding = finding.due(Some(due));
        let acts = file.events.iter().filter(|event| matches!(event.kind, "review" | "amendment"));
        let begun = file.plans.iter().filter_map(|plan| plan.meeting_date.or_else(|| begins(plan)));
        let act = acts.filter_map(|event| event.date).chain(begun).filter(|day| since <= *day && *day <= context.as_of).min();
        out.push(match act {
            Some(day) => finding.pass(format!("{seen}; the team met or amended on {}", words(day))),
            None if context.as_of <= due => finding.skip(format!("{seen}; a look at it is suggested by {}", words(due))),
            None => finding.fail(format!("{seen}; no meeting or amendment since was read")),
        });
    }
}

/// The days before a review that count, and when it is due: up to the review, or to the run's day while it is ahead.
fn before_review(iep: &t::Plan, context: &Context<'_>) -> Option<(NaiveDate, NaiveDate, NaiveDate)> {
    let (stated, statutory) = review_due(iep);
    let due = stated.or(statutory)?;
    let last = due.min(context.as_of);
    Some((days_before(last, context.config.recent_days), last, due))
}

/// The windows that [`c20`] asks for.
pub(crate) fn c20_windows<'a>(file: &StudentFile<'a>, context: &Context<'a>) -> Vec<(&'a str, NaiveDate, NaiveDate)> {
    let Some(iep) = file.iep(context.as_of) else { return Vec::new() };
    let Some((first, last, _)) = before_review(iep, context) else { return Vec::new() };
    let goals = file.iep_goals(context);
    let with_objectives = goals.into_iter().flat_map(|goal| std::iter::once(goal).chain(file.objectives(goal)));
    with_objectives.map(|goal| (goal.goal_key.as_str(), first, last)).collect()
}

/// Something to look at before the review.
pub(crate) fn c20<'a>(file: &StudentFile<'a>, context: &Context<'a>, out: &mut Vec<Finding>) {
    let Some(iep) = file.iep(context.as_of) else { return };
    let window = before_review(iep, context);
    for goal in file.iep_goals(context) {
        let finding = Finding::of_goal("C20", goal);
        let Some((first, last, due)) = window else {
            out.push(finding.unknown("the files do not say when the annual review is due"));
            continue;
        };
        let finding = finding.due(Some(due));
        if days_before(due, context.config.recent_days) > context.as_of {
            out.push(finding.skip(format!("the annual review is due {}", words(due))));
            continue;
        }
        let own = std::iter::once(goal).chain(file.objectives(goal));
        let point = own.filter_map(|goal| context.seen.found(&goal.goal_key, first, last)).max();
        let report = file.reports_of(goal, last).into_iter().rev().find(|report| report.date.is_some_and(|day| first <= day));
        out.push(match (point, report.and_then(|report| report.date)) {
            (Some((day, key)), _) => finding.pass(format!("a data point of {}", words(*day))).rests_on([key.clone()]),
            (None, Some(day)) => finding.pass(format!("a report of {}", words(day))).rests_on([goal.goal_key.clone()]),
            (None, None) => finding
                .fail(format!("neither a data point nor a report from {} to {}", words(first), words(last)))
                .rests_on([goal.goal_key.clone()]),
        });
    }
}
