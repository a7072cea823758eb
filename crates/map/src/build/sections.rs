//! Several tables below each other on one sheet: where each begins, and what of the first one's surroundings holds for it.

use super::*;
use crate::context::goal_number;
use crate::period;
use crate::shape::{is_area, is_date, is_school_talk, number};

/// A table further down.
pub(super) struct Section {
    /// The first row that belongs to it: a title, or its header.
    pub(super) from: usize,
    /// The row of its titles.
    pub(super) at: usize,
}

/// The tables below the first one, whose titles end at `bottom`.
pub(super) fn sections(head: &[HeadRow], bottom: usize) -> Vec<Section> {
    let mut found: Vec<Section> = Vec::new();
    let (mut header, mut last) = (bottom, bottom);
    for at in bottom + 2..head.len() {
        // Nearly all rows are data.
        if head[at].filled().any(|(_, text)| number(text).is_some()) {
            continue;
        }
        let begin_at = |at: usize| (last + 1..at).rev().take_while(|row| is_context(&head[*row])).last().unwrap_or(at);
        let apart_at = |at: usize, begin: usize| head[begin].number > head[begin - 1].number.saturating_add(1) || begin < at;
        // The titles of groups stand above what is found as the header.
        let top = heading(&head[..head.len().min(at + 2)], at, false).top.max(last + 1);
        let begin = begin_at(top);
        // The same titles once more, with nothing above them, are only repeated.
        let same = begin == top && titles(&head[at]) == titles(&head[header]);
        if begin - 1 > last && apart_at(top, begin) && !same && header::is_header(&head[at..head.len().min(at + 9)]) {
            found.push(Section { from: begin, at });
            (header, last) = (at, at);
        }
    }
    found
}

/// The first table may have plainer titles than one below it: the first row of titles with data under it, above the row
/// that looks best.
pub(super) fn earlier(head: &[HeadRow], best: usize) -> Option<usize> {
    let data = |row: &HeadRow, header: &HeadRow| {
        let value = |text: &str| number(text).is_some() || is_date(text) || text.ends_with('%');
        !is_context(row) && row.filled().any(|(column, text)| value(text) && header.cell(column).is_some())
    };
    (0..best).find(|at| {
        let header = &head[*at];
        head[at + 1].number <= header.number.saturating_add(2)
            && header::is_header(&head[*at..head.len().min(at + 9)])
            && data(&head[at + 1], header)
            && at + 1 < best
    })
}

/// `Student | Grade | Goal #` over a single row, above the scores: what the row says of the tables below.
pub(super) fn single_row(sheet: &Sheet<'_>, heading: &Heading, head: &[HeadRow]) -> Option<Vec<Context>> {
    let [row] = &head[heading.bottom + 1..] else { return None };
    let mut said = Vec::new();
    for (column, text) in row.filled() {
        let (title, _) = heading.titles.get(column)?;
        let Some(field) = context::label(title) else { continue };
        if field >= Field::Date && field <= Field::PromptLevel {
            return None;
        }
        if context::allowed(field) {
            let place = place::cell(sheet.name, column, row.number);
            said.push(Context { field: Some(field), text: text.to_owned(), place, kind: row.kind(column) });
        }
    }
    (said.len() >= 2).then_some(said)
}

/// The rows between those of a table that say what the rows below them are about: `Goal 2`, `Intervention`.
pub(super) fn label_rows(sheet: &Sheet<'_>, rows: &[HeadRow], plan: &Plan) -> Vec<Region> {
    let mut regions: Vec<Region> = Vec::new();
    let first = plan.titles.iter().position(|title| !title.is_empty()).unwrap_or(0);
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.number > plan.header_row) {
        let mut said = context::read(sheet, std::slice::from_ref(row));
        let (alone, mut lined) = (row.filled().count() == 1, false);
        // A lone text further right is a remark on nothing.
        if row.filled().next().is_none_or(|(column, _)| column > first) {
            continue;
        }
        // Data follows, or another such row.
        if !alone && !is_context(row) || at + 1 == rows.len() {
            continue;
        }
        if let [title] = said.titles.as_slice()
            && alone
        {
            let line = phase_line(&title.text);
            let field = if line.is_some() || is_phase(&title.text) {
                Some(Field::Phase)
            } else if context::person_in(&title.text).is_some() {
                Some(Field::StudentName)
            } else {
                None
            };
            let text = line.unwrap_or(&title.text).to_owned();
            said.said.extend(field.map(|field| Context { field: Some(field), text, ..title.clone() }));
            lined = line.is_some();
        }
        let known = |context: &Context| {
            context.field.is_some_and(|field| {
                (STUDENT.contains(&field) || GOAL.contains(&field) || matches!(field, Field::Phase | Field::Measure))
                    && plan.column_of(field).is_none()
            })
        };
        if said.said.is_empty() || !said.said.iter().all(known) {
            continue;
        }
        let base = regions.last().and_then(|region| region.plan.as_ref().ok()).unwrap_or(plan);
        let mut plan = base.relabelled(row.number, &said.said);
        if lined {
            plan.header_row = row.number - 1;
            plan.header_top = row.number;
            plan.skips = Some((row.number, row.number, skip::PHASE));
        }
        regions.push(Region { from: row.number, plan: Ok(plan) });
    }
    if let Some(row) = rows.iter().position(is_key).map(|at| &rows[at]).filter(|row| row.number > plan.header_row) {
        regions.retain(|region| region.from < row.number);
        let skips = Some((row.number, u64::MAX, skip::KEY));
        let header_row = row.number - 1;
        let plan = Plan {
            header_row,
            header_top: row.number,
            bare: Vec::new(),
            notes: Vec::new(),
            later: Vec::new(),
            skips,
            ..plan.clone()
        };
        regions.push(Region { from: row.number, plan: Ok(plan) });
    }
    regions
}

/// `Code | Meaning` over the codes of a table.
fn is_key(row: &HeadRow) -> bool {
    let cells: Vec<String> = row.filled().map(|(_, text)| plain(text)).collect();
    let [code, meaning] = cells.as_slice() else { return false };
    matches!(code.as_str(), "code" | "codes" | "key" | "symbol" | "mark" | "abbreviation" | "letter" | "codigo" | "clave")
        && matches!(
            meaning.as_str(),
            "meaning" | "means" | "description" | "definition" | "explanation" | "significado" | "descripcion"
        )
}

/// `--- Phase B: repeated reading begins ---`: what stands between the lines, without the word.
fn phase_line(text: &str) -> Option<&str> {
    let line = |letter: char| matches!(letter, '-' | '–' | '—' | '=' | '_' | '*' | '~' | '>' | '<' | '|');
    let inner = text.trim().trim_matches(|letter| line(letter) || letter == ' ');
    let cut = text.len() - inner.len();
    let first = plain(inner);
    let fits = cut >= 4 && is_phase(first.split(' ').next().unwrap_or("")) && text.trim().starts_with(line);
    let word = inner.split(' ').next().filter(|word| matches!(word.to_lowercase().as_str(), "phase" | "fase"));
    let rest = word.map_or(inner, |word| inner[word.len()..].trim());
    (fits && !rest.is_empty()).then_some(rest)
}

/// A title of a phase: `Baseline`, `Intervention 2`, `Phase B`, `A`.
fn is_phase(text: &str) -> bool {
    let words = plain(text);
    let first = words.split(' ').next().unwrap_or("");
    let count = words.split(' ').count();
    matches!(words.as_str(), "a" | "b" | "c")
        || count <= 4
            && matches!(
                first,
                "baseline"
                    | "intervention"
                    | "phase"
                    | "treatment"
                    | "maintenance"
                    | "generalization"
                    | "fase"
                    | "intervencion"
                    | "mantenimiento"
            )
}

impl Plan {
    /// This plan for the rows below a row that says something else of them.
    fn relabelled(&self, row: u64, said: &[Context]) -> Self {
        let says = |fields: &[Field]| said.iter().any(|context| context.field.is_some_and(|field| fields.contains(&field)));
        let had_student = self.constants.iter().any(|other| STUDENT.contains(&other.field));
        let another_student = says(&STUDENT);
        // The goal of one child is not the next one's.
        let another_goal = says(&GOAL) || another_student && had_student;
        let mut plan = Self {
            header_row: row,
            header_top: row.saturating_add(1),
            bare: Vec::new(),
            notes: Vec::new(),
            later: Vec::new(),
            ..self.clone()
        };
        plan.constants.retain(|other| {
            let goal = other.field >= Field::GoalRef && other.field <= Field::Criterion;
            let student = other.field <= Field::Grade;
            !(goal && another_goal
                || student && another_student
                || other.field == Field::Phase && (another_goal || another_student))
                && said.iter().all(|context| context.field != Some(other.field))
        });
        for (field, context) in said.iter().filter_map(|context| Some((context.field?, context))) {
            plan.constants.push(Said { field, text: context.text.clone(), kind: context.kind, column: Slot::NO_COLUMN });
        }
        plan.context = said.to_vec();
        plan
    }
}

fn titles(row: &HeadRow) -> Vec<(usize, String)> {
    row.filled().map(|(column, text)| (column, plain(text))).collect()
}

/// A row that says something about the table below it: a title, a label with its value.
fn is_context(row: &HeadRow) -> bool {
    let mut cells = row.filled();
    let Some((column, first)) = cells.next() else { return false };
    // "Target:" is a label, "Target" a row of the table above.
    let total = skip::label(first).is_some_and(|label| !(first.ends_with(':') && label == skip::Label::Sure(skip::LINE)));
    if total || number(first).is_some() || is_date(first) || row.kind(column).eq_ignore_ascii_case(&b'd') {
        return false;
    }
    let labelled = |text: &str| {
        text.ends_with(':') || text.split_once(':').is_some_and(|(label, _)| !label.is_empty()) || context::label(text).is_some()
    };
    match cells.next() {
        None => true,
        // Not the row of titles, which are all labels.
        Some((_, second)) => {
            labelled(first) && (first.contains(':') || context::label(second).is_none()) || goal_number(first).is_some()
        }
    }
}

impl Surroundings {
    /// Adds what stands above the first table and holds for this one too: who the student is, unless a title here may be
    /// another one; the goal only where this table has no titles of its own.
    pub(super) fn inherit(&mut self, first: &Self) {
        let who = |context: &Context| context.field.is_some_and(|field| field <= Field::CaseManager);
        let student = |context: &Context| context.field.is_some_and(|field| STUDENT.contains(&field));
        let bare = self.said.is_empty() && self.titles.is_empty() && self.others.is_empty();
        let named = self.said.iter().any(student) || self.titles.iter().any(|title| context::person_in(&title.text).is_some());
        let stated = first.said.iter().any(student);
        let strange = self.titles.iter().any(|title| may_be_name(&title.text));
        for said in &first.said {
            let here = self.said.iter().any(|own| own.field == said.field);
            let fits = if student(said) { !named } else { bare || who(said) };
            if fits && !here {
                self.said.push(said.clone());
            }
        }
        if !named && !stated && !strange {
            let person = |title: &&Context| context::person_in(&title.text).is_some();
            self.titles.extend(first.titles.iter().filter(person).cloned());
        }
    }
}

/// A title that may be somebody's name, such as `Ben`.
fn may_be_name(text: &str) -> bool {
    let words = text.split_whitespace();
    !is_school_talk(text)
        && !is_area(text)
        && period::split(text).is_none()
        && words.clone().count() <= 4
        && words.clone().all(|word| word.starts_with(char::is_uppercase))
        && !text.bytes().any(|byte| byte.is_ascii_digit())
}
