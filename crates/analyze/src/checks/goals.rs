//! What a goal has to say: way of measuring, objectives, baseline and target, criterion, domain, a measurable sentence.

use super::file::{Context, StudentFile, years_after};
use super::finding::{Finding, words};
use super::periods::periods;
use aimline_model::tables as t;
use aimline_normalize::sentence::{parse_goal, parse_goal_parts};

/// What the reasons call a goal that is known from its scores only.
const NO_SENTENCE: &str = "no file has the goal's sentence";

/// A way of measuring is ticked, or the sentence names one.
pub(crate) fn c01<'a>(file: &StudentFile<'a>, context: &Context<'a>, out: &mut Vec<Finding>) {
    for goal in file.iep_goals(context) {
        let finding = Finding::of_goal("C01", goal).rests_on([goal.goal_key.clone()]);
        let in_sentence = goal.statement.as_deref().is_some_and(|text| text.to_lowercase().contains("measured by"));
        out.push(match &goal.methods {
            Some(methods) => finding.pass(format!("measured by: {methods}")),
            None if in_sentence => finding.pass("the sentence says how it is measured"),
            None if context.has_methods(&goal.source_id) => {
                finding.fail("no way of measuring is ticked, and the sentence names none")
            }
            None => finding.unknown("the file that holds the goal has no place for ways of measuring"),
        });
    }
}

/// Objectives of a student who takes the alternate assessment.
pub(crate) fn c08<'a>(file: &StudentFile<'a>, context: &Context<'a>, out: &mut Vec<Finding>) {
    for goal in file.iep_goals(context) {
        let finding = Finding::of_goal("C08", goal);
        let objectives = file.objectives(goal);
        let plan = file.plan_of(goal.plan_key.as_deref());
        let place = goal.objectives_place.as_deref().or_else(|| plan?.objectives_place.as_deref()).unwrap_or_default();
        out.push(match file.alternate(context.as_of) {
            Err(why) => finding.unknown(why),
            Ok(false) => finding.skip("the student does not take the alternate assessment in this school year"),
            Ok(true) if !objectives.is_empty() => {
                let keys = objectives.iter().map(|objective| objective.goal_key.clone());
                finding.pass(format!("{} objectives", objectives.len())).rests_on(keys)
            }
            Ok(true) if place.contains("described") || place.contains("below") => finding
                .unknown("the form says that objectives are described in the present level; aimline does not read that text"),
            Ok(true) => finding.fail("the goal has no benchmark or objective").rests_on([goal.goal_key.clone()]),
        });
    }
}

/// Data on each objective in each period that is over.
pub(crate) fn c09<'a>(file: &StudentFile<'a>, context: &Context<'a>, out: &mut Vec<Finding>) {
    for goal in file.iep_goals(context) {
        for objective in file.objectives(goal) {
            let finding = Finding::of_goal("C09", objective);
            match file.alternate(context.as_of) {
                Err(why) => out.push(finding.unknown(why)),
                Ok(false) => out.push(finding.skip("the student does not take the alternate assessment in this school year")),
                Ok(true) => out.push(objective_data(file, context, goal, objective, finding)),
            }
        }
    }
}

/// The windows that [`c09`] asks for.
pub(crate) fn c09_windows<'a>(
    file: &StudentFile<'a>,
    context: &Context<'a>,
) -> Vec<(&'a str, chrono::NaiveDate, chrono::NaiveDate)> {
    let mut windows = Vec::new();
    if file.alternate(context.as_of) != Ok(true) {
        return windows;
    }
    for goal in file.iep_goals(context) {
        let Some(plan) = file.plan_of(goal.plan_key.as_deref()) else { continue };
        for period in periods(context, file, plan).unwrap_or_default() {
            for objective in file.objectives(goal) {
                windows.push((objective.goal_key.as_str(), period.begin, period.end));
            }
        }
    }
    windows
}

fn objective_data<'a>(
    file: &StudentFile<'a>,
    context: &Context<'a>,
    goal: &'a t::Goal,
    objective: &'a t::Goal,
    finding: Finding,
) -> Finding {
    let Some(plan) = file.plan_of(goal.plan_key.as_deref()) else {
        return finding.unknown("the IEP of the objective is not among the files");
    };
    let all = match periods(context, file, plan) {
        Ok(all) => all,
        Err(why) => return finding.unknown(why),
    };
    let (begin, end) = file.dates(objective);
    let over = all.iter().filter(|period| {
        period.end <= context.as_of && begin.is_none_or(|begin| begin <= period.end) && end.is_none_or(|end| period.begin <= end)
    });
    let (mut missing, mut keys, mut seen) = (Vec::new(), Vec::new(), 0);
    for period in over {
        match context.seen.found(&objective.goal_key, period.begin, period.end) {
            Some((_, key)) => {
                keys.push(key.clone());
                seen += 1;
            }
            None => missing.push(period.name.clone()),
        }
    }
    if !missing.is_empty() {
        finding.fail(format!("no data point in {}", missing.join(", "))).rests_on(keys)
    } else if seen == 0 {
        finding.skip("no reporting period is over since the objective began")
    } else {
        finding.pass(format!("data in {seen} of {seen} periods")).rests_on(keys)
    }
}

/// Baseline and target as numbers.
pub(crate) fn c15<'a>(file: &StudentFile<'a>, context: &Context<'a>, out: &mut Vec<Finding>) {
    for goal in file.current_goals(context) {
        let finding = Finding::of_goal("C15", goal);
        let objectives = file.objectives(goal);
        let Some(measure) = context.measure(goal) else {
            out.push(if objectives.is_empty() {
                finding.unknown("nothing is known of what the goal measures")
            } else {
                finding.skip("the goal is measured by its objectives")
            });
            continue;
        };
        let finding = finding.rests_on([measure.measure_key.clone()]);
        let no_target = measure.target_value.is_none() && measure.criterion_k.is_none();
        let missing: Vec<&str> = [(measure.baseline_value.is_none(), "baseline"), (no_target, "target")]
            .into_iter()
            .filter_map(|(missing, name)| missing.then_some(name))
            .collect();
        out.push(if missing.is_empty() {
            finding.pass("baseline and target are known")
        } else {
            finding.fail(format!("no number for: {}", missing.join(", ")))
        });
    }
}

/// The criterion of a column against that of the sentence; only like with like.
pub(crate) fn c16<'a>(file: &StudentFile<'a>, context: &Context<'a>, out: &mut Vec<Finding>) {
    for goal in file.current_goals(context) {
        let finding = Finding::of_goal("C16", goal);
        let Some(measure) = context.measure(goal) else {
            out.push(finding.unknown("nothing is known of what the goal measures"));
            continue;
        };
        let finding = finding.rests_on([measure.measure_key.clone()]);
        let sentence = measure.criterion_text.as_deref().or(goal.statement.as_deref());
        let (Some(column), Some(sentence)) = (measure.criterion_header.as_deref(), sentence) else {
            out.push(finding.skip("the criterion stands in one place only"));
            continue;
        };
        let (column, sentence) = (parse_goal(column), parse_goal(sentence));
        let times = column.criterion.zip(sentence.criterion);
        let same_unit = column.unit.zip(sentence.unit).is_some_and(|(a, b)| a.name == b.name);
        let targets = column.target.zip(sentence.target).filter(|_| same_unit);
        let other_times = times.filter(|(a, b)| a != b);
        let other_target = targets.filter(|(a, b)| (a.value - b.value).abs() > 1e-9);
        out.push(if let Some(((k, n), (other_k, other_n))) = other_times {
            finding.fail(format!("{k} of {n} in the column, {other_k} of {other_n} in the sentence"))
        } else if let Some((a, b)) = other_target {
            finding.fail(format!("{} in the column, {} in the sentence", a.value, b.value))
        } else if times.is_some() || targets.is_some() {
            finding.pass("column and sentence say the same")
        } else {
            finding.unknown("no number of the column can be compared with one of the sentence")
        });
    }
}

/// Years at which the form asks for a transition plan.
const TRANSITION_AGE: u32 = 16;

/// The domain of each goal of a student with a transition plan.
pub(crate) fn c18<'a>(file: &StudentFile<'a>, context: &Context<'a>, out: &mut Vec<Finding>) {
    let goals = file.iep_goals(context);
    let any = goals.iter().any(|goal| goal.transition_domains.is_some());
    for goal in &goals {
        let finding = Finding::of_goal("C18", goal).rests_on([goal.goal_key.clone()]);
        let last = file.dates(goal).1.unwrap_or(context.as_of);
        let turns = file.student.and_then(|student| student.birth_date).and_then(|birth| years_after(birth, TRANSITION_AGE));
        out.push(match (&goal.transition_domains, any, turns) {
            (Some(domains), ..) => finding.pass(domains.clone()),
            (None, true, _) => finding.fail("other goals of this IEP name a domain, this one does not"),
            (None, false, Some(turns)) if turns > last => finding.skip(format!("the student turns 16 on {}", words(turns))),
            (None, false, Some(_)) => {
                finding.unknown("no goal names a domain, and aimline does not read whether the IEP has Form C")
            }
            (None, false, None) => finding.unknown("the birth date is not known, nor whether the IEP has Form C"),
        });
    }
}

/// The six parts of a measurable sentence.
pub(crate) fn c21<'a>(file: &StudentFile<'a>, context: &Context<'a>, out: &mut Vec<Finding>) {
    for goal in file.current_goals(context) {
        let finding = Finding::of_goal("C21", goal).rests_on([goal.goal_key.clone()]);
        let Some(statement) = goal.statement.as_deref() else {
            out.push(finding.unknown(NO_SENTENCE));
            continue;
        };
        let (numbers, parts) = (parse_goal(statement), parse_goal_parts(statement));
        let criterion = numbers.target.is_some() || numbers.criterion.is_some();
        let missing: Vec<&str> = [
            (parts.condition, "condition"),
            (parts.behavior, "behavior"),
            (criterion, "criterion"),
            (parts.measured_by || numbers.unit.is_some(), "measure"),
            (numbers.target_date.is_some() || parts.by_when, "date"),
            (numbers.baseline.is_some(), "baseline"),
        ]
        .into_iter()
        .filter_map(|(named, part)| (!named).then_some(part))
        .collect();
        out.push(if missing.is_empty() {
            finding.pass("condition, behavior, criterion, measure, date and baseline are named")
        } else {
            finding.fail(format!("not found in the sentence: {}", missing.join(", ")))
        });
    }
}
