//! Where every cell of a sheet went, as text that lines up: `check --explain-mapping`.

use crate::output::{count, plural};
use aimline_map::{Cells, ColumnPlan, ColumnRole, How, Layout, Plan, SheetPart, Stop, draft, label};
use aimline_model::place;
use aimline_model::staged::{Field, Kind};
use aimline_model::tables::Source;
use aimline_pipeline::{SheetKind, SheetMap};
use std::fmt::Write as _;

/// How wide a title may be before it is cut.
const TITLE: usize = 44;

/// All about one sheet.
pub(crate) fn text(sheet: &SheetMap, sources: &[Source]) -> String {
    let path = sources.get(sheet.source).map_or("", |source| source.path.as_str());
    let mut text = if sheet.name.is_empty() || matches!(sheet.kind, SheetKind::Records(_)) {
        path.to_owned()
    } else {
        format!("{path} › {}", sheet.name)
    };
    text.push('\n');
    match (sheet.kind, &sheet.plan, &sheet.stop) {
        (SheetKind::Records(kind), ..) => records(&mut text, sheet, kind),
        (SheetKind::Corrections, ..) => {
            line(&mut text, "Layout", "a copy of quarantine.xlsx: its corrections are read, and nothing else of it");
            let filled = sheet.cells.filled();
            sum(&mut text, filled, &[(filled, "in a copy of quarantine.xlsx")]);
        }
        (SheetKind::Grid, Some(plan), _) => tables(&mut text, sheet, plan),
        (SheetKind::Grid, None, Some(stop)) => {
            from_profile(&mut text, sheet);
            stopped(&mut text, stop);
            titles(&mut text, sheet);
            let filled = sheet.cells.filled();
            sum(&mut text, filled, &[(filled, "in a sheet that was stopped")]);
        }
        _ => {
            line(&mut text, "Layout", "a table of a name that is not known; nothing of it is used");
            let filled = sheet.cells.filled();
            sum(&mut text, filled, &[(filled, "not used")]);
        }
    }
    text
}

fn line(text: &mut String, what: &str, said: &str) {
    let _ = writeln!(text, "  {what:<9} {said}");
}

fn from_profile(text: &mut String, sheet: &SheetMap) {
    if let Some(profile) = &sheet.profile {
        line(text, "Profile", profile);
    }
}

fn records(text: &mut String, sheet: &SheetMap, kind: Kind) {
    line(text, "Layout", &format!("{}: records that the importer knows by their names", kind.name()));
    let mut rows = Vec::new();
    let (mut used, mut unused) = (0, 0);
    for (name, cells) in &sheet.columns {
        let field = Field::of(name);
        *if field.is_some() { &mut used } else { &mut unused } += cells;
        if *cells > 0 {
            let role = field.map_or_else(|| "not used: the name is not known".to_owned(), said);
            rows.push([name.clone(), role, plural(*cells, "cell", "cells")]);
        }
    }
    columns(text, ["name", "what it is", ""], &rows);
    line(text, "Rows", &plural(sheet.records, "record", "records"));
    sum(text, used + unused, &[(used, "in used columns"), (unused, "in unused columns")]);
}

/// The tables of a sheet, each with the rows between its own that say what follows.
fn tables(text: &mut String, sheet: &SheetMap, plan: &Plan) {
    from_profile(text, sheet);
    let parts = plan.parts();
    let none = Cells::default();
    let cells_of = |from: u64| sheet.cells.tables.get(&from).unwrap_or(&none);
    let shown = |part: &&SheetPart<'_>| !part.label && (cells_of(part.from).filled > 0 || parts.len() == 1);
    let several = parts.iter().filter(shown).count() > 1;
    for part in parts.iter().filter(shown) {
        if several {
            line(text, "Table", &format!("from row {} on", part.from.max(1)));
        }
        match part.plan {
            Ok(plan) => {
                let end = parts.iter().find(|other| !other.label && other.from > part.from).map_or(u64::MAX, |other| other.from);
                let labels = parts.iter().filter(|other| other.label && other.from > part.from && other.from < end);
                planned(text, cells_of(part.from), plan, labels);
            }
            Err(stop) => {
                stopped(text, stop);
                let filled = cells_of(part.from).filled;
                sum(text, filled, &[(filled, "in a table that was stopped")]);
            }
        }
    }
    if several {
        line(text, "Sheet", &plural(sheet.cells.filled(), "filled cell", "filled cells"));
    }
}

fn stopped(text: &mut String, stop: &Stop) {
    let said = format!("{}: {}; its rows are set aside until this is settled", stop.code.id(), stop.code.title());
    line(text, "Stopped", &said);
    line(text, "", &format!("seen {}", one_line(&stop.seen)));
    line(text, "", &format!("expected {}", one_line(&stop.expected)));
}

fn planned<'a>(text: &mut String, cells: &Cells, plan: &Plan, labels: impl Iterator<Item = &'a SheetPart<'a>>) {
    line(text, "Layout", &layout(plan.layout()));
    match plan.title_rows() {
        Some((first, last)) if first < last => line(text, "Titles", &format!("rows {first} to {last}")),
        Some((_, row)) => line(text, "Titles", &format!("row {row}")),
        None if plan.layout() == Layout::Text => {}
        None => line(text, "Titles", "named by the importer"),
    }
    let mut rows = Vec::new();
    for (at, column) in plan.columns().iter().enumerate() {
        let filled = cells.columns.get(at).copied().unwrap_or(0);
        if column.title.is_empty() && filled == 0 {
            continue;
        }
        let idle = cells.idle.get(at).copied().unwrap_or(0);
        let mut counted = plural(filled, "cell", "cells");
        if idle > 0 {
            let _ = write!(counted, ", {} without a score in the row", count(idle));
        }
        rows.push([
            format!("{:<3} {}", place::column_letters(at), cut(&column.title)),
            role(plan, column),
            found(column),
            counted,
        ]);
    }
    // Cells to the right of all titles.
    for (at, filled) in cells.columns.iter().enumerate().skip(plan.columns().len()).filter(|(_, filled)| **filled > 0) {
        let counted = plural(*filled, "cell", "cells");
        rows.push([place::column_letters(at), "not used".to_owned(), "no title".to_owned(), counted]);
    }
    columns(text, ["column", "what it is", "found by", ""], &rows);
    beside(text, plan);
    for context in labels.filter_map(|part| part.plan.ok()).flat_map(Plan::context) {
        if let Some(field) = context.field {
            line(
                text,
                "Between",
                &format!("{}: \"{}\" is {} of the rows below it", context.place, cut(&context.text), said(field)),
            );
        }
    }
    for (reason, (rows, skipped)) in &cells.skipped {
        let said = format!("{}: {}, {}", reason, plural(*rows, "row", "rows"), plural(*skipped, "cell", "cells"));
        line(text, "Skipped", &said);
    }
    if plan.layout() != Layout::Text {
        let rows = plural(cells.rows, "row with data", "rows with data");
        line(text, "Rows", &format!("{rows}, {}", plural(cells.items, "item", "items")));
    }
    let uses = cells.uses(plan);
    let skipped = cells.skipped.values().map(|(_, cells)| cells).sum();
    let parts = [
        (cells.titles, "titles"),
        (cells.above, if plan.layout() == Layout::Text { "of text without a table" } else { "above or between the rows" }),
        (uses.used, "in used columns"),
        (uses.attributes, "beside a score"),
        (uses.unused, "in unused columns"),
        (uses.idle, "in groups without a score"),
        (skipped, "in skipped rows"),
    ];
    sum(text, cells.filled, &parts);
}

/// What the sheet says outside of its columns.
fn beside(text: &mut String, plan: &Plan) {
    for context in plan.context() {
        let words = cut(&context.text);
        match context.field {
            Some(field) => line(text, "Said once", &format!("{}: \"{words}\" is {}", context.place, said(field))),
            None => line(text, "Not used", &format!("{}: \"{words}\"", context.place)),
        }
    }
}

/// The titles of a sheet that was stopped, as far as they are known.
fn titles(text: &mut String, sheet: &SheetMap) {
    let drawn = draft(&aimline_map::Sheet { file: &sheet.file, name: &sheet.name }, &sheet.head, None);
    let mut rows = Vec::new();
    for column in drawn.columns.iter().filter(|column| !column.title.is_empty() || column.filled > 0) {
        let (what, found) = match (column.field, column.candidates.first()) {
            (Some(field), _) => (said(field), how(column.how, column.score, field)),
            (None, Some((field, Some(score)))) => (format!("perhaps {}", said(*field)), how(How::Similar, *score, *field)),
            (None, Some((field, None))) => (format!("perhaps {}", said(*field)), "its values only".to_owned()),
            (None, None) => ("not known".to_owned(), String::new()),
        };
        let looks = column.looks.map_or_else(|| "empty".to_owned(), |looks| format!("holds {looks}"));
        rows.push([format!("{:<3} {}", place::column_letters(column.column), cut(&column.title)), what, found, looks]);
    }
    columns(text, ["column", "what it would be", "found by", ""], &rows);
}

fn layout(layout: Layout) -> String {
    let words = match layout {
        Layout::Long => "a row is a data point, and says whose",
        Layout::Wide => "scores stand under dates or periods",
        Layout::Roster => "a row is a student",
        Layout::GoalList => "a row is a goal",
        Layout::Log => "a row is a data point of the one student that the sheet is about",
        Layout::Screening => "a row is a student's assessment; its scores are for no goal",
        Layout::Assessments => "a row is a student's score in one assessment, for no goal",
        Layout::Reports => "a row is a progress report on a goal",
        _ => "no table; titles and remarks only",
    };
    format!("{}: {words}", layout.as_str())
}

/// A field in the words of a user, and the one of a profile.
fn said(field: Field) -> String {
    let words = label(field);
    if words == field.name() { words.to_owned() } else { format!("{words} ({})", field.name()) }
}

fn role(plan: &Plan, column: &ColumnPlan) -> String {
    let mut role = match column.role {
        ColumnRole::Field(field) => said(field),
        ColumnRole::Value => {
            let about = plan.said_by(usize::from(column.column));
            let about: Vec<String> = about
                .iter()
                .filter(|(field, _)| *field != Field::Unit)
                .map(|(field, text)| format!("{} {}", label(*field), cut(text)))
                .collect();
            if about.is_empty() { "scores".to_owned() } else { format!("scores: {}", about.join(", ")) }
        }
        ColumnRole::Trial => "a trial of the row's score".to_owned(),
        ColumnRole::Attribute => "about a score, and no score".to_owned(),
        ColumnRole::Unused => "not used".to_owned(),
    };
    if let (ColumnRole::Field(_), Some(group)) = (column.role, &column.group) {
        let _ = write!(role, " of {}", cut(group));
    }
    if let Some(unit) = &column.unit {
        let _ = write!(role, ", unit {unit}");
    }
    role
}

fn found(column: &ColumnPlan) -> String {
    match column.role {
        ColumnRole::Value if column.how == How::Shape => "the title and the values".to_owned(),
        ColumnRole::Field(field) => how(column.how, f64::from(column.score), field),
        ColumnRole::Unused if column.how == How::None && column.title.is_empty() => "no title".to_owned(),
        ColumnRole::Unused if column.how == How::None => "unknown or not needed".to_owned(),
        _ => how(column.how, 1.0, Field::Score),
    }
}

fn how(how: How, score: f64, field: Field) -> String {
    match how {
        How::Synonym => "known title".to_owned(),
        How::Similar => format!("resembles \"{}\", {:.0} %", label(field), (score * 100.0).floor()),
        How::Shape => "the values below it".to_owned(),
        How::Group => "group of columns".to_owned(),
        How::Profile => "profile".to_owned(),
        How::None => String::new(),
    }
}

/// Rows of cells that line up.
fn columns<const N: usize>(text: &mut String, head: [&str; N], rows: &[[String; N]]) {
    if rows.is_empty() {
        return;
    }
    let head = head.map(str::to_owned);
    let width = |at: usize| rows.iter().chain([&head]).map(|row| row[at].chars().count()).max().unwrap_or(0);
    let widths: [usize; N] = std::array::from_fn(width);
    for row in [&head].into_iter().chain(rows) {
        let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        let _ = writeln!(text, "    {}", cells.join("  ").trim_end());
    }
}

fn sum(text: &mut String, all: u64, parts: &[(u64, &str)]) {
    let said: Vec<String> =
        parts.iter().filter(|(number, _)| *number > 0).map(|(number, what)| format!("{} {what}", count(*number))).collect();
    let said = if said.is_empty() { String::new() } else { format!(" = {}", said.join(" + ")) };
    line(text, "Cells", &format!("{}{said}", plural(all, "filled cell", "filled cells")));
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cut(text: &str) -> String {
    let text = one_line(text);
    if text.chars().count() <= TITLE { text } else { text.chars().take(TITLE - 1).chain(['…']).collect() }
}
