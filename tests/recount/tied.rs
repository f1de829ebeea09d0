//! `shared`, `recipients` and `choices`, against the dump: each place that they name is a record that holds what they say.

use crate::dump::{Record, ms, number, text, world};
use crate::world::list;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The only record at a place.
fn at<'a>(place: &Value, of: &str) -> Vec<&'a Record> {
    let (export, locator) = (text(&place["export"]), text(&place["locator"]));
    let found = world().at(export, locator);
    assert!(!found.is_empty(), "{of}: no record at {export} {locator}");
    found
}

#[test]
fn a_choice_is_what_the_record_at_its_place_says() {
    let answer = world().json(&["choices", "--reveal"]);
    let choices = list(&answer, "choices");
    let mut seen = BTreeSet::new();
    for choice in choices {
        let (value, time) = (text(&choice["value"]), choice["time"].as_str());
        let records = at(choice, text(&choice["what"]));
        let says = |record: &&&Record| {
            record.company == text(&choice["company"])
                && record.section == text(&choice["section"])
                && record.time.as_deref() == time
        };
        let record = records.iter().find(says).unwrap_or_else(|| panic!("{choice} is not at its place"));
        assert!(record.holds(value) || time == Some(value), "{choice}: {record:?}");
        assert!(seen.insert(choice.to_string()), "told twice: {choice}");
    }
    assert!(choices.len() > 50, "{}", choices.len());
}

#[test]
fn a_recipient_counts_the_records_that_name_it() {
    let answer = world().json(&["recipients"]);
    let mut whole = 0;
    for row in list(&answer, "recipients") {
        let (records, evidence, name) = (number(&row["records"]), list(row, "evidence"), text(&row["name"]));
        let places: BTreeSet<(&str, &str)> =
            evidence.iter().map(|place| (text(&place["export"]), text(&place["locator"]))).collect();
        assert_eq!(evidence.len() as u64, records.min(20), "{name}: {row}");
        assert_eq!(places.len(), evidence.len(), "{name}: a record is told twice: {row}");
        // A list in one text is a record for each piece, all at the place of the text.
        let named = |record: &&Record| {
            let names = || list(row, "names").iter().map(text);
            record.held.iter().any(|held| names().any(|name| held.value.contains(name)))
        };
        let found: Vec<&Record> = evidence
            .iter()
            .map(|place| at(place, name).into_iter().find(named).unwrap_or_else(|| panic!("{name} is not at {place}")))
            .collect();
        let told: BTreeSet<&str> = list(row, "companies").iter().map(text).collect();
        let companies: BTreeSet<&str> = found.iter().map(|record| record.company.as_str()).collect();
        if records <= 20 {
            whole += 1;
            let times: Vec<i64> = found.iter().filter_map(|record| record.ms()).collect();
            let span = [row["first"].as_str().map(ms), row["last"].as_str().map(ms)];
            assert_eq!((told, span), (companies, [times.iter().min().copied(), times.iter().max().copied()]), "{name}");
            let mut months: BTreeMap<&str, u64> = BTreeMap::new();
            for time in found.iter().filter_map(|record| record.time.as_deref()) {
                *months.entry(time.get(..7).expect("a month")).or_default() += 1;
            }
            let told: BTreeMap<&str, u64> = row["months"]
                .as_object()
                .expect("by month")
                .iter()
                .map(|(month, records)| (month.as_str(), number(records)))
                .collect();
            assert_eq!(told, months, "{name}");
        }
        for detail in list(row, "details") {
            assert!(number(&detail["records"]) <= records, "{name}: {detail} of {records}");
        }
    }
    assert!(whole > 50, "{whole}");
}

#[test]
fn an_identifier_is_written_where_its_evidence_says() {
    let answer = world().json(&["shared", "--reveal", "--companies", "1"]);
    let (identifiers, whole) = (list(&answer, "identifiers"), world().whole());
    for identifier in identifiers {
        let value = text(&identifier["value"]);
        let told: BTreeSet<&str> = list(identifier, "companies").iter().map(text).collect();
        let evidence = list(identifier, "evidence");
        let companies: BTreeSet<&str> = evidence.iter().map(|place| text(&place["company"])).collect();
        assert_eq!(told, companies, "{value}");
        for place in evidence {
            let (field, written) = (text(&place["field"]), text(&place["as_written"]));
            if whole.contains_key(text(&place["export"])) {
                let found = at(place, value);
                let here = found
                    .iter()
                    .any(|record| record.held.iter().any(|held| held.field == field && held.value.contains(written)));
                assert!(here, "{value}: {place}: {found:?}");
            }
        }
    }
    assert!(identifiers.len() > 50, "{}", identifiers.len());
}

#[test]
fn an_overlap_counts_the_identifiers_that_all_its_companies_hold() {
    let answer = world().json(&["shared", "--reveal"]);
    for overlap in list(&answer, "overlaps") {
        let sought: BTreeSet<&str> = list(overlap, "companies").iter().map(text).collect();
        let same = |one: &&Value| one["kind"] == overlap["kind"] && one["owner"] == overlap["owner"];
        let holding = list(&answer, "identifiers").iter().filter(same).filter(|one| {
            let holders: BTreeSet<&str> = list(one, "companies").iter().map(text).collect();
            holders.is_superset(&sought)
        });
        assert_eq!(number(&overlap["count"]), holding.count() as u64, "{overlap}");
    }
}
