//! Importers are library files that are found where the documents say, and nowhere else.

use crate::support::{Workspace, aimline, by, program, ran, root};
use std::path::Path;
use std::process::Command;

/// Builds the example in C as its README says.
fn c_example(folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    let library = folder.join(format!("libaimline_import_example_c{}", std::env::consts::DLL_SUFFIX));
    let built = Command::new("cc")
        .args([
            "-std=c11",
            "-O2",
            "-shared",
            "-fPIC",
            "-fvisibility=hidden",
            "-Wall",
            "-Wextra",
            "-Wpedantic",
            "-Wconversion",
            "-Werror",
        ])
        .arg(format!("-I{}", root().join("crates/plugin/include").display()))
        .arg("-o")
        .arg(library)
        .arg(root().join("plugins/example-c/importer.c"))
        .status();
    assert!(built.unwrap().success(), "the C example does not compile");
}

/// The path of a folder for a message.
fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn an_importer_in_c_is_found_and_reads_its_format() {
    let space = Workspace::new();
    let folder = space.path("importers");
    c_example(&folder);
    let listed = aimline(&["plugins", "list", "--plugin-dir", text(&folder)]);
    assert_eq!(listed.status, 0);
    assert!(listed.stdout.starts_with("example-c 0.1.0\n  reads    AIMC lines\n"), "{}", listed.stdout);
    space.put("scores.aimc", "AIMC\nfluency|2025-09-05|40\nbroken line\nfluency|2025-09-12|41\n");
    let ran = space.run(&["--plugin-dir", text(&folder)]);
    let sources = space.table("dataset/sources");
    assert_eq!((sources[0].text("importer"), sources[0].text("read")), ("example-c", "2"));
    // The importer's own diagnostic, with its place.
    let said = ran.said("F016", "scores.aimc › line 3").unwrap();
    assert!(said.contains("seen      broken line") && said.contains("expected  goal|date|value"), "{said}");
    // Its columns are understood; they do not say whose scores they are, so nothing is guessed.
    let said = ran.said("H002", "scores.aimc › line 1").unwrap();
    assert!(said.contains("\"goal\", \"date\", \"value\"") && said.contains("which student"), "{said}");
    assert_eq!(sources[0].text("quarantined"), "2");
    assert_eq!(space.table("dataset/quarantine").len(), 2);
}

#[test]
fn the_environment_names_folders_with_absolute_paths_only() {
    let space = Workspace::new();
    let folder = space.path("importers");
    c_example(&folder);
    let mut command = program();
    command.args(["plugins", "list"]).current_dir(space.path(""));
    let listed = ran(command.env("AIMLINE_PLUGIN_PATH", "importers"));
    assert!(!listed.stdout.contains("example-c"), "{}", listed.stdout);
    assert!(listed.stdout.contains("  importers (AIMLINE_PLUGIN_PATH): skipped, not an absolute path\n"), "{}", listed.stdout);
    let listed = ran(command.env("AIMLINE_PLUGIN_PATH", &folder));
    assert!(listed.stdout.contains("example-c"), "{}", listed.stdout);
    assert!(listed.stdout.contains(&format!("  {} (AIMLINE_PLUGIN_PATH): 1 importer\n", folder.display())), "{}", listed.stdout);
}

#[test]
fn the_current_folder_is_never_searched() {
    let space = Workspace::new();
    for folder in ["", "plugins"] {
        c_example(&space.path(folder));
    }
    let listed = ran(program().args(["plugins", "list"]).current_dir(space.path("")));
    assert_eq!(listed.status, 0);
    assert!(!listed.stdout.contains("example-c") && !listed.stdout.contains(text(&space.path("plugins"))), "{}", listed.stdout);
}

#[test]
fn a_library_that_cannot_be_used_is_named_with_its_reason() {
    let space = Workspace::new();
    let folder = space.path("importers");
    c_example(&folder);
    let good = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let bytes = std::fs::read(&good).unwrap();
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.join(format!("libaimline_import_{name}.so")), bytes).unwrap();
    put("cut", &bytes[..bytes.len() / 2]);
    put("text", b"not a library");
    put("empty", b"");
    let listed = aimline(&["plugins", "list", "--plugin-dir", text(&folder)]);
    assert_eq!(listed.status, 0);
    for (name, why) in [("cut", "cut short"), ("text", "not a library of this system"), ("empty", "not a library of this system")]
    {
        let line = format!("cannot be used: {}/libaimline_import_{name}.so\n  ", folder.display());
        let (_, rest) = listed.stdout.split_once(&line).unwrap_or_else(|| panic!("{name}: {}", listed.stdout));
        assert!(rest.lines().next().unwrap().contains(why), "{rest}");
    }
    assert!(listed.stdout.contains("example-c 0.1.0"), "the good one beside them is used");
    // And a run goes on with the others.
    space.put("good.csv", "Student ID,Goal,Measure,Date,Score\n00000012,1,WCPM,2025-09-05,50\n");
    space.run(&["--plugin-dir", text(&folder)]);
    let sources = space.table("dataset/sources");
    assert_eq!(by(&sources, "path")["good.csv"].text("accepted"), "1");
}

#[test]
fn the_first_of_two_libraries_of_one_name_counts() {
    let space = Workspace::new();
    let (first, second) = (space.path("first"), space.path("second"));
    c_example(&first);
    c_example(&second);
    let listed = aimline(&["plugins", "list", "--plugin-dir", text(&first), "--plugin-dir", text(&second)]);
    assert_eq!(listed.stdout.matches("example-c 0.1.0").count(), 1);
    assert!(listed.stdout.contains(&format!("from     {}", first.display())));
}
