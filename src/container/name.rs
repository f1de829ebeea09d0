//! Entry names: raw bytes in, a label out. Labels are shown and matched, never used as paths.

use encoding_rs::{Encoding, IBM866, SHIFT_JIS, WINDOWS_1252};
use std::borrow::Cow;

/// What a stored name became.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Label {
    /// `\` as `/`.
    pub(super) name: String,
    pub(super) warnings: Vec<String>,
    /// A sentence, if the name alone tells that it is no data.
    pub(super) skip: Option<String>,
}

impl Label {
    pub(super) fn new(raw: &[u8]) -> Self {
        let mut warnings = Vec::new();
        let name = match std::str::from_utf8(raw) {
            Ok(name) => name.to_owned(),
            Err(_) => guess(raw, &mut warnings),
        };
        let name = if name.contains('\\') { name.replace('\\', "/") } else { name };
        warnings.extend(unsafe_because(&name).map(|why| format!("unsafe name ({why}): used as a label only")));
        let skip = no_data(&name).map(str::to_owned);
        Self { name, warnings, skip }
    }
}

/// The sentence for names that are no data of a person on any platform.
fn no_data(name: &str) -> Option<&'static str> {
    let last = name.rsplit('/').next().unwrap_or(name);
    if name.ends_with('/') {
        Some("folder")
    } else if name.starts_with("__MACOSX/") || name.contains("/__MACOSX/") || last.starts_with("._") {
        Some("left behind by macOS: file attributes, no data")
    } else if last == ".DS_Store" {
        Some("left behind by macOS: how the folder was displayed")
    } else if last.eq_ignore_ascii_case("thumbs.db") {
        Some("left behind by Windows: how the folder was displayed")
    } else {
        None
    }
}

fn unsafe_because(name: &str) -> Option<&'static str> {
    if name.is_empty() {
        return Some("empty");
    }
    if name.contains('\0') {
        return Some("contains NUL");
    }
    if name.starts_with('/') {
        return Some("absolute");
    }
    if name.split('/').any(|part| part == ".." || part == ".") {
        return Some("climbs by dots");
    }
    let mut start = name.chars();
    let drive = start.next().is_some_and(|letter| letter.is_ascii_alphabetic()) && start.next() == Some(':');
    drive.then_some("has a drive letter")
}

/// The most readable of the encodings that zip programs have used.
fn guess(raw: &[u8], warnings: &mut Vec<String>) -> String {
    let candidates: [(&str, Option<Cow<'_, str>>); 4] = [
        ("Shift_JIS", decoded(SHIFT_JIS, raw)),
        ("CP866", decoded(IBM866, raw)),
        ("CP437", Some(cp437(raw).into())),
        ("Windows-1252", decoded(WINDOWS_1252, raw)),
    ];
    let mut best: Option<(i64, &str, Cow<'_, str>)> = None;
    for (encoding, text) in candidates {
        let Some(text) = text else { continue };
        let score = readability(&text);
        if best.as_ref().is_none_or(|(high, ..)| score > *high) {
            best = Some((score, encoding, text));
        }
    }
    let (encoding, text) = best.map_or(("UTF-8", String::from_utf8_lossy(raw)), |(_, encoding, text)| (encoding, text));
    warnings.push(format!("the name's encoding is guessed to be {encoding}"));
    text.into_owned()
}

fn decoded<'a>(encoding: &'static Encoding, raw: &'a [u8]) -> Option<Cow<'a, str>> {
    encoding.decode_without_bom_handling_and_without_replacement(raw)
}

/// High when the characters beyond ASCII are letters of one script. Two bytes that make one kana or kanji weigh as much as two letters.
fn readability(text: &str) -> i64 {
    let beyond: Vec<char> = text.chars().filter(|c| !c.is_ascii()).collect();
    let score = beyond.iter().map(|c| worth(*c)).sum::<i64>();
    let cyrillic = beyond.iter().filter(|c| is_cyrillic(**c)).count();
    let mixed = cyrillic > 0 && cyrillic < beyond.len();
    if mixed { score - 3 * beyond.len() as i64 } else { score }
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{4ff}')
}

fn worth(c: char) -> i64 {
    match c {
        '\u{3040}'..='\u{30ff}' => 8,
        '\u{4e00}'..='\u{9fff}' => 5,
        // Half-width katakana: any byte may be one.
        '\u{ff61}'..='\u{ff9f}' => 0,
        '\u{80}'..='\u{9f}' => -4,
        'à'..='ö' | 'ø'..='ÿ' | 'ß' => 3,
        'À'..='Ö' | 'Ø'..='Þ' => 2,
        // A whole word of Cyrillic is meant; a Latin letter among ASCII is the better guess for one byte.
        c if is_cyrillic(c) => 2,
        c if c.is_alphabetic() => 1,
        _ => -2,
    }
}

/// The upper half of IBM code page 437, which the zip format names for old entries.
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»\
░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

fn cp437(raw: &[u8]) -> String {
    let upper: Vec<char> = CP437.chars().collect();
    let decode = |byte: &u8| match byte.checked_sub(0x80) {
        None => char::from(*byte),
        Some(place) => upper.get(usize::from(place)).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    raw.iter().map(decode).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &[u8], name: &str, warning: Option<&str>, skip: Option<&str>) {
        let label = Label::new(raw);
        assert_eq!(label.name, name);
        assert_eq!(label.warnings.first().map(String::as_str), warning, "{name}");
        assert_eq!(label.skip.as_deref(), skip, "{name}");
    }

    #[test]
    fn ordinary_names_stay_as_they_are() {
        check("nachrichten/größe_名前.json".as_bytes(), "nachrichten/größe_名前.json", None, None);
        check(b"messages\\inbox\\a.json", "messages/inbox/a.json", None, None);
        check(b"a:stream", "a:stream", Some("unsafe name (has a drive letter): used as a label only"), None);
    }

    #[test]
    fn unsafe_names_are_labels_with_a_warning() {
        let cases: [(&[u8], &str, &str); 8] = [
            (b"../evil", "../evil", "climbs by dots"),
            (b"..\\evil", "../evil", "climbs by dots"),
            (b"a/../../evil", "a/../../evil", "climbs by dots"),
            (b"/etc/passwd", "/etc/passwd", "absolute"),
            (b"\\\\srv\\x", "//srv/x", "absolute"),
            (b"C:\\evil", "C:/evil", "has a drive letter"),
            (b"a\0b.json", "a\0b.json", "contains NUL"),
            (b"", "", "empty"),
        ];
        for (raw, name, why) in cases {
            check(raw, name, Some(&format!("unsafe name ({why}): used as a label only")), None);
        }
    }

    #[test]
    fn what_systems_leave_behind_is_no_data() {
        check(b"photos/", "photos/", None, Some("folder"));
        let mac = Some("left behind by macOS: file attributes, no data");
        check(b"__MACOSX/a/b.json", "__MACOSX/a/b.json", None, mac);
        check(b"x/__MACOSX/b.json", "x/__MACOSX/b.json", None, mac);
        check(b"inbox/._messages.json", "inbox/._messages.json", None, mac);
        check(b"a/.DS_Store", "a/.DS_Store", None, Some("left behind by macOS: how the folder was displayed"));
        check(b"a/Thumbs.db", "a/Thumbs.db", None, Some("left behind by Windows: how the folder was displayed"));
        check(b"my__MACOSX/b.json", "my__MACOSX/b.json", None, None);
    }

    fn guessed(raw: &[u8], name: &str, encoding: &str) {
        check(raw, name, Some(&format!("the name's encoding is guessed to be {encoding}")), None);
    }

    #[test]
    fn the_encoding_of_old_names_is_guessed_by_readability() {
        guessed(b"\x82\xa0\x82\xe8.json", "あり.json", "Shift_JIS");
        guessed(b"\x93\xfa\x96\x7b\x8c\xea.txt", "日本語.txt", "Shift_JIS");
        guessed(b"Gr\x94\xe1e.txt", "Größe.txt", "CP437");
        guessed(b"Gr\xf6\xdfe.txt", "Größe.txt", "Windows-1252");
        guessed(b"Jos\x82.txt", "José.txt", "CP437");
        guessed(b"Jos\xe9.txt", "José.txt", "Windows-1252");
        guessed(b"\x91\xae\xae\xa1\xe9\xa5\xad\xa8\xef.txt", "Сообщения.txt", "CP866");
    }

    #[test]
    fn code_page_437_has_a_character_for_every_byte() {
        assert_eq!(CP437.chars().count(), 128);
        assert_eq!(cp437(&[0x41, 0x80, 0xe1, 0xff]), "AÇß\u{a0}");
    }
}
