//! Columns that repeat by period: `Fall Letter Sounds WRC per minute | Fall Letter Sounds Final Date | Winter …`,
//! `Score 1 | Date 1 | Score 2 | Date 2`, `Date | Score | Date | Score`. Each group is one data point of a row.

use std::collections::BTreeMap;

use super::named::Names;
use super::*;
use crate::period::{self, Period, When};
use crate::shape::{is_area, is_person};
use crate::statistic::{End, Length, Rank, Statistic, end};

/// A group: what a data point is made of.
pub(super) struct Group {
    pub(super) period: Period,
    /// The measure in its titles, as typed; empty when they name none.
    pub(super) measure: String,
    /// The score, or how many were correct.
    pub(super) score: usize,
    /// Of how many; then the score is how many were correct.
    pub(super) trials: Option<usize>,
    pub(super) date: Option<usize>,
    /// The date is this group's alone, so a filled date is an occasion.
    pub(super) own_date: bool,
    pub(super) level: Option<usize>,
    /// What else stands beside the score: a prompt level, minutes.
    pub(super) others: Vec<(usize, Field)>,
    /// The end of the score's title: `WRC per minute`.
    pub(super) name: String,
    pub(super) rank: Rank,
    /// What its name is, where the name alone does not say.
    pub(super) named: Option<Field>,
    /// Whose it is, by a text above it.
    pub(super) person: Option<String>,
    /// What the row says of a target, a baseline or a unit is said of another measure.
    pub(super) bare: bool,
}

impl Group {
    /// `Fall Letter Sounds`.
    pub(super) fn title(&self) -> String {
        format!("{} {}", self.period.name, self.measure).trim().to_owned()
    }
}

impl Group {
    /// All its columns.
    pub(super) fn columns(&self) -> impl Iterator<Item = usize> {
        let own = [Some(self.score), self.trials, self.date, self.level].into_iter().flatten();
        own.chain(self.others.iter().map(|(at, _)| *at))
    }

    /// The fields that it has columns of, beside score and date.
    pub(super) fn fields(&self) -> impl Iterator<Item = Field> {
        let level = self.level.map(|_| Field::Level);
        level.into_iter().chain(self.others.iter().map(|(_, field)| *field))
    }

    /// What the name of a group says: a measure; over a group of its own also a student, or a goal's number or area.
    pub(super) fn names(&self) -> Vec<(Field, &str)> {
        let name = self.measure.as_str();
        if let Some(field) = self.named {
            return vec![(field, name)];
        }
        // "Goal 1: sight words"
        if let (When::Never | When::Day, Some((number, text))) = (self.period.when, context::goal_title(name)) {
            let said = [(Field::GoalNumber, number), (if is_area(text) { Field::GoalArea } else { Field::GoalText }, text)];
            return said.into_iter().filter(|(_, text)| !text.is_empty()).collect();
        }
        let field = match self.period.when {
            When::Never if is_person(name) => Field::StudentName,
            When::Never if is_area(name) => Field::GoalArea,
            _ => Field::Measure,
        };
        vec![(field, name)]
    }
}

/// All groups of a table.
pub(super) struct Groups {
    pub(super) list: Vec<Group>,
    /// Columns that say something about a score and are none.
    pub(super) attributes: Vec<usize>,
    /// The scores are marks of single trials: those of a row are one score.
    pub(super) trials: bool,
    /// The scores have names of their own beside the date.
    pub(super) names: Option<Names>,
}

impl Groups {
    /// True when each group has the name of a student.
    pub(super) fn of_students(&self) -> bool {
        self.list.iter().all(|group| {
            group.person.is_some()
                || group.names().iter().any(|(field, _)| *field == Field::StudentName)
                || group.others.iter().any(|(_, field)| STUDENT.contains(field))
        })
    }

    /// True when a group has the number or area of a goal as its name.
    pub(super) fn of_goals(&self) -> bool {
        self.list.iter().any(|group| {
            group.names().iter().any(|(field, _)| GOAL.contains(field))
                || group.others.iter().any(|(_, field)| GOAL.contains(field))
        })
    }

    /// All columns of groups.
    pub(super) fn members(&self) -> impl Iterator<Item = usize> {
        self.list.iter().flat_map(Group::columns).chain(self.attributes.iter().copied())
    }
}

/// A column whose title has a period.
struct Part {
    at: usize,
    period: Period,
    end: End,
}

impl Builder<'_> {
    /// The groups of the table; none when it has no such columns.
    ///
    /// # Errors
    /// When two columns of a group are its score or its date equally well.
    pub(super) fn groups(&self) -> Result<Option<Groups>, Stop> {
        if !self.wide().is_empty() {
            return Ok(None);
        }
        let mut parts = self.parts(period::split);
        if parts.len() < 2 {
            parts = self.parts(|title| period::split_number(title).filter(|parts| end(&parts.rest).known));
        }
        if parts.len() < 2 {
            parts = self.under_names();
        }
        if parts.len() < 2 {
            parts = self.days_under_goals();
        }
        let named = parts.len() >= 2;
        if !named {
            parts = self.repeated_titles();
        }
        let mut groups = if parts.len() < 2 { None } else { self.grouped(&parts)? };
        if let Some(groups) = groups.as_mut().filter(|_| !named) {
            self.people_over(groups);
        }
        match groups.filter(|groups| self.holds(groups)) {
            None => self.named(),
            groups => Ok(groups),
        }
    }

    /// The columns whose titles have a period, with what is left of the titles.
    fn parts(&self, split: impl Fn(&str) -> Option<period::Parts>) -> Vec<Part> {
        let open = |col: &&Col| {
            let point = |field: Field| field >= Field::Measure && field <= Field::Note;
            !col.settled && !col.title.is_empty() && col.claim.is_none_or(|claim| claim.how == How::Similar || point(claim.field))
        };
        let cols = self.cols.iter().filter(open);
        cols.filter_map(|col| split(&col.title).map(|parts| Part { at: col.column, end: end(&parts.rest), period: parts.period }))
            .collect()
    }

    /// `Reading | | Math | ` over `Date | Score | Date | Score`: groups with a name of their own in a row above.
    fn under_names(&self) -> Vec<Part> {
        let nothing = Period { text: String::new(), name: String::new(), when: When::Never };
        let named = self.grouped.iter().filter(|(at, _, _)| !self.cols[*at].settled);
        let part = |(at, over, own): &(usize, String, String)| {
            let own = end(own);
            let measure = format!("{over} {}", own.measure).trim().to_owned();
            own.known.then(|| Part { at: *at, period: nothing.clone(), end: End { measure, ..own } })
        };
        named.filter_map(part).collect()
    }

    /// `Goal 1 | | Goal 2 | ` over `9/5 | 9/12 | 9/5 | 9/12`.
    fn days_under_goals(&self) -> Vec<Part> {
        let part = |(at, over, own): &(usize, String, String)| {
            context::goal_title(over)?;
            let day = crate::shape::date_part(own)?.to_owned();
            let statistic = Statistic::Score(Rank::Score);
            let end = End { statistic, measure: over.clone(), name: String::new(), known: true };
            Some(Part { at: *at, period: Period { text: day.clone(), name: day, when: When::Day }, end })
        };
        self.grouped.iter().filter(|(at, _, _)| !self.cols[*at].settled).filter_map(part).collect()
    }

    /// `Student: Ana Lopez | | | Student: Ben Ochoa` over two tables beside each other.
    fn people_over(&self, groups: &mut Groups) {
        if self.people.len() < 2 || self.people.len() != groups.list.len() || groups.of_students() {
            return;
        }
        let mut end = 0;
        // Each table has a name over it, and not over the one before.
        for (group, (column, _)) in groups.list.iter().zip(&self.people) {
            let columns: Vec<usize> = group.columns().collect();
            let (first, last) = (columns.iter().min().copied().unwrap_or(0), columns.iter().max().copied().unwrap_or(0));
            if !(end..=first).contains(column) {
                return;
            }
            end = last + 1;
        }
        for (group, (_, name)) in groups.list.iter_mut().zip(&self.people) {
            group.person = Some(name.clone());
        }
    }

    /// `Date | Score | Date | Score` and `Student | Date | Score | | Student | Date | Score`: the same titles in the same
    /// order, again and again, perhaps with blank columns between.
    fn repeated_titles(&self) -> Vec<Part> {
        let plain_of = |at: usize| self.cols.get(at).map_or("", |col| col.norm.whole.as_str());
        let empty = |at: usize| self.cols.get(at).is_none_or(|col| col.title.is_empty() && col.shape.filled == 0);
        for from in 0..self.cols.len() {
            for length in 2..=10 {
                let same = |block: usize| {
                    let at = from + block * length;
                    at < self.cols.len()
                        && (0..length).all(|place| {
                            let (one, other) = (from + place, at + place);
                            plain_of(one) == plain_of(other)
                                && (!plain_of(one).is_empty() || place > 0 && empty(one) && empty(other))
                        })
                };
                if !same(1) {
                    continue;
                }
                let ends: Option<Vec<Option<End>>> = (from..from + length).map(|at| self.block_end(at)).collect();
                let Some(ends) = ends else { continue };
                let holds = |fits: fn(Statistic) -> bool| ends.iter().flatten().any(|end| fits(end.statistic));
                let scored = holds(|end| matches!(end, Statistic::Score(_) | Statistic::Correct));
                if !scored || !holds(|end| end == Statistic::Date) {
                    continue;
                }
                let blocks = 1 + (1..).take_while(|block| same(*block)).count();
                let part = |block: usize, place: usize, end: &End| {
                    let number = (block + 1).to_string();
                    let period = Period { name: number.clone(), text: number, when: When::Session };
                    Part { at: from + block * length + place, period, end: end.clone() }
                };
                return (0..blocks)
                    .flat_map(|block| ends.iter().enumerate().filter_map(move |(place, end)| Some((block, place, end.as_ref()?))))
                    .map(|(block, place, end)| part(block, place, end))
                    .collect();
            }
        }
        Vec::new()
    }

    /// What a column of a block holds: something that is known, or nothing at all.
    #[expect(clippy::option_option, reason = "a blank column is fine, an unknown one is not")]
    fn block_end(&self, at: usize) -> Option<Option<End>> {
        let col = &self.cols[at];
        if col.settled {
            return None;
        }
        if col.title.is_empty() {
            return (col.shape.filled == 0).then_some(None);
        }
        let who = |field: Field| {
            field <= Field::BirthDate
                || field == Field::Grade
                || GOAL.contains(&field)
                || matches!(field, Field::Measure | Field::Unit | Field::Note)
        };
        if let Some(field) = col.field().filter(|field| who(*field)) {
            let name = col.title.clone();
            return Some(Some(End { statistic: Statistic::Beside(field), measure: String::new(), name, known: true }));
        }
        Some(end(&col.title)).filter(|end| end.known).map(Some)
    }

    fn grouped(&self, parts: &[Part]) -> Result<Option<Groups>, Stop> {
        // What is no known end is a measure, when its cells are scores in any of the periods.
        let mut scored: BTreeMap<String, bool> = BTreeMap::new();
        for part in parts.iter().filter(|part| !part.end.known) {
            let shape = self.cols[part.at].shape;
            let all = scored.entry(plain(&part.end.measure)).or_insert(true);
            *all &= shape.filled == 0 || shape.scores();
        }
        for (measure, all) in &mut scored {
            let filled =
                |part: &&Part| !part.end.known && plain(&part.end.measure) == *measure && self.cols[part.at].shape.filled > 0;
            *all &= parts.iter().any(|part| filled(&part));
        }
        let mut keys: Vec<(&Period, String, Vec<&Part>)> = Vec::new();
        let mut places: BTreeMap<(&Period, String), usize> = BTreeMap::new();
        let mut attributes = Vec::new();
        for part in parts {
            let measure = plain(&part.end.measure);
            if !part.end.known && !scored.get(&measure).copied().unwrap_or(false) {
                continue;
            }
            if part.end.statistic == Statistic::Attribute {
                attributes.push(part.at);
                continue;
            }
            let at = *places.entry((&part.period, measure.clone())).or_insert_with(|| {
                keys.push((&part.period, measure, Vec::new()));
                keys.len() - 1
            });
            keys[at].2.push(part);
        }
        let mut list = Vec::new();
        for (period, measure, members) in &keys {
            let shared = keys.iter().find(|(other, name, _)| other == period && name.is_empty()).map(|(_, _, members)| members);
            match self.group(period, members, shared.filter(|_| !measure.is_empty()).map(Vec::as_slice))? {
                Some(group) => list.push(group),
                None => attributes.extend(members.iter().map(|part| part.at)),
            }
        }
        let used = |list: &[Group], at: usize| list.iter().any(|group| group.columns().any(|column| column == at));
        attributes.extend(keys.iter().flat_map(|(_, _, members)| members.iter().map(|part| part.at)));
        // "Error" and "Growth from Fall to Winter" stand between the groups without a period of their own.
        let first = parts.iter().map(|part| part.at).min().unwrap_or(0);
        attributes.extend(self.cols.iter().filter(|col| col.column > first && !col.settled && col.claim.is_none()).filter_map(
            |col| {
                let end = end(&col.title);
                let aside = matches!(end.statistic, Statistic::Attribute | Statistic::Score(Rank::Errors));
                (end.known && aside && !col.title.is_empty()).then_some(col.column)
            },
        ));
        attributes.sort_unstable();
        attributes.dedup();
        attributes.retain(|at| !used(&list, *at));
        list.sort_by_key(|group| group.score);
        let trials = self.are_marks(&list);
        Ok((!list.is_empty()).then_some(Groups { list, attributes, trials, names: None }))
    }

    /// `Trial 1 | Trial 2 | Trial 3` over `+ | - | +`.
    fn are_marks(&self, list: &[Group]) -> bool {
        let numbered = |group: &Group| group.period.when == When::Session && group.date.is_none() && group.measure.is_empty();
        let (mut filled, mut right, mut wrong) = (0, 0, 0);
        for group in list {
            let shape = self.cols[group.score].shape;
            filled += shape.filled;
            right += shape.marks()[0];
            wrong += shape.marks()[1];
        }
        list.len() >= 2 && list.iter().all(numbered) && right > 0 && (right + wrong) * 5 >= filled * 4
    }

    /// Makes a group of its columns; none without a score.
    fn group(&self, period: &Period, members: &[&Part], shared: Option<&[&Part]>) -> Result<Option<Group>, Stop> {
        let of = |statistic: Statistic| members.iter().find(|part| part.end.statistic == statistic).copied();
        let trials = of(Statistic::Trials(Length::Fixed)).map(|part| (part, Rank::OfFixed));
        let trials = trials.or_else(|| of(Statistic::Trials(Length::Reached)).map(|part| (part, Rank::OfReached)));
        let mut scores: Vec<(Rank, &Part)> = members
            .iter()
            .filter_map(|part| match part.end.statistic {
                Statistic::Score(rank) => Some((rank, *part)),
                Statistic::Correct => Some((trials.map_or(Rank::Count, |(_, rank)| rank), *part)),
                _ => None,
            })
            .collect();
        scores.sort_by_key(|(rank, part)| (*rank, part.at));
        let filled = |part: &Part| self.cols[part.at].shape.filled > 0;
        let Some((rank, score)) = scores.first().copied() else { return Ok(None) };
        if let Some((_, rival)) = scores[1..].iter().find(|(other, part)| *other == rank && filled(part) && filled(score)) {
            return Err(self.rivals(score.at, rival.at, Field::Score));
        }
        let dates = |members: &[&Part]| -> Vec<usize> {
            members.iter().filter(|part| part.end.statistic == Statistic::Date).map(|part| part.at).collect()
        };
        let own = dates(members);
        if let [first, second, ..] = own.as_slice()
            && own.iter().filter(|at| self.cols[**at].shape.filled > 0).count() > 1
        {
            return Err(self.rivals(*first, *second, Field::Date));
        }
        let level = of(Statistic::Level).map(|part| part.at).filter(|at| {
            let shape = self.cols[*at].shape;
            shape.filled > 0 && (shape.grades() || shape.numbers())
        });
        let mut others: Vec<(usize, Field)> = Vec::new();
        for part in members {
            if let Statistic::Beside(field) = part.end.statistic
                && others.iter().all(|(_, other)| *other != field)
            {
                others.push((part.at, field));
            }
        }
        Ok(Some(Group {
            others,
            period: period.clone(),
            measure: score.end.measure.clone(),
            score: score.at,
            trials: trials.filter(|_| matches!(rank, Rank::OfFixed | Rank::OfReached)).map(|(part, _)| part.at),
            date: own.first().copied().or_else(|| shared.map(dates).and_then(|dates| dates.first().copied())),
            own_date: !own.is_empty(),
            level,
            name: score.end.name.clone(),
            rank,
            named: None,
            person: None,
            bare: false,
        }))
    }

    fn rivals(&self, one: usize, other: usize, field: Field) -> Stop {
        stop(
            Code::H003,
            self.at(self.cols[other].column),
            format!("{} and {}", self.cols[one].name(), self.cols[other].name()),
            format!("one column of {} in each group", label(field)),
            "Rename one of them, or make the other \"unused\" in a mapping profile.".to_owned(),
        )
    }

    /// True when the groups are what the table is about.
    fn holds(&self, groups: &Groups) -> bool {
        let dated = groups.list.iter().any(|group| group.own_date);
        if groups.list.len() < 2 && !dated {
            return false;
        }
        let (mut filled, mut scores) = (0, 0);
        for group in &groups.list {
            filled += self.cols[group.score].shape.filled;
            scores += self.cols[group.score].shape.score_cells();
        }
        let members: BTreeSet<usize> = groups.members().collect();
        let others = |fields: &[Field]| {
            self.cols.iter().any(|col| !members.contains(&col.column) && col.field().is_some_and(|field| fields.contains(&field)))
        };
        // A row that has a score and a date beside the groups is a data point of its own.
        let long = others(&[Field::Score, Field::Correct]) && others(&[Field::Date, Field::Session]);
        filled > 0 && scores * 2 >= filled && !long
    }

    /// Says how the groups are read: one line for each kind of group.
    pub(super) fn note_groups(&self, groups: &Groups) -> Note {
        if let Some(names) = groups.names {
            return self.note_named(groups, names);
        }
        if let (true, [first, .., last]) = (groups.trials, groups.list.as_slice()) {
            let seen = format!(
                "the marks from \"{}\" to \"{}\" are one score: how many are right, of how many",
                short(&self.cols[first.score].title),
                short(&self.cols[last.score].title)
            );
            return Note { code: Code::H009, locator: self.here(), seen, expected: String::new(), more: 0 };
        }
        let mut kinds: Vec<(String, usize)> = Vec::new();
        for group in &groups.list {
            let name = |at: usize, name: &str| if name.is_empty() { short(&self.cols[at].title) } else { name.to_owned() };
            let mut text = format!("score in \"{}\"", name(group.score, &group.name));
            if let Some(trials) = group.trials {
                let _ = write!(text, " of \"{}\"", name(trials, &end_of(&self.cols[trials].title)));
            }
            match group.date {
                Some(date) => {
                    let _ = write!(text, ", date in \"{}\"", name(date, &end_of(&self.cols[date].title)));
                }
                None => match group.period.when {
                    When::Day => text.push_str(", date in the title"),
                    When::Time => text.push_str(", dated by the period in the title"),
                    When::Window => text.push_str(", without a date"),
                    When::Session => text.push_str(", numbered and not dated"),
                    When::Never => {}
                },
            }
            match kinds.iter_mut().find(|(known, _)| *known == text) {
                Some((_, count)) => *count += 1,
                None => kinds.push((text, 1)),
            }
        }
        const NAMED: usize = 6;
        let seen: Vec<String> = kinds.iter().take(NAMED).map(|(text, count)| format!("{count} × {text}")).collect();
        let aside = match groups.attributes.len() {
            0 => String::new(),
            1 => "; 1 column says something about a score and is none".to_owned(),
            count => format!("; {count} columns say something about a score and are none"),
        };
        Note {
            code: Code::H009,
            locator: self.here(),
            seen: format!("{}{aside}", seen.join("; ")),
            expected: String::new(),
            more: kinds.len().saturating_sub(NAMED) as u64,
        }
    }
}

/// The end of a title with a period.
fn end_of(title: &str) -> String {
    let rest = period::split(title).or_else(|| period::split_number(title)).map_or_else(|| title.to_owned(), |parts| parts.rest);
    end(&rest).name
}
