//! What changed between two exports: fields, categories, recipients, identifiers, choices that were added, are gone, or differ.

use super::fields::{OTHER, category_of};
use super::{ChoiceReport, Values, choices, identity, mask, recipients};
use crate::index::{Segment, Store};
use crate::record::Origin;
use crate::sheets::Sheets;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// `diff --json`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diff {
    pub before: Side,
    pub after: Side,
    pub sections: Vec<Change>,
    pub fields: Vec<Change>,
    pub categories: Vec<Change>,
    pub recipients: Vec<Change>,
    pub identifiers: Vec<Change>,
    pub choices: Vec<ChoiceChange>,
}

/// One of the two exports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Side {
    pub export: String,
    pub company: String,
    pub account: Option<String>,
    pub as_of: Option<String>,
    pub records: u64,
}

/// Something whose number of records differs. What is equal on both sides is not listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// `added`, `gone`, `changed`
    pub change: String,
    pub what: String,
    pub before: u64,
    pub after: u64,
    /// How the company got it, for fields.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChoiceChange {
    /// `added`, `gone`, `changed`
    pub change: String,
    pub what: String,
    pub about: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// Compares two exports by id. The sentence, if one is not in the index.
pub fn diff(store: &Store, sheets: &Sheets, before: &str, after: &str, values: Values) -> Result<Diff, String> {
    let one =
        |id: &str| store.only(id).ok_or_else(|| format!("no export is called {id}\n`tellall exports` lists them"));
    let (before, after) = (one(before)?, one(after)?);
    Ok(Diff {
        before: side(&before),
        after: side(&after),
        sections: changes(&by_section(&before), &by_section(&after)),
        fields: field_changes(&before, &after),
        categories: changes(&by_category(&before), &by_category(&after)),
        recipients: changes(&by_recipient(&before, sheets), &by_recipient(&after, sheets)),
        identifiers: identifier_changes(&before, &after, values),
        choices: choice_changes(choices(&before, sheets, values), choices(&after, sheets, values)),
    })
}

fn side(store: &Store) -> Side {
    let manifest = store.segments.first().map(|segment| &segment.manifest);
    Side {
        export: manifest.map(|manifest| manifest.id.clone()).unwrap_or_default(),
        company: manifest.map(|manifest| manifest.company.clone()).unwrap_or_default(),
        account: manifest.and_then(|manifest| manifest.account.clone()),
        as_of: manifest.and_then(|manifest| manifest.as_of.clone()),
        records: manifest.map_or(0, |manifest| manifest.records),
    }
}

type Counts = BTreeMap<String, u64>;

fn changes(before: &Counts, after: &Counts) -> Vec<Change> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let change = |what: &String| {
        let (old, new) = (before.get(what).copied(), after.get(what).copied());
        let change = word(old.is_some(), new.is_some());
        (old != new).then(|| Change {
            change: change.to_owned(),
            what: what.clone(),
            before: old.unwrap_or(0),
            after: new.unwrap_or(0),
            origin: None,
        })
    };
    names.into_iter().filter_map(change).collect()
}

fn word(before: bool, after: bool) -> &'static str {
    match (before, after) {
        (false, _) => "added",
        (_, false) => "gone",
        _ => "changed",
    }
}

fn segments(store: &Store) -> impl Iterator<Item = &Segment> {
    store.segments.iter().map(AsRef::as_ref)
}

fn by_section(store: &Store) -> Counts {
    let sections = segments(store).flat_map(|segment| &segment.catalog.sections);
    sections.filter(|section| section.records > 0).map(|section| (section.id.clone(), section.records)).collect()
}

/// Section and path, without the version tails that layouts put to keys.
fn by_field(store: &Store) -> BTreeMap<String, (u64, Origin)> {
    let mut counts: BTreeMap<String, (u64, Origin)> = BTreeMap::new();
    for segment in segments(store) {
        for field in segment.catalog.fields.iter().filter(|field| field.records > 0) {
            let section = segment.catalog.sections.get(usize::from(field.section));
            let path: Vec<&str> = field.path.split('.').map(crate::sheets::path::stem).collect();
            let name =
                format!("{} · {}", section.map(|section| section.id.as_str()).unwrap_or_default(), path.join("."));
            counts.entry(name).or_insert((0, field.origin)).0 += field.records;
        }
    }
    counts
}

fn field_changes(before: &Store, after: &Store) -> Vec<Change> {
    let (before, after) = (by_field(before), by_field(after));
    let plain = |fields: &BTreeMap<String, (u64, Origin)>| {
        fields.iter().map(|(name, (records, _))| (name.clone(), *records)).collect()
    };
    let mut rows = changes(&plain(&before), &plain(&after));
    for row in &mut rows {
        row.origin = after.get(&row.what).or(before.get(&row.what)).map(|(_, origin)| *origin);
    }
    rows
}

/// Fields, not records, count here: a new field of a category is news, another message is none.
fn by_category(store: &Store) -> Counts {
    let mut counts = Counts::new();
    for field in segments(store).flat_map(|segment| &segment.catalog.fields).filter(|field| field.records > 0) {
        let (id, label, _) = category_of(field);
        if id != OTHER.0 {
            *counts.entry(label).or_default() += 1;
        }
    }
    counts
}

fn by_recipient(store: &Store, sheets: &Sheets) -> Counts {
    let mut counts = Counts::new();
    for row in recipients(store, sheets, None) {
        *counts.entry(format!("{} ({}, {})", row.name, row.direction.id(), row.basis)).or_default() += row.records;
    }
    counts
}

/// Compared by their normal forms and hidden afterwards, so that two that look alike when hidden stay two.
fn identifier_changes(before: &Store, after: &Store, values: Values) -> Vec<Change> {
    let (mut shown, mut counts) = (BTreeMap::new(), [Counts::new(), Counts::new()]);
    for (counts, store) in counts.iter_mut().zip([before, after]) {
        for ((kind, normal), group) in identity::groups(store, &[]) {
            if identity::tie(kind, &group).is_some() {
                let owner = if group.mine { "mine" } else { "other" };
                let hidden = if values == Values::Shown { normal.clone() } else { mask(kind, &normal) };
                let key = format!("{} {normal}", kind.id());
                shown.insert(key.clone(), format!("{} {hidden} ({owner})", kind.id()));
                counts.insert(key, group.places.iter().map(|place| place.stored.records).sum());
            }
        }
    }
    let mut rows = changes(&counts[0], &counts[1]);
    for row in &mut rows {
        row.what = shown.remove(&row.what).unwrap_or_default();
    }
    rows
}

fn choice_changes(before: Vec<ChoiceReport>, after: Vec<ChoiceReport>) -> Vec<ChoiceChange> {
    let by_name = |choices: Vec<ChoiceReport>| {
        let mut named: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
        for choice in choices {
            named.entry((choice.what, choice.about)).or_default().push(choice.value);
        }
        named
    };
    let (before, after) = (by_name(before), by_name(after));
    let names: BTreeSet<&(String, String)> = before.keys().chain(after.keys()).collect();
    let change = |name: &(String, String)| {
        let (old, new) = (before.get(name), after.get(name));
        (old != new).then(|| ChoiceChange {
            change: word(old.is_some(), new.is_some()).to_owned(),
            what: name.0.clone(),
            about: name.1.clone(),
            before: old.map(|values| values.join(", ")),
            after: new.map(|values| values.join(", ")),
        })
    };
    names.into_iter().filter_map(change).collect()
}
