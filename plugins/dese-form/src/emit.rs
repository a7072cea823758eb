//! Hands what a form says to the host, table by table.

use crate::form::{Form, Plan, some};
use crate::goals::Goal;
use aimline_plugin::{Diagnostic, Host, Place, Result, Severity, Table};

/// Longest cell, in bytes.
const MAX_CELL: usize = 1 << 20;

const PLAN: [&str; 22] = [
    "plan_ref",
    "student_id",
    "student_name",
    "birth_date",
    "grade",
    "district",
    "school",
    "case_manager",
    "iep_type",
    "meeting_date",
    "previous_review_date",
    "evaluation_date",
    "reevaluation_due",
    "plan_start",
    "annual_review_due",
    "provided_date",
    "schedule",
    "schedule_other",
    "esy",
    "objectives_place",
    "alternate_assessment",
    "amendment_date",
];
const GOAL: [&str; 7] = ["plan_ref", "goal_ref", "parent_ref", "goal_number", "goal_text", "methods", "transition_domains"];
const REPORT: [&str; 5] = ["plan_ref", "goal_ref", "report_date", "report_code", "description"];
const SERVICE: [&str; 8] =
    ["plan_ref", "service_category", "service", "amount", "frequency", "location", "service_begin", "service_end"];

/// Announces a table when its first row comes.
struct Sink<'h, 'a> {
    host: &'h mut Host<'a>,
    tables: [Option<Table>; 4],
}

impl Sink<'_, '_> {
    fn send(&mut self, kind: usize, part: &str, cells: &[Option<String>]) -> Result<()> {
        let table = match self.tables[kind] {
            Some(table) => table,
            None => {
                let mut plan = PLAN.to_vec();
                plan.push("sections_amended");
                let (name, columns): (_, &[&str]) =
                    [("plan", &plan[..]), ("goal", &GOAL), ("report", &REPORT), ("service", &SERVICE)][kind];
                self.host.records(name, columns)?
            }
        };
        self.tables[kind] = Some(table);
        let place = Place { part, row: 0, byte: 0 };
        let mut cut = false;
        let mut short = |text: &String| {
            cut |= text.len() > MAX_CELL;
            text.floor_char_boundary(MAX_CELL)
        };
        let ends: Vec<usize> = cells.iter().map(|cell| cell.as_ref().map_or(0, &mut short)).collect();
        let texts: Vec<Option<&str>> = cells
            .iter()
            .zip(ends)
            .map(|(cell, end)| cell.as_ref().map(|text| &text[..end]).filter(|text| !text.is_empty()))
            .collect();
        self.host.record(table, place, &texts)?;
        if cut {
            let seen = "a text of more than 1 MiB; its end is left out";
            report(self.host, "F013", Severity::Error, part, seen, "texts that a person can read")?;
        }
        Ok(())
    }
}

/// Reports a problem at a part of the form.
pub(crate) fn report(host: &mut Host<'_>, code: &str, severity: Severity, part: &str, seen: &str, expected: &str) -> Result<()> {
    let place = Place { part, row: 0, byte: 0 };
    host.diagnostic(place, Diagnostic { code, severity, at: "", seen, expected, help: "" })
}

/// What each goal is called: by its number, else by its position.
fn names(goals: &[Goal]) -> Vec<String> {
    let mut bases: Vec<String> = Vec::with_capacity(goals.len());
    let mut out = Vec::with_capacity(goals.len());
    for (index, goal) in goals.iter().enumerate() {
        let number = if goal.number.is_empty() { (index + 1).to_string() } else { goal.number.clone() };
        let base = format!("goal {number}");
        let before = bases.iter().filter(|other| **other == base).count();
        out.push(match before {
            0 => base.clone(),
            1 => format!("{base} (second)"),
            2 => format!("{base} (third)"),
            _ => format!("{base} ({}th)", before + 1),
        });
        bases.push(base);
    }
    out
}

/// Sends all records of a form; answers how many there were.
pub(crate) fn emit(form: &Form, host: &mut Host<'_>) -> Result<usize> {
    let mut sink = Sink { host, tables: [None; 4] };
    let mut sent = 0;
    let amended = form.amendment.is_dated() || form.sections().is_some();
    let contents = !form.goals.is_empty() || !form.summary.services.is_empty();
    let planned = form.plan.is_dated() || !amended && (form.plan.is_filled() || contents);
    let plan_ref = if planned { "plan" } else { "amendment" };
    if planned {
        sink.send(0, "page 1", &plan(form))?;
        sent += 1;
    }
    if amended {
        sink.send(0, "amendment page", &amendment(form))?;
        sent += 1;
    }
    for (goal, name) in form.goals.iter().zip(names(&form.goals)) {
        sent += send_goal(&mut sink, plan_ref, goal, &name)?;
    }
    for (index, service) in form.summary.services.iter().enumerate() {
        let mut cells = vec![some(plan_ref), service.category.clone(), service.service.clone()];
        cells.extend(service.values.iter().cloned());
        sink.send(3, &format!("service {}", index + 1), &cells)?;
        sent += 1;
    }
    for (number, seen) in &form.summary.misfits {
        let part = format!("service {number}");
        report(sink.host, "T003", Severity::Warning, &part, seen, "one line a service in each column")?;
    }
    Ok(sent)
}

fn plan(form: &Form) -> Vec<Option<String>> {
    let plan = &form.plan;
    vec![
        some("plan"),
        some(&plan.student_id),
        some(&plan.name),
        some(&plan.birth_date),
        some(&plan.grade),
        some(&plan.district),
        some(&plan.school),
        some(&plan.case_manager),
        some(&plan.iep_type),
        some(&plan.meeting),
        some(&plan.previous_review),
        some(&plan.evaluation),
        some(&plan.reevaluation_due),
        some(&plan.start),
        some(&plan.annual_review),
        some(&plan.provided),
        form.schedule(),
        form.schedule_other(),
        form.extended_year(),
        form.objectives_place(),
        form.map_a.then(|| "yes".to_owned()),
        None,
        None,
    ]
}

fn amendment(form: &Form) -> Vec<Option<String>> {
    let own = &form.amendment;
    let of = |own: &str, page_one: &str| some(own).or_else(|| some(page_one));
    let mut cells = vec![
        some("amendment"),
        of(&own.student_id, &form.plan.student_id),
        of(&own.name, &form.plan.name),
        of(&own.birth_date, &form.plan.birth_date),
        of(&own.grade, &form.plan.grade),
        of(&own.district, &form.plan.district),
        of(&own.school, &form.plan.school),
        of(&own.case_manager, &form.plan.case_manager),
        some("amendment"),
        some(&own.meeting),
    ];
    cells.resize(PLAN.iter().position(|name| *name == "plan_start").unwrap_or(13), None);
    cells.push(some(&own.start));
    cells.resize(PLAN.len() - 1, None);
    cells.push(some(&own.amendment_date));
    cells.push(form.sections());
    cells
}

fn send_goal(sink: &mut Sink<'_, '_>, plan_ref: &str, goal: &Goal, name: &str) -> Result<usize> {
    let mut sent = 1;
    let cells = [some(plan_ref), some(name), None, some(&goal.number), some(&goal.text()), goal.methods(), goal.domains()];
    sink.send(1, name, &cells)?;
    for objective in goal.objectives() {
        let part = format!("{name} › objective {}", objective.position);
        let counted = || (!goal.number.is_empty()).then(|| format!("{}.{}", goal.number, objective.position));
        let number = objective.number.clone().or_else(counted);
        sink.send(1, &part, &[some(plan_ref), some(&part), some(name), number, some(&objective.text), None, None])?;
        sent += 1;
    }
    for report in goal.reports() {
        let part = format!("{name} › report {}", report.position);
        let cells = [some(plan_ref), some(name), some(&report.date), report.code.clone(), some(&report.description)];
        sink.send(2, &part, &cells)?;
        sent += 1;
    }
    if goal.other_grid {
        let seen = "a progress grid with the reporting periods as columns";
        report(sink.host, "F016", Severity::Warning, name, seen, "a table of Date of Report, Summary Statement and Description")?;
    }
    Ok(sent)
}

impl Plan {
    /// Whether a date of a plan is filled in.
    pub(crate) fn is_dated(&self) -> bool {
        [
            &self.meeting,
            &self.previous_review,
            &self.evaluation,
            &self.start,
            &self.annual_review,
            &self.provided,
            &self.amendment_date,
        ]
        .iter()
        .any(|text| !text.is_empty())
    }

    /// Whether it names a student or a date; a blank form does not.
    pub(crate) fn is_filled(&self) -> bool {
        let texts = [&self.student_id, &self.name, &self.birth_date, &self.reevaluation_due];
        self.is_dated() || texts.iter().any(|text| !text.is_empty())
    }
}
