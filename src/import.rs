//! Walks the plan: every entry gets its fate, every record goes to the index, and the export is committed whole or not at all.

use crate::container::Budget;
use crate::index::Store;
use crate::report::ExportReport;
use crate::sheets::Sheets;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// What a person may say about an import.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// `YYYY-MM-DD`
    pub as_of: Option<String>,
    pub company: Option<String>,
    pub account: Option<String>,
    /// Values that are the person's own.
    pub owners: Vec<String>,
    /// Threads that decode; the number of cores if 0.
    pub workers: usize,
}

/// How far one export is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ExportProgress {
    /// File names of its parts, as given.
    pub files: Vec<String>,
    /// Company name, once recognised.
    pub company: Option<String>,
    pub step: Step,
    /// Bytes on disk.
    pub done: u64,
    pub total: u64,
    pub records: u64,
    pub entries: u64,
    pub entries_total: u64,
    pub problems: u64,
    pub failed: u64,
    /// The entry being read.
    pub now: String,
    /// Id, once committed; the sentence, if it failed.
    pub outcome: Option<Result<String, String>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Step {
    #[default]
    Waiting,
    /// Reading names and digests.
    Opening,
    Reading,
    /// Writing the catalogue.
    Committing,
    Finished,
    /// It was in the index already.
    Already,
    Failed,
    Cancelled,
}

/// Seen by whoever shows it, filled by the import. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<Mutex<Vec<ExportProgress>>>);

impl Progress {
    /// Everything as it is now.
    pub fn snapshot(&self) -> Vec<ExportProgress> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes the line of one export.
    pub(crate) fn update(&self, export: usize, change: impl FnOnce(&mut ExportProgress)) {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() <= export {
            lines.resize_with(export + 1, ExportProgress::default);
        }
        change(&mut lines[export]);
    }
}

/// Imports every export found at `paths`: archives, folders, folders of archives. A path that is no archive, an empty folder and the
/// like are faults of that path alone, returned in its place.
pub fn import(
    _store: &Store,
    _sheets: &Sheets,
    _paths: &[PathBuf],
    _options: &Options,
    _progress: &Progress,
    _budget: &Budget,
) -> anyhow::Result<Vec<Result<ExportReport, String>>> {
    Ok(Vec::new())
}
