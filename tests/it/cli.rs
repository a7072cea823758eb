//! What people see on the command line.

use crate::support::{Workspace, aimline, program, ran, sample};
use aimline_model::codes::Code;
use insta::assert_snapshot;

const UGLY: &str = "Student ID,Student,Goal,Measure,Date,Score\n\
    00125867,Ana López,1,Reading,9/5/2025,40\n\
    00125867,Ana López,1,Reading,9/14/2025,absent\n\
    00125867,Ana López,1,Reading,9/19/2025,\n\
    00125867,Ana López,1,Reading,13/45/2025,44\n\
    00125867,Ana López,1,Reading,9/26/2025,lots\n\
    ,,1,Reading,9/26/2025,45\n";

#[test]
fn help() {
    let help = aimline(&["--help"]);
    assert_eq!(help.status, 0);
    assert_snapshot!(help.stdout, @r"
    Reads the progress records of children with an IEP in many shapes; writes one dataset, trend lines
    and stalled-progress flags

    Usage: aimline <COMMAND>

    Commands:
      run         Reads a folder of records and writes the dataset, the page and the workbooks
      check       Says what `run` would do with some files, and writes nothing
      profile     Writes, tries and lists mapping profiles: what the columns of a sheet mean
      explain     Says what a code means and what to do, or how the verdict on a goal came about
      priors      Writes what the district's goals say of one another, for another district or the next
                  term; no child's data
      plugins     Shows which importers are there, and where they were looked for
      dictionary  Prints the data dictionary as CSV: every table and column
      help        Print this message or the help of the given subcommand(s)

    Options:
      -h, --help     Print help
      -V, --version  Print version
    ");
    // Without anything typed, the same is shown, as a mistake.
    let nothing = aimline(&[]);
    assert_eq!((nothing.status, nothing.stderr), (2, help.stdout));
}

#[test]
fn explain_a_code() {
    assert_snapshot!(aimline(&["explain", "S002"]).stdout, @r"
    S002 error: more correct than trials

    The first number of a fraction cannot be larger than the second.

    What to do: Correct the fraction.
    ");
    assert_eq!(aimline(&["explain", "s002"]).stdout, aimline(&["explain", "S002"]).stdout);
}

#[test]
fn explain_a_code_that_is_none() {
    let unknown = aimline(&["explain", "S999"]);
    assert_eq!((unknown.status, unknown.stdout.as_str()), (2, ""));
    assert_snapshot!(unknown.stderr, @"error: there is no code S999; did you mean one of S001 S002 S003 S004 S005 S006 S007 S008 S009?");
}

#[test]
fn every_code_says_what_it_means_and_what_to_do() {
    assert!(Code::ALL.len() > 50);
    for code in Code::ALL {
        let told = aimline(&["explain", code.id()]);
        assert_eq!(told.status, 0, "{}", code.id());
        for text in [code.title(), code.meaning(), code.help()] {
            assert!(text.len() >= 10 && told.stdout.contains(text), "{}: {text:?}", code.id());
        }
        for sentence in [code.meaning(), code.help()] {
            assert!(sentence.ends_with('.') && sentence.starts_with(char::is_uppercase), "{}: {sentence}", code.id());
        }
    }
}

#[test]
fn check_says_where_what_was_seen_what_was_expected_and_what_to_do() {
    let space = Workspace::with(&[("a.csv", UGLY)]);
    let file = space.inbox().join("a.csv");
    let checked = aimline(&["check", file.to_str().unwrap()]);
    assert_eq!(checked.status, 1);
    assert_snapshot!(checked.stdout, @r#"
    error[D002]: this date does not exist
      a.csv › E5
      seen      13/45/2025
      expected  a day that the month has
      Look up the right date in the original record.

    error[S001]: this is not a score
      a.csv › F6
      seen      lots
      expected  a number, a percent, a fraction such as 4/5, or a mark such as absent
      Type the number, or a mark such as absent or NA.

    error[I001]: nothing says whose row this is
      a.csv › A7
      expected  an id or a name
      Fill in the id.

    a.csv: column "Student ID" holds the district's id: judged by their shape, as no other file says what they are
    a.csv: read by spreadsheet; 6 items = 3 accepted + 3 set aside + 0 already known + 0 skipped
    Read 6 items from 1 file: 3 accepted + 3 set aside + 0 already known + 0 skipped. 100.0 % of students identified.
    Nothing was written.
    "#);
}

#[test]
fn run_says_where_the_results_are_and_adds_up() {
    let space = Workspace::with(&[("a.csv", UGLY)]);
    let ran = space.run(&[]);
    let told = ran.stdout.replace(space.path("").to_str().unwrap(), "[FOLDER]/");
    let (_, told) = told.split_once("Fill in the id.\n\n").unwrap();
    assert_snapshot!(told, @r#"
    a.csv: column "Student ID" holds the district's id: judged by their shape, as no other file says what they are
    Data up to 19 September 2025 counts.
    Open [FOLDER]/out/report/index.html in a browser.
    What was set aside waits in [FOLDER]/out/report/quarantine.xlsx.
    Read 6 items from 1 file: 3 accepted + 3 set aside + 0 already known + 0 skipped. 100.0 % of students identified.
    "#);
}

#[test]
fn check_finds_nothing_in_a_clean_file_and_counts_as_people_do() {
    let space = Workspace::with(&[("a.csv", "Student ID,Goal,Measure,Date,Score\n00125867,1,WCPM,2025-09-05,40\n")]);
    let checked = ran(program().arg("check").arg(space.inbox()));
    assert_eq!(checked.status, 0);
    assert_snapshot!(checked.stdout, @r#"
    a.csv: column "Student ID" holds the district's id: judged by their shape, as no other file says what they are
    a.csv: read by spreadsheet; 1 item = 1 accepted + 0 set aside + 0 already known + 0 skipped
    No problems found.
    Read 1 item from 1 file: 1 accepted + 0 set aside + 0 already known + 0 skipped. 100.0 % of students identified.
    Nothing was written.
    "#);
}

#[test]
fn the_exit_status_says_whether_a_person_is_needed() {
    let clean = "Student ID,Goal,Measure,Date,Score\n00125867,1,WCPM,2025-09-05,40\n";
    for (text, needs) in [(clean, 0), (UGLY, 1)] {
        let space = Workspace::with(&[("a.csv", text)]);
        assert_eq!(space.try_run(&[]).status, 0);
        assert_eq!(space.try_run(&["--strict"]).status, needs);
        assert_eq!(space.run_json()["exit"], needs);
        assert_eq!(ran(program().arg("check").arg(space.inbox())).status, needs);
    }
    for wrong in [&["run"][..], &["check"], &["chekc"], &["run", "/nowhere", "--out", "/nowhere/out"], &["check", "/nowhere"]] {
        let ran = aimline(wrong);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{wrong:?}");
        assert!(ran.stderr.starts_with("error: "), "{}", ran.stderr);
    }
}

#[test]
fn the_dictionary_has_every_column_of_every_file() {
    let (out, _) = sample();
    let path = out.join("dictionary.csv");
    let printed = aimline(&["dictionary"]).stdout;
    assert_eq!(printed, std::fs::read_to_string(&path).unwrap());
    let rows = crate::support::csv(&path);
    let mut files = 0;
    for folder in ["dataset", "analysis"] {
        for entry in std::fs::read_dir(out.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{folder}/{}", path.file_name().unwrap().to_str().unwrap());
            let frame = aimline_store::read::frame(&path).unwrap();
            let there: Vec<(String, &str)> =
                frame.columns().iter().map(|column| (column.name().to_string(), word(column.dtype()))).collect();
            let told = rows.iter().filter(|row| row.text("file") == name);
            let told: Vec<(String, &str)> = told.map(|row| (row.text("column").to_owned(), row.text("type"))).collect();
            assert_eq!(there, told, "{name}");
            files += 1;
        }
    }
    assert_eq!(files, aimline_model::schema::all_tables().len());
    for row in &rows {
        assert!(row.text("description").len() > 3 && matches!(row.text("pii"), "none" | "indirect" | "direct"), "{row:?}");
    }
}

fn word(dtype: &polars::prelude::DataType) -> &'static str {
    use polars::prelude::DataType;
    match dtype {
        DataType::String => "text",
        DataType::Float64 => "float64",
        DataType::Int64 => "int64",
        DataType::Boolean => "boolean",
        DataType::Date => "date",
        other => panic!("{other}"),
    }
}

#[test]
fn until_says_how_far_a_run_goes() {
    let space = Workspace::with(&[("a.csv", UGLY)]);
    let folders = || ["dataset", "analysis", "report"].map(|name| space.out().join(name).exists());
    space.run(&["--until", "dataset"]);
    assert_eq!(folders(), [true, false, false]);
    space.run(&["--until", "analysis"]);
    assert_eq!(folders(), [true, true, false]);
    space.run(&[]);
    assert_eq!(folders(), [true, true, true]);
}

#[test]
fn as_of_moves_the_day_up_to_which_data_counts() {
    let text = "Student ID,Goal,Measure,Date,Score\n00125867,1,WCPM,2025-09-05,40\n00125867,1,WCPM,2025-09-12,41\n00125867,1,WCPM,2026-09-12,42\n";
    let space = Workspace::with(&[("a.csv", text)]);
    space.run(&[]);
    assert_eq!(space.run_json()["as_of"], "2025-09-12", "a date that stands alone is not the day");
    assert_eq!(space.table("dataset/data_points").len(), 3, "and stays in the dataset");
    space.run(&["--as-of", "2025-09-05"]);
    assert_eq!(space.run_json()["as_of"], "2025-09-05");
    assert_eq!(space.table("analysis/trends")[0].text("n"), "1");
}
