//! E-mail: mailboxes, in which each message begins with a line `From `, and single messages.
//!
//! A record is a message, placed at `message N`. Its fields, all named as the headers are:
//!
//! | path | what |
//! |---|---|
//! | `Subject` `Date` `Message-ID` … | headers of [`message::KNOWN`], unfolded and decoded |
//! | `From.name` `From.email`, `To[].name` `To[].email`, likewise `Cc` `Bcc` … | each person of an address header |
//! | `X-Gmail-Labels[]` `References[]` | lists, item by item |
//! | `Received[].line` `Received[].ip` | each hop; the address only of the first one, where the message came from |
//! | `headers[]` | every other header, as `Name: value`; signatures over the message are left out |
//! | `text` | what a reader sees: parts in plain text, else HTML without its tags |
//! | `attachments[].name` `.type` `.size` | files; their bytes are counted and passed over |
//!
//! The time is that of `Date`; without one, of the line `From ` or of the last hop.

mod address;
mod body;
mod fields;
mod message;
mod parameters;
mod words;

use super::DecodeError;
use super::lines::{Line, Lines};
use crate::emit::Emitter;
use message::Message;
use std::io::Read;

/// Reads the stream into records.
pub fn decode(input: &mut dyn Read, emitter: &mut Emitter<'_>) -> Result<(), DecodeError> {
    let mut lines = Lines::new(input);
    let mut mailbox = Mailbox::new(emitter);
    while let Some(line) = lines.next() {
        mailbox.line(line);
    }
    mailbox.end_message();
    lines.outcome().map_err(DecodeError::from)
}

/// What the entry holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Unknown,
    /// Many messages; lines that begin with `From ` are marked in them.
    Many,
    One,
}

/// The walk over the lines of an entry.
struct Mailbox<'a, 'e> {
    emitter: &'a mut Emitter<'e>,
    form: Form,
    message: Option<Message>,
    /// The line before was empty.
    after_blank: bool,
    count: u64,
}

impl<'a, 'e> Mailbox<'a, 'e> {
    fn new(emitter: &'a mut Emitter<'e>) -> Self {
        Self { emitter, form: Form::Unknown, message: None, after_blank: true, count: 0 }
    }

    fn line(&mut self, line: Line<'_>) {
        if self.form == Form::Unknown {
            let bytes = line.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line.bytes);
            if bytes.is_empty() {
                return;
            }
            self.form = if is_separator(bytes) { Form::Many } else { Form::One };
        }
        let begins = self.form == Form::Many && !line.continued && is_separator(line.bytes);
        if begins && (self.after_blank || is_numbered(line.bytes)) {
            self.end_message();
            self.message = Some(Message::after(line.bytes));
        } else {
            let unmarked = if self.form == Form::Many && !line.continued { unmark(line.bytes) } else { line.bytes };
            self.message.get_or_insert_default().line(Line { bytes: unmarked, ..line });
        }
        self.after_blank = line.bytes.is_empty();
    }

    fn end_message(&mut self) {
        if let Some(message) = self.message.take() {
            self.count += 1;
            message.give(self.count, self.emitter);
        }
    }
}

/// Whether a line begins a message: `From `, somebody, and a time of day.
fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let clock =
        |piece: &[u8]| matches!(piece, [a, b, b':', c, d] if [a, b, c, d].iter().all(|byte| byte.is_ascii_digit()));
    rest.len() < 300 && (is_numbered(line) || rest.windows(5).any(clock))
}

/// `From 1790000000000000000@xxx `: no sentence looks like it.
fn is_numbered(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    digits > 0 && rest.get(digits..).is_some_and(|tail| tail.starts_with(b"@xxx"))
}

/// A line of a message that began with `From ` has one `>` more than it was written with.
fn unmark(line: &[u8]) -> &[u8] {
    let marks = line.iter().take_while(|&&byte| byte == b'>').count();
    let is_marked = marks > 0 && line.get(marks..).is_some_and(|rest| rest.starts_with(b"From "));
    line.get(usize::from(is_marked)..).unwrap_or_default()
}

/// What the headers of a message begin with when it comes from a server; and what others follow then.
const FIRST: [&str; 8] = [
    "return-path",
    "received",
    "delivered-to",
    "mime-version",
    "x-gm-thrid",
    "message-id",
    "x-apple-",
    "authentication-results",
];
const OTHERS: [&str; 4] = ["message-id:", "mime-version:", "received:", "content-type:"];

/// Whether the first bytes are those of a mailbox, or of a message whose headers come from a mail server.
pub fn looks_like_mail(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let mut lines = text.trim_start_matches('\u{feff}').trim_start().lines();
    let Some(first) = lines.next() else { return false };
    if is_separator(first.as_bytes()) {
        return true;
    }
    let names: Vec<String> = lines.take_while(|line| !line.is_empty()).map(str::to_ascii_lowercase).collect();
    let begins = first.split_once(':').is_some_and(|(name, _)| {
        let name = name.to_ascii_lowercase();
        FIRST.iter().any(|known| name.starts_with(known))
    });
    begins && OTHERS.iter().any(|known| names.iter().any(|line| line.starts_with(known)))
}

#[cfg(test)]
mod tests;
