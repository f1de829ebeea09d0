//! From paths to entries and their bytes: zip, tar, gzip, folders, single files, and archives inside them.
//!
//! Kinds are told by content, never by name alone. Archives are opened read-only and never unpacked: names are labels, not paths.
//! What was measured on the crates, and the attacks this shape answers, is in `security.md` sections 1 and 3.

mod contents;
mod digest;
mod fault;
mod folder;
pub mod guard;
mod inflate;
mod name;
mod nested;
mod opening;
mod reading;
mod sniff;
mod source;
mod tar;
mod walk;
mod wording;
mod zip;

pub use guard::{Budget, Limits};

use contents::{Contents, HEAD, Place};
use hashbrown::HashMap;
use walk::Coding;

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
    budget: Budget,
    /// Places and streams; entries and warnings have moved to the fields above.
    contents: Contents,
}

impl Archive {
    pub fn open(path: &Path, budget: &Budget) -> Result<Self, Fault> {
        let (kind, mut contents) = opening::open(path, budget)?;
        let entries = std::mem::take(&mut contents.entries);
        let warnings = std::mem::take(&mut contents.warnings);
        Ok(Self { path: path.to_owned(), kind, entries, warnings, budget: budget.clone(), contents })
    }

    /// The first bytes of an entry, at most 4 KiB; empty if it cannot be read.
    pub fn head(&self, entry: usize) -> Vec<u8> {
        if !self.is_readable(entry) {
            return Vec::new();
        }
        match self.contents.places.get(entry) {
            Some(Place::Leaf(leaf)) => {
                reading::head(&self.contents, leaf, &self.budget.apart(), HEAD).unwrap_or_default()
            }
            Some(Place::Streamed { .. }) => {
                self.contents.heads.get(&entry).map(|head| head.to_vec()).unwrap_or_default()
            }
            None => Vec::new(),
        }
    }

    fn is_readable(&self, entry: usize) -> bool {
        self.entries.get(entry).is_some_and(|entry| entry.skip.is_none() && entry.fail.is_none())
    }

    /// How the entries that have neither `skip` nor `fail` can be read, in the order they lie on disk. Every such entry is in exactly one
    /// unit.
    pub fn units(&self) -> Vec<Unit> {
        let mut units = Vec::new();
        let mut streams: HashMap<usize, Vec<usize>> = HashMap::new();
        for (entry, place) in self.contents.places.iter().enumerate().filter(|(entry, _)| self.is_readable(*entry)) {
            match place {
                Place::Leaf(leaf) => {
                    let can_be_kept = !matches!(leaf.coding, Coding::Method(_));
                    let unit = if can_be_kept { Unit::One(entry) } else { Unit::Sequence(vec![entry]) };
                    units.push(((leaf.base, leaf.at), unit));
                }
                Place::Streamed { stream, .. } => streams.entry(*stream).or_default().push(entry),
            }
        }
        for (stream, sequence) in streams {
            let at = self.contents.streams.get(stream).map_or((0, 0), |stream| (stream.leaf.base, stream.leaf.at));
            units.push((at, Unit::Sequence(sequence)));
        }
        units.sort_by_key(|(at, _)| *at);
        units.into_iter().map(|(_, unit)| unit).collect()
    }

    /// The bytes of an entry of a [`Unit::One`]. Checks size and checksum at the end: the last read fails if they are wrong.
    pub fn read(&self, entry: usize) -> io::Result<Box<dyn Read + Send + '_>> {
        let named = self.entries.get(entry).ok_or_else(|| io::Error::other("there is no such entry"))?;
        if let Some(sentence) = named.fail.as_ref().or(named.skip.as_ref()) {
            return Err(io::Error::other(sentence.clone()));
        }
        match self.contents.places.get(entry) {
            Some(Place::Leaf(leaf)) => Ok(reading::leaf(&self.contents, leaf, &self.budget)?),
            _ => Err(io::Error::other("it can only be walked, as part of its sequence")),
        }
    }

    /// Walks a [`Unit::Sequence`] in its order; what `visit` leaves unread of an entry is passed over.
    pub fn walk(
        &self,
        sequence: &[usize],
        visit: &mut dyn FnMut(usize, &mut dyn Read) -> ControlFlow<()>,
    ) -> io::Result<()> {
        match sequence {
            [entry, rest @ ..] => match self.contents.places.get(*entry) {
                Some(Place::Leaf(leaf)) => {
                    let flow = reading::with_leaf(&self.contents, leaf, &self.budget, |body| visit(*entry, body))?;
                    if flow.is_break() { Ok(()) } else { self.walk(rest, visit) }
                }
                _ => reading::replay(&self.contents, sequence, &self.budget, visit),
            },
            [] => Ok(()),
        }
    }

    /// BLAKE3 of the bytes on disk, and their number; for folders over names and contents in name order.
    pub fn digest(&self) -> io::Result<(blake3::Hash, u64)> {
        digest::digest(self)
    }
}

#[cfg(test)]
mod tests;
