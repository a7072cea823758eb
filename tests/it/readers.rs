//! Other programs read the files: pyarrow, with a filter on a text column, and DuckDB.
//!
//! Both come from PyPI. AIMLINE_TEST_PYTHON names an interpreter that has them; AIMLINE_REQUIRE_READERS=1 fails without.

use crate::support::{run_json, sample};
use std::process::Command;

const SCRIPT: &str = r#"
import json, os, sys
import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

out, rows = sys.argv[1], {}
for folder in ("dataset", "analysis"):
    for name in sorted(os.listdir(os.path.join(out, folder))):
        path = os.path.join(out, folder, name)
        table = pq.read_table(path)
        text = [f.name for f in table.schema if pa.types.is_string(f.type) or pa.types.is_large_string(f.type)]
        dictionary = [f.name for f in table.schema if pa.types.is_dictionary(f.type)]
        assert text or dictionary, f"{path} has no text column: {table.schema}"
        filled = 0
        for column in text + dictionary:
            values = [value for value in table.column(column).to_pylist() if value is not None]
            for value in values[:1]:
                kept = pq.read_table(path, filters=[(column, "==", value)])
                assert kept.num_rows == values.count(value), f"{path} {column}"
                found = duckdb.execute(f'select count(*) from read_parquet(?) where "{column}" = ?', [path, value]).fetchone()[0]
                assert found == kept.num_rows, f"{path} {column}"
                filled += 1
        assert filled or not table.num_rows, path
        count = duckdb.execute("select count(*) from read_parquet(?)", [path]).fetchone()[0]
        rows[f"{folder}/{name}"] = {"pyarrow": table.num_rows, "duckdb": count}
print(json.dumps(rows))
"#;

/// A Python with both packages; none when there is none and nobody insists.
fn python() -> Option<String> {
    let named = std::env::var("AIMLINE_TEST_PYTHON").ok();
    let candidates = named.map_or_else(|| vec!["python3".to_owned()], |named| vec![named]);
    let has = |python: &&String| {
        let tried = Command::new(python).args(["-c", "import duckdb, pyarrow.parquet"]).output();
        tried.is_ok_and(|output| output.status.success())
    };
    let found = candidates.iter().find(has).cloned();
    if found.is_none() {
        assert!(std::env::var("AIMLINE_REQUIRE_READERS").is_err(), "none of {candidates:?} has pyarrow and duckdb");
    }
    found
}

#[test]
fn pyarrow_and_duckdb_read_every_file_and_count_the_same_rows() {
    let Some(python) = python() else {
        eprintln!("skipped: no Python with pyarrow and duckdb; AIMLINE_TEST_PYTHON may name one");
        return;
    };
    let (out, _) = sample();
    let output = Command::new(python).arg("-c").arg(SCRIPT).arg(out).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let counted: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let said = run_json(out);
    let said = said["rows"].as_object().unwrap();
    assert_eq!(said.len(), aimline_model::schema::all_tables().len());
    assert_eq!(counted.as_object().unwrap().len(), said.len());
    for (name, rows) in said {
        assert_eq!((&counted[name]["pyarrow"], &counted[name]["duckdb"]), (rows, rows), "{name}");
    }
}

#[test]
fn run_json_holds_the_hash_of_each_file() {
    let (out, _) = sample();
    let said = run_json(out);
    let said = said["files"].as_object().unwrap();
    let given = crate::support::given(out);
    assert_eq!(said.len() + 1, given.len(), "all but itself");
    for (name, bytes) in given.iter().filter(|(name, _)| *name != "run.json") {
        assert_eq!(said[name], aimline_store::sha256_hex(bytes), "{name}");
    }
}
