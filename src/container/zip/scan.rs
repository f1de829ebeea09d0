//! A zip without its directory, read forward by the headers in front of the data: cut-off downloads, and zips inside compressed streams.

use super::super::guard::{Meter, Watched};
use super::super::inflate::Inflate;
use super::super::name::Label;
use super::super::source::{Forward, Limited, fill};
use super::super::walk::{Coding, End, Item, Tail, Visitor};
use super::super::wording::{bytes, grouped};
use super::header::{CENTRAL, DESCRIPTOR, END, END64, LOCAL, Local, SPLIT, u32_at, u64_at};
use super::methods;
use std::io::{self, Read};
use std::ops::ControlFlow;

/// Walks the entries up to the directory or the end of the bytes. Entries of unknown length are read to find their end; damage costs what
/// lies between it and the next header.
pub(in super::super) fn walk(from: &mut dyn Forward, meter: &Meter, visitor: &mut dyn Visitor) -> Tail {
    let mut scan = Scan { from, meter, visitor, tail: Tail::default(), known: None };
    if let Err(error) = scan.run() {
        let at = scan.from.position();
        scan.tail.cut(at, Some(&error));
    }
    scan.tail
}

struct Scan<'a> {
    from: &'a mut dyn Forward,
    meter: &'a Meter,
    visitor: &'a mut dyn Visitor,
    tail: Tail,
    /// A signature that was read already.
    known: Option<u32>,
}

impl Scan<'_> {
    fn run(&mut self) -> io::Result<()> {
        loop {
            let at = self.from.position() - if self.known.is_some() { 4 } else { 0 };
            let flow = match self.signature()? {
                Some(LOCAL) => self.entry(at)?,
                Some(CENTRAL | END | END64) => return Ok(()),
                Some(SPLIT | DESCRIPTOR) if at == 0 => ControlFlow::Continue(()),
                Some(signature) => self.search(at, signature)?,
                None => {
                    self.tail.cut(at, None);
                    return Ok(());
                }
            };
            if flow.is_break() {
                return Ok(());
            }
        }
    }

    /// The next four bytes; `None` at the end.
    fn signature(&mut self) -> io::Result<Option<u32>> {
        if let Some(known) = self.known.take() {
            return Ok(Some(known));
        }
        let mut four = [0; 4];
        Ok((fill(self.from, &mut four)? == 4).then(|| u32_at(&four, 0)))
    }

    /// Looks for the next header behind bytes that are none. If there is none either, the archive was cut off here.
    fn search(&mut self, at: u64, signature: u32) -> io::Result<ControlFlow<()>> {
        let lost_to = self.pass_to_header(u128::from(signature) << 96)?;
        self.tail.lose(at, lost_to.saturating_sub(at));
        if self.known.is_some() {
            return Ok(ControlFlow::Continue(()));
        }
        self.tail.cut(at, None);
        Ok(ControlFlow::Break(()))
    }

    /// Passes over everything up to a header, and gives where that is; `window` holds what was read before.
    fn pass_to_header(&mut self, window: u128) -> io::Result<u64> {
        let found = slide(self.from, window, |window| matches!(last_four(*window), LOCAL | CENTRAL))?;
        self.known = found.map(last_four);
        let read = self.from.position();
        Ok(if found.is_some() { read - 4 } else { read })
    }

    /// One entry from behind its signature.
    fn entry(&mut self, at: u64) -> io::Result<ControlFlow<()>> {
        let Some(header) = Local::read(self.from)? else {
            self.tail.cut(at, None);
            return Ok(ControlFlow::Break(()));
        };
        let item = item(&header, self.from.position());
        let facts = header.facts;
        if !facts.has_descriptor() || facts.packed > 0 {
            return Ok(self.measured(&item, facts.packed));
        }
        match facts.coding() {
            Some(Coding::Deflate) if item.fail.is_none() => self.deflated(&item, header.is_wide),
            Some(Coding::Stored) if item.is_data() => self.stored(&item),
            _ => self.unmeasured(&item),
        }
    }

    /// An entry whose packed size is known beforehand.
    fn measured(&mut self, item: &Item, packed: u64) -> ControlFlow<()> {
        let mut body = Limited { inner: self.from, left: packed };
        let flow = match item.coding {
            _ if item.fail.is_some() => self.visitor.enter(item, &mut io::empty()),
            Coding::Method(method) => methods::unpack(method, packed, &mut body, |body| self.visitor.enter(item, body))
                .unwrap_or_else(|error| self.visitor.enter(item, &mut Broken(error))),
            Coding::Deflate => self.visitor.enter(item, &mut Inflate::new(&mut body)),
            Coding::Stored | Coding::Gzip => self.visitor.enter(item, &mut body),
        };
        let rest = body.left;
        let passed = self.from.skip(rest);
        let cut = match &passed {
            Ok(passed) if *passed == rest => None,
            Ok(passed) => {
                Some(format!("cut off: {} of {} packed are there", grouped(packed - rest + passed), bytes(packed)))
            }
            Err(error) => Some(error.to_string()),
        };
        let is_cut = cut.is_some();
        self.visitor.leave(End { packed, size: item.size, crc: item.crc, cut });
        if is_cut {
            self.tail.cut(self.from.position(), passed.err().as_ref());
            return ControlFlow::Break(());
        }
        self.go_on(flow)
    }

    /// A deflated entry whose sizes follow it: its end is where the deflate stream ends.
    fn deflated(&mut self, item: &Item, is_wide: bool) -> io::Result<ControlFlow<()>> {
        let mut body = Watched { inner: Inflate::new(&mut *self.from), guard: self.meter.guard() };
        let flow = self.visitor.enter(item, &mut body);
        let rest = io::copy(&mut body, &mut io::sink());
        let (packed, size) = (body.inner.packed(), body.inner.unpacked());
        if let Err(error) = rest {
            self.visitor.leave(End { packed, size: None, crc: None, cut: Some(error.to_string()) });
            // Behind damage the next header is searched; a cut is the end.
            if error.kind() == io::ErrorKind::InvalidData {
                return Ok(self.go_on(flow));
            }
            self.tail.cut(self.from.position(), Some(&error));
            return Ok(ControlFlow::Break(()));
        }
        let crc = self.descriptor(packed, size, is_wide)?;
        self.visitor.leave(End { packed, size: Some(size), crc, cut: None });
        Ok(self.go_on(flow))
    }

    /// Reads what follows data of unknown length; the checksum it holds, if it is whole.
    fn descriptor(&mut self, packed: u64, size: u64, is_wide: bool) -> io::Result<Option<u32>> {
        let Some(mut first) = self.signature()? else { return Ok(None) };
        if first == DESCRIPTOR {
            let Some(crc) = self.signature()? else { return Ok(None) };
            first = crc;
        }
        let mut sizes = [0; 8];
        if fill(self.from, &mut sizes)? < 8 {
            return Ok(None);
        }
        let is_narrow = (u32_at(&sizes, 0), u32_at(&sizes, 4)) == (packed as u32, size as u32);
        // Of an empty entry both forms begin alike.
        if !is_narrow || (is_wide && size == 0) {
            let is_there =
                u64_at(&sizes, 0) == packed && fill(self.from, &mut sizes)? == 8 && u64_at(&sizes, 0) == size;
            return Ok(is_there.then_some(first));
        }
        Ok(Some(first))
    }

    /// A stored entry whose sizes follow it: its end is where a descriptor tells the very distance.
    fn stored(&mut self, item: &Item) -> io::Result<ControlFlow<()>> {
        let flow = self.visitor.enter(item, &mut io::empty());
        let start = self.from.position();
        let mut seen = 0_u64;
        let found = slide(self.from, 0, |window| {
            seen += 1;
            *window as u32 == DESCRIPTOR && seen.checked_sub(16) == Some(u64::from((*window >> 64) as u32))
        })?;
        let Some(found) = found else {
            let cut = "stored without its length, and its end was not found".to_owned();
            self.visitor.leave(End { cut: Some(cut), ..End::default() });
            self.tail.cut(self.from.position(), None);
            return Ok(ControlFlow::Break(()));
        };
        let packed = self.from.position() - start - 16;
        self.visitor.leave(End { packed, size: Some(packed), crc: Some((found >> 32) as u32), cut: None });
        Ok(self.go_on(flow))
    }

    /// An entry that cannot be read and does not say how long it is, or is no file at all: the next header is searched.
    fn unmeasured(&mut self, item: &Item) -> io::Result<ControlFlow<()>> {
        let flow = self.visitor.enter(item, &mut io::empty());
        let start = self.from.position();
        let end = self.pass_to_header(0)?;
        let cut = item.is_data().then(|| "its length is not stored and its end cannot be told".to_owned());
        self.visitor.leave(End { packed: end - start, size: None, crc: None, cut });
        Ok(self.go_on(flow))
    }

    fn go_on(&mut self, flow: ControlFlow<()>) -> ControlFlow<()> {
        self.tail.stopped = flow.is_break();
        flow
    }
}

fn item(header: &Local, data_at: u64) -> Item {
    let facts = header.facts;
    let is_known = !facts.has_descriptor() || facts.packed > 0;
    let mut item = Item::new(Label::new(&header.name));
    item.size = is_known.then_some(facts.size);
    item.crc = is_known.then_some(facts.crc);
    item.coding = facts.coding().unwrap_or(Coding::Stored);
    item.data_at = data_at;
    item.is_endless = !is_known && facts.coding() == Some(Coding::Stored);
    item.fail = facts.fail();
    item
}

/// The last four bytes of a window, as a signature.
fn last_four(window: u128) -> u32 {
    (window >> 96) as u32
}

/// Takes bytes until the last sixteen, first byte lowest, are what is looked for; `None` at the end.
fn slide(from: &mut dyn Forward, start: u128, mut is_it: impl FnMut(&u128) -> bool) -> io::Result<Option<u128>> {
    let mut window = start;
    loop {
        let here = from.fill_buf()?;
        if here.is_empty() {
            return Ok(None);
        }
        let found = here.iter().position(|byte| {
            window = window >> 8 | u128::from(*byte) << 120;
            is_it(&window)
        });
        let step = found.map_or(here.len(), |place| place + 1);
        from.consume(step);
        if found.is_some() {
            return Ok(Some(window));
        }
    }
}

/// Gives nothing but its error.
struct Broken(io::Error);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::new(self.0.kind(), self.0.to_string()))
    }
}
