//! `matrix`, `fields`, `summary`, `completeness` and `ledger`, against the dump.

use crate::dump::{Record, ms, number, text, world};
use crate::world::list;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The first and last time of some records.
fn span<'a>(records: impl IntoIterator<Item = &'a Record>) -> (Option<i64>, Option<i64>) {
    let times: Vec<i64> = records.into_iter().filter_map(Record::ms).collect();
    (times.iter().min().copied(), times.iter().max().copied())
}

fn told_span(value: &Value) -> (Option<i64>, Option<i64>) {
    (value["first"].as_str().map(ms), value["last"].as_str().map(ms))
}

#[test]
fn a_cell_of_the_matrix_counts_each_record_of_its_company_that_holds_its_category() {
    let matrix = world().json(&["matrix"]);
    let companies: Vec<&str> = list(&matrix, "companies").iter().map(text).collect();
    let mut cells: BTreeMap<(&str, &str), Vec<&Record>> = BTreeMap::new();
    for record in &world().records {
        for category in record.held.iter().map(|held| held.category.as_str()).collect::<BTreeSet<_>>() {
            cells.entry((category, &record.company)).or_default().push(record);
        }
    }
    for row in list(&matrix, "rows") {
        let category = text(&row["category"]);
        for (company, cell) in companies.iter().zip(list(row, "cells")) {
            let Some(records) = cells.remove(&(category, *company)) else {
                assert!(cell.is_null(), "{company} holds no {category}: {cell}");
                continue;
            };
            let held = || records.iter().flat_map(|record| &record.held).filter(|held| held.category == category);
            let fields: BTreeSet<_> = held().map(|held| (&held.section, &held.field)).collect();
            let origins: BTreeSet<&str> = held().map(|held| held.origin.as_str()).collect();
            let told: BTreeSet<&str> = list(cell, "origins").iter().map(text).collect();
            let counted = (records.len() as u64, fields.len() as u64, origins, span(records.iter().copied()));
            assert_eq!(
                (number(&cell["records"]), number(&cell["fields"]), told, told_span(cell)),
                counted,
                "{company} {category}"
            );
        }
    }
    assert!(cells.is_empty(), "not in the matrix: {:?}", cells.keys());
}

#[test]
fn the_companies_of_the_matrix_stand_by_their_records() {
    let matrix = world().json(&["matrix"]);
    let told: Vec<&str> = list(&matrix, "companies").iter().map(text).collect();
    let mut counted: Vec<(usize, &str)> =
        world().by_company().into_iter().map(|(company, records)| (records.len(), company)).collect();
    counted.sort_by(|a, b| (b.0, a.1).cmp(&(a.0, b.1)));
    assert_eq!(told, counted.into_iter().map(|(_, company)| company).collect::<Vec<_>>());
}

/// Records that hold a field, and its distinct values.
type Counted<'a> = (Vec<&'a Record>, BTreeSet<&'a str>);

#[test]
fn a_field_counts_the_records_that_hold_it_and_its_distinct_values() {
    let mut counted: BTreeMap<(&str, &str, &str), Counted<'_>> = BTreeMap::new();
    for record in &world().records {
        for (section, field) in record.fields() {
            let (records, values) = counted.entry((&record.company, section, field)).or_default();
            records.push(record);
            values.extend(
                record
                    .held
                    .iter()
                    .filter(|held| held.section == section && held.field == field)
                    .map(|held| held.value.as_str()),
            );
        }
    }
    let fields = world().json(&["fields"]);
    for row in list(&fields, "fields") {
        let key = (text(&row["company"]), text(&row["section"]), text(&row["field"]));
        let (records, values) = counted.remove(&key).unwrap_or_else(|| panic!("no record holds {key:?}"));
        assert_eq!(
            (number(&row["records"]), told_span(row)),
            (records.len() as u64, span(records.iter().copied())),
            "{key:?}"
        );
        let distinct = number(&row["distinct"]);
        if row["distinct_exact"] == true {
            assert_eq!(distinct, values.len() as u64, "{key:?}: {values:?}");
        } else {
            assert!(distinct >= 1, "{key:?}: {distinct}");
        }
        for record in records {
            let held = record
                .held
                .iter()
                .find(|held| held.section == key.1 && held.field == key.2)
                .expect("it holds the field");
            assert_eq!(
                (held.category.as_str(), held.origin.as_str()),
                (text(&row["category"]), text(&row["origin"])),
                "{key:?} in {}",
                record.export
            );
        }
    }
    assert!(counted.is_empty(), "not among the fields: {:?}", counted.keys());
}

#[test]
fn the_summary_counts_the_records_fields_and_times_of_each_company() {
    let summary = world().json(&["summary"]);
    let mut companies = world().by_company();
    for told in list(&summary, "companies") {
        let company = text(&told["company"]);
        let records = companies.remove(company).expect("it holds records");
        let fields: BTreeSet<(&str, &str)> = records.iter().flat_map(|record| record.fields()).collect();
        let counted = (records.len() as u64, fields.len() as u64, span(records.iter().copied()));
        assert_eq!((number(&told["records"]), number(&told["fields"]), told_span(told)), counted, "{company}");
        for category in list(told, "categories") {
            let id = text(&category["category"]);
            let holding = records.iter().filter(|record| record.held.iter().any(|held| held.category == id)).count();
            assert_eq!(number(&category["records"]), holding as u64, "{company} {id}");
        }
    }
    assert!(companies.is_empty(), "not in the summary: {:?}", companies.keys());
}

#[test]
fn the_summary_tells_how_far_back_each_category_goes() {
    let summary = world().json(&["summary"]);
    let told: BTreeMap<(&str, &str), (i64, i64)> = list(&summary, "retention")
        .iter()
        .map(|row| {
            ((text(&row["company"]), text(&row["category"])), (ms(text(&row["oldest"])), ms(text(&row["newest"]))))
        })
        .collect();
    let mut counted: BTreeMap<(&str, &str), (i64, i64)> = BTreeMap::new();
    for record in &world().records {
        let Some(time) = record.ms() else { continue };
        for held in record.held.iter().filter(|held| held.category != "other") {
            let span = counted.entry((&record.company, &held.category)).or_insert((time, time));
            *span = (span.0.min(time), span.1.max(time));
        }
    }
    assert_eq!(told, counted);
}

#[test]
fn completeness_counts_the_records_of_each_section_of_an_export() {
    let whole = world().whole();
    let answer = world().json(&["completeness"]);
    let mut checked = 0;
    for told in list(&answer, "completeness") {
        let export = text(&told["export"]);
        if !whole.contains_key(export) {
            continue;
        }
        let mut sections: BTreeMap<&str, u64> = BTreeMap::new();
        for record in world().records.iter().filter(|record| record.export == export) {
            *sections.entry(&record.section).or_default() += 1;
        }
        for section in list(told, "sections") {
            let records = sections.remove(text(&section["section"])).unwrap_or(0);
            assert_eq!(number(&section["records"]), records, "{export} {section}");
            assert_eq!(text(&section["state"]) == "present", records > 0, "{export} {section}");
            checked += 1;
        }
        let generic: Vec<&str> =
            sections.into_keys().filter(|section| !section.starts_with("other:") && *section != "media").collect();
        assert!(generic.is_empty(), "{export}: sections that completeness does not tell: {generic:?}");
    }
    assert!(checked > 300, "{checked}");
}

#[test]
fn the_ledger_counts_the_records_of_each_entry() {
    let whole = world().whole();
    let ledger = world().json(&["ledger"]);
    let mut told: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for line in list(&ledger, "entries").iter().filter(|line| number(&line["records"]) > 0) {
        *told.entry((text(&line["export"]), text(&line["entry"]))).or_default() += number(&line["records"]);
    }
    told.retain(|(export, _), _| whole.contains_key(*export));
    let mut counted: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for record in world().records.iter().filter(|record| whole.contains_key(&record.export)) {
        *counted.entry((&record.export, &record.entry)).or_default() += 1;
    }
    assert_eq!(told, counted);
}
