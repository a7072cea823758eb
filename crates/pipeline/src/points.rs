//! One data point on its way to its partition: fixed numbers, then texts.

/// Partitions hold this many consecutive student keys.
const STUDENTS: u32 = 512;
/// Partitions of rows without a student begin here, one a source.
const WITHOUT_STUDENT: u32 = 1 << 31;

/// Where the date of a point comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum DateSource {
    Stated,
    Period,
    Report,
    Ordinal,
}

impl DateSource {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Period => "period",
            Self::Report => "report",
            Self::Ordinal => "ordinal",
        }
    }

    fn of(byte: u8) -> Self {
        [Self::Stated, Self::Period, Self::Report, Self::Ordinal].into_iter().find(|one| *one as u8 == byte).unwrap_or(Self::Stated)
    }
}

/// A data point. Keys are numbers of keys, 0 for none; the date is days since 1970.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point<'a> {
    pub student: u32,
    pub goal: u32,
    pub measure: u32,
    pub date: Option<i32>,
    pub session: Option<i64>,
    pub source: u32,
    pub row: u64,
    pub column: u16,
    pub value: Option<f64>,
    pub numerator: Option<f64>,
    pub denominator: Option<f64>,
    pub minutes: Option<f64>,
    pub state: &'static str,
    pub date_source: DateSource,
    /// From a report's description: it is no item of its own.
    pub derived: bool,
    /// Sheet of a cell, or the whole place when there is no cell.
    pub place: &'a str,
    pub raw: &'a str,
    pub prompt: &'a str,
    pub level: &'a str,
    pub phase: &'a str,
    pub form: &'a str,
}

const STATES: [&str; 5] = ["scored", "absent", "refused", "blank", "invalid"];

impl<'a> Point<'a> {
    pub(crate) fn partition(&self) -> u32 {
        if self.student == 0 { WITHOUT_STUDENT + self.source } else { self.student / STUDENTS }
    }

    pub(crate) fn write(&self, into: &mut Vec<u8>) {
        for number in [self.student, self.goal, self.measure, self.source] {
            into.extend_from_slice(&number.to_le_bytes());
        }
        into.extend_from_slice(&self.date.unwrap_or(i32::MIN).to_le_bytes());
        into.extend_from_slice(&self.session.unwrap_or(i64::MIN).to_le_bytes());
        into.extend_from_slice(&self.row.to_le_bytes());
        into.extend_from_slice(&self.column.to_le_bytes());
        for number in [self.value, self.numerator, self.denominator, self.minutes] {
            into.extend_from_slice(&number.unwrap_or(f64::NAN).to_le_bytes());
        }
        let state = STATES.iter().position(|state| *state == self.state).unwrap_or(4);
        into.extend_from_slice(&[state as u8, self.date_source as u8, u8::from(self.derived)]);
        for text in [self.place, self.raw, self.prompt, self.level, self.phase, self.form] {
            into.extend_from_slice(&(text.len() as u32).to_le_bytes());
            into.extend_from_slice(text.as_bytes());
        }
    }

    /// All points of a partition's bytes.
    pub(crate) fn read_all(bytes: &'a [u8]) -> Vec<Self> {
        let mut rest = Bytes(bytes);
        let mut points = Vec::with_capacity(bytes.len() / 120);
        while !rest.0.is_empty() {
            points.push(rest.point());
        }
        points
    }
}

/// The bytes were written by [`Point::write`] in this run, so their shape is known.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, n: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(n.min(self.0.len()));
        self.0 = rest;
        taken
    }

    fn array<const N: usize>(&mut self) -> [u8; N] {
        self.take(N).try_into().unwrap_or([0; N])
    }

    fn float(&mut self) -> Option<f64> {
        Some(f64::from_le_bytes(self.array())).filter(|number| !number.is_nan())
    }

    fn text(&mut self) -> &'a str {
        let length = u32::from_le_bytes(self.array()) as usize;
        std::str::from_utf8(self.take(length)).unwrap_or_default()
    }

    fn point(&mut self) -> Point<'a> {
        let [student, goal, measure, source] = std::array::from_fn(|_| u32::from_le_bytes(self.array()));
        let date = Some(i32::from_le_bytes(self.array())).filter(|date| *date != i32::MIN);
        let session = Some(i64::from_le_bytes(self.array())).filter(|session| *session != i64::MIN);
        let row = u64::from_le_bytes(self.array());
        let column = u16::from_le_bytes(self.array());
        let [value, numerator, denominator, minutes] = std::array::from_fn(|_| self.float());
        let [state, date_source, derived] = self.array();
        let [place, raw, prompt, level, phase, form] = std::array::from_fn(|_| self.text());
        Point {
            student,
            goal,
            measure,
            date,
            session,
            source,
            row,
            column,
            value,
            numerator,
            denominator,
            minutes,
            state: STATES.get(usize::from(state)).copied().unwrap_or("invalid"),
            date_source: DateSource::of(date_source),
            derived: derived != 0,
            place,
            raw,
            prompt,
            level,
            phase,
            form,
        }
    }
}
