//! A record as its company wrote it: read again from the archive, if that is still where it was. Secrets are masked as in the index.

mod around;
mod secrets;
mod tree;

pub use around::{Around, Fold, Form, Line, around};

use crate::container::{Archive, Budget, Unit};
use crate::index::Segment;
use secrets::Secrets;
use serde_json::Value;
use std::fs;
use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

/// Entries beyond this size are not unpacked for one record.
const MOST: u64 = 64 << 20;

/// The piece of an entry that a record was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Name of the archive's file.
    pub file: String,
    /// JSON indented, text as its line.
    pub text: String,
}

/// Where an entry is read from.
struct Place {
    path: PathBuf,
    /// Name of the archive's file.
    file: String,
    entry: String,
}

/// The piece at `place` of the entry with this number. The error is a sentence that says why it cannot be shown.
pub fn written(segment: &Segment, entry: u32, place: &str) -> Result<Written, String> {
    let at = locate(segment, entry)?;
    let bytes = unpacked(&at, MOST)?;
    let text = match place.strip_prefix("line ") {
        Some(number) => Secrets::of(segment).line(&text_line(&bytes, number)?),
        None => json_piece(&bytes, place, &Secrets::of(segment))?,
    };
    Ok(Written { file: at.file, text })
}

/// Writes the bytes of an entry to `out`, as the archive has them; gives their number.
pub fn copy(segment: &Segment, entry: &str, out: &mut dyn Write) -> Result<u64, String> {
    let number = number_of(segment, entry)?;
    let at = locate(segment, number)?;
    let mut copied = Ok(0);
    read(&at, None, &mut |reader| copied = std::io::copy(reader, out))?;
    copied.map_err(|error| error.to_string())
}

/// The number of an entry in the ledger.
fn number_of(segment: &Segment, entry: &str) -> Result<u32, String> {
    let ledger = segment.ledger().map_err(|error| error.to_string())?;
    let at = ledger.entries.iter().position(|line| line.entry == entry);
    at.map(|at| at as u32).ok_or_else(|| "the ledger does not know the entry".to_owned())
}

/// The archive an entry is in, if it is still as it was.
fn locate(segment: &Segment, entry: u32) -> Result<Place, String> {
    let ledger = segment.ledger().map_err(|error| error.to_string())?;
    let line = ledger.entries.get(entry as usize).ok_or("the ledger does not know the entry")?;
    let part = segment.manifest.parts.get(line.part as usize).ok_or("the part it is in is not known")?;
    let path = PathBuf::from(&part.path);
    let known = fs::metadata(&path).map_err(|_| format!("{} is not there any more", part.path))?;
    if known.is_file() && known.len() != part.bytes {
        return Err(format!("{} has changed since it was imported", part.path));
    }
    Ok(Place { path, file: part.file.clone(), entry: line.entry.clone() })
}

/// The bytes of an entry of at most so many.
pub fn bytes(segment: &Segment, entry: &str, most: u64) -> Result<Vec<u8>, String> {
    let number = number_of(segment, entry)?;
    unpacked(&locate(segment, number)?, most)
}

fn unpacked(at: &Place, most: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut outcome = Ok(0);
    read(at, Some(most), &mut |reader| outcome = reader.take(most).read_to_end(&mut bytes))?;
    outcome.map_err(|error| error.to_string())?;
    Ok(bytes)
}

/// Opens the archive and gives the entry's stream to `visit`. Entries larger than `most` are refused.
fn read(at: &Place, most: Option<u64>, visit: &mut dyn FnMut(&mut dyn Read)) -> Result<(), String> {
    let entry = &at.entry;
    let archive = Archive::open(&at.path, &Budget::default()).map_err(|fault| fault.to_string())?;
    let number = archive.entries.iter().position(|known| known.name == *entry && known.skip.is_none());
    let number = number.ok_or_else(|| format!("{entry} is not in it any more"))?;
    if let Some(most) = most.filter(|most| archive.entries[number].size.is_some_and(|size| size > *most)) {
        return Err(format!("{entry} is larger than {} MiB", most >> 20));
    }
    let failed = |error: std::io::Error| error.to_string();
    match archive.units().into_iter().find(|unit| holds(unit, number)) {
        Some(Unit::One(_)) => visit(&mut archive.read(number).map_err(failed)?),
        Some(Unit::Sequence(entries)) => {
            let mut walk = |known: usize, reader: &mut dyn Read| {
                if known != number {
                    return ControlFlow::Continue(());
                }
                visit(reader);
                ControlFlow::Break(())
            };
            archive.walk(&entries, &mut walk).map_err(failed)?;
        }
        None => return Err(format!("{entry} cannot be read")),
    }
    Ok(())
}

fn holds(unit: &Unit, entry: usize) -> bool {
    match unit {
        Unit::One(known) => *known == entry,
        Unit::Sequence(entries) => entries.contains(&entry),
    }
}

/// Lines are counted from 1.
fn text_line(bytes: &[u8], number: &str) -> Result<String, String> {
    let text = String::from_utf8_lossy(bytes);
    let at = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let line = at.and_then(|at| text.lines().nth(at)).ok_or("the line is not there any more")?;
    Ok(line.to_owned())
}

fn json_piece(bytes: &[u8], place: &str, secrets: &Secrets) -> Result<String, String> {
    let root = json_root(bytes)?;
    let way = tree::steps(&root, if place == "." { "" } else { place });
    let way = way.ok_or_else(|| format!("{place} is a place of the index, not of the file"))?;
    let (above, key) = tree::keys_of(&way);
    let mut piece = way.last().map_or(&root, |step| step.value).clone();
    secrets.hide(above, key.unwrap_or_default(), &mut piece);
    serde_json::to_string_pretty(&piece).map_err(|error| error.to_string())
}

fn json_root(bytes: &[u8]) -> Result<Value, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    serde_json::from_slice(bytes).map_err(|_| "its form is shown from the index only: it is no strict JSON".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_leads_to_its_value_even_through_keys_with_dots() {
        let piece =
            |place| json_piece(br#"{ "a": [{ "b.c": { "d": 1 } }, 2], "b": "x" }"#, place, &Secrets::default()).ok();
        assert_eq!(piece("a[0].b.c.d").as_deref(), Some("1"));
        assert_eq!(piece("a[1]").as_deref(), Some("2"));
        assert_eq!(piece("a[2]"), None);
        assert_eq!(piece("b.c"), None);
    }

    #[test]
    fn a_secret_is_masked_however_little_around_it_is_shown() {
        let piece = |place| json_piece(br#"[{ "password": ["hunter2"] }]"#, place, &Secrets::default());
        assert_eq!(piece("[0].password[0]").as_deref(), Ok("\"‹secret, 7 characters›\""));
        assert_eq!(piece("[0].password").as_deref(), Ok("[\n  \"‹secret, 7 characters›\"\n]"));
    }

    #[test]
    fn what_is_no_strict_json_is_told() {
        let none = Secrets::default();
        assert_eq!(json_piece(b"{\"a\":1}", ".", &none).as_deref(), Ok("{\n  \"a\": 1\n}"));
        assert_eq!(json_piece(b"\xef\xbb\xbf[3]", "[0]", &none).as_deref(), Ok("3"));
        assert!(json_piece(b"window.x = [1]", "[0]", &none).is_err());
    }

    #[test]
    fn lines_are_counted_from_one() {
        assert_eq!(text_line(b"one\r\ntwo\n", "2").as_deref(), Ok("two"));
        assert!(text_line(b"one\n", "2").is_err());
        assert!(text_line(b"one\n", "0").is_err());
    }
}
