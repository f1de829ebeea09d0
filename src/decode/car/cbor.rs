//! CBOR: the next item of a slice of bytes, and a walk that gives one to the emitter.
//!
//! Only what DAG-CBOR allows is read: definite lengths, keys that are texts. A link (tag 42) is a text, other tags are passed over.

use super::reader::Cid;
use crate::decode::cap;
use crate::emit::{Emitter, Node};
use crate::record::ValueType;
use std::borrow::Cow;

/// The beginning of an item; what is in lists and maps follows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Item<'b> {
    Unsigned(u64),
    /// -1 - n
    Negative(u64),
    Bytes(&'b [u8]),
    Text(&'b [u8]),
    List(u64),
    Map(u64),
    Tag(u64),
    Float(f64),
    Bool(bool),
    Null,
}

/// The tag of links.
pub const LINK: u64 = 42;

/// Reads items one after the other. An error is a sentence.
pub struct Items<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Items<'b> {
    pub fn of(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub fn at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }

    pub fn next(&mut self) -> Result<Item<'b>, String> {
        let begin = self.at;
        let first = *self.bytes.get(self.at).ok_or_else(|| self.cut_off())?;
        self.at += 1;
        let (major, low) = (first >> 5, first & 0x1f);
        if major == 7 {
            return self.simple(low, begin);
        }
        let number = self.number(low, begin)?;
        Ok(match major {
            0 => Item::Unsigned(number),
            1 => Item::Negative(number),
            2 => Item::Bytes(self.slice(number)?),
            3 => Item::Text(self.slice(number)?),
            4 => Item::List(self.members(number, 1)?),
            5 => Item::Map(self.members(number, 2)?),
            _ => Item::Tag(number),
        })
    }

    fn simple(&mut self, low: u8, begin: usize) -> Result<Item<'b>, String> {
        Ok(match low {
            20 => Item::Bool(false),
            21 => Item::Bool(true),
            22 | 23 => Item::Null,
            25 => Item::Float(half(u16::from_be_bytes(self.array()?))),
            26 => Item::Float(f64::from(f32::from_be_bytes(self.array()?))),
            27 => Item::Float(f64::from_be_bytes(self.array()?)),
            _ => return Err(format!("byte {begin}: a value of a kind that is not known")),
        })
    }

    fn number(&mut self, low: u8, begin: usize) -> Result<u64, String> {
        Ok(match low {
            0..=23 => u64::from(low),
            24 => u64::from(u8::from_be_bytes(self.array()?)),
            25 => u64::from(u16::from_be_bytes(self.array()?)),
            26 => u64::from(u32::from_be_bytes(self.array()?)),
            27 => u64::from_be_bytes(self.array()?),
            _ => return Err(format!("byte {begin}: a length that is not told")),
        })
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], String> {
        let bytes = self.slice(N as u64)?;
        bytes.try_into().map_err(|_| self.cut_off())
    }

    fn slice(&mut self, length: u64) -> Result<&'b [u8], String> {
        let end = usize::try_from(length).ok().and_then(|length| self.at.checked_add(length));
        let bytes = end.and_then(|end| self.bytes.get(self.at..end)).ok_or_else(|| self.cut_off())?;
        self.at += bytes.len();
        Ok(bytes)
    }

    /// A number of members there can be: each takes a byte or more.
    fn members(&self, number: u64, least: u64) -> Result<u64, String> {
        let rest = (self.bytes.len() - self.at) as u64;
        if number.checked_mul(least).is_none_or(|bytes| bytes > rest) { Err(self.cut_off()) } else { Ok(number) }
    }

    fn cut_off(&self) -> String {
        format!("byte {}: the block ends in the middle", self.at)
    }

    /// A key of a map.
    pub fn key(&mut self) -> Result<Cow<'b, str>, String> {
        let begin = self.at;
        match self.next()? {
            Item::Text(key) if key.len() <= cap::KEY => Ok(String::from_utf8_lossy(key)),
            _ => Err(format!("byte {begin}: expected a key")),
        }
    }

    /// Passes over an item with all that is in it.
    pub fn skip(&mut self) -> Result<(), String> {
        let mut left = 1u64;
        while left > 0 {
            left = left - 1
                + match self.next()? {
                    Item::List(length) => length,
                    Item::Map(length) => length * 2,
                    Item::Tag(_) => 1,
                    _ => 0,
                };
        }
        Ok(())
    }
}

/// A number of sixteen bits with a fraction.
fn half(bits: u16) -> f64 {
    let exponent = i32::from(bits >> 10 & 0x1f);
    let fraction = f64::from(bits & 0x3ff);
    let value = match exponent {
        0 => fraction * 2f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (fraction + 1024.0) * 2f64.powi(exponent - 25),
    };
    if bits >> 15 == 1 { -value } else { value }
}

/// Gives the item that `bytes` hold to the emitter, at `node`, which is open.
pub fn walk(bytes: &[u8], node: Node, emitter: &mut Emitter<'_>) -> Result<(), String> {
    let mut items = Items::of(bytes);
    one(&mut items, node, emitter, 0)?;
    if items.at_end() { Ok(()) } else { Err(format!("byte {}: more than one value", items.at)) }
}

fn one(items: &mut Items<'_>, node: Node, emitter: &mut Emitter<'_>, depth: usize) -> Result<(), String> {
    if depth > cap::DEPTH {
        return Err(format!("nested more than {} deep", cap::DEPTH));
    }
    let text = match items.next()? {
        Item::Null => return Ok(()),
        Item::List(length) => return list(items, length, node, emitter, depth),
        Item::Map(length) => return map(items, length, node, emitter, depth),
        Item::Tag(LINK) => return link(items, node, emitter, depth),
        Item::Tag(_) => return one(items, node, emitter, depth + 1),
        Item::Text(text) => {
            emitter.value(node, &String::from_utf8_lossy(text), ValueType::String);
            return Ok(());
        }
        Item::Bytes(bytes) => {
            emitter.value(node, &format!("‹{} bytes›", bytes.len()), ValueType::String);
            return Ok(());
        }
        Item::Bool(value) => {
            emitter.value(node, if value { "true" } else { "false" }, ValueType::Boolean);
            return Ok(());
        }
        Item::Unsigned(number) => number.to_string(),
        Item::Negative(number) => (-1 - i128::from(number)).to_string(),
        Item::Float(number) => number.to_string(),
    };
    emitter.value(node, &text, ValueType::Number);
    Ok(())
}

fn list(items: &mut Items<'_>, length: u64, node: Node, emitter: &mut Emitter<'_>, depth: usize) -> Result<(), String> {
    // What is at the root is open already.
    if depth > 0 {
        emitter.open(node);
    }
    let mut outcome = Ok(());
    for index in 0..length {
        let item = emitter.item(node, index);
        outcome = one(items, item, emitter, depth + 1);
        if outcome.is_err() {
            break;
        }
    }
    if depth > 0 {
        emitter.close(node);
    }
    outcome
}

fn map(items: &mut Items<'_>, length: u64, node: Node, emitter: &mut Emitter<'_>, depth: usize) -> Result<(), String> {
    if depth > 0 {
        emitter.open(node);
    }
    let mut outcome = Ok(());
    for _ in 0..length {
        outcome = items.key().and_then(|key| {
            let member = emitter.key(node, &key);
            one(items, member, emitter, depth + 1)
        });
        if outcome.is_err() {
            break;
        }
    }
    if depth > 0 {
        emitter.close(node);
    }
    outcome
}

/// A link is a byte string: a zero, then the CID.
fn link(items: &mut Items<'_>, node: Node, emitter: &mut Emitter<'_>, depth: usize) -> Result<(), String> {
    let before = items.at;
    if let Item::Bytes([0, cid @ ..]) = items.next()?
        && let Some(cid) = Cid::of(cid)
    {
        emitter.value(node, &cid.text(), ValueType::String);
        return Ok(());
    }
    items.at = before;
    one(items, node, emitter, depth + 1)
}
