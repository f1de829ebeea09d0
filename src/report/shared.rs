//! What ties companies together: identifiers that more than one of them holds, with the evidence on each side.

use super::identity::{self, Certainty, Group, Key, Place, wanted};
use super::{EvidenceReport, Overlap, Shared, SharedFilter, SharedIdentifier, Values, mask};
use crate::index::Store;
use crate::record::{IdKind, Origin};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Identifiers that several companies hold: the person's own first, then by number of companies.
pub fn shared(store: &Store, filter: &SharedFilter, values: Values) -> Shared {
    let all = identity::groups(store, &filter.owners);
    let least = if filter.companies == 0 { 2 } else { filter.companies };
    let mut rows = Vec::new();
    for ((kind, normal), group) in &all {
        if let Some(tie) = wanted(*kind, group, filter)
            && group.companies().len() >= least
        {
            rows.push(row(*kind, normal, group, tie, values));
        }
    }
    rows.sort_by_key(|row| (row.owner != "mine", Reverse(row.companies.len()), rank(row.kind), row.value.clone()));
    Shared { overlaps: overlaps(&all, filter), identifiers: rows }
}

/// What points at one person or device comes before what several may share.
fn rank(kind: IdKind) -> usize {
    let order = [IdKind::Phone, IdKind::Email, IdKind::Ip, IdKind::Device, IdKind::AdvertisingId, IdKind::Cookie];
    order.iter().position(|known| *known == kind).unwrap_or(order.len() + kind as usize)
}

fn row(kind: IdKind, normal: &str, group: &Group<'_>, tie: (Certainty, &str), values: Values) -> SharedIdentifier {
    let mut evidence: Vec<EvidenceReport> = group.places.iter().map(|place| evidence(kind, place, values)).collect();
    evidence
        .sort_by(|a, b| (&a.company, &a.export, &a.entry, &a.field).cmp(&(&b.company, &b.export, &b.entry, &b.field)));
    SharedIdentifier {
        kind,
        value: shown(kind, normal, values),
        owner: owner(group.mine),
        companies: group.companies().into_iter().map(str::to_owned).collect(),
        certainty: tie.0,
        why: tie.1.to_owned(),
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
    let Place { segment, stored, rule, .. } = place;
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
        as_written: shown(if stored.kind == IdKind::Hash { IdKind::Hash } else { kind }, &stored.as_written, values),
        rule: rule.clone().unwrap_or_else(|| stored.rule.clone()),
        origin: field.map_or(Origin::Provided, |field| field.origin),
        records: stored.records,
    }
}

/// How many identifiers each set of companies has in common: every pair, and every larger set that occurs.
fn overlaps(all: &BTreeMap<Key, Group<'_>>, filter: &SharedFilter) -> Vec<Overlap> {
    let mut sets: BTreeMap<(IdKind, bool), Vec<BTreeSet<&str>>> = BTreeMap::new();
    for ((kind, _), group) in all.iter().filter(|((kind, _), group)| wanted(*kind, group, filter).is_some()) {
        let held = group.companies();
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
