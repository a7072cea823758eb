//! The rows of the page and of `caseload.xlsx`: a current goal with all that is known of it.

use crate::status::{self, Look};
use crate::words::{self, filled};
use crate::{Input, status::report};
use aimline_model::analysis::{Flag, Trend};
use aimline_model::school_year;
use aimline_model::tables::{Enrollment, Goal, Measure, PhaseChange, Plan, ProgressReport, Source, Student};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The current goals in the order of attention.
pub(crate) fn current(flags: &[Flag]) -> Vec<&Flag> {
    let mut current: Vec<&Flag> = flags.iter().filter(|flag| flag.current).collect();
    current.sort_by(|a, b| (a.attention, &a.student_key, &a.goal_key).cmp(&(b.attention, &b.student_key, &b.goal_key)));
    current
}

/// Finds rows by their keys.
pub(crate) struct Index<'a> {
    input: &'a Input<'a>,
    students: BTreeMap<&'a str, &'a Student>,
    enrollments: BTreeMap<&'a str, &'a Enrollment>,
    plans: BTreeMap<&'a str, &'a Plan>,
    goals: BTreeMap<&'a str, &'a Goal>,
    measures: BTreeMap<&'a str, &'a Measure>,
    trends: BTreeMap<&'a str, Vec<&'a Trend>>,
    reports: BTreeMap<&'a str, Vec<&'a ProgressReport>>,
    phases: BTreeMap<&'a str, Vec<&'a PhaseChange>>,
    sources: BTreeMap<&'a str, &'a Source>,
}

/// A current goal.
pub(crate) struct Row<'a> {
    pub(crate) flag: &'a Flag,
    /// What the codes of reasons mean.
    pub(crate) meanings: &'a [(&'a str, &'a str)],
    pub(crate) look: Look,
    pub(crate) student: Option<&'a Student>,
    pub(crate) enrollment: Option<&'a Enrollment>,
    pub(crate) plan: Option<&'a Plan>,
    pub(crate) goal: Option<&'a Goal>,
    pub(crate) measure: Option<&'a Measure>,
    /// The segments of the primary measure, the current one last.
    pub(crate) trends: Vec<&'a Trend>,
    /// The goal's reports up to the verdict's day, the latest last.
    pub(crate) reports: Vec<&'a ProgressReport>,
    pub(crate) phases: Vec<&'a PhaseChange>,
    pub(crate) sentence: Option<&'a str>,
}

fn grouped<'a, T>(rows: impl Iterator<Item = &'a T>, key: impl Fn(&'a T) -> Option<&'a str>) -> BTreeMap<&'a str, Vec<&'a T>> {
    let mut groups: BTreeMap<&str, Vec<&T>> = BTreeMap::new();
    for row in rows {
        if let Some(key) = key(row) {
            groups.entry(key).or_default().push(row);
        }
    }
    groups
}

/// The enrollment that counts on a day: of this school year or the latest before it, not yet ended if there is one.
fn enrollments<'a>(rows: &'a [Enrollment], day: NaiveDate) -> BTreeMap<&'a str, &'a Enrollment> {
    let year = i64::from(school_year(day));
    let rank = |row: &'a Enrollment| {
        let past = row.exit.is_some_and(|exit| exit < day);
        let future = row.school_year > year || row.entry.is_some_and(|entry| entry > day);
        (!future, row.school_year, !past, row.entry, &row.source_id, &row.locator)
    };
    let mut best: BTreeMap<&str, &Enrollment> = BTreeMap::new();
    for row in rows {
        let held = best.entry(&row.student_key).or_insert(row);
        if rank(row) > rank(held) {
            *held = row;
        }
    }
    best
}

impl<'a> Index<'a> {
    pub(crate) fn new(input: &'a Input<'a>) -> Self {
        let mut trends = grouped(input.trends.iter(), |row| Some(&row.measure_key));
        for segments in trends.values_mut() {
            segments.sort_by_key(|row| row.segment);
        }
        let mut reports = grouped(input.reports.iter(), |row| row.goal_key.as_deref());
        for rows in reports.values_mut() {
            rows.sort_by(|a, b| (a.date, &a.source_id, &a.locator).cmp(&(b.date, &b.source_id, &b.locator)));
        }
        let mut phases = grouped(input.phase_changes.iter(), |row| Some(&row.measure_key));
        for rows in phases.values_mut() {
            rows.sort_by(|a, b| (a.date, &a.label).cmp(&(b.date, &b.label)));
        }
        Self {
            input,
            students: input.students.iter().map(|row| (row.student_key.as_str(), row)).collect(),
            enrollments: enrollments(input.enrollments, input.as_of),
            plans: input.plans.iter().map(|row| (row.plan_key.as_str(), row)).collect(),
            goals: input.goals.iter().map(|row| (row.goal_key.as_str(), row)).collect(),
            measures: input.measures.iter().map(|row| (row.measure_key.as_str(), row)).collect(),
            trends,
            reports,
            phases,
            sources: input.sources.iter().map(|row| (row.source_id.as_str(), row)).collect(),
        }
    }

    /// The file of a source; its key when it is not in the list.
    pub(crate) fn path<'s>(&self, source_id: &'s str) -> &'s str
    where
        'a: 's,
    {
        self.sources.get(source_id).map_or(source_id, |source| &source.path)
    }

    pub(crate) fn student(&self, key: &str) -> Option<&'a Student> {
        self.students.get(key).copied()
    }

    pub(crate) fn enrollment(&self, key: &str) -> Option<&'a Enrollment> {
        self.enrollments.get(key).copied()
    }

    pub(crate) fn goal(&self, key: &str) -> Option<&'a Goal> {
        self.goals.get(key).copied()
    }

    pub(crate) fn row(&self, flag: &'a Flag) -> Row<'a> {
        let goal = self.goals.get(flag.goal_key.as_str()).copied();
        let student_key = flag.student_key.as_deref().or(goal.and_then(|goal| goal.student_key.as_deref()));
        let measure_key = flag.measure_key.as_deref().unwrap_or_default();
        let day = flag.as_of.unwrap_or(self.input.as_of);
        let reports = self.reports.get(flag.goal_key.as_str()).into_iter().flatten().copied();
        Row {
            flag,
            meanings: self.input.reasons,
            look: status::of(flag.status),
            student: student_key.and_then(|key| self.students.get(key)).copied(),
            enrollment: student_key.and_then(|key| self.enrollments.get(key)).copied(),
            plan: goal.and_then(|goal| goal.plan_key.as_deref()).and_then(|key| self.plans.get(key)).copied(),
            goal,
            measure: self.measures.get(measure_key).copied(),
            trends: self.trends.get(measure_key).cloned().unwrap_or_default(),
            reports: reports.filter(|row| row.date.is_some_and(|date| date <= day)).collect(),
            phases: self.phases.get(measure_key).cloned().unwrap_or_default(),
            sentence: self.input.sentences.get(&flag.goal_key).map(String::as_str),
        }
    }
}

impl<'a> Row<'a> {
    /// The current segment.
    pub(crate) fn trend(&self) -> Option<&'a Trend> {
        self.trends.last().copied()
    }

    /// `Lopez, Ana`.
    pub(crate) fn student_name(&self) -> String {
        let Some(student) = self.student else { return "no student".to_owned() };
        let last = filled(student.last_name.as_deref());
        let first = filled(student.first_name.as_deref());
        match (last, first) {
            (Some(last), Some(first)) => format!("{last}, {first}"),
            (Some(name), None) | (None, Some(name)) => name.to_owned(),
            (None, None) => {
                let id = filled(student.local_id.as_deref()).or(filled(student.state_id.as_deref()));
                id.map_or_else(|| format!("student {}", student.student_key), |id| format!("student {id}"))
            }
        }
    }

    /// `goal 2`, `objective 2.1`.
    pub(crate) fn goal_number(&self) -> String {
        let Some(goal) = self.goal else { return String::new() };
        let kind = if goal.parent_goal_key.is_some() { "objective" } else { "goal" };
        match filled(goal.number.as_deref()) {
            Some(number) if number.to_lowercase().starts_with(kind) => number.to_owned(),
            Some(number) => format!("{kind} {number}"),
            None => String::new(),
        }
    }

    /// `Reading: oral fluency`, else the start of the goal's sentence.
    pub(crate) fn goal_label(&self) -> String {
        let area = self.goal.and_then(|goal| filled(goal.area.as_deref()));
        let name = self.measure.and_then(|measure| filled(measure.name.as_deref()));
        let statement = self.goal.and_then(|goal| filled(goal.statement.as_deref())).map(|text| words::short(text, 60));
        match (area, name, statement) {
            (Some(area), Some(name), _) if area.eq_ignore_ascii_case(name) => area.to_owned(),
            (Some(area), Some(name), _) => format!("{area}: {name}"),
            // The sentence stands on the goal's card.
            (Some(area), None, _) => area.to_owned(),
            (None, Some(name), _) => name.to_owned(),
            (None, None, Some(text)) => text,
            (None, None, None) => self.goal.map_or("goal", |_| "goal without a text").to_owned(),
        }
    }

    pub(crate) fn area(&self) -> &'a str {
        self.goal.and_then(|goal| filled(goal.area.as_deref())).unwrap_or_default()
    }

    pub(crate) fn school(&self) -> String {
        match self.enrollment.and_then(|row| filled(row.school_code.as_deref())) {
            Some(code) if code.bytes().all(|byte| byte.is_ascii_digit()) => format!("school {code}"),
            Some(name) => name.to_owned(),
            None => String::new(),
        }
    }

    pub(crate) fn case_manager(&self) -> &'a str {
        self.enrollment.and_then(|row| filled(row.case_manager.as_deref())).unwrap_or_default()
    }

    /// What follows a value of the measure.
    pub(crate) fn suffix(&self) -> String {
        let unit = self.measure.and_then(|measure| measure.unit.as_deref());
        words::suffix(unit, self.measure.and_then(|measure| measure.family.as_deref()))
    }

    /// `49 wcpm`.
    pub(crate) fn now(&self) -> String {
        let level = self.trend().and_then(|trend| trend.level_now);
        level.map_or_else(|| "–".to_owned(), |level| words::level(level) + &self.suffix())
    }

    /// Whether less is better.
    pub(crate) fn lower_is_better(&self) -> bool {
        self.measure.and_then(|measure| measure.direction.as_deref()).is_some_and(|way| matches!(way, "decrease" | "down"))
    }

    /// The sentence without what would be needed from now on; what the status means when there is no sentence.
    pub(crate) fn why(&self) -> String {
        let Some(sentence) = self.sentence.and_then(|text| filled(Some(text))) else { return self.look.meaning.to_owned() };
        let core = sentence.split("; from now").next().unwrap_or(sentence);
        words::joined(core.trim_end_matches('.'))
    }

    /// The whole sentence, as one.
    pub(crate) fn sentence(&self) -> String {
        let text = self.sentence.and_then(|text| filled(Some(text))).unwrap_or(self.look.meaning);
        let end = if text.ends_with(['.', '!', '?']) { "" } else { "." };
        words::joined(&words::capital(text)) + end
    }

    /// The reasons in words.
    pub(crate) fn reasons(&self) -> Vec<String> {
        let codes = self.flag.reasons.as_deref().unwrap_or_default().split_whitespace();
        codes.map(|code| status::reason(code, self.meanings)).collect()
    }

    /// What comes next: reports that already say so, the points that would settle it, the review that is due.
    pub(crate) fn next(&self, as_of: NaiveDate) -> Vec<String> {
        let mut next = Vec::new();
        let behind = matches!(self.flag.status, "regressing" | "stalled" | "slow");
        if self.flag.not_making_run >= 2 {
            next.push(format!("{} reports in a row say not making", self.flag.not_making_run));
        } else if behind && self.flag.reported_code.as_deref() == Some("making") {
            next.push("the latest report says making progress".to_owned());
        }
        if let (Some(points), "uncertain") = (self.flag.points_needed, self.flag.status) {
            let noun = if points == 1 { "more weekly point settles it" } else { "more weekly points settle it" };
            next.push(format!("{points} {noun}"));
        }
        if let Some(due) = self.plan.and_then(|plan| plan.annual_review_due) {
            let verb = if due < as_of { "review was due" } else { "review" };
            next.push(format!("{verb} {}", words::near_date(due, as_of)));
        }
        next
    }

    /// `2 of 3 reports say not making progress`.
    pub(crate) fn reports_in_words(&self) -> Option<String> {
        let last = self.reports.last()?;
        let all = self.reports.len() as u64;
        let not_making = self.reports.iter().filter(|row| row.code.as_deref() == Some("not_making")).count();
        Some(match (all, not_making) {
            (1, _) => format!("the only report says {}", report(last.code.as_deref())),
            (_, 0) => format!("the latest of {all} reports says {}", report(last.code.as_deref())),
            _ => format!("{not_making} of {all} reports say not making progress"),
        })
    }

    /// The literal rules that had enough points.
    pub(crate) fn rules_in_words(&self) -> Vec<String> {
        let flag = self.flag;
        [
            ("three-point rule", flag.rule_3pt),
            ("four-point rule", flag.rule_4pt),
            ("five-point rule", flag.rule_5pt),
            ("median of three", flag.rule_median3),
            ("trend rule", flag.rule_trend_ols),
        ]
        .into_iter()
        .filter(|(name, position)| {
            !matches!(*position, "" | "insufficient")
                && (self.flag.mode == "classical" || !matches!(*name, "three-point rule" | "five-point rule"))
        })
        .map(|(name, position)| format!("{name}: {position}"))
        .collect()
    }
}
