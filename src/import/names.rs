//! Reads what the ids of an export stand for, before its records are read.

use crate::container::{Archive, Unit};
use crate::emit::{Emitter, Names, Paths, Rules};
use crate::recognise;
use crate::sheets::{EntryPath, NameRule, Sheet};
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The names that the entries of an export tell, by the rules of its sheet. What cannot be read here fails again, and is told, when
/// its records are read.
pub fn read(sheet: Option<&Sheet>, parts: &[Archive]) -> Names {
    let Some(sheet) = sheet.filter(|sheet| !sheet.names.is_empty()) else { return Names::default() };
    let mut told: Vec<Names> = sheet.names.iter().map(|_| Names::default()).collect();
    let mojibake = sheet.mojibake;
    for archive in parts {
        let paths = recognise::paths(archive);
        let name = |entry: usize| archive.entries[entry].name.as_str();
        for unit in archive.units() {
            match unit {
                Unit::One(entry) => {
                    let rules = rules_for(sheet, &paths[entry]);
                    if !rules.is_empty() {
                        take(&mut told, &rules, mojibake, name(entry), &mut || Some(archive.read(entry).ok()?));
                    }
                }
                Unit::Sequence(entries) => {
                    let wanted = |entry: &usize| !rules_for(sheet, &paths[*entry]).is_empty();
                    let Some(last) = entries.iter().copied().rfind(wanted) else { continue };
                    // A sequence that breaks is told of by the walk that reads its records.
                    let _ = archive.walk(&entries, &mut |entry, reader| {
                        let rules = rules_for(sheet, &paths[entry]);
                        let mut bytes = Vec::new();
                        if !rules.is_empty() && reader.take(MOST_HELD).read_to_end(&mut bytes).is_ok() {
                            take(&mut told, &rules, mojibake, name(entry), &mut || Some(Box::new(bytes.as_slice())));
                        }
                        if entry == last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                    });
                }
            }
        }
    }
    let mut names = Names::default();
    for later in told {
        names.join(later);
    }
    names.resolved()
}

/// The rules that may hold for an entry, by number.
fn rules_for<'s>(sheet: &'s Sheet, path: &EntryPath) -> Vec<(usize, &'s NameRule)> {
    sheet.names.iter().enumerate().filter(|(_, rule)| rule.reads(path)).collect()
}

/// Takes in what one entry tells, by each rule that holds for it. `again` gives the entry from its beginning; giant ones are never
/// held in memory.
fn take<'r>(
    told: &mut [Names],
    rules: &[(usize, &NameRule)],
    mojibake: bool,
    name: &str,
    again: &mut dyn FnMut() -> Option<Box<dyn Read + 'r>>,
) {
    let Some(head) = again().and_then(|reader| beginning(reader).ok()) else { return };
    let text = String::from_utf8_lossy(&head);
    for (at, rule) in rules.iter().filter(|(_, rule)| rule.head.as_ref().is_none_or(|wanted| wanted.is_match(&text))) {
        let by_form = || recognise::decoder_of(name, || head.clone());
        let (Some(decoder), Some(names)) = (rule.decoder.or_else(by_form), told.get_mut(*at)) else { continue };
        let Some(reader) = again() else { return };
        let mut paths = Paths::new(0, 0, mojibake);
        let mut names = names.reader(rule);
        let rules = Rules { section: &rule.section, shared: &[] };
        // A decoder that panics, or an entry that is damaged, tells when the records are read.
        let _ = catch_unwind(AssertUnwindSafe(|| {
            let mut emitter = Emitter::new(rules, &mut paths, &mut names, name);
            let _ = decoder.decode(&mut reader.take(MOST), &mut emitter);
            emitter.finish();
        }));
    }
}

fn beginning(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD);
    reader.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// Bytes of an entry that are read for names: enough for the posts of a lifetime.
const MOST: u64 = 256 << 20;

/// The same for an entry that cannot be read from its beginning again, and is held in memory.
const MOST_HELD: u64 = 64 << 20;

/// Bytes that a rule's `head` looks at.
const HEAD: usize = 4 << 10;
