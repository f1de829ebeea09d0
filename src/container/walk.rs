//! What a walk through an archive meets, entry by entry.

use super::name::Label;
use std::io::{self, Read};
use std::ops::ControlFlow;

/// How the bytes of an entry are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    Stored,
    Deflate,
    Gzip,
    /// A method of the zip format that the `zip` crate unpacks: 9 (deflate64) or 12 (bzip2).
    Method(u16),
}

/// An entry as its header tells it.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) label: Label,
    pub(super) size: Option<u64>,
    pub(super) crc: Option<u32>,
    pub(super) coding: Coding,
    /// Where its packed bytes begin, from the start of the archive.
    pub(super) data_at: u64,
    /// Its end is told only by what follows it, so that a stream cannot give its bytes.
    pub(super) is_endless: bool,
    /// A sentence, if it cannot be read.
    pub(super) fail: Option<String>,
}

impl Item {
    pub(super) fn new(label: Label) -> Self {
        Self { label, size: None, crc: None, coding: Coding::Stored, data_at: 0, is_endless: false, fail: None }
    }

    pub(super) fn is_data(&self) -> bool {
        self.label.skip.is_none() && self.fail.is_none()
    }
}

/// What is known of an entry once its end is reached.
#[derive(Debug, Clone, Default)]
pub(super) struct End {
    pub(super) packed: u64,
    pub(super) size: Option<u64>,
    pub(super) crc: Option<u32>,
    /// A sentence, if the end is not there or could not be found.
    pub(super) cut: Option<String>,
}

/// Sees every entry of a walk in its order: first its header and bytes, then its end.
pub(super) trait Visitor {
    /// `body` gives the unpacked bytes, unchecked; what is left unread is passed over.
    fn enter(&mut self, item: &Item, body: &mut dyn Read) -> ControlFlow<()>;

    /// The end of the entry that was entered last and not left yet.
    fn leave(&mut self, end: End);

    /// A sentence about the archive as a whole.
    fn note(&mut self, sentence: String);
}

/// How a walk ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tail {
    /// Where the archive is cut off.
    pub(super) cut_at: Option<u64>,
    /// What the stream said there, if it failed rather than ended.
    pub(super) error: Option<String>,
    /// The visitor had enough.
    pub(super) stopped: bool,
    /// Bytes that belong to no entry, and where the first of them is.
    pub(super) lost: Option<(u64, u64)>,
}

impl Tail {
    pub(super) fn cut(&mut self, at: u64, error: Option<&io::Error>) {
        self.cut_at = Some(at);
        self.error = error.filter(|error| error.kind() != io::ErrorKind::UnexpectedEof).map(ToString::to_string);
    }

    pub(super) fn lose(&mut self, at: u64, bytes: u64) {
        if bytes > 0 {
            let (first, lost) = self.lost.unwrap_or((at, 0));
            self.lost = Some((first, lost + bytes));
        }
    }
}
