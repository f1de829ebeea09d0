//! Names in, plan out: whose export this is, and which section reads which entry. Never fails: "nobody knows this" is an answer.

use crate::container::{Archive, Entry};
use crate::decode::{Decoder, car, charset, chat, mail};
use crate::record::{IdKind, Kind, Origin};
use crate::sheets::{EntryPath, Evidence, FieldPattern, FieldRule, Folders, Section, Sheet, Sheets, ThreadName};
use std::collections::{HashMap, HashSet};

/// What the name of an archive adds to signs inside it.
const NAME_WEIGHT: u32 = 5;

/// One company's claim to an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Number in [`Sheets::all`].
    pub sheet: usize,
    pub company: String,
    pub score: u32,
    /// The signs found, in words.
    pub says: Vec<String>,
}

/// All claims, strongest first; ties by company id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    pub claims: Vec<Claim>,
}

impl Verdict {
    /// The company whose export this is, if the signs are enough.
    pub fn winner(&self) -> Option<&Claim> {
        self.claims.first().filter(|claim| claim.score >= Evidence::ENOUGH)
    }

    /// Joins the claims of several parts of one export.
    pub fn join(&mut self, other: Self) {
        for claim in other.claims {
            match self.claims.iter_mut().find(|known| known.sheet == claim.sheet) {
                Some(known) => {
                    known.score = known.score.max(claim.score);
                    known
                        .says
                        .extend(claim.says.into_iter().filter(|say| !known.says.contains(say)).collect::<Vec<_>>());
                }
                None => self.claims.push(claim),
            }
        }
        self.sort();
    }

    fn sort(&mut self) {
        self.claims.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.company.cmp(&b.company)));
    }
}

/// Entry names of an archive, comparable. Entries that are no data have an empty one.
pub fn paths(archive: &Archive) -> Vec<EntryPath> {
    archive.entries.iter().map(|entry| EntryPath::new(if entry.skip.is_some() { "" } else { &entry.name })).collect()
}

/// Whose archive this is, by names and first bytes.
pub fn recognise(sheets: &Sheets, archive: &Archive, paths: &[EntryPath]) -> Verdict {
    let mut heads: HashMap<usize, Vec<u8>> = HashMap::new();
    let claim = |(number, sheet): (usize, &Sheet)| {
        let mut head = |entry: usize| heads.entry(entry).or_insert_with(|| head_of(archive, entry)).clone();
        let (mut score, says) = sheet.score(paths, &mut head);
        let mut says: Vec<String> = says.into_iter().map(str::to_owned).collect();
        // A name alone proves nothing: anybody can rename a file.
        if score > 0 && sheet.archive_name(file_name(&archive.path.to_string_lossy())).is_some() {
            score += NAME_WEIGHT;
            says.push("the file is called as this company calls its archives".to_owned());
        }
        Claim { sheet: number, company: sheet.id.clone(), score, says }
    };
    let mut verdict =
        Verdict { claims: sheets.all.iter().enumerate().map(claim).filter(|claim| claim.score > 0).collect() };
    verdict.sort();
    verdict
}

fn head_of(archive: &Archive, entry: usize) -> Vec<u8> {
    charset::head(archive.head(entry))
}

/// What will be done with an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// Read by a section: its number in the plan's sections.
    Read {
        section: usize,
        decoder: Decoder,
    },
    /// Parsed without a section of a sheet, by a section made for it.
    Generic {
        section: usize,
        decoder: Decoder,
    },
    /// Catalogued; `look` if the file may tell time and place.
    Media {
        look: bool,
    },
    Skip(String),
    Fail(String),
}

/// One task for every entry of every part.
#[derive(Debug, Default)]
pub struct Plan {
    pub tasks: Vec<Vec<Task>>,
    /// Sections made for entries that no sheet claims; numbered behind the sheet's.
    pub generic: Vec<Section>,
}

/// Plans one export. `sheet` is the company's, if it has one; `folders` is what the export calls its folders.
pub fn plan(sheet: Option<&Sheet>, parts: &[Archive], folders: &Folders) -> Plan {
    let mut planner = Planner {
        sheet,
        folders,
        plan: Plan::default(),
        by_stem: HashMap::new(),
        read: HashSet::new(),
        instead: Vec::new(),
    };
    let paths: Vec<Vec<EntryPath>> = parts.iter().map(paths).collect();
    planner.read = parts.iter().flat_map(|part| &part.entries).filter_map(readable_json).collect();
    let sections = sheet.map(|sheet| sheet.sections.as_slice()).unwrap_or_default();
    planner.instead = sections.iter().map(|section| same_elsewhere(section, &paths)).collect();
    for (archive, paths) in parts.iter().zip(&paths) {
        let tasks = (0..archive.entries.len()).map(|entry| planner.task(archive, entry, &paths[entry])).collect();
        planner.plan.tasks.push(tasks);
    }
    planner.plan
}

/// The name of an entry that says the same as those of a section, if the export has one.
fn same_elsewhere(section: &Section, parts: &[Vec<EntryPath>]) -> Option<String> {
    let mut paths = parts.iter().flatten();
    let found = paths.find(|path| section.instead.iter().any(|pattern| pattern.matches(path)));
    found.map(|path| path.base().to_owned())
}

struct Planner<'a> {
    sheet: Option<&'a Sheet>,
    folders: &'a Folders,
    plan: Plan,
    /// Sections made so far, by the stem of the entries they read.
    by_stem: HashMap<String, usize>,
    /// Names (without extension) of JSON entries that will be read.
    read: HashSet<String>,
    /// For each section of the sheet: the name of an entry that says the same as those of the section.
    instead: Vec<Option<String>>,
}

fn readable_json(entry: &Entry) -> Option<String> {
    let readable = entry.skip.is_none() && entry.fail.is_none();
    entry.name.strip_suffix(".json").filter(|_| readable).map(str::to_owned)
}

impl Planner<'_> {
    fn task(&mut self, archive: &Archive, at: usize, path: &EntryPath) -> Task {
        let entry = &archive.entries[at];
        if let Some(why) = &entry.skip {
            return Task::Skip(why.clone());
        }
        if let Some(why) = &entry.fail {
            return Task::Fail(why.clone());
        }
        if let Some(why) = self.sheet.and_then(|sheet| sheet.skip_of(path)) {
            return Task::Skip(why.to_owned());
        }
        if entry.size == Some(0) {
            return Task::Skip("it is empty".to_owned());
        }
        if let Some(why) = self.twin(&entry.name) {
            return Task::Skip(why);
        }
        self.claimed(archive, at, path).unwrap_or_else(|| self.unclaimed(archive, at))
    }

    /// Companies write some files both as JSON and for the eye: JSON is complete.
    fn twin(&self, name: &str) -> Option<String> {
        let (stem, extension) = name.rsplit_once('.')?;
        let is_page = matches!(extension, "html" | "htm");
        (is_page && self.read.contains(stem))
            .then(|| format!("says the same as {}.json, which is read", file_name(stem)))
    }

    fn claimed(&self, archive: &Archive, at: usize, path: &EntryPath) -> Option<Task> {
        let sheet = self.sheet?;
        let head = if sheet.looks_inside(path) { head_of(archive, at) } else { Vec::new() };
        let section = sheet
            .section_of(path, &head)
            .or_else(|| self.folders.own(path).and_then(|own| sheet.section_of(&own, &head)))
            .or_else(|| by_form(sheet, decoder_at(archive, at)))?;
        let is_other = sheet.sections[section].instead.iter().any(|pattern| pattern.matches(path));
        if let Some(other) = self.instead.get(section).and_then(Option::as_ref).filter(|_| !is_other) {
            return Some(Task::Skip(format!("says the same as {other}, which is read")));
        }
        let decoder = sheet.sections[section].decoder.or_else(|| decoder_at(archive, at))?;
        Some(match decoder {
            Decoder::Media => Task::Media { look: may_tell(&archive.entries[at].name) },
            decoder => Task::Read { section, decoder },
        })
    }

    fn unclaimed(&mut self, archive: &Archive, at: usize) -> Task {
        match decoder_at(archive, at) {
            None => Task::Media { look: false },
            Some(Decoder::Media) => Task::Media { look: may_tell(&archive.entries[at].name) },
            Some(decoder) => Task::Generic { section: self.section_for(&archive.entries[at].name, decoder), decoder },
        }
    }

    /// The section for an entry nobody claims: entries whose names differ only in a number share one.
    fn section_for(&mut self, name: &str, decoder: Decoder) -> usize {
        let known = section_of_form(decoder);
        let stem = known.map_or_else(|| stem_of(name), |form| form.id.to_owned());
        let generic = &mut self.plan.generic;
        *self.by_stem.entry(stem.clone()).or_insert_with(|| {
            generic.push(known.map_or_else(|| generic_section(name, &stem), FormSection::section));
            generic.len() - 1
        })
    }
}

/// Forms that are an export by themselves: a chat, the repository of an account.
const WHOLE: [Decoder; 2] = [Decoder::Chat, Decoder::Car];

/// Whether an entry is an export by itself.
pub fn is_whole(archive: &Archive, entry: usize) -> bool {
    decoder_at(archive, entry).is_some_and(|decoder| WHOLE.contains(&decoder))
}

/// The section that reads entries of such a form: one is known by it, whatever it is called.
fn by_form(sheet: &Sheet, decoder: Option<Decoder>) -> Option<usize> {
    let decoder = decoder.filter(|decoder| WHOLE.contains(decoder));
    decoder.and_then(|form| sheet.sections.iter().position(|section| section.decoder == Some(form)))
}

fn file_name(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// `posts/my_posts_12.json` → `my_posts`; a name that is nothing but a number is called by its folder.
fn stem_of(name: &str) -> String {
    let mut pieces = name.rsplit('/');
    let file = pieces.next().unwrap_or(name);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let bare = stem.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '_' | '-' | ' ' | '(' | ')'));
    let chosen = if bare.is_empty() { pieces.next().unwrap_or(stem) } else { bare };
    chosen.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect()
}

fn patterns(paths: &[&str]) -> Vec<FieldPattern> {
    paths.iter().filter_map(|path| FieldPattern::parse(path).ok()).collect()
}

/// What is known of entries of a form that says by itself what its records are, whoever wrote them.
#[derive(Debug, Clone, Copy)]
struct FormSection {
    id: &'static str,
    name: &'static str,
    kind: Kind,
    who: &'static [&'static str],
    thread: Option<&'static str>,
    text: &'static [&'static str],
    category: &'static str,
    origin: Origin,
    inherit: &'static [&'static str],
    unique: &'static [&'static str],
    /// Fields, category and identifier.
    fields: &'static [(&'static str, &'static str, Option<IdKind>)],
}

fn section_of_form(decoder: Decoder) -> Option<FormSection> {
    let section = match decoder {
        Decoder::Mbox => FormSection {
            id: "mail",
            name: "E-mail",
            kind: Kind::Message,
            who: &["From.name", "From.email"],
            thread: Some("Subject"),
            text: &["Subject", "text"],
            category: "email_content",
            origin: Origin::Provided,
            inherit: &[],
            unique: &[],
            fields: &[
                ("*.email", "email", Some(IdKind::Email)),
                ("*[].email", "email", Some(IdKind::Email)),
                ("*.name", "comm_meta", Some(IdKind::Name)),
                ("attachments[].name", "documents", None),
                ("*[].name", "comm_meta", Some(IdKind::Name)),
                ("Delivered-To", "email", Some(IdKind::Email)),
                ("**.ip", "ip", Some(IdKind::Ip)),
                ("X-Originating-IP", "ip", Some(IdKind::Ip)),
            ],
        },
        Decoder::Vcard => FormSection {
            id: "cards",
            name: "Contacts",
            kind: Kind::Contact,
            who: &[],
            thread: None,
            text: &["FN", "ORG", "NOTE"],
            category: "contacts",
            origin: Origin::Provided,
            inherit: &[],
            unique: &["UID"],
            fields: &[
                ("TEL[].value", "phone", Some(IdKind::Phone)),
                ("EMAIL[].value", "email", Some(IdKind::Email)),
                ("ADR[].value", "address", Some(IdKind::Address)),
                ("FN", "contacts", Some(IdKind::Name)),
                ("BDAY", "birth_date", Some(IdKind::Birthday)),
            ],
        },
        Decoder::Ics => FormSection {
            id: "calendar",
            name: "Calendar",
            kind: Kind::Event,
            who: &["ORGANIZER.name", "ORGANIZER.email"],
            thread: Some("X-WR-CALNAME"),
            text: &["SUMMARY", "DESCRIPTION"],
            category: "documents",
            origin: Origin::Provided,
            inherit: &["X-WR-CALNAME", "X-WR-CALDESC", "X-WR-TIMEZONE"],
            unique: &[],
            fields: &[
                ("ORGANIZER.email", "email", Some(IdKind::Email)),
                ("ATTENDEE[].email", "email", Some(IdKind::Email)),
                ("ORGANIZER.name", "contacts", Some(IdKind::Name)),
                ("ATTENDEE[].name", "contacts", Some(IdKind::Name)),
                ("LOCATION", "location", None),
                ("GEO", "gps", None),
            ],
        },
        _ => return None,
    };
    Some(section)
}

impl FormSection {
    fn section(self) -> Section {
        let field = |&(path, category, id): &(&str, &str, Option<IdKind>)| {
            let rule = FieldRule { category: Some(category.to_owned()), id, ..FieldRule::default() };
            FieldPattern::parse(path).ok().map(|pattern| (pattern, rule))
        };
        Section {
            id: format!("other:{}", self.id),
            name: self.name.to_owned(),
            kind: Some(self.kind),
            who: patterns(self.who),
            thread: patterns(self.thread.as_slice()).into_iter().map(ThreadName::Field).collect(),
            text: patterns(self.text),
            category: Some(self.category.to_owned()),
            origin: Some(self.origin),
            inherit: self.inherit.iter().map(|&key| key.to_owned()).collect(),
            unique: patterns(self.unique),
            fields: self.fields.iter().filter_map(field).collect(),
            ..Section::default()
        }
    }
}

fn generic_section(name: &str, stem: &str) -> Section {
    let words = stem.replace('_', " ");
    let mut letters = words.chars();
    let title = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    let kind = kind_by_name(name);
    let named = FieldRule { id: Some(IdKind::Name), ..FieldRule::default() };
    // In an address book a name is somebody's; elsewhere it may be that of anything.
    let names = if matches!(kind, Kind::Contact | Kind::Profile) { patterns(&NAMES) } else { Vec::new() };
    Section {
        id: format!("other:{stem}"),
        name: title,
        kind: Some(kind),
        fields: names.into_iter().map(|place| (place, named.clone())).collect(),
        who: patterns(&["sender_name", "sender", "senderName", "author", "from", "**.sender", "**.author"]),
        text: patterns(&[
            "content",
            "text",
            "message",
            "body",
            "comment",
            "full_text",
            "caption",
            "Content",
            "Message",
            "Text",
        ]),
        ..Section::default()
    }
}

/// What people's names are called.
const NAMES: [&str; 12] = [
    "name",
    "Name",
    "full_name",
    "fullName",
    "Full Name",
    "display_name",
    "displayName",
    "Display Name",
    "contact_name",
    "contactName",
    "**.full_name",
    "**.fullName",
];

/// The kind of records an entry's name promises.
fn kind_by_name(name: &str) -> Kind {
    const WORDS: [(&str, Kind); 60] = [
        ("message", Kind::Message),
        ("chat", Kind::Message),
        ("conversation", Kind::Message),
        ("search", Kind::Search),
        ("location", Kind::Place),
        ("place", Kind::Place),
        ("visit", Kind::Place),
        ("trip", Kind::Place),
        ("login", Kind::Login),
        ("session", Kind::Login),
        ("security", Kind::Login),
        ("device", Kind::Login),
        ("advert", Kind::Ad),
        ("ads_", Kind::Ad),
        ("partner", Kind::Ad),
        ("contact", Kind::Contact),
        ("friend", Kind::Contact),
        ("follow", Kind::Contact),
        ("photo", Kind::Photo),
        ("image", Kind::Photo),
        ("payment", Kind::Payment),
        ("order", Kind::Payment),
        ("purchase", Kind::Payment),
        ("invoice", Kind::Payment),
        ("post", Kind::Post),
        ("comment", Kind::Post),
        ("review", Kind::Post),
        ("event", Kind::Event),
        ("calendar", Kind::Event),
        ("activity", Kind::Event),
        ("profile", Kind::Profile),
        ("account", Kind::Profile),
        ("customer", Kind::Profile),
        ("setting", Kind::Setting),
        ("preference", Kind::Setting),
        ("consent", Kind::Setting),
        ("ip_", Kind::Login),
        ("vote", Kind::Post),
        ("like", Kind::Post),
        ("reaction", Kind::Post),
        ("favo", Kind::Post),
        ("draft", Kind::Post),
        ("gender", Kind::Profile),
        ("birth", Kind::Profile),
        ("phone", Kind::Profile),
        ("email", Kind::Profile),
        ("statistic", Kind::Profile),
        ("block", Kind::Contact),
        ("history", Kind::Event),
        ("attachment", Kind::File),
        ("tweet", Kind::Post),
        ("note", Kind::Post),
        ("ad-", Kind::Ad),
        ("ad_", Kind::Ad),
        ("conversion", Kind::Ad),
        ("impression", Kind::Ad),
        ("mute", Kind::Contact),
        ("personal", Kind::Profile),
        ("screen-name", Kind::Profile),
        ("token", Kind::Login),
    ];
    let lower = name.to_lowercase();
    let file = file_name(&lower);
    let by = |text: &str| WORDS.iter().find(|(word, _)| text.contains(word)).map(|(_, kind)| *kind);
    by(file).or_else(|| by(&lower)).unwrap_or(Kind::Other)
}

fn decoder_at(archive: &Archive, at: usize) -> Option<Decoder> {
    decoder_of(&archive.entries[at].name, || head_of(archive, at))
}

/// The decoder an entry needs, by its extension and, where that tells nothing, by its first bytes. `None`: no text at all.
pub fn decoder_of(name: &str, head: impl FnOnce() -> Vec<u8>) -> Option<Decoder> {
    let name = name.to_lowercase();
    let extension = file_name(&name).rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension {
        "json" | "jsonl" | "ndjson" | "js" | "geojson" => Some(Decoder::Json),
        "csv" | "tsv" => Some(Decoder::Csv),
        "html" | "htm" | "xhtml" => Some(Decoder::Html),
        "mbox" | "mbx" | "eml" => Some(Decoder::Mbox),
        "vcf" | "vcard" => Some(Decoder::Vcard),
        "ics" | "ical" | "ifb" => Some(Decoder::Ics),
        "jpg" | "jpeg" | "png" | "gif" | "webp" | "heic" | "heif" | "avif" | "bmp" | "tif" | "tiff" | "mp4" | "mov"
        | "m4v" | "3gp" | "avi" | "mkv" | "webm" | "mp3" | "m4a" | "aac" | "ogg" | "opus" | "amr" | "wav" | "flac"
        | "pdf" | "woff" | "woff2" | "ttf" | "svg" | "ico" | "css" => Some(Decoder::Media),
        _ => decoder_by_head(&head()),
    }
}

fn decoder_by_head(head: &[u8]) -> Option<Decoder> {
    if car::looks_like_car(head) {
        return Some(Decoder::Car);
    }
    if head.is_empty() || head.contains(&0) {
        return None;
    }
    let text = String::from_utf8_lossy(head);
    let start = text.trim_start_matches('\u{feff}').trim_start();
    Some(match start.chars().next() {
        Some('{' | '[') if !chat::looks_like_chat(&text) => Decoder::Json,
        Some('<') if text.contains("<plist") || text.contains("<!DOCTYPE plist") => Decoder::Plist,
        Some('<') => Decoder::Html,
        _ if begins(start, "BEGIN:VCARD") => Decoder::Vcard,
        _ if begins(start, "BEGIN:VCALENDAR") => Decoder::Ics,
        _ if mail::looks_like_mail(head) => Decoder::Mbox,
        _ if chat::looks_like_chat(&text) => Decoder::Chat,
        _ if control_characters(head) * 20 > head.len() => return None,
        _ => Decoder::KeyValue,
    })
}

fn begins(text: &str, with: &str) -> bool {
    text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
}

fn control_characters(head: &[u8]) -> usize {
    head.iter().filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')).count()
}

/// Whether a picture may tell when and where it was taken.
fn may_tell(name: &str) -> bool {
    let lower = name.to_lowercase();
    [".jpg", ".jpeg", ".heic", ".heif", ".png", ".webp", ".tif", ".tiff", ".avif"]
        .iter()
        .any(|end| lower.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_that_differ_only_in_a_number_share_a_section() {
        assert_eq!(stem_of("posts/my_posts_12.json"), "my_posts");
        assert_eq!(stem_of("My Posts (2).csv"), "my_posts");
        assert_eq!(stem_of("album/7.json"), "album");
    }

    #[test]
    fn the_kind_of_records_is_told_by_the_name_of_the_file_first() {
        assert_eq!(kind_by_name("messages/photo_index.json"), Kind::Photo);
        assert_eq!(kind_by_name("messages/42.json"), Kind::Message);
        assert_eq!(kind_by_name("quux.json"), Kind::Other);
    }

    #[test]
    fn the_form_of_a_nameless_entry_is_told_by_its_first_bytes() {
        assert_eq!(decoder_by_head(b"\xef\xbb\xbf {\"a\":1}"), Some(Decoder::Json));
        assert_eq!(decoder_by_head(b"<!doctype html>"), Some(Decoder::Html));
        assert_eq!(decoder_by_head(b"Name: Rosa\nCity: Bath\n"), Some(Decoder::KeyValue));
        assert_eq!(decoder_by_head(b"<?xml version=\"1.0\"?><plist version=\"1.0\">"), Some(Decoder::Plist));
        assert_eq!(decoder_by_head(b"begin:vcard\nFN:Rosa\n"), Some(Decoder::Vcard));
        assert_eq!(decoder_by_head(b"BEGIN:VCALENDAR\r\n"), Some(Decoder::Ics));
        assert_eq!(decoder_by_head(b"From rosa@example.com Tue Mar  5 10:11:12 2024\n"), Some(Decoder::Mbox));
        assert_eq!(decoder_by_head(b"\x00\x01\x02"), None);
        assert_eq!(decoder_by_head(b""), None);
    }
}
