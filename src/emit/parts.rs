//! What a section's parts, and keys that are data, make of one entry.

use super::{Emitter, Paths, Rules};
use crate::decode::Decoder;
use crate::emit::collect::Collection;
use crate::record::{FieldId, Identifier, Row, Sink, ValueType};
use crate::sheets::{FieldPattern, Section, ThreadName};

/// Keeps the section and the values of each row, and the sections fields were asked for.
#[derive(Default)]
struct Rows {
    rows: Vec<(u16, String)>,
    fields: Vec<(u16, String)>,
}

impl Sink for Rows {
    fn field(&mut self, section: u16, path: &str, _note: &crate::record::FieldNote) -> FieldId {
        self.fields.push((section, path.to_owned()));
        self.fields.len() as FieldId - 1
    }

    fn thread(&mut self, _key: &str) -> u32 {
        0
    }

    fn name_thread(&mut self, _thread: u32, _title: &str) {}

    fn label(&mut self, _field: FieldId, _label: &str) {}

    fn row(&mut self, row: &Row<'_>) {
        self.rows.push((row.section, row.each().collect::<Vec<_>>().join(" ")));
    }

    fn identifier(&mut self, _field: FieldId, _identifier: &Identifier<'_>) {}

    fn problem(&mut self, _locator: &str, _what: &str) {}
}

fn section(records: &str) -> Section {
    let records = vec![FieldPattern::parse(records).expect("the pattern is well formed")];
    Section { records, ..Section::default() }
}

/// `{"KEY": [{"x": "VALUE"}], …}`
fn walk(emitter: &mut Emitter<'_>, lists: &[(&str, &str)]) {
    let root = emitter.root();
    emitter.open(root);
    for (key, value) in lists {
        let list = emitter.key(root, key);
        emitter.open(list);
        let item = emitter.item(list, 0);
        emitter.open(item);
        let x = emitter.key(item, "x");
        emitter.value(x, value, ValueType::String);
        emitter.close(item);
        emitter.close(list);
    }
    emitter.close(root);
    emitter.finish();
}

fn rows_of(paths: Paths) -> Rows {
    let whole = Section { parts: vec![section("sessions[]"), section("contacts[]")], ..section("chats[]") };
    let (mut paths, mut rows) = (paths, Rows::default());
    let rules = Rules { section: &whole, shared: &[] };
    let mut emitter = Emitter::new(rules, &mut paths, &mut rows, "result.json");
    walk(&mut emitter, &[("chats", "hello"), ("contacts", "Ben"), ("sessions", "phone"), ("else", "rest")]);
    rows
}

#[test]
fn each_record_goes_to_the_part_that_tells_its_place() {
    let rows = rows_of(Paths::new(0, 1, false).with_parts(vec![7, 8]));
    let expected = [(0, "hello"), (8, "Ben"), (7, "phone"), (1, "rest")];
    assert_eq!(rows.rows, expected.map(|(section, value)| (section, value.to_owned())));
    let fields = [(0, "chats[].x"), (8, "contacts[].x"), (7, "sessions[].x"), (1, "else[].x")];
    assert_eq!(rows.fields, fields.map(|(section, path)| (section, path.to_owned())));
}

#[test]
fn parts_without_numbers_fall_to_their_section() {
    let rows = rows_of(Paths::new(0, 1, false));
    assert_eq!(rows.rows.iter().map(|(section, _)| *section).collect::<Vec<_>>(), [0, 0, 0, 1]);
}

#[test]
fn the_key_of_a_keyed_object_is_repeated_by_the_records_below() {
    let section = Section {
        keyed: vec![FieldPattern::parse("days").expect("the pattern is well formed")],
        inherit: vec!["key()".to_owned()],
        ..section("days.{}[]")
    };
    let (mut paths, mut rows) = (Paths::new(0, 1, false), Rows::default());
    let mut emitter = Emitter::new(Rules { section: &section, shared: &[] }, &mut paths, &mut rows, "days.json");
    let root = emitter.root();
    emitter.open(root);
    let days = emitter.key(root, "days");
    emitter.open(days);
    for (surface, day) in [("web", "1"), ("app", "2")] {
        let list = emitter.key(days, surface);
        emitter.open(list);
        let item = emitter.item(list, 0);
        emitter.value(item, day, ValueType::Number);
        emitter.close(list);
    }
    emitter.close(days);
    emitter.close(root);
    emitter.finish();
    let expected = [(0, "web 1"), (0, "app 2")];
    assert_eq!(rows.rows, expected.map(|(section, value)| (section, value.to_owned())));
}

#[test]
fn a_text_with_markup_is_given_without_it_and_its_elements_as_fields() {
    let pattern = |text: &str| vec![FieldPattern::parse(text).expect("the pattern is well formed")];
    let section =
        Section { text: pattern("x"), markup: Some(crate::decode::markup::Markup::Html), ..section("chats[]") };
    let (mut paths, mut rows) = (Paths::new(0, 1, false), Rows::default());
    let mut emitter = Emitter::new(Rules { section: &section, shared: &[] }, &mut paths, &mut rows, "a.json");
    walk(&mut emitter, &[("chats", r#"<p>tea &amp; <a href="https://larkspur.example/x">cake</a></p>"#)]);
    assert_eq!(rows.rows, [(0, "tea & cake https://larkspur.example/x".to_owned())]);
    assert_eq!(rows.fields, [(0, "chats[].x".to_owned()), (0, "chats[].x.a.href".to_owned())]);
}

/// The threads of chats and of the messages in them.
fn threads(json: &str) -> Vec<String> {
    let pattern = |text: &str| FieldPattern::parse(text).expect("the pattern is well formed");
    let field = |text: &str| ThreadName::Field(pattern(text));
    let chats = Section {
        records: vec![pattern("list[]")],
        thread: vec![field("name"), field("type")],
        thread_key: Some(field("id")),
        ..Section::default()
    };
    let section = Section { parts: vec![chats], ..section("list[].messages[]") };
    let found = Collection::of(Decoder::Json, &section, false, "a.json", json.as_bytes());
    found.records.into_iter().filter_map(|record| record.thread).collect()
}

#[test]
fn records_are_of_the_thread_that_the_record_around_them_tells() {
    let both = r#"{"list":[{"name":"Ben","type":"chat","id":1,"messages":[{"x":1}]},{"type":"saved","id":2,"messages":[{"x":2}]}]}"#;
    assert_eq!(threads(both), ["Ben", "Ben", "saved", "saved"]);
    let behind = r#"{"list":[{"id":1,"type":"chat","name":"Ben","messages":[{"x":1}]}]}"#;
    assert_eq!(threads(behind), ["Ben", "Ben"]);
    let without = r#"{"list":[{"name":"Ben","messages":[{"x":1}]},{"name":"Marta","messages":[{"x":1}]}]}"#;
    assert_eq!(threads(without), ["Ben", "Ben", "Marta", "Marta"]);
}

#[test]
fn identifiers_inside_a_value_are_found_and_the_rest_of_it_is_none() {
    let pattern = |text: &str| FieldPattern::parse(text).expect("the pattern is well formed");
    let rule = |within: &str| crate::sheets::FieldRule {
        id: Some(crate::record::IdKind::Email),
        within: Some(crate::sheets::Within(regex::Regex::new(within).expect("a regex"))),
        ..crate::sheets::FieldRule::default()
    };
    let fields =
        vec![(pattern("all"), rule(r"([^\s,]+@[^\s,]+)")), (pattern("pay"), rule(r"PayPal: (\S+)|Card of (\S+)"))];
    let section = Section { fields, ..section("list[]") };
    let json = r#"{"list":[{"all":"rosa@example.com, r.quill@example.org"},{"pay":"Card of ben@example.net"},{"pay":"ida@example.net"}]}"#;
    let found = Collection::of(Decoder::Json, &section, false, "a.json", json.as_bytes());
    let emails: Vec<&str> = found.identifiers.iter().map(|(_, normal, _)| normal.as_str()).collect();
    assert_eq!(emails, ["rosa@example.com", "r.quill@example.org", "ben@example.net"]);
}
