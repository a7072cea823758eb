//! What holds of each sheet, whatever stands in it.

use aimline_map::{
    Cells, ColumnRole, GridRow, HEAD_CELLS, HEAD_ROWS, HeadRow, MapProfile, Plan, Profile, Question, Role, RowFate, Sheet,
    SheetCells, Stop, draft, plan, suggest,
};
use aimline_model::record::{Record, Slot};
use aimline_model::staged::{Field, Kind};

use crate::Case;

/// Messages are for people: no more than this, and the name of the sheet.
const MESSAGE: usize = 4_000;

/// A profile is read, or its mistake has a place in it.
pub(crate) fn profile(text: &str) -> Option<Profile> {
    let parsed = Profile::parse(text);
    assert_eq!(parsed, Profile::parse(text));
    if let Err(error) = &parsed {
        assert!(error.line() <= text.matches('\n').count() + 1, "{error}");
        assert!(!error.to_string().is_empty());
    }
    parsed.ok()
}

/// The first rows that are not blank, as many as a run keeps, and whether there are more.
fn head(rows: &[HeadRow]) -> (Vec<HeadRow>, bool) {
    let (mut head, mut held) = (Vec::new(), 0);
    for row in rows.iter().filter(|row| row.cells.iter().flatten().any(|text| !text.trim().is_empty())) {
        if head.len() == HEAD_ROWS || held >= HEAD_CELLS {
            return (head, true);
        }
        held += row.cells.len();
        head.push(row.clone());
    }
    (head, false)
}

fn lent<'a>(row: &'a HeadRow, cells: &'a [Option<&'a str>]) -> GridRow<'a> {
    GridRow { number: row.number, kinds: &row.kinds, cells }
}

/// What became of a row: its table, its fate, its records.
type Became = (u64, Option<RowFate>, Vec<String>);

/// Reads a sheet as a run does: the plan from the first rows, then all rows, so many with one record.
fn read(case: &Case, profile: Option<&MapProfile>, batch: usize) -> Result<(Plan, Vec<Became>), Stop> {
    let (head, more) = head(&case.rows);
    let mut plan = plan(&Sheet { file: &case.file, name: &case.name }, &head, more, profile)?;
    let typed = head.first().is_some_and(|row| row.kinds.first() == Some(&b'h'));
    let mut all = Vec::new();
    let mut first = true;
    for rows in case.rows.chunks(batch) {
        let mut spare: Option<Record<'static>> = None;
        for row in rows {
            let cells = row.lend();
            let row = lent(row, &cells);
            if typed && row.is_typed_header() {
                if !std::mem::take(&mut first) || row.number != plan.header_row() {
                    plan.regrow(&row);
                }
                continue;
            }
            let Ok((table, plan)) = plan.at(row.number) else {
                all.push((0, None, Vec::new()));
                continue;
            };
            let mut record = spare.take().map_or_else(|| Record::new(Kind::Point), Record::reuse);
            let mut records = Vec::new();
            let fate = plan.row(&row, &mut record, |record, item| {
                let field = |field: &Field| {
                    record.slot(*field).map(|slot| format!("{}={}{}@{}", field.name(), slot.kind as char, slot.text, slot.column))
                };
                let fields: Vec<String> = Field::ALL.iter().filter_map(field).collect();
                records.push(format!("{:?} {:?} {}", record.kind, item, fields.join(" ")));
            });
            spare = Some(record.reuse());
            all.push((table, Some(fate), records));
        }
    }
    Ok((plan, all))
}

/// Looks at a sheet; says as what it is read, or with which code it is stopped.
pub(crate) fn case(case: &Case) -> &'static str {
    let named = case.profile.as_deref().and_then(profile).map(|profile| profile.map);
    let room = MESSAGE + case.name.len();
    let now = named.as_ref();
    let once = read(case, now, 1);
    let again = read(case, now, usize::MAX);
    match (&once, &again) {
        (Ok((plan, rows)), Ok((other, others))) => {
            assert_eq!(rows, others, "in batches of another size");
            assert_eq!((plan.columns(), plan.notes(), plan.context()), (other.columns(), other.notes(), other.context()));
            for note in plan.tables().flat_map(Plan::notes) {
                assert!(note.seen.len() + note.expected.len() + note.locator.len() <= room, "{note:?}");
            }
            assert!(plan.parts().len() <= case.rows.len() + 1);
            plan.stops().for_each(|stop| short(stop, room));
            roles(case, plan);
        }
        (Err(stop), Err(other)) => {
            assert_eq!(stop, other);
            short(stop, room);
        }
        _ => panic!("once it is read, once it is not"),
    }
    counts(case, once.as_ref().ok().map(|(plan, _)| plan));
    suggestion(case, now, &once);
    once.map_or_else(|stop| stop.code.id(), |(plan, _)| plan.layout().as_str())
}

fn short(stop: &Stop, room: usize) {
    assert!(stop.seen.len() + stop.expected.len() + stop.help.len() + stop.locator.len() <= room, "{stop:?}");
}

/// Each filled cell has one role, and it is the one by which the records were made.
fn roles(case: &Case, plan: &Plan) {
    for row in &case.rows {
        let cells = row.lend();
        let row = lent(row, &cells);
        let Ok((_, plan)) = plan.at(row.number) else { continue };
        let mut record = Record::new(Kind::Point);
        let mut used = vec![0_u32; cells.len()];
        let mut items = 0;
        let fate = plan.row(&row, &mut record, |record, item| {
            items += 1;
            assert_eq!(record.kind, plan.kind());
            for field in Field::ALL {
                let Some(slot) = record.slot(*field).filter(|slot| slot.column != Slot::NO_COLUMN) else { continue };
                // The date of a column of scores may stand in its title.
                if *field == Field::Date && item.value_column == Some(slot.column) {
                    continue;
                }
                assert_eq!(row.cell(usize::from(slot.column)), Some(slot.text), "row {} {field:?}", row.number);
                used[usize::from(slot.column)] += 1;
            }
        });
        assert!(items as usize <= row.filled().count(), "row {} has {items} items", row.number);
        for column in (0..cells.len() + 2).step_by(if cells.len() > 2_000 { 97 } else { 1 }) {
            let role = plan.role(&row, column);
            assert_eq!(role == Role::Blank, row.cell(column).is_none());
            match fate {
                RowFate::Items(count) => {
                    assert_eq!(count, items);
                    let used = used.get(column).copied().unwrap_or(0);
                    let value = matches!(role, Role::Value(_));
                    assert!(
                        if value { used >= 1 || items == 0 } else { used == 0 },
                        "row {}, column {column}: {role:?}, {used}",
                        row.number
                    );
                }
                RowFate::Header => assert!(matches!(role, Role::Header | Role::Blank), "{role:?}"),
                RowFate::Context => assert!(matches!(role, Role::Context | Role::Blank), "{role:?}"),
                RowFate::Skipped(reason) => assert!(role == Role::Skipped(reason) || role == Role::Blank, "{role:?}"),
                RowFate::Blank => assert_eq!(role, Role::Blank),
            }
        }
    }
}

/// Where each cell went, as it is shown to people, adds up.
fn counts(case: &Case, plan: Option<&Plan>) {
    let mut cells = SheetCells::default();
    let (mut filled, mut by_role) = (0, [0_u64; 4]);
    for row in &case.rows {
        let lend = row.lend();
        let row = lent(row, &lend);
        filled += row.filled().count() as u64;
        cells.see(plan, &row);
        if let Some(Ok((_, plan))) = plan.map(|plan| plan.at(row.number)).filter(|_| case.rows.len() * lend.len() < 20_000) {
            for (column, _) in row.filled() {
                let known = plan.columns().get(column).is_some_and(|known| known.role != ColumnRole::Unused);
                match plan.role(&row, column) {
                    Role::Header => by_role[0] += 1,
                    Role::Context => by_role[1] += 1,
                    Role::Skipped(_) => by_role[2] += 1,
                    Role::Unmapped if known => by_role[3] += 1,
                    _ => {}
                }
            }
        }
    }
    assert_eq!(cells.filled(), filled);
    let sum = |table: &Cells| assert_eq!(table.sum(), table.filled);
    cells.tables.values().for_each(sum);
    let Some(plan) = plan else { return };
    if case.rows.iter().all(|row| case.rows.len() * row.cells.len() < 20_000) {
        let all = |count: fn(&Cells) -> u64| cells.tables.values().map(count).sum::<u64>();
        let skipped = |cells: &Cells| cells.skipped.values().map(|(_, cells)| cells).sum();
        let idle = |cells: &Cells| cells.idle.iter().sum();
        assert_eq!([all(|cells| cells.titles), all(|cells| cells.above), all(skipped), all(idle)], by_role, "cell by cell");
    }
    for part in plan.parts().iter().filter(|part| !part.label) {
        let (Ok(plan), Some(cells)) = (part.plan, cells.tables.get(&part.from)) else { continue };
        let uses = cells.uses(plan);
        assert_eq!(uses.used + uses.attributes + uses.unused + uses.idle, cells.columns.iter().sum::<u64>());
    }
}

/// What is suggested can be read, fits the sheet, and changes nothing.
fn suggestion(case: &Case, now: Option<&MapProfile>, before: &Result<(Plan, Vec<Became>), Stop>) {
    let (head, more_rows) = head(&case.rows);
    let sheet = Sheet { file: &case.file, name: &case.name };
    let drawn = draft(&sheet, &head, now);
    assert_eq!(drawn, draft(&sheet, &head, now));
    let question = Question { sheet, one_of_several: !case.name.is_empty(), head: &head, more_rows, now };
    let written = suggest(&question);
    let text: usize = head.iter().flat_map(|row| &row.cells).flatten().map(String::len).sum();
    let width = head.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let room = 2 * MESSAGE + 8 * text + 8 * (case.name.len() + case.file.len()) + 400 * width;
    assert!(written.len() <= room, "{} letters suggested for {text} in {width} columns", written.len());
    let profile = Profile::parse(&written).unwrap_or_else(|error| panic!("{error}\n{written}"));
    let after = read(case, Some(&profile.map), usize::MAX);
    // What a profile of now says beside its columns is not said by the suggestion.
    if now.is_some() {
        return;
    }
    assert!(profile.fits(&sheet, &head), "{written}");
    match (before, after) {
        (Ok((_, before)), Ok((_, after))) => assert_eq!(*before, after, "{written}"),
        (Err(_), Err(_)) => {}
        (Ok(_), Err(stop)) => panic!("stopped by its suggestion: {stop}\n{written}"),
        (Err(_), Ok(_)) => panic!("read with a suggestion that nobody has confirmed\n{written}"),
    }
}
