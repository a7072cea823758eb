//! An importer can crash, hang, lie or eat memory without harming the run: each case on a real library file.

use crate::support::{Workspace, by};
use std::path::PathBuf;

const GOOD: &str = "Student ID,Goal,Measure,Date,Score\n00000012,1,WCPM,2025-09-05,50\n";

/// A folder with the importer that misbehaves, as somebody would name it with `--plugin-dir`.
fn with_misbehaving(space: &Workspace) -> PathBuf {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_aimline"));
    let name = format!("{}aimline_import_misbehaving{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let folder = space.path("importers");
    std::fs::create_dir(&folder).unwrap();
    std::fs::copy(program.with_file_name("deps").join(&name), folder.join(&name)).unwrap();
    folder
}

/// Runs files that make the importer misbehave beside a good file, and looks at what became of each.
fn assert_fates(fates: &[(&str, &str, &str)], more: &[&str]) {
    let space = Workspace::with(&[("good.csv", GOOD)]);
    for (word, ..) in fates {
        space.put(&format!("{word}.bad"), format!("BAD {word}"));
    }
    let folder = with_misbehaving(&space);
    let ran = space.run(&[&["--plugin-dir", folder.to_str().unwrap()], more].concat());
    let sources = space.table("dataset/sources");
    let sources = by(&sources, "path");
    let mut other = Vec::new();
    for (word, code, seen) in fates {
        let path = format!("{word}.bad");
        let source = sources[path.as_str()];
        if source.text("code") != *code {
            other.push(format!("{word}: {code} is expected, got {:?}", source.text("code")));
            continue;
        }
        // It had sent three rows before it went wrong.
        assert_eq!(source.text("read"), "0", "nothing of {word} is kept");
        if !code.is_empty() {
            let said = ran.said(code, &path).unwrap_or_else(|| panic!("{word} is not said: {}", ran.stdout));
            assert!(said.contains(seen), "{said}");
        }
    }
    assert!(other.is_empty(), "{other:#?}");
    assert_eq!(sources["good.csv"].text("accepted"), "1", "the others go on");
    assert_eq!(space.table("dataset/data_points").len(), 1);
    assert_eq!(space.table("dataset/quarantine").len(), 0);
    assert!(!ran.stderr.contains("as told") && !ran.stderr.contains("panicked"), "{}", ran.stderr);
}

#[test]
fn a_crash_ends_one_file_only() {
    let fates = [("PANIC", "P001", "the importer panicked"), ("ABORT", "P001", "signal 6, abort"), ("SEGV", "P001", "signal 11")];
    assert_fates(&fates, &[]);
}

#[test]
fn an_importer_that_ends_in_the_middle_is_not_believed() {
    assert_fates(&[("EXIT0", "P001", "exit code 0"), ("CLOSEALL", "P001", "the importer")], &[]);
}

#[test]
fn an_importer_that_never_answers_is_stopped() {
    let words = "did nothing for 1 s, and was stopped";
    assert_fates(&[("SPIN", "P002", words), ("HANG", "P002", words)], &["--worker-idle", "1"]);
}

#[test]
fn an_importer_that_eats_memory_is_stopped() {
    assert_fates(&[("OOM", "P005", "more memory than the 200 MB")], &["--worker-memory", "200"]);
}

#[test]
fn what_an_importer_sends_is_checked() {
    for words in [["BADUTF8", "BADID", "WRONGN"], ["OTHERTHREAD", "GARBAGE", "BADID"]] {
        assert_fates(&words.map(|word| (word, "P003", "")), &[]);
    }
    assert_fates(&[("HUGELEN", "F013", "")], &[]);
}

#[test]
fn what_an_importer_prints_harms_nothing() {
    let space = Workspace::with(&[("good.csv", GOOD), ("loud.bad", "BAD STDOUT")]);
    let folder = with_misbehaving(&space);
    let ran = space.run(&["--plugin-dir", folder.to_str().unwrap()]);
    let sources = space.table("dataset/sources");
    let sources = by(&sources, "path");
    assert!(!sources["loud.bad"].has("code"), "printing is no failure");
    assert_eq!(sources["loud.bad"].text("importer"), "misbehaving");
    assert_eq!(sources["good.csv"].text("accepted"), "1");
    assert!(!ran.stdout.contains("printed by an importer") && !ran.stderr.contains("printed by an importer"));
}

#[test]
fn an_importer_has_neither_files_nor_programs_nor_a_network() {
    let space = Workspace::new();
    for word in ["FSREAD", "NET", "EXEC"] {
        space.put(&format!("{word}.bad"), format!("BAD {word}"));
    }
    let folder = with_misbehaving(&space);
    space.run(&["--plugin-dir", folder.to_str().unwrap()]);
    let sources = space.table("dataset/sources");
    assert!(sources.iter().all(|source| !source.has("code") && source.text("importer") == "misbehaving"), "{sources:?}");
    // It sent what came of it; the bundles hold what it sent.
    for entry in std::fs::read_dir(space.out().join(".aimline/bundles")).unwrap() {
        let mut reader = aimline_store::bundle::Reader::open(&entry.unwrap().path()).unwrap();
        let mut sent = Vec::new();
        while let Some(frame) = reader.frame().unwrap() {
            sent.extend(frame.payload);
        }
        let sent = String::from_utf8_lossy(&sent);
        assert!(sent.contains("refused"), "{sent}");
    }
    let listed = crate::support::aimline(&["plugins", "list"]);
    assert!(
        listed
            .stdout
            .contains("An importer runs in a process of its own: files closed; network, programs and other processes closed.")
    );
}

#[test]
fn a_crash_while_it_is_asked_leaves_the_file_to_the_others() {
    let space = Workspace::with(&[("good.csv", GOOD), ("odd.bad", "BAD PROBEPANIC"), ("segv.bad", "BAD PROBESEGV")]);
    let folder = with_misbehaving(&space);
    space.run(&["--plugin-dir", folder.to_str().unwrap()]);
    let sources = space.table("dataset/sources");
    let sources = by(&sources, "path");
    for path in ["odd.bad", "segv.bad"] {
        assert_ne!(sources[path].text("importer"), "misbehaving");
        assert_eq!(sources[path].text("read"), "0");
    }
    assert_eq!(sources["good.csv"].text("accepted"), "1");
}

#[test]
fn importers_for_tests_are_used_only_when_asked_for() {
    // The library lies beside the program in a build, like the others.
    let space = Workspace::with(&[("good.csv", GOOD), ("a.bad", "BAD PANIC")]);
    space.run(&[]);
    let sources = space.table("dataset/sources");
    assert_ne!(by(&sources, "path")["a.bad"].text("code"), "P001");
}
