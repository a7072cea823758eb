//! A whole importer in one file, to be copied. It reads an invented format, progress lines:
//!
//! ```text
//! progress-lines 1
//! student: 00125867; Ana Example
//! goal: 2; Reading fluency; words per minute
//! 2025-10-03 42
//! 2025-10-10 absent
//! ```
//!
//! An importer says what the file says and where, and nothing else. The date and the score stay text, the id keeps its
//! zeros, `absent` is passed on: what they mean is decided in one place for all formats.

use aimline_plugin::{Diagnostic, Error, Host, Importer, Input, Place, Probe, Result, Severity, Table, export_importer};

/// What the first line begins with; the version follows.
const SIGNATURE: &[u8] = b"progress-lines ";

/// Columns of the staged vocabulary; the table's name says what a row is: a `point` is one scored event.
const COLUMNS: [&str; 7] = ["student_id", "student_name", "goal_number", "goal_area", "unit", "date", "score"];

struct Lines;

export_importer!(
    Lines,
    r#"{"name":"template","version":"0.1.0","license":"MIT OR Apache-2.0","formats":["progress lines (an example)"],"signatures":["text"]}"#
);

impl Importer for Lines {
    fn probe(input: &Input<'_>) -> Probe {
        // The content decides, never the name. 90 and up is for a signature that no other format has.
        if input.data.starts_with(SIGNATURE) {
            Probe::yes(90, "progress lines", "begins with progress-lines")
        } else {
            Probe::no()
        }
    }

    fn import(input: &Input<'_>, host: &mut Host<'_>) -> Result<()> {
        let text = std::str::from_utf8(input.data).map_err(|_| Error::format("the file is not UTF-8 text"))?;
        let mut lines = text.split_inclusive('\n');
        let first = lines.next().unwrap_or("");
        if first.trim_end() != "progress-lines 1" {
            return Err(Error::unsupported("only version 1 of progress lines is read"));
        }
        let points = host.records("point", &COLUMNS)?;
        let mut record = Record::default();
        let mut place = Place { row: 1, ..Place::default() };
        let mut byte = first.len();
        for line in lines {
            place.row += 1;
            place.byte = byte as u64;
            byte += line.len();
            record.line(line.trim(), points, place, host)?;
            // A sign of life now and then; it is also how the host says stop.
            if place.row.is_multiple_of(1000) {
                host.progress(byte as u64)?;
            }
        }
        host.progress(byte as u64)
    }
}

/// What holds for the points that follow.
#[derive(Default)]
struct Record<'a> {
    student: [Option<&'a str>; 2],
    goal: [Option<&'a str>; 3],
}

impl<'a> Record<'a> {
    fn line(&mut self, line: &'a str, points: Table, place: Place<'_>, host: &mut Host<'_>) -> Result<()> {
        if line.is_empty() {
            return Ok(());
        }
        if let Some(student) = line.strip_prefix("student:") {
            self.student = fields(student);
            self.goal = [None; 3];
        } else if let Some(goal) = line.strip_prefix("goal:") {
            self.goal = fields(goal);
        } else if let Some((date, score)) = line.split_once(' ') {
            let [student_id, name] = self.student;
            let [number, area, unit] = self.goal;
            // The place in the user's words; with the row it is how a person finds this cell again.
            let part = number.map_or_else(String::new, |number| format!("goal {number}"));
            let place = Place { part: &part, ..place };
            host.record(points, place, &[student_id, name, number, area, unit, Some(date), Some(score.trim())])?;
        } else {
            // What cannot be read is said, and the rest goes on.
            let diagnostic = Diagnostic {
                code: "F016",
                severity: Severity::Warning,
                at: "",
                seen: line,
                expected: "a date and a score, or a line that begins with student: or goal:",
                help: "correct the line and run again",
            };
            host.diagnostic(place, diagnostic)?;
        }
        Ok(())
    }
}

/// Parts between semicolons; an empty one is no value.
fn fields<const N: usize>(text: &str) -> [Option<&str>; N] {
    let mut parts = text.split(';').map(str::trim);
    std::array::from_fn(|_| parts.next().filter(|part| !part.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::Lines;
    use aimline_plugin::abi;
    use aimline_plugin::testkit::{import, probe};

    /// Text in, rows out: `line part | cells`.
    #[track_caller]
    fn check(text: &str, expected: &[&str], codes: &[&str]) {
        let recorded = import::<Lines>("x.txt", text.as_bytes());
        assert_eq!(recorded.faults, [""; 0]);
        let rows = recorded.table("point").map_or(&[][..], |table| &table.rows);
        let show = |cell: &Option<String>| cell.as_deref().unwrap_or("~").to_owned();
        let rows: Vec<String> = rows
            .iter()
            .map(|row| format!("{} {} | {}", row.row, row.part, row.cells.iter().map(show).collect::<Vec<_>>().join("|")))
            .collect();
        assert_eq!(rows, expected);
        assert_eq!(recorded.codes(), codes);
    }

    #[test]
    fn points() {
        check(
            "progress-lines 1\nstudent: 00125867; Ana Example\ngoal: 2; Reading fluency; words per minute\n2025-10-03 42\n\n2025-10-10 absent\n",
            &[
                "4 goal 2 | 00125867|Ana Example|2|Reading fluency|words per minute|2025-10-03|42",
                "6 goal 2 | 00125867|Ana Example|2|Reading fluency|words per minute|2025-10-10|absent",
            ],
            &[],
        );
        check("progress-lines 1\nstudent: 7\n10/3 4/5", &["3  | 7|~|~|~|~|10/3|4/5"], &[]);
        check("progress-lines 1\nwhat\nstudent: 7\n10/3 4/5", &["4  | 7|~|~|~|~|10/3|4/5"], &["F016"]);
        check("progress-lines 1", &[], &[]);
    }

    #[test]
    fn what_it_claims() {
        for (data, confidence) in [("progress-lines 1\n", 90), ("progress", 0), ("id,score\n", 0), ("", 0)] {
            assert_eq!(probe::<Lines>("x.txt", data.as_bytes()).map(|probe| probe.confidence), Ok(confidence), "{data}");
        }
    }

    #[test]
    fn what_it_refuses() {
        for (data, status) in [(&b"progress-lines 2\n"[..], abi::UNSUPPORTED), (b"progress-lines 1\n\xff", abi::FORMAT)] {
            assert_eq!(import::<Lines>("x.txt", data).result.map_err(|error| error.status), Err(status));
        }
    }
}
