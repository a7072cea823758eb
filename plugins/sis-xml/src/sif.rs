//! SIF objects: one object's subtree in an arena, then its records.

use crate::notes::{Notes, SKIPPED, TWICE};
use crate::text::{MAX_VALUE, trim_from};
use aimline_plugin::{Host, Place, Result, Table};

const NONE: u32 = u32::MAX;

#[derive(Debug, Clone, Copy)]
struct Node {
    name: (u32, u32),
    text: (u32, u32),
    attribute: bool,
    first: u32,
    last: u32,
    next: u32,
    line: u64,
    byte: u64,
}

/// The subtree of one object.
#[derive(Debug, Default)]
pub(crate) struct Object {
    nodes: Vec<Node>,
    text: String,
    open: Vec<u32>,
    running: String,
    nil: bool,
    over: bool,
}

impl Object {
    /// Forgets the last object; the memory stays, unless the object was a large one.
    pub(crate) fn clear(&mut self) {
        if self.text.capacity() > 1 << 20 {
            *self = Self::default();
        }
        self.nodes.clear();
        self.text.clear();
        self.open.clear();
        self.running.clear();
        self.over = false;
    }

    /// True while an object is open.
    pub(crate) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Number of open elements.
    pub(crate) fn depth(&self) -> usize {
        self.open.len()
    }

    /// True when it was larger than an object may be.
    pub(crate) fn is_over(&self) -> bool {
        self.over
    }

    fn put(&mut self, name: &str, attribute: bool, at: (u64, u64)) -> u32 {
        let id = self.nodes.len() as u32;
        let start = self.text.len() as u32;
        self.text.push_str(name);
        let name = (start, self.text.len() as u32);
        self.nodes.push(Node { name, text: (0, 0), attribute, first: NONE, last: NONE, next: NONE, line: at.0, byte: at.1 });
        if let Some(&parent) = self.open.last() {
            let last = self.nodes[parent as usize].last;
            if last == NONE {
                self.nodes[parent as usize].first = id;
            } else {
                self.nodes[last as usize].next = id;
            }
            self.nodes[parent as usize].last = id;
        }
        id
    }

    fn limit(&mut self) -> bool {
        let most =
            if self.nodes.first().is_some_and(|root| self.slice(root.name).starts_with("xI")) { 16 << 20 } else { 8 << 20 };
        self.over = self.over || self.text.len() + self.nodes.len() * size_of::<Node>() > most;
        self.over
    }

    /// An element begins.
    pub(crate) fn start(&mut self, name: &str, at: (u64, u64)) {
        self.running.clear();
        self.nil = false;
        let id = if self.limit() { NONE } else { self.put(name, false, at) };
        self.open.push(id.min(self.nodes.len() as u32 - 1));
    }

    /// An attribute of the element that has just begun.
    pub(crate) fn attribute(&mut self, name: &str, write: impl FnOnce(&mut String)) {
        if self.limit() {
            return;
        }
        let id = self.put(name, true, (0, 0));
        let start = self.text.len() as u32;
        write(&mut self.text);
        self.nodes[id as usize].text = (start, self.text.len() as u32);
    }

    /// The element that has just begun has no value.
    pub(crate) fn nil(&mut self) {
        self.nil = true;
    }

    /// Room for running text.
    pub(crate) fn running(&mut self) -> &mut String {
        &mut self.running
    }

    /// An element ends; true when it was the object itself.
    pub(crate) fn end(&mut self) -> bool {
        let Some(id) = self.open.pop() else { return true };
        let leaf = !self.nil && {
            let mut child = self.nodes[id as usize].first;
            while child != NONE && self.nodes[child as usize].attribute {
                child = self.nodes[child as usize].next;
            }
            child == NONE
        };
        if leaf && !self.over {
            let start = self.text.len();
            self.text.push_str(&self.running);
            trim_from(&mut self.text, start);
            self.nodes[id as usize].text = (start as u32, self.text.len() as u32);
        }
        self.running.clear();
        self.nil = false;
        self.open.is_empty()
    }

    fn slice(&self, range: (u32, u32)) -> &str {
        &self.text[range.0 as usize..range.1 as usize]
    }

    /// The object itself.
    pub(crate) fn root(&self) -> View<'_> {
        View { object: self, id: 0 }
    }
}

/// One element of an object.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'a> {
    object: &'a Object,
    id: u32,
}

impl<'a> View<'a> {
    fn node(self) -> &'a Node {
        &self.object.nodes[self.id as usize]
    }

    /// Its name.
    pub(crate) fn name(self) -> &'a str {
        self.object.slice(self.node().name)
    }

    /// True when it is to be deleted.
    pub(crate) fn is_delete(self) -> bool {
        self.first(&["@Action", "@eventAction"]).is_some_and(|action| action.eq_ignore_ascii_case("delete"))
    }

    fn place(self) -> Place<'static> {
        Place { part: "", row: self.node().line, byte: self.node().byte }
    }

    fn value(self) -> Option<&'a str> {
        Some(self.object.slice(self.node().text)).filter(|text| !text.is_empty())
    }

    fn children(self) -> impl Iterator<Item = View<'a>> {
        let mut at = self.node().first;
        std::iter::from_fn(move || {
            let id = at;
            at = self.object.nodes.get(id as usize)?.next;
            Some(View { object: self.object, id })
        })
    }

    fn named(self, name: &'static str) -> impl Iterator<Item = View<'a>> {
        self.children().filter(move |child| {
            let (bare, attribute) = name.strip_prefix('@').map_or((name, false), |bare| (bare, true));
            child.node().attribute == attribute && child.name().eq_ignore_ascii_case(bare)
        })
    }

    /// All elements of a path such as `a/b/@c`, through every wrapper.
    fn all(self, path: &'static str) -> Vec<View<'a>> {
        let mut found = vec![self];
        for step in path.split('/') {
            found = found.into_iter().flat_map(|view| view.named(step)).collect();
        }
        found
    }

    /// The first value of a path.
    fn get(self, path: &'static str) -> Option<&'a str> {
        self.all(path).into_iter().find_map(View::value)
    }

    /// The first value of the first path that has one.
    fn first(self, paths: &[&'static str]) -> Option<&'a str> {
        paths.iter().find_map(|path| self.get(path))
    }
}

const STUDENT: [&str; 13] = [
    "student_ref",
    "state_id",
    "local_id",
    "last_name",
    "first_name",
    "middle_name",
    "birth_date",
    "grade",
    "school",
    "district",
    "school_year",
    "entry_date",
    "exit_date",
];
const PLAN: [&str; 12] = [
    "plan_ref",
    "student_ref",
    "plan_start",
    "plan_end",
    "meeting_date",
    "annual_review_due",
    "evaluation_date",
    "reevaluation_due",
    "disability",
    "placement",
    "grade",
    "case_manager",
];
const GOAL: [&str; 12] = [
    "student_ref",
    "plan_ref",
    "goal_ref",
    "parent_ref",
    "goal_number",
    "goal_area",
    "goal_text",
    "goal_status",
    "methods",
    "criterion",
    "target",
    "unit",
];
const REPORT: [&str; 6] = ["student_ref", "plan_ref", "goal_ref", "report_date", "report_code", "description"];
const POINT: [&str; 7] = ["student_ref", "plan_ref", "goal_ref", "measure", "date", "session", "score"];
const SERVICE: [&str; 8] =
    ["student_ref", "plan_ref", "service", "amount", "frequency", "service_begin", "service_end", "location"];

/// The record tables of one file.
#[derive(Default)]
pub(crate) struct Records {
    tables: [Option<Table>; 6],
}

impl Records {
    /// True when a table was announced.
    pub(crate) fn any(&self) -> bool {
        self.tables.iter().any(Option::is_some)
    }

    fn send(&mut self, which: usize, host: &mut Host<'_>, place: Place<'_>, cells: &[Option<&str>]) -> Result<()> {
        let names: [(&str, &[&str]); 6] = [
            ("student", &STUDENT),
            ("plan", &PLAN),
            ("goal", &GOAL),
            ("report", &REPORT),
            ("point", &POINT),
            ("service", &SERVICE),
        ];
        let table = match self.tables[which] {
            Some(table) => table,
            None => host.records(names[which].0, names[which].1)?,
        };
        self.tables[which] = Some(table);
        if cells.iter().flatten().any(|cell| cell.len() > MAX_VALUE) {
            // What is put together may be longer than its parts.
            let cells: Vec<_> = cells.iter().map(|cell| cell.filter(|cell| cell.len() <= MAX_VALUE)).collect();
            return host.record(table, place, &cells);
        }
        host.record(table, place, cells)
    }

    /// Sends what an object says.
    pub(crate) fn object(&mut self, object: &Object, notes: &mut Notes, host: &mut Host<'_>) -> Result<()> {
        let root = object.root();
        tell_twice(root, root.name(), notes, host)?;
        match root.name() {
            "xIndividualizedEducationPlan" => self.iep(root, root, root.get("iepAdministrativeData/studentRefId"), notes, host),
            "xTransferIep" => {
                let student = root.all("referenceObjects/student").first().copied();
                if let Some(student) = student {
                    self.x_student(student, host)?;
                }
                let iep = root.named("iep").next().unwrap_or(root);
                let reference = student.and_then(|student| student.get("@refId"));
                self.iep(root, iep, reference.or_else(|| iep.get("iepAdministrativeData/studentRefId")), notes, host)
            }
            "xStudent" => self.x_student(root, host),
            "StudentPersonal" => self.personal(root, host),
            "StudentSchoolEnrollment" => self.enrollment(root, host),
            "StudentParticipation" => self.participation(root, notes, host),
            _ => self.placement(root, host),
        }
    }

    fn student(&mut self, view: View<'_>, host: &mut Host<'_>, cells: [Option<&str>; 13]) -> Result<()> {
        // A reference alone says nothing.
        if cells[1..].iter().all(Option::is_none) {
            return Ok(());
        }
        self.send(0, host, view.place(), &cells)
    }

    fn x_student(&mut self, student: View<'_>, host: &mut Host<'_>) -> Result<()> {
        let by_type = |wanted: &[&str]| {
            let ids = student.all("otherIds/otherId");
            ids.into_iter().find(|id| id.get("type").is_some_and(|kind| wanted.contains(&kind))).and_then(|id| id.get("id"))
        };
        let reference = student.get("@refId");
        let home = student.named("enrollment").next();
        let of = |enrollment: Option<View<'_>>, path| enrollment.and_then(|enrollment| enrollment.get(path)).map(str::to_owned);
        let (grade, school, district) = (of(home, "gradeLevel"), of(home, "schoolName"), of(home, "leaName"));
        let grade = grade.or_else(|| of(home, "gradeLevel/code"));
        let (entry, exit) = (of(home, "entryDate"), of(home, "exitDate"));
        self.student(
            student,
            host,
            [
                reference,
                student.get("stateProvinceId").or_else(|| by_type(&["State", "StateProvince", "SEA"])),
                student.get("localId").or_else(|| by_type(&["District", "Local", "LEA"])),
                student.get("name/familyName"),
                student.get("name/givenName"),
                student.get("name/middleName"),
                student.get("demographics/birthDate"),
                grade.as_deref(),
                school.as_deref(),
                district.as_deref(),
                of(home, "schoolYear").as_deref(),
                entry.as_deref(),
                exit.as_deref(),
            ],
        )?;
        for other in student.all("otherEnrollments/enrollment") {
            let mut cells = [None; 13];
            cells[7] = other.get("gradeLevel");
            cells[8] = other.get("schoolName");
            cells[9] = other.get("leaName");
            cells[10] = other.get("schoolYear");
            cells[11] = other.get("entryDate");
            cells[12] = other.get("exitDate");
            if cells.iter().any(Option::is_some) {
                cells[0] = reference;
                self.student(other, host, cells)?;
            }
        }
        Ok(())
    }

    fn personal(&mut self, student: View<'_>, host: &mut Host<'_>) -> Result<()> {
        self.student(
            student,
            host,
            [
                student.get("@RefId"),
                student.get("StateProvinceId"),
                student.get("LocalId"),
                student.first(&["Name/LastName", "Name/FamilyName", "PersonInfo/Name/FamilyName"]),
                student.first(&["Name/FirstName", "Name/GivenName", "PersonInfo/Name/GivenName"]),
                student.first(&["Name/MiddleName", "PersonInfo/Name/MiddleName"]),
                student.first(&["Demographics/BirthDate", "PersonInfo/Demographics/BirthDate"]),
                student.first(&["GradeLevel/Code", "MostRecent/GradeLevel/Code"]),
                student.get("MostRecent/SchoolName"),
                None,
                None,
                None,
                None,
            ],
        )
    }

    fn enrollment(&mut self, enrollment: View<'_>, host: &mut Host<'_>) -> Result<()> {
        let mut cells = [None; 13];
        cells[7] = enrollment.first(&["GradeLevel/Code", "YearLevel/Code"]);
        cells[8] = enrollment.get("SchoolName");
        cells[11] = enrollment.get("EntryDate");
        cells[12] = enrollment.get("ExitDate");
        if cells.iter().all(Option::is_none) {
            return Ok(());
        }
        cells[0] = enrollment.get("@StudentPersonalRefId");
        cells[10] = enrollment.first(&["@SchoolYear", "SchoolYear"]);
        self.student(enrollment, host, cells)
    }

    fn participation(&mut self, program: View<'_>, notes: &mut Notes, host: &mut Host<'_>) -> Result<()> {
        let special = program.get("ProgramType/Code").is_some_and(|code| matches!(code, "0270" | "0200"))
            || program.get("ProgramPlanType/Code") == Some("2196");
        if !special {
            let line = program.node().line;
            return notes.tell(
                host,
                SKIPPED,
                line,
                program.name(),
                "StudentParticipation in a program that is not special education",
            );
        }
        let categories = program.all("ExceptionalityCategories/ExceptionalityCategory");
        let primary = categories.iter().find(|category| category.get("ExceptionalityPriority") == Some("Primary"));
        let primary = primary.or_else(|| categories.iter().find(|category| category.get("ExceptionalityPriority").is_none()));
        let cells = [
            program.get("@RefId"),
            program.get("@StudentPersonalRefId"),
            program.get("ProgramPlanEffectiveDate"),
            program.get("ProgramExitDate"),
            program.get("ProgramPlanDate"),
            program.get("ProgramReviewDate"),
            program.get("EvaluationDate"),
            program.get("ReevaluationDate"),
            primary.and_then(|category| coded(*category)),
            program.named("LeastRestrictiveEnvironment").next().and_then(coded),
            None,
            program.get("CaseManager"),
        ];
        if cells[1..].iter().all(Option::is_none) {
            return Ok(());
        }
        self.send(1, host, program.place(), &cells)
    }

    fn placement(&mut self, placement: View<'_>, host: &mut Host<'_>) -> Result<()> {
        let code = |name| placement.named(name).next().and_then(coded);
        let time =
            placement.named("DirectTime").chain(placement.named("TotalServiceDuration")).find(|time| time.value().is_some());
        let amount = time.and_then(|time| {
            let unit = time.get("@UnitOfMeasure").unwrap_or("").to_lowercase();
            Some(format!("{} {unit}", time.value()?).trim_end().to_owned())
        });
        let cells = [
            placement.get("@StudentPersonalRefId"),
            placement.get("@StudentParticipationRefId"),
            code("Service"),
            amount.as_deref(),
            code("FrequencyTime"),
            placement.get("StartDate"),
            placement.get("EndDate"),
            code("ServiceSetting"),
        ];
        if cells[2..].iter().all(Option::is_none) {
            return Ok(());
        }
        self.send(5, host, placement.place(), &cells)
    }

    fn iep(
        &mut self,
        root: View<'_>,
        iep: View<'_>,
        student: Option<&str>,
        notes: &mut Notes,
        host: &mut Host<'_>,
    ) -> Result<()> {
        let plan = root.get("@refId");
        let periods = iep.all("iepPlan/effectivePeriod");
        // ISO dates compare as text; the latest period is the plan in effect.
        let period = periods.iter().copied().reduce(|best, next| if next.get("start") > best.get("start") { next } else { best });
        let different = periods.iter().any(|other| other.get("start") != period.and_then(|period| period.get("start")));
        if different {
            notes.tell(host, TWICE, root.node().line, root.name(), "several effectivePeriod; the latest one was used")?;
        }
        let of = |path| period.and_then(|period| period.get(path));
        let cells = [
            plan,
            student,
            of("start"),
            of("end"),
            None,
            None,
            of("evaluationDate"),
            iep.get("iepAdministrativeData/reevaluationDueDate"),
            iep.get("iepEligibility/ideaDisability/disabilityCodeList"),
            iep.first(&["iepPlan/placement/environmentForSchoolAge", "iepPlan/placement/environmentForEarlyChildhood"]),
            iep.get("iepPlan/enrollmentGradeLevel/standardGradeLevel"),
            None,
        ];
        let goals = iep.all("iepPlan/annualGoalsList/annualGoal");
        let filled = goals.iter().any(|goal| has_value(*goal));
        if cells[1..].iter().any(Option::is_some) || filled {
            self.send(1, host, root.place(), &cells)?;
        }
        for (index, goal) in goals.into_iter().enumerate() {
            if has_value(goal) {
                self.goal(goal, index + 1, plan, student, host)?;
            }
        }
        Ok(())
    }

    fn goal(
        &mut self,
        goal: View<'_>,
        number: usize,
        plan: Option<&str>,
        student: Option<&str>,
        host: &mut Host<'_>,
    ) -> Result<()> {
        let reference = format!("{} goal {number}", plan.unwrap_or("plan"));
        let number = number.to_string();
        let objectives = goal.all("measurableObjectiveList/measurableObjective");
        let filled: Vec<_> = objectives.iter().filter(|objective| has_value(**objective)).collect();
        let others = goal.all("measurableObjectiveList/measurableObjective/measurement/criterion/metric/otherEvaluation");
        let methods = others.into_iter().filter_map(View::value).collect::<Vec<_>>().join("; ");
        // The only criterion of a goal without a sentence is the goal's; beside a sentence it may be a step on the way.
        let sentence = goal.get("goalType/additionalInformation");
        let only = match filled[..] {
            [only] if sentence.is_none() => criterion_of(*only),
            _ => Criterion::default(),
        };
        let text = goal.first(&[
            "goalType/additionalInformation",
            "measurableObjectiveList/measurableObjective/measurement/criterion/description",
        ]);
        let cells = [
            student,
            plan,
            Some(&*reference),
            None,
            Some(&*number),
            goal.get("goalType/category"),
            text,
            goal.get("currentStatus"),
            Some(&*methods).filter(|methods| !methods.is_empty()),
            only.text,
            only.target.as_deref(),
            only.unit,
        ];
        self.send(2, host, goal.place(), &cells)?;
        for (index, objective) in objectives.iter().enumerate().filter(|(_, objective)| has_value(**objective)) {
            let criterion = criterion_of(*objective);
            let own = format!("{reference} objective {}", index + 1);
            let ordinal = format!("{number}.{}", index + 1);
            let cells = [
                student,
                plan,
                Some(&*own),
                Some(&*reference),
                objective.get("identifier").or(Some(&*ordinal)),
                goal.get("goalType/category"),
                criterion.text,
                None,
                None,
                criterion.text,
                criterion.target.as_deref(),
                criterion.unit,
            ];
            self.send(2, host, objective.place(), &cells)?;
        }
        for report in goal.all("progressReportList/progressReport") {
            self.report(report, [student, plan, Some(&*reference)], host)?;
        }
        for service in goal.all("servicesList/service") {
            let amount =
                match (service.get("frequency/duration/directMinutes"), service.get("frequency/duration/indirectMinutes")) {
                    (Some(direct), _) => Some(format!("{direct} minutes")),
                    (None, Some(indirect)) => Some(format!("{indirect} minutes indirect")),
                    (None, None) => None,
                };
            let frequency = match (service.get("frequency/cycle/count"), service.get("frequency/cycle/period")) {
                (Some(count), Some(period)) => Some(format!("{count} per {period}")),
                (Some(count), None) => Some(count.to_owned()),
                (None, Some(period)) => Some(format!("per {period}")),
                (None, None) => None,
            };
            let cells = [
                student,
                plan,
                service.get("type"),
                amount.as_deref(),
                frequency.as_deref(),
                service.get("startDate"),
                service.get("endDate"),
                service.get("location"),
            ];
            if cells[2..].iter().any(Option::is_some) {
                self.send(5, host, service.place(), &cells)?;
            }
        }
        Ok(())
    }

    fn report(&mut self, report: View<'_>, whose: [Option<&str>; 3], host: &mut Host<'_>) -> Result<()> {
        let date = report.get("date");
        let description = report.first(&["description", "explanation"]);
        let cells = [whose[0], whose[1], whose[2], date, report.get("status"), description];
        if cells[3..].iter().any(Option::is_some) {
            self.send(3, host, report.place(), &cells)?;
        }
        for measurement in report.named("measurement") {
            let measure = measurement.first(&["dataNames/valueName", "dataNames/categoryName"]);
            for point in measurement.all("dataValuesList/dataValue") {
                let Some(score) = point.get("value") else { continue };
                let ordinal = point.get("category").filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
                self.send(4, host, point.place(), &[whose[0], whose[1], whose[2], measure, date, ordinal, Some(score)])?;
            }
        }
        Ok(())
    }
}

#[derive(Default)]
struct Criterion<'a> {
    text: Option<&'a str>,
    target: Option<String>,
    unit: Option<&'static str>,
}

fn criterion_of(objective: View<'_>) -> Criterion<'_> {
    let text = objective.get("measurement/criterion/description");
    if let Some(percent) = objective.get("measurement/criterion/metric/accuracyPercentEvaluation") {
        return Criterion { text, target: Some(percent.to_owned()), unit: Some("percent") };
    }
    let trials = objective.all("measurement/criterion/metric/trialCountEvaluation");
    let target =
        trials.into_iter().find_map(|trial| Some(format!("{}/{}", trial.get("successCount")?, trial.get("attemptCount")?)));
    Criterion { text, target, unit: None }
}

/// The code, else what the state or the district calls it.
fn coded(view: View<'_>) -> Option<&str> {
    view.first(&["Code", "OtherCodeList/OtherCode"]).or_else(|| view.value())
}

fn has_value(view: View<'_>) -> bool {
    view.children().any(|child| !child.node().attribute && (child.value().is_some() || has_value(child)))
}

/// Names of elements that hold one value but stand twice in the same element with different values.
fn tell_twice(view: View<'_>, object: &str, notes: &mut Notes, host: &mut Host<'_>) -> Result<()> {
    const LISTS: [&str; 4] = ["disabilityCodeList", "contactPersonRefId", "race", "otherEvaluation"];
    let mut seen: Vec<View<'_>> = Vec::new();
    for child in view.children().filter(|child| !child.node().attribute) {
        tell_twice(child, object, notes, host)?;
        if child.value().is_none() || view.name().ends_with('s') || view.name().ends_with("List") || seen.len() > 64 {
            continue;
        }
        let name = child.name();
        if seen.iter().any(|other| other.name() == name && other.value() != child.value()) && !LISTS.contains(&name) {
            notes.tell(host, TWICE, child.node().line, object, name)?;
        } else {
            seen.push(child);
        }
    }
    Ok(())
}
