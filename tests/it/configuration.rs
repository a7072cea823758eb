//! What a district sets in INBOX/aimline/ is followed, and a mistake in it is named.

use crate::support::{Row, Workspace, program, ran};
use std::fmt::Write;

/// Ten weekly scores of one goal that goes up slowly, with a target and, where it is wanted, a baseline.
fn weekly(baseline: &str) -> String {
    let mut text = String::from("Student ID,Goal,Measure,Unit,Date,Score,Baseline,Target,Target Date\n");
    let first: chrono::NaiveDate = "2025-09-05".parse().unwrap();
    for (week, score) in [40, 42, 39, 41, 40, 42, 41, 40, 43, 41].into_iter().enumerate() {
        let day = first + chrono::Days::new(7 * week as u64);
        writeln!(text, "00125867,1,Reading,wcpm,{day},{score},{baseline},90,2026-05-22").unwrap();
    }
    text
}

fn only_flag(space: &Workspace) -> Row {
    let flags = space.table("analysis/flags");
    assert_eq!(flags.len(), 1, "{flags:?}");
    flags[0].clone()
}

#[test]
fn the_mode_sets_what_decides_a_status() {
    let space = Workspace::with(&[("a.csv", &weekly("40"))]);
    space.run(&[]);
    let own = only_flag(&space);
    assert_eq!((own.text("mode"), own.text("status")), ("own_data", "stalled"));
    let before = space.run_json()["configuration"].clone();
    space.put("aimline/aimline.toml", "mode = 'classical'\n");
    space.run(&[]);
    let classical = only_flag(&space);
    assert_eq!(classical.text("mode"), "classical");
    // The rules are columns in both modes, the same ones: literal positions.
    for rule in ["rule_3pt", "rule_4pt", "rule_5pt", "rule_median3", "rule_trend_ols", "rule_trend_ts"] {
        assert_eq!(own.text(rule), classical.text(rule), "{rule}");
        assert_eq!(own.text(rule), "below", "{rule}");
    }
    assert_ne!(space.run_json()["configuration"], before, "run.json holds the hash of the configuration");
    // The configuration folder is never input.
    assert_eq!(space.table("dataset/sources").len(), 1);
}

#[test]
fn the_first_three_serve_as_baseline_unless_it_is_turned_off() {
    let space = Workspace::with(&[("a.csv", &weekly(""))]);
    space.run(&[]);
    let trend = &space.table("analysis/trends")[0];
    assert_eq!((trend.text("baseline"), trend.text("baseline_source")), ("40", "first_three"));
    assert_eq!(trend.text("baseline_date"), "2025-09-12", "the middle one of the three days");
    space.put("aimline/aimline.toml", "first_three = false\n");
    space.run(&[]);
    assert_eq!(only_flag(&space).text("status"), "no_baseline");
    let trend = &space.table("analysis/trends")[0];
    assert!(!trend.has("baseline"), "never 0");
    assert_eq!(trend.text("baseline_source"), "none");
}

#[test]
fn the_end_of_the_school_year_serves_where_no_date_is_stated() {
    let text = weekly("40").replace(",2026-05-22", ",");
    let space = Workspace::with(&[("a.csv", &text)]);
    space.run(&[]);
    let flag = only_flag(&space);
    assert_eq!(flag.text("status"), "no_target");
    assert!(flag.text("reasons").contains("no_target_date"), "{flag:?}");
    space.put("aimline/aimline.toml", "school_year_end = '2026-05-20'\n");
    space.run(&[]);
    let trend = &space.table("analysis/trends")[0];
    assert_eq!(trend.text("target_date"), "2026-05-20");
    // From the first scored day, for no other one is known: 50 words in 257 days.
    assert_eq!(trend.text("baseline_date"), "2025-09-05");
    assert!((trend.number("need_per_week").unwrap() - 50.0 / (257.0 / 7.0)).abs() < 1e-12);
}

#[test]
fn everyone_keeps_the_rows_of_children_without_an_iep() {
    let text = "Student ID,Goal,Measure,Date,Score,IEP\n00125867,1,WCPM,2025-09-05,40,No\n00125868,1,WCPM,2025-09-05,50,Yes\n";
    let space = Workspace::with(&[("a.csv", text)]);
    space.run(&[]);
    let counts = |space: &Workspace| ["accepted", "skipped"].map(|count| space.run_json()["totals"][count].as_u64().unwrap());
    assert_eq!(counts(&space), [1, 1]);
    space.put("aimline/aimline.toml", "everyone = true\n");
    space.run(&[]);
    assert_eq!(counts(&space), [2, 0]);
}

#[test]
fn a_folder_of_configuration_may_stand_elsewhere() {
    let space = Workspace::with(&[("a.csv", &weekly("40"))]);
    std::fs::create_dir(space.path("config")).unwrap();
    std::fs::write(space.path("config/aimline.toml"), "district = 'Nowhere R-I'\nmode = 'classical'\n").unwrap();
    space.run(&["--config", space.path("config").to_str().unwrap()]);
    assert_eq!(only_flag(&space).text("mode"), "classical");
    let page = std::fs::read_to_string(space.out().join("report/index.html")).unwrap();
    assert!(page.contains("<h1>Nowhere R-I</h1>"));
}

#[test]
fn the_calendar_is_kept_and_its_breaks_are_no_silence() {
    let space = Workspace::with(&[("a.csv", &weekly("40"))]);
    // Ten weeks of data end on 7 November; 55 days later nothing new has come.
    space.run(&["--as-of", "2026-01-01"]);
    assert_eq!(only_flag(&space).text("status"), "stale");
    let calendar = "kind,name,begin,end\nbreak,Winter break,2025-11-20,2026-01-02\nperiod,Quarter 1,2025-08-20,2025-10-17\n";
    space.put("aimline/calendar.csv", calendar);
    space.run(&["--as-of", "2026-01-01"]);
    assert_eq!(only_flag(&space).text("status"), "stalled");
    let rows: Vec<[String; 4]> = space
        .table("dataset/calendar")
        .iter()
        .map(|row| ["kind", "name", "begin", "end"].map(|column| row.text(column).to_owned()))
        .collect();
    assert_eq!(
        rows,
        [["break", "Winter break", "2025-11-20", "2026-01-02"], ["period", "Quarter 1", "2025-08-20", "2025-10-17"]]
    );
}

#[test]
fn a_mistake_is_named_with_its_file_and_nothing_is_run() {
    for (file, text, words) in [
        ("aimline.toml", "moed = 'classical'\n", "moed"),
        ("aimline.toml", "mode = 'guess'\n", "own_data"),
        ("aimline.toml", "school_year_end = 'May'\n", "2026-05-22"),
        ("ruleset.toml", "gama_slow = 0.9\n", "gama_slow"),
        ("ruleset.toml", "kappa = 7\n", "kappa = 7 must be at least 0 and below 1"),
        (
            "calendar.csv",
            "kind,name,begin,end\nholiday,x,2025-12-20,2026-01-02\n",
            "line 2: kind must be period, report_card or break",
        ),
        ("calendar.csv", "kind,name,begin,end\nbreak,x,12/20/2025,2026-01-02\n", "line 2: a date must look like 2025-12-22"),
        ("profiles/p.toml", "[map.columns]\nA = 'studnet_id'\n", "line 2: \"studnet_id\" is no field; is \"student_id\" meant?"),
        ("profiles/p.toml", "[map.columns\n", "line 1"),
    ] {
        let space = Workspace::with(&[("a.csv", &weekly("40"))]);
        space.put(&format!("aimline/{file}"), text);
        let ran = space.try_run(&[]);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{file}");
        assert!(ran.stderr.contains(file) && ran.stderr.contains(words), "{file}: {}", ran.stderr);
        assert!(!space.out().join("run.json").exists());
    }
}

const ODD: &str = "Kid,Thing,Wann,Pts,Extra\n00000012,1,2025-09-05,50,x\n00000012,1,2025-09-12,52,y\n";
const PROFILE: &str = "[match]\nfile = 'odd*.csv'\n[map.columns]\nKid = 'student_id'\nThing = 'goal_number'\nWann = 'date'\nPts = 'score'\nExtra = 'unused'\n[map.units]\nPts = 'wcpm'\n";

#[test]
fn a_profile_makes_a_sheet_of_unknown_titles_readable() {
    let space = Workspace::with(&[("odd.csv", ODD)]);
    let without = space.run(&[]);
    assert!(without.said("H001", "odd.csv › row 1").is_some(), "{}", without.stdout);
    assert_eq!(space.table("dataset/data_points").len(), 0, "never a silent guess");
    space.put("aimline/profiles/odd.toml", PROFILE);
    space.run(&[]);
    let points = space.table("dataset/data_points");
    assert_eq!(points.iter().map(|point| point.text("value")).collect::<Vec<_>>(), ["50", "52"]);
    assert_eq!(space.table("dataset/measures")[0].text("unit"), "wcpm");
    assert_eq!(space.table("dataset/sources")[0].text("profile"), "profiles/odd.toml");
    let checked = ran(program().arg("check").arg(space.inbox()));
    assert!(
        checked.said("H005", "odd.csv › row 1").is_none(),
        "the profile says that the column is not used: {}",
        checked.stdout
    );
}

#[test]
fn a_profile_that_does_not_fit_stops_its_sheet_in_words() {
    let space = Workspace::with(&[("odd.csv", ODD), ("other.csv", &weekly("40"))]);
    space.put("aimline/profiles/odd.toml", PROFILE.replace("Pts = 'score'", "Points = 'score'"));
    let ran = space.run(&[]);
    let said = ran.stdout.split("\n\n").find(|block| block.contains("[H007]")).unwrap();
    assert!(said.contains("odd.csv") && said.contains("Points"), "{said}");
    // A profile is for the sheets that it fits.
    assert_eq!(space.table("dataset/data_points").len(), 10);
    assert!(space.table("dataset/quarantine").iter().all(|row| row.text("code") == "H007"));
}

#[test]
fn two_profiles_for_one_sheet_stop_it() {
    let space = Workspace::with(&[("odd.csv", ODD), ("other.csv", &weekly("40"))]);
    space.put("aimline/profiles/a.toml", PROFILE);
    space.put("aimline/profiles/b.toml", PROFILE);
    let ran = space.run(&[]);
    let said = ran.said("H008", "odd.csv").unwrap();
    assert!(said.contains("profiles/a.toml, profiles/b.toml"), "{said}");
    assert_eq!(space.table("dataset/data_points").len(), 10);
}
