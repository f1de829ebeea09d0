//! Turns hits into what screens and scripts show of them.

use super::parse::{Query, Term};
use super::plan::{Binder, Scope};
use super::scan::{Hit, HitView, Match};
use super::source::Source;
use crate::index::catalog::Role;
use crate::index::{Batch, Catalog, FieldMeta, SectionMeta};
use crate::record::SEPARATOR;

/// The terms of a query for one export: each with the fields in which it is sought.
type Sought<'q> = Vec<(&'q Term, Scope)>;

/// Views of hits, in their order. `None` for one that is of another state of the store, or whose batch cannot be read.
pub fn views(sources: &[&dyn Source], query: &Query, hits: &[Hit]) -> Vec<Option<HitView>> {
    let binder = Binder::of_fields(sources);
    let mut sought: Vec<Option<Sought<'_>>> = sources.iter().map(|_| None).collect();
    let mut view_of = |hit: &Hit| {
        let source = *sources.get(hit.segment as usize)?;
        let terms = sought.get_mut(hit.segment as usize)?.get_or_insert_with(|| binder.sought(query, source));
        view(source, terms, *hit)
    };
    hits.iter().map(&mut view_of).collect()
}

fn view(source: &dyn Source, sought: &Sought<'_>, hit: Hit) -> Option<HitView> {
    if hit.batch as usize >= source.batches() {
        return None;
    }
    let batch = source.batch(hit.batch as usize).ok()?;
    let row = hit.row as usize;
    let (manifest, catalog) = (source.manifest(), source.catalog());
    let shape = catalog.shapes.get(*batch.shape.get(row)? as usize)?;
    let section: &SectionMeta = catalog.sections.get(usize::from(shape.section))?;
    let values: Vec<&str> = batch.values.value(row).split(SEPARATOR).collect();
    let fields = || shape.fields.iter().map(|field| catalog.fields.get(*field as usize));
    let matches = matches(&values, &shape.fields, sought);
    Some(HitView {
        export: manifest.id.clone(),
        company: manifest.company.clone(),
        company_name: manifest.company_name.clone(),
        section: section.id.clone(),
        section_name: section.name.clone(),
        kind: section.kind,
        time: batch.time_of(row),
        who: who(catalog, &batch, row),
        thread: thread(catalog, &batch, row),
        text: text(fields(), &values),
        entry: batch.entry.get(row).and_then(|entry| catalog.entries.get(*entry as usize)).cloned().unwrap_or_default(),
        place: place(catalog, &batch, row),
        values: values_of(fields(), &values),
        matches,
    })
}

/// The first of what the section names for it that the record has.
fn text<'c>(fields: impl Iterator<Item = Option<&'c FieldMeta>>, values: &[&str]) -> Option<String> {
    let texts =
        fields.zip(values).filter_map(|(field, value)| Some((field.filter(|one| one.role == Role::Text)?.rank, value)));
    texts.min_by_key(|(rank, _)| *rank).map(|(_, text)| (*text).to_owned())
}

fn who(catalog: &Catalog, batch: &Batch<'_>, row: usize) -> Option<String> {
    catalog.people.get(*batch.who.get(row)? as usize).cloned()
}

/// The title; the key of a thread that never got one.
fn thread(catalog: &Catalog, batch: &Batch<'_>, row: usize) -> Option<String> {
    let thread = catalog.threads.get(*batch.thread.get(row)? as usize)?;
    Some(if thread.title.is_empty() { thread.key.clone() } else { thread.title.clone() })
}

fn place(catalog: &Catalog, batch: &Batch<'_>, row: usize) -> String {
    let place = batch.place.get(row).and_then(|place| catalog.places.get(*place as usize));
    let at = batch.at.get(row).map(u64::to_string).unwrap_or_default();
    place.map(|place| place.replace('*', &at)).unwrap_or_default()
}

fn values_of<'c>(fields: impl Iterator<Item = Option<&'c FieldMeta>>, values: &[&str]) -> Vec<(String, String)> {
    let path = |field: Option<&FieldMeta>| field.map(|field| field.path.clone()).unwrap_or_default();
    fields.zip(values).map(|(field, value)| (path(field), (*value).to_owned())).collect()
}

/// By value and place; a place that two terms share is told once.
fn matches(values: &[&str], fields: &[u32], sought: &Sought<'_>) -> Vec<Match> {
    let mut matches = Vec::new();
    for (index, (value, field)) in values.iter().zip(fields).enumerate() {
        let before = matches.len();
        let here = sought.iter().filter(|(_, scope)| scope.as_ref().is_none_or(|scope| scope.holds(*field)));
        let places = here.flat_map(|(term, _)| term.places(value));
        matches.extend(places.map(|place| Match { value: index, start: place.start, end: place.end }));
        if let Some(added) = matches.get_mut(before..) {
            added.sort_unstable_by_key(|found| (found.start, found.end));
        }
    }
    matches.dedup();
    matches
}
