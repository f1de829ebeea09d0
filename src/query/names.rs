//! Offers of names: fields, people, companies and sections whose names look like what is typed, each with its filter.

use super::source::{Source, as_sources, stored};
use crate::index::Store;
use crate::index::fold::{fold, folded};
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use hashbrown::HashSet;
use std::cmp::Reverse;

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Named {
    Company,
    Section,
    Person,
    Field,
}

/// A name, and the filter that asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameOffer {
    pub named: Named,
    /// As written in the export: pass it through `text.rs` before showing.
    pub name: String,
    /// Id of the company whose section it is.
    pub company: Option<String>,
    /// `from:"Rosa Quill"`
    pub filter: String,
    /// More is nearer.
    pub score: i64,
}

/// Names that are folded and compared for one question, at most: some milliseconds. Companies, sections and fields come first.
const LOOKED_AT: usize = 50_000;

/// Names that are scored, at most.
const SCORED: usize = 4_000;

/// The `most` names nearest to `text`: every word of it must match, letters in order, with gaps.
pub fn names(store: &Store, text: &str, most: usize) -> Vec<NameOffer> {
    let stored = stored(store);
    offers(&as_sources(&stored), text, most)
}

fn offers(sources: &[&dyn Source], text: &str, most: usize) -> Vec<NameOffer> {
    let words: Vec<String> = folded(text).split_whitespace().map(str::to_owned).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let mut contest =
        Contest { words, matcher: SkimMatcherV2::default().respect_case(), seen: HashSet::new(), offers: Vec::new() };
    let mut name = String::new();
    for candidate in candidates(sources).take(LOOKED_AT) {
        name.clear();
        fold(candidate.name, &mut name);
        if contest.offers.len() >= SCORED {
            break;
        }
        contest.judge(&candidate, &name);
    }
    let mut offers = contest.offers;
    offers.sort_by_cached_key(|offer| (Reverse(offer.score), offer.named, offer.name.clone(), offer.filter.clone()));
    offers.truncate(most);
    offers
}

/// A name that may be offered.
struct Candidate<'a> {
    named: Named,
    name: &'a str,
    /// What its filter asks for.
    value: &'a str,
    company: Option<&'a str>,
}

fn candidates<'a>(sources: &'a [&'a dyn Source]) -> impl Iterator<Item = Candidate<'a>> {
    let companies = sources.iter().map(|source| {
        let manifest = source.manifest();
        Candidate { named: Named::Company, name: &manifest.company_name, value: &manifest.company, company: None }
    });
    companies
        .chain(sources.iter().flat_map(|source| sections(*source)))
        .chain(sources.iter().flat_map(|source| fields(*source)))
        .chain(sources.iter().flat_map(|source| people(*source)))
}

fn sections(source: &dyn Source) -> impl Iterator<Item = Candidate<'_>> {
    let company = Some(source.manifest().company.as_str());
    let sections = source.catalog().sections.iter();
    sections.map(move |section| Candidate { named: Named::Section, name: &section.name, value: &section.id, company })
}

/// A field goes by its path, and by its label if it has one.
fn fields(source: &dyn Source) -> impl Iterator<Item = Candidate<'_>> {
    let names = source.catalog().fields.iter().flat_map(|field| {
        [Some(&field.path), field.label.as_ref()].into_iter().flatten().map(|name| (name, &field.path))
    });
    names.map(|(name, path)| Candidate { named: Named::Field, name, value: path, company: None })
}

fn people(source: &dyn Source) -> impl Iterator<Item = Candidate<'_>> {
    let people = source.catalog().people.iter();
    people.map(|name| Candidate { named: Named::Person, name, value: name, company: None })
}

struct Contest {
    words: Vec<String>,
    matcher: SkimMatcherV2,
    seen: HashSet<(Named, String)>,
    offers: Vec<NameOffer>,
}

impl Contest {
    fn judge(&mut self, candidate: &Candidate<'_>, folded_name: &str) {
        if !self.words.iter().all(|word| has_letters(folded_name, word)) {
            return;
        }
        let scores = self.words.iter().map(|word| self.score(folded_name, word));
        let Some(score) = scores.sum::<Option<i64>>() else { return };
        let filter = filter(candidate);
        if self.seen.insert((candidate.named, filter.clone())) {
            self.offers.push(NameOffer {
                named: candidate.named,
                name: candidate.name.to_owned(),
                company: candidate.company.map(str::to_owned),
                filter,
                score,
            });
        }
    }
}

impl Contest {
    /// How near a word is to a name, unless its letters are scattered over half as many others or more, and are there by chance:
    /// `ben` in "number in your address book".
    fn score(&self, folded_name: &str, word: &str) -> Option<i64> {
        let (score, places) = self.matcher.fuzzy_indices(folded_name, word)?;
        let span = places.last()?.saturating_sub(*places.first()?) + 1;
        (span <= places.len() + places.len() / 2).then_some(score)
    }
}

/// Whether the letters stand in the name in this order: cheap, and most names do not have them.
fn has_letters(name: &str, letters: &str) -> bool {
    let mut rest = name.chars();
    letters.chars().all(|letter| rest.any(|c| c == letter))
}

fn filter(candidate: &Candidate<'_>) -> String {
    let value = quoted(candidate.value);
    match (candidate.named, candidate.company) {
        (Named::Company, _) => format!("co:{value}"),
        (Named::Section, Some(company)) => format!("co:{} section:{value}", quoted(company)),
        (Named::Section, None) => format!("section:{value}"),
        (Named::Person, _) => format!("from:{value}"),
        (Named::Field, _) => format!("field:{value}"),
    }
}

/// A value as a query has it. A backslash at the end would keep the quote from closing.
fn quoted(value: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "._-[]@+/".contains(c);
    if !value.is_empty() && value.chars().all(is_plain) {
        return value.to_owned();
    }
    format!("\"{}\"", value.trim_end_matches('\\').replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::super::memory::{Line, Memory};
    use super::super::parse::{Expr, Filter, Query};
    use super::*;

    fn export() -> Memory {
        let by = |who, path| Line { who: Some(who), values: vec![(path, String::new())], ..Line::default() };
        let lines = [
            by("Rosa Quill", "profile_v2.phone_numbers[].phone_number"),
            by("Ros\u{e1}lia \"Rosie\" P\u{e9}rez", "content"),
            by("Sam", "advertiser_name"),
        ];
        Memory::new("facebook", &lines, 10)
    }

    fn offered(text: &str) -> Vec<(Named, String)> {
        let export = export();
        offers(&[&export], text, 10).into_iter().map(|offer| (offer.named, offer.filter)).collect()
    }

    #[test]
    fn every_sort_of_name_is_offered_with_its_filter() {
        assert_eq!(offered("phonenum"), [(Named::Field, "field:profile_v2.phone_numbers[].phone_number".to_owned())]);
        assert_eq!(offered("FACEB"), [(Named::Company, "co:facebook".to_owned())]);
        assert_eq!(offered("logns"), [(Named::Section, "co:facebook section:logins".to_owned())]);
        assert_eq!(offered("quill rosa"), [(Named::Person, "from:\"Rosa Quill\"".to_owned())]);
        assert_eq!(offered("perez"), [(Named::Person, "from:\"Ros\u{e1}lia \\\"Rosie\\\" P\u{e9}rez\"".to_owned())]);
    }

    #[test]
    fn all_words_must_match_and_nothing_gives_nothing() {
        assert!(offered("quill zebra").is_empty());
        assert!(offered("   ").is_empty());
        assert_eq!(offers(&[&export()], "s", 2).len(), 2);
    }

    #[test]
    fn letters_that_are_scattered_over_a_name_are_no_match() {
        assert_eq!(offered("pfnb"), []);
        assert_eq!(offered("phnnumber").len(), 1);
    }

    #[test]
    fn the_nearest_name_comes_first() {
        let offers = offered("rosa");
        assert_eq!(offers.first().map(|offer| offer.1.as_str()), Some("from:\"Rosa Quill\""));
        assert_eq!(offers.len(), 2);
    }

    #[test]
    fn two_exports_with_one_name_offer_it_once() {
        let (one, other) = (export(), export());
        assert_eq!(offers(&[&one, &other], "rosa", 10).len(), 2);
    }

    #[test]
    fn the_filter_offered_reads_back_as_the_name() {
        for name in ["Rosa Quill", "a,b", "say \"hi\"", "back\\slash", "x:y", "(z)", "", "end\\"] {
            let text = format!("from:{} after", quoted(name));
            let Ok(query) = Query::parse(&text) else {
                assert_eq!(name, "");
                continue;
            };
            let Expr::All(parts) = query.root else { panic!("a list") };
            let Some(Expr::Filter(Filter::From(names))) = parts.first() else { panic!("a filter: {parts:?}") };
            assert_eq!((names.join("").as_str(), parts.len()), (name.trim_end_matches('\\'), 2));
        }
    }
}
