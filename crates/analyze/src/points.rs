//! From rows to analysis points: one a day, session and form.

use crate::day::Day;
use crate::facts::{Family, Measure};
use crate::reasons::{Reason, Reasons};
use aimline_trend::median;
use std::ops::Range;

/// No date.
pub(crate) const NO_DAY: Day = Day::MIN;
/// No session number.
pub(crate) const NO_SESSION: i64 = i64::MIN;

/// Scored rows, column by column: a null is NaN, 0 (labels), [`NO_DAY`] or [`NO_SESSION`].
#[derive(Debug, Default)]
pub(crate) struct Columns {
    pub(crate) measure: Vec<u32>,
    pub(crate) day: Vec<Day>,
    pub(crate) session: Vec<i64>,
    pub(crate) value: Vec<f64>,
    pub(crate) numerator: Vec<f64>,
    pub(crate) denominator: Vec<f64>,
    pub(crate) minutes: Vec<f64>,
    pub(crate) level: Vec<u32>,
    pub(crate) phase: Vec<u32>,
    pub(crate) form: Vec<u32>,
}

impl Columns {
    pub(crate) fn len(&self) -> usize {
        self.measure.len()
    }

    /// Drops all rows before `start`: what is left is the beginning of the next slice.
    pub(crate) fn keep_from(&mut self, start: usize) {
        self.measure.drain(..start);
        self.day.drain(..start);
        self.session.drain(..start);
        for column in [&mut self.value, &mut self.numerator, &mut self.denominator, &mut self.minutes] {
            column.drain(..start);
        }
        for column in [&mut self.level, &mut self.phase, &mut self.form] {
            column.drain(..start);
        }
    }

    /// The ranges of rows of one measure.
    pub(crate) fn runs(&self) -> Vec<Range<usize>> {
        let mut end = 0;
        let mut range = |rows: &[u32]| {
            end += rows.len();
            end - rows.len()..end
        };
        self.measure.chunk_by(|a, b| a == b).map(&mut range).collect()
    }
}

/// One analysis point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    /// Day; on the session axis the session's number.
    pub(crate) at: i32,
    /// Value; NaN only for families without a slope.
    pub(crate) y: f64,
    /// Trials, or minutes of counts with times; NaN for none.
    pub(crate) size: f64,
    /// Rows behind it.
    pub(crate) rows: u32,
    pub(crate) level: u32,
    pub(crate) phase: u32,
    /// It begins a new segment.
    pub(crate) breaks: bool,
    /// It begins a new form level.
    pub(crate) relevels: bool,
}

/// The analysis points of a measure.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Series {
    /// In order of time.
    pub(crate) points: Vec<Point>,
    /// There are no dates: `at` is the session's number.
    pub(crate) by_session: bool,
    /// A stated baseline or target times this is on the scale of the points; `None` when that is unclear.
    pub(crate) factor: Option<f64>,
    /// What was not used.
    pub(crate) reasons: Reasons,
}

/// Buffers of one thread.
#[derive(Debug, Default)]
pub(crate) struct PointBuffers {
    order: Vec<usize>,
    block: Vec<usize>,
    values: Vec<f64>,
}

impl Series {
    /// Collapses the rows `run` of a measure.
    pub(crate) fn of(measure: &Measure, columns: &Columns, run: Range<usize>, buffers: &mut PointBuffers) -> Self {
        let timed = measure.family == Family::Count && columns.minutes[run.clone()].iter().any(|m| *m > 0.0);
        let dated = columns.day[run.clone()].iter().any(|day| *day != NO_DAY);
        let mut series = Self { by_session: !dated, factor: Some(1.0), ..Self::default() };
        if timed && !measure.per_minute {
            series.factor = constant_minutes(&columns.minutes[run.clone()]).map(|minutes| 1.0 / minutes);
        }
        buffers.order.clear();
        for row in run {
            if dated && columns.day[row] == NO_DAY {
                series.reasons.add(Reason::UndatedPoints);
            } else if timed && (columns.minutes[row].is_nan() || columns.minutes[row] <= 0.0) {
                series.reasons.add(Reason::WithoutMinutes);
            } else if measure.family.has_no_slope() || columns.value[row].is_finite() || has_trials(columns, row) {
                buffers.order.push(row);
            }
        }
        let when = |row: &usize| (columns.day[*row], columns.session[*row]);
        if !buffers.order.is_sorted_by_key(when) {
            buffers.order.sort_by_key(when);
        }
        let order = std::mem::take(&mut buffers.order);
        series.points.reserve_exact(order.len());
        for block in order.chunk_by(|a, b| when(a) == when(b)) {
            series.add_block(measure, columns, block, timed, buffers);
        }
        buffers.order = order;
        if series.by_session {
            series.number_sessions(columns, &buffers.order);
        }
        series
    }

    /// Adds the rows of one day and session: a point for each form, level and phase, the going phase first.
    fn add_block(&mut self, measure: &Measure, columns: &Columns, block: &[usize], timed: bool, buffers: &mut PointBuffers) {
        if let [row] = block {
            return self.add_point(measure, columns, &[*row], timed, &mut buffers.values);
        }
        let mut rest = std::mem::take(&mut buffers.block);
        rest.clear();
        rest.extend_from_slice(block);
        let going = self.points.last().map_or((0, 0), |last| (last.phase, last.level));
        rest.sort_by_key(|row| {
            let same = |label: u32, going: u32| label == 0 || label == going;
            !(same(columns.phase[*row], going.0) && same(columns.level[*row], going.1))
        });
        while let Some(&first) = rest.first() {
            let kind = |row: &usize| (columns.form[*row], columns.level[*row], columns.phase[*row]);
            let (this, others): (Vec<usize>, Vec<usize>) = rest.iter().copied().partition(|row| kind(row) == kind(&first));
            self.add_point(measure, columns, &this, timed, &mut buffers.values);
            rest = others;
        }
        buffers.block = rest;
    }

    fn add_point(&mut self, measure: &Measure, columns: &Columns, rows: &[usize], timed: bool, values: &mut Vec<f64>) {
        let Some(&first) = rows.first() else { return };
        let (y, size) = collapse(measure, columns, rows, timed, values);
        let last = self.points.last().copied();
        let day = columns.day[first];
        let going = last.map_or((0, measure.level), |last| (last.phase, last.level));
        let since = last.map_or(NO_DAY, |last| last.at);
        let change = if self.by_session { None } else { measure.changes.iter().rfind(|(from, _)| since < *from && *from <= day) };
        let stated = |label: u32, otherwise: u32| if label == 0 { otherwise } else { label };
        let phase = stated(columns.phase[first], change.map_or(going.0, |(_, label)| *label));
        let level = stated(columns.level[first], going.1);
        let relevels = last.is_some() && level != going.1;
        let breaks = last.is_some() && (relevels || change.is_some() || phase != going.0);
        // On the session axis `at` is set when all points are known.
        self.points.push(Point { at: day, y, size, rows: rows.len() as u32, level, phase, breaks, relevels });
    }

    /// Session numbers as x where all rows have one, else the place in the order.
    fn number_sessions(&mut self, columns: &Columns, order: &[usize]) {
        let mut row = 0;
        let numbered = order.iter().all(|row| i32::try_from(columns.session[*row]).is_ok());
        for (place, point) in self.points.iter_mut().enumerate() {
            let session = order.get(row).map_or(0, |row| columns.session[*row]);
            point.at = i32::try_from(if numbered { session } else { place as i64 + 1 }).unwrap_or(i32::MAX);
            row += point.rows as usize;
        }
    }

    /// Drops what is later than `day`.
    pub(crate) fn until(&mut self, day: Day) {
        if !self.by_session {
            self.points.truncate(self.points.partition_point(|point| point.at <= day));
        }
    }

    /// Day of the last point.
    pub(crate) fn last_day(&self) -> Option<Day> {
        self.points.last().filter(|_| !self.by_session).map(|point| point.at)
    }
}

fn has_trials(columns: &Columns, row: usize) -> bool {
    columns.numerator[row].is_finite() && columns.denominator[row] > 0.0
}

fn constant_minutes(minutes: &[f64]) -> Option<f64> {
    let mut known = minutes.iter().copied().filter(|m| *m > 0.0);
    let first = known.next()?;
    known.all(|m| m == first).then_some(first)
}

/// The value of one point, and its number of trials or minutes.
fn collapse(measure: &Measure, columns: &Columns, rows: &[usize], timed: bool, values: &mut Vec<f64>) -> (f64, f64) {
    let sum = |column: &[f64]| rows.iter().map(|row| column[*row]).sum::<f64>();
    let of_trials =
        matches!(measure.family, Family::Trials | Family::Percent) && rows.iter().all(|row| has_trials(columns, *row));
    if of_trials {
        let trials = sum(&columns.denominator);
        return (sum(&columns.numerator) / trials * 100.0, trials);
    }
    if timed {
        let count = |row: &usize| columns.value[*row] * if measure.per_minute { columns.minutes[*row] } else { 1.0 };
        let minutes = sum(&columns.minutes);
        return (rows.iter().map(count).sum::<f64>() / minutes, minutes);
    }
    if let [row] = rows
        && columns.value[*row].is_finite()
    {
        return (columns.value[*row] + 0.0, f64::NAN); // -0.0 becomes 0.0
    }
    values.clear();
    values.extend(rows.iter().map(|row| columns.value[*row]).filter(|value| value.is_finite()));
    (median(values).unwrap_or(f64::NAN), f64::NAN)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// One row as a test writes it.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct Row {
        pub(crate) day: Day,
        pub(crate) session: i64,
        pub(crate) value: f64,
        pub(crate) trials: (f64, f64),
        pub(crate) minutes: f64,
        pub(crate) level: u32,
        pub(crate) phase: u32,
        pub(crate) form: u32,
    }

    pub(crate) fn row(day: Day, value: f64) -> Row {
        let nan = f64::NAN;
        Row { day, session: NO_SESSION, value, trials: (nan, nan), minutes: nan, level: 0, phase: 0, form: 0 }
    }

    pub(crate) fn columns(rows: &[Row]) -> Columns {
        let mut columns = Columns::default();
        for row in rows {
            columns.measure.push(0);
            columns.day.push(row.day);
            columns.session.push(row.session);
            columns.value.push(row.value);
            columns.numerator.push(row.trials.0);
            columns.denominator.push(row.trials.1);
            columns.minutes.push(row.minutes);
            columns.level.push(row.level);
            columns.phase.push(row.phase);
            columns.form.push(row.form);
        }
        columns
    }

    pub(crate) fn series(measure: &Measure, rows: &[Row]) -> Series {
        Series::of(measure, &columns(rows), 0..rows.len(), &mut PointBuffers::default())
    }

    fn of(family: Family) -> Measure {
        Measure { family, ..Measure::default() }
    }

    fn pairs(series: &Series) -> Vec<(i32, f64, u32)> {
        series.points.iter().map(|point| (point.at, point.y, point.rows)).collect()
    }

    #[test]
    fn same_day_is_the_median() {
        let found = series(&of(Family::Continuous), &[row(1, 50.0), row(1, 70.0), row(1, 52.0), row(8, 60.0), row(8, 61.0)]);
        assert_eq!(pairs(&found), [(1, 52.0, 3), (8, 60.5, 2)]);
    }

    #[test]
    fn sessions_and_forms_of_a_day_are_points_of_their_own() {
        let rows = [
            Row { session: 1, form: 1, ..row(1, 50.0) },
            Row { session: 1, form: 2, ..row(1, 70.0) },
            Row { session: 1, form: 1, ..row(1, 60.0) },
            Row { session: 2, form: 1, ..row(1, 10.0) },
        ];
        assert_eq!(pairs(&series(&of(Family::Continuous), &rows)), [(1, 55.0, 2), (1, 70.0, 1), (1, 10.0, 1)]);
    }

    #[test]
    fn trials_are_summed() {
        let rows = [Row { trials: (4.0, 5.0), ..row(1, 80.0) }, Row { trials: (1.0, 10.0), ..row(1, 10.0) }];
        let found = series(&of(Family::Trials), &rows);
        assert!((found.points[0].y - 100.0 / 3.0).abs() < 1e-12);
        assert_eq!((found.points[0].size, found.points[0].rows), (15.0, 2));
        // A bare percent among them: the median.
        assert_eq!(pairs(&series(&of(Family::Trials), &[rows[0], row(1, 60.0)])), [(1, 70.0, 2)]);
    }

    #[test]
    fn counts_with_minutes_are_rates() {
        let timed = |day, value, minutes| Row { minutes, ..row(day, value) };
        let measure = of(Family::Count);
        let found = series(&measure, &[timed(1, 6.0, 20.0), timed(1, 3.0, 10.0), timed(2, 5.0, 10.0), row(3, 9.0)]);
        assert_eq!(pairs(&found), [(1, 0.3, 2), (2, 0.5, 1)]);
        assert!(found.reasons.has(Reason::WithoutMinutes));
        assert_eq!(found.factor, None, "a count as target cannot be brought to times that differ");
        assert_eq!(series(&measure, &[timed(1, 6.0, 20.0), timed(2, 3.0, 20.0)]).factor, Some(0.05));
        // No minutes at all: counts are counts. A unit per minute: the values are rates already.
        assert_eq!(pairs(&series(&measure, &[row(1, 6.0)])), [(1, 6.0, 1)]);
        let rate = Measure { per_minute: true, ..measure };
        let found = series(&rate, &[timed(1, 1.0, 30.0), timed(1, 2.0, 10.0)]);
        assert_eq!((pairs(&found), found.factor), (vec![(1, 1.25, 2)], Some(1.0)));
    }

    #[test]
    fn undated_points_give_way_to_dated_ones() {
        let found = series(&of(Family::Continuous), &[row(NO_DAY, 1.0), row(4, 2.0)]);
        assert_eq!((pairs(&found), found.by_session), (vec![(4, 2.0, 1)], false));
        assert!(found.reasons.has(Reason::UndatedPoints));
    }

    #[test]
    fn session_axis() {
        let session = |session, value| Row { session, ..row(NO_DAY, value) };
        let found = series(&of(Family::Continuous), &[session(7, 2.0), session(3, 1.0), session(7, 4.0)]);
        assert_eq!((pairs(&found), found.by_session), (vec![(3, 1.0, 1), (7, 3.0, 2)], true));
        let unnumbered = series(&of(Family::Continuous), &[session(NO_SESSION, 2.0), session(9, 3.0)]);
        assert_eq!(pairs(&unnumbered), [(1, 2.0, 1), (2, 3.0, 1)]);
    }

    #[test]
    fn breaks() {
        let phase = |day, phase| Row { phase, ..row(day, 1.0) };
        let level = |day, level| Row { level, ..row(day, 1.0) };
        let flags = |measure: &Measure, rows: &[Row]| -> String {
            let letter = |point: &Point| match (point.breaks, point.relevels) {
                (false, _) => '.',
                (true, false) => 'p',
                (true, true) => 'L',
            };
            series(measure, rows).points.iter().map(letter).collect()
        };
        let plain = Measure::default();
        assert_eq!(flags(&plain, &[phase(1, 1), phase(2, 0), phase(3, 2), phase(4, 1)]), "..pp", "a blank phase goes on");
        assert_eq!(flags(&plain, &[phase(1, 0), phase(2, 1)]), ".p");
        assert_eq!(flags(&plain, &[level(1, 1), level(2, 1), level(3, 2)]), "..L");
        let at_level = Measure { level: 1, ..Measure::default() };
        assert_eq!(flags(&at_level, &[level(1, 0), level(2, 1), level(3, 2)]), "..L");
        // A point on the line belongs to the new phase; a line before the first point breaks nothing.
        let lined = Measure { changes: vec![(0, 8), (5, 9)], ..Measure::default() };
        assert_eq!(flags(&lined, &[row(1, 1.0), row(4, 1.0), row(5, 1.0), row(6, 1.0)]), "..p.");
        // On the day of the change the old phase comes first.
        assert_eq!(flags(&plain, &[phase(1, 1), phase(2, 2), phase(2, 1), phase(3, 2)]), "..p.");
    }
}
