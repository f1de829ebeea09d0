//! What a section's parts, and keys that are data, make of one entry.

use super::{Emitter, Paths, Rules};
use crate::decode::Decoder;
use crate::emit::collect::Collection;
use crate::record::{FieldId, IdKind, Identifier, Row, Sink, ValueType};
use crate::sheets::{FieldPattern, RestFields, Section, ThreadName, Whose};

/// Keeps the section and the values of each row, and the sections fields were asked for.
#[derive(Default)]
struct Seen {
    rows: Vec<(u16, String)>,
    fields: Vec<(u16, String)>,
    /// Keys of threads, as they were asked for.
    threads: Vec<String>,
    /// Rules of each field, and kinds of the identifiers.
    rules: Vec<Vec<u16>>,
    kinds: Vec<IdKind>,
}

impl Sink for Seen {
    fn field(&mut self, section: u16, path: &str, note: &crate::record::FieldNote) -> FieldId {
        self.rules.push(note.rules.clone());
        self.fields.push((section, path.to_owned()));
        self.fields.len() as FieldId - 1
    }

    fn thread(&mut self, key: &str) -> u32 {
        self.threads.push(key.to_owned());
        0
    }

    fn name_thread(&mut self, _thread: u32, _title: &str) {}

    fn label(&mut self, _field: FieldId, _label: &str) {}

    fn row(&mut self, row: &Row<'_>) {
        self.rows.push((row.section, row.each().collect::<Vec<_>>().join(" ")));
    }

    fn identifier(&mut self, _field: FieldId, identifier: &Identifier<'_>) {
        self.kinds.push(identifier.kind);
    }

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

fn rows_of(paths: Paths) -> Seen {
    let whole = Section { parts: vec![section("sessions[]"), section("contacts[]")], ..section("chats[]") };
    let (mut paths, mut rows) = (paths, Seen::default());
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
    let (mut paths, mut rows) = (Paths::new(0, 1, false), Seen::default());
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
fn conversations_without_names_are_told_apart_by_their_element_of_the_list() {
    let section = Section { thread: vec![ThreadName::Item], ..section("[].chats[]") };
    let (mut paths, mut rows) = (Paths::new(0, 1, false), Seen::default());
    let mut emitter = Emitter::new(Rules { section: &section, shared: &[] }, &mut paths, &mut rows, "a/matches.json");
    let root = emitter.root();
    for at in 0..2 {
        let item = emitter.item(root, at);
        let chats = emitter.key(item, "chats");
        for number in 0..2 {
            let chat = emitter.item(chats, number);
            emitter.value(chat, "hello", ValueType::String);
        }
    }
    emitter.finish();
    assert_eq!(rows.threads, ["matches 1", "matches 1", "matches 2", "matches 2"]);
}

#[test]
fn what_stands_outside_of_records_is_what_the_section_of_the_rest_says() {
    let rule = |id| crate::sheets::FieldRule { id: Some(id), ..Default::default() };
    let place = |text: &str| FieldPattern::parse(text).expect("the pattern is well formed");
    let own = vec![(place("x"), rule(IdKind::Name)), (place("**.x"), rule(IdKind::Name))];
    let rest_fields = RestFields { fields: vec![(place("else[].x"), rule(IdKind::Username))], whose: Whose::Others };
    let section = Section { fields: own, rest: Some("rest".to_owned()), rest_fields, ..section("chats[]") };
    let (mut paths, mut rows) = (Paths::new(0, 1, false), Seen::default());
    let mut emitter = Emitter::new(Rules { section: &section, shared: &[] }, &mut paths, &mut rows, "a.json");
    walk(&mut emitter, &[("chats", "Rosa"), ("else", "rosa.quill")]);
    assert_eq!(rows.rules, [vec![0], vec![0]], "each by the rules of its own section");
    assert_eq!(rows.kinds, [IdKind::Name, IdKind::Username]);
}

#[test]
fn a_text_with_markup_is_given_without_it_and_its_elements_as_fields() {
    let pattern = |text: &str| vec![FieldPattern::parse(text).expect("the pattern is well formed")];
    let section =
        Section { text: pattern("x"), markup: Some(crate::decode::markup::Markup::Html), ..section("chats[]") };
    let (mut paths, mut rows) = (Paths::new(0, 1, false), Seen::default());
    let mut emitter = Emitter::new(Rules { section: &section, shared: &[] }, &mut paths, &mut rows, "a.json");
    walk(&mut emitter, &[("chats", r#"<p>tea &amp; <a href="https://larkspur.example/x">cake</a></p>"#)]);
    assert_eq!(rows.rows, [(0, "tea & cake https://larkspur.example/x".to_owned())]);
    assert_eq!(rows.fields, [(0, "chats[].x".to_owned()), (0, "chats[].x.a.href".to_owned())]);
}

#[test]
fn elements_of_a_tuple_go_by_the_names_of_the_columns_and_what_stands_alone_is_no_record() {
    let mut whole = section("likes[]");
    whole.tuples = whole.records.clone();
    whole.columns = vec!["time".to_owned()];
    let (mut paths, mut rows) = (Paths::new(0, 1, false), Seen::default());
    let mut emitter = Emitter::new(Rules { section: &whole, shared: &[] }, &mut paths, &mut rows, "likes.json");
    let read =
        crate::decode::json::decode(&mut &br#"{"likes": [["2020-10-20", "ben"], "you have none"]}"#[..], &mut emitter);
    emitter.finish();
    assert!(read.is_ok());
    let expected = [(0, "2020-10-20 ben"), (1, "you have none")];
    assert_eq!(rows.rows, expected.map(|(section, value)| (section, value.to_owned())));
    let fields = [(0, "likes[].time"), (0, "likes[].column 2"), (1, "likes")];
    assert_eq!(rows.fields, fields.map(|(section, path)| (section, path.to_owned())));
}

#[test]
fn a_list_where_an_object_of_ids_is_wanted_has_no_keys() {
    let mut whole = section("followers.{}");
    whole.keyed = vec![FieldPattern::parse("followers").expect("the pattern is well formed")];
    let (mut paths, mut rows) = (Paths::new(0, 1, false), Seen::default());
    for page in [r#"{"followers": {"ben": "2020-10-20"}}"#, r#"{"followers": ["you have none"]}"#] {
        let mut emitter = Emitter::new(Rules { section: &whole, shared: &[] }, &mut paths, &mut rows, "x.json");
        let read = crate::decode::json::decode(&mut page.as_bytes(), &mut emitter);
        emitter.finish();
        assert!(read.is_ok());
    }
    let expected = [(0, "ben 2020-10-20"), (1, "you have none")];
    assert_eq!(rows.rows, expected.map(|(section, value)| (section, value.to_owned())));
}

#[test]
fn a_list_of_people_names_the_conversation_of_the_messages_beside_it() {
    let mut chat = section("[]");
    chat.thread =
        vec![crate::sheets::ThreadName::Field(FieldPattern::parse("people[]").expect("the pattern is well formed"))];
    let whole = Section { parts: vec![chat], ..section("[].messages[]") };
    let page = br#"[{"people": ["ben", "rosa"], "messages": [{"text": "hi"}]}, {"people": ["ann"], "messages": [{"text": "oh"}]}]"#;
    let found = super::collect::Collection::of(crate::decode::Decoder::Json, &whole, false, "messages.json", page);
    let threads: Vec<_> =
        found.records.iter().map(|record| (record.get("[].messages[].text"), record.thread.as_deref())).collect();
    let expected =
        [(Some("hi"), Some("ben, rosa")), (None, Some("ben, rosa")), (Some("oh"), Some("ann")), (None, Some("ann"))];
    assert_eq!(threads, expected);
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

#[test]
fn several_identifiers_in_one_value_are_each_found() {
    let field = |key: &str, id| {
        let rule = crate::sheets::FieldRule { id: Some(id), ..crate::sheets::FieldRule::default() };
        (FieldPattern::parse(key).expect("the pattern is well formed"), rule)
    };
    let fields = vec![field("mail", IdKind::Email), field("phone", IdKind::Phone), field("ip", IdKind::Ip)];
    let section = Section { fields, ..section("list[]") };
    let json = r#"{"list":[{"mail":"Rosa <rosa@example.com>; none, ben@example.com", "phone":"+44 7700 900123 | 07700 900145", "ip":"192.0.2.1, 2001:db8::1"}]}"#;
    let found = Collection::of(Decoder::Json, &section, false, "a.json", json.as_bytes());
    let normals: Vec<&str> = found.identifiers.iter().map(|(_, normal, _)| normal.as_str()).collect();
    let all = ["rosa@example.com", "ben@example.com", "+447700900123", "~07700900145", "192.0.2.1", "2001:db8::1"];
    assert_eq!(normals, all);
}

#[test]
fn a_list_in_a_string_is_a_value_or_a_record_for_each_piece() {
    let pattern = |text: &str| FieldPattern::parse(text).expect("the pattern is well formed");
    let split = crate::sheets::FieldRule { split: Some(";|".to_owned()), ..crate::sheets::FieldRule::default() };
    let section = Section { fields: vec![(pattern("mails"), split.clone())], ..section("list[]") };
    let json = r#"{"list":[{"mails":"a@example.com; b@example.com|;"}]}"#;
    let found = Collection::of(Decoder::Json, &section, false, "a.json", json.as_bytes());
    assert_eq!(found.values_of_all(), ["list[].mails=a@example.com", "list[].mails=b@example.com"]);
    assert_eq!(found.records.len(), 1);
    let section =
        Section { fields: vec![(pattern(""), split)], records: vec![pattern("interests")], ..Section::default() };
    let found = Collection::of(Decoder::Json, &section, false, "a.json", br#"{"interests":"boats|tea"}"#);
    assert_eq!(found.records.len(), 2);
}

#[test]
fn a_conversation_without_messages_is_not_the_thread_of_what_follows() {
    let pattern = |text: &str| FieldPattern::parse(text).expect("the pattern is well formed");
    let section = Section {
        keyed: vec![pattern("chats")],
        inherit: vec!["key()".to_owned()],
        thread: vec![ThreadName::Field(pattern("^chats.{}.key()"))],
        parts: vec![section("later[]")],
        ..section("chats.{}[]")
    };
    let json = r#"{"chats":{"Ben":[{"x":1}],"nobody":[]},"later":[{"x":2}]}"#;
    let found = Collection::of(Decoder::Json, &section, false, "a.json", json.as_bytes());
    let threads: Vec<Option<&str>> = found.records.iter().map(|record| record.thread.as_deref()).collect();
    assert_eq!(threads[..2], [Some("Ben"), None]);
}

#[test]
fn a_pair_may_hold_a_time_and_owes_none() {
    let pattern = |text: &str| FieldPattern::parse(text).expect("the pattern is well formed");
    let section = Section { time: vec![(pattern("[]"), crate::decode::time::Clock::Auto)], ..section("places[]") };
    let json = r#"{"places":[["2024-03-02 14:00:00 UTC","41.5, -81.6"],["Gym 24","41.5, -81.6"]]}"#;
    let found = Collection::of(Decoder::Json, &section, false, "a.json", json.as_bytes());
    let times: Vec<Option<String>> =
        found.records.iter().map(|record| record.time.map(|time| time.to_string())).collect();
    assert_eq!(times, [Some("2024-03-02T14:00:00Z".to_owned()), None]);
    assert_eq!(found.problems, []);
}

#[test]
fn a_number_that_tells_no_time_holds_nothing() {
    let pattern = FieldPattern::parse("at").expect("the pattern is well formed");
    let time = vec![(pattern, crate::decode::time::Clock::Seconds)];
    let section = Section { time, no_time: vec!["0".to_owned()], ..section("[]") };
    let found =
        Collection::of(Decoder::Json, &section, false, "a.json", br#"[{"at": 0, "n": 0}, {"at": 1700000000, "n": 1}]"#);
    assert_eq!(found.values_of("[].at"), ["1700000000"]);
    assert_eq!(found.values_of("[].n"), ["0", "1"]);
}
