//! Tar archives, old and new: headers, and the records of GNU and PAX that name and size the entry behind them.

use super::name::Label;
use super::source::{Forward, Limited, fill};
use super::walk::{Coding, End, Item, Tail, Visitor};
use super::wording;
use std::io;

const BLOCK: usize = 512;
/// Of one record that describes the next entry (`security.md` F6).
const RECORD_LIMIT: u64 = 1 << 20;

type Header = [u8; BLOCK];

/// Whether a block is a tar header: its checksum is right.
pub(super) fn is_header(block: &[u8]) -> bool {
    let Some(header) = block.get(..BLOCK) else { return false };
    let Some(stored) = octal(field(header, 148, 8)) else { return false };
    let sum = |value: fn(u8) -> i64| {
        let byte = |(place, byte): (usize, &u8)| if (148..156).contains(&place) { 32 } else { value(*byte) };
        header.iter().enumerate().map(byte).sum::<i64>()
    };
    // Some old programs summed signed bytes.
    let matches = |total: i64| u64::try_from(total).is_ok_and(|total| total == stored);
    stored > 0 && (matches(sum(i64::from)) || matches(sum(|byte| i64::from(byte.cast_signed()))))
}

/// Walks a tar from its first header. Errors of the stream end the walk like a cut, with their own sentence.
pub(super) fn walk(from: &mut dyn Forward, visitor: &mut dyn Visitor) -> Tail {
    let mut tail = Tail::default();
    let mut next = Overrides::default();
    let mut header = [0; BLOCK];
    loop {
        let at = from.position();
        let taken = match read_header(from, &mut header, &mut tail) {
            Ok(Step::Header) => next.take(&header, from),
            Ok(Step::End) => return tail,
            Ok(Step::Cut) => {
                tail.cut(at, None);
                return tail;
            }
            Err(error) => Err(error),
        };
        match taken {
            Ok(true) => {}
            Ok(false) => {
                if !entry(&header, std::mem::take(&mut next), from, visitor, &mut tail) {
                    return tail;
                }
            }
            Err(error) => {
                tail.cut(at, Some(&error));
                return tail;
            }
        }
    }
}

enum Step {
    Header,
    End,
    Cut,
}

/// Reads the next block that is a header. Two blocks of zeros end the archive; blocks that are no header are lost.
fn read_header(from: &mut dyn Forward, block: &mut Header, tail: &mut Tail) -> io::Result<Step> {
    let mut zeros = 0;
    loop {
        let at = from.position();
        match fill(from, block)? {
            0 => return Ok(Step::End),
            BLOCK => {}
            _ => return Ok(Step::Cut),
        }
        if block.iter().all(|byte| *byte == 0) {
            zeros += 1;
            if zeros == 2 {
                return Ok(Step::End);
            }
        } else if is_header(block) {
            return Ok(Step::Header);
        } else {
            tail.lose(at, BLOCK as u64);
        }
    }
}

/// Hands one entry to the visitor, and passes over it; false if nothing can follow.
fn entry(
    header: &Header,
    overrides: Overrides,
    from: &mut dyn Forward,
    visitor: &mut dyn Visitor,
    tail: &mut Tail,
) -> bool {
    if let Err(error) = pass_sparse_maps(header, from) {
        tail.cut(from.position(), Some(&error));
        return false;
    }
    let item = item(header, overrides, from.position());
    let size = item.size.unwrap_or(0);
    let mut body = Limited { inner: from, left: size };
    let flow = visitor.enter(&item, &mut body);
    let rest = body.left;
    let passed = from.skip(rest);
    let cut = match &passed {
        Ok(passed) if *passed == rest => None,
        Ok(passed) => Some(cut_off(size, size - rest + passed)),
        Err(error) => Some(error.to_string()),
    };
    let whole = cut.is_none();
    if !whole {
        tail.cut(from.position(), passed.as_ref().err());
    }
    visitor.leave(End { packed: size, size: item.size, crc: None, cut });
    tail.stopped = flow.is_break();
    // The padding belongs to nobody: a cut in it harms no entry.
    whole && !tail.stopped && from.skip(padding(size)).is_ok()
}

fn cut_off(size: u64, there: u64) -> String {
    format!("cut off: {} of {} are there", wording::grouped(there), wording::bytes(size))
}

fn padding(size: u64) -> u64 {
    size.next_multiple_of(BLOCK as u64) - size
}

fn item(header: &Header, overrides: Overrides, data_at: u64) -> Item {
    let mut label = Label::new(&overrides.name.unwrap_or_else(|| name(header)));
    let kind = kind(header);
    let size = overrides.size.or_else(|| number(field(header, 124, 12)));
    let sparse = kind == b'S' || overrides.sparse;
    if let Some(skip) = no_file(kind) {
        label.skip.get_or_insert(skip);
    }
    let mut item = Item::new(label);
    item.data_at = data_at;
    item.coding = Coding::Stored;
    item.size = if has_data(kind) { size.filter(|size| i64::try_from(*size).is_ok()) } else { Some(0) };
    item.fail = if item.size.is_none() {
        Some("its size is no number".to_owned())
    } else if sparse {
        Some("a sparse file: not supported".to_owned())
    } else {
        overrides.fail
    };
    item
}

/// The sentence for what is neither file nor folder by name.
fn no_file(kind: u8) -> Option<String> {
    match kind {
        b'0' | b'7' | b'S' | 0 => None,
        b'1' | b'2' => Some("link: not followed".to_owned()),
        b'3' | b'4' => Some("device: not opened".to_owned()),
        b'5' | b'D' => Some("folder".to_owned()),
        b'6' => Some("pipe: not opened".to_owned()),
        b'V' => Some("label of the archive".to_owned()),
        other => Some(format!("no file (type \"{}\")", char::from(other).escape_default())),
    }
}

/// Links, devices and folders have none, whatever their size field says.
fn has_data(kind: u8) -> bool {
    !matches!(kind, b'1'..=b'6')
}

fn kind(header: &Header) -> u8 {
    header[156]
}

fn field(header: &[u8], start: usize, len: usize) -> &[u8] {
    header.get(start..start + len).unwrap_or_default()
}

fn name(header: &Header) -> Vec<u8> {
    let name = until_nul(field(header, 0, 100));
    let prefix = until_nul(field(header, 345, 155));
    // GNU keeps other things where ustar has a prefix.
    if field(header, 257, 6) == b"ustar\0" && !prefix.is_empty() {
        return [prefix, b"/", name].concat();
    }
    name.to_vec()
}

fn until_nul(bytes: &[u8]) -> &[u8] {
    bytes.split(|byte| *byte == 0).next().unwrap_or_default()
}

/// A number field: octal digits, or big-endian with the top bit set. Negative numbers are none.
fn number(field: &[u8]) -> Option<u64> {
    match field.first() {
        Some(0x80) => {
            let (high, low) = field.get(1..)?.split_at_checked(field.len().checked_sub(9)?)?;
            let low = <[u8; 8]>::try_from(low).ok()?;
            high.iter().all(|byte| *byte == 0).then(|| u64::from_be_bytes(low))
        }
        _ => octal(field),
    }
}

fn octal(field: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(field).ok()?;
    let digits = text.trim_matches(['\0', ' ']);
    if digits.is_empty() {
        return Some(0);
    }
    u64::from_str_radix(digits, 8).ok().filter(|_| !digits.starts_with('+'))
}

/// Old GNU sparse files carry more maps before their data.
fn pass_sparse_maps(header: &Header, from: &mut dyn Forward) -> io::Result<()> {
    let mut more = kind(header) == b'S' && header[482] != 0;
    let mut map = [0; BLOCK];
    while more {
        if fill(from, &mut map)? < BLOCK {
            return Err(ends_in_a_record());
        }
        more = map[504] != 0;
    }
    Ok(())
}

fn ends_in_a_record() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the archive ends in a record that describes the next entry")
}

/// What records before an entry say of it. PAX wins over GNU and over the header.
#[derive(Default)]
struct Overrides {
    name: Option<Vec<u8>>,
    size: Option<u64>,
    sparse: bool,
    fail: Option<String>,
}

impl Overrides {
    /// Takes a record about the next entry, if the header is one; false if it is an entry. A record that is longer than any name needs
    /// to be is passed over.
    fn take(&mut self, header: &Header, from: &mut dyn Forward) -> io::Result<bool> {
        let kind = kind(header);
        if !matches!(kind, b'L' | b'K' | b'x' | b'g') {
            return Ok(false);
        }
        let size = number(field(header, 124, 12));
        let padded = size.and_then(|size| size.checked_next_multiple_of(BLOCK as u64));
        let (Some(size), Some(padded)) = (size, padded) else {
            return Err(io::Error::other("a record that names the next entry has no size"));
        };
        if size > RECORD_LIMIT {
            self.fail = Some(format!("the record that names it has {}: not read", wording::bytes(size)));
            return if from.skip(padded)? == padded { Ok(true) } else { Err(ends_in_a_record()) };
        }
        let mut record = vec![0; size as usize];
        if fill(from, &mut record)? < record.len() {
            return Err(ends_in_a_record());
        }
        from.skip(padded - size)?;
        match kind {
            b'L' => self.name = Some(until_nul(&record).to_vec()),
            b'x' => self.take_pax(&record),
            _ => {}
        }
        Ok(true)
    }

    fn take_pax(&mut self, record: &[u8]) {
        let mut rest = record;
        while let Some((key, value, behind)) = pax_pair(rest) {
            match key {
                b"path" => self.name = Some(value.to_vec()),
                b"size" => self.take_pax_size(value),
                key if key.starts_with(b"GNU.sparse.") => self.sparse = true,
                _ => {}
            }
            rest = behind;
        }
    }

    fn take_pax_size(&mut self, value: &[u8]) {
        match std::str::from_utf8(value).ok().and_then(|digits| digits.parse().ok()) {
            Some(size) => self.size = Some(size),
            None => self.fail = Some("its size is no number".to_owned()),
        }
    }
}

/// `LENGTH KEY=VALUE\n`, the length counting itself; and what follows.
fn pax_pair(record: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let space = record.iter().position(|byte| *byte == b' ')?;
    let len: usize = std::str::from_utf8(record.get(..space)?).ok()?.parse().ok()?;
    let (pair, behind) = record.split_at_checked(len)?;
    let pair = pair.get(space + 1..)?.strip_suffix(b"\n")?;
    let equals = pair.iter().position(|byte| *byte == b'=')?;
    Some((pair.get(..equals)?, pair.get(equals + 1..)?, behind))
}

#[cfg(test)]
pub(super) mod tests;
