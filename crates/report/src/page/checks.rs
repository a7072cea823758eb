//! The page's section of checks: how often each says no, or cannot tell.

use crate::{Input, words};
use aimline_model::checks::CHECKS;

/// A line of the section.
pub(super) struct Line {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) severity: &'static str,
    pub(super) fails: String,
    pub(super) unknown: String,
}

/// The checks that say no or cannot tell, in the order of the catalogue.
pub(super) fn lines(input: &Input) -> Vec<Line> {
    let count =
        |id: &str, outcome: &str| input.checks.iter().filter(|row| row.check == id && row.outcome == outcome).count() as u64;
    let line = |info: &aimline_model::checks::CheckInfo| {
        let (fails, unknown) = (count(info.id, "fail"), count(info.id, "cannot_determine"));
        (fails + unknown > 0).then(|| Line {
            id: info.id,
            title: info.title,
            severity: info.severity.as_str(),
            fails: words::count(fails),
            unknown: words::count(unknown),
        })
    };
    CHECKS.iter().filter_map(line).collect()
}
