//! Which goals lend each other strength, and what they say together.
//!
//! Strata are made of facts of measurement only: what is measured, in which unit, on which level of material, how often. Never of
//! a child, a disability, a school.

use crate::facts::{Settings, World};
use crate::prior_file::LEAST_SHARED;
use crate::prior_row::{self, Place};
use crate::working::Scale;
use aimline_model::analysis::{Flag, PriorRow};
use aimline_trend::Terms;
use aimline_trend::prior::{
    Evidence, LAG_TERMS, Lag, LagGrid, Posteriors, Prior, PriorSettings, Rung, choose, fit_prior, pooled, solve_phi,
};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Points closer than this many days, in the median, are taken daily.
const DAILY: i32 = 4;

/// What a goal shares with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Facts {
    /// Place in [`World::kinds`].
    pub(crate) kind: u32,
    /// Number of the level's label.
    pub(crate) level: u32,
    pub(crate) daily: bool,
    pub(crate) scale: Scale,
}

impl Facts {
    /// How time counts for errors that hang together: in school days, or in weeks.
    pub(crate) fn lag(self) -> Lag {
        if self.daily { Lag { unit: 0.2, least: 0.2 } } else { Lag { unit: 1.0, least: 1.0 / 7.0 } }
    }
}

/// Whether points on these days are taken daily.
pub(crate) fn is_daily(days: impl Iterator<Item = i32> + Clone) -> bool {
    let mut gaps: Vec<i32> = days.clone().zip(days.skip(1)).map(|(a, b)| b - a).collect();
    gaps.sort_unstable();
    gaps.get(gaps.len() / 2).is_some_and(|median| *median < DAILY)
}

/// One goal as a member of its strata.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) facts: Facts,
    pub(crate) line: Evidence,
    /// Of least-squares lines through four points or more.
    pub(crate) lags: Option<Box<LagGrid>>,
}

/// A prior that carries a goal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Carried<'a> {
    pub(crate) facts: Facts,
    pub(crate) rung: Rung,
    pub(crate) posteriors: &'a Posteriors,
    /// Correlation of the errors of two points a unit of [`Facts::lag`] apart.
    pub(crate) phi: f64,
    /// Hash of the prior.
    pub(crate) hash: &'a str,
}

/// All priors of a run.
#[derive(Debug, Default)]
pub(crate) struct Priors {
    /// In the order of their places.
    pub(crate) rows: Vec<PriorRow>,
    ready: Vec<Posteriors>,
    chosen: FxHashMap<Facts, (Rung, usize, f64)>,
}

impl Priors {
    pub(crate) fn of(&self, facts: Facts) -> Option<Carried<'_>> {
        let (rung, at, phi) = *self.chosen.get(&facts)?;
        let (posteriors, row) = self.ready.get(at).zip(self.rows.get(at))?;
        Some(Carried { facts, rung, posteriors, phi, hash: &row.prior })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.chosen.is_empty()
    }

    /// Fits them, pools them with those of others, and chooses for each kind of goal the nearest that carries. The order of the
    /// candidates does not matter: sums over goals are exact.
    pub(crate) fn fit(world: &World, candidates: &[Candidate], others: &[PriorRow], frozen: bool, settings: &Settings) -> Self {
        let others = by_place(others);
        let mut members: BTreeMap<Place, Vec<u32>> = BTreeMap::new();
        let mut facts: Vec<Facts> = candidates.iter().map(|candidate| candidate.facts).collect();
        facts.sort_unstable();
        facts.dedup();
        let places: FxHashMap<Facts, Vec<(Rung, Place)>> =
            facts.iter().map(|facts| (*facts, prior_row::places(world, *facts))).collect();
        for (number, candidate) in (0..).zip(candidates) {
            for (_, place) in &places[&candidate.facts] {
                match members.get_mut(place) {
                    Some(members) => members.push(number),
                    None => drop(members.insert(place.clone(), vec![number])),
                }
            }
        }
        let own: BTreeMap<Place, &Vec<u32>> = members.iter().map(|(place, members)| (place.clone(), members)).collect();
        let phis = Phis::new(candidates, &own, &others, frozen, settings.min_stratum);
        let lines: Vec<Evidence> =
            candidates.par_iter().map(|candidate| widened(candidate, phis.of(&places[&candidate.facts]))).collect();
        let fitted: BTreeMap<&Place, Prior> = own
            .par_iter()
            .filter(|_| !frozen)
            .filter_map(|(place, members)| {
                let lines: Vec<Evidence> = members.iter().map(|number| lines[*number as usize]).collect();
                Some((place, fit_prior(&lines, PriorSettings::default())?))
            })
            .collect();
        let mut priors = Self::default();
        let mut at: BTreeMap<&Place, Option<usize>> = BTreeMap::new();
        for facts in &facts {
            let rungs = &places[facts];
            let phi = phis.of(rungs);
            for (_, place) in rungs {
                if !at.contains_key(place) {
                    let known = of_place(fitted.get(place), others.get(place), settings.min_stratum);
                    at.insert(place, known.map(|(prior, files)| priors.add(place, &prior, files, phi)));
                }
            }
            let known: Vec<(Rung, usize)> = rungs.iter().filter_map(|(rung, place)| Some((*rung, (*at.get(place)?)?))).collect();
            let numbers: Vec<Prior> = known.iter().map(|(_, at)| prior_row::prior(&priors.rows[*at])).collect();
            let ladder = known.iter().zip(&numbers).map(|((rung, _), prior)| (*rung, Some(prior)));
            if let Some((rung, _)) = choose(ladder, settings.min_stratum) {
                let chosen = known.iter().find(|(of, _)| *of == rung).map(|(_, at)| *at);
                priors.chosen.extend(chosen.map(|at| (*facts, (rung, at, phi))));
            }
        }
        priors
    }

    /// Notes how many verdicts rest on each.
    pub(crate) fn count(&mut self, flags: &[Flag]) {
        let mut used: FxHashMap<&str, i64> = FxHashMap::default();
        for prior in flags.iter().filter_map(|flag| flag.prior.as_deref()) {
            *used.entry(prior).or_default() += 1;
        }
        for row in &mut self.rows {
            row.used = used.get(row.prior.as_str()).copied().unwrap_or(0);
        }
    }

    /// The rows in the order of rung, measure, unit and so on. The name of a measure that few goals have may be a child's.
    pub(crate) fn into_rows(self) -> Vec<PriorRow> {
        let mut rows = self.rows;
        rows.retain(|row| row.goals >= LEAST_SHARED);
        rows.sort_by_cached_key(Place::of_row);
        rows
    }

    fn add(&mut self, place: &Place, prior: &Prior, files: usize, phi: f64) -> usize {
        self.rows.push(prior_row::row(place, prior, files, phi));
        self.ready.push(Posteriors::new(prior));
        self.rows.len() - 1
    }
}

fn by_place(rows: &[PriorRow]) -> BTreeMap<Place, Vec<&PriorRow>> {
    let mut by_place: BTreeMap<Place, Vec<&PriorRow>> = BTreeMap::new();
    for row in rows {
        by_place.entry(Place::of_row(row)).or_default().push(row);
    }
    by_place
}

/// The district's own prior where it carries, else all that is known together; and how many files are in it.
fn of_place(own: Option<&Prior>, others: Option<&Vec<&PriorRow>>, least: u64) -> Option<(Prior, usize)> {
    if let Some(own) = own.filter(|own| own.goals >= least || others.is_none()) {
        return Some((*own, 0));
    }
    let others: Vec<Prior> = others?.iter().map(|row| prior_row::prior(row)).collect();
    Some((pooled(others.iter().chain(own))?, others.len()))
}

fn widened(candidate: &Candidate, phi: f64) -> Evidence {
    match &candidate.lags {
        Some(lags) if phi > 0.0 => candidate.line.with(&lags.factors(phi)),
        _ => candidate.line,
    }
}

/// The autocorrelation of each stratum, or of the measure where the stratum is small.
struct Phis(BTreeMap<Place, f64>);

impl Phis {
    fn new(
        candidates: &[Candidate],
        own: &BTreeMap<Place, &Vec<u32>>,
        others: &BTreeMap<Place, Vec<&PriorRow>>,
        frozen: bool,
        least: u64,
    ) -> Self {
        let of_others = others.iter().filter_map(|(place, rows)| {
            let goals: f64 = rows.iter().map(|row| row.goals as f64).sum();
            let sum: f64 = rows.iter().map(|row| row.goals as f64 * row.autocorrelation).sum();
            Some((place.clone(), (goals > 0.0).then(|| sum / goals)?))
        });
        let mut phis: BTreeMap<Place, f64> = of_others.collect();
        let fitted: Vec<(Place, f64)> = own
            .par_iter()
            .filter(|(place, _)| !frozen && place.is_of_a_measure())
            .filter_map(|(place, members)| {
                let mut sums: Terms<LAG_TERMS> = Terms::default();
                let lags = members.iter().filter_map(|number| candidates[*number as usize].lags.as_ref());
                let count = lags.map(|lags| sums.add(lags.terms())).count() as u64;
                (count >= least).then(|| Some((place.clone(), solve_phi(&sums)?))).flatten()
            })
            .collect();
        phis.extend(fitted);
        Self(phis)
    }

    fn of(&self, rungs: &[(Rung, Place)]) -> f64 {
        let known = rungs.iter().filter(|(_, place)| place.is_of_a_measure()).find_map(|(_, place)| self.0.get(place));
        known.copied().unwrap_or(0.0)
    }
}
