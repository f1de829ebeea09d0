//! What bytes look like, whatever their name says.

use super::tar;

/// Bytes that are looked at: a tar shows itself in its first block.
pub(super) const ENOUGH: usize = 512;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Looks {
    Zip,
    Gzip,
    Tar,
    /// An archive that is not read here: its name.
    OtherArchive(&'static str),
    /// A program: whatever it is called, nobody hands over data in one.
    Program,
    /// No archive, but something with a name.
    NoArchive(&'static str),
    Unknown,
}

const BEGINNINGS: [(&[u8], Looks); 24] = [
    (b"PK\x03\x04", Looks::Zip),
    (b"PK\x05\x06", Looks::Zip),
    (b"PK\x06\x06", Looks::Zip),
    (b"PK\x07\x08", Looks::Zip),
    (b"PK00PK\x03\x04", Looks::Zip),
    (b"\x1f\x8b", Looks::Gzip),
    (b"7z\xbc\xaf\x27\x1c", Looks::OtherArchive("a 7-Zip archive")),
    (b"Rar!\x1a\x07", Looks::OtherArchive("a RAR archive")),
    (b"\xfd7zXZ\0", Looks::OtherArchive("an XZ archive")),
    (b"\x28\xb5\x2f\xfd", Looks::OtherArchive("a Zstandard archive")),
    (b"BZh", Looks::OtherArchive("a bzip2 archive")),
    (b"MSCF", Looks::OtherArchive("a cabinet archive")),
    (b"\x7fELF", Looks::Program),
    (b"MZ\x90\0", Looks::Program),
    (b"\xcf\xfa\xed\xfe", Looks::Program),
    (b"\xca\xfe\xba\xbe", Looks::Program),
    (b"%PDF", Looks::NoArchive("a PDF document")),
    (b"\x89PNG", Looks::NoArchive("a picture")),
    (b"\xff\xd8\xff", Looks::NoArchive("a picture")),
    (b"GIF8", Looks::NoArchive("a picture")),
    (b"SQLite format 3\0", Looks::NoArchive("a database")),
    (b"{", Looks::NoArchive("JSON text, perhaps an error message")),
    (b"[", Looks::NoArchive("JSON text")),
    (b"<?xml", Looks::NoArchive("XML text, perhaps an error message")),
];

/// What the first bytes look like. [`ENOUGH`] of them tell all there is to tell.
pub(super) fn looks(head: &[u8]) -> Looks {
    if tar::is_header(head) {
        return Looks::Tar;
    }
    if is_web_page(head) {
        return Looks::NoArchive("a web page");
    }
    let begins = |(beginning, _): &&(&[u8], Looks)| head.starts_with(beginning);
    BEGINNINGS.iter().find(begins).map_or(Looks::Unknown, |(_, looks)| *looks)
}

fn is_web_page(head: &[u8]) -> bool {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    [&b"<!doctype html"[..], b"<html", b"<head", b"<body"]
        .iter()
        .any(|tag| text.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag)))
}

/// Whether a name promises an archive. What it is, its bytes tell.
pub(super) fn names_an_archive(name: &str) -> bool {
    ["zip", "tar", "tgz", "gz", "7z", "rar", "xz", "txz", "bz2", "tbz2", "zst", "cab"]
        .contains(&extension(name).as_str())
}

/// Whether a name promises something that is looked into when it lies in an archive.
pub(super) fn names_an_inner_archive(name: &str) -> bool {
    ["zip", "tar", "tgz", "gz"].contains(&extension(name).as_str())
}

/// Behind the last dot, in small letters; that of a download that was not finished is in front of it.
fn extension(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    let finished = UNFINISHED.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(&name);
    finished.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_owned())
}

const UNFINISHED: [&str; 4] = [".crdownload", ".part", ".partial", ".download"];

/// Whether a browser is not done with it.
pub(super) fn is_unfinished(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    UNFINISHED.iter().any(|ending| name.ends_with(ending))
}

/// The name of the one file in a gzip file: `a.json` of `x/a.json.gz`.
pub(super) fn unzipped(name: &str) -> &str {
    let last = name.rsplit('/').next().unwrap_or(name);
    match last.rsplit_once('.') {
        Some((stem, extension)) if extension.eq_ignore_ascii_case("gz") && !stem.is_empty() => stem,
        _ => last,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_are_known_by_their_first_bytes() {
        assert_eq!(looks(b"PK\x03\x04\x14\0"), Looks::Zip);
        assert_eq!(looks(b"\x1f\x8b\x08\0"), Looks::Gzip);
        assert_eq!(looks(b"7z\xbc\xaf\x27\x1c\0"), Looks::OtherArchive("a 7-Zip archive"));
        assert_eq!(looks(b"PK"), Looks::Unknown);
        assert_eq!(looks(b""), Looks::Unknown);
    }

    #[test]
    fn an_error_page_is_known_in_any_letter_case() {
        for page in [&b"<!DOCTYPE html><title>"[..], b"\n  <HTML>", b"\xef\xbb\xbf<html lang>"] {
            assert_eq!(looks(page), Looks::NoArchive("a web page"));
        }
        assert_eq!(looks(b"<htm"), Looks::Unknown);
    }

    #[test]
    fn a_download_that_is_not_finished_keeps_its_extension() {
        assert!(names_an_archive("facebook-rosa.ZIP.crdownload") && is_unfinished("facebook-rosa.ZIP.crdownload"));
        assert!(!names_an_archive("zip") && !is_unfinished("a.zip"));
    }

    #[test]
    fn the_file_in_a_gzip_file_is_named_without_the_ending() {
        assert_eq!(["x/a.json.gz", "a.GZ", ".gz", "data"].map(unzipped), ["a.json", "a", ".gz", "data"]);
    }
}
