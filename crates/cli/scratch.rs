//! A run up to the dataset in a folder that is thrown away: for `check`, and for profiles that are suggested or tried.

use crate::args::CommonArgs;
use crate::folders::{in_pool, options};
use crate::progress::Shown;
use aimline_pipeline::{Config, Dataset, Inbox, Options};
use aimline_store::commit::Generation;
use aimline_store::folder::Folder;
use anyhow::Context;
use std::path::{Path, PathBuf};

/// The configuration that was named, or else that of the first folder.
///
/// # Errors
/// When it cannot be understood.
pub(crate) fn config(files: &[PathBuf], named: Option<&Path>) -> anyhow::Result<Config> {
    let own = files.iter().find(|path| path.is_dir()).map(|folder| folder.join("aimline"));
    Ok(Config::load(named.or(own.as_deref()).unwrap_or_else(|| Path::new("")))?)
}

/// Builds the dataset of some files and throws it away; `explain` asks where each cell went.
///
/// # Errors
/// When nothing can be read at all.
pub(crate) fn build(files: &[PathBuf], config: &Config, common: &CommonArgs, explain: bool) -> anyhow::Result<Dataset> {
    let inbox = Inbox::of_files(files)?;
    let options = Options { explain, ..options(common, None)? };
    let scratch = tempfile::Builder::new().prefix("aimline-check").tempdir().context("cannot make a folder for the check")?;
    let folder = Folder::open(scratch.path())?;
    let progress = Shown::new();
    let dataset = in_pool(options.threads, || {
        let mut generation = Generation::begin(&folder)?;
        Ok(aimline_pipeline::build(&mut generation, &inbox, config, &options, &progress)?)
    })?;
    progress.end();
    Ok(dataset)
}

/// The path of a source as it can be typed: of the file that was named, or under the folder that was.
pub(crate) fn typed(files: &[PathBuf], source: &str) -> String {
    let named = |path: &&PathBuf| path.is_file() && path.file_name().is_some_and(|name| name == source);
    let under = || files.iter().map(|folder| folder.join(source)).find(|path| path.is_file());
    let found = files.iter().find(named).cloned().or_else(under);
    found.map_or_else(|| source.to_owned(), |path| path.display().to_string())
}
