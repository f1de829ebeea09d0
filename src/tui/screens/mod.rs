//! The screens: each one file with its state, keys, drawing and tests. What all have in common is [`Page`].

pub mod ads;
pub mod choose;
pub mod commands;
pub mod completeness;
pub mod confirm;
pub mod diff;
pub mod export;
pub mod fields;
pub mod guide;
pub mod ids;
pub mod import;
pub mod label;
pub mod ledger;
pub mod map;
pub mod note;
pub mod overview;
pub mod people;
pub mod photo;
pub mod prompt;
pub mod reader;
pub mod record;
pub mod search;
pub mod source;
pub mod time;
pub mod welcome;

use crate::report::Only;
use crate::tui::canvas::Canvas;
use crate::tui::keys::{Action, Context, Tab};
use crate::tui::look::Ink;
use crate::tui::model::{Cx, Effect, Reply, Said};
use crate::tui::narrowed::Heeds;
use crate::tui::photo::{Photo, Wanted};
use crate::tui::widgets::line::Line;
use crate::tui::widgets::list::Pane;
use crate::tui::widgets::marks::{Marked, Marks};
use crate::tui::widgets::narrow::Narrow;
use ratatui::layout::Position;

/// A screen. The current one is the top of the model's stack.
#[derive(Debug)]
pub enum Screen {
    Overview(Box<overview::Overview>),
    Fields(Box<fields::Fields>),
    Search(Box<search::Search>),
    Time(Box<time::TimePage>),
    People(Box<people::People>),
    Ids(Box<ids::Ids>),
    Ads(Box<ads::Ads>),
    Reader(Box<reader::Reader>),
    Completeness(Box<completeness::CompletenessPage>),
    Diff(Box<diff::DiffPage>),
    Source(Box<source::SourcePage>),
    Export(Box<export::Export>),
    Guide(Box<guide::Guide>),
    Welcome(Box<welcome::Welcome>),
    Record(Box<record::RecordPage>),
    Import(import::Import),
    Ledger(ledger::LedgerPage),
    Map(Box<map::MapPage>),
    Commands(commands::Commands),
    Confirm(confirm::Confirm),
    Prompt(prompt::Prompt),
    Label(Box<label::Label>),
    Choose(Box<choose::Choose>),
    Note(Box<note::Note>),
    Photo(Box<photo::PhotoPage>),
}

/// What a screen wants, beside changing itself.
#[derive(Debug, Clone)]
pub enum Step {
    Do(Effect),
    Push(Opening),
    /// Goes to a screen with a tab, so that going back leads here.
    Open(Target),
    /// Leaves this screen.
    Close,
    Run(Action),
    /// Runs what was chosen from the palette.
    Command(Action),
    /// Shows a theme without keeping it.
    Try(Ink),
    /// Narrows all screens.
    Narrow(Only),
    Say(Said),
    /// Saves what was searched last under a name.
    SaveSearch(String),
}

/// A screen to be put on top.
#[derive(Debug, Clone)]
pub enum Opening {
    Record(record::Wanted),
    Import,
    Ledger,
    Map,
    /// The ledger of what could not be read.
    Failures,
    Prompt(prompt::What),
    Reader(Box<reader::Reader>),
    Completeness,
    Diff(Box<diff::DiffPage>),
    Source(Box<source::SourcePage>),
    Export(Box<export::Export>),
    Guide(Box<guide::Guide>),
    Label(Box<label::Label>),
    Choose(Box<choose::Choose>),
    Note(Box<note::Note>),
    Photo(Box<photo::PhotoPage>),
    Confirm {
        question: String,
        yes: Box<Effect>,
    },
    /// A question with answers of its own.
    Ask {
        question: String,
        answers: Vec<confirm::Answer>,
    },
}

/// A place on a screen with a tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Tab(Tab),
    Company(String),
    Category(String),
    /// On the Ads screen.
    Choices,
    Contradictions,
    Concluded,
    Query(String),
    /// A query that goes on being typed, from this on.
    Typed(String),
    /// The query saved under a name.
    Saved(String),
}

/// What all screens have in common. The defaults are those of a screen without the thing.
pub trait Page {
    fn context(&self) -> Context;

    /// The context of its keys now: that of typing, if a line has them.
    fn key_context(&self) -> Context {
        if self.is_typing() { Context::Input } else { self.context() }
    }

    /// Whether a line has the keys.
    fn is_typing(&self) -> bool {
        false
    }

    /// Its lists, in the order of Tab; the rows of those that do not show have no height.
    fn panes(&mut self, cx: &Cx<'_>) -> Vec<Pane<'_>>;

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>);

    /// The pane that has the keys.
    fn focus(&self) -> usize {
        0
    }

    fn set_focus(&mut self, _pane: usize) {}

    /// Whether an action of this screen's own does something now; if not, the footer leaves it out.
    fn offers(&self, _action: Action, _cx: &Cx<'_>) -> bool {
        true
    }

    /// The row of the list under a line of the screen, where rows are of different heights; `None`: all are of one line.
    fn row_under(&self, _y: u16, _cx: &Cx<'_>) -> Option<Option<usize>> {
        None
    }

    /// What an action does here; `None`: what it does everywhere.
    fn act(&mut self, _action: Action, _cx: &Cx<'_>) -> Option<Vec<Step>> {
        None
    }

    /// The cursor of a list may stand on another row now.
    fn moved(&mut self, _cx: &Cx<'_>) -> Vec<Step> {
        Vec::new()
    }

    /// The data, the size, the filter or the way of showing changed.
    fn refresh(&mut self, _cx: &Cx<'_>) -> Vec<Step> {
        Vec::new()
    }

    fn receive(&mut self, _ask: u64, _reply: &Reply, _cx: &Cx<'_>) -> Vec<Step> {
        Vec::new()
    }

    /// The line that has the keys, if [`Page::is_typing`].
    fn line(&mut self) -> Option<&mut Line> {
        self.narrow().filter(|narrow| narrow.typing).map(|narrow| &mut narrow.line)
    }

    /// The text of that line changed.
    fn typed(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        self.refresh(cx)
    }

    /// The filter of the list at hand.
    fn narrow(&mut self) -> Option<&mut Narrow> {
        None
    }

    /// One level back inside the screen; false if it is at its outermost.
    fn back(&mut self, _cx: &Cx<'_>) -> bool {
        false
    }

    /// What `y` copies.
    fn value(&self, _cx: &Cx<'_>) -> Option<String> {
        None
    }

    /// The record whose place in the archive `o` opens.
    fn spot(&self, _cx: &Cx<'_>) -> Option<record::Wanted> {
        None
    }

    /// The photo that `p` shows.
    fn photo(&self, _cx: &Cx<'_>) -> Option<Wanted> {
        None
    }

    /// A picture that the terminal is to show over this screen, and where.
    fn picture(&self, _cx: &Cx<'_>) -> Option<(Position, Photo)> {
        None
    }

    /// A query for the records this screen shows, for an export of them.
    fn records(&self, _cx: &Cx<'_>) -> Option<String> {
        None
    }

    /// Rows that are marked, on a screen where rows can be.
    fn marks(&mut self) -> Option<&mut Marks> {
        None
    }

    /// What a row of the list that has the keys stands for, if it can be marked.
    fn markable(&self, _row: usize, _cx: &Cx<'_>) -> Option<Marked> {
        None
    }

    /// The list goes on behind what has come so far.
    fn has_more(&self) -> bool {
        false
    }

    /// How much it heeds of what all screens are narrowed to.
    fn heeds(&self) -> Heeds {
        Heeds::Itself
    }

    /// Where one is: `Facebook › Contact`.
    fn crumb(&self, _cx: &Cx<'_>) -> String {
        String::new()
    }

    /// How things are shown: `sort: records`.
    fn settings(&self, _cx: &Cx<'_>) -> String {
        String::new()
    }

    /// A short fact for the end of the tab row.
    fn fact(&self, _cx: &Cx<'_>) -> String {
        String::new()
    }

    /// What is selected, for the status row.
    fn status(&self, _cx: &Cx<'_>) -> String {
        String::new()
    }
}

/// Whether an action does something on a screen now: what the screen tells of its own, and what follows from what it has.
pub fn is_offered(page: &dyn Page, action: Action, cx: &Cx<'_>) -> bool {
    let context = page.context();
    let usual = match action {
        Action::Filter => context.has_filter(),
        Action::NextPane => context.has_panes(),
        Action::Yank => page.value(cx).is_some(),
        Action::Photo if context != Context::Photo => page.photo(cx).is_some(),
        Action::Import => context != Context::Import,
        Action::Export => context != Context::Export,
        _ => true,
    };
    usual && page.offers(action, cx)
}

impl Screen {
    pub fn overview() -> Self {
        Self::Overview(Box::default())
    }

    pub fn of_tab(tab: Tab) -> Self {
        match tab {
            Tab::Overview => Self::overview(),
            Tab::Fields => Self::Fields(Box::default()),
            Tab::Search => Self::Search(Box::default()),
            Tab::Time => Self::Time(Box::default()),
            Tab::People => Self::People(Box::default()),
            Tab::Ids => Self::Ids(Box::default()),
            Tab::Ads => Self::Ads(Box::default()),
        }
    }

    pub fn tab(&self) -> Option<Tab> {
        match self {
            Self::Overview(_) => Some(Tab::Overview),
            Self::Fields(_) => Some(Tab::Fields),
            Self::Search(_) => Some(Tab::Search),
            Self::Time(_) => Some(Tab::Time),
            Self::People(_) => Some(Tab::People),
            Self::Ids(_) => Some(Tab::Ids),
            Self::Ads(_) => Some(Tab::Ads),
            _ => None,
        }
    }

    /// What kind of screen it is, in a word.
    pub fn kind(&self) -> &'static str {
        self.tab().map_or_else(|| self.page().context().name(), Tab::name)
    }

    /// Drawn over the screen below, not instead of it.
    pub fn is_overlay(&self) -> bool {
        matches!(
            self,
            Self::Commands(_) | Self::Confirm(_) | Self::Prompt(_) | Self::Export(_) | Self::Label(_) | Self::Choose(_)
        )
    }

    pub fn page(&self) -> &dyn Page {
        match self {
            Self::Overview(page) => page.as_ref(),
            Self::Fields(page) => page.as_ref(),
            Self::Search(page) => page.as_ref(),
            Self::Ids(page) => page.as_ref(),
            Self::Time(page) => page.as_ref(),
            Self::People(page) => page.as_ref(),
            Self::Ads(page) => page.as_ref(),
            Self::Reader(page) => page.as_ref(),
            Self::Completeness(page) => page.as_ref(),
            Self::Diff(page) => page.as_ref(),
            Self::Source(page) => page.as_ref(),
            Self::Export(page) => page.as_ref(),
            Self::Guide(page) => page.as_ref(),
            Self::Welcome(page) => page.as_ref(),
            Self::Record(page) => page.as_ref(),
            Self::Import(page) => page,
            Self::Ledger(page) => page,
            Self::Map(page) => page.as_ref(),
            Self::Commands(page) => page,
            Self::Confirm(page) => page,
            Self::Prompt(page) => page,
            Self::Label(page) => page.as_ref(),
            Self::Choose(page) => page.as_ref(),
            Self::Note(page) => page.as_ref(),
            Self::Photo(page) => page.as_ref(),
        }
    }

    pub fn page_mut(&mut self) -> &mut dyn Page {
        match self {
            Self::Overview(page) => page.as_mut(),
            Self::Fields(page) => page.as_mut(),
            Self::Search(page) => page.as_mut(),
            Self::Ids(page) => page.as_mut(),
            Self::Time(page) => page.as_mut(),
            Self::People(page) => page.as_mut(),
            Self::Ads(page) => page.as_mut(),
            Self::Reader(page) => page.as_mut(),
            Self::Completeness(page) => page.as_mut(),
            Self::Diff(page) => page.as_mut(),
            Self::Source(page) => page.as_mut(),
            Self::Export(page) => page.as_mut(),
            Self::Guide(page) => page.as_mut(),
            Self::Welcome(page) => page.as_mut(),
            Self::Record(page) => page.as_mut(),
            Self::Import(page) => page,
            Self::Ledger(page) => page,
            Self::Map(page) => page.as_mut(),
            Self::Commands(page) => page,
            Self::Confirm(page) => page,
            Self::Prompt(page) => page,
            Self::Label(page) => page.as_mut(),
            Self::Choose(page) => page.as_mut(),
            Self::Note(page) => page.as_mut(),
            Self::Photo(page) => page.as_mut(),
        }
    }
}
