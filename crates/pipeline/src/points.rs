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
        [Self::Stated, Self::Period, Self::Report, Self::Ordinal]
            .into_iter()
            .find(|one| *one as u8 == byte)
            .unwrap_or(Self::Stated)
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
        let begin = into.len();
        let head = Head { student: self.student, goal: self.goal, measure: self.measure, date: self.date };
        into.extend_from_slice(&head.bytes(0));
        let texts = [self.place, self.raw, self.prompt, self.level, self.phase, self.form];
        let floats = [self.value, self.numerator, self.denominator, self.minutes];
        let mut there = u16::from(self.session.is_some());
        for (bit, float) in floats.iter().enumerate() {
            there |= u16::from(float.is_some()) << (bit + 1);
        }
        for (bit, text) in texts.iter().enumerate() {
            there |= u16::from(!text.is_empty()) << (bit + 5);
        }
        into.extend_from_slice(&there.to_le_bytes());
        let state = STATES.iter().position(|state| *state == self.state).unwrap_or(4) as u8;
        into.push(state | (self.date_source as u8) << 3 | u8::from(self.derived) << 5);
        varint(into, u64::from(self.source));
        varint(into, u64::from(self.column));
        varint(into, self.row);
        if let Some(session) = self.session {
            into.extend_from_slice(&session.to_le_bytes());
        }
        for number in floats.into_iter().flatten() {
            into.extend_from_slice(&number.to_le_bytes());
        }
        for text in texts.into_iter().filter(|text| !text.is_empty()) {
            varint(into, text.len() as u64);
            into.extend_from_slice(text.as_bytes());
        }
        let length = (into.len() - begin) as u32;
        into[begin..begin + 4].copy_from_slice(&length.to_le_bytes());
    }

    /// The point whose bytes begin here.
    pub(crate) fn at(bytes: &'a [u8], place: usize) -> Self {
        Bytes(&bytes[place..]).point()
    }
}

/// What a point is sorted by first, which can be read without the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub student: u32,
    pub goal: u32,
    pub measure: u32,
    pub date: Option<i32>,
}

impl Head {
    const BYTES: usize = 20;
    /// No day of a record.
    const NO_DATE: i32 = i32::MIN;

    /// The heads in a partition's bytes, each with the place where its point begins.
    pub(crate) fn all(bytes: &[u8]) -> impl Iterator<Item = (usize, Self)> {
        let mut next = 0;
        std::iter::from_fn(move || {
            let place = next;
            let (head, length) = Bytes(bytes.get(place..).filter(|rest| rest.len() >= Self::BYTES)?).head();
            next += length.max(Self::BYTES);
            Some((place, head))
        })
    }

    fn bytes(self, length: u32) -> [u8; Self::BYTES] {
        let date = self.date.unwrap_or(Self::NO_DATE).cast_unsigned();
        let mut bytes = [0; Self::BYTES];
        for (into, number) in bytes.chunks_exact_mut(4).zip([length, self.student, self.goal, self.measure, date]) {
            into.copy_from_slice(&number.to_le_bytes());
        }
        bytes
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

    fn varint(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        loop {
            let [byte] = self.array();
            number |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 || shift > 63 {
                return number;
            }
        }
    }

    fn text(&mut self) -> &'a str {
        let length = self.varint() as usize;
        std::str::from_utf8(self.take(length)).unwrap_or_default()
    }

    fn head(&mut self) -> (Head, usize) {
        let [length, student, goal, measure] = std::array::from_fn(|_| u32::from_le_bytes(self.array()));
        let date = Some(i32::from_le_bytes(self.array())).filter(|date| *date != Head::NO_DATE);
        (Head { student, goal, measure, date }, length as usize)
    }

    fn point(&mut self) -> Point<'a> {
        let (Head { student, goal, measure, date }, _) = self.head();
        let there = u16::from_le_bytes(self.array());
        let mut bit = 0;
        let mut next = || {
            bit += 1;
            there & (1 << (bit - 1)) != 0
        };
        let [state] = self.array();
        let [source, column] = std::array::from_fn(|_| self.varint() as u32);
        let row = self.varint();
        let session = next().then(|| i64::from_le_bytes(self.array()));
        let [value, numerator, denominator, minutes] = std::array::from_fn(|_| next().then(|| f64::from_le_bytes(self.array())));
        let [place, raw, prompt, level, phase, form] = std::array::from_fn(|_| if next() { self.text() } else { "" });
        Point {
            student,
            goal,
            measure,
            date,
            session,
            source,
            row,
            column: column as u16,
            value,
            numerator,
            denominator,
            minutes,
            state: STATES.get(usize::from(state & 7)).copied().unwrap_or("invalid"),
            date_source: DateSource::of(state >> 3 & 3),
            derived: state >> 5 != 0,
            place,
            raw,
            prompt,
            level,
            phase,
            form,
        }
    }
}

fn varint(into: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        into.push(number as u8 | 0x80);
        number >>= 7;
    }
    into.push(number as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_come_back_as_they_were() {
        let full = Point {
            student: 70_000,
            goal: 1,
            measure: u32::MAX,
            date: Some(-3),
            session: Some(i64::MAX),
            source: 300,
            row: u64::MAX,
            column: u16::MAX,
            value: Some(-0.5),
            numerator: Some(4.0),
            denominator: Some(5.0),
            minutes: Some(20.0),
            state: "refused",
            date_source: DateSource::Ordinal,
            derived: true,
            place: "Speech",
            raw: "4/5",
            prompt: "G",
            level: "3",
            phase: "B",
            form: "é",
        };
        let bare = Point {
            date: None,
            session: None,
            value: None,
            numerator: None,
            place: "",
            raw: "",
            form: "",
            derived: false,
            ..full
        };
        let mut bytes = Vec::new();
        for point in [full, bare, full] {
            point.write(&mut bytes);
        }
        let places: Vec<usize> = Head::all(&bytes).map(|(place, _)| place).collect();
        let points: Vec<Point<'_>> = places.iter().map(|place| Point::at(&bytes, *place)).collect();
        assert_eq!(points, [full, bare, full]);
        let dates: Vec<Option<i32>> = Head::all(&bytes).map(|(_, head)| head.date).collect();
        assert_eq!(dates, [full.date, None, full.date]);
    }
}
