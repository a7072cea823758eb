//! From the dataset to trends, flags, checks and summaries.
//!
//! Small tables are read whole; `data_points` slice by slice, so that memory is O(goals and one slice). polars reads, filters
//! and groups; `aimline-trend` computes on contiguous slices. The result depends on the dataset, the day and the
//! configuration only, whatever the number of threads.
#![forbid(unsafe_code)]

mod chart;
mod checks;
mod config;
mod currency;
mod day;
mod error;
mod facts;
mod flags;
mod frame;
mod line;
mod load;
mod look;
mod points;
mod prior_file;
mod prior_row;
mod quantiles;
mod reasons;
mod rows;
mod run;
mod sentence;
#[cfg(test)]
mod stories;
mod strata;
mod stream;
mod summary;
#[cfg(test)]
mod whole;
mod working;

pub use chart::{ChartPoint, chart_points};
pub use checks::in_words as check_settings_in_words;
pub use config::{Config, MonthDay, RuleSet, RuleSetError};
pub use error::AnalyzeError;
pub use prior_file::{LEAST_SHARED, PriorFileError, read_priors, write_priors};
pub use reasons::REASONS;
pub use run::{Analysis, Output, ruleset_label, run};
pub use sentence::sentence;

pub use aimline_trend::Mode;
