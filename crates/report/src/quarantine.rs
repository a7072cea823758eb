//! `quarantine.xlsx`: what was set aside, a tab for each file, with the original cells; the wrong one is coloured and has
//! a note. A copy with corrected cells may be put into the inbox: the last column says which row each line is.

use crate::rows::Index;
use crate::workbook::{self, Cell, Formats, tab_name};
use crate::{Input, ReportError, findings, places, questions, words};
use aimline_model::codes::Code;
use aimline_model::repair::{KEY, NO_KEY, TITLES};
use aimline_model::tables::Quarantine;
use rust_xlsxwriter::{Note, Workbook, Worksheet, XlsxError};
use std::collections::{BTreeMap, BTreeSet};

/// Rows that are written at most.
const LONGEST: usize = 100_000;
/// Tabs of files; the items of further files share one.
const TABS: usize = 200;
/// Notes on cells; each is a drawing in the workbook.
const NOTES: usize = 2_000;
/// Columns that a sheet can have.
const WIDEST: usize = 16_384;

/// Widths of the columns before the original ones.
const WIDTHS: [f64; TITLES.len()] = [26.0, 24.0, 28.0, 20.0, 28.0, 40.0, 8.0];

/// An item set aside, ready to be written.
struct Item<'a> {
    path: &'a str,
    row: &'a Quarantine,
    /// Header and text of each original cell.
    cells: Vec<(String, String)>,
}

impl<'a> Item<'a> {
    fn new(path: &'a str, row: &'a Quarantine) -> Self {
        let raw = row.item.as_deref().unwrap_or_default();
        let cells = serde_json::from_str(raw).unwrap_or_else(|_| {
            // Whatever it is, it is not lost.
            if raw.is_empty() { Vec::new() } else { vec![("Item".to_owned(), raw.to_owned())] }
        });
        Self { path, row, cells }
    }

    /// The cell that is wrong: by the column that the diagnostic names, else the only cell with the text that was seen.
    fn wrong(&self, header: Option<&str>) -> Option<usize> {
        let by_header = header.and_then(|header| {
            let mut named = self.cells.iter().enumerate().filter(|(_, (title, _))| title == header);
            let seen = self.row.seen.as_deref();
            named.clone().find(|(_, (_, text))| Some(text.as_str()) == seen).or_else(|| named.next())
        });
        let by_text = || {
            let seen = self.row.seen.as_deref().filter(|seen| !seen.is_empty())?;
            let mut same = self.cells.iter().enumerate().filter(|(_, (_, text))| text == seen);
            same.next().filter(|_| same.next().is_none())
        };
        by_header.or_else(by_text).map(|(at, _)| at)
    }
}

/// The original columns of a tab: a header and which of several alike it is.
struct Originals<'a> {
    order: Vec<&'a str>,
    columns: BTreeMap<(&'a str, usize), usize>,
}

impl<'a> Originals<'a> {
    fn new(items: &'a [Item<'_>]) -> Self {
        let mut originals = Self { order: Vec::new(), columns: BTreeMap::new() };
        for item in items {
            for (key, _) in numbered(&item.cells) {
                let next = originals.order.len();
                if next + TITLES.len() + 1 < WIDEST && !originals.columns.contains_key(&key) {
                    originals.columns.insert(key, next);
                    originals.order.push(key.0);
                }
            }
        }
        originals
    }

    fn column(&self, key: &(&str, usize)) -> Option<u16> {
        self.columns.get(key).and_then(|at| u16::try_from(TITLES.len() + at).ok())
    }
}

/// The cells of an item with their headers told apart, when several are alike.
fn numbered(cells: &[(String, String)]) -> impl Iterator<Item = ((&str, usize), &str)> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    cells.iter().map(move |(header, text)| {
        let count = seen.entry(header).or_default();
        *count += 1;
        ((header.as_str(), *count), text.as_str())
    })
}

/// The columns that diagnostics name, by file, place and code.
fn headers<'a>(input: &'a Input) -> BTreeMap<(&'a str, &'a str, &'static str), &'a str> {
    let paths = findings::paths(input);
    let named = input.diagnostics.iter().filter(|diagnostic| !diagnostic.header.is_empty());
    named
        .filter_map(|diagnostic| {
            let path = paths.get(diagnostic.source)?;
            Some(((*path, diagnostic.locator.as_str(), diagnostic.code.id()), diagnostic.header.as_str()))
        })
        .collect()
}

fn titles(sheet: &mut Worksheet, originals: &Originals, formats: &Formats) -> Result<u16, XlsxError> {
    for (column, (title, width)) in (0u16..).zip(TITLES.into_iter().zip(WIDTHS)) {
        workbook::styled(sheet, 0, column, title, &formats.header)?;
        sheet.set_column_width(column, width)?;
    }
    let mut column = TITLES.len() as u16;
    for header in &originals.order {
        let title = if header.trim().is_empty() { "(no title)" } else { header };
        workbook::styled(sheet, 0, column, title, &formats.original)?;
        sheet.set_column_width(column, 16.0)?;
        column += 1;
    }
    workbook::styled(sheet, 0, column, KEY, &formats.header)?;
    sheet.set_column_width(column, 24.0)?;
    Ok(column)
}

fn line(
    sheet: &mut Worksheet,
    at: u32,
    item: &Item,
    header: Option<&str>,
    originals: &Originals,
    formats: &Formats,
    notes: &mut usize,
) -> Result<(), XlsxError> {
    let row = item.row;
    let code = Code::of(&row.code);
    let help = words::filled(row.help.as_deref()).or(code.map(Code::help));
    let place = if row.locator.is_empty() { &row.item_locator } else { &row.locator };
    let title = code.map_or_else(|| row.code.clone(), |code| words::capital(code.title()));
    let fixed = [
        Cell::text(Some(item.path)),
        Cell::text(Some(place)),
        Cell::Long(title.clone()),
        Cell::text(row.seen.as_deref()),
        Cell::long(row.expected.as_deref()),
        Cell::long(help),
        Cell::text(Some(&row.code)),
    ];
    for (column, cell) in (0u16..).zip(&fixed) {
        workbook::write(sheet, at, column, cell, formats)?;
    }
    let wrong = item.wrong(header);
    for (index, (key, text)) in numbered(&item.cells).enumerate() {
        let Some(column) = originals.column(&key) else { continue };
        if wrong == Some(index) {
            mark(sheet, at, column, text, &title, row, formats, notes)?;
        } else if !text.is_empty() {
            workbook::text(sheet, at, column, text, formats, false)?;
        }
    }
    let key = Cell::text(Some(row.item_key.as_deref().unwrap_or(NO_KEY)));
    workbook::write(sheet, at, (TITLES.len() + originals.order.len()) as u16, &key, formats)?;
    // The cell that is missing has no text of its own, but its column may stand there.
    if let (None, Some(column)) = (wrong, header.and_then(|header| originals.column(&(header, 1)))) {
        mark(sheet, at, column, "", &title, row, formats, notes)?;
    }
    Ok(())
}

/// Colours the wrong cell and says in a note what is wrong.
#[expect(clippy::too_many_arguments, reason = "a cell, what stands in it, and what is wrong with it")]
fn mark(
    sheet: &mut Worksheet,
    at: u32,
    column: u16,
    text: &str,
    title: &str,
    row: &Quarantine,
    formats: &Formats,
    notes: &mut usize,
) -> Result<(), XlsxError> {
    workbook::styled(sheet, at, column, text, &formats.wrong)?;
    if *notes < NOTES {
        *notes += 1;
        let expected = words::filled(row.expected.as_deref()).map(|text| format!("\nExpected: {}", words::short(text, 300)));
        let note = format!("{title}.{}", expected.unwrap_or_default());
        sheet.insert_note(at, column, &Note::new(note).add_author_prefix(false).set_width(240))?;
    }
    Ok(())
}

fn summary_sheet(sheet: &mut Worksheet, input: &Input, index: &Index, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name("Summary")?;
    let titles = [("Code", 8.0), ("Items", 8.0), ("What is wrong", 36.0), ("What it means", 60.0), ("What to do", 60.0)];
    for (column, (title, width)) in (0u16..).zip(titles) {
        workbook::styled(sheet, 0, column, title, &formats.header)?;
        sheet.set_column_width(column, width)?;
    }
    let mut last = 0;
    for finding in findings::set_aside(input, index) {
        last += 1;
        let cells = [
            Cell::text(Some(&finding.code)),
            Cell::Whole(i64::try_from(finding.count).unwrap_or(i64::MAX)),
            Cell::Long(finding.heading()),
            Cell::long(Some(finding.meaning)),
            Cell::long(Some(finding.help)),
        ];
        for (column, cell) in (0u16..).zip(&cells) {
            workbook::write(sheet, last, column, cell, formats)?;
        }
    }
    workbook::finish(sheet, 0, last, titles.len() as u16 - 1)?;
    let mut lines = vec![
        "Each file has a tab of its own; the cell that is wrong is red.".to_owned(),
        "Correct a cell in its file. Or correct it here, under the yellow titles, save this workbook in the inbox, and run aimline \
         again: the row is read as if the correction stood in its file, which stays as it is."
            .to_owned(),
        "Leave the last column as it is: it says which row a line belongs to. Lines that you do not correct, or delete, stay set \
         aside."
            .to_owned(),
    ];
    if !input.questions.is_empty() {
        lines.push(format!(
            "The tab \"{}\" asks about rows that were accepted without a student or goal: type the right key in the yellow column.",
            questions::TAB
        ));
    }
    if input.quarantine.len() > LONGEST {
        let rest = (input.quarantine.len() - LONGEST) as u64;
        lines.push(format!(
            "Only the first {} items are listed here; {} more are in dataset/quarantine.parquet.",
            words::count(LONGEST as u64),
            words::count(rest)
        ));
    }
    for (offset, text) in (2u32..).zip(&lines) {
        workbook::styled(sheet, last + offset, 0, text, &rust_xlsxwriter::Format::new())?;
    }
    Ok(())
}

/// The items by file, in the order of files and places.
fn items<'a>(input: &'a Input<'a>, index: &Index<'a>) -> Vec<Vec<Item<'a>>> {
    let mut rows: Vec<(&str, &Quarantine)> = input.quarantine.iter().map(|row| (index.path(&row.source_id), row)).collect();
    rows.sort_by(|(path, a), (other, b)| {
        path.cmp(other)
            .then_with(|| places::natural(&a.item_locator, &b.item_locator))
            .then_with(|| places::natural(&a.locator, &b.locator))
    });
    rows.truncate(LONGEST);
    let files = rows.chunk_by(|(path, _), (other, _)| path == other);
    let mut groups: Vec<Vec<Item>> = Vec::new();
    for (number, file) in files.enumerate() {
        let made = file.iter().map(|(path, row)| Item::new(path, row));
        match groups.last_mut() {
            Some(rest) if number > TABS => rest.extend(made),
            _ => groups.push(made.collect()),
        }
    }
    groups
}

pub(crate) fn write(input: &Input) -> Result<Vec<u8>, ReportError> {
    let formats = Formats::new();
    let index = Index::new(input);
    let mut workbook: Workbook = workbook::new(input, "What was set aside")?;
    if input.quarantine.is_empty() && input.questions.is_empty() {
        let sheet = workbook.add_worksheet();
        sheet.set_name("Summary")?;
        sheet.set_column_width(0, 60)?;
        workbook::styled(sheet, 0, 0, "Nothing was set aside.", &rust_xlsxwriter::Format::new())?;
        return Ok(workbook.save_to_buffer()?);
    }
    summary_sheet(workbook.add_worksheet(), input, &index, &formats)?;
    if !input.questions.is_empty() {
        questions::write(workbook.add_worksheet(), input, &formats)?;
    }
    let headers = headers(input);
    let mut taken = BTreeSet::from(["summary".to_owned(), "more files".to_owned(), questions::TAB.to_lowercase()]);
    let mut notes = 0;
    for (number, file) in items(input, &index).iter().enumerate() {
        let sheet = workbook.add_worksheet();
        let path = file.first().map_or("", |item| item.path);
        let name = if number < TABS { tab_name(path, &mut taken) } else { "More files".to_owned() };
        sheet.set_name(name)?;
        let originals = Originals::new(file);
        let last_column = titles(sheet, &originals, &formats)?;
        for (at, item) in (1u32..).zip(file) {
            let header = headers.get(&(item.path, item.row.locator.as_str(), item.row.code.as_str())).copied();
            line(sheet, at, item, header, &originals, &formats, &mut notes)?;
        }
        workbook::finish(sheet, 2, file.len() as u32, last_column)?;
    }
    Ok(workbook.save_to_buffer()?)
}
