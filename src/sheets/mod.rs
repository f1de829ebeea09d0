//! What a sheet says: one company's exports, described as data. No Rust is written to add a company.
//!
//! The file format is documented in `docs/sheets.md`; `tellall companies check FILE` explains what is wrong with one.

pub mod coverage;
mod find;
mod folders;
mod glossary;
mod load;
mod names;
pub mod path;
pub mod pattern;

pub use coverage::Coverage;
pub use folders::{FolderNames, Folders};
pub use glossary::{GlossaryForm, GlossaryRule, ManifestRule};
pub use load::Sheets;
pub use names::{NameOf, NameRule};
pub use path::{FieldPattern, Part};
pub use pattern::{EntryPath, EntryPattern};

use crate::decode::Decoder;
use crate::decode::markup::Markup;
use crate::decode::time::Clock;
use crate::record::{Direction, IdKind, Kind, Origin};
use regex::Regex;

/// One company.
#[derive(Debug)]
pub struct Sheet {
    /// The company's id everywhere: file, sample folder, command line.
    pub id: String,
    pub name: String,
    /// Who answers for the data, as a letter would address them.
    pub controller: String,
    /// Corporate family, such as "Meta".
    pub family: Option<String>,
    pub request: Request,
    /// What archives of this company are called.
    pub archives: Vec<ArchiveName>,
    /// What shows that an archive is this company's.
    pub detect: Vec<Evidence>,
    pub layouts: Vec<Layout>,
    /// Whether JSON text is UTF-8 read as Latin-1 and must be put right. Sections may differ.
    pub mojibake: bool,
    /// Field rules for all sections; a section's own rules come first.
    pub fields: Vec<(FieldPattern, FieldRule)>,
    /// Exports are laid out in folders that are each known alone.
    pub gathers: bool,
    pub sections: Vec<Section>,
    pub skip: Vec<Skip>,
    /// Where exports tell what their folders are called.
    pub folders: Vec<FolderNames>,
    /// What ids stand for, in the order they are looked up.
    pub names: Vec<NameRule>,
    /// Where the export explains its fields.
    pub glossary: Option<GlossaryRule>,
    /// Where the export tells how many records its files hold.
    pub manifest: Option<ManifestRule>,
    /// Hash of the sheet's text: an export read by another sheet is another reading.
    pub digest: String,
    finder: find::Finder,
}

/// How a person asks for the export.
#[derive(Debug, Default)]
pub struct Request {
    /// Where it is asked for, as shown to the person.
    pub place: String,
    pub steps: Vec<String>,
    /// How long it usually takes.
    pub wait: Option<String>,
}

/// A regex over the file name of an archive, with the optional named groups `family` (equal for parts of one export),
/// `account`, `date` (as written, any order of `formats`), `part`.
#[derive(Debug)]
pub struct ArchiveName {
    pub regex: Regex,
}

/// One sign that an archive is this company's. Weights of all signs found are added; the largest sum of at least
/// [`Evidence::ENOUGH`] wins, ties by company id.
#[derive(Debug)]
pub struct Evidence {
    /// Entries this sign looks at.
    pub paths: Vec<EntryPattern>,
    /// What the first bytes of such an entry must hold. `None`: the name is the sign.
    pub head: Option<Regex>,
    pub weight: u32,
    /// A folder in which one of `paths` stands exactly there is one export, even if folders and files in it would be known alone.
    pub whole: bool,
    /// In words, for `tellall detect`.
    pub says: String,
}

impl Evidence {
    pub const ENOUGH: u32 = 10;
}

/// A generation of the export.
#[derive(Debug)]
pub struct Layout {
    pub id: String,
    /// When it was seen, in words: "May 2018 to 2021".
    pub when: String,
    /// Entries that only this layout has.
    pub paths: Vec<EntryPattern>,
}

/// Whose identifiers stand in a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Whose {
    /// The account owner's: profile, log-ins, devices.
    Mine,
    /// Other people's: contacts, friends.
    Others,
    /// Cannot be told from the section alone.
    #[default]
    Mixed,
}

/// A family of entries with one meaning.
#[derive(Debug, Default)]
pub struct Section {
    pub id: String,
    pub name: String,
    pub kind: Option<Kind>,
    /// Which entries it reads: the first section with a matching pattern takes the entry.
    pub files: Vec<EntryPattern>,
    /// Top-level JSON keys (without version tails) by which an entry is known whatever its name.
    pub keys: Vec<String>,
    /// What the first bytes must hold besides; tells confusable names apart.
    pub head: Option<Regex>,
    /// By the extension and the content if not set.
    pub decoder: Option<Decoder>,
    /// Where the records are, from the root. Empty: found by structure.
    pub records: Vec<FieldPattern>,
    /// Section id for what stands outside the records (the title of a chat); its own if not set.
    pub rest: Option<String>,
    /// What the section named by `rest` says of fields.
    pub rest_fields: RestFields,
    /// Which of its records are for a few named people alone.
    pub audience: Option<Audience>,
    /// Id of a section that tells the same again, more exactly: a record here counts where none there says the same in the same minute.
    pub repeats: Option<String>,
    /// Objects whose keys are data, not field names.
    pub keyed: Vec<FieldPattern>,
    /// Arrays whose elements mean something by their number: they go by the names of [`Section::columns`].
    pub tuples: Vec<FieldPattern>,
    /// Where a bare text says that there is nothing.
    pub nothing: Vec<FieldPattern>,
    /// Keys of enclosing objects that each record repeats (the name above a list of events).
    pub inherit: Vec<String>,
    /// In order of preference.
    pub time: Vec<(FieldPattern, Clock)>,
    /// Texts that may stand where a time is expected and tell none: "registration ip".
    pub no_time: Vec<String>,
    pub who: Vec<FieldPattern>,
    /// The title of the thread: fields, or `{folder}`, `{stem}` of the entry's name.
    pub thread: Vec<ThreadName>,
    /// What makes threads of several entries one; the title itself if not set.
    pub thread_key: Option<ThreadName>,
    /// What a person reads first.
    pub text: Vec<FieldPattern>,
    /// How the values of `text` are marked up.
    pub markup: Option<Markup>,
    /// Lists whose elements are pieces of one text: texts, and objects with a `text` of their own.
    pub pieces: Vec<FieldPattern>,
    pub category: Option<String>,
    pub origin: Option<Origin>,
    pub whose: Whose,
    pub fields: Vec<(FieldPattern, FieldRule)>,
    /// Third parties that a record names, each for its own reason.
    pub recipients: Vec<Recipient>,
    pub choice: Option<Choice>,
    /// A full export holds it: absence is worth saying.
    pub expected: bool,
    /// What is known of retention: "covers the last 30 days".
    pub note: Option<String>,
    pub mojibake: Option<bool>,
    /// Only the owner's half of conversations is in the export.
    pub half: bool,
    /// Names for the columns of a CSV without a header line, and for the elements of tuples.
    pub columns: Vec<String>,
    /// The rows of a CSV are names and values: its tables are one record, whose fields are called by the first column.
    pub pairs: bool,
    /// Header lines of a CSV as the company writes them in English, for exports that translate them.
    pub headers: Vec<Vec<String>>,
    /// The first line of a CSV is a sentence about it.
    pub heading: bool,
    /// Records that say the same here are one, over all entries: an id of the company's own. The first place that is there.
    pub unique: Vec<FieldPattern>,
    /// Its entries say the same as entries with these names, and are skipped if such a one is read.
    pub instead: Vec<EntryPattern>,
    /// Layouts whose exports have it; all if empty.
    pub layouts: Vec<String>,
    /// When this section's files were seen: "2024 and later".
    pub seen: Option<String>,
    /// Sections for some of the records of the same entries: one file may hold contacts, sessions and chats. They read no entries
    /// of their own, and find their records from the entry's root as this section does.
    pub parts: Vec<Section>,
}

/// What a section says of fields, for values that come to it from the entries of another.
#[derive(Debug, Clone, Default)]
pub struct RestFields {
    pub fields: Vec<(FieldPattern, FieldRule)>,
    pub whose: Whose,
}

/// Whom a record is for. One for the people it names and for nobody else belongs to a section of its own, in a thread they name.
#[derive(Debug)]
pub struct Audience {
    /// Where those are named who may see the record.
    pub places: Vec<FieldPattern>,
    /// A name there that stands for everybody, or for a crowd nobody is named of.
    pub everybody: Regex,
    /// Id of the section of records for named people.
    pub section: String,
    /// What that section says of fields.
    pub fields: RestFields,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ThreadName {
    Field(FieldPattern),
    /// The folder the entry is in.
    Folder,
    /// The entry's file name without its extension.
    Stem,
    /// The element of the list at the root of the entry that the record lies in: a list of conversations without names.
    Item,
}

/// What is known about a field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldRule {
    /// Id of a category of the vocabulary.
    pub category: Option<String>,
    pub origin: Option<Origin>,
    pub id: Option<IdKind>,
    /// The identifier is the account owner's (`Some(false)`: someone else's); by the section's `whose` if not set.
    pub mine: Option<bool>,
    /// Never written to the index in clear.
    pub secret: bool,
    /// What an object that holds nothing says by being there.
    pub empty: Option<String>,
    /// The value is JSON in a string, and is walked as if it stood there.
    pub json: bool,
    /// The value is a list in a string, parted by any of these characters; each piece is a value of its own.
    pub split: Option<String>,
    /// The rule holds only for values of this pattern of the vocabulary (`phone`, `email`, …), for localized labels.
    pub value: Option<String>,
    /// The identifier is only a part of the value.
    pub within: Option<Within>,
    /// In the company's or our words.
    pub label: Option<String>,
}

/// A regular expression whose groups tell what matters of a text: of several the first that takes part.
#[derive(Debug, Clone)]
pub struct Within(pub Regex);

impl Within {
    /// What matters, at each place where the whole fits.
    pub fn all<'t>(&'t self, text: &'t str) -> impl Iterator<Item = &'t str> {
        let group = |found: regex::Captures<'t>| found.iter().skip(1).flatten().next().map(|group| group.as_str());
        self.0.captures_iter(text).filter_map(group)
    }
}

impl PartialEq for Within {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

impl Eq for Within {}

#[derive(Debug)]
pub struct Recipient {
    /// In order of preference.
    pub name: Vec<FieldPattern>,
    /// The name is only this part of the value; where it does not fit, the record names nobody.
    pub within: Option<Within>,
    /// Other names of the same party that the record states: its handle, its domain.
    pub also: Vec<FieldPattern>,
    /// What it was about: the kind of event, the criteria of targeting.
    pub detail: Vec<FieldPattern>,
    pub direction: Direction,
    /// "contact list", "activity off platform", …
    pub basis: String,
    /// Only records that hold a value of this form at one of these places count; all if not set.
    pub only: Option<(Vec<FieldPattern>, Regex)>,
}

#[derive(Debug)]
pub struct Choice {
    /// A sentence; `{label}` in it stands for the name of the field that holds the value, `{FIELD}` for what that field of the
    /// record says.
    pub what: String,
    /// Each field that fits is a choice of its own.
    pub value: Vec<FieldPattern>,
    /// ads, sharing, tracking, face, location, contacts, other.
    pub about: String,
    /// Only values of this form are choices; all if not set.
    pub is: Option<Regex>,
    /// Fields of these categories are no choices.
    pub except: Vec<String>,
}

/// Entries left out on purpose.
#[derive(Debug)]
pub struct Skip {
    pub files: Vec<EntryPattern>,
    pub why: String,
}

impl Sheet {
    /// The section or part of one with this id.
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.all_sections().find(|section| section.id == id)
    }

    /// Every section, each followed by its parts.
    pub fn all_sections(&self) -> impl Iterator<Item = &Section> {
        self.sections.iter().flat_map(|section| std::iter::once(section).chain(&section.parts))
    }
}
