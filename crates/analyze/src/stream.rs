//! Data points, slice by slice.

use crate::day::Day;
use crate::error::AnalyzeError;
use crate::facts::{Settings, World};
use crate::frame::Frame;
use crate::load::Keys;
use crate::look::Buffers;
use crate::points::{Columns, NO_DAY, NO_SESSION, PointBuffers, Series};
use crate::rows::{Anew, Outcome, outcome, with_prior};
use crate::strata::Priors;
use aimline_store::parquet::GROUP_ROWS;
use polars::prelude::{DataFrame, DataType, IntoLazy, col, lit};
use rayon::prelude::*;
use std::cell::RefCell;
use std::ops::Range;
use std::path::Path;

/// Rows read at a time.
const SLICE: usize = 2 * GROUP_ROWS;
/// Measures that one task judges.
const CHUNK: usize = 128;

const COLUMNS: [&str; 12] = [
    "conflict",
    "measure_key",
    "date",
    "session_no",
    "value",
    "numerator",
    "denominator",
    "exposure_minutes",
    "level",
    "phase",
    "form_id",
    "state",
];

/// The points of a dataset, and the day up to which they count.
#[derive(Clone, Copy)]
pub(crate) struct Points<'a> {
    pub(crate) dataset: &'a Path,
    pub(crate) keys: &'a Keys,
    pub(crate) as_of: Day,
}

/// Judges all measures from their own data: outcomes by place in `world.measures`.
pub(crate) fn outcomes(points: Points<'_>, world: &mut World, settings: &Settings) -> Result<Vec<Outcome>, AnalyzeError> {
    let mut found: Vec<Option<Outcome>> = Vec::new();
    found.resize_with(world.measures.len(), || None);
    each_slice(points, world, |world, columns, runs| {
        let judged = judge(world, columns, runs, |place, series, buffers| {
            Some((place, outcome(world, settings, place, series()?, points.as_of, buffers)))
        });
        for (place, outcome) in judged {
            found[place] = outcome;
        }
    })?;
    let unseen: Vec<usize> = (0..found.len()).filter(|place| found[*place].is_none()).collect();
    let empty: Vec<Vec<Option<Outcome>>> = unseen
        .par_chunks(CHUNK)
        .map(|chunk| {
            let mut buffers = Buffers::default();
            let none = || Series { factor: Some(1.0), ..Series::default() };
            chunk.iter().map(|place| outcome(world, settings, *place, none(), points.as_of, &mut buffers)).collect()
        })
        .collect();
    for (place, outcome) in unseen.into_iter().zip(empty.into_iter().flatten()) {
        found[place] = outcome;
    }
    Ok(found.into_iter().flatten().collect())
}

/// Judges the goals that a prior carries anew. The points are read a second time: what all goals say together is known only
/// when all have been read, and they are too many to keep.
pub(crate) fn with_priors(
    points: Points<'_>,
    world: &mut World,
    settings: &Settings,
    priors: &Priors,
    found: &mut [Outcome],
) -> Result<(), AnalyzeError> {
    if priors.is_empty() {
        return Ok(());
    }
    each_slice(points, world, |world, columns, runs| {
        let before = &*found;
        let judged = judge(world, columns, runs, |place, series, buffers| {
            let outcome = before.get(place)?;
            let anew = Anew { carried: priors.of(outcome.candidate.as_ref()?.facts)?, before: outcome.flag.as_ref()? };
            Some((place, with_prior(world, settings, place, series()?, points.as_of, anew, buffers)?))
        });
        for (place, flag) in judged {
            found[place].flag = Some(flag);
        }
    })
}

/// Gives the rows of a few measures at a time, each measure's whole, with their ranges.
fn each_slice(
    points: Points<'_>,
    world: &mut World,
    mut each: impl FnMut(&World, &Columns, &[Range<usize>]),
) -> Result<(), AnalyzeError> {
    let path = points.dataset.join("data_points.parquet");
    let rows = aimline_store::read::rows(&path)?;
    let mut columns = Columns::default();
    for offset in (0..rows).step_by(SLICE) {
        let slice = aimline_store::read::slice(&path, &COLUMNS, offset, SLICE.min(rows - offset))?;
        let slice = Frame::of(scored(slice, points.as_of)?, &path);
        append(&mut columns, &slice, world, points.keys)?;
        let mut runs = columns.runs();
        // The last measure may go on in the next slice.
        let rest = if offset + SLICE < rows { runs.pop().map_or(0, |run| run.start) } else { columns.len() };
        each(world, &columns, &runs);
        columns.keep_from(rest);
    }
    Ok(())
}

/// The scored rows of a slice that count on that day; rows without a date too.
fn scored(slice: DataFrame, as_of: Day) -> Result<DataFrame, AnalyzeError> {
    let in_time = col("date").is_null().or(col("date").lt_eq(lit(as_of).cast(DataType::Date)));
    let usable = col("state").eq(lit("scored")).and(col("conflict").not()).and(col("measure_key").is_not_null()).and(in_time);
    Ok(slice.lazy().filter(usable).collect()?)
}

fn append(columns: &mut Columns, slice: &Frame, world: &mut World, keys: &Keys) -> Result<(), AnalyzeError> {
    slice.numbers_to("measure_key", &mut columns.measure, |key| keys.get(Some(key)).unwrap_or(u32::MAX))?;
    slice.days_to("date", NO_DAY, &mut columns.day)?;
    slice.integers_to("session_no", NO_SESSION, &mut columns.session)?;
    slice.floats_to("value", &mut columns.value)?;
    slice.floats_to("numerator", &mut columns.numerator)?;
    slice.floats_to("denominator", &mut columns.denominator)?;
    slice.floats_to("exposure_minutes", &mut columns.minutes)?;
    slice.numbers_to("level", &mut columns.level, |label| world.labels.number(label))?;
    slice.numbers_to("phase", &mut columns.phase, |label| world.labels.number(label))?;
    slice.numbers_to("form_id", &mut columns.form, |label| world.labels.number(label))
}

/// What `one` says of each measure, given its place and a way to its points; on all threads, in the order of the runs.
fn judge<T: Send>(
    world: &World,
    columns: &Columns,
    runs: &[Range<usize>],
    one: impl Fn(usize, &dyn Fn() -> Option<Series>, &mut Buffers) -> Option<T> + Sync,
) -> Vec<T> {
    let judged: Vec<Vec<T>> = runs
        .par_chunks(CHUNK)
        .map(|chunk| {
            let (mut buffers, points) = (Buffers::default(), RefCell::new(PointBuffers::default()));
            let mut judge_run = |run: &Range<usize>| {
                let place = columns.measure[run.start] as usize;
                let series = || Some(Series::of(world.measures.get(place)?, columns, run.clone(), &mut points.borrow_mut()));
                one(place, &series, &mut buffers)
            };
            chunk.iter().filter_map(&mut judge_run).collect()
        })
        .collect();
    judged.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use aimline_trend::ols;
    use polars::prelude::{DataFrame, NamedFrom, Series as Column};

    /// Least squares by polars expressions, as an oracle for the kernel.
    #[test]
    fn polars_agrees_with_the_kernel() {
        let mut state = 42_u64;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as f64 / f64::from(1 << 30)
        };
        let (mut goal, mut x, mut y) = (Vec::new(), Vec::new(), Vec::new());
        for key in 0..200_i32 {
            for week in 0..(2 + key % 40) {
                goal.push(key);
                x.push(f64::from(week) + random());
                y.push(50.0 + 1.3 * f64::from(week) + 20.0 * random());
            }
        }
        let columns = vec![
            Column::new("goal".into(), &goal).into(),
            Column::new("x".into(), &x).into(),
            Column::new("y".into(), &y).into(),
        ];
        let frame = DataFrame::new(goal.len(), columns).expect("a frame");
        let (u, v) = (col("x") - col("x").mean(), col("y") - col("y").mean());
        let fits = frame
            .lazy()
            .group_by_stable([col("goal")])
            .agg([
                (u.clone() * v.clone()).sum().alias("sxy"),
                (u.clone() * u).sum().alias("sxx"),
                (v.clone() * v).sum().alias("syy"),
                col("x").mean().alias("x_mean"),
                col("y").mean().alias("y_mean"),
            ])
            .with_column((col("sxy") / col("sxx")).alias("slope"))
            .collect()
            .expect("polars");
        let number =
            |name: &str, row: usize| fits.column(name).and_then(|c| Ok(c.f64()?.get(row))).expect("a column").expect("a number");
        let close = |a: f64, b: f64, what: &str| assert!((a - b).abs() <= 1e-9 * b.abs().max(1.0), "{what}: {a} and {b}");
        let mut start = 0;
        for (row, run) in goal.chunk_by(|a, b| a == b).enumerate() {
            let range = start..start + run.len();
            start = range.end;
            let fit = ols(&x[range.clone()], &y[range]).expect("two points or more");
            let (slope, sxx) = (number("slope", row), number("sxx", row));
            close(fit.slope, slope, "slope");
            close(fit.intercept, number("y_mean", row) - slope * number("x_mean", row), "intercept");
            if let (Some(sd), true) = (fit.residual_sd, fit.n > 2) {
                let sse = (number("syy", row) - slope * number("sxy", row)).max(0.0);
                close(sd, (sse / (fit.n - 2) as f64).sqrt(), "residual_sd");
                close(fit.slope_se.unwrap_or(0.0), (sse / (fit.n - 2) as f64 / sxx).sqrt(), "slope_se");
            }
        }
    }
}
