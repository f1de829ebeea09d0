//! Orders that the index does not have: best match, by conversation, by company. They are made of the newest hits, up to a number.

use super::pages::{self, Request};
use super::parse::{Query, Term};
use super::scan::{Hit, HitView, Page, Sort, Ticket};
use super::shown;
use super::sweep::Plans;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

/// Hits that are put in order: the newest so many.
pub const NEWEST: usize = 2000;

/// The order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    #[default]
    Newest,
    Oldest,
    /// Whole words before beginnings of words before parts of words; then words that stand close together; then the newest.
    Best,
    /// Conversation by conversation, the one with the newest hit first; records in none come last.
    Conversation,
    /// Company by company, by name.
    Company,
}

impl Order {
    pub const ALL: [Self; 5] = [Self::Newest, Self::Oldest, Self::Best, Self::Conversation, Self::Company];

    /// The order of time that it is; `None` if hits have to be put into it by [`arranged`].
    pub fn sort(self) -> Option<Sort> {
        match self {
            Self::Newest => Some(Sort::Newest),
            Self::Oldest => Some(Sort::Oldest),
            _ => None,
        }
    }
}

/// The newest hits, in an order; `more` says that older ones were left out.
pub fn arranged(plans: &Plans<'_>, query: &Query, order: Order, ticket: &Ticket) -> Page {
    let request = Request { sort: order.sort().unwrap_or_default(), after: None, limit: NEWEST };
    let mut page = pages::find(plans, request, ticket);
    if order.sort().is_none() {
        let views = shown::views(plans.sources, query, &page.hits);
        let known = page.hits.iter().copied().zip(views).filter_map(|(hit, view)| Some((hit, view?))).collect();
        page.hits = in_order(known, query, order);
    }
    page
}

fn in_order(mut known: Vec<(Hit, HitView)>, query: &Query, order: Order) -> Vec<Hit> {
    // All sorting is stable: what is equal stays the newest first.
    match order {
        Order::Newest | Order::Oldest => {}
        Order::Best => {
            let terms = query.terms();
            known.sort_by_cached_key(|(_, view)| fit(view, &terms));
        }
        Order::Company => {
            known.sort_by_cached_key(|(_, view)| (view.company_name.to_lowercase(), view.company.clone()));
        }
        Order::Conversation => {
            let mut first: HashMap<(String, String), usize> = HashMap::new();
            let rank = |(_, view): &(Hit, HitView)| {
                let Some(thread) = &view.thread else { return usize::MAX };
                let next = first.len();
                *first.entry((view.company.clone(), thread.clone())).or_insert(next)
            };
            let ranks: Vec<usize> = known.iter().map(rank).collect();
            let mut ranked: Vec<(usize, Hit)> = ranks.into_iter().zip(known.iter().map(|(hit, _)| *hit)).collect();
            ranked.sort_by_key(|(rank, _)| *rank);
            return ranked.into_iter().map(|(_, hit)| hit).collect();
        }
    }
    known.into_iter().map(|(hit, _)| hit).collect()
}

/// How well a term stands in a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Edge {
    Inside = 1,
    Beginning,
    Whole,
}

/// What sorts the better record first.
fn fit(view: &HitView, terms: &[&Term]) -> (Reverse<usize>, usize) {
    let mut best = vec![0; terms.len()];
    let mut nearest = usize::MAX;
    for (number, (_, value)) in view.values.iter().enumerate() {
        let here = |range: &Range<usize>| {
            view.matches
                .iter()
                .any(|known| known.value == number && known.start == range.start && known.end == range.end)
        };
        let mut places: Vec<(usize, usize)> = Vec::new();
        for (at, term) in terms.iter().enumerate() {
            for range in term.places(value).into_iter().filter(here) {
                if let Some(best) = best.get_mut(at) {
                    *best = (*best).max(edge(value, &range) as usize);
                }
                places.push((range.start, at));
            }
        }
        places.sort_unstable();
        nearest = nearest.min(closeness(&places, terms.len()));
    }
    (Reverse(best.iter().sum()), nearest)
}

fn edge(value: &str, range: &Range<usize>) -> Edge {
    let before = value.get(..range.start).and_then(|text| text.chars().next_back());
    let after = value.get(range.end..).and_then(|text| text.chars().next());
    match (before.is_some_and(char::is_alphanumeric), after.is_some_and(char::is_alphanumeric)) {
        (false, false) => Edge::Whole,
        (false, true) => Edge::Beginning,
        (true, _) => Edge::Inside,
    }
}

/// Bytes of the shortest stretch that holds every term, of their places in order; the greatest number if none does.
fn closeness(places: &[(usize, usize)], terms: usize) -> usize {
    let mut last: Vec<Option<usize>> = vec![None; terms];
    let mut nearest = usize::MAX;
    for &(place, term) in places {
        if let Some(last) = last.get_mut(term) {
            *last = Some(place);
        }
        let first = last.iter().copied().try_fold(place, |least, place| place.map(|place| least.min(place)));
        nearest = first.map_or(nearest, |first| nearest.min(place - first));
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::super::memory::{Line, Memory};
    use super::super::scan::tests::sources;
    use super::*;
    use crate::record::Time;

    fn said(second: i64, thread: Option<&'static str>, text: &str) -> Line {
        let time = Time::utc_s(1_000_000_000 + second);
        Line { time, thread, values: vec![("content", text.to_owned())], ..Line::default() }
    }

    fn texts(exports: &[Memory], query: &str, order: Order) -> Vec<String> {
        let query = Query::parse(query).expect("a right query");
        let sources = sources(exports);
        let page = arranged(&Plans::new(&query, &sources), &query, order, &Ticket::default());
        let views = shown::views(&sources, &query, &page.hits);
        views.into_iter().map(|view| view.expect("a hit of these exports").values[0].1.clone()).collect()
    }

    #[test]
    fn a_whole_word_goes_before_a_beginning_and_that_before_a_part() {
        let lines =
            [said(4, None, "brunch"), said(3, None, "unchanged"), said(2, None, "unch!"), said(1, None, "unch")];
        let found = texts(&[Memory::new("facebook", &lines, 3)], "unch", Order::Best);
        assert_eq!(found, ["unch!", "unch", "unchanged", "brunch"]);
    }

    #[test]
    fn words_that_stand_close_together_go_before_words_far_apart() {
        let far = "lunch, and then the train, and much later on sunday";
        let lines = [said(9, None, far), said(1, None, "lunch on sunday")];
        let found = texts(&[Memory::new("facebook", &lines, 3)], "sunday lunch", Order::Best);
        assert_eq!(found, ["lunch on sunday", far]);
    }

    #[test]
    fn without_words_the_best_are_the_newest() {
        let lines = [said(1, None, "old"), said(2, None, "new")];
        assert_eq!(texts(&[Memory::new("facebook", &lines, 3)], "co:facebook", Order::Best), ["new", "old"]);
    }

    #[test]
    fn conversations_stay_together_the_one_with_the_newest_first() {
        let lines = [
            said(5, Some("Family"), "five"),
            said(4, Some("Sam"), "four"),
            said(3, None, "three"),
            said(2, Some("Family"), "two"),
        ];
        let found = texts(&[Memory::new("facebook", &lines, 3)], "", Order::Conversation);
        assert_eq!(found, ["five", "two", "four", "three"]);
    }

    #[test]
    fn companies_come_by_name_and_within_one_the_newest_first() {
        let exports = [
            Memory::new("whatsapp", &[said(9, None, "w")], 3),
            Memory::new("facebook", &[said(1, None, "f1"), said(2, None, "f2")], 3),
        ];
        assert_eq!(texts(&exports, "", Order::Company), ["f2", "f1", "w"]);
    }

    #[test]
    fn only_the_newest_are_put_in_order_and_the_page_says_so() {
        let lines: Vec<Line> = (0..=NEWEST as i64).map(|second| said(second, None, "lunch")).collect();
        let exports = [Memory::new("facebook", &lines, 500)];
        let query = Query::parse("lunch").expect("a right query");
        let sources = sources(&exports);
        let page = arranged(&Plans::new(&query, &sources), &query, Order::Best, &Ticket::default());
        assert_eq!((page.hits.len(), page.more), (NEWEST, true));
    }
}
