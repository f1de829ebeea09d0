//! What the person said, kept beside the exports and never in them: corrected labels, people who are one.

use super::catalog::Catalog;
use super::private;
use super::store::{Store, StoreError, WriteLock};
use crate::record::Origin;
use serde::{Deserialize, Serialize};
use std::io::{self, Write as _};
use std::path::Path;

/// Folder of what the person said.
const NOTES: &str = "notes";

/// Name of the corrected labels there.
const LABELS: &str = "labels.json";

/// A label the person corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    pub company: String,
    /// Section id.
    pub section: String,
    /// Path of the field, as `fields` shows it.
    pub field: String,
    /// Id of a category; `None` leaves it as it was.
    pub category: Option<String>,
    pub origin: Option<Origin>,
}

/// All of them. A field has one at most.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrections {
    pub labels: Vec<Correction>,
}

impl Corrections {
    /// Adds one, in the place of an earlier one for the same field.
    pub fn add(&mut self, correction: Correction) {
        self.remove(&correction.company, &correction.section, &correction.field);
        self.labels.push(correction);
    }

    /// Takes the one for a field away. False if there is none.
    pub fn remove(&mut self, company: &str, section: &str, field: &str) -> bool {
        let before = self.labels.len();
        self.labels.retain(|one| {
            (one.company.as_str(), one.section.as_str(), one.field.as_str()) != (company, section, field)
        });
        self.labels.len() < before
    }

    /// Puts them into the catalogue of an export of `company`.
    pub(super) fn apply(&self, company: &str, catalog: &mut Catalog) {
        for one in self.labels.iter().filter(|one| one.company == company) {
            let sections = &catalog.sections;
            let is_meant =
                |section: u16| sections.get(usize::from(section)).is_some_and(|section| section.id == one.section);
            for field in catalog.fields.iter_mut().filter(|field| field.path == one.field && is_meant(field.section)) {
                if let Some(category) = &one.category {
                    field.category = Some(category.clone());
                }
                if let Some(origin) = one.origin {
                    field.origin = origin;
                }
                "you said so".clone_into(&mut field.why);
            }
        }
    }

    /// Those kept in an index folder; none if there are none, or if they cannot be read, which is told as a sentence.
    pub(super) fn read(root: &Path) -> (Self, Option<String>) {
        let told = |error: &dyn std::fmt::Display| {
            (Self::default(), Some(format!("your corrections of labels cannot be read: {error}")))
        };
        match read(root, LABELS) {
            Ok(None) => (Self::default(), None),
            Ok(Some(bytes)) => match serde_json::from_slice(&bytes) {
                Ok(corrections) => (corrections, None),
                Err(error) => told(&error),
            },
            Err(error) => told(&error),
        }
    }
}

impl Store {
    /// Keeps corrected labels; stores opened or reloaded from now on have them.
    pub fn correct(&self, lock: &WriteLock, corrections: &Corrections) -> Result<(), StoreError> {
        let text = serde_json::to_vec_pretty(corrections).map_err(io::Error::other);
        let written = text.and_then(|bytes| write(&self.dir, LABELS, &bytes));
        let _ = lock;
        written.map_err(StoreError::io("keeping your corrections"))
    }

    /// Something the person said, kept under a name of ours; `None` if nothing was.
    pub fn note(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        read(&self.dir, name).map_err(StoreError::io("reading what you said"))
    }

    /// Keeps something the person said, in the place of what was kept under this name.
    pub fn keep_note(&self, lock: &WriteLock, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let _ = lock;
        write(&self.dir, name, bytes).map_err(StoreError::io("keeping what you said"))
    }
}

fn read(root: &Path, name: &str) -> io::Result<Option<Vec<u8>>> {
    match std::fs::read(root.join(NOTES).join(name)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whole or not at all: written beside, then renamed into place.
fn write(root: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let folder = root.join(NOTES);
    if !folder.is_dir() {
        private::create_dir(&folder)?;
    }
    let beside = folder.join(format!("{name}.new"));
    match std::fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = private::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&beside, folder.join(name))?;
    private::sync_dir(&folder)
}
