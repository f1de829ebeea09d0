//! The one table of actions: id, default keys, where they hold, what they do. Key handling, the footer, Help, the palette and
//! the printed list of keys derive from it; no other place names a key.

use crate::tui::look::Sample;
use std::fmt;

mod table;
#[cfg(test)]
mod tests;

pub use table::TABLE;

/// A key as the screens know it; the runtime translates what the terminal sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    Char(char),
    Ctrl(char),
    Alt(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    F1,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Char(' ') => "space",
            Self::Char(c) => return write!(f, "{c}"),
            Self::Ctrl(c) => return write!(f, "Ctrl-{c}"),
            Self::Alt(c) => return write!(f, "Alt-{c}"),
            Self::Enter => "Enter",
            Self::Esc => "Esc",
            Self::Tab => "Tab",
            Self::BackTab => "Shift-Tab",
            Self::Backspace => "Backspace",
            Self::Delete => "Del",
            Self::Up => "↑",
            Self::Down => "↓",
            Self::Left => "←",
            Self::Right => "→",
            Self::Home => "Home",
            Self::End => "End",
            Self::PageUp => "PgUp",
            Self::PageDown => "PgDn",
            Self::F1 => "F1",
        };
        f.write_str(name)
    }
}

/// What a person presses for an action: a key, or `g` and a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Chord {
    One(Key),
    G(char),
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(key) => key.fmt(f),
            Self::G(c) => write!(f, "g {c}"),
        }
    }
}

/// The screens with a tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tab {
    Overview,
    Fields,
    Search,
    Time,
    People,
    Ids,
    Ads,
}

impl Tab {
    pub const ALL: [Self; 7] =
        [Self::Overview, Self::Fields, Self::Search, Self::Time, Self::People, Self::Ids, Self::Ads];

    /// The digit that opens it.
    pub fn digit(self) -> char {
        match self {
            Self::Overview => '1',
            Self::Fields => '2',
            Self::Search => '3',
            Self::Time => '4',
            Self::People => '5',
            Self::Ids => '6',
            Self::Ads => '7',
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Fields => "Fields",
            Self::Search => "Search",
            Self::Time => "Time",
            Self::People => "People",
            Self::Ids => "IDs",
            Self::Ads => "Ads",
        }
    }

    /// Where the row is short.
    pub fn short(self) -> &'static str {
        match self {
            Self::Overview => "Over",
            Self::Fields => "Fld",
            Self::Search => "Srch",
            Self::Time => "Time",
            Self::People => "Ppl",
            Self::Ids => "IDs",
            Self::Ads => "Ads",
        }
    }
}

/// Changes to a line of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edit {
    Left,
    Right,
    WordLeft,
    WordRight,
    Home,
    End,
    Backspace,
    Delete,
    CutWord,
    CutLine,
}

/// Everything a person can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    Down,
    Up,
    Left,
    Right,
    HalfDown,
    HalfUp,
    First,
    Last,
    Open,
    Back,
    BackOrQuit,
    NextPane,
    PreviousPane,
    Go(Tab),
    Import,
    Ledger,
    Completeness,
    Choices,
    Correct,
    Compare,
    Guide,
    Welcome,
    Export,
    SearchAll,
    Filter,
    Facets,
    ClearFilters,
    Mark,
    Yank,
    YankPlace,
    Source,
    FindNext,
    FindPrevious,
    WriteCopy,
    Preview,
    Sort,
    View,
    FoldAll,
    FewerCompanies,
    MoreCompanies,
    Hide,
    AddPath,
    Cancel,
    Sample,
    Help,
    Palette,
    Redraw,
    Suspend,
    Interrupt,
    Yes,
    Edit(Edit),
    Join,
    Split,
    Dismiss,
    ReadConversation,
    GoToDate,
    NextMatch,
    PreviousMatch,
    JumpToReply,
    Density,
    ZoomIn,
    ZoomOut,
    Earlier,
    Later,
    Clock,
    Numbers,
    Untimed,
    Map,
}

/// Where a binding holds. The context of a screen goes before [`Context::Global`]; while a line of text is edited only
/// [`Context::Input`] holds, and every other printable key types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    Global,
    Input,
    Welcome,
    Overview,
    Fields,
    Search,
    Time,
    Map,
    People,
    Reader,
    Ids,
    Ads,
    Completeness,
    Diff,
    Source,
    Export,
    Guide,
    Record,
    Import,
    Ledger,
    Confirm,
}

impl Context {
    /// The name of the place, for Help.
    pub fn name(self) -> &'static str {
        match self {
            Self::Global => "Everywhere",
            Self::Input => "While typing",
            Self::Welcome => "Welcome",
            Self::Overview => "Overview",
            Self::Fields => "Fields",
            Self::Search => "Search",
            Self::Time => "Time",
            Self::Map => "Map",
            Self::People => "People",
            Self::Reader => "Conversation",
            Self::Ids => "IDs",
            Self::Ads => "Ads",
            Self::Completeness => "Completeness",
            Self::Diff => "Changes",
            Self::Source => "Source",
            Self::Export => "Export",
            Self::Guide => "Guide",
            Self::Record => "Record",
            Self::Import => "Import",
            Self::Ledger => "Ledger",
            Self::Confirm => "Question",
        }
    }
}

/// One line of the table.
#[derive(Debug)]
pub struct Binding {
    pub action: Action,
    /// Stable name, for settings and the palette.
    pub id: &'static str,
    pub keys: &'static [Chord],
    pub context: Context,
    /// What it does, in words.
    pub does: &'static str,
    /// Short words for the footer; empty: not shown there.
    pub hint: &'static str,
}

impl Binding {
    /// `j ↓`
    pub fn keys_shown(&self) -> String {
        self.keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }
}

/// What a key means in a context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    Do(Action),
    /// The first half of a chord.
    Wait,
    Nothing,
}

/// What `key` means on a screen of this context; `after_g`: the key before was a lone `g`.
pub fn meaning(context: Context, key: Key, after_g: bool) -> Meaning {
    let chord = match (after_g, key) {
        (true, Key::Char(c)) => Chord::G(c),
        (true, _) => return Meaning::Nothing,
        (false, key) => Chord::One(key),
    };
    let found = contexts(context).iter().find_map(|&context| bound(context, chord));
    match found {
        Some(action) => Meaning::Do(action),
        None if key == Key::Char('g') && context != Context::Input => Meaning::Wait,
        None => Meaning::Nothing,
    }
}

/// The contexts that hold on a screen, nearest first.
pub fn contexts(context: Context) -> Vec<Context> {
    match context {
        Context::Input | Context::Confirm => vec![context],
        Context::Global => vec![Context::Global],
        screen => vec![screen, Context::Global],
    }
}

fn bound(context: Context, chord: Chord) -> Option<Action> {
    TABLE
        .iter()
        .find(|binding| binding.context == context && binding.keys.contains(&chord))
        .map(|binding| binding.action)
}

/// The bindings that a person can use on a screen of this context, nearest context first, without those of text editing.
pub fn usable(context: Context) -> Vec<&'static Binding> {
    let order = contexts(context);
    order.iter().flat_map(|context| TABLE.iter().filter(move |binding| binding.context == *context)).collect()
}

/// `key words` for the footer, nearest context first; of two for one key, the nearer. Sample data only where it is offered.
pub fn hints(context: Context, sample: Sample) -> Vec<(String, &'static str)> {
    let mut hints: Vec<(String, &'static str)> = Vec::new();
    for binding in usable(context) {
        let key = binding.keys.first().map(ToString::to_string).unwrap_or_default();
        let offered = binding.action != Action::Sample || sample == Sample::Offered;
        if !binding.hint.is_empty() && offered && hints.iter().all(|(taken, _)| *taken != key) {
            hints.push((key, binding.hint));
        }
    }
    hints
}
