//! `CARv1`: the repository of one account, as blocks of DAG-CBOR behind each other, each under the hash of its bytes.
//!
//! A record is a block of its own. Which collection it is in, and under which key, tell other blocks (the nodes of a search tree),
//! which may stand before or behind it; a record without such a node is placed by its `$type`. Records are given as elements of their
//! collection, `app.bsky.feed.post[3]`, with their key as `rkey` before what they hold; the signed root of the tree as `commit`.
//! Links between blocks are texts (`bafy…`), byte strings are told by their length.
//!
//! Hashes are not checked: the archive around has its own checksum.

mod block;
mod cbor;
mod reader;
#[cfg(test)]
mod tests;

use super::DecodeError;
use crate::emit::{Emitter, Node};
use crate::record::ValueType;
use block::Block;
use hashbrown::HashMap;
use reader::{Cid, Sections};
use std::io::Read;

/// Bytes of records held back until the node that names them is read. Beyond that they are given without their key.
const MOST_HELD: usize = 128 << 20;

/// Keys kept.
const MOST_KEYS: usize = 4 << 20;

/// Problems said one by one.
const MOST_PROBLEMS: u64 = 200;

/// Whether these first bytes are those of a `CARv1`: a length, then a map with `roots` and `version`.
pub fn looks_like_car(head: &[u8]) -> bool {
    let start = head.get(..head.len().min(16)).unwrap_or_default();
    let first = head.get(..head.len().min(1024)).unwrap_or_default();
    memchr::memmem::find(start, b"eroots").is_some_and(|at| (2..=11).contains(&at))
        && memchr::memmem::find(first, b"gversion\x01").is_some()
}

/// Reads the stream into records.
pub fn decode(input: &mut dyn Read, emitter: &mut Emitter<'_>) -> Result<(), DecodeError> {
    let mut repository = Repository::new(emitter);
    let outcome = repository.read(input);
    repository.give_all();
    repository.finish();
    outcome
}

struct Repository<'a, 'e> {
    emitter: &'a mut Emitter<'e>,
    /// What the nodes read so far call their records: `collection/key`.
    keys: HashMap<Cid, Box<str>, foldhash::fast::RandomState>,
    held: Vec<(Cid, Vec<u8>)>,
    held_bytes: usize,
    /// Elements given of each collection.
    counts: HashMap<Box<str>, u64, foldhash::fast::RandomState>,
    problems: u64,
}

impl<'a, 'e> Repository<'a, 'e> {
    fn new(emitter: &'a mut Emitter<'e>) -> Self {
        let root = emitter.root();
        emitter.open(root);
        Self {
            emitter,
            keys: HashMap::default(),
            held: Vec::new(),
            held_bytes: 0,
            counts: HashMap::default(),
            problems: 0,
        }
    }

    fn read(&mut self, input: &mut dyn Read) -> Result<(), DecodeError> {
        let mut sections = Sections::new(input)?;
        while let Some(section) = sections.next()? {
            match section {
                Ok((cid, bytes)) => self.block(cid, bytes),
                Err(at) => self.problem(&format!("byte {at}"), "a block without a readable name; it is left out"),
            }
        }
        Ok(())
    }

    fn block(&mut self, cid: Cid, bytes: Vec<u8>) {
        match Block::of(&bytes) {
            Block::Node(entries) => {
                for (value, key) in entries {
                    if self.keys.len() < MOST_KEYS {
                        self.keys.insert(value, key.into());
                    }
                }
            }
            Block::Commit => self.commit(&cid, &bytes),
            Block::Other => {
                self.held_bytes += bytes.len();
                self.held.push((cid, bytes));
                if self.held_bytes > MOST_HELD {
                    self.give_all();
                }
            }
        }
    }

    fn commit(&mut self, cid: &Cid, bytes: &[u8]) {
        let root = self.emitter.root();
        let node = self.emitter.key(root, "commit");
        self.emitter.open(node);
        self.value(node, cid, bytes);
        self.emitter.close(node);
    }

    /// Gives the records held back, in the order of the file.
    fn give_all(&mut self) {
        self.held_bytes = 0;
        for (cid, bytes) in std::mem::take(&mut self.held) {
            self.record(&cid, &bytes);
        }
    }

    fn record(&mut self, cid: &Cid, bytes: &[u8]) {
        let path = self.keys.remove(cid);
        let (collection, key) = match path.as_deref().and_then(|path| path.split_once('/')) {
            Some((collection, key)) => (collection.to_owned(), Some(key.to_owned())),
            None => (block::type_of(bytes).unwrap_or("blocks").to_owned(), None),
        };
        let count = self.counts.entry(collection.as_str().into()).or_default();
        let index = *count;
        *count += 1;
        let mut list = self.emitter.root();
        // An object for each part of the name, so that places are written as the collection is.
        for part in collection.split('.').filter(|part| !part.is_empty()).take(16) {
            list = self.emitter.key(list, part);
        }
        let node = self.emitter.item(list, index);
        if !self.emitter.records_known() {
            self.emitter.mark_record(node);
        }
        self.emitter.open(node);
        if let Some(key) = key {
            let place = self.emitter.key(node, "rkey");
            self.emitter.value(place, &key, ValueType::String);
        }
        self.value(node, cid, bytes);
        self.emitter.close(node);
    }

    fn value(&mut self, node: Node, cid: &Cid, bytes: &[u8]) {
        if let Err(what) = cbor::walk(bytes, node, self.emitter) {
            self.problem(&cid.text(), &what);
        }
    }

    fn problem(&mut self, place: &str, what: &str) {
        self.problems += 1;
        if self.problems <= MOST_PROBLEMS {
            self.emitter.problem(place, what);
        }
    }

    fn finish(&mut self) {
        if self.problems > MOST_PROBLEMS {
            let what = format!("{} more blocks could not be read", self.problems - MOST_PROBLEMS);
            self.emitter.problem(".", &what);
        }
        let root = self.emitter.root();
        self.emitter.close(root);
    }
}
