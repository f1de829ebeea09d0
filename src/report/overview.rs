//! Companies at a glance.

use super::CompanyOverview;
use super::fields::category_of;
use super::live::{Live, Tally, live, printed};
use super::only::Only;
use crate::index::catalog::{Role, Shape};
use crate::index::{Catalog, Store};
use crate::record::{Fate, Kind, Origin};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What is gathered of one company before it is put in order.
#[derive(Debug, Default)]
struct Gathered {
    name: String,
    exports: Vec<String>,
    fields: BTreeSet<(String, String)>,
    special: BTreeSet<String>,
    tally: Tally,
    as_of: Option<String>,
    origins: [u64; 5],
    categories: BTreeMap<String, (String, bool, u64)>,
    kinds: BTreeMap<Kind, u64>,
    months: BTreeMap<i32, u64>,
    problems: u64,
    failed: u64,
}

/// Companies by records, largest first.
pub fn overview(store: &Store) -> Vec<CompanyOverview> {
    overview_of(&live(store), &Only::default())
}

/// The same of what is meant; companies that hold nothing of it are left out.
pub fn overview_of(segments: &[Live<'_>], only: &Only) -> Vec<CompanyOverview> {
    let mut companies: BTreeMap<String, Gathered> = BTreeMap::new();
    for one in segments {
        companies.entry(one.segment.manifest.company.clone()).or_default().add(one, only);
    }
    companies.retain(|_, gathered| only.is_all() || gathered.tally.records > 0);
    let mut companies: Vec<CompanyOverview> = companies.into_iter().map(|(id, gathered)| gathered.finish(id)).collect();
    companies.sort_by_key(|company| (Reverse(company.records), company.id.clone()));
    companies
}

impl Gathered {
    fn add(&mut self, one: &Live<'_>, only: &Only) {
        let manifest = &one.segment.manifest;
        self.name.clone_from(&manifest.company_name);
        self.exports.push(manifest.id.clone());
        self.as_of = self.as_of.take().max(manifest.as_of.clone());
        self.problems += manifest.problems;
        self.failed += manifest.entries.get(&Fate::Failed).copied().unwrap_or(0);
        let catalog = &one.segment.catalog;
        for (shape, tally) in catalog.shapes.iter().zip(&one.shapes).filter(|(_, tally)| tally.records > 0) {
            self.add_shape(catalog, shape, *tally, only);
        }
        for (month, records) in &one.months {
            *self.months.entry(*month).or_default() += records;
        }
    }

    fn add_shape(&mut self, catalog: &Catalog, shape: &Shape, tally: Tally, only: &Only) {
        self.tally.add(tally);
        let section = catalog.sections.get(shape.section as usize);
        *self.kinds.entry(section.map_or(Kind::Other, |section| section.kind)).or_default() += tally.records;
        self.origins[dominant(catalog, shape) as usize] += tally.records;
        let mut seen = BTreeSet::new();
        for field in shape.fields.iter().filter_map(|&field| catalog.fields.get(field as usize)) {
            let (id, label, special) = category_of(field);
            if only.category.as_ref().is_some_and(|only| *only != label) {
                continue;
            }
            // A record may hold a field of another section: what stands around it.
            let of = catalog.sections.get(usize::from(field.section));
            self.fields.insert((of.map(|section| section.id.clone()).unwrap_or_default(), field.path.clone()));
            if special {
                self.special.insert(label.clone());
            }
            if seen.insert(id.clone()) {
                self.categories.entry(id).or_insert((label, special, 0)).2 += tally.records;
            }
        }
    }

    fn finish(self, id: String) -> CompanyOverview {
        let mut categories: Vec<(String, bool, u64)> = self.categories.into_values().collect();
        categories.sort_by_key(|(label, _, records)| (Reverse(*records), label.clone()));
        let mut kinds: Vec<(Kind, u64)> = self.kinds.into_iter().collect();
        kinds.sort_by_key(|(kind, records)| (Reverse(*records), *kind));
        CompanyOverview {
            id,
            name: self.name,
            exports: self.exports,
            records: self.tally.records,
            fields: self.fields.len() as u64,
            special: self.special.into_iter().collect(),
            first: printed(self.tally.first),
            last: printed(self.tally.last),
            as_of: self.as_of,
            origins: self.origins,
            categories,
            kinds,
            months: self.months,
            problems: self.problems,
            failed: self.failed,
        }
    }
}

/// The origin a record counts for: that of what a person reads, else of most of its fields.
fn dominant(catalog: &Catalog, shape: &Shape) -> Origin {
    let fields = || shape.fields.iter().filter_map(|&field| catalog.fields.get(field as usize));
    if let Some(text) = fields().find(|field| field.role == Role::Text) {
        return text.origin;
    }
    let count = |origin: Origin| fields().filter(|field| field.origin == origin).count();
    Origin::ALL.into_iter().max_by_key(|&origin| (count(origin), Reverse(origin))).unwrap_or(Origin::Provided)
}
