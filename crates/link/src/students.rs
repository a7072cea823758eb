//! Students: state id, then the district's id, then the source's reference, then name with birth date, then a name
//! that only one student has.

use crate::mention::{IdColumn, StudentMention};
use crate::mint::{Identity, Register};
use crate::vague::{bare_id, is_label};
use crate::{Found, Rule};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// A student.
#[derive(Debug, Clone, Default)]
pub struct StudentEntity {
    /// Number of the key.
    pub key: u32,
    /// Mentions, in order.
    pub mentions: Vec<usize>,
    /// State ids that were said; more than one is a finding.
    pub state_ids: BTreeSet<String>,
    /// District's ids, with the district.
    pub local_ids: BTreeSet<(String, String)>,
    references: BTreeSet<String>,
    names: BTreeSet<String>,
    births: BTreeSet<chrono::NaiveDate>,
    /// An explicit no from a roster row.
    pub no_iep: bool,
}

/// What [`resolve_students`] found.
#[derive(Debug, Default)]
pub struct Students {
    /// Students, by key.
    pub entities: Vec<StudentEntity>,
    /// What each mention came to.
    pub found: Vec<Found>,
    /// What kind of id each undecided column holds, with its match rate; true is the state's.
    pub id_columns: BTreeMap<IdColumn, (bool, f64)>,
    /// True when a roster was read.
    pub roster: bool,
}

#[derive(Default)]
struct Index {
    by_state: FxHashMap<String, usize>,
    /// By the bare id; whether the districts agree is looked at then.
    by_local: FxHashMap<String, BTreeSet<usize>>,
    /// By ids that begin with zeros, without them.
    by_bare: FxHashMap<String, BTreeSet<usize>>,
    by_reference: FxHashMap<String, usize>,
    by_name: FxHashMap<String, BTreeSet<usize>>,
}

struct Typed {
    state: Option<String>,
    local: Option<(String, String)>,
}

/// Finds the student of each mention and gives each student a key.
#[must_use]
pub fn resolve_students(mentions: &[StudentMention], register: &mut Register) -> Students {
    let id_columns = decide_columns(mentions);
    let district = sole_district(mentions);
    let typed: Vec<Typed> = mentions.iter().map(|mention| type_ids(mention, &id_columns, &district)).collect();
    let roster = mentions.iter().any(|mention| mention.roster);
    let mut found: Vec<Option<Found>> = vec![None; mentions.len()];
    let mut entities: Vec<StudentEntity> = Vec::new();
    let mut index = Index::default();

    // Rosters speak first within each step: what they say of a child is what the others are compared with.
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    let rank = |mention: usize| {
        let (said, ids) = (&mentions[mention], &typed[mention]);
        (!said.roster, ids.state.clone(), ids.local.clone(), said.reference.clone(), said.name_key.clone(), said.birth_date)
    };
    order.sort_by_cached_key(|mention| rank(*mention));

    for step in [Rule::StateId, Rule::LocalId, Rule::Reference, Rule::NameBirth, Rule::Name] {
        for &mention in &order {
            if found[mention].is_some() || strongest(&mentions[mention], &typed[mention]) != Some(step) {
                continue;
            }
            let ids = &typed[mention];
            if step == Rule::Name && is_label(&mentions[mention].name_key) {
                found[mention] = Some(Found { entity: None, rule: Rule::Contradicted, candidates: Vec::new() });
                continue;
            }
            let answer = match candidates(step, &mentions[mention], ids, &index, &entities) {
                (fits, _) if fits.len() == 1 && contradicts(&entities[fits[0]], &mentions[mention]) => {
                    Found { entity: None, rule: Rule::Contradicted, candidates: fits }
                }
                (fits, rule) if fits.len() == 1 => Found::one(fits[0], rule),
                (fits, _) if fits.len() > 1 => Found::several(fits),
                _ if step == Rule::StateId
                    || step == Rule::LocalId
                    || step == Rule::NameBirth
                    || !roster
                    || mentions[mention].roster =>
                {
                    entities.push(StudentEntity::default());
                    Found::one(entities.len() - 1, Rule::New)
                }
                _ => Found::none(),
            };
            match answer.entity {
                // A shortened id is no further id of the child.
                Some(entity) if answer.rule == Rule::LostZeros => entities[entity].mentions.push(mention),
                Some(entity) => join(&mut entities[entity], &mut index, entity, mention, &mentions[mention], ids),
                None => {}
            }
            found[mention] = Some(answer);
        }
    }
    let mut students = Students {
        entities,
        found: found.into_iter().map(|found| found.unwrap_or_else(Found::none)).collect(),
        id_columns,
        roster,
    };
    let identities: Vec<Vec<Identity>> = students.entities.iter().map(|entity| identities(entity, &district, &index)).collect();
    let keys = register.mint(identities);
    sort_by_key(&mut students.entities, &mut students.found, &keys);
    students
}

/// Puts entities into the order of their keys and follows that in what was found.
pub(crate) fn sort_by_key<E: Keyed>(entities: &mut [E], found: &mut [Found], keys: &[u32]) {
    let places = order_of_keys(keys);
    for answer in found {
        if let Some(entity) = &mut answer.entity {
            *entity = places[*entity];
        }
        for candidate in &mut answer.candidates {
            *candidate = places[*candidate];
        }
        answer.candidates.sort_unstable();
    }
    permute(entities, keys);
}

pub(crate) fn order_of_keys(keys: &[u32]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by_key(|entity| keys[*entity]);
    let mut places = vec![0; keys.len()];
    for (place, entity) in order.into_iter().enumerate() {
        places[entity] = place;
    }
    places
}

pub(crate) fn permute<E: Keyed>(entities: &mut [E], keys: &[u32]) {
    for (entity, key) in entities.iter_mut().zip(keys) {
        entity.set_key(*key);
    }
    entities.sort_by_key(Keyed::key);
}

pub(crate) trait Keyed {
    fn key(&self) -> u32;
    fn set_key(&mut self, key: u32);
}

impl Keyed for StudentEntity {
    fn key(&self) -> u32 {
        self.key
    }

    fn set_key(&mut self, key: u32) {
        self.key = key;
    }
}

/// The district that stands for all rows that name none: the only one that is named, else none.
fn sole_district(mentions: &[StudentMention]) -> String {
    let named: BTreeSet<&str> =
        mentions.iter().map(|mention| mention.district.as_str()).filter(|district| !district.is_empty()).collect();
    match (named.len(), named.first()) {
        (1, Some(district)) => (*district).to_owned(),
        _ => String::new(),
    }
}

/// Districts as people write them: one may leave out "School District", or say nothing. A code beside a name may be
/// another district's, so the two are not the same by themselves.
fn same_district(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    let (one, other) = (plain(one), plain(other));
    one.contains(&other) || other.contains(&one)
}

fn type_ids(mention: &StudentMention, columns: &BTreeMap<IdColumn, (bool, f64)>, sole: &str) -> Typed {
    let district = if mention.district.is_empty() { sole } else { &mention.district };
    let mut state = mention.state_id.clone();
    let mut local = mention.local_id.clone();
    if let Some((column, id)) = &mention.any_id {
        match columns.get(column) {
            Some((true, _)) => state = state.or_else(|| Some(id.clone())),
            _ => local = local.or_else(|| Some(id.clone())),
        }
    }
    Typed { state, local: local.map(|id| (district.to_owned(), id)) }
}

/// What kind of id an undecided column holds: the kind that more of its ids have on a roster; without any, nine or ten
/// digits are taken for the state's.
fn decide_columns(mentions: &[StudentMention]) -> BTreeMap<IdColumn, (bool, f64)> {
    let mut state: BTreeSet<&str> = BTreeSet::new();
    let mut local: BTreeSet<&str> = BTreeSet::new();
    for mention in mentions {
        state.extend(mention.state_id.as_deref());
        local.extend(mention.local_id.as_deref());
    }
    let mut columns: BTreeMap<IdColumn, BTreeSet<&str>> = BTreeMap::new();
    for mention in mentions {
        if let Some((column, id)) = &mention.any_id {
            columns.entry(*column).or_default().insert(id);
        }
    }
    let decide = |ids: &BTreeSet<&str>| {
        let rate = |known: &BTreeSet<&str>| ids.intersection(known).count() as f64 / ids.len() as f64;
        let (of_state, of_local) = (rate(&state), rate(&local));
        if of_state == 0.0 && of_local == 0.0 {
            let long = |id: &&&str| (9..=10).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit());
            (ids.iter().filter(long).count() * 2 > ids.len(), 0.0)
        } else {
            (of_state > of_local, of_state.max(of_local))
        }
    };
    columns.iter().map(|(column, ids)| (*column, decide(ids))).collect()
}

fn strongest(mention: &StudentMention, ids: &Typed) -> Option<Rule> {
    if ids.state.is_some() {
        Some(Rule::StateId)
    } else if ids.local.is_some() {
        Some(Rule::LocalId)
    } else if mention.reference.is_some() {
        Some(Rule::Reference)
    } else if mention.name_key.is_empty() {
        None
    } else if mention.birth_date.is_some() {
        Some(Rule::NameBirth)
    } else {
        Some(Rule::Name)
    }
}

/// True when a mention's name shares no word with any name of the child, or its birth date is another one: an id that
/// stands for two children is never followed.
fn contradicts(entity: &StudentEntity, said: &StudentMention) -> bool {
    let words = |name: &str| name.split(['|', ' ', '-']).map(str::to_owned).collect::<BTreeSet<_>>();
    let own = words(&said.name_key);
    let named = !said.name_key.is_empty() && !entity.names.is_empty();
    let other_name = named && entity.names.iter().all(|name| words(name).is_disjoint(&own));
    let other_birth = said.birth_date.is_some_and(|birth| !entity.births.is_empty() && !entity.births.contains(&birth));
    other_name || other_birth
}

fn candidates(
    step: Rule,
    mention: &StudentMention,
    ids: &Typed,
    index: &Index,
    entities: &[StudentEntity],
) -> (Vec<usize>, Rule) {
    if let Some(entity) = ids.state.as_ref().and_then(|id| index.by_state.get(id)) {
        return (vec![*entity], Rule::StateId);
    }
    if let Some((scope, local)) = &ids.local
        && let Some(known) = index.by_local.get(local)
    {
        let same = |entity: &usize| {
            let entity = &entities[*entity];
            // A local id that belongs to a child with another state id is not this child's.
            (ids.state.is_none() || entity.state_ids.is_empty())
                && (entity.local_ids.iter().any(|(other, id)| id == local && same_district(scope, other))
                    || entity.names.contains(&mention.name_key))
        };
        let fits: Vec<usize> = known.iter().copied().filter(same).collect();
        if !fits.is_empty() {
            return (fits, Rule::LocalId);
        }
    }
    if let Some(entity) = mention.reference.as_ref().and_then(|reference| index.by_reference.get(reference)) {
        return (vec![*entity], Rule::Reference);
    }
    let bare = ids.state.as_deref().or(ids.local.as_ref().map(|(_, id)| id.as_str())).filter(|id| !id.starts_with('0'));
    if let Some(known) = bare.and_then(|bare| index.by_bare.get(bare)).filter(|_| !mention.roster) {
        return (known.iter().copied().collect(), Rule::LostZeros);
    }
    let Some(known) = index.by_name.get(&mention.name_key).filter(|_| !mention.name_key.is_empty()) else {
        return (Vec::new(), step);
    };
    let free = |entity: &usize| {
        let entity = &entities[*entity];
        let state = ids.state.is_none() || entity.state_ids.is_empty();
        let local =
            ids.local.as_ref().is_none_or(|(scope, _)| !entity.local_ids.iter().any(|(other, _)| same_district(scope, other)));
        state && local
    };
    match mention.birth_date {
        Some(birth) => {
            let fits = known.iter().copied().filter(|entity| entities[*entity].births.contains(&birth)).filter(free);
            (fits.collect(), Rule::NameBirth)
        }
        // An id that nobody has, beside a name without a birth date, is not enough to be somebody else.
        None if step == Rule::Name => (known.iter().copied().collect(), Rule::Name),
        None => (Vec::new(), step),
    }
}

fn join(entity: &mut StudentEntity, index: &mut Index, number: usize, mention: usize, said: &StudentMention, ids: &Typed) {
    entity.mentions.push(mention);
    let all = ids.state.iter().chain(ids.local.iter().map(|(_, id)| id));
    for bare in all.filter(|id| id.starts_with('0')).filter_map(|id| bare_id(id)) {
        index.by_bare.entry(bare.to_owned()).or_default().insert(number);
    }
    if let Some(state) = &ids.state {
        entity.state_ids.insert(state.clone());
        index.by_state.entry(state.clone()).or_insert(number);
    }
    if let Some(local) = &ids.local {
        entity.local_ids.insert(local.clone());
        index.by_local.entry(local.1.clone()).or_default().insert(number);
    }
    if let Some(reference) = &said.reference {
        entity.references.insert(reference.clone());
        index.by_reference.entry(reference.clone()).or_insert(number);
    }
    if !said.name_key.is_empty() {
        entity.names.insert(said.name_key.clone());
        index.by_name.entry(said.name_key.clone()).or_default().insert(number);
    }
    entity.births.extend(said.birth_date);
    entity.no_iep |= said.roster && said.has_iep == Some(false);
}

/// The ways to recognize a student in a later run. A name is one of them only while nobody else has it.
fn identities(entity: &StudentEntity, district: &str, index: &Index) -> Vec<Identity> {
    let identity = |kind, scope: &str, text: String| Identity { scope: scope.to_owned(), kind, text };
    let mut all = Vec::new();
    all.extend(entity.state_ids.iter().map(|id| identity("state_id", "", id.clone())));
    all.extend(entity.local_ids.iter().map(|(scope, id)| identity("local_id", scope, id.clone())));
    all.extend(entity.references.iter().map(|reference| identity("reference", "", reference.clone())));
    for name in &entity.names {
        all.extend(entity.births.iter().map(|birth| identity("name_birth", district, format!("{name}|{birth}"))));
    }
    for name in &entity.names {
        if index.by_name.get(name).is_none_or(|holders| holders.len() == 1) {
            all.push(identity("name", district, name.clone()));
        }
    }
    all
}
