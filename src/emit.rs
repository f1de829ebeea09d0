//! Between decoder and index: an [`Emitter`] turns the places and values a decoder walks past into records, by what the section
//! says of them. The walk costs one look-up a value; what a place means is settled when it is first seen.

mod about;
mod audience;
pub mod collect;
mod draft;
mod meaning;
mod names;
#[cfg(test)]
mod parts;
mod pieces;
mod places;
mod rows;
mod rules;
#[cfg(test)]
mod secrets;

use crate::classify::secret;
use crate::decode::json;
use crate::decode::markup::Markup;
use crate::decode::time::Clock;
use crate::record::{FieldId, FieldNote, IdKind, Sink, Time, ValueType};
use crate::sheets::{Section, Within};
use draft::{Draft, Found, Seen};
use hashbrown::{HashMap, HashSet};
pub use names::Names;
use pieces::Pieces;
use places::Known;
pub use rules::Rules;
use std::sync::Arc;

/// A place in the structure of an entry, such as `messages[].content`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Node(u32);

/// Distinct keys of one object kind above which its keys are taken as data, whatever the sheet says: a file keyed by ids
/// must not make a field of each.
const MOST_KEYS: usize = 512;

/// Values beyond which the part of an entry outside its records is emitted in pieces.
const MOST_REST: usize = 4096;

/// The index of a list without elements: one before the first.
const NO_ELEMENT: u64 = u64::MAX;

/// Digests kept of one place: a list of hashed contacts is shorter, the ids of records and files are not.
const MOST_DIGESTS: u32 = 20_000;

/// Values of JSON in strings within each other; what is deeper stays text.
const MOST_WITHIN: u8 = 4;

/// Identifiers whose normal form is remembered.
const MOST_KNOWN: usize = 1 << 16;

/// What the emitter knows of a section and the places seen in it. Kept by a worker from entry to entry.
pub struct Paths {
    section: u16,
    rest: u16,
    /// Where records for named people alone go.
    named: u16,
    /// Fields of records that were moved there, by the field they were read as.
    moved: HashMap<FieldId, FieldId, foldhash::fast::RandomState>,
    /// Numbers of the section's parts, in their order.
    parts: Vec<u16>,
    mojibake: bool,
    names: Arc<Names>,
    nodes: Vec<Place>,
    /// A decoder found records by structure. That holds for the entry it was found in and for no other.
    marked: bool,
    known: Known,
    /// Keys the sheet speaks of; gathered when they are asked for.
    told: Option<HashSet<Box<str>, foldhash::fast::RandomState>>,
}

#[derive(Debug)]
#[allow(clippy::struct_excessive_bools)] // Facts of a place that do not exclude each other.
struct Place {
    parent: Option<Node>,
    part: Step,
    children: Vec<(Box<str>, Node)>,
    by_key: HashMap<Box<str>, Node, foldhash::fast::RandomState>,
    item: Option<Node>,
    /// The element of a keyed object.
    named: Option<Node>,
    /// Where to look first: keys come in the same order in each record.
    next: usize,
    /// The record this place is part of begins here.
    record: Option<Node>,
    is_record: bool,
    /// The part of the section that this record, or the record around, belongs to.
    section_part: Option<usize>,
    keyed: bool,
    /// An array whose elements go by the section's names for columns.
    tuple: bool,
    /// A bare text here says that there is nothing.
    nothing: bool,
    inherit: bool,
    /// Its key stands in JSON without escapes.
    literal: bool,
    field: Option<FieldId>,
    meaning: Meaning,
    /// Values here that looked like digests.
    digests: u32,
    /// Index of the element being walked, if this is an array; its key, if this is the element of a keyed object.
    index: u64,
    name: String,
    /// The place of records here, if nothing but the last index varies.
    fixed: Option<Box<str>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Root,
    Key(Box<str>),
    Item,
    /// An element of an object whose keys are data.
    Named,
}

#[derive(Debug, Default)]
struct Meaning {
    /// The rank of the place, and the clocks that may be on it.
    time: Option<(u8, Vec<Clock>)>,
    /// Its rank among the places that tell the sender.
    who: Option<u8>,
    unique: bool,
    /// It names who may see the record.
    audience: bool,
    /// Its rank among the places that title a thread.
    thread: Option<u8>,
    thread_key: bool,
    secret: bool,
    /// Its key says that a secret stands here, and the sheet says nothing else of it.
    secret_by_name: Option<secret::Named>,
    markup: Option<Markup>,
    json: bool,
    /// Characters that part the pieces of a value.
    split: Option<Arc<str>>,
    /// What an empty object says.
    empty: Option<Box<str>>,
    pieces: bool,
    identify: Identify,
    /// What of the value identifies, if not all of it.
    within: Option<Within>,
    note: FieldNote,
    /// Rules that hold only for values of a pattern.
    conditional: Vec<(String, IdKind, bool)>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Identify {
    #[default]
    No,
    As(IdKind, bool),
    /// Nothing is known of the field: values that prove themselves are taken.
    Sniff,
}

/// A value waiting for the records below its object.
#[derive(Debug)]
struct Inherited {
    parent: Node,
    node: Node,
    value: String,
    kind: ValueType,
    used: bool,
}

/// Takes what a decoder finds in one entry and gives finished rows to a [`Sink`].
pub struct Emitter<'a> {
    rules: Rules<'a>,
    paths: &'a mut Paths,
    sink: &'a mut dyn Sink,
    folder: &'a str,
    stem: &'a str,
    /// The thread of all rows of the entry.
    thread: Option<u32>,
    open: Vec<Draft>,
    spare: Vec<Draft>,
    inherited: Vec<Inherited>,
    /// Elements so far of a list that names a thread, and their place.
    people: Option<(Node, String)>,
    /// Rows given so far.
    rows: u64,
    problems: u64,
    /// Values of JSON in strings that are being walked.
    within: u8,
    /// The text in pieces that is being read.
    pieces: Option<Pieces>,
    /// Objects that say something if they are empty, and how many values there were before them.
    bare: Vec<(Node, u64)>,
    /// Values given so far.
    values: u64,
    /// What the page says of itself, until it is known whether it says more.
    about: Vec<(Node, String)>,
}

impl<'a> Emitter<'a> {
    /// For one entry; `entry` is its name, of which only folder and stem may become the name of a thread.
    pub fn new(rules: Rules<'a>, paths: &'a mut Paths, sink: &'a mut dyn Sink, entry: &'a str) -> Self {
        let (folder, file) = entry.rsplit_once('/').unwrap_or(("", entry));
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        paths.forget_marks();
        paths.nodes[0].index = NO_ELEMENT;
        let mut emitter = Self {
            rules,
            paths,
            sink,
            folder,
            stem,
            thread: None,
            open: vec![Draft { place: ".".to_owned(), ..Draft::default() }],
            spare: Vec::new(),
            inherited: Vec::new(),
            people: None,
            rows: 0,
            problems: 0,
            within: 0,
            pieces: None,
            bare: Vec::new(),
            values: 0,
            about: Vec::new(),
        };
        emitter.settle(Node(0));
        emitter.begin_thread();
        emitter
    }

    /// What the section says, for decoders that take hints from it (columns of a CSV without header).
    pub fn section(&self) -> &'a Section {
        self.rules.section
    }

    /// Whether text is UTF-8 read as Latin-1 and must be put right.
    pub fn mojibake(&self) -> bool {
        self.paths.mojibake
    }

    /// The entry's file name without folder and extension.
    pub fn stem(&self) -> &'a str {
        self.stem
    }

    /// The folder the entry is in, `/` between the names; empty at the top.
    pub fn folder(&self) -> &'a str {
        self.folder
    }

    /// Rows given to the sink so far.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Elements of the list at the root of the entry; 0 if there is no list.
    pub fn elements(&self) -> u64 {
        self.paths.nodes[0].index.wrapping_add(1)
    }

    /// Problems said so far.
    pub fn problems(&self) -> u64 {
        self.problems
    }

    /// The root of the entry.
    pub fn root(&self) -> Node {
        Node(0)
    }

    /// An object or array begins at `node`.
    pub fn open(&mut self, node: Node) {
        let place = &mut self.paths.nodes[node.0 as usize];
        place.next = 0;
        if place.is_record {
            self.begin_record(node);
        }
        if self.paths.nodes[node.0 as usize].meaning.empty.is_some() {
            self.bare.push((node, self.values));
        }
        if self.paths.nodes[node.0 as usize].meaning.pieces && self.pieces.is_none() {
            self.pieces = Some(Pieces::of(node));
        }
        if self.paths.nodes[node.0 as usize].part == Step::Named {
            self.key_of_object(node);
        }
    }

    /// The object or array at `node` ends.
    pub fn close(&mut self, node: Node) {
        if self.pieces.is_some() {
            self.close_piece(node);
        }
        if let Some((_, before)) = self.bare.pop_if(|(bare, _)| *bare == node)
            && before == self.values
            && let Some(says) = self.paths.nodes[node.0 as usize].meaning.empty.clone()
        {
            self.push(node, &says, ValueType::String);
        }
        while self.inherited.last().is_some_and(|last| last.parent == node) {
            if let Some(last) = self.inherited.pop()
                && !last.used
            {
                // An empty conversation is not the one that what follows belongs to.
                let thread = self.thread;
                self.push(last.node, &last.value, last.kind);
                self.thread = thread;
            }
        }
        if !self.is_person(node) {
            self.close_people();
        }
        if self.paths.nodes[node.0 as usize].is_record && self.open.last().is_some_and(|draft| draft.node == Some(node))
        {
            self.end();
        }
    }

    /// A record begins that the decoder places itself: `line *`, `row *`, `block *` with `at` for the star.
    pub fn begin(&mut self, place: &str, at: u64) {
        let mut draft = self.spare.pop().unwrap_or_default();
        draft.clear();
        draft.place.push_str(place);
        draft.at = at;
        self.open.push(draft);
        self.repeat_inherited();
    }

    fn begin_record(&mut self, node: Node) {
        let mut draft = self.spare.pop().unwrap_or_default();
        draft.clear();
        draft.node = Some(node);
        match self.open.last() {
            // In a row or block that the decoder placed, there is no finer place.
            Some(around) if around.node.is_none() && self.open.len() > 1 => {
                draft.place.push_str(&around.place);
                draft.at = around.at;
            }
            _ => draft.at = self.write_place(node, &mut draft.place),
        }
        draft.thread = self.thread_of_item(node);
        self.open.push(draft);
        self.repeat_inherited();
    }

    fn repeat_inherited(&mut self) {
        for i in 0..self.inherited.len() {
            self.inherited[i].used = true;
            let (node, kind) = (self.inherited[i].node, self.inherited[i].kind);
            let value = std::mem::take(&mut self.inherited[i].value);
            self.push(node, &value, kind);
            self.inherited[i].value = value;
        }
    }

    /// The record begun last is one with others that say the same, if the section wants records of equal ids to be one and this one
    /// has none: for forms that repeat a whole record where it belongs to several folders.
    pub fn stands_for_itself(&mut self) {
        if let Some(draft) = self.open.last_mut() {
            draft.whole = true;
        }
    }

    /// The record begun last ends.
    pub fn end(&mut self) {
        if self.open.len() > 1
            && let Some(mut draft) = self.open.pop()
        {
            let section = self.paths.section_at(draft.node);
            self.give(&mut draft, section);
            self.spare.push(draft);
        }
    }

    /// The entry ends: what stands outside its records becomes a record of its own.
    pub fn finish(&mut self) {
        while self.open.len() > 1 {
            self.end();
        }
        self.tell_about();
        if let Some(mut draft) = self.open.pop() {
            self.give(&mut draft, self.paths.rest);
        }
        self.open.push(Draft { place: ".".to_owned(), ..Draft::default() });
    }

    /// A value at `node`. Nulls and empty texts hold nothing and are not records of anything.
    pub fn value(&mut self, node: Node, value: &str, kind: ValueType) {
        if value.is_empty() {
            return;
        }
        if self.pieces.is_some() && self.take_piece(node, value, kind) {
            return;
        }
        let place = &self.paths.nodes[node.0 as usize];
        if kind == ValueType::Number && place.meaning.time.is_some() && self.rules.is_no_time(value) {
            return;
        }
        if place.meaning.json && kind == ValueType::String && self.walk_within(node, value) {
            return;
        }
        if let Some(marks) = self.paths.nodes[node.0 as usize].meaning.split.clone() {
            let pieces = value.split(|c| marks.contains(c)).map(str::trim).filter(|piece| !piece.is_empty());
            pieces.for_each(|piece| self.single(node, piece, kind));
        } else {
            self.single(node, value, kind);
        }
    }

    fn single(&mut self, node: Node, value: &str, kind: ValueType) {
        let place = &self.paths.nodes[node.0 as usize];
        if place.nothing && kind == ValueType::String {
            return;
        }
        if place.inherit
            && let Some(parent) = place.parent
        {
            self.inherited.push(Inherited { parent, node, value: value.to_owned(), kind, used: false });
            return;
        }
        // What stands alone where tuples are wanted, such as a sentence that there are none, is no record.
        if place.tuple
            && let Some(parent) = place.parent
        {
            self.push(parent, value, kind);
            return;
        }
        let (is_record, is_named) = (place.is_record && !self.is_open(node), place.part == Step::Named);
        if is_record {
            self.begin_record(node);
        }
        if is_named {
            self.key_as_value(node);
        }
        self.push(node, value, kind);
        if is_record {
            self.end();
        }
    }

    /// Walks JSON in a string; false if it is none.
    fn walk_within(&mut self, node: Node, value: &str) -> bool {
        self.within += 1;
        let walked = self.within <= MOST_WITHIN && json::decode_within(value, node, self);
        self.within -= 1;
        walked
    }

    /// Whether the record begun last is the one at `node`: a value right at it belongs to it.
    fn is_open(&self, node: Node) -> bool {
        self.open.last().is_some_and(|draft| draft.node == Some(node))
    }

    /// The time of the record, for decoders that read it themselves.
    pub fn time(&mut self, time: Time) {
        if let Some(draft) = self.open.last_mut() {
            draft.time = Some((0, time));
        }
    }

    /// A time the record has if no field of it tells one.
    pub fn time_if_none(&mut self, time: Time) {
        if let Some(draft) = self.open.last_mut().filter(|draft| draft.time.is_none()) {
            draft.time = Some((u8::MAX, time));
        }
    }

    /// All rows of the entry belong to this thread.
    pub fn thread(&mut self, key: &str, title: &str) {
        let thread = self.sink.thread(key);
        self.sink.name_thread(thread, title);
        self.thread = Some(thread);
    }

    /// A label in the person's language for the field at `node`.
    pub fn label(&mut self, node: Node, label: &str) {
        let field = self.field(node);
        self.sink.label(field, label);
    }

    /// Something that could not be understood, at a place inside the entry.
    pub fn problem(&mut self, locator: &str, what: &str) {
        self.problems += 1;
        self.sink.problem(locator, what);
    }

    /// The key of a keyed object or array: a value, or one for the records below to repeat.
    fn key_of_object(&mut self, node: Node) {
        let key = self.add_key_field(node);
        if self.paths.nodes[key.0 as usize].inherit {
            let value = self.paths.nodes[node.0 as usize].name.clone();
            self.inherited.push(Inherited { parent: node, node: key, value, kind: ValueType::String, used: false });
        } else {
            self.key_as_value(node);
        }
    }
}
