//! The whole answer in one value.

use super::{
    CategorySummary, CompanyOverview, CompanySummary, FieldFilter, FieldHeld, SharedFilter, Summary, Values, choices,
    completeness, contradictions, exports, fields, matrix, overview, recipients, retention, shared,
};
use crate::index::Store;
use crate::sheets::Sheets;
use std::collections::BTreeMap;

/// Everything. `now` is RFC 3339; without it (`--reproducible`) the same input gives the same bytes.
pub fn summary(store: &Store, sheets: &Sheets, now: Option<String>, values: Values, owners: &[String]) -> Summary {
    let mut exports = exports(store);
    if now.is_none() {
        for export in &mut exports {
            export.seconds = 0.0;
        }
    }
    let held = fields(store, &FieldFilter::default(), values);
    let companies = overview(store);
    let filter = SharedFilter { owners: owners.to_vec(), ..SharedFilter::default() };
    Summary {
        tellall_summary: 1,
        generated_at: now,
        exports,
        timeline: companies.iter().map(|company| (company.id.clone(), years(company))).collect(),
        companies: companies.iter().map(|company| company_summary(company, &held)).collect(),
        matrix: matrix(store),
        identifiers: shared(store, &filter, values),
        recipients: recipients(store, sheets, None),
        choices: choices(store, sheets, values),
        completeness: completeness(store, sheets, None),
        retention: retention(store),
        contradictions: contradictions(store, sheets, values),
    }
}

fn years(company: &CompanyOverview) -> BTreeMap<String, u64> {
    let mut years: BTreeMap<String, u64> = BTreeMap::new();
    for (month, records) in &company.months {
        *years.entry(month.div_euclid(12).to_string()).or_default() += records;
    }
    years
}

fn company_summary(company: &CompanyOverview, held: &[FieldHeld]) -> CompanySummary {
    let mut categories: BTreeMap<&str, Vec<FieldHeld>> = BTreeMap::new();
    for field in held.iter().filter(|field| field.company == company.id) {
        categories.entry(&field.category_label).or_default().push(field.clone());
    }
    let row = |(label, special, records): &(String, bool, u64)| {
        let fields = categories.remove(label.as_str()).unwrap_or_default();
        CategorySummary {
            category: fields.first().map(|field| field.category.clone()).unwrap_or_default(),
            category_label: label.clone(),
            special: *special,
            records: *records,
            fields,
        }
    };
    CompanySummary {
        company: company.id.clone(),
        records: company.records,
        fields: company.fields,
        first: company.first.clone(),
        last: company.last.clone(),
        categories: company.categories.iter().map(row).collect(),
    }
}
