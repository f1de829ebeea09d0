//! Gives equal things one number: names, places, shapes, fields.

use foldhash::fast::RandomState;
use hashbrown::HashTable;
use std::hash::{BuildHasher, Hash};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Things by number. The hash is seeded anew in each table, since the things come from strangers.
#[derive(Debug)]
pub struct Interner<T> {
    hasher: RandomState,
    slots: HashTable<(u64, u32)>,
    pub items: Vec<T>,
}

impl<T> Default for Interner<T> {
    fn default() -> Self {
        Self { hasher: RandomState::default(), slots: HashTable::new(), items: Vec::new() }
    }
}

impl<T> Interner<T> {
    pub fn hash<K: Hash + ?Sized>(&self, key: &K) -> u64 {
        self.hasher.hash_one(key)
    }

    pub fn find(&self, hash: u64, is_it: impl Fn(&T) -> bool) -> Option<u32> {
        let same = |&(known, at): &(u64, u32)| known == hash && self.items.get(at as usize).is_some_and(&is_it);
        self.slots.find(hash, same).map(|&(_, at)| at)
    }

    /// Adds a thing that [`Interner::find`] did not find.
    pub fn add(&mut self, hash: u64, item: T) -> u32 {
        let at = self.items.len() as u32;
        self.items.push(item);
        self.slots.insert_unique(hash, (hash, at), |&(known, _)| known);
        at
    }
}

impl Interner<Box<str>> {
    /// The number of a text.
    pub fn number(&mut self, text: &str) -> u32 {
        let hash = self.hash(text);
        self.find(hash, |known| **known == *text).unwrap_or_else(|| self.add(hash, text.into()))
    }
}

/// One worker's view of texts that all workers number together: the common table is asked once for each text.
#[derive(Debug, Default)]
pub struct Names {
    known: Interner<(Box<str>, u32)>,
    last: usize,
}

impl Names {
    /// The common number of `text`. Most rows have the text of the row before.
    pub fn number(&mut self, text: &str, ask: impl FnOnce(&str) -> u32) -> u32 {
        if let Some((known, number)) = self.known.items.get(self.last)
            && **known == *text
        {
            return *number;
        }
        let hash = self.known.hash(text);
        let at = match self.known.find(hash, |(known, _)| **known == *text) {
            Some(at) => at,
            None => self.known.add(hash, (text.into(), ask(text))),
        };
        self.last = at as usize;
        self.known.items[self.last].1
    }
}

/// A table all workers share. A worker that panicked leaves it whole: every change is one push.
pub fn locked<T>(table: &Mutex<T>) -> MutexGuard<'_, T> {
    table.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_one_number_in_order_of_appearance() {
        let mut table = Interner::default();
        assert_eq!(["b", "a", "b", "", "a"].map(|text| table.number(text)), [0, 1, 0, 2, 1]);
        assert_eq!(table.items.len(), 3);
    }

    #[test]
    fn the_common_table_is_asked_once_for_each_text() {
        let mut names = Names::default();
        let mut asked = Vec::new();
        for text in ["Rosa", "Rosa", "Ben", "Rosa", "Ben"] {
            let number = names.number(text, |text| {
                asked.push(text.to_owned());
                40 + asked.len() as u32
            });
            assert_eq!(number, if text == "Rosa" { 41 } else { 42 });
        }
        assert_eq!(asked, ["Rosa", "Ben"]);
    }
}
