//! The nouns: what an export is made of once it is read. Plain values, no behaviour beyond printing and parsing themselves.

mod time;

pub use time::{Time, Zone};

use serde::{Deserialize, Serialize};

/// What became of an entry. Fates add up to the number of entries, always.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// Read by a section of a sheet.
    Read,
    /// Parsed without a section; searchable all the same.
    Generic,
    /// Catalogued by name, size and what the file says of itself.
    Media,
    /// Left out on purpose, with a sentence why.
    Skipped,
    /// Could not be read, with a sentence why.
    Failed,
}

impl Fate {
    pub const ALL: [Self; 5] = [Self::Read, Self::Generic, Self::Media, Self::Skipped, Self::Failed];

    pub fn id(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Generic => "generic",
            Self::Media => "media",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
        }
    }
}

/// How a company got a value (`vocabulary.md` section 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    Provided,
    Observed,
    Inferred,
    Generated,
    ThirdParty,
}

impl Origin {
    pub const ALL: [Self; 5] = [Self::Provided, Self::Observed, Self::Inferred, Self::Generated, Self::ThirdParty];

    pub fn id(self) -> &'static str {
        match self {
            Self::Provided => "provided",
            Self::Observed => "observed",
            Self::Inferred => "inferred",
            Self::Generated => "generated",
            Self::ThirdParty => "third-party",
        }
    }

    /// The one letter that stands for it in tables.
    pub fn letter(self) -> char {
        match self {
            Self::Provided => 'G',
            Self::Observed => 'O',
            Self::Inferred => 'I',
            Self::Generated => 'M',
            Self::ThirdParty => 'C',
        }
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Provided => "You gave it",
            Self::Observed => "Observed",
            Self::Inferred => "Inferred",
            Self::Generated => "Made by the company",
            Self::ThirdParty => "From others",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| origin.id() == id)
    }
}

/// What sort of thing a record is: the `kind:` filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Message,
    Search,
    Place,
    Login,
    Ad,
    Contact,
    Photo,
    Payment,
    Post,
    Event,
    File,
    Profile,
    Setting,
    /// A conversation, group or page as a thing of its own: title, members, settings.
    Thread,
    Other,
}

impl Kind {
    pub const ALL: [Self; 15] = [
        Self::Message,
        Self::Search,
        Self::Place,
        Self::Login,
        Self::Ad,
        Self::Contact,
        Self::Photo,
        Self::Payment,
        Self::Post,
        Self::Event,
        Self::File,
        Self::Profile,
        Self::Setting,
        Self::Thread,
        Self::Other,
    ];

    pub fn id(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Search => "search",
            Self::Place => "place",
            Self::Login => "login",
            Self::Ad => "ad",
            Self::Contact => "contact",
            Self::Photo => "photo",
            Self::Payment => "payment",
            Self::Post => "post",
            Self::Event => "event",
            Self::File => "file",
            Self::Profile => "profile",
            Self::Setting => "setting",
            Self::Thread => "thread",
            Self::Other => "other",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

/// The type of a value as the file writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ValueType {
    String,
    Number,
    Boolean,
    /// A value that was read as a time.
    Time,
}

impl ValueType {
    pub fn id(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Time => "time",
        }
    }
}

/// What a field is to a reader of its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    #[default]
    None,
    Text,
    Time,
    Who,
    Thread,
}

/// The kinds of identifier, by the names `CONTRACT.md` gives them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdKind {
    Phone,
    Email,
    Ip,
    Device,
    AdvertisingId,
    Cookie,
    Username,
    AccountId,
    Name,
    Birthday,
    Address,
    Payment,
    Url,
    /// The digest of something that is not written down: an e-mail address or a phone number, if it is that of a known one.
    Hash,
}

impl IdKind {
    pub const ALL: [Self; 14] = [
        Self::Phone,
        Self::Email,
        Self::Ip,
        Self::Device,
        Self::AdvertisingId,
        Self::Cookie,
        Self::Username,
        Self::AccountId,
        Self::Name,
        Self::Birthday,
        Self::Address,
        Self::Payment,
        Self::Url,
        Self::Hash,
    ];

    pub fn id(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Ip => "ip",
            Self::Device => "device",
            Self::AdvertisingId => "advertising-id",
            Self::Cookie => "cookie",
            Self::Username => "username",
            Self::AccountId => "account-id",
            Self::Name => "name",
            Self::Birthday => "birthday",
            Self::Address => "address",
            Self::Payment => "payment",
            Self::Url => "url",
            Self::Hash => "hash",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

/// What a third party did, only as the archive states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// It gave data about the person to the company.
    Gave,
    /// It received data about the person from the company.
    Received,
    /// It aimed advertising at the person through the company.
    Targeted,
}

impl Direction {
    pub fn id(self) -> &'static str {
        match self {
            Self::Gave => "gave",
            Self::Received => "received",
            Self::Targeted => "targeted",
        }
    }
}

/// Something in an archive that could not be understood. Data, not control flow.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Problem {
    pub entry: String,
    /// Place inside the entry: `[17].timestamp`, `line 40`, `byte 1203`.
    pub locator: String,
    pub what: String,
}

/// Separates the values of one record inside the `values` column (U+001F, unit separator).
pub const SEPARATOR: char = '\u{1f}';

/// Field of a segment: an index into its catalogue's `fields`.
pub type FieldId = u32;

/// One finished record on its way from a decoder to the index.
#[derive(Debug)]
pub struct Row<'a> {
    /// Index of the section in the export's list of sections.
    pub section: u16,
    pub time: Option<Time>,
    pub who: Option<&'a str>,
    /// From [`Sink::thread`].
    pub thread: Option<u32>,
    /// Where in the entry, with `*` for `at`: `messages[*]`, `line *`, or a whole place without `*`.
    pub place: &'a str,
    pub at: u64,
    pub fields: &'a [FieldId],
    pub types: &'a [ValueType],
    /// End of each value in `values`; between two values stands one [`SEPARATOR`], which belongs to neither.
    pub ends: &'a [u32],
    pub values: &'a str,
    /// The company's own id of the record, where the sheet says that equal ones are one record.
    pub unique: Option<&'a str>,
}

impl Row<'_> {
    /// The values in order.
    pub fn each(&self) -> impl Iterator<Item = &str> {
        let mut start = 0usize;
        self.ends.iter().map(move |&end| {
            let value = self.values.get(start..end as usize).unwrap_or_default();
            start = end as usize + 1;
            value
        })
    }
}

/// An identifier found in a value of the row that will follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier<'a> {
    pub kind: IdKind,
    /// The normal form, equal for equal identifiers.
    pub normal: &'a str,
    pub as_written: &'a str,
    /// The rule that normalised it, in words: "E.164 from national format, region US".
    pub rule: &'a str,
    /// The field states that this is the account owner's own.
    pub mine: bool,
}

/// What the sheet says of a field when it is first seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldNote {
    pub role: Role,
    /// Among the places of the text: the one with the lowest number is what a person reads first.
    pub rank: u8,
    /// Numbers of the rules that may hold, in order: of the section, then of the sheet.
    pub rules: Vec<u16>,
}

/// Where decoded records go. The index's writer is one; tests collect into memory.
pub trait Sink {
    /// The id of a field of this export. The same section and path give the same id.
    fn field(&mut self, section: u16, path: &str, note: &FieldNote) -> FieldId;
    /// The thread known by `key` (stable in the export, such as a folder name).
    fn thread(&mut self, key: &str) -> u32;
    /// The title people see, once it is read.
    fn name_thread(&mut self, thread: u32, title: &str);
    /// A label in the person's language for a field, where the export tells one.
    fn label(&mut self, field: FieldId, label: &str);
    fn row(&mut self, row: &Row<'_>);
    /// Belongs to the row given next; `field` is where it stands.
    fn identifier(&mut self, field: FieldId, identifier: &Identifier<'_>);
    fn problem(&mut self, locator: &str, what: &str);
}
