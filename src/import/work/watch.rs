//! What is picked up along the way: whose account the export is of, and how far it reaches.

use super::Outcome;
use crate::index::Worker;
use crate::record::{FieldId, FieldNote, IdKind, Identifier, Row, Sink, Time};
use std::collections::BTreeMap;

/// What is picked up along the way.
#[derive(Debug, Default)]
pub(super) struct Watched {
    pub(super) own: Own,
    /// Of the row that will follow.
    pub(super) next: Vec<(IdKind, String)>,
    pub(super) last: Option<Time>,
}

/// By kind: the number of the section that tells it, and the identifier.
pub type Own = BTreeMap<IdKind, (u16, String)>;

/// Keeps what the sheet's first section tells, of that the smallest, so that the order of threads does not matter.
fn keep_own(own: &mut Own, kind: IdKind, told: (u16, String)) {
    let known = own.entry(kind).or_insert_with(|| told.clone());
    if told < *known {
        *known = told;
    }
}

impl Watched {
    pub(super) fn join_into(self, outcome: &mut Outcome) {
        for (kind, told) in self.own {
            keep_own(&mut outcome.own, kind, told);
        }
        outcome.last = outcome.last.max(self.last);
    }
}

/// Passes everything on, and picks up whose account this is and how far it reaches.
pub(super) struct Watch<'a> {
    pub(super) sink: &'a mut Worker,
    pub(super) watched: &'a mut Watched,
    pub(super) now_ms: i64,
}

impl Sink for Watch<'_> {
    fn field(&mut self, section: u16, path: &str, note: &FieldNote) -> FieldId {
        self.sink.field(section, path, note)
    }

    fn thread(&mut self, key: &str) -> u32 {
        self.sink.thread(key)
    }

    fn name_thread(&mut self, thread: u32, title: &str) {
        self.sink.name_thread(thread, title);
    }

    fn label(&mut self, field: FieldId, label: &str) {
        self.sink.label(field, label);
    }

    fn row(&mut self, row: &Row<'_>) {
        if let Some(time) = row.time
            && time.ms <= self.now_ms
            && self.watched.last.is_none_or(|last| last.ms < time.ms)
        {
            self.watched.last = Some(time);
        }
        for (kind, normal) in self.watched.next.drain(..) {
            keep_own(&mut self.watched.own, kind, (row.section, normal));
        }
        self.sink.row(row);
    }

    fn identifier(&mut self, field: FieldId, identifier: &Identifier<'_>) {
        let names_account = matches!(identifier.kind, IdKind::Username | IdKind::Email | IdKind::Phone);
        if identifier.mine && names_account {
            self.watched.next.push((identifier.kind, identifier.normal.to_owned()));
        }
        self.sink.identifier(field, identifier);
    }

    fn problem(&mut self, locator: &str, what: &str) {
        self.sink.problem(locator, what);
    }
}
