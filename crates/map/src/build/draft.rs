//! What is known of the columns of a sheet, also where that does not suffice for a plan.

use super::*;

/// A column of a sheet that may have been stopped.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftColumn {
    /// 0 is A.
    pub column: usize,
    /// The title as typed; empty when there is none.
    pub title: String,
    /// What it is taken for.
    pub field: Option<Field>,
    /// How sure that is, 0 to 1.
    pub score: f64,
    /// How it was found.
    pub how: How,
    /// What it may mean, the likeliest first, when nothing is sure: by its title with the resemblance, else by its values.
    pub candidates: Vec<(Field, Option<f64>)>,
    /// What its cells look like.
    pub looks: Option<&'static str>,
    /// Filled cells among the first rows.
    pub filled: usize,
}

/// The titles of a sheet, and what each may mean.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    /// The row of the titles; 0 when there is none.
    pub row: u64,
    /// No row has known titles; this one is the first that could be one.
    pub guessed: bool,
    /// The columns, from A on.
    pub columns: Vec<DraftColumn>,
}

/// Says what is known of the columns of a sheet.
#[must_use]
pub fn draft(sheet: &Sheet<'_>, head: &[HeadRow], profile: Option<&MapProfile>) -> Draft {
    let head = &head[..head.len().min(NEAR_ROWS)];
    let typed = head.first().is_some_and(HeadRow::is_typed_header);
    let found = header_row(sheet, head, typed, profile).ok().flatten();
    let Some(at) = found.or_else(|| likely(head)) else { return Draft::default() };
    let heading = heading(head, at, typed);
    let above = if typed { &[] } else { &head[..heading.top] };
    let built = Builder::new(sheet, &heading, head, above, typed, profile)
        .or_else(|_| Builder::new(sheet, &heading, head, above, typed, None));
    let Ok(mut builder) = built else { return Draft::default() };
    builder.settle();
    let taken: Vec<Field> = builder.cols.iter().filter_map(Col::field).collect();
    let columns = builder.cols.iter().map(|col| column(col, &taken)).collect();
    Draft { row: builder.row, guessed: found.is_none(), columns }
}

/// The first row that is as wide as the table and holds no number and no date.
fn likely(head: &[HeadRow]) -> Option<usize> {
    let widest = head.iter().map(|row| row.filled().count()).max()?;
    let words = |row: &HeadRow| {
        row.filled().all(|(column, text)| {
            row.kind(column).eq_ignore_ascii_case(&b't') && date_part(text).is_none() && crate::shape::number(text).is_none()
        })
    };
    head.iter().position(|row| row.filled().count() * 2 > widest && row.filled().count() >= 2 && words(row))
}

fn column(col: &Col, taken: &[Field]) -> DraftColumn {
    let by_title = col.near.map(|(field, score)| (field, Some(score)));
    let mut candidates: Vec<(Field, Option<f64>)> = Vec::new();
    if col.claim.is_none() && col.date.is_none() && !col.settled {
        candidates.extend(by_title);
        for field in by_values(&col.shape) {
            if !taken.contains(field) && candidates.iter().all(|(known, _)| known != field) {
                candidates.push((*field, None));
            }
        }
    }
    DraftColumn {
        column: col.column,
        title: col.title.clone(),
        field: col.field(),
        score: col.claim.map_or(0.0, |claim| claim.score),
        how: col.claim.map_or(if col.settled { How::Profile } else { How::None }, |claim| claim.how),
        candidates,
        looks: looks(&col.shape),
        filled: col.shape.filled,
    }
}

fn looks(shape: &Shape) -> Option<&'static str> {
    if shape.filled == 0 {
        return None;
    }
    Some(if shape.dates() && !shape.numbers() {
        "dates"
    } else if shape.prompts() {
        "prompt levels"
    } else if shape.people() {
        "names of people"
    } else if shape.sentences() {
        "sentences"
    } else if shape.numbers() {
        "numbers"
    } else if shape.scores() {
        "scores"
    } else if shape.ids() {
        "ids"
    } else {
        "texts"
    })
}

fn by_values(shape: &Shape) -> &'static [Field] {
    match looks(shape) {
        Some("dates") => &[Field::Date],
        Some("prompt levels") => &[Field::PromptLevel],
        Some("names of people") => &[Field::StudentName, Field::Staff],
        Some("sentences") => &[Field::GoalText, Field::Note],
        Some("ids") => &[Field::StudentId],
        Some("numbers") if shape.ids() => &[Field::StudentId, Field::Score],
        Some("numbers" | "scores") => &[Field::Score],
        Some("texts") => &[Field::GoalArea, Field::Measure],
        _ => &[],
    }
}
