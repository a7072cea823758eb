//! The finished plan: a role for each column, and what each record says without a cell of its own.

use super::*;

impl Builder<'_> {
    pub(super) fn assemble(
        mut self,
        layout: Layout,
        winners: &Winners,
        values: &[usize],
        context: Vec<Context>,
        profile: Option<&MapProfile>,
    ) -> Result<Plan, Stop> {
        let values: &[usize] = if matches!(layout, Layout::Wide | Layout::Screening) { values } else { &[] };
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
        let mut constants: Vec<Said> = Vec::new();
        for (at, col) in self.cols.iter().enumerate() {
            let column = u16::try_from(col.column).unwrap_or(Slot::NO_COLUMN - 1);
            let used = col.claim.filter(|claim| winners[claim.field as usize] == Some(at) && layout.uses(claim.field));
            let (role, score, how) = if values.contains(&at) {
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
        let values = values.iter().map(value).collect();
        let titles: Vec<String> = self.cols.iter().map(|col| col.title.clone()).collect();
        let mut plan = Plan {
            layout,
            kind: layout.kind(),
            header_row: self.row,
            typed: self.typed,
            titled: titles.iter().filter(|title| !title.is_empty()).count(),
            columns,
            titles,
            fixed,
            values,
            constants,
            context,
            notes: Vec::new(),
            date_order: profile.and_then(|profile| profile.date_order),
            sheet: self.sheet.name.to_owned(),
        };
        plan.note_unused();
        Ok(plan)
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

pub(super) fn value_column(col: &Col) -> ValueColumn {
    let column = u16::try_from(col.column).unwrap_or(Slot::NO_COLUMN - 1);
    let date = col.date.clone().unwrap_or_else(|| col.title.clone());
    ValueColumn { column, says: vec![Said { field: Field::Date, text: date, kind: col.kind, column }] }
}

pub(super) fn measure_column(col: &Col) -> ValueColumn {
    let column = u16::try_from(col.column).unwrap_or(Slot::NO_COLUMN - 1);
    let title = Said { field: Field::Measure, text: col.title.clone(), kind: b't', column: Slot::NO_COLUMN };
    ValueColumn { column, says: vec![title] }
}
