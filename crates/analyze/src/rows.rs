//! The rows of `trends` and `flags` of one measure.

use crate::currency::Currency;
use crate::day::{Calendar, Day, date};
use crate::facts::{Family, Goal, Labels, Measure, Settings, World};
use crate::line::{Case, Line};
use crate::look::{Buffers, Look, look, since, span};
use crate::points::{Point, Series};
use crate::reasons::{Reason, Reasons};
use crate::strata::{Candidate, Carried, Facts, is_daily};
use aimline_model::analysis::{Flag, Trend};
use aimline_trend::prior::{self, LagGrid};
use aimline_trend::{Mode, Ols, Position, RulePoints, Side, Status, TheilSen, median, ols, trend_position};
use std::ops::Range;

/// The rung below the last.
const OWN_DATA: &str = "own_data";

/// What one measure came to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) trends: Vec<Trend>,
    /// What its goal's row would be.
    pub(crate) flag: Option<Flag>,
    /// Analysis points that count.
    pub(crate) n_points: usize,
    /// Scored rows, for the choice of the primary measure.
    pub(crate) n_rows: usize,
    /// What it says of its strata.
    pub(crate) candidate: Option<Candidate>,
}

/// Everything about a measure's points.
pub(crate) struct Subject<'a> {
    pub(crate) case: Case<'a>,
    pub(crate) calendar: &'a Calendar,
    pub(crate) points: &'a [Point],
    pub(crate) as_of: Day,
    pub(crate) reasons: Reasons,
}

/// A measure with its points up to the day on which it is judged.
struct Placed<'a> {
    measure: &'a Measure,
    goal: Option<&'a Goal>,
    calendar: &'a Calendar,
    currency: Currency,
    n_rows: usize,
}

impl<'a> Placed<'a> {
    /// Drops what is later than `as_of`, or than the goal's last day.
    fn new(world: &'a World, place: usize, series: &mut Series, as_of: Day) -> Option<Self> {
        let measure = world.measures.get(place)?;
        let goal = measure.goal.and_then(|goal| world.goals.get(goal as usize));
        let calendar = world.calendar(goal)?;
        series.until(as_of);
        let n_rows = series.points.iter().map(|point| point.rows as usize).sum();
        let currency = match goal {
            Some(goal) => Currency::of(goal, world.student(goal), series.last_day(), as_of),
            None => Currency::always(as_of),
        };
        series.until(currency.as_of);
        Some(Self { measure, goal, calendar, currency, n_rows })
    }

    fn subject<'b>(&self, settings: &'b Settings, series: &'b Series, carried: Option<Carried<'b>>) -> Subject<'b>
    where
        'a: 'b,
    {
        let case = Case::new(self.measure, self.goal, settings, series, self.currency.as_of);
        Subject {
            case: Case { carried, ..case },
            calendar: self.calendar,
            points: &series.points,
            as_of: self.currency.as_of,
            reasons: series.reasons.and(self.currency.reasons),
        }
    }
}

/// Judges a measure by its points up to `as_of`, or to its goal's last day, from its own data.
pub(crate) fn outcome(
    world: &World,
    settings: &Settings,
    place: usize,
    mut series: Series,
    as_of: Day,
    buffers: &mut Buffers,
) -> Option<Outcome> {
    let placed = Placed::new(world, place, &mut series, as_of)?;
    let subject = placed.subject(settings, &series, None);
    let present = look(&subject.case, subject.calendar, subject.points, subject.as_of, buffers);
    let candidate = subject.candidate(&present, buffers);
    let (n_points, n_rows) = (present.n_points, placed.n_rows);
    let (trends, theil_sen) = subject.trends(&world.labels, &present, buffers);
    let flag = placed
        .goal
        .map(|goal| Flag { goal_key: goal.key.clone(), ..subject.flag(present, theil_sen, placed.currency.current, buffers) });
    Some(Outcome { trends, flag, n_points, n_rows, candidate })
}

/// A goal that a prior carries, and its row without one.
#[derive(Clone, Copy)]
pub(crate) struct Anew<'a> {
    pub(crate) carried: Carried<'a>,
    pub(crate) before: &'a Flag,
}

/// Judges a goal anew with its prior.
pub(crate) fn with_prior(
    world: &World,
    settings: &Settings,
    place: usize,
    mut series: Series,
    as_of: Day,
    Anew { carried, before }: Anew<'_>,
    buffers: &mut Buffers,
) -> Option<Flag> {
    let placed = Placed::new(world, place, &mut series, as_of)?;
    let subject = placed.subject(settings, &series, Some(carried));
    let present = look(&subject.case, subject.calendar, subject.points, subject.as_of, buffers);
    let flag = subject.flag(present, None, placed.currency.current, buffers);
    // The robust slope does not change; it is the dearest to compute.
    Some(Flag { goal_key: before.goal_key.clone(), rule_trend_ts: before.rule_trend_ts, ..flag })
}

impl Subject<'_> {
    /// What the current segment says of the goals on the same measure, where there is enough of it.
    fn candidate(&self, present: &Look, buffers: &mut Buffers) -> Option<Candidate> {
        let case = &self.case;
        let points = self.points.get(present.segment..).unwrap_or_default();
        let enough = case.settings.thresholds.limits.own_suffices(points.len(), span(points));
        let lent = case.goal.is_some() && !case.by_session && case.measure.family != Family::Rubric;
        if case.settings.mode != Mode::Posterior || !enough || !lent {
            return None;
        }
        let (working, origin) = (present.working.as_ref()?, present.line.x_b?);
        buffers.fill(case, points, origin);
        let level = points.last().map_or(0, |point| point.level);
        let daily = is_daily(points.iter().map(|point| point.at));
        let facts = Facts { kind: case.measure.kind, level, daily, scale: working.scale };
        let values = working.values.as_deref(&buffers.y);
        let series = values.and_then(|values| prior::Series::new(&buffers.x, values, facts.lag()));
        Some(Candidate { facts, line: working.line, lags: series.map(|series| Box::new(LagGrid::of(&series))) })
    }

    /// The rows of all segments, and the Theil–Sen slope of the current one.
    fn trends(&self, labels: &Labels, present: &Look, buffers: &mut Buffers) -> (Vec<Trend>, Option<f64>) {
        let mut rows = Vec::new();
        let mut current = None;
        let mut start = 0;
        while start < self.points.len() {
            let level_end = |from: usize| self.points[from..].iter().position(|point| point.relevels);
            let end = level_end(start + 1).map_or(self.points.len(), |more| start + 1 + more);
            let line = Line::of(&self.case, &self.points[..end], start);
            let mut n_pre = (line.used - start) as i64;
            let mut first = line.used;
            while first < end {
                let next = self.points[first + 1..end].iter().position(|point| point.breaks);
                let stop = next.map_or(end, |more| first + 1 + more);
                let segment = rows.len() as i64 + 1;
                let is_current = first == present.segment;
                let (row, slope) = self.trend(&line, first..stop, is_current, buffers);
                rows.push(Trend { segment, segment_label: self.label(labels, first), n_pre, ..row });
                if is_current {
                    current = slope;
                }
                (first, n_pre) = (stop, 0);
            }
            start = end;
        }
        // A phase that has no points yet, all points too old, or none at all but a target.
        if present.segment == self.points.len() && (!self.points.is_empty() || self.case.measure.target.is_some()) {
            let (row, _) = self.trend(&present.line, self.points.len()..self.points.len(), true, buffers);
            let n_pre = if rows.is_empty() { (present.line.used - present.line.start) as i64 } else { 0 };
            let pending = self.case.measure.changes.iter().rfind(|(from, _)| *from <= self.as_of);
            let segment_label = pending.and_then(|(_, label)| labels.get(*label)).map(str::to_owned);
            rows.push(Trend { segment: rows.len() as i64 + 1, segment_label, n_pre, ..row });
        }
        (rows, current)
    }

    fn label(&self, labels: &Labels, at: usize) -> Option<String> {
        let point = self.points.get(at)?;
        let parts = [labels.get(point.phase), labels.get(point.level)];
        let text = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        (!text.is_empty()).then_some(text)
    }

    fn trend(&self, line: &Line, segment: Range<usize>, current: bool, buffers: &mut Buffers) -> (Trend, Option<f64>) {
        let case = &self.case;
        let points = self.points.get(segment).unwrap_or_default();
        let day = |at: i32| if case.by_session { None } else { date(at) };
        let origin = line.x_b.unwrap_or_default();
        buffers.fill(case, points, origin);
        let sloped = !case.measure.family.has_no_slope();
        let fit = if sloped { ols(&buffers.x, &buffers.y) } else { None };
        let robust = if sloped { buffers.theil_sen.fit(&buffers.x, &buffers.y, case.settings.ci) } else { None };
        let ends = buffers.x.first().copied().zip(buffers.x.last().copied());
        let level_now = level_now(fit.as_ref(), ends.map(|(_, last)| last), &mut buffers.y);
        let needed = |level: f64| line.aim?.needed_from(case.x(self.as_of, origin), level);
        let interval = fit.and_then(|fit| case.settings.quantiles.slope_interval(&fit));
        let row = Trend {
            measure_key: case.measure.key.clone(),
            goal_key: case.measure.goal_key.clone(),
            student_key: case.measure.student_key.clone(),
            as_of: date(self.as_of),
            axis: if case.by_session { "session" } else { "calendar" },
            n: points.len() as i64,
            n_raw: points.iter().map(|point| i64::from(point.rows)).sum(),
            first_date: points.first().and_then(|point| day(point.at)),
            last_date: points.last().and_then(|point| day(point.at)),
            baseline: line.baseline,
            baseline_date: line.baseline.and(line.x_b).and_then(day),
            baseline_source: line.source.to_owned(),
            target: line.target,
            target_date: case.x_g.and_then(date),
            need_per_week: line.aim.map(|aim| aim.need()),
            slope_ols: fit.map(|fit| fit.slope),
            slope_ols_se: fit.and_then(|fit| fit.slope_se),
            slope_ols_lo: interval.map(|(lo, _)| lo),
            slope_ols_hi: interval.map(|(_, hi)| hi),
            intercept_ols: fit.zip(ends).map(|(fit, (first, _))| fit.at(first)),
            residual_sd: fit.and_then(|fit| fit.residual_sd),
            r2: fit.and_then(|fit| fit.r2),
            slope_ts: robust.map(|fit: TheilSen| fit.slope),
            slope_ts_lo: robust.and_then(|fit| fit.lo),
            slope_ts_hi: robust.and_then(|fit| fit.hi),
            ci: case.settings.ci,
            level_now,
            needed_from_now: if current { level_now.and_then(needed) } else { None },
            ruleset: case.settings.ruleset.clone(),
            ..Trend::default()
        };
        let slope_ts = row.slope_ts;
        (row, slope_ts)
    }

    /// The goal's row; its key, the reports and the order of attention are added later.
    fn flag(&self, mut present: Look, slope_ts: Option<f64>, current: bool, buffers: &mut Buffers) -> Flag {
        let case = &self.case;
        let points = self.points.get(present.segment..).unwrap_or_default();
        let limits = &case.settings.thresholds.limits;
        let (n, weeks) = (points.len(), span(points));
        let (status, since) = since(case, self.calendar, self.points, &present, self.as_of, buffers);
        present.reasons.add_if(status != present.status, Reason::Held);
        let carried = case.carried.filter(|_| present.posterior.is_some());
        let mode = if carried.is_some() { Mode::Posterior } else { without_prior(case.settings.mode) };
        let by_line = present.probabilities.is_some();
        let mut flag = Flag {
            measure_key: Some(case.measure.key.clone()),
            student_key: case.measure.student_key.clone(),
            as_of: date(self.as_of),
            status: status.as_str(),
            mode: mode.as_str(),
            worse: case.measure.worse.map(|side| side.as_str().to_owned()),
            n_used: n as i64,
            p_slow: present.probabilities.map(|p| p.p_slow),
            p_stall: present.probabilities.map(|p| p.p_stall),
            p_neg: present.probabilities.map(|p| p.p_neg),
            p_goal: present.probabilities.map(|p| p.p_goal),
            scale: present.working.as_ref().filter(|_| by_line).map(|working| working.scale.as_str().to_owned()),
            rung: by_line.then(|| carried.map_or(OWN_DATA, |carried| carried.rung.as_str()).to_owned()),
            prior: carried.map(|carried| carried.hash.to_owned()),
            slope_posterior: present.posterior.map(|posterior| posterior.slope),
            slope_posterior_sd: present.posterior.map(|posterior| posterior.slope_sd),
            own_share: present.posterior.map(|posterior| posterior.share),
            current,
            reasons: present.reasons.and(self.reasons).text(),
            ruleset: case.settings.ruleset.clone(),
            ..blank()
        };
        if let (Some(aim), Some(origin)) = (present.line.aim, present.line.x_b) {
            let rules_from = present.line.rule_start(present.segment) - present.segment;
            buffers.fill(case, points.get(rules_from..).unwrap_or_default(), origin);
            let rules = RulePoints::new(&buffers.x, &buffers.y, aim, n, weeks);
            flag.rule_3pt = rules.k_point(3, limits).position.as_str();
            flag.rule_4pt = rules.k_point(4, limits).position.as_str();
            flag.rule_5pt = rules.k_point(5, limits).position.as_str();
            flag.rule_median3 = rules.median3(limits).position.as_str();
            flag.run_below = case.measure.worse.map_or(0, |worse: Side| rules.run_below(worse) as i64);
            let trend = |slope: Option<f64>| trend_position(slope, aim.need(), n, weeks, limits).position.as_str();
            flag.rule_trend_ols = trend(present.fit.map(|fit| fit.slope));
            flag.rule_trend_ts = trend(slope_ts);
        }
        if current {
            flag.since = date(since);
        }
        if status == Status::Uncertain
            && let Some(origin) = present.line.x_b
        {
            buffers.fill(case, points, origin);
            flag.points_needed = present.points_needed(case, self.points, buffers).map(i64::from);
        }
        flag
    }
}

/// What sets the status where no prior does.
fn without_prior(mode: Mode) -> Mode {
    if mode == Mode::Posterior { Mode::OwnData } else { mode }
}

/// A row of which nothing is known.
pub(crate) fn blank() -> Flag {
    let none = Position::Insufficient.as_str();
    Flag {
        status: Status::NoTarget.as_str(),
        rule_3pt: none,
        rule_4pt: none,
        rule_5pt: none,
        rule_median3: none,
        rule_trend_ols: none,
        rule_trend_ts: none,
        ..Flag::default()
    }
}

/// The row of a goal for which nothing is measured.
pub(crate) fn unmeasured(world: &World, settings: &Settings, goal: &Goal, as_of: Day) -> Flag {
    let currency = Currency::of(goal, world.student(goal), None, as_of);
    let mut reasons = currency.reasons;
    reasons.add(Reason::NoMeasure);
    Flag {
        goal_key: goal.key.clone(),
        student_key: goal.student_key.clone(),
        as_of: date(currency.as_of),
        since: if currency.current { date(currency.as_of) } else { None },
        mode: without_prior(settings.mode).as_str(),
        current: currency.current,
        reasons: reasons.text(),
        ruleset: settings.ruleset.clone(),
        ..blank()
    }
}

/// The line at the last point; the median of the points when there are fewer than three, or no line. Reorders `y`.
fn level_now(fit: Option<&Ols>, last: Option<f64>, y: &mut Vec<f64>) -> Option<f64> {
    if let (Some(fit), Some(last), true) = (fit, last, y.len() >= 3) {
        return Some(fit.at(last));
    }
    y.retain(|value| value.is_finite());
    median(y)
}
