//! `aimline profile`: suggested, tried, listed.

use crate::support::{Workspace, aimline};

const ODD: &str = "Ms. Example's tally,,,\nKid,Thing,When,Pts\n1001,Reading,03/09/2025,31\n1001,Reading,14/09/2025,33\n";
const CLEAR: &str = "Student ID,Goal,Measure,Date,Score,Bus stop\n1001,1,WCPM,9/5/2025,40,7th\n1001,1,WCPM,9/12/2025,42,\n";

#[test]
fn a_stopped_sheet_names_the_command_and_is_read_once_its_profile_is_confirmed() {
    let space = Workspace::with(&[("tally.csv", ODD)]);
    let file = space.inbox().join("tally.csv");
    let file = file.to_str().unwrap();
    let stopped = space.run(&[]);
    let command = format!("aimline profile suggest \"{file}\"");
    assert!(stopped.said("H001", "tally.csv › row 1").unwrap().contains(&command), "{}", stopped.stdout);

    let printed = aimline(&["profile", "suggest", file]);
    assert_eq!(printed.status, 0, "{}", printed.stderr);
    insta::assert_snapshot!(printed.stdout, @r##"
    # A mapping profile for tally.csv, suggested by aimline.
    # The sheet stops with H001: no known column titles were found.
    #   seen      the first row begins with "Ms. Example's tally"
    #   expected  a row of titles such as Student ID, Goal, Date and Score
    # Lines that begin with # do not count. Where a line says UNSURE: correct it, and take the # away.
    # Then try it: aimline profile test THIS_FILE THE_RECORDS. All fields: docs/profiles.md.

    [match]
    file = "tally.csv"
    headers = ["Kid", "Thing", "When", "Pts"]  # titles that must all stand in one of the first rows

    [map]
    # header_row = 2    # UNSURE: the first row that could hold titles
    # layout = "long"    # long, wide, roster, goal_list, log, screening, assessments or reports; only when it is not found
    # date_order = "mdy"    # mdy, dmy or ymd; only when the dates do not say it

    [map.columns]
    # "Kid" = "student_id"   # UNSURE: an unknown title; it holds numbers; or score
    # "Thing" = "goal_area"  # UNSURE: an unknown title; it holds texts; or measure
    # "When" = "date"        # UNSURE: an unknown title; it holds dates
    # "Pts" = "score"        # UNSURE: an unknown title; it holds numbers

    [map.all_rows]
    # date = "2025-09-15"    # what holds for all rows, where no column says it: date, measure, school_year...

    [map.units]
    # "Pts" = "wcpm"    # the unit of a column of scores, when nothing says it
    "##);

    let written = aimline(&["profile", "suggest", file, "--write", space.inbox().to_str().unwrap()]);
    let profile = space.inbox().join("aimline/profiles/tally.toml");
    assert!(written.stdout.starts_with(&format!("Written: {}\n", profile.display())), "{}{}", written.stdout, written.stderr);
    assert_eq!(std::fs::read_to_string(&profile).unwrap(), printed.stdout);
    let tried = aimline(&["profile", "test", profile.to_str().unwrap(), file]);
    assert_eq!(tried.status, 1, "nothing is confirmed yet: {}", tried.stdout);

    let confirmed = printed.stdout.replace("# \"", "\"").replace("\"Pts\" = \"wcpm\"", "\"Pts\" = \"points\"");
    std::fs::write(&profile, confirmed).unwrap();
    let tried = aimline(&["profile", "test", profile.to_str().unwrap(), file]);
    assert_eq!(tried.status, 0, "{}", tried.stdout);
    insta::assert_snapshot!(tried.stdout, @r##"
    tally.csv
      Profile   tally.toml
      Layout    long: a row is a data point, and says whose
      Titles    row 2
        column     what it is                  found by
        A   Kid    Student ID (student_id)     profile   2 cells
        B   Thing  Goal Area (goal_area)       profile   2 cells
        C   When   Date (date)                 profile   2 cells
        D   Pts    Score (score), unit points  profile   2 cells
      Not used  A1: "Ms. Example's tally"
      Rows      2 rows with data, 2 items
      Cells     13 filled cells = 4 titles + 1 above or between the rows + 8 in used columns

      The first records
        row 3: student_id = 1001; goal_area = Reading; unit = points; date = 03/09/2025; score = 31
        row 4: student_id = 1001; goal_area = Reading; unit = points; date = 14/09/2025; score = 33

    tally.csv: column "Kid" holds the district's id: judged by their shape, as no other file says what they are
    tally.toml fits 1 sheet; all can be read with it.
    Nothing was written.
    "##);
    space.run(&[]);
    assert_eq!(space.table("dataset/data_points").len(), 2);

    // A second one does not replace the first.
    let again = aimline(&["profile", "suggest", file, "--write", space.inbox().to_str().unwrap()]);
    assert!(again.stdout.contains("tally 2.toml"), "{}", again.stdout);
}

#[test]
fn a_sheet_that_is_read_gives_the_same_with_the_profile_that_is_suggested_for_it() {
    let space = Workspace::with(&[("clear.csv", CLEAR)]);
    space.run(&[]);
    let before = space.table("dataset/data_points");
    let file = space.inbox().join("clear.csv");
    let written = aimline(&["profile", "suggest", file.to_str().unwrap(), "--write", space.inbox().to_str().unwrap()]);
    assert_eq!(written.status, 0, "{}", written.stderr);
    space.run(&[]);
    assert_eq!(space.table("dataset/data_points"), before);
    assert_eq!(space.table("dataset/sources")[0].text("profile"), "profiles/clear.toml");
}

#[test]
fn what_cannot_be_suggested_or_tried_is_said() {
    let space = Workspace::with(&[("clear.csv", CLEAR), ("notes.md", "Some notes.\n")]);
    let path = |name: &str| space.inbox().join(name).display().to_string();
    let suggest = |args: &[&str]| aimline(&[&["profile", "suggest"], args].concat());
    let none = suggest(&[&path("clear.csv"), "--sheet", "Fall"]);
    assert_eq!((none.status, none.stdout.as_str()), (2, ""));
    assert!(none.stderr.contains("has no sheet \"Fall\""), "{}", none.stderr);
    assert_eq!(suggest(&[space.inbox().to_str().unwrap()]).status, 2);

    space.put("aimline/other.toml", "[match]\nfile = 'other*'\n[map.columns]\n'Bus stop' = 'note'\n");
    let other = aimline(&["profile", "test", &path("aimline/other.toml"), &path("clear.csv")]);
    assert_eq!(other.status, 1);
    assert!(other.stdout.contains("other.toml fits no sheet here: it is for files other*."), "{}", other.stdout);

    space.put("aimline/missing.toml", "[map.columns]\n'Bus stpo' = 'note'\n");
    let missing = aimline(&["profile", "test", &path("aimline/missing.toml"), &path("clear.csv")]);
    assert_eq!(missing.status, 1);
    assert!(missing.said("H007", "clear.csv › row 1").unwrap().contains("\"Bus stop\" (column F)"), "{}", missing.stdout);

    space.put("aimline/wrong.toml", "[map.columns]\nA = 'studnet_id'\n");
    let wrong = aimline(&["profile", "test", &path("aimline/wrong.toml"), &path("clear.csv")]);
    assert_eq!(wrong.status, 1);
    assert!(wrong.stdout.contains("line 2: \"studnet_id\" is no field"), "{}", wrong.stdout);
}

#[test]
fn profiles_are_listed_with_what_they_fit() {
    let space = Workspace::with(&[("aimline/profiles/tally.toml", "[match]\nfile = 'tally*'\nheaders = ['Kid', 'Pts']\n")]);
    let listed = aimline(&["profile", "list", space.inbox().to_str().unwrap()]);
    assert_eq!(listed.status, 0, "{}", listed.stderr);
    assert!(listed.stdout.starts_with("profiles/tally.toml\n  for       files tally*; titles Kid, Pts\n"), "{}", listed.stdout);
    let (_, star) = listed.stdout.split_once("aimline/star_reading.toml\n").unwrap();
    assert!(star.starts_with("  for       titles RenaissanceClientID,"), "{star}");
    let (_, early) = listed.stdout.split_once("aimline/star_early_literacy.toml\n").unwrap();
    assert!(early.split("aimline/").next().unwrap().contains("not verified on a true file"), "{early}");
    assert!(aimline(&["profile", "list"]).stdout.starts_with("No profiles of your own"));
}
