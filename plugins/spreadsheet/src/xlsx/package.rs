//! The parts of a workbook. calamine reads those that say what the sheets are; it gets a copy without the cells and the
//! shared texts, which can be a thousand times larger and stream by instead.

use crate::grid::formats::Format;
use crate::markup::{Broken, Markup, Token, attribute};
use calamine::{Reader, SheetType, SheetVisible, Xlsx};
use std::io::{Cursor, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

pub(crate) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Parts that are read as a whole are small; a larger one is damage or an attack.
const SMALL: u64 = 64 << 20;

/// A sheet with cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    /// Index of its part.
    pub(crate) part: usize,
    pub(crate) hidden: bool,
}

/// What the workbook says of itself.
pub(crate) struct Package<'a> {
    pub(crate) archive: Archive<'a>,
    pub(crate) sheets: Vec<Sheet>,
    /// Part of the shared texts.
    pub(crate) shared: Option<usize>,
    /// By style.
    pub(crate) formats: Vec<Format>,
    pub(crate) from_1904: bool,
}

pub(crate) fn open(data: &[u8]) -> Result<Package<'_>, Broken> {
    let mut archive = open_archive(data)?;
    let (main, folder, relations_name) = main_part(&mut archive, "xl/workbook.xml")?;
    let relations = related(&mut archive, &relations_name, &folder)?;
    let ids = sheet_ids(&mut archive, &main)?;
    let parts: Vec<Option<usize>> = ids
        .iter()
        .map(|id| relations.iter().find(|relation| relation.id == *id).and_then(|relation| find(&archive, &relation.target)))
        .collect();
    let shared = relations.iter().find(|relation| relation.kind.ends_with("/sharedStrings"));
    let shared = find(&archive, shared.map_or(&format!("{folder}sharedStrings.xml"), |relation| &relation.target));

    let copy = outline(
        &mut archive,
        &[&main, &relations_name, &format!("{folder}styles.xml"), &format!("{folder}theme/theme1.xml")],
        &parts,
    )?;
    // calamine is no part of the trusted base: a panic in it is a damaged file.
    let read = catch_unwind(AssertUnwindSafe(|| read(copy))).map_err(|_| Broken::Markup)??;
    if read.sheets.len() != parts.len() {
        return Err(Broken::Markup);
    }
    let mut sheets = Vec::new();
    for ((name, kind, hidden), part) in read.sheets.into_iter().zip(parts) {
        match (kind, part) {
            (SheetType::WorkSheet, Some(part)) => sheets.push(Sheet { name, part, hidden }),
            (SheetType::WorkSheet, None) => return Err(Broken::Markup),
            _ => {} // a chart or a dialog has no cells
        }
    }
    Ok(Package { archive, sheets, shared, formats: read.formats, from_1904: read.from_1904 })
}

pub(crate) fn open_archive(data: &[u8]) -> Result<Archive<'_>, Broken> {
    ZipArchive::new(Cursor::new(data)).map_err(|_| Broken::Stream)
}

/// The main part, its folder (with a slash) and the part with its relations.
pub(crate) fn main_part(archive: &mut Archive<'_>, usual: &str) -> Result<(String, String, String), Broken> {
    let main = related(archive, "_rels/.rels", "")?
        .into_iter()
        .find(|relation| relation.kind.ends_with("/officeDocument"))
        .map_or_else(|| usual.to_owned(), |relation| relation.target);
    let (folder, file) = main.rsplit_once('/').map_or(("", main.as_str()), |(folder, file)| (folder, file));
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let relations = format!("{folder}_rels/{file}.rels");
    Ok((main, folder, relations))
}

struct Outline {
    /// Name, kind, and whether it is hidden.
    sheets: Vec<(String, SheetType, bool)>,
    formats: Vec<Format>,
    from_1904: bool,
}

/// What calamine says: sheets in their order, number formats by style, and which day is day 1.
fn read(copy: Vec<u8>) -> Result<Outline, Broken> {
    let mut book = Xlsx::new(Cursor::new(copy)).map_err(|_| Broken::Markup)?;
    let sheets: Vec<_> = book
        .sheets_metadata()
        .iter()
        .map(|sheet| (sheet.name.clone(), sheet.typ, sheet.visible != SheetVisible::Visible))
        .collect();
    let from_1904 = book.has_1904_epoch();
    let first = sheets.iter().find(|(_, kind, _)| *kind == SheetType::WorkSheet).map(|(name, ..)| name.clone());
    let formats = match first {
        Some(name) => {
            let cells = book.worksheet_cells_reader(&name).map_err(|_| Broken::Markup)?;
            let format = |style: &calamine::Style| {
                style
                    .number_format
                    .as_ref()
                    .map_or(Format::Number, |format| Format::of(format.format_id.unwrap_or(0), &format.format_code))
            };
            cells.styles().iter().map(format).collect()
        }
        None => Vec::new(),
    };
    Ok(Outline { sheets, formats, from_1904 })
}

/// A workbook of the same outline: small parts as they are, sheets without cells, no shared texts.
fn outline(archive: &mut Archive<'_>, small: &[&str], sheets: &[Option<usize>]) -> Result<Vec<u8>, Broken> {
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, text: &[u8]| -> Result<(), Broken> {
        copy.start_file(name, stored).map_err(|_| Broken::Stream)?;
        copy.write_all(text).map_err(|_| Broken::Stream)
    };
    let rels = read_part(archive, "_rels/.rels")?;
    let main = format!(
        r#"<Relationships><Relationship Id="a" Type="/relationships/officeDocument" Target="{}"/></Relationships>"#,
        small[0]
    );
    add("_rels/.rels", rels.as_deref().unwrap_or(main.as_bytes()))?;
    for name in small {
        if let Some(text) = read_part(archive, name)? {
            add(name, &text)?;
        }
    }
    let mut done = Vec::new();
    for &part in sheets.iter().flatten() {
        if !done.contains(&part) {
            done.push(part);
            let name = archive.name_for_index(part).ok_or(Broken::Stream)?.map_err(|_| Broken::Stream)?.into_owned();
            add(&name, b"<worksheet><sheetData></sheetData></worksheet>")?;
        }
    }
    Ok(copy.finish().map_err(|_| Broken::Stream)?.into_inner())
}

/// Index of a part; names differ in case and slashes from program to program.
pub(crate) fn find(archive: &Archive<'_>, name: &str) -> Option<usize> {
    let plain = |name: &str| name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase();
    let wanted = plain(name);
    archive
        .index_for_name(name)
        .or_else(|| archive.file_names().position(|known| known.is_ok_and(|known| plain(&known) == wanted)))
}

/// A small part as a whole.
pub(crate) fn read_part(archive: &mut Archive<'_>, name: &str) -> Result<Option<Vec<u8>>, Broken> {
    let Some(index) = find(archive, name) else { return Ok(None) };
    let mut part = archive.by_index(index).map_err(|_| Broken::Stream)?.take(SMALL + 1);
    let mut text = Vec::new();
    part.read_to_end(&mut text).map_err(|_| Broken::Stream)?;
    if text.len() as u64 > SMALL { Err(Broken::TooBig) } else { Ok(Some(text)) }
}

/// What a part refers to.
pub(crate) struct Relation {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) target: String,
}

/// The relations in a part, their targets as paths in the container.
pub(crate) fn related(archive: &mut Archive<'_>, name: &str, folder: &str) -> Result<Vec<Relation>, Broken> {
    let mut relations = Vec::new();
    elements(archive, name, b"Relationship", |attributes| {
        let get = |name: &[u8]| attribute(attributes, name).unwrap_or_default();
        let target = get(b"Target");
        let target = target.strip_prefix('/').map_or_else(|| format!("{folder}{target}"), str::to_owned);
        relations.push(Relation { id: get(b"Id"), kind: get(b"Type"), target });
    })?;
    Ok(relations)
}

/// The relation of each sheet, in order.
fn sheet_ids(archive: &mut Archive<'_>, main: &str) -> Result<Vec<String>, Broken> {
    let mut ids = Vec::new();
    elements(archive, main, b"sheet", |attributes| {
        ids.push(attribute(attributes, b"id").unwrap_or_default());
    })?;
    Ok(ids)
}

fn elements(archive: &mut Archive<'_>, name: &str, wanted: &[u8], mut each: impl FnMut(&[u8])) -> Result<(), Broken> {
    let Some(text) = read_part(archive, name)? else { return Ok(()) };
    let mut markup = Markup::new(text.as_slice(), SMALL);
    loop {
        match markup.next()? {
            Token::Open { name, attributes, .. } if name == wanted => each(attributes),
            Token::End => return Ok(()),
            _ => {}
        }
    }
}
