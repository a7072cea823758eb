//! Diagnostics in words: where, what was seen, what was expected, what to do. To standard output only: they hold names.

use crate::output::{self, count, plural};
use aimline_model::codes::{Code, Severity};
use aimline_model::diagnostic::Diagnostic;
use aimline_model::tables::Source;
use aimline_pipeline::{Dataset, Totals};
use std::collections::BTreeMap;

/// How many columns of ids `run` names; `check` names all.
const COLUMNS: usize = 6;
/// How many of one code `run` shows; `check` shows all.
const SHOWN: usize = 3;

/// Prints the diagnostics, the worst first; `typed` makes the path of a source one that can be typed.
///
/// # Errors
/// When the reader has gone away.
pub(crate) fn print(dataset: &Dataset, all: bool, typed: &dyn Fn(&str) -> String) -> anyhow::Result<()> {
    let mut by_code: BTreeMap<(std::cmp::Reverse<Severity>, Code), Vec<&Diagnostic>> = BTreeMap::new();
    for found in &dataset.diagnostics {
        by_code.entry((std::cmp::Reverse(found.severity()), found.code)).or_default().push(found);
    }
    for ((std::cmp::Reverse(severity), code), found) in by_code {
        // What only says that nothing is wrong is counted by `run` and shown by `check`.
        let shown = if all {
            found.len()
        } else if severity == Severity::Info {
            0
        } else {
            SHOWN
        };
        for one in found.iter().take(shown) {
            output::line(&text(one, &dataset.sources, typed))?;
        }
        let left = found.len().saturating_sub(shown) as u64 + found.iter().map(|one| one.more).sum::<u64>();
        if left > 0 {
            let more = if shown == 0 { "" } else { "more of " };
            output::line(&format!("{}[{}]: {} {more}\"{}\"\n", severity.as_str(), code.id(), count(left), code.title()))?;
        }
    }
    let columns = if all { dataset.id_columns.len() } else { COLUMNS };
    for (source, said) in dataset.id_columns.iter().take(columns) {
        output::line(&format!("{}: {said}", path(*source, &dataset.sources)))?;
    }
    let left = dataset.id_columns.len().saturating_sub(columns) as u64;
    if left > 0 {
        output::line(&format!("{} more; `aimline check` says what each holds", plural(left, "column of ids", "columns of ids")))?;
    }
    Ok(())
}

fn path(source: usize, sources: &[Source]) -> &str {
    sources.get(source).map_or("", |source| source.path.as_str())
}

/// One diagnostic.
fn text(found: &Diagnostic, sources: &[Source], typed: &dyn Fn(&str) -> String) -> String {
    let mut place = path(found.source, sources).to_owned();
    if !found.locator.is_empty() {
        place = format!("{place} › {}", found.locator);
    }
    let mut text = format!("{}[{}]: {}\n  {place}\n", found.severity().as_str(), found.code.id(), found.code.title());
    for (what, value) in [("seen", &found.seen), ("expected", &found.expected)] {
        if !value.is_empty() {
            let value = value.replace('\n', " ");
            text.push_str(&format!("  {what:<9} {value}\n"));
        }
    }
    text.push_str(&format!("  {}\n", found.what_to_do()));
    // What its columns mean was not sure: a profile says it.
    if matches!(found.code, Code::H001 | Code::H002 | Code::H003 | Code::H006) {
        let sheet = found.locator.rsplit_once(" › ").map_or_else(String::new, |(sheet, _)| format!(" --sheet \"{sheet}\""));
        let file = typed(path(found.source, sources));
        text.push_str(&format!("  For a profile to start from, type: aimline profile suggest \"{file}\"{sheet}\n"));
    }
    text
}

/// The last line of a run: it adds up.
pub(crate) fn sum(totals: &Totals, files: usize, match_rate: Option<f64>) -> String {
    let mut text = format!(
        "Read {} from {}: {} accepted + {} set aside + {} already known + {} skipped.",
        plural(totals.read(), "item", "items"),
        plural(files as u64, "file", "files"),
        count(totals.accepted),
        count(totals.quarantined),
        count(totals.duplicate),
        count(totals.skipped),
    );
    if totals.unmatched > 0 {
        text.push_str(&format!(" {} without a student or goal.", count(totals.unmatched)));
    }
    if totals.conflicts > 0 {
        text.push_str(&format!(" {} contradicted by another file.", count(totals.conflicts)));
    }
    if let Some(rate) = match_rate {
        text.push_str(&format!(" {:.1} % of students identified.", rate * 100.0));
    }
    text
}

/// True when something waits for a person.
pub(crate) fn needs_a_person(dataset: &Dataset) -> bool {
    let totals = &dataset.totals;
    totals.quarantined > 0
        || totals.unmatched > 0
        || totals.conflicts > 0
        || dataset.diagnostics.iter().any(|found| found.severity() == Severity::Error)
}
