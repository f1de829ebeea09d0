//! Third parties: who gave data to a company, who received some, who aimed advertising. Only as the archives state it.

use super::rows::{self, Record};
use crate::index::Store;
use crate::record::{Direction, Time};
use crate::sheets::{FieldPattern, Recipient, Section, Sheets};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Places kept of one recipient.
const MOST_EVIDENCE: usize = 20;

/// `recipients --json`: one third party in one direction on one basis.
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
    /// As most often written.
    names: BTreeMap<String, u64>,
    companies: BTreeSet<String>,
    first: Option<Time>,
    last: Option<Time>,
    records: u64,
    evidence: Vec<RecipientEvidence>,
}

/// Every third party over all companies (or one), most records first.
pub fn recipients(store: &Store, sheets: &Sheets, company: Option<&str>) -> Vec<RecipientReport> {
    let mut found: BTreeMap<(String, Direction, String), Gathered> = BTreeMap::new();
    rows::each(store, sheets, &|section| !section.recipients.is_empty(), &mut |sheet, section, record| {
        if company.is_none_or(|id| id == sheet.id) {
            gather(section, record, &mut found);
        }
    });
    let mut rows: Vec<RecipientReport> = found.into_iter().map(|(key, gathered)| report(key, gathered)).collect();
    rows.sort_by_key(|row| (Reverse(row.records), row.name.to_lowercase(), row.direction, row.basis.clone()));
    rows
}

fn gather(section: &Section, record: &Record<'_>, found: &mut BTreeMap<(String, Direction, String), Gathered>) {
    for recipient in section.recipients.iter().filter(|recipient| counts(recipient, section, record)) {
        for name in names(recipient, section, record) {
            let key = (name.to_lowercase(), recipient.direction, recipient.basis.clone());
            found.entry(key).or_default().add(name, record);
        }
    }
}

/// Whether the record is one of those the sheet means.
fn counts(recipient: &Recipient, section: &Section, record: &Record<'_>) -> bool {
    recipient.only.as_ref().is_none_or(|(places, form)| {
        let is_place = |path: &str| places.is_empty() || rows::is_meant(places, section, path);
        record.values.iter().any(|(field, value)| form.is_match(value) && is_place(&field.path))
    })
}

/// By the first of the sheet's patterns that a field of the record fits: others are for other layouts.
fn names<'r>(recipient: &Recipient, section: &Section, record: &'r Record<'_>) -> Vec<&'r str> {
    let of = |pattern: &FieldPattern| {
        let is_named = |path: &str| rows::is_meant(std::slice::from_ref(pattern), section, path);
        let named = record.values.iter().filter(|(field, _)| is_named(&field.path));
        named.map(|(_, value)| value.trim()).filter(|name| !name.is_empty()).collect::<Vec<_>>()
    };
    recipient.name.iter().map(of).find(|names| !names.is_empty()).unwrap_or_default()
}

impl Gathered {
    fn add(&mut self, name: &str, record: &Record<'_>) {
        *self.names.entry(name.to_owned()).or_default() += 1;
        self.companies.insert(record.segment.manifest.company.clone());
        self.first = match (self.first, record.time) {
            (Some(known), Some(time)) => Some(known.min(time)),
            (known, time) => known.or(time),
        };
        self.last = self.last.max(record.time);
        self.records += 1;
        if self.evidence.len() < MOST_EVIDENCE {
            self.evidence.push(RecipientEvidence {
                export: record.segment.manifest.id.clone(),
                entry: record.entry.to_owned(),
                locator: record.locator(),
            });
        }
    }
}

fn report((_, direction, basis): (String, Direction, String), gathered: Gathered) -> RecipientReport {
    let name = gathered.names.into_iter().max_by_key(|(name, count)| (*count, Reverse(name.clone())));
    RecipientReport {
        name: name.map(|(name, _)| name).unwrap_or_default(),
        direction,
        companies: gathered.companies.into_iter().collect(),
        basis,
        first: gathered.first.map(|time| time.to_string()),
        last: gathered.last.map(|time| time.to_string()),
        records: gathered.records,
        evidence: gathered.evidence,
    }
}
