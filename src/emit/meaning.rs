//! What a place means, settled when it is first seen; and how places are written.

use super::{Emitter, Identify, Meaning, Node, Place, Step};
use crate::classify::{self, secret};
use crate::decode::time::Clock;
use crate::record::{FieldId, Role};
use crate::sheets::{FieldPattern, FieldRule, Part, Section, ThreadName, Whose, path};
use std::fmt::Write as _;

impl Emitter<'_> {
    pub(super) fn field(&mut self, node: Node) -> FieldId {
        if let Some(field) = self.paths.nodes[node.0 as usize].field {
            return field;
        }
        let in_record = self.belongs_to_record(node);
        if !in_record && self.rules.section.rest.is_some() {
            self.settle_rest(node);
        }
        let mut path = String::new();
        self.write_path(node, &mut path, false);
        let section = if in_record { self.paths.section_at(Some(node)) } else { self.paths.rest };
        let note = &self.paths.nodes[node.0 as usize].meaning.note;
        let field = self.sink.field(section, if path.is_empty() { "." } else { &path }, note);
        self.paths.nodes[node.0 as usize].field = Some(field);
        field
    }

    /// Inside a record, or repeated by the records below, or placed by the decoder itself.
    pub(super) fn belongs_to_record(&self, node: Node) -> bool {
        let place = &self.paths.nodes[node.0 as usize];
        place.record.is_some()
            || place.inherit
            || self.open.last().is_some_and(|draft| draft.node.is_none()) && self.open.len() > 1
    }

    /// Writes the path of a field (`messages[].content`) or, with `exact`, the place of a value (`messages[17].content`).
    pub(super) fn write_path(&self, node: Node, out: &mut String, exact: bool) {
        let place = &self.paths.nodes[node.0 as usize];
        if let Some(parent) = place.parent {
            self.write_path(parent, out, exact);
            let index = self.paths.nodes[parent.0 as usize].index;
            write_step(place, out, exact.then_some(index));
        }
    }

    /// Writes the place of the record at `node`, with `*` for its own index, which is returned.
    pub(super) fn write_place(&mut self, node: Node, out: &mut String) -> u64 {
        let place = &self.paths.nodes[node.0 as usize];
        let own_index = match (&place.part, place.parent) {
            (Step::Item, Some(parent)) => Some(self.paths.nodes[parent.0 as usize].index),
            _ => None,
        };
        if let Some(fixed) = &place.fixed {
            out.push_str(fixed);
            return own_index.unwrap_or(0);
        }
        match (own_index, place.parent) {
            (Some(_), Some(parent)) => {
                self.write_path(parent, out, true);
                out.push_str("[*]");
            }
            _ => self.write_path(node, out, true),
        }
        if out.is_empty() {
            out.push('.');
        }
        if !self.varies_above(node) {
            self.paths.nodes[node.0 as usize].fixed = Some(out.as_str().into());
        }
        own_index.unwrap_or(0)
    }

    pub(super) fn varies_above(&self, node: Node) -> bool {
        let place = &self.paths.nodes[node.0 as usize];
        let mut above = if place.part == Step::Item { place.parent } else { Some(node) };
        while let Some(node) = above {
            let place = &self.paths.nodes[node.0 as usize];
            if matches!(place.part, Step::Item | Step::Named) {
                return true;
            }
            above = place.parent;
        }
        false
    }

    /// Finds out what a new place means.
    pub(super) fn settle(&mut self, node: Node) {
        let path = self.parts(node);
        let begins = |section: &Section| section.records.iter().any(|pattern| pattern.matches(&path));
        let part = self.rules.section.parts.iter().position(begins);
        let record = part.is_some() || begins(self.rules.section);
        let keyed = self.rules.sections().flat_map(|section| &section.keyed).any(|pattern| pattern.matches(&path));
        let tuple = self.rules.sections().flat_map(|section| &section.tuples).any(|pattern| pattern.matches(&path));
        let nothing = self.rules.sections().flat_map(|section| &section.nothing).any(|pattern| pattern.matches(&path));
        let repeats = |key: &str| self.rules.sections().flat_map(|section| &section.inherit).any(|known| known == key);
        let inherit = matches!(path.last(), Some(Part::Key(key)) if repeats(key));
        let parent = self.paths.nodes[node.0 as usize].parent.map(|parent| &self.paths.nodes[parent.0 as usize]);
        let above = parent.and_then(|parent| parent.record);
        let part = if record { part } else { parent.and_then(|parent| parent.section_part) };
        let root = if record { Some(node) } else { above };
        let depth = root.map_or(0, |root| self.parts(root).len());
        let meaning = self.meaning(self.rules.section_or_part(part), &path, depth);
        let place = &mut self.paths.nodes[node.0 as usize];
        place.is_record |= record;
        place.record = root;
        place.section_part = part;
        place.keyed = keyed;
        place.tuple = tuple;
        place.nothing = nothing;
        place.inherit = inherit;
        place.meaning = meaning;
    }

    /// A value outside of all records is what the section says that takes the rest.
    fn settle_rest(&mut self, node: Node) {
        let path = self.parts(node);
        let rest = &self.rules.section.rest_fields;
        let before = &self.paths.nodes[node.0 as usize].meaning;
        let mut meaning = Meaning { time: before.time.clone(), ..Meaning::default() };
        self.identity((&rest.fields, rest.whose), &mut meaning, &path, 0, before.note.role == Role::Text);
        let known = &mut self.paths.nodes[node.0 as usize].meaning;
        known.identify = meaning.identify;
        known.conditional = meaning.conditional;
        known.secret |= meaning.secret;
        known.secret_by_name = meaning.secret_by_name;
        known.note.rules = meaning.note.rules;
    }

    pub(super) fn meaning(&self, section: &Section, path: &[Part<'_>], depth: usize) -> Meaning {
        let hits = |pattern: &FieldPattern| hits(pattern, path, depth);
        let time = section.time.iter().position(|(pattern, _)| hits(pattern));
        let thread = |name: &ThreadName| matches!(name, ThreadName::Field(pattern) if hits(pattern));
        let mut meaning = Meaning {
            time: time.map(|at| (rank(section, at), clocks(section, path, depth))),
            who: section.who.iter().position(hits).map(|rank| rank as u8),
            unique: section.unique.iter().any(hits),
            audience: section.audience.as_ref().is_some_and(|audience| audience.places.iter().any(hits)),
            thread: section.thread.iter().position(thread).map(|rank| rank as u8),
            thread_key: section.thread_key.as_ref().is_some_and(thread),
            ..Meaning::default()
        };
        let text = section.text.iter().position(hits);
        let is_text = text.is_some();
        meaning.note.rank = text.map_or(0, |rank| rank as u8);
        meaning.markup = section.markup.filter(|_| is_text);
        meaning.pieces = section.pieces.iter().any(hits);
        self.identity((&section.fields, section.whose), &mut meaning, path, depth, is_text);
        if meaning.time.is_none() && section.time.is_empty() {
            meaning.time = classify::clock_of(path).map(|clock| (u8::MAX, vec![clock]));
        }
        meaning.note.role = match &meaning {
            _ if is_text => Role::Text,
            Meaning { time: Some(_), .. } => Role::Time,
            Meaning { who: Some(_), .. } => Role::Who,
            Meaning { thread: Some(_), .. } => Role::Thread,
            _ => Role::None,
        };
        meaning
    }

    /// What kind of identifier stands here, by the rules of a section and whose identifiers it holds, and else by the vocabulary.
    pub(super) fn identity(
        &self,
        (fields, whose): (&[(FieldPattern, FieldRule)], Whose),
        meaning: &mut Meaning,
        path: &[Part<'_>],
        depth: usize,
        is_text: bool,
    ) {
        // What is secret in one section is so in all, whichever rules stand before.
        let mut fitting = fields.iter().chain(self.rules.shared).enumerate();
        let secret = |(_, (pattern, rule)): &(usize, &(FieldPattern, FieldRule))| {
            rule.secret && rule.value.is_none() && hits(pattern, path, depth)
        };
        if let Some((number, _)) = fitting.find(secret) {
            meaning.note.rules.push(number as u16);
            meaning.secret = true;
            return;
        }
        let mut settled = is_text;
        let mut told_by_name = is_text;
        for (number, (pattern, rule)) in fields.iter().chain(self.rules.shared).enumerate() {
            if !hits(pattern, path, depth) {
                continue;
            }
            meaning.note.rules.push(number as u16);
            let mine = rule.mine.unwrap_or(whose == Whose::Mine);
            match (&rule.value, rule.id) {
                (Some(value), Some(id)) => meaning.conditional.push((value.clone(), id, mine)),
                (Some(_), None) => {}
                (None, id) => {
                    meaning.secret = rule.secret;
                    meaning.json = rule.json;
                    meaning.split = rule.split.as_deref().map(Into::into);
                    told_by_name |= names_key(pattern, path);
                    meaning.empty = rule.empty.as_deref().map(Into::into);
                    if let Some(id) = id {
                        meaning.identify = Identify::As(id, mine);
                    }
                    meaning.within.clone_from(&rule.within);
                    settled = true;
                    break;
                }
            }
        }
        // A rule for whatever stands in a record has not looked at this key.
        meaning.secret_by_name = if told_by_name { None } else { secret::Named::of(path) };
        if !settled && meaning.time.is_none() {
            let mine = whose == Whose::Mine;
            meaning.identify = match classify::id_of_path(path) {
                Some(id) => Identify::As(id, mine),
                None if classify::may_sniff(path) => Identify::Sniff,
                None => Identify::No,
            };
        }
    }

    pub(super) fn parts(&self, node: Node) -> Vec<Part<'_>> {
        let mut parts = Vec::new();
        let mut at = Some(node);
        while let Some(node) = at {
            let place = &self.paths.nodes[node.0 as usize];
            match &place.part {
                Step::Root => {}
                Step::Key(key) => parts.push(Part::Key(key)),
                Step::Item => parts.push(Part::Item),
                Step::Named => parts.push(Part::Key("{}")),
            }
            at = place.parent;
        }
        parts.reverse();
        parts
    }
}

pub(super) fn write_step(place: &Place, out: &mut String, index: Option<u64>) {
    let dot = if out.is_empty() { "" } else { "." };
    // Writing to a String cannot fail.
    let _ = match (&place.part, index) {
        (Step::Root, _) => Ok(()),
        (Step::Key(key), _) => write!(out, "{dot}{key}"),
        (Step::Item, None) => write!(out, "[]"),
        (Step::Item, Some(index)) => write!(out, "[{index}]"),
        (Step::Named, None) => write!(out, "{dot}{{}}"),
        (Step::Named, Some(_)) => write!(out, "{dot}{}", place.name),
    };
}

/// Whether `pattern` wants records in, or at, an object at `base`.
pub(super) fn is_below(pattern: &str, base: &str) -> bool {
    let Some(rest) = pattern.strip_prefix(path::stem(base)) else { return false };
    if base.is_empty() {
        return !rest.starts_with('[');
    }
    let rest = rest.strip_prefix("_v").map_or(rest, |tail| tail.trim_start_matches(|c: char| c.is_ascii_digit()));
    rest.is_empty() || rest.starts_with('.')
}

/// How far ahead of others the place of a time is. One of many columns, or of the elements of a list, comes last.
fn rank(section: &Section, at: usize) -> u8 {
    let is_open = section.time.get(at).is_some_and(|(pattern, _)| pattern.is_open());
    if is_open { u8::MAX } else { u8::try_from(at).unwrap_or(u8::MAX) }
}

/// Whether a pattern names the key that `path` ends in.
fn names_key(pattern: &FieldPattern, path: &[Part<'_>]) -> bool {
    let last = path.iter().rev().find_map(|part| match part {
        Part::Key(key) => Some(path::stem(key)),
        Part::Item => None,
    });
    pattern.last_key().is_some_and(|key| last == Some(key))
}

/// The clocks a section tells for a place, in its order: old and new rows of one table may write time in two ways.
fn clocks(section: &Section, path: &[Part<'_>], depth: usize) -> Vec<Clock> {
    section.time.iter().filter(|(pattern, _)| hits(pattern, path, depth)).map(|(_, clock)| clock.clone()).collect()
}

pub(super) fn hits(pattern: &FieldPattern, path: &[Part<'_>], depth: usize) -> bool {
    if pattern.from_root {
        pattern.matches(path)
    } else {
        path.get(depth..).is_some_and(|relative| pattern.matches(relative))
    }
}
