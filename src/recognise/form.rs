//! The form of an entry: by its extension, else by its first bytes.

use super::{file_name, head_of};
use crate::container::Archive;
use crate::decode::{Decoder, car, chat, mail};

/// Forms that are an export by themselves: a chat, the repository of an account.
pub(super) const WHOLE: [Decoder; 2] = [Decoder::Chat, Decoder::Car];

/// Whether an entry is an export by itself.
pub fn is_whole(archive: &Archive, entry: usize) -> bool {
    decoder_at(archive, entry).is_some_and(|decoder| WHOLE.contains(&decoder))
}

pub(super) fn decoder_at(archive: &Archive, at: usize) -> Option<Decoder> {
    decoder_of(&archive.entries[at].name, || head_of(archive, at))
}

/// The decoder an entry needs, by its extension and, where that tells nothing, by its first bytes. `None`: no text at all.
pub fn decoder_of(name: &str, head: impl FnOnce() -> Vec<u8>) -> Option<Decoder> {
    let name = name.to_lowercase();
    let extension = file_name(&name).rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension {
        "json" | "jsonl" | "ndjson" | "js" | "geojson" => Some(Decoder::Json),
        "csv" | "tsv" => Some(Decoder::Csv),
        "html" | "htm" | "xhtml" => Some(Decoder::Html),
        "mbox" | "mbx" | "eml" => Some(Decoder::Mbox),
        "vcf" | "vcard" => Some(Decoder::Vcard),
        "ics" | "ical" | "ifb" => Some(Decoder::Ics),
        "jpg" | "jpeg" | "png" | "gif" | "webp" | "heic" | "heif" | "avif" | "bmp" | "tif" | "tiff" | "mp4" | "mov"
        | "m4v" | "3gp" | "avi" | "mkv" | "webm" | "mp3" | "m4a" | "aac" | "ogg" | "opus" | "amr" | "wav" | "flac"
        | "pdf" | "woff" | "woff2" | "ttf" | "svg" | "ico" | "css" => Some(Decoder::Media),
        _ => decoder_by_head(&head()),
    }
}

pub(super) fn decoder_by_head(head: &[u8]) -> Option<Decoder> {
    if car::looks_like_car(head) {
        return Some(Decoder::Car);
    }
    if head.is_empty() || head.contains(&0) {
        return None;
    }
    let text = String::from_utf8_lossy(head);
    let start = text.trim_start_matches('\u{feff}').trim_start();
    Some(match start.chars().next() {
        Some('{' | '[') if !chat::looks_like_chat(&text) => Decoder::Json,
        Some('<') if text.contains("<plist") || text.contains("<!DOCTYPE plist") => Decoder::Plist,
        Some('<') => Decoder::Html,
        _ if begins(start, "BEGIN:VCARD") => Decoder::Vcard,
        _ if begins(start, "BEGIN:VCALENDAR") => Decoder::Ics,
        _ if mail::looks_like_mail(head) => Decoder::Mbox,
        _ if chat::looks_like_chat(&text) => Decoder::Chat,
        _ if control_characters(head) * 20 > head.len() => return None,
        _ => Decoder::KeyValue,
    })
}

fn begins(text: &str, with: &str) -> bool {
    text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
}

fn control_characters(head: &[u8]) -> usize {
    head.iter().filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')).count()
}

/// Whether a picture may tell when and where it was taken.
pub(super) fn may_tell(name: &str) -> bool {
    let lower = name.to_lowercase();
    [".jpg", ".jpeg", ".heic", ".heif", ".png", ".webp", ".tif", ".tiff", ".avif"]
        .iter()
        .any(|end| lower.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_a_nameless_entry_is_told_by_its_first_bytes() {
        assert_eq!(decoder_by_head(b"\xef\xbb\xbf {\"a\":1}"), Some(Decoder::Json));
        assert_eq!(decoder_by_head(b"<!doctype html>"), Some(Decoder::Html));
        assert_eq!(decoder_by_head(b"Name: Rosa\nCity: Bath\n"), Some(Decoder::KeyValue));
        assert_eq!(decoder_by_head(b"<?xml version=\"1.0\"?><plist version=\"1.0\">"), Some(Decoder::Plist));
        assert_eq!(decoder_by_head(b"begin:vcard\nFN:Rosa\n"), Some(Decoder::Vcard));
        assert_eq!(decoder_by_head(b"BEGIN:VCALENDAR\r\n"), Some(Decoder::Ics));
        assert_eq!(decoder_by_head(b"From rosa@example.com Tue Mar  5 10:11:12 2024\n"), Some(Decoder::Mbox));
        assert_eq!(decoder_by_head(b"\x00\x01\x02"), None);
        assert_eq!(decoder_by_head(b""), None);
    }
}
