//! Walks the plan: every entry gets its fate, every record goes to the index, and the export is committed whole or not at all.

mod commit;
mod control;
mod discover;
mod entry;
mod explained;
mod folders;
mod names;
#[cfg(test)]
mod tests;
mod work;

pub use control::{Control, Stop};
pub use discover::{Detected, detect};

use crate::container::Budget;
use crate::index::{Manifest, Store, WriteLock};
use crate::report::{ExportReport, export_of};
use crate::sheets::Sheets;
use anyhow::Context as _;
use discover::Found;
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
    /// What is said while it runs.
    pub control: Control,
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
    /// Its unpacked bytes, if it is a giant that is streamed, and how many of them are read.
    pub now_size: Option<u64>,
    pub now_done: u64,
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
    fn update(&self, export: usize, change: impl FnOnce(&mut ExportProgress)) {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() <= export {
            lines.resize_with(export + 1, ExportProgress::default);
        }
        change(&mut lines[export]);
    }

    fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

/// Everything one import needs, handed down the line.
struct Job<'a> {
    store: &'a Store,
    lock: &'a WriteLock,
    sheets: &'a Sheets,
    options: &'a Options,
    budget: &'a Budget,
    progress: &'a Progress,
    /// The line of the progress that shows it.
    line: usize,
}

impl Job<'_> {
    /// Nothing of this export is to be kept.
    fn is_rolled_back(&self) -> bool {
        self.budget.is_cancelled() || self.options.control.wish(self.line) == Some(Stop::RollBack)
    }
}

const CANCELLED: &str = "cancelled; nothing of it was kept";

/// Imports every export found at `paths`: archives, folders, folders of archives. A path that is no archive, an empty folder and the
/// like cost that path alone and are told in its place. Fails as a whole only if the index cannot be written.
pub fn import(
    store: &Store,
    sheets: &Sheets,
    paths: &[PathBuf],
    options: &Options,
    progress: &Progress,
    budget: &Budget,
) -> anyhow::Result<Vec<Result<ExportReport, String>>> {
    let lock = store.lock()?;
    let first_line = progress.len();
    let found = discover::discover(paths, Some(&store.dir), sheets, options, budget);
    for (at, one) in found.iter().enumerate() {
        progress.update(first_line + at, |line| announce(line, one, sheets));
    }
    let mut outcomes = Vec::new();
    let mut known = store.reload()?;
    for (at, one) in found.into_iter().enumerate() {
        let line = first_line + at;
        let outcome = match one {
            Ok(found) => {
                one_export(&Job { store: &known, lock: &lock, sheets, options, budget, progress, line }, &found)?
            }
            Err(sentence) => Err(sentence),
        };
        if let Err(sentence) = &outcome {
            let cancelled = budget.is_cancelled() || options.control.wish(line).is_some();
            progress.update(line, |shown| fail(shown, sentence, cancelled));
        }
        outcomes.push(outcome);
        known = known.reload()?;
    }
    Ok(outcomes)
}

fn announce(line: &mut ExportProgress, one: &Result<Found, String>, sheets: &Sheets) {
    match one {
        Ok(found) => {
            line.files = found.file_names();
            line.company = Some(found.company_name(sheets));
            line.entries_total = found.parts.iter().map(|part| part.entries.len() as u64).sum();
            line.total = found.parts.iter().flat_map(|part| &part.entries).map(|entry| entry.packed).sum();
        }
        Err(sentence) => line.outcome = Some(Err(sentence.clone())),
    }
}

fn fail(line: &mut ExportProgress, sentence: &str, cancelled: bool) {
    line.step = if cancelled { Step::Cancelled } else { Step::Failed };
    line.outcome = Some(Err(sentence.to_owned()));
}

/// The outer result is a fault of the index; the inner one of this export.
fn one_export(job: &Job<'_>, found: &Found) -> anyhow::Result<Result<ExportReport, String>> {
    if job.is_rolled_back() || job.options.control.wish(job.line).is_some() {
        return Ok(Err(CANCELLED.to_owned()));
    }
    job.progress.update(job.line, |line| line.step = Step::Opening);
    let identity = match commit::Identity::of(job, found) {
        Ok(identity) => identity,
        Err(error) => return Ok(Err(format!("{error:#}"))),
    };
    let same = |manifest: &Manifest| manifest.digest == identity.digest && !manifest.incomplete;
    if let Some(known) = job.store.segments.iter().find(|segment| same(&segment.manifest)) {
        job.progress.update(job.line, |line| {
            line.step = Step::Already;
            line.outcome = Some(Ok(known.manifest.id.clone()));
        });
        return Ok(Ok(ExportReport { already: true, ..export_of(known) }));
    }
    let Some(id) = work::run(job, found, identity)? else {
        return Ok(Err(CANCELLED.to_owned()));
    };
    let written = job.store.reload()?;
    let segment = written.get(&id).with_context(|| format!("reading back the export {id}"))?;
    let report = export_of(segment);
    job.progress.update(job.line, |line| {
        line.step = Step::Finished;
        line.done = line.total;
        (line.records, line.problems, line.failed) = (report.records, report.problems_total, report.entries.failed);
        line.outcome = Some(Ok(id.clone()));
    });
    Ok(Ok(report))
}
