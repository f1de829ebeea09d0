//! What counts: records of every segment, without those that a newer export of the same account holds too.

use crate::index::catalog::Stamp;
use crate::index::{Segment, Store};
use crate::record::Time;
use std::sync::Arc;

/// One segment with its counts by shape.
pub struct Live<'a> {
    /// Number in the store.
    pub number: u32,
    pub segment: &'a Arc<Segment>,
    /// Parallel to `segment.catalog.shapes`.
    pub shapes: Vec<Tally>,
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
    let one = |(number, segment)| Live {
        number: number as u32,
        segment,
        shapes: shapes(store, number, segment),
        partly: store.shadowed(number).is_some(),
    };
    store.segments.iter().enumerate().map(one).collect()
}

fn shapes(store: &Store, number: usize, segment: &Segment) -> Vec<Tally> {
    let catalog = || segment.catalog.shapes.iter();
    let Some(shadowed) = store.shadowed(number) else {
        return catalog().map(|shape| Tally { records: shape.records, first: shape.first, last: shape.last }).collect();
    };
    let mut tallies = vec![Tally::default(); catalog().len()];
    for at in 0..segment.batches() {
        let Ok(batch) = segment.batch(at) else { continue };
        for row in (0..batch.len()).filter(|&row| !shadowed.contains(at, row)) {
            if let Some(tally) = tallies.get_mut(batch.shape[row] as usize) {
                tally.count(batch.time_of(row));
            }
        }
    }
    tallies
}
