//! `aimline profile`: suggests, tries and lists mapping profiles.

use crate::args::{ListArgs, ProfileCommand};
use crate::{output, profile_suggest, profile_test};
use aimline_map::Profile;
use aimline_pipeline::Config;
use std::path::Path;

pub(crate) fn profile(command: &ProfileCommand) -> anyhow::Result<u8> {
    match command {
        ProfileCommand::Suggest(args) => profile_suggest::suggest(args),
        ProfileCommand::Test(args) => profile_test::test(args),
        ProfileCommand::List(args) => list(args),
    }
}

fn list(args: &ListArgs) -> anyhow::Result<u8> {
    let own = args.inbox.as_ref().map(|inbox| inbox.join("aimline"));
    let config = Config::load(args.config.as_deref().or(own.as_deref()).unwrap_or_else(|| Path::new("")))?;
    let (shipped, own): (Vec<_>, Vec<_>) = config.profiles.iter().partition(|(_, _, profile)| profile.shipped);
    if own.is_empty() {
        output::line("No profiles of your own; `aimline profile suggest FILE` writes one.")?;
    }
    for (name, _, profile) in own {
        output::line(&format!("{name}\n  for       {}", fits(profile)))?;
    }
    output::line("\nWith aimline come these; a profile of your own that fits goes before them.")?;
    for (name, _, profile) in shipped {
        output::line(&format!("{name}\n  for       {}", fits(profile)))?;
        for (what, said) in [("what", &profile.title), ("source", &profile.source)] {
            if !said.is_empty() {
                output::line(&format!("  {what:<9} {said}"))?;
            }
        }
        if !profile.verified {
            output::line("  not verified on a true file: where it fits and a column is missing, the sheet stops")?;
        }
    }
    Ok(0)
}

/// Which sheets a profile is for.
pub(crate) fn fits(profile: &Profile) -> String {
    let mut parts = Vec::new();
    if let Some(file) = &profile.file {
        parts.push(format!("files {file}"));
    }
    if let Some(sheet) = &profile.sheet {
        parts.push(format!("sheets {sheet}"));
    }
    if !profile.headers.is_empty() {
        parts.push(format!("titles {}", profile.headers.join(", ")));
    }
    if parts.is_empty() { "each sheet".to_owned() } else { parts.join("; ") }
}
