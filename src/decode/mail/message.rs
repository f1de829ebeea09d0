//! One message: its headers and its body, and the record they become.

use super::address;
use super::body::Body;
use super::fields::Fields;
use super::words;
use crate::decode::lines::Line;
use crate::decode::time::Clock;
use crate::emit::{Emitter, Node};
use crate::record::{Time, ValueType};

/// How the value of a header is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Text,
    /// A single person, or a few: `From.name`.
    Person,
    /// A list of people: `To[].name`.
    People,
    Date,
    /// Names between commas.
    Labels,
    /// Ids in angle brackets.
    Ids,
    Hop,
}

/// Headers that are fields of their own.
pub const KNOWN: [(&str, Form); 48] = [
    // Which thread it is must be told before the subject names that thread.
    ("X-GM-THRID", Form::Text),
    ("Date", Form::Date),
    ("From", Form::Person),
    ("Sender", Form::Person),
    ("Reply-To", Form::Person),
    ("To", Form::People),
    ("Cc", Form::People),
    ("Bcc", Form::People),
    ("Subject", Form::Text),
    ("Message-ID", Form::Text),
    ("In-Reply-To", Form::Text),
    ("References", Form::Ids),
    ("Delivered-To", Form::Text),
    ("X-Original-To", Form::Text),
    ("X-Forwarded-To", Form::Text),
    ("X-Forwarded-For", Form::Text),
    ("Apparently-To", Form::People),
    ("Return-Path", Form::Text),
    ("Resent-From", Form::Person),
    ("Resent-To", Form::People),
    ("Disposition-Notification-To", Form::Person),
    ("Return-Receipt-To", Form::Person),
    ("Errors-To", Form::Person),
    ("Received", Form::Hop),
    ("X-Originating-IP", Form::Text),
    ("X-Originating-Email", Form::Text),
    ("X-Sender-IP", Form::Text),
    ("X-Client-IP", Form::Text),
    ("X-Authenticated-Sender", Form::Text),
    ("X-Authenticated-User", Form::Text),
    ("User-Agent", Form::Text),
    ("X-Mailer", Form::Text),
    ("X-Gmail-Labels", Form::Labels),
    ("List-Id", Form::Text),
    ("List-Post", Form::Text),
    ("List-Unsubscribe", Form::Text),
    ("Mailing-List", Form::Text),
    ("Organization", Form::Text),
    ("Thread-Topic", Form::Text),
    ("Comments", Form::Text),
    ("Keywords", Form::Labels),
    ("Importance", Form::Text),
    ("X-Priority", Form::Text),
    ("Auto-Submitted", Form::Text),
    ("Content-Language", Form::Text),
    ("Accept-Language", Form::Text),
    ("Delivery-Date", Form::Text),
    ("Status", Form::Text),
];

/// Seals and signatures over a message: they say nothing of anybody. And what only tells how the body is written.
const SEALS: [&str; 12] = [
    "arc-seal",
    "arc-message-signature",
    "dkim-signature",
    "x-google-dkim-signature",
    "domainkey-signature",
    "x-gm-message-state",
    "x-gm-gg",
    "x-google-smtp-source",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "content-disposition",
];

/// A message being read.
#[derive(Debug, Default)]
pub struct Message {
    fields: Fields,
    in_body: bool,
    body: Body,
    /// What the line `From ` in front of it says.
    envelope: Option<String>,
}

impl Message {
    /// The message behind a line `From `.
    pub fn after(separator: &[u8]) -> Self {
        Self { envelope: Some(String::from_utf8_lossy(separator).into_owned()), ..Self::default() }
    }

    pub fn line(&mut self, line: Line<'_>) {
        if self.in_body {
            self.body.line(line);
        } else if !self.fields.line(line) {
            self.in_body = true;
            self.body.begin(&self.fields);
        }
    }

    /// The message is over and becomes the record `number`.
    pub fn give(mut self, number: u64, emitter: &mut Emitter<'_>) {
        self.body.end();
        if self.fields.is_empty() && self.body.text.is_empty() {
            emitter.problem(&format!("message {number}"), "there is no message behind this line");
            return;
        }
        if self.fields.cut || self.body.cut {
            emitter
                .problem(&format!("message {number}"), "it is longer than is kept of a message; the rest is left out");
        }
        emitter.begin("message *", number);
        Record { emitter }.write(&self);
        emitter.end();
    }

    /// By its own date, by the line in front of it, or by the last server it passed.
    fn time(&self) -> Option<Time> {
        let own = self.fields.get("Date").and_then(|value| date(&words::decoded(value)));
        own.or_else(|| self.envelope.as_deref().and_then(envelope_time)).or_else(|| {
            let hop = words::decoded(self.fields.get("Received")?);
            hop.rsplit_once(';').and_then(|(_, time)| date(time))
        })
    }
}

fn date(text: &str) -> Option<Time> {
    Clock::Auto.read(text)
}

/// `From SOMEBODY Mon Jan 01 00:00:00 +0000 2026`. Without an offset it is UTC, as mailboxes are.
fn envelope_time(line: &str) -> Option<Time> {
    let (_, rest) = line.strip_prefix("From ")?.split_once(' ')?;
    let words: Vec<&str> = rest.split_whitespace().collect();
    let (month, day, clock) = (words.get(1)?, words.get(2)?, words.get(3)?);
    let (zone, year) = match words.get(4..)? {
        [year] => ("+0000", *year),
        [zone, year, ..] => (*zone, *year),
        [] => return None,
    };
    date(&format!("{day} {month} {year} {clock} {zone}"))
}

/// The record of a message, under construction.
struct Record<'a, 'e> {
    emitter: &'a mut Emitter<'e>,
}

impl Record<'_, '_> {
    fn write(&mut self, message: &Message) {
        if let Some(time) = message.time() {
            self.emitter.time(time);
        }
        for (name, form) in KNOWN {
            self.header(message, name, form);
        }
        self.text("text", &message.body.text);
        self.attachments(message);
        self.others(message);
    }

    fn header(&mut self, message: &Message, name: &str, form: Form) {
        let values: Vec<&[u8]> = message
            .fields
            .each()
            .filter(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .collect();
        match form {
            Form::Hop => self.hops(name, &values),
            Form::People => self.people(name, &values),
            _ => values.iter().for_each(|value| self.value(name, form, value)),
        }
    }

    fn value(&mut self, name: &str, form: Form, value: &[u8]) {
        match form {
            Form::Person => {
                let at = self.at(name);
                for person in address::people(value) {
                    self.person(at, &person);
                }
            }
            Form::Labels => self.list(name, labels(&words::decoded(value)).iter()),
            Form::Ids => self.list(name, words::decoded(value).split(' ').map(|id| id.trim_matches(['<', '>', ',']))),
            Form::Date => {
                let text = words::decoded(value);
                let kind = if date(&text).is_some() { ValueType::Time } else { ValueType::String };
                let at = self.at(name);
                self.emitter.value(at, &text, kind);
            }
            _ => self.text(name, words::decoded(value).trim_matches(['<', '>'])),
        }
    }

    fn at(&mut self, name: &str) -> Node {
        let root = self.emitter.root();
        self.emitter.key(root, name)
    }

    fn text(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            let at = self.at(name);
            self.emitter.value(at, value, ValueType::String);
        }
    }

    fn below(&mut self, node: Node, key: &str, value: &str, kind: ValueType) {
        if !value.is_empty() {
            let at = self.emitter.key(node, key);
            self.emitter.value(at, value, kind);
        }
    }

    fn list<T: AsRef<str>>(&mut self, name: &str, values: impl Iterator<Item = T>) {
        let list = self.at(name);
        for (at, value) in values.enumerate() {
            let item = self.emitter.item(list, at as u64);
            self.emitter.value(item, value.as_ref(), ValueType::String);
        }
    }

    fn people(&mut self, name: &str, values: &[&[u8]]) {
        if values.is_empty() {
            return;
        }
        let list = self.at(name);
        let people = values.iter().flat_map(|value| address::people(value));
        for (at, person) in people.enumerate() {
            let item = self.emitter.item(list, at as u64);
            self.person(item, &person);
        }
    }

    fn person(&mut self, at: Node, person: &address::Person) {
        self.below(at, "name", &person.name, ValueType::String);
        self.below(at, "email", &person.email, ValueType::String);
    }

    /// Servers write themselves on top, so the last line is where the message came from.
    fn hops(&mut self, name: &str, values: &[&[u8]]) {
        if values.is_empty() {
            return;
        }
        let list = self.at(name);
        for (at, value) in values.iter().enumerate() {
            let line = words::decoded(value);
            let item = self.emitter.item(list, at as u64);
            self.below(item, "line", &line, ValueType::String);
            if at + 1 == values.len()
                && let Some(ip) = address_in(&line)
            {
                self.below(item, "ip", ip, ValueType::String);
            }
        }
    }

    fn attachments(&mut self, message: &Message) {
        if message.body.attachments.is_empty() {
            return;
        }
        let list = self.at("attachments");
        for (at, file) in message.body.attachments.iter().enumerate() {
            let item = self.emitter.item(list, at as u64);
            self.below(item, "name", &file.name, ValueType::String);
            self.below(item, "type", &file.media_type, ValueType::String);
            if file.size > 0 {
                self.below(item, "size", &file.size.to_string(), ValueType::Number);
            }
        }
    }

    fn others(&mut self, message: &Message) {
        let is_known = |name: &str| {
            KNOWN.iter().any(|(known, _)| known.eq_ignore_ascii_case(name))
                || SEALS.iter().any(|seal| seal.eq_ignore_ascii_case(name))
        };
        let others: Vec<String> = message
            .fields
            .each()
            .filter(|(name, _)| !is_known(name))
            .map(|(name, value)| format!("{name}: {}", words::decoded(value)))
            .collect();
        if !others.is_empty() {
            self.list("headers", others.iter());
        }
    }
}

/// Labels between commas; one that has a comma in it is in quotes.
fn labels(text: &str) -> Vec<String> {
    let mut labels = vec![String::new()];
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => labels.push(String::new()),
            c => labels.last_mut().map(|label| label.push(c)).unwrap_or_default(),
        }
    }
    labels.iter().map(|label| label.trim().to_owned()).filter(|label| !label.is_empty()).collect()
}

/// The IP address in brackets that a hop was reached from: `from phone ([203.0.113.47])`.
fn address_in(line: &str) -> Option<&str> {
    let from = line.split(" by ").next()?;
    let pieces = from.split(['[', ']', '(', ')', ' ']).map(|piece| piece.strip_prefix("IPv6:").unwrap_or(piece));
    pieces.filter(|piece| piece.len() > 2).find(|piece| piece.parse::<std::net::IpAddr>().is_ok())
}
