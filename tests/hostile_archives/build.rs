//! Zip and tar, byte by byte, with room for lies.

use std::io::Write;

pub const STORED: u16 = 0;
pub const DEFLATED: u16 = 8;
pub const HAS_DESCRIPTOR: u16 = 8;

/// One entry to be written, and the lies about it.
#[derive(Clone)]
pub struct Item {
    pub name: Vec<u8>,
    pub local_name: Vec<u8>,
    pub flags: u16,
    pub method: u16,
    pub crc: u32,
    pub size: u32,
    pub packed: Vec<u8>,
    pub mode: u32,
    pub descriptor: Option<Descriptor>,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Descriptor {
    Signed,
    Bare,
}

pub fn crc(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

pub fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn item(name: &str, bytes: &[u8], method: u16) -> Item {
    Item {
        name: name.into(),
        local_name: name.into(),
        flags: 0,
        method,
        crc: crc(bytes),
        size: bytes.len() as u32,
        packed: if method == DEFLATED { deflate(bytes) } else { bytes.to_vec() },
        mode: 0o100_644,
        descriptor: None,
    }
}

pub fn words(to: &mut Vec<u8>, numbers: &[u16]) {
    to.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
}

pub fn longs(to: &mut Vec<u8>, numbers: &[u32]) {
    to.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
}

impl Item {
    pub fn flags(&self) -> u16 {
        self.flags | if self.descriptor.is_some() { HAS_DESCRIPTOR } else { 0 }
    }

    pub fn header(&self) -> Vec<u8> {
        let mut bytes = b"PK\x03\x04".to_vec();
        words(&mut bytes, &[20, self.flags(), self.method, 0, 0x21]);
        let known = if self.descriptor.is_some() { [0; 3] } else { [self.crc, self.packed.len() as u32, self.size] };
        longs(&mut bytes, &known);
        words(&mut bytes, &[self.local_name.len() as u16, 0]);
        bytes.extend(&self.local_name);
        bytes
    }

    pub fn local(&self) -> Vec<u8> {
        let mut bytes = self.header();
        bytes.extend(&self.packed);
        if self.descriptor == Some(Descriptor::Signed) {
            bytes.extend(b"PK\x07\x08");
        }
        if self.descriptor.is_some() {
            longs(&mut bytes, &[self.crc, self.packed.len() as u32, self.size]);
        }
        bytes
    }

    pub fn central(&self, offset: u32) -> Vec<u8> {
        let mut bytes = b"PK\x01\x02".to_vec();
        words(&mut bytes, &[0x314, 20, self.flags(), self.method, 0, 0x21]);
        longs(&mut bytes, &[self.crc, self.packed.len() as u32, self.size]);
        words(&mut bytes, &[self.name.len() as u16, 0, 0, 0, 0]);
        longs(&mut bytes, &[self.mode << 16, offset]);
        bytes.extend(&self.name);
        bytes
    }
}

pub fn end(entries: u16, size: u32, offset: u32, disk: u16) -> Vec<u8> {
    let mut bytes = b"PK\x05\x06".to_vec();
    words(&mut bytes, &[disk, disk, entries, entries]);
    longs(&mut bytes, &[size, offset]);
    words(&mut bytes, &[0]);
    bytes
}

/// `body`, and a directory of items at offsets of it.
pub fn with_directory(mut body: Vec<u8>, listed: &[(&Item, u32)]) -> Vec<u8> {
    let at = body.len() as u32;
    let directory: Vec<u8> = listed.iter().flat_map(|(item, offset)| item.central(*offset)).collect();
    body.extend(&directory);
    body.extend(end(listed.len() as u16, directory.len() as u32, at, 0));
    body
}

pub fn zip(items: &[Item]) -> Vec<u8> {
    let mut body = Vec::new();
    let mut listed = Vec::new();
    for item in items {
        listed.push((item, body.len() as u32));
        body.extend(item.local());
    }
    with_directory(body, &listed)
}

pub fn tar_header(name: &str, kind: u8, size: u64) -> Vec<u8> {
    let mut header = vec![0; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    let size = format!("{size:011o}");
    header[124..124 + size.len()].copy_from_slice(size.as_bytes());
    header[156] = kind;
    header[257..265].copy_from_slice(b"ustar  \0");
    header[148..156].fill(b' ');
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    header
}

pub fn tar_entry(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut entry = tar_header(name, b'0', bytes.len() as u64);
    entry.extend(bytes);
    entry.resize(entry.len().next_multiple_of(512), 0);
    entry
}
