//! What an export says of other people.

use super::{Others, Shown};
use crate::index::catalog::Role;
use crate::index::{FieldMeta, Store};
use crate::record::IdKind;
use crate::report::{self, SharedFilter, Values};
use std::collections::{HashMap, HashSet};

/// Names of people and conversations, and what stands for them. A person's own are never replaced.
pub struct Names {
    others: Others,
    own: HashSet<String>,
    known: HashSet<String>,
    numbers: HashMap<String, u64>,
    replaced: u64,
}

impl Names {
    pub fn of(store: &Store, owners: &[String], others: Others) -> Self {
        let filter = SharedFilter { mine: Some(true), kind: None, companies: 1, owners: owners.to_vec() };
        let mine = report::shared(store, &filter, Values::Shown).identifiers;
        let written =
            mine.iter().flat_map(|id| id.evidence.iter().map(|evidence| &evidence.as_written).chain([&id.value]));
        let own = written.chain(owners).map(|name| name.trim().to_lowercase()).collect();
        let people = store.segments.iter().flat_map(|segment| {
            let threads = segment.catalog.threads.iter().map(|thread| &thread.title);
            segment.catalog.people.iter().chain(threads)
        });
        let known = people.map(|name| name.trim().to_lowercase()).filter(|name| !name.is_empty()).collect();
        Self { others, own, known, numbers: HashMap::new(), replaced: 0 }
    }

    pub fn replaced(&self) -> u64 {
        self.replaced
    }

    /// A name of a person or conversation, as it is written; `None`: not at all.
    pub fn name(&mut self, name: &str, shown: Shown) -> Option<String> {
        let key = name.trim().to_lowercase();
        let is_other = !self.own.contains(&key);
        match (is_other, self.others, shown) {
            (true, Others::Drop, _) => {
                self.replaced += 1;
                None
            }
            (true, Others::Number, _) => {
                self.replaced += 1;
                let next = self.numbers.len() as u64 + 1;
                Some(format!("Person {}", self.numbers.entry(key).or_insert(next)))
            }
            (_, _, Shown::Full) => Some(name.to_owned()),
            (_, _, Shown::Masked) => Some(report::mask(IdKind::Name, name)),
            (_, _, Shown::None) => None,
        }
    }

    /// A value of a record; `None`: left out with its field, since it names another person.
    pub fn value(&mut self, meta: Option<&FieldMeta>, value: &str, shown: Shown) -> Option<String> {
        let names_somebody = meta.is_some_and(|meta| {
            matches!(meta.role, Role::Who | Role::Thread)
                || meta.category.as_deref().is_some_and(|category| ["name", "family"].contains(&category))
        });
        if names_somebody || self.known.contains(&value.trim().to_lowercase()) {
            let kept = self.name(value, shown);
            return if shown == Shown::None && self.others != Others::Drop { Some(String::new()) } else { kept };
        }
        Some(match (shown, meta) {
            (Shown::Full, _) => value.to_owned(),
            (Shown::Masked, Some(meta)) => report::example(meta, value),
            (Shown::Masked, None) => report::mask(IdKind::Name, value),
            (Shown::None, _) => String::new(),
        })
    }
}
