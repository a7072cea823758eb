//! Finding library files, and looking at them before they are opened.

use aimline_host::find::{Found, Surroundings, Tried, Why, find_from};
use aimline_host::look::{LookError, look};
use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs;
use std::path::{Path, PathBuf};

fn library(name: &str) -> String {
    format!("{DLL_PREFIX}aimline_import_{name}{DLL_SUFFIX}")
}

fn put(folder: &Path, names: &[&str]) {
    fs::create_dir_all(folder).expect("a folder");
    for name in names {
        fs::write(folder.join(name), "").expect("a file");
    }
}

fn whys(found: &Found) -> Vec<(String, Why)> {
    found
        .libraries
        .iter()
        .map(|library| (library.path.file_name().unwrap_or_default().to_string_lossy().into_owned(), library.why))
        .collect()
}

#[test]
fn the_first_hit_of_each_name_wins_in_the_order_of_the_search() {
    let root = tempfile::tempdir().expect("a folder");
    let at = |name: &str| root.path().join(name);
    let (a, b, c, d, e, f) = (library("a"), library("b"), library("c"), library("d"), library("e"), library("f"));
    put(&at("named"), &[&a, "readme.txt", "libother.so"]);
    put(&at("variable"), &[&b, &a]);
    put(&at("target/plugins"), &[&c, &a]);
    put(&at("target/.fingerprint"), &[]);
    put(&at("target/deps"), &[&d, &b]);
    put(&at("target"), &[&e, &d]);
    put(&at("lib/aimline/plugins"), &[&f, &e]);
    put(&at("user/aimline/plugins"), &[&a, &b, &c, &d, &e, &f]);
    let variable = std::env::join_paths([PathBuf::from("relative"), at("variable"), at("nowhere")]).expect("a list");
    let surroundings =
        Surroundings { variable: Some(variable), program: Some(at("target/aimline")), user_data: Some(at("user")) };
    let found = find_from(&[at("named")], &surroundings);
    let expected =
        [(a, Why::Named), (b, Why::Variable), (c, Why::Beside), (d, Why::Build), (e, Why::Beside), (f, Why::Installed)];
    assert_eq!(whys(&found), expected);
    assert_eq!(found.libraries[3].path, at("target/deps").join(library("d")), "the newer one of the two");
    let results: Vec<&Tried> = found.tried.iter().map(|attempt| &attempt.result).collect();
    let (one, two) = (&Tried::Found(1), &Tried::Found(2));
    assert_eq!(results, [one, &Tried::Relative, two, &Tried::Absent, two, two, two, two, &Tried::Found(6)]);
    let said: Vec<String> = found.tried.iter().take(4).map(ToString::to_string).collect();
    assert_eq!(said[0], format!("{} (--plugin-dir): 1 importer", at("named").display()));
    assert_eq!(said[1], "relative (AIMLINE_PLUGIN_PATH): skipped, not an absolute path");
    assert_eq!(said[3], format!("{} (AIMLINE_PLUGIN_PATH): no such folder", at("nowhere").display()));
}

#[test]
fn a_test_program_finds_the_libraries_beside_it_before_those_above() {
    let root = tempfile::tempdir().expect("a folder");
    put(&root.path().join("deps"), &[&library("a")]);
    put(root.path(), &[&library("a"), &library("b")]);
    let surroundings = Surroundings { program: Some(root.path().join("deps/it-1234")), ..Surroundings::default() };
    let paths: Vec<PathBuf> = find_from(&[], &surroundings).libraries.into_iter().map(|library| library.path).collect();
    assert_eq!(paths, [root.path().join("deps").join(library("a")), root.path().join(library("b"))]);
}

#[test]
fn nothing_is_looked_for_in_the_current_folder() {
    let found = find_from(&[], &Surroundings { variable: Some(":.:".into()), ..Surroundings::default() });
    assert!(found.libraries.is_empty());
    assert!(found.tried.iter().all(|attempt| attempt.result == Tried::Relative));
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_that_is_no_library_of_this_machine_is_named_before_it_is_opened() {
    let root = tempfile::tempdir().expect("a folder");
    let real = std::env::current_exe().expect("this program").with_file_name(library("misbehaving"));
    let bytes = fs::read(real).expect("the library");
    let seen = |bytes: &[u8]| {
        let path = root.path().join("x.so");
        fs::write(&path, bytes).expect("a file");
        look(&path)
    };
    assert!(seen(&bytes).is_ok());
    for length in [0, 3, 63, 64, bytes.len() / 2, bytes.len() - 1] {
        let error = seen(&bytes[..length]).expect_err("refused");
        assert!(matches!(error, LookError::CutShort { .. } | LookError::NotALibrary("ELF")), "{length}: {error}");
    }
    assert!(matches!(seen(b"#!/bin/sh\n"), Err(LookError::NotALibrary("ELF"))));
    let mut other = bytes.clone();
    other[18..20].copy_from_slice(&243u16.to_le_bytes());
    assert!(seen(&other).expect_err("refused").to_string().starts_with("built for riscv64, this is "));
    other[4] = 1;
    assert!(seen(&other).expect_err("refused").to_string().starts_with("built for 32-bit little-endian"));
    assert!(matches!(look(&root.path().join("absent")), Err(LookError::Io(_))));
}
