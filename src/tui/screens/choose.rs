//! A list to choose one thing from, narrowed while typing: places visited, exports.

use super::{Page, Step};
use crate::text;
use crate::tui::canvas::{Canvas, Cell, Mark};
use crate::tui::keys::{Action, Context};
use crate::tui::layout;
use crate::tui::look::Role;
use crate::tui::model::Cx;
use crate::tui::widgets::line::Line;
use crate::tui::widgets::list::{List, Pane};
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use ratatui::layout::Rect;

/// Columns of the note beside a choice, at most.
const NOTE: u16 = 16;
/// Rows of the list, at least; the rest of the box takes so many too.
const ROWS: u16 = 4;

/// Something to choose, and what choosing it does.
#[derive(Debug, Clone)]
pub struct Choice {
    pub text: String,
    pub note: String,
    /// Said behind it; typing does not search in it.
    pub aside: String,
    pub step: Step,
    /// The text may hold names or values.
    pub is_private: bool,
}

#[derive(Debug, Clone)]
pub struct Choose {
    title: &'static str,
    choices: Vec<Choice>,
    line: Line,
    list: List,
    /// Numbers of the choices that match what is typed, the best first.
    shown: Vec<usize>,
}

impl Choose {
    pub fn new(title: &'static str, choices: Vec<Choice>) -> Self {
        let shown = (0..choices.len()).collect();
        Self { title, choices, line: Line::default(), list: List::default(), shown }
    }

    fn area(&self, cx: &Cx<'_>) -> Rect {
        let body = cx.frame.body;
        let rows = u16::try_from(self.choices.len()).unwrap_or(u16::MAX).max(ROWS).saturating_add(ROWS);
        let height = rows.min(body.height.saturating_sub(2)).max(6);
        layout::middle(body, body.width.saturating_sub(6).clamp(40, 84), height)
    }

    fn rows(&self, cx: &Cx<'_>) -> Rect {
        layout::below(layout::inner(self.area(cx), true), 2)
    }

    /// Columns of the widest note.
    fn note_width(&self) -> u16 {
        let widest = self.choices.iter().map(|choice| text::width(&text::line(&choice.note)) as u16).max().unwrap_or(0);
        widest.min(NOTE)
    }
}

impl Page for Choose {
    fn context(&self) -> Context {
        Context::Input
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn panes(&mut self, cx: &Cx<'_>) -> Vec<Pane<'_>> {
        vec![Pane { rows: self.rows(cx), length: self.shown.len(), list: &mut self.list }]
    }

    fn line(&mut self) -> Option<&mut Line> {
        Some(&mut self.line)
    }

    fn typed(&mut self, _: &Cx<'_>) -> Vec<Step> {
        let matcher = SkimMatcherV2::default();
        let scored = self.choices.iter().enumerate().filter_map(|(at, choice)| {
            let text = format!("{} {}", choice.text, choice.note);
            Some((matcher.fuzzy_match(&text, self.line.text())?, at))
        });
        let mut scored: Vec<(i64, usize)> = scored.collect();
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        self.shown = scored.into_iter().map(|(_, at)| at).collect();
        self.list = List::default();
        Vec::new()
    }

    fn offers(&self, action: Action, _: &Cx<'_>) -> bool {
        match action {
            Action::Open => !self.shown.is_empty(),
            Action::Down => self.shown.len() > 1,
            _ => true,
        }
    }

    fn act(&mut self, action: Action, _: &Cx<'_>) -> Option<Vec<Step>> {
        if action != Action::Open {
            return None;
        }
        let chosen = self.shown.get(self.list.cursor).and_then(|&at| self.choices.get(at));
        Some([Step::Close].into_iter().chain(chosen.map(|choice| choice.step.clone())).collect())
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let area = self.area(cx);
        canvas.clear(area);
        let inner = canvas.pane(area, true, true, self.title, "Enter choose · Esc close");
        let (rows, note) = (self.rows(cx), self.note_width());
        for (at, y) in self.list.visible(rows, self.shown.len()) {
            let Some(choice) = self.shown.get(at).and_then(|&at| self.choices.get(at)) else { continue };
            let words = if choice.is_private { cx.look.name(&choice.text) } else { choice.text.clone() };
            let cells = [
                Cell::new(choice.note.as_str(), note).role(Role::Dim),
                Cell::new(words, rows.width.saturating_sub(note + 3)),
            ];
            let cells = if note == 0 { &cells[1..] } else { &cells };
            canvas.row(rows, y, Mark::of(at == self.list.cursor, true), cells);
            canvas.put_right(Rect { width: rows.width.saturating_sub(1), ..rows }, y, &choice.aside, Role::Dim);
        }
        if self.shown.is_empty() {
            let says = if self.choices.is_empty() { "Nothing yet." } else { "Nothing matches what is typed." };
            canvas.put(rows.x + 2, rows.y, rows.width.saturating_sub(2), says, Role::Dim);
        }
        let row = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), height: 1, ..inner };
        if self.line.is_empty() {
            canvas.put(row.x, row.y, row.width, "    type to narrow", Role::Dim);
        }
        self.line.draw(canvas, row, "/ ", true);
    }
}
