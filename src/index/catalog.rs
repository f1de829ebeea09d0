//! What a segment says of itself, beside its columns: `manifest.json`, `catalog.json`, `ledger.json`, `identifiers.arrow`.

pub use crate::record::Role;
use crate::record::{Fate, IdKind, Kind, Origin, Problem, Time, ValueType};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One file on disk of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// File name as given (no folder).
    pub file: String,
    /// Where it was when it was imported, for the source viewer.
    pub path: String,
    pub bytes: u64,
    pub blake3: String,
}

/// Which export this is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the segment's format.
    pub format: u32,
    /// `facebook-rosa.quill-2026-01-15`
    pub id: String,
    pub company: String,
    /// Name of the company for screens.
    pub company_name: String,
    pub account: Option<String>,
    /// `YYYY-MM-DD`
    pub as_of: Option<String>,
    pub layout: Option<String>,
    pub parts: Vec<Part>,
    /// Of the parts and of what read them (program, sheet): equal means that importing again changes nothing.
    pub digest: String,
    pub records: u64,
    pub entries: BTreeMap<Fate, u64>,
    pub problems: u64,
    pub first: Option<Stamp>,
    pub last: Option<Stamp>,
    /// Wall seconds the import took.
    pub seconds: f64,
    /// Sentences about the archive as a whole.
    pub warnings: Vec<String>,
    /// Its import was stopped, and what was in is kept.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub incomplete: bool,
    /// Number of record files.
    pub files: u32,
}

/// A [`Time`] in JSON: milliseconds and zone code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stamp(pub i64, pub i16);

impl From<Time> for Stamp {
    fn from(time: Time) -> Self {
        Self(time.ms, time.zone_code())
    }
}

impl From<Stamp> for Time {
    fn from(stamp: Stamp) -> Self {
        Self::from_columns(stamp.0, stamp.1)
    }
}

/// A section of this export.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SectionMeta {
    pub id: String,
    pub name: String,
    pub kind: Kind,
    /// Read by structure, without a sheet's section.
    pub generic: bool,
    /// Only the owner's half of conversations is in the export.
    pub half: bool,
    pub records: u64,
    pub first: Option<Stamp>,
    pub last: Option<Stamp>,
    /// Records by month of their time, keyed `YYYY * 12 + (month - 1)`.
    pub months: BTreeMap<i32, u64>,
    /// Retention, as far as the sheet knows.
    pub note: Option<String>,
    /// Records of equal key are one, within this export too.
    #[serde(default)]
    pub unique: bool,
    /// Id of the section that tells the same again: records here that say the same in the same minute are passed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeats: Option<String>,
}

/// A field of this export.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldMeta {
    pub section: u16,
    /// `messages[].content`
    pub path: String,
    /// Its name in the person's language, if the export tells one.
    pub label: Option<String>,
    /// What the company itself says of the field or of the file it stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(rename = "type")]
    pub kind: ValueType,
    pub role: Role,
    /// Among the fields of a record whose role is text: the one with the lowest number is what a person reads first.
    #[serde(default)]
    pub rank: u8,
    /// Id of a category; `None`: technical or not understood.
    pub category: Option<String>,
    pub origin: Origin,
    /// Why it is labelled so.
    pub why: String,
    /// Records that hold it.
    pub records: u64,
    /// Distinct values; an estimate (within 2 %) where `exact` is false.
    pub distinct: u64,
    pub exact: bool,
    pub first: Option<Stamp>,
    pub last: Option<Stamp>,
    /// Up to five distinct values, as written, each at most 200 bytes.
    pub examples: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadMeta {
    pub key: String,
    pub title: String,
}

/// `catalog.json`
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Catalog {
    pub sections: Vec<SectionMeta>,
    pub fields: Vec<FieldMeta>,
    /// Each a list of fields: a record is a shape and its values.
    pub shapes: Vec<Shape>,
    /// Places of records, with `*` for the number in the `at` column.
    pub places: Vec<String>,
    pub people: Vec<String>,
    /// Who sent messages, by number.
    pub senders: Vec<SenderMeta>,
    pub threads: Vec<ThreadMeta>,
    /// Names of entries, by the number in the `entry` column.
    pub entries: Vec<String>,
}

/// Messages of one sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SenderMeta {
    /// Number in `people`.
    pub who: u32,
    pub messages: u64,
    pub first: Option<Stamp>,
    pub last: Option<Stamp>,
}

/// A shape, and what its records have in common.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shape {
    pub section: u16,
    pub fields: Vec<u32>,
    pub records: u64,
    pub first: Option<Stamp>,
    pub last: Option<Stamp>,
}

/// An entry and its fate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerEntry {
    pub entry: String,
    /// Which part it is in.
    pub part: u32,
    /// Bytes unpacked, as the archive declares.
    pub size: Option<u64>,
    pub fate: Fate,
    /// Section id, if one read it.
    pub section: Option<String>,
    pub records: u64,
    pub problems: u64,
    /// A sentence, for skipped and failed entries, and warnings for others.
    pub why: Option<String>,
}

/// `ledger.json`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    pub entries: Vec<LedgerEntry>,
    /// The first thousand; all are counted.
    pub problems: Vec<Problem>,
}

/// One identifier in one field of this export, with the first place it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredIdentifier {
    pub kind: IdKind,
    pub normal: String,
    pub field: u32,
    /// The field states that it is the owner's own.
    pub mine: bool,
    pub as_written: String,
    pub rule: String,
    pub entry: u32,
    pub place: u32,
    pub at: u64,
    /// Records it stands in, in this field.
    pub records: u64,
    pub first: Option<Stamp>,
    pub last: Option<Stamp>,
}
