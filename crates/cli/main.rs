//! The command line of aimline: reads the progress records of children with an IEP in many shapes, and writes one
//! dataset, trend lines and stalled-progress flags.
#![forbid(unsafe_code)]

mod args;
mod check;
mod dictionary;
mod explain;
mod explain_goal;
mod folders;
mod mapping;
mod messages;
mod output;
mod plugins;
mod priors;
mod profile;
mod profile_suggest;
mod profile_test;
mod progress;
mod run;
mod run_json;
mod scratch;

use args::{Args, Command};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut typed = std::env::args_os().skip(1);
    if typed.next().is_some_and(|first| first == aimline_host::worker::ARGUMENT) {
        aimline_host::worker::worker_main(typed)
    }
    let done = match Args::parse().command {
        Command::Run(args) => run::run(&args),
        Command::Check(args) => check::check(&args),
        Command::Profile(args) => profile::profile(&args.command),
        Command::Explain(args) => explain::explain(&args),
        Command::Priors(args) => priors::priors(&args),
        Command::Plugins(args) => plugins::plugins(&args),
        Command::Dictionary => dictionary::print(),
    };
    match done {
        Ok(status) => ExitCode::from(status),
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::failed(&error);
            ExitCode::from(2)
        }
    }
}
