//! Bytes to lines: whatever the encoding, one line at a time, none longer than a value may be.

use crate::decode::cap;
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{self, Read};

/// Bytes read at once.
const CHUNK: usize = 64 << 10;
/// Bytes by which UTF-16 without a byte order mark is told.
const SIGN: usize = 512;

/// How a line ends. iOS ends messages with CRLF, and lines inside a message with LF alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    CrLf,
    Lf,
    /// The text is over.
    Nothing,
}

/// The lines of a text. Reading never fails as a whole: what went wrong is kept in the public fields.
pub struct Lines<R> {
    input: R,
    decoder: Decoder,
    raw: Vec<u8>,
    text: String,
    /// Bytes of `text` that were given.
    at: usize,
    over: bool,
    /// 1-based number of the line given last.
    pub number: u64,
    /// The first line with bytes that are no text.
    pub damaged: Option<u64>,
    /// Lines that were cut at the cap.
    pub cut: Vec<u64>,
    /// Why reading stopped before the end.
    pub fault: Option<io::Error>,
}

impl<R: Read> Lines<R> {
    /// `head` is the beginning of the same bytes; it tells the encoding.
    pub fn new(input: R, head: &[u8]) -> Self {
        Self {
            input,
            decoder: encoding(head).new_decoder_with_bom_removal(),
            raw: vec![0; CHUNK],
            text: String::new(),
            at: 0,
            over: false,
            number: 0,
            damaged: None,
            cut: Vec::new(),
            fault: None,
        }
    }

    /// The next line into `line`, without its end. `None` after the last.
    pub fn next(&mut self, line: &mut String) -> Option<Ending> {
        line.clear();
        self.number += 1;
        let mut cut = false;
        let found = loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let end = memchr::memchr(b'\n', rest.as_bytes());
            let part = end.and_then(|end| rest.get(..end)).unwrap_or(rest);
            cut |= !append(line, part);
            if let Some(end) = end {
                self.at += end + 1;
                break true;
            }
            if !self.refill() {
                break false;
            }
        };
        if cut {
            self.cut.push(self.number);
        }
        match (found, line.ends_with('\r')) {
            (true, true) => {
                line.pop();
                Some(Ending::CrLf)
            }
            (true, false) => Some(Ending::Lf),
            (false, _) if line.is_empty() => None,
            (false, _) => Some(Ending::Nothing),
        }
    }

    /// Replaces the text by what comes next. False if nothing does.
    fn refill(&mut self) -> bool {
        self.text.clear();
        self.at = 0;
        while self.text.is_empty() && !self.over {
            let read = match self.input.read(&mut self.raw) {
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.fault = Some(error);
                    0
                }
            };
            self.over = read == 0;
            self.decode(read);
        }
        !self.text.is_empty()
    }

    fn decode(&mut self, read: usize) {
        let bytes = self.raw.get(..read).unwrap_or_default();
        let room = self.decoder.max_utf8_buffer_length(read).unwrap_or(read.saturating_mul(4));
        self.text.reserve(room);
        let (_, _, damaged) = self.decoder.decode_to_string(bytes, &mut self.text, self.over);
        if damaged && self.damaged.is_none() {
            let before = self.text.split('\u{fffd}').next().unwrap_or_default();
            self.damaged = Some(self.number + memchr::memchr_iter(b'\n', before.as_bytes()).count() as u64);
        }
    }
}

/// Adds to a line what still fits. False if something did not.
fn append(line: &mut String, part: &str) -> bool {
    let fits = line.len() + part.len() <= cap::VALUE;
    if fits {
        line.push_str(part);
    } else {
        let room = cap::VALUE.saturating_sub(line.len());
        // At most three bytes back from the cap a character ends.
        let end = (0..=room).rev().find(|&end| part.is_char_boundary(end)).unwrap_or(0);
        line.push_str(part.get(..end).unwrap_or_default());
    }
    fits
}

/// The encoding by byte order mark, else by where the zero bytes stand: digits and blanks have one each in UTF-16.
fn encoding(head: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return encoding;
    }
    let sign = head.get(..head.len().min(SIGN)).unwrap_or_default();
    let zeros = |from: usize| sign.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    let (high_first, low_first) = (zeros(0), zeros(1));
    let enough = sign.len() / 10;
    if low_first > enough && low_first > high_first {
        UTF_16LE
    } else if high_first > enough {
        UTF_16BE
    } else {
        UTF_8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &[(&str, Ending)]) {
        let mut lines = Lines::new(bytes, bytes);
        let mut line = String::new();
        let mut found = Vec::new();
        while let Some(ending) = lines.next(&mut line) {
            found.push((line.clone(), ending));
        }
        let found: Vec<_> = found.iter().map(|(line, ending)| (line.as_str(), *ending)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn both_line_ends_are_told_apart_and_a_lone_return_is_content() {
        let expected = [("a", Ending::CrLf), ("b", Ending::Lf), ("", Ending::Lf), ("c\rd", Ending::Nothing)];
        check(b"a\r\nb\n\nc\rd", &expected);
    }

    #[test]
    fn utf_16_is_read_with_and_without_its_mark() {
        let little = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let big = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
        let expected = [("1/2/24 дом", Ending::Lf), ("x", Ending::Nothing)];
        for text in ["1/2/24 дом\nx", "\u{feff}1/2/24 дом\nx"] {
            check(&little(text), &expected);
            check(&big(text), &expected);
        }
        check("\u{feff}1/2/24 дом\nx".as_bytes(), &expected);
    }

    #[test]
    fn bytes_that_are_no_text_are_said_with_their_line() {
        let bytes = b"one\ntwo \xff\nthree";
        let mut lines = Lines::new(&bytes[..], bytes);
        let mut line = String::new();
        while lines.next(&mut line).is_some() {}
        assert_eq!(lines.damaged, Some(2));
    }

    #[test]
    fn a_line_longer_than_a_value_may_be_is_cut_and_said() {
        let bytes = [vec![b'x'; cap::VALUE + 10], b"\nnext".to_vec()].concat();
        let mut lines = Lines::new(&bytes[..], &bytes);
        let mut line = String::new();
        assert_eq!(lines.next(&mut line), Some(Ending::Lf));
        assert_eq!((line.len(), lines.cut.as_slice()), (cap::VALUE, &[1][..]));
        lines.next(&mut line);
        assert_eq!(line, "next");
    }
}
