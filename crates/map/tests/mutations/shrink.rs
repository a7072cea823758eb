//! Makes a failing sheet small: rows, columns and letters go as long as it still fails.

use std::cell::Cell;
use std::panic::{catch_unwind, set_hook, take_hook};
use std::time::{Duration, Instant};

use crate::{Case, check};

/// For so long smaller ones are tried.
const PATIENCE: Duration = Duration::from_secs(60);

thread_local! {
    static BEGUN: Cell<Option<Instant>> = const { Cell::new(None) };
}

fn is_patient() -> bool {
    BEGUN.get().is_some_and(|begun| begun.elapsed() < PATIENCE)
}

fn fails(case: &Case) -> bool {
    is_patient() && catch_unwind(|| check::case(case)).is_err()
}

/// Tries the smaller one, and keeps it when it fails too.
fn smaller(case: &mut Case, make: impl FnOnce(&mut Case)) -> bool {
    let mut other = case.clone();
    make(&mut other);
    let better = other != *case && fails(&other);
    if better {
        *case = other;
    }
    better
}

pub(crate) fn shrink(case: &Case) -> Case {
    let hook = take_hook();
    set_hook(Box::new(|_| {}));
    let mut case = case.clone();
    BEGUN.set(Some(Instant::now()));
    let mut again = true;
    while std::mem::take(&mut again) && is_patient() {
        again |= smaller(&mut case, |case| case.profile = None);
        again |= smaller(&mut case, |case| case.name.clear());
        again |= smaller(&mut case, |case| case.file = "a.csv".to_owned());
        again |= smaller(&mut case, |case| case.rows.iter_mut().for_each(|row| row.kinds.clear()));
        again |= lines(&mut case);
        let mut step = case.rows.len();
        while step > 0 {
            let mut at = 0;
            while at < case.rows.len() {
                let end = (at + step).min(case.rows.len());
                if smaller(&mut case, |case| drop(case.rows.drain(at..end))) {
                    again = true;
                } else {
                    at += step;
                }
            }
            step /= 2;
        }
        again |= columns(&mut case);
        again |= cells(&mut case);
    }
    set_hook(hook);
    case
}

fn lines(case: &mut Case) -> bool {
    let mut any = false;
    let mut at = 0;
    while let Some(count) = case.profile.as_ref().map(|text| text.lines().count()).filter(|count| at < *count) {
        let shorter = |case: &mut Case| {
            let text = case.profile.as_deref().unwrap_or("");
            let kept: Vec<&str> = text.lines().enumerate().filter(|(line, _)| *line != at).map(|(_, line)| line).collect();
            case.profile = Some(kept.join("\n"));
        };
        let better = count > 1 && smaller(case, shorter);
        any |= better;
        at += usize::from(!better);
    }
    any
}

fn columns(case: &mut Case) -> bool {
    let mut any = false;
    let mut step = case.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    while step > 0 {
        let mut at = 0;
        while at < case.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0) {
            let without = |case: &mut Case| {
                for row in &mut case.rows {
                    let end = (at + step).min(row.cells.len());
                    row.cells.drain(at.min(end)..end);
                    let end = (at + step).min(row.kinds.len());
                    row.kinds.drain(at.min(end)..end);
                }
            };
            if smaller(case, without) {
                any = true;
            } else {
                at += step;
            }
        }
        step /= 2;
    }
    any
}

fn cells(case: &mut Case) -> bool {
    let mut any = false;
    for row in 0..case.rows.len() {
        for column in 0..case.rows[row].cells.len().min(64) {
            if smaller(case, |case| case.rows[row].cells[column] = None) {
                any = true;
                continue;
            }
            while let Some(length) =
                case.rows[row].cells[column].as_ref().map(|text| text.chars().count()).filter(|length| *length > 1)
            {
                let half = |case: &mut Case, from: usize, to: usize| {
                    let text = case.rows[row].cells[column].take().unwrap_or_default();
                    case.rows[row].cells[column] = Some(text.chars().skip(from).take(to - from).collect());
                };
                if !(smaller(case, |case| half(case, 0, length / 2)) || smaller(case, |case| half(case, length / 2, length))) {
                    break;
                }
                any = true;
            }
        }
    }
    any
}

/// A case as it is written in `found.rs`.
pub(crate) fn shown(case: &Case) -> String {
    use std::fmt::Write as _;
    let mut text = format!("file {:?}, sheet {:?}\n", case.file, case.name);
    for row in case.rows.iter().take(40) {
        let kinds = String::from_utf8_lossy(&row.kinds);
        let cells: Vec<String> = row
            .cells
            .iter()
            .take(60)
            .map(|cell| cell.as_ref().map_or("-".to_owned(), |text| format!("{:?}", text.chars().take(200).collect::<String>())))
            .collect();
        let _ = writeln!(text, "{} [{kinds}] {}", row.number, cells.join(" | "));
    }
    if let Some(profile) = &case.profile {
        let _ = writeln!(text, "profile:\n{profile}");
    }
    text
}
