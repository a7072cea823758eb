//! What the plans ask of the sample district's files: expectations are written from the plan of its generator
//! (samples/generator/forms.py, samples/riverbend/expected), never from what aimline said.

use crate::support::{Row, Workspace, aimline, csv, program, ran, root, run_json, sample, sample_inbox, table};
use calamine::{Data, Reader};
use std::collections::BTreeSet;
use std::path::Path;

fn expected(name: &str) -> Vec<Row> {
    csv(&root().join("samples/riverbend/expected").join(name))
}

/// Paths of the district's IEP forms.
fn forms() -> BTreeSet<String> {
    let all = expected("counts.csv").into_iter().map(|row| row.text("file").to_owned());
    all.filter(|path| path.starts_with("IEPs/")).collect()
}

/// The file of what a row looked at.
fn file(row: &Row, sources: &[Row]) -> String {
    let source = sources.iter().find(|source| source.text("source_id") == row.text("source_id"));
    source.map_or("", |source| source.text("path")).to_owned()
}

/// A tab of `checks.xlsx`.
fn tab(out: &Path, name: &str) -> calamine::Range<Data> {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(out.join("report/checks.xlsx")).unwrap();
    book.worksheet_range(name).unwrap()
}

fn of<'a>(checks: &'a [Row], check: &'a str, outcome: &'a str) -> impl Iterator<Item = &'a Row> {
    checks.iter().filter(move |row| row.text("check") == check && row.text("outcome") == outcome)
}

/// The school's quarters: the generator writes a report on the last day of the first two.
const CALENDAR: &str = "kind,name,begin,end\nperiod,Quarter 1,2025-08-25,2025-10-17\nperiod,Quarter 2,2025-10-20,2025-12-19\n\
period,Quarter 3,2026-01-05,2026-03-13\nperiod,Quarter 4,2026-03-16,2026-05-22\n";

/// The sample with a configuration of its own, on another day.
fn sample_with(files: &[(&str, &str)], more: &[&str]) -> Workspace {
    let space = Workspace::new();
    let config = space.path("config");
    std::fs::create_dir(&config).unwrap();
    for (name, text) in files {
        std::fs::write(config.join(name), text).unwrap();
    }
    let ran = ran(program().arg("run").arg(sample_inbox()).arg("--out").arg(space.out()).arg("--config").arg(&config).args(more));
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    space
}

#[test]
fn two_ticked_statements_are_the_planted_ones() {
    let (out, _) = sample();
    let (checks, sources) = (table(out, "analysis/checks"), table(out, "dataset/sources"));
    // Where to correct it stands in the workbook only: a place may hold the name of a sheet.
    let todo = tab(out, "To do");
    let titles: Vec<String> = todo.rows().next().unwrap().iter().map(ToString::to_string).collect();
    let column = |title: &str| titles.iter().position(|held| held == title).unwrap();
    let text = |row: &[Data], title: &str| row[column(title)].to_string();
    let two = todo.rows().filter(|row| text(row, "Check") == "C12" && text(row, "What was seen").starts_with("2 "));
    let got: BTreeSet<String> = two.map(|row| text(row, "Where")).collect();
    let planted = expected("faults.csv").into_iter().filter(|fault| fault.text("code") == "T001");
    let planted: BTreeSet<String> = planted.map(|fault| format!("{} › {}", fault.text("file"), fault.text("locator"))).collect();
    assert_eq!(planted.len(), 2);
    assert_eq!(got, planted);
    // One more report has no tick at all: forms.py, k = 10.
    assert_eq!(of(&checks, "C12", "fail").count(), planted.len() + 1);
    // A report without a date is the planted T002.
    let undated: BTreeSet<String> = of(&checks, "C13", "cannot_determine").map(|row| file(row, &sources)).collect();
    let planted = expected("faults.csv").into_iter().filter(|fault| fault.text("code") == "T002");
    assert_eq!(undated, planted.map(|fault| fault.text("file").to_owned()).collect());
}

#[test]
fn page_one_of_each_form_is_as_it_was_written() {
    let (out, _) = sample();
    let (checks, sources) = (table(out, "analysis/checks"), table(out, "dataset/sources"));
    // Each form ticks one schedule and names the day of its review; nothing is due in March 2026.
    for check in ["C02", "C06"] {
        let passed: BTreeSet<String> = of(&checks, check, "pass").map(|row| file(row, &sources)).collect();
        assert_eq!(passed, forms(), "{check}");
        assert_eq!(of(&checks, check, "fail").count(), 0, "{check}");
    }
    // The meeting lies six days before the first day, and the review is due a year after the first day, less one day: so it
    // is later than a year after the meeting in every form.
    let late: BTreeSet<String> = of(&checks, "C19", "fail").map(|row| file(row, &sources)).collect();
    assert_eq!(late, forms());
    // Every goal of a form ticks a way of measuring.
    let goals = expected("goals.csv").into_iter().filter(|goal| forms().contains(goal.text("stands_in"))).count();
    let measured = of(&checks, "C01", "pass").filter(|row| forms().contains(&file(row, &sources))).count();
    assert!(goals > 20);
    assert_eq!(measured, goals);
    assert_eq!(of(&checks, "C01", "fail").count(), 0);
    // No calendar, no log of sessions: nothing can be told of them.
    for check in ["C03", "C22"] {
        assert!(checks.iter().filter(|row| row.text("check") == check).all(|row| row.text("outcome") == "cannot_determine"));
    }
    assert!(checks.iter().all(|row| row.text("check") != "C23"), "the district names no report-card dates");
}

#[test]
fn quarterly_reports_are_there_for_both_quarters_that_are_over() {
    let space = sample_with(&[("calendar.csv", CALENDAR)], &[]);
    let checks = space.table("analysis/checks");
    // Forms whose number (in the order of the plan) is no multiple of three are quarterly: 8 of 12.
    let plans: BTreeSet<&str> = of(&checks, "C03", "pass").map(|row| row.text("plan_key")).collect();
    assert_eq!(plans.len(), 8);
    let goals: BTreeSet<&str> = of(&checks, "C03", "pass").map(|row| row.text("goal_key")).collect();
    // Some forms have a report of March already, in the quarter that is not over.
    let over = of(&checks, "C03", "pass").filter(|row| !row.text("seen").starts_with("Quarter 3"));
    assert_eq!(over.count(), 2 * goals.len(), "two quarters each");
    assert_eq!(of(&checks, "C03", "fail").count(), 0);
    // The third and fourth are to come; their last day is two weeks after the quarter's.
    let next = of(&checks, "C03", "not_applicable").filter(|row| row.text("why").starts_with("Quarter 3: the report is due"));
    let due: BTreeSet<&str> = next.filter(|row| row.has("due")).map(|row| row.text("due")).collect();
    assert!(due.iter().all(|due| *due == "2026-03-27"), "{due:?}");
}

#[test]
fn reviews_are_overdue_on_the_day_after_and_not_before() {
    let space = sample_with(&[], &["--as-of", "2026-10-01"]);
    let checks = space.table("analysis/checks");
    let sources = space.table("dataset/sources");
    let late: BTreeSet<String> = of(&checks, "C06", "fail").map(|row| file(row, &sources)).collect();
    assert_eq!(late, forms(), "the last form is due on 30 September");
    let space = sample_with(&[], &["--as-of", "2026-09-30"]);
    let checks = space.table("analysis/checks");
    assert_eq!(of(&checks, "C06", "fail").count(), forms().len() - 1);
}

#[test]
fn the_configuration_of_the_checks_is_followed_and_a_mistake_is_named() {
    let config = "[checks]\ndays_before = 0\ndays_after = 0\nindicators = { C03 = 'our own 7' }\noff = ['C21']\n";
    let space = sample_with(&[("calendar.csv", CALENDAR), ("aimline.toml", config)], &[]);
    let checks = space.table("analysis/checks");
    assert!(checks.iter().all(|row| row.text("check") != "C21"));
    assert!(checks.iter().filter(|row| row.text("check") == "C03").all(|row| row.text("dese_indicator") == "our own 7"));
    assert!(checks.iter().filter(|row| row.text("check") != "C03").all(|row| !row.has("dese_indicator")));
    let day = |row: &&Row| row.text("seen").contains("from 17 Oct 2025 to 17 Oct 2025");
    assert!(of(&checks, "C03", "fail").filter(|row| row.text("seen").starts_with("Quarter 1")).all(|row| day(&row)));
    assert_ne!(run_json(&space.out())["configuration"], run_json(&sample().0)["configuration"]);
    for (text, said) in [("[checks]\ndays_befor = 1\n", "days_befor"), ("[checks]\noff = ['C99']\n", "C99")] {
        let space = Workspace::with(&[("aimline/aimline.toml", text)]);
        let ran = space.try_run(&[]);
        assert_eq!(ran.status, 2);
        assert!(ran.stderr.contains("aimline.toml") && ran.stderr.contains(said), "{}", ran.stderr);
    }
}

#[test]
fn the_workbook_is_listed_and_has_a_row_for_each_file() {
    let (out, _) = sample();
    let run = run_json(out);
    for name in ["report/checks.xlsx", "analysis/checks.parquet"] {
        assert!(run["files"][name].is_string(), "{name}");
    }
    let checks = table(out, "analysis/checks");
    let students: BTreeSet<&str> = checks.iter().map(|row| row.text("student_key")).filter(|key| !key.is_empty()).collect();
    let review = tab(out, "File review");
    assert_eq!(review.height(), students.len() + 1);
    let words = ["Yes", "No", "NA", ""];
    for row in review.rows().skip(1) {
        assert!(row[7..].iter().all(|cell| cell == &Data::Empty || words.contains(&cell.to_string().as_str())), "{row:?}");
    }
    let failed = checks.iter().filter(|row| row.text("outcome") == "fail").count();
    assert_eq!(tab(out, "To do").height(), failed + 1);
    let page = std::fs::read_to_string(out.join("report/index.html")).unwrap();
    assert!(page.contains("href=\"checks.xlsx\""));
    assert!(aimline(&["dictionary"]).stdout.contains("checks"));
}
