//! The second pass, over one bundle: what each table is, how its columns vote, and who and what is mentioned.

mod mentions;
mod votes;

use crate::PipelineError;
use crate::attributes::{GoalFacts, MeasureFacts, PlanFacts, StudentFacts};
use crate::choice::Answers;
use crate::config::Config;
use crate::facts::{self, DATES, Orders};
use crate::profiles;
use crate::read::{Said, read_diagnostics};
use crate::repair::{Lines, Patches};
use crate::walk::{GridWalk, Part, Placed, Seen, Shape, Spot, Stretch, grid_rows, parts, patched, record_rows, take_cells};
use aimline_host::wire::Batch;
use aimline_link::{GoalMention, MeasureMention, PlanMention, StudentMention};
use aimline_map::{GridRow, HEAD_CELLS, HEAD_ROWS, HeadRow, Plan, Sheet, Stop};
use aimline_model::record::{Fields, Record};
use aimline_model::school_year;
use aimline_model::staged::{Field, Kind};
use aimline_normalize::date::{Order, parse_and_vote, parse_date};
use aimline_normalize::number::parse_number;
use aimline_normalize::scale::Scale;
use aimline_normalize::score::{Score, UnitHint, parse_score};
use aimline_normalize::units::unit_named;
use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::path::Path;
use votes::{Votes, decide};

/// No mention.
pub(crate) const NONE: u32 = u32::MAX;

/// The mentions of one record: indexes into [`Mentions`], or [`NONE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Triple {
    pub student: u32,
    pub plan: u32,
    pub goal: u32,
    pub measure: u32,
    /// The id of the student has lost its digits.
    pub lost_id: Option<Field>,
}

/// What a source mentions.
#[derive(Debug, Default)]
pub(crate) struct Mentions {
    pub students: Vec<(StudentMention, StudentFacts)>,
    pub plans: Vec<(PlanMention, PlanFacts)>,
    pub goals: Vec<(GoalMention, GoalFacts)>,
    pub measures: Vec<(MeasureMention, MeasureFacts)>,
}

/// A table, as the survey understood it.
#[derive(Debug)]
pub(crate) struct Table {
    pub name: String,
    pub shape: Shape,
    pub lines: bool,
    pub plan: Option<Plan>,
    pub stop: Option<Stop>,
    pub orders: Orders,
    pub scale: Scale,
    pub profile: Option<usize>,
    /// What its columns decided, and its unused columns: code, place, what was seen.
    pub notes: Vec<Said>,
    /// Mentions by the identifying texts of a record.
    pub triples: FxHashMap<Box<[u8]>, Triple>,
}

/// A source, as the survey understood it.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    pub tables: Vec<Table>,
    pub mentions: Mentions,
    pub said: Vec<Said>,
    /// Tabs of corrections; a source with any of them holds nothing else.
    pub repairs: Vec<Lines>,
    /// Tabs of choices; they stand in the same workbooks.
    pub answers: Vec<Answers>,
}

/// The fields whose texts tell one record's mentions from another's.
pub(crate) const KEY: [Field; 22] = [
    Field::StudentRef,
    Field::StudentId,
    Field::StateId,
    Field::LocalId,
    Field::StudentName,
    Field::LastName,
    Field::FirstName,
    Field::BirthDate,
    Field::District,
    Field::HasIep,
    Field::PlanRef,
    Field::MeetingDate,
    Field::GoalRef,
    Field::ParentRef,
    Field::GoalNumber,
    Field::GoalArea,
    Field::GoalText,
    Field::Measure,
    Field::Unit,
    Field::Baseline,
    Field::Target,
    Field::TargetDate,
];
const KEYS: Fields = Fields::of(&KEY);
/// The fields of dates without [`Field::Date`], which is read and votes at once.
pub(crate) const OTHER_DATES: Fields = Fields::of(&DATES).without(Fields::of(&[Field::Date]));
/// How many of [`KEY`] tell students, plans and goals apart.
const STUDENT_KEY: usize = 10;
const PLAN_KEY: usize = 12;
const GOAL_KEY: usize = 17;

/// Writes the identifying texts of a record.
pub(crate) fn key(record: &Record<'_>, year: i32, into: &mut Vec<u8>) {
    into.clear();
    into.extend_from_slice(&year.to_le_bytes());
    into.push(record.kind as u8);
    key_part(record, 0, KEY.len(), into);
}

fn key_part(record: &Record<'_>, from: usize, to: usize, into: &mut Vec<u8>) {
    for (index, field) in KEY.iter().enumerate().take(to).skip(from) {
        if let Some(text) = record.text(*field) {
            into.push(index as u8);
            into.extend_from_slice(text.as_bytes());
            into.push(0xff);
        }
    }
}

/// The school year that a record's goal is of: that of its date, or of what else dates a goal; 0 without one, and in
/// forms, where the plan says it.
pub(crate) fn year_of(record: &Record<'_>, orders: &Orders, day: Option<NaiveDate>) -> i32 {
    if record.text(Field::PlanRef).is_some() || record.text(Field::GoalRef).is_some() {
        return 0;
    }
    if record.kind != Kind::Goal {
        return day.map_or(0, school_year);
    }
    let dated = [Field::BaselineDate, Field::GoalBegin, Field::TargetDate, Field::GoalEnd];
    dated.into_iter().find_map(|field| facts::date(record, field, orders)).map_or(0, school_year)
}

/// The day of a record's score or report, as far as the cell says it in full.
pub(crate) fn day_of(record: &Record<'_>, orders: &Orders) -> Option<NaiveDate> {
    let report = if record.kind == Kind::Report { facts::date(record, Field::ReportDate, orders) } else { None };
    report.or_else(|| record.slot(Field::Date).and_then(|slot| parse_date(slot.text, slot.kind, orders.of(Field::Date)).ok()))
}

enum State {
    /// The first rows, and the place of each in the table.
    Planning {
        head: Vec<HeadRow>,
        places: Vec<u64>,
        table: usize,
    },
    Running {
        table: usize,
    },
    /// Corrections, in the tab of that number.
    Repairs {
        tab: usize,
        table: usize,
    },
    /// Choices, in the tab of that number.
    Answers {
        tab: usize,
        table: usize,
    },
}

/// Takes the parts of a bundle, from the bundle or while it is being written.
pub(crate) struct Surveyor<'a> {
    file: &'a str,
    config: &'a Config,
    known: Option<&'a [Orders]>,
    patches: Option<&'a Patches>,
    /// Rows of each table so far.
    rows: Vec<u64>,
    states: BTreeMap<u32, State>,
    out: Survey,
    votes: Vec<Votes>,
    students: FxHashMap<Vec<u8>, u32>,
    plans: FxHashMap<String, u32>,
    plan_student: FxHashMap<String, u32>,
    goals: FxHashMap<Vec<u8>, u32>,
    goal_refs: FxHashMap<String, u32>,
    measures: FxHashMap<Vec<u8>, u32>,
    last: (Vec<u8>, u32, Triple),
    last_year: i32,
    scratch: Vec<u8>,
}

/// Surveys a bundle. `first` is what was surveyed while it was written, if it was. Dates of unknown order are first taken
/// as month first; when a column decides otherwise, the bundle is looked at once more.
pub(crate) fn survey(
    source: usize,
    file: &str,
    bundle: &Path,
    config: &Config,
    first: Option<Survey>,
    patches: Option<&Patches>,
) -> Result<Survey, PipelineError> {
    let mut survey = match first {
        Some(first) => first,
        None => pass(file, bundle, config, None, patches)?,
    };
    let orders: Vec<Orders> = survey.tables.iter().map(|table| table.orders).collect();
    let other = |orders: &Orders| DATES.iter().any(|field| orders.of(*field) != Order::MonthFirst);
    if orders.iter().any(other) {
        survey = pass(file, bundle, config, Some(&orders), patches)?;
    }
    survey.belongs_to(source);
    Ok(survey)
}

impl Survey {
    /// A workbook of corrections: its other tabs say what was wrong, and are no data.
    fn of_repairs(mut self) -> Self {
        for table in &mut self.tables {
            if matches!(table.shape, Shape::Grid) {
                (table.shape, table.plan, table.stop) = (Shape::Unknown, None, None);
                table.notes.clear();
            }
        }
        Self { mentions: Mentions::default(), ..self }
    }

    /// Writes the number of the source into the mentions: it is known only when all files are.
    fn belongs_to(&mut self, source: usize) {
        for (said, _) in &mut self.mentions.students {
            said.at.source = source;
            if let Some((column, _)) = &mut said.any_id {
                column.0 = source;
            }
        }
        self.mentions.plans.iter_mut().for_each(|(said, _)| said.at.source = source);
        self.mentions.goals.iter_mut().for_each(|(said, _)| said.at.source = source);
        self.mentions.measures.iter_mut().for_each(|(said, _)| said.at.source = source);
    }
}

fn pass(
    file: &str,
    bundle: &Path,
    config: &Config,
    known: Option<&[Orders]>,
    patches: Option<&Patches>,
) -> Result<Survey, PipelineError> {
    let mut surveyor = Surveyor::new(file, config, known);
    surveyor.patches = patches;
    parts(bundle, &mut |part| {
        surveyor.part(&part);
        Ok(())
    })?;
    Ok(surveyor.finish())
}

impl<'a> Surveyor<'a> {
    /// Begins a survey; `known` are the orders of dates that an earlier pass decided.
    pub(crate) fn new(file: &'a str, config: &'a Config, known: Option<&'a [Orders]>) -> Self {
        let nobody = Triple { student: NONE, plan: NONE, goal: NONE, measure: NONE, lost_id: None };
        Self {
            file,
            config,
            known,
            patches: None,
            rows: Vec::new(),
            states: BTreeMap::new(),
            out: Survey::default(),
            votes: Vec::new(),
            students: FxHashMap::default(),
            plans: FxHashMap::default(),
            plan_student: FxHashMap::default(),
            goals: FxHashMap::default(),
            goal_refs: FxHashMap::default(),
            measures: FxHashMap::default(),
            last: (Vec::new(), NONE, nobody),
            last_year: 0,
            scratch: Vec::new(),
        }
    }

    /// Looks at the next part.
    pub(crate) fn part(&mut self, part: &Part) {
        match part {
            Part::Table(id, info) => self.table(*id, info),
            Part::Batch(id, batch) => self.batch(*id, batch),
        }
    }
}

impl Surveyor<'_> {
    fn table(&mut self, id: u32, info: &aimline_host::wire::TableInfo) {
        let table = self.out.tables.len();
        let shape = Shape::of(info);
        let state = match shape {
            Shape::Grid => State::Planning { head: Vec::new(), places: Vec::new(), table },
            _ => State::Running { table },
        };
        self.states.insert(id, state);
        let orders = self.known.and_then(|known| known.get(table).copied()).unwrap_or_default();
        self.votes.push(Default::default());
        self.rows.push(0);
        self.out.tables.push(Table {
            name: info.name.clone(),
            shape,
            lines: false,
            plan: None,
            stop: None,
            orders,
            scale: Scale::default(),
            profile: None,
            notes: Vec::new(),
            triples: FxHashMap::default(),
        });
    }

    fn batch(&mut self, id: u32, batch: &Batch) {
        let table = match self.states.get(&id) {
            Some(
                State::Planning { table, .. }
                | State::Running { table }
                | State::Repairs { table, .. }
                | State::Answers { table, .. },
            ) => *table,
            None => return,
        };
        let first = self.rows[table];
        self.rows[table] += batch.len() as u64;
        let rows = Stretch { batch, first, table, patches: self.patches };
        match self.states.get_mut(&id) {
            Some(State::Planning { head, places, .. }) => {
                let mut taken = 0;
                let mut held: usize = head.iter().map(|row| row.cells.len()).sum();
                for (at, row) in (first..).zip(batch.rows()) {
                    if head.len() == HEAD_ROWS || held >= HEAD_CELLS {
                        break;
                    }
                    taken += 1;
                    let mut cells = Vec::new();
                    let kinds = take_cells(row, &mut cells);
                    let row = GridRow { number: row.number, kinds, cells: &cells };
                    if row.filled().next().is_some() {
                        held += row.cells.len();
                        head.push(HeadRow::from(&row));
                        places.push(at);
                    }
                }
                if head.len() == HEAD_ROWS || held >= HEAD_CELLS {
                    self.plan(id, true);
                    self.rows(id, rows, taken);
                }
            }
            Some(_) => self.rows(id, rows, 0),
            None => {}
        }
    }

    /// Plans a table from its first rows, and takes those rows.
    fn plan(&mut self, id: u32, more: bool) {
        let Some(State::Planning { head, places, table }) = self.states.remove(&id) else { return };
        if let Some(mut answers) = Answers::of(&head) {
            let name = self.out.tables[table].name.clone();
            for row in &head {
                answers.take(&name, &GridRow { number: row.number, kinds: &row.kinds, cells: &row.lend() });
            }
            self.states.insert(id, State::Answers { tab: self.out.answers.len(), table });
            self.out.answers.push(answers);
            return;
        }
        if let Some(mut lines) = Lines::of(&head) {
            let name = self.out.tables[table].name.clone();
            for row in &head {
                lines.take(&name, &GridRow { number: row.number, kinds: &row.kinds, cells: &row.lend() });
            }
            self.states.insert(id, State::Repairs { tab: self.out.repairs.len(), table });
            self.out.repairs.push(lines);
            return;
        }
        self.states.insert(id, State::Running { table });
        let known = &mut self.out.tables[table];
        known.lines = head.first().is_some_and(|row| row.kinds.first() == Some(&b'h'));
        let sheet = Sheet { file: self.file, name: &known.name };
        let profiles = &self.config.profiles;
        let fitting = profiles::fitting(profiles, &sheet, &head);
        let planned = match fitting.as_slice() {
            [] => aimline_map::plan(&sheet, &head, more, None),
            [profile] => {
                known.profile = Some(*profile);
                profiles::planned(&profiles[*profile], &sheet, &head, more)
            }
            several => {
                let names: Vec<&str> = several.iter().map(|profile| profiles[*profile].0.as_str()).collect();
                Err(profiles::several(&sheet, &names))
            }
        };
        match planned {
            Ok(plan) => {
                if let Some(order) = plan.date_order() {
                    known.orders.set_all(order);
                }
                known.notes.extend(plan.tables().flat_map(Plan::notes).map(|note| Said {
                    code: Some(note.code),
                    locator: note.locator.clone(),
                    seen: note.seen.clone(),
                    expected: note.expected.clone(),
                    ..Said::default()
                }));
                known.plan = Some(plan);
                let patches = self.patches;
                self.grid(table, |sink| {
                    for (row, at) in head.iter().zip(places) {
                        let cells = row.lend();
                        let row = GridRow { number: row.number, kinds: &row.kinds, cells: &cells };
                        match patches.and_then(|patches| patches.get(&(table, at))) {
                            None => sink(Placed { at, patch: None }, &row),
                            Some(patch) => patched(patch, &row, |row| sink(Placed { at, patch: Some(patch) }, row)),
                        }
                    }
                });
            }
            Err(mut stop) => {
                if known.lines {
                    stop.locator = stop.locator.replace("row ", "line ");
                }
                known.stop = Some(stop);
            }
        }
    }

    fn rows(&mut self, id: u32, rows: Stretch<'_>, from: usize) {
        let table = match self.states.get(&id) {
            Some(State::Running { table }) => *table,
            Some(State::Repairs { tab, table }) => {
                let (lines, name) = (&mut self.out.repairs[*tab], &self.out.tables[*table].name);
                grid_rows(rows, from, |_, row| lines.take(name, row));
                return;
            }
            Some(State::Answers { tab, table }) => {
                let (answers, name) = (&mut self.out.answers[*tab], &self.out.tables[*table].name);
                grid_rows(rows, from, |_, row| answers.take(name, row));
                return;
            }
            _ => return,
        };
        match &self.out.tables[table].shape {
            Shape::Diagnostics(columns) => {
                let said = read_diagnostics(columns, rows.batch);
                self.out.said.extend(said);
            }
            Shape::Records { .. } => {
                let shape = std::mem::replace(&mut self.out.tables[table].shape, Shape::Unknown);
                if let Shape::Records { kind, fields, columns } = &shape {
                    record_rows(rows, *kind, fields, columns, &mut |record, spot| self.see(table, record, spot, None));
                }
                self.out.tables[table].shape = shape;
            }
            Shape::Unknown => {}
            Shape::Grid => self.grid(table, |sink| grid_rows(rows, from, sink)),
        }
    }

    /// Looks at the rows of a grid that was planned.
    fn grid(&mut self, table: usize, rows: impl FnOnce(&mut dyn FnMut(Placed<'_>, &GridRow<'_>))) {
        let known = &mut self.out.tables[table];
        let Some(mut plan) = known.plan.take() else { return };
        let (name, lines) = (known.name.clone(), known.lines);
        let mut first = true;
        let mut walk = GridWalk::new(&plan, &name, lines);
        rows(&mut |placed, row| {
            if lines && row.is_typed_header() {
                // The importer found another column.
                if !std::mem::take(&mut first) || row.number != plan.header_row() {
                    plan.regrow(row);
                    walk.anew(&plan);
                }
                return;
            }
            plan.look(row);
            walk.row(&plan, placed, row, |seen, spot| {
                self.votes[table].rows += 1;
                if let Seen::Item(record, item) = seen {
                    self.see(table, record, spot, item.value_column);
                }
            });
        });
        self.out.tables[table].plan = Some(plan);
    }

    /// What was found.
    pub(crate) fn finish(mut self) -> Survey {
        let planning: Vec<u32> =
            self.states.iter().filter_map(|(id, state)| matches!(state, State::Planning { .. }).then_some(*id)).collect();
        for id in planning {
            self.plan(id, false);
        }
        if !self.out.repairs.is_empty() || !self.out.answers.is_empty() {
            return self.out.of_repairs();
        }
        for (table, votes) in self.out.tables.iter_mut().zip(&self.votes) {
            decide(table, votes);
        }
        for (said, facts) in &mut self.out.mentions.measures {
            let shown = facts.forms.unit_name();
            let scale = |name: Option<&str>| name.and_then(unit_named).map(|unit| unit.scale);
            // "Letters" over 4/5 names what is counted; the scores say that they are fractions.
            let by_name = facts.unit_raw.is_none() && facts.name.is_some() && facts.numbers.is_none();
            if by_name && shown.is_some() && scale(shown) != scale(said.unit) {
                said.unit = shown;
            }
            said.unit = said.unit.or(shown);
            said.scored = facts.forms.scored() as i64;
        }
        for measure in 0..self.out.mentions.measures.len() {
            let (said, _) = &self.out.mentions.measures[measure];
            if let (Some(goal), unit) = (said.goal, said.unit) {
                let goal = &mut self.out.mentions.goals[goal].0;
                goal.unit = goal.unit.or(unit);
            }
        }
        self.out
    }
}

impl Surveyor<'_> {
    /// Looks at one record: votes, then mentions.
    fn see(&mut self, table: usize, record: &Record<'_>, spot: Spot<'_>, _value_column: Option<u16>) {
        let orders = self.out.tables[table].orders;
        let votes = &mut self.votes[table].dates;
        // What the row before has voted needs no second vote.
        let voting = if spot.same { OTHER_DATES.without(KEYS) } else { OTHER_DATES }.and(record.fields());
        if !voting.is_empty() {
            for field in DATES.into_iter().filter(|field| voting.has(*field)) {
                if let Some(slot) = record.slot(field) {
                    votes.entry(field).or_default().see(slot.text, slot.kind);
                }
            }
        }
        let date = record.slot(Field::Date).and_then(|slot| {
            parse_and_vote(slot.text, slot.kind, orders.of(Field::Date), votes.entry(Field::Date).or_default()).ok()
        });
        let day = if record.kind == Kind::Point { date } else { day_of(record, &orders) };
        let year = year_of(record, &orders, day);
        if spot.same && self.last.1 as usize == table && self.last_year == year {
            return self.count(table, record, spot, self.last.2, day);
        }
        self.last_year = year;
        let mut bytes = std::mem::take(&mut self.scratch);
        key(record, year, &mut bytes);
        let triple = if self.last.1 as usize == table && self.last.0 == bytes {
            self.last.2
        } else {
            let known = self.out.tables[table].triples.get(bytes.as_slice()).copied();
            let triple = known.unwrap_or_else(|| {
                let triple = self.mention(table, record, year, spot, &orders);
                self.out.tables[table].triples.insert(bytes.as_slice().into(), triple);
                triple
            });
            self.last.0.clone_from(&bytes);
            self.last.1 = table as u32;
            self.last.2 = triple;
            triple
        };
        self.scratch = bytes;
        self.count(table, record, spot, triple, day);
    }

    /// Counts an item for its mentions, and the form of its score.
    fn count(&mut self, table: usize, record: &Record<'_>, spot: Spot<'_>, triple: Triple, day: Option<NaiveDate>) {
        let mentions = &mut self.out.mentions;
        if let Some((said, _)) = mentions.goals.get_mut(triple.goal as usize)
            && let Some(day) = day
        {
            said.days = Some(said.days.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
        }
        if record.kind != Kind::Point {
            return;
        }
        let Some((said, facts)) = mentions.measures.get_mut(triple.measure as usize) else { return };
        if let Some(slot) = record.slot(Field::Score) {
            let votes = &mut self.votes[table];
            let before = votes.scale;
            // A screening has many measures side by side: 0.98 words a minute say nothing of percents.
            let other = spot.is_screening() && said.unit.and_then(unit_named).is_some_and(|unit| unit.scale != "percent");
            if !other {
                votes.scale.see(slot.text, slot.kind);
            }
            for (first, grew) in
                votes.first.iter_mut().zip([votes.scale.fractions > before.fractions, votes.scale.hundreds > before.hundreds])
            {
                if grew && first.is_none() {
                    *first = Some((spot.locator(Some(slot.column)), slot.text.to_owned()));
                }
            }
            if let Ok(score) = parse_score(slot.text, slot.kind, UnitHint::Plain) {
                facts.forms.count(score.form);
                facts.forms.unit = facts.forms.unit.or(score.unit.filter(|_| facts.unit_raw.is_none()));
            }
        } else if let Some(correct) = record.slot(Field::Correct) {
            if let Some(trials) = record.text(Field::Trials) {
                let numbers = parse_number(correct.text).zip(parse_number(trials));
                facts.forms.trials +=
                    u64::from(numbers.is_some_and(|(correct, trials)| Score::of_trials(correct, trials).is_ok()));
            } else if let Ok(score) = parse_score(correct.text, correct.kind, UnitHint::Plain) {
                // "Trials Correct" over 4/5.
                facts.forms.count(score.form);
            }
        }
        facts.forms.with_minutes += u64::from(record.text(Field::Minutes).is_some());
    }
}
