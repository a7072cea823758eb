//! The goals of the sample district come out as planned: whose they are, where they start, where they should get.

use crate::support::{Row, by, csv, root, sample, table};
use std::collections::BTreeMap;

/// The words that a unit of the plan may have in the dataset: it takes what the source says.
fn unit_fits(planned: &str, got: &str) -> bool {
    match planned {
        "percent" => matches!(got, "percent" | "percent correct"),
        "count" => matches!(got, "count" | "incidents" | "per day"),
        // A count with the minutes of each observation.
        "rate" => got == "count",
        "rubric" => got.starts_with("rubric"),
        "trials10" => got == "trials",
        same => got == same,
    }
}

/// The planned goals with their rows in the dataset: by number, where the sheet has one, else by area.
fn pairs<'a>(planned: &'a [Row], goals: &'a [Row], students: &BTreeMap<&str, &Row>) -> Vec<(&'a Row, &'a Row)> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let pair = |row: &'a Row| {
        let whose = students[row.text("state_id")].text("student_key");
        let own: Vec<&Row> =
            goals.iter().filter(|goal| goal.text("student_key") == whose && !goal.has("parent_goal_key")).collect();
        let by_number = |goal: &&&Row| row.has("number") && digits(goal.text("number")) == digits(row.text("number"));
        let by_area = |goal: &&&Row| goal.text("area").to_lowercase() == row.text("area").to_lowercase();
        let mut fits: Vec<&Row> = own.iter().filter(by_number).copied().collect();
        if fits.is_empty() {
            fits = own.iter().filter(by_area).copied().collect();
        }
        assert_eq!(fits.len(), 1, "{row:?} fits {fits:?}");
        (row, fits[0])
    };
    planned.iter().map(pair).collect()
}

#[test]
fn each_goal_starts_and_ends_where_the_plan_says() {
    let (out, _) = sample();
    let (students, goals) = (table(out, "dataset/students"), table(out, "dataset/goals"));
    let (measures, trends) = (table(out, "dataset/measures"), table(out, "analysis/trends"));
    let measures = by(&measures, "measure_key");
    let planned = csv(&root().join("samples/riverbend/expected/goals.csv"));
    let mut wrong = Vec::new();
    for (row, goal) in pairs(&planned, &goals, &by(&students, "state_id")) {
        let measure = measures[goal.text("primary_measure_key")];
        let mut differs =
            |what: &str, planned: &str, got: &str| wrong.push(format!("{} {what}: {planned}, got {got:?}", row.text("goal")));
        for (column, planned) in [("baseline_value", "baseline"), ("target_value", "target")] {
            let same = match (row.number(planned), measure.number(column)) {
                (Some(planned), Some(got)) => (planned - got).abs() <= 1e-9,
                (planned, got) => planned == got,
            };
            if !same {
                differs(planned, row.text(planned), measure.text(column));
            }
        }
        if !unit_fits(row.text("unit"), measure.text("unit")) {
            differs("unit", row.text("unit"), measure.text("unit"));
        }
        // Without a target the plan takes the way of the skill, where the rules know only the unit.
        if row.has("target") && row.text("direction") != measure.text("direction") {
            differs("direction", row.text("direction"), measure.text("direction"));
        }
        let line = trends.iter().find(|trend| trend.text("measure_key") == measure.text("measure_key"));
        if let (true, Some(line)) = (row.has("target_date"), line)
            && line.text("target_date") != row.text("target_date")
        {
            differs("target date", row.text("target_date"), line.text("target_date"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_goal_is_invented() {
    let (out, _) = sample();
    let goals = table(out, "dataset/goals");
    let students = table(out, "dataset/students");
    let students = by(&students, "student_key");
    let mut got: BTreeMap<&str, usize> = BTreeMap::new();
    for goal in goals.iter().filter(|goal| !goal.has("parent_goal_key")) {
        *got.entry(students[goal.text("student_key")].text("state_id")).or_default() += 1;
    }
    let planned = csv(&root().join("samples/riverbend/expected/goals.csv"));
    let mut expected: BTreeMap<&str, usize> = BTreeMap::new();
    for goal in &planned {
        *expected.entry(goal.text("state_id")).or_default() += 1;
    }
    assert_eq!(got, expected, "annual goals of each student");
}

#[test]
fn each_goal_has_a_verdict_that_its_data_allow() {
    let (out, _) = sample();
    let (students, goals, flags) = (table(out, "dataset/students"), table(out, "dataset/goals"), table(out, "analysis/flags"));
    let flags = by(&flags, "goal_key");
    // An objective has a row of its own only where it is measured.
    for goal in &goals {
        let owed = !goal.has("parent_goal_key") || goal.has("primary_measure_key");
        assert_eq!(flags.contains_key(goal.text("goal_key")), owed, "{goal:?}");
    }
    let planned = csv(&root().join("samples/riverbend/expected/goals.csv"));
    for (row, goal) in pairs(&planned, &goals, &by(&students, "state_id")) {
        let status = flags[goal.text("goal_key")].text("status");
        // Never a guess: what was planned with too little, or without a target, gets no verdict on its progress.
        let judged = matches!(status, "met" | "regressing" | "stalled" | "slow" | "ahead" | "on_track");
        match row.text("profile") {
            "few" | "no_target" | "wrong_way" => assert!(!judged, "{} is {status}", row.text("goal")),
            // A child who goes backwards or stands still is never called on track.
            "regressing" | "stalled" => {
                assert!(!matches!(status, "on_track" | "ahead" | "met"), "{} is {status}", row.text("goal"))
            }
            "met" => assert_eq!(status, "met", "{}", row.text("goal")),
            _ => {}
        }
    }
}
