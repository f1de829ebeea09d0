//! What ties companies and people together, what changed, and what the person says of it. Each test writes its own exports.

use crate::schemas::check;
use crate::world::*;
use serde_json::Value;

/// SHA-256 of `rosa.quill@example.com`, by `sha256sum`.
const HASHED: &str = "2476f6b124511bcb600bfb36eaaefd0508354b738e0a41c6b36709743f3d849b";

/// Two companies nobody has a sheet for.
fn two(one: &[(&str, &str)], other: &[(&str, &str)]) -> Home {
    let home = Home::new();
    for (folder, files) in [("alder", one), ("birch", other)] {
        for (name, text) in files {
            home.file(&format!("{folder}/{name}"), text);
        }
        home.import(&home.path().join(folder));
    }
    home
}

fn json(home: &Home, args: &[&str]) -> Value {
    home.run(&[args, &["--json"]].concat()).json()
}

#[test]
fn an_address_that_one_company_holds_hashed_ties_it_to_the_company_that_holds_it_plain() {
    let uploads = format!(r#"{{"audiences":[{{"list":"spring","match_key":"{HASHED}"}}]}}"#);
    let home = two(&[("profile.json", r#"{"email":"Rosa.Quill@example.com"}"#)], &[("audiences.json", &uploads)]);
    let shared = json(&home, &["shared", "--owner", "rosa.quill@example.com"]);
    check("shared", &shared);
    let rows = list(&shared, "identifiers");
    assert_eq!(rows.len(), 1, "{shared:#}");
    assert_eq!(
        ["kind", "owner", "certainty", "why"].map(|key| text(&rows[0], key)),
        ["email", "mine", "certain", "the same e-mail address"]
    );
    let rules = texts(list(&rows[0], "evidence"), "rule");
    assert_eq!(rules, ["e-mail address, letter case ignored", "SHA-256 of the e-mail address"]);
    let hidden =
        list(&rows[0], "evidence").iter().all(|side| !text(side, "as_written").contains(HASHED.split_at(20).0));
    assert!(hidden, "a digest is as good as the address: it is masked, too");
}

#[test]
fn a_digest_of_something_unknown_ties_nothing() {
    let uploads = r#"{"audiences":[{"match_key":"9e107d9d372bb6826bd81d3542a419d6"}]}"#;
    let home = two(&[("audiences.json", uploads)], &[("audiences.json", uploads)]);
    assert_eq!(list(&json(&home, &["shared"]), "identifiers").len(), 0);
}

#[test]
fn companies_that_disagree_about_the_owner_are_shown_side_by_side() {
    let home = two(
        &[(
            "profile.json",
            r#"{"full_name":"Rosa Quill","gender":"female","birth_date":"1987-04-12","language":"en_GB"}"#,
        )],
        &[(
            "account_profile.json",
            r#"{"full_name":"Rosa M Quill","gender":"male","birth_date":"1988-04-12","language":"English"}"#,
        )],
    );
    let found = json(&home, &["contradictions", "--reveal"]);
    check("contradictions", &found);
    let about = texts(list(&found, "contradictions"), "about");
    assert_eq!(about, ["birth date", "gender"], "{found:#}");
    let sides = list(&list(&found, "contradictions")[0], "sides").to_vec();
    assert_eq!(texts(&sides, "value"), ["1987-04-12", "1988-04-12"]);
    for side in &sides {
        home.run(&["record", text(side, "export"), text(side, "locator")]).ended(0);
    }
    let hidden = home.run(&["contradictions"]).ended(0).out;
    assert!(!hidden.contains("04-12"), "{hidden}");
}

#[test]
fn what_changed_between_two_exports_is_listed_and_what_is_equal_is_not() {
    let home = Home::new();
    home.file("old/cedar-2023-01-01/profile.json", r#"{"email":"rosa.quill@example.com","city":"Bath"}"#);
    home.file("new/cedar-2024-01-01/profile.json", r#"{"email":"rosa.quill@example.com","phone":"+44 7700 900123"}"#);
    home.import(&home.path().join("old/cedar-2023-01-01"));
    home.import(&home.path().join("new/cedar-2024-01-01"));
    let exports =
        texts(list(&json(&home, &["exports"]), "exports"), "id").iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    let diff = json(&home, &["diff", &exports[0], &exports[1]]);
    check("diff", &diff);
    let told = |key: &str| -> Vec<String> {
        list(&diff, key).iter().map(|row| format!("{} {}", text(row, "change"), text(row, "what"))).collect()
    };
    assert_eq!(told("fields"), ["gone other:profile · city", "added other:profile · phone"]);
    assert_eq!(told("identifiers"), ["added phone +44•••••0123 (other)"]);
    assert!(told("sections").is_empty() && told("recipients").is_empty() && told("choices").is_empty());
    home.run(&["diff", &exports[0], &exports[0]]).ended(1);
    let missing = home.run(&["diff", &exports[0], "cedar-1999"]).ended(2);
    assert!(missing.err.contains("no export is called cedar-1999"), "{}", missing.err);
}

const ADDRESS_BOOK: &str = r#"[{"name":"Ben Zoë","phone":"+44 7700 900456","email":"ben.zoe@example.org"},{"name":"Marta Quill","phone":"+44 7700 900789"}]"#;

#[test]
fn accounts_are_joined_by_what_both_hold_and_equal_names_are_only_a_suggestion() {
    let home = two(
        &[("contacts.json", ADDRESS_BOOK)],
        &[
            ("contacts.json", r#"[{"name":"B. Z.","phone":"07700 900456"}]"#),
            ("messages.json", r#"[{"sender_name":"Marta Quill","text":"hello","time":"2024-01-02T03:04:05Z"}]"#),
        ],
    );
    let of = |home: &Home, owner: &str| json(home, &["people", "--owner", owner]);
    let people = of(&home, "+44 7700 900123");
    check("people", &people);
    let names: Vec<Vec<&str>> = list(&people, "people")
        .iter()
        .map(|person| list(person, "names").iter().filter_map(Value::as_str).collect())
        .collect();
    assert_eq!(names, [vec!["Marta Quill"], vec!["Ben Zoë", "B. Z."], vec!["Marta Quill"]], "{people:#}");
    let ben = &list(&people, "people")[1];
    assert_eq!(texts(list(ben, "identifiers"), "kind"), ["phone", "email"]);
    assert_eq!(list(ben, "companies").len(), 2);

    let suggestion = &list(&people, "suggestions")[0];
    assert_eq!((text(suggestion, "name"), &suggestion["accepted"]), ("Marta Quill", &false.into()));
    let id = text(suggestion, "id").to_owned();
    home.run(&["people", "--accept", &id, "--owner", "+44 7700 900123"]).ended(0);
    let joined = of(&home, "+44 7700 900123");
    assert_eq!(list(&joined, "people").len(), 2);
    let marta = &list(&joined, "people")[0];
    assert_eq!((text(marta, "name"), &marta["messages"]), ("Marta Quill", &1.into()));
    assert_eq!(list(marta, "why"), ["you said that they are one"]);

    home.run(&["people", "--undo", &id]).ended(0);
    assert_eq!(list(&of(&home, "+44 7700 900123"), "people").len(), 3);
    let wrong = home.run(&["people", "--accept", "s00000000"]).ended(2);
    assert!(wrong.err.contains("no suggestion is called s00000000"), "{}", wrong.err);
}

#[test]
fn a_corrected_label_holds_everywhere_and_can_be_taken_back() {
    let home =
        two(&[("profile.json", r#"{"quux":"+44 7700 900123","frob":"heron"}"#)], &[("profile.json", r#"{"x":"1"}"#)]);
    let field = ["unknown:alder", "other:profile", "frob"];
    let category = |home: &Home| {
        let fields = json(home, &["fields", "--company", "unknown:alder"]);
        let held =
            list(&fields, "fields").iter().find(|held| text(held, "field") == "frob").expect("the field").clone();
        (text(&held, "category").to_owned(), text(&held, "origin").to_owned(), text(&held, "why").to_owned())
    };
    let before = category(&home);
    home.run(&["label", field[0], field[1], field[2], "--category", "interest", "--origin", "inferred"]).ended(0);
    assert_eq!(category(&home), ("interest".to_owned(), "inferred".to_owned(), "you said so".to_owned()));
    assert_eq!(count_in(&home, "category:interest"), 1);
    check("labels", &json(&home, &["label"]));
    let sheet = home.run(&["label", "--sheet"]).ended(0).out;
    assert!(sheet.contains(r#""**.frob" = { category = "interest", origin = "inferred" }"#), "{sheet}");
    home.run(&["label", field[0], field[1], field[2], "--undo"]).ended(0);
    assert_eq!(category(&home), before);
    home.run(&["label"]).ended(1);
    let wrong = home.run(&["label", field[0], field[1], "nothing", "--category", "interest"]).ended(2);
    assert!(wrong.err.contains("holds no field nothing"), "{}", wrong.err);
    let wrong = home.run(&["label", field[0], field[1], field[2], "--category", "intrest"]).ended(2);
    assert!(wrong.err.contains("did you mean interest?"), "{}", wrong.err);
}

#[test]
fn records_over_time_are_counted_by_the_clock_of_the_export() {
    let messages =
        r#"[{"text":"a","time":"2023-12-31T23:30:00+01:00"},{"text":"b","time":"2024-01-01T00:30:00Z"},{"text":"c"}]"#;
    let home = two(&[("messages.json", messages)], &[("x.json", "{\"a\":1}")]);
    let steps = |by: &str| json(&home, &["timeline", "--by", by])["companies"]["unknown:alder"].clone();
    assert_eq!(steps("year"), serde_json::json!({ "2023": 1, "2024": 1 }));
    assert_eq!(steps("month"), serde_json::json!({ "2023-12": 1, "2024-01": 1 }));
    assert_eq!(steps("day"), serde_json::json!({ "2023-12-31": 1, "2024-01-01": 1 }));
    assert_eq!(steps("hour"), serde_json::json!({ "00": 1, "23": 1 }));
    let without = json(&home, &["timeline"])["without"].clone();
    assert_eq!(without, serde_json::json!({ "unknown:alder": 1, "unknown:birch": 1 }));
}
