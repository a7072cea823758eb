//! A table of cases: check, outcome, words of the answer, and what is changed in the file that is in order.

use super::{World, check, event, on, report, some};
use aimline_model::tables as t;

type Case = (&'static str, &'static str, &'static str, fn(&mut World));

/// The student left.
fn left(world: &mut World) {
    world.records.enrollments[0].exit = on("2026-02-27");
}

fn no_iep(world: &mut World) {
    world.records.plans.clear();
    world.goal().plan_key = None;
}

fn ended(world: &mut World) {
    world.flags[0].current = false;
}

fn no_reports(world: &mut World) {
    world.records.reports.clear();
}

fn status(world: &mut World, status: &'static str, since: &str) {
    world.flags[0].status = status;
    world.flags[0].since = on(since);
}

/// The file is a sheet, which has no boxes to tick.
fn from_sheet(world: &mut World) {
    for source in [&mut world.records.plans[0].source_id, &mut world.records.goals[0].source_id] {
        *source = "sheet".to_owned();
    }
}

#[rustfmt::skip]
const CASES: &[Case] = &[
    ("C01", "pass", "Checklists", |_| {}),
    ("C01", "pass", "the sentence says", |w| w.goal().methods = None),
    ("C01", "fail", "no way of measuring", |w| { w.goal().methods = None; w.goal().statement = some("Ana will read 90 wcpm."); }),
    ("C01", "not_applicable", "not in effect", ended),
    ("C01", "cannot_determine", "no place for", |w| { from_sheet(w); w.goal().methods = None; w.goal().statement = None; }),
    ("C01", "cannot_determine", "no IEP", no_iep),

    ("C02", "pass", "some blank forms come with it ticked", |_| {}),
    ("C02", "pass", "Other: each month", |w| w.plan().schedule_raw = some("Other: each month")),
    ("C02", "fail", "no text", |w| w.plan().schedule_raw = some("Other")),
    ("C02", "fail", "2 schedules", |w| { w.plan().schedule_raw = some("Quarterly; Semester"); w.plan().schedule_choices = 2; }),
    ("C02", "fail", "no reporting schedule is ticked", |w| { w.plan().schedule_raw = None; w.plan().schedule_choices = 0; }),
    ("C02", "not_applicable", "the student left on 27 Feb 2026", left),
    ("C02", "cannot_determine", "no place for", |w| { from_sheet(w); w.plan().schedule_raw = None; w.plan().schedule_choices = 0; }),

    ("C03", "pass", "Quarter 1: a report of 17 Oct 2025", |_| {}),
    ("C03", "pass", "a report that says not addressed", |w| w.records.reports[0].code = some("not_addressed")),
    ("C03", "fail", "Quarter 2: no report from 5 Dec 2025 to 2 Jan 2026", |w| { w.records.reports.pop(); }),
    ("C03", "not_applicable", "Quarter 3: the report is due by 27 Mar 2026", |_| {}),
    ("C03", "not_applicable", "Quarter 1: the goal began on 6 Oct 2025", |w| w.goal().begin = on("2025-10-06")),
    ("C03", "not_applicable", "Quarter 4: the goal ended on 20 May 2026", |w| w.goal().end = on("2026-05-20")),
    ("C03", "not_applicable", "Quarter 3: the student left on 27 Feb 2026", left),
    ("C03", "cannot_determine", "without a date may be the one", |w| w.records.reports[1].date = None),
    ("C03", "cannot_determine", "calendar.csv has no reporting periods", |w| w.records.calendar.clear()),
    ("C03", "cannot_determine", "which periods the schedule", |w| w.plan().schedule_raw = some("Bi-Quarterly")),
    ("C03", "cannot_determine", "another number of them", |w| w.plan().schedule_raw = some("Semester")),

    ("C04", "pass", "gives a score", |_| {}),
    ("C04", "pass", "of the same day", |w| { w.records.reports[1].description = None; w.points.push(("G1", "2025-12-19")); }),
    ("C04", "fail", "no score in the goal's unit", |w| w.records.reports[1].description = some("Ana tries hard.")),
    ("C04", "fail", "no description", |w| w.records.reports[1].description = None),
    ("C04", "not_applicable", "was not addressed", |w| w.records.reports[1].code = some("not_addressed")),
    ("C04", "not_applicable", "no report on the goal", |w| { w.records.reports[0].goal_key = some("G9"); w.records.reports[1].goal_key = some("G9"); }),
    ("C04", "cannot_determine", "no place for a description", |w| for report in &mut w.records.reports {
        report.source_id = "sheet".to_owned();
        report.description = None;
    }),
    ("C04", "cannot_determine", "no progress report is among", no_reports),

    ("C05", "pass", "none twice in a row", |w| w.records.reports[0].code = some("not_addressed")),
    ("C05", "fail", "not addressed on 17 Oct 2025 and on 19 Dec 2025", |w| for report in &mut w.records.reports { report.code = some("not_addressed"); }),
    ("C05", "not_applicable", "fewer than two", |w| { w.records.reports.pop(); }),
    ("C05", "cannot_determine", "no progress report is among", no_reports),

    ("C06", "pass", "due 19 Aug 2026 as the IEP states; by the usual practice, by 19 Aug 2026; not due yet", |_| {}),
    ("C06", "fail", "due 5 Mar 2026 as the IEP states", |w| w.plan().annual_review_due = on("2026-03-05")),
    ("C06", "not_applicable", "the student left", left),
    ("C06", "cannot_determine", "neither the day of the IEP meeting nor when", |w| { w.plan().annual_review_due = None; w.plan().meeting_date = None; }),

    ("C07", "pass", "due 2 Sep 2027", |_| {}),
    ("C07", "pass", "agreed on 1 Feb 2026", |w| { w.records.events[0].date = on("2023-02-10"); w.records.events.push(event("reevaluation_waiver", "2026-02-01", None)); }),
    ("C07", "fail", "it was due 5 Mar 2026", |w| w.records.events[0].date = on("2023-03-05")),
    ("C07", "not_applicable", "the student left", left),
    ("C07", "cannot_determine", "no file names the day of an evaluation", |w| { w.records.events.remove(0); }),

    ("C07b", "pass", "at least a year apart", |w| w.records.events.push(event("evaluation", "2025-09-02", None))),
    ("C07b", "fail", "on 2 Sep 2024 and again on 1 Sep 2025", |w| w.records.events.push(event("evaluation", "2025-09-01", None))),
    ("C07b", "not_applicable", "one evaluation", |_| {}),
    ("C07b", "cannot_determine", "no file names", |w| { w.records.events.remove(0); }),

    ("C08", "pass", "1 objectives", |_| {}),
    ("C08", "fail", "no benchmark", |w| { w.records.goals.pop(); }),
    ("C08", "not_applicable", "does not take the alternate assessment", |w| w.records.enrollments[0].alternate_assessment = "no".to_owned()),
    ("C08", "cannot_determine", "no file says whether", |w| w.records.enrollments[0].alternate_assessment = "unknown".to_owned()),
    // What last year's roster says holds for last year.
    ("C08", "cannot_determine", "in this school year", |w| w.records.enrollments[0].school_year = 2025),
    ("C08", "cannot_determine", "described in the present level", |w| { w.records.goals.pop(); w.plan().objectives_place = some("described below"); }),

    ("C09", "pass", "data in 2 of 2 periods", |_| {}),
    ("C09", "fail", "no data point in Quarter 2", |w| { w.points.pop(); }),
    ("C09", "not_applicable", "does not take the alternate assessment", |w| w.records.enrollments[0].alternate_assessment = "no".to_owned()),
    ("C09", "cannot_determine", "calendar.csv has no reporting periods", |w| w.records.calendar.clear()),

    ("C10", "pass", "met or amended on 2 Feb 2026", |w| { status(w, "stalled", "2026-01-20"); w.records.events.push(event("amendment", "2026-02-02", None)); }),
    ("C10", "fail", "stalled since 20 Jan 2026", |w| status(w, "stalled", "2026-01-20")),
    ("C10", "fail", "2 reports in a row", |w| for report in &mut w.records.reports { report.code = some("not_making"); }),
    ("C10", "not_applicable", "neither the data nor two reports", |_| {}),
    ("C10", "not_applicable", "suggested by 1 Apr 2026", |w| status(w, "stalled", "2026-03-02")),
    ("C10", "cannot_determine", "too few points", |w| { no_reports(w); status(w, "insufficient", "2026-03-02"); }),

    ("C11", "pass", "do not contradict", |_| {}),
    ("C11", "fail", "flat or goes the wrong way", |w| { w.flags[0].status = "stalled"; w.trends[0].slope_ols = Some(0.0); }),
    ("C11", "fail", "short of the criterion", |w| w.records.reports[1].code = some("met")),
    ("C11", "fail", "the data say on track", |w| w.records.reports[1].code = some("not_making")),
    ("C11", "not_applicable", "no report was read", no_reports),
    ("C11", "cannot_determine", "too few", |w| w.flags[0].status = "insufficient"),

    ("C12", "pass", "one statement", |_| {}),
    ("C12", "fail", "2 statements", |w| { w.records.reports[0].ticks = 2; w.records.reports[0].code = None; }),
    ("C12", "fail", "no statement is ticked", |w| w.records.reports[0].ticks = 0),
    ("C12", "not_applicable", "not in effect", ended),
    ("C12", "cannot_determine", "may have no place", |w| { w.records.reports[0].ticks = 0; w.records.reports[0].source_id = "sheet".to_owned(); }),

    ("C13", "pass", "17 Oct 2025", |_| {}),
    ("C13", "fail", "1 Apr 2026 is after the day", |w| w.records.reports[0].date = on("2026-04-01")),
    ("C13", "fail", "before the goal's first day, 25 Aug 2025", |w| w.records.reports[0].date = on("2025-08-24")),
    ("C13", "fail", "after the goal's last day, 31 Jan 2026", |w| { w.records.reports[0].date = on("2026-02-01"); w.goal().end = on("2026-01-31"); }),
    ("C13", "not_applicable", "not in effect", ended),
    ("C13", "cannot_determine", "has no date", |w| w.records.reports[0].date = None),

    ("C14", "pass", "25 Aug 2025 to 19 Aug 2026 (the IEP's own)", |_| {}),
    ("C14", "fail", "the first day is no date", |w| w.records.services[0].begin = None),
    ("C14", "fail", "is before the first day", |w| w.records.services[0].end = on("2025-08-24")),
    ("C14", "not_applicable", "the student left", left),
    ("C14", "cannot_determine", "no service of the IEP", |w| w.records.services.clear()),
    ("C14", "cannot_determine", "whose own are not known", |w| { w.plan().start = None; w.plan().end = None; w.records.services[0].begin = None; w.records.services[0].end = None; }),

    ("C15", "pass", "are known", |_| {}),
    ("C15", "fail", "no number for: baseline, target", |w| { w.records.measures[0].baseline_value = None; w.records.measures[0].target_value = None; }),
    ("C15", "not_applicable", "by its objectives", |w| { w.records.measures.clear(); }),
    ("C15", "cannot_determine", "nothing is known", |w| { w.records.measures.clear(); w.records.goals.pop(); }),

    ("C16", "pass", "the same", |w| { w.records.measures[0].criterion_header = some("80% on 4 of 5 probes"); w.goal().statement = some("Ana will read with 80% accuracy on 4 of 5 probes."); }),
    ("C16", "fail", "3 of 5 in the column, 4 of 5 in the sentence", |w| { w.records.measures[0].criterion_header = some("80% on 3 of 5 probes"); w.goal().statement = some("Ana will read with 80% accuracy on 4 of 5 probes."); }),
    ("C16", "not_applicable", "in one place only", |_| {}),
    ("C16", "cannot_determine", "can be compared", |w| w.records.measures[0].criterion_header = some("as the team decides")),

    ("C17", "pass", "decided on 10 Feb 2026", |w| { w.plan().esy = some("to be addressed at a later date, 02/2026"); w.records.events.push(event("esy_decision", "2026-02-10", None)); }),
    ("C17", "fail", "by 28 Feb 2026", |w| w.plan().esy = some("to be addressed at a later date, 02/2026")),
    ("C17", "not_applicable", "decided in the IEP", |_| {}),
    ("C17", "not_applicable", "to be decided by 31 Mar 2026", |w| w.plan().esy = some("to be addressed at a later date, 3/26")),
    ("C17", "cannot_determine", "no month", |w| w.plan().esy = some("to be addressed at a later date, __/__")),
    ("C17", "cannot_determine", "do not say", |w| w.plan().esy = None),

    ("C18", "pass", "Employment", |_| {}),
    ("C18", "fail", "this one does not", |w| { let mut goal = w.goal().clone(); goal.goal_key = "G3".to_owned(); goal.transition_domains = None; w.records.goals.push(goal); let mut flag = w.flags[0].clone(); flag.goal_key = "G3".to_owned(); w.flags.push(flag); }),
    ("C18", "not_applicable", "turns 16 on 29 Feb 2028", |w| w.goal().transition_domains = None),
    ("C18", "cannot_determine", "Form C", |w| { w.goal().transition_domains = None; w.records.students[0].birth_date = on("2010-08-19"); }),
    ("C18", "cannot_determine", "birth date is not known", |w| { w.goal().transition_domains = None; w.records.students[0].birth_date = None; }),

    ("C19", "pass", "in order", |_| {}),
    ("C19", "fail", "the meeting of 26 Aug 2025 is after the first day", |w| { w.plan().meeting_date = on("2025-08-26"); }),
    ("C19", "fail", "the evaluation of 7 Mar 2026 is after the day", |w| w.records.events[0].date = on("2026-03-07")),
    ("C19", "fail", "the projected review 21 Aug 2026 is later than one year after the meeting, 20 Aug 2026", |w| w.plan().annual_review_due = on("2026-08-21")),
    ("C19", "not_applicable", "the student left", left),
    ("C19", "cannot_determine", "fewer than two dates", |w| { *w.plan() = t::Plan { plan_key: "P1".to_owned(), student_key: some("S1"), start: on("2025-08-25"), ..t::Plan::default() }; w.records.events.clear(); }),

    ("C20", "pass", "a data point of 2 Mar 2026", |w| w.plan().annual_review_due = on("2026-03-20")),
    ("C20", "pass", "a report of 1 Mar 2026", |w| { w.plan().annual_review_due = on("2026-03-20"); w.points.clear(); w.records.reports.push(report("2026-03-01", "making", "")); }),
    ("C20", "fail", "from 4 Feb 2026 to 6 Mar 2026", |w| { w.plan().annual_review_due = on("2026-03-20"); w.points.clear(); }),
    ("C20", "not_applicable", "due 19 Aug 2026", |_| {}),
    ("C20", "cannot_determine", "do not say when", |w| { w.plan().annual_review_due = None; w.plan().meeting_date = None; }),

    ("C21", "pass", "are named", |_| {}),
    ("C21", "fail", "not found in the sentence: condition, date, baseline", |w| w.goal().statement = some("Ana will read 90 wcpm.")),
    ("C21", "not_applicable", "not in effect", ended),
    ("C21", "cannot_determine", "no file has", |w| w.goal().statement = None),

    ("C22", "pass", "150 of 150 minutes up to 29 Aug 2025", |_| {}),
    ("C22", "fail", "120 of 150 minutes up to 29 Aug 2025; 1 sessions of the log were not held", |w| w.records.deliveries[2].state = some("Missed")),
    ("C22", "not_applicable", "no service has begun", |w| w.records.services[0].begin = on("2026-03-09")),
    ("C22", "cannot_determine", "no log of sessions", |w| w.records.deliveries.clear()),
    ("C22", "cannot_determine", "cannot be told in minutes", |w| w.records.services[0].frequency = some("as needed")),
    ("C22", "cannot_determine", "without minutes", |w| w.records.deliveries[0].minutes = None),

    ("C23", "pass", "Card 1: a report of 17 Oct 2025", |_| {}),
    ("C23", "fail", "Card 1: no report from 10 Oct 2025 to 7 Nov 2025", |w| { w.records.reports.remove(0); }),
    ("C23", "not_applicable", "Card 1: the goal began on 20 Oct 2025", |w| w.goal().begin = on("2025-10-20")),
    ("C23", "cannot_determine", "without a date", |w| w.records.reports[0].date = None),
];

#[test]
fn each_check_passes_fails_does_not_apply_and_cannot_be_told() {
    for (id, outcome, words, change) in CASES {
        check(id, outcome, words, change);
    }
    for info in aimline_model::checks::CHECKS {
        for outcome in ["pass", "fail", "not_applicable", "cannot_determine"] {
            let has = CASES.iter().any(|(id, held, ..)| (*id, *held) == (info.id, outcome));
            assert!(has, "no case in which {} is {outcome}", info.id);
        }
    }
}

#[test]
fn report_cards_are_asked_for_only_where_the_district_names_them() {
    let made = |change: fn(&mut World)| {
        let mut world = World::in_order();
        change(&mut world);
        world.rows().iter().any(|row| row.check == "C23")
    };
    assert!(made(|_| {}));
    assert!(!made(|w| w.config.report_card = false));
    assert!(!made(|w| w.records.calendar.retain(|row| row.kind != "report_card")));
}
