//! The tables that the checks look at, read whole; of the points only whether there is one in a window.

use crate::day::{date, day};
use crate::error::AnalyzeError;
use crate::frame::Frame;
use aimline_model::tables as t;
use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use std::path::Path;

/// The tables.
#[derive(Debug, Default)]
pub(crate) struct Records {
    pub(crate) sources: Vec<t::Source>,
    pub(crate) students: Vec<t::Student>,
    pub(crate) enrollments: Vec<t::Enrollment>,
    pub(crate) plans: Vec<t::Plan>,
    pub(crate) events: Vec<t::Event>,
    pub(crate) goals: Vec<t::Goal>,
    pub(crate) measures: Vec<t::Measure>,
    pub(crate) reports: Vec<t::ProgressReport>,
    pub(crate) services: Vec<t::Service>,
    pub(crate) deliveries: Vec<t::ServiceDelivery>,
    pub(crate) calendar: Vec<t::Calendar>,
}

/// Columns by name, and the rows of a table out of them.
macro_rules! rows {
    ($dataset:expr, $table:literal, $row:ident { $($field:ident: $take:ident),* $(,)? }) => {{
        let names = [$(stringify!($field)),*];
        let frame = Frame::read($dataset, $table, &names)?;
        $(let $field = columns::$take(&frame, stringify!($field))?;)*
        let mut rows = Vec::with_capacity(frame.len());
        #[allow(clippy::needless_update, reason = "a table may be read whole")]
        for row in 0..frame.len() {
            rows.push(t::$row { $($field: columns::get::$take(&$field, row),)* ..Default::default() });
        }
        rows
    }};
}

/// How a column becomes the fields of rows.
mod columns {
    use super::{AnalyzeError, Frame};
    use crate::day::Day;

    pub(super) fn text<'a>(frame: &'a Frame, name: &str) -> Result<Vec<Option<&'a str>>, AnalyzeError> {
        frame.texts(name)
    }

    pub(super) fn name<'a>(frame: &'a Frame, name: &str) -> Result<Vec<Option<&'a str>>, AnalyzeError> {
        frame.texts(name)
    }

    pub(super) fn kind<'a>(frame: &'a Frame, name: &str) -> Result<Vec<Option<&'a str>>, AnalyzeError> {
        frame.texts(name)
    }

    pub(super) fn date(frame: &Frame, name: &str) -> Result<Vec<Option<Day>>, AnalyzeError> {
        frame.days(name)
    }

    pub(super) fn int(frame: &Frame, name: &str) -> Result<Vec<Option<i64>>, AnalyzeError> {
        frame.integers(name)
    }

    pub(super) fn count(frame: &Frame, name: &str) -> Result<Vec<Option<i64>>, AnalyzeError> {
        frame.integers(name)
    }

    pub(super) fn flag(frame: &Frame, name: &str) -> Result<Vec<Option<bool>>, AnalyzeError> {
        frame.flags(name)
    }

    pub(super) fn float(frame: &Frame, name: &str) -> Result<Vec<Option<f64>>, AnalyzeError> {
        frame.floats(name)
    }

    pub(super) mod get {
        use crate::day::Day;
        use chrono::NaiveDate;

        pub(crate) fn text(column: &[Option<&str>], row: usize) -> Option<String> {
            column[row].filter(|text| !text.is_empty()).map(str::to_owned)
        }

        pub(crate) fn name(column: &[Option<&str>], row: usize) -> String {
            column[row].unwrap_or_default().to_owned()
        }

        /// The kinds of events.
        pub(crate) fn kind(column: &[Option<&str>], row: usize) -> &'static str {
            const KINDS: [&str; 6] = ["evaluation", "reevaluation_waiver", "review", "amendment", "esy_decision", "exit"];
            KINDS.into_iter().find(|kind| column[row] == Some(*kind)).unwrap_or_default()
        }

        pub(crate) fn date(column: &[Option<Day>], row: usize) -> Option<NaiveDate> {
            column[row].and_then(crate::day::date)
        }

        pub(crate) fn int(column: &[Option<i64>], row: usize) -> Option<i64> {
            column[row]
        }

        pub(crate) fn count(column: &[Option<i64>], row: usize) -> i64 {
            column[row].unwrap_or(0)
        }

        pub(crate) fn flag(column: &[Option<bool>], row: usize) -> bool {
            column[row].unwrap_or(false)
        }

        pub(crate) fn float(column: &[Option<f64>], row: usize) -> Option<f64> {
            column[row].filter(|value| value.is_finite())
        }
    }
}

impl Records {
    #[rustfmt::skip]
    pub(crate) fn read(dataset: &Path) -> Result<Self, AnalyzeError> {
        Ok(Self {
            sources: rows!(dataset, "sources", Source { source_id: name, importer: text }),
            students: rows!(dataset, "students", Student { student_key: name, birth_date: date }),
            enrollments: rows!(dataset, "enrollments", Enrollment {
                student_key: name, school_year: count, district_code: text, alternate_assessment: name, entry: date, exit: date,
            }),
            plans: rows!(dataset, "plans", Plan {
                plan_key: name, student_key: text, amends_plan_key: text, iep_type: text, meeting_date: date, effective_from: date,
                start: date, end: date, annual_review_due: date, schedule_raw: text, schedule_choices: count, esy: text,
                objectives_place: text, source_id: name, locator: name,
            }),
            events: rows!(dataset, "events", Event { student_key: text, plan_key: text, kind: kind, date: date, due: date }),
            goals: rows!(dataset, "goals", Goal {
                goal_key: name, plan_key: text, student_key: text, parent_goal_key: text, number: text, statement: text, begin: date,
                end: date, methods: text, transition_domains: text, objectives_place: text, primary_measure_key: text,
                source_id: name, locator: name,
            }),
            measures: rows!(dataset, "measures", Measure {
                measure_key: name, goal_key: text, unit: text, family: text, direction: text, baseline_value: float,
                baseline_source: name, target_value: float, target_source: name, criterion_k: int, criterion_n: int,
                criterion_header: text, criterion_text: text,
            }),
            reports: rows!(dataset, "progress_reports", ProgressReport {
                goal_key: text, student_key: text, date: date, period: text, code: text, ticks: count, description: text,
                source_id: name, locator: name,
            }),
            services: rows!(dataset, "services", Service {
                plan_key: text, student_key: text, service: text, minutes: float, amount_raw: text, frequency: text, period: text,
                begin: date, end: date, dates_inherited: flag, source_id: name, locator: name,
            }),
            deliveries: rows!(dataset, "service_deliveries", ServiceDelivery {
                plan_key: text, student_key: text, date: date, minutes: float, state: text,
            }),
            calendar: rows!(dataset, "calendar", Calendar { district_code: text, kind: name, name: text, begin: date, end: date }),
        })
    }
}

/// Windows of days of a goal, and the latest scored point in each.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    windows: FxHashMap<String, Vec<Window>>,
}

#[derive(Debug)]
struct Window {
    first: NaiveDate,
    last: NaiveDate,
    found: Option<(NaiveDate, String)>,
}

/// Rows of a slice of points.
const SLICE: usize = 262_144;

impl Seen {
    /// Asks for the points of a goal from one day to another, both included.
    pub(crate) fn want(&mut self, goal: &str, first: NaiveDate, last: NaiveDate) {
        let windows = self.windows.entry(goal.to_owned()).or_default();
        if !windows.iter().any(|window| (window.first, window.last) == (first, last)) {
            windows.push(Window { first, last, found: None });
        }
    }

    /// Notes a scored point.
    pub(crate) fn point(&mut self, goal: &str, on: NaiveDate, key: &str) {
        for window in self.windows.get_mut(goal).into_iter().flatten() {
            let later = window.found.as_ref().is_none_or(|(day, held)| (*day, held.as_str()) < (on, key));
            if window.first <= on && on <= window.last && later {
                window.found = Some((on, key.to_owned()));
            }
        }
    }

    /// The latest point of a window that was asked for: its day and key.
    pub(crate) fn found(&self, goal: &str, first: NaiveDate, last: NaiveDate) -> Option<&(NaiveDate, String)> {
        let window = self.windows.get(goal)?.iter().find(|window| (window.first, window.last) == (first, last))?;
        window.found.as_ref()
    }

    /// Reads the points of the dataset, slice by slice.
    pub(crate) fn fill(&mut self, dataset: &Path) -> Result<(), AnalyzeError> {
        if self.windows.is_empty() {
            return Ok(());
        }
        let path = dataset.join("data_points.parquet");
        let rows = aimline_store::read::rows(&path)?;
        for first in (0..rows).step_by(SLICE) {
            let columns = ["data_point_key", "goal_key", "date", "state"];
            let frame = Frame::of(aimline_store::read::slice(&path, &columns, first, SLICE.min(rows - first))?, &path);
            let (keys, goals) = (frame.texts("data_point_key")?, frame.texts("goal_key")?);
            let (days, states) = (frame.days("date")?, frame.texts("state")?);
            for row in 0..frame.len() {
                if let (Some("scored"), Some(goal), Some(on)) = (states[row], goals[row], days[row].and_then(date)) {
                    self.point(goal, on, keys[row].unwrap_or_default());
                }
            }
        }
        Ok(())
    }
}

/// Days from one date to another; negative when it is earlier.
pub(crate) fn days_between(from: NaiveDate, to: NaiveDate) -> i32 {
    day(to) - day(from)
}
