//! Runs a query over the segments.

use super::arranged::{self, Order};
use super::pages::{self, Request};
use super::parse::Query;
use super::sweep::Plans;
use super::{counting, shown, source};
use crate::index::Store;
use crate::record::{Kind, Time};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Lets a newer query stop an older one. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Ticket {
    cancelled: Arc<AtomicBool>,
    until: Option<Instant>,
}

impl Ticket {
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Stops with this one, and at a time of its own.
    #[must_use]
    pub fn until(&self, end: Instant) -> Self {
        Self { until: Some(end), ..self.clone() }
    }

    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed) || self.is_late()
    }

    /// Whether its own time is over.
    pub fn is_late(&self) -> bool {
        self.until.is_some_and(|end| Instant::now() >= end)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    #[default]
    Newest,
    Oldest,
}

/// A record that matches: indexes into the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hit {
    pub segment: u32,
    pub batch: u32,
    pub row: u32,
}

/// Part of a page, in order.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub hits: Vec<Hit>,
    /// More follow behind the last.
    pub more: bool,
    /// Stopped by its ticket: what is here is right but not all.
    pub cancelled: bool,
    /// Sentences about parts of the index that could not be read; their records are missing.
    pub unread: Vec<String>,
}

/// Where a term stands in a value; byte offsets into the value as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Index into [`HitView::values`].
    pub value: usize,
    pub start: usize,
    pub end: usize,
}

/// A hit with everything a screen or a script wants of it. Texts are as written: pass them through `text.rs` before showing.
#[derive(Debug, Clone)]
pub struct HitView {
    pub export: String,
    pub company: String,
    pub company_name: String,
    pub section: String,
    pub section_name: String,
    pub kind: Kind,
    pub time: Option<Time>,
    pub who: Option<String>,
    pub thread: Option<String>,
    /// The value of the section's text field, if it has one.
    pub text: Option<String>,
    pub entry: String,
    /// Place inside the entry: `messages[17]`.
    pub place: String,
    /// Field path and value, in the order of the record.
    pub values: Vec<(String, String)>,
    pub matches: Vec<Match>,
}

impl HitView {
    /// The first text that was searched for, as it stands in the record.
    pub fn matched(&self) -> Option<&str> {
        let found = self.matches.first()?;
        self.values.get(found.value)?.1.get(found.start..found.end)
    }
}

/// Counts of a query, with facets; each list by count, then by name. Exact, or if stopped, an estimate by what was seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    pub count: u64,
    /// False if stopped by its ticket or out of time, or if something could not be read.
    pub exact: bool,
    pub companies: Vec<(String, u64)>,
    /// Company and section id.
    pub sections: Vec<((String, String), u64)>,
    pub kinds: Vec<(Kind, u64)>,
    /// Years in order; `None` counts records without time.
    pub years: Vec<(Option<i16>, u64)>,
    /// Sentences about parts of the index that could not be read; their records are missing.
    pub unread: Vec<String>,
}

/// Makes a [`HitView`]. `None` if the hit is of another state of the store, or its batch cannot be read.
pub fn view(store: &Store, query: &Query, hit: Hit) -> Option<HitView> {
    views(store, query, &[hit]).pop().flatten()
}

/// As [`view`] for several hits, in their order; quicker than one by one where a filter names fields.
pub fn views(store: &Store, query: &Query, hits: &[Hit]) -> Vec<Option<HitView>> {
    let stored = source::stored(store);
    shown::views(&source::as_sources(&stored), query, hits)
}

/// The first `limit` hits behind `after`, in order, as soon as they are known. Records without time come last.
pub fn page(store: &Store, query: &Query, sort: Sort, after: Option<Hit>, limit: usize, ticket: &Ticket) -> Page {
    let stored = source::stored(store);
    let sources = source::as_sources(&stored);
    pages::find(&Plans::new(query, &sources), Request { sort, after, limit }, ticket)
}

/// The newest hits in an order that the index does not have, all at once; `more` says that older ones were left out.
pub fn arranged(store: &Store, query: &Query, order: Order, ticket: &Ticket) -> Page {
    let stored = source::stored(store);
    let sources = source::as_sources(&stored);
    arranged::arranged(&Plans::new(query, &sources), query, order, ticket)
}

/// Counts all hits.
pub fn count(store: &Store, query: &Query, ticket: &Ticket) -> Counts {
    let stored = source::stored(store);
    let sources = source::as_sources(&stored);
    counting::count(&Plans::new(query, &sources), ticket)
}

#[cfg(test)]
mod meaning;
#[cfg(test)]
pub(super) mod tests;
