//! Progress reports: one a period, with data, one statement, a date that can be, and in agreement with the data.

use super::file::{Context, StudentFile, days_after, days_before};
use super::finding::{Finding, report_key, words, words_or};
use super::periods::{Period, calendar, periods};
use aimline_model::tables as t;
use aimline_normalize::sentence::parse_description;
use aimline_normalize::units::unit_named;
use chrono::NaiveDate;

/// A report on each goal for each period of the IEP's own schedule.
pub(crate) fn c03<'a>(file: &StudentFile<'a>, context: &Context<'a>, out: &mut Vec<Finding>) {
    for goal in file.annual_goals() {
        let Some(plan) = file.plan_of(goal.plan_key.as_deref()) else { continue };
        let current = context.flag(goal).is_some_and(|flag| flag.current);
        match periods(context, file, plan) {
            Ok(all) => out.extend(all.iter().filter_map(|period| in_period("C03", file, context, goal, period))),
            Err(why) if current => out.push(Finding::of_goal("C03", goal).unknown(why)),
            Err(_) => {}
        }
    }
}

/// A report on each goal with each report card, where the calendar names their days.
pub(crate) fn c23<'a>(file: &StudentFile<'a>, context: &Context<'a>, out: &mut Vec<Finding>) {
    if !context.config.report_card {
        return;
    }
    let cards = calendar(context, file, "report_card");
    for goal in file.annual_goals().filter(|goal| goal.plan_key.is_some()) {
        out.extend(cards.iter().filter_map(|card| in_period("C23", file, context, goal, card)));
    }
}

/// The answer for one goal and period; none for a goal that had ended before, or begins after what this run may know.
fn in_period<'a>(
    check: &'static str,
    file: &StudentFile<'a>,
    context: &Context<'a>,
    goal: &'a t::Goal,
    period: &Period,
) -> Option<Finding> {
    let (begin, end) = file.dates(goal);
    if end.is_some_and(|end| end < period.begin) {
        return None;
    }
    let (first, last) = (days_before(period.end, context.config.days_before), days_after(period.end, context.config.days_after));
    let name = if period.name.is_empty() { words(period.end) } else { period.name.clone() };
    let finding = Finding::of_period(check, goal, period.end);
    if begin.is_some_and(|begin| begin > first) {
        return Some(finding.skip(format!("{name}: the goal began on {}, after reports could begin", words_or(begin, ""))));
    }
    if end.is_some_and(|end| end < period.end) {
        return Some(finding.skip(format!("{name}: the goal ended on {}, before the period did", words_or(end, ""))));
    }
    if file.exit().is_some_and(|exit| exit < period.end) {
        return Some(finding.skip(format!("{name}: the student left on {}", words_or(file.exit(), ""))));
    }
    let finding = finding.due(Some(last));
    let reports = file.reports_of(goal, context.as_of);
    let inside = reports.iter().find(|report| report.date.is_some_and(|day| first <= day && day <= last));
    if let Some(report) = inside {
        let what = if report.code.as_deref() == Some("not_addressed") { "a report that says not addressed" } else { "a report" };
        return Some(
            finding.pass(format!("{name}: {what} of {}", words_or(report.date, "no day"))).rests_on([report_key(report)]),
        );
    }
    if context.as_of <= last {
        return Some(finding.skip(format!("{name}: the report is due by {}", words(last))));
    }
    let undated = |report: &&&t::ProgressReport| report.goal_key.as_ref() == Some(&goal.goal_key) && report.date.is_none();
    let undated = file.reports.iter().find(undated);
    Some(match undated {
        Some(report) => finding.unknown(format!("{name}: a report without a date may be the one")).rests_on([report_key(report)]),
        None => {
            finding.fail(format!("{name}: no report from {} to {}", words(first), words(last))).rests_on([goal.goal_key.clone()])
        }
    })
}

/// Every report on a current goal, with its goal.
fn each<'a>(file: &StudentFile<'a>, context: &Context<'a>) -> Vec<(&'a t::Goal, &'a t::ProgressReport)> {
    let goals = file.current_goals(context);
    let of = |report: &&'a t::ProgressReport| {
        let goal = goals.iter().copied().find(|goal| report.goal_key.as_ref() == Some(&goal.goal_key))?;
        Some((goal, *report))
    };
    file.reports.iter().filter_map(of).collect()
}

/// The windows that [`c04`] asks for: the days of reports.
pub(crate) fn c04_windows<'a>(file: &StudentFile<'a>, context: &Context<'a>) -> Vec<(&'a str, NaiveDate, NaiveDate)> {
    let day = |(goal, report): (&'a t::Goal, &'a t::ProgressReport)| Some((goal.goal_key.as_str(), report.date?, report.date?));
    each(file, context).into_iter().filter_map(day).collect()
}

/// Current goals of which no report was read.
fn unreported<'a>(check: &'static str, file: &StudentFile<'a>, context: &Context<'a>, out: &mut Vec<Finding>) {
    let reported = |goal: &t::Goal| file.reports.iter().any(|report| report.goal_key.as_ref() == Some(&goal.goal_key));
    for goal in file.current_goals(context).into_iter().filter(|goal| !reported(goal)) {
        out.push(if context.records.reports.is_empty() {
            Finding::of_goal(check, goal).unknown(NO_REPORTS)
        } else {
            Finding::of_goal(check, goal).skip("no report on the goal was read")
        });
    }
}

const NO_REPORTS: &str = "no progress report is among the files";

/// A number in the goal's unit.
pub(crate) fn c04<'a>(file: &StudentFile<'a>, context: &Context<'a>, out: &mut Vec<Finding>) {
    unreported("C04", file, context, out);
    for (goal, report) in each(file, context) {
        let finding = Finding::of_report("C04", goal, report).rests_on([report_key(report)]);
        if report.code.as_deref() == Some("not_addressed") {
            out.push(finding.skip("the report says that the goal was not addressed"));
            continue;
        }
        if !context.has_descriptions(&report.source_id) {
            out.push(finding.unknown("the file that holds the report has no place for a description"));
            continue;
        }
        let unit = context.measure(goal).and_then(|measure| unit_named(measure.unit.as_deref()?));
        let text = report.description.as_deref().unwrap_or_default();
        let found = parse_description(text, report.date, unit);
        let same_day = report.date.and_then(|day| context.seen.found(&goal.goal_key, day, day));
        out.push(if !found.points.is_empty() {
            finding.pass("the description gives a score")
        } else if let Some((_, key)) = same_day {
            finding.pass("a data point of the same day stands beside it").rests_on([key.clone()])
        } else if !found.unsure.is_empty() || (unit.is_none() && text.contains(|letter: char| letter.is_ascii_digit())) {
            finding.unknown("the description has a number that could mean more than one thing")
        } else if text.is_empty() {
            finding.fail("the report has no description")
        } else {
            finding.fail("the description gives no score in the goal's unit")
        });
    }
}

/// Two reports in a row that say not addressed.
pub(crate) fn c05<'a>(file: &StudentFile<'a>, context: &Context<'a>, out: &mut Vec<Finding>) {
    for goal in file.current_goals(context) {
        let finding = Finding::of_goal("C05", goal);
        let reports = file.reports_of(goal, context.as_of);
        if context.records.reports.is_empty() {
            out.push(finding.unknown(NO_REPORTS));
            continue;
        }
        if reports.len() < 2 {
            out.push(finding.skip("the goal has fewer than two dated reports"));
            continue;
        }
        let says = |report: &t::ProgressReport| report.code.as_deref() == Some("not_addressed");
        let pair = reports.windows(2).rev().find(|pair| says(pair[0]) && says(pair[1]));
        out.push(match pair {
            Some([a, b]) => finding
                .fail(format!("not addressed on {} and on {}", words_or(a.date, ""), words_or(b.date, "")))
                .rests_on([report_key(a), report_key(b)]),
            _ => finding
                .pass(format!("{} reports, none twice in a row not addressed", reports.len()))
                .rests_on(reports.iter().map(|report| report_key(report))),
        });
    }
}

/// The latest report against the data. The report's code stays as it is.
pub(crate) fn c11<'a>(file: &StudentFile<'a>, context: &Context<'a>, out: &mut Vec<Finding>) {
    for goal in file.current_goals(context) {
        let finding = Finding::of_goal("C11", goal);
        let reports = file.reports_of(goal, context.as_of);
        let Some(report) = reports.last() else {
            out.push(finding.skip("no report was read"));
            continue;
        };
        let finding = finding.rests_on([report_key(report)]);
        let (Some(flag), Some(trend)) = (context.flag(goal), context.trend(goal)) else {
            out.push(finding.unknown("the goal has no points of its own"));
            continue;
        };
        let finding = finding.rests_on([trend.measure_key.clone()]);
        if matches!(flag.status, "insufficient" | "no_data" | "no_baseline" | "no_target" | "invalid_goal" | "stale") {
            out.push(finding.unknown("the data are too few, too old or without an aimline, so they contradict nothing"));
            continue;
        }
        let better = if flag.worse.as_deref() == Some("above") { -1.0 } else { 1.0 };
        let short = trend.level_now.zip(trend.target).is_some_and(|(now, target)| better * (now - target) < 0.0);
        let flat = trend.slope_ols.is_some_and(|slope| better * slope <= 0.0);
        let (code, status) = (report.code.as_deref().unwrap_or_default(), flag.status);
        out.push(match code {
            "making" if flat && !matches!(status, "met" | "ceiling") => {
                finding.fail("the report says making progress; the trend line is flat or goes the wrong way")
            }
            "met" if short && !matches!(status, "met" | "ceiling") => {
                finding.fail("the report says goal met; the data are short of the criterion")
            }
            "not_making" if matches!(status, "on_track" | "ahead" | "met") => {
                finding.fail(format!("the report says not making progress; the data say {}", status.replace('_', " ")))
            }
            "making" | "met" | "not_making" => finding.pass("report and data do not contradict each other"),
            "not_addressed" => finding.skip("the latest report says that the goal was not addressed"),
            _ => finding.unknown("the latest report has no statement that can be compared"),
        });
    }
}

/// One statement.
pub(crate) fn c12<'a>(file: &StudentFile<'a>, context: &Context<'a>, out: &mut Vec<Finding>) {
    unreported("C12", file, context, out);
    for (goal, report) in each(file, context) {
        let finding = Finding::of_report("C12", goal, report).rests_on([report_key(report)]);
        out.push(match report.ticks {
            1 => finding.pass("one statement"),
            0 if context.is_form(&report.source_id) => finding.fail("no statement is ticked"),
            0 => finding.unknown("the report has no statement, and its file may have no place for one"),
            ticks => finding.fail(format!("{ticks} statements are ticked")),
        });
    }
}

/// A date that can be.
pub(crate) fn c13<'a>(file: &StudentFile<'a>, context: &Context<'a>, out: &mut Vec<Finding>) {
    unreported("C13", file, context, out);
    for (goal, report) in each(file, context) {
        let finding = Finding::of_report("C13", goal, report).rests_on([report_key(report)]);
        let (begin, end) = file.dates(goal);
        let Some(day) = report.date else {
            out.push(finding.unknown("the report has no date, or none that can be read"));
            continue;
        };
        out.push(if day > context.as_of {
            finding.fail(format!("{} is after the day of this run's data, {}", words(day), words(context.as_of)))
        } else if let Some(begin) = begin.filter(|begin| day < *begin) {
            finding.fail(format!("{} is before the goal's first day, {}", words(day), words(begin)))
        } else if let Some(end) = end.filter(|end| *end < day) {
            finding.fail(format!("{} is after the goal's last day, {}", words(day), words(end)))
        } else if begin.is_none() && end.is_none() {
            finding.unknown("neither the first nor the last day of the goal is known")
        } else {
            finding.pass(words(day))
        });
    }
}
