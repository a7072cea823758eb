//! What stands above a table: titles, and labels with their values (`Student: Ana Lopez`, `Goal #` | `2`).

use aimline_model::place;
use aimline_model::staged::Field;

use crate::grid::{HeadRow, Sheet};
use crate::matching::exact;
use crate::shape::{Shape, is_area, is_id, is_person, is_school_talk, number};
use crate::synonyms::is_unit;
use crate::title::{normalize, plain};

/// A text beside a table that says something about all of its rows, or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// What it says; none when it means nothing to the records.
    pub field: Option<Field>,
    /// The value, or the whole text when it means nothing.
    pub text: String,
    /// Where it stands.
    pub place: String,
    /// Kind letter of its cell.
    pub kind: u8,
}

/// What was found beside the table, before it is known what is needed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Surroundings {
    /// Labelled values and titles with a goal's number.
    pub(crate) said: Vec<Context>,
    /// Titles without a label.
    pub(crate) titles: Vec<Context>,
    /// Labelled values that say nothing about all rows (`Teacher: M. Chen`).
    pub(crate) others: Vec<Context>,
}

/// Which labelled values may hold for a whole table.
pub(crate) fn allowed(field: Field) -> bool {
    field <= Field::CaseManager && field != Field::MiddleName
        || matches!(
            field,
            Field::GoalNumber
                | Field::GoalArea
                | Field::GoalText
                | Field::GoalBegin
                | Field::GoalEnd
                | Field::Baseline
                | Field::BaselineDate
        )
        || matches!(
            field,
            Field::Target
                | Field::TargetDate
                | Field::Criterion
                | Field::Measure
                | Field::Unit
                | Field::Level
                | Field::Direction
                | Field::Phase
        )
}

/// The field of a label: `Student:`, `Goal #`.
pub(crate) fn label(text: &str) -> Option<Field> {
    if text.len() > 48 { None } else { exact(&normalize(text)).map(|claim| claim.field) }
}

/// True when somebody may be called so. A title beside "Name", as "Goal 1: sight words", is nobody.
fn may_be_called(text: &str) -> bool {
    let begins = text.split([':', '-', '–']).next().unwrap_or(text);
    !text.contains(':') && goal_number(begins).is_none() && !is_school_talk(text) && text.split_whitespace().count() <= 8
}

/// Reads the rows above the header.
pub(crate) fn read(sheet: &Sheet<'_>, rows: &[HeadRow]) -> Surroundings {
    let mut found = Surroundings::default();
    for row in rows {
        let cells: Vec<(usize, &str)> = row.filled().collect();
        let mut at = 0;
        while at < cells.len() {
            let (column, text) = cells[at];
            let place = place::cell(sheet.name, column, row.number);
            let kind = row.kind(column);
            at += 1;
            // A label in one cell, its value in the next.
            if let Some(field) = label(text)
                && let Some((value_column, value)) = cells.get(at)
                && !value.ends_with(':')
                && (field != Field::StudentName || may_be_called(value))
                && (text.ends_with(':')
                    || label(value).is_none()
                    || (cells.len() == 2 && matches!(field, Field::Unit | Field::Measure)))
            {
                at += 1;
                let place = place::cell(sheet.name, *value_column, row.number);
                if allowed(field) {
                    found.say(field, value, row.kind(*value_column), place);
                } else {
                    found.others.push(Context { field: None, text: format!("{text} {value}"), place, kind });
                }
                continue;
            }
            for part in text
                .split(['\n', ';', '|', '\t'])
                .flat_map(|part| part.split("   "))
                .map(str::trim)
                .filter(|part| !part.is_empty())
            {
                found.part(part, kind, &place);
            }
        }
    }
    found
}

/// The children that the last row names, each over the columns of its own: `Student: Ana Lopez | | | Student: Ben Ochoa`.
pub(crate) fn people(rows: &[HeadRow]) -> Vec<(usize, String)> {
    let named = |(column, text): (usize, &str)| {
        let (label_text, name) = text.split_once(':')?;
        let name = name.trim();
        let student = label(label_text) == Some(Field::StudentName) && !name.is_empty() && may_be_called(name);
        student.then(|| (column, name.to_owned()))
    };
    rows.last().map_or_else(Vec::new, |row| row.filled().filter_map(named).collect())
}

impl Surroundings {
    fn part(&mut self, part: &str, kind: u8, place: &str) {
        let labelled = part.split_once(':').or_else(|| part.split_once(" – ")).map(|(name, value)| (name.trim(), value.trim()));
        if let Some((name, value)) = labelled.filter(|(_, value)| !value.is_empty())
            && let Some(field) = label(name).filter(|field| *field != Field::StudentName || may_be_called(value))
        {
            if allowed(field) {
                self.say(field, value, kind, place.to_owned());
            } else {
                self.others.push(Context { field: None, text: part.to_owned(), place: place.to_owned(), kind });
            }
            return;
        }
        if let Some((number, text)) = goal_title(part) {
            self.say(Field::GoalNumber, number, kind, place.to_owned());
            if !text.is_empty() {
                let field = if is_unit(text) { Field::Unit } else { Field::GoalText };
                self.say(field, text, kind, place.to_owned());
            }
            return;
        }
        let sentence = part.split_whitespace().count() >= 6 && plain(part).split(' ').any(|word| word == "will");
        if sentence {
            return self.say(Field::GoalText, part, kind, place.to_owned());
        }
        self.titles.push(Context { field: None, text: part.to_owned(), place: place.to_owned(), kind });
    }

    fn say(&mut self, field: Field, text: &str, kind: u8, place: String) {
        let mut shape = Shape::default();
        shape.add(text, kind);
        let field = match field {
            Field::StudentName if is_id(text) && text.bytes().filter(u8::is_ascii_digit).count() * 2 > text.len() => {
                Field::StudentId
            }
            Field::GoalNumber if shape.sentences() => Field::GoalText,
            Field::GoalNumber if number(text).is_some() && shape.large() => Field::Target,
            Field::GoalNumber if !text.bytes().any(|byte| byte.is_ascii_digit()) => {
                if is_area(text) || text.split_whitespace().count() <= 3 { Field::GoalArea } else { Field::GoalText }
            }
            Field::GoalNumber if text.len() > 24 => Field::GoalText,
            Field::GoalText if number(text).is_some() => {
                if shape.large() {
                    Field::Target
                } else {
                    Field::GoalNumber
                }
            }
            Field::Criterion if number(text).is_some() => Field::Target,
            Field::Target if shape.sentences() => Field::Criterion,
            field => field,
        };
        // "Ana Lopez (123456)"
        if field == Field::StudentName
            && let Some((name, id)) = text.strip_suffix(')').and_then(|text| text.rsplit_once('('))
            && is_id(id.trim())
            && !name.trim().is_empty()
        {
            self.said.push(Context { field: Some(Field::StudentName), text: name.trim().to_owned(), place: place.clone(), kind });
            self.said.push(Context { field: Some(Field::StudentId), text: id.trim().to_owned(), place, kind });
            return;
        }
        self.said.push(Context { field: Some(field), text: text.to_owned(), place, kind });
    }

    /// The one person that the titles name; more than one are an error.
    pub(crate) fn person(&self) -> Result<Option<Context>, Vec<String>> {
        let mut people: Vec<Context> = Vec::new();
        for title in &self.titles {
            if let Some(name) = person_in(&title.text)
                && people.iter().all(|person| plain(&person.text) != plain(name))
            {
                people.push(Context { field: Some(Field::StudentName), text: name.to_owned(), ..title.clone() });
            }
        }
        if people.len() > 1 { Err(people.into_iter().map(|person| person.text).collect()) } else { Ok(people.pop()) }
    }
}

/// The number in `Goal 2`, `Meta #3`, `G1`, `Goal 2.1`.
pub(crate) fn goal_number(text: &str) -> Option<&str> {
    let text = text.trim();
    let start = text.find(|letter: char| letter.is_ascii_digit())?;
    let (before, number) = text.split_at(start);
    let word = plain(before);
    let word = word.strip_suffix(" number").or(word.strip_suffix(" no")).or(word.strip_suffix(" numero")).unwrap_or(&word);
    let fits = matches!(word, "goal" | "g" | "meta" | "objective" | "objetivo" | "annual goal" | "iep goal");
    let number = number.trim();
    (fits && number.len() <= 5 && number.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.')).then_some(number)
}

/// `Goal 2: sight words`, `Goal 1 - Reading Fluency`, `Goal 3 (WCPM)`: the goal's number, and what is said of it.
pub(crate) fn goal_title(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    if let Some(number) = goal_number(text) {
        return Some((number, ""));
    }
    let bracket = || text.strip_suffix(')').and_then(|inner| inner.split_once(" ("));
    let cuts = [":", " - ", " – ", " — "].into_iter().filter_map(|cut| text.split_once(cut)).chain(bracket());
    cuts.filter_map(|(before, after)| Some((goal_number(before)?, after.trim()))).next()
}

/// The person in `Ana Lopez`, `Ana Lopez - Reading`, `Progress of: Ana Lopez`: one part is a person, and the others are
/// words of schools. `Parent: Ana Lopez` is somebody else.
pub(crate) fn person_in(text: &str) -> Option<&str> {
    let (mut person, mut neutral) = (None, true);
    let parts = text
        .split([':', '–', '—', '|', '/', '_', '(', ')', ';'])
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" for "))
        .flat_map(|part| part.split(" para "))
        .map(str::trim);
    for part in parts.filter(|part| !part.is_empty()) {
        if is_person(part) {
            if person.replace(part).is_some() {
                return None;
            }
        } else {
            neutral &= is_school_talk(part);
        }
    }
    person.filter(|_| neutral)
}

/// What the name of a tab (or of a file with a single table) says: a person, the number of a goal, an area.
pub(crate) fn of_name(name: &str, place: &str) -> Vec<Context> {
    let context = |field, text: &str| Context { field: Some(field), text: text.to_owned(), place: place.to_owned(), kind: b't' };
    let mut said = Vec::new();
    let parts: Vec<&str> = name
        .split(['–', '—', '|', ':', '(', ')'])
        .flat_map(|part| part.split(" - "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    for part in &parts {
        if let Some(number) = goal_number(part) {
            said.push(context(Field::GoalNumber, number));
        } else if is_person(part) {
            said.push(context(Field::StudentName, part));
        } else if is_area(part) && goal_number(name).is_none() {
            said.push(context(Field::GoalArea, part));
        } else if let Some((before, number)) =
            part.match_indices(' ').find_map(|(at, _)| Some((&part[..at], goal_number(&part[at..])?)))
        {
            // "Ana Lopez Goal 2"
            said.push(context(Field::GoalNumber, number));
            if is_person(before) {
                said.push(context(Field::StudentName, before));
            }
        }
    }
    for field in [Field::StudentName, Field::GoalNumber, Field::GoalArea] {
        if said.iter().filter(|context| context.field == Some(field)).count() > 1 {
            said.retain(|context| context.field != Some(field));
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_goals() {
        for (text, number) in
            [("Goal 2", Some("2")), ("Meta #3", Some("3")), ("G1", Some("1")), ("Goal No. 2.1", Some("2.1")), ("Goal", None)]
        {
            assert_eq!(goal_number(text), number, "{text}");
        }
        for text in ["Grade 3", "G", "Goal 2 Reading", "Gaol 2", "2025"] {
            assert_eq!(goal_number(text), None, "{text}");
        }
    }

    #[test]
    fn titles_with_a_person() {
        for text in [
            "Ana Lopez",
            "Progress Monitoring: Ana Lopez",
            "Ana Lopez - Reading Fluency",
            "Oak Hill Elementary - Ana Lopez",
            "Data for Ana Lopez 2025",
        ] {
            let expected = if text.ends_with("2025") { None } else { Some("Ana Lopez") };
            assert_eq!(person_in(text), expected, "{text}");
        }
        for text in
            ["Teacher: Ana Lopez", "Parent: Ana Lopez", "SLP - Ana Lopez", "Ana Lopez / Ben Ochoa", "Prepared by: Ana Lopez"]
        {
            assert_eq!(person_in(text), None, "{text}");
        }
    }

    #[test]
    fn who_may_be_called_so() {
        for (text, expected) in [
            ("Ana Lopez", true),
            ("Lopez, Ana (123456)", true),
            ("A.L.", true),
            ("Goal 1: sight words (0-100)", false),
            ("Goal 2 - math facts", false),
            ("Reading: Fluency", false),
        ] {
            assert_eq!(may_be_called(text), expected, "{text}");
        }
    }

    #[test]
    fn names_of_tabs() {
        let said = |name: &str| -> Vec<(Field, String)> {
            of_name(name, "").into_iter().filter_map(|context| Some((context.field?, context.text))).collect()
        };
        assert_eq!(said("Ana Lopez"), [(Field::StudentName, "Ana Lopez".to_owned())]);
        assert_eq!(said("Goal 2"), [(Field::GoalNumber, "2".to_owned())]);
        assert_eq!(said("Lopez, Ana - G2"), [(Field::StudentName, "Lopez, Ana".to_owned()), (Field::GoalNumber, "2".to_owned())]);
        assert_eq!(said("Ana Lopez Goal 2"), [(Field::GoalNumber, "2".to_owned()), (Field::StudentName, "Ana Lopez".to_owned())]);
        assert_eq!(said("Reading Fluency"), [(Field::GoalArea, "Reading Fluency".to_owned())]);
        for name in ["Sheet1", "Fall 2025", "Data", "Maya", "", "Progress"] {
            assert!(said(name).is_empty(), "{name}");
        }
    }
}
