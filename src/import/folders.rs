//! Reads what an export calls its folders, before it is planned which section reads which entry.

use crate::container::{Archive, Unit};
use crate::recognise;
use crate::sheets::{EntryPath, FolderNames, Folders, Sheet};
use std::io::{self, Read};
use std::ops::ControlFlow;

/// The names that the entries of an export tell, by the rules of its sheet. What cannot be read fails again, and is told, when its
/// records are read.
pub fn read(sheet: Option<&Sheet>, parts: &[Archive]) -> Folders {
    let mut folders = Folders::default();
    let Some(sheet) = sheet.filter(|sheet| !sheet.folders.is_empty()) else { return folders };
    for archive in parts {
        let paths = recognise::paths(archive);
        let wanted = |entry: usize| !rules_for(sheet, &paths[entry]).is_empty();
        for unit in archive.units() {
            match unit {
                Unit::One(entry) if wanted(entry) => {
                    if let Ok(mut reader) = archive.read(entry) {
                        take(&rules_for(sheet, &paths[entry]), &mut reader, &mut folders);
                    }
                }
                Unit::One(_) => {}
                Unit::Sequence(entries) => {
                    let Some(last) = entries.iter().copied().rfind(|entry| wanted(*entry)) else { continue };
                    // A sequence that breaks is told of by the walk that reads its records.
                    let _ = archive.walk(&entries, &mut |entry, reader| {
                        if wanted(entry) {
                            take(&rules_for(sheet, &paths[entry]), reader, &mut folders);
                        }
                        if entry == last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                    });
                }
            }
        }
    }
    folders
}

fn rules_for<'s>(sheet: &'s Sheet, path: &EntryPath) -> Vec<&'s FolderNames> {
    sheet.folders.iter().filter(|rule| rule.reads(path)).collect()
}

/// Bytes looked at together, and those kept of the piece before, so that what lies across two pieces is found.
const PIECE: usize = 1 << 20;
const OVERLAP: usize = 4 << 10;

/// Bytes of an entry that are looked through.
const MOST: u64 = 1 << 30;

fn take(rules: &[&FolderNames], reader: &mut dyn Read, folders: &mut Folders) {
    let mut bytes = Vec::new();
    let mut reader = reader.take(MOST);
    loop {
        let read = fill(&mut reader, &mut bytes);
        let text = String::from_utf8_lossy(&bytes);
        for rule in rules {
            rule.take(&text, folders);
        }
        if read == 0 {
            return;
        }
        let tail = bytes.len().saturating_sub(OVERLAP);
        bytes.drain(..tail);
    }
}

/// Adds up to a piece to `bytes`, and gives how much; 0 at the end, and where reading breaks.
fn fill(reader: &mut dyn Read, bytes: &mut Vec<u8>) -> usize {
    let before = bytes.len();
    bytes.resize(before + PIECE, 0);
    let mut filled = before;
    while filled < bytes.len() {
        match reader.read(&mut bytes[filled..]) {
            Ok(0) => break,
            Ok(length) => filled += length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => break,
        }
    }
    bytes.truncate(filled);
    filled - before
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::EntryPattern;

    #[test]
    fn a_name_that_lies_across_two_pieces_is_found() {
        let rule = FolderNames {
            files: vec![EntryPattern::parse("contents").expect("a pattern")],
            regex: regex::Regex::new("id=(?P<id>[A-Z]+) folder=(?P<folder>[a-z]+)").expect("a regex"),
        };
        let mut page = vec![b' '; PIECE - 12];
        page.extend_from_slice(b"id=MAPS folder=kaarten;");
        let mut folders = Folders::default();
        take(&[&rule], &mut page.as_slice(), &mut folders);
        let own = folders.own(&EntryPath::new("kaarten/x.json")).map(|path| path.key);
        assert_eq!(own.as_deref(), Some("maps/x.json"));
    }
}
