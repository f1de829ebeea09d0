//! `?` Help and `:` the palette: both list the table of actions, so that neither can go stale. Typing filters, Enter runs.

use super::guide::Guide;
use super::{Opening, Page, Step, Target};
use crate::query::{FILTERS, SIGNS};
use crate::text;
use crate::tui::canvas::{Canvas, Cell, Mark};
use crate::tui::keys::{Action, Binding, Context, Keymap, Row, SYNONYMS};
use crate::tui::layout;
use crate::tui::look::{Ink, Role};
use crate::tui::model::Cx;
use crate::tui::widgets::line::Line;
use crate::tui::widgets::list::{List, Pane};
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use ratatui::layout::Rect;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Help,
    Palette,
}

#[derive(Debug)]
pub struct Commands {
    what: What,
    line: Line,
    list: List,
    /// What can be run here, in the order of the table, last used first.
    all: Vec<Entry>,
    /// Numbers of the rows that match what is typed, the best first.
    shown: Vec<usize>,
    /// The theme to go back to.
    ink: Ink,
}

/// A line of the list.
#[derive(Debug, Clone)]
enum Entry {
    Action(Row),
    /// What can be written in a query, and what it means.
    Query {
        sign: String,
        means: &'static str,
        typed: String,
    },
}

impl Entry {
    fn action(row: &Row) -> Self {
        Self::Action(row.clone())
    }

    /// The language of queries: signs, then filters.
    fn of_queries() -> impl Iterator<Item = Self> {
        let sign = |(sign, means): &(&'static str, &'static str)| Self::Query {
            sign: (*sign).to_owned(),
            means,
            typed: (*sign).to_owned(),
        };
        let filter = |filter: &'static crate::query::FilterName| Self::Query {
            sign: filter.short.map_or(format!("{}:", filter.name), |short| format!("{}: {short}:", filter.name)),
            means: filter.takes,
            typed: format!("{}:", filter.name),
        };
        SIGNS.iter().map(sign).chain(FILTERS.iter().map(filter))
    }

    fn keys(&self) -> String {
        match self {
            Self::Action(row) => row.keys_shown(),
            Self::Query { sign, .. } => sign.clone(),
        }
    }

    fn does(&self) -> &'static str {
        match self {
            Self::Action(row) => row.binding.does,
            Self::Query { means, .. } => means,
        }
    }

    fn place(&self) -> &'static str {
        match self {
            Self::Action(row) => row.context.name(),
            Self::Query { .. } => "In a query",
        }
    }

    fn binding(&self) -> Option<&'static Binding> {
        match self {
            Self::Action(row) => Some(row.binding),
            Self::Query { .. } => None,
        }
    }
}

impl Commands {
    /// `used`: run from the palette before, newest first.
    pub fn new(what: What, under: Context, keymap: &Keymap, used: &[Action], ink: Ink) -> Self {
        let mut all: Vec<Entry> = keymap.usable(under).into_iter().map(Entry::action).collect();
        match what {
            // Help lists what can be typed while editing, too.
            What::Help => {
                if under == Context::Search {
                    all.extend(Entry::of_queries());
                }
                if under != Context::Input {
                    all.extend(keymap.usable(Context::Input).into_iter().map(Entry::action));
                }
            }
            What::Palette => {
                let is = |entry: &Entry, used: &Action| entry.binding().is_some_and(|known| known.action == *used);
                let age = |entry: &Entry| used.iter().position(|used| is(entry, used)).unwrap_or(usize::MAX);
                all.sort_by_key(age);
            }
        }
        let shown = (0..all.len()).collect();
        Self { what, line: Line::default(), list: List::default(), all, shown, ink }
    }

    /// All actions that are listed before anything is typed.
    pub fn listed(&self) -> impl Iterator<Item = &'static Binding> {
        self.all.iter().filter_map(Entry::binding)
    }

    fn filter(&mut self) {
        let matcher = SkimMatcherV2::default();
        let words: Vec<&str> = self.line.text().split_whitespace().collect();
        let rows = self.all.iter().enumerate();
        let mut scored: Vec<(i64, usize)> =
            rows.filter_map(|(at, row)| Some((score(&matcher, &words, row)?, at))).collect();
        // Stable: without words all scores are equal, and the order stays.
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        // Letters that happen to stand somewhere are no match beside words that are meant.
        let best = scored.first().map_or(0, |(score, _)| *score);
        scored.retain(|(score, _)| score * 2 >= best);
        self.shown = scored.into_iter().map(|(_, at)| at).collect();
    }

    fn selected(&self) -> Option<&'static Binding> {
        self.entry().and_then(Entry::binding)
    }

    fn entry(&self) -> Option<&Entry> {
        self.shown.get(self.list.cursor).and_then(|&at| self.all.get(at))
    }

    /// Shows the theme the cursor is on.
    fn preview(&self) -> Vec<Step> {
        match self.selected().map(|binding| binding.action) {
            Some(Action::Theme(ink)) => vec![Step::Try(ink)],
            _ => vec![Step::Try(self.ink)],
        }
    }

    /// What is wanted by a name typed in the palette: `guide NAME`, `save NAME`, `open NAME`.
    fn named(&self) -> Option<Step> {
        let (command, name) = self.line.text().trim().split_once(' ').filter(|_| self.what == What::Palette)?;
        let name = name.trim();
        match command {
            "guide" => Some(Step::Push(Opening::Guide(Box::new(Guide::named(name))))),
            "save" => Some(Step::SaveSearch(name.to_owned())),
            "open" => Some(Step::Open(Target::Saved(name.to_owned()))),
            _ => None,
        }
    }

    /// What Enter does with the selected line.
    fn run(&self) -> Option<Step> {
        match (self.entry()?, self.what) {
            (Entry::Query { typed, .. }, _) => Some(Step::Open(Target::Typed(typed.clone()))),
            (Entry::Action(row), _) if row.binding.context == Context::Input => None,
            (Entry::Action(row), What::Palette) => Some(Step::Command(row.binding.action)),
            (Entry::Action(row), What::Help) => Some(Step::Run(row.binding.action)),
        }
    }

    fn area(cx: &Cx<'_>) -> Rect {
        let body = cx.frame.body;
        layout::middle(body, body.width.saturating_sub(6).clamp(40, 84), body.height.saturating_sub(2).max(6))
    }

    fn rows(cx: &Cx<'_>) -> Rect {
        layout::below(layout::inner(Self::area(cx), true), 2)
    }
}

/// How well all words match an entry's keys, words and id; `None` if one does not.
fn score(matcher: &SkimMatcherV2, words: &[&str], entry: &Entry) -> Option<i64> {
    let id = entry.binding().map_or("", |binding| binding.id);
    let synonyms = SYNONYMS.iter().find(|(known, _)| *known == id).map_or("", |(_, words)| words);
    let keys = entry.keys();
    let texts = [entry.does(), id, entry.place(), synonyms];
    let of_word = |word: &&str| {
        let is_key = keys.split(' ').any(|key| key == *word);
        if is_key { Some(10_000) } else { texts.iter().filter_map(|text| closeness(matcher, text, word)).max() }
    };
    words.iter().map(of_word).sum()
}

impl Page for Commands {
    fn context(&self) -> Context {
        Context::Input
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn panes(&mut self, cx: &Cx<'_>) -> Vec<Pane<'_>> {
        vec![Pane { rows: Self::rows(cx), list: &mut self.list, length: self.shown.len() }]
    }

    fn line(&mut self) -> Option<&mut Line> {
        Some(&mut self.line)
    }

    fn typed(&mut self, _: &Cx<'_>) -> Vec<Step> {
        self.list = List::default();
        self.filter();
        self.preview()
    }

    fn moved(&mut self, _: &Cx<'_>) -> Vec<Step> {
        self.preview()
    }

    fn offers(&self, action: Action, _: &Cx<'_>) -> bool {
        match action {
            Action::Down => self.shown.len() > 1,
            _ => true,
        }
    }

    fn act(&mut self, action: Action, _: &Cx<'_>) -> Option<Vec<Step>> {
        let leave = [Step::Try(self.ink), Step::Close];
        match action {
            Action::Open => {
                let run = self.named().or_else(|| self.run());
                Some(leave.into_iter().chain(run).collect())
            }
            Action::Help | Action::Palette | Action::Back => Some(leave.into()),
            _ => None,
        }
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let area = Self::area(cx);
        canvas.clear(area);
        let (title, prompt) = if self.what == What::Help { ("Help", "/ ") } else { ("Commands", ": ") };
        let note = format!("{} of {} · Enter run · Esc close", self.shown.len(), self.all.len());
        let inner = canvas.pane(area, true, true, title, &note);
        let rows = Self::rows(cx);
        for (at, y) in self.list.visible(rows, self.shown.len()) {
            if let Some(entry) = self.shown.get(at).and_then(|&at| self.all.get(at)) {
                canvas.row(rows, y, Mark::of(at == self.list.cursor, true), &cells(entry, rows.width, cx));
            }
        }
        let row = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), height: 1, ..inner };
        if self.line.is_empty() {
            let says = format!("{}type to filter by key or word", " ".repeat(text::width(prompt) + 2));
            canvas.put(row.x, row.y, row.width, &says, Role::Dim);
        }
        self.line.draw(canvas, row, prompt, true);
    }
}

/// A word that stands in the text goes far before one whose letters do.
fn closeness(matcher: &SkimMatcherV2, text: &str, word: &str) -> Option<i64> {
    let stands = text.to_lowercase().contains(&word.to_lowercase());
    Some(matcher.fuzzy_match(text, word)? + if stands { 1000 } else { 0 })
}

fn cells(entry: &Entry, width: u16, cx: &Cx<'_>) -> [Cell<'static>; 3] {
    let (keys, place) = if width < 60 { (11, 0) } else { (20, 12) };
    let does = width.saturating_sub(keys + place + 5);
    [
        Cell::new(cx.look.keys(&entry.keys()), keys).role(Role::Strong),
        Cell::new(entry.does(), does),
        Cell::new(entry.place(), place).role(Role::Dim),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commands(what: What, under: Context, used: &[Action]) -> Commands {
        Commands::new(what, under, &Keymap::default(), used, Ink::Colour)
    }

    fn first(commands: &mut Commands, typed: &str) -> Option<&'static str> {
        commands.line = Line::new(typed);
        commands.filter();
        commands.selected().map(|binding| binding.id)
    }

    #[test]
    fn help_is_searched_by_key_and_by_word() {
        let mut help = commands(What::Help, Context::Ids, &[]);
        assert_eq!(first(&mut help, "<"), Some("ids.fewer"));
        assert_eq!(first(&mut help, "hide values"), Some("values.hide"));
        assert_eq!(first(&mut help, "no such thing at all"), None);
    }

    #[test]
    fn the_help_of_search_explains_the_language_of_queries() {
        let mut help = commands(What::Help, Context::Search, &[]);
        for filter in &FILTERS {
            assert!(
                help.all.iter().any(|entry| entry.keys().contains(&format!("{}:", filter.name))),
                "{}",
                filter.name
            );
        }
        assert_eq!(first(&mut help, "with:"), None);
        assert_eq!(help.entry().map(Entry::does), Some("the name of somebody in the conversation"));
        assert!(matches!(help.run(), Some(Step::Open(Target::Typed(typed))) if typed == "with:"), "{:?}", help.run());
    }

    #[test]
    fn the_palette_knows_other_words_for_a_thing() {
        let mut palette = commands(What::Palette, Context::Overview, &[]);
        assert_eq!(first(&mut palette, "dark"), Some("theme.mocha"));
        assert_eq!(first(&mut palette, "exit"), Some("quit"));
        assert_eq!(first(&mut palette, "theme mono"), Some("theme.mono"));
        assert_eq!(first(&mut palette, "mouse off"), Some("mouse.off"));
    }

    #[test]
    fn what_was_used_last_comes_first() {
        let mut palette = commands(What::Palette, Context::Overview, &[Action::About, Action::Hide]);
        assert_eq!(first(&mut palette, ""), Some("about"));
        palette.list = List::at(1);
        assert_eq!(palette.selected().map(|binding| binding.id), Some("values.hide"));
    }
}
