//! What ordinary exports become.
#![allow(clippy::unwrap_used)]

use super::guard::Limits;
use super::*;
use ::zip::write::SimpleFileOptions;
use ::zip::{CompressionMethod, ZipWriter};
use std::io::{Cursor, Write};
use tempfile::TempDir;

const POSTS: &str = r#"[{"post":"hello from Rosa Quill"}]"#;
const LOGINS: &str = r#"[{"ip":"192.0.2.7"},{"ip":"198.51.100.9"}]"#;

/// A file of that name in a folder of its own.
fn file(name: &str, bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn open(name: &str, bytes: &[u8]) -> (TempDir, Archive) {
    let (folder, path) = file(name, bytes);
    let archive = Archive::open(&path, &Budget::default()).unwrap();
    (folder, archive)
}

fn fault(name: &str, bytes: &[u8]) -> (String, String) {
    let (_folder, path) = file(name, bytes);
    let fault = Archive::open(&path, &Budget::default()).err().unwrap();
    (fault.what.replace(path.parent().unwrap().to_str().unwrap(), "…"), fault.cure)
}

fn zip_of(method: CompressionMethod, entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tar_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (name, content) in entries {
        bytes.extend(tar::tests::header(name, b'0', content.len()));
        bytes.extend(tar::tests::padded(content));
    }
    bytes.resize(bytes.len() + 1024, 0);
    bytes
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn text(reader: &mut dyn Read) -> String {
    let mut text = String::new();
    match reader.read_to_string(&mut text) {
        Ok(_) => text,
        Err(error) => format!("error: {error}"),
    }
}

/// Every entry that can be read, in the order of reading.
fn read_all(archive: &Archive) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut keep = |entry: usize, reader: &mut dyn Read| {
        all.push((archive.entries[entry].name.clone(), text(reader)));
        ControlFlow::Continue(())
    };
    for unit in archive.units() {
        match unit {
            Unit::One(entry) => _ = keep(entry, &mut archive.read(entry).unwrap()),
            Unit::Sequence(sequence) => archive.walk(&sequence, &mut keep).unwrap(),
        }
    }
    all
}

fn check(archive: &Archive, kind: ContainerKind, expected: &[(&str, &str)]) {
    assert_eq!(archive.kind, kind);
    let all = read_all(archive);
    let all: Vec<(&str, &str)> = all.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(all, expected, "{:?}", archive.warnings);
}

const BOTH: [(&str, &str); 2] = [("posts.json", POSTS), ("security/logins.json", LOGINS)];

fn both() -> [(&'static str, &'static [u8]); 2] {
    BOTH.map(|(name, text)| (name, text.as_bytes()))
}

#[test]
fn a_zip_is_read_by_every_method_that_companies_use() {
    for method in [CompressionMethod::Stored, CompressionMethod::Deflated, CompressionMethod::Bzip2] {
        let (_folder, archive) = open("rosa.zip", &zip_of(method, &both()));
        check(&archive, ContainerKind::Zip, &BOTH);
        assert_eq!(archive.warnings, Vec::<String>::new());
        assert_eq!(archive.head(1), LOGINS.as_bytes(), "{method:?}");
    }
}

#[test]
fn the_kind_is_told_by_content_whatever_the_name() {
    let zip = zip_of(CompressionMethod::Deflated, &both());
    let tgz = gzip(&tar_of(&both()));
    check(&open("rosa.tgz", &zip).1, ContainerKind::Zip, &BOTH);
    check(&open("0d6f9a52", &zip).1, ContainerKind::Zip, &BOTH);
    check(&open("rosa.zip", &tgz).1, ContainerKind::TarGz, &BOTH);
    check(&open("rosa.zip", &tar_of(&both())).1, ContainerKind::Tar, &BOTH);
}

#[test]
fn entries_of_a_tar_are_opened_by_themselves_and_those_of_a_tgz_in_sequence() {
    let tar = tar_of(&both());
    assert_eq!(open("rosa.tar", &tar).1.units(), [Unit::One(0), Unit::One(1)]);
    let (_folder, archive) = open("rosa.tgz", &gzip(&tar));
    assert_eq!(archive.units(), [Unit::Sequence(vec![0, 1])]);
    assert_eq!(archive.head(1), LOGINS.as_bytes());
    assert_eq!(archive.read(1).err().unwrap().to_string(), "it can only be walked, as part of its sequence");
}

#[test]
fn a_walk_passes_over_what_is_not_wanted_and_stops_when_told() {
    let entries: Vec<(String, Vec<u8>)> = (0..9_u8).map(|n| (format!("{n}.txt"), vec![b'0' + n; 70_000])).collect();
    let entries: Vec<(&str, &[u8])> = entries.iter().map(|(name, bytes)| (name.as_str(), &bytes[..])).collect();
    let (_folder, archive) = open("rosa.tgz", &gzip(&tar_of(&entries)));
    let mut seen = Vec::new();
    let walked = archive.walk(&[1, 4, 7, 8], &mut |entry, reader| {
        let mut first = [0; 2];
        reader.read_exact(&mut first).unwrap();
        seen.push((entry, first[0]));
        if entry == 7 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert!(walked.is_ok());
    assert_eq!(seen, [(1, b'1'), (4, b'4'), (7, b'7')]);
}

#[test]
fn many_threads_read_one_archive_at_the_same_time() {
    let bodies: Vec<Vec<u8>> = (0..8_u8).map(|n| vec![b'a' + n; 300_000]).collect();
    let names: Vec<String> = (0..8).map(|n| format!("{n}.txt")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(String::as_str).zip(bodies.iter().map(Vec::as_slice)).collect();
    let (_folder, archive) = open("rosa.zip", &zip_of(CompressionMethod::Deflated, &entries));
    std::thread::scope(|scope| {
        for (number, body) in bodies.iter().enumerate() {
            let archive = &archive;
            scope.spawn(move || {
                let mut bytes = Vec::new();
                archive.read(number).unwrap().read_to_end(&mut bytes).unwrap();
                assert_eq!(&bytes, body);
            });
        }
    });
}

#[test]
fn a_folder_gives_its_files_in_the_order_of_their_names() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("security")).unwrap();
    std::fs::write(folder.path().join("security/logins.json"), LOGINS).unwrap();
    std::fs::write(folder.path().join("posts.json"), POSTS).unwrap();
    let archive = Archive::open(folder.path(), &Budget::default()).unwrap();
    check(&archive, ContainerKind::Folder, &BOTH);
    assert_eq!(archive.entries[0].size, Some(POSTS.len() as u64));
}

#[cfg(unix)]
#[test]
fn links_and_sockets_in_a_folder_are_listed_and_never_opened() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("posts.json"), POSTS).unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("round")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", folder.path().join("secret")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("talk")).unwrap();
    let archive = Archive::open(folder.path(), &Budget::default()).unwrap();
    check(&archive, ContainerKind::Folder, &[("posts.json", POSTS)]);
    let skipped: Vec<(&str, &str)> =
        archive.entries.iter().filter_map(|entry| Some((entry.name.as_str(), entry.skip.as_deref()?))).collect();
    let expected = [("round", "link: not followed"), ("secret", "link: not followed"), ("talk", "socket: not opened")];
    assert_eq!(skipped, expected);
}

#[test]
fn a_file_that_shrinks_or_vanishes_after_opening_is_an_error_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.json"), LOGINS).unwrap();
    std::fs::write(folder.path().join("b.json"), POSTS).unwrap();
    let archive = Archive::open(folder.path(), &Budget::default()).unwrap();
    std::fs::write(folder.path().join("a.json"), "[]").unwrap();
    std::fs::remove_file(folder.path().join("b.json")).unwrap();
    let shrunk = text(&mut archive.read(0).unwrap());
    assert_eq!(shrunk, "error: the size is wrong: 42 bytes declared, 2 bytes there, short by 40");
    assert_eq!(archive.read(1).err().unwrap().kind(), io::ErrorKind::NotFound);
    assert_eq!(archive.head(1), b"");
}

#[test]
fn a_single_file_is_its_own_only_entry_packed_or_not() {
    check(&open("chat.txt", b"hello").1, ContainerKind::File, &[("chat.txt", "hello")]);
    let packed = [gzip(b"hello "), gzip(b"again")].concat();
    check(&open("chat.txt.gz", &packed).1, ContainerKind::File, &[("chat.txt", "hello again")]);
}

#[test]
fn a_stored_zip_in_a_zip_is_opened_in_place_and_a_deflated_one_is_walked() {
    let inner = zip_of(CompressionMethod::Deflated, &both());
    let expected = [("part.zip/posts.json", POSTS), ("part.zip/security/logins.json", LOGINS)];
    for (method, units) in [
        (CompressionMethod::Stored, vec![Unit::One(1), Unit::One(2)]),
        (CompressionMethod::Deflated, vec![Unit::Sequence(vec![1, 2])]),
    ] {
        let (_folder, archive) = open("rosa.zip", &zip_of(method, &[("part.zip", &inner)]));
        check(&archive, ContainerKind::Zip, &expected);
        assert_eq!(archive.units(), units);
        assert_eq!(archive.entries[0].skip.as_deref(), Some("an archive: its entries are listed by themselves"));
        assert_eq!(archive.head(2), LOGINS.as_bytes());
    }
}

#[test]
fn archives_of_every_kind_lie_in_archives_of_every_kind() {
    let tgz = gzip(&tar_of(&[("a.json", b"1")]));
    let zip = zip_of(CompressionMethod::Stored, &[("b.json", b"2"), ("inner.tgz", &tgz)]);
    let gz = gzip(b"3");
    let entries = [("d.zip", &zip[..]), ("e.tar.gz", &tgz), ("f.json.gz", &gz), ("g.tar", &tar_of(&[("h", b"4")]))];
    let expected = [
        ("d.zip/b.json", "2"),
        ("d.zip/inner.tgz/a.json", "1"),
        ("e.tar.gz/a.json", "1"),
        ("f.json.gz/f.json", "3"),
        ("g.tar/h", "4"),
    ];
    for outer in [
        tar_of(&entries),
        gzip(&tar_of(&entries)),
        zip_of(CompressionMethod::Stored, &entries),
        zip_of(CompressionMethod::Deflated, &entries),
    ] {
        let (_folder, archive) = open("rosa", &outer);
        let mut all = read_all(&archive);
        all.sort();
        let all: Vec<(&str, &str)> = all.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        assert_eq!(all, expected, "{:?} {:?}", archive.kind, archive.warnings);
    }
}

#[test]
fn a_zip_in_a_folder_is_opened_and_a_text_named_zip_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("part.zip"), zip_of(CompressionMethod::Deflated, &both())).unwrap();
    std::fs::write(folder.path().join("note.zip"), "no archive").unwrap();
    let archive = Archive::open(folder.path(), &Budget::default()).unwrap();
    let expected =
        [("note.zip", "no archive"), ("part.zip/posts.json", POSTS), ("part.zip/security/logins.json", LOGINS)];
    check(&archive, ContainerKind::Folder, &expected);
}

#[test]
fn what_operating_systems_leave_behind_is_skipped_with_a_reason() {
    let entries = [("__MACOSX/._posts.json", &b"x"[..]), ("photos/.DS_Store", b"x"), ("posts.json", POSTS.as_bytes())];
    let (_folder, archive) = open("rosa.zip", &zip_of(CompressionMethod::Deflated, &entries));
    check(&archive, ContainerKind::Zip, &[("posts.json", POSTS)]);
    assert!(archive.entries[0].skip.is_some() && archive.entries[1].skip.is_some());
    assert_eq!(archive.read(0).err().unwrap().to_string(), "left behind by macOS: file attributes, no data");
}

#[test]
fn a_head_has_at_most_four_kibibytes() {
    let long = vec![b'a'; 10_000];
    for bytes in [zip_of(CompressionMethod::Deflated, &[("a", &long)]), gzip(&tar_of(&[("a", &long)])), long.clone()] {
        assert_eq!(open("rosa", &bytes).1.head(0), long[..4096]);
    }
}

#[test]
fn looking_into_an_archive_spends_nothing_and_reading_it_spends_its_bytes() {
    let (_folder, path) = file("rosa.tgz", &gzip(&tar_of(&both())));
    let budget = Budget::default();
    let archive = Archive::open(&path, &budget).unwrap();
    archive.head(0);
    assert_eq!(budget.bytes(), 0);
    read_all(&archive);
    assert_eq!(budget.bytes(), (POSTS.len() + LOGINS.len()) as u64);
}

#[test]
fn a_cancelled_budget_stops_opening_and_reading() {
    let (_folder, path) = file("rosa.zip", &zip_of(CompressionMethod::Deflated, &both()));
    let budget = Budget::default();
    let archive = Archive::open(&path, &budget).unwrap();
    budget.cancel();
    assert_eq!(text(&mut archive.read(0).unwrap()), "error: cancelled");
    assert_eq!(archive.digest().unwrap_err().to_string(), "cancelled");
    let fault = Archive::open(&path, &budget).err().unwrap();
    assert!(fault.what.ends_with("was cancelled"), "{fault}");
}

#[test]
fn more_entries_than_the_limit_are_a_fault_in_every_kind() {
    let budget = Budget::new(Limits { entries: 1, ..Limits::default() });
    for bytes in [zip_of(CompressionMethod::Stored, &both()), tar_of(&both()), gzip(&tar_of(&both()))] {
        let (_folder, path) = file("rosa", &bytes);
        let fault = Archive::open(&path, &budget).err().unwrap();
        assert!(fault.what.ends_with("holds more than 1 entries"), "{fault}");
        let two = Budget::new(Limits { entries: 2, ..Limits::default() });
        assert_eq!(Archive::open(&path, &two).unwrap().entries.len(), 2);
    }
}

#[test]
fn the_digest_is_that_of_the_bytes_and_of_a_folder_changes_with_any_name_or_byte() {
    let (_folder, archive) = open("chat.txt", b"hello");
    assert_eq!(archive.digest().unwrap(), (blake3::hash(b"hello"), 5));
    let digest = |files: &[(&str, &str)]| {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        Archive::open(folder.path(), &Budget::default()).unwrap().digest().unwrap()
    };
    let first = digest(&[("a", "12"), ("b", "3")]);
    assert_eq!(first, digest(&[("b", "3"), ("a", "12")]));
    assert_eq!(first.1, 3);
    for other in
        [&[("a", "12"), ("c", "3")][..], &[("a", "13"), ("b", "3")], &[("a", "1"), ("b", "23")], &[("a", "12")]]
    {
        assert_ne!(first.0, digest(other).0);
    }
}

#[test]
fn what_cannot_be_opened_says_what_it_looks_like_and_what_to_do() {
    let expired = "the download link may have expired: log in at the company again, and download the export once more";
    let page = fault("rosa.zip", b"<!DOCTYPE html><title>Sign in</title>");
    assert_eq!(page, ("…/rosa.zip is no archive: it looks like a web page".into(), expired.into()));
    let short = fault("rosa.zip", b"PK");
    assert_eq!(short, ("…/rosa.zip is no archive: its 2 bytes are no known archive".into(), expired.into()));
    let empty = fault("rosa.zip", b"");
    assert_eq!(empty, ("…/rosa.zip is empty: it has 0 bytes".into(), "download the export again".into()));
    let other = fault("rosa.zip", b"7z\xbc\xaf\x27\x1c\0\x04");
    assert_eq!(other.0, "…/rosa.zip is a 7-Zip archive, which cannot be read");
    assert_eq!(other.1, "unpack it with another program, and give the folder");
}

#[test]
fn a_missing_path_and_a_device_are_faults() {
    let fault = Archive::open(Path::new("/nowhere/x.zip"), &Budget::default()).err().unwrap();
    assert_eq!(fault.to_string(), "cannot open /nowhere/x.zip: no such file\ncheck the path");
    if cfg!(unix) {
        let fault = Archive::open(Path::new("/dev/zero"), &Budget::default()).err().unwrap();
        assert_eq!(fault.what, "cannot open /dev/zero: it is neither a file nor a folder");
    }
}

#[test]
fn a_download_that_is_not_finished_is_read_with_a_warning() {
    let zip = zip_of(CompressionMethod::Deflated, &both());
    let (_folder, archive) = open("rosa.zip.crdownload", &zip);
    check(&archive, ContainerKind::Zip, &BOTH);
    assert_eq!(archive.warnings, ["its name says that the download is not finished"]);
}

#[test]
fn a_zip_with_eight_byte_sizes_is_read_whole_and_cut() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in BOTH {
        writer.start_file(name, SimpleFileOptions::default().large_file(true)).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    let zip = writer.finish().unwrap().into_inner();
    check(&open("rosa.zip", &zip).1, ContainerKind::Zip, &BOTH);
    check(&open("rosa.zip", &zip[..zip.len() - 30]).1, ContainerKind::CutZip, &BOTH);
}

#[test]
fn our_directory_agrees_with_the_one_of_the_zip_crate() {
    let bytes = zip_of(CompressionMethod::Deflated, &both());
    let (_folder, archive) = open("rosa.zip", &bytes);
    let mut theirs = ::zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    assert_eq!(theirs.len(), archive.entries.len());
    for (number, entry) in archive.entries.iter().enumerate() {
        let file = theirs.by_index(number).unwrap();
        assert_eq!(
            (file.name().unwrap().as_ref(), file.size(), file.compressed_size()),
            (entry.name.as_str(), entry.size.unwrap(), entry.packed)
        );
    }
}
