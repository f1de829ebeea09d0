//! Several threads on one segment: they write and read side by side, and nobody sees how many they were.

use super::*;

/// Eight entries, given to workers by `share`.
fn by_workers(bench: &Bench, id: &str, share: &[&[u32]]) -> std::sync::Arc<Segment> {
    let writer = bench.begin();
    let section = writer.section(section("messages"));
    for entry in 0..8 {
        writer.entry(&format!("message_{entry}.json"));
    }
    for entries in share {
        let mut worker = writer.worker().expect("room on the disk");
        for &entry in *entries {
            worker.begin_entry(entry);
            let (sender, text) = (
                worker.field(section, SENDER, &FieldNote::default()),
                worker.field(section, TEXT, &FieldNote::default()),
            );
            let thread = worker.thread("inbox/ben_1");
            worker.name_thread(thread, &format!("Ben {entry}"));
            worker.label(text, &format!("label {entry}"));
            for at in 0..900 {
                let value = format!("{}", u64::from(entry) * 700 + at);
                let values = vec![(sender, "Rosa"), (text, value.as_str())];
                Given { seconds: Some(1_000_000 * (i64::from(entry) + 1)), who: None, at, values }
                    .give(section, &mut worker);
            }
        }
        worker.finish().expect("room on the disk");
    }
    assert_eq!(writer.records(), 7200);
    bench.commit(writer, id);
    bench.store.reload().expect("the index can be listed").get(id).expect("it was just committed").clone()
}

#[test]
fn what_a_person_sees_does_not_depend_on_the_number_of_workers() {
    let bench = Bench::new();
    let one = by_workers(&bench, "one", &[&[0, 1, 2, 3, 4, 5, 6, 7]]);
    let two = by_workers(&bench, "two", &[&[1, 2, 6], &[0, 3, 4, 5, 7]]);
    assert_eq!((one.manifest.files, two.manifest.files), (1, 2));
    assert_eq!(one.catalog, two.catalog);
    assert_eq!(one.catalog.threads[0].title, "Ben 0");
    assert_eq!(one.catalog.fields[1].label.as_deref(), Some("label 0"));
    let (mut first, mut second) = (texts(&one), texts(&two));
    first.sort();
    second.sort();
    assert_eq!(first, second);
}

#[test]
fn workers_run_side_by_side() {
    let bench = Bench::new();
    let writer = bench.begin();
    let section = writer.section(section("messages"));
    std::thread::scope(|scope| {
        for number in 0..4u64 {
            let mut worker = writer.worker().expect("room on the disk");
            let entry = writer.entry(&format!("{number}.json"));
            scope.spawn(move || {
                worker.begin_entry(entry);
                let text = worker.field(section, TEXT, &FieldNote::default());
                for at in 0..500 {
                    message(text, at, 1, &format!("{number} {at}")).give(section, &mut worker);
                }
                worker.finish().expect("room on the disk");
            });
        }
    });
    bench.commit(writer, "example");
    let store = bench.store.reload().expect("the index can be listed");
    let mut found = texts(&store.segments[0]);
    found.sort();
    found.dedup();
    assert_eq!((found.len(), store.segments[0].manifest.records), (2000, 2000));
    assert_eq!(store.segments[0].catalog.fields.len(), 1);
}

#[test]
fn a_worker_that_was_never_finished_is_no_part_of_the_segment() {
    let bench = Bench::new();
    let writer = bench.begin();
    let section = writer.section(section("messages"));
    let mut lost = writer.worker().expect("room on the disk");
    let mut kept = writer.worker().expect("room on the disk");
    let text = lost.field(section, TEXT, &FieldNote::default());
    for at in 0..70_000 {
        message(text, at, 1, "lost").give(section, &mut lost);
    }
    message(text, 0, 1, "kept").give(section, &mut kept);
    drop(lost);
    kept.finish().expect("room on the disk");
    bench.commit(writer, "example");
    let store = bench.store.reload().expect("the index can be listed");
    assert_eq!(texts(&store.segments[0]), ["kept"]);
    assert_eq!(store.segments[0].manifest.records, 1);
    assert!(!store.segments[0].dir.join("records-0.arrow").exists());
}

#[test]
fn batches_that_another_thread_writes_are_the_same_batches() {
    let bench = Bench::new();
    let export = |id: &str, press: Option<Press>| {
        bench.export(id, |section, worker| {
            worker.press_by(press);
            let text = worker.field(section, TEXT, &FieldNote::default());
            for at in 0..150_000 {
                message(text, at, 1_700_000_000 - at as i64, &format!("Zoë says {at}")).give(section, worker);
            }
        })
    };
    let (here, there) = (export("here", None), export("there", Some(Press::start().expect("a thread"))));
    assert_eq!(here.batches(), 3);
    for at in 0..3 {
        let [one, other] = [&here, &there].map(|segment| segment.batch(at).expect("it is whole"));
        assert_eq!((one.values, one.folded), (other.values, other.folded));
        assert_eq!((one.at, one.key, one.by_time), (other.at, other.key, other.by_time));
    }
    assert_eq!(here.catalog, there.catalog);
}

#[test]
fn readers_run_side_by_side() {
    let bench = Bench::new();
    bench.export("example", |section, worker| {
        let text = worker.field(section, TEXT, &FieldNote::default());
        for at in 0..100 {
            message(text, at, 1, "x").give(section, worker);
        }
    });
    let store = bench.store.reload().expect("the index can be listed");
    std::thread::scope(|scope| {
        let readers: Vec<_> =
            (0..4).map(|_| scope.spawn(|| (texts(&store.segments[0]).len(), store.shadowed(0)))).collect();
        for reader in readers {
            assert_eq!(reader.join().expect("it does not panic"), (100, None));
        }
    });
}
