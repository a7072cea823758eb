//! What only forms (and lists of reports) hold: progress reports with the points of their descriptions, and services.

use super::*;

impl Work<'_, '_> {
    pub(super) fn report(
        &mut self,
        record: &Record<'_>,
        spot: Spot<'_>,
        triple: Triple,
        day: Option<NaiveDate>,
    ) -> Result<(), Problem> {
        self.whose(record, triple)?;
        self.has_goal(triple)?;
        if self.emitter.copy {
            return Ok(());
        }
        let place = spot.locator(None);
        if day.is_none() {
            let seen = record.text(Field::ReportDate).or_else(|| record.text(Field::Date)).unwrap_or_default();
            self.note(Code::T002, spot, place.clone(), seen, "a date such as 10/17/2025");
        }
        self.out.days.extend(day);
        let statement = parse_statement(record.text(Field::ReportCode).unwrap_or_default());
        if let Some(code) = statement.problem {
            self.note(code, spot, place.clone(), record.text(Field::ReportCode).unwrap_or_default(), "one statement");
        }
        let keys = self.keys(triple, day);
        let text = |field| record.text(field).map(str::to_owned);
        self.out.reports.push(ProgressReport {
            goal_key: keys.goal_text(),
            student_key: keys.student_text(),
            date: day,
            period: text(Field::ReportPeriod),
            code: statement.code.map(|code| code.as_str().to_owned()),
            ticks: i64::from(statement.ticks),
            raw_code: text(Field::ReportCode),
            description: text(Field::Description),
            source_id: self.emitter.source_id.to_owned(),
            locator: place.clone(),
        });
        if let Some(description) = record.text(Field::Description) {
            self.described(description, day, spot, &place, keys);
        }
        Ok(())
    }

    /// The data points of a report's description. They are no items of their own.
    pub(super) fn described(&mut self, description: &str, day: Option<NaiveDate>, spot: Spot<'_>, place: &str, keys: Keys) {
        let unit = keys.unit;
        let described = parse_description(description, day, unit);
        for span in described.unsure {
            self.note(Code::T004, spot, place.to_owned(), span.of(description), "");
        }
        for point in described.points {
            let date = point.date.or(day);
            let other_scale = unit.zip(point.unit).is_some_and(|(one, other)| one.scale != other.scale);
            if date.is_none() || other_scale || point.confidence < SURE || keys.measure == 0 {
                self.note(Code::T004, spot, place.to_owned(), point.span.of(description), "");
                continue;
            }
            self.out.days.extend(date);
            self.push(&Point {
                student: keys.student,
                goal: keys.goal,
                measure: keys.measure,
                date: date.map(days),
                session: None,
                source: self.emitter.number as u32,
                row: spot.row,
                column: Slot::NO_COLUMN,
                value: Some(point.value),
                numerator: point.numerator,
                denominator: point.denominator,
                minutes: None,
                state: "scored",
                date_source: if point.date.is_some() { DateSource::Stated } else { DateSource::Report },
                derived: true,
                place,
                raw: point.span.of(description),
                prompt: "",
                level: "",
                phase: "",
                form: "",
                repaired_by: spot.patch.map_or("", |patch| &patch.by),
            });
        }
    }

    pub(super) fn service(&mut self, table: &Table, record: &Record<'_>, spot: Spot<'_>, triple: Triple) -> Result<(), Problem> {
        self.whose(record, triple)?;
        if self.emitter.copy {
            return Ok(());
        }
        let resolved = self.emitter.resolved;
        let plan = resolved.plan(self.emitter.number, triple.plan);
        let text = |field| record.text(field).map(str::to_owned);
        let amount =
            parse_amount(record.text(Field::Amount).unwrap_or_default(), record.text(Field::Frequency).unwrap_or_default());
        let (begin, begin_inherited) = service_day(record, Field::ServiceBegin, &table.orders, plan.and_then(|plan| plan.start));
        let (end, end_inherited) = service_day(record, Field::ServiceEnd, &table.orders, plan.and_then(|plan| plan.end));
        self.out.services.push(Service {
            plan_key: plan.map(|plan| key_text('P', plan.key)),
            student_key: resolved.student_key(self.emitter.number, triple.student),
            category: text(Field::ServiceCategory),
            service: text(Field::Service),
            minutes: amount.minutes,
            amount_raw: text(Field::Amount),
            frequency: text(Field::Frequency),
            period: amount.period.map(str::to_owned),
            location: text(Field::Location),
            begin,
            end,
            dates_inherited: begin_inherited || end_inherited,
            source_id: self.emitter.source_id.to_owned(),
            locator: spot.locator(None),
        });
        Ok(())
    }
}

/// The day of a service; N/A means the plan's own day, and so does an empty cell. A text that is no whole date is no day.
fn service_day(record: &Record<'_>, field: Field, orders: &Orders, plan: Option<NaiveDate>) -> (Option<NaiveDate>, bool) {
    match facts::date(record, field, orders) {
        Some(day) => (Some(day), false),
        None if record.text(field).is_some_and(|text| parse_mark(text).is_none()) => (None, false),
        None => (plan, plan.is_some()),
    }
}
