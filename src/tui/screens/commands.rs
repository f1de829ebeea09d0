//! `?` Help and `:` the palette: both list the table of actions, so that neither can go stale. Typing filters, Enter runs.

use super::guide::Guide;
use super::{Opening, Page, Step};
use crate::text;
use crate::tui::canvas::{Canvas, Cell, Mark};
use crate::tui::keys::{self, Action, Binding, Context};
use crate::tui::layout;
use crate::tui::look::Role;
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
    /// Of the screen below.
    under: Context,
    line: Line,
    list: List,
    shown: Vec<&'static Binding>,
}

impl Commands {
    pub fn new(what: What, under: Context) -> Self {
        let (line, list) = (Line::default(), List::default());
        let mut commands = Self { what, under, line, list, shown: Vec::new() };
        commands.filter();
        commands
    }

    /// What can be run here, in the order of the table; Help lists what can be typed while editing, too.
    fn all(&self) -> Vec<&'static Binding> {
        let mut all = keys::usable(self.under);
        if self.what == What::Help && self.under != Context::Input {
            all.extend(keys::usable(Context::Input));
        }
        all
    }

    fn filter(&mut self) {
        let matcher = SkimMatcherV2::default();
        let words: Vec<&str> = self.line.text().split_whitespace().collect();
        let mut scored: Vec<(i64, &'static Binding)> =
            self.all().into_iter().filter_map(|binding| Some((score(&matcher, &words, binding)?, binding))).collect();
        // Stable: without words all scores are equal, and the order is that of the table.
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        self.shown = scored.into_iter().map(|(_, binding)| binding).collect();
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
fn score(matcher: &SkimMatcherV2, words: &[&str], binding: &Binding) -> Option<i64> {
    let text = format!("{} {} {}", binding.does, binding.id, binding.context.name());
    let of_word = |word: &&str| {
        let is_key = binding.keys.iter().any(|key| key.to_string() == *word);
        if is_key { Some(10_000) } else { matcher.fuzzy_match(&text, word) }
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
        Vec::new()
    }

    fn act(&mut self, action: Action, _: &Cx<'_>) -> Option<Vec<Step>> {
        match action {
            Action::Open => {
                if let Some(name) = self.guide() {
                    return Some(vec![Step::Close, Step::Push(Opening::Guide(Box::new(Guide::named(name))))]);
                }
                let run = self.shown.get(self.list.cursor).filter(|binding| binding.context != Context::Input);
                let run = run.map(|binding| Step::Run(binding.action));
                Some([Step::Close].into_iter().chain(run).collect())
            }
            Action::Help | Action::Palette => Some(vec![Step::Close]),
            _ => None,
        }
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let area = Self::area(cx);
        canvas.clear(area);
        let (title, prompt) = if self.what == What::Help { ("Help", "/ ") } else { ("Commands", ": ") };
        let note = format!("{} of {} · Enter run · Esc close", self.shown.len(), self.all().len());
        let inner = canvas.pane(area, true, true, title, &note);
        let rows = Self::rows(cx);
        for (at, y) in self.list.visible(rows, self.shown.len()) {
            if let Some(binding) = self.shown.get(at) {
                canvas.row(rows, y, Mark::of(at == self.list.cursor, true), &cells(binding, rows.width));
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

fn cells(binding: &'static Binding, width: u16) -> [Cell<'static>; 3] {
    let (keys, place) = if width < 60 { (11, 0) } else { (20, 12) };
    let does = width.saturating_sub(keys + place + 5);
    [
        Cell::new(binding.keys_shown(), keys).role(Role::Strong),
        Cell::new(binding.does, does),
        Cell::new(binding.context.name(), place).role(Role::Dim),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_of_the_table_is_in_the_help_of_its_place() {
        for binding in keys::TABLE {
            let under = if binding.context == Context::Global { Context::Overview } else { binding.context };
            let help = Commands::new(What::Help, under);
            assert!(help.shown.iter().any(|shown| shown.id == binding.id), "{}", binding.id);
        }
    }

    #[test]
    fn help_is_searched_by_key_and_by_word() {
        let found = |typed: &str| {
            let mut help = Commands::new(What::Help, Context::Ids);
            help.line = Line::new(typed);
            help.filter();
            help.shown.first().map(|binding| binding.id)
        };
        assert_eq!(found("<"), Some("ids.fewer"));
        assert_eq!(found("hide values"), Some("values.hide"));
        assert_eq!(found("no such thing at all"), None);
    }
}
