//! Bytes in, records out.

mod damage;
mod form;
mod labels;
mod splits;

use crate::decode::Decoder;
use crate::emit::collect::Collection;
use crate::sheets::{FieldPattern, Section};

/// A section that says where its records are, or says nothing.
fn section(records: &[&str]) -> Section {
    let parse = |pattern: &&str| FieldPattern::parse(pattern).expect("the pattern is well formed");
    Section { records: records.iter().map(parse).collect(), ..Section::default() }
}

fn read(records: &[&str], json: impl AsRef<[u8]>) -> Collection {
    Collection::of(Decoder::Json, &section(records), false, "a/b.json", json.as_ref())
}

/// As Facebook's sheet says: text is mojibake.
fn read_facebook(records: &[&str], json: impl AsRef<[u8]>) -> Collection {
    Collection::of(Decoder::Json, &section(records), true, "a/b.json", json.as_ref())
}

/// One line a record: its place, and path and value of what it holds; `~` before what stood outside the records.
fn lines(found: &Collection) -> Vec<String> {
    let line = |record: &crate::emit::collect::Collected| {
        let values: Vec<_> = record.values.iter().map(|(path, value)| format!("{path}={value}")).collect();
        format!("{}{}: {}", if record.inside { "" } else { "~" }, record.locator, values.join(" "))
    };
    found.records.iter().map(line).collect()
}

/// What is read without a fault or a problem.
#[track_caller]
fn check(records: &[&str], json: impl AsRef<[u8]>, expected: &[&str]) {
    let found = read(records, json);
    assert_eq!(lines(&found), expected);
    assert_eq!((found.error.as_deref(), &found.problems[..]), (None, &[][..]));
}
