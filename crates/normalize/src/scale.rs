//! `.8` beside `80`: a column of percents decides together what its small numbers are.

use aimline_model::codes::Code;

use crate::number::decimal;

/// What the plain numbers of a percent column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Scale {
    /// 80 is 80 %; 0.8 is less than one percent.
    Hundred,
    /// 0.8 is 80 %, and 1 is 100 %.
    One,
    /// Both stand in the column and most are of the first kind: 0.8 is 80 %, as is 80; 1 is 1 %.
    #[default]
    MostlyHundred,
    /// Both, and most are fractions of one: 0.8 and 80 are 80 %; 1 is 100 %.
    MostlyOne,
}

/// Counts the plain numbers of a percent column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ScaleVote {
    /// Numbers between 0 and 1 with a decimal point.
    pub fractions: u64,
    /// Numbers above 1.
    pub hundreds: u64,
}

impl ScaleVote {
    /// Looks at one cell. Cells with a percent sign, a percent format or a fraction say what they are and do not vote;
    /// neither do 0 and 1, which both kinds share.
    pub fn see(&mut self, text: &str, kind: u8) {
        if !matches!(kind.to_ascii_lowercase(), b't' | b'n') {
            return;
        }
        let Some(number) = decimal(text) else { return };
        let value = number.value();
        if value > 1.0 {
            self.hundreds += 1;
        } else if value > 0.0 && number.has_places() && value < 1.0 {
            self.fractions += 1;
        }
    }

    /// Adds the votes of another part of the column.
    pub fn merge(&mut self, other: Self) {
        self.fractions += other.fractions;
        self.hundreds += other.hundreds;
    }

    /// The column's scale, with `S008` when it mixes both.
    #[must_use]
    pub fn decide(self) -> (Scale, Option<Code>) {
        match (self.fractions, self.hundreds) {
            (0, _) => (Scale::Hundred, None),
            (_, 0) => (Scale::One, None),
            (fractions, hundreds) if fractions > hundreds => (Scale::MostlyOne, Some(Code::S008)),
            _ => (Scale::MostlyHundred, Some(Code::S008)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_votes() {
        let check = |texts: &[&str], expected: (Scale, Option<Code>)| {
            let mut vote = ScaleVote::default();
            texts.iter().for_each(|text| vote.see(text, b't'));
            assert_eq!(vote.decide(), expected, "{texts:?}");
        };
        check(&[], (Scale::Hundred, None));
        check(&["80", "75", "1", "0"], (Scale::Hundred, None));
        check(&[".8", "0.75", "1", "0", "1.0"], (Scale::One, None));
        check(&[".8", "80", "75"], (Scale::MostlyHundred, Some(Code::S008)));
        check(&[".8", ".7", "75"], (Scale::MostlyOne, Some(Code::S008)));
        check(&[".8", "80%", "4/5", "absent"], (Scale::One, None));
        let mut vote = ScaleVote::default();
        vote.see("0.8", b'p');
        assert_eq!(vote, ScaleVote::default());
    }
}
