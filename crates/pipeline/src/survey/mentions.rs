//! Who and what a record mentions: found again by its texts, or new.

use super::{GOAL_KEY, NONE, PLAN_KEY, STUDENT_KEY, Surveyor, Triple, key_part};
use crate::attributes::StudentFacts;
use crate::facts::{self, Orders};
use crate::walk::Spot;
use aimline_link::{Attributes, GoalMention, MeasureMention, PlanMention, StudentMention};
use aimline_model::record::{Fields, Record};
use aimline_model::staged::{Field, Kind};

/// What makes a row of scores one: a day or a session, a score, or the form that it stands in.
const PLACE: Fields =
    Fields::of(&[Field::Date, Field::Session, Field::Score, Field::Correct, Field::Trials, Field::GoalRef, Field::PlanRef]);

impl Surveyor<'_> {
    /// Finds or makes the mentions of a record.
    pub(super) fn mention(&mut self, table: usize, record: &Record<'_>, year: i32, spot: Spot<'_>, orders: &Orders) -> Triple {
        let at = Attributes { source: 0, locator: spot.locator(None), n_items: 0 };
        let mut triple = Triple { student: NONE, plan: NONE, goal: NONE, measure: NONE, lost_id: None };
        // A key of codes below a table has texts under "Student" and no score on any day: it mentions nobody.
        if record.kind == Kind::Point && PLACE.and(record.fields()).is_empty() {
            return triple;
        }
        match facts::student(record, orders, (0, table as u32)) {
            Ok(Some((said, facts))) => triple.student = self.student(record, StudentMention { at: at.clone(), ..said }, facts),
            Ok(None) => {}
            Err((field, _)) => triple.lost_id = Some(field),
        }
        let plan_ref = record.text(Field::PlanRef).unwrap_or_default();
        if record.kind == Kind::Plan {
            triple.plan = self.new_plan(record, &at, triple.student, orders);
        } else if let Some(plan) = self.plans.get(plan_ref) {
            triple.plan = *plan;
        }
        if triple.student == NONE
            && let Some(student) = self.plan_student.get(plan_ref)
        {
            triple.student = *student;
        }
        if matches!(record.kind, Kind::Student | Kind::Plan | Kind::Service) || triple.student == NONE {
            return triple;
        }
        if record.kind == Kind::Point && year == 0 && !self.placed(record) {
            return triple;
        }
        let screening = spot.is_screening();
        if !screening {
            triple.goal = self.goal(record, year, &at, triple, orders);
        }
        if (triple.goal != NONE || screening) && matches!(record.kind, Kind::Goal | Kind::Point | Kind::Report) {
            triple.measure = self.measure(record, &at, triple, orders);
        }
        triple
    }

    /// True when a score without a full date still stands somewhere: in a form, in a session, under a title such as 9/5, or
    /// under one such as Q1 whose days the calendar says. One that does not will be set aside, so it mentions no goal.
    fn placed(&self, record: &Record<'_>) -> bool {
        let date = record.slot(Field::Date);
        let column = date.map(|slot| slot.column) == record.slot(Field::Score).map(|slot| slot.column);
        let window = || date.is_some_and(|slot| self.config.has_window(slot.text));
        record.text(Field::GoalRef).is_some() || record.text(Field::Session).is_some() || column || window()
    }

    fn student(&mut self, record: &Record<'_>, said: StudentMention, facts: StudentFacts) -> u32 {
        let mut bytes = vec![record.kind as u8];
        key_part(record, 0, STUDENT_KEY, &mut bytes);
        // A roster row says more than a row of scores with the same id, so it is a mention of its own.
        if record.kind == Kind::Point {
            bytes[0] = Kind::Goal as u8;
        }
        *self.students.entry(bytes).or_insert_with(|| {
            self.out.mentions.students.push((said, facts));
            self.out.mentions.students.len() as u32 - 1
        })
    }

    fn new_plan(&mut self, record: &Record<'_>, at: &Attributes, student: u32, orders: &Orders) -> u32 {
        if student == NONE {
            return NONE;
        }
        let (said, facts) = facts::plan(record, orders);
        let plan = self.out.mentions.plans.len() as u32;
        self.out.mentions.plans.push((PlanMention { at: at.clone(), student: student as usize, ..said }, facts));
        if let Some(plan_ref) = record.text(Field::PlanRef) {
            self.plans.insert(plan_ref.to_owned(), plan);
            self.plan_student.insert(plan_ref.to_owned(), student);
        }
        plan
    }

    fn goal(&mut self, record: &Record<'_>, year: i32, at: &Attributes, triple: Triple, orders: &Orders) -> u32 {
        if record.kind != Kind::Goal
            && let Some(goal) = record.text(Field::GoalRef).and_then(|goal_ref| self.goal_refs.get(goal_ref))
        {
            return *goal;
        }
        let defined_in_plan = record.kind == Kind::Goal && triple.plan != NONE;
        let Some((said, facts)) = facts::goal(record, orders) else {
            return NONE;
        };
        let mut bytes = Vec::new();
        bytes.extend_from_slice(&triple.student.to_le_bytes());
        bytes.extend_from_slice(&year.to_le_bytes());
        key_part(record, PLAN_KEY - 2, GOAL_KEY, &mut bytes);
        if let Some(goal) = self.goals.get(&bytes) {
            return *goal;
        }
        let goal = self.out.mentions.goals.len() as u32;
        let parent = record.text(Field::ParentRef).and_then(|parent| self.goal_refs.get(parent)).map(|goal| *goal as usize);
        let said = GoalMention {
            at: at.clone(),
            student: triple.student as usize,
            plan: defined_in_plan.then_some(triple.plan as usize),
            parent,
            school_year: year,
            ..said
        };
        self.out.mentions.goals.push((said, facts));
        self.goals.insert(bytes, goal);
        if let Some(goal_ref) = record.text(Field::GoalRef).filter(|_| record.kind == Kind::Goal) {
            self.goal_refs.insert(goal_ref.to_owned(), goal);
        }
        goal
    }

    fn measure(&mut self, record: &Record<'_>, at: &Attributes, triple: Triple, orders: &Orders) -> u32 {
        let goal = triple.goal;
        let owner = if goal == NONE { [0, triple.student] } else { [1, goal] };
        let mut bytes: Vec<u8> = owner.iter().flat_map(|part| part.to_le_bytes()).collect();
        for field in [Field::Measure, Field::Unit] {
            bytes.push(0);
            bytes.extend_from_slice(record.text(field).unwrap_or_default().as_bytes());
        }
        if let Some(measure) = self.measures.get(&bytes) {
            // The first row may have left out what a later one says.
            let (said, facts) = &mut self.out.mentions.measures[*measure as usize];
            if !said.has_target && record.text(Field::Target).is_some()
                || facts.baseline.is_none() && record.text(Field::Baseline).is_some()
            {
                let (new, more) = facts::measure(record, orders);
                said.has_target |= new.has_target;
                facts.target = facts.target.take().or(more.target);
                facts.target_date = facts.target_date.or(more.target_date);
                facts.baseline = facts.baseline.take().or(more.baseline);
                facts.baseline_date = facts.baseline_date.or(more.baseline_date);
            }
            return *measure;
        }
        let (said, facts) = facts::measure(record, orders);
        // An objective in words only measures nothing.
        let words = !said.has_target && said.unit.is_none() && said.name.is_empty() && facts.baseline.is_none();
        if words && record.kind == Kind::Goal && record.text(Field::ParentRef).is_some() {
            return NONE;
        }
        let measure = self.out.mentions.measures.len() as u32;
        let said = MeasureMention {
            at: at.clone(),
            student: triple.student as usize,
            goal: (goal != NONE).then_some(goal as usize),
            ..said
        };
        self.out.mentions.measures.push((said, facts));
        self.measures.insert(bytes, measure);
        measure
    }
}
