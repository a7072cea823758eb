//! The chart of a goal: points, aimline, a line for each segment, phase lines, breaks and reports, laid out in pixels.
//! `templates/chart.svg` writes it down.

mod lines;
mod scale;

use crate::rows::Row;
use crate::words::{self, exact, number};
use crate::{Input, Point, status, ticks};
use aimline_model::analysis::Trend;
use chrono::NaiveDate;
use scale::{Scale, px};

pub(crate) struct Tick {
    pub(crate) at: String,
    pub(crate) label: String,
    /// The year under a month; empty where it goes without saying.
    pub(crate) year: String,
}

pub(crate) struct Shade {
    pub(crate) x: String,
    pub(crate) width: String,
    pub(crate) middle: String,
    pub(crate) title: String,
    pub(crate) label: String,
}

pub(crate) struct Phase {
    pub(crate) x: String,
    pub(crate) text_x: String,
    pub(crate) text_y: String,
    pub(crate) anchor: &'static str,
    pub(crate) label: String,
}

pub(crate) struct Line {
    pub(crate) x1: String,
    pub(crate) y1: String,
    pub(crate) x2: String,
    pub(crate) y2: String,
    pub(crate) class: &'static str,
}

pub(crate) struct Label {
    pub(crate) y: f64,
    pub(crate) class: &'static str,
    pub(crate) text: String,
}

impl Label {
    pub(crate) fn at(&self) -> String {
        px(self.y)
    }
}

pub(crate) struct Dot {
    pub(crate) x: String,
    pub(crate) y: String,
    pub(crate) used: bool,
    pub(crate) title: String,
}

pub(crate) struct Mark {
    pub(crate) x: String,
    pub(crate) path: &'static str,
    pub(crate) title: String,
}

pub(crate) struct Chart {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) axis: String,
    pub(crate) ys: Vec<Tick>,
    pub(crate) xs: Vec<Tick>,
    pub(crate) x_title: &'static str,
    pub(crate) breaks: Vec<Shade>,
    pub(crate) phases: Vec<Phase>,
    pub(crate) lines: Vec<Line>,
    pub(crate) band: String,
    pub(crate) dots: Vec<Dot>,
    pub(crate) marks: Vec<Mark>,
    pub(crate) labels: Vec<Label>,
}

/// A point with its place on the axis and whether it counts.
pub(crate) struct Placed<'a> {
    pub(crate) x: f64,
    pub(crate) point: &'a Point,
    /// Its number in the list.
    pub(crate) index: usize,
    pub(crate) used: bool,
}

/// A day on the axis.
pub(crate) fn day(date: NaiveDate) -> f64 {
    f64::from(chrono::Datelike::num_days_from_ce(&date))
}

/// Whether the axis counts sessions, because days are not known.
pub(crate) fn sessions(trend: Option<&Trend>, points: &[Point]) -> bool {
    trend.map_or_else(|| points.iter().all(|point| point.date.is_none()), |trend| trend.axis == "session")
}

/// The points in order, with those that count marked.
pub(crate) fn place<'a>(row: &Row, points: &'a [Point], as_of: NaiveDate) -> Vec<Placed<'a>> {
    let trend = row.trend();
    let sessions = sessions(trend, points);
    let until = row.flag.as_of.unwrap_or(as_of);
    let from = trend.filter(|trend| trend.baseline_source != "first_three").and_then(|trend| trend.baseline_date);
    let mut placed: Vec<Placed> = points
        .iter()
        .enumerate()
        .filter_map(|(index, point)| {
            let x = if sessions { point.session_no.map_or(index as f64 + 1.0, |number| number as f64) } else { day(point.date?) };
            let in_time = sessions || point.date.is_some_and(|date| date <= until && from.is_none_or(|from| date >= from));
            Some(Placed { x, point, index, used: in_time && !point.conflict })
        })
        .filter(|placed| placed.x.is_finite() && placed.point.value.is_finite())
        .collect();
    placed.sort_by(|a, b| a.x.total_cmp(&b.x));
    placed
}

/// The chart; none when there is no point to draw.
pub(crate) fn chart(row: &Row, input: &Input, points: &[Point]) -> Option<Chart> {
    let placed = place(row, points, input.as_of);
    if placed.is_empty() {
        return None;
    }
    let trend = row.trend();
    let sessions = sessions(trend, points);
    let segments = lines::segments(&row.trends, &placed, sessions);
    let aim = trend.filter(|_| !sessions).and_then(lines::aim);
    let scale = Scale::new(&placed, &segments, aim.as_ref(), trend, row.measure.and_then(|measure| measure.target_value));
    let unit = row.suffix();
    let mut chart = Chart {
        title: words::capital(format!("progress of {}, {}", row.student_name(), row.goal_number()).trim_end_matches([' ', ','])),
        description: describe(row, &placed, sessions, aim.as_ref()),
        axis: axis_title(row),
        ys: scale.ys.iter().map(|y| Tick { at: px(scale.y(*y)), label: exact(*y), year: String::new() }).collect(),
        xs: scale::months(&scale, sessions),
        x_title: if sessions { "session" } else { "" },
        breaks: if sessions { Vec::new() } else { breaks(input, &scale) },
        phases: if sessions { Vec::new() } else { lines::phases(row, &scale) },
        lines: Vec::new(),
        band: segments.last().map(|segment| lines::band(segment, &placed, &scale)).unwrap_or_default(),
        dots: placed.iter().map(|placed| dot(placed, &scale, &unit)).collect(),
        marks: if sessions { Vec::new() } else { marks(row, &scale) },
        labels: Vec::new(),
    };
    lines::draw(&mut chart, &segments, aim.as_ref(), trend.and_then(|trend| trend.target), &scale, &unit, sessions);
    Some(chart)
}

fn axis_title(row: &Row) -> String {
    let measure = row.measure;
    let title = words::axis(
        measure.and_then(|measure| measure.unit.as_deref()),
        measure.and_then(|measure| measure.family.as_deref()),
        measure.and_then(|measure| measure.name.as_deref()),
    );
    if row.lower_is_better() { title + " (lower is better)" } else { title }
}

fn describe(row: &Row, placed: &[Placed], sessions: bool, aim: Option<&lines::Aim>) -> String {
    let unit = row.suffix();
    let values = placed.iter().map(|placed| placed.point.value);
    let low = values.clone().fold(f64::INFINITY, f64::min);
    let high = values.fold(f64::NEG_INFINITY, f64::max);
    let mut text = words::counted(placed.len() as u64, "point", "points");
    text += &if low < high {
        format!(" from {} to {}{unit}", number(low), number(high))
    } else {
        format!(" at {}{unit}", number(low))
    };
    let dates = placed.iter().filter_map(|placed| placed.point.date);
    if let (false, Some(first), Some(last)) = (sessions, dates.clone().min(), dates.max()) {
        text += &format!(", {}", words::span(first, last));
    }
    if let Some(aim) = aim {
        let verb = if aim.to > aim.from { "rises" } else { "goes" };
        text += &format!("; the aimline {verb} from {} to {} by {}", number(aim.from), number(aim.to), words::date(aim.end));
    }
    if let Some(slope) = row.trend().and_then(|trend| trend.slope_ols) {
        text += &format!("; the trend line moves by {} a {}", words::signed(slope), if sessions { "session" } else { "week" });
    }
    text + ". The table below has every point."
}

fn dot(placed: &Placed, scale: &Scale, unit: &str) -> Dot {
    let point = placed.point;
    let when = point
        .date
        .map_or_else(|| point.session_no.map_or_else(String::new, |n| format!("session {n}: ")), |date| words::date(date) + ": ");
    let note = if point.conflict {
        ", not used: sources disagree"
    } else if placed.used {
        ""
    } else {
        ", not used"
    };
    Dot {
        x: px(scale.x(placed.x)),
        y: px(scale.y(point.value)),
        used: placed.used,
        title: format!("{when}{}{unit}{note}", exact(point.value)),
    }
}

fn breaks(input: &Input, scale: &Scale) -> Vec<Shade> {
    let inside = |(first, last, name): &(NaiveDate, NaiveDate, String)| {
        let (from, to) = (day(*first).max(scale.first), (day(*last) + 1.0).min(scale.last));
        let name = words::filled(Some(name)).unwrap_or("break").to_owned();
        (from < to)
            .then(|| (scale.x(from), scale.x(to), format!("{name}: {}", words::span(*first, *last)), words::short(&name, 18)))
    };
    let mut areas: Vec<_> = input.breaks.iter().filter_map(inside).collect();
    areas.sort_by(|a, b| (b.1 - b.0).total_cmp(&(a.1 - a.0)).then(a.0.total_cmp(&b.0)));
    // The widest get their labels first; one that would cover another is left to the title.
    let mut taken: Vec<(f64, f64)> = Vec::new();
    let shade = |(x, end, title, label): (f64, f64, String, String)| {
        let middle = f64::midpoint(x, end);
        let half = 3.4 * label.chars().count() as f64 + 3.0;
        let (from, to) = (middle - half, middle + half);
        let fits = from > scale::LEFT && to < scale::RIGHT && taken.iter().all(|(left, right)| to < *left || from > *right);
        if fits {
            taken.push((from, to));
        }
        Shade { x: px(x), width: px(end - x), middle: px(middle), title, label: if fits { label } else { String::new() } }
    };
    areas.into_iter().map(shade).collect()
}

fn marks(row: &Row, scale: &Scale) -> Vec<Mark> {
    let mark = |report: &&aimline_model::tables::ProgressReport| {
        let date = report.date?;
        let x = day(date);
        let code = report.code.as_deref();
        let path = match code {
            Some("making" | "met") => "l-4.5 9h9z",
            Some("not_making") => "m-4.5 0h9l-4.5 9z",
            _ => "m-3.5 1h7v7h-7z",
        };
        (scale.first..=scale.last).contains(&x).then(|| Mark {
            x: px(scale.x(x)),
            path,
            title: format!("Report of {}: {}", words::date(date), status::report(code)),
        })
    };
    row.reports.iter().filter_map(mark).collect()
}

/// The tick of each month, for [`scale::months`].
fn month_ticks(first: NaiveDate, last: NaiveDate) -> Vec<(NaiveDate, bool)> {
    let months = ticks::months(first, last);
    let mut year = None;
    months
        .into_iter()
        .map(|month| {
            let this = chrono::Datelike::year(&month);
            let new = year.replace(this) != Some(this);
            (month, new)
        })
        .collect()
}
