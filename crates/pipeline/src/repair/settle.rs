//! What the lines of all workbooks come to: each finds its row, and the cells that differ are what a person corrected.

use super::{Line, Patch, Patches, base_of};
use crate::PipelineError;
use crate::read::Source;
use crate::survey::Survey;
use crate::walk::{Part, Spot, parts, raw_rows};
use aimline_model::codes::Code;
use aimline_model::diagnostic::Diagnostic;
use aimline_model::repair::ItemKey;
use aimline_model::tables as t;
use aimline_store::bundle;
use aimline_store::folder::Folder;
use aimline_store::repairs::{Corrected, Repair};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Longer texts are cut in a workbook, so there a beginning is as good as the whole.
const CUT: usize = 30_000;

/// What the corrections come to.
#[derive(Default)]
pub(crate) struct Settled {
    /// Corrected rows, by number of the source.
    pub patches: BTreeMap<usize, Patches>,
    /// What the next run will know.
    pub kept: Vec<Repair>,
    /// Rows of the table of repairs.
    pub rows: Vec<t::Repair>,
    pub said: Vec<Diagnostic>,
}

/// A row that a key names, as its file says it.
struct Row {
    table: usize,
    at: u64,
    base: String,
    locator: String,
    /// Title and text of each column.
    cells: Vec<(String, String)>,
}

/// A line of a workbook that is in the inbox.
struct Said<'a> {
    workbook: usize,
    line: &'a Line,
}

/// Finds the row of each line and of each correction of earlier runs.
pub(crate) fn settle(
    sources: &[Source],
    surveys: &[Survey],
    stored: Vec<Repair>,
    folder: &Folder,
) -> Result<Settled, PipelineError> {
    let mut settled = Settled::default();
    let mut lines: BTreeMap<ItemKey, Vec<Said<'_>>> = BTreeMap::new();
    for (workbook, survey) in surveys.iter().enumerate().filter(|(workbook, _)| sources[*workbook].entry.present) {
        for line in survey.repairs.iter().flat_map(|tab| &tab.found) {
            match &line.key {
                Some(key) => lines.entry(key.clone()).or_default().push(Said { workbook, line }),
                None => settled.say(workbook, Code::R004, line, ""),
            }
        }
    }
    let stored: BTreeMap<ItemKey, Repair> =
        stored.into_iter().filter_map(|repair| Some((repair.item_key.parse().ok()?, repair))).collect();
    let wanted: BTreeSet<&ItemKey> = lines.keys().chain(stored.keys()).collect();
    let mut found = rows(sources, surveys, &wanted, folder)?;
    for key in wanted {
        let said = lines.get(key).map_or(&[][..], Vec::as_slice);
        let old = stored.get(key);
        match found.remove(key) {
            Some((source, row)) => settled.row(sources, key, source, &row, said, old),
            None => {
                for said in said {
                    settled.say(said.workbook, Code::R004, said.line, "");
                }
                settled.kept.extend(old.cloned());
            }
        }
    }
    settled.summarize(sources, surveys);
    Ok(settled)
}

impl Settled {
    fn say(&mut self, workbook: usize, code: Code, line: &Line, seen: &str) {
        let mut said = Diagnostic::new(workbook, code, line.locator.clone()).seen(seen);
        said.row = line.row;
        self.said.push(said);
    }

    /// Settles one row: its lines of now count before what was corrected earlier.
    fn row(&mut self, sources: &[Source], key: &ItemKey, source: usize, row: &Row, said: &[Said<'_>], old: Option<&Repair>) {
        let mut cells: BTreeMap<usize, (Corrected, &Said<'_>)> = BTreeMap::new();
        let mut conflict = false;
        for said in said {
            for (column, corrected) in self.corrected(row, said) {
                match cells.get(&column) {
                    Some((other, _)) if !same(&other.text, &corrected.text) => conflict = true,
                    _ => drop(cells.insert(column, (corrected, said))),
                }
            }
        }
        if conflict {
            let mut workbooks = BTreeSet::new();
            for (_, said) in cells.values() {
                if workbooks.insert((said.workbook, &said.line.locator)) {
                    self.say(said.workbook, Code::R005, said.line, &sources[source].entry.path);
                }
            }
        }
        let (by, locator, corrected): (String, String, Vec<Corrected>) = match cells.values().next() {
            Some((_, first)) => {
                let by = sources[first.workbook].entry.source_id.clone();
                (by, first.line.locator.clone(), cells.values().map(|(corrected, _)| corrected.clone()).collect())
            }
            None => {
                // A line that its own workbook has taken back to what the file says is taken back.
                let Some(old) =
                    old.filter(|old| !said.iter().any(|said| sources[said.workbook].entry.source_id == old.source_id))
                else {
                    return;
                };
                (old.source_id.clone(), old.locator.clone(), old.cells.clone())
            }
        };
        let state = if conflict { "conflict" } else { "applied" };
        let mut patch = Patch { cells: Vec::new(), base: row.base.clone(), by: by.clone() };
        for corrected in &corrected {
            let Some(column) = row.cells.iter().position(|(title, _)| *title == corrected.column) else { continue };
            let full = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            self.rows.push(t::Repair {
                source_id: key.source_id.clone(),
                item_locator: row.locator.clone(),
                item_key: key.to_string(),
                column: corrected.column.clone(),
                before: full(&row.cells[column].1),
                after: full(&corrected.text),
                repaired_by: by.clone(),
                repair_locator: locator.clone(),
                state,
            });
            patch.cells.push((column, corrected.text.clone(), u8::try_from(corrected.kind).unwrap_or(b't')));
        }
        if !conflict {
            self.patches.entry(source).or_default().insert((row.table, row.at), patch);
            self.kept.push(Repair { item_key: key.to_string(), source_id: by, locator, cells: corrected });
        }
    }

    /// The cells of a line that say something else than its row.
    fn corrected(&mut self, row: &Row, said: &Said<'_>) -> Vec<(usize, Corrected)> {
        let mut cells = Vec::new();
        for (title, text, kind) in &said.line.cells {
            match row.cells.iter().position(|(other, _)| other == title) {
                Some(column) if !same(&row.cells[column].1, text) => {
                    let corrected = Corrected { column: title.clone(), text: text.clone(), kind: char::from(*kind) };
                    cells.push((column, corrected));
                }
                None if !text.is_empty() => self.say(said.workbook, Code::R006, said.line, title),
                _ => {}
            }
        }
        cells
    }

    /// Says once for each workbook how many of its corrections were used.
    fn summarize(&mut self, sources: &[Source], surveys: &[Survey]) {
        let mut used: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for row in self.rows.iter().filter(|row| row.state == "applied") {
            used.entry(&row.repaired_by).or_default().insert(&row.item_key);
        }
        for (number, source) in sources.iter().enumerate() {
            let lines: usize = surveys[number].repairs.iter().map(|tab| tab.found.len()).sum();
            let used = used.get(source.entry.source_id.as_str()).map_or(0, BTreeSet::len);
            if lines > 0 || used > 0 {
                self.said.push(Diagnostic::new(number, Code::R003, "").seen(format!("{used} of {lines} rows corrected")));
            }
        }
    }
}

/// True when a workbook's text is what a row says: blanks and line ends may change on the way.
fn same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
        || one.len() > CUT && other.len() > CUT / 2 && one.starts_with(other)
        || other.len() > CUT && one.len() > CUT / 2 && other.starts_with(one)
}

/// The rows that the keys name, with their sources.
fn rows(
    sources: &[Source],
    surveys: &[Survey],
    wanted: &BTreeSet<&ItemKey>,
    folder: &Folder,
) -> Result<BTreeMap<ItemKey, (usize, Row)>, PipelineError> {
    let targets: Vec<usize> = (0..sources.len())
        .filter(|source| {
            let entry = &sources[*source].entry;
            entry.bundle.is_some()
                && sources[*source].same_as.is_none()
                && wanted.iter().any(|key| key.source_id == entry.source_id)
        })
        .collect();
    let found: Vec<Vec<(ItemKey, Row)>> = targets
        .par_iter()
        .map(|source| {
            let entry = &sources[*source].entry;
            let bundle = entry.bundle.as_deref().unwrap_or_default();
            scan(&entry.source_id, &surveys[*source], &bundle::path(folder, bundle), wanted)
        })
        .collect::<Result<_, _>>()?;
    let rows = targets.iter().zip(found).flat_map(|(source, rows)| rows.into_iter().map(|(key, row)| (key, (*source, row))));
    Ok(rows.collect())
}

/// Looks at each row of a bundle for those that are wanted.
fn scan(
    source_id: &str,
    survey: &Survey,
    bundle: &std::path::Path,
    wanted: &BTreeSet<&ItemKey>,
) -> Result<Vec<(ItemKey, Row)>, PipelineError> {
    let bases: BTreeSet<&str> = wanted.iter().filter(|key| key.source_id == source_id).map(|key| key.base.as_str()).collect();
    let mut tables: BTreeMap<u32, (usize, u64)> = BTreeMap::new();
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let mut found = Vec::new();
    parts(bundle, &mut |part| {
        match part {
            Part::Table(id, _) => {
                let table = tables.len();
                tables.insert(id, (table, 0));
            }
            Part::Batch(id, batch) => {
                if let Some((number, first)) = tables.get_mut(&id) {
                    let table = &survey.tables[*number];
                    raw_rows(table, &batch, *first, &mut |at, spot: Spot<'_>| {
                        let base = base_of(&table.name, spot);
                        if !bases.contains(base.as_str()) {
                            return;
                        }
                        let count = counts.entry(base.clone()).or_default();
                        *count += 1;
                        let key = ItemKey { source_id: source_id.to_owned(), base: base.clone(), number: *count };
                        if wanted.contains(&key) {
                            found.push((key, Row { table: *number, at, base, locator: spot.locator(None), cells: spot.all() }));
                        }
                    });
                    *first += batch.len() as u64;
                }
            }
        }
        Ok(())
    })?;
    Ok(found)
}
