//! Every identifier in the index with all the places it stands: what `shared`, `people`, `contradictions` and the findings are made of.

use super::SharedFilter;
use crate::classify;
use crate::index::{Segment, Store, StoredIdentifier};
use crate::record::IdKind;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Kind and normal form.
pub type Key = (IdKind, String);

/// One identifier, wherever it stands.
#[derive(Default)]
pub struct Group<'a> {
    /// Some field states that it is the owner's, or the person said so.
    pub mine: bool,
    pub places: Vec<Place<'a>>,
}

pub struct Place<'a> {
    /// Number in the store.
    pub number: usize,
    pub segment: &'a Segment,
    pub stored: &'a StoredIdentifier,
    /// How it became the group's identifier, where that is more than its own normal form: a national number completed, a digest
    /// that is known to be one of it.
    pub rule: Option<String>,
    /// The region of a national number is taken from the owner's own numbers.
    pub completed: bool,
}

impl<'a> Group<'a> {
    /// Companies that hold it.
    pub fn companies(&self) -> BTreeSet<&'a str> {
        self.places.iter().map(|place| place.segment.manifest.company.as_str()).collect()
    }

    /// Companies that state it to be the owner's.
    pub fn own_companies(&self) -> BTreeSet<&'a str> {
        let own = self.places.iter().filter(|place| place.stored.mine);
        own.map(|place| place.segment.manifest.company.as_str()).collect()
    }
}

/// All identifiers, by kind and normal form. National numbers are completed in the regions of the owner's own; digests are joined
/// to the addresses and numbers they are of, and left out otherwise.
pub fn groups<'a>(store: &'a Store, owners: &[String]) -> BTreeMap<Key, Group<'a>> {
    let regions = own_regions(store, owners);
    let owners = owner_forms(owners, &regions);
    let mut groups: BTreeMap<Key, Group<'a>> = BTreeMap::new();
    let mut digests: Vec<Place<'a>> = Vec::new();
    for (number, segment) in store.segments.iter().enumerate() {
        // A side table that cannot be read costs its links; `Segment::damage` tells it to whoever shows them.
        for stored in segment.identifiers().unwrap_or_default() {
            let done = completed(stored, &regions);
            let normal = done.as_ref().map_or(stored.normal.as_str(), |done| done.value.as_str());
            let key = (stored.kind, normal.to_owned());
            let (completed, rule) = (done.is_some(), done.map(|done| done.rule));
            let place = Place { number, segment, stored, rule, completed };
            if stored.kind == IdKind::Hash {
                digests.push(place);
                continue;
            }
            let mine = stored.mine || owners.contains(&key);
            let group = groups.entry(key).or_default();
            group.mine |= mine;
            group.places.push(place);
        }
    }
    if !digests.is_empty() {
        join_digests(&mut groups, digests);
    }
    groups
}

/// Gives each digest to the identifier it is of.
fn join_digests<'a>(groups: &mut BTreeMap<Key, Group<'a>>, digests: Vec<Place<'a>>) {
    let sought: HashSet<&str> = digests.iter().map(|place| place.stored.normal.as_str()).collect();
    let mut known: HashMap<String, (Key, String)> = HashMap::new();
    for key in groups.keys() {
        for digest in classify::digests_of(key.0, &key.1) {
            if sought.contains(digest.hex.as_str()) {
                known.entry(digest.hex).or_insert((key.clone(), digest.rule));
            }
        }
    }
    for place in digests {
        if let Some((key, rule)) = known.get(&place.stored.normal)
            && let Some(group) = groups.get_mut(key)
        {
            group.places.push(Place { rule: Some(rule.clone()), ..place });
        }
    }
}

/// Regions in which national numbers are completed: those of the owner's own international numbers.
fn own_regions(store: &Store, owners: &[String]) -> Vec<String> {
    let stored = store.segments.iter().flat_map(|segment| segment.identifiers().unwrap_or_default());
    let own = stored.filter(|known| known.mine && known.kind == IdKind::Phone).map(|known| known.normal.clone());
    let given = owners.iter().filter_map(|value| classify::normalise(IdKind::Phone, value)).map(|normal| normal.value);
    let numbers: BTreeSet<String> = own.chain(given).collect();
    let mut regions = Vec::new();
    for region in numbers.iter().filter_map(|number| classify::region_of(number)) {
        if !regions.contains(&region) {
            regions.push(region);
        }
    }
    regions
}

fn owner_forms(owners: &[String], regions: &[String]) -> HashSet<Key> {
    let kinds = [IdKind::Phone, IdKind::Email, IdKind::Ip, IdKind::AdvertisingId];
    let forms = owners.iter().flat_map(|value| kinds.map(|kind| (kind, classify::normalise(kind, value))));
    forms
        .filter_map(|(kind, normal)| normal.map(|normal| (kind, normal.value)))
        .map(|(kind, value)| match complete(&value, regions) {
            Some(done) => (kind, done.value),
            None => (kind, value),
        })
        .collect()
}

fn completed(stored: &StoredIdentifier, regions: &[String]) -> Option<classify::Normal> {
    if stored.kind == IdKind::Phone { complete(&stored.normal, regions) } else { None }
}

fn complete(normal: &str, regions: &[String]) -> Option<classify::Normal> {
    regions.iter().find_map(|region| classify::complete_phone(normal, region))
}

/// How sure it is that an identifier in several companies is one and the same person's or device's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    Certain,
    Likely,
}

/// Whether an identifier ties the companies that hold it, how sure that is, and why. Names are never enough.
pub fn tie(kind: IdKind, group: &Group<'_>) -> Option<(Certainty, &'static str)> {
    let own = group.own_companies().len() >= 2;
    Some(match kind {
        IdKind::Phone if group.places.iter().any(|place| place.completed) => (
            Certainty::Likely,
            "the same phone number, written without its country in places: read as one of the owner's",
        ),
        IdKind::Phone => (Certainty::Certain, "the same phone number"),
        IdKind::Email => (Certainty::Certain, "the same e-mail address"),
        IdKind::AdvertisingId => (Certainty::Certain, "the same advertising id"),
        IdKind::Device => (Certainty::Certain, "the same device id"),
        IdKind::Cookie => (Certainty::Certain, "the same cookie value"),
        IdKind::Ip => (Certainty::Likely, "the same IP address; several people may share one"),
        IdKind::Username if own => {
            (Certainty::Likely, "the same user name, which each company states to be the owner's")
        }
        IdKind::AccountId if own => {
            (Certainty::Certain, "the same account id, which each company states to be the owner's")
        }
        IdKind::Address if own => (Certainty::Likely, "the same address, which each company states to be the owner's"),
        IdKind::Payment if own => {
            (Certainty::Likely, "the same means of payment, which each company states to be the owner's")
        }
        IdKind::Url if own => {
            (Certainty::Likely, "the same profile address, which each company states to be the owner's")
        }
        IdKind::Birthday if own_name_beside(group) => {
            (Certainty::Likely, "the same date of birth with the same name, both stated to be the owner's")
        }
        IdKind::Username
        | IdKind::AccountId
        | IdKind::Address
        | IdKind::Payment
        | IdKind::Url
        | IdKind::Birthday
        | IdKind::Name
        | IdKind::Hash => {
            return None;
        }
    })
}

/// A date of birth is shared by many: it ties two companies only if both state it, with the same name, to be the owner's.
fn own_name_beside(group: &Group<'_>) -> bool {
    let mut holders: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for place in group.places.iter().filter(|place| place.stored.mine) {
        let names = place.segment.identifiers().unwrap_or_default().iter();
        for name in names.filter(|one| one.kind == IdKind::Name && one.mine) {
            holders.entry(&name.normal).or_default().insert(&place.segment.manifest.company);
        }
    }
    holders.values().any(|companies| companies.len() >= 2)
}

/// Whether a filter wants an identifier, and how it ties companies.
pub fn wanted(kind: IdKind, group: &Group<'_>, filter: &SharedFilter) -> Option<(Certainty, &'static str)> {
    let fits = filter.kind.is_none_or(|wanted| wanted == kind) && filter.mine.is_none_or(|mine| mine == group.mine);
    tie(kind, group).filter(|_| fits)
}
