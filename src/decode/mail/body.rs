//! The body of a message: parts in parts, as a stream. Text is kept, files are counted.

use super::fields::Fields;
use super::parameters::Parameters;
use super::words;
use crate::decode::lines::Line;
use crate::decode::transfer::{self, Base64};
use crate::decode::{charset, markup};

/// Parts in parts beyond which they are one file.
const DEEPEST: usize = 32;
/// Bytes of the text of one part, and of one message; the rest is left out.
const LARGEST_TEXT: usize = 4 << 20;
/// Files of one message beyond which they are left out.
const MOST_FILES: usize = 4096;

/// A file that came with a message.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Attachment {
    pub name: String,
    pub media_type: String,
    /// Bytes after decoding.
    pub size: u64,
}

/// A body being read.
#[derive(Debug, Default)]
pub struct Body {
    /// Multiparts that are open, outermost first.
    open: Vec<Multipart>,
    part: Part,
    pub text: String,
    pub attachments: Vec<Attachment>,
    /// Text was too long and is cut.
    pub cut: bool,
    scratch: Vec<u8>,
}

#[derive(Debug)]
struct Multipart {
    boundary: Vec<u8>,
    /// Its parts say the same in different forms.
    alternative: bool,
    /// Its parts are messages if they say nothing else.
    digest: bool,
    /// The form taken: where its text begins, and whether it was plain.
    taken: Option<(usize, bool)>,
}

/// What is being read.
#[derive(Debug, Default)]
enum Part {
    /// Before the first part and behind the last one.
    #[default]
    Between,
    /// Headers of a part, or of a message in a message.
    Headers(Fields, Level),
    Text(Text),
    File(Transfer, u64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Part,
    Message,
}

#[derive(Debug)]
struct Text {
    html: bool,
    charset: Option<String>,
    transfer: Transfer,
    bytes: Vec<u8>,
}

/// How the bytes of a part are written.
#[derive(Debug)]
enum Transfer {
    Plain,
    Quoted,
    Base64(Base64),
}

impl Transfer {
    fn of(fields: &Fields) -> Self {
        match fields.get("Content-Transfer-Encoding").map(|value| value.trim_ascii().to_ascii_lowercase()).as_deref() {
            Some(b"base64") => Self::Base64(Base64::default()),
            Some(b"quoted-printable") => Self::Quoted,
            _ => Self::Plain,
        }
    }

    fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        match self {
            Self::Plain => {
                out.extend_from_slice(bytes);
                out.push(b'\n');
            }
            Self::Quoted => {
                if transfer::quoted_printable_line(bytes, out) {
                    out.push(b'\n');
                }
            }
            Self::Base64(state) => state.push(bytes, out),
        }
    }
}

impl Body {
    /// The body below these headers begins.
    pub fn begin(&mut self, fields: &Fields) {
        let digest = self.open.last().is_some_and(|around| around.digest);
        let fallback: &[u8] = if digest { b"message/rfc822" } else { b"text/plain" };
        let kind = Parameters::of(fields.get("Content-Type").unwrap_or(fallback));
        let disposition = Parameters::of(fields.get("Content-Disposition").unwrap_or_default());
        let name = disposition.get("filename").or_else(|| kind.get("name")).unwrap_or_default();
        let shown = disposition.value != "attachment" && name.is_empty();
        let boundary = kind.get("boundary").unwrap_or_default();
        let room = self.open.len() < DEEPEST;
        self.part = if kind.value.starts_with("multipart/") && !boundary.is_empty() && room {
            self.open.push(Multipart {
                boundary: boundary.into_bytes(),
                alternative: kind.value == "multipart/alternative",
                digest: kind.value == "multipart/digest",
                taken: None,
            });
            Part::Between
        } else if kind.value == "message/rfc822" && matches!(Transfer::of(fields), Transfer::Plain) && room {
            Part::Headers(Fields::default(), Level::Message)
        } else if shown && matches!(kind.value.as_str(), "text/plain" | "text/html" | "text" | "") {
            let html = kind.value == "text/html";
            let charset = kind.get("charset");
            Part::Text(Text { html, charset, transfer: Transfer::of(fields), bytes: Vec::new() })
        } else {
            if self.attachments.len() < MOST_FILES {
                self.attachments.push(Attachment { name, media_type: kind.value, size: 0 });
            }
            Part::File(Transfer::of(fields), 0)
        };
    }

    pub fn line(&mut self, line: Line<'_>) {
        if let Some((at, closes)) = self.boundary(line) {
            return self.cross(at, closes);
        }
        match &mut self.part {
            Part::Between => {}
            Part::Headers(fields, _) => {
                if !fields.line(line) {
                    self.end_headers();
                }
            }
            Part::Text(text) => {
                if text.bytes.len() < LARGEST_TEXT {
                    text.transfer.push(line.bytes, &mut text.bytes);
                } else {
                    self.cut = true;
                }
            }
            Part::File(transfer, size) => {
                self.scratch.clear();
                transfer.push(line.bytes, &mut self.scratch);
                *size += self.scratch.len() as u64;
            }
        }
    }

    /// The multipart that a line divides, and whether it ends there.
    fn boundary(&self, line: Line<'_>) -> Option<(usize, bool)> {
        let rest = line.bytes.strip_prefix(b"--").filter(|_| !line.continued)?;
        let tail = |around: &Multipart| rest.strip_prefix(around.boundary.as_slice()).map(<[u8]>::trim_ascii_end);
        self.open.iter().enumerate().rev().find_map(|(at, around)| match tail(around)? {
            b"" => Some((at, false)),
            b"--" => Some((at, true)),
            _ => None,
        })
    }

    /// A part ends at a boundary of the multipart `at`; those in it are over.
    fn cross(&mut self, at: usize, closes: bool) {
        self.end_part();
        self.open.truncate(if closes { at } else { at + 1 });
        self.part = if closes { Part::Between } else { Part::Headers(Fields::default(), Level::Part) };
    }

    fn end_headers(&mut self) {
        let Part::Headers(fields, level) = std::mem::take(&mut self.part) else { return };
        if level == Level::Message && self.attachments.len() < MOST_FILES {
            let name = fields.get("Subject").map(words::decoded).unwrap_or_default();
            self.attachments.push(Attachment { name, media_type: "message/rfc822".to_owned(), size: 0 });
        }
        if level == Level::Part || self.open.len() < DEEPEST {
            self.begin(&fields);
        }
    }

    /// The message is over, however much is still open.
    pub fn end(&mut self) {
        self.end_part();
        self.open.clear();
    }

    fn end_part(&mut self) {
        match std::mem::take(&mut self.part) {
            Part::Text(text) => self.add(&text),
            Part::File(_, size) => {
                if let Some(last) = self.attachments.last_mut() {
                    last.size = size;
                }
            }
            Part::Between | Part::Headers(..) => {}
        }
    }

    /// Adds the text of a part, unless another form of it is there.
    fn add(&mut self, part: &Text) {
        let raw = charset::text(&part.bytes, part.charset.as_deref());
        let stripped = part.html.then(|| markup::plain(&raw)).flatten().map(|plain| plain.text);
        let text = stripped.unwrap_or(raw).replace('\r', "");
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let around = self.open.iter_mut().rev().find(|around| around.alternative);
        if let Some(around) = around {
            match around.taken {
                // HTML beside plain text says the same.
                Some((_, true)) if part.html => return,
                Some((start, false)) if !part.html => {
                    self.text.truncate(start);
                    around.taken = Some((start, true));
                }
                Some(_) => {}
                None => around.taken = Some((self.text.len(), !part.html)),
            }
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let room = LARGEST_TEXT.saturating_sub(self.text.len());
        let end = (0..=room.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        self.cut |= end < text.len();
        self.text.push_str(text.get(..end).unwrap_or_default());
    }
}
