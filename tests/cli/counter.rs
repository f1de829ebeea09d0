//! Counts what stands in the samples without any code of the program: the zip crate, `serde_json`, lines of text.

use crate::world::samples;
use serde_json::Value;
use std::fs::{self, File};
use std::io::Read as _;

/// The entries of an archive of the samples, with their bytes.
pub fn entries(archive: &str) -> Vec<(String, Vec<u8>)> {
    let file = File::open(samples().join(archive)).expect("the sample is there");
    let mut zip = zip::ZipArchive::new(file).expect("a zip");
    let mut entries = Vec::new();
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).expect("an entry");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("it can be unpacked");
        entries.push((entry.name().expect("a name").into_owned(), bytes));
    }
    entries
}

/// The one entry of an archive whose name ends with `end`, as JSON.
pub fn json(archive: &str, end: &str) -> Value {
    let mut found = entries(archive).into_iter().filter(|(name, _)| name.ends_with(end));
    let (name, bytes) = found.next().unwrap_or_else(|| panic!("no entry ends with {end}"));
    assert!(found.next().is_none(), "more than one entry ends with {end}");
    serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Elements of the list at a JSON pointer.
pub fn elements(archive: &str, end: &str, pointer: &str) -> u64 {
    let value = json(archive, end);
    let list = value.pointer(pointer).and_then(Value::as_array);
    list.unwrap_or_else(|| panic!("no list at {pointer} of {end}")).len() as u64
}

/// Elements of the lists at `pointer` of all entries whose name holds `part` and ends with `end`.
pub fn elements_of_all(archive: &str, part: &str, end: &str, pointer: &str) -> u64 {
    let entries = entries(archive).into_iter().filter(|(name, _)| name.contains(part) && name.ends_with(end));
    let values = entries.map(|(_, bytes)| serde_json::from_slice::<Value>(&bytes).expect("JSON"));
    values.map(|value| value.pointer(pointer).and_then(Value::as_array).expect("a list").len() as u64).sum()
}

/// A text file of the samples.
pub fn text(file: &str) -> String {
    fs::read_to_string(samples().join(file)).expect("the sample is there")
}

/// Lines of an exported chat that begin with a date and a time as this chat writes them: everything else belongs to the line before.
pub fn dated_lines(chat: &str, dated: &str) -> u64 {
    let dated = regex::Regex::new(dated).expect("a regular expression");
    chat.lines().filter(|line| dated.is_match(line)).count() as u64
}
