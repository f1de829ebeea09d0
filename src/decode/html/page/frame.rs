//! The parts of a page that are told apart while it is read.

use super::super::record::Unit;
use super::super::table::{Row, Table};

/// A part of the page that is being read.
#[derive(Debug)]
pub struct Frame {
    pub what: What,
    /// It ends when fewer elements are open.
    pub floor: u32,
    pub unit: Unit,
}

#[derive(Debug)]
pub enum What {
    Page,
    /// A record of its own; `started` if a part of it was recognised by its class.
    /// `message`: one of a conversation.
    Block {
        known: bool,
        message: bool,
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
pub enum Capture {
    Title,
    /// A heading of the page: 1–6.
    Section(u8),
    Heading,
    Date,
    Meta,
    Reaction,
    Caption,
    Term,
    Label,
    Value,
    Header,
}
