//! Keys: minted once, in the byte order of identities, after the register's largest; never recomputed.

use aimline_model::register::{KeyEntry, KeyHistory};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// One way to recognize an entity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// Within what it counts.
    pub scope: String,
    /// What kind of identity it is.
    pub kind: &'static str,
    /// The normalized text.
    pub text: String,
}

/// The register of one kind of key, while a run adds to it.
#[derive(Debug)]
pub struct Register {
    prefix: char,
    generation: i64,
    entries: Vec<KeyEntry>,
    history: Vec<KeyHistory>,
    /// By scope, kind and text, with a NUL between them.
    by_identity: FxHashMap<Box<str>, u32>,
    joined: String,
    largest: u32,
    aliases: BTreeMap<u32, u32>,
    claimed: FxHashSet<u32>,
    /// Keys that were given, with the identities that are still to be entered.
    waiting: Vec<(u32, Vec<Identity>)>,
}

/// A key as it is written: a letter and eight digits.
#[must_use]
pub fn key_text(prefix: char, number: u32) -> String {
    if number > 99_999_999 {
        return format!("{prefix}{number}");
    }
    // Without `format!`: an import makes a key for each of its rows.
    let mut key = String::with_capacity(9);
    key.push(prefix);
    let mut unit = 10_000_000;
    while unit > 0 {
        key.push(char::from(b'0' + (number / unit % 10) as u8));
        unit /= 10;
    }
    key
}

fn number_of(key: &str) -> u32 {
    key.get(1..).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

impl Register {
    /// The register as the last run left it. `scopes` says which keys of the level above have given way to others,
    /// so that an identity is found under the key that stands now.
    #[must_use]
    pub fn new(prefix: char, generation: i64, entries: Vec<KeyEntry>, scopes: &BTreeMap<String, String>) -> Self {
        let mut by_identity: FxHashMap<Box<str>, u32> = FxHashMap::default();
        let mut aliases = BTreeMap::new();
        let mut largest = 0;
        for entry in &entries {
            let number = number_of(&entry.key);
            largest = largest.max(number);
            if let Some(other) = &entry.alias_of {
                aliases.insert(number, number_of(other));
            }
        }
        let mut same = Vec::new();
        for entry in &entries {
            let number = number_of(&entry.key);
            let scope = scopes.get(&entry.scope).unwrap_or(&entry.scope);
            let joined = format!("{scope}\0{}\0{}", entry.identity_kind, entry.identity);
            if let Some(other) = by_identity.insert(joined.into(), number)
                && other != number
            {
                same.push((other, number));
            }
        }
        let mut register = Self {
            prefix,
            generation,
            entries,
            history: Vec::new(),
            by_identity,
            joined: String::new(),
            largest,
            aliases,
            claimed: FxHashSet::default(),
            waiting: Vec::new(),
        };
        // Two students became one: what each had by the same name is one thing from now on.
        for (one, other) in same {
            let (one, other) = (register.resolve(one), register.resolve(other));
            if one != other {
                register.merge(one.max(other), one.min(other));
            }
        }
        register
    }

    fn resolve(&self, mut number: u32) -> u32 {
        while let Some(other) = self.aliases.get(&number) {
            number = *other;
        }
        number
    }

    /// Gives each entity its key. The first identity of an entity is its best; entities come in any order and are
    /// served in the byte order of it. They are entered into the register later: that needs nobody to wait for it.
    pub fn mint(&mut self, mut entities: Vec<Vec<Identity>>) -> Vec<u32> {
        self.enter_waiting();
        let mut order: Vec<usize> = (0..entities.len()).collect();
        order.sort_by(|a, b| entities[*a].cmp(&entities[*b]).then(a.cmp(b)));
        let mut keys = vec![0; entities.len()];
        let mut fresh = Vec::new();
        let mut given = FxHashSet::default();
        for &entity in &order {
            let mut known: Vec<u32> = entities[entity].iter().filter_map(|identity| self.known(identity)).collect();
            known.sort_unstable();
            known.dedup();
            // A key stands for one entity: of two that were one before, the first keeps it.
            known.retain(|number| given.insert(*number));
            match known.split_first() {
                None => fresh.push(entity),
                Some((&kept, merged)) => {
                    keys[entity] = kept;
                    for &gone in merged {
                        self.merge(gone, kept);
                    }
                }
            }
        }
        for entity in fresh {
            self.largest += 1;
            keys[entity] = self.largest;
        }
        self.claimed.extend(&keys);
        self.waiting.extend(order.into_iter().map(|entity| (keys[entity], std::mem::take(&mut entities[entity]))));
        keys
    }

    /// The key of an identity, as it stands now. It leaves the joined text behind.
    fn known(&mut self, identity: &Identity) -> Option<u32> {
        self.joined.clear();
        for part in [&identity.scope, "\0", identity.kind, "\0", &identity.text] {
            self.joined.push_str(part);
        }
        self.by_identity.get(self.joined.as_str()).map(|number| self.resolve(*number))
    }

    /// The number of a key as it stands now; 0 when the text is no key of this kind.
    #[must_use]
    pub fn number(&self, key: &str) -> u32 {
        let own = key.get(..1).is_some_and(|first| first.eq_ignore_ascii_case(&self.prefix.to_string()));
        if own { self.resolve(number_of(key)) } else { 0 }
    }

    fn merge(&mut self, gone: u32, kept: u32) {
        let (gone_key, kept_key) = (key_text(self.prefix, gone), key_text(self.prefix, kept));
        self.aliases.insert(gone, kept);
        for entry in self.entries.iter_mut().filter(|entry| entry.key == gone_key) {
            entry.alias_of = Some(kept_key.clone());
        }
        self.history.push(KeyHistory { key: gone_key, into_key: kept_key, generation: self.generation });
    }

    fn enter_waiting(&mut self) {
        for (number, identities) in std::mem::take(&mut self.waiting) {
            identities.into_iter().for_each(|identity| self.enter(number, identity));
        }
    }

    fn enter(&mut self, number: u32, identity: Identity) {
        if self.known(&identity).is_some() {
            return;
        }
        self.by_identity.insert(self.joined.as_str().into(), number);
        self.entries.push(KeyEntry {
            key: key_text(self.prefix, number),
            identity_kind: identity.kind.to_owned(),
            scope: identity.scope,
            identity: identity.text,
            alias_of: None,
            generation: self.generation,
        });
    }

    /// Keys that have given way, and the key that stands in their place now.
    #[must_use]
    pub fn replaced(&self) -> BTreeMap<String, String> {
        self.aliases.keys().map(|gone| (key_text(self.prefix, *gone), key_text(self.prefix, self.resolve(*gone)))).collect()
    }

    /// The entries, old ones first, and what became of keys in this run: merges, and keys that nothing stands for any
    /// more, as when a roster shows that a child has no IEP.
    #[must_use]
    pub fn into_parts(mut self) -> (Vec<KeyEntry>, Vec<KeyHistory>) {
        self.enter_waiting();
        let unclaimed = |number: &u32| !self.claimed.contains(number) && !self.aliases.contains_key(number);
        let mut gone: Vec<u32> = self.entries.iter().map(|entry| number_of(&entry.key)).filter(unclaimed).collect();
        gone.sort_unstable();
        gone.dedup();
        for gone in gone {
            let key = key_text(self.prefix, gone);
            self.history.push(KeyHistory { key, into_key: String::new(), generation: self.generation });
        }
        (self.entries, self.history)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(kind: &'static str, text: &str) -> Identity {
        Identity { scope: String::new(), kind, text: text.to_owned() }
    }

    #[test]
    fn keys_have_eight_digits() {
        for (number, text) in [(1, "G00000001"), (12_345_678, "G12345678"), (123_456_789, "G123456789")] {
            assert_eq!(key_text('G', number), text);
            assert_eq!(number_of(text), number);
        }
    }

    #[test]
    fn keys_follow_the_byte_order_of_identities_and_stay() {
        let mut register = Register::new('S', 1, Vec::new(), &BTreeMap::new());
        let keys = register.mint(vec![vec![identity("state", "9")], vec![identity("state", "1")]]);
        assert_eq!(keys, [2, 1]);
        let (entries, history) = register.into_parts();
        assert!(history.is_empty());
        let mut register = Register::new('S', 2, entries, &BTreeMap::new());
        let keys = register.mint(vec![vec![identity("state", "0")], vec![identity("state", "9")]]);
        assert_eq!(keys, [3, 2], "a new identity comes after the register's largest");
    }

    #[test]
    fn what_waits_is_known_to_the_next_round_and_entered_once() {
        let mut register = Register::new('S', 1, Vec::new(), &BTreeMap::new());
        assert_eq!(register.mint(vec![vec![identity("state", "1"), identity("name", "lopez ana")]]), [1]);
        let again = vec![vec![identity("name", "lopez ana")], vec![identity("name", "diaz leo")]];
        assert_eq!(register.mint(again), [1, 2]);
        let entered: Vec<String> = register.into_parts().0.into_iter().map(|entry| entry.identity).collect();
        assert_eq!(entered, ["1", "lopez ana", "diaz leo"]);
    }

    #[test]
    fn a_merge_keeps_the_older_key_and_writes_history() {
        let mut register = Register::new('S', 1, Vec::new(), &BTreeMap::new());
        register.mint(vec![vec![identity("local", "77")], vec![identity("name", "lopez ana")]]);
        let (entries, _) = register.into_parts();
        let mut register = Register::new('S', 2, entries, &BTreeMap::new());
        let both = vec![identity("state", "1"), identity("local", "77"), identity("name", "lopez ana")];
        assert_eq!(register.mint(vec![both]), [1]);
        assert_eq!(register.replaced().get("S00000002").map(String::as_str), Some("S00000001"));
        let (entries, history) = register.into_parts();
        assert_eq!(history.len(), 1);
        let mut register = Register::new('S', 3, entries, &BTreeMap::new());
        assert_eq!(register.mint(vec![vec![identity("name", "lopez ana")]]), [1], "the alias is followed");
    }
}
