//! The labelled corpora of goal sentences and report descriptions. What is found must be right; what is missed is counted.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use aimline_normalize::{
    sentence::{DescribedPoint, parse_description, parse_goal},
    units::unit_named,
};
use proptest::prelude::*;

/// Found, expected and right numbers of one kind.
#[derive(Default, Clone, Copy)]
struct Tally {
    found: u32,
    expected: u32,
    right: u32,
}

impl Tally {
    fn add(&mut self, found: Option<&str>, expected: Option<&str>) -> bool {
        self.found += u32::from(found.is_some());
        self.expected += u32::from(expected.is_some());
        self.right += u32::from(found.is_some() && found == expected);
        found == expected
    }

    fn wrong(self) -> u32 {
        self.found - self.right
    }

    fn recall(self) -> f64 {
        f64::from(self.right) / f64::from(self.expected.max(1))
    }

    fn print(self, name: &str) {
        println!(
            "{name:<12} expected {:>3}  found {:>3}  right {:>3}  precision {:.3}  recall {:.3}",
            self.expected,
            self.found,
            self.right,
            f64::from(self.right) / f64::from(self.found.max(1)),
            self.recall()
        );
    }
}

fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| line.split('\t').collect())
}

fn given(cell: &str) -> Option<&str> {
    (cell != "-").then_some(cell)
}

/// Baseline, target, unit, direction, target date, criterion.
fn goals(corpus: &str) -> [Tally; 6] {
    let mut tallies = [Tally::default(); 6];
    for row in rows(corpus) {
        let goal = parse_goal(row[6]);
        let found = [
            goal.baseline.map(|found| found.value.to_string()),
            goal.target.map(|found| found.value.to_string()),
            goal.unit.map(|unit| unit.name.to_owned()),
            goal.direction.map(|direction| direction.as_str().to_owned()),
            goal.target_date.map(|date| date.to_string()),
            goal.criterion.map(|(k, n)| format!("{k}/{n}")),
        ];
        let mut good = true;
        for (at, tally) in tallies.iter_mut().enumerate() {
            good &= tally.add(found[at].as_deref(), given(row[at]));
        }
        if !good {
            println!(
                "{}\n    expected {:?}\n    found    {:?}",
                row[6],
                &row[..6],
                found.map(|cell| cell.unwrap_or_else(|| "-".to_owned()))
            );
        }
        for found in [goal.baseline, goal.target].into_iter().flatten() {
            assert!(!found.span.of(row[6]).is_empty());
        }
    }
    for (name, tally) in ["baseline", "target", "unit", "direction", "target date", "criterion"].iter().zip(tallies) {
        tally.print(name);
    }
    tallies
}

fn point(point: &DescribedPoint) -> String {
    let fraction = match (point.numerator, point.denominator) {
        (Some(numerator), Some(denominator)) => format!("[{numerator}/{denominator}]"),
        _ => String::new(),
    };
    format!("{}{fraction}@{}", point.value, point.date.map_or_else(|| "-".to_owned(), |date| date.to_string()))
}

fn descriptions(corpus: &str) -> Tally {
    let mut tally = Tally::default();
    for row in rows(corpus) {
        let described = parse_description(row[3], row[0].parse().ok(), given(row[1]).map(|name| unit_named(name).unwrap()));
        let mut found: Vec<String> = described.points.iter().map(point).collect();
        let mut expected: Vec<String> =
            given(row[2]).map_or_else(Vec::new, |points| points.split("; ").map(str::to_owned).collect());
        found.sort();
        expected.sort();
        if found != expected {
            println!("{}\n    expected {expected:?}\n    found    {found:?}", row[3]);
        }
        tally.found += u32::try_from(found.len()).unwrap();
        tally.expected += u32::try_from(expected.len()).unwrap();
        tally.right += u32::try_from(found.iter().filter(|point| expected.contains(point)).count()).unwrap();
    }
    tally.print("points");
    tally
}

fn check_goals(corpus: &str) {
    for tally in goals(corpus) {
        assert_eq!(tally.wrong(), 0);
        assert!(tally.recall() >= 0.8);
    }
}

fn check_descriptions(corpus: &str) {
    let tally = descriptions(corpus);
    assert_eq!(tally.wrong(), 0);
    assert!(tally.recall() >= 0.9);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics(words in proptest::collection::vec(proptest::sample::select(WORDS), 0..24), text in "\\PC{0,60}", likely in "[0-9a-zA-Zé%/.,:;() -]{0,60}") {
        let report = chrono::NaiveDate::from_ymd_opt(2025, 10, 24);
        for text in [words.join(" "), words.concat(), text, likely] {
            let goal = parse_goal(&text);
            for span in goal.unsure.iter().copied().chain([goal.baseline, goal.target].into_iter().flatten().map(|found| found.span)) {
                prop_assert!(text.get(span.start..span.end).is_some_and(|part| !part.is_empty()), "{} {:?}", text, span);
            }
            for unit in [None, unit_named("wcpm"), unit_named("percent")] {
                let described = parse_description(&text, report, unit);
                for point in described.points {
                    prop_assert!(point.value.is_finite() && point.value >= 0.0);
                    prop_assert!(point.date <= report, "{}", text);
                    prop_assert!(!described.unsure.contains(&point.span), "{}", text);
                    prop_assert!(point.span.of(&text).chars().any(char::is_alphanumeric));
                }
            }
        }
    }
}

const WORDS: &[&str] = &[
    "from",
    "to",
    "by",
    "will",
    "read",
    "increase",
    "baseline",
    "goal",
    "of",
    "out",
    "on",
    "in",
    "with",
    "average",
    "wcpm",
    "%",
    "52",
    "10/3",
    "4/5",
    "10/3/25",
    "2025-10-03",
    "Oct",
    "3",
    "80%",
    "60-70%",
    ".",
    ",",
    ":",
    "(",
    ")",
    "trials",
    "four",
    "five",
    "or",
    "fewer",
    "errors",
    "consecutive",
    "sessions",
    "minutes",
    "2:30",
    "~60",
    "~ ",
    "3rd",
    "é",
    "’",
    "May",
    "2026",
    "=",
    "/",
    "-",
    "no",
    "more",
    "than",
    "currently",
    "1.",
    "<",
    "$5",
];

#[test]
fn goal_sentences() {
    check_goals(include_str!("data/goals.tsv"));
}

#[test]
fn goal_sentences_of_the_second_corpus() {
    check_goals(include_str!("data/goals2.tsv"));
}

#[test]
fn goal_sentences_of_the_third_corpus() {
    check_goals(include_str!("data/goals3.tsv"));
}

#[test]
fn report_descriptions() {
    check_descriptions(include_str!("data/descriptions.tsv"));
}

#[test]
fn report_descriptions_of_the_second_corpus() {
    check_descriptions(include_str!("data/descriptions2.tsv"));
}

#[test]
fn report_descriptions_of_the_third_corpus() {
    check_descriptions(include_str!("data/descriptions3.tsv"));
}

#[test]
fn report_descriptions_of_the_fourth_corpus() {
    check_descriptions(include_str!("data/descriptions4.tsv"));
}
