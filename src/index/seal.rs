//! `seal.json`: what must be found in the other files of a segment. It is written last, and says of itself what it is.

use super::private;
use super::records::RecordsSeal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

/// Version of the segment's format. Raised when an older tellall could not read what a newer one writes.
pub const FORMAT: u32 = 3;

const NAME: &str = "seal.json";

/// A file that is read as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileSeal {
    pub bytes: u64,
    pub blake3: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    pub format: u32,
    /// No two segments have the same.
    pub mark: u64,
    /// The mark of the segment this one takes the place of: from the moment this one is in place, the other one counts as gone.
    pub replaces: Option<u64>,
    pub files: BTreeMap<String, FileSeal>,
    pub records: Vec<RecordsSeal>,
    /// BLAKE3 of this file with this text empty.
    pub check: String,
}

/// The one thing that every version of the file has.
#[derive(Deserialize)]
struct Versioned {
    format: u32,
}

impl Seal {
    /// Writes `bytes` as the file `name` of a segment and keeps what must be found in it.
    pub fn file(&mut self, dir: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
        let mut file = private::create(&dir.join(name))?;
        file.write_all(bytes)?;
        file.sync_all()?;
        let seal = FileSeal { bytes: bytes.len() as u64, blake3: blake3::hash(bytes).to_hex().to_string() };
        self.files.insert(name.to_owned(), seal);
        Ok(())
    }

    pub fn write(&self, dir: &Path) -> std::io::Result<()> {
        let mut file = private::create(&dir.join(NAME))?;
        let text = self.checked()?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    }

    fn checked(&self) -> serde_json::Result<String> {
        let mut seal = Self { check: String::new(), ..self.clone() };
        let text = serde_json::to_string(&seal)?;
        seal.check = blake3::hash(text.as_bytes()).to_hex().to_string();
        serde_json::to_string(&seal)
    }

    /// Reads the seal of a segment, or tells what is wrong with it, as the rest of a sentence.
    pub fn read(dir: &Path) -> Result<Self, String> {
        let bytes = std::fs::read(dir.join(NAME)).map_err(|error| format!("{NAME} cannot be read ({error})"))?;
        let garbled = || format!("{NAME} is damaged");
        let version: Versioned = serde_json::from_slice(&bytes).map_err(|_| garbled())?;
        if version.format != FORMAT {
            let age = if version.format > FORMAT { "a newer" } else { "an older" };
            return Err(format!(
                "it was written by {age} tellall (format {}, this one reads {FORMAT})",
                version.format
            ));
        }
        let seal: Self = serde_json::from_slice(&bytes).map_err(|_| garbled())?;
        let same = seal.checked().is_ok_and(|text| text.as_bytes() == bytes);
        if same { Ok(seal) } else { Err(garbled()) }
    }

    /// A file of the segment, if it is what was written; else the rest of a sentence.
    pub fn read_file(&self, dir: &Path, name: &str) -> Result<Vec<u8>, String> {
        let bytes = std::fs::read(dir.join(name)).map_err(|error| format!("{name} cannot be read ({error})"))?;
        let same = self.files.get(name).is_some_and(|seal| *blake3::hash(&bytes).to_hex() == *seal.blake3);
        if same { Ok(bytes) } else { Err(format!("{name} is damaged")) }
    }

    /// Whether every file is there and as long as it was, without reading any.
    pub fn check_sizes(&self, dir: &Path) -> Result<(), String> {
        let small = self.files.iter().map(|(name, seal)| (name.clone(), seal.bytes));
        let records = self.records.iter().map(|seal| (seal.file(), seal.bytes()));
        for (name, bytes) in small.chain(records) {
            let found =
                std::fs::metadata(dir.join(&name)).map_err(|error| format!("{name} cannot be read ({error})"))?;
            if found.len() != bytes {
                return Err(format!("{name} has {} bytes instead of {bytes}", found.len()));
            }
        }
        Ok(())
    }
}
