//! Which layout a table has, and which of its columns hold scores.

use super::*;
use crate::statistic::Rank;

impl Builder<'_> {
    /// The columns with dates as titles, when there are scores under them.
    pub(super) fn wide(&self) -> Vec<usize> {
        let dated: Vec<usize> = (0..self.cols.len()).filter(|at| self.cols[*at].date.is_some()).collect();
        let (mut filled, mut scores) = (0, 0);
        for at in &dated {
            filled += self.cols[*at].shape.filled;
            scores += self.cols[*at].shape.score_cells();
        }
        if dated.len() >= 2 && scores * 2 >= filled { dated } else { Vec::new() }
    }

    /// `Duration (seconds)` is the score where nothing else is one; beside a count it is how long somebody watched.
    pub(super) fn timed(&mut self) {
        let scored = |col: &Col| {
            matches!(col.field(), Some(Field::Score | Field::Correct)) || col.near.is_some_and(|(near, _)| near == Field::Score)
        };
        let fits = |col: &Col| {
            let words = &col.norm.text;
            let timed = ["duration", "time on task", "time engaged", "latency", "duracion"];
            let free = col.claim.is_none() || col.field() == Some(Field::Minutes) && words == "duration";
            let unit = col.norm.unit.as_deref().map(plain);
            let unit =
                unit.is_some_and(|unit| ["second", "sec", "minut", "min", "segundo"].iter().any(|word| unit.starts_with(word)));
            free && !col.settled && unit && timed.iter().any(|word| words.starts_with(word)) && col.shape.scores()
        };
        let found: Vec<usize> = (0..self.cols.len()).filter(|at| fits(&self.cols[*at])).collect();
        if let ([only], false) = (found.as_slice(), self.cols.iter().any(scored)) {
            self.cols[*only].turn(Some(Field::Score), true);
        }
    }

    /// The columns of a screening export that hold scores: their title says so, and so do their cells. Percentiles, levels,
    /// risk bands and errors are attributes of a score and never scores.
    pub(super) fn measured(&self) -> Vec<usize> {
        let attribute = |title: &str| {
            title.split(' ').any(|word| {
                word.starts_with("percentile")
                    || matches!(
                        word,
                        "level" | "levels" | "risk" | "error" | "errors" | "sem" | "growth" | "goal" | "target" | "benchmark"
                    )
            })
        };
        let fits = |at: &usize| {
            let col = &self.cols[*at];
            col.claim.is_none()
                && smells_of_scores(&col.norm.whole)
                && !attribute(&col.norm.whole)
                && col.shape.filled > 0
                && col.shape.score_cells() * 2 > col.shape.filled
        };
        let all: Vec<usize> = (0..self.cols.len()).filter(fits).collect();
        // Two columns with one title would be one measure, and a table of dozens has a date for each group of columns.
        let once = |at: &usize| self.cols.iter().filter(|col| col.title == self.cols[*at].title).count() == 1;
        if (all.len() <= 12 || self.forced) && all.iter().all(once) { all } else { Vec::new() }
    }

    /// Scores of a season or of named measures that are for no goal are a screening; the others are for a goal.
    pub(super) fn group_layout(&self, groups: &Groups, goal: bool) -> Layout {
        let said = self.around.said.iter().any(|said| said.field.is_some_and(|field| GOAL.contains(&field)));
        let tab = context::of_name(self.sheet.name, "").iter().any(|said| said.field == Some(Field::GoalNumber));
        let screening =
            groups.list.iter().any(|group| !group.measure.is_empty() || matches!(group.rank, Rank::Composite | Rank::Scale))
                || self.cols.iter().any(|col| col.field() == Some(Field::Measure));
        if screening && groups.names.is_none() && !goal && !said && !tab && !groups.of_goals() && !groups.of_students() {
            Layout::Screening
        } else {
            Layout::Wide
        }
    }

    pub(super) fn layout(
        &self,
        winners: &Winners,
        values: &[usize],
        student: bool,
        goal: bool,
        forced: Option<Layout>,
    ) -> Result<Layout, Stop> {
        let has = |field: Field| winners[field as usize].is_some();
        let when = has(Field::Date) || has(Field::Session) || self.stated.contains(&Field::Date);
        let score = has(Field::Score) || has(Field::Correct);
        match forced {
            Some(Layout::Long | Layout::Log | Layout::Assessments) if !score => {
                return Err(self.missing(Field::Score, "a column of scores, such as Score", ""));
            }
            Some(Layout::Long | Layout::Log | Layout::Assessments) if !when => {
                return Err(self.missing(Field::Date, "a column with the date of each score, such as Date", ""));
            }
            Some(Layout::Screening) if self.measured().is_empty() => {
                return Err(self.missing(Field::Score, "columns of scores, with Score or the unit in their titles", ""));
            }
            Some(Layout::Screening) if !when => {
                return Err(self.missing(Field::Date, "a column with the date of each score, such as Date", ""));
            }
            Some(Layout::Wide) if values.is_empty() => {
                return Err(self.missing(Field::Date, "two or more columns with a date as their title and scores under it", ""));
            }
            Some(Layout::GoalList) if !goal => {
                return Err(self.missing(Field::GoalText, "a column that names the goal, such as Goal Statement", ""));
            }
            Some(layout) => return Ok(layout),
            None => {}
        }
        if !values.is_empty() {
            return Ok(Layout::Wide);
        }
        if score && when {
            return Ok(Layout::Long);
        }
        if score {
            return Err(self.missing(Field::Date, "a column with the date of each score, such as Date", ""));
        }
        let dated: Vec<&Col> = self.cols.iter().filter(|col| col.date.is_some() && col.shape.filled > 0).collect();
        if dated.len() >= 2 {
            // Marks that are no scores: a list of attendance, or a scale that is not known.
            let seen = format!("{} columns have a date as their title, among them {}", dated.len(), dated[0].name());
            return Err(self.missing(Field::Score, "scores under the dates of the header", &seen));
        }
        let reported = has(Field::ReportCode) || has(Field::Description);
        if goal && reported && (has(Field::ReportDate) || has(Field::ReportPeriod) || has(Field::Date)) {
            return Ok(Layout::Reports);
        }
        // Nothing is called a score. A title that nearly is one must not turn a table of scores into a list of students.
        let goal_facts =
            has(Field::GoalText) || has(Field::Baseline) || has(Field::Target) || has(Field::TargetDate) || has(Field::Criterion);
        if student && has(Field::Date) && !goal && !goal_facts && !self.measured().is_empty() {
            return Ok(Layout::Screening);
        }
        let near =
            |field: Field| self.cols.iter().any(|col| col.near.is_some_and(|(near, _)| near == field) && col.shape.filled > 0);
        let resembling: Vec<&Col> =
            self.cols.iter().filter(|col| col.claim.is_none() && smells_of_scores(&col.norm.whole)).collect();
        let facts = [
            Field::BirthDate,
            Field::District,
            Field::School,
            Field::Grade,
            Field::SchoolYear,
            Field::CaseManager,
            Field::Disability,
            Field::Placement,
            Field::AlternateAssessment,
            Field::EntryDate,
            Field::HasIep,
            Field::StateId,
            Field::LocalId,
            Field::FirstName,
        ]
        .into_iter()
        .filter(|field| has(*field))
        .count();
        let listed = goal && goal_facts && !when;
        let identities = STUDENT.into_iter().filter(|field| has(*field)).count();
        let pointlike = when && (facts < 2 || !resembling.is_empty() || has(Field::Measure));
        let roster = student && (facts >= 1 || identities >= 2) && !goal && !pointlike;
        let unsure = near(Field::Score) && (when || near(Field::Date) || !(listed || facts >= 2));
        let scores = !listed && resembling.len() >= 2 || unsure;
        if scores || !(listed || roster) {
            if !student && !goal && !when && resembling.len() < 2 {
                return Err(self.strange());
            }
            let mut seen = String::new();
            if let Some(first) = resembling.first() {
                let _ = match resembling.len() {
                    1 => write!(seen, "{} resembles a score", first.name()),
                    count => write!(seen, "{count} columns resemble scores, among them {}", first.name()),
                };
            }
            return Err(self.missing(
                Field::Score,
                "a column of scores, such as Score, or dates in the header with scores under them",
                &seen,
            ));
        }
        // A table of goals with dates and scores under titles that nobody knows is no list of goals: its scores would be
        // passed over, row by row.
        let strange: Vec<&Col> = self.cols.iter().filter(|col| col.claim.is_none() && !col.settled).collect();
        let date = strange.iter().find(|col| col.shape.dates());
        // 4/5 may be read as a date, so a column of scores may look like one of dates too.
        let score = strange.iter().find(|col| col.shape.scores() && date.is_none_or(|date| date.column != col.column));
        if let (true, true, Some(date), Some(score)) = (listed, self.repeated, date, score) {
            let seen = format!("{} holds dates and {} holds numbers", date.name(), score.name());
            return Err(self.missing(Field::Score, "titles such as Date and Score over them", &seen));
        }
        Ok(if listed { Layout::GoalList } else { Layout::Roster })
    }
}

/// A title of a screening export that is about scores.
fn smells_of_scores(title: &str) -> bool {
    title.split(' ').any(|word| {
        matches!(
            word,
            "score"
                | "scores"
                | "percentile"
                | "percentiles"
                | "wcpm"
                | "wrc"
                | "wpm"
                | "accuracy"
                | "puntaje"
                | "puntuacion"
                | "correct"
                | "percent"
                | "perc"
                | "corr"
                | "lexile"
                | "quantile"
        )
    })
}
