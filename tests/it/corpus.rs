//! The corpus: small files of every shape, made by other tools than aimline reads with, against the tables that were
//! written with them (tests/corpus/README.md). A row that is marked `not yet` is reported, and must lose its mark once it passes.

mod compare;

use crate::support::{Row, Workspace, csv, ran, root};
use compare::differences;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// One file of the corpus, and what must become of it.
struct Case {
    expected: Row,
    points: Vec<Row>,
}

fn folder() -> PathBuf {
    root().join("tests/corpus")
}

fn cases() -> Vec<Case> {
    let mut points: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for point in csv(&folder().join("points.csv")) {
        points.entry(point.text("file").to_owned()).or_default().push(point);
    }
    let case = |expected: Row| Case { points: points.remove(expected.text("file")).unwrap_or_default(), expected };
    let cases: Vec<Case> = csv(&folder().join("expected.csv")).into_iter().map(case).collect();
    assert!(points.is_empty(), "points of files that expected.csv does not name: {:?}", points.keys());
    cases
}

/// Runs the file in an inbox of its own, beside its companions.
fn look(case: &Case) -> Vec<String> {
    let file = case.expected.text("file");
    let name = file.rsplit('/').next().unwrap();
    let space = Workspace::in_memory();
    space.put(name, std::fs::read(folder().join("files").join(file)).unwrap());
    for companion in case.expected.text("with").split_whitespace() {
        let bytes = std::fs::read(folder().join("files/with").join(companion)).unwrap();
        space.put(&if companion == "calendar.csv" { format!("aimline/{companion}") } else { companion.to_owned() }, bytes);
    }
    let ran = ran(&mut space.command(&["--threads", "1", "--until", "dataset"]));
    if ran.status != 0 {
        return vec![format!("ended with status {}: {}{}", ran.status, ran.stdout, ran.stderr)];
    }
    differences(&space, name, &ran, &case.expected, &case.points)
}

#[test]
fn corpus_files_become_what_the_tables_say() {
    let wanted = std::env::var("AIMLINE_CORPUS_ONLY").unwrap_or_default();
    let cases: Vec<Case> = cases().into_iter().filter(|case| case.expected.text("file").contains(&wanted)).collect();
    assert!(!cases.is_empty(), "no file of the corpus has {wanted:?} in its name");
    let next = AtomicUsize::new(0);
    let found = Mutex::new(BTreeMap::new());
    let work = || {
        while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            found.lock().unwrap().insert(case.expected.text("file").to_owned(), look(case));
        }
    };
    // A run waits for its worker most of the time.
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(work);
        }
    });
    let found = found.into_inner().unwrap();
    let (mut wrong, mut waiting, mut passed) = (String::new(), String::new(), 0);
    for case in &cases {
        let (file, why) = (case.expected.text("file"), case.expected.text("why"));
        let differences = &found[file];
        match (case.expected.text("status"), differences.is_empty()) {
            ("ok", true) => passed += 1,
            ("not yet", true) => {
                let _ = writeln!(wrong, "\n{file} passes now: remove its `not_yet` in tests/corpus");
            }
            ("ok", false) => {
                let _ = writeln!(wrong, "\n{file} ({})\n  {}", case.expected.text("shows"), differences.join("\n  "));
            }
            ("not yet", false) => {
                let _ = writeln!(waiting, "\n{file}: {why}\n  {}", differences.join("\n  "));
            }
            (status, _) => panic!("{file}: {status} is no status"),
        }
    }
    eprintln!("{passed} of {} files are read as expected. Not yet:\n{waiting}", cases.len());
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn each_file_of_the_corpus_has_a_row_and_is_small() {
    let named: Vec<String> = cases().iter().map(|case| case.expected.text("file").to_owned()).collect();
    let files = crate::support::files(&folder().join("files"));
    let there: Vec<&String> = files.keys().filter(|file| !file.starts_with("with/")).collect();
    let mut sorted = named.clone();
    sorted.sort();
    assert_eq!(sorted.iter().collect::<Vec<_>>(), there);
    assert!(named.len() >= 140, "{} files", named.len());
    let size: usize = files.values().map(Vec::len).sum();
    assert!(size < 2_000_000, "{size} bytes");
}
