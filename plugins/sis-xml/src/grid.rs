//! Rows of any other dialect: grid tables whose columns are what rows and their ancestors say.
//!
//! Values lie in one arena, as a stack: an element that ends takes its values with it, so what is on the stack when a row
//! ends is the row and what its ancestors have said so far. Where the outline saw ancestors that say something after
//! their rows, these are kept until that ancestor ends, up to a limit.

use crate::notes::{LATE, Notes};
use crate::outline::{NONE, Outline};
use crate::text::{plain_name, trim};
use aimline_plugin::{GridRow, Host, Place, Result, Table};
use std::collections::{HashMap, HashSet};

/// Most bytes of text that wait for the end of an ancestor.
const MAX_WAITING: usize = 8 << 20;
/// Most values that wait.
const MAX_WAITING_VALUES: usize = 1 << 19;
/// Most repetitions of a part of a row that become columns.
const MAX_REPEATS: u32 = 64;
/// Most columns of a table: with `kinds` they are the cells of a row.
const MAX_COLUMNS: usize = 16_383;
/// Repetitions from here on are pieces of one text.
const PIECES: u64 = 1 << 62;
/// Cells of a row that need no memory of their own.
const SMALL: usize = 32;

/// Which column of its owner a value belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    /// Text (slot 0) or an attribute of a path, and which repetition of it.
    Path(u32, u32, u64),
    /// A cell with a name of its own, and which of that name.
    Named(u32, Box<str>, u32),
    /// A cell by its position.
    At(u32, u32),
}

#[derive(Debug)]
struct Field {
    owner: u32,
    /// Names from the owner down, without the owner's own.
    parts: Vec<String>,
    /// ` 2` for the second of its kind.
    suffix: String,
}

/// What the second pass learns about a path.
#[derive(Debug, Default)]
struct Known {
    attributes: Vec<Box<str>>,
    /// Fields of the first repetition: text, then attributes.
    fields: Vec<u32>,
    /// Fields of named cells in the order of their first row, and where the last one was found.
    named: Vec<(Box<str>, u32)>,
    hint: usize,
    last_parent: u64,
    run: u32,
    table: Option<Box<Sheet>>,
}

#[derive(Debug, Default)]
struct Sheet {
    id: Option<Table>,
    fields: Vec<u32>,
    columns: Vec<u32>,
    titles: Vec<String>,
    taken: HashSet<String>,
}

/// A field that has no column because the table is full.
const NO_COLUMN: u32 = NONE - 1;
/// Most fields of a file.
const MAX_FIELDS: usize = 1 << 16;

impl Sheet {
    fn add(&mut self, number: u32, field: &Field, table: u32, outline: &Outline) -> bool {
        self.columns.resize(self.columns.len().max(number as usize + 1), NONE);
        if self.fields.len() == MAX_COLUMNS {
            self.columns[number as usize] = NO_COLUMN;
            return false;
        }
        self.columns[number as usize] = self.fields.len() as u32 + 1;
        self.fields.push(number);
        let owner = [plain_name(&outline.nodes[field.owner as usize].name)];
        let above = if field.owner == table && !field.parts.is_empty() { &[][..] } else { &owner[..] };
        let parts: Vec<&str> = above.iter().chain(&field.parts).map(String::as_str).collect();
        let title = (2.min(parts.len())..=parts.len())
            .map(|n| parts[parts.len() - n..].join(" ") + &field.suffix)
            .find(|title| !self.taken.contains(title));
        let title = title.unwrap_or_else(|| format!("{} {}", parts.join(" ") + &field.suffix, self.fields.len()));
        self.taken.insert(title.clone());
        self.titles.push(title);
        true
    }
}

#[derive(Debug, Clone, Copy)]
struct Value {
    field: u32,
    next: u32,
    start: u32,
    end: u32,
}

#[derive(Debug, Clone, Copy)]
struct Instance {
    node: u32,
    parent: u32,
    head: u32,
    tail: u32,
    /// Rows were found below.
    rows: bool,
    /// Rows below were sent before this ended.
    sent: bool,
    line: u64,
    byte: u64,
}

#[derive(Debug)]
struct Frame {
    node: u32,
    instance: u32,
    serial: u64,
    /// Which repetition, of itself and what is above it within the owner.
    repetition: u64,
    texts: u32,
    nil: bool,
    /// The field of its text, when that is not its path.
    field: u32,
    values: u32,
    arena: u32,
    instances: u32,
}

/// The rows of one file.
#[derive(Default)]
pub(crate) struct Grid {
    fields: Vec<Field>,
    keys: HashMap<Key, u32>,
    known: Vec<Known>,
    stack: Vec<Frame>,
    instances: Vec<Instance>,
    values: Vec<Value>,
    arena: String,
    serial: u64,
    /// Depth of the stack at the element whose rows wait; 0 is none.
    waiting: usize,
    pending: Vec<u32>,
    chain: Vec<u32>,
    /// Columns that are listed apart from the rows.
    pub(crate) headers: Vec<String>,
    header: GridRow,
    /// There were more columns than a table has.
    pub(crate) full: bool,
}

impl Grid {
    pub(crate) fn new(outline: &Outline) -> Self {
        Self { known: outline.nodes.iter().map(|_| Known::default()).collect(), ..Self::default() }
    }

    /// An element begins; false when it repeats too often, so that it and what is in it are not kept.
    #[inline]
    pub(crate) fn start(&mut self, outline: &Outline, node: u32, at: (u64, u64)) -> bool {
        let known = &mut self.known[node as usize];
        let (above, above_instance, above_repetition) =
            self.stack.last().map_or((0, NONE, 0), |top| (top.serial, top.instance, top.repetition));
        if known.last_parent == above && known.run > 0 {
            known.run += 1;
        } else {
            known.last_parent = above;
            known.run = 1;
            known.hint = 0;
        }
        let run = known.run;
        self.serial += 1;
        let spot = &outline.nodes[node as usize];
        let mut frame = Frame {
            node,
            instance: above_instance,
            serial: self.serial,
            repetition: 0,
            texts: 0,
            nil: false,
            field: NONE,
            values: self.values.len() as u32,
            arena: self.arena.len() as u32,
            instances: self.instances.len() as u32,
        };
        if spot.spine {
            frame.instance = self.instances.len() as u32;
            self.instances.push(Instance {
                node,
                parent: above_instance,
                head: NONE,
                tail: NONE,
                rows: false,
                sent: false,
                line: at.0,
                byte: at.1,
            });
            if spot.late && self.waiting == 0 {
                self.waiting = self.stack.len() + 1;
            }
        } else if spot.positional {
            if run as usize > MAX_COLUMNS {
                self.full = true;
                return false;
            }
            frame.field = self.positional(outline, node, run);
        } else if spot.named {
            // Its name comes with its attributes; the same name twice is told by `cell`.
        } else {
            if run > MAX_REPEATS && !spot.mute {
                return false;
            }
            frame.repetition =
                above_repetition.saturating_mul(u64::from(MAX_REPEATS)).saturating_add(u64::from(run - 1)).min(PIECES >> 8);
            // The text of a positional cell may lie one element deeper.
            let inherited =
                self.stack.last().map_or(NONE, |top| if outline.nodes[top.node as usize].positional { top.field } else { NONE });
            if run == 1 {
                frame.field = inherited;
            }
        }
        self.stack.push(frame);
        true
    }

    /// True when a table was announced.
    pub(crate) fn any(&self) -> bool {
        self.known.iter().any(|known| known.table.is_some())
    }

    /// The number of open elements.
    pub(crate) fn depth(&self) -> usize {
        self.stack.len()
    }

    /// The innermost open element.
    pub(crate) fn top(&self) -> u32 {
        self.stack.last().map_or(NONE, |top| top.node)
    }

    /// The innermost element says that it has no value.
    pub(crate) fn nil(&mut self) {
        if let Some(top) = self.stack.last_mut() {
            top.nil = true;
        }
    }

    /// The number of an attribute among those of its path.
    #[inline]
    pub(crate) fn attribute(&mut self, key: &str, guess: usize) -> u32 {
        let Some(top) = self.stack.last() else { return 0 };
        let known = &mut self.known[top.node as usize];
        if known.attributes.get(guess).is_some_and(|name| **name == *key) {
            return guess as u32;
        }
        if let Some(at) = known.attributes.iter().position(|name| **name == *key) {
            return at as u32;
        }
        known.attributes.push(key.into());
        known.attributes.len() as u32 - 1
    }

    /// The innermost element is a cell of this name.
    pub(crate) fn cell(&mut self, name: &str) {
        let Some(top) = self.stack.last() else { return };
        let (node, instance) = (top.node, top.instance);
        let owner = self.instances.get(instance as usize).map_or(NONE, |instance| instance.node);
        let known = &mut self.known[node as usize];
        let hint = known.hint;
        let ahead = known.named.get(hint..).and_then(|ahead| ahead.iter().position(|(known, _)| **known == *name));
        let at = hint + ahead.unwrap_or(0);
        let field = match ahead {
            Some(_) => known.named[at].1,
            None => {
                let nth = (0..MAX_REPEATS).find(|nth| {
                    let key = Key::Named(node, name.into(), *nth);
                    self.keys.get(&key).is_none_or(|field| !self.has(instance, *field))
                });
                let nth = nth.unwrap_or(MAX_REPEATS);
                let key = Key::Named(node, name.into(), nth);
                let suffix = if nth == 0 { String::new() } else { format!(" {}", nth + 1) };
                let field = self.field(key, || Field { owner, parts: vec![plain_name(trim(name))], suffix });
                let known = &mut self.known[node as usize];
                if nth == 0 && known.named.len() == at && at < MAX_COLUMNS {
                    known.named.push((name.into(), field));
                }
                field
            }
        };
        // A name that came out of turn does not move the place.
        if ahead.is_some() || self.known[node as usize].named.len() == at + 1 {
            self.known[node as usize].hint = at + 1;
        }
        if let Some(top) = self.stack.last_mut() {
            top.field = field;
        }
    }

    fn has(&self, instance: u32, field: u32) -> bool {
        let Some(instance) = self.instances.get(instance as usize) else { return false };
        let mut at = instance.head;
        while at != NONE {
            let value = &self.values[at as usize];
            if value.field == field {
                return true;
            }
            at = value.next;
        }
        false
    }

    fn positional(&mut self, outline: &Outline, node: u32, run: u32) -> u32 {
        let owner = outline.nodes[node as usize].parent;
        let name = self.headers.get(run as usize - 1).cloned();
        let element = &outline.nodes[node as usize].name;
        self.field(Key::At(node, run), || match name {
            Some(name) => Field { owner, parts: vec![plain_name(&name)], suffix: String::new() },
            None => {
                let suffix = if run == 1 { String::new() } else { format!(" {run}") };
                Field { owner, parts: vec![plain_name(element)], suffix }
            }
        })
    }

    fn field(&mut self, key: Key, make: impl FnOnce() -> Field) -> u32 {
        if self.fields.len() == MAX_FIELDS && !self.keys.contains_key(&key) {
            return NONE;
        }
        let (fields, next) = (&mut self.fields, self.keys.len() as u32);
        *self.keys.entry(key).or_insert_with(|| {
            fields.push(make());
            next
        })
    }

    /// The field of text (slot 0) or an attribute of the innermost element.
    #[inline]
    fn slot(&mut self, outline: &Outline, slot: u32) -> u32 {
        let Some(top) = self.stack.last() else { return NONE };
        let (node, mut repetition) = (top.node, top.repetition);
        if slot == 0 && top.texts > 0 {
            // Text in pieces around children; the nth piece is not the nth element.
            repetition = PIECES + repetition * u64::from(MAX_REPEATS) + u64::from(top.texts.min(MAX_REPEATS - 1));
        }
        if repetition == 0
            && let Some(&field) = self.known[node as usize].fields.get(slot as usize).filter(|field| **field != NONE)
        {
            return field;
        }
        self.new_slot(outline, node, slot, repetition)
    }

    #[cold]
    fn new_slot(&mut self, outline: &Outline, node: u32, slot: u32, repetition: u64) -> u32 {
        if let Some(field) = self.keys.get(&Key::Path(node, slot, repetition)) {
            return *field;
        }
        let mut parts = Vec::new();
        let mut at = node;
        while !outline.nodes[at as usize].spine && outline.nodes[at as usize].parent != NONE {
            parts.push(plain_name(&outline.nodes[at as usize].name));
            at = outline.nodes[at as usize].parent;
        }
        parts.reverse();
        if slot > 0 {
            parts.push(plain_name(&self.known[node as usize].attributes[slot as usize - 1]));
        }
        let mut suffix = String::new();
        if repetition >= PIECES {
            let (of, piece) = ((repetition - PIECES) / u64::from(MAX_REPEATS), (repetition - PIECES) % u64::from(MAX_REPEATS));
            suffix = format!("{} {}", suffix_of(outline, node, of), piece + 1);
        } else if repetition > 0 {
            suffix = suffix_of(outline, node, repetition);
        }
        let field = self.field(Key::Path(node, slot, repetition), || Field { owner: at, parts, suffix });
        if repetition == 0 {
            let fields = &mut self.known[node as usize].fields;
            fields.resize(fields.len().max(slot as usize + 1), NONE);
            fields[slot as usize] = field;
        }
        field
    }

    /// Room for a value: write it at the end of the returned text, then call [`Grid::keep`] with its start.
    #[inline]
    pub(crate) fn room(&mut self) -> (&mut String, usize) {
        let start = self.arena.len();
        (&mut self.arena, start)
    }

    /// Keeps what was written since `start` as text (slot 0) or an attribute of the innermost element.
    #[inline]
    pub(crate) fn keep(&mut self, outline: &Outline, slot: u32, start: usize) -> bool {
        let Some(top) = self.stack.last() else { return true };
        if self.arena.len() == start || slot == 0 && top.nil || top.instance == NONE {
            self.arena.truncate(start);
            return true;
        }
        let (instance, named) = (top.instance, top.field != NONE);
        let field = if named && (slot == 0 && top.texts == 0 || slot > 0) { top.field } else { self.slot(outline, slot) };
        if field == NONE {
            self.full = true;
            self.arena.truncate(start);
            return true;
        }
        if slot == 0
            && let Some(top) = self.stack.last_mut()
        {
            top.texts += 1;
        }
        let at = self.values.len() as u32;
        self.values.push(Value { field, next: NONE, start: start as u32, end: self.arena.len() as u32 });
        let instance = &mut self.instances[instance as usize];
        if instance.tail == NONE {
            instance.head = at;
        } else {
            self.values[instance.tail as usize].next = at;
        }
        instance.tail = at;
        !instance.sent
    }

    /// Tells that a value came after the rows that it belongs to.
    pub(crate) fn late(&self, outline: &Outline, line: u64, notes: &mut Notes, host: &mut Host<'_>) -> Result<()> {
        notes.tell(host, LATE, line, &outline.path(self.top()), "a value after more rows than can wait for it")
    }

    /// The innermost element ends.
    #[inline]
    pub(crate) fn end(&mut self, outline: &Outline, host: &mut Host<'_>) -> Result<()> {
        let Some(frame) = self.stack.pop() else { return Ok(()) };
        let node = &outline.nodes[frame.node as usize];
        if !node.spine {
            return Ok(());
        }
        let instance = self.instances[frame.instance as usize];
        // An ancestor that says something but has no rows is a row of its own, so that nothing is lost.
        let is_row = !instance.rows && instance.head != NONE && (node.row || node.parent != NONE && !node.wraps);
        if (is_row || instance.rows) && instance.parent != NONE {
            self.instances[instance.parent as usize].rows = true;
        }
        if self.waiting > 0 {
            if is_row {
                self.pending.push(frame.instance);
            }
            if self.stack.len() + 1 > self.waiting {
                if self.arena.len() > MAX_WAITING || self.values.len() > MAX_WAITING_VALUES {
                    self.flush(outline, host)?;
                    self.compact();
                }
                return Ok(());
            }
            self.waiting = 0;
            self.flush(outline, host)?;
        } else if is_row {
            self.emit(outline, frame.instance, host)?;
        }
        self.values.truncate(frame.values as usize);
        self.arena.truncate(frame.arena as usize);
        self.instances.truncate(frame.instances as usize);
        Ok(())
    }

    /// The file breaks off: what is complete is sent.
    pub(crate) fn finish(&mut self, outline: &Outline, host: &mut Host<'_>) -> Result<()> {
        self.waiting = 0;
        self.flush(outline, host)
    }

    fn flush(&mut self, outline: &Outline, host: &mut Host<'_>) -> Result<()> {
        let mut pending = std::mem::take(&mut self.pending);
        for instance in pending.drain(..) {
            self.emit(outline, instance, host)?;
        }
        self.pending = pending;
        Ok(())
    }

    /// Forgets everything but what the open elements have said.
    fn compact(&mut self) {
        let old = std::mem::take(&mut self.arena);
        let values = std::mem::take(&mut self.values);
        let instances = std::mem::take(&mut self.instances);
        let mut last = (NONE, NONE);
        for frame in &mut self.stack {
            // What the element's end will take away begins where its own values begin.
            frame.values = self.values.len() as u32;
            frame.arena = self.arena.len() as u32;
            frame.instances = self.instances.len() as u32;
            if frame.instance == NONE {
                continue;
            }
            if frame.instance != last.0 {
                let mut instance = instances[frame.instance as usize];
                last = (frame.instance, self.instances.len() as u32);
                let mut at = instance.head;
                (instance.head, instance.tail) = (NONE, NONE);
                while at != NONE {
                    let value = values[at as usize];
                    let start = self.arena.len() as u32;
                    self.arena.push_str(&old[value.start as usize..value.end as usize]);
                    let new = self.values.len() as u32;
                    self.values.push(Value { field: value.field, next: NONE, start, end: self.arena.len() as u32 });
                    if instance.tail == NONE {
                        instance.head = new;
                    } else {
                        self.values[instance.tail as usize].next = new;
                    }
                    instance.tail = new;
                    at = value.next;
                }
                instance.parent = if self.instances.is_empty() { NONE } else { self.instances.len() as u32 - 1 };
                instance.sent = instance.rows || instance.sent;
                self.instances.push(instance);
            }
            frame.instance = last.1;
        }
        // An ancestor of what was sent has rows even if its descendant has not ended.
        let mut rows = false;
        for instance in self.instances.iter_mut().rev() {
            rows |= instance.rows;
            instance.rows |= rows;
            instance.sent |= rows;
        }
    }

    #[inline]
    fn emit(&mut self, outline: &Outline, row: u32, host: &mut Host<'_>) -> Result<()> {
        self.chain.clear();
        let mut at = row;
        while at != NONE {
            self.chain.push(at);
            at = self.instances[at as usize].parent;
        }
        let instance = self.instances[row as usize];
        let mut sheet = self.known[instance.node as usize].table.take().unwrap_or_default();
        let known_columns = sheet.fields.len();
        let mut small = [None; SMALL];
        let mut large = Vec::new();
        let cells: &mut [Option<&str>] = if known_columns < SMALL {
            &mut small
        } else {
            large.resize(known_columns + 1, None);
            &mut large
        };
        cells[0] = Some("");
        let mut grew = false;
        for at in self.chain.iter().rev() {
            let mut value = self.instances[*at as usize].head;
            while value != NONE {
                let Value { field, next, start, end } = self.values[value as usize];
                value = next;
                let text = &self.arena[start as usize..end as usize];
                match sheet.columns.get(field as usize).filter(|column| **column != NONE) {
                    Some(&NO_COLUMN) => {}
                    Some(column) => {
                        // The first of two wins.
                        if cells[*column as usize].is_none() {
                            cells[*column as usize] = Some(text);
                        }
                    }
                    None => {
                        let added = sheet.add(field, &self.fields[field as usize], instance.node, outline);
                        grew |= added;
                        self.full |= !added;
                    }
                }
            }
        }
        let place = Place { part: "", row: instance.line, byte: instance.byte };
        let result = if grew {
            // Once more, with a row that has room for all of them.
            let table = match sheet.id {
                Some(table) => table,
                None => host.grid(&outline.path(instance.node))?,
            };
            sheet.id = Some(table);
            if !outline.nodes[instance.node as usize].headless {
                self.header.clear();
                for title in &sheet.titles {
                    self.header.push('h', title);
                }
                host.grid_row(table, place, &self.header)?;
            }
            self.known[instance.node as usize].table = Some(sheet);
            return self.emit(outline, row, host);
        } else if let Some(table) = sheet.id {
            host.record(table, place, &cells[..=known_columns])
        } else {
            Ok(())
        };
        self.known[instance.node as usize].table = Some(sheet);
        result
    }
}

/// ` 2` for the second, ` 2.3` for the third in the second, of the elements of a path that repeat.
fn suffix_of(outline: &Outline, node: u32, repetition: u64) -> String {
    let mut numbers = Vec::new();
    let (mut at, mut rest) = (node, repetition);
    while at != NONE && !outline.nodes[at as usize].spine {
        if outline.nodes[at as usize].max_run > 1 {
            numbers.push(rest % u64::from(MAX_REPEATS) + 1);
        }
        rest /= u64::from(MAX_REPEATS);
        at = outline.nodes[at as usize].parent;
    }
    // Least significant first: a first one at the end says nothing.
    let ones = numbers.iter().take_while(|number| **number == 1).count();
    let texts: Vec<String> = numbers[ones..].iter().rev().map(u64::to_string).collect();
    if texts.is_empty() { String::new() } else { format!(" {}", texts.join(".")) }
}
