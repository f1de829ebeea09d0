//! Every form JSON has in exports.

use super::{check, lines, read, read_facebook};
use crate::decode::Decoder;
use crate::emit::collect::Collection;
use crate::emit::{Emitter, Paths, Rules};
use crate::sheets::{FieldPattern, FieldRule, Section};

#[test]
fn records_are_where_the_sheet_says() {
    let json = r#"{"title":"Ben","messages":[{"text":"hi","n":12345678901234567890},{"text":"","ok":true,"x":null}]}"#;
    check(
        &["messages[]"],
        json,
        &[
            "messages[0]: messages[].text=hi messages[].n=12345678901234567890",
            "messages[1]: messages[].ok=true",
            "~.: title=Ben",
        ],
    );
}

#[test]
fn numbers_stay_as_written() {
    check(&[], r#"{"a":1e400,"b":-0.10,"c":NaN,"d":-Infinity}"#, &[".: a=1e400 b=-0.10 c=NaN d=-Infinity"]);
}

#[test]
fn lists_of_objects_under_any_object_are_records_when_no_sheet_says() {
    check(
        &[],
        r#"{"v":1,"a":{"b":[{"c":1,"tags":["x","y"]},{"c":2}]}}"#,
        &["a.b[0]: a.b[].c=1 a.b[].tags[]=x a.b[].tags[]=y", "a.b[1]: a.b[].c=2", "~.: v=1"],
    );
    check(&[], r#"[{"a":1},{"a":[{"b":2}]}]"#, &["[0]: [].a=1", "[1]: [].a[].b=2"]);
}

#[test]
fn lists_of_texts_are_records_only_at_the_top() {
    check(&[], r#"{"topics":["cats",null,"rain"]}"#, &["topics[0]: topics[]=cats", "topics[2]: topics[]=rain"]);
    check(&[], r#"["cats","rain"]"#, &["[0]: []=cats", "[1]: []=rain"]);
    check(&[], r#"{"a":{"topics":["cats","rain"]}}"#, &[".: a.topics[]=cats a.topics[]=rain"]);
}

#[test]
fn an_object_without_lists_is_one_record() {
    check(&[], r#"{"name":"Rosa Quill","born":{"year":1990}}"#, &[".: name=Rosa Quill born.year=1990"]);
    check(&[], "\"text\"", &[".: .=text"]);
    check(&[], "", &[]);
}

#[test]
fn a_list_reached_through_more_than_four_objects_belongs_to_the_whole() {
    check(&[], r#"{"a":{"b":{"c":{"d":[{"e":1}]}}}}"#, &["a.b.c.d[0]: a.b.c.d[].e=1"]);
    check(&[], r#"{"a":{"b":{"c":{"d":{"e":[{"f":1}]}}}}}"#, &[".: a.b.c.d.e[].f=1"]);
}

#[test]
fn a_bare_object_stands_for_a_list_of_one() {
    check(&["[]"], r#"{"ID":1}"#, &["[0]: [].ID=1"]);
    check(&["messages[]"], r#"{"messages":{"text":"hi"}}"#, &["messages[0]: messages[].text=hi"]);
    check(
        &["friends_v2[]", "friends.list[]"],
        r#"{"friends":{"list":[{"name":"Ben"}]}}"#,
        &["friends.list[0]: friends.list[].name=Ben"],
    );
    check(&["", "[]"], r#"{"ID":1}"#, &[".: ID=1"]);
}

#[test]
fn keys_that_are_data_become_values() {
    let mut section = super::section(&["cookies.*"]);
    section.keyed = vec![FieldPattern::parse("cookies").expect("well formed")];
    let json = br#"{"cookies":{"abc":[1700000000,1700000001],"def":[1700000002]}}"#;
    let found = Collection::of(Decoder::Json, &section, false, "c.json", json);
    assert_eq!(
        lines(&found),
        [
            "cookies.abc: cookies.{}.key()=abc cookies.{}[]=1700000000 cookies.{}[]=1700000001",
            "cookies.def: cookies.{}.key()=def cookies.{}[]=1700000002",
        ]
    );
}

#[test]
fn trees_of_sections_give_the_entries_of_all_levels() {
    check(
        &["**.entries[]"],
        r#"{"t":[{"name":"A","entries":[{"v":1}],"children":[{"entries":[{"v":2}]}]}]}"#,
        &[
            "t[0].entries[0]: t[].entries[].v=1",
            "t[0].children[0].entries[0]: t[].children[].entries[].v=2",
            "~.: t[].name=A",
        ],
    );
}

#[test]
fn what_was_a_record_in_one_file_need_not_be_one_in_the_next() {
    let section = super::section(&[]);
    let mut paths = Paths::new(0, 1, false);
    let mut found = Collection::default();
    for json in [r#"{"name":"Rosa Quill","list":{"a":1}}"#, r#"{"name":"Ben","list":[{"a":2},{"a":3}]}"#] {
        let mut emitter = Emitter::new(Rules { section: &section, shared: &[] }, &mut paths, &mut found, "a.json");
        Decoder::Json.decode(&mut json.as_bytes(), &mut emitter).expect("it is whole");
        emitter.finish();
    }
    assert_eq!(
        lines(&found),
        [".: name=Rosa Quill list.a=1", "list[0]: list[].a=2", "list[1]: list[].a=3", "~.: name=Ben"]
    );
}

#[test]
fn one_value_a_line_is_one_record_a_line() {
    let json = "{\"e\":\"open\",\"tags\":[{\"t\":1}]}\n\n{\"e\":\"close\"}\n";
    let expected = ["[0]: [].e=open [].tags[].t=1", "[1]: [].e=close"];
    check(&[], json, &expected);
    check(&["[]"], json, &expected);
}

#[test]
fn values_without_anything_between_them_are_read_one_by_one() {
    check(&[], r#"{"a":1}{"a":2}"#, &["[0]: [].a=1", "[1]: [].a=2"]);
    check(&[], r#"[{"a":1}][{"a":2}]"#, &["[0]: [].a=1", "[1]: [].a=2"]);
    check(&["m[]"], r#"{"m":[{"a":1}]}{"m":[{"a":2}]}"#, &["m[0]: m[].a=1", "m[0]: m[].a=2"]);
}

#[test]
fn a_second_value_behind_a_large_one_is_read_too() {
    let large = format!("{{\"a\":\"{}\"}}\n{{\"a\":\"last\"}}", "x".repeat(300_000));
    let found = read(&[], large);
    assert_eq!(lines(&found).last().map(String::as_str), Some("~.: a=".to_owned() + &"x".repeat(300_000)).as_deref());
    assert_eq!(lines(&found).first().map(String::as_str), Some("[1]: [].a=last"));
}

#[test]
fn javascript_around_the_value_is_passed() {
    check(&["[]"], "window.YTD.tweets.part0 = [ {\"id\":1} ];\n", &["[0]: [].id=1"]);
    check(&[], "var x={\"id\":1};", &[".: id=1"]);
    check(&[], "window.a[\"b\"] = [{\"id\":1}];\nwindow.c = [{\"id\":2}]", &["[0]: [].id=1", "[1]: [].id=2"]);
}

#[test]
fn marks_and_other_encodings_do_not_matter() {
    let json = "[{\"name\":\"Zoë 😊\"}]";
    let expected = ["[0]: [].name=Zoë 😊"];
    check(&[], format!("\u{feff}{json}"), &expected);
    check(&[], json.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(), &expected);
    check(&[], format!("\u{feff}{json}").encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>(), &expected);
}

#[test]
fn what_people_write_into_json_by_hand_is_passed() {
    let json = "// exported\n[{\"a\":1/* b */,\"b\":[2,],},\u{a0}\n{\"a\":3}\n{\"a\":/**/4}, ]";
    check(&[], json, &["[0]: [].a=1 [].b[]=2", "[1]: [].a=3", "[2]: [].a=4"]);
}

#[test]
fn escapes_that_are_none_and_raw_control_characters_are_taken() {
    check(&[], "[{\"a\":\"it\\'s \\x07 C:\\Quill\ttab\nline\"}]", &["[0]: [].a=it's \u{7} C:\\Quill\ttab\nline"]);
}

#[test]
fn a_value_without_quotes_reaches_to_the_end_of_its_line() {
    // Telegram Desktop 4.1, 2022-08.
    let json = "[{\n\"document_id\": stickers/sticker (2).webm,\n\"b\": 1\n}]";
    check(&[], json, &["[0]: [].document_id=stickers/sticker (2).webm [].b=1"]);
}

#[test]
fn a_key_written_twice_gives_both_values() {
    check(&[], r#"[{"text":"gift","text":"thanks"}]"#, &["[0]: [].text=gift [].text=thanks"]);
}

#[test]
fn mojibake_of_facebook_is_put_right_in_values_and_keys() {
    let json = r#"[{"caf\u00c3\u00a9":"\u00f0\u009f\u0098\u008a","b":"\u2764 \u00c3\u00a9","c":"Zo\u00eb"}]"#;
    assert_eq!(lines(&read_facebook(&[], json)), ["[0]: [].café=😊 [].b=❤ Ã© [].c=Zoë"]);
    assert_eq!(lines(&read_facebook(&[], "[{\"a\":\"Ã© Ben\"}]")), ["[0]: [].a=é Ben"]);
    assert_eq!(lines(&read(&[], "[{\"a\":\"Ã© Ben\"}]")), ["[0]: [].a=Ã© Ben"]);
}

/// Read by a rule that says the values of `members` are JSON in strings, and those of `members[].more`.
fn read_within(json: &str) -> Collection {
    let pattern = |text: &str| FieldPattern::parse(text).expect("the pattern is well formed");
    let rule = |place: &str| (pattern(place), FieldRule { json: true, ..FieldRule::default() });
    let section = Section {
        records: vec![pattern("chats[]")],
        fields: vec![rule("members"), rule("members[].more")],
        ..Section::default()
    };
    Collection::of(Decoder::Json, &section, false, "a.json", json.as_bytes())
}

#[test]
fn json_in_a_string_is_walked_as_if_it_stood_there() {
    let found = read_within(
        r#"{"chats":[{"id":1,"members":"[\"8:ben\",{\"name\":\"Jos\\u00e9 \\\"Pepe\\\"\",\"more\":\"{\\\"a\\\":-0.10}\"}]","z":2}]}"#,
    );
    assert_eq!(
        lines(&found),
        [
            r#"chats[0]: chats[].id=1 chats[].members[]=8:ben chats[].members[].name=José "Pepe" chats[].members[].more.a=-0.10 chats[].z=2"#
        ],
    );
    assert!(found.problems.is_empty() && found.error.is_none());
}

#[test]
fn objects_with_commas_between_them_and_line_ends_in_a_string_are_a_list() {
    let found = read_within(
        r#"{"chats":[{"members":"{\"a\":\"x\ny\"},{\"a\":\"z\"}"},{"members":"{\"a\":\n\"one\nline\"}"}]}"#,
    );
    assert_eq!(
        lines(&found),
        ["chats[0]: chats[].members[].a=x\ny chats[].members[].a=z", "chats[1]: chats[].members.a=one\nline"],
    );
    assert!(found.problems.is_empty() && found.error.is_none());
}

#[test]
fn what_is_no_json_in_a_string_stays_the_text_it_is() {
    let found = read_within(
        r#"{"chats":[{"members":"[\"8:ben\""},{"members":"Ben, Marta"},{"members":"17"},{"members":["8:ben"]},{"members":""}]}"#,
    );
    assert_eq!(
        lines(&found),
        [
            r#"chats[0]: chats[].members=["8:ben""#,
            "chats[1]: chats[].members=Ben, Marta",
            "chats[2]: chats[].members=17",
            "chats[3]: chats[].members[]=8:ben",
        ],
    );
    assert!(found.problems.is_empty() && found.error.is_none());
}

#[test]
fn lines_that_each_hold_one_kind_of_thing_are_records_of_these() {
    check(
        &["[].item", "[].chat"],
        "{\"v\":1}\n{\"chat\":{\"id\":1}}\n{\"item\":{\"t\":\"a\"}}\n{\"item\":{\"t\":\"b\"}}\n",
        &["[1].chat: [].chat.id=1", "[2].item: [].item.t=a", "[3].item: [].item.t=b", "~.: [].v=1"],
    );
}

#[test]
fn an_empty_object_says_what_its_rule_says() {
    let pattern = |text: &str| FieldPattern::parse(text).expect("the pattern is well formed");
    let rule = FieldRule { empty: Some("deleted".to_owned()), ..FieldRule::default() };
    let section = Section { records: vec![pattern("[]")], fields: vec![(pattern("gone"), rule)], ..Section::default() };
    let json = r#"[{"id":1,"gone":{}},{"id":2,"gone":{"by":"Ben"}},{"id":3,"other":{}}]"#;
    let found = Collection::of(Decoder::Json, &section, false, "a.json", json.as_bytes());
    assert_eq!(found.values_of_all(), ["[].id=1", "[].gone=deleted", "[].id=2", "[].gone.by=Ben", "[].id=3"]);
}
