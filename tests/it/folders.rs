//! Folders that a run cannot use: it says so, ends with status 2, and writes nothing.

use crate::support::{Workspace, files, program, ran};
use std::path::Path;

const GOOD: &str = "Student ID,Goal,Measure,Date,Score\n00000012,1,WCPM,2025-09-05,50\n";

/// Runs an inbox into an output folder that cannot be; returns what is said.
fn refused(inbox: &Path, out: &Path) -> String {
    let ran = ran(program().arg("run").arg(inbox).arg("--out").arg(out));
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
    let lines: Vec<&str> = ran.stderr.lines().collect();
    assert_eq!(lines.len(), 1, "{lines:?}");
    lines[0].to_owned()
}

#[test]
fn the_output_folder_inside_the_inbox() {
    let space = Workspace::with(&[("good.csv", GOOD)]);
    let before = files(&space.inbox());
    for out in ["inbox/out", "inbox", "inbox/deep/er/out", "inbox/../inbox/out"] {
        let said = refused(&space.inbox(), &space.path(out));
        assert!(said.contains("lies inside the inbox") && said.contains("Choose a folder outside"), "{said}");
    }
    assert_eq!(before, files(&space.inbox()));
    assert!(!space.path("inbox/deep").exists() && !space.path("inbox/out").exists());
}

#[cfg(unix)]
#[test]
fn the_output_folder_inside_the_inbox_by_a_link() {
    let space = Workspace::with(&[("good.csv", GOOD)]);
    std::os::unix::fs::symlink(space.inbox(), space.path("link")).unwrap();
    refused(&space.inbox(), &space.path("link/out"));
    refused(&space.path("link"), &space.path("inbox/out"));
}

#[test]
fn the_inbox_inside_the_output_folder() {
    let space = Workspace::with(&[("good.csv", GOOD)]);
    let said = refused(&space.inbox(), &space.path(""));
    assert!(said.contains(&format!("the inbox {} lies inside the output folder", space.inbox().display())), "{said}");
    assert!(!space.path(".aimline").exists());
}

#[test]
fn an_output_folder_that_cannot_be_written() {
    let space = Workspace::with(&[("good.csv", GOOD)]);
    std::fs::write(space.path("file"), "mine").unwrap();
    for out in ["file", "file/out"] {
        let said = refused(&space.inbox(), &space.path(out));
        assert!(said.starts_with("error: cannot "), "{said}");
        assert_eq!(said.matches("os error").count(), 1, "the reason is said once: {said}");
    }
    assert_eq!(std::fs::read_to_string(space.path("file")).unwrap(), "mine");
}

#[test]
fn an_inbox_that_is_not_there() {
    let space = Workspace::new();
    let said = refused(&space.path("elsewhere"), &space.out());
    assert!(said.starts_with("error: cannot open the inbox"), "{said}");
    assert_eq!(said.matches("os error").count(), 1, "the reason is said once: {said}");
    assert!(!space.out().exists());
}

#[test]
fn an_inbox_that_is_a_file() {
    let space = Workspace::with(&[("good.csv", GOOD)]);
    let said = refused(&space.inbox().join("good.csv"), &space.out());
    assert!(said.contains("inbox"), "{said}");
}

#[test]
fn an_empty_inbox_is_a_dataset_without_rows() {
    let space = Workspace::new();
    let ran = space.run(&[]);
    assert_eq!(ran.last_line(), "Read 0 items from 0 files: 0 accepted + 0 set aside + 0 already known + 0 skipped.");
    for table in aimline_model::schema::all_tables() {
        assert_eq!(space.table(&format!("{}/{}", table.folder, table.name)).len(), 0, "{}", table.name);
    }
}

#[cfg(unix)]
#[test]
fn the_private_part_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let space = Workspace::with(&[("good.csv", GOOD)]);
    space.run(&[]);
    assert_eq!(std::fs::metadata(space.out().join(".aimline")).unwrap().permissions().mode() & 0o777, 0o700);
    let left: Vec<bool> = ["next", "work", "journal.json"].map(|name| space.out().join(".aimline").join(name).exists()).into();
    assert_eq!(left, [false; 3], "nothing of the work is left");
}
