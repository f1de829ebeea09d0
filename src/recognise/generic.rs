//! Sections for entries that no sheet claims: made from their form, or from their names.

use super::file_name;
use crate::decode::Decoder;
use crate::record::{IdKind, Kind, Origin};
use crate::sheets::{FieldPattern, FieldRule, Section, ThreadName};

/// `posts/my_posts_12.json` → `my_posts`; a name that is nothing but a number is called by its folder.
pub(super) fn stem_of(name: &str) -> String {
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
pub(super) struct FormSection {
    pub(super) id: &'static str,
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

pub(super) fn section_of_form(decoder: Decoder) -> Option<FormSection> {
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
    pub(super) fn section(self) -> Section {
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

pub(super) fn generic_section(name: &str, stem: &str) -> Section {
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
}
