//! What is no export, or only half of one: a clear sentence and exit status 2, or a failed entry and the rest imported.

use crate::imports::held;
use crate::world::*;
use std::fs;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

/// A zip of these files.
fn zip(files: &[(&str, &[u8])], method: zip::CompressionMethod) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).expect("memory");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

fn stored(files: &[(&str, &[u8])]) -> Vec<u8> {
    zip(files, zip::CompressionMethod::Stored)
}

fn deflated(files: &[(&str, &[u8])]) -> Vec<u8> {
    zip(files, zip::CompressionMethod::Deflated)
}

/// A tar with these files, packed by gzip.
fn tgz(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = Vec::new();
    for (name, bytes) in files {
        let mut header = [0; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[100..107].copy_from_slice(b"0000600");
        header[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
        header[156] = b'0';
        header[257..265].copy_from_slice(b"ustar\x0000");
        header[148..156].fill(b' ');
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        tar.extend(header);
        tar.extend(*bytes);
        tar.resize(tar.len().next_multiple_of(512), 0);
    }
    tar.extend([0; 1024]);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(&tar).expect("memory");
    packed.finish().expect("memory")
}

const ONE: &[u8] = br#"{"notes": [{"text": "one aubergine"}, {"text": "two"}]}"#;
const OTHER: &[u8] = br#"{"visits": [{"page": "three"}]}"#;

/// A home in which something is indexed already.
fn home() -> Home {
    let home = Home::new();
    home.import(&samples().join("messenger"));
    home
}

/// Imports a path that cannot be: one sentence and what to do on stderr, nothing on stdout, nothing changed.
fn refused(name: &str, bytes: Option<&[u8]>, sentence: &str, cure: &str) {
    let home = home();
    let before = held(&home);
    if let Some(bytes) = bytes {
        home.file(name, bytes);
    }
    for command in ["import", "detect"] {
        let ran = home.run(&[command, name]).ended(2);
        assert_eq!(ran.out, "", "{name}");
        assert_eq!(ran.err, format!("tellall: {sentence}\ntellall: {cure}\n"), "{command} {name}");
    }
    let ran = home.run(&["import", "--json", name]).ended(2);
    assert!(list(&ran.json(), "exports").is_empty());
    assert_eq!(held(&home), before, "what was there is as it was");
    assert_eq!(count_in(&home, "shed"), 1);
}

#[test]
fn a_wrong_path_is_told() {
    refused("nowhere.zip", None, "cannot open nowhere.zip: no such file", "check the path");
}

#[test]
fn an_empty_folder_is_told() {
    let home = home();
    let before = held(&home);
    fs::create_dir(home.path().join("nothing")).expect("a folder");
    let ran = home.run(&["import", "nothing"]).ended(2);
    assert_eq!(ran.err, "tellall: nothing holds no files\ntellall: give an archive, or a folder that holds some\n");
    assert_eq!(held(&home), before);
}

#[test]
fn an_empty_file_is_told() {
    refused("empty.zip", Some(b""), "empty.zip is empty: it has 0 bytes", "download the export again");
}

const EXPIRED: &str =
    "the download link may have expired: log in at the company again, and download the export once more";

#[test]
fn a_web_page_in_place_of_the_archive_is_told() {
    let page = b"<!DOCTYPE html><html><body>Please log in</body></html>";
    refused("export.zip", Some(page), "export.zip is no archive: it looks like a web page", EXPIRED);
}

#[test]
fn text_and_pictures_with_the_name_of_an_archive_are_told() {
    refused("a.zip", Some(b"just a note"), "a.zip is no archive: its 11 bytes are no known archive", EXPIRED);
    refused("b.zip", Some(b"\x89PNG\r\n\x1a\n123"), "b.zip is no archive: it looks like a picture", EXPIRED);
}

#[test]
fn archives_of_other_kinds_are_told() {
    let rar = b"Rar!\x1a\x07\x01\0 and so on";
    let cure = "unpack it with another program, and give the folder";
    refused("c.rar", Some(rar), "c.rar is a RAR archive, which cannot be read", cure);
}

#[test]
fn an_archive_of_which_nothing_arrived_is_told() {
    let whole = deflated(&[("notes.json", ONE)]);
    let sentence =
        "d.zip begins like an archive, but there is nothing in it: cut off at byte 0: 0 whole entries recovered";
    refused("d.zip", whole.get(..20), sentence, "download the export again");
}

/// What an import of one file said, and its report.
fn imported(home: &Home, name: &str, bytes: &[u8]) -> (serde_json::Value, String) {
    home.file(name, bytes);
    let ran = home.run(&["import", "--json", name]).ended(0);
    (list(&ran.json(), "exports")[0].clone(), ran.err)
}

fn fates(home: &Home, id: &str) -> Vec<(String, String, String)> {
    let lines = home.run(&["ledger", id, "--json"]).ended(0).json();
    let line = |line: &serde_json::Value| {
        (
            text(line, "entry").to_owned(),
            text(line, "fate").to_owned(),
            line["why"].as_str().unwrap_or_default().to_owned(),
        )
    };
    list(&lines, "entries").iter().map(line).collect()
}

#[test]
fn a_truncated_zip_keeps_its_whole_entries_and_names_the_broken_one() {
    let home = home();
    let whole = stored(&[("garden/one.json", ONE), ("garden/other.json", OTHER)]);
    let keep = 30 + "garden/one.json".len() + ONE.len() + 30 + "garden/other.json".len() + 10;
    let (export, _) = imported(&home, "garden.zip", &whole[..keep]);
    assert_eq!((&export["entries"]["generic"], &export["entries"]["failed"]), (&1.into(), &1.into()));
    assert_eq!(count_in(&home, "aubergine"), 1);
    let said = home.run(&["ledger", "--fate", "failed"]).ended(0).out;
    assert!(said.contains("garden/other.json") && said.contains("cut off"), "{said}");
    assert_eq!(count_in(&home, "shed"), 1, "what was there is as it was");
}

#[test]
fn an_entry_whose_checksum_is_wrong_fails_alone() {
    let home = home();
    let mut bytes = stored(&[("garden/one.json", ONE), ("garden/other.json", OTHER)]);
    let at = bytes.windows(5).position(|window| window == b"three").expect("it is stored");
    bytes[at] ^= 1;
    let (export, _) = imported(&home, "garden.zip", &bytes);
    let fates = fates(&home, text(&export, "id"));
    assert_eq!(fates[0].1, "generic");
    assert_eq!((fates[1].0.as_str(), fates[1].1.as_str()), ("garden/other.json", "failed"));
    assert!(!fates[1].2.is_empty());
    assert_eq!((count_in(&home, "aubergine"), count_in(&home, "three")), (1, 0));
}

/// The first flag bit says that an entry is encrypted: in its header, and in the directory.
fn locked(mut bytes: Vec<u8>, name: &str) -> Vec<u8> {
    let mut locked = 0;
    for (sign, flags, header) in [(b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)] {
        for at in 0..bytes.len() {
            if bytes[at..].starts_with(sign) && bytes[at + header..].starts_with(name.as_bytes()) {
                bytes[at + flags] |= 1;
                locked += 1;
            }
        }
    }
    assert_eq!(locked, 2);
    bytes
}

#[test]
fn a_zip_that_is_protected_by_a_password_is_told() {
    let bytes = locked(stored(&[("garden/one.json", ONE)]), "garden/one.json");
    let cure = "unpack it with another program, and give the folder";
    refused("locked.zip", Some(&bytes), "locked.zip is protected by a password, which is not asked for here", cure);
}

#[test]
fn an_entry_that_is_protected_by_a_password_fails_alone() {
    let home = home();
    let whole = stored(&[("garden/one.json", ONE), ("garden/other.json", OTHER)]);
    let (export, _) = imported(&home, "garden.zip", &locked(whole, "garden/other.json"));
    let fates = fates(&home, text(&export, "id"));
    assert_eq!((fates[0].1.as_str(), fates[1].1.as_str()), ("generic", "failed"));
    assert_eq!(fates[1].2, "protected by a password, which is not asked for here");
    assert_eq!((count_in(&home, "aubergine"), count_in(&home, "three")), (1, 0));
}

#[test]
fn archives_in_archives_are_read_and_listed_by_themselves() {
    let home = home();
    let inner = deflated(&[("one.json", ONE)]);
    let (export, _) = imported(&home, "outer.zip", &stored(&[("part.zip", &inner), ("other.json", OTHER)]));
    let fates = fates(&home, text(&export, "id"));
    let of = |name: &str| fates.iter().find(|(entry, ..)| entry == name).map(|(_, fate, _)| fate.as_str());
    assert_eq!(of("part.zip/one.json"), Some("generic"));
    assert_eq!(of("part.zip"), Some("skipped"));
    assert_eq!(of("other.json"), Some("generic"));
    assert_eq!((fates.len(), &export["records"]), (3, &3.into()));
}

#[test]
fn a_folder_of_archives_gives_an_export_for_each() {
    let home = home();
    home.file("all/rhubarb.zip", deflated(&[("a/one.json", ONE)]));
    home.file("all/turnip.zip", deflated(&[("b/other.json", OTHER)]));
    let report = home.import(&home.path().join("all"));
    assert_eq!(texts(list(&report, "exports"), "company"), ["unknown:rhubarb", "unknown:turnip"]);
}

#[test]
fn one_bad_archive_of_several_costs_itself_and_ends_with_2() {
    let home = home();
    home.file("all/rhubarb.zip", deflated(&[("a/one.json", ONE)]));
    let ran = home.run(&["import", "--json", "all/rhubarb.zip", "nowhere.zip"]).ended(2);
    assert_eq!(texts(list(&ran.json(), "exports"), "company"), ["unknown:rhubarb"]);
    assert_eq!(ran.err, "tellall: cannot open nowhere.zip: no such file\ntellall: check the path\n");
    assert_eq!(count_in(&home, "aubergine"), 1);
}

#[test]
fn a_tgz_a_folder_and_a_single_file_are_exports_too() {
    let files: [(&str, &[u8]); 2] = [("garden/one.json", ONE), ("garden/other.json", OTHER)];
    let home = home();
    let (export, _) = imported(&home, "radish.tgz", &tgz(&files));
    assert_eq!((&export["records"], &export["entries"]["total"]), (&3.into(), &2.into()));
    let (export, _) = imported(&home, "leek.json", ONE);
    assert_eq!((text(&export, "company"), &export["records"]), ("unknown:leek", &2.into()));
    for (name, bytes) in files {
        home.file(&format!("unpacked/{name}"), bytes);
    }
    let report = home.import(&home.path().join("unpacked"));
    assert_eq!(list(&report, "exports")[0]["records"], 3);
}

#[test]
fn a_program_is_no_export() {
    let elf = [b"\x7fELF\x02\x01\x01".as_slice(), &[0; 600]].concat();
    let cure = "give the archive that the company sent, or the folder it was unpacked to";
    refused("tool", Some(&elf), "tool is no archive: it looks like a program", cure);
}

#[test]
fn a_document_that_no_decoder_reads_is_counted_and_does_no_harm() {
    let home = home();
    let (export, _) =
        imported(&home, "kale.zip", &deflated(&[("a/one.json", ONE), ("a/bill.pdf", b"%PDF-1.7 \0\x01\x02")]));
    assert_eq!(export["entries"]["total"], 2);
    assert_eq!((&export["records"], &export["entries"]["failed"]), (&2.into(), &0.into()));
}

#[test]
fn json_that_breaks_off_keeps_what_was_whole_and_names_the_problem() {
    let home = home();
    let broken = br#"{"notes": [{"text": "first"}, {"text": "second"}, {"te"#;
    let (export, _) = imported(&home, "kale.zip", &deflated(&[("a/one.json", ONE), ("a/broken.json", broken)]));
    let fates = fates(&home, text(&export, "id"));
    assert_eq!((fates[0].1.as_str(), fates[1].1.as_str()), ("generic", "failed"));
    assert!(!fates[1].2.is_empty(), "it says why");
    assert_eq!((count_in(&home, "first"), count_in(&home, "second")), (1, 1));
    assert_eq!(count_in(&home, "aubergine"), 1);
}
