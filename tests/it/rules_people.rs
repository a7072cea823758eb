//! The settled rules, line by line: who somebody is, and whose rows count.

use crate::support::{Row, Workspace};

const ROSTER: &str = "State ID,Local ID,Last Name,First Name,Birth Date,Grade,School,IEP\n\
    1000000001,00000011,Clark,Mason,2016-01-02,03,North,Yes\n1000000002,00000012,Clark,Mason,2015-03-04,04,North,Yes\n\
    1000000003,00000013,Cole,Cy,2015-05-06,04,North,Yes\n1000000004,00000014,Dorn,Di,2015-05-07,04,North,No\n\
    1000000005,00000015,Eno,Eli,2015-05-08,04,North,\n";

/// A sheet of one score each.
fn sheet(header: &str, rows: &[&str]) -> String {
    let mut text = format!("{header},Goal,Measure,Date,Score\n");
    for (day, row) in (1..).zip(rows) {
        text.push_str(&format!("{row},1,WCPM,2025-09-{day:02},4{day}\n"));
    }
    text
}

fn run(files: &[(&str, &str)]) -> Workspace {
    let space = Workspace::with(files);
    space.run(&[]);
    space
}

fn total(space: &Workspace, count: &str) -> u64 {
    space.run_json()["totals"][count].as_u64().unwrap()
}

/// Student keys of the points, by day.
fn whose(space: &Workspace) -> Vec<String> {
    let mut points = space.table("dataset/data_points");
    points.sort_by_key(|point| point.text("date").to_owned());
    points.iter().map(|point| point.text("student_key").to_owned()).collect()
}

fn key_of(space: &Workspace, local_id: &str) -> String {
    let students = space.table("dataset/students");
    students.iter().find(|student| student.text("local_id") == local_id).unwrap().text("student_key").to_owned()
}

fn links(space: &Workspace, kind: &str) -> Vec<Row> {
    space.table("dataset/links").into_iter().filter(|link| link.text("kind") == kind).collect()
}

#[test]
fn a_name_that_fits_two_children_is_unmatched_with_both_as_candidates() {
    let space = run(&[("roster.csv", ROSTER), ("a.csv", &sheet("Student", &["Mason Clark", "Mason Clark", "Cy Cole"]))]);
    assert_eq!(whose(&space), ["", "", &key_of(&space, "00000013")]);
    assert_eq!((total(&space, "unmatched"), total(&space, "accepted"), total(&space, "quarantined")), (2, 8, 0));
    let open: Vec<Row> = links(&space, "student").into_iter().filter(|link| !link.has("key")).collect();
    assert_eq!(open.len(), 1, "a row for each source and mention, not for each item");
    assert_eq!((open[0].text("n_items"), open[0].text("rule")), ("2", "more_than_one"));
    assert_eq!(open[0].text("candidates"), format!("{} {}", key_of(&space, "00000011"), key_of(&space, "00000012")));
    // The birth date settles it.
    let space = run(&[("roster.csv", ROSTER), ("a.csv", &sheet("Student,Birth Date", &["Mason Clark,2015-03-04"]))]);
    assert_eq!(whose(&space), [key_of(&space, "00000012")]);
}

#[test]
fn a_mention_that_fits_nobody() {
    // (roster or not, header, who, whether a student is made of it)
    for (roster, header, who, made) in [
        (false, "Student", "Uma Unknown", true),
        (true, "Student", "Uma Unknown", false),
        (true, "Student,Birth Date", "Uma Unknown,2014-01-01", true),
        (true, "Local ID", "00000099", true),
        (true, "State ID", "1000000099", true),
    ] {
        let text = sheet(header, &[who]);
        let files = [("a.csv", text.as_str()), ("roster.csv", ROSTER)];
        let space = run(&files[..1 + usize::from(roster)]);
        let students = space.table("dataset/students").len() - if roster { 5 } else { 0 };
        assert_eq!(students, usize::from(made), "{header} {who}, roster {roster}");
        assert_eq!(total(&space, "unmatched"), u64::from(!made), "{header} {who}");
        assert_eq!(whose(&space)[0].is_empty(), !made, "{header} {who}");
        assert_eq!(links(&space, "student").iter().filter(|link| !link.has("key")).count(), usize::from(!made));
    }
}

#[test]
fn each_kind_of_identity_finds_its_child() {
    for (header, who) in [
        ("State ID", "1000000003"),
        ("Local ID", "00000013"),
        ("Student ID", "00000013"),
        ("Student ID", "1000000003"),
        ("Student", "\"Cole, Cy\""),
        ("Student", "cy COLE"),
        ("First Name,Last Name", "Cy,Cole"),
        ("Student,DOB", "Cy Cole,5/6/2015"),
    ] {
        let space = run(&[("roster.csv", ROSTER), ("a.csv", &sheet(header, &[who]))]);
        assert_eq!(whose(&space), [key_of(&space, "00000013")], "{header} {who}");
        assert_eq!(space.table("dataset/students").len(), 5, "{header} {who}");
    }
}

#[test]
fn ids_are_text_and_keep_their_zeros() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    for (row, cells) in
        (0..).zip([["Student ID", "Goal", "Measure", "Date", "Score"], ["00125867", "1", "WCPM", "2025-09-05", "40"]])
    {
        page.write_row(row, 0, cells).unwrap();
    }
    let space = Workspace::with(&[("a.csv", &sheet("Local ID", &["00125867", "0125867"]))]);
    space.put("b.xlsx", book.save_to_buffer().unwrap());
    space.run(&[]);
    let mut ids: Vec<String> = space.table("dataset/students").iter().map(|row| row.text("local_id").to_owned()).collect();
    ids.sort();
    assert_eq!(ids, ["00125867", "0125867"], "two ids, and the workbook has the first");
}

#[test]
fn only_an_explicit_no_leaves_a_child_out() {
    for (header, who, skipped, why) in [
        ("Local ID", "00000014", 1, "the roster says no"),
        ("Local ID", "00000015", 0, "the roster says nothing"),
        ("Local ID,IEP", "00000013,No", 1, "the row itself says no"),
        ("Local ID,IEP", "00000013,", 0, "the row says nothing"),
        ("Local ID,IEP", "00000013,Yes", 0, "the row says yes"),
        ("Student,IEP", "Uma Unknown,No", 0, "a row that finds no student is never skipped"),
        ("Student", "Mason Clark", 0, "two children fit"),
    ] {
        let space = run(&[("roster.csv", ROSTER), ("a.csv", &sheet(header, &[who]))]);
        assert_eq!(total(&space, "skipped"), skipped, "{why}");
        assert_eq!(space.table("dataset/data_points").len() as u64, 1 - skipped, "{why}");
        // A child who is left out has no goal to be judged.
        let goals = space.table("dataset/goals").len();
        assert!(skipped == 0 || goals == 0, "{why}: {goals} goals");
    }
}

#[test]
fn a_plan_proves_only_its_own_student() {
    // Children beside one with a known IEP are not left out because nothing is known of them.
    let roster = ROSTER
        .replace(",Yes", ",")
        .replace("1000000003,00000013,Cole,Cy,2015-05-06,04,North,", "1000000003,00000013,Cole,Cy,2015-05-06,04,North,Yes");
    let space = run(&[("roster.csv", &roster), ("a.csv", &sheet("Local ID", &["00000011", "00000013", "00000014", "00000015"]))]);
    assert_eq!((total(&space, "skipped"), space.table("dataset/data_points").len()), (1, 3), "only the explicit no");
}

#[test]
fn keys_are_given_in_the_order_of_identities_and_stay() {
    let space = run(&[("z.csv", &sheet("State ID", &["1000000009", "1000000001"]))]);
    let keys = |space: &Workspace| -> Vec<(String, String)> {
        space
            .table("dataset/students")
            .iter()
            .map(|row| (row.text("student_key").to_owned(), row.text("state_id").to_owned()))
            .collect()
    };
    let pair = |key: &str, id: &str| (key.to_owned(), id.to_owned());
    let first = [pair("S00000001", "1000000001"), pair("S00000002", "1000000009")];
    assert_eq!(keys(&space), first);
    space.put("a.csv", sheet("State ID", &["1000000000"]));
    space.run(&[]);
    assert_eq!(keys(&space), [&first[..], &[pair("S00000003", "1000000000")]].concat());
}

#[test]
fn one_id_with_two_names_is_said_and_not_merged_in_silence() {
    let space = Workspace::with(&[("roster.csv", ROSTER), ("a.csv", &sheet("Local ID,Student", &["00000013,Wilma Wrong"]))]);
    let ran = space.run(&[]);
    assert!(ran.stdout.contains("[I008]"), "{}", ran.stdout);
}

#[test]
fn the_key_of_a_child_whom_a_roster_does_not_name_is_given_to_nobody_else() {
    let space = run(&[("a.csv", &sheet("Student", &["Uma Unknown", "Cy Cole"]))]);
    let before: Vec<String> = space.table("dataset/students").iter().map(|row| row.text("student_key").to_owned()).collect();
    assert_eq!(before.len(), 2);
    space.put("roster.csv", ROSTER);
    space.run(&[]);
    // Who creates whom is a matter of all bundles: with a roster a bare name that is not on it is unmatched.
    assert_eq!(whose(&space)[0], "");
    assert_eq!(total(&space, "unmatched"), 1);
    // Without the roster's word the same key comes back: it was never given to anybody else.
    std::fs::write(space.inbox().join("roster.csv"), "x\n").unwrap();
    space.run(&[]);
    let after: Vec<String> = space.table("dataset/students").iter().map(|row| row.text("student_key").to_owned()).collect();
    assert_eq!(after, before);
}

#[test]
fn a_birth_date_that_is_none_is_said_and_the_child_is_kept() {
    let roster = "State ID,Last Name,First Name,Birth Date\n1000000001,Alder,Pip,2/29/2015\n1000000002,Roe,Maple,N/A\n";
    let space = Workspace::with(&[("roster.csv", roster)]);
    let ran = space.run(&[]);
    assert!(ran.said("D008", "roster.csv › D2").is_some(), "{}", ran.stdout);
    assert_eq!(ran.stdout.matches("[D008]").count(), 1, "a mark is nothing: {}", ran.stdout);
    let students = space.table("dataset/students");
    assert!(students.len() == 2 && students.iter().all(|student| !student.has("birth_date")));
}
