//! Reads places in archives again, for the Source screen.

use super::{Desk, Shelf};
use crate::export::files;
use crate::query::HitView;
use crate::source::{self, Around, Fold, Form, Line};
use crate::tui::model::Msg;
use crate::tui::model::{Effect, Opened, Reply, Said};
use crate::tui::screens::record::Wanted;
use crate::tui::words::bytes;
use std::path::Path;

pub fn perform(desk: &Desk, job: Effect) {
    match job {
        Effect::Source { ask, wanted } => desk.reply(ask, Reply::Source(open(&desk.shelf(), *wanted).map(Box::new))),
        Effect::CopyEntry { export, entry, to } => match copy(&desk.shelf(), &export, &entry, &to) {
            Ok(length) => {
                let says = format!("wrote {}, {}, readable by you alone", to.display(), bytes(length));
                desk.tell(Msg::Said(Said::ok(says)));
            }
            Err(why) => desk.trouble(format!("no copy was written: {why}")),
        },
        _ => {}
    }
}

/// The place of a record: from the archive if it is there, else from the index.
fn open(shelf: &Shelf, wanted: Wanted) -> Result<Opened, String> {
    let view = match wanted {
        Wanted::View(view) => view,
        Wanted::Hit { epoch, hit } => super::view(shelf, epoch, hit)?,
        Wanted::Place { export, entry, locator, .. } => super::find(&shelf.store, &export, &entry, &locator)?,
    };
    let segment = shelf.store.get(&view.export);
    let segment = segment.ok_or_else(|| format!("{} is not in the index any more.", view.export))?;
    let (around, missing) = match source::around(segment, &view.entry, &view.place) {
        Ok(around) => (around, None),
        Err(why) => (from_index(&view), Some(why)),
    };
    Ok(Opened { export: view.export, entry: view.entry, place: view.place, around, missing })
}

/// The record as the index has it.
fn from_index(view: &HitView) -> Around {
    let line = |(path, value): &(String, String)| {
        let texts: Vec<&str> = if value.is_empty() { vec![""] } else { value.lines().collect() };
        let name = |nth: usize| if nth == 0 { path.clone() } else { String::new() };
        let line = |(nth, text): (usize, &&str)| Line {
            depth: 0,
            fold: Fold::Leaf,
            number: None,
            name: name(nth),
            cells: vec![(*text).to_owned()],
        };
        texts.iter().enumerate().map(line).collect::<Vec<_>>()
    };
    let lines: Vec<Line> = view.values.iter().flat_map(line).collect();
    Around { file: view.export.clone(), form: Form::Page, place: 0..lines.len(), lines }
}

fn copy(shelf: &Shelf, export: &str, entry: &str, to: &Path) -> Result<u64, String> {
    let segment = shelf.store.get(export).ok_or_else(|| format!("{export} is not in the index any more"))?;
    let mut file = files::create(to).map_err(|error| format!("{}: {error}", to.display()))?;
    let copied = source::copy(segment, entry, &mut file);
    if copied.is_err() {
        files::forget(to);
    }
    copied
}
