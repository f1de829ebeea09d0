//! Measures and writes exports, for the Export dialog.

use super::{Desk, from_home};
use crate::export::{self, Job, Shown, What};
use crate::query::Ticket;
use crate::tui::model::{Effect, ExportNews, Reply};
use crate::tui::words::{bytes, count};
use std::path::Path;

/// Bytes a record takes in JSON Lines, about: what it says of itself, and its values.
const RECORD: u64 = 420;
/// The same without values.
const BARE: u64 = 300;
/// Names offered for a path.
const OFFERED: usize = 200;

pub fn perform(desk: &Desk, job: Effect) {
    match job {
        Effect::MeasureExport { ask, job } => {
            let rows = match &job.what {
                What::Records { query, .. } => export::count(&desk.shelf().store, query).ok(),
                What::Marked { places, .. } => Some(places.len() as u64),
                _ => None,
            };
            if let Some(rows) = rows {
                let each = if job.values == Shown::None { BARE } else { RECORD };
                desk.reply(ask, Reply::Export(ExportNews::Size { rows, bytes: Some(rows * each) }));
            }
        }
        Effect::CompletePath { ask, typed } => desk.reply(ask, Reply::Export(ExportNews::Paths(paths(&typed)))),
        _ => {}
    }
}

/// Writes an export, and tells how far it is.
pub fn write(desk: &Desk, ask: u64, job: &Job, ticket: &Ticket) {
    let tell = |news| desk.reply(ask, Reply::Export(news));
    let job = Job { to: from_home(&job.to), ..job.clone() };
    let store = desk.shelf().store;
    let said = |length: u64| format!("wrote {}, {}, readable by you alone", job.to.display(), bytes(length));
    let outcome = match &job.what {
        What::Records { .. } | What::Marked { .. } => {
            let told = &mut |records: u64| tell(ExportNews::Progress(records));
            export::records(&store, &job, &desk.owners, ticket, told).map(|manifest| {
                let length = manifest.files.iter().map(|file| file.bytes).sum();
                format!("{}: {}", count(manifest.records, "record"), said(length))
            })
        }
        What::Summary(_) => export::write_summary(&store, &desk.sheets, &job, &desk.owners).map(said),
        What::Report(_) => export::report(&store, &desk.sheets, &job, &desk.owners).map(said),
    };
    tell(ExportNews::Ended(outcome.map_err(|error| format!("{error:#}"))));
}

/// Names of folders and files that go on as typed; folders end in `/`.
fn paths(typed: &str) -> Vec<String> {
    let (folder, begun) = typed.rsplit_once('/').map_or(("", typed), |(folder, begun)| (folder, begun));
    let shown = if typed.contains('/') { format!("{folder}/") } else { String::new() };
    let place = if shown.is_empty() { Path::new(".").to_owned() } else { from_home(Path::new(&shown)) };
    let Ok(entries) = std::fs::read_dir(place) else { return Vec::new() };
    let fits = |entry: std::fs::DirEntry| {
        let name = entry.file_name().into_string().ok()?;
        let wanted = name.starts_with(begun) && (begun.starts_with('.') || !name.starts_with('.'));
        let slash = if entry.path().is_dir() { "/" } else { "" };
        wanted.then(|| format!("{shown}{name}{slash}"))
    };
    let mut names: Vec<String> = entries.flatten().filter_map(fits).take(OFFERED).collect();
    names.sort();
    names
}
