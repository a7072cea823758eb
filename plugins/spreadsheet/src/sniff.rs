//! What a file is, by its bytes. The name only decides between otherwise equal answers.

use crate::csv::Shape;
use crate::xls::{self, OLE};
use crate::xlsx::container;
use aimline_plugin::{Input, Probe};
use memchr::memmem;

/// What can be made of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An Excel workbook in a zip container.
    Workbook,
    /// A workbook of Excel 95 to 2003.
    Xls,
    /// A binary workbook in a zip container.
    Xlsb,
    /// An OpenDocument spreadsheet, in a zip container or in one XML file.
    Ods,
    /// Delimited or other text.
    Text(Shape),
    /// Begins like a workbook and cannot be opened.
    Damaged,
    /// A workbook behind a password.
    Locked,
    /// HTML.
    Html,
    /// An XML spreadsheet of Excel 2003.
    Xml2003,
    /// A zip of other files.
    Zip,
    /// A spreadsheet of a kind that is not read, and what to do; in a user's words.
    Old(&'static str, &'static str),
    /// None of these.
    Nothing,
}

/// How much of a text is looked at for its nature.
const HEAD: usize = 8 << 10;

pub(crate) fn probe(input: &Input<'_>) -> Probe {
    match kind(input) {
        Kind::Workbook => Probe::yes(95, "xlsx", "an Excel workbook"),
        Kind::Xls => Probe::yes(95, "xls", "an Excel workbook of before 2007"),
        Kind::Xlsb => Probe::yes(95, "xlsb", "a binary Excel workbook"),
        Kind::Ods => Probe::yes(95, "ods", "an OpenDocument spreadsheet"),
        Kind::Damaged => Probe::yes(30, "xlsx, damaged", "begins like an Excel workbook, but cannot be opened"),
        Kind::Locked => Probe::yes(60, "xlsx with a password", "an encrypted Office file"),
        Kind::Html if holds_cells(input.data) => Probe::yes(85, "HTML table", "a web page with a table"),
        Kind::Html => Probe::yes(60, "HTML", "a web page, perhaps under an Excel name"),
        Kind::Xml2003 => Probe::yes(95, "XML spreadsheet 2003", "the root element is the Workbook of Excel 2003"),
        Kind::Zip => Probe::yes(50, "zip", "a zip that may hold a table"),
        Kind::Old(what, _) => Probe::yes(40, what, "a spreadsheet that has to be saved as .xlsx first"),
        Kind::Text(shape) if shape.fixed => Probe::yes(40, "text in columns", "lines with blanks below each other"),
        Kind::Text(Shape { dialect, columns, .. }) if columns > 1 => {
            let variant = match dialect.delimiter {
                b'\t' => "tab-separated text",
                b';' => "semicolon-separated text",
                b'|' => "text separated by |",
                b',' => "comma-separated text",
                _ => "text separated by a rare character",
            };
            Probe::yes(50, variant, "lines with a steady number of columns")
        }
        Kind::Text(_) if named(input.name, &["csv", "tsv", "tab", "txt"]) => {
            Probe::yes(20, "text", "a text with the name of a table")
        }
        Kind::Text(_) => Probe::yes(5, "text", "a text"),
        Kind::Nothing => Probe::no(),
    }
}

pub(crate) fn kind(input: &Input<'_>) -> Kind {
    let data = input.data;
    if data.is_empty() {
        Kind::Nothing
    } else if data.starts_with(b"PK\x03\x04") || data.starts_with(b"PK\x05\x06") {
        container::kind(input)
    } else if data.starts_with(OLE) {
        ole(input)
    } else if xls::is_bare(data) {
        Kind::Xls
    } else {
        text(data)
    }
}

/// True if the name ends in one of the extensions.
pub(crate) fn named(name: &str, extensions: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, end)| extensions.iter().any(|known| end.eq_ignore_ascii_case(known)))
}

fn ole(input: &Input<'_>) -> Kind {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(input.data, &wide).is_some()
    };
    if holds("EncryptedPackage") {
        let other = named(input.name, &["docx", "docm", "pptx", "pptm", "doc", "ppt"]);
        if other { Kind::Nothing } else { Kind::Locked }
    } else if !holds("WordDocument") && !holds("PowerPoint Document") && (holds("Workbook") || holds("Book")) {
        Kind::Xls
    } else if named(input.name, &["xls", "xlt"]) && !holds("Root Entry") {
        Kind::Damaged // the names of its streams are lost, its own tells what it was
    } else {
        Kind::Nothing
    }
}

fn text(data: &[u8]) -> Kind {
    let head = crate::csv::head(data, HEAD);
    let begin = head.trim_ascii_start().trim_start_matches('\u{feff}').trim_ascii_start();
    let begins = |with: &str| begin.get(..with.len()).is_some_and(|text| text.eq_ignore_ascii_case(with));
    let holds = |what: &str| memmem::find(begin.as_bytes(), what.as_bytes()).is_some();
    let tag = root(begin);
    let named = |names: &[&str]| names.iter().any(|name| tag.eq_ignore_ascii_case(name));
    // Parts of a page may begin XML of another kind too; a cell decides.
    if named(PAGE) || begins("<!doctype html") || named(PART) && holds_cells(data) {
        return Kind::Html;
    }
    if begin.starts_with('<') && (!tag.is_empty() || begins("<?xml") || begins("<!")) {
        return if tag == "Workbook" && holds("urn:schemas-microsoft-com:office:spreadsheet") {
            Kind::Xml2003
        } else if tag == "document" && holds("application/vnd.oasis.opendocument.spreadsheet") {
            Kind::Ods
        } else if holds("<html") {
            Kind::Html
        } else {
            Kind::Nothing
        };
    }
    if begins("MIME-Version:") && holds("multipart/related") {
        return Kind::Old("a web archive (.mht) saved under an Excel name", "open it in Excel and save it as .xlsx");
    }
    if ["%PDF", "{\\rtf", "{", "[{"].iter().any(|sign| begins(sign)) || binary(&head) {
        return Kind::Nothing;
    }
    Kind::Text(Shape::of(data))
}

/// Elements that a web page begins with.
const PAGE: &[&str] = &["html", "head", "body", "meta"];
/// Elements that a part of one begins with.
const PART: &[&str] = &[
    "style", "title", "table", "thead", "tbody", "tr", "td", "th", "div", "span", "center", "font", "p", "h1", "h2", "h3", "h4",
    "b", "br",
];

/// The name of the first element without its prefix; empty if there is none.
fn root(mut begin: &str) -> &str {
    loop {
        let Some(rest) = begin.trim_start().strip_prefix('<') else { return "" };
        let end = match rest.as_bytes() {
            [b'?', ..] => "?>",
            [b'!', b'-', b'-', ..] => "-->",
            [b'!', ..] => ">",
            _ => {
                let length =
                    rest.find(|one: char| !one.is_alphanumeric() && !matches!(one, '_' | '-' | ':' | '.')).unwrap_or(rest.len());
                let name = &rest[..length];
                return if name.starts_with(char::is_alphabetic) { name.rsplit(':').next().unwrap_or(name) } else { "" };
            }
        };
        match rest.find(end) {
            Some(at) => begin = &rest[at + end.len()..],
            None => return "",
        }
    }
}

/// True if the page has a cell somewhere: XML of another kind may have a `table` too.
fn holds_cells(data: &[u8]) -> bool {
    let (text, _) = crate::html::decode(data, b"charset=");
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| {
        let name = text.as_bytes().get(at + 1..at + 4).unwrap_or_default();
        matches!(name, [b't' | b'T', b'd' | b'D' | b'h' | b'H', b'>' | b' ' | b'\t' | b'\r' | b'\n'])
    })
}

/// More than a stray control character or two.
fn binary(head: &str) -> bool {
    let strange = head
        .chars()
        .filter(|&one| one.is_control() && !matches!(one, '\t' | '\n' | '\r' | '\x0b' | '\x0c' | '\x1a' | '\x1f'))
        .count();
    let lost = head.chars().filter(|&one| one == char::REPLACEMENT_CHARACTER).count();
    strange + lost > 2 + head.len() / 50
}
