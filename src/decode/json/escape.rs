//! Escapes of strings, and text that was UTF-8 read as Latin-1 put right in the same pass.

/// Keeps its rooms from string to string, so that unescaping allocates nothing.
#[derive(Default)]
pub struct Unescaper {
    text: String,
    /// The string as bytes, while it may be mojibake.
    bytes: Vec<u8>,
    /// Halves of surrogate pairs replaced in the last string.
    pub lone: u64,
}

/// One thing a string consists of.
enum Piece<'a> {
    Run(&'a str),
    Char(char),
    /// Half of a surrogate pair without the other.
    Lone,
}

impl Unescaper {
    /// The text taken last.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Takes `raw`, as it stands between its quotes, without escapes. With `mojibake`, characters that are all below U+0100
    /// and, taken as bytes, are UTF-8 are read as that.
    pub fn take(&mut self, raw: &str, mojibake: bool) {
        self.text.clear();
        self.lone = 0;
        if mojibake
            && self.take_as_latin1(raw)
            && let Ok(text) = std::str::from_utf8(&self.bytes)
        {
            self.text.push_str(text);
        } else {
            self.take_plain(raw);
        }
    }

    /// Takes the beginning of a string that was too long, with a mark where it was cut. Its last character may be incomplete.
    pub fn take_beginning(&mut self, raw: &str, mojibake: bool) {
        self.text.clear();
        self.lone = 0;
        if mojibake
            && self.take_as_latin1(raw)
            && let Some(text) = but_for_the_last(&self.bytes)
        {
            self.text.push_str(text);
        } else {
            self.take_plain(raw);
        }
        self.text.push('…');
    }

    fn take_plain(&mut self, raw: &str) {
        for piece in Pieces(raw) {
            match piece {
                Piece::Run(run) => self.text.push_str(run),
                Piece::Char(c) => self.text.push(c),
                Piece::Lone => {
                    self.lone += 1;
                    self.text.push(char::REPLACEMENT_CHARACTER);
                }
            }
        }
    }

    /// The characters of `raw` as bytes; false if one does not fit.
    fn take_as_latin1(&mut self, raw: &str) -> bool {
        self.bytes.clear();
        Pieces(raw).all(|piece| match piece {
            Piece::Run(run) if run.is_ascii() => {
                self.bytes.extend_from_slice(run.as_bytes());
                true
            }
            Piece::Run(run) => run.chars().all(|c| self.take_char(c)),
            Piece::Char(c) => self.take_char(c),
            Piece::Lone => false,
        })
    }

    fn take_char(&mut self, c: char) -> bool {
        let byte = u8::try_from(u32::from(c));
        self.bytes.extend(byte);
        byte.is_ok()
    }
}

/// `bytes` as text, if they are UTF-8 but for an incomplete character at the end.
fn but_for_the_last(bytes: &[u8]) -> Option<&str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() => std::str::from_utf8(bytes.get(..error.valid_up_to())?).ok(),
        Err(_) => None,
    }
}

struct Pieces<'a>(&'a str);

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    #[inline]
    fn next(&mut self) -> Option<Piece<'a>> {
        let bytes = self.0.as_bytes();
        if *bytes.first()? == b'\\' {
            return Some(self.escape(bytes));
        }
        let end = memchr::memchr(b'\\', bytes).unwrap_or(bytes.len());
        Some(Piece::Run(self.take(end)))
    }
}

impl<'a> Pieces<'a> {
    /// The next `count` bytes; `count` ends at an ASCII character, so it is a border.
    fn take(&mut self, count: usize) -> &'a str {
        let (taken, rest) = self.0.split_at_checked(count).unwrap_or((self.0, ""));
        self.0 = rest;
        taken
    }

    /// `bytes` begin with a backslash. What is no escape stays as written: paths of Windows are met in exports.
    fn escape(&mut self, bytes: &[u8]) -> Piece<'a> {
        let c = match bytes.get(1) {
            Some(b'u') => return self.unicode(bytes),
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(&c @ (b'"' | b'\\' | b'/' | b'\'')) => char::from(c),
            // Telegram Desktop writes control characters so, seen in exports of all years.
            Some(b'x') => return self.byte(bytes),
            _ => return Piece::Run(self.take(1)),
        };
        self.take(2);
        Piece::Char(c)
    }

    fn byte(&mut self, bytes: &[u8]) -> Piece<'a> {
        match hex(bytes.get(2..4)) {
            Some(value) => {
                self.take(4);
                Piece::Char(char::from(value as u8))
            }
            None => Piece::Run(self.take(1)),
        }
    }

    fn unicode(&mut self, bytes: &[u8]) -> Piece<'a> {
        let Some(unit) = hex(bytes.get(2..6)) else { return Piece::Run(self.take(1)) };
        self.take(6);
        if let Some(c) = char::from_u32(unit) {
            return Piece::Char(c);
        }
        let low = bytes.get(6..8).filter(|next| next == b"\\u").and_then(|_| hex(bytes.get(8..12)));
        match (unit, low) {
            (0xd800..=0xdbff, Some(low @ 0xdc00..=0xdfff)) => {
                self.take(6);
                let pair = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                char::from_u32(pair).map_or(Piece::Lone, Piece::Char)
            }
            _ => Piece::Lone,
        }
    }
}

#[inline]
fn hex(digits: Option<&[u8]>) -> Option<u32> {
    digits?.iter().try_fold(0, |value, &digit| Some(value << 4 | char::from(digit).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn taken(raw: &str, mojibake: bool) -> String {
        let mut unescaper = Unescaper::default();
        unescaper.take(raw, mojibake);
        unescaper.text().to_owned()
    }

    fn plain(raw: &str) -> String {
        taken(raw, false)
    }

    fn repaired(raw: &str) -> String {
        taken(raw, true)
    }

    #[test]
    fn escapes_of_json_and_of_telegram_are_read() {
        assert_eq!(plain(r#"a\"b\\c\/d\n\t\r\b\f"#), "a\"b\\c/d\n\t\r\u{8}\u{c}");
        assert_eq!(plain(r"\u00e9\ud83d\ude0a\u000A"), "é😊\n");
        assert_eq!(plain(r"bell \x07, it\'s"), "bell \u{7}, it's");
    }

    #[test]
    fn what_is_no_escape_stays_as_written() {
        assert_eq!(plain(r"C:\Users\q \u12 \xzz \"), r"C:\Users\q \u12 \xzz \");
    }

    #[test]
    fn half_a_surrogate_pair_is_replaced_and_counted() {
        let mut unescaper = Unescaper::default();
        unescaper.take(r"a\ud83d b\ude0a\ud83d\ud83d\ude0a", false);
        assert_eq!(unescaper.text(), "a\u{fffd} b\u{fffd}\u{fffd}😊");
        assert_eq!(unescaper.lone, 3);
    }

    #[test]
    fn mojibake_is_put_right() {
        assert_eq!(repaired(r"caf\u00c3\u00a9? \u00f0\u009f\u0098\u008a"), "café? 😊");
        assert_eq!(repaired("Ã©"), "é");
        assert_eq!(repaired(r"\\u00c3\u00c3\u00a9"), r"\u00c3é");
    }

    #[test]
    fn text_that_is_no_mojibake_stays() {
        assert_eq!(repaired(r"caf\u00e9"), "café");
        assert_eq!(repaired(r"\u2764 \u00c3\u00a9"), "❤ Ã©");
        assert_eq!(repaired("日本 Ã©"), "日本 Ã©");
        assert_eq!(repaired(r"cut off \u00c3"), "cut off Ã");
    }

    #[test]
    fn a_string_that_was_cut_loses_its_last_half_character_only() {
        let mut unescaper = Unescaper::default();
        unescaper.take_beginning(r"\u00c3\u00a9 \u00c3", true);
        assert_eq!(unescaper.text(), "é …");
        unescaper.take_beginning(r"\u00c3\u00a9 \u00c3", false);
        assert_eq!(unescaper.text(), "Ã© Ã…");
    }

    fn as_facebook_writes(text: &str) -> String {
        let escape = |byte: u8| match byte {
            b'"' | b'\\' => format!("\\{}", char::from(byte)),
            0x20..=0x7e => char::from(byte).to_string(),
            _ => format!("\\u{byte:04x}"),
        };
        text.bytes().map(escape).collect::<Vec<_>>().concat()
    }

    proptest! {
        #[test]
        fn any_text_comes_back_from_the_mojibake_facebook_makes_of_it(text in any::<String>()) {
            prop_assert_eq!(repaired(&as_facebook_writes(&text)), text);
        }

        #[test]
        fn any_text_comes_back_from_its_escapes(text in any::<String>()) {
            let written: Vec<_> = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
            let written = written.concat();
            prop_assert_eq!(plain(&written), text);
        }
    }
}
