//! Realistic sheets of every layout, changed in every way: whatever comes of them, nothing panics or hangs, each filled cell
//! has one role, and what is suggested can be read and changes nothing.
//!
//! The same sheets come on every machine. For longer runs:
//! `AIMLINE_MUTATIONS=100000 AIMLINE_SEED=7 cargo test --release -p aimline-map --test mutations -- --nocapture`.
//! A failure is made small before it is shown; as text it goes into `found.rs`. Seeds 201 to 247 with 150 rounds each and 401 to
//! 407 with 600 were run with checks of overflow, nearly an hour of CPU; what they found is there.

mod change;
mod check;
mod found;
mod random;
mod seeds;
mod shrink;
#[path = "../support/mod.rs"]
mod support;
mod watch;

use aimline_map::{HeadRow, Profile};
use random::Random;
use watch::Watch;

/// A sheet, and the text of a profile for it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Case {
    pub(crate) file: String,
    pub(crate) name: String,
    pub(crate) rows: Vec<HeadRow>,
    pub(crate) profile: Option<String>,
}

/// How often each sheet is changed.
fn rounds() -> u64 {
    std::env::var("AIMLINE_MUTATIONS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(8)
}

fn seed() -> u64 {
    std::env::var("AIMLINE_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1)
}

#[test]
fn sheets() {
    let seeds = seeds::all();
    let profiles = seeds::profiles();
    let mut random = Random::new(seed());
    let mut watch = Watch::new();
    for (at, case) in seeds.iter().enumerate() {
        watch.see(&format!("sheet {at} as it is"), case);
        for round in 1..=rounds() {
            let mut case = case.clone();
            change::sheet(&mut case, &seeds, &mut random);
            if case.profile.is_none() && random.one_in(4) {
                case.profile = Some(random.of(&profiles).clone());
            }
            if let Some(profile) = case.profile.as_mut().filter(|_| random.one_in(2)) {
                change::profile(profile, &mut random);
            }
            watch.see(&format!("sheet {at}, round {round} of seed {}", seed()), &case);
        }
    }
    watch.report();
}

#[test]
fn profiles() {
    let mut random = Random::new(seed());
    for text in seeds::profiles() {
        assert!(Profile::parse(&text).is_ok(), "{text}");
        for _ in 0..rounds() * 100 {
            let mut text = text.clone();
            change::profile(&mut text, &mut random);
            check::profile(&text);
        }
    }
}
