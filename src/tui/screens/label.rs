//! Corrects what kind of data a field is: a category chosen from all, or the correction taken back.

use super::{Page, Step};
use crate::report::{CATEGORIES, FieldHeld};
use crate::tui::canvas::{Canvas, Cell, Mark};
use crate::tui::keys::{Action, Context};
use crate::tui::layout;
use crate::tui::look::Role;
use crate::tui::model::{Cx, Effect};
use crate::tui::widgets::line::Line;
use crate::tui::widgets::list::{List, Pane};
use crate::tui::widgets::narrow::Narrow;
use ratatui::layout::Rect;

#[derive(Debug, Clone)]
pub struct Label {
    field: Box<FieldHeld>,
    list: List,
    /// Numbers of categories; `None`: the correction is taken back.
    rows: Vec<Option<usize>>,
    narrow: Narrow,
}

impl Label {
    pub fn new(field: FieldHeld) -> Self {
        let narrow = Narrow { typing: true, ..Narrow::default() };
        let mut label = Self { field: Box::new(field), list: List::default(), rows: Vec::new(), narrow };
        label.order();
        label
    }

    fn order(&mut self) {
        let passing = self.narrow.pass(CATEGORIES.iter().map(|(_, label)| *label));
        self.rows = passing.into_iter().map(Some).collect();
        if !self.narrow.is_on() {
            self.rows.insert(0, None);
        }
    }

    fn area(cx: &Cx<'_>) -> Rect {
        layout::middle(cx.frame.body, 60, cx.frame.body.height.saturating_sub(2).max(6))
    }

    fn list_rows(cx: &Cx<'_>) -> Rect {
        layout::below(layout::inner(Self::area(cx), true), 2)
    }
}

impl Page for Label {
    fn context(&self) -> Context {
        Context::Input
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn panes(&mut self, cx: &Cx<'_>) -> Vec<Pane<'_>> {
        vec![Pane { rows: Self::list_rows(cx), list: &mut self.list, length: self.rows.len() }]
    }

    fn line(&mut self) -> Option<&mut Line> {
        Some(&mut self.narrow.line)
    }

    fn typed(&mut self, _: &Cx<'_>) -> Vec<Step> {
        self.list = List::default();
        self.order();
        Vec::new()
    }

    fn act(&mut self, action: Action, _: &Cx<'_>) -> Option<Vec<Step>> {
        if action != Action::Open {
            return None;
        }
        let chosen = self.rows.get(self.list.cursor).copied();
        let label = chosen.map(|chosen| Effect::Label {
            field: self.field.clone(),
            category: chosen.and_then(|at| CATEGORIES.get(at)).map(|(id, _)| (*id).to_owned()),
        });
        Some([Step::Close].into_iter().chain(label.map(Step::Do)).collect())
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let area = Self::area(cx);
        canvas.clear(area);
        let inner = canvas.pane(area, true, true, "What kind of data is it?", "Enter keeps it · Esc leave");
        let now = format!("{} is {}: {}", self.field.field, self.field.category_label, self.field.why);
        canvas.put(inner.x + 1, inner.y, inner.width.saturating_sub(1), &now, Role::Dim);
        let row = Rect { x: inner.x + 1, y: inner.y + 1, width: inner.width.saturating_sub(2), height: 1 };
        self.narrow.line.draw(canvas, row, ": ", true);
        let rows = Self::list_rows(cx);
        for (at, y) in self.list.visible(rows, self.rows.len()) {
            let name = match self.rows.get(at).copied().flatten() {
                Some(category) => CATEGORIES.get(category).map_or("", |(_, label)| label),
                None => "as tellall labels it (take a correction back)",
            };
            canvas.row(
                rows,
                y,
                Mark::of(at == self.list.cursor, false),
                &[Cell::new(name, rows.width.saturating_sub(2))],
            );
        }
    }
}
