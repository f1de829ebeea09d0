//! What a query reads: a segment of the store, or rows in memory in tests.

use crate::index::{Batch, Catalog, Manifest, Segment, Store, StoreError, StoredIdentifier};

/// One export as the scan sees it.
pub trait Source: Sync {
    fn manifest(&self) -> &Manifest;
    fn catalog(&self) -> &Catalog;
    fn batches(&self) -> usize;
    fn batch(&self, index: usize) -> Result<Batch<'_>, StoreError>;
    /// Newest and oldest time of a batch; `None` if no record of it has one.
    fn span(&self, batch: usize) -> Option<(i64, i64)>;
    fn identifiers(&self) -> Result<&[StoredIdentifier], StoreError>;
    /// Whether any record of it stands in a newer export of the same account too.
    fn has_shadowed(&self) -> bool;
    /// Whether this one does: then it counts there and not here.
    fn is_shadowed(&self, batch: usize, row: usize) -> bool;
}

/// A segment of a store.
pub struct Stored<'a> {
    store: &'a Store,
    index: usize,
    segment: &'a Segment,
}

/// All segments of a store, by their index.
pub fn stored(store: &Store) -> Vec<Stored<'_>> {
    store.segments.iter().enumerate().map(|(index, segment)| Stored { store, index, segment }).collect()
}

/// As the scan takes them.
pub fn as_sources<'a>(stored: &'a [Stored<'a>]) -> Vec<&'a dyn Source> {
    stored.iter().map(|source| source as &dyn Source).collect()
}

impl Source for Stored<'_> {
    fn manifest(&self) -> &Manifest {
        &self.segment.manifest
    }

    fn catalog(&self) -> &Catalog {
        &self.segment.catalog
    }

    fn batches(&self) -> usize {
        self.segment.batches()
    }

    fn batch(&self, index: usize) -> Result<Batch<'_>, StoreError> {
        self.segment.batch(index)
    }

    fn span(&self, batch: usize) -> Option<(i64, i64)> {
        self.segment.span(batch).map(|(one, other)| (one.max(other), one.min(other)))
    }

    fn identifiers(&self) -> Result<&[StoredIdentifier], StoreError> {
        self.segment.identifiers()
    }

    fn has_shadowed(&self) -> bool {
        has_shadowed(self.store, self.index)
    }

    fn is_shadowed(&self, batch: usize, row: usize) -> bool {
        is_shadowed(self.store, self.index, batch, row)
    }
}

/// The one place that asks the store for records held by a newer export too, with [`is_shadowed`].
fn has_shadowed(store: &Store, segment: usize) -> bool {
    store.shadowed(segment).is_some()
}

fn is_shadowed(store: &Store, segment: usize, batch: usize, row: usize) -> bool {
    store.shadowed(segment).is_some_and(|rows| rows.contains(batch, row))
}
