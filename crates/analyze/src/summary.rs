//! Counts of current goals by district, school and case manager.

use crate::error::AnalyzeError;
use crate::load::Loaded;
use aimline_model::analysis::{Flag, Summary};
use aimline_trend::{Group, Status};
use chrono::NaiveDate;
use polars::prelude::{DataFrame, Expr, IntoLazy, LazyFrame, NamedFrom, Series, col};

/// The four groups, as columns.
const GROUPS: [(&str, Group); 4] = [
    ("need_meeting", Group::NeedMeeting),
    ("slow_or_uncertain", Group::SlowOrUncertain),
    ("on_track_or_met", Group::OnTrackOrMet),
    ("cannot_judge", Group::CannotBeJudged),
];

/// The rows, by level and name.
pub(crate) fn summaries(flags: &[Flag], loaded: &Loaded, as_of: NaiveDate, ruleset: &str) -> Result<Vec<Summary>, AnalyzeError> {
    let current = current_goals(flags, loaded)?;
    let mut rows = Vec::new();
    for (level, by) in [("district", None), ("school", Some("school")), ("case_manager", Some("case_manager"))] {
        rows.extend(counted(current.clone(), level, by)?);
    }
    for row in &mut rows {
        row.as_of = Some(as_of);
        row.ruleset = ruleset.to_owned();
    }
    Ok(rows)
}

fn current_goals(flags: &[Flag], loaded: &Loaded) -> Result<LazyFrame, AnalyzeError> {
    let current: Vec<&Flag> = flags.iter().filter(|flag| flag.current).collect();
    let students: Vec<Option<&str>> = current.iter().map(|flag| flag.student_key.as_deref()).collect();
    let places = || students.iter().map(|key| loaded.students.get(*key).and_then(|place| loaded.places.get(place as usize)));
    let districts: Vec<Option<&str>> = places().map(|place| place?.district.as_deref()).collect();
    let schools: Vec<Option<&str>> = places().map(|place| place?.school.as_deref()).collect();
    let managers: Vec<Option<&str>> = places().map(|place| place?.case_manager.as_deref()).collect();
    let mut columns = vec![
        Series::new("student".into(), &students).into(),
        Series::new("district".into(), &districts).into(),
        Series::new("school".into(), &schools).into(),
        Series::new("case_manager".into(), &managers).into(),
    ];
    for (name, group) in GROUPS {
        let is = |flag: &&Flag| i64::from(Status::parse(flag.status).is_some_and(|status| status.group() == group));
        let ones: Vec<i64> = current.iter().map(is).collect();
        columns.push(Series::new(name.into(), &ones).into());
    }
    Ok(DataFrame::new(current.len(), columns)?.lazy())
}

fn counted(goals: LazyFrame, level: &'static str, by: Option<&str>) -> Result<Vec<Summary>, AnalyzeError> {
    let keys: Vec<Expr> = std::iter::once("district").chain(by).map(col).collect();
    let mut counts: Vec<Expr> = GROUPS.iter().map(|(name, _)| col(*name).sum()).collect();
    counts.push(col("student").drop_nulls().n_unique().cast(polars::prelude::DataType::Int64).alias("students"));
    let frame = goals.group_by(keys).agg(counts).collect()?;
    let texts = |name: &str| -> Result<Vec<Option<String>>, AnalyzeError> {
        Ok(frame.column(name)?.str()?.iter().map(|text| text.map(str::to_owned)).collect())
    };
    let number = |name: &str, row: usize| -> Result<i64, AnalyzeError> { Ok(frame.column(name)?.i64()?.get(row).unwrap_or(0)) };
    let (districts, names) = (texts("district")?, texts(by.unwrap_or("district"))?);
    // Groups come in any order.
    let mut order: Vec<usize> = (0..frame.height()).collect();
    order.sort_by_key(|row| (&names[*row], &districts[*row]));
    let mut rows = Vec::with_capacity(order.len());
    for row in order {
        let same_name = names.iter().filter(|name| **name == names[row]).count();
        let prefix = districts[row].as_deref().filter(|_| by.is_some() && same_name > 1);
        let name = match (prefix, &names[row]) {
            (Some(district), Some(name)) => Some(format!("{district} {name}")),
            (Some(district), None) => Some(district.to_owned()),
            (None, name) => name.clone(),
        };
        let mut summary = Summary {
            level,
            name,
            students: number("students", row)?,
            need_meeting: number("need_meeting", row)?,
            slow_or_uncertain: number("slow_or_uncertain", row)?,
            on_track_or_met: number("on_track_or_met", row)?,
            cannot_judge: number("cannot_judge", row)?,
            ..Summary::default()
        };
        summary.goals = summary.need_meeting + summary.slow_or_uncertain + summary.on_track_or_met + summary.cannot_judge;
        rows.push(summary);
    }
    Ok(rows)
}
