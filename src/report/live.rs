//! What counts: records of every segment, without those that a newer export of the same account holds too.

use crate::index::catalog::Stamp;
use crate::index::{Extent, Segment, Shape, Store};
use crate::record::Time;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One segment with its counts.
pub struct Live<'a> {
    /// Number in the store.
    pub number: u32,
    pub segment: &'a Arc<Segment>,
    /// Parallel to `segment.catalog.shapes`.
    pub shapes: Vec<Tally>,
    /// Parallel to `segment.catalog.sections`: records by month.
    pub months: Vec<&'a BTreeMap<i32, u64>>,
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
}

impl From<&Shape> for Tally {
    fn from(shape: &Shape) -> Self {
        Self { records: shape.records, first: shape.first, last: shape.last }
    }
}

impl From<&Extent> for Tally {
    fn from(extent: &Extent) -> Self {
        Self { records: extent.records, first: extent.span.first(), last: extent.span.last() }
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
        months: months(store, number, segment),
        partly: store.shadowed(number).is_some(),
    };
    store.segments.iter().enumerate().map(one).collect()
}

fn shapes(store: &Store, number: usize, segment: &Segment) -> Vec<Tally> {
    match store.left(number) {
        None => segment.catalog.shapes.iter().map(Tally::from).collect(),
        Some(left) => left.shapes.iter().map(Tally::from).collect(),
    }
}

fn months<'a>(store: &'a Store, number: usize, segment: &'a Segment) -> Vec<&'a BTreeMap<i32, u64>> {
    match store.left(number) {
        None => segment.catalog.sections.iter().map(|section| &section.months).collect(),
        Some(left) => left.months.iter().collect(),
    }
}
