//! Measures: another name or unit is another measure; what says neither belongs to the goal's only one.

use crate::Rule;
use crate::few::Few;
use crate::goals::Goals;
use crate::mention::MeasureMention;
use crate::mint::{Identity, Register, key_text};
use crate::students::{Keyed, Students, order_of_keys, permute};
use std::collections::BTreeMap;

/// Whose measure it is: a goal's, or a student's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// A goal.
    Goal(usize),
    /// A student, for no goal.
    Student(usize),
}

/// A measure of a goal or, for none, of a student.
#[derive(Debug, Clone)]
pub struct MeasureEntity {
    /// Number of the key.
    pub key: u32,
    /// Whose it is.
    pub owner: Owner,
    /// Mentions, in order.
    pub mentions: Vec<usize>,
    /// Canonical unit.
    pub unit: Option<&'static str>,
    name: String,
    has_target: bool,
}

impl Keyed for MeasureEntity {
    fn key(&self) -> u32 {
        self.key
    }

    fn set_key(&mut self, key: u32) {
        self.key = key;
    }
}

/// What [`resolve_measures`] found.
#[derive(Debug, Default)]
pub struct Measures {
    /// Measures, by key.
    pub entities: Vec<MeasureEntity>,
    /// The measure of a mention for each owner.
    pub found: Vec<Vec<(Owner, usize, Rule)>>,
}

impl Measures {
    /// The measure of a mention for an owner.
    #[must_use]
    pub fn of(&self, mention: usize, owner: Owner) -> Option<usize> {
        self.found[mention].iter().find(|(other, ..)| *other == owner).map(|(_, measure, _)| *measure)
    }
}

/// Percent and trials are one scale, 0 to 100; plain counts of anything are counts.
fn scale(unit: &'static str) -> &'static str {
    match unit {
        "percent" | "percent correct" | "trials" => "percent",
        other => other,
    }
}

fn fits(entity: &MeasureEntity, said: &MeasureMention) -> bool {
    let unit = match (entity.unit, said.unit) {
        (Some(one), Some(other)) => scale(one) == scale(other),
        _ => true,
    };
    unit && (entity.name.is_empty() || said.name.is_empty() || entity.name == said.name)
}

/// Finds the measures of each mention, one for each goal that its goal mention came to (or for its student), and gives
/// each a key.
#[must_use]
pub fn resolve_measures(mentions: &[MeasureMention], students: &Students, goals: &Goals, register: &mut Register) -> Measures {
    let mut by_owner: BTreeMap<Owner, Vec<usize>> = BTreeMap::new();
    for (mention, said) in mentions.iter().enumerate() {
        let Some(goal) = said.goal else {
            if let Some(student) = students.found[said.student].entity.filter(|_| !said.skipped) {
                by_owner.entry(Owner::Student(student)).or_default().push(mention);
            }
            continue;
        };
        for (_, found) in &goals.found[goal].by_plan {
            if let Some(goal) = found.entity {
                let list = by_owner.entry(Owner::Goal(goal)).or_default();
                if list.last() != Some(&mention) {
                    list.push(mention);
                }
            }
        }
    }
    let mut entities: Vec<MeasureEntity> = Vec::new();
    let mut found: Vec<Vec<(Owner, usize, Rule)>> = vec![Vec::new(); mentions.len()];
    for (owner, mut list) in by_owner {
        // What has a target defines; after that what says more comes first.
        list.sort_by_key(|mention| {
            let said = &mentions[*mention];
            let strength = (!said.has_target, said.unit.is_none(), said.name.is_empty());
            (strength, said.unit, &said.name, said.at.source, &said.at.locator)
        });
        let first = entities.len();
        for mention in list {
            let said = &mentions[mention];
            let known: Vec<usize> = (first..entities.len()).filter(|entity| fits(&entities[*entity], said)).collect();
            let named: Vec<usize> =
                known.iter().copied().filter(|e| !said.name.is_empty() && entities[*e].name == said.name).collect();
            let known = if named.is_empty() { known } else { named };
            let targeted: Vec<usize> = known.iter().copied().filter(|entity| entities[*entity].has_target).collect();
            let chosen = match (known.as_slice(), targeted.as_slice()) {
                ([only], _) | (_, [only]) => Some(*only),
                _ => None,
            };
            let (entity, rule) = match chosen {
                Some(entity) => (entity, Rule::Measure),
                None => {
                    entities.push(MeasureEntity {
                        key: 0,
                        owner,
                        mentions: Vec::new(),
                        unit: None,
                        name: String::new(),
                        has_target: false,
                    });
                    (entities.len() - 1, Rule::New)
                }
            };
            let known_entity = &mut entities[entity];
            known_entity.mentions.push(mention);
            known_entity.unit = known_entity.unit.or(said.unit);
            known_entity.has_target |= said.has_target;
            if known_entity.name.is_empty() {
                known_entity.name.clone_from(&said.name);
            }
            found[mention].push((owner, entity, rule));
        }
    }
    let identities = identities(&entities, mentions, students, goals);
    let keys = register.mint(identities);
    let places = order_of_keys(&keys);
    for (_, measure, _) in found.iter_mut().flatten() {
        *measure = places[*measure];
    }
    permute(&mut entities, &keys);
    Measures { entities, found }
}

/// What each mention of a measure says, as long as no other measure of the owner was called so first. A measure without
/// a mention of its own words has its place.
fn identities(entities: &[MeasureEntity], mentions: &[MeasureMention], students: &Students, goals: &Goals) -> Vec<Vec<Identity>> {
    let mut taken = Few::default();
    let mut all = Vec::with_capacity(entities.len());
    for (number, entity) in entities.iter().enumerate() {
        if number == 0 || entities[number - 1].owner != entity.owner {
            taken = Few::default();
        }
        let mut texts = Few::default();
        for said in entity.mentions.iter().map(|mention| &mentions[*mention]) {
            let text = format!("{}|{}", said.name, said.unit.map_or("", scale));
            if !taken.contains(&text) {
                texts.insert(text);
            }
        }
        let mut texts = texts.into_sorted();
        texts.iter().for_each(|text| taken.insert_text(text));
        if texts.is_empty() {
            texts.push(format!("measure {number}"));
        }
        let scope = match entity.owner {
            Owner::Goal(goal) => key_text('G', goals.entities[goal].key),
            Owner::Student(student) => key_text('S', students.entities[student].key),
        };
        all.push(texts.into_iter().map(|text| Identity { scope: scope.clone(), kind: "measure", text }).collect());
    }
    all
}
