//! Where a record is written: a name for it that holds whatever becomes of the index.

use super::scan::{Hit, HitView};
use crate::index::Store;

/// Where a record is, without the numbers of one state of the index.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    pub export: String,
    pub entry: String,
    /// Place inside the entry: `messages[17]`.
    pub place: String,
}

impl Place {
    pub fn of(view: &HitView) -> Self {
        Self { export: view.export.clone(), entry: view.entry.clone(), place: view.place.clone() }
    }

    /// The place that reports of an export tell: a locator may begin with its entry.
    pub fn at(export: &str, entry: &str, locator: &str) -> Self {
        let inside = locator.strip_prefix(entry).map_or(locator, |rest| rest.trim_start_matches(['#', ':', ' ']));
        Self { export: export.to_owned(), entry: entry.to_owned(), place: inside.to_owned() }
    }

    /// The record that stands there; `None` if there is none any more, or if it cannot be read.
    pub fn find(&self, store: &Store) -> Option<Hit> {
        let number = store.segments.iter().position(|segment| segment.manifest.id == self.export)?;
        let (batch, row) = store.segments.get(number)?.find(&self.entry, &self.place).ok()??;
        Some(Hit { segment: number as u32, batch: batch as u32, row: row as u32 })
    }
}
