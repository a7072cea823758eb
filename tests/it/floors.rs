//! The house as it is built: who may use whom, where unsafe code and input and output may stand, how long a file may be.

use crate::support::root;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// From the roof down: a crate uses only what stands below it.
const FLOORS: [&str; 12] =
    ["aimline", "report", "analyze", "pipeline", "store", "link", "normalize", "map", "host", "trend", "plugin", "model"];

fn floor(package: &str) -> Option<usize> {
    let name = package.strip_prefix("aimline-").unwrap_or(package);
    FLOORS.iter().position(|floor| *floor == name)
}

/// The workspace's packages with those of the workspace that they use; what only tests use is left out.
fn packages() -> BTreeMap<String, Vec<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output();
    let metadata: serde_json::Value = serde_json::from_slice(&output.unwrap().stdout).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let uses = |package: &serde_json::Value| {
        let all = package["dependencies"].as_array().unwrap().iter();
        let own = all.filter(|one| one["kind"].as_str() != Some("dev")).map(|one| text(&one["name"]));
        own.filter(|name| name.starts_with("aimline")).collect()
    };
    metadata["packages"].as_array().unwrap().iter().map(|package| (text(&package["name"]), uses(package))).collect()
}

#[test]
fn a_crate_uses_only_what_stands_below_it() {
    let packages = packages();
    for name in FLOORS {
        let name = if name == "aimline" { name.to_owned() } else { format!("aimline-{name}") };
        assert!(packages.contains_key(&name), "{name} is not in the workspace");
    }
    for (name, uses) in &packages {
        for used in uses {
            match (floor(name), floor(used)) {
                (Some(own), Some(other)) => assert!(own < other, "{name} uses {used}, which does not stand below it"),
                // The program names the importers so that cargo builds them; nobody else knows one.
                (Some(own), None) => assert_eq!(own, 0, "{name} uses the importer {used}"),
                (None, _) => assert_eq!(used, "aimline-plugin", "the importer {name} uses {used}"),
            }
        }
    }
}

#[test]
fn the_interface_and_the_model_stand_alone() {
    let packages = packages();
    for name in ["aimline-plugin", "aimline-model", "aimline-trend"] {
        let below: &[&str] = if name == "aimline-trend" { &["aimline-model"] } else { &[] };
        assert!(packages[name].iter().all(|used| below.contains(&used.as_str())), "{name} uses {:?}", packages[name]);
    }
}

/// The Rust files of a folder, without the tests.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut waiting = vec![root().join(folder)];
    while let Some(at) = waiting.pop() {
        for entry in std::fs::read_dir(&at).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if !matches!(name.as_str(), "tests" | "benches" | "target") {
                    waiting.push(path);
                }
            } else if name.ends_with(".rs") && name != "tests.rs" {
                let text = std::fs::read_to_string(&path).unwrap();
                let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default().to_owned();
                found.push((path, text));
            }
        }
    }
    assert!(!found.is_empty(), "{folder}");
    found
}

/// Lines of code that hold one of the words; comments do not count.
fn lines_with(text: &str, words: &[&str]) -> Vec<String> {
    let code = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    code.filter(|line| words.iter().any(|word| line.contains(word))).map(str::to_owned).collect()
}

fn inside(path: &Path, folders: &[&str]) -> bool {
    folders.iter().any(|folder| path.starts_with(root().join(folder)))
}

#[test]
fn unsafe_code_stands_at_the_boundary_only() {
    let mut seen = 0;
    for (path, text) in sources("crates").into_iter().chain(sources("plugins")) {
        let found = lines_with(
            &text,
            &["unsafe {", "unsafe fn", "unsafe impl", "unsafe trait", "unsafe extern", "allow(unsafe_code", "expect(unsafe_code"],
        );
        if inside(&path, &["crates/plugin", "crates/host", "plugins/misbehaving"]) {
            seen += found.len();
        } else {
            assert!(found.is_empty(), "{}: {found:?}", path.display());
        }
    }
    assert!(seen > 10, "the words are not found where they must be");
}

#[test]
fn mathematics_and_the_model_do_no_input_or_output() {
    let words = [
        "std::fs",
        "std::net",
        "std::env",
        "std::process",
        "std::io",
        "std::thread",
        "println!",
        "SystemTime",
        "Instant",
        "File::",
    ];
    for (path, text) in sources("crates/model/src").into_iter().chain(sources("crates/trend/src")) {
        let found = lines_with(&text, &words);
        assert!(found.is_empty(), "{}: {found:?}", path.display());
    }
}

#[test]
fn no_network_and_no_clock() {
    // The host's limits on time are the one use of a clock; a file of a run never holds one.
    for (path, text) in sources("crates") {
        let found = lines_with(&text, &["std::net", "TcpStream", "UdpSocket", "Utc::now", "Local::now", "SystemTime"]);
        assert!(found.is_empty(), "{}: {found:?}", path.display());
    }
}

#[test]
fn one_function_writes_parquet() {
    for (path, text) in sources("crates") {
        let found = lines_with(&text, &["ParquetWriter", "FileWriter", "write_parquet"]);
        assert!(found.is_empty() || path.ends_with("crates/store/src/parquet.rs"), "{}: {found:?}", path.display());
    }
}

#[test]
fn calls_that_change_the_file_system_go_through_one_module() {
    // So that tests/it/commit.rs stops at each of them. The worker and the importers write no file.
    let words = ["fs::write", "fs::rename", "fs::remove", "fs::create_dir", "File::create", "fs::copy", "set_permissions"];
    for folder in ["crates/store/src", "crates/pipeline/src", "crates/analyze/src", "crates/report/src", "crates/cli"] {
        for (path, text) in sources(folder) {
            let found = lines_with(&text, &words);
            assert!(found.is_empty() || path.ends_with("crates/store/src/sys.rs"), "{}: {found:?}", path.display());
        }
    }
}

#[test]
fn no_file_is_too_long_to_read() {
    let long: Vec<String> = sources("crates")
        .into_iter()
        .chain(sources("plugins"))
        .filter_map(|(path, text)| {
            let lines = text.lines().count();
            (lines > 800).then(|| format!("{}: {lines} lines", path.display()))
        })
        .collect();
    assert!(long.is_empty(), "{long:?}");
}
