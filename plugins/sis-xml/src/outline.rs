//! The first pass: which element paths there are, how often, and which of them are rows.

use crate::source::{Lines, Source};
use crate::text::local;
use aimline_plugin::{Host, Result};
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeSet, HashMap};

/// Deepest element that is read.
pub(crate) const MAX_DEPTH: usize = 256;
/// Most element paths; a file with more has data in its element names.
const MAX_NODES: usize = 20_000;
/// A child that once repeats more often than this is a row of its own.
const MAX_FLAT: u32 = 8;
/// And one that repeats this often on average.
const MEAN_FLAT: u64 = 4;
/// No node.
pub(crate) const NONE: u32 = u32::MAX;

/// Objects whose meaning is known; they go to record tables.
pub(crate) const SIF_OBJECTS: [&str; 7] = [
    "xIndividualizedEducationPlan",
    "xTransferIep",
    "xStudent",
    "StudentPersonal",
    "StudentSchoolEnrollment",
    "StudentParticipation",
    "StudentPlacement",
];

/// Last parts of names that are rows even when they seldom repeat.
const ROW_WORDS: [&str; 22] = [
    "benchmark",
    "data",
    "datapoint",
    "entry",
    "event",
    "goal",
    "goals",
    "mark",
    "measurement",
    "objective",
    "observation",
    "point",
    "probe",
    "progress",
    "pupil",
    "record",
    "report",
    "result",
    "row",
    "score",
    "session",
    "student",
];
/// Of these, those that are rows although no parent has two of them.
const POINT_WORDS: [&str; 8] = ["point", "datapoint", "score", "probe", "observation", "measurement", "trial", "session"];
/// Names of cells that carry their column's name in an attribute.
const CELL_WORDS: [&str; 10] = ["field", "column", "col", "cell", "value", "attribute", "property", "item", "param", "data"];
/// Attributes that hold a column's name.
pub(crate) const NAME_WORDS: [&str; 6] = ["name", "key", "field", "fieldname", "column", "columnname"];

/// What an element of a path is to the importer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Role {
    /// Its values belong to the nearest row or ancestor of rows above it.
    #[default]
    Part,
    /// A SIF object for the record tables.
    Sif,
    /// Metadata: its values are no data.
    Mute,
    /// Metadata that lists the columns of positional rows.
    Headers,
    /// `SIF_EventObject`, whose Action may be Delete.
    Event,
    /// `EventAction` of a SOAP header.
    Action,
    /// `SIF_MorePackets`.
    More,
}

/// One element path.
#[derive(Debug, Default)]
pub(crate) struct Node {
    pub(crate) name: Box<str>,
    pub(crate) parent: u32,
    pub(crate) children: Vec<u32>,
    pub(crate) role: Role,
    /// Below metadata.
    pub(crate) mute: bool,
    /// A row element, or an ancestor of one.
    pub(crate) spine: bool,
    /// A row element.
    pub(crate) row: bool,
    /// Holds SIF objects, so that it is no row itself.
    pub(crate) wraps: bool,
    /// Has data after rows that it belongs to.
    pub(crate) late: bool,
    /// A cell that is named by its first attribute.
    pub(crate) named: bool,
    /// A cell that is known by its position.
    pub(crate) positional: bool,
    /// A row of positional cells without anything else around it.
    pub(crate) headless: bool,
    /// Where a child of this name stands in `children`.
    places: HashMap<Box<str>, usize>,
    hint: usize,
    index: u32,
    count: u64,
    parents: u64,
    last_parent: u64,
    run: u32,
    pub(crate) max_run: u32,
    attributes: bool,
    text: bool,
    data: bool,
    after: u64,
    /// Children that its own text came after.
    text_after: u64,
    /// Names that the first attribute had; empty when it is not that kind of element.
    names: BTreeSet<Box<str>>,
    unnamed: bool,
    valued: bool,
    names_itself: bool,
}

impl Node {
    fn leaf(&self) -> bool {
        self.children.is_empty()
    }
}

/// All element paths of a file.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub(crate) nodes: Vec<Node>,
    roots: Vec<u32>,
    /// A record table will come.
    pub(crate) sif: bool,
    /// There are more paths than anything with rows has.
    pub(crate) full: bool,
}

fn last_word(name: &str) -> String {
    let bytes = name.as_bytes();
    let start = (1..bytes.len()).rev().find(|&at| {
        bytes[at].is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase() || matches!(bytes[at - 1], b'_' | b'-' | b'.')
    });
    name[start.unwrap_or(0)..].to_ascii_lowercase()
}

/// True for an attribute that says something about the data.
pub(crate) fn is_data_attribute(key: &str) -> bool {
    !key.starts_with("xmlns") && !key.starts_with("xsi:") && !key.starts_with("xml:")
}

impl Outline {
    /// The child of `parent` (or the root) with this name.
    #[inline]
    pub(crate) fn find(&mut self, parent: u32, name: &str) -> Option<u32> {
        if parent == NONE {
            return self.roots.iter().copied().find(|root| &*self.nodes[*root as usize].name == name);
        }
        let hint = self.nodes[parent as usize].hint;
        let children = &self.nodes[parent as usize].children;
        let is = |at: usize| children.get(at).is_some_and(|child| &*self.nodes[*child as usize].name == name);
        // The same again, or the next one of the last time.
        let at = if is(hint) {
            hint
        } else if is(hint + 1) {
            hint + 1
        } else {
            *self.nodes[parent as usize].places.get(name)?
        };
        let found = children[at];
        self.nodes[parent as usize].hint = at;
        Some(found)
    }

    fn add(&mut self, parent: u32, name: &str, objects: &[String]) -> u32 {
        if self.nodes.len() == MAX_NODES {
            self.full = true;
            return NONE;
        }
        let id = self.nodes.len() as u32;
        let mut node = Node { name: name.into(), parent, ..Node::default() };
        let above = (parent != NONE).then(|| &self.nodes[parent as usize]);
        node.mute = above.is_some_and(|above| above.mute);
        node.role = match name {
            "SIF_MorePackets" => Role::More,
            "EventAction" if node.mute => Role::Action,
            "SIF_EventObject" => Role::Event,
            "SIF_Header" | "SIF_PacketNumber" | "SIF_RequestMsgId" => Role::Mute,
            "Header" if above.is_some_and(|above| &*above.name == "Envelope") => Role::Mute,
            "SIF_ColumnHeaders" => Role::Headers,
            "METADATA" if above.is_some_and(|above| &*above.name == "FMPXMLRESULT") => Role::Headers,
            _ if SIF_OBJECTS.contains(&name) && !objects.iter().any(|object| object == name) => Role::Sif,
            _ => Role::Part,
        };
        node.mute |= !matches!(node.role, Role::Part | Role::Event);
        self.sif |= node.role == Role::Sif;
        if parent == NONE {
            self.roots.push(id);
        } else {
            node.index = self.nodes[parent as usize].children.len() as u32;
            let above = &mut self.nodes[parent as usize];
            above.places.insert(name.into(), above.children.len());
            above.children.push(id);
        }
        self.nodes.push(node);
        id
    }

    /// Reads the whole text once; what is wrong with it is told by the second pass.
    pub(crate) fn read((mut source, mut lines): (Source<'_>, Lines<'_>), host: &Host<'_>, rows: &[String]) -> Result<Self> {
        let mut outline = Self::default();
        // Node, serial number, and the siblings seen so far.
        let mut stack: Vec<(u32, u64, u64)> = Vec::new();
        let mut serial = 0_u64;
        let mut skip = 0_usize;
        let mut due = 1 << 20;
        loop {
            let at = source.at();
            if at >= due {
                due = at + (1 << 20);
                host.progress(lines.done(at) / 3)?;
                lines.forget(at);
            }
            let Ok(event) = source.next() else { break };
            match event {
                Event::Eof => break,
                Event::Start(element) => {
                    if skip > 0 {
                        skip += 1;
                        continue;
                    }
                    let node = outline.start(&mut stack, &element, &mut serial, rows);
                    if node == NONE || outline.nodes[node as usize].role == Role::Sif {
                        skip = 1;
                    } else if stack.len() == MAX_DEPTH {
                        break;
                    } else {
                        stack.push((node, serial, 0));
                    }
                }
                Event::Empty(element) if skip == 0 => {
                    outline.start(&mut stack, &element, &mut serial, rows);
                }
                Event::End(_) => {
                    if skip > 0 {
                        skip -= 1;
                    } else {
                        stack.pop();
                    }
                }
                Event::Text(text) => {
                    if let Some(top) = stack.last().filter(|_| skip == 0) {
                        let node = &mut outline.nodes[top.0 as usize];
                        if !text.trim_ascii().is_empty() {
                            node.text = true;
                            node.text_after |= top.2;
                        }
                    }
                }
                Event::CData(_) | Event::GeneralRef(_) => {
                    if let Some(top) = stack.last().filter(|_| skip == 0) {
                        let node = &mut outline.nodes[top.0 as usize];
                        node.text = true;
                        node.text_after |= top.2;
                    }
                }
                _ => {}
            }
        }
        outline.decide(rows);
        Ok(outline)
    }

    #[inline]
    fn start(&mut self, stack: &mut [(u32, u64, u64)], element: &BytesStart<'_>, serial: &mut u64, rows: &[String]) -> u32 {
        let name = element.name().0;
        let name = local(name);
        let (parent, above) = stack.last().map_or((NONE, 0), |top| (top.0, top.1));
        let id = match self.find(parent, name) {
            Some(id) => id,
            None => self.add(parent, name, rows),
        };
        if id == NONE {
            return NONE;
        }
        *serial += 1;
        let node = &mut self.nodes[id as usize];
        node.count += 1;
        if node.last_parent == above && node.count > 1 {
            node.run += 1;
        } else {
            node.last_parent = above;
            node.run = 1;
            node.parents += 1;
        }
        node.max_run = node.max_run.max(node.run);
        if let Some(top) = stack.last_mut() {
            node.after |= top.2;
            top.2 |= 1 << node.index.min(63);
        }
        if !node.attributes || !node.unnamed {
            look_at_attributes(node, element);
        }
        id
    }

    fn any<'a>(&'a self, id: usize) -> impl Iterator<Item = &'a Node> + 'a {
        self.nodes[id].children.iter().map(|child| &self.nodes[*child as usize])
    }

    fn decide(&mut self, rows: &[String]) {
        let n = self.nodes.len();
        // Children come after their parents.
        for id in (0..n).rev() {
            let below = self.any(id).any(|child| child.data);
            let node = &mut self.nodes[id];
            node.data = !node.mute && (node.attributes || node.text || below);
            let wraps = self.any(id).any(|child| child.role == Role::Sif);
            self.nodes[id].wraps = wraps || self.nodes[id].role == Role::Event;
        }
        for id in 0..n {
            self.find_cells(id);
        }
        // Ancestors first: the nearest repeating ancestor decides whether a repeating element is flattened.
        let mut own = vec![false; n];
        let mut repeats = vec![false; n];
        for id in 0..n {
            let node = &self.nodes[id];
            if !node.data || node.mute {
                continue;
            }
            if !rows.is_empty() {
                own[id] = rows.iter().any(|row| **row == *node.name);
                continue;
            }
            let record = node.attributes && !node.named || !node.leaf();
            // An object of SIF is a row even when it stands alone, whatever repeats in it.
            let object = node.names_itself && !node.leaf() && !node.wraps && !node.name.ends_with("Reference");
            if object {
                repeats[id] = true;
                own[id] = true;
                continue;
            }
            if node.parent == NONE {
                continue;
            }
            if !record || node.positional || node.wraps {
                continue;
            }
            let word = last_word(&node.name);
            let is = |words: &[&str]| {
                words.contains(&word.as_str()) || words.iter().any(|known| node.name.eq_ignore_ascii_case(known))
            };
            repeats[id] = node.max_run >= 2 || node.count >= 2 && is(&POINT_WORDS);
            if !repeats[id] {
                continue;
            }
            let mut above = node.parent;
            while above != NONE && !repeats[above as usize] {
                above = self.nodes[above as usize].parent;
            }
            own[id] = above == NONE || node.max_run > MAX_FLAT || node.count >= MEAN_FLAT * node.parents || is(&ROW_WORDS);
        }
        if rows.is_empty() && !own.contains(&true) {
            self.fall_back(&mut own);
        }
        for id in 0..n {
            let parent = self.nodes[id].parent;
            // Positions mean something only in a row.
            self.nodes[id].positional &= parent != NONE && own[parent as usize];
            self.nodes[id].row = own[id];
        }
        for id in (0..n).rev() {
            let below = self.any(id).any(|child| child.spine);
            self.nodes[id].spine = own[id] || below;
            // A repeating ancestor of rows is a row where it has none below it.
            self.nodes[id].row |= below && repeats[id];
        }
        for id in 0..n {
            let node = &self.nodes[id];
            if !node.spine {
                continue;
            }
            let rows: u64 = self.any(id).filter(|child| child.spine).fold(0, |mask, child| mask | 1 << child.index.min(63));
            let late = self.any(id).any(|child| !child.spine && child.data && child.after & rows != 0);
            let late = late || node.text_after & rows != 0;
            let cells = node.row && node.children.len() == 1 && self.any(id).all(|child| child.positional);
            let bare = cells && !node.attributes && self.bare_above(id);
            self.nodes[id].late = late;
            self.nodes[id].headless = bare;
        }
    }

    /// True when nothing above says anything, and no list of columns is known.
    fn bare_above(&self, id: usize) -> bool {
        let mut child = id;
        let mut above = self.nodes[id].parent;
        while above != NONE {
            let node = &self.nodes[above as usize];
            if node.attributes || node.text || self.any(above as usize).any(|other| other.role == Role::Headers) {
                return false;
            }
            if self
                .any(above as usize)
                .any(|other| !std::ptr::eq(other, &raw const self.nodes[child]) && other.data && other.leaf())
            {
                return false;
            }
            child = above as usize;
            above = node.parent;
        }
        true
    }

    /// Marks the cells of rows whose columns are named by an attribute or by position.
    fn find_cells(&mut self, id: usize) {
        let node = &self.nodes[id];
        if node.mute || !node.data {
            return;
        }
        if node.leaf() && !node.unnamed && !node.names.is_empty() && node.max_run >= 2 && (node.text || node.valued) {
            let generic = CELL_WORDS.iter().any(|word| node.name.eq_ignore_ascii_case(word));
            self.nodes[id].named = generic || node.count >= 2 * node.names.len() as u64;
            return;
        }
        // A row whose only child repeats and is nothing but text, perhaps in one more element.
        let [only] = node.children[..] else { return };
        let child = &self.nodes[only as usize];
        let plain = match child.children[..] {
            [] => child.text,
            [inner] => {
                self.nodes[inner as usize].leaf()
                    && !self.nodes[inner as usize].attributes
                    && child.name.eq_ignore_ascii_case("COL")
            }
            _ => false,
        };
        let in_rows = node.count >= 2 || matches!(&*node.name, "R" | "ROW");
        let numbered = !node.attributes || matches!(&*node.name, "R" | "ROW");
        let is_cell = matches!(&*child.name, "C" | "COL");
        if plain && !child.attributes && in_rows && numbered && (child.max_run >= 2 || is_cell) && node.parent != NONE {
            self.nodes[only as usize].positional = true;
        }
    }

    /// Nothing repeats: the row is the first element with data of its own.
    fn fall_back(&self, own: &mut [bool]) {
        if self.sif {
            return;
        }
        let Some(&root) = self.roots.first() else { return };
        let mut id = root as usize;
        loop {
            let node = &self.nodes[id];
            let inside: Vec<usize> =
                node.children.iter().map(|child| *child as usize).filter(|child| self.nodes[*child].data).collect();
            let leaves = inside.iter().any(|child| self.nodes[*child].leaf() && !self.nodes[*child].attributes);
            let envelope =
                node.role == Role::Event || matches!(&*node.name, "SIF_Message" | "Envelope" | "Event" | "SIF_ObjectData");
            if let [only] = inside[..]
                && (!leaves || envelope)
                && (!node.attributes || node.parent == NONE || envelope)
                && (!self.nodes[only].leaf() || self.nodes[only].attributes)
            {
                id = only;
                continue;
            }
            // An empty envelope has no rows.
            own[id] = node.data && !envelope && (node.parent != NONE || !inside.is_empty() || node.attributes);
            return;
        }
    }

    /// The path of a row as a user sees it.
    pub(crate) fn path(&self, id: u32) -> String {
        let mut names = Vec::new();
        let mut at = id;
        while at != NONE {
            names.push(crate::text::plain_name(&self.nodes[at as usize].name));
            at = self.nodes[at as usize].parent;
        }
        if names.len() > 1 {
            names.pop();
        }
        names.reverse();
        names.join(" › ")
    }
}

fn look_at_attributes(node: &mut Node, element: &BytesStart<'_>) {
    let mut first = true;
    let mut name = None;
    for attribute in element.attributes().with_checks(false).flatten() {
        let key = attribute.key.0;
        if !is_data_attribute(key) {
            continue;
        }
        node.attributes = true;
        let key = local(key);
        node.names_itself |= key.eq_ignore_ascii_case("refid");
        if first && NAME_WORDS.iter().any(|word| key.eq_ignore_ascii_case(word)) {
            name = Some(attribute.value);
        } else if key.eq_ignore_ascii_case("value") {
            node.valued = true;
        } else if !key.eq_ignore_ascii_case("type") {
            node.unnamed = true;
        }
        first = false;
    }
    match name {
        Some(name) if node.names.len() < 1024 => {
            if !node.names.contains(&*name) {
                node.names.insert((*name).into());
            }
        }
        _ => node.unnamed = true,
    }
}
