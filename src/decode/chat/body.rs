//! What a message is: words, a file, a place, a poll, or something the app says of it.

use super::attachment::{self, Attachment};
use super::marks::{ISOLATE, ISOLATE_END, LRM, bare, may_hold_marks, trimmed};
use super::poll::Poll;
use super::tokens::{Token, Tokens};
use std::borrow::Cow;

/// What is known of the chat that a body is from.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    pub tokens: &'a Tokens,
    /// Written by iOS, which puts a mark before its own words.
    pub marked: bool,
    /// iOS, whether or not its marks survived.
    pub bracketed: bool,
}

/// One message as understood.
#[derive(Debug, Default, PartialEq)]
pub struct Body<'a> {
    /// As written, without the marks of the app.
    pub text: Cow<'a, str>,
    /// What kind of line this is, if more than words.
    pub event: Option<&'static str>,
    /// What the app adds to a call: "5 min", "No answer".
    pub call: Option<&'a str>,
    pub attachment: Option<Attachment<'a>>,
    pub place: Option<Place<'a>>,
    pub poll: Option<Poll<'a>>,
    pub edited: bool,
    pub mentions: Vec<&'a str>,
}

#[derive(Debug, Default, PartialEq)]
pub struct Place<'a> {
    pub name: Option<&'a str>,
    pub url: &'a str,
    pub point: Option<(&'a str, &'a str)>,
}

impl<'a> Body<'a> {
    /// Reads the whole of a message, line ends included.
    pub fn read(raw: &'a str, setting: Setting<'_>) -> Self {
        let unedited = before_edit(raw, setting.tokens);
        let said = unedited.unwrap_or(raw);
        let mut body = Self { text: text(raw), edited: unedited.is_some(), mentions: mentions(raw), ..Self::default() };
        if let Some(poll) = Poll::read(said) {
            body.event = Some("poll");
            body.poll = Some(poll);
        } else if let Some(token) = whole(said, setting) {
            body.take(token);
        } else if let Some((call, missed)) = call(said, setting.tokens) {
            body.event = Some(if missed { "missed call" } else { "call" });
            body.call = Some(call);
        } else if let Some(attachment) = attachment::read(said, setting) {
            body.attachment = Some(attachment);
        } else if let Some(place) = place(said, setting.tokens) {
            body.place = Some(place);
        } else {
            body.event = event(said, setting.marked);
        }
        body
    }

    /// A line without a sender: the app itself.
    pub fn of_app(raw: &'a str, setting: Setting<'_>) -> Self {
        let mut body = Self::read(raw, setting);
        body.event = body.event.or(Some("system"));
        body.text = bare(raw);
        body
    }

    fn take(&mut self, token: Token) {
        match token {
            Token::Deleted => self.event = Some("deleted"),
            Token::MissedCall => self.event = Some("missed call"),
            Token::LiveLocation => self.event = Some("live location"),
            Token::Waiting => self.event = Some("waiting"),
            Token::Media => self.attachment = Some(Attachment::omitted("omitted")),
            Token::Omitted(kind) => self.attachment = Some(Attachment::omitted(kind)),
        }
    }
}

/// The token that the whole body is. The words of iOS are everyday ones in some languages: there only its mark makes them a token.
/// Before 2018 iOS put them in brackets.
fn whole(raw: &str, setting: Setting<'_>) -> Option<Token> {
    let inside = raw.strip_prefix('<').and_then(|inside| inside.strip_suffix('>'));
    let found = setting.tokens.whole(raw).or_else(|| setting.tokens.whole(inside?));
    let is_marked = || inside.unwrap_or(raw).starts_with(LRM);
    found.filter(|token| !matches!(token, Token::Omitted(_)) || setting.bracketed && (!setting.marked || is_marked()))
}

/// The text without the marks that the app writes: at the beginning of lines, before its own brackets, around mentions. Marks
/// elsewhere are the writer's.
fn text(raw: &str) -> Cow<'_, str> {
    if raw.starts_with(LRM) {
        return bare(raw);
    }
    if !(may_hold_marks(raw) && raw.contains([LRM, ISOLATE])) {
        return Cow::Borrowed(raw);
    }
    let mut kept = String::with_capacity(raw.len());
    let mut chars = raw.chars().peekable();
    let (mut last, mut in_mention) = ('\n', false);
    while let Some(c) = chars.next() {
        let opens = c == LRM && (last == '\n' || chars.peek() == Some(&'<') || last == '<' || is_after_gap(last));
        let mention = c == ISOLATE && last == '@' || c == ISOLATE_END && in_mention;
        in_mention = if mention { c == ISOLATE } else { in_mention };
        if !opens && !mention {
            kept.push(c);
        }
        last = c;
    }
    Cow::Owned(kept)
}

/// iOS marks its words behind a name too: `plan.pdf • ‎2 pages`, `Video call, ‎5 min`.
fn is_after_gap(c: char) -> bool {
    c == ' ' || c == '\u{a0}' || c == '\u{202f}'
}

/// What stands before the note that the message was changed: words in brackets at its end, behind a mark or known.
fn before_edit<'a>(raw: &'a str, tokens: &Tokens) -> Option<&'a str> {
    if let Some(before) = tokens.edited.iter().find_map(|edited| raw.strip_suffix(edited)) {
        return Some(before.trim_end_matches([LRM, ' ']));
    }
    let (before, note) = raw.rsplit_once(LRM)?;
    let inside = note.strip_prefix('<')?.strip_suffix('>')?;
    let is_note = attachment::file_in(inside).is_none() && !inside.contains(['<', '>', '\n']);
    (is_note && !trimmed(before).is_empty()).then(|| before.trim_end_matches(' '))
}

/// What else the app may say.
fn event(said: &str, marked: bool) -> Option<&'static str> {
    if trimmed(said) == "null" {
        Some("unavailable")
    } else if trimmed(said).starts_with("This message was deleted by admin ") {
        Some("deleted")
    } else {
        (marked && said.starts_with(LRM)).then_some("system")
    }
}

/// What the app says of a call, and whether it was missed. iOS writes it behind a comma and a mark.
fn call<'a>(raw: &'a str, tokens: &Tokens) -> Option<(&'a str, bool)> {
    let (what, more) = raw.strip_prefix(LRM)?.split_once(", ")?;
    let more = more.strip_prefix(LRM).filter(|more| !more.contains('\n'))?;
    Some((more, tokens.whole(what) == Some(Token::MissedCall)))
}

/// A place: the word for it, perhaps a name, and a link.
fn place<'a>(raw: &'a str, tokens: &Tokens) -> Option<Place<'a>> {
    let at = raw.find("http")?;
    let (before, url) = (raw.get(..at)?, raw.get(at..)?);
    let url = url.split(char::is_whitespace).next()?;
    let (word, name) = before.split_once([':', '：'])?;
    let word = trimmed(word).to_lowercase();
    if !tokens.places.contains(&word) {
        return None;
    }
    let name = trimmed(name).trim_end_matches([':', ' ']);
    Some(Place { name: (!name.is_empty()).then_some(name), url, point: point(url) })
}

/// Latitude and longitude of a map's link: `https://maps.google.com/?q=51.5,-0.1`.
fn point(url: &str) -> Option<(&str, &str)> {
    let (_, query) = url.split_once("q=")?;
    let (latitude, longitude) = query.split('&').next()?.split_once(',')?;
    let within = |text: &str, most: f64| text.parse::<f64>().is_ok_and(|degrees| degrees.abs() <= most);
    (within(latitude, 90.0) && within(longitude, 180.0)).then_some((latitude, longitude))
}

/// Who is addressed: a name between isolates, or a bare number.
fn mentions(raw: &str) -> Vec<&str> {
    let named = |rest: &'_ str| rest.strip_prefix(ISOLATE).is_some();
    let mut found = Vec::new();
    for (at, _) in raw.match_indices('@') {
        let rest = raw.get(at + 1..).unwrap_or_default();
        let mention = if named(rest) {
            rest.split_once(ISOLATE_END).map(|(name, _)| name.trim_start_matches(ISOLATE))
        } else {
            let length = rest.bytes().take_while(u8::is_ascii_digit).count();
            rest.get(..length).filter(|number| (7..=15).contains(&number.len()))
        };
        found.extend(mention.filter(|mention| !mention.contains('\n')));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens are loaded once per check; that is the price of a decoder too.
    fn check(raw: &str, ios: bool, look: impl Fn(&Body<'_>) -> String, expected: &str) {
        let tokens = Tokens::load();
        let body = Body::read(raw, Setting { tokens: &tokens, marked: ios, bracketed: ios });
        assert_eq!(look(&body), expected, "{raw:?}");
    }

    fn event(body: &Body<'_>) -> String {
        let call = body.call.map(|call| format!(" {call}"));
        format!("{}{}", body.event.unwrap_or("-"), call.unwrap_or_default())
    }

    #[test]
    fn the_words_of_the_app_are_understood() {
        check("This message was deleted", false, event, "deleted");
        check("\u{200e}Du hast diese Nachricht gelöscht.", true, event, "deleted");
        check("This message was deleted by admin Ben", false, event, "deleted");
        check("Missed voice call", false, event, "missed call");
        check("\u{200e}Missed video call, \u{200e}Tap to call back", true, event, "missed call Tap to call back");
        check("\u{200e}Video call, \u{200e}5 min", true, event, "call 5 min");
        check("null", false, event, "unavailable");
        check("live location shared", false, event, "live location");
        check("Waiting for this message. This may take a while.", false, event, "waiting");
        check("\u{200e}Rosa left", true, event, "system");
        check("nothing of it", false, event, "-");
    }

    #[test]
    fn everyday_words_are_a_token_only_behind_a_mark() {
        let kind = |body: &Body<'_>| body.attachment.as_ref().map_or("-", |found| found.kind).to_owned();
        check("\u{200e}ei kuvaa", true, kind, "image");
        check("ei kuvaa", true, kind, "-");
        check("image omitted", false, kind, "-");
        check("<Media omitted>", false, kind, "omitted");
        check("<Médiá vynechané>", false, kind, "omitted");
    }

    #[test]
    fn a_changed_message_is_told_in_any_language() {
        let edited = |body: &Body<'_>| body.edited.to_string();
        check("hello \u{200e}<This message was edited>", true, edited, "true");
        check("hello <This message was edited>", false, edited, "true");
        check("hallo \u{200e}<Diese Nachricht wurde bearbeitet.>", true, edited, "true");
        check("see <this>", true, edited, "false");
        check("my cat \u{200e}<attached: 00000002-PHOTO-2024-01-02-15-05-10.jpg>", true, edited, "false");
    }

    #[test]
    fn places_give_their_point() {
        let place = |body: &Body<'_>| format!("{:?}", body.place.as_ref().map(|place| (place.name, place.point)));
        let point = "Some((None, Some((\"51.5\", \"-0.12\"))))";
        check("location: https://maps.google.com/?q=51.5,-0.12", false, place, point);
        check("\u{200e}Standort: https://maps.google.com/?q=51.5,-0.12", true, place, point);
        check("localisation : https://maps.google.com/?q=51.5,-0.12", false, place, point);
        check("位置：https://maps.google.com/?q=51.5,-0.12", false, place, point);
        let named = "Some((Some(\"The Nib (1 Quill Lane)\"), None))";
        check("Location: The Nib (1 Quill Lane): https://foursquare.com/v/1", true, place, named);
        check("look: https://maps.google.com/?q=51.5,-0.12", false, place, "None");
        check("location: https://maps.google.com/?q=151.5,-0.12", false, place, "Some((None, None))");
    }

    #[test]
    fn marks_of_the_app_go_and_marks_of_the_writer_stay() {
        let text = |body: &Body<'_>| body.text.to_string();
        check("hello \u{200e}<This message was edited>", true, text, "hello <This message was edited>");
        check("hi @\u{2068}Ben\u{2069} and a\u{200f}b", false, text, "hi @Ben and a\u{200f}b");
        check("a \u{2068}b\u{2069}", false, text, "a \u{2068}b\u{2069}");
        check(
            "plan.pdf • \u{200e}2 pages \u{200e}<attached: 1-plan.pdf>",
            true,
            text,
            "plan.pdf • 2 pages <attached: 1-plan.pdf>",
        );
    }

    #[test]
    fn mentions_are_names_and_numbers() {
        let mentions = |body: &Body<'_>| body.mentions.join("|");
        check(
            "@\u{2068}Rosa Quill\u{2069} and @12025550100, not me@example.org or @home",
            false,
            mentions,
            "Rosa Quill|12025550100",
        );
    }
}
