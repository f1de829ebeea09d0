//! Third parties: who gave data to a company, who received some, who aimed advertising. Only as the archives state it.

use super::party::{Called, Parties, Party};
use super::rows::{self, Meanings, Record};
use crate::index::Store;
use crate::record::{Direction, Time};
use crate::sheets::{FieldPattern, Recipient, Section, Sheets};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Places kept of one recipient.
const MOST_EVIDENCE: usize = 20;

/// Details kept of one recipient, the most frequent.
const MOST_DETAILS: usize = 50;

/// `recipients --json`: one third party in one direction on one basis. Rows of one party have the same name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecipientReport {
    pub name: String,
    pub direction: Direction,
    pub companies: Vec<String>,
    pub basis: String,
    pub first: Option<String>,
    pub last: Option<String>,
    pub records: u64,
    /// The first twenty places.
    pub evidence: Vec<RecipientEvidence>,
    /// All names the party is written by.
    pub names: Vec<String>,
    /// Why these names are one party.
    pub why: Vec<String>,
    /// Records by month, `2024-11`.
    pub months: BTreeMap<String, u64>,
    /// What it was about: events reported, criteria of targeting. The most frequent first.
    pub details: Vec<RecipientDetail>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecipientDetail {
    pub what: String,
    pub records: u64,
}

/// Where a recipient is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecipientEvidence {
    pub export: String,
    pub entry: String,
    /// Accepted by `tellall record EXPORT LOCATOR`.
    pub locator: String,
}

#[derive(Debug, Default)]
struct Gathered {
    companies: BTreeSet<String>,
    first: Option<Time>,
    last: Option<Time>,
    records: u64,
    months: BTreeMap<String, u64>,
    details: BTreeMap<String, u64>,
    evidence: Vec<RecipientEvidence>,
}

type Rows = BTreeMap<(Party, Direction, String), Gathered>;

/// Every third party over all companies (or one): those with most records first, the rows of one party together.
pub fn recipients(store: &Store, sheets: &Sheets, company: Option<&str>) -> Vec<RecipientReport> {
    let (mut parties, mut found, mut meanings) = (Parties::default(), Rows::new(), Meanings::default());
    rows::each(store, sheets, &|section| !section.recipients.is_empty(), &mut |sheet, section, record| {
        if company.is_none_or(|id| id == sheet.id) {
            gather(section, record, &mut meanings, &mut parties, &mut found);
        }
    });
    let mut joined = Rows::new();
    for ((party, direction, basis), gathered) in found {
        joined.entry((parties.root(party), direction, basis)).or_default().join(gathered);
    }
    let called = parties.called();
    let mut totals: BTreeMap<Party, u64> = BTreeMap::new();
    for ((party, ..), gathered) in &joined {
        *totals.entry(*party).or_default() += gathered.records;
    }
    let mut rows: Vec<(u64, RecipientReport)> = joined
        .into_iter()
        .filter_map(|((party, direction, basis), gathered)| {
            Some((totals[&party], report(called.get(&party)?, direction, basis, gathered)))
        })
        .collect();
    rows.sort_by_key(|(total, row)| {
        (
            Reverse(*total),
            row.name.to_lowercase(),
            row.name.clone(),
            row.direction,
            Reverse(row.records),
            row.basis.clone(),
        )
    });
    rows.into_iter().map(|(_, row)| row).collect()
}

fn gather(section: &Section, record: &Record<'_>, meanings: &mut Meanings, parties: &mut Parties, found: &mut Rows) {
    for recipient in &section.recipients {
        gather_one(recipient, section, record, meanings, parties, found);
    }
}

fn gather_one(
    recipient: &Recipient,
    section: &Section,
    record: &Record<'_>,
    meanings: &mut Meanings,
    parties: &mut Parties,
    found: &mut Rows,
) {
    let mut of = |patterns: &[FieldPattern]| meanings.values(patterns, section, record);
    if let Some((places, form)) = &recipient.only
        && !of(places).iter().any(|value| form.is_match(value))
    {
        return;
    }
    // By the first of the sheet's patterns that a field of the record fits: others are for other layouts.
    let names = recipient.name.iter().map(|pattern| of(std::slice::from_ref(pattern))).find(|names| !names.is_empty());
    let names: Vec<&str> = match (names, &recipient.within) {
        (None, _) => return,
        (Some(names), None) => names,
        (Some(names), Some(within)) => names.into_iter().filter_map(|name| within.all(name).next()).collect(),
    };
    let (also, mut details) = (of(&recipient.also), of(&recipient.detail));
    details.sort_unstable();
    details.dedup();
    let mut counted = BTreeSet::new();
    for name in &names {
        // Of several parties in one record it is not told whose the other names are.
        let stated: Vec<&str> =
            std::iter::once(*name).chain(also.iter().copied().filter(|_| names.len() == 1)).collect();
        // A record that writes one party twice names it once.
        if let Some(party) = parties.of(&stated, &|| record.locator())
            && counted.insert(parties.root(party))
        {
            let key = (party, recipient.direction, recipient.basis.clone());
            found.entry(key).or_default().add(record, &details);
        }
    }
}

impl Gathered {
    fn add(&mut self, record: &Record<'_>, details: &[&str]) {
        self.companies.insert(record.segment.manifest.company.clone());
        self.span(record.time, record.time);
        self.records += 1;
        if let Some(time) = record.time {
            let civil = time.civil();
            *self.months.entry(format!("{:04}-{:02}", civil.year(), civil.month())).or_default() += 1;
        }
        for detail in details {
            *self.details.entry((*detail).to_owned()).or_default() += 1;
        }
        self.evidence_of(std::iter::once_with(|| RecipientEvidence {
            export: record.segment.manifest.id.clone(),
            entry: record.entry.to_owned(),
            locator: record.locator(),
        }));
    }

    fn span(&mut self, first: Option<Time>, last: Option<Time>) {
        self.first = match (self.first, first) {
            (Some(known), Some(time)) => Some(known.min(time)),
            (known, time) => known.or(time),
        };
        self.last = self.last.max(last);
    }

    fn evidence_of(&mut self, more: impl Iterator<Item = RecipientEvidence>) {
        let room = MOST_EVIDENCE.saturating_sub(self.evidence.len());
        self.evidence.extend(more.take(room));
    }

    fn join(&mut self, other: Self) {
        self.companies.extend(other.companies);
        self.span(other.first, other.last);
        self.records += other.records;
        for (month, records) in other.months {
            *self.months.entry(month).or_default() += records;
        }
        for (detail, records) in other.details {
            *self.details.entry(detail).or_default() += records;
        }
        self.evidence_of(other.evidence.into_iter());
    }
}

fn report(called: &Called, direction: Direction, basis: String, gathered: Gathered) -> RecipientReport {
    let mut details: Vec<RecipientDetail> =
        gathered.details.into_iter().map(|(what, records)| RecipientDetail { what, records }).collect();
    details.sort_by_key(|detail| Reverse(detail.records));
    details.truncate(MOST_DETAILS);
    RecipientReport {
        name: called.name.clone(),
        direction,
        companies: gathered.companies.into_iter().collect(),
        basis,
        first: gathered.first.map(|time| time.to_string()),
        last: gathered.last.map(|time| time.to_string()),
        records: gathered.records,
        evidence: gathered.evidence,
        names: called.names.clone(),
        why: called.why.clone(),
        months: gathered.months,
        details,
    }
}
