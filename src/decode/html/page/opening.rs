//! What begins at a start tag: the part that the element's classes tell, else the one its name tells.

use super::super::elements::Name;
use super::super::record::Unit;
use super::super::roles::{Role, has_class};
use super::super::table::{Row, Table};
use super::super::tags::Tag;
use super::frame::{Capture, Frame, What};
use super::{MOST_FRAMES, Page};

impl Page<'_, '_> {
    pub(super) fn open(&mut self, name: Name, tag: &Tag) {
        let role = Role::of(&tag.class, &tag.role);
        if name == Name::Hidden || role == Role::Navigation {
            self.hidden = self.elements.depth();
            return;
        }
        self.attributes(name, role, tag);
        self.end_heading(name);
        if self.frames.len() >= MOST_FRAMES || matches!(self.top().what, What::Capture(_)) {
            return;
        }
        if !self.open_role(name, role, tag) {
            self.open_name(name, role, tag);
        }
    }

    /// A heading that is never closed must not swallow what comes after it.
    pub(super) fn end_heading(&mut self, name: Name) {
        let content = matches!(name, Name::Table | Name::List | Name::Terms | Name::Heading);
        let what = &self.top().what;
        if content && matches!(what, What::Capture(Capture::Section(_) | Capture::Heading | Capture::Term)) {
            self.close_top();
        }
    }

    /// Links, pictures and times that an element states in its attributes.
    pub(super) fn attributes(&mut self, name: Name, role: Role, tag: &Tag) {
        if matches!(self.top().what, What::Capture(Capture::Header)) {
            return;
        }
        if name == Name::Link {
            self.link(&tag.href);
        } else if !tag.src.is_empty() {
            self.media(&tag.src);
        }
        let may_be_a_title = matches!(tag.name.as_slice(), b"div" | b"span") && role != Role::Date;
        if !tag.when.is_empty() && !may_be_a_title {
            let when = String::from_utf8_lossy(&tag.when).into_owned();
            self.holder().unit.date_from(&when);
        }
    }

    /// Opens what the element's classes say it is.
    pub(super) fn open_role(&mut self, name: Name, role: Role, tag: &Tag) -> bool {
        let in_block = self.in_block();
        match role {
            Role::Block => self.push(What::Block { known: false, message: false }),
            Role::Thread if name == Name::Block => self.push(What::Thread { messages: 0 }),
            Role::Message if name == Name::Block => self.open_message(tag),
            Role::Heading | Role::Sender if in_block => self.capture(Capture::Heading),
            Role::Date if in_block => self.capture(Capture::Date),
            Role::Meta | Role::Info if in_block => self.capture(Capture::Meta),
            Role::Caption if in_block => self.capture(Capture::Caption),
            Role::Reactions if in_block => self.push(What::Reactions),
            Role::Reaction if matches!(self.top().what, What::Reactions) => self.capture(Capture::Reaction),
            Role::Term if in_block && !self.in_cell() => self.capture(Capture::Label),
            Role::Value if in_block && !self.in_cell() => self.capture(Capture::Value),
            Role::Header if !in_block => self.push(What::Capture(Capture::Header)),
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
    pub(super) fn open_name(&mut self, name: Name, role: Role, tag: &Tag) {
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

    pub(super) fn push(&mut self, what: What) {
        self.push_at(what, self.elements.depth());
    }

    pub(super) fn push_at(&mut self, what: What, floor: u32) {
        if matches!(self.top().what, What::Page) && !matches!(what, What::Capture(Capture::Title)) {
            self.paragraph();
        }
        self.frames.push(Frame { what, floor, unit: Unit::default() });
    }

    pub(super) fn capture(&mut self, what: Capture) {
        if let Some(frame) = self.block()
            && let What::Block { known, .. } = &mut frame.what
        {
            *known = true;
        }
        self.push(What::Capture(what));
    }

    /// A record that begins at this element and ends with its parent or the next of its kind.
    pub(super) fn open_message(&mut self, tag: &Tag) {
        let floor = self.elements.depth().saturating_sub(1);
        self.close_sibling(floor);
        for frame in self.frames.iter_mut().rev() {
            if let What::Thread { messages } = &mut frame.what {
                *messages += 1;
                break;
            }
        }
        self.push_at(What::Block { known: true, message: true }, floor);
        // The message after one of the same sender does not name them again.
        if has_class(&tag.class, b"joined") {
            self.top().unit.heading = self.sender.clone();
        }
    }

    /// A part of a block without the block around it: the class of blocks has changed, their parts have not.
    pub(super) fn open_loose(&mut self, part: Capture) {
        let floor = self.elements.depth().saturating_sub(1);
        if part != Capture::Date {
            self.close_sibling(floor);
        }
        self.push_at(What::Block { known: true, message: false }, floor);
        self.capture(part);
    }

    pub(super) fn close_sibling(&mut self, floor: u32) {
        let found = self.frames.iter().rposition(|f| f.floor == floor && matches!(f.what, What::Block { .. }));
        if let Some(at) = found {
            while self.frames.len() > at.max(1) {
                self.close_top();
            }
        }
    }

    pub(super) fn open_cell(&mut self, name: Name, role: Role, tag: &Tag) {
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
    pub(super) fn item_so_far(&mut self) {
        if matches!(self.top().what, What::Item) {
            let mut unit = std::mem::take(&mut self.top().unit);
            self.records.give(&mut unit);
        }
    }
}
