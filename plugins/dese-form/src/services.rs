//! Section 5: the service summary, where several services may be stacked as lines of one cell.

use crate::body::{Cell, Row};
use crate::goals::{columns_of, starts};
use crate::text::{has_box, key, ticked_labels, ticks, value};

/// One line of the service summary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Service {
    pub(crate) category: Option<String>,
    pub(crate) service: Option<String>,
    /// Amount, frequency, location, first and last day.
    pub(crate) values: [Option<String>; 5],
}

const VALUES: [&str; 5] = ["Amount", "Frequency", "Location", "Begin Date", "End Date"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Service,
    Value(usize),
    Other,
}

/// The service summary as it is read, row by row.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    pub(crate) services: Vec<Service>,
    /// Services whose lines do not fit together: the number of the first, and what was seen.
    pub(crate) misfits: Vec<(usize, String)>,
    category: Option<String>,
    /// The header in force: its table, and each cell's grid column and meaning.
    header: Option<(usize, Vec<(u32, Column)>)>,
}

/// The printed name of a row group.
fn category(text: &str) -> bool {
    let key = key(text);
    let names = [
        "special education service",
        "related service",
        "supplementary aids",
        "parent and school personnel support",
        "supports for school personnel",
        "program modifications and accommodations",
    ];
    key.len() < 90 && !key.contains(". ") && names.iter().any(|name| key.starts_with(name))
}

fn column(cell: &Cell) -> Column {
    let text = key(&cell.lines().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" "));
    match text.as_str() {
        "service" | "services" | "description of services" => Column::Service,
        "amount" | "amount/frequency" | "amount / frequency" => Column::Value(0),
        "frequency" => Column::Value(1),
        "location" => Column::Value(2),
        "begin date" | "begin" | "start date" | "beginning date" => Column::Value(3),
        "end date" | "end" | "ending date" => Column::Value(4),
        _ => Column::Other,
    }
}

/// The lines of a cell as values, with blank ones; a line of boxes becomes its ticked label.
fn lines(cell: &Cell) -> Vec<String> {
    let texts: Vec<&str> = cell.lines().map(|line| line.text.as_str()).collect();
    if texts.iter().any(|text| has_box(text)) {
        let parsed: Vec<_> = texts.iter().map(|text| ticks(text).1).filter(|boxes| !boxes.is_empty()).collect();
        if parsed.iter().all(|boxes| boxes.len() == 1) {
            // One box a line: the lines of one service end where the labels begin again.
            let first = key(&parsed[0][0].label);
            let mut groups: Vec<Vec<_>> = Vec::new();
            for boxes in parsed {
                if groups.is_empty() || key(&boxes[0].label) == first {
                    groups.push(Vec::new());
                }
                if let Some(group) = groups.last_mut() {
                    group.extend(boxes);
                }
            }
            return groups.iter().map(|group| ticked_labels(group).unwrap_or_default()).collect();
        }
        return parsed.iter().map(|boxes| ticked_labels(boxes).unwrap_or_default()).collect();
    }
    let mut out: Vec<String> = texts.iter().map(|text| value(text).to_owned()).collect();
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    out
}

/// The values of the lines for each of `n` services; `None` when they do not fit.
fn align(lines: &[String], names: &[usize], name_lines: usize) -> Option<Vec<Option<String>>> {
    let filled: Vec<&String> = lines.iter().filter(|line| !line.is_empty()).collect();
    let some = |line: &String| Some(line.clone()).filter(|line| !line.is_empty());
    if filled.len() == names.len() {
        return Some(filled.into_iter().map(some).collect());
    }
    if filled.is_empty() {
        return Some(vec![None; names.len()]);
    }
    let stands = |(at, line): (usize, &String)| line.is_empty() || names.contains(&at);
    if lines.len() == name_lines && lines.iter().enumerate().all(stands) {
        return Some(names.iter().map(|at| lines.get(*at).and_then(some)).collect());
    }
    None
}

impl Summary {
    /// Takes a row of the section; says whether it belonged there.
    pub(crate) fn take(&mut self, table: usize, row: &Row) {
        let columns: Vec<Column> = row.cells.iter().map(column).collect();
        let known = columns.iter().filter(|column| matches!(column, Column::Value(_))).count();
        let first = row.cells.first().and_then(|cell| cell.lines().find(|line| category(&line.text)));
        if let Some(line) = first {
            self.category = Some(value(&line.text).trim_end_matches([':', '*']).to_owned());
        }
        if known >= 3 {
            let mut header: Vec<_> = starts(row).into_iter().zip(columns).collect();
            if !header.iter().any(|(_, column)| *column == Column::Service)
                && let Some(before) =
                    header.iter().take_while(|(_, column)| !matches!(column, Column::Value(_))).count().checked_sub(1)
            {
                header[before].1 = Column::Service;
            }
            self.header = Some((table, header));
            return;
        }
        if row.cells.len() < 3 {
            return;
        }
        if let Some((owner, header)) = self.header.take() {
            if owner == table {
                self.services_of(row, &header);
            }
            self.header = Some((owner, header));
        }
    }

    fn services_of(&mut self, row: &Row, header: &[(u32, Column)]) {
        let grid: Vec<u32> = header.iter().map(|(start, _)| *start).collect();
        let mut names: Vec<String> = Vec::new();
        let mut values: [Vec<String>; 5] = Default::default();
        for (cell, at) in row.cells.iter().zip(columns_of(row, &grid)) {
            match header[at].1 {
                Column::Service => {
                    let own = |text: &&str| !category(text) && !has_box(text);
                    names.extend(cell.lines().map(|line| line.text.as_str()).filter(own).map(|text| value(text).to_owned()));
                }
                Column::Value(index) => values[index].extend(lines(cell)),
                Column::Other => {}
            }
        }
        while names.last().is_some_and(String::is_empty) {
            names.pop();
        }
        let nothing = |text: &String| matches!(key(text).as_str(), "" | "none" | "n/a" | "na");
        if names.iter().chain(values.iter().flatten()).all(nothing) {
            return;
        }
        let mut places: Vec<usize> = (0..names.len()).filter(|at| !names[*at].is_empty()).collect();
        if places.is_empty() {
            // The group's name is the service.
            places = (0..values.iter().map(Vec::len).max().unwrap_or(0)).collect();
            names.clear();
        }
        let number = self.services.len() + 1;
        let mut out: Vec<Service> = places
            .iter()
            .map(|at| Service { category: self.category.clone(), service: names.get(*at).cloned(), ..Service::default() })
            .collect();
        let mut misfits = Vec::new();
        for (index, lines) in values.iter().enumerate() {
            let aligned = align(lines, &places, names.len()).unwrap_or_else(|| {
                let filled: Vec<&String> = lines.iter().filter(|line| !line.is_empty()).collect();
                misfits.push(format!("{} has {} lines", VALUES[index], filled.len()));
                if places.len() == 1 {
                    return vec![Some(filled.iter().map(|line| line.as_str()).collect::<Vec<_>>().join("; "))];
                }
                filled.into_iter().take(places.len()).map(|line| Some(line.clone())).collect()
            });
            for (service, value) in out.iter_mut().zip(aligned) {
                service.values[index] = value;
            }
        }
        if !misfits.is_empty() {
            self.misfits.push((number, format!("{} for {} services", misfits.join(", "), places.len())));
        }
        self.services.append(&mut out);
    }
}
