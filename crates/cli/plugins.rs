//! `aimline plugins list`: which importers are there, and where they were looked for.

use crate::args::{PluginsArgs, PluginsCommand};
use crate::output;
use aimline_host::{Limits, find_importers, inspect};
use anyhow::Context;

pub(crate) fn plugins(args: &PluginsArgs) -> anyhow::Result<u8> {
    let PluginsCommand::List { plugin_dir } = &args.command;
    let found = find_importers(plugin_dir);
    let exe = std::env::current_exe().context("the program does not find itself")?;
    let inspection = inspect(&exe, &found.libraries, Limits::default());
    let mut good = 0;
    for one in &inspection.libraries {
        match &one.manifest {
            Ok(manifest) if manifest.test && !one.library.why.asked_for() => {}
            Ok(manifest) => {
                good += 1;
                output::line(&format!("{} {}", manifest.name, manifest.version))?;
                output::line(&format!("  reads    {}", manifest.formats.join("; ")))?;
                output::line(&format!("  from     {} ({})", one.library.path.display(), one.library.why))?;
            }
            Err(why) => output::line(&format!("cannot be used: {}\n  {why}", one.library.path.display()))?,
        }
    }
    if let Some(sandbox) = &inspection.sandbox {
        output::line(&format!("An importer runs in a process of its own: {sandbox}."))?;
    }
    output::line("Looked for importers in:")?;
    for attempt in &found.tried {
        output::line(&format!("  {attempt}"))?;
    }
    Ok(if good == 0 { 2 } else { 0 })
}
