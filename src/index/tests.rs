//! Rows in, segment out: what the index says of an export after it was written.

mod workers;

use super::catalog::Stamp;
use super::writer::{FieldDraft, FieldLabel};
use super::*;
use crate::record::{
    FieldId, FieldNote, IdKind, Identifier, Kind, Origin, Role, Row, SEPARATOR, Sink, Time, ValueType,
};
use std::collections::BTreeMap;
use tempfile::TempDir;

const SENDER: &str = "messages[].sender";
const TEXT: &str = "messages[].text";
const TAG: &str = "messages[].tags[]";

/// A row as a test writes it.
#[derive(Debug, Clone, Default)]
struct Given<'a> {
    seconds: Option<i64>,
    who: Option<&'a str>,
    at: u64,
    values: Vec<(FieldId, &'a str)>,
}

impl Given<'_> {
    fn give(&self, section: u16, worker: &mut Worker) {
        let (mut values, mut ends) = (String::new(), Vec::new());
        for (at, (_, value)) in self.values.iter().enumerate() {
            if at > 0 {
                values.push(SEPARATOR);
            }
            values.push_str(value);
            ends.push(values.len() as u32);
        }
        worker.row(&Row {
            section,
            time: self.seconds.and_then(Time::utc_s),
            who: self.who,
            thread: None,
            place: "messages[*]",
            at: self.at,
            fields: &self.values.iter().map(|(field, _)| *field).collect::<Vec<_>>(),
            types: &vec![ValueType::String; self.values.len()],
            ends: &ends,
            values: &values,
            unique: None,
        });
    }
}

fn message(text: FieldId, at: u64, seconds: i64, value: &str) -> Given<'_> {
    Given { seconds: Some(seconds), who: None, at, values: vec![(text, value)] }
}

fn section(id: &str) -> SectionMeta {
    SectionMeta {
        id: id.to_owned(),
        name: id.to_owned(),
        kind: Kind::Message,
        generic: false,
        half: false,
        records: 99,
        first: None,
        last: None,
        months: BTreeMap::new(),
        note: None,
        unique: false,
        repeats: None,
    }
}

fn manifest(id: &str) -> Manifest {
    Manifest {
        format: 0,
        id: id.to_owned(),
        company: "example".to_owned(),
        company_name: "Example".to_owned(),
        account: Some("rosa.quill".to_owned()),
        as_of: Some("2026-01-15".to_owned()),
        layout: None,
        parts: Vec::new(),
        digest: String::new(),
        records: 0,
        entries: BTreeMap::new(),
        problems: 0,
        first: None,
        last: None,
        seconds: 1.5,
        warnings: Vec::new(),
        incomplete: false,
        files: 0,
    }
}

fn unlabelled(_: &FieldDraft<'_>) -> FieldLabel {
    FieldLabel { category: None, origin: Origin::Observed, why: String::new(), label: None, description: None }
}

struct Bench {
    _dir: TempDir,
    store: Store,
    lock: store::WriteLock,
}

impl Bench {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder to work in");
        let store = Store::open(&dir.path().join("index")).expect("a new index");
        let lock = store.lock().expect("nobody else is here");
        Self { _dir: dir, store, lock }
    }

    fn begin(&self) -> SegmentWriter {
        self.store.begin(&self.lock).expect("room on the disk")
    }

    fn commit(&self, writer: SegmentWriter, id: &str) -> String {
        writer.commit(&self.lock, manifest(id), &Ledger::default(), None, &unlabelled).expect("room on the disk")
    }

    /// One section, one worker, one entry.
    fn export(&self, id: &str, fill: impl FnOnce(u16, &mut Worker)) -> std::sync::Arc<Segment> {
        let writer = self.begin();
        let section = writer.section(section("messages"));
        let mut worker = writer.worker().expect("room on the disk");
        worker.begin_entry(writer.entry("inbox/message_1.json"));
        fill(section, &mut worker);
        worker.finish().expect("room on the disk");
        let id = self.commit(writer, id);
        let store = self.store.reload().expect("the index can be listed");
        assert_eq!(store.damaged, [""; 0]);
        store.get(&id).expect("it was just committed").clone()
    }
}

fn texts(segment: &Segment) -> Vec<String> {
    let batches = (0..segment.batches()).map(|at| segment.batch(at).expect("it is whole"));
    batches.flat_map(|batch| batch.values.iter().flatten().map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[test]
fn a_record_comes_back_with_everything_it_was_given() {
    let bench = Bench::new();
    let segment = bench.export("example-rosa", |section, worker| {
        let (sender, text) =
            (worker.field(section, SENDER, &FieldNote::default()), worker.field(section, TEXT, &FieldNote::default()));
        let values = vec![(sender, "Rosa Quill"), (text, "Ça va?")];
        Given { seconds: Some(1_700_000_000), who: Some("Rosa Quill"), at: 17, values }.give(section, worker);
    });
    let batch = segment.batch(0).expect("it is whole");
    assert_eq!(batch.values.value(0), "Rosa Quill\u{1f}Ça va?");
    assert_eq!(batch.time_of(0), Time::utc_s(1_700_000_000));
    assert_eq!(segment.place(batch.place[0], batch.at[0]), "messages[17]");
    assert_eq!(segment.catalog.people[batch.who[0] as usize], "Rosa Quill");
    assert_eq!(segment.catalog.entries[batch.entry[0] as usize], "inbox/message_1.json");
    assert_eq!(batch.thread[0], segment::NONE);
    let shape = &segment.catalog.shapes[batch.shape[0] as usize];
    let paths: Vec<&str> =
        shape.fields.iter().map(|&field| segment.catalog.fields[field as usize].path.as_str()).collect();
    assert_eq!(paths, [SENDER, TEXT]);
    assert_eq!(segment.span(0), Some((1_700_000_000_000, 1_700_000_000_000)));
}

#[test]
fn the_catalogue_counts_what_was_given() {
    let bench = Bench::new();
    let may = jiff::civil::date(2019, 5, 3).at(14, 7, 0, 0);
    let may = Time::local(may).map_or(0, |time| time.ms / 1000);
    let segment = bench.export("example-rosa", |section, worker| {
        let (sender, text) =
            (worker.field(section, SENDER, &FieldNote::default()), worker.field(section, TEXT, &FieldNote::default()));
        for at in 0..10 {
            let values = vec![(sender, "Rosa"), (text, if at < 4 { "yes" } else { "no" })];
            let seconds = (at != 9).then_some(may + at as i64);
            Given { seconds, who: None, at, values }.give(section, worker);
        }
        Given { values: vec![(text, "maybe")], ..Given::default() }.give(section, worker);
    });
    let stamp = |seconds| Time::utc_s(seconds).map(Stamp::from);
    let (manifest, section) = (&segment.manifest, &segment.catalog.sections[0]);
    assert_eq!((manifest.records, manifest.first, manifest.last), (11, stamp(may), stamp(may + 8)));
    assert_eq!((manifest.format, manifest.files), (FORMAT, 1));
    assert_eq!((section.records, section.first, section.last), (11, stamp(may), stamp(may + 8)));
    assert_eq!(section.months, BTreeMap::from([(2019 * 12 + 4, 9)]));
    let fields: Vec<_> =
        segment.catalog.fields.iter().map(|field| (field.records, field.distinct, field.exact)).collect();
    assert_eq!(fields, [(10, 1, true), (11, 3, true)]);
    assert_eq!(segment.catalog.fields[1].examples, ["yes", "no", "maybe"]);
    assert_eq!(segment.catalog.shapes.iter().map(|shape| shape.records).collect::<Vec<_>>(), [10, 1]);
}

#[test]
fn the_catalogue_counts_messages_by_sender() {
    let bench = Bench::new();
    let segment = bench.export("example-rosa", |section, worker| {
        let text = worker.field(section, TEXT, &FieldNote::default());
        for (at, who) in [(0, Some("Rosa Quill")), (1, Some("Ben Okafor")), (2, Some("Rosa Quill")), (3, None)] {
            let seconds = Some(1_700_000_000 + at as i64);
            Given { seconds, who, at, values: vec![(text, "yes")] }.give(section, worker);
        }
    });
    let catalog = &segment.catalog;
    let stamp = |seconds| Time::utc_s(seconds).map(Stamp::from);
    let sent: Vec<_> = catalog.senders.iter().map(|one| (&*catalog.people[one.who as usize], one.messages)).collect();
    assert_eq!(sent, [("Rosa Quill", 2), ("Ben Okafor", 1)]);
    assert_eq!((catalog.senders[0].first, catalog.senders[0].last), (stamp(1_700_000_000), stamp(1_700_000_002)));
}

#[test]
fn batches_are_found_by_the_sections_in_them() {
    let bench = Bench::new();
    let writer = bench.begin();
    let (many, few) = (writer.section(section("messages")), writer.section(section("choices")));
    let mut worker = writer.worker().expect("room on the disk");
    worker.begin_entry(writer.entry("inbox/message_1.json"));
    let give = |worker: &mut Worker, section, at| {
        let text = worker.field(section, TEXT, &FieldNote::default());
        Given { at, values: vec![(text, "yes")], ..Given::default() }.give(section, worker);
    };
    (0..1 << 16).for_each(|at| give(&mut worker, many, at));
    give(&mut worker, few, 0);
    worker.finish().expect("room on the disk");
    let id = bench.commit(writer, "example-rosa");
    let segment = bench.store.reload().expect("the index can be listed").get(&id).expect("it is there").clone();
    let of = |section: u16| {
        segment.batches_of(&|shape| segment.catalog.shapes[shape].section == section).collect::<Vec<_>>()
    };
    assert_eq!((segment.batches(), of(many), of(few), of(9)), (2, vec![0], vec![1], vec![]));
}

#[test]
fn a_record_that_repeats_a_field_counts_once_for_it() {
    let bench = Bench::new();
    let segment = bench.export("example-rosa", |section, worker| {
        let tag = worker.field(section, TAG, &FieldNote::default());
        for values in [vec![(tag, "a"), (tag, "b"), (tag, "a")], vec![(tag, "c")]] {
            Given { values, ..Given::default() }.give(section, worker);
        }
    });
    let field = &segment.catalog.fields[0];
    assert_eq!((field.records, field.distinct), (2, 3));
    assert_eq!(segment.catalog.shapes.len(), 2);
}

#[test]
fn labels_titles_and_identifiers_stay_with_what_they_name() {
    let bench = Bench::new();
    let segment = bench.export("example-rosa", |section, worker| {
        let text = worker.field(section, TEXT, &FieldNote::default());
        worker.label(text, "Nachricht");
        let chat = worker.thread("inbox/ben_1");
        worker.name_thread(chat, "ben_1");
        worker.name_thread(chat, "Ben Osei");
        worker.thread("inbox/nameless_2");
        let phone = "+447700900123";
        let identifier =
            Identifier { kind: IdKind::Phone, normal: phone, as_written: phone, rule: "E.164", mine: true };
        worker.identifier(text, &identifier);
        message(text, 3, 5, phone).give(section, worker);
    });
    assert_eq!(segment.catalog.fields[0].label.as_deref(), Some("Nachricht"));
    let titles: Vec<&str> = segment.catalog.threads.iter().map(|thread| thread.title.as_str()).collect();
    assert_eq!(titles, ["Ben Osei", "inbox/nameless_2"]);
    let found = segment.identifiers().expect("it is whole");
    assert_eq!((found.len(), found[0].mine, found[0].at, found[0].records), (1, true, 3, 1));
}

#[test]
fn the_labeller_sees_samples_and_an_entry_and_is_believed() {
    let bench = Bench::new();
    let writer = bench.begin();
    let section = writer.section(section("messages"));
    let mut worker = writer.worker().expect("room on the disk");
    worker.begin_entry(writer.entry("first.json"));
    let note = FieldNote { role: Role::Text, rank: 0, rules: vec![3] };
    let text = worker.field(section, TEXT, &note);
    message(text, 0, 1, "hello").give(section, &mut worker);
    worker.finish().expect("room on the disk");
    let label = |draft: &FieldDraft<'_>| FieldLabel {
        category: Some("content".to_owned()),
        origin: Origin::Provided,
        why: format!("{} {} {:?} {:?}", draft.path, draft.entry, draft.samples, draft.rules),
        label: Some("What was said".to_owned()),
        description: Some("The text of the message.".to_owned()),
    };
    writer.commit(&bench.lock, manifest("example"), &Ledger::default(), None, &label).expect("room on the disk");
    let store = bench.store.reload().expect("the index can be listed");
    let field = &store.segments[0].catalog.fields[0];
    assert_eq!(field.why, r#"messages[].text first.json ["hello"] [3]"#);
    assert_eq!(field.label.as_deref(), Some("What was said"));
    assert_eq!((field.category.as_deref(), field.role, field.origin), (Some("content"), Role::Text, Origin::Provided));
}

#[test]
fn sections_of_one_id_are_one() {
    let bench = Bench::new();
    let writer = bench.begin();
    assert_eq!([section("a"), section("b"), section("a")].map(|meta| writer.section(meta)), [0, 1, 0]);
}

#[test]
fn large_exports_have_several_batches_each_in_order_of_time() {
    let bench = Bench::new();
    let segment = bench.export("example", |section, worker| {
        let text = worker.field(section, TEXT, &FieldNote::default());
        for at in 0..100_000 {
            message(text, at, 1 + (at as i64 * 7919) % 100_000, "x").give(section, worker);
        }
    });
    assert_eq!(segment.batches(), 2);
    assert_eq!((segment.rows(0), segment.rows(1)), (65_536, 34_464));
    for at in 0..2 {
        let batch = segment.batch(at).expect("it is whole");
        let times: Vec<i64> = batch.by_time.iter().map(|&row| batch.time[row as usize]).collect();
        assert!(times.is_sorted_by(|a, b| a >= b));
        assert_eq!(segment.span(at), Some((times[0], times[times.len() - 1])));
    }
}

#[test]
fn a_row_is_found_by_entry_and_place() {
    let bench = Bench::new();
    let writer = bench.begin();
    let section = writer.section(section("messages"));
    let mut worker = writer.worker().expect("room on the disk");
    for name in ["a.json", "b.json", "b.json"] {
        worker.begin_entry(writer.entry(name));
        let text = worker.field(section, TEXT, &FieldNote::default());
        let rows = if name == "a.json" { 0..40_000 } else { 40_000..80_000 };
        for at in rows {
            message(text, at, 1, "x").give(section, &mut worker);
        }
    }
    worker.finish().expect("room on the disk");
    bench.commit(writer, "example");
    let store = bench.store.reload().expect("the index can be listed");
    let find = |entry, locator| store.segments[0].find(entry, locator).expect("it is whole");
    assert_eq!(find("a.json", "messages[7]"), Some((0, 7)));
    assert_eq!(find("b.json", "messages[79999]"), Some((1, 79_999 - 65_536)));
    assert_eq!(find("a.json", "messages[79999]"), None);
    assert_eq!(find("c.json", "messages[7]"), None);
    assert_eq!(find("a.json", "photos[7]"), None);
}

#[test]
fn the_key_of_a_record_is_what_it_says_not_where_it_stands() {
    let bench = Bench::new();
    let keys = |id: &str, rows: &[(&str, &str, i64, u64)]| {
        let segment = bench.export(id, |section, worker| {
            // Fields come in another order, so that their numbers differ from export to export.
            for path in [id, SENDER, TEXT] {
                worker.field(section, path, &FieldNote::default());
            }
            for &(path, value, seconds, at) in rows {
                let field = worker.field(section, path, &FieldNote::default());
                message(field, at, seconds, value).give(section, worker);
            }
        });
        segment.batch(0).expect("it is whole").key.to_vec()
    };
    let old = keys(TEXT, &[(TEXT, "hello", 5, 1)]);
    let new =
        keys("other", &[(TEXT, "hello", 5, 9), (TEXT, "hello", 6, 1), (TEXT, "hullo", 5, 1), (SENDER, "hello", 5, 1)]);
    assert_eq!(old[0], new[0]);
    assert!(!new[1..].contains(&old[0]), "time, value and field count");
}

/// If this test fails, the snapshots already on disk would not match new ones: raise `FORMAT`.
#[test]
fn the_key_of_a_record_is_the_same_in_every_version() {
    let bench = Bench::new();
    let segment = bench.export("example", |section, worker| {
        let (sender, text) =
            (worker.field(section, SENDER, &FieldNote::default()), worker.field(section, TEXT, &FieldNote::default()));
        let values = vec![(sender, "Rosa Quill"), (text, "hello")];
        Given { seconds: Some(1_700_000_000), who: Some("Rosa Quill"), at: 17, values }.give(section, worker);
    });
    assert_eq!(format!("{:016x}", segment.batch(0).expect("it is whole").key[0]), "65d13507e82aeaa1");
}

#[test]
fn an_export_without_records_is_an_export() {
    let bench = Bench::new();
    let segment = bench.export("example", |_, _| {});
    assert_eq!((segment.batches(), segment.manifest.records, segment.manifest.files), (0, 0, 0));
    assert_eq!(segment.identifiers().expect("it is whole"), []);
}

#[test]
fn ids_are_made_unique_and_fit_for_a_folder() {
    let bench = Bench::new();
    let ids = ["unknown:acme/rosa", "unknown:acme/rosa", "../../etc", "", "exämple~"];
    let given = ids.map(|id| bench.commit(bench.begin(), id));
    assert_eq!(given, ["unknown-acme-rosa", "unknown-acme-rosa-2", "-..-etc", "export", "exämple-"]);
    let store = bench.store.reload().expect("the index can be listed");
    assert!(given.iter().all(|id| store.get(id).is_some()));
}

#[test]
fn the_ledger_is_read_when_asked_for() {
    let bench = Bench::new();
    let entry = LedgerEntry {
        entry: "a.json".to_owned(),
        part: 0,
        size: Some(7),
        fate: crate::record::Fate::Skipped,
        section: None,
        records: 0,
        problems: 0,
        why: Some("it is a thumbnail".to_owned()),
    };
    let ledger = Ledger { entries: vec![entry], problems: Vec::new() };
    bench.begin().commit(&bench.lock, manifest("example"), &ledger, None, &unlabelled).expect("room on the disk");
    let store = bench.store.reload().expect("the index can be listed");
    assert_eq!(store.segments[0].ledger().expect("it is whole"), ledger);
}

#[test]
fn a_thousand_problems_of_an_entry_are_kept() {
    let bench = Bench::new();
    let writer = bench.begin();
    let mut worker = writer.worker().expect("room on the disk");
    worker.begin_entry(writer.entry("a.json"));
    for line in 0..2000 {
        worker.problem(&format!("line {line}"), "not a time");
    }
    assert_eq!(worker.take_problems().len(), 1000);
    worker.problem("line 1", "not a time");
    worker.begin_entry(writer.entry("b.json"));
    assert_eq!(worker.take_problems(), []);
}
