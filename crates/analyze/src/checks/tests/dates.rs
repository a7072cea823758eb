//! Leap years, last days that are included, amendments that are no reviews, windows.

use super::super::file::years_after;
use super::super::plans::month_in;
use super::{World, check, day, event, on, some};
use aimline_model::tables as t;

#[test]
fn a_year_is_a_calendar_year() {
    let check = |from: &str, years: u32, expected: &str| assert_eq!(years_after(day(from), years), on(expected), "{from}");
    check("2024-02-29", 1, "2025-02-28");
    check("2024-02-29", 3, "2027-02-28");
    check("2024-02-29", 4, "2028-02-29");
    check("2023-03-01", 1, "2024-03-01");
    check("2023-02-28", 1, "2024-02-28");
}

#[test]
fn months_that_are_named() {
    for (text, expected) in [
        ("by 05/2026 (month/year)", on("2026-05-31")),
        ("2/28", on("2028-02-29")),
        ("02/24", on("2024-02-29")),
        ("13/2026", None),
        ("__/__", None),
        ("5/1/2026", None),
    ] {
        assert_eq!(month_in(text), expected, "{text}");
    }
}

/// Review and reevaluation on the day itself, and a day later.
#[test]
fn the_day_on_which_it_is_due_is_included() {
    for (as_of, outcome) in [("2026-08-19", "pass"), ("2026-08-20", "fail")] {
        check("C06", outcome, "due 19 Aug 2026", |w| {
            w.as_of = day(as_of);
            w.flags[0].current = true;
        });
    }
    // Nothing is stated: one calendar year after the meeting; of 29 February, 28 February.
    for (as_of, outcome) in [("2025-02-28", "pass"), ("2025-03-01", "fail")] {
        check("C06", outcome, "due 28 Feb 2025, one year after the meeting; by the usual practice, by 27 Feb 2025", |w| {
            *w.plan() =
                t::Plan { meeting_date: on("2024-02-29"), start: on("2024-03-04"), annual_review_due: None, ..w.plan().clone() };
            w.records.events.clear();
            w.as_of = day(as_of);
        });
    }
    for (as_of, outcome) in [("2027-02-28", "pass"), ("2027-03-01", "fail")] {
        check("C07", outcome, "due 28 Feb 2027", |w| {
            w.records.events[0].date = on("2024-02-29");
            w.as_of = day(as_of);
        });
    }
}

#[test]
fn an_amendment_is_no_review() {
    let overdue = |world: &mut World| {
        world.as_of = day("2026-09-01");
        world.records.plans.push(t::Plan {
            plan_key: "P2".to_owned(),
            student_key: some("S1"),
            amends_plan_key: some("P1"),
            meeting_date: on("2026-01-12"),
            start: on("2026-01-12"),
            source_id: "form".to_owned(),
            ..Default::default()
        });
        world.records.events.push(event("amendment", "2026-01-12", None));
        world.records.events.push(t::Event { plan_key: some("P2"), ..event("review", "2026-01-12", None) });
    };
    check("C06", "fail", "no later review was read", overdue);
    check("C06", "pass", "reviewed on 18 Aug 2026", |w| {
        overdue(w);
        w.records.events.push(event("review", "2026-08-18", None));
    });
    // Nor is a review that has not been held yet.
    check("C06", "fail", "no later review", |w| {
        overdue(w);
        w.records.events.push(event("review", "2026-09-02", None));
    });
}

#[test]
fn first_and_last_day_of_a_window_are_in_it() {
    for (date, outcome) in [("2025-12-05", "pass"), ("2025-12-04", "fail"), ("2026-01-02", "pass"), ("2026-01-03", "fail")] {
        check("C03", outcome, "Quarter 2", |w| w.records.reports[1].date = on(date));
    }
    check("C03", "not_applicable", "Quarter 2: the report is due by 2 Jan 2026", |w| {
        w.records.reports.pop();
        w.as_of = day("2026-01-02");
    });
    // The goal ends on the period's last day: still a report.
    check("C03", "fail", "Quarter 2", |w| {
        w.records.reports.pop();
        w.goal().end = on("2025-12-19");
    });
    check("C03", "fail", "Quarter 2: no report from 12 Dec 2025 to 22 Dec 2025", |w| {
        w.records.reports.pop();
        (w.config.days_before, w.config.days_after) = (7, 3);
    });
}

#[test]
fn a_later_iep_ends_the_goals_of_the_one_before() {
    check("C03", "not_applicable", "Quarter 2: the goal ended on 30 Nov 2025", |w| {
        let next =
            t::Plan { plan_key: "P3".to_owned(), meeting_date: on("2025-11-24"), start: on("2025-12-01"), ..w.plan().clone() };
        w.records.plans.push(next);
    });
}

#[test]
fn breaks_owe_no_minutes() {
    check("C22", "pass", "150 of 150 minutes up to 8 Sep 2025", |w| {
        w.records.calendar.push(super::period("break", "Long weekend", "2025-09-01", "2025-09-05"));
        w.records.deliveries.push(t::ServiceDelivery {
            date: on("2025-09-08"),
            minutes: Some(0.0),
            ..w.records.deliveries[0].clone()
        });
    });
    check("C22", "fail", "150 of 300 minutes up to 8 Sep 2025", |w| {
        w.records.deliveries.push(t::ServiceDelivery {
            date: on("2025-09-08"),
            minutes: Some(0.0),
            ..w.records.deliveries[0].clone()
        });
    });
}
