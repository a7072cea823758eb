//! A partition: its points sorted, duplicates dropped, conflicts marked, and written as row groups of their own.

mod tabs;

use crate::points::{DateSource, Head, Point};
use crate::tally::SourceTally;
use aimline_link::key_text;
use aimline_model::place;
use aimline_model::record::Slot;
use aimline_model::schema::{Row, Table};
use aimline_model::tables::{DataPoint, PhaseChange};
use aimline_store::parquet::{EncodedGroup, GROUP_ROWS, Group, date};
use aimline_store::{StoreError, hash_into};
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};

/// What is known of the sources, by their number.
pub(crate) struct Sources<'a> {
    pub ids: &'a [String],
    pub present: &'a [bool],
    /// Rank of each source's id in byte order: the file is sorted by it.
    pub rank: &'a [u32],
}

/// What came of a partition.
pub(crate) struct Written {
    pub groups: Vec<EncodedGroup>,
    pub rows: usize,
    /// Corrections to the counts of sources.
    pub tallies: BTreeMap<u32, SourceTally>,
    /// Scored points of each measure that count in an analysis.
    pub scored: Vec<(u32, u64)>,
    /// Days since 1970 on which something was kept.
    pub days: FxHashSet<i32>,
    /// First days of phases after a measure's first one.
    pub phases: Vec<PhaseChange>,
    /// Places of items that were duplicates or in conflict: source, row, column, place, conflict, what was typed.
    pub findings: Vec<Finding>,
}

/// An item that was a duplicate, or in conflict.
pub(crate) struct Finding {
    pub source: u32,
    pub row: u64,
    pub locator: String,
    pub conflict: bool,
    pub seen: String,
    pub other: u32,
    /// The place of what it repeats, on another tab of its own file.
    pub beside: Option<String>,
}

/// Where the phase of a measure's dated points changes. A blank phase goes on with the one before.
fn phase_changes(points: &[Point<'_>], fates: &[Fate], sources: &Sources<'_>) -> Vec<PhaseChange> {
    let mut changes = Vec::new();
    let (mut measure, mut phase) = (0, "");
    for (point, fate) in points.iter().zip(fates) {
        if point.measure == 0 || point.date.is_none() || *fate != Fate::Keep {
            continue;
        }
        if point.measure != measure {
            (measure, phase) = (point.measure, "");
        }
        if point.phase.is_empty() || point.phase == phase {
            continue;
        }
        if !phase.is_empty() {
            changes.push(PhaseChange {
                measure_key: key_text('M', measure),
                date: point.date.and_then(date),
                label: Some(point.phase.to_owned()),
                source_id: sources.ids[point.source as usize].clone(),
                locator: locator(point),
            });
        }
        phase = point.phase;
    }
    changes
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Keep,
    Duplicate(u32),
    /// It stands on another tab of its file too: the row of that one among the points.
    Repeat(usize),
    Conflict(u32),
}

impl Fate {
    fn is_duplicate(self) -> bool {
        matches!(self, Self::Duplicate(_) | Self::Repeat(_))
    }
}

/// Works through the bytes of a partition.
pub(crate) fn work(bytes: &[u8], sources: &Sources<'_>) -> Result<Written, StoreError> {
    let points = sorted(bytes, sources);
    let fates = settle(&points, sources);
    let mut written = Written {
        groups: Vec::new(),
        rows: 0,
        tallies: BTreeMap::new(),
        scored: Vec::new(),
        days: FxHashSet::default(),
        phases: phase_changes(&points, &fates, sources),
        findings: Vec::new(),
    };
    for (point, fate) in points.iter().zip(&fates) {
        written.count(point, *fate, &points);
    }
    let occurrences = occurrences(&points);
    let kept: Vec<usize> = (0..points.len()).filter(|row| !fates[*row].is_duplicate()).collect();
    for rows in kept.chunks(GROUP_ROWS) {
        let group = group(rows, &points, &fates, &occurrences, sources);
        written.encode(group, &DataPoint::TABLE)?;
    }
    Ok(written)
}

/// The cells of these rows.
fn group(rows: &[usize], points: &[Point<'_>], fates: &[Fate], occurrences: &[u32], sources: &Sources<'_>) -> Group {
    let mut hash = Hash::default();
    let all = || rows.iter().map(|row| &points[*row]);
    let key = |prefix| {
        move |number, text: &mut String| {
            if number != 0 {
                text.push_str(&key_text(prefix, number));
            }
        }
    };
    Group::of(&DataPoint::TABLE, rows.len(), |name, column| match name {
        "data_point_key" => {
            column.made(rows.iter().copied(), |row, text| hash.key(&points[row], occurrences[row], sources, text))
        }
        "conflict" => column.flags(rows.iter().map(|row| matches!(fates[*row], Fate::Conflict(_)))),
        "measure_key" => column.made(all().map(|point| point.measure), key('M')),
        "goal_key" => column.made(all().map(|point| point.goal), key('G')),
        "student_key" => column.made(all().map(|point| point.student), key('S')),
        "date" => column.numbers(all().map(|point| point.date)),
        "date_source" => column.texts(all().map(|point| point.date_source.as_str())),
        "session_no" => column.numbers(all().map(|point| point.session)),
        "value" => column.numbers(all().map(|point| point.value)),
        "numerator" => column.numbers(all().map(|point| point.numerator)),
        "denominator" => column.numbers(all().map(|point| point.denominator)),
        "exposure_minutes" => column.numbers(all().map(|point| point.minutes)),
        "prompt_level" => column.texts(all().map(|point| point.prompt)),
        "level" => column.texts(all().map(|point| point.level)),
        "phase" => column.texts(all().map(|point| point.phase)),
        "form_id" => column.texts(all().map(|point| point.form)),
        "state" => column.texts(all().map(|point| point.state)),
        "raw" => column.texts(all().map(|point| point.raw)),
        "source_id" => column.made(all().map(|point| point.source), |source, text| text.push_str(&sources.ids[source as usize])),
        "locator" => column.made(rows.iter().copied(), |row, text| push_locator(&points[row], text)),
        "repaired_by" => column.texts(all().map(|point| point.repaired_by)),
        other => unreachable!("{other} is no column of the data points"),
    })
}

/// The points of a partition in the order of the file. What is sorted is a number for the first four terms of
/// [`order`], with the place of the point; the whole order is only looked at where that is equal.
fn sorted<'a>(bytes: &'a [u8], sources: &Sources<'_>) -> Vec<Point<'a>> {
    let mut places: Vec<(u128, usize)> = Vec::with_capacity(bytes.len() / 32);
    places.extend(Head::all(bytes).map(|(place, head)| (leading(head), place)));
    places.sort_unstable_by(|a, b| {
        a.0.cmp(&b.0).then_with(|| {
            let (a, b) = (Point::at(bytes, a.1), Point::at(bytes, b.1));
            order(&a, sources).cmp(&order(&b, sources))
        })
    });
    places.into_iter().map(|(_, place)| Point::at(bytes, place)).collect()
}

/// Student, goal, measure and date as one number that sorts as [`order`] does, or is equal for two far days.
fn leading(head: Head) -> u128 {
    let day = head.date.map_or(0, |day| day.wrapping_sub(i32::MIN).cast_unsigned().saturating_add(1));
    [head.student, head.goal, head.measure].into_iter().fold(0, |number, key| number << 32 | u128::from(last(key))) << 32
        | u128::from(day)
}

/// Rows without a key come last within the level above.
fn last(key: u32) -> u32 {
    if key == 0 { u32::MAX } else { key }
}

type Order<'a> = (u32, u32, u32, Option<i32>, Option<i64>, u32, u64, u16, &'a str, bool);

fn order<'a>(point: &Point<'a>, sources: &Sources<'_>) -> Order<'a> {
    let source = sources.rank[point.source as usize];
    (
        last(point.student),
        last(point.goal),
        last(point.measure),
        point.date,
        point.session,
        source,
        point.row,
        point.column,
        point.raw,
        point.derived,
    )
}

/// Where each run of one student, goal, measure, date and session begins, and where the next does.
fn groups<'a>(points: &'a [Point<'_>]) -> impl Iterator<Item = (usize, usize)> + 'a {
    let key = |point: &Point<'_>| (point.student, point.goal, point.measure, point.date, point.session);
    points.chunk_by(move |a, b| key(a) == key(b)).scan(0, |from, group| {
        let begin = *from;
        *from += group.len();
        Some((begin, *from))
    })
}

/// What each point's fate is. A group is one student, goal, measure, date, session and form.
fn settle(points: &[Point<'_>], sources: &Sources<'_>) -> Vec<Fate> {
    let mut fates = vec![Fate::Keep; points.len()];
    tabs::mark(points, &mut fates);
    for (from, to) in groups(points) {
        let head = &points[from];
        let sole = points[from..to].iter().all(|point| point.source == head.source && point.derived == head.derived);
        // Without a child or a goal nothing says that two rows are the same; within one source nothing is a duplicate.
        if head.student != 0 && (head.goal != 0 || head.measure != 0) && (head.date.is_some() || head.session.is_some()) && !sole
        {
            settle_group(points, from, to, sources, &mut fates);
        }
    }
    fates
}

fn settle_group(points: &[Point<'_>], from: usize, to: usize, sources: &Sources<'_>, fates: &mut [Fate]) {
    let forms: BTreeSet<&str> = points[from..to].iter().map(|point| point.form).collect();
    for form in forms {
        let mut holders: BTreeMap<(u32, bool), Vec<usize>> = BTreeMap::new();
        let same = |(index, point): &(usize, &Point<'_>)| point.form == form && fates[*index] == Fate::Keep;
        for (index, point) in points.iter().enumerate().take(to).skip(from).filter(same) {
            holders.entry((point.source, point.derived)).or_default().push(index);
        }
        if holders.len() > 1 {
            settle_holders(points, holders.into_values().collect(), sources, fates);
        }
    }
}

/// A present source beats one that has left, and a stated date beats a report's; then the larger multiset of values, and
/// of equal ones the earlier path. What is contained in the first is a duplicate; anything else is a conflict of all.
fn settle_holders(points: &[Point<'_>], mut holders: Vec<Vec<usize>>, sources: &Sources<'_>, fates: &mut [Fate]) {
    let standing = |rows: &[usize]| {
        let point = &points[rows[0]];
        (
            !sources.present[point.source as usize],
            rows.iter().any(|row| points[*row].date_source == DateSource::Report),
            point.derived,
        )
    };
    let values = |rows: &[usize]| {
        let mut values: Vec<u64> = rows.iter().filter_map(|row| points[*row].value).map(ordered_bits).collect();
        values.sort_unstable();
        values
    };
    holders.sort_by_key(|rows| (standing(rows), std::cmp::Reverse(values(rows).len()), points[rows[0]].source));
    let first = holders[0].clone();
    let (best, best_values) = (standing(&first), values(&first));
    let winner = points[first[0]].source;
    let mut conflict = None;
    for rows in &holders[1..] {
        let weaker = (standing(rows).0, standing(rows).1) > (best.0, best.1);
        if weaker || contains(&best_values, &values(rows)) {
            for row in rows {
                fates[*row] = Fate::Duplicate(winner);
            }
        } else {
            conflict = Some(points[rows[0]].source);
            for row in rows {
                fates[*row] = Fate::Conflict(winner);
            }
        }
    }
    if let Some(other) = conflict {
        for row in first {
            fates[row] = Fate::Conflict(other);
        }
    }
}

/// Bits that sort as the numbers do, for numbers that are not negative.
fn ordered_bits(value: f64) -> u64 {
    (value + 0.0).to_bits()
}

/// True when every value of `small` is in `large`, as often.
fn contains(large: &[u64], small: &[u64]) -> bool {
    let mut rest = large.iter();
    small.iter().all(|value| rest.any(|other| other == value))
}

/// The number of each point among those with the same measure, date, session and form, in the order of their values.
fn occurrences(points: &[Point<'_>]) -> Vec<u32> {
    let mut numbers = vec![0; points.len()];
    for (from, to) in groups(points) {
        if to - from > 1 {
            let mut rows: Vec<usize> = (from..to).collect();
            rows.sort_by(|a, b| {
                let (a, b) = (&points[*a], &points[*b]);
                (a.form, a.value.map(ordered_bits)).cmp(&(b.form, b.value.map(ordered_bits)))
            });
            let mut previous: Option<(usize, u32)> = None;
            for row in rows {
                let number = match previous {
                    Some((before, number)) if points[before].form == points[row].form => number + 1,
                    _ => 0,
                };
                numbers[row] = number;
                previous = Some((row, number));
            }
        }
    }
    numbers
}

impl Written {
    fn count(&mut self, point: &Point<'_>, fate: Fate, points: &[Point<'_>]) {
        let scored = point.state == "scored";
        if fate == Fate::Keep {
            self.days.extend(point.date);
            if scored && point.measure != 0 {
                match self.scored.last_mut() {
                    // Points come sorted by measure.
                    Some((measure, n)) if *measure == point.measure => *n += 1,
                    _ => self.scored.push((point.measure, 1)),
                }
            }
        }
        if point.derived || fate == Fate::Keep {
            return;
        }
        let tally = self.tallies.entry(point.source).or_default();
        let conflict = matches!(fate, Fate::Conflict(_));
        tally.conflicts += u64::from(conflict);
        tally.duplicate += u64::from(fate.is_duplicate());
        let (other, beside) = match fate {
            Fate::Conflict(other) | Fate::Duplicate(other) => (other, None),
            Fate::Repeat(row) => (point.source, points.get(row).map(locator)),
            Fate::Keep => return,
        };
        let seen = point.raw.to_owned();
        self.findings.push(Finding {
            source: point.source,
            row: point.row,
            locator: locator(point),
            conflict,
            seen,
            other,
            beside,
        });
    }

    fn encode(&mut self, group: Group, table: &Table) -> Result<(), StoreError> {
        self.rows += group.rows();
        if group.rows() > 0 {
            self.groups.push(group.encode(table)?);
        }
        Ok(())
    }
}

fn locator(point: &Point<'_>) -> String {
    let mut text = String::new();
    push_locator(point, &mut text);
    text
}

fn push_locator(point: &Point<'_>, into: &mut String) {
    if point.column == Slot::NO_COLUMN {
        into.push_str(point.place);
    } else {
        place::push_cell(point.place, usize::from(point.column), point.row, into);
    }
}

/// Makes the keys of data points, in buffers that serve again.
#[derive(Default)]
struct Hash {
    bytes: Vec<u8>,
    measure: String,
    made: u32,
}

impl Hash {
    fn key(&mut self, point: &Point<'_>, occurrence: u32, sources: &Sources<'_>, text: &mut String) {
        if self.made != point.measure {
            self.measure = key_text('M', point.measure);
            self.made = point.measure;
        }
        let keyed = point.measure != 0;
        let parent = if keyed { &self.measure } else { &sources.ids[point.source as usize] };
        // Texts without a length of their own come last, so that no two rows can make the same bytes.
        self.bytes.clear();
        self.bytes.extend_from_slice(b"data_points");
        self.bytes.extend_from_slice(parent.as_bytes());
        self.bytes.extend_from_slice(&point.date.unwrap_or(i32::MIN).to_le_bytes());
        self.bytes.extend_from_slice(&point.session.unwrap_or(i64::MIN).to_le_bytes());
        self.bytes.extend_from_slice(&occurrence.to_le_bytes());
        if !keyed {
            self.bytes.extend_from_slice(&point.row.to_le_bytes());
            self.bytes.extend_from_slice(&point.column.to_le_bytes());
            self.bytes.push(u8::from(point.derived));
        }
        self.bytes.extend_from_slice(point.form.as_bytes());
        hash_into(&self.bytes, text);
    }
}
