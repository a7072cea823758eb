//! What stands before the sheets: their names and places, number formats, shared texts.

use super::records::{BOF, END, Record, Records};
use super::texts::{Storage, Text, code_page};
use crate::grid::Texts;
use crate::grid::formats::Format;
use crate::le::{u16_at, u32_at};
use crate::markup::Broken;
use std::collections::HashMap;

/// A sheet with cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    /// Where it begins in the stream.
    pub(crate) at: usize,
    pub(crate) hidden: bool,
}

/// The workbook without its cells.
pub(crate) struct Globals {
    pub(crate) sheets: Vec<Sheet>,
    pub(crate) shared: Texts,
    /// By style.
    pub(crate) formats: Vec<Format>,
    pub(crate) from_1904: bool,
    pub(crate) storage: Storage,
}

/// What became of the attempt.
pub(crate) enum Opened {
    Book(Globals),
    /// Encrypted.
    Locked,
    /// From before Excel 95.
    Ancient,
}

const FILE_PASS: u16 = 0x002F;
const CODE_PAGE: u16 = 0x0042;
const DATE_MODE: u16 = 0x0022;
const FORMAT: u16 = 0x041E;
const STYLE: u16 = 0x00E0;
const SHEET: u16 = 0x0085;
const SHARED: u16 = 0x00FC;

impl Globals {
    pub(crate) fn read(stream: &[u8]) -> Result<Opened, Broken> {
        let mut records = Records { stream, at: 0 };
        let first = records.next()?.ok_or(Broken::Markup)?;
        match first.id {
            BOF => {}
            0x0009 | 0x0209 | 0x0409 => return Ok(Opened::Ancient),
            _ => return Err(Broken::Markup),
        }
        let old = u16_at(first.data, 0) == Some(0x0500);
        let mut book = Self {
            sheets: Vec::new(),
            shared: Texts::default(),
            formats: Vec::new(),
            from_1904: false,
            storage: if old { Storage::Bytes(encoding_rs::WINDOWS_1252) } else { Storage::Unicode },
        };
        let mut styles = Vec::new();
        let mut codes = HashMap::new();
        while let Some(record) = records.next()? {
            match record.id {
                FILE_PASS => return Ok(Opened::Locked),
                CODE_PAGE if old => book.storage = Storage::Bytes(code_page(u16_at(record.data, 0).unwrap_or(0))),
                DATE_MODE => book.from_1904 = u16_at(record.data, 0) == Some(1),
                FORMAT => {
                    if let (Some(id), Some(code)) =
                        (u16_at(record.data, 0), book.text(stream, record, 2, if old { 1 } else { 2 }))
                    {
                        codes.insert(id, Format::of(u32::from(id), &code));
                    }
                }
                STYLE => styles.push(u16_at(record.data, 2).unwrap_or(0)),
                SHEET => book.sheet(stream, record),
                SHARED => {
                    let mut text = Text::new(stream, record, 8);
                    // If it breaks off, the cells that point to the missing ones say so.
                    while !text.is_done() && book.shared.add(|into| text.append(Storage::Unicode, 2, into)).is_some() {}
                }
                END => break,
                _ => {}
            }
        }
        book.formats = styles.iter().map(|id| codes.get(id).copied().unwrap_or_else(|| Format::built_in(*id))).collect();
        if book.sheets.is_empty() { Err(Broken::Markup) } else { Ok(Opened::Book(book)) }
    }

    fn text(&self, stream: &[u8], record: Record<'_>, skip: usize, length_bytes: u32) -> Option<String> {
        let mut text = String::new();
        Text::new(stream, record, skip).append(self.storage, length_bytes, &mut text)?;
        Some(text)
    }

    fn sheet(&mut self, stream: &[u8], record: Record<'_>) {
        // Charts, macros and modules have no cells.
        if let (Some(at), &[_, _, _, _, state, 0, ..]) = (u32_at(record.data, 0), record.data) {
            let mut name = self.text(stream, record, 6, 1).unwrap_or_default();
            name.retain(|one| one != '\0');
            self.sheets.push(Sheet { name, at: at as usize, hidden: state & 3 != 0 });
        }
    }
}
