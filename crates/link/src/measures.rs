//! Measures: another name or unit is another measure; what says neither belongs to the goal's only one.

use crate::Rule;
use crate::goals::Goals;
use crate::mention::MeasureMention;
use crate::mint::{Identity, Register, key_text};
use crate::students::{Keyed, order_of_keys, permute};
use std::collections::{BTreeMap, BTreeSet};

/// A measure of a goal.
#[derive(Debug, Clone, Default)]
pub struct MeasureEntity {
    /// Number of the key.
    pub key: u32,
    /// Goal that it is for.
    pub goal: usize,
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
    /// The measure of a mention under a goal.
    pub found: Vec<Vec<(usize, usize, Rule)>>,
}

impl Measures {
    /// The measure of a mention under a goal.
    #[must_use]
    pub fn under(&self, mention: usize, goal: usize) -> Option<usize> {
        self.found[mention].iter().find(|(other, ..)| *other == goal).map(|(_, measure, _)| *measure)
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

/// Finds the measures of each mention, one under each goal that its goal mention came to, and gives each a key.
#[must_use]
pub fn resolve_measures(mentions: &[MeasureMention], goals: &Goals, register: &mut Register) -> Measures {
    let mut by_goal: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (mention, said) in mentions.iter().enumerate() {
        for (_, found) in &goals.found[said.goal].by_plan {
            if let Some(goal) = found.entity {
                let list = by_goal.entry(goal).or_default();
                if list.last() != Some(&mention) {
                    list.push(mention);
                }
            }
        }
    }
    let mut entities: Vec<MeasureEntity> = Vec::new();
    let mut found: Vec<Vec<(usize, usize, Rule)>> = vec![Vec::new(); mentions.len()];
    for (goal, mut list) in by_goal {
        // What has a target defines; after that what says more comes first.
        list.sort_by_cached_key(|mention| {
            let said = &mentions[*mention];
            let strength = (!said.has_target, said.unit.is_none(), said.name.is_empty());
            (strength, said.unit, said.name.clone(), said.at.source, said.at.locator.clone())
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
                    entities.push(MeasureEntity { goal, ..MeasureEntity::default() });
                    (entities.len() - 1, Rule::New)
                }
            };
            let entity_ = &mut entities[entity];
            entity_.mentions.push(mention);
            entity_.unit = entity_.unit.or(said.unit);
            entity_.has_target |= said.has_target;
            if entity_.name.is_empty() {
                entity_.name.clone_from(&said.name);
            }
            found[mention].push((goal, entity, rule));
        }
    }
    let identities = identities(&entities, mentions, goals);
    let keys = register.mint(&identities);
    let places = order_of_keys(&keys);
    for (_, measure, _) in found.iter_mut().flatten() {
        *measure = places[*measure];
    }
    permute(&mut entities, &keys);
    Measures { entities, found }
}

/// What each mention of a measure says, as long as no other measure of the goal was called so first. A measure without
/// a mention of its own words has its place.
fn identities(entities: &[MeasureEntity], mentions: &[MeasureMention], goals: &Goals) -> Vec<Vec<Identity>> {
    let mut taken = BTreeSet::new();
    let mut all = Vec::with_capacity(entities.len());
    for (number, entity) in entities.iter().enumerate() {
        if number == 0 || entities[number - 1].goal != entity.goal {
            taken.clear();
        }
        let texts: BTreeSet<String> = entity
            .mentions
            .iter()
            .map(|mention| &mentions[*mention])
            .map(|said| format!("{}|{}", said.name, said.unit.map_or("", scale)))
            .filter(|text| !taken.contains(text))
            .collect();
        taken.extend(texts.iter().cloned());
        let texts = if texts.is_empty() { BTreeSet::from([format!("measure {number}")]) } else { texts };
        let scope = key_text('G', goals.entities[entity.goal].key);
        all.push(texts.into_iter().map(|text| Identity { scope: scope.clone(), kind: "measure", text }).collect());
    }
    all
}
