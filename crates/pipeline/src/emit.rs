//! The third pass, over one bundle: typed values with keys. What cannot be typed or placed is set aside with its place.

mod forms;
mod score;

use crate::PipelineError;
use crate::aside::Aside;
use crate::entities::{Resolved, unknown_student};
use crate::facts::{self, DATES, Orders, WHO};
use crate::points::{DateSource, Point};
use crate::repair::{Patches, base_of};
use crate::survey::{NONE, OTHER_DATES, Survey, Table, Triple, day_of, key, year_of};
use crate::tally::SourceTally;
use crate::walk::{GridWalk, Part, Seen, Shape, Spot, Stretch, Titles, grid_rows, parts, record_rows};
use aimline_host::wire::Batch;
use aimline_link::{Rule, key_text};
use aimline_map::{GridRow, Plan, RowItem, Stop};
use aimline_model::codes::Code;
use aimline_model::diagnostic::Diagnostic;
use aimline_model::record::{Record, Slot};
use aimline_model::repair::ItemKey;
use aimline_model::school_year;
use aimline_model::staged::{Field, Kind};
use aimline_model::tables::{Calendar, ProgressReport, Quarantine, Service};
use aimline_normalize::amount::parse_amount;
use aimline_normalize::date::{parse_date, parse_day_of_year, parse_period, same_window};
use aimline_normalize::id::parse_id;
use aimline_normalize::mark::{State, parse_mark};
use aimline_normalize::number::parse_number;
use aimline_normalize::progress::parse_statement;
use aimline_normalize::score::{Form, Score, UnitHint, parse_score};
use aimline_normalize::sentence::parse_description;
use aimline_normalize::units::{Unit, unit_named};
use aimline_store::parquet::days;
use aimline_store::spill::Spill;
use chrono::{Datelike, NaiveDate};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Mutex;

use score::{expected_of, in_unit, score, state_text};

/// Points of a report's description that are less sure than this are only listed.
const SURE: f64 = 0.8;
/// Most findings of one code and source that are listed; the others are counted.
const LISTED: u64 = 200;

/// What one source came to.
#[derive(Default)]
pub(crate) struct Emitted {
    pub tally: SourceTally,
    pub aside: Aside,
    pub diagnostics: Vec<Diagnostic>,
    pub reports: Vec<ProgressReport>,
    pub services: Vec<Service>,
    /// Days of reports, for the day up to which data counts.
    pub days: BTreeSet<NaiveDate>,
    /// Items of each mention, by kind; counted from `runs` at the end.
    pub items: [Vec<i64>; 4],
    /// Accepted items, as runs of equal mentions.
    runs: Vec<(Triple, i64)>,
    listed: BTreeMap<Code, u64>,
    /// Hash and place of each row that is set aside or corrected, with the item's place among those set aside.
    keyed: Vec<(String, u64, Option<usize>)>,
    /// Of each such row its last place, and how many alike there are.
    alike: FxHashMap<String, (u64, u32)>,
}

pub(crate) struct Emitter<'a> {
    pub number: usize,
    pub source_id: &'a str,
    pub survey: &'a Survey,
    pub resolved: &'a Resolved,
    /// Rows that a person has corrected.
    pub patches: Option<&'a Patches>,
    pub spill: &'a Mutex<Spill>,
    /// The district's calendar, for scores under Q1 or BOY.
    pub calendar: &'a [Calendar],
    /// First year of the school year of titles such as 9/5.
    pub start_year: i32,
    pub everyone: bool,
    /// The bytes are another source's: everything is already known.
    pub copy: bool,
}

/// Why an item is set aside: the code, the field whose cell is wrong, and what was expected.
type Problem = (Code, Option<Field>, &'static str);

struct Work<'a, 'e> {
    emitter: &'e Emitter<'a>,
    out: Emitted,
    /// Points by partition; rows of one batch may belong to many.
    chunk: BTreeMap<u32, Vec<u8>>,
    key: Vec<u8>,
    /// The table whose rows are looked at.
    table: usize,
    last: (Vec<u8>, usize, Triple),
    last_year: i32,
    last_keys: Option<((Triple, Option<usize>), Keys)>,
}

const NOBODY: Triple = Triple { student: NONE, plan: NONE, goal: NONE, measure: NONE, lost_id: None };

impl<'a> Emitter<'a> {
    /// Emits a bundle. Its batches are independent of one another, so they are worked through side by side; what they
    /// come to is put together in their order.
    pub(crate) fn emit(&self, bundle: &Path) -> Result<Emitted, PipelineError> {
        let mut ids = BTreeMap::new();
        let mut out = self.state();
        let mut rows: Vec<u64> = Vec::new();
        let mut waiting: Vec<(usize, u64, Batch)> = Vec::new();
        let together = rayon::current_num_threads() * 2;
        parts(bundle, &mut |part| {
            match part {
                Part::Table(id, _) => {
                    let table = ids.len();
                    ids.insert(id, table);
                    rows.push(0);
                    out.begin(table);
                }
                Part::Batch(id, batch) => {
                    if let Some(table) = ids.get(&id) {
                        let first = rows[*table];
                        rows[*table] += batch.len() as u64;
                        waiting.push((*table, first, batch));
                    }
                    if waiting.len() >= together {
                        self.batches(&mut waiting, &mut out.out)?;
                    }
                }
            }
            Ok(())
        })?;
        self.batches(&mut waiting, &mut out.out)?;
        let mut out = out.out;
        let mentions = &self.survey.mentions;
        let counts = [mentions.students.len(), mentions.plans.len(), mentions.goals.len(), mentions.measures.len()];
        out.count_items(counts);
        Ok(out)
    }

    fn state(&self) -> Work<'a, '_> {
        Work {
            emitter: self,
            out: Emitted::default(),
            chunk: BTreeMap::new(),
            key: Vec::new(),
            table: 0,
            last: (Vec::new(), usize::MAX, NOBODY),
            last_year: 0,
            last_keys: None,
        }
    }

    fn batches(&self, waiting: &mut Vec<(usize, u64, Batch)>, out: &mut Emitted) -> Result<(), PipelineError> {
        let done: Vec<Emitted> = waiting
            .par_drain(..)
            .map(|(table, first, batch)| {
                let mut state = self.state();
                state.batch(table, first, &batch);
                state.hand_over()?;
                Ok(state.out)
            })
            .collect::<Result<_, PipelineError>>()?;
        done.into_iter().try_for_each(|more| out.add(more, self.source_id))
    }
}

impl Emitted {
    /// Adds what later rows of the same source came to.
    fn add(&mut self, mut more: Self, source_id: &str) -> Result<(), PipelineError> {
        for (base, at, item) in std::mem::take(&mut more.keyed) {
            let (last, number) = self.alike.entry(base.clone()).or_insert((at, 1));
            if *last != at {
                (*last, *number) = (at, *number + 1);
            }
            if let Some(item) = item {
                let key = ItemKey { source_id: source_id.to_owned(), base, number: *number };
                more.aside.rows[item].item_key = Some(key.to_string());
            }
        }
        self.tally.add(&more.tally);
        self.aside.add(more.aside)?;
        self.reports.extend(more.reports);
        self.services.extend(more.services);
        self.days.extend(more.days);
        self.runs.extend(more.runs);
        for found in more.diagnostics {
            self.list(found);
        }
        Ok(())
    }

    fn count_items(&mut self, mentions: [usize; 4]) {
        self.items = mentions.map(|n| vec![0; n]);
        for (triple, n) in self.runs.drain(..) {
            for (list, mention) in self.items.iter_mut().zip([triple.student, triple.plan, triple.goal, triple.measure]) {
                if let Some(count) = list.get_mut(mention as usize) {
                    *count += n;
                }
            }
        }
    }

    /// Lists a finding, up to a number for each code; the last one listed counts the others.
    fn list(&mut self, found: Diagnostic) {
        let listed = self.listed.entry(found.code).or_default();
        *listed += 1 + found.more;
        if *listed > LISTED
            && let Some(last) = self.diagnostics.iter_mut().rev().find(|other| other.code == found.code)
        {
            last.more += 1 + found.more;
        } else {
            self.diagnostics.push(found);
        }
    }
}

impl Work<'_, '_> {
    fn begin(&mut self, table: usize) {
        let table = &self.emitter.survey.tables[table];
        let number = self.emitter.number;
        if self.emitter.copy {
            return;
        }
        for stop in table.stop.iter().chain(table.plan.iter().flat_map(Plan::stops)) {
            let mut found =
                Diagnostic::new(number, stop.code, stop.locator.clone()).seen(stop.seen.clone()).expected(stop.expected.clone());
            found.help.clone_from(&stop.help);
            self.out.list(found);
        }
        for note in &table.notes {
            if let Some(code) = note.code {
                self.out.list(
                    Diagnostic::new(number, code, note.locator.clone()).seen(note.seen.clone()).expected(note.expected.clone()),
                );
            }
        }
    }

    fn batch(&mut self, number: usize, first: u64, batch: &Batch) {
        let table = &self.emitter.survey.tables[number];
        self.table = number;
        let rows = Stretch { batch, first, table: number, patches: self.emitter.patches };
        match (&table.shape, &table.plan) {
            (Shape::Records { kind, fields, columns }, _) => {
                record_rows(rows, *kind, fields, columns, &mut |record, spot| {
                    self.item(number, table, record, spot, RowItem { value_column: None });
                });
            }
            (Shape::Grid, Some(plan)) => {
                let mut walk = GridWalk::new(plan, &table.name, table.lines);
                grid_rows(rows, 0, |placed, row| {
                    walk.row(plan, placed, row, |seen, spot| match seen {
                        Seen::Item(record, item) => self.item(number, table, record, spot, item),
                        Seen::Skipped(reason) => self.skipped(spot, reason),
                        Seen::Stopped(stop) => self.stopped(table, row, stop),
                    });
                });
            }
            (Shape::Grid, None) => {
                if let Some(stop) = &table.stop {
                    grid_rows(rows, 0, |_, row| self.stopped(table, row, stop));
                }
            }
            (Shape::Diagnostics(_) | Shape::Unknown, _) => {}
        }
    }

    fn hand_over(&mut self) -> Result<(), PipelineError> {
        if self.chunk.is_empty() {
            return Ok(());
        }
        let mut spill = self.emitter.spill.lock().expect("no thread panics while it holds this");
        for (partition, bytes) in std::mem::take(&mut self.chunk) {
            spill.push(partition, bytes)?;
        }
        Ok(())
    }

    fn stopped(&mut self, table: &Table, row: &GridRow<'_>, stop: &Stop) {
        let above = stop.header.as_ref().is_some_and(|header| row.number <= header.0);
        if above || row.is_typed_header() || row.filled().next().is_none() {
            return;
        }
        let titles = stop.header.as_ref().map_or(&[][..], |header| header.1.as_slice());
        let spot = Spot {
            sheet: &table.name,
            lines: table.lines,
            part: "",
            row: row.number,
            titles: Titles::Sheet(titles),
            cells: row.cells,
            at: 0,
            patch: None,
            same: false,
        };
        self.set_aside(spot, stop.code, None, String::new(), &stop.expected, false);
        if let (false, Some(last)) = (stop.help.is_empty(), self.out.aside.rows.last_mut()) {
            last.help = Some(stop.help.clone());
        }
    }

    fn skipped(&mut self, spot: Spot<'_>, reason: &'static str) {
        self.out.tally.skipped += 1;
        if !self.emitter.copy {
            let first = spot.cells.iter().position(Option::is_some).map(|column| column as u16);
            let seen = first.and_then(|column| spot.cells[usize::from(column)]).unwrap_or_default();
            self.note(Code::H004, spot, spot.locator(first), seen, reason);
        }
    }

    fn note(&mut self, code: Code, spot: Spot<'_>, locator: String, seen: &str, expected: &str) {
        self.note_of(code, spot, locator, String::new(), seen, expected);
    }

    fn note_of(&mut self, code: Code, spot: Spot<'_>, locator: String, header: String, seen: &str, expected: &str) {
        let mut found = Diagnostic::new(self.emitter.number, code, locator).seen(seen).expected(expected);
        (found.row, found.header) = (spot.row, header);
        self.out.list(found);
    }

    fn set_aside(&mut self, spot: Spot<'_>, code: Code, column: Option<u16>, seen: String, expected: &str, list: bool) {
        if self.emitter.copy {
            self.out.tally.duplicate += 1;
            return;
        }
        self.out.tally.quarantined += 1;
        let locator = spot.locator(column);
        if list {
            let header = column.and_then(|column| spot.names().into_iter().nth(usize::from(column))).unwrap_or_default();
            self.note_of(code, spot, locator.clone(), header, &seen, expected);
        }
        // Rows of a sheet that is stopped cannot be corrected one by one.
        if !matches!(spot.titles, Titles::Sheet(_)) {
            let table = &self.emitter.survey.tables[self.table].name;
            self.out.keyed.push((base_of(table, spot), spot.at, Some(self.out.aside.rows.len())));
        }
        let full = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        self.out.aside.rows.push(Quarantine {
            code: code.id().to_owned(),
            seen: full(&seen),
            expected: full(expected),
            help: Some(code.help().to_owned()),
            item: Some(spot.item()),
            source_id: self.emitter.source_id.to_owned(),
            locator,
            item_locator: spot.locator(None),
            item_key: None,
        });
    }

    fn problem(&mut self, record: &Record<'_>, spot: Spot<'_>, item: RowItem, (code, field, expected): Problem) {
        let expected = expected_of(code).unwrap_or(expected);
        let slot = field.and_then(|field| record.slot(field));
        let planned = || field.and_then(|field| spot.plan()?.column_in(item.value_column, field));
        let column = slot.map(|slot| slot.column).filter(|column| *column != Slot::NO_COLUMN).or_else(planned);
        // What is wrong stands in a title: the score under it is shown.
        let column = column.or(item.value_column);
        let seen = slot.map(|slot| slot.text.to_owned()).unwrap_or_default();
        self.set_aside(spot, code, column, seen, expected, true);
    }

    fn triple(&mut self, number: usize, table: &Table, record: &Record<'_>, year: i32, same: bool) -> Triple {
        if same && self.last.1 == number && self.last_year == year {
            return self.last.2;
        }
        self.last_year = year;
        let mut bytes = std::mem::take(&mut self.key);
        key(record, year, &mut bytes);
        if self.last.1 != number || self.last.0 != bytes {
            self.last.2 = table.triples.get(bytes.as_slice()).copied().unwrap_or(NOBODY);
            self.last.1 = number;
            self.last.0.clone_from(&bytes);
        }
        self.key = bytes;
        self.last.2
    }

    /// The keys of an item on a day. Most rows have those of the row before.
    fn keys(&mut self, triple: Triple, day: Option<NaiveDate>) -> Keys {
        let (number, resolved) = (self.emitter.number, self.emitter.resolved);
        let at = (triple, resolved.plan_on(number, triple.goal, day));
        match self.last_keys {
            Some((before, keys)) if before == at => keys,
            _ => {
                let keys = resolved.keys(number, triple, at.1);
                self.last_keys = Some((at, keys));
                keys
            }
        }
    }

    fn item(&mut self, number: usize, table: &Table, record: &Record<'_>, spot: Spot<'_>, item: RowItem) {
        let day = day_of(record, &table.orders);
        let triple = self.triple(number, table, record, year_of(record, &table.orders, day), spot.same);
        let student = self.emitter.resolved.student(self.emitter.number, triple.student);
        if let Some(student) = student
            && record.kind == Kind::Point
            && !self.emitter.everyone
            && self.not_on_caseload(record, student, triple, spot)
        {
            return;
        }
        let done = match record.kind {
            Kind::Point => self.point(table, record, spot, item, triple, day),
            Kind::Student => self.roster_row(triple),
            Kind::Plan => self.whose(record, triple),
            Kind::Goal => self.whose(record, triple).and_then(|()| self.has_goal(triple)),
            Kind::Report => self.report(record, spot, triple, day),
            Kind::Service => self.service(table, record, spot, triple),
        };
        match done {
            Ok(()) if self.emitter.copy => self.out.tally.duplicate += 1,
            Ok(()) => self.accept(record, spot, triple, day),
            Err(problem) => self.problem(record, spot, item, problem),
        }
    }

    /// Only an explicit no skips a row, and only of a student who was found.
    fn not_on_caseload(&mut self, record: &Record<'_>, student: usize, triple: Triple, spot: Spot<'_>) -> bool {
        let own = self.emitter.survey.mentions.students[triple.student as usize].0.has_iep == Some(false);
        let roster = self.emitter.resolved.students.entities[student].no_iep;
        if !own && !roster {
            return false;
        }
        self.out.tally.skipped += 1;
        if !self.emitter.copy {
            let field = if own { Some(Field::HasIep) } else { WHO.into_iter().find(|field| record.text(*field).is_some()) };
            let column = field.and_then(|field| spot.plan()?.column_of(field));
            let seen = field.and_then(|field| record.text(field)).unwrap_or_default();
            self.note(Code::I007, spot, spot.locator(column), seen, "");
        }
        true
    }

    fn whose(&self, record: &Record<'_>, triple: Triple) -> Result<(), Problem> {
        if let Some(field) = triple.lost_id {
            return Err((Code::I009, Some(field), "an id with all its digits"));
        }
        // Whose a row is that has neither day nor score does not matter: what is missing is said first.
        let placed =
            [Field::Date, Field::Session, Field::Score, Field::Correct].iter().any(|field| record.text(*field).is_some());
        let unplaced = record.kind == Kind::Point && !placed && WHO.iter().any(|field| record.text(*field).is_some());
        if triple.student != NONE || unplaced {
            return Ok(());
        }
        // A row that the survey did not need to look at closely says here what is wrong with its id.
        let lost = |field: &Field| record.slot(*field).is_some_and(|slot| parse_id(slot.text, slot.kind).is_err());
        match [Field::StudentId, Field::StateId, Field::LocalId].into_iter().find(lost) {
            Some(field) => Err((Code::I009, Some(field), "an id with all its digits")),
            None => Err((Code::I001, Some(self.identity_field()), "an id or a name")),
        }
    }

    /// The field whose empty cell is named when nothing says whose row it is.
    fn identity_field(&self) -> Field {
        let table = &self.emitter.survey.tables[self.last.1];
        let has = |field: &Field| table.plan.as_ref().is_some_and(|plan| plan.column_of(*field).is_some());
        WHO.into_iter().find(has).unwrap_or(Field::StudentId)
    }

    fn has_goal(&self, triple: Triple) -> Result<(), Problem> {
        if triple.goal != NONE {
            return Ok(());
        }
        let table = &self.emitter.survey.tables[self.last.1];
        let has = |field: &Field| table.plan.as_ref().is_some_and(|plan| plan.column_of(*field).is_some());
        let field = [Field::GoalNumber, Field::GoalArea, Field::GoalText, Field::Measure].into_iter().find(has);
        Err((Code::I004, field.or(Some(Field::GoalNumber)), "a goal's number, area or measure"))
    }

    fn roster_row(&self, triple: Triple) -> Result<(), Problem> {
        match triple.lost_id {
            Some(field) => Err((Code::I009, Some(field), "an id with all its digits")),
            None if triple.student == NONE => Err((Code::I001, Some(self.identity_field()), "an id or a name")),
            None => Ok(()),
        }
    }

    /// Says which dates of a row of a sheet, beside that of its score, could not be read: they are missing from the dataset.
    fn dates_left_out(&mut self, record: &Record<'_>, spot: Spot<'_>) {
        let there = OTHER_DATES.and(record.fields());
        if there.is_empty() || spot.same || self.emitter.copy || spot.plan().is_none() {
            return;
        }
        let orders = self.emitter.survey.tables[self.table].orders;
        for field in DATES.into_iter().filter(|field| there.has(*field)) {
            let Some(slot) = record.slot(field) else { continue };
            if slot.column != Slot::NO_COLUMN && facts::date(record, field, &orders).is_none() && parse_mark(slot.text).is_none()
            {
                let expected = "a date such as 10/3/2025, on a day that there is";
                self.note(Code::D008, spot, spot.locator(Some(slot.column)), slot.text, expected);
            }
        }
    }

    /// Counts an accepted item for its mentions, and says when its student or goal was not found.
    fn accept(&mut self, record: &Record<'_>, spot: Spot<'_>, triple: Triple, day: Option<NaiveDate>) {
        self.out.tally.accepted += 1;
        if let Some(patch) = spot.patch {
            self.out.keyed.push((patch.base.clone(), spot.at, None));
        }
        self.dates_left_out(record, spot);
        match self.out.runs.last_mut().filter(|(last, _)| *last == triple) {
            Some((_, n)) => *n += 1,
            None => self.out.runs.push((triple, 1)),
        }
        let number = self.emitter.number;
        let resolved = self.emitter.resolved;
        if !spot.same && resolved.student_found(number, triple.student).is_some_and(|found| found.rule == Rule::LostZeros) {
            let slot = [Field::StudentId, Field::StateId, Field::LocalId].into_iter().find_map(|field| record.slot(field));
            if let Some(slot) = slot {
                self.note(
                    Code::I012,
                    spot,
                    spot.locator(Some(slot.column)),
                    slot.text,
                    "the id with its zeros, as on the roster",
                );
            }
        }
        let student = resolved.student_found(number, triple.student);
        let (code, fields): (Code, &[Field]) = match student {
            Some(found) if found.entity.is_none() => (unknown_student(found), &WHO),
            _ => match resolved.goal_found(number, triple.goal, resolved.plan_on(number, triple.goal, day)) {
                Some(found) if found.entity.is_none() => (
                    if found.candidates.is_empty() { Code::I005 } else { Code::I006 },
                    &[Field::GoalNumber, Field::GoalArea, Field::GoalText, Field::Measure],
                ),
                _ => return,
            },
        };
        self.out.tally.unmatched += 1;
        let field = fields.iter().copied().find(|field| record.text(*field).is_some());
        let column = field.and_then(|field| spot.plan()?.column_of(field));
        let seen = field.and_then(|field| record.text(field)).unwrap_or_default().to_owned();
        self.note(code, spot, spot.locator(column), &seen, "");
    }

    fn push(&mut self, point: &Point<'_>) {
        if self.emitter.copy {
            return;
        }
        point.write(self.chunk.entry(point.partition()).or_default());
    }

    fn point(
        &mut self,
        table: &Table,
        record: &Record<'_>,
        spot: Spot<'_>,
        item: RowItem,
        triple: Triple,
        day: Option<NaiveDate>,
    ) -> Result<(), Problem> {
        self.whose(record, triple)?;
        let (date, date_source, session) = self.when(table, record, day)?;
        if !spot.is_screening() {
            self.has_goal(triple)?;
        }
        let keys = self.keys(triple, date);
        let unit = keys.unit;
        let mut score = score(record, UnitHint::of(unit, table.scale))?;
        let other_unit = !in_unit(&score, unit);
        if other_unit {
            score.value = None;
        }
        let column = item
            .value_column
            .or_else(|| record.slot(Field::Score).or_else(|| record.slot(Field::Correct)).map(|slot| slot.column))
            .filter(|column| *column != Slot::NO_COLUMN)
            .or_else(|| spot.plan()?.column_of(Field::Score))
            .or_else(|| spot.plan()?.column_of(Field::Correct));
        let place = match column {
            Some(_) if !spot.lines => String::new(),
            _ => spot.locator(None),
        };
        let correct = || Some(Cow::Owned(format!("{}/{}", record.text(Field::Correct)?, record.text(Field::Trials)?)));
        let raw = record.text(Field::Score).map(Cow::Borrowed).or_else(correct).unwrap_or_default();
        let text = |field| record.text(field).unwrap_or_default();
        self.push(&Point {
            student: keys.student,
            goal: keys.goal,
            measure: keys.measure,
            date: date.map(days),
            session,
            source: self.emitter.number as u32,
            row: spot.row,
            column: column.filter(|_| !spot.lines).unwrap_or(Slot::NO_COLUMN),
            value: score.value,
            numerator: score.numerator,
            denominator: score.denominator,
            minutes: record.text(Field::Minutes).and_then(parse_number),
            state: if other_unit { "invalid" } else { state_text(score.state) },
            date_source,
            derived: false,
            place: if place.is_empty() { spot.sheet } else { &place },
            raw: &raw,
            prompt: text(Field::PromptLevel),
            level: text(Field::Level),
            phase: text(Field::Phase),
            form: text(Field::Form),
            repaired_by: spot.patch.map_or("", |patch| &patch.by),
        });
        if other_unit && !self.emitter.copy {
            let expected = unit.map_or("a plain number, as in the other rows", |unit| unit.name);
            self.note(Code::S009, spot, spot.locator(column), &raw, expected);
        }
        Ok(())
    }

    /// The last day of a reporting period of the calendar, in a school year.
    fn end_of_window(&self, name: &str, start_year: i32) -> Option<NaiveDate> {
        let fits = |row: &&Calendar| {
            row.kind == "period"
                && row.name.as_deref().is_some_and(|known| same_window(known, name))
                && row.begin.is_some_and(|day| school_year(day) == start_year + 1)
        };
        self.emitter.calendar.iter().find(fits)?.end
    }

    fn when(
        &self,
        table: &Table,
        record: &Record<'_>,
        day: Option<NaiveDate>,
    ) -> Result<(Option<NaiveDate>, DateSource, Option<i64>), Problem> {
        let session = record.text(Field::Session).and_then(parse_number).map(|number| number as i64);
        if day.is_some() {
            // A form's data value has its report's date.
            let source = if record.text(Field::GoalRef).is_some() { DateSource::Report } else { DateSource::Stated };
            return Ok((day, source, session));
        }
        let expected = "a date such as 10/3/2025";
        match record.slot(Field::Date) {
            None if session.is_some() => Ok((None, DateSource::Ordinal, session)),
            None => Err((Code::D003, Some(Field::Date), expected)),
            Some(slot) => {
                let order = table.orders.of(Field::Date);
                let code = parse_date(slot.text, slot.kind, order).err().unwrap_or(Code::D001);
                if code == Code::D001 {
                    // The row's own school year is nearer than that of all records.
                    let own = record.text(Field::SchoolYear).and_then(|year| parse_period(year, self.emitter.start_year));
                    let start_year = own.map_or(self.emitter.start_year, |(begin, _)| begin.year());
                    if let Some(day) = parse_day_of_year(slot.text, start_year, order) {
                        return Ok((Some(day), DateSource::Stated, session));
                    }
                    if let Some((_, last)) = parse_period(slot.text, start_year) {
                        return Ok((Some(last), DateSource::Period, session));
                    }
                    if let Some(last) = self.end_of_window(slot.text, start_year) {
                        return Ok((Some(last), DateSource::Period, session));
                    }
                    let title = record.slot(Field::Score).is_some_and(|score| score.column == slot.column);
                    if title || slot.column == Slot::NO_COLUMN {
                        return Err((Code::D007, Some(Field::Date), "a date of its own, or the window in calendar.csv"));
                    }
                }
                Err((code, Some(Field::Date), expected))
            }
        }
    }
}

/// The keys of an item, as numbers; 0 is none.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Keys {
    pub student: u32,
    pub goal: u32,
    pub measure: u32,
    pub unit: Option<&'static Unit>,
}

impl Keys {
    fn goal_text(self) -> Option<String> {
        (self.goal != 0).then(|| key_text('G', self.goal))
    }

    fn student_text(self) -> Option<String> {
        (self.student != 0).then(|| key_text('S', self.student))
    }
}

/// The unit of a measure, for its scale.
pub(crate) fn unit_of_measure(name: Option<&'static str>) -> Option<&'static Unit> {
    name.and_then(unit_named)
}
