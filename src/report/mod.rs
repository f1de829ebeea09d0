//! Plain answers from the catalogues and side tables: what is held, by whom, what ties companies together. The types here are
//! the JSON of `CONTRACT.md`: they are promises, and differ from the index's own types on purpose.
//!
//! A damaged part of the index is passed over; [`crate::index::Segment::damage`] then says that the answer is not whole.

mod choices;
mod clock;
mod completeness;
mod contradictions;
mod conversation;
mod diff;
mod exports;
mod fields;
mod guides;
mod held;
mod hours;
mod identity;
mod ledger;
mod live;
mod mask;
mod matrix;
mod only;
mod overview;
mod party;
mod people;
mod places;
mod recipients;
mod rows;
mod shared;
mod summary;
#[cfg(test)]
mod tests;
mod timeline;
mod values;

pub use choices::{ChoiceReport, choices};
pub use clock::Clock;
pub use completeness::{Completeness, Retention, SectionCompleteness, completeness, retention};
pub use contradictions::{Contradiction, Side as ContradictionSide, contradictions};
pub use conversation::{
    Attachment, Conversation, Line, Member, Reaction, Row, Thread, around, conversation_of, conversations, thread,
};
pub use diff::{Change, ChoiceChange, Diff, Side as DiffSide, diff};
pub use exports::{export_of, exports};
pub use fields::fields;
pub use guides::{Guide, guide, guides};
pub use held::{Held, held};
pub use hours::{Hours, Lane, Moment, civil_of, hits_at, hour_of, hours};
pub use identity::Certainty;
pub use ledger::ledger;
pub use mask::{example, mask};
pub use matrix::matrix;
pub use only::{Group, Only, Period};
pub use overview::overview;
pub use people::FILE as PEOPLE;
pub use people::{Account, Decisions, People, Person, PersonIdentifier, Suggestion, people};
pub use places::{Area, Cell, Places, Point, hits_in, places};
pub use recipients::{RecipientDetail, RecipientEvidence, RecipientReport, recipients};
pub use shared::shared;
pub use summary::summary;
pub use timeline::{Step, Timeline, timeline};
pub use values::values;

use crate::query::Hit;
use crate::record::{Fate, IdKind, Kind, Origin, Problem};
use serde::Serialize;
use std::collections::BTreeMap;

/// Categories a label may be corrected to: id and name, in the vocabulary's order.
pub static CATEGORIES: std::sync::LazyLock<Vec<(&str, &str)>> = std::sync::LazyLock::new(|| {
    crate::classify::categories().iter().map(|category| (category.id.as_str(), category.label.as_str())).collect()
});

/// Whether values that identify somebody are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Values {
    #[default]
    Masked,
    Shown,
}

/// `exports --json`, `import --json`: one export.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExportReport {
    pub id: String,
    pub company: String,
    pub account: Option<String>,
    pub as_of: Option<String>,
    pub layout: Option<String>,
    pub parts: Vec<PartReport>,
    pub entries: EntryCounts,
    pub records: u64,
    pub fields: u64,
    pub first: Option<String>,
    pub last: Option<String>,
    /// The first thousand.
    pub problems: Vec<Problem>,
    /// All of them.
    pub problems_total: u64,
    pub warnings: Vec<String>,
    pub seconds: f64,
    /// Its import was stopped before everything was read; a warning says how much is missing.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub incomplete: bool,
    /// The same archive was in the index already; nothing was changed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub already: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartReport {
    pub file: String,
    pub bytes: u64,
    pub blake3: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct EntryCounts {
    pub total: u64,
    pub read: u64,
    pub generic: u64,
    pub media: u64,
    pub skipped: u64,
    pub failed: u64,
}

/// Which fields `fields` lists.
#[derive(Debug, Clone, Default)]
pub struct FieldFilter {
    pub company: Option<String>,
    pub category: Option<String>,
    pub origin: Option<Origin>,
}

/// One field held by one company. Snapshots of one account are joined: a record in both counts once.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldHeld {
    pub company: String,
    pub section: String,
    pub field: String,
    pub label: Option<String>,
    /// What the company itself says of the field or of the file it stands in.
    pub description: Option<String>,
    /// `other` if technical or not understood.
    pub category: String,
    pub category_label: String,
    pub origin: Origin,
    /// GDPR Art. 9.
    pub special: bool,
    #[serde(rename = "type")]
    pub kind: String,
    pub records: u64,
    pub distinct: u64,
    pub distinct_exact: bool,
    pub first: Option<String>,
    pub last: Option<String>,
    pub examples: Vec<String>,
    pub why: String,
    /// Segment and field numbers, for screens.
    #[serde(skip)]
    pub at: Vec<(u32, u32)>,
    /// Id of the section's kind.
    #[serde(skip)]
    pub section_name: String,
}

/// `matrix --json`
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Matrix {
    /// Company ids, in order of records.
    pub companies: Vec<String>,
    pub rows: Vec<MatrixRow>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MatrixRow {
    pub category: String,
    pub category_label: String,
    pub special: bool,
    /// One for each company, `None` where it holds nothing of the kind.
    pub cells: Vec<Option<MatrixCell>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MatrixCell {
    pub fields: u64,
    pub records: u64,
    pub origins: Vec<Origin>,
    pub first: Option<String>,
    pub last: Option<String>,
}

/// What `shared` lists.
#[derive(Debug, Clone, Default)]
pub struct SharedFilter {
    /// `Some(true)`: only mine, `Some(false)`: only others'.
    pub mine: Option<bool>,
    pub kind: Option<IdKind>,
    /// Held by at least so many companies; 2 if 0.
    pub companies: usize,
    /// Values that are the person's own besides what profile sections say.
    pub owners: Vec<String>,
}

/// `shared --json`
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shared {
    pub identifiers: Vec<SharedIdentifier>,
    pub overlaps: Vec<Overlap>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SharedIdentifier {
    pub kind: IdKind,
    pub value: String,
    /// `mine` or `other`
    pub owner: String,
    pub companies: Vec<String>,
    /// `certain`, or `likely` where several people may share it or a rule completed it.
    pub certainty: Certainty,
    /// The rule that ties the companies, in words.
    pub why: String,
    pub evidence: Vec<EvidenceReport>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EvidenceReport {
    pub export: String,
    pub company: String,
    pub section: String,
    pub field: String,
    pub entry: String,
    /// Accepted by `tellall record EXPORT LOCATOR`.
    pub locator: String,
    pub as_written: String,
    pub rule: String,
    pub origin: Origin,
    pub records: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Overlap {
    pub companies: Vec<String>,
    pub kind: IdKind,
    pub owner: String,
    pub count: u64,
}

/// `ledger --json`: one entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerLine {
    pub export: String,
    pub entry: String,
    /// Bytes unpacked, as the archive declares.
    pub size: Option<u64>,
    pub fate: Fate,
    pub section: Option<String>,
    pub records: u64,
    pub problems: u64,
    pub why: Option<String>,
}

/// One company for the Overview.
#[derive(Debug, Clone, PartialEq)]
pub struct CompanyOverview {
    pub id: String,
    pub name: String,
    pub exports: Vec<String>,
    pub records: u64,
    pub fields: u64,
    /// Art. 9 categories it holds.
    pub special: Vec<String>,
    pub first: Option<String>,
    pub last: Option<String>,
    /// Newest `as_of` of its exports.
    pub as_of: Option<String>,
    /// Records by origin of their fields, in the order of [`Origin::ALL`].
    pub origins: [u64; 5],
    /// Category label, special, records; largest first.
    pub categories: Vec<(String, bool, u64)>,
    /// Kind of records, largest first.
    pub kinds: Vec<(Kind, u64)>,
    /// Records by month, keyed `YYYY * 12 + (month - 1)`.
    pub months: BTreeMap<i32, u64>,
    pub problems: u64,
    pub failed: u64,
}

/// One distinct value of a field, for the Fields screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueHeld {
    pub value: String,
    pub records: u64,
    pub first: Option<String>,
    /// Newest record that holds it.
    pub hit: Hit,
}

/// `summary`
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    pub tellall_summary: u32,
    /// RFC 3339; absent with `--reproducible`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generated_at: Option<String>,
    pub exports: Vec<ExportReport>,
    pub companies: Vec<CompanySummary>,
    pub matrix: Matrix,
    pub identifiers: Shared,
    pub recipients: Vec<RecipientReport>,
    pub choices: Vec<ChoiceReport>,
    pub completeness: Vec<Completeness>,
    pub retention: Vec<Retention>,
    pub contradictions: Vec<Contradiction>,
    /// Company, year, records.
    pub timeline: BTreeMap<String, BTreeMap<String, u64>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CompanySummary {
    pub company: String,
    pub records: u64,
    pub fields: u64,
    pub first: Option<String>,
    pub last: Option<String>,
    pub categories: Vec<CategorySummary>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CategorySummary {
    pub category: String,
    pub category_label: String,
    pub special: bool,
    pub records: u64,
    pub fields: Vec<FieldHeld>,
}
