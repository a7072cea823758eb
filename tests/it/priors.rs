//! Goals on one measure lend each other strength, in a run and between districts.

use crate::support::{Workspace, aimline};
use std::fmt::Write;

/// Weekly scores of `n` children on one measure, each rising at a rate of its own, with a scatter that repeats on no two.
fn scores(n: usize) -> String {
    let mut text = "Student ID,Last Name,First Name,Birth Date,Goal,Measure,Baseline,Target,Target Date,Date,WCPM\n".to_owned();
    let mut state = 11_u64;
    let mut random = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / f64::from(1 << 24) - 0.5
    };
    for child in 0..n {
        let rate = 1.2 + 2.0 * random();
        for week in 0..12_u32 {
            let day = chrono::NaiveDate::from_ymd_opt(2025, 9, 8).unwrap() + chrono::Days::new(u64::from(week) * 7);
            let score = (45.0 + rate * f64::from(week) + 24.0 * random()).round();
            let name = char::from(b'a' + (child % 26) as u8);
            let id = 100_000 + child;
            writeln!(text, "{id},Fam{name}lo,Ki{name}n,2015-01-12,Reading Fluency,ORF,45,96,2026-05-22,{day},{score}").unwrap();
        }
    }
    text
}

#[test]
fn a_district_judges_with_its_goals_and_lends_them_to_a_small_one() {
    let large = Workspace::with(&[("scores.csv", &scores(120))]);
    let ran = large.run(&[]);
    assert!(ran.stdout.contains("120 with those on the same measure and level"), "{}", ran.stdout);
    let flags = large.table("analysis/flags");
    assert!(flags.iter().all(|flag| flag.text("mode") == "posterior" && flag.text("rung") == "stratum" && flag.has("prior")));
    let key = flags[0].text("goal_key").to_owned();
    let told = aimline(&["explain", &key, "--out", large.out().to_str().unwrap()]).stdout;
    assert!(told.contains("Beside 120 goals on the same measure and level"), "{told}");
    assert!(told.contains("of its own points; ") && told.contains("with theirs"), "{told}");

    let small = Workspace::with(&[("scores.csv", &scores(9))]);
    let alone = small.run(&[]);
    assert!(alone.stdout.contains("The 9 goals with a line are judged from their own data"), "{}", alone.stdout);
    std::fs::create_dir_all(small.inbox().join("aimline/priors")).unwrap();
    let file = small.inbox().join("aimline/priors/large district.csv");
    let written = aimline(&["priors", file.to_str().unwrap(), "--out", large.out().to_str().unwrap()]);
    assert_eq!(written.status, 0, "{}", written.stderr);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(!text.contains("Fam") && !text.contains("1000"), "no child: {text}");
    let helped = small.run(&[]);
    assert!(helped.stdout.contains("9 with those on the same measure and level"), "{}", helped.stdout);
    // A file that is none stops the run, and says where.
    std::fs::write(&file, text.replace("stratum", "school")).unwrap();
    let refused = small.try_run(&[]);
    assert_eq!(refused.status, 2);
    assert!(refused.stderr.contains("large district.csv") && refused.stderr.contains("line 2"), "{}", refused.stderr);
}
