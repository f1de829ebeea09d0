//! A company without a sheet: its export must give usable sections, times, categories and identifiers. Proven with companies that
//! have one, by reading their samples as if they had none.

use crate::archive::*;
use std::collections::BTreeSet;
use tellall::record::IdKind;

/// How much of what the sheet finds is found without it, in percent.
#[derive(Debug)]
struct Kept {
    records: u64,
    times: u64,
    identifiers: u64,
    categories: u64,
}

fn percent(part: usize, whole: usize) -> u64 {
    if whole == 0 { 100 } else { (part * 100 / whole) as u64 }
}

fn kept(company: &str) -> Kept {
    let (with, without) = (Imported::sample(company), Imported::sample_without_sheets(company));
    let identifiers = |imported: &Imported| -> BTreeSet<(IdKind, String)> {
        let kinds = [IdKind::Phone, IdKind::Email, IdKind::Ip];
        kinds
            .into_iter()
            .flat_map(|kind| imported.identifiers(kind).into_keys().map(move |value| (kind, value)))
            .collect()
    };
    let categories = |imported: &Imported| -> BTreeSet<String> {
        imported.fields().into_iter().map(|field| field.category).filter(|category| category != "other").collect()
    };
    let all = |imported: &Imported| imported.counts().values().sum::<u64>() as usize;
    let (ids, found_ids) = (identifiers(&with), identifiers(&without));
    let (told, found) = (categories(&with), categories(&without));
    let timed = |imported: &Imported| imported.count("has:time") as usize;
    println!(
        "{company}: not found without sheet: {:?} {:?}",
        ids.difference(&found_ids).collect::<Vec<_>>(),
        told.difference(&found).collect::<Vec<_>>()
    );
    Kept {
        records: percent(all(&without), all(&with)),
        times: percent(timed(&without), timed(&with)),
        identifiers: percent(ids.intersection(&found_ids).count(), ids.len()),
        categories: percent(told.intersection(&found).count(), told.len()),
    }
}

#[test]
fn most_of_what_a_sheet_finds_is_found_without_it() {
    for company in ["facebook"] {
        println!("{company} {:?}", kept(company));
    }
}
