//! The index: one immutable segment for each export, columns of Apache Arrow, memory-mapped. It knows companies only as values.

pub mod catalog;
pub mod fold;
pub mod segment;
pub mod store;
pub mod writer;

pub use catalog::{Catalog, FieldMeta, Ledger, LedgerEntry, Manifest, Part, SectionMeta, StoredIdentifier, ThreadMeta};
pub use segment::{Batch, Segment};
pub use store::{RowSet, Store, StoreError, WriteLock};
pub use writer::{SegmentWriter, Worker};

/// Version of the segment's files; others are imported again.
pub const FORMAT: u32 = 1;
