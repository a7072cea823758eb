//! Each layout, with the traps that real sheets have.

mod support;

use aimline_map::{ColumnRole, How, Layout, Role, RowFate};
use aimline_model::codes::Code;
use aimline_model::staged::{Field, Kind};
use support::{field_of, grid, planned, read, stopped};

#[test]
fn a_long_table() {
    let (plan, fates, records) = read(
        "Progress",
        "
District | School | Student ID | Goal ID | Goal Area | Baseline | Target | Unit | Date | Score | Staff
MO-048-078 | School 000 | S0900000 | S0900000-G1 | Reading Fluency | n~10.5 | n~44.1 | percent | d~2025-08-18 | 80% | J. Alvarez
MO-048-078 | School 000 | S0900000 | S0900000-G1 | Reading Fluency | n~10.5 | n~44.1 | percent | d~2025-08-25 |  | J. Alvarez
",
    );
    assert_eq!((plan.layout(), plan.kind(), plan.header_row()), (Layout::Long, Kind::Point, 1));
    assert_eq!(fates, [(1, RowFate::Header), (2, RowFate::Items(1)), (3, RowFate::Items(1))]);
    assert_eq!(
        records[0],
        "student_id=S0900000 district=MO-048-078 school=School 000 goal_number=S0900000-G1 goal_area=Reading Fluency \
         baseline=10.5 target=44.1 unit=percent date=2025-08-18 score=80% staff=J. Alvarez"
    );
    assert!(!records[1].contains(" score="), "an empty score is no text");
    assert!(plan.columns().iter().all(|column| column.how == How::Synonym && column.score >= 1.0));
    assert!(plan.notes().is_empty());
}

#[test]
fn titles_above_and_the_header_in_row_7() {
    let (plan, fates, records) = read(
        "Data",
        "
Oak Hill Elementary

Progress monitoring | | d~2025-10-01
Teacher: M. Chen   School year: 2025-2026


Student | Goal # | Fecha | Puntaje | Shoe size
Ana Lopez | 2 | 9/5/2025 | 12 | 31
Total | | | 12 |
Student | Goal # | Fecha | Puntaje | Shoe size
Ben Ochoa | 1 | 9/5/2025 | 4/5 | 30
Note: scores were taken in the library by the aide
",
    );
    assert_eq!((plan.layout(), plan.header_row()), (Layout::Long, 7));
    assert_eq!(
        fates,
        [
            (1, RowFate::Context),
            (3, RowFate::Context),
            (4, RowFate::Context),
            (7, RowFate::Header),
            (8, RowFate::Items(1)),
            (9, RowFate::Skipped("total row")),
            (10, RowFate::Skipped("repeated header")),
            (11, RowFate::Items(1)),
            (12, RowFate::Skipped("note below the table")),
        ]
    );
    assert_eq!(records[0], "student_name=Ana Lopez school_year=2025-2026 goal_number=2 date=9/5/2025 score=12");
    assert_eq!(plan.notes()[0].code, Code::H005);
    assert_eq!(plan.notes()[0].seen, "\"Shoe size\"");
    assert!(plan.context().iter().any(|context| context.text == "Oak Hill Elementary" && context.field.is_none()));
}

#[test]
fn dates_across() {
    for (dates, kind) in [
        ("d~2025-08-18 | d~2025-08-25 | d~2025-09-01", "2025-08-18"),
        ("9/5 | 9/12 | 9/19", "9/5"),
        ("Sep 5 | Sep 12 | Sep 19", "Sep 5"),
    ] {
        let (plan, fates, records) = read(
            "Wide",
            &format!(
                "Reading group\n| | Goal Area | {dates}\nStudent ID | x | Goal Area | {dates}\nS1001 | a | Reading | 80% | NA | 4/5\nS1002 | b | Math | n~12 | | -\nS1003 | c | Math | | |\nAverage | | | 12 | |\n"
            ),
        );
        assert_eq!((plan.layout(), plan.header_row()), (Layout::Wide, 3));
        assert_eq!(
            fates[3..],
            [(4, RowFate::Items(3)), (5, RowFate::Items(2)), (6, RowFate::Items(0)), (7, RowFate::Skipped("mean row"))],
        );
        assert_eq!(records.len(), 5);
        assert_eq!(records[0], format!("student_id=S1001 goal_area=Reading date={kind} score=80% @3"));
        assert_eq!(records[4].rsplit(' ').next(), Some("@5"));
    }
}

#[test]
fn dates_across_without_a_title_above_the_names() {
    let (plan, _, records) = read(
        "",
        "
 | Week of 9/5/2025 | Week of 9/12/2025
Ana Lopez | 12 | 14
Ochoa, Ben | 9 | 11
",
    );
    assert_eq!(plan.layout(), Layout::Wide);
    assert_eq!(plan.columns()[0].how, How::Shape);
    assert_eq!(records[1], "student_name=Ana Lopez date=9/12/2025 score=14 @2");
}

#[test]
fn a_roster() {
    let (plan, fates, records) = read(
        "Roster",
        "
MOSIS ID | Local ID | Last Name | First Name | DOB | Grade | Building | Has IEP | Teacher | Phone
0012345678 | 00125867 | Lopez | Ana | 3/4/2016 | 03 | 4020 | Y | R. Diaz | 555-0100
0012345679 | 00125868 | Ochoa | Ben | 5/6/2015 | K | 4020 | N | R. Diaz | 555-0101
",
    );
    assert_eq!((plan.layout(), plan.kind()), (Layout::Roster, Kind::Student));
    assert_eq!(fates[2], (3, RowFate::Items(1)));
    assert_eq!(
        records[0],
        "state_id=0012345678 local_id=00125867 last_name=Lopez first_name=Ana birth_date=3/4/2016 school=4020 grade=03 case_manager=R. Diaz has_iep=Y"
    );
    assert_eq!(plan.notes()[0].seen, "\"Phone\"");
}

#[test]
fn a_list_of_goals() {
    let (plan, _, records) = read(
        "Metas",
        "
Estudiante | No. de meta | Área | Objetivo anual | Línea base | Meta final | Fecha límite
Ana Lopez | 1 | Lectura | Ana leerá 90 palabras por minuto en tres de cuatro pruebas | 35 | 90 | 20/5/2026
Ben Ochoa | 2 | Conducta | Ben usará una estrategia de calma en cuatro de cinco ocasiones | 2/5 | 4/5 | 20/5/2026
",
    );
    assert_eq!((plan.layout(), plan.kind()), (Layout::GoalList, Kind::Goal));
    assert_eq!(
        records[1],
        "student_name=Ben Ochoa goal_number=2 goal_area=Conducta goal_text=Ben usará una estrategia de calma en cuatro de cinco ocasiones \
         baseline=2/5 target=4/5 target_date=20/5/2026"
    );
}

#[test]
fn a_tab_for_each_student() {
    let table = "Date | % Correct | Notes\n9/5/2025 | 60% |\n9/12/2025 | 70% | tired\nAverage | 65% |\n";
    let expected = "student_name=Ana Lopez unit=percent date=9/12/2025 score=70% note=tired";
    for (sheet, above) in [
        ("Speech", "Student: Ana Lopez\n"),
        ("Speech", "Name | Ana Lopez | Grade: |\n\n"),
        ("Speech", "Progress Monitoring | |\nAna Lopez\n"),
        ("Speech", "Progress Data - Ana Lopez\n"),
        ("Ana Lopez", "Progress Monitoring\n\n"),
        ("Ana Lopez", ""),
    ] {
        let (plan, fates, records) = read(sheet, &format!("{above}{table}"));
        assert_eq!(plan.layout(), Layout::Log, "{above}");
        let area = if sheet == "Speech" {
            "student_name=Ana Lopez goal_area=Speech unit=percent date=9/12/2025 score=70% note=tired"
        } else {
            expected
        };
        assert_eq!(records[1], area, "{above}");
        assert!(fates.contains(&(fates.last().map_or(0, |fate| fate.0), RowFate::Skipped("mean row"))), "{above}");
    }
}

#[test]
fn goals_above_a_log() {
    let (plan, fates, records) = read(
        "Tab 1",
        "
Progress log
Student: Ana Lopez (S123456) | | Case Manager: | R. Diaz
Goal #: | 2 | Area: | Reading
Annual Goal: | By May 2026, Ana will read 90 words correct per minute in two of three probes.
Baseline: | n~35 | Target: | n~90 | Target Date: | d~2026-05-20
Unit | wcpm

Session | Date | Score
1 | d~2025-09-05 | n~36
",
    );
    assert_eq!(plan.layout(), Layout::Log);
    assert_eq!(fates.iter().filter(|(_, fate)| *fate == RowFate::Context).count(), 6);
    assert_eq!(
        records,
        ["student_id=S123456 student_name=Ana Lopez case_manager=R. Diaz goal_number=2 goal_area=Reading \
          goal_text=By May 2026, Ana will read 90 words correct per minute in two of three probes. \
          baseline=35 target=90 target_date=2026-05-20 unit=wcpm date=2025-09-05 session=1 score=36"]
    );
}

#[test]
fn a_tab_for_each_goal() {
    let (_, _, records) = read("Goal 2", "Student: Ana Lopez\nDate | Correct | Trials\n9/5/2025 | 4 | 5\n");
    assert_eq!(records, ["student_name=Ana Lopez goal_number=2 date=9/5/2025 correct=4 trials=5"]);
    let (_, _, records) = read("Math Calculation", "Student | Date | Score\nAna Lopez | 9/5/2025 | 4\n");
    assert_eq!(records, ["student_name=Ana Lopez goal_area=Math Calculation date=9/5/2025 score=4"]);
    // A goal's column is better than the name of the tab.
    let (_, _, records) = read("Goal 2", "Student | Goal | Date | Score\nAna Lopez | 1 | 9/5/2025 | 4\n");
    assert_eq!(records, ["student_name=Ana Lopez goal_number=1 date=9/5/2025 score=4"]);
}

#[test]
fn what_a_goal_column_holds() {
    for (title, value, others, field) in [
        ("Goal", "2", "", Field::GoalNumber),
        ("Goal", "G2", "", Field::GoalNumber),
        ("Goal", "Reading Fluency", "", Field::GoalArea),
        ("Goal", "By May 2026 Ana will read 90 words a minute", "", Field::GoalText),
        ("Goal", "90", "", Field::Target),
        ("Goal", "4.5", "Goal Area", Field::Target),
        ("Meta", "90%", "Área", Field::Target),
        ("Annual Goal", "85", "Goal Area", Field::Target),
        ("Goal ID", "77-123", "Goal #", Field::GoalRef),
        ("Goal ID", "77-123", "", Field::GoalNumber),
        ("Criterion", "80", "", Field::Target),
        ("Criterion", "80% in 4 of 5 trials over three weeks", "", Field::Criterion),
        ("Level", "independent", "", Field::PromptLevel),
        ("Level", "3", "", Field::Level),
    ] {
        let (plan, _, _) =
            read("", &format!("Student ID | {title} | Date | Score | {others}\nS1001 | {value} | 9/5/2025 | 4 | 1\n"));
        assert_eq!(field_of(&plan, title), Some(field), "{title} {value} {others}");
    }
}

#[test]
fn ids_and_names() {
    let (plan, _, _) = read("", "Student | Date | Score\n100234 | 9/5/2025 | 4\n100235 | 9/5/2025 | 4\n");
    assert_eq!(field_of(&plan, "Student"), Some(Field::StudentId));
    let (plan, _, _) = read("", "Name | Last Name | Date | Score\nAna | Lopez | 9/5/2025 | 4\n");
    assert_eq!(field_of(&plan, "Name"), Some(Field::FirstName));
    let (plan, _, _) = read("", "Student | ID | Date | WCPM\nAna Lopez | 5512 | 9/5/2025 | 4\n");
    assert_eq!(field_of(&plan, "ID"), Some(Field::StudentId));
    assert_eq!(plan.columns()[3].unit.as_deref(), Some("wcpm"));
}

#[test]
fn answers_of_an_online_form() {
    let (plan, _, records) =
        read("Form Responses 1", "Timestamp | Student Name | Which goal? | Score\n9/5/2025 10:33:00 | Ana Lopez | Reading | 5\n");
    assert_eq!(plan.layout(), Layout::Long);
    assert_eq!(records, ["student_name=Ana Lopez goal_area=Reading date=9/5/2025 10:33:00 score=5"]);
}

#[test]
fn titles_of_scores_that_say_it_in_another_way() {
    for (title, value, expected) in [
        ("How many words correct per minute?", "21", "unit=wcpm date=9/5/2025 score=21"),
        ("What percent correct?", "70%", "unit=percent date=9/5/2025 score=70%"),
        ("Duration (seconds)", "106", "unit=seconds date=9/5/2025 score=106"),
        ("Time on task (min)", "12", "unit=min date=9/5/2025 score=12"),
        ("Duration of tantrum (minutes)", "12", "unit=minutes date=9/5/2025 score=12"),
        ("Trials (+/-)", "+-++-", "date=9/5/2025 score=+-++-"),
        ("Trials", "+ - + +", "date=9/5/2025 score=+ - + +"),
    ] {
        let (_, _, records) = read("", &format!("Student ID | Goal # | Date | {title}\nS1001 | 1 | 9/5/2025 | {value}\n"));
        assert_eq!(records, [format!("student_id=S1001 goal_number=1 {expected}")], "{title}");
    }
    // Beside a count it is how long somebody watched, and beside nothing it must say what it counts.
    let (plan, _, _) = read("", "Student ID | Goal # | Date | Count | Duration (minutes)\nS1001 | 1 | 9/5/2025 | 4 | 20\n");
    assert_eq!(field_of(&plan, "Duration (minutes)"), Some(Field::Minutes));
    for title in ["Duration", "Trials", "Anything else?"] {
        let text = format!("Student ID | Goal # | Date | {title}\nS1001 | 1 | 9/5/2025 | 20\n");
        assert_eq!(stopped("", &text).code, Code::H002, "{title}");
    }
}

#[test]
fn score_beats_percent() {
    let (plan, _, _) = read("", "Student ID | Date | Percent | Score | Correct | Trials\nS1001 | 9/5/2025 | 80% | 4 | 4 | 5\n");
    assert_eq!(field_of(&plan, "Score"), Some(Field::Score));
    assert_eq!(plan.columns()[2].role, ColumnRole::Unused);
}

#[test]
fn xml_titles_grow() {
    let mut rows = grid(
        "h~Student id | h~Goal id | h~DataPoint date\nS1001 | G1 |\nh~Student id | h~Goal id | h~DataPoint date | h~DataPoint value\nS1001 | G1 | 2025-09-05 | 80%\n",
    );
    rows[0].kinds = b"hhh".to_vec();
    let mut plan = planned("", &rows, None).expect("a plan");
    assert_eq!(plan.layout(), Layout::Long);
    let (fates, records) = support::run(&plan, &rows);
    assert_eq!(fates.iter().filter(|(_, fate)| *fate == RowFate::Header).count(), 2);
    assert_eq!(records[1], "student_id=S1001 goal_number=G1 date=2025-09-05 score=80%");
    // Later columns.
    let later = grid(
        "h~Student id | h~Goal id | h~DataPoint date | h~DataPoint value | h~Goal area | h~Colour | h~value\nS1001 | G1 | 2025-09-05 | 80% | Reading | red | 3",
    );
    let cells = later[0].lend();
    plan.regrow(&aimline_map::GridRow { number: 9, kinds: &later[0].kinds, cells: &cells });
    let (_, records) = support::run(&plan, &later);
    assert_eq!(records, ["student_id=S1001 goal_number=G1 goal_area=Reading date=2025-09-05 score=80%"]);
    assert_eq!(plan.notes()[0].seen, "\"Colour\", \"value\"");
}

#[test]
fn rows_that_are_no_data() {
    let table = "Student | Goal | Date | Score | Comment\n";
    for (row, fate) in [
        ("Total | | | 90 |", RowFate::Skipped("total row")),
        ("TOTAL: | | | |", RowFate::Skipped("total row")),
        (" | | Average | 88 |", RowFate::Skipped("mean row")),
        ("Mean | | | 12.5 |", RowFate::Skipped("mean row")),
        ("Class average | | 9/5/2025 | 12.5 |", RowFate::Skipped("mean row")),
        ("n = 12 | | | |", RowFate::Skipped("total row")),
        ("Promedio | | | 12 |", RowFate::Skipped("mean row")),
        (" | | | | * two probes were given on the same day", RowFate::Items(1)),
        ("* two probes were given on the same day | | | |", RowFate::Skipped("note below the table")),
        ("Max | 2 | 9/5/2025 | 12 |", RowFate::Items(1)),
        ("Mean | 2 | 9/5/2025 | 12 |", RowFate::Items(1)),
        ("Goal line | | | 90 |", RowFate::Skipped("row of a goal line or benchmark")),
        ("Benchmark | | | 90 |", RowFate::Skipped("row of a goal line or benchmark")),
        ("Ana Lopez | | | |", RowFate::Items(1)),
        (" | Total Communication | 9/5/2025 | 3 |", RowFate::Items(1)),
        (" | | | |", RowFate::Blank),
    ] {
        let rows = grid(&format!("{table}Ana Lopez | 1 | 9/5/2025 | 12 |\nBen Ochoa | 2 | 9/5/2025 | 12 | fine\n"));
        let plan = planned("", &rows, None).expect("a plan");
        let mut row = grid(row);
        if let Some(row) = row.first_mut() {
            row.number = 4;
            assert_eq!(support::run(&plan, std::slice::from_ref(row)).0, [(4, fate)], "{row:?}");
        } else {
            assert_eq!(fate, RowFate::Blank);
        }
    }
}

#[test]
fn sheets_that_stop() {
    for (sheet, text, code, expected, seen) in [
        ("S", "Student | Score\nAna Lopez | 5\nBen Ochoa | 6\n", Code::H002, "date of each score", "\"Student\", \"Score\""),
        ("S", "Date | Score\n9/5/2025 | 5\n", Code::H002, "which student", "\"Date\", \"Score\""),
        ("S", "Student | Date | Goal #\nAna Lopez | 9/5/2025 | 1\n", Code::H002, "column of scores", "\"Goal #\""),
        ("S", "Student | Goal # | Dte | Score\nAna Lopez | 1 | 9/5/2025 | 5\n", Code::H006, "date of each score", "\"Dte\""),
        ("S", "Student | Date | Score | Score\nAna Lopez | 9/5/2025 | 5 | 6\n", Code::H003, "one column of Score", "column D"),
        (
            "S",
            "Student | Target | Date | WCPM | Accuracy\nAna Lopez | 90 | 9/5/2025 | 5 | 90%\n",
            Code::H003,
            "one column of scores where",
            "\"Accuracy\"",
        ),
        (
            "S",
            "Student ID | Student Number | Date | Score\n1001 | 1002 | 9/5/2025 | 5\n",
            Code::H003,
            "one column of Student ID",
            "",
        ),
        (
            "S",
            "Ana Lopez | 9/5/2025 | 5\nBen Ochoa | 9/5/2025 | 6\nCy Young | 9/5/2025 | 7\n",
            Code::H001,
            "a row of titles",
            "Ana Lopez",
        ),
        ("S", "Ana Lopez\nBen Ochoa\nDate | Score\n9/5/2025 | 5\n", Code::H002, "one student", "\"Ben Ochoa\""),
        ("S", "Student: Ana Lopez\nStudent: Ben Ochoa\nDate | Score\n9/5/2025 | 5\n", Code::H002, "one student", "\"Ben Ochoa\""),
    ] {
        let stop = stopped(sheet, text);
        assert_eq!(stop.code, code, "{text}{stop}");
        assert!(stop.expected.contains(expected) && stop.seen.contains(seen), "{text}{stop}");
    }
    let stop = stopped("", "Student | Grade | 9/5 | 9/12\nAna Lopez | 3 | P | A\nBen Ochoa | 4 | P | P\n");
    assert_eq!((stop.code, stop.expected.as_str()), (Code::H002, "scores under the dates of the header"));
    let stop = stopped("Speech", "Student | Dte | Score\nAna Lopez | 9/5/2025 | 5\n");
    assert_eq!(stop.locator, "Speech › B1");
    assert!(stop.help.contains("\"Dte\" = \"date\""), "{}", stop.help);
}

#[test]
fn a_screening_export_is_no_roster() {
    let scores: String = ["Fall", "Winter", "Spring"]
        .iter()
        .map(|season| format!(" | {season} Composite Score | {season} Percentile at School"))
        .collect();
    let (plan, _, records) = read(
        "",
        &format!(
            "District | School | Local ID | State ID | First Name | Last Name | DOB | Grade{scores}\nA | B | 1001 | 2002 | Ana | Lopez | 3/4/2016 | 3 | 5 | 6 | 7 | 8 | 9 | 10\n"
        ),
    );
    assert_eq!(plan.layout(), Layout::Screening);
    assert_eq!(records.len(), 3);
    assert!(records[2].ends_with("measure=Composite Score unit=points date=Spring score=9 @12"), "{}", records[2]);
}

#[test]
fn the_report_of_a_caseload_is_a_list_of_goals() {
    let (plan, _, records) = read(
        "",
        "
State ID | Local ID | Last Name | First Name | Goal Title | Goal Statement | Present Level | Method | Baseline Date | Baseline Score | Last Entered Score | Last Entered Score Date | Target Date
2001 | 1001 | Lopez | Ana | Reading | Ana will read 90 words a minute by May | reads 35 | CBM | 9/1/2025 | 35 | 41 | 10/1/2025 | 5/20/2026
",
    );
    assert_eq!(plan.layout(), Layout::GoalList);
    assert_eq!(field_of(&plan, "Goal Statement"), Some(Field::GoalText));
    assert!(records[0].contains("baseline_date=9/1/2025"), "{records:?}");
}

#[test]
fn others_named_above_a_log_are_no_students() {
    for above in
        ["Teacher: Ana Lopez", "Parent: Ana Lopez", "SLP | Ana Lopez", "Therapist: | Ana Lopez", "Case Manager: Ana Lopez"]
    {
        let stop = stopped("Speech", &format!("{above}\nDate | Score\n9/5/2025 | 5\n"));
        assert_eq!(stop.code, Code::H002, "{above}");
    }
}

#[test]
fn a_tab_with_remarks_only_has_no_items() {
    let (plan, fates, _) =
        read("Read me", "How to use this workbook\n\nType each score on the day of the session.\nStudent: Ana Lopez\n");
    assert_eq!(plan.layout(), Layout::Text);
    assert!(fates.iter().all(|(_, fate)| *fate == RowFate::Context));
}

#[test]
fn each_cell_has_a_role() {
    let rows =
        grid("Roster of Oak Hill\nStudent | Date | Score | Colour |\nAna Lopez | 9/5/2025 | 5 | red | loose\nTotal | | 5 | |\n");
    let plan = planned("", &rows, None).expect("a plan");
    let role = |row: usize, column: usize| {
        let cells = rows[row].lend();
        plan.role(&aimline_map::GridRow { number: rows[row].number, kinds: &rows[row].kinds, cells: &cells }, column)
    };
    assert_eq!(role(0, 0), Role::Context);
    assert_eq!(role(1, 3), Role::Header);
    assert_eq!(role(2, 0), Role::Value(Field::StudentName));
    assert_eq!(role(2, 2), Role::Value(Field::Score));
    assert_eq!((role(2, 3), role(2, 4), role(2, 99)), (Role::Unmapped, Role::Unmapped, Role::Blank));
    assert_eq!(role(3, 2), Role::Skipped("total row"));
    assert_eq!(role(3, 1), Role::Blank);
    assert_eq!(plan.notes()[0].seen, "\"Colour\", column E");
}

#[test]
fn assessments_without_goals() {
    let (plan, fates, records) = read(
        "",
        "
First Name | Last Name | DOB | Date Taken | Overall Score | Performance Level | Letter Score | Letter Percentile
Una | Vale | 7/28/2017 | 8/15/2022 | 264 | Approaching | 272 | 40
Ben | Ochoa | 1/2/2017 | 8/16/2022 | 251 | Emerging | | 12
",
    );
    assert_eq!((plan.layout(), plan.kind()), (Layout::Screening, Kind::Point));
    assert_eq!(fates, [(1, RowFate::Header), (2, RowFate::Items(2)), (3, RowFate::Items(1))]);
    assert_eq!(
        records[0],
        "last_name=Vale first_name=Una birth_date=7/28/2017 measure=Overall Score date=8/15/2022 score=264 @4"
    );
    assert!(records[1].contains("measure=Letter Score") && records.iter().all(|record| !record.contains("Percentile")));
}

#[test]
fn progress_reports_in_a_sheet() {
    let (plan, fates, records) = read(
        "",
        "
Local ID | Student | Goal # | Report Date | Progress Code | Progress Description
00012 | Una Vale | 2 | 10/17/2025 | Making progress | Read 52 wcpm on 10/10/25.
",
    );
    assert_eq!((plan.layout(), plan.kind()), (Layout::Reports, Kind::Report));
    assert_eq!(fates[1], (2, RowFate::Items(1)));
    assert_eq!(
        records[0],
        "local_id=00012 student_name=Una Vale goal_number=2 report_date=10/17/2025 report_code=Making progress \
         description=Read 52 wcpm on 10/10/25."
    );
}

#[test]
fn scores_under_unknown_titles_are_no_list_of_goals() {
    let stop = stopped(
        "",
        "
Student ID | Goal ID | Goal Area | Baseline | Target | Qqq | Zzz
00012 | 1 | Reading Fluency | 41 | 90 | 9/5/2025 | 44
00012 | 1 | Reading Fluency | 41 | 90 | 9/12/2025 | 47
00012 | 1 | Reading Fluency | 41 | 90 | 9/19/2025 | 46
",
    );
    assert_eq!(stop.code, Code::H002);
    assert!(stop.seen.contains("\"Qqq\"") && stop.seen.contains("\"Zzz\""), "{}", stop.seen);
}
