//! The second pass, over one bundle: what each table is, how its columns vote, and who and what is mentioned.

use crate::PipelineError;
use crate::attributes::{GoalFacts, MeasureFacts, PlanFacts, StudentFacts};
use crate::config::Config;
use crate::facts::{self, DATES, Orders};
use crate::read::{Said, read_diagnostics};
use crate::repair::{Lines, Patches};
use crate::walk::{GridWalk, Part, Placed, Seen, Shape, Spot, Stretch, grid_rows, parts, patched, record_rows, take_cells};
use aimline_host::wire::Batch;
use aimline_link::{Attributes, GoalMention, MeasureMention, PlanMention, StudentMention};
use aimline_map::{GridRow, HEAD_ROWS, HeadRow, Layout, Plan, Sheet, Stop};
use aimline_model::codes::Code;
use aimline_model::record::{Fields, Record};
use aimline_model::school_year;
use aimline_model::staged::{Field, Kind};
use aimline_normalize::date::{DateVote, Order, parse_and_vote, parse_date};
use aimline_normalize::number::parse_number;
use aimline_normalize::scale::{Scale, ScaleVote};
use aimline_normalize::score::{Score, UnitHint, parse_score};
use aimline_normalize::units::unit_named;
use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::path::Path;

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
    screening: bool,
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

impl Table {
    /// True for assessments of students that are for no goal.
    pub(crate) fn is_screening(&self) -> bool {
        self.screening
    }
}

/// A source, as the survey understood it.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    pub tables: Vec<Table>,
    pub mentions: Mentions,
    pub said: Vec<Said>,
    /// Tabs of corrections; a source with any of them holds nothing else.
    pub repairs: Vec<Lines>,
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
const OTHER_DATES: Fields = Fields::of(&DATES).without(Fields::of(&[Field::Date]));
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
}

/// What the columns of a table say so far.
#[derive(Debug, Default)]
struct Votes {
    dates: BTreeMap<Field, DateVote>,
    scale: ScaleVote,
    /// The first number of each kind, with its place: fractions of one, and numbers above.
    first: [Option<(String, String)>; 2],
    /// Rows with data, and skipped ones.
    rows: u64,
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
            screening: false,
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
            Some(State::Planning { table, .. } | State::Running { table } | State::Repairs { table, .. }) => *table,
            None => return,
        };
        let first = self.rows[table];
        self.rows[table] += batch.len() as u64;
        let rows = Stretch { batch, first, table, patches: self.patches };
        match self.states.get_mut(&id) {
            Some(State::Planning { head, places, .. }) => {
                let mut taken = 0;
                for (at, row) in (first..).zip(batch.rows()) {
                    if head.len() == HEAD_ROWS {
                        break;
                    }
                    taken += 1;
                    let mut cells = Vec::new();
                    let kinds = take_cells(row, &mut cells);
                    let row = GridRow { number: row.number, kinds, cells: &cells };
                    if row.filled().next().is_some() {
                        head.push(HeadRow::from(&row));
                        places.push(at);
                    }
                }
                if head.len() == HEAD_ROWS {
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
        let fitting: Vec<usize> =
            (0..self.config.profiles.len()).filter(|profile| self.config.profiles[*profile].2.fits(&sheet, &head)).collect();
        let planned = match fitting.as_slice() {
            [] => aimline_map::plan(&sheet, &head, more, None),
            [profile] => {
                known.profile = Some(*profile);
                aimline_map::plan(&sheet, &head, more, Some(&self.config.profiles[*profile].2.map))
            }
            several => {
                let names: Vec<&str> = several.iter().map(|profile| self.config.profiles[*profile].0.as_str()).collect();
                Err(two_profiles(&sheet, &names))
            }
        };
        match planned {
            Ok(plan) => {
                if let Some(order) = plan.date_order() {
                    known.orders.set_all(order);
                }
                known.notes.extend(plan.notes().iter().map(|note| Said {
                    code: Some(note.code),
                    locator: note.locator.clone(),
                    seen: note.seen.clone(),
                    expected: note.expected.clone(),
                    ..Said::default()
                }));
                known.screening = plan.layout() == Layout::Screening;
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
        if !self.out.repairs.is_empty() {
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

fn two_profiles(sheet: &Sheet<'_>, names: &[&str]) -> Stop {
    Stop {
        code: Code::H008,
        locator: sheet.name.to_owned(),
        seen: names.join(", "),
        expected: "one profile".to_owned(),
        help: String::new(),
        header: None,
    }
}

/// Lets the columns of a table decide, and notes what is worth saying.
fn decide(table: &mut Table, votes: &Votes) {
    let place = |field: Field| {
        let column = table.plan.as_ref().and_then(|plan| plan.column_of(field));
        let title = column.and_then(|column| table.plan.as_ref()?.columns().get(usize::from(column)).map(|c| c.title.clone()));
        title.unwrap_or_else(|| field.name().to_owned())
    };
    let fixed = table.plan.as_ref().is_some_and(|plan| plan.date_order().is_some());
    let mut notes = Vec::new();
    for (field, vote) in &votes.dates {
        let decision = vote.decide();
        if !fixed {
            table.orders.set(*field, decision.order);
        }
        if let Some(code) = decision.code.filter(|_| !fixed) {
            notes.push(Said { code: Some(code), locator: table.name.clone(), seen: place(*field), ..Said::default() });
        }
    }
    let (decided, code) = votes.scale.decide();
    table.scale = decided;
    if let Some(code) = code {
        // The place of the first number of the kind that is the rarer one.
        let rarer = usize::from(votes.scale.hundreds < votes.scale.fractions);
        let (locator, seen) = votes.first[rarer].clone().unwrap_or_default();
        notes.push(Said { code: Some(code), locator, seen, ..Said::default() });
    }
    if votes.rows == 0 && table.plan.as_ref().is_some_and(|plan| plan.layout() != Layout::Text) {
        let seen = "titles without rows".to_owned();
        notes.push(Said { code: Some(Code::F010), locator: table.name.clone(), seen, ..Said::default() });
    }
    table.notes.extend(notes);
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
            let other =
                self.out.tables[table].screening && said.unit.and_then(unit_named).is_some_and(|unit| unit.scale != "percent");
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

    /// Finds or makes the mentions of a record.
    fn mention(&mut self, table: usize, record: &Record<'_>, year: i32, spot: Spot<'_>, orders: &Orders) -> Triple {
        let at = Attributes { source: 0, locator: spot.locator(None), n_items: 0 };
        let mut triple = Triple { student: NONE, plan: NONE, goal: NONE, measure: NONE, lost_id: None };
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
        let screening = self.out.tables[table].is_screening();
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
