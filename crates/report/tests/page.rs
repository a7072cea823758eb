//! What the page promises.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use aimline_report::{CARDS, goals_with_cards, page};
use common::{District, Spec, day, small};

fn html(district: &District) -> String {
    page(&district.input(), &district.points).unwrap()
}

/// The text between two marks.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let from = text.find(start).unwrap_or_else(|| panic!("{start} is missing")) + start.len();
    &text[from..from + text[from..].find(end).unwrap()]
}

fn body(text: &str) -> &str {
    between(text, "<body>", "<script>")
}

#[test]
fn it_asks_nobody_for_anything() {
    let html = html(&small());
    assert!(html.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:;"));
    for way in ["http:", "https:", "//cdn", "@import", "url(", " src=", "<link", "<iframe", "<img", "fetch(", "XMLHttp"] {
        assert!(!html.contains(way), "{way} stands in the page");
    }
    assert!(html.starts_with("<!doctype html>\n<html lang=\"en\">"));
}

#[test]
fn names_are_text_and_never_markup() {
    let html = html(&small());
    assert!(!html.contains("<script>alert"));
    assert!(html.contains("&#60;script&#62;alert(1)&#60;/script&#62;, =1+1"));
    assert_eq!(html.matches("<script>").count(), 1);
}

#[test]
fn the_four_counts_add_up_to_the_current_goals() {
    let mut district = small();
    district.flags[1].current = false;
    let html = html(&district);
    let counts = between(&html, "<ul class=\"counts\">", "</ul>");
    let numbers: Vec<u32> =
        counts.split("</b>").filter_map(|part| part.rsplit_once('>')).filter_map(|(_, number)| number.parse().ok()).collect();
    assert_eq!(numbers, [1, 0, 0, 1]);
    assert!(counts.contains("goal needs a meeting"));
    assert!(html.contains("2 current goals of 2 students"));
    assert_eq!(html.matches("<article class=\"card").count(), 2);
}

#[test]
fn the_sum_is_said_in_words() {
    let mut district = small();
    district.totals.unmatched = 7;
    district.totals.conflicts = 2;
    let html = html(&district);
    assert!(html.contains("64 items read = 60 accepted + 2 set aside + 1 already known + 1 skipped."));
    assert!(html.contains(">7 without a student or goal.</a>"));
    assert!(html.contains(">2 contradicted by another file.</a>"));
    assert!(html.contains("<a href=\"quarantine.xlsx\">2 items wait in quarantine.xlsx</a>"));
}

#[test]
fn goals_stand_in_the_order_of_attention() {
    let district = small();
    let html = html(&district);
    let keys: Vec<&str> = html.split("<tr role=\"row\" id=\"r-").skip(1).map(|row| &row[..9]).collect();
    assert_eq!(keys, ["G00000001", "G00000003", "G00000002"]);
    assert_eq!(goals_with_cards(&district.input()), ["M00000001", "M00000003", "M00000002"]);
}

#[test]
fn a_status_is_a_shape_and_a_word() {
    let html = html(&small());
    for told in ["■</span> stalled</td>", "●</span> on track</td>", "○</span> too few points</td>"] {
        assert!(html.contains(told), "{told}");
    }
}

#[test]
fn charts_have_words_for_those_who_do_not_see_them() {
    let html = html(&small());
    assert_eq!(html.matches("role=\"img\" aria-labelledby=\"t-G").count(), 3);
    assert_eq!(
        between(&html, "<desc id=\"d-G00000002\">", "</desc>"),
        "8 points from 5 to 9, 3 Sep to 22 Oct 2025; the aimline goes from 9 to 2 by 20 May 2026; the trend line moves by −0.6 a week. \
         The table below has every point."
    );
    assert!(html.contains("count (lower is better)"));
    assert!(html.contains("Report of 19 Dec 2025: not making progress"));
    assert!(html.contains("from Fall.xlsx › Reading › D4:D19"));
}

#[test]
fn every_number_has_its_place() {
    let mut district = small();
    district.points.get_mut("M00000001").unwrap()[3].conflict = true;
    let html = html(&district);
    let card = between(&html, "id=\"g-G00000001\"", "</article>");
    let numbers = between(card, "<table class=\"numbers\">", "</table>");
    assert_eq!(numbers.matches("<tr><td class=\"d\">").count(), 16);
    assert!(numbers.contains(
        "<td class=\"d\">24 Sep 2025</td><td class=\"n\">42</td><td>Fall.xlsx › Reading › D7 <b>(sources disagree, not used)</b>"
    ));
    assert!(card.contains("15 points, ") && card.contains("1 point is not used (hollow)"));
}

#[test]
fn the_band_is_the_confidence_band_of_the_line() {
    // y = 0, 1, 0, 1, 0 in five weeks: the line is flat at 0.4, s = √0.4, Sxx = 10, so that the band is
    // t·s·√(1/5 + 4/10) wide at both ends and t·s·√(1/5) in the middle; t is 1.75 in the made-up district.
    let mut district = District::empty();
    district.goal(Spec {
        last: "Sample",
        first: "Ava",
        area: "Math",
        measure: "facts",
        unit: "score",
        family: "continuous",
        decrease: false,
        baseline: 0.0,
        target: 4.0,
        values: vec![0.0, 1.0, 0.0, 1.0, 0.0],
        status: "uncertain",
    });
    let html = html(&district);
    let corners: Vec<(f64, f64)> = between(&html, "<polygon class=\"band\" points=\"", "\"")
        .split(' ')
        .filter_map(|corner| corner.split_once(','))
        .map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap()))
        .collect();
    assert_eq!(corners.len(), 34);
    // 0 is at the bottom (242), 4 at the top (26): 54 pixels a unit.
    let half = |x: f64| 1.75 * 0.4f64.sqrt() * (0.2 + x * x / 10.0).sqrt() * 54.0;
    for (corner, y) in [(0, 220.4 - half(2.0)), (8, 220.4 - half(0.0)), (25, 220.4 + half(0.0))] {
        assert!((corners[corner].1 - y.clamp(26.0, 242.0)).abs() < 0.11, "{:?} is not at {y}", corners[corner]);
    }
}

#[test]
fn sessions_without_dates_have_an_axis_of_their_own() {
    let mut district = small();
    district.trends[2].axis = "session";
    for (number, point) in (1..).zip(district.points.get_mut("M00000003").unwrap()) {
        point.date = None;
        point.session_no = Some(number);
    }
    let html = html(&district);
    let card = between(&html, "id=\"g-G00000003\"", "</article>");
    assert!(card.contains(">session</text>") && card.contains("target 80") && !card.contains("aimline to"));
    assert!(card.contains("<td class=\"d\">session 2</td>"));
}

#[test]
fn what_was_set_aside_is_grouped_by_its_cause() {
    let html = html(&small());
    let aside = between(&html, "<h2 id=\"aside\">", "</section>");
    assert!(aside.contains("More correct than trials: 1 item"));
    assert!(aside.contains("<td>Fall.xlsx › Speech › D14</td><td>7/5</td>"));
    // The catalogue's help stands above the places and is not repeated.
    assert_eq!(aside.matches("Correct the fraction.").count(), 1);
}

#[test]
fn the_list_and_the_cards_end_and_say_so() {
    let mut district = small();
    let flag = district.flags[2].clone();
    for n in 4..=2_003i64 {
        district.flags.push(aimline_model::analysis::Flag {
            goal_key: format!("G{n:08}"),
            measure_key: None,
            attention: n,
            ..flag.clone()
        });
    }
    let html = html(&district);
    assert_eq!(html.matches("<tr role=\"row\" id=\"r-").count(), 2_000);
    assert_eq!(html.matches("<article class=\"card").count(), CARDS);
    assert!(html.contains("; 3 more are in <a href=\"caseload.xlsx\">caseload.xlsx</a>."));
    assert!(html.contains("; 1,703 more have none here."));
}

#[test]
fn a_page_without_goals_reads_sensibly() {
    let html = html(&District::empty());
    let body = body(&html);
    assert!(body.contains("No current goal was found, because no file was read."));
    assert!(body.contains("Nothing was set aside"));
    assert!(body.contains("No file was read."));
    assert!(!body.contains("<table class=\"list\"") && !body.contains("<form"));
}

#[test]
fn the_same_input_gives_the_same_page() {
    assert_eq!(html(&small()), html(&small()));
}

#[test]
fn a_goal_is_drawn_whatever_its_numbers_are() {
    for values in [vec![], vec![5.0], vec![5.0, 5.0, 5.0], vec![f64::NAN, 1.0, f64::INFINITY], vec![-3.0, 0.0, 1e12]] {
        let mut district = District::empty();
        district.goal(Spec {
            last: "Sample",
            first: "Ava",
            area: "Math",
            measure: "facts",
            unit: "score",
            family: "continuous",
            decrease: false,
            baseline: 0.0,
            target: 4.0,
            values,
            status: "uncertain",
        });
        district.sentences.clear();
        let html = html(&district);
        assert!(!html.contains("NaN") && !html.contains(">inf") && !html.contains("\"inf"));
    }
    // Nothing but a verdict is known.
    let mut district = small();
    (district.students, district.goals, district.measures, district.trends) = (vec![], vec![], vec![], vec![]);
    (district.enrollments, district.plans) = (vec![], vec![]);
    district.points.clear();
    assert!(html(&district).contains("There is no point to draw."));
    assert_eq!(day("2026-03-06"), district.input().as_of);
}

#[test]
fn a_card_reads_like_this() {
    let html = html(&small());
    let card = between(&html, "<article class=\"card none\" id=\"g-G00000003\"", "</article>");
    insta::assert_snapshot!(text(card));
}

/// The words of a piece of HTML, an element a line.
fn text(html: &str) -> String {
    let mut lines = Vec::new();
    for piece in html.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, words)| words.trim()) {
        if !piece.is_empty() {
            lines.push(piece);
        }
    }
    lines.join("\n")
}
