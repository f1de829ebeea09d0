//! How the Source screen is drawn.

use super::{Row, SourcePage, State};
use crate::source::{Fold, Form, Line};
use crate::text;
use crate::tui::canvas::{Canvas, Cell, Mark};
use crate::tui::layout;
use crate::tui::look::{Ink, Role};
use crate::tui::model::{Cx, Opened};
use ratatui::layout::{Position, Rect};

/// Columns before the text of a line: the mark of the row, the bar of the place, the number, the indent and the fold.
pub(super) fn before(line: &Line, number: usize) -> usize {
    let number = if number > 0 { number + 1 } else { 0 };
    4 + number + usize::from(line.depth.min(12)) * 2 + 2
}

impl SourcePage {
    pub(super) fn draw_page(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let note = match self.here().map(|here| here.around.form) {
            Some(Form::Json) => "JSON, folded to the place",
            Some(Form::Table) => "table",
            Some(Form::Page) => "as text",
            Some(Form::Text) => "text",
            None => "",
        };
        let found = self.found_note();
        let title = if found.is_empty() { "Source".to_owned() } else { format!("Source · {found}") };
        let inner = canvas.pane(cx.frame.body, cx.frame.boxed, true, &title, note);
        canvas.cursor = Some(Position { x: inner.x, y: inner.y });
        let says = match &self.state {
            State::Waiting => "Reading the archive…".to_owned(),
            State::Absent(why) => why.clone(),
            State::Here(here) => origin(here, cx),
        };
        let missing = self.here().is_some_and(|here| here.missing.is_some());
        let role = if missing { Role::Problem } else { Role::Dim };
        canvas.put(inner.x + 2, inner.y, inner.width.saturating_sub(2), &says, role);
        let area = self.area(cx);
        if self.is_table() {
            self.draw_head(canvas, Rect { y: area.y.saturating_sub(1), height: 1, ..area });
        }
        for (at, y) in self.list.visible(area, self.rows.len()) {
            let Some(row) = self.rows.get(at) else { continue };
            self.draw_row(cx, canvas, area, y, row, at == self.list.cursor);
        }
    }

    fn draw_row(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect, y: u16, row: &Row, selected: bool) {
        let (Some(line), Some(here)) = (self.lines().get(row.line), self.here()) else { return };
        let in_place = here.around.place.contains(&row.line);
        let bar = Cell::new(if in_place { "┃" } else { " " }, 1).role(Role::Strong);
        if self.is_table() {
            let mut cells = vec![bar, self.number(line)];
            let values = line.cells.iter().zip(&self.widths).skip(self.column);
            cells.extend(values.map(|(cell, width)| Cell::new(cx.look.value(cell), *width as u16)));
            canvas.row(area, y, Mark::of(selected, true), &cells);
            return;
        }
        canvas.row(layout::top(Rect { y, ..area }, 1), y, Mark::None, &[bar]);
        if selected {
            canvas.put(area.x, y, 1, ">", Role::Strong);
        }
        let mut x = area.x + 4;
        let end = area.right();
        if self.number_width() > 0 {
            let width = self.number_width() as u16;
            if let Some(number) = line.number.filter(|_| row.first) {
                canvas.put_right(Rect { x, y, width, height: 1 }, y, &number.to_string(), Role::Dim);
            }
            x += width + 1;
        }
        x += line.depth.min(12) * 2;
        let folded = self.folded.get(row.line).is_some_and(|folded| *folded);
        let sign = match (line.fold, folded, row.first) {
            (Fold::Leaf, ..) | (_, _, false) => " ",
            (_, true, _) => "▸",
            (_, false, _) => "▾",
        };
        canvas.put(x, y, end.saturating_sub(x), sign, Role::Text);
        x += 2;
        let room = |x: u16| end.saturating_sub(x);
        if !row.name.is_empty() && here.around.form == Form::Page && line.cells.is_empty() {
            canvas.put(x, y, room(x), &row.name, Role::Strong);
        } else if !row.name.is_empty() {
            x += canvas.put(x, y, room(x).min(40), &row.name, Role::Dim);
            x += canvas.put(x, y, room(x), if line.cells.is_empty() { "" } else { ": " }, Role::Dim);
        }
        let role = match (line.fold, self.found.contains(&row.line)) {
            (Fold::Leaf, true) => Role::Match,
            (Fold::Leaf, false) => Role::Text,
            (_, _) => Role::Dim,
        };
        let text = if role == Role::Match { marked(&row.text, cx) } else { row.text.clone() };
        canvas.put(x, y, room(x), &text, role);
        canvas.stand_out(area, y, Mark::of(selected, true));
    }

    fn number(&self, line: &Line) -> Cell<'static> {
        let number = line.number.map(|number| number.to_string()).unwrap_or_default();
        Cell::new(number, self.number_width() as u16).right().role(Role::Dim)
    }

    fn draw_head(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(head) = self.lines().first() else { return };
        let mut cells = vec![Cell::new("", 1), Cell::new("", self.number_width() as u16)];
        let names = head.cells.iter().zip(&self.widths).skip(self.column);
        cells.extend(names.map(|(name, width)| Cell::new(name.as_str(), *width as u16).role(Role::Strong)));
        canvas.row(area, area.y, Mark::None, &cells);
    }
}

/// Where what is shown comes from, in words.
fn origin(here: &Opened, cx: &Cx<'_>) -> String {
    match &here.missing {
        None => format!("from the archive {}", text::line(&cx.look.value(&here.around.file))),
        Some(_) if cx.look.hides() => "from the index".to_owned(),
        Some(why) => format!("from the index: {}", text::line(why)),
    }
}

/// What is found, with signs around it where there is no colour.
fn marked(text: &str, cx: &Cx<'_>) -> String {
    if cx.look.ink == Ink::Mono { format!("«{text}»") } else { text.to_owned() }
}
