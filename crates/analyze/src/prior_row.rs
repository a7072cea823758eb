//! Priors as rows, and the places they belong to.

use crate::facts::{Family, World};
use crate::strata::Facts;
use crate::working::Scale;
use aimline_model::analysis::PriorRow;
use aimline_trend::prior::{Component, Prior, Rung};
use std::fmt::Write;

/// What the goals of a prior share, in words, so that another district's is found by the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    rung: Rung,
    measure: String,
    unit: String,
    family: String,
    falls: bool,
    level: String,
    daily: bool,
    scale: String,
}

impl Place {
    pub(crate) fn of_row(row: &PriorRow) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            rung: RUNGS.into_iter().find(|rung| rung.as_str() == row.rung).unwrap_or(Rung::Family),
            measure: text(&row.measure),
            unit: text(&row.unit),
            family: row.family.clone(),
            falls: row.direction == DECREASE,
            level: text(&row.level),
            daily: row.schedule.as_deref() == Some(DAILY),
            scale: row.scale.clone(),
        }
    }

    /// Whether a run can have written it.
    pub(crate) fn is_known(&self, rung: &str) -> bool {
        let scales = [Scale::Identity, Scale::Logit, Scale::Log];
        self.rung.as_str() == rung && scales.iter().any(|scale| scale.as_str() == self.scale)
    }

    /// Errors hang together in the same way on one measure; not on all measures of a unit.
    pub(crate) fn is_of_a_measure(&self) -> bool {
        self.rung != Rung::Family
    }
}

const RUNGS: [Rung; 3] = [Rung::Stratum, Rung::Measure, Rung::Family];

/// The rung of this name; no name for another.
pub(crate) fn rung(name: &str) -> &'static str {
    RUNGS.into_iter().map(Rung::as_str).find(|rung| *rung == name).unwrap_or("")
}

const DECREASE: &str = "decrease";
const DAILY: &str = "daily";

/// A unit that means the same on every measure. "Points" of two tests do not.
const ONE_SCALE: &str = "wcpm";

/// The nearest first. Measures without a name share no more than their family. A family is pooled over measures only where its
/// slopes are on one scale: shares, logarithms, percent, words correct per minute.
pub(crate) fn places(world: &World, facts: Facts) -> Vec<(Rung, Place)> {
    let kind = world.kinds.get(facts.kind as usize);
    let stratum = Place {
        rung: Rung::Stratum,
        measure: kind.map_or_else(String::new, |kind| kind.name.clone()),
        unit: kind.map_or_else(String::new, |kind| kind.unit.clone()),
        family: kind.map_or("", |kind| kind.family.as_str()).to_owned(),
        falls: kind.is_some_and(|kind| kind.falls),
        level: world.labels.get(facts.level).unwrap_or_default().trim().to_lowercase(),
        daily: facts.daily,
        scale: facts.scale.as_str().to_owned(),
    };
    let measure = Place { rung: Rung::Measure, level: String::new(), daily: false, ..stratum.clone() };
    let family = Place { rung: Rung::Family, measure: String::new(), ..measure.clone() };
    let one_scale = facts.scale != Scale::Identity || family.family == Family::Percent.as_str() || family.unit == ONE_SCALE;
    let named = !measure.measure.is_empty();
    let rungs = [(Rung::Stratum, stratum, named), (Rung::Measure, measure, named), (Rung::Family, family, one_scale)];
    rungs.into_iter().filter(|(.., holds)| *holds).map(|(rung, place, _)| (rung, place)).collect()
}

pub(crate) fn row(place: &Place, prior: &Prior, files: usize, phi: f64) -> PriorRow {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let [one, two] = prior.mixture.map_or([None; 2], |parts| parts.map(Some));
    let mut row = PriorRow {
        rung: place.rung.as_str(),
        measure: text(&place.measure),
        unit: text(&place.unit),
        family: place.family.clone(),
        direction: if place.falls { DECREASE } else { "increase" }.to_owned(),
        level: text(&place.level),
        schedule: (place.rung == Rung::Stratum).then(|| if place.daily { DAILY } else { "weekly" }.to_owned()),
        scale: place.scale.clone(),
        goals: i64::try_from(prior.goals).unwrap_or(i64::MAX),
        files: i64::try_from(files).unwrap_or(i64::MAX),
        mean: prior.mean,
        mean_var: prior.mean_var,
        spread_square: prior.spread_square,
        spread_square_se: prior.spread_square_se,
        noise: prior.noise,
        noise_df: Some(prior.noise_df).filter(|df| df.is_finite()),
        excess_kurtosis: prior.excess_kurtosis,
        weight_1: one.map(|part| part.weight),
        mean_1: one.map(|part| part.mean),
        spread_1: one.map(|part| part.spread),
        weight_2: two.map(|part| part.weight),
        mean_2: two.map(|part| part.mean),
        spread_2: two.map(|part| part.spread),
        autocorrelation: if place.is_of_a_measure() { phi } else { 0.0 },
        ..PriorRow::default()
    };
    row.prior = hash(&row);
    row
}

/// The prior that a row tells of.
pub(crate) fn prior(row: &PriorRow) -> Prior {
    let part = |weight: Option<f64>, mean: Option<f64>, spread: Option<f64>| {
        Some(Component { weight: weight?, mean: mean?, spread: spread? })
    };
    let parts = (part(row.weight_1, row.mean_1, row.spread_1), part(row.weight_2, row.mean_2, row.spread_2));
    Prior {
        goals: u64::try_from(row.goals).unwrap_or(0),
        mean: row.mean,
        spread_square: row.spread_square,
        spread_square_se: row.spread_square_se,
        mean_var: row.mean_var,
        noise: row.noise,
        noise_df: row.noise_df.unwrap_or(f64::INFINITY),
        excess_kurtosis: row.excess_kurtosis,
        mixture: match parts {
            (Some(one), Some(two)) => Some([one, two]),
            _ => None,
        },
    }
}

/// 12 hex digits over all that a verdict takes from the row.
fn hash(row: &PriorRow) -> String {
    let numbers = [
        row.mean,
        row.mean_var,
        row.spread_square,
        row.spread_square_se,
        row.noise,
        row.noise_df.unwrap_or(f64::INFINITY),
        row.autocorrelation,
    ];
    let parts = [row.weight_1, row.mean_1, row.spread_1, row.weight_2, row.mean_2, row.spread_2];
    let mut text = format!("{:?}", (row.rung, &row.measure, &row.unit, &row.family, &row.direction, &row.level, &row.schedule));
    let _ = write!(text, "{} {} {numbers:?} {parts:?}", row.scale, row.goals);
    aimline_store::sha256_hex(text.as_bytes()).chars().take(12).collect()
}
