//! The walk over a page: which part of it a text belongs to, and when a part is complete.

mod block;
mod closing;
mod frame;
mod opening;

use super::elements::{Elements, Name};
use super::record::{Records, Unit, labelled};
use super::tags::Tag;
use crate::decode::cap;
use crate::emit::Emitter;
use frame::{Capture, Frame, What};

/// Parts inside parts that are told apart; deeper ones belong to the innermost.
const MOST_FRAMES: usize = 64;

/// A paragraph is given in pieces of this size.
const LARGEST_PARAGRAPH: usize = 1 << 20;

/// Reads tags and text in order; gives records as they end.
pub struct Page<'a, 'e> {
    records: Records<'a, 'e>,
    elements: Elements,
    frames: Vec<Frame>,
    /// Depth of the hidden element that is open; 0 for none.
    hidden: u32,
    /// Who the message before this one is from.
    sender: String,
}

impl<'a, 'e> Page<'a, 'e> {
    pub fn new(emitter: &'a mut Emitter<'e>) -> Self {
        let page = Frame { what: What::Page, floor: 0, unit: Unit::default() };
        Self {
            records: Records::new(emitter),
            elements: Elements::new(),
            frames: vec![page],
            hidden: 0,
            sender: String::new(),
        }
    }

    pub fn text(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        let pre = self.elements.last(Name::Pre) > 0;
        let Some(top) = self.frames.last_mut() else { return };
        for (at, line) in text.split(|c| pre && c == '\n').enumerate() {
            if at > 0 {
                top.unit.text.line_end();
            }
            top.unit.text.push(line);
        }
        if matches!(top.what, What::Page) && top.unit.text.len() > LARGEST_PARAGRAPH {
            self.paragraph();
        }
    }

    pub fn start(&mut self, tag: &Tag) {
        let name = Name::of(&tag.name);
        if tag.cut {
            self.records.problem("a tag is larger than 8 MiB; its attributes are cut");
        }
        if self.hidden > 0 {
            self.push_hidden(name);
            return;
        }
        self.elements.close_implied(name);
        self.close_frames();
        if name.breaks_text() {
            self.break_text();
        }
        if name.is_void() {
            self.void(name, tag);
        } else if self.elements.push(name) {
            self.open(name, tag);
        }
    }

    pub fn end(&mut self, tag: &[u8]) {
        let name = Name::of(tag);
        if name.is_void() || !self.elements.close(name) {
            return;
        }
        if self.hidden > self.elements.depth() {
            self.hidden = 0;
        }
        self.close_frames();
        if name.breaks_text() && self.hidden == 0 {
            self.break_text();
        }
    }

    /// The page ends, however much is still open.
    pub fn finish(&mut self) {
        while self.frames.len() > 1 {
            self.close_top();
        }
        self.paragraph();
        self.give_pairs();
        self.records.section(0, "");
        if self.hidden > 0 {
            self.records
                .problem("the page ends inside a script, a style or a navigation; nothing after its beginning is read");
        }
    }

    fn push_hidden(&mut self, name: Name) {
        if !name.is_void() {
            self.elements.push(name);
        }
    }

    fn void(&mut self, name: Name, tag: &Tag) {
        match name {
            Name::Break => self.top().unit.text.line_end(),
            Name::Media => self.media(&tag.src),
            _ => {}
        }
    }

    fn top(&mut self) -> &mut Frame {
        let last = self.frames.len().saturating_sub(1);
        // The frame of the page is never closed.
        &mut self.frames[last]
    }

    /// The frame that links, pictures and times belong to.
    fn holder(&mut self) -> &mut Frame {
        let holds = |frame: &Frame| {
            matches!(
                frame.what,
                What::Page
                    | What::Block { .. }
                    | What::Item
                    | What::Cell { .. }
                    | What::List
                    | What::Capture(Capture::Term)
            )
        };
        let at = self.frames.iter().rposition(holds).unwrap_or(0);
        &mut self.frames[at]
    }

    fn block(&mut self) -> Option<&mut Frame> {
        self.frames.iter_mut().rev().find(|frame| matches!(frame.what, What::Block { .. }))
    }

    fn in_block(&self) -> bool {
        self.frames.iter().any(|frame| matches!(frame.what, What::Block { .. }))
    }

    fn in_cell(&self) -> bool {
        self.frames.iter().any(|frame| matches!(frame.what, What::Cell { .. }))
    }

    fn block_without_heading(&mut self) -> bool {
        self.block().is_some_and(|frame| frame.unit.heading.is_empty() && frame.unit.text.is_empty())
    }

    fn link(&mut self, href: &[u8]) {
        let target = String::from_utf8_lossy(href);
        let target = target.trim();
        if target.is_empty() || target.len() > cap::KEY || is_inside(target) {
            return;
        }
        if !target.contains(':') && is_file(target) {
            self.holder().unit.add_media(target);
        } else {
            self.holder().unit.add_link(target);
        }
    }

    fn media(&mut self, src: &[u8]) {
        let target = String::from_utf8_lossy(src);
        let target = target.trim();
        if !target.is_empty() && target.len() <= cap::KEY && !target.starts_with("data:") {
            self.holder().unit.add_media(target);
        }
    }

    fn break_text(&mut self) {
        if matches!(self.top().what, What::Page) {
            self.paragraph();
        } else {
            self.top().unit.text.block_end();
        }
    }

    /// The paragraph outside of everything ends: lines with labels wait for more of them, other text is a record.
    fn paragraph(&mut self) {
        let Some(page) = self.frames.first_mut() else { return };
        if page.unit.text.is_empty() {
            if !page.unit.media.is_empty() || !page.unit.links.is_empty() {
                self.give_pairs();
            }
            return;
        }
        let text = page.unit.text.take();
        let (pairs, rest) = labelled(&text);
        if rest.is_empty() && !pairs.is_empty() {
            page.unit.pairs.extend(pairs);
            if page.unit.is_large() {
                self.give_pairs();
            }
            return;
        }
        let mut unit = Unit::of_text(&text);
        unit.links = std::mem::take(&mut page.unit.links);
        unit.media = std::mem::take(&mut page.unit.media);
        unit.date = std::mem::take(&mut page.unit.date);
        self.give_pairs();
        self.records.give(&mut unit);
    }

    /// The labelled lines of the page so far are one record.
    fn give_pairs(&mut self) {
        if let Some(page) = self.frames.first_mut() {
            self.records.give(&mut page.unit);
        }
    }
}

/// A link that leads nowhere outside the page.
fn is_inside(target: &str) -> bool {
    target.starts_with('#') || target.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("javascript:"))
}

/// A link to a file of the archive that is not another page of it.
fn is_file(target: &str) -> bool {
    let file = target.rsplit('/').next().unwrap_or(target);
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
    let is_page = extension.eq_ignore_ascii_case("html") || extension.eq_ignore_ascii_case("htm");
    !extension.is_empty() && extension.len() <= 5 && !is_page
}
