//! Records in the line mode: searches, one record with its source, a conversation.

use super::pages::{Item, List, Place};
use super::{PAGE, Session};
use crate::query::{self, Hit, HitView, Query, Sort, Ticket};
use crate::record::Origin;
use crate::report::{self, Line};
use crate::tui::words::{count, hidden};
use crate::{source, text};

/// Columns of a text in a list; the record holds it whole.
const TEXT: usize = 200;
const MOST: usize = 1 << 16;

/// How a company got something, in a sentence.
pub fn origin_words(origin: Origin) -> &'static str {
    match origin {
        Origin::Provided => "you gave it",
        Origin::Observed => "observed",
        Origin::Inferred => "inferred",
        Origin::Generated => "made by the company",
        Origin::ThirdParty => "from others",
    }
}

/// A statement without what it quotes behind a colon.
pub fn without_values(says: &str) -> String {
    match says.rsplit_once(": ") {
        Some((head, value)) => format!("{head}: {}", hidden(value)),
        None => says.to_owned(),
    }
}

/// A page of hits, newest first.
pub fn search(session: &Session<'_>, typed: &str, title: Option<&str>, page: usize) -> List {
    let heading = title.map_or_else(|| format!("Search: {typed}"), str::to_owned);
    let query = match Query::parse(typed) {
        Ok(query) => query,
        Err(mistake) => {
            let part = typed.get(mistake.start..mistake.end).unwrap_or_default();
            let says = format!("{part:?} cannot be read; expected {}", mistake.expected);
            return List { title: heading, above: vec![says], items: Vec::new(), total: 0 };
        }
    };
    let ticket = Ticket::default();
    let counts = query::count(&session.store, &query, &ticket);
    let found = query::page(&session.store, &query, Sort::Newest, None, (page + 1) * PAGE, &ticket);
    let hits: Vec<Hit> = found.hits.into_iter().skip(page * PAGE).collect();
    let views = query::scan::views(&session.store, &query, &hits);
    let item = |(hit, view): (&Hit, &Option<HitView>)| match view {
        Some(view) => Item::to(line_of(session, view), Place::Record(*hit)),
        None => Item::plain("a record that cannot be read; its part of the index is damaged".to_owned()),
    };
    let mut above = vec![format!("{} found, newest first", count(counts.count, "record"))];
    above.extend(counts.unread);
    List { title: heading, above, items: hits.iter().zip(&views).map(item).collect(), total: counts.count as usize }
}

/// When, where, who, what.
fn line_of(session: &Session<'_>, view: &HitView) -> String {
    let time = view.time.map_or_else(|| "no time".to_owned(), |time| time.to_string().replace('T', " "));
    let mut line = format!("{time}, {}, {}", view.company_name, view.section_name);
    for name in [&view.thread, &view.who].into_iter().flatten() {
        line.push_str(", ");
        line.push_str(&session.look.name(name));
    }
    let values = || view.values.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(" · ");
    let said = session.look.value(&view.text.clone().unwrap_or_else(values));
    let said = crate::tui::canvas::shown(&said, TEXT).into_owned();
    format!("{line}: {said}")
}

/// A record whole: its fields, and how its archive has it.
pub fn record(session: &Session<'_>, hit: Result<Hit, String>) -> List {
    let unread = || "This record cannot be read; its part of the index is damaged.".to_owned();
    let found = hit.and_then(|hit| Ok((hit, query::view(&session.store, &Query::default(), hit).ok_or_else(unread)?)));
    let (hit, view) = match found {
        Ok(found) => found,
        Err(why) => return List { title: "Record".to_owned(), above: vec![why], items: Vec::new(), total: 0 },
    };
    let look = &session.look;
    let time = view.time.map_or_else(|| "no time".to_owned(), |time| time.to_string());
    let mut above = vec![time];
    for (field, value) in &view.values {
        let about = session.data.field(&view.company, &view.section, field);
        let about =
            about.map_or(String::new(), |about| format!(" ({}, {})", about.category_label, origin_words(about.origin)));
        let value = look.value(value);
        let lines: Vec<String> =
            text::block(crate::tui::canvas::head(&value, MOST).0).lines().map(str::to_owned).collect();
        above.push(format!("{field}{about}: {}", lines.first().map_or("", String::as_str)));
        above.extend(lines.into_iter().skip(1).map(|line| format!("  {line}")));
    }
    above.push(format!(
        "Written in {}, {}, {}",
        look.export(&view.export),
        look.value(&view.entry),
        look.value(&view.place)
    ));
    above.extend(written(session, hit, &view.place));
    let title = format!("{}, {}", view.company_name, view.section_name);
    let thread = report::conversation_of(&session.store, hit);
    let items: Vec<Item> =
        thread.map(|id| Item::to("read in conversation".to_owned(), Place::Conversation(id))).into_iter().collect();
    let total = items.len();
    List { title, above, items, total }
}

/// The record as its archive has it; or why that cannot be shown.
fn written(session: &Session<'_>, hit: Hit, place: &str) -> Vec<String> {
    if session.look.hides() {
        return vec!["Its source is hidden; H shows it.".to_owned()];
    }
    let entry = session.store.segments.get(hit.segment as usize).and_then(|segment| {
        let batch = segment.batch(hit.batch as usize).ok()?;
        Some((segment, batch.entry.get(hit.row as usize).copied()?))
    });
    let Some((segment, entry)) = entry else {
        return vec!["Its source is not known; this part of the index is damaged.".to_owned()];
    };
    match source::written(segment, entry, place) {
        Ok(written) => {
            let lines = text::block(crate::tui::canvas::head(&written.text, MOST).0).into_owned();
            let head = format!("As {} has it:", written.file);
            [head].into_iter().chain(lines.lines().map(|line| format!("  {line}"))).collect()
        }
        Err(why) => vec![format!("Shown from the index: {why}")],
    }
}

/// A page of a conversation, oldest first.
pub fn conversation(session: &Session<'_>, id: &str, page: usize) -> List {
    let Some(thread) = report::thread(&session.store, id, &session.context.args.owner) else {
        let why = "This conversation is not in the index any more.".to_owned();
        return List { title: "Conversation".to_owned(), above: vec![why], items: Vec::new(), total: 0 };
    };
    let lines = thread.lines(&session.store, &Query::default(), page * PAGE..(page + 1) * PAGE);
    let one = &thread.conversation;
    let title = format!("{} at {}", session.look.name(&one.title), session.data.name(&one.company));
    let mut above = vec![format!("{}, oldest first", count(one.messages, "message"))];
    if one.half {
        above.push("Only your own half is in the export.".to_owned());
    }
    let item = |line: &Line| {
        let to = Place::At(line.export.clone(), line.entry.clone(), line.locator.clone());
        Item::to(message(session, line), to)
    };
    List { title, above, items: lines.iter().map(item).collect(), total: thread.rows.len() }
}

/// When, who, what was said, what became of it.
fn message(session: &Session<'_>, line: &Line) -> String {
    let time = line.time.as_deref().unwrap_or("no time").replace('T', " ");
    let who = match (&line.who, line.you) {
        (_, true) => "You".to_owned(),
        (Some(who), _) => session.look.name(who),
        (None, _) => "the service".to_owned(),
    };
    let mut said = vec![line.text.as_deref().map(|said| session.look.value(said)).unwrap_or_default()];
    let notes = [(line.deleted, "deleted"), (line.edited, "edited"), (line.reply_to.is_some(), "an answer")];
    said.extend(notes.iter().filter(|(holds, _)| *holds).map(|(_, note)| format!("[{note}]")));
    said.extend(line.attachments.iter().map(|file| {
        let name = session.look.value(&file.name);
        format!("[{name}, {}]", file.why.as_deref().unwrap_or("in the archive"))
    }));
    said.extend(line.reactions.iter().map(|one| format!("[{}]", one.sign)));
    said.retain(|part| !part.is_empty());
    format!("{time}, {who}: {}", said.join(" "))
}
