//! Choices of people: which student or goal it is, where more than one fits, or none. A choice is keyed by what was typed,
//! so it holds for all rows and files that say the same; it counts only where nothing else decides.

use crate::read::Source;
use crate::survey::Survey;
use aimline_link::{Found, GoalMention, Goals, Rule, StudentMention, Students};
use aimline_map::{GridRow, HeadRow};
use aimline_model::codes::Code;
use aimline_model::diagnostic::Diagnostic;
use aimline_model::repair::{CHOICE, KEY};
use aimline_normalize::name::fold;
use aimline_store::choices::Choice;
use aimline_store::hash_key;
use std::collections::{BTreeMap, BTreeSet};

/// A line of a tab of questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    key: String,
    choice: String,
    locator: String,
    row: u64,
}

/// A tab of questions in a copy of quarantine.xlsx.
#[derive(Debug)]
pub(crate) struct Answers {
    header_row: u64,
    key: usize,
    choice: usize,
    found: Vec<Answer>,
}

impl Answers {
    /// Looks for the titles in the first rows of a tab.
    pub(crate) fn of(head: &[HeadRow]) -> Option<Self> {
        head.iter().find_map(|row| {
            let place = |title: &str| row.cells.iter().position(|cell| cell.as_deref().map(str::trim) == Some(title));
            Some(Self { header_row: row.number, key: place(KEY)?, choice: place(CHOICE)?, found: Vec::new() })
        })
    }

    /// Takes a row of the tab.
    pub(crate) fn take(&mut self, sheet: &str, row: &GridRow<'_>) {
        if let Some(key) = row.cell(self.key).filter(|_| row.number > self.header_row) {
            let (key, choice) = (key.to_owned(), row.cell(self.choice).unwrap_or_default().to_owned());
            let locator = aimline_model::place::row(sheet, row.number);
            self.found.push(Answer { key, choice, locator, row: row.number });
        }
    }
}

/// The choices that stand, by key.
#[derive(Debug, Default)]
pub(crate) struct Choices {
    by_key: BTreeMap<String, Choice>,
    /// Keys whose choice was used.
    used: BTreeSet<String>,
    /// Keys whose choice names nothing.
    useless: BTreeSet<String>,
    /// Two workbooks say different things: source, row, place, what was chosen.
    disputed: Vec<(usize, Answer)>,
}

impl Choices {
    /// The choices of the workbooks that are there, then those of `decisions.csv`, then those of earlier runs.
    pub(crate) fn gather(sources: &[Source], surveys: &[Survey], decided: &[(String, String)], stored: Vec<Choice>) -> Self {
        let mut choices = Self::default();
        let mut said: BTreeMap<&str, Vec<(usize, &Answer)>> = BTreeMap::new();
        for (source, survey) in surveys.iter().enumerate().filter(|(source, _)| sources[*source].entry.present) {
            for answer in survey.answers.iter().flat_map(|tab| &tab.found) {
                said.entry(&answer.key).or_default().push((source, answer));
            }
        }
        for old in stored {
            // A choice that its own workbook has taken back is taken back.
            let again = said.get(old.key.as_str()).into_iter().flatten();
            if !again.into_iter().any(|(source, _)| sources[*source].entry.source_id == old.source_id) {
                choices.by_key.insert(old.key.clone(), old);
            }
        }
        for (key, choice) in decided {
            let (key, choice) = (key.clone(), choice.clone());
            choices.by_key.insert(key.clone(), Choice { key, choice, source_id: String::new(), locator: "decisions.csv".into() });
        }
        for (key, answers) in said {
            let mut filled = answers.iter().filter(|(_, answer)| !answer.choice.is_empty());
            let Some((source, first)) = filled.next() else { continue };
            if filled.clone().any(|(_, other)| fold(&other.choice) != fold(&first.choice)) {
                choices.by_key.remove(key);
                choices.disputed.extend(std::iter::once((*source, *first)).chain(filled.copied()).map(|(s, a)| (s, a.clone())));
                continue;
            }
            let source_id = sources[*source].entry.source_id.clone();
            let choice = Choice { key: key.to_owned(), choice: first.choice.clone(), source_id, locator: first.locator.clone() };
            choices.by_key.insert(key.to_owned(), choice);
        }
        choices
    }

    /// Links the students that nobody else decided about. `number` says which entity a key stands for now.
    pub(crate) fn students(&mut self, mentions: &[StudentMention], students: &mut Students, number: &dyn Fn(&str) -> u32) {
        for (mention, said) in mentions.iter().enumerate() {
            if self.by_key.is_empty() || students.found[mention].entity.is_some() {
                continue;
            }
            let key = student_key(said);
            let Some(choice) = self.by_key.get(&key) else { continue };
            let text = choice.choice.trim();
            let known = number(text);
            let fits = |entity: &aimline_link::StudentEntity| {
                entity.key == known || entity.state_ids.contains(text) || entity.local_ids.iter().any(|(_, id)| id == text)
            };
            let found: Vec<usize> = (0..students.entities.len()).filter(|entity| fits(&students.entities[*entity])).collect();
            if let [entity] = found[..] {
                students.entities[entity].mentions.push(mention);
                students.found[mention] = Found { entity: Some(entity), rule: Rule::Chosen, candidates: Vec::new() };
                self.used.insert(key);
            } else {
                self.useless.insert(key);
            }
        }
    }

    /// Links the goals that nobody else decided about.
    pub(crate) fn goals(
        &mut self,
        mentions: &[GoalMention],
        of: &[StudentMention],
        students: &Students,
        goals: &mut Goals,
        number: &dyn Fn(&str) -> u32,
    ) {
        for (mention, said) in mentions.iter().enumerate() {
            let open = goals.found[mention].by_plan.iter().any(|(_, found)| found.entity.is_none());
            let Some(student) = students.found[said.student].entity.filter(|_| open && !self.by_key.is_empty()) else { continue };
            let key = goal_key(&of[said.student], said);
            let Some(choice) = self.by_key.get(&key) else { continue };
            let known = number(choice.choice.trim());
            let fits = |entity: &aimline_link::GoalEntity| entity.student == Some(student) && entity.key == known;
            let Some(entity) = goals.entities.iter().position(fits) else {
                self.useless.insert(key);
                continue;
            };
            goals.entities[entity].mentions.push(mention);
            for (_, found) in goals.found[mention].by_plan.iter_mut().filter(|(_, found)| found.entity.is_none()) {
                *found = Found { entity: Some(entity), rule: Rule::Chosen, candidates: Vec::new() };
            }
            self.used.insert(key);
        }
    }

    /// What the next run will know, and what is said of the choices.
    pub(crate) fn into_parts(self, sources: &[Source]) -> (Vec<Choice>, Vec<Diagnostic>) {
        let number = |id: &str| sources.iter().position(|source| source.entry.source_id == id);
        let mut said = Vec::new();
        let mut used: BTreeMap<usize, usize> = BTreeMap::new();
        for choice in self.used.iter().filter_map(|key| self.by_key.get(key)) {
            if let Some(source) = number(&choice.source_id) {
                *used.entry(source).or_default() += 1;
            }
        }
        said.extend(used.iter().map(|(source, n)| Diagnostic::new(*source, Code::I010, "").seen(n.to_string())));
        for choice in self.useless.iter().filter_map(|key| self.by_key.get(key)) {
            let source = number(&choice.source_id).unwrap_or(0);
            said.push(Diagnostic::new(source, Code::I011, choice.locator.clone()).seen(choice.choice.clone()));
        }
        for (source, answer) in self.disputed {
            let mut found = Diagnostic::new(source, Code::I011, answer.locator).seen(answer.choice);
            found.row = answer.row;
            said.push(found);
        }
        // Those of decisions.csv are configuration; they need no memory.
        let kept = self.by_key.into_values().filter(|choice| !choice.source_id.is_empty()).collect();
        (kept, said)
    }
}

/// Names a student by what was typed.
pub(crate) fn student_key(said: &StudentMention) -> String {
    let any_id = said.any_id.as_ref().map_or("", |(_, id)| id.as_str());
    let birth = said.birth_date.map(|day| day.to_string()).unwrap_or_default();
    let parts = [said.state_id.as_deref(), said.local_id.as_deref(), Some(any_id), Some(said.name_key.as_str()), Some(&birth)];
    format!("student-{}", hash_key(&parts.map(|part| part.unwrap_or_default().as_bytes())))
}

/// Names a student's goal by what was typed of both.
pub(crate) fn goal_key(student: &StudentMention, said: &GoalMention) -> String {
    let year = said.school_year.to_string();
    let student = student_key(student);
    let parts = [&student, &said.number, &said.area, &said.statement, &said.measure, &year];
    format!("goal-{}", hash_key(&parts.map(|part| part.as_bytes())))
}
