//! From paths to entries and their bytes: zip, tar, gzip, folders, single files, and archives inside them.
//!
//! Kinds are told by content, never by name alone. Archives are opened read-only and never unpacked: names are labels, not paths.
//! What was measured on the crates, and the attacks this shape answers, is in `security.md` sections 1 and 3.

pub mod guard;

pub use guard::Budget;

use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// What an archive turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContainerKind {
    Zip,
    /// A zip without its directory: entries recovered by a forward scan.
    CutZip,
    Tar,
    TarGz,
    Folder,
    File,
}

/// A file inside an export.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// As stored, `\` as `/`; entries of an archive inside the archive as `inner.zip/name`. Not safe to show: pass it through `text.rs`.
    pub name: String,
    /// Bytes when unpacked, as declared.
    pub size: Option<u64>,
    /// Bytes that reading it takes from the disk, for progress.
    pub packed: u64,
    /// A sentence, if it is no data at all: folder, link, `__MACOSX`.
    pub skip: Option<String>,
    /// A sentence, if it cannot be read whatever one does: encrypted, unsupported method, overlapping another.
    pub fail: Option<String>,
    /// Sentences about it that the person should know: duplicate name, header mismatch, unsafe name.
    pub warnings: Vec<String>,
}

/// Entries to be read together, in the order they are stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unit {
    /// Can be opened by itself, from any thread.
    One(usize),
    /// Lie behind each other in one compressed stream (tar.gz, a deflated zip inside a zip).
    Sequence(Vec<usize>),
}

/// Could not be opened at all: what, why, and what to do, on two lines.
#[derive(Debug, thiserror::Error)]
#[error("{what}\n{cure}")]
pub struct Fault {
    pub what: String,
    pub cure: String,
}

/// One part of an export on disk. Opening reads names, no contents. Safe to share between threads.
pub struct Archive {
    pub path: PathBuf,
    pub kind: ContainerKind,
    pub entries: Vec<Entry>,
    /// Sentences about the archive as a whole: "cut off after 18 whole entries", "70,000 bytes follow the archive".
    pub warnings: Vec<String>,
}

impl Archive {
    pub fn open(_path: &Path, _budget: &Budget) -> Result<Self, Fault> {
        Err(Fault { what: String::new(), cure: String::new() })
    }

    /// The first bytes of an entry, at most 4 KiB; empty if it cannot be read.
    pub fn head(&self, _entry: usize) -> Vec<u8> {
        Vec::new()
    }

    /// How the entries that have neither `skip` nor `fail` can be read. Every such entry is in exactly one unit.
    pub fn units(&self) -> Vec<Unit> {
        Vec::new()
    }

    /// The bytes of an entry of a [`Unit::One`]. Checks size and checksum at the end: the last read fails if they are wrong.
    pub fn read(&self, _entry: usize) -> io::Result<Box<dyn Read + Send + '_>> {
        Err(io::Error::other("not written"))
    }

    /// Walks a [`Unit::Sequence`] in its order; what `visit` leaves unread of an entry is passed over.
    pub fn walk(
        &self,
        _sequence: &[usize],
        _visit: &mut dyn FnMut(usize, &mut dyn Read) -> ControlFlow<()>,
    ) -> io::Result<()> {
        Ok(())
    }

    /// BLAKE3 of the bytes on disk, and their number; for folders over names and contents in name order.
    pub fn digest(&self) -> io::Result<(blake3::Hash, u64)> {
        Err(io::Error::other("not written"))
    }
}
