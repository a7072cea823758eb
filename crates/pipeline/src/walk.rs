//! A bundle's tables, row by row: frames are read and unpacked on one thread, looked at on another.

mod merged;

use crate::PipelineError;
use crate::repair::{Patch, Patches};
use crate::survey::{KEY, Table};
use aimline_host::wire::{Batch, Kind, Row, TableInfo};
use aimline_map::{ColumnRole, GridRow, Layout, Plan, RowFate, RowItem, Stop};
use aimline_model::place;
use aimline_model::record::{Record, Slot};
use aimline_model::repair::is_ours;
use aimline_model::staged;
use aimline_model::staged::Field;
use aimline_store::StoreError;
use aimline_store::bundle::Reader;
use merged::Merged;
use rustc_hash::FxHashMap;
use std::path::Path;
use std::sync::mpsc::sync_channel;

/// A frame of a bundle.
pub(crate) enum Part {
    Table(u32, TableInfo),
    Batch(u32, Batch),
}

/// Calls `sink` with each part of a bundle, in order.
pub(crate) fn parts(path: &Path, sink: &mut dyn FnMut(Part) -> Result<(), PipelineError>) -> Result<(), PipelineError> {
    let mut reader = Reader::open(path)?;
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel(4);
        scope.spawn(move || {
            loop {
                let part = match reader.frame() {
                    Ok(Some(frame)) => unpack(path, frame.kind, frame.table, frame.payload),
                    Ok(None) => break,
                    Err(error) => Err(error),
                };
                let stop = part.is_err();
                if send.send(part).is_err() || stop {
                    break;
                }
            }
        });
        for part in receive {
            sink(part?)?;
        }
        Ok(())
    })
}

fn unpack(path: &Path, kind: u8, table: u32, payload: Vec<u8>) -> Result<Part, StoreError> {
    let damaged =
        |error: aimline_host::wire::WireError| StoreError::Damaged { path: path.to_path_buf(), detail: error.to_string() };
    if kind == Kind::Table as u8 {
        TableInfo::parse(&payload).map(|info| Part::Table(table, info)).map_err(damaged)
    } else {
        Batch::parse(payload).map(|batch| Part::Batch(table, batch)).map_err(damaged)
    }
}

/// What a table's rows are.
#[derive(Debug)]
pub(crate) enum Shape {
    /// Problems that the importer reports; they are not items.
    Diagnostics(Vec<String>),
    /// Records under staged columns.
    Records { kind: staged::Kind, fields: Vec<Option<Field>>, columns: Vec<String> },
    /// A record table of a name that is not known.
    Unknown,
    /// Cells by position.
    Grid,
}

impl Shape {
    pub(crate) fn of(info: &TableInfo) -> Self {
        if info.is_grid() {
            Self::Grid
        } else if info.name == "diagnostics" {
            Self::Diagnostics(info.columns.clone())
        } else if let Some(kind) = staged::Kind::of(&info.name) {
            let fields = info.columns.iter().map(|column| Field::of(column)).collect();
            Self::Records { kind, fields, columns: info.columns.clone() }
        } else {
            Self::Unknown
        }
    }
}

/// Where an item stands, and what its row holds; texts are made only when they are needed.
#[derive(Clone, Copy)]
pub(crate) struct Spot<'a> {
    /// Sheet name; empty when there is none.
    pub sheet: &'a str,
    /// True when rows are lines of a text format and not rows of a sheet.
    pub lines: bool,
    /// Part of a form, in record tables.
    pub part: &'a str,
    /// Row or line.
    pub row: u64,
    /// Titles of the columns.
    pub titles: Titles<'a>,
    /// The cells.
    pub cells: &'a [Option<&'a str>],
    /// Place of the row in its table, from 0.
    pub at: u64,
    /// What a person has corrected in it; the cells are the corrected ones.
    pub patch: Option<&'a Patch>,
    /// True when the item before it in the table had the same texts in the columns that tell whose and which goal's it is.
    pub same: bool,
}

#[derive(Clone, Copy)]
pub(crate) enum Titles<'a> {
    Plan(&'a Plan),
    /// Titles of a sheet that was stopped.
    Sheet(&'a [String]),
    /// Columns of a record table.
    Columns(&'a [String]),
}

impl Spot<'_> {
    /// The place of a column of the row, in the user's words.
    pub(crate) fn locator(&self, column: Option<u16>) -> String {
        match (self.titles, column) {
            (Titles::Columns(_), _) => place::record(self.part, self.row),
            _ if self.lines => place::record("", self.row),
            (_, Some(column)) if column != Slot::NO_COLUMN => place::cell(self.sheet, usize::from(column), self.row),
            _ => place::row(self.sheet, self.row),
        }
    }

    /// The plan of its table; none in forms.
    pub(crate) fn plan(&self) -> Option<&Plan> {
        match self.titles {
            Titles::Plan(plan) => Some(plan),
            Titles::Sheet(_) | Titles::Columns(_) => None,
        }
    }

    /// True for assessments of students that are for no goal.
    pub(crate) fn is_screening(&self) -> bool {
        self.plan().is_some_and(|plan| matches!(plan.layout(), Layout::Screening | Layout::Assessments))
    }

    fn title(&self, column: usize) -> String {
        let title = match self.titles {
            Titles::Plan(plan) => plan.columns().get(column).map(|column| column.title.clone()),
            Titles::Sheet(columns) | Titles::Columns(columns) => columns.get(column).cloned(),
        };
        title.filter(|title| !title.is_empty()).unwrap_or_else(|| format!("column {}", place::column_letters(column)))
    }

    /// The titles of all columns, each another one.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut taken: FxHashMap<String, usize> = FxHashMap::default();
        let name = |column| {
            let mut title = self.title(column);
            if is_ours(&title) {
                title.push_str(" (original)");
            }
            let count = taken.entry(title.clone()).or_default();
            *count += 1;
            if *count > 1 { format!("{title} ({count})") } else { title }
        };
        let width = match self.titles {
            Titles::Plan(plan) => plan.columns().len(),
            Titles::Sheet(columns) | Titles::Columns(columns) => columns.len(),
        };
        (0..width.max(self.cells.len())).map(name).collect()
    }

    /// All columns with their texts, also those where nothing stands.
    pub(crate) fn all(&self) -> Vec<(String, String)> {
        let text = |column: usize| self.cells.get(column).copied().flatten().unwrap_or_default().trim().to_owned();
        self.names().into_iter().enumerate().map(|(column, name)| (name, text(column))).collect()
    }

    /// The whole row as JSON: pairs of title and text. A column that means something is there also when it is empty, so
    /// that a person has a place for what is missing.
    pub(crate) fn item(&self) -> String {
        let meant = |column: usize| match self.titles {
            Titles::Plan(plan) => matches!(plan.columns().get(column).map(|column| column.role), Some(ColumnRole::Field(_))),
            Titles::Sheet(_) | Titles::Columns(_) => false,
        };
        let all = self.all().into_iter().enumerate();
        let pairs = all.filter(|(column, (_, text))| !text.is_empty() || meant(*column)).map(|(_, pair)| pair);
        serde_json::to_string(&pairs.collect::<Vec<_>>()).unwrap_or_default()
    }
}

/// What a row of a table came to.
pub(crate) enum Seen<'a, 'r> {
    /// One item of it.
    Item(&'a Record<'r>, RowItem),
    /// Its table, one of several on the sheet, cannot be used.
    Stopped(&'a Stop),
    /// It is no data, for this reason.
    Skipped(&'static str),
}

/// The rows of a batch: the place of its first one in the table, and the table's corrected rows.
#[derive(Clone, Copy)]
pub(crate) struct Stretch<'a> {
    pub batch: &'a Batch,
    /// Place of the batch's first row.
    pub first: u64,
    pub table: usize,
    pub patches: Option<&'a Patches>,
}

impl<'a> Stretch<'a> {
    fn patch(&self, at: u64) -> Option<&'a Patch> {
        self.patches?.get(&(self.table, at))
    }
}

/// Takes the rows of a batch of records.
pub(crate) fn record_rows(
    rows: Stretch<'_>,
    kind: staged::Kind,
    fields: &[Option<Field>],
    columns: &[String],
    sink: &mut dyn FnMut(&Record<'_>, Spot<'_>),
) {
    let mut record = Record::new(kind);
    let mut cells: Vec<Option<&str>> = Vec::new();
    for (at, row) in (rows.first..).zip(rows.batch.rows()) {
        record.clear();
        cells.clear();
        cells.extend(row.cells.iter());
        let patch = rows.patch(at);
        if let Some(patch) = patch {
            cells = patch.apply(b"", &cells).1;
        }
        for (field, cell) in fields.iter().zip(&cells) {
            if let (Some(field), Some(text)) = (field, cell) {
                record.set(*field, Slot { text: text.trim(), kind: b't', column: Slot::NO_COLUMN });
            }
        }
        let titles = Titles::Columns(columns);
        let spot =
            Spot { sheet: "", lines: false, part: row.part(), row: row.number, titles, cells: &cells, at, patch, same: false };
        sink(&record, spot);
    }
}

/// Calls `sink` with the rows of a batch of a grid, from row `from` of the batch on, as a person has corrected them.
pub(crate) fn grid_rows(rows: Stretch<'_>, from: usize, mut sink: impl FnMut(Placed<'_>, &GridRow<'_>)) {
    let mut cells: Vec<Option<&str>> = Vec::new();
    for (at, row) in (rows.first..).zip(rows.batch.rows()).skip(from) {
        cells.clear();
        let kinds = take_cells(row, &mut cells);
        let row = GridRow { number: row.number, kinds, cells: &cells };
        match rows.patch(at) {
            None => sink(Placed { at, patch: None }, &row),
            Some(patch) => patched(patch, &row, |row| sink(Placed { at, patch: Some(patch) }, row)),
        }
    }
}

/// Where a row of a grid stands in its table, and what was corrected in it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Placed<'a> {
    pub at: u64,
    pub patch: Option<&'a Patch>,
}

/// A row with its corrections.
pub(crate) fn patched(patch: &Patch, row: &GridRow<'_>, sink: impl FnOnce(&GridRow<'_>)) {
    let (kinds, cells) = patch.apply(row.kinds, row.cells);
    sink(&GridRow { number: row.number, kinds: &kinds, cells: &cells });
}

/// The rows of a batch as their file says them.
pub(crate) fn raw_rows(table: &Table, batch: &Batch, first: u64, sink: &mut dyn FnMut(u64, Spot<'_>)) {
    let rows = Stretch { batch, first, table: 0, patches: None };
    match &table.shape {
        Shape::Records { kind, fields, columns } => {
            record_rows(rows, *kind, fields, columns, &mut |_, spot| sink(spot.at, spot));
        }
        Shape::Grid => grid_rows(rows, 0, |placed, row| {
            if let Some(Ok((_, plan))) = table.plan.as_ref().map(|plan| plan.at(row.number)) {
                sink(placed.at, grid_spot(plan, row, &table.name, table.lines, placed));
            }
        }),
        Shape::Diagnostics(_) | Shape::Unknown => {}
    }
}

fn grid_spot<'a>(plan: &'a Plan, row: &GridRow<'a>, sheet: &'a str, lines: bool, placed: Placed<'a>) -> Spot<'a> {
    let Placed { at, patch } = placed;
    Spot { sheet, lines, part: "", row: row.number, titles: Titles::Plan(plan), cells: row.cells, at, patch, same: false }
}

/// Takes the rows of a grid, one at a time.
pub(crate) struct GridWalk<'a> {
    sheet: &'a str,
    lines: bool,
    /// A row's record, whose memory serves the next one.
    spare: Option<Record<'static>>,
    /// The columns that tell mentions apart, and their texts in the row before.
    telling: Telling,
    /// The first row of the table that the row before was in.
    table: u64,
    /// What merged cells hold for the rows below their first one.
    merged: Merged,
}

impl<'a> GridWalk<'a> {
    pub(crate) fn new(plan: &Plan, sheet: &'a str, lines: bool) -> Self {
        Self { sheet, lines, spare: None, telling: Telling::of(plan), table: 0, merged: Merged::default() }
    }

    /// The plan has changed.
    pub(crate) fn anew(&mut self, plan: &Plan) {
        self.telling = Telling::of(plan);
    }

    pub(crate) fn row(
        &mut self,
        plan: &Plan,
        placed: Placed<'_>,
        row: &GridRow<'_>,
        mut sink: impl FnMut(Seen<'_, '_>, Spot<'_>),
    ) {
        let plan = match plan.at(row.number) {
            Ok((table, plan)) => {
                if table != self.table {
                    self.table = table;
                    self.anew(plan);
                }
                plan
            }
            Err(stop) => {
                let spot = Spot { titles: Titles::Sheet(&[]), ..grid_spot(plan, row, self.sheet, self.lines, placed) };
                return sink(Seen::Stopped(stop), spot);
            }
        };
        let mut merged = std::mem::take(&mut self.merged);
        merged.see(plan, row);
        let cells = merged.fill(plan, row);
        let filled = cells.as_ref().map(|cells| GridRow { cells, ..*row });
        self.one(plan, placed, filled.as_ref().unwrap_or(row), &mut sink);
        self.merged = merged;
    }

    fn one(&mut self, plan: &Plan, placed: Placed<'_>, row: &GridRow<'_>, sink: &mut dyn FnMut(Seen<'_, '_>, Spot<'_>)) {
        let same = self.telling.same(row.cells);
        let mut spot = Spot { same, ..grid_spot(plan, row, self.sheet, self.lines, placed) };
        let mut record = self.spare.take().map_or_else(|| Record::new(plan.kind()), Record::reuse);
        let fate = plan.row(row, &mut record, |record, item| {
            sink(Seen::Item(record, item), spot);
            spot.same = self.telling.within_row;
        });
        match fate {
            RowFate::Skipped(reason) => sink(Seen::Skipped(reason), Spot { same: false, ..spot }),
            RowFate::Items(n) if n > 0 && !same => self.telling.keep(row.cells),
            _ => {}
        }
        self.spare = Some(record.reuse());
    }
}

/// Rows of one goal mostly follow one another: where the telling cells repeat, nothing has to be looked up.
struct Telling {
    columns: Vec<usize>,
    /// True when all items of a row have the same telling texts.
    within_row: bool,
    /// Texts of the row before, one after another, and where each ends; no ends when there is none.
    texts: String,
    ends: Vec<usize>,
}

impl Telling {
    fn of(plan: &Plan) -> Self {
        let tells = |role: ColumnRole| matches!(role, ColumnRole::Field(field) if KEY.contains(&field));
        let columns = plan.columns().iter().filter(|column| tells(column.role));
        Self {
            columns: columns.map(|column| usize::from(column.column)).collect(),
            within_row: !KEY.iter().any(|field| plan.titles_say(*field)),
            texts: String::new(),
            ends: Vec::new(),
        }
    }

    fn same(&self, cells: &[Option<&str>]) -> bool {
        if self.ends.is_empty() || !self.within_row {
            return false;
        }
        let mut from = 0;
        self.columns.iter().zip(&self.ends).all(|(column, end)| {
            let before = &self.texts.as_bytes()[from..*end];
            from = *end;
            cells.get(*column).copied().flatten().unwrap_or("").as_bytes() == before
        })
    }

    fn keep(&mut self, cells: &[Option<&str>]) {
        self.texts.clear();
        self.ends.clear();
        for column in &self.columns {
            self.texts.push_str(cells.get(*column).copied().flatten().unwrap_or(""));
            self.ends.push(self.texts.len());
        }
    }
}

/// Splits a row of a grid into its kinds and its cells.
pub(crate) fn take_cells<'b>(row: Row<'b>, cells: &mut Vec<Option<&'b str>>) -> &'b [u8] {
    let mut all = row.cells.iter();
    let kinds = all.next().flatten().unwrap_or("");
    cells.extend(all);
    kinds.as_bytes()
}
