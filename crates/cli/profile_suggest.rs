//! `aimline profile suggest FILE`: a profile to start from, with the sheet's own titles.

use crate::args::SuggestArgs;
use crate::{output, scratch};
use aimline_map::{Question, Sheet, suggest as written};
use aimline_pipeline::{Config, SheetKind, SheetMap};
use aimline_store::sys;
use anyhow::bail;
use std::path::{Path, PathBuf};

pub(crate) fn suggest(args: &SuggestArgs) -> anyhow::Result<u8> {
    if args.file.is_dir() {
        bail!("{} is a folder; a profile is suggested for one file", args.file.display());
    }
    let own = args.write.as_ref().map(|inbox| inbox.join("aimline"));
    let config = Config::load(args.common.config.as_deref().or(own.as_deref()).unwrap_or_else(|| Path::new("")))?;
    let dataset = scratch::build(std::slice::from_ref(&args.file), &config, &args.common, true)?;
    let grids: Vec<&SheetMap> = dataset.sheets.iter().filter(|sheet| sheet.kind == SheetKind::Grid).collect();
    let chosen = chosen(&grids, args, &dataset)?;
    for sheet in &chosen {
        let now = sheet.profile.as_ref().and_then(|name| config.profiles.iter().find(|(known, ..)| known == name));
        let text = written(&Question {
            sheet: Sheet { file: &sheet.file, name: &sheet.name },
            one_of_several: grids.len() > 1,
            head: &sheet.head,
            more_rows: sheet.more,
            now: now.map(|(_, _, profile)| &profile.map),
        });
        match &args.write {
            None => output::line(text.trim_end())?,
            Some(inbox) => {
                let path = write(inbox, sheet, &text)?;
                output::line(&format!("Written: {}", path.display()))?;
                let command = format!("aimline profile test \"{}\" \"{}\"", path.display(), args.file.display());
                output::line(&format!("Correct it in an editor such as Notepad; then try it: {command}"))?;
            }
        }
    }
    Ok(0)
}

/// The sheets to write for: the named one, or those that are stopped, or else all tables.
fn chosen<'a>(
    grids: &[&'a SheetMap],
    args: &SuggestArgs,
    dataset: &aimline_pipeline::Dataset,
) -> anyhow::Result<Vec<&'a SheetMap>> {
    let file = args.file.display();
    if grids.is_empty() {
        if let Some(code) = dataset.sources.iter().find_map(|source| source.code.as_ref()) {
            bail!("{file} cannot be read ({code}); `aimline check` says why");
        }
        bail!("{file} holds no table whose columns could be named: its importer knows what each part means");
    }
    if let Some(name) = &args.sheet {
        let named: Vec<&SheetMap> = grids.iter().filter(|sheet| sheet.name.eq_ignore_ascii_case(name)).copied().collect();
        if named.is_empty() {
            let names: Vec<String> = grids.iter().map(|sheet| format!("\"{}\"", sheet.name)).collect();
            bail!("{file} has no sheet \"{name}\"; it has {}", names.join(", "));
        }
        return Ok(named);
    }
    let stopped: Vec<&SheetMap> = grids.iter().filter(|sheet| sheet.stop.is_some()).copied().collect();
    if !stopped.is_empty() {
        return Ok(stopped);
    }
    let tables: Vec<&SheetMap> =
        grids.iter().filter(|sheet| sheet.plan.as_ref().is_some_and(|plan| !plan.columns().is_empty())).copied().collect();
    if tables.is_empty() {
        bail!("{file} holds no table");
    }
    Ok(tables)
}

/// Writes a profile under a name that is not taken.
fn write(inbox: &Path, sheet: &SheetMap, text: &str) -> anyhow::Result<PathBuf> {
    if !inbox.is_dir() {
        bail!("there is no folder {}", inbox.display());
    }
    let folder = inbox.join("aimline").join("profiles");
    sys::create_dir(&folder)?;
    let stem = sheet.file.rsplit_once('.').map_or(sheet.file.as_str(), |(stem, _)| stem);
    let name = if sheet.name.is_empty() { stem.to_owned() } else { format!("{stem} {}", sheet.name) };
    let name: String = name
        .chars()
        .map(|letter| if letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_') { letter } else { '_' })
        .collect();
    for number in 1..1000 {
        let number = if number == 1 { String::new() } else { format!(" {number}") };
        let path = folder.join(format!("{}{number}.toml", name.trim()));
        if !path.try_exists()? {
            sys::write(&path, text.as_bytes())?;
            return Ok(path);
        }
    }
    bail!("{} is full of profiles of that name", folder.display())
}
