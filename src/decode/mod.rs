//! Bytes of one entry in, records out. A decoder knows no company, no file and no container: it gets a stream, and an
//! [`Emitter`] that knows what the section wants.

pub mod car;
pub mod charset;
pub mod chat;
pub mod csv;
pub mod html;
pub mod ics;
pub mod json;
pub mod keyvalue;
mod lines;
pub mod mail;
pub mod markup;
pub mod media;
pub mod mrkdwn;
pub mod plist;
mod property;
pub mod time;
mod transfer;
pub mod vcard;

use crate::emit::Emitter;
use std::io::Read;

/// The forms of entries that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Decoder {
    /// JSON of any root, newline-delimited JSON, and `NAME = …` of JavaScript.
    Json,
    Csv,
    Html,
    /// Chat text, one message a line (WhatsApp).
    Chat,
    /// `Key: value` lines, and text that has no form at all.
    KeyValue,
    /// E-mail: mailboxes of many messages, and single ones.
    Mbox,
    /// Contacts.
    Vcard,
    /// Calendars.
    Ics,
    /// Property lists in XML.
    Plist,
    /// `CARv1`, the repository of an account (Bluesky).
    Car,
    /// Pictures, sound, films: name, size, what the file says of itself.
    Media,
}

impl Decoder {
    pub const ALL: [Self; 11] = [
        Self::Json,
        Self::Csv,
        Self::Html,
        Self::Chat,
        Self::KeyValue,
        Self::Mbox,
        Self::Vcard,
        Self::Ics,
        Self::Plist,
        Self::Car,
        Self::Media,
    ];

    /// As sheets write it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Html => "html",
            Self::Chat => "chat",
            Self::KeyValue => "keyvalue",
            Self::Mbox => "mbox",
            Self::Vcard => "vcard",
            Self::Ics => "ics",
            Self::Plist => "plist",
            Self::Car => "car",
            Self::Media => "media",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decoder| decoder.id() == id)
    }

    /// Reads `input` to its end. Everything readable before damage is emitted; the error then says where reading stopped.
    pub fn decode(self, input: &mut dyn Read, emitter: &mut Emitter<'_>) -> Result<(), DecodeError> {
        match self {
            Self::Json => json::decode(input, emitter),
            Self::Csv => csv::decode(input, emitter),
            Self::Html => html::decode(input, emitter),
            Self::Chat => chat::decode(input, emitter),
            Self::KeyValue => keyvalue::decode(input, emitter),
            Self::Mbox => mail::decode(input, emitter),
            Self::Vcard => vcard::decode(input, emitter),
            Self::Ics => ics::decode(input, emitter),
            Self::Plist => plist::decode(input, emitter),
            Self::Car => car::decode(input, emitter),
            Self::Media => media::decode(input, emitter),
        }
    }
}

/// Why an entry could not be read to its end. Costs this entry's rest, nothing else.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// The bytes could not be had: damaged archive, limit of the budget, cancelled.
    #[error("{0}")]
    Read(#[from] std::io::Error),
    /// The bytes are not what the form wants: a sentence with the place.
    #[error("{0}")]
    Form(String),
}

/// Caps on what one value, record or line may cost (`security.md` 10.1).
pub mod cap {
    /// Bytes of one value; the rest is cut and said so.
    pub const VALUE: usize = 16 << 20;
    /// Bytes of one key.
    pub const KEY: usize = 64 << 10;
    /// Bytes of one record.
    pub const RECORD: usize = 64 << 20;
    /// Nesting of JSON.
    pub const DEPTH: usize = 128;
    /// Columns of one CSV row.
    pub const COLUMNS: usize = 10_000;
    /// Bytes of one HTML tag.
    pub const TAG: usize = 8 << 20;
}
