//! Archives inside archives, met while walking a stream: they are walked in place, to the depth that the budget allows.

use super::guard::{Meter, Watched};
use super::inflate::Members;
use super::name::Label;
use super::sniff::{self, Looks};
use super::source::{Flow, Forward};
use super::walk::{End, Item, Tail, Visitor};
use super::wording::{bytes, counted, grouped};
use super::{tar, zip};
use std::io::{self, Read};
use std::ops::ControlFlow;

pub(super) const LISTED_APART: &str = "an archive: its entries are listed by themselves";

pub(super) fn too_deep(depth: u32) -> String {
    format!("an archive inside {}: not opened", counted(u64::from(depth) + 1, "archive", "archives"))
}

/// Walks an archive that comes as a stream, and those inside it, telling all to one visitor in the order of the stream.
pub(super) struct Descent<'a> {
    pub(super) visitor: &'a mut dyn Visitor,
    pub(super) meter: &'a Meter,
    /// The archives around, `/` between them; empty for none.
    pub(super) prefix: String,
    /// The number of archives around the one that is walked.
    pub(super) depth: u32,
    pub(super) deepest: u32,
}

impl Descent<'_> {
    /// Walks what `looks` like an archive to its end.
    pub(super) fn walk(&mut self, looks: Looks, from: &mut dyn Forward) -> Tail {
        match looks {
            Looks::Zip => zip::walk(from, self.meter, self),
            Looks::Tar => tar::walk(from, self),
            _ => self.walk_gzip(from),
        }
    }

    fn walk_gzip(&mut self, from: &mut dyn Forward) -> Tail {
        let mut unzipped = Flow::new(Watched { inner: Members::new(from), guard: self.meter.guard() });
        let mut tail = match unzipped.peek(sniff::ENOUGH).map(sniff::looks) {
            Ok(Looks::Tar) => tar::walk(&mut unzipped, self),
            Ok(Looks::Zip) => zip::walk(&mut unzipped, self.meter, self),
            _ => self.single(&mut unzipped),
        };
        // The checksum of the whole is behind the last entry.
        if tail.cut_at.is_none()
            && !tail.stopped
            && let Err(error) = io::copy(&mut unzipped, &mut io::sink())
        {
            tail.cut(unzipped.position(), Some(&error));
        }
        tail
    }

    /// The one file in a gzip file.
    fn single(&mut self, from: &mut dyn Forward) -> Tail {
        let mut tail = Tail::default();
        let item = Item::new(Label::new(sniff::unzipped(&self.prefix).as_bytes()));
        tail.stopped = self.enter(&item, &mut *from).is_break();
        let cut = from.skip(u64::MAX).err();
        let size = from.position();
        if let Some(error) = &cut {
            tail.cut(size, Some(error));
        }
        self.leave(End { packed: 0, size: Some(size), crc: None, cut: cut.map(|error| error.to_string()) });
        tail
    }

    /// The inner archive as one entry that is no data, then its entries.
    fn descend(&mut self, mut item: Item, looks: Looks, flow: &mut dyn Forward) -> ControlFlow<()> {
        item.label.skip = Some(LISTED_APART.to_owned());
        self.visitor.enter(&item, &mut io::empty())?;
        let mut inner = Descent {
            visitor: &mut *self.visitor,
            meter: self.meter,
            prefix: item.label.name.clone(),
            depth: self.depth + 1,
            deepest: self.deepest,
        };
        let tail = inner.walk(looks, flow);
        for sentence in about(&tail, None) {
            self.visitor.note(format!("{}: {sentence}", item.label.name));
        }
        if tail.stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

impl Visitor for Descent<'_> {
    fn enter(&mut self, item: &Item, body: &mut dyn Read) -> ControlFlow<()> {
        let mut item = item.clone();
        if !self.prefix.is_empty() {
            item.label.name = format!("{}/{}", self.prefix, item.label.name);
        }
        if item.is_endless {
            let fail = "stored without its length inside a packed archive: its end cannot be told";
            item.fail.get_or_insert_with(|| fail.to_owned());
        }
        if !item.is_data() || !sniff::names_an_inner_archive(&item.label.name) {
            return self.visitor.enter(&item, body);
        }
        let mut flow = Flow::new(Watched { inner: body, guard: self.meter.guard() });
        match flow.peek(sniff::ENOUGH).map(sniff::looks) {
            Ok(Looks::Zip | Looks::Tar | Looks::Gzip) if self.depth >= self.deepest => {
                item.fail = Some(too_deep(self.depth));
                self.visitor.enter(&item, &mut io::empty())
            }
            Ok(looks @ (Looks::Zip | Looks::Tar | Looks::Gzip)) => self.descend(item, looks, &mut flow),
            // An error comes again when the bytes are read.
            Ok(_) | Err(_) => self.visitor.enter(&item, &mut flow),
        }
    }

    fn leave(&mut self, end: End) {
        self.visitor.leave(end);
    }

    fn note(&mut self, sentence: String) {
        self.visitor.note(sentence);
    }
}

/// Sentences about how a walk ended; `whole` is the number of entries that were.
pub(super) fn about(tail: &Tail, whole: Option<usize>) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some(at) = tail.cut_at {
        let error = tail.error.as_ref().map_or(String::new(), |error| format!(" ({error})"));
        let whole = whole.map_or(String::new(), |whole| {
            format!(": {} recovered", counted(whole as u64, "whole entry", "whole entries"))
        });
        sentences.push(format!("cut off at byte {}{error}{whole}", grouped(at)));
    }
    if let Some((at, lost)) = tail.lost {
        sentences.push(format!("{} from byte {} on belong to no entry: not read", bytes(lost), grouped(at)));
    }
    sentences
}
