//! How to ask each company for one's data, and other pages to read, offline.

use super::{Page, Step};
use crate::report::{self, Guide as Text};
use crate::tui::canvas::{Canvas, Cell, Mark};
use crate::tui::keys::{Action, Context};
use crate::tui::layout::{self, Class};
use crate::tui::look::Role;
use crate::tui::model::{Cx, Effect, Reply, Said};
use crate::tui::widgets::list::{List, Pane};
use crate::tui::widgets::narrow::Narrow;
use crate::tui::widgets::wrap::wrapped;
use crate::tui::words::count;
use ratatui::layout::Rect;

const PAGES: usize = 0;
const TEXT: usize = 1;
/// Columns of a line of text; longer ones are hard to read.
const WIDTH: u16 = 84;
const MOST: usize = 1 << 16;

#[derive(Debug, Clone, Default)]
pub struct Guide {
    guides: Vec<Text>,
    /// Numbers of the pages that pass the filter.
    rows: Vec<usize>,
    list: List,
    text: List,
    focus: usize,
    narrow: Narrow,
    /// Number of the question for the pages; 0 before it was asked.
    ask: u64,
    /// The page to begin with, by its name.
    wanted: Option<String>,
}

impl Guide {
    /// Opens with the page of this name.
    pub fn named(name: &str) -> Self {
        Self { wanted: Some(name.to_owned()), ..Self::default() }
    }

    fn regions(&self, cx: &Cx<'_>) -> (Rect, Rect) {
        let body = cx.frame.body;
        match (cx.frame.class, self.focus) {
            (Class::One, PAGES) => (body, Rect::default()),
            (Class::One, _) => (Rect::default(), body),
            _ => layout::beside(body, body.width / 3),
        }
    }

    fn page(&self) -> Option<&Text> {
        self.guides.get(*self.rows.get(self.list.cursor)?)
    }

    /// The lines of the page; which of them begin a paragraph does not matter to who reads them.
    fn lines(&self, area: Rect) -> Vec<String> {
        let width = usize::from(area.width.saturating_sub(2).min(WIDTH));
        let paragraphs = self.page().map(|page| page.paragraphs.as_slice()).unwrap_or_default();
        paragraphs.iter().flat_map(|paragraph| wrapped(paragraph, width, MOST)).collect()
    }

    /// Pages whose title or text holds all the words of the filter.
    fn filter(&mut self) {
        let words: Vec<String> = self.narrow.line.text().split_whitespace().map(str::to_lowercase).collect();
        let passes = |guide: &Text| {
            let text = format!("{} {} {}", guide.id, guide.title, guide.paragraphs.join(" ")).to_lowercase();
            words.iter().all(|word| text.contains(word))
        };
        self.rows = (0..self.guides.len()).filter(|&at| self.guides.get(at).is_some_and(passes)).collect();
    }

    /// Goes to the page that was asked for by name.
    fn aim(&mut self) -> Vec<Step> {
        let Some(name) = self.wanted.take() else { return Vec::new() };
        match report::guide(&self.guides, &name) {
            Ok(found) => {
                let at = self.rows.iter().position(|&row| self.guides.get(row) == Some(found));
                (self.list, self.focus) = (List::at(at.unwrap_or_default()), TEXT);
                Vec::new()
            }
            Err(near) => {
                let cure =
                    near.map_or_else(|| "all are listed here".to_owned(), |near| format!("did you mean {near}?"));
                vec![Step::Say(Said::note(format!("no guide is called {name}; {cure}")))]
            }
        }
    }

    fn draw_pages(&self, canvas: &mut Canvas<'_>, cx: &Cx<'_>, area: Rect) {
        let note = self.narrow.note();
        let focused = self.focus == PAGES;
        let title = format!("Guides{note}");
        let inner = canvas.pane(area, cx.frame.boxed, focused, &title, &self.rows.len().to_string());
        if self.rows.is_empty() {
            let says = if self.guides.is_empty() {
                "Getting the guides…"
            } else {
                "No guide holds these words; Esc shows all."
            };
            canvas.put(inner.x + 1, inner.y, inner.width.saturating_sub(1), says, Role::Dim);
        }
        for (at, y) in self.list.visible(inner, self.rows.len()) {
            let title =
                self.rows.get(at).and_then(|&row| self.guides.get(row)).map_or("", |guide| guide.title.as_str());
            let cell = Cell::new(title, inner.width.saturating_sub(2));
            canvas.row(inner, y, Mark::of(at == self.list.cursor, focused), &[cell]);
        }
    }

    fn draw_text(&self, canvas: &mut Canvas<'_>, cx: &Cx<'_>, area: Rect) {
        let Some(page) = self.page() else {
            canvas.pane(area, cx.frame.boxed, self.focus == TEXT, "", "");
            return;
        };
        let inner = canvas.pane(area, cx.frame.boxed, self.focus == TEXT, &page.title, "");
        let lines = self.lines(inner);
        for (at, y) in self.text.visible(inner, lines.len()) {
            let line = lines.get(at).map_or("", String::as_str);
            let mark = Mark::of(at == self.text.cursor && self.focus == TEXT, true);
            canvas.row(inner, y, mark, &[Cell::new(line, inner.width.saturating_sub(2))]);
        }
    }
}

impl Page for Guide {
    fn context(&self) -> Context {
        Context::Guide
    }

    fn is_typing(&self) -> bool {
        self.narrow.typing
    }

    fn panes(&mut self, cx: &Cx<'_>) -> Vec<Pane<'_>> {
        let ((pages, text), boxed) = (self.regions(cx), cx.frame.boxed);
        let (pages, text) = (layout::inner(pages, boxed), layout::inner(text, boxed));
        let lines = self.lines(text).len();
        vec![
            Pane { rows: pages, list: &mut self.list, length: self.rows.len() },
            Pane { rows: text, list: &mut self.text, length: lines },
        ]
    }

    fn focus(&self) -> usize {
        self.focus
    }

    fn set_focus(&mut self, pane: usize) {
        self.focus = pane;
    }

    fn offers(&self, action: Action, _: &Cx<'_>) -> bool {
        match action {
            Action::Open => self.focus == PAGES && self.page().is_some(),
            _ => true,
        }
    }

    fn act(&mut self, action: Action, _: &Cx<'_>) -> Option<Vec<Step>> {
        match action {
            Action::Open if self.page().is_some() => self.focus = TEXT,
            // The guides are open: no second time.
            Action::Open | Action::Guide => {}
            _ => return None,
        }
        Some(Vec::new())
    }

    fn moved(&mut self, _: &Cx<'_>) -> Vec<Step> {
        if self.focus == PAGES {
            self.text = List::default();
        }
        Vec::new()
    }

    fn refresh(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        self.filter();
        if self.ask != 0 {
            return Vec::new();
        }
        self.ask = cx.ask();
        vec![Step::Do(Effect::Guides { ask: self.ask })]
    }

    fn typed(&mut self, _: &Cx<'_>) -> Vec<Step> {
        self.filter();
        (self.list, self.text) = (List::default(), List::default());
        Vec::new()
    }

    fn receive(&mut self, ask: u64, reply: &Reply, _: &Cx<'_>) -> Vec<Step> {
        let (true, Reply::Guides(guides)) = (ask == self.ask, reply) else { return Vec::new() };
        self.guides.clone_from(guides);
        self.filter();
        self.aim()
    }

    fn narrow(&mut self) -> Option<&mut Narrow> {
        Some(&mut self.narrow)
    }

    fn back(&mut self, _: &Cx<'_>) -> bool {
        std::mem::replace(&mut self.focus, PAGES) != PAGES
    }

    fn value(&self, _: &Cx<'_>) -> Option<String> {
        self.page().map(|page| page.paragraphs.join("\n"))
    }

    fn crumb(&self, _: &Cx<'_>) -> String {
        self.page().map_or_else(|| "Guides".to_owned(), |page| format!("Guides › {}", page.title))
    }

    fn fact(&self, _: &Cx<'_>) -> String {
        count(self.guides.len() as u64, "guide")
    }

    fn status(&self, _: &Cx<'_>) -> String {
        "Written from each company's own pages; offline".to_owned()
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let (pages, text) = self.regions(cx);
        if !pages.is_empty() {
            self.draw_pages(canvas, cx, pages);
        }
        if !text.is_empty() {
            self.draw_text(canvas, cx, text);
        }
    }
}
