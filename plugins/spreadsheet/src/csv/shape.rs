//! Which character separates the columns, and which one quotes.

use super::fixed;
use super::records::Records;

/// The characters that a text uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub(crate) delimiter: u8,
    pub(crate) quote: u8,
    /// A backslash before a quote makes it a character; else two quotes do.
    pub(crate) backslash: bool,
}

/// How a text is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) dialect: Dialect,
    /// The usual number of columns; 1 when no delimiter divides the lines steadily.
    pub(crate) columns: usize,
    /// Length of a first line `sep=;`, which Excel takes for itself.
    pub(crate) skip: usize,
    /// The columns are lined up with blanks.
    pub(crate) fixed: bool,
}

/// How much of a file is looked at.
const HEAD: usize = 64 << 10;
const RECORDS: usize = 50;
/// In order of preference when two divide all lines equally well: a comma may be a decimal sign.
const DELIMITERS: [u8; 4] = [b'\t', b'|', b';', b','];
/// These count only where they divide every line, and none of the usual ones does.
const RARE: [u8; 4] = [b'^', b'~', 0x1F, b'#'];

struct Fit {
    delimiter: u8,
    /// The most frequent number of columns.
    columns: usize,
    /// Share of the records that have it.
    share: f64,
    /// The first record has it.
    first: bool,
    records: usize,
}

impl Shape {
    /// Of the bytes of a file, by its beginning.
    pub(crate) fn of(data: &[u8]) -> Self {
        Self::of_text(&super::head(data, HEAD), data.len() <= HEAD)
    }

    fn of_text(text: &str, whole: bool) -> Self {
        let (quote, backslash) = (quote(text), backslash(text));
        let with = |delimiter, columns| Self { dialect: Dialect { delimiter, quote, backslash }, columns, skip: 0, fixed: false };
        let fit = |text: &str, delimiter| fit(text, Dialect { delimiter, quote, backslash }, whole);
        if let Some((delimiter, skip)) = stated(text) {
            let fit = fit(&text[skip..], delimiter);
            return Self { skip, ..with(delimiter, fit.columns.max(2)) };
        }
        let fits = DELIMITERS.map(|delimiter| fit(text, delimiter));
        let score = |fit: &Fit| fit.share * (fit.columns as f64).sqrt();
        let sure = fits.iter().find(|fit| fit.columns > 1 && fit.share >= 0.9 && fit.first);
        let likely = fits.iter().filter(|fit| fit.columns > 1).max_by(|one, other| score(one).total_cmp(&score(other)));
        let semicolon = &fits[2];
        let usual = match sure.or(likely) {
            Some(best) if best.delimiter == b',' && semicolon.columns > 1 && semicolon.share >= 0.9 && decimal_commas(text) => {
                with(b';', semicolon.columns)
            }
            Some(best) => with(best.delimiter, if best.share >= 0.6 { best.columns } else { 1 }),
            None => with(b',', 1),
        };
        if sure.is_none() {
            let fits = RARE.map(|delimiter| fit(text, delimiter));
            let all = |fit: &&Fit| fit.columns > 2 && fit.share == 1.0 && fit.records > 1 && fit.columns > usual.columns;
            if let Some(rare) = fits.iter().find(all) {
                return with(rare.delimiter, rare.columns);
            }
        }
        let lined_up = fixed::columns(text, whole, usual.dialect.delimiter);
        Self { fixed: lined_up > usual.columns, ..usual }
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

/// An apostrophe quotes if it does so in nearly all lines and nothing else does.
fn quote(text: &str) -> u8 {
    if memchr::memchr2(b'"', b'\'', text.as_bytes()).is_none_or(|at| text.as_bytes()[at] == b'"') || text.contains('"') {
        return b'"';
    }
    let lines: Vec<&str> = text.split(['\n', '\r']).filter(|line| !line.is_empty()).take(RECORDS).collect();
    let quoted = |line: &&&str| {
        DELIMITERS.iter().any(|&delimiter| {
            let delimiter = char::from(delimiter);
            let begins = line.starts_with('\'') || line.contains(&format!("{delimiter}'"));
            let ends = line.ends_with('\'') || line.contains(&format!("'{delimiter}"));
            begins && ends && line.contains(delimiter) && line.matches('\'').count().is_multiple_of(2)
        })
    };
    if lines.len() > 1 && lines.iter().filter(quoted).count() * 10 >= lines.len() * 9 { b'\'' } else { b'"' }
}

/// A backslash before a quote with a word after it; before a delimiter it may be the end of a path.
fn backslash(text: &str) -> bool {
    text.match_indices("\\\"").any(|(at, _)| {
        at > 0 && text[at + 2..].starts_with(|next: char| next.is_alphanumeric() || matches!(next, ' ' | '.' | '!' | '?'))
    })
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

fn fit(text: &str, dialect: Dialect, whole: bool) -> Fit {
    let mut records = Records::new(text.as_bytes(), dialect, 0);
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
    Fit { delimiter: dialect.delimiter, columns, share, first: widths.first() == Some(&columns), records: widths.len() }
}
