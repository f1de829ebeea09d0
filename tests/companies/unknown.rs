//! A company without a sheet: its export must give usable sections, times, categories and identifiers. Proven with companies that
//! have one, by reading their samples as if they had none.

use crate::archive::*;
use std::collections::BTreeSet;
use tellall::record::IdKind;

/// How much of what the sheet finds is found without it, in percent.
#[derive(Debug)]
struct Kept {
    /// Records with a time.
    times: usize,
    identifiers: usize,
    /// Categories of the vocabulary.
    categories: usize,
    /// Sections that say what kind of records they hold.
    kinds: usize,
}

fn percent(part: usize, whole: usize) -> usize {
    (part * 100).checked_div(whole).unwrap_or(100)
}

fn kept(company: &str) -> Kept {
    let (with, without) = (Imported::sample(company), Imported::sample_without_sheets(company));
    let identifiers = |imported: &Imported| -> BTreeSet<(IdKind, String)> {
        let kinds = [IdKind::Phone, IdKind::Email, IdKind::Ip];
        let of = |kind| imported.identifiers(kind).into_keys().map(move |value| (kind, value));
        kinds.into_iter().flat_map(of).collect()
    };
    let categories = |imported: &Imported| -> BTreeSet<String> {
        imported.fields().into_iter().map(|field| field.category).filter(|category| category != "other").collect()
    };
    let (known, found) = (identifiers(&with), identifiers(&without));
    let (told, guessed) = (categories(&with), categories(&without));
    let count = |imported: &Imported, query: &str| imported.count(query) as usize;
    Kept {
        times: percent(count(&without, "has:time"), count(&with, "has:time")),
        identifiers: percent(known.intersection(&found).count(), known.len()),
        categories: percent(told.intersection(&guessed).count(), told.len()),
        kinds: {
            let sections = without.counts();
            let is_told = |section: &&String| count(&without, &format!("section:\"{section}\" kind:other")) == 0;
            percent(sections.keys().filter(is_told).count(), sections.len())
        },
    }
}

/// The companies differ in form: label lists and nested keys, tables, scripts.
#[test]
fn most_of_what_a_sheet_finds_is_found_without_it() {
    for company in ["facebook", "reddit", "x"] {
        let kept = kept(company);
        assert!(kept.identifiers >= 90, "{company}: {kept:?}");
        assert!(kept.times >= 60, "{company}: {kept:?}");
        assert!(kept.categories >= 60, "{company}: {kept:?}");
        assert!(kept.kinds >= 60, "{company}: {kept:?}");
    }
}
