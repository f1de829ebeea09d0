//! The directory held against the headers in front of the data: where they disagree, who lies on whom.

use super::super::Entry;
use super::super::name::Label;
use super::super::source::{Span, fill};
use super::super::wording::{bytes, counted};
use super::Spot;
use super::header::{Facts, LOCAL, Local, u32_at};
use std::io;

/// A local header without name and extra field.
const FIXED: u64 = 30;

/// The numbers of entries by where they lie, those of one place as listed.
pub(super) fn in_order(spots: &[Spot]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..spots.len()).collect();
    order.sort_by_key(|number| spots.get(*number).and_then(|spot| spot.header_at));
    order
}

/// Finds where the data of every entry begins, and warns where its header tells another story than the directory.
pub(super) fn check(
    span: &mut Span,
    entries: &mut [Entry],
    spots: &mut [Spot],
    order: &[usize],
    limit: u64,
) -> io::Result<()> {
    for number in order {
        let (Some(entry), Some(spot)) = (entries.get_mut(*number), spots.get_mut(*number)) else { continue };
        let header = match spot.header_at {
            Some(at) if at < limit => read(span, at)?,
            _ => None,
        };
        let Some((header, data_at)) = header else {
            let fail = "its header is not where the directory says: it lies outside of the archive or was overwritten";
            entry.fail.get_or_insert_with(|| fail.to_owned());
            continue;
        };
        compare(entry, spot.facts, &header);
        if data_at.checked_add(entry.packed).is_none_or(|end| end > limit) {
            let fail = format!("its {} reach beyond the end of the archive", bytes(entry.packed));
            entry.fail.get_or_insert(fail);
        } else {
            spot.data_at = data_at;
        }
    }
    Ok(())
}

/// The local header at `at` and where the data begins; `None` if there is none.
fn read(span: &mut Span, at: u64) -> io::Result<Option<(Local, u64)>> {
    span.move_to(at);
    let mut signature = [0; 4];
    if fill(span, &mut signature)? < 4 || u32_at(&signature, 0) != LOCAL {
        return Ok(None);
    }
    let header = Local::read(span)?;
    let lengths = header.as_ref().map_or(0, |header| header.tail_len);
    Ok(header.map(|header| (header, at + FIXED + lengths)))
}

fn compare(entry: &mut Entry, said: Facts, header: &Local) {
    let label = Label::new(&header.name);
    let found = header.facts;
    let warnings = &mut entry.warnings;
    if label.name != entry.name {
        warnings.push(format!("two names: the directory says \"{}\", its header \"{}\"", entry.name, label.name));
    }
    if said.method != found.method {
        warnings.push(format!("two methods: the directory says {}, its header {}", said.method, found.method));
    }
    // A header that leaves its numbers to a descriptor may hold anything.
    if found.has_descriptor() || (found.size, found.packed, found.crc) == (said.size, said.packed, said.crc) {
        return;
    }
    warnings.push(format!(
        "two sizes or checksums: the directory says {}, its header {}",
        bytes(said.size),
        bytes(found.size)
    ));
}

/// Fails every entry that begins inside another one: each byte is read once. Gives sentences about the archive.
pub(super) fn refuse_overlaps(entries: &mut [Entry], spots: &[Spot], order: &[usize]) -> Vec<String> {
    let mut reached = 0;
    let mut last = String::new();
    let mut refused = 0;
    for number in order {
        let (Some(entry), Some(spot)) = (entries.get_mut(*number), spots.get(*number)) else { continue };
        let Some((from, to)) = spot.range() else { continue };
        if from >= reached {
            reached = to;
            last.clone_from(&entry.name);
        } else {
            refused += 1;
            entry.fail.get_or_insert_with(|| format!("overlaps \"{last}\": not read a second time"));
        }
    }
    match refused {
        0 => Vec::new(),
        refused => {
            let entries = counted(refused, "entry lies", "entries lie");
            vec![format!("{entries} on top of others: each byte is read once")]
        }
    }
}

/// A descriptor may follow the data of an entry: signature, checksum, two wide sizes.
const DESCRIPTOR: u64 = 24;

/// Bytes between `start` and `limit` that lie in no entry.
pub(super) fn unclaimed(spots: &[Spot], order: &[usize], start: u64, limit: u64) -> u64 {
    let ranges = order.iter().filter_map(|number| spots.get(*number)).filter_map(Spot::range);
    let mut reached = start;
    let mut unclaimed = 0;
    for (from, to) in ranges.chain([(limit, limit)]) {
        let gap = from.saturating_sub(reached);
        unclaimed += if gap > DESCRIPTOR { gap } else { 0 };
        reached = reached.max(to);
    }
    unclaimed
}
