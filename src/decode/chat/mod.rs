//! Chats as a messenger's "Export chat" writes them: text, one message a line, in the words and the date format of the phone it was made on.
//!
//! The file does not say which of some hundred formats it is in, so its beginning is read twice: first to learn how it is written
//! ([`survey`]), then message by message.

mod attachment;
mod body;
mod date;
mod header;
mod lines;
mod marks;
mod message;
mod order;
mod poll;
mod scan;
mod sender;
mod survey;
#[cfg(test)]
mod tests;
mod title;
mod tokens;

pub use title::chat_title;

use super::DecodeError;
use super::time::Clock;
use crate::emit::Emitter;
use crate::sheets::{Section, ThreadName};
use body::Setting;
use date::Order;
use header::{Frame, Header};
use lines::Lines;
use message::Message;
use std::io::Read;
use survey::Plan;
use tokens::Tokens;

/// Bytes from which the way of writing is learnt; a longer chat is written alike to its end.
const SAMPLE: u64 = 64 << 20;

/// Dates that are each reported as unreadable; more are counted.
const MOST_REPORTED: u64 = 100;

/// Filled lines looked at to tell a chat from other text, and how many of a hundred must be headers.
const LOOKED_AT: usize = 30;
const ENOUGH: usize = 60;

/// What programs write where a chat has its senders.
const LOG_LEVELS: [&str; 7] = ["trace", "debug", "info", "notice", "warn", "warning", "error"];

/// Whether a text that begins with `head` is a chat: most of its first lines are headers, and some have a sender. Several-line
/// messages among them are few; a head that is cut inside a line may end anywhere.
pub fn looks_like_chat(head: &str) -> bool {
    let whole = head.rsplit_once('\n').map_or(head, |(whole, _)| whole);
    let lines: Vec<&str> = whole.lines().filter(|line| !line.trim().is_empty()).take(LOOKED_AT).collect();
    let framed = |header: &Header<'_>| header.class.frame != Frame::Bare;
    let headers: Vec<Header<'_>> = lines.iter().filter_map(|line| Header::read(line)).filter(framed).collect();
    let senders = headers.iter().filter_map(|header| header.rest.split_once(": "));
    let is_sender = |name: &str| !LOG_LEVELS.contains(&name.to_lowercase().as_str());
    headers.len() * 100 >= lines.len() * ENOUGH && senders.into_iter().any(|(name, _)| is_sender(name))
}

/// Reads a chat. Text in which no line is a header is kept line by line.
pub fn decode(input: &mut dyn Read, emitter: &mut Emitter<'_>) -> Result<(), DecodeError> {
    let mut sample = Vec::new();
    let fault = Read::take(&mut *input, SAMPLE).read_to_end(&mut sample).err();
    let mut plan = Plan::of(&sample);
    if let Some(plan) = &mut plan {
        plan.settle(stated_order(emitter.section()));
    }
    // After a failed read nothing more is to be had.
    let rest = if fault.is_some() { Read::take(input, 0) } else { Read::take(input, u64::MAX) };
    let mut lines = Lines::new(sample.as_slice().chain(rest), &sample);
    match plan {
        Some(plan) => read_chat(&mut lines, &plan, emitter),
        None => read_text(&mut lines, emitter),
    }
    report_damage(&lines, emitter);
    fault.or(lines.fault).map_or(Ok(()), |error| Err(error.into()))
}

/// The order that the section's clock for `date` states, such as `date:text:%m/%d/%y`.
fn stated_order(section: &Section) -> Option<Order> {
    section.time.iter().find_map(|(field, clock)| match clock {
        Clock::Text(format) if field.last_key() == Some("date") => Order::of_format(format),
        _ => None,
    })
}

/// The name of the chat: by its folder if the section says so, else by the file or, for the `_chat.txt` of iOS, by the archive it lies in.
fn title_of(emitter: &Emitter<'_>) -> Option<String> {
    let stem = emitter.stem();
    let folder = emitter.folder().rsplit('/').next().unwrap_or_default();
    if emitter.section().thread.contains(&ThreadName::Folder) && !folder.is_empty() {
        return Some(folder.to_owned());
    }
    let archive = folder.strip_suffix(".zip").unwrap_or(folder);
    let by_file =
        chat_title(stem).or_else(|| (!stem.starts_with("_chat") && !stem.is_empty()).then(|| stem.to_owned()));
    by_file.or_else(|| chat_title(archive))
}

fn read_chat<R: Read>(lines: &mut Lines<R>, plan: &Plan, emitter: &mut Emitter<'_>) {
    let title = title_of(emitter);
    if let Some(title) = &title {
        emitter.thread(title, title);
    }
    if let Some(rival) = plan.dates.rival {
        let (order, rival) = (plan.dates.order.in_words(), rival.in_words());
        emitter.problem("line 1", &format!("dates read as {order}; {rival} would fit as well"));
    }
    let tokens = Tokens::load();
    let mut reader = Reader { plan, tokens: &tokens, title: title.as_deref(), message: None, unreadable: 0 };
    let (mut line, mut above) = (String::new(), None);
    while let Some(ending) = lines.next(&mut line) {
        match plan.header(&line, above) {
            Some(header) => reader.begin(&header, lines.number, emitter),
            None => reader.go_on(&line, lines.number),
        }
        above = Some(ending);
    }
    reader.finish(emitter);
}

/// Turns headers and lines into messages.
struct Reader<'r> {
    plan: &'r Plan,
    tokens: &'r Tokens,
    title: Option<&'r str>,
    message: Option<Message>,
    /// Dates that could not be read.
    unreadable: u64,
}

impl Reader<'_> {
    fn begin(&mut self, header: &Header<'_>, line: u64, emitter: &mut Emitter<'_>) {
        self.give(emitter);
        let time = message::time_of(header, self.plan.dates.order, self.tokens);
        if time.is_none() {
            self.unreadable += 1;
            if self.unreadable <= MOST_REPORTED {
                emitter.problem(&format!("line {line}"), &format!("not a time: {:?}", header.written));
            }
        }
        let (sender, body) = match self.plan.census.split(header.rest, self.title) {
            Some((sender, body)) => (Some(sender.to_owned()), body),
            None => (None, header.rest),
        };
        let (date, body) = (header.written.to_owned(), body.to_owned());
        self.message = Some(Message { line, date, time, sender, body, is_cut: false });
    }

    fn go_on(&mut self, line: &str, number: u64) {
        match &mut self.message {
            Some(message) => message.add(line),
            None => self.message = Some(Message { line: number, body: line.to_owned(), ..Message::default() }),
        }
    }

    fn give(&mut self, emitter: &mut Emitter<'_>) {
        let Some(message) = self.message.take() else { return };
        let frame = self.plan.class.frame;
        let setting = Setting { tokens: self.tokens, marked: self.plan.marked, bracketed: frame != Frame::Dash };
        message.emit(self.title, setting, emitter);
        if message.is_cut {
            emitter.problem(
                &format!("line {}", message.line),
                "the message is larger than 16 MiB; lines of it are left out",
            );
        }
    }

    fn finish(mut self, emitter: &mut Emitter<'_>) {
        self.give(emitter);
        if self.unreadable > MOST_REPORTED {
            let more = self.unreadable - MOST_REPORTED;
            emitter.problem("line *", &format!("{more} more dates could not be read"));
        }
    }
}

/// Each filled line is a record: nothing in this text says where messages begin.
fn read_text<R: Read>(lines: &mut Lines<R>, emitter: &mut Emitter<'_>) {
    let mut line = String::new();
    let mut said = false;
    while lines.next(&mut line).is_some() {
        let text = marks::bare(&line);
        if text.trim().is_empty() {
            continue;
        }
        if !said {
            emitter.problem(
                &format!("line {}", lines.number),
                "no line begins with a date and a time; kept as lines of text",
            );
            said = true;
        }
        emitter.begin("line *", lines.number);
        message::put_text(emitter, "text", &text);
        emitter.end();
    }
}

fn report_damage<R: Read>(lines: &Lines<R>, emitter: &mut Emitter<'_>) {
    if let Some(line) = lines.damaged {
        emitter.problem(&format!("line {line}"), "bytes from here on are no text of this encoding; shown as �");
    }
    for line in &lines.cut {
        emitter.problem(&format!("line {line}"), "the line is longer than 16 MiB; the rest of it is left out");
    }
}
