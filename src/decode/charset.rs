//! The bytes of a text entry as UTF-8, whatever they were written in: byte order mark, UTF-16, a declared or a guessed code page.

use encoding_rs::{CoderResult, Decoder, Encoding, GBK, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, BufRead, Read};

/// Bytes looked at before the encoding is settled.
const HEAD: usize = 64 << 10;

/// A stream that gives valid UTF-8 without byte order mark and without NUL, and counts what it had to mend.
pub struct Utf8<'a> {
    input: &'a mut dyn Read,
    decoder: Decoder,
    raw: Vec<u8>,
    /// What of `raw` is not decoded yet.
    taken: usize,
    filled: usize,
    ended: bool,
    flushed: bool,
    text: Vec<u8>,
    given: usize,
    nuls: u64,
    replaced: bool,
}

impl<'a> Utf8<'a> {
    /// Reads the first 64 KiB to settle the encoding. A read error there is the caller's.
    pub fn new(input: &'a mut dyn Read) -> io::Result<Self> {
        let mut raw = vec![0; HEAD];
        let (filled, ended) = fill(input, &mut raw)?;
        let encoding = sniff(raw.get(..filled).unwrap_or_default(), ended);
        Ok(Self {
            input,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw,
            taken: 0,
            filled,
            ended,
            flushed: false,
            text: Vec::new(),
            given: 0,
            nuls: 0,
            replaced: false,
        })
    }

    /// What had to be mended so far, as sentences; empty if nothing.
    pub fn mended(&self) -> Vec<String> {
        let mut sentences = Vec::new();
        if self.nuls > 0 {
            sentences.push(format!("{} NUL bytes were left out", self.nuls));
        }
        if self.replaced {
            sentences.push(format!("bytes that are not {} are shown as \u{fffd}", self.decoder.encoding().name()));
        }
        sentences
    }

    /// Decodes the next piece; `false` at the end.
    fn advance(&mut self) -> io::Result<bool> {
        while self.given == self.text.len() {
            if self.flushed {
                return Ok(false);
            }
            self.refill()?;
            self.decode();
        }
        Ok(true)
    }

    fn refill(&mut self) -> io::Result<()> {
        if self.taken < self.filled || self.ended {
            return Ok(());
        }
        self.taken = 0;
        self.filled = 0;
        let count = read_some(self.input, &mut self.raw)?;
        self.filled = count;
        self.ended = count == 0;
        Ok(())
    }

    fn decode(&mut self) {
        self.given = 0;
        self.text.resize(HEAD * 3 + 16, 0);
        let source = self.raw.get(self.taken..self.filled).unwrap_or_default();
        let (result, read, written, replaced) = self.decoder.decode_to_utf8(source, &mut self.text, self.ended);
        self.taken += read;
        self.flushed = self.ended && result == CoderResult::InputEmpty;
        self.replaced |= replaced;
        self.text.truncate(written);
        if memchr::memchr(0, &self.text).is_some() {
            self.text.retain(|&byte| byte != 0);
            self.nuls += (written - self.text.len()) as u64;
        }
    }
}

impl BufRead for Utf8<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.advance()?;
        Ok(self.text.get(self.given..).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.given = (self.given + amount).min(self.text.len());
    }
}

impl Read for Utf8<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let count = ready.len().min(out.len());
        if let (Some(to), Some(from)) = (out.get_mut(..count), ready.get(..count)) {
            to.copy_from_slice(from);
        }
        self.consume(count);
        Ok(count)
    }
}

/// Bytes as text: in the charset they are said to be in, if that is known and they are; else by what they look like.
pub fn text(bytes: &[u8], label: Option<&str>) -> String {
    let named = label.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let encoding = match (named, std::str::from_utf8(bytes)) {
        // Much that is called ASCII or Latin-1 is UTF-8.
        (None, Ok(text)) => return text.to_owned(),
        (Some(named), Ok(text)) if named == WINDOWS_1252 || named == UTF_8 => return text.to_owned(),
        (Some(named), _) => named,
        (None, Err(_)) => WINDOWS_1252,
    };
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// Whether a stream that begins so is UTF-16: its lines are none before it is decoded.
pub fn is_utf16(head: &[u8]) -> bool {
    matches!(Encoding::for_bom(head), Some((encoding, _)) if encoding != UTF_8) || sniff_utf16(head).is_some()
}

/// The first bytes of an entry as UTF-8, so that signs are found in them whatever they were written in.
pub fn head(bytes: Vec<u8>) -> Vec<u8> {
    if !is_utf16(&bytes) {
        return bytes;
    }
    let encoding = sniff(&bytes, false);
    encoding.decode(&bytes).0.into_owned().into_bytes()
}

fn read_some(input: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match input.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

/// Fills the buffer as far as the stream goes: how much, and whether it ended. What was read before damage is still given;
/// the stream will say so again.
fn fill(input: &mut dyn Read, buffer: &mut [u8]) -> io::Result<(usize, bool)> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..)
        && !rest.is_empty()
    {
        match read_some(input, rest) {
            Ok(0) => return Ok((filled, true)),
            Ok(count) => filled += count,
            Err(error) if filled == 0 => return Err(error),
            Err(_) => return Ok((filled, false)),
        }
    }
    Ok((filled, false))
}

/// The encoding by byte order mark, by zeros in every second place, by validity as UTF-8, by declaration, else Windows-1252.
fn sniff(head: &[u8], whole: bool) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return encoding;
    }
    if let Some(encoding) = sniff_utf16(head) {
        return encoding;
    }
    let (good, bad) = count_sequences(head, whole);
    if bad == 0 || good > bad {
        return UTF_8;
    }
    declared(head).or_else(|| sniff_chinese(head)).unwrap_or(WINDOWS_1252)
}

/// GBK without a declaration: bytes above ASCII come only in pairs, and are Chinese characters. In Western texts they stand alone.
fn sniff_chinese(head: &[u8]) -> Option<&'static Encoding> {
    let mut runs = head.split(u8::is_ascii).filter(|run| !run.is_empty()).peekable();
    runs.peek()?;
    // The head may end inside a character.
    let paired = runs.filter(|run| !run.as_ptr_range().end.eq(&head.as_ptr_range().end)).all(|run| run.len() % 2 == 0);
    let (text, broken) = GBK.decode_without_bom_handling(head);
    let is_chinese = |c: char| matches!(c, '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
    let others = || text.chars().filter(|c| !c.is_ascii());
    (paired && !broken && others().count() > 1 && others().all(is_chinese)).then_some(GBK)
}

/// UTF-16 without a mark: nearly all high bytes of Western text are zero.
fn sniff_utf16(head: &[u8]) -> Option<&'static Encoding> {
    let zeros = |start: usize| head.iter().skip(start).step_by(2).filter(|&&byte| byte == 0).count();
    let most = head.len() / 2 * 7 / 10;
    if head.len() < 4 {
        return None;
    }
    match (zeros(0), zeros(1)) {
        (even, odd) if odd > most && even == 0 => Some(UTF_16LE),
        (even, odd) if even > most && odd == 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// Well-formed sequences of several bytes, and places where UTF-8 is broken.
fn count_sequences(head: &[u8], whole: bool) -> (usize, usize) {
    let (mut good, mut bad) = (0, 0);
    for chunk in head.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    // The head may end inside a character.
    let cut = !whole && std::str::from_utf8(head).is_err_and(|error| error.error_len().is_none());
    (good, bad - usize::from(cut && bad > 0))
}

/// The charset a page declares in its first kilobyte: `charset=…`.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let start = head.get(..head.len().min(1024))?.to_ascii_lowercase();
    let at = memchr::memmem::find(&start, b"charset=")? + "charset=".len();
    let rest = start.get(at..)?;
    let name: Vec<u8> = rest
        .iter()
        .copied()
        .skip_while(|byte| matches!(byte, b'"' | b'\''))
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        .collect();
    Encoding::for_label(&name).filter(|&encoding| encoding != UTF_8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str) -> Vec<String> {
        let mut text = String::new();
        let mut source = bytes;
        let mut stream = Utf8::new(&mut source).expect("a slice is readable");
        stream.read_to_string(&mut text).expect("the stream is UTF-8");
        assert_eq!(text, expected);
        stream.mended()
    }

    #[test]
    fn every_usual_encoding_becomes_utf_8() {
        let utf16 = |text: &str, bom: bool, big: bool| {
            let units = bom.then_some(0xfeff).into_iter().chain(text.encode_utf16());
            units.flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect::<Vec<u8>>()
        };
        assert!(check("Zoë".as_bytes(), "Zoë").is_empty());
        assert!(check(b"\xef\xbb\xbfZo\xc3\xab", "Zoë").is_empty());
        assert!(check(&utf16("Zoë", true, false), "Zoë").is_empty());
        assert!(check(&utf16("Zoë", true, true), "Zoë").is_empty());
        assert!(check(&utf16("Time,Event", false, false), "Time,Event").is_empty());
        assert!(check(b"Zo\xeb \x80 5", "Zoë € 5").is_empty());
        assert!(check(b"name,\xc9\xbd\xcc\xef,x\n", "name,山田,x\n").is_empty());
        assert!(check(b"<meta charset=\"iso-8859-2\">\xb3", "<meta charset=\"iso-8859-2\">ł").is_empty());
    }

    #[test]
    fn one_broken_byte_in_utf_8_costs_one_character() {
        assert_eq!(
            check(b"Zo\xc3\xab and Zo\xc3\xab \xff", "Zoë and Zoë \u{fffd}"),
            ["bytes that are not UTF-8 are shown as \u{fffd}"]
        );
    }

    #[test]
    fn a_text_is_read_in_its_charset_or_in_what_it_looks_like() {
        assert_eq!(text(b"Zo\xeb", Some("iso-8859-1")), "Zo\u{eb}");
        assert_eq!(text("Zoë".as_bytes(), Some("us-ascii")), "Zoë");
        assert_eq!(text(b"\xcf\xf0\xe8\xe2\xe5\xf2", Some("windows-1251")), "Привет");
        assert_eq!(text(b"Zo\xeb", Some("x-unknown")), "Zoë");
        assert_eq!(text("Zoë".as_bytes(), None), "Zoë");
    }

    #[test]
    fn nul_bytes_are_left_out_and_counted() {
        assert_eq!(check(b"a\0b\0\0", "ab"), ["3 NUL bytes were left out"]);
    }

    #[test]
    fn a_character_across_the_border_of_the_head_stays_whole() {
        let text = format!("{}ë{}", "a".repeat(HEAD - 1), "b".repeat(HEAD));
        assert!(check(text.as_bytes(), &text).is_empty());
    }
}
