//! `aimline check FILES`: all that `run` does up to the dataset, in a folder that is thrown away.

use crate::args::CheckArgs;
use crate::folders::{in_pool, options};
use crate::messages;
use crate::output::{self, count, plural};
use crate::progress::Shown;
use aimline_pipeline::{Config, Inbox};
use aimline_store::commit::Generation;
use aimline_store::folder::Folder;
use anyhow::Context;
use std::path::Path;

pub(crate) fn check(args: &CheckArgs) -> anyhow::Result<u8> {
    let inbox = Inbox::of_files(&args.files)?;
    let own = args.files.iter().find(|path| path.is_dir()).map(|folder| folder.join("aimline"));
    let config = Config::load(args.common.config.as_deref().or(own.as_deref()).unwrap_or_else(|| Path::new("")))?;
    let options = options(&args.common, None)?;
    let scratch = tempfile::Builder::new().prefix("aimline-check").tempdir().context("cannot make a folder for the check")?;
    let folder = Folder::open(scratch.path())?;
    let progress = Shown::new();
    let dataset = in_pool(options.threads, || {
        let mut generation = Generation::begin(&folder)?;
        Ok(aimline_pipeline::build(&mut generation, &inbox, &config, &options, &progress)?)
    })?;
    progress.end();
    messages::print(&dataset, true)?;
    for source in &dataset.sources {
        let reader = match (&source.importer, &source.code) {
            (_, Some(code)) => format!("not read ({code})"),
            (Some(importer), None) => format!("read by {importer}"),
            (None, None) => "not read".to_owned(),
        };
        let n = |number: i64| count(number.unsigned_abs());
        output::line(&format!(
            "{}: {reader}; {} = {} accepted + {} set aside + {} already known + {} skipped",
            source.path,
            plural(source.read.unsigned_abs(), "item", "items"),
            n(source.accepted),
            n(source.quarantined),
            n(source.duplicate),
            n(source.skipped)
        ))?;
    }
    let needs = messages::needs_a_person(&dataset);
    if !needs {
        output::line("No problems found.")?;
    }
    output::line(&messages::sum(&dataset.totals, dataset.sources.len(), dataset.match_rate))?;
    output::line("Nothing was written.")?;
    Ok(u8::from(needs))
}
