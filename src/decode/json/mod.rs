//! JSON of any root, as a stream: newline-delimited or concatenated values and JavaScript assignments, too.
//!
//! Bytes pass the repair ([`source`]), become tokens over a sliding window ([`reader`]) and are walked once ([`walk`]); what is
//! peculiar to Meta, label and value side by side, is flattened on the way ([`labels`]). Nothing is kept but the token being read,
//! so memory does not grow with the entry.
//!
//! # Where the records are
//!
//! If the section says it, there; an object that stands where the elements of an array are wanted is taken as the only element.
//! If it does not, by structure:
//!
//! - Several root values, as in newline-delimited JSON: each is a record, `[0]`, `[1]`, …
//! - Arrays of objects that are reached through at most four objects and through nothing else: each element is a record.
//! - Arrays of anything else that are the root, or directly in the root object: likewise.
//! - A root without such arrays, or one that has `label_values` itself: the root is one record. This is known by looking ahead one
//!   window; what goes on longer than that is left outside the records, and given by the emitter in pieces.
//! - All other arrays belong to what encloses them.
//!
//! # Damage
//!
//! What is whole before the damage is kept; the rest of the element it stands in is left out, with a problem, and reading goes on
//! behind it. The walk ends only where the bytes do.

mod escape;
mod labels;
mod reader;
mod skip;
mod source;
mod survey;
mod walk;

use super::DecodeError;
use crate::emit::{Emitter, Node};
use std::io::{self, Read};

/// Reads the stream into records.
pub fn decode(input: &mut dyn Read, emitter: &mut Emitter<'_>) -> Result<(), DecodeError> {
    walk::Walk::new(input, emitter).run()
}

/// Reads a value that is JSON in a string, as if it stood at `node`; objects with commas between them as a list of them. False, and
/// nothing read, if it is no object or array, or is damaged.
pub fn decode_within(text: &str, node: Node, emitter: &mut Emitter<'_>) -> bool {
    if !text.trim_start().starts_with(['{', '[']) {
        return false;
    }
    let is_json = |text: &str| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    if is_json(text) {
        return walk::Walk::new(&mut text.as_bytes(), emitter).run_at(node);
    }
    let listed = format!("[{}]", line_ends_escaped(text));
    let single = listed.get(1..listed.len() - 1).unwrap_or_default();
    let found = [single, &listed].into_iter().find(|text| is_json(text));
    found.is_some_and(|text| walk::Walk::new(&mut text.as_bytes(), emitter).run_at(node))
}

/// The text with line ends inside its strings as JSON wants them.
fn line_ends_escaped(text: &str) -> String {
    let (mut out, mut quoted, mut escaped) = (String::with_capacity(text.len()), false, false);
    for c in text.chars() {
        match c {
            '\n' if quoted => out.push_str("\\n"),
            '\r' if quoted => out.push_str("\\r"),
            _ => out.push(c),
        }
        quoted ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
    }
    out
}

/// Why the walk could not go on where it was. Boxed, since every token may give one and nearly none does.
#[derive(Debug)]
struct Halt(Box<Why>);

#[derive(Debug)]
enum Why {
    /// The entry ends in the middle.
    Cut(Option<Node>),
    Damage(Damage),
    Read(io::Error),
}

#[derive(Debug)]
struct Damage {
    /// Innermost object or array around it.
    inside: Option<Node>,
    /// Objects and arrays around it.
    depth: usize,
    what: String,
}

impl Halt {
    fn cut() -> Self {
        Self(Box::new(Why::Cut(None)))
    }

    fn damage(what: String) -> Self {
        Self(Box::new(Why::Damage(Damage { inside: None, depth: 0, what })))
    }

    /// Remembers the innermost place, which is the one that says it first.
    fn within(mut self, node: Node, depth: usize) -> Self {
        match &mut *self.0 {
            Why::Cut(inside) => *inside = inside.or(Some(node)),
            Why::Damage(damage) if damage.inside.is_none() => {
                damage.inside = Some(node);
                damage.depth = depth;
            }
            Why::Damage(_) | Why::Read(_) => {}
        }
        self
    }
}

impl From<io::Error> for Halt {
    fn from(error: io::Error) -> Self {
        Self(Box::new(Why::Read(error)))
    }
}

/// Things of one kind that were put right: how many, and where the first was, in bytes of the entry.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Mishaps {
    count: u64,
    first: u64,
}

impl Mishaps {
    fn add(&mut self, at: u64) {
        self.add_many(1, at);
    }

    fn add_many(&mut self, count: u64, at: u64) {
        if self.count == 0 {
            self.first = at;
        }
        self.count += count;
    }
}

#[cfg(test)]
mod tests;
