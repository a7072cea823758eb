//! What a run made of a file, beside what the tables say.

use crate::support::{Ran, Row, Workspace, by, printed};
use std::collections::{BTreeMap, BTreeSet};

/// All differences, each in a line.
pub(super) fn differences(space: &Workspace, name: &str, ran: &Ran, expected: &Row, points: &[Row]) -> Vec<String> {
    let mut found = Vec::new();
    let sources = space.table("dataset/sources");
    let Some(source) = sources.iter().find(|source| source.text("path") == name) else {
        return vec!["the table sources does not name the file".to_owned()];
    };
    let mut count = |what: &str, wanted: &str, got: &str| {
        if !wanted.is_empty() && wanted != got {
            found.push(format!("{what}: {wanted} expected, {got} there"));
        }
    };
    let number = |text: &str| text.parse::<usize>().unwrap();
    let mine: Vec<Row> =
        space.table("dataset/data_points").into_iter().filter(|p| p.text("source_id") == source.text("source_id")).collect();
    let accepted = number(expected.text("points")) + number(expected.text("other"));
    count("students", expected.text("students"), &space.table("dataset/students").len().to_string());
    count("points", expected.text("points"), &mine.len().to_string());
    count("items accepted", &accepted.to_string(), source.text("accepted"));
    for (ours, theirs) in
        [("set_aside", "quarantined"), ("known", "duplicate"), ("skipped", "skipped"), ("unmatched", "unmatched")]
    {
        count(ours, expected.text(ours), source.text(theirs));
    }
    found.extend(codes(ran, expected));
    let stdout = ran.stdout.to_lowercase();
    for words in expected.text("words").split(" | ").filter(|words| !words.is_empty() && !stdout.contains(&words.to_lowercase()))
    {
        found.push(format!("does not say {words:?}"));
    }
    found.extend(compare_points(space, &mine, points));
    found
}

/// Codes that are not said, and those of warnings and errors that should not be.
fn codes(ran: &Ran, expected: &Row) -> Vec<String> {
    let mut found = Vec::new();
    let said = printed(&ran.stdout);
    let wanted: Vec<(&str, &str)> =
        expected.text("codes").split_whitespace().map(|code| code.split_once('@').unwrap_or((code, ""))).collect();
    for (code, cell) in &wanted {
        let there = if cell.is_empty() {
            ran.stdout.contains(&format!("[{code}]: "))
        } else {
            said.iter().any(|(other, place)| other == code && place.rsplit(" › ").next() == Some(cell))
        };
        if !there {
            found.push(format!("does not say {code} {cell}"));
        }
    }
    let surprising = |line: &&str| {
        let code = line.split_once('[').and_then(|(severity, rest)| Some((severity, rest.split_once("]: ")?.0)));
        code.is_some_and(|(severity, code)| {
            let counts =
                matches!(severity, "error" | "warning") || severity == "info" && matches!(code, "D005" | "S008" | "R001");
            counts && wanted.iter().all(|(other, _)| *other != code)
        })
    };
    let mut lines = ran.stdout.lines().peekable();
    let mut told = BTreeSet::new();
    while let Some(line) = lines.next() {
        if surprising(&line) && told.insert(line) {
            found.push(format!("says {line} {}", lines.peek().map_or("", |place| place.trim())));
        }
    }
    found
}

/// What a data point is called by in points.csv: all names of its student and of its goal.
struct Named {
    row: Row,
    measure: Row,
    students: Vec<String>,
    goals: Vec<String>,
}

fn named(space: &Workspace, mine: &[Row]) -> Vec<Named> {
    let (students, goals, measures) =
        (space.table("dataset/students"), space.table("dataset/goals"), space.table("dataset/measures"));
    let (students, goals, measures) = (by(&students, "student_key"), by(&goals, "goal_key"), by(&measures, "measure_key"));
    let none = Row::default();
    let texts = |row: &Row, columns: &[&str]| columns.iter().map(|column| row.text(column).to_owned()).collect::<Vec<_>>();
    let name = |row: &Row| {
        let (first, last) = (row.text("first_name"), row.text("last_name"));
        format!("{first} {last}").trim().to_owned()
    };
    mine.iter()
        .map(|row| {
            let student = students.get(row.text("student_key")).copied().unwrap_or(&none);
            let measure = measures.get(row.text("measure_key")).copied().unwrap_or(&none);
            let goal = goals.get(row.text("goal_key")).copied().unwrap_or(&none);
            let mut who = texts(student, &["state_id", "local_id"]);
            who.push(name(student));
            let mut what = texts(goal, &["number", "area", "statement"]);
            what.push(measure.text("name").to_owned());
            Named { row: row.clone(), measure: measure.clone(), students: who, goals: what }
        })
        .collect()
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok()
}

fn near(one: Option<f64>, other: Option<f64>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if (one - other).abs() < 1e-6) || one.is_none() && other.is_none()
}

impl Named {
    fn shown(&self) -> String {
        let or = |names: &[String]| {
            let filled: Vec<&str> = names.iter().filter(|name| !name.is_empty()).map(String::as_str).collect();
            if filled.is_empty() { "nobody".to_owned() } else { filled.join(" = ") }
        };
        let (row, measure) = (&self.row, &self.measure);
        let when = if row.has("date") { row.text("date").to_owned() } else { format!("session {}", row.text("session_no")) };
        let value = if row.has("denominator") {
            format!("{}/{}", row.text("numerator"), row.text("denominator"))
        } else {
            row.text("value").to_owned()
        };
        format!(
            "{} | {} | {when} {} | {value} {} {} {} | {}",
            or(&self.students),
            or(&self.goals).replace("nobody", "no goal"),
            row.text("date_source"),
            row.text("state"),
            measure.text("unit"),
            row.text("phase"),
            row.text("locator"),
        )
    }

    fn is(&self, point: &Row) -> bool {
        let student = point.text("student");
        let who = match student {
            "" => !self.row.has("student_key"),
            // Whose it is stands in no id; `apart` looks at it.
            apart if apart.starts_with("apart: ") => true,
            student => self.students.iter().any(|name| name == student),
        };
        let goal = point.text("goal");
        who && (goal.is_empty() || self.goals.iter().any(|name| name == goal))
            && self.is_when(point.text("date"))
            && self.is_worth(point)
            && point.text("also").split(';').filter(|part| !part.is_empty()).all(|part| self.has(part))
    }

    fn is_when(&self, when: &str) -> bool {
        let row = &self.row;
        if let Some(session) = when.strip_prefix("session ") {
            return row.text("session_no") == session && !row.has("date") && row.text("date_source") == "ordinal";
        }
        let (day, source) = when.strip_suffix(" period").map_or((when, "stated"), |day| (day, "period"));
        row.text("date") == day && row.text("date_source") == source
    }

    fn is_worth(&self, point: &Row) -> bool {
        let (row, value) = (&self.row, point.text("value"));
        let same = if let Some((correct, trials)) = value.split_once('/') {
            let (correct, trials) = (number(correct), number(trials));
            let share = correct.zip(trials).map(|(correct, trials)| 100.0 * correct / trials);
            near(row.number("numerator"), correct) && near(row.number("denominator"), trials) && near(row.number("value"), share)
        } else {
            near(row.number("value"), number(value))
        };
        same && row.text("state") == point.text("state")
    }

    fn has(&self, part: &str) -> bool {
        let (what, wanted) = part.split_once('=').unwrap();
        let got = match what {
            "unit" => {
                // `percent correct` says a little more than `percent`.
                return self.measure.text("unit") == wanted || self.measure.text("unit") == format!("{wanted} correct");
            }
            "target" => return near(self.measure.number("target_value"), number(wanted)),
            "baseline" => return near(self.measure.number("baseline_value"), number(wanted)),
            "minutes" => return near(self.row.number("exposure_minutes"), number(wanted)),
            "direction" => self.measure.text("direction"),
            "measure" => self.measure.text("name"),
            "phase" => self.row.text("phase"),
            "session" => self.row.text("session_no"),
            "conflict" => self.row.text("conflict"),
            other => panic!("points.csv: {other} is nothing that is looked at"),
        };
        got == wanted
    }
}

fn compare_points(space: &Workspace, mine: &[Row], points: &[Row]) -> Vec<String> {
    let mut left = named(space, mine);
    let mut missing = Vec::new();
    let mut apart: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for point in points {
        if let Some(at) = left.iter().position(|named| named.is(point)) {
            let taken = left.remove(at);
            if let Some(who) = point.text("student").strip_prefix("apart: ")
                && taken.row.has("student_key")
            {
                apart.entry(taken.row.text("student_key").to_owned()).or_default().insert(who.to_owned());
            }
        } else {
            missing.push(["student", "goal", "date", "value", "state", "also"].map(|column| point.text(column)).join(" | "));
        }
    }
    let mut found = Vec::new();
    some(&mut found, "not there", &missing);
    some(&mut found, "there, and not expected", &left.iter().map(Named::shown).collect::<Vec<_>>());
    for together in apart.values().filter(|who| who.len() > 1) {
        found.push(format!("were merged into one student: {}", together.iter().cloned().collect::<Vec<_>>().join(", ")));
    }
    found
}

/// The first few of a list, and how many more there are.
fn some(found: &mut Vec<String>, what: &str, list: &[String]) {
    for line in list.iter().take(3) {
        found.push(format!("{what}: {line}"));
    }
    if list.len() > 3 {
        found.push(format!("{what}: and {} more", list.len() - 3));
    }
}
