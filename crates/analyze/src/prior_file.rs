//! The prior file: a CSV that one district gives another, or keeps for a term. Means, spreads and noise of strata; no child's data.

use crate::prior_row::{self, Place};
use aimline_model::analysis::PriorRow;
use serde::{Deserialize, Serialize};

/// A stratum of fewer goals stays at home: its mean would say something of single children.
pub const LEAST_SHARED: i64 = 30;

/// What is wrong in a prior file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PriorFileError {
    /// Not the columns, or a cell that is not a number.
    #[error("{0}")]
    Csv(#[from] csv::Error),
    /// A row that no run can have written.
    #[error("line {line}: {what}")]
    Row {
        /// Line of the file.
        line: u64,
        /// What was seen and what was expected.
        what: &'static str,
    },
}

/// A line of the file; the columns of `priors`, less those of one run.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    rung: String,
    measure: Option<String>,
    unit: Option<String>,
    family: String,
    direction: String,
    level: Option<String>,
    schedule: Option<String>,
    scale: String,
    goals: i64,
    mean: f64,
    mean_var: f64,
    spread_square: f64,
    spread_square_se: f64,
    noise: f64,
    noise_df: Option<f64>,
    excess_kurtosis: f64,
    weight_1: Option<f64>,
    mean_1: Option<f64>,
    spread_1: Option<f64>,
    weight_2: Option<f64>,
    mean_2: Option<f64>,
    spread_2: Option<f64>,
    autocorrelation: f64,
}

/// The file of these priors: those of [`LEAST_SHARED`] goals or more that the run fitted on its own goals. What was pooled with
/// the files of others is left out, so that nothing is counted twice when files go round.
///
/// # Errors
/// When a row cannot be written as CSV.
pub fn write_priors(rows: &[PriorRow]) -> Result<String, PriorFileError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows.iter().filter(|row| row.goals >= LEAST_SHARED && row.files == 0) {
        writer.serialize(line_of(row))?;
    }
    let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Reads such a file.
///
/// # Errors
/// When it has other columns, or a row that is no prior.
pub fn read_priors(text: &str) -> Result<Vec<PriorRow>, PriorFileError> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut rows = Vec::new();
    for line in reader.deserialize() {
        let line: Line = line?;
        let row = row_of(line);
        if let Some(what) = wrong(&row) {
            return Err(PriorFileError::Row { line: rows.len() as u64 + 2, what });
        }
        rows.push(row);
    }
    Ok(rows)
}

fn wrong(row: &PriorRow) -> Option<&'static str> {
    let positive = |value: f64| value > 0.0 && value.is_finite();
    let finite = [row.mean, row.mean_var, row.spread_square, row.excess_kurtosis].iter().all(|value| value.is_finite());
    let checks = [
        (row.goals >= LEAST_SHARED, "goals must be 30 or more"),
        (
            finite && row.mean_var >= 0.0,
            "mean, mean_var, spread_square and excess_kurtosis must be numbers, mean_var not below 0",
        ),
        (positive(row.spread_square_se), "spread_square_se must be above 0"),
        (positive(row.noise), "noise must be above 0"),
        (row.noise_df.is_none_or(positive), "noise_df must be above 0, or empty"),
        ((0.0..1.0).contains(&row.autocorrelation), "autocorrelation must be from 0 to below 1"),
        (Place::of_row(row).is_known(row.rung), "rung must be stratum, measure or family; scale identity, logit or log"),
    ];
    checks.into_iter().find(|(fits, _)| !fits).map(|(_, what)| what)
}

fn line_of(row: &PriorRow) -> Line {
    let row = row.clone();
    Line {
        rung: row.rung.to_owned(),
        measure: row.measure,
        unit: row.unit,
        family: row.family,
        direction: row.direction,
        level: row.level,
        schedule: row.schedule,
        scale: row.scale,
        goals: row.goals,
        mean: row.mean,
        mean_var: row.mean_var,
        spread_square: row.spread_square,
        spread_square_se: row.spread_square_se,
        noise: row.noise,
        noise_df: row.noise_df,
        excess_kurtosis: row.excess_kurtosis,
        weight_1: row.weight_1,
        mean_1: row.mean_1,
        spread_1: row.spread_1,
        weight_2: row.weight_2,
        mean_2: row.mean_2,
        spread_2: row.spread_2,
        autocorrelation: row.autocorrelation,
    }
}

fn row_of(line: Line) -> PriorRow {
    PriorRow {
        rung: prior_row::rung(&line.rung),
        measure: line.measure,
        unit: line.unit,
        family: line.family,
        direction: line.direction,
        level: line.level,
        schedule: line.schedule,
        scale: line.scale,
        goals: line.goals,
        mean: line.mean,
        mean_var: line.mean_var,
        spread_square: line.spread_square,
        spread_square_se: line.spread_square_se,
        noise: line.noise,
        noise_df: line.noise_df,
        excess_kurtosis: line.excess_kurtosis,
        weight_1: line.weight_1,
        mean_1: line.mean_1,
        spread_1: line.spread_1,
        weight_2: line.weight_2,
        mean_2: line.mean_2,
        spread_2: line.spread_2,
        autocorrelation: line.autocorrelation,
        ..PriorRow::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> PriorRow {
        PriorRow {
            rung: "stratum",
            measure: Some("oral reading, \"fluency\"".to_owned()),
            unit: Some("wcpm".to_owned()),
            family: "continuous".to_owned(),
            direction: "increase".to_owned(),
            schedule: Some("weekly".to_owned()),
            scale: "identity".to_owned(),
            goals: 240,
            mean: 1.1 / 3.0,
            mean_var: 0.001,
            spread_square: 0.3,
            spread_square_se: 0.02,
            noise: 80.5,
            noise_df: None,
            excess_kurtosis: -0.1,
            autocorrelation: 0.12,
            ..PriorRow::default()
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let small = PriorRow { goals: 29, ..row() };
        let pooled = PriorRow { files: 2, ..row() };
        let text = write_priors(&[row(), small, pooled]).expect("written");
        assert_eq!(text.lines().count(), 2, "{text}");
        assert_eq!(read_priors(&text).expect("read"), [row()]);
        assert_eq!(read_priors(&format!("\u{feff}{text}")).expect("with a BOM, as Excel saves it"), [row()]);
    }

    #[test]
    fn wrong_files_are_said() {
        let text = write_priors(&[row()]).expect("written");
        for (from, to, expected) in [
            ("spread_square_se", "spread", "unknown field"),
            ("240", "many", "invalid digit"),
            ("240", "12", "line 2: goals must be 30 or more"),
            ("80.5", "-1", "line 2: noise must be above 0"),
            ("stratum", "school", "line 2: rung must be"),
        ] {
            let message = read_priors(&text.replacen(from, to, 1)).expect_err(to).to_string();
            assert!(message.contains(expected), "{to}: {message}");
        }
    }
}
