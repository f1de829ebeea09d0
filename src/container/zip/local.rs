//! The directory held against the headers in front of the data: where they disagree, who lies on whom.

use super::super::name::Label;
use super::super::source::{Span, fill};
use super::super::wording::{bytes, grouped};
use super::Listed;
use super::header::{LOCAL, Local, u32_at};
use std::io;

/// A local header without name and extra field.
const FIXED: u64 = 30;

/// The numbers of entries by where they lie, those of one place as listed.
pub(super) fn in_order(listed: &[Listed]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..listed.len()).collect();
    order.sort_by_key(|number| listed.get(*number).and_then(|entry| entry.header_at));
    order
}

/// Finds where the data of every entry begins, and warns where its header tells another story than the directory.
pub(super) fn check(span: &mut Span, listed: &mut [Listed], order: &[usize], limit: u64) -> io::Result<()> {
    for number in order {
        let Some(entry) = listed.get_mut(*number) else { continue };
        let header = match entry.header_at {
            Some(at) if at < limit => read(span, at)?,
            _ => None,
        };
        let Some((header, data_at)) = header else {
            let fail = "its header is not where the directory says: it lies outside of the archive or was overwritten";
            entry.entry.fail.get_or_insert_with(|| fail.to_owned());
            continue;
        };
        entry.data_at = data_at;
        let end = data_at.checked_add(entry.entry.packed);
        if end.is_none_or(|end| end > limit) && entry.entry.fail.is_none() {
            entry.entry.fail = Some(format!("{} reach beyond the end of the archive", bytes(entry.entry.packed)));
        }
        compare(entry, &header);
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

fn compare(listed: &mut Listed, header: &Local) {
    let label = Label::new(&header.name);
    let warnings = &mut listed.entry.warnings;
    if label.name != listed.entry.name {
        warnings
            .push(format!("two names: the directory says \"{}\", its header \"{}\"", listed.entry.name, label.name));
    }
    let (said, found) = (listed.facts, header.facts);
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
pub(super) fn refuse_overlaps(listed: &mut [Listed], order: &[usize]) -> Vec<String> {
    let mut reached = 0;
    let mut last: Option<usize> = None;
    let mut refused = 0;
    for number in order {
        let Some((from, to)) = listed.get(*number).and_then(range) else { continue };
        if from >= reached {
            reached = to;
            last = Some(*number);
            continue;
        }
        refused += 1;
        let over = last.and_then(|number| listed.get(number)).map_or(String::new(), |entry| entry.entry.name.clone());
        if let Some(entry) = listed.get_mut(*number) {
            entry.entry.fail.get_or_insert_with(|| format!("overlaps \"{over}\": not read a second time"));
        }
    }
    match refused {
        0 => Vec::new(),
        refused => vec![format!("{} entries overlap others: each byte is read once", grouped(refused))],
    }
}

/// Header and data of an entry, if they are where they should be.
fn range(listed: &Listed) -> Option<(u64, u64)> {
    let end = listed.data_at.checked_add(listed.entry.packed)?;
    (listed.data_at > 0).then_some((listed.header_at?, end))
}
