//! Searches: the newest question wins, its first page goes out before anything is counted.

use super::{Desk, spawn};
use crate::index::Store;
use crate::query::{self, Counts, Hit, Named, Order, Query, Ticket, scan};
use crate::tui::model::{Msg, Offer, Reply, Said};
use crate::tui::screens::search::filters::{self, plain_words};
use crate::tui::words;
use crossbeam_channel::{Receiver, Sender, unbounded};
use std::sync::Arc;
use std::time::{Duration, Instant};

const PAGE: usize = 50;
/// How long counting may take before it stops with an estimate, until it is asked to go on.
const PATIENCE: Duration = Duration::from_secs(2);
const OFFERS: usize = 3;
/// Letters of a word below which nearly every name matches.
const LETTERS: usize = 3;

/// The threads that search and count.
pub(super) struct Searches {
    jobs: Sender<Job>,
    /// Stops the search that runs.
    ticket: Ticket,
}

enum Job {
    New(Question),
    More(u64),
    /// Counts to the end, however long it takes.
    CountOn(u64),
}

/// A question to be counted, and how long that may take.
struct Counting {
    of: Running,
    patience: Option<Duration>,
}

struct Question {
    ask: u64,
    text: String,
    order: Order,
    store: Arc<Store>,
    ticket: Ticket,
}

/// A question that could be read, on its way to being counted.
#[derive(Clone)]
struct Running {
    ask: u64,
    query: Arc<Query>,
    order: Order,
    store: Arc<Store>,
    ticket: Ticket,
    last: Option<Hit>,
    /// Hits that are in an order of their own and were not shown yet, the next one last.
    arranged: Option<Vec<Hit>>,
}

impl Searches {
    pub(super) fn start(desk: &Arc<Desk>) -> anyhow::Result<Self> {
        let (jobs, asked) = unbounded();
        let (count, counted) = unbounded();
        spawn("search", desk, move |desk| search(desk, &asked, &count))?;
        spawn("count", desk, move |desk| count_all(desk, &counted))?;
        Ok(Self { jobs, ticket: Ticket::default() })
    }

    pub(super) fn ask(&mut self, ask: u64, text: String, order: Order, store: Arc<Store>) {
        self.ticket.cancel();
        self.ticket = Ticket::default();
        let ticket = self.ticket.clone();
        drop(self.jobs.send(Job::New(Question { ask, text, order, store, ticket })));
    }

    pub(super) fn more(&self, ask: u64) {
        drop(self.jobs.send(Job::More(ask)));
    }

    pub(super) fn count_on(&self, ask: u64) {
        drop(self.jobs.send(Job::CountOn(ask)));
    }

    pub(super) fn cancel(&self) {
        self.ticket.cancel();
    }
}

fn search(desk: &Desk, asked: &Receiver<Job>, count: &Sender<Counting>) {
    let mut running: Option<Running> = None;
    while let Ok(job) = asked.recv() {
        match job {
            Job::New(question) if question.ticket.is_cancelled() => {}
            Job::New(question) => running = begin(desk, question, count),
            Job::CountOn(ask) => {
                if let Some(running) = running.as_ref().filter(|running| running.ask == ask) {
                    drop(count.send(Counting { of: running.clone(), patience: None }));
                }
            }
            Job::More(ask) => {
                if let Some(running) = running.as_mut().filter(|running| running.ask == ask) {
                    page(desk, running, false);
                }
            }
        }
    }
}

/// Answers the first page, then has it counted, then looks for names.
fn begin(desk: &Desk, question: Question, count: &Sender<Counting>) -> Option<Running> {
    let Question { ask, text, order, store, ticket } = question;
    let query = match Query::typing(&text) {
        Ok(query) => Arc::new(query),
        Err(mistake) => {
            let (start, end, expected) = (mistake.start, mistake.end, mistake.expected);
            desk.reply(ask, Reply::Mistake { start, end, expected });
            return None;
        }
    };
    if !query.unknown.is_empty() {
        let names: Vec<String> = query.unknown.iter().map(|name| format!("{name}:")).collect();
        let are = if names.len() == 1 { "is no filter" } else { "are no filters" };
        desk.tell(Msg::Said(Said::note(format!("{} {are}; searched as text", words::listed(&names)))));
    }
    let mut running = Running { ask, query, order, store, ticket, last: None, arranged: None };
    page(desk, &mut running, true);
    drop(count.send(Counting { of: running.clone(), patience: Some(PATIENCE) }));
    if !running.ticket.is_cancelled() {
        desk.reply(ask, Reply::Offers(offers(&running.store, &text)));
    }
    Some(running)
}

/// Fields, people and companies whose names match the plain words of a query: names are not searched as text.
fn offers(store: &Store, text: &str) -> Vec<Offer> {
    let words = plain_words(text);
    if words.iter().any(|word| word.chars().count() < LETTERS) {
        return Vec::new();
    }
    let found = query::names(store, &words.join(" "), OFFERS);
    found.into_iter().map(|found| Offer { what: what(found.named), name: found.name, filter: found.filter }).collect()
}

fn what(named: Named) -> &'static str {
    match named {
        Named::Company => "company",
        Named::Section => "section",
        Named::Person => "person",
        Named::Field => "field",
    }
}

fn page(desk: &Desk, running: &mut Running, first: bool) {
    let Some((hits, more)) = next_hits(running) else { return };
    let Running { store, query, .. } = &*running;
    let views = scan::views(store, query, &hits).into_iter().flatten().collect();
    desk.reply(running.ask, Reply::Page { first, views, more });
    running.last = hits.last().copied().or(running.last);
}

/// The next hits, and whether more follow; `None` if a newer question stopped this one.
fn next_hits(running: &mut Running) -> Option<(Vec<Hit>, bool)> {
    let Running { store, query, order, ticket, .. } = &*running;
    if let Some(sort) = order.sort() {
        let page = scan::page(store, query, sort, running.last, PAGE, ticket);
        return (!page.cancelled).then_some((page.hits, page.more));
    }
    if running.arranged.is_none() {
        let page = scan::arranged(store, query, *order, ticket);
        if page.cancelled {
            return None;
        }
        running.arranged = Some(page.hits.into_iter().rev().collect());
    }
    let left = running.arranged.as_mut()?;
    let hits = (0..PAGE).map_while(|_| left.pop()).collect();
    Some((hits, !left.is_empty()))
}

fn count_all(desk: &Desk, questions: &Receiver<Counting>) {
    while let Ok(first) = questions.recv() {
        let Counting { of, patience } = questions.try_iter().last().unwrap_or(first);
        if of.ticket.is_cancelled() {
            continue;
        }
        let ticket = patience.map_or_else(|| of.ticket.clone(), |patience| of.ticket.until(Instant::now() + patience));
        let counts = scan::count(&of.store, &of.query, &ticket);
        if !of.ticket.is_cancelled() {
            desk.reply(of.ask, Reply::Counts(counts.clone()));
            count_facets(desk, &of, patience, counts);
        }
    }
}

/// Counts each group of facets that the query narrows as if it did not: what else could be chosen shows with its number.
fn count_facets(desk: &Desk, running: &Running, patience: Option<Duration>, mut counts: Counts) {
    let wider = filters::wider(&running.query.text);
    let ticket = running.ticket.clone();
    let ticket = patience.map_or(ticket, |patience| running.ticket.until(Instant::now() + patience));
    for (group, text) in &wider {
        let Ok(query) = Query::typing(text) else { continue };
        let of_group = scan::count(&running.store, &query, &ticket);
        counts.exact &= of_group.exact;
        match *group {
            "co" => counts.companies = of_group.companies,
            "kind" => counts.kinds = of_group.kinds,
            "on" => counts.years = of_group.years,
            _ => counts.sections = of_group.sections,
        }
    }
    if !wider.is_empty() && !running.ticket.is_cancelled() {
        desk.reply(running.ask, Reply::Facets(counts));
    }
}
