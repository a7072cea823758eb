//! The score of a record: typed, or why not, and whether it is on its measure's scale.

use super::*;

pub(super) fn score(record: &Record<'_>, hint: UnitHint) -> Result<Score, Problem> {
    let expected = "a number, a percent, a fraction such as 4/5, or a mark such as absent";
    if let Some(slot) = record.slot(Field::Score) {
        return parse_score(slot.text, slot.kind, hint).map_err(|code| (code, Some(Field::Score), expected));
    }
    let (correct, trials) = (record.slot(Field::Correct), record.slot(Field::Trials));
    match (correct, trials) {
        (Some(correct), Some(trials)) => match (parse_number(correct.text), parse_number(trials.text)) {
            (Some(correct), Some(trials)) => {
                Score::of_trials(correct, trials).map_err(|code| (code, Some(Field::Correct), expected))
            }
            (None, _) => {
                parse_score(correct.text, correct.kind, UnitHint::Plain).map_err(|code| (code, Some(Field::Correct), expected))
            }
            (_, None) => Err((Code::S001, Some(Field::Trials), "the number of trials")),
        },
        (Some(correct), None) => {
            parse_score(correct.text, correct.kind, UnitHint::Plain).map_err(|code| (code, Some(Field::Correct), expected))
        }
        (None, _) => parse_score("", b't', hint).map_err(|code| (code, Some(Field::Score), expected)),
    }
}

/// What was expected, where the code says more than the kind of cell.
pub(super) fn expected_of(code: Code) -> Option<&'static str> {
    Some(match code {
        Code::D002 => "a day that the month has",
        Code::D003 => "a date such as 10/3/2025; an empty cell cannot be placed",
        Code::D004 => "a year of a school record, such as 2025",
        Code::S002 => "a first number that is not larger than the second, like 4/5",
        Code::S003 => "a percent from 0 to 100",
        Code::S004 => "a number",
        Code::S005 => "a score such as 4/5, in a cell that is formatted as text",
        Code::S006 => "a number from 0 up",
        Code::S007 => "at least one trial",
        _ => return None,
    })
}

/// True when a score is on the scale of its measure. A plain 4 among fractions of trials may be 4 of 5 or 4 %, and 80 %
/// among words per minute is something else: such a score is kept, and is in no line.
pub(super) fn in_unit(score: &Score, unit: Option<&Unit>) -> bool {
    let scale = unit.map(|unit| unit.scale);
    match score.form {
        Form::Mark => true,
        Form::Percent | Form::Trials => scale == Some("percent"),
        Form::Duration => scale == Some("seconds"),
        Form::Number => match (score.unit, unit) {
            (Some(own), Some(unit)) => own.scale == unit.scale,
            (None, Some(unit)) => unit.name != "trials",
            (_, None) => true,
        },
    }
}

pub(super) fn state_text(state: State) -> &'static str {
    match state {
        State::Scored => "scored",
        State::Absent => "absent",
        State::Refused => "refused",
        State::Blank => "blank",
    }
}
