//! Which character separates the columns.

use super::records::Records;

/// How a text is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) delimiter: u8,
    /// The usual number of columns; 1 when no delimiter divides the lines steadily.
    pub(crate) columns: usize,
    /// Length of a first line `sep=;`, which Excel takes for itself.
    pub(crate) skip: usize,
}

/// How much of a file is looked at.
const HEAD: usize = 64 << 10;
const RECORDS: usize = 50;
/// In order of preference when two divide all lines equally well: a comma may be a decimal sign.
const DELIMITERS: [u8; 4] = [b'\t', b'|', b';', b','];

struct Fit {
    delimiter: u8,
    /// The most frequent number of columns.
    columns: usize,
    /// Share of the records that have it.
    share: f64,
    /// The first record has it.
    first: bool,
}

impl Shape {
    /// Of the bytes of a file, by its beginning.
    pub(crate) fn of(data: &[u8]) -> Self {
        Self::of_text(&super::head(data, HEAD), data.len() <= HEAD)
    }

    fn of_text(text: &str, whole: bool) -> Self {
        if let Some((delimiter, skip)) = stated(text) {
            let fit = fit(&text[skip..], delimiter, whole);
            return Self { delimiter, columns: fit.columns.max(2), skip };
        }
        let fits = DELIMITERS.map(|delimiter| fit(text, delimiter, whole));
        let score = |fit: &Fit| fit.share * (fit.columns as f64).sqrt();
        let sure = fits.iter().find(|fit| fit.columns > 1 && fit.share >= 0.9 && fit.first);
        let likely = fits.iter().filter(|fit| fit.columns > 1).max_by(|one, other| score(one).total_cmp(&score(other)));
        let semicolon = &fits[2];
        match sure.or(likely) {
            Some(best) if best.delimiter == b',' && semicolon.columns > 1 && semicolon.share >= 0.9 && decimal_commas(text) => {
                Self { delimiter: b';', columns: semicolon.columns, skip: 0 }
            }
            Some(best) => Self { delimiter: best.delimiter, columns: if best.share >= 0.6 { best.columns } else { 1 }, skip: 0 },
            None => Self { delimiter: b',', columns: 1, skip: 0 },
        }
    }
}

/// A first line such as `sep=;`.
fn stated(text: &str) -> Option<(u8, usize)> {
    let line = text.split(['\r', '\n']).next()?;
    let delimiter = match line.trim_matches('"').as_bytes() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] if delimiter.is_ascii() => *delimiter,
        _ => return None,
    };
    let rest = &text[line.len()..];
    let end = if rest.starts_with("\r\n") { 2 } else { rest.len().min(1) };
    (!matches!(delimiter, b'"' | b'\r' | b'\n')).then_some((delimiter, line.len() + end))
}

/// More than half of the commas stand between two digits.
fn decimal_commas(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let commas = memchr::memchr_iter(b',', bytes);
    let (between, all) =
        commas.fold((0, 0), |(between, all), at| (between + usize::from(at > 0 && digit(at - 1) && digit(at + 1)), all + 1));
    between * 2 > all
}

fn fit(text: &str, delimiter: u8, whole: bool) -> Fit {
    let mut records = Records::new(text.as_bytes(), delimiter, 0);
    let mut widths = Vec::new();
    while widths.len() < RECORDS {
        match records.next() {
            Ok(Some(_)) if whole || records.at() < text.len() => widths.push(records.len()),
            _ => break, // the last record of a piece may be cut
        }
    }
    let often = |width: usize| widths.iter().filter(|&&other| other == width).count();
    let columns = widths.iter().copied().max_by_key(|&width| (often(width), width)).unwrap_or(1);
    let share = often(columns) as f64 / widths.len().max(1) as f64;
    Fit { delimiter, columns, share, first: widths.first() == Some(&columns) }
}
