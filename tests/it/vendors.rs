//! Exports of vendors, through the whole program.

use crate::support::{Row, Workspace, aimline, by, root};

fn sample(name: &str) -> String {
    std::fs::read_to_string(root().join("samples/vendors").join(name)).unwrap()
}

fn points(space: &Workspace) -> Vec<(String, String, String)> {
    let measures = space.table("dataset/measures");
    let measures = by(&measures, "measure_key");
    let point = |row: &Row| {
        let name = measures[row.text("measure_key")].text("name").to_owned();
        (name, row.text("date").to_owned(), row.text("value").to_owned())
    };
    let mut points: Vec<_> = space.table("dataset/data_points").iter().map(point).collect();
    points.sort();
    points
}

#[test]
fn each_export_gives_its_scores_on_their_days_and_names_its_profile() {
    for (file, profile, expected, goals) in [
        (
            "nwea_map_results.csv",
            "aimline/nwea_map.toml",
            &[("Math K-12", "2025-09-11", "190"), ("Math K-12", "2025-09-11", "201"), ("Reading", "2025-09-09", "186")][..],
            0,
        ),
        (
            "SR_star_reading.csv",
            "aimline/star_reading.toml",
            &[("Star Reading", "2025-09-09", "402"), ("Star Reading", "2025-09-10", "560")],
            0,
        ),
        (
            "iready_diagnostic_math.csv",
            "aimline/iready_math.toml",
            &[("i-Ready Math", "2025-09-10", "455"), ("i-Ready Math", "2025-09-11", "418")],
            0,
        ),
        (
            "fastbridge_progress.csv",
            "aimline/fastbridge_progress.toml",
            &[
                ("CBMmath-Automaticity", "2025-09-10", "12"),
                ("CBMreading", "2025-09-09", "41"),
                ("CBMreading", "2025-09-16", "44"),
                ("CBMreading", "2025-09-23", "43"),
            ],
            2,
        ),
    ] {
        let space = Workspace::with(&[(file, &sample(file))]);
        let ran = space.run(&[]);
        let found = points(&space);
        let found: Vec<(&str, &str, &str)> =
            found.iter().map(|(name, date, value)| (name.as_str(), date.as_str(), value.as_str())).collect();
        assert_eq!(found, expected, "{file}: {}", ran.stdout);
        assert_eq!(space.table("dataset/sources")[0].text("profile"), profile);
        assert_eq!(space.table("dataset/goals").len(), goals, "{file}");
    }
}

#[test]
fn the_aimline_of_a_progress_export_goes_from_its_first_goal_to_its_last() {
    let space = Workspace::with(&[("fastbridge_progress.csv", &sample("fastbridge_progress.csv"))]);
    space.run(&[]);
    let measures = space.table("dataset/measures");
    let reading = measures.iter().find(|row| row.text("name") == "CBMreading").unwrap();
    assert_eq!((reading.number("baseline_value"), reading.number("target_value")), (Some(40.0), Some(78.0)), "{reading:?}");
}

#[test]
fn a_profile_of_the_districts_own_goes_before_the_one_of_the_program() {
    let own = "[match]\nheaders = ['TermName', 'TestRITScore']\n[map]\nlayout = 'assessments'\n[map.columns]\nStudentID = 'local_id'\n\
               Subject = 'measure'\nTestStartDate = 'date'\nTestRITScore = 'score'\n";
    let space = Workspace::with(&[("map.csv", &sample("nwea_map_results.csv")), ("aimline/profiles/map.toml", own)]);
    space.run(&[]);
    assert_eq!(space.table("dataset/sources")[0].text("profile"), "profiles/map.toml");
    assert!(points(&space).iter().any(|(name, ..)| name == "Mathematics"));
}

#[test]
fn an_export_that_has_changed_stops_and_says_whose_profile_it_was() {
    let changed = sample("SR_star_reading.csv").replacen("StudentIdentifier", "LearnerKey", 1);
    let space = Workspace::with(&[("SR.csv", &changed)]);
    let file = space.inbox().join("SR.csv");
    let checked = aimline(&["check", file.to_str().unwrap()]);
    let said = checked.said("H007", "SR.csv › row 1").unwrap();
    assert!(said.contains("Star Reading by aimline's own profile aimline/star_reading.toml"), "{said}");
    assert!(said.contains("`aimline profile suggest`"), "{said}");
}
