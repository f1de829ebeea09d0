//! What a person says to an import, and what is in the index afterwards.

use super::*;
use std::path::Path;

/// Imports while `during` speaks; everything is held before the first byte of an entry is read.
fn import_held(
    paths: &[PathBuf],
    store: &Store,
    during: impl FnOnce(&Control, &Progress),
) -> Vec<Result<ExportReport, String>> {
    let (control, progress) = (Control::default(), Progress::default());
    control.pause(true);
    let options = Options { control: control.clone(), ..Options::default() };
    std::thread::scope(|scope| {
        let importing =
            scope.spawn(|| import(store, &Sheets::builtin(), paths, &options, &progress, &Budget::default()));
        during(&control, &progress);
        importing.join().expect("no panic").expect("the index can be written")
    })
}

/// Waits until the export on this line is being read.
fn reading(progress: &Progress, line: usize) {
    while progress.snapshot().get(line).is_none_or(|line| line.step != Step::Reading) {
        std::thread::yield_now();
    }
}

fn sample(company: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_exports").join(company)
}

fn empty_index() -> Store {
    Store::open_ephemeral().expect("an index")
}

#[test]
fn an_export_stopped_and_kept_says_that_it_is_incomplete_and_can_be_imported_again() {
    let (store, paths) = (empty_index(), [sample("spotify")]);
    let outcomes = import_held(&paths, &store, |control, progress| {
        reading(progress, 0);
        control.stop(0, Stop::Keep);
    });
    let kept = outcomes[0].as_ref().expect("kept");
    assert!(kept.incomplete && kept.records == 0 && kept.entries.failed == 0, "{kept:?}");
    assert!(kept.warnings[0].starts_with("Incomplete: its import was stopped before "), "{:?}", kept.warnings);
    let ledger = crate::report::ledger(&store.reload().expect("reloaded"), None, None);
    assert!(ledger.iter().any(|line| line.why.as_deref() == Some("the import was stopped before it")), "{ledger:?}");
    let missing = crate::report::completeness(&store.reload().expect("reloaded"), &Sheets::builtin(), None);
    assert!(missing[0].sections.iter().all(|section| section.state != "absent"), "{missing:?}");

    let again = import_held(&paths, &store, |control, _| control.pause(false));
    let whole = again[0].as_ref().expect("imported");
    assert!(!whole.already && !whole.incomplete && whole.records > 0, "{whole:?}");
    assert_eq!(store.reload().expect("reloaded").segments.len(), 1, "it took the place of the incomplete one");
}

#[test]
fn an_export_rolled_back_leaves_nothing_and_the_next_one_is_imported() {
    let (store, paths) = (empty_index(), [sample("spotify"), sample("netflix")]);
    let outcomes = import_held(&paths, &store, |control, progress| {
        reading(progress, 0);
        control.stop(0, Stop::RollBack);
        control.pause(false);
    });
    assert_eq!(outcomes[0], Err("cancelled; nothing of it was kept".to_owned()));
    assert!(outcomes[1].as_ref().is_ok_and(|report| report.records > 0));
    assert_eq!(store.reload().expect("reloaded").segments.len(), 1);
}

#[test]
fn stopping_all_keeps_what_is_being_read_and_begins_nothing_more() {
    let (store, paths) = (empty_index(), [sample("spotify"), sample("netflix")]);
    let outcomes = import_held(&paths, &store, |control, progress| {
        reading(progress, 0);
        control.stop_all(Stop::Keep);
    });
    assert!(outcomes[0].as_ref().is_ok_and(|report| report.incomplete));
    assert_eq!(outcomes[1], Err("cancelled; nothing of it was kept".to_owned()));
}

#[test]
fn the_same_archive_is_not_read_again() {
    let (store, paths) = (empty_index(), [sample("spotify")]);
    let first = import_held(&paths, &store, |control, _| control.pause(false));
    let second = import_held(&paths, &store, |_, _| {});
    let (first, second) = (first[0].as_ref().expect("in"), second[0].as_ref().expect("in"));
    assert!(second.already && second.id == first.id && second.records == first.records, "{second:?}");
}
