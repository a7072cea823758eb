//! Goals: those of plans first; then, for each mention, the goals of the plans in effect on its days by number, then by
//! measure, then by area. A student without a plan on a day has goals of the school year instead.

use crate::few::Few;
use crate::mention::GoalMention;
use crate::mint::{Identity, Register, key_text};
use crate::plans::Plans;
use crate::students::{Keyed, Students, order_of_keys, permute};
use crate::{Found, Rule, area};
use chrono::NaiveDate;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

/// A goal or an objective.
#[derive(Debug, Clone, Default)]
pub struct GoalEntity {
    /// Number of the key.
    pub key: u32,
    /// Student, where it is known.
    pub student: Option<usize>,
    /// Plan, where it stands in one.
    pub plan: Option<usize>,
    /// Goal above it, for an objective, by its key's number.
    pub parent: Option<u32>,
    /// Mentions, in order.
    pub mentions: Vec<usize>,
    /// School year of a goal without a plan; 0 for others.
    pub school_year: i32,
    numbers: Few<String>,
    areas: Few<String>,
    statement: String,
    measures: Few<String>,
    units: Few<&'static str>,
    is_objective: bool,
    identities: Few<Identity>,
}

impl Keyed for GoalEntity {
    fn key(&self) -> u32 {
        self.key
    }

    fn set_key(&mut self, key: u32) {
        self.key = key;
    }
}

/// What a mention came to under each plan that its days touch; the plan `None` stands for days without one.
#[derive(Debug, Clone, Default)]
pub struct GoalFound {
    /// Plan in effect, and the goal.
    pub by_plan: Vec<(Option<usize>, Found)>,
}

impl GoalFound {
    /// The answer for a day whose plan in effect is `plan`.
    #[must_use]
    pub fn under(&self, plan: Option<usize>) -> Option<&Found> {
        self.by_plan.iter().find(|(other, _)| *other == plan).or_else(|| self.by_plan.first()).map(|(_, found)| found)
    }
}

/// What [`resolve_goals`] found.
#[derive(Debug, Default)]
pub struct Goals {
    /// Goals, by key.
    pub entities: Vec<GoalEntity>,
    /// What each mention came to.
    pub found: Vec<GoalFound>,
}

struct Work<'a> {
    mentions: &'a [GoalMention],
    students: &'a Students,
    plans: &'a Plans,
    entities: Vec<GoalEntity>,
    found: Vec<GoalFound>,
    /// Goals of a plan, and goals of a student's school year.
    of_plan: BTreeMap<usize, Vec<usize>>,
    of_year: BTreeMap<(usize, i32), Vec<usize>>,
    /// Identities that some goal has.
    taken: FxHashSet<Identity>,
}

/// Finds the goal of each mention and gives each goal a key.
#[must_use]
pub fn resolve_goals(mentions: &[GoalMention], students: &Students, plans: &Plans, register: &mut Register) -> Goals {
    let mut work = Work {
        mentions,
        students,
        plans,
        entities: Vec::new(),
        found: vec![GoalFound::default(); mentions.len()],
        of_plan: BTreeMap::new(),
        of_year: BTreeMap::new(),
        taken: FxHashSet::default(),
    };
    work.goals_of_plans();
    work.other_goals();
    let Work { mut entities, mut found, .. } = work;
    let identities: Vec<Vec<Identity>> =
        entities.iter_mut().map(|entity| std::mem::take(&mut entity.identities).into_sorted()).collect();
    let keys = register.mint(identities);
    let places = order_of_keys(&keys);
    for entity in &mut entities {
        entity.parent = entity.parent.map(|parent| keys[parent as usize]);
    }
    for (_, answer) in found.iter_mut().flat_map(|found| &mut found.by_plan) {
        answer.entity = answer.entity.map(|entity| places[entity]);
        for candidate in &mut answer.candidates {
            *candidate = places[*candidate];
        }
        answer.candidates.sort_unstable();
    }
    permute(&mut entities, &keys);
    Goals { entities, found }
}

impl Work<'_> {
    /// Goals that stand in a plan: one for each number (or sentence) of the base plan, objectives under their goal.
    fn goals_of_plans(&mut self) {
        let mut order: Vec<usize> = (0..self.mentions.len()).filter(|goal| self.mentions[*goal].plan.is_some()).collect();
        // Parents before objectives; then an order that does not depend on files.
        order.sort_by_key(|goal| {
            let said = &self.mentions[*goal];
            let texts = [&said.number, &said.statement, &said.at.locator];
            (said.parent.is_some(), self.plan_key(said), texts, said.at.source)
        });
        for goal in order {
            let said = &self.mentions[goal];
            let Some(plan) = said.plan.and_then(|plan| self.plans.found[plan].entity) else { continue };
            let base = self.plans.base(plan);
            let parent = said.parent.and_then(|parent| self.found[parent].under(None)).and_then(|found| found.entity);
            let text = plan_identity(said, parent.is_some());
            let scope = match parent {
                Some(parent) => {
                    format!("{}>{}", key_text('P', self.plans.entities[base].key), identity_text(&self.entities[parent]))
                }
                None => key_text('P', self.plans.entities[base].key),
            };
            let kind = if said.parent.is_some() { "objective" } else { "goal" };
            let identity = Identity { scope, kind, text };
            let known = self.of_plan.get(&base).into_iter().flatten().copied();
            let existing = known.filter(|entity| self.entities[*entity].identities.contains(&identity)).find(|entity| {
                // Two goals of one form with the same number are two goals.
                let other = &self.mentions[self.entities[*entity].mentions[0]];
                other.at.source != said.at.source || other.statement == said.statement
            });
            let entity = match existing {
                Some(entity) => entity,
                None => {
                    let mut identity = identity;
                    while !self.taken.insert(identity.clone()) {
                        identity.text.push('+');
                    }
                    let entity = GoalEntity {
                        student: self.plans.entities[base].student,
                        plan: Some(base),
                        parent: parent.map(|parent| parent as u32),
                        is_objective: said.parent.is_some(),
                        identities: Few::one(identity),
                        ..GoalEntity::default()
                    };
                    self.entities.push(entity);
                    self.of_plan.entry(base).or_default().push(self.entities.len() - 1);
                    self.entities.len() - 1
                }
            };
            self.join(entity, goal, Some(base), Found::one(entity, Rule::Plan));
            self.found[goal].by_plan.push((None, Found::one(entity, Rule::Plan)));
        }
    }

    fn plan_key(&self, said: &GoalMention) -> u32 {
        let plan = said.plan.and_then(|plan| self.plans.found[plan].entity);
        plan.map_or(0, |plan| self.plans.entities[plan].key)
    }

    /// All other mentions, those that say most first.
    fn other_goals(&mut self) {
        let mut order: Vec<usize> = (0..self.mentions.len())
            .filter(|goal| self.mentions[*goal].plan.is_none() && !self.mentions[*goal].skipped)
            .collect();
        order.sort_by_key(|goal| {
            let said = &self.mentions[*goal];
            let student = self.students.found[said.student].entity;
            let strength = (said.number.is_empty(), !said.defines, said.area.is_empty(), said.statement.is_empty());
            let texts = [&said.number, &said.area, &said.statement, &said.measure, &said.at.locator];
            (student, said.school_year, strength, texts, said.at.source)
        });
        for goal in order {
            let said = &self.mentions[goal];
            let Some(student) = self.students.found[said.student].entity else {
                self.found[goal].by_plan.push((None, Found::none()));
                continue;
            };
            let (first, last) = self.days_of(said);
            let plans: Vec<usize> = self.plans.overlapping(student, first, last).collect();
            for &plan in &plans {
                let answer = self.match_in(said, self.of_plan.get(&plan).map_or(&[], Vec::as_slice));
                match answer.entity {
                    Some(entity) => self.join(entity, goal, Some(plan), answer),
                    None => self.found[goal].by_plan.push((Some(plan), answer)),
                }
            }
            let covered = plans.len() == 1 && self.covers(plans[0], first, last);
            if !covered {
                self.goal_of_year(goal, student);
            }
            // A goal of the year was lent it when it was found.
            if !plans.is_empty() {
                self.remember_alias(goal, student);
            }
        }
    }

    /// The days of a mention's items; a mention without any counts for its whole school year, else for all time.
    fn days_of(&self, said: &GoalMention) -> (NaiveDate, NaiveDate) {
        said.days.unwrap_or_else(|| {
            let year = said.school_year;
            let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
            if year == 0 {
                (NaiveDate::MIN, NaiveDate::MAX)
            } else {
                (day(year - 1, 7, 1).unwrap_or(NaiveDate::MIN), day(year, 6, 30).unwrap_or(NaiveDate::MAX))
            }
        })
    }

    fn covers(&self, plan: usize, first: NaiveDate, last: NaiveDate) -> bool {
        let plan = &self.plans.entities[plan];
        plan.start.is_none_or(|start| start <= first) && plan.end.is_none_or(|end| end >= last)
    }

    fn goal_of_year(&mut self, goal: usize, student: usize) {
        let said = &self.mentions[goal];
        let answer = self.match_in(said, self.of_year.get(&(student, said.school_year)).map_or(&[], Vec::as_slice));
        let answer = match answer {
            Found { entity: None, rule: Rule::None, .. } => {
                let entity = GoalEntity { student: Some(student), school_year: said.school_year, ..GoalEntity::default() };
                self.entities.push(entity);
                let entity = self.entities.len() - 1;
                self.of_year.entry((student, said.school_year)).or_default().push(entity);
                Found::one(entity, Rule::New)
            }
            answer => answer,
        };
        match answer.entity {
            Some(entity) => {
                self.join(entity, goal, None, answer);
                self.lend(goal, student, entity);
            }
            None => self.found[goal].by_plan.push((None, answer)),
        }
    }

    /// A mention that comes to one goal only lends it the identity that it would have without a plan. So a sheet that is
    /// read before the form, and one that is read after it, leave the same keys.
    fn remember_alias(&mut self, goal: usize, student: usize) {
        let mut answers = self.found[goal].by_plan.iter().map(|(_, found)| found.entity);
        if let Some(Some(entity)) = answers.next()
            && answers.all(|other| other == Some(entity))
        {
            self.lend(goal, student, entity);
        }
    }

    /// Gives a goal the identity of a mention, unless another goal has it.
    fn lend(&mut self, goal: usize, student: usize, entity: usize) {
        let identity = self.year_identity(goal, student);
        if !self.taken.contains(&identity) {
            self.taken.insert(identity.clone());
            self.entities[entity].identities.insert(identity);
        }
    }

    fn year_identity(&self, goal: usize, student: usize) -> Identity {
        let said = &self.mentions[goal];
        let text = [("number", &said.number), ("area", &said.area), ("text", &said.statement), ("measure", &said.measure)]
            .into_iter()
            .find(|(_, text)| !text.is_empty())
            .map_or_else(|| "goal".to_owned(), |(kind, text)| format!("{kind}:{text}"));
        Identity {
            scope: key_text('S', self.students.entities[student].key),
            kind: "year",
            text: format!("{} {text}", said.school_year),
        }
    }

    /// Number, then measure, then area, then the sentence; more than one is no answer.
    fn match_in(&self, said: &GoalMention, known: &[usize]) -> Found {
        if known.is_empty() {
            return Found::none();
        }
        type Fits = fn(&GoalMention, &GoalEntity) -> bool;
        let by_number: Fits = |said, goal| !said.number.is_empty() && goal.numbers.contains(said.number.as_str());
        let by_statement: Fits = |said, goal| !said.statement.is_empty() && goal.statement == said.statement;
        let by_measure: Fits = |said, goal| {
            !said.measure.is_empty()
                && (goal.measures.contains(said.measure.as_str()) || goal.areas.contains(said.measure.as_str()))
        };
        let by_area: Fits = |said, goal| {
            goal.areas.contains(said.area.as_str())
                || area::fits(
                    &said.area,
                    goal.areas.first().map_or("", String::as_str),
                    &goal.statement,
                    goal.units.first().copied(),
                )
        };
        let steps =
            [(by_number, Rule::GoalNumber), (by_statement, Rule::Statement), (by_measure, Rule::Measure), (by_area, Rule::Area)];
        for (fits, rule) in steps {
            let all: Vec<usize> = known.iter().copied().filter(|goal| fits(said, &self.entities[*goal])).collect();
            // A number names annual goals before objectives.
            let annual: Vec<usize> = all.iter().copied().filter(|goal| !self.entities[*goal].is_objective).collect();
            let all = if annual.is_empty() { all } else { annual };
            // An area that fits does not make another number the same goal.
            let all: Vec<usize> =
                all.into_iter().filter(|goal| rule == Rule::GoalNumber || !self.contradicts(said, *goal)).collect();
            match all.len() {
                0 => {}
                1 => return Found::one(all[0], rule),
                _ => return Found::several(all),
            }
        }
        Found::none()
    }

    /// A goal of a school year that has another number is another goal. A plan's number may differ from a sheet's own id.
    fn contradicts(&self, said: &GoalMention, goal: usize) -> bool {
        let entity = &self.entities[goal];
        let same_kind = entity.plan.is_none() || said.number.len() <= 3;
        same_kind && !said.number.is_empty() && !entity.numbers.is_empty() && !entity.numbers.contains(said.number.as_str())
    }

    fn join(&mut self, entity: usize, goal: usize, plan: Option<usize>, found: Found) {
        let said = &self.mentions[goal];
        let known = &mut self.entities[entity];
        known.mentions.push(goal);
        if known.plan.is_none() || said.plan.is_some() {
            known.numbers.insert_text(&said.number);
        }
        known.areas.insert_text(&said.area);
        known.measures.insert_text(&said.measure);
        if let Some(unit) = said.unit {
            known.units.insert(unit);
        }
        if known.statement.is_empty() {
            known.statement.clone_from(&said.statement);
        }
        self.found[goal].by_plan.push((plan, found));
    }
}

fn plan_identity(said: &GoalMention, objective: bool) -> String {
    if !said.number.is_empty() {
        format!("number:{}", said.number)
    } else if objective || !said.statement.is_empty() {
        format!("text:{}", said.statement)
    } else {
        format!("place:{}", said.at.locator)
    }
}

fn identity_text(entity: &GoalEntity) -> &str {
    entity.identities.first().map_or("", |identity| identity.text.as_str())
}
