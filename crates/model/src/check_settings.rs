//! `[checks]` of `aimline.toml`. The numbers are defaults of aimline and no law.

use crate::checks::check;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// What a district sets for the checks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CheckSettings {
    /// Days before the end of a reporting period from which on its report counts.
    pub days_before: u32,
    /// Days after the end of a reporting period up to which its report counts.
    pub days_after: u32,
    /// Days in which a team looks at a goal that makes no progress.
    pub review_days: u32,
    /// Days before an annual review in which there should be data or a report.
    pub recent_days: u32,
    /// The district's indicator numbers, by check.
    pub indicators: BTreeMap<String, String>,
    /// Checks that are not made.
    pub off: BTreeSet<String>,
    /// Whether reports are compared with the report-card dates of the calendar.
    pub report_card: bool,
}

impl Default for CheckSettings {
    fn default() -> Self {
        Self {
            days_before: 14,
            days_after: 14,
            review_days: 30,
            recent_days: 30,
            indicators: BTreeMap::new(),
            off: BTreeSet::new(),
            report_card: true,
        }
    }
}

impl CheckSettings {
    /// Numbers within a year, and checks that there are.
    ///
    /// # Errors
    /// What is wrong, in the words of one who edits `aimline.toml`.
    pub fn verify(&self) -> Result<(), String> {
        let days = [
            ("days_before", self.days_before),
            ("days_after", self.days_after),
            ("review_days", self.review_days),
            ("recent_days", self.recent_days),
        ];
        if let Some((key, value)) = days.into_iter().find(|(_, value)| *value > 366) {
            return Err(format!("[checks] {key} = {value} must be from 0 to 366"));
        }
        match self.off.iter().chain(self.indicators.keys()).find(|id| check(id).is_none()) {
            Some(id) => Err(format!("[checks] there is no check \"{id}\"; they are C01 to C23 and C07b")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings() {
        let check = |text: &str, expected: &str| {
            let read: Result<CheckSettings, _> = toml::from_str(text);
            let said = read.map_err(|error| error.to_string()).and_then(|settings| settings.verify());
            assert!(
                said.as_ref().err().map_or("", String::as_str).contains(expected) && said.is_err() != expected.is_empty(),
                "{text}: {said:?}"
            );
        };
        check("", "");
        check("days_before = 7\noff = ['C07b']\nindicators = { C01 = 'our own 12' }", "");
        check("days_befor = 7", "days_befor");
        check("days_after = 900", "days_after = 900 must be from 0 to 366");
        check("days_after = -1", "invalid value");
        check("off = ['C99']", "no check \"C99\"");
        check("indicators = { c1 = 'x' }", "no check \"c1\"");
    }
}
