//! Every entry and its fate.

use super::LedgerLine;
use crate::index::Store;
use crate::record::Fate;

/// Entries of one export or all, of one fate or all, in the order of the archives. An export whose ledger cannot be read has one
/// failed line that says so.
pub fn ledger(store: &Store, export: Option<&str>, fate: Option<Fate>) -> Vec<LedgerLine> {
    let segments = store.segments.iter().filter(|segment| export.is_none_or(|id| id == segment.manifest.id));
    let lines = segments.flat_map(|segment| {
        let id = segment.manifest.id.clone();
        match segment.ledger() {
            Ok(ledger) => ledger.entries.into_iter().map(|entry| line(&id, entry)).collect(),
            Err(error) => vec![unreadable(&id, &error.to_string())],
        }
    });
    lines.filter(|line| fate.is_none_or(|fate| fate == line.fate)).collect()
}

fn line(export: &str, entry: crate::index::LedgerEntry) -> LedgerLine {
    LedgerLine {
        export: export.to_owned(),
        entry: entry.entry,
        size: entry.size,
        fate: entry.fate,
        section: entry.section,
        records: entry.records,
        problems: entry.problems,
        why: entry.why,
    }
}

fn unreadable(export: &str, why: &str) -> LedgerLine {
    LedgerLine {
        export: export.to_owned(),
        entry: "ledger.json".to_owned(),
        size: None,
        fate: Fate::Failed,
        section: None,
        records: 0,
        problems: 0,
        why: Some(why.to_owned()),
    }
}
