//! From the tokenizer's callbacks to whole tags with the few attributes that matter, and to text in pieces.

use super::page::Page;
use crate::decode::cap;
use html5gum::{Emitter, Error, State, naive_next_state};
use std::convert::Infallible;

/// Text is passed on in pieces of about this many bytes.
const PIECE: usize = 64 << 10;

/// A start tag, as far as anybody asks.
#[derive(Debug, Default)]
pub struct Tag {
    pub name: Vec<u8>,
    pub class: Vec<u8>,
    pub role: Vec<u8>,
    pub href: Vec<u8>,
    pub src: Vec<u8>,
    /// `datetime` of `<time>`, `title` of `<abbr>` and of what may be a date, `add_date` of bookmarks.
    pub when: Vec<u8>,
    pub colspan: Vec<u8>,
    /// Its attributes were larger than the cap and are cut.
    pub cut: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Attribute {
    Class,
    Role,
    Href,
    Src,
    When,
    Colspan,
    /// Nobody asks for it, or it was there before.
    None,
}

/// The tokenizer's emitter: keeps one tag and one piece of text at a time.
pub struct Tags<'p, 'a, 'e> {
    page: &'p mut Page<'a, 'e>,
    tag: Tag,
    is_end: bool,
    attribute: Attribute,
    attribute_name: Vec<u8>,
    spent: usize,
    last_start: Vec<u8>,
    text: Vec<u8>,
}

impl<'p, 'a, 'e> Tags<'p, 'a, 'e> {
    pub fn new(page: &'p mut Page<'a, 'e>) -> Self {
        Self {
            page,
            tag: Tag::default(),
            is_end: false,
            attribute: Attribute::None,
            attribute_name: Vec::new(),
            spent: 0,
            last_start: Vec::new(),
            text: Vec::new(),
        }
    }

    /// Passes the text on. A character cut by the tokenizer's buffer waits for its other half unless the text is `over`.
    fn flush(&mut self, over: bool) {
        if self.text.is_empty() {
            return;
        }
        let whole = match std::str::from_utf8(&self.text) {
            Err(error) if !over && error.error_len().is_none() => error.valid_up_to(),
            _ => self.text.len(),
        };
        let rest = self.text.split_off(whole);
        self.page.text(&String::from_utf8_lossy(&self.text));
        self.text = rest;
    }

    fn begin_tag(&mut self, is_end: bool) {
        self.flush(true);
        self.tag.clear();
        self.is_end = is_end;
        self.attribute = Attribute::None;
        self.attribute_name.clear();
        self.spent = 0;
    }

    /// The attribute's name is complete: is it one to keep?
    fn settle_attribute(&mut self) {
        if self.attribute_name.is_empty() {
            return;
        }
        self.attribute = match (self.attribute_name.as_slice(), self.tag.name.as_slice()) {
            (b"class", _) => Attribute::Class,
            (b"role", _) => Attribute::Role,
            (b"href", _) => Attribute::Href,
            (b"src", _) => Attribute::Src,
            (b"datetime", b"time") | (b"title", b"abbr" | b"div" | b"span") | (b"add_date", b"a") => Attribute::When,
            (b"colspan", _) => Attribute::Colspan,
            _ => Attribute::None,
        };
        self.attribute_name.clear();
        if self.tag.slot(self.attribute).is_some_and(|slot| !slot.is_empty()) {
            self.attribute = Attribute::None;
        }
    }
}

impl Tag {
    fn clear(&mut self) {
        for slot in [
            &mut self.name,
            &mut self.class,
            &mut self.role,
            &mut self.href,
            &mut self.src,
            &mut self.when,
            &mut self.colspan,
        ] {
            slot.clear();
        }
        self.cut = false;
    }

    fn slot(&mut self, attribute: Attribute) -> Option<&mut Vec<u8>> {
        match attribute {
            Attribute::Class => Some(&mut self.class),
            Attribute::Role => Some(&mut self.role),
            Attribute::Href => Some(&mut self.href),
            Attribute::Src => Some(&mut self.src),
            Attribute::When => Some(&mut self.when),
            Attribute::Colspan => Some(&mut self.colspan),
            Attribute::None => None,
        }
    }
}

impl Emitter for Tags<'_, '_, '_> {
    type Token = Infallible;

    fn set_last_start_tag(&mut self, last_start_tag: Option<&[u8]>) {
        self.last_start.clear();
        self.last_start.extend_from_slice(last_start_tag.unwrap_or_default());
    }

    fn emit_eof(&mut self) {
        self.flush(true);
    }

    fn emit_error(&mut self, _: Error) {}

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn emit_string(&mut self, piece: &[u8]) {
        self.text.extend_from_slice(piece);
        if self.text.len() >= PIECE {
            self.flush(false);
        }
    }

    fn init_start_tag(&mut self) {
        self.begin_tag(false);
    }

    fn init_end_tag(&mut self) {
        self.begin_tag(true);
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        // The end tag of `<title>` arrives while its text is still held.
        self.flush(true);
        if self.is_end {
            self.last_start.clear();
            self.page.end(&self.tag.name);
            return None;
        }
        self.last_start.clear();
        self.last_start.extend_from_slice(&self.tag.name);
        self.page.start(&self.tag);
        match self.tag.name.as_slice() {
            // No script runs here, so what stands for it is the page.
            b"noscript" => None,
            b"noframes" => Some(State::RawText),
            name => naive_next_state(name),
        }
    }

    fn push_tag_name(&mut self, name: &[u8]) {
        if self.tag.name.len() < 64 {
            self.tag.name.extend_from_slice(name);
        }
    }

    fn init_attribute(&mut self) {
        self.attribute = Attribute::None;
        self.attribute_name.clear();
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        if self.attribute_name.len() < 64 {
            self.attribute_name.extend_from_slice(name);
        }
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        self.settle_attribute();
        self.spent = self.spent.saturating_add(value.len());
        let full = self.spent > cap::TAG;
        let Some(slot) = self.tag.slot(self.attribute) else { return };
        // Pictures inside the page are no links.
        if slot.starts_with(b"data:") {
            return;
        }
        if full {
            self.tag.cut = true;
        } else {
            slot.extend_from_slice(value);
        }
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.is_end && !self.last_start.is_empty() && self.last_start == self.tag.name
    }

    fn init_comment(&mut self) {
        self.flush(true);
    }

    fn emit_current_comment(&mut self) {}
    fn emit_current_doctype(&mut self) {}
    fn set_self_closing(&mut self) {}
    fn set_force_quirks(&mut self) {}
    fn push_comment(&mut self, _: &[u8]) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn init_doctype(&mut self) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
}
