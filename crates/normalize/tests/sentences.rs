//! The labelled corpora of goal sentences and report descriptions. What is found must be right; what is missed is counted.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use aimline_normalize::{
    sentence::{DescribedPoint, parse_description, parse_goal},
    units::unit_named,
};

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
            println!("{}\n    expected {:?}\n    found    {:?}", row[6], &row[..6], found.map(|cell| cell.unwrap_or_else(|| "-".to_owned())));
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
        let mut expected: Vec<String> = given(row[2]).map_or_else(Vec::new, |points| points.split("; ").map(str::to_owned).collect());
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

#[test]
fn goal_sentences() {
    let tallies = goals(include_str!("data/goals.tsv"));
    for tally in tallies {
        assert_eq!(tally.wrong(), 0);
        assert!(tally.recall() >= 0.9);
    }
}

#[test]
fn report_descriptions() {
    let tally = descriptions(include_str!("data/descriptions.tsv"));
    assert_eq!(tally.wrong(), 0);
    assert!(tally.recall() >= 0.9);
}

#[test]
fn goal_sentences_unseen() {
    let tallies = goals(include_str!("data/goals2.tsv"));
    for tally in tallies {
        assert_eq!(tally.wrong(), 0);
        assert!(tally.recall() >= 0.8);
    }
}

#[test]
fn report_descriptions_unseen() {
    let tally = descriptions(include_str!("data/descriptions2.tsv"));
    assert_eq!(tally.wrong(), 0);
    assert!(tally.recall() >= 0.8);
}
