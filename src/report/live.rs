//! What counts: records of every segment, without those that a newer export of the same account holds too.

use crate::index::catalog::Stamp;
use crate::index::{Segment, Shape, Store};
use crate::record::Time;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One segment with its counts by shape.
pub struct Live<'a> {
    /// Number in the store.
    pub number: u32,
    pub segment: &'a Arc<Segment>,
    /// Parallel to `segment.catalog.shapes`.
    pub shapes: Vec<Tally>,
    /// Records by month of their time, keyed `YYYY * 12 + (month - 1)`.
    pub months: BTreeMap<i32, u64>,
    /// Some of its records are left out, so that what its catalogue counts by value is a bound.
    pub partly: bool,
}

/// Records, and the span of their times.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub records: u64,
    pub first: Option<Stamp>,
    pub last: Option<Stamp>,
}

impl Tally {
    pub fn add(&mut self, other: Self) {
        self.records += other.records;
        self.first = earlier(self.first, other.first);
        self.last = self.last.max(other.last);
    }

    fn count(&mut self, time: Option<Time>) {
        let stamp = time.map(Stamp::from);
        self.add(Self { records: 1, first: stamp, last: stamp });
    }
}

pub fn earlier(one: Option<Stamp>, other: Option<Stamp>) -> Option<Stamp> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// A stamp as reports print it.
pub fn printed(stamp: Option<Stamp>) -> Option<String> {
    stamp.map(|stamp| Time::from(stamp).to_string())
}

/// All segments of a store, in its order.
pub fn live(store: &Store) -> Vec<Live<'_>> {
    store.segments.iter().enumerate().map(|(number, segment)| one(store, number, segment)).collect()
}

fn one<'a>(store: &'a Store, number: usize, segment: &'a Arc<Segment>) -> Live<'a> {
    let (shapes, months) = counts(store, number, segment);
    Live { number: number as u32, segment, shapes, months, partly: store.shadowed(number).is_some() }
}

fn counts(store: &Store, number: usize, segment: &Segment) -> (Vec<Tally>, BTreeMap<i32, u64>) {
    let Some(shadowed) = store.shadowed(number) else { return counted_at_import(segment) };
    let mut tallies = vec![Tally::default(); segment.catalog.shapes.len()];
    let mut months = BTreeMap::new();
    for at in 0..segment.batches() {
        let Ok(batch) = segment.batch(at) else { continue };
        for row in (0..batch.len()).filter(|&row| !shadowed.contains(at, row)) {
            if let Some(tally) = tallies.get_mut(batch.shape[row] as usize) {
                let time = batch.time_of(row);
                tally.count(time);
                if let Some(civil) = time.map(Time::civil) {
                    *months.entry(i32::from(civil.year()) * 12 + i32::from(civil.month()) - 1).or_default() += 1;
                }
            }
        }
    }
    (tallies, months)
}

fn counted_at_import(segment: &Segment) -> (Vec<Tally>, BTreeMap<i32, u64>) {
    let tally = |shape: &Shape| Tally { records: shape.records, first: shape.first, last: shape.last };
    let mut months = BTreeMap::new();
    for (month, records) in segment.catalog.sections.iter().flat_map(|section| &section.months) {
        *months.entry(*month).or_default() += records;
    }
    (segment.catalog.shapes.iter().map(tally).collect(), months)
}
