//! A mapping profile to start from: what is sure as lines that count, what is not as lines to be confirmed.

use std::fmt::Write as _;

use aimline_model::place;
use aimline_model::staged::Field;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::build::draft::{DraftColumn, draft};
use crate::grid::{HeadRow, Sheet};
use crate::matching::How;
use crate::plan::{ColumnRole, Plan, Stop};
use crate::profile::{MapProfile, Profile};
use crate::synonyms::label;
use crate::title::plain;

/// The sheet that a profile is to be suggested for.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Which sheet it is.
    pub sheet: Sheet<'a>,
    /// The file has other sheets too.
    pub one_of_several: bool,
    /// Its first rows.
    pub head: &'a [HeadRow],
    /// There are more.
    pub more_rows: bool,
    /// The profile that is used for it now.
    pub now: Option<&'a MapProfile>,
}

/// So many titles or columns are named where there may be very many.
const NAMED: usize = 6;

/// A line of `[map.columns]`.
struct Line {
    key: String,
    value: String,
    remark: String,
    /// The line counts; else it waits for a person.
    sure: bool,
}

/// Writes a profile for a sheet. Where all was sure, it gives what the sheet gives without it; a sheet that is stopped
/// stays stopped until a person has confirmed something.
#[must_use]
pub fn suggest(question: &Question<'_>) -> String {
    let Question { sheet, head, more_rows, now, .. } = *question;
    let planned = crate::plan(&sheet, head, more_rows, now);
    let mut lines = match &planned {
        Ok(plan) => known(plan),
        Err(_) => asked(question),
    };
    let mut row = None;
    let mut text = written(question, &planned, &lines, row);
    if !keeps(question, &planned, &text) {
        // Titles in several rows, or data that repeats a title: then the row must be said.
        row = planned.as_ref().ok().and_then(Plan::title_rows).map(|(_, last)| last);
        text = written(question, &planned, &lines, row);
    }
    if !keeps(question, &planned, &text) {
        lines.iter_mut().for_each(|line| line.sure = false);
        text = written(question, &planned, &lines, None);
    }
    text
}

/// True when a profile changes nothing.
fn keeps(question: &Question<'_>, planned: &Result<Plan, Stop>, text: &str) -> bool {
    let Ok(profile) = Profile::parse(text) else { return false };
    let again = crate::plan(&question.sheet, question.head, question.more_rows, Some(&profile.map));
    match (planned, &again) {
        (Ok(before), Ok(after)) => profile.fits(&question.sheet, question.head) && same(before, after),
        (Err(_), Err(_)) => true,
        _ => false,
    }
}

fn same(one: &Plan, other: &Plan) -> bool {
    let (ours, theirs) = (one.parts(), other.parts());
    ours.len() == theirs.len()
        && ours.iter().zip(&theirs).all(|(our, their)| {
            our.from == their.from
                && match (our.plan, their.plan) {
                    (Ok(our), Ok(their)) => same_table(our, their),
                    (Err(our), Err(their)) => our.code == their.code,
                    _ => false,
                }
        })
}

fn same_table(one: &Plan, other: &Plan) -> bool {
    let roles = |plan: &Plan| plan.columns.iter().map(|column| (column.role, column.unit.clone())).collect::<Vec<_>>();
    let says = |plan: &Plan| {
        let value = |value: &crate::plan::ValueColumn| {
            let said: Vec<_> = value.says.iter().map(|said| (said.field, said.text.clone(), said.kind)).collect();
            (value.column, said, value.reads.clone(), value.own_date, value.marks.clone())
        };
        plan.values.iter().map(value).collect::<Vec<_>>()
    };
    let constants = |plan: &Plan| plan.constants.iter().map(|said| (said.field, said.text.clone())).collect::<Vec<_>>();
    one.layout == other.layout
        && (one.header_top, one.header_row) == (other.header_top, other.header_row)
        && roles(one) == roles(other)
        && says(one) == says(other)
        && constants(one) == constants(other)
}

/// How often each title stands there.
fn counted<'a>(titles: impl Iterator<Item = &'a str>) -> FxHashMap<&'a str, usize> {
    let mut counts = FxHashMap::default();
    titles.for_each(|title| *counts.entry(title.trim()).or_default() += 1);
    counts
}

/// The name by which a profile calls a column.
fn key(column: usize, title: &str, titles: &FxHashMap<&str, usize>) -> String {
    let title = title.trim();
    let once = titles.get(title) == Some(&1);
    if title.is_empty() || plain(title).is_empty() || !once {
        format!("column {}", place::column_letters(column))
    } else {
        title.to_owned()
    }
}

fn percent(score: f64) -> String {
    format!("{:.0} %", (score * 100.0).floor())
}

fn known(plan: &Plan) -> Vec<Line> {
    let titles = counted(plan.columns.iter().map(|column| column.title.as_str()));
    let mut lines = Vec::new();
    for column in &plan.columns {
        if column.title.is_empty() && !column.has_data {
            continue;
        }
        let key = key(usize::from(column.column), &column.title, &titles);
        let line = |value: &str, remark: String, sure: bool| Line { key: key.clone(), value: value.to_owned(), remark, sure };
        lines.push(match (column.role, &column.group) {
            (ColumnRole::Field(field), None) => {
                let remark = match column.how {
                    How::Synonym => "sure: a known title".to_owned(),
                    How::Similar => {
                        format!("sure: resembles \"{}\" ({})", label(field), percent(f64::from(column.score)))
                    }
                    How::Profile => "said by the profile that is used now".to_owned(),
                    _ => "sure: by its title and its values".to_owned(),
                };
                line(field.name(), remark, true)
            }
            (ColumnRole::Field(field), Some(group)) => {
                line(field.name(), format!("found by itself, in the group \"{group}\"; a line here would take it out"), false)
            }
            (ColumnRole::Value, Some(group)) => {
                line("unused", format!("found by itself: the score of the group \"{group}\""), false)
            }
            (ColumnRole::Value, None) => line("unused", "found by itself: a column of scores".to_owned(), false),
            (ColumnRole::Trial, _) => line("unused", "found by itself: marks of single trials".to_owned(), false),
            (ColumnRole::Attribute, _) => line("unused", "not used: it is about a score, and no score itself".to_owned(), false),
            (ColumnRole::Unused, _) if column.how == How::Profile => {
                line("unused", "said by the profile that is used now".to_owned(), true)
            }
            (ColumnRole::Unused, _) => line("unused", "not used: nothing is known of this title".to_owned(), false),
        });
    }
    lines
}

fn asked(question: &Question<'_>) -> Vec<Line> {
    let drawn = draft(&question.sheet, question.head, question.now);
    let titles = counted(drawn.columns.iter().map(|column| column.title.as_str()));
    let mut claims: FxHashMap<Field, Vec<usize>> = FxHashMap::default();
    for column in &drawn.columns {
        column.field.into_iter().for_each(|field| claims.entry(field).or_default().push(column.column));
    }
    let mut lines = Vec::new();
    for column in drawn.columns.iter().filter(|column| !column.title.is_empty() || column.filled > 0) {
        let key = key(column.column, &column.title, &titles);
        let same = column.field.and_then(|field| claims.get(&field)).map_or(&[][..], Vec::as_slice);
        let rivals = same.iter().filter(|other| **other != column.column);
        lines.push(match column.field {
            Some(field) if same.len() < 2 => {
                let remark = match column.how {
                    How::Similar => format!("sure: resembles \"{}\" ({})", label(field), percent(column.score)),
                    How::Profile => "said by the profile that is used now".to_owned(),
                    How::Synonym => "sure: a known title".to_owned(),
                    _ => "sure: by its title and its values".to_owned(),
                };
                Line { key, value: field.name().to_owned(), remark, sure: !drawn.guessed }
            }
            Some(field) => {
                // Of hundreds with one title, a few are named in each line.
                let named: Vec<String> = rivals.take(NAMED).map(|other| place::column_letters(*other)).collect();
                let more = (same.len() - 1).saturating_sub(NAMED);
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                let named = named.join(", ");
                let remark = format!("UNSURE: column {named}{more} claims the same; keep one, make the other \"unused\"");
                Line { key, value: field.name().to_owned(), remark, sure: false }
            }
            None if column.how == How::Profile => {
                let remark = "said by the profile that is used now".to_owned();
                Line { key, value: "unused".to_owned(), remark, sure: true }
            }
            None => unsure(key, column),
        });
    }
    lines
}

fn unsure(key: String, column: &DraftColumn) -> Line {
    let holds = column.looks.map_or_else(|| "it is empty".to_owned(), |looks| format!("it holds {looks}"));
    let Some((first, resemblance)) = column.candidates.first().copied() else {
        return Line { key, value: "unused".to_owned(), remark: format!("not used: an unknown title; {holds}"), sure: false };
    };
    let mut remark = match resemblance {
        Some(score) => format!("UNSURE: resembles \"{}\" ({}); {holds}", label(first), percent(score)),
        None => format!("UNSURE: an unknown title; {holds}"),
    };
    let others: Vec<&str> = column.candidates.iter().skip(1).map(|(field, _)| field.name()).collect();
    if !others.is_empty() {
        let _ = write!(remark, "; or {}", others.join(" or "));
    }
    Line { key, value: first.name().to_owned(), remark, sure: false }
}

/// The file name with a star for what changes from month to month.
fn pattern(file: &str) -> String {
    let (stem, end) = file.rsplit_once('.').map_or((file, String::new()), |(stem, end)| (stem, format!(".{end}")));
    let mut made = String::new();
    let mut letters = stem.chars().peekable();
    while let Some(letter) = letters.next() {
        let between = matches!(letter, '-' | '.' | '_' | ' ') && made.ends_with('*');
        if letter.is_ascii_digit() || between && letters.peek().is_some_and(char::is_ascii_digit) {
            if !made.ends_with('*') {
                made.push('*');
            }
        } else {
            // These mean something in a pattern, and `?` fits each letter.
            made.push(if matches!(letter, '*' | '?') { '?' } else { letter });
        }
    }
    if made.trim_matches('*').is_empty() { format!("*{end}") } else { made + &end }
}

fn written(question: &Question<'_>, planned: &Result<Plan, Stop>, lines: &[Line], row: Option<u64>) -> String {
    let mut text = String::new();
    let sheet = &question.sheet;
    let place = if sheet.name.is_empty() { String::new() } else { format!(", sheet {}", one_line(sheet.name)) };
    let _ = writeln!(text, "# A mapping profile for {}{place}, suggested by aimline.", one_line(sheet.file));
    match planned {
        Ok(_) => {
            text.push_str("# The sheet is read without it. A profile freezes what each column means, and a sheet whose columns change then stops.\n");
        }
        Err(stop) => {
            let _ = writeln!(text, "# The sheet stops with {}: {}.", stop.code.id(), stop.code.title());
            let _ = writeln!(text, "#   seen      {}\n#   expected  {}", one_line(&stop.seen), one_line(&stop.expected));
            text.push_str("# Lines that begin with # do not count. Where a line says UNSURE: correct it, and take the # away.\n");
        }
    }
    text.push_str("# Then try it: aimline profile test THIS_FILE THE_RECORDS. All fields: docs/profiles.md.\n\n");
    let _ = writeln!(text, "[match]\nfile = {}", quoted(&pattern(sheet.file)));
    if question.one_of_several {
        let _ = writeln!(text, "sheet = {}", quoted(sheet.name));
    }
    let headers = headers(question, lines);
    if !headers.is_empty() {
        let named: Vec<String> = headers.iter().map(|title| quoted(title)).collect();
        let _ = writeln!(text, "headers = [{}]  # titles that must all stand in one of the first rows", named.join(", "));
    }
    text.push_str("\n[map]\n");
    match (planned, row) {
        (_, Some(row)) => {
            let _ = writeln!(text, "header_row = {row}");
        }
        (Ok(plan), None) => {
            let _ = writeln!(text, "# header_row = {}    # found by itself", plan.header_row());
        }
        (Err(_), None) => {
            let drawn = draft(sheet, question.head, question.now);
            let remark = if drawn.guessed { "UNSURE: the first row that could hold titles" } else { "found by itself" };
            let _ = writeln!(text, "# header_row = {}    # {remark}", drawn.row);
        }
    }
    match planned {
        Ok(plan) => {
            let _ = writeln!(text, "# layout = {}    # found by itself", quoted(plan.layout().as_str()));
        }
        Err(_) => text.push_str(
            "# layout = \"long\"    # long, wide, roster, goal_list, log, screening, assessments or reports; only when it is not found\n",
        ),
    }
    text.push_str("# date_order = \"mdy\"    # mdy, dmy or ymd; only when the dates do not say it\n\n[map.columns]\n");
    let left = |line: &Line| format!("{}{} = {}", if line.sure { "" } else { "# " }, quoted(&line.key), quoted(&line.value));
    let width = lines.iter().map(|line| left(line).chars().count()).filter(|width| *width <= 60).max().unwrap_or(0);
    for line in lines {
        let left = left(line);
        let _ = writeln!(text, "{left:<width$}  # {}", one_line(&line.remark));
    }
    text.push_str("\n[map.all_rows]\n# date = \"2025-09-15\"    # what holds for all rows, where no column says it: date, measure, school_year...\n");
    text.push_str("\n[map.units]\n");
    let scores = lines.iter().find(|line| line.value == Field::Score.name());
    let _ = writeln!(
        text,
        "# {} = \"wcpm\"    # the unit of a column of scores, when nothing says it",
        quoted(scores.map_or("*", |line| line.key.as_str()))
    );
    text
}

/// The titles that tell the sheet: those of sure lines that stand together in one row.
fn headers(question: &Question<'_>, lines: &[Line]) -> Vec<String> {
    let wanted = |line: &&Line| !plain(&line.key).is_empty() && !line.key.starts_with("column ");
    let all: Vec<&Line> = lines.iter().filter(wanted).collect();
    let sure: Vec<&Line> = all.iter().filter(|line| line.sure).copied().collect();
    // Where nothing is sure, the titles as they stand.
    let from = if sure.len() >= 2 { sure } else { all };
    let keys: Vec<(&Line, String)> = from.into_iter().map(|line| (line, plain(&line.key))).collect();
    let row = |row: &HeadRow| -> Vec<&Line> {
        let cells: FxHashSet<String> = row.filled().map(|(_, text)| plain(text)).collect();
        keys.iter().filter(|(_, key)| cells.contains(key)).map(|(line, _)| *line).collect()
    };
    let best = question.head.iter().map(row).fold(Vec::new(), |best, next| if next.len() > best.len() { next } else { best });
    best.into_iter().take(NAMED).map(|line| line.key.clone()).collect()
}

/// A text as a remark of TOML may hold it, where control characters are no letters.
fn one_line(text: &str) -> String {
    let blank = |letter: char| letter.is_whitespace() || letter.is_control();
    text.split(blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A text of TOML.
fn quoted(text: &str) -> String {
    let mut made = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => made.push_str("\\\""),
            '\\' => made.push_str("\\\\"),
            '\n' => made.push_str("\\n"),
            '\t' => made.push_str("\\t"),
            letter if letter.is_control() => {
                let _ = write!(made, "\\u{:04X}", u32::from(letter));
            }
            letter => made.push(letter),
        }
    }
    made.push('"');
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_in_a_file_name_is_a_star() {
        for (file, made) in [
            ("tally.csv", "tally.csv"),
            ("Tally 2025-09-05.xlsx", "Tally *.xlsx"),
            ("0228.xml", "*.xml"),
            ("a?b.csv", "a?b.csv"),
            ("export", "export"),
        ] {
            assert_eq!(pattern(file), made);
        }
    }
}
