//! Whether a goal is in effect, and on which day it is judged.

use crate::day::Day;
use crate::facts::{Goal, Student};
use crate::line::bounds;
use crate::reasons::{Reason, Reasons};

/// A goal on the day of the run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Currency {
    /// Begin ≤ as_of ≤ end, and no later plan of the student is in effect.
    pub(crate) current: bool,
    /// Day of the verdict: the run's, or the goal's last one.
    pub(crate) as_of: Day,
    pub(crate) reasons: Reasons,
}

impl Currency {
    /// Of a measure without a goal.
    pub(crate) fn always(as_of: Day) -> Self {
        Self { current: true, as_of, reasons: Reasons::default() }
    }

    pub(crate) fn of(goal: &Goal, student: Option<&Student>, last_point: Option<Day>, as_of: Day) -> Self {
        let mut found = Self::always(as_of);
        let (begin, end) = bounds(goal, last_point);
        // A goal of a plan is older than what follows that plan, whenever the goal itself begins.
        let stands_since = goal.plan.and_then(|(start, _)| start).or(begin);
        let in_effect = |plan: &&crate::facts::Plan| plan.start <= as_of && plan.end.is_none_or(|end| as_of <= end);
        let later = |plan: &&crate::facts::Plan| {
            stands_since.is_some_and(|since| plan.start > since) && goal.plan.is_none_or(|(_, root)| plan.root != root)
        };
        let plans = student.map_or(&[][..], |student| &student.plans);
        let next = plans.iter().filter(in_effect).filter(later).map(|plan| plan.start).min();
        if begin.is_some_and(|begin| as_of < begin) {
            found.reasons.add(Reason::NotBegun);
        } else if end.is_some_and(|end| end < as_of) {
            found.reasons.add(Reason::Ended);
        } else if next.is_some() {
            found.reasons.add(Reason::Superseded);
        } else {
            return found;
        }
        found.current = false;
        let last = [end, next.map(|start| start - 1)].into_iter().flatten().min();
        found.as_of = last.map_or(as_of, |last| last.min(as_of));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::day;
    use crate::facts::Plan;

    fn at(text: &str) -> Day {
        day(text.parse().expect("a date"))
    }

    fn check(goal: &Goal, plans: &[Plan], last: Option<&str>, as_of: &str, expected: (bool, &str, Option<&str>)) {
        let student = Student { plans: plans.to_vec(), calendar: 0 };
        let found = Currency::of(goal, Some(&student), last.map(at), at(as_of));
        assert_eq!((found.current, found.as_of, found.reasons.text().as_deref()), (expected.0, at(expected.1), expected.2));
    }

    #[test]
    fn dates_of_goal_or_plan() {
        let goal = Goal { begin: Some(at("2025-10-01")), end: Some(at("2026-09-30")), ..Goal::default() };
        check(&goal, &[], None, "2025-10-01", (true, "2025-10-01", None));
        check(&goal, &[], None, "2026-09-30", (true, "2026-09-30", None));
        check(&goal, &[], None, "2026-10-01", (false, "2026-09-30", Some("ended")));
        check(&goal, &[], None, "2025-09-30", (false, "2025-09-30", Some("not_begun")));
        check(&Goal::default(), &[], None, "2025-09-30", (true, "2025-09-30", None));
    }

    #[test]
    fn school_year_of_the_last_point() {
        check(&Goal::default(), &[], Some("2026-02-01"), "2026-06-30", (true, "2026-06-30", None));
        check(&Goal::default(), &[], Some("2026-02-01"), "2026-09-10", (false, "2026-06-30", Some("ended")));
    }

    #[test]
    fn later_plan() {
        let plan = |root, start: &str, end: &str| Plan { root, start: at(start), end: Some(at(end)) };
        let of = |root, start: &str, end: &str| Goal {
            plan: Some((Some(at(start)), root)),
            begin: Some(at(start)),
            end: Some(at(end)),
            ..Goal::default()
        };
        let goal = of(1, "2025-10-01", "2026-09-30");
        let plans = [plan(1, "2025-10-01", "2026-09-30"), plan(2, "2026-03-01", "2027-02-28")];
        check(&goal, &plans, None, "2026-02-28", (true, "2026-02-28", None));
        check(&goal, &plans, None, "2026-03-01", (false, "2026-02-28", Some("superseded")));
        // An amendment is the same plan.
        check(&goal, &[plans[0], plan(1, "2026-03-01", "2026-09-30")], None, "2026-04-01", (true, "2026-04-01", None));
        check(&of(2, "2026-03-01", "2027-02-28"), &plans, None, "2026-04-01", (true, "2026-04-01", None));
        // Without a plan: the plan that came after its first day.
        check(&Goal::default(), &plans[1..], Some("2026-02-01"), "2026-04-01", (false, "2026-02-28", Some("superseded")));
    }
}
