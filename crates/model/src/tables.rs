//! The rows of `dataset/`.

use crate::schema::tables;
use chrono::NaiveDate;

type Text = Option<String>;
type Date = Option<NaiveDate>;
type Float = Option<f64>;
type Int = Option<i64>;

tables! {
    /// A file.
    Source "dataset" / "sources", "a file, by its path under the inbox" {
        source_id: String, Text, None, "", "", "Key of the file: 16 hex digits.";
        path: String, Text, Direct, "", "", "Path under the inbox.";
        sha256: String, Text, None, "", "", "SHA-256 of the bytes, 64 hex digits.";
        present: bool, Bool, None, "", "", "False when the file has left the inbox; its rows stay.";
        importer: Text, Text, None, "", "", "Importer that read it.";
        importer_version: Text, Text, None, "", "", "Version of the importer.";
        profile: Text, Text, None, "", "", "Mapping profile that was used.";
        profile_version: Text, Text, None, "", "", "Hash of the profile.";
        read: i64, Int, None, "items", "", "Items read: accepted + quarantined + duplicate + skipped.";
        accepted: i64, Int, None, "items", "", "Items that entered the dataset.";
        quarantined: i64, Int, None, "items", "", "Items set aside, because they cannot be typed or placed.";
        duplicate: i64, Int, None, "items", "", "Items that were already known.";
        skipped: i64, Int, None, "items", "", "Items that are no records of a child with an IEP, such as totals.";
        unmatched: i64, Int, None, "items", "", "Accepted items whose student or goal was not found.";
        conflicts: i64, Int, None, "items", "", "Accepted items that another source contradicts.";
        code: Text, Text, None, "", "", "Diagnostic code when the file could not be read.";
    }
    /// A student.
    Student "dataset" / "students", "a student" {
        student_key: String, Text, Indirect, "", "", "Key: S and eight digits.";
        state_id: Text, Text, Direct, "", "001071", "State id (MOSIS in Missouri), as text.";
        local_id: Text, Text, Direct, "", "001071", "Id of the district, as text with its leading zeros.";
        last_name: Text, Text, Direct, "", "000172", "Family name, as typed.";
        first_name: Text, Text, Direct, "", "000115", "Given name, as typed.";
        middle_name: Text, Text, Direct, "", "000184", "Middle name or initial.";
        birth_date: Date, Date, Direct, "", "000033", "Date of birth.";
        source_id: String, Text, None, "", "", "Source that said it first.";
        locator: String, Text, Direct, "", "", "Place in that source.";
    }
    /// A student in a school year.
    Enrollment "dataset" / "enrollments", "a student in a school year" {
        student_key: String, Text, Indirect, "", "", "Student.";
        school_year: i64, Int, Indirect, "ending year", "", "School year from 1 July, named by the year in which it ends.";
        district_code: Text, Text, Indirect, "6 digits", "", "County-district code, or the district's name when no code was given.";
        school_code: Text, Text, Indirect, "4 digits", "", "School code, or the school's name when no code was given.";
        grade: Text, Text, Indirect, "PK, K, 01 to 12", "", "Grade level.";
        case_manager: Text, Text, Indirect, "", "", "Who manages the case.";
        primary_disability: Text, Text, Indirect, "", "000218", "Primary disability, as typed.";
        placement: Text, Text, Indirect, "", "000535", "Educational environment, as typed.";
        alternate_assessment: String, Text, Indirect, "yes, no, unknown", "", "Whether the student takes the alternate assessment.";
        entry: Date, Date, Indirect, "", "", "First day.";
        exit: Date, Date, Indirect, "", "", "Last day, included.";
        exit_code: Text, Text, Indirect, "", "", "Why it ended, as typed.";
        source_id: String, Text, None, "", "", "Source.";
        locator: String, Text, Direct, "", "", "Place in the source.";
    }
    /// An IEP, or an amendment of one.
    Plan "dataset" / "plans", "an IEP, or an amendment of one" {
        plan_key: String, Text, Indirect, "", "", "Key: P and eight digits.";
        student_key: Text, Text, Indirect, "", "", "Student; null when not found.";
        amends_plan_key: Text, Text, Indirect, "", "", "The plan that this one amends.";
        iep_type: Text, Text, None, "", "", "Initial, annual or amendment, as ticked.";
        meeting_date: Date, Date, Indirect, "", "001684", "Date of the IEP meeting.";
        effective_from: Date, Date, Indirect, "", "", "First day on which this version counts.";
        start: Date, Date, Indirect, "", "001236", "First day of the plan.";
        end: Date, Date, Indirect, "", "001683", "Last day of the plan, included.";
        annual_review_due: Date, Date, Indirect, "", "", "Projected date of the annual review.";
        schedule_raw: Text, Text, None, "", "001681", "Reporting schedule, as ticked.";
        schedule_choices: i64, Int, None, "ticks", "", "Number of ticked schedules; the form asks for one.";
        esy: Text, Text, Indirect, "", "", "Extended school year, as ticked.";
        objectives_place: Text, Text, None, "", "", "Where objectives are described, as ticked.";
        sections_amended: Text, Text, None, "", "", "Sections that an amendment changes.";
        source_id: String, Text, None, "", "", "Source.";
        locator: String, Text, Direct, "", "", "Place in the source.";
    }
    /// A dated fact about a plan.
    Event "dataset" / "events", "a dated fact about a plan" {
        student_key: Text, Text, Indirect, "", "", "Student.";
        plan_key: Text, Text, Indirect, "", "", "Plan that says it.";
        kind: &'static str, Text, None, "evaluation, reevaluation_waiver, review, amendment, esy_decision, exit", "", "What happened.";
        date: Date, Date, Indirect, "", "", "When.";
        due: Date, Date, Indirect, "", "", "When the next one is due.";
        source_id: String, Text, None, "", "", "Source.";
        locator: String, Text, Direct, "", "", "Place in the source.";
    }
    /// An annual goal, or an objective under one.
    Goal "dataset" / "goals", "an annual goal, or an objective under one" {
        goal_key: String, Text, Indirect, "", "", "Key: G and eight digits.";
        plan_key: Text, Text, Indirect, "", "", "Plan; null when the goal is known from its data only.";
        student_key: Text, Text, Indirect, "", "", "Student.";
        parent_goal_key: Text, Text, Indirect, "", "", "The annual goal above an objective.";
        number: Text, Text, None, "", "", "Number or id, as typed.";
        area: Text, Text, None, "", "", "Area, as typed.";
        statement: Text, Text, Direct, "", "000903", "The goal's sentence.";
        begin: Date, Date, Indirect, "", "001165", "First day.";
        end: Date, Date, Indirect, "", "001166", "Last day, included.";
        methods: Text, Text, None, "", "001697", "Ways of measuring, as ticked.";
        transition_domains: Text, Text, Indirect, "", "", "Post-secondary domains, as ticked.";
        objectives_place: Text, Text, None, "", "", "Where objectives are described.";
        esy: Text, Text, Indirect, "", "", "Extended school year.";
        status: Text, Text, None, "", "001703", "Status, as typed.";
        primary_measure_key: Text, Text, Indirect, "", "", "The measure that the goal is judged by.";
        source_id: String, Text, None, "", "", "Source.";
        locator: String, Text, Direct, "", "", "Place in the source.";
    }
    /// What is measured on a student, for a goal or for none.
    Measure "dataset" / "measures", "what is measured on a student, for a goal or for none" {
        measure_key: String, Text, Indirect, "", "", "Key: M and eight digits.";
        goal_key: Text, Text, Indirect, "", "", "Goal, or null.";
        student_key: Text, Text, Indirect, "", "", "Student.";
        name: Text, Text, None, "", "", "Name, as typed.";
        unit: Text, Text, None, "", "", "Unit: wcpm, percent, trials, count and so on.";
        family: Text, Text, None, "continuous, percent, trials, count, duration, rubric, prompt_level, mastery", "", "Family of the measure.";
        direction: Text, Text, None, "increase, decrease", "", "Which way is better; null when unknown.";
        direction_source: Text, Text, None, "column, verb, target, unit", "", "How the direction is known.";
        level: Text, Text, None, "", "", "Form level or grade of the probe.";
        baseline_value: Float, Float, None, "the measure's unit", "", "Where the student started; never 0 by default.";
        baseline_date: Date, Date, Indirect, "", "", "Date stated with the baseline.";
        baseline_source: String, Text, None, "stated, text, first_three, none", "", "Where the baseline comes from.";
        target_value: Float, Float, None, "the measure's unit", "", "Where the student should get.";
        target_date: Date, Date, Indirect, "", "", "Date in the criterion.";
        target_source: String, Text, None, "stated, text, none", "", "Where the target comes from.";
        criterion_k: Int, Int, None, "", "001694", "k of \"k of n\".";
        criterion_n: Int, Int, None, "", "001692", "n of \"k of n\".";
        criterion_header: Text, Text, None, "", "000902", "Criterion in a column of its own, as typed.";
        criterion_text: Text, Text, Direct, "", "000902", "Criterion in the goal's sentence.";
        source_id: String, Text, None, "", "", "Source.";
        locator: String, Text, Direct, "", "", "Place in the source.";
    }
    /// One scored event.
    DataPoint "dataset" / "data_points", "one scored event" {
        data_point_key: String, Text, None, "", "", "Key: 16 hex digits.";
        conflict: bool, Bool, None, "", "", "True when another source gives another value; such a row is in no analysis.";
        measure_key: Text, Text, Indirect, "", "", "Measure.";
        goal_key: Text, Text, Indirect, "", "", "Goal.";
        student_key: Text, Text, Indirect, "", "", "Student.";
        date: Date, Date, Indirect, "", "", "Day; null when only a session number is known.";
        date_source: String, Text, None, "stated, period, report, ordinal", "", "Where the date comes from.";
        session_no: Int, Int, None, "", "", "Session number.";
        value: Float, Float, None, "the measure's unit; percent and trials 0 to 100", "", "Score.";
        numerator: Float, Float, None, "", "", "Correct, of trials.";
        denominator: Float, Float, None, "", "", "Trials.";
        exposure_minutes: Float, Float, None, "minutes", "", "Time of observation.";
        prompt_level: Text, Text, None, "", "", "Prompt level, as typed.";
        level: Text, Text, None, "", "", "Form level or grade of the probe.";
        phase: Text, Text, None, "", "", "Phase or intervention.";
        form_id: Text, Text, None, "", "", "Form or passage.";
        state: String, Text, None, "scored, absent, refused, blank, invalid", "", "Whether there is a score.";
        raw: Text, Text, Direct, "", "", "The score as it was typed.";
        source_id: String, Text, None, "", "", "Source.";
        locator: String, Text, Direct, "", "", "Sheet and cell, or place in the form.";
        repaired_by: Text, Text, None, "", "", "Source of the correction, for a row that was corrected in a copy of quarantine.xlsx.";
    }
    /// An intervention or measure change.
    PhaseChange "dataset" / "phase_changes", "an intervention or measure change" {
        measure_key: String, Text, Indirect, "", "", "Measure.";
        date: Date, Date, Indirect, "", "", "First day of the new phase.";
        label: Text, Text, Direct, "", "", "Name of the new phase.";
        source_id: String, Text, None, "", "", "Source.";
        locator: String, Text, Direct, "", "", "Place in the source.";
    }
    /// One report on one goal.
    ProgressReport "dataset" / "progress_reports", "one report on one goal" {
        goal_key: Text, Text, Indirect, "", "", "Goal.";
        student_key: Text, Text, Indirect, "", "", "Student.";
        date: Date, Date, Indirect, "", "001699", "Date of the report.";
        period: Text, Text, None, "", "", "Reporting period, as typed.";
        code: Text, Text, None, "making, not_making, not_addressed, met, other", "001702", "Summary statement; null when two are ticked.";
        ticks: i64, Int, None, "ticks", "", "Number of ticked statements; the form asks for one.";
        raw_code: Text, Text, None, "", "", "The statement as typed.";
        description: Text, Text, Direct, "", "001700", "Description of the progress data.";
        source_id: String, Text, None, "", "", "Source.";
        locator: String, Text, Direct, "", "", "Place in the source.";
    }
    /// A line of the service summary.
    Service "dataset" / "services", "a line of the service summary" {
        plan_key: Text, Text, Indirect, "", "", "Plan.";
        student_key: Text, Text, Indirect, "", "", "Student.";
        category: Text, Text, None, "", "", "Group of the service summary.";
        service: Text, Text, Indirect, "", "", "Service, as typed.";
        minutes: Float, Float, None, "minutes", "001520", "Minutes each time, or in the period that the amount names.";
        amount_raw: Text, Text, None, "", "", "Amount, as typed.";
        frequency: Text, Text, None, "", "001519", "Frequency, as typed.";
        period: Text, Text, None, "day, week, month, quarter, semester, year", "", "Period of the frequency.";
        location: Text, Text, None, "", "", "Location, as ticked.";
        begin: Date, Date, Indirect, "", "001381", "First day.";
        end: Date, Date, Indirect, "", "001383", "Last day, included.";
        dates_inherited: bool, Bool, None, "", "", "True when a date is the plan's, because the form says N/A.";
        source_id: String, Text, None, "", "", "Source.";
        locator: String, Text, Direct, "", "", "Place in the source.";
    }
    /// A logged session of a service.
    ServiceDelivery "dataset" / "service_deliveries", "a logged session of a service" {
        plan_key: Text, Text, Indirect, "", "", "Plan.";
        student_key: Text, Text, Indirect, "", "", "Student.";
        date: Date, Date, Indirect, "", "", "Day.";
        minutes: Float, Float, None, "minutes", "", "Minutes delivered.";
        provider_role: Text, Text, None, "", "", "Role of the provider.";
        state: Text, Text, None, "", "", "Delivered, missed and so on, as typed.";
        source_id: String, Text, None, "", "", "Source.";
        locator: String, Text, Direct, "", "", "Place in the source.";
    }
    /// A reporting period, report-card date or break.
    Calendar "dataset" / "calendar", "a reporting period, report-card date or break" {
        district_code: Text, Text, None, "", "", "District.";
        kind: String, Text, None, "period, report_card, break", "", "What it is.";
        name: Text, Text, None, "", "", "Name.";
        begin: Date, Date, None, "", "", "First day.";
        end: Date, Date, None, "", "", "Last day, included.";
    }
    /// An item set aside.
    Quarantine "dataset" / "quarantine", "an item set aside" {
        code: String, Text, None, "", "", "Diagnostic code; `aimline explain CODE` says more.";
        seen: Text, Text, Direct, "", "", "What stood there.";
        expected: Text, Text, None, "", "", "What was expected.";
        help: Text, Text, None, "", "", "What to do.";
        item: Text, Text, Direct, "", "", "The whole item: header and cell pairs as JSON.";
        source_id: String, Text, None, "", "", "Source.";
        locator: String, Text, Direct, "", "", "The cell or place that is wrong.";
        item_locator: String, Text, Direct, "", "", "The row or block that was set aside.";
        item_key: Text, Text, None, "", "", "Names the row by what stands in it, so that a correction finds it again.";
    }
    /// A cell that a person corrected in a copy of quarantine.xlsx.
    Repair "dataset" / "repairs", "a cell that was corrected in a copy of quarantine.xlsx" {
        source_id: String, Text, None, "", "", "Source of the corrected row.";
        item_locator: String, Text, Direct, "", "", "The row or block that was corrected.";
        item_key: String, Text, None, "", "", "Key of the row, as in quarantine.";
        column: String, Text, None, "", "", "Title of the column.";
        before: Text, Text, Direct, "", "", "What the file says.";
        after: Text, Text, Direct, "", "", "What the correction says.";
        repaired_by: String, Text, None, "", "", "Source that holds the correction.";
        repair_locator: String, Text, Direct, "", "", "The line of the correction.";
        state: &'static str, Text, None, "applied, conflict", "", "What became of it.";
    }
    /// How a mention found its student, goal and measure.
    Link "dataset" / "links", "a source and a distinct mention: how it found its student, goal and measure" {
        source_id: String, Text, None, "", "", "Source.";
        kind: &'static str, Text, None, "student, plan, goal, measure", "", "What was looked for.";
        mention: String, Text, None, "", "", "Hash of what the source says, so that rows can be told apart without naming a child.";
        rule: &'static str, Text, None, "", "", "How it was found, or why not.";
        score: Float, Float, None, "0 to 1", "", "How sure.";
        key: Text, Text, Indirect, "", "", "What was found; null when unmatched.";
        candidates: Text, Text, Indirect, "", "", "Keys that fit equally well, separated by spaces.";
        n_items: i64, Int, None, "items", "", "Number of items with this mention.";
    }
}
