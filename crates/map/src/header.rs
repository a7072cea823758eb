//! Which row holds the titles.

use aimline_model::staged::Field;

use crate::grid::HeadRow;
use crate::matching::{Found, exact, find};
use crate::period;
use crate::shape::{date_part, is_date, is_score, number, surely_person};
use crate::statistic::end;
use crate::title::normalize;

#[derive(Clone, Copy, PartialEq)]
enum Cell {
    Known(Field),
    /// A title with a period: "Fall Score", "Sept".
    Period,
    Date,
    Number,
    Other,
}

/// The place of the header among the first rows.
pub(crate) fn search(head: &[HeadRow]) -> Option<usize> {
    best(head, false).or_else(|| best(head, true))
}

fn best(head: &[HeadRow], fuzzy: bool) -> Option<usize> {
    let rows: Vec<Vec<(usize, Cell)>> = head.iter().map(|row| look(row, fuzzy)).collect();
    let mut best: Option<(usize, f64)> = None;
    for at in 0..head.len() {
        if let Some(score) = score(head, &rows, at)
            && best.is_none_or(|(_, top)| score > top)
        {
            best = Some((at, score));
        }
    }
    best.map(|(at, _)| at)
}

fn look(row: &HeadRow, fuzzy: bool) -> Vec<(usize, Cell)> {
    let few = row.filled().count() <= 64;
    row.filled()
        .map(|(column, text)| {
            let kind = row.kind(column).to_ascii_lowercase();
            let cell = if kind == b'd' || date_part(text).is_some() {
                Cell::Date
            } else if matches!(kind, b'n' | b'p' | b'f') || number(text).is_some() {
                Cell::Number
            } else if text.len() > 60 {
                Cell::Other
            } else if let Some(claim) = exact(&normalize(text)) {
                Cell::Known(claim.field)
            } else if period::split(text).is_some_and(|parts| parts.rest.is_empty() || end(&parts.rest).known) {
                Cell::Period
            } else if fuzzy && few {
                match find(&normalize(text)) {
                    Found::Sure(claim) => Cell::Known(claim.field),
                    Found::Near(field, _) => Cell::Known(field),
                    Found::Nothing => Cell::Other,
                }
            } else {
                Cell::Other
            };
            (column, cell)
        })
        .collect()
}

/// How well a row does as the header; none when it cannot be one.
fn score(head: &[HeadRow], rows: &[Vec<(usize, Cell)>], at: usize) -> Option<f64> {
    let cells = &rows[at];
    let mut fields: Vec<Field> =
        cells.iter().filter_map(|(_, cell)| if let Cell::Known(field) = cell { Some(*field) } else { None }).collect();
    let titled = fields.len();
    fields.sort_unstable();
    fields.dedup();
    let known = fields.len() as f64;
    // Dates are titles when there are scores under them; with dates under them they are data.
    let mut dates = 0_u32;
    let mut numbers = 0_u32;
    let periods = cells.iter().filter(|(_, cell)| *cell == Cell::Period).count() as u32;
    for (column, cell) in cells {
        match cell {
            Cell::Date => {
                let (mut under, mut dated) = (0, 0);
                for row in head[at + 1..].iter().take(8) {
                    if let Some(text) = row.cell(*column) {
                        let date = row.kind(*column).eq_ignore_ascii_case(&b'd')
                            || (is_date(text) && !is_score(text))
                            || text.matches('/').count() == 2;
                        dated += usize::from(date);
                        under += usize::from(!date && is_score(text));
                    }
                }
                if dated > under { numbers += 1 } else { dates += 1 }
            }
            Cell::Number => numbers += 1,
            _ => {}
        }
    }
    let others = cells.len() as f64 - titled as f64 - f64::from(dates + numbers + periods);
    // "| 9/5 | 9/12": only dates, and something untitled before the scores.
    let untitled = dates >= 2
        && dates as usize == cells.len()
        && rows.get(at + 1).and_then(|next| next.first()).is_some_and(|(column, _)| *column < cells[0].0);
    // "Date | Ana Lopez | Ben Ochoa"
    let people = people_across(head, cells, at);
    let (known, others) = (known + people as f64, others - people as f64);
    let when = dates.max(periods);
    if !(known >= 2.0 || (known >= 1.0 && when >= 2) || when >= 3 || untitled) {
        return None;
    }
    // "Goal # | 1 | Phase: | Baseline": a value may be a known title too.
    let colon = |cell: &(usize, Cell)| head[at].cell(cell.0).is_some_and(|text| text.ends_with(':'));
    let labels =
        cells.len().is_multiple_of(2) && cells.chunks(2).all(|pair| matches!(pair[0].1, Cell::Known(_)) && !colon(&pair[1]));
    if labels && cells.iter().step_by(2).filter(|cell| colon(cell)).count() * 4 >= cells.len() {
        return None;
    }
    // "Name | Ana Lopez | Grade | 3": labels with their values, unless there is data under the labels.
    let alternates = titled > 0
        && titled * 2 == cells.len()
        && cells.chunks(2).all(|pair| matches!(pair, [(_, Cell::Known(_)), (_, Cell::Other | Cell::Number | Cell::Date)]));
    if alternates {
        let colons =
            cells.iter().step_by(2).filter(|(column, _)| head[at].cell(*column).is_some_and(|text| text.ends_with(':'))).count();
        let under = rows.get(at + 1).map_or(0, |next| {
            let data = |column: usize| next.iter().any(|(other, cell)| *other == column && !matches!(cell, Cell::Known(_)));
            cells.iter().step_by(2).filter(|(column, _)| data(*column)).count()
        });
        if colons * 2 >= titled || under * 2 < titled {
            return None;
        }
    }
    let base = known + 0.75 * f64::from(when.min(4));
    let mut score = base - (0.5 * others).min(0.6 * base) - (0.75 * f64::from(numbers)).min(0.6 * base);
    if let Some(next) = head.get(at + 1) {
        let under = cells.iter().filter(|(column, _)| next.cell(*column).is_some()).count();
        if under * 2 >= cells.len() {
            score += 0.5;
        }
    }
    Some(score)
}

/// How many children are the titles beside a date: all of them but the date, with a score under each.
fn people_across(head: &[HeadRow], cells: &[(usize, Cell)], at: usize) -> usize {
    let (Some((_, Cell::Known(Field::Date | Field::Session))), Some(next)) = (cells.first(), head.get(at + 1)) else { return 0 };
    let person = |(column, cell): &(usize, Cell)| {
        *cell == Cell::Other
            && head[at].cell(*column).is_some_and(surely_person)
            && next.cell(*column).is_none_or(|text| number(text).is_some() || is_score(text))
    };
    let people = cells[1..].iter().filter(|cell| person(cell)).count();
    let rest = cells[1..].iter().filter(|(_, cell)| matches!(cell, Cell::Known(Field::Note | Field::Staff))).count();
    if people >= 2 && people + rest + 1 == cells.len() { people } else { 0 }
}

/// True when the first row is the header of the rows below it: titles, and nothing that could be data.
pub(crate) fn is_header(rows: &[HeadRow]) -> bool {
    let cells = look(&rows[0], false);
    let titles = cells.iter().filter(|(_, cell)| matches!(cell, Cell::Known(_) | Cell::Period)).count();
    let dates = cells.iter().filter(|(_, cell)| *cell == Cell::Date).count();
    let numbers = cells.iter().any(|(_, cell)| *cell == Cell::Number);
    let looked: Vec<Vec<(usize, Cell)>> = rows.iter().map(|row| look(row, false)).collect();
    !numbers && titles >= 1 && (titles + dates) * 2 >= cells.len() && score(rows, &looked, 0).is_some()
}

/// True when the rows are a table of data, though without titles.
pub(crate) fn is_data(head: &[HeadRow], more_rows: bool) -> bool {
    let mut rows = 0;
    for row in head {
        let cells = look(row, false);
        rows += usize::from(cells.len() >= 2 && cells.iter().any(|(_, cell)| matches!(cell, Cell::Number | Cell::Date)));
    }
    more_rows || rows >= 2 || head.iter().filter(|row| row.filled().count() >= 4).count() >= 3
}
