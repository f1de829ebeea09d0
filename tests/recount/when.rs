//! `timeline`, and the years of `summary`, against the dump.

use crate::dump::{number, text, world};
use serde_json::Value;
use std::collections::BTreeMap;

type Steps = BTreeMap<String, BTreeMap<String, u64>>;

/// Records of each company, by a piece of their time as it is written.
fn counted(piece: std::ops::Range<usize>) -> Steps {
    let mut steps = Steps::new();
    for record in &world().records {
        if let Some(time) = &record.time {
            // A day without a clock begins at midnight.
            let step = time.get(piece.clone()).unwrap_or("00").to_owned();
            *steps.entry(record.company.clone()).or_default().entry(step).or_default() += 1;
        }
    }
    steps
}

fn told(value: &Value) -> Steps {
    let companies = value.as_object().expect("by company").iter();
    let steps = |steps: &Value| {
        steps.as_object().expect("by step").iter().map(|(step, records)| (step.clone(), number(records))).collect()
    };
    companies
        .map(|(company, told)| (company.clone(), steps(told)))
        .filter(|(_, steps): &(_, BTreeMap<_, _>)| !steps.is_empty())
        .collect()
}

#[test]
fn the_timeline_counts_records_by_year_month_day_and_hour() {
    for (by, piece) in [("year", 0..4), ("month", 0..7), ("day", 0..10), ("hour", 11..13)] {
        let answer = world().json(&["timeline", "--by", by]);
        assert_eq!(told(&answer["companies"]), counted(piece), "by {by}");
    }
}

#[test]
fn the_timeline_counts_what_has_no_time() {
    let mut without: BTreeMap<&str, u64> = BTreeMap::new();
    for record in world().records.iter().filter(|record| record.time.is_none()) {
        *without.entry(&record.company).or_default() += 1;
    }
    let answer = world().json(&["timeline"]);
    let told: BTreeMap<&str, u64> = answer["without"]
        .as_object()
        .expect("by company")
        .iter()
        .map(|(company, records)| (company.as_str(), number(records)))
        .collect();
    assert_eq!(told, without);
}

#[test]
fn the_years_of_the_summary_are_those_of_the_timeline() {
    assert_eq!(told(&world().json(&["summary"])["timeline"]), counted(0..4));
}

/// Who wrote how many messages, at each company.
#[test]
fn people_count_the_messages_that_they_wrote() {
    let mut counted: BTreeMap<(&str, &str), Vec<i64>> = BTreeMap::new();
    let mut numbers: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for record in world().records.iter().filter(|record| record.kind == "message") {
        if let Some(who) = &record.who {
            *numbers.entry((&record.company, who)).or_default() += 1;
            counted.entry((&record.company, who)).or_default().extend(record.ms());
        }
    }
    let answer = world().json(&["people", "--reveal"]);
    for person in crate::world::list(&answer, "people") {
        let (mut messages, mut times) = (0, Vec::new());
        for account in crate::world::list(person, "accounts") {
            let key = (text(&account["company"]), text(&account["name"]));
            let sent = numbers.remove(&key).unwrap_or_else(|| panic!("{key:?} wrote no message, or is two people"));
            assert_eq!(number(&account["messages"]), sent, "{key:?}");
            messages += sent;
            times.extend(counted.remove(&key).unwrap_or_default());
        }
        let span = (times.iter().min().copied(), times.iter().max().copied());
        let told = ["first", "last"].map(|key| person[key].as_str().map(crate::dump::ms));
        assert_eq!((number(&person["messages"]), told[0], told[1]), (messages, span.0, span.1), "{}", person["name"]);
    }
    let missing: Vec<_> = numbers.keys().filter(|(_, who)| !is_owner(who)).collect();
    assert!(missing.is_empty(), "wrote messages and are nobody: {missing:?}");
}

/// The invented person by any of the names that the samples write.
fn is_owner(who: &str) -> bool {
    let plain = who.to_lowercase();
    ["rosa", "you", "me"].iter().any(|own| plain.contains(own))
}
