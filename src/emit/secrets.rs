//! What becomes of secrets, and of keys beyond counting.

use super::collect::Collection;
use crate::decode::Decoder;
use crate::record::IdKind;
use crate::sheets::{FieldPattern, FieldRule, Section};

fn read(section: &Section, text: &str) -> Collection {
    Collection::of(Decoder::Json, section, false, "a.json", text.as_bytes())
}

fn place(text: &str) -> FieldPattern {
    FieldPattern::parse(text).expect("the pattern is well formed")
}

#[test]
fn a_secret_is_masked_before_anything_is_made_of_it() {
    let rule = FieldRule { id: Some(IdKind::Url), ..FieldRule::default() };
    let section = Section {
        thread: vec![crate::sheets::ThreadName::Field(place("room"))],
        fields: vec![(place("link"), rule)],
        ..Section::default()
    };
    let found =
        read(&section, r#"[{"link": "https://files.example.com/a?token=abc123", "room": "AKIAABCD2345EFGH6789"}]"#);
    assert_eq!(found.values_of("[].link"), ["https://files.example.com/a?token=‹secret, 6 characters›"]);
    assert_eq!(found.records[0].thread.as_deref(), Some("‹AWS key, 20 characters›"));
    let (_, normal, _) = &found.identifiers[0];
    assert!(!normal.contains("abc123"), "{normal}");
}

#[test]
fn a_key_tells_of_a_secret_without_a_sheet() {
    let found = read(
        &Section::default(),
        r#"[{"password": "hunter2", "api_key": {"value": "k"}, "token": "a1b2c3d4e5", "password_set": true}]"#,
    );
    let masked = ["password", "api_key.value", "token"].map(|key| found.records[0].get(&format!("[].{key}")));
    assert_eq!(
        masked,
        [Some("‹secret, 7 characters›"), Some("‹secret, 1 characters›"), Some("‹secret, 10 characters›")]
    );
    assert_eq!(found.records[0].get("[].password_set"), Some("true"));
}

#[test]
fn a_rule_that_names_the_key_has_the_last_word_and_one_for_all_keys_has_not() {
    let section =
        |pattern: &str| Section { fields: vec![(place(pattern), FieldRule::default())], ..Section::default() };
    let text = r#"[{"token": "a1b2c3d4e5"}]"#;
    assert_eq!(read(&section("token"), text).values_of("[].token"), ["a1b2c3d4e5"]);
    assert_eq!(read(&section("**"), text).values_of("[].token"), ["‹secret, 10 characters›"]);
}

#[test]
fn a_key_the_sheet_speaks_of_is_a_field_however_many_there_are() {
    let section = Section { fields: vec![(place("predicted_age"), FieldRule::default())], ..Section::default() };
    let many: Vec<String> = (0..600).map(|n| format!("{{\"key_{n}\": 1}}")).collect();
    let found = read(&section, &format!("[{}, {{\"key_x\": 1, \"predicted_age\": \"25-34\"}}]", many.join(",")));
    assert_eq!(found.values_of("[].predicted_age"), ["25-34"]);
    assert_eq!(found.values_of("[].key_x"), Vec::<&str>::new());
}
