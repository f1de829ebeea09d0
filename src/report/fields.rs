//! Which fields each company holds.

use super::live::{Live, Tally, live, printed};
use super::only::Only;
use super::{FieldFilter, FieldHeld, Values, mask};
use crate::classify::{self, Special};
use crate::index::{FieldMeta, Store};
use std::collections::BTreeMap;

/// Id and label of what is technical or not understood.
pub const OTHER: (&str, &str) = ("other", "Other (not understood)");

/// Every field held, by company, section and path. Snapshots of one account are joined: a record in both counts once.
pub fn fields(store: &Store, filter: &FieldFilter, values: Values) -> Vec<FieldHeld> {
    fields_of(&live(store), filter, values)
}

fn fields_of(segments: &[Live<'_>], filter: &FieldFilter, values: Values) -> Vec<FieldHeld> {
    let mut held: BTreeMap<(String, String, String), (FieldHeld, Tally)> = BTreeMap::new();
    for one in segments {
        let tallies = by_field(one);
        for (number, field) in one.segment.catalog.fields.iter().enumerate() {
            if tallies[number].records == 0 || !wanted(one, field, filter) {
                continue;
            }
            let key = (one.segment.manifest.company.clone(), section_of(one, field).0, field.path.clone());
            let (row, tally) = held.entry(key).or_insert_with(|| (report(one, field, values), Tally::default()));
            tally.add(tallies[number]);
            join(row, one, number, field);
        }
    }
    held.into_values().map(finished).collect()
}

/// Fields that the records meant hold, with their values shown. Examples and distinct values are known of all records only.
pub fn fields_meant(segments: &[Live<'_>], only: &Only) -> Vec<FieldHeld> {
    let mut held = fields_of(segments, &FieldFilter::default(), Values::Shown);
    held.retain(|field| only.category.as_ref().is_none_or(|only| *only == field.category_label));
    for field in &mut held {
        field.distinct = field.distinct.min(field.records);
        field.examples.clear();
    }
    held
}

fn finished((mut row, tally): (FieldHeld, Tally)) -> FieldHeld {
    row.records = tally.records;
    row.first = printed(tally.first);
    row.last = printed(tally.last);
    row
}

/// Records that hold each field of a segment.
pub fn by_field(one: &Live<'_>) -> Vec<Tally> {
    let mut tallies = vec![Tally::default(); one.segment.catalog.fields.len()];
    for (shape, tally) in one.segment.catalog.shapes.iter().zip(&one.shapes) {
        let mut fields = shape.fields.clone();
        fields.sort_unstable();
        fields.dedup();
        for field in fields {
            if let Some(sum) = tallies.get_mut(field as usize) {
                sum.add(*tally);
            }
        }
    }
    tallies
}

fn wanted(one: &Live<'_>, field: &FieldMeta, filter: &FieldFilter) -> bool {
    let company = filter.company.as_ref().is_none_or(|id| *id == one.segment.manifest.company);
    let category = filter.category.as_ref().is_none_or(|id| *id == category_of(field).0);
    company && category && filter.origin.is_none_or(|origin| origin == field.origin)
}

/// Id and name of the section a field is in.
pub fn section_of(one: &Live<'_>, field: &FieldMeta) -> (String, String) {
    let section = one.segment.catalog.sections.get(field.section as usize);
    section.map(|section| (section.id.clone(), section.name.clone())).unwrap_or_default()
}

/// Id, label and Art. 9 mark of a field's category.
pub fn category_of(field: &FieldMeta) -> (String, String, bool) {
    let category = field.category.as_deref().and_then(classify::category);
    category.map_or_else(
        || (OTHER.0.to_owned(), OTHER.1.to_owned(), false),
        |category| (category.id.clone(), category.label.clone(), category.special == Special::Article9),
    )
}

fn report(one: &Live<'_>, field: &FieldMeta, values: Values) -> FieldHeld {
    let (section, section_name) = section_of(one, field);
    let (category, category_label, special) = category_of(field);
    let examples = field.examples.iter().map(|value| match values {
        Values::Shown => value.clone(),
        Values::Masked => mask::example(field, value),
    });
    FieldHeld {
        company: one.segment.manifest.company.clone(),
        section,
        section_name,
        field: field.path.clone(),
        label: field.label.clone(),
        description: field.description.clone(),
        category,
        category_label,
        origin: field.origin,
        special,
        kind: field.kind.id().to_owned(),
        records: 0,
        distinct: 0,
        distinct_exact: true,
        first: None,
        last: None,
        examples: examples.collect(),
        why: field.why.clone(),
        at: Vec::new(),
    }
}

/// Adds one export's share. Distinct values of several exports overlap in ways their counts do not tell: the largest is a lower bound.
fn join(row: &mut FieldHeld, one: &Live<'_>, number: usize, field: &FieldMeta) {
    row.distinct_exact = row.at.is_empty() && field.exact && !one.partly;
    row.distinct = row.distinct.max(field.distinct);
    if row.description.is_none() {
        row.description.clone_from(&field.description);
    }
    row.at.push((one.number, number as u32));
}
