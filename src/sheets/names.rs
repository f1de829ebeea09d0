//! Where an export tells what its ids stand for.

use super::{EntryPath, EntryPattern, FieldPattern, Section};
use crate::decode::Decoder;
use regex::Regex;

/// What an id is the id of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameOf {
    Who,
    Thread,
}

/// Entries that name what ids stand for: users, channels, people mentioned.
#[derive(Debug, Default)]
pub struct NameRule {
    pub files: Vec<EntryPattern>,
    /// What the first bytes must hold besides.
    pub head: Option<Regex>,
    /// By the form of the entry if not set.
    pub decoder: Option<Decoder>,
    /// Where the records are; nothing else of it is used.
    pub section: Section,
    /// In a record: the id, the first place that is there.
    pub id: Vec<FieldPattern>,
    /// In a record: the name, the first place that is there.
    pub name: Vec<FieldPattern>,
    /// Other forms of the id, `{id}` in them: folders called `c{id}`.
    pub forms: Vec<String>,
    /// They stand for these alone. `None`: for senders and for threads.
    pub only: Option<NameOf>,
    /// How an id is written inside texts, as the first group: `<@([A-Z0-9]+)>`.
    pub within: Option<Regex>,
}

impl NameRule {
    /// Whether an entry of this name may hold names; [`NameRule::head`] decides.
    pub fn reads(&self, path: &EntryPath) -> bool {
        self.files.iter().any(|pattern| pattern.matches(path))
    }
}
