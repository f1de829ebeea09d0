//! People and conversations: who is there, what the person says of them, and pages of what was written.

use super::{Desk, Shelf};
use crate::index::Store;
use crate::query::Query;
use crate::report::{self, Decisions, Thread, Values};
use crate::tui::model::{Effect, PeopleFound, Reply, Sought, Verdict, WantedThread};
use std::sync::Arc;

/// Messages before and behind a hit in the preview.
const AROUND: usize = 3;

pub(super) fn perform(desk: &Desk, job: Effect) {
    match job {
        Effect::People { ask } => tell_people(desk, ask),
        Effect::Judge { ask, suggestion, verdict } => {
            if let Err(why) = keep(&desk.shelf().store, &suggestion, verdict) {
                desk.trouble(why);
            }
            tell_people(desk, ask);
        }
        Effect::Thread { ask, wanted } => desk.reply(ask, Reply::Thread(thread(desk, &wanted))),
        Effect::Lines { ask, epoch, thread, query, from, count } => {
            if let Some(shelf) = current(desk, epoch) {
                let lines = thread.lines(&shelf.store, &typed(&query), from..from.saturating_add(count));
                desk.reply(ask, Reply::Lines { from, lines });
            }
        }
        Effect::Seek { ask, epoch, thread, from, sought } => {
            if let Some(shelf) = current(desk, epoch) {
                let found = match sought {
                    Sought::Match { query, forward } => thread.next_match(&shelf.store, &typed(&query), from, forward),
                    Sought::Id(id) => thread.with_id(&shelf.store, &id, from),
                };
                desk.reply(ask, Reply::Sought(found));
            }
        }
        Effect::Around { ask, place, query } => {
            let store = desk.shelf().store;
            let found = place.find(&store).and_then(|hit| report::around(&store, &typed(&query), hit, AROUND));
            desk.reply(ask, Reply::Around(found));
        }
        _ => {}
    }
}

/// The index, if it still is in the state in which its rows were numbered.
fn current(desk: &Desk, epoch: u64) -> Option<Shelf> {
    Some(desk.shelf()).filter(|shelf| shelf.epoch == epoch)
}

fn typed(query: &str) -> Query {
    Query::typing(query).unwrap_or_default()
}

fn tell_people(desk: &Desk, ask: u64) {
    let store = desk.shelf().store;
    let decisions = decisions(&store).unwrap_or_else(|why| {
        desk.trouble(why);
        Decisions::default()
    });
    let people = report::people(&store, &decisions, &desk.owners, Values::Shown);
    let conversations = report::conversations(&store, &desk.owners);
    desk.reply(ask, Reply::People(Box::new(PeopleFound { people, conversations })));
}

/// What the person said of people who may be one.
pub fn decisions(store: &Store) -> Result<Decisions, String> {
    let note = store.note(report::PEOPLE).map_err(|error| error.to_string())?;
    let Some(bytes) = note else { return Ok(Decisions::default()) };
    serde_json::from_slice(&bytes).map_err(|error| format!("reading which people you joined: {error}"))
}

fn keep(store: &Store, suggestion: &str, verdict: Verdict) -> Result<(), String> {
    let lock = store.lock().map_err(|error| error.to_string())?;
    let mut decisions = decisions(store)?;
    decisions.accepted.remove(suggestion);
    decisions.dismissed.remove(suggestion);
    match verdict {
        Verdict::Same => decisions.accepted.insert(suggestion.to_owned()),
        Verdict::NotSame => decisions.dismissed.insert(suggestion.to_owned()),
        Verdict::Open => true,
    };
    let bytes = serde_json::to_vec_pretty(&decisions).map_err(|error| error.to_string())?;
    store.keep_note(&lock, report::PEOPLE, &bytes).map_err(|error| error.to_string())
}

fn thread(desk: &Desk, wanted: &WantedThread) -> Result<(Arc<Thread>, usize), String> {
    let store = desk.shelf().store;
    let (id, hit) = match wanted {
        WantedThread::Id(id) => (Some(id.clone()), None),
        WantedThread::With(place) => {
            let hit = place.find(&store);
            (hit.and_then(|hit| report::conversation_of(&store, hit)), hit)
        }
    };
    let id = id.ok_or_else(|| "This record is in no conversation.".to_owned())?;
    let found = report::thread(&store, &id, &desk.owners);
    let thread = found.ok_or_else(|| "This conversation is not in the index any more.".to_owned())?;
    // Where nobody came to see one message, the newest is read first.
    let at = hit.and_then(|hit| thread.position(hit)).unwrap_or(thread.rows.len().saturating_sub(1));
    Ok((Arc::new(thread), at))
}
