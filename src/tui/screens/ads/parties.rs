//! Third parties over all companies: the rows of a report that carry one name are one party.

use crate::record::Direction;
use crate::report::RecipientReport;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Party {
    pub name: String,
    /// Numbers of its rows in the report.
    pub rows: Vec<usize>,
    pub directions: BTreeSet<Direction>,
    /// Companies it told, was told by, or aimed advertising through.
    pub companies: BTreeSet<String>,
    pub basis: Vec<String>,
    pub records: u64,
    pub first: Option<String>,
    pub last: Option<String>,
    /// Records by month, keyed `YYYY * 12 + (month - 1)`.
    pub months: BTreeMap<i32, u64>,
    /// Events and criteria, most frequent first.
    pub details: Vec<(String, u64)>,
}

/// The parties, those with most records first.
pub fn parties(rows: &[RecipientReport]) -> Vec<Party> {
    let mut by_name: BTreeMap<&str, Party> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let party = by_name.entry(&row.name).or_insert_with(|| Party { name: row.name.clone(), ..Party::default() });
        party.add(at, row);
    }
    let mut parties: Vec<Party> = by_name.into_values().collect();
    for party in &mut parties {
        party.details.sort_by_key(|(what, records)| (Reverse(*records), what.clone()));
    }
    parties.sort_by_key(|party| (Reverse(party.records), party.name.to_lowercase()));
    parties
}

impl Party {
    fn add(&mut self, at: usize, row: &RecipientReport) {
        self.rows.push(at);
        self.directions.insert(row.direction);
        self.companies.extend(row.companies.iter().cloned());
        if !self.basis.contains(&row.basis) {
            self.basis.push(row.basis.clone());
        }
        self.records += row.records;
        self.first = match (self.first.take(), &row.first) {
            (Some(known), Some(first)) => Some(known.min(first.clone())),
            (known, first) => known.or_else(|| first.clone()),
        };
        self.last = self.last.take().max(row.last.clone());
        for (month, records) in &row.months {
            if let Some(number) = number_of(month) {
                *self.months.entry(number).or_default() += records;
            }
        }
        for detail in &row.details {
            match self.details.iter_mut().find(|(what, _)| *what == detail.what) {
                Some((_, records)) => *records += detail.records,
                None => self.details.push((detail.what.clone(), detail.records)),
            }
        }
    }

    /// What it did, in words.
    pub fn did(&self) -> String {
        let words = self.directions.iter().map(|direction| match direction {
            Direction::Gave => "told",
            Direction::Received => "got from",
            Direction::Targeted => "aimed through",
        });
        words.collect::<Vec<_>>().join(", ")
    }
}

/// `2024-11` as months since year 0.
fn number_of(month: &str) -> Option<i32> {
    let (year, month) = month.split_once('-')?;
    Some(year.parse::<i32>().ok()? * 12 + month.parse::<i32>().ok()? - 1)
}
