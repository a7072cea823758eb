//! One look at a measure: the status that its points up to a day support.

use crate::day::{Calendar, Day};
use crate::facts::Family;
use crate::line::{Case, Line};
use crate::points::Point;
use crate::reasons::{Reason, Reasons};
use crate::strata::Carried;
use crate::working::{Task, Working};
use aimline_trend::prior::{Evidence, Posterior, Series};
use aimline_trend::{
    Mode, Ols, Position, Probabilities, RulePoints, Status, StatusInput, TheilSenScratch, is_tie, level_met, mastery, median,
    ols, own_line, own_points_still_needed, resolution, status, trend_position,
};

/// Points at which the ceiling is looked for, and how many of them must be there.
const CEILING: (usize, usize) = (6, 3);
/// Two years of weekly points.
const MOST_POINTS_NEEDED: u32 = 104;

/// Buffers of one thread.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    pub(crate) x: Vec<f64>,
    pub(crate) y: Vec<f64>,
    pub(crate) theil_sen: TheilSenScratch,
    values: Vec<f64>,
    passes: Vec<bool>,
}

impl Buffers {
    /// Fills x and y with the points; x from `origin`.
    pub(crate) fn fill(&mut self, case: &Case<'_>, points: &[Point], origin: i32) {
        self.x.clear();
        self.x.extend(points.iter().map(|point| case.x(point.at, origin)));
        self.y.clear();
        self.y.extend(points.iter().map(|point| point.y));
    }
}

/// What a look found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Look {
    pub(crate) status: Status,
    pub(crate) reasons: Reasons,
    pub(crate) line: Line,
    /// Index of the current segment's first point; the number of points when a new phase has none yet.
    pub(crate) segment: usize,
    /// Points that count, in all segments.
    pub(crate) n_points: usize,
    pub(crate) fit: Option<Ols>,
    /// The same on its family's scale.
    pub(crate) working: Option<Working>,
    pub(crate) probabilities: Option<Probabilities>,
    /// Where a prior carries the goal.
    pub(crate) posterior: Option<Posterior>,
    /// The step in which the measure is recorded.
    pub(crate) resolution: f64,
}

/// Index of the first point of the last form level.
fn level_start(points: &[Point]) -> usize {
    points.iter().rposition(|point| point.relevels).unwrap_or(0)
}

/// Looks at `points`, which are all up to `as_of`.
pub(crate) fn look(case: &Case<'_>, calendar: &Calendar, points: &[Point], as_of: Day, buffers: &mut Buffers) -> Look {
    let (mut look, mut input) = Look::before_the_fit(case, calendar, points, as_of, buffers);
    look.working = look.fit(case, points, &mut input, buffers);
    look.posterior = look.working.as_ref().zip(case.carried).and_then(|(working, carried)| posterior(working, carried, buffers));
    let own = || look.working.as_ref().and_then(|working| own_line(&working.line, &working.against));
    look.probabilities = look.posterior.map(|posterior| posterior.probabilities).or_else(own);
    input.probabilities = look.probabilities;
    look.status = status(&input, &case.settings.thresholds);
    look.explain(case, points, &input, as_of);
    look
}

/// The status only: the line is not fitted where the verdict does not rest on it.
fn status_at(case: &Case<'_>, calendar: &Calendar, points: &[Point], as_of: Day, buffers: &mut Buffers) -> Status {
    let (mut look, mut input) = Look::before_the_fit(case, calendar, points, as_of, buffers);
    let thresholds = &case.settings.thresholds;
    // Without probabilities `insufficient` is where the data begin to speak.
    let before = status(&input, thresholds);
    let speaks = thresholds.limits.own_suffices(input.n, input.span_weeks);
    if case.settings.mode != Mode::Classical && (before != Status::Insufficient || !speaks) {
        return before;
    }
    let working = look.fit(case, points, &mut input, buffers);
    let drawn = working.as_ref().zip(case.carried).and_then(|(working, carried)| posterior(working, carried, buffers));
    let reached = || working.as_ref().and_then(|working| case.settings.quantiles.reached(&working.line, &working.against));
    input.probabilities = drawn.map(|drawn| drawn.probabilities).or_else(reached);
    status(&input, thresholds)
}

/// The slope drawn toward that of its stratum; `None` where the line is not on the prior's scale. `buffers` hold the points.
fn posterior(working: &Working, carried: Carried<'_>, buffers: &Buffers) -> Option<Posterior> {
    if working.scale != carried.facts.scale {
        return None;
    }
    carried.posteriors.of(&widened(working, carried, buffers), &working.against)
}

/// The line with errors that hang together as its stratum's do.
fn widened(working: &Working, carried: Carried<'_>, buffers: &Buffers) -> Evidence {
    let values = working.values.as_deref(&buffers.y);
    let series = values.filter(|_| carried.phi > 0.0).and_then(|values| Series::new(&buffers.x, values, carried.facts.lag()));
    series.map_or(working.line, |series| working.line.with(&series.factors(carried.phi)))
}

impl Look {
    /// All but the line: a look without a fit, and what its status depends on.
    fn before_the_fit(
        case: &Case<'_>,
        calendar: &Calendar,
        points: &[Point],
        as_of: Day,
        buffers: &mut Buffers,
    ) -> (Self, StatusInput) {
        let line = Line::of(case, points, level_start(points));
        let last = points.last().map(|point| point.at);
        let changed = |last: Day| case.measure.changes.iter().any(|(from, _)| last < *from && *from <= as_of);
        let pending = !case.by_session && last.is_some_and(changed);
        let used = points.get(line.used..).unwrap_or_default();
        let segment = match used.iter().skip(1).rposition(|point| point.breaks) {
            _ if pending => points.len(),
            Some(place) => line.used + place + 1,
            None => line.used,
        };
        let current = points.get(segment..).unwrap_or_default();
        let n_points = points.len() - (line.used - line.start);
        let settled = line.invalid || !line.has_target(case);
        let input = StatusInput {
            mode: case.settings.mode,
            invalid_goal: line.invalid,
            has_target: line.has_target(case),
            n_points,
            met: is_met(case, &line, used, buffers),
            no_slope: case.measure.family.has_no_slope() || case.by_session,
            has_baseline: line.baseline.is_some(),
            first_three: case.settings.first_three,
            ceiling: !settled && at_ceiling(case, current),
            stale: !settled && !case.by_session && is_stale(case, calendar, points, as_of, buffers),
            n: current.len(),
            span_weeks: span(current),
            maintenance: line.holds(case.worse()),
            worse: case.worse(),
            probabilities: None,
            rule_4pt: Position::Insufficient,
            rule_trend: Position::Insufficient,
        };
        let look = Self {
            status: Status::Uncertain,
            reasons: line.reasons,
            line,
            segment,
            n_points,
            fit: None,
            working: None,
            probabilities: None,
            posterior: None,
            resolution: 1.0,
        };
        (look, input)
    }

    /// Fits the line of the current segment; answers with the one on its family's scale, and what that is held against.
    fn fit(&mut self, case: &Case<'_>, points: &[Point], input: &mut StatusInput, buffers: &mut Buffers) -> Option<Working> {
        let current = points.get(self.segment..).unwrap_or_default();
        let (aim, origin) = (self.line.aim?, self.line.x_b?);
        if case.measure.family.has_no_slope() || current.is_empty() {
            return None;
        }
        let used = points.get(self.line.used..).unwrap_or_default();
        self.resolution = resolution_of(case.measure.family, used, &mut buffers.values);
        buffers.fill(case, current, origin);
        self.fit = ols(&buffers.x, &buffers.y);
        let probes = self.line.rule_start(self.segment) - self.segment;
        let (x, y) = (buffers.x.get(probes..).unwrap_or_default(), buffers.y.get(probes..).unwrap_or_default());
        let limits = &case.settings.thresholds.limits;
        let slope = self.fit.map(|fit| fit.slope);
        input.rule_4pt = RulePoints::new(x, y, aim, input.n, input.span_weeks).k_point(4, limits).position;
        input.rule_trend = trend_position(slope, aim.need(), input.n, input.span_weeks, limits).position;
        let task = Task {
            family: case.measure.family,
            points: current,
            x: &buffers.x,
            y: &buffers.y,
            fit: self.fit.as_ref()?,
            aim,
            worse: case.worse(),
            kappa: case.settings.kappa,
            resolution: self.resolution,
        };
        Some(task.working())
    }

    fn explain(&mut self, case: &Case<'_>, points: &[Point], input: &StatusInput, as_of: Day) {
        let family = case.measure.family;
        let reasons = &mut self.reasons;
        reasons.add_if(family == Family::Rubric, Reason::OrdinalAsNumber);
        reasons.add_if(self.status == Status::NoData && !points.is_empty(), Reason::OnlyBeforeBaseline);
        reasons.add_if(case.x_g.is_some_and(|x_g| x_g < as_of), Reason::AfterTargetDate);
        if self.status == Status::Uncertain {
            reasons.add_if(family.has_no_slope(), Reason::FamilyNotModelled);
            reasons.add_if(family.has_no_slope() && case.measure.criterion.is_none(), Reason::NoCriterion);
            reasons.add_if(case.by_session && !family.has_no_slope(), Reason::NoDates);
        }
        if self.status == Status::Insufficient {
            let limits = &case.settings.thresholds.limits;
            let (n, weeks) = match input.mode {
                Mode::Posterior | Mode::OwnData => (limits.min_own, limits.min_weeks_own),
                Mode::Classical => (limits.min_points, limits.min_weeks_points),
            };
            let (few, short) = (input.n < n, input.n >= n && input.span_weeks < weeks);
            reasons.add_if((few || short) && (self.segment > self.line.used || self.line.start > 0), Reason::NewPhase);
            reasons.add_if(few, Reason::FewPoints);
            reasons.add_if(short, Reason::ShortSpan);
        }
    }

    /// Further weekly points that would tell the slope from the needed one. `buffers` hold the points.
    pub(crate) fn points_needed(&self, case: &Case<'_>, points: &[Point], buffers: &Buffers) -> Option<u32> {
        let (origin, last) = (self.line.x_b?, points.last()?.at);
        let gamma = case.settings.thresholds.gamma_slow;
        let (n, x_last) = (points.len() - self.segment, case.x(last, origin));
        let Working { line, against, .. } = self.working.as_ref()?;
        match case.carried.filter(|_| self.posterior.is_some()) {
            Some(carried) => {
                let line = widened(self.working.as_ref()?, carried, buffers);
                carried.posteriors.points_still_needed(&line, n, x_last, against, gamma, MOST_POINTS_NEEDED)
            }
            None => own_points_still_needed(line, n, x_last, against, gamma, MOST_POINTS_NEEDED),
        }
    }
}

/// Weeks from the first point to the last.
pub(crate) fn span(points: &[Point]) -> f64 {
    match points {
        [first, .., last] => f64::from(last.at - first.at) / 7.0,
        _ => 0.0,
    }
}

fn resolution_of(family: Family, used: &[Point], values: &mut Vec<f64>) -> f64 {
    values.clear();
    if family == Family::Trials {
        values.extend(used.iter().map(|point| point.size).filter(|trials| trials.is_finite()));
        if let Some(trials) = median(values) {
            return 100.0 / trials;
        }
    }
    values.clear();
    values.extend(used.iter().map(|point| point.y));
    resolution(values)
}

fn is_met(case: &Case<'_>, line: &Line, used: &[Point], buffers: &mut Buffers) -> bool {
    let worse = case.worse();
    if case.measure.family.has_no_slope() {
        let better = |y: f64, target: f64| is_tie(y, target) || worse.sign() * (y - target) > 0.0;
        // Without a number, a session passes or fails: 1 or 0.
        buffers.passes.clear();
        buffers.passes.extend(used.iter().map(|point| line.target.map_or(point.y > 0.0, |target| better(point.y, target))));
        return case.measure.criterion.is_some_and(|(k, n)| mastery(&buffers.passes, k, n).is_some());
    }
    let latest = used.get(used.len().saturating_sub(3)..).unwrap_or_default();
    let (Some(target), [a, b, c]) = (line.target, latest) else { return false };
    level_met(&[a.y, b.y, c.y], target, worse)
}

fn at_ceiling(case: &Case<'_>, current: &[Point]) -> bool {
    let (of, at_least) = CEILING;
    let Some(best) = case.measure.family.best(case.worse()) else { return false };
    let Some(latest) = current.len().checked_sub(of).and_then(|from| current.get(from..)) else { return false };
    latest.iter().filter(|point| is_tie(point.y, best)).count() >= at_least
}

/// as_of − the last day, less breaks, exceeds 30 days and twice the median gap between the goal's dates.
fn is_stale(case: &Case<'_>, calendar: &Calendar, points: &[Point], as_of: Day, buffers: &mut Buffers) -> bool {
    let Some(last) = points.last() else { return false };
    let silent = calendar.days_between(last.at, as_of);
    if silent <= case.settings.stale_days {
        return false;
    }
    buffers.values.clear();
    let gaps = points.windows(2).map(|pair| f64::from(pair[1].at - pair[0].at)).filter(|gap| *gap > 0.0);
    buffers.values.extend(gaps);
    f64::from(silent) > 2.0 * median(&mut buffers.values).unwrap_or(0.0)
}

/// Status of the present, and the first data day of the unbroken run of looks with it; `as_of` when the latest look had another.
///
/// A flag is cleared by two looks in a row without one (by one where the rule set says so): a single better score is no reason to
/// call off a meeting.
pub(crate) fn since(
    case: &Case<'_>,
    calendar: &Calendar,
    points: &[Point],
    present: &Look,
    as_of: Day,
    buffers: &mut Buffers,
) -> (Status, Day) {
    let mut at = |end: usize| -> Option<(Status, Day, usize)> {
        let day = end.checked_sub(1).map(|last| points[last].at).filter(|_| !case.by_session)?;
        let known = points.get(..end).unwrap_or_default();
        Some((status_at(case, calendar, known, day, buffers), day, known.partition_point(|point| point.at < day)))
    };
    let holds = |raw: Status| case.settings.persist > 1 && raw.clears_a_flag();
    let held = |raw: Status, before: Option<Status>| before.filter(|before| holds(raw) && before.is_a_flag()).unwrap_or(raw);
    let mut here = at(points.len());
    let mut before = here.filter(|_| holds(present.status)).and_then(|(_, _, earlier)| at(earlier));
    let status = held(present.status, before.map(|(status, ..)| status));
    let mut first = as_of;
    while let Some((raw, day, earlier)) = here {
        let known = before.take().or_else(|| at(earlier));
        if held(raw, known.map(|(status, ..)| status)) != status {
            break;
        }
        (first, here) = (day, known);
    }
    (status, first)
}
