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
use directory::Directory;
use header::Facts;
pub(super) use header::NEEDS_PASSWORD;
use std::io;

/// Where an entry lies, from the start of the zip, and what the directory says of its bytes.
pub(super) struct Spot {
    /// Where its local header begins; `None` if outside of all numbers.
    header_at: Option<u64>,
    /// Where its packed bytes begin; 0 if they are not there.
    pub(super) data_at: u64,
    facts: Facts,
}

impl Spot {
    pub(super) fn coding(&self) -> Coding {
        self.facts.coding().unwrap_or(Coding::Stored)
    }

    pub(super) fn promise(&self) -> Promise {
        Promise { size: Some(self.facts.size), crc: Some(self.facts.crc) }
    }

    /// Header and data, if they are where they should be.
    fn range(&self) -> Option<(u64, u64)> {
        let end = self.data_at.checked_add(self.facts.packed)?;
        (self.data_at > 0).then_some((self.header_at?, end))
    }
}

/// What the directory of a zip gives.
pub(super) struct Listing {
    pub(super) entries: Vec<Entry>,
    /// As many as entries.
    pub(super) spots: Vec<Spot>,
    pub(super) warnings: Vec<String>,
}

/// Lists the zip that lies in `len` bytes from `start`; `None` if its directory is missing or damaged. It may list one entry more than
/// `most`, and then no further.
pub(super) fn list(source: &Source, start: u64, len: u64, most: u64) -> io::Result<Option<Listing>> {
    let mut span = source.span(start, len);
    let Some(mut directory) = directory::find(&mut span, len, most)? else { return Ok(None) };
    let mut entries = std::mem::take(&mut directory.entries);
    let mut spots = std::mem::take(&mut directory.spots);
    let mut warnings = about(&directory, entries.len() as u64, len);
    let order = local::in_order(&spots);
    local::check(&mut span, &mut entries, &mut spots, &order, directory.start)?;
    warnings.extend(local::refuse_overlaps(&mut entries, &spots, &order));
    let unclaimed = local::unclaimed(&spots, &order, directory.shift.max(0).unsigned_abs(), directory.start);
    if unclaimed > 0 {
        warnings.push(format!("{} between the entries belong to none: not read", bytes(unclaimed)));
    }
    Ok(Some(Listing { entries, spots, warnings }))
}

/// Sentences about the archive as a whole.
fn about(directory: &Directory, listed: u64, len: u64) -> Vec<String> {
    let mut warnings = Vec::new();
    if listed == 0 {
        warnings.push("the archive is empty".to_owned());
    }
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
