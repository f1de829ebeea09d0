//! One message from its first line to its last, and the record it becomes.

use super::body::{Body, Place, Setting};
use super::date::Order;
use super::header::{Clock, Header};
use super::marks::{bare, trimmed};
use super::poll::Poll;
use super::sender::shown;
use super::tokens::{Half, Tokens};
use crate::decode::cap;
use crate::emit::Emitter;
use crate::record::{Time, ValueType};

/// Words beside a time that say nothing of the half of the day.
const TIME_WORDS: [&str; 8] = ["klo", "kl", "um", "às", "uhr", "h", "น", "at"];

#[derive(Debug, Default)]
pub struct Message {
    /// 1-based line of its header.
    pub line: u64,
    /// As written; empty for lines above the first header.
    pub date: String,
    pub time: Option<Time>,
    /// As written. `None`: the app itself speaks.
    pub sender: Option<String>,
    pub body: String,
    /// Lines were left out, since the message is larger than a value may be.
    pub is_cut: bool,
}

impl Message {
    /// Adds a line that has no header.
    pub fn add(&mut self, line: &str) {
        if self.body.len() + line.len() < cap::VALUE {
            self.body.push('\n');
            self.body.push_str(line);
        } else {
            self.is_cut = true;
        }
    }

    /// Gives the message away as a record. `title` is the name of the chat.
    pub fn emit(&self, title: Option<&str>, setting: Setting<'_>, emitter: &mut Emitter<'_>) {
        emitter.begin("line *", self.line);
        if !self.date.is_empty() {
            put(emitter, "date", &bare(&self.date), ValueType::Time);
        }
        let body = match &self.sender {
            Some(_) => Body::read(&self.body, setting),
            None if self.date.is_empty() => Body { text: bare(&self.body), ..Body::default() },
            None => Body::of_app(&self.body, setting),
        };
        if let Some(sender) = &self.sender {
            emit_sender(sender, title, body.event == Some("system"), emitter);
        }
        emit_body(&body, emitter);
        if let Some(time) = self.time {
            emitter.time(time);
        }
        emitter.end();
    }
}

/// On iOS the app speaks in the name of the chat: that is nobody's message.
fn emit_sender(written: &str, title: Option<&str>, is_app: bool, emitter: &mut Emitter<'_>) {
    let name = shown(written);
    let field = if is_app && title == Some(&*name) { "chat" } else { "sender" };
    put_text(emitter, field, &name);
    let written = bare(written);
    if trimmed(&written).starts_with('~') {
        put_text(emitter, "sender_as_written", &written);
    }
}

fn emit_body(body: &Body<'_>, emitter: &mut Emitter<'_>) {
    put_text(emitter, "text", &body.text);
    put_text(emitter, "event", body.event.unwrap_or_default());
    put_text(emitter, "call", body.call.unwrap_or_default());
    if let Some(attachment) = &body.attachment {
        put_text(emitter, "attachment", attachment.file.unwrap_or_default());
        put_text(emitter, "attachment_kind", attachment.kind);
        put_text(emitter, "caption", attachment.caption.unwrap_or_default());
        if attachment.is_omitted {
            put(emitter, "attachment_omitted", "true", ValueType::Boolean);
        }
    }
    if let Some(place) = &body.place {
        emit_place(place, emitter);
    }
    if let Some(poll) = &body.poll {
        emit_poll(poll, emitter);
    }
    if body.edited {
        put(emitter, "edited", "true", ValueType::Boolean);
    }
    put_list(emitter, &["mentions"], body.mentions.iter().copied(), ValueType::String);
}

fn emit_place(place: &Place<'_>, emitter: &mut Emitter<'_>) {
    put_text(emitter, "attachment_kind", "location");
    put_text(emitter, "location", place.url);
    put_text(emitter, "place", place.name.unwrap_or_default());
    if let Some((latitude, longitude)) = place.point {
        put(emitter, "latitude", latitude, ValueType::Number);
        put(emitter, "longitude", longitude, ValueType::Number);
    }
}

fn emit_poll(poll: &Poll<'_>, emitter: &mut Emitter<'_>) {
    let root = emitter.root();
    let node = emitter.key(root, "poll");
    let question = emitter.key(node, "question");
    emitter.value(question, &poll.question, ValueType::String);
    put_list(emitter, &["poll", "options"], poll.options.iter().map(|option| option.text), ValueType::String);
    put_list(emitter, &["poll", "votes"], poll.options.iter().map(|option| option.votes), ValueType::Number);
}

pub fn put_text(emitter: &mut Emitter<'_>, key: &str, value: &str) {
    // A place is made only for what is there: empty fields are no fields.
    if !value.is_empty() {
        put(emitter, key, value, ValueType::String);
    }
}

fn put(emitter: &mut Emitter<'_>, key: &str, value: &str, kind: ValueType) {
    let root = emitter.root();
    let node = emitter.key(root, key);
    emitter.value(node, value, kind);
}

fn put_list<'v>(emitter: &mut Emitter<'_>, keys: &[&str], values: impl Iterator<Item = &'v str>, kind: ValueType) {
    for (index, value) in values.enumerate() {
        let root = emitter.root();
        let list = keys.iter().fold(root, |node, key| emitter.key(node, key));
        let node = emitter.item(list, index as u64);
        emitter.value(node, value, kind);
    }
}

/// The wall-clock time of a header. The export tells no zone.
pub fn time_of(header: &Header<'_>, order: Order, tokens: &Tokens) -> Option<Time> {
    let day = order.day(header.numbers, header.calendar)?;
    let hour = i8::try_from(hour_of(header.clock, tokens)?).ok()?;
    let (minute, second) = (i8::try_from(header.clock.minute).ok()?, i8::try_from(header.clock.second).ok()?);
    let clock = jiff::civil::Time::new(hour, minute, second, 0).ok()?;
    Time::local(day.to_datetime(clock))
}

/// The hour of 24. `None` if a word leaves it open.
fn hour_of(clock: Clock<'_>, tokens: &Tokens) -> Option<u16> {
    let Some(word) = clock.half else { return Some(clock.hour) };
    match (tokens.half(word), clock.hour) {
        (Some(Half::Morning), 12) => Some(0),
        (Some(Half::Afternoon), 1..12) => Some(clock.hour + 12),
        (Some(_), hour) => Some(hour),
        (None, hour) => {
            let plain = word.to_lowercase();
            let plain = plain.trim_end_matches('.');
            (hour > 12 || TIME_WORDS.contains(&plain)).then_some(hour)
        }
    }
}
