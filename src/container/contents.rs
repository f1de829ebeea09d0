//! Everything that opening an archive finds out: its entries and where their bytes are.

use super::guard::Promise;
use super::sniff::Looks;
use super::source::Source;
use super::walk::{Coding, End, Item, Visitor};
use super::{Entry, wording};
use hashbrown::HashMap;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::PathBuf;

/// Of one entry.
pub(super) const HEAD: usize = 4096;
/// Of all entries that lie in streams.
const HEADS: usize = 64 << 20;

/// A file on disk that holds entries.
#[derive(Debug)]
pub(super) enum Base {
    Open(Source),
    /// Opened whenever it is read: a folder may have more files than a process may have open.
    At(PathBuf),
}

impl Base {
    pub(super) fn open(&self) -> io::Result<Source> {
        match self {
            Self::Open(source) => Ok(source.clone()),
            Self::At(path) if path.is_symlink() => Err(io::Error::other("it has become a link: not followed")),
            Self::At(path) => Source::open(path),
        }
    }
}

/// Packed bytes that can be found by themselves.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaf {
    pub(super) base: usize,
    pub(super) at: u64,
    pub(super) packed: u64,
    pub(super) coding: Coding,
    pub(super) promise: Promise,
}

/// An archive that can only be walked from its start.
#[derive(Debug, Clone)]
pub(super) struct Stream {
    pub(super) leaf: Leaf,
    pub(super) looks: Looks,
    pub(super) prefix: String,
    pub(super) depth: u32,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    Leaf(Leaf),
    /// The n-th that is met on a walk through a stream.
    Streamed {
        stream: usize,
        number: u64,
        promise: Promise,
    },
}

#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) entries: Vec<Entry>,
    /// As many as entries.
    pub(super) places: Vec<Place>,
    pub(super) bases: Vec<Base>,
    pub(super) streams: Vec<Stream>,
    pub(super) warnings: Vec<String>,
    /// First bytes of entries that lie in streams.
    pub(super) heads: HashMap<usize, Box<[u8]>>,
    head_bytes: usize,
}

impl Contents {
    pub(super) fn push(&mut self, entry: Entry, place: Place) {
        self.entries.push(entry);
        self.places.push(place);
    }

    pub(super) fn add_base(&mut self, base: Base) -> usize {
        self.bases.push(base);
        self.bases.len() - 1
    }

    /// Keeps as much as there is. An error comes again when the entry is read, and is told then.
    fn keep_head(&mut self, entry: usize, body: &mut dyn Read) {
        let room = HEAD.min(HEADS - self.head_bytes);
        let mut head = Vec::new();
        let _told_when_read = body.take(room as u64).read_to_end(&mut head);
        self.head_bytes += head.len();
        self.heads.insert(entry, head.into());
    }

    /// Entries whose places are there already.
    pub(super) fn append(&mut self, mut entries: Vec<Entry>) {
        if self.entries.is_empty() {
            self.entries = entries;
        } else {
            self.entries.append(&mut entries);
        }
    }

    /// Warns of entries that share a name; each keeps its own number.
    pub(super) fn warn_of_duplicates(&mut self) {
        let repeated = repeated(&self.entries);
        for (number, times) in &repeated {
            if let Some(entry) = self.entries.get_mut(*number) {
                entry.warnings.push(format!("shares its name with another entry: this is number {times}"));
            }
        }
        if !repeated.is_empty() {
            let entries = wording::counted(repeated.len() as u64, "entry has", "entries have");
            self.warnings.push(format!("{entries} the name of another one: each is kept"));
        }
    }
}

/// The numbers of entries whose name was there before, and the how many-th they are.
fn repeated(entries: &[Entry]) -> Vec<(usize, usize)> {
    let name = |number: &usize| entries.get(*number).map(|entry| entry.name.as_str());
    let is_data = |number: &usize| entries.get(*number).is_some_and(|entry| entry.skip.is_none());
    let mut order: Vec<usize> = (0..entries.len()).filter(is_data).collect();
    order.sort_by_key(name);
    let shared = order.chunk_by(|one, other| name(one) == name(other)).filter(|group| group.len() > 1);
    shared.flat_map(|group| group.iter().enumerate().skip(1).map(|(at, number)| (*number, at + 1))).collect()
}

/// Where the entries of a walk lie.
pub(super) enum Ground {
    /// In a file, the archive beginning at a byte of it.
    Base {
        base: usize,
        start: u64,
    },
    Stream(usize),
}

/// Lists what a walk meets.
pub(super) struct Lister<'a> {
    pub(super) contents: &'a mut Contents,
    pub(super) ground: Ground,
    /// In front of every name, `/` included.
    pub(super) prefix: &'a str,
    /// Entries after which to stop.
    pub(super) most: usize,
    entered: Vec<usize>,
    met: u64,
    pub(super) whole: usize,
}

impl<'a> Lister<'a> {
    pub(super) fn new(contents: &'a mut Contents, ground: Ground, prefix: &'a str, most: usize) -> Self {
        Self { contents, ground, prefix, most, entered: Vec::new(), met: 0, whole: 0 }
    }

    fn place(&self, item: &Item) -> Place {
        let promise = Promise { size: item.size, crc: item.crc };
        match self.ground {
            Ground::Stream(stream) => Place::Streamed { stream, number: self.met, promise },
            Ground::Base { base, start } => {
                Place::Leaf(Leaf { base, at: start + item.data_at, packed: 0, coding: item.coding, promise })
            }
        }
    }
}

impl Visitor for Lister<'_> {
    fn enter(&mut self, item: &Item, body: &mut dyn Read) -> ControlFlow<()> {
        let number = self.contents.entries.len();
        let entry = Entry {
            name: format!("{}{}", self.prefix, item.label.name),
            size: item.size,
            packed: 0,
            skip: item.label.skip.clone(),
            fail: item.fail.clone(),
            warnings: item.label.warnings.clone(),
        };
        let place = self.place(item);
        self.contents.push(entry, place);
        self.entered.push(number);
        self.met += 1;
        if matches!(self.ground, Ground::Stream(_)) && item.is_data() {
            self.contents.keep_head(number, body);
        }
        if number >= self.most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn leave(&mut self, end: End) {
        let Some(number) = self.entered.pop() else { return };
        let contents = &mut *self.contents;
        let (Some(entry), Some(place)) = (contents.entries.get_mut(number), contents.places.get_mut(number)) else {
            return;
        };
        entry.size = end.size.or(entry.size);
        entry.packed = end.packed;
        self.whole += usize::from(end.cut.is_none() && entry.skip.is_none() && entry.fail.is_none());
        if entry.skip.is_none()
            && let Some(cut) = end.cut
        {
            entry.fail.get_or_insert(cut);
        }
        match place {
            Place::Leaf(leaf) => {
                leaf.packed = end.packed;
                leaf.promise = Promise { size: end.size.or(leaf.promise.size), crc: end.crc.or(leaf.promise.crc) };
            }
            Place::Streamed { promise, .. } => {
                *promise = Promise { size: end.size.or(promise.size), crc: end.crc.or(promise.crc) };
            }
        }
    }

    fn note(&mut self, sentence: String) {
        self.contents.warnings.push(sentence);
    }
}
