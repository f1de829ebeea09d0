//! The app's own words in exports, in its languages: `tokens.tsv`.

use super::marks::{folded, trimmed};
use foldhash::fast::RandomState;
use hashbrown::HashMap;

/// Meaning, text, languages; by tabs.
const TABLE: &str = include_str!("tokens.tsv");

/// What the app's words for a whole message mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    Deleted,
    MissedCall,
    LiveLocation,
    /// Could not be decrypted yet.
    Waiting,
    /// An export without media, Android: any kind.
    Media,
    /// The same of iOS, with its kind.
    Omitted(&'static str),
}

/// A half of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    Morning,
    Afternoon,
}

/// Text before and after the `%` of a phrase.
pub type Phrase = (&'static str, &'static str);

#[derive(Debug)]
pub struct Tokens {
    whole: HashMap<String, Token, RandomState>,
    halves: HashMap<String, Half, RandomState>,
    /// Around the name of an attached file.
    pub files: Vec<Phrase>,
    /// Before a place, small letters.
    pub places: Vec<String>,
    /// At the end of a message that was changed.
    pub edited: Vec<&'static str>,
}

impl Tokens {
    pub fn load() -> Self {
        let texts = |wanted: &'static str| rows().filter(move |(kind, _)| *kind == wanted).map(|(_, text)| text);
        let halves = [("am", Half::Morning), ("pm", Half::Afternoon)];
        let halves =
            halves.into_iter().flat_map(|(kind, half)| texts(kind).map(move |text| (without_stops(text), half)));
        Self {
            whole: rows().filter_map(|(kind, text)| Some((folded(text), token(kind)?))).collect(),
            halves: halves.collect(),
            files: texts("file").filter_map(|text| text.split_once('%')).collect(),
            places: texts("location").map(folded).collect(),
            edited: texts("edited").collect(),
        }
    }

    /// What a whole message means, if it is one of the app's.
    pub fn whole(&self, body: &str) -> Option<Token> {
        // The longest of these is a line of 70 bytes; most messages need not be folded to be told from them.
        let short = body.len() < 200 && !body.contains('\n');
        short.then(|| self.whole.get(&folded(body)).copied()).flatten()
    }

    pub fn half(&self, word: &str) -> Option<Half> {
        self.halves.get(&without_stops(word)).copied()
    }
}

/// The titles of chats, as phrases around the other's name.
pub fn titles() -> impl Iterator<Item = Phrase> {
    rows().filter(|(kind, _)| *kind == "title").filter_map(|(_, text)| text.split_once('%'))
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (kind, rest) = line.split_once('\t')?;
        Some((kind, rest.split_once('\t').map_or(rest, |(text, _)| text)))
    })
}

fn token(kind: &str) -> Option<Token> {
    Some(match kind {
        "deleted" => Token::Deleted,
        "missed" => Token::MissedCall,
        "live" => Token::LiveLocation,
        "waiting" => Token::Waiting,
        "media" => Token::Media,
        "image" => Token::Omitted("image"),
        "video" => Token::Omitted("video"),
        "audio" => Token::Omitted("audio"),
        "gif" => Token::Omitted("gif"),
        "sticker" => Token::Omitted("sticker"),
        "document" => Token::Omitted("document"),
        "contact" => Token::Omitted("contact"),
        _ => return None,
    })
}

/// `a. m.`, `a.m.` and `AM` are one word.
fn without_stops(word: &str) -> String {
    let kept = trimmed(word).chars().filter(|c| !matches!(c, '.' | ' ' | '\u{a0}' | '\u{202f}'));
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_of_the_table_is_understood() {
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let parts: Vec<&str> = line.split('\t').collect();
            assert_eq!(parts.len(), 3, "{line}");
            let with_place = matches!(parts[0], "file" | "title");
            assert_eq!(parts[1].contains('%'), with_place, "{line}");
            let known = token(parts[0]).is_some() || with_place;
            assert!(known || matches!(parts[0], "am" | "pm" | "location" | "edited"), "{line}");
        }
    }

    #[test]
    fn no_phrase_means_two_things() {
        let tokens = Tokens::load();
        for (kind, text) in rows().filter(|(kind, _)| token(kind).is_some()) {
            assert_eq!(tokens.whole(text), token(kind), "{kind} {text}");
        }
        for (kind, text) in rows().filter(|(kind, _)| matches!(*kind, "am" | "pm")) {
            let expected = if kind == "am" { Half::Morning } else { Half::Afternoon };
            assert_eq!(tokens.half(text), Some(expected), "{kind} {text}");
        }
    }

    #[test]
    fn letter_case_marks_and_full_stops_do_not_matter() {
        let tokens = Tokens::load();
        assert_eq!(tokens.whole("This message was deleted."), Some(Token::Deleted));
        assert_eq!(tokens.whole("\u{200e}Diese Nachricht wurde gelöscht."), Some(Token::Deleted));
        assert_eq!(tokens.whole("hello"), None);
        assert_eq!(tokens.half("P.\u{a0}M."), Some(Half::Afternoon));
        assert_eq!(tokens.half("a.m."), Some(Half::Morning));
        assert_eq!(tokens.half("Uhr"), None);
    }
}
