//! The points that charts show: scored ones of some measures, with their places.

use crate::AnalyzeError;
use crate::load::is_per_minute;
use aimline_model::tables::Measure;
use aimline_store::parquet::{GROUP_ROWS, date};
use aimline_store::read;
use chrono::NaiveDate;
use polars::prelude::DataFrame;
use std::collections::BTreeMap;
use std::path::Path;

/// A scored point as it stands in the dataset.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartPoint {
    /// Day.
    pub date: Option<NaiveDate>,
    /// Session, where there is no day.
    pub session_no: Option<i64>,
    /// Score, in the measure's unit; a rate when the measure has minutes.
    pub value: f64,
    /// Sheet and cell, or place in the form.
    pub locator: String,
    /// Source.
    pub source_id: String,
    /// Whether another source contradicts it.
    pub conflict: bool,
}

/// The scored points of some measures, by measure key, in the order of the dataset: counts with minutes as rates, unless
/// the unit is a rate already. `folder` holds `dataset/`.
///
/// # Errors
/// When the file cannot be read.
pub fn chart_points<'a>(
    folder: &Path,
    measures: impl IntoIterator<Item = &'a Measure>,
) -> Result<BTreeMap<String, Vec<ChartPoint>>, AnalyzeError> {
    let counted =
        |measure: &Measure| measure.family.as_deref() == Some("count") && !measure.unit.as_deref().is_some_and(is_per_minute);
    let wanted: BTreeMap<&str, bool> =
        measures.into_iter().map(|measure| (measure.measure_key.as_str(), counted(measure))).collect();
    let path = folder.join("dataset/data_points.parquet");
    let rows = read::rows(&path)?;
    let mut points = BTreeMap::new();
    let columns = ["conflict", "measure_key", "date", "session_no", "value", "exposure_minutes", "state", "source_id", "locator"];
    for offset in (0..rows).step_by(GROUP_ROWS) {
        let frame = read::slice(&path, &columns, offset, GROUP_ROWS)?;
        collect(&frame, &wanted, &mut points)?;
    }
    Ok(points)
}

fn collect(
    frame: &DataFrame,
    wanted: &BTreeMap<&str, bool>,
    points: &mut BTreeMap<String, Vec<ChartPoint>>,
) -> Result<(), AnalyzeError> {
    let text = |name: &str| frame.column(name)?.str().cloned();
    let (keys, states, sources, locators) = (text("measure_key")?, text("state")?, text("source_id")?, text("locator")?);
    let conflicts = frame.column("conflict")?.bool()?.clone();
    let days = frame.column("date")?.date()?.physical().clone();
    let sessions = frame.column("session_no")?.i64()?.clone();
    let (values, minutes) = (frame.column("value")?.f64()?.clone(), frame.column("exposure_minutes")?.f64()?.clone());
    for row in 0..frame.height() {
        let (Some(key), Some(value), Some("scored")) = (keys.get(row), values.get(row), states.get(row)) else { continue };
        let Some(counted) = wanted.get(key) else { continue };
        let rate = minutes.get(row).filter(|minutes| *counted && *minutes > 0.0).map_or(value, |minutes| value / minutes);
        points.entry(key.to_owned()).or_default().push(ChartPoint {
            date: days.get(row).and_then(date),
            session_no: sessions.get(row),
            value: rate,
            locator: locators.get(row).unwrap_or_default().to_owned(),
            source_id: sources.get(row).unwrap_or_default().to_owned(),
            conflict: conflicts.get(row).unwrap_or(false),
        });
    }
    Ok(())
}
