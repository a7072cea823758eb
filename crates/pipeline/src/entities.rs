//! Everybody identified: the mentions of all sources together, and the tables of students, plans, goals and measures.

use crate::attributes::{MeasureFacts, PlanFacts};
use crate::choice::{Choices, goal_key, student_key};
use crate::emit::{Emitted, Keys, unit_of_measure};
use crate::survey::{Mentions, NONE, Survey, Triple};
use aimline_link::{
    Found, GoalEntity, GoalMention, Goals, MeasureMention, Measures, Owner, PlanEntity, PlanMention, Plans, Register, Rule,
    StudentMention, Students, key_text, resolve_goals, resolve_measures, resolve_plans, resolve_students,
};
use aimline_model::codes::Code;
use aimline_model::diagnostic::Diagnostic;
use aimline_model::register::KeyEntry;
use aimline_model::repair::Question;
use aimline_model::school_year;
use aimline_model::tables::{Enrollment, Event, Goal, Measure, Plan, Student};
use aimline_normalize::grade::parse_grade;
use aimline_normalize::number::parse_number;
use aimline_normalize::scale::Scale;
use aimline_normalize::score::{UnitHint, parse_score};
use aimline_normalize::sentence::parse_description;
use aimline_normalize::units::{Direction, Unit};
use chrono::NaiveDate;
use rayon::prelude::*;
use std::collections::BTreeMap;

#[derive(Debug, Clone, Copy, Default)]
struct Offsets {
    students: usize,
    plans: usize,
    goals: usize,
    measures: usize,
}

/// What linking found, for all sources.
pub(crate) struct Resolved {
    pub students: Students,
    pub plans: Plans,
    pub goals: Goals,
    pub measures: Measures,
    /// The school year of most dated goals.
    pub main_year: i32,
    /// The registers of students, plans, goals and measures.
    pub registers: Vec<Register>,
    offsets: Vec<Offsets>,
    student_mentions: Vec<StudentMention>,
    plan_mentions: Vec<PlanMention>,
    goal_mentions: Vec<GoalMention>,
    measure_mentions: Vec<MeasureMention>,
}

/// The mentions of all sources, one source after the other.
struct Together {
    /// Where those of each source begin.
    offsets: Vec<Offsets>,
    students: Vec<StudentMention>,
    plans: Vec<PlanMention>,
    goals: Vec<GoalMention>,
    measures: Vec<MeasureMention>,
}

impl Together {
    fn of(surveys: &[Survey]) -> Self {
        let mut next = Offsets::default();
        let mut offsets = Vec::with_capacity(surveys.len());
        for Mentions { students, plans, goals, measures } in surveys.iter().map(|survey| &survey.mentions) {
            offsets.push(next);
            next.students += students.len();
            next.plans += plans.len();
            next.goals += goals.len();
            next.measures += measures.len();
        }
        let all = || surveys.iter().map(|survey| &survey.mentions).zip(&offsets);
        let students = || all().flat_map(|(said, _)| &said.students).map(|(said, _)| said.clone()).collect();
        let plan = |said: &PlanMention, at: &Offsets| PlanMention { student: said.student + at.students, ..said.clone() };
        let plans = || all().flat_map(|(said, at)| said.plans.iter().map(move |(said, _)| plan(said, at))).collect();
        let goal = |said: &GoalMention, at: &Offsets| GoalMention {
            student: said.student + at.students,
            plan: said.plan.map(|plan| plan + at.plans),
            parent: said.parent.map(|parent| parent + at.goals),
            ..said.clone()
        };
        let goals = || all().flat_map(|(said, at)| said.goals.iter().map(move |(said, _)| goal(said, at))).collect();
        let measure = |said: &MeasureMention, at: &Offsets| MeasureMention {
            student: said.student + at.students,
            goal: said.goal.map(|goal| goal + at.goals),
            ..said.clone()
        };
        let measures = || all().flat_map(|(said, at)| said.measures.iter().map(move |(said, _)| measure(said, at))).collect();
        let ((students, goals), (plans, measures)) = rayon::join(|| (students(), goals()), || (plans(), measures()));
        Self { offsets, students, plans, goals, measures }
    }
}

/// Links the mentions of all sources, and mints keys for who and what is new.
pub(crate) fn resolve(
    surveys: &[Survey],
    registers: [Vec<KeyEntry>; 4],
    generation: i64,
    everyone: bool,
    choices: &mut Choices,
) -> Resolved {
    let Together { offsets, students, plans, mut goals, mut measures } = Together::of(surveys);
    let main_year = main_year(&goals, &plans);
    for goal in &mut goals {
        if goal.school_year == 0 && goal.plan.is_none() {
            goal.school_year = main_year;
        }
    }
    let [student_keys, plan_keys, goal_keys, measure_keys] = registers;
    let mut register = Register::new('S', generation, student_keys, &BTreeMap::new());
    let mut found_students = resolve_students(&students, &mut register);
    choices.students(&students, &mut found_students, &|text| register.number(text));
    let mut done = vec![register];
    let without_iep = |student: usize| {
        let own = students[student].has_iep == Some(false);
        let known = found_students.found[student].entity;
        !everyone && known.is_some_and(|known| own || found_students.entities[known].no_iep)
    };
    for goal in goals.iter_mut().filter(|goal| !goal.defines) {
        goal.skipped = without_iep(goal.student);
    }
    for measure in &mut measures {
        measure.skipped = without_iep(measure.student);
    }
    let mut register = Register::new('P', generation, plan_keys, &done[0].replaced());
    let found_plans = resolve_plans(&plans, &found_students, &mut register);
    done.push(register);
    let mut scopes = done[0].replaced();
    scopes.extend(done[1].replaced());
    let mut register = Register::new('G', generation, goal_keys, &scopes);
    let mut found_goals = resolve_goals(&goals, &found_students, &found_plans, &mut register);
    choices.goals(&goals, &students, &found_students, &mut found_goals, &|text| register.number(text));
    done.push(register);
    let mut scopes = done[0].replaced();
    scopes.extend(done[2].replaced());
    let mut register = Register::new('M', generation, measure_keys, &scopes);
    let found_measures = resolve_measures(&measures, &found_students, &found_goals, &mut register);
    done.push(register);
    Resolved {
        students: found_students,
        plans: found_plans,
        goals: found_goals,
        measures: found_measures,
        main_year,
        registers: done,
        offsets,
        student_mentions: students,
        plan_mentions: plans,
        goal_mentions: goals,
        measure_mentions: measures,
    }
}

/// The school year of most dated goals, of equal ones the later; that of the plans where no goal has a date.
fn main_year(goals: &[GoalMention], plans: &[PlanMention]) -> i32 {
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    for goal in goals.iter().filter(|goal| goal.school_year != 0) {
        *counts.entry(goal.school_year).or_default() += 1;
    }
    if counts.is_empty() {
        for start in plans.iter().filter_map(|plan| plan.start) {
            *counts.entry(school_year(start)).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(year, count)| (*count, *year)).map_or(0, |(year, _)| year)
}

impl Resolved {
    pub(crate) fn student_found(&self, source: usize, mention: u32) -> Option<&Found> {
        (mention != NONE).then(|| &self.students.found[self.offsets[source].students + mention as usize])
    }

    pub(crate) fn student(&self, source: usize, mention: u32) -> Option<usize> {
        self.student_found(source, mention)?.entity
    }

    pub(crate) fn student_key(&self, source: usize, mention: u32) -> Option<String> {
        self.student(source, mention).map(|student| key_text('S', self.students.entities[student].key))
    }

    pub(crate) fn plan(&self, source: usize, mention: u32) -> Option<&PlanEntity> {
        if mention == NONE {
            return None;
        }
        let plan = self.plans.found[self.offsets[source].plans + mention as usize].entity?;
        Some(&self.plans.entities[plan])
    }

    /// The students and goals that nobody could be found for, each once by what was typed, with the number of items that
    /// wait: what a person is asked.
    pub(crate) fn questions(&self, surveys: &[Survey], emitted: &[Emitted], tables: (&[Student], &[Goal])) -> Vec<Question> {
        let (students, goals) = tables;
        let mut asked: BTreeMap<String, Question> = BTreeMap::new();
        let mut ask = |question: Question| match asked.get_mut(&question.key) {
            Some(known) => known.n_items += question.n_items,
            None => drop(asked.insert(question.key.clone(), question)),
        };
        for (source, survey) in surveys.iter().enumerate() {
            let at = self.offsets[source];
            let waiting = |kind: usize, index: usize| emitted[source].items[kind].get(index).copied().unwrap_or(0);
            for (index, (said, _)) in survey.mentions.students.iter().enumerate() {
                let found = &self.students.found[at.students + index];
                if found.entity.is_some() || waiting(0, index) == 0 {
                    continue;
                }
                ask(Question {
                    source,
                    locator: said.at.locator.clone(),
                    code: unknown_student(found),
                    seen: typed_student(said),
                    candidates: found.candidates.iter().filter_map(|entity| students.get(*entity)).map(about_student).collect(),
                    n_items: waiting(0, index),
                    key: student_key(said),
                });
            }
            for (index, (first, _)) in survey.mentions.goals.iter().enumerate() {
                let said = &self.goal_mentions[at.goals + index];
                let Some(student) = self.students.found[said.student].entity else { continue };
                let open = self.goals.found[at.goals + index].by_plan.iter().find(|(_, found)| found.entity.is_none());
                let Some((_, found)) = open.filter(|_| !said.skipped && waiting(2, index) > 0) else { continue };
                let own = (0..goals.len()).filter(|goal| self.goals.entities[*goal].student == Some(student));
                let candidates: Vec<usize> = if found.candidates.is_empty() { own.collect() } else { found.candidates.clone() };
                ask(Question {
                    source,
                    locator: first.at.locator.clone(),
                    code: if found.candidates.is_empty() { Code::I005 } else { Code::I006 },
                    seen: format!("{}: {}", about_student(&students[student]), typed_goal(said)),
                    candidates: candidates.iter().filter_map(|goal| goals.get(*goal)).map(about_goal).collect(),
                    n_items: waiting(2, index),
                    key: goal_key(&self.student_mentions[said.student], said),
                });
            }
        }
        let mut questions: Vec<Question> = asked.into_values().collect();
        questions.sort_by(|a, b| (a.source, &a.locator, &a.key).cmp(&(b.source, &b.locator, &b.key)));
        questions
    }

    /// Plans that two files hold, each said at the later file.
    pub(crate) fn disputed_plans(&self) -> Vec<Diagnostic> {
        let disputed = self.plans.entities.iter().filter(|plan| plan.disputed);
        let said = disputed.filter_map(|plan| {
            let first = &self.plan_mentions[plan.mentions[0]].at;
            let other =
                plan.mentions.iter().map(|mention| &self.plan_mentions[*mention].at).find(|at| at.source != first.source)?;
            let seen = plan.start.map_or_else(String::new, |day| day.to_string());
            Some(Diagnostic::new(other.source, Code::T006, other.locator.clone()).seen(seen))
        });
        said.collect()
    }

    /// The plan that is in effect on a day for the student of a goal mention.
    pub(crate) fn plan_on(&self, source: usize, goal: u32, day: Option<NaiveDate>) -> Option<usize> {
        if goal == NONE {
            return None;
        }
        let mention = &self.goal_mentions[self.offsets[source].goals + goal as usize];
        self.plans.in_effect(self.students.found[mention.student].entity?, day?)
    }

    /// What a goal mention came to while a plan was in effect.
    pub(crate) fn goal_found(&self, source: usize, goal: u32, plan: Option<usize>) -> Option<&Found> {
        (goal != NONE).then(|| self.goals.found[self.offsets[source].goals + goal as usize].under(plan))?
    }

    /// The keys of an item while a plan is in effect.
    pub(crate) fn keys(&self, source: usize, triple: Triple, plan: Option<usize>) -> Keys {
        let student = self.student(source, triple.student);
        let mut keys = Keys { student: student.map_or(0, |student| self.students.entities[student].key), ..Keys::default() };
        let measure = (triple.measure != NONE).then(|| self.offsets[source].measures + triple.measure as usize);
        let mut unit = measure.and_then(|measure| self.measure_mentions[measure].unit);
        let goal = self.goal_found(source, triple.goal, plan).and_then(|found| found.entity);
        keys.goal = goal.map_or(0, |goal| self.goals.entities[goal].key);
        // A measure without a goal is the student's own; one whose goal was not found is nobody's.
        let owner = if triple.goal == NONE { student.map(Owner::Student) } else { goal.map(Owner::Goal) };
        if let Some(found) = measure.zip(owner).and_then(|(measure, owner)| self.measures.of(measure, owner)) {
            let found = &self.measures.entities[found];
            keys.measure = found.key;
            // What the sheet itself says of its numbers is nearer than what the goal says.
            unit = unit.or(found.unit);
        }
        keys.unit = unit_of_measure(unit);
        keys
    }
}

/// Why a student was not found.
pub(crate) fn unknown_student(found: &Found) -> Code {
    match found.rule {
        Rule::Contradicted => Code::I008,
        _ if found.candidates.is_empty() => Code::I002,
        _ => Code::I003,
    }
}

fn typed_student(said: &StudentMention) -> String {
    let birth = said.birth_date.map(|day| day.to_string());
    let any_id = said.any_id.as_ref().map(|(_, id)| id);
    let parts = [said.state_id.as_ref(), said.local_id.as_ref(), any_id, said.last_name.as_ref(), said.first_name.as_ref()];
    parts.into_iter().flatten().chain(birth.as_ref()).map(String::as_str).collect::<Vec<_>>().join(" ")
}

fn typed_goal(said: &GoalMention) -> String {
    let number = if said.number.is_empty() { String::new() } else { format!("goal {}", said.number) };
    let parts = [number.as_str(), &said.area, &said.measure, &said.statement];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn about_student(row: &Student) -> String {
    let names: Vec<&str> = [&row.last_name, &row.first_name].into_iter().flatten().map(String::as_str).collect();
    let birth = row.birth_date.map(|day| format!("born {day}"));
    let id = row.local_id.as_ref().or(row.state_id.as_ref()).map(|id| format!("id {id}"));
    let parts = [Some(row.student_key.clone()), Some(names.join(", ")).filter(|names| !names.is_empty()), birth, id];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn about_goal(row: &Goal) -> String {
    let number = row.number.as_ref().map(|number| format!("goal {number}"));
    let statement = row.statement.as_ref().map(|text| text.chars().take(80).collect());
    let parts = [Some(row.goal_key.clone()), number, row.area.clone(), statement];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The entities' tables.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub students: Vec<Student>,
    pub enrollments: Vec<Enrollment>,
    pub plans: Vec<Plan>,
    pub events: Vec<Event>,
    pub goals: Vec<Goal>,
    pub measures: Vec<Measure>,
}

/// Makes the entities' tables from what the mentions say: of each fact the first that says it, those that say it in full
/// before rows of scores. `scored` counts the points of each measure.
pub(crate) fn tables(resolved: &Resolved, surveys: &[Survey], source_ids: &[String], scored: &BTreeMap<u32, u64>) -> Tables {
    let mut tables = Tables::default();
    let students: Vec<_> = surveys.iter().flat_map(|survey| &survey.mentions.students).collect();
    let plan_facts: Vec<_> = surveys.iter().flat_map(|survey| survey.mentions.plans.iter().map(|(_, facts)| facts)).collect();
    let goal_facts: Vec<_> = surveys.iter().flat_map(|survey| survey.mentions.goals.iter().map(|(_, facts)| facts)).collect();
    let measure_facts: Vec<_> =
        surveys.iter().flat_map(|survey| survey.mentions.measures.iter().map(|(_, facts)| facts)).collect();
    let source = |source: usize| source_ids[source].clone();

    for entity in &resolved.students.entities {
        let mut mentions = entity.mentions.clone();
        mentions.sort_by_key(|mention| {
            let (said, facts) = students[*mention];
            (!said.roster, !facts.in_full, said.at.source, *mention)
        });
        let first = &resolved.student_mentions[mentions[0]];
        let said =
            |pick: fn(&StudentMention) -> Option<String>| mentions.iter().find_map(|m| pick(&resolved.student_mentions[*m]));
        tables.students.push(Student {
            student_key: key_text('S', entity.key),
            state_id: entity.state_ids.first().cloned(),
            local_id: entity.local_ids.first().map(|(_, id)| id.clone()),
            last_name: said(|said| said.last_name.clone()),
            first_name: said(|said| said.first_name.clone()),
            middle_name: said(|said| said.middle_name.clone()),
            birth_date: mentions.iter().find_map(|mention| resolved.student_mentions[*mention].birth_date),
            source_id: source(first.at.source),
            locator: first.at.locator.clone(),
        });
        enroll(resolved, &students, entity.key, &mentions, source_ids, &mut tables.enrollments);
    }

    for entity in &resolved.plans.entities {
        let mentions: Vec<&PlanFacts> = entity.mentions.iter().map(|mention| plan_facts[*mention]).collect();
        let first = &resolved.plan_mentions[entity.mentions[0]];
        let text = |pick: fn(&PlanFacts) -> &Option<String>| mentions.iter().find_map(|facts| pick(facts).clone());
        let day = |pick: fn(&PlanFacts) -> Option<NaiveDate>| mentions.iter().find_map(|facts| pick(facts));
        let plan_key = key_text('P', entity.key);
        let student_key = entity.student.map(|student| key_text('S', resolved.students.entities[student].key));
        let mut event = |kind, date: Option<NaiveDate>, due: Option<NaiveDate>| {
            if date.is_some() || due.is_some() {
                tables.events.push(Event {
                    student_key: student_key.clone(),
                    plan_key: Some(plan_key.clone()),
                    kind,
                    date,
                    due,
                    source_id: source(first.at.source),
                    locator: first.at.locator.clone(),
                });
            }
        };
        event("evaluation", day(|facts| facts.evaluation), day(|facts| facts.reevaluation_due));
        event("review", day(|facts| facts.previous_review), None);
        event("review", day(|facts| facts.meeting), day(|facts| facts.annual_review_due));
        event("amendment", day(|facts| facts.amendment_date), None);
        tables.plans.push(Plan {
            plan_key: plan_key.clone(),
            student_key: student_key.clone(),
            amends_plan_key: entity.amends.map(|key| key_text('P', key)),
            iep_type: text(|facts| &facts.iep_type),
            meeting_date: day(|facts| facts.meeting),
            effective_from: entity.mentions.iter().find_map(|m| resolved.plan_mentions[*m].effective_from).or(entity.start),
            start: entity.start,
            end: entity.end,
            annual_review_due: day(|facts| facts.annual_review_due),
            schedule_raw: text(|facts| &facts.schedule_raw),
            schedule_choices: mentions.iter().map(|facts| facts.schedule_choices).max().unwrap_or(0),
            esy: text(|facts| &facts.esy),
            objectives_place: text(|facts| &facts.objectives_place),
            sections_amended: text(|facts| &facts.sections_amended),
            source_id: source(first.at.source),
            locator: first.at.locator.clone(),
        });
    }

    // There are as many goals and measures as there are sheets' rows in a small district, so two threads share them.
    tables.measures = resolved
        .measures
        .entities
        .par_iter()
        .map(|entity| {
            let first = &resolved.measure_mentions[entity.mentions[0]];
            let facts: Vec<&MeasureFacts> = entity.mentions.iter().map(|mention| measure_facts[*mention]).collect();
            let (goal, student) = match entity.owner {
                Owner::Goal(goal) => (Some(goal), resolved.goals.entities[goal].student),
                Owner::Student(student) => (None, Some(student)),
            };
            let mut measure = measure(entity.unit, &facts);
            measure.measure_key = key_text('M', entity.key);
            measure.goal_key = goal.map(|goal| key_text('G', resolved.goals.entities[goal].key));
            measure.student_key = student.map(|student| key_text('S', resolved.students.entities[student].key));
            measure.source_id = source(first.at.source);
            measure.locator.clone_from(&first.at.locator);
            measure
        })
        .collect();

    let mut of_goal: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, entity) in resolved.measures.entities.iter().enumerate() {
        if let Owner::Goal(goal) = entity.owner {
            of_goal.entry(goal).or_default().push(number);
        }
    }
    let goal = |(number, entity): (usize, &GoalEntity)| {
        let mut mentions = entity.mentions.clone();
        mentions.sort_by_key(|mention| {
            let said = &resolved.goal_mentions[*mention];
            (said.plan.is_none(), !said.defines, said.at.source, *mention)
        });
        mentions.dedup();
        let first = &resolved.goal_mentions[mentions[0]];
        let facts: Vec<_> = mentions.iter().map(|mention| goal_facts[*mention]).collect();
        let plan = entity.plan.map(|plan| &resolved.plans.entities[plan]);
        let plan_mention = plan.map(|plan| plan_facts[plan.mentions[0]]);
        macro_rules! said {
            ($field:ident) => {
                facts.iter().find_map(|facts| facts.$field.clone())
            };
        }
        Goal {
            goal_key: key_text('G', entity.key),
            plan_key: plan.map(|plan| key_text('P', plan.key)),
            student_key: entity.student.map(|student| key_text('S', resolved.students.entities[student].key)),
            parent_goal_key: entity.parent.map(|parent| key_text('G', parent)),
            number: said!(number),
            area: said!(area),
            statement: said!(statement),
            begin: said!(begin),
            end: said!(end),
            methods: said!(methods),
            transition_domains: said!(transition_domains),
            objectives_place: plan_mention.and_then(|facts| facts.objectives_place.clone()),
            esy: plan_mention.and_then(|facts| facts.esy.clone()),
            status: said!(status),
            primary_measure_key: primary(of_goal.get(&number).map_or(&[], Vec::as_slice), resolved, &tables.measures, scored),
            source_id: source(first.at.source),
            locator: first.at.locator.clone(),
        }
    };
    tables.goals = resolved.goals.entities.par_iter().enumerate().map(goal).collect();
    tables
}

/// The measure that a goal is judged by: the one with a target that its definition names first, else the only one with a
/// target, else the one with most scored points, ties to the lowest key.
fn primary(measures: &[usize], resolved: &Resolved, rows: &[Measure], scored: &BTreeMap<u32, u64>) -> Option<String> {
    let targeted: Vec<usize> = measures.iter().copied().filter(|measure| rows[*measure].target_value.is_some()).collect();
    let defined = |measure: &usize| {
        let entity = &resolved.measures.entities[*measure];
        entity.mentions.iter().any(|mention| {
            let said = &resolved.measure_mentions[*mention];
            said.has_target && said.goal.is_some_and(|goal| resolved.goal_mentions[goal].defines)
        })
    };
    let count = |measure: &usize| scored.get(&resolved.measures.entities[*measure].key).copied().unwrap_or(0);
    let best = |list: &[usize]| {
        list.iter().copied().max_by_key(|measure| (count(measure), std::cmp::Reverse(resolved.measures.entities[*measure].key)))
    };
    let defined: Vec<usize> = targeted.iter().copied().filter(defined).collect();
    let chosen = match (defined.as_slice(), targeted.as_slice()) {
        ([one], _) | (_, [one]) => Some(*one),
        ([], []) => best(measures),
        ([], several) | (several, _) => best(several),
    };
    chosen.map(|measure| rows[measure].measure_key.clone())
}

fn enroll(
    resolved: &Resolved,
    students: &[&(StudentMention, crate::attributes::StudentFacts)],
    key: u32,
    mentions: &[usize],
    source_ids: &[String],
    rows: &mut Vec<Enrollment>,
) {
    let year_of = |text: &str| {
        let digits: Vec<i32> = text.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
        match digits[..] {
            [first, second] if first > 1990 => Some(if second > 1990 { second } else { first + 1 }),
            [year] if year > 1990 => Some(year),
            _ => None,
        }
    };
    let mut years: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
    for &mention in mentions {
        let facts = &students[mention].1;
        let something =
            [&facts.school, &facts.grade, &facts.case_manager, &facts.disability, &facts.placement].iter().any(|f| f.is_some());
        if facts.in_full || something {
            let stated = facts.school_year.as_deref().and_then(year_of);
            years.entry(stated.or_else(|| facts.entry.map(school_year)).unwrap_or(resolved.main_year)).or_default().push(mention);
        }
    }
    for (year, mentions) in years {
        let facts: Vec<_> = mentions.iter().map(|mention| &students[*mention].1).collect();
        let first = &resolved.student_mentions[mentions[0]];
        macro_rules! said {
            ($field:ident) => {
                facts.iter().find_map(|facts| facts.$field.clone())
            };
        }
        let alternate = facts.iter().find_map(|facts| facts.alternate);
        rows.push(Enrollment {
            student_key: key_text('S', key),
            school_year: i64::from(year),
            district_code: said!(district),
            school_code: said!(school),
            grade: said!(grade).map(|grade| parse_grade(&grade).to_owned()),
            case_manager: said!(case_manager),
            primary_disability: said!(disability),
            placement: said!(placement),
            alternate_assessment: alternate.map_or("unknown", |yes| if yes { "yes" } else { "no" }).to_owned(),
            entry: said!(entry),
            exit: said!(exit),
            exit_code: said!(exit_code),
            source_id: source_ids[first.at.source].clone(),
            locator: first.at.locator.clone(),
        });
    }
}

/// A number that was typed as baseline or target, on the scale of a unit.
fn number(typed: &(String, u8), unit: Option<&'static Unit>) -> Option<f64> {
    let hint = UnitHint::of(unit, Scale::MostlyHundred);
    let parsed = parse_score(&typed.0, typed.1, hint).ok().and_then(|score| score.value);
    // "0.6/min", "3 per day": what it counts stands before.
    let rate = || {
        let head = typed
            .0
            .split_once('/')
            .or_else(|| typed.0.split_once(" per "))
            .filter(|(_, per)| per.trim().starts_with(char::is_alphabetic));
        head.and_then(|(head, _)| parse_number(head.trim()))
    };
    parsed.or_else(rate).or_else(|| {
        let described = parse_description(&typed.0, None, unit);
        match described.points.as_slice() {
            [only] if described.unsure.is_empty() => Some(only.value),
            _ => None,
        }
    })
}

fn measure(unit: Option<&'static str>, facts: &[&MeasureFacts]) -> Measure {
    let unit = unit_of_measure(unit);
    let mut row = Measure { baseline_source: "none".to_owned(), target_source: "none".to_owned(), ..Measure::default() };
    row.name = facts.iter().find_map(|facts| facts.name.clone());
    row.unit = unit.map(|unit| unit.name.to_owned()).or_else(|| facts.iter().find_map(|facts| facts.unit_raw.clone()));
    row.level = facts.iter().find_map(|facts| facts.level.clone());
    let trials = facts.iter().any(|facts| facts.forms.trials > 0);
    row.family = unit
        .map(|unit| if trials && unit.scale == "percent" { "trials" } else { unit.family.as_str() })
        .or(facts.iter().any(|facts| facts.forms.scored() > 0).then_some("continuous"))
        .map(str::to_owned);
    if let Some(value) = facts.iter().find_map(|facts| number(facts.baseline.as_ref()?, unit)) {
        row.baseline_value = Some(value);
        row.baseline_source = "stated".to_owned();
        row.baseline_date = facts.iter().find_map(|facts| facts.baseline_date);
    }
    if let Some(value) = facts.iter().find_map(|facts| number(facts.target.as_ref()?, unit)) {
        row.target_value = Some(value);
        row.target_source = "stated".to_owned();
    }
    row.target_date = facts.iter().find_map(|facts| facts.target_date);
    row.criterion_header = facts.iter().find_map(|facts| facts.criterion.clone());
    let mut verb = None;
    for numbers in facts.iter().filter_map(|facts| facts.numbers.as_ref()) {
        // Numbers of a sentence are on its own unit's scale; another scale says nothing of this measure.
        let same = numbers.unit.zip(unit).is_none_or(|(one, other)| one.scale == other.scale);
        if same && row.baseline_value.is_none() {
            row.baseline_value = numbers.baseline.as_ref().map(|found| found.value);
            row.baseline_date = row.baseline_date.or(numbers.baseline_date);
            if row.baseline_value.is_some() {
                row.baseline_source = "text".to_owned();
            }
        }
        if same && row.target_value.is_none() {
            row.target_value = numbers.target.as_ref().map(|found| found.value);
            if row.target_value.is_some() {
                row.target_source = "text".to_owned();
            }
        }
        row.target_date = row.target_date.or(numbers.target_date);
        if let Some((k, n)) = numbers.criterion {
            row.criterion_k = row.criterion_k.or(Some(i64::from(k)));
            row.criterion_n = row.criterion_n.or(Some(i64::from(n)));
        }
        verb = verb.or(numbers.direction);
    }
    row.criterion_text = facts
        .iter()
        .find(|facts| facts.numbers.as_ref().is_some_and(|n| n.target.is_some()))
        .and_then(|facts| facts.statement.clone());
    let column = facts.iter().find_map(|facts| facts.direction.as_deref()).and_then(direction_word);
    let sign = row.baseline_value.zip(row.target_value).and_then(|(baseline, target)| match target.partial_cmp(&baseline) {
        Some(std::cmp::Ordering::Greater) => Some(Direction::Up),
        Some(std::cmp::Ordering::Less) => Some(Direction::Down),
        _ => None,
    });
    let known = [(column, "column"), (verb, "verb"), (sign, "target"), (unit.and_then(|unit| unit.direction), "unit")];
    if let Some((direction, source)) = known.into_iter().find_map(|(direction, source)| Some((direction?, source))) {
        row.direction = Some(if direction == Direction::Up { "increase" } else { "decrease" }.to_owned());
        row.direction_source = Some(source.to_owned());
    }
    row
}

fn direction_word(text: &str) -> Option<Direction> {
    let text = text.to_lowercase();
    if ["inc", "up", "higher", "aumentar"].iter().any(|word| text.starts_with(word)) {
        Some(Direction::Up)
    } else if ["dec", "down", "lower", "red", "disminuir"].iter().any(|word| text.starts_with(word)) {
        Some(Direction::Down)
    } else {
        None
    }
}
