//! One budget for a whole import: bytes, entries, depth, time, and the wish to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Limits (`security.md` 10.1). Shared by everything that reads one import, nested archives included.
#[derive(Debug, Clone)]
pub struct Limits {
    pub entries: u64,
    /// Archives inside archives.
    pub depth: u32,
    /// Unpacked over packed, checked after `ratio_after` bytes of an entry.
    pub ratio: u64,
    pub ratio_after: u64,
    /// Unpacked bytes of one entry, and of all.
    pub entry_bytes: u64,
    pub total_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            entries: 1_000_000,
            depth: 3,
            ratio: 200,
            ratio_after: 64 << 20,
            entry_bytes: 64 << 30,
            total_bytes: 16 << 40,
        }
    }
}

/// What is left of the limits. Cheap to clone; all clones count together.
#[derive(Debug, Clone, Default)]
pub struct Budget {
    pub limits: Limits,
    state: Arc<State>,
}

#[derive(Debug, Default)]
struct State {
    bytes: AtomicU64,
    cancelled: AtomicBool,
}

impl Budget {
    pub fn new(limits: Limits) -> Self {
        Self { limits, state: Arc::default() }
    }

    /// Asks all readers to stop; they fail with [`std::io::ErrorKind::Interrupted`]-free errors at their next read.
    pub fn cancel(&self) {
        self.state.cancelled.store(true, Ordering::Relaxed);
    }

    pub fn is_cancelled(&self) -> bool {
        self.state.cancelled.load(Ordering::Relaxed)
    }

    /// Unpacked bytes so far.
    pub fn bytes(&self) -> u64 {
        self.state.bytes.load(Ordering::Relaxed)
    }

    /// Counts unpacked bytes; the error is a sentence.
    pub fn spend(&self, bytes: u64) -> std::io::Result<()> {
        let total = self.state.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes;
        if self.is_cancelled() {
            return Err(std::io::Error::other("cancelled"));
        }
        if total > self.limits.total_bytes {
            return Err(std::io::Error::other("the import unpacks to more than the limit"));
        }
        Ok(())
    }
}
