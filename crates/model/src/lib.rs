//! What all parts of aimline agree on: the canonical tables, the staged vocabulary, the codes of diagnostics, places
//! and school years. It reads and writes nothing.
#![forbid(unsafe_code)]

pub mod analysis;
pub mod check_settings;
pub mod checks;
pub mod codes;
pub mod diagnostic;
pub mod place;
pub mod record;
pub mod register;
pub mod repair;
pub mod schema;
pub mod staged;
pub mod tables;

use chrono::{Datelike, NaiveDate};

/// The school year of a day, named by the year in which it ends; it begins on 1 July.
#[must_use]
pub fn school_year(day: NaiveDate) -> i32 {
    if day.month() >= 7 { day.year() + 1 } else { day.year() }
}
