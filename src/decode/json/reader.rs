//! Tokens of JSON over a sliding window of text. Lenient where exports are: whatever has one plain reading is read so.

use super::escape::Unescaper;
use super::source::Source;
use super::{Halt, Mishaps};
use crate::decode::cap;
use crate::record::ValueType;
use std::io::{self, Read};

/// Longest text that is looked through for what an unquoted value or a JavaScript prefix could be.
const LONGEST_LINE: usize = 4096;

/// What a byte can be in an unquoted value, by table, since each digit of each timestamp asks.
const KINDS: [Kind; 256] = kinds();

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Ends it.
    Stop,
    /// May stand in a number.
    Number,
    Other,
}

const fn kinds() -> [Kind; 256] {
    let mut kinds = [Kind::Other; 256];
    let mut byte = 0;
    while byte < kinds.len() {
        kinds[byte] = match byte as u8 {
            0..=b' ' | b',' | b']' | b'}' | b'[' | b'{' | b':' | b'"' | b';' | b'/' => Kind::Stop,
            b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E' => Kind::Number,
            _ => Kind::Other,
        };
        byte += 1;
    }
    kinds
}

/// The window on an entry's text, and the position in it.
///
/// `pos` is the start of the token being read; everything before it may go. The window holds one token and one chunk of the
/// source, so it stays small whatever the entry's size, and grows to [`cap::VALUE`] for a string that long.
pub struct Reader<'r> {
    source: Source<'r>,
    pub(super) text: String,
    pub(super) pos: usize,
    /// Bytes of text that went out of the window, and the last of them.
    gone: u64,
    last_gone: u8,
    /// Nothing but ASCII is in the window, so a string without escapes is as it should be.
    ascii: bool,
    mojibake: bool,
    unescaper: Unescaper,
    /// The beginning of a string longer than its cap.
    long: String,
    /// The string read last was longer than its cap.
    pub was_cut: bool,
    /// The stream broke while looking ahead; said when reading gets there.
    broken: Option<io::Error>,
    /// Halves of surrogate pairs.
    pub lone: Mishaps,
}

/// Where a string stands in the window.
enum Span {
    Within {
        start: usize,
        end: usize,
        escaped: bool,
    },
    /// In [`Reader::long`].
    Long,
}

/// An unquoted value.
pub enum Scalar<'t> {
    Null,
    Value(&'t str, ValueType),
}

enum Bare {
    Null,
    True,
    False,
    Number,
}

impl<'r> Reader<'r> {
    pub fn new(input: &'r mut dyn Read, mojibake: bool) -> Self {
        Self {
            source: Source::new(input),
            text: String::new(),
            pos: 0,
            gone: 0,
            last_gone: b'\n',
            ascii: true,
            mojibake,
            unescaper: Unescaper::default(),
            long: String::new(),
            was_cut: false,
            broken: None,
            lone: Mishaps::default(),
        }
    }

    /// Where reading is, in bytes of the entry; near it, if bytes of the window had to be repaired.
    pub fn at(&self) -> u64 {
        self.gone + self.pos as u64
    }

    /// Bytes the entry had so far.
    pub fn taken(&self) -> u64 {
        self.source.taken
    }

    /// Bytes that were no UTF-8.
    pub fn bad_bytes(&self) -> Mishaps {
        self.source.bad
    }

    /// The byte passed last; a line end at the beginning.
    pub(super) fn before(&self) -> u8 {
        let before = self.pos.checked_sub(1).and_then(|at| self.text.as_bytes().get(at));
        before.copied().unwrap_or(self.last_gone)
    }

    /// What is left of the window.
    pub(super) fn rest(&self) -> &[u8] {
        self.text.as_bytes().get(self.pos..).unwrap_or_default()
    }

    /// Moves the window on, keeping what is at and after `pos`. False at the end of the entry.
    #[cold]
    pub(super) fn more(&mut self) -> Result<bool, Halt> {
        if let Some(error) = self.broken.take() {
            return Err(error.into());
        }
        Ok(self.fill()?)
    }

    fn fill(&mut self) -> io::Result<bool> {
        self.gone += self.pos as u64;
        self.last_gone = self.before();
        if self.pos >= self.text.len() {
            self.text.clear();
            self.ascii = true;
        } else {
            self.text.drain(..self.pos);
        }
        self.pos = 0;
        let kept = self.text.len();
        let more = self.source.fill(&mut self.text)?;
        self.ascii &= self.text.as_bytes().get(kept..).is_some_and(<[u8]>::is_ascii);
        Ok(more)
    }

    /// Tries to have `count` bytes in the window. A stream that breaks here is said to be broken when reading gets there.
    pub fn look_ahead(&mut self, count: usize) {
        while self.rest().len() < count && self.broken.is_none() {
            match self.fill() {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => self.broken = Some(error),
            }
        }
    }

    /// The next byte that means something, left where it is. `None` at the end.
    #[inline(always)]
    #[allow(clippy::inline_always)] // Asked three times a value; left to itself the call costs as much as the answer.
    pub fn peek(&mut self) -> Result<Option<u8>, Halt> {
        match self.text.as_bytes().get(self.pos) {
            Some(&byte) if byte > b' ' && byte < 0x80 && byte != b'/' => Ok(Some(byte)),
            _ => self.peek_behind_blanks(),
        }
    }

    fn peek_behind_blanks(&mut self) -> Result<Option<u8>, Halt> {
        loop {
            let rest = self.text.as_bytes().get(self.pos..).unwrap_or_default();
            let blank = count_blanks(rest);
            self.pos += blank;
            match rest.get(blank).copied() {
                Some(byte) if (byte == b'/' || byte >= 0x80) && self.skip_remark()? => {}
                Some(byte) => return Ok(Some(byte)),
                None if self.more()? => {}
                None => return Ok(None),
            }
        }
    }

    /// Passes a comment or a blank beyond ASCII, if one stands here.
    #[cold]
    fn skip_remark(&mut self) -> Result<bool, Halt> {
        self.look_ahead(4);
        let end: &[u8] = match self.rest() {
            [b'/', b'/', ..] => b"\n",
            [b'/', b'*', ..] => b"*/",
            _ => return Ok(self.skip_wide_blank()),
        };
        self.pos += 2;
        while !self.skip_behind(end)? {}
        Ok(true)
    }

    /// Passes `end`, or all but what may be its beginning if it is not in the window. The end of the entry ends it, too.
    fn skip_behind(&mut self, end: &[u8]) -> Result<bool, Halt> {
        if let Some(at) = memchr::memmem::find(self.rest(), end) {
            self.pos += at + end.len();
            return Ok(true);
        }
        self.pos = border(&self.text, self.text.len().saturating_sub(end.len() - 1).max(self.pos));
        Ok(!self.more()?)
    }

    fn skip_wide_blank(&mut self) -> bool {
        let next = self.text.get(self.pos..).and_then(|rest| rest.chars().next());
        match next {
            Some(c) if c == '\u{feff}' || c.is_whitespace() => {
                self.pos += c.len_utf8();
                true
            }
            _ => false,
        }
    }

    /// Passes the ASCII byte that was peeked.
    #[inline]
    pub fn bump(&mut self) {
        self.pos += 1;
    }

    /// The string whose opening quote was peeked, without escapes and at most `most` bytes long.
    #[inline]
    pub fn string(&mut self, most: usize) -> Result<&str, Halt> {
        match self.pass_string(most)? {
            Span::Within { start, end, escaped: false } if self.ascii || !self.mojibake => {
                Ok(self.text.get(start..end).unwrap_or_default())
            }
            span => Ok(self.unescaped(&span)),
        }
    }

    /// Passes the string whose opening quote was peeked, if it is `key`, which has nothing to escape.
    #[inline]
    pub fn pass_key(&mut self, key: &str) -> bool {
        let rest = self.rest().get(1..).unwrap_or_default();
        let is_it = rest.starts_with(key.as_bytes()) && rest.get(key.len()) == Some(&b'"');
        self.pos += if is_it { key.len() + 2 } else { 0 };
        is_it
    }

    fn unescaped(&mut self, span: &Span) -> &str {
        self.unescaper.lone = 0;
        match *span {
            Span::Within { start, end, .. } => {
                let raw = self.text.get(start..end).unwrap_or_default();
                self.unescaper.take(raw, self.mojibake);
            }
            Span::Long => self.unescaper.take_beginning(&self.long, self.mojibake),
        }
        if self.unescaper.lone > 0 {
            self.lone.add_many(self.unescaper.lone, self.gone + self.pos as u64);
        }
        self.unescaper.text()
    }

    /// Moves behind the closing quote.
    #[inline]
    fn pass_string(&mut self, most: usize) -> Result<Span, Halt> {
        let mut at = 1;
        let mut escaped = false;
        loop {
            let rest = self.text.as_bytes().get(self.pos..).unwrap_or_default();
            match find_quote(rest.get(at..).unwrap_or_default()) {
                Some((found, b'"')) => {
                    let (start, end) = (self.pos + 1, self.pos + at + found);
                    if end - start > most {
                        return self.cut_string(end - self.pos, most);
                    }
                    self.pos = end + 1;
                    return Ok(Span::Within { start, end, escaped });
                }
                Some((found, _)) => {
                    escaped = true;
                    at += found + 2;
                }
                None => {
                    at = at.max(rest.len());
                    if at > most {
                        return self.cut_string(at, most);
                    }
                    if !self.more()? {
                        return Err(Halt::cut());
                    }
                }
            }
        }
    }

    /// Keeps the beginning of a string that is too long, and passes the rest of it. `at` is how far it was looked through.
    #[cold]
    fn cut_string(&mut self, at: usize, most: usize) -> Result<Span, Halt> {
        let start = self.pos + 1;
        let end = border(&self.text, start + most);
        self.long.clear();
        self.long.push_str(self.text.get(start..end).unwrap_or_default());
        self.was_cut = true;
        let mut at = self.pos + at;
        loop {
            match find_quote(self.text.as_bytes().get(at..).unwrap_or_default()) {
                Some((found, b'"')) => {
                    self.pos = at + found + 1;
                    return Ok(Span::Long);
                }
                Some((found, _)) => at += found + 2,
                None => {
                    // An escape may stand across the border.
                    let beyond = at.saturating_sub(self.text.len());
                    self.pos = self.text.len();
                    if !self.more()? {
                        return Err(Halt::cut());
                    }
                    at = beyond;
                }
            }
        }
    }

    /// The unquoted value that was peeked. `nested`: the end of the entry cannot be its end.
    pub fn scalar(&mut self, nested: bool) -> Result<Scalar<'_>, Halt> {
        let len = self.bare_length(nested)?;
        let start = self.pos;
        let end = start + len;
        match classify(self.text.get(start..end).unwrap_or_default()) {
            Some(bare) => {
                self.pos = end;
                Ok(match bare {
                    Bare::Null => Scalar::Null,
                    Bare::True => Scalar::Value("true", ValueType::Boolean),
                    Bare::False => Scalar::Value("false", ValueType::Boolean),
                    Bare::Number => Scalar::Value(self.text.get(start..end).unwrap_or_default(), ValueType::Number),
                })
            }
            None if nested => self.unquoted(),
            None => Err(self.damage("expected a value")),
        }
    }

    fn bare_length(&mut self, nested: bool) -> Result<usize, Halt> {
        let mut len = 0;
        loop {
            let rest = self.rest();
            let tail = rest.get(len..).unwrap_or_default();
            if let Some(end) = tail.iter().position(|&byte| KINDS[usize::from(byte)] == Kind::Stop) {
                return Ok(len + end);
            }
            len = rest.len();
            if len > cap::VALUE {
                return Err(self.damage("a value of this length cannot be without quotes"));
            }
            if !self.more()? {
                return if nested { Err(Halt::cut()) } else { Ok(len) };
            }
        }
    }

    /// A text without its quotes, up to the end of the line, as Telegram Desktop 4.1 wrote for `document_id` (2022-08).
    #[cold]
    fn unquoted(&mut self) -> Result<Scalar<'_>, Halt> {
        self.look_ahead(LONGEST_LINE);
        let rest = self.rest();
        let line = memchr::memchr(b'\n', rest.get(..rest.len().min(LONGEST_LINE)).unwrap_or_default());
        let text = line.and_then(|end| self.text.get(self.pos..self.pos + end)).unwrap_or_default();
        let text = text.trim_end().trim_end_matches(',');
        if !text.starts_with(|c: char| c.is_alphanumeric()) || text.bytes().any(|byte| b"\"{}[]".contains(&byte)) {
            return Err(self.damage("expected a value"));
        }
        let (start, end) = (self.pos, self.pos + text.len());
        self.pos = end;
        Ok(Scalar::Value(self.text.get(start..end).unwrap_or_default(), ValueType::String))
    }

    /// Passes what JavaScript files put before the value: `window.YTD.tweets.part0 =`, `var x =`.
    pub fn skip_assignment(&mut self) -> Result<(), Halt> {
        if !self.peek()?.is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_' || byte == b'$') {
            return Ok(());
        }
        self.look_ahead(LONGEST_LINE);
        let rest = self.rest();
        let head = rest.get(..rest.len().min(LONGEST_LINE)).unwrap_or_default();
        if let Some(equals) = memchr::memchr(b'=', head)
            && head.get(..equals).unwrap_or_default().iter().all(|&byte| is_of_a_target(byte))
        {
            self.pos += equals + 1;
        }
        Ok(())
    }

    /// Passes the byte `wanted` or says what stands there instead.
    #[inline]
    pub fn expect(&mut self, wanted: u8, what: &'static str) -> Result<(), Halt> {
        match self.peek()? {
            Some(byte) if byte == wanted => {
                self.bump();
                Ok(())
            }
            Some(_) => Err(self.damage(what)),
            None => Err(Halt::cut()),
        }
    }

    /// Something else than JSON stands here.
    #[cold]
    pub fn damage(&self, what: &str) -> Halt {
        let found = self.text.get(self.pos..).and_then(|rest| rest.chars().next());
        let found = found.map_or_else(String::new, |c| format!(", found {c:?}"));
        Halt::damage(format!("byte {}: {what}{found}", self.at()))
    }
}

/// The last border of characters at or before `at`.
fn border(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The next quote or backslash, and which.
#[inline]
fn find_quote(bytes: &[u8]) -> Option<(usize, u8)> {
    // Most strings are keys and short values, for which setting up a vector search costs more than it saves.
    const SHORT: usize = 32;
    let mut at = 0;
    while at < SHORT
        && let Some(word) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>())
    {
        let word = u64::from_le_bytes(*word);
        let found = (zeros(word ^ spread(b'"')) | zeros(word ^ spread(b'\\'))).trailing_zeros() as usize / 8;
        if found < 8 {
            return Some((at + found, *bytes.get(at + found)?));
        }
        at += 8;
    }
    at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
    Some((at, *bytes.get(at)?))
}

/// Blanks and control characters at the beginning. Indented files are half blanks, so they are counted by the word.
#[inline]
fn count_blanks(bytes: &[u8]) -> usize {
    let mut count = 0;
    while let Some(word) = bytes.get(count..).and_then(|rest| rest.first_chunk::<8>()) {
        // Spaces are the zeros of this; anything else ends the run of them.
        let other = u64::from_le_bytes(*word) ^ spread(b' ');
        if other == 0 {
            count += 8;
            continue;
        }
        count += other.trailing_zeros() as usize / 8;
        if bytes.get(count).is_some_and(|&byte| byte > b' ') {
            return count;
        }
        count += 1;
    }
    let rest = bytes.get(count..).unwrap_or_default();
    count + rest.iter().position(|&byte| byte > b' ').unwrap_or(rest.len())
}

/// `byte` eight times.
const fn spread(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// The high bit of each byte of `word` that is zero; bits above the lowest of them may be wrong.
#[inline]
const fn zeros(word: u64) -> u64 {
    word.wrapping_sub(spread(1)) & !word & spread(0x80)
}

fn classify(token: &str) -> Option<Bare> {
    if token.bytes().all(|byte| KINDS[usize::from(byte)] == Kind::Number) {
        let is_number = token.bytes().any(|byte| byte.is_ascii_digit()) && !token.starts_with(['e', 'E']);
        return is_number.then_some(Bare::Number);
    }
    Some(match token {
        "true" | "True" => Bare::True,
        "false" | "False" => Bare::False,
        "null" | "None" | "undefined" => Bare::Null,
        "NaN" | "Infinity" | "-Infinity" | "-NaN" | "+Infinity" => Bare::Number,
        _ => return None,
    })
}

/// Whether `byte` may stand left of the `=` of an assignment.
fn is_of_a_target(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte.is_ascii_whitespace() || b"_$.[]'\"".contains(&byte)
}
