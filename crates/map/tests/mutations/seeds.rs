//! Small realistic sheets of every layout, and profiles: what mutations begin with.

use aimline_map::{HeadRow, Profile, shipped};

use crate::Case;
use crate::support::grid;

/// Sheet and cells; a tab's name says whose it is or what it is about.
const SHEETS: &[(&str, &str)] = &[
    // Long.
    (
        "",
        "Student ID | Goal # | Date | Score | Notes\nS1001 | 1 | d~2025-09-05 | n~40 |\nS1001 | 1 | d~2025-09-12 | n~42 | tired\nS1002 | 2 | d~2025-09-05 | p~0.8 |\n",
    ),
    (
        "Progress",
        "Oak Hill Elementary\n\nTeacher: M. Chen   School year: 2025-2026\n\nStudent | Goal # | Fecha | Puntaje | Shoe size\nAna Lopez | 2 | 9/5/2025 | 12 | 31\nTotal | | | 12 |\nStudent | Goal # | Fecha | Puntaje | Shoe size\nBen Ochoa | 1 | 9/5/2025 | 4/5 | 30\nNote: scores were taken in the library by the aide\n",
    ),
    (
        "",
        "Last Name | First Name | DOB | Goal Area | Measure | Date | Correct | Trials | Prompt Level | Staff\nLopez | Ana | 3/4/2016 | Reading | Letters | 9/5/2025 | 8 | 10 | verbal | J. Alvarez\nOchoa | Ben | 5/6/2015 | Math | Facts | 9/5/2025 | 4 | 5 | independent | J. Alvarez\nLopez | Ana | 3/4/2016 | Reading | Letters | 9/12/2025 | 9 | 10 | verbal | J. Alvarez\n",
    ),
    (
        "Form Responses 1",
        "Timestamp | Student Name | Which goal? | Score\n9/5/2025 10:33:00 | Ana Lopez | Reading | 5\n9/6/2025 10:33:00 | Ben Ochoa | Math | 6\n",
    ),
    // Wide: by date, week, month, season, trial, number.
    (
        "Wide",
        "Reading group\n| | Goal Area | d~2025-08-18 | d~2025-08-25 | d~2025-09-01\nStudent ID | x | Goal Area | d~2025-08-18 | d~2025-08-25 | d~2025-09-01\nS1001 | a | Reading | 80% | NA | 4/5\nS1002 | b | Math | n~12 | | -\nAverage | | | 12 | |\n",
    ),
    ("", " | Week of 9/5/2025 | Week of 9/12/2025\nAna Lopez | 12 | 14\nOchoa, Ben | 9 | 11\n"),
    (
        "",
        "Student ID | Goal | Baseline | Target | Sept | Oct | Nov\nS1001 | 1 | 10 | 40 | 12 | NA | 14\nS1002 | 1 | 12 | 44 | 15 | 16 | 18\n",
    ),
    ("", "Student | Fall Score | Winter Score | Spring Score\nAna Lopez | 12 | | 14\nBen Ochoa | 9 | 11 | 13\n"),
    (
        "",
        "Student ID | Trial 1 | Trial 2 | Trial 3 | Trial 4 | Date\nS1001 | + | - | + | + | 9/5/2025\nS1002 | - | - | + | | 9/5/2025\n",
    ),
    ("", "Student ID | Q1 % Correct | Q2 % Correct | Q3 % Correct\nS1001 | 40% | 50% |\nS1002 | 45% | 55% | 60%\n"),
    // Groups of columns.
    (
        "",
        "Assessment | State ID | Grade | | Fall Early Reading Composite Score | Fall Early Reading Percentile at School | Fall Early Reading Final Date | Fall Letter Sounds Total Words Read | Fall Letter Sounds Words Read Correct | Fall Letter Sounds WRC per minute | Error | Fall Letter Sounds Final Date | Fall Onset Sounds Total Items | Fall Onset Sounds Items Correct | Winter Early Reading Composite Score | Winter Early Reading Final Date | Growth Score from Fall to Winter | Winter Letter Sounds WRC per minute | Error | Bus stop\nEarly Reading | 605000 | K | | 28 | 27.38 | 8/18/2022 | 10 | 1 | 1.58 | 9 | 8/18/2022 | 16 | 8 | 40 | 11/28/2022 | 0.82 | 19 | 4 | moved\nEarly Reading | 605001 | K | | | | | 12 | | | | | | | | | | 24 | 1 |\n",
    ),
    (
        "",
        "Student ID | Goal # | Sept Score | Sept Date | Oct Score | Oct Date\nS1001 | 1 | 12 | 9/5/2025 | 14 | 10/3/2025\nS1002 | 2 | 15 | 9/8/2025 | |\n",
    ),
    (
        "",
        "Student ID | Score 1 | Date 1 | Prompt 1 | Score 2 | Date 2 | Prompt 2\n1001 | 12 | 9/5/2025 | G | 14 | 9/9/2025 | I\n1002 | 13 | 9/5/2025 | V | | |\n",
    ),
    (
        "",
        "Student | Date | WCPM | Level | Date | WCPM | Level\nAna Lopez | 9/5/2025 | 40 | 3 | 9/12/2025 | 42 | 4\nBen Ochoa | 9/5/2025 | 50 | 3 | 9/12/2025 | 52 | 4\n",
    ),
    // Titles in several rows.
    (
        "",
        " | Reading | | Math |\nStudent ID | Date | Score | Date | Score\n1001 | 9/5/2025 | 12 | 9/5/2025 | 14\n1002 | 9/8/2025 | 13 | 9/8/2025 | 15\n",
    ),
    (
        "Fall",
        " | Fall | | | Winter | |\n | Letters | | | Letters | |\nStudent ID | Score | Date | Percentile | Score | Date | Percentile\n1001 | 12 | 9/5/2025 | 40 | 20 | 1/9/2026 | 50\n1002 | 14 | 9/5/2025 | 44 | 21 | 1/9/2026 | 51\n",
    ),
    (
        "",
        "Student | | Date | Score | Rate\nLast | First | | (%) | (wcpm)\nLopez | Ana | 9/5/2025 | 80 | 40\nOchoa | Ben | 9/5/2025 | 70 | 30\n",
    ),
    // Side by side.
    (
        "",
        "Student | Date | Score | | Student | Date | Score\nAna Lopez | 9/5/2025 | 4 | | Ben Ochoa | 9/5/2025 | 5\nAna Lopez | 9/12/2025 | 5 | | Ben Ochoa | 9/12/2025 | 6\nTotal | | 9 | | Cy Park | 9/12/2025 | 7\n",
    ),
    ("", " | Goal 1 | | Goal 2 |\nDate | Score | Notes | Score | Notes\n9/5/2025 | 4 | | 5 | tired\n9/12/2025 | 5 | | 6 |\n"),
    // Stacked.
    (
        "",
        "Student: Ana Lopez\nDate | Score\n9/5/2025 | 40\n9/12/2025 | 41\n\nStudent: Ben Ochoa\nDate | Score | Notes\n9/5/2025 | 50 | tired\n9/12/2025 | 51 |\n",
    ),
    (
        "",
        "Student: Ana Lopez\nGoal 1\nDate | Score\n9/5/2025 | 4\n9/12/2025 | 5\nGoal 2\n9/5/2025 | 14\n9/12/2025 | 15\nIntervention\n9/19/2025 | 16\n",
    ),
    (
        "Ana Lopez",
        "Goal 1: read 90 words a minute\nDate | WCPM\n9/5/2025 | 40\n9/12/2025 | 44\n\nGoal 2: math facts\nDate | % Correct\n9/5/2025 | 60%\n9/12/2025 | 70%\n\nTarget: 90\n",
    ),
    ("", "Student | Grade | Goal #\nAna Lopez | 3 | 2\n\nDate | Score\n9/5/2025 | 4\n9/12/2025 | 5\n"),
    // A tab a student or a goal.
    ("Lopez, Ana - G2", "Date | % Correct | Notes\n9/5/2025 | 60% |\n9/12/2025 | 70% | tired\nAverage | 65% |\n"),
    (
        "Tab 1",
        "Progress log\nStudent: Ana Lopez (S123456) | | Case Manager: | R. Diaz\nGoal #: | 2 | Area: | Reading\nAnnual Goal: | By May 2026, Ana will read 90 words correct per minute in two of three probes.\nBaseline: | n~35 | Target: | n~90 | Target Date: | d~2026-05-20\nUnit | wcpm\n\nSession | Date | Score\n1 | d~2025-09-05 | n~36\n2 | d~2025-09-12 | n~38\n",
    ),
    ("Ana Lopez", "Session | Phase | Score\n1 | A | 4\n2 | A | 5\n3 | B | 7\n4 | B | 8\n"),
    // Rosters, goals, screenings, reports, text.
    (
        "Roster",
        "MOSIS ID | Local ID | Last Name | First Name | DOB | Grade | Building | Has IEP | Teacher | Phone\n0012345678 | 00125867 | Lopez | Ana | 3/4/2016 | 03 | 4020 | Y | R. Diaz | 555-0100\n0012345679 | 00125868 | Ochoa | Ben | 5/6/2015 | K | 4020 | N | R. Diaz | 555-0101\n",
    ),
    (
        "Metas",
        "Estudiante | No. de meta | Área | Objetivo anual | Línea base | Meta final | Fecha límite\nAna Lopez | 1 | Lectura | Ana leerá 90 palabras por minuto en tres de cuatro pruebas | 35 | 90 | 20/5/2026\nBen Ochoa | 2 | Conducta | Ben usará una estrategia de calma en cuatro de cinco ocasiones | 2/5 | 4/5 | 20/5/2026\n",
    ),
    (
        "",
        "Student ID | Test Date | Composite Score | Composite Percentile | ORF Score | ORF Accuracy | Risk Level\n1001 | 9/5/2025 | 340 | 40 | 62 | 98% | low\n1002 | 9/5/2025 | 310 | 30 | 50 | 91% | high\n",
    ),
    (
        "",
        "Student | Goal # | Report Date | Progress Code | Progress Description\nAna Lopez | 1 | 10/24/2025 | AP | Ana reads 52 words a minute.\nBen Ochoa | 2 | 10/24/2025 | NP | Ben used a strategy in 2 of 5 trials.\n",
    ),
    ("Read me", "How to use this workbook\nAsk Ms. Example about the colours.\nGreen | done\n"),
    // Stopped for a reason.
    ("", "Ms. Example's tally\nKid | Thing | When | Pts\n1001 | Reading | 03/09/2025 | 31\n1002 | Reading | 04/09/2025 | 32\n"),
    ("", "Student ID | Date | Score | Result\n1001 | 9/5/2025 | 31 | 32\n1002 | 9/5/2025 | 33 | 34\n"),
    ("", "1001 | 9/5/2025 | 31\n1002 | 9/5/2025 | 33\n1003 | 9/5/2025 | 35\n"),
];

/// A header that an importer knows comes in two steps.
const TYPED: &str = "h~Student id | h~Goal id | h~DataPoint date\nS1001 | G1 |\nh~Student id | h~Goal id | h~DataPoint date | h~DataPoint value\nS1001 | G1 | 2025-09-05 | 80%\nS1001 | G1 | 2025-09-12 | 85%\n";

/// Profiles that say all that can be said.
const PROFILES: &[&str] = &[
    "[match]\nfile = '*.csv'\nheaders = ['Student ID', 'Date']\n[read]\nskip = 3\n[map]\nheader_row = 1\nlayout = 'long'\ndate_order = 'dmy'\n[map.columns]\n'Student ID' = 'student_id'\nScore = 'score'\nNotes = 'unused'\n[map.units]\nScore = 'wcpm'\n",
    "[map]\nlayout = 'wide'\n[map.columns]\n'column A' = 'student_name'\n[map.units]\n'*' = 'percent'\n[map.all_rows]\ngoal_number = '2'\nmeasure = 'Letters'\n",
    "[map]\nlayout = 'screening'\n[map.columns]\n'Student ID' = 'student_id'\n'Test Date' = 'date'\n",
    "[map]\nlayout = 'log'\n[map.all_rows]\nstudent_id = 'S1001'\n",
    "[map]\nlayout = 'roster'\n",
    "[map]\nlayout = 'goal_list'\n[map.columns]\n'Annual Goal' = 'goal_text'\n",
    "[map]\nlayout = 'reports'\n[map.all_rows]\nreport_date = '2025-10-24'\n",
    "[map]\nlayout = 'assessments'\n[map.all_rows]\nmeasure = 'Reading'\ndate = '2025-09-15'\n",
    "[map.columns]\nKid = 'student_id'\nThing = 'goal_area'\nWhen = 'date'\nPts = 'score'\n",
    "[about]\ntitle = 'Tally'\nsource = 'a guide'\nverified = false\n[map]\nheader_row = 3\n",
];

fn case(name: &str, rows: Vec<HeadRow>, profile: Option<String>) -> Case {
    Case { file: "Tally 2025-09.csv".to_owned(), name: name.to_owned(), rows, profile }
}

/// The texts of all profiles, those of the program among them.
pub(crate) fn profiles() -> Vec<String> {
    let own = PROFILES.iter().map(|text| (*text).to_owned());
    own.chain(shipped().expect("all can be read").into_iter().map(|(_, text, _)| text.to_owned())).collect()
}

/// A sheet with the titles of a profile, and two rows of what stands under such titles.
fn sheet_of(profile: &Profile) -> Vec<HeadRow> {
    let mut titles = profile.headers.clone();
    for (title, _) in &profile.map.columns {
        if !titles.contains(title) {
            titles.push(title.clone());
        }
    }
    titles.extend(
        ["Student ID", "Score", "Date"]
            .into_iter()
            .filter(|own| titles.iter().all(|title| title != own))
            .map(str::to_owned)
            .collect::<Vec<_>>(),
    );
    let value = |title: &String| {
        let title = title.to_lowercase();
        let value = if title.contains("date") || title.contains("day") {
            "9/5/2025"
        } else if title.contains("name") {
            "Ana Lopez"
        } else {
            "41"
        };
        Some(value.to_owned())
    };
    let row = |number, cells| HeadRow { number, kinds: Vec::new(), cells };
    let values: Vec<Option<String>> = titles.iter().map(value).collect();
    vec![row(1, titles.into_iter().map(Some).collect()), row(2, values.clone()), row(3, values)]
}

pub(crate) fn all() -> Vec<Case> {
    let mut all: Vec<Case> = SHEETS.iter().map(|(name, text)| case(name, grid(text), None)).collect();
    all.push(case("", grid(TYPED), None));
    for text in profiles() {
        let profile = Profile::parse(&text).expect("a good profile");
        if !profile.map.columns.is_empty() {
            all.push(case("", sheet_of(&profile), Some(text)));
        }
    }
    all
}
