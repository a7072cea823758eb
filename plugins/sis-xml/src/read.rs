//! The second pass: one event loop for both families.

use crate::grid::Grid;
use crate::notes::{
    ATTRIBUTE, BAD_REFERENCE, BROKEN, CONTROL, DTD, FALLBACK, LIMIT, MALFORMED, Notes, OUTSIDE, PACKET, REFERENCE, SKIPPED,
};
use crate::outline::{MAX_DEPTH, NAME_WORDS, NONE, Outline, Role, is_data_attribute};
use crate::sif::{Object, Records};
use crate::source::{self, Lines, Sniffed};
use crate::text::{MAX_VALUE, Odd, local, push_attribute, push_reference, push_text, trim_from};
use aimline_plugin::{Error, Host, Place, Result, Severity};
use quick_xml::events::{BytesStart, Event};

const MAX_ATTRIBUTES: usize = 1024;
const MAX_DTD: usize = 64 << 10;

struct Reading<'a, 'h> {
    outline: Outline,
    grid: Grid,
    records: Records,
    object: Object,
    notes: Notes,
    host: &'a mut Host<'h>,
    lines: Lines<'a>,
    /// Running text of the innermost element.
    text: String,
    too_long: bool,
    odd: Odd,
    told: Odd,
    /// Depth below an element that is not kept.
    skip: usize,
    roots: u32,
    deleted: bool,
    /// The name that a column header has as an attribute.
    heading: String,
}

/// Imports a whole file.
pub(crate) fn import(data: &[u8], sniffed: &Sniffed, host: &mut Host<'_>) -> Result<()> {
    let rows: Vec<String> = host
        .option("rows")
        .map(|names| names.split(',').map(|name| local(name.trim()).to_owned()).filter(|name| !name.is_empty()).collect())
        .unwrap_or_default();
    let outline = Outline::read(source::open(data, sniffed), host, &rows)?;
    let grid = Grid::new(&outline);
    let (mut source, lines) = source::open(data, sniffed);
    let mut reading = Reading {
        outline,
        grid,
        records: Records::default(),
        object: Object::default(),
        notes: Notes::default(),
        host,
        lines,
        text: String::new(),
        too_long: false,
        odd: Odd::default(),
        told: Odd::default(),
        skip: 0,
        roots: 0,
        deleted: false,
        heading: String::new(),
    };
    if let Some(at) = sniffed.fallback {
        let line = 1 + data[..at].iter().filter(|byte| **byte == b'\n').count() as u64;
        reading.notes.tell(reading.host, FALLBACK, line, "", "text that is not UTF-8; it was read as Windows-1252")?;
    }
    let mut due = 0;
    let size = data.len() as u64;
    loop {
        let at = source.at();
        if at >= due {
            due = at + (1 << 20);
            reading.host.progress(size / 3 + reading.lines.done(at) / 3 * 2)?;
            reading.lines.forget(at);
        }
        let more = match source.next() {
            Ok(event) => reading.event(event, at)?,
            Err(error) => {
                reading.broken(&error, at)?;
                false
            }
        };
        if !more {
            break;
        }
    }
    reading.finish(size, sniffed)
}

impl Reading<'_, '_> {
    fn tell(&mut self, kind: crate::notes::Kind, at: u64, place: &str, seen: &str) -> Result<()> {
        let line = self.lines.line(at);
        self.notes.tell(self.host, kind, line, place, seen)
    }

    fn depth(&self) -> usize {
        self.grid.depth() + self.skip + usize::from(self.object.is_open())
    }

    fn broken(&mut self, error: &quick_xml::Error, at: u64) -> Result<()> {
        if self.roots == 0 {
            return Ok(());
        }
        if matches!(error, quick_xml::Error::Io(_)) {
            return self.tell(LIMIT, at, "", "a piece of more than 16 MiB; reading stopped here");
        }
        self.tell(BROKEN, at, "", &error.to_string())
    }

    /// Takes one event; false at the end.
    #[inline]
    fn event(&mut self, event: Event<'_>, at: u64) -> Result<bool> {
        match event {
            Event::Empty(element) => {
                let more = self.start(&element, at)?;
                self.end(at)?;
                return Ok(more);
            }
            Event::Start(element) => return self.start(&element, at),
            Event::End(_) => self.end(at)?,
            Event::Text(text) => self.running(&text, at, push_text)?,
            Event::CData(text) => self.running(&text, at, push_text)?,
            Event::GeneralRef(name) => self.running(&name, at, push_reference)?,
            Event::DocType(text) => {
                self.tell(DTD, at, "", "DOCTYPE")?;
                if text.len() > MAX_DTD {
                    self.tell(LIMIT, at, "", "a DOCTYPE of more than 64 KiB; reading stopped here")?;
                    return Ok(false);
                }
            }
            Event::Eof => {
                if self.depth() > 0 {
                    self.tell(BROKEN, at, "", "the file ends within an element")?;
                }
                return Ok(false);
            }
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
        }
        Ok(true)
    }

    #[inline]
    fn running(&mut self, text: &str, at: u64, push: fn(&mut String, &str) -> Odd) -> Result<()> {
        if self.skip > 0 {
            return Ok(());
        }
        if self.object.is_open() {
            let into = self.object.running();
            if into.len() + text.len() <= MAX_VALUE {
                self.odd.merge(push(into, text));
            } else {
                self.too_long = true;
                self.object.nil();
            }
        } else if self.grid.depth() == 0 {
            let blank = text.chars().all(|c| c.is_whitespace() || c == '\u{FEFF}');
            if !blank && self.roots > 0 {
                self.tell(OUTSIDE, at, "", "text outside of the root element")?;
            }
            return Ok(());
        } else if self.text.is_empty() && text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            return Ok(());
        } else if self.text.len() + text.len() <= MAX_VALUE {
            self.odd.merge(push(&mut self.text, text));
        } else {
            self.too_long = true;
        }
        self.tell_odd(at)
    }

    #[inline]
    fn tell_odd(&mut self, at: u64) -> Result<()> {
        if self.odd.any() && self.odd != self.told { self.tell_new_odd(at) } else { Ok(()) }
    }

    #[cold]
    fn tell_new_odd(&mut self, at: u64) -> Result<()> {
        if self.odd.control && !self.told.control {
            self.tell(CONTROL, at, "", "a control character; it was left out")?;
        }
        if self.odd.bad_reference && !self.told.bad_reference {
            self.tell(BAD_REFERENCE, at, "", "a character reference that is no character")?;
        }
        if self.odd.unknown_reference && !self.told.unknown_reference {
            self.tell(REFERENCE, at, "", "an entity that is not declared")?;
        }
        self.told = self.odd;
        Ok(())
    }

    #[inline]
    fn start(&mut self, element: &BytesStart<'_>, at: u64) -> Result<bool> {
        if self.skip > 0 {
            self.skip += 1;
            return Ok(true);
        }
        let name = local(element.name().0);
        if self.object.is_open() {
            if self.grid.depth() + self.object.depth() >= MAX_DEPTH {
                return self.too_deep(at);
            }
            let place = self.lines.place(at);
            self.object.start(name, place);
            self.object_attributes(element, at)?;
            return Ok(true);
        }
        if self.grid.depth() >= MAX_DEPTH {
            return self.too_deep(at);
        }
        self.keep_text(at)?;
        let parent = self.grid.top();
        if parent == NONE {
            self.roots += 1;
            if self.roots == 2 {
                self.tell(OUTSIDE, at, "", "a second root element")?;
            }
        }
        let Some(node) = self.outline.find(parent, name) else {
            self.skip = 1;
            return Ok(true);
        };
        let spot = &self.outline.nodes[node as usize];
        let (role, mute, spine, named) = (spot.role, spot.mute, spot.spine, spot.named);
        match role {
            Role::Sif => {
                let place = self.lines.place(at);
                self.object.clear();
                self.object.start(name, place);
                self.object_attributes(element, at)?;
                return Ok(true);
            }
            Role::Event if is_delete(element) => {
                self.tell(SKIPPED, at, "SIF_EventObject", "an event that deletes an object")?;
                self.skip = 1;
                return Ok(true);
            }
            Role::Headers => self.grid.headers.clear(),
            _ if self.deleted && name == "Body" => {
                self.tell(SKIPPED, at, "Event", "an event that deletes an object")?;
                self.skip = 1;
                return Ok(true);
            }
            _ => {}
        }
        let place = if spine { self.lines.place(at) } else { (0, 0) };
        if !self.grid.start(&self.outline, node, place) {
            let line = self.lines.line(at);
            let path = self.outline.path(node);
            self.notes.tell(self.host, crate::notes::REPEATS, line, &path, "more repetitions than become columns")?;
            self.skip = 1;
            return Ok(true);
        }
        if mute {
            self.heading.clear();
            for attribute in element.attributes().with_checks(false).flatten() {
                if matches!(attribute.key.0, "NAME" | "ObjectName") {
                    self.odd.merge(push_attribute(&mut self.heading, &attribute.value));
                }
            }
            return Ok(true);
        }
        self.attributes(element, named, at)?;
        Ok(true)
    }

    #[inline]
    fn attributes(&mut self, element: &BytesStart<'_>, named: bool, at: u64) -> Result<()> {
        let mut seen = 0_u64;
        let mut n = 0;
        for attribute in element.attributes().with_checks(false) {
            let Ok(attribute) = attribute else {
                self.tell(ATTRIBUTE, at, element.name().0, "an attribute without quotes or value; it was left out")?;
                continue;
            };
            let (key, value) = (attribute.key.0, &*attribute.value);
            if !is_data_attribute(key) {
                if key == "xsi:nil" && matches!(value, "true" | "1") {
                    self.grid.nil();
                }
                continue;
            }
            let key = local(key);
            n += 1;
            if n > MAX_ATTRIBUTES || value.len() > MAX_VALUE {
                self.tell(
                    LIMIT,
                    at,
                    element.name().0,
                    "more attributes or a longer value than anything needs; they were left out",
                )?;
                continue;
            }
            let mut slot = 1;
            if named {
                if n == 1 && NAME_WORDS.iter().any(|word| key.eq_ignore_ascii_case(word)) {
                    let mut name = String::new();
                    self.odd.merge(push_attribute(&mut name, value));
                    self.grid.cell(&name);
                    continue;
                } else if !key.eq_ignore_ascii_case("value") {
                    continue;
                }
            } else {
                let number = self.grid.attribute(key, n - 1);
                let bit = 1_u64 << number.min(63);
                if number < 63 && seen & bit != 0 {
                    self.tell(ATTRIBUTE, at, element.name().0, "the same attribute twice; the first was used")?;
                    continue;
                }
                seen |= bit;
                slot = number + 1;
            }
            let (into, start) = self.grid.room();
            self.odd.merge(push_attribute(into, value));
            if !self.grid.keep(&self.outline, slot, start) {
                let line = self.lines.line(at);
                self.grid.late(&self.outline, line, &mut self.notes, self.host)?;
            }
        }
        self.tell_odd(at)
    }

    fn object_attributes(&mut self, element: &BytesStart<'_>, at: u64) -> Result<()> {
        let mut n = 0;
        for attribute in element.attributes().with_checks(false) {
            let Ok(attribute) = attribute else {
                self.tell(ATTRIBUTE, at, element.name().0, "an attribute without quotes or value; it was left out")?;
                continue;
            };
            let (key, value) = (attribute.key.0, &*attribute.value);
            n += 1;
            if n > MAX_ATTRIBUTES || value.len() > MAX_VALUE {
                self.tell(
                    LIMIT,
                    at,
                    element.name().0,
                    "more attributes or a longer value than anything needs; they were left out",
                )?;
            } else if local(key) == "nil" {
                if matches!(value, "true" | "1") {
                    self.object.nil();
                }
            } else if is_data_attribute(key) {
                let odd = &mut self.odd;
                self.object.attribute(local(key), |into| odd.merge(push_attribute(into, value)));
            }
        }
        self.tell_odd(at)
    }

    fn too_deep(&mut self, at: u64) -> Result<bool> {
        self.tell(LIMIT, at, "", "elements nested more than 256 deep; reading stopped here")?;
        Ok(false)
    }

    /// Gives the running text to the innermost element.
    #[inline]
    fn keep_text(&mut self, at: u64) -> Result<()> {
        if self.too_long {
            self.too_long = false;
            self.text.clear();
            self.tell(LIMIT, at, "", "a text of more than 1 MiB; it was left out")?;
        }
        if self.text.is_empty() {
            return Ok(());
        }
        let top = self.grid.top();
        if top != NONE && !self.outline.nodes[top as usize].mute {
            let (into, start) = self.grid.room();
            into.push_str(&self.text);
            trim_from(into, start);
            if !self.grid.keep(&self.outline, 0, start) {
                let line = self.lines.line(at);
                self.grid.late(&self.outline, line, &mut self.notes, self.host)?;
            }
        }
        self.text.clear();
        Ok(())
    }

    #[inline]
    fn end(&mut self, at: u64) -> Result<()> {
        if self.skip > 0 {
            self.skip -= 1;
            return Ok(());
        }
        if self.object.is_open() {
            return if self.object.end() { self.end_of_object(at) } else { Ok(()) };
        }
        let top = self.grid.top();
        if top == NONE {
            return Ok(());
        }
        if self.outline.nodes[top as usize].mute {
            self.end_of_metadata(top, at)?;
        } else {
            self.keep_text(at)?;
        }
        self.grid.end(&self.outline, self.host)
    }

    fn end_of_object(&mut self, at: u64) -> Result<()> {
        if self.too_long {
            self.too_long = false;
            self.tell(LIMIT, at, self.object.root().name().to_owned().as_str(), "a text of more than 1 MiB; it was left out")?;
        }
        if self.object.is_over() {
            let name = self.object.root().name().to_owned();
            return self.tell(LIMIT, at, &name, "an object of more than 8 MiB (a plan: 16 MiB); it was left out");
        }
        if self.deleted || self.object.root().is_delete() {
            let name = self.object.root().name().to_owned();
            return self.tell(SKIPPED, at, &name, "an object that is to be deleted");
        }
        self.records.object(&self.object, &mut self.notes, self.host)
    }

    fn end_of_metadata(&mut self, node: u32, at: u64) -> Result<()> {
        let spot = &self.outline.nodes[node as usize];
        let text = self.text.trim();
        let listed = spot.parent != NONE && self.outline.nodes[spot.parent as usize].role == Role::Headers;
        if listed {
            let name = match (self.heading.is_empty(), text.is_empty()) {
                (false, false) => format!("{} {text}", self.heading),
                (false, true) => self.heading.clone(),
                _ => text.to_owned(),
            };
            self.grid.headers.push(name);
        }
        self.deleted |= spot.role == Role::Action && text.eq_ignore_ascii_case("delete");
        let more = spot.role == Role::More && text.eq_ignore_ascii_case("yes");
        self.text.clear();
        self.heading.clear();
        if more { self.tell(PACKET, at, "SIF_MorePackets", "one packet of a larger set") } else { Ok(()) }
    }

    fn finish(mut self, size: u64, sniffed: &Sniffed) -> Result<()> {
        if self.roots == 0 {
            return Err(Error::format("The file has no root element, so it is not XML."));
        }
        self.grid.finish(&self.outline, self.host)?;
        if self.outline.full || self.grid.full {
            self.tell(LIMIT, 0, "", "more element names or columns than a table has; some were left out")?;
        }
        if self.lines.malformed() && sniffed.fallback.is_none() {
            self.tell(MALFORMED, 0, "", "characters that the declared encoding does not have")?;
        }
        self.notes.finish(self.host)?;
        if !self.grid.any() && !self.records.any() {
            let diagnostic = aimline_plugin::Diagnostic {
                code: "F010",
                severity: Severity::Info,
                at: "",
                seen: "no row",
                expected: "elements that repeat and hold data",
                help: "",
            };
            self.host.diagnostic(Place::default(), diagnostic)?;
        }
        self.host.progress(size)
    }
}

fn is_delete(element: &BytesStart<'_>) -> bool {
    element
        .attributes()
        .with_checks(false)
        .flatten()
        .any(|attribute| local(attribute.key.0) == "Action" && attribute.value.eq_ignore_ascii_case("delete"))
}
