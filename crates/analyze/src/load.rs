//! The small tables, read whole.

use crate::config::Config;
use crate::day::{Calendar, Day, day};
use crate::error::AnalyzeError;
use crate::facts::{Family, Goal, Kind, Measure, Plan, Student, World};
use crate::flags::Reports;
use crate::frame::Frame;
use aimline_trend::Side;
use rustc_hash::FxHashMap;
use std::path::Path;

/// Where a student is now.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Place {
    pub(crate) district: Option<String>,
    pub(crate) school: Option<String>,
    pub(crate) case_manager: Option<String>,
}

/// The small tables.
#[derive(Default)]
pub(crate) struct Loaded {
    pub(crate) world: World,
    /// By goal.
    pub(crate) reports: Vec<Reports>,
    /// By place in `world.students`.
    pub(crate) places: Vec<Place>,
    pub(crate) students: Keys,
    pub(crate) measures: Keys,
}

/// Places of keys in a list.
#[derive(Debug, Default)]
pub(crate) struct Keys(FxHashMap<String, u32>);

impl Keys {
    fn of<'a>(keys: impl Iterator<Item = &'a str>) -> Self {
        Self(keys.zip(0..).map(|(key, place)| (key.to_owned(), place)).collect())
    }

    pub(crate) fn get(&self, key: Option<&str>) -> Option<u32> {
        self.0.get(key?).copied()
    }

    fn add(&mut self, key: &str) -> u32 {
        let next = self.0.len() as u32;
        if let Some(place) = self.0.get(key) {
            return *place;
        }
        self.0.insert(key.to_owned(), next);
        next
    }
}

/// Row numbers in the order of a key column; rows without a key are left out.
fn sorted(keys: &[Option<&str>]) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..keys.len()).filter(|row| keys[*row].is_some()).collect();
    rows.sort_by_key(|row| keys[*row]);
    rows.dedup_by_key(|row| keys[*row]);
    rows
}

fn owned(text: Option<&str>) -> Option<String> {
    text.map(str::to_owned)
}

const ENROLLMENTS: &[&str] = &["student_key", "school_year", "district_code", "school_code", "case_manager", "entry"];
const PLANS: &[&str] = &["plan_key", "student_key", "amends_plan_key", "effective_from", "start", "end"];
const GOALS: &[&str] = &["goal_key", "plan_key", "student_key", "parent_goal_key", "begin", "end", "primary_measure_key"];
const MEASURES: &[&str] = &[
    "measure_key",
    "goal_key",
    "student_key",
    "name",
    "unit",
    "family",
    "direction",
    "level",
    "baseline_value",
    "baseline_date",
    "baseline_source",
    "target_value",
    "target_date",
    "criterion_k",
    "criterion_n",
];
const CHANGES: &[&str] = &["measure_key", "date", "label"];
const REPORTS: &[&str] = &["goal_key", "date", "code"];
const CALENDAR: &[&str] = &["district_code", "kind", "begin", "end"];

/// Reads the tables that are small beside the data points.
pub(crate) fn load(dataset: &Path, config: &Config) -> Result<Loaded, AnalyzeError> {
    let mut loaded = Loaded::default();
    loaded.enrollments(&Frame::read(dataset, "enrollments", ENROLLMENTS)?)?;
    let plans = loaded.plans(&Frame::read(dataset, "plans", PLANS)?)?;
    let goals = Frame::read(dataset, "goals", GOALS)?;
    let measures = Frame::read(dataset, "measures", MEASURES)?;
    let goal_keys = loaded.goals(&goals, &plans, &measures)?;
    loaded.measures(&measures, &goal_keys)?;
    loaded.changes(&Frame::read(dataset, "phase_changes", CHANGES)?)?;
    loaded.reports(&Frame::read(dataset, "progress_reports", REPORTS)?, &goal_keys)?;
    loaded.calendars(&Frame::read(dataset, "calendar", CALENDAR)?, config)?;
    Ok(loaded)
}

/// First day, last day and root of each plan.
type Plans = FxHashMap<String, (Option<Day>, Option<Day>, u32)>;

impl Loaded {
    fn student(&mut self, key: Option<&str>) -> Option<u32> {
        let place = self.students.add(key?);
        if place as usize == self.world.students.len() {
            self.world.students.push(Student::default());
            self.places.push(Place::default());
        }
        Some(place)
    }

    /// A student's place is that of the latest school year, of its last entry.
    fn enrollments(&mut self, frame: &Frame) -> Result<(), AnalyzeError> {
        let students = frame.texts("student_key")?;
        let (years, entries) = (frame.integers("school_year")?, frame.days("entry")?);
        let (districts, schools) = (frame.texts("district_code")?, frame.texts("school_code")?);
        let managers = frame.texts("case_manager")?;
        let mut order: Vec<usize> = (0..frame.len()).collect();
        order.sort_by_key(|row| (years[*row], entries[*row]));
        for row in order {
            if let Some(student) = self.student(students[row]) {
                self.places[student as usize] =
                    Place { district: owned(districts[row]), school: owned(schools[row]), case_manager: owned(managers[row]) };
            }
        }
        Ok(())
    }

    fn plans(&mut self, frame: &Frame) -> Result<Plans, AnalyzeError> {
        let (keys, students, amends) = (frame.texts("plan_key")?, frame.texts("student_key")?, frame.texts("amends_plan_key")?);
        let (starts, from, ends) = (frame.days("start")?, frame.days("effective_from")?, frame.days("end")?);
        let rows = sorted(&keys);
        let places = Keys::of(rows.iter().filter_map(|row| keys[*row]));
        let mut plans = Plans::default();
        for (place, row) in rows.iter().copied().enumerate() {
            // Amendments of amendments; a circle ends where it began.
            let mut root = place;
            for _ in 0..rows.len() {
                match places.get(amends[rows[root]]) {
                    Some(amended) if amended as usize != place => root = amended as usize,
                    _ => break,
                }
            }
            let (start, root) = (starts[row].or(from[row]), root as u32);
            if let (Some(student), Some(start)) = (self.student(students[row]), start) {
                self.world.students[student as usize].plans.push(Plan { root, start, end: ends[row] });
            }
            plans.insert(keys[row].unwrap_or_default().to_owned(), (start, ends[row], root));
        }
        Ok(plans)
    }

    fn goals(&mut self, frame: &Frame, plans: &Plans, measures: &Frame) -> Result<Keys, AnalyzeError> {
        let (keys, students, parents) = (frame.texts("goal_key")?, frame.texts("student_key")?, frame.texts("parent_goal_key")?);
        let (plan_keys, primaries) = (frame.texts("plan_key")?, frame.texts("primary_measure_key")?);
        let (begins, ends) = (frame.days("begin")?, frame.days("end")?);
        let rows = sorted(&keys);
        let places = Keys::of(rows.iter().filter_map(|row| keys[*row]));
        let measure_keys = measures.texts("measure_key")?;
        self.measures = Keys::of(sorted(&measure_keys).into_iter().filter_map(|row| measure_keys[row]));
        for row in rows.iter().copied() {
            let parent = places.get(parents[row]).filter(|parent| keys[rows[*parent as usize]] != keys[row]);
            let above = parent.map(|parent| rows[parent as usize]);
            let plan = plan_keys[row].or_else(|| plan_keys[above?]).and_then(|key| plans.get(key)).copied();
            let student = self.student(students[row]);
            self.world.goals.push(Goal {
                key: keys[row].unwrap_or_default().to_owned(),
                student_key: owned(students[row]),
                parent,
                primary: self.measures.get(primaries[row]),
                begin: begins[row].or_else(|| begins[above?]).or_else(|| plan?.0),
                end: ends[row].or_else(|| ends[above?]).or_else(|| plan?.1),
                plan: plan.map(|(start, _, root)| (start, root)),
                student,
            });
        }
        Ok(places)
    }

    fn measures(&mut self, frame: &Frame, goals: &Keys) -> Result<(), AnalyzeError> {
        let keys = frame.texts("measure_key")?;
        let text = |name: &str| frame.texts(name);
        let (goal_of, student_of, units, families) = (text("goal_key")?, text("student_key")?, text("unit")?, text("family")?);
        let (directions, levels, sources) = (text("direction")?, text("level")?, text("baseline_source")?);
        let (baselines, baseline_days) = (frame.floats("baseline_value")?, frame.days("baseline_date")?);
        let (targets, target_days) = (frame.floats("target_value")?, frame.days("target_date")?);
        let (ks, ns) = (frame.integers("criterion_k")?, frame.integers("criterion_n")?);
        let names = text("name")?;
        let mut kinds: FxHashMap<Kind, u32> = FxHashMap::default();
        let word = |column| AnalyzeError::Word { table: "measures", column };
        for row in sorted(&keys) {
            let worse = match directions[row] {
                None => None,
                Some("increase") => Some(Side::Below),
                Some("decrease") => Some(Side::Above),
                Some(_) => return Err(word("direction")),
            };
            let source = match sources[row] {
                Some("stated") => Some("stated"),
                Some("text") => Some("text"),
                Some("first_three" | "none") | None => None,
                Some(_) => return Err(word("baseline_source")),
            };
            let finite = |value: &f64| value.is_finite();
            let count = |value: Option<i64>| value.and_then(|value| usize::try_from(value).ok());
            let family = families[row].map_or(Ok(Family::Continuous), str::parse).map_err(|()| word("family"))?;
            let kind = Kind {
                name: plain(names[row].unwrap_or_default()),
                unit: plain(units[row].unwrap_or_default()),
                family,
                falls: worse == Some(Side::Above),
            };
            let next = kinds.len() as u32;
            self.world.measures.push(Measure {
                key: keys[row].unwrap_or_default().to_owned(),
                goal_key: owned(goal_of[row]),
                student_key: owned(student_of[row]),
                goal: goals.get(goal_of[row]),
                family,
                kind: *kinds.entry(kind).or_insert(next),
                per_minute: units[row].is_some_and(is_per_minute),
                worse,
                level: levels[row].filter(|level| !level.is_empty()).map_or(0, |level| self.world.labels.number(level)),
                baseline: baselines[row].filter(finite).zip(source).map(|(value, source)| (value, baseline_days[row], source)),
                target: targets[row].filter(finite),
                target_day: target_days[row],
                criterion: count(ks[row]).zip(count(ns[row])),
                changes: Vec::new(),
            });
        }
        let mut kinds: Vec<(Kind, u32)> = kinds.into_iter().collect();
        kinds.sort_by_key(|(_, place)| *place);
        self.world.kinds = kinds.into_iter().map(|(kind, _)| kind).collect();
        Ok(())
    }

    fn changes(&mut self, frame: &Frame) -> Result<(), AnalyzeError> {
        let (measures, days, labels) = (frame.texts("measure_key")?, frame.days("date")?, frame.texts("label")?);
        for row in 0..frame.len() {
            if let (Some(measure), Some(day)) = (self.measures.get(measures[row]), days[row]) {
                let label = labels[row].filter(|label| !label.is_empty()).map_or(0, |label| self.world.labels.number(label));
                self.world.measures[measure as usize].changes.push((day, label));
            }
        }
        for measure in &mut self.world.measures {
            measure.changes.sort_by_key(|(day, _)| *day);
            measure.changes.dedup_by_key(|(day, _)| *day);
        }
        Ok(())
    }

    fn reports(&mut self, frame: &Frame, goals: &Keys) -> Result<(), AnalyzeError> {
        let (goal_of, days, codes) = (frame.texts("goal_key")?, frame.days("date")?, frame.texts("code")?);
        self.reports = vec![Reports::new(); self.world.goals.len()];
        for row in 0..frame.len() {
            if let (Some(goal), Some(day)) = (goals.get(goal_of[row]), days[row]) {
                self.reports[goal as usize].push((day, owned(codes[row])));
            }
        }
        for reports in &mut self.reports {
            reports.sort_by_key(|(day, _)| *day);
        }
        Ok(())
    }

    /// A calendar for each district that names breaks, and one for all others.
    fn calendars(&mut self, frame: &Frame, config: &Config) -> Result<(), AnalyzeError> {
        let (districts, kinds) = (frame.texts("district_code")?, frame.texts("kind")?);
        let (begins, ends) = (frame.days("begin")?, frame.days("end")?);
        let breaks = || {
            (0..frame.len())
                .filter(|row| kinds[*row] == Some("break"))
                .filter_map(|row| Some((districts[row], (begins[row]?, ends[row]?))))
        };
        let mut common: Vec<(Day, Day)> = config.breaks.iter().map(|(first, last)| (day(*first), day(*last))).collect();
        common.extend(breaks().filter(|(district, _)| district.is_none()).map(|(_, days)| days));
        let mut names: Vec<&str> = breaks().filter_map(|(district, _)| district).collect();
        names.sort_unstable();
        names.dedup();
        self.world.calendars.push(Calendar::new(common.clone()));
        for name in &names {
            let own = breaks().filter(|(district, _)| *district == Some(*name)).map(|(_, days)| days);
            self.world.calendars.push(Calendar::new(common.iter().copied().chain(own).collect()));
        }
        for (student, place) in self.world.students.iter_mut().zip(&self.places) {
            let own = place.district.as_deref().and_then(|district| names.binary_search(&district).ok());
            student.calendar = own.map_or(0, |place| place + 1);
        }
        Ok(())
    }
}

/// Small letters, single blanks.
fn plain(text: &str) -> String {
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

pub(crate) fn is_per_minute(unit: &str) -> bool {
    let unit = unit.to_lowercase();
    ["per minute", "per min", "/min", "a minute"].iter().any(|words| unit.contains(words))
}
