//! Places of many points in few words: `Fall.xlsx › Reading › D4:D22`.

use crate::Point;
use aimline_model::place::column_letters;
use std::cmp::Ordering;

/// A cell such as `D14` as column (0 is A) and row.
fn a1(text: &str) -> Option<(usize, u64)> {
    let digits = text.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, row) = text.split_at(digits);
    if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let column = letters.bytes().fold(0, |column, byte| column * 26 + usize::from(byte - b'A') + 1);
    Some((column - 1, row.parse().ok()?))
}

/// File and sheet, and the cell in it.
fn split(locator: &str) -> (&str, &str) {
    locator.rsplit_once(" › ").unwrap_or(("", locator))
}

/// The file with a place in it.
pub(crate) fn full(path: &str, locator: &str) -> String {
    if locator.is_empty() { path.to_owned() } else { format!("{path} › {locator}") }
}

/// The places of points, file by file and sheet by sheet.
pub(crate) fn in_words(points: &[&Point]) -> Vec<String> {
    let mut groups: Vec<(&str, &str, Vec<&str>)> = Vec::new();
    for point in points {
        let (sheet, cell) = split(&point.locator);
        match groups.iter_mut().find(|(path, held, _)| *path == point.source && *held == sheet) {
            Some((_, _, cells)) => cells.push(cell),
            None => groups.push((&point.source, sheet, vec![cell])),
        }
    }
    groups.into_iter().map(|(path, sheet, cells)| full(&full(path, sheet), &range(&cells))).collect()
}

fn range(cells: &[&str]) -> String {
    let [first, .., last] = cells else { return cells.first().copied().unwrap_or_default().to_owned() };
    let Some(parsed) = cells.iter().map(|cell| a1(cell)).collect::<Option<Vec<_>>>() else {
        return if first == last { (*first).to_owned() } else { format!("{first} to {last}") };
    };
    let corner = |pick: fn(usize, usize) -> usize, pick_row: fn(u64, u64) -> u64| {
        parsed.iter().copied().reduce(|a, b| (pick(a.0, b.0), pick_row(a.1, b.1))).unwrap_or_default()
    };
    let (low, high) = (corner(usize::min, u64::min), corner(usize::max, u64::max));
    if low == high {
        (*first).to_owned()
    } else if low.0 == high.0 || low.1 == high.1 {
        format!("{}{}:{}{}", column_letters(low.0), low.1, column_letters(high.0), high.1)
    } else {
        format!("{} cells from {first} to {last}", cells.len())
    }
}

/// Compares places as people count: row 9 comes before row 14.
pub(crate) fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.as_bytes(), b.as_bytes());
    loop {
        let order = match (left.first(), right.first()) {
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let (number, rest) = digits(left);
                let (other, rest_of_other) = digits(right);
                (left, right) = (rest, rest_of_other);
                number.len().cmp(&other.len()).then_with(|| number.cmp(other))
            }
            (Some(x), Some(y)) => {
                (left, right) = (&left[1..], &right[1..]);
                x.cmp(y)
            }
            (None, None) => return a.cmp(b),
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// The leading number, without its zeros, and the rest.
fn digits(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let zeros = number.iter().position(|byte| *byte != b'0').unwrap_or(number.len());
    (&number[zeros..], rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(locators: &[&str], words: &[&str]) {
        let points: Vec<Point> = locators
            .iter()
            .map(|locator| Point {
                date: None,
                session_no: None,
                value: 1.0,
                locator: (*locator).to_owned(),
                source: "Fall.xlsx".to_owned(),
                conflict: false,
            })
            .collect();
        assert_eq!(in_words(&points.iter().collect::<Vec<_>>()), words);
    }

    #[test]
    fn cells_are_collected_into_ranges() {
        check(&["Reading › D4", "Reading › D5", "Reading › D22"], &["Fall.xlsx › Reading › D4:D22"]);
        check(&["C7", "AA7"], &["Fall.xlsx › C7:AA7"]);
        check(&["A › C7", "B › C8"], &["Fall.xlsx › A › C7", "Fall.xlsx › B › C8"]);
        check(&["goal 1 › report 1", "goal 1 › report 3"], &["Fall.xlsx › goal 1 › report 1 to report 3"]);
    }

    #[test]
    fn places_sort_as_people_count() {
        assert_eq!(natural("Speech › row 9", "Speech › row 14"), Ordering::Less);
        assert_eq!(natural("A › D10", "A › D9"), Ordering::Greater);
        assert_eq!(natural("x", "x"), Ordering::Equal);
    }
}
