//! The invented person of the samples, Rosa Quill, and her exports from every company, with planted overlaps and odd cases.
//!
//! `sample_exports/` holds them, one folder for each company, and is compiled in for `tellall demo`. Most are plain files, written by
//! hand; archives with odd insides are made by `cargo run --example make_samples`, where the same call gives the same bytes. All names
//! are made up, domains are example.*, addresses and numbers are of the ranges kept for fiction: `docs/samples.md`.

mod facebook;
mod larkspur;
mod messenger;
mod person;
pub mod persons;
mod picture;
mod scale;
mod whatsapp;

pub use scale::{discord_events, facebook_messages, google_locations, one_conversation};

use std::fs;
use std::io::{self, Cursor, Write as _};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;

/// Name and contents.
type File = (String, Vec<u8>);

/// All exports of one company.
type Exports = fn() -> Vec<File>;

/// Every file of `sample_exports/`, by its path from there.
const SAMPLES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/samples.rs"));

/// Writes the samples that are archives below `folder`, one folder for each company.
pub fn make(folder: &Path) -> io::Result<()> {
    let companies: [(&str, Exports); 4] = [
        ("facebook", facebook::exports),
        ("larkspur", larkspur::exports),
        ("messenger", messenger::exports),
        ("whatsapp", whatsapp::exports),
    ];
    for (company, exports) in companies {
        let folder = folder.join(company);
        fs::create_dir_all(&folder)?;
        for (name, bytes) in exports() {
            fs::write(folder.join(name), bytes)?;
        }
    }
    Ok(())
}

/// The samples in a temporary folder that only this user can read, gone when dropped.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> io::Result<Self> {
        // Names are tried in turn: making a folder that is there already fails, so nobody else's is ever used.
        let process = std::process::id();
        let mut names = (0..100).map(|number| std::env::temp_dir().join(format!("tellall-samples-{process}-{number}")));
        let folder = names.find(|folder| make_private(folder).is_ok()).ok_or(io::ErrorKind::AlreadyExists)?;
        let folder = Self(folder);
        for (name, bytes) in SAMPLES {
            let file = folder.0.join(name);
            fs::create_dir_all(file.parent().unwrap_or(&folder.0))?;
            fs::write(file, bytes)?;
        }
        Ok(folder)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Made-up data: if it cannot be removed, nobody is harmed, and there is nobody to tell.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// A zip under construction. Its dates are fixed, so that the same contents are the same bytes.
struct Zip {
    writer: zip::ZipWriter<Cursor<Vec<u8>>>,
}

impl Zip {
    fn new() -> Self {
        Self { writer: zip::ZipWriter::new(Cursor::new(Vec::new())) }
    }

    /// Adds a file. Writing into memory cannot fail, and names are ours: an error would be a bug of this generator.
    fn add(mut self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let written = self
            .writer
            .start_file(name, SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated))
            .map_err(io::Error::other)
            .and_then(|()| self.writer.write_all(bytes.as_ref()));
        assert!(written.is_ok(), "adding {name} to a sample: {written:?}");
        self
    }

    fn finish(self) -> Vec<u8> {
        self.writer.finish().map(Cursor::into_inner).unwrap_or_default()
    }
}

/// JSON as Meta writes it: every byte of a character beyond ASCII as an escape of its own (`facebook.md` 5.1).
fn meta_json(value: &serde_json::Value) -> String {
    use std::fmt::Write as _;
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    let mut out = String::with_capacity(text.len());
    let mut bytes = [0; 4];
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c);
            continue;
        }
        for byte in c.encode_utf8(&mut bytes).bytes() {
            // Writing to a String cannot fail.
            let _ = write!(out, "\\u00{byte:02x}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_call_gives_the_same_bytes() {
        assert!(facebook::exports() == facebook::exports());
        assert!(whatsapp::exports() == whatsapp::exports());
        assert!(messenger::exports() == messenger::exports());
        assert!(larkspur::exports() == larkspur::exports());
    }

    #[test]
    fn the_temporary_folder_holds_the_samples_and_goes_away() {
        let folder = Folder::new().expect("a folder");
        let path = folder.path().to_owned();
        assert!(path.join("messenger/messages.zip").is_file());
        drop(folder);
        assert!(!path.exists());
    }

    #[test]
    fn meta_writes_each_byte_as_an_escape() {
        assert_eq!(meta_json(&serde_json::json!("Zoë")), "\"Zo\\u00c3\\u00ab\"");
    }
}
