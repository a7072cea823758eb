//! A student's file: all rows of one student, and what all checks ask of them.

use super::records::{Records, Seen};
use crate::day::{Calendar, day};
use aimline_model::analysis::{Flag, Trend};
use aimline_model::check_settings::CheckSettings;
use aimline_model::{school_year, tables as t};
use chrono::{Days, Months, NaiveDate};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// What holds for all files.
pub(crate) struct Context<'a> {
    pub(crate) records: &'a Records,
    pub(crate) config: &'a CheckSettings,
    pub(crate) as_of: NaiveDate,
    flags: FxHashMap<&'a str, &'a Flag>,
    trends: FxHashMap<&'a str, &'a Trend>,
    measures: FxHashMap<&'a str, &'a t::Measure>,
    forms: FxHashSet<&'a str>,
    gives_methods: FxHashSet<&'a str>,
    gives_descriptions: FxHashSet<&'a str>,
    pub(crate) seen: Seen,
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        records: &'a Records,
        flags: &'a [Flag],
        trends: &'a [Trend],
        config: &'a CheckSettings,
        as_of: NaiveDate,
    ) -> Self {
        let form = |source: &&t::Source| source.importer.as_deref() == Some("dese-form");
        Self {
            records,
            config,
            as_of,
            flags: flags.iter().map(|flag| (flag.goal_key.as_str(), flag)).collect(),
            // Segments come in order: the last one stays.
            trends: trends.iter().map(|trend| (trend.measure_key.as_str(), trend)).collect(),
            measures: records.measures.iter().map(|measure| (measure.measure_key.as_str(), measure)).collect(),
            forms: records.sources.iter().filter(form).map(|source| source.source_id.as_str()).collect(),
            gives_methods: sources(records.goals.iter().filter(|goal| goal.methods.is_some()).map(|goal| &goal.source_id)),
            gives_descriptions: sources(
                records.reports.iter().filter(|report| report.description.is_some()).map(|report| &report.source_id),
            ),
            seen: Seen::default(),
        }
    }

    pub(crate) fn flag(&self, goal: &t::Goal) -> Option<&'a Flag> {
        self.flags.get(goal.goal_key.as_str()).copied()
    }

    /// The current segment of a goal's primary measure.
    pub(crate) fn trend(&self, goal: &t::Goal) -> Option<&'a Trend> {
        self.trends.get(self.flag(goal)?.measure_key.as_deref()?).copied()
    }

    pub(crate) fn measure(&self, goal: &t::Goal) -> Option<&'a t::Measure> {
        let key = self.flag(goal).and_then(|flag| flag.measure_key.as_deref()).or(goal.primary_measure_key.as_deref())?;
        self.measures.get(key).copied()
    }

    /// A form says by an empty box that nothing is ticked; other files may not have the box at all.
    pub(crate) fn is_form(&self, source: &str) -> bool {
        self.forms.contains(source)
    }

    pub(crate) fn has_methods(&self, source: &str) -> bool {
        self.is_form(source) || self.gives_methods.contains(source)
    }

    /// The breaks of a district's calendar, and those that hold for all.
    pub(crate) fn breaks(&self, district: Option<&str>) -> Calendar {
        let own =
            |row: &&t::Calendar| row.kind == "break" && (row.district_code.is_none() || row.district_code.as_deref() == district);
        let breaks = self.records.calendar.iter().filter(own).filter_map(|row| Some((day(row.begin?), day(row.end?))));
        Calendar::new(breaks.collect())
    }

    pub(crate) fn has_descriptions(&self, source: &str) -> bool {
        self.is_form(source) || self.gives_descriptions.contains(source)
    }
}

fn sources<'a>(ids: impl Iterator<Item = &'a String>) -> FxHashSet<&'a str> {
    ids.map(String::as_str).collect()
}

/// All rows of a student.
#[derive(Default)]
pub(crate) struct StudentFile<'a> {
    pub(crate) key: Option<&'a str>,
    pub(crate) student: Option<&'a t::Student>,
    pub(crate) enrollments: Vec<&'a t::Enrollment>,
    pub(crate) plans: Vec<&'a t::Plan>,
    pub(crate) events: Vec<&'a t::Event>,
    pub(crate) goals: Vec<&'a t::Goal>,
    /// In the order of their dates, those without a date first.
    pub(crate) reports: Vec<&'a t::ProgressReport>,
    pub(crate) services: Vec<&'a t::Service>,
    pub(crate) deliveries: Vec<&'a t::ServiceDelivery>,
}

/// Whose file a row is in: the student's; of a plan whose student nobody knows, the plan's.
type Place<'a> = (Option<&'a str>, Option<&'a str>);

/// The files in the order of the students' keys. Rows that know neither student nor plan are in none; they are unmatched.
pub(crate) fn files(records: &Records) -> Vec<StudentFile<'_>> {
    let root = |plan: &'_ t::Plan| plan.amends_plan_key.clone().unwrap_or_else(|| plan.plan_key.clone());
    let keys: FxHashMap<&str, &str> = records.plans.iter().map(|plan| (plan.plan_key.as_str(), plan.plan_key.as_str())).collect();
    let roots: FxHashMap<&str, &str> = records
        .plans
        .iter()
        .map(|plan| (plan.plan_key.as_str(), keys.get(root(plan).as_str()).copied().unwrap_or(&plan.plan_key)))
        .collect();
    let mut files: BTreeMap<Place<'_>, StudentFile<'_>> = BTreeMap::new();
    for student in &records.students {
        files.entry((Some(&student.student_key), None)).or_default().student = Some(student);
    }
    macro_rules! put {
        ($rows:ident, $row:ident, $student:expr, $plan:expr) => {
            for $row in &records.$rows {
                if let Some(place) = place(&roots, $student, $plan) {
                    files.entry(place).or_default().$rows.push($row);
                }
            }
        };
    }
    put!(plans, row, row.student_key.as_deref(), Some(row.plan_key.as_str()));
    put!(enrollments, row, Some(row.student_key.as_str()), None);
    put!(events, row, row.student_key.as_deref(), row.plan_key.as_deref());
    put!(goals, row, row.student_key.as_deref(), row.plan_key.as_deref());
    put!(services, row, row.student_key.as_deref(), row.plan_key.as_deref());
    put!(deliveries, row, row.student_key.as_deref(), row.plan_key.as_deref());
    let goals: FxHashMap<&str, &t::Goal> = records.goals.iter().map(|goal| (goal.goal_key.as_str(), goal)).collect();
    for row in &records.reports {
        // A report goes where its goal is.
        let goal = row.goal_key.as_deref().and_then(|key| goals.get(key)).copied();
        let of_goal = goal.and_then(|goal| place(&roots, goal.student_key.as_deref(), goal.plan_key.as_deref()));
        if let Some(place) = of_goal.or_else(|| place(&roots, row.student_key.as_deref(), None)) {
            files.entry(place).or_default().reports.push(row);
        }
    }
    files
        .into_iter()
        .map(|((key, _), mut file)| {
            file.key = key;
            file.reports.sort_by(|a, b| (a.date, &a.source_id, &a.locator).cmp(&(b.date, &b.source_id, &b.locator)));
            file
        })
        .collect()
}

fn place<'a>(roots: &FxHashMap<&'a str, &'a str>, student: Option<&'a str>, plan: Option<&'a str>) -> Option<Place<'a>> {
    match student {
        Some(student) => Some((Some(student), None)),
        None => plan.map(|plan| (None, Some(roots.get(plan).copied().unwrap_or(plan)))),
    }
}

/// One calendar year later: of 29 February the 28th.
pub(crate) fn years_after(day: NaiveDate, years: u32) -> Option<NaiveDate> {
    day.checked_add_months(Months::new(12 * years))
}

pub(crate) fn days_before(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(days))).unwrap_or(day)
}

pub(crate) fn days_after(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(u64::from(days))).unwrap_or(day)
}

impl<'a> StudentFile<'a> {
    pub(crate) fn name(&self) -> &'a str {
        self.key.or_else(|| self.plans.first().map(|plan| plan.plan_key.as_str())).unwrap_or("no student")
    }

    pub(crate) fn plan_of(&self, key: Option<&str>) -> Option<&'a t::Plan> {
        self.plans.iter().copied().find(|plan| Some(plan.plan_key.as_str()) == key)
    }

    /// The plan that a plan amends, or itself.
    pub(crate) fn root_of(&self, plan: &'a t::Plan) -> &'a t::Plan {
        let mut root = plan;
        for _ in 0..self.plans.len() {
            match self.plan_of(root.amends_plan_key.as_deref()) {
                Some(amended) if amended.plan_key != plan.plan_key => root = amended,
                _ => break,
            }
        }
        root
    }

    /// The IEP that counts on a day: the latest that has begun; amendments are versions of it.
    pub(crate) fn iep(&self, on: NaiveDate) -> Option<&'a t::Plan> {
        let begun = |plan: &&t::Plan| plan.amends_plan_key.is_none() && begins(plan).is_none_or(|begin| begin <= on);
        self.plans.iter().copied().filter(begun).max_by_key(|plan| (begins(plan), plan.meeting_date, &plan.plan_key))
    }

    /// An IEP and its amendments up to a day, the latest first.
    pub(crate) fn versions(&self, iep: &'a t::Plan, on: NaiveDate) -> Vec<&'a t::Plan> {
        let of = |plan: &&t::Plan| {
            plan.plan_key != iep.plan_key
                && self.root_of(plan).plan_key == iep.plan_key
                && begins(plan).is_none_or(|begin| begin <= on)
        };
        let mut found: Vec<&t::Plan> = self.plans.iter().copied().filter(of).collect();
        found.sort_by_key(|plan| (std::cmp::Reverse(begins(plan)), &plan.plan_key));
        found.push(iep);
        found
    }

    pub(crate) fn goal(&self, key: Option<&str>) -> Option<&'a t::Goal> {
        self.goals.iter().copied().find(|goal| Some(goal.goal_key.as_str()) == key)
    }

    pub(crate) fn annual_goals(&self) -> impl Iterator<Item = &'a t::Goal> {
        self.goals.iter().copied().filter(|goal| goal.parent_goal_key.is_none())
    }

    pub(crate) fn objectives(&self, goal: &'a t::Goal) -> Vec<&'a t::Goal> {
        self.goals.iter().copied().filter(|one| one.parent_goal_key.as_ref() == Some(&goal.goal_key)).collect()
    }

    /// Annual goals that are in effect.
    pub(crate) fn current_goals(&self, context: &Context<'a>) -> Vec<&'a t::Goal> {
        self.annual_goals().filter(|goal| context.flag(goal).is_some_and(|flag| flag.current)).collect()
    }

    /// Current goals of an IEP that was read.
    pub(crate) fn iep_goals(&self, context: &Context<'a>) -> Vec<&'a t::Goal> {
        self.current_goals(context).into_iter().filter(|goal| goal.plan_key.is_some()).collect()
    }

    /// Dated reports of a goal up to a day, in the order of their dates.
    pub(crate) fn reports_of(&self, goal: &t::Goal, on: NaiveDate) -> Vec<&'a t::ProgressReport> {
        let of = |report: &&t::ProgressReport| {
            report.goal_key.as_ref() == Some(&goal.goal_key) && report.date.is_some_and(|day| day <= on)
        };
        self.reports.iter().copied().filter(of).collect()
    }

    /// First and last day of a goal: its own, else its annual goal's, else the plan's. A later IEP ends it.
    pub(crate) fn dates(&self, goal: &t::Goal) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let parent = self.goal(goal.parent_goal_key.as_deref());
        let plan = self.plan_of(goal.plan_key.as_deref().or_else(|| parent?.plan_key.as_deref()));
        let root = plan.map(|plan| self.root_of(plan));
        let begin = goal.begin.or_else(|| parent?.begin).or_else(|| begins(root?));
        let end = goal.end.or_else(|| parent?.end).or_else(|| plan?.end).or_else(|| root?.end);
        let next = root.and_then(|root| {
            let later = self.plans.iter().filter(|plan| plan.amends_plan_key.is_none() && plan.plan_key != root.plan_key);
            later.filter_map(|plan| begins(plan)).filter(|start| begins(root).is_some_and(|own| *start > own)).min()
        });
        let superseded = next.and_then(|start| start.pred_opt());
        (begin, [end, superseded].into_iter().flatten().min())
    }

    /// The last day at school, where the file says that the student left.
    pub(crate) fn exit(&self) -> Option<NaiveDate> {
        let exits = self.events.iter().filter(|event| event.kind == "exit").filter_map(|event| event.date);
        let latest = self.enrollments.iter().max_by_key(|row| (row.school_year, row.entry));
        exits.chain(latest.and_then(|row| row.exit)).max()
    }

    pub(crate) fn district(&self) -> Option<&'a str> {
        self.enrollments.iter().max_by_key(|row| (row.school_year, row.entry)).and_then(|row| row.district_code.as_deref())
    }

    /// Whether the student takes the alternate assessment in the school year of a day; none is unknown.
    pub(crate) fn alternate(&self, on: NaiveDate) -> Result<bool, &'static str> {
        let year = i64::from(school_year(on));
        let said = |word: &str| self.enrollments.iter().any(|row| row.school_year == year && row.alternate_assessment == word);
        match (said("yes"), said("no")) {
            (true, false) => Ok(true),
            (false, true) => Ok(false),
            (true, true) => Err("the files say both yes and no about the alternate assessment in this school year"),
            (false, false) => Err("no file says whether the student takes the alternate assessment in this school year"),
        }
    }
}

/// First day of a plan.
pub(crate) fn begins(plan: &t::Plan) -> Option<NaiveDate> {
    plan.start.or(plan.effective_from).or(plan.meeting_date)
}
