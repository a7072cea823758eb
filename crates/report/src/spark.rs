//! The small shape of a goal in the table: points or line, with the aimline. The words beside it say the same.

use crate::Point;
use crate::chart::{day, place, sessions};
use crate::rows::Row;
use chrono::NaiveDate;

const WIDTH: f64 = 96.0;
const HEIGHT: f64 = 30.0;
const EDGE: f64 = 3.0;

pub(crate) struct Spark {
    /// Corners of the line through the points, or of the trend line when the points are not at hand.
    pub(crate) line: String,
    /// The last point.
    pub(crate) end: Option<(String, String)>,
    /// x1, y1, x2, y2 of the aimline.
    pub(crate) aim: Option<[String; 4]>,
}

/// The shape; none when there is nothing to draw.
pub(crate) fn spark(row: &Row, points: &[Point], as_of: NaiveDate) -> Option<Spark> {
    let trend = row.trend();
    let mut corners: Vec<(f64, f64)> =
        place(row, points, as_of).iter().filter(|placed| placed.used).map(|placed| (placed.x, placed.point.value)).collect();
    if points.is_empty()
        && let Some(trend) = trend.filter(|trend| trend.axis != "session")
    {
        let ends = trend.first_date.map(day).zip(trend.last_date.map(day));
        if let (Some((x1, x2)), Some(from), Some(slope)) = (ends, trend.intercept_ols, trend.slope_ols) {
            corners = vec![(x1, from), (x2, from + slope * (x2 - x1) / 7.0)];
        }
    }
    let (first, last) = (corners.first()?.0, corners.last()?.0);
    if corners.len() < 2 || last <= first || corners.iter().any(|(_, y)| !y.is_finite()) {
        return None;
    }
    let aim = trend.filter(|_| !sessions(trend, points)).and_then(|trend| {
        let (start, slope) = (day(trend.baseline_date?), trend.need_per_week? / 7.0);
        let from = first.max(start);
        let at = |x: f64| trend.baseline.map(|baseline| baseline + slope * (x - start));
        (from < last).then_some(())?;
        Some([(from, at(from)?), (last, at(last)?)])
    });
    let ys = corners.iter().chain(aim.iter().flatten()).map(|(_, y)| *y);
    let (low, high) = (ys.clone().fold(f64::INFINITY, f64::min), ys.fold(f64::NEG_INFINITY, f64::max));
    let (low, spread) = if high > low { (low, high - low) } else { (low - 0.5, 1.0) };
    let at = |(x, y): (f64, f64)| {
        let x = EDGE + (x - first) / (last - first) * (WIDTH - 2.0 * EDGE);
        let y = HEIGHT - EDGE - (y - low) / spread * (HEIGHT - 2.0 * EDGE);
        (format!("{x:.1}"), format!("{y:.1}"))
    };
    let line: Vec<String> = corners.iter().map(|corner| at(*corner)).map(|(x, y)| format!("{x},{y}")).collect();
    let aim = aim.map(|[from, to]| {
        let ((x1, y1), (x2, y2)) = (at(from), at(to));
        [x1, y1, x2, y2]
    });
    Some(Spark { line: line.join(" "), end: corners.last().map(|corner| at(*corner)), aim })
}
