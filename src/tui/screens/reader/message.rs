//! A message in rows: when and who, what was said, what belongs to it.

use crate::record::{Time, Zone};
use crate::report::{Attachment, Line as Message, Reaction};
use crate::tui::look::{Look, Role};
use crate::tui::widgets::snippet::{self, Piece};
use crate::tui::widgets::wrap::wrapped;

/// Bytes of one message that are laid out; the record shows the whole.
const MOST: usize = 16 << 10;
/// Characters of a quoted message.
const QUOTED: usize = 60;

/// What stands in a row, behind the columns of time and name.
#[derive(Debug)]
pub(in crate::tui::screens) enum Row {
    Plain(Role, String),
    Pieces(Vec<Piece>),
}

/// The rows of a message in `width` columns; at least one. Where there is more than `most` rows, the last one says so.
pub(in crate::tui::screens) fn rows(message: &Message, look: &Look, width: usize, most: usize) -> Vec<Row> {
    let width = width.max(4);
    let mut rows = Vec::new();
    let dim = |rows: &mut Vec<Row>, text: String| {
        rows.extend(wrapped(&text, width, MOST).into_iter().map(|line| Row::Plain(Role::Dim, line)));
    };
    if let Some(from) = &message.forwarded_from {
        dim(&mut rows, format!("forwarded from {}", look.name(from)));
    }
    if message.quoted.is_some() || message.reply_to.is_some() {
        dim(&mut rows, answers(message.quoted.as_deref(), look));
    }
    if let Some(text) = message.text.as_ref().filter(|text| !text.is_empty()) {
        if look.hides() {
            rows.push(Row::Plain(Role::Text, look.value(text)));
        } else if message.event {
            dim(&mut rows, text.clone());
        } else {
            rows.extend(snippet::flow(text, &message.matches, width, MOST).into_iter().map(Row::Pieces));
        }
    }
    for file in &message.attachments {
        rows.extend(wrapped(&attached(file, look), width, MOST).into_iter().map(|line| Row::Plain(Role::Text, line)));
    }
    let after = marks(message, look);
    if !after.is_empty() {
        dim(&mut rows, after);
    }
    if rows.is_empty() {
        rows.push(Row::Plain(Role::Dim, "[nothing that can be shown; Enter opens the record]".to_owned()));
    }
    if rows.len() > most.max(1) {
        rows.truncate(most.max(1) - 1);
        rows.push(Row::Plain(Role::Dim, "… the record shows the rest".to_owned()));
    }
    rows
}

fn answers(quoted: Option<&str>, look: &Look) -> String {
    match quoted {
        Some(quoted) if look.hides() => format!("answers {}", look.value(quoted)),
        Some(quoted) => {
            let head: String = quoted.chars().take(QUOTED).collect();
            let more = if quoted.chars().nth(QUOTED).is_some() { "…" } else { "" };
            format!("answers “{head}{more}”")
        }
        None => "answers an earlier message".to_owned(),
    }
}

fn attached(file: &Attachment, look: &Look) -> String {
    let place = match &file.why {
        None => "in the archive".to_owned(),
        Some(why) => format!("not here: {why}"),
    };
    format!("[{}, {place}]", look.name(&file.name))
}

/// Deleted, edited, reactions.
fn marks(message: &Message, look: &Look) -> String {
    let deleted = message.deleted.then(|| "[deleted]".to_owned());
    let edited = message.edited.then(|| "[edited]".to_owned());
    let reaction = |one: &Reaction| {
        let who = one.who.as_ref().map(|who| format!(" {}", look.name(who))).unwrap_or_default();
        format!("{}{who}", one.sign)
    };
    let reactions: Vec<String> = message.reactions.iter().map(reaction).collect();
    let reactions = (!reactions.is_empty()).then(|| reactions.join(", "));
    deleted.into_iter().chain(edited).chain(reactions).collect::<Vec<_>>().join("  ")
}

/// Who wrote, as it is shown.
pub(in crate::tui::screens) fn who(message: &Message, look: &Look) -> String {
    match &message.who {
        _ if message.you => "You".to_owned(),
        Some(who) => look.name(who),
        None => "–".to_owned(),
    }
}

/// `18:57`; nothing if only the day is known.
pub(in crate::tui::screens) fn clock(time: Option<Time>) -> String {
    match time {
        Some(time) if time.zone != Zone::Day => {
            let civil = time.civil();
            format!("{:02}:{:02}", civil.hour(), civil.minute())
        }
        _ => String::new(),
    }
}

/// `Sunday 30 October 2026`
pub(in crate::tui::screens) fn day(time: Option<Time>) -> String {
    time.map_or_else(|| "without a date".to_owned(), |time| time.civil().strftime("%A %-d %B %Y").to_string())
}
