//! Titles in more than one row: a group's title over the first of its columns, and what each column holds below it.

use aimline_model::staged::Field;
use rustc_hash::FxHashMap;

use crate::context::{goal_number, goal_title};
use crate::grid::HeadRow;
use crate::matching::exact;
use crate::period;
use crate::shape::{date_part, number};
use crate::statistic::end;
use crate::synonyms::is_unit;
use crate::title::{normalize, plain};

/// A header: its rows among the first rows of a sheet, and the title of each column.
#[derive(Debug)]
pub(crate) struct Heading {
    pub(crate) top: usize,
    pub(crate) bottom: usize,
    /// The whole title of each column, with its kind.
    pub(crate) titles: Vec<(String, u8)>,
    /// What of it stands in the last row of titles.
    pub(crate) bare: Vec<String>,
    /// The columns with a group's title over their own: the group's, and their own.
    pub(crate) grouped: Vec<(usize, String, String)>,
}

/// The header around the row that was found.
pub(crate) fn heading(head: &[HeadRow], at: usize, typed: bool) -> Heading {
    let (mut top, mut bottom) = (at, at);
    while !typed && top > 0 && at - top < 2 && is_above(&head[top - 1], &head[top], top < at) {
        top -= 1;
    }
    if !typed && head.get(at + 1).is_some_and(|row| is_below(&head[at], row)) {
        bottom += 1;
    }
    let folded = if typed || bottom > at { None } else { folded(&head[top..=bottom], head.get(bottom + 1)) };
    bottom += usize::from(folded.is_some());
    let rows = folded.as_deref().unwrap_or_else(|| &head[top..=bottom]);
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut titles = Vec::with_capacity(width);
    let mut grouped = Vec::new();
    let mut over: Vec<Vec<Option<(&str, bool)>>> = Vec::new();
    for row in &rows[..rows.len() - 1] {
        let filled = fill(row, width, over.last().map_or(&[][..], Vec::as_slice));
        over.push(filled);
    }
    let last = &rows[rows.len() - 1];
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    if !over.is_empty() {
        last.filled().for_each(|(_, text)| *counts.entry(text).or_default() += 1);
    }
    for column in 0..width {
        let own = last.cell(column);
        // A title that says whose row it is says so without the group's title, and so does one that stands once.
        let alone = !over.is_empty()
            && own.is_some_and(|text| !spreads(text) && (is_who(text) || counts.get(text).is_none_or(|count| *count < 2)));
        let mut parts: Vec<&str> = Vec::new();
        for row in &over {
            let Some((text, carried)) = row[column] else { continue };
            if !(alone || carried && own.is_none()) {
                parts.push(text);
            }
        }
        let kind = if own.is_some() { last.kind(column) } else { kind_over(rows, column) };
        let under = own.filter(|_| !parts.is_empty());
        if let Some(own) = under {
            grouped.push((column, parts.join(" "), own.to_owned()));
        }
        let title = match own {
            Some(unit) if !parts.is_empty() && is_bare_unit(unit) => {
                format!("{} ({})", parts.join(" "), unit.trim_matches(['(', ')']))
            }
            own => parts.into_iter().chain(own).collect::<Vec<_>>().join(" "),
        };
        let kind = if under.is_some() { b't' } else { kind };
        titles.push((title, kind));
    }
    let bare = (0..width).map(|column| last.cell(column).unwrap_or("").to_owned()).collect();
    Heading { top, bottom, titles, bare, grouped }
}

/// The rows of titles with the row below put into the last of them, when that row holds the units of the scores (`WCPM | %`) or,
/// as in a pivot, the name of the first columns (`Student ID` below `Date | 9/5 | 9/12`).
fn folded(rows: &[HeadRow], below: Option<&HeadRow>) -> Option<Vec<HeadRow>> {
    let (below, last) = (below?, rows.last()?);
    if below.number != last.number + 1 {
        return None;
    }
    let cells: Vec<(usize, &str)> = below.filled().collect();
    let scored = |column: usize| {
        let claim = last.cell(column).and_then(|title| exact(&normalize(title)));
        claim.is_some_and(|claim| matches!(claim.field, Field::Score | Field::Baseline | Field::Target))
    };
    let mut rows = rows.to_vec();
    if !cells.is_empty() && cells.iter().all(|(column, text)| is_unit(text) && scored(*column)) {
        let titles = rows.last_mut()?;
        for (column, unit) in cells {
            let title = format!("{} ({unit})", titles.cell(column).unwrap_or(""));
            titles.cells[column] = Some(title);
        }
        return Some(rows);
    }
    let first = (0..last.cells.len()).find(|column| last.cell(*column).is_some_and(|text| is_period(last, *column, text)))?;
    let named = |column: usize| {
        let over = rows.iter().filter_map(|row| row.cell(column));
        column < first && over.into_iter().all(|text| !is_who(text) || exact(&normalize(text)).is_some_and(|claim| claim.weak))
    };
    // "Baseline" there begins a phase.
    let student = |text: &str| exact(&normalize(text)).is_some_and(|claim| claim.field <= Field::Grade);
    if cells.is_empty() || !cells.iter().all(|(column, text)| student(text) && named(*column)) {
        return None;
    }
    for (column, text) in cells {
        for row in &mut rows {
            if let Some(cell) = row.cells.get_mut(column) {
                *cell = None;
            }
        }
        let titles = rows.last_mut()?;
        if titles.cells.len() <= column {
            titles.cells.resize(column + 1, None);
        }
        titles.cells[column] = Some(text.to_owned());
    }
    Some(rows)
}

/// The kind of the lowest filled cell of a column.
fn kind_over(rows: &[HeadRow], column: usize) -> u8 {
    rows.iter().rev().find(|row| row.cell(column).is_some()).map_or(b't', |row| row.kind(column))
}

/// The text over each column, and whether it stands further left; a title of the row above ends it.
fn fill<'a>(row: &'a HeadRow, width: usize, above: &[Option<(&str, bool)>]) -> Vec<Option<(&'a str, bool)>> {
    let mut carried = None;
    (0..width)
        .map(|column| {
            if above.get(column).is_some_and(|cell| matches!(cell, Some((_, false)))) {
                carried = None;
            }
            if let Some(text) = row.cell(column) {
                carried = spreads(text).then_some(text);
                return Some((text, false));
            }
            carried.map(|text| (text, true))
        })
        .collect()
}

/// True for a title that may stand over several columns: it says neither whose row it is nor what the goal is.
fn spreads(text: &str) -> bool {
    exact(&normalize(text)).is_none_or(|claim| {
        matches!(
            claim.field,
            Field::Date
                | Field::Session
                | Field::Score
                | Field::Correct
                | Field::Trials
                | Field::Minutes
                | Field::Level
                | Field::Form
        ) || claim.field == Field::GoalArea
    })
}

/// True for a title that says whose row it is, where, or of which goal.
fn is_who(text: &str) -> bool {
    exact(&normalize(text)).is_some_and(|claim| claim.field <= Field::Criterion)
}

fn is_day(row: &HeadRow, column: usize, text: &str) -> bool {
    row.kind(column).eq_ignore_ascii_case(&b'd') || date_part(text).is_some()
}

fn is_period(row: &HeadRow, column: usize, text: &str) -> bool {
    row.kind(column).eq_ignore_ascii_case(&b'd') || date_part(text).is_some() || period::split(text).is_some()
}

/// The groups of a row: where each begins and ends, with its title.
fn spans(row: &HeadRow, width: usize) -> Vec<(usize, usize, &str)> {
    let cells: Vec<(usize, &str)> = row.filled().collect();
    let end = |at: usize| cells.get(at + 1).map_or(width, |(column, _)| *column);
    cells
        .iter()
        .enumerate()
        .filter(|(_, (_, text))| spreads(text))
        .map(|(at, (column, text))| (*column, end(at), *text))
        .collect()
}

/// True when a row holds the titles of groups of the columns below it; `groups` says that the row below does so already.
fn is_above(row: &HeadRow, below: &HeadRow, groups: bool) -> bool {
    if row.number.checked_add(1) != Some(below.number) {
        return false;
    }
    let plain_cells = row.filled().all(|(column, text)| {
        // "Goal 1: sight words" is a title, "Teacher: Ms. Example" stands beside the table.
        let label = text.split_once(':').is_some_and(|(before, _)| goal_number(before).is_none());
        text.len() <= 60 && !label && (number(text).is_none() || is_period(row, column, text))
    });
    let spans = spans(row, below.cells.len());
    if !plain_cells || spans.len() < 2 {
        return false;
    }
    let titles: Vec<Vec<String>> =
        spans.iter().map(|(from, to, _)| (*from..*to).filter_map(|column| below.cell(column)).map(plain).collect()).collect();
    if titles.iter().filter(|titles| !titles.is_empty()).count() < 2 {
        return false;
    }
    // Days or months below need nothing above, but for the goals that they are of.
    let goals = spans.iter().all(|(_, _, text)| goal_title(text).is_some());
    let days: Vec<(usize, &str)> = below.filled().filter(|(column, _)| *column >= spans[0].0).collect();
    if goals && days.len() >= 2 && days.iter().all(|(column, text)| is_day(below, *column, text)) {
        return true;
    }
    if below.filled().any(|(column, text)| spans.iter().any(|(from, _, _)| column >= *from) && is_period(below, column, text)) {
        return false;
    }
    let known = |titles: &[String]| titles.iter().any(|title| end(title).known || exact(&normalize(title)).is_some());
    let periods = spans.iter().filter(|(column, _, text)| is_period(row, *column, text)).count();
    let repeated = titles.iter().enumerate().any(|(at, group)| {
        group.len() >= 2 && group.iter().filter(|title| titles[at + 1..].iter().any(|other| other.contains(title))).count() >= 2
    });
    (groups || titles.iter().any(|group| known(group))) && (periods >= 2 || repeated)
}

/// A unit in a row of its own, under the title of its column.
fn is_bare_unit(text: &str) -> bool {
    text.starts_with('(') && text.ends_with(')') && is_unit(text.trim_matches(['(', ')']))
}

/// True when a row continues the titles of the one above it: what each column of a group holds, or units.
fn is_below(header: &HeadRow, row: &HeadRow) -> bool {
    if header.number.checked_add(1) != Some(row.number)
        || row.filled().any(|(column, text)| is_period(row, column, text) || number(text).is_some())
    {
        return false;
    }
    let cells: Vec<(usize, &str)> = row.filled().collect();
    if cells.iter().all(|(column, text)| is_bare_unit(text) && header.cell(*column).is_some()) {
        return !cells.is_empty();
    }
    // "Last" and "First" under "Student": nobody is called so.
    let who = |text: &str| exact(&normalize(text)).is_some_and(|claim| claim.field <= Field::BirthDate);
    let above = |column: usize| (0..=column).rev().find_map(|column| header.cell(column)).is_some_and(|title| !spreads(title));
    if cells.len() >= 2 && cells.iter().all(|(column, text)| who(text) && above(*column)) {
        return true;
    }
    let title = |text: &str| is_bare_unit(text) || end(text).known || exact(&normalize(text)).is_some();
    let spans = spans(header, header.cells.len().max(row.cells.len()));
    let under = spans.iter().filter(|(from, to, _)| cells.iter().any(|(column, _)| (from..to).contains(&column)));
    let mut texts: Vec<String> = cells.iter().map(|(_, text)| plain(text)).collect();
    texts.sort_unstable();
    let repeated = texts.windows(2).any(|pair| pair[0] == pair[1]);
    cells.len() >= 2 && cells.iter().all(|(_, text)| title(text)) && under.count() >= 2 && repeated
}
