//! What the columns of a table decide by vote: the order of dates, .8 against 80.

use super::Table;
use crate::read::Said;
use aimline_map::Layout;
use aimline_model::codes::Code;
use aimline_model::staged::Field;
use aimline_normalize::date::DateVote;
use aimline_normalize::scale::ScaleVote;
use std::collections::BTreeMap;

/// What the columns of a table say so far.
#[derive(Debug, Default)]
pub(super) struct Votes {
    pub(super) dates: BTreeMap<Field, DateVote>,
    pub(super) scale: ScaleVote,
    /// The first number of each kind, with its place: fractions of one, and numbers above.
    pub(super) first: [Option<(String, String)>; 2],
    /// Rows with data, and skipped ones.
    pub(super) rows: u64,
}

/// Lets the columns of a table decide, and notes what is worth saying.
pub(super) fn decide(table: &mut Table, votes: &Votes) {
    let place = |field: Field| {
        let column = table.plan.as_ref().and_then(|plan| plan.column_of(field));
        let title = column.and_then(|column| table.plan.as_ref()?.columns().get(usize::from(column)).map(|c| c.title.clone()));
        title.unwrap_or_else(|| field.name().to_owned())
    };
    let fixed = table.plan.as_ref().is_some_and(|plan| plan.date_order().is_some());
    let mut notes = Vec::new();
    for (field, vote) in &votes.dates {
        let decision = vote.decide();
        if !fixed {
            table.orders.set(*field, decision.order);
        }
        if let Some(code) = decision.code.filter(|_| !fixed) {
            notes.push(Said { code: Some(code), locator: table.name.clone(), seen: place(*field), ..Said::default() });
        }
    }
    let (decided, code) = votes.scale.decide();
    table.scale = decided;
    if let Some(code) = code {
        // The place of the first number of the kind that is the rarer one.
        let rarer = usize::from(votes.scale.hundreds < votes.scale.fractions);
        let (locator, seen) = votes.first[rarer].clone().unwrap_or_default();
        notes.push(Said { code: Some(code), locator, seen, ..Said::default() });
    }
    if votes.rows == 0 && table.plan.as_ref().is_some_and(|plan| plan.layout() != Layout::Text) {
        let seen = "titles without rows".to_owned();
        notes.push(Said { code: Some(Code::F010), locator: table.name.clone(), seen, ..Said::default() });
    }
    table.notes.extend(notes);
}
