//! Where the cells of each sheet went: for a person who asks, and for a profile that is suggested or tried.

use crate::PipelineError;
use crate::read::Source;
use crate::survey::{Survey, Table};
use crate::walk::{Part, Shape, parts, take_cells};
use aimline_host::wire::Batch;
use aimline_map::{GridRow, HEAD_CELLS, HEAD_ROWS, HeadRow, Plan, Profile, SheetCells, Stop};
use aimline_model::staged::Kind;
use aimline_store::bundle;
use aimline_store::folder::Folder;

/// What the importer gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetKind {
    /// A table whose columns had to be understood.
    Grid,
    /// Records under names that the importer knew.
    Records(Kind),
    /// A copy of quarantine.xlsx with its corrections.
    Corrections,
    /// A table that is not used.
    Unknown,
}

/// A sheet, and where its cells went.
#[derive(Debug, Clone)]
pub struct SheetMap {
    /// Place of the source in the sources.
    pub source: usize,
    /// Name of the tab; empty when there is none.
    pub name: String,
    /// Base name of the file.
    pub file: String,
    /// What it is.
    pub kind: SheetKind,
    /// The first rows that are not blank.
    pub head: Vec<HeadRow>,
    /// There are more rows than those.
    pub more: bool,
    /// File name of the profile that was used.
    pub profile: Option<String>,
    /// How it was understood.
    pub plan: Option<Plan>,
    /// Why it was not.
    pub stop: Option<Stop>,
    /// Its filled cells, of grids.
    pub cells: SheetCells,
    /// Rows of records.
    pub records: u64,
    /// Of records: the names of the columns, with their filled cells.
    pub columns: Vec<(String, u64)>,
}

/// Goes through all bundles once more and counts.
pub(crate) fn explain(
    sources: &[Source],
    surveys: &[Survey],
    profiles: &[(String, String, Profile)],
    folder: &Folder,
) -> Result<Vec<SheetMap>, PipelineError> {
    let mut all = Vec::new();
    for (number, (source, survey)) in sources.iter().zip(surveys).enumerate() {
        let Some(name) = source.entry.bundle.as_deref().filter(|_| source.same_as.is_none()) else { continue };
        let begin = all.len();
        // The tables of a bundle in the order of their first frames, as in the survey.
        let mut ids: Vec<u32> = Vec::new();
        parts(&bundle::path(folder, name), &mut |part| {
            match part {
                Part::Table(id, info) => {
                    if let Some(table) = survey.tables.get(ids.len()) {
                        all.push(sheet(number, &source.name, survey, table, profiles, info.columns));
                    }
                    ids.push(id);
                }
                Part::Batch(id, batch) => {
                    if let Some(sheet) = ids.iter().position(|known| *known == id).and_then(|at| all.get_mut(begin + at)) {
                        count(sheet, &batch);
                    }
                }
            }
            Ok(())
        })?;
    }
    all.retain(|sheet: &SheetMap| sheet.kind != SheetKind::Unknown || sheet.cells.filled() > 0);
    Ok(all)
}

fn sheet(
    source: usize,
    file: &str,
    survey: &Survey,
    table: &Table,
    profiles: &[(String, String, Profile)],
    columns: Vec<String>,
) -> SheetMap {
    let kind = match &table.shape {
        Shape::Grid => SheetKind::Grid,
        Shape::Records { kind, .. } => SheetKind::Records(*kind),
        Shape::Unknown if !survey.repairs.is_empty() || !survey.answers.is_empty() => SheetKind::Corrections,
        Shape::Unknown | Shape::Diagnostics(_) => SheetKind::Unknown,
    };
    SheetMap {
        source,
        name: table.name.clone(),
        file: file.to_owned(),
        kind,
        head: Vec::new(),
        more: false,
        profile: table.profile.and_then(|profile| profiles.get(profile)).map(|(name, ..)| name.clone()),
        plan: table.plan.clone(),
        stop: table.stop.clone(),
        cells: SheetCells::default(),
        records: 0,
        columns: if matches!(table.shape, Shape::Records { .. }) {
            columns.into_iter().map(|column| (column, 0)).collect()
        } else {
            Vec::new()
        },
    }
}

fn count(sheet: &mut SheetMap, batch: &Batch) {
    let mut held: usize = sheet.head.iter().map(|row| row.cells.len()).sum();
    for row in batch.rows() {
        if let SheetKind::Records(_) = sheet.kind {
            sheet.records += 1;
            for (column, cell) in sheet.columns.iter_mut().zip(row.cells.iter()) {
                column.1 += u64::from(cell.is_some_and(|text| !text.trim().is_empty()));
            }
            continue;
        }
        let mut cells = Vec::new();
        let kinds = take_cells(row, &mut cells);
        let row = GridRow { number: row.number, kinds, cells: &cells };
        if row.filled().next().is_none() {
            continue;
        }
        if !sheet.more && sheet.head.len() < HEAD_ROWS && held < HEAD_CELLS {
            held += row.cells.len();
            sheet.head.push(HeadRow::from(&row));
        } else {
            sheet.more = true;
        }
        sheet.cells.see(sheet.plan.as_ref(), &row);
    }
}
