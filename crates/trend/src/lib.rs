//! Trend lines, point rules and status: pure mathematics on slices.
//!
//! No input or output; transcendental functions are libm's, so that the bits are the same on every machine. Everywhere `x` is
//! time in weeks from any origin of the caller (sessions on the session axis), `y` is the value in the measure's own unit and
//! sign, and slopes are per unit of `x`. Nothing here panics, and nothing but the distribution functions ever returns NaN: what
//! cannot be computed is `None` (or [`Position::Insufficient`]).
//!
//! "Sen 1968" and the like name the published source of a formula; the rules' own settings are in [`Limits`] and [`Thresholds`].
#![forbid(unsafe_code)]

mod aimline;
mod beta;
mod celeration;
mod counts;
mod describe;
mod duration;
pub mod effect;
mod exact_sum;
mod glm;
mod halves;
mod mann_kendall;
mod mastery;
mod mastery_chance;
mod median;
mod needed;
mod normal;
mod ols;
mod outliers;
mod position;
mod posterior;
pub mod prior;
mod projection;
mod refusal;
mod resolution;
mod roi;
mod rubric;
mod rules;
mod run_law;
mod share;
mod siegel;
pub mod simulate;
mod special;
mod status;
mod student;
mod theil_sen;
mod thin;
mod trials;
mod verdict;

pub use aimline::Aimline;
pub use beta::{beta_cdf, beta_quantile};
pub use celeration::{Celeration, celeration};
pub use counts::{counts, log_need};
pub use describe::{Describe, describe, mad_sd};
pub use duration::{duration_need, durations};
pub use exact_sum::{DIGITS, ExactSum, Terms};
pub use glm::Glm;
pub use halves::{MedianLine, quarter_intersect, split_middle, tukey_line};
pub use mann_kendall::{MannKendall, mann_kendall};
pub use mastery::{level_met, mastery};
pub use mastery_chance::{maintained, mastery_chance, session_chance};
pub use median::{median, median3};
pub use needed::{own_points_still_needed, points_still_needed};
pub use normal::{normal_cdf, normal_quantile};
pub use ols::{Anchored, Ols, anchored, ols};
pub use outliers::{outliers, robust_disagree};
pub use position::{Position, Side, TIE, is_tie};
pub use posterior::{OwnData, Probabilities, floored_sd, own_data, own_line};
pub use projection::{Attainment, Projection, attainment, projection};
pub use refusal::Refusal;
pub use resolution::resolution;
pub use roi::{Roi, level_now, roi, two_point_roi};
pub use rubric::{Prompts, Rubric, prompts, rubric};
pub use rules::{Answer, Limits, Look, RulePoints, trend_position};
pub use run_law::{Exact, baseline_run, fixed_target_run, true_line_mean_wait, true_line_run};
pub use share::Share;
pub use siegel::{Siegel, siegel};
pub use special::{digamma, trigamma, trigamma_inverse};
pub use status::{Group, Status, attention_rank};
pub use student::{t_cdf, t_quantile};
pub use theil_sen::{MAX_POINTS, TheilSen, TheilSenScratch, theil_sen};
pub use trials::{expit, logit, logit_need, trials};
pub use verdict::{Mode, StatusInput, Thresholds, status};
