//! Where an export explains itself: what its fields mean, and how many records its files hold.

use super::{EntryPattern, FieldPattern, Section};

/// Entries in which the company explains its fields or files.
#[derive(Debug, Default)]
pub struct GlossaryRule {
    pub files: Vec<EntryPattern>,
    pub form: GlossaryForm,
}

/// How a glossary is laid out.
#[derive(Debug, Default, PartialEq, Eq)]
pub enum GlossaryForm {
    /// Text: the name of a file, then `- field: what it means` for each field, or sentences about the file.
    #[default]
    List,
    /// A table: names of its columns. `field` is empty where it explains files as a whole.
    Table { file: String, field: Option<String>, description: String },
}

/// Entries that tell how many records each file of the export holds.
#[derive(Debug, Default)]
pub struct ManifestRule {
    pub files: Vec<EntryPattern>,
    /// Where the records are; nothing else of it is used.
    pub section: Section,
    /// In a record: the name of the file, the first place that is there.
    pub file: Vec<FieldPattern>,
    /// In a record: the number, the first place that is there.
    pub count: Vec<FieldPattern>,
}
