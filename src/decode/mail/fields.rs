//! A block of headers: lines put together, names told from values.

use crate::decode::lines::Line;

/// Bytes of one header, and of all headers of a block; the rest is left out.
const LARGEST: usize = 64 << 10;
const LARGEST_BLOCK: usize = 1 << 20;

/// The headers of a message or of a part.
#[derive(Debug, Default)]
pub struct Fields {
    list: Vec<(String, Vec<u8>)>,
    bytes: usize,
    /// Something was too large and is not all there.
    pub cut: bool,
}

impl Fields {
    /// Takes a line; `false` if it is the empty one behind the headers.
    pub fn line(&mut self, line: Line<'_>) -> bool {
        if line.bytes.is_empty() && !line.continued {
            return false;
        }
        if line.continued || line.bytes.first().is_some_and(|byte| matches!(byte, b' ' | b'\t')) {
            self.go_on(line.bytes);
        } else if let Some((name, value)) = split(line.bytes) {
            self.begin(name, value);
        }
        true
    }

    fn begin(&mut self, name: &[u8], value: &[u8]) {
        if self.bytes >= LARGEST_BLOCK {
            self.cut = true;
            return;
        }
        // A header costs memory even if it says nothing.
        self.bytes += name.len() + size_of::<(String, Vec<u8>)>();
        self.list.push((String::from_utf8_lossy(name).into_owned(), Vec::new()));
        self.go_on(value);
    }

    fn go_on(&mut self, bytes: &[u8]) {
        let Some((_, value)) = self.list.last_mut() else { return };
        let room = LARGEST.saturating_sub(value.len());
        self.cut |= bytes.len() > room;
        value.extend_from_slice(bytes.get(..bytes.len().min(room)).unwrap_or_default());
        self.bytes += bytes.len().min(room);
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Name and value, in order.
    pub fn each(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.list.iter().map(|(name, value)| (name.as_str(), value.as_slice()))
    }

    /// The first header of a name, whatever its case.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.each().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// `Name: value`. A name has no blanks in it.
fn split(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = memchr::memchr(b':', line).filter(|&at| (1..=100).contains(&at))?;
    let (name, value) = (line.get(..at)?, line.get(at + 1..)?);
    name.iter().all(u8::is_ascii_graphic).then_some((name, value.trim_ascii_start()))
}
