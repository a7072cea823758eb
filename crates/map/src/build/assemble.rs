//! The finished plan: a role for each column, and what each record says without a cell of its own.

use std::collections::BTreeMap;

use super::groups::Group;
use super::*;
use crate::period::When;
use crate::statistic::Rank;

impl Builder<'_> {
    pub(super) fn assemble(
        mut self,
        layout: Layout,
        winners: &Winners,
        values: &[usize],
        groups: Option<&Groups>,
        context: Vec<Context>,
        profile: Option<&MapProfile>,
    ) -> Result<Plan, Stop> {
        let across = matches!(layout, Layout::Wide | Layout::Screening);
        let values: &[usize] = if across { values } else { &[] };
        let groups = groups.filter(|_| across);
        let roles: BTreeMap<usize, (ColumnRole, String)> = groups.map(roles).unwrap_or_default();
        // The teacher of a roster manages the case; the provider of a log only took the data.
        for col in self.cols.iter_mut().filter(|col| !col.settled && col.claim.is_some_and(|claim| claim.weak)) {
            let to = match (layout, col.field()) {
                (Layout::Roster, Some(Field::Staff)) => Field::CaseManager,
                (Layout::Long | Layout::Log | Layout::Wide, Some(Field::CaseManager)) => Field::Staff,
                _ => continue,
            };
            if winners[to as usize].is_none() {
                col.turn(Some(to), true);
            }
        }
        let winners = &self.winners();
        let mut columns = Vec::with_capacity(self.cols.len());
        let mut fixed = Vec::new();
        let said =
            |(field, text): &(Field, String)| Said { field: *field, text: text.clone(), kind: b't', column: Slot::NO_COLUMN };
        let mut constants: Vec<Said> = profile.iter().flat_map(|profile| profile.constants.iter().map(said)).collect();
        for (at, col) in self.cols.iter().enumerate() {
            let column = u16::try_from(col.column).unwrap_or(Slot::NO_COLUMN - 1);
            let used = col.claim.filter(|claim| {
                winners[claim.field as usize] == Some(at)
                    && if groups.is_some() { beside_groups(layout, claim.field, groups) } else { layout.uses(claim.field) }
            });
            let (role, score, how) = if let Some((role, _)) = roles.get(&at) {
                (*role, 1.0, How::Group)
            } else if values.contains(&at) {
                (ColumnRole::Value, 1.0, How::Shape)
            } else if let Some(claim) = used {
                fixed.push((column, claim.field));
                (ColumnRole::Field(claim.field), claim.score, claim.how)
            } else {
                (ColumnRole::Unused, 0.0, if col.settled && col.claim.is_none() { How::Profile } else { How::None })
            };
            let unit = self.unit(col, role, profile);
            if let Some(unit) = &unit
                && matches!(role, ColumnRole::Field(Field::Score))
            {
                constants.push(Said { field: Field::Unit, text: unit.clone(), kind: b't', column: Slot::NO_COLUMN });
            }
            columns.push(ColumnPlan {
                column,
                title: col.title.clone(),
                role,
                score: score as f32,
                how,
                unit,
                has_data: col.shape.filled > 0,
                group: roles.get(&at).map(|(_, group)| group.clone()).filter(|group| !group.is_empty()),
            });
        }
        for context in context.iter().filter_map(|context| Some((context.field?, context))) {
            // The unit in the title of the scores is nearer than the one above the table.
            if constants.iter().all(|said| said.field != context.0) {
                constants.push(Said {
                    field: context.0,
                    text: context.1.text.clone(),
                    kind: context.1.kind,
                    column: Slot::NO_COLUMN,
                });
            }
        }
        if layout == Layout::Wide
            && let Some(unit) = profile.and_then(|profile| profile.units.get("*"))
        {
            constants.retain(|said| said.field != Field::Unit);
            constants.push(Said { field: Field::Unit, text: unit.clone(), kind: b't', column: Slot::NO_COLUMN });
        }
        let value = |at: &usize| match layout {
            Layout::Screening => measure_column(&self.cols[*at]),
            _ => value_column(&self.cols[*at]),
        };
        let values = match groups {
            Some(groups) => {
                let date = winners[Field::Date as usize].filter(|_| beside_groups(layout, Field::Date, Some(groups)));
                let date = date.map(|at| column_of(&self.cols[at]));
                if groups.trials {
                    vec![self.marks(groups, date)]
                } else {
                    groups.list.iter().map(|group| self.group_values(group, date, profile)).collect()
                }
            }
            None => values.iter().map(value).collect(),
        };
        let titles: Vec<String> = self.cols.iter().map(|col| col.title.clone()).collect();
        let mut plan = Plan {
            layout,
            kind: layout.kind(),
            header_row: self.row,
            header_top: self.top,
            bare: if self.top < self.row { std::mem::take(&mut self.bare) } else { Vec::new() },
            typed: self.typed,
            titled: titles.iter().filter(|title| !title.is_empty()).count(),
            columns,
            titles,
            fixed,
            values,
            grouped: groups.is_some(),
            constants,
            context,
            notes: groups.map(|groups| self.note_groups(groups)).into_iter().collect(),
            date_order: profile.and_then(|profile| profile.date_order),
            sheet: self.sheet.name.to_owned(),
            skips: None,
            looked_to: None,
            later: Vec::new(),
        };
        plan.note_sessions();
        plan.note_points(&self.cols);
        plan.note_unused();
        Ok(plan)
    }

    /// What a group of columns reads and says; `date` is the column of a date that holds for all groups.
    fn group_values(&self, group: &Group, date: Option<u16>, profile: Option<&MapProfile>) -> ValueColumn {
        let column = column_of(&self.cols[group.score]);
        let place = |at: usize| column_of(&self.cols[at]);
        let said = |field: Field, text: &str, column: u16| Said { field, text: text.to_owned(), kind: b't', column };
        let mut says = Vec::new();
        says.extend(group.person.as_deref().map(|name| said(Field::StudentName, name, Slot::NO_COLUMN)));
        if !group.measure.is_empty() {
            for (field, text) in group.names() {
                says.push(said(field, text, Slot::NO_COLUMN));
            }
        } else if matches!(group.rank, Rank::Composite | Rank::Scale) {
            says.push(said(Field::Measure, &group.name, Slot::NO_COLUMN));
        }
        if let Some(unit) = self.group_unit(group, profile) {
            says.push(said(Field::Unit, &unit, Slot::NO_COLUMN));
        }
        let mut reads = match group.trials {
            Some(trials) => vec![(column, Field::Correct), (place(trials), Field::Trials)],
            None => vec![(column, Field::Score)],
        };
        reads.extend(group.level.map(|at| (place(at), Field::Level)));
        reads.extend(group.others.iter().map(|(at, field)| (place(*at), *field)));
        match (group.date, group.period.when) {
            (Some(at), _) => reads.push((place(at), Field::Date)),
            (None, When::Session) => {
                says.push(said(Field::Session, &group.period.text, Slot::NO_COLUMN));
                reads.extend(date.map(|column| (column, Field::Date)));
            }
            (None, When::Never) => reads.extend(date.map(|column| (column, Field::Date))),
            (None, When::Day | When::Time) => says.push(said(Field::Date, &group.period.text, column)),
            // Nothing places it: it will be set aside, with the name of the window.
            (None, When::Window) => says.push(said(Field::Date, &group.period.name, Slot::NO_COLUMN)),
        }
        let own_date = group.date.filter(|_| group.own_date).map(place);
        let who = group.others.iter().any(|(_, field)| STUDENT.contains(field));
        let beside = reads.iter().map(|(column, _)| *column).min().filter(|_| who);
        ValueColumn { column, says, reads, own_date, beside, marks: Vec::new(), bare: group.bare }
    }

    /// One score of the marks of all trials.
    fn marks(&self, groups: &Groups, date: Option<u16>) -> ValueColumn {
        let marks: Vec<u16> = groups.list.iter().map(|group| column_of(&self.cols[group.score])).collect();
        let reads = date.map(|column| (column, Field::Date)).into_iter().collect();
        ValueColumn { column: marks[0], says: Vec::new(), reads, own_date: None, beside: None, marks, bare: false }
    }

    fn group_unit(&self, group: &Group, profile: Option<&MapProfile>) -> Option<String> {
        let col = &self.cols[group.score];
        if let Some(unit) = self.unit(col, ColumnRole::Field(Field::Score), profile) {
            return Some(unit);
        }
        match group.rank {
            Rank::OfFixed | Rank::OfReached | Rank::Score => None,
            Rank::Composite => Some("points".to_owned()),
            Rank::Scale => Some("scale score".to_owned()),
            Rank::Count => Some("correct".to_owned()),
            Rank::Percent if plain(&group.name).contains("accuracy") => Some("percent correct".to_owned()),
            Rank::Rate | Rank::Raw | Rank::Percent | Rank::Errors => Some(group.name.clone()),
        }
    }

    pub(super) fn unit(&self, col: &Col, role: ColumnRole, profile: Option<&MapProfile>) -> Option<String> {
        if let Some(profile) = profile {
            let wanted = plain(&col.title);
            let unit = profile.units.iter().find(|(title, _)| plain(title) == wanted && !wanted.is_empty());
            let all = profile.units.get("*").filter(|_| role == ColumnRole::Field(Field::Score));
            if let Some(unit) = unit.map(|(_, unit)| unit).or(all) {
                return Some(unit.clone());
            }
        }
        let scores = matches!(role, ColumnRole::Field(Field::Score | Field::Baseline | Field::Target));
        if !scores {
            return None;
        }
        let typed = col.norm.unit.as_deref().filter(|unit| is_unit(unit)).map(|unit| {
            let known = unit_of_title(&plain(unit));
            known.map_or_else(|| unit.to_owned(), str::to_owned)
        });
        typed.or_else(|| unit_of_title(&col.norm.text).map(str::to_owned))
    }
}

fn column_of(col: &Col) -> u16 {
    u16::try_from(col.column).unwrap_or(Slot::NO_COLUMN - 1)
}

/// A field of its own column beside groups of columns. A date beside numbered trials is the date of all of them; beside
/// seasons it is something else.
fn beside_groups(layout: Layout, field: Field, groups: Option<&Groups>) -> bool {
    match field {
        Field::Date => groups.is_some_and(|groups| {
            groups.list.iter().all(|group| group.date.is_none() && matches!(group.period.when, When::Session | When::Never))
        }),
        Field::Session => groups.is_some_and(|groups| groups.names.is_some()),
        Field::Measure => {
            layout != Layout::Screening || groups.is_some_and(|groups| groups.list.iter().all(|group| group.measure.is_empty()))
        }
        field => layout.uses(field),
    }
}

/// The columns of groups, each with its role and the name of its group.
fn roles(groups: &Groups) -> BTreeMap<usize, (ColumnRole, String)> {
    let mut roles: BTreeMap<usize, (ColumnRole, String)> =
        groups.attributes.iter().map(|at| (*at, (ColumnRole::Attribute, String::new()))).collect();
    // What stands beside one trial, as its prompt, is not of the score that all of them make.
    let beside = |field: Field| if groups.trials { ColumnRole::Attribute } else { ColumnRole::Field(field) };
    for group in &groups.list {
        let columns = [(group.date, Field::Date), (group.trials, Field::Trials), (group.level, Field::Level)];
        let columns = columns.into_iter().filter_map(|(at, field)| Some((at?, field)));
        for (at, field) in columns.chain(group.others.iter().copied()) {
            roles.insert(at, (beside(field), group.title()));
        }
        let role = if groups.trials { ColumnRole::Trial } else { ColumnRole::Value };
        roles.insert(group.score, (role, group.title()));
    }
    roles
}

pub(super) fn value_column(col: &Col) -> ValueColumn {
    let column = u16::try_from(col.column).unwrap_or(Slot::NO_COLUMN - 1);
    let date = col.date.clone().unwrap_or_else(|| col.title.clone());
    ValueColumn {
        column,
        says: vec![Said { field: Field::Date, text: date, kind: col.kind, column }],
        reads: Vec::new(),
        own_date: None,
        beside: None,
        marks: Vec::new(),
        bare: false,
    }
}

pub(super) fn measure_column(col: &Col) -> ValueColumn {
    let column = u16::try_from(col.column).unwrap_or(Slot::NO_COLUMN - 1);
    let title = Said { field: Field::Measure, text: col.title.clone(), kind: b't', column: Slot::NO_COLUMN };
    ValueColumn { column, says: vec![title], reads: Vec::new(), own_date: None, beside: None, marks: Vec::new(), bare: false }
}
