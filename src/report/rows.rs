//! Walks the records of sections that a sheet singles out: recipients, choices.

use crate::index::{Batch, FieldMeta, SectionMeta, Segment, Store};
use crate::record::{SEPARATOR, Time};
use crate::sheets::{FieldPattern, Section, Sheet, Sheets};
use std::collections::HashMap;

/// One record of a section.
pub struct Record<'a> {
    pub segment: &'a Segment,
    pub time: Option<Time>,
    pub entry: &'a str,
    pub place: String,
    /// Field and value, in order.
    pub values: Vec<(&'a FieldMeta, &'a str)>,
}

impl Record<'_> {
    /// Accepted by `tellall record EXPORT LOCATOR`.
    pub fn locator(&self) -> String {
        format!("{}#{}", self.entry, self.place)
    }
}

/// Calls `visit` with every record of the sections that `choose` picks, once for each record of snapshots.
pub fn each<'s>(
    store: &'s Store,
    sheets: &'s Sheets,
    choose: &dyn Fn(&Section) -> bool,
    visit: &mut dyn FnMut(&'s Sheet, &'s Section, &Record<'s>),
) {
    for (number, segment) in store.segments.iter().enumerate() {
        let Some(sheet) = sheets.get(&segment.manifest.company) else { continue };
        let section_of = |meta: &SectionMeta| sheet.section(&meta.id).filter(|section| choose(section));
        let chosen: Vec<Option<&Section>> = segment.catalog.sections.iter().map(section_of).collect();
        if chosen.iter().all(Option::is_none) {
            continue;
        }
        let section_at = |shape: usize| {
            let shape = segment.catalog.shapes.get(shape)?;
            chosen.get(usize::from(shape.section)).copied().flatten()
        };
        for at in segment.batches_of(&|shape| section_at(shape).is_some()) {
            let Ok(batch) = segment.batch(at) else { continue };
            for row in 0..batch.len() {
                let Some(section) = section_at(batch.shape[row] as usize) else { continue };
                if store.shadowed(number).is_none_or(|set| !set.contains(at, row)) {
                    visit(sheet, section, &record(segment, &batch, row));
                }
            }
        }
    }
}

fn record<'s>(segment: &'s Segment, batch: &Batch<'s>, row: usize) -> Record<'s> {
    let catalog = &segment.catalog;
    let fields = catalog.shapes.get(batch.shape[row] as usize).map(|shape| shape.fields.as_slice()).unwrap_or_default();
    let named = fields.iter().filter_map(|&field| catalog.fields.get(field as usize));
    Record {
        segment,
        time: batch.time_of(row),
        entry: catalog.entries.get(batch.entry[row] as usize).map(String::as_str).unwrap_or_default(),
        place: segment.place(batch.place[row], batch.at[row]),
        values: named.zip(batch.values.value(row).split(SEPARATOR)).collect(),
    }
}

/// Remembers which fields the patterns of sheets mean: a record is looked through by its fields' addresses, not by their paths.
#[derive(Debug, Default)]
pub struct Meanings(HashMap<(usize, usize), bool>);

impl Meanings {
    /// The values of a record at the places that `patterns` mean, trimmed, without empty ones.
    pub fn values<'r>(&mut self, patterns: &[FieldPattern], section: &Section, record: &Record<'r>) -> Vec<&'r str> {
        let mut found = Vec::new();
        for &(field, value) in &record.values {
            // Sheets and catalogues stay where they are while a report is made.
            let key = (patterns.as_ptr() as usize, std::ptr::from_ref(field) as usize);
            if *self.0.entry(key).or_insert_with(|| is_meant(patterns, section, &field.path))
                && !value.trim().is_empty()
            {
                found.push(value.trim());
            }
        }
        found
    }
}

/// Whether a field of a finished record is one that a sheet's patterns mean. They are relative to the record, whose root is
/// not kept in the index: any tail of the path may match, or the whole record if the pattern is empty.
pub fn is_meant(patterns: &[FieldPattern], section: &Section, path: &str) -> bool {
    let parts = crate::classify::parts_of(path);
    patterns.iter().any(|pattern| {
        if pattern.as_str().is_empty() {
            return section.records.iter().any(|record| record.matches(&parts));
        }
        (0..parts.len()).any(|from| pattern.matches(&parts[from..]))
    })
}
