//! What a full export of a company holds, and what this one does; how to ask for the rest; how far back it all goes.

use super::fields::{OTHER, by_field, category_of};
use super::live::{Tally, live, printed};
use crate::index::{Segment, Store};
use crate::record::Origin;
use crate::sheets::{Section, Sheet, Sheets};
use serde::Serialize;
use std::collections::BTreeMap;

/// `completeness --json`: one export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Completeness {
    pub export: String,
    pub company: String,
    pub sections: Vec<SectionCompleteness>,
    /// What no full export of any company holds, though the person has a right to it.
    pub beyond: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectionCompleteness {
    pub section: String,
    pub name: String,
    /// `present`, `empty` (the file is there and holds nothing: they say they hold nothing), `absent`, `not offered` (exports of
    /// this layout never have it), or `not read` (the import was stopped, so nothing can be said).
    pub state: String,
    pub records: u64,
    pub note: Option<String>,
    /// For what is not there: how to ask for it, and by which right.
    pub ask: Option<String>,
}

/// How far back a company's data of one category go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Retention {
    pub company: String,
    pub category: String,
    pub category_label: String,
    pub oldest: String,
    pub newest: String,
}

/// Every export of a company with a sheet, or one.
pub fn completeness(store: &Store, sheets: &Sheets, export: Option<&str>) -> Vec<Completeness> {
    let segments = store.segments.iter().filter(|segment| export.is_none_or(|id| id == segment.manifest.id));
    segments.filter_map(|segment| of_export(segment, sheets)).collect()
}

fn of_export(segment: &Segment, sheets: &Sheets) -> Option<Completeness> {
    let sheet = sheets.get(&segment.manifest.company)?;
    let records: BTreeMap<&str, u64> =
        segment.catalog.sections.iter().map(|section| (section.id.as_str(), section.records)).collect();
    // Without its ledger nothing can be said of absence; the segment tells its damage.
    let entries = segment.ledger().ok()?.entries;
    let read = |section: &Section| entries.iter().any(|entry| entry.section.as_deref() == Some(section.id.as_str()));
    let offered = |section: &Section| match &segment.manifest.layout {
        Some(layout) => section.layouts.is_empty() || section.layouts.contains(layout),
        None => true,
    };
    let state = |section: &Section| {
        let records = records.get(section.id.as_str()).copied().unwrap_or(0);
        let state = match (records > 0, read(section), offered(section)) {
            (true, ..) => "present",
            (_, true, _) => "empty",
            _ if segment.manifest.incomplete => "not read",
            (.., true) => "absent",
            (.., false) => "not offered",
        };
        SectionCompleteness {
            section: section.id.clone(),
            name: section.name.clone(),
            state: state.to_owned(),
            records,
            note: section.note.clone(),
            ask: match state {
                "absent" | "not offered" => Some(ask(sheet, section, state)),
                "not read" => Some("Its import was stopped: import the archive again.".to_owned()),
                _ => None,
            },
        }
    };
    let worth_saying =
        |row: &SectionCompleteness, section: &Section| section.expected || row.records > 0 || row.state == "empty";
    let rows = sheet.all_sections().map(|section| (state(section), section));
    let sections: Vec<_> = rows.filter(|(row, section)| worth_saying(row, section)).map(|(row, _)| row).collect();
    Some(Completeness {
        export: segment.manifest.id.clone(),
        company: segment.manifest.company.clone(),
        sections,
        beyond: beyond(sheet),
    })
}

/// Art. 20 covers what the person gave and what was observed; inferred and traded data are owed under Art. 15 alone
/// (`vocabulary.md` 9).
fn ask(sheet: &Sheet, section: &Section, state: &str) -> String {
    let right = match section.origin {
        Some(Origin::Inferred | Origin::ThirdParty | Origin::Generated) => {
            "Art. 15 GDPR (access; a portability download need not hold it)"
        }
        Some(Origin::Provided | Origin::Observed) | None => "Art. 15 GDPR (access) and Art. 20 GDPR (portability)",
    };
    if state == "not offered" {
        return format!("The download never holds it: write to {} and ask for it under {right}.", sheet.controller);
    }
    let place = if sheet.request.place.is_empty() { sheet.controller.as_str() } else { sheet.request.place.as_str() };
    format!(
        "Ask again at {place}, with everything ticked; if it is still missing, write to {} under {right}.",
        sheet.controller
    )
}

/// What Art. 15(1) grants beyond a copy of the data.
fn beyond(sheet: &Sheet) -> Vec<String> {
    [
        "the recipients to whom the data were disclosed (Art. 15(1)(c))",
        "how long each kind of data is kept (Art. 15(1)(d))",
        "where data come from that you did not give (Art. 15(1)(g))",
        "the logic of automated decisions and profiling (Art. 15(1)(h))",
    ]
    .map(|what| format!("No download tells {what}; ask {} in writing.", sheet.controller))
    .to_vec()
}

/// The oldest and newest record of every category at every company.
pub fn retention(store: &Store) -> Vec<Retention> {
    let mut found: BTreeMap<(String, String), (String, Tally)> = BTreeMap::new();
    for one in live(store) {
        for (field, tally) in one.segment.catalog.fields.iter().zip(by_field(&one)) {
            let (id, label, _) = category_of(field);
            if id != OTHER.0 {
                let key = (one.segment.manifest.company.clone(), id);
                found.entry(key).or_insert((label, Tally::default())).1.add(tally);
            }
        }
    }
    let row = |((company, category), (category_label, tally)): ((String, String), (String, Tally))| {
        Some(Retention {
            company,
            category,
            category_label,
            oldest: printed(tally.first)?,
            newest: printed(tally.last)?,
        })
    };
    found.into_iter().filter_map(row).collect()
}
