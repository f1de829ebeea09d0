//! The directory at the end of a zip: the list of its entries, duplicates and all.

use super::super::Entry;
use super::super::name::Label;
use super::super::source::{Span, fill};
use super::super::wording::{bytes, grouped};
use super::Spot;
use super::header::{self, CENTRAL, END, END64, Facts, LOCATOR64, SIGNATURE, u16_at, u32_at, u64_at};
use memchr::memmem;
use std::io::{self, Read};

/// What may follow an archive before its end is no longer looked for: a comment is at most 64 KiB, junk is what it is.
const TAIL: u64 = 1 << 20;
/// Damaged or made-up directories that are tried before the entries themselves are looked for.
const ATTEMPTS: usize = 4;

/// A zip's own list of its entries.
pub(super) struct Directory {
    pub(super) entries: Vec<Entry>,
    /// As many as entries; where their data begins is not known yet.
    pub(super) spots: Vec<Spot>,
    /// Where the directory begins; no entry reaches beyond.
    pub(super) start: u64,
    /// Behind the last byte of the archive, its comment included.
    pub(super) end: u64,
    /// To be added to every offset: what was put in front of the archive.
    pub(super) shift: i64,
    /// The number of this part of a split zip, from 0.
    pub(super) disk: u32,
    /// Entries as promised.
    pub(super) promised: u64,
}

/// The directory of the zip in `span`; `None` if it has none that is whole.
pub(super) fn find(span: &mut Span, len: u64, most: u64) -> io::Result<Option<Directory>> {
    let tail_at = len.saturating_sub(TAIL);
    let mut tail = Vec::new();
    span.move_to(tail_at);
    span.take(TAIL).read_to_end(&mut tail)?;
    let mut attempts = 0;
    for at in memmem::rfind_iter(&tail, &END.to_le_bytes()) {
        let Some(record) = tail.get(at..at + 22) else { continue };
        let Some(promise) = Promise::read(span, record, tail_at + at as u64)? else { continue };
        let Some(directory) = promise.locate(span)? else { continue };
        if let Some(directory) = read(span, directory, most)? {
            return Ok(Some(directory));
        }
        attempts += 1;
        if attempts == ATTEMPTS {
            break;
        }
    }
    Ok(None)
}

/// What an end record says of the directory in front of it.
struct Promise {
    entries: u64,
    size: u64,
    offset: u64,
    disk: u32,
    /// Where the first end record begins: the directory ends there.
    before: u64,
    end: u64,
}

impl Promise {
    fn read(span: &mut Span, record: &[u8], at: u64) -> io::Result<Option<Self>> {
        let end = at + 22 + u64::from(u16_at(record, 20));
        let narrow = Self {
            entries: u16_at(record, 10).into(),
            size: u32_at(record, 12).into(),
            offset: u32_at(record, 16).into(),
            disk: u16_at(record, 4).into(),
            before: at,
            end,
        };
        let is_saturated = narrow.entries == 0xffff || narrow.size == 0xffff_ffff || narrow.offset == 0xffff_ffff;
        let Some(locator) = at.checked_sub(20).filter(|_| is_saturated) else { return Ok(Some(narrow)) };
        let locator = bytes_at::<20>(span, locator)?;
        match locator.filter(|bytes| u32_at(bytes, 0) == LOCATOR64) {
            Some(locator) => Self::read_wide(span, u64_at(&locator, 8), at, end),
            None => Ok(Some(narrow)),
        }
    }

    /// The zip64 end record: where the locator says, or right before it, if something was put in front of the archive.
    fn read_wide(span: &mut Span, claimed: u64, at: u64, end: u64) -> io::Result<Option<Self>> {
        for before in [Some(claimed), at.checked_sub(20 + 56)].into_iter().flatten() {
            let Some(record) = bytes_at::<56>(span, before)?.filter(|bytes| u32_at(bytes, 0) == END64) else {
                continue;
            };
            return Ok(Some(Self {
                entries: u64_at(&record, 32),
                size: u64_at(&record, 40),
                offset: u64_at(&record, 48),
                disk: u32_at(&record, 16),
                before,
                end,
            }));
        }
        Ok(None)
    }

    /// An empty directory where it should begin, if there is one.
    fn locate(&self, span: &mut Span) -> io::Result<Option<Directory>> {
        if self.entries == 0 && self.size == 0 && self.before == 0 {
            return Ok(Some(self.directory_at(0)));
        }
        for start in [self.before.checked_sub(self.size), Some(self.offset)].into_iter().flatten() {
            if start < self.before && bytes_at::<4>(span, start)?.is_some_and(|four| u32_at(&four, 0) == CENTRAL) {
                return Ok(Some(self.directory_at(start)));
            }
        }
        Ok(None)
    }

    fn directory_at(&self, start: u64) -> Directory {
        Directory {
            entries: Vec::new(),
            spots: Vec::new(),
            start,
            end: self.end,
            shift: (start as i64).wrapping_sub(self.offset as i64),
            disk: self.disk,
            promised: self.entries,
        }
    }
}

/// `N` bytes, unless the archive ends before.
fn bytes_at<const N: usize>(span: &mut Span, at: u64) -> io::Result<Option<[u8; N]>> {
    let mut bytes = [0; N];
    span.move_to(at);
    Ok((fill(span, &mut bytes)? == N).then_some(bytes))
}

/// Lists the records up to the first that is none; `None` if that comes before the promised end.
fn read(span: &mut Span, mut directory: Directory, most: u64) -> io::Result<Option<Directory>> {
    span.move_to(directory.start);
    loop {
        let mut signature = [0; 4];
        let read = fill(span, &mut signature)?;
        match u32_at(&signature, 0) {
            CENTRAL if read == 4 => {}
            END | END64 | SIGNATURE if read == 4 => return Ok(Some(directory)),
            _ => return Ok(None),
        }
        let Some(record) = Record::read(span)? else { return Ok(None) };
        let (entry, spot) = record.listed(&directory);
        directory.entries.push(entry);
        directory.spots.push(spot);
        if directory.entries.len() as u64 > most {
            return Ok(Some(directory));
        }
    }
}

/// An entry as the directory lists it.
struct Record {
    label: Label,
    facts: Facts,
    offset: u64,
    /// The part of a split zip that it lies in.
    disk: u32,
    /// Unix file mode, 0 if unknown.
    mode: u32,
}

impl Record {
    /// Reads on behind the signature; `None` if the bytes end.
    fn read(from: &mut dyn Read) -> io::Result<Option<Self>> {
        let mut fixed = [0; 42];
        if fill(from, &mut fixed)? < fixed.len() {
            return Ok(None);
        }
        let [name_len, extra_len, comment_len] = [24, 26, 28].map(|at| usize::from(u16_at(&fixed, at)));
        let mut name = vec![0; name_len + extra_len + comment_len];
        if fill(from, &mut name)? < name.len() {
            return Ok(None);
        }
        let mut extra = name.split_off(name_len);
        extra.truncate(extra_len);
        Ok(Some(Self::new(&fixed, &name, &extra)))
    }

    fn new(fixed: &[u8], name: &[u8], extra: &[u8]) -> Self {
        let made_on_unix = matches!(fixed.get(1), Some(3 | 19));
        let mut record = Self {
            label: Label::new(header::unicode_name(name, extra).unwrap_or(name)),
            facts: Facts::new(fixed.get(4..24).unwrap_or_default()),
            offset: u32_at(fixed, 38).into(),
            disk: u16_at(fixed, 30).into(),
            mode: if made_on_unix { u32_at(fixed, 34) >> 16 } else { 0 },
        };
        if let Some((_, field)) = header::extra_fields(extra).find(|(id, _)| *id == header::ZIP64) {
            record.widen(field);
        }
        record
    }

    /// Takes the wide numbers of a zip64 field, for those that did not fit.
    fn widen(&mut self, field: &[u8]) {
        let mut rest = self.facts.widen(field);
        if self.offset == u64::from(u32::MAX)
            && let Some((wide, behind)) = rest.split_at_checked(8)
        {
            self.offset = u64_at(wide, 0);
            rest = behind;
        }
        if self.disk == u32::from(u16::MAX) && rest.len() >= 4 {
            self.disk = u32_at(rest, 0);
        }
    }

    fn listed(self, directory: &Directory) -> (Entry, Spot) {
        let Self { label, facts, offset, disk, mode } = self;
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
        (entry, Spot { header_at: offset.checked_add_signed(directory.shift), data_at: 0, facts })
    }
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
