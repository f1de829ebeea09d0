//! Conversations: which there are, and what was written in one of them, in the order of time. A conversation is known by its
//! company and its key there, so that several exports of one account hold it once.

mod line;

pub use line::{Attachment, Line, Reaction};

use super::{identity, people};
use crate::index::fold::folded;
use crate::index::{Numbers, Segment, Store, hash};
use crate::query::{Hit, Query, scan};
use crate::record::{Fate, Kind, Time};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

/// Messages that are looked through at a time.
const CHUNK: usize = 512;

/// `conversation --json`: one conversation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Conversation {
    /// The same in every run: made of the company and the conversation's key there.
    pub id: String,
    pub company: String,
    pub title: String,
    /// Those who wrote, most messages first.
    pub members: Vec<Member>,
    pub messages: u64,
    pub first: Option<String>,
    pub last: Option<String>,
    /// Only the owner's own half is in the exports.
    pub half: bool,
    pub exports: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    pub name: String,
    pub messages: u64,
    /// The owner of the export.
    pub you: bool,
}

/// A conversation, opened: its messages as numbers, oldest first, those without time last. Half a million take twelve megabytes.
#[derive(Debug, Clone, Default)]
pub struct Thread {
    pub conversation: Conversation,
    pub rows: Vec<Row>,
    /// By segment: names of files without their folders, and why one cannot be read, if so.
    pub files: HashMap<u32, HashMap<String, Option<String>>>,
}

/// Where a message is, and when it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub ms: i64,
    pub zone: i16,
    pub hit: Hit,
}

impl Row {
    pub fn time(&self) -> Option<Time> {
        (self.ms != i64::MIN).then(|| Time::from_columns(self.ms, self.zone))
    }
}

/// What one export holds of a conversation.
#[derive(Default)]
struct Counted {
    messages: u64,
    span: Option<(Time, Time)>,
    members: HashMap<u32, u64>,
    half: bool,
}

/// All of one conversation while it is gathered.
#[derive(Default)]
struct Gathered {
    title: String,
    messages: u64,
    span: Option<(Time, Time)>,
    members: BTreeMap<String, u64>,
    half: Option<bool>,
    exports: BTreeSet<String>,
}

/// All conversations, the one written in last first.
pub fn conversations(store: &Store, owners: &[String]) -> Vec<Conversation> {
    of(store, owners, &|_| true)
}

/// The conversation with this id.
pub fn thread(store: &Store, id: &str, owners: &[String]) -> Option<Thread> {
    let conversation = of(store, owners, &|known| known == id).pop()?;
    let mut rows = Vec::with_capacity(conversation.messages as usize);
    let mut files = HashMap::new();
    for (number, segment) in store.segments.iter().enumerate() {
        let wanted: Vec<bool> =
            segment.catalog.threads.iter().map(|thread| id_of(segment, &thread.key) == id).collect();
        if !wanted.contains(&true) {
            continue;
        }
        files.insert(number as u32, files_of(segment));
        messages(store, number, &mut |batch, at, row| {
            if wanted.get(batch.thread[row] as usize) == Some(&true) {
                let hit = Hit { segment: number as u32, batch: at as u32, row: row as u32 };
                rows.push(Row { ms: batch.time[row], zone: batch.zone[row], hit });
            }
        });
    }
    // Messages of one moment stay in the order of the archive.
    rows.sort_by_key(|row| if row.ms == i64::MIN { i64::MAX } else { row.ms });
    Some(Thread { conversation, rows, files })
}

/// The id of the conversation that a message belongs to.
pub fn conversation_of(store: &Store, hit: Hit) -> Option<String> {
    let segment = store.segments.get(hit.segment as usize)?;
    let batch = segment.numbers(hit.batch as usize).ok()?;
    let row = hit.row as usize;
    let shape = segment.catalog.shapes.get(*batch.shape.get(row)? as usize)?;
    let section = segment.catalog.sections.get(usize::from(shape.section))?;
    let thread = segment.catalog.threads.get(*batch.thread.get(row)? as usize)?;
    (section.kind == Kind::Message).then(|| id_of(segment, &thread.key))
}

impl Thread {
    /// What was written: lines `range`, with the places where the terms of `query` stand.
    pub fn lines(&self, store: &Store, query: &Query, range: Range<usize>) -> Vec<Line> {
        let range = range.start.min(self.rows.len())..range.end.min(self.rows.len());
        let hits: Vec<Hit> = self.rows.get(range).unwrap_or_default().iter().map(|row| row.hit).collect();
        let views = scan::views(store, query, &hits);
        let line = |(hit, view): (&Hit, Option<scan::HitView>)| {
            view.map_or_else(line::unreadable, |view| {
                line::line(&view, self.files.get(&hit.segment), &self.conversation)
            })
        };
        hits.iter().zip(views).map(line).collect()
    }

    /// The place of a message.
    pub fn position(&self, hit: Hit) -> Option<usize> {
        self.rows.iter().position(|row| row.hit == hit)
    }

    /// The first message at or after a moment; the last message if all are before it.
    pub fn at_time(&self, ms: i64) -> usize {
        let timed = self.rows.partition_point(|row| row.ms != i64::MIN && row.ms < ms);
        timed.min(self.rows.len().saturating_sub(1))
    }

    /// The next message behind `from` (or before it) in which a term of the query stands.
    pub fn next_match(&self, store: &Store, query: &Query, from: usize, forward: bool) -> Option<usize> {
        self.seek(store, query, from, forward, &|view| !view.matches.is_empty())
    }

    /// The message that calls itself so, sought backwards from `from`, then behind it.
    pub fn with_id(&self, store: &Store, id: &str, from: usize) -> Option<usize> {
        let is_it = |view: &scan::HitView| line::id_of(view) == Some(id);
        let every = Query::default();
        let before = self.seek(store, &every, from, false, &is_it);
        before.or_else(|| self.seek(store, &every, from, true, &is_it))
    }

    fn seek(
        &self,
        store: &Store,
        query: &Query,
        from: usize,
        forward: bool,
        is_it: &dyn Fn(&scan::HitView) -> bool,
    ) -> Option<usize> {
        let order: Box<dyn Iterator<Item = usize>> =
            if forward { Box::new(from + 1..self.rows.len()) } else { Box::new((0..from.min(self.rows.len())).rev()) };
        let mut order = order.peekable();
        while order.peek().is_some() {
            let numbers: Vec<usize> = order.by_ref().take(CHUNK).collect();
            let hits: Vec<Hit> = numbers.iter().filter_map(|&at| Some(self.rows.get(at)?.hit)).collect();
            let views = scan::views(store, query, &hits);
            let found = views.iter().position(|view| view.as_ref().is_some_and(is_it));
            if let Some(&at) = found.and_then(|found| numbers.get(found)) {
                return Some(at);
            }
        }
        None
    }
}

/// Messages around one, oldest first, and its place among them. Only those that stand near it in the archive are looked at, so
/// that it is quick.
pub fn around(store: &Store, query: &Query, hit: Hit, each_side: usize) -> Option<(Vec<Line>, usize)> {
    let id = conversation_of(store, hit)?;
    let segment = store.segments.get(hit.segment as usize)?;
    let batch = segment.numbers(hit.batch as usize).ok()?;
    let thread = *batch.thread.get(hit.row as usize)?;
    let is_message = message_shapes(segment);
    let mut rows: Vec<Row> = (0..batch.len())
        .filter(|&row| batch.thread[row] == thread && is_message.get(batch.shape[row] as usize) == Some(&true))
        .map(|row| Row { ms: batch.time[row], zone: batch.zone[row], hit: Hit { row: row as u32, ..hit } })
        .collect();
    rows.sort_by_key(|row| if row.ms == i64::MIN { i64::MAX } else { row.ms });
    let at = rows.iter().position(|row| row.hit == hit)?;
    let from = at.saturating_sub(each_side);
    let rows: Vec<Row> = rows.into_iter().skip(from).take(2 * each_side + 1).collect();
    let meta = segment.catalog.threads.get(thread as usize)?;
    let conversation = Conversation { id, title: titled(&meta.title, &meta.key), ..Conversation::default() };
    let thread = Thread { conversation, rows, files: HashMap::new() };
    Some((thread.lines(store, query, 0..usize::MAX), at - from))
}

fn titled(title: &str, key: &str) -> String {
    if title.is_empty() { key.to_owned() } else { title.to_owned() }
}

fn id_of(segment: &Segment, key: &str) -> String {
    let text = format!("{} {key}", segment.manifest.company);
    format!("c{:08x}", hash::of(text.as_bytes()) as u32)
}

fn message_shapes(segment: &Segment) -> Vec<bool> {
    let sections = &segment.catalog.sections;
    let is_message = |section: u16| sections.get(usize::from(section)).is_some_and(|it| it.kind == Kind::Message);
    segment.catalog.shapes.iter().map(|shape| is_message(shape.section)).collect()
}

/// Calls `visit` with every message of a segment that stands in a conversation, once for each record of snapshots.
fn messages(store: &Store, number: usize, visit: &mut dyn FnMut(&Numbers<'_>, usize, usize)) {
    let Some(segment) = store.segments.get(number) else { return };
    let is_message = message_shapes(segment);
    let shadowed = store.shadowed(number);
    for at in segment.batches_of(&|shape| is_message.get(shape) == Some(&true)) {
        let Ok(batch) = segment.numbers(at) else { continue };
        for row in 0..batch.len() {
            let counts = is_message.get(batch.shape[row] as usize) == Some(&true)
                && (batch.thread[row] as usize) < segment.catalog.threads.len()
                && shadowed.is_none_or(|set| !set.contains(at, row));
            if counts {
                visit(&batch, at, row);
            }
        }
    }
}

fn of(store: &Store, owners: &[String], wanted: &dyn Fn(&str) -> bool) -> Vec<Conversation> {
    let own = people::own_names(&identity::groups(store, owners));
    let mut found: BTreeMap<(String, String), Gathered> = BTreeMap::new();
    for (number, segment) in store.segments.iter().enumerate() {
        let ids: Vec<String> = segment.catalog.threads.iter().map(|thread| id_of(segment, &thread.key)).collect();
        for (thread, counted) in counted(store, number) {
            let Some(id) = ids.get(thread as usize).filter(|id| wanted(id)) else { continue };
            let gathered = found.entry((segment.manifest.company.clone(), id.clone())).or_default();
            gathered.add(segment, thread, &counted);
        }
    }
    let mut all: Vec<(Option<i64>, Conversation)> =
        found.into_iter().map(|((company, id), gathered)| gathered.told(company, id, &own)).collect();
    all.sort_by_key(|(last, conversation)| (Reverse(*last), conversation.id.clone()));
    all.into_iter().map(|(_, conversation)| conversation).collect()
}

fn counted(store: &Store, number: usize) -> HashMap<u32, Counted> {
    let mut counts: HashMap<u32, Counted> = HashMap::new();
    let Some(segment) = store.segments.get(number) else { return counts };
    let half_of = |shape: &crate::index::catalog::Shape| {
        segment.catalog.sections.get(usize::from(shape.section)).is_some_and(|section| section.half)
    };
    let half: Vec<bool> = segment.catalog.shapes.iter().map(half_of).collect();
    messages(store, number, &mut |batch, _, row| {
        let one = counts.entry(batch.thread[row]).or_default();
        one.messages += 1;
        one.half |= half.get(batch.shape[row] as usize) == Some(&true);
        if let Some(time) = batch.time_of(row) {
            one.span = spanned(one.span, Some((time, time)));
        }
        if (batch.who[row] as usize) < segment.catalog.people.len() {
            *one.members.entry(batch.who[row]).or_default() += 1;
        }
    });
    counts
}

fn spanned(one: Option<(Time, Time)>, other: Option<(Time, Time)>) -> Option<(Time, Time)> {
    match (one, other) {
        (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
        (one, other) => one.or(other),
    }
}

impl Gathered {
    fn add(&mut self, segment: &Segment, thread: u32, counted: &Counted) {
        let Some(meta) = segment.catalog.threads.get(thread as usize) else { return };
        self.title = titled(&meta.title, &meta.key);
        self.messages += counted.messages;
        self.span = spanned(self.span, counted.span);
        // One export with both halves is enough.
        self.half = Some(self.half.unwrap_or(true) && counted.half);
        self.exports.insert(segment.manifest.id.clone());
        for (&who, &messages) in &counted.members {
            if let Some(name) = segment.catalog.people.get(who as usize) {
                *self.members.entry(name.clone()).or_default() += messages;
            }
        }
    }

    fn told(self, company: String, id: String, own: &BTreeSet<String>) -> (Option<i64>, Conversation) {
        let mut members: Vec<Member> = self
            .members
            .into_iter()
            .map(|(name, messages)| Member { you: own.contains(&folded(&name)), name, messages })
            .collect();
        members.sort_by_key(|member| (Reverse(member.messages), member.name.clone()));
        let conversation = Conversation {
            id,
            company,
            title: self.title,
            members,
            messages: self.messages,
            first: self.span.map(|(first, _)| first.to_string()),
            last: self.span.map(|(_, last)| last.to_string()),
            half: self.half == Some(true),
            exports: self.exports.into_iter().collect(),
        };
        (self.span.map(|(_, last)| last.ms), conversation)
    }
}

fn files_of(segment: &Segment) -> HashMap<String, Option<String>> {
    let Ok(ledger) = segment.ledger() else { return HashMap::new() };
    let unreadable = |fate| fate == Fate::Failed;
    ledger
        .entries
        .into_iter()
        .map(|entry| {
            let why = entry.why.filter(|_| unreadable(entry.fate));
            (line::file_name(&entry.entry).to_owned(), why)
        })
        .collect()
}
