//! Snapshots: exports of one account at several dates. A record that is in an older and in a newer one counts once.

use super::catalog::{Role, Shape};
use super::cores::{self, Turns};
use super::hash;
use super::segment::{Numbers, Segment};
use super::tally::{Extent, Months};
use crate::record::SEPARATOR;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Rows that are looked at together: keys in memory at once, whatever the size of the exports.
const PART: u64 = 1 << 21;

/// Rows of a segment, one bit for each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowSet {
    batches: Vec<Box<[u64]>>,
    count: u64,
}

impl RowSet {
    pub fn contains(&self, batch: usize, row: usize) -> bool {
        self.words(batch).get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    /// Number of rows in the set.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The rows of a batch, sixty-four to a word, the first in the lowest bit.
    pub fn words(&self, batch: usize) -> &[u64] {
        self.batches.get(batch).map_or(&[], |words| words)
    }

    fn for_rows_of(segment: &Segment) -> Self {
        let batches = (0..segment.batches()).map(|batch| vec![0; segment.rows(batch).div_ceil(64)].into());
        Self { batches: batches.collect(), count: 0 }
    }

    /// Takes in the rows of another set of the same segment.
    fn join(&mut self, other: &Self) {
        self.count = 0;
        for (word, theirs) in self.batches.iter_mut().flatten().zip(other.batches.iter().flatten()) {
            *word |= theirs;
            self.count += u64::from(word.count_ones());
        }
    }

    fn add(&mut self, batch: usize, row: usize) {
        if let Some(word) = self.batches.get_mut(batch).and_then(|words| words.get_mut(row / 64)) {
            self.count += u64::from(*word >> (row % 64) & 1 == 0);
            *word |= 1 << (row % 64);
        }
    }
}

/// Rows of a segment that a newer snapshot of the same account holds too, or that say again what stands in it already, where its
/// sections know records by an id of the company's own, or where another section tells it again. `None` if there is none.
///
/// Equal records are matched one to one: of two equal messages, of which the newer export has one, one remains. Batches that are
/// damaged take no part; whoever reads them tells.
pub fn shadowed(segments: &[Arc<Segment>], at: usize) -> Option<RowSet> {
    let older = segments.get(at)?;
    let newer: Vec<&Segment> = segments.iter().map(AsRef::as_ref).filter(|other| is_newer(other, older)).collect();
    let unique: Vec<bool> = older.catalog.sections.iter().map(|section| section.unique).collect();
    let repeats = unique.contains(&true);
    let again = sections_told_again(older);
    if newer.is_empty() && !repeats && again.is_empty() {
        return None;
    }
    // The parts walk the numbers again and again; who walks first must not keep the others waiting.
    std::iter::once(&**older).chain(newer.iter().copied()).for_each(read_numbers);
    let parts = older.manifest.records / PART + 1;
    let in_part = |part: u64, set: &mut RowSet| {
        if repeats {
            repeated(older, &unique, (part, parts), set);
        }
        for &(section, fuller) in &again {
            mark(&by_minute(older, section, part, parts), &only_keys(&by_minute(older, fuller, part, parts)), set);
        }
        if newer.is_empty() {
            return;
        }
        let mine = positions(older, part, parts);
        for other in &newer {
            mark(&mine, &keys(other, part, parts), set);
        }
    };
    let sets = cores::on_all(parts as usize, &|turns: Turns<'_>| {
        let mut set = RowSet::for_rows_of(older);
        turns.for_each(|part| in_part(part as u64, &mut set));
        set
    });
    let mut set = RowSet::for_rows_of(older);
    for other in &sets {
        set.join(other);
    }
    (set.count > 0).then_some(set)
}

/// What a segment holds besides rows that count elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Left {
    /// Records by shape.
    pub shapes: Vec<Extent>,
    /// By section, as in [`SectionMeta::months`](super::SectionMeta::months).
    pub months: Vec<BTreeMap<i32, u64>>,
}

/// Counts the rows of a segment that are not in a set.
pub fn without(segment: &Segment, rows: &RowSet) -> Left {
    let catalog = &segment.catalog;
    let counted = cores::on_all(segment.batches(), &|turns: Turns<'_>| {
        let mut extents = vec![Extent::default(); catalog.shapes.len()];
        let mut months = vec![Months::default(); catalog.sections.len()];
        for at in turns {
            let Ok(batch) = segment.numbers(at) else { continue };
            for row in (0..batch.len()).filter(|&row| !rows.contains(at, row)) {
                let (shape, time) = (batch.shape[row] as usize, batch.time_of(row));
                let Some((extent, shape)) = extents.get_mut(shape).zip(catalog.shapes.get(shape)) else { continue };
                extent.add(time);
                if let Some((months, time)) = months.get_mut(usize::from(shape.section)).zip(time) {
                    months.add(time);
                }
            }
        }
        (extents, months)
    });
    let mut left = Left {
        shapes: vec![Extent::default(); catalog.shapes.len()],
        months: vec![BTreeMap::new(); catalog.sections.len()],
    };
    for (extents, months) in counted {
        left.shapes.iter_mut().zip(&extents).for_each(|(sum, extent)| sum.merge(extent));
        left.months.iter_mut().zip(months).for_each(|(sum, months)| months.merge_into(sum));
    }
    left
}

/// Has the numbers of all batches checked and decoded, on all cores.
fn read_numbers(segment: &Segment) {
    cores::on_all(segment.batches(), &|turns: Turns<'_>| turns.for_each(|at| drop(segment.numbers(at))));
}

/// Whether `other` is a later snapshot of the account of `segment`. Without a known account nothing is said to be equal.
fn is_newer(other: &Segment, segment: &Segment) -> bool {
    let (a, b) = (&other.manifest, &segment.manifest);
    a.account.is_some() && (&a.company, &a.account) == (&b.company, &b.account) && (&a.as_of, &a.id) > (&b.as_of, &b.id)
}

/// Whether a key belongs to this part of the keys.
fn is_in(key: u64, part: u64, parts: u64) -> bool {
    ((u128::from(key) * u128::from(parts)) >> 64) as u64 == part
}

fn positions(segment: &Segment, part: u64, parts: u64) -> Vec<(u64, u32, u32)> {
    positions_of(segment, (part, parts), &mut (0..segment.batches()), |_, _| true)
}

/// Keys of a part of some batches, each with its batch and row, in order; of rows that are `wanted`.
fn positions_of(
    segment: &Segment,
    (part, parts): (u64, u64),
    batches: &mut dyn Iterator<Item = usize>,
    wanted: impl Fn(&Numbers<'_>, usize) -> bool,
) -> Vec<(u64, u32, u32)> {
    let mut positions = Vec::new();
    for at in batches {
        if let Ok(batch) = segment.numbers(at) {
            let rows =
                batch.key.iter().enumerate().filter(|&(row, &key)| is_in(key, part, parts) && wanted(&batch, row));
            positions.extend(rows.map(|(row, &key)| (key, at as u32, row as u32)));
        }
    }
    positions.sort_unstable();
    positions
}

/// Marks rows of equal key in sections that know records by an id: all but the first in the order of the archive.
fn repeated(segment: &Segment, unique: &[bool], part: (u64, u64), set: &mut RowSet) {
    let of_shape = |shape: &Shape| unique.get(usize::from(shape.section)) == Some(&true);
    let is_unique: Vec<bool> = segment.catalog.shapes.iter().map(of_shape).collect();
    let mut batches = segment.batches_of(&|shape| is_unique.get(shape) == Some(&true));
    let wanted = |batch: &Numbers<'_>, row: usize| is_unique.get(batch.shape[row] as usize) == Some(&true);
    let rows = positions_of(segment, part, &mut batches, wanted);
    let in_archive = |&(_, batch, row): &(u64, u32, u32)| {
        let numbers = segment.numbers(batch as usize).ok();
        (numbers.map(|numbers| (numbers.entry[row as usize], numbers.at[row as usize])), batch, row)
    };
    let mut places = Vec::new();
    for same in rows.chunk_by(|one, next| one.0 == next.0).filter(|same| same.len() > 1) {
        places.clear();
        places.extend(same.iter().map(in_archive));
        places.sort_unstable();
        places.iter().skip(1).for_each(|&(_, batch, row)| set.add(batch as usize, row as usize));
    }
}

/// Numbers of the sections whose records another section of this segment tells again, each with that of the other.
fn sections_told_again(segment: &Segment) -> Vec<(usize, usize)> {
    let sections = &segment.catalog.sections;
    let fuller = |id: &String| sections.iter().position(|other| other.id == *id);
    let pairs = sections.iter().enumerate().map(|(at, section)| (at, section.repeats.as_ref().and_then(fuller)));
    pairs.filter_map(|(at, fuller)| Some((at, fuller?))).collect()
}

/// The records of a section that have a time and a text, keyed by their minute and that text. Exports that tell the same twice
/// write the times of one with seconds and of the other without, and name everything else differently.
fn by_minute(segment: &Segment, section: usize, part: u64, parts: u64) -> Vec<(u64, u32, u32)> {
    const MINUTE: i64 = 60_000;
    let catalog = &segment.catalog;
    let is_text = |field: &u32| catalog.fields.get(*field as usize).is_some_and(|field| field.role == Role::Text);
    let of_shape = |shape: &Shape| {
        let here = usize::from(shape.section) == section;
        if here { shape.fields.iter().position(is_text) } else { None }
    };
    let texts: Vec<Option<usize>> = catalog.shapes.iter().map(of_shape).collect();
    let mut positions = Vec::new();
    for at in 0..segment.batches() {
        let Ok(batch) = segment.batch(at) else { continue };
        for row in 0..batch.len() {
            let Some(nth) = texts.get(batch.shape[row] as usize).copied().flatten() else { continue };
            let (Some(time), Some(text)) = (batch.time_of(row), batch.values.value(row).split(SEPARATOR).nth(nth))
            else {
                continue;
            };
            let key = hash::mix(time.ms.div_euclid(MINUTE) as u64, hash::of(text.as_bytes()) | 1);
            if is_in(key, part, parts) {
                positions.push((key, at as u32, row as u32));
            }
        }
    }
    positions.sort_unstable();
    positions
}

fn only_keys(positions: &[(u64, u32, u32)]) -> Vec<u64> {
    positions.iter().map(|(key, ..)| *key).collect()
}

fn keys(segment: &Segment, part: u64, parts: u64) -> Vec<u64> {
    let mut keys = Vec::new();
    for at in 0..segment.batches() {
        if let Ok(batch) = segment.numbers(at) {
            keys.extend(batch.key.iter().copied().filter(|&key| is_in(key, part, parts)));
        }
    }
    keys.sort_unstable();
    keys
}

/// Walks both lists side by side.
fn mark(mine: &[(u64, u32, u32)], theirs: &[u64], set: &mut RowSet) {
    let mut theirs = theirs.iter().copied().peekable();
    for &(key, batch, row) in mine {
        while theirs.next_if(|&other| other < key).is_some() {}
        if theirs.next_if_eq(&key).is_some() {
            set.add(batch as usize, row as usize);
        }
    }
}
