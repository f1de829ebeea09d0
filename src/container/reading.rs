//! From the place of an entry to its bytes.

use super::contents::{Contents, Leaf, Place};
use super::guard::{Budget, Checked, Meter, Promise, Watched};
use super::inflate::{Inflate, Members};
use super::nested::Descent;
use super::source::{Flow, Span};
use super::walk::{Coding, End, Item, Visitor};
use super::zip;
use std::io::{self, Read};
use std::ops::ControlFlow;

type Reader = Box<dyn Read + Send>;

fn span(contents: &Contents, leaf: &Leaf) -> io::Result<Span> {
    let base = contents.bases.get(leaf.base).ok_or_else(|| io::Error::other("no such file"))?;
    Ok(base.open()?.span(leaf.at, leaf.packed))
}

/// The unpacked bytes of a leaf, unchecked, and what to hold them to.
pub(super) fn packed(contents: &Contents, leaf: &Leaf, budget: &Budget) -> io::Result<(Reader, Meter)> {
    let span = span(contents, leaf)?;
    let meter = Meter::new(budget, span.taken());
    let reader: Reader = match leaf.coding {
        Coding::Stored => Box::new(span),
        Coding::Deflate => Box::new(Inflate::new(span)),
        Coding::Gzip => Box::new(Members::new(span)),
        Coding::Method(_) => return Err(io::Error::other("its method can only be walked")),
    };
    Ok((reader, meter))
}

/// The unpacked bytes of a leaf, held to its promise.
pub(super) fn leaf(contents: &Contents, leaf: &Leaf, budget: &Budget) -> io::Result<Reader> {
    let (reader, meter) = packed(contents, leaf, budget)?;
    Ok(Box::new(Checked::new(reader, leaf.promise, meter.guard())))
}

/// Calls `visit` with the bytes of any leaf.
pub(super) fn with_leaf<T>(
    contents: &Contents,
    place: &Leaf,
    budget: &Budget,
    visit: impl FnOnce(&mut dyn Read) -> T,
) -> io::Result<T> {
    let Coding::Method(method) = place.coding else {
        return Ok(visit(&mut leaf(contents, place, budget)?));
    };
    let mut span = span(contents, place)?;
    let guard = Meter::new(budget, span.taken()).guard();
    zip::unpack(method, place.packed, &mut span, |body| visit(&mut Checked::new(body, place.promise, guard)))
}

/// At most `most` first bytes; an error only if there are none.
pub(super) fn head(contents: &Contents, leaf: &Leaf, budget: &Budget, most: usize) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let read = with_leaf(contents, leaf, budget, |body| body.take(most as u64).read_to_end(&mut head))?;
    match read {
        Err(error) if head.is_empty() => Err(error),
        Ok(_) | Err(_) => Ok(head),
    }
}

/// Walks one stream again, and hands the entries of `sequence` to `visit`.
pub(super) fn replay(
    contents: &Contents,
    sequence: &[usize],
    budget: &Budget,
    visit: &mut dyn FnMut(usize, &mut dyn Read) -> ControlFlow<()>,
) -> io::Result<()> {
    let Some(Place::Streamed { stream, .. }) = sequence.first().and_then(|entry| contents.places.get(*entry)) else {
        return Ok(());
    };
    let Some(from) = contents.streams.get(*stream) else { return Ok(()) };
    let (reader, meter) = packed(contents, &from.leaf, budget)?;
    let mut replay =
        Replay { contents, stream: *stream, wanted: sequence, met: 0, meter: &meter, visit, stopped: false };
    let mut descent = Descent {
        visitor: &mut replay,
        meter: &meter,
        prefix: from.prefix.clone(),
        depth: from.depth,
        deepest: budget.limits.depth,
    };
    let watched = Watched { inner: reader, guard: meter.guard() };
    let tail = descent.walk(from.looks, &mut Flow::new(watched));
    if replay.stopped || replay.wanted.is_empty() {
        return Ok(());
    }
    let why = tail.error.unwrap_or_else(|| "it changed while it was read".to_owned());
    Err(io::Error::other(format!("the stream ended before {} of its entries: {why}", replay.wanted.len())))
}

struct Replay<'a> {
    contents: &'a Contents,
    stream: usize,
    /// Entries that are still to come.
    wanted: &'a [usize],
    met: u64,
    meter: &'a Meter,
    visit: &'a mut dyn FnMut(usize, &mut dyn Read) -> ControlFlow<()>,
    stopped: bool,
}

impl Replay<'_> {
    fn next(&self) -> Option<(usize, u64, Promise)> {
        let entry = *self.wanted.first()?;
        match self.contents.places.get(entry)? {
            Place::Streamed { stream, number, promise } if *stream == self.stream => Some((entry, *number, *promise)),
            _ => None,
        }
    }
}

impl Visitor for Replay<'_> {
    fn enter(&mut self, _: &Item, body: &mut dyn Read) -> ControlFlow<()> {
        let met = self.met;
        self.met += 1;
        let Some((entry, number, promise)) = self.next() else { return ControlFlow::Break(()) };
        if met != number {
            return ControlFlow::Continue(());
        }
        self.wanted = self.wanted.get(1..).unwrap_or_default();
        let flow = (self.visit)(entry, &mut Checked::new(body, promise, self.meter.guard()));
        self.stopped = flow.is_break();
        if self.wanted.is_empty() { ControlFlow::Break(()) } else { flow }
    }

    fn leave(&mut self, _: End) {}

    fn note(&mut self, _: String) {}
}
