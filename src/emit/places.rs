//! Places in the structure of an entry: the ones known, and the way to them.

use super::{Emitter, MOST_KEYS, Meaning, Names, Node, Paths, Place, Step, meaning};
use crate::classify;
use crate::record::IdKind;
use crate::sheets::{FieldPattern, Part, path};
use hashbrown::HashMap;
use std::sync::Arc;

/// Values whose normal form is known already: exports repeat the same few addresses and numbers.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) by_kind:
        HashMap<IdKind, HashMap<Box<str>, u32, foldhash::fast::RandomState>, foldhash::fast::RandomState>,
    pub(super) values: Vec<(Box<str>, Option<classify::Normal>)>,
}

impl Known {
    /// The number of a value, normalised now if it is new.
    pub(super) fn number(&mut self, kind: IdKind, value: &str) -> u32 {
        let numbers = self.by_kind.entry(kind).or_default();
        if let Some(&number) = numbers.get(value) {
            return number;
        }
        let number = self.values.len() as u32;
        numbers.insert(value.into(), number);
        self.values.push((value.into(), classify::normalise(kind, value)));
        number
    }

    pub(super) fn clear(&mut self) {
        self.by_kind.clear();
        self.values.clear();
    }
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

    pub(super) fn forget_marks(&mut self) {
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
    pub(super) fn section_at(&self, node: Option<Node>) -> u16 {
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
            nothing: false,
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

impl Emitter<'_> {
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

    pub(super) fn add(&mut self, parent: Node, step: Step) -> Node {
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
}
