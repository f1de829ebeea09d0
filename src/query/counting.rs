//! Exact counts with facets: every export counts by shape and year, the catalogues turn shapes into sections and kinds.

use super::dates::Years;
use super::scan::{Counts, Sort, Ticket};
use super::source::Source;
use super::sweep::{Plans, Taken, Task};
use super::window::wall_ms;
use crate::record::Kind;
use hashbrown::HashMap;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What one thread has counted.
#[derive(Debug)]
struct Tally {
    /// By segment and shape.
    shapes: HashMap<usize, Vec<u64>>,
    calendar: Years,
    years: [u64; Years::COUNT],
    untimed: u64,
}

impl Default for Tally {
    fn default() -> Self {
        Self { shapes: HashMap::new(), calendar: Years::new(), years: [0; Years::COUNT], untimed: 0 }
    }
}

/// Counts that are put together.
#[derive(Debug, Default)]
struct Facets {
    count: u64,
    companies: HashMap<String, u64>,
    sections: HashMap<(String, String), u64>,
    kinds: HashMap<Kind, u64>,
    years: BTreeMap<Option<i16>, u64>,
}

/// Counts all hits; exports in which every record is a hit are not looked at.
pub fn count(plans: &Plans<'_>, ticket: &Ticket) -> Counts {
    let tasks: Vec<Task> =
        plans.tasks(Sort::Newest).into_iter().filter(|task| !plans.takes_all_of(task.segment)).collect();
    let (tallies, mut unread) = plans.sweep(&tasks, ticket, |_| true, Tally::add);
    let mut facets = Facets::default();
    for (segment, source) in plans.sources.iter().enumerate() {
        if plans.takes_all_of(segment) {
            facets.add_all_of(*source);
        }
    }
    for tally in &tallies {
        facets.add(tally, plans.sources);
    }
    unread.extend(plans.unread.iter().cloned());
    facets.into_counts(unread, ticket)
}

impl Tally {
    fn add(&mut self, taken: &Taken<'_>) {
        self.add_shapes(taken);
        for row in taken.rows() {
            let year = wall_ms(taken.batch, row).and_then(|ms| self.years.get_mut(self.calendar.number(ms)));
            *year.unwrap_or(&mut self.untimed) += 1;
        }
    }

    fn add_shapes(&mut self, taken: &Taken<'_>) {
        let shapes = self.shapes.entry(taken.task.segment).or_default();
        for row in taken.rows() {
            let shape = taken.batch.shape[row] as usize;
            if let Some(count) = shapes.get_mut(shape) {
                *count += 1;
            } else {
                shapes.resize(shape + 1, 0);
                shapes[shape] = 1;
            }
        }
    }

    fn each_year(&self) -> impl Iterator<Item = (Option<i16>, u64)> {
        let years = self.years.iter().enumerate().map(|(number, records)| (Some(Years::year(number)), *records));
        years.chain([(None, self.untimed)]).filter(|(_, records)| *records > 0)
    }
}

impl Facets {
    /// From the catalogue alone.
    fn add_all_of(&mut self, source: &dyn Source) {
        for section in &source.catalog().sections {
            self.add_records(source, &section.id, section.kind, section.records);
            let mut timed = 0;
            for (month, records) in &section.months {
                timed += records;
                *self.years.entry(Some(month.div_euclid(12) as i16)).or_default() += records;
            }
            if section.records > timed {
                *self.years.entry(None).or_default() += section.records - timed;
            }
        }
    }

    fn add(&mut self, tally: &Tally, sources: &[&dyn Source]) {
        for (segment, counts) in &tally.shapes {
            let Some(source) = sources.get(*segment) else { continue };
            for (shape, records) in source.catalog().shapes.iter().zip(counts) {
                if let Some(section) = source.catalog().sections.get(usize::from(shape.section)) {
                    self.add_records(*source, &section.id, section.kind, *records);
                }
            }
        }
        for (year, records) in tally.each_year() {
            *self.years.entry(year).or_default() += records;
        }
    }

    fn add_records(&mut self, source: &dyn Source, section: &str, kind: Kind, records: u64) {
        if records == 0 {
            return;
        }
        let company = &source.manifest().company;
        self.count += records;
        *self.companies.entry_ref(company.as_str()).or_default() += records;
        *self.sections.entry((company.clone(), section.to_owned())).or_default() += records;
        *self.kinds.entry(kind).or_default() += records;
    }

    fn into_counts(self, unread: Vec<String>, ticket: &Ticket) -> Counts {
        Counts {
            count: self.count,
            exact: !ticket.is_cancelled() && unread.is_empty(),
            companies: by_count(self.companies),
            sections: by_count(self.sections),
            kinds: by_count(self.kinds),
            years: self.years.into_iter().collect(),
            unread,
        }
    }
}

fn by_count<K: Ord + Clone>(counts: HashMap<K, u64>) -> Vec<(K, u64)> {
    let mut counts: Vec<(K, u64)> = counts.into_iter().collect();
    counts.sort_by_key(|(name, count)| (Reverse(*count), name.clone()));
    counts
}
