//! Who is in the exports, and by which accounts. Accounts are joined by hard evidence alone: one contact record holds both
//! identifiers, or both companies hold the same one. Equal names are offered as suggestions, which the person accepts or not; what
//! was accepted is kept beside the exports, never in them.

use super::identity::{self, Group, Key};
use super::live::earlier;
use super::{Values, mask};
use crate::classify;
use crate::index::catalog::{SenderMeta, Stamp};
use crate::index::fold::folded;
use crate::index::{RowSet, Segment, Shape, Store, hash};
use crate::record::{IdKind, Kind, SEPARATOR};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Where a person stands once: accepted suggestions, in the index folder.
pub const FILE: &str = "people.json";

/// `people --json`: one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The same in every run, as long as the exports are.
    pub id: String,
    pub name: String,
    /// All names, most used first.
    pub names: Vec<String>,
    pub companies: Vec<String>,
    pub identifiers: Vec<PersonIdentifier>,
    /// As whom they write or are written to, by company.
    pub accounts: Vec<Account>,
    pub messages: u64,
    pub first: Option<String>,
    pub last: Option<String>,
    /// Why the accounts are one person's.
    pub why: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonIdentifier {
    pub kind: IdKind,
    pub value: String,
    pub companies: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Account {
    pub company: String,
    pub name: String,
    /// Sent by them.
    pub messages: u64,
}

/// Two people who may be one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    pub id: String,
    /// Ids of the two.
    pub people: [String; 2],
    pub name: String,
    pub why: String,
    /// The person said they are one.
    pub accepted: bool,
    /// The person said they are not.
    pub dismissed: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct People {
    pub people: Vec<Person>,
    pub suggestions: Vec<Suggestion>,
}

/// What the person decided.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decisions {
    /// Ids of accepted suggestions.
    pub accepted: BTreeSet<String>,
    /// Ids of those that the person does not want to be asked again.
    #[serde(default)]
    pub dismissed: BTreeSet<String>,
}

/// Something that is one person's: an identifier, or a name at one company.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Identifier(IdKind, String),
    Sender { company: String, name: String },
}

/// Marks, joined into people.
#[derive(Default)]
struct Joined {
    marks: Vec<Mark>,
    numbers: BTreeMap<Mark, usize>,
    same_as: Vec<usize>,
    why: BTreeMap<usize, BTreeSet<String>>,
}

impl Joined {
    fn number(&mut self, mark: Mark) -> usize {
        if let Some(&known) = self.numbers.get(&mark) {
            return known;
        }
        let at = self.marks.len();
        self.marks.push(mark.clone());
        self.same_as.push(at);
        self.numbers.insert(mark, at);
        at
    }

    fn root(&self, mut at: usize) -> usize {
        while self.same_as[at] != at {
            at = self.same_as[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize, why: String) {
        let (a, b) = (self.root(one), self.root(other));
        if a != b {
            let (keep, gone) = (a.min(b), a.max(b));
            self.same_as[gone] = keep;
            let told = self.why.remove(&gone).unwrap_or_default();
            let all = self.why.entry(keep).or_default();
            all.extend(told);
            all.insert(why);
        }
    }
}

/// Messages somebody sent, by company and name as written.
#[derive(Debug, Default, Clone)]
struct Sent {
    messages: u64,
    first: Option<i64>,
    last: Option<i64>,
}

/// A record: number of the export, entry, place.
type At = (usize, u32, u32, u64);

type Senders = BTreeMap<(String, String), Sent>;

/// Everybody in the exports but the owner, those who wrote most first.
pub fn people(store: &Store, decisions: &Decisions, owners: &[String], values: Values) -> People {
    let groups = identity::groups(store, owners);
    let own: BTreeSet<String> = own_names(&groups);
    let senders = senders(store);
    let (mut joined, mut names) = contacts(store, &groups);
    let mut sent: BTreeMap<usize, Vec<(Account, Sent)>> = BTreeMap::new();
    for ((company, name), one) in senders.iter().filter(|((_, name), _)| !own.contains(&folded(name))) {
        let at = joined.number(Mark::Sender { company: company.clone(), name: name.clone() });
        // A sender who is written as a number or address is whoever has it.
        if let Some(key) = identifier_of(name, &groups) {
            let whose = joined.number(Mark::Identifier(key.0, key.1));
            joined.join(at, whose, format!("{company} writes the sender by this {}", key.0.id()));
        } else {
            names.entry(at).or_default().insert(name.clone());
        }
        let account = Account { company: company.clone(), name: name.clone(), messages: one.messages };
        sent.entry(at).or_default().push((account, one.clone()));
    }
    let suggestions = suggestions(&joined, &names, decisions);
    for suggestion in suggestions.iter().filter(|suggestion| suggestion.0.accepted) {
        let ((_, [one, other]), why) = ((&suggestion.0, suggestion.1), "you said that they are one".to_owned());
        joined.join(one, other, why);
    }
    let people = gathered(&joined, &groups, &names, &sent, values);
    People { people, suggestions: suggestions.into_iter().map(|(suggestion, _)| suggestion).collect() }
}

/// Names by which the owner writes, folded.
pub fn own_names(groups: &BTreeMap<Key, Group<'_>>) -> BTreeSet<String> {
    let own = groups.iter().filter(|((kind, _), group)| group.mine && *kind == IdKind::Name);
    let written = own.flat_map(|(_, group)| group.places.iter().map(|place| folded(&place.stored.as_written)));
    written.chain(["you", "me"].map(str::to_owned)).collect()
}

fn identifier_of(name: &str, groups: &BTreeMap<Key, Group<'_>>) -> Option<Key> {
    let kind = classify::sniff(name).filter(|kind| matches!(kind, IdKind::Phone | IdKind::Email))?;
    let key = (kind, classify::normalise(kind, name)?.value);
    groups.get(&key).is_none_or(|group| !group.mine).then_some(key)
}

/// Who sent messages.
fn senders(store: &Store) -> Senders {
    let mut senders = Senders::new();
    for (number, segment) in store.segments.iter().enumerate() {
        let counted = match store.shadowed(number) {
            None => segment.catalog.senders.clone(),
            Some(shadowed) => senders_left(segment, shadowed),
        };
        for one in counted {
            let Some(name) = segment.catalog.people.get(one.who as usize) else { continue };
            let sum = senders.entry((segment.manifest.company.clone(), name.clone())).or_default();
            let ms = |stamp: Option<Stamp>| stamp.map(|Stamp(ms, _)| ms);
            sum.messages += one.messages;
            sum.first = sum.first.into_iter().chain(ms(one.first)).min();
            sum.last = sum.last.max(ms(one.last));
        }
    }
    senders
}

/// Who sent the messages that no newer export of the account holds too.
fn senders_left(segment: &Segment, shadowed: &RowSet) -> Vec<SenderMeta> {
    let catalog = &segment.catalog;
    let is_message = |shape: usize| {
        let section = catalog.shapes.get(shape).and_then(|shape| catalog.sections.get(usize::from(shape.section)));
        section.is_some_and(|section| section.kind == Kind::Message)
    };
    let mut counts: BTreeMap<u32, SenderMeta> = BTreeMap::new();
    for at in segment.batches_of(&is_message) {
        let Ok(batch) = segment.numbers(at) else { continue };
        for row in (0..batch.len()).filter(|&row| is_message(batch.shape[row] as usize) && !shadowed.contains(at, row))
        {
            let who = batch.who[row];
            let one = counts.entry(who).or_insert(SenderMeta { who, messages: 0, first: None, last: None });
            let stamp = batch.time_of(row).map(Stamp::from);
            one.messages += 1;
            one.first = earlier(one.first, stamp);
            one.last = one.last.max(stamp);
        }
    }
    counts.into_values().collect()
}

/// People of address books: identifiers that one contact record holds are one person's. Names stand beside them.
fn contacts(store: &Store, groups: &BTreeMap<Key, Group<'_>>) -> (Joined, BTreeMap<usize, BTreeSet<String>>) {
    let mut joined = Joined::default();
    let mut names: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    let mut records: BTreeMap<At, Vec<(&Key, &str)>> = BTreeMap::new();
    for (key, group) in groups.iter().filter(|(key, group)| !group.mine && speaks(key.0)) {
        for place in &group.places {
            let section = place.segment.catalog.fields.get(place.stored.field as usize).map(|field| field.section);
            let kind = section
                .and_then(|section| place.segment.catalog.sections.get(usize::from(section)))
                .map(|section| section.kind);
            if kind == Some(Kind::Contact) {
                let record = (place.number, place.stored.entry, place.stored.place, place.stored.at);
                records.entry(record).or_default().push((key, &place.stored.as_written));
            }
        }
    }
    let written = names_in(store, groups, &records);
    for (record, held) in records {
        let (number, entry, ..) = record;
        let segment = &store.segments[number];
        let (people, identifiers): (Vec<_>, Vec<_>) = held.into_iter().partition(|(key, _)| key.0 == IdKind::Name);
        let mut first = None;
        for (key, _) in identifiers {
            let at = joined.number(Mark::Identifier(key.0, key.1.clone()));
            if let Some(first) = first {
                let file = segment.catalog.entries.get(entry as usize).map(String::as_str).unwrap_or_default();
                joined.join(
                    first,
                    at,
                    format!("one contact record of {} holds them ({file})", segment.manifest.company),
                );
            }
            first.get_or_insert(at);
        }
        let at = first.or_else(|| {
            let (_, name) = people.first()?;
            Some(joined.number(Mark::Sender { company: segment.manifest.company.clone(), name: (*name).to_owned() }))
        });
        if let Some(at) = at {
            let known = names.entry(at).or_default();
            known.extend(people.iter().map(|(_, name)| (*name).to_owned()));
            known.extend(written.get(&record).into_iter().flatten().cloned());
        }
    }
    (joined, names)
}

/// The names that stand in these records. The table of identifiers tells where a name stands first only, and two people may have one.
fn names_in(
    store: &Store,
    groups: &BTreeMap<Key, Group<'_>>,
    records: &BTreeMap<At, Vec<(&Key, &str)>>,
) -> BTreeMap<At, Vec<String>> {
    let names = groups.iter().filter(|((kind, _), group)| *kind == IdKind::Name && !group.mine);
    let fields: HashSet<(usize, u32)> =
        names.flat_map(|(_, group)| group.places.iter().map(|place| (place.number, place.stored.field))).collect();
    let mut found = BTreeMap::new();
    for (number, segment) in store.segments.iter().enumerate() {
        let named = |shape: &Shape| shape.fields.iter().any(|&field| fields.contains(&(number, field)));
        let shapes: Vec<bool> = segment.catalog.shapes.iter().map(named).collect();
        if !shapes.contains(&true) {
            continue;
        }
        for batch in
            segment.batches_of(&|shape| shapes.get(shape) == Some(&true)).filter_map(|at| segment.batch(at).ok())
        {
            for row in (0..batch.len()).filter(|&row| shapes.get(batch.shape[row] as usize) == Some(&true)) {
                let record = (number, batch.entry[row], batch.place[row], batch.at[row]);
                if records.contains_key(&record) {
                    let fields_here = &segment.catalog.shapes[batch.shape[row] as usize].fields;
                    let values = fields_here.iter().zip(batch.values.value(row).split(SEPARATOR));
                    let held = values.filter(|(field, _)| fields.contains(&(number, **field)));
                    found.insert(record, held.map(|(_, name)| name.to_owned()).collect());
                }
            }
        }
    }
    found
}

/// Kinds by which people are known in address books.
fn speaks(kind: IdKind) -> bool {
    matches!(kind, IdKind::Phone | IdKind::Email | IdKind::Name)
}

/// People of the same full name who nothing else joins.
fn suggestions(
    joined: &Joined,
    names: &BTreeMap<usize, BTreeSet<String>>,
    decisions: &Decisions,
) -> Vec<(Suggestion, [usize; 2])> {
    let ids_of = person_ids(joined);
    let mut holders: BTreeMap<String, BTreeMap<usize, &str>> = BTreeMap::new();
    for (at, names) in names {
        for name in names.iter().filter(|name| name.split_whitespace().count() >= 2) {
            holders.entry(folded(name)).or_default().insert(joined.root(*at), name);
        }
    }
    let mut found = Vec::new();
    for people in holders.values().filter(|people| people.len() >= 2) {
        let mut people = people.iter();
        let Some((&first, &name)) = people.next() else { continue };
        for (&other, _) in people {
            let ids = [first, other].map(|root| ids_of.get(&root).cloned().unwrap_or_default());
            let id = format!("s{:08x}", hash::of(ids.join(" ").as_bytes()) as u32);
            let (accepted, dismissed) = (decisions.accepted.contains(&id), decisions.dismissed.contains(&id));
            let why = "they have the same name; many people do".to_owned();
            found.push((
                Suggestion { id, people: ids, name: name.to_owned(), why, accepted, dismissed },
                [first, other],
            ));
        }
    }
    found
}

/// The id of each person, by root: made of their least mark, which the order of imports does not change.
fn person_ids(joined: &Joined) -> BTreeMap<usize, String> {
    let mut least: BTreeMap<usize, &Mark> = BTreeMap::new();
    for (at, mark) in joined.marks.iter().enumerate() {
        let known = least.entry(joined.root(at)).or_insert(mark);
        *known = (*known).min(mark);
    }
    let id = |mark: &Mark| {
        let text = match mark {
            Mark::Identifier(kind, normal) => format!("{} {normal}", kind.id()),
            Mark::Sender { company, name } => format!("{company} {name}"),
        };
        format!("p{:08x}", hash::of(text.as_bytes()) as u32)
    };
    least.into_iter().map(|(root, mark)| (root, id(mark))).collect()
}

fn gathered(
    joined: &Joined,
    groups: &BTreeMap<Key, Group<'_>>,
    names: &BTreeMap<usize, BTreeSet<String>>,
    sent: &BTreeMap<usize, Vec<(Account, Sent)>>,
    values: Values,
) -> Vec<Person> {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..joined.marks.len() {
        members.entry(joined.root(at)).or_default().push(at);
    }
    let ids = person_ids(joined);
    let mut people: Vec<Person> = members
        .into_iter()
        .map(|(root, members)| person(joined, (root, &ids), &members, groups, names, sent, values))
        .collect();
    people.sort_by_key(|person| {
        (Reverse(person.messages), Reverse(person.companies.len()), folded(&person.name), person.id.clone())
    });
    people
}

fn person(
    joined: &Joined,
    (root, ids): (usize, &BTreeMap<usize, String>),
    members: &[usize],
    groups: &BTreeMap<Key, Group<'_>>,
    names: &BTreeMap<usize, BTreeSet<String>>,
    sent: &BTreeMap<usize, Vec<(Account, Sent)>>,
    values: Values,
) -> Person {
    let mut companies = BTreeSet::new();
    let mut identifiers = Vec::new();
    for &at in members {
        match &joined.marks[at] {
            Mark::Identifier(kind, normal) => {
                let holders = groups.get(&(*kind, normal.clone())).map(Group::companies).unwrap_or_default();
                companies.extend(holders.iter().map(|company| (*company).to_owned()));
                identifiers.push(PersonIdentifier {
                    kind: *kind,
                    value: if values == Values::Shown { normal.clone() } else { mask(*kind, normal) },
                    companies: holders.into_iter().map(str::to_owned).collect(),
                });
            }
            Mark::Sender { company, .. } => {
                companies.insert(company.clone());
            }
        }
    }
    let all_sent: Vec<&(Account, Sent)> = members.iter().filter_map(|at| sent.get(at)).flatten().collect();
    let mut used: BTreeMap<&str, u64> = BTreeMap::new();
    for name in members.iter().filter_map(|at| names.get(at)).flatten() {
        used.entry(name).or_default();
    }
    for (account, _) in &all_sent {
        if let Some(count) = used.get_mut(account.name.as_str()) {
            *count += account.messages;
        }
    }
    let mut all_names: Vec<(&str, u64)> = used.into_iter().collect();
    all_names.sort_by_key(|(name, count)| (Reverse(*count), Reverse(name.len())));
    let name = all_names.first().map(|(name, _)| (*name).to_owned());
    let name = name.or_else(|| identifiers.first().map(|identifier| identifier.value.clone())).unwrap_or_default();
    let stamp = |ms: Option<i64>| ms.and_then(crate::record::Time::utc_ms).map(|time| time.to_string());
    let mut accounts: Vec<Account> = all_sent.iter().map(|(account, _)| account.clone()).collect();
    accounts.sort();
    Person {
        id: ids.get(&root).cloned().unwrap_or_default(),
        name,
        names: all_names.into_iter().map(|(name, _)| name.to_owned()).collect(),
        companies: companies.into_iter().collect(),
        identifiers,
        messages: accounts.iter().map(|account| account.messages).sum(),
        accounts,
        first: stamp(all_sent.iter().filter_map(|(_, sent)| sent.first).min()),
        last: stamp(all_sent.iter().filter_map(|(_, sent)| sent.last).max()),
        why: joined.why.get(&root).map(|why| why.iter().cloned().collect()).unwrap_or_default(),
    }
}
