//! Between decoder and index: an [`Emitter`] turns the places and values a decoder walks past into records, by what the section
//! says of them. The walk costs one look-up a value; what a place means is settled when it is first seen.

use crate::classify::{self, secret};
use crate::decode::json;
use crate::decode::markup::Markup;
use crate::decode::time::Clock;
use crate::record::{FieldId, FieldNote, IdKind, Sink, Time, ValueType};
use crate::sheets::{FieldPattern, FieldRule, Part, Section, Sheet, ThreadName, Within, path};
use hashbrown::{HashMap, HashSet};
pub use names::Names;
use pieces::Pieces;
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

/// Values whose normal form is known already: exports repeat the same few addresses and numbers.
#[derive(Debug, Default)]
struct Known {
    by_kind: HashMap<IdKind, HashMap<Box<str>, u32, foldhash::fast::RandomState>, foldhash::fast::RandomState>,
    values: Vec<(Box<str>, Option<classify::Normal>)>,
}

impl Known {
    /// The number of a value, normalised now if it is new.
    fn number(&mut self, kind: IdKind, value: &str) -> u32 {
        let numbers = self.by_kind.entry(kind).or_default();
        if let Some(&number) = numbers.get(value) {
            return number;
        }
        let number = self.values.len() as u32;
        numbers.insert(value.into(), number);
        self.values.push((value.into(), classify::normalise(kind, value)));
        number
    }

    fn clear(&mut self) {
        self.by_kind.clear();
        self.values.clear();
    }
}

/// What the rules say of places: sections by number, and the sheet's rules for all of them.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    pub section: &'a Section,
    /// Rules for every section of the company.
    pub shared: &'a [(FieldPattern, FieldRule)],
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

impl Paths {
    /// `section` and `rest` are the numbers the [`Sink`] knows them by.
    pub fn new(section: u16, rest: u16, mojibake: bool) -> Self {
        let nodes = vec![Place::new(None, Step::Root)];
        Self {
            section,
            rest,
            named: section,
            moved: HashMap::default(),
            parts: Vec::new(),
            mojibake,
            names: Arc::default(),
            nodes,
            marked: false,
            known: Known::default(),
            told: None,
        }
    }

    fn forget_marks(&mut self) {
        if self.marked {
            self.nodes.clear();
            self.nodes.push(Place::new(None, Step::Root));
            self.marked = false;
        }
    }

    /// The numbers of the section's [`Section::parts`], in their order; without them their records are the section's own.
    pub fn with_parts(self, parts: Vec<u16>) -> Self {
        Self { parts, ..self }
    }

    /// The number of the section of records for named people alone.
    pub fn with_named(self, named: u16) -> Self {
        Self { named, ..self }
    }

    /// What ids stand for.
    pub fn with_names(self, names: Arc<Names>) -> Self {
        Self { names, ..self }
    }

    /// The section whose record `node` is or lies in.
    fn section_at(&self, node: Option<Node>) -> u16 {
        let part = node.and_then(|node| self.nodes[node.0 as usize].section_part);
        part.and_then(|part| self.parts.get(part).copied()).unwrap_or(self.section)
    }
}

impl Place {
    fn new(parent: Option<Node>, part: Step) -> Self {
        let is_plain = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
        Self {
            parent,
            literal: matches!(&part, Step::Key(key) if key.bytes().all(is_plain)),
            part,
            children: Vec::new(),
            by_key: HashMap::default(),
            item: None,
            named: None,
            next: 0,
            record: None,
            is_record: false,
            section_part: None,
            keyed: false,
            tuple: false,
            inherit: false,
            field: None,
            meaning: Meaning::default(),
            digests: 0,
            index: 0,
            name: String::new(),
            fixed: None,
        }
    }
}

/// Who may see a record, as far as it told yet.
#[derive(Debug, Default, PartialEq, Eq)]
enum Seen {
    #[default]
    Untold,
    /// By these people alone.
    Named(Vec<String>),
    ByEverybody,
}

/// A row under construction.
#[derive(Debug, Default)]
struct Draft {
    node: Option<Node>,
    place: String,
    at: u64,
    time: Option<(u8, Time)>,
    /// Rank of its place, and where it stands in the values.
    who: Option<(u8, u32, u32)>,
    unique: Option<(u32, u32)>,
    audience: Seen,
    /// Without an id of its own it is one with records that say the same.
    whole: bool,
    thread: Option<u32>,
    /// The title of its thread, with the rank of the place it is from. Until the key of the thread is read it waits here.
    title: Option<(u8, String)>,
    fields: Vec<FieldId>,
    types: Vec<ValueType>,
    ends: Vec<u32>,
    values: String,
    identifiers: Vec<Found>,
    full: bool,
}

/// An identifier in a draft: its number among the known values.
#[derive(Debug, Clone, Copy)]
struct Found {
    field: FieldId,
    kind: IdKind,
    known: u32,
    mine: bool,
}

impl Draft {
    fn clear(&mut self) {
        self.node = None;
        self.place.clear();
        self.at = 0;
        self.time = None;
        self.who = None;
        self.unique = None;
        self.audience = Seen::Untold;
        self.whole = false;
        self.thread = None;
        self.title = None;
        self.fields.clear();
        self.types.clear();
        self.ends.clear();
        self.values.clear();
        self.identifiers.clear();
        self.full = false;
    }
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

    /// The place `key` in the object at `parent`.
    pub fn key(&mut self, parent: Node, key: &str) -> Node {
        let place = &mut self.paths.nodes[parent.0 as usize];
        if place.keyed {
            return self.named(parent, key);
        }
        if let Some((known, node)) = place.children.get(place.next)
            && **known == *key
        {
            let node = *node;
            place.next += 1;
            return node;
        }
        self.key_out_of_order(parent, key)
    }

    fn key_out_of_order(&mut self, parent: Node, key: &str) -> Node {
        let place = &mut self.paths.nodes[parent.0 as usize];
        if place.children.len() <= 12 {
            if let Some(at) = place.children.iter().position(|(known, _)| **known == *key) {
                place.next = at + 1;
                return place.children[at].1;
            }
        } else if let Some(&node) = place.by_key.get(key) {
            return node;
        }
        if place.children.len() >= MOST_KEYS && !self.is_told(key) {
            return self.named(parent, key);
        }
        let node = self.add(parent, Step::Key(key.into()));
        let place = &mut self.paths.nodes[parent.0 as usize];
        place.children.push((key.into(), node));
        place.next = place.children.len();
        if place.children.len() > 12 {
            if place.by_key.is_empty() {
                place.by_key.extend(place.children.iter().cloned());
            } else {
                place.by_key.insert(key.into(), node);
            }
        }
        node
    }

    /// Whether the sheet speaks of fields with this key: they mean something however many others there are.
    fn is_told(&mut self, key: &str) -> bool {
        let rules = self.rules;
        self.paths.told.get_or_insert_with(|| rules.keys()).contains(path::stem(key))
    }

    /// The element of an object whose keys are data; the key itself becomes a value.
    fn named(&mut self, parent: Node, key: &str) -> Node {
        let node = match self.paths.nodes[parent.0 as usize].named {
            Some(node) => node,
            None => self.add(parent, Step::Named),
        };
        self.paths.nodes[parent.0 as usize].named = Some(node);
        let place = &mut self.paths.nodes[node.0 as usize];
        place.name.clear();
        place.name.push_str(key);
        node
    }

    /// The key that came next in the object at `parent` before, since keys come in the same order in each record. Only of keys
    /// that stand in JSON as they are, so that a decoder can compare bytes; [`Emitter::follow`] takes it.
    #[inline]
    pub fn expected(&self, parent: Node) -> Option<(&str, Node)> {
        let place = &self.paths.nodes[parent.0 as usize];
        let (key, node) = place.children.get(place.next).filter(|_| !place.keyed)?;
        self.paths.nodes[node.0 as usize].literal.then_some((key, *node))
    }

    /// The key [`Emitter::expected`] was there.
    #[inline]
    pub fn follow(&mut self, parent: Node) {
        self.paths.nodes[parent.0 as usize].next += 1;
    }

    /// The element `index` of the array at `parent`; of a tuple, the place that the section's columns name.
    pub fn item(&mut self, parent: Node, index: u64) -> Node {
        if self.paths.nodes[parent.0 as usize].tuple {
            return self.column(parent, index);
        }
        self.paths.nodes[parent.0 as usize].index = index;
        if let Some(node) = self.paths.nodes[parent.0 as usize].item {
            return node;
        }
        let node = self.add(parent, Step::Item);
        self.paths.nodes[parent.0 as usize].item = Some(node);
        node
    }

    fn column(&mut self, parent: Node, index: u64) -> Node {
        let columns = &self.rules.section.columns;
        match usize::try_from(index).ok().and_then(|index| columns.get(index)) {
            Some(name) => self.key(parent, name),
            None => self.key(parent, &format!("column {}", index + 1)),
        }
    }

    fn add(&mut self, parent: Node, step: Step) -> Node {
        let node = Node(self.paths.nodes.len() as u32);
        self.paths.nodes.push(Place::new(Some(parent), step));
        self.settle(node);
        node
    }

    /// Makes `node` the root of records, for decoders that find records by structure.
    pub fn mark_record(&mut self, node: Node) {
        let place = &mut self.paths.nodes[node.0 as usize];
        if !place.is_record && place.field.is_none() {
            place.is_record = true;
            place.record = Some(node);
            self.paths.marked = true;
        }
    }

    /// Whether the sheet says where the records are; otherwise the decoder finds them by structure.
    pub fn records_known(&self) -> bool {
        self.rules.sections().any(|section| !section.records.is_empty())
    }

    /// Whether `node` lies inside a record (or is one).
    pub fn in_record(&self, node: Node) -> bool {
        self.paths.nodes[node.0 as usize].record.is_some()
    }

    /// Whether the sheet wants records as the elements of an array at `node` and says nothing of an object there: what stands
    /// there bare is then the only element.
    pub fn awaits_items(&self, node: Node) -> bool {
        let records: Vec<&FieldPattern> = self.rules.sections().flat_map(|section| &section.records).collect();
        if records.is_empty() || self.paths.nodes[node.0 as usize].keyed {
            return false;
        }
        let mut items = self.parts(node);
        items.push(Part::Item);
        let at_root = node == self.root();
        let wanted =
            |pattern: &&&FieldPattern| pattern.matches(&items) || at_root && pattern.as_str().starts_with("[].");
        records.iter().find(wanted).is_some_and(|wanted| {
            let base = wanted.as_str().strip_suffix("[]").unwrap_or_default();
            !records.iter().any(|other| meaning::is_below(other.as_str(), base))
        })
    }

    /// Where `node` is, with the indexes being walked: `messages[17].content`.
    pub fn place(&self, node: Node) -> String {
        let mut place = String::new();
        self.write_path(node, &mut place, true);
        place
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
        self.close_people();
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
impl<'a> Rules<'a> {
    /// The rules of one section of a sheet.
    pub fn of(sheet: &'a Sheet, section: &'a Section) -> Self {
        Self { section, shared: &sheet.fields }
    }

    /// The section and its parts.
    fn sections(&self) -> impl Iterator<Item = &'a Section> {
        std::iter::once(self.section).chain(&self.section.parts)
    }

    /// Whether a text tells no time where one is expected.
    fn is_no_time(&self, value: &str) -> bool {
        self.sections().any(|section| section.no_time.iter().any(|text| text == value))
    }

    /// The last keys of all places the sheet tells.
    fn keys(&self) -> HashSet<Box<str>, foldhash::fast::RandomState> {
        let of_section = |section: &'a Section| {
            let threads = section.thread.iter().filter_map(|name| match name {
                ThreadName::Field(place) => Some(place),
                ThreadName::Folder | ThreadName::Stem | ThreadName::Item => None,
            });
            let roles = section.who.iter().chain(&section.text).chain(&section.unique).chain(threads);
            roles
                .chain(section.time.iter().map(|(place, _)| place))
                .chain(section.fields.iter().chain(&section.rest_fields.fields).map(|(place, _)| place))
        };
        let shared = self.shared.iter().map(|(place, _)| place);
        let places = self.sections().flat_map(of_section).chain(shared);
        places.filter_map(FieldPattern::last_key).map(Box::from).collect()
    }

    fn section_or_part(&self, part: Option<usize>) -> &'a Section {
        part.and_then(|part| self.section.parts.get(part)).unwrap_or(self.section)
    }
}

mod about;
mod audience;
pub mod collect;
mod meaning;
mod names;
#[cfg(test)]
mod parts;
mod pieces;
mod rows;
#[cfg(test)]
mod secrets;
