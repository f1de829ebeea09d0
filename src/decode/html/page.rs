//! The walk over a page: which part of it a text belongs to, and when a part is complete.

use super::elements::{Elements, Name};
use super::record::{MOST_VALUES, Records, Unit, labelled};
use super::roles::Role;
use super::table::{Cell, Row, Table};
use super::tags::Tag;
use crate::decode::cap;
use crate::decode::time::Clock;
use crate::emit::Emitter;

/// Parts inside parts that are told apart; deeper ones belong to the innermost.
const MOST_FRAMES: usize = 64;

/// A paragraph is given in pieces of this size.
const LARGEST_PARAGRAPH: usize = 1 << 20;

/// A part of the page that is being read.
#[derive(Debug)]
struct Frame {
    what: What,
    /// It ends when fewer elements are open.
    floor: u32,
    unit: Unit,
}

#[derive(Debug)]
enum What {
    Page,
    /// A record of its own; `started` if a part of it was recognised by its class.
    Block {
        known: bool,
    },
    /// A conversation: its own text are the people in it.
    Thread {
        messages: u64,
    },
    Table(Table),
    Row(Row),
    Cell {
        is_head: bool,
        is_label: bool,
    },
    List,
    Item,
    Reactions,
    /// A `dl`; the term that waits for its definition, and once it has one, carries its label as the heading.
    Terms {
        term: Box<Unit>,
        used: bool,
    },
    Capture(Capture),
}

/// Short texts that are not content by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Capture {
    Title,
    /// A heading of the page: 1–6.
    Section(u8),
    Heading,
    Date,
    Meta,
    Reaction,
    Caption,
    Term,
}

/// Reads tags and text in order; gives records as they end.
pub struct Page<'a, 'e> {
    records: Records<'a, 'e>,
    elements: Elements,
    frames: Vec<Frame>,
    /// Depth of the hidden element that is open; 0 for none.
    hidden: u32,
}

impl<'a, 'e> Page<'a, 'e> {
    pub fn new(emitter: &'a mut Emitter<'e>) -> Self {
        let page = Frame { what: What::Page, floor: 0, unit: Unit::default() };
        Self { records: Records::new(emitter), elements: Elements::new(), frames: vec![page], hidden: 0 }
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

    fn open(&mut self, name: Name, tag: &Tag) {
        let role = Role::of(&tag.class, &tag.role);
        if name == Name::Hidden || role == Role::Navigation {
            self.hidden = self.elements.depth();
            return;
        }
        self.attributes(name, tag);
        self.end_heading(name);
        if self.frames.len() >= MOST_FRAMES || matches!(self.top().what, What::Capture(_)) {
            return;
        }
        if !self.open_role(name, role) {
            self.open_name(name, role, tag);
        }
    }

    /// A heading that is never closed must not swallow what comes after it.
    fn end_heading(&mut self, name: Name) {
        let content = matches!(name, Name::Table | Name::List | Name::Terms | Name::Heading);
        let what = &self.top().what;
        if content && matches!(what, What::Capture(Capture::Section(_) | Capture::Heading | Capture::Term)) {
            self.close_top();
        }
    }

    /// Links, pictures and times that an element states in its attributes.
    fn attributes(&mut self, name: Name, tag: &Tag) {
        if name == Name::Link {
            self.link(&tag.href);
        } else if !tag.src.is_empty() {
            self.media(&tag.src);
        }
        if !tag.when.is_empty() {
            let when = String::from_utf8_lossy(&tag.when).into_owned();
            self.holder().unit.date_from(&when);
        }
    }

    /// Opens what the element's classes say it is.
    fn open_role(&mut self, name: Name, role: Role) -> bool {
        let in_block = self.in_block();
        match role {
            Role::Block => self.push(What::Block { known: false }),
            Role::Thread if name == Name::Block => self.push(What::Thread { messages: 0 }),
            Role::Message if name == Name::Block => self.open_message(),
            Role::Heading | Role::Sender if in_block => self.capture(Capture::Heading),
            Role::Date if in_block => self.capture(Capture::Date),
            Role::Meta if in_block => self.capture(Capture::Meta),
            Role::Caption if in_block => self.capture(Capture::Caption),
            Role::Reactions if in_block => self.push(What::Reactions),
            Role::Heading => self.open_loose(Capture::Heading),
            Role::Date => self.open_loose(Capture::Date),
            Role::Meta if name == Name::Block && matches!(self.top().what, What::Page) => {
                self.open_loose(Capture::Meta);
            }
            _ => return false,
        }
        true
    }

    /// Opens what the element is by its name.
    fn open_name(&mut self, name: Name, role: Role, tag: &Tag) {
        let in_block = self.in_block();
        match name {
            Name::Title => self.capture(Capture::Title),
            Name::Heading if in_block && self.block_without_heading() => self.capture(Capture::Heading),
            Name::Heading if !in_block && !self.in_cell() => {
                let level = tag.name.get(1).map_or(6, |digit| digit.wrapping_sub(b'0'));
                self.push(What::Capture(Capture::Section(level)));
            }
            Name::Table => {
                self.item_so_far();
                self.push(What::Table(Table::default()));
            }
            Name::Row if matches!(self.top().what, What::Table(_)) => self.push(What::Row(Row::default())),
            Name::Cell | Name::HeadCell => self.open_cell(name, role, tag),
            Name::Item if matches!(self.top().what, What::Reactions) => self.capture(Capture::Reaction),
            _ if in_block || self.in_cell() => {}
            Name::List => {
                self.item_so_far();
                self.push(What::List);
            }
            Name::Terms => {
                self.item_so_far();
                self.push(What::Terms { term: Box::default(), used: true });
            }
            Name::Term if matches!(self.top().what, What::Terms { .. }) => self.capture(Capture::Term),
            Name::Item | Name::Definition | Name::Term => self.push(What::Item),
            _ => {}
        }
    }

    fn push(&mut self, what: What) {
        self.push_at(what, self.elements.depth());
    }

    fn push_at(&mut self, what: What, floor: u32) {
        if matches!(self.top().what, What::Page) && !matches!(what, What::Capture(Capture::Title)) {
            self.paragraph();
        }
        self.frames.push(Frame { what, floor, unit: Unit::default() });
    }

    fn capture(&mut self, what: Capture) {
        if let Some(frame) = self.block()
            && let What::Block { known } = &mut frame.what
        {
            *known = true;
        }
        self.push(What::Capture(what));
    }

    /// A record that begins at this element and ends with its parent or the next of its kind.
    fn open_message(&mut self) {
        let floor = self.elements.depth().saturating_sub(1);
        self.close_sibling(floor);
        for frame in self.frames.iter_mut().rev() {
            if let What::Thread { messages } = &mut frame.what {
                *messages += 1;
                break;
            }
        }
        self.push_at(What::Block { known: true }, floor);
    }

    /// A part of a block without the block around it: the class of blocks has changed, their parts have not.
    fn open_loose(&mut self, part: Capture) {
        let floor = self.elements.depth().saturating_sub(1);
        if part != Capture::Date {
            self.close_sibling(floor);
        }
        self.push_at(What::Block { known: true }, floor);
        self.capture(part);
    }

    fn close_sibling(&mut self, floor: u32) {
        let found = self.frames.iter().rposition(|f| f.floor == floor && matches!(f.what, What::Block { .. }));
        if let Some(at) = found {
            while self.frames.len() > at.max(1) {
                self.close_top();
            }
        }
    }

    fn open_cell(&mut self, name: Name, role: Role, tag: &Tag) {
        if matches!(self.top().what, What::Table(_)) {
            let floor = self.elements.depth().saturating_sub(1);
            self.push_at(What::Row(Row::default()), floor);
        }
        if matches!(self.top().what, What::Row(_)) {
            let in_head = self.elements.last(Name::Head) > self.elements.last(Name::Table);
            let is_label = role == Role::Label || tag.colspan.as_slice() == b"2";
            self.push(What::Cell { is_head: name == Name::HeadCell || in_head, is_label });
        }
    }

    /// What a list item says before the list inside it is a record of its own.
    fn item_so_far(&mut self) {
        if matches!(self.top().what, What::Item) {
            let mut unit = std::mem::take(&mut self.top().unit);
            self.records.give(&mut unit);
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
            if page.unit.pairs.len() >= MOST_VALUES {
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

    fn close_frames(&mut self) {
        while self.frames.len() > 1 && self.top().floor > self.elements.depth() {
            self.close_top();
        }
    }

    fn close_top(&mut self) {
        if self.frames.len() < 2 {
            return;
        }
        let Some(frame) = self.frames.pop() else { return };
        match frame.what {
            What::Page => {}
            What::Capture(capture) => self.close_capture(capture, frame.unit),
            What::Block { known } => self.close_block(frame.unit, known),
            What::Thread { messages } => self.close_thread(frame.unit, messages),
            What::Cell { is_head, is_label } => self.close_cell(frame.unit, is_head, is_label),
            What::Row(row) => {
                self.close_row(row);
                self.give_all(std::iter::once(frame.unit));
            }
            What::Table(mut table) => {
                let mut unit = frame.unit;
                let last = table.finish(&mut unit);
                self.give_all(last.into_iter().chain(std::iter::once(unit)));
            }
            What::Item => self.close_item(frame.unit),
            What::Terms { term, used } => {
                if !used {
                    self.give_all(std::iter::once(*term));
                }
                self.give_all(std::iter::once(frame.unit));
            }
            What::List | What::Reactions => self.give_all(std::iter::once(frame.unit)),
        }
    }

    fn close_capture(&mut self, capture: Capture, mut unit: Unit) {
        if capture == Capture::Term {
            return self.close_term(unit);
        }
        let text = unit.text.take();
        if text.is_empty() {
            return;
        }
        match capture {
            Capture::Title => {
                self.records.title(&text);
            }
            Capture::Section(level) => self.close_heading(level, &text),
            _ => {
                if let Some(block) = self.block() {
                    block.unit.part(capture, text);
                }
            }
        }
    }

    fn close_heading(&mut self, level: u8, text: &str) {
        self.give_pairs();
        if level == 1 && self.records.title(text) {
            return;
        }
        if level <= 3 {
            self.records.section(level, text);
        } else {
            self.give_all(std::iter::once(Unit::of_text(text)));
        }
    }

    /// A term waits for its definition; the one before it, if it got none, is a record.
    fn close_term(&mut self, unit: Unit) {
        let Some(Frame { what: What::Terms { term, used }, .. }) = self.frames.last_mut() else { return };
        if unit.is_empty() {
            return;
        }
        let lone = std::mem::replace(&mut **term, unit);
        if !std::mem::replace(used, false) {
            self.give_all(std::iter::once(lone));
        }
    }

    fn close_block(&mut self, mut unit: Unit, known: bool) {
        if unit.text.cut {
            self.records.problem("the text is longer than 16 MiB; the rest of it is left out");
        }
        unit.date_from_last_line();
        if !known && !unit.date.is_empty() && unit.pairs.is_empty() {
            unit.heading_from_first_line();
        }
        unit.thread = self.thread();
        self.give_pairs();
        self.records.give(&mut unit);
    }

    /// The people of the conversation that is open, without a label before them.
    fn thread(&mut self) -> String {
        let Some(frame) = self.frames.iter_mut().rev().find(|frame| matches!(frame.what, What::Thread { .. })) else {
            return String::new();
        };
        if frame.unit.thread.is_empty() {
            frame.unit.thread = people(&frame.unit.text.take());
        }
        frame.unit.thread.clone()
    }

    fn close_thread(&mut self, mut unit: Unit, messages: u64) {
        if messages == 0 {
            // A conversation without messages is still one that is held.
            unit.thread = people(&unit.text.take());
            unit.text.push(&unit.thread);
            self.records.give(&mut unit);
        }
        if !unit.text.is_empty() {
            self.records.give(&mut unit);
        }
    }

    fn close_cell(&mut self, mut unit: Unit, is_head: bool, is_label: bool) {
        if let What::Row(row) = &mut self.top().what {
            row.links.append(&mut unit.links);
            row.media.append(&mut unit.media);
            row.add(Cell { blocks: unit.text.take_blocks(), is_head, is_label });
        }
    }

    fn close_row(&mut self, row: Row) {
        let Some(mut frame) = self.frames.pop() else { return };
        if let What::Table(table) = &mut frame.what {
            if let Some(block) = self.block() {
                table.row_of_block(row, &mut block.unit);
            } else {
                let records = table.row(row, &mut frame.unit);
                self.give_all(records.into_iter());
                if frame.unit.pairs.len() >= MOST_VALUES {
                    self.records.give(&mut frame.unit);
                }
            }
        }
        self.frames.push(frame);
    }

    fn close_item(&mut self, mut unit: Unit) {
        if let Some(Frame { what: What::Terms { term, used }, unit: terms, .. }) = self.frames.last_mut()
            && !term.is_empty()
        {
            if !std::mem::replace(used, true) {
                term.text.take().trim_end_matches(':').clone_into(&mut term.heading);
                terms.links.append(&mut term.links);
            }
            terms.pairs.push((term.heading.clone(), unit.text.take()));
            terms.links.append(&mut unit.links);
            terms.media.append(&mut unit.media);
            return;
        }
        unit.label_lines();
        let alone = unit.pairs.len() == 1 && unit.text.is_empty() && unit.links.is_empty() && unit.media.is_empty();
        match self.frames.last_mut() {
            Some(Frame { what: What::List, unit: list, .. }) if alone && list.pairs.len() < MOST_VALUES => {
                list.pairs.append(&mut unit.pairs);
            }
            _ => self.give_all(std::iter::once(unit)),
        }
    }

    /// Gives records, or what they hold to the block around them.
    fn give_all(&mut self, units: impl Iterator<Item = Unit>) {
        for mut unit in units {
            if unit.is_empty() {
                continue;
            }
            if let Some(block) = self.block() {
                block.unit.absorb(unit);
            } else {
                self.give_pairs();
                self.records.give(&mut unit);
            }
        }
    }
}

impl Unit {
    /// A part of a block that was recognised.
    fn part(&mut self, capture: Capture, text: String) {
        match capture {
            Capture::Heading if self.heading.is_empty() => self.heading = text,
            Capture::Date if self.date.is_empty() => self.date = text,
            Capture::Meta if self.date.is_empty() && Clock::Auto.read(&text).is_some() => self.date = text,
            Capture::Reaction => self.reactions.push(text),
            Capture::Caption => {
                let (pairs, rest) = labelled(&text);
                self.pairs.extend(pairs);
                self.more(&rest);
            }
            _ => self.more(&text),
        }
    }

    fn more(&mut self, text: &str) {
        self.text.block_end();
        for line in text.lines() {
            self.text.push(line);
            self.text.line_end();
        }
        self.text.block_end();
    }

    fn absorb(&mut self, mut other: Self) {
        let text = other.text.take();
        self.more(&text);
        self.pairs.append(&mut other.pairs);
        self.pairs.append(&mut other.columns);
        self.links.append(&mut other.links);
        self.media.append(&mut other.media);
    }

    fn heading_from_first_line(&mut self) {
        let text = self.text.take();
        match text.split_once('\n') {
            Some((first, rest)) if self.heading.is_empty() => {
                first.clone_into(&mut self.heading);
                self.text = Self::of_text(rest).text;
            }
            _ => self.text = Self::of_text(&text).text,
        }
    }
}

/// "Participants: Rosa Quill, Ben Zoë" and "Rosa Quill, Ben Zoë" name the same people.
fn people(text: &str) -> String {
    let last = text.lines().last().unwrap_or_default();
    last.split_once(": ").map_or(last, |(_, people)| people).to_owned()
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
