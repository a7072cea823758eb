//! From measures to goals: the primary measure, objectives, reports, the order of attention.

use crate::day::{Day, day};
use crate::facts::{Settings, World};
use crate::reasons::Reason;
use crate::rows::{Outcome, unmeasured};
use aimline_model::analysis::Flag;
use aimline_trend::{Status, attention_rank};
use std::cmp::Reverse;

/// The code of "not making progress".
const NOT_MAKING: &str = "not_making";

/// Progress reports of one goal in order of date: day and code.
pub(crate) type Reports = Vec<(Day, Option<String>)>;

/// The goals' rows in the order of the goals' keys. `outcomes` are by measure, `reports` by goal.
pub(crate) fn flags(world: &World, settings: &Settings, outcomes: &mut [Outcome], reports: &[Reports], as_of: Day) -> Vec<Flag> {
    let mut measures_of: Vec<Vec<usize>> = vec![Vec::new(); world.goals.len()];
    for (place, measure) in world.measures.iter().enumerate() {
        if let Some(of) = measure.goal.and_then(|goal| measures_of.get_mut(goal as usize)) {
            of.push(place);
        }
    }
    let mut rows: Vec<Option<(Flag, usize)>> = Vec::with_capacity(world.goals.len());
    for (place, goal) in world.goals.iter().enumerate() {
        let row = match primary(world, place, &measures_of[place], outcomes) {
            Some(measure) => outcomes[measure].flag.take().map(|flag| (flag, outcomes[measure].n_points)),
            None if goal.parent.is_none() => Some((unmeasured(world, settings, goal, as_of), 0)),
            None => None,
        };
        rows.push(row.map(|(mut flag, n)| {
            add_reports(&mut flag, reports.get(place).map_or(&[], Vec::as_slice));
            (flag, n)
        }));
    }
    roll_up(world, &mut rows);
    let mut flags: Vec<Flag> = rows.into_iter().flatten().map(|(flag, _)| flag).collect();
    rank(&mut flags);
    flags
}

/// The measure that the dataset names, else the only one with a target, else the one with most scored rows, ties to the
/// lowest key.
fn primary(world: &World, goal: usize, measures: &[usize], outcomes: &[Outcome]) -> Option<usize> {
    let named = world.goals[goal].primary.map(|place| place as usize);
    if let Some(named) = named.filter(|named| measures.contains(named)) {
        return Some(named);
    }
    let mut with_target = measures.iter().copied().filter(|place| world.measures[*place].target.is_some());
    match (with_target.next(), with_target.next()) {
        (Some(only), None) => Some(only),
        _ => measures.iter().copied().min_by_key(|place| (Reverse(outcomes[*place].n_rows), *place)),
    }
}

/// The latest report's code, and how many of the latest say "not making".
fn add_reports(flag: &mut Flag, reports: &[(Day, Option<String>)]) {
    let as_of = flag.as_of.map_or(Day::MAX, day);
    let known = &reports[..reports.partition_point(|(day, _)| *day <= as_of)];
    flag.reported_code = known.last().and_then(|(_, code)| code.clone());
    flag.not_making_run = known.iter().rev().take_while(|(_, code)| code.as_deref() == Some(NOT_MAKING)).count() as i64;
}

/// An annual goal without points takes the worst status of its objectives.
fn roll_up(world: &World, rows: &mut [Option<(Flag, usize)>]) {
    let mut objectives: Vec<Vec<usize>> = vec![Vec::new(); rows.len()];
    for (place, goal) in world.goals.iter().enumerate() {
        if let (Some(parent), true) = (goal.parent, rows[place].is_some())
            && let Some(of) = objectives.get_mut(parent as usize)
        {
            of.push(place);
        }
    }
    for (place, of) in objectives.iter().enumerate() {
        let Some((flag, 0)) = &rows[place] else { continue };
        let rows_of = || of.iter().filter_map(|objective| rows[*objective].as_ref()).map(|(objective, _)| objective);
        let alike = rows_of().filter(|objective| objective.current == flag.current).min_by_key(|flag| severity(flag));
        let Some(worst) = alike.or_else(|| rows_of().min_by_key(|flag| severity(flag))) else { continue };
        let mut rolled = flag.clone();
        rolled.status = worst.status;
        rolled.since = rolled.since.and(worst.since);
        rolled.worse = rolled.worse.or_else(|| worst.worse.clone());
        let code = Reason::FromObjectives.code();
        rolled.reasons = Some(worst.reasons.as_ref().map_or_else(|| code.to_owned(), |reasons| format!("{code} {reasons}")));
        rows[place] = Some((rolled, 0));
    }
}

fn status_of(flag: &Flag) -> Status {
    Status::parse(flag.status).unwrap_or(Status::Uncertain)
}

fn severity(flag: &Flag) -> u8 {
    attention_rank(status_of(flag), false)
}

/// Numbers the rows, which are in the order of the goals' keys, in the order of attention: current goals first.
fn rank(flags: &mut [Flag]) {
    let key = |(place, flag): (usize, &Flag)| {
        let rank = attention_rank(status_of(flag), flag.not_making_run >= 2);
        (!flag.current, rank, flag.p_stall.unwrap_or(-1.0), place)
    };
    let mut order: Vec<_> = flags.iter().enumerate().map(key).collect();
    order.sort_by(|a, b| {
        let by_student = || flags[a.3].student_key.cmp(&flags[b.3].student_key);
        (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| b.2.total_cmp(&a.2)).then_with(by_student)
    });
    for (place, (.., index)) in order.into_iter().enumerate() {
        flags[index].attention = place as i64 + 1;
    }
}
