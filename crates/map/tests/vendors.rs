//! Exports of vendors in their true shape, and the profiles that come with the program.

mod support;

use aimline_map::{HeadRow, Layout, Plan, Profile, Sheet, Stop, plan, shipped};
use aimline_model::codes::Code;
use std::path::Path;

/// A sample as the importer of text files would send it.
fn sample(name: &str) -> Vec<HeadRow> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/vendors").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let cells = |line: &str| {
        let (mut cells, mut quoted) = (vec![String::new()], false);
        for letter in line.chars() {
            match letter {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                letter => cells.last_mut().expect("one").push(letter),
            }
        }
        cells.into_iter().map(|cell| Some(cell).filter(|cell| !cell.is_empty())).collect()
    };
    let row = |(at, line): (usize, &str)| HeadRow { number: at as u64 + 1, kinds: Vec::new(), cells: cells(line) };
    text.lines().enumerate().map(row).collect()
}

/// What a run does with a sheet: the profile of the program that fits, if one does.
fn planned(name: &str, rows: &[HeadRow]) -> (Option<String>, Result<Plan, Stop>) {
    let sheet = Sheet { file: name, name: "" };
    let profiles = shipped().expect("all can be read");
    let fitting: Vec<&(String, &str, Profile)> = profiles.iter().filter(|(_, _, profile)| profile.fits(&sheet, rows)).collect();
    assert!(fitting.len() <= 1, "{name}: {:?}", fitting.iter().map(|(name, ..)| name).collect::<Vec<_>>());
    let map = fitting.first().map(|(_, _, profile)| &profile.map);
    (fitting.first().map(|(name, ..)| name.clone()), plan(&sheet, rows, false, map))
}

/// File, profile, layout, how many items, and the first record.
const READ: &[(&str, &str, Layout, usize, &str)] = &[
    (
        "aimswebplus.csv",
        "aimline/aimswebplus.toml",
        Layout::Long,
        3,
        "student_id=70101 state_id=7000000101 last_name=Aldwick first_name=Ivo district=Riverbend R-II school=Oakvale Elementary grade=3 school_year=2025-2026 measure=Oral Reading Fluency level=3 date=9/8/2025 score=62 form=ORF3F",
    ),
    (
        "fastbridge_progress.csv",
        "aimline/fastbridge_progress.toml",
        Layout::Long,
        4,
        "student_id=70101 state_id=7000000101 last_name=Aldwick first_name=Ivo birth_date=2016-02-11 district=Riverbend R-II school=Oakvale Elementary grade=3 has_iep=Y goal_begin=2025-09-02 goal_end=2026-05-15 baseline=40 target=78 measure=CBMreading unit=Words Read Correct Per Minute date=2025-09-09 score=41",
    ),
    (
        "fastbridge_screening.csv",
        "",
        Layout::Screening,
        6,
        "state_id=7000000104 local_id=70104 last_name=Calloway first_name=Noor birth_date=2019-11-02 district=Riverbend R-II school=Oakvale Elementary grade=K has_iep=Y measure=Early Reading English unit=points date=8/18/2025 score=28 @15",
    ),
    (
        "infinite_campus_goal_monitoring.csv",
        "aimline/infinite_campus_goals.toml",
        Layout::Long,
        3,
        "student_id=70101 last_name=Aldwick first_name=Ivo goal_area=Reading fluency measure=Reads third grade passages unit=Words correct per minute date=09/09/2025 score=41",
    ),
    (
        "iready_diagnostic_ela.csv",
        "aimline/iready_ela.toml",
        Layout::Assessments,
        2,
        "student_id=70101 state_id=7000000101 last_name=Aldwick first_name=Ivo school=Oakvale Elementary grade=3 school_year=2025-2026 has_iep=Y measure=i-Ready Reading unit=scale score date=9/9/2025 score=462",
    ),
    (
        "iready_diagnostic_math.csv",
        "aimline/iready_math.toml",
        Layout::Assessments,
        2,
        "student_id=70101 last_name=Aldwick first_name=Ivo district=22 school=Oakvale Elementary grade=3 school_year=2025-2026 measure=i-Ready Math unit=scale score date=9/11/2025 score=418",
    ),
    (
        "mclass_dibels.csv",
        "aimline/mclass_dibels.toml",
        Layout::Screening,
        9,
        "student_id=70101 last_name=Aldwick first_name=Ivo birth_date=2/11/2018 district=Riverbend R-II school=Oakvale Elementary grade=1 school_year=2025-2026 entry_date=8/20/2025 measure=Assessment Measure-Composite Score-Score date=9/9/2025 score=101 @25",
    ),
    (
        "nwea_map_results.csv",
        "aimline/nwea_map.toml",
        Layout::Assessments,
        3,
        "student_id=70101 district=Riverbend R-II school=Oakvale Elementary measure=Reading unit=RIT date=9/9/2025 score=186",
    ),
    (
        "powerschool_progress_logs.csv",
        "aimline/powerschool_progress_logs.toml",
        Layout::Long,
        2,
        "state_id=7000000101 local_id=70101 last_name=Aldwick first_name=Ivo goal_area=Reading Fluency goal_text=Given a third grade passage, Ivo will read 78 words correct per minute on 3 of 4 probes. methods=Curriculum-based measurement baseline=40 baseline_date=09/02/2025 target_date=05/15/2026 date=10/14/2025 score=44",
    ),
    (
        "SR_star_reading.csv",
        "aimline/star_reading.toml",
        Layout::Assessments,
        2,
        "student_id=70101 state_id=7000000101 last_name=Aldwick first_name=Ivo birth_date=2016-02-11T00:00:00Z district=Riverbend R-II school=Oakvale Elementary grade=4 school_year=2025-2026 measure=Star Reading unit=scale score date=2025-09-09T12:28:05.852Z score=402",
    ),
    (
        "SM_star_math.csv",
        "aimline/star_math.toml",
        Layout::Assessments,
        2,
        "student_id=70101 state_id=7000000101 last_name=Aldwick first_name=Ivo birth_date=2016-02-11T00:00:00Z district=Riverbend R-II school=Oakvale Elementary grade=4 school_year=2025-2026 measure=Star Math unit=scale score date=2025-09-09T12:28:05.852Z score=402",
    ),
];

#[test]
fn each_export_is_read() {
    for (name, profile, layout, count, first) in READ {
        let rows = sample(name);
        let (used, plan) = planned(name, &rows);
        let plan = plan.unwrap_or_else(|stop| panic!("{name}: {stop}"));
        let records = support::run(&plan, &rows).1;
        assert_eq!(used.as_deref().unwrap_or(""), *profile, "{name}");
        assert_eq!((plan.layout(), records.len(), records[0].as_str()), (*layout, *count, *first), "{name}");
    }
}

#[test]
fn parts_of_a_test_are_no_goals_and_items_are_no_scores() {
    for (name, words) in [
        ("nwea_map_results.csv", &["goal_", "Literary Text", "184"][..]),
        ("SR_star_reading.csv", &["correct=", "trials=", "Enterprise"]),
        ("iready_diagnostic_ela.csv", &["=536", "=471", "score=18"]),
        ("fastbridge_progress.csv", &["goal_begin=40"]),
    ] {
        let rows = sample(name);
        let records = support::run(&planned(name, &rows).1.expect("a plan"), &rows).1.join("\n");
        for word in words {
            assert!(!records.contains(word), "{name}: {word} in {records}");
        }
    }
}

#[test]
fn no_percentile_is_a_score_without_a_profile_either() {
    let rows = sample("iready_diagnostic_ela.csv");
    let plan = plan(&Sheet { file: "x.csv", name: "" }, &rows, false, None).expect("a plan");
    assert_eq!(support::field_of(&plan, "Percentile"), None, "{:?}", plan.layout());
}

#[test]
fn a_download_without_a_date_asks_for_one_and_takes_it_from_a_profile() {
    let rows = sample("easycbm_benchmark.csv");
    let (used, plan) = planned("easycbm_benchmark.csv", &rows);
    assert_eq!(used.as_deref(), Some("aimline/easycbm.toml"));
    let stop = plan.expect_err("nothing says when");
    assert_eq!(stop.code, Code::H002);
    assert!(stop.expected.contains("date of each score"), "{stop}");
    let own = "[map]\nlayout = 'screening'\n[map.columns]\nstudent_id = 'student_id'\n[map.all_rows]\ndate = '2025-09-15'\n";
    let own = Profile::parse(own).expect("a good profile");
    let plan = aimline_map::plan(&Sheet { file: "x.csv", name: "" }, &rows, false, Some(&own.map)).expect("a plan");
    let records = support::run(&plan, &rows).1;
    assert_eq!(records.len(), 8);
    assert_eq!(
        records[0],
        "student_id=70101 birth_date=2016-02-11 school=Oakvale Elementary grade=3 measure=word_reading_fluency_score date=2025-09-15 score=38 @20"
    );
}

#[test]
fn an_export_that_lost_a_column_stops_and_names_it() {
    for (name, title) in [
        ("aimswebplus.csv", "Score"),
        ("fastbridge_progress.csv", "Student State Id"),
        ("iready_diagnostic_ela.csv", "Percentile"),
        ("infinite_campus_goal_monitoring.csv", "Value"),
        ("nwea_map_results.csv", "StudentID"),
        ("powerschool_progress_logs.csv", "Present Level"),
        ("SR_star_reading.csv", "StudentIdentifier"),
    ] {
        let mut rows = sample(name);
        let at = rows[0].cells.iter().position(|cell| cell.as_deref() == Some(title)).expect(title);
        rows[0].cells[at] = Some("Something else".to_owned());
        let (used, plan) = planned(name, &rows);
        let stop = plan.expect_err(name);
        assert!(used.is_some() && matches!(stop.code, Code::H007 | Code::H002), "{name}: {stop}");
    }
}

#[test]
fn each_shipped_profile_says_what_it_is_and_where_its_titles_are_known_from() {
    let profiles = shipped().expect("all can be read");
    assert!(profiles.windows(2).all(|pair| pair[0].0 < pair[1].0));
    for (name, text, profile) in profiles {
        assert!(profile.shipped && !profile.title.is_empty() && !profile.source.is_empty(), "{name}");
        assert!(profile.headers.len() >= 2 && !profile.map.columns.is_empty(), "{name}: it could fit anything");
        assert!(text.contains("\nverified = "), "{name}");
    }
}
