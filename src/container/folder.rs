//! Folders: every file below, no link followed, nothing opened that could make us wait.

use super::Entry;
use super::contents::{Base, Contents, Leaf, Place};
use super::guard::{Budget, Promise};
use super::name::Label;
use super::source::Source;
use super::walk::Coding;
use std::fs::FileType;
use std::path::Path;
use walkdir::{DirEntry, WalkDir};

/// Lists the files below `root` in the order of their names, until there are more than `most` or the budget is cancelled.
pub(super) fn list(root: &Path, contents: &mut Contents, most: usize, budget: &Budget) {
    for found in WalkDir::new(root).sort_by_file_name().follow_links(false) {
        if contents.entries.len() > most || budget.is_cancelled() {
            return;
        }
        match found {
            Ok(file) if file.file_type().is_dir() => {}
            Ok(file) => add(root, &file, contents),
            Err(error) => {
                let path = error.path().unwrap_or(root);
                let label = label(root, path);
                let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                let entry =
                    Entry { name: label.name, fail: Some(format!("cannot be read: {why}")), ..Entry::default() };
                contents.push(entry, nowhere(0));
            }
        }
    }
}

fn add(root: &Path, file: &DirEntry, contents: &mut Contents) {
    let label = label(root, file.path());
    let mut entry = Entry { name: label.name, skip: label.skip, warnings: label.warnings, ..Entry::default() };
    if let Some(skip) = no_file(file.file_type()) {
        entry.skip = Some(skip.to_owned());
        contents.push(entry, nowhere(0));
        return;
    }
    let base = contents.add_base(Base::At(file.path().to_owned()));
    match Source::open(file.path()) {
        Ok(source) => entry.size = Some(source.len()),
        Err(error) => entry.fail = Some(format!("cannot be read: {error}")),
    }
    entry.packed = entry.size.unwrap_or(0);
    contents.push(entry.clone(), place(base, entry.packed));
}

fn place(base: usize, size: u64) -> Place {
    let promise = Promise { size: Some(size), crc: None };
    Place::Leaf(Leaf { base, at: 0, packed: size, coding: Coding::Stored, promise })
}

/// For what is skipped or failed, and never read.
fn nowhere(base: usize) -> Place {
    place(base, 0)
}

fn label(root: &Path, path: &Path) -> Label {
    let below = path.strip_prefix(root).unwrap_or(path);
    Label::new(below.as_os_str().as_encoded_bytes())
}

/// The sentence for what is neither file nor folder.
fn no_file(kind: FileType) -> Option<&'static str> {
    if kind.is_file() {
        return None;
    }
    if kind.is_symlink() {
        return Some("link: not followed");
    }
    Some(special(kind))
}

#[cfg(unix)]
fn special(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    match kind {
        kind if kind.is_fifo() => "pipe: not opened",
        kind if kind.is_socket() => "socket: not opened",
        _ => "device: not opened",
    }
}

#[cfg(not(unix))]
fn special(_: FileType) -> &'static str {
    "device: not opened"
}
