//! A list of records, oldest first, read as far as somebody looks.

use crate::query::{Hit, HitView, Place};
use crate::record::Zone;
use crate::tui::canvas::{Canvas, Cell, Mark};
use crate::tui::look::Role;
use crate::tui::model::{Cx, Effect, Reply};
use crate::tui::screens::Step;
use crate::tui::widgets::list::{List, Pane};
use crate::tui::widgets::marks::{Marked, Marks};
use crate::tui::words::{count, grouped};
use ratatui::layout::{Position, Rect};

/// Records read at once.
pub const PAGE: usize = 60;

#[derive(Debug, Default)]
pub struct Events {
    list: List,
    ask: u64,
    /// Records that can be listed; of them, those that were read.
    hits: Vec<Hit>,
    views: Vec<HitView>,
    /// Records there are.
    total: u64,
    /// An answer is on its way.
    waits: bool,
}

impl Events {
    /// Empties the list for another one, and gives the number of the question for it.
    pub fn expect(&mut self, cx: &Cx<'_>) -> u64 {
        *self = Self { ask: cx.ask(), waits: true, ..Self::default() };
        self.ask
    }

    pub fn receive(&mut self, ask: u64, reply: &Reply) {
        if ask != self.ask {
            return;
        }
        match reply {
            Reply::Moment { hits, total, views } => {
                (self.hits, self.total, self.views) = (hits.clone(), *total, views.clone());
            }
            Reply::Page { views, .. } => self.views.extend(views.iter().cloned()),
            _ => return,
        }
        self.waits = false;
    }

    /// Has more records read if the cursor comes near the last one that was.
    pub fn go_on(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        let read = self.views.len();
        if self.waits || read >= self.hits.len() || self.list.cursor + PAGE / 2 < read {
            return Vec::new();
        }
        self.waits = true;
        let hits = self.hits.iter().skip(read).take(PAGE).copied().collect();
        vec![Step::Do(Effect::Views { ask: self.ask, epoch: cx.data.epoch, hits })]
    }

    pub fn pane(&mut self, rows: Rect) -> Pane<'_> {
        Pane { rows, list: &mut self.list, length: self.views.len() }
    }

    /// What a row stands for when it is marked.
    pub fn markable(&self, row: usize) -> Option<Marked> {
        self.views.get(row).map(|view| Marked::Record(Place::of(view)))
    }

    pub fn selected(&self) -> Option<&HitView> {
        self.views.get(self.list.cursor)
    }

    pub fn draw(
        &self,
        cx: &Cx<'_>,
        canvas: &mut Canvas<'_>,
        area: Rect,
        focused: bool,
        (title, marks): (&str, &Marks),
    ) {
        if area.is_empty() {
            return;
        }
        let note = match self.hits.len() as u64 {
            listed if listed < self.total => format!("first {} of {}", grouped(listed), count(self.total, "record")),
            _ => count(self.total, "record"),
        };
        let inner = canvas.pane(area, cx.frame.boxed, focused, title, &note);
        if self.views.is_empty() {
            let says = if self.waits { "Looking…" } else { "Nothing here." };
            canvas.put(inner.x + 2, inner.y, inner.width.saturating_sub(2), says, Role::Dim);
        }
        if focused {
            canvas.cursor = Some(Position { x: inner.x, y: inner.y });
        }
        for (at, y) in self.list.visible(inner, self.views.len()) {
            let Some(view) = self.views.get(at) else { continue };
            let mark = Mark::of(at == self.list.cursor && focused, focused);
            let mut cells = cells(view, inner.width - marks.width(true), cx);
            marks.tick(true, self.markable(at).as_ref(), &mut cells);
            canvas.row(inner, y, mark, &cells);
        }
    }
}

fn cells(view: &HitView, width: u16, cx: &Cx<'_>) -> Vec<Cell<'static>> {
    let time = match view.time {
        None => "no time".to_owned(),
        Some(time) => {
            let civil = cx.look.time(time).civil();
            let clock = format!("{:02}:{:02}", civil.hour(), civil.minute());
            format!("{:02}-{:02} {}", civil.month(), civil.day(), if time.zone == Zone::Day { "     " } else { &clock })
        }
    };
    let (company, section) = if width >= 80 {
        (11, 16)
    } else if width >= 60 {
        (8, 10)
    } else {
        (3, 0)
    };
    let mut cells = vec![Cell::new(time, 11).role(Role::Dim), Cell::new(view.company_name.clone(), company)];
    if section > 0 {
        cells.push(Cell::new(view.section_name.clone(), section).role(Role::Dim));
    }
    let used: u16 = cells.iter().map(|cell| cell.width + 1).sum();
    cells.push(Cell::new(says(view, cx), width.saturating_sub(2 + used)));
    cells
}

/// Who, and what: the text, else the first values.
fn says(view: &HitView, cx: &Cx<'_>) -> String {
    let values = || view.values.iter().filter(|(_, value)| !value.trim().is_empty()).take(4);
    let text = match &view.text {
        Some(text) => cx.look.value(text),
        None => values().map(|(_, value)| cx.look.value(value)).collect::<Vec<_>>().join(" · "),
    };
    match &view.who {
        Some(who) => format!("{}: {text}", cx.look.name(who)),
        None => text,
    }
}
