//! Writes one segment: workers fill batches side by side, commit joins them.

use super::catalog::{Ledger, Manifest, Role, SectionMeta};
use super::store::{StoreError, WriteLock};
use crate::record::{FieldId, FieldNote, Identifier, Kind, Origin, Row, Sink};

/// A segment under construction. Shared by all workers of an import.
#[derive(Debug)]
pub struct SegmentWriter {}

/// Fills batches; one for each thread. What it was given is part of the segment once [`Worker::finish`] was called.
#[derive(Debug)]
pub struct Worker {}

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
}

impl SegmentWriter {
    /// A section of the export; the same id gives the same number. `records` and spans are filled in at commit.
    pub fn section(&self, _meta: SectionMeta) -> u16 {
        0
    }

    /// Registers the next entry's name and gives its number.
    pub fn entry(&self, _name: &str) -> u32 {
        0
    }

    pub fn worker(&self) -> Result<Worker, StoreError> {
        Err(StoreError::Damaged { what: String::new() })
    }

    /// Records written so far, by all workers.
    pub fn records(&self) -> u64 {
        0
    }

    /// Labels every field, writes the catalogue, syncs and renames into place under `manifest.id` (made unique with `-2`, `-3`, …).
    /// `manifest.records`, `first`, `last` and `files` are filled in here. A segment named in `replaces` goes in the same step.
    pub fn commit(
        self,
        _lock: &WriteLock,
        _manifest: Manifest,
        _ledger: &Ledger,
        _replaces: Option<&str>,
        _label: &dyn Fn(&FieldDraft<'_>) -> FieldLabel,
    ) -> Result<String, StoreError> {
        let _ = Kind::Other;
        Err(StoreError::Damaged { what: String::new() })
    }
}

impl Worker {
    /// Rows given from now on belong to this entry (from [`SegmentWriter::entry`]).
    pub fn begin_entry(&mut self, _entry: u32) {}

    /// Problems said of this entry since [`Worker::begin_entry`], at most `most` of them kept.
    pub fn take_problems(&mut self) -> Vec<(String, String)> {
        Vec::new()
    }

    /// Writes what is left and hands over the counts. An error of the disk that happened earlier is told here too.
    pub fn finish(self) -> Result<(), StoreError> {
        Ok(())
    }

    /// The first error of the disk, if one happened: nothing more is worth decoding.
    pub fn broken(&self) -> bool {
        false
    }
}

impl Sink for Worker {
    fn field(&mut self, _section: u16, _path: &str, _note: &FieldNote) -> FieldId {
        0
    }
    fn thread(&mut self, _key: &str) -> u32 {
        0
    }
    fn name_thread(&mut self, _thread: u32, _title: &str) {}
    fn label(&mut self, _field: FieldId, _label: &str) {}
    fn row(&mut self, _row: &Row<'_>) {}
    fn identifier(&mut self, _field: FieldId, _identifier: &Identifier<'_>) {}
    fn problem(&mut self, _locator: &str, _what: &str) {}
}
