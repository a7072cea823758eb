//! The lines of a chart: the aimline, the trend line of each segment with the band of the current one, phase lines.

use super::scale::{BOTTOM, LEFT, RIGHT, Scale, TOP, px};
use super::{Chart, Label, Line, Phase, Placed, day};
use crate::rows::Row;
use crate::words::{self, number, signed};
use aimline_model::analysis::Trend;
use chrono::NaiveDate;

/// From the baseline to the target.
pub(crate) struct Aim {
    pub(crate) start: NaiveDate,
    pub(crate) end: NaiveDate,
    pub(crate) from: f64,
    pub(crate) to: f64,
}

/// The trend line of a segment.
pub(crate) struct Segment<'a> {
    pub(crate) trend: &'a Trend,
    pub(crate) x1: f64,
    pub(crate) x2: f64,
    pub(crate) y1: f64,
    pub(crate) y2: f64,
    /// Length of the unit of the slope on the axis: a week in days, or a session.
    pub(crate) step: f64,
}

/// The aimline, when it is known and goes forward in time.
pub(crate) fn aim(trend: &Trend) -> Option<Aim> {
    let aim = Aim { start: trend.baseline_date?, end: trend.target_date?, from: trend.baseline?, to: trend.target? };
    (aim.start < aim.end && aim.from.is_finite() && aim.to.is_finite()).then_some(aim)
}

/// The trend lines, from the first to the last point of each segment. On the session axis the segments share the points
/// in their order.
pub(crate) fn segments<'a>(trends: &[&'a Trend], placed: &[Placed], sessions: bool) -> Vec<Segment<'a>> {
    let xs = distinct(placed);
    let mut before = 0usize;
    let mut segments = Vec::new();
    for trend in trends {
        let from = before;
        before += usize::try_from(trend.n).unwrap_or(0);
        let (Some(slope), Some(intercept)) = (trend.slope_ols, trend.intercept_ols) else { continue };
        let ends = if sessions {
            xs.get(from).copied().zip(xs.get(before.saturating_sub(1).min(xs.len().saturating_sub(1))).copied())
        } else {
            trend.first_date.map(day).zip(trend.last_date.map(day))
        };
        let Some((x1, x2)) = ends.filter(|(x1, x2)| x1 < x2) else { continue };
        let step = if sessions { 1.0 } else { 7.0 };
        let y2 = intercept + slope * (x2 - x1) / step;
        if intercept.is_finite() && y2.is_finite() {
            segments.push(Segment { trend, x1, x2, y1: intercept, y2, step });
        }
    }
    segments
}

/// The distinct places of points that count, in order.
fn distinct(placed: &[Placed]) -> Vec<f64> {
    let mut xs: Vec<f64> = placed.iter().filter(|placed| placed.used).map(|placed| placed.x).collect();
    xs.dedup();
    xs
}

/// The band of a line, at the level of its slope's interval: ± t·s·√(1/n + (x − x̄)²/Sxx), where Sxx = (s / se)² and t is
/// read off the slope's interval. Empty when the line has no spread.
pub(crate) fn band(segment: &Segment, placed: &[Placed], scale: &Scale) -> String {
    let trend = segment.trend;
    let (Some(slope), Some(se), Some(sd), Some(hi)) =
        (trend.slope_ols, trend.slope_ols_se, trend.residual_sd, trend.slope_ols_hi)
    else {
        return String::new();
    };
    if !(trend.n >= 3 && se > 0.0 && sd > 0.0 && hi > slope && hi.is_finite()) {
        return String::new();
    }
    let t = (hi - slope) / se;
    let s_xx = (sd / se).powi(2);
    let inside: Vec<f64> = distinct(placed).into_iter().filter(|x| (segment.x1..=segment.x2).contains(x)).collect();
    let mean =
        if inside.is_empty() { f64::midpoint(segment.x1, segment.x2) } else { inside.iter().sum::<f64>() / inside.len() as f64 };
    let edge = |part: i32, side: f64| {
        let x = segment.x1 + (segment.x2 - segment.x1) * f64::from(part) / 16.0;
        let level = segment.y1 + slope * (x - segment.x1) / segment.step;
        let half = t * sd * (1.0 / trend.n as f64 + ((x - mean) / segment.step).powi(2) / s_xx).sqrt();
        format!("{},{}", px(scale.x(x)), px(scale.y(level + side * half)))
    };
    let corners: Vec<String> = (0..=16).map(|part| edge(part, 1.0)).chain((0..=16).rev().map(|part| edge(part, -1.0))).collect();
    corners.join(" ")
}

/// Phase lines: the dated changes, and the first day of a segment that has none.
pub(crate) fn phases(row: &Row, scale: &Scale) -> Vec<Phase> {
    let mut changes: Vec<(NaiveDate, String)> = row
        .phases
        .iter()
        .filter_map(|change| Some((change.date?, words::filled(change.label.as_deref()).unwrap_or("change").to_owned())))
        .collect();
    for pair in row.trends.windows(2) {
        let [before, after] = pair else { continue };
        let (Some(last), Some(first)) = (before.last_date, after.first_date) else { continue };
        if !changes.iter().any(|(date, _)| *date > last && *date <= first) {
            changes.push((first, words::filled(after.segment_label.as_deref()).unwrap_or("change").to_owned()));
        }
    }
    changes.sort();
    changes.retain(|(date, _)| day(*date) > scale.first && day(*date) <= scale.last);
    let label = |(index, (date, label)): (usize, (NaiveDate, String))| {
        let x = scale.x(day(date));
        let left = x > LEFT + 0.72 * (RIGHT - LEFT);
        Phase {
            x: px(x),
            text_x: px(if left { x - 5.0 } else { x + 5.0 }),
            text_y: px(TOP + 11.0 + 14.0 * (index % 2) as f64),
            anchor: if left { "end" } else { "start" },
            label: words::short(&label, 28),
        }
    };
    changes.into_iter().enumerate().map(label).collect()
}

/// Adds aimline, trend lines and their labels.
pub(crate) fn draw(
    chart: &mut Chart,
    segments: &[Segment],
    aim: Option<&Aim>,
    target: Option<f64>,
    scale: &Scale,
    unit: &str,
    sessions: bool,
) {
    // A long unit is named by the axis only.
    let unit = if unit.chars().count() > 7 { "" } else { unit };
    if let Some(aim) = aim {
        chart.lines.push(Line {
            x1: px(scale.x(day(aim.start))),
            y1: px(scale.y(aim.from)),
            x2: px(scale.x(day(aim.end))),
            y2: px(scale.y(aim.to)),
            class: "aim",
        });
        chart.labels.push(Label { y: scale.y(aim.to), class: "aim", text: format!("aimline to {}{unit}", number(aim.to)) });
    } else if let Some(target) = target.filter(|target| target.is_finite()) {
        let y = px(scale.y(target));
        chart.lines.push(Line { x1: px(LEFT), y1: y.clone(), x2: px(RIGHT), y2: y, class: "aim" });
        chart.labels.push(Label { y: scale.y(target), class: "aim", text: format!("target {}{unit}", number(target)) });
    }
    for (index, segment) in segments.iter().enumerate() {
        let current = index + 1 == segments.len();
        chart.lines.push(Line {
            x1: px(scale.x(segment.x1)),
            y1: px(scale.y(segment.y1)),
            x2: px(scale.x(segment.x2)),
            y2: px(scale.y(segment.y2)),
            class: if current { "trend" } else { "trend old" },
        });
        if let (true, Some(slope)) = (current, segment.trend.slope_ols) {
            let per = if sessions { "session" } else { "week" };
            chart.labels.push(Label { y: scale.y(segment.y2), class: "trend", text: format!("trend {} a {per}", signed(slope)) });
        }
    }
    spread(&mut chart.labels);
}

/// Moves labels apart that would cover each other.
fn spread(labels: &mut [Label]) {
    labels.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut above = TOP - 16.0;
    for label in labels.iter_mut() {
        label.y = label.y.max(above + 16.0);
        above = label.y;
    }
    let mut below = BOTTOM + 16.0;
    for label in labels.iter_mut().rev() {
        label.y = label.y.min(below - 16.0);
        below = label.y;
    }
}
