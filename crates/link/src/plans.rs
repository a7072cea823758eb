//! Plans: one for each student and first day; an amendment belongs to the plan that is in effect on its day.

use crate::mention::PlanMention;
use crate::mint::{Identity, Register, key_text};
use crate::students::{Keyed, Students, sort_by_key};
use crate::{Found, Rule};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A plan, or an amendment of one.
#[derive(Debug, Clone, Default)]
pub struct PlanEntity {
    /// Number of the key.
    pub key: u32,
    /// Student, where it is known.
    pub student: Option<usize>,
    /// Mentions, in order.
    pub mentions: Vec<usize>,
    /// First day, where it is known.
    pub start: Option<NaiveDate>,
    /// Last day, included; a year when none was said.
    pub end: Option<NaiveDate>,
    /// The plan that it amends, by its key's number.
    pub amends: Option<u32>,
    /// True when the mentions came from more than one source.
    pub disputed: bool,
    amendment: bool,
}

impl Keyed for PlanEntity {
    fn key(&self) -> u32 {
        self.key
    }

    fn set_key(&mut self, key: u32) {
        self.key = key;
    }
}

/// What [`resolve_plans`] found.
#[derive(Debug, Default)]
pub struct Plans {
    /// Plans, by key.
    pub entities: Vec<PlanEntity>,
    /// What each mention came to.
    pub found: Vec<Found>,
    by_student: BTreeMap<usize, Vec<usize>>,
}

impl Plans {
    /// The plans of a student that overlap some days, base plans only, in the order of their first day.
    pub fn overlapping(&self, student: usize, first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = usize> + '_ {
        let plans = self.by_student.get(&student).map_or(&[][..], Vec::as_slice);
        plans.iter().copied().filter(move |plan| {
            let plan = &self.entities[*plan];
            plan.start.is_none_or(|start| start <= last) && plan.end.is_none_or(|end| end >= first)
        })
    }

    /// The plan in effect on a day: of those that hold it, the one that began last.
    #[must_use]
    pub fn in_effect(&self, student: usize, day: NaiveDate) -> Option<usize> {
        self.overlapping(student, day, day).max_by_key(|plan| self.entities[*plan].start)
    }

    /// The base plan of a plan or an amendment.
    #[must_use]
    pub fn base(&self, plan: usize) -> usize {
        let amends = self.entities[plan].amends;
        amends.and_then(|key| self.entities.iter().position(|other| other.key == key)).unwrap_or(plan)
    }
}

fn a_year_less_a_day(start: NaiveDate) -> Option<NaiveDate> {
    start.checked_add_months(chrono::Months::new(12))?.pred_opt()
}

/// What makes two mentions one plan: student, amendment or not, first day; or a place of its own.
type Same<'a> = (Option<u32>, bool, Option<NaiveDate>, Option<(usize, &'a str)>);

/// Finds the plan of each mention and gives each plan a key.
#[must_use]
pub fn resolve_plans(mentions: &[PlanMention], students: &Students, register: &mut Register) -> Plans {
    let mut groups: BTreeMap<Same<'_>, Vec<usize>> = BTreeMap::new();
    for (mention, said) in mentions.iter().enumerate() {
        let student = students.found[said.student].entity.map(|student| students.entities[student].key);
        let first = said.effective_from.or(said.start);
        // Without a student or a day nothing ties two mentions together.
        let alone = (student.is_none() || first.is_none()).then_some((said.at.source, said.at.locator.as_str()));
        groups.entry((student, said.amendment, first, alone)).or_default().push(mention);
    }
    let mut entities = Vec::new();
    let mut found = vec![Found::none(); mentions.len()];
    let mut identities = Vec::new();
    for ((student_key, amendment, first, _), group) in groups {
        let number = entities.len();
        let mut entity = PlanEntity { amendment, ..PlanEntity::default() };
        for &mention in &group {
            let said = &mentions[mention];
            entity.student = students.found[said.student].entity;
            entity.start = entity.start.or(said.start).or(first);
            entity.end = entity.end.max(said.end);
            entity.disputed |= mentions[group[0]].at.source != said.at.source;
            found[mention] = Found::one(number, Rule::New);
            entity.mentions.push(mention);
        }
        entity.end = entity.end.or_else(|| entity.start.and_then(a_year_less_a_day));
        let scope = student_key.map_or_else(String::new, |key| key_text('S', key));
        let kind = if amendment { "amendment" } else { "plan" };
        let said = &mentions[group[0]];
        let text = match (student_key, first) {
            (Some(_), Some(day)) => day.to_string(),
            _ => format!("{} {}", said.at.source, said.at.locator),
        };
        identities.push(vec![Identity { scope, kind, text }]);
        entities.push(entity);
    }
    let keys = register.mint(identities);
    sort_by_key(&mut entities, &mut found, &keys);
    let mut plans = Plans { entities, found, by_student: BTreeMap::new() };
    index(&mut plans);
    plans
}

fn index(plans: &mut Plans) {
    for (plan, entity) in plans.entities.iter().enumerate() {
        if let (Some(student), false) = (entity.student, entity.amendment) {
            plans.by_student.entry(student).or_default().push(plan);
        }
    }
    for list in plans.by_student.values_mut() {
        list.sort_by_key(|plan| (plans.entities[*plan].start, plans.entities[*plan].key));
        // A plan ends when the next one begins.
        for pair in 0..list.len().saturating_sub(1) {
            let next = plans.entities[list[pair + 1]].start.and_then(|day| day.pred_opt());
            let entity = &mut plans.entities[list[pair]];
            if let (Some(end), Some(next)) = (entity.end, next)
                && next < end
                && entity.start.is_none_or(|start| next >= start)
            {
                entity.end = Some(next);
            }
        }
    }
    let amendments: Vec<usize> = (0..plans.entities.len()).filter(|plan| plans.entities[*plan].amendment).collect();
    for plan in amendments {
        let entity = &plans.entities[plan];
        if let (Some(student), Some(day)) = (entity.student, entity.start) {
            let base = plans.in_effect(student, day);
            plans.entities[plan].amends = base.map(|base| plans.entities[base].key);
        }
    }
}
