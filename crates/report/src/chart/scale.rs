//! From days and scores to pixels.

use super::lines::{Aim, Segment};
use super::{Placed, Tick, day, month_ticks};
use crate::{ticks, words};
use aimline_model::analysis::Trend;
use chrono::NaiveDate;

pub(crate) const LEFT: f64 = 46.0;
pub(crate) const RIGHT: f64 = 590.0;
pub(crate) const TOP: f64 = 26.0;
pub(crate) const BOTTOM: f64 = 242.0;

/// A pixel with at most one decimal.
pub(crate) fn px(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

pub(crate) struct Scale {
    pub(crate) first: f64,
    pub(crate) last: f64,
    pub(crate) ys: Vec<f64>,
    low: f64,
    high: f64,
}

impl Scale {
    pub(crate) fn new(
        placed: &[Placed],
        segments: &[Segment],
        aim: Option<&Aim>,
        trend: Option<&Trend>,
        target: Option<f64>,
    ) -> Self {
        let mut xs: Vec<f64> = placed.iter().map(|placed| placed.x).collect();
        let mut ys: Vec<f64> = placed.iter().map(|placed| placed.point.value).collect();
        for segment in segments {
            ys.extend([segment.y1, segment.y2]);
        }
        if let Some(aim) = aim {
            xs.extend([day(aim.start), day(aim.end)]);
            ys.extend([aim.from, aim.to]);
        }
        ys.extend(trend.and_then(|trend| trend.target).or(target).filter(|target| target.is_finite()));
        let (first, last) = ends(&xs);
        let (low, high) = ends(&ys);
        let ys = ticks::nice(ticks::floor(low, high), high);
        let (low, high) = ends(&ys);
        let margin = if last - first < 1.0 { 1.0 } else { 0.0 };
        Self { first: first - margin, last: last + margin, ys, low, high }
    }

    pub(crate) fn x(&self, x: f64) -> f64 {
        LEFT + (x - self.first) / (self.last - self.first) * (RIGHT - LEFT)
    }

    pub(crate) fn y(&self, y: f64) -> f64 {
        (BOTTOM - (y - self.low) / (self.high - self.low) * (BOTTOM - TOP)).clamp(TOP, BOTTOM)
    }
}

fn ends(values: &[f64]) -> (f64, f64) {
    (values.iter().copied().fold(f64::INFINITY, f64::min), values.iter().copied().fold(f64::NEG_INFINITY, f64::max))
}

/// The ticks of the x axis: months, or sessions.
pub(crate) fn months(scale: &Scale, sessions: bool) -> Vec<Tick> {
    if sessions {
        let inside = |x: &f64| *x >= scale.first && *x <= scale.last && x.fract() == 0.0;
        let ticks = ticks::nice(scale.first, scale.last).into_iter().filter(inside);
        return ticks.map(|x| Tick { at: px(scale.x(x)), label: words::exact(x), year: String::new() }).collect();
    }
    let date = |x: f64| NaiveDate::from_num_days_from_ce_opt(x as i32);
    let (Some(first), Some(last)) = (date(scale.first.ceil()), date(scale.last.floor())) else { return Vec::new() };
    let months = month_ticks(first, last);
    if months.is_empty() {
        // All within one month: its ends.
        let days = if first == last { vec![first] } else { vec![first, last] };
        return days.into_iter().map(|day_| day_tick(scale, day_)).collect();
    }
    months
        .into_iter()
        .map(|(month, new_year)| Tick {
            at: px(scale.x(day(month))),
            label: words::month(month).to_owned(),
            year: if new_year { chrono::Datelike::year(&month).to_string() } else { String::new() },
        })
        .collect()
}

fn day_tick(scale: &Scale, date: NaiveDate) -> Tick {
    let label = format!("{} {}", chrono::Datelike::day(&date), words::month(date));
    Tick { at: px(scale.x(day(date))), label, year: chrono::Datelike::year(&date).to_string() }
}
