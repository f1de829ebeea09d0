//! What is in the index, export by export.

use super::live::printed;
use super::{EntryCounts, ExportReport, PartReport};
use crate::index::{Manifest, Part, Segment, Store};
use crate::record::Fate;

/// Every export, in the store's order.
pub fn exports(store: &Store) -> Vec<ExportReport> {
    store.segments.iter().map(|segment| export_of(segment)).collect()
}

/// One export. Problems are those its ledger keeps; a ledger that cannot be read is named as a warning.
pub fn export_of(segment: &Segment) -> ExportReport {
    let manifest = &segment.manifest;
    let mut warnings = manifest.warnings.clone();
    let problems = match segment.ledger() {
        Ok(ledger) => ledger.problems,
        Err(error) => {
            warnings.push(error.to_string());
            Vec::new()
        }
    };
    ExportReport {
        id: manifest.id.clone(),
        company: manifest.company.clone(),
        account: manifest.account.clone(),
        as_of: manifest.as_of.clone(),
        layout: manifest.layout.clone(),
        parts: manifest.parts.iter().map(part).collect(),
        entries: counts(manifest),
        records: manifest.records,
        fields: segment.catalog.fields.len() as u64,
        first: printed(manifest.first),
        last: printed(manifest.last),
        problems,
        problems_total: manifest.problems,
        warnings,
        seconds: manifest.seconds,
        incomplete: manifest.incomplete,
        already: false,
    }
}

fn part(part: &Part) -> PartReport {
    PartReport { file: part.file.clone(), bytes: part.bytes, blake3: part.blake3.clone() }
}

fn counts(manifest: &Manifest) -> EntryCounts {
    let of = |fate: Fate| manifest.entries.get(&fate).copied().unwrap_or(0);
    EntryCounts {
        total: Fate::ALL.into_iter().map(of).sum(),
        read: of(Fate::Read),
        generic: of(Fate::Generic),
        media: of(Fate::Media),
        skipped: of(Fate::Skipped),
        failed: of(Fate::Failed),
    }
}
