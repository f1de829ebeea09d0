//! The one table of actions: id, default keys, where they hold, what they do. Key handling, the footer, Help, the palette and
//! the printed list of keys derive from it; no other place names a key.

mod key;
mod map;
mod spelled;
mod synonyms;
mod table;
#[cfg(test)]
mod tests;

pub use key::{Chord, Key};
pub use map::{Base, Dropped, Keymap, Own, Row};
pub use spelled::CONTEXTS;
pub use synonyms::SYNONYMS;
pub use table::TABLE;

use crate::tui::look::{Ink, Motion, Mouse, Strokes};

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
    Pause,
    CancelAll,
    Keep,
    Undo,
    Sort,
    View,
    FoldAll,
    FewerCompanies,
    MoreCompanies,
    Why,
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
    Theme(Ink),
    Mouse(Mouse),
    Strokes(Strokes),
    Motion(Motion),
    Problems,
    Log,
    About,
    Report,
    Forget,
    DeleteIndex,
    Quit,
    Repeat,
    PlaceBack,
    PlaceForward,
    /// Asks which visited place to go to.
    Places,
    /// Goes to a visited place, by its number.
    Place(usize),
    Photo,
    ZoomIn,
    ZoomOut,
    Earlier,
    Later,
    Clock,
    Numbers,
    Untimed,
    NotLike,
    MarkRange,
    MarkAll,
    Unmark,
    /// Asks which earlier search to do again.
    Searches,
    OpenSaved,
    SaveSearch,
    Unsave,
    ForgetSearches,
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
    Photo,
}

impl Context {
    /// Whether its lists can be narrowed.
    pub fn has_filter(self) -> bool {
        use Context as C;
        matches!(
            self,
            C::Overview
                | C::Fields
                | C::Search
                | C::People
                | C::Ids
                | C::Ads
                | C::Completeness
                | C::Diff
                | C::Ledger
                | C::Guide
                | C::Record
                | C::Source
        )
    }

    /// Whether there are several panes to go through.
    pub fn has_panes(self) -> bool {
        use Context as C;
        matches!(
            self,
            C::Overview | C::Fields | C::Search | C::Time | C::Map | C::People | C::Ids | C::Ads | C::Guide | C::Import
        )
    }

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
            Self::Photo => "Photo",
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

/// What a key means in a context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    Do(Action),
    /// The first half of a chord.
    Wait,
    Nothing,
}
