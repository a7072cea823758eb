//! One module per promise to a user, on real plugins and the real binary.
#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it should be")]
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

mod bad_input;
mod books;
mod checks;
mod choices;
mod cli;
mod commit;
mod configuration;
mod corpus;
mod determinism;
mod explain;
mod floors;
mod folders;
mod groups;
mod mapping;
mod misbehaviour;
mod page;
mod plugins;
mod priors;
mod privacy;
mod profiles;
mod readers;
mod repair;
mod rules_goals;
mod rules_items;
mod rules_people;
mod sample_goals;
mod samples;
mod sections;
mod support;
mod vendors;
