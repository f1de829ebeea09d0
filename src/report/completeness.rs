//! What a full export of a company holds, and what this one does.

use crate::index::{Segment, Store};
use crate::sheets::{Section, Sheets};
use serde::Serialize;
use std::collections::BTreeMap;

/// `completeness --json`: one export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Completeness {
    pub export: String,
    pub company: String,
    pub sections: Vec<SectionCompleteness>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectionCompleteness {
    pub section: String,
    pub name: String,
    /// `present`, `empty` (the file is there and holds nothing: they say they hold nothing) or `absent`.
    pub state: String,
    pub records: u64,
    pub note: Option<String>,
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
    let state = |section: &Section| {
        let records = records.get(section.id.as_str()).copied().unwrap_or(0);
        let state = if records > 0 {
            "present"
        } else if read(section) {
            "empty"
        } else {
            "absent"
        };
        SectionCompleteness {
            section: section.id.clone(),
            name: section.name.clone(),
            state: state.to_owned(),
            records,
            note: section.note.clone(),
        }
    };
    let worth_saying = |row: &SectionCompleteness, section: &Section| section.expected || row.state != "absent";
    let rows = sheet.sections.iter().map(|section| (state(section), section));
    let sections = rows.filter(|(row, section)| worth_saying(row, section)).map(|(row, _)| row).collect();
    Some(Completeness { export: segment.manifest.id.clone(), company: segment.manifest.company.clone(), sections })
}
