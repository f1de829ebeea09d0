//! Rows under construction.

use super::Node;
use crate::record::{FieldId, IdKind, Time, ValueType};

/// Who may see a record, as far as it told yet.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) enum Seen {
    #[default]
    Untold,
    /// By these people alone.
    Named(Vec<String>),
    ByEverybody,
}

/// A row under construction.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) node: Option<Node>,
    pub(super) place: String,
    pub(super) at: u64,
    pub(super) time: Option<(u8, Time)>,
    /// Rank of its place, and where it stands in the values.
    pub(super) who: Option<(u8, u32, u32)>,
    pub(super) unique: Option<(u32, u32)>,
    pub(super) audience: Seen,
    /// Without an id of its own it is one with records that say the same.
    pub(super) whole: bool,
    pub(super) thread: Option<u32>,
    /// The title of its thread, with the rank of the place it is from. Until the key of the thread is read it waits here.
    pub(super) title: Option<(u8, String)>,
    pub(super) fields: Vec<FieldId>,
    pub(super) types: Vec<ValueType>,
    pub(super) ends: Vec<u32>,
    pub(super) values: String,
    pub(super) identifiers: Vec<Found>,
    pub(super) full: bool,
}

/// An identifier in a draft: its number among the known values.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) field: FieldId,
    pub(super) kind: IdKind,
    pub(super) known: u32,
    pub(super) mine: bool,
}

impl Draft {
    pub(super) fn clear(&mut self) {
        self.node = None;
        self.place.clear();
        self.at = 0;
        self.time = None;
        self.who = None;
        self.unique = None;
        self.audience = Seen::Untold;
        self.whole = false;
        self.thread = None;
        self.title = None;
        self.fields.clear();
        self.types.clear();
        self.ends.clear();
        self.values.clear();
        self.identifiers.clear();
        self.full = false;
    }
}
