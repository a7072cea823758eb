//! Reads Missouri IEP forms in Word files (.docx).
//!
//! Labels are recognized by their text. What a form says is handed on as it was typed: no date is parsed here and no
//! statement becomes a code.

mod body;
mod container;
mod emit;
mod form;
mod goals;
mod labels;
mod reader;
mod services;
mod text;

#[cfg(test)]
mod tests;

use aimline_plugin::{Error, Host, Importer, Input, Probe, Result, Severity};
use body::Block;
use container::Kind;
use reader::End;

/// What is unpacked of a document to see what it is.
const PROBED: u64 = 2 << 20;
/// What is unpacked of a document to read it; real forms are 3 or 4 MB.
const READ: u64 = 256 << 20;

struct DeseForm;

aimline_plugin::export_importer!(
    DeseForm,
    r#"{"name":"dese-form","version":"0.1.0","license":"MIT OR Apache-2.0","formats":["Missouri IEP form (.docx)"],"signatures":["zip","ole"]}"#
);

fn named(input: &Input<'_>, ending: &str) -> bool {
    input.name.to_ascii_lowercase().ends_with(ending)
}

/// Calls `see` with each line until it says that this is enough.
fn any_line(blocks: &[Block], see: &mut impl FnMut(&str) -> bool) -> bool {
    blocks.iter().any(|block| match block {
        Block::Line(line) => see(&line.text),
        Block::Table(table) => table.rows.iter().flat_map(|row| &row.cells).any(|cell| any_line(&cell.blocks, see)),
    })
}

fn probe_word(data: &[u8]) -> Probe {
    let (blocks, end) = container::body(data, PROBED, Some(labels::is_of_the_form)).unwrap_or((Vec::new(), End::Damaged));
    if end == End::Stopped {
        return Probe::yes(95, "Missouri IEP form", "a Word document with the headings of the form");
    }
    let mut about = |line: &str| {
        let text = text::fold(line);
        text.contains("individualized education program") && text.len() < 120 || labels::section(line).is_some()
    };
    if any_line(&blocks, &mut about) {
        Probe::yes(50, "Word document", "a Word document about an IEP")
    } else {
        Probe::yes(20, "Word document", "a Word document without the headings of the form")
    }
}

impl Importer for DeseForm {
    fn probe(input: &Input<'_>) -> Probe {
        match container::kind(input.data) {
            Kind::Word => probe_word(input.data),
            Kind::DamagedWord => Probe::yes(30, "damaged Word document", "a zip of Word parts without a directory"),
            Kind::Encrypted if named(input, ".docx") => {
                Probe::yes(50, "protected Word document", "an encrypted package under a Word name")
            }
            Kind::Ole | Kind::Encrypted if named(input, ".doc") || named(input, ".docx") => {
                Probe::yes(10, "Word 97-2003", "the older container under a Word name")
            }
            _ => Probe::no(),
        }
    }

    fn import(input: &Input<'_>, host: &mut Host<'_>) -> Result<()> {
        match container::kind(input.data) {
            Kind::Word => import_word(input, host),
            Kind::DamagedWord => damaged(host),
            Kind::Encrypted => {
                emit::report(host, "F004", Severity::Error, "", "an encrypted document", "a document without a password")?;
                Err(Error::unsupported("the document is protected by a password"))
            }
            Kind::Ole => {
                emit::report(host, "F014", Severity::Error, "", "a Word document of the older kind (.doc)", "a .docx document")?;
                Err(Error::unsupported("Word documents of the older kind (.doc) are not read"))
            }
            Kind::Foreign => Err(Error::format("this is not a Word document")),
        }
    }
}

fn damaged(host: &mut Host<'_>) -> Result<()> {
    emit::report(host, "F003", Severity::Error, "", "a Word document whose container is damaged", "a document that Word opens")?;
    Err(Error::format("the Word document is damaged"))
}

fn import_word(input: &Input<'_>, host: &mut Host<'_>) -> Result<()> {
    let Some((blocks, end)) = container::body(input.data, host.max_unpacked().min(READ), None) else { return damaged(host) };
    match end {
        End::Damaged => return damaged(host),
        End::TooLarge => {
            let seen = "a document that unpacks to more than a form needs";
            emit::report(host, "F013", Severity::Error, "", seen, "a form of some megabytes")?;
            return Err(Error::limit("the document is larger than any form"));
        }
        End::Broken(at) => {
            let seen = format!("the document breaks off or is not well formed at byte {at} of its main part");
            emit::report(host, "F006", Severity::Error, "", &seen, "a whole document")?;
        }
        End::Whole | End::Stopped => {}
    }
    let form = form::recognize(&blocks);
    if !form.known {
        let expected = "the headings of the Missouri form, such as Annual Goal #";
        emit::report(host, "F016", Severity::Warning, "", "a Word document without the headings of a form", expected)?;
        return Err(Error::format("this Word document is not an IEP form that is known"));
    }
    if emit::emit(&form, host)? == 0 {
        emit::report(host, "F010", Severity::Info, "", "a form that nobody has filled in", "a name, a date or a goal")?;
    }
    host.progress(input.data.len() as u64)
}
