//! Reads `word/document.xml` into a [`Body`](crate::body).
//!
//! Content controls are transparent wherever they stand: around runs, paragraphs, cells and rows.

use crate::body::{Block, Cell, Line, Merge, Row, TICKED, Table, UNTICKED};
use crate::text::clean;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::io::BufRead;

/// Elements may nest this deep.
const MAX_DEPTH: usize = 400;
/// Bytes of text that are kept.
const MAX_TEXT: usize = 64 << 20;
const MAIN: [&str; 2] =
    ["http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"];

/// How the reading ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// At the end of the document.
    Whole,
    /// At a line that was enough.
    Stopped,
    /// The XML breaks off or is not well formed there.
    Broken(u64),
    /// The bytes could not be unpacked.
    Damaged,
    /// More than a form needs.
    TooLarge,
}

/// What an element's end has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Plain,
    Table,
    Row,
    RowProperties,
    Cell,
    CellProperties,
    Paragraph,
    ParagraphProperties,
    Run,
    RunProperties,
    Text,
    Control,
    ControlProperties,
    ControlContent,
    ControlBox,
    Field,
    FieldBox,
    FieldList,
    Alternate,
}

/// A content control that is open.
#[derive(Debug, Default)]
struct Control {
    /// State of a checkbox control.
    ticked: Option<bool>,
    /// Whether its box stands in the text already.
    shown: bool,
    /// Whether it shows its placeholder.
    placeholder: bool,
    inside: bool,
}

/// A field that is open.
#[derive(Debug, Default)]
struct Field {
    /// Before its result.
    code: bool,
    /// Its result is not text that somebody typed: the state of the form field says it.
    replaced: bool,
    /// State of a checkbox: default, then what was set.
    default: Option<bool>,
    checked: Option<bool>,
    /// Entries of a drop-down field, and the chosen one.
    entries: Vec<String>,
    chosen: usize,
}

#[derive(Debug)]
enum Frame {
    Blocks(Vec<Block>),
    Table(Table),
    Row(Row),
    Cell(Cell),
}

#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    numbered: bool,
}

#[derive(Debug, Default)]
struct Builder {
    /// Prefix of the main namespace, with its colon.
    prefix: String,
    marks: Vec<Mark>,
    /// Depth below an element that is left out.
    skip: usize,
    frames: Vec<Frame>,
    paragraphs: Vec<Paragraph>,
    controls: Vec<Control>,
    fields: Vec<Field>,
    /// For each open `mc:AlternateContent`, whether one alternative was read.
    alternates: Vec<bool>,
    text: String,
    wingdings: bool,
    kept: usize,
    /// Tells a line after which nothing more is wanted.
    enough: Option<fn(&str) -> bool>,
    stopped: bool,
}

/// Reads a body, to its end or to a line that is `enough`; what was read before a break is kept.
pub(crate) fn read(xml: impl BufRead, enough: Option<fn(&str) -> bool>) -> (Vec<Block>, End) {
    let mut reader = Reader::from_reader(xml);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.allow_dangling_amp = true;
    let mut builder = Builder { prefix: "w:".into(), frames: vec![Frame::Blocks(Vec::new())], enough, ..Builder::default() };
    let mut buffer = Vec::with_capacity(1 << 12);
    let mut root = false;
    let end = loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(start)) => {
                if !root {
                    root = true;
                    builder.find_prefix(&start);
                }
                builder.start(&start);
                if builder.marks.len() + builder.skip > MAX_DEPTH || builder.kept > MAX_TEXT {
                    break End::TooLarge;
                }
            }
            Ok(Event::End(_)) => {
                builder.end();
                if builder.stopped {
                    break End::Stopped;
                }
            }
            Ok(Event::Text(text)) if builder.in_text() => builder.text.push_str(&text.xml10_content()),
            Ok(Event::CData(text)) if builder.in_text() => builder.text.push_str(&text.xml10_content()),
            Ok(Event::GeneralRef(entity)) if builder.in_text() => builder.entity(&entity),
            Ok(Event::Eof) if !root || builder.skip > 0 || !builder.marks.is_empty() => {
                break End::Broken(reader.buffer_position());
            }
            Ok(Event::Eof) => break End::Whole,
            Ok(_) => {}
            Err(quick_xml::Error::Io(_)) => break End::Damaged,
            Err(_) => break End::Broken(reader.error_position()),
        }
    };
    (builder.finish(), end)
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes();
    attributes.with_checks(false).flatten().find(|a| a.key.local_name().into_inner() == name).map(|a| a.value.into_owned())
}

/// An on-off property: present without a value is on.
fn on(start: &BytesStart<'_>) -> bool {
    !matches!(attribute(start, "val").as_deref(), Some("0" | "false" | "off"))
}

fn number(start: &BytesStart<'_>) -> Option<usize> {
    attribute(start, "val")?.trim().parse().ok()
}

/// A character of the Wingdings fonts.
fn wingding(code: u32, second: bool) -> char {
    match (second, code & 0xFF) {
        (false, 0xFD | 0xFE | 0x78) | (true, 0x51..=0x54) => TICKED,
        (false, 0x6F | 0x70 | 0x71 | 0x72 | 0xA8) | (true, 0xA2 | 0xA3) => UNTICKED,
        (false, 0xFB | 0xFC) | (true, 0x4F | 0x50) => '✓',
        _ => '\u{2022}',
    }
}

impl Builder {
    fn find_prefix(&mut self, root: &BytesStart<'_>) {
        for attribute in root.attributes().with_checks(false).flatten() {
            if MAIN.contains(&attribute.value.as_ref()) {
                let name: &str = attribute.key.into_inner();
                self.prefix = name.strip_prefix("xmlns:").map(|prefix| format!("{prefix}:")).unwrap_or_default();
                return;
            }
        }
    }

    fn in_text(&self) -> bool {
        self.skip == 0 && self.marks.last() == Some(&Mark::Text)
    }

    /// Opens a table, row or cell; it counts as some text, so that empty ones have a limit too.
    fn open(&mut self, frame: Frame) {
        self.kept += 64;
        self.frames.push(frame);
    }

    fn start(&mut self, start: &BytesStart<'_>) {
        if self.skip > 0 {
            self.skip += 1;
            return;
        }
        let name = start.name();
        let name: &str = name.into_inner();
        let parent = self.marks.last().copied().unwrap_or(Mark::Plain);
        let mark = match name.strip_prefix(self.prefix.as_str()) {
            Some(local) if !local.contains(':') => self.main(local, parent, start),
            _ => self.foreign(name.rsplit(':').next().unwrap_or(name), parent, start),
        };
        match mark {
            Some(mark) => self.marks.push(mark),
            None => self.skip = 1,
        }
    }

    /// An element of another namespace; `None` leaves it out.
    fn foreign(&mut self, local: &str, parent: Mark, start: &BytesStart<'_>) -> Option<Mark> {
        match (local, parent) {
            ("AlternateContent", _) => {
                self.alternates.push(false);
                Some(Mark::Alternate)
            }
            ("Choice" | "Fallback", Mark::Alternate) => {
                let read = self.alternates.last_mut()?;
                if std::mem::replace(read, true) { None } else { Some(Mark::Plain) }
            }
            ("checkbox", Mark::ControlProperties) => {
                self.controls.last_mut()?.ticked = Some(false);
                Some(Mark::ControlBox)
            }
            ("checked", Mark::ControlBox) => {
                self.controls.last_mut()?.ticked = Some(on(start));
                Some(Mark::Plain)
            }
            _ => Some(Mark::Plain),
        }
    }

    /// An element of the main namespace; `None` leaves it out.
    fn main(&mut self, local: &str, parent: Mark, start: &BytesStart<'_>) -> Option<Mark> {
        if let Some(answer) = self.property(local, parent, start) {
            return answer;
        }
        match local {
            "p" => {
                self.paragraphs.push(Paragraph::default());
                Some(Mark::Paragraph)
            }
            "pPr" => Some(Mark::ParagraphProperties),
            "r" => {
                self.wingdings = false;
                Some(Mark::Run)
            }
            "rPr" if parent == Mark::Run => Some(Mark::RunProperties),
            "t" => {
                self.text.clear();
                Some(Mark::Text)
            }
            "tbl" => {
                self.open(Frame::Table(Table::default()));
                Some(Mark::Table)
            }
            "tr" if matches!(self.frames.last(), Some(Frame::Table(_))) => {
                self.open(Frame::Row(Row::default()));
                Some(Mark::Row)
            }
            "tc" if matches!(self.frames.last(), Some(Frame::Row(_))) => {
                self.open(Frame::Cell(Cell::default()));
                Some(Mark::Cell)
            }
            "trPr" => Some(Mark::RowProperties),
            "tcPr" => Some(Mark::CellProperties),
            "sdt" => {
                self.controls.push(Control::default());
                Some(Mark::Control)
            }
            "sdtPr" if parent == Mark::Control => Some(Mark::ControlProperties),
            "sdtContent" if parent == Mark::Control => {
                self.controls.last_mut()?.inside = true;
                Some(Mark::ControlContent)
            }
            "fldChar" => Some(self.field(start)),
            "del" | "moveFrom" | "instrText" | "delText" | "delInstrText" | "rPr" | "sectPr" | "tblPr" | "tblGrid"
            | "sdtEndPr" | "tblPrEx" | "rt" => None,
            _ => {
                self.character(local, parent, start);
                Some(Mark::Plain)
            }
        }
    }

    /// Elements that stand for characters.
    fn character(&mut self, local: &str, parent: Mark, start: &BytesStart<'_>) {
        if parent != Mark::Run {
            return;
        }
        match local {
            "tab" | "ptab" => self.put(" "),
            "br" | "cr" => self.put("\n"),
            "noBreakHyphen" => self.put("-"),
            "sym" => {
                let code = attribute(start, "char").and_then(|hex| u32::from_str_radix(&hex, 16).ok()).unwrap_or(0);
                let second = attribute(start, "font").is_some_and(|font| font == "Wingdings 2");
                self.put(wingding(code, second).encode_utf8(&mut [0; 4]));
            }
            _ => {}
        }
    }

    /// A child of a property element; the outer `None` says that it is none.
    fn property(&mut self, local: &str, parent: Mark, start: &BytesStart<'_>) -> Option<Option<Mark>> {
        match (parent, local) {
            (Mark::ParagraphProperties, _) => {
                if local == "numPr"
                    && let Some(paragraph) = self.paragraphs.last_mut()
                {
                    paragraph.numbered = true;
                }
                return Some(None);
            }
            (Mark::RunProperties, _) => {
                if local == "rFonts" {
                    self.wingdings = attribute(start, "ascii").is_some_and(|font| font.starts_with("Wingdings"));
                }
                return Some(None);
            }
            (Mark::RowProperties, _) => {
                if let Some(Frame::Row(row)) = self.frames.last_mut() {
                    match local {
                        "gridBefore" => row.before = number(start).unwrap_or(0).min(64) as u32,
                        "del" => row.deleted = true,
                        _ => {}
                    }
                }
                return Some(None);
            }
            (Mark::CellProperties, _) => {
                if let Some(Frame::Cell(cell)) = self.frames.last_mut() {
                    match local {
                        "gridSpan" => cell.span = number(start).unwrap_or(1).clamp(1, 64) as u32,
                        "vMerge" if attribute(start, "val").as_deref() == Some("restart") => cell.merge = Merge::Restart,
                        "vMerge" => cell.merge = Merge::Continue,
                        _ => {}
                    }
                }
                return Some(None);
            }
            (Mark::ControlProperties, "showingPlcHdr") => self.controls.last_mut()?.placeholder = on(start),
            (Mark::ControlProperties, "rPr") => return Some(None),
            (Mark::Field, "checkBox") => return Some(Some(Mark::FieldBox)),
            (Mark::Field, "ddList") => return Some(Some(Mark::FieldList)),
            (Mark::Field, "ffData") => return Some(Some(Mark::Field)),
            (Mark::FieldBox, "default") => self.fields.last_mut()?.default = Some(on(start)),
            (Mark::FieldBox, "checked") => self.fields.last_mut()?.checked = Some(on(start)),
            (Mark::FieldList, "result" | "default") => {
                let field = self.fields.last_mut()?;
                if local == "result" || field.chosen == 0 {
                    field.chosen = number(start).unwrap_or(0);
                }
            }
            (Mark::FieldList, "listEntry") => {
                let entry = attribute(start, "val").unwrap_or_default();
                let entry = quick_xml::escape::unescape(&entry).map_or_else(|_| entry.clone(), |text| text.into_owned());
                self.kept += entry.len();
                self.fields.last_mut()?.entries.push(entry);
            }
            (Mark::ControlProperties | Mark::ControlBox | Mark::Field | Mark::FieldBox | Mark::FieldList, _) => {}
            _ => return None,
        }
        Some(Some(Mark::Plain))
    }

    fn field(&mut self, start: &BytesStart<'_>) -> Mark {
        match attribute(start, "fldCharType").as_deref() {
            Some("begin") => {
                self.fields.push(Field { code: true, ..Field::default() });
                return Mark::Field;
            }
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.code = false;
                }
            }
            Some("end") => {
                self.fields.pop();
            }
            _ => {}
        }
        Mark::Plain
    }

    fn end(&mut self) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        let Some(mark) = self.marks.pop() else { return };
        match mark {
            Mark::Text => {
                let mut text = std::mem::take(&mut self.text);
                if text.contains(['\n', '\r']) {
                    text = text.replace(['\n', '\r'], " ");
                }
                self.put_typed(&text);
                self.text = text;
            }
            Mark::Paragraph => self.end_paragraph(),
            Mark::Table | Mark::Row | Mark::Cell => self.close(),
            Mark::ControlContent => {
                self.show_box();
                if let Some(control) = self.controls.last_mut() {
                    control.inside = false;
                }
            }
            Mark::Control => {
                self.controls.pop();
            }
            Mark::FieldBox => {
                let state = self.fields.last().map(|field| field.checked.or(field.default).unwrap_or(false));
                self.replace_field(state.map(|ticked| if ticked { TICKED } else { UNTICKED }.to_string()));
            }
            Mark::FieldList => {
                let entry = self.fields.last().and_then(|field| field.entries.get(field.chosen).cloned());
                self.replace_field(entry);
            }
            Mark::Alternate => {
                self.alternates.pop();
            }
            _ => {}
        }
    }

    /// Puts the state of a form field where the field begins, and drops its result.
    fn replace_field(&mut self, text: Option<String>) {
        let Some(field) = self.fields.pop() else { return };
        if let Some(text) = text {
            self.put(&text);
        }
        self.fields.push(Field { replaced: true, ..field });
    }

    fn entity(&mut self, entity: &BytesRef<'_>) {
        match entity.resolve_char_ref() {
            Ok(Some(c)) => self.text.push(c),
            Ok(None) => match quick_xml::escape::resolve_xml_entity(entity) {
                Some(text) => self.text.push_str(text),
                None => {
                    self.text.push('&');
                    self.text.push_str(entity);
                }
            },
            Err(_) => self.text.push('\u{FFFD}'),
        }
    }

    /// Text of a run: symbols of the Wingdings fonts become boxes.
    fn put_typed(&mut self, text: &str) {
        let private = |c: char| ('\u{F000}'..='\u{F0FF}').contains(&c);
        if self.wingdings || text.contains(private) {
            let map = |c: char| if private(c) || self.wingdings && !c.is_whitespace() { wingding(c as u32, false) } else { c };
            let mapped: String = text.chars().map(map).collect();
            self.put(&mapped);
        } else {
            self.put(text);
        }
    }

    fn put(&mut self, text: &str) {
        if self.fields.iter().any(|field| field.code || field.replaced) {
            return;
        }
        let mut rest = text;
        if let Some(control) = self.controls.iter().rev().find(|control| control.inside) {
            if control.ticked.is_some() {
                let glyph = !control.shown;
                self.show_box();
                if glyph {
                    // What Word shows for the box; the control's state is what counts.
                    let mut chars = text.trim_start().chars();
                    let first = chars.next();
                    let shown = chars.as_str();
                    if shown.trim().is_empty() || first.is_some_and(|c| !c.is_alphanumeric()) {
                        rest = shown;
                    }
                }
            } else if control.placeholder {
                return;
            }
        }
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.text.push_str(rest);
            self.kept += rest.len();
        }
    }

    /// Puts the box of the innermost checkbox control into the text, once.
    fn show_box(&mut self) {
        let Some(control) = self.controls.iter_mut().rev().find(|control| control.inside) else { return };
        let (Some(ticked), false, Some(paragraph)) = (control.ticked, control.shown, self.paragraphs.last_mut()) else { return };
        control.shown = true;
        paragraph.text.push(if ticked { TICKED } else { UNTICKED });
    }

    fn end_paragraph(&mut self) {
        self.show_box();
        // A field whose code never ends must not swallow the document.
        while self.fields.last().is_some_and(|field| field.code) {
            self.fields.pop();
        }
        let Some(paragraph) = self.paragraphs.pop() else { return };
        for (index, part) in paragraph.text.split('\n').enumerate() {
            self.kept += 64;
            let text = clean(part);
            self.stopped |= self.enough.is_some_and(|enough| enough(&text));
            self.block(Block::Line(Line { text, numbered: paragraph.numbered && index == 0 }));
        }
    }

    /// Adds a block to the innermost body or cell.
    fn block(&mut self, block: Block) {
        for frame in self.frames.iter_mut().rev() {
            match frame {
                Frame::Blocks(blocks) | Frame::Cell(Cell { blocks, .. }) => return blocks.push(block),
                Frame::Table(_) | Frame::Row(_) => {}
            }
        }
    }

    /// Closes the innermost table, row or cell.
    fn close(&mut self) {
        match self.frames.pop() {
            Some(Frame::Table(table)) => self.block(Block::Table(table)),
            Some(Frame::Row(row)) => {
                if let Some(Frame::Table(table)) = self.frames.last_mut()
                    && !row.deleted
                {
                    table.rows.push(row);
                }
            }
            Some(Frame::Cell(cell)) => {
                if let Some(Frame::Row(row)) = self.frames.last_mut() {
                    row.cells.push(cell);
                }
            }
            Some(body @ Frame::Blocks(_)) => self.frames.push(body),
            None => {}
        }
    }

    fn finish(mut self) -> Vec<Block> {
        // A paragraph that is still open lacks its end: half a date is worse than none.
        while self.frames.len() > 1 {
            self.close();
        }
        match self.frames.pop() {
            Some(Frame::Blocks(blocks)) => blocks,
            _ => Vec::new(),
        }
    }
}
