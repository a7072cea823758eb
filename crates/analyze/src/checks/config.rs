//! The settings of the checks, in words.

use aimline_model::check_settings::CheckSettings;

/// The settings as the workbook explains them: a name and a sentence.
#[must_use]
pub fn in_words(settings: &CheckSettings) -> Vec<(&'static str, String)> {
    let mut lines = vec![
        (
            "Window of a report",
            format!(
                "A report counts for a period when it is dated from {} days before to {} days after the period's last day (C03, C23).",
                settings.days_before, settings.days_after
            ),
        ),
        ("Time to look at a goal", format!("A goal without progress waits {} days for a meeting (C10).", settings.review_days)),
        (
            "Data before the review",
            format!("Data or a report of the {} days before an annual review count (C20).", settings.recent_days),
        ),
    ];
    if !settings.off.is_empty() {
        let off: Vec<&str> = settings.off.iter().map(String::as_str).collect();
        lines.push(("Turned off", off.join(", ")));
    }
    lines
}
