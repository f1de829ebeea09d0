//! Bytes of any encoding in, valid UTF-8 out: the repair in front of the reader, so that one bad byte costs one character.

use super::Mishaps;
use encoding_rs::DecoderResult;
use std::io::{self, ErrorKind, Read};

/// Bytes asked of the entry at a time. Small enough to stay in the cache between inflate, repair and walk.
const CHUNK: usize = 64 << 10;

const BOM_UTF8: &[u8] = &[0xef, 0xbb, 0xbf];

/// The entry's stream as text.
pub struct Source<'r> {
    input: &'r mut dyn Read,
    raw: Box<[u8]>,
    /// Bytes at the start of `raw` that wait for the rest of their character.
    held: usize,
    /// Set if the text is UTF-16.
    wide: Option<encoding_rs::Decoder>,
    begun: bool,
    ended: bool,
    /// Bytes had from the stream.
    pub taken: u64,
    /// Bytes that were no UTF-8.
    pub bad: Mishaps,
}

impl<'r> Source<'r> {
    pub fn new(input: &'r mut dyn Read) -> Self {
        let raw = vec![0; CHUNK].into_boxed_slice();
        Self { input, raw, held: 0, wide: None, begun: false, ended: false, taken: 0, bad: Mishaps::default() }
    }

    /// Appends the next piece of the stream to `text`. False at its end, and only there.
    pub fn fill(&mut self, text: &mut String) -> io::Result<bool> {
        let before = text.len();
        while text.len() == before {
            if self.ended {
                return Ok(false);
            }
            if self.begun {
                self.read()?;
            } else {
                self.begin()?;
            }
            self.append(text);
        }
        Ok(true)
    }

    /// One read behind what is held; notes the end.
    fn read(&mut self) -> io::Result<()> {
        let free = self.raw.get_mut(self.held..).unwrap_or_default();
        let count = loop {
            match self.input.read(free) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                outcome => break outcome?,
            }
        };
        self.ended = count == 0;
        self.held += count;
        self.taken += count as u64;
        Ok(())
    }

    /// Reads enough to tell the encoding, which a BOM says, or the zeros that ASCII in UTF-16 has in every other byte.
    fn begin(&mut self) -> io::Result<()> {
        while self.held < 4 && !self.ended {
            self.read()?;
        }
        self.begun = true;
        let bom = match self.raw.get(..self.held).unwrap_or_default() {
            [0xff, 0xfe, ..] => self.widen(encoding_rs::UTF_16LE, 2),
            [0xfe, 0xff, ..] => self.widen(encoding_rs::UTF_16BE, 2),
            [1..=0xff, 0, ..] => self.widen(encoding_rs::UTF_16LE, 0),
            [0, 1..=0xff, ..] => self.widen(encoding_rs::UTF_16BE, 0),
            head if head.starts_with(BOM_UTF8) => BOM_UTF8.len(),
            _ => 0,
        };
        self.drop_front(bom);
        Ok(())
    }

    fn widen(&mut self, encoding: &'static encoding_rs::Encoding, bom: usize) -> usize {
        self.wide = Some(encoding.new_decoder_without_bom_handling());
        bom
    }

    fn append(&mut self, text: &mut String) {
        if self.wide.is_some() {
            self.append_wide(text);
            return;
        }
        let bytes = self.raw.get(..self.held).unwrap_or_default();
        let whole = if self.ended { bytes.len() } else { whole_characters(bytes) };
        let ready = bytes.get(..whole).unwrap_or_default();
        match std::str::from_utf8(ready) {
            Ok(valid) => text.push_str(valid),
            Err(_) => repair(ready, text, self.taken - self.held as u64, &mut self.bad),
        }
        self.drop_front(whole);
    }

    fn append_wide(&mut self, text: &mut String) {
        let Some(decoder) = &mut self.wide else { return };
        let bytes = self.raw.get(..self.held).unwrap_or_default();
        let at = self.taken - self.held as u64;
        let mut done = 0;
        loop {
            let rest = bytes.get(done..).unwrap_or_default();
            // The worst case of the decoder, so that its output is never full.
            text.reserve(decoder.max_utf8_buffer_length_without_replacement(rest.len()).unwrap_or(rest.len() * 3) + 16);
            let (result, read) = decoder.decode_to_string_without_replacement(rest, text, self.ended);
            done += read;
            match result {
                DecoderResult::Malformed(length, passed) => {
                    text.push(char::REPLACEMENT_CHARACTER);
                    self.bad.add((at + done as u64).saturating_sub(u64::from(length) + u64::from(passed)));
                }
                DecoderResult::InputEmpty | DecoderResult::OutputFull => break,
            }
        }
        self.drop_front(done);
    }

    fn drop_front(&mut self, count: usize) {
        self.raw.copy_within(count..self.held, 0);
        self.held -= count;
    }
}

/// Appends `bytes` with U+FFFD for what is no UTF-8; `at` is where they stand in the entry.
fn repair(bytes: &[u8], text: &mut String, at: u64, bad: &mut Mishaps) {
    let mut at = at;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        at += chunk.valid().len() as u64;
        if !chunk.invalid().is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
            bad.add(at);
            at += chunk.invalid().len() as u64;
        }
    }
}

/// Length without a character that is cut off at the end.
fn whole_characters(bytes: &[u8]) -> usize {
    for (back, &byte) in bytes.iter().rev().take(3).enumerate() {
        let width = match byte {
            0xc0..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xff => 4,
            0x80..=0xbf => continue,
            _ => 1,
        };
        return if width > back + 1 { bytes.len() - back - 1 } else { bytes.len() };
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte a read: the worst way of being cut into pieces.
    struct Drop<'a>(&'a [u8]);

    impl Read for Drop<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let count = self.0.len().min(out.len()).min(1);
            self.0.read(out.get_mut(..count).unwrap_or_default())
        }
    }

    fn text_of(input: &mut dyn Read) -> (String, Mishaps) {
        let mut source = Source::new(input);
        let mut text = String::new();
        while source.fill(&mut text).expect("memory can be read") {}
        (text, source.bad)
    }

    fn check(bytes: &[u8], expected: &str, bad: u64) {
        for (text, mishaps) in [text_of(&mut &*bytes), text_of(&mut Drop(bytes))] {
            assert_eq!(text, expected);
            assert_eq!(mishaps.count, bad);
        }
    }

    #[test]
    fn the_encoding_is_told_by_a_mark_or_by_its_zeros() {
        check("\u{feff}[\"Zoë\"]".as_bytes(), "[\"Zoë\"]", 0);
        let wide = |swap: fn(u16) -> [u8; 2], text: &str| text.encode_utf16().flat_map(swap).collect::<Vec<u8>>();
        check(&wide(u16::to_le_bytes, "\u{feff}[\"Zoë 😊\"]"), "[\"Zoë 😊\"]", 0);
        check(&wide(u16::to_be_bytes, "\u{feff}[\"Zoë 😊\"]"), "[\"Zoë 😊\"]", 0);
        check(&wide(u16::to_le_bytes, "[\"Zoë\"]"), "[\"Zoë\"]", 0);
        check(&wide(u16::to_be_bytes, "[\"Zoë\"]"), "[\"Zoë\"]", 0);
    }

    #[test]
    fn bytes_that_are_no_utf8_cost_one_character_each() {
        check(b"a\xffb\xc3(\xe2\x82", "a\u{fffd}b\u{fffd}(\u{fffd}", 3);
        check(b"", "", 0);
        check(b"{", "{", 0);
    }

    #[test]
    fn half_a_character_of_utf16_costs_one_character() {
        check(b"\xff\xfea\0\x3d\xd8b\0\0\xdcc", "a\u{fffd}b\u{fffd}\u{fffd}", 3);
        assert_eq!(text_of(&mut &b"\xff\xfea\0\x3d\xd8b\0"[..]).1.first, 4);
    }

    #[test]
    fn the_first_bad_byte_is_named() {
        assert_eq!(text_of(&mut &b"\xef\xbb\xbfab\xff\xff"[..]).1.first, 5);
    }
}
