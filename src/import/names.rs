//! Reads what the ids of an export stand for, before its records are read.

use super::entry;
use crate::container::{Archive, Unit};
use crate::emit::{Emitter, Names, Paths, Rules};
use crate::recognise;
use crate::sheets::{EntryPath, NameRule, Sheet};
use std::io::Read;
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
        for unit in archive.units() {
            match unit {
                Unit::One(entry) => {
                    let rules = rules_for(sheet, &paths[entry]);
                    if !rules.is_empty()
                        && let Ok(mut reader) = archive.read(entry)
                    {
                        take(&mut told, &rules, mojibake, (archive, entry), &mut reader);
                    }
                }
                Unit::Sequence(entries) => {
                    let wanted = |entry: &usize| !rules_for(sheet, &paths[*entry]).is_empty();
                    let Some(last) = entries.iter().copied().rfind(wanted) else { continue };
                    // A sequence that breaks is told of by the walk that reads its records.
                    let _ = archive.walk(&entries, &mut |entry, reader| {
                        let rules = rules_for(sheet, &paths[entry]);
                        if !rules.is_empty() {
                            take(&mut told, &rules, mojibake, (archive, entry), reader);
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

/// Reads one entry, once for each rule that holds for it.
fn take(
    told: &mut [Names],
    rules: &[(usize, &NameRule)],
    mojibake: bool,
    at: (&Archive, usize),
    reader: &mut dyn Read,
) {
    let (archive, number) = at;
    let name = &archive.entries[number].name;
    let mut bytes = Vec::new();
    let Ok(length) = entry::read_whole(reader, MOST, &mut bytes).map(<[u8]>::len) else { return };
    bytes.truncate(length);
    let head = &bytes[..bytes.len().min(HEAD)];
    let text = String::from_utf8_lossy(head);
    for (at, rule) in rules.iter().filter(|(_, rule)| rule.head.as_ref().is_none_or(|wanted| wanted.is_match(&text))) {
        let by_form = || recognise::decoder_of(name, || head.to_vec());
        let (Some(decoder), Some(names)) = (rule.decoder.or_else(by_form), told.get_mut(*at)) else { continue };
        let mut paths = Paths::new(0, 0, mojibake);
        let mut reader = names.reader(rule);
        let rules = Rules { section: &rule.section, shared: &[] };
        // A decoder that panics, or an entry that is damaged, tells when the records are read.
        let _ = catch_unwind(AssertUnwindSafe(|| {
            let mut emitter = Emitter::new(rules, &mut paths, &mut reader, name);
            let _ = decoder.decode(&mut bytes.as_slice(), &mut emitter);
            emitter.finish();
        }));
    }
}

/// Bytes of an entry that are read for names: enough for the posts of a lifetime.
const MOST: u64 = 256 << 20;

/// Bytes that a rule's `head` looks at.
const HEAD: usize = 4 << 10;
