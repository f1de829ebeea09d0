//! The headers of the zip format: numbers, extra fields, and what they say of an entry.

use super::super::source::fill;
use super::super::walk::Coding;
use std::io::{self, Read};

pub(super) const LOCAL: u32 = 0x0403_4b50;
pub(super) const CENTRAL: u32 = 0x0201_4b50;
pub(super) const END: u32 = 0x0605_4b50;
pub(super) const END64: u32 = 0x0606_4b50;
pub(super) const LOCATOR64: u32 = 0x0706_4b50;
/// Signs the directory, behind its records.
pub(super) const SIGNATURE: u32 = 0x0505_4b50;
pub(super) const DESCRIPTOR: u32 = 0x0807_4b50;
/// In front of a zip that was split, or could have been.
pub(super) const SPLIT: u32 = 0x3030_4b50;

const ENCRYPTED: u16 = 1;
const HAS_DESCRIPTOR: u16 = 1 << 3;
const STRONGLY_ENCRYPTED: u16 = 1 << 6;
const HEADERS_ENCRYPTED: u16 = 1 << 13;

/// Little-endian; 0 where there are no bytes, which every caller has excluded by length.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).and_then(|two| two.try_into().ok()).map_or(0, u16::from_le_bytes)
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}

pub(super) fn u64_at(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()).map_or(0, u64::from_le_bytes)
}

/// What local and central headers have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) flags: u16,
    pub(super) method: u16,
    pub(super) crc: u32,
    pub(super) packed: u64,
    pub(super) size: u64,
}

/// Why an encrypted entry fails.
pub(in crate::container) const NEEDS_PASSWORD: &str = "protected by a password, which is not asked for here";

impl Facts {
    /// From the twenty bytes that begin with the flags.
    pub(super) fn new(bytes: &[u8]) -> Self {
        Self {
            flags: u16_at(bytes, 0),
            method: u16_at(bytes, 2),
            crc: u32_at(bytes, 8),
            packed: u32_at(bytes, 12).into(),
            size: u32_at(bytes, 16).into(),
        }
    }

    /// Checksum and sizes follow the data, and may be missing here.
    pub(super) fn has_descriptor(self) -> bool {
        self.flags & HAS_DESCRIPTOR != 0
    }

    /// The sentence for entries that nobody can read here.
    pub(super) fn fail(self) -> Option<String> {
        if self.flags & (ENCRYPTED | STRONGLY_ENCRYPTED | HEADERS_ENCRYPTED) != 0 || self.method == 99 {
            return Some(NEEDS_PASSWORD.to_owned());
        }
        match self.coding() {
            Some(_) => None,
            None => Some(format!("method {} ({}) not supported", self.method, method_name(self.method))),
        }
    }

    pub(super) fn coding(self) -> Option<Coding> {
        match self.method {
            0 => Some(Coding::Stored),
            8 => Some(Coding::Deflate),
            9 | 12 => Some(Coding::Method(self.method)),
            _ => None,
        }
    }

    /// Takes the wide sizes of a zip64 field, for those that did not fit. Gives what is left of the field.
    pub(super) fn widen<'a>(&mut self, field: &'a [u8]) -> &'a [u8] {
        let mut rest = field;
        for number in [&mut self.size, &mut self.packed] {
            if *number == u64::from(u32::MAX)
                && let Some((wide, behind)) = rest.split_at_checked(8)
            {
                *number = u64_at(wide, 0);
                rest = behind;
            }
        }
        rest
    }
}

fn method_name(method: u16) -> &'static str {
    match method {
        1 => "shrink",
        2..=5 => "reduce",
        6 => "implode",
        10 => "PKWARE DCL implode",
        14 => "LZMA",
        16 => "IBM CMPSC",
        18 => "IBM TERSE",
        19 => "IBM LZ77",
        20 | 93 => "Zstandard",
        94 => "MP3",
        95 => "XZ",
        96 => "JPEG",
        97 => "WavPack",
        98 => "PPMd",
        _ => "unknown",
    }
}

/// The extra fields of a header, by id. Ends at the first that does not fit.
pub(super) fn extra_fields(extra: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = extra;
    std::iter::from_fn(move || {
        let (head, behind) = rest.split_at_checked(4)?;
        let (data, behind) = behind.split_at_checked(u16_at(head, 2).into())?;
        rest = behind;
        Some((u16_at(head, 0), data))
    })
}

pub(super) const ZIP64: u16 = 1;
const UNICODE_PATH: u16 = 0x7075;

/// The UTF-8 name that Info-ZIP keeps beside a name in an old encoding, if it belongs to that name.
pub(super) fn unicode_name<'a>(raw: &[u8], extra: &'a [u8]) -> Option<&'a [u8]> {
    let (_, field) = extra_fields(extra).find(|(id, _)| *id == UNICODE_PATH)?;
    let (head, name) = field.split_at_checked(5)?;
    let mut crc = flate2::Crc::new();
    crc.update(raw);
    (head.first() == Some(&1) && u32_at(head, 1) == crc.sum()).then_some(name)
}

/// The header in front of an entry's data.
#[derive(Debug, Clone)]
pub(super) struct Local {
    pub(super) facts: Facts,
    pub(super) name: Vec<u8>,
    /// Its sizes are eight bytes wide.
    pub(super) is_wide: bool,
    /// Bytes of name and extra field.
    pub(super) tail_len: u64,
}

impl Local {
    /// Reads on behind the signature; `None` if the bytes end.
    pub(super) fn read(from: &mut dyn Read) -> io::Result<Option<Self>> {
        let mut fixed = [0; 26];
        if fill(from, &mut fixed)? < fixed.len() {
            return Ok(None);
        }
        let mut facts = Facts::new(fixed.get(2..22).unwrap_or_default());
        let name_len: usize = u16_at(&fixed, 22).into();
        let mut name = vec![0; name_len + usize::from(u16_at(&fixed, 24))];
        if fill(from, &mut name)? < name.len() {
            return Ok(None);
        }
        let tail_len = name.len() as u64;
        let extra = name.split_off(name_len);
        let wide = extra_fields(&extra).find(|(id, _)| *id == ZIP64);
        if let Some((_, field)) = wide {
            facts.widen(field);
        }
        let name = unicode_name(&name, &extra).map(<[u8]>::to_vec).unwrap_or(name);
        Ok(Some(Self { facts, name, is_wide: wide.is_some(), tail_len }))
    }
}
