//! Which parts of a measurable goal a sentence names, beside its numbers.

use super::{
    cue,
    token::{Kind, Tokens},
};

/// The parts that are words and not numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GoalParts {
    /// Under which circumstances: `given a passage`, `with visual supports`.
    pub condition: bool,
    /// What the student will do: a verb.
    pub behavior: bool,
    /// How it is measured: `as measured by weekly probes`.
    pub measured_by: bool,
    /// By when, without a date: `by the end of this IEP`, `in 36 weeks`.
    pub by_when: bool,
}

/// Reads a goal's sentence. Numbers and dates are [`parse_goal`](super::parse_goal)'s.
#[must_use]
pub fn parse_goal_parts(text: &str) -> GoalParts {
    if text.len() > super::LONGEST {
        return GoalParts::default();
    }
    let tokens = Tokens::of(text, false);
    let mut parts = GoalParts::default();
    for at in 0..tokens.all.len() {
        let is = |words: &[&str]| tokens.is(at, words);
        // `with 80 % accuracy` is a criterion and no condition.
        let with = is(&["with", "con"]) && matches!(tokens.kind(at + 1), Some(Kind::Word)) && !tokens.is(at + 1, &["at", "al"]);
        parts.condition |= is(cue::CONDITION) || with;
        parts.behavior |= is(cue::RISE) || is(cue::FALL) || is(cue::DO) || follows_will(&tokens, at);
        parts.measured_by |=
            is(&["measured", "medido", "medida", "probe", "probes", "rubric", "rúbrica", "checklist", "assessment"])
                || is(&["assessments", "measures", "observation", "data", "tests", "samples"]);
        let near = |words: &[&str]| (at + 1..at + 5).any(|next| tokens.is(next, words));
        parts.by_when |= is(&["by", "antes", "para"]) && near(&["end", "final", "review", "fin"])
            || is(&["in", "within", "en"]) && near(&["weeks", "months", "semanas", "meses"]);
    }
    parts
}

/// The word after `will`: whatever it is, it is what the student will do.
fn follows_will(tokens: &Tokens<'_>, at: usize) -> bool {
    at > 0 && tokens.is(at - 1, &["will"]) && matches!(tokens.kind(at), Some(Kind::Word)) && !tokens.is(at, &["be", "have"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        let check = |text: &str, expected: [bool; 4]| {
            let parts = parse_goal_parts(text);
            assert_eq!([parts.condition, parts.behavior, parts.measured_by, parts.by_when], expected, "{text:?}");
        };
        check("Given a passage, Ava will read 90 wcpm as measured by weekly probes.", [true, true, true, false]);
        check("By the end of this IEP, Ava will increase from 41 to 90 wcpm.", [false, true, false, true]);
        check("Ava will answer questions with 80% accuracy.", [false, true, false, false]);
        check("With visual supports, Ava will transition in 36 weeks.", [true, true, false, true]);
        check("Improve reading.", [false, true, false, false]);
        check("Dado un texto, Ana leerá 90 palabras.", [true, true, false, false]);
        check("", [false; 4]);
    }
}
