//! A message as a reader wants it: what was said, to what, what became of it. Companies name these things differently but not
//! very: one table of last keys serves all.

use super::Conversation;
use crate::query::scan::HitView;
use serde::Serialize;
use std::collections::HashMap;
use std::ops::Range;

/// `conversation ID --json`: one message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Line {
    pub time: Option<String>,
    /// As written; none for what the service says.
    pub who: Option<String>,
    /// The owner wrote it.
    pub you: bool,
    pub text: Option<String>,
    /// Something happened, nobody said anything.
    pub event: bool,
    pub edited: bool,
    pub deleted: bool,
    pub forwarded_from: Option<String>,
    /// The message's own id at its company.
    pub message_id: Option<String>,
    /// Id of the message it answers.
    pub reply_to: Option<String>,
    /// What it quotes, where that is written into it.
    pub quoted: Option<String>,
    pub reactions: Vec<Reaction>,
    pub attachments: Vec<Attachment>,
    pub export: String,
    pub entry: String,
    /// Accepted by `tellall record EXPORT LOCATOR`.
    pub locator: String,
    /// Places in `text` where a search term stands, in bytes.
    #[serde(skip)]
    pub matches: Vec<Range<usize>>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Reaction {
    pub sign: String,
    pub who: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Attachment {
    /// Name of the file; its kind if the name is not told.
    pub name: String,
    /// The archive has it.
    pub held: bool,
    /// Why not, if not.
    pub why: Option<String>,
    /// As it is written: the path, where that is told.
    #[serde(skip)]
    pub written: String,
}

/// What a field of a message says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Id,
    ReplyTo,
    Quoted,
    Edited,
    Deleted,
    Forwarded,
    Reaction,
    Reactor,
    File,
    /// A file was there and was left out.
    Omitted,
    FileKind,
    Caption,
    Event,
    /// What happened, by a name for programs.
    Action,
}

/// Key of a field, and of something around it (empty: anything), both without case and signs. The first row that fits holds.
const PARTS: &[(&str, &str, Part)] = &[
    ("reactions", "reaction", Part::Reaction),
    ("reactions", "emoji", Part::Reaction),
    ("reactions", "reactions", Part::Reaction),
    ("emotions", "key", Part::Reaction),
    ("reactions", "actor", Part::Reactor),
    ("reactions", "from", Part::Reactor),
    ("reactions", "author", Part::Reactor),
    ("reactions", "displayname", Part::Reactor),
    ("quote", "text", Part::Quoted),
    ("quote", "body", Part::Quoted),
    ("quote", "id", Part::ReplyTo),
    ("quote", "targetsenttimestamp", Part::ReplyTo),
    ("photos", "uri", Part::File),
    ("videos", "uri", Part::File),
    ("audiofiles", "uri", Part::File),
    ("files", "uri", Part::File),
    ("gifs", "uri", Part::File),
    ("sticker", "uri", Part::File),
    ("media", "uri", Part::File),
    ("attachments", "path", Part::File),
    ("attachments", "url", Part::File),
    ("attachments", "filename", Part::File),
    ("attachedfiles", "exportname", Part::File),
    ("", "mediaurls", Part::File),
    ("", "attachment", Part::File),
    ("", "attachments", Part::File),
    ("", "photo", Part::File),
    ("", "file", Part::File),
    ("", "attachmentomitted", Part::Omitted),
    ("", "attachmentkind", Part::FileKind),
    ("", "mediatype", Part::FileKind),
    ("", "caption", Part::Caption),
    ("", "replytomessageid", Part::ReplyTo),
    ("", "replytoid", Part::ReplyTo),
    ("", "inreplyto", Part::ReplyTo),
    ("", "inreplytoid", Part::ReplyTo),
    ("", "replyto", Part::ReplyTo),
    ("", "edited", Part::Edited),
    ("", "isedited", Part::Edited),
    ("", "editedunixtime", Part::Edited),
    ("", "edittime", Part::Edited),
    ("", "deleted", Part::Deleted),
    ("", "isdeleted", Part::Deleted),
    ("", "isunsent", Part::Deleted),
    ("", "remotedeletedmessage", Part::Deleted),
    ("", "deleteddatetime", Part::Deleted),
    ("deletionmetadata", "deletiontype", Part::Deleted),
    ("", "forwardedfrom", Part::Forwarded),
    ("", "event", Part::Event),
    ("", "action", Part::Action),
    ("individualcall", "type", Part::Action),
    ("", "messageid", Part::Id),
    ("", "id", Part::Id),
];

fn part_of(path: &str) -> Option<Part> {
    let plain =
        |key: &str| key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let keys: Vec<String> = path.split('.').map(plain).collect();
    let last = keys.last()?;
    let fits = |around: &str, key: &str| last == key && (around.is_empty() || keys.iter().any(|key| key == around));
    // `reactions[]` alone is around itself; an id deep inside is that of something else.
    let found = PARTS.iter().find(|(around, key, _)| fits(around, key))?.2;
    let deep =
        found == Part::Id && keys.len() > 1 && !path.rsplit_once('.').is_some_and(|(before, _)| before.ends_with("[]"));
    (!deep).then_some(found)
}

/// Whether a flag is raised: `true`, a date, a number other than 0.
fn is_set(value: &str) -> bool {
    !matches!(value.trim().to_lowercase().as_str(), "" | "false" | "0" | "no" | "null")
}

/// The message's own id.
pub fn id_of(view: &HitView) -> Option<&str> {
    view.values.iter().find(|(path, _)| part_of(path) == Some(Part::Id)).map(|(_, value)| value.as_str())
}

/// The last part of a path.
pub fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// Stands for a message whose part of the index is damaged.
pub fn unreadable() -> Line {
    let text = Some("This message cannot be read; its part of the index is damaged.".to_owned());
    Line { text, event: true, ..Line::default() }
}

pub fn line(view: &HitView, files: Option<&HashMap<String, Option<String>>>, conversation: &Conversation) -> Line {
    let you = |who: &String| conversation.members.iter().any(|member| member.you && member.name == *who);
    let mut line = Line {
        time: view.time.map(|time| time.to_string()),
        you: view.who.as_ref().is_some_and(you),
        who: view.who.clone(),
        text: view.text.clone(),
        event: view.who.is_none(),
        export: view.export.clone(),
        entry: view.entry.clone(),
        locator: format!("{}#{}", view.entry, view.place),
        ..Line::default()
    };
    let (mut omitted, mut kind, mut caption, mut action) = (false, None, None, None);
    for (path, value) in &view.values {
        match part_of(path) {
            Some(Part::File) => line.attachments.extend(attachment(value, files)),
            Some(Part::Omitted) => omitted |= is_set(value),
            Some(Part::FileKind) => kind = Some(value.as_str()),
            Some(Part::Caption) => caption = Some(value.clone()),
            Some(Part::Action) => action = Some(value.as_str()),
            Some(part) => take(&mut line, part, value),
            None => {}
        }
    }
    if omitted && line.attachments.is_empty() {
        let name = kind.filter(|kind| *kind != "omitted").unwrap_or("file").to_owned();
        let why = "the export was made without media".to_owned();
        line.attachments.push(Attachment { name, why: Some(why), ..Attachment::default() });
    }
    let stands_for_file = line.text.as_ref().is_some_and(|text| {
        omitted || line.attachments.iter().any(|file| text.contains(&file.name) && text.len() < file.name.len() + 40)
    });
    if stands_for_file || caption.is_some() {
        line.text = caption;
    }
    speak(&mut line, action, kind, conversation.half);
    line.matches = matches_in(view, line.text.as_deref());
    line
}

/// Names for programs that stand where a text is looked for become words; what has no name is the owner's where only the owner's
/// half is held.
fn speak(line: &mut Line, action: Option<&str>, kind: Option<&str>, half: bool) {
    let text = line.text.as_deref().unwrap_or_default();
    let is_bare = !text.is_empty();
    let is_nothing = line.text.is_none() && line.attachments.is_empty() && !line.deleted;
    // A message of which the kind alone is told; one of text says nothing by that.
    if let Some(kind) = kind.filter(|kind| is_nothing && !kind.eq_ignore_ascii_case("text")) {
        match kind.strip_prefix("STATUS").filter(|what| !what.is_empty()) {
            Some(what) => (line.text, line.event) = (Some(format!("status: {}", words(what))), true),
            None => line.attachments.push(unnamed(kind)),
        }
    } else if is_bare && action == Some(text) {
        line.text = Some(words(text));
        line.event = true;
    } else if is_bare && kind == Some(text) {
        if line.attachments.is_empty() {
            line.attachments.push(unnamed(text));
        }
        line.text = None;
    } else if line.deleted && text == "deleted" {
        line.text = None;
    }
    if half && line.who.is_none() {
        (line.you, line.event) = (true, false);
    }
}

/// A file of which the archive tells only the kind.
fn unnamed(kind: &str) -> Attachment {
    let why = Some("the archive does not say which file it is".to_owned());
    Attachment { name: words(kind), why, ..Attachment::default() }
}

/// `phone_call`, `AUDIO_CALL`: `phone call`, `audio call`.
fn words(name: &str) -> String {
    name.replace('_', " ").to_lowercase()
}

fn take(line: &mut Line, part: Part, value: &str) {
    match part {
        Part::Id if line.message_id.is_none() => line.message_id = Some(value.to_owned()),
        Part::ReplyTo => line.reply_to = Some(value.to_owned()),
        Part::Quoted if line.quoted.is_none() => line.quoted = Some(value.to_owned()),
        Part::Edited => line.edited |= is_set(value),
        Part::Deleted => line.deleted |= is_set(value),
        Part::Forwarded => line.forwarded_from = Some(value.to_owned()),
        Part::Event if value == "deleted" => line.deleted = true,
        Part::Event => line.event = true,
        Part::Reaction => react(line, |known| known.sign.is_empty(), |known| value.clone_into(&mut known.sign)),
        Part::Reactor => react(line, |known| known.who.is_none(), |known| known.who = Some(value.to_owned())),
        _ => {}
    }
}

/// Completes the last reaction, or begins another: sign and name come in either order.
fn react(line: &mut Line, lacks: impl Fn(&Reaction) -> bool, set: impl FnOnce(&mut Reaction)) {
    if !line.reactions.last().is_some_and(lacks) {
        line.reactions.push(Reaction::default());
    }
    if let Some(last) = line.reactions.last_mut() {
        set(last);
    }
}

fn attachment(value: &str, files: Option<&HashMap<String, Option<String>>>) -> Option<Attachment> {
    let value = value.trim();
    if value.is_empty() {
        return None;
    }
    if value.starts_with("http://") || value.starts_with("https://") {
        let name = file_name(value.split(['?', '#']).next().unwrap_or(value)).to_owned();
        let why = Some("the archive has only a link to it".to_owned());
        return Some(Attachment { name, why, written: value.to_owned(), ..Attachment::default() });
    }
    // Some exports write a sentence in the place of the file.
    if value.starts_with('(') {
        let why = value.trim_matches(['(', ')']).to_owned();
        return Some(Attachment { name: "file".to_owned(), why: Some(why), ..Attachment::default() });
    }
    // `map.png (image/png, 1024 bytes)`
    let value = value.strip_suffix(')').and_then(|value| value.rsplit_once(" (")).map_or(value, |(value, _)| value);
    let name = file_name(value).to_owned();
    let (held, why) = match files.and_then(|files| files.get(&name)) {
        Some(None) => (true, None),
        Some(Some(why)) => (false, Some(why.clone())),
        None => (false, Some("the archive does not have it".to_owned())),
    };
    Some(Attachment { name, held, why, written: value.to_owned() })
}

fn matches_in(view: &HitView, text: Option<&str>) -> Vec<Range<usize>> {
    let Some(text) = text else { return Vec::new() };
    let at = view.values.iter().position(|(_, value)| value == text);
    let here = view.matches.iter().filter(|found| Some(found.value) == at);
    here.map(|found| found.start..found.end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_thing_is_known_by_the_keys_of_many_companies() {
        for (path, part) in [
            ("messages[].reactions[].reaction", Some(Part::Reaction)),
            ("messages[].reactions[].actor", Some(Part::Reactor)),
            ("[].reactions[][]", Some(Part::Reaction)),
            ("messages[].isUnsent", Some(Part::Deleted)),
            ("messages[].deletion_metadata.deletion_type", Some(Part::Deleted)),
            ("messages[].attached_files[].export_name", Some(Part::File)),
            ("[].dmConversation.messages[].messageCreate.mediaUrls[]", Some(Part::File)),
            ("[].is_unsent", Some(Part::Deleted)),
            ("chats.list[].messages[].reply_to_message_id", Some(Part::ReplyTo)),
            ("messages[].photos[].uri", Some(Part::File)),
            ("attachment", Some(Part::File)),
            ("messages[].id", Some(Part::Id)),
            ("[].From.User.Id", None),
            ("messages[].share.uri", None),
            ("text", None),
        ] {
            assert_eq!(part_of(path), part, "{path}");
        }
    }

    #[test]
    fn a_reaction_is_a_sign_and_a_name_in_either_order() {
        let mut line = Line::default();
        for (part, value) in
            [(Part::Reaction, "❤"), (Part::Reactor, "Ben Zoë"), (Part::Reactor, "Rosa Quill"), (Part::Reaction, "👍")]
        {
            take(&mut line, part, value);
        }
        let told: Vec<(&str, Option<&str>)> =
            line.reactions.iter().map(|one| (one.sign.as_str(), one.who.as_deref())).collect();
        assert_eq!(told, [("❤", Some("Ben Zoë")), ("👍", Some("Rosa Quill"))]);
    }

    #[test]
    fn a_missing_file_says_why() {
        let files = HashMap::from([("a.jpg".to_owned(), None), ("b.jpg".to_owned(), Some("damaged (CRC)".to_owned()))]);
        let why = |value| attachment(value, Some(&files)).and_then(|file| file.why);
        assert_eq!(why("x/a.jpg"), None);
        assert_eq!(why("b.jpg").as_deref(), Some("damaged (CRC)"));
        assert_eq!(why("a.jpg (image/jpeg, 1024 bytes)"), None);
        assert_eq!(why("c.jpg").as_deref(), Some("the archive does not have it"));
        assert_eq!(why("(File not included.)").as_deref(), Some("File not included."));
        assert_eq!(why("https://cdn.example.com/a.jpg?x=1").as_deref(), Some("the archive has only a link to it"));
    }

    #[test]
    fn names_for_programs_become_words() {
        let told = |text: &str, action, kind| {
            let mut line = Line { text: Some(text.to_owned()), who: Some("Ben Zoë".into()), ..Line::default() };
            speak(&mut line, action, kind, false);
            let file = line.attachments.first().map(|file| file.name.clone());
            (line.text, line.event, file)
        };
        assert_eq!(told("phone_call", Some("phone_call"), None), (Some("phone call".into()), true, None));
        assert_eq!(told("AUDIO_CALL", Some("AUDIO_CALL"), None), (Some("audio call".into()), true, None));
        assert_eq!(told("IMAGE", None, Some("IMAGE")), (None, false, Some("image".into())));
        assert_eq!(told("some_words", Some("call"), Some("TEXT")), (Some("some_words".into()), false, None));
    }

    #[test]
    fn in_half_a_conversation_who_has_no_name_is_the_owner() {
        for half in [true, false] {
            let mut line = Line { text: Some("hi".into()), event: true, ..Line::default() };
            speak(&mut line, None, None, half);
            assert_eq!((line.you, line.event), (half, !half));
        }
    }
}
