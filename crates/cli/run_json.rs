//! `OUT/run.json`: counts, sources by key, versions, and the hash of each file. It names no file of the inbox.

use aimline_pipeline::Dataset;
use aimline_store::commit::Generation;
use aimline_store::read;
use serde_json::{Map, Value, json};

/// Writes it into the generation.
///
/// # Errors
/// When a file of the generation cannot be read back.
pub(crate) fn write(
    generation: &mut Generation<'_>,
    dataset: &Dataset,
    ruleset: &str,
    config: &str,
    exit: u8,
) -> anyhow::Result<()> {
    let totals = &dataset.totals;
    let mut files = Map::new();
    let mut rows = Map::new();
    for (name, hash) in generation.files().clone() {
        if name.starts_with(".aimline/") {
            continue;
        }
        if name.ends_with(".parquet") {
            rows.insert(name.clone(), json!(read::rows(&generation.path(&name)?)?));
        }
        files.insert(name, Value::String(hash));
    }
    let sources: Vec<Value> = dataset
        .sources
        .iter()
        .map(|source| {
            json!({
                "source_id": source.source_id,
                "importer": source.importer,
                "importer_version": source.importer_version,
                "present": source.present,
                "code": source.code,
                "read": source.read,
                "accepted": source.accepted,
                "quarantined": source.quarantined,
                "duplicate": source.duplicate,
                "skipped": source.skipped,
                "unmatched": source.unmatched,
                "conflicts": source.conflicts,
            })
        })
        .collect();
    let run = json!({
        "as_of": dataset.as_of.map(|day| day.to_string()),
        "totals": {
            "read": totals.read(),
            "accepted": totals.accepted,
            "quarantined": totals.quarantined,
            "duplicate": totals.duplicate,
            "skipped": totals.skipped,
            "unmatched": totals.unmatched,
            "conflicts": totals.conflicts,
        },
        "sources": sources,
        "versions": {
            "aimline": env!("CARGO_PKG_VERSION"),
            "importer_interface": aimline_plugin::abi::MAJOR,
            "staged_vocabulary": aimline_model::staged::VOCABULARY_VERSION,
        },
        "ruleset": ruleset,
        "configuration": config,
        "rows": rows,
        "files": files,
        "exit": exit,
    });
    let mut text = serde_json::to_string_pretty(&run)?;
    text.push('\n');
    Ok(generation.write("run.json", text.as_bytes())?)
}
