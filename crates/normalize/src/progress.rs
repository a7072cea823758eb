//! The summary statement of a progress report.

use aimline_model::codes::Code;

use crate::{mark::State, mark::parse_mark, name::fold, text::trim};

/// The codes of the dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Progress {
    /// Making progress toward annual goal.
    Making,
    /// Not making progress toward annual goal.
    NotMaking,
    /// Goal not addressed this reporting period.
    NotAddressed,
    /// Goal met.
    Met,
    /// A statement of another kind.
    Other,
}

impl Progress {
    /// The word of the dataset.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Making => "making",
            Self::NotMaking => "not_making",
            Self::NotAddressed => "not_addressed",
            Self::Met => "met",
            Self::Other => "other",
        }
    }
}

/// What the ticks of one report say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement {
    /// Null when nothing or more than one statement is ticked.
    pub code: Option<Progress>,
    /// Number of ticked statements.
    pub ticks: u32,
    /// `T001` two are ticked, `T005` the statement is not known.
    pub problem: Option<Code>,
}

/// Folded statements. First the four of DESE's form (missouri.md 1.5); then those of vendors, of SIF and of older forms.
#[rustfmt::skip]
const STATEMENTS: &[(Progress, &[&str])] = &[
    (Progress::Making, &[
        "making progress", "making adequate progress", "adequate progress", "sufficient progress", "making sufficient progress", "satisfactory progress", "satisfactoryprogress",
        "making satisfactory progress", "making expected progress", "progressing", "progressing as expected", "on track", "on target", "expected to meet", "making progress as expected", "p", "mp", "sp", "ap", "making",
        "steady progress", "making steady progress", "progress", "haciendo progreso", "progresando", "progreso satisfactorio", "progreso adecuado", "esta progresando", "logrando progreso", "hace progreso",
    ]),
    (Progress::NotMaking, &[
        "not making progress", "not making adequate progress", "insufficient progress", "making insufficient progress", "not making sufficient progress", "unsatisfactory progress", "unsatisfactoryprogress",
        "progressing but not sufficient", "progressing but not sufficiently", "inadequate progress", "no progress", "limited progress", "minimal progress", "not progressing", "ip", "np", "nmp",
        "not making", "sin progreso", "no hace progreso", "progreso insuficiente", "no esta progresando", "regression", "regressing",
    ]),
    (Progress::NotAddressed, &[
        "goal not addressed this reporting period", "not addressed this reporting period", "goal not addressed", "not addressed", "not introduced", "not yet introduced", "not introduced this reporting period", "goal not introduced", "not started",
        "not addressed this period", "not worked on", "ni", "no abordada", "meta no abordada", "no se trabajo", "meta no abordada en este periodo",
    ]),
    (Progress::Met, &[
        "goal met", "met", "met goal", "mastered", "goal mastered", "achieved", "goal achieved", "completed", "goal completed", "attained", "gm", "m", "has met goal", "goal has been met",
        "meta cumplida", "meta lograda", "meta alcanzada", "cumplida", "lograda", "dominada",
    ]),
    (Progress::Other, &["other", "otro", "otra"]),
];

/// Words at the end that change nothing.
const TAILS: &[&str] = &[
    " toward annual goal",
    " towards annual goal",
    " toward the annual goal",
    " towards the annual goal",
    " toward goal",
    " towards goal",
    " toward the goal",
    " towards the goal",
    " on goal",
    " on this goal",
    " to meet goal",
    " to meet the goal",
    " to meet annual goal",
    " to achieve goal",
    " to achieve goal by annual review",
    " toward iep goal",
    " towards iep goal",
    " hacia la meta",
    " hacia la meta anual",
    " this reporting period",
];

/// Reads ticked statements, joined by `; `. Marks such as `N/A` and blanks are no tick.
#[must_use]
pub fn parse_statement(text: &str) -> Statement {
    let mut ticks = 0;
    let mut code = None;
    for part in text.split(';').map(trim) {
        if matches!(parse_mark(part), Some(State::Blank | State::Absent)) {
            continue;
        }
        ticks += 1;
        code = Some(progress_of(part));
    }
    match (ticks, code) {
        (0, _) | (_, None) => Statement { code: None, ticks: 0, problem: None },
        (1, Some(None)) => Statement { code: Some(Progress::Other), ticks, problem: Some(Code::T005) },
        (1, Some(code)) => Statement { code, ticks, problem: None },
        _ => Statement { code: None, ticks, problem: Some(Code::T001) },
    }
}

fn progress_of(text: &str) -> Option<Progress> {
    let folded = fold(text);
    let mut short = folded.as_str();
    loop {
        if let Some((progress, _)) = STATEMENTS.iter().find(|(_, names)| names.iter().any(|name| fold(name) == short)) {
            return Some(*progress);
        }
        short = TAILS.iter().find_map(|tail| short.strip_suffix(tail))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements() {
        let check = |text: &str, code: Option<&str>, ticks: u32, problem: Option<Code>| {
            let statement = parse_statement(text);
            assert_eq!(
                (statement.code.map(Progress::as_str), statement.ticks, statement.problem),
                (code, ticks, problem),
                "{text:?}"
            );
        };
        check("Making progress toward annual goal", Some("making"), 1, None);
        check("Not making progress toward annual goal", Some("not_making"), 1, None);
        check("Goal not addressed this reporting  period", Some("not_addressed"), 1, None);
        check("Goal met", Some("met"), 1, None);
        check("GOAL MET.", Some("met"), 1, None);
        check("Making adequate progress", Some("making"), 1, None);
        check("Progressing but Not Sufficient", Some("not_making"), 1, None);
        check("Insufficient progress to meet goal", Some("not_making"), 1, None);
        check("SatisfactoryProgress", Some("making"), 1, None);
        check("UnsatisfactoryProgress", Some("not_making"), 1, None);
        check("Completed", Some("met"), 1, None);
        check("Other", Some("other"), 1, None);
        check("P", Some("making"), 1, None);
        check("Meta cumplida", Some("met"), 1, None);
        check("not_making", Some("not_making"), 1, None);
        check("Making progress toward annual goal; Goal met", None, 2, Some(Code::T001));
        check("Goal met; ", Some("met"), 1, None);
        check("", None, 0, None);
        check("N/A", None, 0, None);
        check("3", Some("other"), 1, Some(Code::T005));
        check("Emerging", Some("other"), 1, Some(Code::T005));
        check("Goal not met", Some("other"), 1, Some(Code::T005));
    }

    #[test]
    fn a_statement_stands_once() {
        let mut names: Vec<String> = STATEMENTS.iter().flat_map(|(_, names)| names.iter().map(|name| fold(name))).collect();
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
