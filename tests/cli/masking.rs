//! Values that identify somebody are masked unless one asks, and masking changes no count.

use crate::world::*;
use serde_json::Value;

/// Commands that mask, in both of their forms.
const MASKING: [&[&str]; 9] = [
    &["fields"],
    &["fields", "--json"],
    &["shared", "--companies", "1"],
    &["shared", "--companies", "1", "--json"],
    &["recipients"],
    &["recipients", "--json"],
    &["matrix", "--json"],
    &["summary"],
    &["choices"],
];

/// Phones, e-mail and IP addresses, device ids and addresses of `src/sample/`, as they are written there.
const PLANTED: [&str; 24] = [
    "7700900123",
    "7700 900123",
    "7700900456",
    "7700900789",
    "7700900321",
    "7700900654",
    "7700900999",
    "7700 900999",
    "2025550143",
    "2025550117",
    "2025550188",
    "rosa.quill@",
    "r.quill@",
    "rosa.q@",
    "ben.zoe@",
    "jose@example.net",
    "sam.okafor@",
    "a.ruiz@",
    "203.0.113.47",
    "198.51.100.23",
    "192.0.2.200",
    "a81f33d07c2e94b5",
    "38400000-8cf0",
    "Walcot Parade",
];

#[test]
fn without_being_asked_no_command_shows_a_value_that_identifies_somebody() {
    for args in MASKING {
        let ran = tellall(args).ended(0);
        for planted in PLANTED {
            assert!(!ran.out.contains(planted), "{args:?} shows {planted}: {}", around(&ran.out, planted));
            assert!(!ran.err.contains(planted), "{args:?} says {planted}");
        }
    }
}

fn around<'t>(text: &'t str, word: &str) -> &'t str {
    let at = text.find(word).unwrap_or(0);
    let start = (at.saturating_sub(300)..=at).find(|start| text.is_char_boundary(*start)).unwrap_or(at);
    text.get(start..at + word.len()).unwrap_or_default()
}

#[test]
fn asked_for_they_are_shown() {
    let shown = tellall(&["shared", "--companies", "1", "--reveal"]).ended(0).out;
    for value in ["+447700900123", "+12025550188", "rosa.quill@example.com", "203.0.113.47", "a81f33d07c2e94b5"] {
        assert!(shown.contains(value), "{value}");
    }
    assert!(tellall(&["fields", "--reveal", "--json"]).ended(0).out.contains("+44 7700 900123"));
}

#[test]
fn a_mask_keeps_country_and_last_digits_and_equal_values_equal() {
    let shared = tellall(&["shared", "--mine", "--kind", "phone", "--json"]).ended(0).json();
    let phone = &list(&shared, "identifiers")[0];
    assert_eq!(text(phone, "value"), "+44•••••0123");
    let shown = texts(list(phone, "evidence"), "as_written");
    assert!(shown.iter().all(|written| written.contains('•') && written.ends_with("0123")), "{shown:?}");
}

/// The numbers of an answer, in their order.
fn numbers(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Number(number) => into.push(number.to_string()),
        Value::Array(list) => list.iter().for_each(|value| numbers(value, into)),
        Value::Object(object) => object.values().for_each(|value| numbers(value, into)),
        _ => {}
    }
}

#[test]
fn masking_changes_no_count_and_no_order() {
    for command in ["fields", "shared", "recipients", "summary"] {
        let counts = |more: &[&str]| {
            let args = [&[command, "--json"], more].concat();
            let args: Vec<&str> = if command == "summary" { [&args[..], &["--reproducible"]].concat() } else { args };
            let mut found = Vec::new();
            numbers(&tellall(&args).ended(0).json(), &mut found);
            found
        };
        let masked = counts(&[]);
        assert!(!masked.is_empty());
        assert_eq!(masked, counts(&["--reveal"]), "{command}");
    }
}

#[test]
fn search_and_record_show_what_they_found() {
    let found = tellall(&["search", "07700 900123"]).ended(0).out;
    assert!(found.contains("my new number stays 07700 900123"), "{found}");
}
