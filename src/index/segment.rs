//! A committed segment, opened for reading.

use super::catalog::{Catalog, Ledger, Manifest, StoredIdentifier};
use super::store::StoreError;
use crate::record::Time;
use std::path::{Path, PathBuf};

/// One export in the index. Opening maps files and reads the catalogue; batches are decoded when first asked for.
#[derive(Debug)]
pub struct Segment {
    pub dir: PathBuf,
    pub manifest: Manifest,
    pub catalog: Catalog,
}

/// Marks "none" in the `who` and `thread` columns.
pub const NONE: u32 = u32::MAX;

/// About 64k records. Column slices all have the same length.
#[derive(Debug, Clone, Copy)]
pub struct Batch<'a> {
    /// Milliseconds; `i64::MIN` for no time.
    pub time: &'a [i64],
    pub zone: &'a [i16],
    pub shape: &'a [u32],
    pub entry: &'a [u32],
    pub place: &'a [u32],
    pub at: &'a [u64],
    pub who: &'a [u32],
    pub thread: &'a [u32],
    /// Content hash: equal for the same record in two exports of one account.
    pub key: &'a [u64],
    /// Rows of this batch from newest to oldest, those without time last.
    pub by_time: &'a [u32],
    pub values: &'a arrow_array::StringArray,
    pub folded: &'a arrow_array::StringArray,
}

impl Batch<'_> {
    pub fn len(&self) -> usize {
        self.shape.len()
    }

    pub fn is_empty(&self) -> bool {
        self.shape.is_empty()
    }

    pub fn time_of(&self, row: usize) -> Option<Time> {
        (self.time[row] != i64::MIN).then(|| Time::from_columns(self.time[row], self.zone[row]))
    }
}

impl Segment {
    pub fn open(_dir: &Path) -> Result<Self, StoreError> {
        Err(StoreError::Damaged { what: String::new() })
    }

    /// Number of batches.
    pub fn batches(&self) -> usize {
        0
    }

    /// A batch; decoded (and checked) on first use. A damaged one is an error naming its file.
    pub fn batch(&self, _index: usize) -> Result<Batch<'_>, StoreError> {
        Err(StoreError::Damaged { what: String::new() })
    }

    /// Newest and oldest time of a batch without decoding it, if any record of it has a time.
    pub fn span(&self, _batch: usize) -> Option<(i64, i64)> {
        None
    }

    pub fn ledger(&self) -> Result<Ledger, StoreError> {
        Err(StoreError::Damaged { what: String::new() })
    }

    /// All identifiers, from the side table.
    pub fn identifiers(&self) -> Result<&[StoredIdentifier], StoreError> {
        Ok(&[])
    }

    /// The place of a row, star filled in: `messages[17]`.
    pub fn place(&self, place: u32, at: u64) -> String {
        self.catalog.places.get(place as usize).map(|p| p.replace('*', &at.to_string())).unwrap_or_default()
    }

    /// The row at this place of this entry: batch and row.
    pub fn find(&self, _entry: &str, _locator: &str) -> Result<Option<(usize, usize)>, StoreError> {
        Ok(None)
    }
}
