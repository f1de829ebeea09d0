//! A store made of an export that a test writes.

use crate::container::Budget;
use crate::import::{Options, Progress, import};
use crate::index::Store;
use crate::sheets::Sheets;
use std::fs;
use tempfile::TempDir;

/// Imports files of a company, by their paths in its export.
pub fn stored(company: &str, files: &[(&str, &str)]) -> (TempDir, Store) {
    let home = TempDir::new().expect("a folder");
    let export = home.path().join("export");
    for (path, text) in files {
        let file = export.join(path);
        fs::create_dir_all(file.parent().expect("a folder above")).expect("folders are made");
        fs::write(file, text).expect("the file is written");
    }
    let store = Store::open(&home.path().join("index")).expect("an index");
    let options = Options { company: Some(company.to_owned()), workers: 1, ..Options::default() };
    let (progress, budget) = (Progress::default(), Budget::default());
    let reports = import(&store, &Sheets::builtin(), &[export], &options, &progress, &budget);
    let store = store.reload().expect("the index again");
    assert_eq!(store.segments.len(), 1, "{reports:?}");
    (home, store)
}
