//! How the Fields screen is drawn.

use super::tree::Row;
use super::{Fields, ORIGIN, Page, TREE, VALUES};
use crate::report::FieldHeld;
use crate::tui::canvas::{Canvas, Cell, Mark};
use crate::tui::layout;
use crate::tui::look::Role;
use crate::tui::model::Cx;
use crate::tui::widgets::empty;
use crate::tui::widgets::wrap::wrapped;
use crate::tui::words::{count, day, grouped};
use ratatui::layout::{Position, Rect};

impl Fields {
    pub(super) fn draw_tree(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        if area.is_empty() {
            return;
        }
        let focused = self.focus == TREE;
        let title = format!("Fields{}", self.narrow.note());
        let inner = canvas.pane(area, cx.frame.boxed, focused, &title, &grouped(cx.fields().len() as u64));
        if self.tree.rows.is_empty() {
            empty::draw(canvas, inner, &empty::narrowed(cx, self.narrow.is_on(), "Reading the fields…"));
        }
        for (at, y) in self.list.visible(inner, self.tree.rows.len()) {
            let Some(row) = self.tree.rows.get(at) else { continue };
            canvas.row(
                inner,
                y,
                Mark::of(at == self.list.cursor, focused),
                &self.ticked(at, cx, tree_cells(row, inner.width - self.marks.width(focused)).to_vec(), focused),
            );
        }
    }

    /// The row with its tick, in the pane that has the keys: there it can be marked.
    fn ticked<'c>(&self, at: usize, cx: &Cx<'_>, mut cells: Vec<Cell<'c>>, focused: bool) -> Vec<Cell<'c>> {
        let marked = self.markable(at, cx);
        self.marks.tick(focused, marked.as_ref(), &mut cells);
        cells
    }

    pub(super) fn draw_values(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        if area.is_empty() {
            return;
        }
        let focused = self.focus == VALUES;
        let note = if self.values.came { grouped(self.values.total) } else { String::new() };
        let inner = canvas.pane(area, cx.frame.boxed, focused, "Values", &note);
        let rows = layout::below(inner, 1);
        let says = match (self.values.of.is_some(), self.values.came) {
            (false, _) => "Choose a field: its values show here.",
            (true, false) => "Reading the values…",
            (true, true) if self.values.held.is_empty() => "No values.",
            (true, true) => "",
        };
        canvas.put(rows.x + 2, rows.y, rows.width.saturating_sub(2), says, Role::Dim);
        if focused {
            canvas.cursor = Some(Position { x: rows.x, y: rows.y });
        }
        if says.is_empty() {
            canvas.row(
                inner,
                inner.y,
                Mark::None,
                &value_cells("Value".into(), "Records".into(), "First", inner.width),
            );
        }
        for (at, y) in self.values.list.visible(rows, self.values.held.len()) {
            let Some(value) = self.values.held.get(at) else { continue };
            let shown = canvas.look.value(&value.value);
            let width = rows.width - self.marks.width(focused);
            let cells = value_cells(shown, grouped(value.records), day(value.first.as_deref()), width);
            let cells = self.ticked(at, cx, cells, focused);
            canvas.row(rows, y, Mark::of(at == self.values.list.cursor, focused), &cells);
        }
    }

    pub(super) fn draw_origin(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        if area.is_empty() {
            return;
        }
        let focused = self.focus == ORIGIN;
        let inner = canvas.pane(area, cx.frame.boxed, focused, "Where from", "");
        if focused {
            canvas.cursor = Some(Position { x: inner.x, y: inner.y });
        }
        let lines = self.origin_lines(cx, inner.width);
        for (at, y) in self.origin.visible(inner, lines.len()) {
            let Some((role, line)) = lines.get(at) else { continue };
            let cell = Cell::new(line.as_str(), inner.width.saturating_sub(2)).role(*role);
            canvas.row(inner, y, Mark::of(focused && at == self.origin.cursor, focused), &[cell]);
        }
    }

    /// What is known of the selected field, in lines.
    pub(super) fn origin_lines(&self, cx: &Cx<'_>, width: u16) -> Vec<(Role, String)> {
        let Some((_, field)) = self.selected(cx) else { return Vec::new() };
        let width = usize::from(width.saturating_sub(3)).max(10);
        let mut lines = Vec::new();
        for (role, text) in facts(field, cx) {
            lines.extend(wrapped(&text, width, 4000).into_iter().map(|line| (role, line)));
        }
        lines
    }
}

fn facts(field: &FieldHeld, cx: &Cx<'_>) -> Vec<(Role, String)> {
    let special = if field.special { "  ▲ special (GDPR Art. 9)" } else { "" };
    let about = if field.distinct_exact { "" } else { "about " };
    let span = match (day(field.first.as_deref()), day(field.last.as_deref())) {
        ("", "") => "no times".to_owned(),
        (first, last) => format!("{first} to {last}"),
    };
    let mut facts = vec![
        (Role::Strong, format!("{} {}", field.origin.letter(), field.origin.label())),
        (Role::Text, format!("Category  {}{special}", field.category_label)),
        (Role::Text, format!("Why       {}", field.why)),
        (Role::Text, format!("Where     {} › {}", cx.data.name(&field.company), field.section)),
        (Role::Text, format!("Path      {} ({})", field.field, field.kind)),
        (
            Role::Text,
            format!("Held      {}, {about}{}", count(field.records, "record"), count(field.distinct, "value")),
        ),
        (Role::Text, format!("When      {span}")),
    ];
    let examples: Vec<String> = field.examples.iter().map(|example| cx.look.value(example)).collect();
    if !examples.is_empty() {
        facts.push((Role::Dim, format!("Examples  {}", examples.join(" · "))));
    }
    facts
}

fn tree_cells(row: &Row, width: u16) -> [Cell<'static>; 3] {
    let fold = match (row.field, row.open) {
        (Some(_), _) => "·",
        (None, true) => "▾",
        (None, false) => "▸",
    };
    let indent = "  ".repeat(usize::from(row.level));
    let role = if row.level == 0 { Role::Strong } else { Role::Text };
    let label = width.saturating_sub(2 + 1 + 7 + 2).max(8);
    [
        Cell::new(format!("{indent}{fold} {}", row.label), label).role(role),
        Cell::new(if row.special { "▲" } else { "" }, 1).role(Role::Special),
        Cell::new(grouped(row.number), 7).right().role(if row.field.is_some() { Role::Text } else { Role::Dim }),
    ]
}

fn value_cells(value: String, records: String, first: &str, width: u16) -> Vec<Cell<'_>> {
    let dated = width >= 44;
    let fixed = if dated { 2 + 9 + 10 + 2 } else { 2 + 9 + 1 };
    let mut cells = vec![Cell::new(value, width.saturating_sub(fixed)), Cell::new(records, 9).right()];
    if dated {
        cells.push(Cell::new(first, 10).role(Role::Dim));
    }
    cells
}
