//! What `--json` prints is what `schema/` says, for every command.

use crate::world::{ENGLISH_CHAT, FACEBOOK_2019, FACEBOOK_2024, Home, list, samples, tellall, text, world};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// `contradictions` and `labels` are checked in `tied.rs`, since the samples hold none; conversations in `conversations.rs`, mistakes in `settings.rs`.
/// A command, and the schema of what it prints.
const COMMANDS: [(&[&str], &str); 28] = [
    (&["exports"], "exports"),
    (&["search", "rosa"], "search"),
    (&["search", "café", "--limit", "3", "--sort", "oldest"], "search"),
    (&["fields"], "fields"),
    (&["fields", "--company", "facebook", "--origin", "inferred", "--reveal"], "fields"),
    (&["matrix"], "matrix"),
    (&["shared"], "shared"),
    (&["shared", "--reveal", "--companies", "1"], "shared"),
    (&["recipients"], "recipients"),
    (&["choices"], "choices"),
    (&["completeness"], "completeness"),
    (&["completeness", FACEBOOK_2024], "completeness"),
    (&["ledger"], "ledger"),
    (&["ledger", "--fate", "failed"], "ledger"),
    (&["summary"], "summary"),
    (&["summary", "--reveal", "--reproducible"], "summary"),
    (&["companies"], "companies"),
    (&["guide"], "guides"),
    (&["guide", "facebook"], "guides"),
    (&["diff", FACEBOOK_2019, FACEBOOK_2024], "diff"),
    (&["people"], "people"),
    (&["people", "zoë", "--reveal"], "people"),
    (&["timeline"], "timeline"),
    (&["timeline", "--by", "month"], "timeline"),
    (&["timeline", "--by", "hour"], "timeline"),
    (&["config", "show"], "config"),
    (&["config", "path"], "config_path"),
    (&["config", "keys"], "config_keys"),
];

fn schemas() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schema")
}

fn validator(name: &str) -> jsonschema::Validator {
    let file = schemas().join(format!("{name}.schema.json"));
    let schema: Value = serde_json::from_slice(&fs::read(&file).expect("the schema is there")).expect("it is JSON");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{name}");
    jsonschema::draft202012::new(&schema).expect("it is a schema")
}

pub fn check(name: &str, value: &Value) {
    let mistakes: Vec<String> =
        validator(name).iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(mistakes.is_empty(), "{name}: {mistakes:#?}");
}

/// Takes the first of the required keys away, in turn at every object below, and finds that the schema minds.
fn check_minds(name: &str, value: &Value) {
    let mut lacking = value.clone();
    let keys = lacking.as_object_mut().expect("an object");
    let first = keys.keys().next().cloned().expect("it has keys");
    keys.remove(&first);
    assert!(!validator(name).is_valid(&lacking), "{name} does not miss {first}");
    let mut more = value.clone();
    more["unheard_of"] = Value::Null;
    assert!(!validator(name).is_valid(&more), "{name} allows anything");
}

#[test]
fn what_every_command_prints_is_valid_by_its_schema() {
    for (args, schema) in COMMANDS {
        let printed = tellall(&[args, &["--json"]].concat()).ended(0).json();
        check(schema, &printed);
        check_minds(schema, &printed);
        let shows = |part: &Value| match part {
            Value::Array(list) => !list.is_empty(),
            Value::Object(map) => !map.is_empty(),
            _ => false,
        };
        assert!(printed.as_object().expect("an object").values().any(shows), "{args:?} shows something");
    }
}

#[test]
fn an_import_reports_as_exports_does() {
    let import = world().imported.json();
    check("exports", &import);
    assert_eq!(list(&import, "exports").len(), 10);
}

#[test]
fn each_line_of_a_stream_of_hits_is_a_hit() {
    let lines = tellall(&["search", "--jsonl", "rosa"]).ended(0).out;
    assert!(lines.lines().count() > 10);
    for line in lines.lines() {
        let hit: Value = serde_json::from_str(line).expect("a line of JSON");
        check("hit", &hit);
        check_minds("hit", &hit);
    }
}

#[test]
fn a_record_and_what_an_archive_is_are_valid() {
    let record = tellall(&["record", ENGLISH_CHAT, "line 2", "--json"]).ended(0).json();
    check("record", &record);
    check_minds("record", &record);
    let detected = tellall(&["detect", "--json", samples().to_str().expect("UTF-8")]).ended(0).json();
    check("detect", &detected);
    check_minds("detect", &detected);
    assert_eq!(list(&detected, "exports").len(), 10);
}

#[test]
fn an_empty_index_prints_empty_lists_and_ends_with_1() {
    let home = Home::new();
    for command in
        ["exports", "fields", "matrix", "shared", "recipients", "choices", "completeness", "ledger", "summary"]
    {
        let printed = home.run(&[command, "--json"]).ended(1).json();
        check(command, &printed);
    }
    check("search", &home.run(&["search", "rosa", "--json"]).ended(1).json());
}

#[test]
fn every_schema_is_checked_by_a_test_of_this_file() {
    let mut checked: BTreeSet<String> = COMMANDS.iter().map(|(_, schema)| (*schema).to_owned()).collect();
    checked.extend(
        ["hit", "record", "detect", "contradictions", "labels", "conversation", "conversations", "config_check"]
            .map(str::to_owned),
    );
    let files = fs::read_dir(schemas()).expect("the folder of schemas");
    let names = files.map(|file| file.expect("an entry").file_name().to_string_lossy().replace(".schema.json", ""));
    assert_eq!(names.collect::<BTreeSet<String>>(), checked);
}

#[test]
fn a_reproducible_summary_is_the_same_bytes_twice_and_does_not_say_when_it_was_made() {
    let summary = || tellall(&["summary", "--reproducible"]).ended(0).out;
    let (one, two) = (summary(), summary());
    assert_eq!(one, two);
    let one: Value = serde_json::from_str(&one).expect("JSON");
    assert_eq!(one["tellall_summary"], 1);
    assert!(one.get("generated_at").is_none_or(Value::is_null));
    let dated = tellall(&["summary"]).ended(0).json();
    assert!(text(&dated, "generated_at").ends_with('Z'));
}

#[test]
fn a_reproducible_summary_does_not_tell_in_which_index_or_when_it_was_imported() {
    let home = Home::new();
    home.import(&samples());
    let here = home.run(&["summary", "--reproducible"]).ended(0).out;
    assert_eq!(here, tellall(&["summary", "--reproducible"]).ended(0).out);
}
