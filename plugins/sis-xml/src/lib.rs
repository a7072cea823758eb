//! The importer of XML exports: SIF objects become records, any other XML with repeating rows becomes grids.
//!
//! Two passes over the mapped bytes: the first finds out which elements are rows (`outline`), the second sends them.
//! Memory is that of the largest row (SIF: object), with limits. A namespace is never required, only local names count.

mod grid;
mod notes;
mod outline;
mod read;
mod sif;
mod source;
#[cfg(test)]
mod tests;
mod text;

use aimline_plugin::{Error, Host, Importer, Input, Probe, Result};
use quick_xml::events::Event;

/// The importer.
struct SisXml;

aimline_plugin::export_importer!(
    SisXml,
    r#"{"name":"sis-xml","version":"0.1.0","license":"MIT OR Apache-2.0","formats":["SIF IEP and people objects (XML)","other XML with repeating rows"],"signatures":["text"]}"#
);

/// Bytes that a probe looks at.
const START: usize = 256 << 10;

/// What the beginning of a file looks like.
enum Class {
    NotXml,
    /// Another importer answers for it.
    Other(&'static str),
    /// XML that holds no records.
    Refused(&'static str),
    Sif(String),
    EdFi,
    Xml(String),
}

fn classify(data: &[u8]) -> Class {
    let sniffed = match source::sniff(data, START) {
        Ok(sniffed) => sniffed,
        Err(_) => return Class::NotXml,
    };
    let data = &data[..data.len().min(START)];
    let end = sniffed.end.min(data.len());
    let sniffed = source::Sniffed { end, ..sniffed };
    let (mut source, _) = source::open(data, &sniffed);
    let mut root: Option<String> = None;
    let mut sif = None;
    let mut namespaces = String::new();
    let mut starts = 0;
    while starts < 2000 {
        match source.next() {
            Ok(Event::Start(element) | Event::Empty(element)) => {
                starts += 1;
                let name = text::local(element.name().0);
                if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
                    return Class::NotXml;
                }
                if root.is_none() {
                    root = Some(name.to_owned());
                }
                if starts < 50 {
                    for attribute in element.attributes().with_checks(false).flatten() {
                        if attribute.key.0.starts_with("xmlns") && attribute.value.len() < 200 {
                            namespaces.extend([&*attribute.value, "\n"]);
                        }
                    }
                }
                if sif.is_none() && outline::SIF_OBJECTS.contains(&name) {
                    sif = Some(name.to_owned());
                }
            }
            Ok(Event::PI(text)) if text.starts_with("mso-application") && text.contains("Excel") => {
                return Class::Other("It is an Excel 2003 XML workbook.");
            }
            Ok(Event::DocType(text)) if text.trim_start().get(..4).is_some_and(|start| start.eq_ignore_ascii_case("html")) => {
                return Class::Other("It is a web page.");
            }
            Ok(Event::Text(text)) if root.is_none() && !text::trim(&text).is_empty() => return Class::NotXml,
            Ok(Event::GeneralRef(_) | Event::CData(_) | Event::End(_)) if root.is_none() => return Class::NotXml,
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    let Some(root) = root else { return Class::NotXml };
    match root.to_ascii_lowercase().as_str() {
        "html" => return Class::Other("It is a web page."),
        "workbook" if namespaces.contains("urn:schemas-microsoft-com:office:spreadsheet") => {
            return Class::Other("It is an Excel 2003 XML workbook.");
        }
        "schema" if namespaces.contains("XMLSchema") => {
            return Class::Refused("The file is an XML schema: it describes records, but holds none.");
        }
        "stylesheet" | "transform" if namespaces.contains("XSL/Transform") => {
            return Class::Refused("The file is a stylesheet: it holds no records.");
        }
        "rss" => return Class::Refused("The file is a news feed: it holds no records of students."),
        "feed" if namespaces.contains("Atom") => {
            return Class::Refused("The file is a news feed: it holds no records of students.");
        }
        "worddocument" | "package" if namespaces.contains("schemas.microsoft.com/office") => {
            return Class::Refused("The file is a Word document saved as XML. Save it as .docx.");
        }
        _ => {}
    }
    if let Some(object) = sif {
        return Class::Sif(object);
    }
    if namespaces.contains("http://ed-fi.org/") {
        return Class::EdFi;
    }
    if namespaces.contains("sifassociation.org") || namespaces.contains("sifinfo.org") || root == "SIF_Message" {
        return Class::Sif(String::new());
    }
    Class::Xml(root)
}

impl Importer for SisXml {
    fn probe(input: &Input<'_>) -> Probe {
        match classify(input.data) {
            Class::NotXml | Class::Other(_) => Probe::no(),
            Class::Refused(reason) => Probe::yes(70, "XML without records", reason),
            Class::Sif(object) if object.is_empty() => Probe::yes(90, "SIF", "A namespace of SIF was found."),
            Class::Sif(object) => Probe::yes(95, format!("SIF {object}"), format!("The element {object} was found.")),
            Class::EdFi => Probe::yes(90, "Ed-Fi", "A namespace of Ed-Fi was found."),
            Class::Xml(root) => Probe::yes(70, "XML", format!("The root element is {root}.")),
        }
    }

    fn import(input: &Input<'_>, host: &mut Host<'_>) -> Result<()> {
        match classify(input.data) {
            Class::Other(reason) | Class::Refused(reason) => return Err(Error::format(reason)),
            // A file with nothing but an encoding that is not read says why itself; all others have no root.
            Class::NotXml => {
                source::sniff(input.data, START)?;
                return Err(Error::format("The file has no root element, so it is not XML."));
            }
            Class::Sif(_) | Class::EdFi | Class::Xml(_) => {}
        }
        let sniffed = source::sniff(input.data, usize::MAX)?;
        read::import(input.data, &sniffed, host)
    }
}
