//! What each company holds: fields, categories, completeness, and the summary of all answers.

use crate::world::*;
use serde_json::{Value, json};

fn fields(args: &[&str]) -> Vec<Value> {
    let printed = tellall(&[&["fields", "--json"], args].concat()).ended(0).json();
    list(&printed, "fields").to_vec()
}

#[test]
fn a_field_is_told_with_what_it_is_and_how_it_came_there() {
    let phones = fields(&["--company", "whatsapp", "--category", "phone"]);
    let sections: Vec<&str> = phones.iter().map(|phone| text(phone, "section")).collect();
    assert_eq!(sections, ["contacts", "profile"], "numbers of an address book are numbers, too");
    let phone = &phones[1];
    assert_eq!(text(phone, "field"), "label_values.Phone number");
    assert_eq!(text(phone, "category"), "phone");
    assert_eq!((text(phone, "origin"), text(phone, "type")), ("provided", "string"));
    assert_eq!((&phone["records"], &phone["distinct"]), (&1.into(), &1.into()));
    assert_eq!(phone["examples"], json!(["+44•••••0123"]));
    assert_eq!(text(phone, "first"), "2020-09-13T12:26:40Z");
}

#[test]
fn records_and_distinct_values_of_a_field_are_counted() {
    let inferred = fields(&["--company", "facebook", "--category", "inferred"]);
    let interests = inferred.iter().filter(|field| field["section"] == "ad_interests");
    let records: u64 = interests.map(|field| field["records"].as_u64().expect("a number")).sum();
    // 40 of 2021, 4 of 2024, and of the two of 2019 the one that is not in 2024.
    assert_eq!(records, 45);
    let shop = fields(&["--company", "unknown:larkspur"]);
    let of = |name: &str| {
        let field =
            shop.iter().find(|field| field["field"] == name).unwrap_or_else(|| panic!("no {name} in {shop:#?}"));
        (field["records"].as_u64(), field["distinct"].as_u64())
    };
    assert_eq!(of("Shipping Address"), (Some(3), Some(1)), "three orders to one address");
    assert_eq!(of("Item"), (Some(3), Some(3)));
}

#[test]
fn data_of_a_special_category_is_marked() {
    let religion = fields(&["--category", "religion"]);
    assert!(!religion.is_empty() && religion.iter().all(|field| field["special"] == true));
    assert!(fields(&["--category", "phone"]).iter().all(|field| field["special"] == false));
    let matrix = tellall(&["matrix"]).ended(0).out;
    assert!(matrix.lines().any(|line| line.starts_with("Religion or belief ▲")), "{matrix}");
}

#[test]
fn filters_of_fields_keep_what_they_say() {
    let all = fields(&[]).len();
    for (flag, key) in [("--company", "company"), ("--category", "category"), ("--origin", "origin")] {
        let value = match key {
            "company" => "unknown:larkspur",
            "category" => "ip",
            _ => "third-party",
        };
        let kept = fields(&[flag, value]);
        assert!(!kept.is_empty() && kept.len() < all);
        assert!(kept.iter().all(|field| field[key] == value), "{flag} {value}");
    }
    tellall(&["fields", "--company", "nobody"]).ended(1);
}

#[test]
fn the_matrix_adds_up_to_the_fields() {
    let matrix = tellall(&["matrix", "--json"]).ended(0).json();
    let companies = list(&matrix, "companies");
    let fields = fields(&[]);
    let mut cells = 0;
    for row in list(&matrix, "rows") {
        for (company, cell) in companies.iter().zip(list(row, "cells")) {
            let of = |field: &&Value| field["company"] == *company && field["category"] == row["category"];
            let expected = fields.iter().filter(of).count() as u64;
            assert_eq!(cell["fields"].as_u64().unwrap_or(0), expected, "{company} {}", row["category"]);
            cells += expected;
        }
    }
    assert_eq!(cells, fields.len() as u64);
}

#[test]
fn completeness_tells_present_from_absent() {
    let state = |export: &str, section: &str| {
        let printed = tellall(&["completeness", export, "--json"]).ended(0).json();
        let sections = list(&list(&printed, "completeness")[0], "sections").to_vec();
        let found = sections.into_iter().find(|one| one["section"] == section);
        found.map(|one| (text(&one, "state").to_owned(), one["records"].as_u64().expect("a number")))
    };
    assert_eq!(state(FACEBOOK_2024, "off_facebook"), Some(("present".to_owned(), 5)));
    assert_eq!(state(FACEBOOK_2021, "off_facebook"), Some(("absent".to_owned(), 0)));
    assert_eq!(state(FACEBOOK_2021, "ad_interests"), Some(("present".to_owned(), 40)));
    assert_eq!(state(WHATSAPP, "contacts"), Some(("present".to_owned(), 6)));
}

#[test]
fn the_summary_is_the_answers_of_the_commands_in_one() {
    let summary = tellall(&["summary"]).ended(0).json();
    for command in ["exports", "recipients", "choices", "completeness"] {
        let alone = tellall(&[command, "--json"]).ended(0).json();
        assert_eq!(summary[command], alone[command], "{command}");
    }
    assert_eq!(summary["matrix"], tellall(&["matrix", "--json"]).ended(0).json());
    let shared = tellall(&["shared", "--json"]).ended(0).json();
    assert_eq!(summary["identifiers"], shared);
    assert_eq!(texts(list(&summary, "companies"), "company").len(), 4);
}

/// Records with a time, by company and year, counted with searches.
#[test]
fn the_timeline_counts_the_records_of_each_year() {
    let summary = tellall(&["summary"]).ended(0).json();
    let timeline = summary["timeline"].as_object().expect("by company");
    for (company, years) in [("whatsapp", [2016, 2023, 2024]), ("messenger", [2024, 2024, 2024])] {
        for year in years {
            let expected = count(&format!("co:{company} on:{year}"));
            assert_eq!(timeline[company][year.to_string()], expected, "{company} {year}");
        }
    }
}

#[test]
fn a_record_is_shown_as_its_company_wrote_it_while_the_archive_is_there() {
    let home = Home::new();
    let zip = std::fs::read(samples().join("facebook/facebook-rosa.quill.zip")).expect("the sample");
    let archive = home.file("facebook-rosa.quill.zip", zip);
    home.import(&archive);
    let find = ["search", "--jsonl", "co:facebook section:messages meant"];
    let hit: Value = serde_json::from_str(home.run(&find).ended(0).out.trim()).expect("one hit");
    let record = || home.run(&["record", text(&hit, "export"), text(&hit, "locator"), "--json"]).ended(0).json();
    let written: Value = serde_json::from_str(text(&record()["source"], "text")).expect("JSON as in the file");
    // UTF-8 read as Latin-1, as Facebook writes it; the index holds it put right.
    assert_eq!(text(&written, "content"), "is this the cafÃ© you meant? ð\u{9f}\u{98}\u{8a}");
    assert_eq!(text(&hit, "text"), "is this the café you meant? 😊");
    std::fs::remove_file(&archive).expect("it is ours");
    assert!(record()["source"].is_null());
    let shown = home.run(&["record", text(&hit, "export"), text(&hit, "locator")]).ended(0);
    assert!(shown.err.contains("is not there any more"), "{}", shown.err);
    assert!(shown.out.contains("is this the café you meant?"), "{}", shown.out);
}
