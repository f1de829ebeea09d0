//! The index when things go wrong: imports that are killed, disks that lie, folders of others, two writers at once.

#[cfg(unix)]
#[path = "index_faults/rights.rs"]
mod rights;
#[path = "index_faults/snapshots.rs"]
mod snapshots;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tellall::index::store::WriteLock;
use tellall::index::writer::{FieldDraft, FieldLabel};
use tellall::index::{FORMAT, Ledger, Manifest, SectionMeta, Segment, SegmentWriter, Store, StoreError};
use tellall::record::{FieldNote, IdKind, Identifier, Kind, Origin, Row, Sink, Time, ValueType};
use tempfile::TempDir;

/// An index in a folder of its own.
struct Place {
    _dir: TempDir,
    index: PathBuf,
}

impl Place {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder to work in");
        Self { index: dir.path().join("index"), _dir: dir }
    }

    fn store(&self) -> Store {
        Store::open(&self.index).expect("it is our folder")
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let mut names = Vec::new();
        if let Ok(listed) = fs::read_dir(self.index.join(folder)) {
            names
                .extend(listed.map(|entry| entry.expect("it can be listed").file_name().into_string().expect("ASCII")));
        }
        names.sort();
        names
    }

    /// Every file of a segment.
    fn files(&self, id: &str) -> Vec<PathBuf> {
        let dir = self.index.join("segments").join(id);
        self.names(&format!("segments/{id}")).into_iter().map(|name| dir.join(name)).collect()
    }
}

fn manifest(id: &str, account: Option<&str>, as_of: &str) -> Manifest {
    Manifest {
        format: 0,
        id: id.to_owned(),
        company: "example".to_owned(),
        company_name: "Example".to_owned(),
        account: account.map(str::to_owned),
        as_of: Some(as_of.to_owned()),
        layout: None,
        parts: Vec::new(),
        digest: "d".to_owned(),
        records: 0,
        entries: BTreeMap::new(),
        problems: 0,
        first: None,
        last: None,
        seconds: 0.0,
        warnings: Vec::new(),
        incomplete: false,
        files: 0,
    }
}

fn export(id: &str) -> Manifest {
    manifest(id, None, "2026-01-15")
}

fn messages() -> SectionMeta {
    SectionMeta {
        id: "messages".to_owned(),
        name: "Messages".to_owned(),
        kind: Kind::Message,
        generic: false,
        half: false,
        records: 0,
        first: None,
        last: None,
        months: BTreeMap::new(),
        note: None,
        unique: false,
        repeats: None,
    }
}

/// Text messages, all of one second, and a phone number in each.
fn fill(writer: &SegmentWriter, texts: &[&str]) -> Result<(), StoreError> {
    let section = writer.section(messages());
    let mut worker = writer.worker()?;
    worker.begin_entry(writer.entry("messages.json"));
    let field = worker.field(section, "[].text", &FieldNote::default());
    let phone = "+447700900123";
    for (at, text) in (0..).zip(texts) {
        let identifier =
            Identifier { kind: IdKind::Phone, normal: phone, as_written: phone, rule: "E.164", mine: false };
        worker.identifier(field, &identifier);
        worker.row(&Row {
            section,
            time: Time::utc_s(1_700_000_000),
            who: None,
            thread: None,
            place: "[*]",
            at,
            fields: &[field],
            types: &[ValueType::String],
            ends: &[text.len() as u32],
            values: text,
            unique: None,
        });
    }
    worker.finish()
}

fn label(_: &FieldDraft<'_>) -> FieldLabel {
    FieldLabel { category: None, origin: Origin::Observed, why: String::new(), label: None, description: None }
}

fn import(store: &Store, manifest: Manifest, replaces: Option<&str>, texts: &[&str]) -> String {
    let lock = store.lock().expect("nobody else is here");
    let writer = store.begin(&lock).expect("room on the disk");
    fill(&writer, texts).expect("room on the disk");
    writer.commit(&lock, manifest, &Ledger::default(), replaces, &label).expect("room on the disk")
}

fn lock(store: &Store) -> WriteLock {
    store.lock().expect("nobody else is here")
}

fn texts(segment: &Segment) -> Vec<String> {
    let batches = (0..segment.batches()).map(|at| segment.batch(at).expect("it is whole"));
    batches.flat_map(|batch| batch.values.iter().flatten().map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// Everything that can be told to be wrong with an index.
fn complaints(store: &Store) -> Vec<String> {
    let mut found = store.damaged.clone();
    for segment in &store.segments {
        found.extend((0..segment.batches()).filter_map(|at| Some(segment.batch(at).err()?.to_string())));
        found.extend(segment.ledger().err().map(|error| error.to_string()));
        found.extend(segment.identifiers().err().map(|error| error.to_string()));
    }
    found
}

#[test]
fn an_import_that_is_given_up_leaves_nothing() {
    let place = Place::new();
    let store = place.store();
    let lock = lock(&store);
    let writer = store.begin(&lock).expect("room on the disk");
    fill(&writer, &vec!["a"; 70_000]).expect("room on the disk");
    assert_eq!(place.names("tmp").len(), 1);
    drop(writer);
    assert_eq!(place.names("tmp"), [""; 0]);
    assert_eq!(place.names("segments"), [""; 0]);
}

#[test]
fn what_a_killed_import_left_is_cleared_by_the_next() {
    let place = Place::new();
    let store = place.store();
    import(&store, export("example"), None, &["a"]);
    let half = place.index.join("tmp/new-0123");
    fs::create_dir(&half).expect("a new folder");
    fs::write(half.join("records-0.arrow"), "half of it").expect("a new file");
    // Opening leaves it alone: it might be growing.
    assert_eq!(place.store().segments.len(), 1);
    assert!(half.exists());
    drop(lock(&store));
    assert_eq!(place.names("tmp"), [""; 0]);
    assert_eq!(place.store().segments.len(), 1);
}

#[test]
fn a_removal_that_was_killed_is_completed_by_the_next_import() {
    let place = Place::new();
    let store = place.store();
    import(&store, export("example"), None, &["a secret"]);
    let gone = place.index.join("tmp/gone-0123");
    fs::rename(place.index.join("segments/example"), &gone).expect("one file system");
    let witness = place.index.join("../witness");
    fs::hard_link(gone.join("records-0.arrow"), &witness).expect("one file system");
    drop(lock(&store));
    assert!(!gone.exists());
    assert!(fs::read(witness).expect("it has a name").iter().all(|&byte| byte == 0));
}

#[test]
fn the_second_writer_is_told_who_is_first_and_readers_are_not_kept_waiting() {
    let place = Place::new();
    let store = place.store();
    import(&store, export("example"), None, &["a"]);
    let first = lock(&store);
    let refused = place.store().lock().expect_err("it is taken");
    assert!(matches!(refused, StoreError::Locked { .. }));
    let message = refused.to_string();
    // Another process is named by its number: tests/cli/imports.rs.
    assert!(message.contains("this tellall is importing"), "{message}");
    assert_eq!(texts(&place.store().segments[0]), ["a"]);
    drop(first);
    drop(lock(&place.store()));
}

#[test]
fn a_disk_that_fails_is_told_by_the_worker_and_stops_the_import() {
    let place = Place::new();
    let store = place.store();
    let lock = lock(&store);
    let writer = store.begin(&lock).expect("room on the disk");
    let other = writer.worker().expect("room on the disk");
    fs::remove_dir_all(place.index.join("tmp")).expect("it is ours");
    let error = fill(&writer, &["a"]).expect_err("there is nowhere to write");
    assert!(error.to_string().starts_with("writing the index: "), "{error}");
    assert!(other.broken());
    let outcome = writer.commit(&lock, export("example"), &Ledger::default(), None, &label);
    assert!(outcome.is_err());
    assert_eq!(place.store().segments.len(), 0);
}

#[test]
fn three_hundred_flipped_bits_are_each_told_and_never_crash() {
    let place = Place::new();
    import(&place.store(), export("example"), None, &["a message", "and another"]);
    import(&place.store(), export("healthy"), None, &["untouched"]);
    assert_eq!(complaints(&place.store()), [""; 0]);
    let files = place.files("example");
    assert_eq!(files.len(), 6);
    // A fixed sequence that looks random.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for round in 0..300 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let file = &files[round % files.len()];
        let whole = fs::read(file).expect("it is ours");
        let mut broken = whole.clone();
        let at = (state >> 33) as usize % broken.len();
        broken[at] ^= 1 << (state >> 30 & 7);
        fs::write(file, &broken).expect("it is ours");
        let store = place.store();
        let found = complaints(&store);
        let name = file.file_name().and_then(|name| name.to_str()).expect("ASCII");
        assert!(!found.is_empty(), "byte {at} of {name}");
        assert!(found.iter().all(|what| what.starts_with("example: ") && what.contains("import this export again")));
        assert_eq!(texts(store.get("healthy").expect("it is whole")), ["untouched"]);
        drop(store);
        fs::write(file, &whole).expect("it is ours");
    }
    assert_eq!(complaints(&place.store()), [""; 0]);
}

#[test]
fn files_that_are_cut_off_empty_or_missing_are_named() {
    let place = Place::new();
    import(&place.store(), export("example"), None, &["a message"]);
    for file in place.files("example") {
        let whole = fs::read(&file).expect("it is ours");
        let name = file.file_name().and_then(|name| name.to_str()).expect("ASCII").to_owned();
        for broken in [Some(&whole[..whole.len() / 2]), Some(&[]), None] {
            match broken {
                Some(bytes) => fs::write(&file, bytes).expect("it is ours"),
                None => fs::remove_file(&file).expect("it is ours"),
            }
            let store = place.store();
            assert_eq!((store.segments.len(), store.damaged.len()), (0, 1));
            assert!(store.damaged[0].contains(&name), "{name}: {}", store.damaged[0]);
            fs::write(&file, &whole).expect("it is ours");
        }
    }
    assert_eq!(place.store().segments.len(), 1);
}

#[test]
fn a_damaged_export_can_be_imported_again_and_removed() {
    let place = Place::new();
    import(&place.store(), export("example"), None, &["old"]);
    fs::write(place.index.join("segments/example/seal.json"), "").expect("it is ours");
    let id = import(&place.store(), export("example"), Some("example"), &["new"]);
    let store = place.store();
    assert_eq!((id.as_str(), store.damaged.len()), ("example", 0));
    assert_eq!(texts(&store.segments[0]), ["new"]);
    fs::write(place.index.join("segments/example/catalog.json"), "").expect("it is ours");
    let store = place.store();
    assert!(store.remove(&lock(&store), "example").expect("it is ours"));
    assert_eq!(place.store().damaged, [""; 0]);
}

#[test]
fn formats_of_other_versions_are_told_apart_from_damage() {
    let place = Place::new();
    import(&place.store(), export("example"), None, &["a"]);
    let seal = place.index.join("segments/example/seal.json");
    let text = fs::read_to_string(&seal).expect("it is ours");
    let now = format!("\"format\":{FORMAT}");
    for (format, age) in [(0, "an older tellall"), (FORMAT + 1, "a newer tellall")] {
        let other = text.replacen(&now, &format!("\"format\":{format}"), 1);
        fs::write(&seal, other).expect("it is ours");
        let damaged = place.store().damaged;
        assert!(damaged[0].contains(age) && damaged[0].contains("import this export again"), "{damaged:?}");
    }
    fs::write(&seal, r#"{"format":99,"of":"the future"}"#).expect("it is ours");
    assert!(place.store().damaged[0].contains("a newer tellall"));
}

#[test]
fn what_is_no_segment_is_told_and_does_not_hide_the_others() {
    let place = Place::new();
    import(&place.store(), export("example"), None, &["a"]);
    fs::create_dir(place.index.join("segments/empty")).expect("a new folder");
    fs::write(place.index.join("segments/file"), "x").expect("a new file");
    let store = place.store();
    assert_eq!((store.segments.len(), store.damaged.len()), (1, 2));
}

#[test]
fn a_replaced_export_goes_in_the_step_in_which_the_new_one_comes() {
    let place = Place::new();
    import(&place.store(), export("example"), None, &["old"]);
    let id = import(&place.store(), export("example"), Some("example"), &["new"]);
    assert_eq!((id.as_str(), place.names("segments")), ("example", vec!["example".to_owned()]));
    assert_eq!(texts(&place.store().segments[0]), ["new"]);
    let id = import(&place.store(), export("renamed"), Some("example"), &["newer"]);
    assert_eq!((id.as_str(), place.names("segments")), ("renamed", vec!["renamed".to_owned()]));
    let id = import(&place.store(), export("renamed"), None, &["another"]);
    assert_eq!(id, "renamed-2");
    assert_eq!(place.names("tmp"), [""; 0]);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).expect("a new folder");
    for entry in fs::read_dir(from).expect("it is ours") {
        let entry = entry.expect("it can be listed");
        fs::copy(entry.path(), to.join(entry.file_name())).expect("room on the disk");
    }
}

#[test]
fn killed_between_the_steps_of_a_replacement_the_new_one_is_there_alone() {
    for name in ["example", "renamed"] {
        let place = Place::new();
        let segments = place.index.join("segments");
        import(&place.store(), export("example"), None, &["old"]);
        copy(&segments.join("example"), &place.index.join("../old"));
        import(&place.store(), export(name), Some("example"), &["new"]);
        // As it was when the new one had just come.
        if name == "example" {
            fs::rename(segments.join("example"), segments.join("example~")).expect("one file system");
        }
        copy(&place.index.join("../old"), &segments.join("example"));
        let store = place.store();
        assert_eq!((store.segments.len(), store.damaged.len()), (1, 0));
        assert_eq!(texts(&store.segments[0]), ["new"]);
        drop(lock(&store));
        assert_eq!(place.names("segments"), [name]);
        assert_eq!(texts(&place.store().segments[0]), ["new"]);
    }
}

#[test]
fn a_removed_export_is_gone_from_the_disk() {
    let place = Place::new();
    let store = place.store();
    import(&store, export("example"), None, &["a secret"]);
    let store = store.reload().expect("it can be listed");
    let lock = lock(&store);
    let witness = place.index.join("../witness");
    fs::hard_link(place.index.join("segments/example/records-0.arrow"), &witness).expect("one file system");
    assert!(store.remove(&lock, "example").expect("it is ours"));
    assert!(!store.remove(&lock, "example").expect("it can be listed"));
    assert!(!store.remove(&lock, "../tmp").expect("it can be listed"));
    assert_eq!((place.names("segments"), place.names("tmp")), (vec![], vec![]));
    assert!(fs::read(witness).expect("it has a name").iter().all(|&byte| byte == 0));
}

#[test]
fn an_export_that_is_removed_while_it_is_read_is_readable_to_the_end_and_erased_then() {
    let place = Place::new();
    import(&place.store(), export("example"), None, &["a secret"]);
    let store = place.store();
    let reader = Arc::clone(&store.segments[0]);
    assert_eq!(texts(&reader), ["a secret"]);
    let lock = lock(&store);
    assert!(store.remove(&lock, "example").expect("it is ours"));
    assert_eq!(texts(&reader), ["a secret"]);
    assert_eq!(place.store().segments.len(), 0);
    assert_eq!(place.names("tmp").len(), 1);
    drop(store);
    drop(reader);
    assert_eq!(place.names("tmp"), [""; 0]);
}

#[test]
fn reloading_keeps_what_is_open() {
    let place = Place::new();
    let store = place.store();
    import(&store, export("one"), None, &["a"]);
    let store = store.reload().expect("it can be listed");
    import(&store, export("two"), None, &["b"]);
    let again = store.reload().expect("it can be listed");
    assert_eq!(again.segments.len(), 2);
    assert!(Arc::ptr_eq(&store.segments[0], &again.segments[0]));
    import(&store, export("one"), Some("one"), &["c"]);
    let again = again.reload().expect("it can be listed");
    assert_eq!(texts(again.get("one").expect("it was just imported")), ["c"]);
}

#[test]
fn a_temporary_index_goes_with_the_last_store_on_it() {
    let store = Store::open_ephemeral().expect("a folder for temporary files");
    let dir = store.dir.clone();
    import(&store, export("example"), None, &["a"]);
    let again = store.reload().expect("it can be listed");
    drop(store);
    assert_eq!(texts(&again.segments[0]), ["a"]);
    drop(again);
    assert!(!dir.exists());
}
