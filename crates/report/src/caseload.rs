//! `caseload.xlsx`: each current goal in a row, with real dates and numbers; ids are text.

use crate::rows::{Index, Row, current};
use crate::workbook::{self, Cell, Formats};
use crate::{Input, ReportError, findings, probe_plan, status};
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

/// A column: title, width, meaning.
type Column = (&'static str, f64, &'static str);

const COLUMNS: [Column; 48] = [
    ("Status", 15.0, "The verdict on the goal. The goals stand in the order of attention."),
    ("Group", 22.0, "The group that the page counts it in."),
    ("Last name", 16.0, "Family name of the student."),
    ("First name", 14.0, "Given name of the student."),
    ("State id", 14.0, "State id (MOSIS in Missouri), as text with its leading zeros."),
    ("Local id", 14.0, "Id of the district, as text with its leading zeros."),
    ("School", 16.0, "School code or name."),
    ("Grade", 8.0, "Grade level."),
    ("Case manager", 18.0, "Who manages the case."),
    ("Goal number", 10.0, "Number of the goal or objective, as typed."),
    ("Area", 16.0, "Area of the goal, as typed."),
    ("Goal", 46.0, "The goal's sentence."),
    ("Measure", 20.0, "What is measured."),
    ("Unit", 12.0, "Unit of the measure; all values and gains are in it. Percent and trials run from 0 to 100."),
    ("Better", 10.0, "Which way is better: increase or decrease."),
    ("Baseline", 10.0, "Where the student started."),
    ("Baseline date", 12.0, "Where the aimline begins."),
    ("Baseline from", 12.0, "Where the baseline comes from: stated, text, first_three or none."),
    ("Target", 10.0, "Where the student should get."),
    ("Target date", 12.0, "By when."),
    ("Now", 10.0, "Level of the trend line at the last point; the median when there are fewer than three points."),
    (
        "Gain per week",
        10.0,
        "Slope of the trend line (least squares) in the current phase, in 7 days; on the session axis, per session.",
    ),
    ("Gain, low end", 10.0, "Lower end of its 90 % interval."),
    ("Gain, high end", 10.0, "Upper end of its 90 % interval."),
    ("Aimline per week", 10.0, "Rate that leads from the baseline to the target on its date."),
    ("Needed from now", 10.0, "Rate per week that would still reach the target on its date."),
    ("P stalled", 10.0, "Probability that the gain is under half of the aimline's rate."),
    ("P slow", 10.0, "Probability that the gain is under the aimline's rate."),
    ("P reaches target", 10.0, "Probability that the level is at the target or better on its date."),
    ("Points", 8.0, "Points of the current phase that count: one a day, session and form."),
    ("First date", 12.0, "First point of the current phase."),
    ("Last date", 12.0, "Last point of the current phase."),
    ("Latest report", 12.0, "Date of the latest progress report."),
    ("Latest report says", 22.0, "Its statement."),
    ("Reports in a row not making progress", 12.0, "Latest unbroken reports that say not making progress."),
    ("Four-point rule", 12.0, "Literal position of the last four points: below, above, on, mixed or insufficient."),
    ("Median of three", 12.0, "Literal position of the median of the last three points against the aimline."),
    ("Trend rule", 12.0, "Literal position of the trend line's slope against the aimline's."),
    ("Points below or above", 12.0, "Latest unbroken points on the worse side of the aimline."),
    ("Since", 12.0, "First day of the unbroken run of looks with this status."),
    ("Points that would settle it", 12.0, "Further weekly points that would settle an uncertain verdict."),
    ("Annual review due", 12.0, "When the plan says that the annual review is due."),
    ("Verdict", 60.0, "The verdict as a sentence."),
    ("Reasons", 24.0, "What else matters for the verdict."),
    ("Mode", 10.0, "What sets the status: posterior, own_data or classical."),
    ("Goal key", 12.0, "Key of the goal in the dataset."),
    ("Measure key", 12.0, "Key of the measure in the dataset."),
    ("Student key", 12.0, "Key of the student in the dataset."),
];

/// The cells that say who and what.
fn who(row: &Row) -> [Cell; 15] {
    let (student, goal, measure) = (row.student, row.goal, row.measure);
    [
        Cell::Text(row.look.word.to_owned()),
        Cell::text(status::GROUPS.get(row.look.group).map(|group| group.name)),
        Cell::text(student.and_then(|student| student.last_name.as_deref())),
        Cell::text(student.and_then(|student| student.first_name.as_deref())),
        Cell::text(student.and_then(|student| student.state_id.as_deref())),
        Cell::text(student.and_then(|student| student.local_id.as_deref())),
        Cell::text(row.enrollment.and_then(|enrollment| enrollment.school_code.as_deref())),
        Cell::text(row.enrollment.and_then(|enrollment| enrollment.grade.as_deref())),
        Cell::text(Some(row.case_manager())),
        Cell::text(goal.and_then(|goal| goal.number.as_deref())),
        Cell::text(Some(row.area())),
        Cell::long(goal.and_then(|goal| goal.statement.as_deref())),
        Cell::text(measure.and_then(|measure| measure.name.as_deref())),
        Cell::text(measure.and_then(|measure| measure.unit.as_deref())),
        Cell::text(measure.and_then(|measure| measure.direction.as_deref())),
    ]
}

/// The cells that say where the student started, is, and should get.
fn course(row: &Row) -> [Cell; 17] {
    let (flag, trend, measure) = (row.flag, row.trend(), row.measure);
    let baseline = trend.map_or_else(|| measure.and_then(|measure| measure.baseline_value), |trend| trend.baseline);
    let baseline_date = trend.map_or_else(|| measure.and_then(|measure| measure.baseline_date), |trend| trend.baseline_date);
    let target = trend.map_or_else(|| measure.and_then(|measure| measure.target_value), |trend| trend.target);
    let target_date = trend.map_or_else(|| measure.and_then(|measure| measure.target_date), |trend| trend.target_date);
    let source = trend.map(|trend| &trend.baseline_source).or(measure.map(|measure| &measure.baseline_source));
    [
        Cell::number(baseline),
        Cell::date(baseline_date),
        Cell::text(source.map(String::as_str)),
        Cell::number(target),
        Cell::date(target_date),
        Cell::number(trend.and_then(|trend| trend.level_now)),
        Cell::number(trend.and_then(|trend| trend.slope_ols)),
        Cell::number(trend.and_then(|trend| trend.slope_ols_lo)),
        Cell::number(trend.and_then(|trend| trend.slope_ols_hi)),
        Cell::number(trend.and_then(|trend| trend.need_per_week)),
        Cell::number(trend.and_then(|trend| trend.needed_from_now)),
        Cell::share(flag.p_stall),
        Cell::share(flag.p_slow),
        Cell::share(flag.p_goal),
        Cell::Whole(flag.n_used),
        Cell::date(trend.and_then(|trend| trend.first_date)),
        Cell::date(trend.and_then(|trend| trend.last_date)),
    ]
}

/// The cells that say how the verdict came about.
fn verdict(row: &Row) -> [Cell; 16] {
    let flag = row.flag;
    let report = row.reports.last();
    [
        Cell::date(report.and_then(|report| report.date)),
        Cell::text(report.map(|report| status::report(report.code.as_deref()))),
        Cell::Whole(flag.not_making_run),
        Cell::text(Some(flag.rule_4pt)),
        Cell::text(Some(flag.rule_median3)),
        Cell::text(Some(flag.rule_trend_ols)),
        Cell::Whole(flag.run_below),
        Cell::date(flag.since),
        flag.points_needed.map_or(Cell::Empty, Cell::Whole),
        Cell::date(row.plan.and_then(|plan| plan.annual_review_due)),
        Cell::Long(row.sentence()),
        Cell::text(Some(&row.reasons().join("; "))),
        Cell::text(Some(flag.mode)),
        Cell::text(Some(&flag.goal_key)),
        Cell::text(flag.measure_key.as_deref()),
        Cell::text(flag.student_key.as_deref()),
    ]
}

fn caseload_sheet(sheet: &mut Worksheet, input: &Input, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name("Caseload")?;
    for (column, (title, width, _)) in (0u16..).zip(COLUMNS) {
        workbook::styled(sheet, 0, column, title, &formats.header)?;
        sheet.set_column_width(column, width)?;
    }
    sheet.set_row_height(0, 46)?;
    let index = Index::new(input);
    let mut last = 0;
    for (line, flag) in (1u32..).zip(current(input.flags)) {
        let row = index.row(flag);
        let cells = who(&row).into_iter().chain(course(&row)).chain(verdict(&row));
        for (column, cell) in (0u16..).zip(cells) {
            workbook::write(sheet, line, column, &cell, formats)?;
        }
        last = line;
    }
    workbook::finish(sheet, 4, last, COLUMNS.len() as u16 - 1)
}

fn read_me_sheet(sheet: &mut Worksheet, input: &Input, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name("Read me")?;
    for (column, (title, width)) in (0u16..).zip([("Column", 34.0), ("What it is", 100.0)]) {
        workbook::styled(sheet, 0, column, title, &formats.header)?;
        sheet.set_column_width(column, width)?;
    }
    let about = [
        (
            "This workbook",
            format!(
                "{}, as of {}: a row for each current goal of the sheet Caseload. It is made anew by each run; changes in it are not read.",
                input.district, input.as_of
            ),
        ),
        (
            "Probe plan",
            "The goals whose verdict is uncertain and how many weekly points may settle it, a case manager's together."
                .to_owned(),
        ),
        ("Rule set", format!("{}, mode {}, aimline {}", input.ruleset, input.mode, input.version)),
    ];
    let columns = COLUMNS.iter().map(|(title, _, meaning)| (*title, (*meaning).to_owned()));
    let statuses = status::LOOKS.iter().map(|look| ("Status", format!("{}: {}", look.word, look.meaning)));
    let mut line = 0;
    for (title, meaning) in about.into_iter().chain(columns).chain(statuses) {
        line += 1;
        workbook::text(sheet, line, 0, title, formats, false)?;
        workbook::text(sheet, line, 1, &meaning, formats, true)?;
    }
    workbook::finish(sheet, 0, line, 1)
}

fn files_sheet(sheet: &mut Worksheet, input: &Input, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name("Files")?;
    let titles = [
        ("File", 44.0),
        ("Importer", 18.0),
        ("Profile", 18.0),
        ("Read", 10.0),
        ("Accepted", 10.0),
        ("Set aside", 10.0),
        ("Already known", 10.0),
        ("Skipped", 10.0),
        ("Unmatched", 10.0),
        ("In the inbox", 10.0),
        ("Notes", 60.0),
    ];
    for (column, (title, width)) in (0u16..).zip(titles) {
        workbook::styled(sheet, 0, column, title, &formats.header)?;
        sheet.set_column_width(column, width)?;
    }
    let mut files: Vec<_> = input.sources.iter().zip(findings::of_files(input)).collect();
    files.sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));
    for (line, (source, notes)) in (1u32..).zip(&files) {
        let cells = [
            Cell::text(Some(&source.path)),
            Cell::text(source.importer.as_deref()),
            Cell::text(source.profile.as_deref()),
            Cell::Whole(source.read),
            Cell::Whole(source.accepted),
            Cell::Whole(source.quarantined),
            Cell::Whole(source.duplicate),
            Cell::Whole(source.skipped),
            Cell::Whole(source.unmatched),
            Cell::text(Some(if source.present { "yes" } else { "no" })),
            Cell::long(Some(&notes.join("; "))),
        ];
        for (column, cell) in (0u16..).zip(&cells) {
            workbook::write(sheet, line, column, cell, formats)?;
        }
    }
    workbook::finish(sheet, 1, files.len() as u32, titles.len() as u16 - 1)
}

pub(crate) fn write(input: &Input) -> Result<Vec<u8>, ReportError> {
    let formats = Formats::new();
    let mut workbook: Workbook = workbook::new(input, "Caseload")?;
    caseload_sheet(workbook.add_worksheet(), input, &formats)?;
    probe_plan::sheet(workbook.add_worksheet(), input, &formats)?;
    read_me_sheet(workbook.add_worksheet(), input, &formats)?;
    files_sheet(workbook.add_worksheet(), input, &formats)?;
    Ok(workbook.save_to_buffer()?)
}
