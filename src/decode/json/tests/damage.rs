//! What damage costs: the element it stands in, and nothing behind it.

use super::{lines, read, read_facebook};
use crate::decode::{Decoder, cap};
use crate::emit::collect::Collection;
use crate::emit::{Emitter, Paths, Rules};
use std::io::{self, Read};

/// What is read of `json`, and the places of its problems.
#[track_caller]
fn check(records: &[&str], json: impl AsRef<[u8]>, expected: &[&str], problems: &[&str]) {
    let found = read(records, json);
    assert_eq!(lines(&found), expected);
    assert_eq!(found.error, None);
    let places: Vec<_> = found.problems.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(places, problems);
}

#[test]
fn one_damaged_record_costs_its_rest_and_no_other_record() {
    for damaged in [
        r#"{"a":2,"b":@@,"c":[{"d":1}]}"#,
        r#"{"a":2,"b" 5}"#,
        r#"{"a":2,"b":{"x":[1,2,{"y":}],"z":"}"}}"#,
        r#"{"a":2,"b":"says "hi, Ben" to all","c":3}"#,
        r#"{"a":2,"b":"no end,"c":"},{"}"#,
        r#"{"a":2,"b":tru,"c":3}"#,
    ] {
        let json = format!(r#"{{"m":[{{"a":1}},{damaged},{{"a":3}}],"t":"Ben"}}"#);
        let found = read(&["m[]"], &json);
        let got = lines(&found);
        assert_eq!(got.first().map(String::as_str), Some("m[0]: m[].a=1"), "{damaged}");
        assert!(got.iter().any(|line| line.starts_with("m[1]: m[].a=2")), "{damaged}: {got:?}");
        assert_eq!(got.get(2..), Some(&["m[2]: m[].a=3".to_owned(), "~.: t=Ben".to_owned()][..]), "{damaged}");
        assert_eq!(found.problems.len(), 1, "{damaged}");
        assert!(found.problems.iter().all(|(place, _)| place.starts_with("m[1]")), "{:?}", found.problems);
    }
}

#[test]
fn a_problem_says_where_and_what() {
    let found = read(&["m[]"], r#"{"m":[{"a":{"b":@}}]}"#);
    let expected = "byte 16: expected a value, found '@'; the rest of the element is left out";
    assert_eq!(found.problems, [("m[0].a".to_owned(), expected.to_owned())]);
}

#[test]
fn a_string_that_never_ends_costs_its_line() {
    let json = "{\"m\":[\n{\"a\":1,\n\"b\":\"x,\n\"c\":\"y\"\n},\n{\"a\":2}\n]}";
    let found = read(&["m[]"], json);
    assert_eq!(lines(&found).last().map(String::as_str), Some("m[1]: m[].a=2"));
}

#[test]
fn damage_outside_the_records_costs_one_member() {
    check(&["m[]"], r#"{"x":@@,"m":[{"a":1}]}"#, &["m[0]: m[].a=1"], &["."]);
    check(&[], r#"{"x":@@,"y":1}"#, &[".: y=1"], &["."]);
}

#[test]
fn one_damaged_line_costs_one_line() {
    check(
        &[],
        "{\"a\":1}\n{\"a\":[2,{\n{\"a\":3}\n]]\n{\"a\":4}",
        &["[0]: [].a=1", "[1]: [].a[]=2", "[2]: [].a=3", "[4]: [].a=4"],
        &["[1].a[1]", "."],
    );
}

#[test]
fn what_is_whole_before_a_cut_is_kept() {
    let json = r#"{"title":"Ben","messages":[{"a":1},{"a":2,"b":"cut o"#;
    let found = read(&["messages[]"], json);
    assert_eq!(lines(&found), ["messages[0]: messages[].a=1", "messages[1]: messages[].a=2", "~.: title=Ben"]);
    assert_eq!(found.error.as_deref(), Some("cut off at byte 52, inside messages[1]"));
}

#[test]
fn a_number_at_the_cut_is_not_taken_for_whole() {
    for (json, error) in [
        (r#"[{"a":170"#, "cut off at byte 9, inside [0]"),
        (r#"[{"a":1"#, "cut off at byte 7, inside [0]"),
        ("[1", "cut off at byte 2"),
    ] {
        let found = read(&["[]"], json);
        assert_eq!(lines(&found), [""; 0]);
        assert_eq!(found.error.as_deref(), Some(error));
    }
}

#[test]
fn text_that_is_no_json_fails_with_its_first_byte() {
    let found = read(&[], "<html>\n<p>no</p>");
    assert_eq!(found.error.as_deref(), Some("byte 0: expected a value, found '<'"));
    assert_eq!(found.records, []);
}

#[test]
fn a_file_of_damage_does_not_say_so_without_end() {
    let found = read(&["[]"], format!("[{}1]", "@,".repeat(1000)));
    assert_eq!(lines(&found), ["[1000]: []=1"]);
    assert_eq!(found.problems.last(), Some(&(".".to_owned(), "800 more places could not be read".to_owned())));
    assert_eq!(found.problems.len(), 201);
}

#[test]
fn bytes_that_are_no_text_are_one_problem() {
    let found = read(&["[]"], b"[{\"a\":\"x\xffy\"},{\"a\":\"\xc3\"},{\"a\":\"z\"}]");
    assert_eq!(found.values_of("[].a"), ["x\u{fffd}y", "\u{fffd}", "z"]);
    assert_eq!(found.problems.len(), 1);
    assert_eq!(found.problems.first().map(|(place, _)| place.as_str()), Some("byte 8"));
    assert!(found.problems.iter().all(|(_, what)| what.starts_with("2 times")));
}

#[test]
fn half_a_surrogate_pair_costs_one_character() {
    let found = read(&["[]"], r#"[{"a":"x\ud800y"},{"a":"\ud83d\ude0a"}]"#);
    assert_eq!(found.values_of("[].a"), ["x\u{fffd}y", "😊"]);
    assert!(found.problems.iter().all(|(_, what)| what.starts_with("1 halves")));
    assert_eq!(found.problems.len(), 1);
}

#[test]
fn nesting_without_end_is_left_out_and_the_rest_read() {
    let deep = format!("{}1{}", "[".repeat(1000), "]".repeat(1000));
    let objects = format!("{}1{}", "{\"k\":".repeat(1000), "}".repeat(1000));
    for deep in [deep, objects] {
        let found = read(&["[]"], format!(r#"[{{"a":{deep},"b":1}},{{"b":2}}]"#));
        assert_eq!(found.values_of("[].b"), ["1", "2"]);
        assert_eq!(found.problems.len(), 1);
        assert_eq!(found.error, None);
    }
    assert!(read(&[], "[".repeat(100_000)).error.is_some_and(|what| what.starts_with("cut off at byte 100000")));
}

#[test]
fn nesting_to_the_cap_is_read() {
    let deep = format!("{}1{}", "[".repeat(cap::DEPTH), "]".repeat(cap::DEPTH));
    let found = read(&[], deep);
    assert_eq!(found.problems, []);
    assert!(lines(&found).iter().all(|line| line.ends_with("=1")));
    assert_eq!(found.records.len(), 1);
}

#[test]
fn a_text_beyond_the_cap_is_cut_and_said_so() {
    let long = "é".repeat(cap::VALUE / 2 + 10);
    let found = read(&["[]"], format!(r#"[{{"a":"{long}\"\u0041","b":1}},{{"a":"next"}}]"#));
    let cut = found.records.first().and_then(|record| record.get("[].a")).unwrap_or_default();
    assert_eq!(cut.len(), cap::VALUE + "…".len());
    assert!(cut.ends_with("é…"));
    assert_eq!(found.values_of("[].b"), ["1"]);
    assert_eq!(found.records.len(), 2);
    assert_eq!(found.problems.first().map(|(place, _)| place.as_str()), Some("[0].a"));
}

#[test]
fn a_key_beyond_the_cap_is_cut() {
    let key = "\\u00c3\\u00a9".repeat(cap::KEY / 12 + 10);
    let found = read_facebook(&["[]"], format!(r#"[{{"{key}":"x","b":1}}]"#));
    let kept = found.records.first().and_then(|record| record.values.first()).map(|(path, _)| path.clone());
    assert!(kept.is_some_and(|path| path.starts_with("[].éé") && path.ends_with('…') && path.len() < cap::KEY));
    assert_eq!(found.values_of("[].b"), ["1"]);
    assert_eq!(found.problems.len(), 1);
}

/// Breaks behind its bytes, as a damaged archive does.
struct Broken<'a>(&'a [u8]);

impl Read for Broken<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self.0.read(out)? {
            0 => Err(io::Error::other("the checksum is wrong")),
            count => Ok(count),
        }
    }
}

#[test]
fn what_is_whole_before_a_broken_read_is_kept() {
    for records in [&["[]"][..], &[]] {
        let section = super::section(records);
        let mut paths = Paths::new(0, 1, false);
        let mut found = Collection::default();
        let mut emitter = Emitter::new(Rules { section: &section, shared: &[] }, &mut paths, &mut found, "a.json");
        let outcome = Decoder::Json.decode(&mut Broken(br#"[{"a":1},{"a":2},{"a"#), &mut emitter);
        emitter.finish();
        assert_eq!(outcome.map_err(|error| error.to_string()), Err("the checksum is wrong".to_owned()));
        assert_eq!(found.values_of("[].a"), ["1", "2"]);
    }
}
