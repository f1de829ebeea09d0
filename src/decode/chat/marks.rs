//! The invisible characters that the app writes around names, dates and its own words, and the blanks it writes inside times.

use std::borrow::Cow;

/// Left-to-right mark: iOS writes it before everything the app says itself.
pub const LRM: char = '\u{200e}';
/// First strong isolate and its end, around the name in a mention.
pub const ISOLATE: char = '\u{2068}';
pub const ISOLATE_END: char = '\u{2069}';

/// Marks that show nothing and only order what stands around them.
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Blanks of a header: since 2022 a narrow no-break space stands before AM and PM.
pub fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// `text` without its marks.
pub fn bare(text: &str) -> Cow<'_, str> {
    if may_hold_marks(text) && text.contains(is_mark) {
        Cow::Owned(text.chars().filter(|&c| !is_mark(c)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// A cheap no for most texts: marks begin with one of three bytes.
pub fn may_hold_marks(text: &str) -> bool {
    memchr::memchr3(0xe2, 0xd8, 0xef, text.as_bytes()).is_some()
}

/// `text` without marks and blanks at both ends.
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(|c| is_mark(c) || is_blank(c))
}

/// The form in which words of the app are compared: no marks, no full stop at the end, small letters.
pub fn folded(text: &str) -> String {
    let bare = bare(text);
    trimmed(&bare).trim_end_matches(['.', '。', '।', '۔']).to_lowercase()
}
