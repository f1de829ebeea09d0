//! Keys and contexts as they are written in the settings.

use super::{Chord, Context, Key};
use std::str::FromStr;

/// Contexts whose keys can be changed, by the names of their tables: `[keys.fields]`. Questions are none of them: only `y` says yes.
pub const CONTEXTS: [(&str, Context); 21] = [
    ("global", Context::Global),
    ("input", Context::Input),
    ("welcome", Context::Welcome),
    ("overview", Context::Overview),
    ("fields", Context::Fields),
    ("search", Context::Search),
    ("time", Context::Time),
    ("map", Context::Map),
    ("people", Context::People),
    ("reader", Context::Reader),
    ("ids", Context::Ids),
    ("ads", Context::Ads),
    ("completeness", Context::Completeness),
    ("diff", Context::Diff),
    ("source", Context::Source),
    ("export", Context::Export),
    ("guide", Context::Guide),
    ("record", Context::Record),
    ("import", Context::Import),
    ("ledger", Context::Ledger),
    ("photo", Context::Photo),
];

/// Names of keys, as they are shown and as other programs write them.
const NAMES: [(&str, Key); 28] = [
    ("space", Key::Char(' ')),
    ("enter", Key::Enter),
    ("return", Key::Enter),
    ("ret", Key::Enter),
    ("esc", Key::Esc),
    ("escape", Key::Esc),
    ("tab", Key::Tab),
    ("shift-tab", Key::BackTab),
    ("backtab", Key::BackTab),
    ("backspace", Key::Backspace),
    ("del", Key::Delete),
    ("delete", Key::Delete),
    ("up", Key::Up),
    ("↑", Key::Up),
    ("down", Key::Down),
    ("↓", Key::Down),
    ("left", Key::Left),
    ("←", Key::Left),
    ("right", Key::Right),
    ("→", Key::Right),
    ("home", Key::Home),
    ("end", Key::End),
    ("pgup", Key::PageUp),
    ("pageup", Key::PageUp),
    ("pgdn", Key::PageDown),
    ("pagedown", Key::PageDown),
    ("f1", Key::F1),
    ("minus", Key::Char('-')),
];

impl FromStr for Key {
    type Err = ();

    /// `x`, `ctrl-f`, `C-f`, `alt-b`, `space`, `PgDn`, `F5`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let small = text.to_lowercase();
        if let Some((_, key)) = NAMES.iter().find(|(name, _)| *name == small) {
            return Ok(*key);
        }
        if let Some(c) = only(text) {
            return Ok(Self::Char(c));
        }
        let number = small.strip_prefix('f').and_then(|number| number.parse().ok());
        if let Some(number @ 2..=12) = number {
            return Ok(Self::F(number));
        }
        let with = |names: [&str; 2]| names.iter().find_map(|name| small.strip_prefix(name)).map(str::len);
        let last = |rest: usize| text.get(text.len().checked_sub(rest)?..).and_then(only);
        match (with(["ctrl-", "c-"]), with(["alt-", "a-"])) {
            (Some(rest), _) => last(rest).map(|c| Self::Ctrl(c.to_ascii_lowercase())).ok_or(()),
            (_, Some(rest)) => last(rest).map(Self::Alt).ok_or(()),
            _ => Err(()),
        }
    }
}

impl FromStr for Chord {
    type Err = ();

    /// A key, or `g` and a character: `g x`.
    fn from_str(text: &str) -> Result<Self, ()> {
        match text.strip_prefix("g ") {
            Some(second) => only(second).map(Self::G).ok_or(()),
            None => text.parse().map(Self::One),
        }
    }
}

/// The character of a text that has one.
fn only(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|c| chars.next().is_none() && !c.is_control())
}
