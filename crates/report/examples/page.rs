//! Writes the page and the workbooks of a made-up district, to be looked at: `cargo run -p aimline-report --example page -- FOLDER`.

#[path = "../tests/common/mod.rs"]
mod common;

use aimline_model::codes::Code;
use aimline_model::diagnostic::Diagnostic;
use aimline_model::tables::PhaseChange;
use chrono::Days;
use common::{District, Spec, day};

const LAST: [&str; 12] = [
    "Lopez",
    "Sample",
    "Brown",
    "Okafor",
    "Reyes",
    "Nguyen",
    "O’Neil",
    "Whitefeather-Hernandez",
    "Kim",
    "Haddad",
    "Miller",
    "Ito",
];
const FIRST: [&str; 10] = ["Ana", "Ava", "Dee", "Chidi", "María José", "Tran", "Liam", "Noor", "Jo", "Kenji"];
const STATUS: [&str; 14] = [
    "regressing",
    "stalled",
    "slow",
    "uncertain",
    "stale",
    "insufficient",
    "no_data",
    "no_baseline",
    "no_target",
    "invalid_goal",
    "ceiling",
    "on_track",
    "ahead",
    "met",
];

fn noise(seed: &mut u64) -> f64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 40) as f64 / f64::from(1 << 24) - 0.5
}

/// Area, measure, unit, family, decrease, baseline, target, spread.
type Kind = (&'static str, &'static str, &'static str, &'static str, bool, f64, f64, f64);

fn district(students: usize) -> District {
    let kinds: [Kind; 5] = [
        ("Reading", "oral fluency", "wcpm", "continuous", false, 41.0, 90.0, 9.0),
        ("Speech", "/r/ in words", "trials", "trials", false, 40.0, 80.0, 22.0),
        ("Behavior", "call-outs", "count", "count", true, 9.0, 2.0, 3.0),
        ("Math", "facts", "dcpm", "continuous", false, 12.0, 40.0, 5.0),
        ("Writing", "scale score", "score", "continuous", false, 182.0, 212.0, 6.0),
    ];
    let mut district = District::empty();
    district.source("s1", "Fall.xlsx", [1_204, 1_180, 19, 5, 0]);
    district.source("s2", "forms/IEP form 3.docx", [31, 31, 0, 0, 0]);
    district.source("s3", "export from the student information system 2026-03-06.xml", [412, 400, 0, 2, 10]);
    let mut seed = 7;
    for n in 0..students {
        let (area, measure, unit, family, decrease, baseline, target, spread) = kinds[(n * 7 + n / 5) % 5];
        let status = STATUS[(n * 14 / students).min(13)];
        let share = match status {
            "regressing" => -0.7,
            "stalled" => 0.1,
            "slow" => 0.5,
            "uncertain" => 0.8,
            "ahead" | "met" => 1.5,
            _ => 1.0,
        };
        let weeks = match status {
            "no_data" => 0,
            "insufficient" => 4,
            "stale" => 14,
            _ => 22 + n % 5,
        };
        let values = (0..weeks)
            .map(|week| {
                (baseline + share * (target - baseline) / 37.0 * f64::from(week as u32) + spread * noise(&mut seed))
                    .round()
                    .max(0.0)
            })
            .collect();
        let added = district.goal(Spec {
            last: LAST[n % 12],
            first: FIRST[(n * 3) % 10],
            area,
            measure,
            unit,
            family,
            decrease,
            baseline,
            target,
            values,
            status,
        });
        if n % 2 == 0 {
            district.report(added, "2025-10-17", "making");
            district.report(added, "2025-12-19", "not_making");
            district.report(added, "2026-02-27", if n % 4 == 0 { "not_making" } else { "other" });
            district.flags[added - 1].not_making_run = i64::from(n % 4 == 0) * 2;
        }
    }
    phases(&mut district);
    for row in 4..23 {
        let item = format!(r#"[["Student ID","001258{row:02}"],["Date","9/3/2025"],["Score","7/5"],["Note","see paper"]]"#);
        district.set_aside(if row % 4 == 0 { Code::S001 } else { Code::S002 }, row, "7/5", &item);
    }
    district.totals.unmatched = 7;
    district.totals.conflicts = 2;
    district
        .diagnostics
        .push(Diagnostic { more: 3, ..Diagnostic::new(0, Code::I002, "Speech › A30").seen("Jon Smyth, 00125999") });
    district.diagnostics.push(Diagnostic::new(0, Code::R002, "Speech › D31").seen("12 here, 14 in old/Fall.xlsx › Speech › D31"));
    district.diagnostics.push(Diagnostic::new(0, Code::H005, "Speech › G1").seen("Teacher mood"));
    district
}

/// Gives every second goal two phases, by cutting its trend in two.
fn phases(district: &mut District) {
    let change = day("2025-11-05");
    for at in (0..district.trends.len()).step_by(2) {
        let whole = district.trends[at].clone();
        if whole.n < 20 {
            continue;
        }
        let slope = whole.slope_ols.unwrap_or_default();
        district.phase_changes.push(PhaseChange {
            measure_key: whole.measure_key.clone(),
            date: Some(change),
            label: Some("new program".to_owned()),
            ..PhaseChange::default()
        });
        let mut second = whole.clone();
        second.segment = 2;
        second.n = whole.n - 9;
        second.first_date = Some(change);
        second.intercept_ols = whole.intercept_ols.map(|level| level + 9.0 * slope);
        second.slope_ols_se = whole.slope_ols_se.map(|se| se * 1.8);
        second.slope_ols_hi = second.slope_ols_se.map(|se| slope + 1.75 * se);
        let first = &mut district.trends[at];
        first.n = 9;
        first.last_date = Some(change - Days::new(7));
        first.slope_ols = Some(slope * 1.6);
        district.trends.push(second);
        if let Some(points) = district.points.get_mut(&whole.measure_key) {
            points[5].conflict = true;
        }
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::path::PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    let students = std::env::args().nth(2).and_then(|text| text.parse().ok()).unwrap_or(60);
    let district = if students == 0 { District::empty() } else { district(students) };
    let input = district.input();
    std::fs::write(folder.join("index.html"), aimline_report::page(&input, &district.points)?)?;
    std::fs::write(folder.join("caseload.xlsx"), aimline_report::caseload(&input)?)?;
    std::fs::write(folder.join("quarantine.xlsx"), aimline_report::quarantine(&input)?)?;
    Ok(())
}
