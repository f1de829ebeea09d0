//! How mail and cards write bytes in letters: base64 and quoted-printable. What is not of the form is passed over.

/// Base64 as a stream: the bytes come in pieces of any length.
#[derive(Debug, Default)]
pub struct Base64 {
    bits: u32,
    count: u8,
}

impl Base64 {
    /// Decodes a piece into `out`; blanks and foreign characters are passed over.
    pub fn push(&mut self, piece: &[u8], out: &mut Vec<u8>) {
        for &byte in piece {
            if byte == b'=' {
                // Padding ends a group; another one may follow.
                (self.bits, self.count) = (0, 0);
                continue;
            }
            let Some(six) = six_bits(byte) else { continue };
            self.bits = self.bits << 6 | u32::from(six);
            self.count += 1;
            match self.count {
                2 => out.push((self.bits >> 4) as u8),
                3 => out.push((self.bits >> 2) as u8),
                4 => {
                    out.push(self.bits as u8);
                    (self.bits, self.count) = (0, 0);
                }
                _ => {}
            }
        }
    }
}

/// The bytes of a whole value in base64.
pub fn base64(value: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len() / 4 * 3);
    Base64::default().push(value, &mut out);
    out
}

fn six_bits(byte: u8) -> Option<u8> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    })
}

/// Decodes one line of quoted-printable into `out`: whether it ends there. A line that goes on has `=` at its end.
pub fn quoted_printable_line(line: &[u8], out: &mut Vec<u8>) -> bool {
    let line = line.trim_ascii_end();
    let (line, ends) = line.strip_suffix(b"=").map_or((line, true), |line| (line, false));
    escapes(line, b'=', out);
    ends
}

/// The `Q` form of words in headers.
pub fn quoted_word(value: &[u8]) -> Vec<u8> {
    let spaced: Vec<u8> = value.iter().map(|&byte| if byte == b'_' { b' ' } else { byte }).collect();
    let mut out = Vec::with_capacity(spaced.len());
    escapes(&spaced, b'=', &mut out);
    out
}

/// `%C3%AB` of parameters in headers.
pub fn percent(value: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len());
    escapes(value, b'%', &mut out);
    out
}

/// Bytes written as a mark and two hexadecimal digits; a mark without them stands for itself.
fn escapes(value: &[u8], mark: u8, out: &mut Vec<u8>) {
    let mut rest = value;
    while let Some(at) = memchr::memchr(mark, rest) {
        let (before, from) = rest.split_at(at);
        out.extend_from_slice(before);
        if let Some(byte) = from.get(1..3).and_then(hexadecimal) {
            out.push(byte);
            rest = from.get(3..).unwrap_or_default();
        } else {
            out.push(mark);
            rest = from.get(1..).unwrap_or_default();
        }
    }
    out.extend_from_slice(rest);
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let digit = |at: usize| digits.get(at).and_then(|&digit| char::from(digit).to_digit(16));
    Some((digit(0)? * 16 + digit(1)?) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> (String, bool) {
        let mut out = Vec::new();
        let ends = quoted_printable_line(text.as_bytes(), &mut out);
        (String::from_utf8_lossy(&out).into_owned(), ends)
    }

    #[test]
    fn base64_is_read_whatever_stands_between() {
        assert_eq!(base64(b"Wm/D\r\nqyE="), "Zoë!".as_bytes());
        assert_eq!(base64(b"Wm_DqyE"), "Zoë!".as_bytes());
        assert_eq!(base64(b"QQ==QUI="), b"AAB");
        assert_eq!(base64(b"!!!"), b"");
        let mut stream = Base64::default();
        let mut out = Vec::new();
        for piece in b"Wm/DqyE=".chunks(3) {
            stream.push(piece, &mut out);
        }
        assert_eq!(out, "Zoë!".as_bytes());
    }

    #[test]
    fn quoted_printable_keeps_what_is_none() {
        assert_eq!(line("Zo=C3=AB  \t"), ("Zoë".to_owned(), true));
        assert_eq!(line("soft=20="), ("soft ".to_owned(), false));
        assert_eq!(line("1+1=2, =xy"), ("1+1=2, =xy".to_owned(), true));
        assert_eq!(line("="), (String::new(), false));
    }

    #[test]
    fn words_of_headers_and_parameters_are_decoded() {
        assert_eq!(quoted_word(b"Zo=C3=AB_Quill"), "Zoë Quill".as_bytes());
        assert_eq!(percent(b"na%C3%AFve%20plan%"), "naïve plan%".as_bytes());
    }
}
