//! The settings of the checks. The numbers are defaults of aimline; no rule names them.

use std::collections::{BTreeMap, BTreeSet};

/// `[checks]` of `aimline.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChecksConfig {
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
    /// Whether reports are compared with the report-card dates of the calendar, where it has any.
    pub report_card: bool,
}

impl Default for ChecksConfig {
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

impl ChecksConfig {
    /// The settings as the workbook explains them: a name and a sentence.
    #[must_use]
    pub fn in_words(&self) -> Vec<(&'static str, String)> {
        let mut lines = vec![
            (
                "Window of a report",
                format!(
                    "A report counts for a period when it is dated from {} days before to {} days after the period's last day (C03, C23).",
                    self.days_before, self.days_after
                ),
            ),
            ("Time to look at a goal", format!("A goal without progress waits {} days for a meeting (C10).", self.review_days)),
            (
                "Data before the review",
                format!("Data or a report of the {} days before an annual review count (C20).", self.recent_days),
            ),
        ];
        if !self.off.is_empty() {
            let off: Vec<&str> = self.off.iter().map(String::as_str).collect();
            lines.push(("Turned off", off.join(", ")));
        }
        lines
    }
}
