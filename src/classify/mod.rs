//! What kind of personal data a field is, and which identifiers stand in it, each with its reason.

use crate::decode::time::Clock;
use crate::record::{IdKind, Origin};
use crate::sheets::{FieldRule, Part};

/// An identifier in its normal form, and the rule that made it so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normal {
    pub value: String,
    pub rule: String,
}

/// The normal form of an identifier: equal for equal ones. `None` if the value is none of that kind.
///
/// A national phone number whose region is not known yet becomes `~` and its digits; [`complete_phone`] finishes it.
pub fn normalise(_kind: IdKind, _value: &str) -> Option<Normal> {
    None
}

/// The E.164 form of a number normalised as `~digits`, for a region such as "GB".
pub fn complete_phone(_normal: &str, _region: &str) -> Option<Normal> {
    None
}

/// The region ("GB") of an E.164 number.
pub fn region_of(_e164: &str) -> Option<String> {
    None
}

/// The kind of a value that proves itself (e-mail, IP, international phone, …), in a field nothing is known of.
pub fn sniff(_value: &str) -> Option<IdKind> {
    None
}

/// Whether a value is of a named pattern of the vocabulary (`phone`, `email`, …).
pub fn value_is(_pattern: &str, _value: &str) -> bool {
    false
}

/// The kind of identifier a field's name tells, by the vocabulary.
pub fn id_of_path(_path: &[Part<'_>]) -> Option<IdKind> {
    None
}

/// The clock of a field whose name says that it holds the time of its record, by the vocabulary.
pub fn clock_of(_path: &[Part<'_>]) -> Option<Clock> {
    None
}

/// One category of the vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    pub id: &'static str,
    pub label: &'static str,
    /// W3C DPV term, such as `pd:EmailAddress`.
    pub dpv: &'static str,
    pub special: Special,
    pub origin: Origin,
}

/// GDPR marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Special {
    No,
    /// Often reveals a special category without being one.
    Proxy,
    /// GDPR Art. 9.
    Article9,
    /// GDPR Art. 10.
    Article10,
}

/// The category with this id.
pub fn category(_id: &str) -> Option<&'static Category> {
    None
}

/// All categories, in the vocabulary's order.
pub fn categories() -> &'static [Category] {
    &[]
}

/// What is known of a field when it is labelled.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// The entry it stands in, for the vote of its path.
    pub entry: &'a str,
    /// `messages[].content`
    pub path: &'a str,
    /// The field's name in the person's language, if the export tells one.
    pub label: Option<&'a str>,
    /// Distinct non-empty values, at most 200.
    pub samples: &'a [String],
    /// The sheet's rule for the field, if any.
    pub rule: Option<&'a FieldRule>,
    /// The section's category and origin, if the sheet tells.
    pub section_category: Option<&'a str>,
    pub section_origin: Option<Origin>,
    /// The field is what a person reads: its words say nothing about it.
    pub is_text: bool,
}

/// A field's label with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Id of a category; `None`: technical or not understood.
    pub category: Option<&'static str>,
    pub origin: Origin,
    /// Rule, votes, sample size, in words.
    pub why: String,
}

/// Labels a field: the sheet first, then the votes of key, path and values.
pub fn label(evidence: &Evidence<'_>) -> Label {
    Label { category: None, origin: evidence.section_origin.unwrap_or(Origin::Provided), why: String::new() }
}
