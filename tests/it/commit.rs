//! A run that is killed at any moment leaves each file whole, old or new, and the next run gives the undisturbed bytes.
//!
//! The program of a test build counts its changes to the file system and aborts at the one that AIMLINE_KILL_AT names,
//! before and after each of them.

use crate::support::{Workspace, assert_same_files, copy_folder, files, given, program, ran};
use std::collections::BTreeMap;
use std::path::Path;

const ONE: &str = "Student ID,Goal,Measure,Date,Score,Baseline,Target,Target Date\n\
    00000011,1,WCPM,9/5/2025,40,38,90,5/22/2026\n00000011,1,WCPM,9/12/2025,41,,,\n";
const TWO: &str = "Student ID,Goal,Measure,Date,Score\n00000012,1,WCPM,9/5/2025,50\n";
const TWO_LATER: &str = "Student ID,Goal,Measure,Date,Score\n00000012,1,WCPM,9/5/2025,55\n00000013,1,WCPM,9/5/2025,lots\n";

type Files = BTreeMap<String, Vec<u8>>;

/// Runs with a kill at each point in turn, from `before` on, until a run comes to its end; returns the number of points.
fn step_through(inbox: &Path, before: &Path, old: &Files, new: &Files, whole: &Files) -> usize {
    // A plain `cargo build` at the same time would put a program without the points in this one's place.
    assert_eq!(
        ran(program().arg("run").arg(inbox).arg("--out").arg(inbox.with_file_name("probe")).env("AIMLINE_KILL_AT", "0")).status,
        -1
    );
    for point in 0.. {
        let space = Workspace::new();
        if before.exists() {
            copy_folder(before, &space.out());
        }
        let run = |at: Option<String>| {
            let mut command = program();
            command.arg("run").arg(inbox).arg("--out").arg(space.out()).args(["--threads", "1"]);
            ran(command.envs(at.map(|at| ("AIMLINE_KILL_AT", at))))
        };
        let killed = run(Some(point.to_string()));
        let now = given(&space.out());
        for (name, bytes) in &now {
            let is = |files: &Files| files.get(name) == Some(bytes);
            assert!(is(old) || is(new), "killed at {point}: {name} is neither old nor new");
        }
        assert!(old.keys().all(|name| now.contains_key(name)), "killed at {point}: a file is gone");
        // run.json comes last: when it is new, all is.
        if now.get("run.json") == new.get("run.json") {
            assert_same_files(&now, new);
        }
        let next = run(None);
        assert_eq!(next.status, 0, "after a kill at {point}: {}{}", next.stdout, next.stderr);
        assert_same_files(&files(&space.out()), whole);
        if killed.status != -1 {
            assert_eq!(killed.status, 0, "at {point}: {}{}", killed.stdout, killed.stderr);
            return point;
        }
    }
    unreachable!()
}

#[test]
fn a_kill_at_any_point_of_a_later_run_leaves_old_or_new_files() {
    let space = Workspace::with(&[("one.csv", ONE), ("two.csv", TWO)]);
    space.run(&[]);
    let before = space.path("before");
    copy_folder(&space.out(), &before);
    let old = given(&before);
    space.put("two.csv", TWO_LATER);
    space.put("three.csv", "");
    space.run(&[]);
    let new = given(&space.out());
    assert!(
        ["run.json", "dataset/data_points.parquet", "analysis/trends.parquet", "report/index.html", "report/quarantine.xlsx"]
            .iter()
            .all(|name| old[*name] != new[*name])
    );
    let points = step_through(&space.inbox(), &before, &old, &new, &files(&space.out()));
    assert!(points > 100, "{points} points");
}

#[test]
fn a_kill_at_any_point_of_the_first_run_leaves_nothing_half_written() {
    let space = Workspace::with(&[("one.csv", ONE)]);
    space.run(&[]);
    let new = given(&space.out());
    let points = step_through(&space.inbox(), &space.path("not there"), &Files::new(), &new, &files(&space.out()));
    assert!(points > 100, "{points} points");
}

#[test]
fn two_runs_on_one_folder_are_kept_apart() {
    let space = Workspace::with(&[("one.csv", ONE)]);
    space.run(&[]);
    let before = files(&space.out());
    let folder = aimline_store::folder::Folder::open(&space.out()).unwrap();
    let refused = space.try_run(&[]);
    assert_eq!(refused.status, 2);
    assert!(refused.stderr.contains("another run"), "{}", refused.stderr);
    assert_same_files(&before, &files(&space.out()));
    drop(folder);
    space.run(&[]);
}
