//! What counts: records of every segment, without those that a newer export of the same account holds too.

use super::clock::Clock;
use super::hours::{HOUR_MS, each_row, groups};
use super::only::Only;
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
    /// Records by month, keyed `YYYY * 12 + (month - 1)`.
    pub months: BTreeMap<i32, u64>,
    /// Some of its records are left out: what its catalogue counts by value is a bound.
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
    live_of(store, &Only::default())
}

/// As [`live`], counting only what is meant.
pub fn live_of<'a>(store: &'a Store, only: &Only) -> Vec<Live<'a>> {
    let one = |(number, segment): (usize, &'a Arc<Segment>)| {
        let known = || (shapes(store, number, segment), months(store, number, segment));
        let (shapes, months) = if only.is_all() { known() } else { counted(store, number, segment, only) };
        let partly = store.shadowed(number).is_some() || !only.is_all();
        Live { number: number as u32, segment, shapes, months, partly }
    };
    store.segments.iter().enumerate().map(one).collect()
}

fn shapes(store: &Store, number: usize, segment: &Segment) -> Vec<Tally> {
    match store.left(number) {
        None => segment.catalog.shapes.iter().map(Tally::from).collect(),
        Some(left) => left.shapes.iter().map(Tally::from).collect(),
    }
}

fn months(store: &Store, number: usize, segment: &Segment) -> BTreeMap<i32, u64> {
    let sections: Vec<&BTreeMap<i32, u64>> = match store.left(number) {
        None => segment.catalog.sections.iter().map(|section| &section.months).collect(),
        Some(left) => left.months.iter().collect(),
    };
    let mut months = BTreeMap::new();
    for (month, records) in sections.into_iter().flatten() {
        *months.entry(*month).or_default() += records;
    }
    months
}

/// Row by row.
fn counted(store: &Store, number: usize, segment: &Segment, only: &Only) -> (Vec<Tally>, BTreeMap<i32, u64>) {
    let meant: Vec<bool> = groups(segment).iter().map(|group| only.holds(group)).collect();
    let (mut tallies, mut months) = (vec![Tally::default(); meant.len()], Months::default());
    for at in segment.batches_of(&|shape| meant.get(shape).is_some_and(|&meant| meant)) {
        let Ok(batch) = segment.numbers(at) else { continue };
        each_row(store, number, at, &batch, &mut |row| {
            let (shape, time) = (batch.shape[row] as usize, batch.time_of(row));
            if meant.get(shape).is_some_and(|&meant| meant && only.holds_time(time)) {
                tallies[shape].count(time);
                months.count(time);
            }
        });
    }
    (tallies, months.sums)
}

/// Records by month; neighbours in an archive mostly share a day.
#[derive(Default)]
struct Months {
    sums: BTreeMap<i32, u64>,
    day: i64,
    month: Option<i32>,
}

impl Months {
    fn count(&mut self, time: Option<Time>) {
        let Some(time) = time else { return };
        let day = Clock::Written.wall_ms(time).div_euclid(24 * HOUR_MS);
        let month = self.month.filter(|_| day == self.day).unwrap_or_else(|| {
            let date = time.civil().date();
            i32::from(date.year()) * 12 + i32::from(date.month()) - 1
        });
        (self.day, self.month) = (day, Some(month));
        *self.sums.entry(month).or_default() += 1;
    }
}
