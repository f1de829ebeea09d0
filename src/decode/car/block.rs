//! What a block is: a node of the tree that names records, the signed root of it, or a record.

use super::cbor::{Item, Items, LINK};
use super::reader::Cid;

/// Entries of one node; a real one has some dozens.
const MOST_ENTRIES: usize = 1 << 16;

/// Bytes of `collection/key`.
const LONGEST_KEY: usize = 1024;

#[derive(Debug, PartialEq, Eq)]
pub enum Block {
    /// The records it names: link and `collection/key`.
    Node(Vec<(Cid, String)>),
    /// The root of the tree, signed: whose repository it is.
    Commit,
    Other,
}

impl Block {
    pub fn of(bytes: &[u8]) -> Self {
        let keys = keys(bytes);
        let has = |key: &str| keys.iter().any(|known| known == key);
        if has("$type") {
            return Self::Other;
        }
        if has("did") && has("data") && has("rev") || has("did") && has("data") && has("sig") {
            return Self::Commit;
        }
        if has("e") && keys.iter().all(|key| matches!(key.as_str(), "e" | "l")) {
            return node(bytes).map_or(Self::Other, Self::Node);
        }
        Self::Other
    }
}

/// The keys of the map at the root, as far as it can be read.
fn keys(bytes: &[u8]) -> Vec<String> {
    let mut items = Items::of(bytes);
    let Ok(Item::Map(length)) = items.next() else { return Vec::new() };
    let mut found = Vec::new();
    for _ in 0..length.min(64) {
        let Ok(key) = items.key() else { break };
        found.push(key.into_owned());
        if items.skip().is_err() {
            break;
        }
    }
    found
}

/// The `$type` of a record.
pub fn type_of(bytes: &[u8]) -> Option<&str> {
    let mut items = Items::of(bytes);
    let Ok(Item::Map(length)) = items.next() else { return None };
    for _ in 0..length.min(4096) {
        if items.key().ok()? == "$type" {
            let Ok(Item::Text(name)) = items.next() else { return None };
            return str::from_utf8(name).ok().filter(|name| is_name(name));
        }
        items.skip().ok()?;
    }
    None
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= 317 && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
}

/// The entries of a node. Keys repeat the beginning of the one before: only how much of it, and the rest, are written.
fn node(bytes: &[u8]) -> Option<Vec<(Cid, String)>> {
    let mut items = Items::of(bytes);
    let Ok(Item::Map(length)) = items.next() else { return None };
    for _ in 0..length {
        if items.key().ok()? == "e" {
            let Ok(Item::List(count)) = items.next() else { return None };
            return entries(&mut items, count);
        }
        items.skip().ok()?;
    }
    None
}

fn entries(items: &mut Items<'_>, count: u64) -> Option<Vec<(Cid, String)>> {
    let (mut found, mut before) = (Vec::new(), Vec::new());
    for _ in 0..count.min(MOST_ENTRIES as u64) {
        let (shared, rest, value) = entry(items)?;
        let mut key: Vec<u8> = before.get(..usize::try_from(shared).ok()?)?.to_vec();
        key.extend_from_slice(rest);
        if key.len() > LONGEST_KEY {
            return None;
        }
        if let (Some(value), Ok(text)) = (value, str::from_utf8(&key)) {
            found.push((value, text.to_owned()));
        }
        before = key;
    }
    Some(found)
}

/// How much of the key before is repeated, the rest of the key, the link to the record.
fn entry<'b>(items: &mut Items<'b>) -> Option<(u64, &'b [u8], Option<Cid>)> {
    let Ok(Item::Map(length)) = items.next() else { return None };
    let (mut shared, mut rest, mut value): (u64, &[u8], Option<Cid>) = (0, &[], None);
    for _ in 0..length {
        match &*items.key().ok()? {
            "p" => match items.next().ok()? {
                Item::Unsigned(number) => shared = number,
                _ => return None,
            },
            "k" => match items.next().ok()? {
                Item::Bytes(bytes) | Item::Text(bytes) => rest = bytes,
                _ => return None,
            },
            "v" => {
                if items.next().ok()? != Item::Tag(LINK) {
                    return None;
                }
                match items.next().ok()? {
                    Item::Bytes([0, cid @ ..]) => value = Cid::of(cid),
                    _ => return None,
                }
            }
            _ => items.skip().ok()?,
        }
    }
    Some((shared, rest, value))
}
