//! `?` Help and `:` the palette: both list the table of actions, so that neither can go stale. Typing filters, Enter runs.

use super::guide::Guide;
use super::{Opening, Page, Step};
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
    all: Vec<Row>,
    /// Numbers of the rows that match what is typed, the best first.
    shown: Vec<usize>,
    /// The theme to go back to.
    ink: Ink,
}

impl Commands {
    /// `used`: run from the palette before, newest first.
    pub fn new(what: What, under: Context, keymap: &Keymap, used: &[Action], ink: Ink) -> Self {
        let mut all: Vec<Row> = keymap.usable(under).into_iter().cloned().collect();
        match what {
            // Help lists what can be typed while editing, too.
            What::Help if under != Context::Input => all.extend(keymap.usable(Context::Input).into_iter().cloned()),
            What::Help => {}
            What::Palette => {
                let age = |row: &Row| used.iter().position(|used| *used == row.binding.action).unwrap_or(usize::MAX);
                all.sort_by_key(age);
            }
        }
        let shown = (0..all.len()).collect();
        Self { what, line: Line::default(), list: List::default(), all, shown, ink }
    }

    /// All lines, before anything is typed.
    pub fn listed(&self) -> &[Row] {
        &self.all
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
        self.shown.get(self.list.cursor).and_then(|&at| self.all.get(at)).map(|row| row.binding)
    }

    /// Shows the theme the cursor is on.
    fn preview(&self) -> Vec<Step> {
        match self.selected().map(|binding| binding.action) {
            Some(Action::Theme(ink)) => vec![Step::Try(ink)],
            _ => vec![Step::Try(self.ink)],
        }
    }

    /// The name behind `guide`, typed in the palette.
    fn guide(&self) -> Option<&str> {
        let name = self.line.text().trim().strip_prefix("guide ")?.trim();
        (self.what == What::Palette && !name.is_empty()).then_some(name)
    }

    fn area(cx: &Cx<'_>) -> Rect {
        let body = cx.frame.body;
        layout::middle(body, body.width.saturating_sub(6).clamp(40, 84), body.height.saturating_sub(2).max(6))
    }

    fn rows(cx: &Cx<'_>) -> Rect {
        layout::below(layout::inner(Self::area(cx), true), 2)
    }
}

/// How well all words match a binding's keys, words and id; `None` if one does not.
fn score(matcher: &SkimMatcherV2, words: &[&str], row: &Row) -> Option<i64> {
    let binding = row.binding;
    let synonyms = SYNONYMS.iter().find(|(id, _)| *id == binding.id).map_or("", |(_, words)| words);
    let texts = [binding.does, binding.id, row.context.name(), synonyms];
    let of_word = |word: &&str| {
        let is_key = row.keys.iter().any(|key| key.to_string() == *word);
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

    fn act(&mut self, action: Action, _: &Cx<'_>) -> Option<Vec<Step>> {
        let leave = [Step::Try(self.ink), Step::Close];
        match action {
            Action::Open => {
                if let Some(name) = self.guide() {
                    let guide = Step::Push(Opening::Guide(Box::new(Guide::named(name))));
                    return Some(leave.into_iter().chain([guide]).collect());
                }
                let run = self.selected().filter(|binding| binding.context != Context::Input);
                let run = run.map(|binding| match self.what {
                    What::Palette => Step::Command(binding.action),
                    What::Help => Step::Run(binding.action),
                });
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
            if let Some(row) = self.shown.get(at).and_then(|&at| self.all.get(at)) {
                canvas.row(rows, y, Mark::of(at == self.list.cursor, true), &cells(row, rows.width));
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

fn cells(row: &Row, width: u16) -> [Cell<'static>; 3] {
    let (keys, place) = if width < 60 { (11, 0) } else { (20, 12) };
    let does = width.saturating_sub(keys + place + 5);
    [
        Cell::new(row.keys_shown(), keys).role(Role::Strong),
        Cell::new(row.binding.does, does),
        Cell::new(row.context.name(), place).role(Role::Dim),
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
