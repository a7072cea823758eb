//! `aimline explain GOAL`: how a verdict came about, in words, for a goal of each status of the sample district.

use crate::support::{aimline, sample, table};

#[test]
fn a_goal_of_each_status_is_explained() {
    let (out, _) = sample();
    let flags = table(out, "analysis/flags");
    let mut seen: Vec<&str> = Vec::new();
    for flag in &flags {
        let status = flag.text("status");
        if seen.contains(&status) {
            continue;
        }
        seen.push(status);
        let ran = aimline(&["explain", flag.text("goal_key"), "--out", out.to_str().unwrap()]);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        insta::assert_snapshot!(format!("explain_{status}"), ran.stdout);
    }
    assert!(seen.len() >= 8, "the sample has few statuses: {seen:?}");
}

#[test]
fn what_cannot_be_explained_is_said() {
    let (out, _) = sample();
    let out = out.to_str().unwrap();
    let said = |args: &[&str], words: &str| {
        let ran = aimline(args);
        assert!(ran.status == 2 && ran.stderr.contains(words), "{}", ran.stderr);
    };
    said(&["explain", "G00009999", "--out", out], "there is no goal G00009999");
    said(&["explain", "G00000001"], "--out");
    said(&["explain", "G00000001", "--out", "/nowhere"], "no output folder");
}
