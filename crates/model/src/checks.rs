//! The catalogue of checks: what each asks of a student's file, whom it cites, and what to do.
//!
//! A citation is one that was read in the text of the rule. A check without one is practice, or plain sense. None is
//! legal advice.

/// What an unmet check is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A rule asks for it.
    Error,
    /// Worth a look.
    Warning,
    /// Good to know.
    Info,
}

impl Severity {
    /// Its word in the table.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// A check.
#[derive(Debug, Clone, Copy)]
pub struct CheckInfo {
    /// `C01`; never used again for anything else.
    pub id: &'static str,
    /// Its name in few words.
    pub title: &'static str,
    /// The question that yes answers.
    pub asks: &'static str,
    /// What to do where the answer is no.
    pub todo: &'static str,
    /// What an unmet check is.
    pub severity: Severity,
    /// The rule, where one asks for it; empty for practice.
    pub citation: &'static str,
}

macro_rules! checks {
    ($($id:literal $severity:ident $title:literal, $citation:literal, $asks:literal, $todo:literal;)*) => {
        /// All checks, in the order of the workbook.
        pub const CHECKS: &[CheckInfo] = &[$(CheckInfo {
            id: $id,
            title: $title,
            asks: $asks,
            todo: $todo,
            severity: Severity::$severity,
            citation: $citation,
        },)*];
    };
}

checks! {
    "C01" Error "Way of measuring", "34 CFR 300.320(a)(3)(i)",
        "Does the goal say how progress will be measured (a box is ticked, or the sentence says it)?",
        "Tick how progress is measured on the goal's page, or name it in the sentence.";
    "C02" Error "Reporting schedule", "34 CFR 300.320(a)(3)(ii)",
        "Does the IEP say, with one choice, when progress will be reported?",
        "Choose one schedule in section 4; Other needs a text.";
    "C03" Error "Progress report each period", "34 CFR 300.320(a)(3)(ii)",
        "Is there a dated report on the goal for each reporting period of the schedule that the IEP states?",
        "Write the missing report, or find it and put it into the inbox; correct its date if it is dated elsewhere.";
    "C04" Warning "Report gives data", "",
        "Does the report give a number in the goal's own unit, and not only words?",
        "Add the score that the summary statement rests on.";
    "C05" Warning "Not addressed again", "",
        "Is the goal never reported as not addressed twice in a row?",
        "Ask whether the goal is still meant to be worked on, and who does it.";
    "C06" Error "Annual review", "34 CFR 300.324(b)(1)(i)",
        "Was the IEP reviewed by the day on which its annual review is due? An amendment is no review.",
        "Hold the annual review, or put the newer IEP into the inbox.";
    "C07" Error "Reevaluation", "34 CFR 300.303(b)(2)",
        "Was the student reevaluated within three years, or did parent and district agree that it is unnecessary?",
        "Plan the reevaluation, or record the agreement.";
    "C07b" Warning "Evaluated twice in a year", "34 CFR 300.303(b)(1)",
        "Do reevaluations lie at least a year apart, unless parent and district agreed otherwise?",
        "See whether an agreement is in the file, and whether both dates are right.";
    "C08" Error "Objectives for alternate assessment", "34 CFR 300.320(a)(2)(ii)",
        "Does each goal of a student who takes the alternate assessment have benchmarks or objectives?",
        "Write benchmarks or objectives, on the goal's page or in the present level.";
    "C09" Warning "Data on objectives", "",
        "Does each objective of such a student have data in each reporting period?",
        "Collect data on the objective, or say where it is kept.";
    "C10" Warning "Lack of progress was looked at", "34 CFR 300.324(b)(1)(ii)(A)",
        "Where a goal makes no progress, did the team meet or amend the IEP since? The rule says: revise as appropriate.",
        "Look at the goal together: teaching, measure, target. This is a prompt to review and no finding.";
    "C11" Warning "Report and data agree", "",
        "Does the latest report say what the data say?",
        "Look at both. The report's code stays as a person wrote it.";
    "C12" Error "One statement a report", "",
        "Is exactly one summary statement selected in the report?",
        "Leave one statement ticked.";
    "C13" Warning "Report's date", "",
        "Does the report's date lie within the goal's dates, and not in the future?",
        "Correct the date of the report.";
    "C14" Warning "Dates of services", "",
        "Do first and last day of the service have month, day and year (or N/A, which means the IEP's own)?",
        "Write the date with month, day and year.";
    "C15" Info "Baseline and target can be read", "",
        "Do baseline and target of the goal stand in its sentence or in columns of their own, as numbers?",
        "Add them to the goal's sentence or to the goal list; without them no line can be judged.";
    "C16" Warning "Criterion said twice", "",
        "Where the criterion stands in a column and in the sentence, do they say the same?",
        "Look at both by hand, and correct the one that is wrong.";
    "C17" Warning "Extended school year", "",
        "Where the IEP leaves extended school year to a later date, was it decided by then?",
        "Decide, and record it on the form.";
    "C18" Warning "Transition domain", "",
        "Does each goal of a student with a transition plan name the domain that it supports?",
        "Tick the domain on the goal's page.";
    "C19" Warning "Dates make sense", "",
        "Are the dates of the IEP in an order that can be?",
        "Look at the dates of page 1, and correct the one that is wrong.";
    "C20" Warning "Data before the review", "34 CFR 300.324(b)(1)(ii)",
        "Is there a data point or a report in the days before the annual review?",
        "Collect data before the review, so that the team has something to look at.";
    "C21" Warning "Goal is measurable", "34 CFR 300.320(a)(2)(i)",
        "Does the goal's sentence name condition, behavior, criterion, measure, date and baseline?",
        "For the next meeting: consider adding what is missing to the sentence.";
    "C22" Warning "Minutes of services", "",
        "Do the logged minutes reach what the IEP's service summary says?",
        "Look at the log and at the schedule; plan how missed sessions are made up.";
    "C23" Warning "Report with each report card", "",
        "Is there a report on the goal with each report card of the district's calendar?",
        "The regulation names report cards as an example; see whether state or district asks for it.";
}

/// A check by its id.
#[must_use]
pub fn check(id: &str) -> Option<&'static CheckInfo> {
    CHECKS.iter().find(|check| check.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_stands_once_and_an_error_says_whom_it_cites() {
        for (place, info) in CHECKS.iter().enumerate() {
            assert!(CHECKS[..place].iter().all(|other| other.id != info.id && other.title != info.title), "{}", info.id);
            assert!(info.asks.ends_with(['?', '.']) && info.todo.ends_with('.'), "{}", info.id);
            // Two ticks contradict the form's own words.
            assert!(info.severity != Severity::Error || !info.citation.is_empty() || info.id == "C12", "{}", info.id);
        }
        assert_eq!(check("C07b").map(|info| info.severity), Some(Severity::Warning));
        assert!(check("C99").is_none());
    }
}
