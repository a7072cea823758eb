//! One answer of a check.

use aimline_model::analysis::Check;
use aimline_model::checks::{CheckInfo, check};
use aimline_model::tables::{Goal, Plan, ProgressReport, Service};
use chrono::NaiveDate;

/// The answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Outcome {
    Pass,
    Fail,
    NotApplicable,
    #[default]
    CannotDetermine,
}

impl Outcome {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::NotApplicable => "not_applicable",
            Self::CannotDetermine => "cannot_determine",
        }
    }
}

/// What was looked at, and what was seen.
#[derive(Debug, Clone, Default)]
pub(crate) struct Finding {
    pub(crate) check: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) key: String,
    pub(crate) plan: Option<String>,
    pub(crate) goal: Option<String>,
    place: Option<(String, String)>,
    pub(crate) outcome: Outcome,
    pub(crate) due: Option<NaiveDate>,
    pub(crate) seen: String,
    pub(crate) why: Option<String>,
    evidence: Vec<String>,
}

/// A day in the words of a report: 20 May 2026.
pub(crate) fn words(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// A date, where there is one, in words.
pub(crate) fn words_or(day: Option<NaiveDate>, none: &str) -> String {
    day.map_or_else(|| none.to_owned(), words)
}

/// Reports have no key of their own.
pub(crate) fn report_key(report: &ProgressReport) -> String {
    let goal = report.goal_key.as_deref().unwrap_or("no goal");
    // Its place may hold the name of a sheet, which may be a child's.
    let place = || aimline_store::sha256_hex(format!("{} {}", report.source_id, report.locator).as_bytes());
    report.date.map_or_else(|| format!("{goal}/{}", place().get(..8).unwrap_or_default()), |date| format!("{goal}/{date}"))
}

impl Finding {
    pub(crate) fn of_student(check: &'static str, key: &str) -> Self {
        Self { check, kind: "student", key: key.to_owned(), ..Self::default() }
    }

    pub(crate) fn of_plan(check: &'static str, plan: &Plan) -> Self {
        Self {
            check,
            kind: "plan",
            key: plan.plan_key.clone(),
            plan: Some(plan.plan_key.clone()),
            place: Some((plan.source_id.clone(), plan.locator.clone())),
            ..Self::default()
        }
    }

    pub(crate) fn of_goal(check: &'static str, goal: &Goal) -> Self {
        Self {
            check,
            kind: if goal.parent_goal_key.is_some() { "objective" } else { "goal" },
            key: goal.goal_key.clone(),
            plan: goal.plan_key.clone(),
            goal: Some(goal.goal_key.clone()),
            place: Some((goal.source_id.clone(), goal.locator.clone())),
            ..Self::default()
        }
    }

    pub(crate) fn of_report(check: &'static str, goal: &Goal, report: &ProgressReport) -> Self {
        Self {
            kind: "report",
            key: report_key(report),
            place: Some((report.source_id.clone(), report.locator.clone())),
            ..Self::of_goal(check, goal)
        }
    }

    /// A report that should be there: of a goal and the last day of its period.
    pub(crate) fn of_period(check: &'static str, goal: &Goal, end: NaiveDate) -> Self {
        Self { kind: "report", key: format!("{}/{end}", goal.goal_key), ..Self::of_goal(check, goal) }
    }

    pub(crate) fn of_service(check: &'static str, service: &Service, number: usize) -> Self {
        Self {
            check,
            kind: "service",
            key: format!("{}/{number}", service.plan_key.as_deref().unwrap_or("no plan")),
            plan: service.plan_key.clone(),
            place: Some((service.source_id.clone(), service.locator.clone())),
            ..Self::default()
        }
    }

    fn set(mut self, outcome: Outcome, seen: impl Into<String>) -> Self {
        self.outcome = outcome;
        self.seen = seen.into();
        self
    }

    pub(crate) fn pass(self, seen: impl Into<String>) -> Self {
        self.set(Outcome::Pass, seen)
    }

    pub(crate) fn fail(self, seen: impl Into<String>) -> Self {
        self.set(Outcome::Fail, seen)
    }

    /// It does not apply, for this reason.
    pub(crate) fn skip(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into());
        self.set(Outcome::NotApplicable, "")
    }

    /// It cannot be told, for this reason.
    pub(crate) fn unknown(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into());
        self.set(Outcome::CannotDetermine, "")
    }

    pub(crate) fn due(mut self, due: Option<NaiveDate>) -> Self {
        self.due = due;
        self
    }

    pub(crate) fn rests_on(mut self, keys: impl IntoIterator<Item = String>) -> Self {
        self.evidence.extend(keys);
        self
    }

    /// The row of the table, and the place in the source, which the table does not hold.
    pub(crate) fn row(
        self,
        student: Option<&str>,
        as_of: NaiveDate,
        indicator: Option<&String>,
        ruleset: &str,
    ) -> (Check, Option<String>) {
        let info = check(self.check).unwrap_or(&NOWHERE);
        let mut evidence = self.evidence;
        evidence.dedup();
        let (source_id, locator) = self.place.unzip();
        let row = Check {
            check: info.id,
            title: info.title,
            subject_kind: self.kind,
            subject_key: self.key,
            student_key: student.map(str::to_owned),
            plan_key: self.plan,
            goal_key: self.goal,
            outcome: self.outcome.as_str(),
            severity: info.severity.as_str(),
            as_of: Some(as_of),
            due: self.due,
            citation: (!info.citation.is_empty()).then(|| info.citation.to_owned()),
            dese_indicator: indicator.cloned(),
            seen: self.seen,
            why: self.why,
            evidence: (!evidence.is_empty()).then(|| evidence.join(" ")),
            source_id,
            ruleset: ruleset.to_owned(),
        };
        (row, locator)
    }
}

/// Stands in for a check that is not in the catalogue; a test holds that there is none.
const NOWHERE: CheckInfo =
    CheckInfo { id: "C00", title: "", asks: "", todo: "", severity: aimline_model::checks::Severity::Info, citation: "" };
