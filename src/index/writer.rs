//! Writes one segment: workers fill batches side by side, commit joins them.

use super::catalog::{Ledger, Manifest, Role, SectionMeta};
use super::interner::{Interner, locked};
use super::store::{StoreError, WriteLock};
use super::worker::Finished;
use super::{commit, hash, private, store};
use crate::record::{FieldId, FieldNote, Kind, Origin};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

pub use super::worker::Worker;

/// A segment under construction. Shared by all workers of an import.
#[derive(Debug)]
pub struct SegmentWriter {
    pub(super) shared: Arc<Shared>,
    pub(super) staging: Staging,
}

/// A field as it is handed to the labeller at commit.
#[derive(Debug)]
pub struct FieldDraft<'a> {
    pub section: u16,
    pub path: &'a str,
    pub label: Option<&'a str>,
    /// An entry it was seen in.
    pub entry: &'a str,
    /// At most 200 distinct values.
    pub samples: &'a [String],
    pub role: Role,
    /// From [`FieldNote::rules`].
    pub rules: &'a [u16],
}

/// What the labeller says of a field.
#[derive(Debug)]
pub struct FieldLabel {
    pub category: Option<String>,
    pub origin: Origin,
    pub why: String,
    /// The sheet's name for the field, where the export tells none.
    pub label: Option<String>,
    /// What the company itself says of the field, where the export tells it.
    pub description: Option<String>,
}

/// The folder a segment grows in; gone with everything in it if the segment is not committed.
#[derive(Debug)]
pub struct Staging {
    /// The folder of the index.
    pub root: PathBuf,
    pub dir: PathBuf,
}

impl Drop for Staging {
    fn drop(&mut self) {
        // After a commit it is not there any more; if it cannot be removed, the next import does it.
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

/// The tables all workers share. A worker asks them once for each thing it has not met before.
#[derive(Debug)]
pub struct Shared {
    pub dir: PathBuf,
    pub sections: Mutex<Vec<SectionMeta>>,
    pub entries: Mutex<Vec<String>>,
    pub fields: Mutex<Interner<NewField>>,
    pub shapes: Mutex<Interner<NewShape>>,
    pub places: Mutex<Interner<Box<str>>>,
    pub people: Mutex<Interner<Box<str>>>,
    pub threads: Mutex<Interner<NewThread>>,
    pub records: AtomicU64,
    pub files: AtomicU32,
    /// How writing failed first, if it did.
    pub failure: OnceLock<(String, std::io::ErrorKind)>,
    pub finished: Mutex<Vec<Finished>>,
}

#[derive(Debug)]
pub struct NewField {
    pub section: u16,
    pub path: Box<str>,
    pub note: FieldNote,
    /// Of the earliest entry that tells one.
    pub label: Option<(u32, String)>,
}

#[derive(Debug)]
pub struct NewShape {
    pub section: u16,
    pub fields: Box<[FieldId]>,
}

#[derive(Debug)]
pub struct NewThread {
    pub key: String,
    pub title: Option<Title>,
}

#[derive(Debug)]
pub struct Title {
    pub text: String,
    entry: u32,
    /// Only a part of the key: what a thread is called as long as nothing better is known.
    fallback: bool,
}

impl Title {
    /// A title that is one beats a fallback; of two equals, that of the earlier entry, and inside an entry the later one.
    fn beats(&self, other: &Self) -> bool {
        match (self.fallback, other.fallback) {
            (true, false) => false,
            (false, true) => true,
            _ => self.entry <= other.entry,
        }
    }
}

impl Shared {
    fn of(dir: &Path) -> Self {
        Self {
            dir: dir.to_owned(),
            sections: Mutex::default(),
            entries: Mutex::default(),
            fields: Mutex::default(),
            shapes: Mutex::default(),
            places: Mutex::default(),
            people: Mutex::default(),
            threads: Mutex::default(),
            records: AtomicU64::new(0),
            files: AtomicU32::new(0),
            failure: OnceLock::new(),
            finished: Mutex::default(),
        }
    }

    pub fn field(&self, section: u16, path: &str, note: &FieldNote) -> FieldId {
        let mut fields = locked(&self.fields);
        let hash = fields.hash(&(section, path));
        let known = fields.find(hash, |field| field.section == section && *field.path == *path);
        known.unwrap_or_else(|| {
            fields.add(hash, NewField { section, path: path.into(), note: note.clone(), label: None })
        })
    }

    pub fn label(&self, field: FieldId, entry: u32, label: &str) {
        if let Some(field) = locked(&self.fields).items.get_mut(field as usize)
            && field.label.as_ref().is_none_or(|(known, _)| entry < *known)
        {
            field.label = Some((entry, label.to_owned()));
        }
    }

    pub fn shape(&self, section: u16, fields: &[FieldId]) -> u32 {
        let mut shapes = locked(&self.shapes);
        let hash = shapes.hash(&(section, fields));
        let known = shapes.find(hash, |shape| shape.section == section && *shape.fields == *fields);
        known.unwrap_or_else(|| shapes.add(hash, NewShape { section, fields: fields.into() }))
    }

    pub fn thread(&self, key: &str) -> u32 {
        let mut threads = locked(&self.threads);
        let hash = threads.hash(key);
        let known = threads.find(hash, |thread| thread.key == key);
        known.unwrap_or_else(|| threads.add(hash, NewThread { key: key.to_owned(), title: None }))
    }

    pub fn name_thread(&self, thread: u32, entry: u32, text: &str) {
        if let Some(thread) = locked(&self.threads).items.get_mut(thread as usize) {
            let end = thread.key.rsplit('/').next();
            let fallback = thread.key == text || end == Some(text);
            let title = Title { text: text.to_owned(), entry, fallback };
            if thread.title.as_ref().is_none_or(|known| title.beats(known)) {
                thread.title = Some(title);
            }
        }
    }

    /// Tells all workers that writing failed.
    pub fn failed(&self, source: std::io::Error, needed: u64) -> StoreError {
        let kind = source.kind();
        let error = StoreError::writing(source, needed);
        // Only the first is kept: the others follow from it.
        let _ = self.failure.set((error.doing(), kind));
        error
    }

    /// What stands for a section in the keys of records (its id, which is the same in every export of a company), and whether its
    /// records are messages.
    pub fn section_facts(&self, section: u16) -> (u64, bool) {
        let sections = locked(&self.sections);
        let facts = |meta: &SectionMeta| (hash::of(meta.id.as_bytes()), meta.kind == Kind::Message);
        sections.get(usize::from(section)).map_or((0, false), facts)
    }
}

impl SegmentWriter {
    pub(super) fn begin(root: &Path) -> Result<Self, StoreError> {
        let (tmp, segments) = (root.join(store::TMP), root.join(store::SEGMENTS));
        let dir = tmp.join(format!("{}{:016x}", store::NEW, private::unique()));
        let made = || {
            for folder in [&segments, &tmp] {
                if !folder.exists() {
                    private::create_dir(folder)?;
                    private::sync_dir(root)?;
                }
            }
            private::create_dir(&dir)
        };
        made().map_err(|source| StoreError::writing(source, 0))?;
        let shared = Arc::new(Shared::of(&dir));
        Ok(Self { shared, staging: Staging { root: root.to_owned(), dir } })
    }

    /// A section of the export; the same id gives the same number. `records` and spans are filled in at commit.
    pub fn section(&self, meta: SectionMeta) -> u16 {
        let mut sections = locked(&self.shared.sections);
        let known = sections.iter().position(|section| section.id == meta.id);
        let at = known.unwrap_or_else(|| {
            sections.push(meta);
            sections.len() - 1
        });
        at as u16
    }

    /// Registers the next entry's name and gives its number.
    pub fn entry(&self, name: &str) -> u32 {
        let mut entries = locked(&self.shared.entries);
        entries.push(name.to_owned());
        entries.len() as u32 - 1
    }

    pub fn worker(&self) -> Result<Worker, StoreError> {
        Ok(Worker::new(Arc::clone(&self.shared)))
    }

    /// Records written so far, by all workers.
    pub fn records(&self) -> u64 {
        self.shared.records.load(Ordering::Relaxed)
    }

    /// Labels every field, writes the catalogue, syncs and renames into place under `manifest.id` (made unique with `-2`, `-3`, …).
    /// `manifest.records`, `first`, `last` and `files` are filled in here. A segment named in `replaces` goes in the same step.
    pub fn commit(
        self,
        _lock: &WriteLock,
        manifest: Manifest,
        ledger: &Ledger,
        replaces: Option<&str>,
        label: &dyn Fn(&FieldDraft<'_>) -> FieldLabel,
    ) -> Result<String, StoreError> {
        commit::commit(self, manifest, ledger, replaces, label)
    }
}
