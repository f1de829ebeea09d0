//! The index: one immutable segment for each export, columns of Apache Arrow, memory-mapped. It knows companies only as values.

pub mod catalog;
mod columns;
mod commit;
pub mod cores;
mod distinct;
mod ephemeral;
pub mod fold;
pub(crate) mod hash;
mod identifiers;
mod interner;
mod map;
mod notes;
mod press;
mod private;
mod records;
mod seal;
pub mod segment;
pub mod snapshots;
pub mod store;
mod tally;
#[cfg(test)]
mod tests;
mod worker;
pub mod writer;

pub use catalog::{
    Catalog, FieldMeta, Ledger, LedgerEntry, Manifest, Part, SectionMeta, Shape, StoredIdentifier, ThreadMeta,
};
pub use notes::{Correction, Corrections};
pub use press::Press;
pub use seal::FORMAT;
pub use segment::{Batch, Numbers, Segment};
pub use snapshots::{Left, RowSet};
pub use store::{Store, StoreError, WriteLock};
pub use tally::Extent;
pub use writer::{SegmentWriter, Worker};
