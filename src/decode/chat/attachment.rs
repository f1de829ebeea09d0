//! Files that messages carry, by what the app writes in their place.

use super::body::Setting;
use super::marks::{LRM, is_blank, is_mark, trimmed};
use super::tokens::{Token, Tokens};

#[derive(Debug, PartialEq, Eq)]
pub struct Attachment<'a> {
    /// Name of the file, where the export tells it.
    pub file: Option<&'a str>,
    /// image, video, audio, sticker, gif, document, contact, or omitted for any of these.
    pub kind: &'static str,
    /// The file was left out of the export.
    pub is_omitted: bool,
    pub caption: Option<&'a str>,
}

impl Attachment<'_> {
    pub fn omitted(kind: &'static str) -> Self {
        Self { file: None, kind, is_omitted: true, caption: None }
    }
}

/// The attachment that a body is about.
pub fn read<'a>(raw: &'a str, setting: Setting<'_>) -> Option<Attachment<'a>> {
    on_android(raw, setting.tokens)
        .or_else(|| on_ios(raw, setting))
        .or_else(|| on_old_ios(raw))
        .or_else(|| omitted_with_name(raw, setting))
}

/// `IMG-20240102-WA0001.jpg (file attached)`, the caption on the lines below.
fn on_android<'a>(raw: &'a str, tokens: &Tokens) -> Option<Attachment<'a>> {
    let (first, below) = raw.split_once('\n').unwrap_or((raw, ""));
    let first = trimmed(first);
    // Most messages hold no file name, and need not be compared with each language's words.
    if !first.contains('.') {
        return None;
    }
    let mut phrases = tokens.files.iter().filter(|(before, _)| !before.starts_with('<'));
    let name = phrases.find_map(|(before, after)| first.strip_prefix(before)?.strip_suffix(after))?;
    let name = trimmed(name);
    let whole = file_in(name).is_some_and(|file| file.len() == name.len());
    whole.then(|| Attachment { file: Some(name), kind: kind(name), is_omitted: false, caption: filled(below) })
}

/// `‎<attached: 00000002-PHOTO-2024-01-02-15-05-10.jpg>`, the caption before it. The word is translated and may stand on either
/// side; the mark before the bracket is not, and where marks were lost the word must be known.
fn on_ios<'a>(raw: &'a str, setting: Setting<'_>) -> Option<Attachment<'a>> {
    let at = raw.rfind('<')?;
    let (before, token) = (raw.get(..at)?, raw.get(at..)?);
    let token = token.trim_end_matches(|c| is_mark(c) || is_blank(c) || c == '\n');
    let inside = token.strip_prefix('<')?.strip_suffix('>').filter(|inside| !inside.contains('\n'))?;
    let known = || setting.tokens.files.iter().any(|(prefix, suffix)| is_around(token, prefix, suffix));
    if !(before.ends_with(LRM) || known()) {
        return None;
    }
    let file = file_in(inside)?;
    let kind = kind(file);
    // A document's own name and pages stand before it; that is no caption.
    let caption = filled(before.trim_matches(|c| is_mark(c) || is_blank(c) || c == '\n'));
    let caption = caption.filter(|caption| !caption.contains(" • \u{200e}"));
    Some(Attachment { file: Some(file), kind, is_omitted: false, caption })
}

fn is_around(token: &str, prefix: &str, suffix: &str) -> bool {
    prefix.starts_with('<') && token.strip_prefix(prefix).is_some_and(|rest| rest.ends_with(suffix))
}

/// `2020-01-01-PHOTO-00000012.jpg <‎attached>`, older iOS.
fn on_old_ios(raw: &str) -> Option<Attachment<'_>> {
    let (name, token) = raw.split_once(" <\u{200e}")?;
    let name = trimmed(name);
    let whole = file_in(name).is_some_and(|file| file.len() == name.len());
    let closed = trimmed(token).ends_with('>') && !token.contains(['\n', '.']);
    (whole && closed).then(|| Attachment { file: Some(name), kind: kind(name), is_omitted: false, caption: None })
}

/// `plan.pdf • ‎2 pages ‎document omitted`, iOS without media; or any words before a photo that was left out.
fn omitted_with_name<'a>(raw: &'a str, setting: Setting<'_>) -> Option<Attachment<'a>> {
    let (before, token) = raw.rsplit_once(LRM)?;
    let Some(Token::Omitted(kind)) = setting.tokens.whole(token) else { return None };
    let before = trimmed(before);
    let name = before.split(" • ").next().filter(|name| file_in(name).is_some_and(|file| file.len() == name.len()));
    let caption = if name.is_some() { None } else { filled(before) };
    Some(Attachment { file: name, kind, is_omitted: true, caption })
}

fn filled(text: &str) -> Option<&str> {
    let text = text.trim_matches('\n');
    (!trimmed(text).is_empty()).then_some(text)
}

/// The name of a file among the app's words: it ends in an extension, and behind a colon it begins.
pub fn file_in(words: &str) -> Option<&str> {
    let (dot, _) = words.match_indices('.').rfind(|(at, _)| is_extension(words.get(at + 1..).unwrap_or_default()))?;
    let extension = words.get(dot + 1..)?;
    let length = extension.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let name = words.get(..=dot + length)?;
    // Only the word of the app comes with a colon; names of files cannot hold one.
    let name = name.rsplit_once([':', '：']).map_or(name, |(_, name)| name);
    let name = trimmed(name);
    (name.len() > length + 1).then_some(name)
}

fn is_extension(text: &str) -> bool {
    let length = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let ends = text.get(length..).is_none_or(|rest| rest.is_empty() || rest.starts_with(is_blank));
    (1..=8).contains(&length) && ends
}

/// What a file is, by the names the app gives and else by the extension.
fn kind(file: &str) -> &'static str {
    let upper = file.to_uppercase();
    let named = KINDS.iter().find(|(start, inside, _)| upper.starts_with(start) || upper.contains(inside));
    let extension = upper.rsplit_once('.').map_or("", |(_, extension)| extension);
    let by_extension = EXTENSIONS.iter().find(|(known, _)| known.contains(&extension));
    match (named, by_extension) {
        (Some((.., kind)), _) | (None, Some((_, kind))) => kind,
        (None, None) => "document",
    }
}

/// Android's prefix, iOS's word, the kind.
const KINDS: [(&str, &str, &str); 7] = [
    ("IMG-", "-PHOTO-", "image"),
    ("VID-", "-VIDEO-", "video"),
    ("AUD-", "-AUDIO-", "audio"),
    ("PTT-", "-PTT-", "audio"),
    ("STK-", "-STICKER-", "sticker"),
    ("DOC-", "-DOC-", "document"),
    ("GIF-", "-GIF-", "gif"),
];

const EXTENSIONS: [(&[&str], &str); 6] = [
    (&["JPG", "JPEG", "PNG", "HEIC", "BMP", "AVIF"], "image"),
    (&["MP4", "3GP", "MOV", "MKV", "AVI", "WEBM"], "video"),
    (&["OPUS", "OGG", "M4A", "MP3", "AAC", "AMR", "WAV", "FLAC"], "audio"),
    (&["WEBP"], "sticker"),
    (&["GIF"], "gif"),
    (&["VCF"], "contact"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, ios: bool, expected: &str) {
        let tokens = Tokens::load();
        let found = read(raw, Setting { tokens: &tokens, marked: ios, bracketed: ios });
        let shown = found.map(|found| {
            let omitted = if found.is_omitted { " omitted" } else { "" };
            format!("{} {}{omitted} {}", found.file.unwrap_or("-"), found.kind, found.caption.unwrap_or("-"))
        });
        assert_eq!(shown.as_deref().unwrap_or("none"), expected, "{raw:?}");
    }

    #[test]
    fn android_names_the_file_before_its_words_and_the_caption_below() {
        check(
            "IMG-20240102-WA0001.jpg (file attached)\na caption\nof two lines",
            false,
            "IMG-20240102-WA0001.jpg image a caption\nof two lines",
        );
        check("\u{200e}PTT-20240102-WA0003.opus (Datei angehängt)", false, "PTT-20240102-WA0003.opus audio -");
        check("فایل پیوست شد VID-20240102-WA0001.mp4", false, "VID-20240102-WA0001.mp4 video -");
        check("my plan v1.2.pdf (archivo adjunto)", false, "none");
        check("my plan v1.2.pdf (archivo adjuntado)", false, "my plan v1.2.pdf document -");
        check("Ben Inkwell.vcf (file attached)", false, "Ben Inkwell.vcf contact -");
        check("what is (file attached)", false, "none");
    }

    #[test]
    fn ios_brackets_the_file_in_its_language() {
        let photo = "00000002-PHOTO-2024-01-02-15-05-10.jpg image -";
        check("\u{200e}<attached: 00000002-PHOTO-2024-01-02-15-05-10.jpg>", true, photo);
        check("\u{200e}<Anhang: 00000002-PHOTO-2024-01-02-15-05-10.jpg>", true, photo);
        check("\u{200e}<\u{a0}pièce jointe : 00000002-PHOTO-2024-01-02-15-05-10.jpg\u{a0}>", true, photo);
        check("\u{200e}< 첨부됨: 00000002-PHOTO-2024-01-02-15-05-10.jpg>", true, photo);
        check("\u{200e}<附件：00000002-PHOTO-2024-01-02-15-05-10.jpg>", true, photo);
        check("\u{200e}<00000002-PHOTO-2024-01-02-15-05-10.jpg eklendi>", true, photo);
        check("<attached: 00000002-PHOTO-2024-01-02-15-05-10.jpg>", true, photo);
        check("<see: 00000002-PHOTO-2024-01-02-15-05-10.jpg>", true, "none");
        check("2020-01-01-PHOTO-00000012.jpg <\u{200e}attached>", true, "2020-01-01-PHOTO-00000012.jpg image -");
    }

    #[test]
    fn captions_and_document_names_stand_before_the_bracket() {
        check("my cat \u{200e}<attached: 1-PHOTO-2.jpg>", true, "1-PHOTO-2.jpg image my cat");
        check("plan.pdf • \u{200e}2 pages \u{200e}<attached: 00000040-plan.pdf>", true, "00000040-plan.pdf document -");
    }

    #[test]
    fn what_was_left_out_keeps_its_name() {
        check("plan.txt \u{200e}document omitted", true, "plan.txt document omitted -");
        check("plan.pdf • \u{200e}2 pages \u{200e}document omitted", true, "plan.pdf document omitted -");
        check("my cat \u{200e}image omitted", true, "- image omitted my cat");
        check("my cat image omitted", true, "none");
    }
}
