//! Zip archives: by their directory if there is one, else by what can be recovered.

mod directory;
mod header;
mod local;
mod methods;
mod scan;

pub(super) use methods::unpack;
pub(super) use scan::walk;

use super::Entry;
use super::guard::Promise;
use super::source::Source;
use super::walk::Coding;
use super::wording::{bytes, grouped};
use directory::{Central, Directory};
use header::Facts;
use std::io;

/// An entry of a zip and where it lies, from the start of the zip.
pub(super) struct Listed {
    pub(super) entry: Entry,
    /// Where its local header begins; `None` if outside of all numbers.
    header_at: Option<u64>,
    /// Where its packed bytes begin.
    pub(super) data_at: u64,
    facts: Facts,
}

impl Listed {
    fn new(record: Central, directory: &Directory) -> Self {
        let Central { label, facts, offset, disk, mode } = record;
        let part = u64::from(disk) + 1;
        let split = (disk != directory.disk)
            .then(|| format!("lies in part {} of a split zip, which is missing", grouped(part)));
        let entry = Entry {
            name: label.name,
            size: Some(facts.size),
            packed: facts.packed,
            skip: label.skip.or_else(|| no_file(mode).map(str::to_owned)).map(|skip| with_data(skip, facts.size)),
            fail: split.or_else(|| facts.fail()),
            warnings: label.warnings,
        };
        Self { entry, header_at: offset.checked_add_signed(directory.shift), data_at: 0, facts }
    }

    pub(super) fn coding(&self) -> Coding {
        self.facts.coding().unwrap_or(Coding::Stored)
    }

    pub(super) fn promise(&self) -> Promise {
        Promise { size: Some(self.facts.size), crc: Some(self.facts.crc) }
    }
}

/// What the directory of a zip gives.
pub(super) struct Listing {
    pub(super) listed: Vec<Listed>,
    pub(super) warnings: Vec<String>,
}

/// Lists the zip that lies in `len` bytes from `start`; `None` if its directory is missing or damaged. It may list one entry more than
/// `most`, and then no further.
pub(super) fn list(source: &Source, start: u64, len: u64, most: u64) -> io::Result<Option<Listing>> {
    let mut span = source.span(start, len);
    let Some(mut directory) = directory::find(&mut span, len, most)? else { return Ok(None) };
    let records = std::mem::take(&mut directory.records);
    let mut warnings = about(&directory, records.len() as u64, len);
    let mut listed: Vec<Listed> = records.into_iter().map(|record| Listed::new(record, &directory)).collect();
    let order = local::in_order(&listed);
    local::check(&mut span, &mut listed, &order, directory.start)?;
    warnings.extend(local::refuse_overlaps(&mut listed, &order));
    Ok(Some(Listing { listed, warnings }))
}

/// Sentences about the archive as a whole.
fn about(directory: &Directory, listed: u64, len: u64) -> Vec<String> {
    let mut warnings = Vec::new();
    if directory.shift > 0 {
        warnings.push(format!("{} precede the archive: not read", bytes(directory.shift.unsigned_abs())));
    }
    if directory.end < len {
        warnings.push(format!("{} follow the archive: not read", bytes(len - directory.end)));
    }
    if directory.end > len {
        warnings.push(format!("the archive's comment is cut off: {} are missing", bytes(directory.end - len)));
    }
    // The old count has sixteen bits.
    if directory.promised != listed && (directory.promised > 0xffff || directory.promised != listed & 0xffff) {
        warnings.push(format!(
            "the directory promises {} entries and lists {}",
            grouped(directory.promised),
            grouped(listed)
        ));
    }
    if directory.disk > 0 {
        warnings.push(format!(
            "part {} of a split zip: put all parts together into one file to read the rest",
            grouped(u64::from(directory.disk) + 1)
        ));
    }
    warnings
}

/// The sentence for what a Unix file mode says is no file.
fn no_file(mode: u32) -> Option<&'static str> {
    match mode & 0o170_000 {
        0o120_000 => Some("link: not followed"),
        0o040_000 => Some("folder"),
        0o010_000 => Some("pipe: not opened"),
        0o140_000 => Some("socket: not opened"),
        0o020_000 | 0o060_000 => Some("device: not opened"),
        _ => None,
    }
}

fn with_data(skip: String, size: u64) -> String {
    if skip == "folder" && size > 0 { format!("folder, with {} of data in it: not read", bytes(size)) } else { skip }
}

#[cfg(test)]
mod tests;
