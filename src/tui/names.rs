//! Names that match what is typed: fields, people, companies, sections. Offered above the records, since names are not searched
//! as text.

use crate::index::Store;
use crate::tui::model::Offer;
use crate::tui::screens::search::filters::{filter, plain_words};
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use std::collections::HashMap;

/// Names looked at, so that an index with a million people does not hold up the answer.
const LOOKED_AT: usize = 50_000;
/// Letters of a word below which nearly everything matches.
const LETTERS: usize = 3;

/// The best offers for the plain words of a query, at most `limit`.
pub fn offers(store: &Store, query: &str, limit: usize) -> Vec<Offer> {
    let words = plain_words(query);
    if words.is_empty() || words.iter().any(|word| word.chars().count() < LETTERS) {
        return Vec::new();
    }
    let matcher = SkimMatcherV2::default();
    let mut best: HashMap<String, (i64, Offer)> = HashMap::new();
    for offer in candidates(store).take(LOOKED_AT) {
        let Some(points) = closeness(&matcher, &words, &offer.name) else { continue };
        let known = best.entry(offer.filter.clone()).or_insert_with(|| (points, offer));
        known.0 = known.0.max(points);
    }
    let mut ranked: Vec<(i64, Offer)> = best.into_values().collect();
    ranked.sort_by(|(a, left), (b, right)| b.cmp(a).then_with(|| left.filter.cmp(&right.filter)));
    ranked.into_iter().take(limit).map(|(_, offer)| offer).collect()
}

/// All words must match, each with its letters near each other: any word's letters occur somewhere in a long name.
fn closeness(matcher: &SkimMatcherV2, words: &[&str], name: &str) -> Option<i64> {
    let of_word = |word: &&str| {
        let (score, places) = matcher.fuzzy_indices(name, word)?;
        let span = places.last()? + 1 - places.first()?;
        (span * 2 <= word.chars().count() * 3).then_some(score)
    };
    words.iter().map(of_word).sum()
}

fn candidates(store: &Store) -> impl Iterator<Item = Offer> {
    store.segments.iter().flat_map(|segment| {
        let offer = |what, name: &str, filter| Offer { what, name: name.to_owned(), filter };
        let catalog = &segment.catalog;
        let company = offer("company", &segment.manifest.company_name, filter("co", &segment.manifest.company));
        let sections = catalog.sections.iter().map(move |it| offer("section", &it.name, filter("section", &it.id)));
        let fields = catalog
            .fields
            .iter()
            .map(move |it| offer("field", it.label.as_deref().unwrap_or(&it.path), filter("field", &it.path)));
        let people = catalog.people.iter().map(move |name| offer("person", name, filter("from", name)));
        let threads = catalog.threads.iter().map(move |it| offer("conversation", &it.title, filter("in", &it.title)));
        [company].into_iter().chain(sections).chain(fields).chain(threads).chain(people)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_matches_names_and_not_any_letters_that_happen_to_occur() {
        let matcher = SkimMatcherV2::default();
        let fits = |word: &str, name: &str| closeness(&matcher, &[word], name).is_some();
        assert!(fits("phone", "profile_v2.phone_numbers[].phone_number"));
        assert!(fits("rosa", "Rosa Quill"));
        assert!(fits("rosaq", "Rosa Quill"));
        assert!(!fits("lunch", "language_and_unusual_char"));
    }
}
