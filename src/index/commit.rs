//! The end of an import: joins what the workers counted, writes the catalogue, and puts the segment in its place.

use super::catalog::{
    Catalog, FieldMeta, Ledger, Manifest, SectionMeta, SenderMeta, Shape, StoredIdentifier, ThreadMeta,
};
use super::interner::locked;
use super::records::RecordsSeal;
use super::seal::{FORMAT, Seal};
use super::store::{self, StoreError, io_of};
use super::tally::{Extent, FieldTally};
use super::worker::Finished;
use super::writer::{FieldDraft, FieldLabel, SegmentWriter, Shared, Staging};
use super::{identifiers, private};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

/// Bytes of an id: names of files end at 255, and a mark may follow.
const MOST_ID: usize = 120;

type Label<'a> = &'a dyn Fn(&FieldDraft<'_>) -> FieldLabel;

pub fn commit(
    writer: SegmentWriter,
    manifest: Manifest,
    ledger: &Ledger,
    replaces: Option<&str>,
    label: Label<'_>,
) -> Result<String, StoreError> {
    let SegmentWriter { shared, staging } = writer;
    if let Some((doing, kind)) = shared.failure.get() {
        return Err(StoreError::Io { doing: doing.clone(), source: (*kind).into() });
    }
    let counted = Counted::of(std::mem::take(&mut *locked(&shared.finished)));
    store::settle(&staging.root)?;
    write(&shared, &staging, counted, manifest, ledger, replaces, label)
        .map_err(|source| StoreError::writing(source, 0))
        .and_then(|id| store::settle(&staging.root).map(|()| id))
}

fn write(
    shared: &Shared,
    staging: &Staging,
    mut counted: Counted,
    mut manifest: Manifest,
    ledger: &Ledger,
    replaces: Option<&str>,
    label: Label<'_>,
) -> io::Result<String> {
    let dir = &staging.dir;
    discard_unfinished(dir, &counted.files)?;
    let site = Site::choose(&staging.root, &manifest.id, replaces)?;
    let mut seal = Seal {
        format: FORMAT,
        mark: private::unique(),
        replaces: site.replaces,
        files: BTreeMap::new(),
        records: std::mem::take(&mut counted.files),
        check: String::new(),
    };
    counted.complete(&mut manifest, &site.id, seal.records.len());
    let found = std::mem::take(&mut counted.identifiers);
    seal.file(dir, store::IDENTIFIERS, &identifiers::write(&found).map_err(io_of)?)?;
    drop(found);
    seal.file(dir, store::CATALOG, &serde_json::to_vec(&counted.catalog(shared, label))?)?;
    seal.file(dir, store::LEDGER, &serde_json::to_vec(ledger)?)?;
    seal.file(dir, store::MANIFEST, &serde_json::to_vec(&manifest)?)?;
    seal.write(dir)?;
    site.place(staging)?;
    Ok(site.id)
}

/// A worker that was never finished (its thread panicked) left a file without an end.
fn discard_unfinished(dir: &Path, finished: &[RecordsSeal]) -> io::Result<()> {
    let known: BTreeSet<String> = finished.iter().map(RecordsSeal::file).collect();
    for name in private::names(dir)? {
        if !known.contains(&name) {
            std::fs::remove_file(dir.join(name))?;
        }
    }
    Ok(())
}

/// Where the segment goes.
struct Site {
    id: String,
    /// Name of its folder: the id, or for the blink of an eye one beside it, if the segment that it replaces has that name.
    folder: String,
    /// Mark of the segment it replaces.
    replaces: Option<u64>,
}

impl Site {
    fn choose(root: &Path, id: &str, replaces: Option<&str>) -> io::Result<Self> {
        let segments = root.join(store::SEGMENTS);
        let old = replaces.filter(|old| segments.join(old).exists());
        let mark = match old.map(|old| Seal::read(&segments.join(old))) {
            Some(Ok(seal)) => Some(seal.mark),
            // Of a damaged segment nothing is lost if we die between the two steps.
            Some(Err(_)) => {
                old.map_or(Ok(true), |old| store::dismiss(root, old))?;
                None
            }
            None => None,
        };
        let id = safe(id);
        let numbered = (2..).map(|n| format!("{id}-{n}"));
        let is_free = |id: &String| Some(id.as_str()) == old || !segments.join(id).exists();
        let id = std::iter::once(id.clone()).chain(numbered).find(is_free).unwrap_or(id);
        let folder = if segments.join(&id).exists() { format!("{id}{}", store::BESIDE) } else { id.clone() };
        Ok(Self { id, folder, replaces: mark })
    }

    /// From here on it is in the index.
    fn place(&self, staging: &Staging) -> io::Result<()> {
        let segments = staging.root.join(store::SEGMENTS);
        private::sync_dir(&staging.dir)?;
        std::fs::rename(&staging.dir, segments.join(&self.folder))?;
        private::sync_dir(&segments)
    }
}

/// An id as the name of a folder: letters, digits and a few signs.
fn safe(id: &str) -> String {
    let sign = |c: char| if c.is_alphanumeric() || "._+@-".contains(c) { c } else { '-' };
    let id: String = id.chars().map(sign).collect();
    let id = super::tally::cut(id.trim_start_matches('.'), MOST_ID);
    if id.is_empty() { "export".to_owned() } else { id.to_owned() }
}

/// What all workers counted.
#[derive(Default)]
struct Counted {
    files: Vec<RecordsSeal>,
    shapes: BTreeMap<u32, Extent>,
    fields: Vec<Option<Box<FieldTally>>>,
    months: Vec<BTreeMap<i32, u64>>,
    senders: Vec<Extent>,
    identifiers: Vec<StoredIdentifier>,
}

impl Counted {
    fn of(workers: Vec<Finished>) -> Self {
        let mut counted = Self::default();
        let mut found = Vec::new();
        for worker in workers {
            counted.files.extend(worker.file);
            for (shape, extent) in worker.shapes {
                counted.shapes.entry(shape).or_default().merge(&extent);
            }
            counted.add_fields(worker.fields);
            for (section, months) in worker.months.into_iter().enumerate() {
                if counted.months.len() <= section {
                    counted.months.resize(section + 1, BTreeMap::new());
                }
                months.merge_into(&mut counted.months[section]);
            }
            if counted.senders.len() < worker.senders.len() {
                counted.senders.resize(worker.senders.len(), Extent::default());
            }
            counted.senders.iter_mut().zip(&worker.senders).for_each(|(sum, one)| sum.merge(one));
            found.push(worker.identifiers);
        }
        counted.files.sort_by_key(|file| file.number);
        counted.identifiers = identifiers::joined(found);
        counted
    }

    fn add_fields(&mut self, fields: Vec<Option<Box<FieldTally>>>) {
        if self.fields.len() < fields.len() {
            self.fields.resize(fields.len(), None);
        }
        for (ours, theirs) in self.fields.iter_mut().zip(fields) {
            match (ours, theirs) {
                (Some(ours), Some(theirs)) => ours.merge(*theirs),
                (ours, Some(theirs)) => *ours = Some(theirs),
                (_, None) => {}
            }
        }
    }

    fn complete(&self, manifest: &mut Manifest, id: &str, files: usize) {
        let mut all = Extent::default();
        for extent in self.shapes.values() {
            all.merge(extent);
        }
        manifest.format = FORMAT;
        id.clone_into(&mut manifest.id);
        manifest.records = all.records;
        manifest.first = all.span.first();
        manifest.last = all.span.last();
        manifest.files = files as u32;
        if !manifest.seconds.is_finite() {
            manifest.seconds = 0.0;
        }
    }

    fn catalog(mut self, shared: &Shared, label: Label<'_>) -> Catalog {
        let entries = std::mem::take(&mut *locked(&shared.entries));
        let shapes = self.shapes(shared);
        let sections = self.sections(shared, &shapes);
        let fields = self.field_metas(shared, &shapes, &entries, label);
        Catalog {
            sections,
            fields,
            shapes,
            places: texts(&locked(&shared.places).items),
            people: texts(&locked(&shared.people).items),
            senders: senders(&self.senders),
            threads: threads(shared),
            entries,
        }
    }

    fn shapes(&self, shared: &Shared) -> Vec<Shape> {
        let shapes = locked(&shared.shapes);
        let shape = |(number, shape): (u32, &super::writer::NewShape)| {
            let extent = self.shapes.get(&number).copied().unwrap_or_default();
            let (records, first, last) = (extent.records, extent.span.first(), extent.span.last());
            Shape { section: shape.section, fields: shape.fields.to_vec(), records, first, last }
        };
        (0..).zip(&shapes.items).map(shape).collect()
    }

    fn sections(&mut self, shared: &Shared, shapes: &[Shape]) -> Vec<SectionMeta> {
        let mut sections = std::mem::take(&mut *locked(&shared.sections));
        let mut extents = vec![Extent::default(); sections.len()];
        for (shape, extent) in self.extents(shapes) {
            if let Some(section) = extents.get_mut(usize::from(shape.section)) {
                section.merge(&extent);
            }
        }
        for (at, (section, extent)) in sections.iter_mut().zip(extents).enumerate() {
            section.records = extent.records;
            section.first = extent.span.first();
            section.last = extent.span.last();
            section.months = self.months.get_mut(at).map(std::mem::take).unwrap_or_default();
        }
        sections
    }

    fn extents<'a>(&self, shapes: &'a [Shape]) -> impl Iterator<Item = (&'a Shape, Extent)> {
        (0..).zip(shapes).filter_map(|(number, shape)| Some((shape, *self.shapes.get(&number)?)))
    }

    /// A record counts once for a field, however often it repeats the field.
    fn field_extents(&self, shapes: &[Shape], fields: usize) -> Vec<Extent> {
        let mut extents = vec![Extent::default(); fields];
        for (shape, extent) in self.extents(shapes) {
            let once: BTreeSet<u32> = shape.fields.iter().copied().collect();
            for field in once {
                if let Some(field) = extents.get_mut(field as usize) {
                    field.merge(&extent);
                }
            }
        }
        extents
    }

    fn field_metas(&self, shared: &Shared, shapes: &[Shape], entries: &[String], label: Label<'_>) -> Vec<FieldMeta> {
        let fields = locked(&shared.fields);
        let extents = self.field_extents(shapes, fields.items.len());
        let unseen = FieldTally::of("", false);
        let meta = |(at, (field, extent)): (usize, (&super::writer::NewField, Extent))| {
            let tally = self.fields.get(at).and_then(Option::as_deref).unwrap_or(&unseen);
            field_meta(field, tally, extent, entries, label)
        };
        fields.items.iter().zip(extents).enumerate().map(meta).collect()
    }
}

fn field_meta(
    field: &super::writer::NewField,
    tally: &FieldTally,
    extent: Extent,
    entries: &[String],
    label: Label<'_>,
) -> FieldMeta {
    let draft = FieldDraft {
        section: field.section,
        path: &field.path,
        label: field.label.as_ref().map(|(_, label)| label.as_str()),
        entry: entries.get(tally.entry as usize).map_or("", String::as_str),
        samples: &tally.samples(),
        role: field.note.role,
        rules: &field.note.rules,
    };
    let FieldLabel { category, origin, why, label, description } = label(&draft);
    let (distinct, exact) = tally.distinct();
    FieldMeta {
        section: field.section,
        path: field.path.to_string(),
        label: draft.label.map(str::to_owned).or(label),
        description,
        kind: tally.kind(),
        role: draft.role,
        rank: field.note.rank,
        category,
        origin,
        why,
        records: extent.records,
        distinct,
        exact,
        first: extent.span.first(),
        last: extent.span.last(),
        examples: tally.examples(),
    }
}

fn texts(items: &[Box<str>]) -> Vec<String> {
    items.iter().map(ToString::to_string).collect()
}

fn senders(extents: &[Extent]) -> Vec<SenderMeta> {
    let numbered = (0..).zip(extents).filter(|(_, extent)| extent.records > 0);
    let meta = |(who, extent): (u32, &Extent)| {
        let (messages, first, last) = (extent.records, extent.span.first(), extent.span.last());
        SenderMeta { who, messages, first, last }
    };
    numbered.map(meta).collect()
}

/// A thread nobody named is called by its key.
fn threads(shared: &Shared) -> Vec<ThreadMeta> {
    let threads = locked(&shared.threads);
    let named = threads.items.iter().map(|thread| {
        let title = thread.title.as_ref().map_or(&thread.key, |title| &title.text);
        ThreadMeta { key: thread.key.clone(), title: title.clone() }
    });
    named.collect()
}
