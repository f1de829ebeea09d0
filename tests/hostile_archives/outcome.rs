//! Bytes in, what becomes of them out.

use std::fs::File;
use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use tellall::container::guard::Limits;
use tellall::container::{Archive, Budget, ContainerKind, Unit};

/// What became of an archive: every entry as `name: text`, `name: error`, `name skipped: why`, `name failed: why`.
pub struct Outcome {
    pub kind: ContainerKind,
    pub entries: Vec<String>,
    /// Of the archive and of its entries.
    pub warnings: Vec<String>,
}

/// A file that is written again and again: thousands of new ones keep a disk busy.
pub struct OnDisk {
    _folder: tempfile::TempDir,
    pub path: PathBuf,
}

impl OnDisk {
    pub fn new(bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rosa.zip");
        let disk = Self { _folder: folder, path };
        disk.put(bytes);
        disk
    }

    pub fn put(&self, bytes: &[u8]) {
        let mut file = File::options().write(true).create(true).truncate(false).open(&self.path).unwrap();
        file.write_all(bytes).unwrap();
        file.set_len(bytes.len() as u64).unwrap();
    }

    pub fn open(&self, limits: Limits) -> Outcome {
        outcome(&Archive::open(&self.path, &Budget::new(limits)).unwrap())
    }
}

pub fn opened(bytes: &[u8]) -> Outcome {
    opened_within(bytes, Limits::default())
}

pub fn opened_within(bytes: &[u8], limits: Limits) -> Outcome {
    OnDisk::new(bytes).open(limits)
}

pub fn outcome(archive: &Archive) -> Outcome {
    let mut texts: Vec<Option<String>> = vec![None; archive.entries.len()];
    let mut keep = |entry: usize, reader: &mut dyn Read| {
        assert!(texts[entry].is_none(), "an entry came twice");
        let mut bytes = Vec::new();
        texts[entry] = Some(match reader.read_to_end(&mut bytes) {
            Ok(_) if bytes.len() > 100 => format!("{} bytes", bytes.len()),
            Ok(_) => String::from_utf8(bytes).unwrap(),
            Err(error) => error.to_string(),
        });
        ControlFlow::Continue(())
    };
    for unit in archive.units() {
        match unit {
            Unit::One(entry) => _ = keep(entry, &mut archive.read(entry).unwrap()),
            Unit::Sequence(sequence) => archive.walk(&sequence, &mut keep).unwrap(),
        }
    }
    let told = archive.entries.iter().zip(texts).map(|(entry, text)| match (&entry.skip, &entry.fail, text) {
        (Some(why), _, None) => format!("{} skipped: {why}", entry.name),
        (None, Some(why), None) => format!("{} failed: {why}", entry.name),
        (None, None, Some(text)) => format!("{}: {text}", entry.name),
        other => panic!("an entry is read if and only if it can be: {} {other:?}", entry.name),
    });
    let entries = told.collect();
    let own = archive.entries.iter().flat_map(|entry| entry.warnings.clone());
    Outcome { kind: archive.kind, entries, warnings: archive.warnings.iter().cloned().chain(own).collect() }
}

pub fn check(bytes: &[u8], entries: &[&str], warnings: &[&str]) {
    let outcome = opened(bytes);
    assert_eq!(outcome.entries, entries);
    assert_eq!(outcome.warnings, warnings);
}

pub fn refused(bytes: &[u8]) -> String {
    let disk = OnDisk::new(bytes);
    let fault = Archive::open(&disk.path, &Budget::default()).err().expect("a fault");
    assert!(!fault.cure.is_empty());
    fault.what.replace(disk.path.to_str().unwrap(), "it")
}
