//! What was set aside, unmatched or remarkable, grouped by code, for the page and the summary of `quarantine.xlsx`.

use crate::rows::Index;
use crate::{Input, places, words};
use aimline_model::codes::{Code, Severity};
use aimline_model::diagnostic::Diagnostic;
use std::collections::{BTreeMap, BTreeSet};

/// Places that the page shows for one code.
const SHOWN: usize = 20;
/// Codes of accepted items that lack a student or goal, or that sources disagree about.
const UNMATCHED: [Code; 7] = [Code::I002, Code::I003, Code::I005, Code::I006, Code::I008, Code::R002, Code::T006];

pub(crate) struct Place {
    pub(crate) place: String,
    pub(crate) seen: String,
    pub(crate) expected: String,
    pub(crate) help: String,
}

/// All of one code.
pub(crate) struct Finding {
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) meaning: &'static str,
    pub(crate) help: &'static str,
    pub(crate) count: u64,
    pub(crate) places: Vec<Place>,
}

impl Finding {
    fn new(id: &str) -> Self {
        let code = Code::of(id);
        Self {
            code: id.to_owned(),
            title: code.map_or("set aside", Code::title).to_owned(),
            meaning: code.map_or("", Code::meaning),
            help: code.map_or("", Code::help),
            count: 0,
            places: Vec::new(),
        }
    }

    fn add(&mut self, count: u64, place: impl FnOnce() -> Place) {
        self.count += count;
        if self.places.len() < SHOWN {
            let mut place = place();
            if place.help == self.help {
                place.help.clear();
            }
            self.places.push(place);
        }
    }

    pub(crate) fn heading(&self) -> String {
        words::capital(&self.title)
    }

    pub(crate) fn count_in_words(&self) -> String {
        words::counted(self.count, "place", "places")
    }

    pub(crate) fn items_in_words(&self) -> String {
        words::counted(self.count, "item", "items")
    }

    /// How many places are not shown.
    pub(crate) fn more(&self) -> Option<String> {
        let rest = self.count.saturating_sub(self.places.len() as u64);
        (rest > 0).then(|| words::count(rest))
    }
}

fn ordered(groups: BTreeMap<String, Finding>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = groups.into_values().collect();
    findings.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.code.cmp(&b.code)));
    findings
}

/// The items in quarantine, the most frequent code first.
pub(crate) fn set_aside(input: &Input, index: &Index) -> Vec<Finding> {
    let mut rows: Vec<_> = input.quarantine.iter().map(|row| (index.path(&row.source_id), row)).collect();
    rows.sort_by(|(path, a), (other, b)| path.cmp(other).then_with(|| places::natural(&a.locator, &b.locator)));
    let mut groups = BTreeMap::new();
    for (path, row) in rows {
        let finding: &mut Finding = groups.entry(row.code.clone()).or_insert_with(|| Finding::new(&row.code));
        finding.add(1, || Place {
            place: places::full(path, if row.locator.is_empty() { &row.item_locator } else { &row.locator }),
            seen: row.seen.clone().unwrap_or_default(),
            expected: row.expected.clone().unwrap_or_default(),
            help: row.help.clone().unwrap_or_default(),
        });
    }
    ordered(groups)
}

/// The files in the order in which diagnostics number them.
pub(crate) fn paths<'a>(input: &Input<'a>) -> Vec<&'a str> {
    let mut paths: Vec<&str> = input.sources.iter().map(|source| source.path.as_str()).collect();
    paths.sort_unstable();
    paths
}

fn from_diagnostics(input: &Input, keep: impl Fn(&Diagnostic, &str) -> bool) -> Vec<Finding> {
    let paths = paths(input);
    let mut groups = BTreeMap::new();
    for diagnostic in input.diagnostics {
        let path = paths.get(diagnostic.source).copied().unwrap_or_default();
        if keep(diagnostic, path) {
            let id = diagnostic.code.id();
            let finding: &mut Finding = groups.entry(id.to_owned()).or_insert_with(|| Finding::new(id));
            finding.add(1 + diagnostic.more, || Place {
                place: places::full(path, &diagnostic.locator),
                seen: diagnostic.seen.clone(),
                expected: diagnostic.expected.clone(),
                help: diagnostic.what_to_do().to_owned(),
            });
        }
    }
    ordered(groups)
}

/// Errors behind which no item stands in quarantine: files and parts that could not be read.
pub(crate) fn unread(input: &Input, index: &Index) -> Vec<Finding> {
    let held: BTreeSet<(&str, &str)> =
        input.quarantine.iter().map(|row| (index.path(&row.source_id), row.code.as_str())).collect();
    from_diagnostics(input, |diagnostic, path| {
        diagnostic.severity() == Severity::Error
            && !is_unmatched(diagnostic.code)
            && !held.contains(&(path, diagnostic.code.id()))
    })
}

fn is_unmatched(code: Code) -> bool {
    UNMATCHED.contains(&code)
}

/// Accepted items without a student or goal, and those that sources disagree about.
pub(crate) fn unmatched(input: &Input) -> Vec<Finding> {
    from_diagnostics(input, |diagnostic, _| is_unmatched(diagnostic.code))
}

/// Everything else that is worth knowing.
pub(crate) fn notes(input: &Input) -> Vec<Finding> {
    from_diagnostics(input, |diagnostic, _| diagnostic.severity() != Severity::Error && !is_unmatched(diagnostic.code))
}

/// The notes of each file: why it was not read, that it left, and what was found in it.
pub(crate) fn of_files(input: &Input) -> Vec<Vec<String>> {
    let paths = paths(input);
    let mut counts: BTreeMap<(&str, Code), u64> = BTreeMap::new();
    for diagnostic in input.diagnostics {
        if let Some(path) = paths.get(diagnostic.source) {
            *counts.entry((path, diagnostic.code)).or_default() += 1 + diagnostic.more;
        }
    }
    let notes = |source: &aimline_model::tables::Source| {
        let mut notes = Vec::new();
        if !source.present {
            notes.push("no longer in the inbox; its rows stay".to_owned());
        }
        let own = source.code.as_deref();
        if let Some(code) = own {
            notes.push(Code::of(code).map_or_else(|| code.to_owned(), |found| format!("{} ({code})", found.title())));
        }
        let path = source.path.as_str();
        for ((_, code), count) in counts.range((path, Code::F001)..).take_while(|((held, _), _)| *held == path) {
            if own != Some(code.id()) {
                let times = if *count > 1 { format!("{} × ", words::count(*count)) } else { String::new() };
                notes.push(format!("{times}{} ({})", code.title(), code.id()));
            }
        }
        notes
    };
    input.sources.iter().map(notes).collect()
}
