//! Choices for students and goals that fit more than one, or none: answered in a copy of quarantine.xlsx.

use crate::books::Book;
use crate::support::{Row, Workspace};

const ROSTER: &str = "State ID,Last Name,First Name,Birth Date,Grade\n1000000001,Clark,Mason,8/28/2011,08\n\
                      1000000002,Clark,Mason,7/19/2015,04\n1000000003,Reyes,Lena,1/5/2014,05\n";
const SHEET: &str = "Student,Goal,Measure,Date,Score\nMason Clark,1,WCPM,9/3/2025,40\nMason Clark,1,WCPM,9/10/2025,42\n\
                     Lena Reyes,1,WCPM,9/3/2025,50\nMase Clark,1,WCPM,9/17/2025,44\n";

fn space() -> Workspace {
    let space = Workspace::with(&[("roster.csv", ROSTER), ("probes.csv", SHEET)]);
    space.run(&[]);
    assert_eq!(unmatched(&space), 3);
    space
}

fn unmatched(space: &Workspace) -> u64 {
    space.run_json()["totals"]["unmatched"].as_u64().unwrap()
}

/// Scores of the student with this state id.
fn scores_of(space: &Workspace, state_id: &str) -> Vec<String> {
    let students = space.table("dataset/students");
    let key = students.iter().find(|row| row.text("state_id") == state_id).unwrap().text("student_key").to_owned();
    let own = |point: &&Row| point.text("student_key") == key && point.has("goal_key");
    let mut scores: Vec<String> =
        space.table("dataset/data_points").iter().filter(own).map(|point| point.text("raw").to_owned()).collect();
    scores.sort_unstable();
    scores
}

fn key_of(space: &Workspace, state_id: &str) -> String {
    let students = space.table("dataset/students");
    students.iter().find(|row| row.text("state_id") == state_id).unwrap().text("student_key").to_owned()
}

#[test]
fn a_choice_links_all_rows_that_say_the_same_and_is_remembered() {
    let space = space();
    let younger = key_of(&space, "1000000002");
    // By key for the name that two children have; by id for the name that nobody has.
    Book::of(&space).answer("Clark Mason", &younger).answer("Clark Mase", "1000000001").save(&space, "answers.xlsx");
    let ran = space.run(&[]);
    assert!(ran.stdout.contains("[I010]"), "{}", ran.stdout);
    assert_eq!(unmatched(&space), 0);
    assert_eq!(scores_of(&space, "1000000002"), ["40", "42"]);
    assert_eq!(scores_of(&space, "1000000001"), ["44"]);
    let chosen = space.table("dataset/links").iter().filter(|row| row.text("rule") == "chosen").count();
    assert_eq!(chosen, 2);
    std::fs::remove_file(space.path("inbox/answers.xlsx")).unwrap();
    space.put("more.csv", "Student,Goal,Measure,Date,Score\nMason Clark,1,WCPM,9/24/2025,45\n");
    space.run(&[]);
    assert_eq!(scores_of(&space, "1000000002"), ["40", "42", "45"]);
}

#[test]
fn a_choice_that_names_nobody_or_is_disputed_links_nothing() {
    let space = space();
    Book::of(&space).answer("Clark Mason", "S00000099").save(&space, "answers.xlsx");
    let ran = space.run(&[]);
    assert!(ran.stdout.contains("[I011]"), "{}", ran.stdout);
    assert_eq!(unmatched(&space), 3);
    let keys = ["1000000001", "1000000002"].map(|id| key_of(&space, id));
    Book::of(&space).answer("Clark Mason", &keys[0]).save(&space, "answers.xlsx");
    Book::of(&space).answer("Clark Mason", &keys[1]).save(&space, "others.xlsx");
    let ran = space.run(&[]);
    assert!(ran.stdout.contains("[I011]"), "{}", ran.stdout);
    assert_eq!(unmatched(&space), 3);
}

#[test]
fn a_goal_is_chosen_and_decisions_can_be_a_csv() {
    let goals = "State ID,Plan Start,Plan End,Goal Number,Goal Area,Goal,Baseline,Target,Unit\n\
                 1000000003,9/1/2025,8/31/2026,1,Reading Fluency,Lena will read faster.,40,80,wcpm\n\
                 1000000003,9/1/2025,8/31/2026,2,Reading Comprehension,Lena will answer questions.,40,80,%\n";
    let space = Workspace::with(&[
        ("roster.csv", ROSTER),
        ("goals.csv", goals),
        ("probes.csv", "State ID,Area,Date,Score\n1000000003,Reading,9/10/2025,50\n1000000003,Reading,9/17/2025,52\n"),
    ]);
    space.run(&[]);
    let waiting = unmatched(&space);
    assert_eq!(waiting, 2, "{:?}", space.table("dataset/links"));
    let goal = space.table("dataset/goals").iter().find(|row| row.text("number") == "1").unwrap().text("goal_key").to_owned();
    let key = Book::of(&space).key("reading");
    space.put("aimline/decisions.csv", format!("key,choice,note\n{key},{goal},asked Ms. Example\n"));
    space.run(&[]);
    assert_eq!(unmatched(&space), 0);
    let points = space.table("dataset/data_points");
    assert!(points.iter().all(|point| point.text("goal_key") == goal && point.has("measure_key")), "{points:?}");
}
