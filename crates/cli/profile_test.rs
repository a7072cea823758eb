//! `aimline profile test PROFILE FILE...`: whether it fits, what it maps, what it misses, and the first rows as records.

use crate::args::TestArgs;
use crate::output::{self, plural};
use crate::profile::fits;
use crate::{mapping, messages, scratch};
use aimline_map::{GridRow, Profile};
use aimline_model::record::Record;
use aimline_model::staged::Field;
use aimline_pipeline::{SheetKind, SheetMap};
use anyhow::Context;

/// How many records are shown of a sheet.
const SHOWN: usize = 5;

pub(crate) fn test(args: &TestArgs) -> anyhow::Result<u8> {
    let name = args.profile.display().to_string();
    let text = std::fs::read_to_string(&args.profile).with_context(|| format!("cannot read {name}"))?;
    let profile = match Profile::parse(&text) {
        Ok(profile) => profile,
        Err(error) => {
            output::line(&format!("{name}: {error}"))?;
            return Ok(1);
        }
    };
    let mut config = scratch::config(&args.files, args.common.config.as_deref())?;
    let files = name.rsplit(['/', '\\']).next().unwrap_or(&name).to_owned();
    config.profiles = vec![(files.clone(), aimline_store::sha256_hex(text.as_bytes()), profile.clone())];
    let dataset = scratch::build(&args.files, &config, &args.common, true)?;
    let (mut fitting, mut good) = (0_u64, true);
    for sheet in &dataset.sheets {
        if sheet.profile.is_some() {
            fitting += 1;
            good &= sheet.stop.is_none();
            output::line(&mapping::text(sheet, &dataset.sources))?;
            output::line(&records(sheet))?;
        } else if sheet.kind == SheetKind::Grid {
            let path = dataset.sources.get(sheet.source).map_or("", |source| source.path.as_str());
            let place = if sheet.name.is_empty() { path.to_owned() } else { format!("{path} › {}", sheet.name) };
            output::line(&format!("{place}\n  {:<9} it is for {}\n", "Fits not", fits(&profile)))?;
        }
    }
    messages::print(&dataset, true, &|path| scratch::typed(&args.files, path))?;
    output::line(&match (fitting, good) {
        (0, _) => format!("{files} fits no sheet here: it is for {}.", fits(&profile)),
        (_, false) => format!("{files} fits {}, and not all can be read with it.", plural(fitting, "sheet", "sheets")),
        (_, true) => format!("{files} fits {}; all can be read with it.", plural(fitting, "sheet", "sheets")),
    })?;
    output::line("Nothing was written.")?;
    Ok(u8::from(fitting == 0 || !good))
}

/// The first records of a sheet, a line each.
fn records(sheet: &SheetMap) -> String {
    let Some(plan) = &sheet.plan else { return String::new() };
    let mut lines: Vec<String> = Vec::new();
    for row in &sheet.head {
        let cells = row.lend();
        let row = GridRow { number: row.number, kinds: &row.kinds, cells: &cells };
        let mut record = Record::new(plan.kind());
        plan.row(&row, &mut record, |record, _| {
            if lines.len() < SHOWN {
                let said = Field::ALL.iter().filter_map(|field| Some((field, record.slot(*field)?.text)));
                let said: Vec<String> = said.map(|(field, text)| format!("{} = {}", field.name(), one_line(text))).collect();
                lines.push(format!("    row {}: {}", row.number, said.join("; ")));
            }
        });
    }
    if lines.is_empty() {
        return "  No row gives a record.\n".to_owned();
    }
    format!("  The first records\n{}\n", lines.join("\n"))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
