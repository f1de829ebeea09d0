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
    /// Batches that were looked at.
    batches: usize,
}

impl Default for Tally {
    fn default() -> Self {
        Self { shapes: HashMap::new(), calendar: Years::new(), years: [0; Years::COUNT], untimed: 0, batches: 0 }
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
    let seen = tallies.iter().map(|tally| tally.batches).sum();
    let share = if ticket.is_late() { Share { seen, of: tasks.len() } } else { Share::WHOLE };
    for tally in &tallies {
        facets.add(tally, share, plans.sources);
    }
    unread.extend(plans.unread.iter().cloned());
    facets.into_counts(unread, ticket)
}

/// Which part of the batches was looked at.
#[derive(Debug, Clone, Copy)]
struct Share {
    seen: usize,
    of: usize,
}

impl Share {
    const WHOLE: Self = Self { seen: 1, of: 1 };

    /// How many there are of all, if the rest is like this part.
    fn whole(self, found: u64) -> u64 {
        let scaled = (u128::from(found) * self.of as u128).checked_div(self.seen as u128);
        scaled.map_or(found, |scaled| u64::try_from(scaled).unwrap_or(u64::MAX))
    }
}

impl Tally {
    fn add(&mut self, taken: &Taken<'_>) {
        self.add_shapes(taken);
        self.batches += usize::from(taken.start == 0);
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

    fn add(&mut self, tally: &Tally, share: Share, sources: &[&dyn Source]) {
        for (segment, counts) in &tally.shapes {
            let Some(source) = sources.get(*segment) else { continue };
            for (shape, records) in source.catalog().shapes.iter().zip(counts) {
                if let Some(section) = source.catalog().sections.get(usize::from(shape.section)) {
                    self.add_records(*source, &section.id, section.kind, share.whole(*records));
                }
            }
        }
        for (year, records) in tally.each_year() {
            *self.years.entry(year).or_default() += share.whole(records);
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

#[cfg(test)]
mod tests {
    use super::super::memory::{Line, Memory};
    use super::super::parse::Query;
    use super::super::scan::tests::sources;
    use super::*;
    use std::time::Instant;

    #[test]
    fn what_was_not_looked_at_is_estimated_by_what_was() {
        let half = Share { seen: 5, of: 10 };
        assert_eq!([0, 1, 41].map(|found| half.whole(found)), [0, 2, 82]);
        assert_eq!(Share { seen: 0, of: 10 }.whole(0), 0);
        assert_eq!(Share { seen: 1, of: usize::MAX }.whole(u64::MAX), u64::MAX);
    }

    #[test]
    fn a_count_that_ran_out_of_time_never_says_that_it_is_exact() {
        let lines = [Line { values: vec![("content", "lunch".to_owned())], ..Line::default() }];
        let exports = [Memory::new("facebook", &lines, 1)];
        let query = Query::parse("lunch").expect("a right query");
        let sources = sources(&exports);
        let plans = Plans::new(&query, &sources);
        let (whole, late) = (Ticket::default(), Ticket::default().until(Instant::now()));
        assert_eq!((count(&plans, &whole).count, count(&plans, &whole).exact), (1, true));
        assert!(!count(&plans, &late).exact && !whole.is_cancelled());
    }
}
