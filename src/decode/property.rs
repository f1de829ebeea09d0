//! Lines of the form `GROUP.NAME;PARAMETER=VALUE:VALUE`, of which vCard and iCalendar are made: folded lines put together,
//! parameters read, values decoded.

use super::lines::Lines;
use super::time::Clock;
use super::{charset, transfer};
use crate::record::Time;
use jiff::civil;
use std::io::Read;

/// Bytes kept of one property. Pictures are longer, and only counted.
const LARGEST: usize = 1 << 20;
/// Parameters of one property beyond which they are left out.
const MOST_PARAMETERS: usize = 100;

/// One property as written.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Property {
    /// `item1` of `item1.TEL`; empty if there is none.
    pub group: String,
    /// In upper case.
    pub name: String,
    /// Names in upper case.
    parameters: Vec<(String, String)>,
    value: Vec<u8>,
    /// Bytes of the value, kept or not.
    length: usize,
}

impl Property {
    /// Whether the value is longer than what is kept of it.
    pub fn is_cut(&self) -> bool {
        self.length > self.value.len()
    }

    /// The values of a parameter, in one text.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let values: Vec<&str> =
            self.parameters.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    fn is_encoded(&self, as_one_of: &[&str]) -> bool {
        self.parameters
            .iter()
            .filter(|(name, _)| name == "ENCODING" || name == "TYPE")
            .any(|(_, value)| as_one_of.iter().any(|known| value.eq_ignore_ascii_case(known)))
    }

    /// The bytes that the value is of, if it is a picture, a sound or a file rather than text.
    pub fn binary_size(&self) -> Option<u64> {
        let data_uri = self.value.get(..5).is_some_and(|start| start.eq_ignore_ascii_case(b"data:"));
        if !data_uri && !self.is_encoded(&["B", "BASE64"]) {
            return None;
        }
        let header = if data_uri { memchr::memchr(b',', &self.value).map_or(0, |at| at + 1) } else { 0 };
        Some((self.length.saturating_sub(header) as u64) * 3 / 4)
    }

    /// The value as written, decoded but with its escapes.
    fn decoded(&self) -> String {
        if !self.is_encoded(&["QUOTED-PRINTABLE"]) {
            return charset::text(&self.value, self.parameter("CHARSET").as_deref());
        }
        let mut bytes = Vec::with_capacity(self.value.len());
        transfer::quoted_printable_line(&self.value, &mut bytes);
        charset::text(&bytes, self.parameter("CHARSET").as_deref())
    }

    /// The value as text.
    pub fn text(&self) -> String {
        unescaped(&self.decoded()).trim().to_owned()
    }

    /// The pieces of the value between `mark`s that are not escaped.
    pub fn pieces(&self, mark: char) -> Vec<String> {
        let decoded = self.decoded();
        let mut pieces = vec![String::new()];
        let mut escaped = false;
        for c in decoded.chars() {
            if c == mark && !escaped {
                pieces.push(String::new());
            } else if let Some(last) = pieces.last_mut() {
                last.push(c);
            }
            escaped = c == '\\' && !escaped;
        }
        pieces.iter().map(|piece| unescaped(piece).trim().to_owned()).collect()
    }

    /// The value as a time. Zones go by the name of a city and are not known here: such a time is of an unknown zone.
    pub fn time(&self) -> Option<Time> {
        let zone = self.parameter("TZID");
        let utc = zone.is_some_and(|zone| matches!(zone.as_str(), "UTC" | "GMT" | "Etc/UTC" | "Etc/GMT" | "Z"));
        let text = self.text();
        basic_time(&text, utc).or_else(|| Clock::Auto.read(&text).filter(|_| text.contains('-')))
    }
}

/// `20260102`, `20260102T030405`, `20260102T030405Z`.
fn basic_time(text: &str, utc: bool) -> Option<Time> {
    let (date, clock) = text.split_once(['T', 't']).map_or((text, None), |(date, clock)| (date, Some(clock)));
    let number = |text: Option<&str>| {
        text.filter(|text| text.bytes().all(|byte| byte.is_ascii_digit())).and_then(|text| text.parse::<i8>().ok())
    };
    let year = date.get(..4).filter(|_| date.len() == 8).and_then(|year| year.parse::<i16>().ok())?;
    let date = civil::Date::new(year, number(date.get(4..6))?, number(date.get(6..8))?).ok()?;
    let Some(clock) = clock else { return Time::day(date) };
    let (clock, is_utc) = clock.strip_suffix(['Z', 'z']).map_or((clock, utc), |clock| (clock, true));
    let second = number(clock.get(4..6)).unwrap_or(0).min(59);
    let time = civil::Time::new(number(clock.get(..2))?, number(clock.get(2..4))?, second, 0).ok()?;
    let when = date.to_datetime(time);
    if is_utc { Time::at_offset(when, 0) } else { Time::local(when) }
}

/// `\n`, `\,`, `\;`, `\\`: what they stand for.
fn unescaped(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some('n' | 'N')) => out.push('\n'),
            ('\\', Some(&(',' | ';' | ':' | '\\' | '"'))) => out.extend(chars.peek().copied()),
            _ => {
                out.push(c);
                continue;
            }
        }
        chars.next();
    }
    out
}

/// The properties of a stream.
pub struct Properties<'a> {
    lines: Lines<'a>,
    /// The first line of the next property.
    ahead: Option<Vec<u8>>,
    /// Lines read.
    pub line: u64,
}

impl<'a> Properties<'a> {
    pub fn new(input: &'a mut dyn Read) -> Self {
        Self { lines: Lines::new(input), ahead: None, line: 0 }
    }

    /// How reading ended.
    pub fn outcome(self) -> std::io::Result<()> {
        self.lines.outcome()
    }

    /// The next line that is a property. Others are passed over.
    pub fn next(&mut self) -> Option<Property> {
        loop {
            let (bytes, length) = self.logical()?;
            if let Some(found) = parse(&bytes, length) {
                return Some(found);
            }
        }
    }

    /// A line with those folded behind it, and its whole length.
    fn logical(&mut self) -> Option<(Vec<u8>, usize)> {
        let mut bytes = match self.ahead.take() {
            Some(ahead) => ahead,
            None => self.read()?.0,
        };
        if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
            bytes = rest.to_vec();
        }
        let quoted = is_quoted(&bytes);
        let mut length = bytes.len();
        while let Some((next, continued)) = self.read() {
            let soft = quoted && bytes.last() == Some(&b'=');
            let folded = next.first().is_some_and(|byte| matches!(byte, b' ' | b'\t'));
            let piece = match (continued, soft, folded) {
                (true, ..) => next.as_slice(),
                (_, true, _) => {
                    bytes.pop();
                    length -= 1;
                    next.as_slice()
                }
                (_, _, true) => next.get(1..).unwrap_or_default(),
                _ => {
                    self.ahead = Some(next);
                    break;
                }
            };
            length += piece.len();
            let room = LARGEST.saturating_sub(bytes.len());
            bytes.extend_from_slice(piece.get(..piece.len().min(room)).unwrap_or_default());
        }
        Some((bytes, length))
    }

    fn read(&mut self) -> Option<(Vec<u8>, bool)> {
        let line = self.lines.next()?;
        self.line += u64::from(!line.continued);
        Some((line.bytes.to_vec(), line.continued))
    }
}

/// Whether what stands before the value says that it is quoted-printable: its lines go on behind a `=`.
fn is_quoted(line: &[u8]) -> bool {
    let head = line.split(|&byte| byte == b':').next().unwrap_or_default().to_ascii_uppercase();
    memchr::memmem::find(&head, b"QUOTED-PRINTABLE").is_some()
}

fn parse(bytes: &[u8], length: usize) -> Option<Property> {
    let mut quoted = false;
    let colon = bytes.iter().position(|&byte| {
        quoted ^= byte == b'"';
        byte == b':' && !quoted
    })?;
    let head = charset::text(bytes.get(..colon)?, None);
    let value = bytes.get(colon + 1..)?.to_vec();
    let mut pieces = split(&head, ';').into_iter();
    let name = pieces.next()?;
    let (group, name) = name.rsplit_once('.').unwrap_or(("", name.as_str()));
    let is_name = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if name.is_empty() || name.len() > 100 || !is_name(name) {
        return None;
    }
    let parameters = pieces.flat_map(|piece| parameters(&piece)).take(MOST_PARAMETERS).collect();
    let length = length.saturating_sub(colon + 1);
    Some(Property { group: group.to_owned(), name: name.to_ascii_uppercase(), parameters, value, length })
}

/// `TYPE=HOME,PREF`; vCard 2.1 writes only `HOME`.
fn parameters(piece: &str) -> Vec<(String, String)> {
    let Some((name, values)) = piece.split_once('=') else {
        return vec![("TYPE".to_owned(), piece.trim().to_owned())];
    };
    let name = name.trim().to_ascii_uppercase();
    let plain = |value: String| value.replace('"', "").replace("^n", "\n").replace("^'", "\"").replace("^^", "^");
    split(values, ',').into_iter().map(|value| (name.clone(), plain(value).trim().to_owned())).collect()
}

/// Pieces between marks that are not in quotes. The quotes stay.
fn split(text: &str, mark: char) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut quoted = false;
    for c in text.chars() {
        quoted ^= c == '"';
        if c == mark && !quoted {
            pieces.push(String::new());
        } else if let Some(last) = pieces.last_mut() {
            last.push(c);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &[u8]) -> Vec<Property> {
        let mut input = text;
        let mut properties = Properties::new(&mut input);
        std::iter::from_fn(|| properties.next()).collect()
    }

    fn one(text: &str) -> Property {
        all(text.as_bytes()).remove(0)
    }

    #[test]
    fn folded_lines_are_put_together_even_inside_a_character() {
        assert_eq!(one("NOTE:one\r\n  two\r\n\tthree\r\n").text(), "one twothree");
        assert_eq!(all(b"FN:Zo\xc3\r\n \xab\r\nEND:VCARD\r\n")[0].text(), "Zoë");
    }

    #[test]
    fn quoted_printable_goes_on_behind_its_soft_ends() {
        let name = one("FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=\n=AB Qui=\nll\nTEL:1\n");
        assert_eq!(name.text(), "Zoë Quill");
        assert_eq!(one("FN;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Zo=EB\n").text(), "Zoë");
    }

    #[test]
    fn parameters_groups_and_escapes_are_read() {
        let phone = one("item1.TEL;type=CELL,pref;TYPE=VOICE:+44 7700 900123");
        assert_eq!((phone.group.as_str(), phone.name.as_str()), ("item1", "TEL"));
        assert_eq!(phone.parameter("TYPE").as_deref(), Some("CELL, pref, VOICE"));
        let person = one(r#"ATTENDEE;CN="Zoë: Ben; the ^'boat^'":mailto:ben@example.org"#);
        assert_eq!(person.parameter("CN").as_deref(), Some("Zoë: Ben; the \"boat\""));
        assert_eq!(person.text(), "mailto:ben@example.org");
        assert_eq!(one(r"NOTE:a\, b\; c\n\\d").text(), "a, b; c\n\\d");
        assert_eq!(one(r"N:Quill\; Sons;Rosa;;;").pieces(';'), ["Quill; Sons", "Rosa", "", "", ""]);
    }

    #[test]
    fn pictures_are_measured_and_not_kept() {
        let photo = one("PHOTO;ENCODING=b;TYPE=JPEG:AAAA\n BBBB\n");
        assert_eq!(photo.binary_size(), Some(6));
        assert_eq!(one("PHOTO:data:image/png;base64,AAAA\n").binary_size(), Some(3));
        assert_eq!(one("PHOTO:https://example.com/a.jpg\n").binary_size(), None);
        let huge = format!("PHOTO;BASE64:{}\nFN:x\n", "A".repeat(4 << 20));
        let found = all(huge.as_bytes());
        assert_eq!((found[0].binary_size(), found[0].value.len() <= LARGEST), (Some(3 << 20), true));
        assert_eq!(found[1].text(), "x");
    }

    #[test]
    fn times_are_told_with_what_is_known_of_the_zone() {
        let time = |line: &str| one(line).time().map(|time| time.to_string());
        assert_eq!(time("DTSTART:20260102T030405Z").as_deref(), Some("2026-01-02T03:04:05Z"));
        assert_eq!(time("DTSTART;TZID=Europe/Oslo:20260102T030405").as_deref(), Some("2026-01-02T03:04:05"));
        assert_eq!(time("DTSTART;TZID=UTC:20260102T0304").as_deref(), Some("2026-01-02T03:04:00Z"));
        assert_eq!(time("DTSTART;VALUE=DATE:20260102").as_deref(), Some("2026-01-02"));
        assert_eq!(time("REV:2024-11-02T10:00:00Z").as_deref(), Some("2024-11-02T10:00:00Z"));
        assert_eq!(time("REV:17"), None);
    }

    #[test]
    fn what_is_no_property_is_passed_over() {
        assert_eq!(all(b"\n\nhello\n:x\na b:c\n\xff\xfe\nFN:x").len(), 1);
    }
}
