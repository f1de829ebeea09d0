//! The digest by which an export is known again.

use super::Archive;
use super::contents::Base;
use super::guard::Budget;
use super::source::Source;
use std::io::{self, Read};

/// BLAKE3 of the bytes on disk, and their number.
pub(super) fn digest(archive: &Archive) -> io::Result<(blake3::Hash, u64)> {
    let mut hasher = blake3::Hasher::new();
    let bytes = if archive.path.is_dir() {
        folder(archive, &mut hasher)?
    } else {
        feed(&mut hasher, &Source::open(&archive.path)?, &archive.budget)?
    };
    Ok((hasher.finalize(), bytes))
}

/// Every file with its name and length in front, in the order of their names. What cannot be read is its name alone.
fn folder(archive: &Archive, hasher: &mut blake3::Hasher) -> io::Result<u64> {
    let mut total = 0;
    for base in &archive.contents.bases {
        let Base::At(path) = base else { continue };
        let name = path.strip_prefix(&archive.path).unwrap_or(path).as_os_str().as_encoded_bytes();
        hasher.update(name).update(&[0]);
        let Ok(source) = Source::open(path) else { continue };
        hasher.update(&source.len().to_le_bytes());
        total += feed(hasher, &source, &archive.budget)?;
    }
    Ok(total)
}

fn feed(hasher: &mut blake3::Hasher, source: &Source, budget: &Budget) -> io::Result<u64> {
    let mut span = source.whole();
    let mut chunk = vec![0; 256 << 10];
    let mut total = 0;
    loop {
        if budget.is_cancelled() {
            return Err(io::Error::other("cancelled"));
        }
        let read = span.read(&mut chunk)?;
        if read == 0 {
            return Ok(total);
        }
        hasher.update(chunk.get(..read).unwrap_or_default());
        total += read as u64;
    }
}
