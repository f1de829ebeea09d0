//! Blocks one after the other: a length, the name (CID) of the block, its bytes.

use crate::decode::{DecodeError, cap};
use std::fmt::Write as _;
use std::io::{self, Read};

/// Bytes of a header; one names a root or two.
const LONGEST_HEADER: u64 = 64 << 10;

/// Bytes of a CID.
const LONGEST_CID: usize = 128;

/// The name of a block: a hash with what it is of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cid(Box<[u8]>);

impl Cid {
    /// The CID that `bytes` begin with, and the bytes behind it.
    pub fn split(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let length = Self::length(bytes)?;
        let (cid, rest) = bytes.split_at_checked(length)?;
        Some((Self(cid.into()), rest))
    }

    /// A CID alone.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        Self::split(bytes).filter(|(_, rest)| rest.is_empty()).map(|(cid, _)| cid)
    }

    fn length(bytes: &[u8]) -> Option<usize> {
        // Version 0 is a bare SHA-256.
        if bytes.starts_with(&[0x12, 0x20]) {
            return (bytes.len() >= 34).then_some(34);
        }
        let mut at = 0;
        let mut number = || {
            let (number, length) = varint(bytes.get(at..)?)?;
            at += length;
            Some(number)
        };
        let (version, _codec, _hash, digest) = (number()?, number()?, number()?, number()?);
        let length = at.checked_add(usize::try_from(digest).ok()?)?;
        (version == 1 && length <= LONGEST_CID && length <= bytes.len()).then_some(length)
    }

    /// As people see it: `b` and base 32, or for version 0 its bytes in hexadecimal.
    pub fn text(&self) -> String {
        if self.0.starts_with(&[0x12, 0x20]) {
            return self.0.iter().fold(String::new(), |mut text, byte| {
                // Writing to a String cannot fail.
                let _ = write!(text, "{byte:02x}");
                text
            });
        }
        format!("b{}", base32(&self.0))
    }
}

fn base32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let (mut text, mut buffer, mut bits) = (String::new(), 0u32, 0u32);
    for &byte in bytes {
        buffer = (buffer << 8) | u32::from(byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(ALPHABET[(buffer >> bits & 0x1f) as usize]));
        }
        buffer &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(char::from(ALPHABET[(buffer << (5 - bits) & 0x1f) as usize]));
    }
    text
}

/// A number in groups of seven bits, the lowest first, and how many bytes it takes.
pub fn varint(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut number = 0u64;
    for (at, &byte) in bytes.iter().take(9).enumerate() {
        number |= u64::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Some((number, at + 1));
        }
    }
    None
}

/// The blocks of a stream.
pub struct Sections<'r> {
    input: &'r mut dyn Read,
    /// Bytes read so far.
    at: u64,
}

/// A block with its name, or where one without a readable name is.
pub type Section = Result<(Cid, Vec<u8>), u64>;

impl<'r> Sections<'r> {
    /// Reads the header.
    pub fn new(input: &'r mut dyn Read) -> Result<Self, DecodeError> {
        let mut sections = Self { input, at: 0 };
        let length = sections.length()?.unwrap_or_default();
        if length == 0 || length > LONGEST_HEADER {
            return Err(DecodeError::Form("it does not begin as a CAR file does".to_owned()));
        }
        let header = sections.bytes(length)?;
        let has = |key: &[u8]| memchr::memmem::find(&header, key).is_some();
        if !has(b"eroots") || !has(b"gversion") {
            return Err(DecodeError::Form("it does not begin as a CAR file does".to_owned()));
        }
        Ok(sections)
    }

    /// The next block; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Section>, DecodeError> {
        let begin = self.at;
        let Some(length) = self.length()? else { return Ok(None) };
        if length > cap::VALUE as u64 {
            return Err(DecodeError::Form(format!("byte {begin}: a block of {length} bytes is larger than any is")));
        }
        let bytes = self.bytes(length)?;
        Ok(Some(match Cid::split(&bytes) {
            Some((cid, block)) => Ok((cid, block.to_vec())),
            None => Err(begin),
        }))
    }

    /// A length; `None` where the stream ends before it.
    fn length(&mut self) -> Result<Option<u64>, DecodeError> {
        let mut bytes = [0u8; 9];
        for at in 0..bytes.len() {
            if self.fill(&mut bytes[at..=at])? == 0 {
                return if at == 0 { Ok(None) } else { Err(self.cut_off()) };
            }
            if bytes[at] & 0x80 == 0 {
                return Ok(varint(&bytes).map(|(number, _)| number));
            }
        }
        Err(DecodeError::Form(format!("byte {}: a length of more than nine bytes", self.at)))
    }

    fn bytes(&mut self, length: u64) -> Result<Vec<u8>, DecodeError> {
        let mut bytes = Vec::new();
        // Memory grows with what is there, not with what is promised.
        let read = (&mut *self.input).take(length).read_to_end(&mut bytes)?;
        self.at += read as u64;
        if (read as u64) < length { Err(self.cut_off()) } else { Ok(bytes) }
    }

    fn fill(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.input.read(out) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => {
                    self.at += *read.as_ref().unwrap_or(&0) as u64;
                    return read;
                }
            }
        }
    }

    fn cut_off(&self) -> DecodeError {
        DecodeError::Form(format!("cut off at byte {}", self.at))
    }
}
