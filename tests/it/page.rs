//! The page opens from a file, asks nobody for anything, and its counts add up.
//!
//! AIMLINE_REQUIRE_BROWSER=1 fails where there is no Chromium.

use crate::support::{Workspace, sample, table};
use std::path::Path;
use std::process::Command;

fn page() -> String {
    std::fs::read_to_string(sample().0.join("report/index.html")).unwrap()
}

/// The document as a browser has it after its scripts ran; none where there is no browser and nobody insists.
fn dump(page: &Path, profile: &Path) -> Option<String> {
    for browser in ["chromium", "chromium-browser", "google-chrome"] {
        let output = Command::new(browser)
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--virtual-time-budget=3000",
                "--dump-dom",
            ])
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg(format!("file://{}", page.display()))
            .output();
        if let Ok(output) = output {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            return Some(String::from_utf8(output.stdout).unwrap());
        }
    }
    assert!(std::env::var("AIMLINE_REQUIRE_BROWSER").is_err(), "there is no Chromium");
    eprintln!("skipped: no Chromium");
    None
}

/// The numbers of the four groups at the top.
fn counts(page: &str) -> Vec<usize> {
    let (_, list) = page.split_once("<ul class=\"counts\">").unwrap();
    let (list, _) = list.split_once("</ul>").unwrap();
    let number = |item: &str| item.split("</span>").nth(1)?.split("</b>").next()?.replace(',', "").parse().ok();
    list.split("<li").skip(1).filter_map(number).collect()
}

fn rows(page: &str) -> Vec<&str> {
    let (_, list) = page.split_once("<tbody id=\"list\"").unwrap();
    list.split_once("</tbody>").unwrap().0.split("<tr ").skip(1).collect()
}

#[test]
fn the_four_counts_add_up_to_the_current_goals() {
    let page = page();
    let (counts, rows) = (counts(&page), rows(&page));
    assert_eq!(counts.len(), 4);
    let flags = table(&sample().0, "analysis/flags");
    let current: Vec<&str> = flags.iter().filter(|flag| flag.is_true("current")).map(|flag| flag.text("status")).collect();
    assert_eq!(counts.iter().sum::<usize>(), current.len());
    assert_eq!(rows.len(), current.len());
    let of = |statuses: &[&str]| current.iter().filter(|status| statuses.contains(status)).count();
    assert_eq!(counts[..3], [of(&["regressing", "stalled"]), of(&["slow", "uncertain"]), of(&["on_track", "met", "ahead"])]);
    for (group, count) in counts.iter().enumerate() {
        assert_eq!(rows.iter().filter(|row| row.contains(&format!(" g{group}\""))).count(), *count, "group {group}");
    }
    let summaries = table(&sample().0, "analysis/summaries");
    let districts = || summaries.iter().filter(|row| row.text("level") == "district");
    let sum = |column: &str| districts().map(|row| row.text(column).parse::<usize>().unwrap()).sum::<usize>();
    assert_eq!(["need_meeting", "slow_or_uncertain", "on_track_or_met", "cannot_judge"].map(sum).to_vec(), counts);
}

#[test]
fn who_needs_attention_comes_first() {
    let page = page();
    let order: Vec<usize> = rows(&page)
        .iter()
        .filter_map(|row| {
            let status = row.split_once("data-status=\"")?.1.split(' ').next()?;
            ["regressing", "stalled"].iter().position(|known| *known == status).or(Some(2))
        })
        .collect();
    assert!(order.is_sorted(), "regressing, stalled, then the others");
}

#[test]
fn the_page_asks_nobody_for_anything() {
    let page = page();
    assert!(page.contains("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"));
    let plain = page.to_lowercase();
    for asks in [
        "src=\"http",
        "href=\"http",
        "src=\"//",
        "href=\"//",
        "url(http",
        "@import",
        "<link",
        "<iframe",
        "fetch(",
        "xmlhttprequest",
        "<base",
    ] {
        assert!(!plain.contains(asks), "{asks}");
    }
    // Addresses: only the names of XML vocabularies, which nobody opens.
    for (_, rest) in plain.match_indices("http").map(|(at, _)| plain.split_at(at)) {
        let known = ["http://www.w3.org/", "http-equiv"].iter().any(|known| rest.starts_with(known));
        assert!(known, "{}", rest.chars().take(60).collect::<String>());
    }
}

#[test]
fn the_page_has_a_title_and_a_heading() {
    let page = page();
    let between = |from: &str, to: &str| page.split_once(from).unwrap().1.split_once(to).unwrap().0.trim().to_owned();
    assert!(!between("<h1>", "</h1>").is_empty(), "a page without a district's name still has a heading");
    assert!(between("<title>", "</title>").starts_with(char::is_alphanumeric), "{}", between("<title>", "</title>"));
}

#[test]
fn the_filters_work_in_a_browser() {
    let space = Workspace::new();
    let page = page();
    let all = rows(&page).len();
    // One child's name, and a status: as if somebody had typed and chosen them.
    let name = table(&sample().0, "dataset/students").into_iter().find(|student| student.text("last_name") == "Zennor");
    assert!(name.is_some());
    let wanted = rows(&page).iter().filter(|row| row.contains("Zennor")).count();
    assert!(wanted > 0 && wanted < all);
    let script = "<script>var field = document.getElementById('f-text'); field.value = 'ZENNOR';\
        field.dispatchEvent(new Event('input', {bubbles: true}));</script></body>";
    let copy = space.path("page.html");
    std::fs::write(&copy, page.replace("</body>", script)).unwrap();
    let Some(filtered) = dump(&copy, &space.path("profile")) else { return };
    let left = rows(&filtered).iter().filter(|row| !row.split('>').next().unwrap().contains("hidden")).count();
    assert_eq!(left, wanted);
    assert!(filtered.contains(&format!("{wanted} of {all} listed goals are shown.")));
    assert!(!filtered.contains("id=\"filters\" class=\"filters\" hidden"), "the filters are shown where scripts run");
}

#[test]
fn a_goal_that_is_listed_has_a_card_with_its_chart() {
    let page = page();
    let cards = page.matches("<article class=\"card ").count();
    let listed = rows(&page).len();
    assert_eq!(cards, listed.min(300));
    assert!(page.matches("<svg").count() >= cards / 2, "most goals have points to draw");
}
