//! From a staged record to what it says of a student, a plan, a goal or a measure. Texts are typed where a later step
//! compares or computes with them, and kept as typed everywhere else.

use crate::attributes::{GoalFacts, MeasureFacts, PlanFacts, StudentFacts};
use aimline_link::{GoalMention, MeasureMention, PlanMention, StudentMention};
use aimline_map::DateOrder;
use aimline_model::codes::Code;
use aimline_model::record::{Record, Slot};
use aimline_model::staged::{Field, Kind};
use aimline_normalize::date::{Order, parse_birth_date, parse_date};
use aimline_normalize::id::{IdKind, parse_id, split_form_ids};
use aimline_normalize::name::{fold, name_key, split_name};
use aimline_normalize::schedule::parse_schedule;
use aimline_normalize::sentence::parse_goal;
use aimline_normalize::units::{Unit, unit_of};
use aimline_normalize::yes_no::{parse_alternate_assessment, parse_has_iep};
use chrono::NaiveDate;

/// The order of the dates of each column of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Orders([Order; Field::COUNT]);

impl Default for Orders {
    fn default() -> Self {
        Self([Order::MonthFirst; Field::COUNT])
    }
}

impl Orders {
    pub(crate) fn of(&self, field: Field) -> Order {
        self.0[field as usize]
    }

    pub(crate) fn set(&mut self, field: Field, order: Order) {
        self.0[field as usize] = order;
    }

    /// What a mapping profile says of all dates of a table.
    pub(crate) fn set_all(&mut self, order: DateOrder) {
        let order = if order == DateOrder::Dmy { Order::DayFirst } else { Order::MonthFirst };
        self.0 = [order; Field::COUNT];
    }
}

/// The fields that hold a date.
pub(crate) const DATES: [Field; 20] = [
    Field::BirthDate,
    Field::EntryDate,
    Field::ExitDate,
    Field::MeetingDate,
    Field::PreviousReviewDate,
    Field::EvaluationDate,
    Field::ReevaluationDue,
    Field::PlanStart,
    Field::PlanEnd,
    Field::AnnualReviewDue,
    Field::ProvidedDate,
    Field::AmendmentDate,
    Field::GoalBegin,
    Field::GoalEnd,
    Field::BaselineDate,
    Field::TargetDate,
    Field::Date,
    Field::ReportDate,
    Field::ServiceBegin,
    Field::ServiceEnd,
];

/// The date of a field; none when it is missing or no date.
pub(crate) fn date(record: &Record<'_>, field: Field, orders: &Orders) -> Option<NaiveDate> {
    let slot = record.slot(field)?;
    if field == Field::BirthDate {
        parse_birth_date(slot.text, slot.kind, orders.of(field)).ok()
    } else {
        parse_date(slot.text, slot.kind, orders.of(field)).ok()
    }
}

fn owned(record: &Record<'_>, field: Field) -> Option<String> {
    record.text(field).map(str::to_owned)
}

/// A mark such as `N/A` or `-` outside of a score's column is nothing.
fn id<'a>(slot: Option<Slot<'a>>) -> Result<Option<&'a str>, Code> {
    slot.map_or(Ok(None), |slot| parse_id(slot.text, slot.kind))
}

/// Fields that say whose row it is, in the order in which a missing one is asked for.
pub(crate) const WHO: [Field; 8] = [
    Field::StudentId,
    Field::StateId,
    Field::LocalId,
    Field::StudentName,
    Field::LastName,
    Field::FirstName,
    Field::StudentRef,
    Field::PlanRef,
];

/// What a record says of its student; none when it says nothing.
///
/// # Errors
/// The field whose id has lost its digits.
pub(crate) fn student(
    record: &Record<'_>,
    orders: &Orders,
    column: (usize, u32),
) -> Result<Option<(StudentMention, StudentFacts)>, (Field, Code)> {
    let lost = |field: Field| move |code| (field, code);
    let mut said = StudentMention {
        reference: owned(record, Field::StudentRef),
        state_id: id(record.slot(Field::StateId)).map_err(lost(Field::StateId))?.map(str::to_owned),
        local_id: id(record.slot(Field::LocalId)).map_err(lost(Field::LocalId))?.map(str::to_owned),
        birth_date: date(record, Field::BirthDate, orders),
        district: record.text(Field::District).map(str::to_owned).unwrap_or_default(),
        roster: record.kind == Kind::Student,
        has_iep: record.text(Field::HasIep).and_then(parse_has_iep),
        middle_name: owned(record, Field::MiddleName),
        ..StudentMention::default()
    };
    if let Some(slot) = record.slot(Field::StudentId)
        && let Some(text) = id(Some(slot)).map_err(lost(Field::StudentId))?
    {
        let parts = split_form_ids(text);
        if slot.column == Slot::NO_COLUMN && !parts.is_empty() || parts.len() > 1 {
            // A form's one field for both ids, or a title: there is no column that could vote.
            for (kind, text) in parts {
                match kind {
                    IdKind::State => said.state_id = said.state_id.or_else(|| Some(text.to_owned())),
                    IdKind::Local => said.local_id = said.local_id.or_else(|| Some(text.to_owned())),
                }
            }
        } else {
            said.any_id = Some(((column.0, column.1, slot.column), text.to_owned()));
        }
    }
    match (record.text(Field::LastName), record.text(Field::FirstName), record.text(Field::StudentName)) {
        (Some(last), first, _) => {
            said.last_name = Some(last.to_owned());
            said.first_name = first.map(str::to_owned);
        }
        (None, _, Some(name)) => {
            if let Some(name) = split_name(name) {
                let full = |text: &str| (!text.is_empty()).then(|| text.to_owned());
                said.last_name = full(name.last);
                said.first_name = full(name.first);
                said.middle_name = said.middle_name.or_else(|| full(name.middle));
            }
        }
        (None, Some(first), None) => said.first_name = Some(first.to_owned()),
        (None, None, None) => {}
    }
    if let (Some(last), Some(first)) = (&said.last_name, &said.first_name) {
        said.name_key = name_key(last, first);
    }
    let nobody = said.reference.is_none()
        && said.state_id.is_none()
        && said.local_id.is_none()
        && said.any_id.is_none()
        && said.last_name.is_none()
        && said.first_name.is_none();
    if nobody {
        return Ok(None);
    }
    let facts = StudentFacts {
        school_year: owned(record, Field::SchoolYear),
        district: owned(record, Field::District),
        school: owned(record, Field::School),
        grade: owned(record, Field::Grade),
        case_manager: owned(record, Field::CaseManager),
        disability: owned(record, Field::Disability),
        placement: owned(record, Field::Placement),
        alternate: record.text(Field::AlternateAssessment).and_then(parse_alternate_assessment),
        entry: date(record, Field::EntryDate, orders),
        exit: date(record, Field::ExitDate, orders),
        exit_code: owned(record, Field::ExitCode),
        in_full: record.kind == Kind::Student || record.kind == Kind::Plan,
    };
    Ok(Some((said, facts)))
}

/// What a record says of its plan.
pub(crate) fn plan(record: &Record<'_>, orders: &Orders) -> (PlanMention, PlanFacts) {
    let day = |field| date(record, field, orders);
    let amendment = record.text(Field::IepType).is_some_and(|text| fold(text).contains("amend"));
    let start = day(Field::PlanStart).or_else(|| day(Field::MeetingDate));
    let due = day(Field::AnnualReviewDue);
    // The day before the review is the last day in the practice that real forms show; the due day itself is kept too.
    let end = day(Field::PlanEnd).or(due);
    let said = PlanMention {
        amendment,
        effective_from: if amendment { start.or_else(|| day(Field::AmendmentDate)) } else { start },
        start,
        end,
        ..PlanMention::default()
    };
    let schedule = record.text(Field::Schedule).unwrap_or_default();
    let facts = PlanFacts {
        iep_type: owned(record, Field::IepType),
        meeting: day(Field::MeetingDate),
        previous_review: day(Field::PreviousReviewDate),
        evaluation: day(Field::EvaluationDate),
        reevaluation_due: day(Field::ReevaluationDue),
        annual_review_due: due,
        amendment_date: day(Field::AmendmentDate),
        schedule_raw: match (schedule, record.text(Field::ScheduleOther)) {
            ("", None) => None,
            (ticked, None) => Some(ticked.to_owned()),
            (ticked, Some(other)) => Some(format!("{ticked}: {other}")),
        },
        schedule_choices: parse_schedule(schedule).len() as i64,
        esy: owned(record, Field::Esy),
        objectives_place: owned(record, Field::ObjectivesPlace),
        sections_amended: owned(record, Field::SectionsAmended),
    };
    (said, facts)
}

/// A goal's number or id without the words and zeros around it.
fn number(text: &str) -> String {
    let folded = fold(text);
    let bare = folded.strip_prefix("goal").or_else(|| folded.strip_prefix("meta")).unwrap_or(&folded);
    let bare = bare.trim_start_matches([' ', '#']).trim_start_matches("no ").trim();
    let bare = bare.strip_suffix(" 0").filter(|whole| whole.bytes().all(|b| b.is_ascii_digit())).unwrap_or(bare);
    let stripped = bare.trim_start_matches('0');
    if stripped.is_empty() { bare.to_owned() } else { stripped.to_owned() }
}

/// What a record says of its goal; none when it says nothing.
pub(crate) fn goal(record: &Record<'_>, orders: &Orders) -> Option<(GoalMention, GoalFacts)> {
    let folded = |field| record.text(field).map(fold).unwrap_or_default();
    let mut said = GoalMention {
        number: record.text(Field::GoalNumber).map(number).unwrap_or_default(),
        area: folded(Field::GoalArea),
        statement: folded(Field::GoalText),
        measure: folded(Field::Measure),
        unit: stated_unit(record).map(|unit| unit.name),
        defines: record.kind == Kind::Goal,
        ..GoalMention::default()
    };
    if said.number.is_empty() && said.area.is_empty() && said.statement.is_empty() && said.measure.is_empty() {
        return None;
    }
    // "Goal" over a column of areas: a word is no number.
    if said.area.is_empty() && !said.number.bytes().any(|byte| byte.is_ascii_digit()) && said.number.len() > 3 {
        said.area = std::mem::take(&mut said.number);
    }
    let facts = GoalFacts {
        number: owned(record, Field::GoalNumber).filter(|_| !said.number.is_empty()),
        area: owned(record, Field::GoalArea).or_else(|| owned(record, Field::GoalNumber).filter(|_| said.number.is_empty())),
        statement: owned(record, Field::GoalText),
        begin: date(record, Field::GoalBegin, orders),
        end: date(record, Field::GoalEnd, orders),
        methods: owned(record, Field::Methods),
        transition_domains: owned(record, Field::TransitionDomains),
        status: owned(record, Field::GoalStatus),
    };
    Some((said, facts))
}

/// The unit that a record states; a measure called "WCPM" says it by its name.
fn stated_unit(record: &Record<'_>) -> Option<&'static Unit> {
    let of = |field| record.text(field).and_then(unit_of);
    of(Field::Unit).or_else(|| of(Field::Measure).filter(|_| record.text(Field::Unit).is_none()))
}

/// What a record says of its measure. The numbers of a goal's sentence are parsed here, once for each mention.
pub(crate) fn measure(record: &Record<'_>, orders: &Orders) -> (MeasureMention, MeasureFacts) {
    let typed = |field| record.slot(field).map(|slot| (slot.text.to_owned(), slot.kind));
    let numbers = record.text(Field::GoalText).map(parse_goal);
    let unit = stated_unit(record);
    let from_text = numbers.as_ref().and_then(|numbers| numbers.unit);
    let facts = MeasureFacts {
        name: owned(record, Field::Measure),
        unit_raw: owned(record, Field::Unit),
        level: owned(record, Field::Level),
        direction: owned(record, Field::Direction),
        baseline: typed(Field::Baseline),
        baseline_date: date(record, Field::BaselineDate, orders),
        target: typed(Field::Target),
        target_date: date(record, Field::TargetDate, orders),
        criterion: owned(record, Field::Criterion),
        statement: owned(record, Field::GoalText),
        numbers,
        ..MeasureFacts::default()
    };
    let has_target = facts.target.is_some() || facts.numbers.as_ref().is_some_and(|numbers| numbers.target.is_some());
    let said = MeasureMention {
        name: record.text(Field::Measure).map(fold).unwrap_or_default(),
        unit: unit.or(from_text).map(|unit| unit.name),
        has_target,
        ..MeasureMention::default()
    };
    (said, facts)
}
