//! Encoded words of headers: `=?UTF-8?Q?Zo=C3=AB?=`.

use crate::decode::charset;
use crate::decode::transfer;
use std::borrow::Cow;

/// A header's value as text, on one line.
pub fn decoded(value: &[u8]) -> String {
    let text = charset::text(value.trim_ascii(), None);
    let decoded = if text.contains("=?") { in_text(&text) } else { Cow::Borrowed(text.as_str()) };
    let mut line = String::with_capacity(decoded.len());
    for word in decoded.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// The text with its encoded words decoded. Blanks between two of them are none; a character may go from one to the next.
pub fn in_text(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut run = Run::default();
    let mut rest = text;
    while let Some((before, word, after)) = next(rest) {
        if run.is_open() && before.trim().is_empty() && run.charset.eq_ignore_ascii_case(word.charset) {
            run.bytes.extend(word.bytes);
        } else {
            let joined = run.is_open() && before.trim().is_empty();
            run.end(&mut out);
            out.push_str(if joined { "" } else { before });
            run = Run { charset: word.charset.to_owned(), bytes: word.bytes };
        }
        rest = after;
    }
    if !run.is_open() {
        return Cow::Borrowed(text);
    }
    run.end(&mut out);
    out.push_str(rest);
    Cow::Owned(out)
}

/// Words of one charset side by side.
#[derive(Default)]
struct Run {
    charset: String,
    bytes: Vec<u8>,
}

impl Run {
    fn is_open(&self) -> bool {
        !self.charset.is_empty()
    }

    fn end(&mut self, out: &mut String) {
        if self.is_open() {
            out.push_str(&charset::text(&self.bytes, Some(&self.charset)));
        }
    }
}

struct Word<'t> {
    charset: &'t str,
    bytes: Vec<u8>,
}

/// The next encoded word: what stands before it, the word, what follows.
fn next(text: &str) -> Option<(&str, Word<'_>, &str)> {
    text.match_indices("=?").find_map(|(at, _)| {
        let (before, from) = text.split_at_checked(at)?;
        let (charset, rest) = from.strip_prefix("=?")?.split_once('?')?;
        let (form, rest) = rest.split_once('?')?;
        let (payload, after) = rest.split_once("?=")?;
        let bytes = match form {
            "B" | "b" => transfer::base64(payload.as_bytes()),
            "Q" | "q" => transfer::quoted_word(payload.as_bytes()),
            _ => return None,
        };
        // `utf-8*en`: the language is of no use.
        let charset = charset.split('*').next().unwrap_or(charset);
        let is_name = !charset.is_empty() && charset.bytes().all(|byte| byte.is_ascii_graphic());
        is_name.then_some((before, Word { charset, bytes }, after))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: &str) {
        assert_eq!(decoded(value.as_bytes()), expected);
    }

    #[test]
    fn encoded_words_are_decoded_and_joined() {
        check("=?UTF-8?Q?Caf=C3=A9_today?= at =?iso-8859-1?B?emVobg==?=", "Café today at zehn");
        check("=?UTF-8?B?w6k=?=\t =?UTF-8?Q?t=C3=A9?=", "été");
        check("=?utf-8?B?w6nD?= =?utf-8?B?qQ==?=", "éé");
        check("=?utf-8*en?q?a?= =?iso-8859-1?q?=EB?= b", "aë b");
    }

    #[test]
    fn what_is_no_encoded_word_stays() {
        check("2 =? 3 and =?x", "2 =? 3 and =?x");
        check("=?utf-8?X?a?=", "=?utf-8?X?a?=");
        check("  two\r\n  lines ", "two lines");
        assert_eq!(decoded(b"Zo\xeb"), "Zoë");
    }
}
