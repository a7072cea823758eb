//! What the workbook says of itself: its sheets, number formats, shared texts.

use super::records::{Records, wide};
use crate::grid::Texts;
use crate::grid::formats::Format;
use crate::le::{u16_at, u32_at};
use crate::markup::Broken;
use crate::xlsx::package::{Archive, find, main_part, open_archive, read_part, related};
use std::collections::HashMap;
use std::io::{BufReader, Read};

/// A sheet with cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    /// Index of its part.
    pub(crate) part: usize,
    pub(crate) hidden: bool,
}

/// What the cells refer to.
pub(crate) struct Book {
    pub(crate) shared: Texts,
    /// By style.
    pub(crate) formats: Vec<Format>,
    pub(crate) from_1904: bool,
}

/// The workbook without its cells.
pub(crate) struct Outline<'a> {
    pub(crate) archive: Archive<'a>,
    pub(crate) sheets: Vec<Sheet>,
    pub(crate) book: Book,
}

const SHARED_ITEM: u16 = 19;
const FORMAT: u16 = 44;
const STYLE: u16 = 47;
const PROPERTIES: u16 = 153;
const SHEET: u16 = 156;
const STYLES: u16 = 617;
const END_STYLES: u16 = 618;

impl<'a> Outline<'a> {
    pub(crate) fn open(data: &'a [u8], limit: u64) -> Result<Self, Broken> {
        let mut archive = open_archive(data)?;
        let (main, folder, relations_name) = main_part(&mut archive, "xl/workbook.bin")?;
        let relations = related(&mut archive, &relations_name, &folder)?;
        let target = |kind: &str, usual: &str| {
            let known = relations.iter().find(|relation| relation.kind.ends_with(kind));
            known.map_or_else(|| format!("{folder}{usual}"), |relation| relation.target.clone())
        };
        let formats = match read_part(&mut archive, &target("/styles", "styles.bin"))? {
            Some(styles) => formats(&styles)?,
            None => Vec::new(),
        };
        let shared = match find(&archive, &target("/sharedStrings", "sharedStrings.bin")) {
            Some(part) => shared(BufReader::new(archive.by_index(part).map_err(|_| Broken::Stream)?), limit)?,
            None => Texts::default(),
        };
        let workbook = read_part(&mut archive, &main)?.ok_or(Broken::Markup)?;
        let mut records = Records::new(workbook.as_slice(), limit);
        let mut sheets = Vec::new();
        let mut from_1904 = false;
        while let Some(id) = records.next()? {
            let data = records.data();
            match id {
                PROPERTIES => from_1904 = data.first().is_some_and(|flags| flags & 1 != 0),
                SHEET => {
                    let (mut relation, mut name) = (String::new(), String::new());
                    let names = wide(data, 8, &mut relation).and_then(|end| wide(data, end, &mut name));
                    let state = u32_at(data, 0).filter(|_| names.is_some()).ok_or(Broken::Markup)?;
                    name.retain(|one| one != '\0');
                    let known = relations.iter().find(|known| known.id == relation);
                    // A chart, a dialog, a macro sheet and a sheet without a part have no cells.
                    if let Some(known) = known.filter(|known| known.kind.ends_with("/worksheet")) {
                        let part = find(&archive, &known.target).ok_or(Broken::Markup)?;
                        sheets.push(Sheet { name, part, hidden: state != 0 });
                    }
                }
                _ => {}
            }
        }
        if sheets.is_empty() {
            return Err(Broken::Markup);
        }
        Ok(Self { archive, sheets, book: Book { shared, formats, from_1904 } })
    }
}

fn formats(styles: &[u8]) -> Result<Vec<Format>, Broken> {
    let mut records = Records::new(styles, u64::MAX);
    let mut codes = HashMap::new();
    let mut formats = Vec::new();
    let mut of_cells = false;
    while let Some(id) = records.next()? {
        let data = records.data();
        match id {
            FORMAT => {
                let mut code = String::new();
                if let (Some(id), Some(_)) = (u16_at(data, 0), wide(data, 2, &mut code)) {
                    codes.insert(id, Format::of(u32::from(id), &code));
                }
            }
            STYLES => of_cells = true,
            END_STYLES => of_cells = false,
            STYLE if of_cells => {
                let id = u16_at(data, 2).unwrap_or(0);
                formats.push(codes.get(&id).copied().unwrap_or_else(|| Format::built_in(id)));
            }
            _ => {}
        }
    }
    Ok(formats)
}

fn shared<R: Read>(source: R, limit: u64) -> Result<Texts, Broken> {
    let mut records = Records::new(source, limit);
    let mut shared = Texts::default();
    while let Some(id) = records.next()? {
        if id == SHARED_ITEM {
            shared.add(|into| wide(records.data(), 1, into)).ok_or(Broken::Markup)?;
        }
    }
    Ok(shared)
}
