//! Why a verdict is what it is: the codes of `flags.reasons`.

macro_rules! reasons {
    ($($name:ident $code:literal $text:literal;)*) => {
        /// One reason.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Reason { $($name,)* }

        /// All codes of `flags.reasons` in the order in which they are written, with what they mean.
        pub const REASONS: &[(&str, &str)] = &[$(($code, $text),)*];
    };
}

reasons! {
    FromObjectives "from_objectives" "The goal has no points of its own: this is the worst status of its objectives.";
    DirectionUnknown "direction_unknown" "Nothing says whether more or less is better.";
    WrongSide "wrong_side" "The target lies on the wrong side of the stated baseline.";
    DateOrder "date_order" "The target's date is not after the baseline's.";
    ScalesDiffer "scales_differ" "The target is a count, but the points are counts over times of observation that differ.";
    NoMeasure "no_measure" "Nothing is measured for the goal.";
    NoTargetValue "no_target_value" "No number is stated as the target.";
    NoTargetDate "no_target_date" "No date for the target, no end of the goal or plan.";
    LevelChanged "level_changed" "The form level changed, and the target was not stated again.";
    OnlyBeforeBaseline "only_before_baseline" "All points are older than the baseline's date.";
    NoDates "no_dates" "The points have session numbers only; no line over time can be drawn.";
    FamilyNotModelled "family_not_modelled" "Prompt levels and mastery get no line; only k of n is judged.";
    NoCriterion "no_criterion" "No k of n is stated.";
    OrdinalAsNumber "ordinal_as_number" "Levels of a rubric are taken as numbers.";
    Maintenance "maintenance" "The target is the baseline: the level should hold.";
    BaselineBeyondTarget "baseline_beyond_target" "The first three points were at the target or better; it is judged as a level to hold.";
    FirstPhaseShort "first_phase_short" "The first phase has fewer than three points, which a baseline needs.";
    NewPhase "new_phase" "A new phase or level has too few points yet.";
    FewPoints "few_points" "Too few points.";
    ShortSpan "short_span" "Too few weeks between the first point and the last.";
    AfterTargetDate "after_target_date" "The target's date has passed.";
    Held "held" "The latest look alone would not flag it; a flag is cleared by two looks in a row.";
    UndatedPoints "undated_points" "Points without a date stand beside dated ones and are not used.";
    WithoutMinutes "without_minutes" "Counts without a time of observation are not used.";
    NotBegun "not_begun" "Not current: the goal has not begun.";
    Ended "ended" "Not current: the goal has ended.";
    Superseded "superseded" "Not current: a later plan is in effect.";
}

impl Reason {
    /// The code as it is written.
    pub(crate) fn code(self) -> &'static str {
        REASONS.get(self as usize).map_or("", |(code, _)| code)
    }
}

/// A set of reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Reasons(u32);

impl Reasons {
    pub(crate) fn add(&mut self, reason: Reason) {
        self.0 |= 1 << reason as u32;
    }

    pub(crate) fn add_if(&mut self, condition: bool, reason: Reason) {
        if condition {
            self.add(reason);
        }
    }

    pub(crate) fn has(self, reason: Reason) -> bool {
        self.0 & (1 << reason as u32) != 0
    }

    pub(crate) fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// The codes, separated by spaces.
    pub(crate) fn text(self) -> Option<String> {
        let codes = REASONS.iter().enumerate().filter(|(index, _)| self.0 & (1 << index) != 0).map(|(_, (code, _))| *code);
        let text = codes.collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_in_order() {
        let mut reasons = Reasons::default();
        assert_eq!(reasons.text(), None);
        reasons.add(Reason::Superseded);
        reasons.add(Reason::FromObjectives);
        assert_eq!(reasons.text().as_deref(), Some("from_objectives superseded"));
        assert!(reasons.has(Reason::Superseded) && REASONS.len() <= 32);
    }
}
