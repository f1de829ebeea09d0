//! The distinct values of one field, each with a record that holds it.

use super::hours::groups;
use super::live::{Tally, printed};
use super::{FieldHeld, Only, ValueHeld};
use crate::index::catalog::Stamp;
use crate::index::{Segment, Store};
use crate::query::Hit;
use crate::record::SEPARATOR;
use std::cmp::Reverse;
use std::collections::HashMap;

/// Distinct values beyond which further ones are only counted: a screen shows the most frequent.
const MOST: usize = 200_000;

/// Distinct values of a field in the records meant, most frequent first, at most `most`; and how many there are in all (of the first 200,000).
pub fn values(store: &Store, field: &FieldHeld, only: &Only, most: usize) -> (Vec<ValueHeld>, u64) {
    let mut found: HashMap<String, (Tally, Hit)> = HashMap::new();
    for &(segment, number) in &field.at {
        if let Some(known) = store.segments.get(segment as usize) {
            gather(store, known, (segment, number), only, &mut found);
        }
    }
    let total = found.len() as u64;
    let mut values: Vec<ValueHeld> = found
        .into_iter()
        .map(|(value, (tally, hit))| ValueHeld { value, records: tally.records, first: printed(tally.first), hit })
        .collect();
    values.sort_by(|a, b| (Reverse(a.records), &a.value).cmp(&(Reverse(b.records), &b.value)));
    values.truncate(most);
    (values, total)
}

fn gather(
    store: &Store,
    segment: &Segment,
    (at, field): (u32, u32),
    only: &Only,
    found: &mut HashMap<String, (Tally, Hit)>,
) {
    let mut positions: HashMap<u32, Vec<usize>> = positions(segment, field);
    let groups = groups(segment);
    positions.retain(|shape, _| groups.get(*shape as usize).is_some_and(|group| only.holds(group)));
    let shadowed = store.shadowed(at as usize);
    for number in segment.batches_of(&|shape| positions.contains_key(&(shape as u32))) {
        let Ok(batch) = segment.batch(number) else { continue };
        for row in 0..batch.len() {
            let Some(places) = positions.get(&batch.shape[row]) else { continue };
            let time = batch.time_of(row);
            if shadowed.is_some_and(|set| set.contains(number, row)) || !only.holds_time(time) {
                continue;
            }
            let stamp = time.map(Stamp::from);
            let hit = Hit { segment: at, batch: number as u32, row: row as u32 };
            let mut values = picked(batch.values.value(row), places);
            values.sort_unstable();
            values.dedup();
            for value in values {
                count(found, value, stamp, hit);
            }
        }
    }
}

fn count(found: &mut HashMap<String, (Tally, Hit)>, value: &str, stamp: Option<Stamp>, hit: Hit) {
    let one = Tally { records: 1, first: stamp, last: stamp };
    if let Some((tally, newest)) = found.get_mut(value) {
        if stamp >= tally.last {
            *newest = hit;
        }
        tally.add(one);
    } else if found.len() < MOST {
        found.insert(value.to_owned(), (one, hit));
    }
}

/// In each shape that holds the field: at which positions.
fn positions(segment: &Segment, field: u32) -> HashMap<u32, Vec<usize>> {
    let shapes = segment.catalog.shapes.iter().enumerate();
    shapes
        .map(|(number, shape)| {
            let at = shape.fields.iter().enumerate().filter(|(_, known)| **known == field).map(|(at, _)| at);
            (number as u32, at.collect::<Vec<_>>())
        })
        .filter(|(_, at)| !at.is_empty())
        .collect()
}

fn picked<'a>(values: &'a str, places: &[usize]) -> Vec<&'a str> {
    values.split(SEPARATOR).enumerate().filter(|(at, _)| places.contains(at)).map(|(_, value)| value).collect()
}

/// Entry and place of the first record of a segment that holds `value` in a field.
pub fn first_with(segment: &Segment, field: u32, value: &str) -> Option<(String, String)> {
    let positions = positions(segment, field);
    for number in segment.batches_of(&|shape| positions.contains_key(&(shape as u32))) {
        let Ok(batch) = segment.batch(number) else { continue };
        for row in 0..batch.len() {
            let holds = positions.get(&batch.shape[row]).is_some_and(|places| {
                // Examples in the catalogue are cut to a length.
                picked(batch.values.value(row), places).iter().any(|held| held.starts_with(value))
            });
            if holds {
                let entry = segment.catalog.entries.get(batch.entry[row] as usize).cloned().unwrap_or_default();
                return Some((entry, segment.place(batch.place[row], batch.at[row])));
            }
        }
    }
    None
}
