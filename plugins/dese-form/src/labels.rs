//! The labels of page 1 and of the amendment page, and the headings of the form.

use crate::body::{Cell, Line};
use crate::text::{fold_char, has_box, key, value};

/// What a label of page 1 asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ask {
    StudentId,
    Name,
    /// The title of the form, which may end in the name.
    Title,
    BirthDate,
    Grade,
    District,
    School,
    HomeSchool,
    CaseManager,
    IepType,
    Evaluation,
    PreviousReview,
    ReevaluationDue,
    Meeting,
    Initiation,
    AnnualReview,
    Provided,
    AnnualMeeting,
    AmendmentDate,
    Implementation,
    /// Known, and not kept.
    Other,
}

/// Longer labels stand before those that they contain. `true`: it may stand without a colon.
const LABELS: [(&str, Ask, bool); 55] = [
    ("the individualized education program (iep) for", Ask::Title, true),
    ("the individualized education program for", Ask::Title, true),
    ("parent(s)/legal guardian(s) provided copy of this iep", Ask::Provided, true),
    ("parent(s)/guardian(s) provided copy of this iep", Ask::Provided, true),
    ("date of most recent evaluation/reevaluation", Ask::Evaluation, true),
    ("date of most recent evaluation", Ask::Evaluation, true),
    ("most recent evaluation date", Ask::Evaluation, true),
    ("projected date for next triennial evaluation", Ask::ReevaluationDue, true),
    ("projected date of next triennial evaluation", Ask::ReevaluationDue, true),
    ("date of previous iep review", Ask::PreviousReview, true),
    ("projected date of annual iep review", Ask::AnnualReview, true),
    ("projected date for annual iep review", Ask::AnnualReview, true),
    ("date of annual iep meeting", Ask::AnnualMeeting, true),
    ("date of amendment to the iep", Ask::AmendmentDate, true),
    ("date of implementation", Ask::Implementation, true),
    ("date of iep meeting", Ask::Meeting, true),
    ("iep meeting date", Ask::Meeting, true),
    ("initiation date of iep", Ask::Initiation, true),
    ("iep initiation date", Ask::Initiation, true),
    ("student id #/mosis #", Ask::StudentId, true),
    ("student id #/mosis#", Ask::StudentId, true),
    ("student id # / mosis #", Ask::StudentId, true),
    ("student id#/mosis#", Ask::StudentId, true),
    ("student id/mosis", Ask::StudentId, true),
    ("mosis #", Ask::StudentId, true),
    ("mosis id", Ask::StudentId, true),
    ("mosis", Ask::StudentId, false),
    ("student id #", Ask::StudentId, true),
    ("student id", Ask::StudentId, false),
    ("present grade level", Ask::Grade, true),
    ("grade level", Ask::Grade, false),
    ("resident district home school", Ask::HomeSchool, true),
    ("resident district/home school", Ask::HomeSchool, true),
    ("district/agency name", Ask::District, true),
    ("school name", Ask::School, false),
    ("iep case manager", Ask::CaseManager, true),
    ("case manager phone", Ask::Other, true),
    ("case manager", Ask::CaseManager, false),
    ("iep type", Ask::IepType, true),
    ("birth date", Ask::BirthDate, true),
    ("date of birth", Ask::BirthDate, true),
    ("dob", Ask::BirthDate, false),
    ("student's name", Ask::Name, true),
    ("student name", Ask::Name, true),
    ("name of student", Ask::Name, true),
    ("name", Ask::Name, false),
    ("current address", Ask::Other, true),
    ("address", Ask::Other, false),
    ("phone", Ask::Other, false),
    ("age", Ask::Other, false),
    ("email", Ask::Other, false),
    ("fax", Ask::Other, false),
    ("primary language", Ask::Other, true),
    ("educational decision maker", Ask::Other, true),
    ("participants in iep meeting", Ask::Other, true),
];

/// The labels of a line with the texts that follow them.
pub(crate) fn asks(line: &str) -> Vec<(Ask, String)> {
    let chars: Vec<char> = line.chars().collect();
    let folded: Vec<char> = chars.iter().copied().map(fold_char).collect();
    let mut found: Vec<(usize, usize, Ask)> = Vec::new();
    let mut at = 0;
    while at < folded.len() {
        let fresh = at == 0 || matches!(folded[at - 1], ' ' | '|' | ';' | ',' | '.' | '_' | ')');
        match fresh.then(|| label_at(&folded, at)).flatten() {
            Some((end, ask)) => {
                found.push((at, end, ask));
                at = end;
            }
            None => at += 1,
        }
    }
    let mut out = Vec::with_capacity(found.len());
    for (index, (_, end, ask)) in found.iter().enumerate() {
        let next = found.get(index + 1).map_or(chars.len(), |next| next.0);
        let text: String = chars[*end..next].iter().collect();
        out.push((*ask, value(text.trim()).to_owned()));
    }
    out
}

/// A label that begins at `at`, and where its value begins.
fn label_at(folded: &[char], at: usize) -> Option<(usize, Ask)> {
    for (label, ask, alone) in LABELS {
        // The labels are ASCII.
        let length = label.len();
        if label.as_bytes()[0] as char != folded[at]
            || folded.len() - at < length
            || !label.chars().eq(folded[at..at + length].iter().copied())
        {
            continue;
        }
        let mut end = at + length;
        let skip = |end: usize, wanted: &[char]| end + folded[end..].iter().take_while(|c| wanted.contains(c)).count();
        end = skip(end, &[' ', '*', '#']);
        if folded.get(end) == Some(&'(')
            && let Some(close) = folded[end..].iter().position(|c| *c == ')')
            && close < 24
        {
            end = skip(end + close + 1, &[' ']);
        }
        let colon = folded.get(end) == Some(&':');
        let bare = alone && at == 0 && (end > at + length || end == folded.len() || !folded[end].is_alphanumeric());
        if colon || end == folded.len() && at == 0 || bare && folded.get(end) != Some(&'/') {
            return Some((skip(end, &[':', ' ']), ask));
        }
    }
    None
}

/// Whether a line is itself a label, a heading or a question, so that it is no value of the label before it.
fn is_label(line: &str) -> bool {
    line.ends_with(':') || has_box(line) || !asks(line).is_empty() || section(line).is_some()
}

/// The labels of a row with their values: in the same line, in the next line of the cell, or in the cell to the right.
pub(crate) fn row_asks(cells: &[&Cell]) -> Vec<(Ask, String)> {
    let mut out = Vec::new();
    for (index, cell) in cells.iter().enumerate() {
        let lines: Vec<&Line> = cell.lines().filter(|line| !line.text.is_empty()).collect();
        for (number, line) in lines.iter().enumerate() {
            let mut found = asks(&line.text);
            // Behind the title only its own line can be the name.
            if let Some((ask, value)) = found.last_mut()
                && value.is_empty()
                && *ask != Ask::Title
            {
                let right = || cells.get(index + 1).and_then(|cell| cell.lines().find(|line| !line.text.is_empty()));
                let next = match lines.get(number + 1) {
                    Some(line) => Some(*line),
                    None => right(),
                };
                if let Some(next) = next
                    && !is_label(&next.text)
                {
                    *value = crate::text::value(&next.text).to_owned();
                }
            }
            out.append(&mut found);
        }
    }
    out
}

/// A part of the form, begun by a heading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Section {
    #[default]
    Front,
    Present,
    Special,
    Goals,
    Reporting,
    Services,
    Amendment,
    /// Sections 6 to 8 and the lettered forms.
    After,
}

/// The section that a heading begins.
pub(crate) fn section(line: &str) -> Option<Section> {
    if line.len() > 140 || line.is_empty() || has_box(line) {
        return None;
    }
    let key = key(line);
    let starts = |text: &str| key.starts_with(text);
    Some(match key.as_str() {
        "annual measurable goals" | "annual measurable goal" | "annual goals" | "measurable annual goals" => Section::Goals,
        "reporting progress" => Section::Reporting,
        "service summary" | "services summary" | "summary of services" => Section::Services,
        "iep amendment" | "amendment to the iep" | "iep amendment form" | "individualized education program amendment" => {
            Section::Amendment
        }
        _ if starts("iep goal(s) with objectives/benchmarks") => Section::Goals,
        _ if starts("present level of academic achievement") || starts("present levels of academic") => Section::Present,
        _ if starts("special considerations: federal") || key == "special considerations" => Section::Special,
        _ if starts("transportation as a related service")
            || starts("regular education participation")
            || starts("placement considerations") =>
        {
            Section::After
        }
        _ => {
            let letter = key.strip_prefix("form ")?;
            let mut chars = letter.chars();
            let known = chars.next().is_some_and(|c| ('a'..='g').contains(&c));
            (known && chars.next().is_none_or(|c| !c.is_alphanumeric())).then_some(Section::After)?
        }
    })
}

/// Whether a line belongs to a Missouri form and to no other kind of document.
pub(crate) fn is_of_the_form(line: &str) -> bool {
    if line.is_empty() || line.len() > 200 {
        return false;
    }
    let key = key(line);
    let starts = |text: &str| key.starts_with(text);
    starts("annual goal #")
        || key == "annual measurable goals"
        || starts("the individualized education program (iep) for")
        || starts("date of amendment to the iep")
        || starts("summary statement (select one)")
        || starts("student id #/mosis")
        || starts("projected date of annual iep review")
        || starts("iep goal(s) with objectives/benchmarks")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(line: &str) -> String {
        asks(line).iter().map(|(ask, value)| format!("{ask:?}={value}")).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn labels_of_a_line() {
        for (line, expected) in [
            ("Name: Ana Test", "Name=Ana Test"),
            ("Name: Ana Test Birth Date: 1/2/2014 Age: 11", "Name=Ana Test|BirthDate=1/2/2014|Other=11"),
            ("Birth Date 1/2/2014", "BirthDate=1/2/2014"),
            ("Student ID #/MOSIS#: 0012345678", "StudentId=0012345678"),
            ("Student ID#/MOSIS# 77", "StudentId=77"),
            ("School Name: Oak", "School=Oak"),
            ("Name of Person and Role", ""),
            ("Name/Address", ""),
            ("Case Manager Phone: 1", "Other=1"),
            ("IEP Case Manager: B. Teacher", "CaseManager=B. Teacher"),
            ("Date of IEP Meeting (m/d/y): 9/1/25", "Meeting=9/1/25"),
            ("Initiation Date of IEP: ____", "Initiation="),
            ("THE INDIVIDUALIZED EDUCATION PROGRAM (IEP) FOR: Ana", "Title=Ana"),
            ("The name of the school is Oak", ""),
        ] {
            assert_eq!(show(line), expected, "{line}");
        }
    }

    #[test]
    fn headings() {
        for (line, expected) in [
            ("3. Annual Measurable Goals", Some(Section::Goals)),
            ("Reporting Progress", Some(Section::Reporting)),
            ("☐ Reporting Progress", None),
            ("Form B Extended School Year", Some(Section::After)),
            ("Form and function", None),
            ("2. Special Considerations: Federal and State Requirements", Some(Section::Special)),
            ("Present Level of Academic Achievement and Functional Performance", Some(Section::Present)),
        ] {
            assert_eq!(section(line), expected, "{line}");
        }
    }
}
