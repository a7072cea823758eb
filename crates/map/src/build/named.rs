//! Several scores of a row, each under a title of its own beside the date: measures (`Date | WCPM | Errors`), goals
//! (`Date | Goal 1 | Goal 2`) or children (`Date | Ana Lopez | Ben Ochoa`).

use super::groups::{Group, Groups};
use super::*;
use crate::context::goal_title;
use crate::period::{Period, When};
use crate::shape::surely_person;
use crate::statistic::{Rank, Statistic, end};

/// What a row says of one measure only, and not of all that stand in it.
pub(crate) const ONE: [Field; 7] =
    [Field::Baseline, Field::BaselineDate, Field::Target, Field::Criterion, Field::Unit, Field::Level, Field::Direction];

/// What the titles of the scores are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    Measures,
    Goals,
    Children,
}

impl Builder<'_> {
    /// The scores of a row that each have a name of their own; none when there is no date or number of a session for them.
    ///
    /// # Errors
    /// When the row says a target or a baseline, and two of the scores may be meant.
    pub(super) fn named(&self) -> Result<Option<Groups>, Stop> {
        let winners = self.winners();
        let has = |field: Field| winners[field as usize].is_some();
        if !has(Field::Date) && !has(Field::Session) || has(Field::Correct) || has(Field::Trials) {
            return Ok(None);
        }
        if let Some(goals) = self.goals_across().filter(|_| !has(Field::Score)) {
            return Ok(Some(self.named_groups(&goals, Names::Goals, None)));
        }
        if let Some(children) = self.children_across().filter(|_| !has(Field::Score)) {
            return Ok(Some(self.named_groups(&children, Names::Children, None)));
        }
        let measures = self.measures_across(&winners);
        if measures.len() < 2 {
            return Ok(None);
        }
        let titled: Vec<usize> = measures.iter().copied().filter(|at| self.cols[*at].field() == Some(Field::Score)).collect();
        // A target belongs to one of them.
        if let ([one, other, ..], true) = (titled.as_slice(), ONE.iter().any(|field| has(*field) || self.says(*field))) {
            return Err(self.whose_target(*one, *other));
        }
        Ok(Some(self.named_groups(&measures, Names::Measures, titled.first().copied())))
    }

    /// The surroundings or a profile say this field.
    fn says(&self, field: Field) -> bool {
        self.stated.contains(&field) || self.around.said.iter().any(|said| said.field == Some(field))
    }

    /// Columns that hold scores and have no other meaning.
    fn open_scores(&self) -> impl Iterator<Item = &Col> {
        self.cols.iter().filter(|col| {
            let free = col.claim.is_none_or(|claim| claim.weak && claim.field == Field::Score || claim.how == How::Similar);
            free && !col.settled && !col.title.is_empty() && col.date.is_none() && col.shape.scores()
        })
    }

    fn goals_across(&self) -> Option<Vec<usize>> {
        let rows_say = self.cols.iter().any(|col| {
            // "Goal 1" itself resembles the title of a goal's number.
            col.field().is_some_and(|field| GOAL.contains(&field)) && goal_title(&col.title).is_none()
        });
        let goals: Vec<(usize, &str)> = self
            .cols
            .iter()
            .filter(|col| !col.settled && col.shape.scores() && col.claim.is_none_or(|claim| GOAL.contains(&claim.field)))
            .filter_map(|col| Some((col.column, goal_title(&col.title)?.0)))
            .collect();
        let numbers: BTreeSet<&str> = goals.iter().map(|(_, number)| *number).collect();
        let fits = goals.len() >= 2 && numbers.len() == goals.len() && !rows_say;
        fits.then(|| goals.into_iter().map(|(at, _)| at).collect())
    }

    /// All scores stand under names of people, and nothing else says who the child is. Without a goal above the table that
    /// would be a guess: `Hand Raising` has the shape of a name too.
    fn children_across(&self) -> Option<Vec<usize>> {
        let student = |field: Option<Field>| field.is_some_and(|field| STUDENT.contains(&field));
        let goal = self.around.said.iter().any(|said| said.field.is_some_and(|field| GOAL.contains(&field)))
            || context::of_name(self.sheet.name, "").iter().any(|said| said.field == Some(Field::GoalNumber));
        let said = self.cols.iter().any(|col| student(col.field()))
            || STUDENT.iter().any(|field| self.says(*field))
            || !matches!(self.around.person(), Ok(None))
            || context::of_name(self.sheet.name, "").iter().any(|said| student(said.field));
        if said || !goal {
            return None;
        }
        let scores: Vec<&Col> = self.open_scores().collect();
        let names: BTreeSet<String> = scores.iter().map(|col| plain(&col.title)).collect();
        let fits = scores.len() >= 2 && names.len() == scores.len() && scores.iter().all(|col| surely_person(&col.title));
        fits.then(|| scores.into_iter().map(|col| col.column).collect())
    }

    /// Columns of measures with names of their own. "Score" beside "Percent" is one score on two scales, and 88 beside a
    /// measure that the row names may be anything.
    fn measures_across(&self, winners: &Winners) -> Vec<usize> {
        let Some(winner) = winners[Field::Score as usize].map(|at| &self.cols[at]) else { return Vec::new() };
        if winner.settled || winner.claim.is_none_or(|claim| !claim.weak) || winners[Field::Measure as usize].is_some() {
            return Vec::new();
        }
        let open: Vec<&Col> = self.open_scores().filter(|col| is_measure(col)).collect();
        let rated = open.iter().any(|col| is_specific(col));
        let titles: BTreeSet<&str> = open.iter().map(|col| col.norm.whole.as_str()).collect();
        let all: Vec<usize> = open.iter().map(|col| col.column).collect();
        if rated && titles.len() == all.len() && all.contains(&winner.column) { all } else { Vec::new() }
    }

    fn whose_target(&self, one: usize, other: usize) -> Stop {
        stop(
            Code::H003,
            self.at(self.cols[other].column),
            format!("{} and {}", self.cols[one].name(), self.cols[other].name()),
            "one column of scores where the row or the text above says a target, a baseline or a unit".to_owned(),
            "Say in a mapping profile which one is \"score\", and make the others \"unused\".".to_owned(),
        )
    }

    fn named_groups(&self, columns: &[usize], names: Names, main: Option<usize>) -> Groups {
        let group = |at: &usize| {
            let col = &self.cols[*at];
            let found = end(&col.title);
            let rank = if let Statistic::Score(rank) = found.statistic { rank } else { Rank::Score };
            Group {
                period: Period { text: String::new(), name: String::new(), when: When::Never },
                measure: bare_title(&col.title).to_owned(),
                score: *at,
                trials: None,
                date: None,
                own_date: false,
                level: None,
                others: Vec::new(),
                name: if found.measure.is_empty() { bare_title(&col.title).to_owned() } else { found.name },
                rank: if names == Names::Measures { rank } else { Rank::Score },
                named: match names {
                    Names::Measures => Some(Field::Measure),
                    Names::Children => Some(Field::StudentName),
                    Names::Goals => None,
                },
                person: None,
                bare: names == Names::Measures && main != Some(*at),
            }
        };
        Groups { list: columns.iter().map(group).collect(), attributes: Vec::new(), trials: false, names: Some(names) }
    }

    /// Says that the scores of a row have names of their own.
    pub(super) fn note_named(&self, groups: &Groups, names: Names) -> Note {
        const NAMED: usize = 8;
        let titles: Vec<String> =
            groups.list.iter().take(NAMED).map(|group| format!("\"{}\"", short(&self.cols[group.score].title))).collect();
        let (what, one) = match names {
            Names::Measures => ("a measure", groups.list.iter().find(|group| !group.bare)),
            Names::Goals => ("a goal", None),
            Names::Children => ("a child", None),
        };
        let has = |field: &Field| self.cols.iter().any(|col| col.field() == Some(*field)) || self.says(*field);
        let target = one.filter(|_| ONE.iter().any(has)).map_or_else(String::new, |one| {
            format!("; target, baseline and unit are those of \"{}\"", short(&self.cols[one.score].title))
        });
        Note {
            code: Code::H011,
            locator: self.here(),
            seen: format!("each of {} is {what}{target}", titles.join(", ")),
            expected: String::new(),
            more: groups.list.len().saturating_sub(NAMED) as u64,
        }
    }
}

/// The title without its unit.
fn bare_title(title: &str) -> &str {
    let title = title.trim();
    match title.strip_suffix(')').and_then(|inner| inner.rfind('(')) {
        Some(open) if !title[..open].trim().is_empty() => title[..open].trim_end(),
        _ => title,
    }
}

/// The title says what is scored: a rate, errors, a known kind of count, or the percent of something.
fn is_measure(col: &Col) -> bool {
    let found = end(&col.title);
    is_specific(col) || found.known && matches!(found.statistic, Statistic::Score(Rank::Percent))
}

/// The title says it without another beside it: "Percent" alone may be that of any score.
fn is_specific(col: &Col) -> bool {
    let found = end(&col.title);
    let counted = unit_of_title(&col.norm.text).is_some_and(|unit| !matches!(unit, "percent" | "count" | "rubric"));
    counted || found.known && matches!(found.statistic, Statistic::Score(Rank::Rate | Rank::Errors))
}
