//! What ties companies together: identifiers that more than one of them holds, with the evidence on each side.

use super::{EvidenceReport, Overlap, Shared, SharedFilter, SharedIdentifier, Values, mask};
use crate::classify;
use crate::index::{Segment, Store, StoredIdentifier};
use crate::record::{IdKind, Origin};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Kinds that point at one person or device wherever they stand. Names, addresses and the like are never proof by themselves.
const LINKING: [IdKind; 6] =
    [IdKind::Phone, IdKind::Email, IdKind::Ip, IdKind::Device, IdKind::AdvertisingId, IdKind::Cookie];

/// One identifier, wherever it stands.
#[derive(Default)]
struct Group<'a> {
    mine: bool,
    places: Vec<Place<'a>>,
}

struct Place<'a> {
    segment: &'a Segment,
    stored: &'a StoredIdentifier,
    /// How a national number was completed, if it was.
    rule: Option<String>,
}

/// Identifiers that several companies hold: the person's own first, then by number of companies.
pub fn shared(store: &Store, filter: &SharedFilter, values: Values) -> Shared {
    let all = groups(store, filter);
    let least = if filter.companies == 0 { 2 } else { filter.companies };
    let mut rows: Vec<SharedIdentifier> = all
        .iter()
        .filter(|((kind, _), group)| wanted(*kind, group, filter))
        .filter(|(_, group)| companies(group).len() >= least)
        .map(|((kind, normal), group)| row(*kind, normal, group, values))
        .collect();
    rows.sort_by_key(|row| (row.owner != "mine", Reverse(row.companies.len()), rank(row.kind), row.value.clone()));
    Shared { overlaps: overlaps(&all, filter), identifiers: rows }
}

fn rank(kind: IdKind) -> usize {
    LINKING.iter().position(|known| *known == kind).unwrap_or(LINKING.len())
}

fn groups<'a>(store: &'a Store, filter: &SharedFilter) -> BTreeMap<(IdKind, String), Group<'a>> {
    let regions = own_regions(store, filter);
    let owners: HashSet<(IdKind, String)> = owner_forms(filter, &regions);
    let mut groups: BTreeMap<(IdKind, String), Group<'a>> = BTreeMap::new();
    for segment in &store.segments {
        // A side table that cannot be read costs its links; `Segment::damage` tells it to whoever shows them.
        for stored in segment.identifiers().unwrap_or_default() {
            let completed = completed(stored, &regions);
            let normal = completed.as_ref().map_or(stored.normal.as_str(), |done| done.value.as_str());
            let key = (stored.kind, normal.to_owned());
            let mine = stored.mine || owners.contains(&key);
            let group = groups.entry(key).or_default();
            group.mine |= mine;
            group.places.push(Place { segment, stored, rule: completed.map(|done| done.rule) });
        }
    }
    groups
}

/// Regions in which national numbers are completed: those of the owner's own international numbers.
fn own_regions(store: &Store, filter: &SharedFilter) -> Vec<String> {
    let stored = store.segments.iter().flat_map(|segment| segment.identifiers().unwrap_or_default());
    let own = stored.filter(|known| known.mine && known.kind == IdKind::Phone).map(|known| known.normal.clone());
    let given =
        filter.owners.iter().filter_map(|value| classify::normalise(IdKind::Phone, value)).map(|normal| normal.value);
    let numbers: BTreeSet<String> = own.chain(given).collect();
    let mut regions = Vec::new();
    for region in numbers.iter().filter_map(|number| classify::region_of(number)) {
        if !regions.contains(&region) {
            regions.push(region);
        }
    }
    regions
}

fn owner_forms(filter: &SharedFilter, regions: &[String]) -> HashSet<(IdKind, String)> {
    let kinds = [IdKind::Phone, IdKind::Email, IdKind::Ip, IdKind::AdvertisingId];
    let forms = filter.owners.iter().flat_map(|value| kinds.map(|kind| (kind, classify::normalise(kind, value))));
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

fn wanted(kind: IdKind, group: &Group<'_>, filter: &SharedFilter) -> bool {
    let linking = LINKING.contains(&kind) || (kind == IdKind::Username && mine_everywhere(group));
    linking && filter.kind.is_none_or(|wanted| wanted == kind) && filter.mine.is_none_or(|mine| mine == group.mine)
}

/// A user name is anybody's: it ties companies only where each states it to be the owner's.
fn mine_everywhere(group: &Group<'_>) -> bool {
    let own: BTreeSet<&str> = group
        .places
        .iter()
        .filter(|place| place.stored.mine)
        .map(|place| place.segment.manifest.company.as_str())
        .collect();
    own.len() >= 2
}

fn companies<'a>(group: &Group<'a>) -> BTreeSet<&'a str> {
    group.places.iter().map(|place| place.segment.manifest.company.as_str()).collect()
}

fn row(kind: IdKind, normal: &str, group: &Group<'_>, values: Values) -> SharedIdentifier {
    let mut evidence: Vec<EvidenceReport> = group.places.iter().map(|place| evidence(kind, place, values)).collect();
    evidence
        .sort_by(|a, b| (&a.company, &a.export, &a.entry, &a.field).cmp(&(&b.company, &b.export, &b.entry, &b.field)));
    SharedIdentifier {
        kind,
        value: shown(kind, normal, values),
        owner: owner(group.mine),
        companies: companies(group).into_iter().map(str::to_owned).collect(),
        evidence,
    }
}

fn owner(mine: bool) -> String {
    if mine { "mine" } else { "other" }.to_owned()
}

fn shown(kind: IdKind, value: &str, values: Values) -> String {
    match values {
        Values::Shown => value.to_owned(),
        Values::Masked => mask(kind, value),
    }
}

fn evidence(kind: IdKind, place: &Place<'_>, values: Values) -> EvidenceReport {
    let Place { segment, stored, rule } = place;
    let field = segment.catalog.fields.get(stored.field as usize);
    let section = field.and_then(|field| segment.catalog.sections.get(field.section as usize));
    let entry = segment.catalog.entries.get(stored.entry as usize).cloned().unwrap_or_default();
    EvidenceReport {
        export: segment.manifest.id.clone(),
        company: segment.manifest.company.clone(),
        section: section.map(|section| section.id.clone()).unwrap_or_default(),
        field: field.map(|field| field.path.clone()).unwrap_or_default(),
        locator: format!("{entry}#{}", segment.place(stored.place, stored.at)),
        entry,
        as_written: shown(kind, &stored.as_written, values),
        rule: rule.clone().unwrap_or_else(|| stored.rule.clone()),
        origin: field.map_or(Origin::Provided, |field| field.origin),
        records: stored.records,
    }
}

/// How many identifiers each set of companies has in common: every pair, and every larger set that occurs.
fn overlaps(all: &BTreeMap<(IdKind, String), Group<'_>>, filter: &SharedFilter) -> Vec<Overlap> {
    let mut sets: BTreeMap<(IdKind, bool), Vec<BTreeSet<&str>>> = BTreeMap::new();
    for ((kind, _), group) in all.iter().filter(|((kind, _), group)| wanted(*kind, group, filter)) {
        let held = companies(group);
        if held.len() >= 2 {
            sets.entry((*kind, group.mine)).or_default().push(held);
        }
    }
    let mut overlaps = Vec::new();
    for ((kind, mine), held) in sets {
        for set in candidates(&held) {
            let count = held.iter().filter(|holders| holders.is_superset(&set)).count() as u64;
            overlaps.push(Overlap {
                companies: set.into_iter().map(str::to_owned).collect(),
                kind,
                owner: owner(mine),
                count,
            });
        }
    }
    overlaps.sort_by_key(|overlap| {
        (overlap.owner != "mine", Reverse(overlap.count), overlap.companies.clone(), overlap.kind)
    });
    overlaps
}

fn candidates<'a>(held: &[BTreeSet<&'a str>]) -> BTreeSet<BTreeSet<&'a str>> {
    let mut sets: BTreeSet<BTreeSet<&'a str>> = held.iter().cloned().collect();
    for holders in held {
        let holders: Vec<&str> = holders.iter().copied().collect();
        for (at, one) in holders.iter().enumerate() {
            for other in &holders[at + 1..] {
                sets.insert(BTreeSet::from([*one, *other]));
            }
        }
    }
    sets
}
