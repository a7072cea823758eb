//! How a plan is made: titles, then neighbours and shapes, then the layout, then what stands around the table.

mod assemble;
pub(crate) mod draft;
mod far;
mod groups;
mod grow;
mod layout;
mod means;
mod named;
mod sections;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use aimline_model::codes::Code;
use aimline_model::place;
use aimline_model::record::Slot;
use aimline_model::staged::{Field, Kind};

use crate::context::{self, Context, Surroundings};
use crate::grid::{GridRow, HeadRow, Sheet};
use crate::header;
use crate::heading::{Heading, heading};
use crate::matching::{Claim, Found, How, find};
use crate::plan::{ColumnPlan, ColumnRole, Layout, Note, Plan, Region, Said, Stop, ValueColumn};
use crate::profile::MapProfile;
use crate::shape::{Shape, date_part};
use crate::skip;
use crate::synonyms::{is_unit, label, unit_of_title};
use crate::title::{Title, normalize, plain};
use groups::Groups;
pub(crate) use named::ONE;

/// A column while the plan is made.
struct Col {
    column: usize,
    title: String,
    kind: u8,
    norm: Title,
    /// The date in the title.
    date: Option<String>,
    shape: Shape,
    claim: Option<Claim>,
    near: Option<(Field, f64)>,
    /// Decided by a profile; nothing else may change it.
    settled: bool,
}

impl Col {
    fn new(column: usize, title: &str, kind: u8) -> Self {
        let norm = normalize(title);
        let date =
            if kind.eq_ignore_ascii_case(&b'd') && !title.is_empty() { Some(title) } else { date_part(title) }.map(str::to_owned);
        let found = if date.is_some() { Found::Nothing } else { find(&norm) };
        let (claim, near) = match found {
            Found::Sure(claim) => (Some(claim), None),
            Found::Near(field, score) => (None, Some((field, score))),
            Found::Nothing => (None, None),
        };
        Self { column, title: title.to_owned(), kind, norm, date, shape: Shape::default(), claim, near, settled: false }
    }

    fn field(&self) -> Option<Field> {
        self.claim.map(|claim| claim.field)
    }

    fn turn(&mut self, field: Option<Field>, weak: bool) {
        let score = self.claim.map_or(0.9, |claim| claim.score).min(0.95);
        self.claim = field.map(|field| Claim { field, score, weak, how: How::Shape });
    }

    fn name(&self) -> String {
        let letters = place::column_letters(self.column);
        if self.title.is_empty() { format!("column {letters}") } else { format!("\"{}\" (column {letters})", short(&self.title)) }
    }
}

fn short(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= 60 { text } else { text.chars().take(59).chain(['…']).collect() }
}

const STUDENT: [Field; 6] =
    [Field::StudentRef, Field::StudentId, Field::StateId, Field::LocalId, Field::StudentName, Field::LastName];
const GOAL: [Field; 4] = [Field::GoalRef, Field::GoalNumber, Field::GoalArea, Field::GoalText];
/// Two columns with one of these meanings could mix up children's data.
const ESSENTIAL: [Field; 9] = [
    Field::StudentId,
    Field::StateId,
    Field::LocalId,
    Field::StudentName,
    Field::LastName,
    Field::GoalNumber,
    Field::Date,
    Field::Session,
    Field::Score,
];

/// So many rows of a table show what it is.
const NEAR_ROWS: usize = 60;

type Winners = [Option<usize>; Field::COUNT];

/// Plans a table from its first rows. `more_rows` says that there are more than those.
///
/// # Errors
/// When the sheet cannot be understood without a guess.
pub fn plan(sheet: &Sheet<'_>, head: &[HeadRow], more_rows: bool, profile: Option<&MapProfile>) -> Result<Plan, Stop> {
    let typed = head.first().is_some_and(HeadRow::is_typed_header);
    let looked_to = head.last().map(|row| row.number).filter(|_| more_rows && !typed);
    let near = &head[..head.len().min(NEAR_ROWS)];
    let Some(at) = header_row(sheet, near, typed, profile)? else {
        if let Some(plan) = means::tab(sheet, near) {
            return Ok(plan);
        }
        return if header::is_data(near, more_rows) { Err(no_header(sheet, near)) } else { Ok(text_only(sheet, near)) };
    };
    // A profile that names titles has decided about their row; one that names none changes nothing.
    let decided = profile.is_some_and(|profile| profile.header_row.is_some() || !profile.columns.is_empty());
    let at = if typed || decided { at } else { sections::earlier(near, at).unwrap_or(at) };
    let heading_of_first = heading(near, at, typed);
    let below = if typed { Vec::new() } else { sections::sections(head, heading_of_first.bottom) };
    let end = |at: usize| below.get(at).map_or(head.len(), |section| section.from);
    let mut above = context::read(sheet, if typed { &[] } else { &head[..heading_of_first.top] });
    let single = if below.is_empty() { None } else { sections::single_row(sheet, &heading_of_first, &head[..end(0)]) };
    above.said.extend(single.iter().flatten().cloned());
    let first = table(sheet, &head[..end(0).min(NEAR_ROWS)], &heading_of_first, typed, None, profile);
    let labels = |plan: &Result<Plan, Stop>, rows: &[HeadRow]| match plan {
        Ok(plan) if !typed => sections::label_rows(sheet, rows, plan),
        _ => Vec::new(),
    };
    let mut later = labels(&first, &head[..end(0)]);
    for (number, section) in below.iter().enumerate() {
        let rows = &head[section.from..end(number + 1)];
        let heading = heading(rows, section.at - section.from, false);
        let profile = profile.filter(|_| heading.titles == heading_of_first.titles);
        let plan = table(sheet, &rows[..rows.len().min(NEAR_ROWS)], &heading, false, Some(&above), profile);
        let labelled = labels(&plan, rows);
        later.push(Region { from: rows[0].number, plan });
        later.extend(labelled);
    }
    match first {
        Ok(plan) => Ok(Plan { later, looked_to, ..plan }),
        Err(stop) if later.iter().all(|region| region.plan.is_err()) => Err(stop),
        // It was there for the tables below.
        Err(_) if single.is_some() => Ok(Plan { later, looked_to, ..text_only(sheet, &head[..end(0)]) }),
        // The others are read all the same.
        Err(stop) => {
            let first = Region { from: head[0].number, plan: Err(stop) };
            Ok(Plan { later: std::iter::once(first).chain(later).collect(), looked_to, ..text_only(sheet, &[]) })
        }
    }
}

/// Plans one table; `first` is what stands above the first one of the sheet.
fn table(
    sheet: &Sheet<'_>,
    rows: &[HeadRow],
    heading: &Heading,
    typed: bool,
    first: Option<&Surroundings>,
    profile: Option<&MapProfile>,
) -> Result<Plan, Stop> {
    let above = if typed { &[] } else { &rows[..heading.top] };
    let mut builder = Builder::new(sheet, heading, rows, above, typed, profile)?;
    if let Some(first) = first {
        builder.around.inherit(first);
    }
    let header = (builder.row, builder.cols.iter().map(|col| col.title.clone()).collect());
    builder.build(profile).map_err(|stop| Stop { header: Some(Box::new(header)), ..stop })
}

fn stop(code: Code, locator: String, seen: String, expected: String, help: String) -> Stop {
    Stop { code, locator, seen, expected, help, header: None }
}

fn no_header(sheet: &Sheet<'_>, head: &[HeadRow]) -> Stop {
    let (number, cells) = head.iter().max_by_key(|row| row.filled().count()).map_or((1, Vec::new()), |_| {
        let first = &head[0];
        (first.number, first.filled().take(4).map(|(_, text)| format!("\"{}\"", short(text))).collect())
    });
    stop(
        Code::H001,
        place::row(sheet.name, number),
        if cells.is_empty() { "no filled cell".to_owned() } else { format!("the first row begins with {}", cells.join(", ")) },
        "a row of titles such as Student ID, Goal, Date and Score".to_owned(),
        "Give the columns titles, or say in a mapping profile (header_row, columns) what they mean.".to_owned(),
    )
}

/// Which of the first rows is the header.
fn header_row(sheet: &Sheet<'_>, head: &[HeadRow], typed: bool, profile: Option<&MapProfile>) -> Result<Option<usize>, Stop> {
    if typed {
        // The widest header among the first rows has all columns that are known so far.
        return Ok(head.iter().rposition(HeadRow::is_typed_header));
    }
    let Some(profile) = profile else { return Ok(header::search(head)) };
    if let Some(number) = profile.header_row {
        return match head.iter().position(|row| row.number == number) {
            Some(at) => Ok(Some(at)),
            None => Err(stop(
                Code::H007,
                place::row(sheet.name, number),
                "the row is blank, or too far down".to_owned(),
                format!("the titles in row {number}"),
                "Correct header_row in the profile, or the sheet.".to_owned(),
            )),
        };
    }
    // The row with most of the profile's titles.
    let titles: Vec<String> = profile.columns.iter().map(|(title, _)| plain(title)).collect();
    let count = |row: &HeadRow| {
        let cells: Vec<String> = row.filled().filter(|(_, text)| text.len() <= 200).map(|(_, text)| plain(text)).collect();
        titles.iter().filter(|title| cells.contains(title)).count()
    };
    let mut best: Option<(usize, usize)> = None;
    for (at, row) in head.iter().enumerate() {
        let found = count(row);
        if found > 0 && best.is_none_or(|(_, top)| found > top) {
            best = Some((at, found));
        }
    }
    Ok(best.map(|(at, _)| at).or_else(|| header::search(head)))
}

fn text_only(sheet: &Sheet<'_>, head: &[HeadRow]) -> Plan {
    let surroundings = context::read(sheet, head);
    let mut context: Vec<Context> = surroundings.said.into_iter().map(|said| Context { field: None, ..said }).collect();
    context.extend(surroundings.titles);
    context.extend(surroundings.others);
    Plan {
        layout: Layout::Text,
        kind: Kind::Point,
        header_row: 0,
        header_top: 0,
        bare: Vec::new(),
        typed: false,
        columns: Vec::new(),
        titles: Vec::new(),
        titled: 0,
        fixed: Vec::new(),
        values: Vec::new(),
        grouped: false,
        constants: Vec::new(),
        context,
        notes: Vec::new(),
        date_order: None,
        sheet: sheet.name.to_owned(),
        skips: None,
        looked_to: None,
        later: Vec::new(),
    }
}

fn repeats(cols: &[Col], rows: &[HeadRow]) -> bool {
    let names = |col: &&Col| col.field().is_some_and(|field| STUDENT.contains(&field) || GOAL.contains(&field));
    let named: Vec<usize> = cols.iter().filter(names).map(|col| col.column).collect();
    let distinct: BTreeSet<Vec<Option<&str>>> =
        rows.iter().map(|row| named.iter().map(|column| row.cell(*column)).collect()).collect();
    rows.len() >= 3 && distinct.len() * 2 <= rows.len()
}

struct Builder<'a> {
    sheet: &'a Sheet<'a>,
    /// The last row of the titles.
    row: u64,
    /// The first row of the titles.
    top: u64,
    /// What stands in the last row of the titles.
    bare: Vec<String>,
    /// Columns with a group's title over their own: the group's, and their own.
    grouped: Vec<(usize, String, String)>,
    typed: bool,
    /// Columns with `Student:` and a name right above the titles.
    people: Vec<(usize, String)>,
    cols: Vec<Col>,
    around: Surroundings,
    /// What a profile says of all rows.
    stated: Vec<Field>,
    /// A profile says the layout.
    forced: bool,
    /// Most of the first rows name a student's goal that another of them names too.
    repeated: bool,
}

impl<'a> Builder<'a> {
    fn new(
        sheet: &'a Sheet<'a>,
        heading: &Heading,
        head: &[HeadRow],
        above: &[HeadRow],
        typed: bool,
        profile: Option<&MapProfile>,
    ) -> Result<Self, Stop> {
        let below = &head[heading.bottom + 1..];
        let width = below
            .iter()
            .map(|row| row.cells.len())
            .max()
            .unwrap_or(0)
            .max(heading.titles.len())
            .min(usize::from(Slot::NO_COLUMN));
        let title = |column: usize| heading.titles.get(column).map_or(("", b't'), |(title, kind)| (title.as_str(), *kind));
        let mut cols: Vec<Col> = (0..width).map(|column| Col::new(column, title(column).0, title(column).1)).collect();
        for row in below {
            if row.is_typed_header() || row.filled().next().is_some_and(|(_, text)| skip::label(text).is_some()) {
                continue;
            }
            for (column, text) in row.filled() {
                if let Some(col) = cols.get_mut(column) {
                    col.shape.add(text, row.kind(column));
                }
            }
        }
        let repeated = repeats(&cols, below);
        let row = head[heading.bottom].number;
        let around = context::read(sheet, above);
        let (top, bare) = (head[heading.top].number, heading.bare.clone());
        let grouped = heading.grouped.clone();
        let mut builder = Self {
            sheet,
            row,
            top,
            bare,
            grouped,
            typed,
            people: context::people(above),
            cols,
            around,
            repeated,
            stated: Vec::new(),
            forced: false,
        };
        if let Some(profile) = profile {
            builder.stated = profile.constants.iter().map(|(field, _)| *field).collect();
            builder.forced = profile.layout.is_some();
            builder.obey(profile)?;
        }
        Ok(builder)
    }

    fn here(&self) -> String {
        place::row(self.sheet.name, self.row)
    }

    fn at(&self, column: usize) -> String {
        place::cell(self.sheet.name, column, self.row)
    }

    /// Applies the columns of a profile.
    fn obey(&mut self, profile: &MapProfile) -> Result<(), Stop> {
        for (title, field) in &profile.columns {
            let wanted = plain(title);
            let mut fitting: Vec<usize> = (0..self.cols.len()).filter(|at| self.cols[*at].title == title.trim()).collect();
            if fitting.is_empty() {
                fitting =
                    (0..self.cols.len()).filter(|at| !wanted.is_empty() && plain(&self.cols[*at].title) == wanted).collect();
            }
            if fitting.is_empty()
                && let Some(letters) = wanted.strip_prefix("column ")
            {
                fitting = (0..self.cols.len()).filter(|at| place::column_letters(*at).eq_ignore_ascii_case(letters)).collect();
            }
            match fitting.as_slice() {
                [] => {
                    let near = self
                        .cols
                        .iter()
                        .filter(|col| !col.title.is_empty())
                        .map(|col| (strsim::jaro_winkler(&plain(&col.title), &wanted), col))
                        .max_by(|a, b| a.0.total_cmp(&b.0))
                        .filter(|(score, _)| *score >= 0.8);
                    return Err(stop(
                        Code::H007,
                        self.here(),
                        near.map_or_else(|| "no such column".to_owned(), |(_, col)| format!("the nearest is {}", col.name())),
                        format!("the column \"{}\" of the profile", short(title)),
                        "Correct the profile, or the sheet.".to_owned(),
                    ));
                }
                [_, second, ..] if field.is_some() => {
                    return Err(stop(
                        Code::H003,
                        self.at(self.cols[*second].column),
                        format!("{} columns are called \"{}\"", fitting.len(), short(title)),
                        format!("one column of {}", label_of(*field)),
                        format!(
                            "Name the column by its letters in the profile: \"column {}\".",
                            place::column_letters(fitting[0])
                        ),
                    ));
                }
                _ => {}
            }
            for at in fitting {
                let col = &mut self.cols[at];
                col.settled = true;
                col.near = None;
                col.date = None;
                col.claim = field.map(|field| Claim { field, score: 1.0, weak: false, how: How::Profile });
            }
        }
        // What a profile has given away is not claimed by others.
        let taken: Vec<Field> = self.cols.iter().filter(|col| col.settled).filter_map(Col::field).collect();
        for col in self.cols.iter_mut().filter(|col| !col.settled) {
            if col.field().is_some_and(|field| taken.contains(&field)) {
                col.claim = None;
            }
        }
        Ok(())
    }

    fn claimed(&self, field: Field, except: usize) -> bool {
        self.cols
            .iter()
            .any(|col| col.column != except && col.field() == Some(field) && col.claim.is_some_and(|claim| !claim.weak))
    }

    /// Lets the neighbours and the shape of the values decide between the readings of a title.
    fn settle(&mut self) {
        for at in 0..self.cols.len() {
            let col = &self.cols[at];
            let (Some(field), false) = (col.field(), col.settled) else { continue };
            let shape = col.shape;
            let strong = |field| self.claimed(field, at);
            let text = col.norm.text.as_str();
            let turned = match field {
                Field::StudentName if shape.ids() => Some((Some(Field::StudentId), true)),
                Field::StudentName
                    if matches!(text, "name" | "nombre" | "nombres") && strong(Field::LastName) && !strong(Field::FirstName) =>
                {
                    Some((Some(Field::FirstName), false))
                }
                Field::StudentId if text == "id" && shape.people() => Some((Some(Field::StudentName), true)),
                Field::GoalNumber if col.claim.is_some_and(|claim| claim.weak) => self.goal(at),
                // A source's own reference beside the number that people use.
                Field::GoalNumber if matches!(text, "goal id" | "iep goal id") && self.numbered(at) => {
                    Some((Some(Field::GoalRef), false))
                }
                Field::GoalText if shape.numbers() && !strong(Field::Target) => {
                    Some((Some(if shape.large() { Field::Target } else { Field::GoalNumber }), true))
                }
                Field::Target if shape.sentences() && !strong(Field::Criterion) => Some((Some(Field::Criterion), false)),
                Field::Criterion if shape.numbers() && !strong(Field::Target) => Some((Some(Field::Target), false)),
                Field::Grade if shape.filled > 0 && !shape.grades() => Some((None, false)),
                // "Start Goal" over numbers is a score to begin with, and no day.
                Field::GoalBegin | Field::GoalEnd if shape.numbers() && !shape.dates() => Some((None, false)),
                Field::Level if shape.prompts() && !strong(Field::PromptLevel) => Some((Some(Field::PromptLevel), false)),
                Field::HasIep if shape.dates() => Some((Some(Field::MeetingDate), true)),
                Field::Date if col.claim.is_some_and(|claim| claim.weak) && shape.filled > 0 && !shape.dates() => {
                    let session = matches!(text, "week" | "semana" | "dia") && shape.numbers();
                    Some((session.then_some(Field::Session), true))
                }
                Field::Score if col.claim.is_some_and(|claim| claim.weak) && shape.filled > 0 && !shape.scores() => {
                    Some((None, false))
                }
                // "Trials (+/-)" over ++-+-
                Field::Trials if shape.rows_of_marks() && !strong(Field::Score) && !strong(Field::Correct) => {
                    Some((Some(Field::Score), true))
                }
                Field::ReportCode if col.claim.is_some_and(|claim| claim.weak) && shape.filled > 0 && shape.scores() => {
                    Some((Some(Field::Score), true))
                }
                _ => None,
            };
            if let Some((field, weak)) = turned {
                self.cols[at].turn(field, weak);
            }
        }
        self.timed();
        // Wide tables often leave the title above the names away.
        if self.wide().len() >= 2
            && !self.cols.iter().any(|col| col.field().is_some_and(|field| STUDENT.contains(&field)))
            && let Some(col) = self.cols.iter_mut().find(|col| col.shape.filled > 0 && !col.settled)
            && col.title.is_empty()
        {
            if col.shape.people() {
                col.claim = Some(Claim { field: Field::StudentName, score: 0.9, weak: true, how: How::Shape });
            } else if col.shape.ids() {
                col.claim = Some(Claim { field: Field::StudentId, score: 0.9, weak: true, how: How::Shape });
            }
        }
    }

    /// Another column has the goal's number.
    fn numbered(&self, except: usize) -> bool {
        self.cols.iter().any(|col| {
            col.column != except
                && col.field() == Some(Field::GoalNumber)
                && (col.claim.is_some_and(|claim| !claim.weak) || col.shape.codes())
                && col.shape.filled > 0
        })
    }

    /// What a column that is only called "Goal" holds.
    fn goal(&self, at: usize) -> Option<(Option<Field>, bool)> {
        let shape = self.cols[at].shape;
        let strong = |field| self.claimed(field, at);
        let others = strong(Field::GoalNumber) || strong(Field::GoalArea) || strong(Field::GoalText) || strong(Field::GoalRef);
        if shape.filled == 0 {
            return None;
        }
        if shape.numbers() {
            let target = (shape.large() || others) && !strong(Field::Target);
            return target.then_some((Some(Field::Target), true));
        }
        if shape.sentences() {
            return Some((Some(Field::GoalText), true));
        }
        if shape.codes() {
            return None;
        }
        Some((Some(if strong(Field::GoalArea) || shape.large() { Field::GoalText } else { Field::GoalArea }), true))
    }

    /// The best column of each field.
    fn winners(&self) -> Winners {
        let mut winners: Winners = [None; Field::COUNT];
        for (at, col) in self.cols.iter().enumerate() {
            let Some(claim) = col.claim else { continue };
            let rank = |col: &Col, claim: &Claim| {
                (claim.how == How::Profile, !claim.weak, claim.how != How::Similar, col.shape.filled > 0)
            };
            let slot = &mut winners[claim.field as usize];
            match slot {
                Some(other) => {
                    let champion = &self.cols[*other];
                    if champion.claim.is_some_and(|top| rank(col, &claim) > rank(champion, &top)) {
                        *slot = Some(at);
                    }
                }
                None => *slot = Some(at),
            }
        }
        winners
    }

    fn build(mut self, profile: Option<&MapProfile>) -> Result<Plan, Stop> {
        self.settle();
        let forced = profile.and_then(|profile| profile.layout);
        let groups = match forced {
            None | Some(Layout::Wide | Layout::Screening) => self.groups()?,
            Some(_) => None,
        };
        for at in groups.iter().flat_map(Groups::members) {
            self.cols[at].claim = None;
            self.cols[at].near = None;
        }
        if let Some(groups) = &groups {
            self.drop_doubles(groups);
        }
        let winners = self.winners();
        let mut values = self.wide();
        let has = |field: Field| winners[field as usize].is_some();
        let stated = |field: &Field| self.stated.contains(field);
        let student_column = STUDENT.iter().any(|field| has(*field) || stated(field));
        let goal_column = GOAL.iter().any(|field| has(*field) || stated(field));
        let mut layout = match &groups {
            Some(groups) => forced.unwrap_or_else(|| self.group_layout(groups, goal_column)),
            None => self.layout(&winners, &values, student_column, goal_column, forced)?,
        };
        let student_column = student_column || groups.as_ref().is_some_and(Groups::of_students);
        let goal_column = goal_column || groups.as_ref().is_some_and(Groups::of_goals);
        let context = self.context(layout, &winners, student_column, goal_column)?;
        let said = |field: Field| context.iter().any(|context| context.field == Some(field));
        let student = student_column || STUDENT.iter().any(|field| said(*field));
        if !student {
            return Err(self.nobody(layout));
        }
        if layout == Layout::Long && !student_column {
            layout = Layout::Log;
        }
        if layout == Layout::Screening && groups.is_none() {
            values = self.measured();
        }
        self.check_doubles(layout, &winners)?;
        self.assemble(layout, &winners, &values, groups.as_ref(), context, profile)
    }

    /// Beside groups, "Prompt" that stands twice is of one group each, and nothing says of which. Nor is it of all groups
    /// when some have one of their own.
    fn drop_doubles(&mut self, groups: &Groups) {
        let own: BTreeSet<Field> = groups.list.iter().flat_map(|group| group.fields()).collect();
        for col in self.cols.iter_mut().filter(|col| !col.settled) {
            if col.field().is_some_and(|field| own.contains(&field)) {
                col.claim = None;
            }
        }
        for at in 0..self.cols.len() {
            let Some(field) = self.cols[at].field().filter(|field| *field >= Field::Level && !self.cols[at].settled) else {
                continue;
            };
            let same: Vec<usize> = (0..self.cols.len()).filter(|other| self.cols[*other].field() == Some(field)).collect();
            if same.len() > 1 {
                same.into_iter().for_each(|other| self.cols[other].claim = None);
            }
        }
    }

    /// The names of the columns that were recognized.
    fn recognized(&self) -> String {
        let known: Vec<String> = self
            .cols
            .iter()
            .filter(|col| col.claim.is_some())
            .take(12)
            .map(
                |col| if col.title.is_empty() { place::column_letters(col.column) } else { format!("\"{}\"", short(&col.title)) },
            )
            .collect();
        let more = self.cols.iter().filter(|col| col.claim.is_some()).count().saturating_sub(known.len());
        match (known.is_empty(), more) {
            (true, _) => "no column was recognized".to_owned(),
            (false, 0) => format!("recognized: {}", known.join(", ")),
            (false, more) => format!("recognized: {} and {more} more", known.join(", ")),
        }
    }

    fn strange(&self) -> Stop {
        stop(
            Code::H001,
            self.here(),
            self.recognized(),
            "titles such as Student ID, Goal, Date and Score".to_owned(),
            "Give the columns titles that say whose scores they hold, or write a mapping profile.".to_owned(),
        )
    }

    /// A column is missing: an unsure title is suggested first.
    fn missing(&self, field: Field, expected: &str, seen: &str) -> Stop {
        let near = self.cols.iter().filter(|col| col.near.is_some_and(|(near, _)| near == field)).max_by(|a, b| {
            let score = |col: &Col| col.near.map_or(0.0, |(_, score)| score);
            score(a).total_cmp(&score(b)).then(b.column.cmp(&a.column))
        });
        if let Some(col) = near {
            return stop(
                Code::H006,
                self.at(col.column),
                format!("\"{}\"", short(&col.title)),
                expected.to_owned(),
                format!(
                    "Rename the column to \"{}\", or confirm it in a mapping profile: \"{}\" = \"{}\".",
                    label(field),
                    short(&col.title),
                    field.name()
                ),
            );
        }
        let known = self.recognized();
        let seen = if seen.is_empty() { known } else { format!("{seen}; {known}") };
        stop(Code::H002, self.here(), seen, expected.to_owned(), String::new())
    }

    fn nobody(&self, layout: Layout) -> Stop {
        for field in [Field::StudentId, Field::StudentName, Field::StateId, Field::LocalId] {
            if self.cols.iter().any(|col| col.near.is_some_and(|(near, _)| near == field)) {
                return self.missing(field, "a column that says whose row it is, such as Student ID", "");
            }
        }
        let help = if layout == Layout::Wide || layout == Layout::Long {
            "Add a Student ID or Student column, or write \"Student: first and last name\" above the table, or name the tab after the student."
        } else {
            "Add a Student ID or Student column."
        };
        stop(
            Code::H002,
            self.here(),
            self.recognized(),
            "a column or a title that says which student it is".to_owned(),
            help.to_owned(),
        )
    }

    fn check_doubles(&self, layout: Layout, winners: &Winners) -> Result<(), Stop> {
        for field in ESSENTIAL.into_iter().filter(|field| layout.uses(*field)) {
            let Some(winner) = winners[field as usize].map(|at| &self.cols[at]) else { continue };
            let Some(top) = winner.claim.filter(|claim| claim.how != How::Profile) else { continue };
            let rival = self.cols.iter().find(|col| {
                col.column != winner.column
                    && col.shape.filled > 0
                    && winner.shape.filled > 0
                    && col.claim.is_some_and(|claim| {
                        claim.field == field && claim.weak == top.weak && (claim.how == How::Similar) == (top.how == How::Similar)
                    })
            });
            if let Some(rival) = rival {
                return Err(stop(
                    Code::H003,
                    self.at(rival.column),
                    format!("{} and {}", winner.name(), rival.name()),
                    format!("one column of {}", label(field)),
                    format!("Rename one of them, or say in a mapping profile which one is \"{}\".", field.name()),
                ));
            }
        }
        Ok(())
    }

    /// Chooses what the surroundings say about the rows.
    fn context(&self, layout: Layout, winners: &Winners, student_column: bool, goal_column: bool) -> Result<Vec<Context>, Stop> {
        let has = |field: Field| winners[field as usize].is_some() || self.stated.contains(&field);
        let mut chosen: Vec<Context> = Vec::new();
        let useful = |field: Field| {
            layout.uses(field)
                && !has(field)
                && !(student_column && field <= Field::BirthDate)
                && !(goal_column && field >= Field::GoalRef && field <= Field::Criterion)
                && !(layout == Layout::Roster && field > Field::SchoolYear && field != Field::CaseManager)
                && !(layout == Layout::GoalList && field >= Field::GoalRef)
        };
        let mut unsure: Vec<String> = Vec::new();
        // Of each field the first text, and whether there is another one.
        let mut texts: BTreeMap<Field, (String, bool)> = BTreeMap::new();
        for said in &self.around.said {
            let Some(field) = said.field else { continue };
            let text = plain(&said.text);
            texts.entry(field).and_modify(|(first, others)| *others |= *first != text).or_insert((text, false));
        }
        for said in &self.around.said {
            let Some(field) = said.field else { continue };
            let twice = texts.get(&field).is_some_and(|(_, others)| *others);
            if twice && STUDENT.contains(&field) && useful(field) {
                unsure.push(said.text.clone());
            }
            let first = chosen.iter().all(|other| other.field != Some(field));
            chosen.push(if useful(field) && !twice && first { said.clone() } else { Context { field: None, ..said.clone() } });
        }
        chosen.extend(self.around.titles.iter().chain(&self.around.others).cloned());
        let somebody =
            |chosen: &[Context]| chosen.iter().any(|context| context.field.is_some_and(|field| STUDENT.contains(&field)));
        if layout == Layout::Roster {
            return Ok(chosen);
        }
        // The name of the tab; of the file, when it has no tabs.
        let stem = self.sheet.file.rsplit_once('.').map_or(self.sheet.file, |(stem, _)| stem).replace('_', " ");
        let (name, place) =
            if self.sheet.name.is_empty() { (stem.as_str(), "name of the file") } else { (self.sheet.name, "name of the sheet") };
        // Files are named after teachers as often as after students.
        let tabbed = !self.sheet.name.is_empty();
        let named = context::of_name(name, place);
        if !student_column && !somebody(&chosen) {
            if unsure.len() > 1 {
                return Err(self.several(&unsure));
            }
            match self.around.person() {
                Ok(Some(person)) => {
                    if let Some(title) =
                        chosen.iter_mut().find(|context| context.field.is_none() && context.place == person.place)
                    {
                        *title = person;
                    }
                }
                Ok(None) => {
                    chosen.extend(named.iter().filter(|context| context.field == Some(Field::StudentName) && tabbed).cloned())
                }
                Err(people) => return Err(self.several(&people)),
            }
        }
        let goal = goal_column
            || has(Field::Measure)
            || chosen.iter().any(|context| context.field.is_some_and(|field| GOAL.contains(&field)));
        if layout != Layout::GoalList && !goal {
            let number = named.iter().find(|context| context.field == Some(Field::GoalNumber));
            let area = named.iter().find(|context| context.field == Some(Field::GoalArea));
            chosen.extend(number.into_iter().chain(area).cloned());
        }
        Ok(chosen)
    }

    fn several(&self, people: &[String]) -> Stop {
        const NAMED: usize = 6;
        let named: Vec<String> = people.iter().take(NAMED).map(|person| format!("\"{}\"", short(person))).collect();
        let more = people.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        stop(
            Code::H002,
            self.here(),
            format!("titles with {}{more}", named.join(" and ")),
            "one student for the whole table, or a Student column".to_owned(),
            "Add a Student ID or Student column, or write \"Student: first and last name\" above the table.".to_owned(),
        )
    }
}

fn label_of(field: Option<Field>) -> &'static str {
    field.map_or("nothing", label)
}
