//! Where the aimline begins and ends.

use crate::config::MonthDay;
use crate::day::{Day, date, day, school_year_of};
use crate::facts::{Goal, Measure, Settings};
use crate::points::{Point, Series};
use crate::reasons::{Reason, Reasons};
use crate::strata::Carried;
use aimline_model::school_year;
use aimline_trend::{Aimline, Side, is_tie, median3};

/// A measure with all that its lines depend on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Case<'a> {
    pub(crate) measure: &'a Measure,
    pub(crate) goal: Option<&'a Goal>,
    pub(crate) settings: &'a Settings,
    pub(crate) by_session: bool,
    /// See [`Series::factor`].
    pub(crate) factor: Option<f64>,
    /// When the target is due.
    pub(crate) x_g: Option<Day>,
    /// The prior that carries it.
    pub(crate) carried: Option<Carried<'a>>,
}

impl<'a> Case<'a> {
    pub(crate) fn new(measure: &'a Measure, goal: Option<&'a Goal>, settings: &'a Settings, series: &Series, as_of: Day) -> Self {
        let year_end = || school_year_end(settings.school_year_end?, series.last_day().unwrap_or(as_of));
        let x_g = measure.target_day.or_else(|| goal?.end).or_else(year_end);
        Self { measure, goal, settings, by_session: series.by_session, factor: series.factor, x_g, carried: None }
    }

    /// The bad side; of a measure whose direction nobody knows, below.
    pub(crate) fn worse(&self) -> Side {
        self.measure.worse.unwrap_or(Side::Below)
    }

    /// Weeks from `origin`, or sessions.
    pub(crate) fn x(&self, at: i32, origin: i32) -> f64 {
        let apart = f64::from(at) - f64::from(origin);
        if self.by_session { apart } else { apart / 7.0 }
    }
}

/// The configured end of the school year that holds `of`.
fn school_year_end(end: MonthDay, of: Day) -> Option<Day> {
    end.in_school_year(school_year(date(of)?)).map(day)
}

/// The aimline of the points of one form level, through all its phases, and what does not count for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Line {
    /// Index of the level's first point.
    pub(crate) start: usize,
    /// Index of the first point that counts.
    pub(crate) used: usize,
    /// Index of the first point after the baseline probes.
    pub(crate) after_probes: usize,
    pub(crate) baseline: Option<f64>,
    /// stated, text, first_three, none.
    pub(crate) source: &'static str,
    /// x_B, which is also the origin of x; on the session axis the first session.
    pub(crate) x_b: Option<i32>,
    pub(crate) target: Option<f64>,
    /// On the calendar, and when the target's date is after the baseline's; the origin of x is x_B.
    pub(crate) aim: Option<Aimline>,
    /// Reasons of the line itself.
    pub(crate) reasons: Reasons,
    /// The goal contradicts itself.
    pub(crate) invalid: bool,
}

impl Line {
    /// The line of the level whose points are `points[start..]`, with what is known by then.
    pub(crate) fn of(case: &Case<'_>, points: &[Point], start: usize) -> Self {
        let own = points.get(start..).unwrap_or_default();
        let mut line = Self {
            start,
            used: start,
            after_probes: start,
            baseline: None,
            source: "none",
            x_b: None,
            target: None,
            aim: None,
            reasons: Reasons::default(),
            invalid: false,
        };
        line.set_baseline(case, own);
        line.set_target(case, points);
        line.check(case);
        if let (Some(x_b), Some(b), Some(x_g), Some(g), false) = (line.x_b, line.baseline, case.x_g, line.target, case.by_session)
        {
            line.aim = Aimline::new(0.0, b, case.x(x_g, x_b), g);
        }
        line
    }

    fn set_baseline(&mut self, case: &Case<'_>, own: &[Point]) {
        let goal_begin = case.goal.and_then(|goal| goal.begin);
        let first = own.first().map(|point| point.at);
        let stated = case.measure.baseline.filter(|_| self.start == 0);
        let first_phase = own.iter().skip(1).position(|point| point.breaks).map_or(own.len(), |place| place + 1);
        if let (None, true, [a, b, c, ..]) = (stated, case.settings.first_three, &own[..first_phase]) {
            self.baseline = Some(median3(a.y, b.y, c.y)).filter(|value| value.is_finite());
            self.source = "first_three";
            // The points are in order of time: the second has the median date.
            self.x_b = Some(b.at);
            self.after_probes += 3 + own[3..].iter().take_while(|point| point.at <= b.at).count();
            return;
        }
        let stated_day = stated.and_then(|(_, day, _)| day);
        if let Some((value, _, source)) = stated {
            self.baseline = case.factor.map(|factor| value * factor);
            self.source = source;
        } else {
            self.reasons.add_if(case.settings.first_three && first_phase < own.len(), Reason::FirstPhaseShort);
        }
        // Only the first level has a baseline outside its points.
        let outside = if self.start == 0 { stated_day.or(goal_begin) } else { None };
        self.x_b = if case.by_session { first } else { outside.or(first) };
        if let (Some(x_b), false) = (self.x_b, case.by_session) {
            let before = own.iter().take_while(|point| point.at < x_b).count();
            let probes = own[before..].iter().take_while(|point| self.baseline.is_some() && point.at == x_b).count();
            self.used = self.start + before;
            self.after_probes = self.used + probes;
        }
    }

    fn set_target(&mut self, case: &Case<'_>, points: &[Point]) {
        let level = |at: usize| points.get(at).map_or(0, |point| point.level);
        let restated = level(self.start) == if case.measure.level == 0 { level(0) } else { case.measure.level };
        if self.start > 0 && !restated {
            self.reasons.add(Reason::LevelChanged);
        } else if case.measure.target.is_none() {
            self.reasons.add_if(!case.measure.family.has_no_slope() || case.measure.criterion.is_none(), Reason::NoTargetValue);
        } else {
            self.target = case.measure.target.and_then(|value| Some(value * case.factor?));
        }
        self.reasons.add_if(case.x_g.is_none(), Reason::NoTargetDate);
    }

    fn check(&mut self, case: &Case<'_>) {
        let worse = case.worse().sign();
        let scales = case.factor.is_none() && (case.measure.target.is_some() || case.measure.baseline.is_some());
        let order = !case.by_session && matches!((self.x_b, case.x_g), (Some(x_b), Some(x_g)) if x_g <= x_b);
        let mut behind = false;
        if let (Some(baseline), Some(target), Some(_)) = (self.baseline, self.target, case.measure.worse) {
            behind = worse * (target - baseline) < 0.0 && !is_tie(target, baseline);
            self.reasons.add_if(is_tie(target, baseline), Reason::Maintenance);
        }
        let own = self.source == "first_three";
        for (wrong, reason) in [
            (case.measure.worse.is_none(), Reason::DirectionUnknown),
            (behind && !own, Reason::WrongSide),
            (order, Reason::DateOrder),
            (scales, Reason::ScalesDiffer),
        ] {
            self.reasons.add_if(wrong, reason);
            self.invalid |= wrong;
        }
        self.reasons.add_if(behind && own, Reason::BaselineBeyondTarget);
    }

    /// There is something to reach, and a day for it.
    pub(crate) fn has_target(&self, case: &Case<'_>) -> bool {
        let by_criterion = case.measure.family.has_no_slope() && case.measure.criterion.is_some();
        let level_holds = !self.reasons.has(Reason::LevelChanged);
        (self.target.is_some() || by_criterion && level_holds) && case.x_g.is_some()
    }

    /// The rule points of a segment that begins at `segment`: not the baseline probes, which only the first segment has.
    pub(crate) fn rule_start(&self, segment: usize) -> usize {
        if segment == self.used { self.after_probes } else { segment }
    }

    /// No slope to make: the target is the baseline, or the first three points reached it.
    pub(crate) fn holds(&self, worse: Side) -> bool {
        match (self.baseline, self.target) {
            (Some(b), Some(g)) => is_tie(g, b) || worse.sign() * (g - b) < 0.0,
            _ => false,
        }
    }
}

/// First and last day of a goal; what neither it nor its plan says is the school year of its last point.
pub(crate) fn bounds(goal: &Goal, last_point: Option<Day>) -> (Option<Day>, Option<Day>) {
    let year = || school_year_of(last_point?);
    (goal.begin.or_else(|| Some(year()?.0)), goal.end.or_else(|| Some(year()?.1)))
}
